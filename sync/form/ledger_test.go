package form

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"jindu/store"
	"jindu/sync/sheet"
)

// grid makes a sheet from rows of texts, numbers and cells; nil is blank.
func grid(name string, rows ...[]any) *sheet.Sheet {
	s := &sheet.Sheet{Name: name}
	for r, row := range rows {
		for c, v := range row {
			var cell sheet.Cell
			switch v := v.(type) {
			case nil:
				continue
			case string:
				cell = textCell(v)
			case int:
				cell = numberCell(float64(v))
			case float64:
				cell = numberCell(v)
			case sheet.Cell:
				cell = v
			}
			cell.Row, cell.Col = int32(r), int32(c)
			s.Cells = append(s.Cells, cell)
		}
	}
	return s
}

func merged(s *sheet.Sheet, ranges ...sheet.Range) *sheet.Sheet {
	s.Merges = append(s.Merges, ranges...)
	return s
}

func testOptions(t *testing.T) Options {
	t.Helper()
	catalogue, err := store.LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	return Options{
		Units:       store.NewUnits(testUnits()),
		District:    testDistrict(),
		Catalogue:   catalogue,
		Today:       store.Date{Year: 2026, Month: 6, Day: 20},
		Calendar:    testCalendar(t),
		MonthStarts: 1,
		Secret:      []byte("secret of the tests"),
		Explain:     true,
	}
}

// readSheet reads one sheet as a workbook of its own.
func readSheet(t *testing.T, s *sheet.Sheet, change ...func(*Options)) *store.Reading {
	t.Helper()
	opt := testOptions(t)
	for _, c := range change {
		c(&opt)
	}
	return Read(&sheet.Book{Format: sheet.XLSX, Sheets: []*sheet.Sheet{s}}, "台账.xlsx", opt)
}

// found lists the findings as "rule cell".
func found(r *store.Reading) []string {
	var out []string
	for _, f := range r.Findings {
		out = append(out, f.Rule+" "+f.Cell)
	}
	return out
}

// wantFindings checks rules and cells, and that no finding has a value of the
// sheet in its arguments.
func wantFindings(t *testing.T, r *store.Reading, want ...string) {
	t.Helper()
	if got := found(r); !slices.Equal(got, want) {
		t.Errorf("findings are %q, want %q", got, want)
	}
	for _, f := range r.Findings {
		if _, ok := store.Messages()[f.Rule]; !ok {
			t.Errorf("no message for %s", f.Rule)
		}
		if strings.Contains(f.Message(store.Chinese)+f.Hint(store.English), "{") {
			t.Errorf("%s lacks arguments: %s", f.Rule, f.Message(store.Chinese))
		}
	}
}

var taskHeads = []any{"序号", "任务事项", "责任单位", "责任人", "联系电话", "完成\n时限", "完成状态", "备注"}

func taskRow(n int, title, unit string, due any, status string) []any {
	return []any{n, title, unit, "公羊逐溪", "19900000400", due, status, nil}
}

func TestTaskLedger(t *testing.T) {
	r := readSheet(t, merged(grid("任务清单",
		[]any{"云岭区2026年禁毒工作任务清单"},
		taskHeads,
		taskRow(1, "调整充实禁毒工作领导小组", "城西派出所", "2026年6月26日", "在办"),
		taskRow(2, "制定宣传月方案", "云岭区教育局", 6.26, "已完成"),
		taskRow(3, "报送月报表", "滨江所", "每月25日", ""),
		taskRow(4, "开展无毒社区创建", "各街道", "长期坚持", "暂缓"),
		taskRow(5, "宣传", "东湖街道、北关派出所", "六月底前", "未完成"),
		[]any{"注：1.本表于每月25日前报送。"},
		[]any{"填表人：公羊逐溪  联系电话：19900000400"},
	), sheet.Range{Row: 0, Col: 0, Row2: 0, Col2: 7}))
	want := []string{
		"cxs 2026-06-26  open 调整充实禁毒工作领导小组 B3 C3",
		"jyj 2026-06-26  done 制定宣传月方案 B4 C4",
		"bjs  monthly:25 open 报送月报表 B5 C5",
		"district   paused 开展无毒社区创建 B6 C6",
		"dhj 2026-06-30  open 宣传 B7 C7",
	}
	var got []string
	ids := map[string]bool{}
	for _, task := range r.Tasks {
		got = append(got, strings.Join([]string{
			task.Unit, task.Due.String(), task.Recurs, string(task.Status), task.Title, task.Cell.Ref, task.Cell.UnitRef,
		}, " "))
		ids[task.ID] = true
		if task.Percent != -1 || task.Cell.Raw != "" || task.Cell.Sheet != "任务清单" {
			t.Errorf("%+v", task)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("tasks are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if len(ids) != 5 || ids[""] {
		t.Errorf("IDs are not distinct: %v", ids)
	}
	if co := r.Tasks[4].CoUnits; !slices.Equal(co, []string{"bgs"}) {
		t.Errorf("co-units are %v", co)
	}
	wantFindings(t, r)
	if s := r.Sheets[0]; s.Form != "tasks" || s.Rows != 5 || s.Verdict != store.Accepted || len(s.Explain[0].Columns) < 5 || s.Unit != "" {
		t.Errorf("%+v", s)
	}
	for _, secret := range []string{"公羊逐溪", "19900000400"} {
		if strings.Contains(fmt.Sprintf("%+v", r), secret) {
			t.Errorf("the reading holds %s", secret)
		}
	}
}

// The fields that not every ledger has.
func TestTaskFields(t *testing.T) {
	r := readSheet(t, grid("Sheet1",
		[]any{"序 号", "督办事项", "任务来源", "任务级别", "9个加强类别", "牵头单位", "配合单位", "办理时限", "进展情况", "办理状态", "办结日期"},
		[]any{1, "一", "区禁毒委会议", "重点", 4, "城西派出所", "城东派出所;滨江所", "6.26", "完成60%", "进行中", nil},
		[]any{2, "二", "公羊书记批示", "一般", "（二）组织领导", "城西派出所", "各单位", "2026-07-01", "已联系公羊逐溪", "在办", "2026-06-01"},
		[]any{3, "三", nil, nil, "严厉打击毒品违法犯罪", "城西派出所", "无", nil, sheet.Cell{Kind: sheet.Number, Num: 0.35, Percent: true}, "完成50%", nil},
		[]any{4, "四", nil, nil, "第九项", "城西派出所", nil, "月底", "完成10%，另有20%", "已完成（6月20日）", nil},
	))
	var got []string
	for _, k := range r.Tasks {
		got = append(got, fmt.Sprint(k.SourceDoc, "|", k.Level, "|", k.Strengthening, "|", k.CoUnits, "|", k.Percent, "|", k.Status, "|", k.DoneOn))
	}
	want := []string{
		"区禁毒委会议|重点|4|[cds bjs]|60|open|",
		"领导批示|一般|2|[district]|-1|done|2026-06-01",
		"||6|[]|35|open|",
		"||9|[]|-1|done|",
	}
	if !slices.Equal(got, want) {
		t.Errorf("fields are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	wantFindings(t, r, "due_unanchored H5") // 月底 of no month
}

// A month in the title is the month of 月底 and 25日前.
func TestDueInTheTitlesMonth(t *testing.T) {
	r := readSheet(t, grid("Sheet1",
		[]any{"2027年2月重点任务清单"},
		taskHeads,
		taskRow(1, "甲", "城西派出所", "月底前", ""),
		taskRow(2, "乙", "城西派出所", "25日前", ""),
		taskRow(3, "丙", "城西派出所", "3月5日前", ""),
		taskRow(4, "丁", "城西派出所", "30日", ""),
	))
	var got []string
	for _, k := range r.Tasks {
		got = append(got, k.Due.String())
	}
	if want := []string{"2027-02-28", "2027-02-25", "2027-03-05", ""}; !slices.Equal(got, want) {
		t.Errorf("due on %q, want %q", got, want)
	}
	wantFindings(t, r, "date_unread F6")
}

// Ruling 18: a bad required field sets its row aside, another field only itself,
// rows of unknown units are counted apart.
func TestRuling18(t *testing.T) {
	good := func(n int) [][]any {
		rows := [][]any{taskHeads}
		for i := range n {
			rows = append(rows, taskRow(i+1, fmt.Sprint("任务", i), "城西派出所", "2026-06-26", "在办"))
		}
		return rows
	}
	noTitle := taskRow(0, "", "城西派出所", "2026-06-26", "在办")
	stranger := taskRow(0, "另一件", "公羊逐溪", "2026-06-26", "在办")
	for _, c := range []struct {
		name  string
		rows  [][]any
		want  store.Verdict
		tasks int
	}{
		{"all good", good(10), store.Accepted, 10},
		{"two bad of four", append(good(2), noTitle, noTitle), store.Partly, 2},
		{"three bad of 30", append(good(27), noTitle, noTitle, noTitle), store.Partly, 27},
		{"three bad of 29", append(good(26), noTitle, noTitle, noTitle), store.Rejected, 0},
		{"21 bad of 500", append(good(479), slices.Repeat([][]any{noTitle}, 21)...), store.Rejected, 0},
		{"a third unknown", append(good(4), stranger, stranger), store.Partly, 4},
		{"more than a third unknown", append(good(3), stranger, stranger), store.Rejected, 0},
		{"a due date that cannot be read", append(good(2), taskRow(0, "丙", "城西派出所", "尽快", "在办")), store.Partly, 3},
		{"a word that is not in the dictionary", append(good(2), taskRow(0, "丙", "城西派出所", "", "看情况")), store.Partly, 3},
	} {
		r := readSheet(t, grid("Sheet1", c.rows...))
		if v := r.Sheets[0].Verdict; v != c.want || len(r.Tasks) != c.tasks || r.Workbook.Verdict != c.want {
			t.Errorf("%s: %s with %d tasks, want %s with %d; %v", c.name, v, len(r.Tasks), c.want, c.tasks, found(r))
		}
	}
}

// Ruling 19 and reliability P01 to P05: personal data in a field that is read
// sets it aside, elsewhere it is one finding for the sheet.
func TestRuling19(t *testing.T) {
	r := readSheet(t, grid("台账539901198001102038",
		[]any{"任务事项", "责任单位", "任务来源", "完成时限", "完成状态", "备注"},
		[]any{"走访539901198001102038", "城西派出所", "会议", "6.26", "在办", "539901198001102038"},
		[]any{"联系19900000700", "城西派出所", "会议", "6.26", "在办", "其兄住荻花洲0号"},
		[]any{"张某某吸毒案查处", "城西派出所", "会议", "6.26", "在办", nil},
		[]any{"检查", "19900000700", "会议", "6.26", "在办", nil},
		[]any{"巡查", "公羊逐溪", "会议", "6.26", "在办", nil},
		[]any{"宣传", "城西派出所", "来电19900000700", "19900000700", "在办", nil},
	))
	if len(r.Tasks) != 0 {
		t.Errorf("%d tasks of a refused sheet", len(r.Tasks))
	}
	wantFindings(t, r, "personal_data A2", "personal_unread F2", "personal_data A3", "personal_data A4", "personal_data B5",
		"row_unit_unknown B6", "personal_data C7", "personal_data D7", "too_many_bad ")
	whole := fmt.Sprintf("%+v", r)
	for _, secret := range []string{"539901198001102038", "19900000700", "张某某", "公羊逐溪", "荻花洲"} {
		if strings.Contains(whole, secret) {
			t.Errorf("the reading holds %s", secret)
		}
	}
}

// Domain 4.3, 4.5, 4.6, 4.9, 4.11 to 4.14 and 4.31 in ledgers: heads of two
// levels and not in the first row, blank rows, totals, repeated heads, merged
// units, headings across, footers.
func TestLedgerIrregularities(t *testing.T) {
	s := grid("Sheet1",
		[]any{"附件2"},
		[]any{"禁毒任务分解表"},
		[]any{"填报单位：区禁毒办", nil, nil, "2026年6月"},
		nil,
		[]any{"序号", "任务", "单位", nil, "进度", nil},
		[]any{nil, nil, "责任 单位", "配合\n单位", "完成时限（前）", "完成状态"},
		[]any{"一、组织领导"},
		[]any{1, "甲", "城西派出所", nil, "6.26", "在办"},
		[]any{2, "乙", nil, nil, "6.27", "在办"},
		nil,
		[]any{"序号", "任务", "责任单位", "配合单位", "完成时限", "完成状态"},
		[]any{3, "丙", "城东派出所", nil, "6.28", "在办"},
		[]any{4, nil, nil, nil, nil, nil},
		[]any{"合计", nil, nil, nil, nil, "3项"},
		[]any{"注：本表每月报送"},
		[]any{"审核人：公羊逐溪"},
	)
	merged(s, sheet.Range{Row: 4, Col: 2, Row2: 4, Col2: 3}, sheet.Range{Row: 4, Col: 4, Row2: 4, Col2: 5},
		sheet.Range{Row: 6, Col: 0, Row2: 6, Col2: 5}, sheet.Range{Row: 7, Col: 2, Row2: 8, Col2: 2})
	r := readSheet(t, s)
	var got []string
	for _, k := range r.Tasks {
		got = append(got, k.Title+" "+k.Unit+" "+k.Due.String())
	}
	if want := []string{"甲 cxs 2026-06-26", "乙 cxs 2026-06-27", "丙 cds 2026-06-28"}; !slices.Equal(got, want) {
		t.Errorf("tasks are %q, want %q", got, want)
	}
	wantFindings(t, r)
}

// A task whose title begins like a footer is a task.
func TestTitlesLikeFooters(t *testing.T) {
	rows := [][]any{{"任务事项", "责任单位", "完成时限"}}
	for _, title := range []string{"报送禁毒工作月报表", "填报系统", "审核台账", "联系包保社区", "说明会", "合计核对", "备注栏清理"} {
		rows = append(rows, []any{title, "城西派出所", "6.26"})
	}
	if r := readSheet(t, grid("Sheet1", rows...)); len(r.Tasks) != len(rows)-1 {
		t.Errorf("%d tasks of %d", len(r.Tasks), len(rows)-1)
	}
}

// Units from the title where there is no column for them; a bound source refuses
// the rows of others.
func TestLedgerUnit(t *testing.T) {
	rows := [][]any{{"城西派出所2026年任务清单"}, {"任务事项", "完成时限", "完成状态"}, {"甲", "6.26", "在办"}}
	r := readSheet(t, grid("Sheet1", rows...))
	if len(r.Tasks) != 1 || r.Tasks[0].Unit != "cxs" || r.Tasks[0].Cell.UnitRef != "title" || r.Sheets[0].Unit != "cxs" {
		t.Errorf("%+v", r.Tasks)
	}
	r = readSheet(t, grid("Sheet1", rows[1:]...))
	wantFindings(t, r, "unit_unresolved A2:C2")
	r = readSheet(t, grid("Sheet1", rows[1:]...), func(o *Options) { o.BoundUnit = "cds" })
	if len(r.Tasks) != 1 || r.Tasks[0].Unit != "cds" || r.Tasks[0].Cell.UnitRef != "source" {
		t.Errorf("%+v", r.Tasks)
	}
	r = readSheet(t, grid("Sheet1", rows...), func(o *Options) { o.BoundUnit = "cds" })
	wantFindings(t, r, "unit_bound A3:C3")
	r = readSheet(t, grid("Sheet1", taskHeads, taskRow(1, "甲", "桥北社区", nil, ""), taskRow(2, "乙", "城西所", nil, "")),
		func(o *Options) { o.BoundUnit = "dhj" })
	if len(r.Tasks) != 1 || r.Tasks[0].Unit != "qbs" {
		t.Errorf("%+v", r.Tasks)
	}
	wantFindings(t, r, "unit_bound C3")
}

// An ID stays while unit and title stay, whatever else of the ledger changes.
func TestTaskIDs(t *testing.T) {
	ids := func(rows ...[]any) []string {
		var out []string
		for _, k := range readSheet(t, grid("Sheet1", append([][]any{taskHeads}, rows...)...)).Tasks {
			out = append(out, k.ID)
		}
		return out
	}
	a := ids(taskRow(1, "甲", "城西派出所", "6.26", "在办"), taskRow(2, "乙", "城西派出所", "6.26", "在办"), taskRow(3, "乙", "城西派出所", "7.1", ""))
	b := ids(taskRow(7, "乙 ", "城西所", "8.26", "完成"), taskRow(8, "乙", "城西所", nil, ""), taskRow(9, "甲", "城东派出所", nil, ""))
	if a[1] != b[0] || a[2] != b[1] || a[1] == a[2] || a[0] == b[2] || len(a[0]) != 10 {
		t.Errorf("%v and %v", a, b)
	}
}

func TestReportsAreNoLedgers(t *testing.T) {
	opt := testOptions(t)
	rd := &reader{opt: opt, book: &sheet.Book{}, units: testIndex(), ledgers: newLedgerIndex(opt.Catalogue)}
	for _, s := range []*sheet.Sheet{
		grid("1", []any{"单位", "在册吸毒人员", "破获毒品刑事案件", "抓获犯罪嫌疑人", "刑事拘留", "缴获海洛因"}, []any{"城西派出所", 1, 2, 3, 4, 5}),
		grid("2", []any{"单位", "任务总数", "已办结", "超期任务数", "任务办结率"}, []any{"城西派出所", 1, 2, 3, "85%"}),
		grid("3", []any{"序号", "单位", "状态"}),
		grid("4"),
		grid("5", []any{"指标", "本月", "本年累计", "去年同期"}),
	} {
		if rd.ledger(s, &store.Reading{}) {
			t.Errorf("sheet %s was taken for a ledger", s.Name)
		}
	}
}

// partly are the kinds that read of a cell only what is no person's.
var partly = []store.FieldKind{store.FilledField, store.PostField, store.StreetField}

// The embedded tables hold what the code asks of them.
func TestTables(t *testing.T) {
	catalogue := testOptions(t).Catalogue
	words := newDictionaries(catalogue.Words)
	for _, w := range catalogue.Words {
		if w.Word == "" || w.Value == "" {
			t.Errorf("words.csv: %v", w)
		}
		if e, ok := words[w.Dictionary].whole(w.Word); !ok || e.value != w.Value || e.class != w.Class {
			t.Errorf("words.csv: %s of %s means two things", w.Word, w.Dictionary)
		}
	}
	for _, f := range catalogue.Forms {
		seen := map[string]string{}
		for _, field := range f.Fields {
			for _, head := range field.Heads {
				key := HeadKey(head)
				if other, twice := seen[key]; twice {
					t.Errorf("fields.csv: %s.%s and %s.%s both go by %s", f.Code, other, f.Code, field.Name, head)
				}
				seen[key] = field.Name
				if field.Kind.Read() && !slices.Contains(partly, field.Kind) && personalHead(head) != "" {
					t.Errorf("fields.csv: %s.%s reads %s, which asks for personal data", f.Code, field.Name, head)
				}
			}
		}
	}
	for _, row := range table(personalCSV) {
		if row["shape"] == "" || personalHead(row["head"]) == "" {
			t.Errorf("personal.csv: %v", row)
		}
	}
}

// What recurs is due by the day on which it is asked for.
func TestRecurringTasksAreDueByToday(t *testing.T) {
	r := readSheet(t, grid("Sheet1", taskHeads,
		taskRow(1, "甲", "城西派出所", "每月25日", ""), taskRow(2, "乙", "城西派出所", "每月底前", ""),
		taskRow(3, "丙", "城西派出所", "每季度末", ""), taskRow(4, "丁", "城西派出所", "每半年", "")))
	for i, want := range []string{"2027-02-25", "2027-02-28", "2027-03-31", "2027-06-30"} {
		if due := r.Tasks[i].DueOn(store.Date{Year: 2027, Month: 2, Day: 24}, store.Calendar{}); due.String() != want || !r.Tasks[i].Due.IsZero() {
			t.Errorf("%s is due on %s, want %s", r.Tasks[i].Title, due, want)
		}
	}
	wantFindings(t, r)
}
