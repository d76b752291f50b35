package sheet

import (
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"jindu/sync/sheet/xlstest"
)

// rec makes a record of the number and the parts of its body.
func rec(op uint16, parts ...any) xlstest.Record { return xlstest.Rec(op, parts...) }

// at begins a cell's record: row, column and format.
func at(op uint16, row, col, xf int, parts ...any) xlstest.Record {
	return rec(op, append([]any{uint16(row), uint16(col), uint16(xf)}, parts...)...)
}

// cellXF is a format of cells of Excel 97 with a font and a number format.
func cellXF(font, format uint16) xlstest.Record { return rec(recXF, font, format, make([]byte, 16)) }

// font is a font of Excel 97; its flags say whether it strikes through.
func font(flags uint16) xlstest.Record {
	return rec(recFont, uint16(200), flags, make([]byte, 10), xlstest.Short("宋体"))
}

// looks are the fonts and formats that the tests use: format 1 is a date, 2 a
// percentage, 3 struck through, 4 a date by its code. Font 5, the fifth of the
// list, strikes through, since the number 4 is left out.
func looks() []xlstest.Record {
	return []xlstest.Record{
		font(0), font(0), font(0), font(0), font(8),
		rec(recFormat, uint16(176), xlstest.Long(`yyyy"年"m"月"`)),
		cellXF(0, 0), cellXF(0, 14), cellXF(0, 10), cellXF(5, 0), cellXF(0, 176),
	}
}

// shared are the strings that the tests name by number.
func shared8() []xlstest.Shared {
	return []xlstest.Shared{
		{Text: "单位"},
		{Text: "plain"},
		{Text: "x"},
		{Text: "12 15", Runs: []uint16{0, 0, 3, 5}, Guide: 6},
		{Text: "é𠮷"},
	}
}

// grid8 is a workbook of Excel 97 of one sheet with the records.
func grid8(records ...xlstest.Record) xlstest.Book {
	return xlstest.Book{
		Globals: append(looks(), xlstest.SST(maxRecord, shared8()...)...),
		Sheets:  []xlstest.Sheet{{Name: xlstest.Short("六月"), Records: records}},
	}
}

// grid5 is one of Excel 95, in the code page of simplified Chinese.
func grid5(tb testing.TB, records ...xlstest.Record) xlstest.Book {
	tb.Helper()
	old := func(font, format uint16) xlstest.Record { return rec(recXF, font, format, make([]byte, 12)) }
	name, code := gbk(tb, "六月"), gbk(tb, `yyyy"年"m"月"`)
	return xlstest.Book{
		Old: true,
		Globals: []xlstest.Record{
			rec(recCodePage, uint16(936)),
			rec(recFormat, uint16(176), byte(len(code)), code),
			old(0, 0), old(0, 14), old(0, 10), old(0, 176),
		},
		Sheets: []xlstest.Sheet{{Name: append([]byte{byte(len(name))}, name...), Records: records}},
	}
}

// gbk writes a text in the code page of simplified Chinese.
func gbk(tb testing.TB, s string) []byte {
	tb.Helper()
	b, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s))
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

// row is a row of the number; hidden where the flags hold 0x20.
func row(n int, flags byte) xlstest.Record {
	return rec(recRow, uint16(n), uint16(0), uint16(9), uint16(0x0114), uint32(0), flags, make([]byte, 3))
}

// size is the size of a sheet.
func size(rows, cols int) xlstest.Record {
	return rec(recSize, uint32(0), uint32(rows), uint16(0), uint16(cols), uint16(0))
}

// rkInt packs a whole number.
func rkInt(n int) uint32 { return uint32(n)<<2 | 2 }

// formula is one whose result takes eight bytes, with flags and tokens.
func formula(row, col int, result any, flags uint16, tokens ...byte) xlstest.Record {
	return at(recFormula, row, col, 0, result, flags, uint32(0), uint16(len(tokens)), tokens)
}

// special is a result that is no number.
func special(kind, value byte) []byte { return []byte{kind, 0, value, 0, 0, 0, 0xff, 0xff} }

// allKinds holds every kind of cell in nine columns and rows as many as asked.
func allKinds(rows int) []xlstest.Record {
	out := []xlstest.Record{
		rec(0x0c, uint16(100)), rec(0x55, uint16(8)),
		rec(recColInfo, uint16(2), uint16(3), uint16(2000), uint16(0), uint16(1), uint16(0)),
		size(rows, 9),
	}
	back := uint32(0) // bytes from the first row on
	for n := range rows {
		line := []xlstest.Record{
			row(n, byte(n&1)<<5),
			at(recLabelSST, n, 0, 0, uint32(0)),
			at(recNumber, n, 1, 1, 46199.5),
			at(recRK, n, 2, 2, rkInt(1)|1),
			rec(recMulRK, uint16(n), uint16(3), uint16(0), rkInt(7), uint16(1), rkInt(46199), uint16(4)),
			formula(n, 5, 12.5, 0, 0x1e, 1, 0),
			formula(n, 6, special(resultText, 0), 0, 0x1e, 1, 0),
			rec(recString, xlstest.Long("文字")),
			at(recBoolErr, n, 7, 0, byte(1), byte(0)),
			at(recLabel, n, 8, 3, xlstest.Long("own")),
			at(recBlank, n, 9, 0),
			rec(recMulBlank, uint16(n), uint16(10), uint16(0), uint16(0), uint16(11)),
		}
		for _, r := range line {
			back += uint32(len(r.Body) + recordHeader)
		}
		out = append(out, line...)
	}
	return append(out,
		rec(recDBCell, back, make([]byte, 2*rows)),
		rec(recWindow2, make([]byte, 18)),
		rec(0x1d, make([]byte, 7), uint16(1), make([]byte, 6)),
		rec(recMerges, uint16(1), uint16(0), uint16(1), uint16(0), uint16(8)),
		rec(0x1ba, xlstest.Long("Sheet1")),
	)
}

// allKinds5 is the same for Excel 95.
func allKinds5(tb testing.TB, rows int) []xlstest.Record {
	tb.Helper()
	text := gbk(tb, "文字")
	out := []xlstest.Record{rec(recSize, uint16(0), uint16(rows), uint16(0), uint16(9), uint16(0))}
	for n := range rows {
		out = append(out,
			row(n, byte(n&1)<<5),
			at(recLabel, n, 0, 0, uint16(len(text)), text),
			at(recNumber, n, 1, 1, 46199.5),
			at(recRK, n, 2, 2, rkInt(1)|1),
			rec(recMulRK, uint16(n), uint16(3), uint16(0), rkInt(7), uint16(1), rkInt(46199), uint16(4)),
			formula(n, 5, special(resultText, 0), 0, 0x1e, 1, 0),
			rec(recString, uint16(len(text)), text),
			at(recRString, n, 6, 0, uint16(len(text)), text, byte(1), byte(0), byte(0)),
			at(recBoolErr, n, 7, 0, byte(0x2a), byte(1)),
		)
	}
	return append(out, rec(recWindow2, make([]byte, 10)))
}
