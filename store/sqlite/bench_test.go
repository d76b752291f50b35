package sqlite_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"jindu/store"
	"jindu/store/sqlite"
)

// The size of the sample district.
const (
	sampleUnits      = 34
	sampleIndicators = 60
	sampleMonths     = 24
)

// sampleConfig is the configuration of a district of the sample's size.
func sampleConfig(tb testing.TB) sqlite.Config {
	tb.Helper()
	cfg := config(tb)
	units := make([]store.Unit, sampleUnits)
	for i := range units {
		units[i] = store.Unit{Code: fmt.Sprintf("u%02d", i), Name: fmt.Sprintf("第%d派出所", i), Kind: store.Station}
	}
	cfg.Units = store.NewUnits(units)
	return cfg
}

// sampleBook makes the workbook of one unit and month.
func sampleBook(cfg sqlite.Config, unit, month, edition int) *store.Reading {
	p := june.Add(month - sampleMonths + 1)
	all := make([]store.Statement, sampleIndicators)
	for i := range all {
		ind := cfg.Catalogue.Indicators[i]
		all[i] = says(cfg.Units.All()[unit].Code, ind.Code, p, float64(100*unit+i+edition)+0.25*float64(month))
		all[i].Cell.Ref = fmt.Sprintf("C%d", i+5)
		all[i].Cell.HeaderRefs = []string{"C3", fmt.Sprintf("B%d", i+5)}
	}
	received := start.Add(time.Duration(month*sampleUnits+unit) * time.Second)
	return book(fmt.Sprintf("%s/%s.xlsx", all[0].Unit, p), received, all...)
}

// sampleMirror makes a mirror of the sample's size.
func sampleMirror(tb testing.TB) (*sqlite.DB, sqlite.Config) {
	tb.Helper()
	cfg := sampleConfig(tb)
	db := mustOpenAt(tb, filepath.Join(tb.TempDir(), "mirror.db"), cfg)
	for month := range sampleMonths {
		for unit := range sampleUnits {
			apply(tb, db, 1, sampleBook(cfg, unit, month, 0))
		}
	}
	return db, cfg
}

func BenchmarkApply(b *testing.B) {
	db, cfg := sampleMirror(b)
	edition := 0
	for b.Loop() {
		edition++
		r := sampleBook(cfg, edition%sampleUnits, sampleMonths-1, edition)
		r.Workbook.Received = at(60 + edition)
		apply(b, db, 2, r)
	}
}

func BenchmarkApplyUnchanged(b *testing.B) {
	db, cfg := sampleMirror(b)
	for b.Loop() {
		apply(b, db, 2, sampleBook(cfg, 3, sampleMonths-1, 0))
	}
}

func BenchmarkStamps(b *testing.B) {
	db, _ := sampleMirror(b)
	for b.Loop() {
		_, err := db.Stamps(b.Context(), "share")
		must(b, err)
	}
}

func BenchmarkSnapshot(b *testing.B) {
	db, _ := sampleMirror(b)
	for name, asOf := range map[string]time.Time{"now": {}, "then": at(60)} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				s, err := db.Snapshot(b.Context(), store.SnapshotRequest{AsOf: asOf, Now: at(3 * 24 * 60)})
				must(b, err)
				if len(s.Figures) != 3*sampleUnits*sampleIndicators {
					b.Fatalf("%d figures", len(s.Figures))
				}
			}
		})
	}
}

func BenchmarkDataVersion(b *testing.B) {
	db := mustOpen(b)
	for b.Loop() {
		_, err := db.DataVersion(b.Context())
		must(b, err)
	}
}
