package store

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// How far history is looked at, and how much of it there must be to judge by.
const (
	HistoryMonths = 12
	historyLeast  = 3
)

// slack is below every difference of printed numbers.
const slack = 1e-9

// Jump reports whether a month's value is about 10, 100 or 1,000 times the
// median of the months before, or so many times less, and how many times: a
// measure or a decimal point has slipped. What the past has itself seen the like
// of is no jump, nor is a small count that grew to another.
func (i Indicator) Jump(value float64, past []float64) (times string, jumped bool) {
	if len(past) < historyLeast || value <= 0 {
		return "", false
	}
	ordered := slices.Sorted(slices.Values(past))
	usual := median(ordered)
	if usual <= 0 || value >= ordered[0]/2 && value <= ordered[len(ordered)-1]*2 {
		return "", false
	}
	if i.Counted() && max(value, usual) < 30 {
		return "", false
	}
	power := math.Log10(value / usual)
	whole := math.Round(power)
	// A quarter of a decade, from 0.56 to 1.78 times the power of ten: the month
	// itself may be half or double the usual.
	if whole == 0 || math.Abs(whole) > 3 || math.Abs(power-whole) > 0.25 {
		return "", false
	}
	return strconv.FormatFloat(math.Pow(10, whole), 'f', -1, 64), true
}

// How far a value may lie from what is usual, how many periods it takes to know
// what is, and by how much it must go beyond all that was seen.
const (
	outlierScore = 3.5
	outlierLeast = 8
	outlierLike  = 1.5
	poissonScore = 3
)

// Outlier reports whether a value is far from the past ones, by the modified
// z-score, and what is usual. What the past has itself seen the like of is none:
// every June brings as many activities as the June before. A count must be
// beyond that by the arithmetic of small counts, too.
func (i Indicator) Outlier(value float64, past []float64) (usual string, out bool) {
	if len(past) < outlierLeast || i.Kind == Check || i.Kind == Text {
		return "", false
	}
	ordered := slices.Sorted(slices.Values(past))
	mid, seen := median(ordered), ordered[0]
	if value > mid {
		seen = ordered[len(ordered)-1]
	}
	if value >= ordered[0]/outlierLike && value <= ordered[len(ordered)-1]*outlierLike {
		return "", false
	}
	// Three eighths keep the roots of counts near zero honest.
	if i.Counted() && math.Abs(PoissonZ(max(0, value)+0.375, max(0, seen)+0.375)) <= poissonScore {
		return "", false
	}
	// Where more than half of the past is the same, the median of the
	// deviations says nothing and their mean stands in for it. All the same
	// leaves counts to the arithmetic above, and other quantities unjudged.
	away, mean := make([]float64, len(past)), 0.0
	for k, v := range past {
		away[k] = math.Abs(v - mid)
		mean += away[k] / float64(len(past))
	}
	slices.Sort(away)
	score := math.Inf(1)
	switch spread := median(away); {
	case spread > slack:
		score = 0.6745 * math.Abs(value-mid) / spread
	case mean > slack:
		score = math.Abs(value-mid) / (1.253314 * mean)
	case !i.Counted():
		return "", false
	}
	return Decimal(mid), score > outlierScore
}

// median returns the middle of ordered values.
func median(ordered []float64) float64 {
	n := len(ordered)
	return (ordered[(n-1)/2] + ordered[n/2]) / 2
}

// Cumulated reports whether the period is several months from January on.
func (p Period) Cumulated() bool {
	return p.Kind != Month && p.Kind != Week && p.Start() == NewDate(p.Year, 1, 1)
}

// CumulativeFalls is the rule of a number cumulated from January that is below the
// one before it.
const CumulativeFalls = "cumulative_falls"

// CumulativeShort is the rule of a number cumulated from January that is below what is
// known of its months, though some of them are not known.
const CumulativeShort = "cumulative_short"

// CumulativeSum is a number cumulated from January, beside what it has to agree with.
type CumulativeSum struct {
	Value  float64
	Months []Num   // January to the last month, as far as they are known
	Before Num     // cumulated to the month before the last
	Least  Num     // what it cannot be below: what is known of its months, see Least
	Beside bool    // the file that states it states its last month too
	Digit  float64 // weight of its last printed digit; 0 for counts, which are exact
}

// Least adds up what is known of the months from January on: a month, or the number
// cumulated to it where that is more. What adds up over time and is never negative
// cannot be below it, whatever the months that are not known hold.
func Least(months, cumulated []Num) Num {
	least := Num{}
	for i, m := range months {
		if m.OK && m.V < 0 {
			return Num{}
		}
		if m.OK {
			least = Some(least.V + m.V)
		}
		if i < len(cumulated) && cumulated[i].OK && (!least.OK || cumulated[i].V > least.V) {
			least = cumulated[i]
		}
	}
	return least
}

// Contradiction returns the rule that the number breaks, if it does, with the
// arguments of the finding. It is judged by all of its months where they are
// known, else by the number before it and the month's own.
func (c CumulativeSum) Contradiction() (rule string, args []string) {
	sum, whole := 0.0, true
	for _, m := range c.Months {
		sum, whole = sum+m.V, whole && m.OK
	}
	last := c.Months[len(c.Months)-1]
	within := c.Digit/2*float64(len(c.Months)+1) + slack
	switch {
	case c.Before.OK && c.Value < c.Before.V-within:
		return CumulativeFalls, []string{Decimal(c.Value), Decimal(c.Before.V)}
	case whole && math.Abs(c.Value-sum) > within:
		return "cumulative_mismatch", []string{Decimal(c.Value), Decimal(sum)}
	case !whole && c.Before.OK && c.Beside && last.OK && math.Abs(c.Value-c.Before.V-last.V) > within:
		return "cumulative_mismatch", []string{Decimal(c.Value), Decimal(c.Before.V + last.V)}
	case !whole && c.Least.OK && c.Value < c.Least.V-within:
		return CumulativeShort, []string{Decimal(c.Value), Decimal(c.Least.V)}
	default:
		return "", nil
	}
}

// Differs reports whether two numbers that should be the same are not, the first
// of them as it was printed.
func Differs(printed float64, raw string, known float64) bool {
	return math.Abs(known-printed) > LastDigit(raw, printed)/2+slack
}

// Decimal writes a number without the noise of binary fractions.
func Decimal(v float64) string {
	return strconv.FormatFloat(math.Round(v*1e6)/1e6, 'f', -1, 64)
}

var printedNumber = regexp.MustCompile(`[0-9][0-9,]*(\.[0-9]+)?`)

// LastDigit returns the weight of a number's last printed digit in the measure in
// which it is kept: 100 for 1.5千克, of which grams are kept.
func LastDigit(raw string, value float64) float64 {
	m := printedNumber.FindStringSubmatch(raw)
	if m == nil {
		return 0
	}
	digit := math.Pow10(-max(0, len(m[1])-1))
	n, _ := strconv.ParseFloat(strings.ReplaceAll(m[0], ",", ""), 64)
	if n == 0 || value == 0 {
		return digit
	}
	return digit * math.Abs(value) / n
}

// LedgerCount is what the ledgers count of a figure, each file for itself.
type LedgerCount struct {
	AtLeast bool      // the report may state more, see FormTally
	Files   []float64 // by file
}

// Agrees reports whether a reported value, as it was printed, agrees with the
// ledgers. Several files may be parts of one ledger or copies of it, and nobody
// can tell which: one that agrees is enough, as are all of them together.
func (c LedgerCount) Agrees(value float64, raw string) bool {
	sum := 0.0
	for _, v := range c.Files {
		if sum += v; c.agrees(value, raw, v) {
			return true
		}
	}
	return c.agrees(value, raw, sum)
}

func (c LedgerCount) agrees(value float64, raw string, counted float64) bool {
	return c.AtLeast && value >= counted || !Differs(value, raw, counted)
}
