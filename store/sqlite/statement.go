package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"maps"
	"slices"
	"time"

	"jindu/store"
)

// former is a statement in force from before the workbook that is being applied.
type former struct {
	workbook int64
	value    sql.NullString
	own      bool
	pull     int64
	since    int64
	retired  bool
	sheet    string
	ref      string
}

// formerStatements returns what the file has stated so far.
func (a *applying) formerStatements(ctx context.Context) (map[store.Key]former, error) {
	out := map[store.Key]former{}
	err := each(ctx, a, func(scan func(...any) error) error {
		var k store.Key
		var period string
		f := former{}
		err := scan(&k.Unit, &k.Indicator, &period, &f.workbook, &f.value, &f.own, &f.pull, &f.since, &f.retired, &f.sheet, &f.ref)
		if err != nil {
			return err
		}
		k.Period, err = decodePeriod(period)
		out[k] = f
		return err
	}, `
		SELECT
			s.unit,
			s.indicator,
			s.period,
			s.workbook,
			s.value,
			s.own,
			s.pull,
			s.since,
			s.retired,
			h.sheet,
			s.ref
		FROM statement s
		JOIN heading h ON h.id = s.heading
		WHERE s.file = ? AND s.known_to IS NULL`, a.file)
	return out, err
}

// newStatements returns an empty collection of statements to be written.
func newStatements() *bulk {
	return &bulk{columns: 18, into: `
		INSERT INTO statement (
			workbook,
			unit,
			indicator,
			period,
			file,
			value,
			own,
			suspect,
			reported,
			heading,
			ref,
			raw,
			unit_ref,
			period_ref,
			note,
			pull,
			since,
			known_from
		)`}
}

// insertStatement writes what the new version says of one figure. As long as a
// file says the same, it has said so since the first time: a copy of last
// month's table says nothing new.
func (a *applying) insertStatement(ctx context.Context, rows *bulk, s store.Statement, old former, had bool) error {
	value := encodeValue(s.Value, s.NotApplicable)
	pull, since := a.pull, a.now
	if had && old.value == value && old.own == s.Own && !old.retired {
		pull, since = old.pull, old.since
	}
	head, err := a.headingID(ctx, s.Cell)
	if err != nil {
		return err
	}
	rows.add(
		a.book,
		s.Unit,
		s.Indicator,
		s.Period.String(),
		a.file,
		value,
		s.Own,
		s.Suspect,
		s.Reported,
		head,
		plain(s.Cell.Ref),
		plain(s.Cell.Raw),
		plain(s.Cell.UnitRef),
		plain(s.Cell.PeriodRef),
		plain(s.Cell.Note),
		pull,
		since,
		a.now,
	)
	return nil
}

// endStatement closes a statement: the file does not make it any more, or another outranks it for good.
func (t *tx) endStatement(ctx context.Context, k store.Key, old former) error {
	return t.exec(ctx, `
		UPDATE statement SET known_to = ?
		WHERE workbook = ? AND unit = ? AND indicator = ? AND period = ?`,
		t.now, old.workbook, k.Unit, k.Indicator, k.Period.String())
}

// retireStatement leaves a statement in force as one of a file that is gone.
func (t *tx) retireStatement(ctx context.Context, k store.Key, old former) error {
	return t.exec(ctx, `
		UPDATE statement SET retired = 1
		WHERE workbook = ? AND unit = ? AND indicator = ? AND period = ?`,
		old.workbook, k.Unit, k.Indicator, k.Period.String())
}

// unitPeriod is a period of which a file speaks for a unit.
type unitPeriod struct {
	unit   string
	period store.Period
}

// outlook says of which periods a new version speaks, and which units' reports
// have moved on to another period altogether.
type outlook struct {
	now    map[unitPeriod]bool
	stays  map[string]bool         // units of whom a period of before is still spoken of
	latest map[string]store.Period // the latest own period of each unit
}

// periodsNow compares the periods of the new version with those of before.
func (a *applying) periodsNow(before map[store.Key]former) outlook {
	o := outlook{map[unitPeriod]bool{}, map[string]bool{}, map[string]store.Period{}}
	for _, s := range a.kept {
		o.now[unitPeriod{s.Unit, s.Period}] = true
		if at, ok := o.latest[s.Unit]; s.Own && (!ok || at.Before(s.Period)) {
			o.latest[s.Unit] = s.Period
		}
	}
	for k := range a.aside {
		o.now[unitPeriod{k.Unit, k.Period}] = true
	}
	for k, old := range before {
		if !old.retired && o.now[unitPeriod{k.Unit, k.Period}] {
			o.stays[k.Unit] = true
		}
	}
	return o
}

// speaks reports whether the new version speaks of the key's period at all.
func (o outlook) speaks(k store.Key) bool { return o.now[unitPeriod{k.Unit, k.Period}] }

// on reports whether the file was used again for a later report, so that what
// it stated for the key's period was not taken back.
func (o outlook) on(k store.Key, stated time.Time) bool {
	latest, ok := o.latest[k.Unit]
	return ok && !o.stays[k.Unit] && store.MovedOn(k.Period, stated, latest)
}

// sortedKeys returns the keys in one order, so that the same history always
// gives the same rows.
func sortedKeys[V any](m map[store.Key]V) []store.Key {
	keys := slices.AppendSeq(make([]store.Key, 0, len(m)), maps.Keys(m))
	slices.SortFunc(keys, compareKeys)
	return keys
}

// compareKeys is an order of keys, the same at every run; no screen shows it.
func compareKeys(a, b store.Key) int {
	switch {
	case a.Unit != b.Unit:
		return cmp.Compare(a.Unit, b.Unit)
	case a.Indicator != b.Indicator:
		return cmp.Compare(a.Indicator, b.Indicator)
	case a.Period.Year != b.Period.Year:
		return cmp.Compare(a.Period.Year, b.Period.Year)
	case a.Period.Kind != b.Period.Kind:
		return cmp.Compare(a.Period.Kind, b.Period.Kind)
	default:
		return cmp.Compare(a.Period.N, b.Period.N)
	}
}
