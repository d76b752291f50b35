package sqlite_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jindu/store"
	"jindu/store/sqlite"
)

// summing is a mirror of two stations and a bureau that reports for others, or
// does not.
func summing(t *testing.T, sums store.Sums) *sqlite.DB {
	t.Helper()
	cfg := config(t)
	cfg.Units = store.NewUnits([]store.Unit{
		{Code: "cxs", Name: "城西派出所", Kind: store.Station},
		{Code: "cds", Name: "城东派出所", Kind: store.Station},
		{Code: "gaj", Name: "公安分局", Kind: store.Bureau, Sums: sums},
	})
	return mustOpenAt(t, filepath.Join(t.TempDir(), "mirror.db"), cfg)
}

// sumsSaid returns the open findings about numbers that contain others.
func sumsSaid(tb testing.TB, db *sqlite.DB) string {
	tb.Helper()
	all, err := db.Findings(tb.Context(), time.Time{})
	must(tb, err)
	var out []string
	for _, f := range all {
		if f.Rule == "sum_mismatch" || f.Rule == "counted_twice" {
			out = append(out, f.Path+" "+f.Rule+" "+strings.Join(f.Args[1:], " "))
		}
	}
	return strings.Join(out, "\n")
}

// district returns the total of the district with its completeness.
func district(tb testing.TB, db *sqlite.DB, indicator string) string {
	tb.Helper()
	data, err := db.Snapshot(tb.Context(), store.SnapshotRequest{Period: june, Now: at(60)})
	must(tb, err)
	s := store.NewSnapshot(data)
	line := s.Line(store.DistrictCode, indicator)
	course := s.Course(store.DistrictCode, indicator)
	return fmt.Sprint(line.Value.V, " ", line.N, "/", line.M, " ", line.State, " ", course.Values[store.SeriesMonths-1])
}

func solved(path, unit string, minute int, v float64) *store.Reading {
	return book(path, at(minute), says(unit, "case_criminal", june, v))
}

// TestReconciliationESum holds what the bureau reports for the district against
// what the stations report, across files.
func TestReconciliationESum(t *testing.T) {
	db := summing(t, store.SumsDistrict)
	apply(t, db, 1, solved("gaj.xlsx", "gaj", 1, 31))
	expect(t, "alone it is the total", district(t, db, "case_criminal"), "31 1/1 fresh 31")
	apply(t, db, 1, solved("cxs.xlsx", "cxs", 2, 18))
	expect(t, "of those that report", district(t, db, "case_criminal"), "18 1/2 due 18")
	expect(t, "what is missing contradicts nobody", sumsSaid(t, db), "")
	apply(t, db, 1, solved("cds.xlsx", "cds", 3, 12))
	expect(t, "short of one", sumsSaid(t, db), "gaj.xlsx sum_mismatch 31 30 2")
	expect(t, "the total is in doubt", district(t, db, "case_criminal"), "30 2/2 suspect 30")
	apply(t, db, 2, solved("cds.xlsx", "cds", 4, 13))
	expect(t, "a station has corrected", sumsSaid(t, db), "")
	expect(t, "the same", district(t, db, "case_criminal"), "31 2/2 corrected 31")
	apply(t, db, 3, solved("gaj.xlsx", "gaj", 5, 30))
	expect(t, "the bureau has", sumsSaid(t, db), "gaj.xlsx sum_mismatch 30 31 2")
	expect(t, "its own number stands", shown(t, db, store.Key{Unit: "gaj", Indicator: "case_criminal", Period: june}, time.Time{}), "30? v4 gaj.xlsx")
	course, err := db.Series(t.Context(), store.DistrictCode, "case_criminal", june, 1, time.Time{})
	must(t, err)
	expect(t, "the course", fmt.Sprint(course.Values), "[31]")
}

// TestPartsAboveTheSumAreNoChance need not wait for the others.
func TestPartsAboveTheSumAreNoChance(t *testing.T) {
	db := summing(t, store.SumsDistrict)
	apply(t, db, 1, solved("cds.xlsx", "cds", 1, 4))
	apply(t, db, 1, solved("cxs.xlsx", "cxs", 2, 18))
	apply(t, db, 1, book("gaj.xlsx", at(3), says("gaj", "case_criminal", may, 2), says("gaj", "case_criminal", june, 17)))
	expect(t, "above", sumsSaid(t, db), "gaj.xlsx sum_mismatch 17 22 2")
}

// TestCountedTwice tells of a sum that nobody has said is one: every total would
// hold it twice.
func TestCountedTwice(t *testing.T) {
	for own, want := range map[float64]string{30: "gaj.xlsx counted_twice 30 2 gaj", 29: ""} {
		db := summing(t, store.SumsNone)
		apply(t, db, 1, solved("gaj.xlsx", "gaj", 1, own))
		apply(t, db, 1, solved("cxs.xlsx", "cxs", 2, 18))
		apply(t, db, 1, solved("cds.xlsx", "cds", 3, 12))
		expect(t, "said", sumsSaid(t, db), want)
	}
}

// TestStreetThatSumsUp adds up the communities and not the street with them.
func TestStreetThatSumsUp(t *testing.T) {
	cfg := config(t)
	units := cfg.Units.All()
	units[2].Sums = store.SumsBelow
	cfg.Units = store.NewUnits(units)
	db := mustOpenAt(t, filepath.Join(t.TempDir(), "mirror.db"), cfg)
	for i, unit := range []string{"dhj", "dh1", "dh2"} {
		apply(t, db, 1, book(unit+".xlsx", at(1+i), says(unit, "seized_total_g", june, []float64{7.3, 4.1, 3.1}[i])))
	}
	expect(t, "within the last printed digits", sumsSaid(t, db), "")
	expect(t, "the communities", district(t, db, "seized_total_g"), "7.2 2/2 fresh 7.2")
}
