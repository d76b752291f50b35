package main

import "testing"

// Cells: numbers and what people write instead of them, measures, ratios, totals.
func TestOfficeCells(t *testing.T) {
	t.Parallel()
	runOffice(t, map[string]officeCase{
		"numbers as people write them": {
			files: map[string]string{"6月.xlsx": `
[Sheet1]
2026年6月统计表|<|<|<|<|<|<|<
单位|刑事案件|行政案件|发放资料|受教育人数|缴获海洛因(克)|宣传活动|悬挂横幅
城西派出所|'3|十二起|'1,234|１２００|'12.5克|'7 场|二十
城东派出所|'12起|'１５|1.2万|3.5万人次|3.5千克|#0;8| 9 
滨江派出所|一百零三|'4 |'2,000份|'800人次|'０．５|两场|廿五条
`},
			check: map[string]string{"6月.xlsx": "accepted"},
			figures: `
cxs case_criminal 2026-06 3
cxs case_admin 2026-06 12
cxs pub_leaflets 2026-06 1234
cxs pub_reached 2026-06 1200
cxs seized_heroin_g 2026-06 12.5
cxs pub_events 2026-06 7
cxs pub_banners 2026-06 20
cds case_criminal 2026-06 12
cds case_admin 2026-06 15
cds pub_leaflets 2026-06 12000
cds pub_reached 2026-06 35000
cds seized_heroin_g 2026-06 3500
cds pub_events 2026-06 8
cds pub_banners 2026-06 9
bjs case_criminal 2026-06 103
bjs case_admin 2026-06 4
bjs pub_leaflets 2026-06 2000
bjs pub_reached 2026-06 800
bjs seized_heroin_g 2026-06 0.5
bjs pub_events 2026-06 2
bjs pub_banners 2026-06 25`,
		},
		"zero, not applicable and blank": {
			files: map[string]string{"6月.xlsx": `
[Sheet1]
2026年6月统计表|<|<|<|<|<|<
单位|刑事案件|行政案件|发放资料|受教育人数|宣传活动|悬挂横幅
城西派出所|无|—|－|-|--|/
城东派出所|零|不适用||0|'0|'
滨江派出所|1|2|3|4|5|6
`},
			check: map[string]string{"6月.xlsx": "accepted"},
			figures: `
cxs case_criminal 2026-06 0
cds case_criminal 2026-06 0
cds pub_reached 2026-06 0
cds pub_events 2026-06 0
bjs pub_banners 2026-06 6`,
			absent: `
cxs case_admin *
cxs pub_leaflets *
cxs pub_reached *
cxs pub_events *
cxs pub_banners *
cds case_admin *
cds pub_leaflets *
cds pub_banners *`,
		},
		"approximate numbers are set aside": {
			files: map[string]string{"6月.xlsx": `
[Sheet1]
2026年6月统计表|<|<|<|<|<|<|<|<|<|<|<
单位|刑事案件|行政案件|嫌疑人|刑拘|批捕|查处吸毒人员|强戒|毒驾|线索|宣传活动|悬挂横幅
城西派出所|1|2|3|4|5|6|7|8|9|10|2000余条
城东派出所|1|2|3|4|5|6|7|8|9|10|约30
滨江派出所|1|2|3|4|5|6|7|8|9|10|11
南湾边防派出所|1|2|3|4|5|6|7|8|9|10|11
东湖街道|1|2|3|4|5|6|7|8|9|10|11
西郊街道|1|2|3|4|5|6|7|8|9|10|近百条
长桥街道|1|2|3|4|5|6|7|8|9|10|10-15
教育局|1|2|3|4|5|6|7|8|9|10|若干
民政局|1|2|3|4|5|6|7|8|9|10|50以上
`},
			check:   map[string]string{"6月.xlsx": "partial"},
			figures: "bjs pub_banners 2026-06 11\ncxs case_criminal 2026-06 1\nmzj clues_received 2026-06 9",
			absent:  "cxs pub_banners *\ncds pub_banners *\nxjj pub_banners *\ncqj pub_banners *\njyj pub_banners *\nmzj pub_banners *",
			finds:   "6月.xlsx!Sheet1!L3 approximate\n6月.xlsx!Sheet1!L4 approximate\n6月.xlsx!Sheet1!L8 approximate\n6月.xlsx!Sheet1!L9 approximate\n6月.xlsx!Sheet1!L10 approximate\n6月.xlsx!Sheet1!L11 approximate",
			exit:    1,
		},
		"more than a tenth of the cells is bad": {
			files: map[string]string{"6月.xlsx": `
[Sheet1]
2026年6月统计表|<|<|<
单位|刑事案件|行政案件|嫌疑人
城西派出所|约1|2|3
城东派出所|多|2|3
滨江派出所|1|若干|3
东湖街道|1|2|3
`},
			check:  map[string]string{"6月.xlsx": "refused"},
			absent: "* case_criminal *\n* case_admin *\n* suspects *",
			exit:   1,
		},
		"two bad cells of ten are borne": {
			files: map[string]string{"6月.xlsx": `
[Sheet1]
2026年6月统计表|<|<|<
单位|刑事案件|行政案件|嫌疑人
城西派出所|约1|2|3
城东派出所|待统计|2|3
滨江派出所|1|2|3
`},
			check:   map[string]string{"6月.xlsx": "partial"},
			figures: "cxs case_admin 2026-06 2\nbjs case_criminal 2026-06 1",
			absent:  "cxs case_criminal *\ncds case_criminal *",
			finds:   "6月.xlsx!Sheet1!B3\n6月.xlsx!Sheet1!B4",
			exit:    1,
		},
		"errors and formulas without a value": {
			files: map[string]string{"6月.xlsx": `
[Sheet1]
2026年6月统计表|<|<|<
单位|刑事案件|行政案件|嫌疑人
城西派出所|=C3-1|2|3
城东派出所|=1+1;2|2|3
滨江派出所|1|2|3
东湖街道|1|2|3
合计|=SUM(B3:B6)|8|12
`},
			check:   map[string]string{"6月.xlsx": "partial"},
			figures: "cds case_criminal 2026-06 2\nbjs case_criminal 2026-06 1",
			absent:  "cxs case_criminal *",
			finds:   "6月.xlsx!Sheet1!B3 formula_no_value",
			exit:    1,
		},
		"negative numbers and fractions of persons": {
			files: map[string]string{"6月.xlsx": `
[Sheet1]
2026年6月统计表|<|<|<|<
单位|刑事案件|行政案件|嫌疑人|强戒
城西派出所|-2|2|3|1
城东派出所|2|2|3|(2)
滨江派出所|1|2|2.5|1
东湖街道|1|2|3|1
西郊街道|1|2|3|1
长桥街道|1|2|3|1
教育局|1|2|3|1
民政局|1|2|3|1
`},
			check:   map[string]string{"6月.xlsx": "partial"},
			figures: "cxs case_admin 2026-06 2\nbjs case_criminal 2026-06 1",
			absent:  "cxs case_criminal *\ncds compulsory_dec *\nbjs suspects *",
			finds:   "6月.xlsx!Sheet1!B3 negative\n6月.xlsx!Sheet1!E4 negative\n6月.xlsx!Sheet1!D5 fraction",
			exit:    1,
		},
		"two measures in one cell": {
			files: map[string]string{"6月.xlsx": `
[Sheet1]
2026年6月统计表|<|<|<
单位|刑事案件|行政案件|缴获冰毒(克)
城西派出所|3起5人|2|3
城东派出所|2|2|冰毒12.3克、海洛因0.5克
滨江派出所|1|2|2.5
东湖街道|1|2|3
西郊街道|1|2|3
长桥街道|1|2|3
教育局|1|2|3
`},
			check:   map[string]string{"6月.xlsx": "partial"},
			figures: "cxs case_admin 2026-06 2\nbjs seized_meth_g 2026-06 2.5",
			absent:  "cxs case_criminal *\ncds seized_meth_g *\n* seized_heroin_g *",
			finds:   "6月.xlsx!Sheet1!B3 mixed_measures\n6月.xlsx!Sheet1!D4",
			exit:    1,
		},
		"measures of heads, title and cells": {
			files: map[string]string{
				"a.xlsx": `
[Sheet1]
2026年6月缴毒统计表|<|<|<|<
单位：千克|<|<|<|<
单位|海洛因|冰毒|麻古|大麻(克)
城西派出所|1.5|0.02|500克|30
城东派出所|0|2.345|1.1|5
`,
				"b.xlsx": `
[Sheet1]
东湖街道2026年6月经费情况|<|<
项目|计量单位|金额
到账专项经费|元|150000
已支出专项经费|万元|7.5
`,
			},
			check: map[string]string{"a.xlsx": "accepted", "b.xlsx": "accepted"},
			figures: `
cxs seized_heroin_g 2026-06 1500
cxs seized_meth_g 2026-06 20
cxs seized_yaba_g 2026-06 500
cxs seized_cannabis_g 2026-06 30
cds seized_heroin_g 2026-06 0
cds seized_meth_g 2026-06 2345
cds seized_yaba_g 2026-06 1100
cds seized_cannabis_g 2026-06 5
dhj fund_received 2026-06 15
dhj fund_spent 2026-06 7.5`,
		},
		"tablets, plants and equivalents are no grams": {
			files: map[string]string{"a.xlsx": `
[Sheet1]
2026年6月缴毒统计表|<|<|<|<|<
单位|海洛因(克)|麻古(片)|摇头丸(粒)|折合海洛因(克)|缴获毒品(千克)
城西派出所|10|120|5|300|0.01
城东派出所|20|3|0|400|0.02
`},
			figures: `
cxs seized_heroin_g 2026-06 10
cds seized_heroin_g 2026-06 20
cxs seized_total_g 2026-06 10
cds seized_total_g 2026-06 20`,
			absent: "* seized_yaba_g *\n* seized_other_g *",
			exit:   -1,
		},
		"rates in every way": {
			files: map[string]string{"6月.xlsx": `
[Sheet1]
2026年6月管控情况|<|<|<
单位|管控率|见面率(%)|就业安置率
城西派出所|'85%|85|'85.5%
城东派出所|%0.85|'85.0％|百分之八十五
滨江派出所|85|0|%1
东湖街道|100|99.5|%0.285
`},
			check: map[string]string{"6月.xlsx": "accepted"},
			figures: `
cxs control_rate 2026-06 85
cds control_rate 2026-06 85
bjs control_rate 2026-06 85
dhj control_rate 2026-06 100
cxs seen_rate 2026-06 85
cds seen_rate 2026-06 85
bjs seen_rate 2026-06 0
dhj seen_rate 2026-06 99.5
cxs employ_rate 2026-06 85.5
cds employ_rate 2026-06 85
bjs employ_rate 2026-06 100
dhj employ_rate 2026-06 28.5`,
		},
		"rates that cannot be told or be": {
			files: map[string]string{"6月.xlsx": `
[Sheet1]
2026年6月管控情况|<|<|<|<
单位|管控率|见面率(%)|就业安置率|报到率
城西派出所|0.85|85|85|90
城东派出所|251%|85|85|90
滨江派出所|85|1|85|90
东湖街道|100|99.5|103|90
西郊街道|100|99.5|100|90
长桥街道|100|99.5|100|90
教育局|100|99.5|100|90
民政局|100|99.5|100|90
卫生局|100|99.5|100|90
北关街道|100|99.5|100|90
北关派出所|100|99.5|100|90
`},
			check:  map[string]string{"6月.xlsx": "partial"},
			absent: "cxs control_rate *\ncds control_rate *\nbjs seen_rate *\ndhj employ_rate *",
			figures: `
dhj control_rate 2026-06 100
bgj control_rate 2026-06 100
bgs report_in_rate 2026-06 90`,
			finds: "6月.xlsx!Sheet1!B3 rate_ambiguous\n6月.xlsx!Sheet1!B4 rate_over\n6月.xlsx!Sheet1!C5 rate_ambiguous\n6月.xlsx!Sheet1!D6 rate_over",
			exit:  1,
		},
		"ratios and their parts": {
			files: map[string]string{"6月.xlsx": `
[Sheet1]
2026年6月社区戒毒社区康复情况|<|<|<|<|<|<|<|<
单位|应报到|已报到|报到率|应尿检人次|已尿检人次|尿检率|签订协议数|协议签订率
东湖街道|40|38|95%|60|50|83.3%|38|100%
西郊街道|20|19|90%|30|35|100%|18|94.7%
`},
			check: map[string]string{"6月.xlsx": "accepted"},
			figures: `
dhj report_in_due 2026-06 40
dhj report_in_done 2026-06 38
dhj urine_due 2026-06 60
dhj urine_done 2026-06 50
dhj agreement_signed 2026-06 38
xjj report_in_done 2026-06 19
xjj urine_done 2026-06 35`,
			absent: "* report_in_rate *\n* urine_rate *\n* agreement_rate *",
			finds:  "6月.xlsx!Sheet1!D4 ratio_mismatch\n6月.xlsx!Sheet1!F4 exceeds",
		},
		"numerators are not their ratios": {
			files: map[string]string{"2026年6月.xlsx": `
[Sheet1]
2026年6月社区戒毒社区康复情况|<|<
单位|签订协议数|无毒社区(个)
东湖街道|38|3
西郊街道|18|4
`},
			check:   map[string]string{"2026年6月.xlsx": "accepted"},
			figures: "dhj agreement_signed 2026-06 38\nxjj drugfree_created 2026-06 4",
			absent:  "* agreement_rate *\n* drugfree_comm_rate *",
		},
		"a wrong total": {
			files: map[string]string{"6月.xlsx": `
[Sheet1]
2026年6月统计表|<|<|<
单位|刑事案件|行政案件|缴获海洛因(克)
城西派出所|1|2|1.25
城东派出所|3|4|2.5
合计|5|6|3.8
`},
			check: map[string]string{"6月.xlsx": "accepted"},
			figures: `
cxs case_criminal 2026-06 1
cds case_criminal 2026-06 3
cds seized_heroin_g 2026-06 2.5`,
			finds:  "6月.xlsx!Sheet1!B5 total_mismatch",
			absent: "district * *",
		},
		"a total of which a part was set aside is not judged": {
			files: map[string]string{"6月.xlsx": `
[Sheet1]
2026年6月统计表|<|<|<
单位|刑事案件|行政案件|嫌疑人
城西派出所|约1|2|3
城东派出所|3|4|3
合计|4|6|6
`},
			check: map[string]string{"6月.xlsx": "partial"},
			quiet: []string{"total_mismatch"},
			exit:  1,
		},
		"seizures that do not add up": {
			files: map[string]string{"6月.xlsx": `
[Sheet1]
2026年6月缴毒统计表（克）|<|<|<
单位|海洛因|冰毒|缴获毒品合计
城西派出所|10|20|30
城东派出所|10|20|25
`},
			check:   map[string]string{"6月.xlsx": "accepted"},
			figures: "cxs seized_total_g 2026-06 30\ncds seized_total_g 2026-06 25\ncds seized_meth_g 2026-06 20",
			finds:   "6月.xlsx!Sheet1!D4",
		},
		"cumulative columns": {
			files: map[string]string{"1月至3月.xlsx": `
[1月]
城西派出所2026年1月|<|<
项目|本月|累计
刑事案件|1|1
行政案件|10|10
[2月]
城西派出所2026年2月|<|<
项目|本月|累计
刑事案件|2|4
行政案件|20|30
[3月]
城西派出所2026年3月|<|<
项目|本月|累计
刑事案件|3|6
行政案件|30|25
`},
			check: map[string]string{"1月至3月.xlsx": "accepted"},
			figures: `
cxs case_criminal 2026-01 1
cxs case_criminal 2026-02 2
cxs case_criminal 2026-03 3
cxs case_admin 2026-03 30`,
			finds: "1月至3月.xlsx!2月!C3\n1月至3月.xlsx!3月!C4",
		},
		"yes and no": {
			files: map[string]string{"2026年.xlsx": `
[Sheet1]
云岭区2025年度禁毒经费列入预算情况|<
单位|经费列入年度预算
城西派出所|是
城东派出所|否
滨江派出所|√
东湖街道|×
西郊街道|已列入
长桥街道|未
`, "2025年.xlsx": `
[Sheet1]
云岭区2025年度禁毒经费列入预算情况|<
单位|经费列入年度预算
城西派出所|是
城东派出所|否
滨江派出所|√
东湖街道|×
西郊街道|已
长桥街道|未
`},
			check: map[string]string{"2025年.xlsx": "accepted", "2026年.xlsx": "refused"},
			figures: `
cxs budget_listed 2025 1
cds budget_listed 2025 0
bjs budget_listed 2025 1
dhj budget_listed 2025 0
xjj budget_listed 2025 1
cqj budget_listed 2025 0`,
			exit: 1,
		},
		"execution rates by their company": {
			files: map[string]string{"社戒.xlsx": `
[Sheet1]
2026年6月社区戒毒社区康复情况|<|<
单位|在执行社区戒毒|执行率
东湖街道|30|95%
`, "经费.xlsx": `
[Sheet1]
2026年6月禁毒经费情况|<|<
单位|到账金额(万元)|执行率
东湖街道|30|65%
`, "单独.xlsx": `
[Sheet1]
2026年6月情况|<|<
单位|宣传活动|执行率
西郊街道|3|65%
`},
			check:   map[string]string{"社戒.xlsx": "accepted", "经费.xlsx": "accepted"},
			figures: "dhj exec_rate 2026-06 95\ndhj fund_spent_rate 2026-06 65\nxjj pub_events 2026-06 3",
			absent:  "xjj exec_rate *\nxjj fund_spent_rate *",
			finds:   "单独.xlsx!Sheet1!C2 column_ambiguous",
			exit:    -1,
		},
		"decisions and persons under one name": {
			files: map[string]string{"6月.xlsx": `
[Sheet1]
2026年6月社区戒毒社区康复情况|<|<|<|<
单位|责令|<|在执行|<
^|社区戒毒|社区康复|社区戒毒|社区康复
东湖街道|3|2|30|20
`},
			check: map[string]string{"6月.xlsx": "accepted"},
			figures: `
dhj comm_detox_ordered 2026-06 3
dhj comm_rehab_ordered 2026-06 2
dhj comm_detox_active 2026-06 30
dhj comm_rehab_active 2026-06 20`,
		},
	})
}
