package sshd

import (
	"context"
	"crypto/ed25519"
	"errors"
	"io"
	"net"
	"net/netip"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
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

// FuzzBeforeLogIn is row H15: whatever is said before anybody has logged in, the
// server neither panics nor hangs, nobody is in, and nothing is left of it.
func FuzzBeforeLogIn(f *testing.F) {
	f.Add([]byte("SSH-2.0-x\r\n"))
	f.Add([]byte("GET / HTTP/1.1\r\n\r\n"))
	f.Add([]byte("SSH-2.0-x\r\n\x00\x00\x00\x0c\x0a\x14" + "0123456789012345"))
	f.Add(append([]byte("SSH-2.0-x\r\n"), kexInit(f)...))
	s := doorFor(f)
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
