package form

import (
	"slices"
	"strings"
	"unicode/utf8"

	"jindu/store"
)

// nameIndex finds indicators by the names under which they are known. It is
// made once for a catalogue and not changed afterwards.
type nameIndex struct {
	catalogue *store.Catalogue
	exact     map[string][]*store.Indicator // folded name or alias
	loose     map[string][]*store.Indicator // without 数, 人数, 情况 at the end
	groups    map[string]string             // folded name of a group -> code
	groupName map[string]string             // code -> folded name
	measures  map[string]string             // folded name -> the measure's name
	bounds    map[string][]string           // code -> codes that it cannot be above, by the rules
	sums      map[string]bool               // code that the rules hold against its parts
	rules     map[string][]store.Rule       // code -> other rules that a workbook can break by itself
}

func newNameIndex(c *store.Catalogue) *nameIndex {
	x := &nameIndex{
		catalogue: c,
		exact:     map[string][]*store.Indicator{},
		loose:     map[string][]*store.Indicator{},
		groups:    map[string]string{},
		groupName: map[string]string{},
		measures:  map[string]string{},
		bounds:    map[string][]string{},
		sums:      map[string]bool{},
		rules:     map[string][]store.Rule{},
	}
	for i := range c.Indicators {
		ind := &c.Indicators[i]
		for _, name := range ind.Names() {
			key := fold(name)
			add(x.exact, key, ind)
			add(x.loose, loosen(key), ind)
		}
	}
	for _, r := range c.Rules {
		x.rule(r)
	}
	for _, g := range c.Groups {
		x.groups[fold(g.Name)] = g.Code
		x.groupName[g.Code] = fold(g.Name)
	}
	for _, m := range c.Measures {
		x.measures[fold(m.Name)] = m.Name
	}
	return x
}

// rule notes a rule under the indicators that it speaks of.
func (x *nameIndex) rule(r store.Rule) {
	if code, most, ok := r.Bound(); ok {
		x.bounds[code] = append(x.bounds[code], most)
		return
	}
	if code, ok := r.Sum(); ok {
		x.sums[code] = true
		return
	}
	if !r.Within() {
		return
	}
	for _, f := range r.Figures(store.Period{}) {
		x.rules[f.Code] = append(x.rules[f.Code], r)
	}
}

func add(to map[string][]*store.Indicator, key string, ind *store.Indicator) {
	if key != "" && !slices.Contains(to[key], ind) {
		to[key] = append(to[key], ind)
	}
}

// suffixes are what forms hang behind a name without meaning another thing.
var suffixes = []string{"情况", "总人数", "总数", "人数", "数量", "数"}

// loosen takes the suffixes off a folded name, but never all of it.
func loosen(s string) string {
	for {
		cut := s
		for _, end := range suffixes {
			if head, ok := strings.CutSuffix(s, end); ok && utf8.RuneCountInString(head) >= 2 {
				cut = head
				break
			}
		}
		if cut == s {
			return s
		}
		s = cut
	}
}

// Things are counted in several words that mean the same; 人 and 人次, 家 and
// 家次 are not among them, as one counts heads and the other times.
var sameMeasure = [][]string{
	{"人", "名"},
	{"起", "件", "宗"},
	{"场次", "场", "次"},
	{"条", "幅"},
	{"份", "张", "册", "本"},
	{"家", "处", "个", "户"},
	{"笔", "项"},
}

// alike reports whether two measures are of one kind, so that values convert.
func (x *nameIndex) alike(a, b string) bool {
	if a == b {
		return true
	}
	ma, oka := x.catalogue.MeasureByName(a)
	mb, okb := x.catalogue.MeasureByName(b)
	if oka && okb && ma.Base == mb.Base || wholeOf(a) != 0 && wholeOf(b) != 0 {
		return true
	}
	for _, set := range sameMeasure {
		if slices.Contains(set, a) && slices.Contains(set, b) {
			return true
		}
	}
	return false
}

// factor returns what a value in one measure is multiplied by to be in another
// that is alike.
func (x *nameIndex) factor(from, into string) float64 {
	if s := wholeOf(from); s != 0 && wholeOf(into) != 0 {
		return wholeOf(into) / s
	}
	mf, okf := x.catalogue.MeasureByName(from)
	mi, oki := x.catalogue.MeasureByName(into)
	if okf && oki && mf.Base == mi.Base {
		return mf.Factor / mi.Factor
	}
	return 1
}

// wholeOf returns the whole of which a measure is a share; 0 for what is none.
func wholeOf(measure string) float64 {
	switch measure {
	case "%":
		return 100
	case "‰":
		return 1000
	case "‱":
		return 10000
	default:
		return 0
	}
}

// distance counts the edits between two names, or returns limit where there
// are as many.
func distance(a, b []rune, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, ra := range a {
		last, low := row[0], limit
		row[0] = i + 1
		for j, rb := range b {
			cost := last
			if ra != rb {
				cost++
			}
			last = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
			low = min(low, row[j+1])
		}
		if low >= limit {
			return limit
		}
	}
	return min(row[len(b)], limit)
}
