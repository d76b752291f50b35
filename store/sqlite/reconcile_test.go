package sqlite_test

import (
	"testing"
	"time"

	"jindu/store"
)

// The tests below are the comparisons by which an office finds its own mistakes,
// one letter each; docs/rules.md lists them. E is in contain_test.go, and for one
// sheet with the forms.

// tallied makes a ledger of a form that counts something of a unit in June.
func tallied(form, unit, indicator string, v float64) *store.Reading {
	r := ledgerOf("l.xlsx", 1, "", 0)
	one := caseCount(unit, 1)
	one.Form, one.Indicator, one.Value = form, indicator, v
	r.Sheets[0].Form, r.Tallies = form, []store.Tally{one}
	return r
}

// heldAgainstLedger applies a ledger and a report and returns how the figure stands.
func heldAgainstLedger(t *testing.T, form, unit, indicator string, counted, reported float64) string {
	t.Helper()
	db := mustOpen(t)
	apply(t, db, 1, tallied(form, unit, indicator, counted))
	apply(t, db, 1, book("r.xlsx", at(2), says(unit, indicator, june, reported)))
	return shown(t, db, store.Key{Unit: unit, Indicator: indicator, Period: june}, time.Time{})
}

func TestReconciliationA(t *testing.T) {
	expect(t, "as many", heldAgainstLedger(t, "cases", "cxs", "case_criminal", 12, 12), "12 v1 r.xlsx")
	expect(t, "more", heldAgainstLedger(t, "cases", "cxs", "case_criminal", 12, 14), "14? v1 r.xlsx")
}

func TestReconciliationB(t *testing.T) {
	expect(t, "the same", heldAgainstLedger(t, "cases", "cxs", "seized_heroin_g", 30.5, 30.5), "30.5 v1 r.xlsx")
	expect(t, "less", heldAgainstLedger(t, "cases", "cxs", "seized_heroin_g", 30.5, 20.5), "20.5? v1 r.xlsx")
}

func TestReconciliationC(t *testing.T) {
	expect(t, "as many", heldAgainstLedger(t, "persons", "dhj", "comm_detox_active", 9, 9), "9 v1 r.xlsx")
	expect(t, "fewer", heldAgainstLedger(t, "persons", "dhj", "comm_detox_active", 9, 8), "8? v1 r.xlsx")
}

func TestReconciliationD(t *testing.T) {
	for total, want := range map[float64]string{103: "", 102: "r.xlsx F12 reg_growth (102 < 103) [报表!F12]"} {
		db := mustOpen(t)
		apply(t, db, 1, book("r.xlsx", at(1), says("cxs", "reg_total", may, 100), says("cxs", "reg_total", june, total), says("cxs", "reg_new", june, 3)))
		expect(t, "the register", broken(t, db, time.Time{}), want)
	}
}

func TestReconciliationF(t *testing.T) {
	to := func(month int) store.Period { return store.CumulativeTo(2026, month) }
	for now, want := range map[float64]string{34: "", 36: "june.xlsx F12 [36 34]"} {
		db := mustOpen(t)
		apply(t, db, 1, book("may.xlsx", at(1), says("cxs", "case_criminal", to(5), 30)))
		apply(t, db, 1, book("june.xlsx", at(2), says("cxs", "case_criminal", june, 4), says("cxs", "case_criminal", to(6), now)))
		expect(t, "cumulated", open(t, db, "cumulative_mismatch"), want)
	}
}

func TestReconciliationG(t *testing.T) {
	expect(t, "more than was recorded", heldAgainstLedger(t, "publicity", "cxs", "pub_banners", 12, 20), "20 v1 r.xlsx")
	expect(t, "less", heldAgainstLedger(t, "publicity", "cxs", "pub_banners", 12, 11), "11? v1 r.xlsx")
}

func TestReconciliationH(t *testing.T) {
	expect(t, "as much", heldAgainstLedger(t, "funds", "dhj", "fund_spent", 8.5, 8.5), "8.5 v1 r.xlsx")
	expect(t, "more", heldAgainstLedger(t, "funds", "dhj", "fund_spent", 8.5, 9.5), "9.5? v1 r.xlsx")
	january := store.MonthOf(2026, 1)
	for spent, want := range map[float64]string{20.5: "", 22: "r.xlsx F12 fund_spent (22 > 20) [报表!F12]"} {
		db := mustOpen(t)
		apply(t, db, 1, book("r.xlsx", at(1), says("dhj", "fund_received", january, 20), says("dhj", "fund_spent", january, spent)))
		expect(t, "the year", broken(t, db, time.Time{}), want)
	}
}

func TestReconciliationI(t *testing.T) {
	for lost, want := range map[float64]string{10: "", 11: "r.xlsx F12 statuses (101 > 100) [报表!F12]"} {
		db := mustOpen(t)
		apply(t, db, 1, book("r.xlsx", at(1), says("cxs", "reg_total", june, 100), says("cxs", "clean3y_total", june, 90), says("cxs", "lost_total", june, lost)))
		expect(t, "the statuses", broken(t, db, time.Time{}), want)
	}
}

// TestReconciliationIRegister holds the register against the four that make it up,
// which several units' files state.
func TestReconciliationIRegister(t *testing.T) {
	for abroad, want := range map[float64]string{4: "", 5: "b.xlsx F12 register (100 < 101) [a.xlsx 报表!F12; 报表!F12]"} {
		db := mustOpen(t)
		apply(t, db, 1, book("a.xlsx", at(1), says("cxs", "reg_total", june, 100), says("cxs", "reg_current", june, 60)))
		apply(t, db, 1, book("b.xlsx", at(2), says("cxs", "clean3y_total", june, 30), says("cxs", "dead_total", june, 6)))
		expect(t, "one is missing", broken(t, db, time.Time{}), "")
		apply(t, db, 1, book("b.xlsx", at(3), says("cxs", "clean3y_total", june, 30), says("cxs", "dead_total", june, 6), says("cxs", "abroad_total", june, abroad)))
		expect(t, "the register", broken(t, db, time.Time{}), want)
	}
}

func TestReconciliationJ(t *testing.T) {
	db := mustOpen(t)
	apply(t, db, 1, book("due.xlsx", at(1), says("dhj", "urine_due", june, 40)))
	apply(t, db, 1, book("r.xlsx", at(2), says("dhj", "urine_done", june, 40), says("dhj", "urine_positive", june, 2)))
	expect(t, "in order", broken(t, db, time.Time{}), "")
	apply(t, db, 2, book("due.xlsx", at(11), says("dhj", "urine_due", june, 38)))
	expect(t, "not in order", broken(t, db, time.Time{}), "due.xlsx F12 urine_rate (40 > 38) [r.xlsx 报表!F12; 报表!F12]")
}
