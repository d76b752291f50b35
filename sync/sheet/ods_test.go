package sheet

import (
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// odsSpaces declares the namespaces as programs do, with some that mean nothing.
func odsSpaces() string {
	var b strings.Builder
	names := odsNames()
	for _, prefix := range slices.Sorted(maps.Keys(names)) {
		fmt.Fprintf(&b, ` xmlns:%s="%s"`, prefix, names[prefix])
	}
	return b.String() + ` xmlns:fo="fo" xmlns:draw="draw" xmlns:dc="dc" xmlns:calcext="calcext"`
}

const odsAutomatic = `<office:automatic-styles><number:date-style style:name="N1"><number:year/></number:date-style><number:percentage-style style:name="N2"/>` +
	`<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>` +
	`<style:style style:name="d" style:family="table-cell" style:parent-style-name="Default" style:data-style-name="N1"/>` +
	`<style:style style:name="p" style:family="table-cell" style:data-style-name="N2"/>` +
	`<style:style style:name="s" style:family="table-cell" style:parent-style-name="p"><style:text-properties style:text-line-through-style="solid"/></style:style>` +
	`<style:style style:name="u" style:family="table-cell" style:parent-style-name="s"><style:text-properties style:text-line-through-style="none"/></style:style>` +
	`<style:style style:name="T1" style:family="text"><style:text-properties style:text-line-through-type="single"/></style:style></office:automatic-styles>`

// sheetODS wraps rows into a sheet.
func sheetODS(rows string) string {
	return `<table:table table:name="六月" table:style-name="ta1">` + rows + `</table:table>`
}

// flatODS wraps sheets into a flat document, packedODS into a packed one.
func flatODS(sheets string) []byte {
	return []byte(`<?xml version="1.0" encoding="UTF-8"?><office:document` + odsSpaces() + ` office:mimetype="` + mimeODS + `"><office:meta><dc:creator>某人</dc:creator></office:meta>` +
		odsAutomatic + `<office:body><office:spreadsheet>` + sheets + `</office:spreadsheet></office:body></office:document>`)
}

func packedODS(sheets string) parts {
	return parts{
		"mimetype":              mimeODS,
		"META-INF/manifest.xml": `<manifest:manifest xmlns:manifest="m"/>`,
		"styles.xml":            `<office:document-styles` + odsSpaces() + `><office:styles><style:style style:name="Default" style:family="table-cell"/></office:styles></office:document-styles>`,
		"content.xml": `<office:document-content` + odsSpaces() + `><office:scripts/>` + odsAutomatic +
			`<office:body><office:spreadsheet>` + sheets + `</office:spreadsheet></office:body></office:document-content>`,
	}
}

func TestODS(t *testing.T) {
	num := func(v string) string {
		return `<table:table-cell office:value-type="float" office:value="` + v + `"><text:p>` + v + `</text:p></table:table-cell>`
	}
	text := func(inside string) string {
		return `<table:table-cell office:value-type="string">` + inside + `</table:table-cell>`
	}
	row := func(cells string) string { return `<table:table-row>` + cells + `</table:table-row>` }
	tests := map[string]struct{ rows, want string }{
		"values": {
			row(text(`<text:p>城西&amp;东</text:p>`) + num("12.50") + `<table:table-cell office:value-type="boolean" office:boolean-value="true"/>` +
				`<table:table-cell office:value-type="currency" office:currency="CNY" office:value="3"/><table:table-cell office:value-type="percentage" office:value="0.285"/>`),
			"A1 text 城西&东\nB1 number 12.50\nC1 bool 1\nD1 number 3\nE1 number percent 0.285\n",
		},
		"dates": {
			row(`<table:table-cell office:value-type="date" office:date-value="2026-06-26"/><table:table-cell office:value-type="time" office:time-value="PT18H30M00S"/>` +
				`<table:table-cell table:style-name="d" office:value-type="float" office:value="46199"/>`),
			"A1 number date 2026-06-26\nB1 number date PT18H30M00S\nC1 number date 46199\n",
		},
		"styles":         {row(`<table:table-cell table:style-name="s" office:value-type="float" office:value="0.5"/><table:table-cell table:style-name="u" office:value-type="float" office:value="0.5"/>`), "A1 number percent struck 0.5\nB1 number percent 0.5\n"},
		"usual styles":   {`<table:table-column/><table:table-column table:default-cell-style-name="p"/>` + row(num("1")+num("2")+num("3")) + `<table:table-row table:default-cell-style-name="d">` + num("4") + `</table:table-row>`, "A1 number 1\nB1 number percent 2\nC1 number 3\nA2 number date 4\n"},
		"paragraphs":     {row(text("<text:p>  一\n  二 </text:p><text:p/><text:p>三</text:p>")), "A1 text 一 二\n\n三\n"},
		"pieces of text": {row(text(`<text:p>a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d<text:span text:style-name="x">e</text:span><text:a>f</text:a><text:sheet-name>g</text:sheet-name><!-- x --><![CDATA[<h>]]></text:p>`)), "A1 text a   b\tc\ndefg<h>\n"},
		"struck pieces":  {row(text(`<text:p><text:span text:style-name="T1">12</text:span> 15</text:p>`)), "A1 text struck 12 15\n"},
		"notes and drawings": {row(text(`<office:annotation><dc:creator>某人</dc:creator><text:p>注</text:p></office:annotation><text:p>a<text:note><text:note-body><text:p>注</text:p></text:note-body></text:note></text:p><draw:frame><draw:text-box><text:p>框</text:p></draw:text-box></draw:frame>`) +
			`<table:table-cell><office:annotation><text:p>注</text:p></office:annotation></table:table-cell>`), "A1 text a\n"},
		"told texts":   {row(`<table:table-cell office:value-type="string" office:string-value="0&amp;1"><text:p>shown</text:p></table:table-cell><table:table-cell><text:p>untyped</text:p></table:table-cell>`), "A1 text 0&1\nB1 text untyped\n"},
		"repeated":     {`<table:table-row table:number-rows-repeated="2">` + `<table:table-cell table:number-columns-repeated="2"/><table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="7"/></table:table-row>` + row(num("8")), "C1 number 7\nD1 number 7\nC2 number 7\nD2 number 7\nA3 number 8\n"},
		"blank rest":   {row(num("1")+`<table:table-cell table:number-columns-repeated="16383"/>`) + `<table:table-row table:number-rows-repeated="1048575"><table:table-cell table:style-name="d" table:number-columns-repeated="16384"/></table:table-row>` + row(`<table:table-cell table:number-columns-repeated="1048576"/>`), "A1 number 1\n"},
		"blank middle": {`<table:table-row table:number-rows-repeated="65535"><table:table-cell/></table:table-row>` + row(num("1")), "A65536 number 1\n"},
		"last cell":    {`<table:table-row table:number-rows-repeated="1048575"/>` + row(`<table:table-cell table:number-columns-repeated="16383"/>`+num("1")), "XFD1048576 number 1\n"},
		"formulas": {
			row(`<table:table-cell table:formula="of:=1" office:value-type="float" office:value="3"/><table:table-cell table:formula="of:=1"/><table:table-cell table:formula="of:=1" office:value-type="float"/>` +
				`<table:table-cell table:formula="of:=1" office:value-type="string" office:string-value=""/><table:table-cell table:formula="of:=1" office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>` +
				`<table:table-cell table:formula="of:=1" office:value-type="float" office:value="0"><text:p>#REF!</text:p></table:table-cell>`),
			"A1 number formula 3\nB1 pending formula \nC1 pending formula \nE1 fault formula #DIV/0!\nF1 fault formula #REF!\n",
		},
		"groups": {`<table:table-header-columns><table:table-column/></table:table-header-columns><table:table-header-rows>` + row(num("1")) + `</table:table-header-rows><table:table-row-group><table:table-row-group>` + row(num("2")) + `</table:table-row-group></table:table-row-group><table:table-rows>` + row(num("3")) + `</table:table-rows>`, "A1 number 1\nA2 number 2\nA3 number 3\n"},
		"things": {`<table:shapes><draw:frame><table:table><table:table-row>` + num("9") + `</table:table-row></table:table></draw:frame></table:shapes>` + row(num("1")) + `<calcext:conditional-formats><a/></calcext:conditional-formats>`, "A1 number 1\n"},
		"marks":  {row(text("<text:p>a\u202eb\u200b</text:p>")), "A1 text a\u202eb\u200b\n"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			for _, data := range [][]byte{flatODS(sheetODS(tt.rows)), packedODS(sheetODS(tt.rows)).zip(t)} {
				book := mustRead(t, data)
				if got := dump(book.Sheets[0]); got != tt.want || book.Format != ODS || book.Sheets[0].Name != "六月" {
					t.Errorf("got\n%swant\n%s", got, tt.want)
				}
			}
		})
	}
}

func TestODSDates(t *testing.T) {
	cells := `<table:table-row><table:table-cell office:value-type="date" office:date-value="2026-06-26T12:00:00"/><table:table-cell office:value-type="time" office:time-value="-P1DT06H0M0.5S"/>` +
		`<table:table-cell table:style-name="d" office:value-type="float" office:value="46197"/></table:table-row>`
	for first, want := range map[string][3]float64{
		"1899-12-30": {46199.5, -1.25 - 0.5/86400, 46197},
		"1900-01-01": {46199.5, -1.25 - 0.5/86400, 46199},
		"1904-01-01": {46199.5 - 1462, -1.25 - 0.5/86400, 46197},
	} {
		book := mustRead(t, flatODS(`<table:calculation-settings><table:null-date table:date-value="`+first+`"/></table:calculation-settings>`+sheetODS(cells)))
		for i, w := range want {
			if c := book.Sheets[0].At(0, i); math.Abs(c.Num-w) > 1e-9 || !c.Date {
				t.Errorf("%s: %s is %v, want %v", first, c.Ref(), c.Num, w)
			}
		}
		if book.Date1904 != (first == "1904-01-01") {
			t.Errorf("%s: %v", first, book.Date1904)
		}
	}
	for _, bad := range []string{"18:00", "PT", "P", "PT1", "PTH", "PT1H2H", "PT1X", "PT-1H", "PT1e3S", "PT1S1M"} {
		wantCode(t, flatODS(sheetODS(`<table:table-row><table:table-cell/><table:table-cell office:value-type="time" office:time-value="`+bad+`"/></table:table-row>`)), "damaged", "fods 1!B1")
	}
}

func TestODSShape(t *testing.T) {
	cell := `<table:table-cell office:value-type="float" office:value="1"/>`
	book := mustRead(t, flatODS(`<table:tracked-changes><table:cell-content-change><table:table-cell office:value-type="float" office:value="9"/></table:cell-content-change></table:tracked-changes>`+
		sheetODS(`<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse" table:number-columns-repeated="16382"/>`+
			`<table:table-row table:visibility="filter"><table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="2" office:value-type="float" office:value="1"/><table:covered-table-cell/>`+cell+`</table:table-row>`+
			`<table:table-row><table:covered-table-cell table:number-columns-repeated="2"/>`+cell+`</table:table-row><table:table-row table:number-rows-repeated="1048574" table:visibility="collapse"/>`)+
		`<table:table table:name="隐" table:style-name="ta2"/><table:table table:name="'file:///x.ods'#$一"><table:table-source/><table:table-row>`+cell+`</table:table-row></table:table><table:named-expressions/>`))
	s := book.Sheets[0]
	if len(book.Sheets) != 2 || book.Sheets[1].Visibility != Hidden || book.Sheets[1].Index != 1 || s.Visibility != Visible {
		t.Fatalf("%+v", book.Sheets)
	}
	if !reflect.DeepEqual(s.Merges, []Range{{0, 0, 1, 1}}) || !reflect.DeepEqual(s.HiddenRows, []int{0}) || !reflect.DeepEqual(s.HiddenCols, []int{2}) {
		t.Errorf("%v %v %v", s.Merges, s.HiddenRows, s.HiddenCols)
	}
	if got := dump(s); got != "A1 number 1\nC1 number 1\nC2 number 1\n" {
		t.Error(got)
	}
}

func TestRefusedODS(t *testing.T) {
	row := func(cells string) string {
		return sheetODS(`<table:table-row>` + cells + `</table:table-row>`)
	}
	const one = `<table:table-cell office:value-type="float" office:value="1"/>`
	tests := map[string]struct{ sheets, code, where string }{
		"rows lie":             {sheetODS(`<table:table-row table:number-rows-repeated="2147483648">` + one + `</table:table-row>`), "damaged", "fods @"},
		"rows beyond":          {sheetODS(`<table:table-row table:number-rows-repeated="1048577"/>`), "damaged", "fods @"},
		"a row beyond":         {sheetODS(`<table:table-row table:number-rows-repeated="1048576"/><table:table-row>` + one + `</table:table-row>`), "damaged", "fods @"},
		"a row of a million":   {sheetODS(`<table:table-row table:number-rows-repeated="1048576">` + one + `</table:table-row>`), "too_many_rows", ""},
		"cells lie":            {row(`<table:table-cell table:number-columns-repeated="2147483648"/>`), "damaged", "fods @"},
		"a cell beyond":        {row(`<table:table-cell table:number-columns-repeated="16384"/>` + one), "damaged", "fods @"},
		"cells beyond":         {row(`<table:table-cell table:number-columns-repeated="16385" office:value-type="float" office:value="1"/>`), "damaged", "fods @"},
		"repeated 0 times":     {row(`<table:table-cell table:number-columns-repeated="0" office:value-type="float" office:value="1"/>`), "damaged", "fods @"},
		"span beyond":          {row(`<table:table-cell table:number-columns-spanned="16385"/>`), "damaged", "fods @"},
		"rows span beyond":     {sheetODS(`<table:table-row/><table:table-row><table:table-cell table:number-rows-spanned="1048576"/></table:table-row>`), "damaged", "fods @"},
		"a span repeated":      {row(`<table:table-cell table:number-columns-repeated="3" table:number-rows-spanned="2"/>`), "damaged", "fods @"},
		"unknown type":         {row(`<table:table-cell office:value-type="flaot" office:value="1"/>`), "damaged", "fods 1!A1"},
		"no value":             {row(`<table:table-cell office:value-type="float"><text:p>1</text:p></table:table-cell>`), "damaged", "fods 1!A1"},
		"two values":           {row(`<table:table-cell office:value-type="float" office:value="1" office:string-value="2"/>`), "damaged", "fods @"},
		"not a number":         {row(`<table:table-cell office:value-type="float" office:value="1,2"/>`), "damaged", "fods 1!A1"},
		"not a date":           {row(`<table:table-cell office:value-type="date" office:date-value="2026-02-30"/>`), "damaged", "fods 1!A1"},
		"not a truth":          {row(`<table:table-cell office:value-type="boolean" office:boolean-value="2"/>`), "damaged", "fods 1!A1"},
		"attribute unknown":    {row(`<table:table-cell table:number-columns-repfated="3"/>` + one), "damaged", "fods @"},
		"prefix unknown":       {row(`<table:table-cell tabme:number-columns-repeated="3"/>` + one), "damaged", "fods @"},
		"cell unknown":         {row(`<table:tabme-cell/>` + one), "damaged", "fods @"},
		"cell's space unknown": {row(`<tabme:table-cell/>` + one), "damaged", "fods @"},
		"row unknown":          {sheetODS(`<table:table-sow/>`), "damaged", "fods @"},
		"text unknown":         {row(`<table:table-cell office:value-type="string"><text:q>a</text:q></table:table-cell>`), "damaged", "fods @"},
		"text's space unknown": {row(`<table:table-cell office:value-type="string"><tfxt:p>a</tfxt:p></table:table-cell>`), "damaged", "fods @"},
		"a table in a cell":    {row(`<table:table-cell><table:table/></table:table-cell>`), "damaged", "fods @"},
		"visibility unknown":   {sheetODS(`<table:table-row table:visibility="collapsf"/>`), "damaged", "fods @"},
		"many blanks":          {row(`<table:table-cell office:value-type="string"><text:p><text:s text:c="99999999"/></text:p></table:table-cell>`), "damaged", "fods @"},
		"settings after":       {sheetODS(``) + `<table:calculation-settings/>`, "damaged", "fods @"},
		"no sheets":            {``, "damaged", "fods @"},
		"a chapter unknown":    {`<table:tabla/>`, "damaged", "fods @"},
		"doctype":              {`<!DOCTYPE a [<!ENTITY b "c">]>`, "doctype", ""},
		"tags cross":           {row(`<table:table-cell><text:p></table:table-cell></text:p>`), "damaged", "fods @"},
		"too deep":             {row(`<table:table-cell office:value-type="string"><text:p>` + strings.Repeat("<text:span>", 80) + strings.Repeat("</text:span>", 80) + `</text:p></table:table-cell>`), "damaged", "fods @"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) { wantCode(t, flatODS(tt.sheets), tt.code, tt.where) })
	}
	good := packedODS(row(one))
	mustRead(t, good.zip(t))
	for name, tt := range map[string]struct {
		parts parts
		code  string
	}{
		"encrypted":           {good.with("META-INF/manifest.xml", `<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>`), "encrypted"},
		"no content":          {good.with("content.xml", ""), "damaged"},
		"content of styles":   {good.with("content.xml", good["styles.xml"]), "damaged"},
		"bound badly":         {good.edit(t, "content.xml", "table:1.0", "table:2.0"), "damaged"},
		"a text document":     {good.edit(t, "content.xml", "<office:spreadsheet>", "<office:text>").edit(t, "content.xml", "</office:spreadsheet>", "</office:text>"), "text_document"},
		"styles damaged":      {good.with("styles.xml", "<a>"), "damaged"},
		"doctype of styles":   {good.with("styles.xml", "<!DOCTYPE a>"+good["styles.xml"]), "doctype"},
		"named as of old":     {good.with("mimetype", "application/vnd.sun.xml.calc"), "foreign_sheet"},
		"a name of two parts": {good.with("Content.xml", "<a/>"), "damaged"},
	} {
		t.Run(name, func(t *testing.T) { wantCode(t, tt.parts.zip(t), tt.code, "") })
	}
	mustRead(t, good.with("mimetype", "").zip(t)) // some programs leave it out
}
