package page

import (
	"strconv"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
)

// inspected makes the table of what was inspected: venues and enterprises, how
// many of those on record, and what was found.
func (b *build) inspected(Spec) *Panel {
	scope := b.scope()
	v := b.Inspected(scope)
	if len(v.Visits) == 0 {
		return nil
	}
	oldest := v.Visits[0].From
	for _, one := range v.Visits {
		if one.From.Before(oldest) {
			oldest = one.From
		}
	}
	p := &Panel{Least: 3, Head: widget.Panel{Facts: []widget.Line{
		widget.Text(style.Quiet, b.say("manage.ledger")), b.oldest(oldest),
	}}}
	t := &widget.Table{Columns: []widget.Column{
		{Key: "kind", Width: 8, Grow: 1},
		{Key: "visits", Head: b.say("manage.visits"), Align: widget.Right},
		{Key: "places", Head: b.say("manage.places"), Align: widget.Right},
		{Key: "record", Head: b.say("manage.record"), Align: widget.Right, Drop: 2},
		{Key: "cover", Head: b.say("manage.cover"), Hang: 1, Align: widget.Right, Drop: 3},
		{Key: "problems", Head: b.say("manage.problems"), Align: widget.Right, Drop: 4},
		{Key: "open", Head: b.say("manage.open"), Align: widget.Right},
		{Key: "overdue", Head: b.say("manage.overdue"), Align: widget.Right},
	}}
	for i := range t.Columns[1:] {
		col := &t.Columns[i+1]
		col.Width = max(4, widget.Width(col.Head)) // a head that is cut says less than a column less
		if b.w < wide && i > 0 {
			col.Gap = 1
		}
	}
	for _, one := range []struct {
		key, record, cover, spot string
		n                        store.Inspected
	}{
		{"manage.venues", "venue_total", "venue_cover_rate", "venue_cover_rate", v.Venues},
		{"manage.precursors", "precursor_ent", "", "precursor_ent", v.Precursor},
	} {
		record := b.Line(scope, one.record)
		t.Rows = append(t.Rows, widget.Row{Cells: []widget.Cell{
			widget.Word(style.Ink, b.say(one.key)),
			tally(style.Strong, one.n.Visits),
			tally(style.Ink, one.n.Places),
			b.valueCell(record),
			b.coverCell(scope, one.cover, one.n.Places, record),
			tally(style.Ink, one.n.Problems),
			tally(style.Watch, one.n.Open),
			tally(style.BadBold, one.n.Overdue),
		}})
		p.Spots = append(p.Spots, figureSpot(scope, one.spot))
	}
	if v.Penalties > 0 {
		p.Foot = widget.Text(style.Quiet, b.say("manage.penalties")+" ").Text(style.Ink, strconv.Itoa(v.Penalties))
	}
	p.Table, p.Rows = t, len(t.Rows)+3
	return p
}

// valueCell is a line's value as a table shows it.
func (b *build) valueCell(l store.Line) widget.Cell {
	look, number := b.value(l)
	if look == style.Strong {
		look = style.Ink
	}
	return widget.Cell{Line: widget.Commas(look, number), By: orderOf(l, number)}
}

// coverCell is the share that was inspected: as the units report it, or of
// enterprises as the ledger counts them beside the record.
func (b *build) coverCell(scope, code string, places int, record store.Line) widget.Cell {
	if code != "" {
		l := b.Line(scope, code)
		look, number := b.value(l)
		if l.Value.OK {
			number += "%"
		}
		return widget.Cell{Line: widget.Commas(look, number), By: orderOf(l, number)}
	}
	if !record.Value.OK || record.Value.V <= 0 || float64(places) > record.Value.V {
		return widget.Word(style.Quiet, widget.NotApplicable) // more than there are: the record is not of these
	}
	rate := float64(places) / record.Value.V * 100
	return widget.Cell{Line: widget.Text(style.Ink, strconv.FormatFloat(rate, 'f', 1, 64)+"%"), By: widget.ByNumber(store.Some(rate))}
}

// rectify makes the list of what was found and is not put right in time, the
// longest first, and behind it what differs from the system's stock.
func (b *build) rectify(Spec) *Panel {
	v := b.Inspected(b.scope())
	if len(v.Visits) == 0 {
		return nil
	}
	p := &Panel{Least: 4, Head: widget.Panel{Facts: []widget.Line{
		widget.Text(style.Quiet, b.say("manage.overdue")+" ").Text(style.BadBold, strconv.Itoa(len(v.Overdue))),
		widget.Text(style.Quiet, b.say("manage.differs")+" ").Text(style.Watch, strconv.Itoa(len(v.Differing))),
	}}}
	t := &widget.Table{More: b.more, Columns: []widget.Column{
		{Key: "days", Head: b.say("head.days"), Width: 6, Align: widget.Right},
		{Key: "venue", Head: b.say("manage.venue"), Width: 14, Grow: 1},
		{Key: "unit", Head: b.say("head.unit"), Width: 10, Drop: 3},
		{Key: "due", Head: b.say("manage.due"), Width: 6, Drop: 4},
		{Key: "penalty", Head: b.say("manage.penalty"), Width: 8, Drop: 2},
		{Key: "cell", Head: b.say("head.cell"), Width: 6},
		{Key: "where", Head: b.say("head.where"), Width: 20, Drop: 1},
	}}
	for _, one := range v.Overdue {
		days := widget.Text(style.BadBold, b.say("manage.days", one.Days))
		t.Rows = append(t.Rows, b.visitRow(one, widget.Cell{Line: days, By: widget.ByNumber(store.Some(float64(one.Days)))}))
		p.Spots = append(p.Spots, rowSpot(rowID(one.Cell), one.Unit, b.visitCard(one)))
	}
	for _, one := range v.Differing {
		t.Rows = append(t.Rows, b.visitRow(one, widget.Word(style.Watch, b.say("manage.differ"))))
		p.Spots = append(p.Spots, rowSpot("stock "+rowID(one.Cell), one.Unit, b.visitCard(one)))
	}
	if len(t.Rows) == 0 {
		p.Rows, p.Least = 1, 1
		p.Body = func(c widget.Canvas, _ bool) { c.PutCut(0, 0, c.Width(), style.Good, b.say("manage.nothing")) }
		return p
	}
	widen(t, 0)
	p.Table = t
	p.Rows, p.Want = len(t.Rows)+1, 8
	return p
}

func (b *build) visitRow(v store.Visit, days widget.Cell) widget.Row {
	due := ""
	if !v.Due.IsZero() {
		due = v.Due.String()[5:]
	}
	return widget.Row{Cells: []widget.Cell{
		days,
		widget.Word(style.Ink, v.Venue),
		b.shortCell(v.Unit),
		widget.Word(style.Quiet, due),
		widget.Word(style.Quiet, v.Penalty),
		widget.Word(style.Accent, v.Cell.Ref),
		{Line: whereLine(v.Cell.Path, v.Cell.Sheet, "")},
	}}
}

// visitCard tells all of one inspection.
func (b *build) visitCard(v store.Visit) *Row {
	r := &Row{Title: b.say("card.visit"), About: v.Venue, Cell: v.Cell, Short: widget.Text(style.Ink, v.Venue)}
	if v.Days > 0 {
		r.Short = r.Short.Text(style.Bad, "  "+b.say("manage.days", v.Days))
	}
	r.add(b.say("card.unit"), style.Ink, b.Name(v.Unit))
	r.add(b.say("manage.category"), style.Ink, v.Category)
	r.add(b.say("manage.day"), style.Ink, v.Day.String())
	if v.Problems.OK {
		r.add(b.say("manage.problems"), style.Ink, strconv.Itoa(int(v.Problems.V)))
	}
	look := style.Ink
	if v.Days > 0 {
		look = style.Bad
	}
	r.add(b.say("manage.due"), look, v.Due.String())
	r.add(b.say("manage.rectified"), style.Ink, v.Rectified.String())
	r.add(b.say("manage.penalty"), style.Ink, v.Penalty)
	if v.Stock.OK && v.System.OK {
		look = style.Ink
		if v.Differs() {
			look = style.Watch
		}
		r.add(b.say("manage.stock"), look, b.say("manage.kilograms", v.Stock.V, v.System.V))
	}
	return r
}

// funds makes the table of the earmarked money of this year by unit.
func (b *build) funds(Spec) *Panel {
	p := &Panel{Least: 4}
	t := &widget.Table{More: b.more, Columns: []widget.Column{
		{Key: "unit", Head: b.say("head.unit"), Width: 10, Grow: 1},
		{Key: "allotted", Head: b.say("funds.allotted"), Width: 5, Hang: 3, Align: widget.Decimal, Drop: 2},
		{Key: "received", Head: b.say("funds.received"), Width: 5, Hang: 3, Align: widget.Decimal},
		{Key: "spent", Head: b.say("funds.spent"), Width: 5, Hang: 3, Align: widget.Decimal},
		{Key: "balance", Head: b.say("funds.balance"), Width: 5, Hang: 3, Align: widget.Decimal, Drop: 3},
		{Key: "off", Head: b.say("funds.off"), Width: 6, Align: widget.Right},
		{Key: "budget", Head: b.say("funds.budget"), Width: max(4, widget.Width(b.say("funds.budget"))), Align: widget.Right, Drop: 4},
		{Key: "oldest", Head: b.say("head.oldest"), Width: 6, Align: widget.Right, Drop: 1},
	}}
	n := 0
	for _, u := range b.Units.All() {
		f := b.Funds(u.Code)
		budget, listed := b.Figure(u.Code, "budget_ready", b.Period) // by the self-check, else by the year's report
		if !listed {
			budget, listed = b.Figure(u.Code, "budget_listed", b.Period)
		}
		if f.Rows == 0 && (!listed || u.Kind != store.Street) {
			continue
		}
		if f.Rows > 0 {
			n++
		}
		t.Rows = append(t.Rows, widget.Row{Cells: []widget.Cell{
			b.unitCell(style.Ink, u.Code),
			money(style.Ink, f.Allotted), money(style.Strong, f.Received), money(style.Ink, f.Spent), money(style.Ink, f.Balance),
			offCell(f),
			b.yesNo(budget, listed),
			b.ageCell(f.From),
		}})
		p.Spots = append(p.Spots, rowSpot("funds "+u.Code, u.Code, b.fundsCard(u, f)))
	}
	if len(t.Rows) == 0 {
		return nil
	}
	p.Head.Facts = []widget.Line{widget.Text(style.Quiet, b.say("funds.measure", b.Today.Year)), b.units(n, len(t.Rows))}
	p.Table, p.Rows, p.Want = t, len(t.Rows)+1, 8
	return p
}

// money is an amount in 万元, to the hundred yuan.
func money(look style.Look, n store.Num) widget.Cell {
	if !n.OK {
		return widget.Word(style.Quiet, widget.NotApplicable)
	}
	return widget.Cell{Line: widget.Commas(look, widget.Number(n.V, 2)), By: widget.ByNumber(n)}
}

// offCell is how many payments were off purpose; of those of which the ledger says
// nothing nobody knows.
func offCell(f store.Funds) widget.Cell {
	switch {
	case f.Rows == 0:
		return widget.Word(style.Quiet, widget.NotApplicable)
	case f.OffPurpose > 0:
		return tally(style.BadBold, f.OffPurpose)
	case f.Undeclared > 0:
		return widget.Word(style.Watch, "?")
	default:
		return tally(style.Quiet, 0)
	}
}

// yesNo is a check as a table shows it.
func (b *build) yesNo(f store.Figure, known bool) widget.Cell {
	switch {
	case !known || f.State == store.Conflict:
		return widget.Word(style.Watch, "?")
	case f.NotApplicable:
		return widget.Word(style.Quiet, widget.NotApplicable)
	case f.Value > 0:
		return widget.Word(style.Good, b.say("value.yes"))
	default:
		return widget.Word(style.BadBold, b.say("value.no"))
	}
}

// fundsCard tells of a unit's money, and the cell of what is wrong or newest.
func (b *build) fundsCard(u store.Unit, f store.Funds) *Row {
	r := &Row{Title: b.say("card.funds"), About: u.Name, Cell: f.Cell, Of: f.Rows, Short: widget.Text(style.Ink, b.Short(u.Code)+"  "+b.say("panel.funds"))}
	for _, one := range []struct {
		key string
		n   store.Num
	}{{"funds.allotted", f.Allotted}, {"funds.received", f.Received}, {"funds.spent", f.Spent}, {"funds.balance", f.Balance}} {
		if one.n.OK {
			r.add(b.say(one.key), style.Ink, b.say("funds.amount", widget.Number(one.n.V, 2)))
		}
	}
	r.add(b.say("funds.payments"), style.Ink, strconv.Itoa(f.Payments))
	if f.OffPurpose > 0 {
		r.Cell = f.OffCell
		r.add(b.say("funds.off"), style.Bad, strconv.Itoa(f.OffPurpose))
	}
	if f.Undeclared > 0 {
		r.add(b.say("funds.undeclared"), style.Watch, strconv.Itoa(f.Undeclared))
	}
	return r
}

// groups makes the table of who heads the work in each unit: posts, never names.
func (b *build) groups(Spec) *Panel {
	p := &Panel{Least: 4}
	t := &widget.Table{More: b.more, Columns: []widget.Column{
		{Key: "unit", Head: b.say("head.unit"), Width: 10, Grow: 1},
		{Key: "post", Head: b.say("groups.post"), Width: 12},
		{Key: "deputy", Head: b.say("groups.deputy"), Width: 12, Drop: 2},
		{Key: "members", Head: b.say("groups.members"), Width: 4, Align: widget.Right, Drop: 1},
		{Key: "document", Head: b.say("groups.document"), Width: 18, Drop: 3},
		{Key: "changed", Head: b.say("groups.changed"), Width: 10, Drop: 4},
		{Key: "renewed", Head: b.say("groups.renewed"), Width: 4, Align: widget.Right},
	}}
	n, all := 0, 0
	for _, board := range b.Readiness(b.scope()) {
		unit := board.Unit.Code
		g, ok := b.Leading(unit)
		if all++; ok {
			n++
		}
		t.Rows = append(t.Rows, b.groupRow(unit, g, ok))
		p.Spots = append(p.Spots, rowSpot("group "+unit, unit, b.groupCard(board.Unit, g, ok)))
	}
	if n == 0 {
		return nil
	}
	p.Head.Facts = []widget.Line{b.units(n, all)}
	p.Table, p.Rows, p.Want = t, len(t.Rows)+1, 8
	return p
}

func (b *build) groupRow(unit string, g store.LeadingGroup, known bool) widget.Row {
	cells := []widget.Cell{b.unitCell(style.Ink, unit)}
	if !known {
		none := widget.Cell{Line: widget.Text(style.Watch, b.say("groups.none")), Across: 6, Leader: true}
		return widget.Row{Cells: append(cells, none)}
	}
	post := widget.Word(style.Ink, g.Post)
	if g.Post == "" {
		post = widget.Word(style.BadBold, b.say("groups.vacant"))
	}
	renewed := widget.Word(style.Watch, "?")
	switch {
	case g.Renewed.OK && g.Renewed.V > 0:
		renewed = widget.Word(style.Good, b.say("value.yes"))
	case g.Renewed.OK:
		renewed = widget.Word(style.BadBold, b.say("value.no"))
	}
	return widget.Row{Cells: append(cells,
		post,
		widget.Word(style.Quiet, g.Deputy),
		b.number(style.Quiet, g.Members),
		widget.Word(style.Quiet, g.Document),
		widget.Word(style.Quiet, g.Changed.String()),
		renewed,
	)}
}

// groupCard tells of a leading group by its posts.
func (b *build) groupCard(u store.Unit, g store.LeadingGroup, known bool) *Row {
	r := &Row{Title: b.say("card.group"), About: u.Name, Cell: g.Cell, Short: widget.Text(style.Ink, b.Short(u.Code)+"  "+b.say("panel.groups"))}
	if !known {
		r.add(b.say("head.state"), style.Watch, b.say("groups.none"))
		return r
	}
	r.add(b.say("groups.post"), style.Ink, g.Post)
	r.add(b.say("groups.deputy"), style.Ink, g.Deputy)
	if g.Members.OK {
		r.add(b.say("groups.members"), style.Ink, strconv.Itoa(int(g.Members.V)))
	}
	r.add(b.say("groups.document"), style.Ink, g.Document)
	r.add(b.say("groups.changed"), style.Ink, g.Changed.String())
	return r
}

// staffing makes the tile of the full-time workers beside the usual practice: how
// many there are, how many there ought to be, and how many users one has.
func (b *build) staffing(Spec) *Panel {
	staff := b.Line(store.DistrictCode, "staff_full")
	look, number := b.value(staff)
	t := big{look: look, number: number, measure: b.measure(staff.Indicator)}
	for _, e := range b.Expectations(b.Tallies) {
		if e.Practice.Indicator != "staff_full" || e.Scope != store.DistrictCode {
			continue
		}
		gap := e.Expected - e.Done
		t.sides = append(t.sides, side{label: b.say("staff.asked"), value: widget.Text(style.Ink, strconv.Itoa(int(e.Expected)))})
		t.sides = append(t.sides, side{label: b.say("staff.gap"), value: count(style.Watch, max(0, int(gap)))})
	}
	if s, ok := b.beside(staff, "staff_ratio"); ok {
		t.sides = append(t.sides, s)
	}
	return newTile(t, figureSpot(store.DistrictCode, "staff_full"), b.coverage(store.DistrictCode, []string{"staff_full"}))
}
