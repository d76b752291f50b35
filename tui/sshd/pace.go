package sshd

import "time"

// pace is a bucket that fills by rate a second up to burst: what is taken faster
// is too fast. It belongs to one goroutine.
type pace struct {
	rate, burst float64
	level       float64
	at          time.Time
}

// newPace returns a full bucket.
func newPace(rate, burst float64, now time.Time) pace {
	return pace{rate: rate, burst: burst, level: burst, at: now}
}

// take takes n out and returns how long to wait until the bucket is no longer
// overdrawn.
func (p *pace) take(n int, now time.Time) time.Duration {
	p.level = min(p.burst, p.level+p.rate*now.Sub(p.at).Seconds()) - float64(n)
	p.at = now
	if p.level >= 0 {
		return 0
	}
	return time.Duration(-p.level / p.rate * float64(time.Second))
}

// allows takes one out where there is one.
func (p *pace) allows(now time.Time) bool {
	if p.take(1, now) == 0 {
		return true
	}
	p.level++ // it was not taken
	return false
}
