package page

import (
	"strings"
	"testing"

	"jindu/store"
	"jindu/tui/tuitest"
	"jindu/tui/words"
)

// A year whose holidays nobody knows is told where working days are to be counted
// in it: always where it has come, ahead of it where there is room.
func TestTheTasksTellOfAnUnknownYear(t *testing.T) {
	for _, tt := range []struct {
		name  string
		today store.Date
		due   store.Date
		w     int
		want  string
	}{
		{"known", store.NewDate(2026, 6, 23), store.NewDate(2026, 12, 31), 120, ""},
		{"ahead", store.NewDate(2026, 6, 23), store.NewDate(2027, 1, 5), 120, "2027 年放假安排未知"},
		{"ahead on a narrow screen", store.NewDate(2026, 6, 23), store.NewDate(2027, 1, 5), 80, ""},
		{"come", store.NewDate(2027, 1, 4), store.NewDate(2027, 1, 20), 80, "2027 年放假安排未知"},
		{"done", store.NewDate(2027, 1, 4), store.Date{}, 80, ""},
	} {
		data := tuitest.Data(store.MonthOf(2026, 5))
		one := store.Task{ID: "t", Title: "一项任务", Unit: "cq", Due: tt.due, Status: store.TaskOpen}
		if tt.due.IsZero() {
			one.Status = store.TaskDone
		}
		data.Tasks, data.Request.Now = []store.Task{one}, tt.today.In(tuitest.Zone())
		f := &Frame{Board: NewBoard(store.NewSnapshot(data)), Words: words.Of(store.Chinese), Now: data.Request.Now, W: tt.w, H: 24}
		var said strings.Builder
		for _, line := range Build(f, Visit{Page: "tasks"}, NewPlace()).Trust.Left {
			said.WriteString(line.Plain() + "|")
		}
		if has := strings.Contains(said.String(), "放假安排未知"); has != (tt.want != "") || !strings.Contains(said.String(), tt.want) {
			t.Errorf("%s: the line says %s, want %q", tt.name, said.String(), tt.want)
		}
	}
}

// The last meeting's line counts what became of its decisions, and is left out
// where no meeting has a day or one unit is looked at.
func TestTheLastMeetingsLine(t *testing.T) {
	data := tuitest.Data(store.MonthOf(2026, 5))
	has := func(place *Place) bool {
		f := &Frame{Board: NewBoard(store.NewSnapshot(data)), Words: words.Of(store.Chinese), Now: tuitest.Now(), W: 80, H: 24}
		for _, p := range Build(f, Visit{Page: "tasks"}, place).panels {
			if p.Name == "meeting" {
				return true
			}
		}
		return false
	}
	if !has(NewPlace()) {
		t.Error("the last meeting is not followed up")
	}
	only := NewPlace()
	only.Filters["tasks"] = Filter{Words: "x"}
	if has(only) {
		t.Error("a page of one unit counts the decisions of all")
	}
	for i := range data.Tasks {
		data.Tasks[i].SetOn = store.Date{}
	}
	if has(NewPlace()) {
		t.Error("a meeting of no day is the last one")
	}
}
