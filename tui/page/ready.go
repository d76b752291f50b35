package page

import (
	"strconv"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
)

// ready makes the panel of one unit's readiness: of each strengthening that asks
// anything of it, how much is met. Where a requirement is not known, it says so:
// that is not the same as one that is lacking.
func (b *build) ready(Spec) *Panel {
	board, ok := b.boardOf(b.scope())
	if !ok {
		return nil
	}
	p := &Panel{Least: 4, Head: widget.Panel{Facts: []widget.Line{
		widget.Share(board.By[0].Met, board.By[0].Asked()).Text(style.Quiet, " "+b.say("ready.items")),
		b.oldest(board.Oldest),
	}}}
	t := &widget.Table{More: b.more, Columns: []widget.Column{
		{Key: "strengthening", Width: 10, Grow: 1},
		{Width: 12, Yield: 12 - leastBar},
		{Key: "met", Head: b.say("ready.state.met"), Width: 5, Align: widget.Right},
		{Key: "unknown", Head: b.say("ready.unknown"), Width: max(4, widget.Width(b.say("ready.unknown"))), Align: widget.Right},
	}}
	for n := 1; n <= store.Strengthenings; n++ {
		if board.By[n].Asked() == 0 {
			continue
		}
		t.Rows = append(t.Rows, b.readyRow(board.By[n], n))
		p.Spots = append(p.Spots, rowSpot(board.Unit.Code+" "+strconv.Itoa(n), board.Unit.Code, b.strengthCard(&board, n)))
	}
	p.Table = t
	p.Rows = len(t.Rows) + 1
	return p
}

// boardOf returns how ready the unit is; false where nothing is asked of it.
func (b *build) boardOf(unit string) (store.ReadyBoard, bool) {
	for _, board := range b.Readiness(unit) {
		if board.Unit.Code == unit {
			return board, true
		}
	}
	return store.ReadyBoard{}, false
}

// readyRow is one strengthening: the bar takes a colour where something is lacking.
func (b *build) readyRow(n store.ReadyCount, strengthening int) widget.Row {
	bar := style.Quiet
	if n.Lacking > 0 {
		bar = style.Watch
	}
	return widget.Row{Cells: []widget.Cell{
		widget.Word(style.Ink, b.say("strength."+strconv.Itoa(strengthening))),
		{Part: widget.Bar{Value: float64(n.Met), Whole: float64(n.Asked()), Look: bar}},
		{Line: widget.Share(n.Met, n.Asked()), By: widget.ByNumber(n.Rate())},
		{Line: count(style.Ink, n.Unknown), By: widget.ByRank(float64(n.Unknown))},
	}}
}
