package sheet

import (
	"testing"

	"golang.org/x/text/encoding/unicode"
)

// Whatever lies in an office's folder is refused by its own name.
func TestSniff(t *testing.T) {
	office := func(main string) string {
		return string(parts{"[Content_Types].xml": "<Types/>", "_rels/.rels": rels(link("rId1", "officeDocument", main)), main: "<a/>"}.zip(t))
	}
	open := func(kind string) string {
		return string(parts{"mimetype": "application/vnd.oasis.opendocument." + kind, "content.xml": "<a/>"}.zip(t))
	}
	tests := map[string]struct{ text, code, format string }{
		"nothing":          {"", "empty_file", ""},
		"web archive":      {"MIME-Version: 1.0\r\n", "web_archive", ""},
		"browser archive":  {"From: <Saved by Blink>\r\nSubject: a\r\nMIME-Version: 1.0\r\n", "web_archive", ""},
		"xml":              {`<?xml version="1.0"?><a/>`, "data_file", ""},
		"json":             {`{"单位":"城西派出所","数":12}`, "data_file", ""},
		"json rows":        {"[\n[1,2],\n[3,4]]", "data_file", ""},
		"json, utf-16":     {encode(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), `{"a":1}`), "data_file", ""},
		"svg":              {`<svg xmlns="http://www.w3.org/2000/svg"/>`, "picture_file", ""},
		"svg, declared":    {`<?xml version="1.0"?><svg/>`, "picture_file", ""},
		"uniform office":   {`<?xml version="1.0"?><uof:UOF xmlns:uof="u"/>`, "foreign_sheet", "UOF"},
		"sylk":             {"ID;PWXL;N;E\r\nC;Y1;X1;K12\r\n", "foreign_sheet", "SYLK"},
		"dif":              {"TABLE\r\n0,1\r\n\"EXCEL\"\r\n", "foreign_sheet", "DIF"},
		"pdf":              {"%PDF-1.7\n1 0 obj\n", "pdf_file", ""},
		"pdf with bytes":   {"%PDF-1.7\n%\x00\x01\n", "pdf_file", ""},
		"rtf":              {`{\rtf1 a}`, "text_document", ""},
		"png":              {"\x89PNG\r\n\x1a\n\x00\x00", "picture_file", ""},
		"jpeg":             {"\xff\xd8\xff\xe0\x00\x10JFIF", "picture_file", ""},
		"webp":             {"RIFF\x10\x00\x00\x00WEBPVP8 ", "picture_file", ""},
		"film":             {"\x00\x00\x00\x18ftypmp42", "picture_file", ""},
		"rar":              {"Rar!\x1a\x07\x01\x00", "archive_file", ""},
		"7z":               {"7z\xbc\xaf\x27\x1c\x00\x04", "archive_file", ""},
		"gz":               {"\x1f\x8b\x08\x00", "archive_file", ""},
		"tar":              {"a.xlsx" + string(make([]byte, 251)) + "ustar\x00", "archive_file", ""},
		"exe":              {"MZ\x90\x00\x03", "program_file", ""},
		"elf":              {"\x7fELF\x02\x01", "program_file", ""},
		"sqlite":           {"SQLite format 3\x00\x10\x00", "database_file", ""},
		"access":           {"\x00\x01\x00\x00Standard ACE DB\x00", "database_file", ""},
		"any other bytes":  {"\x01\x02\x03\x04", "not_spreadsheet", ""},
		"docx":             {office("word/document.xml"), "text_document", ""},
		"pptx":             {office("ppt/presentation.xml"), "slides_file", ""},
		"xlsb":             {office("xl/workbook.bin"), "binary_workbook", ""},
		"odt":              {open("text"), "text_document", ""},
		"odp":              {open("presentation"), "slides_file", ""},
		"odg":              {open("graphics"), "picture_file", ""},
		"odb":              {open("database"), "not_spreadsheet", ""},
		"ofd":              {string(parts{"OFD.xml": "<a/>"}.zip(t)), "text_document", ""},
		"numbers":          {string(parts{"Index/Document.iwa": "a"}.zip(t)), "foreign_sheet", "Numbers"},
		"zip of workbooks": {string(parts{"6月/城西所.xlsx": "PK", "a.txt": "a"}.zip(t)), "archive_file", ""},
		"half a zip":       {office("xl/workbook.xml")[:120], "cut_off", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) { wantCode(t, []byte(tt.text), tt.code, tt.format) })
	}
}
