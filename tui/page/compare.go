package page

import (
	"math"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
)

// Beside is what a person has chosen to stand beside the figures of now. The zero
// Beside is the period before.
type Beside struct {
	Kind   BesideKind
	Period store.Period // of BesidePeriod
}

// BesideKind is a way to compare.
type BesideKind uint8

// The ways to compare.
const (
	BesideBefore  BesideKind = iota // the period before
	BesideYearAgo                   // the same period of last year
	BesideToDate                    // the year to date with that of last year
	BesidePeriod                    // another period
)

// chosen reports whether a person has asked for a comparison: then it is told in
// full.
func (s Beside) chosen() bool { return s != Beside{} }

// against compares a line with what was chosen.
func (f *Frame) against(l store.Line) store.Delta {
	switch f.Beside.Kind {
	case BesideYearAgo:
		return l.YearAgo
	case BesideToDate:
		return l.SinceNewYear
	case BesidePeriod:
		return f.Compare(l, f.Beside.Period)
	default:
		return l.Before
	}
}

// Compared returns what the line is compared with, and how it differs from that.
func (f *Frame) Compared(l store.Line) (with string, d store.Delta) {
	return f.againstHead(), f.against(l)
}

// also is the second comparison of a table: the year before, or where that is the
// first one, the period before.
func (f *Frame) also(l store.Line) store.Delta {
	if f.once() {
		return store.Delta{}
	}
	if f.Beside.Kind == BesideYearAgo {
		return l.Before
	}
	return l.YearAgo
}

// once reports whether the period before is last year's, as that of a year or of its
// first months is: then one column says both.
func (f *Frame) once() bool {
	same := f.Period.Add(-1) == f.Period.YearAgo()
	return same && (f.Beside.Kind == BesideBefore || f.Beside.Kind == BesideYearAgo)
}

// present is the head over the figures of the board's period.
func (f *Frame) present() string { return f.Words.Present(f.Period) }

// againstHead names what was chosen, over its column: 较上月, 较同期, 较2026-03.
func (f *Frame) againstHead() string {
	switch f.Beside.Kind {
	case BesideYearAgo:
		return f.Words.YearAgo(f.Period)
	case BesideToDate:
		return f.say("head.besidetodate")
	case BesidePeriod:
		return f.say("head.besideperiod", f.Beside.Period.String())
	default:
		return f.Words.Before(f.Period)
	}
}

// againstWidth widens the column to the head of what was chosen: a period is never
// cut.
func (f *Frame) againstWidth(least int) int {
	if f.Beside.Kind != BesidePeriod {
		return least
	}
	return max(least, widget.Width(f.againstHead())-2)
}

func (f *Frame) alsoHead() string {
	if f.Beside.Kind == BesideYearAgo {
		return f.Words.Before(f.Period)
	}
	return f.Words.YearAgo(f.Period)
}

// alsoBeside is what the second comparison is one with.
func (f *Frame) alsoBeside() Beside {
	if f.Beside.Kind == BesideYearAgo {
		return Beside{}
	}
	return Beside{Kind: BesideYearAgo}
}

// thenHead stands over what was then: 上月, 同期, 去年累计, 2026-03.
func (f *Frame) thenHead(s Beside) string {
	switch s.Kind {
	case BesideYearAgo:
		return f.say("head.lastsame")
	case BesideToDate:
		return f.say("head.lasttodate")
	case BesidePeriod:
		return s.Period.String()
	default:
		if f.Period.Kind != store.Month {
			return f.say("head.previouslonger")
		}
		return f.say("head.previous")
	}
}

// besideColumns are what a comparison that was asked for tells besides the
// difference: what was then, in percent where both sides are large enough, how
// far beyond chance, and over how many units.
func (b *build) besideColumns() []widget.Column {
	if !b.Beside.chosen() || b.w < wide {
		return nil
	}
	return []widget.Column{
		{Key: "then", Head: b.say("head.then"), Width: 5, Hang: 2, Gap: 1, Align: widget.Decimal, Drop: 5},
		{Key: "percent", Head: "%", Width: 4, Hang: 2, Gap: 1, Align: widget.Decimal, Drop: 4},
		{Key: "z", Head: "z", Width: 3, Hang: 2, Gap: 1, Align: widget.Decimal, Drop: 3},
		{Key: "pairs", Head: b.say("head.pairs"), Width: 5, Gap: 1, Align: widget.Right, Drop: 4},
	}
}

// besideCells fill those columns.
func (b *build) besideCells(l store.Line) []widget.Cell {
	if !b.Beside.chosen() || b.w < wide {
		return nil
	}
	d := b.against(l)
	return []widget.Cell{plainCell(style.Quiet, d.Then, l.Indicator), percentCell(d), zCell(d), pairsCell(d)}
}

// percentCell is a change in percent; nothing where one would mislead.
func percentCell(d store.Delta) widget.Cell {
	p := d.Percent()
	if !p.OK {
		return widget.Cell{}
	}
	return widget.Cell{Line: widget.Text(style.Quiet, widget.Delta(p.V, 1)), By: widget.ByNumber(p)}
}

// zCell is how many deviations a change of counts lies from none.
func zCell(d store.Delta) widget.Cell {
	if !d.Diff.OK || d.Z == 0 {
		return widget.Cell{}
	}
	look := style.Quiet
	if math.Abs(d.Z) > 3 {
		look = style.Strong
	}
	return widget.Cell{Line: widget.Text(look, widget.Delta(d.Z, 1)), By: widget.ByNumber(store.Some(d.Z))}
}

// pairsCell is over how many of the units the change goes.
func pairsCell(d store.Delta) widget.Cell {
	if d.Of == 0 {
		return widget.Cell{}
	}
	return widget.Cell{Line: widget.Share(d.Units, d.Of)}
}
