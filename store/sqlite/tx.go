package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"jindu/store"
)

// tx is one writing transaction. It carries one fixed moment, after which
// everything that it changes is known.
type tx struct {
	*sql.Tx
	db      *DB
	now     int64             // microseconds since 1970 UTC
	changed bool              // something that is shown has changed
	heads   map[heading]int64 // ids of headings that it has met, see headingID
}

// write runs do in a transaction at the moment, or the next one where the
// mirror already knows a later one: a clock that was set back must not change
// what was known before. Once begun, it is not cancelled half-way.
func (d *DB) write(ctx context.Context, at time.Time, do func(context.Context, *tx) error) error {
	if d.writer == nil {
		return store.NewError("mirror_readonly", nil)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	ctx = context.WithoutCancel(ctx)
	raw, err := d.writer.BeginTx(ctx, nil)
	if err != nil {
		return d.translate(fmt.Errorf("begin: %w", err))
	}
	defer raw.Rollback()
	t := &tx{Tx: raw, db: d, heads: map[heading]int64{}}
	var clock int64
	if err := t.QueryRowContext(ctx, `SELECT clock FROM state`).Scan(&clock); err != nil {
		return d.translate(err)
	}
	t.now = max(micros(at), clock+1)
	if err := do(ctx, t); err != nil {
		return d.translate(err)
	}
	if err := t.stamp(ctx); err != nil {
		return d.translate(err)
	}
	if err := raw.Commit(); err != nil {
		return d.translate(fmt.Errorf("commit: %w", err))
	}
	d.keep(t.heads)
	return nil
}

// stamp moves the clock and the version on where something has changed.
func (t *tx) stamp(ctx context.Context) error {
	if !t.changed {
		return nil
	}
	return t.exec(ctx, `UPDATE state SET version = version + 1, clock = ?`, t.now)
}

// exec runs a statement whose outcome is only whether it failed.
func (t *tx) exec(ctx context.Context, query string, args ...any) error {
	_, err := t.ExecContext(ctx, query, args...)
	return err
}

// querier is a transaction, or a connection, that can be asked.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// each runs the query and hands each row to do.
func each(ctx context.Context, q querier, do func(scan func(...any) error) error, query string, args ...any) error {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := do(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// read runs do in one read transaction: everything that it sees is of one moment.
func (d *DB) read(ctx context.Context, do func(context.Context, querier) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	ctx = context.WithoutCancel(ctx) // a query takes milliseconds; watching for its end costs as much
	t, err := d.pool().BeginTx(ctx, nil)
	if err != nil {
		return d.translate(err)
	}
	defer t.Rollback()
	return d.translate(do(ctx, t))
}

// forever is later than any moment: as of it, only what stands is known.
const forever = math.MaxInt64

// asOf returns the moment as a number; no moment is now.
func asOf(t time.Time) int64 {
	if t.IsZero() {
		return forever
	}
	return t.UnixMicro()
}

// micros returns microseconds since 1970, 0 for no time.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// timeOf is the inverse of micros.
func timeOf(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}

// endOf returns when a row was closed, as it was known at the moment: what
// closed it later is not known yet.
func endOf(to sql.NullInt64, at int64) time.Time {
	if !to.Valid || to.Int64 > at {
		return time.Time{}
	}
	return timeOf(to.Int64)
}

// encodeValue writes a value as the shortest decimal that reads back to the same
// bits, or null where the indicator does not apply.
func encodeValue(v float64, na bool) sql.NullString {
	if na {
		return sql.NullString{} // as it is read back, so that two can be compared
	}
	return sql.NullString{String: strconv.FormatFloat(v, 'f', -1, 64), Valid: true}
}

// decodeValue reads what encodeValue wrote.
func decodeValue(s sql.NullString) (v float64, na bool, err error) {
	if !s.Valid {
		return 0, true, nil
	}
	v, err = strconv.ParseFloat(s.String, 64)
	return v, false, err
}

// encodeList writes a list of words as JSON; no list and an empty one are the same.
func encodeList(list []string) string {
	if len(list) == 0 {
		return "[]"
	}
	b, err := json.Marshal(list)
	if err != nil {
		panic(err) // strings always marshal
	}
	return string(b)
}

// decodeList reads what encodeList wrote. Words without anything to resolve,
// which are nearly all, are cut out by hand: the quote that closes one can then
// be no other.
func decodeList(s string) ([]string, error) {
	if s == "[]" {
		return nil, nil
	}
	if inner, ok := strings.CutPrefix(s, `["`); ok && strings.IndexByte(s, '\\') < 0 {
		inner, ok = strings.CutSuffix(inner, `"]`)
		list := strings.Split(inner, `","`)
		if ok && strings.Count(s, `"`) == 2*len(list) {
			return list, nil
		}
	}
	var list []string
	err := json.Unmarshal([]byte(s), &list)
	return list, err
}

// decodePeriod reads what Period.String wrote, nothing included. Months, which
// are nearly all, are read by hand: a snapshot reads thousands of them.
func decodePeriod(s string) (store.Period, error) {
	if len(s) == len("2026-06") && s[5] <= '1' {
		year, err := strconv.Atoi(s[:4])
		month, err2 := strconv.Atoi(s[5:])
		if p := store.MonthOf(year, month); err == nil && err2 == nil && p.Valid() {
			return p, nil
		}
	}
	p := store.Period{}
	err := p.UnmarshalText([]byte(s))
	return p, err
}

// decodeDate reads what Date.String wrote, nothing included.
func decodeDate(s string) (store.Date, error) {
	d := store.Date{}
	err := d.UnmarshalText([]byte(s))
	return d, err
}

// hashOf returns a fingerprint of values that JSON can write.
func hashOf(v ...any) (string, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:16]), nil
}

// plain takes out the control characters: two of them part the fields of
// packed rows, and none of them is ever part of a name.
func plain(s string) string {
	if strings.IndexFunc(s, isControl) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if isControl(r) {
			return ' '
		}
		return r
	}, s)
}

// isControl reports whether the rune moves a cursor rather than shows something.
func isControl(r rune) bool { return r < 0x20 || r == 0x7f }
