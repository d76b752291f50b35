package form

import (
	"testing"

	"jindu/sync/sheet"
)

// TestOddSheets reads sheets that are laid out in further ways that real ones are;
// those that the field's description numbers are in TestIrregularity.
func TestOddSheets(t *testing.T) {
	const two = `
		cds case_admin 2026-06 5
		cds case_criminal 2026-06 8
		cxs case_admin 2026-06 9
		cxs case_criminal 2026-06 7`
	for name, c := range map[string]struct {
		sheet *sheet.Sheet
		want  string
		rules string
	}{
		"01 02 unit and period in titles only": {paper(t, "Sheet1", `
			城西派出所2026年6月禁毒工作情况统计表
			填报单位：城西派出所    截止日期：2026年6月25日    单位：人、起、克
			项目|数量
			刑事案件|7
			海洛因|1.5`, "A1:D1", "A2:D2"), "cxs case_criminal 2026-06 7\ncxs seized_heroin_g 2026-06 1.5", ""},
		"03 three levels": {
			paper(t, "6月", `
			2026年6月统计表
			单位|禁毒工作|||
			|打击||缴毒（克）|
			|刑事案件|行政案件|海洛因|冰毒
			城西派出所|7|9|1|2`, "A2:A4", "B2:E2", "B3:C3", "D3:E3"),
			"cxs case_criminal 2026-06 7\ncxs case_admin 2026-06 9\ncxs seized_heroin_g 2026-06 1\ncxs seized_meth_g 2026-06 2", "",
		},
		"04 the same heading twice": {
			paper(t, "6月", `
			2026年6月统计表
			单位|打击情况||打击情况|
			|刑事案件|行政案件|刑拘|逮捕
			城西派出所|7|9|1|2`, "A2:A3", "B2:C2", "D2:E2"),
			"cxs case_criminal 2026-06 7\ncxs case_admin 2026-06 9\ncxs detained 2026-06 1\ncxs arrested 2026-06 2", "",
		},
		"05 notes above the head": {paper(t, "6月", `
			说明：1.本表由各单位据实填报
			2.没有发生的填“0”，不得空项。

			2026年6月统计表

			单位|刑事案件|行政案件
			城西派出所|7|9
			城东派出所|8|5`), two, ""},
		"06 breaks and spaces in heads": {paper(t, "6月", `
			2026年6月统计表
			单　位|刑事\n案件|行 政 案 件
			城西派出所|7|9
			城东派出所|8|5
			合　计|15|14`), two, ""},
		"07 measures in head, title and cell": {
			paper(t, "6月", `
			2026年6月统计表（单位：千克）
			单位|海洛因|冰毒（克）|麻古
			城西派出所|1.5|2|12.5克`),
			"cxs seized_heroin_g 2026-06 1500\ncxs seized_meth_g 2026-06 2\ncxs seized_yaba_g 2026-06 12.5", "",
		},
		"08 aspects in any order": {
			paper(t, "6月", `
			2026年6月统计表
			单位|刑事案件||||行政案件|||
			|去年同期|本年累计|本月|同比%|同比%|本月|本年累计|去年同期
			城西派出所|6|40|7|16.7|5|9|50|8`, "A2:A3", "B2:E2", "F2:I2"),
			"cxs case_criminal 2026-06 7\ncxs case_criminal 2026-H1 40\ncxs case_admin 2026-06 9\ncxs case_admin 2026-H1 50", "",
		},
		"09 totals are not units": {paper(t, "6月", `
			2026年6月统计表
			单位|刑事案件|行政案件
			总计|15|14
			派出所小计|15|14
			城西派出所|7|9
			城东派出所|8|5`), two, ""},
		"11 12 13 footers, blanks, blank first column": {paper(t, "6月", `
			|2026年6月统计表

			|单位||刑事案件|行政案件

			|城西派出所||7|9

			|城东派出所||8|5

			|填表人：佴东篱|||审核人：麴半夏
			|注：1.本表于每月25日前报送。2.6月数据另报。`), two, "B9 personal_unread"},
		"14 merged names of units": {paper(t, "6月", `
			2026年6月统计表
			单位|类别|数量
			城西派出所|刑事案件|7
			|行政案件|9
			城东派出所|刑事案件|8
			|行政案件|5`, "A3:A4", "A5:A6"), two, ""},
		"16 17 text numbers": {paper(t, "6月", `
			2026年6月统计表
			单位|刑事案件|发放资料
			城西派出所|~７|~'1,234
			城东派出所|~ 8 |~１，２３４`), "cxs case_criminal 2026-06 7\ncxs pub_leaflets 2026-06 1234\ncds case_criminal 2026-06 8\ncds pub_leaflets 2026-06 1234", ""},
		"27 names of units": {paper(t, "6月", `
			2026年6月统计表
			单位|刑事案件|行政案件
			1.城西所|7|9
			云岭区公安分局城东派出所|8|5`), two, ""},
		"29 a head stretched over a column that was removed": {
			paper(t, "6月", `
			2026年6月统计表
			单位|刑事案件|||行政案件|
			|本月|累计|本月|累计|
			城西派出所|7|20|9|30|`, "A2:A3", "B2:D2", "E2:F2"), "cxs case_criminal 2026-H1 20\ncxs case_admin 2026-H1 30",
			"B4 stated_twice\nD4 stated_twice",
		},
		"31 heads repeated for printing": {paper(t, "6月", `
			2026年6月统计表
			单位|刑事案件|行政案件
			城西派出所|7|9
			2026年6月统计表（续）
			单位|刑事案件|行政案件
			城东派出所|8|5`), two, ""},
		"34 a negative number": {paper(t, "6月", `
			2026年6月统计表
			单位|刑事案件|行政案件
			城西派出所|7|-2
			城东派出所|8|(2)`), "cxs case_criminal 2026-06 7\ncds case_criminal 2026-06 8", "C3 negative\nC4 negative"},
		"40 invisible characters": {paper(t, "6月", "2026年6月统计表\n单\u200b位|刑事\u00a0案件|行政案件\n城西\u200b派出所|7|9\n城东派出所\ufeff|8|5"), two, ""},
		"numbers of columns": {paper(t, "6月", `
			2026年6月统计表
			单位|刑事案件|行政案件|举报线索
			甲|1|2|3
			城西派出所|7|9|0`), "cxs case_criminal 2026-06 7\ncxs case_admin 2026-06 9\ncxs clues_received 2026-06 0", ""},
		"numbered items": {paper(t, "6月", `
			城西派出所2026年6月统计表
			项目|本月
			一、打击情况|
			（一）刑事案件|7
			1.行政案件|9
			其中：举报线索|3
			二、宣传情况|
			1、横幅|5
			3年未复吸人员|4`), `
			cxs case_criminal 2026-06 7
			cxs case_admin 2026-06 9
			cxs clues_received 2026-06 3
			cxs pub_banners 2026-06 5
			cxs clean3y_total 2026-06 4`, ""},
		"of which: of another indicator": {paper(t, "6月", `
			城西派出所2026年6月统计表
			项目|本月
			查处吸毒人员|20
			其中：18岁以下|3
			新增吸毒人员|9
			其中：18岁以下|2`), "cxs users_found 2026-06 20\ncxs reg_new 2026-06 9\ncxs reg_new_u18 2026-06 2", "A4 row_unknown"},
		"kinds of drugs down, cases across": {paper(t, "6月", `
			城西派出所2026年6月统计表
			类别|破案数|抓获嫌疑人
			海洛因|2|3
			冰毒|1|1`), "", "B2 column_unknown\nC2 column_unknown\nno_figures"},
		"a unit twice, alike": {paper(t, "6月", `
			2026年6月统计表
			单位|刑事案件|行政案件
			城西派出所|7|9
			城西所|7|9
			城东派出所|8|5`), two, "B4 duplicate"},
		"dates as heads": {func() *sheet.Sheet {
			s := paper(t, "2026年", "城西派出所2026年统计表\n项目|x|y\n刑事案件|7|8")
			for i, n := range []float64{46143, 46174} { // 1 May and 1 June 2026
				c := &s.Cells[2+i]
				c.Kind, c.Date, c.Num, c.Text = sheet.Number, true, n, ""
			}
			return s
		}(), "cxs case_criminal 2026-05 7\ncxs case_criminal 2026-06 8", ""},
		"months to come": {paper(t, "2026年", `
			城西派出所2026年统计表
			项目|5月|6月|7月|8月
			刑事案件|7|8||=0
			行政案件|7|8|3|`), "cxs case_criminal 2026-05 7\ncxs case_criminal 2026-06 8\ncxs case_admin 2026-05 7\ncxs case_admin 2026-06 8", "D4 period_future"},
		"months down": {paper(t, "2026年", `
			城西派出所2026年统计表
			月份|刑事案件|行政案件
			5|7|1
			6|8|2
			合计|15|3`), "cxs case_criminal 2026-05 7\ncxs case_criminal 2026-06 8\ncxs case_admin 2026-05 1\ncxs case_admin 2026-06 2", ""},
		"a year beside the year before": {paper(t, "6月", `
			城西派出所2026年6月统计表
			项目|2026年6月|2025年6月
			刑事案件|7|8`), "cxs case_criminal 2026-06 7\ncxs case_criminal 2025-06 8", ""},
		"one row under the heads": {paper(t, "6月", `
			城西派出所2026年6月统计表
			刑事案件|行政案件|举报线索
			7|9|3`), "cxs case_criminal 2026-06 7\ncxs case_admin 2026-06 9\ncxs clues_received 2026-06 3", ""},
		"a corner with two names": {paper(t, "6月", `
			2026年6月统计表
			项目\单位|城西派出所|城东派出所
			刑事案件|7|8
			行政案件|9|5`), two, ""},
		"an unknown unit across": {paper(t, "6月", `
			2026年6月统计表
			项目|城西派出所|城东派出所|城南派出所|合计
			刑事案件|7|8|1|16
			行政案件|9|5|1|15`), two, "D2 row_unit_unknown"},
		"a table for each unit, captioned": {paper(t, "6月", `
			2026年6月统计表
			城西派出所
			项目|本月
			刑事案件|7
			行政案件|9

			城东派出所
			项目|本月
			刑事案件|8
			行政案件|5`), two, ""},
		"a table for each month, titled": {paper(t, "2026年", `
			城西派出所禁毒工作统计表
			2026年5月统计表
			项目|本月
			刑事案件|7

			2026年6月统计表
			项目|本月
			刑事案件|8`), "cxs case_criminal 2026-05 7\ncxs case_criminal 2026-06 8", ""},
		"quarters among the months": {paper(t, "2026年", `
			东湖街道2026年统计表
			项目|一月|二月|三月|一季度|全年
			应尿检人次|1|2|3|6|6
			在执行社区戒毒|1|2|3|3|—
			在执行社区康复|4|5|6|7|—`), `
			dhj urine_due 2026-01 1
			dhj urine_due 2026-02 2
			dhj urine_due 2026-03 3
			dhj urine_due 2026-Q1 6
			dhj comm_detox_active 2026-01 1
			dhj comm_detox_active 2026-02 2
			dhj comm_detox_active 2026-03 3
			dhj comm_rehab_active 2026-01 4
			dhj comm_rehab_active 2026-02 5
			dhj comm_rehab_active 2026-03 6 suspect`, "E5 cumulative_mismatch"},
		"a total of several indicators": {paper(t, "6月", `
			2026年6月统计表
			单位|刑事案件|行政案件|合计
			城西派出所|7|9|16
			城东派出所|8|5|14`), `
			cxs case_criminal 2026-06 7
			cxs case_admin 2026-06 9
			cds case_criminal 2026-06 8 suspect
			cds case_admin 2026-06 5 suspect`, "D4 total_mismatch"},
		"keys and what they say in cells": {paper(t, "Sheet1", `
			禁毒工作月报表
			填报单位|城西派出所|截止日期|2026年6月25日
			项目|本月|累计
			刑事案件|12|60`), "cxs case_criminal 2026-06 12\ncxs case_criminal 2026-H1 60", ""},
		"units among the indicators": {paper(t, "6月", `
			2026年6月统计表
			项目|本月
			城西派出所|
			刑事案件|7
			行政案件|9
			城东派出所|
			刑事案件|8
			行政案件|5`), two, ""},
		"months among the indicators": {paper(t, "2026年", `
			城西派出所2026年统计表
			项目|数量
			5月|
			刑事案件|7
			6月|
			刑事案件|8`), "cxs case_criminal 2026-05 7\ncxs case_criminal 2026-06 8", ""},
		"a table for each unit, side by side": {paper(t, "6月", `
			2026年6月统计表
			城西派出所|||城东派出所
			项目|本月||项目|本月
			刑事案件|7||刑事案件|8
			行政案件|9||行政案件|5`), two, ""},
		"a column of telephones": {paper(t, "6月", `
			2026年6月统计表
			单位|联系电话|刑事案件|行政案件
			城西派出所|19900000017|7|9
			城东派出所|19900000018|8|5`), two, "B2 personal_unread"},
		"a note that names a month": {paper(t, "6月", `
			2026年6月统计表
			说明：1.本表自2026年1月起使用。
			2.2026年5月以前的数据不再补报。
			单位|刑事案件|行政案件
			城西派出所|7|9
			城东派出所|8|5`), two, ""},
		"a group of totals": {paper(t, "6月", `
			2026年6月统计表
			单位|合计||打击|
			|刑事案件|行政案件|刑拘|逮捕
			城西派出所|7|9|1|2`, "A2:A3", "B2:C2", "D2:E2"), "cxs detained 2026-06 1\ncxs arrested 2026-06 2", ""},
	} {
		t.Run(name, func(t *testing.T) {
			g := read(t, c.sheet).want(c.want)
			g.wantRules(c.rules)
		})
	}
}
