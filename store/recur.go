package store

import (
	"strconv"
	"strings"
)

// rhythm returns the period of which every one has an occurrence of the task; it
// is not ok where the task comes once.
func (t Task) rhythm() (PeriodKind, bool) {
	how, _, _ := strings.Cut(t.Recurs, ":")
	switch how {
	case "weekly":
		return Week, true
	case "monthly":
		return Month, true
	case "quarterly":
		return Quarter, true
	case "half-yearly":
		return Half, true
	case "yearly":
		return Year, true
	default:
		return Month, false
	}
}

// dueIn returns the due date of the period's occurrence; none where it is a
// working day of a year that the calendar does not know.
func (t Task) dueIn(p Period, c Calendar) Date {
	_, rule, _ := strings.Cut(t.Recurs, ":")
	switch p.Kind {
	case Week:
		return p.Start().Add(min(max(1, number(rule)), 7) - 1)
	case Month:
		return monthlyDue(p, rule, c)
	case Year:
		month, day, _ := strings.Cut(rule, "-")
		return dayIn(MonthOf(p.Year, min(max(1, number(month)), 12)), number(day))
	case Quarter:
		if month, day, ok := strings.Cut(rule, "-"); ok {
			first := p.Start()
			return dayIn(MonthOf(first.Year, int(first.Month)+min(max(1, number(month)), 3)-1), number(day))
		}
		return p.End()
	default:
		return p.End()
	}
}

// monthlyDue returns the due date of a month: its n-th day or its last, its n-th
// working day (workday:5) or its last (last_workday).
func monthlyDue(m Period, rule string, c Calendar) Date {
	if rule == "last_workday" {
		return c.LastWorkday(m)
	}
	if n, ok := strings.CutPrefix(rule, "workday:"); ok {
		return c.AddWorkdays(m.Start().Add(-1), max(1, number(n)))
	}
	return dayIn(m, number(rule))
}

// dayIn returns the month's n-th day, its last where it has not so many.
func dayIn(m Period, n int) Date {
	last := m.End()
	return Date{last.Year, last.Month, min(max(1, n), last.Day)}
}

// number reads the digits of a rule; 0 where it has none.
func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

// DueOn returns the due date as of today: the next one for what recurs, none
// where that is a working day of a year that the calendar does not know.
func (t Task) DueOn(today Date, c Calendar) Date {
	kind, ok := t.rhythm()
	if !ok {
		return t.Due
	}
	for p := PeriodAt(kind, today); ; p = p.Add(1) {
		if due := t.dueIn(p, c); due.IsZero() || !due.Before(today) {
			return due
		}
	}
}

// doneBy reports whether the period's occurrence is done: on any day of the period,
// or later. One date says no more than that.
func (t Task) doneBy(p Period) bool {
	return t.Status == TaskDone && !t.DoneOn.Before(p.Start())
}

// doneAhead reports whether the occurrence of that due date is done already.
func (t Task) doneAhead(due Date) bool {
	kind, ok := t.rhythm()
	return ok && !due.IsZero() && t.doneBy(PeriodAt(kind, due))
}

// Missed returns the due date of the first occurrence that is past and not done,
// and how many there are. An occurrence counts from the day on which the mirror
// knew the task, or after the last one that was done: nobody can tell of those before.
func (t Task) Missed(today Date, c Calendar) (first Date, n int) {
	kind, ok := t.rhythm()
	from := t.Since
	if t.Status == TaskDone {
		from = t.DoneOn
	}
	if !ok || from.IsZero() {
		return Date{}, 0
	}
	for p := PeriodAt(kind, from); !p.Start().After(today); p = p.Add(1) {
		due := t.dueIn(p, c)
		if due.IsZero() || due.Before(from) || !due.Before(today) || t.doneBy(p) {
			continue
		}
		if n++; n == 1 {
			first = due
		}
	}
	return first, n
}

// CountsFrom returns the date that the days of the task's state count from: of what
// recurs the first one that was missed, else the next one.
func (t Task) CountsFrom(today Date, c Calendar) Date {
	if missed, n := t.Missed(today, c); n > 0 {
		return missed
	}
	return t.DueOn(today, c)
}
