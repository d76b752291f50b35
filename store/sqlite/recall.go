package sqlite

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strconv"

	"jindu/store"
)

// recall reads the months of the years around, and the cumulative numbers,
// quarters and halves, of every unit that is spoken of, and lays what was decided just now over it.
func (j *judging) recall(ctx context.Context, touched map[store.Key]bool) error {
	units, years := map[string]bool{}, map[int]bool{}
	for _, all := range []map[store.Key]bool{touched, j.rejudge} {
		for k := range all {
			units[k.Unit] = true
			for _, unit := range j.db.cfg.Units.Containing(k.Unit) {
				units[unit] = true
			}
			for year := k.Period.Year - 1; year <= k.Period.Year+1; year++ {
				years[year] = true
			}
		}
	}
	j.units, j.values = encodeList(slices.Sorted(maps.Keys(units))), map[store.Key]float64{}
	if len(units) == 0 {
		return nil
	}
	if err := j.recallMonths(ctx, slices.Sorted(maps.Keys(years))); err != nil {
		return err
	}
	if err := j.recallCumulated(ctx, j.cumulatedYears(touched)); err != nil {
		return err
	}
	for _, s := range j.subjects {
		if !s.last.open || s.last.value != s.next.value {
			j.changed[s.key] = s.number()
		}
	}
	for k, now := range j.changed {
		if delete(j.values, k); now.OK {
			j.values[k] = now.V
		}
	}
	return nil
}

// cumulatedYears returns the years whose cumulative numbers may matter: those
// that are spoken of, and the next one where later months rest on this one.
func (j *judging) cumulatedYears(touched map[store.Key]bool) []int {
	spoken := map[int]bool{}
	for _, all := range []map[store.Key]bool{touched, j.rejudge} {
		for k := range all {
			spoken[k.Period.Year] = true
		}
	}
	out := maps.Clone(spoken)
	for k := range j.values {
		if spoken[k.Period.Year-1] {
			out[k.Period.Year] = true
		}
	}
	return slices.Sorted(maps.Keys(out))
}

// recallMonths reads years unit by unit: a range of years would be read whole,
// with every other unit of the district.
func (j *judging) recallMonths(ctx context.Context, years []int) error {
	span, err := json.Marshal(years)
	if err != nil {
		return err
	}
	return each(ctx, j, func(scan func(...any) error) error {
		var year int
		var unit, indicator, line string
		if err := scan(&year, &unit, &indicator, &line); err != nil {
			return err
		}
		return eachMonth(year, line, func(p store.Period, v float64) {
			j.values[store.Key{Unit: unit, Indicator: indicator, Period: p}] = v
		})
	}, `
		SELECT c.year, c.unit, c.indicator, c.months
		FROM json_each(?) y
		CROSS JOIN json_each(?) u
		CROSS JOIN course c ON c.year = y.value AND c.unit = u.value`, string(span), j.units)
}

func (j *judging) recallCumulated(ctx context.Context, years []int) error {
	var periods []store.Period
	for _, year := range years {
		for month := 2; month <= 12; month++ {
			periods = append(periods, store.CumulativeTo(year, month))
		}
		for _, n := range []int{2, 3, 4} {
			periods = append(periods, store.Period{Kind: store.Quarter, Year: year, N: n})
		}
		periods = append(periods, store.Period{Kind: store.Half, Year: year, N: 2})
	}
	return each(ctx, j, func(scan func(...any) error) error {
		var k store.Key
		var period, value string
		err := scan(&period, &k.Unit, &k.Indicator, &value)
		if err != nil {
			return err
		}
		if k.Period, err = decodePeriod(period); err != nil {
			return err
		}
		j.values[k], err = strconv.ParseFloat(value, 64)
		return err
	}, `
		SELECT period, unit, indicator, value
		FROM board
		WHERE period IN (SELECT value FROM json_each(?)) AND unit IN (SELECT value FROM json_each(?)) AND value IS NOT NULL`,
		encodeList(periodNames(periods)), j.units)
}

// num returns a value as a number that may be unknown.
func (j *judging) num(k store.Key) store.Num {
	v, ok := j.values[k]
	return store.Num{V: v, OK: ok}
}

// widen adds the figures that rest on one that has changed: later months, which
// are held against it as their past, and cumulative numbers, which contain it;
// and those whose ledger or comparison has changed.
func (j *judging) widen(ctx context.Context) error {
	wanted := maps.Clone(j.rejudge)
	for k := range j.changed {
		j.dependents(k, wanted)
		j.containing(k, wanted)
	}
	j.ruledWith(wanted)
	for _, k := range slices.Concat(sortedKeys(wanted), keysOf(j.subjects)) {
		j.partner(k, wanted)
	}
	for k := range wanted {
		if _, decided := j.changed[k]; decided || j.index[k] != nil {
			delete(wanted, k)
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	list, err := encodeKeys(sortedKeys(wanted))
	if err != nil {
		return err
	}
	standing, err := j.standing(ctx, list)
	for _, s := range standing {
		j.subjects = append(j.subjects, s)
		j.index[s.key] = s
	}
	return err
}

// dependents adds the figures that rest on one.
func (j *judging) dependents(k store.Key, to map[store.Key]bool) {
	monthly := k.Period.Kind == store.Month
	if monthly {
		for n := 1; n <= store.HistoryMonths; n++ {
			j.add(k, k.Period.Add(n), to)
		}
	}
	if !monthly && !k.Period.Cumulated() {
		return
	}
	for month := int(k.Period.End().Month); month <= 12; month++ {
		j.add(k, store.CumulativeTo(k.Period.Year, month), to)
	}
}

// partner adds what is judged with a figure only: a month and the number
// cumulated to it stand side by side, and one is as suspect as the other.
func (j *judging) partner(k store.Key, to map[store.Key]bool) {
	switch end := int(k.Period.End().Month); {
	case k.Period.Kind == store.Month:
		j.add(k, store.CumulativeTo(k.Period.Year, end), to)
	case k.Period.Cumulated():
		j.add(k, store.MonthOf(k.Period.Year, end), to)
	}
}

// add adds the same figure of another period, where it is known.
func (j *judging) add(k store.Key, p store.Period, to map[store.Key]bool) {
	k.Period = p
	if _, ok := j.values[k]; ok {
		to[k] = true
	}
}

// standing reads figures as they stand, with what states them.
func (j *judging) standing(ctx context.Context, keys string) ([]*subject, error) {
	var out []*subject
	err := each(ctx, j, func(scan func(...any) error) error {
		s := &subject{}
		var period string
		err := scan(&s.key.Unit, &s.key.Indicator, &period, &s.last.from, &s.last.version, &s.last.since, &s.last.pull,
			&s.last.value, &s.last.suspect, &s.last.workbook, &s.last.first, &s.next.suspect, &s.shown.reported,
			&s.shown.heading, &s.shown.ref, &s.shown.raw, &s.shown.unitRef, &s.shown.periodRef, &s.shown.note,
			&s.file, &s.own, &s.since)
		if err != nil {
			return err
		}
		s.key.Period, err = decodePeriod(period)
		s.last.open = true
		s.next.value, s.next.workbook = s.last.value, s.last.workbook
		s.shown.key, s.shown.workbook = s.key, s.last.workbook
		out = append(out, s)
		return err
	}, `
		SELECT
			f.unit,
			f.indicator,
			f.period,
			f.known_from,
			f.version,
			f.since,
			f.pull,
			f.value,
			f.suspect,
			f.workbook,
			f.first,
			s.suspect,
			s.reported,
			s.heading,
			s.ref,
			s.raw,
			s.unit_ref,
			s.period_ref,
			s.note,
			s.file,
			s.own,
			s.since
		FROM json_each(?) k
		CROSS JOIN figure f ON f.unit = k.value ->> 0 AND f.indicator = k.value ->> 1 AND f.period = k.value ->> 2
		 AND f.known_to IS NULL
		JOIN statement s ON s.workbook = f.workbook AND s.unit = f.unit AND s.indicator = f.indicator AND s.period = f.period
		ORDER BY k.key`, keys)
	return out, err
}
