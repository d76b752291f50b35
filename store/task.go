package store

import "time"

// TaskStatus is what the ledger says of a task.
type TaskStatus string

// The statuses of a task ledger.
const (
	TaskOpen    TaskStatus = "open"    // 在办
	TaskDone    TaskStatus = "done"    // 办结、销号
	TaskPaused  TaskStatus = "paused"  // 中止、暂缓
	TaskBlocked TaskStatus = "blocked" // 受阻、停滞
)

// TaskState is where a task stands today.
type TaskState string

// The states of a task.
const (
	StateDone    TaskState = "done"
	StateOverdue TaskState = "overdue"
	StateDueSoon TaskState = "due_soon" // within three days
	StateOpen    TaskState = "open"
	StateUndated TaskState = "undated"
)

// DueSoonDays is how many days before its due date a task is due soon.
const DueSoonDays = 3

// Strengthenings is how many clauses of a plan of work tasks belong to.
const Strengthenings = 9

// Task is one row of a task ledger, with its screened title and no person.
type Task struct {
	ID            string // stable while unit and title stay
	Title         string
	Unit          string // code of the responsible unit; DistrictCode for all of them
	CoUnits       []string
	SourceDoc     string
	Level         string
	Strengthening int      // 1 to Strengthenings, 0: none
	SetOn         Date     `json:",omitzero"`  // when it was given, where the ledger says so
	WaitsFor      []string `json:",omitempty"` // IDs of the tasks that must be done before it
	Due           Date
	// Recurs is how it comes back: weekly:5 (Friday), monthly:25, monthly:workday:5,
	// monthly:last_workday, quarterly, quarterly:3-25 (of its third month), half-yearly, yearly:06-30; empty: once.
	Recurs    string
	Status    TaskStatus
	DoneOn    Date
	Percent   int // progress as the ledger gives it, -1: not given
	Cell      Cell
	KnownFrom time.Time
	KnownTo   time.Time
	Changes   int  // how often the due date was moved
	Since     Date `json:",omitzero"` // the day from which the mirror knows the task with this recurrence
}

// State returns where the task stands today, and the days: past its due date
// where overdue, until it otherwise. Today is a day of the district's zone, so
// that every task turns over at its midnight. What recurs is overdue from the first
// occurrence that was missed, and done until the next one is to be done.
func (t Task) State(today Date, c Calendar) (TaskState, int) {
	due := t.DueOn(today, c)
	missed, _ := t.Missed(today, c)
	switch {
	case !missed.IsZero():
		return StateOverdue, today.Sub(missed)
	case t.finished(), t.doneAhead(due):
		return StateDone, 0
	case due.IsZero():
		return StateUndated, 0
	case due.Before(today):
		return StateOverdue, today.Sub(due)
	case due.Sub(today) <= DueSoonDays:
		return StateDueSoon, due.Sub(today)
	default:
		return StateOpen, due.Sub(today)
	}
}

// finished reports whether the task is done for good: what recurs is so only
// where the ledger says that it is done and not when.
func (t Task) finished() bool {
	return t.Status == TaskDone && (t.Recurs == "" || t.DoneOn.IsZero())
}

// Workdays returns the working days that the task is past its due date, or has
// until then; it has none where it is done or undated, or where the calendar does
// not know the year.
func (t Task) Workdays(today Date, c Calendar) (days int, ok bool) {
	switch state, n := t.State(today, c); state {
	case StateDone, StateUndated:
		return 0, false
	case StateOverdue:
		return c.WorkdaysBetween(today.Add(-n), today)
	default:
		return c.WorkdaysBetween(today, today.Add(n))
	}
}

// LateDays returns how many days after its due date the task was done, or that
// occurrence of it; 0 where it was in time. It is not ok where nobody can tell: 办结
// without a day is neither late nor in time.
func (t Task) LateDays(c Calendar) (days int, ok bool) {
	if t.Status != TaskDone || t.DoneOn.IsZero() {
		return 0, false
	}
	due := t.Due
	if kind, ok := t.rhythm(); ok {
		due = t.dueIn(PeriodAt(kind, t.DoneOn), c)
	}
	if due.IsZero() {
		return 0, false
	}
	return max(0, t.DoneOn.Sub(due)), true
}

// lateUntold reports whether a task that is done may have been done late.
func (t Task) lateUntold(c Calendar) bool {
	_, ok := t.LateDays(c)
	return t.Status == TaskDone && !ok && (t.Recurs != "" || !t.Due.IsZero())
}

// Stuck reports whether the ledger says that nothing moves: 中止 or 受阻. The due
// date stands all the same.
func (t Task) Stuck() bool { return t.Status == TaskPaused || t.Status == TaskBlocked }

// Awaited returns a look-up of the tasks that one still waits for. A task that
// its ledger lists no more holds nobody up.
func Awaited(all []Task) func(Task) []Task {
	open := map[string]Task{}
	for _, t := range all {
		if t.Status != TaskDone {
			open[t.ID] = t
		}
	}
	return func(t Task) []Task {
		var out []Task
		if t.finished() {
			return out
		}
		for _, id := range t.WaitsFor {
			if other, ok := open[id]; ok {
				out = append(out, other)
			}
		}
		return out
	}
}

// Case is one row of the case ledger: dates, codes and counts, no person, no
// place finer than a street. Number is a keyed hash of the case number.
type Case struct {
	ID        string // keyed hash of the case number, or of unit and position where there is none
	Unit      string
	Type      string // dictionary word, such as 贩卖毒品
	Class     string // criminal or admin
	Occurred  Date
	Accepted  Date
	Solved    Date
	Closed    Date
	Street    string
	Suspects  int // -1: not given
	Detained  int // -1: not given
	Drug      string
	SeizedG   float64 // -1: not given
	Campaign  string
	Status    string
	Cell      Cell
	KnownFrom time.Time
	KnownTo   time.Time
}
