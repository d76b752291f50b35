package page

import (
	"jindu/store"
	"jindu/tui/style"
)

// Fact is a line in the words and looks of the pages, for those who draw it
// otherwise than a panel does.
type Fact struct {
	store.Line
	Name    string // of the indicator
	Head    string // the same, short
	Number  string // the figure of now, or what stands in its place
	Measure string // as it follows the number; empty where there is none
	Look    style.Look
	Short   style.Look // how far the value is from its target; Quiet where it is reached or there is none
	Doubted bool       // the value itself is in doubt, and not only some unit's part of it
}

// ToDate writes the year to date: 182, or 182+ where months of units are not in it.
func ToDate(l store.Line) string {
	return atLeast(style.Ink, l.ToDate, l.ToDateLacks, l.Indicator).Plain()
}

// Fact returns what the pages say of an indicator for a scope.
func (f *Frame) Fact(scope, code string) Fact {
	l := f.Line(scope, code)
	out := Fact{Line: l, Name: f.name(l.Indicator), Head: l.Indicator.Head(f.lang()), Short: targetLook(l)}
	out.Look, out.Number = f.value(l)
	if l.Value.OK || l.Masked() {
		out.Measure = f.measure(l.Indicator)
	}
	out.Doubted = doubt(l) != style.Strong
	return out
}
