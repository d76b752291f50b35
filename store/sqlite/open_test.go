package sqlite_test

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"jindu/store"
	"jindu/store/sqlite"
)

// alter runs a statement on the mirror's file behind the mirror's back.
func alter(tb testing.TB, path, statement string, args ...any) {
	tb.Helper()
	must(tb, tryAlter(tb, path, statement, args...))
}

// tryAlter is alter where that may fail.
func tryAlter(tb testing.TB, path, statement string, args ...any) error {
	tb.Helper()
	raw, err := sql.Open("sqlite3", path)
	must(tb, err)
	_, err = raw.ExecContext(tb.Context(), statement, args...)
	return errors.Join(err, raw.Close())
}

func TestOpenRefuses(t *testing.T) {
	nothing := func(string) {}
	made := func(path string) {
		db, err := sqlite.Open(t.Context(), path, config(t))
		must(t, err)
		must(t, db.Close())
	}
	altered := func(statement string) func(string) {
		return func(path string) {
			made(path)
			alter(t, path, statement)
		}
	}
	written := func(text string) func(string) {
		return func(path string) { must(t, os.WriteFile(path, []byte(text), 0o600)) }
	}
	const later = `INSERT INTO migration VALUES ('migration/9999_later.sql')`
	for _, c := range []struct {
		name     string
		file     string
		prepare  func(path string)
		readOnly bool
		code     string
	}{
		{"what is not there", "no.db", nothing, true, "mirror_missing"},
		{"an empty file", "a.db", written(""), true, "mirror_missing"},
		{"a newer mirror", "a.db", altered(later), false, "mirror_newer"},
		{"a newer mirror to read", "a.db", altered(later), true, "mirror_newer"},
		{"an older mirror to read", "a.db", altered(`DELETE FROM migration`), true, "mirror_older"},
		{"what is no mirror", "a.db", written("this was never a database, whatever its name may say of it"), false, "mirror_damaged"},
		{"a folder that is not there", "no/a.db", nothing, false, "mirror_readonly"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), c.file)
			c.prepare(path)
			cfg := config(t)
			cfg.ReadOnly = c.readOnly
			_, err := sqlite.Open(t.Context(), path, cfg)
			expect(t, "error", store.ErrorCode(err), c.code)
		})
	}
}

// TestD05_DamageIsNoticed zeroes each page of a mirror in turn, and then turns
// single bits. Such a mirror must refuse to open or to be read, or show what
// was there; never another number.
func TestD05_DamageIsNoticed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "mirror.db")
	db, err := sqlite.Open(t.Context(), path, config(t))
	must(t, err)
	apply(t, db, 1, numbered(7))
	apply(t, db, 2, numbered(7000)) // which waits
	want := numbers(t, db)
	must(t, db.Close())
	whole, err := os.ReadFile(path)
	must(t, err)
	const page, flips = 4096, 500
	noticed := 0
	for from := 0; from < len(whole); from += page {
		broken := bytes.Clone(whole)
		clear(broken[from : from+page])
		if damaged(t, path, broken, want) {
			noticed++
		}
	}
	if noticed < len(whole)/page/2 {
		t.Errorf("%d of %d zeroed pages noticed", noticed, len(whole)/page)
	}
	random := rand.New(rand.NewPCG(26, 6))
	noticed = 0
	for range flips {
		broken := bytes.Clone(whole)
		broken[random.IntN(len(broken))] ^= 1 << random.IntN(8)
		if damaged(t, path, broken, want) {
			noticed++
		}
	}
	t.Logf("%d of %d turned bits noticed; the others changed no number", noticed, flips)
}

// numbers returns every number that a snapshot shows, now and as of a moment.
func numbers(tb testing.TB, db *sqlite.DB) map[string]bool {
	tb.Helper()
	out, err := readNumbers(tb, db)
	must(tb, err)
	return out
}

func readNumbers(tb testing.TB, db *sqlite.DB) (map[string]bool, error) {
	tb.Helper()
	out := map[string]bool{}
	for _, asOf := range []time.Time{{}, at(1000)} {
		s, err := db.Snapshot(tb.Context(), store.SnapshotRequest{Period: june, AsOf: asOf, Now: at(1000)})
		if err != nil {
			return nil, err
		}
		for _, f := range s.Figures {
			out[fmt.Sprint(f.Key, f.Value, f.NotApplicable)] = true
		}
		for _, p := range s.Pending {
			out[fmt.Sprint("pending ", p.Key, p.Value, p.NotApplicable)] = true
		}
		for _, one := range s.Series {
			for i, v := range one.Values {
				if one.Known[i] {
					out[fmt.Sprint(one.Unit, one.Indicator, len(one.Values)-i, v)] = true
				}
			}
		}
		ledger, err := readLedgerNumbers(tb, db, asOf)
		if err != nil {
			return nil, err
		}
		for of, v := range ledger {
			out[fmt.Sprint(of, v)] = true
		}
	}
	return out, nil
}

// damaged puts the broken bytes in the mirror's place and reports whether that
// was noticed. Every number that is shown all the same must be one of those wanted.
func damaged(t *testing.T, path string, broken []byte, want map[string]bool) bool {
	t.Helper()
	must(t, os.WriteFile(path, broken, 0o600))
	for _, suffix := range []string{"-wal", "-shm"} {
		must(t, os.RemoveAll(path+suffix))
	}
	db, err := sqlite.Open(t.Context(), path, config(t))
	if err != nil {
		return true
	}
	defer func() { _ = db.Close() }() // what cannot be read may not close well
	got, err := readNumbers(t, db)
	if err != nil {
		return true
	}
	for number := range got {
		if !want[number] {
			t.Errorf("%s is shown", number)
		}
	}
	return false
}

func TestOddPaths(t *testing.T) {
	for _, name := range []string{"镜像 库.db", "a?b#c%20d.db", "it's&=.db"} {
		path := filepath.Join(t.TempDir(), name)
		db := mustOpenAt(t, path, config(t))
		apply(t, db, 1, book("a.xlsx", at(1), says("cxs", "reg_total", june, 5)))
		if _, err := os.Stat(path); err != nil {
			t.Error(err)
		}
		expect(t, name, shown(t, db, total, time.Time{}), "5 v1 a.xlsx")
	}
}

func TestReadOnlyNeverWrites(t *testing.T) {
	path := filepath.Join(t.TempDir(), "mirror.db")
	writer := mustOpenAt(t, path, config(t))
	cfg := config(t)
	cfg.ReadOnly = true
	reader := mustOpenAt(t, path, cfg)
	_, err := reader.Apply(t.Context(), 1, book("a.xlsx", at(1)))
	expect(t, "error", store.ErrorCode(err), "mirror_readonly")
	before, err := reader.DataVersion(t.Context())
	must(t, err)
	if same, err := reader.DataVersion(t.Context()); err != nil || same != before {
		t.Errorf("nothing happened, but the version went from %d to %d, %v", before, same, err)
	}
	apply(t, writer, 1, book("a.xlsx", at(1), says("cxs", "reg_total", june, 5)))
	if after, err := reader.DataVersion(t.Context()); err != nil || after == before {
		t.Errorf("another's commit was not noticed: %d, %v", after, err)
	}
	expect(t, "figure", shown(t, reader, total, time.Time{}), "5 v1 a.xlsx")
}

func TestAnotherTreeSumsUpAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "mirror.db")
	db, err := sqlite.Open(t.Context(), path, config(t))
	must(t, err)
	for i, unit := range []string{"cxs", "cds", "dh1"} {
		apply(t, db, 1, book(unit+".xlsx", at(i+1), says(unit, "reg_total", june, float64(10*(i+1)))))
	}
	must(t, db.Close())
	cfg := config(t)
	cfg.Units = store.NewUnits(cfg.Units.All()[1:]) // the first one was merged into another
	cfg.ReadOnly = true
	reader := mustOpenAt(t, path, cfg)
	last := func(s store.Series) float64 { return s.Values[len(s.Values)-1] }
	if s := snapshot(t, reader, time.Time{}); last(s.Series[0]) != 50 {
		t.Errorf("a reader with another tree sums up %v", last(s.Series[0]))
	}
	cfg.ReadOnly = false
	writer := mustOpenAt(t, path, cfg)
	if s := snapshot(t, writer, time.Time{}); s.Series[0].Unit != store.DistrictCode || last(s.Series[0]) != 50 {
		t.Errorf("a writer with another tree sums up %v", last(s.Series[0]))
	}
}

// TestD06_FilesBesideTheMirror opens what a crash, or somebody tidying up, may have
// left: the log without its index, a broken index, a broken log, no log.
func TestD06_FilesBesideTheMirror(t *testing.T) {
	hot := filepath.Join(t.TempDir(), "mirror.db")
	db := mustOpenAt(t, hot, config(t))
	apply(t, db, 1, numbered(1))
	file, err := os.ReadFile(hot)
	must(t, err)
	log, err := os.ReadFile(hot + "-wal")
	must(t, err)
	for _, c := range []struct {
		name    string
		log     []byte
		index   []byte
		figures int
	}{
		{"log without index", log, nil, statementsEach},
		{"broken index", log, bytes.Repeat([]byte("no index"), 4096), statementsEach},
		{"log cut short in its last commit", log[:len(log)-100], nil, 0},
		{"no log", nil, nil, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "mirror.db")
			for suffix, content := range map[string][]byte{"": file, "-wal": c.log, "-shm": c.index} {
				if content != nil {
					must(t, os.WriteFile(path+suffix, content, 0o600))
				}
			}
			db := mustOpenAt(t, path, config(t))
			must(t, db.Check(t.Context()))
			if s := snapshot(t, db, time.Time{}); len(s.Figures) != c.figures {
				t.Errorf("%d figures", len(s.Figures))
			}
		})
	}
}
