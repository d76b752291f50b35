package sqlite

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"jindu/store"
)

// derived collects what must be summed up again when a workbook has been applied.
type derived struct {
	courses   map[courseKey]bool
	presences map[unitPeriod]bool
	totals    map[totalKey]map[string]bool // with the units whose part has changed
	lines     *bulk                        // of the board
}

type courseKey struct {
	year            int
	unit, indicator string
}

type totalKey struct{ indicator, period string }

// newDerived returns an empty collection.
func newDerived() derived {
	return derived{map[courseKey]bool{}, map[unitPeriod]bool{}, map[totalKey]map[string]bool{}, &bulk{
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
	total := totalKey{k.Indicator, k.Period.String()}
	if d.totals[total] == nil {
		d.totals[total] = map[string]bool{}
	}
	d.totals[total][k.Unit] = true
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

// refresh sums up again what the figures have changed.
func (t *tx) refresh(ctx context.Context, d derived) error {
	if err := d.lines.flush(ctx, t); err != nil {
		return fmt.Errorf("board: %w", err)
	}
	for _, k := range slices.SortedFunc(maps.Keys(d.courses), compareCourses) {
		if err := t.refreshCourse(ctx, k); err != nil {
			return fmt.Errorf("course: %w", err)
		}
	}
	for k := range d.presences {
		if err := t.refreshPresence(ctx, k); err != nil {
			return fmt.Errorf("presence: %w", err)
		}
	}
	if err := t.refreshTotals(ctx, slices.SortedFunc(maps.Keys(d.totals), compareTotals), d.totals); err != nil {
		return fmt.Errorf("totals: %w", err)
	}
	return nil
}

// compareCourses puts rows into the order of their table, which writes it fastest.
func compareCourses(a, b courseKey) int {
	return cmp.Or(cmp.Compare(a.year, b.year), cmp.Compare(a.unit, b.unit), cmp.Compare(a.indicator, b.indicator))
}

// compareTotals puts rows into the order in which their parts lie.
func compareTotals(a, b totalKey) int {
	return cmp.Or(cmp.Compare(a.period, b.period), cmp.Compare(a.indicator, b.indicator))
}

// refreshCourse writes the twelve months of a year anew. Between January and
// December lie cumulative periods too, by their spelling; they are longer.
func (t *tx) refreshCourse(ctx context.Context, k courseKey) error {
	var months [12]string
	err := each(ctx, t, func(scan func(...any) error) error {
		var month int
		var value string
		err := scan(&month, &value)
		if err == nil && month >= 1 && month <= 12 {
			months[month-1] = value
		}
		return err
	}, `
		SELECT CAST(substr(period, 6) AS INTEGER), value
		FROM figure
		WHERE unit = ? AND indicator = ?
		  AND period BETWEEN ? AND ? AND length(period) = 7
		  AND known_to IS NULL AND value IS NOT NULL`,
		k.unit, k.indicator, store.MonthOf(k.year, 1).String(), store.MonthOf(k.year, 12).String())
	if err != nil {
		return err
	}
	if months == [12]string{} {
		return t.exec(ctx, `DELETE FROM course WHERE year = ? AND unit = ? AND indicator = ?`, k.year, k.unit, k.indicator)
	}
	line := strings.Join(months[:], ",")
	return t.exec(ctx, `INSERT OR REPLACE INTO course (year, unit, indicator, months, seal) VALUES (?, ?, ?, ?, ?)`,
		k.year, k.unit, k.indicator, line, sealOf(strconv.Itoa(k.year), k.unit, k.indicator+fieldMark+line))
}

// refreshPresence counts the unit's figures of a period anew; none leave no row.
func (t *tx) refreshPresence(ctx context.Context, k unitPeriod) error {
	err := t.exec(ctx, `
		INSERT OR REPLACE INTO presence (period, unit, figures)
		SELECT ?1, ?2, count(*) FROM board WHERE period = ?1 AND unit = ?2`, k.period.String(), k.unit)
	if err != nil {
		return err
	}
	return t.exec(ctx, `DELETE FROM presence WHERE period = ? AND unit = ? AND figures = 0`, k.period.String(), k.unit)
}

// part is what one unit adds to a total.
type part struct {
	value   float64
	arrived int64
}

// refreshTotals sums indicators up for the district and every unit with units
// below it, as far as a part of theirs has changed; nil means that all have.
func (t *tx) refreshTotals(ctx context.Context, keys []totalKey, changed map[totalKey]map[string]bool) error {
	keys = slices.DeleteFunc(keys, func(k totalKey) bool { return !t.db.summed(k.indicator) })
	parts, err := totalParts(ctx, t, keys)
	if err != nil {
		return err
	}
	rows := bulk{columns: 7, into: `INSERT OR REPLACE INTO rollup (unit, indicator, period, sum, units, oldest, seal)`}
	for i, k := range keys {
		for _, upper := range t.db.uppers {
			if changed != nil && !upper.holds(changed[k]) {
				continue
			}
			sum, n, oldest := total(upper.below, parts[i])
			if n == 0 {
				err := t.exec(ctx, `DELETE FROM rollup WHERE unit = ? AND indicator = ? AND period = ?`, upper.code, k.indicator, k.period)
				if err != nil {
					return err
				}
				continue
			}
			text := encodeValue(sum, false).String
			rows.add(upper.code, k.indicator, k.period, text, n, oldest, sealOf(upper.code, k.indicator, k.period+fieldMark+text))
		}
	}
	return rows.flush(ctx, t)
}

// totalParts returns what each unit adds to each of the totals: nothing where
// the indicator does not apply to it. The parts of one total come in one row.
func totalParts(ctx context.Context, q querier, keys []totalKey) ([]map[string]part, error) {
	out := make([]map[string]part, len(keys))
	list := make([][2]string, len(keys))
	for i, k := range keys {
		list[i] = [2]string{k.indicator, k.period}
	}
	text, err := json.Marshal(list)
	if err != nil {
		return nil, err
	}
	err = each(ctx, q, func(scan func(...any) error) error {
		var at int
		var packed string
		err := scan(&at, &packed)
		if err == nil {
			out[at], err = unpackParts(packed)
		}
		return err
	}, `
		SELECT k.key, group_concat(b.unit || x'1f' || b.value || x'1f' || b.arrived, x'1e')
		FROM json_each(?) k
		CROSS JOIN board b
		WHERE b.period = k.value ->> 1 AND b.indicator = k.value ->> 0 AND b.value IS NOT NULL
		GROUP BY k.key`, string(text))
	return out, err
}

// unpackParts reads the parts of one total.
func unpackParts(packed string) (map[string]part, error) {
	parts := map[string]part{}
	for one := range strings.SplitSeq(packed, rowMark) {
		unit, rest, _ := strings.Cut(one, fieldMark)
		value, arrived, _ := strings.Cut(rest, fieldMark)
		p := part{}
		var err, err2 error
		p.value, err = strconv.ParseFloat(value, 64)
		p.arrived, err2 = strconv.ParseInt(arrived, 10, 64)
		if err := cmp.Or(err, err2); err != nil {
			return nil, err
		}
		parts[unit] = p
	}
	return parts, nil
}

// total adds up in the order of the units, so that the same figures always give
// the same bits.
func total(units []string, parts map[string]part) (sum float64, n int, oldest int64) {
	for _, unit := range units {
		p, ok := parts[unit]
		if !ok {
			continue
		}
		sum += p.value
		n++
		if oldest == 0 || p.arrived < oldest {
			oldest = p.arrived
		}
	}
	return sum, n, oldest
}

// summed reports whether the indicator is summed over units: all but ratios
// and texts, which no sum has a meaning for.
func (d *DB) summed(code string) bool {
	ind, ok := d.cfg.Catalogue.ByCode(code)
	return !ok || ind.Kind != store.Ratio && ind.Kind != store.Text
}

// upper is the district or a unit with units below it.
type upper struct {
	code  string
	below []string // codes, its own included
}

// holds reports whether any of the units is its own or below it.
func (u upper) holds(units map[string]bool) bool {
	return slices.ContainsFunc(u.below, func(code string) bool { return units[code] })
}

// uppersOf returns the district and every unit that has a total of its own.
func uppersOf(units store.Units) []upper {
	out := []upper{{store.DistrictCode, units.Below(store.DistrictCode)}}
	for _, u := range units.All() {
		if below := units.Below(u.Code); len(below) > 1 {
			out = append(out, upper{u.Code, below})
		}
	}
	return out
}

// layoutOf returns a fingerprint of the tree by which totals are summed.
func layoutOf(units store.Units) string {
	tree := make([][2]string, 0, units.Len())
	for _, u := range units.All() {
		tree = append(tree, [2]string{u.Code, u.Parent})
	}
	print, err := hashOf(tree)
	if err != nil {
		panic(err) // strings always marshal
	}
	return print
}

// sameLayout reports whether the mirror's totals were summed by the tree that
// is configured here.
func (d *DB) sameLayout(ctx context.Context, q querier) (bool, error) {
	var layout string
	err := q.QueryRowContext(ctx, `SELECT layout FROM state`).Scan(&layout)
	return layout == d.layout, err
}

// relayout sums everything up again where the configured tree has changed.
func (d *DB) relayout(ctx context.Context) error {
	same, err := d.sameLayout(ctx, d.writer)
	if err != nil || same {
		return err
	}
	t, err := d.writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer t.Rollback()
	work := &tx{Tx: t, db: d}
	if err := work.sumAll(ctx); err != nil {
		return err
	}
	if err := work.exec(ctx, `UPDATE state SET layout = ?, version = version + 1`, d.layout); err != nil {
		return err
	}
	return t.Commit()
}

// sumAll makes every total anew.
func (t *tx) sumAll(ctx context.Context) error {
	var all []totalKey
	err := each(ctx, t, func(scan func(...any) error) error {
		k := totalKey{}
		err := scan(&k.indicator, &k.period)
		all = append(all, k)
		return err
	}, `SELECT DISTINCT indicator, period FROM board`)
	if err != nil {
		return err
	}
	if err := t.exec(ctx, `DELETE FROM rollup`); err != nil {
		return err
	}
	return t.refreshTotals(ctx, all, nil)
}
