package sqlite

import (
	"context"
	"fmt"
	"time"

	"jindu/store"
)

// readAt is read as of a moment: one as of which not everything is kept any more
// is refused, rather than answered with what happens to be left. Findings are kept
// for a time of their own.
func (d *DB) readAt(ctx context.Context, at int64, findings bool, do func(context.Context, querier) error) error {
	return d.read(ctx, func(ctx context.Context, q querier) error {
		if at == forever {
			return do(ctx, q)
		}
		var kept, found int64
		if err := q.QueryRowContext(ctx, `SELECT kept_from, findings_from FROM state`).Scan(&kept, &found); err != nil {
			return err
		}
		switch {
		case at < kept:
			return store.NewError("moment_removed", nil, d.stamp(kept))
		case findings && at < found:
			return store.NewError("findings_removed", nil, d.stamp(found))
		}
		return do(ctx, q)
	})
}

// Reaches returns why the board cannot be shown as of the moment; nothing where
// it can.
func (d *DB) Reaches(ctx context.Context, at time.Time) error {
	return d.readAt(ctx, asOf(at), true, func(context.Context, querier) error { return nil })
}

// stamp writes a moment for people.
func (d *DB) stamp(us int64) string {
	return d.inZone(time.UnixMicro(us).UTC()).Format("2006-01-02 15:04")
}

// Removals returns what the retention has removed over the years, the latest first.
func (d *DB) Removals(ctx context.Context) ([]store.Removal, error) {
	var out []store.Removal
	err := d.read(ctx, func(ctx context.Context, q querier) error {
		return each(ctx, q, func(scan func(...any) error) error {
			r := store.Removal{}
			var at, kept, findings int64
			err := scan(&at, &kept, &findings, &r.Versions, &r.Statements, &r.Rows, &r.Findings, &r.Pulls)
			r.At, r.KeptFrom, r.FindingsFrom = timeOf(at), timeOf(kept), timeOf(findings)
			out = append(out, r)
			return err
		}, `SELECT at, kept_from, findings_from, versions, statements, rows, findings, pulls FROM removal ORDER BY id DESC`)
	})
	if err != nil {
		return nil, fmt.Errorf("removals: %w", err)
	}
	return out, nil
}
