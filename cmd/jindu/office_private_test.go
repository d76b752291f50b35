package main

import "testing"

// Personal data planted where it should not be: none of it travels further.
func TestOfficePrivate(t *testing.T) {
	t.Parallel()
	const id, phone = "539901198001102038", "19900000731"
	runOffice(t, map[string]officeCase{
		"in mapped cells": {
			files: map[string]string{"6月.xlsx": `
[Sheet1]
2026年6月统计表|<|<|<
单位|刑事案件|行政案件|嫌疑人
城西派出所|'539901198001102038|2|3
城东派出所|1|19900000731|3
滨江派出所|1|2|3
东湖街道|1|2|3
西郊街道|1|2|3
长桥街道|1|2|3
教育局|1|2|3
民政局|1|2|3
`},
			check:   map[string]string{"6月.xlsx": "partial"},
			figures: "cxs case_admin 2026-06 2\nbjs case_criminal 2026-06 1",
			absent:  "cxs case_criminal *\ncds case_admin *",
			finds:   "6月.xlsx!Sheet1!B3 personal_data\n6月.xlsx!Sheet1!C4 personal_data",
			secrets: []string{id, phone},
			exit:    1,
		},
		"an ID number as a number": {
			files: map[string]string{"6月.xlsx": `
[Sheet1]
2026年6月统计表|<|<|<
单位|刑事案件|行政案件|嫌疑人
城西派出所|539901198001102038|2|3
城东派出所|1|2|3
滨江派出所|1|2|3
东湖街道|1|2|3
`},
			check:   map[string]string{"6月.xlsx": "partial"},
			absent:  "cxs case_criminal *",
			finds:   "6月.xlsx!Sheet1!B3",
			secrets: []string{id, "5.3990119800110", "5399011980011020"},
			exit:    1,
		},
		"in unmapped columns": {
			files: map[string]string{"6月.xlsx": `
[Sheet1]
2026年6月统计表|<|<|<|<
单位|刑事案件|联系人|联系电话|备注
城西派出所|1|佴东篱|19900000731|嫌疑人539901198001102038已移交
城东派出所|1|麴半夏|19900000732|住荻花路菡萏里20号
`},
			check:   map[string]string{"6月.xlsx": "accepted"},
			figures: "cxs case_criminal 2026-06 1\ncds case_criminal 2026-06 1",
			finds:   "6月.xlsx!Sheet1!* personal_unread",
			secrets: []string{id, phone, "19900000732", "佴东篱", "麴半夏", "菡萏里20号"},
		},
		"in heads": {
			files: map[string]string{"6月.xlsx": `
[Sheet1]
2026年6月统计表|<|<|<
单位|刑事案件|走访（联系人：佴东篱19900000731）|行政案件539901198001102038
城西派出所|1|2|3
城东派出所|1|2|3
`},
			figures: "cxs case_criminal 2026-06 1",
			secrets: []string{id, phone, "佴东篱"},
			exit:    -1,
		},
		"in names of sheets and files": {
			files: map[string]string{
				"2026年6月539901198001102038.xlsx":  "[佴某某19900000731]\n城西派出所2026年6月月报|<\n项目|本月\n刑事案件|3\n",
				"联系人：麴半夏/2026年6月19900000732.xlsx": "[Sheet1]\n城东派出所2026年6月月报|<\n项目|本月\n刑事案件|约3\n",
			},
			figures: "cxs case_criminal 2026-06 3",
			absent:  "cds case_criminal *",
			secrets: []string{id, phone, "19900000732", "佴某某", "麴半夏"},
			exit:    1,
		},
		"in the column of units": {
			files: map[string]string{"6月.xlsx": `
[Sheet1]
2026年6月统计表|<
单位|刑事案件
城西派出所|1
城东派出所|1
佴东篱|1
`},
			check:   map[string]string{"6月.xlsx": "partial"},
			secrets: []string{"佴东篱"},
			finds:   "6月.xlsx!Sheet1!A5",
			exit:    1,
		},
		"in titles and footers": {
			files: map[string]string{"6月.xlsx": `
[Sheet1]
2026年6月统计表（经办人：佴东篱 电话：19900000731）|<
单位|刑事案件
城西派出所|1
城东派出所|1
审核人：麴半夏（539901198001102038）|<
`},
			figures: "cxs case_criminal 2026-06 1",
			secrets: []string{id, phone, "佴东篱", "麴半夏"},
			exit:    -1,
		},
		"in a list of persons": {
			files: map[string]string{"名单.xlsx": `
[Sheet1]
吸毒人员通讯录|<|<
姓名|电话|地址
佴东篱|19900000731|荻花路菡萏里20号
麴半夏|19900000732|荻花路菡萏里21号
`},
			absent:  "* * *",
			secrets: []string{phone, "19900000732", "佴东篱", "麴半夏", "菡萏里20号"},
			exit:    -1,
		},
		"in hidden sheets, defined names and the progress of tasks": {
			files: map[string]string{"任务清单.xlsx": `
[任务]
2026年禁毒工作任务清单|<|<|<|<
任务事项|责任单位|完成时限|进展情况|存在问题
开展宣传|东湖街道|2026年7月31日|已联系佴东篱19900000731|麴半夏不配合
调整领导小组|西郊街道|2026年7月31日|完成80%|无
[佴东篱名单 hidden]
姓名|身份证号
佴东篱|'539901198001102038
`},
			tasks:   "开展宣传|dhj|2026-07-31\n调整领导小组|xjj|2026-07-31",
			secrets: []string{id, phone, "佴东篱", "麴半夏"},
			exit:    -1,
		},
		"in a csv": {
			files:   map[string]string{"6月.csv": "2026年6月统计表,,\n单位,刑事案件,备注\n城西派出所,1,19900000731\n城东派出所,1,佴某某\n"},
			check:   map[string]string{"6月.csv": "accepted"},
			figures: "cds case_criminal 2026-06 1",
			secrets: []string{phone, "佴某某"},
		},
	})
}
