package store

import (
	"math"
	"slices"
	"time"
)

// Line is one indicator for one scope: a unit with all units under it, or the
// whole district.
type Line struct {
	Indicator    Indicator
	Scope        string
	Period       Period
	Value        Num
	NA           bool // every unit says that it does not apply
	N, M         int  // units with a figure, units that owe one
	Oldest       time.Time
	State        State
	Before       Delta // the period before
	YearAgo      Delta
	ToDate       Num // flows: January up to the period's month, of what is there
	ToDateLacks  int // months of units that are not in it: it is then at least so much
	LastToDate   Num // the same of last year
	LastLacks    int
	SinceNewYear Delta // the year to date beside last year's
	Target       Num
	Latest       Figure   // the newest contributing figure: the one that the source line names
	Numerator    Num      // ratios
	Divisor      Num      // ratios
	Corrected    int      // contributing figures that are corrected
	Waiting      int      // contributing figures of which a newer value waits for an officer
	Missing      []string // units that owe a figure and have none
	Reported     bool     // a ratio as printed by the unit
	Veil         Veil     // of a masked snapshot: why the value is not shown
}

// Line returns the indicator for the scope and the snapshot's period.
func (s *Snapshot) Line(scope, code string) Line {
	if l, ok := s.mask.line(scope, code); ok {
		return l
	}
	ind, ok := s.Catalogue.ByCode(code)
	line := Line{Indicator: ind, Scope: scope, Period: s.Period}
	if !ok {
		return line
	}
	line.Target = s.lineTarget(scope, code)
	switch {
	case ind.Origin == FromMirror:
		s.mirrorMade(&line)
	case ind.Kind == Ratio:
		s.ratio(&line)
	default:
		s.sum(&line)
	}
	return line
}

// sum fills a line of a stock, a flow or a check.
func (s *Snapshot) sum(l *Line) {
	now := s.values(l, s.Period)
	if len(now) > 0 {
		l.Value = Some(total(now))
	} else {
		l.NA = l.N > 0
	}
	s.compareLine(l)
	if l.Indicator.Kind == Flow {
		l.ToDate, l.ToDateLacks = s.toDate(l.Scope, l.Indicator, s.Period.Year)
		l.LastToDate, l.LastLacks = s.toDate(l.Scope, l.Indicator, s.Period.Year-1)
		l.SinceNewYear = s.compareToDate(l)
	}
}

// values returns each unit's value in the board's order and notes in the line
// who contributed, how old it is and what is in doubt.
func (s *Snapshot) values(l *Line, p Period) []unitValue {
	var out []unitValue
	for _, unit := range s.Owing(l.Scope, l.Indicator.Code) {
		f, ok := s.Figure(unit, l.Indicator.Code, p)
		if !ok && s.duties.Released(unit, l.Indicator.Cadence) {
			continue // nobody waits for it
		}
		l.M++
		if !ok {
			l.Missing = append(l.Missing, unit)
			l.State = Worst(l.State, s.missing(unit, l.Indicator.Code, p))
			continue
		}
		s.take(l, f)
		if !f.NotApplicable {
			out = append(out, unitValue{unit, f.Value})
		}
	}
	s.contradicted(l, p)
	return out
}

// contradicted marks a total that disagrees with what a unit within the scope has
// reported for all: nobody can tell which of the two is wrong.
func (s *Snapshot) contradicted(l *Line, p Period) {
	for _, unit := range s.Units.Summing(l.Scope) {
		if f, ok := s.Figure(unit, l.Indicator.Code, p); ok && f.State == Suspect {
			l.State = Worst(l.State, Suspect)
		}
	}
}

// take notes a contributing figure.
func (s *Snapshot) take(l *Line, f Figure) {
	l.N++
	if len(f.Of) == 0 {
		l.wait(s.pending, f.Key)
	}
	for _, part := range f.Of {
		l.wait(s.pending, part)
	}
	l.State = Worst(l.State, f.State)
	if f.Version > 1 && f.State >= Corrected && f.State != Fresh {
		l.Corrected++
	}
	if since := f.Since(); l.Oldest.IsZero() || since.Before(l.Oldest) {
		l.Oldest = since
	}
	if l.Latest.Unit == "" || f.Received.After(l.Latest.Received) {
		l.Latest = f
	}
}

// wait notes that a newer value of a contributing figure waits.
func (l *Line) wait(pending map[Key]Pending, k Key) {
	if _, ok := pending[k]; ok {
		l.Waiting++
	}
}

type unitValue struct {
	unit  string
	value float64
}

func total(all []unitValue) float64 {
	sum := 0.0
	for _, v := range all {
		sum = Plus(sum, v.value)
	}
	return sum
}

// Plus adds two numbers as a person does: 98.8 and 0.1 are 98.9, of which binary
// fractions make 98.89999999999999. No report has more than the six decimals kept.
func Plus(a, b float64) float64 {
	const kept = 1e6
	sum := a + b
	if math.Abs(sum) > 1e9 { // whole as far as the digits of a float reach
		return sum
	}
	return math.Round(sum*kept) / kept
}

// toDate sums the months of a year up over the units, and counts the months that units
// owe and have not stated.
func (s *Snapshot) toDate(scope string, ind Indicator, year int) (sum Num, lacks int) {
	code, months := ind.Code, int(s.Period.End().Month)
	for _, unit := range s.addends(scope, code) {
		one := s.sums[sumKey{unit, code, year}]
		if one.Months > 0 {
			sum = Some(Plus(sum.V, one.Value))
		}
		if now, ok := s.Figure(unit, code, s.Period); s.owes(unit, ind) && (!ok || !now.NotApplicable) {
			lacks += max(0, months-one.Months)
		}
	}
	if !sum.OK || ind.Cadence != Monthly {
		return sum, 0
	}
	return sum, lacks
}

// ratio fills a line of a ratio: recomputed from the sums of its parts over the
// units that have both. Where no unit has both and the scope is one unit, its
// own printed ratio stands, marked as reported.
func (s *Snapshot) ratio(l *Line) {
	now := s.ratioAt(l, s.Period)
	l.Value, l.Numerator, l.Divisor = now.value, now.num, now.den
	if !now.value.OK {
		if f, ok := s.Figure(l.Scope, l.Indicator.Code, s.Period); ok {
			*l = Line{Indicator: l.Indicator, Scope: l.Scope, Period: l.Period, Target: l.Target, M: 1}
			s.take(l, f)
			l.NA, l.Reported = f.NotApplicable, true
			l.Value = Num{f.Value, !f.NotApplicable}
			s.compareLine(l)
		}
		return
	}
	s.compareLine(l)
}

type quotient struct{ value, num, den Num }

func (s *Snapshot) ratioAt(l *Line, p Period) quotient {
	ind := l.Indicator
	if s.apart(l) {
		return s.ratioApart(l, p)
	}
	people, ofPeople := s.people(l)
	if ofPeople && people == 0 { // nobody knows a unit's people, so nobody owes the ratio
		return quotient{}
	}
	num, den := 0.0, 0.0
	for _, unit := range s.addends(l.Scope, ind.Numerator) {
		numInd, _ := s.Catalogue.ByCode(ind.Numerator)
		if !s.owes(unit, numInd) {
			continue
		}
		l.M++
		n, okN := s.Figure(unit, ind.Numerator, p)
		d, okD := s.divisor(unit, ind.Denominator, p)
		if !okN || !okD || n.NotApplicable || d.NotApplicable {
			if !okN {
				l.Missing = append(l.Missing, unit)
				l.State = Worst(l.State, s.missing(unit, ind.Numerator, p))
			}
			continue
		}
		s.take(l, n)
		if d.Unit != "" {
			l.wait(s.pending, d.Key)
			l.State = Worst(l.State, d.State)
			den = Plus(den, d.Value)
		}
		num = Plus(num, n.Value)
	}
	if ofPeople {
		den = people
	}
	if l.N == 0 || den == 0 {
		return quotient{}
	}
	return quotient{Some(num / den * ind.Scale), Some(num), Some(den)}
}

// apart reports whether no unit of the scope owes both parts of a ratio, as stations
// count users and streets workers.
func (s *Snapshot) apart(l *Line) bool {
	den, ok := s.Catalogue.ByCode(l.Indicator.Denominator)
	if !ok || den.Origin == FromDistrict {
		return false
	}
	above, below := s.Owing(l.Scope, l.Indicator.Numerator), s.Owing(l.Scope, l.Indicator.Denominator)
	return len(above) > 0 && len(below) > 0 && !slices.ContainsFunc(above, func(unit string) bool { return slices.Contains(below, unit) })
}

// ratioApart is the ratio of two sums over units of which none has both parts: it is
// known only where nothing is missing on either side.
func (s *Snapshot) ratioApart(l *Line, p Period) quotient {
	var sums [2]float64
	for side, code := range []string{l.Indicator.Numerator, l.Indicator.Denominator} {
		for _, unit := range s.Owing(l.Scope, code) {
			l.M++
			f, ok := s.Figure(unit, code, p)
			if !ok {
				l.Missing = append(l.Missing, unit)
				l.State = Worst(l.State, s.missing(unit, code, p))
				continue
			}
			s.take(l, f)
			if !f.NotApplicable {
				sums[side] = Plus(sums[side], f.Value)
			}
		}
	}
	if l.N < l.M || sums[1] == 0 {
		return quotient{}
	}
	return quotient{Some(sums[0] / sums[1] * l.Indicator.Scale), Some(sums[0]), Some(sums[1])}
}

// divisor returns the unit's denominator; the district's population is no
// unit's figure, so it is known without one.
func (s *Snapshot) divisor(unit, code string, p Period) (Figure, bool) {
	if d, ok := s.Catalogue.ByCode(code); ok && d.Origin == FromDistrict {
		return Figure{}, true
	}
	return s.Figure(unit, code, p)
}

// mirrorMade fills a line that the mirror computes itself.
func (s *Snapshot) mirrorMade(l *Line) {
	switch l.Indicator.Code {
	case "task_overdue", "task_due", "task_done", "task_done_rate":
		s.taskLine(l)
	case "reporting_rate", "timeliness", "reports_expected", "reports_actual", "reports_on_time":
		s.reportingLine(l)
	}
}

func (s *Snapshot) taskLine(l *Line) {
	c := s.TaskCounts(l.Scope)
	if c.Listed == 0 {
		return
	}
	l.N, l.M = 1, 1
	l.Oldest = c.Oldest
	due := float64(c.Overdue + c.Done)
	switch l.Indicator.Code {
	case "task_overdue":
		l.Value = Some(float64(c.Overdue))
	case "task_due":
		l.Value = Some(due)
	case "task_done":
		l.Value = Some(float64(c.Done))
	default:
		l.Numerator, l.Divisor = Some(float64(c.Done)), Some(due)
		if due > 0 {
			l.Value = Some(float64(c.Done) / due * 100)
		}
	}
}

func (s *Snapshot) reportingLine(l *Line) {
	expected, actual, onTime := 0, 0, 0
	for _, r := range s.Reports(l.Scope) {
		if r.Owed == 0 {
			continue
		}
		expected++
		if r.Reported > 0 {
			actual++
			if l.Oldest.IsZero() || r.Oldest.Before(l.Oldest) {
				l.Oldest = r.Oldest
			}
			if r.OnTime() {
				onTime++
			}
		}
	}
	if expected == 0 {
		return
	}
	l.N, l.M = actual, expected
	l.Numerator, l.Divisor = Some(float64(actual)), Some(float64(expected))
	switch l.Indicator.Code {
	case "reports_expected":
		l.Value = l.Divisor
	case "reports_actual":
		l.Value = l.Numerator
	case "reports_on_time":
		l.Value = Some(float64(onTime))
	case "timeliness":
		l.Numerator = Some(float64(onTime))
		l.Value = Some(float64(onTime) / float64(expected) * 100)
	default:
		l.Value = Some(float64(actual) / float64(expected) * 100)
	}
}
