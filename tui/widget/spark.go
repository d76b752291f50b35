package widget

import (
	"math"

	"jindu/tui/style"
)

// Part is something other than text that a table cell or a panel holds: it
// fills the region that it is given.
type Part interface {
	Draw(c Canvas)
}

// Missing returns the value of a period that nobody reported. It shows as a
// gap, never as zero.
func Missing() float64 { return math.NaN() }

// Spark is the course of one figure on one line: a cell a period, the past in
// edge, the last one brighter.
type Spark struct {
	Values    []float64  // oldest first; see Missing. What does not fit is left out at the front
	Low, High float64    // the scale; both 0: from zero to the highest value
	Now       style.Look // of the last value; Ink is as quiet as a row's spark should be
	Hero      bool       // stands alone between blank rows and may be a level higher
}

// Draw draws the spark on the region's first row, its last value at the
// region's right edge.
func (s Spark) Draw(c Canvas) {
	levels, now := c.Glyphs().Spark, s.Now
	if s.Hero {
		levels = c.Glyphs().Hero
	} else if now == style.Ink {
		now = style.Quiet
	}
	values := s.Values[max(0, len(s.Values)-c.w):]
	low, high := scale(values, s.Low, s.High)
	for i, v := range values {
		glyph, look := c.Glyphs().Gap, style.Edge
		if !math.IsNaN(v) {
			glyph = levels[level(v, low, high, len(levels))]
		}
		if i == len(values)-1 {
			look = now
		}
		c.Run(c.w-len(values)+i, 0, 1, look, glyph)
	}
}

// scale returns the ends of the scale: the given ones, or from zero to the
// highest value.
func scale(values []float64, low, high float64) (from, to float64) {
	if high > low {
		return low, high
	}
	from, to = 0, 0
	for _, v := range values {
		if v > to {
			to = v
		}
	}
	return from, to
}

// Ends returns the lowest and the highest of the values that are there, for the
// scale of a stock, whose ends are then printed.
func Ends(values []float64) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if !math.IsNaN(v) {
			low, high = min(low, v), max(high, v)
		}
	}
	if low > high {
		return 0, 0
	}
	return low, high
}

// level returns the step of n for a value. On a scale from zero the lowest step
// is zero's own: anything more stands at least one step above it.
func level(v, low, high float64, n int) int {
	if high <= low || v <= low {
		return 0
	}
	step := int(math.Round((v - low) / (high - low) * float64(n-1)))
	if low == 0 {
		step = max(step, 1)
	}
	return min(step, n-1)
}
