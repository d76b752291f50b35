package sqlite

import (
	"context"
	"fmt"
	"slices"

	"jindu/store"
)

// Docket returns what is known, now, of a figure that an officer may have to decide
// about: all of it of one moment.
func (d *DB) Docket(ctx context.Context, k store.Key) (store.Docket, error) {
	out := store.Docket{Key: k}
	err := d.read(ctx, func(ctx context.Context, q querier) (err error) {
		if err := q.QueryRowContext(ctx, `SELECT count(*) FROM acknowledgement`).Scan(&out.Decisions); err != nil {
			return err
		}
		if out.Stands, err = d.stands(ctx, q, k); err != nil {
			return err
		}
		if out.Contenders, err = conflicting(ctx, q, k); err != nil {
			return err
		}
		waits, err := d.pending(ctx, q, forever, map[int64]store.Workbook{},
			`p.known_to IS NULL AND p.unit = ?2 AND p.indicator = ?3 AND p.period = ?4`, k.Unit, k.Indicator, k.Period.String())
		if err != nil {
			return err
		}
		if len(waits) > 0 {
			out.Waits = &waits[0]
		}
		out.Decided, err = acknowledgements(ctx, q, forever, `unit = ?2 AND indicator = ?3 AND period = ?4`,
			k.Unit, k.Indicator, k.Period.String())
		if err != nil || len(out.Decided) == 0 {
			return err
		}
		out.Repeated, err = stillStated(ctx, q, out.Decided[len(out.Decided)-1].Decided.Cell.SHA256)
		return err
	})
	if err != nil {
		return out, fmt.Errorf("docket: %w", err)
	}
	return out, nil
}

// stands returns the version of the figure that stands, or nothing.
func (d *DB) stands(ctx context.Context, q querier, k store.Key) (*store.Figure, error) {
	rows, err := figureRows(ctx, q, ` WHERE`+standing+` AND f.unit = ?2 AND f.indicator = ?3 AND f.period = ?4`,
		forever, k.Unit, k.Indicator, k.Period.String())
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	figures, err := d.named(ctx, q, rows[:1], forever, map[int64]store.Workbook{})
	if err != nil || len(figures) == 0 {
		return nil, err
	}
	return &figures[0], nil
}

// stillStated reports whether a file that is there holds these bytes.
func stillStated(ctx context.Context, q querier, sha256 string) (bool, error) {
	var books []store.Workbook
	err := each(ctx, q, func(scan func(...any) error) error {
		w, err := scanBook(scan, forever)
		books = append(books, w)
		return err
	}, bookColumns+` WHERE`+newest(forever)+` AND w.sha256 = ?2`, forever, sha256)
	return slices.ContainsFunc(books, func(w store.Workbook) bool { return w.Live }), err
}
