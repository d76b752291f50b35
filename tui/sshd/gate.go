package sshd

import (
	"cmp"
	"net"
	"net/netip"
	"slices"
	"sync"
	"time"
)

// How many connections wait for their handshake beside those that log in, and how
// many addresses are remembered. A handshake whose client has been silent for longer
// than patience gives way where others wait.
const (
	mostWaiting   = 512
	flood         = mostWaiting * 3 / 4 // so many wait only where somebody means harm
	mostCallers   = 8192
	patience      = 3 * time.Second
	lookForPlaces = 100 * time.Millisecond
)

// gate decides which connections are served, before anything that they say is read.
type gate struct {
	net.Listener
	limits Limits
	now    func() time.Time

	mu      sync.Mutex
	callers map[netip.Prefix]*caller
	calls   int     // connections that are open
	shaking []*call // the oldest first
	waiting []*call // the oldest first
	refused func(netip.Addr)
}

// caller is an address that has called.
type caller struct {
	calls   int
	shaking int
	penalty penalty
}

// newGate returns a gate before the listener. refused is told of connections
// that were turned away.
func newGate(l net.Listener, limits Limits, now func() time.Time, refused func(netip.Addr)) *gate {
	return &gate{Listener: l, limits: limits, now: now, refused: refused, callers: map[netip.Prefix]*caller{}}
}

// Accept returns the next connection that may be served; others it closes.
func (g *gate) Accept() (net.Conn, error) {
	for {
		c, err := g.Listener.Accept()
		if err != nil {
			return nil, err
		}
		if one := g.admit(c); one != nil {
			return one, nil
		}
	}
}

// admit counts a connection in, or closes it.
func (g *gate) admit(c net.Conn) *call {
	from := addressOf(c)
	now := g.now()
	g.mu.Lock()
	who := g.caller(from, now)
	fits := who != nil && who.calls < g.limits.PerAddress && !who.penalty.keepsOut(now)
	var gives *call
	if fits && g.calls >= g.limits.Sessions+g.limits.Handshakes+mostWaiting {
		gives = g.greediest(from)
		fits = gives != nil
	}
	if fits {
		who.calls++
		g.calls++
	}
	g.mu.Unlock()
	if gives != nil {
		_ = gives.Close() // it makes room
	}
	if !fits {
		abandon(c)
		g.refused(from)
		return nil
	}
	prepare(c)
	return &call{Conn: c, gate: g, from: from, began: now, place: make(chan struct{}), gone: make(chan struct{})}
}

// greediest returns a connection that gives way to one from another address where
// there is no room for more: the last that waits of the address with the most of
// them. It is nil where that would be no fairer.
func (g *gate) greediest(than netip.Addr) (out *call) {
	held := map[netip.Prefix]int{}
	for _, c := range g.shaking {
		held[neighbourhood(c.from)]++
	}
	for _, c := range g.waiting {
		held[neighbourhood(c.from)]++
	}
	most := held[neighbourhood(than)] + 1
	for _, c := range g.waiting {
		if n := held[neighbourhood(c.from)]; n > most || out != nil && n == most {
			out, most = c, n
		}
	}
	return out
}

// caller returns what is known of the address, and makes room for it. It is nil
// where all that is remembered is in use.
func (g *gate) caller(from netip.Addr, now time.Time) *caller {
	at := neighbourhood(from)
	if who, ok := g.callers[at]; ok {
		return who
	}
	if len(g.callers) >= mostCallers {
		g.forget(now)
		if len(g.callers) >= mostCallers {
			return nil
		}
	}
	who := &caller{}
	g.callers[at] = who
	return who
}

// forget drops the addresses that owe nothing, and where that is none, those that
// nobody calls from.
func (g *gate) forget(now time.Time) {
	before := len(g.callers)
	for at, who := range g.callers {
		if who.calls == 0 && !who.penalty.keepsOut(now) {
			delete(g.callers, at)
		}
	}
	if len(g.callers) < before {
		return
	}
	for at, who := range g.callers {
		if who.calls == 0 {
			delete(g.callers, at)
		}
	}
}

// enter waits for a place to shake hands in, as long as a handshake may take. It
// reports whether there was one.
func (g *gate) enter(c *call) bool {
	g.mu.Lock()
	g.waiting = append(g.waiting, c)
	g.seat()
	g.mu.Unlock()
	look := time.NewTicker(lookForPlaces)
	defer look.Stop()
	for until := g.now().Add(g.limits.Handshake); ; {
		select {
		case <-c.place:
			return true
		case <-c.gone:
			return false
		case <-look.C:
		}
		if g.now().After(until) {
			return g.giveUp(c)
		}
		g.hurry()
	}
}

// giveUp ends the wait, unless the place has just come free.
func (g *gate) giveUp(c *call) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if i := slices.Index(g.waiting, c); i >= 0 {
		g.waiting = slices.Delete(g.waiting, i, i+1)
		return false
	}
	return true
}

// seat gives free places to those who wait. An address gets three quarters of the
// places at most, so that another always finds one.
func (g *gate) seat() {
	share := max(1, g.limits.Handshakes*3/4)
	for len(g.shaking) < g.limits.Handshakes {
		i := g.first()
		if i < 0 {
			return
		}
		c := g.waiting[i]
		who := g.callers[neighbourhood(c.from)]
		if who.shaking >= share {
			return // the first has the fewest: so have all
		}
		g.waiting = slices.Delete(g.waiting, i, i+1)
		who.shaking++
		c.began = g.now()
		g.shaking = append(g.shaking, c)
		close(c.place)
	}
}

// first returns who is next: of those whose address has the fewest handshakes
// under way and the fewest failures behind it, who has waited longest. A crowd from
// one address does not stand before a single caller from another. In a flood it is
// who has come last: most of those before only wait, and a newcomer would wait for
// all of them.
func (g *gate) first() int {
	best, least, flooded := -1, caller{}, len(g.waiting) > flood
	for i, c := range g.waiting {
		who := g.callers[neighbourhood(c.from)]
		switch by := cmp.Or(cmp.Compare(who.shaking, least.shaking), cmp.Compare(who.penalty.strikes, least.penalty.strikes)); {
		case best < 0, by < 0, by == 0 && flooded:
			best, least = i, *who
		}
	}
	return best
}

// hurry ends the handshake of a client that says nothing where somebody waits for
// its place; who is unlocking a known key goes last. One that is slow since this
// machine is stays: were it ended, a busy server would turn everybody away.
func (g *gate) hurry() {
	g.mu.Lock()
	var out *call
	if len(g.shaking) >= g.limits.Handshakes {
		for _, signing := range []bool{false, true} {
			for _, c := range g.shaking {
				since := c.silent.Load()
				if out == nil && c.signing == signing && since != 0 && g.now().Sub(time.Unix(0, since)) > patience {
					out = c
				}
			}
		}
	}
	g.mu.Unlock()
	if out != nil {
		_ = out.Close() // it makes room
	}
}

// signs notes that the call has offered a key that is known. It reports whether
// that is news.
func (g *gate) signs(c *call) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	first := !c.signing
	c.signing = true
	return first
}

// missed notes that the call has offered a key that is not known.
func (g *gate) missed(c *call) {
	g.mu.Lock()
	defer g.mu.Unlock()
	c.tried = true
}

// in notes that the call has logged in: its place is free for others.
func (g *gate) in(c *call) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.unseat(c) {
		g.callers[neighbourhood(c.from)].penalty.clear()
	}
	c.within = true
}

// unseat frees the call's place and reports whether it had one.
func (g *gate) unseat(c *call) bool {
	i := slices.Index(g.shaking, c)
	if i < 0 {
		return false
	}
	g.shaking = slices.Delete(g.shaking, i, i+1)
	g.callers[neighbourhood(c.from)].shaking--
	g.seat()
	return true
}

// leave counts a call out. One that left in the middle of its handshake is charged.
func (g *gate) leave(c *call) (why failure, failed bool) {
	now := g.now()
	g.mu.Lock()
	defer g.mu.Unlock()
	at := neighbourhood(c.from)
	who := g.callers[at]
	who.calls--
	g.calls--
	if i := slices.Index(g.waiting, c); i >= 0 {
		g.waiting = slices.Delete(g.waiting, i, i+1)
	}
	failed = g.unseat(c)
	switch {
	case !failed:
	case c.tried:
		why = failedKey
	case now.Sub(c.began) >= min(patience, g.limits.Handshake):
		why = failedTime
	default:
		why = failedSilence
	}
	if failed {
		who.penalty.add(why, now)
	}
	if who.calls == 0 && who.penalty.forgotten(now) {
		delete(g.callers, at)
	}
	return why, failed
}

// neighbourhood is what counts as one address: of IPv6 the network, since one
// machine has as many addresses of it as it likes.
func neighbourhood(a netip.Addr) netip.Prefix {
	bits := 32
	if a.Is6() {
		bits = 64
	}
	p, err := a.Prefix(bits)
	if err != nil {
		return netip.Prefix{} // no address: all of them are one
	}
	return p
}

// addressOf returns where a connection comes from.
func addressOf(c net.Conn) netip.Addr {
	at, err := netip.ParseAddrPort(c.RemoteAddr().String())
	if err != nil {
		return netip.Addr{}
	}
	return at.Addr().Unmap().WithZone("")
}
