package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"jindu/store"
)

// bookColumns selects workbooks, in the order of scanBook; ?1 is the moment.
const bookColumns = `
	SELECT
		w.id,
		f.source,
		p.path,
		w.sha256,
		w.size,
		w.format,
		w.modified,
		w.received,
		w.initial,
		w.version,
		w.verdict,
		w.unit,
		w.period,
		w.known_to IS NULL OR w.known_to > ?1,
		w.figures,
		w.rows,
		w.set_aside,
		p.known_to
	FROM workbook w
	JOIN file f ON f.id = w.file
	JOIN place p ON p.file = w.file
	 AND p.known_from = (SELECT max(known_from) FROM place WHERE file = w.file AND known_from <= ?1)`

// scanBook reads a row that bookColumns has selected. A version is live if it is
// the latest and its file still lay somewhere at the moment.
func scanBook(scan func(...any) error, at int64) (store.Workbook, error) {
	w := store.Workbook{}
	var modified, received int64
	var period string
	var latest bool
	var gone sql.NullInt64
	err := scan(
		&w.ID,
		&w.Source,
		&w.Path,
		&w.SHA256,
		&w.Size,
		&w.Format,
		&modified,
		&received,
		&w.Initial,
		&w.Version,
		&w.Verdict,
		&w.Unit,
		&period,
		&latest,
		&w.Figures,
		&w.Rows,
		&w.SetAside,
		&gone,
	)
	if err != nil {
		return w, err
	}
	w.Modified, w.Received, w.GoneSince = timeOf(modified), timeOf(received), endOf(gone, at)
	w.Live = latest && w.GoneSince.IsZero()
	w.Period, err = decodePeriod(period)
	return w, err
}

// Held returns when the file at the path last held these bytes before it held
// others; the zero time where it never did, or where that is too long ago.
func (d *DB) Held(ctx context.Context, source, path, sha256 string) (time.Time, error) {
	var at sql.NullInt64
	err := d.read(ctx, func(ctx context.Context, q querier) error {
		return q.QueryRowContext(ctx, `
			SELECT max(w.received)
			FROM workbook w
			WHERE w.sha256 = ?3
			  AND w.file = (
				SELECT p.file
				FROM place p
				JOIN file f ON f.id = p.file
				WHERE f.source = ?1 AND p.path = ?2
				ORDER BY p.known_from DESC
				LIMIT 1)
			  AND w.version < (SELECT max(version) FROM workbook WHERE file = w.file AND sha256 <> ?3)`,
			source, path, sha256).Scan(&at)
	})
	if err != nil {
		return time.Time{}, fmt.Errorf("held: %w", err)
	}
	return timeOf(at.Int64), nil
}

// Workbooks returns the latest version of each path as of the moment, the
// newest first.
func (d *DB) Workbooks(ctx context.Context, at time.Time) ([]store.Workbook, error) {
	var out []store.Workbook
	err := d.read(ctx, func(ctx context.Context, q querier) (err error) {
		out, err = latestBooks(ctx, q, asOf(at))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("workbooks: %w", err)
	}
	return out, nil
}

// latestBooks is Workbooks within its transaction.
func latestBooks(ctx context.Context, q querier, at int64) ([]store.Workbook, error) {
	var out []store.Workbook
	err := each(ctx, q, func(scan func(...any) error) error {
		w, err := scanBook(scan, at)
		out = append(out, w)
		return err
	}, bookColumns+` WHERE`+newest(at)+` ORDER BY w.id DESC`, at)
	return out, err
}

// newest is the condition that a version of a file was its latest at the moment,
// ?1. Of now it is worded so that the index of the latest versions serves.
func newest(at int64) string {
	if at == forever {
		return ` w.known_to IS NULL AND ?1 = ?1`
	}
	return ` w.known_from <= ?1 AND (w.known_to IS NULL OR w.known_to > ?1)`
}

// shownBooks returns the latest version of files as of the moment, the newest
// first: of those that came last, of those that were refused, and of those with
// the ids or of which these are earlier versions.
func shownBooks(ctx context.Context, q querier, at int64, ids []int64) ([]store.Workbook, error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	var out []store.Workbook
	err = each(ctx, q, func(scan func(...any) error) error {
		w, err := scanBook(scan, at)
		out = append(out, w)
		return err
	}, bookColumns+`
		WHERE w.id IN (
			SELECT * FROM (SELECT w.id FROM workbook w WHERE`+newest(at)+` ORDER BY w.id DESC LIMIT ?2)
			UNION
			SELECT w.id FROM workbook w WHERE w.verdict = 'refused' AND`+newest(at)+`
			UNION
			SELECT w.id
			FROM json_each(?3) k
			CROSS JOIN workbook one ON one.id = k.value
			CROSS JOIN workbook w ON w.file = one.file
			WHERE`+newest(at)+`
		)
		ORDER BY w.id DESC`, at, filesShown, string(list))
	return out, err
}

// loadBooks adds the workbooks of the ids that are not there yet.
func loadBooks(ctx context.Context, q querier, ids map[int64]bool, at int64, to map[int64]store.Workbook) error {
	missing := slices.DeleteFunc(slices.Sorted(maps.Keys(ids)), func(id int64) bool {
		_, ok := to[id]
		return ok
	})
	if len(missing) == 0 {
		return nil
	}
	list, err := json.Marshal(missing)
	if err != nil {
		return err
	}
	return each(ctx, q, func(scan func(...any) error) error {
		w, err := scanBook(scan, at)
		to[w.ID] = w
		return err
	}, bookColumns+` WHERE w.id IN (SELECT value FROM json_each(?2))`, at, string(list))
}
