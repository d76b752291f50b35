package main

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// plainBook is a good report; its title is left to the caller.
func plainBook(title string) string {
	return "[Sheet1]\n" + title + "|<|<\n单位|刑事案件|行政案件\n城西派出所|3|10\n城东派出所|4|11\n合计|7|21\n"
}

const plainCSV = "云岭区2026年6月统计表,,\n单位,刑事案件,行政案件\n城西派出所,3,\"1,010\"\n城东派出所,4,11\n"

const csvFigures = "cxs case_criminal 2026-06 3\ncxs case_admin 2026-06 1010\ncds case_admin 2026-06 11"

// Files: containers, names and what hides in them.
func TestOfficeFiles(t *testing.T) {
	t.Parallel()
	good := book(t, plainBook("云岭区2026年6月统计表"))
	gbk, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(plainCSV))
	must(t, err)
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(plainCSV))
	must(t, err)
	const figures = "cxs case_criminal 2026-06 3\ncds case_admin 2026-06 11"
	runOffice(t, map[string]officeCase{
		"csv in GBK":                        {raw: map[string][]byte{"6月.csv": gbk}, check: map[string]string{"6月.csv": "accepted"}, figures: csvFigures},
		"csv in UTF-16":                     {raw: map[string][]byte{"6月.csv": wide}, check: map[string]string{"6月.csv": "accepted"}, figures: csvFigures},
		"csv with a mark and other lines":   {files: map[string]string{"6月.csv": "\ufeff" + strings.ReplaceAll(plainCSV, "\n", "\r\n")}, check: map[string]string{"6月.csv": "accepted"}, figures: csvFigures},
		"csv parted by semicolons":          {files: map[string]string{"6月.csv": strings.ReplaceAll(strings.ReplaceAll(plainCSV, `"1,010"`, "1010"), ",", ";")}, check: map[string]string{"6月.csv": "accepted"}, figures: csvFigures},
		"csv parted by tabs":                {files: map[string]string{"6月.csv": strings.ReplaceAll(strings.ReplaceAll(plainCSV, `"1,010"`, "1010"), ",", "\t")}, check: map[string]string{"6月.csv": "accepted"}, figures: csvFigures},
		"xlsx that is called xls":           {raw: map[string][]byte{"6月.xls": good}, check: map[string]string{"6月.xls": "accepted"}, figures: figures, finds: "6月.xls wrong_extension"},
		"csv that is called xls":            {raw: map[string][]byte{"6月.xls": gbk}, check: map[string]string{"6月.xls": "accepted"}, figures: csvFigures, finds: "6月.xls wrong_extension"},
		"a macro workbook":                  {raw: map[string][]byte{"6月.xlsm": good}, check: map[string]string{"6月.xlsm": "accepted"}, figures: figures, quiet: []string{"wrong_extension"}},
		"half a file":                       {raw: map[string][]byte{"6月.xlsx": good[:len(good)*2/3]}, check: map[string]string{"6月.xlsx": "refused"}, absent: "* case_criminal *", finds: "6月.xlsx!*!* cut_off", exit: 1},
		"an empty file":                     {raw: map[string][]byte{"6月.xlsx": {}}, check: map[string]string{"6月.xlsx": "refused"}, finds: "6月.xlsx!*!* empty_file", exit: 1},
		"a sheet cut off inside a good zip": {raw: map[string][]byte{"6月.xlsx": edited(t, good, "xl/worksheets/sheet1.xml", cutLate)}, check: map[string]string{"6月.xlsx": "refused"}, absent: "* case_criminal *", exit: 1},
		"a DOCTYPE":                         {raw: map[string][]byte{"6月.xlsx": edited(t, good, "xl/worksheets/sheet1.xml", doctype)}, check: map[string]string{"6月.xlsx": "refused"}, absent: "* case_criminal *", finds: "6月.xlsx!*!* doctype", exit: 1},
		"encrypted":                         {raw: map[string][]byte{"6月.xlsx": encrypted(t)}, check: map[string]string{"6月.xlsx": "refused"}, finds: "6月.xlsx!*!* encrypted", exit: 1},
		"a picture and a document": {raw: map[string][]byte{
			"6月.xlsx": []byte("\x89PNG\r\n\x1a\n0000000000"), "7月.xls": []byte("%PDF-1.7\n1 0 obj"), "b.xlsx": good,
		}, check: map[string]string{"6月.xlsx": "refused", "7月.xls": "refused"}, figures: figures, exit: 1},
		"files that are none": {raw: map[string][]byte{
			"~$6月.xlsx": []byte("lock"), ".~lock.6月.xlsx#": []byte("lock"), "6月.xlsx.tmp": []byte("x"), "6月.xlsx.part": []byte("x"),
			"6月.xlsx.crdownload": []byte("x"), "6月.partial": []byte("x"), "Thumbs.db": []byte("x"), ".hidden.xlsx": []byte("x"), "6月.xlsx": good,
		}, figures: figures},
		"hidden sheets feed nothing": {
			files: map[string]string{"6月.xlsx": plainBook("云岭区2026年6月统计表") + "[去年 hidden]\n2025年6月统计表|<\n单位|毒驾\n城西派出所|9\n[很深 veryhidden]\n2026年6月统计表|<\n单位|强戒\n城西派出所|9\n"},
			check: map[string]string{"6月.xlsx": "accepted"}, figures: figures,
			absent: "* drug_driving *\n* compulsory_dec *",
			finds:  "6月.xlsx!去年!* hidden_sheet\n6月.xlsx!很深!* hidden_sheet",
		},
		"hidden rows and columns are read": {
			files: map[string]string{"6月.xlsx": plainBook("云岭区2026年6月统计表") + "!row 4\n!col C\n"},
			check: map[string]string{"6月.xlsx": "accepted"}, figures: figures,
			finds: "6月.xlsx!Sheet1!* hidden_rows",
		},
		"no form of ours": {
			files: map[string]string{"通讯录.xlsx": "[Sheet1]\n食堂菜单|<\n星期|菜名\n一|豆腐\n二|青菜\n"},
			check: map[string]string{"通讯录.xlsx": "refused"}, finds: "通讯录.xlsx!*!* form_unknown", exit: 1,
		},
		"a cover beside the report": {
			files: map[string]string{"6月.xlsx": "[封面]\n云岭区禁毒委员会办公室\n~\n2026年7月\n" + plainBook("云岭区2026年6月统计表")},
			check: map[string]string{"6月.xlsx": "accepted"}, figures: figures,
		},
		"folders within the source": {
			files:   map[string]string{"派出所/6月.xlsx": plainBook("云岭区2026年6月统计表")},
			figures: figures,
		},
		"formatted down to the last row": {
			raw:     map[string][]byte{"6月.xlsx": edited(t, good, "xl/worksheets/sheet1.xml", formattedDown)},
			check:   map[string]string{"6月.xlsx": "accepted"},
			figures: figures,
		},
		"errors in cells": {
			raw:     map[string][]byte{"6月.xlsx": edited(t, good, "xl/worksheets/sheet1.xml", errorCell)},
			check:   map[string]string{"6月.xlsx": "partial"},
			figures: "cds case_criminal 2026-06 4",
			absent:  "cxs case_criminal *",
			finds:   "6月.xlsx!Sheet1!B3 error_cell",
			exit:    1,
		},
	})
}

// edited returns the workbook with one of its parts changed.
func edited(tb testing.TB, data []byte, part string, change func(string) string) []byte {
	tb.Helper()
	in, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	must(tb, err)
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, f := range in.File {
		r, err := f.Open()
		must(tb, err)
		content, err := io.ReadAll(r)
		must(tb, err)
		if f.Name == part {
			changed := change(string(content))
			if changed == string(content) {
				tb.Fatalf("%s stayed as it was", part)
			}
			content = []byte(changed)
		}
		w, err := z.Create(f.Name)
		must(tb, err)
		_, err = w.Write(content)
		must(tb, err)
	}
	must(tb, z.Close())
	return out.Bytes()
}

func cutLate(xml string) string { return xml[:strings.LastIndex(xml, "<row")+8] }

func doctype(xml string) string {
	return strings.Replace(xml, "<worksheet", "<!DOCTYPE x [<!ENTITY a \"b\">]><worksheet", 1)
}

func formattedDown(xml string) string {
	return strings.Replace(xml, "</sheetData>", `<row r="1048575"><c r="A1048575" s="0"/></row><row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>`, 1)
}

func errorCell(xml string) string {
	return strings.Replace(xml, `<c r="B3"><v>3</v></c>`, `<c r="B3" t="e"><v>#REF!</v></c>`, 1)
}

// encrypted is a workbook with a password, as a spreadsheet program writes it.
func encrypted(tb testing.TB) []byte {
	tb.Helper()
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	var out bytes.Buffer
	must(tb, f.Write(&out, excelize.Options{Password: "geheim"}))
	return out.Bytes()
}
