package form

import (
	_ "embed" // the heads that ask for personal data are part of the program
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"jindu/sync/sheet"
)

// The shapes of personal data. They stand in findings instead of the data.
const (
	shapeID      = "id"
	shapePhone   = "phone"
	shapeCard    = "card"
	shapeAddress = "address"
	shapeName    = "name_label"
	shapeAccount = "account"
	shapePlate   = "plate"
)

// mark is a stretch of a text, in runes, that has the shape of personal data.
type mark struct {
	from, to int
	shape    string
}

// shapeOf returns the shape of personal data in a text, or nothing.
func shapeOf(s string) string {
	if len(s) < 4 {
		return ""
	}
	if all := personal(s, true); len(all) > 0 {
		return all[0].shape
	}
	return ""
}

// shapeOfCell judges a cell: numbers too, among them those that lost digits.
func shapeOfCell(c sheet.Cell) string {
	switch c.Kind {
	case sheet.Text:
		return shapeOf(c.Text)
	case sheet.Number:
		if !c.Date && !c.Percent {
			return shapeOfNumber(c.Num)
		}
	default: // no other kind can hold any
	}
	return ""
}

// shapeOfNumber judges a number: no count or amount of a district has 16
// digits, and a spreadsheet keeps only 15 of them.
func shapeOfNumber(n float64) string {
	if n != math.Trunc(n) || n < 1e10 {
		return ""
	}
	digits := strconv.FormatFloat(n, 'f', 0, 64)
	switch {
	case len(digits) == 17 || len(digits) == 18:
		return shapeID // 17: an ID whose X was left out
	case len(digits) >= 16:
		return shapeCard
	default:
		return runShape(digits, ' ')
	}
}

// shapeOfPhrase judges a short text that may be mirrored, such as a title: it
// must hold no person's name either.
func shapeOfPhrase(s string) string {
	if shape := shapeOf(s); shape != "" {
		return shape
	}
	if all := namesIn(s); len(all) > 0 {
		return all[0].shape
	}
	return ""
}

// Mask returns a file's or sheet's name as it may be printed: what has the shape
// of personal data is replaced by ***, and the rest cleaned.
func Mask(name string) string { return mask(name) }

func mask(name string) string {
	if shapeOfPhrase(name) == "" {
		if plain := clean(name); plain == name {
			return name
		}
	}
	name = masked(name)
	for shapeOfPhrase(name) != "" { // what cleaning set apart may only now be seen
		name = masked(name)
	}
	return name
}

// masked replaces every mark once and cleans the rest.
func masked(name string) string {
	runes := []rune(name)
	var b strings.Builder
	at := 0
	for _, m := range marksOf(name) {
		if m.from >= at {
			b.WriteString(string(runes[at:m.from]))
			b.WriteString("***")
		}
		at = max(at, m.to)
	}
	b.WriteString(string(runes[at:]))
	return clean(b.String())
}

// marksOf lists every stretch of a name that must not be printed, from left to right.
func marksOf(name string) []mark {
	all := append(personal(name, false), namesIn(name)...)
	slices.SortStableFunc(all, func(a, b mark) int { return a.from - b.from })
	return all
}

// personalHead returns the shape of the personal data that a column head asks
// for, or nothing.
func personalHead(s string) string {
	s = fold(s)
	for _, h := range personalHeads() {
		if s == h.head || h.part && strings.Contains(s, h.head) {
			return h.shape
		}
	}
	return ""
}

//go:embed personal.csv
var personalCSV []byte

type personalWord struct {
	head, shape string
	part        bool // anywhere in a head, not only as the whole of it
}

var personalHeads = sync.OnceValue(func() []personalWord {
	var all []personalWord
	for _, row := range table(personalCSV) {
		all = append(all, personalWord{fold(row["head"]), row["shape"], row["match"] == "part"})
	}
	return all
})
