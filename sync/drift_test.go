package sync

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"jindu/store"
)

// past is a mirror of which only the heads of before are asked.
type past struct {
	Mirror
	lists []store.HeadList
}

func (p past) Heads(context.Context, string, string, string, store.Period) ([]store.HeadList, error) {
	return p.lists, nil
}

// headsOf makes heads of lines: address, path with > between its levels, and what
// it means.
func headsOf(of string, lines ...string) []store.Head {
	var out []store.Head
	for _, line := range lines {
		f := strings.Fields(line + " -")
		h := store.Head{Sheet: "月报", Form: of, Unit: "cxs", Ref: f[0], Path: strings.Split(f[1], ">")}
		if f[2] != "-" {
			h.Means = f[2]
		}
		out = append(out, h)
	}
	return out
}

// drifted returns what is told of heads that were one thing in May and are
// another in June.
func drifted(t *testing.T, of string, may, june []store.Head) string {
	t.Helper()
	return told(t, store.HeadList{Path: "5月.xlsx", Sheet: "月报", Form: of, Unit: "cxs", Period: store.MonthOf(2026, 5), Heads: may}, june)
}

func told(t *testing.T, before store.HeadList, now []store.Head) string {
	t.Helper()
	catalogue, err := store.LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	r := &round{Puller: &Puller{Mirror: past{lists: []store.HeadList{before}}, Understanding: Understanding{Catalogue: catalogue}}}
	rd := &store.Reading{
		Workbook: store.Workbook{Path: "6月.xlsx", Verdict: store.Accepted},
		Sheets:   []store.SheetReading{{Name: "月报", Period: store.MonthOf(2026, 6), Verdict: store.Accepted}},
		Heads:    now,
	}
	if err := r.drift(t.Context(), rd); err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, f := range rd.Findings {
		out = append(out, strings.ReplaceAll(fmt.Sprint(f.Severity, " ", f.Rule, " ", f.Cell, " ", f.Args), "\n", " "))
	}
	return strings.Join(out, "; ")
}

// TestDriftOfReports changes one head of a report at a time.
func TestDriftOfReports(t *testing.T) {
	may := []string{"A3 单位 unit", "B3 刑事案件 case_criminal", "C3 行政案件 case_admin", "D3 抓获嫌疑人 suspects", "E3 查获吸毒人员 users_found", "F3 备注"}
	for _, c := range []struct {
		name string
		june []string
		want string
	}{
		{"nothing", may, ""},
		{"a column moved", []string{"A3 单位 unit", "B3 备注", "C3 刑事案件 case_criminal", "D3 抓获嫌疑人 suspects", "E3 行政案件 case_admin", "F3 查获吸毒人员 users_found"}, ""},
		{
			"gone",
			[]string{"A3 单位 unit", "B3 刑事案件 case_criminal", "C3 行政案件 case_admin", "D3 抓获嫌疑人 suspects"},
			"warning head_gone E3 [查获吸毒人员 5月.xlsx]",
		},
		{"new and read", append(may[:5:5], "F3 吸毒驾驶 drug_driving"), "info head_new F3 [吸毒驾驶]"},
		{"new and not read", append(may[:5:5], "F3 缉毒犬出勤"), "warning head_new F3 [缉毒犬出勤]"},
		{
			"renamed and not read",
			[]string{"A3 单位 unit", "B3 刑事案件 case_criminal", "C3 行政案件 case_admin", "D3 抓获嫌疑人 suspects", "E3 查获吸毒者"},
			`warning head_renamed E3 [查获吸毒人员 查获吸毒者 [[alias]] indicator = "users_found" names = ["查获吸毒者"]]`,
		},
		{
			"renamed, moved and not read",
			[]string{"A3 单位 unit", "B3 刑事案件 case_criminal", "C3 行政案件 case_admin", "D3 查获的吸毒人员", "E3 抓获嫌疑人 suspects"},
			`warning head_renamed D3 [查获吸毒人员 查获的吸毒人员 [[alias]] indicator = "users_found" names = ["查获的吸毒人员"]]`,
		},
		{
			"renamed and still read",
			[]string{"A3 单位 unit", "B3 破获案件 case_criminal", "C3 行政案件 case_admin", "D3 抓获嫌疑人 suspects", "E3 查获吸毒人员 users_found"},
			"",
		},
		{
			"another thing in its place is no new name of it",
			[]string{"A3 单位 unit", "B3 刑事案件 case_criminal", "C3 行政案件 case_admin", "D3 抓获嫌疑人 suspects", "E3 发放传单"},
			"warning head_gone E3 [查获吸毒人员 5月.xlsx]; warning head_new E3 [发放传单]",
		},
		{
			"its opposite is no new name of it",
			[]string{"A3 单位 unit", "B3 刑事案件 case_criminal", "C3 行政案件 case_admin", "D3 抓获嫌疑人 suspects", "E3 未查获吸毒人员"},
			"warning head_gone E3 [查获吸毒人员 5月.xlsx]; warning head_new E3 [未查获吸毒人员]",
		},
		{"a person's column is nobody's business", append(may[:5:5], "F3 联系人姓名", "G3 王小明", "H3 手机号码"), ""},
		{"another table", []string{"A3 单位 unit", "B3 刑事案件 case_criminal"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := drifted(t, "report", headsOf("report", may...), headsOf("report", c.june...)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// TestNoDrift holds what differs from month to month by nature.
func TestNoDrift(t *testing.T) {
	for name, c := range map[string]struct{ may, june []string }{
		"months across": {
			[]string{"A3 项目 item", "B3 4月 period", "C3 5月 period", "A4 刑事案件 case_criminal", "A5 行政案件 case_admin"},
			[]string{"A3 项目 item", "B3 5月 period", "C3 6月 period", "D3 7月", "A4 刑事案件 case_criminal", "A5 行政案件 case_admin"},
		},
		"本月 and 累计 in another order": {
			[]string{"B3 刑事案件>本月 case_criminal", "C3 刑事案件>累计 case_criminal", "D3 行政案件>本月 case_admin", "E3 行政案件>累计 case_admin", "F3 刑事案件>同比"},
			[]string{"B3 刑事案件>累计 case_criminal", "C3 刑事案件>本月 case_criminal", "D3 行政案件>本年累计 case_admin", "E3 行政案件>本月 case_admin", "F3 行政案件>环比"},
		},
		"aspects within the name": {
			[]string{"B3 本月刑事案件(起) case_criminal", "C3 累计行政案件 case_admin"},
			[]string{"B3 刑事案件 case_criminal", "C3 本年累计行政案件(起) case_admin"},
		},
		"titles with dates": {
			[]string{"A1 2026年5月禁毒工作统计表", "B3 2026年5月>刑事案件 case_criminal", "C3 2026年5月>行政案件 case_admin"},
			[]string{"A1 2026年6月禁毒工作统计表", "B3 2026年6月>刑事案件 case_criminal", "C3 2026年6月>行政案件 case_admin"},
		},
		"other units across": {
			[]string{"A3 项目 item", "B3 城西派出所 unit", "A4 刑事案件 case_criminal", "A5 行政案件 case_admin"},
			[]string{"A3 项目 item", "B3 城西派出所 unit", "C3 城东派出所 unit", "D3 滨江派出所 unit", "E3 合计 total", "A4 刑事案件 case_criminal", "A5 行政案件 case_admin"},
		},
		"an alias has been learned": {
			[]string{"A4 刑事案件 case_criminal", "A5 行政案件 case_admin", "A6 毒驾数"},
			[]string{"A4 刑事案件 case_criminal", "A5 行政案件 case_admin", "A6 毒驾数 drug_driving"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if got := drifted(t, "report", headsOf("report", c.may...), headsOf("report", c.june...)); got != "" {
				t.Errorf("told: %s", got)
			}
		})
	}
}

func TestDriftOfLedgers(t *testing.T) {
	funds := []string{"A3 序号", "B3 资金来源 source", "C3 文号 document", "D3 到账金额 received", "E3 到账日期 arrived", "F3 经办人", "G3 备注"}
	before := store.HeadList{Path: "6月.xlsx", Sheet: "月报", Form: "funds", Unit: "cxs", Heads: headsOf("funds", funds...)}
	for name, c := range map[string]struct {
		now  []string
		want string
	}{
		"nothing": {funds, ""},
		"renamed": {
			append(funds[:4:4], "E3 到帐的日期", "F3 经办人", "G3 备注"),
			`warning head_renamed E3 [到账日期 到帐的日期 [[alias]] form = "funds" field = "arrived" names = ["到帐的日期"]]`,
		},
		"persons and remarks": {append(funds[:5:5], "F3 收款人", "G3 联系电话", "H3 备注说明"), ""},
		"gone":                {append(funds[:4:4], "F3 经办人"), "warning head_gone E3 [到账日期 6月.xlsx]"},
	} {
		t.Run(name, func(t *testing.T) {
			r := headsOf("funds", c.now...)
			before := before
			before.Period = store.MonthOf(2026, 5)
			if got := told(t, before, r); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// TestTheSheetToCompareWith chooses among those of before.
func TestTheSheetToCompareWith(t *testing.T) {
	heads := headsOf("report", "A4 刑事案件 case_criminal", "A5 行政案件 case_admin")
	list := func(path, sheet string, month int) store.HeadList {
		l := store.HeadList{Path: path, Sheet: sheet, Heads: heads}
		if month > 0 {
			l.Period = store.MonthOf(2026, month)
		}
		return l
	}
	r := &round{Puller: &Puller{Understanding: Understanding{Catalogue: &store.Catalogue{}}}}
	catalogue, err := store.LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	r.Understanding.Catalogue = catalogue
	for _, c := range []struct {
		name   string
		before []store.HeadList
		period store.Period
		want   string
	}{
		{"the month before", []store.HeadList{list("7", "x", 7), list("6", "x", 6), list("5", "y", 5), list("4", "x", 4)}, store.MonthOf(2026, 6), "5"},
		{"of the same name where there are several", []store.HeadList{list("5a", "y", 5), list("5b", "月报", 5)}, store.MonthOf(2026, 6), "5b"},
		{"only later ones", []store.HeadList{list("7", "月报", 7)}, store.MonthOf(2026, 6), ""},
		{"a ledger's version before", []store.HeadList{list("b", "月报", 0), list("6月.xlsx", "月报", 0)}, store.Period{}, "6月.xlsx"},
		{"a ledger of another year", []store.HeadList{list("b", "月报", 0)}, store.Period{}, "b"},
		{"a report is none for a ledger", []store.HeadList{list("b", "月报", 5)}, store.Period{}, ""},
	} {
		d := drifting{round: r, group: headGroup{"月报", "report", "cxs"}, now: r.layoutOf("report", heads)}
		if found := d.base(c.before, "6月.xlsx", c.period); found != (c.want != "") || d.path != c.want {
			t.Errorf("%s: %s", c.name, d.path)
		}
	}
}
