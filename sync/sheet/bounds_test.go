package sheet

import (
	"fmt"
	"go/parser"
	"go/token"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"jindu/store"
)

// TestW06_ReadersOpenNothing holds the readers to their imports: what cannot open
// a file or a connection follows no link of a workbook.
func TestW06_ReadersOpenNothing(t *testing.T) {
	files := 0
	for _, folder := range []string{".", "ole", "../form"} {
		all, err := filepath.Glob(filepath.Join(folder, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range all {
			if strings.HasSuffix(path, "_test.go") {
				continue
			}
			files++
			f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
			if err != nil {
				t.Fatal(err)
			}
			for _, spec := range f.Imports {
				name := strings.Trim(spec.Path.Value, `"`)
				if top, _, _ := strings.Cut(name, "/"); top == "os" || top == "net" || name == "syscall" || name == "plugin" || name == "io/ioutil" {
					t.Errorf("%s imports %s", path, name)
				}
			}
		}
	}
	if files < 50 {
		t.Errorf("only %d files were looked at", files)
	}
}

// costs reads the bytes and returns how long that took and how much memory was
// asked for on the way, all of it together.
func costs(t *testing.T, data []byte) (took time.Duration, bytes uint64, err error) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	began := time.Now()
	_, err = Read(t.Context(), data, DefaultLimits())
	took = time.Since(began)
	runtime.ReadMemStats(&after)
	return took, after.TotalAlloc - before.TotalAlloc, err
}

// TestW01_BombsCostLittle reads what would unpack to far more than a machine has,
// and what only seems large: both are decided at once and in little memory.
func TestW01_BombsCostLittle(t *testing.T) {
	var bomb, wide strings.Builder
	bomb.WriteString(`<worksheet ` + nsMain + `><sheetData>`)
	for range 1 << 11 {
		bomb.WriteString(strings.Repeat(" ", 1<<16)) // 128 MB in a zip of as many kB
	}
	bomb.WriteString(`</sheetData></worksheet>`)
	wide.WriteString(`<worksheet ` + nsMain + `><dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row>`)
	for row := 2; row <= maxRow; row++ {
		fmt.Fprintf(&wide, `<row r="%d" s="1"/>`, row)
	}
	wide.WriteString(`</sheetData></worksheet>`)
	one := `<worksheet ` + nsMain + `><dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>`
	for _, c := range []struct {
		name, sheet, code string
		within            time.Duration
		memory            uint64
	}{
		{"W01 a bomb", bomb.String(), "too_large", time.Second, 128 << 20},
		{"W08 a used range of the whole sheet with one cell", one, "", time.Second, 128 << 20},
		{"W09 a million formatted rows", wide.String(), "", 5 * time.Second, 256 << 20},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := ordinary(c.sheet).zip(t)
			took, memory, err := costs(t, data)
			if code := store.ErrorCode(err); code != c.code {
				t.Errorf("%v, want %q", err, c.code)
			}
			if took > c.within || memory > c.memory {
				t.Errorf("%d kB of zip took %v and %d MB", len(data)>>10, took, memory>>20)
			}
			t.Logf("%d kB of zip, %d MB of sheet: %v, %d MB", len(data)>>10, len(c.sheet)>>20, took, memory>>20)
		})
	}
}
