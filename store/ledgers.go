package store

import (
	"slices"
	"sync"
)

// LedgersFrom returns the day from which a snapshot of the period holds rows of
// ledgers.
func LedgersFrom(p Period) Date {
	if p.IsZero() {
		return Date{}
	}
	return p.Of(Month).Add(1 - SeriesMonths).Start()
}

// ledgers finds the rows of a snapshot by form and unit. It is made when somebody
// first asks: most screens never do.
type ledgers struct {
	once    sync.Once
	rows    places // in Records
	tallies places // in Tallies
}

type formUnit struct{ form, unit string }

// indexed returns the index, made once.
func (s *Snapshot) indexed() *ledgers {
	l := s.ledgers
	l.once.Do(func() {
		l.rows, l.tallies = map[formUnit][]int32{}, map[formUnit][]int32{}
		for i := range s.Records {
			l.rows.add(s.Records[i].Form, s.Records[i].Unit, i)
		}
		for i := range s.Tallies {
			l.tallies.add(s.Tallies[i].Form, s.Tallies[i].Unit, i)
		}
	})
	return l
}

// Rows returns the rows of a ledger within a scope, the latest day first: those of
// a unit and of the units below it, or all of the district.
func (s *Snapshot) Rows(form, scope string) []Record {
	return pick(s.Records, s.indexed().rows, form, s.Units.Below(scope), scope)
}

// Counts returns what ledgers of the form count within a scope, see Rows.
func (s *Snapshot) Counts(form, scope string) []Tally {
	return pick(s.Tallies, s.indexed().tallies, form, s.Units.Below(scope), scope)
}

// places says where rows stand: those of a form and a unit, and under no unit all
// of the form.
type places map[formUnit][]int32

func (p places) add(form, unit string, i int) {
	p[formUnit{form, unit}] = append(p[formUnit{form, unit}], int32(i))
	p[formUnit{form, ""}] = append(p[formUnit{form, ""}], int32(i))
}

// pick returns the rows of a form within a scope, in their order.
func pick[T any](all []T, p places, form string, units []string, scope string) []T {
	if scope == DistrictCode || scope == "" {
		units = []string{""} // also of units that the configuration knows no more
	}
	var found []int32
	for _, unit := range units {
		found = append(found, p[formUnit{form, unit}]...)
	}
	slices.Sort(found)
	out := make([]T, len(found))
	for i, place := range found {
		out[i] = all[place]
	}
	return out
}
