package widget

import (
	"unicode/utf8"

	"jindu/tui/style"
)

// cell is one place of the screen. The zero cell is a blank.
type cell struct {
	r    rune // 0 is a blank; tail is the right half of the wide rune before it
	mark rune // a combining mark on r, or 0
	look style.Look
}

const tail rune = -1

// sheet is what all regions of one screen draw on.
type sheet struct {
	theme *style.Theme
	w, h  int
	cells []cell
}

// Canvas is a region of a screen of cells. Positions count from the region's
// upper left corner; what would stand outside is not drawn. A Canvas is small
// and passed by value; regions of one screen share its cells.
type Canvas struct {
	sheet      *sheet
	x, y, w, h int
}

// New returns an empty screen of w x h cells for the theme.
func New(w, h int, theme *style.Theme) Canvas {
	w, h = max(0, w), max(0, h)
	s := &sheet{theme: theme, w: w, h: h, cells: make([]cell, w*h)}
	return Canvas{sheet: s, w: w, h: h}
}

// Width returns the region's columns.
func (c Canvas) Width() int { return c.w }

// Height returns the region's rows.
func (c Canvas) Height() int { return c.h }

// Theme returns the theme that the screen is drawn for.
func (c Canvas) Theme() *style.Theme { return c.sheet.theme }

// Glyphs returns the drawing characters of the theme.
func (c Canvas) Glyphs() *style.Glyphs { return &c.sheet.theme.Glyphs }

// Sub returns the part of the region at x, y of w x h cells, cut to the region.
func (c Canvas) Sub(x, y, w, h int) Canvas {
	x0, y0 := min(max(x, 0), c.w), min(max(y, 0), c.h)
	x1, y1 := min(max(x+w, x0), c.w), min(max(y+h, y0), c.h)
	return Canvas{sheet: c.sheet, x: c.x + x0, y: c.y + y0, w: x1 - x0, h: y1 - y0}
}

// Below returns the region without its first n rows.
func (c Canvas) Below(n int) Canvas { return c.Sub(0, n, c.w, c.h-n) }

// Put draws text from column x on and returns the column after it. The text is
// cleaned. What runs over the right edge is cut with the theme's mark, and what
// begins before the left edge loses its front; neither ever leaves a part of a
// number or half a wide character. A look without a fill leaves the cell's own,
// as ink does on paper.
func (c Canvas) Put(x, y int, look style.Look, text string) int {
	text = Clean(text)
	end := x + Width(text)
	if y < 0 || y >= c.h || x >= c.w {
		return end
	}
	if end > c.w {
		text = cutWith(text, c.w-x, c.Glyphs().Cut)
	}
	if x < 0 {
		x, text = behind(x, text)
	}
	row := c.row(y)
	for _, r := range text {
		w := runeWidth(r)
		if w == 0 {
			c.combine(row, x-1, r)
			continue
		}
		set(row, c.x+x, r, w, look)
		x += w
	}
	return end
}

// behind returns what text that starts at a negative column x shows from column
// 0 on, and where: a number that is partly hidden is hidden whole.
func behind(x int, text string) (from int, rest string) {
	number := false
	for i, r := range text {
		if x >= 0 && (!number || !inNumber(r)) {
			return x, text[i:]
		}
		number = inNumber(r)
		x += runeWidth(r)
	}
	return x, ""
}

// PutRight draws text that ends before column end, cut to the cells that are
// there, and returns where it starts.
func (c Canvas) PutRight(end, y int, look style.Look, text string) int {
	text = c.Cut(text, end)
	x := end - Width(text)
	c.Put(x, y, look, text)
	return x
}

// PutCut draws text from column x on, cut with the theme's … to w cells, and
// returns the column after it.
func (c Canvas) PutCut(x, y, w int, look style.Look, text string) int {
	return c.Put(x, y, look, c.Cut(text, w))
}

// Cut cleans text and shortens it to w cells with the theme's mark.
func (c Canvas) Cut(text string, w int) string {
	return cutWith(Clean(text), w, c.Glyphs().Cut)
}

// Run draws n times the same one-cell glyph from column x on and returns the
// column after it.
func (c Canvas) Run(x, y, n int, look style.Look, glyph rune) int {
	if y >= 0 && y < c.h {
		row := c.row(y)
		for i := max(x, 0); i < min(x+n, c.w); i++ {
			set(row, c.x+i, glyph, 1, look)
		}
	}
	return x + max(0, n)
}

// Fill lays a fill under the cells of a rectangle and keeps what is written on
// them.
func (c Canvas) Fill(x, y, w, h int, fill style.Look) {
	part := c.Sub(x, y, w, h)
	for j := range part.h {
		row := part.row(j)
		for i := part.x; i < part.x+part.w; i++ {
			row[i].look = row[i].look.On(fill)
		}
	}
}

// Select lays the fill under row y and, as a selected row is a little wider
// than its text, under one cell of the margin on each side of the region.
func (c Canvas) Select(y int, fill style.Look) {
	if y < 0 || y >= c.h {
		return
	}
	whole := Canvas{sheet: c.sheet, w: c.sheet.w, h: c.sheet.h}
	whole.Fill(c.x-1, c.y+y, c.w+2, 1, fill)
}

// Clear empties the region and lays a fill under it.
func (c Canvas) Clear(fill style.Look) {
	for j := range c.h {
		row := c.row(j)
		for i := c.x; i < c.x+c.w; i++ {
			set(row, i, 0, 1, fill.Fill())
			row[i].look = fill.Fill()
		}
	}
}

// Dim sinks the region to rule colour without fills: the page behind an overlay.
func (c Canvas) Dim() {
	for j := range c.h {
		row := c.row(j)
		for i := c.x; i < c.x+c.w; i++ {
			row[i].look = style.Rule
		}
	}
}

// At returns the character at a place and its look; a blank is a space, and the
// right half of a wide character is 0.
func (c Canvas) At(x, y int) (rune, style.Look) {
	if x < 0 || y < 0 || x >= c.w || y >= c.h {
		return ' ', 0
	}
	one := c.row(y)[c.x+x]
	switch one.r {
	case 0:
		return ' ', one.look
	case tail:
		return 0, one.look
	default:
		return one.r, one.look
	}
}

// row returns the whole row of the sheet that the region's row y lies on.
func (c Canvas) row(y int) []cell {
	from := (c.y + y) * c.sheet.w
	return c.sheet.cells[from : from+c.sheet.w]
}

// combine puts a mark on the character that ends at column x.
func (c Canvas) combine(row []cell, x int, mark rune) {
	if x < 0 || x >= c.w {
		return
	}
	at := c.x + x
	if row[at].r == tail {
		at--
	}
	if row[at].r > utf8.RuneSelf || row[at].r > ' ' {
		row[at].mark = mark
	}
}

// set writes a character of width w. A wide character that it half covers loses
// its other half too, wherever that stands, so that no row changes its width.
func set(row []cell, x int, r rune, w int, look style.Look) {
	if row[x].r == tail && x > 0 {
		row[x-1].r, row[x-1].mark = 0, 0
	}
	if end := x + w; end < len(row) && row[end].r == tail {
		row[end].r = 0
	}
	for i := x; i < x+w; i++ {
		fill := look.Fill()
		if fill == 0 {
			fill = row[i].look.Fill()
		}
		row[i] = cell{r: tail, look: look.On(fill)}
	}
	row[x].r = r
}
