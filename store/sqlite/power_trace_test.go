package sqlite_test

import (
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// step is one thing that a process did to the files of a folder, or said.
type step struct {
	call   string // create, write, cut, sync, remove, rename, say
	path   string
	to     string // of a rename
	at     int64  // of a write; the length of a cut
	data   []byte // of a write
	saying string
}

// traced lets strace write down what a helper does to the files of its folder,
// in the order in which the kernel did it, its own words among it.
func traced(t *testing.T, name, path string) []step {
	t.Helper()
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("skipped: no strace to write down what reaches the disk")
	}
	trace := filepath.Join(t.TempDir(), "trace")
	if out, err := exec.CommandContext(t.Context(), strace, "-o", trace, "true").CombinedOutput(); err != nil {
		t.Skipf("skipped: no process may be traced here: %s", out)
	}
	self := job(t, name, path)
	cmd := exec.CommandContext(t.Context(), strace, "-f", "-qq", "--seccomp-bpf", "-y", "-xx", "-s", "16777216", "-e", "signal=none",
		"-e", "trace=openat,open,pwrite64,pwritev,write,writev,ftruncate,fallocate,fsync,fdatasync,unlink,unlinkat,rename,renameat,renameat2,copy_file_range,sendfile",
		"-o", trace, self.Path)
	cmd.Env, cmd.Stderr = self.Env, os.Stderr
	if out, err := cmd.Output(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	text, err := os.ReadFile(trace)
	must(t, err)
	r := tracing{folder: filepath.Dir(path), begun: map[string]string{}, there: map[string][]byte{}}
	for line := range strings.Lines(string(text)) {
		must(t, r.line(strings.TrimSpace(line)))
	}
	return r.steps
}

// tracing is reading a trace, line by line.
type tracing struct {
	folder string
	begun  map[string]string // calls by thread that another thread's broke into
	there  map[string][]byte // files of the folder, as a reader would see them
	steps  []step
}

// line takes in one call, once it has returned and if it did something.
func (r *tracing) line(text string) error {
	thread, call, _ := strings.Cut(text, " ")
	call = strings.TrimSpace(call)
	if rest, ok := strings.CutSuffix(call, "<unfinished ...>"); ok {
		r.begun[thread] = rest
		return nil
	}
	if _, rest, ok := strings.Cut(call, " resumed>"); ok && strings.HasPrefix(call, "<...") {
		call = r.begun[thread] + rest
	}
	name, rest, ok := strings.Cut(call, "(")
	i := strings.LastIndex(rest, ") = ")
	if !ok || i < 0 {
		return nil // it never returned, or is the end of a thread
	}
	done := returned(rest[i+len(") = "):])
	if done < 0 {
		return nil // it failed: nothing happened
	}
	if err := r.call(strings.TrimSpace(name), strings.Split(rest[:i], ", "), done); err != nil {
		return fmt.Errorf("%.200s: %w", text, err)
	}
	return nil
}

// returned reads what a call returned; -1 where it is no number.
func returned(text string) int64 {
	digits, _, _ := strings.Cut(strings.TrimSpace(text), " ")
	digits, _, _ = strings.Cut(digits, "<")
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return -1
	}
	return n
}

// call takes in a call by its name, and fails where it did something to the
// folder that is not understood: a replay would be of another story.
func (r *tracing) call(name string, args []string, done int64) error {
	if name == "write" && strings.HasPrefix(args[0], "1<") {
		said, err := unhex(args[1])
		r.add(step{call: "say", saying: strings.TrimSpace(string(said))})
		return err
	}
	var paths []string
	for _, a := range args {
		if p, ok := r.pathOf(a); ok {
			paths = append(paths, p)
		}
	}
	if len(paths) == 0 {
		return nil
	}
	switch last := args[len(args)-1]; name {
	case "open", "openat":
		return r.opened(paths[len(paths)-1], strings.Join(args, " "))
	case "pwrite64":
		at, err := strconv.ParseInt(last, 10, 64)
		if err != nil {
			return err
		}
		return r.wrote(paths[0], args[1], at, done)
	case "ftruncate":
		size, err := strconv.ParseInt(last, 10, 64)
		r.add(step{call: "cut", path: paths[0], at: size})
		return err
	case "fsync", "fdatasync":
		r.add(step{call: "sync", path: paths[0]})
	case "unlink", "unlinkat":
		r.add(step{call: "remove", path: paths[len(paths)-1]})
	case "rename", "renameat", "renameat2":
		r.add(step{call: "rename", path: paths[len(paths)-2], to: paths[len(paths)-1]})
	case "copy_file_range", "sendfile":
		return r.copied(name, paths, done)
	default:
		return fmt.Errorf("%s is not understood", name)
	}
	return nil
}

// opened makes a file, or empties it, as its flags say.
func (r *tracing) opened(path, flags string) error {
	if _, ok := r.there[path]; !ok && strings.Contains(flags, "O_CREAT") {
		r.add(step{call: "create", path: path})
	}
	if strings.Contains(flags, "O_TRUNC") {
		r.add(step{call: "cut", path: path})
	}
	return nil
}

// wrote takes in what was really written, which may be less than was asked for.
func (r *tracing) wrote(path, text string, at, done int64) error {
	data, err := unhex(text)
	if err == nil && int64(len(data)) < done {
		err = fmt.Errorf("%d bytes of %d are known", len(data), done)
	}
	if err != nil {
		return err
	}
	r.add(step{call: "write", path: path, at: at, data: data[:done]})
	return nil
}

// copied takes in what the kernel copied from one file to the end of another.
func (r *tracing) copied(name string, paths []string, done int64) error {
	from, to := paths[0], paths[len(paths)-1]
	if name == "sendfile" {
		from, to = to, from
	}
	at := int64(len(r.there[to]))
	if done > 0 && (from == to || at+done > int64(len(r.there[from]))) {
		return fmt.Errorf("%d bytes of %s, which has %d", done, from, len(r.there[from]))
	}
	if done > 0 {
		r.add(step{call: "write", path: to, at: at, data: r.there[from][at : at+done]})
	}
	return nil
}

// add takes in a step.
func (r *tracing) add(s step) {
	r.steps = append(r.steps, s)
	switch s.call {
	case "create":
		r.there[s.path] = []byte{}
	case "write", "cut":
		r.there[s.path] = s.onto(r.there[s.path])
	case "remove":
		delete(r.there, s.path)
	case "rename":
		r.there[s.to] = r.there[s.path]
		delete(r.there, s.path)
	}
}

// onto returns the bytes of a file after the step.
func (s step) onto(file []byte) []byte {
	end := s.at + int64(len(s.data))
	out := make([]byte, max(end, int64(len(file))))
	copy(out, file)
	if s.call == "cut" {
		return out[:s.at]
	}
	copy(out[s.at:], s.data)
	return out
}

// pathOf returns the path in an argument, if it lies in the folder or is it.
func (r *tracing) pathOf(arg string) (string, bool) {
	if _, rest, ok := strings.Cut(arg, "<"); ok && !strings.HasPrefix(arg, `"`) {
		arg, _, _ = strings.Cut(rest, ">")
		arg = `"` + arg + `"`
	}
	if !strings.HasPrefix(arg, `"`) {
		return "", false
	}
	b, err := unhex(arg)
	path := string(b)
	return path, err == nil && (path == r.folder || filepath.Dir(path) == r.folder)
}

// unhex reads a text that strace wrote as \x68\x65\x78.
func unhex(arg string) ([]byte, error) {
	text, whole := strings.CutSuffix(strings.TrimPrefix(arg, `"`), `"`)
	if !whole {
		return nil, fmt.Errorf("%.40s is not a whole text", arg)
	}
	return hex.DecodeString(strings.ReplaceAll(text, `\x`, ""))
}
