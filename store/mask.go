package store

import (
	"maps"
	"slices"
)

// LeastShown is the smallest count of persons that a display shows which anybody
// can see, of the indicators that the catalogue marks as sensitive. Zero is shown.
const LeastShown = 3

// Veil says why a number is not shown on such a display.
type Veil uint8

// A number is open, or so small that it stands for persons whom somebody may
// know, or it would give such a one away by subtraction.
const (
	Open Veil = iota
	Small
	Withheld
)

// mask is what a masked snapshot says of the indicators that it covers: lines and
// courses made beforehand, from which every number that must not be seen has been
// taken. The numbers themselves are in no part of the snapshot any more.
type mask struct {
	lines   map[UnitIndicator]Line
	courses map[string]Series // of the district, by indicator
}

// Masked returns the snapshot as a display shows it that anybody can see. Counts
// below LeastShown of sensitive indicators are veiled, and so is as much of the
// rest as is needed that no sum, part, ratio, change or course of the snapshot
// tells which they are. Of a unit a covered indicator has the figure of the
// period and nothing earlier.
func (s *Snapshot) Masked() *Snapshot {
	if s.mask != nil {
		return s
	}
	c := newCover(s)
	m := &mask{lines: map[UnitIndicator]Line{}, courses: map[string]Series{}}
	veils := map[UnitIndicator]Veil{}
	for _, code := range c.codes() {
		maps.Copy(veils, c.veils(code))
	}
	for _, code := range c.codes() {
		m.courses[code] = c.course(code, veils[UnitIndicator{DistrictCode, code}])
		for _, scope := range append(s.Units.Below(DistrictCode), DistrictCode) {
			at := UnitIndicator{scope, code}
			m.lines[at] = c.line(at, veils, m.courses[code])
		}
	}
	out := NewSnapshot(c.stripped(veils))
	out.mask = m
	return out
}

// Masked reports whether a number of the line is not shown, so that its Value is unknown.
func (l Line) Masked() bool { return l.Veil != Open }

// line returns the masked line of an indicator that is covered.
func (m *mask) line(scope, code string) (Line, bool) {
	if m == nil {
		return Line{}, false
	}
	if scope == "" {
		scope = DistrictCode
	}
	l, ok := m.lines[UnitIndicator{scope, code}]
	return l, ok
}

// course returns the masked course of an indicator that is covered: of a unit
// there is none.
func (m *mask) course(scope, code string) (Series, bool) {
	if m == nil {
		return Series{}, false
	}
	of, ok := m.courses[code]
	if ok && scope != "" && scope != DistrictCode {
		of = newCourse(scope, code)
	}
	return of, ok
}

// line makes a line of what may be shown of it.
func (c *cover) line(at UnitIndicator, veils map[UnitIndicator]Veil, course Series) Line {
	l := c.s.Line(at.Unit, at.Indicator)
	before, yearAgo, toDate, lastToDate := l.Before, l.YearAgo, l.ToDate, l.LastToDate
	l.Before, l.YearAgo, l.SinceNewYear = Delta{Period: before.Period}, Delta{Period: yearAgo.Period}, Delta{}
	lacks, lastLacks := l.ToDateLacks, l.LastLacks
	l.ToDate, l.LastToDate, l.ToDateLacks, l.LastLacks = Num{}, Num{}, 0, 0
	l.Latest = shown(l.Latest, veils[UnitIndicator{l.Latest.Unit, l.Latest.Indicator}])
	if l.Veil = veils[at]; l.Veil != Open {
		l.Value, l.Numerator, l.Divisor = Num{}, Num{}, Num{}
		return l
	}
	if at.Unit != DistrictCode || c.tied[at.Indicator] || l.Indicator.Kind == Ratio {
		return l
	}
	l.Before, l.YearAgo = c.told(l, before), c.told(l, yearAgo)
	year := c.s.Period.Year
	if sum, ok := c.months(course, year); ok && toDate.OK && sum == toDate.V {
		l.ToDate, l.ToDateLacks = toDate, lacks
	}
	if sum, ok := c.months(course, year-1); ok && lastToDate.OK && sum == lastToDate.V {
		l.LastToDate, l.LastLacks = lastToDate, lastLacks
	}
	return l
}

// told returns a comparison that says no more than both totals do: over all the
// units that are in the line, and with an earlier total that may be shown.
func (c *cover) told(l Line, d Delta) Delta {
	whole := 0
	for _, unit := range c.s.Owing(DistrictCode, l.Indicator.Code) {
		if f, ok := c.s.Figure(unit, l.Indicator.Code, c.s.Period); ok && !f.NotApplicable {
			whole++
		}
	}
	if !d.Diff.OK || d.Units != whole || small(d.Then.V) {
		return Delta{Period: d.Period}
	}
	return d
}

// months sums a course from January of a year to the month of the snapshot's
// period, where every one of them is shown. Any other sum over a year would tell
// of months, or of units, that are not.
func (c *cover) months(course Series, year int) (sum float64, ok bool) {
	end := c.s.Period.End()
	last := len(course.Values) - 1 - 12*(end.Year-year)
	for i := last - int(end.Month) + 1; i <= last; i++ {
		if i < 0 || !course.Known[i] {
			return 0, false
		}
		sum = Plus(sum, course.Values[i])
	}
	return sum, last >= 0
}

// course returns the district's course without the months that must not be seen.
func (c *cover) course(code string, now Veil) Series {
	if c.tied[code] || now != Open {
		return newCourse(DistrictCode, code)
	}
	if ind, _ := c.s.Catalogue.ByCode(code); ind.Kind == Ratio {
		return newCourse(DistrictCode, code)
	}
	whole := c.s.Course(DistrictCode, code)
	out := Series{DistrictCode, code, slices.Clone(whole.Values), slices.Clone(whole.Known)}
	for i, v := range out.Values {
		if small(v) || !out.Known[i] {
			out.Values[i], out.Known[i] = 0, false
		}
	}
	return out
}

// stripped returns the rows of the mirror without what must not be seen of them.
func (c *cover) stripped(veils map[UnitIndicator]Veil) *SnapshotData {
	d := *c.s.SnapshotData
	covered := func(code string) bool { return c.of[code] }
	d.Figures = nil
	for _, f := range c.s.Figures {
		if !covered(f.Indicator) {
			d.Figures = append(d.Figures, f)
		} else if now, ok := c.s.Figure(f.Unit, f.Indicator, c.s.Period); ok && now.Key == f.Key && len(now.Of) == 0 {
			d.Figures = append(d.Figures, shown(f, veils[UnitIndicator{f.Unit, f.Indicator}]))
		}
	}
	d.Sums = without(d.Sums, func(one Sum) bool { return covered(one.Indicator) })
	d.Series = without(d.Series, func(one Series) bool { return covered(one.Indicator) })
	d.Changes = without(d.Changes, func(one Change) bool { return covered(one.Indicator) })
	d.Pending = without(d.Pending, func(one Pending) bool { return covered(one.Indicator) })
	d.Acknowledged = without(d.Acknowledged, func(one Acknowledgement) bool { return covered(one.Key.Indicator) })
	d.Tallies = without(d.Tallies, func(one Tally) bool {
		f, _ := c.s.Catalogue.FormByCode(one.Form)
		return f.Kind == CountedForm || covered(one.Indicator) // lists of persons, broken down
	})
	d.CaseRows = nil                                                                           // how many suspects each case has
	d.Findings = without(d.Findings, func(one Finding) bool { return one.Rule != "vanished" }) // others may hold sums of figures
	return &d
}

// without returns a list without some of its elements, and leaves the list alone.
func without[T any](all []T, some func(T) bool) []T {
	return slices.DeleteFunc(slices.Clone(all), some)
}

// shown returns a figure as it may be shown: what its cell held is gone, too.
func shown(f Figure, v Veil) Figure {
	f.Cell.Raw = ""
	if f.Veil = v; v != Open {
		f.Value = 0
	}
	return f
}

// small reports whether a count must not be seen.
func small(v float64) bool { return v > 0 && v < LeastShown }
