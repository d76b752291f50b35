package main

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jindu/store"
)

// reconciliation is one of the comparisons by which an office finds its own
// mistakes, and where it is made.
type reconciliation struct {
	letter, zh, en string
	rules          []string // codes of rules
	findings       []string // codes of findings
	tallies        []string // indicators that a ledger counts
	folder         string   // of its test
}

// reconciliations lists them; each has a test of its name.
func reconciliations() []reconciliation {
	return []reconciliation{
		{
			"A", "报表的刑事案件数 = 案件台账中当月破案的行数", "criminal cases of the report = rows of the case ledger solved in the month",
			nil,
			[]string{"ledger_mismatch"},
			[]string{"case_criminal", "case_admin"},
			"store/sqlite",
		},
		{
			"B", "报表的各类缴获 = 案件台账中分类相加", "seizures of the report = sums of the case ledger by kind",
			[]string{"seized_total_g_parts"},
			[]string{"ledger_mismatch", "parts_mismatch"},
			[]string{"seized_heroin_g", "seized_meth_g", "seized_total_g"},
			"store/sqlite",
		},
		{
			"C", "在执行社区戒毒人数 = 人员台账中在执行的行数", "persons in community detox = active rows of the persons ledger",
			nil,
			[]string{"ledger_mismatch"},
			[]string{"comm_detox_active", "comm_rehab_active"},
			"store/sqlite",
		},
		{
			"D", "期末在册 ≥ 期初在册 + 新增（减少的须说明）", "register at the end ≥ at the beginning + newly found; who left it is to be explained",
			[]string{"reg_growth"},
			[]string{"rule_noted"},
			nil, "store/sqlite",
		},
		{
			"E", "各单位之和 = 合计行、汇总单位的报表（全区数、街道数）", "the sum of the units = the total row, or the report of the unit that sums them up",
			nil,
			[]string{"total_mismatch", "sum_mismatch", "counted_twice"},
			nil, "sync/form",
		},
		{
			"F", "本年累计 = 上月累计 + 本月", "cumulated = cumulated to last month + this month",
			nil,
			[]string{"cumulative_mismatch", "cumulative_falls", "cumulative_short"},
			nil, "store/sqlite",
		},
		{
			"G", "报表的横幅 ≥ 活动台账相加", "banners of the report ≥ the sum of the activities",
			nil,
			[]string{"ledger_mismatch"},
			[]string{"pub_banners", "pub_leaflets"},
			"store/sqlite",
		},
		{
			"H", "经费结余 = 到账 − 支出；本年支出 ≤ 本年到账", "balance = received − spent; spent this year ≤ received this year",
			[]string{"fund_spent"},
			[]string{"balance_mismatch", "rule_noted"},
			[]string{"fund_received", "fund_spent"},
			"store/sqlite",
		},
		{
			"I", "现有、戒断三年、死亡、出国之和 = 在册人数；各类状态之和 ≤ 在册人数", "current, clean for three years, dead and abroad = the register; the statuses add up to no more",
			[]string{"register", "statuses", "risks", "programmes"},
			[]string{"rule_broken"},
			nil, "store/sqlite",
		},
		{
			"J", "尿检阳性 ≤ 已检 ≤ 应检", "positive tests ≤ tests made ≤ tests due",
			[]string{"urine_positive", "urine_rate"},
			[]string{"exceeds", "rule_broken"},
			nil, "store/sqlite",
		},
	}
}

// rulesDocument writes the rules and the reconciliations down.
func rulesDocument(tb testing.TB) string {
	tb.Helper()
	c, err := store.LoadCatalogue()
	must(tb, err)
	var b strings.Builder
	b.WriteString("# 规则 Rules\n\n" +
		"由 `store/rules.csv`、指标目录和台账的计数生成：`go test ./cmd/jindu -run GeneratedDocuments -update`。" +
		"Generated from the rules, the catalogue and the tallies; correct them there.\n\n" +
		"违反 `high`、`medium` 的规则，有关数据标为待核；`low` 的只记问题。本区的规则写在配置的 `[[rule]]` 里，见手册。" +
		"What breaks a rule of importance `high` or `medium` is marked as suspect; `low` only tells. A district's own rules are `[[rule]]` of the configuration.\n\n" +
		"| 代码 code | 规则 rule | 程度 importance | 缺数 missing | 意思 meaning |\n|---|---|---|---|---|\n")
	for _, r := range c.Rules {
		tableRow(&b, "`"+r.Code+"`", "`"+r.String()+"`", "`"+string(r.Importance)+"`", "`"+string(r.Missing)+"`", r.Message+"<br>"+r.English)
	}
	b.WriteString("\n## 十项核对 Ten reconciliations\n\n" +
		"| | 核对 what | 规则 rules | 台账计数 counted by ledgers | 问题 findings |\n|---|---|---|---|---|\n")
	for _, r := range reconciliations() {
		tableRow(&b, r.letter, r.zh+"<br>"+r.en, codes(r.rules), codes(countedBy(c, r.tallies)), codes(r.findings))
	}
	return b.String()
}

// codes writes words as code.
func codes(words []string) string {
	if len(words) == 0 {
		return ""
	}
	return "`" + strings.Join(words, "` `") + "`"
}

// countedBy names the ledgers that count the indicators.
func countedBy(c *store.Catalogue, indicators []string) []string {
	var out []string
	for _, f := range c.Forms {
		for _, t := range f.Tallies {
			if slices.Contains(indicators, t.Indicator) {
				out = append(out, f.Code+": "+t.Indicator)
			}
		}
	}
	return out
}

// TestEveryReconciliationIsChecked holds the table to the program: rules,
// findings and counts exist, and each has a test in the package that checks it.
func TestEveryReconciliationIsChecked(t *testing.T) {
	c, err := store.LoadCatalogue()
	must(t, err)
	for _, r := range reconciliations() {
		for _, code := range r.rules {
			if _, ok := c.RuleByCode(code); !ok {
				t.Errorf("%s: no rule %s", r.letter, code)
			}
		}
		for _, code := range r.findings {
			if _, ok := store.Messages()[code]; !ok {
				t.Errorf("%s: no finding %s", r.letter, code)
			}
		}
		if got := countedBy(c, r.tallies); len(got) < len(r.tallies) {
			t.Errorf("%s: counted by %v only", r.letter, got)
		}
		if !hasTest(t, r.folder, "TestReconciliation"+r.letter) {
			t.Errorf("%s has no test in %s", r.letter, r.folder)
		}
	}
}

// hasTest reports whether a test of the folder has the name.
func hasTest(tb testing.TB, folder, name string) bool {
	tb.Helper()
	files, err := filepath.Glob(filepath.Join(projectRoot, folder, "*_test.go"))
	must(tb, err)
	want := regexp.MustCompile(`(?m)^func ` + name + `\b`)
	return slices.ContainsFunc(files, func(file string) bool {
		b, err := os.ReadFile(file)
		must(tb, err)
		return want.Match(b)
	})
}

func TestRulesOfTheConfiguration(t *testing.T) {
	cfg := formConfig(t, `
[[indicator]]
code = "night_patrols"
name = "夜间巡查次数"
group = "enforcement"
measure = "次"

[[rule]]
code = "patrols"
left = "night_patrols + before(night_patrols)"
op = "<="
right = "2*population"
periods = ["month"]
importance = "low"
missing = "zero"
tolerance = "digit"
message = "太多"

[[rule]]
code = "reg_growth"
off = true

[[rule]]
code = "urine_rate"
importance = "low"
message_en = "too many"
`)
	r, _ := cfg.Catalogue.RuleByCode("patrols")
	if r.String() != "night_patrols + before(night_patrols) <= 2*population" || !slices.Equal(r.Periods, []store.PeriodKind{store.Month}) ||
		r.Importance != store.Low || r.Missing != store.MissingZero || !r.Digit || r.Message != "太多" || r.English != "太多" {
		t.Errorf("a new rule: %+v", r)
	}
	if r, _ = cfg.Catalogue.RuleByCode("reg_growth"); !r.Off || r.String() != "reg_total >= before(reg_total) + reg_new" {
		t.Errorf("one switched off: %+v", r)
	}
	if r, _ = cfg.Catalogue.RuleByCode("urine_rate"); r.Importance != store.Low || r.English != "too many" || r.Message == "too many" || r.String() != "urine_done <= urine_due" {
		t.Errorf("one changed: %+v", r)
	}
}

func TestBadRulesAreNamed(t *testing.T) {
	const whole = "[[rule]]\ncode = \"x\"\nleft = \"%s\"\nop = \"<=\"\nright = \"500\"\nmessage = \"m\"\n"
	for text, want := range map[string]string{
		strings.Replace(whole, "%s", "pub_event", 1):                         ":3 rule[1].left pub_event 1 expr_code pub_events",
		strings.Replace(whole, "%s", "1 + before(zzzzzzz)", 1):               ":3 rule[1].left 1 + before(zzzzzzz) 12 expr_code",
		strings.Replace(whole, "%s", "pub_events +", 1):                      ":3 rule[1].left pub_events + 13 expr_term",
		"[[rule]]\ncode = \"reg_grwth\"\noff = true\n":                       ":2 rule[1].code reg_grwth reg_growth",
		"[[rule]]\ncode = \"x\"\n":                                           ":1 rule[1] left",
		"[[rule]]\ncode = \"urine_rate\"\nop = \"==\"\n":                     ":3 rule[1].op == <=, >=, =, <, >, both, one",
		"[[rule]]\ncode = \"urine_rate\"\nperiods = [\"monht\"]\n":           ":3 rule[1].periods[1] monht",
		"[[rule]]\ncode = \"urine_rate\"\nimportans = \"low\"\n":             "3 rule.importans rule.importance",
		"[[rule]]\ncode = \"A\"\n":                                           ":2 rule[1].code A",
		"[[rule]]\ncode = \"reg_growth\"\n[[rule]]\ncode = \"reg_growth\"\n": ":4 rule[2].code reg_growth",
	} {
		got := ruleMistake(t, text)
		if !strings.Contains(got, want) {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
	}
}

// ruleMistake returns what loading a configuration text complains of: its
// arguments in their order.
func ruleMistake(tb testing.TB, text string) string {
	tb.Helper()
	doc := newDocument()
	err := decode("x.toml", []byte(text), doc)
	if err == nil {
		_, err = judge("x.toml", doc, linesOf([]byte(text)), sampleNow())
	}
	var known *store.Error
	if !errors.As(err, &known) {
		tb.Fatalf("%s\nis taken: %v", text, err)
	}
	return strings.Join(known.Args, " ")
}
