package sample

import (
	"hash/fnv"
	"math"
	"math/rand/v2"
	"strings"
)

// dice draws the numbers of one part of the district. Each part has its own
// stream, named after it, so that a change to one part leaves the others as
// they were.
type dice struct{ *rand.Rand }

// roll opens the stream of that name.
func roll(seed uint64, name ...string) dice {
	h := fnv.New64a()
	_, _ = h.Write([]byte(strings.Join(name, "/"))) // a hash never fails
	return dice{rand.New(rand.NewPCG(seed, h.Sum64()))}
}

// poisson draws a count with the mean.
func (r dice) poisson(mean float64) int {
	if mean > 40 {
		return max(0, int(math.Round(mean+math.Sqrt(mean)*r.NormFloat64())))
	}
	n, p, floor := 0, r.Float64(), math.Exp(-mean)
	for p > floor {
		p *= r.Float64()
		n++
	}
	return n
}

// some draws how many of n things fall to a chance p.
func (r dice) some(n int, p float64) int {
	k := 0
	for range n {
		if r.Float64() < p {
			k++
		}
	}
	return k
}

// between draws from low to high, both included.
func (r dice) between(low, high int) int { return low + r.IntN(high-low+1) }

// around draws within the share to both sides of the value.
func (r dice) around(value, share float64) float64 {
	return value * (1 + share*(2*r.Float64()-1))
}

// choose draws one of the choices.
func choose[T any](r dice, from []T) T { return from[r.IntN(len(from))] }

// cents rounds to two decimals, the finest that offices weigh and pay.
func cents(v float64) float64 { return math.Round(v*100) / 100 }
