package sshd_test

import (
	"net"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jindu/store"
)

// Row H05 once more, from fifty addresses, each of which alone is within its bounds:
// a newcomer is let in although the server holds as many connections as it ever does.
func TestHalfOpenConnectionsFromFiftyAddresses(t *testing.T) {
	elsewhere(t)
	h := build(t, func(h *house) { h.config.Limits.Handshake, h.config.Limits.PerAddress = 4*time.Second, 64 })
	inside := open(t, h.as(store.RoleOfficer), 80, 24)
	inside.shows("Overview")
	before := descriptors(t)
	var held []net.Conn
	for i := range 1000 {
		c, err := from(t, "127.0.5."+strconv.Itoa(1+i%50), h.addr)
		if err != nil {
			continue
		}
		held = append(held, c)
		if n, calls := h.server.Shaking(); n > 20 || calls > 300+20+512+1 { // one is let in before one gives way
			t.Fatalf("%d handshakes are under way, %d connections held", n, calls)
		}
	}
	for i := range 3 {
		began := time.Now()
		c, err := h.logIn("127.0.6."+strconv.Itoa(1+i), h.signers[store.RoleDirector])
		if err != nil {
			t.Fatalf("a newcomer is turned away: %v", err)
		}
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("a log-in took %v", took)
		}
		open(t, c, 80, 24).shows("Overview")
		_ = c.Close()
	}
	inside.press("4")
	inside.shows("overdue")
	for _, c := range held {
		_ = c.Close()
	}
	eventually(t, "they are gone", func() bool { n, calls := h.server.Shaking(); return n == 0 && calls <= 1 })
	eventually(t, "descriptors are back", func() bool { return descriptors(t) <= before+2 })
}

// Row H06 once more, from fifty addresses at once as fast as they can, while somebody
// with a key comes again and again: tries are turned away unread, more and more, and
// log-ins take no longer.
func TestFiftyAddressesTryKeys(t *testing.T) {
	elsewhere(t)
	h := build(t, func(h *house) { h.config.Limits.PerAddress = 64 })
	const long = 3 * time.Second
	var read, unread atomic.Int64
	unknown := signer(t)
	var group sync.WaitGroup
	over := time.Now().Add(long)
	for i := range 50 {
		group.Go(func() {
			for time.Now().Before(over) {
				_, err := h.logIn("127.0.7."+strconv.Itoa(1+i), unknown)
				switch {
				case err == nil:
					t.Error("an unknown key logs in")
				case strings.Contains(err.Error(), "unable to authenticate"):
					read.Add(1)
				default:
					unread.Add(1)
				}
				time.Sleep(20 * time.Millisecond)
			}
		})
	}
	var took []time.Duration
	for time.Now().Before(over) {
		began := time.Now()
		c, err := h.logIn("127.0.8.1", h.signers[store.RoleOfficer])
		if err != nil {
			t.Fatalf("somebody with a key is turned away: %v", err)
		}
		took = append(took, time.Since(began))
		_ = c.Close()
		time.Sleep(50 * time.Millisecond)
	}
	group.Wait()
	slices.Sort(took)
	p95 := took[len(took)*95/100]
	t.Logf("%d tries read, %d turned away unread; %d log-ins, p95 %v", read.Load(), unread.Load(), len(took), p95)
	if read.Load() > 50*10 || unread.Load() < 3*read.Load() { // a slow machine tries less often
		t.Errorf("%d tries were read and %d turned away unread", read.Load(), unread.Load())
	}
	if len(took) < 10 || p95 > 2*time.Second {
		t.Errorf("%d log-ins, p95 %v", len(took), p95)
	}
}
