package page

import (
	"slices"
	"strconv"
	"strings"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
)

// chart makes the course of one indicator over several rows: of the one that
// the page is about, or that is under the cursor, or that the panel names.
func (b *build) chart(spec Spec) *Panel {
	scope, code := b.charted(spec)
	l := b.Line(scope, code)
	values := b.courseOf(l, store.SeriesMonths)
	_, high := widget.Ends(values)
	if len(values) == 0 || high == 0 {
		return nil
	}
	from, to := ends(l.Indicator, values)
	if from == 0 && to == 0 {
		to = high
	}
	facts := []widget.Line{widget.Text(style.Quiet, b.say("head.months", len(values)))}
	if l.Target.OK {
		facts = append(facts, widget.Text(style.Quiet, b.say("head.target")+" ").Text(style.Ink, trim(l.Target.V)))
	}
	if cover := b.coverage(scope, []string{code}); scope == store.DistrictCode {
		facts = append(facts, cover...)
	} else {
		facts = append(facts, cover[1]) // of one unit, 1/1 says nothing
	}
	p := &Panel{Rows: 10, Want: 5, Least: 3, Head: widget.Panel{Title: b.name(l.Indicator), Facts: facts}}
	if b.w < wide {
		p.Head.Title = l.Indicator.Head(b.lang())
	}
	if b.visit.Page == UnitsPage {
		p.Want = 6
	}
	p.Body = func(c widget.Canvas, _ bool) { b.drawChart(c, l, values, from, to) }
	return p
}

// charted says whose course a chart shows.
func (b *build) charted(spec Spec) (scope, code string) {
	scope, code = b.scope(), spec.Rows[0]
	if spec.Fixed {
		return scope, code
	}
	if b.visit.Indicator != "" {
		return scope, b.visit.Indicator
	}
	if at := b.place.Spot; at.Indicator != "" {
		return at.Unit, at.Indicator
	}
	if b.Line(scope, code).M > 0 {
		return scope, code
	}
	for _, ind := range b.Catalogue.Indicators {
		if b.Line(scope, ind.Code).M > 0 {
			return scope, ind.Code
		}
	}
	return scope, code
}

// drawChart draws the columns, two or three cells wide where there is room, and
// prints both ends of the scale and the value of now at the right.
func (b *build) drawChart(c widget.Canvas, l store.Line, values []float64, from, to float64) {
	look, number := b.value(l)
	now := nowLook(look)
	decimals := widget.Decimals(l.Indicator)
	scale := []string{widget.Number(to, decimals), number, widget.Number(from, decimals)}
	whole, hang := 0, 0
	for _, one := range scale {
		integers, _, _ := strings.Cut(one, ".")
		whole, hang = max(whole, widget.Width(integers)), max(hang, len(one)-len(integers))
	}
	label := b.present()
	aside := 1 + widget.Width(label) + 1 + whole + hang
	if aside > c.Width()-len(values) {
		label, aside = "", 1+whole+hang
	}
	per := max(1, min(3, (c.Width()-aside)/len(values))) // cells a month
	width := max(1, min(len(values)*per, c.Width()-aside))
	columns := make([]float64, 0, len(values)*per)
	for _, v := range values {
		for range per {
			columns = append(columns, v)
		}
	}
	widget.Chart{Values: columns, Low: from, High: to, Now: now}.Draw(c.Sub(0, 0, width, c.Height()))
	for i := range per {
		widget.Chart{Values: columns[len(columns)-1:], Low: from, High: to, Now: now}.Draw(c.Sub(width-1-i, 0, 1, c.Height()))
	}
	edge, last := width+aside-hang, max(1, c.Height())-1
	c.PutDecimal(edge, 0, style.Quiet, scale[0])
	c.PutDecimal(edge, last, style.Quiet, scale[2])
	if last > 1 {
		c.Put(width+1, (last+1)/2, style.Quiet, label)
		c.PutDecimal(edge, (last+1)/2, look, number)
	}
}

// list makes the table of an indicator's units: value, change, course, age,
// where it stands in which file, state.
func (b *build) list(Spec) *Panel {
	code := b.visit.Indicator
	total := b.Line(store.DistrictCode, code)
	p := &Panel{Least: 5, Head: widget.Panel{Facts: b.coverage(store.DistrictCode, []string{code})}}
	look, number := b.value(total)
	p.Legend = widget.Commas(look, number).Text(style.Quiet, "  "+b.measure(total.Indicator))
	t := &widget.Table{More: b.more, Columns: []widget.Column{
		{Key: "unit", Head: b.say("head.unit"), Width: 14},
		{Key: "month", Head: b.present(), Width: 6, Hang: 2, Gap: 1, Align: widget.Decimal},
		{Key: "before", Head: b.againstHead(), Width: b.againstWidth(6), Hang: 2, Gap: 1, Align: widget.Decimal, Drop: 6},
		{Key: "yearago", Head: b.alsoHead(), Vacant: b.once(), Width: 6, Hang: 2, Gap: 1, Align: widget.Decimal, Drop: 3},
		{Key: "months", Head: b.say("head.months", store.UnitMonths), Width: store.UnitMonths, Align: widget.Right, Drop: 2},
		{Key: "age", Head: b.say("head.age"), Width: 7, Align: widget.Right},
		{Key: "cell", Head: b.say("head.cell"), Width: 6},
		{Key: "where", Head: b.say("head.where"), Width: 22, Gap: 1, Grow: 1, Drop: 1},
		{Key: "mark", Head: b.say("head.mark"), Width: 2, Gap: 1, Align: widget.Right},
	}}
	if b.w < wide {
		t.Columns[0].Grow = 1
	}
	t.Columns = slices.Insert(t.Columns, 4, b.besideColumns()...)
	units := b.owers(store.DistrictCode, total.Indicator)
	lines := make([]store.Line, 0, len(units))
	for _, u := range units {
		lines = append(lines, b.Line(u, code))
	}
	for _, l := range lines {
		t.Rows = append(t.Rows, b.listRow(l))
		p.Spots = append(p.Spots, figureSpot(l.Scope, code))
	}
	if len(t.Rows) == 0 {
		p.Rows, p.Least = 1, 1
		p.Body = func(c widget.Canvas, _ bool) { c.PutCut(0, 0, c.Width(), style.Quiet, b.say("list.none")) }
		return p
	}
	p.Table = t
	p.Rows = len(t.Rows) + 1
	return p
}

func (b *build) listRow(l store.Line) widget.Row {
	look, number := b.value(l)
	value := widget.Cell{Line: widget.Commas(look, number), By: orderOf(l, number)}
	if fill := style.Heat(b.Heat(l.Scope, l.Indicator.Code)); l.Value.OK {
		value.Fill = fill
	}
	return widget.Row{Cells: slices.Insert([]widget.Cell{
		b.unitCell(style.Ink, l.Scope),
		value,
		deltaCell(b.against(l), l.Indicator),
		deltaCell(b.also(l), l.Indicator),
		b.rowSpark(l, store.UnitMonths),
		b.ageCell(l.Oldest),
		widget.Word(style.Accent, l.Latest.Cell.Ref),
		{Line: whereLine(l.Latest.Cell.Path, l.Latest.Cell.Sheet, "")},
		b.lineMark(l),
	}, 4, b.besideCells(l)...)}
}

// rank makes the panel of the unit's place among its like.
func (b *build) rank(spec Spec) *Panel {
	unit, ok := b.Units.ByCode(b.visit.Unit)
	if !ok {
		return nil
	}
	p := &Panel{Least: 3}
	t := &widget.Table{More: b.more, Columns: []widget.Column{
		{Key: "name", Width: 10, Grow: 1},
		{Width: 12, Yield: 6},
		{Key: "rank", Width: 4, Align: widget.Right},
		{Key: "target", Head: b.say("head.target"), Width: 4, Align: widget.Right},
	}}
	most := 0
	for _, code := range spec.Rows {
		own := b.Line(unit.Code, code)
		if !own.Value.OK {
			continue
		}
		at, of := b.rankOf(unit, own)
		most = max(most, of)
		t.Rows = append(t.Rows, widget.Row{Cells: []widget.Cell{
			widget.Word(style.Ink, own.Indicator.Head(b.lang())),
			{Part: widget.Place{Rank: at, Of: of, Look: style.Accent}},
			{Line: widget.Text(style.Strong, strconv.Itoa(at)), By: widget.ByRank(float64(at))},
			targetCell(own),
		}})
		p.Spots = append(p.Spots, figureSpot(unit.Code, code))
	}
	if len(t.Rows) == 0 || most < 2 {
		return nil
	}
	t.Columns[2].Head = b.say("head.rank")
	p.Head.Facts = []widget.Line{widget.Text(style.Quiet, b.say("fact.among", most))}
	p.Table = t
	p.Rows = len(t.Rows) + 1
	return p
}

// rankOf returns the unit's place among units of its kind that have a value.
func (b *build) rankOf(unit store.Unit, own store.Line) (at, of int) {
	at, of = 1, 1
	for _, u := range b.Units.All() {
		if u.Kind != unit.Kind || u.Code == unit.Code {
			continue
		}
		l := b.Line(u.Code, own.Indicator.Code)
		if !l.Value.OK {
			continue
		}
		of++
		better := l.Value.V > own.Value.V
		if own.Indicator.Polarity == store.Lower {
			better = l.Value.V < own.Value.V
		}
		if better {
			at++
		}
	}
	return at, of
}

func trim(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
