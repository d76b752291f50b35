package form

import (
	"testing"

	"jindu/store"
)

// TestReconciliationE holds the sum of the units against the total row.
func TestReconciliationE(t *testing.T) {
	for total, want := range map[string]string{"15": "", "16": "B5 total_mismatch"} {
		read(t, paper(t, "6月", "2026年6月统计表\n单位|刑事案件\n城西派出所|7\n城东派出所|8\n全区合计|"+total)).wantRules(want)
	}
}

// TestRulesBoundFiguresOfASheet reads by the rules of the catalogue what cannot be
// above what, and what is a sum: there is no other place where that is said.
func TestRulesBoundFiguresOfASheet(t *testing.T) {
	const rows = "2026年6月统计表\n单位|宣传活动场次|宣传点|缴获毒品|海洛因（克）\n城西派出所|7|8|5|9"
	bound := store.Rule{
		Code: "points", Left: store.Expr{{Factor: 1, Code: "pub_points"}}, Op: store.AtMost,
		Right: store.Expr{{Factor: 1, Code: "pub_events"}}, Importance: store.High, Missing: store.SkipAny, Message: "m", English: "m",
	}
	plain, err := store.LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	off, _ := plain.RuleByCode("seized_total_g_parts")
	off.Off = true
	for name, c := range map[string]struct {
		rules []store.Rule
		want  string
	}{
		"built in":     {nil, "D3 parts_mismatch"},
		"a district's": {[]store.Rule{bound}, "C3 exceeds\nD3 parts_mismatch"},
		"switched off": {[]store.Rule{off}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			catalogue, err := store.LoadCatalogue(store.Overlay{Rules: c.rules})
			if err != nil {
				t.Fatal(err)
			}
			opt := reportOptions(t)
			opt.Catalogue = catalogue
			readAs(t, opt, "a.xlsx", paper(t, "6月", rows)).wantRules(c.want)
		})
	}
}
