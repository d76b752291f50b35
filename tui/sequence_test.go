package tui_test

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"
)

// sequences takes what a program sends apart: its control sequences, one by one, and
// the text between them.
func sequences(sent string) (controls []string, text string) {
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
func ours() *regexp.Regexp {
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
}

// onlyOurs fails the test where something is sent that no renderer of ours sends, or
// a character that a terminal does not show as one of one or two cells.
func onlyOurs(tb testing.TB, what, sent string) {
	tb.Helper()
	controls, text := sequences(sent)
	own := ours()
	for _, seq := range controls {
		if !own.MatchString(seq) && !mark(seq) {
			tb.Errorf("%s: the terminal gets %q", what, seq)
		}
	}
	for _, r := range text {
		if unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp) || r == unicode.ReplacementChar {
			tb.Errorf("%s: %U is let through", what, r)
		}
	}
}

// mark reports whether something without a width of its own is one mark on the letter
// before it.
func mark(seq string) bool {
	r := []rune(seq)
	return len(r) == 1 && unicode.Is(unicode.Mn, r[0])
}

// noColour fails the test where a colour is sent, be it the plain one.
func noColour(tb testing.TB, sent string) {
	tb.Helper()
	controls, _ := sequences(sent)
	looks := regexp.MustCompile(`^\x1b\[([0-9;:]*)m$`)
	plain := []int{0, 1, 2, 4, 7, 22, 24, 27}
	seen := 0
	for _, seq := range controls {
		m := looks.FindStringSubmatch(seq)
		if m == nil {
			continue
		}
		seen++
		for _, one := range strings.Split(m[1], ";") {
			if n, err := strconv.Atoi(one); one != "" && (err != nil || !slices.Contains(plain, n)) {
				tb.Errorf("%q is sent where there is no colour", seq)
			}
		}
	}
	if seen == 0 {
		tb.Error("no look at all is sent: the measure sees nothing")
	}
}
