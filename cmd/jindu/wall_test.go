package main

import (
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3" // holds the mirror's lock, as another program might
)

// What a wall says of its faults.
const (
	saysLost = "镜像读不到"
	saysDown = "断源"
)

// wallOffice is a small office whose wall shows one figure as text: on a screen of
// 60x14 there is no room for huge digits.
func wallOffice(tb testing.TB, found, more string) (config, report string) {
	tb.Helper()
	config, report = smallOffice(tb, found)
	appendTo(tb, config, `
[wall]
pages = ["one"]
`+more+`
[[wall.page]]
name = "one"
title = "一"
tiles = ["users_found"]
[[alert]]
cause = "source"
at = 1
page = "one"
[[alert]]
cause = "old"
at = 1
page = "one"
`)
	return config, report
}

func appendTo(tb testing.TB, path, text string) {
	tb.Helper()
	old, err := os.ReadFile(path)
	must(tb, err)
	must(tb, os.WriteFile(path, append(old, text...), 0o600))
}

// shows waits until the terminal shows all of these words and none of those.
func (p *pane) shows(what string, these []string, none ...string) {
	p.Helper()
	var shown string
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		shown = p.text()
		fits := true
		for _, w := range these {
			fits = fits && strings.Contains(shown, w)
		}
		for _, w := range none {
			fits = fits && !strings.Contains(shown, w)
		}
		if fits {
			return
		}
	}
	p.Fatalf("%s: never saw %q without %q in\n%s", what, these, none, shown)
}

// fault is something that happens to a mirror while a wall shows it.
type fault struct {
	name  string
	cause func(t *testing.T, mirror string) (mend func())
}

// away moves the mirror aside, with the log that holds what a reader kept from being
// folded into it, and puts something else in its place.
func away(t *testing.T, mirror string, instead func() error) func() {
	t.Helper()
	parts := []string{"", "-wal", "-shm"}
	move := func(from, to, part string) {
		if err := os.Rename(from+part, to+part); !errors.Is(err, fs.ErrNotExist) || part == "" {
			must(t, err)
		}
	}
	for _, part := range parts {
		move(mirror, mirror+".kept", part)
	}
	must(t, instead())
	return func() {
		must(t, os.RemoveAll(mirror))
		for _, part := range slices.Backward(parts) {
			move(mirror+".kept", mirror, part)
		}
	}
}

func faults() []fault {
	return []fault{
		{"deleted", func(t *testing.T, mirror string) func() {
			t.Helper()
			return away(t, mirror, func() error { return nil })
		}},
		{"replaced by rubbish", func(t *testing.T, mirror string) func() {
			t.Helper()
			return away(t, mirror, func() error { return os.WriteFile(mirror, []byte(strings.Repeat("no mirror ", 5000)), 0o600) })
		}},
		{"replaced by a folder", func(t *testing.T, mirror string) func() {
			t.Helper()
			return away(t, mirror, func() error { return os.Mkdir(mirror, 0o700) })
		}},
		{"cut short", func(t *testing.T, mirror string) func() {
			t.Helper()
			return away(t, mirror, func() error {
				data, err := os.ReadFile(mirror + ".kept")
				must(t, err)
				return os.WriteFile(mirror, data[:min(len(data)/2, 5000)], 0o600)
			})
		}},
		{"locked by another program", func(t *testing.T, mirror string) func() {
			t.Helper()
			mend := away(t, mirror, func() error { return nil })
			time.Sleep(3 * time.Second) // who reads it would keep others from locking it
			db, err := sql.Open("sqlite3", "file:"+mirror+".kept?_locking_mode=EXCLUSIVE")
			must(t, err)
			db.SetMaxOpenConns(1)
			_, err = db.ExecContext(t.Context(), "BEGIN EXCLUSIVE")
			must(t, err)
			mend() // the same file, with the lock on it
			return func() { must(t, db.Close()) }
		}},
		{"not readable any more", func(t *testing.T, mirror string) func() {
			t.Helper()
			if os.Getuid() == 0 {
				return nil // root reads everything; see TestAWallOfItsOwnUser
			}
			must(t, os.Chmod(mirror, 0))
			return func() { must(t, os.Chmod(mirror, 0o600)) }
		}},
	}
}

// A wall in a real terminal keeps its last good figures through everything that
// can happen to its mirror, says what is wrong beside them, and goes on by itself.
func TestAWallOutlivesWhatHappensToItsMirror(t *testing.T) {
	t.Parallel()
	config, report := wallOffice(t, "4711", "")
	mirror := filepath.Join(filepath.Dir(config), "jindu.db")
	p := open(t, 60, 14, "--config", config, "wall")
	p.shows("without a mirror", []string{"每分钟再试一次"}, "4711")
	pullOnce(t, config)
	p.shows("once there is one", []string{"4711"}, saysLost)
	for _, f := range faults() {
		mend := f.cause(t, mirror)
		if mend == nil {
			t.Logf("%s: not tried as root", f.name)
			continue
		}
		p.shows(f.name, []string{"4711", saysLost})
		time.Sleep(2 * time.Second) // it looks again every second, and is not to be taken in
		p.shows(f.name+", and still so", []string{"4711", saysLost})
		mend()
		p.shows(f.name+", and mended", []string{"4711"}, saysLost)
	}
	for _, file := range []string{mirror, mirror + "-wal", mirror + "-shm"} {
		_ = os.Remove(file) // there may be none
	}
	save(t, report, "4822")
	pullOnce(t, config)
	p.shows("made anew", []string{"4822"}, saysLost)
	p.typed("q")
	if !p.ended() {
		t.Error("it does not end")
	}
}

// pullOnce pulls.
func pullOnce(tb testing.TB, config string) {
	tb.Helper()
	if r := run(tb, "--config", config, "pull"); r.status > 1 {
		tb.Fatal(r.err)
	}
}

// A small office has the wall alone: it pulls, says that a source is down beside the
// last good figures, and takes it in when it is back.
func TestAWallThatPullsByItself(t *testing.T) {
	t.Parallel()
	config, report := wallOffice(t, "4711", "pull = true\n")
	p := open(t, 60, 14, "--config", config, "wall")
	p.shows("the first pull", []string{"4711"}, saysDown)
	save(t, report, "4822")
	p.shows("a report that was changed", []string{"4822"}, saysDown)
	folder := filepath.Dir(report)
	must(t, os.Rename(folder, folder+".gone"))
	p.shows("a source that vanished", []string{"4822", saysDown})
	must(t, os.Rename(folder+".gone", folder))
	save(t, report, "4933")
	p.shows("a source that is back", []string{"4933"}, saysDown)
}

// A wall that runs as a user of its own loses the right to read its mirror, and
// gets it back.
func TestAWallOfItsOwnUser(t *testing.T) {
	t.Parallel()
	if os.Getuid() != 0 {
		t.Skip("only root can become another user; others lose the right to read in the test before")
	}
	if _, err := exec.LookPath("setpriv"); err != nil {
		t.Skip("setpriv is not installed: apt-get install util-linux")
	}
	config, _ := wallOffice(t, "4711", "")
	pullOnce(t, config)
	dir := t.TempDir()
	must(t, os.Chmod(dir, 0o755))
	program, err := exec.LookPath("jindu")
	must(t, err)
	data, err := os.ReadFile(program)
	must(t, err)
	must(t, os.WriteFile(filepath.Join(dir, "jindu"), data, 0o755))
	const nobody = 65534
	home := filepath.Dir(config)
	must(t, filepath.WalkDir(home, func(path string, _ os.DirEntry, err error) error {
		must(t, err)
		return os.Lchown(path, nobody, nobody)
	}))
	openTo(t, home)
	p := openLine(t, 60, 14, "setpriv --reuid=65534 --regid=65534 --clear-groups env HOME='"+home+"' '"+filepath.Join(dir, "jindu")+"' --config '"+config+"' wall")
	p.shows("at first", []string{"4711"}, saysLost)
	mirror := filepath.Join(home, "jindu.db")
	must(t, os.Chmod(mirror, 0))
	must(t, os.Rename(mirror, mirror+".kept")) // what is open stays open: the file is closed and opened anew
	p.shows("away", []string{"4711", saysLost})
	must(t, os.Rename(mirror+".kept", mirror))
	time.Sleep(2 * time.Second)
	p.shows("there again, and not readable", []string{"4711", saysLost})
	must(t, os.Chmod(mirror, 0o600))
	p.shows("readable again", []string{"4711"}, saysLost)
}

// openTo lets other users into the folders above.
func openTo(tb testing.TB, path string) {
	tb.Helper()
	for dir := filepath.Dir(path); dir != os.TempDir() && len(dir) > 1; dir = filepath.Dir(dir) {
		if info, err := os.Stat(dir); err == nil && strings.HasPrefix(dir, os.TempDir()) {
			must(tb, os.Chmod(dir, info.Mode().Perm()|0o011))
		}
	}
}
