package widget

// place is where a column came to stand.
type place struct {
	x, w, hang int
	limit      int  // the column that nothing may reach: a blank before the next one, or the end
	gone       bool // dropped, as the table is narrow
}

// fitted returns the columns widened to their numbers, as a number is never cut:
// one case more must not turn 9999 into a mark. Names are cut instead, but only
// where nothing else can give way to them.
func (t Table) fitted() []Column {
	columns := append([]Column(nil), t.Columns...)
	for i := range columns {
		col, slack, empty := &columns[i], 0, true // slack: what may hang into the next gap
		if i+1 < len(columns) {
			slack = gap(columns[i+1]) - 1
		}
		for _, row := range t.Rows {
			if i >= len(row.Cells) || row.Cells[i].Across > 1 {
				continue
			}
			l := row.Cells[i].Line
			empty = empty && row.Cells[i].Part == nil && l.Width() == 0
			if !l.number() {
				col.wish = max(col.wish, l.Width())
				continue
			}
			width := col.span(l)
			col.Width = max(col.Width, width)
			col.Hang = max(col.Hang, l.Width()-width-slack)
		}
		col.Hidden = col.Hidden || col.Vacant && empty
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
	spare := roomyTexts(columns, places, roomy(columns, places, w-need(columns, places)))
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

// roomy sees to it that names are whole before heads are, and heads before
// anything grows: bars give way to names. It returns what is still to spare.
func roomy(columns []Column, places []place, spare int) int {
	lack := 0
	for i, col := range columns {
		if !places[i].gone && col.Grow > 0 {
			lack += max(0, col.wish-col.Width)
		}
	}
	for i := range columns {
		if col := &columns[i]; !places[i].gone && lack > spare {
			given := min(col.Yield, lack-spare)
			col.Width -= given
			spare += given
		}
	}
	for i := range columns {
		if col := &columns[i]; !places[i].gone && col.Grow > 0 {
			given := max(0, min(spare, col.wish-col.Width))
			col.Width += given
			spare -= given
		}
	}
	return roomyHeads(columns, places, spare)
}

// roomyHeads widens columns whose head would be cut, where there is something to
// spare. A head reaches left as far as the one before it; what grows left of it
// moves it to the right.
func roomyHeads(columns []Column, places []place, spare int) int {
	for i, x, ends := 0, 0, [2]int{}; i < len(columns); i++ {
		col := &columns[i]
		if places[i].gone {
			continue
		}
		if x > 0 {
			x += gap(*col)
		}
		lack := 0
		for line, head := range [2]int{Width(col.Head), Width(col.Under)} {
			room := col.Width + col.Hang
			if col.Align != Left {
				room = x + col.Width - ends[line]
			}
			lack = max(lack, head-room)
		}
		if lack <= spare {
			col.Width += lack
			spare -= lack
		}
		x += col.Width
		for line, head := range [2]int{Width(col.Head), Width(col.Under)} {
			if head > 0 {
				ends[line] = x + 1
			}
		}
		if x += col.Hang; col.Grow > 0 {
			x += spare
		}
	}
	return spare
}

// roomyTexts widens the other columns whose texts would be cut, from the left: what
// grows has its names whole by then, and more room would stay empty there.
func roomyTexts(columns []Column, places []place, spare int) int {
	for i := range columns {
		col := &columns[i]
		if lack := col.wish - col.Width - col.Hang; lack > 0 && spare > 0 && !places[i].gone && col.Grow == 0 {
			given := min(spare, lack)
			col.Width += given
			spare -= given
		}
	}
	return spare
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
