package wall

import (
	"strconv"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
	"jindu/tui/words"
)

// InspectionTile stands among the codes of a page's tiles for the days that are left
// until the inspection. It leaves when the day is over, or where none is announced.
const InspectionTile = "inspection"

// left returns the days until the inspection, and false where there is nothing to
// count down to.
func (m *Model) left() (days int, ok bool) {
	n, ok := m.board.Countdown()
	return n, ok && n >= 0
}

// countdownLook is the colour of the count: near enough to be watched, or ink.
func (m *Model) countdownLook(days int) style.Look {
	if days <= store.DueSoonDays {
		return style.Watch
	}
	return m.ink()
}

// until says what is counted down to, as long as there is room for it.
func (m *Model) until(room int) string {
	name := m.say("ready.until", widget.Clean(m.board.Settings.Inspection.Label(m.words.Lang)))
	if wide := spaced(name); widget.Width(wide) <= room {
		return wide
	}
	return name
}

// countdown draws the tile: the days, the day itself, and that it is the
// configuration that says so, as no cell does.
func (m *Model) countdown(c widget.Canvas) {
	days, _ := m.left()
	c.Hairline(0, 0, c.Width(), style.Edge)
	c.PutCut(0, 1, c.Width(), m.label(), m.until(c.Width()))
	pixels := m.geo.pixels
	end := c.Huge(0, 3, pixels, m.countdownLook(days), strconv.Itoa(days))
	c.PutCut(end+2, 3+pixels.Rows()-1, c.Width()-end-2, m.ink(), m.say("measure.days"))
	c.Line(0, c.Height()-1, m.inspectionDay())
}

// inspectionDay is the day of the inspection and where it is said.
func (m *Model) inspectionDay() widget.Line {
	return widget.Text(m.ink(), words.Day(m.board.Settings.Inspection.On, m.board.Today)).
		Text(style.Quiet, "  "+m.say("wall.configured"))
}

// countdownLine is the tile as a line of text.
func (m *Model) countdownLine(c widget.Canvas, y int) {
	g := m.geo
	days, _ := m.left()
	x := c.LineRight(g.w-g.margin, y, m.inspectionDay())
	count := widget.Text(m.countdownLook(days)|style.Bold, strconv.Itoa(days)).Text(m.ink(), " "+m.say("measure.days"))
	at := c.LineRight(x-2, y, count)
	c.PutCut(g.margin, y, at-g.margin-2, m.label(), m.until(0))
}
