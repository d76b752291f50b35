package form

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// marks is how many combining marks one character keeps: enough for every
// script in use, too few to paint over the lines above.
const marks = 4

// fold returns the form in which names are compared: compatibility forms made
// plain (full-width letters, digits and brackets half-width), every kind of
// white space, control, zero-width and direction mark removed, the Chinese
// brackets written as round ones and traditional characters as simplified ones.
// It is idempotent.
func fold(s string) string {
	if plain(s) {
		return s
	}
	if folded, ok := foldEach(s); ok {
		return folded
	}
	return foldAll(s)
}

// foldAll folds any text by the tables of Unicode.
func foldAll(s string) string {
	s = norm.NFKC.String(strings.ToValidUTF8(s, "\uFFFD"))
	s = strings.Map(func(r rune) rune {
		switch {
		case invisible(r) || unicode.IsSpace(r) || unicode.Is(unicode.Z, r):
			return -1
		case strings.ContainsRune("〔【［[{", r):
			return '('
		case strings.ContainsRune("〕】］]}", r):
			return ')'
		default:
			return simplify(r)
		}
	}, s)
	return norm.NFKC.String(s) // what stood apart may compose now
}

// foldEach folds a text in which each character stands for itself, by one look at
// each: nearly every head and name that is not plain has a full-width bracket, a
// blank or a line break in it. It says so where another kind of character occurs.
func foldEach(s string) (string, bool) {
	out := make([]byte, 0, len(s))
	table := simplified()
	for _, c := range s {
		if c >= '！' && c <= '～' {
			c -= '！' - '!'
		}
		switch {
		case c >= firstHan && c <= lastHan:
			if simple := table[c-firstHan]; simple != 0 {
				c = simple
			}
			out = utf8.AppendRune(out, c)
		case c == ' ', c == '\n', c == '\r', c == '\t', c == '\u3000':
		case c == '[', c == '{', c == '〔', c == '【':
			out = append(out, '(')
		case c == ']', c == '}', c == '〕', c == '】':
			out = append(out, ')')
		case c > ' ' && c < 0x7F:
			out = append(out, byte(c))
		case c == '、', c == '。', c == '《', c == '》':
			out = utf8.AppendRune(out, c)
		default:
			return "", false
		}
	}
	return string(out), true
}

// plain reports whether folding would change nothing: most numbers, and words of
// common Han characters, which no form of Unicode composes or replaces.
func plain(s string) bool {
	table := simplified()
	for _, c := range s {
		switch {
		case c >= firstHan && c <= lastHan:
			if table[c-firstHan] != 0 {
				return false
			}
		case c <= ' ' || c >= 0x7F || c == '[' || c == ']' || c == '{' || c == '}':
			return false
		}
	}
	return true
}

// narrow prepares a value for reading: full-width characters half-width, what
// is invisible removed, white space as single blanks and none at the ends. It
// is milder than fold on purpose: superscripts, circled digits and fractions
// stay what they are, and digits that stand apart stay apart.
func narrow(s string) string {
	var b strings.Builder
	space := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r) || unicode.Is(unicode.Z, r):
			space = b.Len() > 0
			continue
		case invisible(r):
			continue
		case r >= '！' && r <= '～': // the full-width twins of ! to ~
			r -= '！' - '!'
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// invisible reports whether a rune shows nothing by itself: controls, direction
// marks, zero-width characters, variation selectors.
func invisible(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point) &&
		!unicode.IsSpace(r)
}

// clean returns text that is safe to show: letters, digits, punctuation and
// symbols pass, white space becomes single blanks, a run of anything else
// (controls, direction marks, private and unassigned characters) becomes one
// dot that can be seen. It is idempotent.
func clean(s string) string {
	var b strings.Builder
	var last rune
	held := 0 // combining marks on the character before
	space := false
	for _, r := range strings.ToValidUTF8(s, "\uFFFD") {
		switch {
		case unicode.IsSpace(r) || unicode.Is(unicode.Z, r):
			space = b.Len() > 0
			continue
		case unicode.Is(unicode.M, r) && !invisible(r):
			if held++; held > marks || b.Len() == 0 || space {
				continue
			}
		case unicode.In(r, unicode.L, unicode.N, unicode.P, unicode.S) && !invisible(r):
			held = 0
		default:
			r, held = '·', 0
			if last == '·' && !space {
				continue
			}
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
		last = r
	}
	return b.String()
}

// HeadKey returns the form in which heads are compared, so that a configuration
// can be told that two of its heads are one.
func HeadKey(text string) string { return strings.Trim(fold(text), "*※:") }
