package sqlite_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jindu/store"
	"jindu/store/sqlite"
)

// ruleConfig is the tests' configuration with rules of a district.
func ruleConfig(tb testing.TB, population int, rules ...store.Rule) sqlite.Config {
	tb.Helper()
	cfg := config(tb)
	catalogue, err := store.LoadCatalogue(store.Overlay{Rules: rules})
	must(tb, err)
	cfg.Catalogue, cfg.Settings.District.Population = catalogue, population
	return cfg
}

// rule makes a rule of a district.
func rule(tb testing.TB, code, left string, op store.RuleOp, right string, importance store.Importance) store.Rule {
	tb.Helper()
	l, err := store.ParseExpr(left)
	must(tb, err)
	r, err := store.ParseExpr(right)
	must(tb, err)
	return store.Rule{
		Code: code, Left: l, Op: op, Right: r, Importance: importance, Missing: store.SkipAny, Message: "请核对", English: "check",
	}
}

// broken returns the open findings of rules: file, cell, rule, comparison, cells.
func broken(tb testing.TB, db *sqlite.DB, asOf time.Time) string {
	tb.Helper()
	all, err := db.Findings(tb.Context(), asOf)
	must(tb, err)
	var out []string
	for _, f := range all {
		if f.Rule == "rule_broken" || f.Rule == "rule_noted" {
			out = append(out, fmt.Sprintf("%s %s %s%s [%s]", f.Path, f.Cell, f.Args[0], f.Args[4], f.Args[3]))
		}
	}
	return strings.Join(out, "\n")
}

// atCell moves a statement to another cell.
func atCell(s store.Statement, ref string) store.Statement {
	s.Cell.Ref = ref
	return s
}

func june6(indicator string) store.Key {
	return store.Key{Unit: "cxs", Indicator: indicator, Period: june}
}

func TestRuleAcrossFiles(t *testing.T) {
	due := func(minute int, v float64) *store.Reading {
		return book("due.xlsx", at(minute), atCell(says("cxs", "urine_due", june, v), "C3"))
	}
	done := func(minute int, v float64) *store.Reading {
		return book("done.xlsx", at(minute), atCell(says("cxs", "urine_done", june, v), "D4"))
	}
	const fromDone = "done.xlsx D4 urine_rate (41 > 40) [报表!D4; due.xlsx 报表!C3]"
	for _, c := range []struct {
		name      string
		steps     []*store.Reading
		done, due string
		want      string
	}{
		{"the greater comes last", []*store.Reading{due(1, 40), done(2, 41)}, "41? v1 done.xlsx", "40? v2 due.xlsx", fromDone},
		{
			"the less comes last",
			[]*store.Reading{done(1, 41), due(2, 40)},
			"41? v2 done.xlsx", "40? v1 due.xlsx",
			"due.xlsx C3 urine_rate (41 > 40) [done.xlsx 报表!D4; 报表!C3]",
		},
		{"they agree", []*store.Reading{due(1, 41), done(2, 41)}, "41 v1 done.xlsx", "41 v1 due.xlsx", ""},
		{"the left side is corrected", []*store.Reading{due(1, 40), done(2, 41), done(11, 40)}, "40 v2 done.xlsx", "40 v3 due.xlsx", ""},
		{"the right side is corrected", []*store.Reading{due(1, 40), done(2, 41), due(11, 42)}, "41 v2 done.xlsx", "42 v3 due.xlsx", ""},
		{
			"the other one is corrected and still below",
			[]*store.Reading{due(1, 39), done(2, 41), due(11, 40)},
			"41? v1 done.xlsx", "40? v3 due.xlsx",
			"due.xlsx C3 urine_rate (41 > 40) [done.xlsx 报表!D4; 报表!C3]",
		},
		{
			"it is taken back",
			[]*store.Reading{due(1, 40), done(2, 41), book("done.xlsx", at(11), says("cxs", "reg_new", june, 1))},
			"-", "40 v3 due.xlsx", "",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			db := mustOpen(t)
			for _, r := range c.steps {
				apply(t, db, 1, r)
			}
			expect(t, "done", shown(t, db, june6("urine_done"), time.Time{}), c.done)
			expect(t, "due", shown(t, db, june6("urine_due"), time.Time{}), c.due)
			expect(t, "finding", broken(t, db, time.Time{}), c.want)
		})
	}
}

// TestWhatAReadingToldIsNotToldAgain judges in one workbook what the reader of it
// judges, too, and what only the mirror does.
func TestWhatAReadingToldIsNotToldAgain(t *testing.T) {
	db := mustOpen(t)
	apply(t, db, 1, book("r.xlsx", at(1), says("cxs", "urine_due", june, 40), says("cxs", "urine_done", june, 41)))
	expect(t, "a bound", broken(t, db, time.Time{}), "")
	apply(t, db, 1, book("s.xlsx", at(2), says("cds", "reg_current", june, 9), says("cds", "risk_high", june, 4),
		says("cds", "risk_mid", june, 4), says("cds", "risk_low", june, 4)))
	expect(t, "a sum", broken(t, db, time.Time{}), "s.xlsx F12 risks (12 > 9) [报表!F12]")
}

func TestAChainOfRulesIsJudgedWhole(t *testing.T) {
	db := mustOpen(t)
	apply(t, db, 1, book("due.xlsx", at(1), says("cxs", "urine_due", june, 40)))
	apply(t, db, 1, book("done.xlsx", at(2), says("cxs", "urine_done", june, 41)))
	apply(t, db, 1, book("pos.xlsx", at(3), says("cxs", "urine_positive", june, 42)))
	both := "done.xlsx F12 urine_rate (41 > 40) [报表!F12; due.xlsx 报表!F12]"
	if got := broken(t, db, time.Time{}); !strings.Contains(got, both) || strings.Count(got, "\n") != 1 {
		t.Errorf("two: %s", got)
	}
	apply(t, db, 2, book("pos.xlsx", at(11), says("cxs", "urine_positive", june, 38)))
	expect(t, "one goes, the other stays", broken(t, db, time.Time{}), both)
	expect(t, "as does its doubt", shown(t, db, june6("urine_done"), time.Time{}), "41? v1 done.xlsx")
	expect(t, "and its other side's", shown(t, db, june6("urine_due"), time.Time{}), "40? v2 due.xlsx")
	expect(t, "but not that of what was corrected", shown(t, db, june6("urine_positive"), time.Time{}), "38 v2 pos.xlsx")
	if got := broken(t, db, at(5)); strings.Count(got, "\n") != 1 {
		t.Errorf("as of then: %s", got)
	}
	expect(t, "as of then", shown(t, db, june6("urine_positive"), at(5)), "42? v1 pos.xlsx")
}

func TestALowRuleOnlyTells(t *testing.T) {
	db := mustOpen(t)
	apply(t, db, 1, book("may.xlsx", at(1), says("cxs", "reg_total", may, 100)))
	apply(t, db, 1, book("june.xlsx", at(2), says("cxs", "reg_total", june, 101), says("cxs", "reg_new", june, 3)))
	expect(t, "the register", shown(t, db, june6("reg_total"), time.Time{}), "101 v1 june.xlsx")
	expect(t, "told", broken(t, db, time.Time{}), "june.xlsx F12 reg_growth (101 < 103) [报表!F12; may.xlsx 报表!F12]")
	apply(t, db, 2, book("may.xlsx", at(11), says("cxs", "reg_total", may, 98)))
	expect(t, "the month before was wrong", broken(t, db, time.Time{}), "")
}

func TestThePopulationBounds(t *testing.T) {
	db := mustOpenAt(t, filepath.Join(t.TempDir(), "m.db"), ruleConfig(t, 1000))
	apply(t, db, 1, book("r.xlsx", at(1), says("cxs", "reg_total", june, 1001)))
	expect(t, "more than there are people", shown(t, db, june6("reg_total"), time.Time{}), "1001? v1 r.xlsx")
	expect(t, "finding", broken(t, db, time.Time{}), "r.xlsx F12 reg_share_pop (1001 > 1000) [报表!F12]")
}

// TestMeasuredQuantitiesOfRules differ by no more than was rounded away.
func TestMeasuredQuantitiesOfRules(t *testing.T) {
	for meth, want := range map[float64]string{12.34: "", 12.46: "total.xlsx F12 seized_total_g_parts (12.3 < 12.46) [报表!F12; m.xlsx 报表!F12]"} {
		db := mustOpen(t)
		apply(t, db, 1, book("m.xlsx", at(1), says("cxs", "seized_meth_g", june, meth)))
		apply(t, db, 1, book("total.xlsx", at(2), says("cxs", "seized_total_g", june, 12.3)))
		expect(t, fmt.Sprint(meth), broken(t, db, time.Time{}), want)
	}
}

func TestTheYearsMoney(t *testing.T) {
	o := newOffice(t)
	db := o.db
	for n, received := range []float64{20, 0, 0} {
		p := store.MonthOf(2026, n+1)
		apply(t, db, 1, book(p.String(), at(n), says("dhj", "fund_received", p, received), says("dhj", "fund_spent", p, 8)))
	}
	expect(t, "24 of 20", broken(t, db, time.Time{}), "2026-03 F12 fund_spent (24 > 20) [报表!F12]")
	apply(t, db, 2, book("2026-01", at(11), says("dhj", "fund_received", store.MonthOf(2026, 1), 24), says("dhj", "fund_spent", store.MonthOf(2026, 1), 8)))
	o.acceptsAll()
	expect(t, "January had more", broken(t, db, time.Time{}), "")
}

// TestChangedRulesJudgeAgain opens the mirror with other rules: the next pull
// holds against them what is stored already.
func TestChangedRulesJudgeAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "m.db")
	reopen := func(rules ...store.Rule) *sqlite.DB {
		db, err := sqlite.Open(t.Context(), path, ruleConfig(t, 0, rules...))
		must(t, err)
		return db
	}
	db := reopen()
	_, _, err := db.BeginPull(t.Context(), "share", at(0))
	must(t, err)
	apply(t, db, 1, book("r.xlsx", at(1), says("cxs", "pub_events", june, 60), says("dhj", "pub_events", june, 40)))
	must(t, db.Close())
	db = reopen(rule(t, "many_events", "pub_events", store.AtMost, "50", store.High))
	_, _, err = db.BeginPull(t.Context(), "share", at(11))
	must(t, err)
	expect(t, "a new rule", broken(t, db, time.Time{}), "r.xlsx F12 many_events (60 > 50) [报表!F12]")
	expect(t, "its figure", shown(t, db, june6("pub_events"), time.Time{}), "60? v2 r.xlsx")
	expect(t, "as of then", shown(t, db, june6("pub_events"), at(5)), "60 v1 r.xlsx")
	must(t, db.Close())
	db = reopen()
	_, _, err = db.BeginPull(t.Context(), "share", at(21))
	must(t, err)
	expect(t, "no rule any more", broken(t, db, time.Time{}), "")
	expect(t, "its figure", shown(t, db, june6("pub_events"), time.Time{}), "60 v3 r.xlsx")
	expect(t, "as of the rule", shown(t, db, june6("pub_events"), at(15)), "60? v2 r.xlsx")
	must(t, db.Close())
}

func TestOutlierOfAUnit(t *testing.T) {
	past := func(minute int, usual float64) *store.Reading {
		var all []store.Statement
		for n := range 9 {
			all = append(all, says("cxs", "case_admin", june.Add(-1-n), usual+float64(n%3)))
		}
		return book("past.xlsx", at(minute), all...)
	}
	for value, want := range map[float64]string{95: "outlier", 320: "jump", 40: ""} {
		db := mustOpen(t)
		apply(t, db, 1, past(1, 32))
		apply(t, db, 1, book("june.xlsx", at(2), says("cxs", "case_admin", june, value)))
		found := ""
		for _, code := range []string{"jump", "outlier"} {
			if open(t, db, code) != "" {
				found += code
			}
		}
		expect(t, fmt.Sprint(value), found, want)
		if got := shown(t, db, june6("case_admin"), time.Time{}); strings.Contains(got, "?") != (want != "") {
			t.Errorf("shown as %s", got)
		}
	}
}
