package page

import (
	"slices"

	"jindu/tui/style"
	"jindu/tui/widget"
)

// Panel is one part of a page, made and ready to be drawn.
type Panel struct {
	Name   string
	Head   widget.Panel
	Bare   bool          // no head: the page is the panel
	Legend widget.Line   // behind the title
	Table  *widget.Table // nil: Body draws
	Spots  []Spot        // by row; a rule's is empty
	Grid   [][]Spot      // by row and column, where figures stand side by side
	Paired bool          // rows belong together, so that they are not sorted or left out

	GridColumns []int // the table's column of each of the grid's; nil: the one after the name, and so on
	Body        func(c widget.Canvas, focused bool)
	Rows        int         // of the body, when nothing is left out
	Want        int         // of the body, when room is shared; 0: Rows. Open lists want less than they have
	Least       int         // of the body, when there is little room
	Foot        widget.Line // under the rows, where there is room for it
}

// need is what a panel, or panels that stand together, need of a height: when
// nothing is left out, when room is shared, and at the least.
type need struct{ most, want, least int }

func (p *Panel) need() need {
	want := p.Want
	if want == 0 || want > p.Rows {
		want = p.Rows
	}
	return need{p.head() + p.Rows, p.head() + want, p.head() + min(want, p.Least)}
}

func (p *Panel) head() int {
	if p.Bare {
		return 0
	}
	return widget.PanelHead
}

// row returns where the cursor stands: on the spot that it remembers, or where
// that was.
func (p *Panel) row(at Cursor) int {
	for i, s := range p.Spots {
		if at.ID != "" && s.ID == at.ID {
			return i
		}
	}
	if len(p.Spots) == 0 {
		return -1
	}
	return p.settle(min(max(at.Row, 0), len(p.Spots)-1), 1)
}

// settle moves on from a rule to the next row that can be stood on.
func (p *Panel) settle(row, step int) int {
	for i := row; i >= 0 && i < len(p.Spots); i += step {
		if !p.Spots[i].IsZero() {
			return i
		}
	}
	for i := row; i >= 0 && i < len(p.Spots); i -= step {
		if !p.Spots[i].IsZero() {
			return i
		}
	}
	return -1
}

// placed is a panel and where it stands: columns and rows of the body.
type placed struct {
	*Panel
	from, span, y, h int
	band             int
	shown            bool
}

// Layout is a page laid out for one screen.
type Layout struct {
	Trust  Trust
	panels []placed
	grid   widget.Grid
	w, h   int
	place  *Place
	focus  int // index of the focused panel, -1 for none
}

// band is panels side by side: stacks of them, each some modules wide.
type band []stack

type stack struct {
	span   int
	panels []*Panel
}

// lay places the bands: all of them at their natural height where that fits,
// with fewer rows where it does not, and where even that is too much as many as
// fit, from the band on that keeps the focused panel in sight.
func lay(bands []band, w, h int, place *Place) *Layout {
	l := &Layout{grid: widget.Modules(w), w: w, h: h, place: place}
	bands = split(bands, h)
	for i, b := range bands {
		from := 0
		for _, s := range b {
			for _, p := range s.panels {
				l.panels = append(l.panels, placed{Panel: p, from: from, span: s.span, band: i})
			}
			from += s.span
		}
	}
	l.focus = l.find(place.Panel)
	first, heights := choose(bands, h, place.Band, l.focusBand())
	place.Band = first
	y := 0
	for i, height := range heights {
		l.placeBand(bands[first+i], first+i, y, height)
		y += height + 1
	}
	return l
}

// find returns the panel of that name, else the first that can be focused.
func (l *Layout) find(name string) int {
	first := -1
	for i, p := range l.panels {
		if len(p.Spots) == 0 {
			continue
		}
		if p.Name == name {
			return i
		}
		if first < 0 {
			first = i
		}
	}
	return first
}

func (l *Layout) focusBand() int {
	if l.focus < 0 {
		return 0
	}
	return l.panels[l.focus].band
}

// split takes bands apart that are too high even at their least: the panels
// that stood under each other become bands of their own.
func split(bands []band, h int) []band {
	var out []band
	for _, b := range bands {
		if b.need().least <= h || b.deepest() < 2 {
			out = append(out, b)
			continue
		}
		for i := range b.deepest() {
			var row band
			for _, s := range b {
				one := stack{span: s.span}
				if i < len(s.panels) {
					one.panels = s.panels[i : i+1]
				}
				row = append(row, one)
			}
			out = append(out, row)
		}
	}
	return out
}

// choose returns the first band to show and the heights of those that fit.
func choose(bands []band, h, first, focus int) (from int, heights []int) {
	if len(bands) == 0 {
		return 0, nil
	}
	if n := fitting(bands, h); n == len(bands) {
		first = 0
	}
	first = min(max(0, first), focus)
	for first < focus && first+fitting(bands[first:], h) <= focus {
		first++
	}
	shown := bands[first : first+max(1, fitting(bands[first:], h))]
	needs := make([]need, len(shown))
	for i, b := range shown {
		needs[i] = b.need()
	}
	return first, fit(needs, h-len(shown)+1)
}

// fitting counts the bands from the first on that fit at their least.
func fitting(bands []band, h int) int {
	for i, b := range bands {
		h -= b.need().least
		if h < 0 {
			return i
		}
		h--
	}
	return len(bands)
}

// fit shares the rows of a room among what stands under each other: all get what
// they want; then rows are taken from whoever can spare most, or given to
// whoever lacks most.
func fit(needs []need, room int) []int {
	out := make([]int, len(needs))
	for i, n := range needs {
		out[i] = n.want
		room -= n.want
	}
	for ; room < 0; room++ {
		i := most(out, func(i int) int { return out[i] - needs[i].least })
		if i < 0 {
			break
		}
		out[i]--
	}
	for ; room > 0; room-- {
		i := most(out, func(i int) int { return needs[i].most - out[i] })
		if i < 0 {
			break
		}
		out[i]++
	}
	return out
}

// most returns the first index of the highest amount above zero, or -1.
func most(list []int, amount func(int) int) int {
	best := -1
	for i := range list {
		if amount(i) > 0 && (best < 0 || amount(i) > amount(best)) {
			best = i
		}
	}
	return best
}

func (b band) need() need {
	var out need
	for _, s := range b {
		gaps := max(0, len(s.panels)-1)
		sum := need{gaps, gaps, gaps}
		for _, p := range s.panels {
			n := p.need()
			sum = need{sum.most + n.most, sum.want + n.want, sum.least + n.least}
		}
		out = need{max(out.most, sum.most), max(out.want, sum.want), max(out.least, sum.least)}
	}
	return out
}

func (b band) deepest() int {
	n := 0
	for _, s := range b {
		n = max(n, len(s.panels))
	}
	return n
}

// placeBand gives the panels of a band their rows.
func (l *Layout) placeBand(b band, index, y, height int) {
	for _, s := range b {
		needs := make([]need, len(s.panels))
		for i, p := range s.panels {
			needs[i] = p.need()
		}
		at := y
		for i, h := range fit(needs, height-max(0, len(s.panels)-1)) {
			for j := range l.panels {
				if l.panels[j].Panel == s.panels[i] && l.panels[j].band == index {
					l.panels[j].y, l.panels[j].h, l.panels[j].shown = at, h, true
				}
			}
			at += h + 1
		}
	}
}

// Draw draws the page's panels onto the body.
func (l *Layout) Draw(c widget.Canvas) {
	for i := range l.panels {
		if l.panels[i].shown {
			l.draw(c, i)
		}
	}
}

// Empty reports whether none of the page's panels has anything to show.
func (l *Layout) Empty() bool { return len(l.panels) == 0 }

// Hidden returns the titles of the panels that the screen has no room for: Tab
// leads to them.
func (l *Layout) Hidden() []string {
	var out []string
	for _, p := range l.panels {
		if !p.shown {
			out = append(out, p.Head.Title)
		}
	}
	return out
}

// region returns the panel's part of the body: on one column, the width less
// the margins.
func (l *Layout) region(c widget.Canvas, p placed) widget.Canvas {
	if l.grid.Columns == 1 {
		return c.Sub(2, p.y, l.w-4, p.h)
	}
	return l.grid.Panel(c, p.from, p.span, p.y, p.h)
}

func (l *Layout) draw(c widget.Canvas, i int) {
	p := l.panels[i]
	c = l.region(c, p)
	focused := i == l.focus
	if !p.Bare {
		head := p.Head
		head.Focused = focused
		body := head.Draw(c)
		if p.Legend != nil && head.Note == nil && widget.Width(head.Title)+3+p.Legend.Width() < c.Width()-widget.Join(3, head.Facts...).Width() {
			c.Line(widget.Width(head.Title)+3, 1, p.Legend)
		}
		c = body
	}
	if p.Table == nil {
		p.Body(c, focused)
		return
	}
	t := *p.Table
	t.Selected = -1
	at := l.place.Cursors[p.Name]
	t.Top = at.Top
	if focused {
		t.Selected = p.row(at)
	}
	drawn := t.Draw(c)
	if foot := drawn.First + drawn.Shown + 1; p.Foot != nil && foot < c.Height() {
		c.LineCut(0, foot, c.Width(), p.Foot)
	}
	if focused {
		at.Top = drawn.Top
		l.place.Cursors[p.Name] = at
	}
}

// Spot returns what the cursor stands on.
func (l *Layout) Spot() Spot {
	if l.focus < 0 {
		return Spot{}
	}
	p := l.panels[l.focus]
	at := l.place.Cursors[p.Name]
	row := p.row(at)
	if row < 0 {
		return Spot{}
	}
	if row < len(p.Grid) && at.Col > 0 && at.Col <= len(p.Grid[row]) {
		return p.Grid[row][at.Col-1]
	}
	return p.Spots[row]
}

// Has reports whether the focused panel has a row or a figure of that identity.
func (l *Layout) Has(id string) bool {
	if l.focus < 0 {
		return false
	}
	p := l.panels[l.focus]
	for i, s := range p.Spots {
		if s.ID == id || i < len(p.Grid) && slices.ContainsFunc(p.Grid[i], func(one Spot) bool { return one.ID == id }) {
			return true
		}
	}
	return false
}

// Focus returns the name of the focused panel.
func (l *Layout) Focus() string {
	if l.focus < 0 {
		return ""
	}
	return l.panels[l.focus].Name
}

// Position returns which row of how many the cursor is on, from 1.
func (l *Layout) Position() (at, of int) {
	if l.focus < 0 {
		return 0, 0
	}
	p := l.panels[l.focus]
	row := p.row(l.place.Cursors[p.Name])
	for i, s := range p.Spots {
		if !s.IsZero() {
			of++
			if i <= row {
				at++
			}
		}
	}
	return at, of
}

// Columns reports whether the focused panel has figures side by side.
func (l *Layout) Columns() bool { return l.focus >= 0 && l.panels[l.focus].Grid != nil }

// Len returns the number of panels that can be focused, Index which one is.
func (l *Layout) Len() int {
	n := 0
	for _, p := range l.panels {
		if len(p.Spots) > 0 {
			n++
		}
	}
	return n
}

// blank is the look of nothing, for cells that stay empty.
func blank() widget.Cell { return widget.Word(style.Ink, "") }
