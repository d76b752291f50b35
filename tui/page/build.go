package page

import (
	"jindu/store"
	"jindu/tui/widget"
)

// maker makes one kind of panel.
type maker func(*build, Spec) *Panel

// build is the making of one page.
type build struct {
	*Frame
	visit Visit
	place *Place
	w     int         // cells of the panel that is being made
	noted widget.Line // that the panel which is the page shows only a part of its rows
}

// kinds lists what panels there are.
func kinds() map[string]maker {
	return map[string]maker{
		"tile":         (*build).tile,
		"overdue":      (*build).overdue,
		"reporting":    (*build).reporting,
		"trend":        (*build).trend,
		"figures":      (*build).figures,
		"ratios":       (*build).ratios,
		"urgent":       (*build).urgent,
		"tasks":        (*build).tasks,
		"meeting":      (*build).meeting,
		"owing":        (*build).owing,
		"changes":      (*build).changes,
		"matrix":       (*build).matrix,
		"detail":       (*build).detail,
		"breakdown":    (*build).breakdown,
		"chart":        (*build).chart,
		"completeness": (*build).completeness,
		"sources":      (*build).sources,
		"workbooks":    (*build).workbooks,
		"findings":     (*build).findings,
		"waiting":      (*build).waiting,
		"list":         (*build).list,
		"rank":         (*build).rank,
	}
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
	l.Trust = b.trust()
	return l
}

func (b *build) layout() *Layout {
	grid := widget.Modules(b.W)
	var bands []band
	for _, p := range specs().pages {
		if p.Name != b.visit.Page {
			continue
		}
		if b.place.Panel == "" && (grid.Columns > 1 || p.Digit == 0) {
			b.place.Panel = p.focus
		}
		for _, row := range p.layout(grid.Columns) {
			if one := b.band(row, grid); len(one) > 0 {
				bands = append(bands, one)
			}
		}
	}
	h := b.H
	if b.visit.Page == "tasks" {
		h++ // a list that is the page runs down to the footer
	}
	return lay(bands, b.W, h, b.place)
}

// band makes the panels of a band; those with nothing to show are left out, and
// what stood at their right moves up.
func (b *build) band(row []string, grid widget.Grid) band {
	var out band
	left := grid.Columns
	for _, text := range row {
		names, span := stackOf(text)
		span = min(span, left)
		if span <= 0 {
			break
		}
		left -= span
		b.w = grid.Span(span)
		if grid.Columns == 1 {
			b.w = b.W - 4
		}
		one := stack{span: span}
		for _, name := range names {
			if p := b.panel(name); p != nil {
				one.panels = append(one.panels, p)
			}
		}
		if len(one.panels) > 0 {
			out = append(out, one)
		}
	}
	return out
}

func (b *build) panel(name string) *Panel {
	spec, ok := specs().panels[name]
	if !ok {
		return nil
	}
	makePanel, ok := kinds()[spec.Kind]
	if !ok {
		return nil
	}
	p := makePanel(b, spec)
	if p != nil {
		p.Name = name
		if p.Head.Title == "" {
			p.Head.Title = b.say("panel." + name)
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
