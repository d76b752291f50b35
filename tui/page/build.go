package page

import (
	"jindu/store"
	"jindu/tui/widget"
)

// build is the making of one page.
type build struct {
	*Frame
	visit Visit
	place *Place
	w     int         // cells of the panel that is being made
	noted widget.Line // that the panel which is the page shows only a part of its rows
}

// Build lays a page out for the frame's screen. The place learns where the
// cursor came to stand; panels that follow the cursor are made once more when it
// has moved.
func Build(f *Frame, visit Visit, place *Place) *Layout {
	b := &build{Frame: f, visit: visit, place: place}
	l := b.layout()
	if at := l.Spot(); at.ID != place.Spot.ID {
		place.Spot = at
		l = b.layout()
	}
	l.remember()
	l.Trust = b.trust()
	return l
}

// book returns the pages that the board has.
func (b *build) book() *Book {
	if b.Pages != nil {
		return b.Pages
	}
	return Embedded()
}

func (b *build) layout() *Layout {
	grid := widget.Modules(b.W)
	var bands []band
	p := b.book().page(b.visit.Page)
	if b.place.Panel == "" && (grid.Columns > 1 || below(p.Name)) {
		b.place.Panel = p.Focus
	}
	for _, row := range p.layout(grid.Columns) {
		if one := b.band(row, grid); len(one) > 0 {
			bands = append(bands, one)
		}
	}
	h := b.H
	if b.visit.Page == "tasks" {
		h++ // a list that is the page runs down to the footer
	}
	return lay(bands, b.W, h, b.place)
}

// band makes the panels of a band. Those with nothing to show are left out: what
// stood at their right moves up, and their room is their left neighbour's.
func (b *build) band(row []string, grid widget.Grid) band {
	var out band
	var made [][]string // the names of their panels
	left, idle := grid.Columns, 0
	for _, text := range row {
		names, span := stackOf(text)
		span = min(span, left)
		if span <= 0 {
			break
		}
		left -= span
		switch one := b.stack(names, span+idle, grid); {
		case len(one.panels) > 0:
			out, made, idle = append(out, one), append(made, names), 0
		case len(out) == 0:
			idle += span
		default:
			last := len(out) - 1
			out[last] = b.stack(made[last], out[last].span+span, grid)
		}
	}
	return out
}

// stack makes panels that stand under each other, so many modules wide.
func (b *build) stack(names []string, span int, grid widget.Grid) stack {
	b.w = grid.Span(span)
	if grid.Columns == 1 {
		b.w = b.W - 4
	}
	out := stack{span: span}
	for _, name := range names {
		if p := b.panel(name); p != nil {
			out.panels = append(out.panels, p)
		}
	}
	return out
}

func (b *build) panel(name string) *Panel {
	spec, ok := b.book().panels[name]
	if !ok {
		return nil
	}
	p := kinds()[spec.Kind].make(b, spec)
	if p != nil {
		p.Name = name
		if p.Head.Title == "" || spec.Title != "" {
			p.Head.Title = spec.title(b.Words)
		}
		b.arrange(p)
	}
	return p
}

// scope is what the page is about: a unit, or the whole district.
func (b *build) scope() string {
	if b.visit.Unit != "" {
		return b.visit.Unit
	}
	return store.DistrictCode
}
