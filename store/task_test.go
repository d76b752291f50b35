package store

import (
	"testing"
	"time"
)

// Where the calendar turns: V08. Each row is one task seen on two days, the last
// on which the first state holds and the day after.
func TestTasksTurnOverAtMidnight(t *testing.T) {
	c := loadedCalendar(t)
	for _, tt := range []struct {
		name      string
		task      Task
		on        string
		due, next string
		state     TaskState
		workdays  int // on the first day
		after     int // on the second; -1: of a year that is not known
	}{
		{"month's end", Task{Due: date(t, "2026-06-30")}, "2026-06-30", "2026-06-30", "2026-06-30", StateOverdue, 0, 1},
		{"year's end", Task{Due: date(t, "2025-12-31")}, "2025-12-31", "2025-12-31", "2025-12-31", StateOverdue, 0, 0},
		{"leap day", Task{Due: date(t, "2024-02-29")}, "2024-02-29", "2024-02-29", "2024-02-29", StateOverdue, 0, 1},
		{"monthly over the year's end", Task{Recurs: "monthly:31"}, "2025-12-31", "2025-12-31", "2026-01-31", StateOpen, 0, 21},
		{"monthly in a leap year", Task{Recurs: "monthly:30"}, "2024-01-30", "2024-01-30", "2024-02-29", StateOpen, 0, 18},
		{"weekly in week 53", Task{Recurs: "weekly:5"}, "2027-01-01", "2027-01-01", "2027-01-08", StateOpen, 0, -1},
		{"last working day, a Saturday", Task{Recurs: "monthly:last_workday"}, "2026-02-28", "2026-02-28", "2026-03-31", StateOpen, 0, 22},
		{"last working day before a weekend", Task{Recurs: "monthly:last_workday"}, "2026-01-30", "2026-01-30", "2026-02-28", StateOpen, 0, 16},
		{"fifth working day over Spring Festival", Task{Recurs: "monthly:workday:5"}, "2025-02-10", "2025-02-10", "2025-03-07", StateOpen, 0, 18},
		{"Spring Festival, of which a Saturday is worked", Task{Due: Date{2026, 2, 14}}, "2026-02-14", "2026-02-14", "2026-02-14", StateOverdue, 0, 0},
		{"after Spring Festival", Task{Due: Date{2026, 2, 23}}, "2026-02-23", "2026-02-23", "2026-02-23", StateOverdue, 0, 1},
		{"quarterly", Task{Recurs: "quarterly"}, "2026-03-31", "2026-03-31", "2026-06-30", StateOpen, 0, 60},
		{"half-yearly", Task{Recurs: "half-yearly"}, "2026-12-31", "2026-12-31", "2027-06-30", StateOpen, 0, -1},
		{"yearly on leap day", Task{Recurs: "yearly:02-29"}, "2024-02-29", "2024-02-29", "2025-02-28", StateOpen, 0, 248},
	} {
		on := date(t, tt.on)
		if due := tt.task.DueOn(on, c); due.String() != tt.due {
			t.Errorf("%s: due on %s, want %s", tt.name, due, tt.due)
		}
		if state, days := tt.task.State(on, c); state != StateDueSoon || days != 0 {
			t.Errorf("%s: %s with %d days on the day itself", tt.name, state, days)
		}
		if n, ok := tt.task.Workdays(on, c); !ok || n != tt.workdays {
			t.Errorf("%s: %d working days, want %d", tt.name, n, tt.workdays)
		}
		if due := tt.task.DueOn(on.Add(1), c); due.String() != tt.next {
			t.Errorf("%s: then due on %s, want %s", tt.name, due, tt.next)
		}
		if state, _ := tt.task.State(on.Add(1), c); state != tt.state {
			t.Errorf("%s: then %s, want %s", tt.name, state, tt.state)
		}
		if n, ok := tt.task.Workdays(on.Add(1), c); ok != (tt.after >= 0) || ok && n != tt.after {
			t.Errorf("%s: then %d working days, want %d", tt.name, n, tt.after)
		}
	}
}

// A day begins at midnight of the district's zone, not of the machine's.
func TestMidnightIsTheDistricts(t *testing.T) {
	zone := time.FixedZone("CST", 8*3600)
	task := Task{Due: date(t, "2026-06-26"), Status: TaskOpen}
	for clock, want := range map[string]TaskState{
		"2026-06-26T15:59:59Z": StateDueSoon, // 23:59:59 in the district
		"2026-06-26T16:00:00Z": StateOverdue,
	} {
		now, err := time.Parse(time.RFC3339, clock)
		if err != nil {
			t.Fatal(err)
		}
		s := NewSnapshot(&SnapshotData{
			Request: SnapshotRequest{Now: now}, Units: NewUnits(nil), Catalogue: &Catalogue{},
			Settings: Settings{Zone: zone}, Tasks: []Task{task},
		})
		if got, _ := task.State(s.Today, s.Settings.Calendar); got != want {
			t.Errorf("at %s: %s, want %s", clock, got, want)
		}
	}
}

func TestTasksDoneLateAndStuck(t *testing.T) {
	c, due, done := loadedCalendar(t), date(t, "2026-06-26"), date(t, "2026-07-01")
	for _, tt := range []struct {
		name string
		task Task
		want int
	}{
		{"late", Task{Status: TaskDone, Due: due, DoneOn: done}, 5},
		{"early", Task{Status: TaskDone, Due: done, DoneOn: due}, 0},
		{"not done", Task{Status: TaskOpen, Due: due, DoneOn: done}, 0},
		{"recurring", Task{Status: TaskDone, Recurs: "monthly:25", DoneOn: done}, 0},
		{"recurring and late", Task{Status: TaskDone, Recurs: "monthly:25", DoneOn: date(t, "2026-06-28")}, 3},
	} {
		if got, ok := tt.task.LateDays(c); got != tt.want || ok != (tt.task.Status == TaskDone) {
			t.Errorf("%s: %d days late, %v, want %d", tt.name, got, ok, tt.want)
		}
	}
	for status, want := range map[TaskStatus]bool{TaskOpen: false, TaskDone: false, TaskPaused: true, TaskBlocked: true} {
		if (Task{Status: status}).Stuck() != want {
			t.Errorf("%s is stuck: %v", status, !want)
		}
	}
	for doc, want := range map[string]bool{
		"区禁毒委第二次全体会议": true, "2026年6月专题会": true, "会议纪要〔2026〕3号": true, "常委会": true,
		"云禁毒办〔2026〕3号": false, "领导批示": false, "会计核算办法": false, "": false,
	} {
		if (Task{SourceDoc: doc}).OfMeeting() != want {
			t.Errorf("%q is of a meeting: %v", doc, !want)
		}
	}
}

// 办结 without a day counted as done in time: 0 days late, in lists, of meetings and of
// plans.
func TestATaskDoneOnNoDayIsNotDoneInTime(t *testing.T) {
	c, due := loadedCalendar(t), date(t, "2026-06-26")
	for name, task := range map[string]Task{
		"no day":        {Status: TaskDone, Due: due},
		"recurring":     {Status: TaskDone, Recurs: "monthly:25"},
		"no due date":   {Status: TaskDone, DoneOn: due},
		"neither":       {Status: TaskDone},
		"unknown years": {Status: TaskDone, Recurs: "monthly:workday:5", DoneOn: date(t, "2077-06-26")},
	} {
		if days, ok := task.LateDays(c); ok || days != 0 {
			t.Errorf("%s: done %d days late", name, days)
		}
	}
	decided := []Task{
		{ID: "a", SourceDoc: "6月例会", Status: TaskDone, Due: due},
		{ID: "b", SourceDoc: "6月例会", Status: TaskDone, Due: due, DoneOn: due.Add(1)},
		{ID: "c", SourceDoc: "6月例会", Status: TaskDone, Due: due, DoneOn: due},
		{ID: "d", SourceDoc: "6月例会", Status: TaskDone}, // nothing to be late for
	}
	if m := Meetings(decided, due, c)[0]; m.Counts.Done != 4 || m.Late != 1 || m.Untold != 1 {
		t.Errorf("of %d done decisions %d late, %d untold", m.Counts.Done, m.Late, m.Untold)
	}
	if n := CountPlans([]Plan{{Task: &decided[0], State: StateDone, Untold: true}, {Task: &decided[2], State: StateDone}}); n != (PlanCounts{In: 2, Untold: 1}) {
		t.Errorf("%+v", n)
	}
}

// A due date on a day off moves only where the district reports so.
func TestDueShift(t *testing.T) {
	s := Settings{DueDay: 5, Calendar: loadedCalendar(t)}
	for period, want := range map[Period][2]string{
		MonthOf(2026, 9):  {"2026-10-05", "2026-10-08"}, // National Day
		MonthOf(2026, 1):  {"2026-02-05", "2026-02-05"},
		MonthOf(2026, 3):  {"2026-04-05", "2026-04-07"}, // Qingming
		MonthOf(2025, 12): {"2026-01-05", "2026-01-05"},
	} {
		s.DueShift = false
		if got := s.Due(period).String(); got != want[0] {
			t.Errorf("%s is due on %s, want %s", period, got, want[0])
		}
		s.DueShift = true
		if got := s.Due(period).String(); got != want[1] {
			t.Errorf("%s, moved, is due on %s, want %s", period, got, want[1])
		}
	}
}
