package widget

// place is where a column came to stand.
type place struct {
	x, w, hang int
	limit      int  // the column that nothing may reach: a blank before the next one, or the end
	gone       bool // dropped, as the table is narrow
}

// fitted returns the columns widened to their numbers, as a number is never cut:
// one case more must not turn 9999 into a mark. Names are cut instead.
func (t Table) fitted() []Column {
	columns := append([]Column(nil), t.Columns...)
	for i := range columns {
		col, slack := &columns[i], 0 // slack: what may hang into the next gap
		if i+1 < len(columns) {
			slack = gap(columns[i+1]) - 1
		}
		for _, row := range t.Rows {
			if i >= len(row.Cells) || row.Cells[i].Across > 1 || !row.Cells[i].Line.number() {
				continue
			}
			l := row.Cells[i].Line
			width := col.span(l)
			col.Width = max(col.Width, width)
			col.Hang = max(col.Hang, l.Width()-width-slack)
		}
	}
	return columns
}

// layout places columns in w cells: those that may leave do so in their order
// until the rest fits, then spare cells go to those that grow.
func layout(columns []Column, w int) []place {
	places := make([]place, len(columns))
	for i, col := range columns {
		places[i].gone = col.Hidden
	}
	for need(columns, places) > w {
		i := nextToDrop(columns, places)
		if i < 0 {
			break
		}
		places[i].gone = true
	}
	spare := w - need(columns, places)
	weight := 0
	for i, col := range columns {
		if !places[i].gone {
			weight += col.Grow
		}
	}
	x, first := 0, true
	for i, col := range columns {
		p := &places[i]
		if p.gone {
			continue
		}
		if !first {
			x += gap(col)
		}
		first = false
		p.x, p.w, p.hang = x, col.Width, col.Hang
		if spare > 0 && col.Grow > 0 {
			more := spare * col.Grow / weight
			p.w += more
			spare -= more
			weight -= col.Grow
		}
		x += p.w + p.hang
	}
	if spare < 0 {
		shrink(columns, places, -spare)
	}
	bound(places, w)
	return places
}

// bound tells each column how far it may reach. What still lies outside is made
// narrower, so that its text is cut by the rules and not by the edge.
func bound(places []place, w int) {
	limit := w
	for i := len(places) - 1; i >= 0; i-- {
		p := &places[i]
		p.w = max(0, min(p.w, w-p.x))
		p.hang = max(0, min(p.hang, w-p.x-p.w))
		p.limit = limit
		if !p.gone {
			limit = min(w, p.x-1)
		}
	}
}

// shrink takes cells from the column that grows most, the name, where nothing
// may leave any more: names are cut, numbers are not.
func shrink(columns []Column, places []place, lack int) {
	most := -1
	for i, col := range columns {
		if !places[i].gone && col.Grow > 0 && (most < 0 || col.Grow > columns[most].Grow) {
			most = i
		}
	}
	if most < 0 {
		return
	}
	lack = min(lack, places[most].w)
	places[most].w -= lack
	for i := most + 1; i < len(places); i++ {
		places[i].x -= lack
	}
}

func need(columns []Column, places []place) int {
	w, first := 0, true
	for i, col := range columns {
		if places[i].gone {
			continue
		}
		if !first {
			w += gap(col)
		}
		first = false
		w += col.Width + col.Hang
	}
	return w
}

func nextToDrop(columns []Column, places []place) int {
	next := -1
	for i, col := range columns {
		if col.Drop > 0 && !places[i].gone && (next < 0 || col.Drop < columns[next].Drop) {
			next = i
		}
	}
	return next
}

func gap(col Column) int {
	if col.Gap == 0 {
		return 2
	}
	return col.Gap
}

// across returns the place that several columns make together; false where all
// of them are gone.
func across(places []place) (place, bool) {
	var out place
	found := false
	for _, p := range places {
		switch {
		case p.gone:
		case !found:
			out, found = p, true
		default:
			out.w = p.x + p.w - out.x
			out.hang, out.limit = p.hang, p.limit
		}
	}
	return out, found
}
