package form

import (
	"testing"

	"jindu/store"
	"jindu/sync/sheet"
)

// irregular is one workbook of testdata/irregular and what its reading must be.
type irregular struct {
	file    string // its name begins with the number of the field's description
	as      string // the name it is read under; empty: 报表.xlsx, which says nothing
	write   func(tb testing.TB) []byte
	starts  int    // first day of the statistical month; 0: 1
	figures string // unit indicator period value cell, one a line
	beside  string // units whose good figures only keep a sheet from being refused: not listed
	rules   string // cell rule, one a line
	verdict store.Verdict
	broken  string // code of why the file cannot be read at all
}

// book writes a workbook of one sheet.
func book(name, rows string, merges ...string) func(testing.TB) []byte {
	return func(tb testing.TB) []byte {
		tb.Helper()
		return xlsxOf(tb, false, paper(tb, name, rows, merges...))
	}
}

// books writes a workbook of several sheets: name, rows, name, rows.
func books(pairs ...string) func(testing.TB) []byte {
	return func(tb testing.TB) []byte {
		tb.Helper()
		var all []*sheet.Sheet
		for i := 0; i < len(pairs); i += 2 {
			all = append(all, paper(tb, pairs[i], pairs[i+1]))
		}
		return xlsxOf(tb, false, all...)
	}
}

func inGBK(rows string) func(testing.TB) []byte {
	return func(tb testing.TB) []byte { tb.Helper(); return gbk(tb, rows) }
}

func inUTF8(mark, rows string) func(testing.TB) []byte {
	return func(testing.TB) []byte { return []byte(mark + csvOf(rows)) }
}

// irregularHeads are the irregularities of titles, heads and layouts.
func irregularHeads() []irregular {
	return []irregular{
		{
			file: "01-title.xlsx", as: "新建 Microsoft Excel 工作表.xlsx",
			write: book("Sheet1", `
				云岭区东湖街道办事处\n2026 年 6 月份　禁毒工作情况统计表
				项目|数量
				应尿检|40
				已尿检|38`, "A1:M1"),
			figures: "dhj urine_due 2026-06 40 B3\ndhj urine_done 2026-06 38 B4", verdict: store.Accepted,
		},
		{
			file: "02-subtitle.xlsx",
			write: book("Sheet1", `
				禁毒工作情况统计表
				填报单位（盖章）：滨江派出所　　　统计时间：２０２６年６月　　单位：人、起、千克
				项目|数量
				刑事案件|7
				在册吸毒人员|612
				海洛因|1.5`, "A1:D1", "A2:D2"),
			figures: "bjs case_criminal 2026-06 7 B4\nbjs reg_total 2026-06 612 B5\nbjs seized_heroin_g 2026-06 1500 B6", verdict: store.Accepted,
		},
		{
			file: "02-subtitle-cutoff.xlsx",
			write: book("Sheet1", `
				禁毒工作情况统计表
				填报单位：滨江派出所    截止日期：2026年6月25日    单位：人、起、克
				项目|数量
				刑事案件|7`, "A2:D2"),
			figures: "bjs case_criminal 2026-06 7 B4", verdict: store.Accepted,
		},
		{
			file: "03-levels.xlsx",
			write: book("6月", `
				2026年6月统计表
				单位|入户情况||禁毒工作|||
				|||打击||缴毒（克）|
				|总户数|已入户|刑事案件|行政案件|海洛因|冰毒
				城西派出所|120|118|7|9|1|2
				城东派出所|90|90|8|5|0|0`, "A2:A4", "B2:C3", "D2:G2", "D3:E3", "F3:G3"),
			figures: `cxs case_criminal 2026-06 7 D5
				cxs case_admin 2026-06 9 E5
				cxs seized_heroin_g 2026-06 1 F5
				cxs seized_meth_g 2026-06 2 G5
				cds case_criminal 2026-06 8 D6
				cds case_admin 2026-06 5 E6
				cds seized_heroin_g 2026-06 0 F6
				cds seized_meth_g 2026-06 0 G6`,
			rules: "B4 column_unknown\nC4 column_unknown", verdict: store.Accepted,
		},
		{
			// Both 服刑数 and 看守所羁押数 are parts of 羁押服刑人数: neither is it, each is a figure.
			file: "04-group-twice.xlsx",
			write: book("6月", `
				2026年6月统计表
				单位|排除涉毒打击人数||排除涉毒打击人数|||
				|服刑数|刑满释放数|看守所羁押数|戒断三年数|失控数|死亡数
				公安分局禁毒大队|3|4|3|20|2|1`, "A2:A3", "B2:C2", "D2:G2"),
			figures: `jdd prison_now 2026-06 3 B4
				jdd released_now 2026-06 4 C4
				jdd detention_now 2026-06 3 D4
				jdd clean3y_total 2026-06 20 E4
				jdd lost_total 2026-06 2 F4
				jdd dead_total 2026-06 1 G4`,
			verdict: store.Accepted,
		},
		{
			file: "05-notes-above.xlsx",
			write: book("6月", `
				说明：1.刑事案件以破获时间为准，行政案件以查处时间为准。
				2.本表自2026年1月起使用，5月以前的数据不再补报。
				3.没有发生的填“0”，不得空项。

				2026年6月统计表

				单位|刑事案件|行政案件
				城西派出所|7|9
				城东派出所|8|5`),
			figures: twoUnits("B8", "C8", "B9", "C9"), verdict: store.Accepted,
		},
		{
			file: "06-breaks.xlsx",
			write: book("6月", `
				2026年6月统计表
				单　位\n名　称|刑事\n案件|行 政 案 件|\n
				城西派出所|7|9|
				城东派出所|8|5|
				合　计|15|14|`),
			figures: twoUnits("B3", "C3", "B4", "C4"), verdict: store.Accepted,
		},
		{
			file: "07-measures.xlsx",
			write: book("6月", `
				2026年6月统计表（单位：千克）
				单位|刑事案件|海洛因|冰毒（克）|麻古|氯胺酮（千克）
				城西派出所|7|1.5|2|12.5克|0.25
				城东派出所|8|0.001|2|0.5|~30克`),
			figures: `cxs case_criminal 2026-06 7 B3
				cxs seized_heroin_g 2026-06 1500 C3
				cxs seized_meth_g 2026-06 2 D3
				cxs seized_yaba_g 2026-06 12.5 E3
				cxs seized_ketamine_g 2026-06 250 F3
				cds case_criminal 2026-06 8 B4
				cds seized_heroin_g 2026-06 1 C4
				cds seized_meth_g 2026-06 2 D4
				cds seized_yaba_g 2026-06 500 E4
				cds seized_ketamine_g 2026-06 30 F4`, verdict: store.Accepted,
		},
		{
			// A year ago and this year's sum stand before the month, and in another
			// order under the second item: only what is called 本月 is the month's.
			file: "08-month-year-ago.xlsx",
			write: book("6月", `
				2026年6月统计表
				单位|刑事案件||||行政案件|||
				|去年\n同期|本年累计|本月|同比%|同比±|本月数|今年累计|上年同期数
				城西派出所|6|40|7|16.7|1|9|50|8
				城东派出所|8|41|8|0|-2|5|30|7`, "A2:A3", "B2:E2", "F2:I2"),
			figures: `cxs case_criminal 2026-06 7 D4
				cxs case_criminal 2026-H1 40 C4
				cxs case_admin 2026-06 9 G4
				cxs case_admin 2026-H1 50 H4
				cds case_criminal 2026-06 8 D5
				cds case_criminal 2026-H1 41 C5
				cds case_admin 2026-06 5 G5
				cds case_admin 2026-H1 30 H5`, verdict: store.Accepted,
		},
		{
			// Totals on top, sub-totals over their rows, and the total again below.
			file: "09-totals.xlsx",
			write: book("6月", `
				2026年6月统计表
				单位|发放资料|横幅
				总计|100|14
				派出所小计|30|8
				城西派出所|10|3
				城东派出所|20|5
				街道小计|70|7
				东湖街道|40|4
				西郊街道|30|2
				全区合计|100|14`),
			figures: `cxs pub_leaflets 2026-06 10 B5
				cxs pub_banners 2026-06 3 C5
				cds pub_leaflets 2026-06 20 B6
				cds pub_banners 2026-06 5 C6
				dhj pub_leaflets 2026-06 40 B8
				dhj pub_banners 2026-06 4 C8 suspect
				xjj pub_leaflets 2026-06 30 B9
				xjj pub_banners 2026-06 2 C9 suspect`,
			rules: "C7 total_mismatch", verdict: store.Accepted,
		},
		{
			file: "09-subtotals-below.xlsx",
			write: book("6月", `
				2026年6月统计表
				单位|发放资料
				城西派出所|10
				城东派出所|20
				小　计|30
				东湖街道|40
				西郊街道|30
				小　计|70
				合　计|100`),
			figures: "cxs pub_leaflets 2026-06 10 B3\ncds pub_leaflets 2026-06 20 B4\ndhj pub_leaflets 2026-06 40 B6\nxjj pub_leaflets 2026-06 30 B7",
			verdict: store.Accepted,
		},
		{
			file: "13-blanks.xlsx",
			write: book("6月", `
				|2026年6月统计表

				|单位||刑事案件||行政案件

				|城西派出所||7||9


				|城东派出所||8||5`),
			figures: twoUnits("D5", "F5", "D8", "F8"), verdict: store.Accepted,
		},
		{
			file: "14-merged-units.xlsx",
			write: book("6月", `
				2026年6月统计表
				单位|类别|数量
				城西派出所|刑事案件|7
				|行政案件|9
				城东派出所|刑事案件|8
				|行政案件|5
				合计|刑事案件|15
				|行政案件|15`, "A3:A4", "A5:A6", "A7:A8"),
			figures: `cxs case_criminal 2026-06 7 C3
				cxs case_admin 2026-06 9 C4 suspect
				cds case_criminal 2026-06 8 C5
				cds case_admin 2026-06 5 C6 suspect`,
			rules: "C8 total_mismatch", verdict: store.Accepted,
		},
		{
			file: "25-names.xlsx", as: "滨江所2026年6月报表(最终版2)(1) - 副本.xlsx",
			write:   book("Sheet1", "禁毒工作统计表\n项目|数量\n刑事案件|7"),
			figures: "bjs case_criminal 2026-06 7 B3", verdict: store.Accepted,
		},
		{
			file: "29-stretched.xlsx",
			write: book("6月", `
				2026年6月统计表
				单位|刑事案件|||行政案件|
				|本月|累计|本月|累计|
				城西派出所|7|20|9|30|`, "A2:A3", "B2:D2", "E2:F2"),
			figures: "cxs case_criminal 2026-H1 20 C4\ncxs case_admin 2026-H1 30 E4",
			rules:   "B4 stated_twice\nD4 stated_twice", verdict: store.Partly,
		},
		{
			file: "29-renamed.xlsx",
			write: book("6月", `
				2026年6月统计表
				单位|破获涉毒刑事案件|行政案件|办案质量
				城西派出所|7|9|95`),
			figures: "cxs case_admin 2026-06 9 C3", rules: "B2 column_unknown\nD2 column_unknown", verdict: store.Accepted,
		},
		{
			file: "31-heads-again.xlsx",
			write: book("6月", `
				2026年6月统计表
				单位|打击|
				|刑事案件|行政案件
				城西派出所|7|9

				2026年6月统计表（续表）
				单位|打击|
				|刑事案件|行政案件
				城东派出所|8|5
				合计|15|14`, "A2:A3", "B2:C2", "A7:A8", "B7:C7"),
			figures: twoUnits("B4", "C4", "B9", "C9"), verdict: store.Accepted,
		},
		{
			file: "42-formatted-rows.xlsx",
			write: func(tb testing.TB) []byte {
				tb.Helper()
				s := paper(tb, "6月", "2026年6月统计表\n单位|刑事案件|行政案件\n城西派出所|7|9\n城东派出所|8|5")
				for row := range 3000 {
					s.Cells = append(s.Cells, sheet.Cell{Row: int32(1000 + row*349), Col: int32(row % 3)})
				}
				return xlsxOf(tb, false, s)
			},
			figures: twoUnits("B3", "C3", "B4", "C4"), verdict: store.Accepted,
		},
	}
}

// twoUnits are the figures of two stations, at these addresses.
func twoUnits(a, b, c, d string) string {
	return "cxs case_criminal 2026-06 7 " + a + "\ncxs case_admin 2026-06 9 " + b +
		"\ncds case_criminal 2026-06 8 " + c + "\ncds case_admin 2026-06 5 " + d
}
