package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

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
	ever   map[string]map[string]bool         // indicator to the units that ever reported it
	kinds  map[string]map[store.UnitKind]bool // and of what kind these are, of those that report alike
	just   map[subjectOf]map[string]store.Num // what was decided just now is not on the board yet, by unit
}

// subjectOf is what figures of several units are of.
type subjectOf struct {
	indicator string
	period    store.Period
}

// loadReports reads what the subjects are held against as parts, for all of them
// at once: a bureau's workbook has scores of figures and each as many parts.
func (j *judging) loadReports(ctx context.Context) error {
	j.reports = reports{
		map[store.Key]float64{}, map[string]map[string]bool{}, map[string]map[store.UnitKind]bool{}, map[subjectOf]map[string]store.Num{},
	}
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
	for k, now := range j.changed {
		of := subjectOf{k.Indicator, k.Period}
		if j.reports.just[of] == nil {
			j.reports.just[of] = map[string]store.Num{}
		}
		j.reports.just[of][k.Unit] = now
	}
	wanted := encodeList(slices.Sorted(maps.Keys(indicators)))
	if err := j.loadEver(ctx, wanted); err != nil {
		return err
	}
	return j.loadValues(ctx, encodeList(slices.Sorted(maps.Keys(periods))), encodeList(slices.Sorted(maps.Keys(units))), wanted)
}

// loadEver reads who ever reported the indicators, each of them in one row.
func (j *judging) loadEver(ctx context.Context, indicators string) error {
	return each(ctx, j, func(scan func(...any) error) error {
		var indicator, units string
		if err := scan(&indicator, &units); err != nil {
			return err
		}
		ever, kinds := map[string]bool{}, map[store.UnitKind]bool{}
		for code := range strings.SplitSeq(units, fieldMark) {
			ever[code] = true
			j.alike(code, kinds)
		}
		j.reports.ever[indicator], j.reports.kinds[indicator] = ever, kinds
		return nil
	}, `
		SELECT indicator, group_concat(unit, ?1)
		FROM reporting
		WHERE indicator IN (SELECT value FROM json_each(?2))
		GROUP BY indicator`, fieldMark, indicators)
}

// alike adds the unit's kind, if those of it report alike.
func (j *judging) alike(code string, to map[store.UnitKind]bool) {
	if u, ok := j.db.cfg.Units.ByCode(code); ok && u.Kind.Alike() {
		to[u.Kind] = true
	}
}

// loadValues reads what units report of the indicators, each unit's period in one
// row: what is handed over costs more than what is read.
func (j *judging) loadValues(ctx context.Context, periods, units, indicators string) error {
	return each(ctx, j, func(scan func(...any) error) error {
		var k store.Key
		var period string
		var line sql.NullString
		err := scan(&period, &k.Unit, &line)
		if err != nil || !line.Valid {
			return err
		}
		if k.Period, err = decodePeriod(period); err != nil {
			return err
		}
		for one := range strings.SplitSeq(line.String, fieldMark) {
			indicator, value, _ := strings.Cut(one, "=")
			k.Indicator = indicator
			if j.reports.values[k], err = strconv.ParseFloat(value, 64); err != nil {
				return err
			}
		}
		return nil
	}, `
		SELECT p.value, u.value, (
			SELECT group_concat(b.indicator || '=' || coalesce(b.value, 0), ?4)
			FROM board b
			WHERE b.period = p.value AND b.unit = u.value AND +b.indicator IN (SELECT value FROM json_each(?3)))
		FROM json_each(?1) p
		CROSS JOIN json_each(?2) u`, periods, units, indicators, fieldMark)
}

// reporting returns the units that report an indicator, those among them that do
// so since just now, and the kinds of which all units do.
func (j *judging) reporting(indicator string, changed map[string]store.Num) (map[string]bool, map[store.UnitKind]bool) {
	ever, kinds := j.reports.ever[indicator], j.reports.kinds[indicator]
	all, allKinds := ever, kinds
	for unit, now := range changed {
		if !now.OK || ever[unit] {
			continue
		}
		if len(all) == len(ever) { // the first of them
			all, allKinds = map[string]bool{}, map[store.UnitKind]bool{}
			maps.Copy(all, ever)
			maps.Copy(allKinds, kinds)
		}
		all[unit] = true
		j.alike(unit, allKinds)
	}
	return all, allKinds
}

// parts returns what units report of a figure themselves, in their order, and
// whether that is all of those that owe it: as the board has it, those of a kind
// report alike.
func (j *judging) parts(k store.Key, units []string) (values []float64, whole bool) {
	changed := j.reports.just[subjectOf{k.Indicator, k.Period}]
	reported, kinds := j.reporting(k.Indicator, changed)
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
