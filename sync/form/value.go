package form

import (
	"math"
	"strconv"
	"strings"

	"jindu/store"
	"jindu/sync/sheet"
)

// reading is a cell's value in the catalogue's measure.
type reading struct {
	num     float64
	step    float64 // the last printed digit
	na      bool
	missing bool
	note    string
}

// biggest is the largest figure that a district can have in a measure; what is
// larger is a slip.
func biggest(measure string) float64 {
	switch measure {
	case "克":
		return 1e8
	case "万元":
		return 1e7
	case "分":
		return 1e4
	case "%", "‰":
		return 1e4
	default:
		return 1e8
	}
}

// figure reads one cell as a value of an indicator. measure is the one that the
// heads give, empty for the catalogue's own. A rule other than empty sets the
// cell aside.
func (rd *reader) figure(ind *store.Indicator, measure string, c sheet.Cell) (reading, string, []string) {
	if ind.Kind == store.Check {
		v, rule := parseCheck(c)
		return reading{num: v.num, step: 1, na: v.na, missing: v.missing, note: v.note}, rule, nil
	}
	v, rule := parseValue(c)
	if rule != "" || v.missing || v.na {
		return reading{na: v.na, missing: v.missing, note: v.note}, rule, nil
	}
	from := first(v.measure, measure, ind.Measure)
	if v.note == noteScaled && (ind.Measure == "万元" || measure == "万元") {
		return reading{}, "measure_mismatch", []string{ind.Measure} // 1.2万 under 万元: either
	}
	if !rd.words.dict.alike(from, ind.Measure) && !(wholeOf(ind.Measure) != 0 && v.percent) {
		return reading{}, "measure_mismatch", []string{ind.Measure}
	}
	factor := rd.words.dict.factor(from, ind.Measure)
	r := reading{num: times(v.num, factor), step: lastDigit(c, v) * factor, note: v.note}
	if r.note == "" && factor != 1 {
		r.note = noteMeasure
	}
	return r, rd.impossible(ind, v, r.num), nil
}

// times multiplies by a power of ten without the rounding of a product: 2.345
// kg are 2345 g.
func times(num, factor float64) float64 {
	if factor == 1 {
		return num
	}
	return shift(strconv.FormatFloat(num, 'e', -1, 64), int(math.Round(math.Log10(factor))))
}

// lastDigit returns the weight of the last digit as the cell prints it: 0.1 for
// 12.5, 1 for 85%.
func lastDigit(c sheet.Cell, v value) float64 {
	text := fold(c.Text)
	places := 0
	if _, after, ok := strings.Cut(text, "."); ok {
		places = len(after) - len(strings.TrimLeft(after, "0123456789"))
	}
	if c.Kind == sheet.Number && v.percent {
		places = max(0, places-2)
	}
	return math.Pow10(-min(places, 9))
}

// impossible returns the rule that a value breaks by itself.
func (rd *reader) impossible(ind *store.Indicator, v value, num float64) string {
	switch {
	case num < 0:
		return "negative"
	case wholeOf(ind.Measure) != 0 && !v.percent && v.measure == "" && num > 0 && num <= 1:
		return "rate_ambiguous"
	case ind.Bounded && num > ind.Scale+1e-9:
		return "rate_over"
	case ind.Counted() && num != math.Trunc(num):
		return "fraction"
	case num > biggest(ind.Measure):
		return "too_big"
	case ind.Kind == store.Stock && (ind.Measure == "人" || ind.Measure == "名") && rd.opt.District.Population > 0 &&
		num > float64(rd.opt.District.Population):
		return "too_big"
	default:
		return ""
	}
}

func first(all ...string) string {
	for _, s := range all {
		if s != "" {
			return s
		}
	}
	return ""
}
