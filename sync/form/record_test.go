package form

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"jindu/store"
	"jindu/sync/sheet"
)

// written writes the records as "unit day field=value ..." in the order of names.
func written(r *store.Reading) []string {
	var out []string
	for _, one := range r.Records {
		line := []string{one.Unit, one.Day.String()}
		for _, name := range slices.Sorted(maps.Keys(one.Values)) {
			v := one.Values[name]
			said := v.Text
			switch v.Kind {
			case store.CountField, store.NumberField, store.CheckField, store.FilledField:
				said = plainNumber(v.Number)
			case store.DateField:
				said = v.Day.String()
			default: // the text says it
			}
			line = append(line, name+"="+said)
		}
		out = append(out, strings.Join(line, " "))
	}
	return out
}

// counted writes the tallies as "unit period indicator by=word value/rows range".
func counted(r *store.Reading) []string {
	var out []string
	for _, c := range r.Tallies {
		what := c.Indicator
		if what == "" {
			what = c.By + "=" + c.Word
		}
		out = append(out, fmt.Sprintf("%s %s %s %s/%d %s", c.Unit, c.Period, what, plainNumber(c.Value), c.Rows, c.Cell.Ref))
	}
	return out
}

// wantLines compares lines and shows both where they differ.
func wantLines(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s are\n%s\nwant\n%s", what, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// wantAmong checks that some lines are there and that none begins in a way that
// it must not.
func wantAmong(t *testing.T, got, want, never []string) {
	t.Helper()
	for _, line := range want {
		if !slices.Contains(got, line) {
			t.Errorf("no %q in\n%s", line, strings.Join(got, "\n"))
		}
	}
	for _, start := range never {
		if i := slices.IndexFunc(got, func(line string) bool { return strings.HasPrefix(line, start) }); i >= 0 {
			t.Errorf("%q, though nothing begins with %q", got[i], start)
		}
	}
}

// hides checks that nothing of a reading, nor any sentence made of it, holds one
// of the texts.
func hides(t *testing.T, r *store.Reading, secrets ...string) {
	t.Helper()
	whole := fmt.Sprintf("%#v", r)
	for _, f := range r.Findings {
		whole += f.Message(store.Chinese) + f.Hint(store.English)
	}
	for _, s := range r.Sheets {
		for _, e := range s.Explain {
			for _, n := range e.Notes {
				whole += n.Message(store.Chinese)
			}
		}
	}
	for _, secret := range secrets {
		if strings.Contains(whole, secret) {
			t.Errorf("the reading holds %q", secret)
		}
	}
}

func TestPublicityLedger(t *testing.T) {
	r := readSheet(t, grid("宣传",
		[]any{"云岭区2026年禁毒宣传活动台账"},
		[]any{"序号", "活动日期", "单位", "活动主题", "地点", "形式", "横幅(条)", "资料（份）", "受教育人数", "照片", "经办人", "电话", "备注"},
		[]any{1, "6月1日", "城西派出所", "禁毒宣传进校园", "城西中学", "讲座", 4, "1,200份", "二百人", "见附件", "公羊逐溪", "19900000700", "公羊逐溪讲课"},
		[]any{2, 20260612, "城西派出所", "集中宣传", "荷花路", "设点、发放资料", nil, 300, 0, nil, nil, nil, nil},
		[]any{3, "5.30", "区教育局", "主题班会", "线上", "班会", "—", nil, 90, nil, nil, nil, nil},
		[]any{"合计", nil, nil, nil, nil, nil, 4, 1500, 290},
	))
	wantFindings(t, r)
	wantLines(t, "records", written(r),
		"cxs 2026-06-01 banners=4 day=2026-06-01 form=讲座 leaflets=1200 place=学校 reached=200 title=禁毒宣传进校园",
		"cxs 2026-06-12 day=2026-06-12 form=设点咨询、发放资料 leaflets=300 reached=0 title=集中宣传",
		"jyj 2026-05-30 day=2026-05-30 form=主题班会 place=线上 reached=90 title=主题班会")
	wantLines(t, "tallies", counted(r),
		"cxs 2026-06 pub_events 2/2 B3:B4", "jyj 2026-05 pub_events 1/1 B5",
		"cxs 2026-06 pub_banners 4/1 G3",
		"cxs 2026-06 pub_leaflets 1500/2 H3:H4",
		"cxs 2026-06 pub_reached 200/2 I3:I4", "jyj 2026-05 pub_reached 90/1 I5",
		"cxs 2026-06 form=讲座 1/1 B3", "cxs 2026-06 form=设点咨询、发放资料 1/1 B4", "jyj 2026-05 form=主题班会 1/1 B5")
	hides(t, r, "公羊逐溪", "1990000", "城西中学", "荷花路", "见附件")
}

func TestFundsLedger(t *testing.T) {
	heads := []any{"年度", "资金来源", "文号", "使用单位", "到账金额（元）", "到账日期", "支出金额", "支出日期", "支出科目", "支出事项", "结余(万元)", "专款专用", "凭证号", "收款人"}
	r := readSheet(t, grid("经费",
		[]any{"2026年禁毒经费台账"},
		[]any{"金额单位：万元"},
		heads,
		[]any{"2026年", "省级补助", "云财行〔2026〕18号", "东湖街道", 200000, "2026-03-12", 3.5, "2026-05-18", "宣传品", "付公羊逐溪劳务", 16.5, "是", "记字012", "公羊逐溪"},
		[]any{2026, "区财政", "云财行〔2026〕19号", "东湖街道", nil, nil, "12000元", "2026-05-20", "尿检板", nil, nil, "否", nil, nil},
		[]any{2026, "区财政", nil, "北关街道", "5万", "2026-04-01", 1, "2026-04-20", "其他", nil, 2, "√", nil, nil},
	))
	wantFindings(t, r, "balance_mismatch K6")
	wantLines(t, "records", written(r),
		"dhj 2026-03-12 arrived=2026-03-12 balance=16.5 document=云财行〔2026〕18号 purpose=1 received=20 source=省级 spent=3.5 spent_on=2026-05-18 subject=宣传教育 year=2026",
		"dhj  document=云财行〔2026〕19号 purpose=0 source=区级 spent=1.2 spent_on=2026-05-20 subject=检测 year=2026",
		"bgj 2026-04-01 arrived=2026-04-01 balance=2 purpose=1 received=5 source=区级 spent=1 spent_on=2026-04-20 subject=其他 year=2026")
	wantLines(t, "tallies", counted(r),
		"dhj 2026-03 fund_received 20/1 E4", "bgj 2026-04 fund_received 5/1 E6",
		"dhj 2026-05 fund_spent 4.7/2 G4:G5", "bgj 2026-04 fund_spent 1/1 G6",
		"dhj 2026-05 fund_misuse 1/1 H5", "bgj 2026-04 fund_misuse 0/0 H6")
	hides(t, r, "公羊逐溪", "记字012", "劳务")
}

// Domain 3.5: 元 and 万元 under heads that do not say which.
func TestYuanTrap(t *testing.T) {
	for name, c := range map[string]struct {
		title, head string
		cell        any
		want        string
	}{
		"in the head":             {"2026年", "到账金额(元)", 200000, "20"},
		"in the head, 10,000":     {"2026年", "到账金额（万元）", 20, "20"},
		"as a unit in the head":   {"2026年", "到账金额（单位：元）", 200000, "20"},
		"in the title":            {"2026年（单位：万元）", "到账金额", 20, "20"},
		"in the cell":             {"2026年（单位：万元）", "到账金额", "200000元", "20"},
		"the cell outranks":       {"2026年", "到账金额(元)", "20万元", "20"},
		"the head outranks":       {"2026年（单位：万元）", "到账金额(元)", 200000, "20"},
		"nothing is nothing":      {"2026年", "到账金额", 0, "0"},
		"nowhere":                 {"2026年", "到账金额", 20, "measure_missing"},
		"1.2万 under 万元":           {"2026年", "到账金额(万元)", "1.2万", "measure_mismatch"},
		"1.2万 under 元":            {"2026年", "到账金额(元)", "1.2万", "1.2"},
		"another measure":         {"2026年", "到账金额(万元)", "20人", "measure_mismatch"},
		"about":                   {"2026年", "到账金额(万元)", "约20", "approximate"},
		"negative":                {"2026年", "到账金额(万元)", -3, "negative"},
		"a card number in amount": {"2026年", "到账金额(元)", 6222000000001234.0, "personal_data"},
	} {
		r := readSheet(t, grid("1", []any{c.title + "经费台账"},
			[]any{"资金来源", c.head, "到账日期", "使用单位"}, []any{"省级", c.cell, "2026-03-12", "东湖街道"}))
		got := strings.Join(found(r), " ")
		if v, ok := r.Records[0].Values["received"]; ok {
			got = plainNumber(v.Number)
		}
		if first, _, _ := strings.Cut(got, " "); first != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// A balance may be carried on from row to row, or be the row's own.
func TestBalances(t *testing.T) {
	for name, c := range map[string]struct {
		rows [][]any
		want []string
	}{
		"by row":         {[][]any{{10, 4, 6}, {5, 1.5, 3.5}}, nil},
		"carried on":     {[][]any{{10, 4, 6}, {5, 2, 9}, {0, 3, 6}}, nil},
		"overspent":      {[][]any{{10, 12, -2}}, nil},
		"wrong":          {[][]any{{10, 4, 7}, {5, 2, 3}}, []string{"balance_mismatch E3"}},
		"not all known":  {[][]any{{10, nil, 7}, {nil, 2, 3}, {5, 1, nil}}, nil},
		"rounded":        {[][]any{{10.05, 4.04, 6.0}, {10.05, 4.04, 6.2}}, []string{"balance_mismatch E4"}},
		"after a wrong":  {[][]any{{10, 4, 7}, {1, 2, 6}}, []string{"balance_mismatch E3"}},
		"of two sources": {[][]any{{10, 4, 6}, {20, 4, 16}}, nil},
	} {
		rows := [][]any{{"2026年经费台账（单位：万元）"}, {"资金来源", "使用单位", "到账金额", "支出金额", "结余"}}
		for i, one := range c.rows {
			source := "省级"
			if name == "of two sources" {
				source = []string{"省级", "区级"}[i]
			}
			rows = append(rows, append([]any{source, "东湖街道"}, one...))
		}
		if got := found(readSheet(t, grid("1", rows...))); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestRosterLedger(t *testing.T) {
	for name, rows := range map[string][][]any{
		"one level": {
			{"单位", "组长", "职务", "联系电话", "副组长", "职务", "联系电话", "成员数", "办公室设在", "联络员", "电话", "成立文号", "调整日期", "是否调整充实"},
			{"东湖街道", "公羊逐溪", "党工委书记", "19900000701", "佴东篱", "办事处副主任 佴东篱", "19900000702", 9, "综治办", "麴半夏", "19900000703", "云街办〔2026〕5号", "2026.3.2", "是"},
			{"区教育局", "", "局长", nil, "仉若谷", "副局长（分管）", nil, "12人", "安全科", "无", nil, nil, nil, "×"},
		},
		"two levels": {
			{"单位", "组长", nil, nil, "副组长", nil, nil, "成员数", "办公室设在", "联络员", nil, "成立文号", "调整日期", "是否调整充实"},
			{nil, "姓名", "职务", "电话", "姓名", "职务", "电话", nil, nil, "姓名", "电话"},
			{"东湖街道", "公羊逐溪", "党工委书记", "19900000701", "佴东篱", "办事处副主任 佴东篱", "19900000702", 9, "综治办", "麴半夏", "19900000703", "云街办〔2026〕5号", "2026.3.2", "是"},
			{"区教育局", "", "局长", nil, "仉若谷", "副局长（分管）", nil, "12人", "安全科", "无", nil, nil, nil, "×"},
		},
	} {
		r := readSheet(t, grid("责任人", append([][]any{{"云岭区2026年禁毒工作领导小组一览表"}}, rows...)...))
		wantFindings(t, r)
		wantLines(t, name, written(r),
			"dhj 2026-03-02 changed=2026-03-02 deputy=1 deputy_post=办事处副主任 document=云街办〔2026〕5号 head=1 head_post=党工委书记 liaison=1 members=9 office=综治办 renewed=1",
			"jyj  deputy=1 deputy_post=副局长 head=0 head_post=局长 liaison=0 members=12 office=安全科 renewed=0")
		hides(t, r, "公羊", "佴东篱", "麴半夏", "仉若谷", "1990000")
	}
}

// An official's post stays and whatever name stands beside it goes.
func TestPosts(t *testing.T) {
	for text, want := range map[string]string{
		"局长": "局长", "佴东篱局长": "局长", "局长佴东篱": "局长", "区委副书记、政法委书记 公羊逐溪": "区委副书记、政法委书记",
		"党工委书记 兼 办事处主任": "党工委书记、办事处主任", "佴东篱": "", "": "", "主任（佴东篱19900000701）": "", "—": "",
	} {
		r := readSheet(t, grid("1", []any{"单位", "组长", "组长职务", "副组长", "联络员"}, []any{"东湖街道", "甲", text, "乙", "丙"}))
		if got := r.Records[0].Values["head_post"].Text; got != want {
			t.Errorf("%s is %q, want %q", text, got, want)
		}
		hides(t, r, "佴东篱", "公羊", "1990000")
	}
}

func TestInspectionLedger(t *testing.T) {
	heads := []any{
		"序号", "场所/企业名称", "类别", "地址", "负责人", "电话", "许可证号", "管辖派出所", "品种及类别", "库存量（千克）", "系统库存量（公斤）", "双人双锁",
		"检查日期", "检查人员", "问题数", "整改期限", "整改完成日期", "处罚",
	}
	r := readSheet(t, grid("检查",
		[]any{"2026年易制毒化学品及场所检查台账"}, heads,
		[]any{1, "云岭瑞丰化工有限公司", "易制毒使用企业", "工业园8号", "公羊逐溪", "19900000701", "YLBA00100", "城西派出所", "第三类（盐酸）", 120, "0.12吨", "√", "6月8日", "佴东篱", 1, "2026-07-08", nil, "责令整改"},
		[]any{2, "佴东篱网吧", "网吧", "东湖街道荷花路12号", "佴东篱", nil, "YLBA00101", "城西所", nil, nil, nil, nil, "6月9日", nil, 0, nil, nil, "无"},
		[]any{3, "金樽KTV", "歌舞娱乐", nil, nil, nil, nil, "城东派出所", nil, nil, nil, nil, "2026-06-10", nil, "2处", "6月30日前", "2026-06-18", "停业整改"},
		[]any{4, "麴半夏副食店", "其他", nil, nil, nil, nil, "城东派出所", nil, 3, 5, "落实", "2026-05-10", nil, nil, nil, nil, nil},
	))
	wantFindings(t, r, "word_unknown C6", "stock_mismatch J6")
	id := r.Records[0].Values["licence"].Text
	if len(id) != 16 || id == r.Records[1].Values["licence"].Text {
		t.Errorf("licences are %q and %q", id, r.Records[1].Values["licence"].Text)
	}
	for _, one := range r.Records {
		delete(one.Values, "licence")
	}
	wantLines(t, "records", written(r),
		"cxs 2026-06-08 category=使用 day=2026-06-08 double_lock=1 due=2026-07-08 kind=第三类 penalty=限期整改 problems=1 stock=120 stock_system=120 venue=云岭瑞丰化工有限公司",
		"cxs 2026-06-09 category=网吧 day=2026-06-09 penalty=无 place=dhj problems=0 venue=网吧（荷花路）",
		"cds 2026-06-10 category=歌舞娱乐 day=2026-06-10 due=2026-06-30 penalty=停业整顿 problems=2 rectified=2026-06-18 venue=金樽KTV",
		"cds 2026-05-10 day=2026-05-10 double_lock=1 stock=3 stock_system=5 venue=场所")
	wantLines(t, "tallies", counted(r),
		"cxs 2026-06 venue_inspected 1/1 M4", "cds 2026-06 venue_inspected 1/1 M5",
		"cxs 2026-06 precursor_inspected 1/1 M3", "cds 2026-06 precursor_inspected 0/0 M5")
	hides(t, r, "公羊", "佴东篱", "麴半夏", "1990000", "YLBA", "12号", "工业园")
}

// A ledger of one kind of place says so in its title and needs no column for it.
func TestInspectionsByTitle(t *testing.T) {
	for title, want := range map[string]string{
		"云岭区2026年娱乐场所检查台账": "cxs 2026-06 venue_inspected 1/1 B3",
		"易制毒化学品企业检查台账":     "cxs 2026-06 precursor_inspected 1/1 B3",
		"检查台账":             "",
	} {
		r := readSheet(t, grid("1", []any{title}, []any{"企业名称", "检查日期", "管辖派出所", "处罚"}, []any{"云岭瑞丰有限公司", "2026-06-08", "城西所", "无"}))
		if got := strings.Join(counted(r), "\n"); got != want {
			t.Errorf("%s: %q, want %q", title, got, want)
		}
	}
}

// What has no column of dates is of the period that the title names, as it names
// it; of none where it names none.
func TestTalliesWithoutDates(t *testing.T) {
	for title, want := range map[string]string{
		"2026年5月经费台账（单位：万元）":   "dhj 2026-05 fund_received 20/1 B3",
		"2026年1-6月经费台账（单位：万元）": "dhj 2026-H1 fund_received 20/1 B3",
		"2026年经费台账（单位：万元）":     "",
	} {
		r := readSheet(t, grid("1", []any{title}, []any{"资金来源", "到账金额", "文号", "使用单位"}, []any{"省级", 20, "云财〔2026〕1号", "东湖街道"}))
		if got := strings.Join(counted(r), "\n"); got != want {
			t.Errorf("%s: %q, want %q", title, got, want)
		}
	}
}

// An ID stays while the row is about the same thing, whatever its numbers; equal
// rows are told apart by their place among their equals.
func TestRecordIDs(t *testing.T) {
	ids := func(rows ...[]any) []string {
		heads := []any{"活动日期", "单位", "活动主题", "形式", "横幅"}
		var out []string
		for _, one := range readSheet(t, grid("1", append([][]any{heads}, rows...)...)).Records {
			out = append(out, one.ID)
		}
		return out
	}
	a := ids([]any{"6月1日", "城西所", "甲", "讲座", 1}, []any{"6月2日", "城西所", "乙", "讲座", 1}, []any{"6月2日", "城西所", "乙", "讲座", 2})
	b := ids([]any{"6月2日", "城西所", "乙", "讲座", 7}, []any{"6月2日", "城西所", "乙", "讲座", 2}, []any{"6月1日", "城西派出所", "甲", "讲座", 5})
	if a[0] != b[2] || a[1] != b[0] || a[2] != b[1] || a[1] == a[2] || len(a[0]) != 16 {
		t.Errorf("%v and %v", a, b)
	}
}

// A ledger of the whole district has its rows under the district.
func TestDistrictLedger(t *testing.T) {
	r := readSheet(t, grid("1", []any{"云岭区2026年禁毒宣传活动台账"}, []any{"活动日期", "活动主题", "形式"}, []any{"6月1日", "集中宣传", "设点咨询"}))
	wantLines(t, "records", written(r), "district 2026-06-01 day=2026-06-01 form=设点咨询 title=集中宣传")
	if c := r.Records[0].Cell; c.UnitRef != "title" || c.Ref != "A3" || !slices.Equal(c.Header, []string{"活动日期"}) {
		t.Errorf("born at %+v", c)
	}
	r = readSheet(t, grid("1", []any{"2026年禁毒宣传活动台账"}, []any{"活动日期", "活动主题", "形式"}, []any{"6月1日", "集中宣传", "设点咨询"}))
	wantFindings(t, r, "unit_unresolved A3:C3")
}

// Several ledgers stand on the sheets of one workbook.
func TestSeveralLedgers(t *testing.T) {
	book := &sheet.Book{Format: sheet.XLSX, Sheets: []*sheet.Sheet{
		grid("宣传", []any{"活动日期", "单位", "活动主题", "形式"}, []any{"6月1日", "城西所", "甲", "讲座"}),
		grid("任务", taskHeads, taskRow(1, "甲", "城西派出所", "6.26", "在办")),
		grid("宣传2", []any{"活动日期", "单位", "活动主题", "形式"}, []any{"6月1日", "城西所", "甲", "讲座"}),
	}}
	r := Read(book, "台账.xlsx", testOptions(t))
	if len(r.Records) != 2 || len(r.Tasks) != 1 || r.Workbook.Rows != 3 || r.Records[0].ID == r.Records[1].ID || len(r.Tallies) != 4 {
		t.Errorf("%d records, %d tasks, %d rows, %d tallies", len(r.Records), len(r.Tasks), r.Workbook.Rows, len(r.Tallies))
	}
}
