package sqlite_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jindu/store"
	"jindu/store/sqlite"
)

// restoring prepares a restore of a backup and its acknowledgements in one folder.
func restoring(from, to string, minute int) sqlite.Restoring {
	return sqlite.Restoring{From: from, FromAcks: from + ".ack.db", To: to, ToAcks: to + ".ack.db", At: at(minute)}
}

// backUp makes a backup of a mirror with one workbook, which it returns closed
// after a second one has replaced the first.
func backUp(t *testing.T, folder string) (path, backup string) {
	t.Helper()
	path, backup = filepath.Join(folder, "mirror.db"), filepath.Join(folder, "backup.db")
	db, err := sqlite.Open(t.Context(), path, config(t))
	must(t, err)
	apply(t, db, 1, numbered(1))
	_, err = db.Backup(t.Context(), backup, false)
	must(t, err)
	apply(t, db, 2, numbered(2))
	must(t, db.Close())
	return path, backup
}

// worth returns what every figure of the mirror is worth; 0 for none.
func worth(t *testing.T, path string) float64 {
	t.Helper()
	db, err := sqlite.Open(t.Context(), path, config(t))
	must(t, err)
	defer func() { must(t, db.Close()) }()
	must(t, db.Check(t.Context()))
	s := snapshot(t, db, time.Time{})
	for _, f := range s.Figures {
		if f.Value != s.Figures[0].Value || len(s.Figures) != statementsEach {
			t.Fatalf("half a workbook: %d figures, %v beside %v", len(s.Figures), f.Value, s.Figures[0].Value)
		}
	}
	if len(s.Figures) == 0 {
		return 0
	}
	return s.Figures[0].Value
}

func TestD12_BackupAndRestore(t *testing.T) {
	folder := t.TempDir()
	path, backup := filepath.Join(folder, "mirror.db"), filepath.Join(folder, "backup.db")
	db, err := sqlite.Open(t.Context(), path, config(t))
	must(t, err)
	apply(t, db, 1, numbered(1))
	held, err := db.Backup(t.Context(), backup, false)
	must(t, err)
	if held.Figures != statementsEach || held.Versions != statementsEach || held.Workbooks != 1 || held.Hash == "" || !held.Known.Equal(at(1)) {
		t.Errorf("the backup holds %+v", held)
	}
	info, err := os.Stat(backup)
	must(t, err)
	expect(t, "rights", info.Mode().Perm().String(), "-rw-------")
	if _, err := db.Backup(t.Context(), backup, false); store.ErrorCode(err) != "backup_exists" {
		t.Errorf("a backup was overwritten: %v", err)
	}
	apply(t, db, 2, numbered(2))
	later, err := db.Backup(t.Context(), filepath.Join(folder, "later.db"), false)
	must(t, err)
	if later.Hash == held.Hash || later.Versions != 2*statementsEach {
		t.Errorf("a later backup holds %+v", later)
	}
	if _, err := sqlite.Restore(t.Context(), restoring(backup, path, 3)); store.ErrorCode(err) != "mirror_busy" {
		t.Errorf("restored under a writer: %v", err)
	}
	must(t, db.Close())
	got, err := sqlite.Restore(t.Context(), restoring(backup, path, 3))
	must(t, err)
	expect(t, "restored", fmt.Sprint(got.Content), fmt.Sprint(held))
	now, err := sqlite.Inspect(t.Context(), path)
	must(t, err)
	expect(t, "the mirror", fmt.Sprint(now), fmt.Sprint(held))
	expect(t, "the mirror's figures", fmt.Sprint(worth(t, path)), "1")
	expect(t, "what was replaced", fmt.Sprint(worth(t, got.Kept)), "2")
	left, err := filepath.Glob(filepath.Join(folder, "*.part*"))
	must(t, err)
	if len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestBackupIsReplacedOnlyIfWanted keeps what stands there until a new one is whole.
func TestBackupIsReplacedOnlyIfWanted(t *testing.T) {
	folder := t.TempDir()
	path, backup := backUp(t, folder)
	db := mustOpenAt(t, path, config(t))
	_, err := db.Backup(t.Context(), backup, true)
	must(t, err)
	expect(t, "replaced", fmt.Sprint(worth(t, backup)), "2")
	_, err = db.Backup(t.Context(), filepath.Join(folder, "no", "backup.db"), false)
	expect(t, "no folder", store.ErrorCode(err), "backup_failed")
}

// TestRestoreRefuses leaves the mirror as it is where the backup is no good.
func TestRestoreRefuses(t *testing.T) {
	nothing := func([]byte) []byte { return nil }
	for _, c := range []struct {
		name  string
		spoil func(whole []byte) []byte
		alter string
		code  string
	}{
		{"no backup", nothing, "", "mirror_missing"},
		{"an empty file", func([]byte) []byte { return []byte{} }, "", "backup_bad"},
		{"a file cut short", func(whole []byte) []byte { return whole[:len(whole)/2] }, "", "backup_bad"},
		{"no database", func([]byte) []byte { return []byte(strings.Repeat("never a mirror ", 999)) }, "", "backup_bad"},
		{"a cleared page", func(whole []byte) []byte { clear(whole[8*4096 : 9*4096]); return whole }, "", "backup_bad"},
		{"a turned digit", nil, `UPDATE figure SET value = '8'`, "backup_bad"},
		{"a later one", nil, `INSERT INTO migration VALUES ('migration/9999_later.sql')`, "mirror_newer"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path, backup := backUp(t, t.TempDir())
			if c.alter != "" {
				alter(t, backup, c.alter)
			} else {
				whole, err := os.ReadFile(backup)
				must(t, err)
				must(t, os.Remove(backup))
				if spoilt := c.spoil(whole); spoilt != nil {
					must(t, os.WriteFile(backup, spoilt, 0o600))
				}
			}
			_, err := sqlite.Restore(t.Context(), restoring(backup, path, 3))
			expect(t, "error", store.ErrorCode(err), c.code)
			expect(t, "the mirror", fmt.Sprint(worth(t, path)), "2")
			left, err := filepath.Glob(path + ".*.part*")
			must(t, err)
			if len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

// TestRestoreOfADamagedMirror is what restoring is for; the damaged one is kept.
func TestRestoreOfADamagedMirror(t *testing.T) {
	path, backup := backUp(t, t.TempDir())
	spoilt := []byte("this was a mirror once")
	must(t, os.WriteFile(path, spoilt, 0o600))
	_, err := sqlite.Open(t.Context(), path, config(t))
	expect(t, "damaged", store.ErrorCode(err), "mirror_damaged")
	got, err := sqlite.Restore(t.Context(), restoring(backup, path, 3))
	must(t, err)
	expect(t, "restored", fmt.Sprint(worth(t, path)), "1")
	kept, err := os.ReadFile(got.Kept)
	must(t, err)
	if !bytes.Equal(kept, spoilt) {
		t.Errorf("%s holds something else", got.Kept)
	}
}

// TestD02_RestoreGoesOn stops a restore behind each of its steps: who opens the
// mirror next finishes it, and what is replaced keeps even what was in its log.
func TestD02_RestoreGoesOn(t *testing.T) {
	hot := filepath.Join(t.TempDir(), "mirror.db")
	writer := mustOpenAt(t, hot, config(t))
	apply(t, writer, 1, numbered(3))
	for done := range 4 {
		t.Run(fmt.Sprint(done), func(t *testing.T) {
			path, backup := backUp(t, t.TempDir())
			for _, suffix := range []string{"", "-wal", "-shm"} {
				b, err := os.ReadFile(hot + suffix)
				must(t, err)
				must(t, os.WriteFile(path+suffix, b, 0o600))
			}
			must(t, os.Rename(backup, path+".restoring-x_kept.db"))
			aside := path + ".replaced-x"
			steps := []func() error{
				func() error { return os.Rename(path, aside) },
				func() error { return os.Rename(path+"-wal", aside+"-wal") },
				func() error { return os.Remove(path + "-shm") },
			}
			for _, step := range steps[:done] {
				must(t, step())
			}
			cfg := config(t)
			cfg.ReadOnly = true
			_, err := sqlite.Open(t.Context(), path, cfg)
			if code := store.ErrorCode(err); code != "restore_unfinished" && code != "mirror_missing" {
				t.Errorf("a reader opens what is half restored: %v", err)
			}
			db, err := sqlite.Open(t.Context(), path, config(t))
			must(t, err)
			expect(t, "what is told", fmt.Sprint(db.Finished()), fmt.Sprint(sqlite.Finished{Backup: "kept.db", Kept: aside}))
			must(t, db.Close())
			expect(t, "restored", fmt.Sprint(worth(t, path)), "1")
			expect(t, "what was replaced", fmt.Sprint(worth(t, aside)), "3")
		})
	}
}

// TestReaderSeesWhatWasRestored has a board open while the mirror is restored. The
// figures are suspect: of equal numbers the statuses add up to more than the register.
func TestReaderSeesWhatWasRestored(t *testing.T) {
	path, backup := backUp(t, t.TempDir())
	cfg := config(t)
	cfg.ReadOnly = true
	reader := mustOpenAt(t, path, cfg)
	before, err := reader.DataVersion(t.Context())
	must(t, err)
	expect(t, "before", shown(t, reader, total, time.Time{}), "2? v2 a.xlsx")
	_, err = sqlite.Restore(t.Context(), restoring(backup, path, 3))
	must(t, err)
	after, err := reader.DataVersion(t.Context())
	must(t, err)
	if after == before {
		t.Error("the reader did not notice")
	}
	expect(t, "after", shown(t, reader, total, time.Time{}), "1? v1 a.xlsx")
}

// TestRestoreOfAcknowledgements keeps the decisions that go on from the backup's.
func TestRestoreOfAcknowledgements(t *testing.T) {
	decide := func(t *testing.T, path string, reasons ...string) {
		t.Helper()
		acks, err := sqlite.OpenAcks(t.Context(), path)
		must(t, err)
		for _, reason := range reasons {
			_, err := adds(t.Context(), acks, store.Acknowledgement{Key: total, Matter: store.CorrectionMatter, Decision: store.Accept, Reason: reason, By: "值班员", At: at(1)})
			must(t, err)
		}
		must(t, acks.Close())
	}
	for _, c := range []struct {
		name string
		now  []string
		want string
		kept bool
	}{
		{"lost", nil, "甲乙", false},
		{"gone on", []string{"甲", "乙", "丙"}, "甲乙丙", false},
		{"others", []string{"甲", "丁"}, "甲乙", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			path, backup := backUp(t, t.TempDir())
			made := filepath.Join(t.TempDir(), "acks.db")
			decide(t, made, "甲", "乙")
			acks, err := sqlite.OpenAcks(t.Context(), made)
			must(t, err)
			must(t, acks.Backup(t.Context(), backup+".ack.db", false))
			must(t, acks.Close())
			if c.now != nil {
				decide(t, path+".ack.db", c.now...)
			}
			got, err := sqlite.Restore(t.Context(), restoring(backup, path, 3))
			must(t, err)
			if (got.KeptAcks != "") != c.kept {
				t.Errorf("kept %q", got.KeptAcks)
			}
			acks, err = sqlite.OpenAcks(t.Context(), path+".ack.db")
			must(t, err)
			defer func() { must(t, acks.Close()) }()
			all, err := acks.All(t.Context())
			must(t, err)
			reasons := ""
			for _, a := range all {
				reasons += a.Reason
			}
			expect(t, "decisions", reasons, c.want)
		})
	}
}

// TestD05_CheckFindsEveryContradiction turns single values behind SQLite's back:
// pages are whole and a check must tell all the same.
func TestD05_CheckFindsEveryContradiction(t *testing.T) {
	for _, statement := range []string{
		`UPDATE figure SET value = '8' WHERE indicator = 'reg_total'`,
		`UPDATE statement SET value = '8' WHERE indicator = 'reg_total'`,
		`UPDATE board SET value = '8' WHERE indicator = 'reg_total'`,
		`UPDATE board SET arrived = arrived + 1`,
		`UPDATE board SET line = replace(line, 'F12', 'F13')`,
		`DELETE FROM board WHERE indicator = 'reg_total'`,
		`UPDATE course SET months = replace(months, '7', '8')`,
		`UPDATE course SET months = '8' WHERE indicator = 'reg_total'`,
		`UPDATE record SET content = replace(content, '7', '8')`,
		`UPDATE tally SET value = '8'`,
		`DELETE FROM workbook`,
	} {
		path := filepath.Join(t.TempDir(), "mirror.db")
		db, err := sqlite.Open(t.Context(), path, config(t))
		must(t, err)
		apply(t, db, 1, numbered(7))
		must(t, db.Check(t.Context()))
		must(t, db.Close())
		alter(t, path, statement)
		db, err = sqlite.Open(t.Context(), path, config(t))
		must(t, err)
		if err := db.Check(t.Context()); store.ErrorCode(err) != "mirror_damaged" {
			t.Errorf("%s: %v", statement, err)
		}
		if _, err := db.Backup(t.Context(), path+".backup", false); store.ErrorCode(err) != "mirror_damaged" {
			t.Errorf("%s: a backup: %v", statement, err)
		}
		must(t, db.Close())
	}
}

// TestCheckKnowsWhatDoesNotApply checks a mirror with a figure that does not
// apply, whose packed line has a number in its place.
func TestCheckKnowsWhatDoesNotApply(t *testing.T) {
	db := mustOpen(t)
	s := says("cxs", "reg_total", june, 0)
	s.NotApplicable = true
	apply(t, db, 1, book("a.xlsx", at(1), s, says("cds", "reg_total", june, 3)))
	must(t, db.Check(t.Context()))
}
