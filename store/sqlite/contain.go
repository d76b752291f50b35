package sqlite

import (
	"context"
	"fmt"

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
func (j *judging) holdAgainstParts(ctx context.Context, s *subject, ind store.Indicator, now float64) error {
	unit, _ := j.db.cfg.Units.ByCode(s.key.Unit)
	contained := j.db.cfg.Units.Contained(unit.Code)
	if len(contained) == 0 || ind.Kind != store.Flow && ind.Kind != store.Stock {
		return nil
	}
	parts, whole, err := j.parts(ctx, s.key, contained)
	if err != nil {
		return fmt.Errorf("parts: %w", err)
	}
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
		j.doubt(s.key, s.itself("sum_mismatch", ind.Name, store.Decimal(now), store.Decimal(sum), fmt.Sprint(len(parts))))
	case unit.Sums == store.SumsNone && whole && sum == now && sum >= countedTwice && some >= twiceUnits:
		j.doubt(s.key, s.itself("counted_twice", ind.Name, store.Decimal(now), fmt.Sprint(len(parts)), unit.Code))
	}
	return nil
}

// parts returns what units report of a figure themselves, in their order, and
// whether that is all of those that owe it: as the board has it, those of a kind
// report alike.
func (j *judging) parts(ctx context.Context, k store.Key, units []string) (values []float64, whole bool, err error) {
	known, reported := map[string]float64{}, map[string]bool{}
	if err := reporters(ctx, j, k.Indicator, forever, reported); err != nil {
		return nil, false, err
	}
	err = each(ctx, j, func(scan func(...any) error) error {
		var unit string
		var value float64
		err := scan(&unit, &value)
		known[unit] = value
		return err
	}, `SELECT unit, coalesce(value, 0) FROM board WHERE period = ? AND indicator = ?`, k.Period.String(), k.Indicator)
	for one, now := range j.changed { // what was decided just now is not on the board yet
		if one.Indicator != k.Indicator || one.Period != k.Period {
			continue
		}
		delete(known, one.Unit)
		if reported[one.Unit] = reported[one.Unit] || now.OK; now.OK {
			known[one.Unit] = now.V
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
		u, _ := j.db.cfg.Units.ByCode(unit)
		if v, ok := known[unit]; ok {
			values = append(values, v)
		} else if reported[unit] || kinds[u.Kind] {
			whole = false
		}
	}
	return values, whole, err
}
