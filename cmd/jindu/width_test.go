package main

import "testing"

// TestTheWidthIsThatOfTheAnswer reads what terminals answer: xterm, one that draws
// every such character wide, one that says nothing, and one that answers amid what
// a person types.
func TestTheWidthIsThatOfTheAnswer(t *testing.T) {
	for answer, want := range map[string]int{
		"\x1b[3;5R":                    1,
		"\x1b[3;9R":                    2,
		"\x1b[3;6R":                    2, // one of the four is wide
		"":                             0,
		"\x1b[3;1R":                    0, // it has drawn nothing
		"jj\x1b[12;5Rq":                1,
		"\x1b[?1;2c":                   0,
		"\x1b[3;99999999999999999999R": 0,
	} {
		if got := widthOf(answer); got != want {
			t.Errorf("%q: %d, want %d", answer, got, want)
		}
	}
}
