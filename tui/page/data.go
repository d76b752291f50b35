package page

import (
	"sort"
	"strconv"
	"strings"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
	"jindu/tui/words"
)

// owing makes the panel of the units whose data want something, the worst first.
func (b *build) owing(Spec) *Panel {
	rate := b.Line(store.DistrictCode, "reporting_rate")
	look := targetLook(rate)
	if look == style.Quiet {
		look = style.Strong
	}
	fact := widget.Text(style.Quiet, b.say("fact.reported")+" ")
	fact = append(fact, plain(look|style.Bold, rate.Value, rate.Indicator)...).Text(style.Quiet, "%")
	p := &Panel{Head: widget.Panel{Facts: []widget.Line{fact}}, Least: 4}
	t := &widget.Table{More: b.more, Columns: []widget.Column{
		{Key: "mark", Head: b.say("head.mark"), Width: 2},
		{Key: "unit", Head: b.say("head.unit"), Width: 10, Grow: 1},
		{Key: "what", Head: b.say("head.what"), Width: 14, Align: widget.Right},
	}}
	if b.lang() == store.English {
		t.Columns[2].Width = 18
	}
	if b.w >= wide {
		t.Columns[1] = widget.Column{Key: "unit", Head: b.say("head.unit"), Width: 16}
		t.Columns = append(t.Columns, widget.Column{Key: "filled", Head: b.say("head.filled"), Width: 6, Align: widget.Right},
			widget.Column{Key: "latest", Head: b.say("head.latest"), Width: 7, Align: widget.Right},
			widget.Column{Key: "book", Head: b.say("head.book"), Width: 16, Gap: 3, Grow: 1})
	}
	for _, r := range b.worstFirst() {
		if r.State == store.Fresh || r.State == store.Corrected {
			continue
		}
		m := style.MarkOf(r.State, b.lang())
		row := widget.Row{Cells: []widget.Cell{
			b.mark(r.State),
			b.unitCell(style.Ink, r.Unit.Code),
			widget.Word(m.Look, b.want(r)),
		}}
		if b.w >= wide {
			row.Cells = append(row.Cells, widget.Cell{Line: widget.Share(r.Reported, r.Owed)}, b.ageCell(r.Newest),
				widget.Word(style.Quiet, b.bookOf(r)))
		}
		t.Rows = append(t.Rows, row)
		p.Spots = append(p.Spots, unitSpot(r.Unit.Code))
	}
	if len(t.Rows) == 0 {
		p.Rows, p.Least = 1, 1
		p.Body = func(c widget.Canvas, _ bool) { c.PutCut(0, 0, c.Width(), style.Quiet, b.say("owing.none")) }
		return p
	}
	p.Table = t
	p.Rows, p.Want = len(t.Rows)+1, 7
	return p
}

// bookOf is the file that the unit's report is, and nothing where none has come.
func (b *build) bookOf(r store.Report) string {
	w, _ := b.reportBook(r)
	return base(w.Path)
}

// reportBook returns the file in which the newest figure of a report stands; without
// figures the newest file of the unit that may hold them. A file of another month that
// was saved anew is no source of this one.
func (f *Frame) reportBook(r store.Report) (out store.Workbook, ok bool) {
	if w, ok := f.Book(r.Latest.Cell.Workbook); ok && r.Reported > 0 {
		return w, true
	}
	for _, w := range f.Workbooks {
		if w.Unit == r.Unit.Code && (w.Period.IsZero() || w.Period == f.Period) && (!ok || w.Received.After(out.Received)) {
			out, ok = w, true
		}
	}
	return out, ok
}

// unitBooks returns the files that are the unit's own, or state its figures of
// the period; every file for no unit.
func (b *build) unitBooks(unit string) []*store.Workbook {
	var out []*store.Workbook
	for i := range b.Workbooks {
		if w := &b.Workbooks[i]; unit == "" || w.Unit == unit || b.states(unit, w.ID) {
			out = append(out, w)
		}
	}
	return out
}

// worstFirst returns the units' reports, the worst state first.
func (b *build) worstFirst() []store.Report {
	out := append([]store.Report(nil), b.Reports()...)
	sort.SliceStable(out, func(i, j int) bool { return out[i].State > out[j].State })
	return out
}

// want says what a unit owes: 本月未报, 晚 2天, 拒收 3格.
func (b *build) want(r store.Report) string {
	switch r.State {
	case store.Never:
		return b.say("want.never")
	case store.Due:
		return b.say("want.due")
	case store.Late:
		return b.Words.Count("want.late", r.LateDays)
	case store.Suspect:
		return b.Words.Count("want.suspect", r.Suspect)
	case store.Stale, store.SourceDown:
		age, _ := b.Age(r.Newest)
		return b.say("want."+r.State.String(), widget.Age(age, b.lang()))
	case store.Partial:
		if r.SetAside > 0 {
			return b.Words.Count("want.aside", r.SetAside)
		}
		return b.Words.Count("want.lacking", r.Owed-r.Reported)
	case store.Refused:
		if r.Reported == 0 {
			return b.say("want.refused")
		}
		return b.say("want.replaced")
	case store.Conflict:
		return b.say("want.conflict")
	default:
		return ""
	}
}

// changes makes the panel of the day's changed figures.
func (b *build) changes(Spec) *Panel {
	pulls := 0
	for _, one := range b.Pulls {
		if store.DateOf(one.Started.In(b.Moment.Location())) == b.Today {
			pulls++
		}
	}
	list := b.dayChanges()
	p := &Panel{Least: 3, Head: widget.Panel{Facts: []widget.Line{
		widget.Text(style.Quiet, b.Words.Count("fact.pulls", pulls)),
		widget.Text(style.Quiet, b.changed(len(list))),
	}}}
	t := &widget.Table{More: b.more, Columns: []widget.Column{
		{Key: "time", Head: b.say("head.time"), Width: 5},
		{Key: "unit", Head: b.say("head.unit"), Width: 8},
		{Key: "indicator", Head: b.say("head.indicator"), Width: 8, Grow: 1},
		{Key: "fromto", Head: b.say("head.fromto"), Width: 9, Gap: 1, Align: widget.Right},
	}}
	if b.w >= wide {
		t.Columns[2] = widget.Column{Key: "indicator", Head: b.say("head.indicator"), Width: 14}
		t.Columns[3].Width = 13
		t.Columns = append(t.Columns, widget.Column{Key: "cell", Head: b.say("head.cell"), Width: 6, Gap: 3},
			widget.Column{Key: "where", Head: b.say("head.where"), Width: 14, Grow: 1})
	}
	for _, one := range list {
		t.Rows = append(t.Rows, b.changeRow(one))
		p.Spots = append(p.Spots, changeSpot(one))
	}
	if len(t.Rows) == 0 {
		p.Rows, p.Least = 1, 1
		p.Body = func(c widget.Canvas, _ bool) { c.PutCut(0, 0, c.Width(), style.Quiet, b.say("changes.none")) }
		return p
	}
	p.Table = t
	p.Rows, p.Want = len(t.Rows)+1, 7
	return p
}

// changed says how many figures have changed; of more than a snapshot carries, that
// there are more.
func (b *build) changed(n int) string {
	if len(b.Changes) < store.ChangesShown {
		return b.Words.Count("fact.changes", n)
	}
	return b.say("fact.changes", strconv.Itoa(n)+widget.AtLeast)
}

// dayChanges leaves out the sums over several months that change along with a
// month's own figure, and versions of a figure that is what it was.
func (b *build) dayChanges() []*store.Change {
	var out []*store.Change
	for i := range b.Changes {
		one := &b.Changes[i]
		if ind, ok := b.Catalogue.ByCode(one.Indicator); ok && one.Period.Kind == ind.Cadence.PeriodKind() && (one.First || one.From != one.To) {
			out = append(out, one)
		}
	}
	return out
}

func (b *build) changeRow(one *store.Change) widget.Row {
	ind, _ := b.Catalogue.ByCode(one.Indicator)
	to := widget.Number(one.To, widget.Decimals(ind))
	fromTo := widget.Text(style.Strong, to)
	if !one.First {
		from := widget.Number(one.From, widget.Decimals(ind))
		fromTo = widget.Text(style.Quiet, from+" › ").Text(style.Strong, to)
	}
	name := ind.Head(b.lang())
	if one.Period != b.Period {
		name = one.Period.String() + " " + name
	}
	row := widget.Row{Cells: []widget.Cell{
		{Line: widget.Text(style.Quiet, one.At.In(b.Moment.Location()).Format("15:04")), By: newest(one.At)},
		b.shortCell(one.Unit),
		widget.Word(style.Quiet, name),
		{Line: fromTo, By: widget.ByNumber(store.Some(one.To))},
	}}
	if b.w >= wide {
		row.Cells = append(row.Cells, widget.Word(style.Accent, one.Cell.Ref),
			widget.Cell{Line: whereLine(one.Cell.Path, one.Cell.Sheet, "")})
	}
	return row
}

// completeness makes the table of how each unit stands with what it owes.
func (b *build) completeness(Spec) *Panel {
	trust := b.Trust()
	p := &Panel{Least: 6, Head: widget.Panel{Facts: []widget.Line{
		widget.Text(style.Quiet, b.Words.Period(b.Period)), b.units(trust.N, trust.M), b.punctual(), b.oldest(trust.Oldest),
	}}}
	t := &widget.Table{More: b.more, Columns: []widget.Column{
		{Key: "unit", Head: b.say("head.unit"), Width: 14},
		{Key: "filled", Head: b.say("head.filled"), Width: 6, Align: widget.Right},
		{Key: "bar", Width: 12, Drop: 2},
		{Key: "late", Head: b.say("head.late"), Width: 4, Align: widget.Right, Drop: 5},
		{Key: "aside", Head: b.say("head.aside"), Width: 4, Align: widget.Right, Drop: 4},
		{Key: "suspect", Head: b.say("head.suspect"), Width: 4, Align: widget.Right, Drop: 3},
		{Key: "oldest", Head: b.say("head.oldest"), Width: 7, Align: widget.Right},
		{Key: "book", Head: b.say("head.book"), Width: 20, Gap: 3, Grow: 1, Drop: 1},
		{Key: "state", Head: b.say("head.state"), Width: 6, Align: widget.Right},
	}}
	if b.lang() == store.English {
		t.Columns[8].Width = 10
	}
	if b.w < wider {
		t.Columns[0].Grow = 1
	}
	for _, r := range b.worstFirst() {
		t.Rows = append(t.Rows, b.completeRow(r))
		p.Spots = append(p.Spots, unitSpot(r.Unit.Code))
	}
	p.Table = t
	p.Rows, p.Want = len(t.Rows)+1, 16
	return p
}

func (b *build) completeRow(r store.Report) widget.Row {
	look := style.Quiet
	if r.Reported < r.Owed {
		look = style.Watch
	}
	return widget.Row{Cells: []widget.Cell{
		b.unitCell(style.Ink, r.Unit.Code),
		{Line: widget.Share(r.Reported, r.Owed)},
		{Part: widget.Bar{Value: float64(r.Reported), Whole: float64(r.Owed), Look: look}},
		{Line: count(style.Watch, r.LateDays)},
		{Line: count(style.Bad, r.SetAside)},
		{Line: count(style.Watch, r.Suspect)},
		b.ageCell(r.Oldest),
		widget.Word(style.Quiet, b.bookOf(r)),
		b.stateWord(r.State),
	}}
}

// punctual says how many of the reports came in time, of those that were owed.
func (b *build) punctual() widget.Line {
	l := b.Line(store.DistrictCode, "timeliness")
	if !l.Divisor.OK {
		return nil
	}
	return append(widget.Text(style.Quiet, b.say("fact.ontime")+" "), widget.Share(int(l.Numerator.V), int(l.Divisor.V))...)
}

// sources makes the table of the latest pull of each source.
func (b *build) sources(Spec) *Panel {
	p := &Panel{Least: 3}
	t := &widget.Table{More: b.more, Columns: []widget.Column{
		{Key: "source", Head: b.say("head.source"), Width: 8, Grow: 1},
		{Key: "seen", Head: b.say("head.seen"), Width: 5, Align: widget.Right},
		{Key: "files", Head: b.say("head.files"), Width: 4, Align: widget.Right, Drop: 2},
		{Key: "fetched", Head: b.say("head.fetched"), Width: 4, Align: widget.Right, Drop: 1},
		{Key: "result", Head: b.say("head.result"), Width: 10, Align: widget.Right},
	}}
	seen := map[string]bool{}
	for i := range b.Pulls {
		one := &b.Pulls[i]
		if seen[one.Source] {
			continue
		}
		seen[one.Source] = true
		t.Rows = append(t.Rows, widget.Row{Cells: []widget.Cell{
			widget.Word(style.Ink, one.Source),
			{Line: widget.Text(style.Quiet, words.Stamp(one.Started.In(b.Moment.Location()), b.Moment)), By: newest(one.Started)},
			widget.Word(style.Quiet, strconv.Itoa(one.Listed)),
			widget.Word(style.Quiet, strconv.Itoa(one.Fetched)),
			{Line: b.pullResult(one)},
		}})
		p.Spots = append(p.Spots, pullSpot(one))
	}
	p.Head.Facts = []widget.Line{widget.Text(style.Quiet, b.Words.Count("fact.sources", len(t.Rows)))}
	if len(t.Rows) == 0 {
		p.Rows, p.Least = 1, 1
		p.Body = func(c widget.Canvas, _ bool) { c.PutCut(0, 0, c.Width(), style.Quiet, b.say("sources.none")) }
		return p
	}
	p.Table = t
	p.Rows = len(t.Rows) + 1
	return p
}

// pullResult says how the latest look at a source ended.
func (b *build) pullResult(one *store.Pull) widget.Line {
	switch {
	case one.Error != "":
		return widget.StateWord(store.SourceDown, b.lang())
	case one.Refused > 0:
		return widget.Text(style.Bad, b.Words.Count("pull.refused", one.Refused))
	case one.Partial > 0:
		return widget.Text(style.Watch, b.Words.Count("pull.partial", one.Partial))
	case one.Accepted > 0:
		return widget.Text(style.Ink, b.Words.Count("pull.accepted", one.Accepted))
	default:
		return widget.Text(style.Quiet, b.say("pull.unchanged"))
	}
}

// workbooks makes the table of files: refused ones first, then the newest.
func (b *build) workbooks(Spec) *Panel {
	list := b.unitBooks(b.visit.Unit)
	if len(list) == 0 {
		return nil
	}
	rank := map[store.Verdict]int{store.Rejected: 2, store.Partly: 1}
	sort.SliceStable(list, func(i, j int) bool {
		if rank[list[i].Verdict] != rank[list[j].Verdict] {
			return rank[list[i].Verdict] > rank[list[j].Verdict]
		}
		return list[i].Received.After(list[j].Received)
	})
	p := &Panel{Least: 3, Head: widget.Panel{Facts: []widget.Line{widget.Text(style.Quiet, b.Words.Count("fact.books", len(list)))}}}
	if b.visit.Unit == "" && b.Files > len(list) {
		p.Head.Facts = []widget.Line{widget.Text(style.Quiet, b.say("fact.newest", len(list), b.Files))}
	}
	t := &widget.Table{More: b.more, Columns: []widget.Column{
		{Key: "book", Head: b.say("head.book"), Width: 12, Grow: 1},
		{Key: "figures", Head: b.say("head.figures"), Width: 4, Align: widget.Right, Drop: 2},
		{Key: "where", Head: b.say("head.where"), Width: 20, Drop: 1},
		{Key: "verdict", Head: b.say("head.verdict"), Width: 8, Align: widget.Right},
		{Key: "age", Head: b.say("head.age"), Width: 6, Align: widget.Right},
	}}
	if b.w < 50 {
		t.Columns[1].Width = 90 // never
	} else {
		t.Columns[0] = widget.Column{Key: "book", Head: b.say("head.book"), Width: 22}
		t.Columns[2].Grow = 1
	}
	for _, w := range list {
		t.Rows = append(t.Rows, widget.Row{Cells: []widget.Cell{
			widget.Word(style.Ink, base(w.Path)),
			widget.Word(style.Quiet, strconv.Itoa(w.Figures)),
			widget.Word(style.Quiet, w.Source+" › "+strings.TrimSuffix(w.Path, base(w.Path))),
			{Line: b.verdict(w)},
			b.ageCell(w.Received),
		}})
		p.Spots = append(p.Spots, bookSpot(w))
	}
	p.Table = t
	p.Rows, p.Want = len(t.Rows)+1, 8
	return p
}

// verdict is the judgement of a file in a word.
func (b *build) verdict(w *store.Workbook) widget.Line {
	switch {
	case !w.Live:
		return widget.Text(style.Stale, b.say("verdict.gone"))
	case w.Verdict == store.Rejected:
		return widget.StateWord(store.Refused, b.lang())
	case w.Verdict == store.Partly:
		return widget.StateWord(store.Partial, b.lang())
	default:
		return widget.Text(style.Quiet, b.say("verdict.accepted"))
	}
}

// findings makes the list of what is wrong: where, what, and what to do.
func (b *build) findings(Spec) *Panel {
	p := &Panel{Least: 3}
	t := &widget.Table{More: b.more, Columns: []widget.Column{
		{Key: "mark", Head: b.say("head.mark"), Width: 2},
		{Key: "cell", Head: b.say("head.cell"), Width: 6},
		{Key: "wrong", Head: b.say("head.wrong"), Width: 14, Grow: 2},
		{Key: "hint", Head: b.say("head.hint"), Width: 30, Drop: 3},
		{Key: "where", Head: b.say("head.where"), Width: 22, Drop: 2},
		{Key: "since", Head: b.say("head.since"), Width: 6, Align: widget.Right, Drop: 1},
	}}
	switch {
	case b.w < wide:
		t.Columns[3].Width, t.Columns[4].Width = 90, 90 // never
	case b.w > 150: // a long message leaves the others theirs
		t.Columns[3].Width, t.Columns[4].Width = 46, 38
	}
	bad, watch := 0, 0
	for _, f := range b.gravest() {
		switch f.Severity {
		case store.Fault:
			bad++
		case store.Warning:
			watch++
		default:
		}
		t.Rows = append(t.Rows, b.findingRow(f))
		p.Spots = append(p.Spots, findingSpot(f))
	}
	if len(t.Rows) == 0 {
		return nil
	}
	p.Head.Facts = []widget.Line{
		count(style.BadBold, bad).Text(style.Quiet, " "+b.Words.Count("fact.faults", bad)),
		count(style.WatchBold, watch).Text(style.Quiet, " "+b.Words.Count("fact.warnings", watch)),
	}
	p.Table = t
	p.Rows, p.Want = len(t.Rows)+1, 8
	return p
}

// gravest returns the findings about what the page is about, errors first.
func (b *build) gravest() []*store.Finding {
	var out []*store.Finding
	for i := range b.Findings {
		if f := &b.Findings[i]; b.visit.Unit == "" || f.Unit == b.visit.Unit {
			out = append(out, f)
		}
	}
	rank := severities()
	sort.SliceStable(out, func(i, j int) bool { return rank[out[i].Severity] > rank[out[j].Severity] })
	return out
}

// severities ranks how much a finding asks of a person.
func severities() map[store.Severity]int {
	return map[store.Severity]int{store.Fault: 2, store.Warning: 1}
}

func (b *build) findingRow(f *store.Finding) widget.Row {
	look, key := style.Quiet, "severity.info"
	switch f.Severity {
	case store.Fault:
		look, key = style.BadBold, "severity.error"
	case store.Warning:
		look, key = style.WatchBold, "severity.warning"
	default:
	}
	cell := f.Cell
	if cell == "" {
		cell = widget.NotApplicable
	}
	return widget.Row{Cells: []widget.Cell{
		{Line: widget.Text(look, b.say(key)), By: widget.ByRank(float64(2 - severities()[f.Severity]))},
		widget.Word(style.Accent, cell),
		widget.Word(style.Ink, f.Message(b.lang())),
		widget.Word(style.Quiet, f.Hint(b.lang())),
		{Line: whereLine(f.Path, f.Sheet, "")},
		b.ageCell(f.KnownFrom),
	}}
}
