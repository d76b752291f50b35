package widget_test

import (
	"fmt"
	"strings"
	"testing"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
)

// strike is the overview's table of enforcement, as a page would write it.
func strike() widget.Table {
	t := widget.Table{Selected: 1, Columns: []widget.Column{
		{Width: 12, Grow: 1},
		{Head: "本月", Width: 6, Hang: 2, Align: widget.Decimal},
		{Width: 4, Gap: 1, Drop: 4},
		{Head: "较上月", Width: 6, Hang: 2, Gap: 1, Align: widget.Decimal, Drop: 5},
		{Head: "较同期", Width: 6, Hang: 2, Gap: 1, Align: widget.Decimal, Drop: 2},
		{Head: "累计", Width: 6, Hang: 2, Gap: 1, Align: widget.Decimal, Drop: 3},
		{Head: "近6月", Width: 6, Align: widget.Right, Drop: 1},
		{Head: "单位", Width: 5, Align: widget.Right},
		{Width: 2, Gap: 1},
	}}
	for _, one := range []struct {
		name, short, measure string
		now, was, then, year float64
		decimals             int
		z                    float64
		n, m                 int
		state                store.State
	}{
		{"破获毒品刑事案件", "刑事案件", "起", 14, 11, 9, 71, 0, 0.6, 10, 10, store.Fresh},
		{"查处吸毒人员", "", "人次", 131, 86, 119, 602, 0, 4.3, 10, 10, store.Corrected},
		{"缴获毒品", "", "克", 1284.5, 312.2, 444.5, 3017.9, 1, 0, 10, 10, store.Suspect},
		{"打掉贩毒团伙", "", "个", 1, 1, 0, 4, 0, 0, 9, 10, store.Stale},
		{"受教育人次", "", "人次", 68300, 51200, 60048, 391000, 0, 40, 32, 34, store.Never},
	} {
		t.Rows = append(t.Rows, widget.Row{Cells: []widget.Cell{
			{Line: widget.Text(style.Ink, one.name), Short: one.short},
			widget.Figure(style.ValueLook(one.state), widget.Number(one.now, one.decimals)),
			widget.Word(style.Quiet, one.measure),
			{Line: widget.DeltaCell(one.now-one.was, one.decimals, one.z)},
			{Line: widget.DeltaCell(one.now-one.then, one.decimals, 0)},
			widget.Figure(style.Ink, widget.Number(one.year, one.decimals)),
			{Part: widget.Spark{Values: []float64{one.then, 0, widget.Missing(), one.was, one.now}}},
			{Line: widget.Share(one.n, one.m)},
			{Line: widget.StateLetter(one.state, store.Chinese)},
		}})
	}
	return t
}

// TestTableNarrows draws one table ever narrower: columns leave in their order,
// names get short and then cut, numbers stay whole.
func TestTableNarrows(t *testing.T) {
	for _, w := range []int{96, 76, 60, 48, 36, 28, 20, 9} {
		eachTheme(t, fmt.Sprintf("table-%d", w), w+4, 7, func(c widget.Canvas) {
			strike().Draw(c.Sub(2, 0, w, 7))
		})
	}
}

// TestNumbersStayWhole draws the table at every width and finds only whole
// numbers.
func TestNumbersStayWhole(t *testing.T) {
	numbers := map[string]bool{}
	whole := widget.New(110, 7, style.Dark())
	strike().Draw(whole)
	for _, one := range strings.Fields(whole.Text()) {
		numbers[one] = true
	}
	for w := range 100 {
		c := widget.New(w, 7, style.Dark())
		table := strike()
		for i := range table.Columns {
			table.Columns[i].Drop = 0 // nothing may leave: the worst case
		}
		table.Draw(c)
		_, rows, _ := strings.Cut(c.Text(), "\n")
		for _, one := range strings.Fields(rows) {
			if strings.ContainsAny(one, "0123456789") && !numbers[one] && !numbers[strings.Trim(one, "…")] {
				t.Errorf("%d cells wide: %q is no number of the table", w, one)
			}
		}
	}
}

func TestTableLongNumbers(t *testing.T) {
	table := widget.Table{Selected: -1, Columns: []widget.Column{
		{Head: "值", Width: 4, Hang: 2, Gap: 1, Align: widget.Decimal},
		{Head: "率", Width: 4, Gap: 1, Align: widget.Right},
		{Head: "注", Width: 4, Gap: 1},
	}}
	for _, one := range []string{"12.5", "1234.5", "12345", "1.25", "1.255", "<3", "-"} {
		table.Rows = append(table.Rows, widget.Row{Cells: []widget.Cell{
			widget.Figure(style.Strong, one), widget.Word(style.Quiet, one), widget.Word(style.Quiet, one),
		}})
	}
	eachTheme(t, "table-long-numbers", 18, 8, func(c widget.Canvas) { table.Draw(c) })
}

// TestPercentHangs ends ratios at one edge, under their head, and lets the
// percent sign hang where the column says so.
func TestPercentHangs(t *testing.T) {
	table := widget.Table{Selected: -1, Columns: []widget.Column{
		{Head: "比率", Width: 8},
		{Head: "实际", Width: 4, Hang: 1, Align: widget.Right},
		{Head: "进度", Width: 4, Align: widget.Right},
	}}
	share := widget.Text(style.Strong, widget.Number(100, 1)).Text(style.Quiet, "%")
	table.Rows = []widget.Row{{Cells: []widget.Cell{
		widget.Word(style.Ink, "管控率"), {Line: share}, widget.Word(style.Quiet, "40%"),
	}}}
	c := widget.New(24, 2, style.Dark())
	table.Draw(c)
	if got, want := c.Text(), "比率       实际   进度\n管控率    100.0%   40%"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// tasks is a list longer than its place, in groups.
func tasks(selected int) widget.Table {
	t := widget.Table{
		Selected: selected,
		Columns: []widget.Column{
			{Head: "天数", Width: 5, Align: widget.Right},
			{Head: "任务", Width: 10, Grow: 1},
		},
		More: func(hidden int) widget.Line {
			return widget.Text(style.Quiet, "还有 ").Text(style.Ink, fmt.Sprint(hidden)).Text(style.Quiet, " 个")
		},
	}
	for i := range 12 {
		if i == 4 {
			t.Rows = append(t.Rows, widget.Row{Rule: true})
		}
		t.Rows = append(t.Rows, widget.Row{Cells: []widget.Cell{
			widget.Word(style.BadBold, fmt.Sprintf("超 %2d", 12-i)), widget.Word(style.Ink, fmt.Sprintf("任务之%d", i)),
		}})
	}
	return t
}

func TestTableScrolls(t *testing.T) {
	for name, selected := range map[string]int{"top": -1, "middle": 7, "end": 12} {
		c := widget.New(26, 9, style.Dark())
		d := tasks(selected).Draw(c.Sub(1, 0, 24, 9))
		golden(t, "table-scroll-"+name, c)
		if d.First != 1 || d.Shown != 7 {
			t.Errorf("%s: %d rows from row %d", name, d.Shown, d.First)
		}
		if selected >= 0 && (selected < d.Top || selected >= d.Top+d.Shown) {
			t.Errorf("%s: the cursor at %d is out of sight from %d", name, selected, d.Top)
		}
		for y, want := range map[int]int{0: -1, 1: d.Top, 7: d.Top + 6, 8: -1} {
			if got := d.RowAt(y); got != want {
				t.Errorf("%s: row %d is table row %d, want %d", name, y, got, want)
			}
		}
	}
	c := widget.New(26, 14, style.Dark())
	if d := tasks(0).Draw(c); d.Shown != 13 || strings.Contains(c.Text(), "还有") {
		t.Errorf("all fit, but %d are shown:\n%s", d.Shown, c.Text())
	}
}

// TestSelectedRow is one cell wider than its text on both sides.
func TestSelectedRow(t *testing.T) {
	c := widget.New(30, 9, style.Dark())
	tasks(2).Draw(c.Sub(2, 0, 24, 9))
	for x := range 30 {
		_, look := c.At(x, 3)
		if want := x >= 1 && x <= 26; (look.Fill() == style.Selected) != want {
			t.Errorf("column %d: selected is %v, want %v", x, !want, want)
		}
	}
}

// heat is a matrix with a unit that never reported.
func heat() widget.Table {
	t := widget.Table{Selected: 2, Columns: []widget.Column{
		{Width: 14},
		{Head: "刑事案件", Under: "2 项", Width: 6, Hang: 2, Gap: 1, Align: widget.Decimal},
		{Head: "行政案件", Under: "5 项", Width: 6, Hang: 2, Gap: 1, Align: widget.Decimal},
		{Head: "缴获", Width: 6, Hang: 2, Gap: 1, Align: widget.Decimal},
		{Head: "最旧", Width: 6, Align: widget.Right},
		{Head: "态", Width: 2},
	}}
	t.Rows = []widget.Row{
		{Cells: []widget.Cell{
			widget.Word(style.Ink, "文昌街道办"),
			{Line: widget.Text(style.Bad, "本月未报"), Across: 3, Leader: true},
			widget.Word(style.Quiet, "-"),
			{Line: widget.StateLetter(store.Never, store.Chinese)},
		}},
		{Cells: []widget.Cell{
			widget.Word(style.Ink, "石门派出所"),
			widget.Word(style.Quiet, "0"),
			{Line: widget.Text(style.Ink, "4"), Fill: style.Below},
			widget.Word(style.Quiet, "0"),
			widget.Word(style.Quiet, "1小时"),
			{},
		}},
		{Cells: []widget.Cell{
			widget.Word(style.Ink, "滨江派出所"),
			{Line: widget.Text(style.Ink, "6"), Fill: style.Above},
			{Line: widget.Text(style.Strong, "38"), Fill: style.FarAbove},
			{Line: widget.Text(style.WatchBold, "1020.0"), Fill: style.FarAbove},
			widget.Word(style.Quiet, "2小时"),
			{Line: widget.StateLetter(store.Suspect, store.Chinese)},
		}},
	}
	return t
}

// TestHeat keeps far heat visible where fills are not: by an underline, and by a
// star where there is room for one.
func TestHeat(t *testing.T) {
	c := widget.New(58, 6, style.Dark())
	heat().Draw(c.Sub(1, 0, 56, 6))
	golden(t, "heat", c)
	if _, look := c.At(26, 4); look != style.Strong|style.FarAbove && look.Fill() != style.FarAbove {
		t.Errorf("far heat on the selected row has look %#x", uint16(look))
	}
	c = widget.New(58, 6, noColour())
	heat().Draw(c.Sub(1, 0, 56, 6))
	golden(t, "heat-nocolour", c)
	if !strings.Contains(c.String(), "\x1b[1;4;4m38") {
		t.Errorf("far heat is not underlined:\n%q", c.String())
	}
}
