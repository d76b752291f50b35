package page

import (
	"strconv"

	"jindu/store/find"
	"jindu/tui/style"
	"jindu/tui/widget"
)

// Filter is what a person has narrowed a panel to, on this visit of its page.
type Filter struct {
	Words string // that every row must fit
	Odd   bool   // only rows on which something is marked
}

// IsZero reports whether every row is shown.
func (f Filter) IsZero() bool { return f == Filter{} }

// narrow leaves out the rows that do not fit the panel's filter, and says so in
// its head: a part must never look like the whole.
func (b *build) narrow(p *Panel, all []line) []line {
	filter := b.place.Filters[p.Name]
	if filter.IsZero() {
		return all
	}
	with := find.NewMatcher(filter.Words)
	var out []line
	shown, of := 0, 0
	for _, one := range all {
		switch {
		case one.row.Rule && !one.row.Fixed:
			continue
		case one.row.Fixed:
		case filter.Odd && !odd(one.row) || !with.Fits(b.texts(one)...):
			of++
			continue
		default:
			of++
			shown++
		}
		out = append(out, one)
	}
	note := widget.Text(style.Accent, b.filterText(filter)+" ").
		Text(style.AccentBold, strconv.Itoa(shown)).Text(style.Quiet, "/"+strconv.Itoa(of))
	if shown == 0 {
		none := widget.Cell{Line: widget.Text(style.Quiet, b.say("filter.none")), Across: len(p.Table.Columns)}
		out = append(out, line{row: widget.Row{Cells: []widget.Cell{none}, Fixed: true}})
	}
	b.note(p, note)
	return out
}

// filterText says what a panel is narrowed to.
func (f *Frame) filterText(filter Filter) string {
	switch {
	case filter.Odd && filter.Words != "":
		return f.say("filter.both", filter.Words)
	case filter.Odd:
		return f.say("filter.odd")
	default:
		return f.say("filter.words", filter.Words)
	}
}

// note puts a note into the panel's head; of the panel that is the page itself,
// into the trust line.
func (b *build) note(p *Panel, note widget.Line) {
	if p.Bare {
		b.noted = note
		return
	}
	p.Head.Note = note
}

// texts are what a row can be found by: its words, and every name of its unit.
func (b *build) texts(one line) []string {
	var out []string
	for _, cell := range one.row.Cells {
		if text := widget.Clean(cell.Line.Plain()); text != "" {
			out = append(out, text)
		}
	}
	if u, ok := b.Units.ByCode(one.spot.Unit); ok {
		out = append(append(out, u.Name, u.Code), u.Aliases...)
	}
	if ind, ok := b.Catalogue.ByCode(one.spot.Indicator); ok {
		out = append(append(out, ind.Code, ind.English), ind.Names()...)
	}
	return out
}

// odd reports whether anything on a row asks for a person: a colour that speaks, a
// far deviation or a change beyond chance. What is normal is uncoloured, so what
// the eye sees and what this finds are the same.
func odd(row widget.Row) bool {
	for _, cell := range row.Cells {
		if cell.Fill.Far() {
			return true
		}
		for _, span := range cell.Line {
			switch span.Look.Role() {
			case style.Watch, style.Bad, style.Stale, style.Alarm:
				return true
			case style.Strong:
				if n := len(span.Text); n > 1 && span.Text[n-1:] == widget.Star {
					return true
				}
			default:
			}
		}
	}
	return false
}

// FilterOf returns what the focused panel is narrowed to, and whether it is one
// that can be.
func (l *Layout) FilterOf() (Filter, bool) {
	p, ok := l.focused()
	if !ok {
		return Filter{}, false
	}
	return l.place.Filters[p.Name], true
}

// Narrow narrows the focused panel, or shows all of its rows again.
func (l *Layout) Narrow(f Filter) {
	p, ok := l.focused()
	switch {
	case !ok:
	case f.IsZero():
		delete(l.place.Filters, p.Name)
	default:
		l.place.Filters[p.Name] = f
	}
}
