package page

import (
	"fmt"
	"slices"
	"strconv"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
	"jindu/tui/words"
)

// countdown makes the head of the page: how many days are left until the
// inspection, and how much of what it asks is there.
func (b *build) countdown(Spec) *Panel {
	boards := b.Readiness(b.scope())
	if len(boards) == 0 {
		return nil
	}
	c := countdown{b, store.ReadyTotalOf(boards)}
	p := &Panel{Bare: true, Rows: 3, Least: 3, Body: func(to widget.Canvas, _ bool) { c.draw(to) }}
	if b.w < wide {
		p.Rows, p.Least = 5, 3
	}
	return p
}

type countdown struct {
	*build
	total store.ReadyTotal
}

// Widths of the count itself, and of the least that a bar needs.
const (
	countWidth = 36
	barLeast   = 30
)

func (c countdown) draw(to widget.Canvas) {
	w := to.Width()
	switch {
	case w >= wider:
		c.days(to.Sub(0, 0, countWidth, 3))
		rest := (w - countWidth - 8) / 2
		c.share(to.Sub(countWidth+4, 0, rest, 3), "ready.ledgers", c.total.Ledgers, nil)
		c.share(to.Sub(w-rest, 0, rest, 3), "ready.asked", c.total.By[0], c.units())
	case w >= wide:
		c.days(to.Sub(0, 0, countWidth-8, 3))
		c.share(to.Sub(countWidth-4, 0, w-countWidth+4, 3), "ready.asked", c.total.By[0], c.units())
	default:
		to.LineCut(0, 0, w, c.inWords())
		c.share(to.Sub(0, 2, w, 3), "ready.asked", c.total.By[0], c.units())
	}
}

// days is the number of days in big digits, what it is about, and the day.
func (c countdown) days(to widget.Canvas) {
	n, ok := c.Countdown()
	if !ok {
		to.PutCut(0, 0, to.Width(), style.Quiet, c.say("ready.unannounced"))
		to.PutCut(0, 2, to.Width(), style.Quiet, c.say("ready.announce"))
		return
	}
	look := style.Ink
	if n >= 0 && n <= store.DueSoonDays {
		look = style.Watch
	}
	text := strconv.Itoa(max(n, -n))
	x := to.Big(0, 0, look, text) + 2
	key := "ready.until"
	if n < 0 {
		key = "ready.since"
	}
	i := c.Settings.Inspection
	to.PutCut(x, 0, to.Width()-x, style.Quiet, c.say(key, i.Label(c.lang())))
	to.LineCut(x, 2, to.Width()-x, widget.Text(style.Quiet, c.say("measure.days")+"   ").Text(style.Ink, words.Day(i.On, c.Today)))
}

// inWords is the countdown in one line.
func (c countdown) inWords() widget.Line {
	n, ok := c.Countdown()
	if !ok {
		return widget.Text(style.Quiet, c.say("ready.unannounced"))
	}
	key := "ready.until"
	if n < 0 {
		key = "ready.since"
	}
	i := c.Settings.Inspection
	return widget.Text(style.Quiet, c.say(key, i.Label(c.lang()))+" ").Text(style.Strong, strconv.Itoa(max(n, -n))).
		Text(style.Quiet, " "+c.say("measure.days")+"  "+words.Day(i.On, c.Today))
}

// share is a bar with what it counts above it and what is behind it below.
func (c countdown) share(to widget.Canvas, key string, n store.ReadyCount, below widget.Line) {
	rate := n.Rate()
	look := style.Quiet
	if n.Lacking > 0 {
		look = style.Watch
	}
	line := widget.Text(style.Quiet, c.say(key)+"  ").Text(style.Strong, strconv.Itoa(n.Met)).
		Text(style.Quiet, "/"+strconv.Itoa(n.Asked())+" "+c.say("ready.items"))
	to.LineCut(0, 0, to.Width(), line)
	if rate.OK {
		to.LineRight(to.Width(), 0, widget.Text(style.Strong, fmt.Sprintf("%.1f", rate.V)).Text(style.Quiet, " %"))
	}
	if to.Height() < 3 || to.Width() < barLeast {
		return
	}
	widget.Bar{Value: float64(n.Met), Whole: float64(n.Asked()), Look: look}.Draw(to.Sub(0, 1, to.Width(), 1))
	if below == nil {
		below = widget.Text(style.Quiet, c.say("ready.lacking")+" ").Text(style.Watch, strconv.Itoa(n.Lacking)).
			Text(style.Quiet, "   "+c.say("ready.unknown")+" ").Text(style.Ink, strconv.Itoa(n.Unknown))
	}
	to.LineCut(0, 2, to.Width(), below)
}

// units counts the units that have all, lack something, or sent nothing.
func (c countdown) units() widget.Line {
	parts := []widget.Line{}
	for _, one := range []struct {
		key  string
		look style.Look
		n    int
	}{
		{"ready.whole", style.Good, c.total.Whole},
		{"ready.short", style.Watch, c.total.Lacking},
		{"ready.unsure", style.Ink, c.total.Unsure},
		{"ready.silent", style.Bad, c.total.Silent},
	} {
		if one.n > 0 {
			parts = append(parts, widget.Text(style.Quiet, c.say(one.key)+" ").Text(one.look, strconv.Itoa(one.n)))
		}
	}
	return widget.Join(3, parts...)
}

// strengthenings makes the table of units against the nine strengthenings, the
// weakest first. A cell is how many requirements are met; what is whole has no ground.
func (b *build) strengthenings(spec Spec) *Panel {
	boards := store.WeakestFirst(b.Readiness(b.scope()))
	if len(boards) == 0 {
		return nil
	}
	total := store.ReadyTotalOf(boards)
	t := &widget.Table{Columns: b.strengthColumns(boards), More: b.more}
	p := &Panel{Table: t, Least: 7, Head: widget.Panel{Facts: []widget.Line{
		widget.Text(style.Quiet, b.say("ready.order")), b.oldest(total.Oldest),
	}}}
	if b.w >= wider {
		p.Legend = widget.Text(style.Quiet, b.say("ready.legend"))
	}
	t.Rows = append(t.Rows, b.strengthTotal(total))
	p.Spots = append(p.Spots, Spot{ID: "total", Unit: store.DistrictCode})
	p.Grid = append(p.Grid, nil)
	for i := range boards {
		row, grid := b.strengthRow(&boards[i])
		t.Rows = append(t.Rows, row)
		p.Spots = append(p.Spots, unitSpot(boards[i].Unit.Code))
		p.Grid = append(p.Grid, grid)
	}
	p.Rows = len(t.Rows) + t.Heads()
	return p
}

// strengthColumns: where it is narrow the strengthenings are numbered.
func (b *build) strengthColumns(boards []store.ReadyBoard) []widget.Column {
	columns := []widget.Column{{Key: "unit", Head: b.say("head.unit"), Width: 10, Grow: 1}}
	for n := 1; n <= store.Strengthenings; n++ {
		most := 0
		for _, one := range boards {
			most = max(most, one.By[n].Asked())
		}
		col := widget.Column{Key: "s" + strconv.Itoa(n), Width: 2, Gap: 2, Align: widget.Right, Head: b.say("strength.n." + strconv.Itoa(n))}
		if b.w >= wider {
			col.Width, col.Gap = 8, 1
			col.Head, col.Under = b.say("strength."+strconv.Itoa(n)), b.say("ready.most", most)
		}
		columns = append(columns, col)
	}
	ledgers := widget.Column{Key: "ledgers", Head: b.say("ready.ledgers"), Width: widget.Width(b.say("ready.ledgers")), Gap: 2, Align: widget.Right, Drop: 3}
	oldest := widget.Column{Key: "oldest", Head: b.say("head.oldest"), Width: 6, Gap: 2, Align: widget.Right, Drop: 2}
	rate := widget.Column{Key: "rate", Head: "%", Width: 3, Gap: 2, Align: widget.Right, Drop: 1}
	return append(columns, rate, ledgers, oldest)
}

// strengthTotal is the district's row: how much is met of each strengthening.
func (b *build) strengthTotal(total store.ReadyTotal) widget.Row {
	cells := []widget.Cell{widget.Word(style.Strong, b.say("ready.total"))}
	for n := 1; n <= store.Strengthenings; n++ {
		by := total.By[n]
		line := widget.Text(style.Strong, strconv.Itoa(by.Met))
		if b.w >= wider {
			line = line.Text(style.Quiet, "/"+strconv.Itoa(by.Asked()))
		}
		cells = append(cells, widget.Cell{Line: line})
	}
	return widget.Row{Fixed: true, Cells: append(cells,
		widget.Word(style.Strong, strconv.Itoa(int(total.By[0].Rate().V))),
		widget.Word(style.Strong, strconv.Itoa(total.Ledgers.Met)),
		b.ageCell(total.Oldest))}
}

// strengthRow is one unit's row.
func (b *build) strengthRow(board *store.ReadyBoard) (widget.Row, []Spot) {
	unit := board.Unit.Code
	cells := []widget.Cell{b.unitCell(style.Ink, unit)}
	var grid []Spot
	for n := 1; n <= store.Strengthenings; n++ {
		cells = append(cells, readyCell(board.By[n], b.lang()))
		grid = append(grid, rowSpot(unit+" "+strconv.Itoa(n), unit, b.strengthCard(board, n)))
	}
	if board.Silent() {
		cells[1] = widget.Cell{Line: widget.Text(style.Bad, b.say("ready.nothing")), Across: store.Strengthenings, Leader: true}
	}
	rate := board.By[0].Rate()
	cells = append(cells,
		widget.Cell{Line: widget.Text(style.Quiet, strconv.Itoa(int(rate.V))), By: widget.ByNumber(rate)},
		readyCell(board.Ledgers, b.lang()),
		b.ageCell(board.Oldest))
	return widget.Row{Cells: cells}, grid
}

// readyCell is how many requirements are met: quiet where all are, on a ground
// where something is lacking, with a mark where something is not known.
func readyCell(n store.ReadyCount, _ store.Lang) widget.Cell {
	if n.Asked() == 0 {
		return widget.Word(style.Quiet, widget.NotApplicable)
	}
	cell := widget.Cell{By: widget.ByNumber(n.Rate())}
	text := strconv.Itoa(n.Met)
	switch {
	case n.Lacking > 1:
		cell.Line, cell.Fill = widget.Text(style.WatchBold, text), style.FarAbove
	case n.Lacking == 1:
		cell.Line, cell.Fill = widget.Text(style.WatchBold, text), style.Above
	case n.Unknown > 0:
		cell.Line = widget.Text(style.Ink, text).Text(style.Watch, "?")
	default:
		cell.Line = widget.Text(style.Quiet, text)
	}
	return cell
}

// strengthCard lists what one strengthening asks of one unit.
func (b *build) strengthCard(board *store.ReadyBoard, n int) *Row {
	return &Row{fill: func(r *Row) {
		by := board.By[n]
		name := b.say("strength." + strconv.Itoa(n))
		r.Title, r.About = b.say("card.requirements"), board.Unit.Name+"   "+name
		r.Short = widget.Text(style.Ink, b.Short(board.Unit.Code)+"  "+name+" ").Text(style.Strong, strconv.Itoa(by.Met)).
			Text(style.Quiet, "/"+strconv.Itoa(by.Asked()))
		if self := board.Self[n]; self.OK {
			r.Short = r.Short.Text(style.Quiet, "  "+b.say("ready.self", strconv.FormatFloat(self.V, 'f', -1, 64)))
		}
		for _, item := range board.Items {
			if item.Requirement.Strengthening != n || item.State == store.Exempt {
				continue
			}
			r.Fields = append(r.Fields, b.requirementField(item))
			if r.Cell.Ref == "" || item.State == store.Lacking {
				r.Cell = item.Cell
			}
		}
	}}
}

// requirementField is what one requirement asks, whether it is met, and by which cell.
func (b *build) requirementField(item store.Readiness) RowField {
	value := widget.Text(style.Ink, item.Requirement.Label(b.lang())).Text(style.Quiet, "  "+b.Words.Why(item))
	if item.Cell.Ref != "" {
		value = append(value.Text(style.Quiet, "  "), whereLine(item.Cell.Path, "", item.Cell.Ref)...)
	}
	return RowField{b.say("ready.state." + string(item.State)), value}
}

// readyWord is the word of a state.
func (b *build) readyWord(s store.ReadyState) widget.Line {
	look := map[store.ReadyState]style.Look{store.Met: style.Good, store.Lacking: style.WatchBold, store.Unknown: style.Ink}[s]
	return widget.Text(look, b.say("ready.state."+string(s)))
}

// lacking makes the list of what is missing and who owes it: of the unit under
// the cursor of the panel that it follows, or of all.
func (b *build) lacking(spec Spec) *Panel {
	items := b.owed(spec)
	p := &Panel{Least: 4}
	lacks, unknown := 0, 0
	for _, one := range items {
		if one.State == store.Lacking {
			lacks++
		} else {
			unknown++
		}
	}
	if scope := b.followed(spec); scope != store.DistrictCode {
		p.Head.Title = b.Name(scope) + "  " + b.say("panel.lacking")
	}
	p.Head.Facts = []widget.Line{
		widget.Text(style.Quiet, b.say("ready.lacking")+" ").Text(style.Watch, strconv.Itoa(lacks)),
		widget.Text(style.Quiet, b.say("ready.unknown")+" ").Text(style.Ink, strconv.Itoa(unknown)),
	}
	t := &widget.Table{More: b.more, Columns: []widget.Column{
		{Key: "unit", Head: b.say("head.unit"), Width: 10, Drop: 3},
		{Key: "strengthening", Head: b.say("head.strength"), Width: 8, Drop: 2},
		{Key: "requirement", Head: b.say("head.requirement"), Width: 18},
		{Key: "state", Head: b.say("head.state"), Width: 7},
		{Key: "why", Head: b.say("head.why"), Width: 14, Grow: 1},
		{Key: "cell", Head: b.say("head.cell"), Width: 6, Drop: 5},
		{Key: "where", Head: b.say("head.where"), Width: 18, Drop: 1},
	}}
	switch {
	case b.w < wide:
		t.Columns[2].Width = 14
	case b.w < 90: // what is asked says it already
		t.Columns[1].Hidden, t.Columns[2].Width = true, 24
	}
	for _, one := range items {
		t.Rows = append(t.Rows, b.lackingRow(one))
		p.Spots = append(p.Spots, rowSpot(one.Unit+"/"+one.Requirement.Code, one.Unit, b.requirementCard(one)))
	}
	if len(t.Rows) == 0 {
		p.Rows, p.Least = 1, 1
		p.Body = func(c widget.Canvas, _ bool) { c.PutCut(0, 0, c.Width(), style.Good, b.say("ready.all")) }
		return p
	}
	p.Table = t
	p.Rows, p.Want = len(t.Rows)+1, 8
	return p
}

// owed returns what is not met, what is lacking before what is unknown.
func (b *build) owed(spec Spec) []store.Readiness {
	var out []store.Readiness
	scope := b.followed(spec)
	if scope == store.DistrictCode {
		scope = b.scope()
	}
	for _, board := range store.WeakestFirst(b.Readiness(scope)) {
		for _, item := range board.Items {
			if item.State == store.Lacking || item.State == store.Unknown {
				out = append(out, item)
			}
		}
	}
	slices.SortStableFunc(out, func(p, q store.Readiness) int {
		return slices.Index(store.ReadyStates, p.State) - slices.Index(store.ReadyStates, q.State)
	})
	return out
}

func (b *build) lackingRow(r store.Readiness) widget.Row {
	q := r.Requirement
	return widget.Row{Cells: []widget.Cell{
		b.shortCell(r.Unit),
		{Line: widget.Text(style.Quiet, b.say("strength."+strconv.Itoa(q.Strengthening))), By: widget.ByRank(float64(q.Strengthening))},
		widget.Word(style.Ink, q.Label(b.lang())),
		{Line: b.readyWord(r.State)},
		widget.Word(style.Quiet, b.Words.Why(r)),
		widget.Word(style.Accent, r.Cell.Ref),
		{Line: whereLine(r.Cell.Path, r.Cell.Sheet, "")},
	}}
}

// requirementCard tells all of one requirement of one unit.
func (b *build) requirementCard(r store.Readiness) *Row {
	q := r.Requirement
	name := q.Label(b.lang())
	row := &Row{
		Title: b.say("card.requirement"), About: name, Cell: r.Cell,
		Short: widget.Join(2, widget.Text(style.Ink, b.Short(r.Unit)), widget.Text(style.Ink, name), b.readyWord(r.State)),
	}
	row.add(b.say("card.unit"), style.Ink, b.Name(r.Unit))
	row.add(b.say("head.strength"), style.Ink, b.say("strength."+strconv.Itoa(q.Strengthening)))
	row.Fields = append(row.Fields, RowField{b.say("head.state"), b.readyWord(r.State)})
	row.add(b.say("head.why"), style.Ink, b.Words.Why(r))
	row.add(b.say("head.doc"), style.Quiet, q.Source)
	return row
}
