package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"jindu/store"
)

// smallDisk is a disk of a few megabytes of its own.
func smallDisk(tb testing.TB) string {
	tb.Helper()
	dir := tb.TempDir()
	lasting := context.WithoutCancel(tb.Context())
	if out, err := exec.CommandContext(lasting, "mount", "-t", "tmpfs", "-o", "size=8m,mode=0700", "tmpfs", dir).CombinedOutput(); err != nil {
		tb.Skipf("no disk of its own can be made here (as root it can): %v %s", err, out)
	}
	tb.Cleanup(func() { _ = exec.CommandContext(lasting, "umount", "--lazy", dir).Run() })
	return dir
}

// fill writes until there is no room, and returns what gives it back.
func fill(tb testing.TB, dir string) (free func()) {
	tb.Helper()
	path := filepath.Join(dir, "full")
	f, err := os.Create(path)
	must(tb, err)
	for size := 64 << 10; size > 0; {
		if _, err := f.Write(make([]byte, size)); errors.Is(err, syscall.ENOSPC) {
			size /= 2
		} else {
			must(tb, err)
		}
	}
	must(tb, f.Close())
	return func() { must(tb, os.Remove(path)) }
}

// Row A03: on a disk that is really full nothing is taken out, decided or changed
// in who may log in, since none of it can be put on record; views go on, and so do
// log-ins. With room again everything does.
func TestAFullDiskRefusesWhatMustBeOnRecord(t *testing.T) {
	t.Parallel()
	from, _ := smallOffice(t, "4711")
	dir := smallDisk(t)
	must(t, os.CopyFS(dir, os.DirFS(filepath.Dir(from))))
	oldFiles(t, dir, time.Now())
	config := filepath.Join(dir, configName)
	must(t, os.Chmod(config, 0o600))
	s := serve(t, config)
	officer := s.sit(store.RoleOfficer)
	officer.types("3")
	officer.sees("4711")
	save(t, filepath.Join(dir, "reports", "6月.csv"), "4822")
	officer.sees("4822") // a correction, of which somebody may take note
	_, key := publicFile(t)
	free := fill(t, dir)
	const refused = "not done, as it could not be put on record"
	for range 60 { // a few lines still fit into the block that the record has begun
		if _, err := io.WriteString(officer.keys, "jy"); err != nil || strings.Contains(officer.text.String(), refused) {
			break
		}
		time.Sleep(200 * time.Millisecond)
	}
	officer.sees(refused)
	copied := strings.Count(officer.text.String(), "\x1b]52;")
	lines := len(s.record(""))
	officer.types("j", "y", "e", "\r", "\x1b")
	if n := strings.Count(officer.text.String(), "\x1b]52;"); n != copied {
		t.Errorf("%d things were taken out", n-copied)
	}
	for _, args := range [][]string{
		{"accept", "cxs", "users_found", "2026-06", "--why", "已核实", "--by", "值班"},
		{"key", "add", key, "--name", "x", "--role", "officer"},
	} {
		if r := run(t, append([]string{"--config", config, "--lang", "en"}, args...)...); r.status == 0 || !strings.Contains(r.err, "jindu.audit cannot be written") {
			t.Errorf("jindu %v: %d %s%s", args[:2], r.status, r.out, r.err)
		}
	}
	officer.types("4", "3")
	director := s.sit(store.RoleDirector)
	director.types("3")
	director.sees("4822")
	if n := len(s.record("")); n != lines {
		t.Errorf("%d lines more are on record", n-lines)
	}
	free()
	officer.types("j", "y")
	for end := time.Now().Add(patience); strings.Count(officer.text.String(), "\x1b]52;") == copied && time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		continue
	}
	if strings.Count(officer.text.String(), "\x1b]52;") == copied {
		t.Error("with room again nothing is taken out")
	}
	if r := run(t, "--config", config, "key", "add", key, "--name", "x", "--role", "officer"); r.status != 0 {
		t.Errorf("with room again no key is added: %s", r.err)
	}
	s.stop()
	s.whole()
}
