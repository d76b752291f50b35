package tui

import (
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"jindu/store"
	"jindu/tui/page"
	"jindu/tui/style"
	"jindu/tui/widget"
)

// traced is the origin of one unit's figure: the figure, the file and the cell
// that it came from, the cells around it, and what it was before.
type traced struct {
	silent
	spot     page.Spot
	figure   store.Figure
	known    bool // there is a figure
	other    bool // it is of another period than the board
	answer   origin
	answered bool
	row      int // of the versions, and of what waits before them
	waits    *store.Pending
}

// trace opens the origin of the figure under the cursor and asks for its past.
// The figure of a ratio is its numerator's: that is where a cell is.
func (m *Model) trace(s page.Spot) tea.Cmd {
	t := &traced{spot: s}
	period := m.board.Period
	if s.Change != nil {
		period = s.Change.Period
	}
	t.figure, t.known = m.board.Figure(s.Unit, s.Indicator, period)
	if c := s.Change; c != nil && c.Period != m.board.Period {
		t.figure = store.Figure{Key: c.Key, Value: c.To, Cell: c.Cell, KnownFrom: c.At, Received: c.At}
		t.known, t.other = true, true
	}
	if ind, ok := m.board.Catalogue.ByCode(s.Indicator); ok && !t.known && ind.Kind == store.Ratio {
		t.figure, t.known = m.board.Figure(s.Unit, ind.Numerator, m.board.Period)
	}
	if len(t.figure.Of) > 0 { // a sum is no cell's: this is its last part
		t.figure, t.known = m.board.Figure(t.figure.Unit, t.figure.Indicator, t.figure.Period)
		t.other = true
	}
	if !t.known {
		t.figure.Key = store.Key{Unit: s.Unit, Indicator: s.Indicator, Period: period}
	}
	if p := s.Pending; p != nil && p.Period != m.board.Period {
		t.figure, t.known, t.other = store.Figure{Key: p.Key}, false, true // what stands there comes with its versions
	}
	if p, ok := m.board.Waiting(t.figure.Key); ok {
		t.waits = &p
	}
	m.over = t
	return trace(m.ctx, m.opts.Reader, t.figure, m.request.AsOf)
}

func (t *traced) take(_ *Model, msg tea.Msg) tea.Cmd {
	if got, ok := msg.(origin); ok && got.key == t.figure.Key {
		slices.SortStableFunc(got.versions, func(a, b store.Figure) int { return b.KnownFrom.Compare(a.KnownFrom) })
		t.answer, t.answered = got, true
		if t.other && len(got.versions) > 0 {
			t.figure, t.known = got.versions[0], true
		}
	}
	return nil
}

func (t *traced) press(m *Model, _ string, act action) tea.Cmd {
	switch act {
	case actDown:
		t.row = max(0, min(t.row+1, len(t.moments())-1))
	case actUp:
		t.row = max(0, t.row-1)
	case actEnter:
		m.over = nil
		m.descend(page.Visit{Page: page.UnitPage, Unit: t.spot.Unit})
	case actCopy:
		return m.copy()
	case actAsOf:
		return t.lookBack(m)
	case actDecide:
		return m.decideOn(t.figure.Key, t)
	default:
		if closes(act) {
			m.over = nil
		}
	}
	return nil
}

// moments returns when each row became known: what waits first, then the versions.
func (t *traced) moments() []time.Time {
	var out []time.Time
	if t.waits != nil {
		out = append(out, t.waits.KnownFrom)
	}
	for _, v := range t.answer.versions {
		out = append(out, v.KnownFrom)
	}
	return out
}

// lookBack shows the board as it was when the selected version became known.
func (t *traced) lookBack(m *Model) tea.Cmd {
	all := t.moments()
	if t.row >= len(all) {
		return nil
	}
	if no := m.withheld(store.DeedLookBack); no != nil {
		return no
	}
	m.over = nil
	m.request.AsOf = all[t.row]
	return m.turnTo()
}

func (t *traced) draw(m *Model, c widget.Canvas) {
	h := 32
	if !t.known {
		h = 18
	}
	box := m.box(c, min(h, m.h-head-2))
	t.title(m, box)
	y := 2
	if box.Height() >= 24 {
		t.big(m, box, y)
		y += widget.BigRows + 1
		y = t.course(m, box, y)
	} else if t.known {
		m.field(box, y, "origin.value", t.plain(m))
		y++
		if p := t.waits; p != nil { // there may be no room for the versions
			m.field(box, y, "origin.waiting", widget.Join(3,
				widget.Text(style.AccentBold, t.number(m, p.Number())), widget.Text(style.Ink, m.words.Say("wait."+string(p.Why))),
				widget.Text(style.Accent, p.Cell.Ref)))
			y++
		}
	}
	y = t.fields(m, box, y)
	bottom := box.Height() - 3
	if len(t.answer.neighbours) > 0 && y+8 < bottom {
		y = t.around(m, box, y+1)
	}
	var finding widget.Line
	if t.known {
		finding = t.finding(m)
	}
	if finding != nil {
		bottom -= 2
	}
	if y+2 < bottom {
		t.versions(m, box.Sub(0, y+1, box.Width(), bottom-y-1))
	}
	if finding != nil {
		box.LineCut(0, bottom+1, box.Width(), finding)
	}
	keys := []hint{{"Esc", "key.back"}, {"y", "key.copy"}, {"j/k", "origin.choose"}, {"t", "origin.then"}, {"Enter", "enter.unit"}}
	if m.awaits(t.figure.Key) {
		keys = slices.Insert(keys, 1, hint{"a", "key.decide"})
	}
	m.hints(box, 0, box.Height()-2, box.Width(), m.within(keys))
}

// title says whose figure it is, and its state and version.
func (t *traced) title(m *Model, box widget.Canvas) {
	ind, _ := m.board.Catalogue.ByCode(t.figure.Indicator)
	about := widget.Join(2,
		widget.Text(style.Strong, ind.Label(m.words.Lang)),
		widget.Text(style.Ink, m.frame().Short(t.figure.Unit)),
		widget.Text(style.Ink, m.words.Period(t.figure.Period)))
	of := m.board.Line(t.figure.Unit, t.figure.Indicator).State
	if t.known {
		of = t.figure.State
	}
	state := widget.StateWord(of, m.words.Lang)
	if t.other && !t.known {
		state = nil
	}
	if t.figure.Version > 0 {
		state = widget.Join(2, state, widget.Text(style.Quiet, m.words.Say("source.version", t.figure.Version)))
	}
	m.boxTitle(box, m.words.Say("source.label"), about, state)
}

// big draws the figure, when it became known, and its share of the total.
func (t *traced) big(m *Model, box widget.Canvas, y int) {
	ind, _ := m.board.Catalogue.ByCode(t.figure.Indicator)
	if !t.known || t.figure.NotApplicable {
		text := m.words.Say("origin.missing")
		if t.known {
			text = m.words.Say("origin.na")
		}
		box.PutCut(0, y+1, box.Width(), style.Quiet, text)
		return
	}
	look := style.ValueLook(t.figure.State)
	if look == style.Strong {
		look = style.Ink
	}
	x := box.Big(0, y, look, widget.Number(t.figure.Value, widget.Decimals(ind)))
	box.Put(x+2, y+2, style.Quiet, m.board.Catalogue.MeasureLabel(ind.Measure, m.words.Lang))
	age, _ := m.frame().Age(t.figure.KnownFrom)
	lines := []widget.Line{widget.Join(3,
		m.pair("origin.known", style.Ink, m.stamp(t.figure.KnownFrom)),
		m.pair("origin.age", style.Ink, widget.Age(age, m.words.Lang)))}
	if t.other {
		box.LineRight(box.Width(), y, lines[0])
		return
	}
	total := m.board.Line(store.DistrictCode, ind.Code)
	if total.Value.OK && total.Value.V != 0 && ind.Kind != store.Ratio {
		part := widget.Number(t.figure.Value/total.Value.V*100, 1) + " %"
		lines = append(lines, widget.Join(3,
			m.pair("origin.total", style.Ink, widget.Number(total.Value.V, widget.Decimals(ind))),
			m.pair("origin.share", style.Ink, part)))
	}
	if with, d := m.frame().Compared(m.board.Line(t.figure.Unit, ind.Code)); d.Diff.OK {
		lines = append(lines, widget.Text(style.Quiet, with+"  ").Text(style.Ink, widget.Delta(d.Diff.V, widget.Decimals(ind))))
	}
	for i, line := range lines {
		box.LineRight(box.Width(), y+i, line)
	}
}

// course draws the figure's last two years on one row, where more than one month
// is known, and returns the row that the fields start on.
func (t *traced) course(m *Model, box widget.Canvas, y int) int {
	ind, _ := m.board.Catalogue.ByCode(t.figure.Indicator)
	spark, known := page.Spark(ind, t.answer.course, store.SeriesMonths)
	if known < 2 {
		return y + 1
	}
	spark.Draw(box.Sub(0, y, store.SeriesMonths, 1))
	box.Put(store.SeriesMonths+2, y, style.Quiet, m.words.Say("tile.months", known))
	return y + 2
}

// plain is the figure with its measure, where there is no room for big digits.
func (t *traced) plain(m *Model) widget.Line {
	ind, _ := m.board.Catalogue.ByCode(t.figure.Indicator)
	if t.figure.NotApplicable {
		return widget.Text(style.Quiet, m.words.Say("origin.na"))
	}
	return widget.Commas(style.ValueLook(t.figure.State), widget.Number(t.figure.Value, widget.Decimals(ind))).
		Text(style.Quiet, "  "+m.board.Catalogue.MeasureLabel(ind.Measure, m.words.Lang))
}

// pair is a quiet label and what it says.
func (m *Model) pair(key string, look style.Look, text string) widget.Line {
	return widget.Text(style.Quiet, m.words.Say(key)+"  ").Text(look, text)
}

// fields draws where the figure stands, one row each, and returns the row after.
func (t *traced) fields(m *Model, box widget.Canvas, y int) int {
	f := t.figure
	if !t.known {
		return t.missing(m, box, y)
	}
	put := func(key string, value widget.Line) {
		if value.Width() > 0 {
			m.field(box, y, key, value)
			y++
		}
	}
	dir, file := "", f.Cell.Path
	if i := strings.LastIndexByte(file, '/'); i >= 0 {
		dir, file = file[:i], file[i+1:]
	}
	put("card.source", path(style.Ink, append([]string{f.Cell.Source}, strings.Split(dir, "/")...)))
	put("card.file", widget.Join(3, widget.Text(style.Ink, file), t.file(m)))
	put("card.sheet", widget.Text(style.Ink, f.Cell.Sheet))
	cell := widget.Text(style.AccentBold, f.Cell.Ref)
	if f.Cell.Raw != "" {
		cell = cell.Text(style.Quiet, "   "+m.words.Say("origin.raw")+" ").Text(style.Ink, f.Cell.Raw)
	}
	if f.Cell.Note != "" {
		note := store.NewFinding(f.Cell.Note, "", "").Message(m.words.Lang)
		cell = cell.Text(style.Quiet, "   "+note)
	}
	put("card.cell", cell)
	header := path(style.Ink, f.Cell.Header)
	if refs := strings.Join(f.Cell.HeaderRefs, " "); refs != "" {
		header = header.Text(style.Quiet, "   "+refs)
	}
	put("card.header", header)
	put("card.unit", m.readFrom(m.frame().Name(f.Unit), f.Cell.UnitRef))
	put("card.period", m.readFrom(m.words.Period(f.Period), f.Cell.PeriodRef))
	put("origin.decided", t.decided(m))
	return y
}

// decided is what was decided about the figure last: what, by which post, when
// and why.
func (t *traced) decided(m *Model) widget.Line {
	for _, a := range slices.Backward(m.board.Acknowledged) {
		if a.Key != t.figure.Key {
			continue
		}
		return m.decision(a)
	}
	return nil
}

// decision is what was decided: what, by which post, when and why.
func (m *Model) decision(a store.Acknowledgement) widget.Line {
	return widget.Join(3,
		widget.Text(style.Ink, m.words.Say("origin."+string(a.Decision))+" "+m.number(a.Key.Indicator, a.Decided.Number)),
		widget.Text(style.Quiet, a.By),
		widget.Text(style.Quiet, m.stamp(a.At)),
		widget.Text(style.Ink, a.Reason))
}

// number writes a value of the figure's indicator.
func (t *traced) number(m *Model, n store.Num) string { return m.number(t.figure.Indicator, n) }

// number writes a value of the indicator.
func (m *Model) number(indicator string, n store.Num) string {
	ind, _ := m.board.Catalogue.ByCode(indicator)
	if !n.OK {
		return widget.NotApplicable
	}
	return widget.Number(n.V, widget.Decimals(ind))
}

// missing says why there is no figure.
func (t *traced) missing(m *Model, box widget.Canvas, y int) int {
	if t.other {
		return y // the board knows nothing of that period
	}
	line := m.board.Line(t.figure.Unit, t.figure.Indicator)
	m.field(box, y, "card.state", widget.StateWord(line.State, m.words.Lang))
	y++
	if aside, ok := m.board.Aside(t.figure.Key); ok {
		f := store.NewFinding(aside.Rule, aside.Sheet, aside.Ref)
		m.field(box, y, "card.sheet", widget.Text(style.Ink, aside.Sheet))
		m.field(box, y+1, "card.cell", widget.Text(style.AccentBold, aside.Ref).Text(style.Ink, "   "+f.Message(m.words.Lang)))
		m.field(box, y+2, "card.hint", widget.Text(style.Ink, f.Hint(m.words.Lang)))
		return y + 3
	}
	if why := m.frame().Why(t.figure.Unit, t.figure.Indicator); why != nil {
		m.field(box, y, "card.file", widget.Text(style.Ink, why.Path))
		m.field(box, y+1, "card.cell", widget.Join(3, widget.Text(style.Ink, why.Sheet), widget.Text(style.AccentBold, why.Cell)))
		m.field(box, y+2, "card.rule", widget.Text(style.Ink, why.Message(m.words.Lang)))
		m.field(box, y+3, "card.hint", widget.Text(style.Ink, why.Hint(m.words.Lang)))
		return y + 4
	}
	due := m.board.Settings.Due(m.board.Period)
	m.field(box, y, "card.due", widget.Text(style.Ink, due.String()))
	return y + 1
}

// file says when the workbook came and which one it was.
func (t *traced) file(m *Model) widget.Line {
	sum := t.figure.Cell.SHA256
	return widget.Join(3, widget.Text(style.Quiet, m.stamp(t.figure.Received)), widget.Text(style.Quiet, sum[:min(8, len(sum))]))
}

// readFrom is a unit or period, and where on the sheet it was read.
func (m *Model) readFrom(name, ref string) widget.Line {
	out := widget.Text(style.Ink, name)
	switch ref {
	case "":
		return out
	case "title", "sheet", "file", "source":
		return out.Text(style.Quiet, "   "+m.words.Say("origin.from."+ref))
	default:
		return out.Text(style.Quiet, "   "+ref)
	}
}

// path joins names with ›.
func path(look style.Look, names []string) widget.Line {
	var out widget.Line
	for _, n := range names {
		if n == "" {
			continue
		}
		if len(out) > 0 {
			out = out.Text(style.Quiet, " › ")
		}
		out = out.Text(look, n)
	}
	return out
}

// versions draws what the figure was, the newest first.
func (t *traced) versions(m *Model, c widget.Canvas) {
	c.Hairline(0, 0, c.Width(), style.Rule)
	c = c.Below(1)
	switch {
	case t.answer.err != nil:
		c.PutCut(0, 0, c.Width(), style.Bad, m.words.Say("app.failed", m.sentence(t.answer.err)))
		return
	case !t.answered:
		c.PutCut(0, 0, c.Width(), style.Quiet, m.words.Say("app.loading"))
		return
	case len(t.answer.versions) == 0 && t.waits == nil:
		c.PutCut(0, 0, c.Width(), style.Quiet, m.words.Say("origin.noversions"))
		return
	}
	if n := store.VersionsRemoved(t.answer.versions); n > 0 && c.Height() > 1 {
		c.PutCut(0, c.Height()-1, c.Width(), style.Quiet, m.words.Count("origin.removed", n))
		c = c.Sub(0, 0, c.Width(), c.Height()-1)
	}
	table := widget.Table{Selected: t.row, Columns: []widget.Column{
		{Head: m.words.Say("origin.versions"), Width: widget.Width(m.words.Say("source.version", 10))},
		{Head: m.words.Say("origin.value"), Width: 8, Hang: 2, Align: widget.Decimal},
		{Head: m.words.Say("origin.known"), Width: 11},
		{Head: m.words.Say("origin.until"), Width: 11, Drop: 2},
		{Head: m.words.Say("card.file"), Width: 14, Grow: 1, Drop: 1},
		{Head: m.words.Say("card.cell"), Width: 6, Align: widget.Right},
	}, More: func(n int) widget.Line { return widget.Text(style.Quiet, m.words.Count("list.more", n)) }}
	if t.waits != nil {
		table.Rows = append(table.Rows, t.waitingRow(m))
	}
	for i, v := range t.answer.versions {
		look, until := style.Quiet, m.stamp(v.KnownTo)
		if i == 0 {
			look = style.Ink
		}
		if v.KnownTo.IsZero() {
			until = m.words.Say("origin.now")
		}
		table.Rows = append(table.Rows, widget.Row{Cells: []widget.Cell{
			widget.Word(look, m.words.Say("source.version", v.Version)),
			widget.Figure(look|style.Bold, t.number(m, v.Number())),
			widget.Word(look, m.stamp(v.KnownFrom)),
			widget.Word(look, until),
			widget.Word(look, v.Cell.Path[strings.LastIndexByte(v.Cell.Path, '/')+1:]),
			widget.Word(style.Accent, v.Cell.Ref),
		}})
	}
	table.Draw(c)
}

// waitingRow is the value that waits, beside the versions: since when, why, and
// where it stands.
func (t *traced) waitingRow(m *Model) widget.Row {
	p := t.waits
	return widget.Row{Cells: []widget.Cell{
		{Line: widget.WaitWord(m.words.Lang)},
		widget.Figure(style.Accent|style.Bold, t.number(m, p.Number())),
		widget.Word(style.Ink, m.stamp(p.KnownFrom)),
		widget.Word(style.Ink, m.words.Say("wait."+string(p.Why))),
		widget.Word(style.Ink, p.Cell.Path[strings.LastIndexByte(p.Cell.Path, '/')+1:]),
		widget.Word(style.Accent, p.Cell.Ref),
	}}
}

// finding is what was found about the figure, in one line.
func (t *traced) finding(m *Model) widget.Line {
	for i := range m.board.Findings {
		f := &m.board.Findings[i]
		if f.Unit == t.figure.Unit && f.Indicator == t.figure.Indicator && f.Period == t.figure.Period {
			look := style.Watch
			if f.Severity == store.Fault {
				look = style.Bad
			}
			return widget.Join(3,
				widget.Text(look, f.Message(m.words.Lang)),
				widget.Join(2, widget.Text(style.Ink, f.Sheet), widget.Text(style.AccentBold, f.Cell)),
				widget.Text(style.Quiet, f.Hint(m.words.Lang)))
		}
	}
	return nil
}
