package tui

import (
	tea "charm.land/bubbletea/v2"

	"jindu/store"
	"jindu/store/find"
	"jindu/tui/page"
	"jindu/tui/style"
	"jindu/tui/widget"
)

// comparing is the choice of what stands beside the figures: another period, or on
// the page of a unit another unit.
type comparing struct {
	typed string
	all   []rival
	row   int
	with  *find.Matcher
}

// rival is one thing that can stand beside.
type rival struct {
	name, detail string
	kind         page.BesideKind
	period       store.Period
	unit         string // code of the other unit
	now          bool   // it is what stands there
}

// compare opens the choice.
func (m *Model) compare() {
	if m.board == nil {
		return
	}
	o := &comparing{with: find.NewMatcher("")}
	here := m.here()
	own := here.Unit
	if own != "" {
		for _, r := range m.board.Reports() {
			if u := r.Unit; u.Code != own {
				o.all = append(o.all, rival{name: u.Name, detail: m.words.Say("beside.unit"), unit: u.Code, now: u.Code == here.Other})
			}
		}
	}
	for _, one := range []rival{
		{name: m.words.Say("beside.before"), detail: m.words.Period(m.board.Period.Add(-1))},
		{name: m.words.Say("beside.yearago"), detail: m.words.Period(m.board.Period.YearAgo()), kind: page.BesideYearAgo},
		{name: m.words.Say("beside.todate"), kind: page.BesideToDate},
	} {
		one.now = m.beside.Kind == one.kind
		o.all = append(o.all, one)
	}
	for _, p := range m.board.Periods {
		if p != m.board.Period {
			now := m.beside == page.Beside{Kind: page.BesidePeriod, Period: p}
			o.all = append(o.all, rival{name: m.words.Period(p), detail: p.String(), kind: page.BesidePeriod, period: p, now: now})
		}
	}
	m.over = o
}

// fitting returns what fits the words that were typed.
func (o *comparing) fitting() []rival {
	var out []rival
	for _, one := range o.all {
		if o.with.Fits(one.name, one.detail, one.unit) {
			out = append(out, one)
		}
	}
	return out
}

func (o *comparing) press(m *Model, key string, act action) tea.Cmd {
	switch key {
	case "esc":
		m.over = nil
	case "enter":
		m.over = nil
		if list := o.fitting(); o.row < len(list) {
			return m.setBeside(list[o.row])
		}
	case "down", "ctrl+n", "tab":
		o.row = min(o.row+1, max(0, len(o.fitting())-1))
	case "up", "ctrl+p", "shift+tab":
		o.row = max(0, o.row-1)
	case "space":
		return o.paste(m, " ")
	default:
		if left, ok := erased(o.typed, key); ok {
			o.write(left)
			return nil
		}
		if types(key, act) {
			return o.paste(m, key)
		}
	}
	return nil
}

func (o *comparing) write(typed string) {
	o.typed, o.row = typed, 0
	o.with = find.NewMatcher(typed)
}

func (o *comparing) paste(_ *Model, text string) tea.Cmd {
	o.write(typedMore(o.typed, text))
	return nil
}

func (o *comparing) take(*Model, tea.Msg) tea.Cmd { return nil }

// setBeside sets what was chosen beside the figures.
func (m *Model) setBeside(one rival) tea.Cmd {
	if one.unit != "" {
		here := m.here()
		if here.Page == page.BesidePage {
			here.Other = one.unit
			return nil
		}
		m.descend(page.Visit{Page: page.BesidePage, Unit: here.Unit, Other: one.unit})
		return nil
	}
	m.beside = page.Beside{Kind: one.kind, Period: one.period}
	if m.request.Beside == one.period {
		return nil
	}
	m.request.Beside = one.period
	return m.turnTo()
}

func (o *comparing) draw(m *Model, c widget.Canvas) {
	list := o.fitting()
	box := m.box(c, min(24, m.h-head-2))
	at := widget.Text(style.Strong, o.typed).Text(style.Strong.On(style.Selected), " ")
	m.boxTitle(box, m.words.Say("beside.title"), at, widget.Text(style.Quiet, m.words.Count("find.count", len(list))))
	t := widget.Table{Selected: o.row, Columns: []widget.Column{{Width: 14, Grow: 2}, {Width: 14, Grow: 1, Align: widget.Right, Drop: 1}}}
	for _, one := range list {
		look := style.Ink
		if one.now {
			look = style.AccentBold
		}
		t.Rows = append(t.Rows, widget.Row{Cells: []widget.Cell{widget.Word(look, one.name), widget.Word(style.Quiet, one.detail)}})
	}
	if len(list) > 0 {
		t.Draw(box.Sub(0, 2, box.Width(), box.Height()-5))
	} else {
		e := store.NewError("nothing_found", nil, o.typed)
		box.PutCut(0, 2, box.Width(), style.Ink, e.Message(m.words.Lang))
	}
	m.hints(box, 0, box.Height()-2, box.Width(), []hint{{"Enter", "enter.go"}, {"Esc", "key.back"}})
}
