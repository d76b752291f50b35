package widget_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"pgregory.net/rapid"

	"jindu/tui/style"
	"jindu/tui/widget"
)

// TestWideOverwrite draws over halves of wide characters: the other half must go
// too, and the row stays as wide as it was.
func TestWideOverwrite(t *testing.T) {
	tests := map[string]struct {
		draw func(c widget.Canvas)
		want string
	}{
		"left half":             {func(c widget.Canvas) { c.Put(2, 0, 0, "x") }, "在x 吸毒"},
		"right half":            {func(c widget.Canvas) { c.Put(3, 0, 0, "x") }, "在 x吸毒"},
		"wide over two halves":  {func(c widget.Canvas) { c.Put(1, 0, 0, "禁") }, " 禁 吸毒"},
		"exactly":               {func(c widget.Canvas) { c.Put(2, 0, 0, "禁") }, "在禁吸毒"},
		"region within a half":  {func(c widget.Canvas) { c.Sub(1, 0, 2, 1).Put(0, 0, 0, "ab") }, " ab 吸毒"},
		"glyph over right half": {func(c widget.Canvas) { c.Run(5, 0, 1, 0, '─') }, "在册 ─毒"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			c := widget.New(8, 1, style.Dark())
			c.Put(0, 0, style.Ink, "在册吸毒")
			tt.draw(c)
			if got := c.Text(); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// TestEdges cuts text at the edges of a region of seven cells, never within a
// number, and leaves the two cells before it alone.
func TestEdges(t *testing.T) {
	tests := map[string]struct {
		draw func(c widget.Canvas)
		want string
	}{
		"right edge":            {func(c widget.Canvas) { c.Put(0, 0, 0, "在册吸毒人员") }, "在册吸…"},
		"wide at the edge":      {func(c widget.Canvas) { c.Put(1, 0, 0, "在册吸毒") }, " 在册…"},
		"number at the edge":    {func(c widget.Canvas) { c.Put(4, 0, 0, "6048") }, "    …"},
		"behind the left edge":  {func(c widget.Canvas) { c.Put(-1, 0, 0, "在册吸") }, " 册吸"},
		"number behind":         {func(c widget.Canvas) { c.Put(-2, 0, 0, "6048人") }, "  人"},
		"right end past left":   {func(c widget.Canvas) { c.PutRight(3, 0, 0, "6048") }, "  …"},
		"line ends past left":   {func(c widget.Canvas) { c.LineRight(4, 0, widget.Text(0, "32").Text(0, "/34")) }, "   …"},
		"line runs out":         {func(c widget.Canvas) { c.Line(3, 0, widget.Text(0, "32").Text(0, "/34")) }, "   …"},
		"integers do not fit":   {func(c widget.Canvas) { c.PutDecimal(3, 0, 0, "6048.5") }, "  …"},
		"above":                 {func(c widget.Canvas) { c.Put(0, -1, 0, "x") }, ""},
		"below":                 {func(c widget.Canvas) { c.Put(0, 1, 0, "x") }, ""},
		"beside":                {func(c widget.Canvas) { c.Put(7, 0, 0, "x") }, ""},
		"a run over both edges": {func(c widget.Canvas) { c.Run(-3, 0, 20, 0, '─') }, "───────"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			c := widget.New(11, 3, style.Dark())
			c.Put(0, 1, 0, "><")
			tt.draw(c.Sub(2, 1, 7, 1))
			if got, want := c.Text(), "\n><"+tt.want+"\n"; got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

func TestSubIsCutToItsRegion(t *testing.T) {
	c := widget.New(10, 4, style.Dark()).Sub(2, 1, 20, 20)
	if c.Width() != 8 || c.Height() != 3 {
		t.Errorf("region of %d x %d, want 8 x 3", c.Width(), c.Height())
	}
	if out := c.Sub(9, 9, 3, 3); out.Width() != 0 || out.Height() != 0 {
		t.Errorf("region outside of %d x %d", out.Width(), out.Height())
	}
	c.Sub(-1, -1, 3, 2).Put(0, 0, style.Ink, "abc")
	if got := c.Text(); got != "a…\n\n" {
		t.Errorf("got %q", got)
	}
}

// TestFills keeps a cell's fill under later text and its text under later fills.
func TestFills(t *testing.T) {
	c := widget.New(10, 1, style.Dark())
	row := c.Sub(1, 0, 8, 1)
	row.Put(0, 0, style.Quiet, "在册")
	row.Select(0, style.Selected)
	row.Put(5, 0, style.Strong, "12")
	row.Put(5, 0, style.Strong|style.FarAbove, "1")
	for x, want := range []style.Look{
		style.Selected, style.Quiet | style.Selected, style.Quiet | style.Selected, style.Quiet | style.Selected,
		style.Quiet | style.Selected, style.Selected, style.Strong | style.FarAbove, style.Strong | style.Selected,
		style.Selected, style.Selected,
	} {
		if _, look := c.At(x, 0); look != want {
			t.Errorf("column %d: look %#x, want %#x", x, uint16(look), uint16(want))
		}
	}
}

func TestDimAndClear(t *testing.T) {
	c := widget.New(6, 2, style.Dark())
	c.Put(0, 0, style.BadBold|style.Selected, "超期")
	c.Dim()
	if r, look := c.At(0, 0); r != '超' || look != style.Rule {
		t.Errorf("dimmed cell %q, look %#x", r, uint16(look))
	}
	c.Sub(1, 0, 2, 1).Clear(style.Overlay)
	if got := c.Text(); got != "\n" {
		t.Errorf("after clearing the inner halves: %q", got)
	}
}

// TestString opens a sequence for each run of equal look and closes it, and asks
// nothing of blanks.
func TestString(t *testing.T) {
	c := widget.New(20, 3, style.Dark())
	c.Put(1, 0, style.Ink, "a b")
	c.Put(5, 0, style.Ink, "c")
	c.Put(7, 0, style.Good, "d")
	c.Fill(0, 2, 2, 1, style.Selected)
	want := " \x1b[38;2;228;226;218ma b c \x1b[m\x1b[38;2;125;190;133md\x1b[m\n" +
		"\n" +
		"\x1b[38;2;228;226;218;48;2;31;58;84m  \x1b[m"
	if got := c.String(); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if got := c.Text(); got != " a b c d\n\n" {
		t.Errorf("text %q", got)
	}
}

func TestCombiningMarks(t *testing.T) {
	c := widget.New(10, 1, style.Dark())
	c.Put(0, 0, style.Ink, "e\u0301x国\u0301\u0301y")
	if got, want := c.Text(), "e\u0301x国\u0301·y"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	c.Put(0, 0, style.Ink, "o")
	if got, want := c.Text(), "ox国\u0301·y"; got != want {
		t.Errorf("a mark outlived its base: %q, want %q", got, want)
	}
}

// TestSameOnATerminal puts a screen on a terminal emulator and compares cells.
func TestSameOnATerminal(t *testing.T) {
	c := widget.New(40, 3, style.Dark())
	c.Put(2, 0, style.Strong, "在册吸毒人员")
	c.Big(2, 0, style.Ink, "1")
	c.PutRight(38, 1, style.Watch, "32/34 单位")
	c.Select(1, style.Selected)
	screen := vt.NewEmulator(40, 3)
	if _, err := screen.Write([]byte(strings.ReplaceAll(c.String(), "\n", "\r\n"))); err != nil {
		t.Fatal(err)
	}
	for y := range 3 {
		for x := range 40 {
			want, _ := c.At(x, y)
			got := ""
			if one := screen.CellAt(x, y); one != nil {
				got = one.Content
			}
			if want == 0 {
				want = ' ' // the emulator leaves the right half empty
			}
			if got == "" {
				got = " "
			}
			if got != string(want) {
				t.Errorf("cell %d,%d shows %q, want %q", x, y, got, want)
			}
		}
	}
}

// TestRowsKeepTheirWidth draws at random, anywhere, anything, and measures every
// row with both rules that terminals count by.
func TestRowsKeepTheirWidth(t *testing.T) {
	theme := style.Dark()
	text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[在册 a0-9.,─▁]{0,12}`), rapid.SampledFrom([]string{"在册吸毒人员", "e\u0301", "\u0301", "👨‍👩‍👧", "각", "\x1b[31m红", "\u202e12", "ﷺ"}))
	rapid.Check(t, func(t *rapid.T) {
		const w, h = 20, 3
		c := widget.New(w, h, theme)
		for range rapid.IntRange(1, 12).Draw(t, "draws") {
			part := c.Sub(rapid.IntRange(-2, w).Draw(t, "sx"), rapid.IntRange(-1, h).Draw(t, "sy"), rapid.IntRange(0, w).Draw(t, "sw"), rapid.IntRange(0, h).Draw(t, "sh"))
			x, y := rapid.IntRange(-6, w+2).Draw(t, "x"), rapid.IntRange(-1, h).Draw(t, "y")
			s := text.Draw(t, "text")
			switch rapid.IntRange(0, 6).Draw(t, "kind") {
			case 0:
				part.PutRight(x, y, style.Quiet, s)
			case 1:
				part.Clear(style.Overlay)
			case 2:
				part.Big(x, y, style.Ink, s)
			case 3:
				part.LineRight(x, y, widget.Text(style.Ink, s).Text(style.Bad, s))
			case 4:
				part.PutDecimal(x, y, style.Ink, s)
			default:
				part.Put(x, y, style.Ink, s)
			}
		}
		c.Fill(0, 0, w, h, style.Selected) // so that no blank is left out at the end
		for line := range strings.SplitSeq(c.String(), "\n") {
			if ansi.StringWidth(line) != w || ansi.StringWidthWc(line) != w {
				t.Fatalf("row %q is %d or %d cells wide, want %d", line, ansi.StringWidth(line), ansi.StringWidthWc(line), w)
			}
		}
	})
}

// TestNothingOutsideARegion draws into a region and looks at the cells around it.
func TestNothingOutsideARegion(t *testing.T) {
	theme := style.Dark()
	rapid.Check(t, func(t *rapid.T) {
		c := widget.New(16, 5, theme)
		for y := range 5 {
			c.Put(0, y, style.Ink, strings.Repeat("x", 16))
		}
		part := c.Sub(4, 1, 8, 3)
		part.Put(rapid.IntRange(-9, 9).Draw(t, "x"), rapid.IntRange(-2, 5).Draw(t, "y"), style.Bad, rapid.String().Draw(t, "s"))
		part.Run(rapid.IntRange(-9, 9).Draw(t, "rx"), rapid.IntRange(-2, 5).Draw(t, "ry"), 20, style.Bad, '─')
		part.Huge(rapid.IntRange(-9, 9).Draw(t, "hx"), rapid.IntRange(-2, 5).Draw(t, "hy"), widget.Pixels{rapid.IntRange(1, 2).Draw(t, "scale"), 2}, style.Bad, "08")
		for y := range 5 {
			for x := range 16 {
				inside := x >= 4 && x < 12 && y >= 1 && y < 4
				if r, look := c.At(x, y); !inside && (r != 'x' || look != style.Ink) {
					t.Fatalf("cell %d,%d outside the region became %q", x, y, r)
				}
			}
		}
	})
}

// screen is a full page of mixed text, for the benchmarks.
func screen(theme *style.Theme) widget.Canvas {
	c := widget.New(200, 60, theme)
	for y := range 60 {
		x := 2
		for x < 190 {
			x = c.Put(x, y, style.Ink, "查处吸毒人员") + 2
			x = c.Put(x, y, style.Strong, "1284.5") + 1
			x = c.Put(x, y, style.Quiet, "人次") + 2
		}
	}
	c.Select(20, style.Selected)
	return c
}

func BenchmarkDraw(b *testing.B) {
	theme := style.Dark()
	b.ReportAllocs()
	for b.Loop() {
		screen(theme)
	}
}

func BenchmarkString(b *testing.B) {
	c := screen(style.Dark())
	b.ReportAllocs()
	for b.Loop() {
		_ = c.String()
	}
}

func BenchmarkClean(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		widget.Clean("城西派出所_6月.xlsx › 打击 › F12")
	}
}
