package page

import (
	"strconv"
	"strings"
	"time"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
	"jindu/tui/words"
)

// phrase is a part of the source line; where it is narrow the ones with the
// lowest keep leave first.
type phrase struct {
	line  widget.Line
	keep  int
	short func(w int) widget.Line // the same in fewer cells, where nothing more can leave
}

// How long a phrase stays on a source line that grows narrow.
const (
	keepAlways = 9 - iota
	keepName
	keepValue
	keepState
	keepTime
	keepSum
	keepVersion
	keepHeader
)

// Source returns the source line's text within w cells: what the spot's figure
// is, and the workbook, sheet and cell that it came from.
func (f *Frame) Source(s Spot, w int) widget.Line {
	var all []phrase
	switch {
	case s.Task != nil:
		all = f.taskSource(s.Task)
	case s.Finding != nil:
		all = []phrase{
			{line: widget.Text(style.Ink, s.Finding.Message(f.lang())), keep: keepName},
			where(nil, s.Finding.Path, s.Finding.Sheet, s.Finding.Cell),
			{line: widget.Text(style.Quiet, s.Finding.Hint(f.lang())), keep: keepSum},
		}
	case s.Book != nil:
		all = f.bookSource(s.Book)
	case s.Pull != nil:
		all = f.pullSource(s.Pull)
	case s.Change != nil:
		all = f.changeSource(s.Change)
	case s.Pending != nil:
		all = f.pendingSource(s.Pending)
	case s.Record != nil:
		all = f.recordSource(s.Record)
	case s.Result != nil:
		all = f.resultSource(s.Result)
	case s.Campaign != nil:
		all = f.campaignSource(s.Campaign)
	case s.Grading != nil:
		all = f.gradeSource(s)
	case s.Row != nil:
		all = f.rowSource(s.Row.Made())
	case s.Indicator != "":
		all = f.lineSource(f.Line(s.Unit, s.Indicator))
	case s.Unit != "" && s.Unit != store.DistrictCode:
		all = f.unitSource(f.Report(s.Unit))
	case s.ID == "tasks" && len(f.Tasks) > 0:
		all = f.taskSource(&f.Tasks[0])[1:]
	default:
		all = []phrase{{line: widget.Text(style.Quiet, f.say("source.mirror", f.Moment.Format("15:04"))), keep: keepAlways}}
	}
	return fitPhrases(all, w)
}

// fitPhrases joins the phrases, three cells apart, leaving out the least needed
// until they fit. What may not leave is said shorter at last: of a file the
// sheet goes, then its name is cut, and the cell stays.
func fitPhrases(all []phrase, w int) widget.Line {
	for keep := keepHeader; ; keep++ {
		out := joinPhrases(all)
		if out.Width() <= w {
			return out
		}
		if keep >= keepAlways {
			break
		}
		kept := all[:0:0]
		for _, p := range all {
			if p.keep > keep {
				kept = append(kept, p)
			}
		}
		all = kept
	}
	for i := range all {
		if all[i].short != nil {
			rest := w - joinPhrases(all).Width() + all[i].line.Width()
			all[i].line = all[i].short(rest)
		}
	}
	return joinPhrases(all)
}

func joinPhrases(all []phrase) widget.Line {
	lines := make([]widget.Line, 0, len(all))
	for _, p := range all {
		lines = append(lines, p.line)
	}
	return widget.Join(3, lines...)
}

// where is the phrase of a file, a sheet and a cell, with a label before it
// where it needs one.
func where(label widget.Line, path, sheet, ref string) phrase {
	return phrase{
		line: append(label[:len(label):len(label)], whereLine(path, sheet, ref)...),
		keep: keepAlways,
		short: func(w int) widget.Line {
			if out := whereLine(path, "", ref); out.Width() <= w {
				return out
			}
			room := w - widget.Width(ref) - len(" > ")
			return whereLine(widget.Cut(widget.Clean(base(path)), room), "", ref)
		},
	}
}

// lineSource tells of a total or of one unit's figure.
func (f *Frame) lineSource(l store.Line) []phrase {
	if l.Indicator.Origin == store.FromMirror {
		return []phrase{
			{line: f.nameValue(l, ""), keep: keepName},
			{line: widget.Text(style.Quiet, f.say("source.computed")), keep: keepAlways},
		}
	}
	if l.Indicator.Kind == store.Ratio && !l.Reported {
		return f.ratioSource(l)
	}
	if l.Scope != store.DistrictCode {
		return f.figureSource(l.Scope, l.Indicator.Code)
	}
	all := []phrase{
		{line: f.nameValue(l, ""), keep: keepName},
		{line: widget.Text(style.Quiet, f.Words.Count("source.sum", l.N)), keep: keepSum},
	}
	if l.Corrected > 0 {
		all = append(all, phrase{line: widget.Text(style.Quiet, f.Words.Count("source.corrected", l.Corrected)), keep: keepVersion})
	}
	if l.Waiting > 0 {
		waits := append(widget.WaitWord(f.lang()), widget.Text(style.Quiet, " "+strconv.Itoa(l.Waiting))...)
		all = append(all, phrase{line: waits, keep: keepState})
	}
	if len(l.Missing) > 0 {
		names := make([]string, 0, len(l.Missing))
		for _, u := range l.Missing {
			names = append(names, f.Short(u))
		}
		all = append(all, phrase{line: widget.Text(style.Quiet, f.say("source.missing")+" ").Text(style.Watch, strings.Join(names, f.say("list.comma"))), keep: keepHeader})
	}
	return append(all, f.latest(l.Latest)...)
}

// latest names the newest cell of a total.
func (f *Frame) latest(fig store.Figure) []phrase {
	if fig.Unit == "" {
		return nil
	}
	label := widget.Text(style.Quiet, f.say("source.latest")+" ")
	return append([]phrase{where(label, fig.Cell.Path, fig.Cell.Sheet, fig.Cell.Ref)}, f.times(fig)...)
}

// times are when the figure was pulled and which version it is.
func (f *Frame) times(fig store.Figure) []phrase {
	out := []phrase{}
	if len(fig.Cell.Header) > 0 {
		path := strings.Join(fig.Cell.Header, " › ")
		out = append(out, phrase{line: widget.Text(style.Quiet, f.say("source.header")+" ").Text(style.Ink, path), keep: keepHeader})
	}
	out = append(out, phrase{line: widget.Text(style.Quiet, f.stamp(fig.Received)), keep: keepTime})
	if fig.Version > 1 {
		out = append(out, phrase{line: widget.Text(style.Quiet, f.say("source.version", fig.Version)), keep: keepVersion})
	}
	return out
}

// stamp writes a moment in the district's zone.
func (f *Frame) stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return words.Stamp(t.In(f.Moment.Location()), f.Moment)
}

// nameValue is an indicator and its figure: 查处吸毒人员 131 人次.
func (f *Frame) nameValue(l store.Line, unit string) widget.Line {
	look, number := f.value(l)
	out := widget.Text(style.Ink, f.name(l.Indicator)+" ")
	if unit != "" {
		out = append(widget.Text(style.Ink, unit+"  "), out...)
	}
	out = append(out, widget.Commas(look&^style.Underline, number)...)
	if m := f.measure(l.Indicator); m != "" && l.Value.OK {
		space := " "
		if m == "%" || m == "‰" {
			space = ""
		}
		out = out.Text(style.Quiet, space+m)
	}
	return out
}

// figureSource tells of one unit's figure, or why there is none.
func (f *Frame) figureSource(unit, code string) []phrase {
	l := f.Line(unit, code)
	fig, ok := f.Figure(unit, code, f.Period)
	all := []phrase{{line: f.nameValue(l, f.Short(unit)), keep: keepName}}
	if ok {
		var label widget.Line
		if n := len(fig.Of); n > 0 {
			label = widget.Text(style.Quiet, f.say("campaign.cells", strconv.Itoa(n))+" ")
		}
		all = append(all, where(label, fig.Cell.Path, fig.Cell.Sheet, fig.Cell.Ref))
		all = append(all, f.times(fig)...)
		if fig.State != store.Fresh {
			all = append(all, phrase{line: widget.StateWord(fig.State, f.lang()), keep: keepState})
		}
		if p, ok := f.Waiting(fig.Key); ok {
			all = append(all, phrase{line: f.waits(p), keep: keepState})
		}
		return all
	}
	key := store.Key{Unit: unit, Indicator: code, Period: f.Period}
	if aside, found := f.Aside(key); found {
		f := store.NewFinding(aside.Rule, aside.Sheet, aside.Ref).Message(f.lang())
		return append(all, where(nil, "", aside.Sheet, aside.Ref), phrase{line: widget.Text(style.Quiet, f), keep: keepState})
	}
	if why := f.Why(unit, code); why != nil {
		text := widget.Text(style.Quiet, why.Message(f.lang()))
		return append(all, where(nil, why.Path, why.Sheet, why.Cell), phrase{line: text, keep: keepState})
	}
	if f.Settings.DueDay > 0 {
		due := words.Day(f.Settings.Due(f.Period), f.Today)
		all = append(all, phrase{line: widget.Text(style.Quiet, f.say("source.due", due)), keep: keepAlways})
	}
	return all
}

// Why returns the finding that kept a figure out: one about the figure itself,
// else one that refused the unit's file; nil where nothing came.
func (f *Frame) Why(unit, code string) *store.Finding {
	var file *store.Finding
	for i := range f.Findings {
		one := &f.Findings[i]
		switch {
		case one.Unit != unit || one.Severity == store.Info:
		case one.Indicator == code && one.Period == f.Period:
			return one
		case one.Indicator == "" && one.Severity == store.Fault && file == nil:
			file = one
		}
	}
	return file
}

// ratioSource tells of a ratio by its parts: 尿检率 72.3% = 已尿检 60 / 应尿检 83,
// and where both stand.
func (f *Frame) ratioSource(l store.Line) []phrase {
	unit := ""
	if l.Scope != store.DistrictCode {
		unit = f.Short(l.Scope)
	}
	num, _ := f.Catalogue.ByCode(l.Indicator.Numerator)
	den, _ := f.Catalogue.ByCode(l.Indicator.Denominator)
	name := f.nameValue(l, unit)
	all := []phrase{{line: name, keep: keepName}}
	if l.Numerator.OK && l.Divisor.OK {
		parts := widget.Text(style.Quiet, "= "+num.Head(f.lang())+" ")
		parts = append(parts, plain(style.Ink, l.Numerator, num)...)
		parts = parts.Text(style.Quiet, " / "+den.Head(f.lang())+" ")
		parts = append(parts, plain(style.Ink, l.Divisor, den)...)
		all = append(all, phrase{line: parts, keep: keepValue})
	}
	if l.Scope == store.DistrictCode {
		return append(all, f.latest(l.Latest)...)
	}
	fig, ok := f.Figure(l.Scope, num.Code, f.Period)
	if !ok {
		return append(all, f.figureSource(l.Scope, num.Code)[1:]...)
	}
	refs := fig.Cell.Ref
	if d, ok := f.Figure(l.Scope, den.Code, f.Period); ok {
		refs += " / " + d.Cell.Ref
	}
	return append(append(all, where(nil, fig.Cell.Path, fig.Cell.Sheet, refs)), f.times(fig)...)
}

// changeSource tells of a figure that got another value, of whatever period.
func (f *Frame) changeSource(c *store.Change) []phrase {
	ind, _ := f.Catalogue.ByCode(c.Indicator)
	what := widget.Text(style.Ink, f.Short(c.Unit)+"  "+f.name(ind)+" ")
	if !c.First {
		what = what.Text(style.Quiet, widget.Number(c.From, widget.Decimals(ind))+" › ")
	}
	what = what.Text(style.Strong, widget.Number(c.To, widget.Decimals(ind)))
	return []phrase{
		{line: what, keep: keepName},
		{line: widget.Text(style.Quiet, f.Words.Period(c.Period)), keep: keepValue},
		where(nil, c.Cell.Path, c.Cell.Sheet, c.Cell.Ref),
		{line: widget.Text(style.Quiet, f.stamp(c.At)), keep: keepTime},
	}
}

func (f *Frame) taskSource(t *store.Task) []phrase {
	all := []phrase{
		{line: widget.Text(style.Ink, t.Title), keep: keepSum},
		where(nil, t.Cell.Path, t.Cell.Sheet, t.Cell.Ref),
		{line: widget.Text(style.Quiet, f.stamp(t.KnownFrom)), keep: keepTime},
	}
	if t.Changes > 0 {
		all = append(all, phrase{line: widget.Text(style.Quiet, f.Words.Count("source.moved", t.Changes)), keep: keepVersion})
	}
	return all
}

func (f *Frame) bookSource(w *store.Workbook) []phrase {
	return []phrase{
		{line: widget.Text(style.Ink, w.Source).Text(style.Quiet, " › ").Text(style.Ink, strings.ReplaceAll(w.Path, "/", " › ")), keep: keepAlways},
		{line: widget.Text(style.Quiet, f.say("source.version", w.Version)), keep: keepVersion},
		{line: widget.Text(style.Quiet, f.stamp(w.Received)), keep: keepTime},
		{line: widget.Text(style.Quiet, f.say("source.figures", w.Figures, w.SetAside)), keep: keepSum},
		{line: widget.Text(style.Quiet, hash(w.SHA256)), keep: keepHeader},
	}
}

func (f *Frame) pullSource(p *store.Pull) []phrase {
	all := []phrase{
		{line: widget.Text(style.Ink, p.Source), keep: keepName},
		{line: widget.Text(style.Quiet, f.stamp(p.Started)), keep: keepTime},
	}
	if p.Error != "" {
		return append(all, phrase{line: widget.Text(style.Stale, p.Error), keep: keepAlways})
	}
	return append(all, phrase{line: widget.Text(style.Quiet, f.say("source.pull", p.Listed, p.Fetched, p.Accepted, p.Partial, p.Refused)), keep: keepAlways})
}

func (f *Frame) unitSource(r store.Report) []phrase {
	all := []phrase{
		{line: widget.Text(style.Ink, r.Unit.Name), keep: keepName},
		{line: widget.Share(r.Reported, r.Owed).Text(style.Quiet, " "+f.say("fact.items")), keep: keepAlways},
	}
	if r.State != store.Fresh {
		all = append(all, phrase{line: widget.StateWord(r.State, f.lang()), keep: keepState})
	}
	if w, ok := f.reportBook(r); ok {
		all = append(all, phrase{line: widget.Text(style.Ink, base(w.Path)), keep: keepValue}, phrase{line: widget.Text(style.Quiet, f.stamp(w.Received)), keep: keepTime})
	}
	return all
}

// whereLine joins a file, a sheet and a cell; what is not known is left out.
func whereLine(path, sheet, ref string) widget.Line {
	var out widget.Line
	add := func(look style.Look, text string) {
		if text == "" {
			return
		}
		if len(out) > 0 {
			out = out.Text(style.Quiet, " › ")
		}
		out = out.Text(look, text)
	}
	add(style.Ink, base(path))
	add(style.Ink, sheet)
	add(style.AccentBold, ref)
	return out
}

// base is the last name of a slash-separated path.
func base(path string) string {
	return path[strings.LastIndexByte(path, '/')+1:]
}

// hash is the part of a hash that a person compares.
func hash(sum string) string { return sum[:min(len(sum), 8)] }

// Copy is a figure with its origin as one line of text, for the clipboard.
func (f *Frame) Copy(s Spot) string {
	parts := []string{}
	for _, p := range f.copied(s) {
		if text := strings.TrimSpace(p.line.Plain()); text != "" {
			parts = append(parts, text)
		}
	}
	parts = append(parts, f.Words.Period(f.Period), f.say("copy.asof", f.Moment.Format("2006-01-02 15:04")))
	return widget.Clean(strings.Join(parts, "; "))
}

// copied is everything that the source line could say.
func (f *Frame) copied(s Spot) []phrase {
	return []phrase{{line: f.Source(s, 1<<20), keep: keepAlways}}
}

// Title names what the spot is about, for the head of an overlay.
func (f *Frame) Title(s Spot) string {
	ind, ok := f.Catalogue.ByCode(s.Indicator)
	switch {
	case s.Task != nil:
		return s.Task.Title
	case s.Campaign != nil:
		return s.Campaign.Label(f.lang())
	case s.Record != nil:
		return f.RecordTitle(s.Record)
	case s.Row != nil:
		return s.Row.Made().About
	case ok:
		return f.name(ind)
	case s.Unit != "":
		return f.Name(s.Unit)
	default:
		return strconv.Quote(s.ID)
	}
}
