package page

import (
	"strconv"
	"strings"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
)

// History is what was known of an indicator and when, read beside the message
// loop: a snapshot holds only what is known now.
type History struct {
	Indicator string
	Period    store.Period
	Learned   []store.Learned // the newest first
	Err       error
	Read      bool // it has come
}

// of reports whether the history is that of the page.
func (h History) of(v Visit, p store.Period) bool {
	return h.Read && h.Indicator == v.Indicator && h.Period == p
}

// about makes the panel of what an indicator means, who owes it, and by when.
func (b *build) about(Spec) *Panel {
	ind, ok := b.Catalogue.ByCode(b.visit.Indicator)
	if !ok {
		return nil
	}
	var lines []field
	add := func(key string, value widget.Line) {
		if value.Width() > 0 {
			lines = append(lines, field{b.say(key), value})
		}
	}
	add("about.definition", widget.Text(style.Ink, ind.Definition))
	add("about.parts", b.aboutParts(ind))
	add("about.kind", widget.Text(style.Ink, b.say("about."+string(ind.Kind))).Text(style.Quiet, "   "+b.measure(ind)))
	add("about.target", b.aboutTarget(ind))
	add("about.owed", b.aboutOwed(ind))
	add("about.due", b.aboutDue(ind))
	add("about.code", widget.Text(style.Quiet, ind.Code+"   "+ind.English))
	p := &Panel{Rows: len(lines), Least: 2}
	p.Body = func(c widget.Canvas, _ bool) {
		for i, one := range lines {
			c.PutCut(0, i, aboutLabel-1, style.Quiet, one.label)
			c.LineCut(aboutLabel, i, c.Width()-aboutLabel, one.value)
		}
	}
	return p
}

// field is a label and what it says.
type field struct {
	label string
	value widget.Line
}

// aboutLabel is where the values of the fields start.
const aboutLabel = 9

// aboutParts says of what a ratio is made.
func (b *build) aboutParts(ind store.Indicator) widget.Line {
	if ind.Kind != store.Ratio {
		return nil
	}
	num, _ := b.Catalogue.ByCode(ind.Numerator)
	den, _ := b.Catalogue.ByCode(ind.Denominator)
	return widget.Text(style.Ink, b.name(num)).Text(style.Quiet, " / ").Text(style.Ink, b.name(den))
}

func (b *build) aboutTarget(ind store.Indicator) widget.Line {
	target, ok := b.Settings.Target(ind.Code)
	if !ok {
		return nil
	}
	l := b.Line(store.DistrictCode, ind.Code)
	_, number := b.value(l)
	return widget.Join(3, widget.Text(style.Ink, trim(target)),
		widget.Text(style.Quiet, b.say("head.now")+" ").Text(targetLook(l), number))
}

// aboutOwed says who owes it: how many units of which kinds, and who is missing.
func (b *build) aboutOwed(ind store.Indicator) widget.Line {
	l := b.Line(store.DistrictCode, ind.Code)
	kinds := map[store.UnitKind]int{}
	for _, code := range b.owers(store.DistrictCode, ind) {
		if u, ok := b.Units.ByCode(code); ok {
			kinds[u.Kind]++
		}
	}
	var who []string
	for _, kind := range store.UnitKinds {
		if n := kinds[kind]; n > 0 {
			who = append(who, b.say("unitkind."+string(kind))+" "+strconv.Itoa(n))
		}
	}
	out := widget.Join(3, b.units(l.N, l.M), widget.Text(style.Ink, strings.Join(who, b.say("list.comma"))))
	if len(l.Missing) == 0 {
		return out
	}
	names := make([]string, len(l.Missing))
	for i, u := range l.Missing {
		names[i] = b.Short(u)
	}
	return widget.Join(3, out, widget.Text(style.Quiet, b.say("source.missing")+" ").Text(style.Watch, strings.Join(names, b.say("list.comma"))))
}

func (b *build) aboutDue(ind store.Indicator) widget.Line {
	if ind.Origin != store.FromReport || b.Settings.DueDay == 0 {
		return widget.Text(style.Quiet, b.say("source.computed"))
	}
	return widget.Text(style.Ink, b.say("cadence."+string(ind.Cadence))).
		Text(style.Quiet, "   "+b.say("about.next")+" ").Text(style.Ink, b.Settings.Due(b.Period).String())
}

// learned makes the table of what was known when: each version of a unit's figure,
// and what the whole came to from then on.
func (b *build) learned(Spec) *Panel {
	h := b.History
	if h.Indicator == "" {
		return nil // nobody reads it here
	}
	p := &Panel{Least: 3, Head: widget.Panel{Facts: []widget.Line{widget.Text(style.Quiet, b.Words.Period(b.Period))}}}
	say := func(look style.Look, text string) *Panel {
		p.Rows, p.Least = 1, 1
		p.Body = func(c widget.Canvas, _ bool) { c.PutCut(0, 0, c.Width(), look, text) }
		return p
	}
	switch {
	case !h.of(b.visit, b.Period):
		return say(style.Quiet, b.say("app.loading"))
	case h.Err != nil:
		return say(style.Bad, b.say("learned.failed"))
	case len(h.Learned) == 0:
		return say(style.Quiet, b.say("learned.none"))
	}
	ind, _ := b.Catalogue.ByCode(h.Indicator)
	p.Head.Facts = append(p.Head.Facts, widget.Text(style.Quiet, b.Words.Count("fact.versions", len(h.Learned))))
	t := &widget.Table{More: b.more, Columns: []widget.Column{
		{Key: "known", Head: b.say("head.known"), Width: 11},
		{Key: "unit", Head: b.say("head.unit"), Width: 10, Grow: 1},
		{Key: "fromto", Head: b.say("head.fromto"), Width: 11, Gap: 1, Align: widget.Right},
		{Key: "total", Head: b.say("row.total"), Width: 6, Hang: 2, Gap: 1, Align: widget.Decimal},
		{Key: "units", Head: b.say("head.units"), Width: 4, Gap: 1, Align: widget.Right},
		{Key: "cell", Head: b.say("head.cell"), Width: 6, Drop: 2},
		{Key: "where", Head: b.say("head.where"), Width: 22, Grow: 1, Drop: 1},
	}}
	for i := range h.Learned {
		one := &h.Learned[i]
		t.Rows = append(t.Rows, b.learnedRow(ind, one))
		p.Spots = append(p.Spots, Spot{
			ID:   "learned " + one.Figure.Unit + "/" + one.Figure.Indicator + one.At.String(),
			Unit: one.Figure.Unit, Indicator: one.Figure.Indicator,
		})
	}
	p.Table = t
	p.Rows, p.Want = len(t.Rows)+1, 6
	return p
}

func (b *build) learnedRow(ind store.Indicator, one *store.Learned) widget.Row {
	of, _ := b.Catalogue.ByCode(one.Figure.Indicator)
	text := func(n store.Num) string {
		if !n.OK {
			return widget.NotApplicable
		}
		return widget.Number(n.V, widget.Decimals(of))
	}
	fromTo := widget.Text(style.Strong, text(one.To))
	if one.From.OK {
		fromTo = append(widget.Text(style.Quiet, text(one.From)+" › "), fromTo...)
	}
	total := widget.Cell{Line: widget.Text(style.Quiet, widget.NotApplicable)}
	if one.Value.OK {
		total = widget.Cell{Line: widget.Commas(style.Strong, widget.Number(one.Value.V, widget.Decimals(ind))), By: widget.ByNumber(one.Value)}
	}
	unit := b.unitCell(style.Ink, one.Figure.Unit)
	if of.Code != ind.Code {
		unit.Line = unit.Line.Text(style.Quiet, " "+of.Head(b.lang()))
	}
	return widget.Row{Cells: []widget.Cell{
		{Line: widget.Text(style.Quiet, b.stamp(one.At)), By: newest(one.At)},
		unit,
		{Line: fromTo, By: widget.ByNumber(one.To)},
		total,
		widget.Word(style.Quiet, strconv.Itoa(one.N)),
		widget.Word(style.Accent, one.Figure.Cell.Ref),
		{Line: whereLine(one.Figure.Cell.Path, one.Figure.Cell.Sheet, "")},
	}}
}
