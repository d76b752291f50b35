package tui

import (
	"slices"
	"strconv"
	"time"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
)

// around draws the sheet's neighbourhood: codes and numbers, so that an eye
// finds the cell again in the real file. It returns the row after it.
func (t *traced) around(m *Model, box widget.Canvas, y int) int {
	row, col, ok := address(t.figure.Cell.Ref)
	if !ok {
		return y
	}
	box.Put(0, y, style.Quiet, m.words.Say("origin.around"))
	rows, cols := spread(t.answer.neighbours, row, col)
	x := fieldColumn
	if box.Width() < 60 {
		x = 0
		y++
	}
	for len(cols) > 1 && x+15+len(cols)*10 > box.Width() {
		cols = drop(cols, col)
	}
	right := func(i int) int { return x + 15 + (i+1)*10 }
	for i, n := range cols {
		look := style.Quiet
		if n == col {
			look = style.AccentBold
		}
		box.PutRight(right(i), y, look, columnName(n))
		box.PutRight(right(i), y+1, style.Quiet, box.Cut(t.columnHead(m, n, rows), 9))
	}
	for j, n := range rows {
		at := y + 2 + j
		look := style.Quiet
		if n == row {
			look = style.Ink
			box.Fill(x, at, right(len(cols)-1)-x+2, 1, style.Selected)
		}
		box.PutRight(x+3, at, look, strconv.Itoa(n+1))
		box.PutCut(x+5, at, 14, look, t.rowHead(m, n))
		for i, k := range cols {
			t.cell(m, box, right(i), at, n, k, n == row && k == col, look)
		}
	}
	return y + 2 + len(rows)
}

// cell draws one of the numbers around.
func (t *traced) cell(m *Model, box widget.Canvas, end, y, row, col int, here bool, look style.Look) {
	for _, n := range t.answer.neighbours {
		if n.Row != row || n.Col != col {
			continue
		}
		ind, _ := m.board.Catalogue.ByCode(n.Indicator)
		text := widget.Number(n.Value, widget.Decimals(ind))
		if n.NA {
			text = widget.NotApplicable
		}
		if here {
			look = style.AccentBold
		}
		box.PutRight(end, y, look, text)
		return
	}
	if here && !t.figure.NotApplicable {
		ind, _ := m.board.Catalogue.ByCode(t.figure.Indicator)
		box.PutRight(end, y, style.AccentBold, widget.Number(t.figure.Value, widget.Decimals(ind)))
	}
}

// rowHead names a row by what all its cells share and the sheet does not.
func (t *traced) rowHead(m *Model, row int) string {
	return t.shared(m, func(n store.Neighbour) bool { return n.Row == row })
}

// columnHead names a column in the same way.
func (t *traced) columnHead(m *Model, col int, rows []int) string {
	return t.shared(m, func(n store.Neighbour) bool { return n.Col == col && slices.Contains(rows, n.Row) })
}

// shared returns what the neighbours within have in common and differs outside:
// the indicator, the unit or the period.
func (t *traced) shared(m *Model, within func(store.Neighbour) bool) string {
	var all, some kinds
	var one store.Neighbour
	for _, n := range t.answer.neighbours {
		all.add(n)
		if within(n) {
			some.add(n)
			one = n
		}
	}
	switch {
	case len(some.codes) == 1 && len(all.codes) > 1:
		ind, _ := m.board.Catalogue.ByCode(one.Indicator)
		return ind.Head(m.words.Lang)
	case len(some.units) == 1 && len(all.units) > 1:
		return m.frame().Short(one.Unit)
	case len(some.periods) == 1 && len(all.periods) > 1:
		return t.periodHead(m, one.Period)
	default:
		return ""
	}
}

// periodHead names a column of another period than the figure's: the sum since
// January by its name, as that is what a report's second column mostly is.
func (t *traced) periodHead(m *Model, p store.Period) string {
	switch {
	case p == t.figure.Period && p.Kind == store.Month:
		return m.words.Say("head.month")
	case p.Kind >= store.Half && p.Start() == store.NewDate(p.Year, time.January, 1):
		return m.words.Say("head.todate")
	default:
		return p.String()
	}
}

// kinds counts what figures are of.
type kinds struct {
	codes, units map[string]bool
	periods      map[store.Period]bool
}

func (k *kinds) add(n store.Neighbour) {
	if k.codes == nil {
		k.codes, k.units, k.periods = map[string]bool{}, map[string]bool{}, map[store.Period]bool{}
	}
	k.codes[n.Indicator], k.units[n.Unit], k.periods[n.Period] = true, true, true
}

// spread returns the rows and columns that the neighbours stand in, at most
// three rows about the cell's.
func spread(all []store.Neighbour, row, col int) (rows, cols []int) {
	rows, cols = []int{row}, []int{col}
	for _, n := range all {
		if !slices.Contains(rows, n.Row) && n.Row >= row-neighbourRows && n.Row <= row+neighbourRows {
			rows = append(rows, n.Row)
		}
		if !slices.Contains(cols, n.Col) && n.Col >= col-neighbourCols && n.Col <= col+neighbourCols {
			cols = append(cols, n.Col)
		}
	}
	slices.Sort(rows)
	slices.Sort(cols)
	return rows, cols
}

// drop takes the column that is farthest from the one in question away.
func drop(cols []int, keep int) []int {
	if cols[len(cols)-1]-keep >= keep-cols[0] {
		return cols[:len(cols)-1]
	}
	return cols[1:]
}

// address takes an A1 address apart, counted from 0.
func address(ref string) (row, col int, ok bool) {
	letters := 0
	for letters < len(ref) && ref[letters] >= 'A' && ref[letters] <= 'Z' {
		col = col*26 + int(ref[letters]-'A') + 1
		letters++
	}
	row, err := strconv.Atoi(ref[letters:])
	return row - 1, col - 1, err == nil && letters > 0 && row > 0
}

// columnName is the letters of a column, counted from 0.
func columnName(col int) string {
	s := ""
	for col++; col > 0; col = (col - 1) / 26 {
		s = string(rune('A'+(col-1)%26)) + s
	}
	return s
}
