package tui

import (
	tea "charm.land/bubbletea/v2"

	"jindu/tui/style"
	"jindu/tui/widget"
)

// overlay is something that lies over the page until Esc.
type overlay interface {
	press(m *Model, key string, act action) tea.Cmd
	paste(m *Model, text string) tea.Cmd
	take(m *Model, msg tea.Msg) tea.Cmd // an answer to a command of its own
	draw(m *Model, c widget.Canvas)
}

// writes reports whether an overlay takes characters as they are typed, full-width
// ones too: what is written there is kept and read.
func writes(o overlay) bool {
	d, ok := o.(*deciding)
	return ok && d.step == stepWriting
}

// silent is what an overlay embeds that takes no text and awaits no answer.
type silent struct{}

func (silent) paste(*Model, string) tea.Cmd { return nil }

func (silent) take(*Model, tea.Msg) tea.Cmd { return nil }

// The ground of an overlay at its widest, and its margin.
const (
	widestBox = 90
	boxMargin = 3
)

// box sinks the page, lays an overlay's ground of at most h rows over it and
// returns the region within its margins. The last row is for its keys.
func (m *Model) box(c widget.Canvas, h int) widget.Canvas {
	c.Dim()
	w, margin := m.boxWidth()
	y := min(head, max(1, m.h-foot-h))
	h = min(h, m.h-1-y)
	ground := c.Sub((m.w-w)/2, y, w, h)
	ground.Clear(style.Overlay)
	ground.HeavyLine(0, 0, w)
	return ground.Sub(margin, 1, w-2*margin, h-1)
}

// boxWidth is how wide an overlay's ground is here, and its margins.
func (m *Model) boxWidth() (w, margin int) {
	switch {
	case m.w < 70: // nothing of the page beside it could be read
		return m.w, 2
	case m.w < widestBox+10:
		return m.w - 4, boxMargin
	default:
		return widestBox, boxMargin
	}
}

// boxTitle draws an overlay's title row: what it is, and of what.
func (m *Model) boxTitle(c widget.Canvas, title string, rest widget.Line, right widget.Line) {
	room := c.Width()
	if right.Width() > 0 {
		room = c.LineRight(c.Width(), 0, right) - 2
	}
	line := append(widget.Text(style.AccentBold, title).Text(style.Ink, "   "), rest...)
	c.LineCut(0, 0, room, line)
}

// field draws one row of a card: a quiet label, and what it says.
func (m *Model) field(c widget.Canvas, y int, key string, value widget.Line) {
	x := fieldColumn
	if c.Width() < 60 {
		x = fieldNarrow
	}
	c.PutCut(0, y, x-1, style.Quiet, m.words.Say(key))
	c.LineCut(x, y, c.Width()-x, value)
}

// Where the values of a card's fields start.
const (
	fieldColumn = 11
	fieldNarrow = 9
)

// closes reports whether the action leaves an overlay that takes no text.
func closes(act action) bool { return act == actBack || act == actQuit }
