package store

import (
	_ "embed" // the usual practice is part of the program
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"
)

//go:embed practice.csv
var practiceCSV []byte

// Practice says how much of an indicator is to be done, and who says so. It is by
// one of: Years, a person's tests a year by the year of the programme; Each, one
// for so many of the base, over the whole district; Times, so many for each of the
// base, or where there is no base for each unit.
type Practice struct {
	Code      string
	Indicator string // what is done
	Base      string // indicator that it is counted by
	Times     float64
	Each      float64
	Least     float64
	Every     PeriodKind
	Years     []float64
	Kinds     []UnitKind // who does it; empty: with Each nobody but the district
	Source    string     // the rule or document that says so
}

// UsualPractice returns what the embedded table says where a district says nothing.
func UsualPractice() ([]Practice, error) {
	var out []Practice
	err := eachRow(practiceCSV, func(r row) error {
		p := Practice{Code: r["code"], Indicator: r["indicator"], Base: r["base"], Source: r["source"]}
		p.Every = Cadence(r["every"]).PeriodKind()
		var errs []error
		number := func(text string) float64 {
			if text == "" {
				return 0
			}
			v, err := strconv.ParseFloat(text, 64)
			errs = append(errs, err)
			return v
		}
		p.Times, p.Each, p.Least = number(r["times"]), number(r["each"]), number(r["least"])
		for _, y := range r.list("years") {
			p.Years = append(p.Years, number(y))
		}
		for _, k := range r.list("kinds") {
			p.Kinds = append(p.Kinds, UnitKind(k))
		}
		out = append(out, p)
		return errors.Join(errs...)
	})
	if err != nil {
		return nil, fmt.Errorf("practice: %w", err)
	}
	return out, nil
}

// Expectation is what is to be done beside what is done, of a unit or of the
// district over the units of which both are known.
type Expectation struct {
	Practice Practice
	Scope    string
	Period   Period
	Expected float64
	Done     float64
	N, M     int // units in it, units that are to do it
	Oldest   time.Time
}

// Rate returns what is done of what is to be done, in percent.
func (e Expectation) Rate() Num {
	if e.Expected == 0 {
		return Num{}
	}
	return Some(e.Done / e.Expected * 100)
}

// Expectations works out every practice of the settings for the period of its
// length that holds the snapshot's, the district first. The snapshot must hold the
// figures of all its months; tallies are those of the lists of persons. What lacks
// a part is left out and never guessed.
func (s *Snapshot) Expectations(tallies []Tally) []Expectation {
	var out []Expectation
	for _, p := range s.Settings.Practice {
		period := s.Period
		if period.Kind == Month {
			period = period.Of(p.Every)
		}
		if period.Kind != p.Every {
			continue
		}
		if p.Each > 0 {
			if e, ok := s.expectEach(p, period); ok {
				out = append(out, e)
			}
			continue
		}
		whole := Expectation{Practice: p, Scope: DistrictCode, Period: period}
		var units []Expectation
		for _, u := range s.Units.All() {
			if !slices.Contains(p.Kinds, u.Kind) {
				continue
			}
			whole.M++
			if e, ok := s.expectOf(p, u.Code, period, tallies); ok {
				units = append(units, e)
				whole.add(e)
			}
		}
		if whole.N > 0 {
			out = append(append(out, whole), units...)
		}
	}
	return out
}

// add puts what one unit is to do and has done to the district's.
func (e *Expectation) add(one Expectation) {
	e.N++
	e.Expected += one.Expected
	e.Done += one.Done
	if e.Oldest.IsZero() || one.Oldest.Before(e.Oldest) {
		e.Oldest = one.Oldest
	}
}

// expectOf works a practice out for one unit.
func (s *Snapshot) expectOf(p Practice, unit string, period Period, tallies []Tally) (Expectation, bool) {
	e := Expectation{Practice: p, Scope: unit, Period: period, N: 1, M: 1}
	known := true
	switch {
	case len(p.Years) > 0:
		e.Expected, known = testsDue(p, unit, s.Period, tallies)
	case p.Base != "":
		e.Expected, known = s.within(&e, p.Base, unit, period)
		e.Expected *= p.Times
	default:
		e.Expected = p.Times
	}
	if !known {
		return e, false
	}
	e.Done, known = s.within(&e, p.Indicator, unit, period)
	return e, known
}

// within returns a unit's figure of the period: of a flow the sum of its months up
// to the snapshot's, all of which must be known; of a stock the last.
func (s *Snapshot) within(e *Expectation, code, unit string, period Period) (float64, bool) {
	ind, _ := s.Catalogue.ByCode(code)
	months := []Period{s.Period}
	if ind.Kind == Flow && ind.Cadence.PeriodKind() == Month && s.Period.Kind == Month {
		for m := s.Period.Add(-1); m.Of(period.Kind) == period; m = m.Add(-1) {
			months = append(months, m)
		}
	}
	sum := 0.0
	for _, m := range months {
		f, ok := s.Figure(unit, code, m)
		if !ok || f.NotApplicable {
			return 0, false
		}
		sum += f.Value
		if e.Oldest.IsZero() || f.Received.Before(e.Oldest) {
			e.Oldest = f.Received
		}
	}
	return sum, true
}

// testsDue returns a month's share of the year's tests of the persons that the
// unit's list has in each year of the programme.
func testsDue(p Practice, unit string, month Period, tallies []Tally) (float64, bool) {
	sum, known := 0.0, false
	for _, t := range tallies {
		if t.Unit != unit || t.Period != month || t.By != "year" {
			continue
		}
		year, err := strconv.Atoi(t.Word)
		if err != nil || year < 1 || year > len(p.Years) {
			continue // nobody knows how often
		}
		sum, known = sum+float64(t.Rows)*p.Years[year-1]/12, true
	}
	return sum, known
}

// expectEach works out one for so many over the district as a whole: those who are
// counted and those who do it are reported by different units. It takes part only
// where nobody is missing on either side.
func (s *Snapshot) expectEach(p Practice, period Period) (Expectation, bool) {
	base, done := s.Line(DistrictCode, p.Base), s.Line(DistrictCode, p.Indicator)
	if !base.Value.OK || !done.Value.OK || base.N < base.M || done.N < done.M {
		return Expectation{}, false
	}
	e := Expectation{
		Practice: p, Scope: DistrictCode, Period: period, Done: done.Value.V,
		Expected: max(p.Least, math.Ceil(base.Value.V/p.Each)),
		N:        done.N, M: done.M, Oldest: base.Oldest,
	}
	if done.Latest.Unit != "" {
		e.Period = done.Latest.Period // the quarter that is in, where the month's own is not over
	}
	if done.Oldest.Before(e.Oldest) {
		e.Oldest = done.Oldest
	}
	return e, true
}
