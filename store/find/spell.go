package find

import (
	_ "embed"
	"sort"
	"strings"
	"unicode/utf8"
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
	{"册", "ce"},
	{"占", "zhan"},
	{"知识", "zhi shi"},
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
	if spelt := readingsOf(r); spelt != "" {
		c = withU(strings.Split(spelt, ","))
	}
	sp[r] = c
	return c
}

// spellings says how each Han character is read: a line for each, by code point,
// of the character and its readings without tones, ü as v, most common first.
// They are those of go-pinyin, which keeps them in a map: filling it at the start
// took longer than a whole look-up does.
//
//go:embed spellings.txt
var spellings string

// readingsOf returns the readings of a character, nothing where it has none.
func readingsOf(r rune) string {
	if r < 0x80 {
		return ""
	}
	lineAt := func(at int) (from int) { return strings.LastIndexByte(spellings[:at], '\n') + 1 }
	at := sort.Search(len(spellings), func(i int) bool {
		c, _ := utf8.DecodeRuneInString(spellings[lineAt(i):])
		return c > r
	})
	// That is where the line after begins, so that the line before is meant.
	line := spellings[lineAt(max(at-1, 0)):max(at-1, 0)]
	spelt, _ := strings.CutPrefix(line, string(r))
	if spelt == line {
		return ""
	}
	return spelt
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
