package store

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"
)

func TestParseExpr(t *testing.T) {
	for text, want := range map[string]string{
		"a":                           "a",
		" a+b - c ":                   "a + b - c",
		"-a":                          "-a",
		"- 2*a + 0.5":                 "-2*a + 0.5",
		"before(reg_total) + reg_new": "before(reg_total) + reg_new",
		"3 * year( fund_spent ) - 1":  "3*year(fund_spent) - 1",
		"seized_g1_2":                 "seized_g1_2",
		"0":                           "0",
		"population":                  "population",
		"a + -b":                      "1:5:expr_term",
		"":                            "1:1:expr_term",
		"a b":                         "1:3:expr_sign",
		"a +":                         "1:4:expr_term",
		"a * b":                       "1:3:expr_sign",
		"2a":                          "1:1:expr_number",
		"1.":                          "1:1:expr_number",
		"1.2.3":                       "1:1:expr_number",
		"12345678901234567":           "1:1:expr_number",
		"before a":                    "1:8:expr_open",
		"before()":                    "1:8:expr_code",
		"before(year)":                "1:8:expr_code",
		"year(a":                      "1:7:expr_close",
		"(a + b)":                     "1:1:expr_term",
		"a + 案件":                      "1:5:expr_term",
		"A":                           "1:1:expr_term",
		"a\tb":                        "1:2:expr_sign",
		"1e9":                         "1:1:expr_number",
	} {
		e, err := ParseExpr(text)
		got := e.String()
		var wrong *ExprError
		if errors.As(err, &wrong) {
			got = fmt.Sprintf("1:%d:%s", wrong.At, wrong.Why)
			if _, ok := Messages()["word_"+wrong.Why]; !ok || wrong.Error() == "" {
				t.Errorf("%q: no words for %s", text, wrong.Why)
			}
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestAnExpressionHasSoManyTerms(t *testing.T) {
	text := "a"
	for range exprTerms - 1 {
		text += " + a"
	}
	if e, err := ParseExpr(text); err != nil || len(e) != exprTerms {
		t.Errorf("%d terms, %v", len(e), err)
	}
	var wrong *ExprError
	if _, err := ParseExpr(text + " + a"); !errors.As(err, &wrong) || wrong.Why != "expr_long" {
		t.Errorf("one more: %v", err)
	}
}

// FuzzRule holds that what is parsed is written as it is parsed again, that
// errors point into the text, and that nothing is judged of nothing.
func FuzzRule(f *testing.F) {
	for _, s := range []string{"a", "2*before(a) - year(b) + 0.5", "a + ", "1e9", "-population", "before(", "案件", "a - - b"} {
		f.Add(s, 3.5)
	}
	june := MonthOf(2026, 6)
	f.Fuzz(func(t *testing.T, text string, v float64) {
		e, err := ParseExpr(text)
		var wrong *ExprError
		if errors.As(err, &wrong) {
			if n := len([]rune(text)); wrong.At < 1 || wrong.At > n+1 || e != nil {
				t.Fatalf("%q: %v", text, wrong)
			}
			return
		}
		again, err := ParseExpr(e.String())
		if err != nil || !reflect.DeepEqual(again, e) {
			t.Fatalf("%q is written as %q: %v", text, e, err)
		}
		r := Rule{Left: e, Op: AtMost, Right: Expr{{Factor: 1, Code: "zz"}}, Missing: SkipAny}
		if _, broken := r.Broken(june, func(string, Period) Num { return Num{} }, 0); broken {
			t.Fatalf("%q is broken by nothing", text)
		}
		for _, at := range r.Figures(june) {
			if !slices.Contains(r.RestingOn(at.Code, at.Period), june) {
				t.Fatalf("%q: %v does not rest on %v", text, june, at)
			}
		}
		r.Right = e
		if said, broken := r.Broken(june, func(string, Period) Num { return Some(v) }, 0); broken {
			t.Fatalf("%q is above itself: %s", text, said)
		}
	})
}

// mustRule makes a rule of its formula.
func mustRule(tb testing.TB, left string, op RuleOp, right string, missing MissingFigures) Rule {
	tb.Helper()
	l, err := ParseExpr(left)
	if err != nil {
		tb.Fatal(err)
	}
	r, err := ParseExpr(right)
	if err != nil {
		tb.Fatal(err)
	}
	return Rule{Code: "r", Left: l, Op: op, Right: r, Missing: missing, Importance: High}
}

func TestRuleBroken(t *testing.T) {
	june := MonthOf(2026, 6)
	figures := map[string]float64{
		"a 2026-06": 10, "b 2026-06": 12, "c 2026-06": 3, "a 2026-05": 8, "g 2026-06": 0.3, "h 2026-06": 0.1, "i 2026-06": 0.2,
		"f 2026-01": 1, "f 2026-02": 2, "f 2026-03": 3, "f 2026-04": 4, "f 2026-05": 5, "f 2026-06": 6,
		"e 2026-06": 7, "e 2026-H1": 40, PopulationCode + " 2026-06": 11,
	}
	look := func(code string, p Period) Num {
		v, ok := figures[code+" "+p.String()]
		return Num{v, ok}
	}
	for _, c := range []struct {
		left    string
		op      RuleOp
		right   string
		missing MissingFigures
		within  float64
		want    string
	}{
		{"a", AtMost, "b", SkipAny, 0, ""},
		{"b", AtMost, "a", SkipAny, 0, "12 > 10"},
		{"b", AtMost, "a", SkipAny, 2, ""},
		{"a", AtLeast, "b", SkipAny, 0, "10 < 12"},
		{"a", AtLeast, "a", SkipAny, 0, ""},
		{"a", Below, "a", SkipAny, 0, "10 ≥ 10"},
		{"a", Below, "a", SkipAny, 1, ""},
		{"a", Below, "b", SkipAny, 0, ""},
		{"a", Above, "a", SkipAny, 0, "10 ≤ 10"},
		{"b", Above, "a", SkipAny, 0, ""},
		{"a", Equal, "b", SkipAny, 0, "10 < 12"},
		{"b", Equal, "a", SkipAny, 0, "12 > 10"},
		{"g", Equal, "h + i", SkipAny, 0, ""}, // whatever binary fractions make of it
		{"a", Equal, "before(a) + 2", SkipAny, 0, ""},
		{"a", AtMost, "before(a)", SkipAny, 0, "10 > 8"},
		{"a", AtMost, "before(c)", SkipAny, 0, ""},
		{"year(f)", Equal, "21", SkipAny, 0, ""},
		{"year(e)", Equal, "40", SkipAny, 0, ""},
		{"year(e)", AtMost, "year(f)", SkipAny, 0, "40 > 21"},
		{"b", AtMost, PopulationCode, SkipAny, 0, "12 > 11"},
		{"2*c + 5", AtMost, "a", SkipAny, 0, "11 > 10"},
		{"b + unknown", AtMost, "a", SkipAny, 0, ""},
		{"b + unknown", AtMost, "a", SkipAll, 0, "12 > 10"},
		{"unknown", AtMost, "a - b", SkipAll, 0, ""},
		{"unknown", AtMost, "a - b", MissingZero, 0, "0 > -2"},
		{"b", AtMost, "unknown", SkipAll, 0, ""},
		{"b", AtMost, "unknown", MissingZero, 0, "12 > 0"},
		{"b", Equal, "a + unknown", SkipAll, 0, ""}, // the unknown may be the rest
		{"a", Equal, "b + unknown", SkipAll, 0, "10 < 12"},
		{"b + unknown", Equal, "a", SkipAll, 0, "12 > 10"},
		{"a", Both, "b", SkipAny, 0, ""},
		{"a", Both, "unknown", SkipAny, 0, "broken"},
		{"unknown", Both, "unknown", SkipAny, 0, ""},
		{"a", OnlyOne, "b", SkipAny, 0, "broken"},
		{"a", OnlyOne, "unknown", SkipAny, 0, ""},
	} {
		r := mustRule(t, c.left, c.op, c.right, c.missing)
		got, broken := r.Broken(june, look, c.within)
		if broken && got == "" {
			got = "broken"
		}
		if got != c.want || broken != (c.want != "") {
			t.Errorf("%s, %s: %q, want %q", r, c.missing, got, c.want)
		}
	}
}

func TestRuleRestsOnOtherPeriods(t *testing.T) {
	r := mustRule(t, "a", AtMost, "before(a) + year(b)", SkipAny)
	months := mustRule(t, "year(b)", AtMost, "1", SkipAny)
	months.Periods = []PeriodKind{Month}
	for _, c := range []struct {
		rule       Rule
		code, from string
		want       string
	}{
		{r, "a", "2026-06", "[2026-06 2026-07]"},
		{r, "a", "2026-12", "[2026-12 2027-01]"},
		{r, "a", "2026-Q4", "[2026-Q4 2027-Q1]"},
		{r, "a", "2026-01..05", "[2026-01..05]"},
		{r, "a", "2026-W20", "[]"},
		{r, "c", "2026-06", "[]"},
		{r, "b", "2026-H1", "[2026-06 2026-H1]"},
		{months, "b", "2026-10", "[2026-10 2026-11 2026-12]"},
		{months, "b", "2026-H1", "[2026-06]"},
		{months, "b", "2026-H2", "[]"},
	} {
		p, err := ParsePeriod(c.from)
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(c.rule.RestingOn(c.code, p)); got != c.want {
			t.Errorf("%s on %s of %s: %s, want %s", c.rule, c.code, c.from, got, c.want)
		}
	}
	want := "[{a 2026-06 1} {a 2026-05 1} {b 2026-06 1} {b 2026-H1 1}]"
	if got := fmt.Sprint(r.Figures(MonthOf(2026, 6))); got != want {
		t.Errorf("figures %s, want %s", got, want)
	}
	r.Off = true
	if got := r.RestingOn("a", MonthOf(2026, 6)); len(got) != 0 {
		t.Errorf("switched off, it rests on %v", got)
	}
}

func TestOutlier(t *testing.T) {
	count := Indicator{Kind: Flow, Measure: "起"}
	grams := Indicator{Kind: Flow, Measure: "克"}
	usual := []float64{31, 33, 35, 30, 32, 34, 33, 31}
	for _, c := range []struct {
		name  string
		ind   Indicator
		value float64
		past  []float64
		want  string
	}{
		{"far above", count, 90, usual, "32.5"},
		{"far below", count, 5, usual, "32.5"},
		{"within what chance does", count, 48, usual, ""},
		{"seven periods are too few", count, 90, usual[:7], ""},
		{"small counts", count, 6, []float64{1, 0, 1, 2, 1, 1, 0, 1}, ""},
		{"a count that was always zero", count, 6, make([]float64, 8), "0"},
		{"few cases where there were none", count, 3, make([]float64, 8), ""},
		{"always the same", count, 20, []float64{20, 20, 20, 20, 20, 20, 20, 20}, ""},
		{"nearly always the same", count, 60, []float64{20, 20, 20, 20, 20, 20, 20, 21}, "20"},
		{"grams of the like seen", grams, 50, usual, ""},
		{"grams beyond", grams, 90, usual, "32.5"},
		{"grams where there were none: nobody can tell", grams, 90, make([]float64, 8), ""},
		{"grams of a wide past", grams, 900, []float64{0, 400, 5, 80, 0, 300, 20, 150}, "50"},
		{"June is as June was", count, 2000, []float64{500, 520, 480, 510, 1800, 490, 505, 515, 500}, ""},
		{"June is not", count, 4000, []float64{500, 520, 480, 510, 1800, 490, 505, 515, 500}, "505"},
		{"a check", Indicator{Kind: Check, Measure: "是/否"}, 1, make([]float64, 8), ""},
	} {
		got, out := c.ind.Outlier(c.value, c.past)
		if !out {
			got = ""
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestRulesOfTheCatalogue(t *testing.T) {
	c, err := LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	for code, want := range map[string]string{
		"urine_positive":       "urine_positive <= urine_done",
		"urine_rate":           "urine_done <= urine_due",
		"report_in_rate":       "report_in_done <= report_in_due",
		"agreement_rate":       "agreement_signed <= report_in_done",
		"exec_rate":            "exec_active <= exec_due",
		"control_rate":         "control_in <= control_due",
		"seen_rate":            "seen_done <= seen_due",
		"reg_new_u35_rate":     "reg_new_u35 <= reg_new",
		"reg_share_pop":        "reg_total <= population",
		"venue_cover_rate":     "venue_covered <= venue_total",
		"drugfree_comm_rate":   "drugfree_created <= community_total",
		"file_complete_rate":   "files_complete <= files_due",
		"employ_rate":          "employed <= employable",
		"satisfaction":         "satisfied <= satisfied_asked",
		"pub_awareness":        "awareness_yes <= awareness_asked",
		"safety_drug_share":    "safety_drug <= safety_asked",
		"fund_spent":           "year(fund_spent) <= year(fund_received)",
		"reg_growth":           "reg_total >= before(reg_total) + reg_new",
		"seized_total_g_parts": "seized_total_g = seized_heroin_g + seized_meth_g + seized_yaba_g + seized_ketamine_g + seized_cannabis_g + seized_etomidate_g + seized_other_g",
	} {
		if r, _ := c.RuleByCode(code); r.String() != want {
			t.Errorf("%s: %s, want %s", code, r, want)
		}
	}
	if _, ok := c.RuleByCode("fund_spent_rate"); ok {
		t.Error("money received last year cannot be spent this year")
	}
}

func TestARuleOfTheConfigurationReplaces(t *testing.T) {
	off := mustRule(t, "reg_current", AtMost, "reg_total", SkipAny)
	off.Code, off.Off, off.Message, off.English = "reg_current", true, "不判", "not judged"
	more := mustRule(t, "pub_events", AtMost, "500", SkipAny)
	more.Code, more.Message, more.English = "many_events", "场次过多", "too many"
	c, err := LoadCatalogue(Overlay{Rules: []Rule{off, more}})
	if err != nil {
		t.Fatal(err)
	}
	r, _ := c.RuleByCode("reg_current")
	if _, _, bound := r.Bound(); !r.Off || bound {
		t.Errorf("%+v still binds", r)
	}
	if r, ok := c.RuleByCode("many_events"); !ok || r.String() != "pub_events <= 500" {
		t.Errorf("%s", r)
	}
	for want, change := range map[string]func(*Rule){
		`rule many_events: no number is called "nothing"`:    func(r *Rule) { r.Left = Expr{{Factor: 1, Code: "nothing"}} },
		`rule many_events: no operator "=="`:                 func(r *Rule) { r.Op = "==" },
		`rule many_events: no importance "grave"`:            func(r *Rule) { r.Importance = "grave" },
		`rule many_events: missing figures: no strategy "x"`: func(r *Rule) { r.Missing = "x" },
		`rule many_events: a side is empty`:                  func(r *Rule) { r.Right = nil },
		`rule many_events: it has no sentence`:               func(r *Rule) { r.English = "" },
	} {
		bad := more
		change(&bad)
		if _, err := LoadCatalogue(Overlay{Rules: []Rule{bad}}); err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}
