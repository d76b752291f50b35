package store

import "testing"

// What became of the decisions of the last meeting, and which one that is.
func TestMeetings(t *testing.T) {
	c, today := loadedCalendar(t), date(t, "2026-06-26")
	day := func(s string) Date { return date(t, s) }
	first, second := "2026年3月5日区禁毒委全体会议", "区禁毒委6月例会纪要"
	tasks := []Task{
		{ID: "a", SourceDoc: first, Status: TaskDone, Due: day("2026-03-31"), DoneOn: day("2026-04-02")},
		{ID: "b", SourceDoc: first, Status: TaskOpen, Due: day("2026-06-25")},
		{ID: "c", SourceDoc: second, Status: TaskDone, Due: day("2026-06-20"), DoneOn: day("2026-06-20"), SetOn: day("2026-06-10")},
		{ID: "d", SourceDoc: second, Status: TaskOpen, Due: day("2026-06-27"), SetOn: day("2026-06-12"), WaitsFor: []string{"b"}},
		{ID: "e", SourceDoc: " " + second, Status: TaskBlocked, Due: day("2026-09-30")},
		{ID: "f", SourceDoc: second, Status: TaskOpen, WaitsFor: []string{"c", "gone"}},
		{ID: "g", SourceDoc: "2026年7月30日区长办公会", Status: TaskOpen},
		{ID: "h", SourceDoc: "年中推进会议", Status: TaskOpen},
		{ID: "i", SourceDoc: "云禁毒办〔2026〕3号", Status: TaskOpen},
	}
	all := Meetings(tasks, today, c)
	for i, want := range []struct {
		name, held string
		counts     TaskCounts
		late       int
		stuck      int
	}{
		{"2026年7月30日区长办公会", "2026-07-30", TaskCounts{Listed: 1, Undated: 1}, 0, 0},
		{second, "2026-06-12", TaskCounts{Listed: 4, Done: 1, DueSoon: 1, Open: 1, Undated: 1}, 0, 2},
		{first, "2026-03-05", TaskCounts{Listed: 2, Done: 1, Overdue: 1, Longest: 1}, 1, 0},
		{"年中推进会议", "", TaskCounts{Listed: 1, Undated: 1}, 0, 0},
	} {
		got := all[i]
		if got.Name != want.name || got.Held.String() != want.held || got.Counts != want.counts || got.Late != want.late || got.Stuck != want.stuck {
			t.Errorf("meeting %d is %s of %s: %+v, %d late, %d stuck; want %+v", i, got.Name, got.Held, got.Counts, got.Late, got.Stuck, want)
		}
	}
	if m, ok := LastMeeting(all, today); !ok || m.Name != second || len(m.Decided) != 4 {
		t.Errorf("the last meeting is %q with %d decisions", m.Name, len(m.Decided))
	}
	if m, ok := LastMeeting(all[3:], today); ok {
		t.Errorf("%q of no day is the last meeting", m.Name)
	}
}

func TestDaysThatMeetingsName(t *testing.T) {
	for name, want := range map[string]string{
		"2026年6月12日会议": "2026-06-12", "会议纪要(2026-06-12)": "2026-06-12", "2026.6.12例会": "2026-06-12",
		"2026年2月30日会议": "", "6月例会": "", "2026年6月12日至2026年6月13日会议": "",
	} {
		if got := dayNamed(name).String(); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}
