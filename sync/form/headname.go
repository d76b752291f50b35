package form

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// dated is what stands in heads of one month and not of the next.
var dated = newPattern(`\d{4}年|^\d{1,2}月(?:份)?$|^[一二三四五六七八九十]{1,3}月(?:份)?$|季度$|^(?:上|下)半年$|周$|^\d{4}[-./]\d{1,2}$|^\d+$`)

// HeadName returns what a head names, without the period, the aspect and the
// measure that come and go around it: 破案 of 本月破案(起). Nothing is left of a
// head that names none of its own, such as 本月, 6月, 合计, 序号 and 备注.
func HeadName(head string) string {
	key := HeadKey(head)
	if m := lastParen.FindStringSubmatch(key); m != nil {
		key = m[1]
	}
	if m := tailed.FindStringSubmatch(key); m != nil {
		key = m[1]
	}
	for _, a := range glued {
		if rest := strings.TrimPrefix(strings.TrimSuffix(key, a), a); utf8.RuneCountInString(rest) >= 2 {
			key = rest
		}
	}
	_, isRole := roles[key]
	if _, isAspect := aspects[key]; isAspect || isRole || totalWords[key] || dated.MatchString(key) {
		return ""
	}
	return loosen(key)
}

// Sayable reports whether a head that nothing is known of may be repeated to
// people: one that asks for personal data, or could be a name itself, may not.
func Sayable(head string) bool {
	key := HeadKey(head)
	return key != "" && personalHead(key) == "" && !couldBeName(key) && !strings.ContainsAny(head, "*\"\\\n") && mask(head) == head
}

// CouldBe reports whether two heads are likely to be one, written otherwise. Near
// says that the new one stands where the old one stood.
func CouldBe(old, now string, near bool) bool {
	a, b := []rune(HeadName(old)), []rune(HeadName(now))
	if len(a) == 0 || len(b) == 0 || differ(a, b) {
		return false
	}
	if strings.Contains(string(a), string(b)) || strings.Contains(string(b), string(a)) {
		return true
	}
	longest := max(len(a), len(b))
	if near { // half of it is still the same
		return distance(a, b, longest/2+1) <= longest/2
	}
	return distance(a, b, longest/3+1) <= longest/3
}

// FieldAlias writes another name of a ledger's field as the configuration has it.
func FieldAlias(ledger, field, name string) string {
	return "[[alias]]\nform = " + strconv.Quote(ledger) + "\nfield = " + strconv.Quote(field) + "\nnames = [\"" + name + "\"]"
}

// Alias writes another name of an indicator as the configuration has it.
func Alias(indicator, name string) string { return aliasOf(indicator, name) }
