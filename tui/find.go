package tui

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"jindu/store"
	"jindu/tui/page"
	"jindu/tui/style"
	"jindu/tui/widget"
)

// finder is the look-up: what is typed, and what it finds, live. As a command
// palette it lists pages and what the keys do.
type finder struct {
	typed    string
	hits     []Hit
	answered string // what the hits are for
	row      int
	commands bool
	entered  bool // Enter was pressed before the hits came: keys wait for them
}

// maxTyped bounds what a person, or a paste, can type.
const maxTyped = 64

// find opens the look-up.
func (m *Model) find(typed string, commands bool) tea.Cmd {
	if m.board == nil {
		return nil
	}
	f := &finder{typed: typed, commands: commands}
	m.over = f
	return f.search(m)
}

func (f *finder) press(m *Model, key string, act action) tea.Cmd {
	switch key {
	case "esc":
		m.over = nil
	case "enter":
		return f.enter(m)
	case "down", "ctrl+n", "tab":
		f.row = min(f.row+1, max(0, len(f.hits)-1))
	case "up", "ctrl+p", "shift+tab":
		f.row = max(0, f.row-1)
	case "space":
		return f.paste(m, " ")
	default:
		if left, ok := erased(f.typed, key); ok {
			f.typed = left
			return f.search(m)
		}
		if types(key, act) {
			return f.paste(m, key)
		}
	}
	return nil
}

// enter goes to the chosen hit. Where the hits for what was typed are still on
// their way it waits for them: a hand that types fast must not be led elsewhere.
func (f *finder) enter(m *Model) tea.Cmd {
	f.entered = f.answered != trimmed(f.typed)
	switch {
	case f.entered:
		return nil
	case f.row >= len(f.hits): // which is said
		m.held = nil
		return nil
	}
	m.over = nil
	hit := f.hits[f.row]
	if f.commands {
		m.remember(hit)
	}
	if cmd, ok := m.command(hit); ok {
		return cmd
	}
	return m.goTo(hit)
}

// paste adds to what is typed.
func (f *finder) paste(m *Model, text string) tea.Cmd {
	f.typed = typedMore(f.typed, text)
	return f.search(m)
}

// search looks up beside the message loop; commands are few and found at once.
func (f *finder) search(m *Model) tea.Cmd {
	f.row, f.entered = 0, false
	typed, board, with := trimmed(f.typed), m.board, m.opts.Finder
	if f.commands {
		f.hits, f.answered = m.commandHits(f.typed), typed
		return nil
	}
	pages := m.pageHits(typed)
	if typed == "" {
		f.hits, f.answered = pages, typed
		return nil
	}
	return func() tea.Msg {
		if with == nil {
			return found{typed, append(plainHits(board, typed), pages...)}
		}
		return found{typed, append(with.Find(typed, board.Snapshot), pages...)}
	}
}

// take shows hits, unless something else has been typed since.
func (f *finder) take(m *Model, msg tea.Msg) tea.Cmd {
	hits, ok := msg.(found)
	if !ok || hits.words != trimmed(f.typed) {
		return nil
	}
	f.hits, f.answered = hits.hits, hits.words
	f.row = min(f.row, max(0, len(f.hits)-1))
	if f.entered {
		return f.enter(m)
	}
	return nil
}

// pageHits returns the pages whose name or digit holds what was typed.
func (m *Model) pageHits(typed string) []Hit {
	var out []Hit
	if !m.allowed(actPage) {
		return nil
	}
	for _, p := range m.book.Pages() {
		name := m.book.Title(m.words, p.Name)
		digit := ""
		if p.Digit > 0 {
			digit = strconv.Itoa(p.Digit)
		}
		if strings.Contains(strings.ToLower(name+" "+p.Name+" "+digit), strings.ToLower(typed)) {
			out = append(out, Hit{Kind: "page", Code: p.Name, Name: name, Detail: digit})
		}
	}
	return out
}

// plainHits is the look-up where none was given: names and codes as they stand.
func plainHits(b *page.Board, typed string) []Hit {
	var out []Hit
	low := strings.ToLower(typed)
	for _, u := range b.Units.All() {
		if strings.Contains(strings.ToLower(u.Name+" "+u.Code+" "+strings.Join(u.Aliases, " ")), low) {
			out = append(out, Hit{Kind: "unit", Code: u.Code, Name: u.Name, Detail: u.Code})
		}
	}
	for _, i := range b.Catalogue.Indicators {
		if strings.Contains(strings.ToLower(i.Code+" "+i.English+" "+strings.Join(i.Names(), " ")), low) {
			out = append(out, Hit{Kind: "indicator", Code: i.Code, Name: i.Name, Detail: i.English})
		}
	}
	for i := range b.Tasks {
		if strings.Contains(strings.ToLower(b.Tasks[i].Title), low) {
			out = append(out, Hit{Kind: "task", Code: b.Tasks[i].ID, Name: b.Tasks[i].Title, Detail: b.Units.Name(b.Tasks[i].Unit)})
		}
	}
	return out
}

// goTo leads to a hit, where the session may go there.
func (m *Model) goTo(h Hit) tea.Cmd {
	need := store.Deed(0) // a command is asked when it is done
	switch h.Kind {
	case "page":
		need = store.DeedBrowse
	case "unit", "indicator", "task", "case":
		need = store.DeedBrowse | store.DeedDrill
	}
	if no := m.withheld(need); no != nil {
		return no
	}
	switch h.Kind {
	case "unit":
		m.descend(page.Visit{Page: page.UnitPage, Unit: h.Code})
	case "indicator":
		m.descend(page.Visit{Page: page.UnitsPage, Indicator: h.Code})
	case "task":
		m.open("tasks")
		delete(m.here().place.Filters, "tasks")
		m.here().place.Cursors["tasks"] = page.Cursor{ID: "task " + h.Code}
	case "page":
		m.open(h.Code)
	default: // a case: it is counted at its unit
		if _, ok := m.board.Units.ByCode(h.Code); ok {
			m.descend(page.Visit{Page: page.UnitPage, Unit: h.Code})
		}
	}
	return nil
}

// detail says what a hit is; of a unit, its kind in words and not by its code.
func (m *Model) detail(h Hit) string {
	if u, ok := m.board.Units.ByCode(h.Code); ok && h.Kind == "unit" {
		return m.words.Say("unitkind." + string(u.Kind))
	}
	return h.Detail
}

func (f *finder) draw(m *Model, c widget.Canvas) {
	box := m.box(c, min(24, m.h-head-2))
	title := "find.title"
	if f.commands {
		title = "find.commands"
	}
	at := widget.Text(style.Strong, f.typed).Text(style.Strong.On(style.Selected), " ")
	m.boxTitle(box, m.words.Say(title), at, widget.Text(style.Quiet, m.words.Count("find.count", len(f.hits))))
	t := widget.Table{Selected: f.row, Columns: []widget.Column{
		{Width: max(8, widget.Width(m.words.Say("kind.indicator")))},
		{Width: 14, Grow: 2},
		{Width: 14, Grow: 1, Align: widget.Right, Drop: 1},
	}}
	for _, h := range f.hits {
		t.Rows = append(t.Rows, widget.Row{Cells: []widget.Cell{
			widget.Word(style.Quiet, m.words.Say("kind."+h.Kind)),
			widget.Word(style.Ink, h.Name),
			widget.Word(style.Quiet, m.detail(h)),
		}})
	}
	switch {
	case len(f.hits) > 0:
		t.Draw(box.Sub(0, 2, box.Width(), box.Height()-5))
	case trimmed(f.typed) != "":
		e := store.NewError("nothing_found", nil, f.typed)
		box.PutCut(0, 2, box.Width(), style.Ink, e.Message(m.words.Lang))
		box.PutCut(0, 3, box.Width(), style.Quiet, e.Hint(m.words.Lang))
	}
	m.hints(box, 0, box.Height()-2, box.Width(), []hint{{"Enter", "enter.go"}, {"Esc", "key.back"}})
}
