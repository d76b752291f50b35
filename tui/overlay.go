package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"jindu/store"
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
	boxWidth  = 90
	boxMargin = 3
)

// box sinks the page, lays an overlay's ground of at most h rows over it and
// returns the region within its margins. The last row is for its keys.
func (m *Model) box(c widget.Canvas, h int) widget.Canvas {
	c.Dim()
	w, margin := boxWidth, boxMargin
	if m.w < boxWidth+10 {
		w = m.w - 4
	}
	if m.w < 60 {
		w, margin = m.w, 2
	}
	y := min(head, max(1, m.h-foot-h))
	h = min(h, m.h-1-y)
	ground := c.Sub((m.w-w)/2, y, w, h)
	ground.Clear(style.Overlay)
	ground.HeavyLine(0, 0, w)
	return ground.Sub(margin, 1, w-2*margin, h-1)
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

// help is the list of keys.
type help struct{ silent }

func (h *help) press(m *Model, _ string, act action) tea.Cmd {
	if closes(act) || act == actHelp || act == actEnter {
		m.over = nil
	}
	return nil
}

func (h *help) draw(m *Model, c widget.Canvas) {
	list := slices.DeleteFunc(slices.Clone(bindings()), func(b binding) bool { return !m.allowed(b.act) })
	columns := 2
	if m.w < 70 {
		columns = 1
	}
	rows := (len(list) + columns - 1) / columns
	box := m.box(c, rows+helpRest+1)
	m.boxTitle(box, m.words.Say("help.title"), widget.Text(style.Quiet, m.words.Say("app.version", m.opts.Version)), nil)
	if room := box.Height() - helpRest; rows > room && room > 0 {
		rows = room
		columns = min(3, (len(list)+rows-1)/rows)
	}
	width := box.Width() / columns
	for i, b := range list {
		x, y := i/rows*width, 2+i%rows
		if i/rows >= columns {
			break
		}
		box.PutCut(x, y, 9, style.Ink, b.label)
		box.PutCut(x+10, y, width-11, style.Quiet, m.words.Say(b.word))
	}
	foot := box.Height() - helpRest + 3
	box.LineCut(0, foot, box.Width(), m.marks())
	box.PutCut(0, foot+1, box.Width(), style.Quiet, m.words.Say("help.foot"))
	m.hints(box, 0, box.Height()-2, box.Width(), []hint{{"Esc", "key.back"}})
}

// helpRest is the rows of the help that are not keys: its title, what the marks
// are, where figures come from, and the way out, with blanks between.
const helpRest = 8

// marks are the states that the last column tells, the worst first.
func (m *Model) marks() widget.Line {
	var all []widget.Line
	for _, s := range store.States {
		all = append(all, widget.StateWord(s, m.words.Lang))
	}
	return widget.Join(2, all...)
}
