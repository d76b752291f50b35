package sqlite

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"jindu/store"
)

// countedTwice is from what sum on, and of how many units at the least that have
// something to add, equal numbers are taken for one that contains the others:
// smaller ones are equal by chance.
const (
	countedTwice = 20
	twiceUnits   = 2
)

// containing adds the figures that contain one that has changed, or may contain it.
func (j *judging) containing(k store.Key, to map[store.Key]bool) {
	for _, unit := range j.db.cfg.Units.Containing(k.Unit) {
		k.Unit = unit
		to[k] = true
	}
}

// holdAgainstParts holds a figure of a unit that reports for others against what
// they report themselves, once all of them have. Where the configuration does
// not say that it reports for others, a number that is exactly their sum is
// counted twice in every total.
func (j *judging) holdAgainstParts(s *subject, ind store.Indicator, now float64) {
	unit, _ := j.db.cfg.Units.ByCode(s.key.Unit)
	contained := j.db.cfg.Units.Contained(unit.Code)
	if len(contained) == 0 || ind.Kind != store.Flow && ind.Kind != store.Stock {
		return
	}
	parts, whole := j.parts(s.key, contained)
	sum, within, some := 0.0, 0.0, 0
	for _, v := range parts {
		if sum += v; v != 0 {
			some++
		}
	}
	if !ind.Counted() {
		within = store.LastDigit(s.shown.raw, now) / 2 * float64(len(parts)+1)
	}
	differs := sum > now+within || whole && sum < now-within
	switch {
	case len(parts) == 0:
	case unit.Sums != store.SumsNone && differs:
		j.doubt(s.key, s.itself("sum_mismatch", ind.Both(), store.Decimal(now), store.Decimal(sum), fmt.Sprint(len(parts))))
	case unit.Sums == store.SumsNone && whole && sum == now && sum >= countedTwice && some >= twiceUnits:
		j.doubt(s.key, s.itself("counted_twice", ind.Both(), store.Decimal(now), fmt.Sprint(len(parts)), unit.Code))
	}
}

// reports is what units report themselves of figures that others report for them
// too, as the board has it.
type reports struct {
	values map[store.Key]float64
	ever   map[string][]string // units that ever reported an indicator
}

// loadReports reads what the subjects are held against as parts, for all of them
// at once: a bureau's workbook has scores of figures and each as many parts.
func (j *judging) loadReports(ctx context.Context) error {
	j.reports = reports{map[store.Key]float64{}, map[string][]string{}}
	units, indicators, periods := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, s := range j.subjects {
		contained := j.db.cfg.Units.Contained(s.key.Unit)
		if len(contained) == 0 {
			continue
		}
		for _, unit := range contained {
			units[unit] = true
		}
		indicators[s.key.Indicator], periods[s.key.Period.String()] = true, true
	}
	if len(units) == 0 {
		return nil
	}
	wanted := encodeList(slices.Sorted(maps.Keys(indicators)))
	err := each(ctx, j, func(scan func(...any) error) error {
		var unit, indicator string
		err := scan(&unit, &indicator)
		j.reports.ever[indicator] = append(j.reports.ever[indicator], unit)
		return err
	}, `SELECT unit, indicator FROM reporting WHERE indicator IN (SELECT value FROM json_each(?))`, wanted)
	if err != nil {
		return err
	}
	return each(ctx, j, func(scan func(...any) error) error {
		var k store.Key
		var period string
		var value float64
		err := scan(&k.Unit, &k.Indicator, &period, &value)
		if err != nil {
			return err
		}
		k.Period, err = decodePeriod(period)
		j.reports.values[k] = value
		return err
	}, `
		SELECT b.unit, b.indicator, b.period, coalesce(b.value, 0)
		FROM json_each(?) p
		CROSS JOIN json_each(?) u
		CROSS JOIN board b ON b.period = p.value AND b.unit = u.value
		WHERE +b.indicator IN (SELECT value FROM json_each(?))`,
		encodeList(slices.Sorted(maps.Keys(periods))), encodeList(slices.Sorted(maps.Keys(units))), wanted)
}

// parts returns what units report of a figure themselves, in their order, and
// whether that is all of those that owe it: as the board has it, those of a kind
// report alike.
func (j *judging) parts(k store.Key, units []string) (values []float64, whole bool) {
	reported := map[string]bool{}
	for _, unit := range j.reports.ever[k.Indicator] {
		reported[unit] = true
	}
	changed := map[string]store.Num{} // what was decided just now is not on the board yet
	for one, now := range j.changed {
		if one.Indicator == k.Indicator && one.Period == k.Period {
			changed[one.Unit] = now
			reported[one.Unit] = reported[one.Unit] || now.OK
		}
	}
	kinds := map[store.UnitKind]bool{}
	for unit := range reported {
		if u, ok := j.db.cfg.Units.ByCode(unit); ok && u.Kind.Alike() {
			kinds[u.Kind] = true
		}
	}
	whole = true
	for _, unit := range units {
		v, ok := j.reports.values[store.Key{Unit: unit, Indicator: k.Indicator, Period: k.Period}]
		if now, just := changed[unit]; just {
			v, ok = now.V, now.OK
		}
		u, _ := j.db.cfg.Units.ByCode(unit)
		switch {
		case ok:
			values = append(values, v)
		case reported[unit], kinds[u.Kind]:
			whole = false
		}
	}
	return values, whole
}
