package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"jindu/store"
)

// asked is what the resolver must know of officers: which values wait for them,
// and what they decided.
type asked struct {
	waits   map[store.Key]waiting
	decided map[store.Key][]store.Acknowledgement
	pulls   map[int64]bool // this pull, and those of its source that died before it
}

// waiting is an open row of a figure's pending values.
type waiting struct {
	from     int64
	since    int64
	value    sql.NullString
	suspect  bool
	workbook int64
	why      store.Wait
}

// same reports whether two rows are the same value of the same figure, wherever it stands.
func (a waiting) same(b waiting) bool {
	return a.value == b.value && a.suspect == b.suspect && (a.why == store.WaitWithdrawn) == (b.why == store.WaitWithdrawn)
}

// loadAsked reads what is open and decided about the keys, which list names.
func (r *resolver) loadAsked(ctx context.Context, keys []store.Key, list string) (asked, error) {
	out := asked{map[store.Key]waiting{}, map[store.Key][]store.Acknowledgement{}, map[int64]bool{r.pull: true}}
	err := each(ctx, r, func(scan func(...any) error) error {
		var k store.Key
		var period string
		w := waiting{}
		err := scan(&k.Unit, &k.Indicator, &period, &w.from, &w.since, &w.value, &w.suspect, &w.workbook, &w.why)
		if err != nil {
			return err
		}
		k.Period, err = decodePeriod(period)
		out.waits[k] = w
		return err
	}, `
		SELECT unit, indicator, period, known_from, since, value, suspect, workbook, why
		FROM pending
		WHERE known_to IS NULL`)
	if err != nil {
		return out, err
	}
	if err := r.loadDecided(ctx, keys, list, out.decided); err != nil {
		return out, err
	}
	return out, each(ctx, r, func(scan func(...any) error) error {
		var id int64
		err := scan(&id)
		out.pulls[id] = true
		return err
	}, `
		SELECT id
		FROM pull
		WHERE source = (SELECT source FROM pull WHERE id = ?1) AND id < ?1
		  AND id > coalesce((
			SELECT o.id
			FROM pull o
			WHERE o.source = pull.source AND o.ended IS NOT NULL AND o.id < ?1
			ORDER BY o.id DESC
			LIMIT 1), 0)`, r.pull)
}

// loadDecided reads what was decided about the keys, in the order of the decisions.
func (r *resolver) loadDecided(ctx context.Context, keys []store.Key, list string, to map[store.Key][]store.Acknowledgement) error {
	return each(ctx, r, func(scan func(...any) error) error {
		var at int
		a, err := scanAck(func(targets ...any) error { return scan(append([]any{&at}, targets...)...) })
		if err == nil {
			to[keys[at]] = append(to[keys[at]], a)
		}
		return err
	}, `
		SELECT k.key, a.id, a.known_from,`+ackColumns+`, a.seal
		FROM (SELECT key, value AS named FROM json_each(?)) k
		CROSS JOIN acknowledgement a
		WHERE a.unit = k.named ->> 0 AND a.indicator = k.named ->> 1 AND a.period = k.named ->> 2
		ORDER BY a.id`, list)
}

// today is the day of the transaction in the district's zone.
func (r *resolver) today() store.Date { return store.DateOf(r.db.inZone(timeOf(r.now))) }

// enter lets the figure be judged as what the subject says, unless that must
// wait for an officer: then the accepted value stands, and is judged, and the
// new one is noted beside it. What stands already does not wait beside itself,
// though the period may have closed since the pull began.
func (r *resolver) enter(ctx context.Context, s *subject) error {
	then, cause, err := r.accepted(ctx, s.key, s.last)
	if err != nil {
		return err
	}
	now, err := decodeNum(s.next.value)
	if err != nil {
		return err
	}
	why, decision := store.Wait(""), store.Decision("")
	stands := s.last.open && s.last.value == s.next.value
	if then != nil && then.Number != now && !stands {
		if decision, err = r.decision(ctx, s.key, s.next.workbook, now, ""); err != nil {
			return err
		}
		why = r.weigh(s.key, then.Number, now, cause)
	}
	if decision != store.Reject && (why == "" || decision == store.Accept) {
		r.decided = append(r.decided, s)
		return r.forget(ctx, s.key)
	}
	if s.last.version == 0 {
		if err := r.restore(ctx, s.key, *then); err != nil {
			return err
		}
	}
	r.rejudge[s.key] = true
	if decision == store.Reject {
		r.out.Unchanged++
		return r.forget(ctx, s.key)
	}
	return r.wait(ctx, s.key, waiting{value: s.next.value, suspect: s.next.suspect, workbook: s.next.workbook, why: why})
}

// accepted returns the value that a new one of the figure is weighed against:
// what stood when the pull began, and in a mirror that was made anew what stood
// after an officer's last decision, which is then the cause. Nothing for a first
// value.
func (r *resolver) accepted(ctx context.Context, k store.Key, last row) (*store.Stated, *store.Acknowledgement, error) {
	if last.version == 0 {
		all := r.asked.decided[k]
		if len(all) == 0 {
			return nil, nil, nil
		}
		cause := all[len(all)-1]
		if s, ok := cause.Standing(); ok {
			return &s, &cause, nil
		}
		return nil, nil, nil
	}
	if !last.open {
		return nil, nil, nil
	}
	if r.asked.pulls[last.pull] {
		before, err := r.rowBefore(ctx, k, func(pull int64) bool { return r.asked.pulls[pull] })
		if err != nil || before.version == 0 {
			return nil, nil, err
		}
		last = before
	}
	n, err := decodeNum(last.value)
	return &store.Stated{Number: n}, nil, err
}

// weigh says why a value must wait. Of what came before a mirror was made anew
// nobody knows when it came: there a period counts as closed only if it was when
// the officer decided last, for then nothing can have changed it since.
func (r *resolver) weigh(k store.Key, then, now store.Num, cause *store.Acknowledgement) store.Wait {
	day := r.today()
	if cause != nil {
		day = store.DateOf(r.db.inZone(cause.At))
	}
	ind, _ := r.db.cfg.Catalogue.ByCode(k.Indicator)
	return r.db.cfg.Settings.Weigh(ind, k.Period, then, now, day)
}

// decision returns what an officer decided about the value in the workbook.
func (r *resolver) decision(ctx context.Context, k store.Key, workbook int64, v store.Num, w store.Wait) (store.Decision, error) {
	all := r.asked.decided[k]
	if len(all) == 0 {
		return "", nil
	}
	sha, ok := r.hashes[workbook]
	if !ok {
		if err := r.QueryRowContext(ctx, `SELECT sha256 FROM workbook WHERE id = ?`, workbook).Scan(&sha); err != nil {
			return "", err
		}
		r.hashes[workbook] = sha
	}
	return store.DecisionOn(all, sha, v, w), nil
}

// vanish decides what becomes of a figure that nobody states any more: it is
// withdrawn, but of a closed period only when an officer accepts that.
func (r *resolver) vanish(ctx context.Context, k store.Key, last row) error {
	if last.version == 0 {
		return r.keep(ctx, k)
	}
	then, _, err := r.accepted(ctx, k, last)
	if err != nil {
		return err
	}
	var decision store.Decision
	if last.open && then != nil && r.db.cfg.Settings.Closed(k.Period, r.today()) {
		decision, err = r.decision(ctx, k, last.workbook, store.Num{}, store.WaitWithdrawn)
		switch {
		case err != nil:
			return err
		case decision == store.Reject:
			r.rejudge[k] = true
			return r.forget(ctx, k)
		case decision == "":
			r.rejudge[k] = true
			return r.wait(ctx, k, waiting{workbook: last.workbook, why: store.WaitWithdrawn})
		}
	}
	if err := r.forget(ctx, k); err != nil {
		return err
	}
	return r.withdraw(ctx, k, last)
}

// keep brings back, in a mirror that was made anew, a figure that is stated no
// more and that an officer did not let go.
func (r *resolver) keep(ctx context.Context, k store.Key) error {
	all := r.asked.decided[k]
	if len(all) == 0 {
		return nil
	}
	last := all[len(all)-1]
	if s, ok := last.Standing(); ok && last.Decision == store.Reject && last.Wait == store.WaitWithdrawn {
		return r.restore(ctx, k, s)
	}
	return nil
}

// wait notes that a value waits. One that waited already goes on waiting, under
// the moment at which it was first known.
func (r *resolver) wait(ctx context.Context, k store.Key, w waiting) error {
	old, had := r.asked.waits[k]
	w.from, w.since = r.now, r.now
	if had && old.same(w) {
		if w.since = old.since; old.workbook == w.workbook && old.why == w.why {
			return nil
		}
	} else {
		r.out.Pending++
	}
	if err := r.forget(ctx, k); err != nil {
		return err
	}
	return r.exec(ctx, `
		INSERT INTO pending (unit, indicator, period, known_from, since, value, suspect, workbook, why)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		k.Unit, k.Indicator, k.Period.String(), w.from, w.since, w.value, w.suspect, w.workbook, w.why)
}

// forget closes the figure's pending value, if it has one: nothing waits any more.
func (r *resolver) forget(ctx context.Context, k store.Key) error {
	old, had := r.asked.waits[k]
	if !had {
		return nil
	}
	return r.exec(ctx, `
		UPDATE pending SET known_to = ?
		WHERE unit = ? AND indicator = ? AND period = ? AND known_from = ?`,
		r.now, k.Unit, k.Indicator, k.Period.String(), old.from)
}

// restore enters, in a mirror that was made anew, the value that stood after an
// officer's decision, with the cell in which it stood: the bytes are gone, the
// decision names them.
func (r *resolver) restore(ctx context.Context, k store.Key, s store.Stated) error {
	book, file, err := r.formerBook(ctx, s)
	if err != nil {
		return fmt.Errorf("former workbook: %w", err)
	}
	head, err := r.headingID(ctx, s.Cell)
	if err != nil {
		return fmt.Errorf("heading: %w", err)
	}
	value := encodeValue(s.Number.V, !s.Number.OK)
	err = r.exec(ctx, `
		INSERT OR IGNORE INTO statement (
			workbook, unit, indicator, period, file, value, own, suspect, reported, heading,
			ref, raw, unit_ref, period_ref, note, pull, since, known_from, known_to
		) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1, 0, 0, ?7, ?8, '', '', '', '', ?9, ?10, ?10, ?10)`,
		book, k.Unit, k.Indicator, k.Period.String(), file, value, head, plain(s.Cell.Ref), r.pull, r.now)
	if err != nil {
		return fmt.Errorf("statement: %w", err)
	}
	shown, err := r.shownBy(ctx, k, book)
	if err != nil {
		return fmt.Errorf("shown: %w", err)
	}
	next := row{value: value, workbook: book, apart: true}
	r.decided = append(r.decided, &subject{k, row{}, next, shown, file, true, r.now})
	return nil
}

// formerBook returns the version of a file with those bytes, and the file; a
// version that the mirror has not seen is entered as one from before all others.
func (r *resolver) formerBook(ctx context.Context, s store.Stated) (book, file int64, err error) {
	if file, err = r.fileAt(ctx, s.Cell.Source, s.Cell.Path); err != nil {
		return 0, 0, err
	}
	if file == 0 {
		made, err := r.ExecContext(ctx, `INSERT INTO file (source) VALUES (?)`, s.Cell.Source)
		if err != nil {
			return 0, 0, err
		}
		if file, err = made.LastInsertId(); err != nil {
			return 0, 0, err
		}
		err = r.exec(ctx, `INSERT INTO place (file, known_from, known_to, path) VALUES (?1, ?2, ?2, ?3)`, file, r.now, s.Cell.Path)
		if err != nil {
			return 0, 0, err
		}
	}
	book, err = oneID(r.QueryRowContext(ctx, `SELECT id FROM workbook WHERE file = ? AND sha256 = ?`, file, s.Cell.SHA256))
	if err != nil || book != 0 {
		return book, file, err
	}
	made, err := r.ExecContext(ctx, `
		INSERT INTO workbook (
			file, version, pull, sha256, size, format, modified, received, initial, verdict,
			unit, period, figures, rows, set_aside, reading, known_from, known_to
		)
		SELECT ?1, coalesce(min(version), 1) - 1, ?2, ?3, 0, '', 0, ?4, 0, 'accepted', '', '', 0, 0, 0, '', ?5, ?5
		FROM workbook
		WHERE file = ?1`, file, r.pull, s.Cell.SHA256, micros(s.Received), r.now)
	if err != nil {
		return 0, 0, err
	}
	book, err = made.LastInsertId()
	return book, file, err
}

// Pending returns the values that waited for an officer at the moment, in the
// order of the units and indicators.
func (d *DB) Pending(ctx context.Context, at time.Time) ([]store.Pending, error) {
	var out []store.Pending
	err := d.readAt(ctx, asOf(at), false, func(ctx context.Context, q querier) (err error) {
		out, err = d.pending(ctx, q, asOf(at), map[int64]store.Workbook{}, stillWaiting)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("pending: %w", err)
	}
	return out, nil
}

// Waits returns every value of a figure that ever waited, as known at the
// moment, the first one first.
func (d *DB) Waits(ctx context.Context, k store.Key, at time.Time) ([]store.Pending, error) {
	var out []store.Pending
	err := d.readAt(ctx, asOf(at), false, func(ctx context.Context, q querier) (err error) {
		out, err = d.pending(ctx, q, asOf(at), map[int64]store.Workbook{}, `p.unit = ?2 AND p.indicator = ?3 AND p.period = ?4`,
			k.Unit, k.Indicator, k.Period.String())
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("waits: %w", err)
	}
	return out, nil
}

// stillWaiting is the condition that a value waited at the moment.
const stillWaiting = `p.known_to IS NULL OR p.known_to > ?1`

// pending reads the pending values that fit the condition; ?1 is the moment.
func (d *DB) pending(ctx context.Context, q querier, at int64, books map[int64]store.Workbook, where string, args ...any) ([]store.Pending, error) {
	var rows []figureRow
	var why []store.Wait
	err := each(ctx, q, func(scan func(...any) error) error {
		var w store.Wait
		f, err := scanFigure(func(to ...any) error { return scan(append(to, &w)...) })
		rows, why = append(rows, f), append(why, w)
		return err
	}, pendingColumns+` WHERE p.known_from <= ?1 AND (`+where+`)
		ORDER BY p.unit, p.indicator, p.period, p.known_from`, append([]any{at}, args...)...)
	if err != nil {
		return nil, err
	}
	figures, err := d.named(ctx, q, rows, at, books)
	if err != nil {
		return nil, err
	}
	out := make([]store.Pending, len(figures))
	for i, f := range figures {
		out[i] = store.Pending{
			Key:           f.Key,
			Value:         f.Value,
			NotApplicable: f.NotApplicable,
			Suspect:       f.Suspect,
			Why:           why[i],
			Cell:          f.Cell,
			KnownFrom:     f.KnownFrom,
			KnownTo:       endOf(rows[i].to, at),
			Received:      f.Received,
		}
	}
	return out, nil
}

// pendingColumns selects pending values as figureColumns does figures, and why
// each waits. What was withdrawn is no longer what its cell said.
const pendingColumns = `
	SELECT
		p.unit,
		p.indicator,
		p.period,
		0,
		p.value,
		p.suspect,
		s.reported,
		p.workbook,
		s.heading,
		s.ref,
		s.raw,
		s.unit_ref,
		s.period_ref,
		s.note,
		p.since,
		p.known_to,
		p.why = 'withdrawn' OR p.value IS s.value,
		iif(w.initial AND w.modified > 0 AND w.modified < w.received, w.modified, w.received),
		0,
		p.why
	FROM pending p
	JOIN statement s ON s.workbook = p.workbook AND s.unit = p.unit AND s.indicator = p.indicator AND s.period = p.period
	JOIN workbook w ON w.id = p.workbook`
