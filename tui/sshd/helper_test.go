package sshd_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"net"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	gossh "golang.org/x/crypto/ssh"

	"jindu/store"
	"jindu/store/audit"
	"jindu/tui"
	"jindu/tui/sshd"
	"jindu/tui/tuitest"
)

// journal is a record in memory.
type journal struct {
	mu   sync.Mutex
	all  []audit.Entry
	full bool
}

func (j *journal) Record(e audit.Entry) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.full {
		return store.NewError("audit_write", nil, "jindu.audit")
	}
	j.all = append(j.all, e)
	return nil
}

// has reports whether an entry fits.
func (j *journal) has(fits func(audit.Entry) bool) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return slices.ContainsFunc(j.all, fits)
}

// awaits fails the test unless an entry fits within a few seconds.
func (j *journal) awaits(tb testing.TB, what string, fits func(audit.Entry) bool) {
	tb.Helper()
	eventually(tb, what+" on record", func() bool { return j.has(fits) })
}

func eventually(tb testing.TB, what string, is func() bool) {
	tb.Helper()
	for until := time.Now().Add(8 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		if is() {
			return
		}
		if time.Now().After(until) {
			tb.Fatalf("%s: not within eight seconds", what)
		}
	}
}

// signer makes a key pair.
func signer(tb testing.TB) gossh.Signer {
	tb.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		tb.Fatal(err)
	}
	s, err := gossh.NewSignerFromKey(private)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// keyFor makes an entry of the list.
func keyFor(tb testing.TB, s gossh.Signer, name string, role store.Role) sshd.Key {
	tb.Helper()
	k, err := sshd.ParseKey(gossh.MarshalAuthorizedKey(s.PublicKey()), name, role, "", "2026-06-01")
	if err != nil {
		tb.Fatal(err)
	}
	return k
}

// house is a server on this machine with a key of each role.
type house struct {
	tb      testing.TB
	server  *sshd.Server
	addr    string
	host    gossh.Signer
	signers map[store.Role]gossh.Signer
	journal *journal
	config  sshd.Config
	stop    func() error // ends it; once
}

// reader is the fictitious district.
type reader struct{ snapshot *store.Snapshot }

var district = sync.OnceValue(tuitest.Snapshot)

func (r reader) Snapshot(context.Context, store.SnapshotRequest) (*store.Snapshot, error) {
	return r.snapshot, nil
}

func (r reader) Versions(context.Context, store.Key, time.Time) ([]store.Figure, error) {
	return nil, nil
}

func (r reader) Neighbours(context.Context, store.Cell, int, int) ([]store.Neighbour, error) {
	return nil, nil
}

func (r reader) Course(context.Context, string, string, store.Period, int, time.Time) (store.Series, error) {
	return store.Series{}, nil
}

// build starts a house. change may change its configuration before it opens.
func build(tb testing.TB, change func(*house)) *house {
	tb.Helper()
	h := &house{tb: tb, host: signer(tb), signers: map[store.Role]gossh.Signer{}, journal: &journal{}}
	var keys []sshd.Key
	for _, r := range store.Roles() {
		h.signers[r] = signer(tb)
		keys = append(keys, keyFor(tb, h.signers[r], string(r), r))
	}
	list, err := sshd.NewKeys(keys)
	if err != nil {
		tb.Fatal(err)
	}
	shown := tui.NewGallery(reader{district()}, func(context.Context) (int64, error) { return 1, nil })
	h.config = sshd.Config{
		HostKey: h.host, Keys: list, Record: h.journal, Lang: store.English, Clock: time.Now,
		Trouble: func(error) {},
		Open: func(ctx context.Context, v sshd.Visitor) tea.Model {
			return tui.New(tui.Options{
				Reader: shown, Lang: store.English, Clock: tuitest.Now, Rights: v.Key.Role.Rights(), Audit: v.Record,
			}).Within(ctx)
		},
	}
	h.config.Limits.PerAddress = 2000
	if change != nil {
		change(h)
	}
	if h.server, err = sshd.New(h.config); err != nil {
		tb.Fatal(err)
	}
	l, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	h.addr = l.Addr().String()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- h.server.Serve(ctx, l) }()
	h.stop = sync.OnceValue(func() error { cancel(); return <-ended })
	tb.Cleanup(func() {
		if err := h.stop(); err != nil {
			tb.Errorf("serve: %v", err)
		}
	})
	return h
}

// dial logs in.
func (h *house) dial(s ...gossh.Signer) (*gossh.Client, error) {
	return gossh.Dial("tcp", h.addr, &gossh.ClientConfig{
		User: "board", Auth: []gossh.AuthMethod{gossh.PublicKeys(s...)}, HostKeyCallback: gossh.FixedHostKey(h.host.PublicKey()),
	})
}

// as logs in with the key of a role.
func (h *house) as(r store.Role) *gossh.Client {
	h.tb.Helper()
	c, err := h.dial(h.signers[r])
	if err != nil {
		h.tb.Fatal(err)
	}
	h.tb.Cleanup(func() { _ = c.Close() })
	return c
}

// screen is a board as a client sees it.
type screen struct {
	tb   testing.TB
	ses  *gossh.Session
	keys interface{ Write([]byte) (int, error) }
	mu   sync.Mutex
	text strings.Builder
	done chan struct{} // closed when nothing more comes
}

// Write keeps what the server draws.
func (s *screen) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(b)
}

func (s *screen) seen() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// open opens a board on a connection.
func open(tb testing.TB, c *gossh.Client, columns, rows int) *screen {
	tb.Helper()
	ses, err := c.NewSession()
	if err != nil {
		tb.Fatal(err)
	}
	s := &screen{tb: tb, ses: ses, done: make(chan struct{})}
	ses.Stdout, ses.Stderr = s, s
	in, err := ses.StdinPipe()
	if err != nil {
		tb.Fatal(err)
	}
	s.keys = in
	if err := ses.RequestPty("xterm-256color", rows, columns, nil); err != nil {
		tb.Fatal(err)
	}
	if err := ses.Shell(); err != nil {
		tb.Fatal(err)
	}
	go func() { _ = ses.Wait(); close(s.done) }()
	return s
}

// shows waits until the server has drawn a text.
func (s *screen) shows(text string) {
	s.tb.Helper()
	eventually(s.tb, "the screen shows "+text, func() bool { return strings.Contains(s.seen(), text) })
}

// press sends keys.
func (s *screen) press(keys string) {
	s.tb.Helper()
	if _, err := s.keys.Write([]byte(keys)); err != nil {
		s.tb.Fatal(err)
	}
}

// ends waits until the session is over.
func (s *screen) ends() {
	s.tb.Helper()
	select {
	case <-s.done:
	case <-time.After(15 * time.Second):
		s.tb.Fatal("the session goes on")
	}
}

// lockedText is text that a program writes while a test reads it.
type lockedText struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *lockedText) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

func (l *lockedText) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// pair makes a key pair as the files that ssh reads.
func pair(tb testing.TB) (public, private []byte) {
	tb.Helper()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		tb.Fatal(err)
	}
	s, err := gossh.NewSignerFromKey(key)
	if err != nil {
		tb.Fatal(err)
	}
	block, err := gossh.MarshalPrivateKey(key, "")
	if err != nil {
		tb.Fatal(err)
	}
	return gossh.MarshalAuthorizedKey(s.PublicKey()), pem.EncodeToMemory(block)
}

func write(tb testing.TB, path string, data []byte) {
	tb.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		tb.Fatal(err)
	}
}
