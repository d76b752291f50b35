package sheet

import (
	"strings"
	"testing"

	"jindu/store"
)

// tight are limits under which nothing can take long.
func tight() Limits {
	l := DefaultLimits()
	l.Unzipped, l.Rows, l.Cells = 4<<20, 2000, 20_000
	return l
}

// sound checks what every answer of Read promises: a book or an error with a
// code, and cells that hold something, in order, within the limits.
func sound(t *testing.T, data []byte) {
	t.Helper()
	book, err := Read(t.Context(), data, tight())
	if err != nil {
		if _, ok := store.Messages()[store.ErrorCode(err)]; !ok || book != nil {
			t.Fatalf("%v: no code of ours", err)
		}
		return
	}
	for _, s := range book.Sheets {
		if len(s.Cells) > tight().Cells || count(s) > tight().Rows {
			t.Fatal("beyond the limits")
		}
		for i, c := range s.Cells {
			if i > 0 && compare(s.Cells[i-1], c) >= 0 {
				t.Fatalf("%s after %s", c.Ref(), s.Cells[i-1].Ref())
			}
			if c.Kind == Blank || c.Text == "" && c.Kind != Pending || c.Row < 0 || c.Row >= maxRow && book.Format != CSV || c.Col < 0 || c.Col >= maxCol {
				t.Fatalf("%s: %+v", c.Ref(), c)
			}
		}
	}
}

// FuzzXLSX damages the sheet, the strings and the styles of a workbook whose
// zip is in order, and the bytes of a whole file.
func FuzzXLSX(f *testing.F) {
	good := ordinary(rows(damageable()))
	f.Add([]byte(good["xl/worksheets/sheet1.xml"]), []byte(good["xl/sharedStrings.xml"]), []byte(good["xl/styles.xml"]), []byte(good["xl/workbook.xml"]))
	f.Add([]byte(`<x:worksheet xmlns:x="x"><x:sheetData><x:row/></x:sheetData></x:worksheet>`), []byte("<sst/>"), []byte("<styleSheet/>"), []byte("<workbook/>"))
	f.Add(good.zip(f), []byte("<!DOCTYPE"), []byte("\xff\xfe"), []byte("<?xml encoding='gbk'?>"))
	f.Fuzz(func(t *testing.T, sheet, texts, styles, book []byte) {
		sound(t, ordinary(string(sheet)).with("xl/sharedStrings.xml", string(texts)).with("xl/styles.xml", string(styles)).with("xl/workbook.xml", string(book)).zip(t))
		sound(t, sheet)
	})
}

// FuzzODS damages the content and the styles of a document whose zip is in
// order, and a flat one.
func FuzzODS(f *testing.F) {
	good := packedODS(ledgerRect(3).ods())
	f.Add([]byte(good["content.xml"]), []byte(good["styles.xml"]))
	f.Add(flatODS(sheetODS(`<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="2" office:value-type="time" office:time-value="PT1H"/></table:table-row>`)), []byte("<a/>"))
	f.Add(flatODS(sheetODS(`<table:table-row table:visibility="filter"><table:table-cell table:number-columns-spanned="2" table:formula="of:=1"><text:p>#REF!<text:s text:c="2"/></text:p></table:table-cell></table:table-row>`)), []byte("<!DOCTYPE"))
	f.Fuzz(func(t *testing.T, content, styles []byte) {
		sound(t, good.with("content.xml", string(content)).with("styles.xml", string(styles)).zip(t))
		sound(t, content)
	})
}

// FuzzHTML reads web pages: as they are, and within a cell of a sound page.
func FuzzHTML(f *testing.F) {
	for _, seed := range []string{
		"<tr><td>1<td rowspan=2>2<tr><td colspan=2 x:num=\"1.5\">1.5", "<caption>a</caption><col span=2 style='display:none'>", "<!-- a --><script></td></script>",
		"<tr style=\"display:none\"><th class=xl65>012&nbsp;</th>", "</td></tr></table><p>a<table><tr><td>", "<span hidden>1</span>2<br>", "<style>.a,.b{mso-number-format:'\\@'}</style>", "<![if a]><o:p>",
	} {
		f.Add([]byte(page(seed)))
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		sound(t, text)
		sound(t, []byte(page("<tr><td>"+string(text)+"</td></tr>")))
	})
}

// FuzzXML reads workbooks of the XML of 2003.
func FuzzXML(f *testing.F) {
	f.Add([]byte(ledgerRect(3).xml()))
	f.Add([]byte(`<Row ss:Index="3" ss:Span="2"/><Row><Cell ss:MergeDown="2" ss:Formula="=1"><ss:Data ss:Type="DateTime">2026-06-26T00:00:00</ss:Data></Cell></Row>`))
	f.Add([]byte(`<Column ss:Hidden="1" ss:StyleID="d"/><Row ss:Hidden="1"><Cell ss:MergeAcross="2"><Data ss:Type="Error">#N/A</Data><Comment/></Cell></Row>`))
	f.Fuzz(func(t *testing.T, text []byte) {
		sound(t, text)
		sound(t, []byte(xmlOf(string(text))))
	})
}

// FuzzCSV reads any bytes that are no zip.
func FuzzCSV(f *testing.F) {
	for _, seed := range []string{"\xff\xfea\x00,\x00b\x00", "\xfe\xff\xd8\x40\xdc\x00", "a\x00,\x001\x00\n\x00", "\x84\x31\x95\x33\xbd\xfb", "=\"0012\",\"=\"\"a\"\"\"", "<table><tr><td>1</table>", "{\"a\":1}", "a,b\n1,2\n", "\"a\"\"b\",\"c\nd\"\r\n", "sep=;\r\na;b", "\xbd\xfb\xb6\xbe,1\n", "\ufeffa\tb", "a, \"b", "\r\r", "<html>", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "\x09\x08\x10\x00\x00\x06\x05\x00"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) { sound(t, data) })
}

// FuzzDateFormat checks that quoted text never makes a date.
func FuzzDateFormat(f *testing.F) {
	for _, seed := range []string{"yyyy-mm-dd", `0"年"`, "[h]:mm", "G/通用格式", `\`, "[", `"`, "0%", "_", "*"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, code string) {
		_ = formatStyle(code)
		if got := formatStyle(`"` + strings.ReplaceAll(code, `"`, "") + `"`); got != (style{}) {
			t.Errorf("%q: %+v", code, got)
		}
	})
}
