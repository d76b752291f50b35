package sqlite_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jindu/store"
	"jindu/store/sqlite"
)

// drawFile draws what one of a small office's files says: two reports, which also
// cumulate from January, and two ledgers.
func drawFile(t *rapid.T, path string) *store.Reading {
	number := rapid.SampledFrom([]int{10, 12, 14})
	total := rapid.SampledFrom([]float64{38, 40, 42})
	switch path {
	case "may.xlsx":
		return book(path, start,
			says("cxs", "case_criminal", may, float64(number.Draw(t, "may"))),
			says("cxs", "case_criminal", store.CumulativeTo(2026, 5), total.Draw(t, "to may")-10))
	case "june.xlsx":
		r := book(path, start,
			says("cxs", "case_criminal", june, float64(number.Draw(t, "june"))),
			says("cxs", "case_criminal", store.CumulativeTo(2026, 6), total.Draw(t, "to june")))
		r.Compared = []store.Statement{says("cxs", "case_criminal", may, float64(number.Draw(t, "last month")))}
		return r
	default:
		r := ledgerOf(path, 0, "", number.Draw(t, "rows"))
		r.Records = drawLedger(t).records
		for i := range r.Records {
			r.Records[i].ID += path
		}
		return r
	}
}

// current returns all that a mirror says of the present, without since when, and
// without which of two files spoke last: a mirror that is made anew cannot know.
func current(t *rapid.T, db *sqlite.DB) string {
	s, err := db.Snapshot(t.Context(), store.SnapshotRequest{Period: june, Now: at(24 * 60)})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, f := range s.Figures {
		out = append(out, fmt.Sprint("figure ", f.Key, f.Value, f.Suspect, f.Cell.Path))
	}
	for _, f := range s.Findings {
		out = append(out, fmt.Sprint("finding ", f.Rule, f.Unit, f.Indicator, f.Period))
	}
	records, err := db.Records(t.Context(), time.Time{}, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range records {
		out = append(out, fmt.Sprint("record ", r.ID, r.Form, r.Unit, r.Day, r.Values, r.Cell.Path, r.Cell.Ref))
	}
	tallies, err := db.Tallies(t.Context(), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range tallies {
		out = append(out, fmt.Sprint("tally ", one.Form, one.Unit, one.Period, one.Indicator, one.Word, one.Value, one.Rows, one.Cell.Path, one.Cell.Ref))
	}
	slices.Sort(out)
	return strings.Join(out, "\n")
}

// TestAMirrorMadeAnewSaysTheSame takes a mirror through corrections in any order,
// and another through the last version of each file in any other: what they say
// now, and what they doubt, is the same.
func TestAMirrorMadeAnewSaysTheSame(t *testing.T) {
	cfg := config(t)
	folder, n := t.TempDir(), 0
	rapid.Check(t, func(t *rapid.T) {
		open := func() *sqlite.DB {
			n++
			db, err := sqlite.Open(t.Context(), filepath.Join(folder, fmt.Sprint(n)), cfg)
			if err != nil {
				t.Fatal(err)
			}
			return db
		}
		apply := func(db *sqlite.DB, minute int, r *store.Reading) {
			r.Workbook.Received = at(minute)
			if _, err := db.Apply(t.Context(), int64(minute), r); err != nil {
				t.Fatal(err)
			}
		}
		lived, anew := open(), open()
		defer func() { _, _ = lived.Close(), anew.Close() }()
		last := map[string]*store.Reading{}
		paths := rapid.SliceOfN(rapid.SampledFrom([]string{"may.xlsx", "june.xlsx", "l1.xlsx", "l2.xlsx"}), 1, 8).Draw(t, "files")
		for i, path := range paths {
			last[path] = drawFile(t, path)
			last[path].Workbook.SHA256 = fmt.Sprint(path, i)
			apply(lived, i+1, last[path])
		}
		files := make([]string, 0, len(last))
		for path := range last {
			files = append(files, path)
		}
		slices.Sort(files)
		for i, path := range rapid.Permutation(files).Draw(t, "order") {
			apply(anew, i+1, last[path])
		}
		if got, want := current(t, anew), current(t, lived); got != want {
			t.Fatalf("made anew:\n%s\nlived:\n%s", got, want)
		}
	})
}
