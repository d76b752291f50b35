package wall

import (
	"strings"

	"jindu/store"
	"jindu/tui/page"
	"jindu/tui/style"
	"jindu/tui/widget"
)

// Picture is the screen as text in which the pixels of huge digits can be seen.
func (m *Model) Picture() string {
	c := m.canvas()
	var out strings.Builder
	for y := range c.Height() {
		row := ""
		for x := range c.Width() {
			r, look := c.At(x, y)
			switch {
			case look.Fill() == style.Solid:
				row += "#"
			case r == 0:
			default:
				row += string(r)
			}
		}
		out.WriteString(strings.TrimRight(row, " ") + "\n")
	}
	return out.String()
}

// Looks are the looks of all cells of the screen.
func (m *Model) Looks() []style.Look {
	c := m.canvas()
	var out []style.Look
	for y := range c.Height() {
		for x := range c.Width() {
			_, look := c.At(x, y)
			out = append(out, look)
		}
	}
	return out
}

func (m *Model) canvas() widget.Canvas {
	c := widget.New(m.w, m.h, m.theme)
	dx, dy := m.shift()
	m.draw(c.Sub(dx, dy, m.w, m.h), c)
	return c
}

// Shown returns the page that is shown and which sheet of it.
func (m *Model) Shown() (string, int) { return m.rotor.shown().page, m.rotor.shown().n }

// Causes are what is wrong now.
func (m *Model) Causes() []Cause {
	var out []Cause
	for _, a := range m.alarm {
		out = append(out, a.cause)
	}
	return out
}

// Freshness is the look of the age of the data.
func (m *Model) Freshness() style.Look { return m.freshness() }

// Still returns a wall that shows a page of a snapshot and does not move.
func Still(s *store.Snapshot, o Options, name string, n, w, h int) *Model {
	if !o.Open {
		s = s.Masked()
	}
	m := New(o)
	m.w, m.h = w, h
	m.board = page.NewBoard(s)
	m.rotor.base = sheet{name, n}
	m.lay()
	return m
}
