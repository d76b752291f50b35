package main

import "strings"

const (
	station = "城西派出所2026年6月.xlsx"
	cases   = "城西派出所案件台账.xlsx"
	street  = "东湖街道2026年6月.csv"
	list    = "东湖街道花名册2026年6月.xlsx"
	funds   = "东湖街道经费台账.csv"
	events  = "东湖街道宣传活动台账.xlsx"
	whole   = "全区2026年6月打击情况.xlsx"
)

func doubtCases() map[string]doubtCase {
	return map[string]doubtCase{
		"A more cases than the ledger has": {
			wrong: []edit{{station, "案件|2|8", "案件|3|9"}},
			mends: [][]edit{{{cases, "3|A5399012026060003|吸毒|行政|2026.6.8|2026.6.8|1", "3|A5399012026060003|贩卖毒品|刑事|2026.6.8|2026.6.8|0"}, {station, "行政案件|3|21", "行政案件|2|20"}}},
			says: `
warning ledger_mismatch 城西派出所2026年6月.xlsx!月报!B10; 台账与报表不符：案件台账 2026-06 计 2，报表为 3，另一处见 城西派出所案件台账.xlsx 案件!F3:F4; 请核对台账和报表，改正错的一处`,
			suspect: "cxs case_criminal 2026-06",
		},
		"A fewer administrative cases than the ledger has": {
			wrong: []edit{{station, "行政案件|3|21", "行政案件|2|20"}},
			mends: [][]edit{{{cases, "5|A5399012026060005|吸毒|行政|2026-06-20|2026-06-20|1||\n", ""}}},
			says: `
warning ledger_mismatch 城西派出所2026年6月.xlsx!月报!B11; 台账与报表不符：案件台账 2026-06 计 3，报表为 2，另一处见 城西派出所案件台账.xlsx 案件!E5:E7; 请核对台账和报表，改正错的一处`,
			suspect: "cxs case_admin 2026-06",
		},
		"A the ledger dates a case into another month": {
			wrong: []edit{{cases, "@2026-06-12", "@2026-07-02"}},
			mends: nil,
			says: `
warning ledger_mismatch 城西派出所2026年6月.xlsx!月报!B10; 台账与报表不符：案件台账 2026-06 计 1，报表为 2，另一处见 城西派出所案件台账.xlsx 案件!F3; 请核对台账和报表，改正错的一处
warning ledger_mismatch 城西派出所2026年6月.xlsx!月报!B12; 台账与报表不符：案件台账 2026-06 计 2，报表为 3，另一处见 城西派出所案件台账.xlsx 案件!G3; 请核对台账和报表，改正错的一处
warning ledger_mismatch 城西派出所2026年6月.xlsx!月报!B15; 台账与报表不符：案件台账 2026-06 计 12.5，报表为 15，另一处见 城西派出所案件台账.xlsx 案件!I3; 请核对台账和报表，改正错的一处`,
			suspect: "cxs case_criminal 2026-06\ncxs seized_total_g 2026-06\ncxs suspects 2026-06",
		},
		"A suspects": {
			wrong: []edit{{station, "嫌疑人|3|14", "嫌疑人|5|16"}},
			mends: [][]edit{{{cases, "2026年6月5日|2|冰毒", "2026年6月5日|4|冰毒"}}},
			says: `
warning ledger_mismatch 城西派出所2026年6月.xlsx!月报!B12; 台账与报表不符：案件台账 2026-06 计 3，报表为 5，另一处见 城西派出所案件台账.xlsx 案件!G3:G4; 请核对台账和报表，改正错的一处`,
			suspect: "cxs suspects 2026-06",
		},
		"B grams of one drug": {
			wrong: []edit{{station, "冰毒(克)|12.5|70.5", "冰毒(克)|15.5|73.5"}, {station, "合计(克)|15|101", "合计(克)|18|104"}},
			mends: [][]edit{{{cases, "冰毒|12.5", "冰毒|15.5"}}},
			says: `
warning ledger_mismatch 城西派出所2026年6月.xlsx!月报!B14; 台账与报表不符：案件台账 2026-06 计 12.5，报表为 15.5，另一处见 城西派出所案件台账.xlsx 案件!I3; 请核对台账和报表，改正错的一处
warning ledger_mismatch 城西派出所2026年6月.xlsx!月报!B15; 台账与报表不符：案件台账 2026-06 计 15，报表为 18，另一处见 城西派出所案件台账.xlsx 案件!I3:I4; 请核对台账和报表，改正错的一处`,
			suspect: "cxs seized_meth_g 2026-06\ncxs seized_total_g 2026-06",
		},
		"B parts and total": {
			wrong: []edit{{station, "合计(克)|15|101", "合计(克)|16|102"}},
			mends: nil,
			says: `
warning ledger_mismatch 城西派出所2026年6月.xlsx!月报!B15; 台账与报表不符：案件台账 2026-06 计 15，报表为 16，另一处见 城西派出所案件台账.xlsx 案件!I3:I4; 请核对台账和报表，改正错的一处`,
			suspect: "cxs seized_total_g 2026-06",
		},
		"C persons": {
			wrong: []edit{{street, "社区戒毒,3", "社区戒毒,4"}},
			mends: [][]edit{{{list, "康复|社区康复中", "戒毒|社区戒毒中"}, {street, "社区康复,1", "社区康复,0"}}},
			says: `
warning ledger_mismatch 东湖街道2026年6月.csv!csv!B3; 台账与报表不符：社区戒毒社区康复人员台账 2026-06 计 3，报表为 4，另一处见 东湖街道花名册2026年6月.xlsx 名册!A3:A6; 请核对台账和报表，改正错的一处`,
			suspect: "dhj comm_detox_active 2026-06",
		},
		"C a list that says no month": {
			files: map[string]string{"西郊街道花名册.xlsx": "[名册]\n西郊街道2026年6月社区戒毒社区康复人员花名册|<|<|<\n序号|姓名|人员类别|人员状态\n1|佴东篱|社区戒毒|社区戒毒中\n"},
			wrong: []edit{{"西郊街道花名册.xlsx", "2026年6月", ""}},
			says: `
info persons_undated 西郊街道花名册.xlsx!名册; 看不出截至哪个月，人数没有计数，也没有与报表核对; 在标题、工作表名或文件名中写明截至的月份，如 截至2026年6月30日`,
		},
		"D the register shrinks": {
			files: map[string]string{"城西派出所2026年5月.xlsx": "[月报]\n城西派出所2026年5月禁毒工作月报表|<\n项目|本月\n在册吸毒人员数|297\n"},
			wrong: []edit{{"城西派出所2026年5月.xlsx", "297", "299"}},
			mends: [][]edit{{{station, "新增吸毒人员|3|9", "新增吸毒人员|1|7"}}},
			says: `
info rule_noted 城西派出所2026年6月.xlsx!月报!B3; 在册人数少于上期在册加本期新增；如有迁出、死亡或注销请在备注说明，否则请核对 (300 < 302); 规则 reg_growth：reg_total >= before(reg_total) + reg_new；相关单元格：月报!B3; 城西派出所2026年5月.xlsx 月报!B3; 月报!B9；数据照用`,
		},
		"E a total that is not the sum": {
			wrong: []edit{{whole, "合计|3|12", "合计|3|13"}},
			mends: [][]edit{{{whole, "1|7", "1|8"}}},
			says: `
warning total_mismatch 全区2026年6月打击情况.xlsx!全区!C5; 合计与明细不符：13 应为 12; 请核对合计或明细，相关数据标为待核`,
			suspect: "cds clues_received 2026-06\ncxs clues_received 2026-06",
		},
		"F cumulated is not the sum of months": {
			files: map[string]string{"城西派出所2026年统计表.xlsx": "[1-5月]\n城西派出所2026年统计表|<|<|<|<|<\n项目|1月|2月|3月|4月|5月\n刑事案件|1|1|1|1|2\n"},
			wrong: []edit{{station, "案件|2|8", "案件|2|9"}},
			mends: [][]edit{{{"城西派出所2026年统计表.xlsx", "1|1|1|1|2", "1|1|1|1|3"}}},
			says: `
warning cumulative_mismatch 城西派出所2026年6月.xlsx!月报!C10; 累计与各月之和不符：9 应为 8; 请核对本月数和累计数`,
			suspect: "cxs case_criminal 2026-06\ncxs case_criminal 2026-H1",
		},
		"F cumulated falls": {
			files: map[string]string{"城西派出所2026年5月.xlsx": "[月报]\n城西派出所2026年5月禁毒工作月报表|<|<\n项目|本月|本年累计\n行政案件|4|18\n"},
			wrong: []edit{{station, "行政案件|3|21", "行政案件|3|17"}},
			mends: [][]edit{{{"城西派出所2026年5月.xlsx", "4|18", "4|14"}}},
			says: `
warning cumulative_falls 城西派出所2026年6月.xlsx!月报!C11; 累计小于上月累计：17 小于 18，上月的见 城西派出所2026年5月.xlsx 月报!C3; 请核对本月数和累计数`,
			suspect: "cxs case_admin 2026-06\ncxs case_admin 2026-H1",
		},
		"G fewer banners than were hung": {
			wrong: []edit{{street, "横幅,12,60", "横幅,10,58"}},
			mends: [][]edit{{{events, "讲座|8", "讲座|5"}}},
			says: `
warning ledger_mismatch 东湖街道2026年6月.csv!csv!B10; 台账与报表不符：宣传活动台账 2026-06 计 12，报表为 10，另一处见 东湖街道宣传活动台账.xlsx 活动!F3:F4; 请核对台账和报表，改正错的一处`,
			suspect: "dhj pub_banners 2026-06",
		},
		"H spent": {
			wrong: []edit{{street, "经费,3.5,3.5", "经费,5.5,5.5"}},
			mends: [][]edit{{{funds, "3.5,2026-06-18,是,16.5", "5.5,2026-06-18,是,14.5"}}},
			says: `
warning ledger_mismatch 东湖街道2026年6月.csv!csv!B9; 台账与报表不符：禁毒经费台账 2026-06 计 3.5，报表为 5.5，另一处见 东湖街道经费台账.csv csv!F3; 请核对台账和报表，改正错的一处`,
			suspect: "dhj fund_spent 2026-06",
		},
		"H balance": {
			wrong: []edit{{funds, "16.5", "17.5"}},
			says: `
warning balance_mismatch 东湖街道经费台账.csv!csv!I3; 结余 17.5 与到账减支出 16.5 不符; 请核对三项金额`,
		},
		"H more than was received": {
			wrong:  []edit{{street, "到账专项经费,20,20", "到账专项经费,2,2"}, {funds, ",20,2026-06-08,3.5,2026-06-18,是,16.5", ",2,2026-06-08,3.5,2026-06-18,是,-1.5"}},
			orders: "accept dhj fund_received 2026-06 --why 已核实\naccept dhj fund_received 2026-H1 --why 已核实",
			says: `
info rule_noted 东湖街道2026年6月.csv!csv!B9; 本年支出大于本年到账；如用了上年结余请在备注说明，否则请核对 (3.5 > 2); 规则 fund_spent：year(fund_spent) <= year(fund_received)；相关单元格：csv!B9; csv!C9; csv!B8; csv!C8；数据照用`,
		},
		"I the register and who makes it up": {
			wrong: []edit{{station, "死亡人数|15", "死亡人数|16"}},
			mends: [][]edit{{{station, "现有吸毒人员数|200", "现有吸毒人员数|199"}}},
			says: `
warning rule_broken 城西派出所2026年6月.xlsx!月报!B3; 在册吸毒人员数不等于现有、戒断三年、死亡、出国（境）人数之和，请核对是否有人漏计或重复 (300 < 301); 规则 register：reg_total = reg_current + clean3y_total + dead_total + abroad_total；相关单元格：月报!B3; 月报!B4; 月报!B5; 月报!B7; 月报!B8；这些数据标为待核`,
			suspect: "cxs abroad_total 2026-06\ncxs clean3y_total 2026-06\ncxs dead_total 2026-06\ncxs reg_current 2026-06\ncxs reg_total 2026-06",
		},
		"I the statuses": {
			wrong:  []edit{{station, "失控人数|2", "失控人数|220"}},
			orders: "accept cxs lost_total 2026-06 --why 已核实",
			says: `
warning rule_broken 城西派出所2026年6月.xlsx!月报!B5; 各类人员状态之和大于在册吸毒人员数，请核对是否有人重复计入 (320 > 300); 规则 statuses：clean3y_total + lost_total + custody_total + abroad_total + dead_total <= reg_total；相关单元格：月报!B5; 月报!B6; 月报!B8; 月报!B7; 月报!B3；这些数据标为待核`,
			suspect: "cxs abroad_total 2026-06\ncxs clean3y_total 2026-06\ncxs dead_total 2026-06\ncxs lost_total 2026-06\ncxs reg_total 2026-06",
		},
		"J more positive than made": {
			wrong:  []edit{{street, "阳性人次,1,5", "阳性人次,39,43"}},
			orders: "accept dhj urine_positive 2026-06 --why 已核实\naccept dhj urine_positive 2026-H1 --why 已核实",
			mends:  [][]edit{{{street, "已尿检人次,38,230", "已尿检人次,39,231"}}},
			says: `
warning exceeds 东湖街道2026年6月.csv!csv!B7; 尿检阳性人次 39 大于 已尿检人次 38 (B6); 请核对两处数字`,
			suspect: "dhj urine_done 2026-06\ndhj urine_positive 2026-06",
		},
		"J more made than due, in two files": {
			files: map[string]string{"东湖街道应检.csv": "东湖街道2026年6月应检情况,\n项目,本月\n应尿检人次,38\n"},
			wrong: []edit{{street, "应尿检人次,40,240\n", ""}, {"东湖街道应检.csv", "38", "37"}},
			mends: [][]edit{{{street, "已尿检人次,38,230", "已尿检人次,37,229"}}},
			says: `
warning rule_broken 东湖街道应检.csv!csv!B3; 已尿检人次大于应尿检人次，请核对两处数字 (38 > 37); 规则 urine_rate：urine_done <= urine_due；相关单元格：东湖街道2026年6月.csv csv!B5; csv!B3；这些数据标为待核`,
			suspect: "dhj urine_done 2026-06\ndhj urine_due 2026-06",
		},
		"grams for kilograms": {
			files:  history("缴获冰毒(克)", "11|12|10|13|12|11|14|12|10|11|13|12", "12|11|13|12|10"),
			wrong:  []edit{{station, "冰毒(克)|12.5|70.5", "冰毒(千克)|12.5|70.5"}, {station, "合计(克)|15|101", "合计(克)|12502.5|101"}},
			orders: "accept cxs seized_meth_g 2026-06 --why 已核实\naccept cxs seized_meth_g 2026-H1 --why 已核实\naccept cxs seized_total_g 2026-06 --why 已核实",
			says: `
warning cumulative_mismatch 城西派出所2026年6月.xlsx!月报!C14; 累计与各月之和不符：70500 应为 12558; 请核对本月数和累计数
warning cumulative_short 城西派出所2026年6月.xlsx!月报!C15; 累计小于已知各月之和：101 小于 12502.5; 请核对累计数和已报的各月
warning jump 城西派出所2026年6月.xlsx!月报!B14; 缴获冰毒(晶体) 约为往常的 1000 倍; 疑为计量单位或小数点有误，请核对
warning ledger_mismatch 城西派出所2026年6月.xlsx!月报!B14; 台账与报表不符：案件台账 2026-06 计 12.5，报表为 12500，另一处见 城西派出所案件台账.xlsx 案件!I3; 请核对台账和报表，改正错的一处
warning ledger_mismatch 城西派出所2026年6月.xlsx!月报!B15; 台账与报表不符：案件台账 2026-06 计 15，报表为 12502.5，另一处见 城西派出所案件台账.xlsx 案件!I3:I4; 请核对台账和报表，改正错的一处
warning parts_mismatch 城西派出所2026年6月.xlsx!月报!C15; 缴获毒品合计 101 与分项之和不符; 请核对`,
			suspect: "cxs seized_heroin_g 2026-H1\ncxs seized_meth_g 2026-06\ncxs seized_meth_g 2026-H1\ncxs seized_total_g 2026-06\ncxs seized_total_g 2026-H1",
		},
		"a lost decimal point": {
			files:  history("缴获冰毒(克)", "11|12|10|13|12|11|14|12|10|11|13|12", "12|11|13|12|10"),
			wrong:  []edit{{station, "冰毒(克)|12.5|70.5", "冰毒(克)|125|183"}, {station, "合计(克)|15|101", "合计(克)|127.5|213.5"}},
			orders: "accept cxs seized_meth_g 2026-06 --why 已核实\naccept cxs seized_meth_g 2026-H1 --why 已核实\naccept cxs seized_total_g 2026-06 --why 已核实\naccept cxs seized_total_g 2026-H1 --why 已核实",
			says: `
warning jump 城西派出所2026年6月.xlsx!月报!B14; 缴获冰毒(晶体) 约为往常的 10 倍; 疑为计量单位或小数点有误，请核对
warning ledger_mismatch 城西派出所2026年6月.xlsx!月报!B14; 台账与报表不符：案件台账 2026-06 计 12.5，报表为 125，另一处见 城西派出所案件台账.xlsx 案件!I3; 请核对台账和报表，改正错的一处
warning ledger_mismatch 城西派出所2026年6月.xlsx!月报!B15; 台账与报表不符：案件台账 2026-06 计 15，报表为 127.5，另一处见 城西派出所案件台账.xlsx 案件!I3:I4; 请核对台账和报表，改正错的一处`,
			suspect: "cxs seized_meth_g 2026-06\ncxs seized_total_g 2026-06",
		},
		"far from the usual": {
			files:  history("毒驾", "2|3|2|1|3|2|2|3|1|2|3|2", "2|3|2|1|3"),
			wrong:  []edit{{whole, "城西派出所|2|5", "城西派出所|22|5"}, {whole, "合计|3", "合计|23"}},
			orders: "accept cxs drug_driving 2026-06 --why 已核实",
			says: `
warning outlier 全区2026年6月打击情况.xlsx!全区!B3; 查处毒驾 与往常相差悬殊，往常约 2; 请核对；确属异常的请在备注说明`,
			suspect: "cxs drug_driving 2026-06",
		},
		"per cent for per mille": {
			files: withHistory("占总人口比例(‰)", "3.7|3.7|3.6|3.7|3.7|3.8|3.7|3.7|3.7|3.6|3.7|3.7", "3.7|3.7|3.8|3.7|3.7",
				"城西派出所占比.csv", "城西派出所2026年6月情况,\n项目,本月\n占总人口比例(‰),3.7\n"),
			wrong: []edit{{"城西派出所占比.csv", "(‰)", "(%)"}},
			says: `
warning jump 城西派出所占比.csv!csv!B3; 在册占人口比 约为往常的 10 倍; 疑为计量单位或小数点有误，请核对`,
			suspect: "cxs reg_share_pop 2026-06",
		},
		"a summary of other units": {
			files: map[string]string{"公安分局2026年6月.xlsx": "[分局]\n公安分局禁毒大队2026年6月禁毒工作月报表|<\n项目|本月\n毒驾|3\n举报线索|12\n", "各所.csv": "2026年6月各所情况,,\n单位,毒驾,举报线索\n滨江派出所,0,0\n北关派出所,0,0\n南湾边防派出所,0,0\n"},
			units: strings.Replace(officeUnitTOML(), `kind = "bureau"`, "kind = \"bureau\"\nsums = \"district\"", 1),
			wrong: []edit{{"公安分局2026年6月.xlsx", "线索|12", "线索|13"}},
			mends: [][]edit{{{whole, "1|7", "1|8"}, {whole, "3|12", "3|13"}}},
			says: `
warning sum_mismatch 公安分局2026年6月.xlsx!分局!B4; 举报线索 合计 13，与各单位之和 12（5 个单位）不符; 核对本单位的汇总与各单位的报表；全区总数按各单位相加，标为待核`,
			suspect: "jdd clues_received 2026-06",
		},
		"a rule of the district within a file": {
			config: rule("left = \"suspects\"", "op = \"<=\"", "right = \"2*case_criminal\"", "message = \"嫌疑人多于案件的两倍，请核对\"", "message_en = \"too many suspects\""),
			wrong:  []edit{{station, "嫌疑人|3|14", "嫌疑人|5|16"}, {cases, "2026年6月5日|2|冰毒", "2026年6月5日|4|冰毒"}},
			mends:  [][]edit{{{station, "案件|2|8", "案件|3|9"}, {cases, "3|A5399012026060003|吸毒|行政|2026.6.8|2026.6.8|1", "3|A5399012026060003|贩卖毒品|刑事|2026.6.8|2026.6.8|0"}, {station, "行政案件|3|21", "行政案件|2|20"}}},
			says: `
warning rule_broken 城西派出所2026年6月.xlsx!月报!B12; 嫌疑人多于案件的两倍，请核对 (5 > 4); 规则 own：suspects <= 2*case_criminal；相关单元格：月报!B12; 月报!B10；这些数据标为待核`,
			suspect: "cxs case_criminal 2026-06\ncxs suspects 2026-06",
		},
		"a rule of the district across forms": {
			config: rule("left = \"drug_driving\"", "op = \"<\"", "right = \"case_admin + before(case_admin)\"", "missing = \"skip_all\"", "importance = \"high\"", "message = \"毒驾不少于行政案件，请核对\""),
			wrong:  []edit{{whole, "城西派出所|2|5", "城西派出所|3|5"}, {whole, "合计|3", "合计|4"}},
			mends:  [][]edit{{{station, "行政案件|3|21", "行政案件|4|22"}, {cases, "5|A5399012026060005", "6|A5399012026060006|吸毒|行政|2026-06-20|2026-06-20|0||\n5|A5399012026060005"}}},
			says: `
warning rule_broken 城西派出所2026年6月.xlsx!月报!B11; 毒驾不少于行政案件，请核对 (3 ≥ 3); 规则 own：drug_driving < case_admin + before(case_admin)；相关单元格：全区2026年6月打击情况.xlsx 全区!B3; 月报!B11；这些数据标为待核`,
			suspect: "cxs case_admin 2026-06\ncxs drug_driving 2026-06",
		},
		"a missing figure taken for nought": {
			config: rule("left = \"breach_serious\"", "op = \">=\"", "right = \"urine_positive\"", "missing = \"zero\"", "periods = [\"month\"]", "importance = \"low\"", "message = \"有阳性而没有报违反协议，请核对\""),
			files:  map[string]string{"东湖街道违反协议.csv": "东湖街道2026年6月情况,\n项目,本月\n严重违反协议人数,1\n"},
			wrong:  []edit{{"东湖街道违反协议.csv", "人数,1", "人数,—"}},
			mends:  [][]edit{{{street, "阳性人次,1,5", "阳性人次,0,4"}}},
			says: `
info rule_noted 东湖街道2026年6月.csv!csv!B7; 有阳性而没有报违反协议，请核对 (0 < 1); 规则 own：breach_serious >= urine_positive；相关单元格：csv!B7；数据照用`,
		},
		"reported by one and not by the other": {
			config: rule("left = \"drug_driving\"", "op = \"both\"", "right = \"clues_received\"", "message = \"毒驾和线索要报都报\""),
			wrong:  []edit{{whole, "城东派出所|1|7", "城东派出所|1|"}, {whole, "合计|3|12", "合计|3|5"}},
			says: `
warning rule_broken 全区2026年6月打击情况.xlsx!全区!B4; 毒驾和线索要报都报; 规则 own：drug_driving both clues_received；相关单元格：全区!B4；这些数据标为待核`,
			suspect: "cds drug_driving 2026-06",
		},
		"a rate over a hundred": {
			wrong: []edit{{street, "悬挂横幅", "尿检率,251%,\n悬挂横幅"}},
			says: `
warning rate_over 东湖街道2026年6月.csv!csv!B10; 比率超过 100%; 请核对小数点`,
		},
		"a rate that is not its parts": {
			wrong: []edit{{street, "悬挂横幅", "尿检率,85%,\n悬挂横幅"}},
			says: `
warning ratio_mismatch 东湖街道2026年6月.csv!csv!B10; 比率与分子分母不符; 已按分子分母重算`,
		},
		"a negative count": {
			wrong: []edit{{station, "嫌疑人|3|14", "嫌疑人|-3|14"}},
			says: `
warning negative 城西派出所2026年6月.xlsx!月报!B12; 是负数; 请核对`,
		},
		"half a person": {
			wrong: []edit{{station, "嫌疑人|3|14", "嫌疑人|3.5|14"}},
			says: `
warning fraction 城西派出所2026年6月.xlsx!月报!B12; 人数、件数不能有小数; 请核对小数点`,
		},
	}
}

// rule is one of the district's own, in lines of its configuration.
func rule(lines ...string) string {
	return "\n[[rule]]\ncode = \"own\"\n" + strings.Join(lines, "\n") + "\n"
}

// withHistory is history beside another file.
func withHistory(indicator, year, months, name, text string) map[string]string {
	out := history(indicator, year, months)
	out[name] = text
	return out
}

// history is what the station reported in 2025 and until May.
func history(indicator, year, months string) map[string]string {
	return map[string]string{
		"城西派出所2025年统计表.xlsx": "[2025]\n城西派出所2025年统计表\n项目|1月|2月|3月|4月|5月|6月|7月|8月|9月|10月|11月|12月\n" + indicator + "|" + year + "\n",
		"城西派出所2026年统计表.xlsx": "[2026]\n城西派出所2026年统计表\n项目|1月|2月|3月|4月|5月\n" + indicator + "|" + months + "\n",
	}
}
