package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"jindu/store"
)

// ledgerBook plants into each column of a ledger, one row to a column, among
// rows that are as they should be. Columns of persons hold persons in every row.
func (p *planter) ledgerBook(tb testing.TB, form hidden, kind store.Form, words []store.Word) []byte {
	tb.Helper()
	s := p.book(tb, form, "台账")
	s.row(1, "云岭区2026年"+kind.Name)
	heads := make([]any, 0, len(kind.Fields)+2)
	for _, f := range kind.Fields {
		heads = append(heads, f.Heads[0])
	}
	s.row(2, append(heads, "其他情况", "备注")...)
	n := 3
	for at := -1; at < len(kind.Fields)+2; at++ {
		for range 10 { // rows that stand, so that the sheet does
			s.row(n, s.ledgerRow(kind, words, n)...)
			n++
		}
		if at < 0 {
			continue
		}
		row := append(s.ledgerRow(kind, words, n), nil, nil)
		row[at] = s.plant(form)
		s.row(n, row...)
		n++
	}
	s.row(n+1, "填表人："+s.x())
	return s.bytes()
}

// ledgerRow is a row of examples.
func (s *seeded) ledgerRow(kind store.Form, words []store.Word, n int) []any {
	row := make([]any, len(kind.Fields), len(kind.Fields)+2)
	for i, f := range kind.Fields {
		row[i] = s.example(f, words, n)
	}
	return row
}

func (s *seeded) example(f store.FormField, words []store.Word, n int) any {
	switch f.Kind {
	case store.PersonalField, store.FreeField, store.FilledField:
		return s.plant(s.form)
	case store.OrdinalField, store.CountField:
		return n
	case store.HashField:
		return fmt.Sprintf("A539901202606%05d", n)
	case store.DateField:
		return "2026-06-26"
	case store.UnitField, store.UnitsField:
		return "城西派出所"
	case store.CheckField:
		return "是"
	case store.NumberField:
		return 1.5
	case store.WordField:
		for _, w := range words {
			if w.Dictionary == f.Dictionary {
				return w.Word
			}
		}
	case store.TitleField:
		return fmt.Sprintf("开展宣传第%d场", n)
	case store.DocumentField:
		return "云禁毒办〔2026〕3号"
	case store.VenueField:
		return "金色年华KTV"
	case store.StreetField:
		return "东湖街道"
	case store.PostField:
		return "副主任"
	}
	return nil
}

// listBook is a list of persons whose sheets are called by persons.
func (p *planter) listBook(tb testing.TB, form hidden) []byte {
	tb.Helper()
	s := p.book(tb, form, namedSafely(p.plant(form).text)+"页")
	s.row(1, "序号", "姓名", "身份证号", "电话", "备注")
	s.row(2, 1, p.person(), p.id(), p.mobile(), s.x())
	name := namedSafely(s.x())
	_, err := s.f.NewSheet(name)
	must(tb, err)
	must(tb, s.f.SetCellStr(name, "A1", s.x()))
	must(tb, s.f.SetSheetVisible(name, false))
	return s.bytes()
}

// csvReport plants into the lines, heads and cells of a text file.
func (p *planter) csvReport(form hidden, m month) string {
	x := func() string { return `"` + strings.ReplaceAll(p.plant(form).text, `"`, `""`) + `"` }
	var b strings.Builder
	fmt.Fprintf(&b, "# %s,,,\n云岭区%s统计表 %s,,,\n", x(), m.label, x())
	fmt.Fprintf(&b, "单位,强戒,%s,备注\n", x())
	for i, u := range m.units {
		fmt.Fprintf(&b, "%s,%d,%s,%s\n", u, i, x(), x())
	}
	fmt.Fprintf(&b, "%s,1,,\n# %s,,,\n审核人：%s,,,\n", x(), x(), x())
	return b.String()
}

// webReport is the same as HTML, with what a page carries besides: comments, a
// title, scripts, attributes.
func (p *planter) webReport(form hidden, m month) string {
	x := func() string { return xmlText(p.plant(form).text) }
	var b strings.Builder
	fmt.Fprintf(&b, `<html><head><meta charset="utf-8"><meta name="author" content="%s"><title>%s</title><!-- %s --><script>var a = "%s"</script></head><body>`, x(), x(), strings.ReplaceAll(x(), "--", ""), x())
	fmt.Fprintf(&b, `<p>%s</p><table><caption>%s</caption><tr><td colspan="3">云岭区%s统计表 %s</td></tr>`, x(), x(), m.label, x())
	fmt.Fprintf(&b, `<tr><td>单位</td><td>缴获海洛因（%s）</td><td title="%s">%s</td></tr>`, x(), x(), x())
	for i, u := range m.units {
		fmt.Fprintf(&b, `<tr><td>%s</td><td>%d</td><td>%s</td></tr>`, u, i, x())
	}
	fmt.Fprintf(&b, `<tr><td>%s</td><td>1</td><td></td></tr></table><!-- %s --></body></html>`, x(), strings.ReplaceAll(x(), "--", ""))
	return b.String()
}

// xmlReport is the same as XML of 2003, with properties, notes and hidden sheets.
func (p *planter) xmlReport(form hidden, m month) string {
	x := func() string { return xmlText(p.plant(form).text) }
	cell := func(text string) string { return `<Cell><Data ss:Type="String">` + text + `</Data></Cell>` }
	var b strings.Builder
	fmt.Fprintf(&b, `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel">`+
		`<DocumentProperties xmlns="urn:schemas-microsoft-com:office:office"><Author>%s</Author><LastAuthor>%s</LastAuthor></DocumentProperties><Worksheet ss:Name="6月 %s"><Table><Row>%s</Row>`, x(), x(), xmlText(namedSafely(p.plant(form).text)), cell("云岭区"+m.label+"统计表 "+x()))
	fmt.Fprintf(&b, `<Row>%s%s%s</Row>`, cell("单位"), cell("缴获K粉（"+x()+"）"), cell(x()))
	for i, u := range m.units {
		fmt.Fprintf(&b, `<Row>%s<Cell><Data ss:Type="Number">%d</Data><Comment ss:Author="%s"><Data>%s</Data></Comment></Cell>%s</Row>`, cell(u), i, x(), x(), cell(x()))
	}
	fmt.Fprintf(&b, `</Table></Worksheet><Worksheet ss:Name="%s"><Table><Row>%s</Row></Table><WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet></Workbook>`, xmlText(namedSafely(p.plant(form).text))+"页", cell(x()))
	return b.String()
}

// openReport is the same as flat OpenDocument.
func (p *planter) openReport(form hidden, m month) string {
	x := func() string { return xmlText(strings.NewReplacer("\n", " ", "\r", "").Replace(p.plant(form).text)) }
	cell := func(text string) string {
		return `<table:table-cell office:value-type="string"><text:p>` + text + `</text:p></table:table-cell>`
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="UTF-8"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">`+
		`<office:meta><meta:initial-creator>%s</meta:initial-creator></office:meta><office:body><office:spreadsheet><table:table table:name="6月 %s"><table:table-row>%s</table:table-row>`, x(), x(), cell("云岭区"+m.label+"统计表 "+x()))
	fmt.Fprintf(&b, `<table:table-row>%s%s%s</table:table-row>`, cell("单位"), cell("缴获摇头丸（"+x()+"）"), cell(x()))
	for i, u := range m.units {
		fmt.Fprintf(&b, `<table:table-row>%s<table:table-cell office:value-type="float" office:value="%d"><text:p>%d</text:p></table:table-cell><table:table-cell office:value-type="string"><office:annotation><text:p>%s</text:p></office:annotation><text:p>%s</text:p></table:table-cell></table:table-row>`, cell(u), i, i, x(), x())
	}
	b.WriteString(`</table:table></office:spreadsheet></office:body></office:document>`)
	return b.String()
}

// fileSafe makes a text a file's name.
func fileSafe(s string) string {
	return strings.NewReplacer("/", "", "\x00", "").Replace(s)
}

// scatter writes files of every kind into the source's folder, with identities
// of one form in every place, and returns how many there are.
func (p *planter) scatter(tb testing.TB, dir string, n int, form hidden, catalogue *store.Catalogue, ledgers []store.Form) int {
	tb.Helper()
	at := 5 * n
	next := func() month { at++; return monthNumber(at) }
	x := func() string { return fileSafe(p.plant(form).text) }
	files := map[string][]byte{
		fmt.Sprintf("a%d.xlsx", n):   p.headsBook(tb, form, next()),
		fmt.Sprintf("b%d.xlsx", n):   p.cellsBook(tb, form, next()),
		fmt.Sprintf("c%d.xlsx", n):   p.aroundBook(tb, form, next()),
		fmt.Sprintf("d%d.xlsx", n):   p.downBook(tb, form, next()),
		x() + "/" + x() + "月报.csv":   []byte(p.csvReport(form, next())),
		x() + ".csv":                 []byte(p.csvReport(form, monthNumber(at))),
		x() + "档案.xlsx":              []byte("no spreadsheet " + x()),
		fmt.Sprintf("e%d.xlsx", n):   p.brokenBook(tb, form),
		fmt.Sprintf("f%d.xls", n):    []byte(p.webReport(form, monthNumber(at+10))),
		fmt.Sprintf("g%d.xml", n):    []byte(p.xmlReport(form, monthNumber(at+11))),
		fmt.Sprintf("h%d.fods", n):   []byte(p.openReport(form, monthNumber(at+12))),
		"~$" + x() + ".xlsx":         []byte("lock"),
		x() + "（损坏）.csv":             []byte("单位,刑事案件\n\"" + x() + ",1\n"),
		fmt.Sprintf("gbk%d.csv", n):  encoded(tb, simplifiedchinese.GB18030.NewEncoder().Bytes, p.csvReport(form, monthNumber(at+40))),
		fmt.Sprintf("wide%d.csv", n): encoded(tb, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes, p.csvReport(form, monthNumber(at+41))),
	}
	for _, kind := range ledgers {
		files[fmt.Sprintf("%s%d.xlsx", kind.Code, n)] = p.ledgerBook(tb, form, kind, catalogue.Words)
	}
	everyday := hidden{"name of everyday characters", func(p *planter) planted {
		s := p.everyday()
		return planted{secret: secret{"name", s}, text: s}
	}}
	for _, f := range []hidden{form, everyday} {
		y := func() string { return fileSafe(p.plant(f).text) }
		files[y()+"/"+y()+".xlsx"] = p.listBook(tb, f)
		files["名单/"+y()+".csv"] = []byte("姓名,身份证号,电话\n" + p.person() + "," + p.id() + "," + p.mobile() + "\n")
	}
	for name, data := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		must(tb, os.MkdirAll(filepath.Dir(path), 0o755))
		must(tb, os.WriteFile(path, data, 0o644))
	}
	must(tb, os.Symlink("/dev/null", filepath.Join(dir, x()+".lnk")))
	return len(files)
}

func encoded(tb testing.TB, encode func([]byte) ([]byte, error), text string) []byte {
	tb.Helper()
	data, err := encode([]byte(text))
	must(tb, err)
	return data
}
