package page

import (
	"strconv"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
)

// waits is what waits beside a figure, in a word and its value: 待确认 90.
func (f *Frame) waits(p store.Pending) widget.Line {
	return widget.Join(1, widget.WaitWord(f.lang()), widget.Text(style.Ink, f.pendingNumber(p)))
}

// pendingNumber is the value that waits; of one withdrawn, that it was.
func (f *Frame) pendingNumber(p store.Pending) string {
	ind, _ := f.Catalogue.ByCode(p.Indicator)
	switch {
	case p.Why == store.WaitWithdrawn:
		return f.say("wait.withdrawn")
	case p.NotApplicable:
		return widget.NotApplicable
	default:
		return widget.Number(p.Value, widget.Decimals(ind))
	}
}

// waitReason says why a value waits. A withdrawal only ever waits because the
// period had closed.
func (f *Frame) waitReason(p *store.Pending) string {
	if p.Why == store.WaitWithdrawn {
		return f.say("wait." + string(store.WaitClosed))
	}
	return f.say("wait." + string(p.Why))
}

// pendingSource tells of a value that waits: why, and where it stands.
func (f *Frame) pendingSource(p *store.Pending) []phrase {
	ind, _ := f.Catalogue.ByCode(p.Indicator)
	name := widget.Text(style.Ink, f.Short(p.Unit)+"  "+f.name(ind))
	return []phrase{
		{line: widget.Join(2, name, f.waits(*p)), keep: keepName},
		{line: widget.Text(style.Quiet, f.Words.Period(p.Period)), keep: keepValue},
		{line: widget.Text(style.Quiet, f.waitReason(p)), keep: keepState},
		where(nil, p.Cell.Path, p.Cell.Sheet, p.Cell.Ref),
		{line: widget.Text(style.Quiet, f.stamp(p.KnownFrom)), keep: keepTime},
	}
}

// waiting makes the list of what waits for an officer; none where nothing does.
func (b *build) waiting(Spec) *Panel {
	if len(b.Pending) == 0 {
		return nil
	}
	p := &Panel{Least: 3, Head: widget.Panel{Facts: []widget.Line{
		widget.Text(style.AccentBold, strconv.Itoa(len(b.Pending))).Text(style.Quiet, " "+b.Words.Count("fact.values", len(b.Pending))),
	}}}
	t := &widget.Table{More: b.more, Columns: []widget.Column{
		{Key: "unit", Head: b.say("head.unit"), Width: 8},
		{Key: "indicator", Head: b.say("head.indicator"), Width: 8, Grow: 1},
		{Key: "fromto", Head: b.say("head.fromto"), Width: 13, Gap: 1, Align: widget.Right},
		{Key: "why", Head: b.say("head.why"), Width: 14, Gap: 2, Drop: 2},
		{Key: "cell", Head: b.say("head.cell"), Width: 6, Drop: 3},
		{Key: "where", Head: b.say("head.where"), Width: 22, Drop: 4, Grow: 1},
		{Key: "since", Head: b.say("head.since"), Width: 6, Align: widget.Right, Drop: 1},
	}}
	for i := range b.Pending {
		one := &b.Pending[i]
		t.Rows = append(t.Rows, b.pendingRow(one))
		p.Spots = append(p.Spots, pendingSpot(one))
	}
	p.Table = t
	p.Rows, p.Want = len(t.Rows)+1, 6
	return p
}

// pendingRow sets the accepted value, quiet, before the one that waits. Of a
// period that the board does not hold the accepted one stands in the origin.
func (b *build) pendingRow(p *store.Pending) widget.Row {
	ind, _ := b.Catalogue.ByCode(p.Indicator)
	name := ind.Head(b.lang())
	if p.Period != b.Period {
		name = p.Period.String() + " " + name
	}
	fromTo := widget.Text(style.Strong, b.pendingNumber(*p))
	if f, ok := b.Figure(p.Unit, p.Indicator, p.Period); ok && f.Key == p.Key && !f.NotApplicable {
		fromTo = append(widget.Text(style.Quiet, widget.Number(f.Value, widget.Decimals(ind))+" › "), fromTo...)
	}
	return widget.Row{Cells: []widget.Cell{
		b.shortCell(p.Unit),
		widget.Word(style.Ink, name),
		{Line: fromTo, By: widget.ByNumber(p.Number())},
		widget.Word(style.Quiet, b.waitReason(p)),
		widget.Word(style.Accent, p.Cell.Ref),
		{Line: whereLine(p.Cell.Path, p.Cell.Sheet, "")},
		b.ageCell(p.KnownFrom),
	}}
}
