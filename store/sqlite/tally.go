package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"jindu/store"
)

// tallyKey names one count of a ledger's sheet.
type tallyKey struct {
	heading   int64
	form      string
	unit      string
	period    store.Period
	indicator string
	field     string
	word      string
}

// ofFigure returns the figure that the count can be held against.
func (k tallyKey) ofFigure() store.Key {
	return store.Key{Unit: k.unit, Indicator: k.indicator, Period: k.period}
}

// tallyRow is what a count says, and where.
type tallyRow struct {
	value sql.NullString
	rows  int
	ref   string
	since int64
	sheet string
}

// same reports whether two counts say the same.
func (a tallyRow) same(b tallyRow) bool { return a.value == b.value && a.rows == b.rows }

// newTallies returns an empty collection of counts to be written.
func newTallies() *bulk {
	return &bulk{columns: 16, into: `
		INSERT INTO tally (
			file,
			heading,
			form,
			unit,
			period,
			indicator,
			field,
			word,
			known_from,
			since,
			workbook,
			whose,
			ref,
			value,
			rows,
			seal
		)`}
}

// recordTallies makes the open counts of the file those of the new version.
// Counts of a sheet that was refused stay.
func (a *applying) recordTallies(ctx context.Context) error {
	before, err := a.formerTallies(ctx)
	if err != nil || len(before)+len(a.reading.Tallies) == 0 {
		return err
	}
	now, err := a.talliesNow(ctx)
	if err != nil {
		return err
	}
	for k, old := range before {
		if _, still := now[k]; !still && a.refusedSheet(old.sheet) {
			continue
		}
		a.rejudgeCount(k)
		if err := a.endTally(ctx, k); err != nil {
			return err
		}
	}
	rows := newTallies()
	for _, k := range slices.SortedFunc(maps.Keys(now), compareTallyKeys) {
		one := now[k]
		one.since = a.now
		if old, had := before[k]; had && old.same(one) {
			one.since = old.since
		}
		a.rejudgeCount(k) // though it says the same: the file may have been away
		rows.add(a.file, k.heading, k.form, k.unit, k.period.String(), k.indicator, k.field, k.word,
			a.now, one.since, a.book, a.sheetUnit(one.sheet), one.ref, one.value, one.rows, one.seal(k))
	}
	return rows.flush(ctx, a.tx)
}

// seal returns the checksum over the count and what it counts.
func (a tallyRow) seal(k tallyKey) int64 {
	return sealOf(k.form, k.unit, k.period.String(), k.indicator, k.field, k.word, a.value.String, strconv.Itoa(a.rows))
}

// talliesNow gathers what the new version counts. What a sheet counts twice, in
// two tables, is one count.
func (a *applying) talliesNow(ctx context.Context) (map[tallyKey]tallyRow, error) {
	values := map[tallyKey]float64{}
	out := map[tallyKey]tallyRow{}
	for _, t := range a.reading.Tallies {
		head, err := a.headingID(ctx, t.Cell)
		if err != nil {
			return nil, err
		}
		k := tallyKey{head, t.Form, t.Unit, t.Period, t.Indicator, t.By, plain(t.Word)}
		one, twice := out[k]
		if !twice {
			one.ref, one.sheet = plain(t.Cell.Ref), plain(t.Cell.Sheet)
		}
		values[k] += t.Value
		one.rows += t.Rows
		one.value = encodeValue(values[k], false)
		out[k] = one
	}
	return out, nil
}

// formerTallies returns the file's open counts.
func (a *applying) formerTallies(ctx context.Context) (map[tallyKey]tallyRow, error) {
	out := map[tallyKey]tallyRow{}
	err := each(ctx, a, func(scan func(...any) error) error {
		k, t := tallyKey{}, tallyRow{}
		var period string
		err := scan(&k.heading, &k.form, &k.unit, &period, &k.indicator, &k.field, &k.word, &t.value, &t.rows, &t.ref, &t.since, &t.sheet)
		if err != nil {
			return err
		}
		k.period, err = decodePeriod(period)
		out[k] = t
		return err
	}, `
		SELECT
			t.heading,
			t.form,
			t.unit,
			t.period,
			t.indicator,
			t.field,
			t.word,
			t.value,
			t.rows,
			t.ref,
			t.since,
			h.sheet
		FROM tally t
		JOIN heading h ON h.id = t.heading
		WHERE t.known_to IS NULL AND t.file = ?`, a.file)
	return out, err
}

// endTally closes a count.
func (a *applying) endTally(ctx context.Context, k tallyKey) error {
	return a.exec(ctx, `
		UPDATE tally SET known_to = ?
		WHERE file = ? AND heading = ? AND form = ? AND unit = ? AND period = ?
		  AND indicator = ? AND field = ? AND word = ? AND known_to IS NULL`,
		a.now, a.file, k.heading, k.form, k.unit, k.period.String(), k.indicator, k.field, k.word)
}

// compareTallyKeys is an order of counts, the same at every run.
func compareTallyKeys(a, b tallyKey) int {
	return cmp.Or(
		cmp.Compare(a.heading, b.heading),
		cmp.Compare(a.form, b.form),
		compareKeys(a.ofFigure(), b.ofFigure()),
		cmp.Compare(a.field, b.field),
		cmp.Compare(a.word, b.word),
	)
}

// Tallies returns what the ledgers counted as of the moment, each ledger for
// itself: by form, unit and period, counts that name an indicator first.
func (d *DB) Tallies(ctx context.Context, at time.Time) ([]store.Tally, error) {
	var out []store.Tally
	err := d.read(ctx, func(ctx context.Context, q querier) (err error) {
		out, err = d.tallies(ctx, q, asOf(at))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("tallies: %w", err)
	}
	return out, nil
}

// tallies is Tallies within its transaction.
func (d *DB) tallies(ctx context.Context, q querier, at int64) ([]store.Tally, error) {
	var out []store.Tally
	var heads []int64 // one for one
	w := newWanted()
	err := each(ctx, q, func(scan func(...any) error) error {
		t, head, err := scanTally(scan)
		w.note(head, t.Cell.Workbook)
		out, heads = append(out, t), append(heads, head)
		return err
	}, `
		SELECT
			heading,
			form,
			unit,
			period,
			indicator,
			field,
			word,
			since,
			workbook,
			ref,
			value,
			rows,
			seal
		FROM tally
		WHERE known_from <= ?1 AND (known_to IS NULL OR known_to > ?1)
		ORDER BY file, heading, form, unit, period, indicator, field, word`, at)
	if err != nil {
		return nil, err
	}
	n, err := d.names(ctx, q, w, at, map[int64]store.Workbook{})
	if err != nil {
		return nil, err
	}
	for i := range out {
		n.locate(&out[i].Cell, heads[i])
	}
	slices.SortStableFunc(out, d.compareTallies)
	return out, nil
}

// scanTally reads a row in the order of the query in tallies, and fails where it
// does not fit its seal.
func scanTally(scan func(...any) error) (t store.Tally, head int64, err error) {
	var since, seal int64
	var period string
	one := tallyRow{}
	err = scan(
		&head,
		&t.Form,
		&t.Unit,
		&period,
		&t.Indicator,
		&t.By,
		&t.Word,
		&since,
		&t.Cell.Workbook,
		&t.Cell.Ref,
		&one.value,
		&one.rows,
		&seal,
	)
	if err != nil {
		return t, 0, err
	}
	if t.Period, err = decodePeriod(period); err != nil {
		return t, 0, err
	}
	k := tallyKey{0, t.Form, t.Unit, t.Period, t.Indicator, t.By, t.Word}
	if seal != one.seal(k) {
		return t, 0, fmt.Errorf("count of %s: %w", t.Form, errBroken)
	}
	t.Rows, t.KnownFrom = one.rows, timeOf(since)
	t.Value, _, err = decodeValue(one.value)
	return t, head, err
}

// compareTallies puts counts in the order of forms, units and periods.
func (d *DB) compareTallies(a, b store.Tally) int {
	return cmp.Or(
		cmp.Compare(a.Form, b.Form),
		cmp.Compare(d.cfg.Units.Rank(a.Unit), d.cfg.Units.Rank(b.Unit)),
		cmp.Compare(a.Unit, b.Unit),
		comparePeriods(a.Period, b.Period),
		cmp.Compare(b.Indicator, a.Indicator),
		cmp.Compare(a.By, b.By),
		cmp.Compare(a.Word, b.Word),
	)
}
