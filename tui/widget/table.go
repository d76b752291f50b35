package widget

import (
	"strings"

	"jindu/tui/style"
)

// Align says where in its column a cell stands.
type Align uint8

// The alignments. Decimal ends integers at the column's width and hangs the
// fraction, star or percent sign to the right of it. Right ends the text there,
// and in a column with a Hang only a last percent sign or star stands beyond.
const (
	Left Align = iota
	Right
	Decimal
)

// Column is one column of a table.
type Column struct {
	Head  string // quiet, over the edge that its figures align to
	Under string // a second line of head; needed only where some column has one
	Width int    // cells at least; of a Decimal column without the fraction. Numbers widen it
	Hang  int    // further cells, for what hangs to the right
	Gap   int    // cells before the column; 0 means 2, and a fraction may hang into it
	Grow  int    // weight by which the column takes spare cells
	Align Align
	Drop  int // order of leaving where it is narrow, 1 first; 0 never leaves
	Yield int // cells that a bar gives to names that would be cut

	Key    string // names the column to whoever sorts or hides it; empty: the head does
	Hidden bool   // a person does without it
	Sorted bool   // the rows are sorted by it: the head says so
	Ruled  bool   // sorted by it, a rule parts groups of one order
	Vacant bool   // leaves where nothing stands in it, as the measure of what is counted in English

	wish int // cells of its longest text
}

// Cell is what stands in one column of one row.
type Cell struct {
	Line   Line
	Short  string     // instead of the text where that does not fit: the unit's short name
	Fill   style.Look // heat
	Part   Part       // a spark or a bar instead of text
	Across int        // how many columns it covers; 0 means 1. Left-aligned over several
	Leader bool       // a rule from the text's end to the last column it covers
	By     Order      // what it is sorted by; none: what is written there
}

// Word returns a cell of one text.
func Word(look style.Look, text string) Cell { return Cell{Line: Text(look, text)} }

// span returns the cells of a line that the column's width must hold; the rest
// hangs to its right.
func (col Column) span(l Line) int {
	switch {
	case col.Align == Decimal:
		return integerWidth(l)
	case col.Align == Right && col.Hang > 0:
		return Width(strings.TrimRight(Clean(l.Plain()), "%‰*"))
	default:
		return l.Width()
	}
}

// number reports whether the line is nothing but a number or a share.
func (l Line) number() bool {
	for _, one := range l {
		if strings.TrimFunc(one.Text, inNumber) != "" {
			return false
		}
	}
	return len(l) > 0
}

// Figure returns a cell of one number, its commas quiet.
func Figure(look style.Look, number string) Cell { return Cell{Line: Commas(look, number)} }

// Row is one row of a table; a Rule row is a hairline between groups.
type Row struct {
	Cells []Cell
	Rule  bool
	Fixed bool // a total, or the rule beside it: stays where it is however the others are sorted
}

// Table is rows of aligned cells under quiet heads.
type Table struct {
	Columns  []Column
	Rows     []Row
	Selected int                   // the row under the cursor; -1 for none
	Top      int                   // the first row to show; moved so that the selected one is seen
	More     func(hidden int) Line // what the last line says where rows do not fit; nil: nothing
}

// Drawn is where a table's rows came to stand, to scroll and to click.
type Drawn struct {
	Top   int // the first row shown
	Shown int // how many
	First int // the region's row that it stands on
}

// RowAt returns the table row on the region's row y, or -1; it may be a rule.
func (d Drawn) RowAt(y int) int {
	if i := y - d.First; i >= 0 && i < d.Shown {
		return d.Top + i
	}
	return -1
}

// Heads returns how many rows the heads take.
func (t Table) Heads() int {
	n := 0
	for _, one := range t.Columns {
		if one.Head != "" {
			n = max(n, 1)
		}
		if one.Under != "" {
			return 2
		}
	}
	return n
}

// ColumnAt returns the column that stands at x in a table w cells wide, the gap
// before it included; -1 for none.
func (t Table) ColumnAt(w, x int) int {
	best := -1
	for i, p := range layout(t.fitted(), w) {
		if !p.gone && x >= p.x-gap(t.Columns[i]) && x < p.x+p.w+p.hang {
			best = i
		}
	}
	return best
}

// Draw draws as many rows as the region holds and says where they stand.
func (t Table) Draw(c Canvas) Drawn {
	places := layout(t.fitted(), c.w)
	t.heads(c, places)
	d := Drawn{First: t.Heads()}
	room := max(0, c.h-d.First)
	hidden := len(t.Rows) > room
	if hidden && t.More != nil {
		room = max(0, room-1)
	}
	d.Top = Window(len(t.Rows), t.Selected, t.Top, room)
	d.Shown = min(room, len(t.Rows)-d.Top)
	for i := range d.Shown {
		t.row(c.Sub(0, d.First+i, c.w, 1), places, d.Top+i)
	}
	if hidden && t.More != nil {
		c.LineCut(0, d.First+d.Shown, c.w, t.More(t.hidden(d)))
	}
	return d
}

// hidden returns how many rows are not shown; rules are not counted.
func (t Table) hidden(d Drawn) int {
	n := 0
	for i, row := range t.Rows {
		if !row.Rule && (i < d.Top || i >= d.Top+d.Shown) {
			n++
		}
	}
	return n
}

// heads draws the heads. A head wider than its column reaches left into the
// gap, as far as the head before it.
func (t Table) heads(c Canvas, places []place) {
	for line, text := range []func(Column) string{
		func(col Column) string { return col.Head },
		func(col Column) string { return col.Under },
	} {
		end := 0
		for i, col := range t.Columns {
			p := places[i]
			if p.gone || text(col) == "" {
				continue
			}
			look := style.Quiet
			if col.Sorted {
				look = style.AccentBold
			}
			if col.Align == Left {
				end = c.PutCut(p.x, line, p.w+col.Hang, look, text(col)) + 1
				continue
			}
			edge := p.x + p.w
			c.PutRight(edge, line, look, c.Cut(text(col), edge-end))
			end = edge + 1
		}
	}
}

func (t Table) row(c Canvas, places []place, i int) {
	row := t.Rows[i]
	if row.Rule {
		c.Hairline(0, 0, c.w, style.Rule)
		return
	}
	if i == t.Selected {
		c.Select(0, style.Selected)
	}
	for j := 0; j < len(row.Cells) && j < len(t.Columns); {
		one := row.Cells[j]
		n := max(1, min(one.Across, len(t.Columns)-j))
		if p, ok := across(places[j : j+n]); ok {
			one.draw(c, p, t.Columns[j])
		}
		j += n
	}
}

// draw draws the cell into its place.
func (one Cell) draw(c Canvas, p place, col Column) {
	if one.Fill != 0 {
		c.Fill(p.x, 0, p.w+p.hang, 1, one.Fill)
	}
	switch {
	case one.Part != nil:
		one.Part.Draw(c.Sub(p.x, 0, p.w, 1))
	case one.Across > 1:
		x := c.LineCut(p.x, 0, p.w, one.Line)
		if one.Leader && p.x+p.w > x+2 {
			c.Hairline(x+2, 0, p.x+p.w-x-2, style.Rule)
		}
	default:
		one.text(c, p, col)
	}
}

// text draws the cell's line by the column's alignment. A number that does not
// fit is never cut: only the theme's mark stands there.
func (one Cell) text(c Canvas, p place, col Column) {
	line := one.Line
	span := col.span(line)
	if span > p.w && one.Short != "" && len(line) > 0 {
		line = Text(line[0].Look, one.Short)
		span = line.Width()
	}
	if span > p.w {
		line = line.cut(p.w, c.Glyphs().Cut)
		span = line.Width()
	}
	if col.Align == Left {
		c.Line(p.x, 0, line)
		return
	}
	edge := p.x + p.w
	if len(line) > 0 && edge+line.Width()-span > p.limit {
		line = Text(line[0].Look, c.Glyphs().Cut) // it would run into the next column
		span = line.Width()
	}
	end := c.Line(edge-span, 0, line)
	one.star(c, p, end)
}

// star marks far heat where fills are not shown and the text has no star yet.
func (one Cell) star(c Canvas, p place, end int) {
	if one.Fill.Far() && c.Theme().Depth != style.TrueColour && end == p.x+p.w && p.hang > 0 {
		c.Put(end, 0, style.Strong, Star)
	}
}
