package store

import "testing"

func TestJump(t *testing.T) {
	counted := Indicator{Kind: Flow, Measure: "起"}
	grams := Indicator{Kind: Flow, Measure: "克"}
	for _, c := range []struct {
		name  string
		ind   Indicator
		value float64
		past  []float64
		want  string
	}{
		{"ten times", counted, 330, []float64{31, 33, 35}, "10"},
		{"a hundred times", counted, 3300, []float64{31, 33, 35}, "100"},
		{"a thousandth: kilograms for grams", grams, 0.033, []float64{31, 33, 35}, "0.001"},
		{"the usual", counted, 34, []float64{31, 33, 35}, ""},
		{"twice", counted, 66, []float64{31, 33, 35}, ""},
		{"five times", counted, 165, []float64{31, 33, 35}, ""},
		{"too little history", counted, 330, []float64{31, 33}, ""},
		{"none", counted, 330, nil, ""},
		{"small counts jump by nature", counted, 20, []float64{2, 2, 2}, ""},
		{"history has seen the like", grams, 330, []float64{31, 33, 35, 400}, ""},
		{"usually zero", counted, 330, []float64{0, 0, 0}, ""},
		{"ten thousand times is another thing", counted, 330000, []float64{31, 33, 35}, ""},
	} {
		got, _ := c.ind.Jump(c.value, c.past)
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
