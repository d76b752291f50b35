package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"jindu/store"
)

// recordCases makes the open cases of the file those of the new version. Cases
// of a sheet that was refused stay.
func (a *applying) recordCases(ctx context.Context) error {
	seen := map[string]int{}
	for _, c := range a.reading.Cases {
		c.ID = again(c.ID, seen)
		if err := a.recordCase(ctx, c); err != nil {
			return err
		}
	}
	return a.endRows(ctx, "case_row")
}

// recordCase closes the row of the version before and writes the new one, which
// keeps its age where it says the same.
func (a *applying) recordCase(ctx context.Context, c store.Case) error {
	bare := c
	bare.Cell, bare.KnownFrom, bare.KnownTo = store.Cell{}, time.Time{}, time.Time{}
	content, err := hashOf(bare)
	if err != nil {
		return err
	}
	head, err := a.headingID(ctx, c.Cell)
	if err != nil {
		return err
	}
	old := ledgerRow{since: a.now}
	err = a.QueryRowContext(ctx, `SELECT since, content FROM case_row WHERE file = ? AND id = ? AND known_to IS NULL`, a.file, c.ID).
		Scan(&old.since, &old.content)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if old.content != content {
		old.since = a.now
	}
	if err := a.closeLedgerRow(ctx, "case_row", c.ID); err != nil {
		return err
	}
	return a.insertCase(ctx, c, head, content, old)
}

// insertCase writes a row of the case ledger.
func (a *applying) insertCase(ctx context.Context, c store.Case, head int64, content string, old ledgerRow) error {
	return a.exec(ctx, `
		INSERT INTO case_row (
			file,
			id,
			known_from,
			since,
			workbook,
			heading,
			ref,
			content,
			unit,
			type,
			class,
			occurred,
			accepted,
			solved,
			closed,
			street,
			suspects,
			detained,
			drug,
			seized_g,
			campaign,
			status
		) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		a.file,
		c.ID,
		a.now,
		old.since,
		a.book,
		head,
		c.Cell.Ref,
		content,
		c.Unit,
		c.Type,
		c.Class,
		c.Occurred.String(),
		c.Accepted.String(),
		c.Solved.String(),
		c.Closed.String(),
		c.Street,
		c.Suspects,
		c.Detained,
		c.Drug,
		encodeValue(c.SeizedG, false),
		c.Campaign,
		c.Status,
	)
}

// Cases returns the cases that stood at the moment, the latest accepted first.
// A case that two ledgers list is taken from the one that was received last.
func (d *DB) Cases(ctx context.Context, at time.Time) ([]store.Case, error) {
	var out []store.Case
	err := d.readAt(ctx, asOf(at), false, func(ctx context.Context, q querier) (err error) {
		out, err = d.cases(ctx, q, asOf(at), store.Date{}, map[int64]store.Workbook{})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("cases: %w", err)
	}
	return out, nil
}

// cases is Cases within its transaction, without those that were taken up and
// solved before the day. Rows come in the order in which they became known, so that
// the last of one id stays; all rows of an id are read, so that it is the last.
func (d *DB) cases(ctx context.Context, q querier, at int64, from store.Date, books map[int64]store.Workbook) ([]store.Case, error) {
	byID := map[string]store.Case{}
	heads := map[string]int64{}
	w := newWanted()
	err := each(ctx, q, func(scan func(...any) error) error {
		c, head, err := scanCase(scan)
		w.note(head, c.Cell.Workbook)
		byID[c.ID], heads[c.ID] = c, head
		return err
	}, `
		SELECT
			id,
			since,
			workbook,
			heading,
			ref,
			unit,
			type,
			class,
			occurred,
			accepted,
			solved,
			closed,
			street,
			suspects,
			detained,
			drug,
			seized_g,
			campaign,
			status
		FROM case_row
		WHERE known_from <= ?1 AND (known_to IS NULL OR known_to > ?1) AND (?2 = '' OR id IN (
			SELECT id
			FROM case_row
			WHERE known_from <= ?1 AND (known_to IS NULL OR known_to > ?1) AND (solved >= ?2 OR accepted >= ?2)))
		ORDER BY known_from, file, id`, at, from.String())
	if err != nil {
		return nil, err
	}
	maps.DeleteFunc(byID, func(_ string, c store.Case) bool { return c.Solved.Before(from) && c.Accepted.Before(from) })
	n, err := d.names(ctx, q, w, at, books)
	if err != nil {
		return nil, err
	}
	out := slices.SortedFunc(maps.Values(byID), compareCases)
	for i := range out {
		n.locate(&out[i].Cell, heads[out[i].ID])
	}
	return out, nil
}

// compareCases puts the latest case first; ids make the order certain.
func compareCases(a, b store.Case) int {
	return cmp.Or(b.Accepted.Time().Compare(a.Accepted.Time()), cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.ID, b.ID))
}

// scanCase reads a row in the order of the query in cases.
func scanCase(scan func(...any) error) (c store.Case, head int64, err error) {
	var since int64
	var dates [4]string
	var seized sql.NullString
	err = scan(
		&c.ID,
		&since,
		&c.Cell.Workbook,
		&head,
		&c.Cell.Ref,
		&c.Unit,
		&c.Type,
		&c.Class,
		&dates[0],
		&dates[1],
		&dates[2],
		&dates[3],
		&c.Street,
		&c.Suspects,
		&c.Detained,
		&c.Drug,
		&seized,
		&c.Campaign,
		&c.Status,
	)
	if err != nil {
		return c, 0, err
	}
	c.KnownFrom = timeOf(since)
	for i, to := range []*store.Date{&c.Occurred, &c.Accepted, &c.Solved, &c.Closed} {
		if *to, err = decodeDate(dates[i]); err != nil {
			return c, 0, err
		}
	}
	c.SeizedG, _, err = decodeValue(seized)
	return c, head, err
}

// caseCounts counts the cases by unit, class and the statistical month in which
// they were solved; those not solved yet have none.
func (d *DB) caseCounts(ctx context.Context, q querier, at int64) ([]store.CaseCount, error) {
	type group struct {
		unit, class string
		period      store.Period
	}
	rows := map[group]store.CaseCount{}
	err := each(ctx, q, func(scan func(...any) error) error {
		g := group{}
		var solved string
		var n int
		err := scan(&g.unit, &g.class, &solved, &n)
		if err != nil {
			return err
		}
		day, err := decodeDate(solved)
		if !day.IsZero() {
			g.period = d.monthOf(day)
		}
		one := rows[g]
		one.Rows += n
		if day.After(one.Newest) {
			one.Newest = day
		}
		rows[g] = one
		return err
	}, `
		SELECT unit, class, solved, count(*)
		FROM (
			SELECT id, unit, class, solved, max(known_from)
			FROM case_row
			WHERE known_from <= ?1 AND (known_to IS NULL OR known_to > ?1)
			GROUP BY id)
		GROUP BY unit, class, solved`, at)
	out := make([]store.CaseCount, 0, len(rows))
	for g, one := range rows {
		one.Unit, one.Class, one.Period = g.unit, g.class, g.period
		out = append(out, one)
	}
	slices.SortFunc(out, func(a, b store.CaseCount) int {
		return compareKeys(store.Key{Unit: a.Unit, Indicator: a.Class, Period: a.Period}, store.Key{Unit: b.Unit, Indicator: b.Class, Period: b.Period})
	})
	return out, err
}

// monthOf returns the statistical month of a day: where months start on the
// 26th, the last days of June are July's.
func (d *DB) monthOf(day store.Date) store.Period {
	month := store.PeriodAt(store.Month, day)
	if start := d.cfg.Settings.MonthStarts; start > 1 && day.Day >= start {
		return month.Add(1)
	}
	return month
}
