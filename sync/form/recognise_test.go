package form

import (
	"slices"
	"strings"
	"testing"

	"jindu/store"
	"jindu/sync/sheet"
)

// What a sheet is taken for, at the borders between the forms: the most private
// first, and a report never for a ledger nor the other way round.
func TestRecognition(t *testing.T) {
	for name, c := range map[string]struct {
		heads string
		row   string // blank: the heads stand alone
		want  string // form; refused: a list of persons; empty: no ledger
	}{
		"tasks":                             {"任务事项|责任单位|责任人|联系电话|完成时限|状态", "", "tasks"},
		"cases with suspects":               {"案件编号|案由|受案时间|破案时间|主办单位|犯罪嫌疑人姓名|证件号码|毒品种类", "", "cases"},
		"persons":                           {"姓名|身份证号|人员类别|人员状态|风险级别", "", "persons"},
		"persons without numbers":           {"姓名|性别|人员类别|报到日期", "", "persons"},
		"publicity":                         {"活动日期|单位|活动主题|形式|横幅|资料", "", "publicity"},
		"funds":                             {"资金来源|到账金额(万元)|到账日期|支出金额(万元)|支出日期", "", "funds"},
		"roster":                            {"单位|组长|职务|联系电话|副组长|联络员|联系电话", "", "roster"},
		"inspections":                       {"场所名称|类别|负责人|电话|检查日期|问题数|处罚", "", "inspections"},
		"persons with deadlines":            {"姓名|身份证号|任务事项|责任单位|完成时限|完成状态", "", "refused"},
		"persons with cases":                {"姓名|身份证号|案由|查获时间|查获地点|毒品种类|处理结果", "", "refused"},
		"persons with case numbers":         {"姓名|性别|民族|身份证号|户籍地|联系电话|案件编号|案由|人员类别|人员状态", "", "persons"},
		"persons at events":                 {"姓名|身份证号|活动日期|活动主题|形式|地点", "", "refused"},
		"persons inspected":                 {"姓名|证件号码|检查日期|场所名称|类别|处罚", "", "persons"},
		"persons and money":                 {"姓名|资金来源|到账金额|到账日期|支出金额", "", "refused"},
		"a contact list":                    {"姓名|单位|职务|联系电话", "", "refused"},
		"a contact list with addresses":     {"姓名|电话|地址", "", "refused"},
		"names alone":                       {"序号|姓名", "", "refused"},
		"a staff list":                      {"序号|人员姓名|性别|学历|职务", "", "refused"},
		"numbers alone":                     {"身份证号|尿检结果", "", "refused"},
		"a report of publicity":             {"单位|活动场次|横幅(条)|标语|展板|资料(份)|宣传点|受教育人数", "城西派出所|1|2|3|4|5|6|7", ""},
		"a report by month":                 {"时间|横幅|资料|宣传点|受教育人数", "1月|2|3|4|5", ""},
		"a report of money":                 {"单位|到账金额|支出金额|结余|是否专款专用", "东湖街道|20|10|10|是", ""},
		"a report of programmes":            {"街道|在执行社区戒毒|应检|已检|阳性数|高风险", "东湖街道|20|10|10|1|2", ""},
		"a report of places":                {"单位|检查家次|问题数|限期整改|停业整顿", "城西派出所|20|3|1|0", ""},
		"a report of cases":                 {"单位|刑事案件|抓获嫌疑人|刑拘|缴获海洛因|缴获冰毒", "城西派出所|2|3|1|0|1", ""},
		"a report with days":                {"日期|单位名称|类型|横幅|资料|受教育人数", "2026-06-01|城西派出所|月报|1|2|3", ""},
		"a report of a roster":              {"单位|成员数|专职人员|志愿者", "东湖街道|9|3|100", ""},
		"heads of two columns":              {"任务事项|责任单位", "", ""},
		"a register of forms, not a ledger": {"序号|表名|状态", "", ""},
	} {
		rows := [][]any{{"2026年6月"}, cellsOf(c.heads)}
		if c.row != "" {
			rows = append(rows, cellsOf(c.row))
		}
		s := grid("Sheet1", rows...)
		merged(s, sheet.Range{Row: 0, Col: 0, Row2: 0, Col2: 8})
		r := readSheet(t, s)
		got := r.Sheets[0].Form
		switch {
		case slices.Contains(found(r), "persons_unknown A2"):
			got = "refused"
		case got == "report":
			got = ""
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q; %q", name, got, c.want, found(r))
		}
		if got == "refused" && (r.Workbook.Verdict != store.Rejected || len(r.Tallies)+len(r.Statements)+len(r.Heads) > 0) {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

func cellsOf(line string) []any {
	var out []any
	for one := range strings.SplitSeq(line, "|") {
		switch n, rule := parseText(one); {
		case rule == "" && !n.missing && n.measure == "":
			out = append(out, n.num)
		default:
			out = append(out, one)
		}
	}
	return out
}

// A title that says what the sheet is makes up for one head.
func TestTitlesHelp(t *testing.T) {
	heads := []any{"活动日期", "单位", "活动主题"}
	row := []any{"6月1日", "城西所", "甲"}
	if r := readSheet(t, grid("1", []any{"2026年宣传活动台账"}, heads, row)); r.Sheets[0].Form != "publicity" {
		t.Errorf("%+v", r.Sheets[0])
	}
	if r := readSheet(t, grid("1", []any{"2026年"}, heads, row)); r.Sheets[0].Form == "publicity" {
		t.Errorf("%+v", r.Sheets[0])
	}
}

// Heads on the tenth row, over several levels, with marks, measures, numbers and
// line breaks, all known to be what they are.
func TestLedgerHeads(t *testing.T) {
	rows := slices.Repeat([][]any{{"说明"}}, 8)
	rows = append(rows,
		[]any{"一、基本情况", nil, nil, "二、宣传成果", nil, "备 注"},
		[]any{"*活动\n日期", "单 位", "3.活动主题", "横幅（单位：条）", "资料(份)※", "现场图"},
		[]any{"6月1日", "城西所", "甲", 1, 2, "图"})
	s := merged(grid("1", rows...), sheet.Range{Row: 8, Col: 0, Row2: 8, Col2: 2}, sheet.Range{Row: 8, Col: 3, Row2: 8, Col2: 4})
	r := readSheet(t, s)
	var got []string
	for _, h := range r.Heads {
		got = append(got, h.Ref+" "+strings.Join(h.Path, ">")+" "+h.Means)
	}
	wantLines(t, "heads", got, "A10 一、基本情况>*活动 日期 day", "B10 一、基本情况>单 位 unit", "C10 一、基本情况>3.活动主题 title",
		"D10 二、宣传成果>横幅（单位：条） banners", "E10 二、宣传成果>资料(份)※ leaflets", "F9 备 注 ")
	wantLines(t, "records", written(r), "cxs 2026-06-01 banners=1 day=2026-06-01 leaflets=2 title=甲")
	if h := r.Heads[0]; h.Form != "publicity" || h.Sheet != "1" || h.Unit != "" {
		t.Errorf("%+v", h)
	}
}

// Every column says how it was understood, and why it was not read.
func TestLedgerExplained(t *testing.T) {
	r := readSheet(t, grid("1", []any{"城西派出所2026年宣传活动台账"},
		[]any{"序号", "活动日期", "活动主题", "形式", "活动形式", "经办人", "照片", "受教育人", "天气", "横幅19900000701"},
		[]any{1, "6月1日", "甲", "讲座", nil, nil, nil, 5, "晴", 1}, []any{2, "6月2日", "乙", "唱歌", nil, nil, nil, 5, "晴", 1}))
	e := r.Sheets[0].Explain[0]
	var got []string
	for _, c := range e.Columns {
		got = append(got, strings.TrimSpace(c.At+" "+c.Means+c.Reason(store.Chinese)))
	}
	wantLines(t, "columns", got, "A 序号", "B day", "C title", "D form", "E 与 D 栏重复", "F 个人信息栏", "G 自由文字",
		"H 表头未识别；相近的是 受教育人数", "I 表头未识别", "J 表头未识别")
	if e.Heads != "A2:J2" || e.Unit.Value != "cxs" || e.Unit.From != "title" || e.Columns[3].Aside != 1 || e.Form != "publicity" {
		t.Errorf("%+v", e)
	}
	hides(t, r, "1990000")
	quiet := readSheet(t, grid("1", taskHeads, taskRow(1, "甲", "城西派出所", "6.26", "在办")), func(o *Options) { o.Explain = false })
	if quiet.Sheets[0].Explain != nil {
		t.Error("explained without being asked")
	}
}

// A district's own forms, heads and words work as the embedded ones do.
func TestOwnForms(t *testing.T) {
	catalogue, err := store.LoadCatalogue(store.Overlay{
		Forms: []store.Form{
			{Code: "funds", Kind: store.LedgerForm, Fields: []store.FormField{{Name: "received", Heads: []string{"实到资金"}}}},
			{
				Code: "dogs", Kind: store.LedgerForm, Name: "缉毒犬台账", Row: "out", Fields: []store.FormField{
					{Name: "out", Kind: store.DateField, Telling: true, Required: true, Heads: []string{"出勤日期"}},
					{Name: "whose", Kind: store.UnitField, Heads: []string{"带犬单位"}},
					{Name: "breed", Kind: store.WordField, Telling: true, Dictionary: "breed", Heads: []string{"犬种"}},
					{Name: "weight", Kind: store.NumberField, Telling: true, Measure: "千克", Heads: []string{"体重"}},
					{Name: "handler", Kind: store.PersonalField, Heads: []string{"训导员"}},
				},
				Tallies: []store.FormTally{
					{Indicator: "case_criminal", When: "out", Where: map[string]string{"breed": "史宾格"}}, {By: "breed", When: "out"},
				},
			},
		},
		Words: []store.Word{{Dictionary: "breed", Word: "史宾格犬", Value: "史宾格"}, {Dictionary: "breed", Word: "拉布拉多", Value: "拉布拉多"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	own := func(o *Options) { o.Catalogue = catalogue }
	r := readSheet(t, grid("1", []any{"2026年缉毒犬台账"}, []any{"出勤日期", "带犬单位", "犬种", "体重（克）", "训导员"},
		[]any{"6月1日", "城西所", "史宾格犬", 21500, "公羊逐溪"}, []any{"6月2日", "城西所", "柴犬", nil, "公羊逐溪"}, []any{"6月2日", "城东派出所", "拉布拉多", "30公斤", nil}), own)
	wantFindings(t, r, "word_unknown C4")
	wantLines(t, "records", written(r), "cxs 2026-06-01 breed=史宾格 out=2026-06-01 weight=21.5", "cxs 2026-06-02 out=2026-06-02",
		"cds 2026-06-02 breed=拉布拉多 out=2026-06-02 weight=30")
	wantLines(t, "tallies", counted(r), "cds 2026-06 case_criminal 0/0 A5",
		"cxs 2026-06 breed=? 1/1 A4", "cxs 2026-06 breed=史宾格 1/1 A3", "cds 2026-06 breed=拉布拉多 1/1 A5")
	hides(t, r, "公羊逐溪", "柴犬")
	r = readSheet(t, grid("1", []any{"资金来源", "实到资金(万元)", "到账日期", "使用单位"}, []any{"省级", 20, "2026-03-12", "东湖街道"}), own)
	wantLines(t, "tallies", counted(r), "dhj 2026-03 fund_received 20/1 B2")
}
