package template

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
)

const (
	xmlHead  = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainNS   = `http://schemas.openxmlformats.org/spreadsheetml/2006/main`
	linkNS   = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
	linksNS  = `http://schemas.openxmlformats.org/package/2006/relationships`
	typesNS  = `http://schemas.openxmlformats.org/package/2006/content-types`
	coreNS   = `http://schemas.openxmlformats.org/package/2006/metadata/core-properties`
	appNS    = `http://schemas.openxmlformats.org/officeDocument/2006/extended-properties`
	mainType = `application/vnd.openxmlformats-officedocument.spreadsheetml.`
)

// part is one part of a workbook's zip.
type part struct{ name, text string }

// write writes the workbook. Parts have a fixed order and no time, and of
// properties only the title and the day: no person's name.
func (b *book) write(w io.Writer) error {
	var sheets []part
	for i, p := range b.sheets {
		sheets = append(sheets, part{fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), b.page(p)})
	}
	z := zip.NewWriter(w)
	for _, p := range slices.Concat([]part{
		{"[Content_Types].xml", b.types()},
		{"_rels/.rels", xmlHead + `<Relationships xmlns="` + linksNS + `">` +
			`<Relationship Id="rId1" Type="` + linkNS + `/officeDocument" Target="xl/workbook.xml"/>` +
			`<Relationship Id="rId2" Type="` + linksNS + `/metadata/core-properties" Target="docProps/core.xml"/>` +
			`<Relationship Id="rId3" Type="` + linkNS + `/extended-properties" Target="docProps/app.xml"/></Relationships>`},
		{"docProps/app.xml", xmlHead + `<Properties xmlns="` + appNS + `"><Application>jindu</Application></Properties>`},
		{"docProps/core.xml", b.properties()},
		{"xl/workbook.xml", b.workbook()},
		{"xl/_rels/workbook.xml.rels", b.links()},
		{"xl/styles.xml", b.styles()}, // after the pages, which say what looks there are
	}, sheets) {
		to, err := z.Create(p.name)
		if err != nil {
			return err
		}
		if _, err := io.WriteString(to, p.text); err != nil {
			return err
		}
	}
	return z.Close()
}

func (b *book) types() string {
	var s strings.Builder
	for i := range b.sheets {
		fmt.Fprintf(&s, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%sworksheet+xml"/>`, i+1, mainType)
	}
	return xmlHead + `<Types xmlns="` + typesNS + `">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="` + mainType + `sheet.main+xml"/>` +
		`<Override PartName="/xl/styles.xml" ContentType="` + mainType + `styles+xml"/>` + s.String() +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>` +
		`<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>`
}

func (b *book) links() string {
	var s strings.Builder
	for i := range b.sheets {
		fmt.Fprintf(&s, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, linkNS, i+1)
	}
	fmt.Fprintf(&s, `<Relationship Id="rId%d" Type="%s/styles" Target="styles.xml"/>`, len(b.sheets)+1, linkNS)
	return xmlHead + `<Relationships xmlns="` + linksNS + `">` + s.String() + `</Relationships>`
}

func (b *book) properties() string {
	day := b.day.String() + "T00:00:00Z"
	return xmlHead + `<cp:coreProperties xmlns:cp="` + coreNS + `" xmlns:dc="http://purl.org/dc/elements/1.1/"` +
		` xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
		`<dc:title>` + escape(b.title) + `</dc:title>` +
		`<dcterms:created xsi:type="dcterms:W3CDTF">` + day + `</dcterms:created></cp:coreProperties>`
}

// workbook lists the pages and the rows that each prints on every page.
func (b *book) workbook() string {
	var sheets, names strings.Builder
	for i, p := range b.sheets {
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, escape(p.name), i+1, i+1)
		if p.heads != (area{}) {
			fmt.Fprintf(&names, `<definedName name="_xlnm.Print_Titles" localSheetId="%d">%s!$%d:$%d</definedName>`,
				i, escape(quoted(p.name)), p.heads.row+1, p.heads.row2+1)
		}
	}
	defined := ""
	if names.Len() > 0 {
		defined = `<definedNames>` + names.String() + `</definedNames>`
	}
	return xmlHead + `<workbook xmlns="` + mainNS + `" xmlns:r="` + linkNS + `"><bookViews><workbookView/></bookViews><sheets>` +
		sheets.String() + `</sheets>` + defined + `<calcPr fullCalcOnLoad="1"/></workbook>`
}

// page writes a sheet's part; the order of its elements is the format's.
func (b *book) page(p *page) string {
	var s strings.Builder
	s.WriteString(xmlHead + `<worksheet xmlns="` + mainNS + `"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>`)
	s.WriteString(`<sheetViews><sheetView showGridLines="0" workbookViewId="0">`)
	if row, col := p.frozen[0], p.frozen[1]; row+col > 0 {
		s.WriteString(`<pane` + attribute("xSplit", col) + attribute("ySplit", row) + ` topLeftCell="` + ref(row, col) +
			`" activePane="` + pane(row, col) + `" state="frozen"/><selection pane="` + pane(row, col) + `"/>`)
	}
	s.WriteString(`</sheetView></sheetViews><sheetFormatPr defaultRowHeight="20" customHeight="1"/>`)
	b.widths(&s, p)
	b.cells(&s, p)
	if !p.free {
		p.protection(&s)
	}
	if len(p.merges) > 0 {
		fmt.Fprintf(&s, `<mergeCells count="%d">`, len(p.merges))
		for _, m := range p.merges {
			s.WriteString(`<mergeCell ref="` + m.String() + `"/>`)
		}
		s.WriteString(`</mergeCells>`)
	}
	if r := p.ruled; r != nil {
		fmt.Fprintf(&s, `<conditionalFormatting sqref="%s"><cfRule type="expression" dxfId="0" priority="1">`+
			`<formula>COUNTA($%s%d:$%s%d)&gt;0</formula></cfRule></conditionalFormatting>`,
			r, letters(r.col), r.row+1, letters(r.col2), r.row+1)
	}
	p.validations(&s)
	p.printing(&s)
	s.WriteString(`</worksheet>`)
	return s.String()
}

// attribute writes a number that is left out where it is 0.
func attribute(name string, n int) string {
	if n == 0 {
		return ""
	}
	return ` ` + name + `="` + strconv.Itoa(n) + `"`
}

// pane names the part of a split sheet that scrolls.
func pane(row, col int) string {
	switch {
	case col == 0:
		return "bottomLeft"
	case row == 0:
		return "topRight"
	default:
		return "bottomRight"
	}
}

func (b *book) widths(s *strings.Builder, p *page) {
	if len(p.widths) == 0 {
		return
	}
	s.WriteString(`<cols>`)
	for i, w := range p.widths {
		style := 0
		if i < len(p.columns) {
			style = b.style(p.columns[i])
		}
		fmt.Fprintf(s, `<col min="%d" max="%d" width="%g"%s customWidth="1"/>`, i+1, i+1, w, attribute("style", style))
	}
	s.WriteString(`</cols>`)
}

func (b *book) cells(s *strings.Builder, p *page) {
	s.WriteString(`<sheetData>`)
	for r, row := range p.rows {
		height := ""
		if h, ok := p.heights[r]; ok {
			height = fmt.Sprintf(` ht="%g" customHeight="1"`, h)
		}
		fmt.Fprintf(s, `<row r="%d"%s>`, r+1, height)
		for col, c := range row {
			if c == (cell{}) {
				continue
			}
			at := `<c r="` + ref(r, col) + `"` + attribute("s", b.style(c.look))
			switch c.kind {
			case words:
				s.WriteString(at + ` t="inlineStr"><is><t xml:space="preserve">` + escape(c.text) + `</t></is></c>`)
			case number:
				s.WriteString(at + `><v>` + strconv.FormatFloat(c.num, 'f', -1, 64) + `</v></c>`)
			case formula: // its result is the empty text: not missing, nothing
				s.WriteString(at + ` t="str"><f>` + escape(c.text) + `</f><v></v></c>`)
			default:
				s.WriteString(at + `/>`)
			}
		}
		s.WriteString(`</row>`)
	}
	s.WriteString(`</sheetData>`)
}

// protection locks what is not to be typed into, without a password: it keeps
// slips out, not people. Widths and heights may be changed, and rows added where
// the page grows; 0 means that it may.
func (p *page) protection(s *strings.Builder) {
	s.WriteString(`<sheetProtection sheet="1" objects="1" scenarios="1" formatColumns="0" formatRows="0"`)
	if p.grows {
		s.WriteString(` formatCells="0" insertRows="0" deleteRows="0" sort="0" autoFilter="0"`)
	}
	s.WriteString(`/>`)
}

func (p *page) validations(s *strings.Builder) {
	if len(p.limits) == 0 {
		return
	}
	fmt.Fprintf(s, `<dataValidations count="%d">`, len(p.limits))
	for _, l := range p.limits {
		s.WriteString(`<dataValidation`)
		for _, a := range [...][2]string{{"type", l.kind}, {"errorStyle", l.severity()}, {"operator", l.op}} {
			if a[1] != "" {
				s.WriteString(` ` + a[0] + `="` + a[1] + `"`)
			}
		}
		s.WriteString(` allowBlank="1" showInputMessage="1" showErrorMessage="1"`)
		if l.refusal != "" {
			s.WriteString(` errorTitle="不能这样填" error="` + escape(l.refusal) + `"`)
		}
		s.WriteString(` promptTitle="填写要求" prompt="` + escape(l.hint) + `" sqref="` + l.on.String() + `"`)
		if l.first == "" {
			s.WriteString(`/>`)
			continue
		}
		s.WriteString(`><formula1>` + escape(l.first) + `</formula1>`)
		if l.second != "" {
			s.WriteString(`<formula2>` + escape(l.second) + `</formula2>`)
		}
		s.WriteString(`</dataValidation>`)
	}
	s.WriteString(`</dataValidations>`)
}

func (l limit) severity() string {
	if l.warn {
		return "warning"
	}
	return ""
}

// printing sets the paper up: A4, as wide as the page and as long as it takes.
func (p *page) printing(s *strings.Builder) {
	orientation := "landscape"
	if p.upright {
		orientation = "portrait"
	}
	s.WriteString(`<printOptions horizontalCentered="1"/>` +
		`<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.7" header="0.3" footer="0.3"/>` +
		`<pageSetup paperSize="9" orientation="` + orientation + `" fitToHeight="0"/>` +
		`<headerFooter><oddFooter>` + escape(p.footer+`&R第 &P 页，共 &N 页`) + `</oddFooter></headerFooter>`)
}

// style returns the place of a look in the list of styles; 0 is the plain one.
func (b *book) style(l look) int {
	if i := slices.Index(b.looks, l); i >= 0 {
		return i
	}
	b.looks = append(b.looks, l)
	return len(b.looks) - 1
}

// styles writes every look that is in use, and the border of rows that are filled in.
func (b *book) styles() string {
	const rule = `style="thin"><color rgb="FF8C8C8C"/></`
	box := `<left ` + rule + `left><right ` + rule + `right><top ` + rule + `top><bottom ` + rule + `bottom>`
	formats := b.formats()
	var s strings.Builder
	s.WriteString(xmlHead + `<styleSheet xmlns="` + mainNS + `">`)
	if len(formats) > 0 {
		fmt.Fprintf(&s, `<numFmts count="%d">`, len(formats))
		for _, code := range slices.Sorted(maps.Keys(formats)) {
			fmt.Fprintf(&s, `<numFmt numFmtId="%d" formatCode="%s"/>`, formats[code], escape(code))
		}
		s.WriteString(`</numFmts>`)
	}
	fmt.Fprintf(&s, `<fonts count="%d">`, fonts)
	for _, f := range [fonts]string{`<sz val="11"/>`, `<b/><sz val="11"/>`, `<b/><sz val="18"/>`, `<sz val="10"/>`} {
		s.WriteString(`<font>` + f + `<name val="宋体"/><charset val="134"/></font>`)
	}
	fmt.Fprintf(&s, `</fonts><fills count="%d"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>`, fills+1)
	for _, rgb := range [fills - 1]string{"FFDCE6F1", "FFF2F2F2", "FFFCE4D6"} {
		s.WriteString(`<fill><patternFill patternType="solid"><fgColor rgb="` + rgb + `"/><bgColor indexed="64"/></patternFill></fill>`)
	}
	s.WriteString(`</fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>` + box + `<diagonal/></border></borders>` +
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>`)
	fmt.Fprintf(&s, `<cellXfs count="%d">`, len(b.looks))
	for _, l := range b.looks {
		s.WriteString(l.xf(formats))
	}
	s.WriteString(`</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>` +
		`<dxfs count="1"><dxf><border>` + box + `</border></dxf></dxfs></styleSheet>`)
	return s.String()
}

// formats numbers the formats of numbers that are in use; 164 is the first that a
// file can give.
func (b *book) formats() map[string]int {
	out := map[string]int{}
	for _, l := range b.looks {
		if _, known := out[l.format]; l.format != "" && !known {
			out[l.format] = 164 + len(out)
		}
	}
	return out
}

// xf writes one look.
func (l look) xf(formats map[string]int) string {
	ground, border, lock := 0, 0, 1
	if l.fill > white {
		ground = int(l.fill) + 1 // 1 is a pattern that every file has
	}
	if l.boxed {
		border = 1
	}
	if l.open {
		lock = 0
	}
	return fmt.Sprintf(`<xf numFmtId="%d" fontId="%d" fillId="%d" borderId="%d" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"`+
		` applyBorder="1" applyAlignment="1" applyProtection="1"><alignment %s vertical="center" wrapText="1"/><protection locked="%d"/></xf>`,
		formats[l.format], l.font, ground, border, l.alignment(), lock)
}

// alignment keeps boxed texts off their borders.
func (l look) alignment() string {
	h := `horizontal="` + [...]string{"left", "center", "right"}[l.align] + `"`
	if l.boxed && l.align == start {
		h += ` indent="1"`
	}
	return h
}

// escape writes a text as XML holds it.
func escape(text string) string {
	var out strings.Builder
	_ = xml.EscapeText(&out, []byte(text)) // a Builder takes everything
	return out.String()
}
