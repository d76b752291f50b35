package source_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"jindu/store"
	"jindu/sync/source"
	"jindu/sync/source/sourcetest"
)

func TestFolderContract(t *testing.T) {
	sourcetest.Run(t, func(t *testing.T, files map[string][]byte) (source.Source, func(string, []byte)) {
		t.Helper()
		dir := t.TempDir()
		put := func(path string, data []byte) { putFile(t, dir, path, data) }
		for path, data := range files {
			put(path, data)
		}
		return source.Folder{Name: "share", Dir: dir}, put
	})
}

func TestPatientKeepsTheContract(t *testing.T) {
	sourcetest.Run(t, func(t *testing.T, files map[string][]byte) (source.Source, func(string, []byte)) {
		t.Helper()
		dir := t.TempDir()
		put := func(path string, data []byte) { putFile(t, dir, path, data) }
		for path, data := range files {
			put(path, data)
		}
		folder := source.Folder{Name: "share", Dir: dir}
		return source.NewPatient(folder, "share", time.Minute, time.Minute), put
	})
}

func putFile(t *testing.T, dir, path string, data []byte) {
	t.Helper()
	full := filepath.Join(dir, filepath.FromSlash(path))
	if data == nil {
		must(t, os.Remove(full))
		return
	}
	must(t, os.MkdirAll(filepath.Dir(full), 0o755))
	must(t, os.WriteFile(full, data, 0o644))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestFolderMissing(t *testing.T) {
	dir := t.TempDir()
	putFile(t, dir, "file", []byte("x"))
	for _, path := range []string{"none", "file"} {
		f := source.Folder{Name: "share", Dir: filepath.Join(dir, path)}
		_, err := f.List(t.Context())
		if store.ErrorCode(err) != "source_missing" {
			t.Errorf("%s: %v, want source_missing", path, err)
		}
	}
}

func TestFolderReadsRegularFilesOnly(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no links and pipes to make")
	}
	dir := t.TempDir()
	outside := filepath.Join(t.TempDir(), "secret")
	must(t, os.WriteFile(outside, []byte("secret"), 0o600))
	putFile(t, dir, "real.csv", []byte("real"))
	putFile(t, dir, "sub/real.csv", []byte("sub"))
	must(t, os.Symlink(outside, filepath.Join(dir, "out.csv")))
	must(t, os.Symlink("real.csv", filepath.Join(dir, "in.csv")))
	must(t, os.Symlink(".", filepath.Join(dir, "loop")))
	must(t, os.Symlink("sub", filepath.Join(dir, "link")))
	must(t, syscall.Mkfifo(filepath.Join(dir, "pipe.csv"), 0o644))

	f := source.Folder{Name: "share", Dir: dir}
	entries, err := f.List(t.Context())
	must(t, err)
	readable := map[string]bool{}
	for _, e := range entries {
		data, err := f.Fetch(t.Context(), e)
		if err == nil {
			readable[e.Path+"="+string(data)] = true
		} else if store.ErrorCode(err) != "not_regular" {
			t.Errorf("%s: %v, want not_regular", e.Path, err)
		}
		// The same name without what the listing knew: swapped after the look.
		if data, err := f.Fetch(t.Context(), source.Entry{Path: e.Path}); e.Err != nil && err == nil {
			t.Errorf("%s was followed to %q", e.Path, data)
		}
	}
	if len(entries) != 7 || len(readable) != 2 || !readable["real.csv=real"] || !readable["sub/real.csv=sub"] {
		t.Errorf("read %v of %d entries", readable, len(entries))
	}
}

func TestFolderNeverLeavesItself(t *testing.T) {
	dir := t.TempDir()
	putFile(t, dir, "secret.csv", []byte("x"))
	putFile(t, dir, "share/a.csv", []byte("a"))
	f := source.Folder{Name: "share", Dir: filepath.Join(dir, "share")}
	for _, path := range []string{"../secret.csv", filepath.Join(dir, "secret.csv"), "a\x00.csv", ""} {
		if data, err := f.Fetch(t.Context(), source.Entry{Path: path}); err == nil {
			t.Errorf("%q gave %q", path, data)
		}
	}
}

func TestFolderOneUnreadable(t *testing.T) {
	if os.Getuid() == 0 {
		asNobody(t)
		return
	}
	dir := t.TempDir()
	putFile(t, dir, "a.csv", []byte("a"))
	putFile(t, dir, "b.csv", []byte("b"))
	putFile(t, dir, "sub/c.csv", []byte("c"))
	must(t, os.Chmod(filepath.Join(dir, "a.csv"), 0))
	must(t, os.Chmod(filepath.Join(dir, "sub"), 0))
	t.Cleanup(func() { _ = os.Chmod(filepath.Join(dir, "sub"), 0o755) })
	f := source.Folder{Name: "share", Dir: dir}
	entries, err := f.List(t.Context())
	must(t, err)
	want := map[string]string{"a.csv": "unreadable_file", "b.csv": "", "sub": "unreadable_folder"}
	for _, e := range entries {
		_, err := f.Fetch(t.Context(), e)
		if got := store.ErrorCode(err); got != want[e.Path] {
			t.Errorf("%s: %q, want %q", e.Path, got, want[e.Path])
		}
		delete(want, e.Path)
	}
	if len(want) != 0 {
		t.Errorf("not listed: %v", want)
	}
}

// asNobody runs the test again as somebody without rights: root reads everything.
func asNobody(t *testing.T) {
	t.Helper()
	const nobody = 65534
	self, err := os.Executable()
	must(t, err)
	program, err := os.ReadFile(self)
	must(t, err)
	dir := t.TempDir()
	must(t, os.Chmod(filepath.Dir(dir), 0o755))
	must(t, os.Chmod(dir, 0o777))
	copied := filepath.Join(dir, "test")
	must(t, os.WriteFile(copied, program, 0o755))
	cmd := exec.CommandContext(t.Context(), copied, "-test.run", "^"+t.Name()+"$", "-test.v")
	cmd.Dir, cmd.Env = dir, []string{"TMPDIR=" + dir}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	if out, err := cmd.CombinedOutput(); err != nil || !strings.Contains(string(out), "--- PASS: "+t.Name()) {
		t.Errorf("%v: %s", err, out)
	}
}

func TestFolderCaps(t *testing.T) {
	dir := t.TempDir()
	putFile(t, dir, "a.csv", []byte("12345"))
	putFile(t, dir, "1/2/3/deep.csv", []byte("x"))
	list := func(c source.Caps) ([]source.Entry, error) {
		return source.Folder{Name: "share", Dir: dir, Caps: c}.List(t.Context())
	}
	if _, err := list(source.Caps{Entries: 2, Depth: 9, Bytes: 9}); store.ErrorCode(err) != "source_too_many" {
		t.Errorf("too many entries: %v", err)
	}
	entries, err := list(source.Caps{Entries: 99, Depth: 2, Bytes: 9})
	must(t, err)
	if len(entries) != 2 || store.ErrorCode(entries[0].Err) != "folder_deep" || entries[0].Path != "1/2/3" {
		t.Errorf("deep folder: %+v", entries)
	}
	small := source.Folder{Name: "share", Dir: dir, Caps: source.Caps{Entries: 99, Depth: 9, Bytes: 4}}
	if _, err := small.Fetch(t.Context(), source.Entry{Path: "a.csv"}); store.ErrorCode(err) != "too_large" {
		t.Errorf("large file: %v", err)
	}
}

// A writer that never stops must never give a mixture of two versions.
func TestFolderFileRewrittenWhileRead(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.csv")
	f := source.Folder{Name: "share", Dir: dir}
	versions := [2][]byte{make([]byte, 1<<18), make([]byte, 1<<18)}
	for i := range versions[1] {
		versions[1][i] = 1
	}
	must(t, os.WriteFile(path, versions[0], 0o644))
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		for i := 1; ctx.Err() == nil; i++ {
			next := path + ".tmp"
			if os.WriteFile(next, versions[i%2], 0o644) != nil || os.Rename(next, path) != nil {
				return
			}
		}
	}()
	read := 0
	for range 300 {
		data, err := f.Fetch(t.Context(), source.Entry{Path: "a.csv"})
		if err != nil {
			continue
		}
		read++
		for _, b := range data {
			if b != data[0] {
				t.Fatal("two versions were mixed")
			}
		}
	}
	cancel()
	<-done
	if read == 0 {
		t.Error("nothing could be read at all")
	}
}

func TestPatientAbandons(t *testing.T) {
	hang := make(chan struct{})
	src := source.NewPatient(stuck{hang}, "share", time.Millisecond, time.Millisecond)
	for range 10 {
		if _, err := src.List(t.Context()); store.ErrorCode(err) != "source_slow" {
			t.Fatalf("list: %v, want source_slow", err)
		}
	}
	if n := runtime.NumGoroutine(); n > 20 {
		t.Errorf("%d goroutines pile up", n)
	}
	close(hang)
	for range 1000 { // the abandoned calls end, and the source is asked again
		if _, err := src.List(t.Context()); err == nil {
			return
		}
		runtime.Gosched()
	}
	t.Error("the source was never asked again")
}

// stuck hangs, whatever its context says, until the channel is closed.
type stuck struct{ hang chan struct{} }

func (s stuck) List(context.Context) ([]source.Entry, error) {
	<-s.hang
	return nil, nil
}

func (s stuck) Fetch(context.Context, source.Entry) ([]byte, error) {
	<-s.hang
	return nil, nil
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"城西所 6月（1）.xlsx": "城西所 6月（1）.xlsx",
		"a\x1b[31mb":     "a·[31mb",
		"a\u202eb\u200b": "a·b·",
		"a\xffb\u0085":   "a·b·",
		"全\u3000角\n":     "全\u3000角·",
	} {
		if got := source.Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
}
