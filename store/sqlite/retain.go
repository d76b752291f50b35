package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"time"

	"jindu/store"
)

// How much one step of the retention looks at and removes: pulls, officers and a
// kill come between two of them.
const (
	retainVersions  = 1000
	retainWorkbooks = 100
	retainRows      = 1000
)

// Retain removes what the retention does not want kept any more, and returns what
// that was. What stands, what a closed period rests on and what waits for an
// officer stays, and so do the register of the workbooks that came and all that
// officers decided. From the first thing that goes, moments as of which it was
// known are refused; a mirror in which there is nothing to remove answers for all
// of its past.
//
// It works in many small transactions. Whoever dies between two of them leaves a
// mirror that is whole, and the next call goes on.
func (d *DB) Retain(ctx context.Context, rules store.Retention, now time.Time) (store.Removal, error) {
	r := d.newRetaining(rules, now)
	for _, step := range []struct {
		name string
		do   func(context.Context) error
	}{
		{"versions", r.versions},
		{"waits", r.waits},
		{"statements", r.statements},
		{"rows", r.rows},
		{"findings", r.findings},
		{"pulls", r.pulls},
		{"note", r.note},
	} {
		if err := step.do(ctx); err != nil {
			return r.gone, fmt.Errorf("retain: %s: %w", step.name, d.translate(err))
		}
	}
	return r.gone, nil
}

// Retained returns when the retention last went through the whole mirror; zero
// where it never has.
func (d *DB) Retained(ctx context.Context) (time.Time, error) {
	var at int64
	err := d.read(ctx, func(ctx context.Context, q querier) error {
		return q.QueryRowContext(ctx, `SELECT retained FROM state`).Scan(&at)
	})
	if err != nil {
		return time.Time{}, fmt.Errorf("retained: %w", err)
	}
	return timeOf(at), nil
}

// retaining is one going through the mirror. Rows that ended at or before one of
// its moments are looked at; 0 is before everything.
type retaining struct {
	db           *DB
	now          time.Time
	keptFrom     int64
	findingsFrom int64
	until        int64 // of all but findings: a day before keptFrom, since the changes of a day are shown
	closedUntil  int64 // of corrections of closed periods
	closes       map[string]int64
	open         map[int64]bool // pulls that are under way, or that the next one goes on from
	log          int64          // row that says what was removed; 0: nothing yet
	gone         store.Removal
}

// newRetaining works out the moments.
func (d *DB) newRetaining(rules store.Retention, now time.Time) *retaining {
	here := d.inZone(now)
	r := &retaining{
		db:           d,
		now:          now,
		keptFrom:     micros(rules.KeptFrom(here)),
		findingsFrom: micros(rules.FindingsFrom(here)),
		closedUntil:  micros(rules.ClosedFrom(here)),
		closes:       map[string]int64{},
		gone:         store.Removal{At: now},
	}
	if r.keptFrom > 0 {
		r.until = r.keptFrom - day.Microseconds()
		r.closedUntil -= day.Microseconds()
	}
	return r
}

// step runs do in a transaction of its own. What it removed is noted in the same
// one, with the moments that the mirror cannot tell of any more.
func (r *retaining) step(ctx context.Context, do func(context.Context, *tx, *store.Removal) error) error {
	var gone store.Removal
	err := r.db.write(ctx, r.now, func(ctx context.Context, t *tx) error {
		gone = store.Removal{}
		if err := do(ctx, t, &gone); err != nil || gone.IsZero() {
			return err
		}
		return r.record(ctx, t, gone)
	})
	if err == nil {
		r.gone.Versions += gone.Versions
		r.gone.Statements += gone.Statements
		r.gone.Rows += gone.Rows
		r.gone.Findings += gone.Findings
		r.gone.Pulls += gone.Pulls
	}
	return err
}

// record moves the moments on and adds to the row that says what was removed.
func (r *retaining) record(ctx context.Context, t *tx, gone store.Removal) error {
	keptFrom, findingsFrom := int64(0), int64(0)
	if gone.Findings > 0 {
		findingsFrom = r.findingsFrom
	}
	if gone.Versions+gone.Statements+gone.Rows+gone.Pulls > 0 {
		keptFrom = r.keptFrom
	}
	err := t.exec(ctx, `UPDATE state SET kept_from = max(kept_from, ?), findings_from = max(findings_from, ?)`, keptFrom, findingsFrom)
	if err != nil {
		return err
	}
	if r.log == 0 {
		made, err := t.ExecContext(ctx, `INSERT INTO removal (at, kept_from, findings_from) VALUES (?, 0, 0)`, micros(r.now))
		if err != nil {
			return err
		}
		if r.log, err = made.LastInsertId(); err != nil {
			return err
		}
	}
	return t.exec(ctx, `
		UPDATE removal SET
			kept_from = (SELECT kept_from FROM state),
			findings_from = (SELECT findings_from FROM state),
			versions = versions + ?,
			statements = statements + ?,
			rows = rows + ?,
			findings = findings + ?,
			pulls = pulls + ?
		WHERE id = ?`,
		gone.Versions, gone.Statements, gone.Rows, gone.Findings, gone.Pulls, r.log)
}

// closedRow is a row of a figure's history that has ended, and what followed it.
type closedRow struct {
	unit, indicator, period string
	from, to, since         int64
	version                 int
	next                    sql.NullInt64 // version of the row after it; none: it is the last
	begun                   sql.NullInt64 // when the row after it did, or its version: its own first rows may be gone
	pull                    sql.NullInt64 // that opened the row after it
}

// versions removes old rows of the figures' history, in the order of the figures.
func (r *retaining) versions(ctx context.Context) error {
	if r.until <= 0 {
		return nil
	}
	if err := r.openPulls(ctx); err != nil {
		return err
	}
	last := closedRow{}
	for {
		batch, err := r.closedRows(ctx, last)
		if err != nil || len(batch) == 0 {
			return err
		}
		last = batch[len(batch)-1]
		var old []closedRow
		for _, f := range batch {
			spare, err := r.spares(f)
			if err != nil {
				return err
			}
			if !spare {
				old = append(old, f)
			}
		}
		if len(old) == 0 {
			continue
		}
		err = r.step(ctx, func(ctx context.Context, t *tx, gone *store.Removal) error {
			for _, f := range old {
				err := t.exec(ctx, `DELETE FROM figure WHERE unit = ? AND indicator = ? AND period = ? AND known_from = ?`,
					f.unit, f.indicator, f.period, f.from)
				if err != nil {
					return err
				}
			}
			gone.Versions = len(old)
			return nil
		})
		if err != nil {
			return err
		}
	}
}

// openPulls finds the pulls that may still hold a value against what stood before
// them: what their rows followed on must not go.
func (r *retaining) openPulls(ctx context.Context) error {
	r.open = map[int64]bool{}
	return r.db.read(ctx, func(ctx context.Context, q querier) error {
		return each(ctx, q, func(scan func(...any) error) error {
			var id int64
			err := scan(&id)
			r.open[id] = true
			return err
		}, `
			SELECT p.id
			FROM pull p
			WHERE p.ended IS NULL
			  AND NOT EXISTS (SELECT 1 FROM pull o WHERE o.source = p.source AND o.id > p.id AND o.ended IS NOT NULL)`)
	})
}

// closedRows reads the next rows after the last one that ended long ago.
func (r *retaining) closedRows(ctx context.Context, last closedRow) ([]closedRow, error) {
	var out []closedRow
	err := r.db.read(ctx, func(ctx context.Context, q querier) error {
		return each(ctx, q, func(scan func(...any) error) error {
			f := closedRow{}
			err := scan(&f.unit, &f.indicator, &f.period, &f.from, &f.to, &f.since, &f.version, &f.next, &f.begun, &f.pull)
			out = append(out, f)
			return err
		}, `
			SELECT
				f.unit,
				f.indicator,
				f.period,
				f.known_from,
				f.known_to,
				f.since,
				f.version,
				n.version,
				iif(n.version = f.version, n.known_from, n.since),
				n.pull
			FROM figure f
			LEFT JOIN figure n ON n.unit = f.unit AND n.indicator = f.indicator AND n.period = f.period
			 AND n.known_from = (
				SELECT min(o.known_from)
				FROM figure o
				WHERE o.unit = f.unit AND o.indicator = f.indicator AND o.period = f.period AND o.known_from > f.known_from)
			WHERE (f.unit, f.indicator, f.period, f.known_from) > (?1, ?2, ?3, ?4) AND f.known_to <= ?5
			ORDER BY f.unit, f.indicator, f.period, f.known_from
			LIMIT ?6`, last.unit, last.indicator, last.period, last.from, r.until, retainVersions)
	})
	return out, err
}

// spares reports whether a row that ended long ago stays: the last of its figure,
// or the last before it was stated anew not so long ago, which is told as a change;
// the one that stood when the period closed, and the last one of that version,
// which says when it ended; for years the last row of every version that corrected
// the period afterwards; and what a pull that is under way has changed.
func (r *retaining) spares(f closedRow) (bool, error) {
	closes, err := r.closesAt(f.period)
	if err != nil {
		return true, err
	}
	last := int(f.next.Int64) != f.version // of its version
	switch stood := f.to >= closes; {
	case !f.next.Valid, f.begun.Int64 > r.until, r.open[f.pull.Int64], stood && f.from < closes:
		return true, nil
	case stood && f.since < closes:
		return last, nil
	default:
		return f.since >= closes && last && f.to > r.closedUntil, nil
	}
}

// closesAt returns the moment from which a period is closed.
func (r *retaining) closesAt(period string) (int64, error) {
	if at, ok := r.closes[period]; ok {
		return at, nil
	}
	p, err := decodePeriod(period)
	if err != nil {
		return 0, err
	}
	at, s := int64(math.MaxInt64), r.db.cfg.Settings
	if s.CloseDays > 0 {
		zone := s.Zone
		if zone == nil {
			zone = time.UTC
		}
		at = micros(s.Closes(p).Add(1).In(zone))
	}
	r.closes[period] = at
	return at, nil
}

// waits removes values that once waited: those of closed periods were corrections
// of them, and stay as long.
func (r *retaining) waits(ctx context.Context) error {
	if r.until <= 0 {
		return nil
	}
	return r.step(ctx, func(ctx context.Context, t *tx, gone *store.Removal) (err error) {
		gone.Rows, err = t.count(ctx, `DELETE FROM pending WHERE known_to <= iif(why = 'large', ?, ?)`, r.until, r.closedUntil)
		return err
	})
}

// unheld is the condition that an old version of a workbook, w, still has
// statements but that nothing rests on any of them: a version is kept whole or
// not at all, so that the cells around a cell are never half there. ?1 is the
// moment at which it must have ended.
const unheld = `
	w.known_to <= ?1
	AND EXISTS (SELECT 1 FROM statement s WHERE s.workbook = w.id)
	AND NOT EXISTS (SELECT 1 FROM statement s WHERE s.workbook = w.id AND (s.known_to IS NULL OR s.known_to > ?1))
	AND NOT EXISTS (
		SELECT 1
		FROM statement s
		CROSS JOIN figure f ON f.unit = s.unit AND f.indicator = s.indicator AND f.period = s.period AND f.workbook = s.workbook
		WHERE s.workbook = w.id)
	AND NOT EXISTS (
		SELECT 1
		FROM statement s
		CROSS JOIN pending p ON p.unit = s.unit AND p.indicator = s.indicator AND p.period = s.period AND p.workbook = s.workbook
		WHERE s.workbook = w.id)`

// statements removes what old versions of workbooks said, where nothing rests on
// it. That a version came, when and with which bytes, stays known.
func (r *retaining) statements(ctx context.Context) error {
	if r.until <= 0 {
		return nil
	}
	last := int64(0)
	for {
		var ids []int64
		err := r.db.read(ctx, func(ctx context.Context, q querier) error {
			return each(ctx, q, func(scan func(...any) error) error {
				err := scan(&last)
				ids = append(ids, last)
				return err
			}, `SELECT w.id FROM workbook w WHERE w.id > ?2 AND`+unheld+` ORDER BY w.id LIMIT ?3`, r.until, last, retainWorkbooks)
		})
		if err != nil || len(ids) == 0 {
			return err
		}
		err = r.step(ctx, func(ctx context.Context, t *tx, gone *store.Removal) (err error) {
			gone.Statements, err = t.count(ctx, `
				DELETE FROM statement
				WHERE workbook IN (
					SELECT w.id
					FROM json_each(?2) k
					CROSS JOIN workbook w ON w.id = k.value
					WHERE`+unheld+`)`, r.until, encodeIDs(ids)) // once more: an officer may have gone back to one
			return err
		})
		if err != nil {
			return err
		}
	}
}

// rows removes rows of ledgers that stand no more, and what was once set aside or
// contradicted.
func (r *retaining) rows(ctx context.Context) error {
	for _, table := range []string{"task", "case_row", "record", "tally", "set_aside", "conflict"} {
		n, err := r.ended(ctx, table, r.until, func(gone *store.Removal) *int { return &gone.Rows })
		if err != nil {
			return fmt.Errorf("%s: %d: %w", table, n, err)
		}
	}
	return nil
}

// findings removes findings that hold no more.
func (r *retaining) findings(ctx context.Context) error {
	_, err := r.ended(ctx, "finding", r.findingsFrom, func(gone *store.Removal) *int { return &gone.Findings })
	return err
}

// ended removes the rows of a table that ended long ago, the oldest first.
func (r *retaining) ended(ctx context.Context, table string, until int64, of func(*store.Removal) *int) (all int, err error) {
	for until > 0 {
		var n int
		err := r.step(ctx, func(ctx context.Context, t *tx, gone *store.Removal) (err error) {
			n, err = t.count(ctx, `
				DELETE FROM `+table+`
				WHERE known_to <= ?1 AND known_to <= coalesce((
					SELECT known_to
					FROM `+table+`
					WHERE known_to <= ?1
					ORDER BY known_to
					LIMIT 1 OFFSET ?2), ?1)`, until, retainRows)
			*of(gone) = n
			return err
		})
		if all += n; err != nil || n == 0 {
			return all, err
		}
	}
	return all, nil
}

// pulls removes the notes of looks at the sources, save those that a snapshot as
// of a moment which is still told would show, and the first that went well: it
// made every later one not the initial one.
func (r *retaining) pulls(ctx context.Context) error {
	if r.until <= 0 {
		return nil
	}
	sources, err := r.db.sources(ctx)
	if err != nil {
		return err
	}
	for _, source := range sources {
		err := r.step(ctx, func(ctx context.Context, t *tx, gone *store.Removal) (err error) {
			gone.Pulls, err = t.count(ctx, `
				DELETE FROM pull
				WHERE source = ?1 AND coalesce(ended, started) <= ?2
				  AND id < (SELECT id FROM pull WHERE source = ?1 AND ended <= ?2 ORDER BY id DESC LIMIT 1 OFFSET ?3)
				  AND id <> (SELECT coalesce(min(id), 0) FROM pull WHERE source = ?1 AND ended IS NOT NULL AND error = '')`,
				source, r.until, pullsShown)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// note notes that all of the mirror was gone through.
func (r *retaining) note(ctx context.Context) error {
	return r.db.write(ctx, r.now, func(ctx context.Context, t *tx) error {
		err := t.exec(ctx, `UPDATE state SET retained = ?`, micros(r.now))
		if err != nil {
			return err
		}
		var kept, findings int64
		err = t.QueryRowContext(ctx, `SELECT kept_from, findings_from FROM state`).Scan(&kept, &findings)
		r.gone.KeptFrom, r.gone.FindingsFrom = timeOf(kept), timeOf(findings)
		return err
	})
}

// count runs a statement and returns how many rows it changed.
func (t *tx) count(ctx context.Context, query string, args ...any) (int, error) {
	done, err := t.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	n, err := done.RowsAffected()
	return int(n), err
}
