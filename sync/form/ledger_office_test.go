package form_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"jindu/store"
	"jindu/sync/form"
	"jindu/sync/sample"
	"jindu/sync/sheet"
)

// readOffice reads the one workbook of a worked example.
func readOffice(t *testing.T, name string, want any) *store.Reading {
	t.Helper()
	dir := filepath.Join(shared(t), "office", name)
	text, err := os.ReadFile(filepath.Join(dir, "expect.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, want); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "reports", "*"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	data, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	book, err := sheet.Read(t.Context(), data, sheet.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	return form.Read(book, filepath.Base(files[0]), officeOptions(t, filepath.Join(dir, "jindu.toml")))
}

func TestOfficeTasks(t *testing.T) {
	var want struct {
		Tasks []struct {
			Title, Unit string
			Due         *string
			Monthly     int `json:"due_monthly"`
		}
		Secrets []string
	}
	r := readOffice(t, "tasks", &want)
	if len(r.Tasks) != len(want.Tasks) {
		t.Fatalf("%d tasks, want %d: %v", len(r.Tasks), len(want.Tasks), messages(r))
	}
	for i, w := range want.Tasks {
		due, recurs := "", ""
		if w.Due != nil {
			due = *w.Due
		}
		if w.Monthly != 0 {
			recurs = fmt.Sprint("monthly:", w.Monthly)
		}
		if g := r.Tasks[i]; g.Title != w.Title || g.Unit != w.Unit || g.Due.String() != due || g.Recurs != recurs || g.Status != store.TaskOpen {
			t.Errorf("task %d is %+v, want %+v", i+1, g, w)
		}
	}
	noSecrets(t, r, want.Secrets)
}

func TestOfficePersonsLedger(t *testing.T) {
	var want struct{ Secrets []string }
	r := readOffice(t, "persons-ledger", &want)
	if len(r.Statements)+len(r.Tasks)+len(r.Cases) != 0 {
		t.Errorf("rows of persons were kept: %+v", r)
	}
	i := slices.IndexFunc(r.Sheets, func(s store.SheetReading) bool { return s.Form == "persons" })
	if i < 0 || r.Sheets[i].Rows != 14 || r.Workbook.Verdict != store.Accepted {
		t.Errorf("%+v, %v", r.Sheets, messages(r))
	}
	noSecrets(t, r, want.Secrets)
}

// The ledgers of the sample district, row by row, and nothing of its persons.
func TestSampleLedgers(t *testing.T) {
	now := time.Date(2026, 7, 3, 9, 0, 0, 0, time.FixedZone("CST", 8*3600))
	d := sample.New(1, now)
	forms := map[string]int{}
	for file, r := range sampleReadings(t, d, store.DateOf(now)) {
		for _, s := range r.Sheets {
			if s.Form == "tasks" || s.Form == "cases" || s.Form == "persons" {
				forms[s.Form]++
				if s.Verdict != store.Accepted {
					t.Errorf("%s is %s: %v", file, s.Verdict, messages(r))
				}
			}
		}
		noSecrets(t, r, d.Secrets())
		if len(r.Tasks) > 0 {
			sampleTasks(t, d, r.Tasks)
		}
		if n := len(r.Cases); n > 0 && n != d.CaseCount() {
			t.Errorf("%d cases, want %d", n, d.CaseCount())
		}
	}
	if forms["tasks"] != 1 || forms["cases"] == 0 || forms["persons"] == 0 {
		t.Errorf("ledgers read: %v", forms)
	}
}

func sampleTasks(t *testing.T, d *sample.District, got []store.Task) {
	t.Helper()
	want := d.Tasks()
	if len(got) != len(want) {
		t.Fatalf("%d tasks, want %d", len(got), len(want))
	}
	for i, w := range want {
		g := sample.ExpectedTask{
			Title: got[i].Title, Unit: got[i].Unit, Due: got[i].Due, Recurs: got[i].Recurs, Status: got[i].Status, DoneOn: got[i].DoneOn,
		}
		if g != w {
			t.Errorf("task %d is %+v, want %+v", i+1, g, w)
		}
	}
}

// noSecrets looks for planted strings in everything that a reading says.
func noSecrets(t *testing.T, r *store.Reading, secrets []string) {
	t.Helper()
	if len(secrets) == 0 {
		t.Fatal("no secrets to look for")
	}
	whole := fmt.Sprintf("%+v", r)
	for _, f := range r.Findings {
		whole += f.Message(store.Chinese) + f.Hint(store.English)
	}
	for _, secret := range secrets {
		if strings.Contains(whole, secret) {
			t.Errorf("the reading holds the secret %q", secret)
		}
	}
}
