package sqlite_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"
	"time"

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

// A mirror that follows another one is not held open while it still has a log: the
// one who writes it would wait for ever. When the log has gone it is read in place.
func TestFollowedMirrorIsNotHeld(t *testing.T) {
	path := closedMirror(t)
	must(t, os.WriteFile(path+"-txid", []byte("0000000000000001\n"), 0o600))
	cfg := config(t)
	cfg.ReadOnly = true
	db := mustOpenAt(t, path, cfg)
	figures := func() int { return len(snapshot(t, db, time.Time{}).Figures) }
	first, err := db.DataVersion(t.Context())
	must(t, err)
	if n := figures(); n != statementsEach {
		t.Errorf("%d figures", n)
	}
	if _, err := os.Stat(path + "-shm"); err == nil {
		t.Error("the mirror that follows is held open")
	}
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	must(t, err)
	_, err = file.WriteAt([]byte{1, 1}, 18)
	must(t, err)
	must(t, file.Close())
	must(t, os.Chtimes(path, time.Time{}, time.Now().Add(time.Minute)))
	second, err := db.DataVersion(t.Context())
	must(t, err)
	third, err := db.DataVersion(t.Context())
	must(t, err)
	if n := figures(); n != statementsEach || second == first || third == first {
		t.Errorf("%d figures, versions %d %d %d", n, first, second, third)
	}
}
