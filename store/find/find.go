// Package find looks up what a person half remembers: units, indicators, tasks,
// pages and cases by their Chinese or English name, code, alias, or pinyin in
// full, by initials or mixed (cxpcs, chengxi and chengxipcs all find 城西派出所).
// An index of a district's few hundred names is built in about a millisecond
// and never changes.
package find

import (
	"cmp"
	"slices"
	"strings"

	"github.com/sahilm/fuzzy"
)

// Kind is what was found.
type Kind string

// The kinds of thing that can be found, in the order in which equals are shown.
const (
	Unit      Kind = "unit"
	Indicator Kind = "indicator"
	Page      Kind = "page"
	Task      Kind = "task"
	Case      Kind = "case"
)

// kindOrder is the order in which equals are shown.
var kindOrder = [...]Kind{Unit, Indicator, Page, Task, Case}

// Item is one thing that can be found.
type Item struct {
	Kind   Kind
	Code   string
	Name   string
	Detail string   // what tells it from others of the same name; not searched
	Others []string // other names: short, English, aliases
}

// Hit is one thing that was found.
type Hit struct {
	Kind   Kind   `json:"kind"`
	Code   string `json:"code"`
	Name   string `json:"name"`
	Detail string `json:"detail"`
}

// Index is what can be found.
type Index struct {
	items  []Item
	names  [][]name // per item: its name, its code, its other names
	fuzzy  []string // every name once more, for the last resort
	fuzzed []int    // and the item that it belongs to
}

// name is one name, made ready for matching.
type name struct {
	text  string // folded
	spelt []char // of names with Han characters
	weak  int    // how much less a match of this name counts
}

// New makes an index; items of equal rank keep their order.
func New(items []Item) *Index {
	x := &Index{items: items, names: make([][]name, len(items))}
	sp := speller{}
	for i, it := range items {
		add := func(text string, weak int) {
			folded := fold(text)
			if folded == "" {
				return
			}
			x.names[i] = append(x.names[i], name{folded, sp.spell(folded), weak})
			x.fuzzy = append(x.fuzzy, folded)
			x.fuzzed = append(x.fuzzed, i)
		}
		add(it.Name, 0)
		add(it.Code, 1)
		for _, o := range it.Others {
			add(o, 5)
		}
	}
	return x
}

// The ranks of a match, best first. Between two of them lies what an alias
// costs and how much of the name was left over.
const (
	exact       = 1000
	exactSpelt  = 900
	begins      = 800
	beginsSpelt = 700
	within      = 600
	withinSpelt = 500
	alike       = 100
)

// Find returns what fits all the words, best first, at most so many.
func (x *Index) Find(words string, limit int) []Hit {
	type found struct {
		item, rank int
	}
	ranks := x.rank(words)
	var all []found
	for i, r := range ranks {
		if r > 0 {
			all = append(all, found{i, r})
		}
	}
	slices.SortStableFunc(all, func(a, b found) int {
		return cmp.Or(
			cmp.Compare(b.rank, a.rank),
			cmp.Compare(order(x.items[a.item].Kind), order(x.items[b.item].Kind)),
		)
	})
	hits := make([]Hit, 0, min(limit, len(all)))
	for _, f := range all[:min(limit, len(all))] {
		it := x.items[f.item]
		hits = append(hits, Hit{it.Kind, it.Code, it.Name, it.Detail})
	}
	return hits
}

// Sure returns the items of the kind that the words name without doubt: by
// code, name or alias, else by pinyin in full or initials; several where they
// are equally good.
func (x *Index) Sure(kind Kind, words string) []Hit {
	for _, least := range []int{exact, exactSpelt} {
		var hits []Hit
		for i, it := range x.items {
			if it.Kind == kind && x.rankWord(i, fold(words)) >= least-weakest {
				hits = append(hits, Hit{it.Kind, it.Code, it.Name, it.Detail})
			}
		}
		if len(hits) > 0 {
			return hits
		}
	}
	return nil
}

// weakest is the most that an exact match may lose for being one of an alias.
const weakest = 5

// rank returns every item's rank, 0 where a word does not fit.
func (x *Index) rank(words string) []int {
	ranks := make([]int, len(x.items))
	query := strings.Fields(fold(words))
	if len(query) == 0 {
		return ranks
	}
	some := false
	for i := range x.items {
		total := 0
		for _, q := range query {
			r := x.rankWord(i, q)
			if r == 0 {
				total = 0
				break
			}
			total += r
		}
		// A name of several words, such as an English one, is better met whole.
		ranks[i] = max(total/len(query), x.rankWord(i, strings.Join(query, " ")))
		some = some || ranks[i] > 0
	}
	if !some {
		x.rankAlike(strings.Join(query, ""), ranks)
	}
	return ranks
}

// rankWord returns the best rank of any of the item's names, 0 for none.
func (x *Index) rankWord(item int, q string) int {
	best := 0
	for _, n := range x.names[item] {
		if r := n.rank(q); r > 0 {
			best = max(best, r-n.weak)
		}
	}
	return best
}

// rankAlike ranks by letters in their order, for words that fit nothing: a
// typing slip should still lead somewhere.
func (x *Index) rankAlike(q string, ranks []int) {
	for _, m := range fuzzy.Find(q, x.fuzzy) {
		i := x.fuzzed[m.Index]
		ranks[i] = max(ranks[i], min(alike+m.Score, withinSpelt-100), 1)
	}
}

// rank returns how well the name fits the folded word.
func (n name) rank(q string) int {
	switch {
	case n.text == q:
		return exact
	case strings.HasPrefix(n.text, q):
		return begins - left(n.text, q)
	case strings.Contains(n.text, q) && len(q) > 1:
		return within - left(n.text, q)
	case len(n.spelt) > 0 && isLatin(q):
		return rankSpelt(n.spelt, q)
	default:
		return 0
	}
}

// left is what a match loses for the part of the name that was not typed, in bytes
// and never as much as lies between two ranks.
func left(text, q string) int { return min(len(text)-len(q), 80) }

func order(k Kind) int { return slices.Index(kindOrder[:], k) }

// fold makes the ways of writing one word the same: full-width forms, letter
// case, spaces at the ends.
func fold(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\u3000':
			return ' '
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		default:
			return r
		}
	}, s)
	return strings.ToLower(strings.TrimSpace(s))
}

// isLatin reports whether a word was typed without an input method.
func isLatin(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= 0x80 }) < 0
}
