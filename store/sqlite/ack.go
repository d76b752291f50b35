package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strconv"

	"jindu/store"
)

// Acks is the database of acknowledgements: what officers decided, in a small
// file of its own beside the mirror, so that the mirror can be made anew without
// asking anybody again. Rows are added and never changed. Any number of
// processes may write to it; the one that writes the mirror takes them in.
type Acks struct {
	db   *sql.DB
	path string
}

// acksPragmas holds every setting of a connection to the acknowledgements. They
// are few and rarely written, so there is one file and no log beside it.
const acksPragmas = `
PRAGMA busy_timeout = 5000;      -- wait for another officer rather than fail
PRAGMA journal_mode = DELETE;    -- one file: it is copied and kept by people
PRAGMA synchronous = EXTRA;      -- what was decided survives a power cut
PRAGMA secure_delete = ON;       -- nothing that was deleted stays readable in the file
PRAGMA temp_store = MEMORY;      -- nothing of it is written anywhere else
PRAGMA cell_size_check = ON;     -- damage is noticed where it is read
`

// OpenAcks opens the acknowledgements at the path, and makes the file where it
// is missing. Its errors are acks_damaged and those of Open.
func OpenAcks(ctx context.Context, path string) (*Acks, error) {
	if err := keepPrivate(path); err != nil {
		return nil, fmt.Errorf("acknowledgements: %w", err)
	}
	a := &Acks{connect(path, url.Values{"mode": {"rwc"}, "_txlock": {"immediate"}}, acksPragmas), path}
	a.db.SetMaxOpenConns(1)
	if err := migrate(ctx, a.db, acksSchema); err != nil {
		_ = a.Close() // the first error says more
		return nil, a.translate(fmt.Errorf("migrate: %w", err))
	}
	return a, nil
}

// Close lets go of the file.
func (a *Acks) Close() error { return a.db.Close() }

// Add enters a decision that was made when so many were known, and returns its
// number. It fails with acks_behind where the file holds fewer than that: it was lost
// or replaced, and the mirror must complete it first; and with ack_decided where
// somebody has decided about the figure since.
func (a *Acks) Add(ctx context.Context, ack store.Acknowledgement, known int64) (int64, error) {
	var id int64
	err := a.write(ctx, func(t *sql.Tx) error {
		last, seal, err := lastAck(ctx, t)
		if err != nil {
			return err
		}
		if last < known {
			return store.NewError("acks_behind", nil, a.path)
		}
		if err := undecided(ctx, t, ack.Key, known); err != nil {
			return err
		}
		id = last + 1
		return insertAck(ctx, t, id, ack, seal)
	})
	return id, err
}

// undecided fails where a decision about the figure came after so many of all.
func undecided(ctx context.Context, q querier, k store.Key, known int64) error {
	var person string
	err := q.QueryRowContext(ctx, `
		SELECT person
		FROM acknowledgement
		WHERE id > ? AND unit = ? AND indicator = ? AND period = ?
		ORDER BY id DESC
		LIMIT 1`, known, k.Unit, k.Indicator, k.Period.String()).Scan(&person)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil
	case err != nil:
		return err
	default:
		return store.NewError("ack_decided", nil, person)
	}
}

// All returns every decision in its order, and fails where one was changed or
// left out.
func (a *Acks) All(ctx context.Context) ([]store.Acknowledgement, error) {
	var out []store.Acknowledgement
	var before int64
	err := each(ctx, a.db, func(scan func(...any) error) error {
		var id, seal int64
		text := ackText{}
		if err := scan(append(append([]any{&id}, text.targets()...), &seal)...); err != nil {
			return err
		}
		if id != int64(len(out)+1) || seal != text.seal(before) {
			return fmt.Errorf("decision %d: %w", id, errBroken)
		}
		before = seal
		ack, err := text.decode()
		ack.ID = id
		out = append(out, ack)
		return err
	}, `SELECT id,`+ackColumns+`, seal FROM acknowledgement ORDER BY id`)
	if err != nil {
		return nil, a.translate(fmt.Errorf("acknowledgements: %w", err))
	}
	return out, nil
}

// complete adds the decisions that the mirror knows and the file has lost.
func (a *Acks) complete(ctx context.Context, lost []store.Acknowledgement) error {
	return a.write(ctx, func(t *sql.Tx) error {
		for _, ack := range lost {
			_, seal, err := lastAck(ctx, t)
			if err != nil {
				return err
			}
			if err := insertAck(ctx, t, ack.ID, ack, seal); err != nil {
				return err
			}
		}
		return nil
	})
}

// write runs do in one transaction. Once begun, it is not cancelled half-way.
func (a *Acks) write(ctx context.Context, do func(*sql.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	t, err := a.db.BeginTx(context.WithoutCancel(ctx), nil)
	if err != nil {
		return a.translate(fmt.Errorf("begin: %w", err))
	}
	defer t.Rollback()
	if err := do(t); err != nil {
		return a.translate(err)
	}
	return a.translate(t.Commit())
}

// translate is DB.translate for this file: what is damaged is not the mirror.
func (a *Acks) translate(err error) error {
	err = translate(err, a.path)
	if store.ErrorCode(err) == "mirror_damaged" {
		return store.NewError("acks_damaged", err, a.path)
	}
	return err
}

// lastAck returns the number and the seal of the last decision, 0 and 0 for none.
func lastAck(ctx context.Context, q querier) (id, seal int64, err error) {
	err = q.QueryRowContext(ctx, `SELECT id, seal FROM acknowledgement ORDER BY id DESC LIMIT 1`).Scan(&id, &seal)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, 0, nil
	}
	return id, seal, err
}

// insertAck writes a decision behind the one of that seal.
func insertAck(ctx context.Context, t *sql.Tx, id int64, ack store.Acknowledgement, before int64) error {
	text, err := encodeAck(ack)
	if err != nil {
		return err
	}
	args := append(append([]any{id}, text.args()...), text.seal(before))
	_, err = t.ExecContext(ctx, `INSERT INTO acknowledgement (id,`+ackColumns+`, seal) VALUES (`+questions(len(args))+`)`, args...)
	return err
}

// ackColumns are the columns of a decision in both databases, in the order of
// ackText.
const ackColumns = `
	unit,
	indicator,
	period,
	matter,
	decision,
	wait,
	value,
	source,
	path,
	sha256,
	sheet,
	ref,
	received,
	stood_value,
	stood_source,
	stood_path,
	stood_sha256,
	stood_sheet,
	stood_ref,
	stood_received,
	others,
	reason,
	person,
	decided`

// ackText is a decision as its columns hold it.
type ackText struct {
	unit, indicator, period, matter, decision, wait string
	decided, stood                                  statedText
	others, reason, person                          string
	at                                              int64
}

// statedText is a stated value as its columns hold it.
type statedText struct {
	value                            sql.NullString
	source, path, sha256, sheet, ref string
	received                         int64
}

// targets returns where the columns are read to.
func (t *ackText) targets() []any {
	d, s := &t.decided, &t.stood
	return []any{
		&t.unit, &t.indicator, &t.period, &t.matter, &t.decision, &t.wait,
		&d.value, &d.source, &d.path, &d.sha256, &d.sheet, &d.ref, &d.received,
		&s.value, &s.source, &s.path, &s.sha256, &s.sheet, &s.ref, &s.received,
		&t.others, &t.reason, &t.person, &t.at,
	}
}

// args returns what the columns are written from.
func (t *ackText) args() []any {
	d, s := t.decided, t.stood
	return []any{
		t.unit, t.indicator, t.period, t.matter, t.decision, t.wait,
		d.value, d.source, d.path, d.sha256, d.sheet, d.ref, d.received,
		s.value, s.source, s.path, s.sha256, s.sheet, s.ref, s.received,
		t.others, t.reason, t.person, t.at,
	}
}

// seal returns the checksum of the row behind that of the row before.
func (t *ackText) seal(before int64) int64 {
	parts := []string{strconv.FormatInt(before, 10)}
	for _, a := range t.args() {
		parts = append(parts, fmt.Sprint(a))
	}
	return sealOf(parts...)
}

// encodeAck writes a decision as its columns hold it.
func encodeAck(a store.Acknowledgement) (ackText, error) {
	others := make([]*string, len(a.Others))
	for i, n := range a.Others {
		if text := encodeValue(n.V, !n.OK); text.Valid {
			others[i] = &text.String
		}
	}
	list, err := json.Marshal(others)
	return ackText{
		unit:      a.Key.Unit,
		indicator: a.Key.Indicator,
		period:    a.Key.Period.String(),
		matter:    string(a.Matter),
		decision:  string(a.Decision),
		wait:      string(a.Wait),
		decided:   encodeStated(a.Decided),
		stood:     encodeStated(a.Stood),
		others:    string(list),
		reason:    plain(a.Reason),
		person:    plain(a.By),
		at:        micros(a.At),
	}, err
}

// encodeStated writes a stated value as its columns hold it.
func encodeStated(s store.Stated) statedText {
	c := s.Cell
	return statedText{
		encodeValue(s.Number.V, !s.Number.OK), plain(c.Source), plain(c.Path), c.SHA256, plain(c.Sheet), plain(c.Ref), micros(s.Received),
	}
}

// decode reads what encodeAck wrote.
func (t *ackText) decode() (store.Acknowledgement, error) {
	a := store.Acknowledgement{
		Key:      store.Key{Unit: t.unit, Indicator: t.indicator},
		Matter:   store.Matter(t.matter),
		Decision: store.Decision(t.decision),
		Wait:     store.Wait(t.wait),
		Reason:   t.reason,
		By:       t.person,
		At:       timeOf(t.at),
	}
	var list []*string
	var errs [4]error
	errs[0] = json.Unmarshal([]byte(t.others), &list)
	for _, text := range list {
		n := store.Num{}
		if text != nil {
			v, err := strconv.ParseFloat(*text, 64)
			n, errs[0] = store.Some(v), errors.Join(errs[0], err)
		}
		a.Others = append(a.Others, n)
	}
	a.Key.Period, errs[1] = decodePeriod(t.period)
	a.Decided, errs[2] = t.decided.decode()
	a.Stood, errs[3] = t.stood.decode()
	return a, errors.Join(errs[:]...)
}

// decode reads what encodeStated wrote.
func (s statedText) decode() (store.Stated, error) {
	n, err := decodeNum(s.value)
	return store.Stated{
		Number:   n,
		Cell:     store.Cell{Source: s.source, Path: s.path, SHA256: s.sha256, Sheet: s.sheet, Ref: s.ref},
		Received: timeOf(s.received),
	}, err
}

// decodeNum reads a value as a number that may be unknown.
func decodeNum(text sql.NullString) (store.Num, error) {
	v, na, err := decodeValue(text)
	return store.Num{V: v, OK: !na}, err
}
