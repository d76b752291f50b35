package sqlite_test

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3"

	"jindu/store"
	"jindu/store/sqlite"
)

// yearBook makes the workbook of a unit's year: 30 indicators over 12 months, as
// a unit sends it in that keeps one file for the year.
func yearBook(cfg sqlite.Config, unit, edition int, received time.Time) *store.Reading {
	code := cfg.Units.All()[unit].Code
	var all []store.Statement
	for i := range 30 {
		ind := cfg.Catalogue.Indicators[i]
		for month := range 12 {
			s := says(code, ind.Code, june.Add(month-11), sound(cfg.Catalogue, ind, unit%100+(month*7+edition)%12))
			s.Cell.Ref = fmt.Sprintf("%c%d", 'C'+month, i+5)
			s.Cell.HeaderRefs = []string{fmt.Sprintf("%c3", 'C'+month), fmt.Sprintf("B%d", i+5)}
			s.Own = month == 11
			all = append(all, s)
		}
	}
	return book(code+"/2026.xlsx", received, all...)
}

// manyUnits is the configuration of a district with so many stations.
func manyUnits(tb testing.TB, n int) sqlite.Config {
	tb.Helper()
	cfg := config(tb)
	units := make([]store.Unit, n)
	for i := range units {
		units[i] = store.Unit{Code: fmt.Sprintf("u%04d", i), Name: fmt.Sprintf("第%d派出所", i), Kind: store.Station}
	}
	cfg.Units = store.NewUnits(units)
	return cfg
}

// BenchmarkYear mirrors a unit's year of monthly reports, 360 figures, of as many
// units as there are rounds: none is there yet.
func BenchmarkYear(b *testing.B) {
	cfg := manyUnits(b, 3000)
	db := mustOpenAt(b, filepath.Join(b.TempDir(), "mirror.db"), cfg)
	n := 0
	for b.Loop() {
		b.StopTimer()
		r := yearBook(cfg, n%3000, n/3000, start.Add(time.Duration(n)*time.Second))
		b.StartTimer()
		apply(b, db, 1, r)
		n++
	}
	wantSound(b, db)
}

// deepMirror makes a mirror of the sample district with a past of so many months,
// each figure of which has been corrected so many times: through the program what
// stands, and with SQL what stood before, as the program leaves it behind.
func deepMirror(tb testing.TB, months, corrections int) (*sqlite.DB, sqlite.Config, int64) {
	tb.Helper()
	cfg := sampleConfig(tb)
	path := filepath.Join(tb.TempDir(), "mirror.db")
	db, err := sqlite.Open(tb.Context(), path, cfg)
	must(tb, err)
	for month := sampleMonths - months; month < sampleMonths; month++ {
		for unit := range sampleUnits {
			r := sampleBook(cfg, unit, month, 0)
			r.Workbook.Received = start.Add(time.Duration((month+months)*sampleUnits+unit) * time.Second)
			apply(tb, db, 1, r)
		}
	}
	withLedgers(tb, db, cfg, ledgerRows)
	must(tb, db.Close())
	n := correctBefore(tb, path, corrections)
	db = mustOpenAt(tb, path, cfg)
	info, err := os.Stat(path)
	must(tb, err)
	tb.Logf("%d months, %d versions, %d MB", months, n, info.Size()>>20)
	return db, cfg, n
}

// correctBefore gives every figure so many versions before the one that stands,
// each of a workbook of its own, and returns how many versions there are.
func correctBefore(tb testing.TB, path string, corrections int) (n int64) {
	tb.Helper()
	db, err := sql.Open("sqlite3", "file:"+path+"?_synchronous=OFF&_journal_mode=WAL&_foreign_keys=OFF&_cache_size=-200000")
	must(tb, err)
	defer func() { must(tb, db.Close()) }()
	var books int64
	ctx := tb.Context()
	must(tb, db.QueryRowContext(ctx, `SELECT max(id) FROM workbook`).Scan(&books))
	for back := 1; back <= corrections; back++ {
		tx, err := db.BeginTx(ctx, nil)
		must(tb, err)
		for _, query := range []string{
			`INSERT INTO workbook
			 SELECT id - ?1 * ?2, file, -?1, pull, sha256, size, format, modified, received - ?1 * 40000, 0, verdict, unit, period,
				figures, rows, set_aside, reading, known_from - ?1 * 40000, known_from - (?1 - 1) * 40000
			 FROM workbook WHERE id BETWEEN 1 AND ?2`,
			`INSERT INTO statement
			 SELECT s.workbook - ?1 * ?2, s.unit, s.indicator, s.period, s.file, s.value + ?1, s.own, s.suspect, s.reported, s.heading,
				s.ref, s.raw, s.unit_ref, s.period_ref, s.note, s.pull, s.since - ?1 * 40000, s.retired,
				s.known_from - ?1 * 40000, s.known_from - (?1 - 1) * 40000
			 FROM statement s WHERE s.workbook BETWEEN 1 AND ?2`,
			`INSERT INTO figure
			 SELECT unit, indicator, period, known_from - ?1 * 40000, known_from - (?1 - 1) * 40000, version - ?1, since - ?1 * 40000,
				pull, value + ?1, suspect, workbook - ?1 * ?2, first
			 FROM figure WHERE workbook BETWEEN 1 AND ?2 AND known_to IS NULL`,
		} {
			_, err := tx.ExecContext(ctx, query, back, books)
			must(tb, err)
		}
		must(tb, tx.Commit())
	}
	must(tb, db.QueryRowContext(ctx, `SELECT count(*) FROM figure`).Scan(&n))
	_, err = db.ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`)
	must(tb, err)
	return n
}

// BenchmarkDeep asks a mirror of 100,000 versions of figures and one of five
// million for the same board, takes in the same workbook, and looks at the same
// versions: the past must not slow the present.
func BenchmarkDeep(b *testing.B) {
	for _, size := range []struct {
		name                string
		months, corrections int
	}{{"100k", 24, 1}, {"5M", 120, 19}} {
		db, cfg, _ := deepMirror(b, size.months, size.corrections)
		b.Run("snapshot/"+size.name, func(b *testing.B) {
			for b.Loop() {
				data, err := db.Snapshot(b.Context(), store.SnapshotRequest{Now: at(3 * 24 * 60)})
				must(b, err)
				if s := store.NewSnapshot(data); len(s.Figures) != 3*sampleUnits*sampleIndicators {
					b.Fatalf("%d figures", len(s.Figures))
				}
			}
		})
		b.Run("as-of/"+size.name, func(b *testing.B) {
			for b.Loop() {
				_, err := db.Snapshot(b.Context(), store.SnapshotRequest{AsOf: at(24 * 60), Now: at(3 * 24 * 60)})
				must(b, err)
			}
		})
		b.Run("versions/"+size.name, func(b *testing.B) {
			k := sampleBook(cfg, 3, sampleMonths-1, 0).Statements[7].Key
			for b.Loop() {
				all, err := db.Versions(b.Context(), k, time.Time{})
				must(b, err)
				if len(all) != size.corrections+1 {
					b.Fatalf("%d versions", len(all))
				}
			}
		})
		edition := 0
		b.Run("apply/"+size.name, func(b *testing.B) {
			for b.Loop() {
				edition++
				r := sampleBook(cfg, edition%sampleUnits, sampleMonths-1, edition)
				r.Workbook.Received = at(24*60 + edition)
				apply(b, db, 2, r)
			}
		})
	}
}
