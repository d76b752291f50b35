package sqlite_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"jindu/store"
)

func task(id, unit string, due store.Date) store.Task {
	return store.Task{
		ID:            id,
		Title:         "开展禁毒宣传月活动",
		Unit:          unit,
		CoUnits:       []string{"dhj"},
		SourceDoc:     "区禁毒委",
		Level:         "区级",
		Strengthening: 3,
		Due:           due,
		Status:        store.TaskOpen,
		Percent:       -1,
		Cell:          store.Cell{Sheet: "任务", Ref: "A4", Header: []string{"任务"}, HeaderRefs: []string{"A3"}},
	}
}

func ledger(path string, minute int, tasks ...store.Task) *store.Reading {
	r := book(path, at(minute))
	r.Workbook.SHA256 = fmt.Sprint(path, minute)
	r.Sheets[0].Name, r.Tasks = "任务", tasks
	return r
}

// listed returns the tasks as a person would read them.
func listed(tb testing.TB, tasks []store.Task) string {
	tb.Helper()
	var out []string
	for _, one := range tasks {
		out = append(out, fmt.Sprintf("%s %s due %s moved %d from %s", one.ID, one.Unit, one.Due, one.Changes, one.Cell.Path))
	}
	return strings.Join(out, "; ")
}

func TestTasksKeepTheirHistory(t *testing.T) {
	db := mustOpen(t)
	day := func(d int) store.Date { return store.NewDate(2026, 7, d) }
	apply(t, db, 1, ledger("tasks.xlsx", 1, task("t1", "cxs", day(10)), task("t2", "cds", day(5)), task("t3", "cxs", store.Date{})))
	moved := task("t1", "cxs", day(20))
	moved.Cell.Ref = "A9"
	apply(t, db, 2, ledger("tasks.xlsx", 11, moved, task("t3", "cxs", store.Date{}), task("t3", "cxs", day(30))))
	tasks, err := db.Tasks(t.Context(), time.Time{})
	must(t, err)
	expect(t, "now", listed(t, tasks),
		"t1 cxs due 2026-07-20 moved 1 from tasks.xlsx; t3-2 cxs due 2026-07-30 moved 0 from tasks.xlsx; t3 cxs due  moved 0 from tasks.xlsx")
	want := moved
	want.Cell.Workbook, want.Cell.Source, want.Cell.Path, want.Cell.SHA256 = 2, "share", "tasks.xlsx", "tasks.xlsx11"
	want.KnownFrom, want.Changes = at(11), 1
	if fmt.Sprint(tasks[0]) != fmt.Sprint(want) {
		t.Errorf("task:\n got %v\nwant %v", tasks[0], want)
	}
	if !tasks[2].KnownFrom.Equal(at(1)) {
		t.Errorf("an unchanged task is known from %v", tasks[2].KnownFrom)
	}
	tasks, err = db.Tasks(t.Context(), at(10))
	must(t, err)
	expect(t, "then", listed(t, tasks),
		"t2 cds due 2026-07-05 moved 0 from tasks.xlsx; t1 cxs due 2026-07-10 moved 0 from tasks.xlsx; t3 cxs due  moved 0 from tasks.xlsx")
}

func TestTaskOfTwoLedgersIsListedOnce(t *testing.T) {
	db := mustOpen(t)
	apply(t, db, 1, ledger("a.xlsx", 1, task("t1", "cxs", store.NewDate(2026, 7, 10))))
	apply(t, db, 1, ledger("b.xlsx", 2, task("t1", "cxs", store.NewDate(2026, 7, 15))))
	tasks, err := db.Tasks(t.Context(), time.Time{})
	must(t, err)
	expect(t, "tasks", listed(t, tasks), "t1 cxs due 2026-07-15 moved 0 from b.xlsx")
}

func TestTasksOfARefusedSheetStay(t *testing.T) {
	db := mustOpen(t)
	apply(t, db, 1, ledger("a.xlsx", 1, task("t1", "cxs", store.Date{})))
	r := ledger("a.xlsx", 11)
	r.Sheets[0].Verdict, r.Workbook.Verdict = store.Rejected, store.Partly
	apply(t, db, 2, r)
	tasks, err := db.Tasks(t.Context(), time.Time{})
	must(t, err)
	expect(t, "tasks", listed(t, tasks), "t1 cxs due  moved 0 from a.xlsx")
}

func TestCases(t *testing.T) {
	db := mustOpen(t)
	one := func(id, unit, class string, solved store.Date) store.Case {
		return store.Case{
			ID: id, Unit: unit, Type: "贩卖毒品", Class: class, Accepted: store.NewDate(2026, 5, 2), Solved: solved,
			Suspects: 2, Detained: -1, SeizedG: 12.75, Cell: store.Cell{Sheet: "案件", Ref: "A4"},
		}
	}
	r := book("cases.xlsx", at(1))
	r.Cases = []store.Case{
		one("c1", "cxs", "criminal", store.NewDate(2026, 6, 1)),
		one("c2", "cxs", "criminal", store.NewDate(2026, 6, 30)),
		one("c3", "cxs", "admin", store.NewDate(2026, 5, 31)),
		one("c4", "cds", "criminal", store.Date{}),
	}
	apply(t, db, 1, r)
	s := snapshot(t, db, time.Time{})
	want := []store.CaseCount{
		{Unit: "cds", Class: "criminal", Rows: 1},
		{Unit: "cxs", Class: "admin", Period: may, Rows: 1, Newest: store.NewDate(2026, 5, 31)},
		{Unit: "cxs", Class: "criminal", Period: june, Rows: 2, Newest: store.NewDate(2026, 6, 30)},
	}
	if fmt.Sprint(s.Cases) != fmt.Sprint(want) {
		t.Errorf("counts: %v", s.Cases)
	}
	r = book("cases.xlsx", at(11))
	r.Cases = []store.Case{one("c1", "cxs", "criminal", store.NewDate(2026, 6, 1)), one("c4", "cds", "criminal", store.NewDate(2026, 7, 1))}
	apply(t, db, 2, r)
	cases, err := db.Cases(t.Context(), time.Time{})
	must(t, err)
	if len(cases) != 2 || cases[0].ID != "c4" || !cases[0].KnownFrom.Equal(at(11)) || !cases[1].KnownFrom.Equal(at(1)) {
		t.Errorf("cases: %+v", cases)
	}
	if c := cases[1]; c.SeizedG != 12.75 || c.Suspects != 2 || c.Detained != -1 || c.Cell.Path != "cases.xlsx" || c.Cell.Workbook != 2 || c.Cell.Sheet != "案件" {
		t.Errorf("case: %+v", c)
	}
	if cases, err = db.Cases(t.Context(), at(10)); err != nil || len(cases) != 4 {
		t.Errorf("%d cases as of then, %v", len(cases), err)
	}
}

// A missed occurrence counts from the day on which the mirror knew of it: a row
// that changes keeps that day, another recurrence begins anew, and a moment before
// says what it said then.
func TestTasksAreKnownSinceTheirRecurrence(t *testing.T) {
	db := mustOpen(t)
	monthly := task("t1", "cxs", store.Date{})
	monthly.Recurs, monthly.SetOn, monthly.WaitsFor = "monthly:25", store.NewDate(2026, 6, 1), []string{"t2", "t3"}
	apply(t, db, 1, ledger("tasks.xlsx", 1, monthly, task("t2", "cds", store.NewDate(2026, 7, 5))))
	monthly.Percent = 50
	apply(t, db, 2, ledger("tasks.xlsx", 2*24*60, monthly))
	monthly.Recurs = "weekly:5"
	apply(t, db, 3, ledger("tasks.xlsx", 5*24*60, monthly))
	for _, tt := range []struct {
		minute int
		recurs string
		since  int // of which minute
	}{{1, "monthly:25", 1}, {3 * 24 * 60, "monthly:25", 1}, {6 * 24 * 60, "weekly:5", 5 * 24 * 60}} {
		tasks, err := db.Tasks(t.Context(), at(tt.minute))
		must(t, err)
		i := slices.IndexFunc(tasks, func(one store.Task) bool { return one.ID == "t1" })
		got := tasks[i]
		if want := store.DateOf(at(tt.since)); got.Recurs != tt.recurs || got.Since != want {
			t.Errorf("at %d: %s since %s, want %s since %s", tt.minute, got.Recurs, got.Since, tt.recurs, want)
		}
		if got.SetOn != monthly.SetOn || !slices.Equal(got.WaitsFor, monthly.WaitsFor) {
			t.Errorf("at %d: set on %s, waits for %v", tt.minute, got.SetOn, got.WaitsFor)
		}
	}
}
