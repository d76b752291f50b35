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
			if c.Kind == Blank || c.Text == "" && c.Kind != Pending || c.Row < 0 || c.Row >= maxRow && book.Format == XLSX || c.Col < 0 || c.Col >= maxCol {
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

// FuzzCSV reads any bytes that are no zip.
func FuzzCSV(f *testing.F) {
	for _, seed := range []string{"a,b\n1,2\n", "\"a\"\"b\",\"c\nd\"\r\n", "sep=;\r\na;b", "\xbd\xfb\xb6\xbe,1\n", "\ufeffa\tb", "a, \"b", "\r\r", "<html>", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "\x09\x08\x10\x00\x00\x06\x05\x00"} {
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
