package widget

import (
	"math"
	"strconv"
	"strings"
	"time"

	"jindu/store"
	"jindu/tui/style"
)

// What stands where a number would.
const (
	NotApplicable = "-"  // quiet
	Masked        = "<3" // quiet; a small count of persons on a shared display
	Star          = "*"  // behind a change beyond chance, |z| > 3
	AtLeast       = "+"  // behind a sum that lacks a part
)

// Decimals returns how many decimals values of the indicator show: none where
// things are counted, one for ratios and measured quantities, and two for money in
// ten thousands, which is kept to the hundred yuan.
func Decimals(i store.Indicator) int {
	switch {
	case i.Counted() || i.Kind == store.Check:
		return 0
	case i.Measure == money:
		return 2
	default:
		return 1
	}
}

// money is the measure of sums of money in the catalogue.
const money = "万元"

// Number writes a value: up to four digits unbroken, from five on with commas
// (68,300). A count that is not whole is shown with two decimals rather than
// rounded into another number. A zero of any measure is 0.
func Number(v float64, decimals int) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return NotApplicable
	}
	if v == 0 {
		return "0"
	}
	if decimals == 0 && v != math.Trunc(v) {
		decimals = 2
	}
	s := strconv.FormatFloat(v, 'f', decimals, 64)
	if s[0] == '-' && strings.Trim(s, "-0.") == "" {
		s = s[1:] // -0.0
	}
	return group(s)
}

// Delta writes a difference, always signed; no difference is 0, and one that
// rounds to nothing has no sign.
func Delta(v float64, decimals int) string {
	s := Number(v, decimals)
	if v > 0 && strings.Trim(s, "0.,") != "" {
		return "+" + s
	}
	return s
}

// DeltaCell returns a difference as it is shown: quiet, but strong with a star
// where the change is beyond chance. A delta of grams has no z: pass 0.
func DeltaCell(v float64, decimals int, z float64) Line {
	s := Delta(v, decimals)
	if math.Abs(z) > 3 {
		return Text(style.Strong, s+Star)
	}
	return Text(style.Quiet, s)
}

// Share returns n/m as it is shown: n in watch where it is below m, else quiet.
func Share(n, m int) Line {
	look := style.Quiet
	if n < m {
		look = style.Watch
	}
	return Text(look, strconv.Itoa(n)).Text(style.Quiet, "/"+strconv.Itoa(m))
}

// Age writes how old something is in one measure: minutes to an hour, hours to
// two days, then days: 40分, 26小时, 3天; 40 m, 26 h, 3 d. Parts are dropped, not
// rounded, and a time to come has the age 0.
func Age(d time.Duration, lang store.Lang) string {
	d = max(d, 0)
	switch {
	case d < time.Hour:
		return strconv.Itoa(int(d/time.Minute)) + lang.Pick("分", " m")
	case d < 48*time.Hour:
		return strconv.Itoa(int(d/time.Hour)) + lang.Pick("小时", " h")
	default:
		return strconv.Itoa(int(d/(24*time.Hour))) + lang.Pick("天", " d")
	}
}

// AgeLook returns the look of an age: quiet, then stale.
func AgeLook(stale bool) style.Look {
	if stale {
		return style.Stale
	}
	return style.Quiet
}

// PutDecimal draws a number so that its integers end before column edge and its
// fraction, star or percent sign hangs to the right; commas are quiet. It
// returns the column after it.
func (c Canvas) PutDecimal(edge, y int, look style.Look, number string) int {
	return c.LineDecimal(edge, y, Commas(look, number))
}

// LineDecimal draws a line as PutDecimal does: what stands before the first
// fraction, star, percent sign or space ends before column edge. Where the
// integers do not fit, only the theme's mark stands there.
func (c Canvas) LineDecimal(edge, y int, l Line) int {
	x := edge - integerWidth(l)
	if x < 0 {
		return c.Put(edge-1, y, style.Quiet, c.Cut(c.Glyphs().Cut, 1))
	}
	return c.Line(x, y, l)
}

// integerWidth returns the cells before a line's fraction.
func integerWidth(l Line) int {
	w := 0
	for _, one := range l {
		text := Clean(one.Text)
		if i := strings.IndexAny(text, ".*% "); i >= 0 {
			return w + Width(text[:i])
		}
		if w > 0 && text == AtLeast {
			return w
		}
		w += Width(text)
	}
	return w
}

// group sets commas into an integer part of five digits or more.
func group(s string) string {
	sign := ""
	if s[0] == '-' {
		sign, s = "-", s[1:]
	}
	whole, fraction := s, ""
	if i := strings.IndexByte(s, '.'); i >= 0 {
		whole, fraction = s[:i], s[i:]
	}
	if len(whole) < 5 {
		return sign + s
	}
	var b strings.Builder
	b.WriteString(sign)
	for i := range len(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteByte(whole[i])
	}
	return b.String() + fraction
}
