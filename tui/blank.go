package tui

import (
	"errors"
	"strings"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
)

// blank draws a screen that has no page to show: nothing read yet, nothing that
// can be read, or nothing there. Each says what it is and what to do.
func (m *Model) blank(c widget.Canvas) {
	switch m.phase {
	case loading:
		m.plate(c, style.Strong, m.words.Say("app.loading"), m.words.Say("blank.loading"))
	case failed:
		var e *store.Error
		hint := ""
		if errors.As(m.err, &e) {
			hint = e.Hint(m.words.Lang)
		}
		m.plate(c, style.BadBold, m.words.Say("app.failed", m.sentence(m.err)), hint, m.words.Say("blank.failed"))
	case ready:
		if n := len(m.board.Workbooks); n > 0 {
			m.plate(c, style.Strong, m.words.Count("blank.unusable", n), m.words.Say("blank.why"))
			return
		}
		lines := []string{m.words.Say("app.begin"), ""}
		for _, s := range m.board.Settings.Sources {
			lines = append(lines, s.Name+"   "+s.Remote)
		}
		if len(m.board.Settings.Sources) == 0 {
			lines = append(lines, m.words.Say("blank.nosource"))
		}
		m.plate(c, style.Strong, m.words.Say("app.empty"), lines...)
	}
}

// plate draws a title under a rule and sentences below it, each as long as the
// screen is wide. An empty line parts what follows.
func (m *Model) plate(c widget.Canvas, look style.Look, title string, lines ...string) {
	c = c.Sub(2, head, m.w-4, m.h-head-foot)
	c.Hairline(0, 0, c.Width(), style.Edge)
	y := 1
	for _, row := range wrapped(title, c.Width()) {
		c.Put(0, y, look, row)
		y++
	}
	y++
	for _, line := range lines {
		for _, row := range wrapped(line, c.Width()) {
			c.Put(0, y, style.Ink, row)
			y++
		}
	}
}

// tooSmall says on any screen how large it must be.
func (m *Model) tooSmall(c widget.Canvas) {
	for y, row := range wrapped(m.words.Say("app.small", m.w, m.h), max(m.w, 2)) {
		c.Put(0, y, style.Ink, row)
	}
}

// wrapped breaks a text into rows: between words where it has any, else between
// characters, as Chinese is broken.
func wrapped(text string, w int) []string {
	var out []string
	row := ""
	flush := func() { out, row = append(out, strings.TrimRight(row, " ")), "" }
	for i, word := range strings.SplitAfter(widget.Clean(text), " ") {
		if i > 0 && row != "" && widget.Width(row)+widget.Width(strings.TrimRight(word, " ")) > w && widget.Width(word) <= w {
			flush()
		}
		for _, r := range word {
			if widget.Width(row)+widget.Width(string(r)) > w {
				flush()
				if r == ' ' {
					continue // no row begins with one
				}
			}
			row += string(r)
		}
	}
	flush()
	return out
}
