package form

import (
	"testing"

	"jindu/store"
	"jindu/sync/sheet"
)

// irregularPlaces are the irregularities of units, periods, sheets and files.
func irregularPlaces() []irregular {
	return []irregular{
		{
			// Dates as heads, of a workbook that counts them from 1904.
			file: "21-dates-1904.xlsx",
			write: func(tb testing.TB) []byte {
				tb.Helper()
				return xlsxOf(tb, true, paper(tb, "2026年", "城西派出所2026年统计表\n项目|@44681|@44712\n刑事案件|7|8")) // 1 May and 1 June 2026
			},
			figures: "cxs case_criminal 2026-05 7 B3 restated\ncxs case_criminal 2026-06 8 C3", verdict: store.Accepted,
		},
		{
			file: "21-dates.csv", as: "城西所20260626.csv",
			write:   inUTF8("", "城西派出所禁毒工作统计表（二〇二六年六月）\n填报时间：2026.7.3\n项目|数量\n刑事案件|7"),
			figures: "cxs case_criminal 2026-06 7 B4", verdict: store.Accepted,
		},
		{
			file: "22-statistical-month.xlsx", starts: 26,
			write:   book("Sheet1", "城西派出所禁毒工作统计表（2026年5月26日至6月25日）\n项目|数量\n刑事案件|7"),
			figures: "cxs case_criminal 2026-06 7 B3", verdict: store.Accepted,
		},
		{
			// The district's month is the calendar's: this one is of neither May nor June.
			file: "22-calendar-month.xlsx", write: book("Sheet1", "城西派出所禁毒工作统计表（2026年5月26日至6月25日）\n项目|数量\n刑事案件|7"),
			rules: "A1 period_unresolved", verdict: store.Rejected,
		},
		{
			file: "22-relative.xlsx", starts: 26,
			write:   book("Sheet1", "城西派出所2026年6月禁毒工作统计表\n统计口径：上月26日至本月25日\n项目|本月|1-6月\n刑事案件|7|30\n在册吸毒人员|612|612"),
			figures: "cxs case_criminal 2026-06 7 B4\ncxs case_criminal 2026-H1 30 C4\ncxs reg_total 2026-06 612 B5", verdict: store.Accepted,
		},
		{
			file: "23-gb18030.csv", write: inGBK("城西派出所2026年6月统计表\n项目|数量\n刑事案件|7\n走访帮扶|12"),
			figures: "cxs case_criminal 2026-06 7 B3\ncxs care_visits 2026-06 12 B4", verdict: store.Accepted,
		},
		{
			file: "23-utf8-bom.csv", write: inUTF8("\ufeff", "城西派出所2026年6月统计表\n项目|数量\n刑事案件|7"),
			figures: "cxs case_criminal 2026-06 7 B3", verdict: store.Accepted,
		},
		{
			file: "23-named-xls.xls", as: "城西所.xls", write: book("6月", "城西派出所2026年6月统计表\n项目|数量\n刑事案件|7"),
			figures: "cxs case_criminal 2026-06 7 B3", verdict: store.Accepted,
		},
		{
			// The other half was not there yet when it was copied.
			file: "24-half-copied.xlsx",
			write: func(tb testing.TB) []byte {
				tb.Helper()
				data := book("6月", "城西派出所2026年6月统计表\n项目|数量\n刑事案件|7")(tb)
				return data[:len(data)/2]
			},
			broken: "cut_off",
		},
		{
			file: "26-sheet-per-unit.xlsx", as: "2026年6月报表.xlsx",
			write:   books("城西派出所", "禁毒工作统计表\n项目|本月\n刑事案件|7", "城东所", "禁毒工作统计表\n项目|本月\n刑事案件|8", "城南所", "城南派出所统计表\n项目|本月\n刑事案件|1"),
			figures: "cxs case_criminal 2026-06 7 城西派出所!B3\ncds case_criminal 2026-06 8 城东所!B3",
			rules:   "城南所!A1 unit_unknown", verdict: store.Partly,
		},
		{
			file: "26-sheet-per-month.xlsx", as: "城西所2026年台账.xlsx",
			write: books("4月", "禁毒工作统计表\n项目|本月|累计\n刑事案件|3|20", "5月", "禁毒工作统计表\n项目|本月|累计\n刑事案件|4|24",
				"6月", "禁毒工作统计表\n项目|本月|累计\n刑事案件|5|28", "12月", "禁毒工作统计表\n项目|本月|累计\n刑事案件||"),
			figures: `cxs case_criminal 2026-04 3 4月!B3 restated
				cxs case_criminal 2026-01..04 20 4月!C3 restated
				cxs case_criminal 2026-05 4 5月!B3 restated
				cxs case_criminal 2026-01..05 24 5月!C3 restated
				cxs case_criminal 2026-06 5 6月!B3 suspect
				cxs case_criminal 2026-H1 28 6月!C3 suspect`,
			rules: "6月!C3 cumulative_mismatch\n12月 period_future", verdict: store.Partly,
		},
		{
			file: "26-units-across.xlsx",
			write: book("6月", `
				2026年6月统计表
				项目|派出所||||街道||全区合计
				|城西|城东派出所|南湾边防所|小计|东湖街道|西郊街道办事处|
				刑事案件|7|8|1|16|0|0|16
				发放资料|10|20|5|35|40|30|106`, "A2:A3", "B2:E2", "F2:G2", "H2:H3"),
			figures: `cds case_criminal 2026-06 8 C4
				nwb case_criminal 2026-06 1 D4
				dhj case_criminal 2026-06 0 F4
				xjj case_criminal 2026-06 0 G4
				cds pub_leaflets 2026-06 20 C5
				nwb pub_leaflets 2026-06 5 D5
				dhj pub_leaflets 2026-06 40 F5
				xjj pub_leaflets 2026-06 30 G5`,
			rules: "B3 row_unit_unknown", verdict: store.Partly,
		},
		{
			file: "27-unit-names.xlsx",
			write: book("6月", `
				2026年6月统计表
				单位|刑事案件
				1.城西所|7
				云海市公安局云岭区分局城东派出所|8
				滨江派出所（原望江派出所）（盖章）|6
				南湾边防所|5
				东湖街道|4
				云岭区西郊街道办事处|3
				长桥街道办|2
				望江派出所|1`),
			figures: `cxs case_criminal 2026-06 7 B3
				cds case_criminal 2026-06 8 B4
				bjs case_criminal 2026-06 6 B5
				nwb case_criminal 2026-06 5 B6
				dhj case_criminal 2026-06 4 B7
				xjj case_criminal 2026-06 3 B8
				cqj case_criminal 2026-06 2 B9`,
			rules: "A10 row_unit_unknown", verdict: store.Partly,
		},
		{
			file: "28-hidden.xlsx",
			write: func(tb testing.TB) []byte {
				tb.Helper()
				last := paper(tb, "去年", "2025年6月统计表\n单位|刑事案件\n城西派出所|99")
				last.Visibility = sheet.VeryHidden
				s := paper(tb, "6月", "2026年6月统计表\n单位|刑事案件|行政案件\n城西派出所|7|9\n城东派出所|8|5")
				s.HiddenRows, s.HiddenCols = []int{3}, []int{2}
				return xlsxOf(tb, false, last, s)
			},
			figures: "cxs case_criminal 2026-06 7 6月!B3\ncxs case_admin 2026-06 9 6月!C3\ncds case_criminal 2026-06 8 6月!B4\ncds case_admin 2026-06 5 6月!C4",
			rules:   "去年 hidden_sheet\n6月!C2 hidden_rows", verdict: store.Accepted,
		},
		{
			// Side by side and stacked, for two units and two months.
			file: "30-four-tables.xlsx",
			write: book("Sheet1", `
				城西派出所2026年5月统计表|||城东派出所2026年5月统计表
				项目|本月||项目|本月
				刑事案件|7||刑事案件|8
				行政案件|9||行政案件|5

				城西派出所2026年6月统计表|||城东派出所2026年6月统计表
				项目|本月||项目|本月
				刑事案件|6||刑事案件|3
				行政案件|4||行政案件|2`),
			figures: `cxs case_criminal 2026-05 7 B3 restated
				cxs case_admin 2026-05 9 B4 restated
				cds case_criminal 2026-05 8 E3 restated
				cds case_admin 2026-05 5 E4 restated
				cxs case_criminal 2026-06 6 B8
				cxs case_admin 2026-06 4 B9
				cds case_criminal 2026-06 3 E8
				cds case_admin 2026-06 2 E9`, verdict: store.Accepted,
		},
		{
			file: "30-stacked-months.xlsx",
			write: book("2026年", `
				城西派出所2026年禁毒工作统计表
				2026年5月
				项目|本月
				刑事案件|7

				2026年6月
				项目|本月
				刑事案件|8`),
			figures: "cxs case_criminal 2026-05 7 B4 restated\ncxs case_criminal 2026-06 8 B8", verdict: store.Accepted,
		},
		{
			// The sheet is called June: the first table is not, whatever it is.
			file: "30-stacked-contradicts.xlsx",
			write: book("6月", `
				城西派出所统计表
				2026年5月统计表
				项目|本月
				刑事案件|7

				2026年6月统计表
				项目|本月
				刑事案件|8`),
			rules: "A2 period_conflict", verdict: store.Rejected,
		},
		{
			file: "33-sent-again.xlsx", as: "城西所2026年6月报表.xlsx",
			write:   books("5月", "禁毒工作统计表\n项目|本月\n刑事案件|7", "6月", "禁毒工作统计表\n项目|本月\n刑事案件|8"),
			figures: "cxs case_criminal 2026-05 7 5月!B3 restated\ncxs case_criminal 2026-06 8 6月!B3", verdict: store.Accepted,
		},
		{
			// The spreadsheet took 0105 for a number. A code that no unit has, and one
			// that contradicts the name beside it, leave their rows without a unit.
			file: "41-codes.xlsx",
			write: book("6月", `
				2026年6月统计表
				单位代码|单位|刑事案件|行政案件
				105||7|1
				~cds|城东派出所|8|1
				~0105|城西派出所|6|1
				bjs||5|1
				dhj|东湖街道|4|1
				xjj|西郊街道|3|1
				106||2|1`),
			figures: `0105 case_criminal 2026-06 7 C3
				0105 case_admin 2026-06 1 D3
				cds case_criminal 2026-06 8 C4
				cds case_admin 2026-06 1 D4
				bjs case_criminal 2026-06 5 C6
				bjs case_admin 2026-06 1 D6
				dhj case_criminal 2026-06 4 C7
				dhj case_admin 2026-06 1 D7
				xjj case_criminal 2026-06 3 C8
				xjj case_admin 2026-06 1 D8`,
			rules: "B5 row_unit_ambiguous\nA9 row_unit_unknown", verdict: store.Partly,
		},
	}
}
