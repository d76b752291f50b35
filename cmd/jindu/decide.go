package main

import (
	"cmp"
	"context"
	"errors"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"jindu/store"
	"jindu/store/audit"
	"jindu/store/sqlite"
	"jindu/sync/form"
)

// How long a decision waits for the process that writes the mirror to take it in,
// and how often it looks.
const (
	takenWithin = 3 * time.Second
	takenLook   = 50 * time.Millisecond
)

// decider is how officers decide what the mirror must not decide by itself, from
// the command line and from the boards alike.
type decider struct {
	db      *sqlite.DB
	acks    string // path
	writing bool   // this process writes the mirror, and takes decisions in itself
	now     func() time.Time
	refused error // why nothing can be decided here; nil: it can

	turn chan struct{} // holds one: who decides on a board takes it for so long
}

// newDecider makes the decider of an open mirror; reading is why it is only read,
// see openEither.
func (a *app) newDecider(cfg *config, db *sqlite.DB, reading error) *decider {
	d := &decider{
		db: db, acks: acksOf(cfg.Mirror), writing: reading == nil, now: a.Now, refused: forGood(reading), turn: make(chan struct{}, 1),
	}
	d.turn <- struct{}{}
	return d
}

// close waits for the decision that is under way and lets none begin any more.
func (d *decider) close() {
	<-d.turn
	close(d.turn)
}

// ask returns what can be decided about the figure now. What was decided beside
// this process is taken in first.
func (d *decider) ask(ctx context.Context, k store.Key) (store.Question, error) {
	if d.refused != nil {
		return store.Question{}, d.refused
	}
	if d.writing {
		if _, err := d.db.Replay(ctx, d.now()); err != nil {
			return store.Question{}, err
		}
	}
	docket, err := d.db.Docket(ctx, k)
	if err != nil {
		return store.Question{}, err
	}
	return docket.Question(d.now())
}

// signed returns a reason as it is kept, for years and on boards, and says what is
// wrong with it or with who gives it.
func signed(reason, by string, called [2]string) (why, who string, err error) {
	why, who = strings.TrimSpace(reason), strings.TrimSpace(by)
	switch {
	case why == "":
		return why, who, store.NewError("ack_reason", nil)
	case who == "":
		return why, who, store.NewError("ack_nobody", nil)
	}
	for i, one := range []struct {
		text    string
		longest int
	}{{why, store.LongestReason}, {who, store.LongestPerson}} {
		switch {
		case utf8.RuneCountInString(one.text) > one.longest:
			return why, who, store.NewError("ack_long", nil, called[i], strconv.Itoa(one.longest))
		case form.Mask(one.text) != one.text:
			return why, who, store.NewError("ack_personal", nil, called[i])
		}
	}
	return why, who, nil
}

// login is the account of whoever sits at this machine; empty where nobody knows.
func login() string {
	u, err := user.Current()
	if err != nil {
		return ""
	}
	return filepath.Base(filepath.ToSlash(u.Username)) // on Windows the machine stands before it
}

// carryOut puts a decision on record, enters it and sees to it that it is taken in;
// taken says that it has been. What cannot be put on record is not decided, and what
// is on record and fails is put on record as undone. known is how many decisions had
// been taken in when the officer was asked.
func (d *decider) carryOut(ctx context.Context, ack store.Acknowledgement, known int64, record func(store.Act) error) (taken bool, err error) {
	if err := record(store.Act{Deed: store.DeedDecide, What: decisionOf(ack)}); err != nil {
		return false, err
	}
	if taken, err = d.enter(ctx, &ack, known); err != nil {
		how := "not carried out: "
		if ack.ID > 0 {
			how = "noted, not taken in yet: "
		}
		undone := store.Act{Deed: store.DeedDecide, Undone: true, What: join(" ", decisionOf(ack), how+store.ErrorCode(err))}
		return false, errors.Join(err, record(undone))
	}
	return taken, nil
}

// decisionOf names a decision in the record, as scripts read it.
func decisionOf(ack store.Acknowledgement) string {
	return join(" ", string(ack.Decision), ack.Key.Unit, ack.Key.Indicator, ack.Key.Period.String())
}

// enter notes the decision beside the mirror and has it taken in, here or by the
// process that writes the mirror.
func (d *decider) enter(ctx context.Context, ack *store.Acknowledgement, known int64) (taken bool, err error) {
	acks, err := sqlite.OpenAcks(ctx, d.acks)
	if err != nil {
		return false, err
	}
	ack.ID, err = acks.Add(ctx, *ack, known)
	if err := cmp.Or(err, acks.Close()); err != nil {
		return false, err
	}
	if d.writing {
		_, err := d.db.Replay(ctx, d.now())
		return err == nil, err
	}
	return d.awaited(ctx, ack)
}

// awaited waits a little for the process that writes the mirror.
func (d *decider) awaited(ctx context.Context, ack *store.Acknowledgement) (bool, error) {
	ctx, stop := context.WithTimeout(ctx, takenWithin)
	defer stop()
	tick := time.NewTicker(takenLook)
	defer tick.Stop()
	for {
		known, err := d.db.Acknowledgements(context.WithoutCancel(ctx), ack.Key, time.Time{})
		if err != nil {
			return false, err
		}
		if slices.ContainsFunc(known, func(one store.Acknowledgement) bool { return one.ID == ack.ID }) {
			return true, nil
		}
		select {
		case <-ctx.Done():
			if errors.Is(ctx.Err(), context.Canceled) {
				return false, ctx.Err()
			}
			return false, nil
		case <-tick.C:
		}
	}
}

// officer is somebody who decides on a board.
type officer struct {
	*decider
	by     string // a post or a login
	record func(context.Context, store.Act) error
	taken  func(context.Context) // is called when a decision has been taken in
}

// consoleOfficer is whoever sits at the machine itself.
func (a *app) consoleOfficer(cfg *config, d *decider, taken func(context.Context)) officer {
	by := login()
	record := func(_ context.Context, act store.Act) error { return a.record(cfg, consoleEntry(by, act)) }
	return officer{d, by, record, taken}
}

// consoleEntry is the entry of a decision that was made at the machine itself.
func consoleEntry(by string, act store.Act) audit.Entry {
	event := audit.Decide
	if act.Undone {
		event = audit.Undone
	}
	return audit.Entry{Event: event, Who: join(" ", console, by), What: act.What}
}

// Name returns under which name the officer decides.
func (o officer) Name() string { return o.by }

// Ask returns what can be decided about the figure now.
func (o officer) Ask(ctx context.Context, k store.Key) (store.Question, error) { return o.ask(ctx, k) }

// Check says what is wrong with a reason. It reads nothing.
func (o officer) Check(reason string) error {
	_, _, err := o.signed(reason)
	return err
}

// signed returns a reason and the officer's name as they are kept.
func (o officer) signed(reason string) (why, by string, err error) {
	return signed(reason, o.by, [2]string{store.Bilingual("理由", "the reason"), store.Bilingual("登录账号", "the account")})
}

// Decide enters the answer, unless what can be decided is no longer what the officer
// was shown. Once begun it goes on though the officer has left: it was confirmed.
func (o officer) Decide(ctx context.Context, a store.Answer) (taken bool, err error) {
	if err := ctx.Err(); err != nil {
		return false, err
	}
	if _, open := <-o.turn; !open {
		return false, context.Canceled // the process ends
	}
	defer func() { o.turn <- struct{}{} }()
	ctx = context.WithoutCancel(ctx)
	why, by, err := o.signed(a.Reason)
	if err != nil {
		return false, err
	}
	now, err := o.ask(ctx, a.Question.Key)
	if err = changed(a.Question, now, err); err != nil {
		return false, err
	}
	ack, ok := now.Answer(a.Decision, a.Place, o.now())
	if !ok {
		return false, store.NewError("ack_changed", nil)
	}
	ack.Reason, ack.By = why, by
	taken, err = o.carryOut(ctx, ack, now.Decisions, func(act store.Act) error { return o.record(ctx, act) })
	if taken && o.taken != nil {
		o.taken(ctx)
	}
	return taken, err
}

// changed says that a question is not any more what it was when it was seen: that
// somebody else has decided, or that the figures have changed.
func changed(seen, now store.Question, err error) error {
	code := store.ErrorCode(err)
	switch {
	case code != "" && code != "ack_nothing":
		return err
	case now.Last != nil && (seen.Last == nil || now.Last.ID > seen.Last.ID):
		return store.NewError("ack_decided", nil, now.Last.By)
	case err != nil || !seen.Same(now):
		return store.NewError("ack_changed", nil)
	default:
		return nil
	}
}

// acksOf is where the acknowledgements of a mirror lie: beside it.
func acksOf(mirror string) string {
	return strings.TrimSuffix(mirror, filepath.Ext(mirror)) + ".ack.db"
}
