package page

import (
	"slices"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
)

// Habit is how a person wants a panel's columns, wherever the panel stands: sorted
// by which, and which to do without. Columns are known by their keys, as their
// places change with the width and their heads with the language.
type Habit struct {
	Sort    string // key of the column; empty: the panel's own order
	Turned  bool   // the other way round than the column is sorted at first
	Without []string
}

// columnKey is the name of a column that outlives widths and languages.
func columnKey(col widget.Column) string {
	if col.Key != "" {
		return col.Key
	}
	return strings.TrimSpace(col.Head + " " + col.Under)
}

// arrange filters the panel's rows, sorts them and leaves columns out, as the
// person wants it. Totals stay where they are.
func (b *build) arrange(p *Panel) {
	if p.Table == nil || p.Paired || len(p.Spots) != len(p.Table.Rows) {
		return
	}
	habit := b.place.Habits[p.Name]
	for i := range p.Table.Columns {
		col := &p.Table.Columns[i]
		col.Hidden = mayHide(*col) && slices.Contains(habit.Without, columnKey(*col))
	}
	rows := b.narrow(p, rowsOf(p))
	if at := columnAt(p.Table, habit.Sort); at >= 0 && habit.Sort != "" {
		rows = b.sorted(p, rows, at, habit.Turned)
		if fact := b.sortFact(p, at); b.w >= wide && !p.Bare {
			p.Head.Facts = append([]widget.Line{fact}, p.Head.Facts...)
		}
	}
	p.setRows(rows)
}

// line is a row of a panel with what stands under the cursor on it.
type line struct {
	row  widget.Row
	spot Spot
	grid []Spot
}

func rowsOf(p *Panel) []line {
	out := make([]line, len(p.Table.Rows))
	for i, row := range p.Table.Rows {
		out[i] = line{row: row, spot: p.Spots[i]}
		if i < len(p.Grid) {
			out[i].grid = p.Grid[i]
		}
	}
	return out
}

func (p *Panel) setRows(all []line) {
	t := *p.Table
	t.Rows = make([]widget.Row, len(all))
	p.Spots = make([]Spot, len(all))
	grid := p.Grid != nil
	p.Grid = nil
	for i, one := range all {
		t.Rows[i], p.Spots[i] = one.row, one.spot
		if grid {
			p.Grid = append(p.Grid, one.grid)
		}
	}
	p.Table = &t
}

// columnAt returns the column of the key, or -1.
func columnAt(t *widget.Table, key string) int {
	return slices.IndexFunc(t.Columns, func(col widget.Column) bool { return columnKey(col) == key })
}

// sortable reports whether the panel's rows differ in anything that the column
// could be sorted by. A bar or a course shows what another column says.
func sortable(t *widget.Table, at int) bool {
	if t.Columns[at].Head == "" && t.Columns[at].Under == "" && t.Columns[at].Key == "" {
		return false
	}
	first, some := widget.Order{}, false
	for _, row := range t.Rows {
		if row.Rule || row.Fixed || at >= len(row.Cells) {
			continue
		}
		o := row.Cells[at].Order()
		if some && o != first {
			return true
		}
		first, some = o, true
	}
	return false
}

// falls reports whether the column is sorted from the highest down at first.
func falls(t *widget.Table, at int) bool {
	for _, row := range t.Rows {
		if at < len(row.Cells) && !row.Fixed && row.Cells[at].Order().Falling() {
			return true
		}
	}
	return false
}

// sorted sorts the rows between the fixed ones by a column, stably. The rules
// between the groups of the panel's own order mean nothing then.
func (b *build) sorted(p *Panel, all []line, at int, turned bool) []line {
	t := p.Table
	t.Columns[at].Sorted = true
	down := falls(t, at) != turned
	words := collate.New(language.Chinese).CompareString
	if b.lang() == store.English {
		words = collate.New(language.English).CompareString
	}
	var top, body, bottom []line
	for _, one := range all {
		switch {
		case one.row.Fixed && len(body) == 0:
			top = append(top, one)
		case one.row.Fixed:
			bottom = append(bottom, one)
		case !one.row.Rule:
			body = append(body, one)
		}
	}
	order := func(one line) widget.Order {
		if at < len(one.row.Cells) {
			return one.row.Cells[at].Order()
		}
		return widget.Order{}
	}
	slices.SortStableFunc(body, func(x, y line) int { return order(x).Compare(order(y), down, words) })
	if t.Columns[at].Ruled {
		body = ruled(body, order)
	}
	return slices.Concat(top, body, bottom)
}

// ruled sets a rule between rows of different groups.
func ruled(body []line, order func(line) widget.Order) []line {
	var out []line
	for i, one := range body {
		if i > 0 && !order(one).Same(order(body[i-1])) {
			out = append(out, line{row: widget.Row{Rule: true}})
		}
		out = append(out, one)
	}
	return out
}

// sortFact says by what the rows are sorted, and which way; where there is no room
// the head of the column says it alone.
func (b *build) sortFact(p *Panel, at int) widget.Line {
	to := way(p.Table, at, b.place.Habits[p.Name].Turned)
	return widget.Text(style.Accent, b.say("sort."+to, b.columnName(p.Table.Columns[at])))
}

// way names the way in which a column runs: figures fall or rise, what has an
// order of its own stands in it or against it.
func way(t *widget.Table, at int, turned bool) string {
	switch fall := falls(t, at); {
	case fall && turned:
		return "up"
	case fall:
		return "down"
	case turned:
		return "backward"
	default:
		return "forward"
	}
}

// columnName is what a column is called in words: its head, or what its key says
// where it has none.
func (f *Frame) columnName(col widget.Column) string {
	if name := strings.TrimSpace(col.Head + " " + col.Under); name != "" {
		return name
	}
	return f.say("column." + col.Key)
}

// SortNext sorts the focused panel by its next column, and after the last one by
// its own order again. Where figures stand side by side it is the column under the
// cursor and then the own order.
func (l *Layout) SortNext() bool {
	p, ok := l.focused()
	if !ok {
		return false
	}
	now := columnAt(p.Table, l.place.Habits[p.Name].Sort)
	if l.place.Habits[p.Name].Sort == "" {
		now = -1
	}
	at := l.place.Cursors[p.Name].Col
	if at > 0 && at <= len(p.GridColumns) {
		at = p.GridColumns[at-1]
	}
	if p.Grid != nil && at > 0 && at < len(p.Table.Columns) {
		if now == at {
			at = -1
		}
		l.sortAt(p, at)
		return true
	}
	for next := now + 1; next < len(p.Table.Columns); next++ {
		if !p.Table.Columns[next].Hidden && sortable(p.Table, next) && (now >= 0 || !inOrder(p.Table, next)) {
			l.sortAt(p, next)
			return true
		}
	}
	l.sortAt(p, -1)
	return now >= 0
}

// inOrder reports whether the rows stand as sorting by the column would set them:
// one press more that changes nothing helps nobody.
func inOrder(t *widget.Table, at int) bool {
	down, first := falls(t, at), true
	var last widget.Order
	for _, row := range t.Rows {
		if row.Rule || row.Fixed || at >= len(row.Cells) {
			continue
		}
		o := row.Cells[at].Order()
		if !first && last.Compare(o, down, strings.Compare) > 0 {
			return false
		}
		last, first = o, false
	}
	return true
}

// SortTurn turns the order of the focused panel round; one in its own order has
// none to turn.
func (l *Layout) SortTurn() bool {
	p, ok := l.focused()
	if !ok || l.place.Habits[p.Name].Sort == "" {
		return false
	}
	h := l.place.Habits[p.Name]
	h.Turned = !h.Turned
	l.place.Habits[p.Name] = h
	return true
}

// SortBy sorts the focused panel by a column; by the same one again, the other way
// round.
func (l *Layout) SortBy(key string) bool {
	p, ok := l.focused()
	if !ok {
		return false
	}
	if at := columnAt(p.Table, key); at >= 0 && sortable(p.Table, at) {
		l.sortAt(p, at)
		return true
	}
	return false
}

// sortAt sorts by a column, -1 for the panel's own order.
func (l *Layout) sortAt(p *Panel, at int) {
	h := l.place.Habits[p.Name]
	key := ""
	if at >= 0 {
		key = columnKey(p.Table.Columns[at])
	}
	h.Turned = key != "" && key == h.Sort && !h.Turned
	h.Sort = key
	l.place.Habits[p.Name] = h
}

// focused returns the focused panel where it is a table.
func (l *Layout) focused() (*Panel, bool) {
	if l.focus < 0 || l.panels[l.focus].Table == nil || l.panels[l.focus].Paired {
		return nil, false
	}
	return l.panels[l.focus].Panel, true
}
