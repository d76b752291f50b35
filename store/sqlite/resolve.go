package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"jindu/store"
)

// resolver decides figures anew from the statements in force, one after the
// other, and keeps what is derived from them in step.
type resolver struct {
	*tx
	pull       int64
	file       int64 // the file that is being applied; 0: none
	out        store.Outcome
	marked     map[store.Key]bool // figures with an open conflict or finding of history
	derived    derived
	duplicates map[[2]int64]store.Finding // by the file that says it again and the one that said it first
}

func newResolver(t *tx, pull, file int64) *resolver {
	return &resolver{tx: t, pull: pull, file: file, derived: newDerived(), duplicates: map[[2]int64]store.Finding{}}
}

// all decides every touched figure and then brings totals up to date.
func (r *resolver) all(ctx context.Context, touched map[store.Key]bool) error {
	if err := r.loadMarked(ctx); err != nil {
		return fmt.Errorf("marked: %w", err)
	}
	for _, k := range sortedKeys(touched) {
		if err := r.one(ctx, k); err != nil {
			return fmt.Errorf("%s %s %s: %w", k.Unit, k.Indicator, k.Period, err)
		}
	}
	if r.file != 0 {
		if err := r.recordDuplicates(ctx); err != nil {
			return fmt.Errorf("duplicates: %w", err)
		}
	}
	return r.refresh(ctx, r.derived)
}

// loadMarked finds the figures about which something is open that deciding them
// anew may close: they are few, and for all others there is nothing to look up.
func (r *resolver) loadMarked(ctx context.Context) error {
	r.marked = map[store.Key]bool{}
	return eachKey(ctx, r, func(k store.Key) { r.marked[k] = true }, `
		SELECT unit, indicator, period
		FROM conflict
		WHERE known_to IS NULL
		UNION
		SELECT unit, indicator, period
		FROM finding
		WHERE known_to IS NULL AND other IS NOT NULL`)
}

func (r *resolver) one(ctx context.Context, k store.Key) error {
	claims, err := r.claims(ctx, k)
	if err != nil {
		return err
	}
	last, err := r.lastRow(ctx, k)
	if err != nil {
		return err
	}
	res := store.Resolve(claims)
	if r.marked[k] || res.Conflict() || len(res.Differing) > 0 {
		if err := r.recordConflict(ctx, k, res.Conflict()); err != nil {
			return err
		}
		if err := r.recordHistory(ctx, k, claims, res); err != nil {
			return err
		}
	}
	switch {
	case res.Conflict():
		r.out.Conflicts++
		return r.retreat(ctx, k, last)
	case res.Winner < 0:
		return r.withdraw(ctx, k, last)
	}
	if err := r.voidPast(ctx, k, claims); err != nil {
		return err
	}
	for _, i := range res.Duplicates {
		r.noteDuplicate(claims[i], claims[res.Winner])
	}
	return r.settle(ctx, k, last, row{
		value:    encodeValue(claims[res.Winner].Value, claims[res.Winner].NotApplicable),
		suspect:  claims[res.Winner].Suspect,
		workbook: claims[res.Winner].Cell.Workbook,
	})
}

// claims returns what is in force for the key.
func (r *resolver) claims(ctx context.Context, k store.Key) ([]store.Claim, error) {
	var out []store.Claim
	err := each(ctx, r, func(scan func(...any) error) error {
		c := store.Claim{Statement: store.Statement{Key: k}}
		var value sql.NullString
		var since int64
		err := scan(&c.Cell.Workbook, &c.File, &value, &c.Own, &c.Suspect, &c.Pull, &since, &c.Live, &c.Cell.Sheet, &c.Cell.Ref)
		if err != nil {
			return err
		}
		c.Since = timeOf(since)
		c.Value, c.NotApplicable, err = decodeValue(value)
		out = append(out, c)
		return err
	}, `
		SELECT
			s.workbook,
			s.file,
			s.value,
			s.own,
			s.suspect,
			s.pull,
			s.since,
			s.retired = 0 AND EXISTS (SELECT 1 FROM place p WHERE p.file = s.file AND p.known_to IS NULL),
			h.sheet,
			s.ref
		FROM statement s
		JOIN heading h ON h.id = s.heading
		WHERE s.unit = ? AND s.indicator = ? AND s.period = ? AND s.known_to IS NULL
		ORDER BY s.workbook`,
		k.Unit, k.Indicator, k.Period.String())
	return out, err
}

// row is a row of a figure's history.
type row struct {
	from     int64
	to       sql.NullInt64
	open     bool
	version  int // 0: there is no row
	since    int64
	pull     int64
	value    sql.NullString
	suspect  bool
	workbook int64
	first    int64
}

// same reports whether two rows are one version of the figure.
func (a row) same(b row) bool { return a.value == b.value && a.suspect == b.suspect }

const rowColumns = `
	SELECT
		known_from,
		known_to,
		known_to IS NULL,
		version,
		since,
		pull,
		value,
		suspect,
		workbook,
		first
	FROM figure
	WHERE unit = ? AND indicator = ? AND period = ?`

// lastRow returns the last row of the figure's history, open or closed.
func (t *tx) lastRow(ctx context.Context, k store.Key) (row, error) {
	return scanRow(t.QueryRowContext(ctx, rowColumns+`
		ORDER BY known_from DESC
		LIMIT 1`, k.Unit, k.Indicator, k.Period.String()))
}

// rowBefore returns the row that stood when the pull began and has not been
// taken back since; no row for none.
func (r *resolver) rowBefore(ctx context.Context, k store.Key) (row, error) {
	before, err := scanRow(r.QueryRowContext(ctx, rowColumns+` AND pull <> ?
		ORDER BY known_from DESC
		LIMIT 1`, k.Unit, k.Indicator, k.Period.String(), r.pull))
	if err != nil || before.version == 0 {
		return row{}, err
	}
	end, gap := before.to.Int64, false
	err = each(ctx, r, func(scan func(...any) error) error {
		var from int64
		var to sql.NullInt64
		err := scan(&from, &to)
		gap = gap || from != end
		end = to.Int64
		return err
	}, `
		SELECT known_from, known_to
		FROM figure
		WHERE unit = ? AND indicator = ? AND period = ? AND known_from > ?
		ORDER BY known_from`, k.Unit, k.Indicator, k.Period.String(), before.from)
	if err != nil || gap {
		return row{}, err
	}
	return before, nil
}

func scanRow(q *sql.Row) (row, error) {
	f := row{}
	err := q.Scan(&f.from, &f.to, &f.open, &f.version, &f.since, &f.pull, &f.value, &f.suspect, &f.workbook, &f.first)
	if errors.Is(err, sql.ErrNoRows) {
		return row{}, nil
	}
	return f, err
}

// retreat leaves a figure in conflict as it stood when the pull began: what one
// of the two files stated earlier in the same pull was never agreed.
func (r *resolver) retreat(ctx context.Context, k store.Key, last row) error {
	if !last.open || last.pull != r.pull {
		return nil
	}
	before, err := r.rowBefore(ctx, k)
	switch {
	case err != nil:
		return err
	case before.version == 0:
		return r.withdraw(ctx, k, last)
	case before.same(last):
		return nil
	}
	return r.settle(ctx, k, last, before)
}

// withdraw closes the figure: nobody states it any more.
func (r *resolver) withdraw(ctx context.Context, k store.Key, last row) error {
	if !last.open {
		return nil
	}
	if err := r.closeRow(ctx, k, last); err != nil {
		return err
	}
	return r.derived.remove(ctx, r.tx, k)
}

// settle makes the figure what the row says, as a new version where that is
// another value, and as another row of the same version where it has only moved.
func (r *resolver) settle(ctx context.Context, k store.Key, last, next row) error {
	next.version, next.since, next.first = last.version+1, r.now, last.first
	switch {
	case last.open && last.same(next) && last.workbook == next.workbook:
		r.out.Unchanged++
		return nil
	case last.open && last.same(next):
		next.version, next.since = last.version, last.since
		r.out.Unchanged++
	case last.open:
		r.out.Corrected++
	default:
		r.out.Opened++
	}
	if last.open {
		if err := r.closeRow(ctx, k, last); err != nil {
			return err
		}
	}
	if next.first == 0 {
		next.first = next.workbook
	}
	if err := r.openRow(ctx, k, next); err != nil {
		return err
	}
	return r.derived.put(ctx, r.tx, k)
}

func (r *resolver) closeRow(ctx context.Context, k store.Key, last row) error {
	return r.exec(ctx, `
		UPDATE figure SET known_to = ?
		WHERE unit = ? AND indicator = ? AND period = ? AND known_from = ?`,
		r.now, k.Unit, k.Indicator, k.Period.String(), last.from)
}

func (r *resolver) openRow(ctx context.Context, k store.Key, f row) error {
	err := r.exec(ctx, `
		INSERT INTO figure (
			unit,
			indicator,
			period,
			known_from,
			version,
			since,
			pull,
			value,
			suspect,
			workbook,
			first
		) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		k.Unit,
		k.Indicator,
		k.Period.String(),
		r.now,
		f.version,
		f.since,
		r.pull,
		f.value,
		f.suspect,
		f.workbook,
		f.first,
	)
	if err != nil || f.version > 1 {
		return err
	}
	return r.exec(ctx, `INSERT INTO reporting (unit, indicator, known_from) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`,
		k.Unit, k.Indicator, r.now)
}

// voidPast ends what files that are gone, or have moved on, say of a figure
// that a file which is there reports itself: they cannot defend it any more,
// and must not come back when that file goes too.
func (r *resolver) voidPast(ctx context.Context, k store.Key, claims []store.Claim) error {
	live := false
	for _, c := range claims {
		live = live || c.Own && c.Live
	}
	if !live {
		return nil
	}
	for _, c := range claims {
		if !c.Own || c.Live {
			continue
		}
		if err := r.endStatement(ctx, k, former{workbook: c.Cell.Workbook}); err != nil {
			return err
		}
	}
	return nil
}

// recordConflict opens or closes the conflict about a figure.
func (r *resolver) recordConflict(ctx context.Context, k store.Key, conflict bool) error {
	if !conflict {
		return r.exec(ctx, `
			UPDATE conflict SET known_to = ?
			WHERE unit = ? AND indicator = ? AND period = ? AND known_to IS NULL`,
			r.now, k.Unit, k.Indicator, k.Period.String())
	}
	return r.exec(ctx, `
		INSERT INTO conflict (unit, indicator, period, known_from)
		SELECT ?1, ?2, ?3, ?4
		WHERE NOT EXISTS (
			SELECT 1
			FROM conflict
			WHERE unit = ?1 AND indicator = ?2 AND period = ?3 AND known_to IS NULL)`,
		k.Unit, k.Indicator, k.Period.String(), r.now)
}
