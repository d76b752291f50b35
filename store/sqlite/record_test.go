package sqlite_test

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jindu/store"
	"jindu/store/sqlite"
)

// activity makes a row of a publicity ledger; banners tells one from another.
func activity(id, unit string, banners int) store.Record {
	return store.Record{
		ID:   id,
		Form: "publicity",
		Unit: unit,
		Day:  store.NewDate(2026, 6, 12),
		Values: map[string]store.Value{
			"day":     {Kind: store.DateField, Day: store.NewDate(2026, 6, 12), Ref: "B4"},
			"form":    {Kind: store.WordField, Text: "讲座", Ref: "C4"},
			"banners": {Kind: store.CountField, Number: float64(banners), Ref: "D4"},
		},
		Cell: store.Cell{Sheet: "活动", Ref: "B4", Header: []string{"活动日期"}, HeaderRefs: []string{"B3"}},
	}
}

// counted makes a count of a publicity ledger.
func counted(indicator, word, unit string, n int) store.Tally {
	t := store.Tally{
		Form: "publicity", Unit: unit, Period: june, Indicator: indicator, Word: word, Value: float64(n), Rows: n,
		Cell: store.Cell{Sheet: "活动", Ref: "A4:A9"},
	}
	if word != "" {
		t.By, t.Indicator = "form", ""
	}
	return t
}

// ledgerBook makes a reading of a ledger.
func ledgerBook(path string, minute int, records []store.Record, tallies ...store.Tally) *store.Reading {
	r := book(path, at(minute))
	r.Workbook.SHA256 = fmt.Sprint(path, minute)
	r.Sheets[0].Name, r.Sheets[0].Form, r.Records, r.Tallies = "活动", "publicity", records, tallies
	return r
}

// rows returns the rows of ledgers as a person would read them.
func rows(tb testing.TB, db *sqlite.DB, asOf time.Time) string {
	tb.Helper()
	all, err := db.Records(tb.Context(), asOf, "")
	must(tb, err)
	var out []string
	for _, r := range all {
		out = append(out, fmt.Sprintf("%s %s %s=%v at %s!%s since %s", r.ID, r.Unit, r.Day, r.Values["banners"].Number,
			r.Cell.Path, r.Values["banners"].Ref, r.KnownFrom.Sub(start)))
	}
	return strings.Join(out, "; ")
}

// counts returns the counts of ledgers likewise.
func counts(tb testing.TB, db *sqlite.DB, asOf time.Time) string {
	tb.Helper()
	all, err := db.Tallies(tb.Context(), asOf)
	must(tb, err)
	var out []string
	for _, t := range all {
		out = append(out, fmt.Sprintf("%s %s%s %v of %d at %s!%s since %s", t.Unit, t.Indicator, t.Word, t.Value, t.Rows,
			t.Cell.Path, t.Cell.Ref, t.KnownFrom.Sub(start)))
	}
	return strings.Join(out, "; ")
}

// ledgerNumbers returns every number that the ledgers' lists show.
func ledgerNumbers(tb testing.TB, db *sqlite.DB) map[string]float64 {
	tb.Helper()
	out, err := readLedgerNumbers(tb, db, time.Time{})
	must(tb, err)
	return out
}

func readLedgerNumbers(tb testing.TB, db *sqlite.DB, asOf time.Time) (map[string]float64, error) {
	tb.Helper()
	out := map[string]float64{}
	records, err := db.Records(tb.Context(), asOf, "")
	if err != nil {
		return nil, err
	}
	for _, r := range records {
		out[r.ID] = r.Values["banners"].Number
	}
	tallies, err := db.Tallies(tb.Context(), asOf)
	for _, t := range tallies {
		out[t.Indicator+t.Word] = t.Value
	}
	return out, err
}

func TestRecordsKeepTheirHistory(t *testing.T) {
	db := mustOpen(t)
	apply(t, db, 1, ledgerBook("a.xlsx", 1, []store.Record{activity("p1", "cxs", 3), activity("p2", "cds", 4), activity("p3", "cxs", 5)}))
	moved := activity("p1", "cxs", 3)
	moved.Values["banners"] = store.Value{Kind: store.CountField, Number: 3, Ref: "D9"}
	r := ledgerBook("a.xlsx", 11, []store.Record{moved, activity("p2", "cds", 7)})
	apply(t, db, 2, r)
	expect(t, "now", rows(t, db, time.Time{}), "p1 cxs 2026-06-12=3 at a.xlsx!D9 since 1m0s; p2 cds 2026-06-12=7 at a.xlsx!D4 since 11m0s")
	expect(t, "then", rows(t, db, at(10)),
		"p1 cxs 2026-06-12=3 at a.xlsx!D4 since 1m0s; p3 cxs 2026-06-12=5 at a.xlsx!D4 since 1m0s; p2 cds 2026-06-12=4 at a.xlsx!D4 since 1m0s")
	all, err := db.Records(t.Context(), time.Time{}, "publicity")
	must(t, err)
	want := moved
	want.KnownFrom = at(1)
	want.Cell.Workbook, want.Cell.Source, want.Cell.Path, want.Cell.SHA256 = 2, "share", "a.xlsx", "a.xlsx11"
	if !reflect.DeepEqual(all[0], want) {
		t.Errorf("record:\n got %+v\nwant %+v", all[0], want)
	}
	if all, err = db.Records(t.Context(), time.Time{}, "funds"); err != nil || len(all) != 0 {
		t.Errorf("rows of another form: %v, %v", all, err)
	}
}

func TestRecordOfTwoLedgersIsListedOnce(t *testing.T) {
	db := mustOpen(t)
	apply(t, db, 1, ledgerBook("a.xlsx", 1, []store.Record{activity("p1", "cxs", 3)}))
	apply(t, db, 1, ledgerBook("b.xlsx", 2, []store.Record{activity("p1", "cxs", 4), activity("p1", "cxs", 4)}))
	expect(t, "rows", rows(t, db, time.Time{}),
		"p1 cxs 2026-06-12=4 at b.xlsx!D4 since 2m0s; p1-2 cxs 2026-06-12=4 at b.xlsx!D4 since 2m0s")
}

func TestLedgerOfARefusedSheetStays(t *testing.T) {
	db := mustOpen(t)
	apply(t, db, 1, ledgerBook("a.xlsx", 1, []store.Record{activity("p1", "cxs", 3)}, counted("pub_events", "", "cxs", 1)))
	r := ledgerBook("a.xlsx", 11, nil)
	r.Sheets[0].Verdict, r.Workbook.Verdict = store.Rejected, store.Partly
	apply(t, db, 2, r)
	expect(t, "rows", rows(t, db, time.Time{}), "p1 cxs 2026-06-12=3 at a.xlsx!D4 since 1m0s")
	expect(t, "counts", counts(t, db, time.Time{}), "cxs pub_events 1 of 1 at a.xlsx!A4:A9 since 1m0s")
	apply(t, db, 3, ledgerBook("a.xlsx", 21, nil))
	expect(t, "rows taken out", rows(t, db, time.Time{}), "")
	expect(t, "counts taken out", counts(t, db, time.Time{}), "")
}

func TestTalliesKeepTheirHistory(t *testing.T) {
	db := mustOpen(t)
	apply(t, db, 1, ledgerBook("a.xlsx", 1, nil, counted("pub_events", "", "cxs", 3), counted("", "讲座", "cxs", 2)))
	longer := counted("pub_events", "", "cxs", 3)
	longer.Cell.Ref = "A4:A12"
	apply(t, db, 2, ledgerBook("a.xlsx", 11, nil, longer, counted("", "讲座", "cxs", 1)))
	expect(t, "now", counts(t, db, time.Time{}),
		"cxs pub_events 3 of 3 at a.xlsx!A4:A12 since 1m0s; cxs 讲座 1 of 1 at a.xlsx!A4:A9 since 11m0s")
	expect(t, "then", counts(t, db, at(5)),
		"cxs pub_events 3 of 3 at a.xlsx!A4:A9 since 1m0s; cxs 讲座 2 of 2 at a.xlsx!A4:A9 since 1m0s")
}

func TestTwoTablesOfASheetAreOneCount(t *testing.T) {
	db := mustOpen(t)
	apply(t, db, 1, ledgerBook("a.xlsx", 1, nil, counted("pub_events", "", "cxs", 3), counted("pub_events", "", "cxs", 2)))
	expect(t, "counts", counts(t, db, time.Time{}), "cxs pub_events 5 of 5 at a.xlsx!A4:A9 since 1m0s")
}

// TestSnapshotHoldsTheRowsOfTwoYears: what is older is left out, unless it has no
// day or stands until it is changed.
func TestSnapshotHoldsTheRowsOfTwoYears(t *testing.T) {
	db := mustOpen(t)
	old := store.NewDate(2024, 6, 30)
	row := func(id, form string, day store.Date) store.Record {
		r := activity(id, "cxs", 3)
		r.Form, r.Day = form, day
		return r
	}
	early := counted("pub_events", "", "cxs", 3)
	early.Period = june.Add(-24)
	apply(t, db, 1, ledgerBook("a.xlsx", 1, []store.Record{
		row("p1", "publicity", old), row("p2", "publicity", old.Add(1)), row("p3", "publicity", store.Date{}), row("r1", "roster", old),
	}, early, counted("pub_events", "", "cxs", 2)))
	data, err := db.Snapshot(t.Context(), store.SnapshotRequest{Period: june, Now: at(60)})
	must(t, err)
	s := store.NewSnapshot(data)
	var got []string
	for _, r := range append(s.Rows("publicity", "cxs"), s.Rows("roster", store.DistrictCode)...) {
		got = append(got, r.ID)
	}
	expect(t, "rows", strings.Join(got, " "), "p2 p3 r1")
	if all := s.Counts("publicity", ""); len(all) != 1 || all[0].Value != 2 {
		t.Errorf("counts: %+v", all)
	}
	if len(s.Rows("publicity", "cds"))+len(s.Rows("funds", "cxs")) > 0 {
		t.Error("another unit or another ledger has rows")
	}
}

// TestRowsFollowTheirFile: what was read before is read no more, but where it
// lies is asked every time.
func TestRowsFollowTheirFile(t *testing.T) {
	db := mustOpen(t)
	apply(t, db, 1, ledgerBook("a.xlsx", 1, []store.Record{activity("p1", "cxs", 3)}))
	held := snapshot(t, db, time.Time{})
	must(t, db.Rename(t.Context(), "share", "a.xlsx", "b.xlsx", at(11)))
	expect(t, "now", snapshot(t, db, time.Time{}).Records[0].Cell.Path, "b.xlsx")
	expect(t, "then", snapshot(t, db, at(10)).Records[0].Cell.Path, "a.xlsx")
	expect(t, "what is held", held.Records[0].Cell.Path, "a.xlsx")
}

// TestNoPersonalKindIsKept hands in what no reader should: the mirror is the
// last door, and keeps nothing of a kind that is never read.
func TestNoPersonalKindIsKept(t *testing.T) {
	db := mustOpen(t)
	r := activity("p1", "cxs", 3)
	r.Values["owner"] = store.Value{Kind: store.PersonalField, Text: "某某"}
	r.Values["note"] = store.Value{Kind: store.FreeField, Text: "某某"}
	apply(t, db, 1, ledgerBook("a.xlsx", 1, []store.Record{r}))
	all, err := db.Records(t.Context(), time.Time{}, "")
	must(t, err)
	expect(t, "fields", strings.Join(slices.Sorted(maps.Keys(all[0].Values)), " "), "banners day form")
}

func TestHeadsOfTheLastAcceptedVersion(t *testing.T) {
	db := mustOpen(t)
	headed := func(path string, minute int, p store.Period, names ...string) *store.Reading {
		r := book(path, at(minute))
		r.Workbook.SHA256 = fmt.Sprint(path, minute)
		r.Sheets[0].Period = p
		for i, name := range names {
			r.Heads = append(r.Heads, store.Head{Sheet: "报表", Form: "report", Unit: "cxs", Ref: fmt.Sprint("A", i+3), Path: []string{"登记", name}, Means: name})
		}
		return r
	}
	heads := func(what, want string) {
		t.Helper()
		lists, err := db.Heads(t.Context(), "share", "report", "cxs", june.Add(1))
		must(t, err)
		var out []string
		for _, l := range lists {
			out = append(out, fmt.Sprint(l.Path, " ", l.Sheet, " ", l.Period, " ", l.Heads))
		}
		expect(t, what, strings.Join(out, "; "), want)
	}
	apply(t, db, 1, headed("june.xlsx", 1, june, "a", "b"))
	apply(t, db, 1, headed("may.xlsx", 2, may, "a"))
	heads("two months", "june.xlsx 报表 2026-06 [{   A3 [登记 a] a} {   A4 [登记 b] b}]; may.xlsx 报表 2026-05 [{   A3 [登记 a] a}]")
	apply(t, db, 2, headed("june.xlsx", 11, june, "c"))
	r := headed("may.xlsx", 12, may, "d")
	r.Sheets[0].Verdict, r.Workbook.Verdict = store.Rejected, store.Partly
	apply(t, db, 2, r)
	heads("one changed, one refused", "june.xlsx 报表 2026-06 [{   A3 [登记 c] c}]; may.xlsx 报表 2026-05 [{   A3 [登记 a] a}]")
	if lists, err := db.Heads(t.Context(), "other", "report", "cxs", june.Add(1)); err != nil || len(lists) != 0 {
		t.Errorf("heads of another source: %v, %v", lists, err)
	}
	if lists, err := db.Heads(t.Context(), "share", "report", "cxs", june); err != nil || len(lists) != 1 || lists[0].Period != may {
		t.Errorf("heads before June: %v, %v", lists, err)
	}
	if lists, err := db.Heads(t.Context(), "share", "report", "cxs", store.Period{}); err != nil || len(lists) != 0 {
		t.Errorf("heads of sheets without a period: %v, %v", lists, err)
	}
}

// ledgerSheet is what a ledger says, or all lists of them.
type ledgerSheet struct {
	records []store.Record
	tallies []store.Tally
	tasks   []store.Task
	cases   []store.Case
}

// modelLedger is what a file's ledger says in the naive model, and since which
// of its versions.
type modelLedger struct {
	ledgerSheet
	said string
	seq  int64
}

// replace takes in another version of the file, unless it is the one known.
func (m *modelLedger) replace(l ledgerSheet, beside string, live bool, seq int64) {
	said := fmt.Sprint(beside, l)
	if live && said == m.said {
		return
	}
	m.ledgerSheet, m.said, m.seq = l, said, seq
}

func drawLedger(t *rapid.T) ledgerSheet {
	l := ledgerSheet{}
	number := rapid.IntRange(0, 2)
	for _, id := range rapid.SliceOfDistinct(rapid.SampledFrom([]string{"p1", "p2", "p3"}), rapid.ID[string]).Draw(t, "records") {
		l.records = append(l.records, activity(id, "cxs", number.Draw(t, "banners")))
	}
	for _, word := range rapid.SliceOfDistinct(rapid.SampledFrom([]string{"", "讲座"}), rapid.ID[string]).Draw(t, "tallies") {
		l.tallies = append(l.tallies, counted("pub_banners", word, "dh1", number.Draw(t, "count")))
	}
	for _, id := range rapid.SliceOfDistinct(rapid.SampledFrom([]string{"t1", "t2"}), rapid.ID[string]).Draw(t, "tasks") {
		l.tasks = append(l.tasks, task(id, "cxs", store.NewDate(2026, 7, 10+number.Draw(t, "due"))))
	}
	for _, id := range rapid.SliceOfDistinct(rapid.SampledFrom([]string{"c1", "c2"}), rapid.ID[string]).Draw(t, "cases") {
		l.cases = append(l.cases, store.Case{
			ID: id, Unit: "dh1", Type: "贩卖毒品", Class: "criminal", Accepted: store.NewDate(2026, 5, 2),
			Solved: store.NewDate(2026, 6, 1+number.Draw(t, "solved")), Suspects: 1, Detained: -1, Cell: store.Cell{Sheet: "案件", Ref: "A4"},
		})
	}
	return l
}

// listed returns what the lists of ledgers say as of a moment.
func (h *history) listed(t *rapid.T, asOf time.Time) ledgerSheet {
	l := ledgerSheet{}
	var errs [4]error
	l.records, errs[0] = h.db.Records(t.Context(), asOf, "")
	l.tallies, errs[1] = h.db.Tallies(t.Context(), asOf)
	l.tasks, errs[2] = h.db.Tasks(t.Context(), asOf)
	l.cases, errs[3] = h.db.Cases(t.Context(), asOf)
	if err := errors.Join(errs[:]...); err != nil {
		t.Fatal(err)
	}
	return l
}

// checkShelves compares the rows that the snapshot holds with the lists, and with
// what a mirror says that has read nothing before.
func (h *history) checkShelves(t *rapid.T, m moment) {
	if !sameRows(m.snapshot, m.ledgers.records, m.ledgers.tallies) {
		t.Fatalf("the snapshot holds\n%+v\n%+v\nand the lists\n%+v\n%s", m.snapshot.Records, m.snapshot.Tallies, m.ledgers, strings.Join(h.story, "\n"))
	}
	if len(h.then)%4 > 0 {
		return // opening the mirror takes longer than all the rest
	}
	fresh, err := sqlite.Open(t.Context(), h.path, sqlite.Config{Units: h.cfg.Units, Catalogue: h.cfg.Catalogue, Settings: h.cfg.Settings, ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	s, err := fresh.Snapshot(t.Context(), store.SnapshotRequest{Period: june, Now: h.now})
	if err := errors.Join(err, fresh.Close()); err != nil {
		t.Fatal(err)
	}
	if !sameRows(s, m.snapshot.Records, m.snapshot.Tallies) {
		t.Fatalf("read anew, the snapshot holds\n%+v\nnot\n%+v\n%s", s.Records, m.snapshot.Records, strings.Join(h.story, "\n"))
	}
}

// sameRows reports whether the snapshot holds those rows and counts.
func sameRows(s *store.SnapshotData, records []store.Record, tallies []store.Tally) bool {
	return len(s.Records) == len(records) && len(s.Tallies) == len(tallies) &&
		(len(records) == 0 || reflect.DeepEqual(s.Records, records)) && (len(tallies) == 0 || reflect.DeepEqual(s.Tallies, tallies))
}

// told returns what the lists say, each row once: of two files that list the
// same one, the later sheet is the one that counts.
func told(sheets ...ledgerSheet) map[string]string {
	out := map[string]string{}
	for _, l := range sheets {
		for _, r := range l.records {
			out["record "+r.ID] = fmt.Sprint(r.Values["banners"].Number)
		}
		for _, one := range l.tasks {
			out["task "+one.ID] = fmt.Sprint(one.Unit, " ", one.Due, " ", one.Status)
		}
		for _, c := range l.cases {
			out["case "+c.ID] = fmt.Sprint(c.Unit, " ", c.Solved, " ", c.SeizedG)
		}
	}
	return out
}

// talliesOf returns the counts, which every file has of its own.
func talliesOf(sheets ...ledgerSheet) []string {
	var out []string
	for _, l := range sheets {
		for _, one := range l.tallies {
			out = append(out, fmt.Sprint(one.Indicator, one.Word, one.Value, one.Rows))
		}
	}
	slices.Sort(out)
	return out
}

// checkLedgers compares the lists with those of the naive model.
func (h *history) checkLedgers(t *rapid.T, got ledgerSheet) {
	files := slices.SortedFunc(maps.Values(h.model.files), func(a, b *modelFile) int { return int(a.ledger.seq - b.ledger.seq) })
	var want []ledgerSheet
	for _, f := range files {
		want = append(want, f.ledger.ledgerSheet)
	}
	rows := told(want...)
	if !maps.Equal(rows, told(got)) || !slices.Equal(talliesOf(want...), talliesOf(got)) || len(got.records)+len(got.tasks)+len(got.cases) != len(rows) {
		t.Fatalf("ledgers:\n got %v %v\nwant %v %v\n%s", told(got), talliesOf(got), rows, talliesOf(want...), strings.Join(h.story, "\n"))
	}
}
