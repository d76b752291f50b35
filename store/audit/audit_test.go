package audit_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"jindu/store"
	"jindu/store/audit"
)

// tick is a clock that moves on by a second each time it is asked.
func tick() func() time.Time {
	var mu sync.Mutex
	at := time.Date(2026, 6, 26, 14, 0, 0, 0, time.UTC)
	return func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		at = at.Add(time.Second)
		return at
	}
}

// filled writes a record of n lines and returns its path.
func filled(t *testing.T, n int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "jindu.audit")
	l, err := audit.Open(path, tick())
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		if err := l.Record(audit.Entry{Event: audit.Login, Who: "值班室", Role: store.RoleOfficer, From: "10.0.0.7", What: fmt.Sprint(i)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestARecordIsWhole(t *testing.T) {
	path := filled(t, 20)
	s, err := audit.Verify(path, "")
	if err != nil || s.Lines != 20 || s.First.IsZero() || !s.Last.After(s.First) {
		t.Fatalf("%+v, %v", s, err)
	}
	if _, err := audit.Verify(path, s.Hash); err != nil {
		t.Errorf("the hash that it gave: %v", err)
	}
	if _, err := audit.Verify(path, strings.Repeat("0", 64)); store.ErrorCode(err) != "audit_not_held" {
		t.Errorf("another hash: %v", err)
	}
	for _, f := range []string{path, path + ".mark"} {
		if info, err := os.Stat(f); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", f, info.Mode(), err)
		}
	}
	if _, err := audit.Verify(filepath.Join(t.TempDir(), "none"), ""); store.ErrorCode(err) != "audit_none" {
		t.Errorf("none: %v", err)
	}
}

// Row A02: whatever is done to a line, the chain names the first that is wrong.
func TestChangesAreNamed(t *testing.T) {
	lines := func(data []byte) [][]byte { return bytes.SplitAfter(data, []byte("\n"))[:20] }
	for name, c := range map[string]struct {
		change func(all [][]byte) [][]byte
		code   string
		line   string
	}{
		"a word": {func(a [][]byte) [][]byte {
			a[6] = bytes.Replace(a[6], []byte("10.0.0.7"), []byte("10.0.0.8"), 1)
			return a
		}, "audit_broken", ":7"},
		"a hash": {func(a [][]byte) [][]byte {
			a[6] = bytes.Replace(a[6], []byte(`"hash":"`), []byte(`"hash":"0`), 1)
			return a
		}, "audit_broken", ":7"},
		"another spelling": {func(a [][]byte) [][]byte { a[6] = bytes.Replace(a[6], []byte(`{"n"`), []byte(`{ "n"`), 1); return a }, "audit_broken", ":7"},
		"a key more": {func(a [][]byte) [][]byte {
			a[6] = bytes.Replace(a[6], []byte(`{"n"`), []byte(`{"x":1,"n"`), 1)
			return a
		}, "audit_broken", ":7"},
		"one taken out":    {func(a [][]byte) [][]byte { return append(a[:6], a[7:]...) }, "audit_broken", ":7"},
		"two changed over": {func(a [][]byte) [][]byte { a[6], a[7] = a[7], a[6]; return a }, "audit_broken", ":7"},
		"one twice":        {func(a [][]byte) [][]byte { return append(a[:7], a[6:]...) }, "audit_broken", ":8"},
		"the first gone":   {func(a [][]byte) [][]byte { return a[1:] }, "audit_broken", ":1"},
		"nonsense":         {func(a [][]byte) [][]byte { a[6] = []byte("hello\n"); return a }, "audit_broken", ":7"},
		"a long line":      {func(a [][]byte) [][]byte { a[6] = append(bytes.Repeat([]byte("x"), 200<<10), '\n'); return a }, "audit_broken", ":7"},
		"the end gone":     {func(a [][]byte) [][]byte { return a[:15] }, "audit_short", "16"},
		"all gone":         {func(a [][]byte) [][]byte { return nil }, "audit_short", "1"},
		"half a line":      {func(a [][]byte) [][]byte { a[19] = a[19][:50]; return a }, "audit_broken", ":20"},
		"nothing":          {func(a [][]byte) [][]byte { return a }, "", ""},
	} {
		path := filled(t, 20)
		write(t, path, bytes.Join(c.change(lines(read(t, path))), nil))
		_, err := audit.Verify(path, "")
		if code := store.ErrorCode(err); code != c.code {
			t.Errorf("%s: %v", name, err)
		} else if err != nil && !strings.Contains(err.Error(), c.line) {
			t.Errorf("%s: %v does not name %s", name, err, c.line)
		}
	}
	path := filled(t, 5)
	if err := os.Remove(path + ".mark"); err != nil {
		t.Fatal(err)
	}
	if _, err := audit.Verify(path, ""); store.ErrorCode(err) != "audit_unmarked" {
		t.Errorf("without its mark: %v", err)
	}
}

// Somebody shortens the record and the server goes on: what it writes then does not
// make the gap good.
func TestGoingOnDoesNotHideAGap(t *testing.T) {
	path := filled(t, 20)
	all := bytes.SplitAfter(read(t, path), []byte("\n"))
	write(t, path, bytes.Join(all[:12], nil))
	l, err := audit.Open(path, tick())
	if err != nil {
		t.Fatal(err)
	}
	for i := range 12 {
		if err := l.Record(audit.Entry{Event: audit.Login}); err != nil {
			t.Fatal(err)
		}
		if _, err := audit.Verify(path, ""); store.ErrorCode(err) != "audit_broken" || !strings.Contains(err.Error(), ":13") {
			t.Errorf("after %d more lines: %v", i+1, err)
		}
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
}

// Without its mark a record goes on, and says so.
func TestALostMarkIsOnRecord(t *testing.T) {
	path := filled(t, 3)
	if err := os.Remove(path + ".mark"); err != nil {
		t.Fatal(err)
	}
	l, err := audit.Open(path, tick())
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := l.Record(audit.Entry{Event: audit.Start}); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err := audit.Verify(path, ""); err != nil || s.Lines != 6 || !strings.Contains(string(read(t, path)), `"what":"mark"`) {
		t.Errorf("%+v, %v", s, err)
	}
}

// A crash leaves half a line: it is cut off, said, and the chain goes on.
func TestHalfALineIsCutOff(t *testing.T) {
	path := filled(t, 3)
	write(t, path, append(read(t, path), `{"n":4,"at":"2026`...))
	l, err := audit.Open(path, tick())
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Record(audit.Entry{Event: audit.Start}); err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := audit.Verify(path, "")
	if err != nil || s.Lines != 5 || !strings.Contains(string(read(t, path)), `"event":"mended"`) {
		t.Errorf("%+v, %v:\n%s", s, err, read(t, path))
	}
}

// Many sessions of two processes write at once: each line stands once, in one chain.
func TestManyWriteAtOnce(t *testing.T) {
	path := filled(t, 1)
	var group sync.WaitGroup
	for range 3 {
		l, err := audit.Open(path, tick())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = l.Close() })
		for range 8 {
			group.Go(func() {
				for range 10 {
					if err := l.Record(audit.Entry{Event: audit.Export, What: "a\nb\x1b[2J"}); err != nil {
						t.Error(err)
					}
				}
			})
		}
	}
	group.Wait()
	s, err := audit.Verify(path, "")
	if err != nil || s.Lines != 241 {
		t.Errorf("%+v, %v", s, err)
	}
	if bytes.Contains(read(t, path), []byte{0x1b}) {
		t.Error("an escape stands in it")
	}
}

func TestWhatCannotBeWrittenIsTold(t *testing.T) {
	path := filled(t, 2)
	l, err := audit.Open(path, tick())
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if err := l.Record(audit.Entry{Event: audit.Export}); store.ErrorCode(err) != "audit_write" {
		t.Errorf("a closed file: %v", err)
	}
	if s, err := audit.Verify(path, ""); err != nil || s.Lines != 2 {
		t.Errorf("%+v, %v", s, err)
	}
	if _, err := audit.Open(filepath.Join(t.TempDir(), "no", "jindu.audit"), tick()); store.ErrorCode(err) != "audit_write" {
		t.Errorf("no folder: %v", err)
	}
}
