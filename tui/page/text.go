package page

import (
	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
)

// text makes the panel of a district's own words: paragraphs, broken to the width.
func (b *build) text(spec Spec) *Panel {
	all := spec.Text
	if b.lang() == store.English && spec.TextEN != nil {
		all = spec.TextEN
	}
	var lines []string
	for _, one := range all {
		lines = append(lines, widget.Wrap(widget.Clean(one), b.w)...)
	}
	return &Panel{
		Rows:  len(lines),
		Least: min(len(lines), 3),
		Body: func(c widget.Canvas, _ bool) {
			for i, line := range lines {
				if i == c.Height()-1 && i < len(lines)-1 { // the rest is not silently lost
					c.LineCut(0, i, c.Width(), b.more(len(lines)-i))
					return
				}
				if i < c.Height() {
					c.PutCut(0, i, c.Width(), style.Ink, line)
				}
			}
		},
	}
}

// definitions makes the table of what ratios are made of, in words and numbers:
// two districts, or two years, must not be compared where these differ.
func (b *build) definitions(spec Spec) *Panel {
	scope := b.scope()
	p := &Panel{Least: 4, Head: widget.Panel{Facts: b.coverage(scope, spec.Rows)}}
	t := &widget.Table{More: b.more, Columns: []widget.Column{
		{Key: "name", Head: b.say("head.ratio"), Width: 8},
		{Key: "value", Head: b.say("head.now"), Width: 4, Hang: 3, Gap: 1, Align: widget.Decimal, Drop: 3},
		{Key: "formula", Head: b.say("head.formula"), Width: 14, Grow: 3},
		{Key: "parts", Head: b.say("head.parts"), Width: 9, Align: widget.Right, Drop: 4},
		{Key: "definition", Head: b.say("head.definition"), Width: 30, Grow: 2, Drop: 1},
		{Key: "mark", Head: b.say("head.mark"), Width: 2, Gap: 1, Align: widget.Right},
	}}
	if b.lang() == store.English {
		t.Columns[0].Width, t.Columns[4].Width = 16, 200 // definitions are written in Chinese only
	}
	if b.w < wide {
		t.Columns = append(t.Columns[:1:1], t.Columns[2], t.Columns[5])
	}
	for _, code := range spec.Rows {
		l := b.Line(scope, code)
		if l.Indicator.Kind != store.Ratio {
			continue
		}
		look, number := b.value(l)
		cells := []widget.Cell{
			widget.Word(style.Ink, l.Indicator.Head(b.lang())),
			{Line: widget.Commas(look, number).Text(style.Quiet, b.percentOf(l)), By: orderOf(l, number)},
			b.formula(l.Indicator),
			{Line: partsOf(l)},
			widget.Word(style.Quiet, widget.Clean(b.lang().Pick(l.Indicator.Definition, ""))),
			b.lineMark(l),
		}
		if b.w < wide {
			cells = append(cells[:1:1], cells[2], cells[5])
		}
		t.Rows = append(t.Rows, widget.Row{Cells: cells})
		p.Spots = append(p.Spots, figureSpot(scope, code))
	}
	if len(t.Rows) == 0 {
		return nil
	}
	p.Table = t
	p.Rows = len(t.Rows) + 1
	return p
}

// percentOf is what stands directly behind a ratio's number.
func (b *build) percentOf(l store.Line) string {
	if m := b.measure(l.Indicator); l.Value.OK && (m == "%" || m == "‰") {
		return m
	}
	return ""
}

// formula writes a ratio in words: 已尿检人次 / 应尿检人次.
func (b *build) formula(ind store.Indicator) widget.Cell {
	num, _ := b.Catalogue.ByCode(ind.Numerator)
	den, _ := b.Catalogue.ByCode(ind.Denominator)
	if num.Code == "" || den.Code == "" {
		return widget.Word(style.Quiet, widget.Clean(ind.Definition))
	}
	return widget.Cell{
		Line:  widget.Text(style.Ink, b.name(num)).Text(style.Quiet, " / ").Text(style.Ink, b.name(den)),
		Short: num.Head(b.lang()) + "/" + den.Head(b.lang()),
	}
}
