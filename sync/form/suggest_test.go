package form

import (
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"

	"jindu/store"
)

func TestSuggestions(t *testing.T) {
	for head, want := range map[string]string{
		// near enough
		"新滋生吸毒人数":   "reg_new",
		"破获涉毒刑事案件":  "case_criminal",
		"抓获涉毒犯罪嫌疑人": "suspects",
		"本辖区在册吸毒人员": "reg_total",
		"发放宣传资料份数":  "pub_leaflets",
		"受教育的群众":    "pub_reached",
		// one rune makes another thing of it
		"应尿检率人次":   "",
		"破案率":      "",
		"未报到率":     "",
		"查处涉赌行政案件": "",
		"破获盗窃刑事案件": "",
		"新增男性吸毒人员": "",
		"C3":       "",
		// far from all
		"办案质量":  "",
		"罚款金额":  "",
		"任务数":   "",
		"出动警力":  "",
		"总户数":   "",
		"电脑台数":  "",
		"会议次数":  "",
		"备用金支付": "",
		// shapes of persons
		"王东篱":               "",
		"联系人19900000700":    "",
		"欧阳半夏":              "",
		"新滋生吸毒人数\"]\n[ssh]": "",
	} {
		g := read(t, paper(t, "6月", "2026年6月统计表\n单位|"+strings.ReplaceAll(head, "\n", `\n`)+"|刑事案件|行政案件\n城西派出所|3|7|9"))
		got := ""
		for _, f := range g.Findings {
			if f.Rule != "column_unknown" || len(f.Args) == 0 {
				continue
			}
			var config struct {
				Alias []struct {
					Indicator string
					Names     []string
				}
			}
			if err := toml.Unmarshal([]byte(f.Args[1]), &config); err != nil || len(config.Alias) != 1 || config.Alias[0].Names[0] != head {
				t.Errorf("%s: the alias %q: %v", head, f.Args[1], err)
				continue
			}
			got = config.Alias[0].Indicator
		}
		if got != want {
			t.Errorf("%s: suggested %q, want %q", head, got, want)
		}
	}
}

// TestSuggestionIsPrinted: the message names the nearest name, the hint the alias;
// without one neither speaks of it.
func TestSuggestionIsPrinted(t *testing.T) {
	near := store.NewFinding("column_unknown", "6月", "B2", "新增吸毒人员", aliasOf("reg_new", "新滋生吸毒人数"))
	if got := near.Message(store.Chinese); got != "表头未识别，此列未读；相近的是 新增吸毒人员" {
		t.Error(got)
	}
	if got := near.Hint(store.Chinese); !strings.HasSuffix(got, "：\n[[alias]]\nindicator = \"reg_new\"\nnames = [\"新滋生吸毒人数\"]") {
		t.Error(got)
	}
	far := store.NewFinding("column_unknown", "6月", "B2")
	if got := far.Message(store.English) + far.Hint(store.English); strings.ContainsAny(got, "<>{}") || strings.Contains(got, "nearest") {
		t.Error(got)
	}
}

// TestSuggestedAliasIsRead: what is pasted does what it says.
func TestSuggestedAliasIsRead(t *testing.T) {
	opt := reportOptions(t)
	catalogue, err := store.LoadCatalogue(store.Overlay{Indicators: []store.Indicator{{Code: "reg_new", Aliases: []string{"新滋生吸毒人数"}}}})
	if err != nil {
		t.Fatal(err)
	}
	opt.Catalogue = catalogue
	readAs(t, opt, "报表.xlsx", paper(t, "6月", "2026年6月统计表\n单位|新滋生吸毒人数\n城西派出所|3")).want("cxs reg_new 2026-06 3").wantRules("")
}

func TestHeads(t *testing.T) {
	g := read(t, paper(t, "6月", `
		2026年6月统计表
		序号|单位|打击||新滋生吸毒人数|王东篱|同比%
		||刑事案件（起）|破案率|||
		1|城西派出所|7|80|3|1|5`, "C2:D2"))
	want := map[string]string{
		"A2": " 序号", "B2": "unit 单位", "C3": "case_criminal 打击 > 刑事案件（起）", "D3": " 打击 > 破案率",
		"E2": " 新滋生吸毒人数", "F2": " ***", "G2": " 同比%",
	}
	if len(g.Heads) != len(want) {
		t.Errorf("%d heads, want %d: %+v", len(g.Heads), len(want), g.Heads)
	}
	for _, h := range g.Heads {
		if got := h.Means + " " + strings.Join(h.Path, " > "); got != want[h.Ref] || h.Form != "report" || h.Sheet != "6月" {
			t.Errorf("%s is %q, want %q: %+v", h.Ref, got, want[h.Ref], h)
		}
	}
	down := read(t, paper(t, "6月", "城西派出所2026年6月统计表\n项目|计量单位|本月|累计\n刑事案件|起|7|20\n办案质量|分|90|"))
	var got []string
	for _, h := range down.Heads {
		got = append(got, h.Ref+"="+h.Means+"@"+h.Unit)
	}
	if s := strings.Join(got, " "); s != "A2=item@cxs B2=measure@cxs C2=period@cxs D2=period@cxs A3=case_criminal@cxs A4=@cxs" {
		t.Error(s)
	}
}

// TestOneIndicatorInTheTitle: the title is the name of an indicator and nothing
// else; what says more of it is no such name.
func TestOneIndicatorInTheTitle(t *testing.T) {
	table := "\n单位|4月|5月|6月|合计\n城西派出所|1|2|3|6\n城东派出所|4|5|6|15"
	const want = `
		cxs case_criminal 2026-04 1
		cxs case_criminal 2026-05 2
		cxs case_criminal 2026-06 3
		cds case_criminal 2026-04 4
		cds case_criminal 2026-05 5
		cds case_criminal 2026-06 6`
	for _, title := range []string{"2026年各单位破获毒品刑事案件数统计表", "云岭区2026年破获刑事案件情况汇总表（单位：起）", "2026年刑事案件分月统计"} {
		g := read(t, paper(t, "Sheet1", title+table)).want(want).wantRules("").wantVerdict(store.Accepted)
		if g.Sheets[0].Layout != "one_indicator" {
			t.Error(g.Sheets[0].Layout)
		}
	}
	for _, title := range []string{"2026年刑事案件起诉情况统计表", "2026年宣传活动经费统计表", "2026年各单位统计表", "2026年刑事案件、行政案件统计表"} {
		read(t, paper(t, "Sheet1", title+table)).want("").wantVerdict(store.Rejected)
	}
	read(t, paper(t, "Sheet1", "2026年各单位缴获海洛因统计表\n单位：千克\n单位|5月|6月\n城西派出所|0.5|2\n城东派出所|0|1")).
		want("cxs seized_heroin_g 2026-05 500\ncxs seized_heroin_g 2026-06 2000\ncds seized_heroin_g 2026-05 0\ncds seized_heroin_g 2026-06 1000")
	read(t, paper(t, "刑事案件", "2026年6月统计表\n单位|本月|累计|去年同期\n城西派出所|3|20|4")).
		want("cxs case_criminal 2026-06 3\ncxs case_criminal 2026-H1 20")
}

// TestFormHeads: names of a report's own come first on its sheets, and nowhere else.
func TestFormHeads(t *testing.T) {
	opt := reportOptions(t)
	catalogue, err := store.LoadCatalogue(store.Overlay{Forms: []store.Form{{
		Code: "funds_report", Kind: store.ReportForm, Name: "经费执行情况表", Titles: []string{"经费执行"},
		Heads: []store.FormHead{
			{Names: []string{"执行率", "进展>比例"}, Indicator: "fund_spent_rate"},
			{Names: []string{"拨付"}, Indicator: "fund_received"},
		},
	}}})
	if err != nil {
		t.Fatal(err)
	}
	opt.Catalogue = catalogue
	funds := "东湖街道2026年6月%s统计表\n项目|数量\n拨付|12\n执行率|85"
	readAs(t, opt, "报表.xlsx", paper(t, "Sheet1", strings.Replace(funds, "%s", "经费执行情况", 1))).
		want("dhj fund_received 2026-06 12\ndhj fund_spent_rate 2026-06 85")
	readAs(t, opt, "报表.xlsx", paper(t, "Sheet1", strings.Replace(funds, "%s", "社区戒毒社区康复", 1))).
		want("dhj exec_rate 2026-06 85").wantRules("A3 row_unknown")
	readAs(t, opt, "经费执行.xlsx", paper(t, "Sheet1", "2026年6月统计表\n单位|拨付|进展|\n|（万元）|金额|比例（%）\n东湖街道|12|3|85", "C2:D2")).
		want("dhj fund_received 2026-06 12\ndhj fund_spent_rate 2026-06 85")
}

// TestNothingReadIsRefused: a form that is recognised and feeds nothing.
func TestNothingReadIsRefused(t *testing.T) {
	read(t, paper(t, "6月", "城西派出所2026年6月统计表\n类别|破案数|抓获嫌疑人\n海洛因|2|3\n冰毒|1|1")).
		want("").wantVerdict(store.Rejected)
	read(t, paper(t, "6月", "城西派出所2026年6月统计表\n项目|本月\n刑事案件|\n行政案件|")).
		want("").wantRules("nothing_filled").wantVerdict(store.Accepted) // a template states nothing, and nothing wrong
}
