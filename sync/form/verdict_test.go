package form

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"jindu/store"
	"jindu/sync/sheet"
)

func TestRuling13Ratios(t *testing.T) {
	g := read(t, paper(t, "6月", `
		2026年6月统计表
		单位|应尿检|已尿检|尿检率|报到率
		东湖街道|96|93|96.9%|85
		西郊街道|96|93|69.9%|86`))
	g.want(`dhj urine_due 2026-06 96
		dhj urine_done 2026-06 93
		dhj report_in_rate 2026-06 85
		xjj urine_due 2026-06 96
		xjj urine_done 2026-06 93
		xjj report_in_rate 2026-06 86`).wantRules("D4 ratio_mismatch").wantVerdict(store.Accepted)
	for _, s := range g.Statements {
		if s.Reported != (s.Indicator == "report_in_rate") {
			t.Errorf("%v is reported: %v", s.Key, s.Reported)
		}
	}
}

func TestRuling14Checks(t *testing.T) {
	read(t, paper(t, "2025年", `
		2025年度统计表
		单位|经费列入年度预算
		城西派出所|√
		城东派出所|×
		滨江派出所|是
		东湖街道|未
		西郊街道|1
		长桥街道|—
		区教育局|是的`)).
		want(`cxs budget_listed 2025 1
			cds budget_listed 2025 0
			bjs budget_listed 2025 1
			dhj budget_listed 2025 0
			xjj budget_listed 2025 1
			cqj budget_listed 2025 n/a`).wantRules("B9 not_number").wantVerdict(store.Partly)
}

func TestRuling15Totals(t *testing.T) {
	for name, c := range map[string]struct{ rows, rules, suspect string }{
		"right": {`
			单位|刑事案件|海洛因（克）
			城西派出所|7|1.25
			城东派出所|8|2.5
			合计|15|3.8`, "", ""},
		"a count is wrong": {`
			单位|刑事案件|行政案件
			城西派出所|7|1
			城东派出所|8|2
			合　计|16|3`, "B5 total_mismatch", "cds case_criminal cxs case_criminal"},
		"a quantity is wrong": {`
			单位|海洛因
			城西派出所|1.25
			城东派出所|2.5
			全区合计|3.9`, "B5 total_mismatch", "cds seized_heroin_g cxs seized_heroin_g"},
		"on top": {`
			单位|刑事案件
			合计|14
			城西派出所|7
			城东派出所|8`, "B3 total_mismatch", "cds case_criminal cxs case_criminal"},
		"subtotals": {`
			单位|刑事案件
			城西派出所|7
			城东派出所|8
			小计|16
			东湖街道|1
			西郊街道|2
			小计|3
			总计|18`, "B5 total_mismatch", "cds case_criminal cxs case_criminal"},
		"a part was set aside": {`
			单位|刑事案件
			城西派出所|7
			城东派出所|约8
			合计|99`, "B4 approximate", ""},
		"no value": {`
			单位|刑事案件
			城西派出所|7
			合计|=?`, "B4 total_no_value", ""},
		"the street holds its community": {`
			单位|刑事案件
			长桥街道|7
			桥北社区|2
			合计|7`, "", ""},
		"a column": {`
			项目|城西派出所|城东派出所|合计
			刑事案件|7|8|16
			管控率|90|80|85`, "D3 total_mismatch", "cds case_criminal cxs case_criminal"},
		"the district's row": {`
			单位|刑事案件
			城西派出所|7
			城东派出所|8
			全区|15`, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			g := read(t, paper(t, "6月", "2026年6月统计表"+strings.ReplaceAll(c.rows, "\t", ""))).wantRules(c.rules)
			var suspects []string
			for _, s := range g.Statements {
				if s.Suspect {
					suspects = append(suspects, s.Unit+" "+s.Indicator)
				}
			}
			slices.Sort(suspects)
			if have := strings.Join(suspects, " "); have != c.suspect {
				t.Errorf("suspect are %q, want %q", have, c.suspect)
			}
		})
	}
}

func TestRuling16Cumulative(t *testing.T) {
	read(t, paper(t, "2026年", `
		东湖街道2026年统计表
		项目|1月|2月|3月|合计|1-3月累计
		应尿检人次|10|20|30|61|60
		毛发检测|1|2|3|6|5`)).
		want(`dhj urine_due 2026-01 10 suspect
			dhj urine_due 2026-02 20 suspect
			dhj urine_due 2026-03 30 suspect
			dhj urine_due 2026-Q1 60
			dhj hair_tests 2026-01 1
			dhj hair_tests 2026-02 2
			dhj hair_tests 2026-03 3 suspect
			dhj hair_tests 2026-Q1 5 suspect`).
		wantRules("E3 total_mismatch\nF4 cumulative_mismatch")
	month := func(n, own, sum int) *sheet.Sheet {
		return paper(t, fmt.Sprintf("%d月", n), fmt.Sprintf("城西派出所2026年%d月月报表\n项目|本月|本年累计\n刑事案件|%d|%d", n, own, sum))
	}
	read(t, month(4, 3, 20), month(5, 2, 19)).wantRules("C3 cumulative_falls")
	read(t, month(4, 3, 20), month(5, 2, 25)).wantRules("C3 cumulative_mismatch")
	read(t, month(4, 3, 20), month(5, 2, 22)).wantRules("")
	read(t, month(5, 9, 7)).wantRules("C3 cumulative_short")
	read(t, month(1, 9, 8)).want("cxs case_criminal 2026-01 9 suspect").wantRules("C3 cumulative_mismatch")
}

func TestRuling16ComparisonsAreNotStored(t *testing.T) {
	g := read(t, paper(t, "6月", `
		2026年6月统计表
		单位|刑事案件||||
		|本月|上月|去年同期|同比±%|环比
		城西派出所|7|6|5|40|16.7`, "A2:A3", "B2:F2"))
	g.want("cxs case_criminal 2026-06 7").wantVerdict(store.Accepted)
	var compared []string
	for _, c := range g.Compared {
		compared = append(compared, fmt.Sprint(c.Period, " ", c.Value, " ", c.Cell.Ref))
	}
	if want := []string{"2026-05 6 C4", "2025-06 5 D4"}; !slices.Equal(compared, want) {
		t.Errorf("compared are %v, want %v", compared, want)
	}
}

func TestRuling17Heads(t *testing.T) {
	read(t, paper(t, "6月", `
		云岭区2026年6月统计表
		单位|缴获毒品（克）|||经费（万元）||社区戒毒社区康复||其他
		|合计|海洛因|其他|到账金额|执行率|执行率|新增|
		城西派出所|10|6|4|2|50|80|3|99`, "A2:A3", "B2:D2", "E2:F2", "G2:H2", "I2:I3")).
		want(`cxs seized_total_g 2026-06 10
			cxs seized_heroin_g 2026-06 6
			cxs seized_other_g 2026-06 4
			cxs fund_received 2026-06 2
			cxs fund_spent_rate 2026-06 50
			cxs exec_rate 2026-06 80`).
		wantRules("H3 column_unknown\nI2 column_unknown").wantVerdict(store.Accepted)
}

func TestRuling17Ambiguous(t *testing.T) {
	g := read(t, paper(t, "6月", `
		云岭区2026年6月统计表
		单位|执行率|刑事案件
		城西派出所|50|7`)).
		want("cxs case_criminal 2026-06 7").wantRules("B2 column_ambiguous").wantVerdict(store.Partly)
	if args := g.Findings[0].Args; !slices.Contains(args, "经费支出率") || !slices.Contains(args, "社区戒毒社区康复执行率") {
		t.Errorf("the hint names %v", args)
	}
}

func TestRuling17Groups(t *testing.T) {
	for name, c := range map[string]struct{ rows, want string }{
		"a heading is no figure": {`
			单位|在册吸毒人员||
			|高风险|中风险|原籍外地
			城西派出所|5|6|7`, "cxs risk_high 2026-06 5\ncxs risk_mid 2026-06 6"},
		"heroin equivalent is another measure": {`
			单位|缴获毒品|
			|折合海洛因（克）|冰毒（克）
			城西派出所|5|6`, "cxs seized_meth_g 2026-06 6"},
		"volunteers are no users": {`
			单位|志愿者|
			|新增|志愿者人数
			城西派出所|5|6`, "cxs volunteers 2026-06 6"},
		"persons now": {`
			单位|在执行|
			|社区戒毒|社区康复
			城西派出所|5|6`, "cxs comm_detox_active 2026-06 5\ncxs comm_rehab_active 2026-06 6"},
		"decisions": {`
			单位|责令|
			|社区戒毒|社区康复
			城西派出所|5|6`, "cxs comm_detox_ordered 2026-06 5\ncxs comm_rehab_ordered 2026-06 6"},
		"done beside due": {`
			单位|应执行|正在执行|执行率
			城西派出所|10|9|90%`, "cxs exec_due 2026-06 10\ncxs exec_active 2026-06 9"},
		"targets and shares are not the figure": {`
			单位|悬挂横幅||
			|任务数|完成数|完成率
			城西派出所|10|9|90%`, "cxs pub_banners 2026-06 9"},
	} {
		t.Run(name, func(t *testing.T) {
			merges := []string{"B2:C2"}
			if !strings.Contains(c.rows, "||") && strings.Count(c.rows, "\n") < 3 {
				merges = nil
			}
			read(t, paper(t, "6月", "2026年6月统计表"+c.rows, merges...)).want(c.want)
		})
	}
}

func TestRuling17Measures(t *testing.T) {
	read(t, paper(t, "6月", `
		2026年6月统计表
		单位：千克
		单位|海洛因|冰毒（克）|麻古（片）|支出金额（元）|缴获大麻/公斤|查处吸毒人员（人）|横幅（幅）
		城西派出所|1.5|2|30|2500|0.1|5|3
		城东派出所|2克|2|0|2500|0.1|5|3`)).
		want(`cxs seized_heroin_g 2026-06 1500
			cxs seized_meth_g 2026-06 2
			cxs seized_cannabis_g 2026-06 100
			cxs fund_spent 2026-06 0.25
			cds fund_spent 2026-06 0.25
			cxs pub_banners 2026-06 3
			cds seized_heroin_g 2026-06 2
			cds seized_meth_g 2026-06 2
			cds seized_cannabis_g 2026-06 100
			cds pub_banners 2026-06 3`).
		wantRules("D3 measure_mismatch\nG3 measure_mismatch").wantVerdict(store.Partly)
}

func TestRuling18Verdicts(t *testing.T) {
	sheetOf := func(bad int) *sheet.Sheet {
		rows := "2026年6月统计表\n单位|刑事案件|行政案件|举报线索|横幅|宣传点|逮捕|刑拘|嫌疑人|毒驾|海洛因"
		n := 0
		for _, u := range []string{"城西派出所", "城东派出所", "滨江派出所"} {
			rows += "\n" + u
			for range 10 {
				if n++; n <= bad {
					rows += "|若干"
				} else {
					rows += "|1"
				}
			}
		}
		return paper(t, "6月", rows)
	}
	read(t, sheetOf(0)).wantVerdict(store.Accepted)
	read(t, sheetOf(2)).wantVerdict(store.Partly)
	read(t, sheetOf(3)).wantVerdict(store.Partly) // 3 of 30 are 10 %
	four := read(t, sheetOf(4)).want("").wantVerdict(store.Rejected)
	if !slices.Contains(four.rules(), "too_many_bad") {
		t.Error(four.rules())
	}
	good := paper(t, "城西", "城西派出所2026年6月统计表\n项目|本月\n刑事案件|7")
	wrong := paper(t, "城东", "城东派出所2026年5月统计表\n统计期间：2026年6月\n项目|本月\n刑事案件|7")
	read(t, good, wrong).want("cxs case_criminal 2026-06 7").wantVerdict(store.Partly)
	notes := paper(t, "说明", "填表说明\n1.本表于每月25日前报送\n2.破案数以立案为准")
	blank := &sheet.Sheet{Name: "Sheet3"}
	read(t, good, notes, blank).want("cxs case_criminal 2026-06 7").wantVerdict(store.Accepted).wantRules("")
	read(t, notes).want("").wantVerdict(store.Rejected).wantRules("form_unknown")
	read(t, blank).wantVerdict(store.Rejected).wantRules("form_unknown")
	third := paper(t, "6月", "2026年6月统计表\n单位|刑事案件\n城西派出所|1\n城东派出所|2\n城南派出所|3")
	read(t, third).wantVerdict(store.Partly)
}

func TestRuling19PersonalData(t *testing.T) {
	const id, phone = "539901198001102038", "19900000017"
	g := readAs(t, reportOptions(t), "城西所"+phone+"6月.xlsx", paper(t, "6月"+phone, `
		2026年6月统计表
		单位|刑事案件|行政案件|责任人电话|`+phone+`
		城西派出所|`+id+`|9|`+phone+`|1
		城东派出所|8|5|`+phone+`|1
		`+phone+`|8|5|`+phone+`|1
		滨江派出所|8|5||1
		东湖街道|8|5||1
		填表人：佴东篱 `+phone))
	g.wantVerdict(store.Partly)
	rules := g.rules()
	for _, want := range []string{"B3 personal_data", "A5 personal_data", "D2 personal_unread"} {
		if !slices.Contains(rules, want) {
			t.Errorf("no %s among %v", want, rules)
		}
	}
	whole := fmt.Sprintf("%+v", *g.Reading)
	for _, secret := range []string{id, phone, "佴东篱"} {
		if strings.Contains(whole, secret) {
			t.Errorf("the reading holds %s", secret)
		}
	}
}
