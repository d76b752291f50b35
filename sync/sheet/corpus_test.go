package sheet

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"jindu/store"
)

// corpus returns the folder of odd spreadsheets, or skips the test.
func corpus(t *testing.T) string {
	t.Helper()
	return shared(t, "corpus")
}

// shared returns a folder of data that is kept beside the project.
func shared(t *testing.T, name string) string {
	t.Helper()
	dir := os.Getenv("JINDU_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	dir = filepath.Join(dir, name)
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("no test data: %v", err)
	}
	return dir
}

// seen is what an independent reader sees of a file.
type seen struct {
	File   string   `json:"file"`
	Error  string   `json:"error"`
	Sheets []string `json:"sheets"`
	Hidden []int    `json:"hidden"`
	D1904  bool     `json:"d1904"`
	Sheet  string   `json:"sheet"`
	Merges int      `json:"merges"`
	Cells  [][]any  `json:"cells"`
}

func readSeen(t *testing.T) map[string]seen {
	t.Helper()
	f, err := os.Open(filepath.Join(corpus(t), "cells.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	all := map[string]seen{}
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		var s seen
		if err := json.Unmarshal(lines.Bytes(), &s); err != nil {
			t.Fatal(err)
		}
		all[s.File] = s
	}
	return all
}

// refused lists the files that are refused though the other reader reads them,
// or cannot judge them, with the code and the reason.
var refused = map[string]string{
	"excelize/encryptAES.xlsx":                                "encrypted: OLE2",
	"excelize/encryptSHA512.xlsx":                             "encrypted: OLE2",
	"poi/protect.xlsx":                                        "encrypted: OLE2",
	"poi/protected_passtika.xlsx":                             "encrypted: OLE2",
	"poi/protected_sha512.xlsx":                               "encrypted: OLE2",
	"poi/54764-2.xlsx":                                        "doctype: ten lines of entities in a shared part",
	"poi/54764.xlsx":                                          "doctype: the same, deeper",
	"poi/duplicate-filename.xlsx":                             "damaged: two entries of one name, and programs differ in which one they read",
	"excelize/BadWorkbook.xlsx":                               "damaged: a workbook without a list of sheets",
	"poi/sample-beta.xlsx":                                    "damaged: the element names of a trial version of 2006",
	"poi/crash-9bf3cd4bd6f50a8a9339d363c2c7af14b536865c.xlsx": "encrypted: OLE2, found by a fuzzer",
	"poi/clusterfuzz-testcase-minimized-POIXSSFFuzzer-5089447305609216.xlsx": "cut_off: no directory",
	"poi/clusterfuzz-testcase-minimized-POIXSSFFuzzer-5265527465181184.xlsx": "damaged: the sum of _rels/.rels is wrong",
	"poi/clusterfuzz-testcase-minimized-POIXSSFFuzzer-6123461607817216.xlsx": "cut_off: no directory",
	"poi/clusterfuzz-testcase-minimized-POIXSSFFuzzer-6448258963341312.xlsx": "damaged: the end of the directory lies",
}

func TestCorpusXLSX(t *testing.T) { compareCorpus(t, refused, ".xlsx", ".xlsm") }

func TestCorpusODS(t *testing.T) { compareCorpus(t, nil, ".ods") }

// compareCorpus reads all files of the corpus with the extensions, and compares
// them wholly with what the other reader sees. Files that must be refused are
// listed.
func compareCorpus(t *testing.T, refused map[string]string, extensions ...string) {
	t.Helper()
	all := readSeen(t)
	files, cells, total := 0, 0, 0
	err := filepath.WalkDir(corpus(t), func(path string, _ os.DirEntry, err error) error {
		if err != nil || !slices.Contains(extensions, filepath.Ext(path)) {
			return err
		}
		name, err := filepath.Rel(corpus(t), path)
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		total++
		book, err := Read(t.Context(), data, DefaultLimits())
		if err != nil {
			why, ok := refused[name]
			if code := store.ErrorCode(err); !ok || !strings.HasPrefix(why, code+":") {
				t.Errorf("%s: %v", name, err)
			}
			return nil
		}
		if _, ok := refused[name]; ok {
			t.Errorf("%s: read, though listed as refused", name)
		}
		n, err := agree(book, all[name])
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return nil
		}
		files++
		cells += n
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d of %d files read, %d cells agree", files, total, cells)
}

// agree compares the first sheet that has cells with what the other reader saw
// of it, and returns the number of cells compared.
func agree(book *Book, want seen) (int, error) {
	if want.Error != "" {
		return 0, fmt.Errorf("read, though the other reader says %q", want.Error)
	}
	if book.Date1904 != want.D1904 {
		return 0, fmt.Errorf("1904: %v", book.Date1904)
	}
	var sheet *Sheet
	for _, s := range book.Sheets {
		if want.Sheets[s.Index] != s.Name || len(want.Hidden) > 0 && want.Hidden[s.Index] != int(s.Visibility) {
			return 0, fmt.Errorf("sheet %d is %q %d, want %q %d", s.Index, s.Name, s.Visibility, want.Sheets[s.Index], want.Hidden[s.Index])
		}
		if s.Name == want.Sheet {
			sheet = s
		}
	}
	if sheet == nil {
		if len(want.Cells) == 0 {
			return 0, nil
		}
		return 0, fmt.Errorf("no sheet %q", want.Sheet)
	}
	if len(sheet.Merges) != want.Merges {
		return 0, fmt.Errorf("%d merges, want %d", len(sheet.Merges), want.Merges)
	}
	return agreeCells(sheet, want.Cells)
}

func agreeCells(sheet *Sheet, want [][]any) (int, error) {
	got := slices.DeleteFunc(slices.Clone(sheet.Cells), func(c Cell) bool {
		return c.Kind == Pending || c.Kind == Text && collapse(c.Text) == ""
	})
	// The other reader keeps the order of the file.
	slices.SortStableFunc(want, func(a, b []any) int {
		return compare(Cell{Row: place(a[0]), Col: place(a[1])}, Cell{Row: place(b[0]), Col: place(b[1])})
	})
	n := 0
	for _, w := range want {
		if text, ok := w[3].(string); ok && collapse(text) == "" || w[3] == nil {
			continue
		}
		if n == len(got) {
			return n, fmt.Errorf("only %d cells, want %v", n, w)
		}
		c := got[n]
		n++
		if err := agreeCell(c, w); err != nil {
			return n, fmt.Errorf("%s: %+v, want %v", c.Ref(), c, w)
		}
	}
	if n != len(got) {
		return n, fmt.Errorf("%d cells more, first %+v", len(got)-n, got[n])
	}
	return n, nil
}

// place reads a row or a column as JSON gives it.
func place(v any) int32 {
	n, _ := v.(float64)
	return int32(n)
}

func agreeCell(c Cell, w []any) error {
	same := w[0] == float64(c.Row) && w[1] == float64(c.Col)
	switch c.Kind {
	case Text:
		text, _ := w[3].(string)
		same = same && w[2] == "s" && collapse(text) == collapse(c.Text)
	case Number:
		num, ok := w[3].(float64)
		same = same && w[2] == "n" && ok && math.Abs(num-c.Num) <= 1e-9*max(1, math.Abs(num)) && c.Date == (w[5] == 1.0)
	case Bool:
		same = same && w[2] == "b"
	case Fault:
		same = same && w[2] == "e" && w[3] == c.Text
	default:
		same = false
	}
	if !same {
		return fmt.Errorf("differs")
	}
	return nil
}

func collapse(s string) string { return strings.Join(strings.Fields(s), " ") }
