package form

import (
	"strings"
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

// TestRulesOfAWorkbookAlone tells whoever checks a file what the mirror would
// tell: by rules whose figures all stand in the file, and by no others.
func TestRulesOfAWorkbookAlone(t *testing.T) {
	const title = "2026年6月统计表\n"
	for name, c := range map[string]struct{ rows, want, suspect string }{
		"kept":             {"单位|在册吸毒人员|现有吸毒人员|戒断三年未复吸人数|死亡人数|出国（境）人数\n城西派出所|100|60|30|6|4", "", ""},
		"broken":           {"单位|在册吸毒人员|现有吸毒人员|戒断三年未复吸人数|死亡人数|出国（境）人数\n城西派出所|100|60|30|6|5", "B3 rule_broken", "B3 C3 D3 E3 F3"},
		"one is not there": {"单位|在册吸毒人员|现有吸毒人员|戒断三年未复吸人数|死亡人数\n城西派出所|100|60|30|6", "", ""},
		"one is blank":     {"单位|在册吸毒人员|现有吸毒人员|戒断三年未复吸人数|死亡人数|出国（境）人数\n城西派出所|100|60|30|6|", "", ""},
		"by three columns": {"单位|现有吸毒人员|高风险人数|中风险人数|低风险人数\n城西派出所|10|5|4|3", "C3 rule_broken", "B3 C3 D3 E3"},
	} {
		t.Run(name, func(t *testing.T) {
			opt := reportOptions(t)
			readAs(t, opt, "a.xlsx", paper(t, "6月", title+c.rows)).wantRules("")
			opt.Alone = true
			g := readAs(t, opt, "a.xlsx", paper(t, "6月", title+c.rows))
			g.wantRules(c.want)
			var suspect []string
			for _, s := range g.Statements {
				if s.Suspect {
					suspect = append(suspect, s.Cell.Ref)
				}
			}
			if got := strings.Join(suspect, " "); got != c.suspect {
				t.Errorf("suspect: %q, want %q", got, c.suspect)
			}
		})
	}
}
