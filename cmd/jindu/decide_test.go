package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"jindu/store"
	"jindu/store/audit"
)

// desk is an office in which 90 waits beside an accepted 40, with its mirror open.
type desk struct {
	testing.TB
	app    *app
	cfg    *config
	config string
	report string
	decide *decider
	key    store.Key
	taken  int
}

// july is the day of the desk.
func july() time.Time { return time.Date(2026, 7, 10, 9, 0, 0, 0, time.UTC) }

// newDesk opens the mirror for writing, or beside a process that does.
func newDesk(tb testing.TB, reading error) *desk {
	tb.Helper()
	d := &desk{TB: tb, key: store.Key{Unit: "cxs", Indicator: "users_found", Period: store.MonthOf(2026, 6)}}
	d.config, d.report = smallOffice(tb, "40")
	d.pull("40")
	d.pull("90")
	var err error
	d.cfg, err = loadConfig(d.config, july())
	must(tb, err)
	d.app = &app{Process: Process{Now: july, Stderr: &strings.Builder{}, Stdout: &strings.Builder{}}, lang: store.English}
	db, err := openMirror(tb.Context(), d.cfg, reading != nil)
	must(tb, err)
	tb.Cleanup(func() { must(tb, db.Close()) })
	d.decide = d.app.newDecider(d.cfg, db, reading)
	return d
}

// pull saves the report and pulls it.
func (d *desk) pull(found string) {
	d.Helper()
	save(d, d.report, found)
	if r := runAt(d, july, "--config", d.config, "pull"); r.status != exitOK {
		d.Fatalf("pull: %s%s", r.out, r.err)
	}
}

// officer sits down under a name.
func (d *desk) officer(by string) officer {
	record := func(_ context.Context, act store.Act) error { return d.app.record(d.cfg, consoleEntry(by, act)) }
	return officer{d.decide, by, record, func(context.Context) { d.taken++ }}
}

// asked is what the officer is shown.
func (d *desk) asked(o officer) store.Question {
	d.Helper()
	q, err := o.Ask(d.Context(), d.key)
	must(d, err)
	return q
}

// record is what stands on record, event and deed.
func (d *desk) record() []string {
	d.Helper()
	data, err := os.ReadFile(auditPath(d.cfg.Mirror))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	must(d, err)
	var out []string
	for line := range strings.Lines(string(data)) {
		_, event, _ := strings.Cut(line, `"event":"`)
		event, _, _ = strings.Cut(event, `"`)
		_, what, _ := strings.Cut(line, `"what":"`)
		what, _, _ = strings.Cut(what, `"`)
		out = append(out, event+" "+what)
	}
	return out
}

// value is the figure that stands.
func (d *desk) value() float64 {
	d.Helper()
	docket, err := d.decide.db.Docket(d.Context(), d.key)
	must(d, err)
	return docket.Stands.Value
}

// TestAnOfficerOnABoard accepts what waits: on record first, then in force, and told.
func TestAnOfficerOnABoard(t *testing.T) {
	d := newDesk(t, nil)
	o := d.officer("值班员")
	q := d.asked(o)
	if q.Stood.Number.V != 40 || q.Stated[0].Number.V != 90 || q.Stated[0].Cell.Ref == "" {
		t.Fatalf("asked is %+v", q)
	}
	for _, reason := range []string{"", "  ", strings.Repeat("核", 201), "电话13800138000"} {
		if _, err := o.Decide(t.Context(), store.Answer{Question: q, Decision: store.Accept, Reason: reason}); err == nil {
			t.Errorf("%q is a reason", reason)
		}
	}
	if d.record() != nil {
		t.Errorf("on record is %v", d.record())
	}
	taken, err := o.Decide(t.Context(), store.Answer{Question: q, Decision: store.Accept, Reason: " 核实 "})
	if err != nil || !taken || d.taken != 1 || d.value() != 90 {
		t.Errorf("taken %v, told %d times, stands %v, %v", taken, d.taken, d.value(), err)
	}
	if got := d.record(); !slices.Equal(got, []string{"decide accept cxs users_found 2026-06"}) {
		t.Errorf("on record is %v", got)
	}
	docket, err := d.decide.db.Docket(t.Context(), d.key)
	must(t, err)
	if last := docket.Decided[0]; last.Reason != "核实" || last.By != "值班员" || last.Stood.Number.V != 40 {
		t.Errorf("kept is %+v", last)
	}
	if _, err := audit.Verify(auditPath(d.cfg.Mirror), ""); err != nil {
		t.Error(err)
	}
}

// TestOfTwoOfficersOneDecides answers one question from many boards at once.
func TestOfTwoOfficersOneDecides(t *testing.T) {
	d := newDesk(t, nil)
	q := d.asked(d.officer("值班员"))
	var all errgroup.Group
	errs := make([]error, 8)
	for i := range errs {
		all.Go(func() error {
			o := officer{d.decide, "岗" + string(rune('A'+i)), func(_ context.Context, act store.Act) error { return d.app.record(d.cfg, consoleEntry("x", act)) }, nil}
			_, errs[i] = o.Decide(t.Context(), store.Answer{Question: q, Decision: []store.Decision{store.Accept, store.Reject}[i%2], Reason: "核实"})
			return nil
		})
	}
	must(t, all.Wait())
	won := 0
	for _, err := range errs {
		switch store.ErrorCode(err) {
		case "":
			won++
		case "ack_decided":
		default:
			t.Errorf("refused with %v", err)
		}
	}
	docket, err := d.decide.db.Docket(t.Context(), d.key)
	must(t, err)
	if won != 1 || len(docket.Decided) != 1 {
		t.Errorf("%d have decided, %d decisions are kept", won, len(docket.Decided))
	}
	decided, undone := 0, 0
	for _, line := range d.record() {
		if strings.HasPrefix(line, "decide ") {
			decided++
		}
		if strings.HasPrefix(line, "undone ") && strings.HasSuffix(line, "not carried out: ack_decided") {
			undone++
		}
	}
	if decided != undone+1 {
		t.Errorf("on record are %d decisions, %d of them undone", decided, undone)
	}
}

// TestADecisionAboutWhatHasChanged is refused before anything is on record.
func TestADecisionAboutWhatHasChanged(t *testing.T) {
	d := newDesk(t, store.NewError("mirror_busy", nil, "1")) // another process may pull
	o := d.officer("值班员")
	q := d.asked(o)
	d.pull("95")
	_, err := o.Decide(t.Context(), store.Answer{Question: q, Decision: store.Accept, Reason: "核实"})
	if store.ErrorCode(err) != "ack_changed" {
		t.Errorf("another value waits: %v", err)
	}
	d.pull("40")
	_, err = o.Decide(t.Context(), store.Answer{Question: q, Decision: store.Accept, Reason: "核实"})
	if store.ErrorCode(err) != "ack_changed" {
		t.Errorf("nothing waits any more: %v", err)
	}
	d.pull("90")
	if r := runAt(t, july, "--config", d.config, "accept", "cxs", "users_found", "2026-06", "--why", "核实", "--by", "另一值班员"); r.status != exitOK {
		t.Fatal(r.err)
	}
	_, err = o.Decide(t.Context(), store.Answer{Question: q, Decision: store.Reject, Reason: "核实"})
	var e *store.Error
	if !errors.As(err, &e) || e.Code != "ack_decided" || e.Args[0] != "另一值班员" {
		t.Errorf("somebody else has decided: %v", err)
	}
	if got := d.record(); !slices.Equal(got, []string{"decide accept cxs users_found 2026-06"}) || d.value() != 90 {
		t.Errorf("on record is %v, stands %v", got, d.value())
	}
}

// TestADecisionThatCannotBeRecorded is not taken; one that fails after that is
// undone, on record.
func TestADecisionThatCannotBeRecorded(t *testing.T) {
	d := newDesk(t, nil)
	o := d.officer("值班员")
	q := d.asked(o)
	must(t, os.Mkdir(auditPath(d.cfg.Mirror), 0o700)) // where the record should be
	_, err := o.Decide(t.Context(), store.Answer{Question: q, Decision: store.Accept, Reason: "核实"})
	if store.ErrorCode(err) != "audit_write" || d.value() != 40 {
		t.Errorf("no record: %v, stands %v", err, d.value())
	}
	if _, err := os.Stat(d.decide.acks); !errors.Is(err, os.ErrNotExist) {
		t.Error("it was entered all the same")
	}
	must(t, os.Remove(auditPath(d.cfg.Mirror)))
	must(t, os.Mkdir(d.decide.acks, 0o700)) // where the decisions should be
	q, err = o.Ask(t.Context(), d.key)
	if err == nil {
		_, err = o.Decide(t.Context(), store.Answer{Question: q, Decision: store.Accept, Reason: "核实"})
	}
	if store.ErrorCode(err) != "mirror_readonly" || d.value() != 40 {
		t.Errorf("no decisions: %v, stands %v", err, d.value())
	}
}

// TestNothingIsDecidedOnACopy refuses where the mirror follows another one or the
// disk takes no writing, on the board and by the command.
func TestNothingIsDecidedOnACopy(t *testing.T) {
	for _, code := range []string{"mirror_follows", "mirror_readonly"} {
		d := newDesk(t, store.NewError(code, nil, "jindu.db"))
		if _, err := d.officer("值班员").Ask(t.Context(), d.key); store.ErrorCode(err) != code {
			t.Errorf("%s: asked: %v", code, err)
		}
	}
	d := newDesk(t, store.NewError("mirror_busy", nil, "1"))
	follows := filepath.Join(filepath.Dir(d.config), "jindu.db-txid")
	must(t, os.WriteFile(follows, []byte("0000000000000001\n"), 0o600))
	must(t, os.Chtimes(follows, time.Time{}, time.Now().Add(time.Hour)))
	for _, args := range [][]string{{"accept", "cxs", "users_found", "2026-06", "--why", "核实"}, {"pull"}} {
		if r := runAt(t, july, append([]string{"--config", d.config, "--lang", "en"}, args...)...); r.status == exitOK || !strings.Contains(r.err, "follows another one") {
			t.Errorf("%v: exit %d: %s", args, r.status, r.err)
		}
	}
	if r := runAt(t, july, "--config", d.config, "list", "figures", "--csv"); !strings.Contains(r.out, ",40,") {
		t.Errorf("it is not read either: %s%s", r.out, r.err)
	}
}

// TestADecisionOutlivesItsSession goes on though the line has broken, and none
// begins once the process ends.
func TestADecisionOutlivesItsSession(t *testing.T) {
	d := newDesk(t, nil)
	ctx, leave := context.WithCancel(t.Context())
	o := d.officer("值班员")
	record := o.record
	o.record = func(ctx context.Context, act store.Act) error {
		leave()
		return record(ctx, act)
	}
	if taken, err := o.Decide(ctx, store.Answer{Question: d.asked(o), Decision: store.Accept, Reason: "核实"}); err != nil || !taken || d.value() != 90 {
		t.Errorf("taken %v, stands %v, %v", taken, d.value(), err)
	}
	if _, err := o.Decide(ctx, store.Answer{Reason: "核实"}); !errors.Is(err, context.Canceled) {
		t.Errorf("who has left decides: %v", err)
	}
	d.decide.close()
	if _, err := o.Decide(t.Context(), store.Answer{Reason: "核实"}); !errors.Is(err, context.Canceled) {
		t.Errorf("a process that ends decides: %v", err)
	}
}

// TestDecidingOverSSH decides with an officer's key under its name; a director's and
// a display's decide nothing, and that stands on record.
func TestDecidingOverSSH(t *testing.T) {
	config, report := smallOffice(t, "4711")
	pull := func(found string) {
		t.Helper()
		save(t, report, found)
		if r := run(t, "--config", config, "pull"); r.status != exitOK {
			t.Fatal(r.err)
		}
	}
	pull("4711")
	pull("9822")
	s := serve(t, config)
	director := s.sit(store.RoleDirector)
	director.sees("Overview")
	director.types("9", "g", "a", "\r", "y")
	director.sees("your key does not allow this")
	display := s.sit(store.RoleDisplay)
	display.sees("Units reported")
	display.types("a", "9", "a")
	officer := s.sit(store.RoleOfficer)
	officer.sees("Overview")
	officer.types("9", "g", "a")
	officer.sees("9822")
	officer.types("\r", "核", "实", "\r")
	officer.sees("key-officer")
	if n := len(s.record(`"event":"decide"`)); n != 0 {
		t.Errorf("%d decisions on record before any was confirmed", n)
	}
	officer.types("y")
	officer.sees("accepted: 9822")
	decided := s.record(`"event":"decide"`)
	if len(decided) != 1 || decided[0]["who"] != "key-officer" || decided[0]["role"] != "officer" || decided[0]["what"] != "accept cxs users_found 2026-06" {
		t.Errorf("on record is %v", decided)
	}
	if denied := s.record(`"what":"decide"`); len(denied) != 1 || denied[0]["event"] != "denied" || denied[0]["role"] != "director" {
		t.Errorf("refusals on record: %v", denied)
	}
	r := run(t, "--config", config, "list", "figures", "--csv")
	if !strings.Contains(r.out, ",9822,") || strings.Contains(r.out, ",4711,") {
		t.Errorf("figures: %s", r.out)
	}
	if r := run(t, "--config", config, "figure", "cxs", "users_found", "2026-06", "--json"); !strings.Contains(r.out, `"by": "key-officer"`) || !strings.Contains(r.out, "核实") {
		t.Errorf("decided by: %s", r.out)
	}
	s.stop()
	s.whole()
}

// TestDecidingOnABoardBesideAnother decides on a board that only reads, in a real
// terminal: the one that writes takes it in, and both show it.
func TestDecidingOnABoardBesideAnother(t *testing.T) {
	config, report := smallOffice(t, "4711")
	first := open(t, 120, 40, "--config", config)
	first.sees("4711")
	save(t, report, "9822")
	first.sees("待确认")
	t.Run("second", func(t *testing.T) {
		second := open(t, 80, 24, "--config", config, "--lang", "en")
		second.sees("Source")
		second.typed("9", "g", "a")
		second.sees("9822", "4711", "accept", "reject")
		second.typed("Enter", "looked at the ledger", "Enter")
		second.sees("goes on record")
		second.typed("y")
		second.sees("accepted: 9822")
	})
	first.typed("3")
	first.sees("9822")
	if r := run(t, "--config", config, "audit", "verify"); r.status != exitOK {
		t.Error(r.err)
	}
}
