package sheet

import (
	"context"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"
	"unsafe"

	"golang.org/x/text/encoding/unicode"

	"jindu/store"
)

// Each row says what one way of writing cells means.
func TestCells(t *testing.T) {
	tests := map[string]struct{ rows, want string }{
		"shared text":           {`<row r="1"><c r="A1" t="s"><v>0</v></c></row>`, "A1 text 单位\n"},
		"runs without guide":    {`<row r="1"><c r="B1" t="s"><v>1</v></c></row>`, "B1 text 在册人数\n"},
		"empty text is no cell": {`<row r="1"><c r="A1" t="s"><v>2</v></c><c r="B1" t="str"><v></v></c></row>`, ""},
		"struck run":            {`<row r="1"><c r="A1" t="s"><v>3</v></c></row>`, "A1 text struck 12 15\n"},
		"struck font":           {`<row r="1"><c r="A1" s="3"><v>7</v></c></row>`, "A1 number struck 7\n"},
		"struck inline run":     {`<row r="1"><c r="A1" t="inlineStr"><is><r><rPr><strike val="1"/></rPr><t>7</t></r></is></c></row>`, "A1 text struck 7\n"},
		"number as written":     {`<row r="1"><c r="A1"><v>1.50</v></c><c r="B1" t="n"><v> -2E-3 </v></c></row>`, "A1 number 1.50\nB1 number -2E-3\n"},
		"date by number":        {`<row r="1"><c r="A1" s="1"><v>46000</v></c></row>`, "A1 number date 46000\n"},
		"date by code":          {`<row r="1"><c r="A1" s="4"><v>46000</v></c></row>`, "A1 number date 46000\n"},
		"percentage":            {`<row r="1"><c r="A1" s="2"><v>0.85</v></c></row>`, "A1 number percent 0.85\n"},
		"truth":                 {`<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c></row>`, "A1 bool 1\nB1 bool 0\n"},
		"error":                 {`<row r="1"><c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>`, "A1 fault formula #DIV/0!\n"},
		"formula":               {`<row r="1"><c r="A1"><f>SUM(B1:C1)</f><v>3</v></c></row>`, "A1 number formula 3\n"},
		"formula of text":       {`<row r="1"><c r="A1" t="str"><f>B1&amp;"x"</f><v>ax</v></c></row>`, "A1 text formula ax\n"},
		"formula of no text":    {`<row r="1"><c r="A1" t="str"><f>""</f><v></v></c></row>`, ""},
		"formula unresolved":    {`<row r="1"><c r="A1"><f>B1</f></c><c r="B1"><f>C1</f><v></v></c></row>`, "A1 pending formula \nB1 pending formula \n"},
		"inline text":           {`<row r="1"><c r="A1" t="inlineStr"><is><t xml:space="preserve"> a </t></is></c></row>`, "A1 text  a \n"},
		"inline beside value":   {`<row r="1"><c r="A1" t="inlineStr"><v>1.0</v><is><t>1.</t></is></c></row>`, "A1 text 1.\n"},
		"entities":              {`<row r="1"><c r="A1" t="str"><v>&lt;&amp;&gt;&quot;&apos;&#20307;&#x4E2D;</v></c></row>`, "A1 text <&>\"'体中\n"},
		"escapes":               {`<row r="1"><c r="A1" t="str"><v>a_x000D_b_x005F_x000D_</v></c></row>`, "A1 text a\rb_x000D_\n"},
		"cdata and comments":    {`<row r="1"><c r="A1" t="str"><v>a<!-- x --><![CDATA[<b>]]>c</v></c></row>`, "A1 text a<b>c\n"},
		"ends of line":          {"<row r=\"1\"><c r=\"A1\" t=\"str\"><v>a\r\nb\rc</v></c></row>", "A1 text a\nb\nc\n"},
		"no numbers":            {`<row><c><v>1</v></c><c><v>2</v></c></row><row r="4"><c r="C4"><v>3</v></c><c><v>4</v></c></row><row><c><v>5</v></c></row>`, "A1 number 1\nB1 number 2\nC4 number 3\nD4 number 4\nA5 number 5\n"},
		"formatting only":       {`<row r="1" spans="1:3" x14ac:dyDescent="0.2"><c r="A1" s="1"/><c r="B1" s="1"></c></row><row r="1048576" s="1"/>`, ""},
		"last cell":             {`<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`, "XFD1048576 number 1\n"},
		"single quotes, blanks": {"<row r = '1' ><c\nr='A1' ><v >1</v ></c ></row >", "A1 number 1\n"},
		"> in an attribute":     {`<row r="1" x:note="a>b"><c r="A1"><v>1</v></c></row>`, "A1 number 1\n"},
		"iso date":              {`<row r="1"><c r="A1" t="d"><v>2026-06-26</v></c></row>`, "A1 number date 2026-06-26\n"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			book := mustRead(t, ordinary(rows(tt.rows)).zip(t))
			if got := dump(book.Sheets[0]); got != tt.want {
				t.Errorf("got\n%swant\n%s", got, tt.want)
			}
		})
	}
}

func TestNumbers(t *testing.T) {
	for text, want := range map[string]float64{
		"0": 0, "12": 12, "9999999999": 9999999999, "-1": -1, "1E+2": 100, "0.1": 0.1, "1e-320": 1e-320, "12345678901234567890": 12345678901234567890,
	} {
		c := mustRead(t, ordinary(rows(`<row r="1"><c r="A1"><v>`+text+`</v></c></row>`)).zip(t)).Sheets[0].At(0, 0)
		if c.Num != want || c.Text != text {
			t.Errorf("%s: %v %q", text, c.Num, c.Text)
		}
	}
	for _, text := range []string{"0x10", "1_0", "inf", "NaN", "1e999", "1 2", "--1", "一", "1,000", strings.Repeat("1", 401)} {
		wantCode(t, ordinary(rows(`<row r="1"><c r="C1"><v>`+text+`</v></c></row>`)).zip(t), "damaged", "sheet1.xml C1")
	}
}

func TestISODates(t *testing.T) {
	tests := []struct {
		text      string
		from1904  string
		want      float64
		wantError bool
	}{
		{"1900-01-01", "0", 1, false},
		{"1900-02-28", "0", 59, false},
		{"1900-03-01", "0", 61, false},
		{"2026-06-26", "0", 46199, false},
		{"2026-06-26", "1", 46199 - 1462, false},
		{"2026-06-26T12:00:00", "0", 46199.5, false},
		{"2026-06-26T06:00:00.500Z", "0", 46199.25 + 0.5/86400, false},
		{"9999-12-31", "0", 2958465, false},
		{"18:00:00", "0", 0.75, false},
		{"2026-02-30", "0", 0, true},
		{"26/6/2026", "0", 0, true},
	}
	for _, tt := range tests {
		p := ordinary(rows(`<row r="1"><c r="A1" t="d"><v>`+tt.text+`</v></c></row>`)).
			edit(t, "xl/workbook.xml", "<sheets>", `<workbookPr date1904="`+tt.from1904+`"/><sheets>`)
		if tt.wantError {
			wantCode(t, p.zip(t), "damaged", "A1")
			continue
		}
		book := mustRead(t, p.zip(t))
		c := book.Sheets[0].At(0, 0)
		if math.Abs(c.Num-tt.want) > 1e-9 || !c.Date || book.Date1904 != (tt.from1904 == "1") {
			t.Errorf("%s: %v, want %v", tt.text, c.Num, tt.want)
		}
	}
}

// All kinds of sheets in one workbook, as strict and as loose writers name
// their parts.
func TestWorkbook(t *testing.T) {
	one := rows(`<row r="1"><c r="A1"><v>1</v></c></row>`)
	p := ordinary(one)
	p["xl/workbook.xml"] = `<x:workbook xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main" xmlns:q="http://purl.oclc.org/ooxml/officeDocument/relationships">` +
		`<mc:AlternateContent xmlns:mc="m"><sheets><sheet name="no"/></sheets></mc:AlternateContent><x:sheets>` +
		`<x:sheet name="一&amp;二" sheetId="1" q:id="a"/><x:sheet name="图" sheetId="2" q:id="b"/>` +
		`<x:sheet name="隐" sheetId="3" state="hidden" q:id="c"/><x:sheet name="深" sheetId="4" state="veryHidden" q:id="d"/></x:sheets></x:workbook>`
	p["xl/_rels/workbook.xml.rels"] = rels(`<Relationship Id="a" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet" Target="worksheets\Sheet1.XML"/>` +
		link("b", "chartsheet", "chartsheets/sheet1.xml") + link("c", "worksheet", "/xl/worksheets/sheet1.xml") + link("d", "worksheet", "../xl/worksheets/./sheet1.xml") +
		link("e", "vbaProject", "vbaProject.bin") + `<Relationship Id="f" Type="` + relURL + `externalLink" TargetMode="External" Target="http://127.0.0.1:1/x"/>`)
	book := mustRead(t, p.zip(t))
	if !book.Macros || book.Date1904 || book.Format != XLSX || len(book.Sheets) != 3 {
		t.Fatalf("%+v", book)
	}
	for i, want := range []Sheet{{Name: "一&二"}, {Name: "隐", Index: 2, Visibility: Hidden}, {Name: "深", Index: 3, Visibility: VeryHidden}} {
		got := *book.Sheets[i]
		if dump(&got) != "A1 number 1\n" {
			t.Errorf("%s: %s", got.Name, dump(&got))
		}
		if got.Cells = nil; !reflect.DeepEqual(got, want) {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
}

// Links to other files, macros and embedded objects are neither opened nor
// followed; the values beside them are read.
func TestForeignParts(t *testing.T) {
	p := ordinary(`<worksheet `+nsMain+` `+nsRel+`><sheetData><row r="1"><c r="A1"><f>[1]x!A1</f><v>12</v></c></row></sheetData>`+
		`<drawing r:id="rId1"/><legacyDrawing r:id="rId2"/><oleObjects><oleObject progId="x" r:id="rId3"/></oleObjects></worksheet>`).
		edit(t, "xl/workbook.xml", "</sheets>", `</sheets><externalReferences><externalReference r:id="rId9"/></externalReferences>`).
		edit(t, "xl/_rels/workbook.xml.rels", "</Rel", link("rId9", "externalLink", "externalLinks/externalLink1.xml")+link("rId8", "vbaProject", "vbaProject.bin")+"</Rel")
	p["xl/externalLinks/externalLink1.xml"] = "<!DOCTYPE a>"
	p["xl/vbaProject.bin"], p["xl/embeddings/oleObject1.bin"] = "\xd0\xcf", "MZ"
	p["xl/worksheets/_rels/sheet1.xml.rels"] = "<damaged"
	book := mustRead(t, p.zip(t))
	if got := dump(book.Sheets[0]); got != "A1 number formula 12\n" || !book.Macros {
		t.Errorf("%s %v", got, book.Macros)
	}
}

func TestMergesAndHidden(t *testing.T) {
	sheet := strings.NewReplacer("<sheetData>", `<cols><col min="2" max="3" hidden="1"/><col min="3" max="3" hidden="true"/><col min="5" max="16384" hidden="1"/></cols><sheetData>`,
		"</sheetData>", `</sheetData><mergeCells count="2"><mergeCell ref="A1:D1"/><mergeCell ref="B3:B2"/></mergeCells>`).
		Replace(rows(`<row r="1"><c r="D1"><v>1</v></c></row><row r="2" hidden="1"/><row r="4" hidden="true"><c r="A4"><v>1</v></c></row><row r="9" hidden="1"/>`))
	s := mustRead(t, ordinary(sheet).zip(t)).Sheets[0]
	if want := []Range{{0, 0, 0, 3}, {1, 1, 2, 1}}; !reflect.DeepEqual(s.Merges, want) {
		t.Errorf("merges %v", s.Merges)
	}
	if !reflect.DeepEqual(s.HiddenRows, []int{1, 3}) || !reflect.DeepEqual(s.HiddenCols, []int{1, 2}) {
		t.Errorf("hidden %v %v", s.HiddenRows, s.HiddenCols)
	}
	if m, ok := s.Merged(2, 1); !ok || m.Ref() != "B2:B3" {
		t.Errorf("merged %v", m)
	}
}

func TestUTF16Parts(t *testing.T) {
	xml := `<?xml version="1.0" encoding="UTF-16"?>` + rows(`<row r="1"><c r="A1" t="str"><v>禁毒</v></c></row>`)
	for _, order := range []unicode.Endianness{unicode.LittleEndian, unicode.BigEndian} {
		wide, err := unicode.UTF16(order, unicode.UseBOM).NewEncoder().String(xml)
		if err != nil {
			t.Fatal(err)
		}
		if got := dump(mustRead(t, ordinary(wide).zip(t)).Sheets[0]); got != "A1 text 禁毒\n" {
			t.Error(got)
		}
	}
	if got := dump(mustRead(t, ordinary("\ufeff"+rows(`<row r="1"><c r="A1"><v>1</v></c></row>`)).zip(t)).Sheets[0]); got != "A1 number 1\n" {
		t.Error(got)
	}
}

// A text that many cells share takes its memory once.
func TestSharedMemory(t *testing.T) {
	s := mustRead(t, ordinary(rows(`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>0</v></c></row>`)).zip(t)).Sheets[0]
	if a, b := unsafe.StringData(s.Cells[0].Text), unsafe.StringData(s.Cells[1].Text); a != b {
		t.Error("two copies of one text")
	}
}

func TestAllocations(t *testing.T) {
	data := ledger(t, 500, 20)
	per := testing.AllocsPerRun(3, func() { mustRead(t, data) }) / (500 * 20)
	if per > 0.2 {
		t.Errorf("%.2f allocations a cell", per)
	}
}

func TestGrid(t *testing.T) {
	s := &Sheet{Cells: []Cell{{Row: 0, Col: 1, Kind: Text, Text: "a"}, {Row: 2, Col: 0, Kind: Text, Text: "b"}, {Row: 2, Col: 3, Kind: Text, Text: "c"}}}
	if s.At(2, 3).Text != "c" || s.At(2, 1).Kind != Blank || s.At(2, 1).Ref() != "B3" {
		t.Error("At")
	}
	if got := s.Row(2); len(got) != 2 || got[0].Text != "b" || len(s.Row(1)) != 0 {
		t.Errorf("Row %v", got)
	}
	if rows, cols := s.Size(); rows != 3 || cols != 4 {
		t.Errorf("Size %d %d", rows, cols)
	}
	for col, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 701: "ZZ", 702: "AAA", 16383: "XFD"} {
		if got := ColumnName(col); got != want {
			t.Errorf("column %d: %s", col, got)
		}
		if row, c, ok := parseRef([]byte(want + "7")); !ok || c != col || row != 6 {
			t.Errorf("%s7: %d %d", want, row, c)
		}
	}
}

// The clock is looked at while reading, not only before.
func TestDeadline(t *testing.T) {
	ended, cancel := context.WithDeadline(t.Context(), time.Unix(0, 0))
	defer cancel()
	for name, data := range map[string][]byte{
		"xlsx": ordinary(rows(`<row r="1"><c r="A1"><v>1</v></c></row>`)).zip(t),
		"csv":  []byte("a,b\n1,2\n"),
	} {
		if _, err := Read(ended, data, DefaultLimits()); store.ErrorCode(err) != "too_slow" {
			t.Errorf("%s: %v", name, err)
		}
	}
	s, err := newScanner(ended, "x", []byte("<a>"+strings.Repeat("<b/>", 10_000)+"</a>"))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.document("a", s.skip); store.ErrorCode(err) != "too_slow" {
		t.Error(err)
	}
}
