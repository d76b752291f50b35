package page

import (
	"strconv"
	"time"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
)

// attention makes the line of the status under which the province watches the
// district: since when, and how many of its criteria are met. It stands as long as
// the configuration says so.
func (b *build) attention(Spec) *Panel {
	a := b.Settings.Attention
	if a.Since.IsZero() {
		return nil
	}
	all, met := b.Exits()
	right := widget.Line(nil)
	if len(all) > 0 {
		right = append(widget.Text(style.Quiet, b.say("attention.met")+" "), widget.Share(met, len(all))...)
	}
	return &Panel{Bare: true, Rows: 1, Least: 1, Body: func(c widget.Canvas, _ bool) {
		room := max(0, c.Width()-right.Width()-2)
		c.LineCut(0, 0, room, b.attentionLine(a, room))
		c.LineRight(c.Width(), 0, right)
	}}
}

// attentionLine is the status with as much of the rest as there is room for: the day
// stays longest, then how many days that is, then the document.
func (b *build) attentionLine(a store.Attention, room int) widget.Line {
	since := widget.Text(style.Quiet, b.say("attention.since")+" ").Text(style.Ink, a.Since.String())
	all := []widget.Line{
		widget.Text(style.BadBold, a.Label(b.lang())), since,
		widget.Text(style.Quiet, b.Words.Count("attention.days", b.Today.Sub(a.Since))), widget.Text(style.Quiet, a.Document),
	}
	for len(all) > 1 && widget.Join(3, all...).Width() > room {
		all = all[:len(all)-1]
	}
	return widget.Join(3, all...)
}

// exits makes the table of the criteria for its end: what each asks, what is, and
// over how many units.
func (b *build) exits(Spec) *Panel {
	all, met := b.Exits()
	if len(all) == 0 {
		return nil
	}
	p := &Panel{Least: 4}
	t := &widget.Table{More: b.more, Columns: []widget.Column{
		{Key: "indicator", Width: 8, Grow: 1},
		{Key: "value", Head: b.say("head.now"), Width: 4, Hang: 2, Align: widget.Decimal},
		{Key: "asked", Head: b.say("head.asked"), Width: 5, Gap: 1, Align: widget.Right},
		{Key: "units", Head: b.say("head.units"), Width: 5, Gap: 1, Align: widget.Right},
		{Key: "state", Head: b.say("head.state"), Width: 5},
	}}
	var oldest time.Time
	for i := range all {
		t.Rows = append(t.Rows, b.exitRow(all[i]))
		spot := figureSpot(store.DistrictCode, all[i].Indicator)
		spot.ID = "exit " + strconv.Itoa(i) + " " + spot.ID
		p.Spots = append(p.Spots, spot)
		oldest = earlier(oldest, all[i].Line.Oldest)
	}
	since := widget.Text(style.Quiet, b.say("attention.since")+" ").Text(style.Ink, b.Settings.Attention.Since.String())
	p.Head.Facts = []widget.Line{
		since, append(widget.Text(style.Quiet, b.say("exit.met")+" "), widget.Share(met, len(all))...), b.oldest(oldest),
	}
	p.Table = t
	p.Rows = len(t.Rows) + 1
	return p
}

func (b *build) exitRow(x store.Exiting) widget.Row {
	look, number := b.value(x.Line)
	state := map[store.ExitState]style.Look{store.ExitMet: style.Good, store.ExitShort: style.BadBold, store.ExitOpen: style.Watch}[x.State]
	return widget.Row{Cells: []widget.Cell{
		b.nameCell(x.Line.Indicator),
		widget.Figure(look, number),
		widget.Word(style.Quiet, string(x.Op)+" "+trim(x.Value)),
		{Line: widget.Share(x.Line.N, x.Line.M)},
		widget.Word(state, b.say("exit."+string(x.State))),
	}}
}
