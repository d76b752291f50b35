package sqlite_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"jindu/store"
	"jindu/store/sqlite"
)

// quarter is the period of a quarterly indicator that holds June.
var quarter = store.Period{Kind: store.Quarter, Year: 2026, N: 2}

func TestSnapshotHoldsThePeriodsThatItsPagesCompare(t *testing.T) {
	db := mustOpen(t)
	var all []store.Statement
	for back := range 30 {
		all = append(all, says("cxs", "reg_new", june.Add(-back), float64(back)))
	}
	all = append(all,
		says("cxs", "employ_rate", quarter, 50),
		says("cxs", "employ_rate", quarter.Add(-1), 40),
		says("cxs", "employ_rate", quarter.Add(-3), 30),
		says("cxs", "reg_new", quarter, 3), // known by months: not wanted by quarter
	)
	apply(t, db, 1, book("a.xlsx", at(1), all...))
	s := snapshot(t, db, time.Time{})
	var got []string
	for _, f := range s.Figures {
		got = append(got, f.Indicator+" "+f.Period.String())
	}
	want := []string{
		"reg_new 2025-06", "reg_new 2026-05", "reg_new 2026-06",
		"employ_rate 2026-Q1", "employ_rate 2026-Q2",
	}
	if !slices.Equal(got, want) {
		t.Errorf("figures: %v", got)
	}
	if len(s.Periods) != 47 || s.Periods[0].End() != june.End() || s.Periods[46] != june.Add(-29) {
		t.Errorf("%d periods: %v", len(s.Periods), s.Periods)
	}
	wantSums := []store.Sum{
		{Unit: "cxs", Indicator: "reg_new", Year: 2026, Value: 0 + 1 + 2 + 3 + 4 + 5, Months: 6},
		{Unit: "cxs", Indicator: "reg_new", Year: 2025, Value: 12 + 13 + 14 + 15 + 16 + 17, Months: 6},
	}
	if !slices.Equal(s.Sums, wantSums) {
		t.Errorf("sums: %v", s.Sums)
	}
	for _, one := range s.Series {
		const n = store.SeriesMonths
		if len(one.Values) != n || len(one.Known) != n || one.Values[n-1] != 0 || one.Values[0] != float64(n-1) || slices.Contains(one.Known, false) {
			t.Errorf("series of %s: %v", one.Unit, one.Values)
		}
	}
}

func TestSnapshotChoosesThePeriod(t *testing.T) {
	db := mustOpen(t)
	for i, unit := range []string{"cxs", "cds", "dh1"} {
		apply(t, db, 1, book(unit+".xlsx", at(i), says(unit, "reg_total", may, 5)))
	}
	apply(t, db, 2, book("june.xlsx", at(11), says("cxs", "reg_total", june, 5)))
	if s := snapshot(t, db, time.Time{}); s.Period != may {
		t.Errorf("one of three has reported June, but it opens with %v", s.Period)
	}
	apply(t, db, 3, book("june2.xlsx", at(21), says("cds", "reg_total", june, 5)))
	if s := snapshot(t, db, time.Time{}); s.Period != june {
		t.Errorf("two of three have reported June, but it opens with %v", s.Period)
	}
	if s := snapshot(t, db, at(15)); s.Period != may {
		t.Errorf("as of then it opens with %v", s.Period)
	}
	if s := snapshot(t, mustOpen(t), time.Time{}); !s.Period.IsZero() || len(s.Figures) != 0 {
		t.Errorf("an empty mirror opens with %v", s.Period)
	}
}

func TestChangesOfTheDay(t *testing.T) {
	db := mustOpen(t)
	apply(t, db, 1, book("a.xlsx", at(-2000), says("cxs", "reg_total", june, 5)))
	apply(t, db, 2, book("a.xlsx", at(1), says("cxs", "reg_total", june, 7), says("cxs", "reg_new", june, 1)))
	s, err := db.Snapshot(t.Context(), store.SnapshotRequest{Now: at(60)})
	must(t, err)
	var got []string
	for _, c := range s.Changes {
		got = append(got, fmt.Sprintf("%s %v to %v, first %v, %s", c.Indicator, c.From, c.To, c.First, c.Cell.Ref))
	}
	if want := []string{"reg_new 0 to 1, first true, F12", "reg_total 5 to 7, first false, F12"}; !slices.Equal(got, want) {
		t.Errorf("changes: %q", got)
	}
}

func TestSeriesOfUnitsAndTotals(t *testing.T) {
	db := mustOpen(t)
	for i, unit := range []string{"cxs", "dh1", "dh2"} {
		apply(t, db, 1, book(unit+".xlsx", at(i),
			says(unit, "reg_total", june, float64(10*(i+1))),
			says(unit, "reg_total", june.Add(-2), 1),
			says(unit, "employ_rate", quarter, 50)))
	}
	for _, c := range []struct {
		unit, indicator string
		to              store.Period
		want            string
	}{
		{"cxs", "reg_total", june, "[1 0 10] [true false true]"},
		{"dhj", "reg_total", june, "[2 0 50] [true false true]"},
		{store.DistrictCode, "reg_total", june, "[3 0 60] [true false true]"},
		{"cxs", "employ_rate", quarter, "[0 0 50] [false false true]"},
		{store.DistrictCode, "employ_rate", quarter, "[0 0 0] [false false false]"}, // ratios are never added up
	} {
		s, err := db.Series(t.Context(), c.unit, c.indicator, c.to, 3, time.Time{})
		must(t, err)
		expect(t, c.unit+" "+c.indicator, fmt.Sprint(s.Values, s.Known), c.want)
	}
	apply(t, db, 2, book("dhj.xlsx", at(11), says("dhj", "reg_total", june, 77)))
	s, err := db.Series(t.Context(), "dhj", "reg_total", june, 1, time.Time{})
	must(t, err)
	expect(t, "a street that reports itself", fmt.Sprint(s.Values), "[77]")
	s, err = db.Series(t.Context(), "dhj", "reg_total", june, 1, at(10))
	must(t, err)
	expect(t, "before it did", fmt.Sprint(s.Values), "[50]")
}

func TestNeighbours(t *testing.T) {
	db := mustOpen(t)
	put := func(ref, indicator, sheet string) store.Statement {
		s := says("cxs", indicator, june, 4)
		s.Cell.Ref, s.Cell.Sheet = ref, sheet
		return s
	}
	apply(t, db, 1, book("a.xlsx", at(1),
		put("F12", "reg_total", "一"), put("G12", "reg_new", "一"), put("F15", "dead_total", "一"), put("J12", "abroad_total", "一"), put("F11", "lost_total", "二")))
	f, _ := value(t, db, total, time.Time{})
	near, err := db.Neighbours(t.Context(), f.Cell, 3, 2)
	must(t, err)
	var got []string
	for _, n := range near {
		got = append(got, fmt.Sprint(n.Row, " ", n.Col, " ", n.Indicator, " ", n.Value))
	}
	slices.Sort(got)
	if want := []string{"11 6 reg_new 4", "14 5 dead_total 4"}; !slices.Equal(got, want) {
		t.Errorf("neighbours: %q", got)
	}
	if near, err = db.Neighbours(t.Context(), store.Cell{Ref: "title"}, 3, 2); err != nil || near != nil {
		t.Errorf("neighbours of no address: %v, %v", near, err)
	}
}

func TestFiguresInTheBoardsOrder(t *testing.T) {
	db := mustOpen(t)
	apply(t, db, 1, book("a.xlsx", at(1),
		says("dh1", "reg_total", june, 1), says("cxs", "reg_new", june, 2), says("cxs", "reg_total", june, 3),
		says("cxs", "reg_total", may, 4), says("zzz", "reg_total", june, 5)))
	all, err := db.Figures(t.Context(), sqlite.FigureQuery{})
	must(t, err)
	var got []string
	for _, f := range all {
		got = append(got, f.Unit+" "+f.Indicator+" "+f.Period.String())
	}
	want := []string{"cxs reg_total 2026-05", "cxs reg_total 2026-06", "cxs reg_new 2026-06", "dh1 reg_total 2026-06", "zzz reg_total 2026-06"}
	if !slices.Equal(got, want) {
		t.Errorf("figures: %q", got)
	}
}

func TestFilesOfTheFirstPullArrivedWhenTheyWereWritten(t *testing.T) {
	db := mustOpen(t)
	first := book("a.xlsx", at(0), says("cxs", "reg_total", june, 5))
	first.Workbook.Initial, first.Workbook.Modified = true, at(-5000)
	apply(t, db, 1, first)
	apply(t, db, 2, book("a.xlsx", at(11), says("cxs", "reg_total", june, 6)))
	f, _ := value(t, db, total, time.Time{})
	if !f.Received.Equal(at(11)) || !f.FirstArrived.Equal(at(-5000)) {
		t.Errorf("received %v, first %v", f.Received, f.FirstArrived)
	}
	if f = snapshot(t, db, time.Time{}).Figures[0]; !f.Received.Equal(at(11)) || !f.FirstArrived.Equal(at(-5000)) {
		t.Errorf("in the snapshot: received %v, first %v", f.Received, f.FirstArrived)
	}
}

func TestSnapshotHoldsTheDaysOfCampaigns(t *testing.T) {
	cfg := config(t)
	cfg.Settings.Campaigns = []store.Campaign{
		{Code: "now", From: store.NewDate(2026, 4, 1), To: store.NewDate(2026, 7, 9), Indicators: []string{"reg_new", "case_criminal"}, Against: "then"},
		{Code: "then", From: store.NewDate(2025, 4, 1), To: store.NewDate(2025, 7, 9)},
	}
	db := mustOpenAt(t, filepath.Join(t.TempDir(), "mirror.db"), cfg)
	var all []store.Statement
	for back := range 18 {
		all = append(all, says("cxs", "reg_new", june.Add(-back), 1), says("cxs", "reg_total", june.Add(-back), 1))
	}
	r := book("a.xlsx", at(1), all...)
	for i, solved := range []store.Date{store.NewDate(2026, 6, 2), store.NewDate(2025, 5, 2), store.NewDate(2023, 5, 2), {}} {
		r.Cases = append(r.Cases, store.Case{ID: string(rune('a' + i)), Unit: "cxs", Class: "criminal", Solved: solved, Suspects: 2, Detained: -1, SeizedG: -1})
	}
	apply(t, db, 1, r)
	s := snapshot(t, db, time.Time{})
	months := map[string]int{}
	for _, f := range s.Figures {
		months[f.Indicator]++
	}
	if months["reg_new"] != 7 || months["reg_total"] != 3 { // April to June, April to July of last year; June, May and June 2025
		t.Errorf("figures: %v", months)
	}
	if len(s.CaseRows) != 2 || s.CaseRows[0].Suspects != 2 || s.CaseRows[0].Cell.Path != "a.xlsx" {
		t.Errorf("cases: %+v", s.CaseRows)
	}
}
