package page

import (
	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
)

// balance makes the panel of how a stock grew: what there was, what came, what
// left, what there is. What left is worked out, and only over units that have all
// three figures: the others would look like people who vanished.
func (b *build) balance(spec Spec) *Panel {
	scope := b.scope()
	stock, in := b.Line(scope, spec.Rows[0]), b.Line(scope, spec.Rows[1])
	last := b.Period.Add(-1)
	if stock.M == 0 || stock.Masked() || in.Masked() || last.End().Add(1) != b.Period.Start() {
		return nil // months from January follow on nothing
	}
	var before, came, now float64
	n, m := 0, 0
	for _, u := range b.Owing(scope, stock.Indicator.Code) {
		m++
		then, okThen := b.Figure(u, stock.Indicator.Code, last)
		plus, okIn := b.Figure(u, in.Indicator.Code, b.Period)
		here, okNow := b.Figure(u, stock.Indicator.Code, b.Period)
		if okThen && okIn && okNow && !then.NotApplicable && !plus.NotApplicable && !here.NotApplicable {
			n++
			before, came, now = before+then.Value, came+plus.Value, now+here.Value
		}
	}
	oldest := b.coverage(scope, spec.Rows)[1]
	p := &Panel{Head: widget.Panel{Facts: []widget.Line{b.units(n, m), oldest}}}
	if n == 0 {
		p.Rows, p.Least = 1, 1
		p.Body = func(c widget.Canvas, _ bool) { c.PutCut(0, 0, c.Width(), style.Quiet, b.say("balance.none")) }
		return p
	}
	t := &widget.Table{More: b.more, Columns: []widget.Column{
		{Key: "name", Width: 16, Grow: 1},
		{Key: "value", Head: b.measure(stock.Indicator), Width: 6, Hang: 2, Align: widget.Decimal},
		{Key: "course", Head: b.say("head.months", store.UnitMonths), Width: store.UnitMonths, Align: widget.Right, Drop: 1},
		{Key: "mark", Width: 2, Gap: 1, Align: widget.Right},
	}}
	if b.measure(stock.Indicator) == "" {
		t.Columns[1].Head = b.present()
	}
	add := func(name string, value widget.Line, l store.Line, spark bool) {
		row := widget.Row{Fixed: true, Cells: []widget.Cell{widget.Word(style.Ink, name), {Line: value}, blank(), blank()}}
		if spark {
			row.Cells[2], row.Cells[3] = b.rowSpark(l, store.UnitMonths), b.lineMark(l)
		}
		t.Rows = append(t.Rows, row)
		p.Spots = append(p.Spots, figureSpot(scope, l.Indicator.Code))
	}
	number := func(v float64, ind store.Indicator) string { return widget.Number(v, widget.Decimals(ind)) }
	left := before + came - now
	gone := widget.Text(style.Ink, widget.Delta(-left, widget.Decimals(stock.Indicator)))
	if left < 0 { // more are there than came: nobody said whence
		gone = widget.Text(style.Watch, widget.Delta(-left, widget.Decimals(stock.Indicator)))
	}
	start := "balance.before"
	if b.Period.Kind != store.Month {
		start = "balance.start"
	}
	add(b.say(start), widget.Commas(style.Ink, number(before, stock.Indicator)), stock, false)
	add(in.Indicator.Head(b.lang()), widget.Text(style.Ink, widget.Delta(came, widget.Decimals(in.Indicator))), in, true)
	add(b.say("balance.left"), gone, stock, false)
	t.Rows = append(t.Rows, widget.Row{Rule: true, Fixed: true})
	p.Spots = append(p.Spots, Spot{})
	add(stock.Indicator.Head(b.lang()), widget.Commas(style.Strong, number(now, stock.Indicator)), stock, true)
	if left < 0 {
		p.Foot = widget.Text(style.Watch, b.say("balance.more"))
	}
	p.Table = t
	p.Rows = len(t.Rows) + 1
	p.Least = p.Rows // one thought
	if p.Foot != nil {
		p.Rows += 2
	}
	return p
}
