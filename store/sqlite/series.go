package sqlite

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"jindu/store"
)

// Series returns the last n values of an indicator up to the period, oldest
// first, in steps of the period's length. The unit may be the district or one
// with units below it whose own figure is not known: then it is their total.
func (d *DB) Series(ctx context.Context, unit, indicator string, to store.Period, n int, at time.Time) (store.Series, error) {
	out := store.Series{Unit: unit, Indicator: indicator, Values: make([]float64, n), Known: make([]bool, n)}
	if n == 0 {
		return out, nil
	}
	place := make(map[store.Period]int, n)
	for i := range n {
		place[to.Add(i+1-n)] = i
	}
	reported, err := d.reported(ctx, indicator, asOf(at))
	if err != nil {
		return out, fmt.Errorf("series: %w", err)
	}
	below := d.cfg.Units.Addends(unit, func(code string) bool { return reported[code] })
	if unit != store.DistrictCode && reported[unit] {
		below = []string{unit}
	}
	if len(below) > 1 && !d.summed(indicator) {
		return out, nil
	}
	figures, err := d.values(ctx, below, indicator, place, asOf(at))
	if err != nil {
		return out, fmt.Errorf("series: %w", err)
	}
	for _, code := range below { // always in the order of the units
		for i, v := range figures[code] {
			out.Values[i] = store.Plus(out.Values[i], v)
			out.Known[i] = true
		}
	}
	return out, nil
}

// reported returns the units that had ever reported the indicator.
func (d *DB) reported(ctx context.Context, indicator string, at int64) (map[string]bool, error) {
	out := map[string]bool{}
	err := d.read(ctx, func(ctx context.Context, q querier) error {
		return reporters(ctx, q, indicator, at, out)
	})
	return out, err
}

// reporters notes the units that had ever reported the indicator.
func reporters(ctx context.Context, q querier, indicator string, at int64, to map[string]bool) error {
	return each(ctx, q, func(scan func(...any) error) error {
		var unit string
		err := scan(&unit)
		to[unit] = true
		return err
	}, `SELECT unit FROM reporting WHERE indicator = ? AND known_from <= ?`, indicator, at)
}

// values returns each unit's values by their place in the series.
func (d *DB) values(ctx context.Context, units []string, indicator string, place map[store.Period]int, at int64) (map[string]map[int]float64, error) {
	out := map[string]map[int]float64{}
	periods := make([]store.Period, 0, len(place))
	for p := range place {
		periods = append(periods, p)
	}
	err := d.readAt(ctx, at, false, func(ctx context.Context, q querier) error {
		return each(ctx, q, func(scan func(...any) error) error {
			var unit, name, value string
			err := scan(&unit, &name, &value)
			if err != nil {
				return err
			}
			p, err := decodePeriod(name)
			if err != nil {
				return err
			}
			if out[unit] == nil {
				out[unit] = map[int]float64{}
			}
			out[unit][place[p]], err = strconv.ParseFloat(value, 64)
			return err
		}, `
			SELECT f.unit, f.period, f.value
			FROM figure f
			WHERE f.unit IN (SELECT value FROM json_each(?2)) AND f.indicator = ?3
			  AND f.period IN (SELECT value FROM json_each(?4))
			  AND f.value IS NOT NULL AND`+standing, at, encodeList(units), indicator, encodeList(periodNames(periods)))
	})
	return out, err
}

// monthsBetween returns how many months lie from one to the other.
func monthsBetween(from, to store.Period) int { return (to.Year-from.Year)*12 + to.N - from.N }

// eachMonth reads the twelve months of a year as course keeps them.
func eachMonth(year int, months string, do func(store.Period, float64)) error {
	for month := 1; ; month++ {
		value, rest, more := strings.Cut(months, ",")
		if value != "" {
			v, err := strconv.ParseFloat(value, 64)
			if err != nil {
				return err
			}
			do(store.MonthOf(year, month), v)
		}
		if !more {
			return nil
		}
		months = rest
	}
}

// window holds, per unit and indicator, the months that a snapshot shows: the
// last SeriesMonths up to one. It reaches back to January of the year before.
type window struct {
	last    store.Period
	courses map[store.UnitIndicator]*months
}

type months struct {
	values [store.SeriesMonths]float64
	known  [store.SeriesMonths]bool
}

// of returns the months of a unit's indicator.
func (w window) of(unit, indicator string) *months {
	k := store.UnitIndicator{Unit: unit, Indicator: indicator}
	m := w.courses[k]
	if m == nil {
		m = &months{}
		w.courses[k] = m
	}
	return m
}

// set notes the value of a month, if it lies in the window.
func (w window) set(m *months, p store.Period, v float64) {
	i := store.SeriesMonths - 1 - monthsBetween(p, w.last)
	if i >= 0 && i < store.SeriesMonths {
		m.values[i], m.known[i] = v, true
	}
}

// setLine sets a month from a packed row of the month and its value.
func (w window) setLine(m *months, line string) error {
	name, value, _ := strings.Cut(line, fieldMark)
	p, err := decodePeriod(name)
	if err != nil {
		return err
	}
	v, err := strconv.ParseFloat(value, 64)
	w.set(m, p, v)
	return err
}

// windowNow reads the months from the courses that are kept for the present, a
// unit's year in one row.
func windowNow(ctx context.Context, q querier, last store.Period) (window, error) {
	w := window{last, map[store.UnitIndicator]*months{}}
	err := each(ctx, q, func(scan func(...any) error) error {
		var unit, lines string
		var year int
		if err := scan(&year, &unit, &lines); err != nil {
			return err
		}
		for line := range strings.SplitSeq(lines, rowMark) {
			line, err := unseal(line, strconv.Itoa(year), unit)
			if err != nil {
				return err
			}
			indicator, months, _ := strings.Cut(line, fieldMark)
			m := w.of(unit, indicator)
			err = eachMonth(year, months, func(p store.Period, v float64) { w.set(m, p, v) })
			if err != nil {
				return err
			}
		}
		return nil
	}, `
		SELECT year, unit, group_concat(indicator || x'1f' || months || x'1f' || seal, x'1e')
		FROM course
		WHERE year BETWEEN ? AND ?
		GROUP BY year, unit`, last.Add(1-store.SeriesMonths).Year, last.Year)
	return w, err
}

// windowAt reads the months as they were known at a moment, of every indicator that
// a unit has ever reported: the years before them are not read.
func windowAt(ctx context.Context, q querier, last store.Period, at int64) (window, error) {
	w := window{last, map[store.UnitIndicator]*months{}}
	err := each(ctx, q, func(scan func(...any) error) error {
		var unit, indicator, lines string
		if err := scan(&unit, &indicator, &lines); err != nil {
			return err
		}
		m := w.of(unit, indicator)
		for line := range strings.SplitSeq(lines, rowMark) {
			if err := w.setLine(m, line); err != nil {
				return err
			}
		}
		return nil
	}, `
		SELECT r.unit, r.indicator, group_concat(f.period || x'1f' || f.value, x'1e')
		FROM reporting r
		CROSS JOIN figure f
		WHERE f.unit = r.unit AND f.indicator = r.indicator AND`+standing+`
		  AND f.period BETWEEN ?2 AND ?3 AND length(f.period) = 7 AND f.value IS NOT NULL
		GROUP BY r.unit, r.indicator`, at, last.Add(1-store.SeriesMonths).String(), last.String())
	return w, err
}

// unitSeries returns the months of every configured unit.
func (d *DB) unitSeries(w window) []store.Series {
	var out []store.Series
	for _, u := range d.cfg.Units.All() {
		for _, ind := range d.cfg.Catalogue.Indicators {
			if m := w.courses[store.UnitIndicator{Unit: u.Code, Indicator: ind.Code}]; m != nil {
				out = append(out, store.Series{Unit: u.Code, Indicator: ind.Code, Values: m.values[:], Known: m.known[:]})
			}
		}
	}
	return out
}

// sums returns the flows of every configured unit from January to the month,
// this year and last.
func (d *DB) sums(w window) []store.Sum {
	var out []store.Sum
	for _, u := range d.cfg.Units.All() {
		for _, ind := range d.cfg.Catalogue.Indicators {
			m := w.courses[store.UnitIndicator{Unit: u.Code, Indicator: ind.Code}]
			if ind.Kind != store.Flow || m == nil {
				continue
			}
			for _, ago := range []int{0, 1} {
				s := store.Sum{Unit: u.Code, Indicator: ind.Code, Year: w.last.Year - ago}
				first := store.SeriesMonths - w.last.N - 12*ago
				for i := first; i < first+w.last.N; i++ {
					if m.known[i] {
						s.Value = store.Plus(s.Value, m.values[i])
						s.Months++
					}
				}
				if s.Months > 0 {
					out = append(out, s)
				}
			}
		}
	}
	return out
}

// districtSeries sums the months up over the units, in their order.
func (d *DB) districtSeries(w window) []store.Series {
	var out []store.Series
	for _, ind := range d.cfg.Catalogue.Indicators {
		if !d.summed(ind.Code) {
			continue
		}
		s := store.Series{Unit: store.DistrictCode, Indicator: ind.Code, Values: make([]float64, store.SeriesMonths), Known: make([]bool, store.SeriesMonths)}
		for _, u := range d.cfg.Units.All() {
			m := w.courses[store.UnitIndicator{Unit: u.Code, Indicator: ind.Code}]
			if m == nil {
				continue
			}
			for i := range m.values {
				if m.known[i] {
					s.Values[i] = store.Plus(s.Values[i], m.values[i])
					s.Known[i] = true
				}
			}
		}
		if slices.Contains(s.Known, true) {
			out = append(out, s)
		}
	}
	return out
}
