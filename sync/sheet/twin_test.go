package sheet

import (
	"fmt"
	"html"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// rect is a grid of plain numbers and texts as somebody typed it, from which
// every format is written; "" is a blank cell. Where title is set, the first row
// is merged over all columns.
type rect struct {
	cells [][]string
	title bool
}

// eachCell calls write for every cell with what it holds; row ends each row.
func (r rect) eachCell(write func(v string, span int), row func()) {
	for i, line := range r.cells {
		for j, v := range line {
			switch {
			case !r.title || i > 0:
				write(v, 1)
			case j == 0:
				write(v, len(line))
			}
		}
		row()
	}
}

func (r rect) csv(sep string) string {
	var b strings.Builder
	for _, line := range r.cells {
		for j, v := range line {
			if j > 0 {
				b.WriteString(sep)
			}
			if strings.ContainsAny(v, "\",;\t\n") {
				v = `"` + strings.ReplaceAll(v, `"`, `""`) + `"`
			}
			b.WriteString(v)
		}
		b.WriteString("\r\n")
	}
	return b.String()
}

func (r rect) xlsx(tb testing.TB) []byte {
	tb.Helper()
	var b strings.Builder
	open, col := "<row>", 0
	r.eachCell(func(v string, span int) {
		b.WriteString(open)
		open = ""
		switch {
		case v == "":
			b.WriteString("<c/>")
		case isNumber([]byte(v)):
			b.WriteString("<c><v>" + v + "</v></c>")
		default:
			b.WriteString(`<c t="inlineStr"><is><t xml:space="preserve">` + html.EscapeString(v) + `</t></is></c>`)
		}
		b.WriteString(strings.Repeat("<c/>", span-1))
		col++
	}, func() {
		b.WriteString(open + "</row>")
		open = "<row>"
	})
	sheet := rows(b.String())
	if r.title {
		sheet = strings.Replace(sheet, "</sheetData>", `</sheetData><mergeCells><mergeCell ref="A1:`+Ref(0, len(r.cells[0])-1)+`"/></mergeCells>`, 1)
	}
	return ordinary(sheet).zip(tb)
}

func (r rect) ods() string {
	var b strings.Builder
	open := "<table:table-row>"
	r.eachCell(func(v string, span int) {
		b.WriteString(open + "<table:table-cell")
		open = ""
		if span > 1 {
			fmt.Fprintf(&b, ` table:number-columns-spanned="%d" table:number-rows-spanned="1"`, span)
		}
		switch {
		case v == "":
			b.WriteString("/>")
		case isNumber([]byte(v)):
			b.WriteString(` office:value-type="float" office:value="` + v + `"><text:p>` + v + `</text:p></table:table-cell>`)
		default:
			b.WriteString(` office:value-type="string"><text:p>` + strings.ReplaceAll(html.EscapeString(v), "\n", "</text:p><text:p>") + `</text:p></table:table-cell>`)
		}
		b.WriteString(strings.Repeat("<table:covered-table-cell/>", span-1))
	}, func() {
		b.WriteString(open + "</table:table-row>")
		open = "<table:table-row>"
	})
	return sheetODS(b.String() + `<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>`)
}

func (r rect) html() string {
	var b strings.Builder
	open := "<tr>"
	r.eachCell(func(v string, span int) {
		b.WriteString(open + "<td")
		open = ""
		if span > 1 {
			fmt.Fprintf(&b, " colspan=%d", span)
		}
		b.WriteString(">" + strings.ReplaceAll(html.EscapeString(v), "\n", "<br>") + "</td>")
	}, func() {
		b.WriteString(open + "</tr>")
		open = "<tr>"
	})
	return page(b.String())
}

func (r rect) xml() string {
	var b strings.Builder
	open := "<Row>"
	r.eachCell(func(v string, span int) {
		b.WriteString(open + "<Cell")
		open = ""
		if span > 1 {
			fmt.Fprintf(&b, ` ss:MergeAcross="%d"`, span-1)
		}
		switch {
		case v == "":
			b.WriteString("/>")
		case isNumber([]byte(v)):
			b.WriteString(`><Data ss:Type="Number">` + v + `</Data></Cell>`)
		default:
			b.WriteString(`><Data ss:Type="String">` + strings.ReplaceAll(html.EscapeString(v), "\n", "&#10;") + `</Data></Cell>`)
		}
	}, func() {
		b.WriteString(open + "</Row>")
		open = "<Row>"
	})
	return xmlOf(b.String())
}

// all writes the grid in every format and charset.
func (r rect) all(t *testing.T) map[string]string {
	t.Helper()
	little, big := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	csv := r.csv(",")
	files := map[string]string{
		"xlsx":         string(r.xlsx(t)),
		"csv":          csv,
		"csv, marked":  "\ufeff" + csv,
		"csv, gb18030": encode(t, simplifiedchinese.GB18030, csv),
		"csv, LE":      encode(t, little, csv),
		"csv, BE":      encode(t, big, csv),
		"csv, LE bare": encode(t, little, csv)[2:],
		"tsv":          r.csv("\t"),
		"tsv, LE":      encode(t, little, r.csv("\t")),
		"semicolons":   "sep=;\r\n" + r.csv(";"),
		"ods":          string(packedODS(r.ods()).zip(t)),
		"fods":         string(flatODS(r.ods())),
		"html":         r.html(),
		"html, gb":     encode(t, simplifiedchinese.GB18030, r.html()),
		"html, LE":     encode(t, little, r.html()),
		"xml":          r.xml(),
		"xml, ss:":     prefixed(r.xml()),
		"xml, LE":      encode(t, little, r.xml()),
		"xml, gb":      encode(t, simplifiedchinese.GB18030, strings.Replace(r.xml(), `?>`, ` encoding="GB2312"?>`, 1)),
	}
	return files
}

// The same grid gives the same cells, whatever it was saved as.
func TestTwins(t *testing.T) {
	words := []string{
		"", "", "单位", "城西派出所", "破获毒品\n刑事案件", "12", "-3.5", "0", "0.50", "1,278", "0012", "85%", "４", "a & b <c>", `5"管`, "一,二;三", "无", "—", "123456789012345678", "𠮷",
	}
	random := rand.New(rand.NewPCG(6, 26))
	cells, files := 0, 0
	for trial := range 150 {
		r := rect{title: trial%3 == 0}
		for range 2 + random.IntN(6) {
			line := []string{"行"}
			for range 3 {
				line = append(line, words[random.IntN(len(words))])
			}
			r.cells = append(r.cells, line)
		}
		if r.title {
			r.cells[0] = []string{"云岭区2026年6月统计表", "", "", ""}
		}
		all := r.all(t)
		want := mustRead(t, []byte(all["xlsx"])).Sheets[0]
		cells += len(want.Cells)
		for name, data := range all {
			files++
			book, err := Read(t.Context(), []byte(data), DefaultLimits())
			if err != nil {
				t.Fatalf("%s: %v\n%s", name, err, data)
			}
			got := book.Sheets[0]
			if dump(got) != dump(want) {
				t.Fatalf("%s: got\n%swant\n%s", name, dump(got), dump(want))
			}
			for i, c := range got.Cells {
				if c.Num != want.Cells[i].Num {
					t.Fatalf("%s %s: %v, want %v", name, c.Ref(), c.Num, want.Cells[i].Num)
				}
			}
			if !strings.ContainsAny(name[:1], "cst") && !reflect.DeepEqual(got.Merges, want.Merges) {
				t.Fatalf("%s: %v, want %v", name, got.Merges, want.Merges)
			}
		}
	}
	t.Logf("%d files, %d cells a format", files, cells)
}
