package sheet

import (
	"archive/zip"
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"

	"jindu/store"
)

const (
	nsMain = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	nsRel  = `xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	relURL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)

// parts are the files of a workbook by name.
type parts map[string]string

// ordinary returns a workbook of one sheet with shared strings and styles:
// style 1 is a date, 2 a percentage, 3 struck through, 4 a date by its code.
func ordinary(sheet string) parts {
	return parts{
		"_rels/.rels":                rels(`<Relationship Id="rId1" Type="` + relURL + `officeDocument" Target="xl/workbook.xml"/>`),
		"xl/workbook.xml":            `<?xml version="1.0" encoding="UTF-8"?><workbook ` + nsMain + ` ` + nsRel + `><sheets><sheet name="六月" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": rels(link("rId1", "worksheet", "worksheets/sheet1.xml") + link("rId2", "sharedStrings", "sharedStrings.xml") + link("rId3", "styles", "styles.xml")),
		"xl/sharedStrings.xml":       `<sst ` + nsMain + `><si><t>单位</t></si><si><r><rPr><b/></rPr><t>在册</t></r><r><t>人数</t></r><rPh sb="0" eb="1"><t>zai</t></rPh></si><si><t/></si><si><r><rPr><strike/></rPr><t>12</t></r><r><t> 15</t></r></si></sst>`,
		"xl/styles.xml": `<styleSheet ` + nsMain + `><numFmts count="1"><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts>` +
			`<fonts><font/><font><strike/></font><font><strike val="0"/></font></fonts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>` +
			`<cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="14"/><xf numFmtId="10"/><xf fontId="1"/><xf numFmtId="176" fontId="2"/></cellXfs></styleSheet>`,
		"xl/worksheets/sheet1.xml": sheet,
	}
}

func rels(links string) string {
	return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + links + `</Relationships>`
}

func link(id, kind, target string) string {
	return `<Relationship Id="` + id + `" Type="` + relURL + kind + `" Target="` + target + `"/>`
}

// rows wraps rows into a worksheet.
func rows(xml string) string {
	return `<worksheet ` + nsMain + `><sheetData>` + xml + `</sheetData></worksheet>`
}

// with returns the parts with one replaced, or removed where it is empty.
func (p parts) with(name, content string) parts {
	p = maps.Clone(p)
	if content == "" {
		delete(p, name)
	} else {
		p[name] = content
	}
	return p
}

// edit returns the parts with a piece of one replaced.
func (p parts) edit(t *testing.T, name, old, to string) parts {
	t.Helper()
	if !strings.Contains(p[name], old) {
		t.Fatalf("%s does not hold %s", name, old)
	}
	return p.with(name, strings.Replace(p[name], old, to, 1))
}

// zip packs the parts, in order of their names.
func (p parts) zip(tb testing.TB) []byte {
	tb.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(p)) {
		w, err := z.Create(name)
		if err != nil {
			tb.Fatal(err)
		}
		if _, err := w.Write([]byte(p[name])); err != nil {
			tb.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

// mustRead reads a file that is in order.
func mustRead(t *testing.T, data []byte) *Book {
	t.Helper()
	book, err := Read(t.Context(), data, DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	return book
}

// wantCode checks that a file is refused, why, and that the message says where.
func wantCode(t *testing.T, data []byte, code, where string) {
	t.Helper()
	book, err := Read(t.Context(), data, DefaultLimits())
	if err == nil {
		t.Fatalf("read %+v, want %s", book.Sheets, code)
	}
	if book != nil {
		t.Error("a book beside an error")
	}
	if got := store.ErrorCode(err); got != code || !strings.Contains(err.Error(), where) {
		t.Errorf("%v (%s), want %s with %q", err, got, code, where)
	}
}

// dump writes a sheet's cells one a line, as the tests name them.
func dump(s *Sheet) string {
	var b strings.Builder
	for _, c := range s.Cells {
		b.WriteString(c.Ref() + " " + []string{"blank", "text", "number", "bool", "fault", "pending"}[c.Kind])
		for _, flag := range []struct {
			on   bool
			name string
		}{{c.Date, "date"}, {c.Percent, "percent"}, {c.Formula, "formula"}, {c.Struck, "struck"}} {
			if flag.on {
				b.WriteString(" " + flag.name)
			}
		}
		b.WriteString(" " + c.Text + "\n")
	}
	return b.String()
}
