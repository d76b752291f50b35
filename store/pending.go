package store

import (
	"math"
	"time"
)

// Wait says why a newer value is not the figure yet: an officer must accept it.
type Wait string

// The reasons, as JSON and the mirror write them; none where a value applies at
// once.
const (
	WaitClosed    Wait = "closed"    // the period had closed when the value came
	WaitLarge     Wait = "large"     // it is too far from the accepted value
	WaitWithdrawn Wait = "withdrawn" // the period had closed, and nobody states the figure any more
)

// Pending is a newer value of a figure that waits for an officer. It is part of
// no total, course or comparison: the accepted value stands until it is accepted.
type Pending struct {
	Key
	Value         float64 // in the catalogue's measure; meaningless where NotApplicable
	NotApplicable bool    // also of a figure that was withdrawn
	Suspect       bool
	Why           Wait
	Cell          Cell      // where the value stands; of one withdrawn, where it stood last
	KnownFrom     time.Time // when the mirror learned it
	KnownTo       time.Time // when it was decided on, replaced or taken back; zero: it waits
	Received      time.Time // when the workbook that states it arrived
}

// Number returns the value as a number that may be unknown.
func (p Pending) Number() Num { return numberOf(p.Value, p.NotApplicable) }

// Number returns the value as a number that may be unknown.
func (f Figure) Number() Num { return numberOf(f.Value, f.NotApplicable) }

// Number returns the value as a number that may be unknown.
func (s Statement) Number() Num { return numberOf(s.Value, s.NotApplicable) }

// numberOf makes every value that does not apply the same one.
func numberOf(v float64, na bool) Num {
	if na {
		return Num{}
	}
	return Some(v)
}

// How far a value may move from the accepted one before an officer is asked:
// counts by more than a fifth, and then only where chance does not explain it;
// measured quantities by more than half.
const (
	largeCount    = 5 // the change, so many times, is over the value
	largeMeasured = 2
	beyondChance  = 3 // |z|
)

// Large reports whether a change is too large to apply without being looked at.
// What begins or ceases to apply has no value to be compared with. Ratios and
// checks follow from counts or are small by themselves, so no change of theirs is
// large.
func (i Indicator) Large(then, now Num) bool {
	if !then.OK || !now.OK || i.Kind != Stock && i.Kind != Flow {
		return false
	}
	change := math.Abs(now.V - then.V)
	if !i.Counted() {
		return largeMeasured*change > math.Abs(then.V)
	}
	return largeCount*change > math.Abs(then.V) &&
		math.Abs(PoissonZ(max(0, now.V), max(0, then.V))) > beyondChance
}

// Closed reports whether the period takes no more corrections on that day but
// such as an officer accepts. Without closing days no period ever closes.
func (s Settings) Closed(p Period, day Date) bool {
	return s.CloseDays > 0 && day.After(s.Closes(p))
}

// Weigh says why a newer value of an indicator that came on that day must wait;
// nothing where it applies at once.
func (s Settings) Weigh(i Indicator, p Period, then, now Num, day Date) Wait {
	switch {
	case then == now:
		return ""
	case s.Closed(p, day):
		return WaitClosed
	case i.Large(then, now):
		return WaitLarge
	default:
		return ""
	}
}
