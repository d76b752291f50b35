package page

import (
	"strconv"
	"time"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
	"jindu/tui/words"
)

// unitGoals makes the panel of units beside their targets, the worst first: of the
// indicator under the cursor, or of the first of which units have targets.
func (b *build) unitGoals(spec Spec) *Panel {
	c, ok := b.campaignOf(spec)
	if !ok || c.Day(b.Today) < 1 || b.visit.Page != publicityPage && !b.near(c) {
		return nil
	}
	code, all := b.goalsOf(c)
	if len(all) == 0 {
		return nil
	}
	ind, _ := b.Catalogue.ByCode(code)
	t := &widget.Table{More: b.more, Columns: b.goalColumns(ind)}
	p := &Panel{Least: 5}
	var oldest time.Time
	for i := range all {
		t.Rows = append(t.Rows, b.goalRow(all[i]))
		p.Spots = append(p.Spots, resultSpot(&all[i]))
		oldest = earlier(oldest, all[i].Oldest)
	}
	reached, known := store.Reached(all)
	p.Head.Title = ind.Head(b.lang())
	if b.w >= wide {
		p.Head.Title = b.say("panel.goals") + " " + p.Head.Title
	}
	p.Head.Facts = []widget.Line{
		widget.Text(style.Quiet, b.say("campaign.reached")+" ").Text(style.Good, strconv.Itoa(reached)).Text(style.Quiet, "/"+strconv.Itoa(len(all))),
		b.units(known, len(all)), b.oldest(oldest),
	}
	p.Table = t
	p.Rows = len(t.Rows) + 1
	return p
}

// goalsOf returns the indicator of which units are shown beside their targets.
func (b *build) goalsOf(c store.Campaign) (code string, all []store.Result) {
	if at := b.place.Spot; at.Result != nil && at.Result.Campaign.Code == c.Code {
		if all := b.Standing(c, at.Indicator).Goals(); len(all) > 0 {
			return at.Indicator, all
		}
	}
	for _, code := range c.Indicators {
		if all := b.Standing(c, code).Goals(); len(all) > 0 {
			return code, all
		}
	}
	return "", nil
}

func (b *build) goalColumns(ind store.Indicator) []widget.Column {
	return []widget.Column{
		{Key: "unit", Head: b.say("head.unit"), Width: 8, Grow: 1},
		{Key: "bar", Width: min(24, max(5, b.w-31)), Drop: 4},
		{Key: "reached", Head: b.say("head.reached"), Width: 4, Gap: 1, Align: widget.Decimal},
		{Key: "target", Head: b.say("head.target"), Width: 4, Gap: 1, Align: widget.Right},
		{Key: "measure", Width: max(1, widget.Width(b.measure(ind))), Gap: 1, Drop: 2},
		{Key: "basis", Head: b.say("head.basis"), Width: 4, Drop: 1},
		{Key: "until", Head: b.say("head.until"), Width: 5, Align: widget.Right, Drop: 3},
		{Key: "age", Head: b.say("head.age"), Width: 6, Gap: 1, Align: widget.Right},
		{Key: "mark", Head: b.say("head.mark"), Width: 2, Gap: 1, Align: widget.Right},
	}
}

func (b *build) goalRow(r store.Result) widget.Row {
	look, number := b.resultValue(r)
	cells := []widget.Cell{
		b.unitCell(style.Ink, r.Scope),
		b.resultBar(r),
		{Line: widget.Commas(look, number), By: widget.ByNumber(r.Value)},
		b.resultTarget(r),
		widget.Word(style.Quiet, b.measure(r.Indicator)),
		widget.Word(style.Quiet, b.basis(r.Basis)),
		b.until(r),
		{Line: b.AgeLine(r.Oldest)},
		b.mark(r.State),
	}
	if !r.Value.OK {
		cells[1] = widget.Cell{Line: widget.Text(look, number), Across: 2, Leader: true}
		cells[2] = widget.Cell{}
	}
	return widget.Row{Cells: cells}
}

// plans makes the checklist of the work plans that units hand in; none where no
// task asks for one.
func (b *build) plans(spec Spec) *Panel {
	c, ok := b.campaignOf(spec)
	if !ok {
		return nil
	}
	all := b.Plans(c)
	if len(all) == 0 {
		return nil
	}
	n := store.CountPlans(all)
	p := &Panel{Least: 4}
	for _, one := range []struct {
		look style.Look
		n    int
		key  string
	}{{style.BadBold, n.Overdue, "plan.overdue"}, {style.Watch, n.Late, "plan.late"}, {style.Ink, n.Untold, "plan.untold"}} {
		if one.n > 0 {
			p.Head.Facts = append(p.Head.Facts, widget.Text(one.look, strconv.Itoa(one.n)).Text(style.Quiet, " "+b.say(one.key)))
		}
	}
	asked := n.In + n.Overdue + n.Open
	in := append(widget.Share(n.In, asked), widget.Text(style.Quiet, " "+b.say("plan.in"))...)
	p.Head.Facts = append(p.Head.Facts, in, b.oldest(b.oldestPlan(all)))
	t := &widget.Table{More: b.more, Columns: []widget.Column{
		{Key: "unit", Head: b.say("head.unit"), Width: 8, Grow: 1},
		{Key: "state", Head: b.say("head.state"), Width: 8},
		{Key: "due", Head: b.say("head.due"), Width: 5, Align: widget.Right, Drop: 1},
		{Key: "cell", Head: b.say("head.cell"), Width: 6},
	}}
	for _, one := range all {
		t.Rows = append(t.Rows, b.planRow(one))
		if one.Task == nil {
			p.Spots = append(p.Spots, Spot{ID: "plan " + one.Unit, Unit: one.Unit})
		} else {
			p.Spots = append(p.Spots, taskSpot(one.Task))
		}
	}
	p.Table = t
	p.Rows, p.Want = len(t.Rows)+1, 9
	return p
}

// oldestPlan is when the oldest of the ledgers came that tell of the plans.
func (b *build) oldestPlan(all []store.Plan) time.Time {
	var oldest time.Time
	for _, one := range all {
		if one.Task == nil {
			continue
		}
		came := one.Task.KnownFrom
		if w, ok := b.Book(one.Task.Cell.Workbook); ok {
			came = w.Received
		}
		oldest = earlier(oldest, came)
	}
	return oldest
}

func (b *build) planRow(p store.Plan) widget.Row {
	if p.Task == nil {
		return widget.Row{Cells: []widget.Cell{
			b.unitCell(style.Ink, p.Unit), {Line: widget.Text(style.Quiet, b.say("plan.unasked")), Across: 2}, {}, blank(),
		}}
	}
	return widget.Row{Cells: []widget.Cell{
		b.unitCell(style.Ink, p.Unit),
		b.planState(p),
		widget.Word(style.Quiet, words.Day(p.Task.Due, b.Today)),
		widget.Word(style.Accent, p.Task.Cell.Ref),
	}}
}

// planState says whether the plan is in, and how late: 已报, 迟 3, 日期未填, 超 12, 余 5.
func (b *build) planState(p store.Plan) widget.Cell {
	switch {
	case p.State == store.StateDone && p.Late > 0:
		return widget.Word(style.Watch, b.say("task.late", p.Late))
	case p.State == store.StateDone && p.Untold:
		return widget.Word(style.Ink, b.say("plan.untold"))
	case p.State == store.StateDone:
		return widget.Word(style.Good, b.say("plan.done"))
	default:
		return b.days(due{p.Task, p.State, p.Days})
	}
}
