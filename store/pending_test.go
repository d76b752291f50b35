package store_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"jindu/store"
)

func TestRuling21Large(t *testing.T) {
	cases := store.Indicator{Code: "c", Kind: store.Flow, Measure: "起"}
	grams := store.Indicator{Code: "g", Kind: store.Flow, Measure: "克"}
	rate := store.Indicator{Code: "r", Kind: store.Ratio, Measure: "%"}
	done := store.Indicator{Code: "d", Kind: store.Check, Measure: "是/否"}
	na := store.Num{}
	for _, c := range []struct {
		ind       store.Indicator
		then, now store.Num
		want      bool
	}{
		{cases, store.Some(100), store.Some(120), false}, // a fifth is not more than a fifth
		{cases, store.Some(100), store.Some(121), false}, // z = 2
		{cases, store.Some(100), store.Some(133), true},  // z = 3.07
		{cases, store.Some(100), store.Some(132), false}, // z = 2.98
		{cases, store.Some(100), store.Some(72), true},   // z = -3.03
		{cases, store.Some(1000), store.Some(1199), false},
		{cases, store.Some(1000), store.Some(1201), true},
		{cases, store.Some(0), store.Some(2), false}, // z = 2.83
		{cases, store.Some(0), store.Some(3), true},
		{cases, store.Some(100), na, false},
		{cases, na, store.Some(100), false},
		{grams, store.Some(10), store.Some(15), false},
		{grams, store.Some(10), store.Some(15.01), true},
		{grams, store.Some(10), store.Some(4.99), true},
		{grams, store.Some(0), store.Some(0.1), true},
		{grams, store.Some(-0.7), store.Some(-1), false},
		{rate, store.Some(1), store.Some(99), false},
		{done, store.Some(0), store.Some(1), false},
	} {
		if got := c.ind.Large(c.then, c.now); got != c.want {
			t.Errorf("%s from %v to %v: large %v", c.ind.Measure, c.then, c.now, got)
		}
	}
}

func TestRuling21Closed(t *testing.T) {
	s := store.Settings{CloseDays: 40}
	for _, c := range []struct {
		period string
		day    store.Date
		want   bool
	}{
		{"2026-06", store.NewDate(2026, 8, 9), false},
		{"2026-06", store.NewDate(2026, 8, 10), true},
		{"2026-Q2", store.NewDate(2026, 8, 10), true},
		{"2026", store.NewDate(2026, 8, 10), false},
		{"2026-W26", store.NewDate(2026, 8, 8), true}, // it ends on 28 June
	} {
		p, err := store.ParsePeriod(c.period)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.Closed(p, c.day); got != c.want {
			t.Errorf("%s on %s: closed %v", c.period, c.day, got)
		}
	}
	if (store.Settings{}).Closed(store.MonthOf(2020, 1), store.NewDate(2026, 1, 1)) {
		t.Error("a period closed without closing days")
	}
}

// decided makes a decision about a value of a workbook.
func decided(m store.Matter, d store.Decision, sha string, v float64, others ...store.Num) store.Acknowledgement {
	return store.Acknowledgement{
		Matter: m, Decision: d, Others: others,
		Decided: store.Stated{Number: store.Some(v), Cell: store.Cell{SHA256: sha}},
		Stood:   store.Stated{Number: store.Some(1), Cell: store.Cell{SHA256: "old"}},
	}
}

func TestTheLatestDecisionCounts(t *testing.T) {
	gone := decided(store.PendingMatter, store.Reject, "a", 0)
	gone.Wait, gone.Decided.Number = store.WaitWithdrawn, store.Num{}
	all := []store.Acknowledgement{
		decided(store.PendingMatter, store.Reject, "a", 5),
		decided(store.PendingMatter, store.Accept, "b", 5),
		decided(store.PendingMatter, store.Accept, "a", 5),
		decided(store.CorrectionMatter, store.Accept, "c", 5),
		gone,
	}
	for _, c := range []struct {
		sha  string
		v    store.Num
		w    store.Wait
		want store.Decision
	}{
		{"a", store.Some(5), store.WaitLarge, store.Accept},
		{"b", store.Some(5), store.WaitClosed, store.Accept},
		{"b", store.Some(6), store.WaitLarge, ""},
		{"c", store.Some(5), store.WaitLarge, ""}, // noting a correction decides nothing
		{"a", store.Num{}, store.WaitClosed, ""},
		{"a", store.Num{}, store.WaitWithdrawn, store.Reject},
	} {
		if got := store.DecisionOn(all, c.sha, c.v, c.w); got != c.want {
			t.Errorf("%s %v %s: %q, want %q", c.sha, c.v, c.w, got, c.want)
		}
	}
	if s, ok := all[0].Standing(); !ok || s.Cell.SHA256 != "old" {
		t.Errorf("after a rejection stands %+v", s)
	}
	if s, ok := all[1].Standing(); !ok || s.Cell.SHA256 != "b" {
		t.Errorf("after it was accepted stands %+v", s)
	}
	gone.Decision = store.Accept
	if s, ok := gone.Standing(); ok {
		t.Errorf("after it was let go stands %+v", s)
	}
}

func TestAChoiceHoldsUntilSomebodySaysSomethingNew(t *testing.T) {
	claim := func(v float64, own, live bool) store.Claim {
		return store.Claim{Statement: store.Statement{Value: v, Own: own}, Live: live}
	}
	chosen := []store.Acknowledgement{decided(store.ConflictMatter, store.Accept, "a", 5, store.Some(7), store.Num{})}
	again := append(slices.Clone(chosen), decided(store.ConflictMatter, store.Accept, "b", 8, store.Some(5)))
	for _, c := range []struct {
		name   string
		claims []store.Claim
		all    []store.Acknowledgement
		want   bool
	}{
		{"as it was", []store.Claim{claim(5, true, true), claim(7, true, true)}, chosen, true},
		{"nobody was asked", []store.Claim{claim(5, true, true), claim(7, true, true)}, nil, false},
		{"a third file", []store.Claim{claim(5, true, true), claim(7, true, true), claim(8, true, true)}, chosen, false},
		{"a third file that agrees", []store.Claim{claim(5, true, true), claim(7, true, true), claim(7, true, true)}, chosen, true},
		{"the chosen one is gone", []store.Claim{claim(5, true, false), claim(7, true, true)}, chosen, false},
		{"a third one is gone", []store.Claim{claim(5, true, true), claim(7, true, true), claim(9, true, false)}, chosen, true},
		{"restated", []store.Claim{claim(5, true, true), claim(7, true, true), claim(9, false, true)}, chosen, true},
		{"chosen anew", []store.Claim{claim(5, true, true), claim(7, true, true)}, again, false},
	} {
		if v, ok := store.Choice(c.claims, c.all); ok != c.want || ok && v != store.Some(5) {
			t.Errorf("%s: %v %v", c.name, v, ok)
		}
	}
}

// waitingDistrict is a snapshot of two stations, of which one has changed its
// figure of June.
func waitingDistrict(t *testing.T) *store.SnapshotData {
	t.Helper()
	catalogue, err := store.LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	june := store.MonthOf(2026, 6)
	d := &store.SnapshotData{
		Request:   store.SnapshotRequest{Now: time.Date(2026, 7, 4, 9, 0, 0, 0, time.UTC)},
		Period:    june,
		Units:     store.NewUnits([]store.Unit{{Code: "a", Name: "城西派出所", Kind: store.Station}, {Code: "b", Name: "城东派出所", Kind: store.Station}}),
		Catalogue: catalogue,
		Settings:  store.Settings{Zone: time.UTC, DueDay: 5, CloseDays: 40},
	}
	for _, unit := range []string{"a", "b"} {
		for _, code := range []string{"urine_done", "urine_due", "reg_total"} {
			d.Reporting = append(d.Reporting, store.UnitIndicator{Unit: unit, Indicator: code})
			d.Figures = append(d.Figures, store.Figure{
				Key: store.Key{Unit: unit, Indicator: code, Period: june}, Value: 100, Version: 1, KnownFrom: d.Request.Now.AddDate(0, 0, -3),
			})
		}
	}
	return d
}

func TestWhatWaitsIsSaidAndNotCounted(t *testing.T) {
	d := waitingDistrict(t)
	rate, ok := d.Catalogue.ByCode("urine_rate")
	if !ok {
		t.Fatal("no urine_rate")
	}
	for i := range d.Figures {
		switch d.Figures[i].Indicator {
		case "urine_done":
			d.Figures[i].Indicator = rate.Numerator
		case "urine_due":
			d.Figures[i].Indicator = rate.Denominator
		}
	}
	for i := range d.Reporting {
		d.Reporting[i].Indicator = d.Figures[i].Indicator
	}
	for _, code := range []string{"reg_total", rate.Denominator} {
		d.Pending = append(d.Pending, store.Pending{Key: store.Key{Unit: "a", Indicator: code, Period: d.Period}, Value: 900, Why: store.WaitLarge})
	}
	s := store.NewSnapshot(d)
	if l := s.Line(store.DistrictCode, "reg_total"); l.Value.V != 200 || l.Waiting != 1 || l.N != 2 {
		t.Errorf("total: %v of %d, %d wait", l.Value, l.N, l.Waiting)
	}
	if l := s.Line(store.DistrictCode, "urine_rate"); l.Value.V != 100 || l.Waiting != 1 {
		t.Errorf("ratio: %v, %d wait", l.Value, l.Waiting)
	}
	if l := s.Line("b", "reg_total"); l.Waiting != 0 {
		t.Errorf("the other unit: %d wait", l.Waiting)
	}
	if p, ok := s.Waiting(d.Pending[0].Key); !ok || p.Number() != store.Some(900) {
		t.Errorf("waiting: %+v", p)
	}
	if s.Report("a").Pending == 0 || s.Report("b").Pending != 0 {
		t.Errorf("reports: %+v, %+v", s.Report("a"), s.Report("b"))
	}
}

func TestNotedCorrectionIsFresh(t *testing.T) {
	for _, c := range []struct {
		noted time.Duration // after the correction
		want  store.State
	}{{-time.Hour, store.Corrected}, {0, store.Corrected}, {time.Minute, store.Fresh}} {
		d := waitingDistrict(t)
		f := &d.Figures[0]
		f.Version, f.KnownFrom = 2, d.Request.Now.Add(-2*time.Hour)
		d.Acknowledged = []store.Acknowledgement{{Key: f.Key, Matter: store.CorrectionMatter, Decision: store.Accept, KnownFrom: f.KnownFrom.Add(c.noted)}}
		got, _ := store.NewSnapshot(d).Figure("a", f.Indicator, d.Period)
		if got.State != c.want {
			t.Errorf("noted %v after: %s", c.noted, got.State)
		}
	}
}

func TestCorrectionsAfterClosingAreCounted(t *testing.T) {
	d := waitingDistrict(t)
	of := func(unit string, p store.Period, m store.Matter, dec store.Decision, w store.Wait) store.Acknowledgement {
		return store.Acknowledgement{Key: store.Key{Unit: unit, Indicator: "reg_total", Period: p}, Matter: m, Decision: dec, Wait: w}
	}
	d.Acknowledged = []store.Acknowledgement{
		of("a", d.Period, store.PendingMatter, store.Accept, store.WaitClosed),
		of("a", d.Period, store.PendingMatter, store.Accept, store.WaitWithdrawn),
		of("a", d.Period, store.PendingMatter, store.Accept, store.WaitLarge),
		of("a", d.Period, store.PendingMatter, store.Reject, store.WaitClosed),
		of("a", d.Period, store.CorrectionMatter, store.Accept, ""),
		of("a", d.Period.Add(-1), store.PendingMatter, store.Accept, store.WaitClosed),
		of("b", d.Period, store.PendingMatter, store.Accept, store.WaitClosed),
	}
	s := store.NewSnapshot(d)
	if got := fmt.Sprint(s.Report("a").Overdue, s.Report("b").Overdue); got != "2 1" {
		t.Errorf("corrections after closing: %s", got)
	}
}
