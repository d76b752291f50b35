package sqlite

import (
	"context"
	"database/sql"
	"strings"

	"jindu/store"
)

// comparison is what a file prints of a figure beside its own.
type comparison struct {
	file     int64
	workbook int64
	sheet    string
	ref      string
	value    float64
	raw      string
}

// recordCompared makes what the file prints of other periods that of the new
// version. Sheets that were refused keep what they printed.
func (a *applying) recordCompared(ctx context.Context) error {
	if err := a.comparisonKeys(ctx, a.file, a.rejudge); err != nil {
		return err
	}
	err := a.exec(ctx, `
		DELETE FROM compared
		WHERE file = ? AND heading NOT IN (
			SELECT id FROM heading WHERE sheet IN (SELECT value FROM json_each(?)))`, a.file, a.refusedSheets())
	if err != nil {
		return err
	}
	rows := &bulk{columns: 9, into: `INSERT OR REPLACE INTO compared (file, unit, indicator, period, heading, ref, workbook, value, raw)`}
	for _, s := range a.reading.Compared {
		if s.NotApplicable {
			continue
		}
		head, err := a.headingID(ctx, s.Cell)
		if err != nil {
			return err
		}
		a.rejudge[s.Key] = true
		rows.add(a.file, s.Unit, s.Indicator, s.Period.String(), head, plain(s.Cell.Ref), a.book, encodeValue(s.Value, false), plain(s.Cell.Raw))
	}
	return rows.flush(ctx, a.tx)
}

// refusedSheets returns the names of the sheets that were refused, as JSON.
func (a *applying) refusedSheets() string {
	var out []string
	for _, s := range a.reading.Sheets {
		if s.Verdict == store.Rejected {
			out = append(out, plain(s.Name))
		}
	}
	return encodeList(out)
}

// rejudgeCount notes that figures have to be held against a count that has
// changed: the unit's own, and those of the units above it.
func (a *applying) rejudgeCount(k tallyKey) {
	if k.indicator != "" {
		a.rejudgeAbove(k.ofFigure(), a.rejudge)
	}
}

// rejudgeAbove adds the figure and the same one of every unit above.
func (t *tx) rejudgeAbove(k store.Key, to map[store.Key]bool) {
	for range t.db.cfg.Units.Len() + 1 { // the tree has no loop, but a configuration may be anything
		to[k] = true
		u, ok := t.db.cfg.Units.ByCode(k.Unit)
		if !ok || u.Parent == "" {
			return
		}
		k.Unit = u.Parent
	}
}

// comparedKeys collects the figures that the file's counts and comparisons are
// held against.
func (t *tx) comparedKeys(ctx context.Context, file int64, to map[store.Key]bool) error {
	err := eachKey(ctx, t, func(k store.Key) { t.rejudgeAbove(k, to) }, `
		SELECT unit, indicator, period
		FROM tally
		WHERE known_to IS NULL AND file = ? AND indicator <> ''`, file)
	if err != nil {
		return err
	}
	return t.comparisonKeys(ctx, file, to)
}

func (t *tx) comparisonKeys(ctx context.Context, file int64, to map[store.Key]bool) error {
	return eachKey(ctx, t, func(k store.Key) { to[k] = true }, `SELECT unit, indicator, period FROM compared WHERE file = ?`, file)
}

// toldItself returns the sheets and cells of cumulative numbers that the workbook
// contradicts by itself: that is told once.
func (a *applying) toldItself() map[[2]string]bool {
	out := map[[2]string]bool{}
	for _, f := range a.reading.Findings {
		if strings.HasPrefix(f.Rule, "cumulative_") {
			out[[2]string{plain(f.Sheet), plain(f.Cell)}] = true
		}
	}
	return out
}

// comparisons reads what files that are there print of the subjects' figures.
func (j *judging) comparisons(ctx context.Context) (map[store.Key][]comparison, error) {
	out := map[store.Key][]comparison{}
	err := each(ctx, j, func(scan func(...any) error) error {
		var at int
		c := comparison{}
		var value sql.NullString
		err := scan(&at, &c.file, &c.workbook, &c.sheet, &c.ref, &value, &c.raw)
		if err != nil {
			return err
		}
		c.value, _, err = decodeValue(value)
		out[j.subjects[at].key] = append(out[j.subjects[at].key], c)
		return err
	}, `
		SELECT
			k.key,
			c.file,
			c.workbook,
			h.sheet,
			c.ref,
			c.value,
			c.raw
		FROM json_each(?) k
		CROSS JOIN compared c ON c.unit = k.value ->> 0 AND c.indicator = k.value ->> 1 AND c.period = k.value ->> 2
		JOIN heading h ON h.id = c.heading
		WHERE EXISTS (SELECT 1 FROM place p WHERE p.file = c.file AND p.known_to IS NULL)
		ORDER BY k.key, c.file, c.heading, c.ref`, j.keys)
	return out, err
}
