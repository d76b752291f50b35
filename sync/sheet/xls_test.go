package sheet

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/traditionalchinese"

	"jindu/sync/sheet/xlstest"
)

// Each kind of cell as both generations write it.
func TestCellsXLS(t *testing.T) {
	const line = `A# text 单位
B# number date 46199.5
C# number percent 0.01
D# number 7
E# number date 46199
F# number formula 12.5
G# text formula 文字
H# bool 1
I# text struck own
`
	book := mustRead(t, grid8(allKinds(2)...).File())
	s := book.Sheets[0]
	if got := dump(s); got != strings.ReplaceAll(line, "#", "1")+strings.ReplaceAll(line, "#", "2") {
		t.Errorf("got\n%s", got)
	}
	if book.Format != XLS || book.Date1904 || book.Macros || s.Name != "六月" || s.Index != 0 || s.Visibility != Visible {
		t.Errorf("%+v", book)
	}
	if !reflect.DeepEqual(s.HiddenRows, []int{1}) || !reflect.DeepEqual(s.HiddenCols, []int{2, 3}) || !reflect.DeepEqual(s.Merges, []Range{{Row: 0, Row2: 1, Col: 0, Col2: 8}}) {
		t.Errorf("rows %v, columns %v, merged %v", s.HiddenRows, s.HiddenCols, s.Merges)
	}
	old := mustRead(t, grid5(t, allKinds5(t, 1)...).File())
	const want95 = `A1 text 文字
B1 number date 46199.5
C1 number percent 0.01
D1 number 7
E1 number date 46199
F1 text formula 文字
G1 text 文字
H1 fault #N/A
`
	if got := dump(old.Sheets[0]); got != want95 || old.Sheets[0].Name != "六月" {
		t.Errorf("got\n%s", got)
	}
}

// What the numbers of four bytes hold, and how a number is written.
func TestNumbersXLS(t *testing.T) {
	tests := map[string]xlstest.Record{
		"12":                 at(recRK, 0, 0, 0, rkInt(12)),
		"-12":                at(recRK, 0, 0, 0, rkInt(-12)),
		"0.07":               at(recRK, 0, 0, 0, rkInt(7)|1),
		"536870911":          at(recRK, 0, 0, 0, rkInt(1<<29-1)),
		"1.5":                at(recRK, 0, 0, 0, uint32(0x3ff80000)),
		"0.015":              at(recRK, 0, 0, 0, uint32(0x3ff80000)|1),
		"0":                  at(recNumber, 0, 0, 0, 0.0),
		"0.29":               at(recNumber, 0, 0, 0, 0.29),
		"1E-10":              at(recNumber, 0, 0, 0, 1e-10),
		"1E+22":              at(recNumber, 0, 0, 0, 1e22),
		"990103199001010000": at(recNumber, 0, 0, 0, 990103199001010000.0),
		"123456.789":         at(recNumber, 0, 0, 0, 123456.789),
	}
	for want, r := range tests {
		c := mustRead(t, grid8(size(1, 1), r).File()).Sheets[0].At(0, 0)
		if c.Text != want || c.Kind != Number {
			t.Errorf("%q, want %q", c.Text, want)
		}
	}
}

// A formula's result, and what it is when the file does not hold one.
func TestFormulasXLS(t *testing.T) {
	volatile := []byte{0x19, 1, 0, 0, 0x21, 0x4a, 0}
	array := xlstest.Rec(recFormula, uint16(0), uint16(0), uint16(0), 2.0, uint16(0), uint32(0), uint16(8), byte(0x60), make([]byte, 7), []byte("the array"))
	shared := rec(recShared, make([]byte, 10))
	text := formula(0, 0, special(resultText, 0), 0, 1, 0, 0, 0, 0)
	long := strings.Repeat("很长", 5000)
	tests := map[string]struct {
		records []xlstest.Record
		want    string
	}{
		"number":           {[]xlstest.Record{formula(0, 0, 1.5, 0, 0x1e, 1, 0)}, "A1 number formula 1.5\n"},
		"true":             {[]xlstest.Record{formula(0, 0, special(resultTruth, 1), 0)}, "A1 bool formula 1\n"},
		"error":            {[]xlstest.Record{formula(0, 0, special(resultFault, 0x17), 0)}, "A1 fault formula #REF!\n"},
		"empty":            {[]xlstest.Record{formula(0, 0, special(resultEmpty, 0), 0)}, ""},
		"text":             {[]xlstest.Record{text, rec(recString, xlstest.Long("是"))}, "A1 text formula 是\n"},
		"empty text":       {[]xlstest.Record{text, rec(recString, xlstest.Long(""))}, ""},
		"shared, text":     {[]xlstest.Record{text, shared, rec(recString, xlstest.Long("是"))}, "A1 text formula 是\n"},
		"array, text":      {[]xlstest.Record{text, rec(recArray, make([]byte, 14)), rec(recString, xlstest.Long("是"))}, "A1 text formula 是\n"},
		"text missing":     {[]xlstest.Record{text, at(recRK, 0, 1, 0, rkInt(1))}, "A1 pending formula \nB1 number 1\n"},
		"text never":       {[]xlstest.Record{text}, "A1 pending formula \n"},
		"never computed":   {[]xlstest.Record{formula(0, 0, 0.0, 3, 0x1e, 1, 0)}, "A1 pending formula \n"},
		"nought":           {[]xlstest.Record{formula(0, 0, 0.0, 0, 0x1e, 1, 0)}, "A1 number formula 0\n"},
		"nought, volatile": {[]xlstest.Record{formula(0, 0, 0.0, 1, volatile...)}, "A1 number formula 0\n"},
		"constant array":   {[]xlstest.Record{array}, "A1 number formula 2\n"},
		"long text": {[]xlstest.Record{
			text, rec(recString, xlstest.Long(long)[:3+8000]), rec(recContinue, byte(1), xlstest.Long(long)[3+8000:3+16000]), rec(recContinue, byte(1), xlstest.Long(long)[3+16000:]),
		}, "A1 text formula " + long + "\n"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := dump(mustRead(t, grid8(append([]xlstest.Record{size(1, 1)}, tt.records...)...).File()).Sheets[0]); got != tt.want {
				t.Errorf("got %q", got)
			}
		})
	}
}

// The table of strings may be parted anywhere: between strings, within the head
// of one, its characters (where narrow ones may go on as wide ones), its runs and
// its phonetic guide.
func TestSplitStrings(t *testing.T) {
	texts := []xlstest.Shared{
		{Text: "plain"},
		{Text: "禁毒𠮷办"},
		{Text: "12 15", Runs: []uint16{0, 0, 3, 5}},
		{Text: "汉字", Guide: 9},
		{},
		{Text: "é end", Runs: []uint16{2, 0}, Guide: 3},
	}
	var cells []xlstest.Record
	for i := range texts {
		cells = append(cells, at(recLabelSST, i, 0, 0, uint32(i)))
	}
	const want = "A1 text plain\nA2 text 禁毒𠮷办\nA3 text struck 12 15\nA4 text 汉字\nA6 text é end\n"
	for limit := 11; limit < 130; limit++ {
		book := grid8(append([]xlstest.Record{size(6, 1)}, cells...)...)
		book.Globals = append(looks(), xlstest.SST(limit, texts...)...)
		if got := dump(mustRead(t, book.File()).Sheets[0]); got != want {
			t.Errorf("records of %d bytes: got\n%s", limit, got)
		}
	}
	// A text that is narrow in one record and wide in the next.
	book := grid8(size(1, 1), at(recLabelSST, 0, 0, 0, uint32(0)))
	book.Globals = append(looks(),
		rec(recSST, uint32(1), uint32(1), uint16(5), byte(0), "ab"), rec(recContinue, byte(1), []byte{0x2d, 0x4e, 0x42, 0xd8}), rec(recContinue, byte(1), []byte{0xb7, 0xdf}))
	if got := dump(mustRead(t, book.File()).Sheets[0]); got != "A1 text ab中𠮷\n" {
		t.Errorf("got %s", got)
	}
}

// Before Excel 97, text is of a code page.
func TestCodePages(t *testing.T) {
	encoded := func(b []byte, err error) []byte {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	tests := map[string]struct {
		page uint16
		text []byte
	}{
		"云岭区禁毒办":   {936, gbk(t, "云岭区禁毒办")},
		"𠮷ꀀ":       {936, gbk(t, "𠮷ꀀ")},
		"臺灣":       {950, encoded(traditionalchinese.Big5.NewEncoder().Bytes([]byte("臺灣")))},
		"東京ｱ":      {932, encoded(japanese.ShiftJIS.NewEncoder().Bytes([]byte("東京ｱ")))},
		"서울":       {949, encoded(korean.EUCKR.NewEncoder().Bytes([]byte("서울")))},
		"Łódź":     {1250, encoded(charmap.Windows1250.NewEncoder().Bytes([]byte("Łódź")))},
		"Жизнь":    {1251, encoded(charmap.Windows1251.NewEncoder().Bytes([]byte("Жизнь")))},
		"naïve €":  {1252, encoded(charmap.Windows1252.NewEncoder().Bytes([]byte("naïve €")))},
		"Αθήνα":    {1253, encoded(charmap.Windows1253.NewEncoder().Bytes([]byte("Αθήνα")))},
		"ığdır":    {1254, encoded(charmap.Windows1254.NewEncoder().Bytes([]byte("ığdır")))},
		"naïve":    {10000, encoded(charmap.Macintosh.NewEncoder().Bytes([]byte("naïve")))},
		"é":        {437, encoded(charmap.CodePage437.NewEncoder().Bytes([]byte("é")))},
		"中":        {65001, []byte("中")},
		"ASCII":    {1361, []byte("ASCII")}, // which every page holds, known or not
		"naïve 2":  {0x8001, encoded(charmap.Windows1252.NewEncoder().Bytes([]byte("naïve 2")))},
		"Москва":   {866, encoded(charmap.CodePage866.NewEncoder().Bytes([]byte("Москва")))},
		"ไทย":      {874, encoded(charmap.Windows874.NewEncoder().Bytes([]byte("ไทย")))},
		"עברית":    {1255, encoded(charmap.Windows1255.NewEncoder().Bytes([]byte("עברית")))},
		"عربي":     {1256, encoded(charmap.Windows1256.NewEncoder().Bytes([]byte("عربي")))},
		"Rīga":     {1257, encoded(charmap.Windows1257.NewEncoder().Bytes([]byte("Rīga")))},
		"Đà":       {1258, encoded(charmap.Windows1258.NewEncoder().Bytes([]byte("Đà")))},
		"Привет":   {10007, encoded(charmap.MacintoshCyrillic.NewEncoder().Bytes([]byte("Привет")))},
		"ä":        {850, encoded(charmap.CodePage850.NewEncoder().Bytes([]byte("ä")))},
		"Ł":        {852, encoded(charmap.CodePage852.NewEncoder().Bytes([]byte("Ł")))},
		"禁毒办 2026": {10008, gbk(t, "禁毒办 2026")},
	}
	for want, tt := range tests {
		t.Run(fmt.Sprint(tt.page, want), func(t *testing.T) {
			book := grid5(t, at(recLabel, 0, 0, 0, uint16(len(tt.text)), tt.text))
			book.Globals[0] = rec(recCodePage, tt.page)
			book.Globals[1] = rec(recFormat, uint16(176), byte(1), "0")
			book.Sheets[0].Name = append([]byte{1}, 'S')
			if got := mustRead(t, book.File()).Sheets[0].At(0, 0).Text; got != want {
				t.Errorf("got %q", got)
			}
		})
	}
}
