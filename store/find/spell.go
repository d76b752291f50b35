package find

import (
	"strings"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"
)

// char is one character of a name with the ways to type it, lower-case letters
// only; a character that is no Han is typed as itself.
type char []string

// speller knows how characters are read. It remembers them: a district's names
// share most of theirs.
type speller map[rune]char

// readings are words whose characters are read in one way only, where the
// dictionary of single characters knows several or another.
var readings = [...]struct{ word, spelt string }{
	{"重庆", "chong qing"},
	{"长桥", "chang qiao"},
	{"长安", "chang an"},
	{"长沙", "chang sha"},
	{"朝阳", "chao yang"},
	{"六安", "lu an"},
	{"厦门", "xia men"},
	{"蚌埠", "beng bu"},
	{"台州", "tai zhou"},
	{"丽水", "li shui"},
	{"乐清", "yue qing"},
	{"会计", "kuai ji"},
	{"银行", "yin hang"},
	{"行业", "hang ye"},
	{"重点", "zhong dian"},
	{"调查", "diao cha"},
	{"登记", "deng ji"},
	{"参与", "can yu"},
	{"角色", "jue se"},
	{"种植", "zhong zhi"},
	{"处置", "chu zhi"},
	{"率", "lv"},
}

// spell returns the characters of a folded name, nothing for one without Han.
func (sp speller) spell(text string) []char {
	if isLatin(text) {
		return nil
	}
	out := make([]char, 0, utf8.RuneCountInString(text))
	for _, r := range text {
		out = append(out, sp.char(r))
	}
	for _, w := range readings {
		override(text, out, w.word, w.spelt)
	}
	return out
}

// override sets the readings of a word wherever it stands in the text.
func override(text string, out []char, word, spelt string) {
	for from := 0; ; {
		at := strings.Index(text[from:], word)
		if at < 0 {
			return
		}
		first := utf8.RuneCountInString(text[:from+at])
		for i, p := range strings.Fields(spelt) {
			out[first+i] = withU([]string{p})
		}
		from += at + len(word)
	}
}

// char returns how one character is typed.
func (sp speller) char(r rune) char {
	if c, ok := sp[r]; ok {
		return c
	}
	c := char{string(r)}
	if marked, ok := pinyin.PinyinDict[int(r)]; ok {
		c = nil
		for _, m := range strings.Split(marked, ",") {
			if plain := bare(m); !contains(c, plain) {
				c = append(c, plain)
			}
		}
		c = withU(c)
	}
	sp[r] = c
	return c
}

// withU adds, for readings with ü, the spelling with u beside the one with v:
// people type either.
func withU(c []string) char {
	for _, s := range c {
		if u := strings.ReplaceAll(s, "v", "u"); u != s && !contains(c, u) {
			c = append(c, u)
		}
	}
	return c
}

func contains(c []string, s string) bool {
	for _, one := range c {
		if one == s {
			return true
		}
	}
	return false
}

// bare drops the marks of tones; ü is typed as v.
func bare(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r < 0x80:
			b.WriteRune(r)
		case strings.ContainsRune("āáǎà", r):
			b.WriteByte('a')
		case strings.ContainsRune("ēéěèê", r):
			b.WriteByte('e')
		case strings.ContainsRune("īíǐì", r):
			b.WriteByte('i')
		case strings.ContainsRune("ōóǒò", r):
			b.WriteByte('o')
		case strings.ContainsRune("ūúǔù", r):
			b.WriteByte('u')
		case strings.ContainsRune("ǖǘǚǜü", r):
			b.WriteByte('v')
		case strings.ContainsRune("ńňǹ", r):
			b.WriteByte('n')
		case r == 'ḿ':
			b.WriteByte('m')
		}
	}
	return b.String()
}

// rankSpelt returns how well a name fits letters typed for its pinyin.
func rankSpelt(name []char, q string) int {
	q = strings.ReplaceAll(strings.ReplaceAll(q, "'", ""), " ", "")
	if q == "" {
		return 0
	}
	for from := range name {
		used := take(name[from:], q)
		switch {
		case used == 0:
			continue
		case from == 0 && used == len(name):
			return exactSpelt
		case from == 0:
			return beginsSpelt - min(len(name)-used, 80)
		case len(q) > 1:
			return withinSpelt - min(len(name)-used, 80)
		}
	}
	return 0
}

// take matches all of the letters against the beginning of the name and returns
// how many characters they stand for, 0 for no match. A character is typed in
// full, by its initial (z or zh), or at the end of the letters in part.
func take(name []char, q string) int {
	if len(name) == 0 {
		return 0
	}
	best := 0
	for _, spelt := range name[0] {
		for _, n := range lengths(spelt) {
			if n > len(q) || q[:n] != spelt[:n] {
				continue
			}
			if n == len(q) {
				return 1
			}
			if rest := take(name[1:], q[n:]); rest > 0 {
				best = max(best, rest+1)
			}
		}
		if strings.HasPrefix(spelt, q) {
			return 1
		}
	}
	return best
}

// lengths returns how many letters of a reading may be typed, the most first.
func lengths(spelt string) []int {
	if len(spelt) > 2 && spelt[1] == 'h' {
		return []int{len(spelt), 2, 1}
	}
	if len(spelt) > 1 && spelt[0] < 0x80 {
		return []int{len(spelt), 1}
	}
	return []int{len(spelt)}
}
