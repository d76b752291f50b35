package widget

import (
	"math"

	"jindu/tui/style"
)

// Bar is a value against a whole on one line, with the target as a tick.
type Bar struct {
	Value  float64    // see Missing
	Whole  float64    // the value of a full bar, 100 for a share
	Target float64    // 0: no tick
	Look   style.Look // of the done part: quiet when all is well, watch, bad
}

// Draw draws the bar over the whole first row of the region.
func (b Bar) Draw(c Canvas) {
	g := c.Glyphs()
	done := cellsOf(b.Value, b.Whole, c.w)
	c.Run(0, 0, done, b.Look, g.Heavy)
	c.Run(done, 0, c.w-done, style.Rule, g.Rule)
	if b.Target > 0 {
		c.Run(min(cellsOf(b.Target, b.Whole, c.w), c.w-1), 0, 1, style.Ink, g.Tick)
	}
}

// cellsOf returns how many of w cells the value fills, to the nearest.
func cellsOf(v, whole float64, w int) int {
	if math.IsNaN(v) || whole <= 0 || v <= 0 {
		return 0
	}
	return int(math.Round(min(v/whole, 1) * float64(w)))
}

// Place is a rank among several on one line: first left, last right.
type Place struct {
	Rank, Of int // from 1
	Look     style.Look
}

// Draw draws the place over the whole first row of the region, two cells wide.
func (p Place) Draw(c Canvas) {
	c.Run(0, 0, c.w, style.Rule, c.Glyphs().Rule)
	if p.Rank < 1 || p.Of < p.Rank {
		return
	}
	x := 0
	if p.Of > 1 {
		x = int(math.Round(float64(p.Rank-1) / float64(p.Of-1) * float64(max(0, c.w-2))))
	}
	c.Run(x, 0, 2, p.Look, c.Glyphs().Heavy)
}

// Hairline draws a rule of n cells in the look: style.Edge above a panel,
// style.Rule between groups.
func (c Canvas) Hairline(x, y, n int, look style.Look) int {
	return c.Run(x, y, n, look, c.Glyphs().Rule)
}

// HeavyLine draws a heavy rule of n cells: focus, and the page you are on.
func (c Canvas) HeavyLine(x, y, n int) int {
	return c.Run(x, y, n, style.Accent, c.Glyphs().Heavy)
}
