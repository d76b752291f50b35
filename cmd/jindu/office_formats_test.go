package main

import (
	"archive/zip"
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// report is a good report as rows of cells; its first row is a title.
func report() [][]string {
	return [][]string{{"云岭区2026年6月统计表"}, {"单位", "刑事案件", "行政案件"}, {"城西派出所", "3", "1010"}, {"城东派出所", "4", "11"}}
}

// written writes the report cell by cell; head stands before the first row.
func written(head, row, cell, end, rowEnd, tail string) string {
	var b strings.Builder
	b.WriteString(head)
	for _, line := range report() {
		b.WriteString(row)
		for _, v := range line {
			kind := "String"
			if v[0] < 0x80 {
				kind = "Number"
			}
			b.WriteString(strings.ReplaceAll(cell, "KIND", kind) + v + end)
		}
		b.WriteString(rowEnd)
	}
	return b.String() + tail
}

func asHTML() string {
	return written("<html><body><table border=1>", "<tr>", "<td>", "</td>", "</tr>", "</table></body></html>")
}

func asXML() string {
	const ns = `"urn:schemas-microsoft-com:office:spreadsheet"`
	return written(`<?xml version="1.0"?><Workbook xmlns=`+ns+` xmlns:ss=`+ns+`><Worksheet ss:Name="Sheet1"><Table>`,
		"<Row>", `<Cell><Data ss:Type="KIND">`, "</Data></Cell>", "</Row>", "</Table></Worksheet></Workbook>")
}

// asODS writes the content of an OpenDocument spreadsheet; its cells are text, as
// some programs export them.
func asODS(root string) string {
	const urn = "urn:oasis:names:tc:opendocument:xmlns:"
	return written(`<office:`+root+` xmlns:office="`+urn+`office:1.0" xmlns:table="`+urn+`table:1.0" xmlns:text="`+urn+`text:1.0"><office:body><office:spreadsheet><table:table table:name="Sheet1">`,
		"<table:table-row>", `<table:table-cell office:value-type="string"><text:p>`, "</text:p></table:table-cell>", "</table:table-row>",
		"</table:table></office:spreadsheet></office:body></office:"+root+">")
}

func zipped(t *testing.T, parts map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		w, err := z.Create(name)
		must(t, err)
		_, err = w.Write([]byte(parts[name]))
		must(t, err)
	}
	must(t, z.Close())
	return out.Bytes()
}

// Formats: the same report as each program saves it, under its own name and under
// another one.
func TestOfficeFormats(t *testing.T) {
	t.Parallel()
	const mime = "application/vnd.oasis.opendocument.spreadsheet"
	ods := zipped(t, map[string]string{"mimetype": mime, "content.xml": asODS("document-content")})
	old, err := simplifiedchinese.GBK.NewEncoder().String(asHTML())
	must(t, err)
	files := map[string]string{
		"6月.html": asHTML(), "6月.htm": old, "6月.xml": asXML(), "6月.fods": asODS("document"), "6月.ods": string(ods),
		"6月.tsv": "云岭区2026年6月统计表\t\t\n单位\t刑事案件\t行政案件\n城西派出所\t3\t1010\n城东派出所\t4\t11\n",
	}
	cases := map[string]officeCase{}
	for name, data := range files {
		cases[name] = officeCase{raw: map[string][]byte{name: []byte(data)}, check: map[string]string{name: "accepted"}, figures: csvFigures, quiet: []string{"wrong_extension"}}
		cases[name+" called xls"] = officeCase{raw: map[string][]byte{"6月.xls": []byte(data)}, check: map[string]string{"6月.xls": "accepted"}, figures: csvFigures, finds: "6月.xls wrong_extension"}
	}
	refused := func(data, rule string) officeCase {
		return officeCase{raw: map[string][]byte{"6月.xls": []byte(data)}, check: map[string]string{"6月.xls": "refused"}, absent: "* case_criminal *", finds: "6月.xls!*!* " + rule, exit: 1}
	}
	cases["a page cut off"] = refused(asHTML()[:len(asHTML())-30], "damaged")
	cases["a login page"] = refused("<html><body><form>登录</form></body></html>", "web_page")
	cases["frames"] = refused("<html><frameset><frame src=a></frameset></html>", "web_frames")
	cases["a web archive"] = refused("MIME-Version: 1.0\n\n"+asHTML(), "web_archive")
	cases["a document"] = refused(string(zipped(t, map[string]string{"mimetype": strings.Replace(mime, "spreadsheet", "text", 1)})), "text_document")
	cases["an archive"] = refused("Rar!\x1a\x07\x00", "archive_file")
	cases["an ods with a password"] = refused(string(zipped(t, map[string]string{"mimetype": mime, "content.xml": "x", "META-INF/manifest.xml": "<manifest:encryption-data/>"})), "encrypted")
	runOffice(t, cases)
}
