package form

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"jindu/store"
)

// telling are runes that make another thing of a name: 应尿检 is not 已尿检, nor
// 破案率 破案数, and what is not about drugs is none of ours. A name that differs
// in one of them is never suggested.
const telling = "应已未不非无实男女毒赌黄盗诈骗枪率比均增减去上前下同新老旧首再复外高中低入出0123456789ABCabc"

// neutralWords stand before or in a name without narrowing it, and the word for
// what is counted behind it.
var neutralWords = newPattern(`本辖区|本单位|本区|本所|我区|全区|辖区|各类|全部|共计|涉毒|毒品|的|总|[份条场次起个家]数$`)

// suggest returns the arguments of a finding about an unknown head: the nearest
// known name, and the alias that can be pasted into the configuration. There are
// none where no name is near enough, nor for a head that could be a person's.
func (rd *reader) suggest(c *coord) []string {
	w := c.names[len(c.names)-1]
	if w.shape != "" || strings.ContainsAny(w.name, "\"\\\n") || mask(w.text) != w.text || couldBeName(w.key) {
		return nil
	}
	ind := rd.words.dict.nearest(w.name)
	if ind == nil || !ind.Printed() || c.foreign != "" || c.measure != "" && !rd.words.dict.alike(c.measure, ind.Measure) {
		return nil
	}
	return []string{ind.Name, aliasOf(ind.Code, w.name)}
}

// aliasOf writes an alias as the configuration has it: TOML wants a line to each
// of the three.
func aliasOf(code, name string) string {
	return "[[alias]]\nindicator = " + strconv.Quote(code) + "\nnames = [\"" + name + "\"]"
}

// nearest returns the indicator that an unknown name most likely means, as a hint
// for an alias: never to read by. Nil where none is near, or two are.
func (x *nameIndex) nearest(name string) *store.Indicator {
	if n := utf8.RuneCountInString(name); n < 3 || n > 30 {
		return nil
	}
	if plain := loosen(neutralWords.ReplaceAllString(name, "")); len(x.loose[plain]) == 1 {
		return x.loose[plain][0]
	}
	var found *store.Indicator
	best := 3
	r := []rune(name)
	for i := range x.catalogue.Indicators {
		ind := &x.catalogue.Indicators[i]
		for _, n := range ind.Names() {
			d := x.between(r, []rune(fold(n)), best)
			switch {
			case d < best:
				best, found = d, ind
			case d == best && d < 3 && found != ind:
				found = nil // two are as near
			}
		}
	}
	return found
}

// between counts the edits from one name to another; 3 is too far: one edit is
// allowed from four runes on, two from nine on, and none in a telling rune.
func (*nameIndex) between(a, b []rune, best int) int {
	const far = 3
	allowed := 0
	switch short := min(len(a), len(b)); {
	case short >= 9:
		allowed = 2
	case short >= 4:
		allowed = 1
	}
	d := distance(a, b, min(best, allowed)+1)
	if d > allowed || differ(a, b) {
		return far
	}
	return d
}

// differ reports whether one of two names has a telling rune more often than the
// other.
func differ(a, b []rune) bool {
	count := func(all []rune, r rune) int {
		n := 0
		for _, one := range all {
			if one == r {
				n++
			}
		}
		return n
	}
	unlike := func(r rune) bool { return strings.ContainsRune(telling, r) && count(a, r) != count(b, r) }
	return slices.ContainsFunc(a, unlike) || slices.ContainsFunc(b, unlike)
}
