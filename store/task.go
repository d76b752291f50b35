package store

import "time"

// TaskStatus is what the ledger says of a task.
type TaskStatus string

// The statuses of a task ledger.
const (
	TaskOpen   TaskStatus = "open"   // 在办
	TaskDone   TaskStatus = "done"   // 办结、销号
	TaskPaused TaskStatus = "paused" // 中止、暂缓
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

// Task is one row of a task ledger, with its screened title and no person.
type Task struct {
	ID            string // stable while unit and title stay
	Title         string
	Unit          string // code of the responsible unit; DistrictCode for all of them
	CoUnits       []string
	SourceDoc     string
	Level         string
	Strengthening int // 1..9, 0: none
	Due           Date
	Recurs        string // monthly:25, quarterly, half-yearly; empty: once
	Status        TaskStatus
	DoneOn        Date
	Percent       int // progress as the ledger gives it, -1: not given
	Cell          Cell
	KnownFrom     time.Time
	KnownTo       time.Time
	Changes       int // how often the due date was moved
}

// DueOn returns the due date as of today: the next one for what recurs.
func (t Task) DueOn(today Date) Date {
	day := 0
	if len(t.Recurs) > 8 && t.Recurs[:8] == "monthly:" {
		for _, c := range t.Recurs[8:] {
			day = day*10 + int(c-'0')
		}
	}
	switch {
	case t.Recurs == "quarterly":
		return PeriodAt(Quarter, today).End()
	case t.Recurs == "half-yearly":
		return PeriodAt(Half, today).End()
	case day == 0:
		return t.Due
	}
	for m := 0; ; m++ {
		last := NewDate(today.Year, today.Month+time.Month(m)+1, 0)
		due := Date{last.Year, last.Month, min(day, last.Day)}
		if !due.Before(today) {
			return due
		}
	}
}

// State returns where the task stands today, and the days: past its due date
// where overdue, until it otherwise.
func (t Task) State(today Date) (TaskState, int) {
	due := t.DueOn(today)
	switch {
	case t.Status == TaskDone:
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
