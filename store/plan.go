package store

import (
	"slices"
	"strings"
)

// Plan is how a unit stands with the work plan that a campaign asks of it. It is a
// task of the task ledger: that alone says to whom a plan was set, by when, and on
// which day it was handed in.
type Plan struct {
	Unit   string
	Task   *Task // nil: no ledger asks the unit for one
	State  TaskState
	Days   int  // see Task.State
	Late   int  // days after its date on which it was handed in
	Untold bool // it is in, and nobody can tell whether in time
}

// planEarly is how many days before a campaign plans for it may be due.
const planEarly = 120

// Plans returns how the plans of a campaign stand: what is overdue first, then what
// is due, then those handed in late and in time, then the units of which no ledger
// asks a plan although they take part by name or kind.
func (s *Snapshot) Plans(c Campaign) []Plan {
	if c.Plan == "" {
		return nil
	}
	var out []Plan
	asked := map[string]bool{}
	for i := range s.Tasks {
		t := &s.Tasks[i]
		if !c.asksPlan(*t) {
			continue
		}
		asked[t.Unit] = true
		p := Plan{Unit: t.Unit, Task: t}
		p.Late, _ = t.LateDays(s.Settings.Calendar)
		p.Untold = t.lateUntold(s.Settings.Calendar)
		p.State, p.Days = t.State(s.Today, s.Settings.Calendar)
		out = append(out, p)
	}
	if len(c.Units)+len(c.Kinds) > 0 && !asked[DistrictCode] {
		for _, u := range s.Units.All() {
			if !asked[u.Code] && (slices.Contains(c.Units, u.Code) || slices.Contains(c.Kinds, u.Kind)) {
				out = append(out, Plan{Unit: u.Code})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Plan) int {
		if a.rank() != b.rank() {
			return a.rank() - b.rank()
		}
		if a.rank() == 0 {
			return b.Days - a.Days
		}
		return s.Units.Rank(a.Unit) - s.Units.Rank(b.Unit)
	})
	return out
}

// asksPlan reports whether a task asks for the campaign's plan and not for that of
// another year.
func (c Campaign) asksPlan(t Task) bool {
	if !strings.Contains(t.Title, c.Plan) && !strings.Contains(t.SourceDoc, c.Plan) {
		return false
	}
	for _, on := range []Date{t.Due, t.DoneOn, t.SetOn} {
		if !on.IsZero() {
			return !on.Before(c.From.Add(-planEarly)) && !on.After(c.To)
		}
	}
	return true
}

func (p Plan) rank() int {
	switch {
	case p.Task == nil:
		return 5
	case p.State == StateOverdue:
		return 0
	case p.State != StateDone:
		return 1
	case p.Late > 0:
		return 2
	default:
		return 3
	}
}

// PlanCounts counts plans: handed in (of these so many late, and so many of which
// nobody can tell), overdue, still to come, and units that no ledger asks.
type PlanCounts struct{ In, Late, Untold, Overdue, Open, Unasked int }

// CountPlans counts them.
func CountPlans(all []Plan) PlanCounts {
	n := PlanCounts{}
	for _, p := range all {
		switch {
		case p.Task == nil:
			n.Unasked++
		case p.State == StateDone:
			n.In++
			switch {
			case p.Untold:
				n.Untold++
			case p.Late > 0:
				n.Late++
			}
		case p.State == StateOverdue:
			n.Overdue++
		default:
			n.Open++
		}
	}
	return n
}
