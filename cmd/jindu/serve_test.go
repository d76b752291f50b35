package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"jindu/store"
)

// served is a running jindu serve, a process of its own, with a key of each role.
type served struct {
	testing.TB
	config string
	addr   string
	keys   map[store.Role]gossh.Signer
	stop   context.CancelFunc
	ended  chan struct{}
	said   *bytes.Buffer // complete once it has ended
}

// serve starts one on a configuration.
func serve(tb testing.TB, config string) *served {
	tb.Helper()
	s := &served{TB: tb, config: config, keys: map[store.Role]gossh.Signer{}}
	for _, role := range store.Roles() {
		s.keys[role] = s.addKey(role)
	}
	s.start()
	return s
}

// addKey makes a key and lets it log in.
func (s *served) addKey(role store.Role) gossh.Signer {
	s.Helper()
	signer, file := publicFile(s)
	if r := run(s, "--config", s.config, "key", "add", file, "--name", "key-"+string(role), "--role", string(role)); r.status != 0 {
		s.Fatal(r.err)
	}
	return signer
}

// publicFile makes a key and the file that its owner would hand in.
func publicFile(tb testing.TB) (gossh.Signer, string) {
	tb.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	must(tb, err)
	signer, err := gossh.NewSignerFromKey(private)
	must(tb, err)
	file := filepath.Join(tb.TempDir(), "key.pub")
	must(tb, os.WriteFile(file, gossh.MarshalAuthorizedKey(signer.PublicKey()), 0o600))
	return signer, file
}

// start starts the process and waits until it listens.
func (s *served) start() {
	s.Helper()
	program, err := exec.LookPath("jindu")
	must(s, err)
	ctx, cancel := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, program, "--config", s.config, "--lang", "en", "serve", "--listen", "127.0.0.1:0")
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	out, err := cmd.StdoutPipe()
	must(s, err)
	s.said = &bytes.Buffer{}
	cmd.Stderr = s.said
	must(s, cmd.Start())
	s.ended = make(chan struct{})
	in := bufio.NewReader(out)
	line, err := in.ReadString('\n')
	s.addr = regexp.MustCompile(`127\.0\.0\.1:\d+`).FindString(line)
	go func() {
		_, _ = io.Copy(io.Discard, in)
		_ = cmd.Wait() // a signal ends it
		close(s.ended)
	}()
	s.stop = func() { cancel(); <-s.ended }
	s.Cleanup(s.stop)
	if err != nil || s.addr == "" {
		s.stop()
		s.Fatalf("it does not listen: %q %v %s", line, err, s.said)
	}
}

// caller is somebody on the board.
type caller struct {
	testing.TB
	client *gossh.Client
	keys   io.Writer
	text   *lockedBuffer
	done   chan struct{} // closed when the session is over
}

// lockedBuffer is what a server draws while a test reads it.
type lockedBuffer struct{ text atomic.Pointer[string] }

// Write is called by one goroutine.
func (b *lockedBuffer) Write(p []byte) (int, error) {
	all := b.String() + string(p)
	b.text.Store(&all)
	return len(p), nil
}

func (b *lockedBuffer) String() string {
	if p := b.text.Load(); p != nil {
		return *p
	}
	return ""
}

// sit logs somebody in and opens the board.
func (s *served) sit(role store.Role) *caller {
	s.Helper()
	c, err := gossh.Dial("tcp", s.addr, &gossh.ClientConfig{
		User: "board", Auth: []gossh.AuthMethod{gossh.PublicKeys(s.keys[role])}, Timeout: 20 * time.Second,
		HostKeyCallback: gossh.InsecureIgnoreHostKey(), // it is told apart by TestServeKeepsItsKey
	})
	must(s, err)
	s.Cleanup(func() { _ = c.Close() })
	ses, err := c.NewSession()
	must(s, err)
	out := &caller{TB: s, client: c, text: &lockedBuffer{}, done: make(chan struct{})}
	ses.Stdout = out.text
	out.keys, err = ses.StdinPipe()
	must(s, err)
	must(s, ses.RequestPty("xterm-256color", 40, 140, nil))
	must(s, ses.Shell())
	go func() { _ = ses.Wait(); close(out.done) }()
	return out
}

// sees waits until something is drawn, and returns all that was.
func (s *caller) sees(words string) string {
	s.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if text := s.text.String(); strings.Contains(text, words) {
			return text
		}
	}
	s.Fatalf("never saw %q in %.3000q", words, s.text.String())
	return ""
}

// between waits until something was sent between two marks, and returns it: what is for
// the clipboard comes by a clock of its own, after the word that it was given.
func (s *caller) between(from, to string) string {
	s.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		_, after, _ := strings.Cut(s.text.String(), from)
		if sent, _, ok := strings.Cut(after, to); ok {
			return sent
		}
	}
	s.Fatalf("nothing between %q and %q in %.3000q", from, to, s.text.String())
	return ""
}

// types presses keys one by one, as a hand does.
func (s *caller) types(keys ...string) {
	s.Helper()
	for _, k := range keys {
		_, err := io.WriteString(s.keys, k)
		must(s, err)
		time.Sleep(150 * time.Millisecond)
	}
}

// record is the lines on record that hold a text.
func (s *served) record(holds string) (out []map[string]any) {
	s.Helper()
	data, err := os.ReadFile(filepath.Join(filepath.Dir(s.config), "jindu.audit"))
	must(s, err)
	for line := range strings.Lines(string(data)) {
		if strings.Contains(line, holds) {
			var one map[string]any
			must(s, json.Unmarshal([]byte(line), &one))
			out = append(out, one)
		}
	}
	return out
}

// whole checks that the record is whole.
func (s *served) whole() {
	s.Helper()
	if r := run(s, "--config", s.config, "audit", "verify"); r.status != 0 {
		s.Errorf("the record: %s", r.err)
	}
}

// Rows H16 and H17 with the program itself: the host's key is made once, for its
// owner only, and stays; a key that is revoked in its file ends its session.
func TestServeKeepsItsKeyAndLetsRevokedOnesGo(t *testing.T) {
	t.Parallel()
	config, _ := smallOffice(t, "4711")
	s := serve(t, config)
	host := filepath.Join(filepath.Dir(config), "jindu.hostkey")
	made, err := os.ReadFile(host)
	must(t, err)
	if info, err := os.Stat(host); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the host key: %v %v", info.Mode(), err)
	}
	officer, director := s.sit(store.RoleOfficer), s.sit(store.RoleDirector)
	officer.sees("Overview")
	director.sees("Overview")
	began := time.Now()
	if r := run(t, "--config", config, "key", "revoke", "key-officer"); r.status != 0 {
		t.Fatal(r.err)
	}
	select {
	case <-officer.done:
		t.Logf("gone after %v", time.Since(began).Round(100*time.Millisecond))
	case <-time.After(10 * time.Second):
		t.Error("ten seconds later the session goes on")
	}
	if n := len(s.record(`"what":"revoked"`)); n != 1 {
		t.Errorf("%d lines on record", n)
	}
	director.types("3")
	director.sees("4711")
	s.stop()
	s.start()
	if again, err := os.ReadFile(host); err != nil || !bytes.Equal(again, made) {
		t.Errorf("another host key: %v", err)
	}
	s.stop()
	s.whole()
}

// An officer and a director over SSH get a page as a file of the server's, which only
// its owner can read; that it is given, and what it is, stands on record first.
func TestExportsOverSSHGoIntoTheFolder(t *testing.T) {
	t.Parallel()
	config, _ := smallOffice(t, "4711")
	appendTo(t, config, "\n[ssh]\nexports = \"out\"\n")
	s := serve(t, config)
	folder := filepath.Join(filepath.Dir(config), "out")
	for n, role := range []store.Role{store.RoleOfficer, store.RoleDirector} {
		one := s.sit(role)
		one.sees("Overview")
		one.types("3")
		one.sees("4711")
		one.types("e", "\t") // CSV
		for range 60 {
			_, err := io.WriteString(one.keys, "\x7f")
			must(t, err)
			time.Sleep(35 * time.Millisecond)
		}
		one.types("1", "3", "8", "0", "0", "1", "3", "8", "0", "0", "0", "\r")
		one.sees("on the server")
		files, err := os.ReadDir(folder)
		must(t, err)
		if len(files) != n+1 {
			t.Fatalf("%s: %v", role, files)
		}
		for _, f := range files {
			info, err := f.Info()
			must(t, err)
			if info.Mode().Perm() != 0o600 || strings.Contains(f.Name(), "13800138000") {
				t.Errorf("%s is %v", f.Name(), info.Mode())
			}
		}
		given := s.record(`"role":"` + string(role) + `"`)
		last, _ := given[len(given)-1]["what"].(string)
		name := strings.Fields(strings.TrimPrefix(last, "file "))[0]
		data, err := os.ReadFile(filepath.Join(folder, name))
		must(t, err)
		if sum := sha256.Sum256(data); !strings.HasSuffix(last, "sha256:"+hex.EncodeToString(sum[:])) || !bytes.Contains(data, []byte("4711")) {
			t.Errorf("on record is %q, the file holds %q", last, data)
		}
	}
	if s.record("13800138000") != nil {
		t.Error("a number of a phone that was typed as a name is on record")
	}
	display := s.sit(store.RoleDisplay)
	display.sees("Units reported")
	display.types("e", "\r", "y")
	for end := time.Now().Add(patience); len(s.record(`"event":"denied"`)) == 0 && time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		continue
	}
	if n := len(s.record(`"event":"denied"`)); n != 2 { // export, and what Enter would do
		t.Errorf("%d refusals on record", n)
	}
	if files, _ := os.ReadDir(folder); len(files) != 2 {
		t.Errorf("a display has written %v", files)
	}
	s.stop()
	s.whole()
}

// Without a folder a page goes to the clipboard of the terminal that asks, whole.
func TestExportsOverSSHGoToTheClipboard(t *testing.T) {
	t.Parallel()
	config, _ := smallOffice(t, "4711")
	s := serve(t, config)
	one := s.sit(store.RoleDirector)
	one.sees("Overview")
	one.types("3")
	one.sees("4711")
	one.types("e", "\r")
	one.sees("given to your terminal")
	data, err := base64.StdEncoding.DecodeString(one.between("\x1b]52;c;", "\x07"))
	if err != nil || !bytes.Contains(data, []byte("4711")) || bytes.HasPrefix(data, []byte("\ufeff")) {
		t.Fatalf("the terminal is given %q, %v", data, err)
	}
	sum := sha256.Sum256(data)
	if n := len(s.record("sha256:" + hex.EncodeToString(sum[:]))); n != 1 {
		t.Errorf("%d lines on record hold its hash", n)
	}
	s.stop()
	s.whole()
}
