package page

import (
	"sort"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
)

// ranking makes the panel of units by one indicator, the worst first: by what is
// lacking to each one's own target, else by value. Who has reported nothing stands
// at the end and says so; a silent unit is neither the best nor the worst.
func (b *build) ranking(spec Spec) *Panel {
	code := spec.Rows[0]
	whole := b.Line(store.DistrictCode, code)
	var lines []store.Line
	most := whole.Indicator.Scale
	if whole.Indicator.Kind != store.Ratio {
		most = 0
	}
	for _, u := range b.unitsOf(spec) {
		if l := b.Line(u, code); l.M > 0 {
			lines = append(lines, l)
			most = max(most, l.Value.V, l.Target.V)
		}
	}
	if len(lines) == 0 {
		return nil
	}
	sort.SliceStable(lines, func(i, j int) bool {
		p, q := lines[i], lines[j]
		if !p.Value.OK || !q.Value.OK {
			return p.Value.OK && !q.Value.OK
		}
		return shortfall(p) > shortfall(q)
	})
	p := &Panel{Least: 5, Head: widget.Panel{Title: b.name(whole.Indicator), Facts: b.coverage(store.DistrictCode, spec.Rows)}}
	if b.w < wide {
		p.Head.Title = whole.Indicator.Head(b.lang())
	}
	t := &widget.Table{Columns: b.rankingColumns(whole), More: b.more}
	row := b.rankingRow(whole, most, widget.Word(style.Ink, b.totalName(b.unitsOf(spec), spec.Rows)))
	if row.Fixed = true; whole.Indicator.Kind != store.Ratio && whole.Value.OK {
		row.Cells[1] = blank() // a sum beside what it is the sum of
	}
	t.Rows, p.Spots = []widget.Row{row}, []Spot{figureSpot(store.DistrictCode, code)}
	for _, l := range lines {
		t.Rows = append(t.Rows, b.rankingRow(l, most, b.unitCell(style.Ink, l.Scope)))
		p.Spots = append(p.Spots, figureSpot(l.Scope, code))
	}
	p.Table = t
	p.Rows, p.Want = len(t.Rows)+1, min(len(t.Rows)+1, 12)
	return p
}

// shortfall is how bad a value is: what it lacks to its own target, where it has
// one. Of what is neither good nor bad the largest comes first.
func shortfall(l store.Line) float64 {
	v := l.Value.V - l.Target.V // without a target that is 0
	if l.Indicator.Polarity == store.Higher {
		return -v
	}
	return v
}

func (b *build) rankingColumns(whole store.Line) []widget.Column {
	value := b.measure(whole.Indicator)
	if value == "" {
		value = b.present()
	}
	columns := []widget.Column{
		{Key: "unit", Head: b.say("head.unit"), Width: 10, Grow: 1},
		{Width: min(36, max(8, b.w-28)), Drop: 4, Yield: 8 - leastBar},
		{Key: "value", Head: value, Width: 5, Hang: 2, Gap: 1, Align: widget.Decimal},
		{Key: "target", Head: b.say("head.target"), Width: 4, Gap: 1, Align: widget.Right, Drop: 3},
		{Key: "parts", Head: b.say("head.parts"), Width: 9, Align: widget.Right, Drop: 2},
		{Key: "before", Head: b.againstHead(), Width: b.againstWidth(6), Hang: 2, Align: widget.Decimal, Drop: 2},
		{Head: b.say("head.months", store.UnitMonths), Width: store.UnitMonths, Align: widget.Right, Drop: 1},
		{Key: "oldest", Head: b.say("head.oldest"), Width: 6, Align: widget.Right, Drop: 1},
		{Key: "mark", Head: b.say("head.mark"), Width: 2, Gap: 1, Align: widget.Right},
	}
	if whole.Indicator.Kind != store.Ratio {
		columns[4].Width = 200 // never
	}
	return columns
}

func (b *build) rankingRow(l store.Line, most float64, name widget.Cell) widget.Row {
	look, number := b.value(l)
	cells := []widget.Cell{
		name,
		{Part: widget.Bar{Value: l.Value.V, Whole: most, Target: l.Target.V, Look: barOf(l)}},
		{Line: widget.Commas(look, number), By: orderOf(l, number)},
		targetCell(l),
		{Line: partsOf(l)},
		deltaCell(b.against(l), l.Indicator),
		b.rowSpark(l, store.UnitMonths),
		{Line: b.AgeLine(l.Oldest)},
		b.lineMark(l),
	}
	if !l.Value.OK && l.Veil == store.Open && !l.NA {
		cells[1] = widget.Cell{Line: widget.Text(look, number), Across: 2}
		cells[2] = blank()
	}
	return widget.Row{Cells: cells}
}

// barOf is the look of a bar: in doubt, short of the target, or quiet.
func barOf(l store.Line) style.Look {
	if look := targetLook(l); doubt(l) == style.Strong && look != style.Quiet {
		return look
	}
	return barLook(l)
}

// partsOf is what a ratio is made of: 60/83.
func partsOf(l store.Line) widget.Line {
	if !l.Numerator.OK || !l.Divisor.OK {
		return nil
	}
	return widget.Text(style.Quiet, widget.Number(l.Numerator.V, 0)+"/"+widget.Number(l.Divisor.V, 0))
}
