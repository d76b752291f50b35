package ole

import "fmt"

// table says for every sector which one follows it.
type table struct {
	what  string // a sector is called in messages
	next  []uint32
	named []uint8 // how many sectors name this one as the next, 2 for more
}

func newTable(what string, next []uint32) table {
	t := table{what: what, next: next, named: make([]uint8, len(next))}
	for _, n := range next {
		if n < uint32(len(next)) && t.named[n] < 2 {
			t.named[n]++
		}
	}
	return t
}

// chain returns the sectors from start to the end of their chain, which must be
// as many as wanted; any number where that is below zero. A sector that two
// others name belongs to another chain as well, and one of the two is wrong.
func (t table) chain(name string, start uint32, wanted int) ([]uint32, error) {
	var out []uint32
	if wanted > 0 {
		out = make([]uint32, 0, min(wanted, len(t.next)))
	}
	for n := start; n != chainEnd; n = t.next[n] {
		switch {
		case n >= uint32(len(t.next)):
			return nil, bad(name, fmt.Sprintf("its chain leads to %s %d, which there is not", t.what, n))
		case len(out) == wanted || len(out) == len(t.next):
			return nil, bad(name, "its chain is longer than it should be")
		case t.named[n] > 1 || n == start && t.named[n] > 0:
			return nil, bad(name, fmt.Sprintf("its %s %d belongs to another chain too", t.what, n))
		}
		out = append(out, n)
	}
	if wanted >= 0 && len(out) != wanted {
		return nil, bad(name, "its chain is shorter than it should be")
	}
	return out, nil
}
