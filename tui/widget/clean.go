package widget

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/text/unicode/bidi"
)

// Removed stands where Clean took characters away, so that nothing vanishes
// without a trace.
const Removed = '·'

// Clean makes foreign text safe to draw: it lets through letters, numbers,
// punctuation, symbols and spaces that every terminal gives the same width, and
// puts one · in the place of each run of anything else: controls, C1, bidi and
// zero-width characters, tags, private use, right-to-left letters, invalid
// UTF-8. Line breaks and tabs become a space; a base keeps at most one
// combining mark. Cleaning twice changes nothing.
func Clean(s string) string {
	i := 0
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		if !plain(r) {
			return cleanFrom(s, i)
		}
		i += n
	}
	return s
}

// cleanFrom cleans from byte i on; what stands before is plain.
func cleanFrom(s string, i int) string {
	var b strings.Builder
	b.Grow(len(s))
	b.WriteString(s[:i])
	based, removing := i > 0 && s[i-1] != ' ', false // based: a mark may follow
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		switch {
		case r == utf8.RuneError && n == 1:
			r = Removed
		case r == '\t' || r == '\n' || r == '\r' || r != '\u3000' && unicode.Is(unicode.Zs, r):
			r = ' '
		case isMark(r) && based:
			b.WriteRune(r)
			based, removing = false, false
			continue
		case !plain(r) && !standsAlone(r):
			r = Removed
		default:
			b.WriteRune(r)
			based, removing = r != ' ', false
			continue
		}
		if r != Removed || !removing {
			b.WriteRune(r)
		}
		based, removing = false, r == Removed
	}
	return b.String()
}

// plain reports whether the rune is of a range that is known to be safe: the
// fast way for nearly all text, and for the glyphs that jindu draws itself.
func plain(r rune) bool {
	switch {
	case r < 0x7f:
		return r >= ' '
	case r < 0x2010:
		return r == Removed
	case r <= 0x2027, r == '›', r == '‰': // dashes, quotation marks, the ellipsis
		return true
	case r >= 0x2500 && r < 0x25a0: // rules and blocks
		return true
	case r >= 0x3001 && r <= 0x301f: // 、 。 《 》
		return true
	case r >= 0x3400 && r < 0x4dc0, r >= 0x4e00 && r <= 0x9ffc: // Han
		return true
	default:
		return r >= 0xff01 && r <= 0xff5e // full-width forms
	}
}

// isMark reports whether the rune is a combining mark that belongs to no script
// of its own. Marks of one script join letters into clusters of uncertain width.
func isMark(r rune) bool {
	return unicode.Is(unicode.Mn, r) && unicode.Is(unicode.Inherited, r) &&
		!unicode.Is(unicode.Variation_Selector, r)
}

// standsAlone reports whether a rune of an allowed category is a cell, or two,
// of its own on every terminal: counted by rune and by cluster alike, joining
// no neighbour and not turning the order of the digits beside it.
func standsAlone(r rune) bool {
	if !unicode.In(r, unicode.L, unicode.N, unicode.P, unicode.S) && r != '\u3000' || joins(r) {
		return false
	}
	if p, _ := bidi.LookupRune(r); p.Class() == bidi.R || p.Class() == bidi.AL {
		return false
	}
	s := string(r)
	w := ansi.StringWidth(s)
	return w > 0 && w <= 2 && w == ansi.StringWidthWc(s) &&
		ansi.StringWidth("a"+s+"a") == w+2 && ansi.StringWidthWc("a"+s+"a") == w+2
}

// joins reports whether the rune melts with its like into one cluster: Hangul
// jamo and the letters of flags.
func joins(r rune) bool {
	return r >= 0x1100 && r <= 0x11ff || r >= 0xa960 && r <= 0xa97f || r >= 0xd7b0 && r <= 0xd7ff ||
		r >= 0x1f1e6 && r <= 0x1f1ff
}
