package sheet

import (
	"math"
	"reflect"
	"strings"
	"testing"
)

// xmlOf wraps rows into a workbook of XML, with the styles that the tests name.
func xmlOf(table string) string {
	return `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>` +
		`<Workbook xmlns="` + nsXML2003 + `" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="` + nsExcel + `" xmlns:ss="` + nsXML2003 + `" xmlns:html="http://www.w3.org/TR/REC-html40">` +
		`<DocumentProperties xmlns="urn:schemas-microsoft-com:office:office"><Author>某人</Author></DocumentProperties>` +
		`<Styles><Style ss:ID="Default" ss:Name="Normal"><Font ss:FontName="宋体"/></Style><Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style>` +
		`<Style ss:ID="p"><NumberFormat ss:Format="0.0%"/></Style><Style ss:ID="s" ss:Parent="p"><Font ss:StrikeThrough="1"/></Style></Styles>` +
		`<Worksheet ss:Name="六月"><Table ss:ExpandedColumnCount="9" x:FullRows="1">` + table + `</Table>` +
		`<WorksheetOptions xmlns="` + nsExcel + `"><Visible>SheetVisible</Visible></WorksheetOptions></Worksheet></Workbook>`
}

func TestXML2003(t *testing.T) {
	data := func(kind, text string) string { return `<Cell><Data ss:Type="` + kind + `">` + text + `</Data></Cell>` }
	tests := map[string]struct{ table, want string }{
		"values":          {`<Row>` + data("String", "城西&amp;东") + data("Number", "12.50") + data("Boolean", "1") + data("Error", "#REF!") + `</Row>`, "A1 text 城西&东\nB1 number 12.50\nC1 bool 1\nD1 fault #REF!\n"},
		"ends of line":    {`<Row>` + data("String", "a&#10;b\r\nc") + `</Row>`, "A1 text a\nb\nc\n"},
		"places":          {`<Row ss:Index="3"><Cell ss:Index="2"><Data ss:Type="Number">1</Data></Cell><Cell ss:Index="4"/>` + data("Number", "2") + `</Row><Row>` + data("Number", "3") + `</Row>`, "B3 number 1\nE3 number 2\nA4 number 3\n"},
		"repeated rows":   {`<Row ss:Span="9"/><Row>` + data("Number", "3") + `</Row>`, "A11 number 3\n"},
		"merged across":   {`<Row><Cell ss:MergeAcross="2"><Data ss:Type="String">a</Data></Cell>` + data("String", "b") + `</Row>`, "A1 text a\nD1 text b\n"},
		"styles":          {`<Row><Cell ss:StyleID="d"><Data ss:Type="Number">46199</Data></Cell><Cell ss:StyleID="p"><Data ss:Type="Number">0.285</Data></Cell><Cell ss:StyleID="s"><Data ss:Type="Number">0.5</Data></Cell></Row>`, "A1 number date 46199\nB1 number percent 0.285\nC1 number percent struck 0.5\n"},
		"style of a row":  {`<Column/><Column ss:StyleID="p" ss:Span="1"/><Row ss:StyleID="d">` + data("Number", "1") + `</Row><Row>` + data("Number", "1") + data("Number", "2") + data("Number", "3") + data("Number", "4") + `</Row>`, "A1 number date 1\nA2 number 1\nB2 number percent 2\nC2 number percent 3\nD2 number 4\n"},
		"dates":           {`<Row>` + data("DateTime", "2026-06-26T00:00:00.000") + data("DateTime", "1899-12-31T18:00:00.000") + `</Row>`, "A1 number date 2026-06-26T00:00:00.000\nB1 number date 1899-12-31T18:00:00.000\n"},
		"formulas":        {`<Row><Cell ss:Formula="=R1C2"><Data ss:Type="Number">3</Data></Cell><Cell ss:Formula="=1"/><Cell ss:Formula="=1"><Data ss:Type="Number"></Data></Cell><Cell ss:Formula="=&quot;&quot;"><Data ss:Type="String"></Data></Cell></Row>`, "A1 number formula 3\nB1 pending formula \nC1 pending formula \n"},
		"comments":        {`<Row><Cell><Data ss:Type="Number">1</Data><Comment ss:Author="某人"><ss:Data xmlns="http://www.w3.org/TR/REC-html40"><B>注</B></ss:Data></Comment><NamedCell ss:Name="x"/></Cell></Row>`, "A1 number 1\n"},
		"rich text":       {`<Row><Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40">在<B>册<Font html:Size="9">人</Font></B>数</ss:Data></Cell><Cell><ss:Data ss:Type="String" xmlns="h"><S>12</S> 15</ss:Data></Cell></Row>`, "A1 text 在册人数\nB1 text struck 12 15\n"},
		"formatting only": {`<Row ss:StyleID="d"><Cell ss:StyleID="d"/></Row><Row ss:Index="1048576"/>`, ""},
		"cdata":           {`<Row>` + data("String", "<![CDATA[<b>]]>c<!-- x -->") + `</Row>`, "A1 text <b>c\n"},
		"what it holds":   {`<Row>` + data("String", "a\u202eb\u200b") + `</Row>`, "A1 text a\u202eb\u200b\n"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			book := mustRead(t, []byte(xmlOf(tt.table)))
			if got := dump(book.Sheets[0]); got != tt.want || book.Format != XML || book.Sheets[0].Name != "六月" {
				t.Errorf("got\n%swant\n%s", got, tt.want)
			}
		})
	}
}

func TestXML2003Dates(t *testing.T) {
	row := `<Row><Cell><Data ss:Type="DateTime">2026-06-26T12:00:00.000</Data></Cell><Cell><Data ss:Type="DateTime">1899-12-31T18:00:00.000</Data></Cell></Row>`
	s := mustRead(t, []byte(xmlOf(row))).Sheets[0]
	if s.At(0, 0).Num != 46199.5 || math.Abs(s.At(0, 1).Num-0.75) > 1e-12 {
		t.Errorf("%v %v", s.At(0, 0).Num, s.At(0, 1).Num)
	}
	book := mustRead(t, []byte(strings.Replace(xmlOf(row), "<Styles>", `<ExcelWorkbook xmlns="`+nsExcel+`"><Date1904/></ExcelWorkbook><Styles>`, 1)))
	if !book.Date1904 || book.Sheets[0].At(0, 0).Num != 46199.5-1462 {
		t.Errorf("1904: %v", book.Sheets[0].At(0, 0).Num)
	}
}

// Merged cells, what is hidden, several sheets; with the prefix and without.
func TestXML2003Shape(t *testing.T) {
	text := xmlOf(`<Column ss:Index="2" ss:Span="1" ss:Hidden="1"/><Row ss:Hidden="1"><Cell ss:MergeAcross="1" ss:MergeDown="1"><Data ss:Type="String">a</Data></Cell></Row>` +
		`<Row><Cell ss:Index="3"><Data ss:Type="String">b</Data></Cell></Row><Row ss:Hidden="1" ss:Span="100000"/>`)
	text = strings.Replace(text, "</Workbook>", `<Worksheet ss:Name="b"><x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet>`+
		`<Worksheet ss:Name="c"><Table/><WorksheetOptions xmlns="x"><Visible>SheetVeryHidden</Visible></WorksheetOptions></Worksheet></Workbook>`, 1)
	check := func(t *testing.T, text string) {
		t.Helper()
		book := mustRead(t, []byte(text))
		s := book.Sheets[0]
		if !reflect.DeepEqual(s.Merges, []Range{{0, 0, 1, 1}}) || !reflect.DeepEqual(s.HiddenRows, []int{0}) || !reflect.DeepEqual(s.HiddenCols, []int{1, 2}) {
			t.Errorf("%v %v %v", s.Merges, s.HiddenRows, s.HiddenCols)
		}
		if len(book.Sheets) != 3 || s.Visibility != Visible || book.Sheets[1].Visibility != Hidden || book.Sheets[2].Visibility != VeryHidden || book.Sheets[2].Index != 2 {
			t.Errorf("%+v", book.Sheets)
		}
	}
	check(t, text)
	check(t, prefixed(text))
}

// prefixed writes the elements of the namespace with its prefix, as some do.
func prefixed(text string) string {
	for _, name := range []string{"Workbook", "Styles", "Style", "NumberFormat", "Font", "Worksheet", "Table", "Column", "Row", "Cell", "Data"} {
		for _, end := range []string{" ", ">", "/"} {
			text = strings.ReplaceAll(text, "<"+name+end, "<ss:"+name+end)
			text = strings.ReplaceAll(text, "</"+name+end, "</ss:"+name+end)
		}
	}
	return strings.Replace(text, `xmlns="`+nsXML2003+`" `, "", 1)
}

func TestRefusedXML2003(t *testing.T) {
	const cell = `<Cell><Data ss:Type="Number">1</Data></Cell>`
	tests := map[string]struct{ table, code, where string }{
		"index 0":            {`<Row ss:Index="0">` + cell + `</Row>`, "damaged", "xml @"},
		"index falls":        {`<Row/><Row/><Row ss:Index="2">` + cell + `</Row>`, "damaged", "xml @"},
		"index beyond":       {`<Row ss:Index="1048577">` + cell + `</Row>`, "damaged", "xml @"},
		"index lies":         {`<Row ss:Index="2147483648">` + cell + `</Row>`, "damaged", "xml @"},
		"column falls":       {`<Row>` + cell + `<Cell ss:Index="1"/></Row>`, "damaged", "xml @"},
		"column beyond":      {`<Row><Cell ss:Index="16385"/></Row>`, "damaged", "xml @"},
		"column span beyond": {`<Column ss:Span="16384"/>`, "damaged", "xml @"},
		"row span beyond":    {`<Row ss:Span="1048576"/>`, "damaged", "xml @"},
		"row with span":      {`<Row ss:Span="2">` + cell + `</Row>`, "damaged", "xml @"},
		"merge beyond":       {`<Row><Cell ss:MergeAcross="16384"/></Row>`, "damaged", "xml @"},
		"merges overlap":     {`<Row><Cell ss:MergeDown="2"/></Row><Row><Cell ss:MergeDown="1"/></Row>`, "damaged", "xml @"},
		"cell below a merge": {`<Row><Cell ss:MergeDown="2"/></Row><Row>` + cell + `</Row>`, "damaged", "xml @"},
		"attribute unknown":  {`<Row><Cell ss:Indfx="3"><Data ss:Type="Number">1</Data></Cell></Row>`, "damaged", "xml @"},
		"prefix unknown":     {`<Row><Cell sr:Index="3"><Data ss:Type="Number">1</Data></Cell></Row>`, "damaged", "xml @"},
		"no prefix":          {`<Row><Cell Index="3"><Data ss:Type="Number">1</Data></Cell></Row>`, "damaged", "xml @"},
		"element unknown":    {`<Sow>` + cell + `</Sow>`, "damaged", "xml @"},
		"cell unknown":       {`<Row><Dell><Data ss:Type="Number">1</Data></Dell></Row>`, "damaged", "xml @"},
		"data unknown":       {`<Row><Cell><Eata ss:Type="Number">1</Eata></Cell></Row>`, "damaged", "xml @"},
		"type unknown":       {`<Row><Cell><Data ss:Type="Numbed">1</Data></Cell></Row>`, "damaged", "xml 1!A1"},
		"no type":            {`<Row><Cell><Data>1</Data></Cell></Row>`, "damaged", "xml 1!A1"},
		"not a number":       {`<Row><Cell/><Cell><Data ss:Type="Number">1,2</Data></Cell></Row>`, "damaged", "xml 1!B1"},
		"not a date":         {`<Row><Cell><Data ss:Type="DateTime">2026-13-01T00:00:00</Data></Cell></Row>`, "damaged", "xml 1!A1"},
		"two values":         {`<Row><Cell><Data ss:Type="Number">1</Data><Data ss:Type="Number">2</Data></Cell></Row>`, "damaged", "xml @"},
		"style unknown":      {`<Row><Cell ss:StyleID="q"/></Row>`, "damaged", "xml @"},
		"two tables":         {`</Table><Table>`, "damaged", "xml @"},
		"text in a row":      {`<Row>1</Row>`, "damaged", "xml @"},
		"doctype":            {`<!DOCTYPE a [<!ENTITY b "c">]>`, "doctype", ""},
		"unknown entity":     {`<Row><Cell><Data ss:Type="String">&b;</Data></Cell></Row>`, "damaged", "xml @"},
		"too deep":           {`<Row><Cell><Data ss:Type="String">` + strings.Repeat("<B>", 80) + strings.Repeat("</B>", 80) + `</Data></Cell></Row>`, "damaged", "xml @"},
		"closed too often":   {`</Row>`, "damaged", "xml @"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) { wantCode(t, []byte(xmlOf(tt.table)), tt.code, tt.where) })
	}
	whole := xmlOf("")
	for name, text := range map[string]string{
		"no sheets":           whole[:strings.Index(whole, "<Worksheet")] + "</Workbook>",
		"prefix bound badly":  strings.Replace(whole, `xmlns:ss="`+nsXML2003, `xmlns:ss="x`, 1),
		"styles after sheets": strings.Replace(whole, "</Workbook>", "<Styles/></Workbook>", 1),
		"a style twice":       strings.Replace(whole, `ss:ID="p"`, `ss:ID="d"`, 1),
		"a state unknown":     strings.Replace(whole, "SheetVisible", "SheetVisibel", 1),
		"text behind":         whole + "x",
	} {
		t.Run(name, func(t *testing.T) { wantCode(t, []byte(text), "damaged", "xml @") })
	}
}
