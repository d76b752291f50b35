package widget

import (
	"math"

	"jindu/tui/style"
)

// Chart is the course of one figure over several rows: a column a period, as
// high as the region. Its scale need not start at zero; who draws it prints
// both ends beside it.
type Chart struct {
	Values    []float64 // oldest first; see Missing. What does not fit is left out at the front
	Low, High float64   // the scale; both 0: from zero to the highest value
	Now       style.Look
}

// Draw draws the chart over the whole region, its last value at the right edge.
func (ch Chart) Draw(c Canvas) {
	values := ch.Values[max(0, len(ch.Values)-c.w):]
	low, high := scale(values, ch.Low, ch.High)
	steps := c.Glyphs().Chart
	per := len(steps) - 1 // steps that one row holds
	for i, v := range values {
		look, x := style.Edge, c.w-len(values)+i
		if i == len(values)-1 {
			look = ch.Now
		}
		if math.IsNaN(v) {
			c.Run(x, c.h-1, 1, look, c.Glyphs().Gap)
			continue
		}
		height := level(v, low, high, per*c.h+1)
		if v >= low {
			height = max(height, 1) // a value that is there leaves a foot
		}
		for row := c.h - 1; row >= 0 && height > 0; row-- {
			c.Run(x, row, 1, look, steps[min(height, per)])
			height -= per
		}
	}
}
