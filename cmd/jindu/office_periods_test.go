package main

import "testing"

// Periods and units: where they are stated and what contradicts them.
func TestOfficePeriods(t *testing.T) {
	t.Parallel()
	const plain = "|<|<\n单位|刑事案件|在册人数\n城西派出所|3|600\n城东派出所|4|500\n"
	runOffice(t, map[string]officeCase{
		"last month's title": {
			files:  map[string]string{"2026年6月.xlsx": "云岭区2026年5月统计表" + plain},
			check:  map[string]string{"2026年6月.xlsx": "refused"},
			absent: "* case_criminal *",
			finds:  "2026年6月.xlsx!Sheet1!* period_conflict",
			exit:   1,
		},
		"last month's title on this month's sheet": {
			files:  map[string]string{"月报.xlsx": "[6月]\n云岭区2026年5月统计表" + plain},
			check:  map[string]string{"月报.xlsx": "refused"},
			absent: "* case_criminal *",
			exit:   1,
		},
		"last year in the title": {
			files:  map[string]string{"2026年6月.xlsx": "云岭区2025年6月统计表" + plain},
			check:  map[string]string{"2026年6月.xlsx": "refused"},
			absent: "* case_criminal *",
			exit:   1,
		},
		"the sub-title contradicts the title": {
			files: map[string]string{"月报.xlsx": `
[Sheet1]
云岭区2026年6月统计表|<|<
填报单位：公安分局   截止日期：2026年5月25日|<|<
单位|刑事案件|在册人数
城西派出所|3|600
`},
			check:  map[string]string{"月报.xlsx": "refused"},
			absent: "* case_criminal *",
			exit:   1,
		},
		"one sheet of two contradicts itself": {
			files: map[string]string{"2026年月报.xlsx": `
[5月]
2026年5月统计表|<
单位|刑事案件
城西派出所|3
[6月]
2026年5月统计表|<
单位|刑事案件
城西派出所|4
`},
			check:   map[string]string{"2026年月报.xlsx": "partial"},
			figures: "cxs case_criminal 2026-05 3",
			absent:  "cxs case_criminal 2026-06",
			exit:    1,
		},
		"the day of filling in is no period": {
			files: map[string]string{"6月.xlsx": `
[Sheet1]
云岭区2026年6月统计表|<|<
填报单位：公安分局    填报日期：2026年7月3日|<|<
单位|刑事案件|在册人数
城西派出所|3|600
填表人：佴东篱   填报时间：2026年7月3日|<|<
`},
			check:   map[string]string{"6月.xlsx": "accepted"},
			figures: "cxs case_criminal 2026-06 3",
			secrets: []string{"佴东篱"},
		},
		"no period at all": {
			files:  map[string]string{"统计表.xlsx": "云岭区统计表" + plain},
			check:  map[string]string{"统计表.xlsx": "refused"},
			absent: "* case_criminal *",
			exit:   1,
		},
		"a month without a year": {
			files:  map[string]string{"6月.xlsx": "云岭区6月统计表" + plain},
			check:  map[string]string{"6月.xlsx": "refused"},
			absent: "* case_criminal *",
			exit:   1,
		},
		"the future": {
			files:  map[string]string{"a.xlsx": "云岭区2026年9月统计表" + plain},
			check:  map[string]string{"a.xlsx": "refused"},
			absent: "* case_criminal *",
			exit:   1,
		},
		"periods in every way": {
			files: map[string]string{
				"a.xlsx":                      "二〇二六年一月统计表" + plain,
				"2026.02统计表.xlsx":             "统计表" + plain,
				"202603报表.xlsx":               "统计表" + plain,
				"云岭区2026-04报表.xlsx":           "统计表" + plain,
				"滨江所５月报表(最终版2)(1).xlsx":       "云岭区２０２６年５月份统计表" + plain,
				"新建 Microsoft Excel 工作表.xlsx": "统计时间：2026年6月1日至6月30日" + plain,
			},
			check: map[string]string{
				"a.xlsx": "accepted", "2026.02统计表.xlsx": "accepted", "202603报表.xlsx": "accepted",
				"云岭区2026-04报表.xlsx": "accepted", "新建 Microsoft Excel 工作表.xlsx": "accepted",
			},
			figures: `
cxs case_criminal 2026-01 3
cxs case_criminal 2026-02 3
cxs case_criminal 2026-03 3
cxs case_criminal 2026-04 3
cxs case_criminal 2026-05 3
cxs case_criminal 2026-06 3`,
		},
		"from January": {
			at: "2027-02-10 09:00",
			files: map[string]string{
				"1-3月.xlsx":  "云岭区2026年1-3月统计表" + plain,
				"1-5月.xlsx":  "云岭区2026年1—5月统计表" + plain,
				"1-6月.xlsx":  "云岭区2026年1至6月份统计表" + plain,
				"1-9月.xlsx":  "云岭区2026年1～9月统计表" + plain,
				"1-12月.xlsx": "云岭区2026年1月-12月统计表" + plain,
			},
			check: map[string]string{"1-3月.xlsx": "accepted", "1-5月.xlsx": "accepted", "1-6月.xlsx": "accepted", "1-9月.xlsx": "accepted", "1-12月.xlsx": "accepted"},
			figures: `
cxs case_criminal 2026-Q1 3
cxs case_criminal 2026-01..05 3
cxs case_criminal 2026-H1 3
cxs case_criminal 2026-01..09 3
cxs case_criminal 2026 3
cxs reg_total 2026-03 600
cxs reg_total 2026-05 600
cxs reg_total 2026-06 600
cxs reg_total 2026-09 600
cxs reg_total 2026-12 600`,
			absent: "cxs case_criminal 2026-03\ncxs case_criminal 2026-06\ncxs reg_total 2026-Q1\ncxs reg_total 2026-H1\ncxs reg_total 2026",
		},
		"quarters, halves, years and weeks": {
			at: "2027-02-10 09:00",
			files: map[string]string{
				"a.xlsx": "云岭区2026年第二季度统计表" + plain,
				"b.xlsx": "云岭区2026年上半年统计表|<|<\n单位|宣传活动|知晓率\n城西派出所|3|96%\n",
				"c.xlsx": "云岭区2026年度统计表|<\n单位|毒驾\n城西派出所|3\n",
				"d.xlsx": "云岭区2026年第26周统计表|<\n单位|悬挂横幅\n城西派出所|3\n",
				"e.xlsx": "云岭区2026年四季度统计表|<|<\n单位|专职工作人员|就业安置率\n东湖街道|12|85%\n",
			},
			check: map[string]string{"a.xlsx": "accepted", "b.xlsx": "accepted", "c.xlsx": "accepted", "d.xlsx": "accepted", "e.xlsx": "accepted"},
			figures: `
cxs case_criminal 2026-Q2 3
cxs reg_total 2026-06 600
cxs pub_events 2026-H1 3
cxs pub_awareness 2026-H1 96
cxs drug_driving 2026 3
cxs pub_banners 2026-W26 3
dhj staff_full 2026-Q4 12
dhj employ_rate 2026-Q4 85`,
		},
		"the statistical month": {
			part: "[report]\nmonth_starts = 26\n",
			files: map[string]string{
				"a.xlsx": "统计时间：2026年5月26日至6月25日" + plain,
				"b.xlsx": `
[Sheet1]
2026年5月统计表|<
统计期间：上月26日至本月25日|<
单位|行政案件
城西派出所|8
`,
			},
			check:   map[string]string{"a.xlsx": "accepted", "b.xlsx": "accepted"},
			figures: "cxs case_criminal 2026-06 3\ncxs case_admin 2026-05 8",
		},
		"a stretch that is no period": {
			files:  map[string]string{"a.xlsx": "统计时间：2026年5月26日至6月25日" + plain, "b.xlsx": "2026年6月上旬统计表" + plain, "c.xlsx": "2026年2-4月统计表" + plain},
			check:  map[string]string{"a.xlsx": "refused", "b.xlsx": "refused", "c.xlsx": "refused"},
			absent: "* case_criminal *",
			exit:   1,
		},
		"two units are named": {
			files: map[string]string{"城东派出所2026年6月.xlsx": `
[Sheet1]
城西派出所2026年6月月报|<
项目|本月
刑事案件|3
`},
			check:  map[string]string{"城东派出所2026年6月.xlsx": "refused"},
			absent: "* case_criminal *",
			finds:  "城东派出所2026年6月.xlsx!Sheet1!* unit_conflict",
			exit:   1,
		},
		"title and sheet name different units": {
			files: map[string]string{"2026年6月.xlsx": `
[城东所]
城西派出所2026年6月月报|<
项目|本月
刑事案件|3
`},
			check: map[string]string{"2026年6月.xlsx": "refused"},
			exit:  1,
		},
		"no unit": {
			files: map[string]string{"2026年6月.xlsx": `
[Sheet1]
2026年6月月报|<
项目|本月
刑事案件|3
`},
			check: map[string]string{"2026年6月.xlsx": "refused"},
			exit:  1,
		},
		"a unit that is not ours": {
			files: map[string]string{"2026年6月.xlsx": `
[Sheet1]
青石派出所2026年6月月报|<
项目|本月
刑事案件|3
`},
			check:  map[string]string{"2026年6月.xlsx": "refused"},
			absent: "* case_criminal *",
			exit:   1,
		},
		"a third of the rows is unknown": {
			files: map[string]string{"6月.xlsx": `
[Sheet1]
2026年6月统计表|<|<
单位|刑事案件|行政案件
城西派出所|1|2
城东派出所|3|4
青石派出所|5|6
合计|9|12
`},
			check:   map[string]string{"6月.xlsx": "partial"},
			figures: "cxs case_criminal 2026-06 1\ncds case_admin 2026-06 4",
			finds:   "6月.xlsx!Sheet1!A5 row_unit_unknown",
			quiet:   []string{"total_mismatch"},
			exit:    1,
		},
		"more than a third of the rows is unknown": {
			files: map[string]string{"6月.xlsx": `
[Sheet1]
2026年6月统计表|<|<
单位|刑事案件|行政案件
城西派出所|1|2
城东派出所|3|4
青石派出所|5|6
白鹭派出所|5|6
`},
			check:  map[string]string{"6月.xlsx": "refused"},
			absent: "* case_criminal *",
			exit:   1,
		},
		"short forms of one unit and of two": {
			files: map[string]string{"6月.xlsx": `
[Sheet1]
2026年6月统计表|<|<
单位|刑事案件|行政案件
北关所|1|2
北关街道|3|4
城西所|5|6
城东所|7|8
北关|9|10
`},
			check:   map[string]string{"6月.xlsx": "partial"},
			figures: "bgs case_criminal 2026-06 1\nbgj case_criminal 2026-06 3\ncxs case_admin 2026-06 6",
			finds:   "6月.xlsx!Sheet1!A7",
			exit:    1,
		},
		"units in rows outrank the compiler": {
			files: map[string]string{"6月.xlsx": `
[Sheet1]
2026年6月统计表|<|<
填报单位：区禁毒办|<|<
单位|刑事案件|行政案件
城西派出所|1|2
城东派出所|3|4
`},
			check:   map[string]string{"6月.xlsx": "accepted"},
			figures: "cxs case_criminal 2026-06 1",
			absent:  "jdb case_criminal *\njdb case_admin *",
		},
		"a source bound to a unit": {
			tables: "[[source]]\nname = \"cxs\"\nremote = \"reports\"\nunit = \"cxs\"\n",
			files: map[string]string{
				"a.xlsx": "[Sheet1]\n2026年6月月报|<\n项目|本月\n刑事案件|3\n",
				"b.xlsx": "[Sheet1]\n城东派出所2026年6月月报|<\n项目|本月\n行政案件|3\n",
				"c.xlsx": "[Sheet1]\n2026年6月月报|<\n单位|毒驾\n城西派出所|3\n城东派出所|4\n",
				"d.xlsx": "[Sheet1]\n城西派出所2026年6月月报|<\n项目|本月\n强戒|3\n",
			},
			check:   map[string]string{"a.xlsx": "accepted", "b.xlsx": "refused", "c.xlsx": "refused", "d.xlsx": "accepted"},
			figures: "cxs case_criminal 2026-06 3\ncxs compulsory_dec 2026-06 3",
			absent:  "cds * *\ncxs drug_driving *",
			finds:   "b.xlsx!Sheet1!* unit_bound",
			exit:    1,
		},
		"units from a file": {
			part:  "units_file = \"units.csv\"\n",
			units: "\n",
			extra: map[string]string{"units.csv": "code,name,kind,parent,aliases\ncxs,城西派出所,station,,西所;城西站\nqbs,桥北社区,community,cqj,\ncqj,长桥街道办事处,street,,\n"},
			files: map[string]string{"6月.xlsx": `
[Sheet1]
2026年6月统计表|<
单位|宣传活动
城西站|1
桥北社区居委会|2
长桥街道|3
`},
			check:   map[string]string{"6月.xlsx": "accepted"},
			figures: "cxs pub_events 2026-06 1\nqbs pub_events 2026-06 2\ncqj pub_events 2026-06 3",
		},
	})
}
