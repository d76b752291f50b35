package widget

// Grid is the modules that a screen is set in: every panel edge is a module
// edge. Spare cells stay on the outer right.
type Grid struct {
	Columns int
	margin  int
	column  int // cells of one column
	gutter  int
}

// Modules returns the grid of a screen w cells wide: a column of 36 for every 40
// cells, and under 60 one column of the width less 4.
func Modules(w int) Grid {
	if w < 60 {
		return Grid{Columns: 1, margin: 2, column: max(0, w-4), gutter: 4}
	}
	return Grid{Columns: w / 40, margin: 2, column: 36, gutter: 4}
}

// WallModules returns the grid of a wall: four columns, margins of 4.
func WallModules(w int) Grid {
	const columns, margin, gutter = 4, 4, 4
	inner := w - 2*margin - (columns-1)*gutter
	return Grid{Columns: columns, margin: margin, column: max(0, inner/columns), gutter: gutter}
}

// X returns where column i starts, from 0.
func (g Grid) X(i int) int { return g.margin + i*(g.column+g.gutter) }

// Span returns the width of a panel over n columns: 36, 76, 116...
func (g Grid) Span(n int) int { return n*g.column + max(0, n-1)*g.gutter }

// Width returns the width from the first column's left edge to the last one's
// right.
func (g Grid) Width() int { return g.Span(g.Columns) }

// Panel returns the region of a panel of the canvas: columns from to from+span,
// rows y to y+h.
func (g Grid) Panel(c Canvas, from, span, y, h int) Canvas {
	return c.Sub(g.X(from), y, g.Span(min(span, g.Columns-from)), h)
}

// Window returns the first of total rows to show in height rows, so that the
// row at the cursor is seen: top where that does, else as near as can be.
func Window(total, cursor, top, height int) int {
	if height <= 0 {
		return 0
	}
	if cursor >= 0 {
		top = min(max(top, cursor-height+1), cursor)
	}
	return max(0, min(top, total-height))
}
