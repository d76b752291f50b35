package widget

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

const ellipsis = "…"

// Width returns how many cells clean text takes.
func Width(s string) int {
	w := 0
	for _, r := range s {
		w += runeWidth(r)
	}
	return w
}

// runeWidth is ansi.StringWidth of one rune, with a fast way for what jindu
// mostly shows. Marks take no cell.
func runeWidth(r rune) int {
	switch {
	case r < ' ':
		return 0
	case r < 0x7f, r >= 0x2500 && r < 0x25a0:
		return 1
	case r >= 0x4e00 && r <= 0x9ffc, r >= 0xff01 && r <= 0xff5e:
		return 2
	case isMark(r):
		return 0
	default:
		return ansi.StringWidth(string(r))
	}
}

// Cut shortens text to w cells with … at its end. It never cuts a wide
// character in two, and never a number: a number that does not fit goes whole.
func Cut(s string, w int) string { return cutWith(s, w, ellipsis) }

func cutWith(s string, w int, mark string) string {
	if w <= 0 {
		return ""
	}
	if Width(s) <= w {
		return s
	}
	if len(mark) > w && Width(mark) > w {
		return mark[:w] // the ASCII twin has two dots
	}
	kept := s[:prefix(s, w-Width(mark))]
	if midNumber(kept, s[len(kept):]) {
		kept = strings.TrimRightFunc(kept, inNumber)
	}
	return strings.TrimRight(kept, " \u3000") + mark
}

// prefix returns how many bytes of s fit into w cells, marks included.
func prefix(s string, w int) int {
	for i, r := range s {
		if w -= runeWidth(r); w < 0 {
			return i
		}
	}
	return len(s)
}

// midNumber reports whether the border between a and b lies within a number or
// parts it from its magnitude, as in 1.2万.
func midNumber(a, b string) bool {
	last, _ := utf8.DecodeLastRuneInString(a)
	next, _ := utf8.DecodeRuneInString(b)
	return inNumber(last) && (inNumber(next) || strings.ContainsRune("百千万亿", next))
}

// inNumber reports whether the rune may be part of a number, a date, a share
// such as 32/34 or a clock time.
func inNumber(r rune) bool {
	return unicode.IsDigit(r) || strings.ContainsRune(".,/:-+<%‰*", r)
}

// PadRight cuts or fills text to exactly w cells, text on the left.
func PadRight(s string, w int) string {
	s = Cut(s, w)
	return s + strings.Repeat(" ", max(0, w-Width(s)))
}

// PadLeft cuts or fills text to exactly w cells, text on the right.
func PadLeft(s string, w int) string {
	s = Cut(s, w)
	return strings.Repeat(" ", max(0, w-Width(s))) + s
}
