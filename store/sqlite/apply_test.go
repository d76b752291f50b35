package sqlite_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"jindu/store"
	"jindu/store/sqlite"
)

// may is the month before june.
var may = store.MonthOf(2026, 5)

// total is the figure that most scenarios are about.
var total = store.Key{Unit: "cxs", Indicator: "reg_total", Period: june}

// shown returns the figure as a person would read it: its value, version and
// file, or a dash where there is none.
func shown(tb testing.TB, db *sqlite.DB, k store.Key, asOf time.Time) string {
	tb.Helper()
	f, ok := value(tb, db, k, asOf)
	if !ok {
		return "-"
	}
	v := fmt.Sprint(f.Value)
	if f.NotApplicable {
		v = "na"
	}
	if f.Suspect {
		v += "?"
	}
	return fmt.Sprintf("%s v%d %s", v, f.Version, f.Cell.Path)
}

// open returns the open findings of a rule: file, cell, arguments.
func open(tb testing.TB, db *sqlite.DB, rule string) string {
	tb.Helper()
	all, err := db.Findings(tb.Context(), time.Time{})
	must(tb, err)
	var out []string
	for _, f := range all {
		if f.Rule == rule {
			args := make([]string, len(f.Args))
			for i, arg := range f.Args {
				args[i], _, _ = strings.Cut(arg, store.Bilingual("", "")) // as it is said in Chinese
			}
			out = append(out, fmt.Sprint(f.Path, " ", f.Cell, " ", args))
		}
	}
	slices.Sort(out)
	return strings.Join(out, "; ")
}

func expect(tb testing.TB, what, got, want string) {
	tb.Helper()
	if got != want {
		tb.Errorf("%s: got %q, want %q", what, got, want)
	}
}

func refused(path string, received time.Time) *store.Reading {
	r := book(path, received)
	r.Workbook.Verdict = store.Rejected
	r.Sheets[0].Verdict = store.Rejected
	r.Findings = []store.Finding{store.NewFinding("damaged", "", "", "zip")}
	return r
}

func TestApplyTwiceChangesNothing(t *testing.T) {
	db := mustOpen(t)
	r := book("a.xlsx", at(1), says("cxs", "reg_total", june, 5))
	r.Findings = []store.Finding{store.NewFinding("hidden_rows", "报表", "A4")}
	first := apply(t, db, 1, r)
	before := snapshot(t, db, time.Time{})
	r = book("a.xlsx", at(30), says("cxs", "reg_total", june, 5))
	r.Findings = []store.Finding{store.NewFinding("hidden_rows", "报表", "A4")}
	again := apply(t, db, 2, r)
	if again.Workbook != first.Workbook || again.Opened+again.Corrected != 0 || again.Unchanged != 1 {
		t.Errorf("second time: %+v", again)
	}
	after := snapshot(t, db, time.Time{})
	if before.Version != after.Version || fmt.Sprint(before.Figures) != fmt.Sprint(after.Figures) {
		t.Errorf("the mirror changed from version %d to %d", before.Version, after.Version)
	}
}

func TestCorrectionKeepsWhatWasKnown(t *testing.T) {
	db := mustOpen(t)
	apply(t, db, 1, book("a.xlsx", at(1), says("cxs", "reg_total", june, 5)))
	out := apply(t, db, 2, book("a.xlsx", at(11), says("cxs", "reg_total", june, 7)))
	if out.Corrected != 1 || out.Opened != 0 {
		t.Errorf("outcome %+v", out)
	}
	moved := says("cxs", "reg_total", june, 7)
	moved.Cell.Ref = "G12"
	if out = apply(t, db, 3, book("a.xlsx", at(21), moved)); out.Unchanged != 1 {
		t.Errorf("outcome of a move %+v", out)
	}
	na := says("cxs", "reg_total", june, 0)
	na.NotApplicable = true
	apply(t, db, 4, book("a.xlsx", at(31), na))
	for moment, want := range map[int]string{0: "-", 1: "5 v1 a.xlsx", 10: "5 v1 a.xlsx", 11: "7 v2 a.xlsx", 21: "7 v2 a.xlsx", 31: "na v3 a.xlsx"} {
		expect(t, fmt.Sprint("as of ", moment), shown(t, db, total, at(moment)), want)
	}
	versions, err := db.Versions(t.Context(), total, time.Time{})
	must(t, err)
	if len(versions) != 3 || versions[1].Cell.Ref != "G12" || !versions[1].KnownFrom.Equal(at(11)) || !versions[1].KnownTo.Equal(at(31)) || !versions[2].KnownTo.IsZero() {
		t.Errorf("versions: %+v", versions)
	}
	versions, err = db.Versions(t.Context(), total, at(15))
	must(t, err)
	if len(versions) != 2 || versions[1].Cell.Ref != "F12" || !versions[1].KnownTo.IsZero() {
		t.Errorf("versions as of then: %+v", versions)
	}
}

func TestConflict(t *testing.T) {
	db := mustOpen(t)
	apply(t, db, 1, book("a.xlsx", at(1), says("cxs", "reg_total", june, 5)))
	out := apply(t, db, 2, book("b.xlsx", at(11), says("cxs", "reg_total", june, 7)))
	if out.Conflicts != 1 || len(out.Findings) != 1 || out.Findings[0].Rule != "conflict" || out.Findings[0].Path != "b.xlsx" {
		t.Errorf("outcome %+v", out)
	}
	expect(t, "the agreed value", shown(t, db, total, time.Time{}), "5 v1 a.xlsx")
	expect(t, "finding", open(t, db, "conflict"), "b.xlsx F12 [a.xlsx]")
	if s := snapshot(t, db, time.Time{}); !slices.Equal(s.Conflicts, []store.Key{total}) {
		t.Errorf("conflicts %v", s.Conflicts)
	}
	must(t, db.Gone(t.Context(), 3, "share", []string{"a.xlsx"}, at(21)))
	expect(t, "after one has gone", shown(t, db, total, time.Time{}), "7 v2 b.xlsx")
	expect(t, "finding after one has gone", open(t, db, "conflict"), "")
	if s := snapshot(t, db, time.Time{}); len(s.Conflicts) != 0 {
		t.Errorf("conflicts %v", s.Conflicts)
	}
	if s := snapshot(t, db, at(20)); len(s.Conflicts) != 1 {
		t.Errorf("conflicts as of then %v", s.Conflicts)
	}
}

func TestConflictEndsByAgreement(t *testing.T) {
	db := mustOpen(t)
	apply(t, db, 1, book("a.xlsx", at(1), says("cxs", "reg_total", june, 5)))
	apply(t, db, 2, book("b.xlsx", at(11), says("cxs", "reg_total", june, 7)))
	apply(t, db, 3, book("a.xlsx", at(21), says("cxs", "reg_total", june, 7)))
	expect(t, "value", shown(t, db, total, time.Time{}), "7 v2 b.xlsx")
	expect(t, "conflict", open(t, db, "conflict"), "")
	expect(t, "duplicate", open(t, db, "duplicate"), "a.xlsx F12 [b.xlsx]")
}

func TestConflictOfOnePullAgreesOnNothing(t *testing.T) {
	db := mustOpen(t)
	apply(t, db, 1, book("a.xlsx", at(1), says("cxs", "reg_total", june, 5)))
	apply(t, db, 1, book("b.xlsx", at(2), says("cxs", "reg_total", june, 7)))
	expect(t, "value", shown(t, db, total, time.Time{}), "-")
	apply(t, db, 2, book("b.xlsx", at(11), says("cxs", "reg_total", june, 5)))
	expect(t, "agreed later", shown(t, db, total, time.Time{}), "5 v2 a.xlsx")
}

func TestConflictGoesBackToWhatStoodBeforeThePull(t *testing.T) {
	db := mustOpen(t)
	apply(t, db, 1, book("a.xlsx", at(1), says("cxs", "reg_total", june, 4)))
	apply(t, db, 2, book("a.xlsx", at(11), says("cxs", "reg_total", june, 5)))
	apply(t, db, 2, book("b.xlsx", at(12), says("cxs", "reg_total", june, 7)))
	expect(t, "value", shown(t, db, total, time.Time{}), "4 v3 a.xlsx")
	must(t, db.Gone(t.Context(), 3, "share", []string{"a.xlsx", "b.xlsx"}, at(21)))
	expect(t, "both gone at once", shown(t, db, total, time.Time{}), "4 v3 a.xlsx")
}

func TestGoneFilesKeepTheirFigures(t *testing.T) {
	db := mustOpen(t)
	apply(t, db, 1, book("a.xlsx", at(1), says("cxs", "reg_total", june, 5)))
	must(t, db.Gone(t.Context(), 2, "share", []string{"a.xlsx", "never.xlsx"}, at(11)))
	expect(t, "gone", shown(t, db, total, time.Time{}), "5 v1 a.xlsx")
	stamps, err := db.Stamps(t.Context(), "share")
	must(t, err)
	if len(stamps) != 1 || stamps["a.xlsx"].Live {
		t.Errorf("stamps %+v", stamps)
	}
	books, err := db.Workbooks(t.Context(), time.Time{})
	must(t, err)
	if len(books) != 1 || books[0].Live || !books[0].GoneSince.Equal(at(11)) {
		t.Errorf("workbooks %+v", books)
	}
	if books, err = db.Workbooks(t.Context(), at(10)); err != nil || !books[0].Live || !books[0].GoneSince.IsZero() {
		t.Errorf("workbooks as of then %+v, %v", books, err)
	}
	apply(t, db, 3, book("new.xlsx", at(21), says("cxs", "reg_total", june, 6)))
	expect(t, "another file takes over", shown(t, db, total, time.Time{}), "6 v2 new.xlsx")
	must(t, db.Gone(t.Context(), 4, "share", []string{"new.xlsx"}, at(31)))
	expect(t, "and the old one does not come back", shown(t, db, total, time.Time{}), "6 v2 new.xlsx")
	apply(t, db, 5, book("a.xlsx", at(41), says("cxs", "reg_total", june, 5)))
	expect(t, "until its file does", shown(t, db, total, time.Time{}), "5 v3 a.xlsx")
}

// A refused file that was taken away stood among the errors for ever: nobody could
// mend it.
func TestNothingIsWrongWithARefusedFileThatIsGone(t *testing.T) {
	db := mustOpen(t)
	first := book("a.xlsx", at(1), says("cxs", "reg_total", june, 5))
	first.Findings = []store.Finding{store.NewFinding("hidden_rows", "报表", "A4")}
	apply(t, db, 1, first)
	rules := func() (out []string) {
		all, err := db.Findings(t.Context(), time.Time{})
		must(t, err)
		for _, f := range all {
			out = append(out, f.Rule)
		}
		slices.Sort(out)
		return out
	}
	for range 2 { // it may come back
		apply(t, db, 2, refused("a.xlsx", at(11)))
		expect(t, "refused", strings.Join(rules(), " "), "damaged hidden_rows")
		must(t, db.Gone(t.Context(), 3, "share", []string{"a.xlsx"}, at(21)))
		expect(t, "gone: its figure stands, and what is known of that", strings.Join(rules(), " "), "hidden_rows")
	}
}

func TestRenamedFileIsTheSame(t *testing.T) {
	db := mustOpen(t)
	apply(t, db, 1, book("a.xlsx", at(1), says("cxs", "reg_total", june, 5)))
	must(t, db.Rename(t.Context(), "share", "a.xlsx", "b.xlsx", at(11)))
	expect(t, "now", shown(t, db, total, time.Time{}), "5 v1 b.xlsx")
	expect(t, "then", shown(t, db, total, at(10)), "5 v1 a.xlsx")
	stamps, err := db.Stamps(t.Context(), "share")
	must(t, err)
	if len(stamps) != 1 || !stamps["b.xlsx"].Live {
		t.Errorf("stamps %+v", stamps)
	}
	out := apply(t, db, 2, book("b.xlsx", at(21), says("cxs", "reg_total", june, 6)))
	if out.Corrected != 1 || out.Conflicts != 0 {
		t.Errorf("outcome %+v", out)
	}
	if err := db.Rename(t.Context(), "share", "no.xlsx", "c.xlsx", at(31)); err == nil {
		t.Error("a file that was never there was renamed")
	}
}

func TestDuplicateIsNamedOnce(t *testing.T) {
	db := mustOpen(t)
	both := []store.Statement{says("cxs", "reg_total", june, 5), says("cxs", "reg_new", june, 2)}
	apply(t, db, 1, book("a.xlsx", at(1), both...))
	out := apply(t, db, 1, book("b.xlsx", at(2), both...))
	if out.Unchanged != 2 || len(out.Findings) != 1 {
		t.Errorf("outcome %+v", out)
	}
	expect(t, "duplicate", open(t, db, "duplicate"), "b.xlsx F12 [a.xlsx]")
	must(t, db.Gone(t.Context(), 2, "share", []string{"a.xlsx"}, at(11)))
	expect(t, "after one has gone", open(t, db, "duplicate"), "")
	expect(t, "the other one's word", shown(t, db, total, time.Time{}), "5 v1 b.xlsx")
}

func TestRestatements(t *testing.T) {
	k := store.Key{Unit: "cxs", Indicator: "reg_total", Period: may}
	db := mustOpen(t)
	apply(t, db, 1, book("may.xlsx", at(1), says("cxs", "reg_total", may, 5)))
	apply(t, db, 2, book("june.xlsx", at(11), says("cxs", "reg_total", june, 9), restates("cxs", "reg_total", may, 6)))
	expect(t, "a later file corrects", shown(t, db, k, time.Time{}), "6 v2 june.xlsx")
	apply(t, db, 3, book("may.xlsx", at(21), says("cxs", "reg_total", may, 7)))
	expect(t, "its own file has the last word", shown(t, db, k, time.Time{}), "7 v3 may.xlsx")
	apply(t, db, 4, book("june.xlsx", at(31), says("cxs", "reg_total", june, 8), restates("cxs", "reg_total", may, 6)))
	expect(t, "what was said before says nothing new", shown(t, db, k, time.Time{}), "7 v3 may.xlsx")
	expect(t, "nothing differs", open(t, db, "restated_differs"), "")

	apply(t, db, 5, book("june.xlsx", at(41), says("cxs", "reg_total", june, 8), restates("cxs", "reg_total", may, 4)))
	apply(t, db, 5, book("may.xlsx", at(42), says("cxs", "reg_total", may, 3)))
	expect(t, "in the same pull its own file wins", shown(t, db, k, time.Time{}), "3 v5 may.xlsx")
	expect(t, "and the difference is a finding", open(t, db, "restated_differs"), "june.xlsx D12 [may.xlsx]")
}

func TestSetAsideKeepsTheLastGoodValue(t *testing.T) {
	db := mustOpen(t)
	apply(t, db, 1, book("a.xlsx", at(1), says("cxs", "reg_total", june, 5), says("cxs", "reg_new", june, 1)))
	r := book("a.xlsx", at(11), says("cxs", "reg_new", june, 2))
	bad := store.NewFinding("not_number", "报表", "F12")
	bad.Unit, bad.Indicator, bad.Period = total.Unit, total.Indicator, total.Period
	r.Findings, r.SetAside, r.Workbook.Verdict = []store.Finding{bad}, []store.Key{total}, store.Partly
	apply(t, db, 2, r)
	expect(t, "value", shown(t, db, total, time.Time{}), "5 v1 a.xlsx")
	want := store.SetAside{Key: total, Workbook: 2, Sheet: "报表", Ref: "F12", Rule: "not_number"}
	if s := snapshot(t, db, time.Time{}); !slices.Equal(s.SetAside, []store.SetAside{want}) {
		t.Errorf("set aside: %+v", s.SetAside)
	}
	apply(t, db, 3, book("a.xlsx", at(21), says("cxs", "reg_total", june, 6), says("cxs", "reg_new", june, 2)))
	expect(t, "mended", shown(t, db, total, time.Time{}), "6 v2 a.xlsx")
	if s := snapshot(t, db, time.Time{}); len(s.SetAside) != 0 {
		t.Errorf("set aside: %+v", s.SetAside)
	}
	if s := snapshot(t, db, at(15)); len(s.SetAside) != 1 {
		t.Errorf("set aside as of then: %+v", s.SetAside)
	}
}

func TestWithdrawn(t *testing.T) {
	db := mustOpen(t)
	kept := says("cxs", "dead_total", june, 1)
	apply(t, db, 1, book("a.xlsx", at(1), says("cxs", "reg_total", june, 5), says("cxs", "reg_new", june, 1), kept))
	out := apply(t, db, 2, book("a.xlsx", at(11), kept))
	expect(t, "value", shown(t, db, total, time.Time{}), "-")
	expect(t, "one finding for the sheet", open(t, db, "withdrawn"), "a.xlsx F12 []")
	if len(out.Findings) != 1 {
		t.Errorf("outcome: %+v", out)
	}
	expect(t, "then", shown(t, db, total, at(10)), "5 v1 a.xlsx")
	apply(t, db, 3, book("a.xlsx", at(21), says("cxs", "reg_total", june, 5), kept))
	expect(t, "put back", shown(t, db, total, time.Time{}), "5 v2 a.xlsx")
	expect(t, "finding", open(t, db, "withdrawn"), "")
}

func TestWithdrawnFallsBackToAnotherFile(t *testing.T) {
	db := mustOpen(t)
	kept := says("cxs", "dead_total", june, 1)
	apply(t, db, 1, book("a.xlsx", at(1), says("cxs", "reg_total", june, 5)))
	apply(t, db, 2, book("b.xlsx", at(11), restates("cxs", "reg_total", june, 6), kept))
	expect(t, "corrected", shown(t, db, total, time.Time{}), "6 v2 b.xlsx")
	apply(t, db, 3, book("b.xlsx", at(21), kept))
	expect(t, "taken back", shown(t, db, total, time.Time{}), "5 v3 a.xlsx")
	expect(t, "nothing was lost", open(t, db, "withdrawn"), "")
}

func TestFileUsedAgainForTheNextMonth(t *testing.T) {
	db := mustOpen(t)
	k := store.Key{Unit: "cxs", Indicator: "reg_total", Period: may}
	early := time.Date(2026, 6, 3, 9, 0, 0, 0, time.UTC)
	apply(t, db, 1, book("report.xlsx", early, says("cxs", "reg_total", may, 5)))
	apply(t, db, 2, book("report.xlsx", at(1), says("cxs", "reg_total", june, 6)))
	expect(t, "may stays", shown(t, db, k, time.Time{}), "5 v1 report.xlsx")
	expect(t, "june is new", shown(t, db, total, time.Time{}), "6 v1 report.xlsx")
	expect(t, "nothing was taken back", open(t, db, "withdrawn"), "")
	apply(t, db, 3, book("may again.xlsx", at(11), says("cxs", "reg_total", may, 4)))
	expect(t, "a file of may corrects it without conflict", shown(t, db, k, time.Time{}), "4 v2 may again.xlsx")
}

func TestWrongPeriodMendedLeavesNothingBehind(t *testing.T) {
	db := mustOpen(t)
	k := store.Key{Unit: "cxs", Indicator: "reg_total", Period: may}
	apply(t, db, 1, book("june.xlsx", at(1), says("cxs", "reg_total", may, 6)))
	apply(t, db, 2, book("june.xlsx", at(11), says("cxs", "reg_total", june, 6)))
	expect(t, "may", shown(t, db, k, time.Time{}), "-")
	expect(t, "june", shown(t, db, total, time.Time{}), "6 v1 june.xlsx")
	expect(t, "finding", open(t, db, "withdrawn"), "june.xlsx F12 []")
}

func TestRefusedLeavesInForce(t *testing.T) {
	db := mustOpen(t)
	r := book("a.xlsx", at(1), says("cxs", "reg_total", june, 5))
	r.Statements[0].Suspect = true
	r.Findings = []store.Finding{store.NewFinding("total_mismatch", "报表", "F20", "9", "8")}
	apply(t, db, 1, r)
	apply(t, db, 2, refused("a.xlsx", at(11)))
	expect(t, "value", shown(t, db, total, time.Time{}), "5? v1 a.xlsx")
	expect(t, "why it was refused", open(t, db, "damaged"), "a.xlsx  [zip]")
	expect(t, "why the figure is in doubt", open(t, db, "total_mismatch"), "a.xlsx F20 [9 8]")
	apply(t, db, 3, book("a.xlsx", at(21), says("cxs", "reg_total", june, 5)))
	expect(t, "no doubt any more", shown(t, db, total, time.Time{}), "5 v2 a.xlsx")
	expect(t, "refusal", open(t, db, "damaged"), "")
	expect(t, "doubt", open(t, db, "total_mismatch"), "")
}

func TestRefusedSheetLeavesInForce(t *testing.T) {
	db := mustOpen(t)
	other := says("cxs", "reg_new", june, 1)
	other.Cell.Sheet = "新增"
	apply(t, db, 1, book("a.xlsx", at(1), says("cxs", "reg_total", june, 5), other))
	r := book("a.xlsx", at(11), other)
	r.Workbook.Verdict, r.Sheets[0].Verdict = store.Partly, store.Rejected
	apply(t, db, 2, r)
	expect(t, "value of the refused sheet", shown(t, db, total, time.Time{}), "5 v1 a.xlsx")
}

func TestClockSetBackChangesNothingKnown(t *testing.T) {
	db := mustOpen(t)
	apply(t, db, 1, book("a.xlsx", at(60), says("cxs", "reg_total", june, 5)))
	apply(t, db, 2, book("a.xlsx", at(0), says("cxs", "reg_total", june, 7)))
	expect(t, "then", shown(t, db, total, at(60)), "5 v1 a.xlsx")
	expect(t, "now", shown(t, db, total, time.Time{}), "7 v2 a.xlsx")
}

func TestContradictionWithinAWorkbook(t *testing.T) {
	db := mustOpen(t)
	apply(t, db, 1, book("a.xlsx", at(1), says("cxs", "reg_total", june, 5)))
	second := says("cxs", "reg_total", june, 7)
	second.Cell.Ref = "F30"
	apply(t, db, 2, book("a.xlsx", at(11), says("cxs", "reg_total", june, 6), second))
	expect(t, "value", shown(t, db, total, time.Time{}), "5 v1 a.xlsx")
	expect(t, "finding", open(t, db, "conflict"), "a.xlsx F30 [a.xlsx]")
	if s := snapshot(t, db, time.Time{}); len(s.SetAside) != 1 || s.SetAside[0].Ref != "F30" {
		t.Errorf("set aside: %+v", s.SetAside)
	}
}

func TestNotANumberIsRefusedWhole(t *testing.T) {
	db := mustOpen(t)
	nan := says("cxs", "reg_total", june, 0)
	nan.Value = nan.Value / nan.Value
	if _, err := db.Apply(t.Context(), 1, book("a.xlsx", at(1), says("cxs", "reg_new", june, 1), nan)); err == nil {
		t.Fatal("applied")
	}
	if s := snapshot(t, db, time.Time{}); len(s.Figures) != 0 || len(s.Workbooks) != 0 {
		t.Errorf("half of it was applied: %d figures, %d workbooks", len(s.Figures), len(s.Workbooks))
	}
}
