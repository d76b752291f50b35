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

// sound is a value that keeps all rules beside the others of the same n: what is
// measured is not how findings are written.
func sound(c *store.Catalogue, ind store.Indicator, n int) float64 {
	v := float64(40 + n)
	for _, other := range c.Indicators {
		if other.Denominator == ind.Code {
			v = float64(80 + n)
		}
	}
	fixed := map[string]float64{
		"reg_total": 1000, "reg_current": 600, "clean3y_total": 300, "dead_total": 60, "abroad_total": 40, "lost_total": 5, "custody_total": 50, "compulsory_now": 20,
		"reg_new": 0, "reg_new_u18": 0, "reg_new_u35": 0, "risk_high": 10, "risk_mid": 20, "risk_low": 30, "seized_total_g": 7 * 1.5,
		"urine_positive": 1,
	}
	if f, ok := fixed[ind.Code]; ok {
		return f
	}
	if strings.HasPrefix(ind.Code, "seized_") && strings.HasSuffix(ind.Code, "_g") {
		return 1.5
	}
	return v
}

// sampleBook makes the workbook of one unit and month.
func sampleBook(cfg sqlite.Config, unit, month, edition int) *store.Reading {
	p := june.Add(month - sampleMonths + 1)
	all := make([]store.Statement, sampleIndicators)
	for i := range all {
		ind := cfg.Catalogue.Indicators[i]
		all[i] = says(cfg.Units.All()[unit].Code, ind.Code, p, sound(cfg.Catalogue, ind, 3*unit+(month*7+edition)%12))
		all[i].Cell.Ref = fmt.Sprintf("C%d", i+5)
		all[i].Cell.HeaderRefs = []string{"C3", fmt.Sprintf("B%d", i+5)}
	}
	received := start.Add(time.Duration(month*sampleUnits+unit) * time.Second)
	return book(fmt.Sprintf("%s/%s.xlsx", all[0].Unit, p), received, all...)
}

// sampleMirror makes a mirror of the sample's size.
func sampleMirror(tb testing.TB) (*sqlite.DB, sqlite.Config) {
	tb.Helper()
	return sampleMirrorAt(tb, filepath.Join(tb.TempDir(), "mirror.db"))
}

// sampleMirrorAt is sampleMirror at a path.
func sampleMirrorAt(tb testing.TB, path string) (*sqlite.DB, sqlite.Config) {
	tb.Helper()
	cfg := sampleConfig(tb)
	db := mustOpenAt(tb, path, cfg)
	for month := range sampleMonths {
		for unit := range sampleUnits {
			apply(tb, db, 1, sampleBook(cfg, unit, month, 0))
		}
	}
	wantSound(tb, db)
	return db, cfg
}

// wantSound fails where a rule is broken.
func wantSound(tb testing.TB, db *sqlite.DB) {
	tb.Helper()
	all, err := db.Findings(tb.Context(), time.Time{})
	must(tb, err)
	if len(all) > 0 {
		tb.Fatalf("%d findings, the first: %s %v", len(all), all[0].Rule, all[0].Args)
	}
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
