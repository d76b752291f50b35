package page

import (
	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
)

// versus makes the table of two units side by side: each figure with its own
// state, age and units, and their difference. Where it is narrow they stand under
// each other.
func (b *build) versus(Spec) *Panel {
	p := &Panel{Least: 6, Head: widget.Panel{Facts: []widget.Line{b.units(b.bothReported())}}}
	codes := b.shared()
	if len(codes) == 0 {
		p.Rows, p.Least = 1, 1
		p.Body = func(c widget.Canvas, _ bool) { c.PutCut(0, 0, c.Width(), style.Quiet, b.say("versus.none")) }
		return p
	}
	p.Head.Facts = []widget.Line{widget.Text(style.Quiet, b.Words.Period(b.Period)), b.standing(b.visit.Unit), b.standing(b.visit.Other)}
	if b.w < wide {
		return b.stacked(p, codes)
	}
	t := &widget.Table{Columns: b.versusColumns(), More: b.more}
	p.Table, p.GridColumns = t, []int{1, besideOther}
	selected := b.place.Cursors["versus"]
	group := ""
	for _, code := range codes {
		own, other := b.Line(b.visit.Unit, code), b.Line(b.visit.Other, code)
		if group != "" && group != own.Indicator.Group {
			t.Rows = append(t.Rows, widget.Row{Rule: true})
			p.Spots, p.Grid = append(p.Spots, Spot{}), append(p.Grid, nil)
		}
		group = own.Indicator.Group
		col := 0
		if selected.ID == "versus "+code {
			col = selected.Col
		}
		t.Rows = append(t.Rows, b.versusRow(own, other, col))
		p.Spots = append(p.Spots, Spot{ID: "versus " + code, Unit: b.visit.Unit, Indicator: code})
		p.Grid = append(p.Grid, []Spot{figureSpot(b.visit.Unit, code), figureSpot(b.visit.Other, code)})
	}
	p.Rows = len(t.Rows) + t.Heads()
	return p
}

// besideOther is the column of the other unit's figures.
const besideOther = 5

// shared returns what at least one of the two units owes, in the catalogue's order.
func (b *build) shared() []string {
	var out []string
	for _, ind := range b.Catalogue.Indicators {
		if ind.Part {
			continue
		}
		if b.tells(b.visit.Unit, ind.Code) || b.tells(b.visit.Other, ind.Code) {
			out = append(out, ind.Code)
		}
	}
	return out
}

// tells reports whether there is anything to say of a unit's figure: it has one, or
// owes one. A share of the district's population is no unit's.
func (b *build) tells(unit, code string) bool {
	l := b.Line(unit, code)
	return l.M > 0 && (l.Value.OK || l.NA || l.N < l.M)
}

// bothReported counts which of the two has reported anything.
func (b *build) bothReported() (n, m int) {
	for _, unit := range []string{b.visit.Unit, b.visit.Other} {
		if r := b.Report(unit); r.Owed > 0 {
			m++
			if r.Reported > 0 {
				n++
			}
		}
	}
	return n, m
}

// standing says how one of the two stands with what it owes: 城西所 28/30 最旧 7小时.
func (b *build) standing(unit string) widget.Line {
	r := b.Report(unit)
	return widget.Join(1, widget.Text(style.Ink, b.Short(unit)), widget.Share(r.Reported, r.Owed), b.oldest(r.Oldest))
}

func (b *build) versusColumns() []widget.Column {
	columns := []widget.Column{{Key: "name", Width: 14, Grow: 1}}
	for _, unit := range []string{b.visit.Unit, b.visit.Other} {
		columns = append(columns,
			widget.Column{Key: unit, Head: b.Short(unit), Width: 6, Hang: 2, Gap: 2, Align: widget.Decimal},
			widget.Column{Key: "mark " + unit, Width: 2, Gap: 1, Align: widget.Right},
			widget.Column{Key: "oldest " + unit, Head: b.say("head.oldest"), Width: 6, Gap: 1, Align: widget.Right},
			widget.Column{Key: "units " + unit, Head: b.say("head.units"), Width: 4, Gap: 1, Align: widget.Right, Drop: 2})
	}
	return append(columns,
		widget.Column{Key: "diff", Head: b.say("head.diff"), Width: 5, Hang: 2, Gap: 1, Align: widget.Decimal, Drop: 9},
		widget.Column{Key: "z", Head: "z", Width: 3, Hang: 2, Gap: 1, Align: widget.Decimal, Drop: 3},
		widget.Column{Key: "measure", Width: 4, Gap: 1, Drop: 1})
}

func (b *build) versusRow(own, other store.Line, col int) widget.Row {
	d := between(own, other)
	cells := []widget.Cell{b.nameCell(own.Indicator)}
	for i, l := range []store.Line{own, other} {
		cells = append(cells, b.versusValue(l, col == i+1), b.lineMark(l), b.ageCell(l.Oldest), widget.Cell{Line: share(l)})
	}
	return widget.Row{Cells: append(cells,
		deltaCell(d, own.Indicator), zCell(d), widget.Word(style.Quiet, b.measure(own.Indicator)))}
}

// versusValue is one side's figure; a state's word where there is none.
func (b *build) versusValue(l store.Line, selected bool) widget.Cell {
	look, number := b.value(l)
	if selected {
		look = style.AccentBold
	}
	if !l.Value.OK && !l.NA && l.M > 0 && l.State != store.Fresh {
		return widget.Cell{Line: widget.StateLetter(l.State, b.lang())}
	}
	if l.M == 0 {
		return widget.Word(style.Quiet, widget.NotApplicable)
	}
	return widget.Cell{Line: widget.Commas(look, number), By: orderOf(l, number)}
}

// between is the difference of two units' figures. Neither is the earlier one, so
// it is told without percent; whether it lies beyond chance is told as of any two
// counts.
func between(own, other store.Line) store.Delta {
	if !own.Value.OK || !other.Value.OK {
		return store.Delta{}
	}
	d := store.Delta{Diff: store.Some(own.Value.V - other.Value.V), Now: own.Value, Then: other.Value, Units: 1, Of: 1}
	if own.Indicator.Counted() && own.Indicator.Kind != store.Ratio && own.Value.V >= 0 && other.Value.V >= 0 {
		d.Z = store.PoissonZ(own.Value.V, other.Value.V)
	}
	return d
}

// stacked sets the two under each other, two rows to an indicator.
func (b *build) stacked(p *Panel, codes []string) *Panel {
	t := &widget.Table{More: b.more, Columns: []widget.Column{
		{Key: "name", Width: 12, Grow: 1},
		{Key: "unit", Head: b.say("head.unit"), Width: 6},
		{Key: "month", Head: b.present(), Width: 5, Hang: 2, Gap: 1, Align: widget.Decimal},
		{Key: "oldest", Head: b.say("head.oldest"), Width: 6, Gap: 1, Align: widget.Right},
		{Key: "mark", Width: 2, Gap: 1, Align: widget.Right},
	}}
	for _, code := range codes {
		own, other := b.Line(b.visit.Unit, code), b.Line(b.visit.Other, code)
		diff := widget.Cell{}
		if d := between(own, other); d.Diff.OK {
			diff.Line = append(widget.Text(style.Quiet, "  "+b.say("head.diff")+" "), delta(d, own.Indicator)...)
		}
		for i, l := range []store.Line{own, other} {
			name := []widget.Cell{b.nameCell(l.Indicator), diff}[i]
			t.Rows = append(t.Rows, widget.Row{Cells: []widget.Cell{
				name, widget.Word(style.Quiet, b.Short(l.Scope)), b.versusValue(l, false), b.ageCell(l.Oldest), b.lineMark(l),
			}})
			p.Spots = append(p.Spots, figureSpot(l.Scope, code))
		}
	}
	p.Table, p.Paired = t, true
	p.Head.Facts = nil // each row has its age
	for _, unit := range []string{b.visit.Unit, b.visit.Other} {
		r := b.Report(unit)
		p.Head.Facts = append(p.Head.Facts, widget.Join(1, widget.Text(style.Ink, b.Short(unit)), widget.Share(r.Reported, r.Owed)))
	}
	p.Rows = len(t.Rows) + t.Heads()
	return p
}

// besideTrust is the trust line of two units side by side.
func (b *build) besideTrust() Trust {
	own, other := b.Report(b.visit.Unit), b.Report(b.visit.Other)
	out := Trust{Left: []widget.Line{
		widget.Text(style.Strong, b.Name(b.visit.Unit)).Text(style.Quiet, " "+b.say("versus.and")+" ").Text(style.Strong, b.Name(b.visit.Other)),
		widget.Text(style.Ink, b.Words.Period(b.Period)), b.snapshotTime(),
	}}
	out.Brief = []widget.Line{widget.Text(style.Strong, b.Short(b.visit.Unit)).Text(style.Quiet, " "+b.say("versus.and")+" ").Text(style.Strong, b.Short(b.visit.Other))}
	for _, r := range []store.Report{own, other} {
		if r.State == store.Fresh {
			continue
		}
		out.Right = append(out.Right, widget.Join(1, widget.Text(style.Quiet, b.Short(r.Unit.Code)), widget.StateWord(r.State, b.lang())))
		out.Small = append(out.Small, widget.StateLetter(r.State, b.lang()))
	}
	return out
}
