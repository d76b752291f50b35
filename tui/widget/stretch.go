package widget

import "jindu/tui/style"

// Stretch is a value of which only the ends are known, on one line: what is
// certain, what is possible, and the target as a tick.
type Stretch struct {
	Low, High float64
	Whole     float64    // the value of a full bar
	Target    float64    // 0: no tick
	Look      style.Look // of what is certain
}

// Draw draws the stretch over the whole first row of the region. What is only
// possible is a rule in ink, so that it differs without colour too.
func (s Stretch) Draw(c Canvas) {
	g := c.Glyphs()
	low, high := cellsOf(s.Low, s.Whole, c.w), cellsOf(s.High, s.Whole, c.w)
	c.Run(0, 0, low, s.Look, g.Heavy)
	c.Run(low, 0, high-low, style.Ink, g.Rule)
	c.Run(high, 0, c.w-high, style.Rule, g.Rule)
	if s.Target > 0 {
		c.Run(min(cellsOf(s.Target, s.Whole, c.w), c.w-1), 0, 1, style.Ink, g.Tick)
	}
}
