package sheet

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
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
		"formula text":         {"=\"0012\",\"=\"\"007\"\"\",=\"a\"\"b\",=\"12\"\n", "A1 text 0012\nB1 text 007\nC1 text a\"b\nD1 text 12\n"},
		"formulas":             {"=\"\",=A1+1,=\"a\"&\"b\",=\"a\"&B1\n", "B1 text =A1+1\nC1 text =\"a\"&\"b\"\nD1 text =\"a\"&B1\n"},
		"mixed ends of line":   {"a,1\r\nb,2\rc,3\nd,4", "A1 text a\nB1 number 1\nA2 text b\nB2 number 2\nA3 text c\nB3 number 3\nA4 text d\nB4 number 4\n"},
		"less than":            {"<5克,3\n", "A1 text <5克\nB1 number 3\n"},
		"what it looks like":   {"a\x7f\u200b\u202eb\n", "A1 text a\x7f\u200b\u202eb\n"},
		"blank columns":        {"a,,,1,,\n,,,2,,\n", "A1 text a\nD1 number 1\nD2 number 2\n"},
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
		"quote not closed":      {"a,b\nc,\"d\ne,f\n", "damaged", "csv B2"},
		"text after a quote":    {"a\n\"b\"c,d\n", "damaged", "csv A2"},
		"quote after a blank":   {"a, \"b,c\"\n", "damaged", "csv B1"},
		"empty":                 {"", "empty_file", ""},
		"an open formula text":  {"a\n=\"00,12\"\n", "damaged", "csv A2"},
		"utf-16, half a letter": {"\xff\xfea\x00,\x00b", "damaged", "@6"},
		"utf-16, half a pair":   {"\xff\xfea\x00\x00\xd8,\x00", "damaged", "@4"},
		"utf-16, a pair turned": {"\xfe\xff\xdc\x00\xd8\x00", "damaged", "@2"},
		"utf-16, NUL":           {"\xfe\xff\x00a\x00\x00", "not_spreadsheet", ""},
		"utf-32":                {"\xff\xfe\x00\x00a\x00\x00\x00", "not_spreadsheet", ""},
		"utf-16, no mark, cut":  {"a\x00,\x00b\x00\n", "not_spreadsheet", ""},
		"neither charset":       {"破案数,\xff\xff\n", "damaged", "@10"},
		"half a letter":         {"a,\xbd\xfb\xb6", "damaged", "@2"},
		"marked but not UTF-8":  {"\ufeffa\xbd\xfb", "damaged", "@4"},
		"NUL":                   {"a,\x00b\n", "not_spreadsheet", ""},
		"escape":                {"a,\x1b[2Jb\n", "not_spreadsheet", ""},
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

// UTF-16 with a mark, or without one where the bytes can be nothing else, and
// GB18030 with its mark give the same cells as their twin in UTF-8.
func TestUTF16(t *testing.T) {
	const text = "单位,姓氏,数\r\n城西派出所,\U00020bb7㐂,12\n\"一,二\",=\"007\",3\n"
	twin := mustRead(t, []byte(text))
	for name, data := range map[string]string{
		"utf-16le": encode(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), text),
		"utf-16be": encode(t, unicode.UTF16(unicode.BigEndian, unicode.UseBOM), text),
		"gb18030":  encode(t, simplifiedchinese.GB18030, "\ufeff"+text),
	} {
		book := mustRead(t, []byte(data))
		if book.Charset != name || !reflect.DeepEqual(book.Sheets, twin.Sheets) {
			t.Errorf("%s as %s: %s", name, book.Charset, dump(book.Sheets[0]))
		}
		if name == "gb18030" {
			continue
		}
		book = mustRead(t, []byte(data[2:])) // without its mark
		if book.Charset != name || !reflect.DeepEqual(book.Sheets, twin.Sheets) {
			t.Errorf("%s without a mark as %s: %s", name, book.Charset, dump(book.Sheets[0]))
		}
	}
	// Letters that are letters in both orders, and no separator: nobody can tell.
	wantCode(t, []byte("a\x00b\x00"), "not_spreadsheet", "")
	// A comma in one order, and in the other one too.
	wantCode(t, []byte("\x2c\x00\x00\x2c"), "not_spreadsheet", "")
}

func encode(t *testing.T, e encoding.Encoding, text string) string {
	t.Helper()
	out, err := e.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// The files of the sample offices are read to the last one.
func TestOffice(t *testing.T) {
	dir, n := shared(t, "office"), 0
	err := filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		if ext := filepath.Ext(path); err != nil || ext != ".xlsx" && ext != ".xls" && ext != ".csv" {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		n++
		for _, s := range mustRead(t, data).Sheets {
			if len(s.Cells) == 0 && s.Index == 0 {
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
