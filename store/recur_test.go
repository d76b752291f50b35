package store

import (
	"math/rand/v2"
	"testing"
)

// Occurrences of what recurs, seen on one day: which is next, which was missed
// since when, and how the task stands.
func TestOccurrences(t *testing.T) {
	c := loadedCalendar(t)
	for _, tt := range []struct {
		name, recurs, done, since, today string
		status                           TaskStatus
		due, missed                      string
		n                                int
		state                            TaskState
		days                             int
	}{
		{"nothing missed yet", "monthly:25", "", "2026-06-25", "2026-06-25", TaskOpen, "2026-06-25", "", 0, StateDueSoon, 0},
		{"missed at midnight", "monthly:25", "", "2026-06-25", "2026-06-26", TaskOpen, "2026-07-25", "2026-06-25", 1, StateOverdue, 1},
		{"missed before the mirror knew it", "monthly:25", "", "2026-06-26", "2026-06-26", TaskOpen, "2026-07-25", "", 0, StateOpen, 29},
		{"missed three times", "monthly:25", "", "2026-01-26", "2026-04-26", TaskOpen, "2026-05-25", "2026-02-25", 3, StateOverdue, 60},
		{"done this month", "monthly:25", "2026-06-24", "2026-01-01", "2026-06-24", TaskDone, "2026-06-25", "", 0, StateDone, 0},
		{"open again after it", "monthly:25", "2026-06-24", "2026-01-01", "2026-06-26", TaskDone, "2026-07-25", "", 0, StateOpen, 29},
		{"done late", "monthly:25", "2026-06-28", "2026-01-01", "2026-06-29", TaskDone, "2026-07-25", "", 0, StateOpen, 26},
		{"the next one missed", "monthly:25", "2026-06-24", "2026-01-01", "2026-07-27", TaskDone, "2026-08-25", "2026-07-25", 1, StateOverdue, 2},
		{"done for good", "monthly:25", "", "2026-01-01", "2026-07-27", TaskDone, "2026-08-25", "", 0, StateDone, 0},
		{"weekly over the year's end and week 53", "weekly:5", "2026-12-25", "2026-01-01", "2027-01-02", TaskDone, "2027-01-08", "2027-01-01", 1, StateOverdue, 1},
		{"week 53 done in January", "weekly:7", "2027-01-01", "2026-01-01", "2027-01-03", TaskDone, "2027-01-03", "", 0, StateDone, 0},
		{"leap day", "monthly:31", "2024-01-31", "2023-01-01", "2024-03-01", TaskDone, "2024-03-31", "2024-02-29", 1, StateOverdue, 1},
		{"last working day over Spring Festival", "monthly:last_workday", "2026-01-30", "2025-01-01", "2026-03-01", TaskDone, "2026-03-31", "2026-02-28", 1, StateOverdue, 1},
		{"working days of a year that is not known", "monthly:workday:5", "2026-12-07", "2025-01-01", "2027-02-01", TaskDone, "", "", 0, StateUndated, 0},
		{"quarterly", "quarterly", "", "2026-03-31", "2026-07-01", TaskOpen, "2026-09-30", "2026-03-31", 2, StateOverdue, 92},
		{"on a day of the quarter's last month", "quarterly:3-25", "2026-03-20", "2026-01-01", "2026-06-26", TaskDone, "2026-09-25", "2026-06-25", 1, StateOverdue, 1},
		{"on a day of the quarter's first month", "quarterly:1-31", "", "2026-05-01", "2026-07-01", TaskOpen, "2026-07-31", "", 0, StateOpen, 30},
		{"half-yearly, paused", "half-yearly", "", "2026-01-01", "2026-07-01", TaskPaused, "2026-12-31", "2026-06-30", 1, StateOverdue, 1},
		{"yearly", "yearly:06-26", "2025-06-26", "2025-01-01", "2026-06-27", TaskDone, "2027-06-26", "2026-06-26", 1, StateOverdue, 1},
		{"once", "", "", "2026-01-01", "2026-06-27", TaskOpen, "", "", 0, StateUndated, 0},
	} {
		task := Task{Recurs: tt.recurs, Status: tt.status, Since: date(t, tt.since)}
		if tt.done != "" {
			task.DoneOn = date(t, tt.done)
		}
		today := date(t, tt.today)
		if due := task.DueOn(today, c); due.String() != tt.due {
			t.Errorf("%s: due on %s, want %s", tt.name, due, tt.due)
		}
		if missed, n := task.Missed(today, c); missed.String() != tt.missed || n != tt.n {
			t.Errorf("%s: missed %s and %d, want %s and %d", tt.name, missed, n, tt.missed, tt.n)
		}
		want := tt.due
		if tt.n > 0 {
			want = tt.missed
		}
		if from := task.CountsFrom(today, c); from.String() != want {
			t.Errorf("%s: days count from %s, want %s", tt.name, from, want)
		}
		if state, days := task.State(today, c); state != tt.state || days != tt.days {
			t.Errorf("%s: %s with %d days, want %s with %d", tt.name, state, days, tt.state, tt.days)
		}
	}
}

// On every day of four years: the next occurrence is not past, none is left out,
// what was missed stays missed until it is done, and doing it today clears it.
func TestOccurrencesGoOn(t *testing.T) {
	c := loadedCalendar(t)
	r := rand.New(rand.NewPCG(20260626, 8))
	rules := []string{"weekly:1", "weekly:7", "monthly:1", "monthly:31", "monthly:workday:5", "monthly:last_workday", "quarterly", "quarterly:2-30", "half-yearly", "yearly:02-29"}
	for range 400 {
		task := Task{Recurs: rules[r.IntN(len(rules))], Status: TaskOpen, Since: Date{2023, 1, 1}.Add(r.IntN(900))}
		last, misses := Date{}, 0
		for today := task.Since; today.Before(task.Since.Add(400)); today = today.Add(1) {
			due := task.DueOn(today, c)
			if due.Before(today) || due.Before(last) {
				t.Fatalf("%s on %s: due on %s after %s", task.Recurs, today, due, last)
			}
			if !last.IsZero() && last != due {
				misses++
			}
			last = due
			first, n := task.Missed(today, c)
			if n != misses || first.IsZero() != (n == 0) {
				t.Fatalf("%s on %s: %d missed from %s, want %d", task.Recurs, today, n, first, misses)
			}
			done := task
			done.Status, done.DoneOn = TaskDone, today
			if _, left := done.Missed(today, c); left != 0 {
				t.Fatalf("%s done on %s: %d are missed still", task.Recurs, today, left)
			}
		}
	}
}
