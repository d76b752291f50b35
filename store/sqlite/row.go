package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"jindu/store"
)

// row is a row of a figure's history.
type row struct {
	from     int64
	to       sql.NullInt64
	open     bool
	version  int // 0: there is no row
	since    int64
	pull     int64
	value    sql.NullString
	suspect  bool
	workbook int64
	first    int64
	apart    bool // it is of no pull, so that none takes it back
}

// same reports whether two rows are one version of the figure.
func (a row) same(b row) bool { return a.value == b.value && a.suspect == b.suspect }

const rowColumns = `
	SELECT
		known_from,
		known_to,
		known_to IS NULL,
		version,
		since,
		pull,
		value,
		suspect,
		workbook,
		first
	FROM figure
	WHERE unit = ? AND indicator = ? AND period = ?`

// lastRow returns the last row of the figure's history, open or closed.
func (t *tx) lastRow(ctx context.Context, k store.Key) (row, error) {
	last := row{}
	err := each(ctx, t, func(scan func(...any) error) (err error) {
		last, err = scanRow(scan)
		return err
	}, rowColumns+` ORDER BY known_from DESC LIMIT 1`, k.Unit, k.Indicator, k.Period.String())
	return last, err
}

// lastRows is lastRow for each of the keys, which list names.
func (r *resolver) lastRows(ctx context.Context, keys []store.Key, list string) ([]row, error) {
	out := make([]row, len(keys))
	err := each(ctx, r, func(scan func(...any) error) error {
		var at int
		f := row{}
		err := scan(&at, &f.from, &f.to, &f.open, &f.version, &f.since, &f.pull, &f.value, &f.suspect, &f.workbook, &f.first)
		out[at] = f
		return err
	}, `
		SELECT
			k.key,
			known_from,
			known_to,
			known_to IS NULL,
			version,
			since,
			pull,
			figure.value,
			suspect,
			workbook,
			first
		FROM json_each(?) k
		CROSS JOIN figure ON unit = k.value ->> 0 AND indicator = k.value ->> 1 AND period = k.value ->> 2
		 AND known_from = (
			SELECT max(f.known_from)
			FROM figure f
			WHERE f.unit = k.value ->> 0 AND f.indicator = k.value ->> 1 AND f.period = k.value ->> 2)`, list)
	return out, err
}

// errEnough ends the reading of rows of which no more are needed.
var errEnough = errors.New("enough")

// rowBefore returns the row that stood when the pull began and has not been
// taken back since; no row for none. Which rows are of the pull, or of those
// that count as part of it, says of. They are the last of a history, which may be
// long: it is read from its end.
func (r *resolver) rowBefore(ctx context.Context, k store.Key, of func(pull int64) bool) (row, error) {
	before, later := row{}, row{}
	err := each(ctx, r, func(scan func(...any) error) error {
		f, err := scanRow(scan)
		switch {
		case err != nil:
			return err
		case later.version > 0 && later.from != f.to.Int64: // withdrawn in between
			return errEnough
		case !of(f.pull):
			before = f
			return errEnough
		}
		later = f
		return nil
	}, rowColumns+` ORDER BY known_from DESC`, k.Unit, k.Indicator, k.Period.String())
	if errors.Is(err, errEnough) {
		err = nil
	}
	return before, err
}

// scanRow reads a row that rowColumns has selected.
func scanRow(scan func(...any) error) (row, error) {
	f := row{}
	err := scan(&f.from, &f.to, &f.open, &f.version, &f.since, &f.pull, &f.value, &f.suspect, &f.workbook, &f.first)
	return f, err
}
