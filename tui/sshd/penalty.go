package sshd

import "time"

// A failed handshake costs its address time, and each further one twice as much.
// A few failures are anybody's; only what exceeds the grace keeps an address out.
const (
	penaltyGrace = 15 * time.Second
	penaltyMost  = 10 * time.Minute
	penaltySteps = 8
)

// failure is how a handshake came to nothing.
type failure uint8

const (
	failedKey     failure = iota // no key that was offered is known
	failedTime                   // not done in time
	failedSilence                // left, or talked nonsense, before offering a key
)

// cost is what the first failure of a kind costs. A scanner that only looks who
// is there costs little; holding a place until the end costs most.
func (f failure) cost() time.Duration {
	switch f {
	case failedKey:
		return 2 * time.Second
	case failedTime:
		return 4 * time.Second
	default:
		return time.Second
	}
}

// penalty is what an address owes. It is paid by waiting.
type penalty struct {
	until   time.Time
	strikes int
}

// add charges a failure.
func (p *penalty) add(f failure, now time.Time) {
	if now.Sub(p.until) > penaltyMost {
		p.strikes = 0 // long ago
	}
	if p.until.Before(now) {
		p.until = now
	}
	p.until = p.until.Add(f.cost() << min(p.strikes, penaltySteps))
	if most := now.Add(penaltyMost); p.until.After(most) {
		p.until = most
	}
	p.strikes++
}

// clear forgives what was failed before somebody with a key came from there.
func (p *penalty) clear() { *p = penalty{} }

// keepsOut reports whether the address has to wait.
func (p *penalty) keepsOut(now time.Time) bool { return p.until.Sub(now) > penaltyGrace }

// forgotten reports whether nothing is owed any more, nor remembered.
func (p *penalty) forgotten(now time.Time) bool { return now.Sub(p.until) > penaltyMost }
