package sqlite_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"
	"time"

	"jindu/store"
	"jindu/store/sqlite"
)

// closedMirror makes a mirror with one workbook that nobody holds open.
func closedMirror(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "mirror.db")
	db, err := sqlite.Open(t.Context(), path, config(t))
	must(t, err)
	apply(t, db, 1, numbered(1))
	must(t, db.Close())
	return path
}

// Litestream keeps two tables of its own in what it copies: they are no damage,
// and a mirror with them can be backed up.
func TestBackupBesideLitestream(t *testing.T) {
	path := closedMirror(t)
	raw, err := sql.Open("sqlite3", path)
	must(t, err)
	_, err = raw.ExecContext(t.Context(), `
		CREATE TABLE _litestream_seq (id INTEGER PRIMARY KEY, seq INTEGER);
		CREATE TABLE _litestream_lock (id INTEGER);`)
	must(t, err)
	must(t, raw.Close())
	db := mustOpenAt(t, path, config(t))
	if _, err := db.Backup(t.Context(), filepath.Join(t.TempDir(), "copy.db"), false); err != nil {
		t.Error(err)
	}
	must(t, db.Check(t.Context()))
}

// A mirror that follows another one is read as a copy: whoever writes it would wait
// for ever for a reader that holds it. What was half written is not looked at, and
// once it follows no more it is read where it lies.
func TestFollowedMirrorIsNotHeld(t *testing.T) {
	path := closedMirror(t)
	noted := func(ago time.Duration) {
		t.Helper()
		must(t, os.WriteFile(path+"-txid", []byte("0000000000000001\n"), 0o600))
		must(t, os.Chtimes(path+"-txid", time.Time{}, time.Now().Add(-ago)))
	}
	written := func(ago time.Duration) {
		t.Helper()
		must(t, os.Chtimes(path, time.Time{}, time.Now().Add(-ago)))
	}
	written(time.Hour)
	noted(time.Hour)
	cfg := config(t)
	cfg.ReadOnly = true
	db := mustOpenAt(t, path, cfg)
	version := func() int64 {
		t.Helper()
		n, err := db.DataVersion(t.Context())
		must(t, err)
		if n := len(snapshot(t, db, time.Time{}).Figures); n != statementsEach {
			t.Errorf("%d figures", n)
		}
		return n
	}
	first := version()
	if _, err := os.Stat(path + "-shm"); err == nil {
		t.Error("the mirror that follows is held open")
	}
	written(30 * time.Minute)
	if n := version(); n != first {
		t.Error("what was half written is looked at")
	}
	if _, err := sqlite.Open(t.Context(), path, cfg); store.ErrorCode(err) != "mirror_busy" {
		t.Errorf("half written, and opened: %v", err)
	}
	noted(20 * time.Minute)
	second := version()
	if second == first {
		t.Error("a change is not noticed")
	}
	must(t, os.Remove(path+"-txid"))
	written(0)
	if third := version(); third == second || third == first || third != version() {
		t.Errorf("versions %d %d %d", first, second, third)
	}
	if _, err := os.Stat(path + "-shm"); err != nil {
		t.Error("a mirror that follows no more is not read where it lies")
	}
}
