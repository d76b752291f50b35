package sqlite

import (
	"context"
	"fmt"
	"time"

	"jindu/store"
)

// judgeGeneration is raised when figures are judged otherwise by the same rules.
const judgeGeneration = 3

// rulesPrint returns a fingerprint of what figures are judged by beside each other.
func (d *DB) rulesPrint() (string, error) {
	sums := map[string]store.Sums{}
	for _, u := range d.cfg.Units.All() {
		if u.Sums != store.SumsNone {
			sums[u.Code] = u.Sums
		}
	}
	return hashOf(judgeGeneration, d.cfg.Catalogue.Rules, d.cfg.Settings.District.Population, sums)
}

// judgeAgain holds every figure against a set of rules that has changed since
// the last pull: what one of the old rules found goes, what a new one finds
// comes, each as of now. A unit is one transaction; whoever dies between two
// begins anew at the next pull.
func (d *DB) judgeAgain(ctx context.Context, at time.Time) error {
	print, err := d.rulesPrint()
	if err != nil {
		return fmt.Errorf("print rules: %w", err)
	}
	var last string
	var units []string
	err = d.read(ctx, func(ctx context.Context, q querier) error {
		if err := q.QueryRowContext(ctx, `SELECT rules FROM state`).Scan(&last); err != nil || last == print {
			return err
		}
		return each(ctx, q, func(scan func(...any) error) error {
			var unit string
			err := scan(&unit)
			units = append(units, unit)
			return err
		}, `SELECT DISTINCT unit FROM board ORDER BY unit`)
	})
	if err != nil || last == print {
		return err
	}
	for _, unit := range units {
		err := d.write(ctx, at, func(ctx context.Context, t *tx) error {
			res := newResolver(t, 0, 0) // of no pull: none takes it back
			err := eachKey(ctx, t, func(k store.Key) { res.rejudge[k] = true }, `
				SELECT unit, indicator, period
				FROM figure
				WHERE unit = ? AND known_to IS NULL`, unit)
			if err != nil {
				return err
			}
			before, err := t.changes(ctx)
			if err != nil {
				return err
			}
			if err := res.all(ctx, nil); err != nil {
				return err
			}
			after, err := t.changes(ctx)
			t.changed = t.changed || after != before
			return err
		})
		if err != nil {
			return fmt.Errorf("unit %s: %w", unit, err)
		}
	}
	return d.write(ctx, at, func(ctx context.Context, t *tx) error {
		return t.exec(ctx, `UPDATE state SET rules = ?`, print)
	})
}

// changes counts the rows that the connection has written so far.
func (t *tx) changes(ctx context.Context) (n int64, err error) {
	err = t.QueryRowContext(ctx, `SELECT total_changes()`).Scan(&n)
	return n, err
}
