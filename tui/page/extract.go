package page

import (
	"math"
	"strconv"
	"strings"
	"time"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
)

// Extract is a page taken out of the board: what it is about, and its tables with
// the origin of every figure. It holds what the screen shows and nothing else, so
// what is masked there is masked here.
type Extract struct {
	Title  string
	About  []string // district, period, moment, completeness, version of the mirror
	Sheets []Sheet
	Focus  int // index of the focused panel's sheet, -1 for none
}

// Sheet is one table of an extract. A value is a string, a float64, a Rounded, or nil.
type Sheet struct {
	Name  string
	Note  string // n/m, oldest, and to what the panel is narrowed
	Heads []string
	Rows  [][]any
}

// Rounded is a number of which the screen shows fewer digits than are kept: what
// people read says what the screen says, a number or a text such as 97.5%, and what
// programs read holds what is kept.
type Rounded struct {
	Shown any
	Kept  float64
}

// Extract takes out the page: each panel's rows, also those for which the screen
// has no room, with where they come from.
func (l *Layout) Extract(f *Frame, v Visit) Extract {
	out := Extract{Title: f.say("page." + v.Page), Focus: -1}
	if f.Pages != nil {
		out.Title = f.Pages.Title(f.Words, v.Page)
	}
	if v.Unit != "" {
		out.Title = f.Name(v.Unit)
		if v.Other != "" {
			out.Title += " " + f.say("versus.and") + " " + f.Name(v.Other)
		}
	} else if ind, ok := f.Catalogue.ByCode(v.Indicator); ok {
		out.Title = f.name(ind)
	}
	out.About = f.extractAbout(l.Trust)
	for i, p := range l.panels {
		sheets := f.sheetsOf(p.Panel)
		if i == l.focus && len(sheets) > 0 {
			out.Focus = len(out.Sheets) + len(sheets) - 1
		}
		out.Sheets = append(out.Sheets, sheets...)
	}
	return out
}

// extractAbout says what a person must know before believing the figures, as the
// head of the page does.
func (f *Frame) extractAbout(t Trust) []string {
	known := f.say("extract.now", f.Moment.Format("2006-01-02 15:04"))
	if !f.Live() {
		known = f.say("extract.then", f.Moment.Format("2006-01-02 15:04"))
	}
	trust := widget.Join(3, append(append([]widget.Line{}, t.Left...), t.Right...)...)
	return []string{
		f.Settings.District.Name + "   " + f.Words.Period(f.Period),
		known + "   " + f.say("extract.version", strconv.FormatInt(f.Version, 10)),
		widget.Clean(trust.Plain()),
	}
}

// sheetsOf takes a panel out: its table as it stands, and, where a row holds
// several figures or a tile one, a list of the figures with their origins.
func (f *Frame) sheetsOf(p *Panel) []Sheet {
	title := widget.Clean(p.Head.Title)
	note := widget.Clean(widget.Join(3, append(append([]widget.Line{}, p.Head.Facts...), p.Head.Note)...).Plain())
	var out []Sheet
	if p.Table != nil {
		out = append(out, f.tableSheet(p, title, note))
	}
	if p.Grid == nil && p.Table != nil {
		return out
	}
	list := Sheet{Name: title, Note: note, Heads: f.heads("unit", "indicator", "value", "measure", "state", "units", "oldest", "where", "sheet", "cell")}
	if len(out) > 0 {
		list.Name = f.say("extract.origins", title)
	}
	for i, s := range p.Spots {
		spots := []Spot{s}
		if i < len(p.Grid) && p.Grid[i] != nil {
			spots = p.Grid[i]
		}
		for _, one := range spots {
			if one.Indicator != "" {
				list.Rows = append(list.Rows, f.figureExtract(one))
			}
		}
	}
	if len(list.Rows) > 0 {
		out = append(out, list)
	}
	return out
}

// heads are the heads of columns that an extract has of its own.
func (f *Frame) heads(keys ...string) []string {
	out := make([]string, len(keys))
	for i, key := range keys {
		out[i] = f.say("extract." + key)
	}
	return out
}

// tableSheet takes the rows out as they stand, each with its origin behind.
func (f *Frame) tableSheet(p *Panel, title, note string) Sheet {
	out := Sheet{Name: title, Note: note}
	var columns []int
	for i, col := range p.Table.Columns {
		if col.Hidden || told(col.Key) || nameless(col) || drawnOnly(p.Table, i) {
			continue
		}
		columns = append(columns, i)
		out.Heads = append(out.Heads, f.columnName(col))
	}
	out.Heads = append(out.Heads, f.heads("state", "units", "oldest", "where", "sheet", "cell")...)
	for i, row := range p.Table.Rows {
		if row.Rule || p.Spots[i].IsZero() {
			continue
		}
		var cells []any
		for _, at := range columns {
			var value any
			if at < len(row.Cells) {
				value = f.extracted(row.Cells[at])
			}
			if at > 0 && at <= len(row.Cells) && nameless(p.Table.Columns[at-1]) && row.Cells[at-1].Across > 1 {
				value = f.extracted(row.Cells[at-1]) // a state's word begins where the bar would
			}
			cells = append(cells, value)
		}
		out.Rows = append(out.Rows, append(cells, f.origin(p.Spots[i])...))
	}
	return out
}

// nameless reports whether a column holds bars: a word that stands there belongs to the
// value behind it.
func nameless(col widget.Column) bool {
	return col.Key == "bar" || col.Key == "" && strings.TrimSpace(col.Head+col.Under) == ""
}

// told reports whether the origin behind each row tells what the column does.
func told(key string) bool {
	switch first, _, _ := strings.Cut(key, " "); first {
	case "mark", "state", "units", "filled", "oldest", "age", "cell", "where":
		return true
	default:
		return false
	}
}

// drawnOnly reports whether a column holds nothing that can be written: sparks and
// bars, of which another column tells the value.
func drawnOnly(t *widget.Table, at int) bool {
	for _, row := range t.Rows {
		if at < len(row.Cells) && strings.TrimSpace(row.Cells[at].Line.Plain()) != "" {
			return false
		}
	}
	return true
}

// extracted is a cell as it is written: a number where nothing but one is shown.
func (f *Frame) extracted(cell widget.Cell) any {
	text := strings.TrimSpace(widget.Clean(cell.Line.Plain()))
	return f.written(text, cell.By.Number())
}

// written makes a number of a text that shows one. What is kept is written only where
// it is the number that is shown, with more digits: so no mask is lifted.
func (f *Frame) written(text string, kept store.Num) any {
	switch text {
	case "":
		return nil
	case widget.NotApplicable:
		return f.say("extract.na")
	}
	plain := strings.TrimSuffix(strings.ReplaceAll(text, ",", ""), widget.Star)
	bare := strings.TrimRight(plain, "%‰")
	v, err := strconv.ParseFloat(bare, 64)
	if err != nil || strings.Trim(bare, "+-.0123456789") != "" {
		return text
	}
	_, digits, _ := strings.Cut(bare, ".")
	k := math.Round(kept.V*1e6) / 1e6
	fits := kept.OK && math.Abs(k-v) <= math.Pow10(-len(digits))*0.5000001
	switch {
	case bare != plain && fits:
		return Rounded{Shown: text, Kept: k}
	case bare != plain:
		return text
	case fits && k != v:
		return Rounded{Shown: v, Kept: k}
	default:
		return v
	}
}

// figureExtract is one figure with its origin.
func (f *Frame) figureExtract(s Spot) []any {
	l := f.Line(s.Unit, s.Indicator)
	_, number := f.value(l)
	row := []any{f.Name(s.Unit), f.name(l.Indicator), f.written(number, l.Value), f.Catalogue.MeasureLabel(l.Indicator.Measure, f.lang())}
	return append(row, f.origin(s)...)
}

// origin is where a row comes from: state, units, oldest, file, sheet, cell.
func (f *Frame) origin(s Spot) []any {
	from := func(state, units string, oldest time.Time, path, sheet, cell string) []any {
		out := make([]any, 0, 6)
		for _, text := range []string{state, units, f.stampOf(oldest), path, sheet, cell} {
			var value any
			if text != "" {
				value = widget.Clean(text)
			}
			out = append(out, value)
		}
		return out
	}
	switch {
	case s.Task != nil:
		return from("", "", s.Task.KnownFrom, s.Task.Cell.Path, s.Task.Cell.Sheet, s.Task.Cell.Ref)
	case s.Finding != nil:
		return from("", "", s.Finding.KnownFrom, s.Finding.Path, s.Finding.Sheet, s.Finding.Cell)
	case s.Book != nil:
		return from("", "", s.Book.Received, s.Book.Path, "", "")
	case s.Pull != nil:
		return from("", "", s.Pull.Started, "", "", "")
	case s.Change != nil:
		return from("", "", s.Change.At, s.Change.Cell.Path, s.Change.Cell.Sheet, s.Change.Cell.Ref)
	case s.Pending != nil:
		return from("", "", s.Pending.KnownFrom, s.Pending.Cell.Path, s.Pending.Cell.Sheet, s.Pending.Cell.Ref)
	case s.Record != nil: // a row of a ledger, and not what its unit has reported
		return from("", "", s.Record.KnownFrom, s.Record.Cell.Path, s.Record.Cell.Sheet, f.sumOfCells(s.Of, s.Record.Cell.Ref))
	case s.Row != nil:
		c := s.Row.Made().Cell
		return from("", "", time.Time{}, c.Path, c.Sheet, f.sumOfCells(s.Row.Of, c.Ref))
	case s.Result != nil: // counted by days, so no month's figure is where it comes from
		var c store.Cell
		if n := len(s.Result.Shares); n > 0 {
			c = s.Result.Shares[0].Cell
			c.Ref = f.sumOfCells(n, c.Ref)
		}
		return from(f.stateText(s.Result.State), shareText(s.Result.N, s.Result.M), s.Result.Oldest, c.Path, c.Sheet, c.Ref)
	case s.Indicator != "":
		l := f.Line(s.Unit, s.Indicator)
		c := l.Latest.Cell
		return from(f.stateText(l.State), shareText(l.N, l.M), l.Oldest, c.Path, c.Sheet, f.refOf(l))
	case s.Unit != "" && s.Unit != store.DistrictCode:
		r := f.Report(s.Unit)
		return from(f.stateText(r.State), shareText(r.Reported, r.Owed), r.Oldest, "", "", "")
	default:
		return from("", "", time.Time{}, "", "", "")
	}
}

// refOf is the cell of a line as the source line tells it: a sum over units or over
// cells stands in none, so it names the latest and says of how many, and a ratio of
// one unit has two.
func (f *Frame) refOf(l store.Line) string {
	ref := l.Latest.Cell.Ref
	switch ratio := l.Indicator.Kind == store.Ratio && !l.Reported; {
	case ref == "":
		return ""
	case l.N > 1 && ratio:
		return f.say("extract.ratio", l.N, ref)
	case l.N > 1:
		return f.say("extract.sum", l.N, ref)
	case ratio:
		if d, ok := f.Figure(l.Latest.Unit, l.Indicator.Denominator, f.Period); ok {
			ref += " / " + d.Cell.Ref
		}
		return ref
	default:
		return f.sumOfCells(len(l.Latest.Of), ref)
	}
}

// sumOfCells says before the latest cell that it is one of several.
func (f *Frame) sumOfCells(n int, ref string) string {
	if n < 2 || ref == "" {
		return ref
	}
	return f.say("campaign.cells", strconv.Itoa(n)) + " " + ref
}

// stateText is the word of a state; normal is said too, as a file has no silence.
func (f *Frame) stateText(s store.State) string {
	return style.MarkOf(s, f.lang()).Word()
}

// stampOf writes a moment in full: a file is read on another day.
func (f *Frame) stampOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(f.Moment.Location()).Format("2006-01-02 15:04")
}

// shareText is a share without looks.
func shareText(n, m int) string {
	if m == 0 {
		return ""
	}
	return strconv.Itoa(n) + "/" + strconv.Itoa(m)
}
