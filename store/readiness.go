package store

import (
	"slices"
	"sync"
	"time"
)

// ReadyState is how a unit stands with a requirement.
type ReadyState string

// The states of a requirement. What nobody knows is never taken for met, nor for
// lacking.
const (
	Met     ReadyState = "met"     // 达标
	Lacking ReadyState = "lacking" // 未达标
	Unknown ReadyState = "unknown" // 未知：没有材料
	Exempt  ReadyState = "exempt"  // 不适用
)

// ReadyStates lists the states, the best first.
var ReadyStates = []ReadyState{Met, Lacking, Unknown, Exempt}

// Readiness is how one unit stands with one requirement, and by what.
type Readiness struct {
	Requirement Requirement
	Unit        string
	State       ReadyState
	Why         string    // code of the reason, see the words why.*
	Args        []any     // what the reason names: days, numbers, dates; never a person
	Cell        Cell      // that it rests on; zero: on what is not there
	From        time.Time // when that arrived
	Key         Key       // of a figure that it rests on
}

// ReadyBoard is a unit's readiness by strengthening.
type ReadyBoard struct {
	Unit    Unit
	Items   []Readiness
	By      [Strengthenings + 1]ReadyCount // by strengthening; 0: of all
	Ledgers ReadyCount                     // those of Items that ask for a ledger
	Self    [Strengthenings + 1]Num        // what the unit says of itself
	Oldest  time.Time                      // arrival of the oldest thing that any of it rests on
}

// ReadyCount counts requirements by their state.
type ReadyCount struct{ Met, Lacking, Unknown, Exempt int }

// Asked returns how many apply.
func (c ReadyCount) Asked() int { return c.Met + c.Lacking + c.Unknown }

// Whole reports whether something applies, and all of it is met.
func (c ReadyCount) Whole() bool { return c.Asked() > 0 && c.Met == c.Asked() }

// Rate returns the percentage met of all that apply: what is unknown is not met.
func (c ReadyCount) Rate() Num {
	if c.Asked() == 0 {
		return Num{}
	}
	return Some(float64(c.Met) / float64(c.Asked()) * 100)
}

func (c *ReadyCount) add(state ReadyState) {
	switch state {
	case Met:
		c.Met++
	case Lacking:
		c.Lacking++
	case Unknown:
		c.Unknown++
	default:
		c.Exempt++
	}
}

// plus adds two counts.
func (c ReadyCount) plus(o ReadyCount) ReadyCount {
	return ReadyCount{c.Met + o.Met, c.Lacking + o.Lacking, c.Unknown + o.Unknown, c.Exempt + o.Exempt}
}

// readied is every unit's board, made when somebody first asks.
type readied struct {
	once   sync.Once
	boards []ReadyBoard
}

// Readiness returns the boards of the units within the scope of whom anything is
// asked, in the board's order.
func (s *Snapshot) Readiness(scope string) []ReadyBoard {
	s.readied.once.Do(func() {
		for _, u := range s.Units.All() {
			if b := s.boardOf(u); b.By[0].Asked() > 0 {
				s.readied.boards = append(s.readied.boards, b)
			}
		}
	})
	if scope == "" || scope == DistrictCode {
		return s.readied.boards
	}
	within := s.Units.Below(scope)
	var out []ReadyBoard
	for _, b := range s.readied.boards {
		if slices.Contains(within, b.Unit.Code) {
			out = append(out, b)
		}
	}
	return out
}

// boardOf judges every requirement that is asked of the unit's kind.
func (s *Snapshot) boardOf(u Unit) ReadyBoard {
	b := ReadyBoard{Unit: u}
	for _, r := range s.Settings.Requirements {
		if !slices.Contains(r.Kinds, u.Kind) {
			continue
		}
		item := s.judge(r, u.Code)
		b.Items = append(b.Items, item)
		b.By[0].add(item.State)
		b.By[r.Strengthening].add(item.State)
		if r.By == ByLedger {
			b.Ledgers.add(item.State)
		}
		if !item.From.IsZero() && (b.Oldest.IsZero() || item.From.Before(b.Oldest)) {
			b.Oldest = item.From
		}
	}
	for n := 1; n <= Strengthenings; n++ {
		if f, ok := s.Figure(u.Code, SelfCheck(n), s.Period); ok && !f.NotApplicable {
			b.Self[n] = Some(f.Value)
		}
	}
	return b
}

// SelfCheck returns the code of the indicator in which units state how many
// requirements of a strengthening they meet themselves.
func SelfCheck(strengthening int) string { return "self_" + string(rune('0'+strengthening)) }

// ReadyTotal sums boards up: all requirements, the ledgers, and the units that
// meet all, lack something, or have sent nothing at all.
type ReadyTotal struct {
	By                     [Strengthenings + 1]ReadyCount
	Ledgers                ReadyCount
	Whole, Lacking, Silent int // units
	Unsure                 int // units that lack nothing that is known, but something is unknown
	Oldest                 time.Time
}

// ReadyTotalOf sums the boards up.
func ReadyTotalOf(boards []ReadyBoard) ReadyTotal {
	t := ReadyTotal{}
	for _, b := range boards {
		for n := range b.By {
			t.By[n] = t.By[n].plus(b.By[n])
		}
		t.Ledgers = t.Ledgers.plus(b.Ledgers)
		switch all := b.By[0]; {
		case all.Whole():
			t.Whole++
		case b.Silent():
			t.Silent++
		case all.Lacking > 0:
			t.Lacking++
		default:
			t.Unsure++
		}
		if !b.Oldest.IsZero() && (t.Oldest.IsZero() || b.Oldest.Before(t.Oldest)) {
			t.Oldest = b.Oldest
		}
	}
	return t
}

// Silent reports whether nothing came from the unit by which anything could be judged.
func (b ReadyBoard) Silent() bool { return b.By[0].Met+b.By[0].Lacking == 0 }

// WeakestFirst orders boards: the silent ones, then those with the lowest share met.
func WeakestFirst(boards []ReadyBoard) []ReadyBoard {
	out := slices.Clone(boards)
	slices.SortStableFunc(out, func(a, b ReadyBoard) int {
		switch ra, rb := a.By[0].Rate().V, b.By[0].Rate().V; {
		case a.Silent() != b.Silent():
			if a.Silent() {
				return -1
			}
			return 1
		case ra != rb:
			if ra < rb {
				return -1
			}
			return 1
		default:
			return 0
		}
	})
	return out
}

// Countdown returns the days until the inspection, and false where none is
// announced. It is negative afterwards.
func (s *Snapshot) Countdown() (days int, ok bool) {
	on := s.Settings.Inspection.On
	if on.IsZero() {
		return 0, false
	}
	return on.Sub(s.Today), true
}
