package tuitest

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Sequences takes what a program sends apart: its control sequences, one by one, and
// the text between them.
func Sequences(sent string) (controls []string, text string) {
	var b strings.Builder
	p := ansi.NewParser()
	for state := byte(0); len(sent) > 0; {
		seq, width, n, next := ansi.DecodeSequence(sent, state, p)
		if width == 0 && n > 0 {
			controls = append(controls, seq)
		} else {
			b.WriteString(seq)
		}
		state, sent = next, sent[max(n, 1):]
	}
	return controls, b.String()
}

// ours are the only sequences that may reach a terminal: those by which the renderer
// moves, erases, repeats and colours, its modes, what it asks the terminal, and line
// feeds and the like. Nothing of them can name, copy, print or answer anything.
var ours = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile("^(?:" + strings.Join([]string{
		`[\r\n\t\x08]`,
		`\x1b\[[0-9;]*[A-HJ-MPSTX@Zabdefgr` + "`" + `]`, // movement, erasure, insertion, repetition, margins
		`\x1b\[[0-9;:]*m`,            // looks
		`\x1bM`,                      // a line back
		`\x1b\[\?[0-9;]*[hl]`,        // modes
		`\x1b\[\?[0-9]+\$p`,          // which modes are on
		`\x1b\[\?5W`,                 // tab stops
		`\x1b\[>4;?[0-9]*m`,          // how keys are reported
		`\x1b\[[=><?][0-9;]*u`,       // the same, by another protocol
		`\x1b\]11;\?(?:\x07|\x1b\\)`, // what the ground is
	}, "|") + ")$")
})

// Foreign lists what is sent that no renderer of ours sends, and characters that a
// terminal does not show as one of one or two cells.
func Foreign(sent string) []string {
	var out []string
	if !utf8.ValidString(sent) {
		out = append(out, "what is no UTF-8")
	}
	controls, text := Sequences(sent)
	for _, seq := range controls {
		if r := []rune(seq); !ours().MatchString(seq) && (len(r) != 1 || !unicode.Is(unicode.Mn, r[0])) {
			out = append(out, fmt.Sprintf("%q", seq))
		}
	}
	for _, r := range text {
		if unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp) {
			out = append(out, fmt.Sprintf("%U", r))
		}
	}
	return out
}
