//go:build unix

package sqlite_test

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"jindu/store/sqlite"
)

// nobody is a user id without rights to anything that the tests make.
const nobody = 65534

// stranger makes a folder that others may enter, with a copy of the test
// binary in it, and returns a way to start jobs without rights to write there.
func stranger(t *testing.T) (folder string, job func(name, path string) *exec.Cmd) {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("skipped: only root can become somebody without rights")
	}
	folder = t.TempDir()
	for _, open := range []string{folder, filepath.Dir(folder)} {
		must(t, os.Chmod(open, 0o755))
	}
	self, err := os.Executable()
	must(t, err)
	program, err := os.ReadFile(self)
	must(t, err)
	copied := filepath.Join(folder, "helper")
	must(t, os.WriteFile(copied, program, 0o755))
	return folder, func(name, path string) *exec.Cmd {
		cmd := exec.CommandContext(t.Context(), copied)
		cmd.Dir = folder
		cmd.Env = []string{helper + "=" + name + ":" + path, "TMPDIR=/tmp"}
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
		return cmd
	}
}

// freeze copies a mirror and its log, as they are, to where nobody can write.
func freeze(t *testing.T, path, folder string) {
	t.Helper()
	for _, suffix := range []string{"", "-wal"} {
		b, err := os.ReadFile(path + suffix)
		must(t, err)
		if len(b) == 0 {
			t.Fatalf("mirror.db%s is empty", suffix)
		}
		must(t, os.WriteFile(filepath.Join(folder, "mirror.db")+suffix, b, 0o444))
	}
	must(t, os.Chmod(folder, 0o555))
}

// TestD04_ReadOnlyFolder reads a mirror, with part of it still in the log, as a
// user who can write neither the file nor its folder.
func TestD04_ReadOnlyFolder(t *testing.T) {
	folder, job := stranger(t)
	db := mustOpenAt(t, filepath.Join(folder, "mirror.db"), config(t))
	apply(t, db, 1, numbered(1))
	frozen := filepath.Join(folder, "frozen")
	must(t, os.Mkdir(frozen, 0o755))
	freeze(t, filepath.Join(folder, "mirror.db"), frozen)
	out, err := job("read", filepath.Join(frozen, "mirror.db")).CombinedOutput()
	must(t, err)
	expect(t, "reading a frozen mirror", string(out), "read 40\n")
	out, err = job("once", filepath.Join(frozen, "mirror.db")).CombinedOutput()
	if err == nil || !strings.HasPrefix(string(out), "error mirror_readonly") {
		t.Errorf("writing: %v: %s", err, out)
	}
	left, err := filepath.Glob(filepath.Join(os.TempDir(), "jindu-mirror-*"))
	must(t, err)
	if len(left) > 0 {
		t.Errorf("copies are left behind: %v", left)
	}
}

// TestD04_CopyIsRenewed watches a mirror in a folder that cannot be written, while
// its files are replaced by later ones.
func TestD04_CopyIsRenewed(t *testing.T) {
	folder, job := stranger(t)
	path := filepath.Join(folder, "mirror.db")
	db := mustOpenAt(t, path, config(t))
	apply(t, db, 1, numbered(1))
	frozen := filepath.Join(folder, "frozen")
	must(t, os.Mkdir(frozen, 0o755))
	freeze(t, path, frozen)
	cmd := job("watch", filepath.Join(frozen, "mirror.db"))
	in, err := cmd.StdinPipe()
	must(t, err)
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	lines := bufio.NewScanner(out)
	lines.Scan()
	expect(t, "before", lines.Text(), "version 1 value 1")
	apply(t, db, 1, numbered(2))
	freeze(t, path, frozen)
	_, err = in.Write([]byte("\n"))
	must(t, err)
	lines.Scan()
	expect(t, "after", lines.Text(), "version 2 value 2")
	must(t, in.Close())
	must(t, cmd.Wait())
}

// TestD03_FullDiskIsFreed fills a disk of its own under a writer and makes room
// again: what failed is told, reading goes on, and the same process goes on writing.
func TestD03_FullDiskIsFreed(t *testing.T) {
	self, err := os.Executable()
	must(t, err)
	disk := t.TempDir()
	const mount = `mount -t tmpfs -o size=3m jindu "$0" && exec "$@"`
	if out, err := exec.CommandContext(t.Context(), "unshare", "-rm", "sh", "-c", mount, disk, "true").CombinedOutput(); err != nil {
		t.Skipf("skipped: no disk can be mounted here: %v: %s", err, out)
	}
	cmd := exec.CommandContext(t.Context(), "unshare", "-rm", "sh", "-c", mount, disk, self)
	cmd.Env = append(os.Environ(), helper+"=freed:"+filepath.Join(disk, "mirror.db"))
	out, err := cmd.CombinedOutput()
	must(t, err)
	expect(t, "the helper says", string(out), "done 1\nfull mirror_readonly\nsound\n")
}

// TestD03_DiskFull starves a writer by the size that its files may have: every
// failing write must roll back, and reading must go on.
func TestD03_DiskFull(t *testing.T) {
	shell, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("skipped: no shell to set the limit with")
	}
	path := filepath.Join(t.TempDir(), "mirror.db")
	self, err := os.Executable()
	must(t, err)
	// The limit's signal is ignored, so that the write fails as on a full disk.
	cmd := exec.CommandContext(t.Context(), shell, "-c", `trap '' XFSZ; ulimit -f 700; exec "$0"`, self)
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

// A program that is being started holds copies of all open files for a moment, and
// with them the mirror's lock: whoever closes the mirror lets go of it all the same.
func TestALockIsLetGoOfWhoeverHoldsACopy(t *testing.T) {
	path := filepath.Join(t.TempDir(), "mirror.db")
	db, err := sqlite.Open(t.Context(), path, config(t))
	must(t, err)
	copied := 0
	open, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Skipf("open files cannot be listed here: %v", err)
	}
	for _, one := range open {
		if to, err := os.Readlink("/proc/self/fd/" + one.Name()); err != nil || to != path+".lock" {
			continue
		}
		n, err := strconv.Atoi(one.Name())
		must(t, err)
		kept, err := syscall.Dup(n)
		must(t, err)
		defer func() { _ = syscall.Close(kept) }()
		copied++
	}
	must(t, db.Close())
	if copied != 1 {
		t.Fatalf("%d copies of the lock", copied)
	}
	mustOpenAt(t, path, config(t))
}
