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

// What is known of the months is the least that a number cumulated from January can be.
func TestTheLeastOfACumulativeNumber(t *testing.T) {
	none := Num{}
	for name, tt := range map[string]struct {
		months, cumulated []Num
		want              Num
	}{
		"nothing":                   {[]Num{none, none}, []Num{none}, none},
		"some months":               {[]Num{Some(3), none, Some(4)}, []Num{none, none}, Some(7)},
		"a quarter before":          {[]Num{Some(3), none, none, Some(4)}, []Num{none, none, Some(9)}, Some(13)},
		"a quarter below its month": {[]Num{Some(3), Some(8), none, Some(4)}, []Num{none, none, Some(9)}, Some(15)},
		"what can shrink":           {[]Num{Some(3), Some(-1), Some(4)}, []Num{none, none}, none},
	} {
		if got := Least(tt.months, tt.cumulated); got != tt.want {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
}
