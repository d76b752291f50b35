package store

import (
	_ "embed" // the usual practice is part of the program
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
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
	Base      string // indicator that it is counted by, or several with + between them
	Times     float64
	Each      float64
	Least     float64
	Every     PeriodKind
	Years     []float64
	Kinds     []UnitKind // who does it; empty: with Each nobody but the district
	Source    string     // the rule or document that says so
	English   string     // the same in English; a district's own has none

	Convention bool // no rule common to all says so: whatever a district says of the indicator takes its place
}

// SourceIn returns who says so, in English where that is known.
func (p Practice) SourceIn(l Lang) string { return l.Pick(p.Source, first(p.English, p.Source)) }

// Bases returns the indicators that are counted together.
func (p Practice) Bases() []string {
	var out []string
	for code := range strings.SplitSeq(p.Base, "+") {
		if code = strings.TrimSpace(code); code != "" {
			out = append(out, code)
		}
	}
	return out
}

// UsualPractice returns what the embedded table says where a district says nothing.
func UsualPractice() ([]Practice, error) {
	var out []Practice
	err := eachRow(practiceCSV, func(r row) error {
		p := Practice{Code: r["code"], Indicator: r["indicator"], Base: r["base"], Source: r["source"], English: r["english"], Convention: r["convention"] == "yes"}
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
				continue // what one kind does is no matter of the others
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
	e.older(one.Oldest)
}

// expectOf works a practice out for one unit.
func (s *Snapshot) expectOf(p Practice, unit string, period Period, tallies []Tally) (Expectation, bool) {
	e := Expectation{Practice: p, Scope: unit, Period: period, N: 1, M: 1}
	known := true
	switch {
	case len(p.Years) > 0:
		e.Expected, known = testsDue(p, unit, s.Period, tallies)
	case p.Base != "":
		for _, base := range p.Bases() {
			v, ok := s.within(&e, base, unit, period)
			e.Expected += v * p.Times
			known = known && ok
		}
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
		e.older(f.Since())
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
	e := Expectation{Practice: p, Scope: DistrictCode, Period: period}
	sum := 0.0
	for _, code := range p.Bases() {
		base := s.Line(DistrictCode, code)
		if !base.Value.OK || base.N < base.M {
			return e, false
		}
		sum += base.Value.V
		e.older(base.Oldest)
	}
	e.Expected = max(p.Least, math.Ceil(sum/p.Each))
	if ind, _ := s.Catalogue.ByCode(p.Indicator); ind.Kind == Flow {
		return e, s.doneBy(&e, s.Owing(DistrictCode, p.Indicator), period)
	}
	done := s.Line(DistrictCode, p.Indicator)
	if !done.Value.OK || done.N < done.M {
		return e, false
	}
	e.Done, e.N, e.M = done.Value.V, done.N, done.M
	if done.Latest.Unit != "" {
		e.Period = done.Latest.Period // the quarter that is in, where the month's own is not over
	}
	e.older(done.Oldest)
	return e, true
}

// doneBy adds up what the units have done within the period, and reports whether
// all of them say so.
func (s *Snapshot) doneBy(e *Expectation, units []string, period Period) bool {
	for _, unit := range units {
		v, ok := s.within(e, e.Practice.Indicator, unit, period)
		if !ok {
			return false
		}
		e.Done += v
		e.N++
		e.M++
	}
	return e.N > 0
}

// older makes a moment the oldest if it is.
func (e *Expectation) older(at time.Time) {
	if e.Oldest.IsZero() || at.Before(e.Oldest) {
		e.Oldest = at
	}
}
