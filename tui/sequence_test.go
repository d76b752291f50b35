package tui_test

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"jindu/tui/tuitest"
)

// onlyOurs ends the test where something foreign reaches the terminal: an emulated one
// might wait for an answer to it.
func onlyOurs(tb testing.TB, what, sent string) {
	tb.Helper()
	if bad := tuitest.Foreign(sent); len(bad) > 0 {
		tb.Fatalf("%s: let through are %v", what, bad)
	}
}

// noColour fails the test where a colour is sent, be it the plain one.
func noColour(tb testing.TB, sent string) {
	tb.Helper()
	controls, _ := tuitest.Sequences(sent)
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
