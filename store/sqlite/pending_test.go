package sqlite_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jindu/store"
	"jindu/store/sqlite"
)

// office is a mirror with its acknowledgements, on its way through the months.
type office struct {
	testing.TB
	db   *sqlite.DB
	cfg  sqlite.Config
	path string
	pull int64
	now  time.Time
}

func newOffice(tb testing.TB) *office {
	tb.Helper()
	o := &office{TB: tb, cfg: config(tb), path: filepath.Join(tb.TempDir(), "mirror.db"), now: start}
	o.cfg.Acks = filepath.Join(filepath.Dir(o.path), "mirror.ack.db")
	o.db = mustOpenAt(tb, o.path, o.cfg)
	return o
}

// on moves the clock to a day of 2026.
func (o *office) on(month time.Month, day int) *office {
	o.now = time.Date(2026, month, day, 9, 0, 0, 0, time.UTC)
	return o
}

// pulls takes one workbook in, in a pull of its own.
func (o *office) pulls(path string, statements ...store.Statement) store.Outcome {
	o.Helper()
	o.now = o.now.Add(time.Minute)
	id, _, err := o.db.BeginPull(o.Context(), "share", o.now)
	must(o, err)
	o.pull = id
	out := apply(o, o.db, id, book(path, o.now, statements...))
	must(o, o.db.FinishPull(o.Context(), store.Pull{ID: id, Source: "share", Started: o.now, Ended: o.now}))
	return out
}

// waits returns what waits as a person would read it.
func (o *office) waits(asOf time.Time) string {
	o.Helper()
	all, err := o.db.Pending(o.Context(), asOf)
	must(o, err)
	var out []string
	for _, p := range all {
		v := fmt.Sprint(p.Value)
		if p.NotApplicable {
			v = "na"
		}
		out = append(out, fmt.Sprintf("%s %s %s %s at %s!%s", p.Indicator, p.Period, v, p.Why, p.Cell.Path, p.Cell.Ref))
	}
	return strings.Join(out, "; ")
}

// decides enters what an officer decided about the one value of the figure that
// waits, and takes it in.
func (o *office) decides(k store.Key, d store.Decision) {
	o.Helper()
	all, err := o.db.Pending(o.Context(), time.Time{})
	must(o, err)
	for _, p := range all {
		if p.Key != k {
			continue
		}
		stood, _ := value(o, o.db, k, time.Time{})
		o.enters(store.Acknowledgement{
			Key: k, Matter: store.PendingMatter, Decision: d, Wait: p.Why,
			Decided: store.Stated{Number: p.Number(), Cell: p.Cell, Received: p.Received},
			Stood:   store.Stated{Number: stood.Number(), Cell: stood.Cell, Received: stood.Received},
		})
		return
	}
	o.Fatalf("nothing of %v waits", k)
}

// acceptsAll accepts everything that waits.
func (o *office) acceptsAll() {
	o.Helper()
	all, err := o.db.Pending(o.Context(), time.Time{})
	must(o, err)
	for _, p := range all {
		o.decides(p.Key, store.Accept)
	}
}

// enters notes a decision and takes it in.
func (o *office) enters(a store.Acknowledgement) {
	o.Helper()
	o.now = o.now.Add(time.Minute)
	a.Reason, a.By, a.At = "与原始台账核对", "值班员", o.now
	acks, err := sqlite.OpenAcks(o.Context(), o.cfg.Acks)
	must(o, err)
	_, err = adds(o.Context(), acks, a)
	must(o, errors.Join(err, acks.Close()))
	n, err := o.db.Replay(o.Context(), o.now)
	must(o, err)
	if n != 1 {
		o.Fatalf("%d decisions taken in", n)
	}
}

// rebuild makes the mirror anew: its acknowledgements stay.
func (o *office) rebuild() {
	o.Helper()
	o.path = filepath.Join(o.TempDir(), "again.db")
	o.db = mustOpenAt(o, o.path, o.cfg)
}

func TestRuling21WhatWaits(t *testing.T) {
	grams := store.Key{Unit: "cxs", Indicator: "seized_total_g", Period: june}
	rate := store.Key{Unit: "cxs", Indicator: "clean3y_rate", Period: quarter}
	na := func(k store.Key) store.Statement {
		s := says(k.Unit, k.Indicator, k.Period, 0)
		s.NotApplicable = true
		return s
	}
	say := func(k store.Key, v float64) store.Statement { return says(k.Unit, k.Indicator, k.Period, v) }
	for _, c := range []struct {
		name      string
		month     time.Month
		day       int
		then, now store.Statement
		shown     string
		waits     string
	}{
		{"a closed period", 9, 20, say(total, 100), say(total, 101), "100 v1 a.xlsx", "reg_total 2026-06 101 closed at a.xlsx!F12"},
		{"on the last day", 8, 9, say(total, 100), say(total, 101), "101 v2 a.xlsx", ""},
		{"the day after", 8, 10, say(total, 100), say(total, 101), "100 v1 a.xlsx", "reg_total 2026-06 101 closed at a.xlsx!F12"},
		{"the same again in a closed period", 9, 20, say(total, 100), say(total, 100), "100 v1 a.xlsx", ""},
		{"small", 7, 4, say(total, 100), say(total, 119), "119 v2 a.xlsx", ""},
		{"a fifth is not more than a fifth", 7, 4, say(total, 1000), say(total, 1200), "1200 v2 a.xlsx", ""},
		{"more than a fifth, beyond chance", 7, 4, say(total, 100), say(total, 140), "100 v1 a.xlsx", "reg_total 2026-06 140 large at a.xlsx!F12"},
		{"down as well", 7, 4, say(total, 140), say(total, 95), "140 v1 a.xlsx", "reg_total 2026-06 95 large at a.xlsx!F12"},
		{"more than a fifth, by chance", 7, 4, say(total, 3), say(total, 5), "5 v2 a.xlsx", ""},
		{"beyond chance, less than a fifth", 7, 4, say(total, 1000), say(total, 1150), "1150 v2 a.xlsx", ""},
		{"from nothing", 7, 4, say(total, 0), say(total, 3), "0 v1 a.xlsx", "reg_total 2026-06 3 large at a.xlsx!F12"},
		{"a quantity by 40 %", 7, 4, say(grams, 10), say(grams, 14), "14 v2 a.xlsx", ""},
		{"a quantity by half", 7, 4, say(grams, 10), say(grams, 15), "15 v2 a.xlsx", ""},
		{"a quantity by 60 %", 7, 4, say(grams, 10), say(grams, 16), "10 v1 a.xlsx", "seized_total_g 2026-06 16 large at a.xlsx!F12"},
		{"a ratio", 7, 4, say(rate, 10), say(rate, 90), "90 v2 a.xlsx", ""},
		{"a ratio in a closed period", 9, 20, say(rate, 10), say(rate, 10.5), "10 v1 a.xlsx", "clean3y_rate 2026-Q2 10.5 closed at a.xlsx!F12"},
		{"what applies no more", 7, 4, say(total, 100), na(total), "na v2 a.xlsx", ""},
		{"what applies no more, in a closed period", 9, 20, say(total, 100), na(total), "100 v1 a.xlsx", "reg_total 2026-06 na closed at a.xlsx!F12"},
		{"what applies now", 7, 4, na(total), say(total, 100), "100 v2 a.xlsx", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := newOffice(t)
			o.pulls("a.xlsx", c.then)
			out := o.on(c.month, c.day).pulls("a.xlsx", c.now)
			expect(t, "figure", shown(t, o.db, c.then.Key, time.Time{}), c.shown)
			expect(t, "waits", o.waits(time.Time{}), c.waits)
			if waiting := c.waits != ""; waiting != (out.Pending == 1) || waiting && out.Corrected > 0 {
				t.Errorf("outcome %+v", out)
			}
		})
	}
}

func TestRuling21FirstValueNeverWaits(t *testing.T) {
	o := newOffice(t).on(12, 1)
	o.pulls("a.xlsx", says("cxs", "reg_total", june, 500))
	expect(t, "a late first report", shown(t, o.db, total, time.Time{}), "500 v1 a.xlsx")
	expect(t, "waits", o.waits(time.Time{}), "")
}

func TestRuling21OnePullWeighsItselfAgainstWhatStoodBefore(t *testing.T) {
	o := newOffice(t).on(12, 1)
	apply(t, o.db, 7, book("year.xlsx", o.now, restates("cxs", "reg_total", june, 500)))
	apply(t, o.db, 7, book("june.xlsx", o.now, says("cxs", "reg_total", june, 100)))
	expect(t, "its own report", shown(t, o.db, total, time.Time{}), "100 v2 june.xlsx")
	expect(t, "waits", o.waits(time.Time{}), "")
}

func TestRuling21AfterAPullThatDied(t *testing.T) {
	o := newOffice(t).on(12, 1)
	id, _, err := o.db.BeginPull(t.Context(), "share", o.now)
	must(t, err)
	apply(t, o.db, id, book("year.xlsx", o.now, restates("cxs", "reg_total", june, 500)))
	o.pulls("june.xlsx", says("cxs", "reg_total", june, 100))
	expect(t, "the next one takes up from there", shown(t, o.db, total, time.Time{}), "100 v2 june.xlsx")
	o.pulls("june.xlsx", says("cxs", "reg_total", june, 101))
	expect(t, "and what ended well stands", shown(t, o.db, total, time.Time{}), "100 v2 june.xlsx")
}

func TestRuling21PendingIsPartOfNothing(t *testing.T) {
	o := newOffice(t)
	o.pulls("a.xlsx", says("cxs", "reg_new", june, 100), says("cds", "reg_new", june, 5))
	before := snapshot(t, o.db, time.Time{})
	o.pulls("a.xlsx", says("cxs", "reg_new", june, 300), says("cds", "reg_new", june, 5))
	after := snapshot(t, o.db, time.Time{})
	for _, c := range []struct {
		what      string
		got, want any
	}{{"sums", after.Sums, before.Sums}, {"series", after.Series, before.Series}} {
		expect(t, c.what, fmt.Sprint(c.got), fmt.Sprint(c.want))
	}
	course, err := o.db.Series(t.Context(), store.DistrictCode, "reg_new", june, 2, time.Time{})
	must(t, err)
	expect(t, "course", fmt.Sprint(course.Values), "[0 105]")
	if len(after.Pending) != 1 || after.Pending[0].Value != 300 || len(before.Pending) != 0 {
		t.Errorf("pending: %+v", after.Pending)
	}
}

func TestRuling21ReplacedAndTakenBack(t *testing.T) {
	o := newOffice(t)
	o.pulls("a.xlsx", says("cxs", "reg_total", june, 100))
	o.pulls("a.xlsx", says("cxs", "reg_total", june, 200))
	first := o.now
	moved := says("cxs", "reg_total", june, 200)
	moved.Cell.Ref = "G12"
	if out := o.pulls("a.xlsx", moved); out.Pending != 0 {
		t.Errorf("the same value waits anew: %+v", out)
	}
	all, err := o.db.Pending(t.Context(), time.Time{})
	must(t, err)
	if len(all) != 1 || !all[0].KnownFrom.Equal(first) || all[0].Cell.Ref != "G12" {
		t.Errorf("moved: %+v", all)
	}
	o.pulls("a.xlsx", says("cxs", "reg_total", june, 300))
	expect(t, "the newer one waits", o.waits(time.Time{}), "reg_total 2026-06 300 large at a.xlsx!F12")
	second := o.now
	o.pulls("a.xlsx", says("cxs", "reg_total", june, 100))
	expect(t, "nothing waits", o.waits(time.Time{}), "")
	expect(t, "the accepted value", shown(t, o.db, total, time.Time{}), "100 v1 a.xlsx")
	expect(t, "as of the first", o.waits(first), "reg_total 2026-06 200 large at a.xlsx!F12")
	expect(t, "as of the second", o.waits(second), "reg_total 2026-06 300 large at a.xlsx!F12")
	waits, err := o.db.Waits(t.Context(), total, time.Time{})
	must(t, err)
	if len(waits) != 3 || waits[2].KnownTo.IsZero() {
		t.Errorf("all that ever waited: %+v", waits)
	}
}

func TestRuling21Accept(t *testing.T) {
	o := newOffice(t)
	o.pulls("a.xlsx", says("cxs", "reg_total", june, 100))
	o.on(9, 20).pulls("a.xlsx", says("cxs", "reg_total", june, 300))
	before := o.now
	o.decides(total, store.Accept)
	expect(t, "it enters", shown(t, o.db, total, time.Time{}), "300 v2 a.xlsx")
	expect(t, "nothing waits", o.waits(time.Time{}), "")
	expect(t, "then", shown(t, o.db, total, before), "100 v1 a.xlsx")
	expect(t, "then it waited", o.waits(before), "reg_total 2026-06 300 closed at a.xlsx!F12")
	s := store.NewSnapshot(snapshot(t, o.db, time.Time{}))
	if l := s.Line(store.DistrictCode, "reg_total"); l.Value.V != 300 || l.Waiting != 0 {
		t.Errorf("total: %+v", l)
	}
	if r := s.Report("cxs"); r.Overdue != 1 {
		t.Errorf("%d corrections after the period had closed", r.Overdue)
	}
	if old := store.NewSnapshot(snapshot(t, o.db, before)); old.Report("cxs").Overdue != 0 || old.Line(store.DistrictCode, "reg_total").Waiting != 1 {
		t.Errorf("as of then: %+v", old.Report("cxs"))
	}
	o.pulls("a.xlsx", says("cxs", "reg_total", june, 100))
	expect(t, "going back waits as well", o.waits(time.Time{}), "reg_total 2026-06 100 closed at a.xlsx!F12")
}

func TestRuling21Reject(t *testing.T) {
	o := newOffice(t)
	good, wrong := says("cxs", "reg_total", june, 100), says("cxs", "reg_total", june, 300)
	o.pulls("a.xlsx", good)
	o.pulls("a.xlsx", wrong)
	o.decides(total, store.Reject)
	expect(t, "it stays", shown(t, o.db, total, time.Time{}), "100 v1 a.xlsx")
	expect(t, "nothing waits", o.waits(time.Time{}), "")
	o.pulls("b.xlsx", restates("cxs", "reg_total", june, 100)) // decided anew
	o.pulls("a.xlsx", good)
	o.pulls("a.xlsx", wrong)
	expect(t, "the same workbook is not asked about again", o.waits(time.Time{}), "")
	expect(t, "and does not enter", shown(t, o.db, total, time.Time{}), "100 v1 a.xlsx")
	o.pulls("a.xlsx", wrong, says("cxs", "reg_new", june, 1))
	expect(t, "another version is", o.waits(time.Time{}), "reg_total 2026-06 300 large at a.xlsx!F12")
	o.decides(total, store.Accept)
	expect(t, "accepted after all", shown(t, o.db, total, time.Time{}), "300 v2 a.xlsx")
}

func TestRuling21WithdrawnFromAClosedPeriod(t *testing.T) {
	for _, c := range []struct {
		decision store.Decision
		shown    string
	}{{store.Accept, "-"}, {store.Reject, "100 v1 a.xlsx"}} {
		o := newOffice(t)
		kept := says("cxs", "reg_new", june, 1)
		o.pulls("a.xlsx", says("cxs", "reg_total", june, 100), kept)
		o.on(9, 20).pulls("a.xlsx", kept)
		expect(t, "it stays", shown(t, o.db, total, time.Time{}), "100 v1 a.xlsx")
		expect(t, "and its end waits", o.waits(time.Time{}), "reg_total 2026-06 na withdrawn at a.xlsx!F12")
		expect(t, "nothing is withdrawn yet", open(t, o.db, "withdrawn"), "")
		o.decides(total, c.decision)
		expect(t, string(c.decision), shown(t, o.db, total, time.Time{}), c.shown)
		expect(t, "nothing waits", o.waits(time.Time{}), "")
		o.rebuild()
		o.pulls("a.xlsx", kept)
		expect(t, "made anew: "+string(c.decision), shown(t, o.db, total, time.Time{}), c.shown)
	}
}

func TestRuling21ConflictWaitsForNothing(t *testing.T) {
	o := newOffice(t)
	o.pulls("a.xlsx", says("cxs", "reg_total", june, 100))
	o.pulls("a.xlsx", says("cxs", "reg_total", june, 200))
	o.pulls("b.xlsx", says("cxs", "reg_total", june, 300))
	expect(t, "two files contradict", o.waits(time.Time{}), "")
	expect(t, "the agreed value", shown(t, o.db, total, time.Time{}), "100 v1 a.xlsx")
	must(t, o.db.Gone(t.Context(), o.pull, "share", []string{"b.xlsx"}, o.now.Add(time.Minute)))
	expect(t, "one goes, the other waits again", o.waits(time.Time{}), "reg_total 2026-06 200 large at a.xlsx!F12")
}

// TestWhatStandsStaysInDoubtWhileAnotherWaits keeps a suspect figure suspect when
// a newer value of it is kept back, and judges the newer one when it enters.
func TestWhatStandsStaysInDoubtWhileAnotherWaits(t *testing.T) {
	k := store.Key{Unit: "cxs", Indicator: "reg_new", Period: june}
	o := newOffice(t)
	var past []store.Statement
	for n := 1; n <= 5; n++ {
		past = append(past, says("cxs", "reg_new", store.MonthOf(2026, n), float64(30+n)))
	}
	o.pulls("past.xlsx", past...)
	o.pulls("june.xlsx", says("cxs", "reg_new", june, 330))
	o.pulls("june.xlsx", says("cxs", "reg_new", june, 33))
	expect(t, "it stands in doubt", shown(t, o.db, k, time.Time{}), "330? v1 june.xlsx")
	expect(t, "finding", open(t, o.db, "jump"), "june.xlsx F12 [新增吸毒人员 10]")
	o.acceptsAll()
	expect(t, "accepted", shown(t, o.db, k, time.Time{}), "33 v2 june.xlsx")
	expect(t, "no finding", open(t, o.db, "jump"), "")
}

func TestAcceptedCorrectionIsNoNewsAnyMore(t *testing.T) {
	o := newOffice(t)
	o.pulls("a.xlsx", says("cxs", "reg_total", june, 100))
	o.pulls("a.xlsx", says("cxs", "reg_total", june, 101))
	state := func(asOf time.Time) string {
		data, err := o.db.Snapshot(t.Context(), store.SnapshotRequest{Period: june, AsOf: asOf, Now: o.now.Add(time.Minute)})
		must(t, err)
		f, _ := store.NewSnapshot(data).Figure("cxs", "reg_total", june)
		return f.State.String()
	}
	before := o.now
	expect(t, "state", state(time.Time{}), "corrected")
	f, _ := value(t, o.db, total, time.Time{})
	o.enters(store.Acknowledgement{
		Key: total, Matter: store.CorrectionMatter, Decision: store.Accept,
		Decided: store.Stated{Number: f.Number(), Cell: f.Cell, Received: f.Received},
	})
	expect(t, "taken note of", state(time.Time{}), "fresh")
	expect(t, "then", state(before), "corrected")
	o.pulls("a.xlsx", says("cxs", "reg_total", june, 102))
	expect(t, "the next one is news again", state(time.Time{}), "corrected")
}

// TestD11_Upgrade opens a mirror that the first release wrote.
func TestD11_Upgrade(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("testdata", "version1.sql"))
	must(t, err)
	path := filepath.Join(t.TempDir(), "mirror.db")
	alter(t, path, string(text))
	cfg := config(t)
	cfg.ReadOnly = true
	_, err = sqlite.Open(t.Context(), path, cfg)
	expect(t, "for reading", store.ErrorCode(err), "mirror_older")
	cfg.ReadOnly, cfg.Acks = false, path+".ack.db"
	db := mustOpenAt(t, path, cfg)
	must(t, db.Check(t.Context()))
	expect(t, "figure", shown(t, db, total, time.Time{}), "6 v2 june.xlsx")
	expect(t, "then", shown(t, db, total, at(4)), "5 v1 june.xlsx")
	s := snapshot(t, db, time.Time{})
	if len(s.Conflicts) != 1 || len(s.Tasks) != 1 || len(s.Figures) != 5 || len(s.Pending) != 0 {
		t.Errorf("%d conflicts, %d tasks, %d figures, %d wait", len(s.Conflicts), len(s.Tasks), len(s.Figures), len(s.Pending))
	}
	apply(t, db, 7, book("june.xlsx", at(20), says("cxs", "reg_total", june, 60)))
	expect(t, "a new value waits", shown(t, db, total, time.Time{}), "6 v2 june.xlsx")
	if s = snapshot(t, db, time.Time{}); len(s.Pending) != 1 {
		t.Errorf("%d wait", len(s.Pending))
	}
}

// TestWhatStandsDoesNotWaitBesideItself: a pull begins before the period closes and
// goes on after it. What it has applied in time is said again by another file, and
// must not be asked for.
func TestWhatStandsDoesNotWaitBesideItself(t *testing.T) {
	o := newOffice(t)
	o.pulls("a.xlsx", says("cxs", "reg_total", june, 100))
	before, after := time.Date(2026, 8, 9, 23, 59, 0, 0, time.UTC), time.Date(2026, 8, 10, 0, 1, 0, 0, time.UTC)
	id, _, err := o.db.BeginPull(t.Context(), "share", before)
	must(t, err)
	apply(t, o.db, id, book("a.xlsx", before, says("cxs", "reg_total", june, 101)))
	apply(t, o.db, id, book("b.xlsx", after, says("cxs", "reg_total", june, 101)))
	expect(t, "what waits", o.waits(time.Time{}), "")
	expect(t, "figure", shown(t, o.db, total, time.Time{}), "101 v2 a.xlsx")
	apply(t, o.db, id, book("a.xlsx", after.Add(time.Minute), says("cxs", "reg_total", june, 102)))
	apply(t, o.db, id, book("b.xlsx", after.Add(2*time.Minute), says("cxs", "reg_total", june, 102)))
	expect(t, "what is new after the close waits", o.waits(time.Time{}), "reg_total 2026-06 102 closed at a.xlsx!F12")
}

// TestAFileThatComesBackIsHeldAgainstTheOthers: two files that contradict each other
// vanish at once, and one comes back with a cell that cannot be read. Its last word
// is in force again, and nobody there contradicts it.
func TestAFileThatComesBackIsHeldAgainstTheOthers(t *testing.T) {
	o := newOffice(t)
	o.pulls("a.xlsx", says("cxs", "reg_total", june, 100))
	o.pulls("b.xlsx", says("cxs", "reg_total", june, 110))
	conflicts := func() int { return len(snapshot(t, o.db, time.Time{}).Conflicts) }
	expect(t, "both there", fmt.Sprint(conflicts()), "1")
	must(t, o.db.Gone(t.Context(), o.pull, "share", []string{"a.xlsx", "b.xlsx"}, o.now.Add(time.Minute)))
	expect(t, "both gone", fmt.Sprint(conflicts()), "1")
	o.now = o.now.Add(2 * time.Minute)
	r := book("a.xlsx", o.now)
	r.SetAside = []store.Key{total}
	apply(t, o.db, o.pull, r)
	expect(t, "one back", fmt.Sprint(conflicts()), "0")
	expect(t, "figure", shown(t, o.db, total, time.Time{}), "100 v1 a.xlsx")
}
