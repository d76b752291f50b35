package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"jindu/store"
)

// derived collects what must be gathered again when a workbook has been applied.
type derived struct {
	courses   map[courseKey]bool
	presences map[unitPeriod]bool
	lines     *bulk // of the board
}

type courseKey struct {
	year            int
	unit, indicator string
}

// newDerived returns an empty collection.
func newDerived() derived {
	return derived{map[courseKey]bool{}, map[unitPeriod]bool{}, &bulk{
		columns: 7,
		into:    `INSERT OR REPLACE INTO board (period, unit, indicator, value, arrived, line, seal)`,
	}}
}

// touch notes that a figure is not what it was.
func (d derived) touch(k store.Key) {
	if k.Period.Kind == store.Month {
		d.courses[courseKey{k.Period.Year, k.Unit, k.Indicator}] = true
	}
	d.presences[unitPeriod{k.Unit, k.Period}] = true
}

// put writes the board's line of a figure, at the latest before it is summed up.
func (d derived) put(f figureRow) {
	d.touch(f.key)
	line, period := f.pack(), f.key.Period.String()
	d.lines.add(period, f.key.Unit, f.key.Indicator, f.value, f.arrived, line, sealOf(period, f.key.Unit, line))
}

// remove takes a figure that is withdrawn off the board.
func (d derived) remove(ctx context.Context, t *tx, k store.Key) error {
	d.touch(k)
	return t.exec(ctx, `DELETE FROM board WHERE period = ? AND unit = ? AND indicator = ?`, k.Period.String(), k.Unit, k.Indicator)
}

// refresh gathers again what the figures have changed.
func (t *tx) refresh(ctx context.Context, d derived) error {
	if err := d.lines.flush(ctx, t); err != nil {
		return fmt.Errorf("board: %w", err)
	}
	if err := t.refreshCourses(ctx, slices.SortedFunc(maps.Keys(d.courses), compareCourses)); err != nil {
		return fmt.Errorf("courses: %w", err)
	}
	if err := t.refreshPresence(ctx, d.presences); err != nil {
		return fmt.Errorf("presence: %w", err)
	}
	return nil
}

// compareCourses puts rows into the order of their table, which writes it fastest.
func compareCourses(a, b courseKey) int {
	return cmp.Or(cmp.Compare(a.year, b.year), cmp.Compare(a.unit, b.unit), cmp.Compare(a.indicator, b.indicator))
}

// refreshCourses writes the twelve months of years anew, from the board: how
// often a month has been corrected makes no difference to it.
func (t *tx) refreshCourses(ctx context.Context, keys []courseKey) error {
	if len(keys) == 0 {
		return nil
	}
	list := make([][3]any, len(keys))
	for i, k := range keys {
		list[i] = [3]any{k.year, k.unit, k.indicator}
	}
	text, err := json.Marshal(list)
	if err != nil {
		return err
	}
	courses, err := t.coursesOf(ctx, len(keys), string(text))
	if err != nil {
		return err
	}
	rows := bulk{columns: 5, into: `INSERT OR REPLACE INTO course (year, unit, indicator, months, seal)`}
	var none [][3]any
	for i, k := range keys {
		if courses[i] == [12]string{} {
			none = append(none, list[i])
			continue
		}
		line := strings.Join(courses[i][:], ",")
		rows.add(k.year, k.unit, k.indicator, line, sealOf(strconv.Itoa(k.year), k.unit, k.indicator+fieldMark+line))
	}
	if len(none) > 0 {
		text, err := json.Marshal(none)
		if err != nil {
			return err
		}
		err = t.exec(ctx, `
			DELETE FROM course
			WHERE (year, unit, indicator) IN (SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?))`, string(text))
		if err != nil {
			return err
		}
	}
	return rows.flush(ctx, t)
}

// coursesOf reads the months of n years from the board, each year in one row: what
// is handed over costs more than what is read.
func (t *tx) coursesOf(ctx context.Context, n int, list string) ([][12]string, error) {
	out := make([][12]string, n)
	return out, each(ctx, t, func(scan func(...any) error) error {
		var i int
		var line sql.NullString
		if err := scan(&i, &line); err != nil || !line.Valid {
			return err
		}
		for one := range strings.SplitSeq(line.String, " ") {
			month, value, _ := strings.Cut(one, "=")
			n, err := strconv.Atoi(month)
			if err != nil {
				return err
			}
			out[i][n-1] = value
		}
		return nil
	}, `
		WITH month (n) AS (VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12))
		SELECT k.key, (
			SELECT group_concat(m.n || '=' || b.value, ' ')
			FROM month m
			CROSS JOIN board b ON b.period = printf('%04d-%02d', k.value ->> 0, m.n)
			 AND b.unit = k.value ->> 1 AND b.indicator = k.value ->> 2
			WHERE b.value IS NOT NULL)
		FROM json_each(?) k`, list)
}

// refreshPresence counts the units' figures of periods anew; none leave no row.
func (t *tx) refreshPresence(ctx context.Context, all map[unitPeriod]bool) error {
	list := make([][2]string, 0, len(all))
	for k := range all {
		list = append(list, [2]string{k.period.String(), k.unit})
	}
	text, err := json.Marshal(list)
	if err != nil {
		return err
	}
	err = t.exec(ctx, `
		INSERT OR REPLACE INTO presence (period, unit, figures)
		SELECT k.value ->> 0, k.value ->> 1, (SELECT count(*) FROM board b WHERE b.period = k.value ->> 0 AND b.unit = k.value ->> 1)
		FROM json_each(?) k`, string(text))
	if err != nil {
		return err
	}
	return t.exec(ctx, `
		DELETE FROM presence
		WHERE figures = 0 AND (period, unit) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?))`, string(text))
}

// summed reports whether the indicator is summed over units: all but ratios
// and texts, which no sum has a meaning for.
func (d *DB) summed(code string) bool {
	ind, ok := d.cfg.Catalogue.ByCode(code)
	return !ok || ind.Kind != store.Ratio && ind.Kind != store.Text
}
