package widget

import "strings"

// Wrap breaks a text into lines of w cells: at spaces, or anywhere between Han
// characters, but no line begins with a mark that closes or ends with one that opens.
func Wrap(text string, w int) []string {
	var out []string
	from, at, width := 0, 0, 0 // of the line: where it begins, where it may end, its cells so far
	last := rune(0)
	for i, r := range text {
		if breaks(last, r) {
			at = i
		}
		if cells := Width(string(r)); r != ' ' && width+cells > w && i > from {
			if at <= from {
				at = i // one word longer than a line
			}
			out = append(out, strings.TrimRight(text[from:at], " "))
			from = at
			width = Width(text[from:i])
		}
		width += Width(string(r))
		last = r
	}
	return append(out, strings.TrimRight(text[from:], " "))
}

const (
	closing = "，。、；：？！）》〉”’】」…,.;:?!)%"
	opening = "（《〈“‘【「("
)

// breaks reports whether a line may end between two characters.
func breaks(last, next rune) bool {
	han := Width(string(last)) == 2 || Width(string(next)) == 2
	return last == ' ' && next != ' ' || han && !strings.ContainsRune(closing, next) && !strings.ContainsRune(opening, last)
}
