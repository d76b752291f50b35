package sqlite_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jindu/store"
	"jindu/store/sqlite"
)

// start is a moment after the periods that the tests are about.
var start = time.Date(2026, 7, 3, 9, 0, 0, 0, time.UTC)

// at returns the moment so many minutes after the start.
func at(minutes int) time.Time { return start.Add(time.Duration(minutes) * time.Minute) }

// june is the period that the tests are about.
var june = store.MonthOf(2026, 6)

func config(tb testing.TB) sqlite.Config {
	tb.Helper()
	catalogue, err := store.LoadCatalogue()
	if err != nil {
		tb.Fatal(err)
	}
	return sqlite.Config{
		Units: store.NewUnits([]store.Unit{
			{Code: "cxs", Name: "城西派出所", Kind: store.Station},
			{Code: "cds", Name: "城东派出所", Kind: store.Station},
			{Code: "dhj", Name: "东湖街道", Kind: store.Street},
			{Code: "dh1", Name: "湖滨社区", Kind: store.Community, Parent: "dhj"},
			{Code: "dh2", Name: "柳浪社区", Kind: store.Community, Parent: "dhj"},
		}),
		Catalogue: catalogue,
		Settings:  store.Settings{District: store.District{Name: "云岭区"}, Zone: time.UTC, DueDay: 5, CloseDays: 40, MonthStarts: 1},
	}
}

// mustOpen opens a mirror for writing at a path of its own.
func mustOpen(tb testing.TB) *sqlite.DB {
	tb.Helper()
	return mustOpenAt(tb, filepath.Join(tb.TempDir(), "mirror.db"), config(tb))
}

func mustOpenAt(tb testing.TB, path string, cfg sqlite.Config) *sqlite.DB {
	tb.Helper()
	db, err := sqlite.Open(tb.Context(), path, cfg)
	if err != nil {
		tb.Fatalf("open: %v", err)
	}
	tb.Cleanup(func() { must(tb, db.Close()) })
	return db
}

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

// book makes the reading of an accepted workbook.
func book(path string, received time.Time, statements ...store.Statement) *store.Reading {
	content := []byte(path)
	for _, s := range statements { // quickly: benchmarks make a million of them
		content = append(content, s.Unit+s.Indicator+s.Period.String()+s.Cell.Sheet+s.Cell.Ref+s.Cell.Raw...)
		content = strconv.AppendFloat(content, s.Value, 'g', -1, 64)
		content = strconv.AppendBool(strconv.AppendBool(strconv.AppendBool(content, s.NotApplicable), s.Own), s.Suspect)
	}
	sum := sha256.Sum256(content)
	return &store.Reading{
		Workbook: store.Workbook{
			Source:   "share",
			Path:     path,
			SHA256:   hex.EncodeToString(sum[:]),
			Size:     int64(1000 + len(statements)),
			Format:   "xlsx",
			Modified: received.Add(-time.Hour),
			Received: received,
			Verdict:  store.Accepted,
			Figures:  len(statements),
		},
		Sheets:     []store.SheetReading{{Name: "报表", Form: "report", Verdict: store.Accepted}},
		Statements: statements,
	}
}

// says makes the period's own statement.
func says(unit, indicator string, p store.Period, v float64) store.Statement {
	return store.Statement{
		Key:   store.Key{Unit: unit, Indicator: indicator, Period: p},
		Value: v,
		Own:   true,
		Cell: store.Cell{
			Sheet:      "报表",
			Ref:        "F12",
			Raw:        fmt.Sprint(v),
			Header:     []string{"登记", indicator},
			HeaderRefs: []string{"E3", "F4"},
			UnitRef:    "A12",
			PeriodRef:  "title",
		},
	}
}

// restates makes a statement beside the file's own period.
func restates(unit, indicator string, p store.Period, v float64) store.Statement {
	s := says(unit, indicator, p, v)
	s.Own = false
	s.Cell.Ref = "D12"
	return s
}

func apply(tb testing.TB, db *sqlite.DB, pull int64, r *store.Reading) store.Outcome {
	tb.Helper()
	out, err := db.Apply(tb.Context(), pull, r)
	if err != nil {
		tb.Fatalf("apply %s: %v", r.Workbook.Path, err)
	}
	return out
}

// value returns the figure of the station and of the indicator in June, as known at a moment.
func value(tb rapid.TB, db *sqlite.DB, k store.Key, asOf time.Time) (store.Figure, bool) {
	tb.Helper()
	all, err := db.Figures(context.Background(), sqlite.FigureQuery{Units: []string{k.Unit}, Indicators: []string{k.Indicator}, Periods: []store.Period{k.Period}, AsOf: asOf})
	if err != nil {
		tb.Fatal(err)
	}
	if len(all) == 0 {
		return store.Figure{}, false
	}
	return all[0], true
}

func snapshot(tb testing.TB, db *sqlite.DB, asOf time.Time) *store.SnapshotData {
	tb.Helper()
	s, err := db.Snapshot(context.Background(), store.SnapshotRequest{AsOf: asOf, Now: at(24 * 60)})
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

func TestFigureTellsItsCell(t *testing.T) {
	db := mustOpen(t)
	id, initial, err := db.BeginPull(t.Context(), "share", at(0))
	must(t, err)
	if !initial {
		t.Error("the first pull is not initial")
	}
	r := book("城西所6月.xlsx", at(1), says("cxs", "reg_total", june, 1204.5))
	r.Workbook.Initial = initial
	out := apply(t, db, id, r)
	if out.Opened != 1 || out.Corrected != 0 {
		t.Errorf("outcome: %+v", out)
	}
	f, ok := value(t, db, store.Key{Unit: "cxs", Indicator: "reg_total", Period: june}, time.Time{})
	if !ok {
		t.Fatal("no figure")
	}
	want := r.Statements[0].Cell
	want.Workbook, want.Source, want.Path, want.SHA256 = out.Workbook, "share", "城西所6月.xlsx", r.Workbook.SHA256
	if fmt.Sprint(f.Cell) != fmt.Sprint(want) {
		t.Errorf("cell:\n got %v\nwant %v", f.Cell, want)
	}
	if f.Value != 1204.5 || f.Version != 1 || !f.KnownFrom.Equal(at(1)) || !f.Received.Equal(at(-59)) || !f.FirstArrived.Equal(at(-59)) {
		t.Errorf("figure: %+v", f)
	}
	must(t, db.FinishPull(t.Context(), store.Pull{ID: id, Source: "share", Started: at(0), Ended: at(2), Listed: 1, Accepted: 1}))
	if _, initial, err = db.BeginPull(t.Context(), "share", at(10)); err != nil || initial {
		t.Errorf("second pull: initial %v, %v", initial, err)
	}
	s := snapshot(t, db, time.Time{})
	if s.Period != june || len(s.Figures) != 1 || len(s.Series) != 2 || len(s.Pulls) != 1 || len(s.Workbooks) != 1 || len(s.Changes) != 1 {
		t.Errorf("snapshot: period %v, %d figures, %d series, %d pulls, %d workbooks, %d changes",
			s.Period, len(s.Figures), len(s.Series), len(s.Pulls), len(s.Workbooks), len(s.Changes))
	}
}
