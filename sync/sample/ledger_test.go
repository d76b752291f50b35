package sample

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"jindu/store"
)

// mustRows renders the final version of one workbook and reads the rows of its
// first sheet below the heads.
func mustRows(tb testing.TB, d *District, path string) [][]string {
	tb.Helper()
	live := d.live()
	i := slices.IndexFunc(live, func(f file) bool { return f.path == path })
	data, err := live[i].book().render()
	if err != nil {
		tb.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		tb.Fatal(err)
	}
	rows, err := f.GetRows(f.GetSheetName(0))
	if err != nil {
		tb.Fatal(err)
	}
	if err := f.Close(); err != nil {
		tb.Fatal(err)
	}
	return rows[2:]
}

// TestCasesAgreeWithReports holds the case ledger against the stations' monthly
// figures: counts, suspects and grams of the last eight months.
func TestCasesAgreeWithReports(t *testing.T) {
	d := New(1, july())
	rows := mustRows(t, d, "禁毒大队/毒品案件台账.xlsx")
	if len(rows) != d.CaseCount() || len(rows) < 40 {
		t.Fatalf("%d rows, want %d", len(rows), d.CaseCount())
	}
	codes := map[string]string{}
	for _, u := range d.Units() {
		codes[u.Name] = u.Code
	}
	sums := map[store.Key]float64{}
	for _, row := range rows {
		day, err := store.ParseDate(row[7])
		if err != nil {
			t.Fatal(err)
		}
		k := store.Key{Unit: codes[row[8]], Indicator: "case_criminal", Period: store.PeriodAt(store.Month, day)}
		sums[k]++
		for indicator, column := range map[string]int{"suspects": 13, "seized_total_g": 17} {
			v, err := strconv.ParseFloat(row[column], 64)
			if err != nil {
				t.Fatal(err)
			}
			k.Indicator = indicator
			sums[k] = cents(sums[k] + v)
		}
	}
	compared := 0
	for k, e := range factsOf(d) {
		switch k.Indicator {
		case "case_criminal", "suspects", "seized_total_g":
		default:
			continue
		}
		if !d.Month().Add(-ledgerMonths).Before(k.Period) || (k.Unit == heavyUnit && e.Suspect) {
			continue
		}
		compared++
		if sums[k] != e.Value {
			t.Errorf("%v: %v in the report, %v in the ledger", k, e.Value, sums[k])
		}
	}
	if compared < 3*8*10 {
		t.Errorf("only %d figures compared", compared)
	}
}

// TestRosterAgreesWithReport counts the persons of the ledger by programme.
func TestRosterAgreesWithReport(t *testing.T) {
	d := New(1, july())
	counts := map[string]float64{}
	for _, row := range mustRows(t, d, "街道/东湖街道社区戒毒社区康复人员花名册.xlsx") {
		counts[row[8]]++
	}
	facts := factsOf(d)
	for category, indicator := range map[string]string{"社区戒毒": "comm_detox_active", "社区康复": "comm_rehab_active"} {
		e := facts[store.Key{Unit: "dhj", Indicator: indicator, Period: d.Month()}]
		if counts[category] != e.Value || e.Value == 0 {
			t.Errorf("%s: %v in the report, %v in the ledger", category, e.Value, counts[category])
		}
	}
}

// read turns a deadline back into a day, independently of how it was written.
func read(tb testing.TB, text string, year int) (store.Date, string) {
	tb.Helper()
	number := func(s string) int {
		n, err := strconv.Atoi(s)
		if err != nil {
			tb.Fatalf("%q in %q", s, text)
		}
		return n
	}
	for pattern, of := range map[string]func(m []string) (store.Date, string){
		`^(\d{4})-(\d\d)-(\d\d)$`: func(m []string) (store.Date, string) {
			return store.NewDate(number(m[1]), time.Month(number(m[2])), number(m[3])), ""
		},
		`^(\d{4})年(\d+)月(\d+)日$`: func(m []string) (store.Date, string) {
			return store.NewDate(number(m[1]), time.Month(number(m[2])), number(m[3])), ""
		},
		`^(\d{4})\.(\d+)\.(\d+)$`: func(m []string) (store.Date, string) {
			return store.NewDate(number(m[1]), time.Month(number(m[2])), number(m[3])), ""
		},
		`^(\d+)月(\d+)日前$`: func(m []string) (store.Date, string) {
			return store.NewDate(year, time.Month(number(m[1])), number(m[2])), ""
		},
		`^(\d+)\.(\d\d)$`: func(m []string) (store.Date, string) {
			return store.NewDate(year, time.Month(number(m[1])), number(m[2])), ""
		},
		`^(\d+)月底前$`: func(m []string) (store.Date, string) {
			return store.MonthOf(year, number(m[1])).End(), ""
		},
		`^上半年$`:     func([]string) (store.Date, string) { return store.NewDate(year, 6, 30), "" },
		`^下半年$`:     func([]string) (store.Date, string) { return store.NewDate(year, 12, 31), "" },
		`^每月(25)日$`: func([]string) (store.Date, string) { return store.Date{}, "monthly:25" },
		`^长期坚持$`:    func([]string) (store.Date, string) { return store.Date{}, "" },
	} {
		if m := regexp.MustCompile(pattern).FindStringSubmatch(text); m != nil {
			return of(m)
		}
	}
	tb.Errorf("deadline %q", text)
	return store.Date{}, ""
}

// TestTasksAreWhatTheLedgerSays reads the task ledger back, at awkward times of
// the year too.
func TestTasksAreWhatTheLedgerSays(t *testing.T) {
	for name, now := range nows() {
		t.Run(name, func(t *testing.T) {
			d := New(1, now)
			names := store.NewUnits(d.Units())
			rows, tasks := mustRows(t, d, "禁毒办/禁毒工作任务清单.xlsx"), d.Tasks()
			if len(rows) != len(tasks) || len(tasks) < 50 {
				t.Fatalf("%d rows, want %d tasks", len(rows), len(tasks))
			}
			for i, row := range rows {
				want := tasks[i]
				due, recurs := read(t, row[9], d.today().Year)
				if row[1] != want.Title || row[5] != names.Name(want.Unit) || due != want.Due || recurs != want.Recurs {
					t.Errorf("row %d: %q, want %+v", i+3, row, want)
				}
				if done := want.Status == store.TaskDone; done != strings.Contains("办结 已办结 销号", row[11]) {
					t.Errorf("row %d: %q, want %s", i+3, row[11], want.Status)
				}
				if want.Status == store.TaskDone && row[12] != want.DoneOn.String() {
					t.Errorf("row %d: done on %q, want %v", i+3, row[12], want.DoneOn)
				}
			}
		})
	}
}

// TestTasksOfEveryState checks that the board has something to show for each.
func TestTasksOfEveryState(t *testing.T) {
	d := New(1, july())
	states, written := map[store.TaskState]int{}, map[way]int{}
	for _, want := range d.Tasks() {
		task := store.Task{Due: want.Due, Recurs: want.Recurs, Status: want.Status, DoneOn: want.DoneOn}
		state, _ := task.State(d.today(), store.Calendar{})
		states[state]++
	}
	for _, duty := range d.duties() {
		written[duty.way]++
	}
	for _, state := range []store.TaskState{store.StateDone, store.StateOverdue, store.StateDueSoon, store.StateOpen, store.StateUndated} {
		if states[state] < 2 {
			t.Errorf("%d tasks are %s", states[state], state)
		}
	}
	for w := asDate; w < ways; w++ {
		if written[w] == 0 {
			t.Errorf("no deadline is written in way %d", w)
		}
	}
}
