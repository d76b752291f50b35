package main

import "testing"

// History: what a second file or a second pull says of the same figures.
func TestOfficeHistory(t *testing.T) {
	t.Parallel()
	one := func(title, criminal, admin string) string {
		return "[Sheet1]\n" + title + "|<\n项目|本月\n刑事案件|" + criminal + "\n行政案件|" + admin + "\n"
	}
	june := func(criminal, admin string) string { return one("城西派出所2026年6月月报", criminal, admin) }
	runOffice(t, map[string]officeCase{
		"a duplicate": {
			files:   map[string]string{"a.xlsx": june("3", "10"), "b.xlsx": june("3", "10") + "备注|无\n"},
			figures: "cxs case_criminal 2026-06 3\ncxs case_admin 2026-06 10",
			finds:   "b.xlsx!Sheet1!* duplicate",
		},
		"a conflict at the first pull": {
			files:   map[string]string{"a.xlsx": june("3", "10"), "b.xlsx": june("4", "10")},
			check:   map[string]string{"a.xlsx": "accepted", "b.xlsx": "accepted"},
			figures: "cxs case_admin 2026-06 10",
			absent:  "cxs case_criminal *",
			finds:   "b.xlsx!Sheet1!B3 conflict",
			exit:    1,
			then: []officeCase{{
				about:   "one of the two goes",
				at:      "2026-07-11 09:00",
				files:   map[string]string{"a.xlsx": ""},
				figures: "cxs case_criminal 2026-06 4\ncxs case_admin 2026-06 10",
				quiet:   []string{"conflict"},
			}},
		},
		"a conflict later": {
			files:   map[string]string{"a.xlsx": june("3", "10")},
			figures: "cxs case_criminal 2026-06 3",
			then: []officeCase{
				{at: "2026-07-11 09:00", files: map[string]string{"b.xlsx": june("4", "10")}, figures: "cxs case_criminal 2026-06 3", finds: "b.xlsx!Sheet1!B3 conflict", exit: 1},
				{at: "2026-07-12 09:00", files: map[string]string{"b.xlsx": june("3", "10")}, figures: "cxs case_criminal 2026-06 3", quiet: []string{"conflict"}},
			},
		},
		"a correction": {
			files:   map[string]string{"a.xlsx": june("3", "10")},
			figures: "cxs case_criminal 2026-06 3",
			then: []officeCase{
				{at: "2026-07-11 09:00", files: map[string]string{"a.xlsx": june("4", "10")}, figures: "cxs case_criminal 2026-06 4\ncxs case_admin 2026-06 10", quiet: []string{"conflict"}},
				{at: "2026-07-12 09:00", files: map[string]string{"a.xlsx": june("约5", "11")}, figures: "cxs case_criminal 2026-06 4\ncxs case_admin 2026-06 11", finds: "a.xlsx!Sheet1!B3 approximate", exit: 1},
				{at: "2026-07-13 09:00", files: map[string]string{"a.xlsx": june("5", "11")}, figures: "cxs case_criminal 2026-06 5\ncxs case_admin 2026-06 11", quiet: []string{"approximate"}},
			},
		},
		"refused later, the last good figures stay": {
			files:   map[string]string{"a.xlsx": june("3", "10")},
			figures: "cxs case_criminal 2026-06 3",
			then: []officeCase{
				{at: "2026-07-11 09:00", raw: map[string][]byte{"a.xlsx": []byte("PK\x03\x04 half")}, figures: "cxs case_criminal 2026-06 3\ncxs case_admin 2026-06 10", finds: "a.xlsx", exit: 1},
			},
		},
		"renamed": {
			files: map[string]string{"a.xlsx": june("3", "10"), "c.xlsx": one("城东派出所2026年6月月报", "5", "6")},
			then: []officeCase{
				{at: "2026-07-11 09:00", files: map[string]string{"a.xlsx": "", "b.xlsx": june("3", "10")}, figures: "cxs case_criminal 2026-06 3", quiet: []string{"duplicate", "conflict", "vanished"}},
			},
		},
		"the same file used for the next month": {
			at:    "2026-06-03 09:00",
			files: map[string]string{"a.xlsx": one("城西派出所2026年5月月报", "3", "10")},
			then: []officeCase{{
				at:      "2026-07-03 09:00",
				files:   map[string]string{"a.xlsx": june("4", "11")},
				figures: "cxs case_criminal 2026-05 3\ncxs case_criminal 2026-06 4",
			}},
		},
		"gone": {
			files: map[string]string{"a.xlsx": june("3", "10"), "b.xlsx": one("城东派出所2026年6月月报", "5", "6")},
			then: []officeCase{
				{at: "2026-07-11 09:00", files: map[string]string{"a.xlsx": ""}, figures: "cxs case_criminal 2026-06 3\ncds case_criminal 2026-06 5"},
			},
		},
		"everything gone at once": {
			files: map[string]string{"a.xlsx": june("3", "10"), "b.xlsx": one("城东派出所2026年6月月报", "5", "6"), "c.xlsx": one("滨江派出所2026年6月月报", "5", "6")},
			then: []officeCase{
				{at: "2026-07-11 09:00", files: map[string]string{"a.xlsx": "", "b.xlsx": "", "c.xlsx": ""}, figures: "cxs case_criminal 2026-06 3\ncds case_criminal 2026-06 5", finds: "*!*!* vanished", exit: -1},
			},
		},
		"restated in the same pull": {
			files: map[string]string{
				"a.xlsx": one("城西派出所2026年5月月报", "3", "10"),
				"b.xlsx": "[Sheet1]\n城西派出所2026年统计表|<|<|<|<|<|<\n项目|1月|2月|3月|4月|5月|6月\n刑事案件|1|2|3|4|9|6\n行政案件|1|2|3|4|10|6\n",
			},
			figures: "cxs case_criminal 2026-05 3\ncxs case_criminal 2026-06 6\ncxs case_criminal 2026-04 4\ncxs case_admin 2026-05 10",
			finds:   "b.xlsx!Sheet1!F3 restated_differs",
		},
		"restated later corrects": {
			files:   map[string]string{"a.xlsx": one("城西派出所2026年5月月报", "3", "10")},
			figures: "cxs case_criminal 2026-05 3",
			at:      "2026-06-05 09:00",
			then: []officeCase{{
				at:      "2026-07-03 09:00",
				files:   map[string]string{"b.xlsx": "[Sheet1]\n城西派出所2026年统计表|<|<|<|<|<|<\n项目|1月|2月|3月|4月|5月|6月\n刑事案件|1|2|3|4|4|6\n行政案件|1|2|3|4|10|6\n"},
				figures: "cxs case_criminal 2026-05 4\ncxs case_criminal 2026-06 6\ncxs case_admin 2026-05 10",
			}},
		},
		"a year ago as printed differs from the mirror": {
			files: map[string]string{"a.xlsx": one("城西派出所2025年6月月报", "3", "10")},
			then: []officeCase{{
				at:      "2026-07-11 09:00",
				files:   map[string]string{"b.xlsx": "[Sheet1]\n城西派出所2026年6月月报|<|<\n项目|本月|去年同期\n刑事案件|5|3\n行政案件|9|12\n"},
				figures: "cxs case_criminal 2025-06 3\ncxs case_admin 2025-06 10\ncxs case_admin 2026-06 9",
				finds:   "b.xlsx!Sheet1!C4 compare_mismatch",
			}},
		},
		"a cumulative number that falls": {
			at:    "2026-06-03 09:00",
			files: map[string]string{"5月.xlsx": "[Sheet1]\n城西派出所2026年5月月报|<|<\n项目|本月|本年累计\n刑事案件|5|30\n行政案件|9|12\n"},
			then: []officeCase{{
				files:   map[string]string{"6月.xlsx": "[Sheet1]\n城西派出所2026年6月月报|<|<\n项目|本月|本年累计\n刑事案件|4|28\n行政案件|8|20\n"},
				figures: "cxs case_criminal 2026-06 4\ncxs case_admin 2026-06 8",
				finds:   "6月.xlsx!Sheet1!C3",
			}},
		},
		"ten times the usual": {
			at: "2026-06-03 09:00",
			files: map[string]string{
				"1月.xlsx": one("城西派出所2026年1月月报", "3", "100"),
				"2月.xlsx": one("城西派出所2026年2月月报", "3", "110"),
				"3月.xlsx": one("城西派出所2026年3月月报", "3", "105"),
				"4月.xlsx": one("城西派出所2026年4月月报", "3", "95"),
				"5月.xlsx": one("城西派出所2026年5月月报", "3", "104"),
			},
			then: []officeCase{{
				files:   map[string]string{"6月.xlsx": june("3", "1030")},
				figures: "cxs case_admin 2026-06 1030",
				finds:   "6月.xlsx!Sheet1!B4 jump",
			}},
		},
	})
}
