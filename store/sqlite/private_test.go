package sqlite_test

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"jindu/store/sqlite"
)

// TestFilesAreTheirOwnersAlone looks at the rights of a mirror, of what lies
// beside it and of what is restored, and at one that an earlier release made.
func TestFilesAreTheirOwnersAlone(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("skipped: rights are another matter there")
	}
	path := filepath.Join(t.TempDir(), "mirror.db")
	private := func(when string) {
		t.Helper()
		all, err := filepath.Glob(path + "*")
		must(t, err)
		for _, one := range all {
			info, err := os.Stat(one)
			must(t, err)
			expect(t, when+": "+filepath.Base(one), info.Mode().Perm().String(), "-rw-------")
		}
	}
	use := func(when string, n, files int) {
		t.Helper()
		db, err := sqlite.Open(t.Context(), path, config(t))
		must(t, err)
		apply(t, db, 1, numbered(n))
		must(t, decide(path))
		if all, _ := filepath.Glob(path + "*"); len(all) < files {
			t.Errorf("%s: only %v", when, all)
		}
		private(when)
		must(t, db.Close())
	}
	use("made", 1, 5) // the mirror, its log, what readers share, its lock, the decisions
	all, err := filepath.Glob(path + "*")
	must(t, err)
	for _, one := range all {
		must(t, os.Chmod(one, 0o644))
	}
	must(t, os.Chmod(path+".lock", 0o600)) // always was
	use("mended", 2, 5)

	must(t, os.Chmod(path, 0o644))
	backup := filepath.Join(t.TempDir(), "backup.db")
	db, err := sqlite.Open(t.Context(), path, config(t))
	must(t, err)
	_, err = db.Backup(t.Context(), backup, false)
	must(t, err)
	must(t, db.Close())
	must(t, os.Chmod(path, 0o644))
	_, err = sqlite.Restore(t.Context(), restoring(backup, path, 3))
	must(t, err)
	private("put aside")
}
