package main

import "testing"

// Layouts: how heads, units, indicators and totals lie on a sheet.
func TestOfficeLayouts(t *testing.T) {
	t.Parallel()
	runOffice(t, map[string]officeCase{
		"units down": {
			files: map[string]string{"月报.xlsx": `
[Sheet1]
云岭区2026年6月禁毒工作情况统计表|<|<|<|<
填报单位：公安分局    截止日期：2026年6月25日    单位：人、起、克|<|<|<|<
序号|单位|刑事案件(起)|行政案件(起)|抓获嫌疑人(名)
1|城西派出所|3|10|5
2|城东派出所|9|0|6
3|滨江派出所|7|8|
|合计|19|18|11
填表人：佴东篱  审核人：麴半夏  联系电话：19900000017  填报时间：2026年7月2日|<|<|<|<
`},
			check: map[string]string{"月报.xlsx": "accepted"},
			figures: `
cxs case_criminal 2026-06 3
cxs case_admin 2026-06 10
cxs suspects 2026-06 5
cds case_criminal 2026-06 9
cds case_admin 2026-06 0
cds suspects 2026-06 6
bjs case_criminal 2026-06 7
bjs case_admin 2026-06 8`,
			absent:  "bjs suspects *",
			quiet:   []string{"total_mismatch"},
			secrets: []string{"佴东篱", "麴半夏", "19900000017"},
		},
		"three levels of heads": {
			files: map[string]string{"2026年6月.xlsx": `
[打击]
打击工作统计表|<|<|<|<
单位|打击情况|<|<|<
^|案件|<|人员|<
^|刑事|行政|嫌疑人|强制隔离戒毒
城西所|1|2|3|4
城东所|5|6|7|8
`},
			check: map[string]string{"2026年6月.xlsx": "accepted"},
			figures: `
cxs case_criminal 2026-06 1
cxs case_admin 2026-06 2
cxs suspects 2026-06 3
cxs compulsory_dec 2026-06 4
cds case_criminal 2026-06 5
cds compulsory_dec 2026-06 8`,
		},
		"one group head over two places": {
			files: map[string]string{"6月.xlsx": `
[Sheet1]
2026年6月统计表|<|<|<|<|<|<|<|<
单位|人员底数|<|打击情况|<|人员底数|<|打击情况|<
^|在册|现有|刑事案件|行政案件|新增|死亡数|查处吸毒人员|强戒
东湖街道|500|300|4|5|6|1|30|8
西郊街道办|400|200|2|3|7|0|20|9
`},
			check: map[string]string{"6月.xlsx": "accepted"},
			figures: `
dhj reg_total 2026-06 500
dhj reg_current 2026-06 300
dhj case_criminal 2026-06 4
dhj case_admin 2026-06 5
dhj reg_new 2026-06 6
dhj dead_total 2026-06 1
dhj users_found 2026-06 30
dhj compulsory_dec 2026-06 8
xjj dead_total 2026-06 0
xjj users_found 2026-06 20`,
		},
		"month, year and a year ago under every item, in two orders": {
			files: map[string]string{"a.xlsx": `
[Sheet1]
云岭区2026年6月打击情况|<|<|<|<|<|<|<|<
单位|刑事案件|<|<|<|行政案件|<|<|<
^|本月|本年累计|去年同期|同比%|去年同期|本年累计|本月|增减
城西派出所|3|20|5|-40|9|60|10|1
城东派出所|4|30|8|-50|7|50|12|5
`},
			check: map[string]string{"a.xlsx": "accepted"},
			figures: `
cxs case_criminal 2026-06 3
cxs case_admin 2026-06 10
cds case_criminal 2026-06 4
cds case_admin 2026-06 12`,
			absent: "* * 2025-06\n* * 2026-05",
		},
		"indicators down, units across": {
			files: map[string]string{"宣传.xlsx": `
[Sheet1]
2026年6月禁毒宣传统计表|<|<|<|<|<
类别|项目|计量单位|城西派出所|东湖街道办|合计
宣传|宣传活动|场次|5|14|19
^|悬挂横幅|条|58|29|87
^|发放宣传资料|份|3082|1696|4778
打击|破获毒品刑事案件|起|2|—|2
`},
			check: map[string]string{"宣传.xlsx": "accepted"},
			figures: `
cxs pub_events 2026-06 5
dhj pub_events 2026-06 14
cxs pub_banners 2026-06 58
dhj pub_leaflets 2026-06 1696
cxs case_criminal 2026-06 2`,
			absent: "dhj case_criminal *",
			quiet:  []string{"total_mismatch"},
		},
		"long, unit merged down": {
			files: map[string]string{"长表.xlsx": `
[Sheet1]
2026年6月禁毒工作月报|<|<|<
单位|指标|本月|本年累计
城西派出所|刑事案件|3|20
^|行政案件|10|60
^|抓获嫌疑人|5|25
城东派出所|刑事案件|4|21
^|行政案件|11|61
^|抓获嫌疑人|6|26
`},
			check: map[string]string{"长表.xlsx": "accepted"},
			figures: `
cxs case_criminal 2026-06 3
cxs case_admin 2026-06 10
cxs suspects 2026-06 5
cds case_criminal 2026-06 4
cds case_admin 2026-06 11
cds suspects 2026-06 6`,
		},
		"long without merged cells": {
			files: map[string]string{"长表.xlsx": `
[Sheet1]
2026年6月禁毒工作月报|<|<|<
单位|指标|计量单位|数值
城西派出所|刑事案件|起|3
|行政案件|起|10
城东派出所|刑事案件|起|4
|缴获海洛因|千克|1.5
`},
			check: map[string]string{"长表.xlsx": "accepted"},
			figures: `
cxs case_criminal 2026-06 3
cxs case_admin 2026-06 10
cds case_criminal 2026-06 4
cds seized_heroin_g 2026-06 1500`,
		},
		"one unit, indicators down": {
			files: map[string]string{"报表.xlsx": `
[Sheet1]
禁毒工作月报表|<|<|<|<
填报单位：滨江派出所　　2026年6月　　单位：起、人|<|<|<|<
序号|项目|本月数|本年累计|去年同期
1|破获毒品刑事案件|4|23|3
2|查处涉毒行政案件|13|70|15
3|其中：毒驾|1|4|0
4|在册吸毒人员数|612|612|600
`},
			check: map[string]string{"报表.xlsx": "accepted"},
			figures: `
bjs case_criminal 2026-06 4
bjs case_admin 2026-06 13
bjs reg_total 2026-06 612`,
			absent: "* * 2025-06",
		},
		"one unit, indicators across": {
			files: map[string]string{"城东派出所2026年6月.xlsx": `
[Sheet1]
城东派出所6月份禁毒工作统计|<|<
刑事案件|行政案件|抓获嫌疑人
4|5|6
`},
			check: map[string]string{"城东派出所2026年6月.xlsx": "accepted"},
			figures: `
cds case_criminal 2026-06 4
cds case_admin 2026-06 5
cds suspects 2026-06 6`,
		},
		"stacked tables": {
			files: map[string]string{"6月.xlsx": `
[Sheet1]
云岭区2026年6月统计表|<|<
一、打击情况
单位|刑事案件|行政案件
城西派出所|1|2
城东派出所|3|4
合计|4|6
 
二、宣传情况
单位|宣传活动|发放资料
城西派出所|5|600
东湖街道办事处|7|800
合计|12|1400
`},
			check: map[string]string{"6月.xlsx": "accepted"},
			figures: `
cxs case_criminal 2026-06 1
cds case_admin 2026-06 4
cxs pub_events 2026-06 5
cxs pub_leaflets 2026-06 600
dhj pub_events 2026-06 7
dhj pub_leaflets 2026-06 800`,
			quiet: []string{"total_mismatch"},
		},
		"tables side by side": {
			files: map[string]string{"6月.xlsx": `
[Sheet1]
云岭区2026年6月统计表|<|<|<|<|<|<
单位|刑事案件|行政案件||单位|宣传活动|发放资料
城西派出所|1|2||东湖街道办事处|5|600
城东派出所|3|4||西郊街道办事处|7|800
合计|4|6||合计|12|1400
`},
			check: map[string]string{"6月.xlsx": "accepted"},
			figures: `
cxs case_criminal 2026-06 1
cds case_admin 2026-06 4
dhj pub_events 2026-06 5
dhj pub_leaflets 2026-06 600
xjj pub_events 2026-06 7
xjj pub_leaflets 2026-06 800`,
			absent: "cxs pub_events *\ndhj case_criminal *",
			quiet:  []string{"total_mismatch"},
		},
		"heads repeated for printing": {
			files: map[string]string{"6月.xlsx": `
[Sheet1]
云岭区2026年6月统计表|<|<
单位|打击|<
^|刑事案件|行政案件
城西派出所|1|2
城东派出所|3|4
单位|打击|<
^|刑事案件|行政案件
滨江派出所|5|6
合计|9|12
`},
			check: map[string]string{"6月.xlsx": "accepted"},
			figures: `
cxs case_criminal 2026-06 1
cds case_admin 2026-06 4
bjs case_criminal 2026-06 5
bjs case_admin 2026-06 6`,
			quiet: []string{"total_mismatch"},
		},
		"notes above, blank first column, blank rows and columns inside": {
			files: map[string]string{"6月.xlsx": `
[Sheet1]
|填报说明：1.请于每月5日前报送。2.数据须与系统一致。
|
|云岭区2026年6月禁毒工作统计表|<|<|<
|
|单位名称|刑 事\n案 件||行政案件
|
|城西派出所|1||2
|
|城东派出所|3||4
|合　计|4||6
|注：1.本表于每月25日前报送。2.行政案件含治安案件15起。
`},
			check: map[string]string{"6月.xlsx": "accepted"},
			figures: `
cxs case_criminal 2026-06 1
cxs case_admin 2026-06 2
cds case_criminal 2026-06 3
cds case_admin 2026-06 4`,
			quiet: []string{"total_mismatch"},
		},
		"totals on top, subtotals between": {
			files: map[string]string{"6月.xlsx": `
[Sheet1]
云岭区2026年6月统计表|<|<|<
类别|单位|刑事案件|行政案件
总计|<|19|29
派出所|城西派出所|1|2
^|城东派出所|3|4
^|小计|4|6
街道|东湖街道|7|11
^|西郊街道|8|12
^|小计|15|23
`},
			check: map[string]string{"6月.xlsx": "accepted"},
			figures: `
cxs case_criminal 2026-06 1
cds case_admin 2026-06 4
dhj case_criminal 2026-06 7
xjj case_admin 2026-06 12`,
			quiet: []string{"total_mismatch"},
		},
		"a sheet for each month": {
			files: map[string]string{"城西所2026年台账.xlsx": `
[4月]
城西派出所禁毒工作月报|<|<
项目|本月|累计
刑事案件|1|1
行政案件|10|10
[5月]
城西派出所禁毒工作月报|<|<
项目|本月|累计
刑事案件|2|3
行政案件|20|30
[6月]
城西派出所禁毒工作月报|<|<
项目|本月|累计
刑事案件|3|6
行政案件|30|60
[7月]
城西派出所禁毒工作月报|<|<
项目|本月|累计
刑事案件||
行政案件||
`},
			figures: `
cxs case_criminal 2026-04 1
cxs case_criminal 2026-05 2
cxs case_criminal 2026-06 3
cxs case_admin 2026-04 10
cxs case_admin 2026-05 20
cxs case_admin 2026-06 30`,
			absent: "cxs * 2026-07",
		},
		"a sheet for each unit": {
			files: map[string]string{"2026年6月禁毒月报.xlsx": `
[城西派出所]
禁毒工作月报|<
项目|本月
刑事案件|1
行政案件|10
[城东所]
禁毒工作月报|<
项目|本月
刑事案件|2
行政案件|20
`},
			check: map[string]string{"2026年6月禁毒月报.xlsx": "accepted"},
			figures: `
cxs case_criminal 2026-06 1
cxs case_admin 2026-06 10
cds case_criminal 2026-06 2
cds case_admin 2026-06 20`,
		},
		"months across and the quarters between": {
			files: map[string]string{"东湖街道2026年统计表.xlsx": `
[Sheet1]
东湖街道2026年社区戒毒康复统计表|<|<|<|<|<|<|<|<|<
项目|1月|2月|3月|一季度|4月|5月|6月|二季度|合计
应尿检人次|72|87|85|244|62|83|62|207|451
已尿检人次|58|43|47|148|42|58|58|158|306
在执行社区戒毒|65|62|62||51|77|42||
`},
			check: map[string]string{"东湖街道2026年统计表.xlsx": "accepted"},
			figures: `
dhj urine_due 2026-01 72
dhj urine_due 2026-03 85
dhj urine_due 2026-06 62
dhj urine_done 2026-05 58
dhj comm_detox_active 2026-06 42`,
			quiet: []string{"total_mismatch"},
		},
		"months down for one unit": {
			files: map[string]string{"滨江派出所2026年情况.xlsx": `
[Sheet1]
滨江派出所2026年禁毒工作情况|<|<
月份|刑事案件|行政案件
1月|1|11
2月|2|12
3月|3|13
合计|6|36
`},
			figures: `
bjs case_criminal 2026-01 1
bjs case_criminal 2026-02 2
bjs case_admin 2026-03 13`,
			quiet: []string{"total_mismatch"},
		},
		"names of units in every way": {
			files: map[string]string{"6月.xlsx": `
[Sheet1]
云岭区2026年6月统计表|<
单位|宣传活动
市公安局云岭分局城西派出所|1
云岭区公安分局城东派出所|2
公安分局滨江派出所|3
南湾边防所|4
云岭区东湖街道办事处|5
西郊街道办|6
长桥街道|7
教育局|8
云岭区民政局|9
市场监管局|10
区市场监管局|11
`},
			check: map[string]string{"6月.xlsx": "partial"}, // the last two rows are one unit
			figures: `
cxs pub_events 2026-06 1
cds pub_events 2026-06 2
bjs pub_events 2026-06 3
nwb pub_events 2026-06 4
dhj pub_events 2026-06 5
xjj pub_events 2026-06 6
cqj pub_events 2026-06 7
jyj pub_events 2026-06 8
mzj pub_events 2026-06 9`,
			absent: "scj pub_events *",
			exit:   1,
		},
	})
}
