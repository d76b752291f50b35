package page

import (
	"slices"
	"strconv"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
)

// Widths from which tables show more.
const (
	wide   = 70 // two columns of the grid
	wider  = 110
	narrow = 40
)

// leastBar is the shortest bar that still says something.
const leastBar = 4

// trend makes the table of an indicator a row: now, the changes, the year, the
// course, and who reported.
func (b *build) trend(spec Spec) *Panel {
	scope := b.scope()
	p := &Panel{Head: widget.Panel{Facts: b.coverage(scope, spec.Rows)}, Least: 5}
	t := &widget.Table{Columns: b.trendColumns(spec.Rows), More: b.more}
	star := false
	for _, code := range spec.Rows {
		l := b.Line(scope, code)
		if l.Indicator.Code == "" || l.M == 0 && !l.Value.OK {
			continue // no unit of this district reports it
		}
		t.Rows = append(t.Rows, b.trendRow(l))
		p.Spots = append(p.Spots, figureSpot(scope, code))
		star = star || b.against(l).Significant() || b.also(l).Significant()
	}
	if len(t.Rows) == 0 {
		return nil
	}
	if b.w < narrow {
		return b.small(p, scope)
	}
	if b.w >= wide {
		p.Head.Facts = append([]widget.Line{b.span()}, p.Head.Facts...)
		if star {
			p.Head.Facts = append(p.Head.Facts, widget.Text(style.Quiet, b.say("fact.star")))
		}
	}
	p.Table = t
	p.Rows = len(t.Rows) + t.Heads()
	return p
}

// span is the days that the period runs over: 05-01 至 05-31.
func (b *build) span() widget.Line {
	from, to := b.Period.Start(), b.Period.End()
	return widget.Text(style.Quiet, b.say("fact.span", from.String()[5:], to.String()[5:]))
}

// trendColumns are the columns of a trend of these indicators: in a narrow one what
// explains a figure leaves before its name is cut.
func (b *build) trendColumns(codes []string) []widget.Column {
	spark, sparkHead, sparkGap := 6, b.say("head.months", 6), 3
	if b.w >= wider {
		spark, sparkHead, sparkGap = store.SeriesMonths, b.say("head.months", store.SeriesMonths), 3
	}
	name := 14
	if b.lang() == store.English {
		name = 17
	}
	columns := []widget.Column{
		{Key: "name", Width: name, Grow: 1},
		{Key: "month", Head: b.present(), Width: 6, Hang: 2, Gap: 2, Align: widget.Decimal},
		{Key: "measure", Width: b.measureWidth(codes), Gap: 1, Drop: 6, Vacant: true},
		{Key: "before", Head: b.againstHead(), Width: b.againstWidth(5), Hang: 2, Gap: 1, Align: widget.Decimal, Drop: 7},
		{Key: "yearago", Head: b.alsoHead(), Vacant: b.once(), Width: 5, Hang: 2, Align: widget.Decimal, Drop: 3},
		{Key: "todate", Head: b.say("head.todate"), Width: 6, Hang: 2, Gap: 1, Align: widget.Decimal, Drop: 4},
		{Key: "lastyear", Head: b.say("head.lastyear"), Width: 5, Hang: 2, Gap: 1, Align: widget.Decimal, Drop: 1},
		{Head: sparkHead, Width: spark, Gap: sparkGap, Align: widget.Right, Drop: 2},
		{Key: "units", Head: b.say("head.units"), Width: 5, Align: widget.Right, Drop: 5},
		{Key: "oldest", Head: b.say("head.oldest"), Width: 6, Align: widget.Right, Drop: 1},
		{Key: "mark", Width: 2, Gap: 1, Align: widget.Right},
	}
	if b.w >= wider {
		columns[10] = widget.Column{Key: "state", Head: b.say("head.state"), Width: 6, Align: widget.Right}
		if b.lang() == store.English {
			columns[10].Width = 10
		}
	} else {
		columns = append(columns[:9:9], columns[10])
	}
	if b.w < wide {
		columns[0].Width = b.nameWidth(12, 18, codes)
	}
	return slices.Insert(columns, besideAt, b.besideColumns()...)
}

// measureWidth is how wide the measures of figures are: at least a count of persons,
// so that panels under each other keep one edge. In English that has no word.
func (b *build) measureWidth(codes []string) int {
	w := 4
	if b.lang() == store.English {
		w = 1
	}
	for _, code := range codes {
		if l := b.Line(b.scope(), code); l.Value.OK {
			w = max(w, widget.Width(b.measure(l.Indicator)))
		}
	}
	return w
}

// nameWidth is how wide the longest of the indicators' names is, within bounds.
func (b *build) nameWidth(least, most int, codes []string) int {
	for _, code := range codes {
		ind, _ := b.Catalogue.ByCode(code)
		least = max(least, min(most, widget.Width(ind.Head(b.lang()))))
	}
	return least
}

// trendRow is a line's row; the columns that a narrow panel has are fewer.
func (b *build) trendRow(l store.Line) widget.Row {
	look, number := b.value(l)
	months := 6
	if b.w >= wider {
		months = store.SeriesMonths
	}
	cells := []widget.Cell{
		b.nameCell(l.Indicator),
		{Line: widget.Commas(look, number), By: orderOf(l, number)},
		widget.Word(style.Quiet, b.measure(l.Indicator)),
		deltaCell(b.against(l), l.Indicator),
		deltaCell(b.also(l), l.Indicator),
		atLeastCell(style.Ink, l.ToDate, l.ToDateLacks, l.Indicator),
		atLeastCell(style.Quiet, l.LastToDate, l.LastLacks, l.Indicator),
		b.rowSpark(l, months),
		{Line: share(l)},
	}
	if !l.Value.OK && !l.NA && l.M > 0 {
		cells[1] = widget.Cell{Line: widget.Text(look, number), Across: 2} // a state's word needs more room than a number
		cells = append(cells[:2:2], append([]widget.Cell{blank()}, cells[3:]...)...)
	}
	if b.w >= wider {
		cells = append(cells, b.ageCell(l.Oldest), b.lineWord(l))
	} else {
		cells = append(cells, b.lineMark(l))
	}
	return widget.Row{Cells: slices.Insert(cells, besideAt, b.besideCells(l)...)}
}

// besideAt is the column of a trend behind its two comparisons.
const besideAt = 5

// share is n/m of the units that owe the line.
func share(l store.Line) widget.Line {
	if l.M == 0 {
		return nil
	}
	return widget.Share(l.N, l.M)
}

// stateWord is a state in full, where there is room; normal is quiet.
func (b *build) stateWord(s store.State) widget.Cell {
	if s == store.Fresh {
		return widget.Cell{Line: widget.Text(style.Quiet, style.MarkOf(s, b.lang()).Word()), By: worst(s)}
	}
	return widget.Cell{Line: widget.StateWord(s, b.lang()), By: worst(s)}
}

// lineWord is lineMark in full.
func (b *build) lineWord(l store.Line) widget.Cell {
	if b.tellsWait(l) {
		return widget.Cell{Line: widget.WaitWord(b.lang())}
	}
	return b.stateWord(l.State)
}

// figures makes the small table of one group of a unit's indicators: now, the
// measure behind it, and the change.
func (b *build) figures(spec Spec) *Panel {
	scope := b.scope()
	var lines []store.Line
	for _, ind := range b.Catalogue.Indicators {
		if ind.Part || !contains(spec.Group, ind.Group) {
			continue
		}
		if l := b.Line(scope, ind.Code); l.M > 0 && (l.Value.OK || l.NA || l.State != store.Fresh) {
			lines = append(lines, l)
		}
	}
	if len(lines) == 0 {
		return nil
	}
	codes := make([]string, 0, len(lines))
	p := &Panel{}
	for _, l := range lines {
		codes = append(codes, l.Indicator.Code)
		p.Spots = append(p.Spots, figureSpot(scope, l.Indicator.Code))
	}
	p.Head.Facts = b.groupFacts(scope, codes)
	if b.w >= wide {
		return b.large(p, scope)
	}
	return b.small(p, scope)
}

// indicators returns the codes of the figures that spots stand for.
func indicators(spots []Spot) []string {
	out := make([]string, len(spots))
	for i, s := range spots {
		out[i] = s.Indicator
	}
	return out
}

// large is the table of a wide panel: the same as of the district, but over how
// many units a single unit's figure goes needs no telling.
func (b *build) large(p *Panel, scope string) *Panel {
	t := &widget.Table{Columns: b.trendColumns(indicators(p.Spots)), More: b.more}
	for _, s := range p.Spots {
		t.Rows = append(t.Rows, b.trendRow(b.Line(scope, s.Indicator)))
	}
	vacate(t, "units")
	p.Table = t
	p.Rows, p.Least = len(t.Rows)+1, 4
	return p
}

// vacate empties a column that says nothing here, so that it leaves.
func vacate(t *widget.Table, key string) {
	for i := range t.Columns {
		if t.Columns[i].Key != key {
			continue
		}
		t.Columns[i].Vacant = true
		for _, row := range t.Rows {
			if i < len(row.Cells) {
				row.Cells[i] = blank()
			}
		}
	}
}

// small is the table of a narrow panel: value, measure, change, mark.
func (b *build) small(p *Panel, scope string) *Panel {
	t := &widget.Table{More: b.more}
	for _, s := range p.Spots {
		t.Rows = append(t.Rows, b.figureRow(b.Line(scope, s.Indicator)))
	}
	t.Columns = []widget.Column{
		{Key: "name", Width: 10, Grow: 1},
		{Key: "month", Head: b.present(), Width: 5, Hang: 2, Gap: 1, Align: widget.Decimal},
		{Key: "measure", Width: b.measureWidth(indicators(p.Spots)), Gap: 1, Drop: 2, Vacant: true},
		{Key: "before", Head: b.againstHead(), Width: b.againstWidth(3), Hang: 2, Gap: 1, Align: widget.Decimal, Drop: 1},
		{Key: "mark", Width: 2, Gap: 1, Align: widget.Right},
	}
	p.Table = t
	p.Rows, p.Least = len(t.Rows)+1, 4
	return p
}

// figureRow is one of them.
func (b *build) figureRow(l store.Line) widget.Row {
	look, number := b.value(l)
	cells := []widget.Cell{
		b.nameCell(l.Indicator),
		{Line: widget.Commas(look, number), By: orderOf(l, number)},
		widget.Word(style.Quiet, b.measure(l.Indicator)),
		deltaCell(b.against(l), l.Indicator),
		b.lineMark(l),
	}
	if !l.Value.OK && !l.NA && l.M > 0 {
		cells[1] = widget.Cell{Line: widget.Text(look, number), Across: 2}
	}
	return widget.Row{Cells: cells}
}

// nameCell is an indicator's name, short where the long one does not fit.
func (b *build) nameCell(ind store.Indicator) widget.Cell {
	return widget.Cell{Line: widget.Text(style.Ink, b.name(ind)), Short: ind.Head(b.lang())}
}

// groupFacts is the head of a unit's group: how many of its figures are there,
// and the oldest.
func (b *build) groupFacts(scope string, codes []string) []widget.Line {
	n := 0
	var worst store.State
	oldest := store.Line{}
	for _, code := range codes {
		l := b.Line(scope, code)
		if l.Value.OK || l.NA {
			n++
		}
		worst = store.Worst(worst, l.State)
		if oldest.Oldest.IsZero() || !l.Oldest.IsZero() && l.Oldest.Before(oldest.Oldest) {
			oldest = l
		}
	}
	facts := []widget.Line{widget.Share(n, len(codes)), b.oldest(oldest.Oldest)}
	if worst == store.Partial || worst == store.Refused {
		facts = append([]widget.Line{widget.StateWord(worst, b.lang())}, facts...)
	}
	return facts
}

func contains(list []string, one string) bool {
	for _, s := range list {
		if s == one {
			return true
		}
	}
	return false
}

// ratios makes the panel of ratios with their targets: a bar, the share, and
// where it is wide what was divided by what.
func (b *build) ratios(spec Spec) *Panel {
	scope := b.scope()
	name := 10
	for _, code := range spec.Rows {
		name = max(name, min(18, widget.Width(b.Line(scope, code).Indicator.Head(b.lang()))))
	}
	bar := min(30, max(leastBar, b.w-14-name))
	columns := []widget.Column{
		{Key: "ratio", Head: b.say("head.ratio"), Width: name},
		{Width: bar, Gap: 2},
		{Key: "now", Head: b.say("head.now"), Width: 3, Hang: 3, Gap: 1, Align: widget.Decimal},
		{Key: "parts", Head: b.say("head.parts"), Width: 9, Gap: 3, Grow: 1, Align: widget.Right, Drop: 1},
		{Key: "target", Head: b.say("head.target"), Width: 3, Gap: 2, Align: widget.Right},
	}
	if b.w < wide {
		columns[3].Width = 60 // never
	}
	p := &Panel{Head: widget.Panel{Facts: b.coverage(scope, spec.Rows)}, Least: 4}
	t := &widget.Table{Columns: columns, More: b.more}
	for _, code := range spec.Rows {
		l := b.Line(scope, code)
		if l.M == 0 {
			continue
		}
		t.Rows = append(t.Rows, b.ratioRow(l))
		p.Spots = append(p.Spots, figureSpot(scope, code))
	}
	if len(t.Rows) == 0 {
		return nil
	}
	p.Table = t
	p.Rows = len(t.Rows) + 1
	return p
}

func (b *build) ratioRow(l store.Line) widget.Row {
	look, number := b.value(l)
	value := widget.Commas(look, number)
	cells := []widget.Cell{
		widget.Word(style.Ink, l.Indicator.Head(b.lang())),
		blank(),
		{},
		{},
		{},
	}
	if !l.Value.OK {
		cells[1] = widget.Cell{Line: widget.Text(look, number), Across: 3, Leader: l.M > 0 && !l.NA}
		cells[4] = targetCell(l)
		return widget.Row{Cells: cells}
	}
	cells[1].Part = widget.Bar{Value: l.Value.V, Whole: l.Indicator.Scale, Target: l.Target.V, Look: targetLook(l)}
	cells[2].Line, cells[2].By = value.Text(style.Quiet, b.measure(l.Indicator)), orderOf(l, number)
	if l.Numerator.OK && l.Divisor.OK {
		parts := widget.Number(l.Numerator.V, 0) + "/" + widget.Number(l.Divisor.V, 0)
		cells[3].Line = widget.Text(style.Quiet, parts)
	}
	cells[4] = targetCell(l)
	return widget.Row{Cells: cells}
}

func targetCell(l store.Line) widget.Cell {
	if !l.Target.OK {
		return blank()
	}
	return widget.Word(style.Quiet, strconv.FormatFloat(l.Target.V, 'f', -1, 64))
}
