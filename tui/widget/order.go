package widget

import (
	"strconv"
	"strings"

	"jindu/store"
)

// Order is what a cell is sorted by. The zero Order is of a cell that has nothing
// to be sorted by: it comes last, whichever way the rows run.
type Order struct {
	kind orderKind
	num  float64
	text string
}

type orderKind uint8

const (
	byNothing orderKind = iota
	byNumber            // the largest first, as a person who sorts figures looks for what stands out
	byRank              // the lowest first: a place in an order, a date to come
	byText
)

// ByNumber orders by a value, the largest first; a missing one comes last.
func ByNumber(n store.Num) Order {
	if !n.OK {
		return Order{}
	}
	return Order{kind: byNumber, num: n.V}
}

// Number is the value that is ordered by; not known where it is a place or words.
func (o Order) Number() store.Num { return store.Num{V: o.num, OK: o.kind == byNumber} }

// ByRank orders by a place, the lowest first.
func ByRank(rank float64) Order { return Order{kind: byRank, num: rank} }

// ByText orders by words.
func ByText(text string) Order {
	if text == "" {
		return Order{}
	}
	return Order{kind: byText, text: text}
}

// IsZero reports whether there is nothing to sort by.
func (o Order) IsZero() bool { return o.kind == byNothing }

// Falling reports whether a column of this is sorted from the highest down unless
// a person wants it otherwise.
func (o Order) Falling() bool { return o.kind == byNumber }

// And returns the order with words that decide among what is of one rank.
func (o Order) And(text string) Order {
	o.text = text
	return o
}

// Same reports whether two cells belong to one group: of one rank, or of the same
// words where words are all that there is.
func (o Order) Same(p Order) bool {
	return o.kind == p.kind && o.num == p.num && (o.kind != byText || o.text == p.text)
}

// Compare orders two cells by rising value; words by the order given. Numbers
// come before words and words before nothing, also where the rows run down.
func (o Order) Compare(p Order, down bool, words func(a, b string) int) int {
	if a, b := o.class(), p.class(); a != b {
		return a - b
	}
	c := 0
	switch {
	case o.kind == byText:
		c = words(o.text, p.text)
	case o.num < p.num:
		c = -1
	case o.num > p.num:
		c = 1
	case o.text != p.text:
		c = words(o.text, p.text)
	}
	if down {
		return -c
	}
	return c
}

func (o Order) class() int {
	switch o.kind {
	case byNumber, byRank:
		return 0
	case byText:
		return 1
	default:
		return 2
	}
}

// Order returns what the cell is sorted by: what it says, or the number, share or
// age that is written there, else its words.
func (one Cell) Order() Order {
	if one.By.kind != byNothing {
		return one.By
	}
	text := strings.TrimSpace(Clean(one.Line.Plain()))
	if text == "" || text == NotApplicable {
		return Order{}
	}
	if v, ok := written(text); ok {
		return Order{kind: byNumber, num: v}
	}
	return ByText(text)
}

// written reads a number, a share or an age back from how it is shown.
func written(text string) (float64, bool) {
	plain := strings.TrimRight(strings.ReplaceAll(text, ",", ""), "%‰*"+AtLeast)
	if v, err := strconv.ParseFloat(plain, 64); err == nil {
		return v, strings.Trim(plain, "+-.0123456789") == ""
	}
	if n, m, ok := strings.Cut(plain, "/"); ok {
		a, errA := strconv.Atoi(n)
		b, errB := strconv.Atoi(m)
		return float64(a) / float64(max(b, 1)), errA == nil && errB == nil
	}
	for _, unit := range []struct {
		suffix  string
		minutes float64
	}{{"分", 1}, {" m", 1}, {"小时", 60}, {" h", 60}, {"天", 24 * 60}, {" d", 24 * 60}} {
		if n, ok := strings.CutSuffix(plain, unit.suffix); ok {
			v, err := strconv.Atoi(n)
			return float64(v) * unit.minutes, err == nil
		}
	}
	return 0, false
}
