package wall

import (
	"cmp"
	"slices"
	"strconv"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
	"jindu/tui/words"
)

// listSheets is how many screenfuls a list has at most: nobody reads more of one.
const listSheets = 3

// entry is a row of a list.
type entry struct {
	look  style.Look
	state string // how it stands, in the look
	name  string
	who   string
	note  string // at the right
}

// entries are the rows of a list, the most urgent first.
func (m *Model) entries(l List) []entry {
	switch l {
	case TaskList:
		return m.taskEntries()
	case SourceList:
		return m.sourceEntries()
	default:
		return m.unitEntries()
	}
}

// listLength is how many sheets a list needs; one at least, that says that there is nothing.
func (m *Model) listLength(l List) int {
	n := len(m.entries(l))
	per := m.perSheet()
	return min(listSheets, max(1, (n+per-1)/per))
}

// pitch is how many rows an entry takes: two, where there is room for that.
func (m *Model) pitch() int {
	if m.geo.compact {
		return 1
	}
	return 2
}

func (m *Model) perSheet() int { return max(1, (m.geo.room()-1)/m.pitch()) }

// list draws the nth sheet of a list.
func (m *Model) list(c widget.Canvas, l List, n int) {
	g := m.geo
	inner := g.w - 2*g.margin
	c.Hairline(g.margin, g.body, inner, style.Edge)
	all := m.entries(l)
	if len(all) == 0 {
		c.Put(g.margin, g.body+2, m.ink(), m.say("wall.nothing"))
		return
	}
	per := m.perSheet()
	shown := all[min(n*per, len(all)):min((n+1)*per, len(all))]
	cols := m.columnsOf(all)
	for i, e := range shown {
		y := g.body + 1 + i*m.pitch()
		if left := len(all) - (n+1)*per; i == per-1 && left > 0 && n == listSheets-1 {
			c.Put(g.margin, y, m.ink(), m.words.Count("list.more", left+1))
			return
		}
		c.Put(g.margin, y, e.look|style.Bold, m.set(e.state))
		c.PutCut(cols.name, y, cols.nameWidth, m.label(), m.set(e.name))
		c.PutCut(cols.who, y, cols.whoWidth, m.ink(), m.set(e.who))
		c.PutRight(cols.noteEnd, y, m.ink(), e.note)
	}
}

// listColumns are where the parts of a list's rows stand.
type listColumns struct{ name, nameWidth, who, whoWidth, noteEnd int }

// columnsOf keeps what belongs together close: each column is as wide as its
// longest text, and the name gives way where there is little room.
func (m *Model) columnsOf(all []entry) listColumns {
	g := m.geo
	state, name, who, note := 0, 0, 0, 0
	for _, e := range all {
		state = max(state, widget.Width(m.set(e.state)))
		name = max(name, widget.Width(m.set(e.name)))
		who = max(who, widget.Width(m.set(e.who)))
		note = max(note, widget.Width(e.note))
	}
	apart := 3
	if !g.compact {
		apart = gap
	}
	c := listColumns{name: g.margin + state + apart}
	room := g.w - g.margin - c.name
	if room < name+apart+who+apart+note {
		who = min(who, max(0, room-name-note-2*apart))
		if who < shortestWho {
			who = 0
		}
		name = min(name, room-note-apart-who)
	}
	c.nameWidth, c.who, c.whoWidth = name, c.name+name+apart, who
	c.noteEnd = c.who + note
	if who > 0 {
		c.noteEnd += who + apart
	}
	return c
}

// shortestWho is the least room in which the name of a unit says anything.
const shortestWho = 8

// set writes a text as the screen has room for: parted where it is read from afar.
func (m *Model) set(text string) string {
	if m.geo.compact {
		return text
	}
	return spaced(text)
}

// tasks returns the tasks that are overdue and soon due, the longest overdue first.
func (m *Model) tasks() []task {
	var out []task
	for _, t := range m.board.Tasks {
		state, days := t.State(m.board.Today, m.board.Settings.Calendar)
		if state == store.StateOverdue || state == store.StateDueSoon {
			out = append(out, task{t, state, days})
		}
	}
	left := func(t task) int {
		if t.state == store.StateOverdue {
			return -t.days
		}
		return t.days
	}
	slices.SortStableFunc(out, func(a, b task) int { return cmp.Compare(left(a), left(b)) })
	return out
}

func (m *Model) taskEntries() []entry {
	var out []entry
	for _, t := range m.tasks() {
		e := entry{look: style.Watch, state: m.say("wall.left", t.days), name: t.Title, who: m.frame().Doer(t.Unit, true)}
		switch {
		case t.state == store.StateOverdue:
			e.look, e.state = style.Bad, m.say("wall.late", t.days)
		case t.days == 0:
			e.state = m.say("wall.today")
		}
		if on := t.CountsFrom(m.board.Today, m.board.Settings.Calendar); !on.IsZero() {
			e.note = words.Day(on, m.board.Today)
		}
		out = append(out, e)
	}
	return out
}

func (m *Model) sourceEntries() []entry {
	out := make([]entry, 0, len(m.sources()))
	for _, s := range m.sources() {
		mark := style.MarkOf(s.state, m.words.Lang)
		look := mark.Look
		if s.state == store.Fresh {
			look = m.ink()
		}
		e := entry{look: look, state: mark.Word(), name: s.name}
		if s.age != "" {
			e.note = m.say("wall.ago", s.age)
		}
		out = append(out, e)
	}
	slices.SortStableFunc(out, func(a, b entry) int { return cmp.Compare(b.rank(m), a.rank(m)) })
	return out
}

// rank puts what is wrong first.
func (e entry) rank(m *Model) int {
	if e.look == m.ink() {
		return 0
	}
	return 1
}

// unitEntries lists the units that owe something, the worst first.
func (m *Model) unitEntries() []entry {
	reports := slices.Clone(m.board.Reports())
	slices.SortStableFunc(reports, func(a, b store.Report) int { return cmp.Compare(b.State, a.State) })
	var out []entry
	for _, r := range reports {
		if r.State == store.Fresh || r.State == store.Corrected {
			continue
		}
		mark := style.MarkOf(r.State, m.words.Lang)
		e := entry{look: mark.Look, state: mark.Word(), name: r.Unit.Name}
		e.who = strconv.Itoa(r.Reported) + "/" + strconv.Itoa(r.Owed) + " " + m.say("fact.items")
		if !r.Oldest.IsZero() {
			age, _ := m.frame().Age(r.Oldest)
			e.note = m.say("wall.ago", widget.Age(age, m.words.Lang))
		}
		out = append(out, e)
	}
	return out
}
