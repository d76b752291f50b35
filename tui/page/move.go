package page

// Move is a step of the cursor.
type Move uint8

// The moves. Half a page is ten rows.
const (
	Up Move = iota
	Down
	HalfUp
	HalfDown
	First
	Last
	Left
	Right
	NextPanel
	PrevPanel
)

const halfPage = 10

// Move steps the cursor and notes in the place where it stands then.
func (l *Layout) Move(m Move) {
	switch m {
	case NextPanel:
		l.step(1)
	case PrevPanel:
		l.step(-1)
	case Left:
		l.column(-1)
	case Right:
		l.column(1)
	case Up:
		l.rows(-1)
	case Down:
		l.rows(1)
	case HalfUp:
		l.rows(-halfPage)
	case HalfDown:
		l.rows(halfPage)
	case First:
		l.rows(-len(l.spots()))
	case Last:
		l.rows(len(l.spots()))
	}
}

// FocusOn focuses the panel of that name.
func (l *Layout) FocusOn(name string) {
	for i, p := range l.panels {
		if p.Name == name && len(p.Spots) > 0 {
			l.focus, l.place.Panel = i, name
			return
		}
	}
}

// PanelTitle is a panel of the page, and what stands over it.
type PanelTitle struct{ Name, Title string }

// Panels lists the panels that can be focused, also those for which the screen has
// no room.
func (l *Layout) Panels() []PanelTitle {
	var out []PanelTitle
	for _, p := range l.panels {
		if len(p.Spots) > 0 {
			out = append(out, PanelTitle{p.Name, p.Head.Title})
		}
	}
	return out
}

// remember notes what the cursor stands on, also where it has come to stand there
// without a step: what comes or goes later must not move it.
func (l *Layout) remember() {
	if l.focus < 0 {
		return
	}
	p := l.panels[l.focus]
	at := l.place.Cursors[p.Name]
	if row := p.row(at); row >= 0 {
		at.Row, at.ID = row, p.Spots[row].ID
		l.place.Cursors[p.Name] = at
	}
}

// spots returns the focused panel's rows.
func (l *Layout) spots() []Spot {
	if l.focus < 0 {
		return nil
	}
	return l.panels[l.focus].Spots
}

// step focuses the next panel that can be, round the page.
func (l *Layout) step(by int) {
	n := len(l.panels)
	for i := 1; i <= n; i++ {
		at := ((l.focus+by*i)%n + n) % n
		if len(l.panels[at].Spots) > 0 {
			l.focus = at
			l.place.Panel = l.panels[at].Name
			return
		}
	}
}

// rows moves within the panel; from its last row a single step leads on to the
// panel below, so that j alone walks a phone's page.
func (l *Layout) rows(by int) {
	if l.focus < 0 {
		return
	}
	p := l.panels[l.focus]
	at := l.place.Cursors[p.Name]
	row := p.row(at)
	step := 1
	if by < 0 {
		step = -1
	}
	to := p.settle(min(max(row+by, 0), len(p.Spots)-1), step)
	if to == row && l.grid.Columns == 1 && (by == 1 || by == -1) {
		l.leave(by)
		return
	}
	if to >= 0 {
		l.stand(p, to, at)
	}
}

// leave goes on to the panel below or above, where there is one.
func (l *Layout) leave(by int) {
	for i := l.focus + by; i >= 0 && i < len(l.panels); i += by {
		p := l.panels[i]
		if len(p.Spots) == 0 {
			continue
		}
		to := 0
		if by < 0 {
			to = len(p.Spots) - 1
		}
		if to = p.settle(to, by); to < 0 {
			continue // its filter leaves nothing to stand on
		}
		l.focus = i
		l.stand(p, to, l.place.Cursors[p.Name])
		return
	}
}

func (l *Layout) stand(p placed, row int, at Cursor) {
	at.Row, at.ID = row, p.Spots[row].ID
	l.place.Cursors[p.Name] = at
	l.place.Panel = p.Name
}

// column moves sideways: between figures where the panel has them side by side,
// else to the panel at that side.
func (l *Layout) column(by int) {
	if l.focus < 0 {
		return
	}
	p := l.panels[l.focus]
	if p.Grid == nil {
		l.sideways(by)
		return
	}
	at := l.place.Cursors[p.Name]
	row := p.row(at)
	if row < 0 {
		return
	}
	at.Col = min(max(at.Col+by, 0), len(p.Grid[row]))
	at.Row, at.ID = row, p.Spots[row].ID
	l.place.Cursors[p.Name] = at
}

// sideways focuses the nearest panel at that side of the band.
func (l *Layout) sideways(by int) {
	here := l.panels[l.focus]
	best := -1
	for i, p := range l.panels {
		if len(p.Spots) == 0 || p.from == here.from || (p.from > here.from) != (by > 0) || p.band != here.band {
			continue
		}
		if best < 0 || nearer(p, l.panels[best], here) {
			best = i
		}
	}
	if best >= 0 {
		l.focus = best
		l.place.Panel = l.panels[best].Name
	}
}

func nearer(p, q, here placed) bool {
	dp, dq := distance(p, here), distance(q, here)
	return dp < dq
}

// distance counts a column more than a row.
func distance(p, here placed) int {
	dx, dy := p.from-here.from, p.y-here.y
	if dx < 0 {
		dx = -dx
	}
	if dy < 0 {
		dy = -dy
	}
	return 100*dx + dy
}

// Click focuses the panel at a place of the body and the row there, or sorts by
// the column whose head is there; it reports whether something was hit.
func (l *Layout) Click(x, y int) bool {
	for i, p := range l.panels {
		left, width := l.grid.X(p.from), l.grid.Span(min(p.span, l.grid.Columns-p.from))
		if l.grid.Columns == 1 {
			left, width = 2, l.w-4
		}
		if !p.shown || len(p.Spots) == 0 || x < left || x >= left+width || y < p.y || y >= p.y+p.h {
			continue
		}
		l.focus, l.place.Panel = i, p.Name
		at := l.place.Cursors[p.Name]
		if p.Table != nil {
			if line := y - p.y - p.head(); line >= 0 && line < p.Table.Heads() {
				l.clickHead(p.Panel, width, x-left)
				return true
			}
			row := at.Top + y - p.y - p.head() - p.Table.Heads()
			if row >= 0 && row < len(p.Spots) && !p.Spots[row].IsZero() {
				l.stand(p, row, at)
			}
		}
		return true
	}
	return false
}

// clickHead sorts by the column whose head stands there.
func (l *Layout) clickHead(p *Panel, width, x int) {
	if at := p.Table.ColumnAt(width, x); at >= 0 && sortable(p.Table, at) {
		l.sortAt(p, at)
	}
}
