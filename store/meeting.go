package store

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Meeting is what became of the decisions of one meeting.
type Meeting struct {
	Name    string // as the ledger names the source of the tasks
	Held    Date   // zero: nobody says when
	Counts  TaskCounts
	Late    int // of the done ones, those done after their due date
	Untold  int // of the done ones, those of which nobody can tell
	Stuck   int // of the others, those that are stopped or wait for another task
	Decided []Task
}

var meetings = regexp.MustCompile(`会议|会商|纪要|例会|全会|[度进署席题]会|办公会|常[委务]会`)

// OfMeeting reports whether a meeting decided the task, by the words of its source.
func (t Task) OfMeeting() bool { return meetings.MatchString(t.SourceDoc) }

// Meetings returns the meetings that decided one of the tasks, the last one first;
// those of which nobody says when they were held come after the others. What
// waits for another task is looked up among all the tasks.
func Meetings(tasks []Task, today Date, c Calendar) []Meeting {
	index := map[string]*Meeting{}
	awaited := Awaited(tasks)
	for _, t := range tasks {
		if !t.OfMeeting() {
			continue
		}
		name := strings.TrimSpace(t.SourceDoc)
		m := index[name]
		if m == nil {
			m = &Meeting{Name: name, Held: dayNamed(name)}
			index[name] = m
		}
		m.add(t, today, c, awaited)
	}
	out := make([]Meeting, 0, len(index))
	for _, m := range index {
		out = append(out, *m)
	}
	slices.SortFunc(out, func(a, b Meeting) int {
		return cmp.Or(cmp.Compare(b.Held.String(), a.Held.String()), cmp.Compare(b.Name, a.Name))
	})
	return out
}

// add counts a decision. Where the meeting's name has no day, it was held when the
// last of its decisions was set.
func (m *Meeting) add(t Task, today Date, c Calendar, awaited func(Task) []Task) {
	m.Decided = append(m.Decided, t)
	state, days := t.State(today, c)
	m.Counts.add(state, days)
	late, _ := t.LateDays(c)
	switch {
	case late > 0:
		m.Late++
	case t.lateUntold(c):
		m.Untold++
	case state != StateDone && (t.Stuck() || len(awaited(t)) > 0):
		m.Stuck++
	}
	if dayNamed(m.Name).IsZero() && t.SetOn.After(m.Held) {
		m.Held = t.SetOn
	}
}

// LastMeeting returns the last meeting that was held by today; it is not ok where
// no meeting has a day.
func LastMeeting(all []Meeting, today Date) (Meeting, bool) {
	for _, m := range all {
		if !m.Held.IsZero() && !m.Held.After(today) {
			return m, true
		}
	}
	return Meeting{}, false
}

var wholeDay = regexp.MustCompile(`([0-9]{4})(?:年|[-./])([0-9]{1,2})(?:月|[-./])([0-9]{1,2})`)

// dayNamed returns the one day that a name holds; with two it holds none.
func dayNamed(name string) Date {
	all := wholeDay.FindAllStringSubmatch(name, 2)
	if len(all) != 1 {
		return Date{}
	}
	var n [3]int
	for i := range n {
		n[i], _ = strconv.Atoi(all[0][1+i]) // digits alone
	}
	day := Date{n[0], time.Month(n[1]), n[2]}
	if !day.Valid() {
		return Date{}
	}
	return day
}
