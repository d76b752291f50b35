package main

import "testing"

// Rows of ledgers: units, days and words as people write them.
func TestOfficeRows(t *testing.T) {
	t.Parallel()
	runOffice(t, map[string]officeCase{
		"units of a task": {
			files: map[string]string{"任务清单.xlsx": `
[任务]
云岭区2026年禁毒工作任务清单|<|<|<
任务事项|责任单位|配合单位|完成时限
任务甲|城西派出所、城东派出所||2026年7月31日
任务乙|各派出所||2026年7月31日
任务丙|各成员单位||2026年7月31日
任务丁|云岭区公安分局城西派出所|东湖街道办|2026年7月31日
任务戊|区教育局 区民政局||2026年7月31日
`},
			check: map[string]string{"任务清单.xlsx": "accepted"},
			tasks: `
任务甲|cxs|2026-07-31
任务乙|district|2026-07-31
任务丙|district|2026-07-31
任务丁|cxs|2026-07-31
任务戊|jyj|2026-07-31`,
		},
		"deadlines of other kinds": {
			files: map[string]string{"任务清单.xlsx": `
[任务]
云岭区2026年禁毒工作任务清单|<|<
任务事项|责任单位|完成时限
任务甲|城西派出所|2026年2月30日
任务乙|城西派出所|常态化
任务丙|城西派出所|6月底
任务丁|城西派出所|2026年12月底前
任务戊|城西派出所|12月31日前完成
任务己|城西派出所|2026/7/15
任务庚|城西派出所|2026-7-5
任务辛|城西派出所|26年7月15日
任务壬|城西派出所|持续推进
任务癸|城西派出所|每月5日前
任务子|城西派出所|2025年12月底
任务丑|城西派出所|十二月底前
任务寅|城西派出所|国庆节前
任务卯|城西派出所|月底前
任务辰|城西派出所|2027年春节前
`},
			check: map[string]string{"任务清单.xlsx": "partial"},
			tasks: `
任务甲|cxs|null
任务乙|cxs|null
任务丙|cxs|2026-06-30
任务丁|cxs|2026-12-31
任务戊|cxs|2026-12-31
任务己|cxs|2026-07-15
任务庚|cxs|2026-07-05
任务辛|cxs|*
任务壬|cxs|null
任务癸|cxs|monthly:5=2026-08-05
任务子|cxs|2025-12-31
任务丑|cxs|2026-12-31
任务寅|cxs|2026-09-30
任务卯|cxs|*
任务辰|cxs|*`,
			finds: "任务清单.xlsx!任务!C3 date_unread",
			exit:  1,
		},
		"before the Spring Festival": {
			at: "2026-01-05 09:00",
			files: map[string]string{"任务清单.xlsx": `
[任务]
云岭区2026年禁毒工作任务清单|<|<
任务事项|责任单位|完成时限
任务甲|城西派出所|春节前
任务乙|城西派出所|2060年春节前
`},
			tasks: "任务甲|cxs|2026-02-16\n任务乙|cxs|null",
			finds: "任务清单.xlsx!任务!C4",
			exit:  -1,
		},
		"states of tasks": {
			files: map[string]string{"任务清单.xlsx": `
[任务]
云岭区2026年禁毒工作任务清单|<|<|<|<|<
任务事项|责任单位|完成时限|进展情况|完成状态|办结日期
任务甲|城西派出所|2026年6月26日|已完成|已完成|2026.6.20
任务乙|城西派出所|2026年6月26日|进行中|超期|
任务丙|城西派出所|2026年6月26日|完成80%|在办|
任务丁|城西派出所|2026年6月26日||销号|2026年6月25日
任务戊|城西派出所|2026年6月26日||推进顺利|
`},
			check: map[string]string{"任务清单.xlsx": "partial"},
			tasks: "任务甲|cxs|2026-06-26\n任务乙|cxs|2026-06-26\n任务丙|cxs|2026-06-26\n任务丁|cxs|2026-06-26\n任务戊|cxs|2026-06-26",
			finds: "任务清单.xlsx!任务!E7 word_unknown",
			exit:  1,
		},
		"a ledger with two levels of heads below a note": {
			files: map[string]string{"任务.xlsx": `
[督办]
附件1
云岭区禁毒委2026年重点督办事项台账|<|<|<|<|<
制表单位：区禁毒办|<|<|<|<|<
序号|督办事项|责任落实|<|办理时限|办理情况
^|^|承办部门|责任领导|^|^
1|调整领导小组|城西派出所|佴东篱|2026年7月31日|在办
2|制定方案|城东派出所|麴半夏|2026年8月31日|在办
`},
			check:   map[string]string{"任务.xlsx": "accepted"},
			tasks:   "调整领导小组|cxs|2026-07-31\n制定方案|cds|2026-08-31",
			secrets: []string{"佴东篱", "麴半夏"},
		},
		"a ledger of one unit": {
			files: map[string]string{"城东派出所任务清单.xlsx": `
[Sheet1]
城东派出所2026年禁毒工作任务清单|<|<
任务名称|完成时限|完成状态
调整领导小组|2026年7月31日|在办
制定方案|2026年8月31日|在办
`},
			check: map[string]string{"城东派出所任务清单.xlsx": "accepted"},
			tasks: "调整领导小组|cds|2026-07-31\n制定方案|cds|2026-08-31",
		},
		"a source bound to a unit and another's task": {
			tables: "[[source]]\nname = \"cxs\"\nremote = \"reports\"\nunit = \"cxs\"\n",
			files: map[string]string{"任务清单.xlsx": `
[任务]
2026年禁毒工作任务清单|<|<
任务事项|责任单位|完成时限
任务甲|城西派出所|2026年7月31日
任务乙|城东派出所|2026年7月31日
`},
			tasks: "任务甲|cxs|2026-07-31",
			finds: "任务清单.xlsx!任务!B4 unit_bound",
			exit:  1,
		},
		"a merged deadline": {
			files: map[string]string{"任务清单.xlsx": `
[任务]
2026年禁毒工作任务清单|<|<
任务事项|责任单位|完成时限
任务甲|城西派出所|2026年7月31日
任务乙|^|^
任务丙|城东派出所|^
`},
			check: map[string]string{"任务清单.xlsx": "accepted"},
			tasks: "任务甲|cxs|2026-07-31\n任务乙|cxs|2026-07-31\n任务丙|cds|2026-07-31",
		},
		"a ledger as csv": {
			files: map[string]string{"任务清单.csv": "2026年禁毒工作任务清单,,\n任务事项,责任单位,完成时限\n任务甲,城西派出所,2026/7/31\n任务乙,城东派出所,每月25日\n"},
			check: map[string]string{"任务清单.csv": "accepted"},
			tasks: "任务甲|cxs|2026-07-31\n任务乙|cds|monthly:25=2026-07-25",
		},
		"unknown units in more than a third of the rows": {
			files: map[string]string{"任务清单.xlsx": `
[任务]
2026年禁毒工作任务清单|<|<
任务事项|责任单位|完成时限
任务甲|城西派出所|2026年7月31日
任务乙|青石派出所|2026年7月31日
任务丙|白鹭派出所|2026年7月31日
`},
			check: map[string]string{"任务清单.xlsx": "refused"},
			exit:  1,
		},
	})
}
