package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"jindu/store"
	"jindu/store/sqlite"
)

// standby is a second machine that follows the mirror of a first one, as the
// manual tells: both ends are the real program, in folders instead of machines.
type standby struct {
	t          *testing.T
	litestream string
	folder     string // of the replica, the configuration of Litestream and the standby room
	office     string // configuration of the office
	room       string // configuration of the standby room
	wall       *lasting
}

// newStandby sets both ends up and waits until the room has a mirror.
func newStandby(t *testing.T) (s *standby, replicate, follow *exec.Cmd) {
	t.Helper()
	program, err := exec.LookPath("litestream")
	if err != nil {
		t.Skip("litestream is not installed: .ci/standby installs it and runs this")
	}
	s = &standby{t: t, litestream: program, folder: t.TempDir()}
	_, s.office = sampleDistrict(t, 1)
	s.pull()
	text := "dbs:\n  - path: " + filepath.Join(filepath.Dir(s.office), "jindu.db") +
		"\n    replica:\n      type: file\n      path: " + filepath.Join(s.folder, "replica") + "\n"
	must(t, os.WriteFile(filepath.Join(s.folder, "litestream.yml"), []byte(text), 0o600))
	must(t, os.Mkdir(filepath.Join(s.folder, "room"), 0o700))
	s.room = filepath.Join(s.folder, "room", configName)
	config, err := os.ReadFile(s.office)
	must(t, err)
	must(t, os.WriteFile(s.room, config, 0o600))
	cfg, err := loadConfig(s.room, time.Now())
	must(t, err)
	s.wall = newLasting(func(ctx context.Context) (*sqlite.DB, error) { return openMirror(ctx, cfg, true) })
	t.Cleanup(func() { must(t, s.wall.Close()) })
	if _, err := s.heard(); err == nil {
		t.Fatal("the room has a mirror before anything was copied")
	}
	replicate = s.replicate()
	s.wait("the replica", func() bool {
		all, _ := filepath.Glob(filepath.Join(s.folder, "replica", "ltx", "*", "*"))
		return len(all) > 0
	})
	return s, replicate, s.follow()
}

// pull pulls in the office.
func (s *standby) pull() {
	s.t.Helper()
	if r := run(s.t, "--config", s.office, "pull"); r.status > 1 {
		s.t.Fatal(r.err)
	}
}

func (s *standby) start(args ...string) *exec.Cmd {
	s.t.Helper()
	c := exec.CommandContext(s.t.Context(), s.litestream, args...)
	log, err := os.OpenFile(filepath.Join(s.folder, args[0]+".log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	must(s.t, err)
	s.t.Cleanup(func() {
		_ = log.Close()
		if text, err := os.ReadFile(log.Name()); err == nil && s.t.Failed() {
			s.t.Logf("%s:\n%s", args[0], text)
		}
	})
	c.Stdout, c.Stderr = log, log
	must(s.t, c.Start())
	s.t.Cleanup(func() { _ = c.Process.Kill(); _ = c.Wait() })
	return c
}

func (s *standby) replicate() *exec.Cmd {
	return s.start("replicate", "-config", filepath.Join(s.folder, "litestream.yml"))
}

func (s *standby) follow() *exec.Cmd {
	return s.start("restore", "-f", "-o", filepath.Join(s.folder, "room", "jindu.db"), "file://"+filepath.Join(s.folder, "replica"))
}

// heard is when the mirror of the standby room last heard of a source, as its wall
// would say: one reader stays open all the time.
func (s *standby) heard() (time.Time, error) {
	snap, err := s.wall.Snapshot(s.t.Context(), store.SnapshotRequest{Now: time.Now().Add(time.Minute * time.Duration(time.Now().UnixNano()%7))})
	if err != nil {
		return time.Time{}, err
	}
	var out time.Time
	for _, p := range snap.Pulls {
		if p.Started.After(out) {
			out = p.Started
		}
	}
	return out, nil
}

// last is when the office last heard of a source.
func (s *standby) last() time.Time {
	s.t.Helper()
	cfg, err := loadConfig(s.office, time.Now())
	must(s.t, err)
	db, err := openMirror(s.t.Context(), cfg, true)
	must(s.t, err)
	defer func() { must(s.t, db.Close()) }()
	d, err := db.Snapshot(s.t.Context(), store.SnapshotRequest{Now: time.Now()})
	must(s.t, err)
	return d.Pulls[0].Started
}

func (s *standby) wait(what string, until func() bool) {
	s.t.Helper()
	for range 600 {
		if until() {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	s.t.Fatalf("a minute has passed without %s", what)
}

// caughtUp waits until the room shows what the office knows.
func (s *standby) caughtUp(what string) {
	s.t.Helper()
	want := s.last()
	began := time.Now()
	s.wait(what, func() bool {
		at, err := s.heard()
		return err == nil && at.Equal(want)
	})
	s.t.Logf("%s: the room knew after %v", what, time.Since(began).Round(100*time.Millisecond))
}

// A standby room follows the office through kills of either end, shows its age while
// the follower stands still, and takes over when it is told to.
func TestStandbyFollows(t *testing.T) {
	t.Parallel()
	s, replicate, follow := newStandby(t)
	s.caughtUp("the first copy")
	for range 3 { // with the reader open all the time: a stall would show here
		s.pull()
		s.caughtUp("a pull")
	}
	must(t, follow.Process.Kill())
	_ = follow.Wait()
	s.pull()
	follow = s.follow()
	s.caughtUp("a pull while the follower was dead")

	must(t, replicate.Process.Kill())
	_ = replicate.Wait()
	s.pull()
	replicate = s.replicate()
	s.caughtUp("a pull while nobody replicated")

	must(t, follow.Process.Signal(syscall.SIGSTOP))
	before, err := s.heard()
	must(t, err)
	s.pull()
	time.Sleep(3 * time.Second)
	if at, err := s.heard(); err != nil || !at.Equal(before) {
		t.Errorf("a follower that stands still: heard %v, %v, want the age of %v", at, err, before)
	}
	must(t, follow.Process.Signal(syscall.SIGCONT))
	s.caughtUp("a pull while the follower stood still")

	must(t, replicate.Process.Kill()) // the office is lost
	must(t, follow.Process.Kill())
	_ = follow.Wait()
	office := one(t, "--config", s.office, "figure", store.DistrictCode, "reg_total")
	must(t, os.Remove(filepath.Join(s.folder, "room", "jindu.db-txid")))
	must(t, os.CopyFS(filepath.Join(s.folder, "room", "reports"), os.DirFS(filepath.Join(filepath.Dir(s.office), "reports"))))
	if r := run(t, "--config", s.room, "pull"); r.status > 1 {
		t.Fatalf("the room cannot take over: %s", r.err)
	}
	if room := one(t, "--config", s.room, "figure", store.DistrictCode, "reg_total"); room["value"] != office["value"] {
		t.Errorf("the room says %v, the office said %v", room["value"], office["value"])
	}
	if at, err := s.heard(); err != nil || !at.After(before) {
		t.Errorf("after the take-over: %v, %v", at, err)
	}
}
