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

// tallyShelf returns an empty shelf of counts.
func tallyShelf() *shelf[store.Tally] {
	return &shelf[store.Tally]{
		table: "tally",
		query: `
			SELECT
				file,
				known_from,
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
			FROM tally`,
		scan:  scanTally,
		unit:  func(t *store.Tally) string { return t.Unit },
		cell:  func(t *store.Tally) *store.Cell { return &t.Cell },
		since: func(t *store.Tally, from store.Date) bool { return !t.Period.End().Before(from) },
		once:  func(all []*leaf[store.Tally]) []*leaf[store.Tally] { return all },
		order: compareTallies,
	}
}

// Tallies returns what the ledgers counted as of the moment, each ledger for
// itself: by form, unit and period, counts that name an indicator first.
func (d *DB) Tallies(ctx context.Context, at time.Time) ([]store.Tally, error) {
	var out []store.Tally
	err := d.readAt(ctx, asOf(at), false, func(ctx context.Context, q querier) error {
		all, err := d.tallies.take(ctx, d, q, asOf(at), store.Date{}, map[int64]store.Workbook{})
		out = slices.Clone(all)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("tallies: %w", err)
	}
	return out, nil
}

// scanTally reads a row in the order of the shelf's query, and fails where it does
// not fit its seal.
func scanTally(scan func(...any) error, file, known, heading *int64) (t store.Tally, err error) {
	var since, seal int64
	var period string
	one := tallyRow{}
	err = scan(
		file,
		known,
		heading,
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
		return t, err
	}
	if t.Period, err = decodePeriod(period); err != nil {
		return t, err
	}
	k := tallyKey{0, t.Form, t.Unit, t.Period, t.Indicator, t.By, t.Word}
	if seal != one.seal(k) {
		return t, fmt.Errorf("count of %s: %w", t.Form, errBroken)
	}
	t.Rows, t.KnownFrom = one.rows, timeOf(since)
	t.Value, _, err = decodeValue(one.value)
	return t, err
}

// compareTallies puts counts in the order of forms, units and periods; where two
// ledgers count the same, the file and its heads make the order certain.
func compareTallies(a, b *leaf[store.Tally]) int {
	return cmp.Or(
		cmp.Compare(a.row.Form, b.row.Form),
		cmp.Compare(a.rank, b.rank),
		cmp.Compare(a.row.Unit, b.row.Unit),
		comparePeriods(a.row.Period, b.row.Period),
		cmp.Compare(b.row.Indicator, a.row.Indicator),
		cmp.Compare(a.row.By, b.row.By),
		cmp.Compare(a.row.Word, b.row.Word),
		cmp.Compare(a.file, b.file),
		cmp.Compare(a.heading, b.heading),
	)
}
