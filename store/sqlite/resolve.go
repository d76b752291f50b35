package sqlite

import (
	"context"
	"fmt"
	"slices"

	"jindu/store"
)

// resolver decides figures anew from the statements in force, one after the
// other, and keeps what is derived from them in step.
type resolver struct {
	*tx
	pull      int64
	file      int64 // the file that is being applied; 0: none
	out       store.Outcome
	marked    map[store.Key]bool // figures with an open conflict or finding of history
	live      map[int64]bool     // files, as far as they were looked up
	arrived   map[int64]int64    // workbooks, as far as they were looked up
	hashes    map[int64]string   // of workbooks, likewise
	asked     asked              // what waits for an officer and what was decided
	derived   derived
	rows      bulk                    // of history, to be opened
	reporters bulk                    // who has begun to report what
	repeated  map[[2]int64]twice      // by the file that says it again and the one that said it first
	chosen    map[int64]bool          // files that an officer chose in a conflict
	counts    map[int64]int           // of how many figures files speak, as far as they were looked up
	decided   []*subject              // figures that have a winner, until they are judged
	changed   map[store.Key]store.Num // figures that are not what they were, and what they are
	rejudge   map[store.Key]bool      // figures that have to be judged again though nothing new is stated of them
	told      map[[2]string]bool      // sheets and cells of cumulative numbers that the workbook itself contradicts
}

// newResolver makes a resolver for a pull, and the file that is being applied.
func newResolver(t *tx, pull, file int64) *resolver {
	return &resolver{
		tx:       t,
		pull:     pull,
		file:     file,
		live:     map[int64]bool{},
		arrived:  map[int64]int64{},
		hashes:   map[int64]string{},
		derived:  newDerived(),
		repeated: map[[2]int64]twice{},
		chosen:   map[int64]bool{},
		counts:   map[int64]int{},
		changed:  map[store.Key]store.Num{},
		rejudge:  map[store.Key]bool{},
		rows: bulk{columns: 11, into: `
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
			)`},
		reporters: bulk{columns: 3, into: `INSERT OR IGNORE INTO reporting (unit, indicator, known_from)`},
	}
}

// all decides every touched figure and then brings up to date what is kept of them.
func (r *resolver) all(ctx context.Context, touched map[store.Key]bool) error {
	if err := r.loadMarked(ctx); err != nil {
		return fmt.Errorf("marked: %w", err)
	}
	keys := sortedKeys(touched)
	list, err := encodeKeys(keys)
	if err != nil {
		return err
	}
	claims, err := r.claims(ctx, keys, list)
	if err != nil {
		return fmt.Errorf("claims: %w", err)
	}
	last, err := r.lastRows(ctx, keys, list)
	if err != nil {
		return fmt.Errorf("last rows: %w", err)
	}
	if r.asked, err = r.loadAsked(ctx, keys, list); err != nil {
		return fmt.Errorf("acknowledgements: %w", err)
	}
	r.rows.grow(len(keys))
	r.derived.lines.grow(len(keys))
	for i, k := range keys {
		if err := r.one(ctx, k, claims[i], last[i]); err != nil {
			return fmt.Errorf("%s %s %s: %w", k.Unit, k.Indicator, k.Period, err)
		}
	}
	if err := r.judge(ctx, touched); err != nil {
		return fmt.Errorf("judge: %w", err)
	}
	for _, rows := range []*bulk{&r.rows, &r.reporters} {
		if err := rows.flush(ctx, r.tx); err != nil {
			return fmt.Errorf("open: %w", err)
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

// one decides one figure from what is in force of it; what it comes to is
// settled when all are decided and have been judged. What was read of it before
// the first of all was decided still holds: deciding one changes no other.
func (r *resolver) one(ctx context.Context, k store.Key, claims []claim, last row) error {
	said := claims
	claims, res := r.weighed(k, claims)
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
		if err := r.forget(ctx, k); err != nil {
			return err
		}
		return r.retreat(ctx, k, last)
	case res.Winner < 0:
		return r.vanish(ctx, k, last)
	}
	if err := r.voidPast(ctx, k, said); err != nil {
		return err
	}
	winner := claims[res.Winner]
	for _, i := range res.Duplicates {
		if err := r.noteDuplicate(ctx, k, twice{claims[i], winner}); err != nil {
			return err
		}
	}
	next := row{value: winner.shown.value, suspect: winner.Suspect, workbook: winner.shown.workbook}
	return r.enter(ctx, &subject{k, last, next, winner.shown, winner.File, winner.Own, micros(winner.Since)})
}

// weighed resolves the claims. Where two files contradict each other and an
// officer has chosen, only what was chosen is left of them.
func (r *resolver) weighed(k store.Key, claims []claim) ([]claim, store.Resolution) {
	plain := plainClaims(claims)
	res := store.Resolve(plain)
	chosen, ok := store.Choice(plain, r.asked.decided[k])
	if !res.Conflict() || !ok {
		return claims, res
	}
	left := slices.DeleteFunc(slices.Clone(claims), func(c claim) bool { return c.Own && c.Number() != chosen })
	return left, store.Resolve(plainClaims(left))
}

// claim is a claim with what the board shows of its cell.
type claim struct {
	store.Claim
	shown figureRow
}

// plainClaims returns the claims as store.Resolve takes them, in the same order.
func plainClaims(claims []claim) []store.Claim {
	out := make([]store.Claim, len(claims))
	for i, c := range claims {
		out[i] = c.Claim
	}
	return out
}

// claims returns what is in force for each of the keys, which list names.
func (r *resolver) claims(ctx context.Context, keys []store.Key, list string) ([][]claim, error) {
	out := make([][]claim, len(keys))
	err := each(ctx, r, func(scan func(...any) error) error {
		at, c, retired, err := scanClaim(scan, keys)
		if err != nil {
			return err
		}
		c.Live = !retired // and its file is there, see below
		out[at] = append(out[at], c)
		return nil
	}, `
		SELECT
			k.key,
			workbook,
			file,
			statement.value,
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
			retired
		FROM json_each(?) k
		CROSS JOIN statement
		WHERE unit = k.value ->> 0 AND indicator = k.value ->> 1 AND period = k.value ->> 2 AND known_to IS NULL`, list)
	if err != nil {
		return nil, err
	}
	for _, claims := range out {
		for i := range claims {
			there, err := r.there(ctx, claims[i].File)
			if err != nil {
				return nil, err
			}
			claims[i].Live = claims[i].Live && there
		}
	}
	return out, nil
}

// scanClaim reads a row in the order of the query in claims.
func scanClaim(scan func(...any) error, keys []store.Key) (at int, c claim, retired bool, err error) {
	var since int64
	err = scan(
		&at,
		&c.shown.workbook,
		&c.File,
		&c.shown.value,
		&c.Own,
		&c.Suspect,
		&c.shown.reported,
		&c.shown.heading,
		&c.shown.ref,
		&c.shown.raw,
		&c.shown.unitRef,
		&c.shown.periodRef,
		&c.shown.note,
		&c.Pull,
		&since,
		&retired,
	)
	if err != nil {
		return 0, c, false, err
	}
	c.Key, c.shown.key = keys[at], keys[at]
	c.Since, c.Cell.Workbook, c.Cell.Ref = timeOf(since), c.shown.workbook, c.shown.ref
	c.Value, c.NotApplicable, err = decodeValue(c.shown.value)
	return at, c, retired, err
}

// there reports whether the file still lies somewhere.
func (r *resolver) there(ctx context.Context, file int64) (bool, error) {
	if live, ok := r.live[file]; ok {
		return live, nil
	}
	var places int
	err := r.QueryRowContext(ctx, `SELECT count(*) FROM place WHERE file = ? AND known_to IS NULL`, file).Scan(&places)
	r.live[file] = places > 0
	return places > 0, err
}

// arrivedAt returns when a workbook arrived, see store.Workbook.Arrived.
func (r *resolver) arrivedAt(ctx context.Context, workbook int64) (int64, error) {
	if at, ok := r.arrived[workbook]; ok {
		return at, nil
	}
	var at int64
	err := r.QueryRowContext(ctx, `
		SELECT iif(initial AND modified > 0 AND modified < received, modified, received)
		FROM workbook
		WHERE id = ?`, workbook).Scan(&at)
	r.arrived[workbook] = at
	return at, err
}

// retreat leaves a figure in conflict as it stood when the pull began: what one
// of the two files stated earlier in the same pull was never agreed.
func (r *resolver) retreat(ctx context.Context, k store.Key, last row) error {
	if !last.open || last.pull != r.pull {
		return nil
	}
	before, err := r.rowBefore(ctx, k, func(pull int64) bool { return pull == r.pull })
	switch {
	case err != nil:
		return err
	case before.version == 0:
		return r.withdraw(ctx, k, last)
	case before.same(last):
		return nil
	}
	shown, err := r.shownBy(ctx, k, before.workbook)
	if err != nil {
		return err
	}
	if err := r.settle(ctx, k, last, before, shown); err != nil {
		return err
	}
	v, na, err := decodeValue(before.value)
	r.changed[k] = store.Num{V: v, OK: !na}
	return err
}

// shownBy returns what the board shows of the cell in which a workbook states
// the figure.
func (r *resolver) shownBy(ctx context.Context, k store.Key, workbook int64) (figureRow, error) {
	f := figureRow{key: k, workbook: workbook}
	err := r.QueryRowContext(ctx, `
		SELECT reported, heading, ref, raw, unit_ref, period_ref, note
		FROM statement
		WHERE workbook = ? AND unit = ? AND indicator = ? AND period = ?`,
		workbook, k.Unit, k.Indicator, k.Period.String()).
		Scan(&f.reported, &f.heading, &f.ref, &f.raw, &f.unitRef, &f.periodRef, &f.note)
	return f, err
}

// withdraw closes the figure: nobody states it any more.
func (r *resolver) withdraw(ctx context.Context, k store.Key, last row) error {
	if !last.open {
		return nil
	}
	r.changed[k] = store.Num{}
	if err := r.closeRow(ctx, k, last); err != nil {
		return err
	}
	return r.derived.remove(ctx, r.tx, k)
}

// settle makes the figure what the row says, as a new version where that is
// another value, and as another row of the same version where it has only moved.
func (r *resolver) settle(ctx context.Context, k store.Key, last, next row, shown figureRow) error {
	next.version, next.since, next.first = last.version+1, r.now, last.first
	if next.pull = r.pull; next.apart {
		next.pull = 0
	}
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
	r.openRow(k, next)
	return r.show(ctx, next, shown)
}

// show writes the board's line of the figure.
func (r *resolver) show(ctx context.Context, f row, shown figureRow) (err error) {
	shown.version, shown.value, shown.suspect, shown.since = f.version, f.value, f.suspect, f.since
	if shown.arrived, err = r.arrivedAt(ctx, f.workbook); err != nil {
		return err
	}
	if shown.first, err = r.arrivedAt(ctx, f.first); err != nil {
		return err
	}
	r.derived.put(shown)
	return nil
}

// closeRow ends a row of the figure's history now.
func (r *resolver) closeRow(ctx context.Context, k store.Key, last row) error {
	return r.exec(ctx, `
		UPDATE figure SET known_to = ?
		WHERE unit = ? AND indicator = ? AND period = ? AND known_from = ?`,
		r.now, k.Unit, k.Indicator, k.Period.String(), last.from)
}

// openRow begins a row of the figure's history now. With the first version the
// unit has begun to report the indicator, and owes it from then on.
func (r *resolver) openRow(k store.Key, f row) {
	r.rows.add(k.Unit, k.Indicator, k.Period.String(), r.now, f.version, f.since, f.pull, f.value, f.suspect, f.workbook, f.first)
	if f.version == 1 {
		r.reporters.add(k.Unit, k.Indicator, r.now)
	}
}

// voidPast ends what files that are gone, or have moved on, say of a figure
// that a file which is there reports itself: they cannot defend it any more,
// and must not come back when that file goes too.
func (r *resolver) voidPast(ctx context.Context, k store.Key, claims []claim) error {
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
