package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// seeded is a workbook while identities are planted into it: every place gets
// an identity of its own, written in one form.
type seeded struct {
	testing.TB
	*planter
	form  hidden
	f     *excelize.File
	sheet string
	parts map[string]string // raw parts to add, and pieces to replace, after saving
	swaps map[string][2]string
}

func (p *planter) book(tb testing.TB, form hidden, sheet string) *seeded {
	tb.Helper()
	s := &seeded{TB: tb, planter: p, form: form, f: excelize.NewFile(), sheet: sheet, parts: map[string]string{}, swaps: map[string][2]string{}}
	must(tb, s.f.SetSheetName("Sheet1", sheet))
	return s
}

// x plants a new identity and returns its text.
func (s *seeded) x() string { return s.plant(s.form).text }

// put writes a cell: a planted identity as it hides, anything else as it is.
func (s *seeded) put(at string, value any) {
	s.Helper()
	if one, ok := value.(planted); ok {
		if value = one.text; one.asNum {
			value = one.num
		}
	}
	if text, ok := value.(string); ok {
		must(s, s.f.SetCellStr(s.sheet, at, text))
		return
	}
	must(s, s.f.SetCellValue(s.sheet, at, value))
}

// row writes a row from the first column on; nil leaves a cell out.
func (s *seeded) row(n int, values ...any) {
	s.Helper()
	for i, v := range values {
		if v != nil {
			s.put(ref([2]int{i + 1, n}), v)
		}
	}
}

func (s *seeded) merge(from, to string) { must(s, s.f.MergeCell(s.sheet, from, to)) }

// bytes saves the workbook, then adds and replaces raw parts.
func (s *seeded) bytes() []byte {
	s.Helper()
	defer func() { _ = s.f.Close() }()
	var saved, out bytes.Buffer
	must(s, s.f.Write(&saved))
	in, err := zip.NewReader(bytes.NewReader(saved.Bytes()), int64(saved.Len()))
	must(s, err)
	z := zip.NewWriter(&out)
	add := func(name string, content []byte) {
		w, err := z.Create(name)
		must(s, err)
		_, err = w.Write(content)
		must(s, err)
	}
	for _, part := range in.File {
		r, err := part.Open()
		must(s, err)
		content, err := io.ReadAll(r)
		must(s, err)
		if swap, ok := s.swaps[part.Name]; ok {
			if !bytes.Contains(content, []byte(swap[0])) {
				s.Fatalf("%s does not hold %s", part.Name, swap[0])
			}
			content = bytes.Replace(content, []byte(swap[0]), []byte(swap[1]), 1)
		}
		add(part.Name, content)
	}
	for _, name := range slices.Sorted(maps.Keys(s.parts)) {
		add(name, []byte(s.parts[name]))
	}
	must(s, z.Close())
	return out.Bytes()
}

// xmlText escapes a text for a raw part.
func xmlText(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(s)
}

// namedSafely makes a text a sheet's name: at most 31 characters, and none of
// those that spreadsheet programs refuse.
func namedSafely(s string) string {
	s = strings.Trim(strings.NewReplacer("[", "", "]", "", ":", "", "*", "", "?", "", "/", "", `\`, "", "\n", "", "\r", "").Replace(s), "'")
	for utf16Len(s) > 30 {
		s = s[:len(s)-len(lastRune(s))]
	}
	return s
}

func lastRune(s string) string {
	_, size := utf8.DecodeLastRuneInString(s)
	return s[len(s)-size:]
}

func utf16Len(s string) int { return len(utf16.Encode([]rune(s))) }

// month is one of the months and groups of units that no two reports share, so
// that nothing is in conflict.
type month struct {
	label string
	units []string
}

func monthNumber(n int) month {
	groups := [][]string{
		{"城西派出所", "城东派出所", "滨江派出所", "北关派出所", "南湾边防派出所"},
		{"东湖街道办事处", "西郊街道办事处", "长桥街道办事处", "北关街道办事处", "桥北社区"},
		{"区教育局", "区民政局", "区卫生局", "区市场监管局", "区禁毒办"},
	}
	return month{fmt.Sprintf("%d年%d月", 2019+n/12%7, 1+n%12), groups[n/84%len(groups)]}
}

// headsBook plants into every level of a report's heads, the unit column, the
// cells of figures, unmapped columns, hidden rows and columns, and the lines
// above and below.
func (p *planter) headsBook(tb testing.TB, form hidden, m month) []byte {
	tb.Helper()
	s := p.book(tb, form, "6月")
	s.row(1, "云岭区"+m.label+"统计表")
	s.row(2, "单位", s.x(), nil, "打击情况", nil, s.x(), "备注", s.x())
	s.row(3, nil, "刑事案件", "行政案件（"+s.x()+"）", "查处吸毒人员", s.x(), "缴获冰毒 "+s.x(), nil, nil)
	for _, one := range [][2]string{{"A2", "A3"}, {"B2", "C2"}, {"D2", "E2"}, {"G2", "G3"}, {"H2", "H3"}} {
		s.merge(one[0], one[1])
	}
	for i, u := range m.units {
		s.row(4+i, u, 1+i, 2+i, 3+i, s.plant(form), 5+i, s.plant(form), s.x())
	}
	s.row(9, "合计", 15, 20, 25, s.plant(form), 35)
	s.row(10, s.x())
	s.row(11, "填表人："+s.x()+" 审核人："+s.x())
	s.row(12, "注：1."+s.x())
	must(tb, s.f.SetRowVisible(s.sheet, 6, false))
	must(tb, s.f.SetColVisible(s.sheet, "H", false))
	s.f.SetActiveSheet(0)
	return s.bytes()
}

// cellsBook plants into cells of figures and into the column of units.
func (p *planter) cellsBook(tb testing.TB, form hidden, m month) []byte {
	tb.Helper()
	s := p.book(tb, form, "6月")
	s.row(1, "云岭区"+m.label+"统计表 "+s.x())
	s.row(2, "单位：人、起、"+s.x())
	s.row(3, "单位", "刑事案件", "行政案件", "查处吸毒人员", "抓获嫌疑人", "收到线索")
	for i, u := range m.units {
		s.row(4+i, u, 1+i, 2+i, 3+i, 4+i, 5+i)
	}
	s.put("C5", s.plant(form))
	s.put("D7", s.plant(form))
	s.row(9, s.plant(form), 1, 2, 3, 4, 5) // a stranger in the column of units
	s.row(11, "单位", "毒驾")
	s.row(12, m.units[0]+" "+s.x(), 1)
	return s.bytes()
}

// downBook is a report with indicators down the side: rows are called by what
// stands in the column of items.
func (p *planter) downBook(tb testing.TB, form hidden, m month) []byte {
	tb.Helper()
	s := p.book(tb, form, "6月")
	s.row(1, m.units[0]+m.label+"月报表")
	s.row(2, "类别", "项目", "计量单位", "本月", "备注")
	for i, item := range []string{"毒驾", "打掉制毒窝点", "收到线索", "打掉团伙"} {
		s.row(3+i, s.x(), item, "起", 1+i, s.plant(form))
	}
	s.row(7, s.x(), s.x(), s.x(), 3)
	s.row(8, nil, "逮捕（"+s.x()+"）", "人", 4)
	return s.bytes()
}

// aroundBook plants into everything that a workbook carries besides its cells.
func (p *planter) aroundBook(tb testing.TB, form hidden, m month) []byte {
	tb.Helper()
	s := p.book(tb, form, "统计")
	s.row(1, "云岭区"+m.label+"统计表")
	s.row(2, "单位", "起诉", "刑拘")
	for i, u := range m.units {
		s.row(3+i, u, 1+i, 2+i)
	}
	s.notes()
	s.properties()
	s.controls()
	s.hiddenSheets()
	s.rawParts()
	return s.bytes()
}

// notes plants comments, rich texts, links and charts.
func (s *seeded) notes() {
	f, sheet := s.f, s.sheet
	must(s, f.AddComment(sheet, excelize.Comment{Cell: "B3", Author: s.x(), Text: s.x()}))
	must(s, f.SetCellRichText(sheet, "E3", []excelize.RichTextRun{{Text: s.x()}, {Text: " 已核", Font: &excelize.Font{Bold: true}}}))
	split := []rune(s.x())
	must(s, f.SetCellRichText(sheet, "E4", []excelize.RichTextRun{{Text: string(split[:2])}, {Text: string(split[2:]), Font: &excelize.Font{Italic: true}}}))
	tip := s.x()
	must(s, f.SetCellHyperLink(sheet, "E5", "https://example.com/"+s.x(), "External", excelize.HyperlinkOpts{Tooltip: &tip}))
	must(s, f.AddChart(sheet, "H2", &excelize.Chart{
		Type:   excelize.Col,
		Series: []excelize.ChartSeries{{Name: sheet + "!$B$2", Categories: sheet + "!$A$3:$A$7", Values: sheet + "!$B$3:$B$7"}},
		Title:  excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: s.x()}}},
	}))
	s.put("E6", s.plant(s.form))
	must(s, f.SetCellFormula(sheet, "E7", `"`+strings.ReplaceAll(s.x(), `"`, "")+`"`))
}

// properties plants what the file says of itself.
func (s *seeded) properties() {
	must(s, s.f.SetDocProps(&excelize.DocProperties{
		Creator: s.x(), LastModifiedBy: s.x(), Title: s.x(), Subject: s.x(), Description: s.x(), Keywords: s.x(), Category: s.x(),
	}))
	must(s, s.f.SetAppProps(&excelize.AppProperties{Company: s.x()}))
	must(s, s.f.SetCustomProps(excelize.CustomProperty{Name: "责任人", Value: s.x()}))
	must(s, s.f.SetDefinedName(&excelize.DefinedName{Name: "ren", RefersTo: `"` + strings.ReplaceAll(s.x(), `"`, "") + `"`, Comment: s.x()}))
}

// controls plants what is shown by menus and printers.
func (s *seeded) controls() {
	v := excelize.NewDataValidation(true)
	v.Sqref = "F3:F9"
	must(s, v.SetDropList([]string{strings.ReplaceAll(s.x(), ",", ""), "是"}))
	v.SetInput(namedSafely(s.x()), s.x())
	v.SetError(excelize.DataValidationErrorStyleStop, namedSafely(s.x()), s.x())
	must(s, s.f.AddDataValidation(s.sheet, v))
	must(s, s.f.SetHeaderFooter(s.sheet, &excelize.HeaderFooterOptions{OddHeader: "&C" + s.x(), OddFooter: "&L" + s.x()}))
	format := `0"` + strings.NewReplacer(`"`, "", `\`, "").Replace(s.x()) + `"`
	style, err := s.f.NewStyle(&excelize.Style{CustomNumFmt: &format})
	must(s, err)
	must(s, s.f.SetCellStyle(s.sheet, "B4", "B4", style))
}

// hiddenSheets plants names and cells of sheets that nobody sees.
func (s *seeded) hiddenSheets() {
	for i, very := range []bool{false, true} {
		name := namedSafely(s.x()) + [...]string{"甲", "乙"}[i]
		_, err := s.f.NewSheet(name)
		must(s, err)
		must(s, s.f.SetCellStr(name, "A1", s.x()))
		must(s, s.f.SetSheetVisible(name, false, very))
	}
	name := namedSafely(s.x())
	_, err := s.f.NewSheet(name)
	must(s, err)
	must(s, s.f.SetCellStr(name, "A1", "说明"))
}

// rawParts plants what no library writes: threaded comments, phonetic guides,
// strings that no cell uses, and entries that no part links to.
func (s *seeded) rawParts() {
	s.parts["xl/threadedComments/threadedComment1.xml"] = `<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">` +
		`<threadedComment ref="B3" personId="{0}" id="{1}"><text>` + xmlText(s.x()) + `</text></threadedComment></ThreadedComments>`
	s.parts["xl/persons/person.xml"] = `<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">` +
		`<person displayName="` + xmlText(s.x()) + `" id="{0}" userId="` + xmlText(s.x()) + `"/></personList>`
	s.parts["xl/media/"+namedSafely(s.x())+".txt"] = s.x()
	s.swaps["xl/sharedStrings.xml"] = [2]string{"</sst>", `<si><t>` + xmlText(s.x()) + `</t></si><si><t>注</t><rPh sb="0" eb="1"><t>` + xmlText(s.x()) + `</t></rPh></si></sst>`}
}

// brokenBook links to a part that is called by an identity and is not there: a
// message names the part.
func (p *planter) brokenBook(tb testing.TB, form hidden) []byte {
	tb.Helper()
	s := p.book(tb, form, "6月")
	s.row(1, "云岭区2026年6月统计表")
	s.swaps["xl/_rels/workbook.xml.rels"] = [2]string{"worksheets/sheet1.xml", "worksheets/" + xmlText(fileSafe(s.x())) + ".xml"}
	return s.bytes()
}
