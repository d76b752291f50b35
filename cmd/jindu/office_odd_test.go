package main

import "testing"

// Odd layouts: what offices do to a table when nobody looks.
func TestOfficeOdd(t *testing.T) {
	t.Parallel()
	runOffice(t, map[string]officeCase{
		"a cut-off gives the title's year": {
			files:   map[string]string{"报表.xlsx": "[Sheet1]\n云岭区6月统计表|<\n截止日期：2026年6月25日|<\n单位|刑事案件\n城西派出所|3\n"},
			check:   map[string]string{"报表.xlsx": "accepted"},
			figures: "cxs case_criminal 2026-06 3",
		},
		"month and half-year side by side": {
			files:   map[string]string{"报表.xlsx": "[Sheet1]\n云岭区2026年1-6月统计表|<|<|<|<\n单位|刑事案件|<|在册人数|<\n^|6月|1-6月|6月|1-6月\n城西派出所|3|20|600|600\n"},
			check:   map[string]string{"报表.xlsx": "accepted"},
			figures: "cxs case_criminal 2026-06 3\ncxs case_criminal 2026-H1 20\ncxs reg_total 2026-06 600",
			absent:  "cxs reg_total 2026-H1",
		},
		"this month under a title from January": {
			files:   map[string]string{"报表.xlsx": "[Sheet1]\n城西派出所2026年1-6月禁毒工作情况|<|<\n项目|本月|累计\n刑事案件|3|20\n在册人数|600|600\n"},
			figures: "cxs case_criminal 2026-06 3\ncxs reg_total 2026-06 600",
			exit:    -1,
		},
		"months over indicators": {
			files: map[string]string{"报表.xlsx": `
[Sheet1]
云岭区2026年打击情况|<|<|<|<
单位|5月|<|6月|<
^|刑事案件|行政案件|刑事案件|行政案件
城西派出所|1|2|3|4
城东派出所|5|6|7|8
`},
			check:   map[string]string{"报表.xlsx": "accepted"},
			figures: "cxs case_criminal 2026-05 1\ncxs case_admin 2026-05 2\ncxs case_criminal 2026-06 3\ncds case_admin 2026-06 8",
		},
		"months of two years": {
			files:   map[string]string{"报表.xlsx": "[Sheet1]\n城西派出所禁毒工作情况|<|<|<|<\n项目|2025年|<|2026年|<\n^|11月|12月|1月|2月\n刑事案件|1|2|3|4\n行政案件|5|6|7|8\n"},
			check:   map[string]string{"报表.xlsx": "accepted"},
			figures: "cxs case_criminal 2025-11 1\ncxs case_criminal 2025-12 2\ncxs case_criminal 2026-01 3\ncxs case_admin 2026-02 8",
		},
		"months that are days in the cells": {
			files:   map[string]string{"报表.xlsx": "[Sheet1]\n城西派出所2026年禁毒工作情况|<|<\n项目|@2026-05-01|@2026-06-01\n刑事案件|1|2\n行政案件|5|6\n"},
			figures: "cxs case_criminal 2026-05 1\ncxs case_admin 2026-06 6",
			exit:    -1,
		},
		"units across with month and year under each": {
			files: map[string]string{"报表.xlsx": `
[Sheet1]
云岭区2026年6月统计表|<|<|<|<
项目|城西派出所|<|城东派出所|<
^|本月|累计|本月|累计
刑事案件|1|10|2|20
行政案件|3|30|4|40
`},
			check:   map[string]string{"报表.xlsx": "accepted"},
			figures: "cxs case_criminal 2026-06 1\ncxs case_admin 2026-06 3\ncds case_criminal 2026-06 2\ncds case_admin 2026-06 4",
		},
		"numbered and spaced units": {
			files:   map[string]string{"报表.xlsx": "[Sheet1]\n2026年6月统计表|<|<\n单位代码|单 位|刑事案件\n0101|1、城西派出所|1\n0102|城 东 派 出 所|2\n0103|滨江\\n派出所|3\n0104|（四）东湖街道|4\n"},
			check:   map[string]string{"报表.xlsx": "accepted"},
			figures: "cxs case_criminal 2026-06 1\ncds case_criminal 2026-06 2\nbjs case_criminal 2026-06 3\ndhj case_criminal 2026-06 4",
		},
		"seizures under a head and their total": {
			files: map[string]string{"报表.xlsx": `
[Sheet1]
2026年6月统计表|<|<|<|<|<
单位|刑事案件|缴获毒品(克)|<|<|<
^|^|海洛因|冰毒|其他|合计
城西派出所|1|10|20|5|35
城东派出所|1|1.5|0|0|1.5
`},
			check:   map[string]string{"报表.xlsx": "accepted"},
			figures: "cxs seized_heroin_g 2026-06 10\ncxs seized_other_g 2026-06 5\ncxs seized_total_g 2026-06 35\ncds seized_total_g 2026-06 1.5",
		},
		"a wrong total column": {
			files:   map[string]string{"报表.xlsx": "[Sheet1]\n2026年6月宣传统计表|<|<|<\n项目|城西派出所|城东派出所|合计\n宣传活动|1|2|4\n横幅|3|4|7\n"},
			check:   map[string]string{"报表.xlsx": "accepted"},
			figures: "cxs pub_events 2026-06 1\ncds pub_banners 2026-06 4",
			finds:   "报表.xlsx!Sheet1!D3 total_mismatch",
		},
		"a wrong subtotal": {
			files:   map[string]string{"报表.xlsx": "[Sheet1]\n2026年6月统计表|<|<\n单位|刑事案件|行政案件\n城西派出所|1|2\n城东派出所|3|4\n小计|4|7\n东湖街道|5|6\n西郊街道|7|8\n小计|12|14\n总计|16|20\n"},
			check:   map[string]string{"报表.xlsx": "accepted"},
			figures: "cxs case_criminal 2026-06 1\nxjj case_admin 2026-06 8",
			finds:   "报表.xlsx!Sheet1!C5 total_mismatch",
		},
		"the district as a row": {
			files:   map[string]string{"报表.xlsx": "[Sheet1]\n2026年6月统计表|<|<\n单位|刑事案件|行政案件\n云岭区|4|7\n城西派出所|1|2\n城东派出所|3|4\n"},
			check:   map[string]string{"报表.xlsx": "accepted"},
			figures: "cxs case_criminal 2026-06 1\ncds case_admin 2026-06 4",
			finds:   "报表.xlsx!Sheet1!C3 total_mismatch",
		},
		"words, days and truth in cells of numbers": {
			files: map[string]string{"报表.xlsx": `
[Sheet1]
2026年6月统计表|<|<|<|<
单位|刑事案件|行政案件|宣传活动|横幅
城西派出所|详见附件|2|3|4
城东派出所|1|@2026-06-05|3|4
滨江派出所|1|2|3|4
东湖街道|1|2|3|4
西郊街道|1|2|3|4
长桥街道|1|2|3|4
`},
			check:  map[string]string{"报表.xlsx": "partial"},
			absent: "cxs case_criminal *\ncds case_admin *",
			finds:  "报表.xlsx!Sheet1!B3 not_number\n报表.xlsx!Sheet1!C4 not_number",
			exit:   1,
		},
		"per mille and per cent": {
			files: map[string]string{"报表.xlsx": `
[Sheet1]
2026年6月统计表|<|<
单位|占总人口比例|管控率
东湖街道|7.5‰|97%
西郊街道|0.75%|97%
长桥街道|%0.0075|97%
`},
			figures: "dhj reg_share_pop 2026-06 7.5\nxjj reg_share_pop 2026-06 7.5\ncqj reg_share_pop 2026-06 7.5",
			exit:    -1,
		},
		"money in yuan": {
			files: map[string]string{"报表.xlsx": `
[Sheet1]
2026年6月禁毒经费统计表|<|<|<
单位：元|<|<|<
单位|到账金额|支出金额(万元)|支出进度
东湖街道|150000|7.5|50%
西郊街道|20万元|50000元|25%
`},
			check:   map[string]string{"报表.xlsx": "accepted"},
			figures: "dhj fund_received 2026-06 15\ndhj fund_spent 2026-06 7.5\nxjj fund_received 2026-06 20\nxjj fund_spent 2026-06 5",
			quiet:   []string{"ratio_mismatch"},
		},
		"a csv with two levels and nothing merged": {
			files:   map[string]string{"6月.csv": ",,,,\n云岭区2026年6月统计表,,,,\n,,,,\n单位,打击情况,,宣传情况,\n,刑事案件,行政案件,宣传活动,\"发放\n资料\"\n城西派出所,1,2,3,\"1,200\"\n城东派出所,4,5,6,7\n合计,5,7,9,\"1,207\"\n"},
			check:   map[string]string{"6月.csv": "accepted"},
			figures: "cxs case_criminal 2026-06 1\ncxs case_admin 2026-06 2\ncxs pub_events 2026-06 3\ncxs pub_leaflets 2026-06 1200\ncds pub_leaflets 2026-06 7",
		},
		"a summary beside the units' sheets": {
			files: map[string]string{"2026年6月.xlsx": `
[汇总]
2026年6月统计表|<
单位|刑事案件
城西派出所|1
城东派出所|2
合计|3
[城西派出所]
2026年6月月报|<
项目|本月
刑事案件|1
[城东派出所]
2026年6月月报|<
项目|本月
刑事案件|5
`},
			check:   map[string]string{"2026年6月.xlsx": "partial"},
			figures: "cxs case_criminal 2026-06 1",
			absent:  "cds case_criminal *",
			finds:   "2026年6月.xlsx!城东派出所!B3 stated_twice",
			exit:    1,
		},
		"more current than registered": {
			files:   map[string]string{"报表.xlsx": "[Sheet1]\n2026年6月统计表|<|<\n单位|在册人数|现有人数\n城西派出所|100|120\n"},
			check:   map[string]string{"报表.xlsx": "accepted"},
			figures: "cxs reg_total 2026-06 100\ncxs reg_current 2026-06 120",
			finds:   "报表.xlsx!Sheet1!C3 exceeds",
		},
		"group and name in one head": {
			files:   map[string]string{"报表.xlsx": "[Sheet1]\n2026年6月统计表|<|<|<\n单位|打击情况-刑事案件|宣传情况：发放资料（份）|本月破案数(起)\n城西派出所|1|2|\n"},
			figures: "cxs case_criminal 2026-06 1\ncxs pub_leaflets 2026-06 2",
			exit:    -1,
		},
		"two names for one thing": {
			files:  map[string]string{"报表.xlsx": "[Sheet1]\n2026年6月统计表|<|<|<|<|<|<|<|<|<|<\n单位|横幅|标语|刑事案件|行政案件|嫌疑人|强戒|毒驾|线索|宣传点|资料\n城西派出所|1|2|1|2|3|4|5|6|7|8\n"},
			absent: "cxs pub_banners *",
			finds:  "报表.xlsx!Sheet1!B3\n报表.xlsx!Sheet1!C3",
			exit:   1,
		},
	})
}
