package sqlite_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"jindu/store"
	"jindu/store/sqlite"
)

// ledgerYears is a unit's ledgers of two years: inspections with all their fields,
// and the counts of each month.
func ledgerYears(unit string, rows, edition int) *store.Reading {
	var records []store.Record
	for i := range rows {
		n := i + 4
		day := store.NewDate(2026, 6, 28-i%700)
		records = append(records, store.Record{
			ID: fmt.Sprint(unit, "-", i), Form: "inspections", Unit: unit, Day: day,
			Cell: store.Cell{Sheet: "检查", Ref: fmt.Sprint("B", n), Header: []string{"场所名称"}, HeaderRefs: []string{"B3"}},
			Values: map[string]store.Value{
				"venue":        {Kind: store.VenueField, Text: fmt.Sprintf("云岭%d酒店", i%90), Ref: fmt.Sprint("B", n)},
				"category":     {Kind: store.WordField, Text: "宾馆", Ref: fmt.Sprint("C", n)},
				"stock":        {Kind: store.NumberField, Number: float64(i), Ref: fmt.Sprint("D", n)},
				"stock_system": {Kind: store.NumberField, Number: float64(i), Ref: fmt.Sprint("E", n)},
				"double_lock":  {Kind: store.CheckField, Number: 1, Ref: fmt.Sprint("F", n)},
				"day":          {Kind: store.DateField, Day: day, Ref: fmt.Sprint("G", n)},
				"problems":     {Kind: store.CountField, Number: float64(edition), Ref: fmt.Sprint("H", n)},
				"due":          {Kind: store.DateField, Day: day.Add(30), Ref: fmt.Sprint("I", n)},
				"rectified":    {Kind: store.DateField, Day: day.Add(20), Ref: fmt.Sprint("J", n)},
				"penalty":      {Kind: store.WordField, Text: "限期整改", Ref: fmt.Sprint("K", n)},
			},
		})
	}
	var tallies []store.Tally
	for month := range sampleMonths {
		for _, word := range []string{"", "讲座", "摆摊", "进校园"} {
			one := counted("pub_events", word, unit, 3)
			one.Period = june.Add(-month)
			tallies = append(tallies, one)
		}
	}
	r := ledgerBook(unit+"/台账.xlsx", 60+edition, records, tallies...)
	r.Workbook.SHA256 = fmt.Sprint(unit, edition)
	return r
}

// withLedgers gives every unit of a mirror its ledgers, so many rows in all.
func withLedgers(tb testing.TB, db *sqlite.DB, cfg sqlite.Config, rows int) {
	tb.Helper()
	units := cfg.Units.All()
	for _, u := range units {
		apply(tb, db, 1, ledgerYears(u.Code, rows/len(units), 0))
	}
}

// ledgerRows is how many rows of ledgers the benchmarks have.
const ledgerRows = 20_000

// BenchmarkLedgers takes snapshots of a mirror with 20,000 rows of ledgers: where
// nothing has changed, where one ledger has, and where nothing was read before.
func BenchmarkLedgers(b *testing.B) {
	path := filepath.Join(b.TempDir(), "mirror.db")
	db, cfg := sampleMirrorAt(b, path)
	take := func(b *testing.B, asOf time.Time) {
		b.Helper()
		data, err := db.Snapshot(b.Context(), store.SnapshotRequest{AsOf: asOf, Now: at(3 * 24 * 60)})
		must(b, err)
		if n := len(data.Records); n < ledgerRows*9/10 {
			b.Fatalf("%d rows", n)
		}
	}
	b.Run("none", func(b *testing.B) {
		for b.Loop() {
			_, err := db.Snapshot(b.Context(), store.SnapshotRequest{Now: at(3 * 24 * 60)})
			must(b, err)
		}
	})
	withLedgers(b, db, cfg, ledgerRows)
	b.Run("same", func(b *testing.B) {
		for b.Loop() {
			take(b, time.Time{})
		}
	})
	b.Run("as-of", func(b *testing.B) {
		for b.Loop() {
			take(b, at(24*60))
		}
	})
	edition := 0
	b.Run("changed", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			edition++
			apply(b, db, 2, ledgerYears("u03", ledgerRows/sampleUnits, edition))
			b.StartTimer()
			take(b, time.Time{})
		}
	})
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			fresh, err := sqlite.Open(b.Context(), path, sqlite.Config{Units: cfg.Units, Catalogue: cfg.Catalogue, Settings: cfg.Settings, ReadOnly: true})
			must(b, err)
			b.StartTimer()
			_, err = fresh.Snapshot(b.Context(), store.SnapshotRequest{Now: at(3 * 24 * 60)})
			must(b, err)
			b.StopTimer()
			must(b, fresh.Close())
			b.StartTimer()
		}
	})
}
