package form

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"flag"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"jindu/sync/sheet"
)

// update writes the workbooks of testdata/irregular anew.
var update = flag.Bool("update", false, "write the workbooks of testdata")

// The styles of the workbooks that the tests write: numbers as they are, percentages,
// dates, struck through, red.
const styleSheet = `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
	`<fonts count="3"><font/><font><strike/></font><font><color rgb="FFFF0000"/></font></fonts>` +
	`<cellXfs count="5"><xf numFmtId="0" fontId="0"/><xf numFmtId="10" fontId="0"/><xf numFmtId="14" fontId="0"/>` +
	`<xf numFmtId="0" fontId="1"/><xf numFmtId="0" fontId="2"/></cellXfs></styleSheet>`

// xlsxOf writes sheets as a spreadsheet program would.
func xlsxOf(tb testing.TB, date1904 bool, sheets ...*sheet.Sheet) []byte {
	tb.Helper()
	const (
		main = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
		rels = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
		pkg  = `xmlns="http://schemas.openxmlformats.org/package/2006/relationships"`
	)
	var list, links strings.Builder
	files := [][2]string{{"_rels/.rels", `<Relationships ` + pkg + `><Relationship Id="rId1" Type="` + rels + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`}}
	for i, s := range sheets {
		state := [...]string{"", ` state="hidden"`, ` state="veryHidden"`}[s.Visibility]
		fmt.Fprintf(&list, `<sheet name=%s sheetId="%d"%s r:id="rId%d"/>`, quoted(s.Name), i+1, state, i+1)
		fmt.Fprintf(&links, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, rels, i+1)
		files = append(files, [2]string{fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), `<worksheet ` + main + `>` + worksheet(s) + `</worksheet>`})
	}
	fmt.Fprintf(&links, `<Relationship Id="rId%d" Type="%s/styles" Target="styles.xml"/>`, len(sheets)+1, rels)
	files = append(files,
		[2]string{"xl/workbook.xml", fmt.Sprintf(`<workbook %s xmlns:r="%s"><workbookPr date1904="%t"/><sheets>%s</sheets></workbook>`, main, rels, date1904, list.String())},
		[2]string{"xl/_rels/workbook.xml.rels", `<Relationships ` + pkg + `>` + links.String() + `</Relationships>`},
		[2]string{"xl/styles.xml", styleSheet})
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, f := range files {
		w, err := z.Create(f[0])
		if err != nil {
			tb.Fatal(err)
		}
		if _, err := w.Write([]byte(f[1])); err != nil {
			tb.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

func quoted(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // writing to memory does not fail
	return `"` + b.String() + `"`
}

// worksheet writes the grid and what else the sheet says.
func worksheet(s *sheet.Sheet) string {
	var b strings.Builder
	for _, col := range s.HiddenCols {
		fmt.Fprintf(&b, `<col min="%d" max="%d" hidden="1"/>`, col+1, col+1)
	}
	cols := b.String()
	b.Reset()
	hidden := map[int]bool{}
	for _, r := range s.HiddenRows {
		hidden[r] = true
	}
	row := -1
	for _, c := range s.Cells {
		if int(c.Row) != row {
			if row >= 0 {
				b.WriteString("</row>")
			}
			row = int(c.Row)
			fmt.Fprintf(&b, `<row r="%d" hidden="%t">`, row+1, hidden[row])
		}
		b.WriteString(cellXML(c))
	}
	if row >= 0 {
		b.WriteString("</row>")
	}
	grid := b.String()
	b.Reset()
	for _, m := range s.Merges {
		fmt.Fprintf(&b, `<mergeCell ref="%s"/>`, m.Ref())
	}
	out := `<sheetData>` + grid + `</sheetData>`
	if cols != "" {
		out = `<cols>` + cols + `</cols>` + out
	}
	if b.Len() > 0 {
		out += `<mergeCells>` + b.String() + `</mergeCells>`
	}
	return out
}

func cellXML(c sheet.Cell) string {
	style := 0
	switch {
	case c.Struck:
		style = 3
	case c.Percent:
		style = 1
	case c.Date:
		style = 2
	}
	head := fmt.Sprintf(`<c r="%s" s="%d"`, c.Ref(), style)
	formula := ""
	if c.Formula {
		formula = `<f>SUM(B1:B2)</f>`
	}
	switch c.Kind {
	case sheet.Text:
		return head + ` t="inlineStr"><is><t xml:space="preserve">` + strings.Trim(quoted(c.Text), `"`) + `</t></is></c>`
	case sheet.Fault:
		return head + ` t="e">` + formula + `<v>` + c.Text + `</v></c>`
	case sheet.Number:
		return head + `>` + formula + `<v>` + c.Text + `</v></c>`
	case sheet.Pending:
		return head + `><f>SUM(B1:B2)</f></c>`
	default:
		return head + `/>`
	}
}

// gbk writes a csv as a spreadsheet program in Chinese does.
func gbk(tb testing.TB, rows string) []byte {
	tb.Helper()
	out, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(csvOf(rows)))
	if err != nil {
		tb.Fatal(err)
	}
	return out
}

// csvOf turns rows of the form that paper reads into a csv.
func csvOf(rows string) string {
	var b strings.Builder
	for line := range strings.Lines(strings.Trim(rows, "\n")) {
		cells := strings.Split(strings.TrimSpace(line), "|")
		for i, c := range cells {
			c = strings.TrimSpace(strings.ReplaceAll(strings.TrimPrefix(c, "~"), `\n`, "\n"))
			if strings.ContainsAny(c, ",\"\n") {
				c = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
			}
			cells[i] = c
		}
		b.WriteString(strings.Join(cells, ",") + "\r\n")
	}
	return b.String()
}
