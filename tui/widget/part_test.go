package widget_test

import (
	"testing"

	"jindu/tui/style"
	"jindu/tui/widget"
)

var course = []float64{3, 0, 1, 5, widget.Missing(), 14, 9, 30, 2, 12}

func TestSpark(t *testing.T) {
	eachTheme(t, "spark", 24, 9, func(c widget.Canvas) {
		widget.Spark{Values: course}.Draw(c.Sub(0, 0, 10, 1))
		widget.Spark{Values: course}.Draw(c.Sub(0, 1, 6, 1))  // the latest stay
		widget.Spark{Values: course}.Draw(c.Sub(0, 2, 14, 1)) // right-aligned
		widget.Spark{Values: course, Hero: true}.Draw(c.Sub(0, 3, 10, 1))
		widget.Spark{Values: []float64{0, 0, 0}}.Draw(c.Sub(0, 4, 10, 1))
		widget.Spark{}.Draw(c.Sub(0, 5, 10, 1))
		stock := []float64{6100, 6090, 6060, 6048}
		low, high := widget.Ends(stock)
		widget.Spark{Values: stock, Low: low, High: high}.Draw(c.Sub(0, 6, 10, 1))
		widget.Spark{Values: []float64{1, 1000}}.Draw(c.Sub(0, 7, 10, 1)) // more than zero stands above zero
	})
}

func TestSparkLooks(t *testing.T) {
	c := widget.New(3, 2, style.Dark())
	widget.Spark{Values: []float64{1, 2, 3}}.Draw(c)
	widget.Spark{Values: []float64{1, 2, 3}, Now: style.Bad, Hero: true}.Draw(c.Below(1))
	for _, tt := range []struct {
		x, y int
		want style.Look
	}{{0, 0, style.Edge}, {2, 0, style.Quiet}, {1, 1, style.Edge}, {2, 1, style.Bad}} {
		if _, look := c.At(tt.x, tt.y); look != tt.want {
			t.Errorf("cell %d,%d has look %#x, want %#x", tt.x, tt.y, uint16(look), uint16(tt.want))
		}
	}
}

func TestEnds(t *testing.T) {
	if low, high := widget.Ends(course); low != 0 || high != 30 {
		t.Errorf("ends %v and %v", low, high)
	}
	if low, high := widget.Ends([]float64{widget.Missing()}); low != 0 || high != 0 {
		t.Errorf("ends of nothing %v and %v", low, high)
	}
}

func TestBar(t *testing.T) {
	eachTheme(t, "bar", 14, 10, func(c widget.Canvas) {
		for i, one := range []widget.Bar{
			{Value: 96.8, Whole: 100, Target: 98},
			{Value: 91.2, Whole: 100, Target: 85},
			{Value: 88.4, Whole: 100, Target: 75},
			{Value: 79.6, Whole: 100, Target: 90},
			{Value: 62.3, Whole: 100, Target: 85},
			{Value: 21, Whole: 34},
			{Value: 0, Whole: 34},
			{Value: 40, Whole: 34},
			{Value: widget.Missing(), Whole: 34},
			{Value: 3, Whole: 0},
		} {
			one.Draw(c.Sub(0, i, 12, 1))
		}
	})
}

func TestPlace(t *testing.T) {
	eachTheme(t, "place", 14, 6, func(c widget.Canvas) {
		for i, one := range []widget.Place{{Rank: 1, Of: 6}, {Rank: 5, Of: 6}, {Rank: 6, Of: 6}, {Rank: 1, Of: 1}, {Rank: 0, Of: 6}, {Rank: 7, Of: 6}} {
			one.Draw(c.Sub(0, i, 12, 1))
		}
	})
}

func TestChart(t *testing.T) {
	values := []float64{85, 88, 90, 94, 90, 84, widget.Missing(), 90, 65, 72.3}
	eachTheme(t, "chart", 24, 8, func(c widget.Canvas) {
		widget.Chart{Values: values, Low: 65, High: 95}.Draw(c.Sub(0, 0, 12, 3))
		widget.Chart{Values: course}.Draw(c.Sub(0, 4, 12, 4))
		widget.Chart{Values: values, Low: 65, High: 95}.Draw(c.Sub(14, 0, 4, 3))
	})
}

func TestBig(t *testing.T) {
	eachTheme(t, "big", 60, 7, func(c widget.Canvas) {
		c.Put(c.Big(0, 0, style.Ink, "0123456789")+2, 2, style.Quiet, "人")
		c.Put(c.Big(0, 4, style.Ink, "-1.5 <3 +68,300")+2, 6, style.Quiet, "克")
	})
	for number, want := range map[string]int{"6048": 19, "31": 7, "": 0, "<3": 8, "12.5": 14} {
		g := style.UnicodeGlyphs()
		if got := widget.BigWidth(number, &g); got != want {
			t.Errorf("%q takes %d cells, want %d", number, got, want)
		}
		c := widget.New(40, 3, style.Dark())
		if end := c.Big(0, 0, style.Ink, number); end != want {
			t.Errorf("%q ends at %d, want %d", number, end, want)
		}
	}
	g := style.ASCIIGlyphs()
	if got := widget.BigWidth("6048", &g); got != 4 {
		t.Errorf("the twin of 6048 takes %d cells", got)
	}
}

// TestHuge reads the pixels back, as they are coloured spaces.
func TestHuge(t *testing.T) {
	c := widget.New(90, 12, style.Dark())
	end := c.Huge(0, 0, widget.SmallPixels, style.Ink, "0123456789")
	if want := widget.SmallPixels.Width("0123456789"); end != want {
		t.Errorf("ends at %d, want %d", end, want)
	}
	c.Huge(0, 6, widget.SmallPixels, style.Alarm, "<3-1.2+5:8,0x")
	pixels := widget.New(90, 12, style.Dark())
	for y := range 12 {
		for x := range 90 {
			r, look := c.At(x, y)
			if r != ' ' {
				t.Fatalf("a glyph at %d,%d: %q", x, y, r)
			}
			if look.Fill() == style.Solid {
				pixels.Put(x, y, style.Ink, "#")
			}
		}
	}
	golden(t, "huge", pixels)
}

func TestPanel(t *testing.T) {
	facts := []widget.Line{
		widget.Text(style.Quiet, "06-01 至 06-22"),
		widget.Share(32, 34).Text(style.Quiet, " 单位"),
		widget.Text(style.Quiet, "最旧 ").Text(style.Stale, "3天"),
	}
	eachTheme(t, "panel", 60, 16, func(c widget.Canvas) {
		for i, w := range []int{56, 44, 36, 26, 20} {
			body := widget.Panel{Title: "在册吸毒人员", Facts: facts, Focused: i == 1}.Draw(c.Sub(2, 3*i, w, 3))
			body.Put(0, 0, style.Ink, "正文")
		}
	})
}

func TestGrid(t *testing.T) {
	for w, want := range map[int][4]int{ // columns, first x, last column's end, a panel of two
		48: {1, 2, 46, 44}, 59: {1, 2, 57, 55}, 60: {1, 2, 38, 36}, 80: {2, 2, 78, 76},
		120: {3, 2, 118, 76}, 160: {4, 2, 158, 76}, 199: {4, 2, 158, 76}, 200: {5, 2, 198, 76}, 3: {1, 2, 2, 0},
	} {
		g := widget.Modules(w)
		panel := g.Panel(widget.New(w, 10, style.Dark()), 0, 2, 0, 5)
		got := [4]int{g.Columns, g.X(0), g.X(0) + g.Width(), panel.Width()}
		if got != want {
			t.Errorf("%d cells: %v, want %v", w, got, want)
		}
	}
	wall := widget.WallModules(160)
	if wall.X(1) != 43 || wall.Span(1) != 35 || wall.X(3)+wall.Span(1) != 156 {
		t.Errorf("wall of 160: second column at %d, %d wide, last ends at %d", wall.X(1), wall.Span(1), wall.X(3)+wall.Span(1))
	}
}

func TestWindow(t *testing.T) {
	for name, tt := range map[string]struct{ total, cursor, top, height, want int }{
		"all fit":           {5, 4, 3, 10, 0},
		"no cursor":         {20, -1, 7, 5, 7},
		"top too far":       {20, -1, 18, 5, 15},
		"cursor below":      {20, 9, 0, 5, 5},
		"cursor above":      {20, 2, 8, 5, 2},
		"cursor in sight":   {20, 6, 4, 5, 4},
		"cursor at the end": {20, 19, 0, 5, 15},
		"no room":           {20, 3, 2, 0, 0},
		"nothing":           {0, -1, 0, 5, 0},
	} {
		if got := widget.Window(tt.total, tt.cursor, tt.top, tt.height); got != tt.want {
			t.Errorf("%s: top %d, want %d", name, got, tt.want)
		}
	}
}
