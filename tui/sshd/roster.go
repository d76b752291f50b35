package sshd

import (
	"sync"
	"time"

	"jindu/store"
)

// roster is who is on the board.
type roster struct {
	mu     sync.Mutex
	visits map[*visit]bool
}

// seat lets a visit in where there is room; an administrator always finds room
// among all sessions, not among those of one key. full says which was full.
func (r *roster) seat(v *visit, limits Limits) (full leaving) {
	r.mu.Lock()
	defer r.mu.Unlock()
	same := 0
	for other := range r.visits {
		if other.key.Fingerprint == v.key.Fingerprint {
			same++
		}
	}
	switch {
	case same >= limits.PerKey:
		return leftKeyFull
	case len(r.visits) >= limits.Sessions && v.key.Role != store.RoleAdmin:
		return leftFull
	}
	r.visits[v] = true
	return ""
}

// leave takes a visit off the roster.
func (r *roster) leave(v *visit) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.visits, v)
}

// all returns the visits.
func (r *roster) all() []*visit {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := make([]*visit, 0, len(r.visits))
	for v := range r.visits {
		out = append(out, v)
	}
	return out
}

func (r *roster) count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.visits)
}

// endAll ends every visit.
func (r *roster) endAll(why leaving) {
	for _, v := range r.all() {
		v.end(why)
	}
}

// keep ends the visits whose key is gone or is another one's now.
func (r *roster) keep(keys *Keys) {
	for _, v := range r.all() {
		if now, ok := keys.by(v.key.Fingerprint); !ok || now.Role != v.key.Role || now.From != v.key.From {
			v.end(leftRevoked)
		}
	}
}

// look ends visits that nobody looks at any more, and cuts off those that do not
// read or do not go.
func (r *roster) look(now time.Time, limits Limits) {
	for _, v := range r.all() {
		since := v.writing.Load()
		ending := v.ending.Load()
		switch {
		case since != 0 && now.Sub(time.Unix(0, since)) > limits.Stall:
			v.cut(leftStalled)
		case ending != 0 && now.Sub(time.Unix(0, ending)) > farewell:
			v.cut("")
		case v.key.Role != store.RoleDisplay && now.Sub(time.Unix(0, v.touched.Load())) > limits.Idle:
			v.end(leftIdle)
		}
	}
}
