package sheet

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

func TestCSV(t *testing.T) {
	tests := map[string]struct{ text, want string }{
		"plain":               {"单位,破案数\n城西派出所,12\n", "A1 text 单位\nB1 text 破案数\nA2 text 城西派出所\nB2 number 12\n"},
		"no last end of line": {"a,b", "A1 text a\nB1 text b\n"},
		"all ends of line":    {"a\r\nb\rc\nd", "A1 text a\nA2 text b\nA3 text c\nA4 text d\n"},
		"blank lines count":   {"a\n\n\nb\n", "A1 text a\nA4 text b\n"},
		"blank CR lines":      {"a\r\rb", "A1 text a\nA3 text b\n"},
		"empty fields":        {",,a,\n,\n\"\",b\n", "C1 text a\nB3 text b\n"},
		"uneven rows":         {"a\nb,c,d\n", "A1 text a\nA2 text b\nB2 text c\nC2 text d\n"},
		"quotes":              {"\"1,278\",\"a \"\"b\"\"\",\"\"\"\"\n", "A1 text 1,278\nB1 text a \"b\"\nC1 text \"\n"},
		"quoted line":         {"\"a\nb\",c\nd", "A1 text a\nb\nB1 text c\nA2 text d\n"},
		"quoted number":       {"\"12\"", "A1 number 12\n"},
		"quoted at the end":   {"a,\"b\"", "A1 text a\nB1 text b\n"},
		"quote within text":   {"5\"管,a\"b\"\n", "A1 text 5\"管\nB1 text a\"b\"\n"},
		"numbers":             {"0,12,-3.5,0.50,-0,123456789012345", "A1 number 0\nB1 number 12\nC1 number -3.5\nD1 number 0.50\nE1 number -0\nF1 number 123456789012345\n"},
		"no numbers": {
			"007;+1;1e5;1.;.5;-;1.2.3;12起;1 ;0x1;１２;1234567890123456;--1;1_0;inf",
			"A1 text 007\nB1 text +1\nC1 text 1e5\nD1 text 1.\nE1 text .5\nF1 text -\nG1 text 1.2.3\nH1 text 12起\nI1 text 1 \nJ1 text 0x1\nK1 text １２\nL1 text 1234567890123456\nM1 text --1\nN1 text 1_0\nO1 text inf\n",
		},
		"thousands":            {"a\t1,200\nb\t2,300\n", "A1 text a\nB1 text 1,200\nA2 text b\nB2 text 2,300\n"},
		"tabs":                 {"a\tb\n1\t2\n", "A1 text a\nB1 text b\nA2 number 1\nB2 number 2\n"},
		"semicolons":           {"a;b\n1;2\n", "A1 text a\nB1 text b\nA2 number 1\nB2 number 2\n"},
		"semicolon in a field": {"a;x,b\nc,d\n", "A1 text a;x\nB1 text b\nA2 text c\nB2 text d\n"},
		"separators in quotes": {"\"a;b;c\",d\n\"e;f;g\",h\n", "A1 text a;b;c\nB1 text d\nA2 text e;f;g\nB2 text h\n"},
		"one column":           {"a\nb\n", "A1 text a\nA2 text b\n"},
		"declared separator":   {"sep=;\r\na,b;c\r\n", "A1 text a,b\nB1 text c\n"},
		"no declaration":       {"sep=,x\n", "A1 text sep=\nB1 text x\n"},
		"mark":                 {"\ufeff\"a\",1\n", "A1 text a\nB1 number 1\n"},
		"only a mark":          {"\ufeff", ""},
		"only ends of line":    {"\n\r\n", ""},
		"full-width comma":     {"a，b,c\n", "A1 text a，b\nB1 text c\n"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			book := mustRead(t, []byte(tt.text))
			if got := dump(book.Sheets[0]); got != tt.want {
				t.Errorf("got\n%swant\n%s", got, tt.want)
			}
			if book.Format != CSV || book.Charset != "utf-8" || len(book.Sheets) != 1 || book.Sheets[0].Name != "csv" {
				t.Errorf("%+v", book)
			}
		})
	}
}

func TestRefusedCSV(t *testing.T) {
	tests := map[string]struct{ text, code, where string }{
		"quote not closed":     {"a,b\nc,\"d\ne,f\n", "damaged", "csv B2"},
		"text after a quote":   {"a\n\"b\"c,d\n", "damaged", "csv A2"},
		"quote after a blank":  {"a, \"b,c\"\n", "damaged", "csv B1"},
		"empty":                {"", "damaged", ""},
		"neither charset":      {"破案数,\xff\xff\n", "damaged", "@10"},
		"half a letter":        {"a,\xbd\xfb\xb6", "damaged", "@2"},
		"marked but not UTF-8": {"\ufeffa\xbd\xfb", "damaged", "@4"},
		"NUL":                  {"a,\x00b\n", "not_spreadsheet", ""},
		"escape":               {"a,\x1b[2Jb\n", "not_spreadsheet", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) { wantCode(t, []byte(tt.text), tt.code, tt.where) })
	}
}

// GB18030 gives the same cells as its twin in UTF-8, also beyond GBK.
func TestGB18030(t *testing.T) {
	const text = "单位,姓氏,数\n城西派出所,𠮷㐂,12\n\"东街，社区\",ꀀ,3\n"
	old, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	book, twin := mustRead(t, []byte(old)), mustRead(t, []byte(text))
	if book.Charset != "gb18030" || !reflect.DeepEqual(book.Sheets, twin.Sheets) {
		t.Errorf("%s %s", book.Charset, dump(book.Sheets[0]))
	}
	// Any single byte that damages the file's letters is seen or changes a
	// letter; it never takes a field away.
	want := len(twin.Sheets[0].Cells)
	for at := range len(old) {
		bad := []byte(old)
		bad[at] = 0xff
		if book, err := Read(t.Context(), bad, DefaultLimits()); err == nil && len(book.Sheets[0].Cells) < want-1 {
			t.Errorf("byte %d: %s", at, dump(book.Sheets[0]))
		}
	}
}

func TestSniff(t *testing.T) {
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String("a,b\n")
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct{ text, code, format string }{
		"html":             {"<html><table><tr><td>1</td></tr></table></html>", "format_later", "html"},
		"html with blanks": {"\r\n  <!DOCTYPE HTML><TABLE>", "format_later", "html"},
		"a bare table":     {"\ufeff<table border=1>", "format_later", "html"},
		"xhtml":            {`<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">`, "format_later", "html"},
		"web archive":      {"MIME-Version: 1.0\r\n", "format_later", "mhtml"},
		"xml of 2003":      {`<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">`, "format_later", "xml"},
		"flat ods":         {`<?xml version="1.0"?><office:document office:mimetype="application/vnd.oasis.opendocument.spreadsheet">`, "format_later", "fods"},
		"other xml":        {`<?xml version="1.0"?><a/>`, "not_spreadsheet", ""},
		"utf-16":           {utf16, "format_later", "UTF-16"},
		"pdf":              {"%PDF-1.7\n1 0 obj\n", "not_spreadsheet", ""},
		"rtf":              {`{\rtf1 a}`, "not_spreadsheet", ""},
		"png":              {"\x89PNG\r\n\x1a\n\x00\x00", "not_spreadsheet", ""},
		"jpeg":             {"\xff\xd8\xff\xe0\x00\x10JFIF", "not_spreadsheet", ""},
		"biff 2":           {"\x09\x00\x04\x00\x02\x00\x10\x00", "format_later", "xls"},
		"biff 4":           {"\x09\x04\x06\x00\x00\x00\x10\x00\x00\x00", "format_later", "xls"},
		"xls":              {ole("Root Entry", "Workbook"), "format_later", "xls"},
		"xls of 95":        {ole("Root Entry", "Book"), "format_later", "xls"},
		"ole and no more":  {ole(), "format_later", "xls"},
		"doc":              {ole("Root Entry", "WordDocument"), "not_spreadsheet", ""},
		"encrypted":        {ole("Root Entry", "EncryptionInfo", "EncryptedPackage"), "encrypted", ""},
		"name in the data": {ole("Root Entry", "Workbook") + "EncryptedPackage", "format_later", "xls"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) { wantCode(t, []byte(tt.text), tt.code, tt.format) })
	}
}

// ole writes the head of an OLE2 container and its directory.
func ole(streams ...string) string {
	file := make([]byte, 512)
	copy(file, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	for _, name := range streams {
		entry := make([]byte, 128)
		for i := range len(name) {
			entry[2*i] = name[i]
		}
		entry[64], entry[66] = byte(2*len(name)+2), 2
		file = append(file, entry...)
	}
	return string(file)
}

// The files of the sample offices are read to the last one.
func TestOffice(t *testing.T) {
	dir, n := shared(t, "office"), 0
	err := filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		if ext := filepath.Ext(path); err != nil || ext != ".xlsx" && ext != ".csv" {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		n++
		for _, s := range mustRead(t, data).Sheets {
			if len(s.Cells) == 0 {
				t.Errorf("%s: %s is empty", path, s.Name)
			}
			for _, c := range s.Cells {
				if !utf8.ValidString(c.Text) || strings.ContainsRune(c.Text, utf8.RuneError) {
					t.Errorf("%s %s: %q", path, c.Ref(), c.Text)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d files read", n)
}

func TestOfficeGB18030(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(shared(t, "office"), "csv-gb18030", "reports", "6月统计表.csv"))
	if err != nil {
		t.Fatal(err)
	}
	book := mustRead(t, data)
	s := book.Sheets[0]
	if book.Charset != "gb18030" || s.At(0, 0).Text != "云岭区2026年6月禁毒工作统计表" || s.At(2, 0).Text != "城西派出所" || s.At(2, 5).Text != "1,278" || s.At(3, 4).Num != 11 {
		t.Errorf("%s\n%s", book.Charset, dump(s))
	}
}
