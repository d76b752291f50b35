package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"golang.org/x/text/unicode/norm"

	"jindu/tui/page"
	"jindu/tui/style"
	"jindu/tui/widget"
)

// sort sorts the focused panel, or says that there is nothing to sort by.
func (m *Model) sort(by func(*page.Layout) bool) {
	if m.layout != nil && !by(m.layout) {
		m.notice = m.words.Say("sort.none")
	}
}

// widen shows all rows of the focused panel again, and reports whether some were
// left out.
func (m *Model) widen() bool {
	if m.layout == nil {
		return false
	}
	f, ok := m.layout.FilterOf()
	if !ok || f.IsZero() {
		return false
	}
	m.layout.Narrow(page.Filter{})
	return true
}

// onlyOdd leaves only the rows on which something is marked, or shows them all.
func (m *Model) onlyOdd() {
	if m.layout == nil {
		return
	}
	f, ok := m.layout.FilterOf()
	if !ok {
		m.notice = m.words.Say("filter.nolist")
		return
	}
	f.Odd = !f.Odd
	m.layout.Narrow(f)
}

// filter opens the line in which words are typed that every row must fit.
func (m *Model) filter() {
	if m.layout == nil {
		return
	}
	f, ok := m.layout.FilterOf()
	if !ok {
		m.notice = m.words.Say("filter.nolist")
		return
	}
	m.over = &filtering{typed: f.Words, before: f, place: m.here().place.Clone()}
}

// filtering is the line of a filter. The page lies open above it and follows what
// is typed.
type filtering struct {
	silent
	typed  string
	before page.Filter
	place  *page.Place // where the person stood before anything was left out
}

func (f *filtering) press(m *Model, key string, act action) tea.Cmd {
	switch key {
	case "esc":
		m.over = nil
		m.here().place.Cursors = f.place.Cursors
		if m.layout != nil {
			m.layout.Narrow(page.Filter{})
		}
		return nil
	case "enter":
		m.over = nil
		return nil
	case "tab": // what the cursor stands on
		if s := m.spot(); s.Unit != "" {
			f.typed = m.frame().Name(s.Unit)
		}
	case "down", "up":
		if step, ok := moves()[act]; ok {
			m.layout.Move(step)
		}
		return nil
	case "space":
		return f.paste(m, " ")
	default:
		left, ok := erased(f.typed, key)
		switch {
		case ok:
			f.typed = left
		case types(key, act):
			return f.paste(m, key)
		default:
			return nil
		}
	}
	f.apply(m)
	return nil
}

func (f *filtering) paste(m *Model, text string) tea.Cmd {
	f.typed = typedMore(f.typed, text)
	f.apply(m)
	return nil
}

func (f *filtering) apply(m *Model) {
	if m.layout != nil {
		m.layout.Narrow(page.Filter{Words: trimmed(f.typed), Odd: f.before.Odd})
	}
}

func (f *filtering) draw(m *Model, c widget.Canvas) {
	y := m.h - 1
	c.Sub(0, y, m.w, 1).Clear(0)
	x := c.Put(2, y, style.AccentBold, m.words.Say("filter.label")) + 2
	x = c.PutCut(x, y, m.w/2, style.Strong, f.typed)
	x = c.Put(x, y, style.Strong.On(style.Selected), " ") + 3
	m.hints(c, x, y, m.w-2, []hint{{"Enter", "filter.keep"}, {"Esc", "filter.all"}, {"Tab", "filter.unit"}})
}

// types reports whether a key types something and does nothing: a character, or
// several that an input method sends at once.
func types(key string, act action) bool {
	return len([]rune(key)) == 1 || act == actNone && !strings.ContainsRune(key, '+')
}

// erased returns what a key that takes away leaves of what is typed; false where it
// takes nothing.
func erased(typed, key string) (left string, ok bool) {
	switch r := []rune(typed); {
	case key == "backspace" && len(r) > 0:
		return string(r[:len(r)-1]), true
	case key == "ctrl+u":
		return "", true
	default:
		return typed, false
	}
}

// typedMore adds to what is typed, full-width forms folded, and bounds it.
func typedMore(typed, text string) string {
	typed += norm.NFKC.String(widget.Clean(text))
	if r := []rune(typed); len(r) > maxTyped {
		typed = string(r[:maxTyped])
	}
	return typed
}

// columnChoice is the overlay in which the columns of a panel are chosen, and by
// which it is sorted.
type columnChoice struct {
	silent
	row int
}

// chooseColumns opens the choice, on the column by which the panel is sorted.
func (m *Model) chooseColumns() {
	if m.layout == nil {
		return
	}
	list := m.layout.ColumnsOf(m.frame())
	if len(list) == 0 {
		m.notice = m.words.Say("columns.none")
		return
	}
	o := &columnChoice{}
	for i, col := range list {
		if col.Sorted {
			o.row = i
		}
	}
	m.over = o
}

func (o *columnChoice) press(m *Model, key string, act action) tea.Cmd {
	if m.layout == nil {
		m.over = nil
		return nil
	}
	list := m.layout.ColumnsOf(m.frame())
	if len(list) == 0 {
		m.over = nil
		return nil
	}
	o.row = min(o.row, len(list)-1)
	switch {
	case key == "space":
		m.layout.HideColumn(list[o.row].Key)
	case act == actDown, act == actNextPanel:
		o.row = min(o.row+1, len(list)-1)
	case act == actUp, act == actPrevPanel:
		o.row = max(0, o.row-1)
	case act == actFirst:
		o.row = 0
	case act == actLast:
		o.row = len(list) - 1
	case act == actEnter, act == actSort:
		if list[o.row].Sortable {
			m.layout.SortBy(list[o.row].Key)
		}
	case act == actTurn:
		m.layout.SortTurn()
	case closes(act), act == actColumns:
		m.over = nil
	}
	return nil
}

func (o *columnChoice) draw(m *Model, c widget.Canvas) {
	if m.layout == nil {
		return
	}
	list := m.layout.ColumnsOf(m.frame())
	box := m.box(c, min(len(list)+7, m.h-head-2))
	m.boxTitle(box, m.words.Say("columns.title"), widget.Text(style.Strong, m.layout.FocusTitle()), nil)
	t := widget.Table{Selected: o.row, Columns: []widget.Column{
		{Head: m.words.Say("columns.column"), Width: 14, Grow: 1},
		{Head: m.words.Say("columns.shown"), Width: 10},
		{Head: m.words.Say("columns.order"), Width: 18, Drop: 1},
	}}
	for _, col := range list {
		look, shown := style.Ink, m.words.Say("columns.yes")
		switch {
		case col.Fixed:
			shown = m.words.Say("columns.always")
		case col.Hidden:
			look, shown = style.Quiet, m.words.Say("columns.no")
		}
		order := widget.Text(style.Quiet, m.words.Say("columns.sortable"))
		switch {
		case col.Sorted:
			order = widget.Text(style.AccentBold, m.words.Say("columns."+col.Way))
		case !col.Sortable:
			order = widget.Text(style.Quiet, widget.NotApplicable)
		}
		t.Rows = append(t.Rows, widget.Row{Cells: []widget.Cell{
			widget.Word(look, col.Name), widget.Word(style.Quiet, shown), {Line: order},
		}})
	}
	t.Draw(box.Sub(0, 2, box.Width(), box.Height()-5))
	m.hints(box, 0, box.Height()-2, box.Width(), []hint{{"Enter", "columns.sort"}, {"Space", "columns.hide"}, {"S", "key.turn"}, {"Esc", "key.back"}})
}

// indicator goes to the page of the indicator under the cursor.
func (m *Model) indicator() {
	code := m.spot().Indicator
	if code == "" || m.board == nil {
		m.notice = m.words.Say("indicator.none")
		return
	}
	m.descend(page.Visit{Page: page.UnitsPage, Indicator: code})
}
