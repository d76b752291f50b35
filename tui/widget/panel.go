package widget

import "jindu/tui/style"

// PanelHead is how many rows a panel's rule and title take.
const PanelHead = 2

// Panel is the head of a part of a page: a rule on top, the title left, facts
// right. It has no box, no bottom rule and no padding.
type Panel struct {
	Title   string
	Note    Line   // behind the title, and never left out: that the panel does not show all of its rows
	Facts   []Line // in this order: what it covers, n/m, oldest; three cells apart
	Focused bool   // the rule is heavy and, like the title, in accent
}

// Draw draws the head over the width of the region and returns the rest of it.
// Where it is narrow, facts leave from the front, so that n/m and the oldest
// age stay longest; then the title is cut.
func (p Panel) Draw(c Canvas) Canvas {
	look := style.Strong
	if p.Focused {
		look = style.AccentBold
		c.HeavyLine(0, 0, c.w)
	} else {
		c.Hairline(0, 0, c.w, style.Edge)
	}
	facts := p.Facts
	line := Join(3, facts...)
	for len(facts) > 2 && !p.fits(c.w, line) {
		facts = facts[1:]
		line = Join(3, facts...)
	}
	if !p.fits(c.w, line) {
		line = Join(2, facts...)
	}
	room := c.w
	if w := line.Width(); w > 0 {
		room = max(0, c.w-w-2)
		c.LineRight(c.w, 1, line)
	}
	if note := p.Note.Width(); note > 0 {
		end := c.PutCut(0, 1, max(0, room-note-2), look, p.Title)
		c.LineCut(end+2, 1, max(0, room-end-2), p.Note)
		return c.Below(PanelHead)
	}
	c.PutCut(0, 1, room, look, p.Title)
	return c.Below(PanelHead)
}

// fits reports whether the facts fit beside the title and its note.
func (p Panel) fits(w int, facts Line) bool {
	left := Width(Clean(p.Title)) + 3
	if p.Note != nil {
		left += p.Note.Width() + 2
	}
	return left+facts.Width() <= w || facts.Width() == 0
}
