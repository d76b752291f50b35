package page

import (
	"slices"
	"sort"
	"strconv"
	"strings"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
	"jindu/tui/words"
)

// due is a task and where it stands today.
type due struct {
	task  *store.Task
	state store.TaskState
	days  int
}

// urgency is the order of groups: overdue, due soon, later, undated, done.
func (d due) urgency() int {
	switch d.state {
	case store.StateOverdue:
		return 0
	case store.StateDueSoon:
		return 1
	case store.StateUndated:
		return 3
	case store.StateDone:
		return 4
	default:
		return 2
	}
}

// dues returns the scope's tasks, the most urgent first.
func (b *build) dues(scope string) []due {
	all := b.TasksOf(scope)
	out := make([]due, 0, len(all))
	for i := range all {
		state, days := all[i].State(b.Today, b.Settings.Calendar)
		out = append(out, due{&all[i], state, days})
	}
	sort.SliceStable(out, func(i, j int) bool {
		p, q := out[i], out[j]
		if p.urgency() != q.urgency() {
			return p.urgency() < q.urgency()
		}
		if p.state == store.StateOverdue {
			return p.days > q.days
		}
		return p.days < q.days
	})
	return out
}

// days says how a task stands in words and digits: 超 12, 今 0, 余 3; English
// signs the number instead.
func (b *build) days(d due) widget.Cell {
	look, word := style.Quiet, b.say("task.left")
	n := strconv.Itoa(d.days)
	switch d.state {
	case store.StateDone:
		return widget.Word(style.Good, b.say("task.done"))
	case store.StateUndated:
		return widget.Word(style.Quiet, b.say("task.undated"))
	case store.StateOverdue:
		look, word = style.BadBold, b.say("task.over")
		if b.lang() == store.English {
			n = "-" + n
		}
	case store.StateDueSoon:
		look = style.WatchBold
		if d.days == 0 {
			word = b.say("task.today")
		}
	default:
	}
	if word == "" {
		return widget.Word(look, n)
	}
	return widget.Word(look, word+" "+widget.PadLeft(n, max(2, len(n))))
}

// taskFacts is the head of a task panel: how many are late, how many are due
// soon, and when the ledger was read.
func (b *build) taskFacts(n store.TaskCounts) []widget.Line {
	facts := []widget.Line{}
	if n.Overdue > 0 {
		facts = append(facts, widget.Text(style.BadBold, strconv.Itoa(n.Overdue)).Text(style.Quiet, " "+b.say("fact.overdue")))
	}
	if n.DueSoon > 0 {
		facts = append(facts, widget.Text(style.WatchBold, strconv.Itoa(n.DueSoon)).Text(style.Quiet, " "+b.say("fact.soon")))
	}
	return append(facts, b.AgeLine(n.Oldest))
}

// urgent makes the panel of what is late or soon due.
func (b *build) urgent(Spec) *Panel {
	scope := b.scope()
	p := &Panel{Head: widget.Panel{Facts: b.taskFacts(b.TaskCounts(scope))}, Least: 4}
	var list []due
	for _, d := range b.dues(scope) {
		if d.urgency() <= 2 {
			list = append(list, d)
		}
	}
	if len(list) == 0 {
		return b.noTasks(p)
	}
	return b.taskTable(p, list)
}

// deadlines makes the panel of the tasks that a panel is about: of a strengthening,
// of a document or a meeting, of some kinds of unit. What is done stands last.
func (b *build) deadlines(spec Spec) *Panel {
	var list []due
	var tasks []store.Task
	for _, d := range b.dues(b.scope()) {
		if b.wanted(spec, d.task) && d.within(spec.Within) {
			list = append(list, d)
			tasks = append(tasks, *d.task)
		}
	}
	n := b.CountTasks(tasks)
	p := &Panel{Head: widget.Panel{Facts: b.taskFacts(n)}, Least: 4}
	if len(list) == 0 {
		p.Rows, p.Least = 1, 1
		p.Body = func(c widget.Canvas, _ bool) { c.PutCut(0, 0, c.Width(), style.Quiet, b.say("tasks.such")) }
		return p
	}
	p.Head.Facts = append([]widget.Line{widget.Share(n.Done, n.Listed).Text(style.Quiet, " "+b.say("fact.done"))}, p.Head.Facts...)
	return b.taskTable(p, list)
}

// within reports whether the task is late or due within so many days; 0 is no limit.
func (d due) within(days int) bool {
	return days == 0 || d.urgency() < 2 || d.urgency() == 2 && d.days <= days
}

// wanted reports whether the panel is about the task.
func (b *build) wanted(spec Spec, t *store.Task) bool {
	unit, _ := b.Units.ByCode(t.Unit)
	return (spec.Strong == nil || slices.Contains(spec.Strong, t.Strengthening)) &&
		(spec.Units == nil || contains(spec.Units, string(unit.Kind))) &&
		(spec.Docs == nil || slices.ContainsFunc(spec.Docs, func(doc string) bool { return strings.Contains(t.SourceDoc, doc) }))
}

// taskTable is the table of some tasks.
func (b *build) taskTable(p *Panel, list []due) *Panel {
	t := &widget.Table{More: b.more, Columns: []widget.Column{
		{Key: "days", Head: b.say("head.days"), Width: 5, Align: widget.Right},
		{Key: "task", Head: b.say("head.task"), Width: 14, Grow: 1},
		{Key: "unit", Head: b.say("head.unit"), Width: 10, Gap: 1, Align: widget.Right, Drop: 4},
		{Key: "due", Head: b.say("head.due"), Width: 5, Align: widget.Right, Drop: 3},
		{Key: "doc", Head: b.say("head.doc"), Width: 12, Drop: 2},
		{Key: "progress", Head: b.say("head.progress"), Width: 4, Align: widget.Right, Drop: 1},
	}}
	if b.w >= wide {
		t.Columns[2] = widget.Column{Key: "unit", Head: b.say("head.unit"), Width: 16, Drop: 4}
	}
	for _, d := range list {
		t.Rows = append(t.Rows, b.taskRow(d))
		p.Spots = append(p.Spots, taskSpot(d.task))
	}
	widen(t, 0)
	widen(t, 5) // the progress
	if !slices.ContainsFunc(list, func(d due) bool { return d.task.Unit != b.scope() }) {
		vacate(t, "unit") // on a unit's page its own name says nothing
	}
	p.Table = t
	p.Rows, p.Want = len(t.Rows)+1, 9
	return p
}

// noTasks says that there is nothing to do, or no ledger.
func (b *build) noTasks(p *Panel) *Panel {
	key := "tasks.settled"
	if b.TaskCounts(b.scope()).Listed == 0 {
		key = "tasks.none"
	}
	p.Rows, p.Least = 1, 1
	p.Body = func(c widget.Canvas, _ bool) { c.PutCut(0, 0, c.Width(), style.Quiet, b.say(key)) }
	return p
}

func (b *build) taskRow(d due) widget.Row {
	task := d.task
	when := blank()
	if on := d.task.CountsFrom(b.Today, b.Settings.Calendar); !on.IsZero() {
		when = widget.Word(style.Quiet, words.Day(on, b.Today))
		when.By = widget.ByText(on.String())
	}
	left := b.days(d)
	left.By = d.order()
	doc := widget.Word(style.Quiet, task.SourceDoc)
	if task.SourceDoc != "" { // what the last meetings decided is followed up first
		doc.By = widget.ByRank(float64(b.meetingOf(task))).And(task.SourceDoc)
	}
	return widget.Row{Cells: []widget.Cell{
		left,
		widget.Word(style.Ink, task.Title),
		{Line: widget.Text(style.Quiet, b.Doer(task.Unit, false)), Short: b.Doer(task.Unit, true), By: b.unitOrder(task.Unit)},
		when,
		doc,
		b.progress(d),
	}}
}

// order sorts by days, those that are over first; what has no date, or is done,
// has none to be sorted by.
func (d due) order() widget.Order {
	switch d.state {
	case store.StateDone, store.StateUndated:
		return widget.Order{}
	case store.StateOverdue:
		return widget.ByRank(-float64(d.days))
	default:
		return widget.ByRank(float64(d.days))
	}
}

// progress says what stops the task, how late it was done, or how far it is.
func (b *build) progress(d due) widget.Cell {
	late, _ := d.task.LateDays(b.Settings.Calendar)
	switch {
	case d.state == store.StateDone && late > 0:
		return widget.Word(style.Watch, b.say("task.late", late))
	case d.state == store.StateDone:
	case d.task.Stuck():
		return widget.Word(style.Watch, b.say("task."+string(d.task.Status)))
	case len(b.Awaited(*d.task)) > 0:
		return widget.Word(style.Watch, b.say("task.waits"))
	}
	if d.task.Percent < 0 {
		return blank()
	}
	return widget.Word(style.Ink, strconv.Itoa(d.task.Percent)+"%")
}

// meeting makes the line of what became of the last meeting's decisions; none
// where nobody says that a meeting decided anything.
func (b *build) meeting(Spec) *Panel {
	m, ok := store.LastMeeting(b.Meetings(), b.Today)
	if !ok || !b.place.Filters["tasks"].IsZero() {
		return nil
	}
	n := m.Counts
	line := widget.Text(style.Quiet, b.say("meeting.last")+" ").
		Text(style.Ink, words.Day(m.Held, b.Today)+" ").Text(style.Strong, m.Name)
	facts := []widget.Line{widget.Text(style.Quiet, b.Words.Count("meeting.decided", n.Listed))}
	for _, one := range []struct {
		look style.Look
		n    int
		key  string
	}{
		{style.Good, n.Done, "fact.done"},
		{style.Watch, m.Late, "meeting.late"},
		{style.BadBold, n.Overdue, "fact.overdue"},
		{style.Watch, m.Stuck, "meeting.stuck"},
		{style.Ink, n.DueSoon + n.Open + n.Undated, "fact.open"},
	} {
		if one.n > 0 {
			facts = append(facts, widget.Text(one.look, strconv.Itoa(one.n)).Text(style.Quiet, " "+b.say(one.key)))
		}
	}
	return &Panel{Bare: true, Rows: 1, Least: 1, Body: func(c widget.Canvas, _ bool) {
		right, line := widget.Join(2, facts...), line
		if line.Width()+2+right.Width() > c.Width() { // the name says what it is
			line = line[1:]
		}
		c.LineCut(0, 0, max(0, c.Width()-right.Width()-2), line)
		c.Line(max(0, c.Width()-right.Width()), 0, right)
	}}
}

// tasks makes the page of all tasks, in groups with a rule between them.
func (b *build) tasks(Spec) *Panel {
	p := &Panel{Bare: true, Least: 6}
	t := &widget.Table{More: b.more, Columns: []widget.Column{
		{Key: "days", Head: b.say("head.days"), Width: 5, Align: widget.Right},
		{Key: "workdays", Head: b.say("head.workdays"), Width: 6, Align: widget.Right, Drop: 2},
		{Key: "task", Head: b.say("head.task"), Width: 20, Gap: 3, Grow: 2},
		{Key: "unit", Head: b.say("head.unit"), Width: 16, Drop: 6},
		{Key: "due", Head: b.say("head.due"), Width: 5, Align: widget.Right, Drop: 5},
		{Key: "doc", Head: b.say("head.doc"), Width: 11, Gap: 3, Grow: 1, Drop: 3, Ruled: true},
		{Key: "progress", Head: b.say("head.progress"), Width: 4, Align: widget.Right, Drop: 4},
		{Key: "moved", Head: b.say("head.moved"), Width: 4, Align: widget.Right, Drop: 2},
		{Key: "cell", Head: b.say("head.cell"), Width: 5, Gap: 3, Drop: 1},
		{Key: "where", Head: b.say("head.where"), Width: 26, Drop: 1},
	}}
	last := -1
	for _, d := range b.dues(store.DistrictCode) {
		group := d.urgency()
		if last >= 0 && group != last {
			t.Rows = append(t.Rows, widget.Row{Rule: true})
			p.Spots = append(p.Spots, Spot{})
		}
		last = group
		row := b.taskRow(d)
		row.Cells = append(slices.Insert(row.Cells, 1, b.workdays(d)), b.moved(d.task), widget.Word(style.Accent, d.task.Cell.Ref),
			widget.Cell{Line: whereLine(d.task.Cell.Path, d.task.Cell.Sheet, "")})
		t.Rows = append(t.Rows, row)
		p.Spots = append(p.Spots, taskSpot(d.task))
	}
	if len(t.Rows) == 0 {
		return b.noTasks(p)
	}
	widen(t, 0)
	widen(t, 6) // the progress
	p.Table = t
	p.Rows = len(t.Rows) + 1
	return p
}

// widen widens a column to its longest text, as nothing is cut within a number: 余 103
// is six cells.
func widen(t *widget.Table, column int) {
	for _, row := range t.Rows {
		if !row.Rule {
			t.Columns[column].Width = max(t.Columns[column].Width, row.Cells[column].Line.Width())
		}
	}
}

// meetingOf is the place of the task's meeting, the last one first; tasks of no
// meeting come after all of them.
func (b *build) meetingOf(t *store.Task) int {
	all := b.Meetings()
	if !t.OfMeeting() {
		return len(all)
	}
	return slices.IndexFunc(all, func(m store.Meeting) bool { return m.Name == strings.TrimSpace(t.SourceDoc) })
}

// workdays says how many working days a task has left or is past its due date.
func (b *build) workdays(d due) widget.Cell {
	n, ok := d.task.Workdays(b.Today, b.Settings.Calendar)
	if !ok {
		return blank()
	}
	return widget.Word(style.Quiet, strconv.Itoa(n))
}

// moved says how often a task's date was moved.
func (b *build) moved(t *store.Task) widget.Cell {
	if t.Changes == 0 {
		return blank()
	}
	return widget.Word(style.Watch, strconv.Itoa(t.Changes))
}
