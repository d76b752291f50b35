package main

import (
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"jindu/sync/sheet/xlstest"
)

// oldBook is plainBook as Excel 97 keeps it, or Excel 95 where old, which has
// text in the code page of simplified Chinese.
func oldBook(tb testing.TB, old bool) []byte {
	tb.Helper()
	word := func(s string) []byte {
		if old {
			b, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(s))
			must(tb, err)
			return append([]byte{byte(len(b)), 0}, b...)
		}
		return xlstest.Long(s)
	}
	b := xlstest.Book{Old: old, Globals: []xlstest.Record{xlstest.Rec(0x42, uint16(936))}}
	name := xlstest.Short("Sheet1")
	if old {
		name = append([]byte{6}, "Sheet1"...)
	}
	s := xlstest.Sheet{Name: name, Records: []xlstest.Record{xlstest.Rec(0x200, uint32(0), uint32(5), uint16(0), uint16(3), uint16(0))}}
	for row, line := range [][]any{
		{"云岭区2026年6月统计表"},
		{"单位", "刑事案件", "行政案件"},
		{"城西派出所", 3, 10},
		{"城东派出所", 4, 11},
		{"合计", 7, 21},
	} {
		for col, v := range line {
			place := []any{uint16(row), uint16(col), uint16(0)}
			switch v := v.(type) {
			case string:
				s.Records = append(s.Records, xlstest.Rec(0x204, append(place, word(v))...))
			case int:
				s.Records = append(s.Records, xlstest.Rec(0x203, append(place, float64(v))...))
			}
		}
	}
	b.Sheets = []xlstest.Sheet{s}
	return b.File()
}

// Workbooks of Excel 97 and 95, and of WPS, count like any other; half of one,
// one of Excel 4 and a letter do not.
func TestOfficeOldFiles(t *testing.T) {
	t.Parallel()
	const figures = "cxs case_criminal 2026-06 3\ncds case_admin 2026-06 11"
	good := oldBook(t, false)
	letter := xlstest.Pack(xlstest.Layout{}, xlstest.Stream{Name: "WordDocument", Data: make([]byte, 5000)})
	runOffice(t, map[string]officeCase{
		"a workbook of Excel 97":    {raw: map[string][]byte{"6月.xls": good}, check: map[string]string{"6月.xls": "accepted"}, figures: figures, quiet: []string{"wrong_extension"}},
		"a workbook of Excel 95":    {raw: map[string][]byte{"6月.xls": oldBook(t, true)}, check: map[string]string{"6月.xls": "accepted"}, figures: figures, quiet: []string{"wrong_extension"}},
		"a workbook of WPS":         {raw: map[string][]byte{"6月.et": good}, check: map[string]string{"6月.et": "accepted"}, figures: figures, quiet: []string{"wrong_extension"}},
		"xls that is called xlsx":   {raw: map[string][]byte{"6月.xlsx": good}, check: map[string]string{"6月.xlsx": "accepted"}, figures: figures, finds: "6月.xlsx wrong_extension"},
		"half an old workbook":      {raw: map[string][]byte{"6月.xls": good[:len(good)/2]}, check: map[string]string{"6月.xls": "refused"}, absent: "* case_criminal *", finds: "6月.xls!*!* cut_off", exit: 1},
		"a workbook of Excel 4":     {raw: map[string][]byte{"6月.xls": []byte("\x09\x04\x06\x00\x00\x00\x10\x00\x00\x00")}, check: map[string]string{"6月.xls": "refused"}, finds: "6月.xls!*!* too_old", exit: 1},
		"a letter in an old folder": {raw: map[string][]byte{"6月.xls": letter}, check: map[string]string{"6月.xls": "refused"}, finds: "6月.xls!*!* text_document", exit: 1},
	})
}
