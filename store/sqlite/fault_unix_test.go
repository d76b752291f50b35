//go:build unix

package sqlite_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// nobody is a user id without rights to anything that the tests make.
const nobody = 65534

// stranger makes a folder that others may enter, with a copy of the test
// binary in it, and returns a way to run jobs without rights to write there.
func stranger(t *testing.T) (folder string, run func(name, path string) string) {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("skipped: only root can become somebody without rights")
	}
	folder, err := os.MkdirTemp("", "jindu-sqlite-test-")
	must(t, err)
	t.Cleanup(func() { must(t, os.RemoveAll(folder)) })
	must(t, os.Chmod(folder, 0o755))
	self, err := os.Executable()
	must(t, err)
	program, err := os.ReadFile(self)
	must(t, err)
	copied := filepath.Join(folder, "helper")
	must(t, os.WriteFile(copied, program, 0o755))
	return folder, func(name, path string) string {
		cmd := exec.Command(copied)
		cmd.Dir = folder
		cmd.Env = []string{helper + "=" + name + ":" + path, "TMPDIR=/tmp"}
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
		out, err := cmd.CombinedOutput()
		if err != nil && len(out) == 0 {
			t.Fatal(err)
		}
		return string(out)
	}
}

// TestReadOnlyFolder reads a mirror, with part of it still in the log, as a
// user who can write neither the file nor its folder.
func TestReadOnlyFolder(t *testing.T) {
	folder, run := stranger(t)
	path := filepath.Join(folder, "mirror.db")
	db := mustOpenAt(t, path, config(t))
	apply(t, db, 1, numbered(1))
	for _, suffix := range []string{"", "-wal"} { // as a share would show them
		must(t, os.Chmod(path+suffix, 0o644))
	}
	if info, err := os.Stat(path + "-wal"); err != nil || info.Size() == 0 {
		t.Fatalf("the log is not hot: %v, %v", info, err)
	}
	frozen := filepath.Join(folder, "frozen")
	must(t, os.Mkdir(frozen, 0o755))
	for _, suffix := range []string{"", "-wal"} {
		b, err := os.ReadFile(path + suffix)
		must(t, err)
		must(t, os.WriteFile(filepath.Join(frozen, "mirror.db")+suffix, b, 0o444))
	}
	must(t, os.Chmod(frozen, 0o555))
	expect(t, "reading a frozen mirror", run("read", filepath.Join(frozen, "mirror.db")), "read 40\n")
	if out := run("once", filepath.Join(frozen, "mirror.db")); !strings.HasPrefix(out, "error mirror_readonly") {
		t.Errorf("writing: %s", out)
	}
	left, err := filepath.Glob(filepath.Join(os.TempDir(), "jindu-mirror-*"))
	must(t, err)
	if len(left) > 0 {
		t.Errorf("copies are left behind: %v", left)
	}
}

// TestDiskFull starves a writer by the size that its files may have: every
// failing write must roll back, and reading must go on.
func TestDiskFull(t *testing.T) {
	shell, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("skipped: no shell to set the limit with")
	}
	path := filepath.Join(t.TempDir(), "mirror.db")
	self, err := os.Executable()
	must(t, err)
	// The limit's signal is ignored, so that the write fails as on a full disk.
	cmd := exec.Command(shell, "-c", `trap '' XFSZ; ulimit -f 700; exec "$0"`, self)
	cmd.Env = append(os.Environ(), helper+"=full:"+path)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	fields := strings.Fields(string(out))
	if len(fields) != 3 || fields[0] != "full" || fields[1] == "1" || fields[2] != "mirror_readonly" {
		t.Fatalf("the helper says %s", out)
	}
	db, err := openHelper(path, false)
	must(t, err)
	defer func() { must(t, db.Close()) }()
	must(t, db.Check(t.Context()))
	apply(t, db, 1, numbered(1000))
}
