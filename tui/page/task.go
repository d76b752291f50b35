package page

import (
	"sort"
	"strconv"

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
		if b.place.Only != "" && b.visit.Page == "tasks" && all[i].Unit != b.place.Only {
			continue
		}
		state, days := all[i].State(b.Today)
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
func (b *build) taskFacts(scope string) []widget.Line {
	n := b.TaskCounts(scope)
	facts := []widget.Line{}
	if n.Overdue > 0 {
		facts = append(facts, widget.Text(style.BadBold, strconv.Itoa(n.Overdue)).Text(style.Quiet, " "+b.say("fact.overdue")))
	}
	if n.DueSoon > 0 {
		facts = append(facts, widget.Text(style.WatchBold, strconv.Itoa(n.DueSoon)).Text(style.Quiet, " "+b.say("fact.soon")))
	}
	return append(facts, b.age(n.Oldest))
}

// urgent makes the panel of what is late or soon due.
func (b *build) urgent(Spec) *Panel {
	scope := b.scope()
	p := &Panel{Head: widget.Panel{Facts: b.taskFacts(scope)}, Least: 4}
	t := &widget.Table{More: b.more, Columns: []widget.Column{
		{Head: b.say("head.days"), Width: 5, Align: widget.Right},
		{Head: b.say("head.task"), Width: 14, Grow: 1},
		{Head: b.say("head.unit"), Width: 10, Gap: 1, Align: widget.Right, Drop: 4},
		{Head: b.say("head.due"), Width: 5, Align: widget.Right, Drop: 3},
		{Head: b.say("head.doc"), Width: 12, Drop: 2},
		{Head: b.say("head.progress"), Width: 4, Align: widget.Right, Drop: 1},
	}}
	if b.w >= wide {
		t.Columns[2] = widget.Column{Head: b.say("head.unit"), Width: 16, Drop: 4}
	}
	for _, d := range b.dues(scope) {
		if d.urgency() > 2 {
			continue
		}
		t.Rows = append(t.Rows, b.taskRow(d))
		p.Spots = append(p.Spots, taskSpot(d.task))
	}
	if len(t.Rows) == 0 {
		return b.noTasks(p)
	}
	fitDays(t)
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
	progress := blank()
	if task.Percent >= 0 {
		progress = widget.Word(style.Ink, strconv.Itoa(task.Percent)+"%")
	}
	when := blank()
	if on := task.DueOn(b.Today); !on.IsZero() {
		when = widget.Word(style.Quiet, words.Day(on, b.Today))
	}
	return widget.Row{Cells: []widget.Cell{
		b.days(d),
		widget.Word(style.Ink, task.Title),
		b.unitCell(style.Quiet, task.Unit),
		when,
		widget.Word(style.Quiet, task.SourceDoc),
		progress,
	}}
}

// tasks makes the page of all tasks, in groups with a rule between them.
func (b *build) tasks(Spec) *Panel {
	p := &Panel{Bare: true, Least: 6}
	t := &widget.Table{More: b.more, Columns: []widget.Column{
		{Head: b.say("head.days"), Width: 5, Align: widget.Right},
		{Head: b.say("head.task"), Width: 20, Gap: 3, Grow: 1},
		{Head: b.say("head.unit"), Width: 16, Drop: 6},
		{Head: b.say("head.due"), Width: 5, Align: widget.Right, Drop: 5},
		{Head: b.say("head.doc"), Width: 11, Gap: 3, Drop: 4},
		{Head: b.say("head.progress"), Width: 4, Align: widget.Right, Drop: 3},
		{Head: b.say("head.moved"), Width: 4, Align: widget.Right, Drop: 2},
		{Head: b.say("head.cell"), Width: 5, Gap: 3, Drop: 1},
		{Head: b.say("head.where"), Width: 26, Drop: 1},
	}}
	last := -1
	list := b.dues(store.DistrictCode)
	b.sortTasks(list)
	for _, d := range list {
		if group := d.urgency(); b.place.Sort%3 == 0 && last >= 0 && group != last {
			t.Rows = append(t.Rows, widget.Row{Rule: true})
			p.Spots = append(p.Spots, Spot{})
		}
		last = d.urgency()
		row := b.taskRow(d)
		row.Cells = append(row.Cells, b.moved(d.task), widget.Word(style.Accent, d.task.Cell.Ref),
			widget.Cell{Line: whereLine(d.task.Cell.Path, d.task.Cell.Sheet, "")})
		t.Rows = append(t.Rows, row)
		p.Spots = append(p.Spots, taskSpot(d.task))
	}
	if len(t.Rows) == 0 {
		return b.noTasks(p)
	}
	fitDays(t)
	p.Table = t
	p.Rows = len(t.Rows) + 1
	return p
}

// fitDays widens the first column to its longest text: 余 103 is six cells.
func fitDays(t *widget.Table) {
	for _, row := range t.Rows {
		if !row.Rule {
			t.Columns[0].Width = max(t.Columns[0].Width, row.Cells[0].Line.Width())
		}
	}
}

// sortTasks orders by urgency, by unit, or by the document that set the task.
func (b *build) sortTasks(list []due) {
	switch b.place.Sort % 3 {
	case 1:
		sort.SliceStable(list, func(i, j int) bool {
			return b.Units.Rank(list[i].task.Unit) < b.Units.Rank(list[j].task.Unit)
		})
	case 2:
		sort.SliceStable(list, func(i, j int) bool { return list[i].task.SourceDoc < list[j].task.SourceDoc })
	}
}

// moved says how often a task's date was moved.
func (b *build) moved(t *store.Task) widget.Cell {
	if t.Changes == 0 {
		return blank()
	}
	return widget.Word(style.Watch, strconv.Itoa(t.Changes))
}
