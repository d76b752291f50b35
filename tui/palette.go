package tui

import (
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"jindu/store"
	"jindu/store/find"
	"jindu/tui/page"
)

// recentMost is how many commands are remembered.
const recentMost = 8

// offers is everything that the palette can do here, in this order: what keys do,
// with the key, pages, this page's panels and columns, periods, units, and last
// what only moves the cursor.
func (m *Model) offers() []Hit {
	var out, steps []Hit
	for _, b := range bindings() {
		if b.act == actPage || b.act == actCommand || !m.allowed(b.act) {
			continue // pages stand below, and the palette is open
		}
		hit := Hit{Kind: "command", Code: b.keys[0], Name: m.words.Say(b.word), Detail: b.label}
		if _, moves := moves()[b.act]; moves {
			steps = append(steps, hit)
		} else {
			out = append(out, hit)
		}
	}
	out = append(out, m.destinations()...)
	return append(out, steps...)
}

// destinations is what the palette can go to and show.
func (m *Model) destinations() []Hit {
	var out []Hit
	if m.allowed(actPage) {
		for _, p := range m.book.Pages() {
			digit := ""
			if p.Digit > 0 {
				digit = strconv.Itoa(p.Digit)
			}
			out = append(out, Hit{Kind: "page", Code: p.Name, Name: m.book.Title(m.words, p.Name), Detail: digit})
		}
	}
	if m.layout != nil {
		for _, p := range m.layout.Panels() {
			out = append(out, Hit{Kind: "panel", Code: p.Name, Name: p.Title, Detail: labelOf(actNextPanel)})
		}
		for _, col := range m.layout.ColumnsOf(m.frame()) {
			if col.Sortable {
				out = append(out, Hit{Kind: "sort", Code: col.Key, Name: m.words.Say("sort.by", col.Name), Detail: labelOf(actSort)})
			}
		}
	}
	if m.allowed(actPeriod) {
		for _, p := range m.board.Periods {
			out = append(out, Hit{Kind: "period", Code: p.String(), Name: m.words.Period(p), Detail: p.String()})
		}
	}
	if m.allowed(actEnter) {
		for _, u := range m.board.Units.All() {
			out = append(out, Hit{Kind: "unit", Code: u.Code, Name: u.Name, Detail: u.Code})
		}
	}
	return out
}

// commandHits returns what fits the words, what was done last first.
func (m *Model) commandHits(typed string) []Hit {
	with := find.NewMatcher(typed)
	var out []Hit
	for _, h := range m.offers() {
		if with.Fits(h.Name, h.Detail, h.Code, m.words.Say("kind."+h.Kind)) {
			out = append(out, h)
		}
	}
	rank := func(h Hit) int {
		if i := slices.Index(m.recent, h.Kind+" "+h.Code); i >= 0 {
			return i
		}
		return recentMost
	}
	slices.SortStableFunc(out, func(a, b Hit) int { return rank(a) - rank(b) })
	return out
}

// remember puts what was done in front of what was done before.
func (m *Model) remember(h Hit) {
	id := h.Kind + " " + h.Code
	m.recent = slices.DeleteFunc(m.recent, func(s string) bool { return s == id })
	m.recent = slices.Insert(m.recent, 0, id)
	m.recent = m.recent[:min(len(m.recent), recentMost)]
}

// command does what a palette's hit says that is not to go to a thing; ok is
// whether it was one.
func (m *Model) command(h Hit) (cmd tea.Cmd, ok bool) {
	switch h.Kind {
	case "command":
		act := m.keys[h.Code]
		if act == actQuit || act == actKill {
			return tea.Quit, true
		}
		if step, ok := moves()[act]; ok && m.layout != nil {
			m.layout.Move(step)
			return nil, true
		}
		return m.act(act, h.Code), true
	case "panel":
		if m.layout != nil {
			m.layout.FocusOn(h.Code)
		}
		return nil, true
	case "sort":
		m.sort(func(l *page.Layout) bool { return l.SortBy(h.Code) })
		return nil, true
	case "period":
		p, err := store.ParsePeriod(h.Code)
		if err != nil {
			return nil, true // no period of the board is written so
		}
		if no := m.withheld(store.DeedBrowse); no != nil {
			return no, true
		}
		m.request.Period = p
		return m.turnTo(), true
	default:
		return nil, false
	}
}
