package form_test

import (
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jindu/store"
	"jindu/sync/form"
	"jindu/sync/sample"
	"jindu/sync/sheet"
)

// place is a cell of a workbook.
type place struct{ file, sheet, cell string }

// sampleReadings reads every workbook of the fictitious district.
func sampleReadings(t *testing.T, d *sample.District, today store.Date) map[string]*store.Reading {
	t.Helper()
	dir := t.TempDir()
	moments := d.Moments()
	if err := d.Write(dir, moments[len(moments)-1]); err != nil {
		t.Fatal(err)
	}
	catalogue, err := store.LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	reader := form.NewReader(form.Options{
		Units:       store.NewUnits(d.Units()),
		District:    store.District{Name: "云岭区", Population: 812000, Bureaus: []string{"公安分局", "云岭公安分局"}},
		Catalogue:   catalogue,
		Today:       today,
		MonthStarts: 1,
		Secret:      []byte("a secret of the tests"),
	})
	out := map[string]*store.Reading{}
	err = filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || strings.HasPrefix(e.Name(), "~$") || strings.HasSuffix(path, ".tmp") {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		book, err := sheet.Read(t.Context(), data, sheet.DefaultLimits())
		if err != nil {
			t.Logf("%s: %v", name, err)
			return nil
		}
		out[filepath.ToSlash(name)] = reader.Read(book, e.Name())
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestSample reads the fictitious district and finds every figure of its truth
// at its cell, and no other figure of a month.
func TestSample(t *testing.T) {
	now := time.Date(2026, 7, 3, 9, 0, 0, 0, time.FixedZone("CST", 8*3600))
	d := sample.New(1, now)
	readings := sampleReadings(t, d, store.DateOf(now))
	truth := map[store.Key]sample.Expected{}
	found := map[place]store.Statement{}
	for file, r := range readings {
		for _, s := range r.Statements {
			found[place{file, s.Cell.Sheet, s.Cell.Ref}] = s
		}
	}
	missing := 0
	for _, e := range d.Truth() {
		truth[e.Key] = e
		if e.Derived {
			continue
		}
		s, ok := found[place{e.File, e.Sheet, e.Cell}]
		if !ok || s.Key != e.Key || s.NotApplicable != e.NotApplicable || math.Abs(s.Value-e.Value) > 1e-9 {
			if missing++; missing < 40 {
				t.Errorf("%s %s!%s is %v %v (%v), want %v %v", e.File, e.Sheet, e.Cell, s.Key, s.Value, ok, e.Key, e.Value)
			}
		}
	}
	conflicts := map[string]bool{}
	for _, f := range d.Faults() {
		switch f.Rule {
		case "conflict":
			conflicts[f.File] = true // between two files: for the mirror to see
		case "jump", "duplicate", "ledger_mismatch":
		default:
			if !names(readings[f.File], f) {
				t.Errorf("%s %s!%s: no %s among %v", f.File, f.Sheet, f.Cell, f.Rule, messages(readings[f.File]))
			}
		}
	}
	strange := 0
	rules := map[string]int{}
	for file, r := range readings {
		for _, f := range r.Findings {
			rules[f.Rule]++
		}
		for _, s := range r.Statements {
			e, ok := truth[s.Key]
			if s.Period.Kind == store.Month && (!ok || math.Abs(e.Value-s.Value) > 1e-9) && !stands(d, conflicts, file, s) {
				if strange++; strange < 40 {
					t.Errorf("%s %s!%s states %v %v, truth %v %v", file, s.Cell.Sheet, s.Cell.Ref, s.Key, s.Value, e.Value, ok)
				}
			}
			if ok && s.Suspect != e.Suspect && s.Suspect {
				t.Errorf("%s %s!%s is suspect", file, s.Cell.Sheet, s.Cell.Ref)
			}
		}
	}
	t.Logf("%d files, %d figures of %d missing, %d strange, findings %v", len(readings), missing, len(truth), strange, rules)
}

// names reports whether a reading has the finding of a deliberate fault.
func names(r *store.Reading, f sample.Fault) bool {
	if r == nil {
		return false
	}
	for _, have := range r.Findings {
		if have.Rule == f.Rule && (f.Cell == "" || have.Cell == f.Cell) && (f.Sheet == "" || have.Sheet == f.Sheet) {
			return true
		}
	}
	return false
}

// stands reports whether a figure is one of two files that contradict each other.
func stands(d *sample.District, conflicts map[string]bool, file string, s store.Statement) bool {
	if conflicts[file] {
		return true
	}
	for _, e := range d.Truth() {
		if e.Key == s.Key {
			return false
		}
	}
	for other := range conflicts {
		if filepath.Dir(other) == filepath.Dir(file) {
			return true
		}
	}
	return false
}
