package form

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"jindu/store"
	"jindu/sync/sheet"
)

// event is a sheet of publicity with one event a row.
func event(rows ...[]any) *sheet.Sheet {
	return grid("宣传", append([][]any{{"2026年宣传活动台账"}, {"活动日期", "单位", "活动主题", "形式", "横幅"}}, rows...)...)
}

// Domain 4.14: a unit or a day merged down over its rows.
func TestIrregularity14(t *testing.T) {
	s := merged(event(
		[]any{"6月1日", "城西所", "甲", "讲座", 1}, []any{nil, nil, "乙", "讲座", 2}, []any{"6月2日", nil, "丙", "讲座", 3}, []any{nil, "城东派出所", "丁", "讲座", 4}),
		sheet.Range{Row: 2, Col: 0, Row2: 3, Col2: 0}, sheet.Range{Row: 4, Col: 0, Row2: 5, Col2: 0}, sheet.Range{Row: 2, Col: 1, Row2: 4, Col2: 1})
	r := readSheet(t, s)
	wantFindings(t, r)
	wantLines(t, "records", written(r),
		"cxs 2026-06-01 banners=1 day=2026-06-01 form=讲座 title=甲", "cxs 2026-06-01 banners=2 day=2026-06-01 form=讲座 title=乙",
		"cxs 2026-06-02 banners=3 day=2026-06-02 form=讲座 title=丙", "cds 2026-06-02 banners=4 day=2026-06-02 form=讲座 title=丁")
	if v := r.Records[1].Values["day"]; v.Ref != "A4" {
		t.Errorf("the day stands at %s", v.Ref)
	}
}

// Domain 4.21: days of every kind.
func TestIrregularity21(t *testing.T) {
	for i, cell := range []any{
		"2026年6月12日", "2026.6.12", "2026-06-12", "12/6/2026x", "6.12", "6月12日", 20260612, "20260612", "二〇二六年六月十二日", 46185,
		sheet.Cell{Kind: sheet.Number, Num: 46185, Date: true},
		6.12, "2026-06-12 09:30", "６月１２日", "6月12日（星期五）", "2026/6/12",
	} {
		r := readSheet(t, event([]any{cell, "城西所", "甲", "讲座", 1}))
		switch {
		case i == 3: // no day at all
			wantFindings(t, r, "date_unread A3")
		case len(r.Records) != 1 || r.Records[0].Day.String() != "2026-06-12":
			t.Errorf("%v: %q, %q", cell, written(r), found(r))
		}
	}
	for _, c := range []struct {
		cell any
		rule string
	}{
		{"12/6/26", "date_ambiguous"},
		{6.1, "date_ambiguous"},
		{"5/6", "date_ambiguous"},
		{"2026-07-01", "date_future"},
		{"上半年", "date_unread"},
		{"每月25日", "date_unread"},
		{"2026年13月1日", "date_unread"},
		{"539901198001102038", "personal_data"},
		{nil, "required_missing"},
		{sheet.Cell{Kind: sheet.Fault, Text: "#REF!"}, "error_cell"},
		{sheet.Cell{Kind: sheet.Pending, Formula: true}, "formula_no_value"},
	} {
		r := readSheet(t, event([]any{c.cell, "城西所", "甲", "讲座", 1}))
		wantFindings(t, r, c.rule+" A3")
		if len(r.Records) > 0 {
			t.Errorf("%v became %q", c.cell, written(r))
		}
	}
	book := &sheet.Book{Format: sheet.XLSX, Date1904: true, Sheets: []*sheet.Sheet{event([]any{sheet.Cell{Kind: sheet.Number, Num: 44723, Date: true}, "城西所", "甲", "讲座", 1})}}
	if r := Read(book, "台账.xlsx", testOptions(t)); r.Records[0].Day.String() != "2026-06-12" {
		t.Errorf("1904: %q", written(r))
	}
}

// Deadlines may lie ahead, and what is a deadline may be a period.
func TestDeadlinesOfRecords(t *testing.T) {
	for cell, want := range map[string]string{"2026-07-31": "2026-07-31", "7月底前": "2026-07-31", "长期": "", "每月25日": "", "下半年": "2026-12-31", "尽快": "date_unread E2"} {
		r := readSheet(t, grid("1", []any{"场所名称", "检查日期", "管辖派出所", "处罚", "整改期限"}, []any{"金樽KTV", "2026-06-01", "城西所", "限期整改", cell}))
		got := first(strings.Join(found(r), " "), r.Records[0].Values["due"].Day.String())
		if got != want {
			t.Errorf("%s: %q, want %q", cell, got, want)
		}
	}
}

// Domain 4.32: a row that is struck through is done, or void, or moved: it is set
// aside, unless its status says that it is done.
func TestIrregularity32(t *testing.T) {
	struck := func(s string) sheet.Cell { return sheet.Cell{Kind: sheet.Text, Text: s, Struck: true} }
	r := readSheet(t, grid("1", taskHeads,
		taskRow(1, "甲", "城西派出所", "6.26", "在办"),
		[]any{2, struck("乙"), "城西派出所", nil, nil, "6.26", "在办"},
		[]any{3, struck("丙"), "城西派出所", nil, nil, "6.26", "已完成"},
		[]any{4, struck("丁"), "城西派出所", nil, nil, "6.26", nil},
		[]any{5, "戊", "城西派出所", nil, nil, struck("6.26"), "在办"}))
	wantFindings(t, r, "row_struck A3:G3", "row_struck A5:G5")
	var got []string
	for _, k := range r.Tasks {
		got = append(got, k.Title+" "+string(k.Status))
	}
	wantLines(t, "tasks", got, "甲 open", "丙 done", "戊 open")
	if r.Sheets[0].Verdict != store.Partly || r.Workbook.SetAside != 2 {
		t.Errorf("%s, %d set aside", r.Sheets[0].Verdict, r.Workbook.SetAside)
	}
	rows := [][]any{taskHeads, taskRow(1, "甲", "城西派出所", "6.26", "在办")}
	for i := range 30 { // many of them do not refuse the sheet
		rows = append(rows, []any{i, struck(fmt.Sprint("旧", i)), "城西派出所", nil, nil, "6.26", nil})
	}
	if r := readSheet(t, grid("1", rows...)); len(r.Tasks) != 1 || r.Sheets[0].Verdict != store.Partly {
		t.Errorf("%d tasks, %s", len(r.Tasks), r.Sheets[0].Verdict)
	}
}

// Domain 4.37: identity numbers that became floats, in every column of a ledger.
func TestIrregularity37(t *testing.T) {
	for col, rule := range map[int]string{
		0: "personal_data A3", 2: "personal_data C3", 4: "personal_data E3",
	} {
		row := []any{"2026-06-01", "城西所", "甲", "讲座", 1}
		row[col] = 5.39901198001102e17
		r := readSheet(t, event(row))
		if got := found(r); !slices.Contains(got, rule) && !slices.Contains(got, "date_unread A3") {
			t.Errorf("column %d: %q, want %s", col, got, rule)
		}
		hides(t, r, "539901198001102", "5.39901198001102")
	}
	r := readSheet(t, event([]any{"2026-06-01", "城西所", "甲", 5.39901198001102e17, 1}))
	wantFindings(t, r, "word_unknown D3")
	hides(t, r, "5.399", "5399011")
}

// Domain 4.38: the same row twice stays and is named; one that differs is another.
func TestIrregularity38(t *testing.T) {
	r := readSheet(t, event(
		[]any{"2026-06-01", "城西所", "甲", "讲座", 1}, []any{"6月1日", "城西派出所", "甲 ", "宣讲", "1条"}, []any{"2026-06-01", "城西所", "甲", "讲座", 2}))
	wantFindings(t, r, "row_repeated A4:E4")
	if len(r.Records) != 3 || r.Findings[0].Args[0] != "3" {
		t.Errorf("%q", written(r))
	}
	r = readSheet(t, grid("案件", caseHeads, caseRow("A1", "贩卖毒品", 1), caseRow("A1", "贩卖毒品", 1), caseRow("A2", "贩卖毒品", 1), caseRow("A2", "贩卖毒品", 7)))
	wantFindings(t, r, "case_repeated B3", "case_repeated B5")
	wantAmong(t, counted(r), nil, []string{"cxs 2026-06 case_criminal"}) // A2: which of them is right?
	r = readSheet(t, grid("案件", caseHeads, caseRow("A1", "贩卖毒品", 1), caseRow("A1", "贩卖毒品", 1)))
	wantAmong(t, counted(r), []string{"cxs 2026-06 seized_meth_g 1/1 L2"}, nil)
}

// Domain 4.41: codes of units that lost their leading zeros.
func TestIrregularity41(t *testing.T) {
	units := append(testUnits(), store.Unit{Code: "0101", Name: "城南派出所", Kind: store.Station})
	for _, cell := range []any{"0101", "101", 101} {
		r := readSheet(t, event([]any{"2026-06-01", cell, "甲", "讲座", 1}), func(o *Options) { o.Units = store.NewUnits(units) })
		if len(r.Records) != 1 || r.Records[0].Unit != "0101" {
			t.Errorf("%v: %q %q", cell, written(r), found(r))
		}
	}
}

// Ruling 18 in records: a bad required field sets its row aside, another only
// itself, and too many refuse the sheet with all that it counts.
func TestRuling18Records(t *testing.T) {
	r := readSheet(t, event([]any{nil, "城西所", "甲", "讲座", 1}, []any{"6月1日", "城西所", "乙", "唱歌", "约5"}, []any{"6月1日", nil, "丙", "讲座", 1}))
	wantFindings(t, r, "required_missing A3", "word_unknown D4", "approximate E4", "required_missing B5")
	wantLines(t, "records", written(r), "cxs 2026-06-01 day=2026-06-01 title=乙")
	r = readSheet(t, event(slices.Repeat([][]any{{nil, "城西所", "甲", "讲座", 1}}, 3)...))
	if r.Sheets[0].Verdict != store.Rejected || len(r.Records)+len(r.Tallies) > 0 {
		t.Errorf("%+v", r.Sheets[0])
	}
	r = readSheet(t, event([]any{"6月1日", "城西所", "甲", "讲座", 1}), func(o *Options) { o.BoundUnit = "cds" })
	wantFindings(t, r, "unit_bound B3")
}

// Ruling 24: names of companies stay, of others their kind and street.
func TestRuling24Venues(t *testing.T) {
	for name, want := range map[string]string{
		"云岭瑞丰化工有限公司": "云岭瑞丰化工有限公司", "金樽KTV": "金樽KTV", "云水大酒店": "云水大酒店", "佴东篱网吧": "网吧（云湖路）", "麴半夏棋牌室": "棋牌（云湖路）",
		"佴东篱": "场所（云湖路）", "19900000701KTV": "", "佴东篱网吧（人民东路店）": "网吧（云湖路）",
	} {
		r := readSheet(t, grid("1", []any{"场所名称", "检查日期", "管辖派出所", "处罚", "地址"}, []any{name, "2026-06-01", "城西所", "无", "云岭区东湖街道云湖路20号3单元"}))
		got := ""
		if len(r.Records) == 1 {
			got = r.Records[0].Values["venue"].Text
		}
		if got != want {
			t.Errorf("%s is %q, want %q; %q", name, got, want, found(r))
		}
		hides(t, r, "佴东篱", "麴半夏", "20号", "1990000")
	}
}

// FuzzLedger reads random grids under the heads of ledgers: nothing may fall
// over, and nothing of a person may be in what is read.
func FuzzLedger(f *testing.F) {
	for i := range uint64(12) {
		f.Add(i, "2026-06-01|城西派出所|539901198001102038|19900000701|5.3990119800110e17|佴东篱|约5|讲座|是|12.5千克", i%3 == 0)
	}
	catalogue, err := store.LoadCatalogue()
	if err != nil {
		f.Fatal(err)
	}
	opt := Options{
		Units: store.NewUnits(testUnits()), District: testDistrict(), Catalogue: catalogue, MonthStarts: 1,
		Today: store.Date{Year: 2026, Month: 6, Day: 20}, Secret: []byte("secret"), Explain: true,
	}
	reader := NewReader(opt)
	f.Fuzz(func(t *testing.T, seed uint64, words string, merge bool) {
		if len(words) > 500 {
			t.Skip("longer than what people type into a row")
		}
		dice := rand.New(rand.NewPCG(seed, 1))
		p := planted{dice}
		s, secrets := randomLedger(dice, p, catalogue, strings.Split(words, "|"), merge)
		r := reader.Read(&sheet.Book{Format: sheet.XLSX, Sheets: []*sheet.Sheet{s}}, "台账.xlsx")
		hides(t, r, secrets...)
		for _, one := range r.Records {
			for name, v := range one.Values {
				if shapeOf(v.Text) != "" {
					t.Errorf("%s.%s is %q", one.Form, name, v.Text)
				}
			}
		}
	})
}

// randomLedger makes a sheet with the heads of one of the ledgers and rows of
// words, numbers and planted identities in any column.
func randomLedger(dice *rand.Rand, p planted, c *store.Catalogue, words []string, merge bool) (s *sheet.Sheet, secrets []string) {
	var forms []store.Form
	for _, f := range c.Forms {
		if f.Kind != store.ReportForm {
			forms = append(forms, f)
		}
	}
	form := forms[dice.IntN(len(forms))]
	rows := [][]any{{"2026年6月" + form.Name}, {}}
	var fields []store.FormField
	for _, field := range form.Fields {
		if field.Required || dice.IntN(3) > 0 {
			rows[1] = append(rows[1], field.Heads[dice.IntN(len(field.Heads))])
			fields = append(fields, field)
		}
	}
	for range 1 + dice.IntN(12) {
		row := make([]any, len(rows[1])+dice.IntN(2))
		for i := range row {
			kind := dice.IntN(30)
			if i < len(fields) && kind > 5 && fields[i].Example != "" {
				row[i] = fields[i].Example
				continue
			}
			switch kind {
			case 0:
			case 1:
				one := p.id()
				secrets = append(secrets, one)
				row[i] = one
			case 2:
				one := p.phone()
				secrets = append(secrets, one)
				row[i] = "找" + one
			case 3:
				row[i] = float64(dice.IntN(1000)) / 10
			default:
				row[i] = words[dice.IntN(len(words))]
			}
		}
		rows = append(rows, row)
	}
	s = grid("Sheet1", rows...)
	if merge {
		merged(s, sheet.Range{Row: 2, Col: 1, Row2: 4, Col2: 1}, sheet.Range{Row: 1, Col: 0, Row2: 1, Col2: 2})
	}
	return s, secrets
}
