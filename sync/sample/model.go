package sample

import (
	"time"

	"jindu/store"
)

// model is every figure of the district, from one year before the history
// that is written (so that last year's columns can be filled in) to the
// reporting month.
type model struct {
	seed    uint64
	units   []member
	words   map[string]word
	span    []store.Period // months, oldest first
	written store.Period   // first month that workbooks tell of
	figures map[store.Key]float64
	absent  map[store.Key]bool // does not apply to the unit
	crimes  []crime
}

// simulate lets the district live from month to month up to the last one.
func simulate(seed uint64, written, last store.Period) *model {
	m := &model{
		seed:    seed,
		units:   members(),
		words:   words(),
		written: written,
		figures: map[store.Key]float64{},
		absent:  map[store.Key]bool{},
	}
	for p := written.YearAgo(); !last.Before(p); p = p.Add(1) {
		m.span = append(m.span, p)
	}
	for _, u := range m.units {
		r := roll(seed, "unit", u.Code)
		switch u.Kind {
		case store.Station, store.BorderStation:
			m.station(u, r)
		case store.Street:
			m.street(u, r)
		default: // the others count publicity, and what is only theirs below
		}
		m.publicity(u, roll(seed, "publicity", u.Code))
	}
	m.bureau(roll(seed, "bureau"))
	m.departments(roll(seed, "departments"))
	m.office(roll(seed, "office"))
	m.survey(roll(seed, "survey"))
	return m
}

// put states a figure; counts are given as ints and weights as floats.
func (m *model) put(unit, indicator string, p store.Period, value float64) {
	m.figures[store.Key{Unit: unit, Indicator: indicator, Period: p}] = value
}

// count states several counts of a unit and period.
func (m *model) count(unit string, p store.Period, counts map[string]int) {
	for indicator, n := range counts {
		m.put(unit, indicator, p, float64(n))
	}
}

// value returns a figure; ratios are computed from their parts.
func (m *model) value(k store.Key) (float64, bool) {
	w := m.words[k.Indicator]
	if w.kind != store.Ratio {
		v, ok := m.figures[k]
		return v, ok
	}
	top, okTop := m.figures[store.Key{Unit: k.Unit, Indicator: w.top, Period: k.Period}]
	bottom, okBottom := m.figures[store.Key{Unit: k.Unit, Indicator: w.bottom, Period: k.Period}]
	if !okTop || !okBottom || bottom == 0 {
		return 0, false
	}
	return top / bottom * 100, true
}

// sum adds the indicator up over the units.
func (m *model) sum(units []member, indicator string, p store.Period) int {
	n := 0.0
	for _, u := range units {
		n += m.figures[store.Key{Unit: u.Code, Indicator: indicator, Period: p}]
	}
	return int(n)
}

// quarters lists the quarters of the span that have ended.
func (m *model) quarters() []store.Period {
	var out []store.Period
	for _, p := range m.span {
		if p.N%3 == 0 {
			out = append(out, p.Of(store.Quarter))
		}
	}
	return out
}

// season is how busy enforcement is in a month against the year's mean: the
// Spring Festival is quiet, the campaign before 26 June and the autumn are not.
func season(p store.Period) float64 {
	return [...]float64{0.80, 0.60, 0.90, 1.00, 1.10, 1.35, 1.05, 1.00, 1.15, 1.05, 1.05, 0.95}[p.N-1]
}

// campaign is how much publicity a month sees: June is the publicity month.
func campaign(p store.Period) float64 {
	return [...]float64{0.70, 0.55, 0.80, 0.95, 1.15, 2.60, 1.05, 0.95, 1.10, 0.95, 0.90, 0.90}[p.N-1]
}

// beijing is the district's clock. China keeps one zone without summer time, so
// that no zone table is needed.
func beijing() *time.Location { return time.FixedZone("Asia/Shanghai", 8*60*60) }
