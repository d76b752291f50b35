package page

import (
	"slices"
	"strings"
	"time"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
)

// matrix makes the table of units against indicators: each cell's ground says
// how unusual it is beside the unit's own last year. Totals stand on top; a
// unit that reported nothing says so once.
func (b *build) matrix(spec Spec) *Panel {
	units := b.unitsOf(spec)
	codes := b.reportedBy(units, spec.Rows)
	if len(units) == 0 || len(codes) == 0 {
		return nil
	}
	at, ok := b.place.Cursors[spec.Name]
	if !ok {
		at.Col = spec.Column
		b.place.Cursors[spec.Name] = at
	}
	selected := min(max(at.Col, 0), len(codes))
	shown := codes[max(0, selected-1)] // the indicator whose course is drawn
	p := &Panel{Legend: b.legend(), Head: widget.Panel{Facts: b.coverage(store.DistrictCode, codes)}}
	t := &widget.Table{Columns: b.matrixColumns(codes, shown, selected), More: b.more}
	add := func(row widget.Row, spot Spot, grid []Spot) {
		t.Rows = append(t.Rows, row)
		p.Spots = append(p.Spots, spot)
		p.Grid = append(p.Grid, grid)
	}
	cursor := at.ID
	if b.place.Panel != spec.Name {
		cursor = "nobody"
	}
	mark := func(id string) int {
		if id == cursor || cursor == "" && id == "total" {
			return selected
		}
		return 0
	}
	add(b.totalRow(units, codes, mark("total")), Spot{ID: "total", Unit: store.DistrictCode}, spotsOf(store.DistrictCode, codes))
	for _, u := range units {
		add(b.matrixRow(u, codes, shown, mark(u)), unitSpot(u), spotsOf(u, codes))
	}
	p.Table = t
	p.Rows = len(t.Rows) + t.Heads()
	p.Least = 12 // whatever else stands there, it comes first
	return p
}

// unitsOf returns the units of the kinds that the panel names.
func (b *build) unitsOf(spec Spec) []string {
	var out []string
	for _, u := range b.Units.All() {
		if contains(spec.Units, string(u.Kind)) {
			out = append(out, u.Code)
		}
	}
	return out
}

// reportedBy leaves out what none of the units owes.
func (b *build) reportedBy(units, codes []string) []string {
	var out []string
	for _, code := range codes {
		for _, u := range units {
			if b.Line(u, code).M > 0 {
				out = append(out, code)
				break
			}
		}
	}
	return out
}

func spotsOf(unit string, codes []string) []Spot {
	out := make([]Spot, len(codes))
	for i, code := range codes {
		out[i] = figureSpot(unit, code)
	}
	return out
}

// matrixColumns: on a narrow panel the columns farthest from the cursor leave
// first: its head is whole, or a column is not there. English heads are long, so they
// take two rows.
func (b *build) matrixColumns(codes []string, shown string, selected int) []widget.Column {
	columns := []widget.Column{{Key: "unit", Width: 14, Grow: 1}}
	for i, code := range codes {
		ind, _ := b.Catalogue.ByCode(code)
		far := i + 1 - max(1, selected)
		if far < 0 {
			far = -far
		}
		col := widget.Column{Key: code, Width: 6, Hang: 2, Gap: 1, Align: widget.Decimal}
		if ind.Counted() {
			col.Hang = 1 // for a star
		}
		col.Head, col.Under = b.heads(ind.Head(b.lang()))
		col.Width = max(col.Width, max(widget.Width(col.Head), widget.Width(col.Under))-col.Hang) // a head may reach as far left
		if far > 0 {
			col.Drop = 20 - far
		}
		columns = append(columns, col)
	}
	ind, _ := b.Catalogue.ByCode(shown)
	spark := widget.Column{Width: store.UnitMonths, Align: widget.Right, Drop: 1}
	spark.Head, spark.Under = b.heads(ind.Head(b.lang()))
	oldest := widget.Column{Key: "oldest", Width: 6, Gap: 2, Align: widget.Right, Drop: 30}
	oldest.Head, oldest.Under = b.heads(b.say("head.oldest"))
	return append(columns, spark, oldest, widget.Column{Key: "mark", Head: b.say("head.mark"), Width: 2, Align: widget.Right})
}

// heads parts an English head into two rows, the lower one next to the figures.
func (b *build) heads(text string) (head, under string) {
	if b.lang() != store.English {
		return text, ""
	}
	if i := strings.LastIndexByte(text, ' '); i > 0 {
		return text[:i], text[i+1:]
	}
	return "", text
}

// legend says what the grounds mean.
func (b *build) legend() widget.Line {
	if b.w < wide {
		return nil
	}
	step := func(fill style.Look, key string) widget.Line {
		return widget.Text(style.Quiet.On(fill), " "+b.say(key)+" ")
	}
	low := append(step(style.FarBelow, "heat.farbelow"), step(style.Below, "heat.below")...)
	high := append(step(style.Above, "heat.above"), step(style.FarAbove, "heat.farabove")...)
	out := append(low, step(0, "heat.usual")...)
	return append(append(out, high...), widget.Span{Look: style.Quiet, Text: "  " + b.say("heat.star")})
}

// totalName calls the district's number a total only where the rows add up to it;
// where other units share in it, it is the district's.
func (b *build) totalName(units, codes []string) string {
	for _, code := range codes {
		ind, _ := b.Catalogue.ByCode(code)
		for _, u := range b.owers(store.DistrictCode, ind) {
			if !contains(units, u) {
				return b.say("row.district")
			}
		}
	}
	return b.say("row.total")
}

func (b *build) totalRow(units, codes []string, selected int) widget.Row {
	cells := []widget.Cell{widget.Word(style.Strong, b.totalName(units, codes))}
	for i, code := range codes {
		l := b.Line(store.DistrictCode, code)
		look, number := b.value(l)
		if selected == i+1 && look == style.Strong {
			look = style.AccentBold
		}
		cells = append(cells, widget.Cell{Line: widget.Commas(look, number), By: orderOf(l, number)})
	}
	return widget.Row{Cells: cells, Fixed: true}
}

func (b *build) matrixRow(unit string, codes []string, shown string, selected int) widget.Row {
	report := b.Report(unit)
	cells := []widget.Cell{b.unitCell(style.Ink, unit)}
	if report.Reported == 0 && report.Owed > 0 && !b.anyKnown(unit, codes) {
		m := style.MarkOf(report.State, b.lang())
		cells = append(cells, widget.Cell{Line: widget.Text(m.Look, b.silence(report)), Across: len(codes), Leader: true})
		for range codes {
			cells = append(cells, blank())
		}
		return widget.Row{Cells: append(cells, widget.Word(style.Quiet, widget.NotApplicable), b.mark(report.State))}
	}
	shownState := store.Line{State: report.State}
	var oldest time.Time // of what stands here: a quarter's figures are no part of the month's report
	for i, code := range codes {
		cells = append(cells, b.heatCell(unit, code, i+1 == selected))
		l := b.Line(unit, code)
		shownState.Waiting += l.Waiting
		oldest = earlier(oldest, l.Oldest)
	}
	cells = append(cells,
		b.rowSpark(b.Line(unit, shown), store.UnitMonths),
		b.ageCell(oldest),
		b.lineMark(shownState))
	return widget.Row{Cells: cells}
}

// anyKnown reports whether the unit has a figure of one of the indicators: who sent
// nothing this month may have sent its quarter.
func (b *build) anyKnown(unit string, codes []string) bool {
	return slices.ContainsFunc(codes, func(code string) bool { return b.Line(unit, code).N > 0 })
}

// heatCell is one unit's figure on the ground of how unusual it is. What is
// usual is ink, a zero quiet, and only doubt or a broken target has a colour.
func (b *build) heatCell(unit, code string, selected bool) widget.Cell {
	l := b.Line(unit, code)
	if l.M == 0 {
		return widget.Word(style.Quiet, widget.NotApplicable)
	}
	look, number := b.value(l)
	z := b.Heat(unit, code)
	fill := style.Heat(z)
	if !l.Value.OK {
		if l.NA || l.State == store.Fresh {
			return widget.Word(look, number) // -: no unit of its kind has it
		}
		return widget.Cell{Line: widget.StateLetter(l.State, b.lang())}
	}
	switch {
	case fill.Far():
		number += widget.Star
	case look.Role() == style.Strong && !selected:
		look = style.Ink | look&style.Underline
	}
	if selected && look.Role() == style.Ink || selected && look.Role() == style.Strong {
		look = style.AccentBold | look&style.Underline
	}
	return widget.Cell{Line: widget.Commas(look, number), Fill: fill, By: orderOf(l, number)}
}

// silence says in words why a unit shows nothing.
func (b *build) silence(r store.Report) string {
	switch r.State {
	case store.Refused:
		return b.say("silent.refused")
	case store.Due:
		return b.say("silent.due")
	case store.Conflict:
		return b.say("silent.conflict")
	default:
		return b.say("silent.never")
	}
}

// detail makes the table of one unit's figures beside the month before, or what
// was chosen, and the year before: of the unit under the cursor of another panel.
func (b *build) detail(spec Spec) *Panel {
	scope := b.followed(spec)
	p := &Panel{Least: 5}
	p.Head.Title = b.Name(scope)
	if scope == store.DistrictCode {
		p.Head.Title = b.Settings.District.Name
	}
	p.Head.Facts = append([]widget.Line{b.span()}, b.coverage(scope, spec.Rows)...)
	columns := []widget.Column{
		{Key: "name", Width: 14, Grow: 1},
		{Key: "month", Head: b.present(), Width: 5, Hang: 2, Gap: 1, Align: widget.Decimal},
		{Key: "measure", Width: 4, Drop: 6, Vacant: true},
		{Key: "previous", Head: b.thenHead(b.Beside), Width: 5, Hang: 2, Gap: 1, Align: widget.Decimal, Drop: 5},
		{Key: "diff", Head: b.againstHead(), Width: b.againstWidth(5), Hang: 2, Gap: 1, Align: widget.Decimal, Drop: 7},
		{Key: "lastsame", Head: b.thenHead(b.alsoBeside()), Vacant: b.once(), Width: 5, Hang: 2, Gap: 1, Align: widget.Decimal, Drop: 2},
		{Key: "lastdiff", Head: b.alsoHead(), Vacant: b.once(), Width: 5, Hang: 2, Gap: 1, Align: widget.Decimal, Drop: 3},
		{Key: "todate", Head: b.say("head.todate"), Width: 5, Hang: 2, Gap: 1, Align: widget.Decimal, Drop: 4},
		{Key: "lastyear", Head: b.say("head.lastyear"), Width: 5, Hang: 2, Gap: 1, Align: widget.Decimal, Drop: 1},
	}
	t := &widget.Table{Columns: columns, More: b.more}
	for _, code := range spec.Rows {
		l := b.Line(scope, code)
		if l.M == 0 {
			continue
		}
		look, number := b.value(l)
		t.Rows = append(t.Rows, widget.Row{Cells: []widget.Cell{
			b.nameCell(l.Indicator),
			{Line: widget.Commas(look, number), By: orderOf(l, number)},
			widget.Word(style.Quiet, b.measure(l.Indicator)),
			plainCell(style.Quiet, b.against(l).Then, l.Indicator),
			deltaCell(b.against(l), l.Indicator),
			plainCell(style.Quiet, b.also(l).Then, l.Indicator),
			deltaCell(b.also(l), l.Indicator),
			atLeastCell(style.Ink, l.ToDate, l.ToDateLacks, l.Indicator),
			atLeastCell(style.Quiet, l.LastToDate, l.LastLacks, l.Indicator),
		}})
		p.Spots = append(p.Spots, figureSpot(scope, code))
	}
	if len(t.Rows) == 0 {
		return nil
	}
	p.Table = t
	p.Rows = len(t.Rows) + 1
	if f := b.warning(scope, spec.Rows); f != nil {
		p.Foot = b.warningLine(f)
		p.Rows += 2
	}
	return p
}

// followed returns the unit under the cursor of the panel that a detail follows.
func (b *build) followed(spec Spec) string {
	at := b.place.Cursors[spec.Of]
	if _, ok := b.Units.ByCode(at.ID); ok {
		return at.ID
	}
	return store.DistrictCode
}

// warning returns the newest warning about one of the indicators, or a part of
// one, of the unit.
func (b *build) warning(unit string, codes []string) *store.Finding {
	about := map[string]bool{}
	for _, code := range codes {
		about[code] = true
		ind, _ := b.Catalogue.ByCode(code)
		for _, part := range ind.Parts {
			about[part] = true
		}
	}
	for i := range b.Findings {
		f := &b.Findings[i]
		if (f.Unit == unit || unit == store.DistrictCode) && about[f.Indicator] && f.Severity != store.Info {
			return f
		}
	}
	return nil
}

// warningLine is a finding in one line: the mark, what is wrong, where, what to
// do.
func (b *build) warningLine(f *store.Finding) widget.Line {
	state := b.Line(f.Unit, f.Indicator).State
	what := widget.Join(1, widget.StateLetter(state, b.lang()), widget.Text(style.Ink, b.Short(f.Unit)))
	return fitPhrases([]phrase{
		{line: what, keep: keepName},
		{line: widget.Text(style.Watch, f.Message(b.lang())), keep: keepAlways},
		where(nil, f.Path, f.Sheet, f.Cell),
		{line: widget.Text(style.Quiet, f.Hint(b.lang())), keep: keepSum},
	}, b.w)
}
