package sshd

import (
	"net"
	"net/netip"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"jindu/store"
)

// Attempt is one connection's way through the two questions that log-in asks.
type Attempt struct {
	server *Server
	call   *call
	perms  map[string]*gossh.Permissions
}

// Attempt begins one.
func (s *Server) Attempt() *Attempt {
	g := newGate(nil, s.cfg.Limits, s.now, func(netip.Addr) {})
	mine, _ := net.Pipe()
	return &Attempt{s, g.admit(mine), map[string]*gossh.Permissions{}}
}

// Offer offers a key. The library keeps the answer and may give it back for
// whichever key it then verifies: so does this.
func (a *Attempt) Offer(k gossh.PublicKey) bool {
	p, err := a.server.offered(a.call, k)
	a.perms[string(k.Marshal())] = p
	return err == nil
}

// Sign ends the attempt with a signature of the key, given the answer to another,
// and returns the role that the session would have.
func (a *Attempt) Sign(k, answered gossh.PublicKey) (store.Role, bool) {
	p, err := a.server.signed(a.call, k, a.perms[string(answered.Marshal())])
	if err != nil {
		return "", false
	}
	one := keyOf(a.server, &gossh.ServerConn{Permissions: p})
	return one.Role, true
}

// CleanTerm, SizeOf and Tame are how what a client says of its terminal is taken.
func CleanTerm(s string) string { return cleanTerm(s) }

// SizeOf returns what is believed of a window.
func SizeOf(columns, rows uint32) (int, int) {
	s := sizeOf(columns, rows)
	return s.columns, s.rows
}

// Sift takes a request for a terminal, a window and a variable apart.
func Sift(payload []byte) {
	_, _, _, _ = tame(payload)
	_, _ = windowSize(payload)
	var v struct{ Name, Value string }
	_ = gossh.Unmarshal(payload, &v)
	_ = taken(v.Name, v.Value)
}

// Penalties tells for how long an address is kept out after each of n failures.
func Penalties(n int, now time.Time) (out []time.Duration) {
	var p penalty
	for range n {
		p.add(failedKey, now)
		wait := time.Duration(0)
		if p.keepsOut(now) {
			wait = p.until.Sub(now)
		}
		out = append(out, wait)
	}
	return out
}

// Shaking returns how many handshakes are under way, and how many calls there are.
func (s *Server) Shaking() (shaking, calls int) {
	g := s.gate.Load()
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.shaking), g.calls
}

// Callers returns how many addresses are remembered.
func (s *Server) Callers() int {
	g := s.gate.Load()
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.callers)
}
