package main

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// onReadOnlyDisk returns a command that runs in the folder as a disk that takes
// no writing, and skips where nobody may make one.
func onReadOnlyDisk(t *testing.T, folder string, args ...string) []string {
	t.Helper()
	const mount = `mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && cd "$0" && exec "$@"`
	command := append([]string{"unshare", "-rm", "sh", "-c", mount, folder}, args...)
	if out, err := exec.CommandContext(t.Context(), command[0], append(command[1:6:6], "true")...).CombinedOutput(); err != nil {
		t.Skipf("skipped: no disk can be mounted here: %v: %s", err, out)
	}
	return command
}

// TestD04_BoardOnAReadOnlyDisk opens the board and lists figures where the disk
// takes no writing, with the last pull still in the log, as a process leaves it
// that was killed: all of it is there, and the board says that nobody pulls.
func TestD04_BoardOnAReadOnlyDisk(t *testing.T) {
	t.Parallel()
	config, report := smallOffice(t, "4711")
	pull := func() {
		if r := run(t, "--config", config, "pull"); r.status != exitOK {
			t.Fatalf("pull: %s", r.err)
		}
	}
	pull()
	cfg, err := loadConfig(config, time.Now())
	must(t, err)
	reader, err := openMirror(t.Context(), cfg, true) // as long as one reads, the log stays
	must(t, err)
	defer func() { _ = reader.Close() }()
	_, err = reader.DataVersion(t.Context())
	must(t, err)
	save(t, report, "4822")
	pull()
	if log, err := filepath.Glob(cfg.Mirror + "-wal"); err != nil || len(log) != 1 {
		t.Fatalf("the log has gone: %v", err)
	}
	program, err := exec.LookPath("jindu")
	must(t, err)
	list := onReadOnlyDisk(t, filepath.Dir(config), program, "list", "figures", "--csv")
	out, err := exec.CommandContext(t.Context(), list[0], list[1:]...).CombinedOutput()
	if err != nil || !strings.Contains(string(out), ",4822,") {
		t.Errorf("list: %v: %s", err, out)
	}
	p := openLine(t, 120, 40, "'"+strings.Join(onReadOnlyDisk(t, filepath.Dir(config), program), "' '")+"'")
	p.sees("4822", "镜像库不可写，只读")
	p.typed("r")
	p.sees("拉取失败：镜像库不可写")
	p.typed("q")
}
