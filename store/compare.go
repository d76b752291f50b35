package store

import "math"

// Delta compares two periods over the units that have a figure in both, so that
// a silent unit never looks like a fall.
type Delta struct {
	Period Period  // the earlier one; of a year to date its January up to the same month
	Diff   Num     // now - then; of ratios in points
	Now    Num     // the later value over the same units
	Then   Num     // the earlier value over the same units
	Z      float64 // Poisson z of counts, 0 for everything else
	Units  int     // over how many units
	Of     int     // units that have a figure of the later period

	points bool // ratios: a percentage of a percentage misleads
}

// leastForPercent is from which value on, on both sides, a change is told in percent.
const leastForPercent = 20

// Significant reports whether the change is beyond chance.
func (d Delta) Significant() bool { return math.Abs(d.Z) > 3 }

// Percent returns the change in percent where both sides are large enough for one
// to mean anything.
func (d Delta) Percent() Num {
	if d.points || !d.Diff.OK || d.Now.V < leastForPercent || d.Then.V < leastForPercent {
		return Num{}
	}
	return Some(d.Diff.V / d.Then.V * 100)
}

// compareLine compares a line with the period before and with a year ago. What is
// reported by quarter, half-year or year is compared with those, also where a
// month is shown.
func (s *Snapshot) compareLine(l *Line) {
	now := s.cadenced(l, s.Period)
	l.Before = s.compare(l, now, now.Add(-1))
	l.YearAgo = s.compare(l, now, now.YearAgo())
}

// Compare compares a line with another period: one that the snapshot was asked to
// hold beside its own.
func (s *Snapshot) Compare(l Line, then Period) Delta {
	return s.compare(&l, s.cadenced(&l, s.Period), s.cadenced(&l, then))
}

// cadenced is the period in which the line's indicator is reported where a month is
// shown.
func (s *Snapshot) cadenced(l *Line, p Period) Period {
	if kind := l.Indicator.Cadence.PeriodKind(); kind != Month && p.Kind == Month {
		return p.Of(kind)
	}
	return p
}

func (s *Snapshot) compare(l *Line, now, then Period) Delta {
	switch {
	case l.Reported:
		return s.comparePrinted(l, now, then)
	case l.Indicator.Kind == Ratio:
		return s.compareRatios(l, now, then)
	default:
		return s.compareSums(l, now, then)
	}
}

// compareSums sums both sides over the units that are in both.
func (s *Snapshot) compareSums(l *Line, now, then Period) Delta {
	d := Delta{Period: then}
	a, b := 0.0, 0.0
	for _, unit := range s.Owing(l.Scope, l.Indicator.Code) {
		n, ok := s.Figure(unit, l.Indicator.Code, now)
		if !ok || n.NotApplicable {
			continue
		}
		d.Of++
		if t, ok := s.Figure(unit, l.Indicator.Code, then); ok && !t.NotApplicable {
			a, b = a+n.Value, b+t.Value
			d.Units++
		}
	}
	d.settle(l.Indicator, a, b)
	return d
}

// settle fills in the two sides and their difference, where any unit has both.
func (d *Delta) settle(ind Indicator, now, then float64) {
	if d.Units == 0 {
		return
	}
	d.Diff, d.Now, d.Then = Some(now-then), Some(now), Some(then)
	d.points = ind.Kind == Ratio
	if ind.Counted() && now >= 0 && then >= 0 {
		d.Z = PoissonZ(now, then)
	}
}

// compareRatios recomputes both ratios from the sums of the units that have both
// parts in both periods.
func (s *Snapshot) compareRatios(l *Line, now, then Period) Delta {
	d := Delta{Period: then}
	var sums [2]struct{ num, den float64 }
	for _, unit := range s.Owing(l.Scope, l.Indicator.Numerator) {
		num, den, ok := s.parts(l, unit, now)
		if !ok {
			continue
		}
		d.Of++
		lastNum, lastDen, ok := s.parts(l, unit, then)
		if !ok {
			continue
		}
		d.Units++
		sums[0].num, sums[0].den = sums[0].num+num, sums[0].den+den
		sums[1].num, sums[1].den = sums[1].num+lastNum, sums[1].den+lastDen
	}
	if people, ok := s.people(l); ok {
		sums[0].den, sums[1].den = people, people
	}
	if sums[0].den == 0 || sums[1].den == 0 {
		return Delta{Period: then, Of: d.Of}
	}
	d.settle(l.Indicator, sums[0].num/sums[0].den*l.Indicator.Scale, sums[1].num/sums[1].den*l.Indicator.Scale)
	return d
}

// parts returns the two parts of a unit's ratio.
func (s *Snapshot) parts(l *Line, unit string, p Period) (num, den float64, ok bool) {
	n, okN := s.Figure(unit, l.Indicator.Numerator, p)
	d, okD := s.divisor(unit, l.Indicator.Denominator, p)
	return n.Value, d.Value, okN && okD && !n.NotApplicable && !d.NotApplicable
}

// people returns the denominator of a ratio that is of the district's population:
// of the district alone, nobody knows a unit's.
func (s *Snapshot) people(l *Line) (float64, bool) {
	if d, ok := s.Catalogue.ByCode(l.Indicator.Denominator); !ok || d.Origin != FromDistrict {
		return 0, false
	}
	if l.Scope == DistrictCode || l.Scope == "" {
		return float64(s.Settings.District.Population), true
	}
	return 0, true
}

// comparePrinted compares a reported ratio with what the unit printed for another period.
func (s *Snapshot) comparePrinted(l *Line, now, then Period) Delta {
	d := Delta{Period: then}
	b, ok := s.Figure(l.Scope, l.Indicator.Code, now)
	if !ok || b.NotApplicable {
		return d
	}
	d.Of = 1
	if a, ok := s.Figure(l.Scope, l.Indicator.Code, then); ok && !a.NotApplicable {
		d.Units = 1
		d.settle(l.Indicator, b.Value, a.Value)
	}
	return d
}

// compareToDate compares the year so far with last year's, over the units that
// have a figure for every month of both.
func (s *Snapshot) compareToDate(l *Line) Delta {
	months := int(s.Period.End().Month)
	d := Delta{Period: s.Period.YearAgo()}
	a, b := 0.0, 0.0
	for _, unit := range s.addends(l.Scope, l.Indicator.Code) {
		now := s.sums[sumKey{unit, l.Indicator.Code, s.Period.Year}]
		if now.Months == 0 {
			continue
		}
		d.Of++
		last := s.sums[sumKey{unit, l.Indicator.Code, s.Period.Year - 1}]
		if now.Months == months && last.Months == months {
			a, b = a+now.Value, b+last.Value
			d.Units++
		}
	}
	d.settle(l.Indicator, a, b)
	return d
}
