package sqlite

import (
	"context"
	"database/sql"
	"slices"

	"jindu/store"
)

// ledgerCount is what one file's ledger counts of a figure.
type ledgerCount struct {
	file     int64
	workbook int64
	heading  int64
	form     string
	sheet    string
	ref      string
	value    float64
	since    int64
}

// counts reads what the ledgers count of the subjects' figures. A ledger speaks
// only where it is likely to be whole: of its own unit and those below it, or of
// all units where it is of none; and of periods in which the unit has a row that
// counts: offices keep ledgers of one kind of case, in which none of the other is
// not zero. A unit with units below it is counted with them. Files that are gone
// say nothing: a figure outlives its file, a contradiction does not.
func (j *judging) counts(ctx context.Context) (map[store.Key][]ledgerCount, error) {
	out := map[store.Key][]ledgerCount{}
	units := j.db.cfg.Units
	var below []string
	for _, s := range j.subjects {
		if !slices.Contains(below, s.key.Unit) {
			below = append(below, units.Below(s.key.Unit)...)
		}
	}
	err := each(ctx, j, func(scan func(...any) error) error {
		c := ledgerCount{}
		var k store.Key
		var period, whose string
		var value sql.NullString
		err := scan(&k.Unit, &k.Indicator, &period, &c.file, &c.workbook, &c.heading, &c.form, &whose, &c.sheet, &c.ref, &value, &c.since)
		if err != nil {
			return err
		}
		if c.value, _, err = decodeValue(value); err != nil {
			return err
		}
		if k.Period, err = decodePeriod(period); err != nil {
			return err
		}
		if whose != "" && !slices.Contains(units.Below(whose), k.Unit) {
			return nil
		}
		above := map[store.Key]bool{}
		j.rejudgeAbove(k, above)
		for one := range above {
			out[one] = addCount(out[one], c)
		}
		return nil
	}, `
		SELECT
			t.unit,
			t.indicator,
			t.period,
			t.file,
			t.workbook,
			t.heading,
			t.form,
			t.whose,
			h.sheet,
			t.ref,
			t.value,
			t.since
		FROM (SELECT DISTINCT value ->> 1 AS indicator, value ->> 2 AS period FROM json_each(?)) k
		CROSS JOIN tally t ON t.indicator = k.indicator AND t.period = k.period AND t.known_to IS NULL AND t.indicator <> ''
		JOIN heading h ON h.id = t.heading
		WHERE t.unit IN (SELECT value FROM json_each(?))
		  AND EXISTS (SELECT 1 FROM place p WHERE p.file = t.file AND p.known_to IS NULL)
		  AND t.rows > 0
		ORDER BY t.file, t.heading, t.unit`, j.keys, encodeList(below))
	return out, err
}

// addCount adds what a file counts in another sheet, or of another unit below.
func addCount(all []ledgerCount, c ledgerCount) []ledgerCount {
	i := slices.IndexFunc(all, func(one ledgerCount) bool { return one.file == c.file && one.form == c.form })
	if i < 0 {
		return append(all, c)
	}
	all[i].value += c.value
	if c.since > all[i].since {
		all[i].since, all[i].sheet, all[i].ref = c.since, c.sheet, c.ref
	}
	return all
}

// holdAgainstLedgers compares a reported figure with what the ledgers count. The
// finding stands in the file that spoke last, and names the other one's place.
func (j *judging) holdAgainstLedgers(ctx context.Context, s *subject, all []ledgerCount, now float64) error {
	count := store.LedgerCount{}
	var newest ledgerCount
	for _, c := range all {
		if c.file == s.file && c.heading == s.shown.heading {
			continue // the figure is this count
		}
		count.Files = append(count.Files, c.value)
		count.AtLeast = count.AtLeast || j.atLeast(c.form, s.key.Indicator)
		if c.since > newest.since {
			newest = c
		}
	}
	if len(count.Files) == 0 || count.Agrees(now, s.shown.raw) {
		return nil
	}
	whole, err := j.wholeLedgers(ctx, s.key, all)
	if err != nil || whole.Agrees(now, s.shown.raw) {
		return err
	}
	form, _ := j.db.cfg.Catalogue.FormByCode(newest.form)
	args := []string{form.Both(), s.key.Period.String(), store.Decimal(newest.value), store.Decimal(now)}
	d := doubt{
		rule: "ledger_mismatch", args: args, suspect: true, tells: true,
		at: s.place(), workbook: s.next.workbook, beside: place{file: newest.file, sheet: newest.sheet, ref: newest.ref},
	}
	if s.since < newest.since {
		d.at, d.beside, d.workbook = d.beside, d.at, newest.workbook
	}
	j.doubt(s.key, d)
	return nil
}

// wholeLedgers returns what the ledgers count of all their units together: a
// bureau reports what all of its stations did, while the ledger names the
// stations.
func (j *judging) wholeLedgers(ctx context.Context, k store.Key, of []ledgerCount) (store.LedgerCount, error) {
	sums := map[int64]float64{}
	err := each(ctx, j, func(scan func(...any) error) error {
		var file int64
		var value sql.NullString
		if err := scan(&file, &value); err != nil {
			return err
		}
		v, _, err := decodeValue(value)
		sums[file] += v
		return err
	}, `
		SELECT t.file, t.value
		FROM tally t
		WHERE t.indicator = ? AND t.period = ? AND t.known_to IS NULL AND t.indicator <> ''
		ORDER BY t.file, t.heading, t.unit`, k.Indicator, k.Period.String())
	out := store.LedgerCount{}
	for _, c := range of {
		out.Files = append(out.Files, sums[c.file])
	}
	return out, err
}

// atLeast reports whether a report may state more than a form's ledger counts.
func (j *judging) atLeast(form, indicator string) bool {
	f, _ := j.db.cfg.Catalogue.FormByCode(form)
	return slices.ContainsFunc(f.Tallies, func(t store.FormTally) bool { return t.Indicator == indicator && t.AtLeast })
}
