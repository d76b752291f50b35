package page

import (
	"strings"
	"testing"

	"jindu/store"
)

// A list of statuses counts nobody twice and shows nobody as owing a word that is not
// kept here: of a sum and its parts one stands.
func TestAListCountsEachOnce(t *testing.T) {
	line := func(code string, v float64, m int, parts ...string) store.Line {
		return store.Line{Indicator: store.Indicator{Code: code, Parts: parts}, Value: store.Num{V: v, OK: m > 0 && v >= 0}, N: m, M: m}
	}
	for name, c := range map[string]struct {
		lines []store.Line
		want  string
	}{
		"nothing kept":              {[]store.Line{line("lost", 0, 0)}, ""},
		"owed and not said":         {[]store.Line{line("lost", -1, 3)}, "lost"},
		"none":                      {[]store.Line{line("lost", 0, 3)}, "lost"},
		"the sum alone":             {[]store.Line{line("custody", 41, 1, "detention", "prison"), line("detention", 0, 0), line("prison", 0, 0)}, "custody"},
		"the parts are the sum":     {[]store.Line{line("custody", 41, 1, "detention", "prison"), line("detention", 15, 1), line("prison", 26, 1)}, "detention prison"},
		"the parts are not the sum": {[]store.Line{line("custody", 41, 1, "detention", "prison"), line("detention", 15, 1), line("prison", 20, 1)}, "custody"},
		"one part":                  {[]store.Line{line("custody", 41, 1, "detention", "prison"), line("detention", 15, 1), line("prison", 0, 0)}, "custody"},
		"parts without their sum":   {[]store.Line{line("custody", -1, 1, "detention", "prison"), line("detention", 15, 1), line("prison", 26, 1)}, "detention prison"},
		"one part without the sum":  {[]store.Line{line("custody", -1, 0, "detention", "prison"), line("detention", 15, 1), line("prison", 0, 0)}, "detention"},
		"a sum of what is not here": {[]store.Line{line("custody", 41, 1, "detention", "prison")}, "custody"},
	} {
		var got []string
		for _, l := range onceEach(c.lines) {
			got = append(got, l.Indicator.Code)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, want %s", name, got, c.want)
		}
	}
}
