package form

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jindu/store"
	"jindu/sync/sheet"
)

var caseHeads = []any{
	"序号", "案件编号", "案件名称", "案由", "受案时间", "破案时间", "主办单位", "发案地点", "抓获人数", "刑拘", "毒品种类", "缴获数量（克）",
	"专项行动", "案件状态", "犯罪嫌疑人姓名", "身份证号", "简要案情",
}

func caseRow(number, kind string, seized any) []any {
	return []any{
		1, number, "张某某贩卖毒品案", kind, "2026年6月1日", 20260605, "城西派出所", "东湖街道荷花路12号3单元201", 2, 1, "冰毒", seized,
		"百日攻坚", "移送起诉", "公羊逐溪", "539901198001102038", "公羊逐溪在荻花洲0号贩卖毒品",
	}
}

func TestCaseLedger(t *testing.T) {
	r := readSheet(t, grid("案件台账",
		[]any{"云岭区2026年毒品案件台账"},
		caseHeads,
		caseRow("A5399010300002026060012", "贩卖毒品", 12.5),
		caseRow("A5399010300002026060013", "涉嫌容留他人吸毒罪", "3.5千克"),
		caseRow("A5399010300002026060014", "吸毒", "—"),
	))
	wantFindings(t, r)
	if len(r.Cases) != 3 || r.Sheets[0].Form != "cases" || r.Sheets[0].Verdict != store.Accepted {
		t.Fatalf("%+v", r.Sheets)
	}
	c := r.Cases[0]
	if !regexp.MustCompile(`^[0-9a-f]{16}$`).MatchString(c.ID) {
		t.Errorf("ID is %q", c.ID)
	}
	got := fmt.Sprintf("%s %s %s [%s] %s %s %s %d %d %s %g %s %s %s", c.Unit, c.Type, c.Class, c.Occurred, c.Accepted, c.Solved, c.Street,
		c.Suspects, c.Detained, c.Drug, c.SeizedG, c.Campaign, c.Status, c.Cell.Ref)
	if want := "cxs 贩卖毒品 criminal [] 2026-06-01 2026-06-05 dhj 2 1 冰毒 12.5 百日攻坚 移送起诉 B3"; got != want {
		t.Errorf("case is\n%s\nwant\n%s", got, want)
	}
	if c := r.Cases[1]; c.Type != "容留他人吸毒" || c.Class != "" || c.SeizedG != 3500 {
		t.Errorf("%+v", c)
	}
	if c := r.Cases[2]; c.Class != "admin" || c.SeizedG != -1 {
		t.Errorf("%+v", c)
	}
	whole := fmt.Sprintf("%+v", r)
	for _, secret := range []string{"张某某", "公羊", "539901198001102038", "荷花路", "荻花洲", "A5399010300002026060012", "060012"} {
		if strings.Contains(whole, secret) {
			t.Errorf("the reading holds %s", secret)
		}
	}
}

// Ruling 24: a case number only as a hash keyed with the mirror's secret: equal
// for equal numbers however they are typed, different under another secret, and
// without a secret not of the number at all.
func TestRuling24(t *testing.T) {
	id := func(number string, secret string) string {
		r := readSheet(t, grid("案件台账", caseHeads, caseRow(number, "贩卖毒品", nil)), func(o *Options) { o.Secret = []byte(secret) })
		return r.Cases[0].ID
	}
	a := id("A53990103", "one")
	if id("ａ 53990103", "one") != a || id("A53990104", "one") == a || id("A53990103", "two") == a {
		t.Error("the hash is not of number and secret")
	}
	if id("A53990103", "") != id("A53990104", "") || id("A53990103", "") == a {
		t.Error("without a secret the number must not be hashed")
	}
}

// Domain 4.7, 4.36 and 4.39: where the measure stands, and what are no grams.
func TestSeizedGrams(t *testing.T) {
	for _, c := range []struct {
		head    string
		seized  any
		measure any
		want    float64
		rule    string
	}{
		{"缴获数量(克)", 12.5, nil, 12.5, ""},
		{"缴获数量(千克)", 2.345, nil, 2345, ""},
		{"缴获数量（公斤）", "1.2", nil, 1200, ""},
		{"缴获数量", "12.5克", nil, 12.5, ""},
		{"缴获数量", "0.5kg", nil, 500, ""},
		{"缴获数量", 12.5, "克", 12.5, ""},
		{"缴获数量", 12.5, "KG", 12500, ""},
		{"缴获数量(克)", "3.5千克", nil, 3500, ""},
		{"缴获数量(克)", nil, nil, -1, ""},
		{"缴获数量(克)", "—", nil, -1, ""},
		{"缴获数量(克)", "无", nil, 0, ""},
		{"缴获数量", 0, nil, 0, ""},
		{"缴获数量", 12.5, nil, -1, "measure_missing"},
		{"缴获数量(克)", "12粒", nil, -1, "measure_mismatch"},
		{"缴获数量", 30, "株", -1, "measure_mismatch"},
		{"缴获数量(克)", "冰毒12.3克、海洛因0.5克", nil, -1, "mixed_measures"},
		{"缴获数量(克)", "约12克", nil, -1, "approximate"},
		{"缴获数量(克)", -3, nil, -1, "negative"},
		{"缴获数量(克)", 539901198001102038.0, nil, -1, "personal_data"},
	} {
		r := readSheet(t, grid("1", []any{"案件编号", "案由", "案件状态", "主办单位", c.head, "计量单位"}, []any{"1", "贩卖毒品", "立案", "城西所", c.seized, c.measure}))
		var rules []string
		for _, f := range r.Findings {
			rules = append(rules, f.Rule)
		}
		if len(r.Cases) != 1 || r.Cases[0].SeizedG != c.want || strings.Join(rules, " ") != c.rule {
			t.Errorf("%s %v %v: %v, %q; want %v %q", c.head, c.seized, c.measure, r.Cases, rules, c.want, c.rule)
		}
	}
}

// Domain 4.38 and the fields that set only themselves aside.
func TestCaseFindings(t *testing.T) {
	heads := []any{"案件编号", "案由", "刑事/行政", "受案时间", "受案单位", "抓获人数", "毒品种类", "案件状态"}
	rows := [][]any{heads}
	add := func(row ...any) { rows = append(rows, row) }
	for i := range 30 {
		add(fmt.Sprint("号", i), "吸毒", nil, "2026-06-01", "城西所", 1, "冰毒", "受案")
	}
	add("号1", "吸毒", nil, "2026-06-01", "城西所", 1, "冰毒", "受案")
	add("甲", "偷电", "民事", "2026-07-01", "城西所", 1.5, "茶", "看情况")
	add("乙", "刑事", nil, "6/5", "城西所", "3起5人", "冰毒、海洛因", "已破")
	add(nil, nil, nil, "2026-06-01", "城西所", 1, nil, nil)
	add("丙", "吸毒", "行政", nil, "清河所", -1, nil, nil)
	add("丁", "吸毒", "行政", nil, nil, -1, nil, nil)
	add("戊", "贩卖毒品、容留他人吸毒", "刑事", nil, "城西所", "—", "麻古", "在侦")
	r := readSheet(t, grid("案件", rows...))
	wantFindings(t, r, "case_repeated A32",
		"word_unknown B33", "word_unknown C33", "date_future D33", "fraction F33", "word_unknown G33", "word_unknown H33",
		"date_ambiguous D34", "mixed_measures F34", "word_unknown G34",
		"required_missing A35", "row_unit_unknown E36", "required_missing E37", "word_unknown B38")
	if n := len(r.Cases); n != 33 || r.Sheets[0].Verdict != store.Partly {
		t.Errorf("%d cases, %s", n, r.Sheets[0].Verdict)
	}
	last := r.Cases[len(r.Cases)-1]
	if last.Type != "" || last.Class != "criminal" || last.Suspects != -1 || last.Drug != "冰毒片剂" || last.Status != "侦查" {
		t.Errorf("%+v", last)
	}
	if r.Workbook.SetAside == 0 {
		t.Error("nothing counts as set aside")
	}
}

func TestCaseTypes(t *testing.T) {
	for text, want := range map[string]string{
		"贩卖毒品": "贩卖毒品 criminal", "涉嫌贩卖毒品罪": "贩卖毒品 criminal", "运输毒品案": "运输毒品 criminal", "非法持有毒品": "非法持有毒品 ",
		"引诱、教唆、欺骗他人吸毒": "引诱、教唆、欺骗他人吸毒 ", "容留吸毒": "容留他人吸毒 ", "走私、贩卖、运输、制造毒品": "走私、贩卖、运输、制造毒品 criminal",
		"吸食毒品": "吸毒 admin", "刑事案件": " criminal", "行政": " admin", "盗窃": "", "非法种植罂粟": "非法种植毒品原植物 ",
	} {
		r := readSheet(t, grid("1", []any{"案件编号", "案由", "案件状态", "主办单位"}, []any{"1", text, "立案", "城西所"}))
		if got := r.Cases[0].Type + " " + r.Cases[0].Class; strings.TrimSpace(got) == "" && want != "" || strings.TrimSpace(got) != "" && got != want {
			t.Errorf("%s is %q, want %q", text, got, want)
		}
	}
}

// The persons' ledger: counted while it is read, and nothing kept.
func TestPersonsLedger(t *testing.T) {
	r := readSheet(t, grid("花名册",
		[]any{"东湖街道社区戒毒社区康复人员花名册（截至2026年6月30日）"},
		[]any{"序号", "姓 名", "性别", "身份证号", "手机号码", "管辖街道", "人员类别", "报到日期", "人员状态", "风险级别", "备注"},
		[]any{1, "佴东篱", "女", "539901198001102038", 19900000700, "东湖街道", "社区康复", 45660, "社区康复中", "高风险", "其兄仉若谷"},
		[]any{2, "麴半夏", "男", 5.39901198102112e17, "19900000701", "东湖街道", "社区戒毒", 45692, "社区戒毒中", "中风险", nil},
		[]any{3, "隗书砚", "男", "539901198203122256", "19900000702", "长桥街道", "社戒", 45692, "社区戒毒中", "很高", nil},
		[]any{"填表人：郗晏宁"},
	))
	if len(r.Statements)+len(r.Tasks)+len(r.Cases) != 0 {
		t.Errorf("rows of persons were kept: %+v", r)
	}
	s := r.Sheets[0]
	if s.Form != "persons" || s.Rows != 3 || s.Verdict != store.Partly || s.Unit != "dhj" || s.Period.String() != "2026-06" {
		t.Errorf("%+v", s)
	}
	wantFindings(t, r, "persons_unclear J2")
	var got []string
	for _, c := range r.Tallies {
		got = append(got, strings.TrimSpace(fmt.Sprint(c.Unit, " ", c.Indicator, " ", c.By, "=", c.Word, " ", c.Value)))
	}
	for _, line := range []string{"dhj comm_detox_active = 1", "dhj comm_rehab_active = 1", "cqj  risk=? 1", "dhj  category=comm_detox 1", "dhj  status=comm_rehab 1"} {
		if !slices.Contains(got, line) {
			t.Errorf("no %q in %q", line, got)
		}
	}
	for _, line := range got {
		if strings.HasPrefix(line, "cqj risk_") {
			t.Errorf("%s, though a risk could not be read", line)
		}
	}
	whole := fmt.Sprintf("%+v", r)
	for _, secret := range []string{"佴东篱", "仉若谷", "麴半夏", "539901", "1990000", "很高", "郗晏宁"} {
		if strings.Contains(whole, secret) {
			t.Errorf("the reading holds %s", secret)
		}
	}
}

// Names in heads and sheets are masked in what is said of the sheet.
func TestPersonsLedgerIsMasked(t *testing.T) {
	s := grid("张某花名册19900000700", []any{"姓名", "身份证号", "人员状态", "备注19900000701"}, []any{"佴东篱", "539901198001102038", "失控", nil})
	s.Visibility = sheet.Visible
	r := readSheet(t, s)
	if whole := fmt.Sprintf("%+v", r); strings.Contains(whole, "1990000") || r.Sheets[0].Form != "persons" {
		t.Errorf("%s", whole)
	}
}
