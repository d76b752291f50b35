package widget_test

import (
	"fmt"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
)

// A panel with a table of two figures, one of them suspect.
func Example() {
	screen := widget.New(40, 5, style.Dark())
	panel := widget.Modules(40).Panel(screen, 0, 1, 0, 5)
	body := widget.Panel{
		Title: "打击成果",
		Facts: []widget.Line{widget.Share(10, 10), widget.Text(style.Quiet, "最旧 3天")},
	}.Draw(panel)
	table := widget.Table{
		Selected: -1,
		Columns: []widget.Column{
			{Width: 8, Grow: 1},
			{Head: "本月", Width: 6, Align: widget.Decimal},
			{Width: 4, Gap: 3},
			{Width: 2},
		},
		Rows: []widget.Row{
			{Cells: []widget.Cell{
				widget.Word(style.Ink, "破获刑事案件"),
				widget.Figure(style.Strong, widget.Number(14, 0)),
				widget.Word(style.Quiet, "起"),
			}},
			{Cells: []widget.Cell{
				widget.Word(style.Ink, "缴获毒品"),
				widget.Figure(style.ValueLook(store.Suspect), widget.Number(1284.5, 1)),
				widget.Word(style.Quiet, "克"),
				{Line: widget.StateLetter(store.Suspect, store.Chinese)},
			}},
		},
	}
	table.Draw(body)
	fmt.Println(screen.Text())
	// Output:
	// ────────────────────────────────────
	//   打击成果            10/10   最旧 3天
	//                        本月
	//   破获刑事案件           14   起
	//   缴获毒品             1284.5 克    核
}
