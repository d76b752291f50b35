package sample

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"jindu/store"
)

// What is written here is the little of the format that the district's books
// hold: texts, numbers, results of formulas, merged cells, widths, a few styles.
// A library that can write everything took most of the demo's time, and its
// tables a third of every short command's.

// The parts that are the same in every book, but for their lists of sheets.
const (
	xmlHead  = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainNS   = `http://schemas.openxmlformats.org/spreadsheetml/2006/main`
	linkNS   = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
	linksNS  = `http://schemas.openxmlformats.org/package/2006/relationships`
	typesNS  = `http://schemas.openxmlformats.org/package/2006/content-types`
	mainType = `application/vnd.openxmlformats-officedocument.spreadsheetml.`

	rootLinks = xmlHead + `<Relationships xmlns="` + linksNS + `"><Relationship Id="rId1" Type="` + linkNS +
		`/officeDocument" Target="xl/workbook.xml"/></Relationships>`
)

// stylesPart holds a style for each look, in the order of the looks: fonts are 0
// plain, 1 of titles, 2 of heads; formats 3, 4 and 10 are Excel's own for #,##0,
// #,##0.00 and 0.00%.
const stylesPart = xmlHead + `<styleSheet xmlns="` + mainNS + `">` +
	`<numFmts count="1"><numFmt numFmtId="176" formatCode="yyyy-mm-dd"/></numFmts>` +
	`<fonts count="3"><font><sz val="11"/><name val="宋体"/></font>` +
	`<font><b/><sz val="16"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font></fonts>` +
	`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
	`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
	`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
	`<cellXfs count="9">` +
	`<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` + // plain
	`<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1">` + middle + `</xf>` + // title
	`<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">` + left + `</xf>` + // note
	`<xf numFmtId="0" fontId="2" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1">` + middle + `</xf>` + // head
	`<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">` + left + `</xf>` + // label
	`<xf numFmtId="3" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` + // count
	`<xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` + // amount
	`<xf numFmtId="10" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` + // percent
	`<xf numFmtId="176" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` + // day
	`</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`

const (
	middle = `<alignment horizontal="center" vertical="center" wrapText="1"/>`
	left   = `<alignment vertical="center" wrapText="1"/>`
)

// part is one part of a workbook's zip.
type part struct{ name, text string }

// workbook writes xlsx, with the same styles for every book. The same book is
// the same bytes: parts have a fixed order and no time.
func (b *book) workbook() ([]byte, error) {
	var list, links, types strings.Builder
	var sheets []part
	for i, s := range b.sheets {
		if err := checkName(s.name); err != nil {
			return nil, err
		}
		state := ""
		if s.hidden {
			state = ` state="hidden"`
		}
		fmt.Fprintf(&list, `<sheet name="%s" sheetId="%d"%s r:id="rId%d"/>`, escape(s.name), i+1, state, i+1)
		fmt.Fprintf(&links, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, linkNS, i+1)
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%sworksheet+xml"/>`, i+1, mainType)
		sheets = append(sheets, part{fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), s.xml()})
	}
	fmt.Fprintf(&links, `<Relationship Id="rId%d" Type="%s/styles" Target="styles.xml"/>`, len(b.sheets)+1, linkNS)
	return pack(append([]part{
		{"[Content_Types].xml", xmlHead + `<Types xmlns="` + typesNS + `">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="` + mainType + `sheet.main+xml"/>` +
			`<Override PartName="/xl/styles.xml" ContentType="` + mainType + `styles+xml"/>` + types.String() + `</Types>`},
		{"_rels/.rels", rootLinks},
		{"xl/_rels/workbook.xml.rels", xmlHead + `<Relationships xmlns="` + linksNS + `">` + links.String() + `</Relationships>`},
		{"xl/styles.xml", stylesPart},
		{"xl/workbook.xml", xmlHead + `<workbook xmlns="` + mainNS + `" xmlns:r="` + linkNS + `"><sheets>` + list.String() + `</sheets></workbook>`},
	}, sheets...))
}

// checkName refuses what Excel does not take for the name of a sheet.
func checkName(name string) error {
	if n := utf8.RuneCountInString(name); n == 0 || n > 31 || strings.ContainsAny(name, `:\/?*[]`) {
		return fmt.Errorf("sheet %s: not a name that Excel takes", name)
	}
	return nil
}

// xml writes the sheet's part.
func (s *sheet) xml() string {
	var out bytes.Buffer
	out.WriteString(xmlHead + `<worksheet xmlns="` + mainNS + `">`)
	if len(s.widths) > 0 {
		out.WriteString(`<cols>`)
		for i, width := range s.widths {
			fmt.Fprintf(&out, `<col min="%d" max="%d" width="%g" customWidth="1"/>`, i+1, i+1, width)
		}
		out.WriteString(`</cols>`)
	}
	out.WriteString(`<sheetData>`)
	for i, row := range s.rows {
		out.WriteString(`<row r="` + strconv.Itoa(i+1) + `">`)
		for j, c := range row {
			c.xml(&out, i, j)
		}
		out.WriteString(`</row>`)
	}
	out.WriteString(`</sheetData>`)
	if len(s.merges) > 0 {
		fmt.Fprintf(&out, `<mergeCells count="%d">`, len(s.merges))
		for _, m := range s.merges {
			out.WriteString(`<mergeCell ref="` + area(m[0], m[1], m[2], m[3]) + `"/>`)
		}
		out.WriteString(`</mergeCells>`)
	}
	out.WriteString(`</worksheet>`)
	return out.String()
}

// xml writes the cell, of a formula with its result: a day is its serial number,
// a text stands in the cell itself.
func (c cell) xml(out *bytes.Buffer, row, col int) {
	if c == (cell{}) {
		return
	}
	out.WriteString(`<c r="` + ref(row, col) + `" s="` + strconv.Itoa(int(c.look)) + `"`)
	number := ""
	switch v := c.value.(type) {
	case string:
		out.WriteString(` t="inlineStr"><is><t xml:space="preserve">` + escape(v) + `</t></is></c>`)
		return
	case int:
		number = strconv.Itoa(v)
	case float64:
		number = strconv.FormatFloat(v, 'f', -1, 64)
	case store.Date:
		number = strconv.Itoa(v.Sub(store.Date{Year: 1899, Month: 12, Day: 30}))
	}
	out.WriteString(`>`)
	if c.formula != "" {
		out.WriteString(`<f>` + escape(c.formula) + `</f>`)
	}
	if number != "" {
		out.WriteString(`<v>` + number + `</v>`)
	}
	out.WriteString(`</c>`)
}

// escape writes a text as XML holds it.
func escape(text string) string {
	if !strings.ContainsAny(text, "<>&\"'\n\r\t") {
		return text
	}
	var out strings.Builder
	_ = xml.EscapeText(&out, []byte(text)) // a Builder takes everything
	return out.String()
}

// pack zips the parts. One packer does all of them: its tables are larger than
// any part.
func pack(parts []part) ([]byte, error) {
	var out bytes.Buffer
	packer, err := flate.NewWriter(nil, flate.BestSpeed)
	if err != nil {
		return nil, err
	}
	z := zip.NewWriter(&out)
	z.RegisterCompressor(zip.Deflate, func(to io.Writer) (io.WriteCloser, error) {
		packer.Reset(to)
		return packer, nil
	})
	for _, p := range parts {
		to, err := z.Create(p.name)
		if err != nil {
			return nil, err
		}
		if _, err := io.WriteString(to, p.text); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
