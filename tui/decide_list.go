package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"jindu/store"
	"jindu/tui/page"
	"jindu/tui/style"
	"jindu/tui/widget"
)

// undecided is the list of what waits under one total: of each what stands and what
// it can be, with age and cell. Enter asks about one of them, and once that is
// decided the list is there again without it.
type undecided struct {
	silent
	spot  page.Spot
	done  []store.Key // decided from here; another process may have yet to take it in
	rows  []*deciding // nil: still being read
	row   int
	wrong error
	turn  int // counts what was asked: answers to earlier ones are void
}

// keys are the figures that wait now.
func (u *undecided) keys(m *Model) []store.Key {
	return slices.DeleteFunc(m.decidable(u.spot), func(k store.Key) bool { return slices.Contains(u.done, k) || !m.awaits(k) })
}

// ask asks about every one of them.
func (u *undecided) ask(m *Model) tea.Cmd {
	u.turn++
	turn, keys, ctx, with := u.turn, u.keys(m), m.ctx, m.opts.Decider
	return func() tea.Msg {
		out := listed{of: u, turn: turn}
		for _, k := range keys {
			q, err := with.Ask(ctx, k)
			switch {
			case err == nil && (q.Matter == store.ConflictMatter || q.Matter == store.PendingMatter && !q.Again):
				out.questions = append(out.questions, q)
			case err == nil, store.ErrorCode(err) == "ack_nothing": // decided in the meantime
			default:
				return listed{of: u, turn: turn, err: err}
			}
		}
		return out
	}
}

func (u *undecided) again(m *Model) tea.Cmd { return u.ask(m) }

// take takes in what waits. The cursor stays on its figure while that one waits.
func (u *undecided) take(m *Model, msg tea.Msg) tea.Cmd {
	got, ok := msg.(listed)
	if !ok || got.of != u || got.turn != u.turn {
		return nil
	}
	if u.wrong = got.err; u.wrong != nil {
		return nil
	}
	at := u.current()
	u.rows = nil
	for _, q := range got.questions {
		d := &deciding{key: q.Key, step: stepChoosing, question: q}
		d.settle()
		if at != nil && at.key == q.Key {
			u.row = len(u.rows)
		}
		u.rows = append(u.rows, d)
	}
	if len(u.rows) == 0 {
		m.over, m.notice = nil, m.words.Say("decide.none")
	}
	return nil
}

// current is the question under the cursor; none where there is none.
func (u *undecided) current() *deciding {
	if len(u.rows) == 0 {
		return nil
	}
	u.row = min(u.row, len(u.rows)-1)
	return u.rows[u.row]
}

// settled leaves out a figure that has been decided, and reports whether others wait.
func (u *undecided) settled(k store.Key) bool {
	u.done = append(u.done, k)
	u.rows = slices.DeleteFunc(u.rows, func(d *deciding) bool { return d.key == k })
	return len(u.rows) > 0
}

func (u *undecided) press(m *Model, _ string, act action) tea.Cmd {
	switch act {
	case actUp, actPrevPanel:
		u.row = max(0, u.row-1)
	case actDown, actNextPanel:
		u.row++
	case actFirst:
		u.row = 0
	case actLast:
		u.row = len(u.rows) - 1
	case actEnter, actDecide:
		if u.wrong != nil {
			return u.ask(m)
		}
		if d := u.current(); d != nil {
			return m.decideOn(d.key, u)
		}
	default:
		if closes(act) {
			m.over = nil
		}
	}
	u.row = max(0, min(u.row, len(u.rows)-1))
	return nil
}

func (u *undecided) draw(m *Model, c widget.Canvas) {
	d := u.current()
	if d == nil || u.wrong != nil {
		u.nothing(m, m.box(c, deciderRows))
		return
	}
	facts := d.facts(m)
	box := m.box(c, min(headRows+len(u.rows)+1+len(facts)+footLeast, m.h-head-2))
	u.title(m, box)
	top, end := 2, box.Height()-3
	if box.Height() < deciderRows {
		top, end = 1, box.Height()-2
	}
	room, rows, gap := end-top, len(u.rows), 0
	t := u.table(m)
	if room < leastRoom { // heads leave before the cell of what is under the cursor
		rows, t.More = min(rows, room-1), nil
		for i := range t.Columns {
			t.Columns[i].Head = ""
		}
	} else {
		gap = 1
		rows = min(rows+1, max(leastValues, room-gap-min(len(facts), leastFacts)))
	}
	t.Draw(box.Sub(0, top, box.Width(), rows))
	y := top + rows + gap
	d.put(m, box, y, fitting(facts, end-y))
	m.hints(box, 0, box.Height()-2, box.Width(), []hint{{"Enter", "key.decide"}, {"j/k", "key.move"}, {"Esc", "key.back"}})
}

// The rows of a list with heads, and those that it leaves to what is known of the one
// under the cursor: why it waits, its file and its cell.
const (
	leastRoom  = 6
	leastFacts = 3
)

// title says under what they wait, and how many.
func (u *undecided) title(m *Model, box widget.Canvas) {
	var count widget.Line
	if n := len(u.rows); n > 0 {
		count = widget.Text(style.AccentBold, m.words.Count("decide.count", n))
	}
	m.boxTitle(box, m.words.Say("decide.list"), widget.Text(style.Strong, m.frame().Title(u.spot)), count)
}

// nothing says that the list is being read, or why there is none.
func (u *undecided) nothing(m *Model, box widget.Canvas) {
	u.title(m, box)
	keys := []hint{{"Esc", "key.back"}}
	if u.wrong == nil {
		box.PutCut(0, 2, box.Width(), style.Quiet, m.words.Say("app.loading"))
	} else {
		keys = []hint{{"Enter", "decide.again"}, keys[0]}
		for y, line := range m.wrongLines(u.wrong, box.Width()) {
			box.LineCut(0, 2+y, box.Width(), line)
		}
	}
	m.hints(box, 0, box.Height()-2, box.Width(), keys)
}

// table is one figure a row. Of a narrow one age and cell leave last: those of the
// row under the cursor stand below it.
func (u *undecided) table(m *Model) *widget.Table {
	t := &widget.Table{Selected: u.row, Columns: []widget.Column{
		{Head: m.words.Say("head.unit"), Width: 8},
		{Head: m.words.Say("head.indicator"), Width: 8, Grow: 2},
		{Head: m.words.Say("head.fromto"), Width: 7, Align: widget.Right},
		{Head: m.words.Say("head.age"), Width: 6, Align: widget.Right, Drop: 4},
		{Head: m.words.Say("head.book"), Width: 14, Gap: 3, Grow: 1, Drop: 1},
		{Head: m.words.Say("head.cell"), Width: 5, Align: widget.Right, Drop: 3},
	}, More: func(n int) widget.Line { return widget.Text(style.Quiet, m.words.Count("list.more", n)) }}
	for _, d := range u.rows {
		row := d.listRow(m)
		t.Columns[2].Width = max(t.Columns[2].Width, row.Cells[2].Line.Width())
		t.Rows = append(t.Rows, row)
	}
	return t
}

// listRow sets what stands, quiet, before what it can be; of files that contradict
// each other every one has its say, and the newest its age and cell.
func (d *deciding) listRow(m *Model) widget.Row {
	ind, _ := m.board.Catalogue.ByCode(d.key.Indicator)
	name := ind.Head(m.words.Lang)
	if d.key.Period != m.board.Period {
		name = d.key.Period.String() + " " + name
	}
	q := d.question
	var value widget.Line
	if q.Stood.Cell.SHA256 != "" {
		value = widget.Text(style.Quiet, m.number(d.key.Indicator, q.Stood.Number)+" › ")
	}
	var last store.Stated
	for i, s := range q.Stated {
		if i > 0 {
			value = value.Text(style.Quiet, " / ")
		}
		value = value.Text(style.Strong, m.stated(q, s))
		if !s.Since().Before(last.Since()) {
			last = s
		}
	}
	return widget.Row{Cells: []widget.Cell{
		widget.Word(style.Ink, m.frame().Short(d.key.Unit)),
		widget.Word(style.Ink, name),
		{Line: value},
		{Line: m.frame().AgeLine(last.Since())},
		widget.Word(style.Ink, last.Cell.Path[strings.LastIndexByte(last.Cell.Path, '/')+1:]),
		widget.Word(style.Accent, last.Cell.Ref),
	}}
}
