package sshd

import (
	"context"
	"crypto/ed25519"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/ssh"
	gossh "golang.org/x/crypto/ssh"

	"jindu/store"
	"jindu/store/audit"
)

// blank is a record and a board of nothing.
type blank struct{}

func (blank) Record(audit.Entry) error { return nil }

// doorFor is a server that nobody listens for: fuzzers speak to it in memory.
func doorFor(tb testing.TB) *Server {
	tb.Helper()
	host, err := gossh.NewSignerFromKey(ed25519.NewKeyFromSeed(make([]byte, 32)))
	if err != nil {
		tb.Fatal(err)
	}
	k, err := ParseKey(gossh.MarshalAuthorizedKey(host.PublicKey()), "duty", store.RoleOfficer, "", "")
	if err != nil {
		tb.Fatal(err)
	}
	keys, err := NewKeys([]Key{k})
	if err != nil {
		tb.Fatal(err)
	}
	s, err := New(Config{
		HostKey: host, Keys: keys, Record: blank{}, Clock: time.Now,
		Open: func(context.Context, Visitor) tea.Model { panic("somebody is in") },
	})
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// one is a client that says what it has to say, reads nothing, and is gone.
type one struct {
	said []byte
	net.Conn
}

func (c *one) Read(b []byte) (int, error) {
	if len(c.said) == 0 {
		return 0, io.EOF
	}
	n := copy(b, c.said)
	c.said = c.said[n:]
	return n, nil
}

func (c *one) Write(b []byte) (int, error)      { return len(b), nil }
func (c *one) Close() error                     { return nil }
func (c *one) RemoteAddr() net.Addr             { return &net.TCPAddr{IP: net.IPv4(10, 0, 0, 1), Port: 1} }
func (c *one) LocalAddr() net.Addr              { return c.RemoteAddr() }
func (c *one) SetDeadline(time.Time) error      { return nil }
func (c *one) SetReadDeadline(time.Time) error  { return nil }
func (c *one) SetWriteDeadline(time.Time) error { return nil }

// panics counts what the library has caught: it would serve on, and no fuzzer
// would ever see it.
type panics struct {
	slog.Handler
	n atomic.Int64
}

// Handle is called with what the library logs.
func (p *panics) Handle(_ context.Context, r slog.Record) error {
	if strings.Contains(r.Message, "panic") {
		p.n.Add(1)
	}
	return nil
}

// caught listens to what the library logs until the test is over.
func caught(tb testing.TB) *panics {
	tb.Helper()
	before := slog.Default()
	p := &panics{Handler: before.Handler()}
	slog.SetDefault(slog.New(p))
	tb.Cleanup(func() { slog.SetDefault(before) })
	return p
}

// A panic that the library catches does not stay unseen.
func TestCaughtPanicsAreCounted(t *testing.T) {
	p, s := caught(t), doorFor(t)
	s.ssh.ConnCallback = func(ssh.Context, net.Conn) net.Conn { panic("on purpose") }
	s.ssh.HandleConn(&one{})
	if p.n.Load() != 1 {
		t.Errorf("%d panics were counted", p.n.Load())
	}
}

// FuzzBeforeLogIn is row H15: whatever is said before anybody has logged in, the
// server neither panics nor hangs, nobody is in, and nothing is left of it.
func FuzzBeforeLogIn(f *testing.F) {
	f.Add([]byte("SSH-2.0-x\r\n"))
	f.Add([]byte("GET / HTTP/1.1\r\n\r\n"))
	f.Add([]byte("SSH-2.0-x\r\n\x00\x00\x00\x0c\x0a\x14" + "0123456789012345"))
	f.Add(append([]byte("SSH-2.0-x\r\n"), kexInit(f)...))
	s, p := doorFor(f), caught(f)
	f.Fuzz(func(t *testing.T, said []byte) {
		g := newGate(nil, s.cfg.Limits, s.now, func(netip.Addr) {})
		c := g.admit(&one{said: said})
		ended := make(chan struct{})
		go func() { s.ssh.HandleConn(c); close(ended) }()
		select {
		case <-ended:
		case <-time.After(5 * time.Second):
			t.Fatal("it hangs")
		}
		if g.calls != 0 || len(g.shaking) != 0 || len(g.waiting) != 0 {
			t.Fatalf("%d calls, %d handshakes and %d waiting are left", g.calls, len(g.shaking), len(g.waiting))
		}
		if n := p.n.Load(); n > 0 {
			t.Fatalf("%d panics", n)
		}
	})
}

// kexInit is the first packet of a real client.
func kexInit(tb testing.TB) []byte {
	tb.Helper()
	mine, theirs := net.Pipe()
	go func() {
		_, _, _, err := gossh.NewClientConn(theirs, "", &gossh.ClientConfig{
			User: "x", HostKeyCallback: func(string, net.Addr, gossh.PublicKey) error { return errors.New("no") },
		})
		_ = err // it never gets there
	}()
	_ = mine.SetDeadline(time.Now().Add(time.Second))
	_, _ = mine.Write([]byte("SSH-2.0-jindu\r\n"))
	all := make([]byte, 0, 4096)
	buf := make([]byte, 4096)
	for len(all) < 1200 {
		n, err := mine.Read(buf)
		if err != nil {
			break
		}
		all = append(all, buf[:n]...)
	}
	_ = mine.Close()
	for i := range all {
		if all[i] == '\n' {
			return all[i+1:]
		}
	}
	return all
}

// FuzzRequests holds the payloads of requests, keys and lists of keys: what a client
// or a file says is taken apart or refused.
func FuzzRequests(f *testing.F) {
	f.Add(gossh.Marshal(terminalRequest{Term: "xterm", Columns: 80, Rows: 24}))
	f.Add(gossh.Marshal(struct{ K, V string }{"COLORTERM", "truecolor"}))
	f.Add([]byte(`role="officer",name="duty" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f x`))
	f.Fuzz(func(t *testing.T, b []byte) {
		if term, at, tamed, ok := tame(b); ok {
			if at.columns < leastColumns || at.columns > mostColumns || at.rows < leastRows || at.rows > mostRows {
				t.Fatalf("a window of %v", at)
			}
			if again, where, _, ok := tame(tamed); !ok || again != term || where != at {
				t.Fatalf("tamed twice it is %q %v", again, where)
			}
		}
		if at, ok := windowSize(b); ok && at != at.clamped() {
			t.Fatalf("a window of %v", at)
		}
		if clean := cleanTerm(string(b)); clean != plainTerm && clean != string(b) {
			t.Fatalf("a terminal %q", clean)
		}
		if keys, err := ParseKeys("k", b); err == nil {
			for _, k := range keys.All() {
				if again, err := ParseKeys("k", []byte(k.Line())); err != nil || len(again.All()) != 1 || again.All()[0] != k {
					t.Fatalf("%+v is written and read as %+v, %v", k, again, err)
				}
			}
		}
	})
}

// Kinds of packets that a fuzzed client sends, and answers of the server's.
const (
	sayRaw    = iota // as it stands
	saySigned        // a log-in rightly signed, and then changed
	sayQuery         // whether a key may log in
	kinds

	userAuthSuccess = 52
)

// request asks to log in with the key that the server knows: signed, or only
// whether it may.
func (w *wire) request(key gossh.Signer, signed bool) []byte {
	body := gossh.Marshal(struct {
		User, Service, Method string `sshtype:"50"`
		Signed                bool
		Algorithm             string
		Key                   []byte
	}{"duty", "ssh-connection", "publickey", signed, gossh.KeyAlgoED25519, key.PublicKey().Marshal()})
	if !signed {
		return body
	}
	sig, err := key.Sign(nil, append(gossh.Marshal(struct{ S []byte }{w.session}), body...))
	if err != nil {
		return nil
	}
	return append(body, gossh.Marshal(struct{ S []byte }{gossh.Marshal(sig)})...)
}

// changed changes bytes of a packet by pairs of a place and a mask, and reports
// whether that has changed anything.
func changed(packet, by []byte) bool {
	before := string(packet)
	for ; len(by) >= 2; by = by[2:] {
		packet[int(by[0])%len(packet)] ^= by[1]
	}
	return string(packet) != before
}

// FuzzLogIn is row H15 behind the key exchange: whatever a client says in the
// encrypted channel before it has logged in, the server neither panics nor hangs,
// nothing is left of it, and a log-in that was signed for anything else than what
// it says is none.
func FuzzLogIn(f *testing.F) {
	service := gossh.Marshal(struct {
		S string `sshtype:"5"`
	}{S: "ssh-userauth"})
	say := func(kind byte, payload []byte) []byte {
		return append([]byte{kind, byte(len(payload) >> 8), byte(len(payload))}, payload...)
	}
	none := gossh.Marshal(struct {
		A, B, C string `sshtype:"50"`
	}{A: "x", B: "ssh-connection", C: "none"})
	start := say(sayRaw, service)
	f.Add(append(start[:len(start):len(start)], say(saySigned, nil)...))
	f.Add(append(start[:len(start):len(start)], say(saySigned, []byte{9, 1})...))
	f.Add(append(start[:len(start):len(start)], say(sayQuery, nil)...))
	f.Add(append(start[:len(start):len(start)], say(sayRaw, none)...))
	f.Add(append(append(start[:len(start):len(start)], say(sayQuery, nil)...), say(saySigned, []byte{60, 7, 90, 255})...))
	f.Add(say(sayRaw, none))
	f.Add(say(sayRaw, []byte{1, 0, 0, 0, 11}))
	if !testing.Short() { // the library looks at what was agreed while it may be agreed anew: the race detector sees that at times
		f.Add(say(sayRaw, clientInit())) // keys are exchanged anew in the middle of it
	}
	s, key, p := doorFor(f), sameKey(f), caught(f)
	f.Fuzz(func(t *testing.T, said []byte) {
		mine, theirs := net.Pipe()
		_ = mine.SetDeadline(time.Now().Add(5 * time.Second))
		g := newGate(nil, s.cfg.Limits, s.now, func(netip.Addr) {})
		ended := make(chan struct{})
		go func() { s.ssh.HandleConn(g.admit(theirs)); close(ended) }()
		w, err := shake(mine)
		if err != nil {
			t.Fatalf("no handshake: %v", err)
		}
		in := make(chan bool, 1)
		go w.listen(in)
		may := w.speak(said, key)
		_ = mine.Close()
		if <-in && !may {
			t.Fatal("somebody is in")
		}
		select {
		case <-ended:
		case <-time.After(5 * time.Second):
			t.Fatal("it hangs")
		}
		if g.calls != 0 || len(g.shaking) != 0 || len(g.waiting) != 0 {
			t.Fatalf("%d calls, %d handshakes and %d waiting are left", g.calls, len(g.shaking), len(g.waiting))
		}
		if n := p.n.Load(); n > 0 {
			t.Fatalf("%d panics", n)
		}
	})
}

// The fuzzed client speaks the language: what it leaves as it was signed logs in.
func TestTheFuzzedClientLogsIn(t *testing.T) {
	s := doorFor(t)
	mine, theirs := net.Pipe()
	_ = mine.SetDeadline(time.Now().Add(5 * time.Second))
	g := newGate(nil, s.cfg.Limits, s.now, func(netip.Addr) {})
	go s.ssh.HandleConn(g.admit(theirs))
	w, err := shake(mine)
	if err != nil {
		t.Fatal(err)
	}
	in := make(chan bool, 1)
	go w.listen(in)
	if err := w.say(gossh.Marshal(struct {
		S string `sshtype:"5"`
	}{"ssh-userauth"})); err != nil {
		t.Fatal(err)
	}
	if !w.speak([]byte{saySigned, 0, 0}, sameKey(t)) || !<-in {
		t.Error("a log-in that is right is none")
	}
	_ = mine.Close()
}

// sameKey is the key that may log in at the door.
func sameKey(tb testing.TB) gossh.Signer {
	tb.Helper()
	key, err := gossh.NewSignerFromKey(ed25519.NewKeyFromSeed(make([]byte, 32)))
	if err != nil {
		tb.Fatal(err)
	}
	return key
}

// listen hears the server out and tells whether it has let the client in.
func (w *wire) listen(in chan<- bool) {
	for {
		packet, err := w.hear()
		if success := err == nil && len(packet) > 0 && packet[0] == userAuthSuccess; success || err != nil {
			in <- success
			break
		}
	}
	_, _ = io.Copy(io.Discard, w.in) // so that the server is not held up
}

// speak says what the fuzzer has made up, as far as the server listens. It reports
// whether a log-in was among it that is right; nothing is said after that.
func (w *wire) speak(said []byte, key gossh.Signer) (may bool) {
	for len(said) >= 3 {
		kind := said[0] % kinds
		n := min(len(said)-3, int(said[1])<<8|int(said[2]))
		packet := append([]byte(nil), said[3:3+n]...)
		said = said[3+n:]
		switch kind {
		case saySigned, sayQuery:
			by := packet
			packet = w.request(key, kind == saySigned)
			may = !changed(packet, by) && kind == saySigned
		}
		if len(packet) == 0 || w.say(packet) != nil || may {
			break
		}
	}
	return may
}
