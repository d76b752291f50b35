package sshd

import (
	"net/netip"
	"sync"
	"time"

	"jindu/store/audit"
)

// knocks counts refusals at the door. A record that an attacker can fill with a
// line for each try is one that nobody reads: the first of an address is written
// at once, the others as a count every minute.
type knocks struct {
	mu    sync.Mutex
	first map[netip.Addr]*knock
	more  int // of addresses beyond those that are counted
}

type knock struct {
	since time.Time
	count int
	told  bool
}

// How often refusals are counted up, and of how many addresses apart.
const (
	knockEvery  = time.Minute
	mostKnocked = 256
)

// add counts one refusal.
func (k *knocks) add(from netip.Addr, now time.Time) {
	k.mu.Lock()
	defer k.mu.Unlock()
	one := k.first[from]
	if one == nil {
		if len(k.first) >= mostKnocked {
			k.more++
			return
		}
		one = &knock{since: now}
		k.first[from] = one
	}
	one.count++
}

// due takes what is to be written.
func (k *knocks) due(now time.Time, all bool) (out []audit.Entry) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for from, one := range k.first {
		over := all || now.Sub(one.since) >= knockEvery
		if one.count > 0 && (over || !one.told) {
			out = append(out, audit.Entry{At: now, Event: audit.Refused, From: from.String(), What: "key", Count: one.count})
			one.count, one.told = 0, true
		} else if over {
			delete(k.first, from)
		}
		if over {
			one.since = now
		}
	}
	if k.more > 0 && (all || len(k.first) < mostKnocked) {
		out = append(out, audit.Entry{At: now, Event: audit.Refused, What: "key", Count: k.more})
		k.more = 0
	}
	return out
}

// turnedAway notes a connection that the gate has closed unread.
func (s *Server) turnedAway(from netip.Addr) { s.knocks.add(from, s.now()) }

// knocked writes the refusals that are due.
func (s *Server) knocked(all bool) {
	for _, e := range s.knocks.due(s.now(), all) {
		s.put(e)
	}
}
