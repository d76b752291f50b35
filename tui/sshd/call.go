package sshd

import (
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"
)

// What a client may send: a hand types a few bytes a second, and a pasted text is
// short. More is left in the network.
const (
	bytesASecond = 16 << 10
	bytesAtOnce  = 128 << 10
)

// How a dead peer is noticed without a byte of the session's own: three probes of
// the kernel's. A session ends within 45 seconds, whether or not a frame is under way.
const (
	probeAfter = 12 * time.Second
	probeEvery = 8 * time.Second
	probes     = 3
	deadAfter  = probeAfter + probes*probeEvery
)

// call is one connection, from its first byte to its last.
type call struct {
	net.Conn
	gate  *gate
	from  netip.Addr
	place chan struct{} // closed when it may shake hands
	gone  chan struct{} // closed when it is over

	began   time.Time // of its handshake; guarded, as the next three, by the gate
	tried   bool      // a key was offered that is not known
	signing bool      // one was that is
	within  bool      // it has logged in

	silent   atomic.Int64 // since when a byte of the client's is waited for, in nanoseconds; 0: none is
	used     atomic.Bool  // its one session was opened
	seated   atomic.Bool  // and has got a shell
	refusals atomic.Int64
	refused  sync.Map // kinds of requests that were refused and are on record

	once   sync.Once
	reads  pace
	paced  bool
	closed error
	ended  func(why failure, failed bool) // told of how it ended; may be nil
}

// unread is how much the kernel keeps for a client that does not read: some frames.
const unread = 64 << 10

// prepare sets the socket up: dead peers are noticed by the kernel, which costs
// an idle session nothing.
func prepare(c net.Conn) {
	if t, ok := c.(*net.TCPConn); ok {
		_ = t.SetWriteBuffer(unread) // without it, such a client is noticed later
		_ = unanswered(t, deadAfter)
		_ = t.SetKeepAliveConfig(net.KeepAliveConfig{Enable: true, Idle: probeAfter, Interval: probeEvery, Count: probes}) // without it, the stall limit still holds
	}
}

// abandon closes a connection that is not wanted at once, leaving nothing behind.
func abandon(c net.Conn) {
	if t, ok := c.(*net.TCPConn); ok {
		_ = t.SetLinger(0)
	}
	_ = c.Close() // there is nobody to tell
}

// Read reads no faster than anybody types.
func (c *call) Read(b []byte) (int, error) {
	c.silent.Store(c.gate.now().UnixNano())
	n, err := c.Conn.Read(b)
	c.silent.Store(0)
	if n > 0 {
		c.hold(n)
	}
	return n, err
}

// hold waits where the client has sent more than its share.
func (c *call) hold(n int) {
	now := c.gate.now()
	if !c.paced {
		c.reads, c.paced = newPace(bytesASecond, bytesAtOnce, now), true
	}
	wait := c.reads.take(n, now)
	if wait == 0 {
		return
	}
	t := time.NewTimer(wait)
	defer t.Stop()
	select {
	case <-t.C:
	case <-c.gone:
	}
}

// Close ends the call and gives its places back.
func (c *call) Close() error {
	c.once.Do(func() {
		close(c.gone)
		why, failed := c.gate.leave(c)
		c.closed = c.Conn.Close()
		if c.ended != nil {
			c.ended(why, failed)
		}
	})
	return c.closed
}
