package form

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"jindu/store"
)

// irregularCells are the irregularities of values, notes and characters.
func irregularCells() []irregular {
	return []irregular{
		{
			file: "10-stale-formula.xlsx",
			write: book("6月", `
				2026年6月统计表
				单位|刑事案件|行政案件|举报线索
				城西派出所|7|9|=(3)
				城东派出所|8|5|2
				合计|=(20)|14|=?`),
			figures: `cxs case_criminal 2026-06 7 B3 suspect
				cxs case_admin 2026-06 9 C3
				cxs clues_received 2026-06 3 D3
				cds case_criminal 2026-06 8 B4 suspect
				cds case_admin 2026-06 5 C4
				cds clues_received 2026-06 2 D4`,
			rules: "B5 total_mismatch\nD5 total_no_value", verdict: store.Accepted,
		},
		{
			file: "11-footer.xlsx",
			write: book("6月", `
				2026年6月统计表
				单位|刑事案件|行政案件
				城西派出所|7|9
				城东派出所|8|5
				填表人：佴东篱　审核人：麴半夏　联系电话：19900000700　填报时间：2026年7月3日
				单位负责人|仉若谷|19900000701`, "A5:C5"),
			figures: twoUnits("B3", "C3", "B4", "C4"), rules: "A5 personal_unread", verdict: store.Accepted,
		},
		{
			file: "12-notes.xlsx",
			write: book("6月", `
				2026年6月统计表
				单位|刑事案件|行政案件
				城西派出所|7|9
				城东派出所|8|5
				注：1.本表于每月25日前报送。
				2．5月数据已更正，城南派出所并入城东派出所。
				3、城东派出所的数据含并入的望江派出所
				※ 海洛因以克计`),
			figures: twoUnits("B3", "C3", "B4", "C4"), verdict: store.Accepted,
		},
		{
			file: "15-zeros.xlsx",
			write: book("6月", `
				2026年6月统计表
				单位|刑事案件|行政案件|举报线索|横幅|宣传点|逮捕|刑拘|毒驾
				城西派出所|—|－|/|无|0||~--|零`),
			figures: `cxs case_criminal 2026-06 n/a B3
				cxs case_admin 2026-06 n/a C3
				cxs clues_received 2026-06 n/a D3
				cxs pub_banners 2026-06 0 E3
				cxs pub_points 2026-06 0 F3
				cxs detained 2026-06 n/a H3
				cxs drug_driving 2026-06 0 I3`, verdict: store.Accepted,
		},
		{
			file:  "16-text-numbers.xlsx",
			write: book("6月", "2026年6月统计表\n单位|刑事案件|发放资料|横幅\n城西派出所|~'12|~1,234|~ 8\u00a0"),
			figures: `cxs case_criminal 2026-06 12 B3
				cxs pub_leaflets 2026-06 1234 C3
				cxs pub_banners 2026-06 8 D3`,
			verdict: store.Accepted,
		},
		{
			// Digits that stand apart, groups of two and full stops are no numbers.
			file: "16-no-numbers.xlsx", write: book("6月", "2026年6月统计表\n单位|刑事案件|发放资料|横幅\n城东派出所|~1 2|~1,23|~8。"),
			rules: "B3 not_number\nC3 not_number\nD3 not_number\ntoo_many_bad", verdict: store.Rejected,
		},
		{
			file: "17-full-width.xlsx",
			write: book("6月", `
				2026年6月统计表
				单位|海洛因（克）|管控率|横幅|线索
				城西派出所|~１２．５|~９５％|~１，２３４|~＋３`),
			figures: "cxs seized_heroin_g 2026-06 12.5 B3\ncxs control_rate 2026-06 95 C3\ncxs pub_banners 2026-06 1234 D3\ncxs clues_received 2026-06 3 E3",
			verdict: store.Accepted,
		},
		{
			file: "18-numerals.xlsx",
			write: book("6月", `
				2026年6月统计表
				单位|刑事案件|行政案件|横幅|受教育人数|发放资料|宣传点|线索|宣传活动
				城西派出所|十二起|一百零三|三千二百|廿五|两|1.2万|三条|十场`),
			figures: `cxs case_criminal 2026-06 12 B3
				cxs case_admin 2026-06 103 C3
				cxs pub_banners 2026-06 3200 D3
				cxs pub_reached 2026-06 25 E3
				cxs pub_leaflets 2026-06 2 F3
				cxs pub_points 2026-06 12000 G3
				cxs clues_received 2026-06 3 H3
				cxs pub_events 2026-06 10 I3`, verdict: store.Accepted,
		},
		{
			file: "18-approximate.xlsx",
			write: book("6月", `
				2026年6月统计表
				单位|刑事案件|行政案件|横幅|受教育人数|发放资料|宣传点|线索|宣传活动
				东湖街道|十几起|20余个|2000余条|近百|12-15|约一百|一百二|若干
				西郊街道|三四起|上千|5左右|3以上|3千余份|1万多|~>20|两三场`),
			rules: `B3 approximate
				C3 approximate
				D3 approximate
				E3 approximate
				F3 approximate
				G3 approximate
				H3 not_number
				I3 approximate
				B4 approximate
				C4 approximate
				D4 approximate
				E4 approximate
				F4 approximate
				G4 approximate
				H4 approximate
				I4 approximate
				too_many_bad`, verdict: store.Rejected,
		},
		{
			file: "19-percent.xlsx",
			write: book("6月", `
				2026年6月统计表
				单位|管控率|见面率（%）|报到率|尿检率
				城西派出所|85|=85%|~85.0％|百分之八十五
				城东派出所|0.85|0|~850‰|=100%
				东湖街道|90|90|90|90
				西郊街道|90|90|90|90
				长桥街道|90|90|90|90`),
			figures: `cxs control_rate 2026-06 85 B3
				cxs seen_rate 2026-06 85 C3
				cxs report_in_rate 2026-06 85 D3
				cxs urine_rate 2026-06 85 E3
				cds seen_rate 2026-06 0 C4
				cds report_in_rate 2026-06 85 D4
				cds urine_rate 2026-06 100 E4`, beside: "dhj xjj cqj",
			rules: "B4 rate_ambiguous", verdict: store.Partly,
		},
		{
			file: "20-lost-point.xlsx",
			write: book("6月", `
				云岭区2026年6月统计表
				单位|管控率|在册吸毒人员|现有吸毒人员|在册占人口比
				城西派出所|251%|8890000|350|8‰
				城东派出所|95|612|350|7.5‰
				东湖街道|95|612|350|7.5
				西郊街道|95|612|350|7.5
				长桥街道|95|612|350|7.5
				滨江派出所|95|612|350|7.5
				区禁毒办|95|612|350|7.5`),
			figures: "cxs reg_current 2026-06 350 D3\ncxs reg_share_pop 2026-06 8 E3", beside: "dhj xjj cqj bjs jdb cds",
			rules: "B3 rate_over\nC3 too_big", verdict: store.Partly,
		},
		{
			file: "32-struck.xlsx",
			write: book("6月", `
				2026年6月统计表
				单位|刑事案件|行政案件
				城西派出所|§7|9
				城东派出所|8|5`),
			figures: "cxs case_admin 2026-06 9 C3\ncds case_criminal 2026-06 8 B4\ncds case_admin 2026-06 5 C4",
			rules:   "B3 struck", verdict: store.Partly,
		},
		{
			file: "34-falls.xlsx", as: "城西所2026年报表.xlsx",
			write: books("5月", "禁毒工作统计表\n项目|本月|累计\n刑事案件|4|24\n行政案件|3|20", "6月", "禁毒工作统计表\n项目|本月|累计\n刑事案件|5|22\n行政案件|-2|~(2)"),
			figures: `cxs case_criminal 2026-05 4 5月!B3 restated
				cxs case_criminal 2026-01..05 24 5月!C3 restated
				cxs case_admin 2026-05 3 5月!B4
				cxs case_admin 2026-01..05 20 5月!C4
				cxs case_criminal 2026-06 5 6月!B3 suspect
				cxs case_criminal 2026-H1 22 6月!C3 suspect`,
			rules: "6月!C3 cumulative_falls\n6月!B4 negative\n6月!C4 negative", verdict: store.Partly,
		},
		{
			file: "35-errors.xlsx",
			write: book("6月", `
				2026年6月统计表
				单位|刑事案件|行政案件|举报线索|横幅|宣传点
				城西派出所|=#REF!|9|=?|123456|5
				城东派出所|8|5|2|3|4
				东湖街道|8|5|2|3|4
				西郊街道|8|5|2|3|4
				长桥街道|8|5|2|3|4`),
			figures: "cxs case_admin 2026-06 9 C3\ncxs pub_banners 2026-06 123456 E3\ncxs pub_points 2026-06 5 F3", beside: "cds dhj xjj cqj",
			rules: "B3 error_cell\nD3 formula_no_value", verdict: store.Partly,
		},
		{
			// The column was too narrow when the csv was written: the number is lost.
			file: "35-width.csv", write: inUTF8("", "城西派出所2026年6月统计表\n项目|数量\n刑事案件|7\n横幅|########\n宣传点|#DIV/0!"),
			figures: "cxs case_criminal 2026-06 7 B3", rules: "B4 not_number\nB5 not_number", verdict: store.Partly,
		},
		{
			file: "36-mixed.xlsx",
			write: book("6月", `
				城西派出所2026年6月统计表
				项目|数量
				刑事案件|3起5人
				缴获毒品|冰毒12.3克、海洛因0.5克
				横幅|5`),
			figures: "cxs pub_banners 2026-06 5 B5", rules: "B3 mixed_measures\nB4 mixed_measures", verdict: store.Partly,
		},
		{
			file: "37-identities.xlsx",
			write: book("6月", `
				2026年6月统计表
				单位|刑事案件|行政案件|备注
				城西派出所|7|440103199001010000|~44010319900101003X
				城东派出所|8|5|4.40103199001012e17
				滨江派出所|1|1|
				东湖街道|1|1|见539901198001102038的卷宗`),
			figures: "cxs case_criminal 2026-06 7 B3\ncds case_criminal 2026-06 8 B4\ncds case_admin 2026-06 5 C4\n" +
				"bjs case_criminal 2026-06 1 B5\nbjs case_admin 2026-06 1 C5\ndhj case_criminal 2026-06 1 B6\ndhj case_admin 2026-06 1 C6",
			rules: "C3 personal_data\nD3 personal_unread", verdict: store.Partly,
		},
		{
			file: "38-twice.xlsx",
			write: book("6月", `
				2026年6月统计表
				单位|刑事案件|行政案件
				城西派出所|7|9
				城东派出所|8|5
				城西所|7|10`),
			figures: "cxs case_criminal 2026-06 7 B3\ncds case_criminal 2026-06 8 B4\ncds case_admin 2026-06 5 C4",
			rules:   "C3 stated_twice\nC5 stated_twice\nB5 duplicate", verdict: store.Partly,
		},
		{
			file: "39-tablets.xlsx",
			write: book("6月", `
				城西派出所2026年6月统计表
				项目|计量单位|数量
				冰毒|千克|1.2
				麻古|片|3645
				氯胺酮|克|5800多粒
				海洛因|克|12粒
				缴获毒品（折合海洛因）|克|900
				大麻|株|3`),
			figures: "cxs seized_meth_g 2026-06 1200 C3",
			rules:   "A4 measure_mismatch\nC5 approximate\nC6 measure_mismatch\nA7 row_unknown\nA8 measure_mismatch", verdict: store.Partly,
		},
		{
			file:  "40-traditional.xlsx",
			write: book("6月", "2026年6月統計表\n單\u200b位|登記在冊吸毒人員|刑事\u00a0案件|繳獲海洛因（克）|責令社區戒毒|強制隔離戒毒\n城西\u200b派出所|612|7|1.5|2|3\n城東派出所\ufeff|500|8|0|1|1\n合計|1112|15|1.5|3|4"),
			figures: `cxs reg_total 2026-06 612 B3
				cxs case_criminal 2026-06 7 C3
				cxs seized_heroin_g 2026-06 1.5 D3
				cxs comm_detox_ordered 2026-06 2 E3
				cxs compulsory_dec 2026-06 3 F3
				cds reg_total 2026-06 500 B4
				cds case_criminal 2026-06 8 C4
				cds seized_heroin_g 2026-06 0 D4
				cds comm_detox_ordered 2026-06 1 E4
				cds compulsory_dec 2026-06 1 F4`, verdict: store.Accepted,
		},
		{
			// GBK that was read as Latin-1, and saved so.
			file: "40-mojibake.csv",
			write: func(tb testing.TB) []byte {
				tb.Helper()
				return mojibake(gbk(tb, "城西派出所2026年6月统计表\n项目|数量\n刑事案件|7"))
			},
			rules: "mojibake", verdict: store.Rejected,
		},
		{
			// UTF-8 that was read as GBK, and saved so.
			file: "40-mojibake-gbk.csv",
			write: func(tb testing.TB) []byte {
				tb.Helper()
				out, _ := simplifiedchinese.GB18030.NewDecoder().Bytes([]byte(csvOf("城西派出所2026年6月统计表\n项目|数量\n刑事案件|7")))
				return out
			},
			rules: "mojibake", verdict: store.Rejected,
		},
	}
}

// mojibake writes bytes as if each were a character by itself.
func mojibake(data []byte) []byte {
	var b strings.Builder
	for _, c := range data {
		b.WriteRune(rune(c))
	}
	return []byte(b.String())
}
