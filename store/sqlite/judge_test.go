package sqlite_test

import (
	"fmt"
	"testing"
	"time"

	"jindu/store"
	"jindu/store/sqlite"
)

// cases is the figure that reports and the case ledger have in common.
var cases = store.Key{Unit: "cxs", Indicator: "case_criminal", Period: june}

// ledgerOf makes a case ledger that counts the unit's criminal cases in June.
func ledgerOf(path string, minute int, unit string, n int) *store.Reading {
	r := ledgerBook(path, minute, nil)
	r.Sheets[0].Name, r.Sheets[0].Form, r.Sheets[0].Unit = "案件", "cases", unit
	r.Tallies = []store.Tally{caseCount("cxs", n)}
	return r
}

func caseCount(unit string, n int) store.Tally {
	return store.Tally{
		Form: "cases", Unit: unit, Period: june, Indicator: "case_criminal", Value: float64(n), Rows: n,
		Cell: store.Cell{Sheet: "案件", Ref: "A4:A61"},
	}
}

// reported makes a report of a station's criminal cases in June.
func reported(path string, minute int, v float64) *store.Reading {
	return book(path, at(minute), says("cxs", "case_criminal", june, v))
}

func TestRuling25LedgerAgainstReport(t *testing.T) {
	const fromReport = "r.xlsx F12 [案件台账 2026-06 12 14 l.xlsx 案件!A4:A61]"
	const fromLedger = "l.xlsx A4:A61 [案件台账 2026-06 12 14 r.xlsx 报表!F12]"
	for _, c := range []struct {
		name  string
		steps func(*sqlite.DB)
		value string
		want  string
	}{
		{"the report comes last", func(db *sqlite.DB) {
			apply(t, db, 1, ledgerOf("l.xlsx", 1, "", 12))
			apply(t, db, 1, reported("r.xlsx", 2, 14))
		}, "14? v1 r.xlsx", fromReport},
		{"the ledger comes last", func(db *sqlite.DB) {
			apply(t, db, 1, reported("r.xlsx", 1, 14))
			apply(t, db, 1, ledgerOf("l.xlsx", 2, "", 12))
		}, "14? v2 r.xlsx", fromLedger},
		{"they agree", func(db *sqlite.DB) {
			apply(t, db, 1, ledgerOf("l.xlsx", 1, "", 14))
			apply(t, db, 1, reported("r.xlsx", 2, 14))
		}, "14 v1 r.xlsx", ""},
		{"the ledger is corrected", func(db *sqlite.DB) {
			apply(t, db, 1, ledgerOf("l.xlsx", 1, "", 12))
			apply(t, db, 1, reported("r.xlsx", 2, 14))
			apply(t, db, 2, ledgerOf("l.xlsx", 11, "", 14))
		}, "14 v2 r.xlsx", ""},
		{"the report is corrected", func(db *sqlite.DB) {
			apply(t, db, 1, reported("r.xlsx", 1, 14))
			apply(t, db, 1, ledgerOf("l.xlsx", 2, "", 12))
			apply(t, db, 2, reported("r.xlsx", 11, 12))
		}, "12 v3 r.xlsx", ""},
		{"the ledger is read again and still differs", func(db *sqlite.DB) {
			apply(t, db, 1, ledgerOf("l.xlsx", 1, "", 12))
			apply(t, db, 1, reported("r.xlsx", 2, 14))
			again := ledgerOf("l.xlsx", 11, "", 12)
			again.Workbook.Size++
			apply(t, db, 2, again)
		}, "14? v1 r.xlsx", fromReport},
		{"the ledger is gone", func(db *sqlite.DB) {
			apply(t, db, 1, ledgerOf("l.xlsx", 1, "", 12))
			apply(t, db, 1, reported("r.xlsx", 2, 14))
			must(t, db.Gone(t.Context(), 2, "share", []string{"l.xlsx"}, at(11)))
		}, "14 v2 r.xlsx", ""},
		{"the ledger comes back", func(db *sqlite.DB) {
			apply(t, db, 1, ledgerOf("l.xlsx", 1, "", 12))
			apply(t, db, 1, reported("r.xlsx", 2, 14))
			must(t, db.Gone(t.Context(), 2, "share", []string{"l.xlsx"}, at(11)))
			apply(t, db, 3, ledgerOf("l.xlsx", 21, "", 12))
		}, "14? v3 r.xlsx", fromReport},
		{"the report takes its figure back", func(db *sqlite.DB) {
			apply(t, db, 1, ledgerOf("l.xlsx", 1, "", 12))
			apply(t, db, 1, reported("r.xlsx", 2, 14))
			apply(t, db, 2, book("r.xlsx", at(11), says("cxs", "case_admin", june, 1)))
		}, "-", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			db := mustOpen(t)
			c.steps(db)
			expect(t, "figure", shown(t, db, cases, time.Time{}), c.value)
			expect(t, "finding", open(t, db, "ledger_mismatch"), c.want)
		})
	}
}

// TestAnIncompleteLedgerContradictsNothing lists what a ledger does not speak of.
func TestAnIncompleteLedgerContradictsNothing(t *testing.T) {
	none := caseCount("cxs", 0)
	for _, c := range []struct {
		name   string
		ledger func() *store.Reading
		want   string
	}{
		{"no row of the unit in the month", func() *store.Reading {
			r := ledgerOf("l.xlsx", 1, "", 0)
			r.Tallies = []store.Tally{none}
			return r
		}, "14 v1 r.xlsx"},
		{"a row of another kind in the month", func() *store.Reading {
			r := ledgerOf("l.xlsx", 1, "", 0)
			other := caseCount("cxs", 3)
			other.Indicator = "case_admin"
			r.Tallies = []store.Tally{none, other}
			return r
		}, "14 v1 r.xlsx"},
		{"another unit's ledger names the unit in passing", func() *store.Reading { return ledgerOf("l.xlsx", 1, "cds", 1) }, "14 v1 r.xlsx"},
		{"the unit's own ledger", func() *store.Reading { return ledgerOf("l.xlsx", 1, "cxs", 1) }, "14? v1 r.xlsx"},
		{"a bureau that reports all of its stations", func() *store.Reading {
			r := ledgerOf("l.xlsx", 1, "", 5)
			r.Tallies = append(r.Tallies, caseCount("cds", 9))
			return r
		}, "14 v1 r.xlsx"},
		{"another month", func() *store.Reading {
			r := ledgerOf("l.xlsx", 1, "", 12)
			r.Tallies[0].Period = may
			return r
		}, "14 v1 r.xlsx"},
	} {
		t.Run(c.name, func(t *testing.T) {
			db := mustOpen(t)
			apply(t, db, 1, c.ledger())
			apply(t, db, 1, reported("r.xlsx", 2, 14))
			expect(t, "figure", shown(t, db, cases, time.Time{}), c.want)
		})
	}
}

func TestSeveralLedgersOfOneUnit(t *testing.T) {
	for _, c := range []struct {
		name  string
		other int
		want  string
	}{
		{"parts of one", 2, "14 v1 r.xlsx"},
		{"one of them agrees", 14, "14 v1 r.xlsx"},
		{"neither does", 1, "14? v1 r.xlsx"},
	} {
		t.Run(c.name, func(t *testing.T) {
			db := mustOpen(t)
			apply(t, db, 1, ledgerOf("a.xlsx", 1, "", 12))
			apply(t, db, 1, ledgerOf("b.xlsx", 2, "", c.other))
			apply(t, db, 1, reported("r.xlsx", 3, 14))
			expect(t, "figure", shown(t, db, cases, time.Time{}), c.want)
		})
	}
}

func TestAReportMayStateMoreThanItsActivities(t *testing.T) {
	k := store.Key{Unit: "cxs", Indicator: "pub_banners", Period: june}
	for value, want := range map[float64]string{20: "20 v1 r.xlsx", 12: "12 v1 r.xlsx", 11: "11? v1 r.xlsx"} {
		db := mustOpen(t)
		apply(t, db, 1, ledgerBook("l.xlsx", 1, nil, counted("pub_banners", "", "cxs", 12)))
		apply(t, db, 1, book("r.xlsx", at(2), says("cxs", "pub_banners", june, value)))
		expect(t, fmt.Sprint(value), shown(t, db, k, time.Time{}), want)
	}
}

func TestAMeasuredSumMayDifferByWhatWasRoundedAway(t *testing.T) {
	k := store.Key{Unit: "cxs", Indicator: "seized_meth_g", Period: june}
	for value, want := range map[float64]string{12.34: "12.3 v1 r.xlsx", 12.46: "12.3? v1 r.xlsx"} {
		db := mustOpen(t)
		sum := caseCount("cxs", 3)
		sum.Indicator, sum.Value = "seized_meth_g", value
		r := ledgerOf("l.xlsx", 1, "", 0)
		r.Tallies = []store.Tally{sum}
		apply(t, db, 1, r)
		apply(t, db, 1, book("r.xlsx", at(2), says("cxs", "seized_meth_g", june, 12.3)))
		expect(t, fmt.Sprint(value), shown(t, db, k, time.Time{}), want)
	}
}

func TestAStreetIsHeldAgainstItsCommunities(t *testing.T) {
	k := store.Key{Unit: "dhj", Indicator: "comm_detox_active", Period: june}
	db := mustOpen(t)
	persons := func(minute, first, second int) *store.Reading {
		r := ledgerOf("l.xlsx", minute, "dhj", 0)
		r.Tallies = nil
		for unit, n := range map[string]int{"dh1": first, "dh2": second} {
			one := caseCount(unit, n)
			one.Form, one.Indicator = "persons", "comm_detox_active"
			r.Tallies = append(r.Tallies, one)
		}
		return r
	}
	apply(t, db, 1, book("r.xlsx", at(1), says("dhj", "comm_detox_active", june, 9)))
	apply(t, db, 1, persons(2, 4, 5))
	expect(t, "they add up", shown(t, db, k, time.Time{}), "9 v1 r.xlsx")
	apply(t, db, 2, persons(11, 4, 6))
	expect(t, "they do not", shown(t, db, k, time.Time{}), "9? v2 r.xlsx")
}

// TestDoubtsGoWithTheFileTheyRestOn corrects the other side of what history
// tells: what was found must not wait until its own file is read again.
func TestDoubtsGoWithTheFileTheyRestOn(t *testing.T) {
	months := func(path string, minute int, value float64) *store.Reading {
		var all []store.Statement
		for n := 1; n <= 5; n++ {
			all = append(all, says("cxs", "reg_new", store.MonthOf(2026, n), value+float64(n)))
		}
		return book(path, at(minute), all...)
	}
	k := store.Key{Unit: "cxs", Indicator: "reg_new", Period: june}
	o := newOffice(t)
	db := o.db
	apply(t, db, 1, months("past.xlsx", 1, 30))
	apply(t, db, 1, book("june.xlsx", at(2), says("cxs", "reg_new", june, 330)))
	expect(t, "a jump", shown(t, db, k, time.Time{}), "330? v1 june.xlsx")
	apply(t, db, 2, months("past.xlsx", 11, 300))
	o.acceptsAll()
	expect(t, "the past was wrong", shown(t, db, k, time.Time{}), "330 v2 june.xlsx")
	expect(t, "finding", open(t, db, "jump"), "")
	apply(t, db, 3, months("past.xlsx", 21, 30))
	o.acceptsAll()
	expect(t, "no, it was not", shown(t, db, k, time.Time{}), "330? v3 june.xlsx")
	expect(t, "as of then", shown(t, db, k, at(15)), "330 v2 june.xlsx")
}

func TestCumulativeDoubtsGoWithTheFileTheyRestOn(t *testing.T) {
	to := func(month int) store.Period { return store.CumulativeTo(2026, month) }
	whole := store.Key{Unit: "cxs", Indicator: "case_criminal", Period: to(6)}
	db := mustOpen(t)
	apply(t, db, 1, book("may.xlsx", at(1), says("cxs", "case_criminal", may, 5), says("cxs", "case_criminal", to(5), 30)))
	apply(t, db, 1, book("june.xlsx", at(2), says("cxs", "case_criminal", june, 4), says("cxs", "case_criminal", to(6), 28)))
	expect(t, "it falls", open(t, db, "cumulative_falls"), "june.xlsx F12 [28 30 may.xlsx 报表!F12]")
	expect(t, "the number", shown(t, db, whole, time.Time{}), "28? v1 june.xlsx")
	expect(t, "the month beside it", shown(t, db, cases, time.Time{}), "4? v1 june.xlsx")
	out := apply(t, db, 2, book("may.xlsx", at(11), says("cxs", "case_criminal", may, 5), says("cxs", "case_criminal", to(5), 24)))
	if out.Corrected != 1 || out.Unchanged != 1 {
		t.Errorf("outcome %+v", out)
	}
	expect(t, "mended", open(t, db, "cumulative_falls")+open(t, db, "cumulative_mismatch"), "")
	expect(t, "the number is no more in doubt", shown(t, db, whole, time.Time{}), "28 v2 june.xlsx")
	expect(t, "nor is the month", shown(t, db, cases, time.Time{}), "4 v2 june.xlsx")
}

// A half-year below what five of its months add up to was taken as it was, because the
// sixth is not known. So was one below its own first quarter.
func TestAHalfYearBelowItsKnownMonthsIsInDoubt(t *testing.T) {
	half := store.Period{Kind: store.Half, Year: 2026, N: 1}
	whole := store.Key{Unit: "cxs", Indicator: "case_criminal", Period: half}
	db := mustOpen(t)
	var months []store.Statement
	for month, v := range map[int]float64{1: 4, 2: 5, 3: 5, 5: 4, 6: 5} {
		months = append(months, says("cxs", "case_criminal", store.MonthOf(2026, month), v))
	}
	apply(t, db, 1, book("months.xlsx", at(1), months...))
	apply(t, db, 1, book("half.xlsx", at(2), says("cxs", "case_criminal", half, 20), says("cxs", "reg_total", half, 20)))
	expect(t, "it is short", open(t, db, "cumulative_short"), "half.xlsx F12 [20 23]")
	expect(t, "the number", shown(t, db, whole, time.Time{}), "20? v1 half.xlsx")
	expect(t, "the month in another file", shown(t, db, cases, time.Time{}), "5 v1 months.xlsx")
	apply(t, db, 2, book("half.xlsx", at(11), says("cxs", "case_criminal", half, 23)))
	expect(t, "April may be nought", open(t, db, "cumulative_short"), "")
	apply(t, db, 3, book("april.xlsx", at(21), says("cxs", "case_criminal", store.MonthOf(2026, 4), 2)))
	expect(t, "and is not", open(t, db, "cumulative_short")+open(t, db, "cumulative_mismatch"), "half.xlsx F12 [23 25]")

	db = mustOpen(t)
	apply(t, db, 1, book("q1.xlsx", at(1), says("cxs", "case_criminal", store.Period{Kind: store.Quarter, Year: 2026, N: 1}, 18)))
	apply(t, db, 1, book("may.xlsx", at(2), says("cxs", "case_criminal", may, 3)))
	apply(t, db, 1, book("half.xlsx", at(3), says("cxs", "case_criminal", half, 20)))
	expect(t, "below the quarter and May", open(t, db, "cumulative_short"), "half.xlsx F12 [20 21]")
}

// TestALaterYearKeepsItsOwnDoubts changes a month by which another one is judged
// that is in doubt for a reason of its own.
func TestALaterYearKeepsItsOwnDoubts(t *testing.T) {
	to := func(month int) store.Period { return store.CumulativeTo(2026, month) }
	db := mustOpen(t)
	apply(t, db, 1, book("2025.xlsx", at(1), says("cxs", "case_criminal", store.MonthOf(2025, 12), 5)))
	apply(t, db, 1, book("may.xlsx", at(2), says("cxs", "case_criminal", to(5), 30)))
	apply(t, db, 1, book("june.xlsx", at(3), says("cxs", "case_criminal", june, 4), says("cxs", "case_criminal", to(6), 28)))
	apply(t, db, 2, book("2025.xlsx", at(11), says("cxs", "case_criminal", store.MonthOf(2025, 12), 6)))
	expect(t, "the month beside a falling number", shown(t, db, cases, time.Time{}), "4? v1 june.xlsx")
}

func TestComparisonsAreHeldAgainstWhatIsKnownNow(t *testing.T) {
	o := newOffice(t)
	db := o.db
	lastYear := store.Key{Unit: "cxs", Indicator: "case_criminal", Period: june.YearAgo()}
	r := reported("june.xlsx", 1, 4)
	printed := says("cxs", "case_criminal", lastYear.Period, 5)
	printed.Cell.Ref = "H12"
	r.Compared = []store.Statement{printed}
	apply(t, db, 1, r)
	expect(t, "nothing to compare with", open(t, db, "compare_mismatch"), "")
	apply(t, db, 1, book("old.xlsx", at(2), says("cxs", "case_criminal", lastYear.Period, 6)))
	expect(t, "it differs", open(t, db, "compare_mismatch"), "june.xlsx H12 []")
	expect(t, "and the mirror keeps its own", shown(t, db, lastYear, time.Time{}), "6 v1 old.xlsx")
	apply(t, db, 2, book("old.xlsx", at(11), says("cxs", "case_criminal", lastYear.Period, 5)))
	expect(t, "what waits changes nothing", open(t, db, "compare_mismatch"), "june.xlsx H12 []")
	o.acceptsAll()
	expect(t, "it was the old file", open(t, db, "compare_mismatch"), "")
}

func TestLedgerMismatchIsNeverShownAsOfBefore(t *testing.T) {
	db := mustOpen(t)
	apply(t, db, 1, reported("r.xlsx", 1, 14))
	apply(t, db, 1, ledgerOf("l.xlsx", 11, "", 12))
	expect(t, "then", shown(t, db, cases, at(5)), "14 v1 r.xlsx")
	if s := snapshot(t, db, at(5)); len(s.Findings) != 0 {
		t.Errorf("findings as of then: %+v", s.Findings)
	}
}
