package sqlite_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"jindu/store"
	"jindu/store/sqlite"
)

// stumble applies three workbooks to a mirror that is there, or to one that it
// makes, and a backup, whatever fails meanwhile. After each failure it reads what
// it promised until then, and tries once more.
func stumble(path string) error {
	db, err := openHelper(path, false)
	if err != nil {
		fmt.Println("refused", store.ErrorCode(err))
		return coded(err)
	}
	worth, err := worthNow(db)
	if err != nil {
		fmt.Println("unread", store.ErrorCode(err))
		return errors.Join(coded(err), closed(db))
	}
	for n := worth + 1; n <= worth+3; n++ {
		for range 2 {
			if err = tell(db, n); err == nil {
				break
			}
			fmt.Println("failed", n, store.ErrorCode(err))
			if err := errors.Join(coded(err), stillWorth(db, n-1)); err != nil {
				return err
			}
		}
		if err != nil {
			return closed(db)
		}
	}
	if _, err := db.Backup(context.Background(), path+".backup", true); err != nil {
		fmt.Println("unsaved", store.ErrorCode(err))
		return errors.Join(coded(err), closed(db))
	}
	fmt.Println("saved", worth+3)
	return closed(db)
}

// closed lets go of a mirror, whose files may fail even then: nothing is lost
// by that, and nothing is left to be said.
func closed(db *sqlite.DB) error {
	_ = db.Close()
	return nil
}

// coded makes sure that a failure is one that a person is told in words.
func coded(err error) error {
	known := []string{"mirror_readonly", "mirror_damaged", "mirror_busy", "backup_failed", "cannot_write"}
	if slices.Contains(known, store.ErrorCode(err)) {
		return nil
	}
	return fmt.Errorf("no words for it: %w", err)
}

// worthNow returns what the mirror shows; 0 for nothing.
func worthNow(db *sqlite.DB) (int, error) {
	s, err := db.Snapshot(context.Background(), store.SnapshotRequest{Period: june})
	if err != nil || len(s.Figures) == 0 {
		return 0, err
	}
	for _, f := range s.Figures {
		if f.Value != s.Figures[0].Value || len(s.Figures) != statementsEach {
			return 0, fmt.Errorf("half a workbook: %d figures, %v beside %v", len(s.Figures), f.Value, s.Figures[0].Value)
		}
	}
	return int(s.Figures[0].Value), nil
}

// stillWorth makes sure that a failure is not shown: what is read is what was
// promised, or nothing.
func stillWorth(db *sqlite.DB, n int) error {
	got, err := worthNow(db)
	if err != nil {
		return coded(err)
	}
	if got != n {
		return fmt.Errorf("worth %d, promised were %d", got, n)
	}
	return nil
}

// fault is how files fail.
type fault struct {
	kind  string
	lasts bool
}

// faulty builds what makes files fail.
func faulty(t *testing.T) string {
	t.Helper()
	cc, err := exec.LookPath("cc")
	if err != nil || runtime.GOOS != "linux" {
		t.Skip("skipped: needs a C compiler, and Linux to load what it makes before the C library")
	}
	shim := filepath.Join(t.TempDir(), "fault.so")
	out, err := exec.CommandContext(t.Context(), cc, "-shared", "-fPIC", "-O1", "-o", shim, filepath.Join("testdata", "fault.c"), "-ldl").CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return shim
}

// stumbling runs the helper in a folder whose files fail, and returns its words
// and whether anything failed at all.
func stumbling(t *testing.T, shim, path string, f fault, n int) (said []string, hit bool) {
	t.Helper()
	told := filepath.Join(t.TempDir(), "told")
	cmd := job(t, "stumble", path)
	cmd.Env = append(cmd.Env, "LD_PRELOAD="+shim, "FAULT_FOLDER="+filepath.Dir(path), "FAULT_KIND="+f.kind, "FAULT_AT="+strconv.Itoa(n), "FAULT_TOLD="+told)
	if f.lasts {
		cmd.Env = append(cmd.Env, "FAULT_LASTS=1")
	}
	out, err := cmd.Output()
	if err != nil {
		t.Errorf("%+v at %d: %v: %s", f, n, err, out)
	}
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); {
		said = append(said, lines.Text())
	}
	_, err = os.Stat(told)
	return said, err == nil
}

// hot makes a mirror worth 1 whose last workbook is only in its log, as a process
// that was killed leaves it, and returns its files.
func hot(t *testing.T) map[string][]byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "mirror.db")
	db := mustOpenAt(t, path, config(t))
	apply(t, db, 1, numbered(1))
	out := map[string][]byte{}
	for _, suffix := range []string{"", "-wal"} {
		b, err := os.ReadFile(path + suffix)
		must(t, err)
		out[suffix] = b
	}
	return out
}

// TestD07_FilesThatFail lets the n-th call that reaches the mirror's files fail,
// for one n after the other until none is left: once, and from there on, with an
// error, with no room, and half-way through a write. Ordinarily it takes only
// some n; JINDU_FAULTS=1 takes them all.
func TestD07_FilesThatFail(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and of one goroutine")
	}
	shim := faulty(t)
	mirror := hot(t)
	step := 127
	if os.Getenv("JINDU_FAULTS") != "" {
		step = 1
	}
	for _, made := range []bool{false, true} {
		for i, f := range []fault{{"eio", false}, {"eio", true}, {"full", false}, {"full", true}, {"short", false}, {"short", true}} {
			tried, refused, failed := 0, 0, 0
			for n := 1 + i%step; ; n += step {
				path := filepath.Join(t.TempDir(), "mirror.db")
				for suffix, b := range mirror {
					if !made {
						must(t, os.WriteFile(path+suffix, b, 0o600))
					}
				}
				said, hit := stumbling(t, shim, path, f, n)
				if !hit {
					break
				}
				tried++
				text := strings.Join(said, "\n")
				if strings.Contains(text, "refused") || strings.Contains(text, "unread") {
					refused++
				} else if strings.Contains(text, "failed") || strings.Contains(text, "unsaved") {
					failed++
				}
				stumbled(t, path, made, f, n, said)
				must(t, os.RemoveAll(filepath.Dir(path)))
			}
			t.Logf("%+v, new mirror %v: %d runs, %d refused to open, %d failed in work, the others went on unharmed", f, made, tried, refused, failed)
			if tried == 0 || refused+failed == 0 {
				t.Errorf("%+v: nothing ever failed", f)
			}
		}
	}
}

// stumbled makes sure that a mirror whose files failed opens soundly once they no
// longer do, with all that was promised.
func stumbled(t *testing.T, path string, made bool, f fault, n int, said []string) {
	t.Helper()
	p := promise{worth: 1}
	if made {
		p.worth = 0
	}
	for _, line := range said {
		what, number, _ := strings.Cut(line, " ")
		switch i, err := strconv.Atoi(number); {
		case err == nil && what == "done":
			p.worth = i
		case err == nil && what == "saved":
			p.saved = i
		}
	}
	p.next = p.worth + 1 // a workbook that failed as it was committed may be there
	if err := p.holds(t, path); err != nil {
		t.Errorf("%+v at %d, new mirror %v: %v; it said %q", f, n, made, err, said)
	}
	if last := said[len(said)-1]; !f.lasts && strings.HasPrefix(last, "failed") {
		t.Errorf("%+v at %d: it did not go on: %q", f, n, said)
	}
}
