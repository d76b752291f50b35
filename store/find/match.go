package find

import "strings"

// Matcher tells which rows fit words, as a look-up would find them: by a part of a
// text, by pinyin or by its initials. It makes no guesses, as a row that only looks
// alike must not stand in a list that was narrowed. It belongs to one goroutine.
type Matcher struct {
	words []string
	sp    speller
	names map[string]name
}

// NewMatcher returns a matcher of the words.
func NewMatcher(words string) *Matcher {
	return &Matcher{words: strings.Fields(fold(words)), sp: speller{}, names: map[string]name{}}
}

// Fits reports whether each of the words fits one of the texts. No words fit
// everything.
func (m *Matcher) Fits(texts ...string) bool {
	for _, w := range m.words {
		fits := false
		for _, text := range texts {
			fits = fits || m.fits(text, w)
		}
		if !fits {
			return false
		}
	}
	return true
}

func (m *Matcher) fits(text, word string) bool {
	n, ok := m.names[text]
	if !ok {
		folded := fold(text)
		n = name{text: folded, spelt: m.sp.spell(folded)}
		m.names[text] = n
	}
	return strings.Contains(n.text, word) || n.rank(word) > 0
}
