package main

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"jindu/store"
	"jindu/tui"
	"jindu/tui/page"
	"jindu/tui/tuitest"
)

// taken is a view with everything in it that a spreadsheet program could take for
// something else.
func taken() page.Extract {
	return page.Extract{
		Title: "打击", About: []string{"云岭区   2026年5月", "截至 2026-06-23 08:42", "31/34 单位   最旧 3天"}, Focus: 0,
		Sheets: []page.Sheet{{
			Name: "各单位", Note: "10/10 单位", Heads: []string{"单位", "本月", "单元格"},
			Rows: [][]any{
				{"=HYPERLINK(1)", -3.0, "N8"}, {"＋1", nil, "@x"}, {"a|b\n<i>", 68300.5, "\tC4"},
			},
		}},
	}
}

func TestAnExportIsHarmless(t *testing.T) {
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(csvOf(taken(), store.Chinese), []byte("\ufeff")))).ReadAll()
	must(t, err)
	if got := strings.Join(rows[1], ";"); got != "'=HYPERLINK(1);-3;N8;打击   各单位;云岭区   2026年5月;截至 2026-06-23 08:42;31/34 单位   最旧 3天;10/10 单位" {
		t.Errorf("csv: %s", got)
	}
	if rows[2][0] != "'＋1" || rows[2][1] != "" || rows[2][2] != "'@x" {
		t.Errorf("csv: %q", rows[2])
	}
	if md := string(markdownOf(taken())); !strings.Contains(md, `a\|b`) || strings.Contains(md, "<i>") {
		t.Error(md)
	}
	data, err := workbookOf(taken(), store.NewDate(2026, 6, 23))
	must(t, err)
	x, err := excelize.OpenReader(bytes.NewReader(data))
	must(t, err)
	defer func() { must(t, x.Close()) }()
	all, err := x.GetRows("各单位")
	must(t, err)
	if all[0][0] != "打击   各单位" || all[4][0] != "10/10 单位" || all[6][0] != "'=HYPERLINK(1)" || all[6][1] != "-3" {
		t.Errorf("xlsx: %q", all)
	}
	if kind, err := x.GetCellType("各单位", "B7"); err != nil || kind == excelize.CellTypeInlineString {
		t.Errorf("a number is written as text: %v %v", kind, err)
	}
}

// A program counts on with what is kept: only what people read is rounded as the
// screen is.
func TestAnExportForProgramsIsNotRounded(t *testing.T) {
	x := page.Extract{Title: "打击", Focus: 0, Sheets: []page.Sheet{{
		Name: "各单位", Heads: []string{"缴获"}, Rows: [][]any{{page.Rounded{Shown: 197.0, Kept: 197.03}}},
	}}}
	if got := string(csvOf(x, store.Chinese)); !strings.Contains(got, "\n197.03,") {
		t.Errorf("csv: %s", got)
	}
	if got := string(markdownOf(x)); !strings.Contains(got, "| 197 |") {
		t.Errorf("md: %s", got)
	}
	data, err := workbookOf(x, store.NewDate(2026, 6, 23))
	must(t, err)
	book, err := excelize.OpenReader(bytes.NewReader(data))
	must(t, err)
	defer func() { must(t, book.Close()) }()
	if got, err := book.GetCellValue("各单位", "A3"); err != nil || got != "197.03" {
		t.Errorf("xlsx: %s %v", got, err)
	}
}

// TestAnExportReplacesNothing writes twice under one name, and under a name that
// leads out of the folder.
func TestAnExportReplacesNothing(t *testing.T) {
	cfg := &config{Export: filepath.Join(t.TempDir(), "out")}
	a := &app{lang: store.Chinese, Process: Process{Now: func() time.Time { return tuitest.Now() }}}
	write := a.exporter(cfg)
	for _, want := range []string{"x.txt", "x-2.txt"} {
		path, err := write(t.Context(), tui.Export{Name: "../../x", Format: tui.AsText, Extract: taken(), Screen: "屏幕"})
		must(t, err)
		if path != filepath.Join(cfg.Export, want) {
			t.Errorf("written to %s, want %s", path, want)
		}
		info, err := os.Stat(path)
		must(t, err)
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s can be read by others: %v", path, info.Mode())
		}
	}
}
