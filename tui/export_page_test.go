package tui_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"jindu/store"
	"jindu/tui"
)

// writer keeps what it was to write.
type writer struct {
	got  []tui.Export
	fail error
}

func (w *writer) into(o *tui.Options) {
	o.Export = func(_ context.Context, e tui.Export) (string, error) {
		w.got = append(w.got, e)
		return "/x/" + e.Name + "." + string(e.Format), w.fail
	}
}

func TestExporting(t *testing.T) {
	w := &writer{}
	s := start(t, 120, 40, w.into).press("/ users_found enter e")
	s.shows("导出本页", "云岭区-查处吸毒人员-2026-05", ".xlsx")
	s.press("enter")
	s.shows("已导出：/x/云岭区-查处吸毒人员-2026-05")
	x := w.got[0].Extract
	about := strings.Join(x.About, " ")
	for _, text := range []string{"云岭区", "2026年5月", "截至 2026-06-23 08:42", "镜像库第 1 版", "10/10 单位", "最旧 3天"} {
		if !strings.Contains(about, text) {
			t.Errorf("no %q in %q", text, about)
		}
	}
	list := x.Sheets[x.Focus]
	if got := fmt.Sprint(list.Rows[2]); list.Name != "各单位" || !strings.Contains(got, "滨江派出所 38 18 21") || !strings.Contains(got, "滨江派出所_05.xlsx 打击 N8") {
		t.Errorf("%s: %v %v", list.Name, list.Heads, got)
	}
}

// A matrix holds many figures in a row: each is listed once more with its origin.
func TestExportingAMatrix(t *testing.T) {
	w := &writer{}
	start(t, 120, 40, w.into).press("3 e tab enter")
	if w.got[0].Format != tui.AsCSV {
		t.Fatal(w.got[0].Format)
	}
	x := w.got[0].Extract
	list := x.Sheets[x.Focus]
	if list.Name != "各单位 出处" || len(list.Rows) != 11*8 {
		t.Errorf("%s has %d rows", list.Name, len(list.Rows))
	}
	for _, row := range list.Rows {
		if v, ok := row[2].(float64); ok && row[0] != "全区" && row[9] == nil {
			t.Errorf("%v of %v has no cell: %v", v, row[0], row)
		}
	}
}

func TestAnExportThatFailsSaysSo(t *testing.T) {
	w := &writer{fail: store.NewError("export_failed", errors.New("no space"), "/x/a.xlsx")}
	s := start(t, 120, 40, w.into).press("e enter")
	s.shows("导出失败：/x/a.xlsx 没有写成")
}

func TestNoExportWithoutTheRight(t *testing.T) {
	w := &writer{}
	s := start(t, 120, 40, func(o *tui.Options) {
		w.into(o)
		o.Rights = store.Only(store.DeedBrowse, store.DeedDrill)
	}).press("e enter")
	s.hides("导出本页")
	if len(w.got) > 0 {
		t.Error("a view was written without the right to")
	}
	start(t, 120, 40, nil).press("e").shows("这里不能导出文件")
}

// Where no file is written that its reader could fetch, the page goes to the
// clipboard of the terminal, which takes no workbooks; and it is on record first.
func TestExportingToTheClipboard(t *testing.T) {
	log := &ledger{}
	var got []tui.Export
	s := start(t, 120, 40, func(o *tui.Options) {
		o.Audit = log.put
		o.Copy = func(_ context.Context, e tui.Export) (string, error) {
			got = append(got, e)
			return strings.Repeat("x", 3000), nil
		}
	}).press("e")
	s.shows("复制本页到您终端的剪贴板", "Markdown")
	s.hides("电子表格")
	s.press("enter")
	s.shows("已交给您的终端（3 kB）")
	if len(got) != 1 || got[0].Format != tui.AsCSV || len(log.acts) != 1 || !strings.HasPrefix(log.acts[0].What, "copy ") {
		t.Errorf("given: %v, on record: %v", got, log.acts)
	}
	log.full = true
	s.press("e enter")
	s.shows("没有做，因为记不进审计日志")
	if len(got) != 1 {
		t.Error("it was given although it could not be put on record")
	}
}
