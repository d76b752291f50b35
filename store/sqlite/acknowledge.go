package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"time"

	"jindu/store"
)

// Replay takes in what officers have decided since the mirror was last asked to,
// and decides anew the figures that they decided about. In a mirror that was
// made anew it takes in everything, and each decision has its effect when the
// figure comes. It returns how many decisions were new. A decision is first
// entered beside the mirror and then taken in here: who dies between the two
// leaves a decision that the next call takes in.
func (d *DB) Replay(ctx context.Context, at time.Time) (int, error) {
	if d.cfg.Acks == "" {
		return 0, nil
	}
	seen := stampOf(d.cfg.Acks)
	d.mu.Lock()
	same := seen == d.acksSeen
	d.mu.Unlock()
	if same {
		return 0, nil
	}
	return d.replay(ctx, at, seen)
}

// replay is Replay, whatever the file looks like from outside. One at a time: two
// would both take in what is new.
func (d *DB) replay(ctx context.Context, at time.Time, seen fileStamp) (int, error) {
	if d.cfg.Acks == "" {
		return 0, nil
	}
	d.replaying.Lock()
	defer d.replaying.Unlock()
	fresh, err := d.newAcks(ctx)
	if err != nil {
		return 0, fmt.Errorf("replay: %w", err)
	}
	if len(fresh) > 0 {
		err := d.write(ctx, at, func(ctx context.Context, t *tx) error { return t.takeIn(ctx, fresh) })
		if err != nil {
			return 0, fmt.Errorf("replay: %w", err)
		}
	}
	d.mu.Lock()
	d.acksSeen = seen
	d.mu.Unlock()
	return len(fresh), nil
}

// newAcks returns the decisions that the mirror has not taken in. Those that
// the mirror knows and the file has lost are written back.
func (d *DB) newAcks(ctx context.Context) ([]store.Acknowledgement, error) {
	known, err := d.Acknowledgements(ctx, store.Key{}, time.Time{})
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(d.cfg.Acks); errors.Is(err, fs.ErrNotExist) && len(known) == 0 {
		return nil, nil // nobody has decided anything yet
	}
	acks, err := OpenAcks(ctx, d.cfg.Acks)
	if err != nil {
		return nil, err
	}
	defer func() { _ = acks.Close() }() // every decision is on disk already
	all, err := acks.All(ctx)
	if err != nil {
		return nil, err
	}
	for i := range min(len(all), len(known)) {
		if !sameAck(all[i], known[i]) {
			return nil, store.NewError("acks_differ", nil, d.cfg.Acks)
		}
	}
	if len(all) < len(known) {
		return nil, acks.complete(ctx, known[len(all):])
	}
	return all[len(known):], nil
}

// sameAck reports whether two are the same decision.
func sameAck(a, b store.Acknowledgement) bool {
	one, err := encodeAck(a)
	other, err2 := encodeAck(b)
	return err == nil && err2 == nil && one.seal(a.ID) == other.seal(b.ID)
}

// takeIn enters decisions and decides the figures anew that they are about.
func (t *tx) takeIn(ctx context.Context, all []store.Acknowledgement) error {
	t.changed = true
	touched := map[store.Key]bool{}
	for _, a := range all {
		text, err := encodeAck(a)
		if err != nil {
			return err
		}
		args := append(append([]any{a.ID, t.now}, text.args()...), text.seal(a.ID))
		err = t.exec(ctx, `INSERT INTO acknowledgement (id, known_from,`+ackColumns+`, seal) VALUES (`+questions(len(args))+`)`, args...)
		if err != nil {
			return err
		}
		touched[a.Key] = true
	}
	// A number of its own, below those of pulls: no pull has changed these figures.
	return newResolver(t, -all[len(all)-1].ID, 0).all(ctx, touched)
}

// Acknowledgements returns the decisions about a figure that were known at the
// moment, in their order; of all figures for no key.
func (d *DB) Acknowledgements(ctx context.Context, k store.Key, at time.Time) ([]store.Acknowledgement, error) {
	var out []store.Acknowledgement
	err := d.read(ctx, func(ctx context.Context, q querier) (err error) {
		out, err = acknowledgements(ctx, q, asOf(at), `?2 = '' OR unit = ?2 AND indicator = ?3 AND period = ?4`,
			k.Unit, k.Indicator, k.Period.String())
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("acknowledgements: %w", err)
	}
	return out, nil
}

// acknowledgements reads the decisions that fit the condition; ?1 is the moment.
func acknowledgements(ctx context.Context, q querier, at int64, where string, args ...any) ([]store.Acknowledgement, error) {
	var out []store.Acknowledgement
	err := each(ctx, q, func(scan func(...any) error) error {
		a, err := scanAck(scan)
		out = append(out, a)
		return err
	}, `SELECT id, known_from,`+ackColumns+`, seal FROM acknowledgement WHERE known_from <= ?1 AND (`+where+`) ORDER BY id`,
		append([]any{at}, args...)...)
	return out, err
}

// scanAck reads a decision of the mirror and holds it against its seal.
func scanAck(scan func(...any) error) (store.Acknowledgement, error) {
	var id, from, seal int64
	text := ackText{}
	if err := scan(slices.Concat([]any{&id, &from}, text.targets(), []any{&seal})...); err != nil {
		return store.Acknowledgement{}, err
	}
	if seal != text.seal(id) {
		return store.Acknowledgement{}, fmt.Errorf("decision %d: %w", id, errBroken)
	}
	a, err := text.decode()
	a.ID, a.KnownFrom = id, timeOf(from)
	return a, err
}

// conflicting returns what files say that contradict each other about a figure, the
// first one first; nothing where none do.
func conflicting(ctx context.Context, q querier, k store.Key) ([]store.Stated, error) {
	conflict := 0
	const open = `SELECT count(*) FROM conflict WHERE unit = ? AND indicator = ? AND period = ? AND known_to IS NULL`
	err := q.QueryRowContext(ctx, open, k.Unit, k.Indicator, k.Period.String()).Scan(&conflict)
	if err != nil || conflict == 0 {
		return nil, err
	}
	return contenders(ctx, q, k)
}

// contenders reads the period's own statements in force: of files that are there
// where any is, else of those that are gone or have moved on.
func contenders(ctx context.Context, q querier, k store.Key) ([]store.Stated, error) {
	var live, past []store.Stated
	err := each(ctx, q, func(scan func(...any) error) error {
		s := store.Stated{}
		var value sql.NullString
		var received, since int64
		var there bool
		c := &s.Cell
		err := scan(&c.Workbook, &c.Source, &c.Path, &c.SHA256, &c.Sheet, &c.Ref, &value, &received, &since, &there)
		if err != nil {
			return err
		}
		s.Number, err = decodeNum(value)
		s.Received, s.KnownFrom = timeOf(received), timeOf(since)
		if there {
			live = append(live, s)
		} else {
			past = append(past, s)
		}
		return err
	}, `
		SELECT
			s.workbook,
			f.source,
			p.path,
			w.sha256,
			h.sheet,
			s.ref,
			s.value,
			w.received,
			s.since,
			p.known_to IS NULL AND s.retired = 0
		FROM statement s
		JOIN workbook w ON w.id = s.workbook
		JOIN heading h ON h.id = s.heading
		JOIN file f ON f.id = s.file
		JOIN place p ON p.file = s.file AND p.known_from = (SELECT max(known_from) FROM place WHERE file = s.file)
		WHERE s.unit = ? AND s.indicator = ? AND s.period = ? AND s.known_to IS NULL AND s.own = 1
		ORDER BY s.since, s.workbook`, k.Unit, k.Indicator, k.Period.String())
	if len(live) > 0 {
		return live, err
	}
	return past, err
}
