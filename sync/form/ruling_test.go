package form

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"jindu/store"
	"jindu/sync/sheet"
)

// The tests of this file carry the number of the ruling that they hold to.

func TestRuling04HiddenSheetsFeedNothing(t *testing.T) {
	secret := paper(t, "去年", `
		云岭区2025年6月统计表
		单位|刑事案件
		城西派出所|99`)
	secret.Visibility = sheet.VeryHidden
	open := paper(t, "6月", `
		云岭区2026年6月统计表
		单位|刑事案件|行政案件
		城西派出所|7|9
		城东派出所|8|5`)
	open.HiddenRows, open.HiddenCols = []int{3}, []int{40}
	read(t, secret, open).
		want("cxs case_criminal 2026-06 7\ncxs case_admin 2026-06 9\ncds case_criminal 2026-06 8\ncds case_admin 2026-06 5").
		wantRules("hidden_sheet\nA4 hidden_rows").
		wantVerdict(store.Accepted)
}

func TestRuling05OwnAndRestated(t *testing.T) {
	owns := func(g got) string {
		var own []string
		for _, s := range g.Statements {
			own = append(own, fmt.Sprint(s.Period, s.Own))
		}
		slices.Sort(own)
		return strings.Join(slices.Compact(own), " ")
	}
	across := read(t, paper(t, "2026年", `
		东湖街道2026年统计表
		项目|1月|2月|3月|4月|5月|6月|7月
		应尿检人次|1|2|3|4|5|6|
		已尿检人次|1|1|1|1|1||`))
	if got := owns(across); got != "2026-01 false 2026-02 false 2026-03 false 2026-04 false 2026-05 false 2026-06 true" {
		t.Error(got)
	}
	month := func(n, v int) *sheet.Sheet {
		return paper(t, fmt.Sprintf("%d月", n), fmt.Sprintf("东湖街道2026年%d月统计表\n项目|本月\n应尿检人次|%d\n毛发检测|%d", n, v, v))
	}
	sheets := readAs(t, reportOptions(t), "东湖街道2026年6月报表.xlsx", month(5, 3), month(6, 4)).wantVerdict(store.Accepted)
	if got := owns(sheets); got != "2026-05 false 2026-06 true" {
		t.Error(got)
	}
}

func TestRuling06Contradictions(t *testing.T) {
	body := "项目|本月\n刑事案件|7\n行政案件|9"
	for name, c := range map[string]struct{ file, sheet, head, want string }{
		"last month's title":        {"城西所6月报表.xlsx", "Sheet1", "城西派出所2026年5月月报表", "A1 period_conflict"},
		"the sheet is of May":       {"报表.xlsx", "5月", "城西派出所2026年6月月报表", "A1 period_conflict"},
		"another year":              {"2025年6月.xlsx", "Sheet1", "城西派出所2026年6月月报表", "A1 period_conflict"},
		"the cut-off is of June":    {"报表.xlsx", "Sheet1", "城西派出所2026年5月月报表\n填报单位：城西派出所　截止日期：2026年6月25日", "A1 period_conflict"},
		"the month in the subtitle": {"报表.xlsx", "Sheet1", "城西派出所2026年5月月报表\n统计期间：2026年6月", "A1 period_conflict"},
		"another unit's title":      {"城西所6月报表.xlsx", "Sheet1", "城东派出所2026年6月月报表", "A1 unit_conflict"},
		"the subtitle's unit":       {"报表.xlsx", "Sheet1", "城东派出所2026年6月月报表\n填报单位：城西派出所", "A1 unit_conflict"},
		"the sheet's unit":          {"报表.xlsx", "城西派出所", "城东派出所2026年6月月报表", "A1 unit_conflict"},
		"an unknown unit":           {"城西所6月报表.xlsx", "Sheet1", "城南派出所2026年6月月报表", "A1 unit_unknown"},
		"an unknown reporter":       {"城西所6月报表.xlsx", "Sheet1", "2026年6月月报表\n填报单位：城南派出所", "A2 unit_unknown"},
		"no unit at all":            {"6月报表.xlsx", "Sheet1", "云岭区2026年6月月报表", "unit_unresolved"},
		"no year":                   {"城西所6月报表.xlsx", "Sheet1", "城西派出所月报表", "period_unresolved"},
		"no month":                  {"城西所报表.xlsx", "Sheet1", "城西派出所2026年月报表", "period_unresolved"},
		"a part of a month":         {"城西所6月报表.xlsx", "Sheet1", "城西派出所2026年6月上旬报表", "A1 period_unresolved"},
		"a month to come":           {"报表.xlsx", "Sheet1", "城西派出所2026年7月月报表", "period_future"},
	} {
		t.Run(name, func(t *testing.T) {
			readAs(t, reportOptions(t), c.file, paper(t, c.sheet, c.head+"\n"+body)).
				want("").wantRules(c.want).wantVerdict(store.Rejected)
		})
	}
}

func TestRuling06NamesBothPlaces(t *testing.T) {
	g := readAs(t, reportOptions(t), "城西所6月报表.xlsx", paper(t, "Sheet1", "城西派出所2026年5月月报表\n项目|本月\n刑事案件|7"))
	if got := g.Findings[0].Message(store.Chinese); got != "期间前后不一：A1 2026-05 与 城西所6月报表 2026-06" {
		t.Error(got)
	}
}

func TestRuling06Agreements(t *testing.T) {
	body := "项目|本月\n刑事案件|7\n行政案件|9"
	for name, c := range map[string]struct{ file, sheet, head string }{
		"a cut-off within the month":    {"报表.xlsx", "Sheet1", "城西派出所2026年6月月报表\n填报单位：城西派出所　截止日期：2026年6月25日"},
		"a cut-off just after":          {"报表.xlsx", "Sheet1", "城西派出所2026年6月月报表\n截止日期：2026年7月2日"},
		"the sheet's month alone":       {"2026年报表.xlsx", "6月", "城西派出所月报表"},
		"the file's unit":               {"城西所报表.xlsx", "6月", "云岭区2026年禁毒工作月报表"},
		"the reporter in cells":         {"报表.xlsx", "Sheet1", "月报表\n填报单位|城西派出所|统计时间|2026年6月"},
		"the bureau before the name":    {"报表.xlsx", "Sheet1", "云岭区公安分局城西派出所2026年6月份月报表"},
		"the month in Chinese":          {"报表.xlsx", "Sheet1", "城西派出所二〇二六年六月月报表"},
		"the month in figures":          {"城西所202606.xlsx", "Sheet1", "禁毒工作月报表"},
		"the month with a dot":          {"城西所2026.06.xlsx", "Sheet1", "禁毒工作月报表"},
		"the district as the reporter":  {"城西所6月.xlsx", "Sheet1", "2026年6月月报表\n填报单位：云岭区"},
		"the day of handing in is none": {"报表.xlsx", "Sheet1", "城西派出所2026年6月月报表\n填报时间：2026年7月3日"},
		"only a cut-off":                {"城西所报表.xlsx", "Sheet1", "禁毒工作月报表\n截止日期：2026年6月25日"},
	} {
		t.Run(name, func(t *testing.T) {
			readAs(t, reportOptions(t), c.file, paper(t, c.sheet, c.head+"\n"+body)).
				want("cxs case_criminal 2026-06 7\ncxs case_admin 2026-06 9").wantVerdict(store.Accepted)
		})
	}
}

func TestRuling06RowsOutrankTheReporter(t *testing.T) {
	read(t, paper(t, "6月", `
		2026年6月统计表
		填报单位：区禁毒办
		单位|刑事案件
		城西派出所|7
		城东派出所|8
		城南派出所|3
		滨江派出所|1`)).
		want("cxs case_criminal 2026-06 7\ncds case_criminal 2026-06 8\nbjs case_criminal 2026-06 1").
		wantRules("A6 row_unit_unknown").wantVerdict(store.Partly)
	read(t, paper(t, "6月", `
		2026年6月统计表
		单位|刑事案件
		城南派出所|7
		城北派出所|8`)).
		want("").wantRules("A3 row_unit_unknown\nA4 row_unit_unknown\nunit_unknown").wantVerdict(store.Rejected)
}

func TestRuling08TwoPeriodsInOneTitle(t *testing.T) {
	const title = "城西派出所2026年6月（1-6月）禁毒工作统计表\n"
	read(t, paper(t, "Sheet1", title+"项目|本月|累计\n刑事案件|7|30")).
		want("cxs case_criminal 2026-06 7\ncxs case_criminal 2026-H1 30").wantVerdict(store.Accepted)
	read(t, paper(t, "Sheet1", title+"项目|数量\n刑事案件|7\n行政案件|8\n举报线索|9")).
		want("").wantVerdict(store.Rejected)
}

func TestRuling07UnitsAndBinding(t *testing.T) {
	rows := paper(t, "6月", `
		2026年6月统计表
		单位|刑事案件
		云岭区城西所|7
		公安分局城东派出所|8
		南湾边防所|1
		东湖街道|2
		西郊街道办|3`)
	read(t, rows).want("cxs case_criminal 2026-06 7\ncds case_criminal 2026-06 8\nnwb case_criminal 2026-06 1\n" +
		"dhj case_criminal 2026-06 2\nxjj case_criminal 2026-06 3").wantVerdict(store.Accepted)
	one := "项目|本月\n刑事案件|7"
	opt := reportOptions(t)
	opt.BoundUnit = "cxs"
	readAs(t, opt, "6月.xlsx", paper(t, "Sheet1", "2026年6月月报表\n"+one)).want("cxs case_criminal 2026-06 7")
	readAs(t, opt, "6月.xlsx", paper(t, "Sheet1", "城东派出所2026年6月月报表\n"+one)).want("").wantRules("unit_bound").wantVerdict(store.Rejected)
	readAs(t, opt, "6月.xlsx", rows).want("").wantRules("A4 unit_bound").wantVerdict(store.Rejected)
}

func TestRuling08Periods(t *testing.T) {
	for title, want := range map[string]string{
		"2026年1-3月":        "cxs case_criminal 2026-Q1 7|cxs reg_total 2026-03 612|cxs staff_full 2026-Q1 4",
		"2026年一季度":         "cxs case_criminal 2026-Q1 7|cxs reg_total 2026-03 612|cxs staff_full 2026-Q1 4",
		"2026年1—6月份":       "cxs case_criminal 2026-H1 7|cxs reg_total 2026-06 612|cxs staff_full 2026-Q2 4",
		"2026年上半年":         "cxs case_criminal 2026-H1 7|cxs reg_total 2026-06 612|cxs staff_full 2026-Q2 4",
		"2026年1-5月":        "cxs case_criminal 2026-01..05 7|cxs reg_total 2026-05 612|cxs staff_full 2026-Q2 4",
		"2025年1-9月":        "cxs case_criminal 2025-01..09 7|cxs reg_total 2025-09 612|cxs staff_full 2025-Q3 4",
		"2025年1至12月":       "cxs case_criminal 2025 7|cxs reg_total 2025-12 612|cxs staff_full 2025-Q4 4",
		"2025年度":           "cxs case_criminal 2025 7|cxs reg_total 2025-12 612|cxs staff_full 2025-Q4 4",
		"2026年第二季度":        "cxs case_criminal 2026-Q2 7|cxs reg_total 2026-06 612|cxs staff_full 2026-Q2 4",
		"2026年第25周":        "cxs case_criminal 2026-W25 7|cxs reg_total 2026-W25 612|cxs staff_full 2026-W25 4",
		"2026年6月15日至6月21日": "cxs case_criminal 2026-W25 7|cxs reg_total 2026-W25 612|cxs staff_full 2026-W25 4",
	} {
		t.Run(title, func(t *testing.T) {
			read(t, paper(t, "Sheet1", "城西派出所"+title+"统计表\n项目|数值\n刑事案件|7\n在册吸毒人员|612\n专职工作人员|4")).
				want(strings.ReplaceAll(want, "|", "\n")).wantVerdict(store.Accepted)
		})
	}
}

func TestRuling08StatisticalMonth(t *testing.T) {
	s := paper(t, "Sheet1", "城西派出所禁毒工作统计表（2026年5月26日至6月25日）\n项目|数值\n刑事案件|7")
	opt := reportOptions(t)
	opt.MonthStarts = 26
	readAs(t, opt, "报表.xlsx", s).want("cxs case_criminal 2026-06 7")
	readAs(t, reportOptions(t), "报表.xlsx", s).want("").wantRules("A1 period_unresolved")
	next := paper(t, "Sheet1", "城西派出所2026年7月统计表\n项目|数值\n刑事案件|7")
	readAs(t, opt, "报表.xlsx", next).want("cxs case_criminal 2026-07 7") // July began on 26 June
}

func TestRuling08CumulativeColumns(t *testing.T) {
	read(t, paper(t, "Sheet1", `
		城西派出所2026年5月月报表
		项目|计量单位|本月|本年累计|去年同期
		在册吸毒人员|人|612|—|655
		刑事案件|起|4|23|6
		海洛因|千克|0.5|1.25|`)).
		want(`cxs reg_total 2026-05 612
			cxs case_criminal 2026-05 4
			cxs case_criminal 2026-01..05 23
			cxs seized_heroin_g 2026-05 500
			cxs seized_heroin_g 2026-01..05 1250`).wantVerdict(store.Accepted)
}

func TestRuling09TablesBesideAndBelow(t *testing.T) {
	read(t, paper(t, "6月", `
		城西派出所2026年6月统计表
		项目|本月|项目|本月
		刑事案件|7|横幅|5
		行政案件|9|宣传点|6

		项目|本月||||指标|数值
		举报线索|3||||发放资料|100`)).
		want(`cxs case_criminal 2026-06 7
			cxs case_admin 2026-06 9
			cxs pub_banners 2026-06 5
			cxs pub_points 2026-06 6
			cxs clues_received 2026-06 3
			cxs pub_leaflets 2026-06 100`).wantVerdict(store.Accepted)
}

func TestRuling10ZeroMissingNotApplicable(t *testing.T) {
	read(t, paper(t, "6月", `
		2026年6月统计表
		单位|刑事案件|行政案件|举报线索|横幅|宣传点|逮捕|刑拘
		城西派出所|无|零|0|—|/||不适用
		城东派出所|=?|=#REF!|1|2|3|4|5
		滨江派出所|1|1|1|1|1|1|1
		南湾边防所|1|1|1|1|1|1|1`)).
		want(`cxs case_criminal 2026-06 0
			cxs case_admin 2026-06 0
			cxs clues_received 2026-06 0
			cxs pub_banners 2026-06 n/a
			cxs pub_points 2026-06 n/a
			cxs detained 2026-06 n/a
			cds clues_received 2026-06 1
			cds pub_banners 2026-06 2
			cds pub_points 2026-06 3
			cds arrested 2026-06 4
			cds detained 2026-06 5` + all("bjs", 1) + all("nwb", 1)).
		wantRules("B4 formula_no_value\nC4 error_cell").wantVerdict(store.Partly)
}

// all is one value for each of the seven columns above.
func all(unit string, v int) string {
	out := ""
	for _, ind := range []string{"case_criminal", "case_admin", "clues_received", "pub_banners", "pub_points", "arrested", "detained"} {
		out += fmt.Sprintf("\n%s %s 2026-06 %d", unit, ind, v)
	}
	return out
}

func TestRuling11Conversions(t *testing.T) {
	read(t, paper(t, "6月", `
		2026年6月统计表
		单位|刑事案件|行政案件|发放资料|海洛因|受教育人数
		城西派出所|１２|十二起|~1,234|3.5千克|1.2万
		城东派出所|~12起|~ 9 |2000|~12.5克|3000
		滨江派出所|7|8|约20|1|9
		南湾边防所|3起5人|1|1|1|1`)).
		want(`cxs case_criminal 2026-06 12
			cxs case_admin 2026-06 12
			cxs pub_leaflets 2026-06 1234
			cxs seized_heroin_g 2026-06 3500
			cxs pub_reached 2026-06 12000
			cds case_criminal 2026-06 12
			cds case_admin 2026-06 9
			cds pub_leaflets 2026-06 2000
			cds seized_heroin_g 2026-06 12.5
			cds pub_reached 2026-06 3000
			bjs case_criminal 2026-06 7
			bjs case_admin 2026-06 8
			bjs seized_heroin_g 2026-06 1
			bjs pub_reached 2026-06 9
			nwb case_admin 2026-06 1
			nwb pub_leaflets 2026-06 1
			nwb seized_heroin_g 2026-06 1
			nwb pub_reached 2026-06 1`).
		wantRules("D5 approximate\nB6 mixed_measures").wantVerdict(store.Partly)
}

func TestRuling12Rates(t *testing.T) {
	const rows = `
		2026年6月统计表
		单位|管控率|见面率（%%）|刑事案件|在册占人口比
		城西派出所|%s|97|1|
		城东派出所|98|97|1|
		滨江派出所|98|97|1|
		东湖街道|98|97|1|7.5
		西郊街道|98|97|1|0.75%%
		长桥街道|98|97|1|`
	for cell, want := range map[string]string{
		"85%": "85", "=85%": "85", "85": "85", "85.0％": "85", "百分之八十五": "85", "0": "0", "850‰": "85", "=0.5%": "0.5",
		"0.85": "rate_ambiguous", "1": "rate_ambiguous", "251%": "rate_over", "100.5": "rate_over", "-3": "negative",
	} {
		g := read(t, paper(t, "6月", fmt.Sprintf(rows, cell)))
		have := "missing"
		for _, s := range g.Statements {
			if s.Unit == "cxs" && s.Indicator == "control_rate" {
				have = fmt.Sprint(s.Value)
			}
			if s.Indicator == "reg_share_pop" && s.Value != 7.5 {
				t.Errorf("a share of the population is %v, want 7.5", s.Value)
			}
		}
		if have == "missing" && len(g.Findings) > 0 {
			have = g.Findings[0].Rule
		}
		if have != want {
			t.Errorf("%s is %s, want %s", cell, have, want)
		}
	}
}

func TestRuling12Impossible(t *testing.T) {
	g := read(t, paper(t, "6月", `
		2026年6月统计表
		单位|在册吸毒人员|现有吸毒人员|应尿检|已尿检|刑事案件|海洛因
		城西派出所|612|700|10|12|2.5|12.5
		城东派出所|900000|1|10|9|-2|1
		滨江派出所|1|1|10|9|(2)|1
		东湖街道|5|4|10|10|3|1
		西郊街道|5|4|10|10|3|1
		长桥街道|5|4|10|10|3|1
		区禁毒办|5|4|10|10|3|1`))
	g.wantRules("F3 fraction\nB4 too_big\nF4 negative\nF5 negative\nC3 exceeds\nE3 exceeds").wantVerdict(store.Partly)
	for _, s := range g.Statements {
		wrong := s.Unit == "cxs" && s.Indicator != "seized_heroin_g"
		if s.Suspect != wrong {
			t.Errorf("%v is suspect: %v", s.Key, s.Suspect)
		}
	}
	if len(g.SetAside) != 4 {
		t.Errorf("set aside are %v", g.SetAside)
	}
}
