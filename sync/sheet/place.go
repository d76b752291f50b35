package sheet

import "strconv"

// place names a cell in a message for those who mend the file. The name of a
// sheet may hold anything, so its number stands for it.
func (s *Sheet) place(part string, c *Cell) string {
	return part + " " + strconv.Itoa(s.Index+1) + "!" + c.Ref()
}

// hidden gathers the rows and columns that a sheet does not show.
type hidden struct{ rows, cols []Range }

// addRows notes rows, both ends included; they come in order.
func (h *hidden) addRows(from, to int) {
	if n := len(h.rows); n > 0 && h.rows[n-1].Row2+1 == from {
		h.rows[n-1].Row2 = to
		return
	}
	h.rows = append(h.rows, Range{Row: from, Row2: to})
}

// addCols notes columns, both ends included.
func (h *hidden) addCols(from, to int) {
	h.cols = append(h.cols, Range{Col: from, Col2: to})
}

// mark tells the sheet.
func (h *hidden) mark(s *Sheet) {
	if len(h.rows) > 0 {
		rows, _ := s.Size()
		for _, r := range h.rows {
			for row := r.Row; row <= min(r.Row2, rows-1); row++ {
				s.HiddenRows = append(s.HiddenRows, row)
			}
		}
	}
	s.hide(h.cols)
}

// cover knows, by column, the first row that no merged cell from above covers.
type cover []int32

// holds reports a place that a merged cell covers.
func (c cover) holds(row, col int) bool { return col < len(c) && row < int(c[col]) }

// take covers a range, and reports whether all of it was free.
func (c *cover) take(r Range) bool {
	free := true
	for len(*c) <= r.Col2 {
		*c = append(*c, 0)
	}
	for col := r.Col; col <= r.Col2; col++ {
		free = free && !c.holds(r.Row, col)
		(*c)[col] = int32(r.Row2) + 1
	}
	return free
}

// merge notes a merged range of more than one cell.
func (c *counter) merge(s *Sheet, r Range) error {
	if r.Row == r.Row2 && r.Col == r.Col2 {
		return nil
	}
	if len(s.Merges) == c.Merges {
		return tooLarge("merged cells")
	}
	s.Merges = append(s.Merges, r)
	return nil
}
