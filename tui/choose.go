package tui

import (
	"sort"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"golang.org/x/text/unicode/norm"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
	"jindu/tui/words"
)

// periods is the choice of the period.
type periods struct {
	silent
	list []store.Period
	row  int
}

// choosePeriod opens the choice.
func (m *Model) choosePeriod() {
	if m.board == nil || len(m.board.Periods) == 0 {
		return
	}
	p := &periods{list: m.board.Periods}
	for i, one := range p.list {
		if one == m.board.Period {
			p.row = i
		}
	}
	m.over = p
}

func (p *periods) press(m *Model, _ string, act action) tea.Cmd {
	switch act {
	case actUp:
		p.row = max(0, p.row-1)
	case actDown:
		p.row = min(p.row+1, len(p.list)-1)
	case actFirst:
		p.row = 0
	case actLast:
		p.row = len(p.list) - 1
	case actEnter:
		m.over = nil
		m.request.Period = p.list[p.row]
		return m.turnTo()
	default:
		if closes(act) || act == actPeriod {
			m.over = nil
		}
	}
	return nil
}

func (p *periods) draw(m *Model, c widget.Canvas) {
	box := m.box(c, min(len(p.list)+6, m.h-head-2))
	m.boxTitle(box, m.words.Say("period.title"), nil, nil)
	t := widget.Table{Selected: p.row, Columns: []widget.Column{{Width: 20, Grow: 1}, {Width: 10, Align: widget.Right}}}
	for _, one := range p.list {
		look := style.Ink
		if one == m.board.Period {
			look = style.AccentBold
		}
		t.Rows = append(t.Rows, widget.Row{Cells: []widget.Cell{
			widget.Word(look, m.words.Period(one)), widget.Word(style.Quiet, one.String()),
		}})
	}
	t.Draw(box.Sub(0, 2, box.Width(), box.Height()-5))
	m.hints(box, 0, box.Height()-2, box.Width(), []hint{{"Enter", "enter.go"}, {"Esc", "key.back"}})
}

// past is the choice of the moment that the board is shown as known at: typed,
// or one of the moments when something changed.
type past struct {
	typed string
	list  []time.Time
	row   int    // -1: what is typed
	wrong string // code of what is wrong with it
}

// lookBack opens the choice; from a board of the past it returns to now.
func (m *Model) lookBack() tea.Cmd {
	if !m.request.AsOf.IsZero() {
		m.request.AsOf = time.Time{}
		return m.turnTo()
	}
	if m.board == nil {
		return nil
	}
	m.over = &past{list: m.moments(), row: -1}
	return nil
}

// moments are when the mirror learned something: changes and pulls that brought
// files, the newest first.
func (m *Model) moments() []time.Time {
	seen := map[time.Time]bool{}
	var out []time.Time
	add := func(t time.Time) {
		t = t.In(m.board.Moment.Location()).Truncate(time.Minute)
		if !seen[t] {
			seen[t] = true
			out = append(out, t)
		}
	}
	for _, c := range m.board.Changes {
		add(c.At)
	}
	for _, p := range m.board.Pulls {
		if p.Accepted+p.Partial+p.Refused > 0 {
			add(p.Ended)
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].After(out[j]) })
	return out
}

func (p *past) press(m *Model, key string, _ action) tea.Cmd {
	switch key {
	case "esc":
		m.over = nil
	case "down", "tab":
		p.row = min(p.row+1, len(p.list)-1)
	case "up", "shift+tab":
		p.row = max(-1, p.row-1)
	case "enter":
		return p.choose(m)
	case "backspace":
		if p.typed != "" {
			p.typed = p.typed[:len(p.typed)-1]
		}
	case "space":
		return p.paste(m, " ")
	default:
		return p.paste(m, key)
	}
	return nil
}

// paste takes what a time is written with and nothing else.
func (p *past) paste(_ *Model, text string) tea.Cmd {
	for _, r := range norm.NFKC.String(text) {
		if strings.ContainsRune("0123456789-: TZ+", r) && len(p.typed) < 25 {
			p.typed += string(r)
		}
	}
	p.row, p.wrong = -1, ""
	return nil
}

// choose goes to the moment. What will be known nobody knows, and the day of now
// is known as far as it has gone.
func (p *past) choose(m *Model) tea.Cmd {
	zone, now := m.board.Moment.Location(), m.opts.now()
	var at time.Time
	if p.row >= 0 && p.row < len(p.list) {
		if at = p.list[p.row].Add(time.Minute - time.Nanosecond); at.After(now) { // the list shows whole minutes
			at = now
		}
	} else {
		t, ok := parseMoment(p.typed, zone)
		switch {
		case !ok:
			p.wrong = "time_bad"
			return nil
		case t.After(now) && trimmed(p.typed) == now.In(zone).Format(time.DateOnly):
			t = now
		case t.After(now):
			p.wrong = "time_future"
			return nil
		}
		at = t
	}
	m.over = nil
	m.request.AsOf = at
	return m.turnTo()
}

// parseMoment reads 2026-06-26 14:05, a day (its end), or RFC 3339.
func parseMoment(s string, zone *time.Location) (time.Time, bool) {
	s = trimmed(s)
	for _, layout := range []string{"2006-01-02 15:04", "2006-1-2 15:04"} {
		if t, err := time.ParseInLocation(layout, s, zone); err == nil {
			return t, true
		}
	}
	if t, err := time.ParseInLocation("2006-01-02", s, zone); err == nil {
		return t.AddDate(0, 0, 1).Add(-time.Nanosecond), true
	}
	t, err := time.Parse(time.RFC3339, s)
	return t, err == nil
}

func (p *past) draw(m *Model, c widget.Canvas) {
	box := m.box(c, min(max(len(p.list), 3)+9, m.h-head-2))
	at := widget.Text(style.Strong, p.typed).Text(style.Strong.On(style.Selected), " ")
	if p.typed == "" {
		at = at.Text(style.Quiet, "  "+m.words.Say("past.example", "2026-06-26 14:05"))
	}
	m.boxTitle(box, m.words.Say("past.title"), at, nil)
	if p.wrong != "" {
		e := store.NewError(p.wrong, nil, p.typed)
		box.PutCut(0, 1, box.Width(), style.Bad, e.Message(m.words.Lang)+"   "+e.Hint(m.words.Lang))
	}
	t := widget.Table{Selected: p.row, Columns: []widget.Column{{Head: m.words.Say("past.moments"), Width: 20, Grow: 1}}}
	for _, one := range p.list {
		t.Rows = append(t.Rows, widget.Row{Cells: []widget.Cell{widget.Word(style.Ink, words.Stamp(one, m.board.Moment))}})
	}
	if len(p.list) > 0 {
		t.Draw(box.Sub(0, 3, box.Width(), box.Height()-6))
	}
	m.hints(box, 0, box.Height()-2, box.Width(), []hint{{"Enter", "enter.go"}, {"Esc", "key.back"}})
}

func (p *past) take(*Model, tea.Msg) tea.Cmd { return nil }
