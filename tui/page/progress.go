package page

import (
	"math"
	"sort"
	"strconv"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
)

// goal is what is done beside what is to be done.
type goal struct {
	line       store.Line
	counts     store.Indicator // what done and todo count
	done, todo store.Num
	source     string // who asks for it: a document, or nobody for a configured target
}

// goalOf says what is to be done of an indicator: the denominator of a ratio, what
// the practice expects, or the target.
func (b *build) goalOf(scope, code string) goal {
	l := b.Line(scope, code)
	g := goal{line: l, counts: l.Indicator, done: l.Value}
	if l.Indicator.Kind == store.Ratio {
		g.done, g.todo = l.Numerator, l.Divisor
		g.counts, _ = b.Catalogue.ByCode(l.Indicator.Numerator)
		return g
	}
	for _, e := range b.Expected() {
		if e.Scope == scope && e.Practice.Indicator == code && l.Veil == store.Open {
			g.done, g.todo, g.source = store.Some(e.Done), store.Some(e.Expected), e.Practice.SourceIn(b.lang())
			return g
		}
	}
	g.todo = l.Target
	return g
}

// share is what is done of all, 1 and more when everything is.
func (g goal) share() (float64, bool) {
	if !g.done.OK || !g.todo.OK || g.todo.V == 0 {
		return 0, false
	}
	return g.done.V / g.todo.V, true
}

// look says whether enough is done: a ratio by its target, the others by all that
// is to be done.
func (g goal) look() style.Look {
	if look := doubt(g.line); look != style.Strong {
		return look.Role()
	}
	if g.line.Indicator.Kind == store.Ratio {
		return targetLook(g.line)
	}
	switch share, ok := g.share(); {
	case !ok || share >= 1:
		return style.Quiet
	case share < 0.85:
		return style.Bad
	default:
		return style.Watch
	}
}

// goals makes the panel of what is done of what is to be done: an indicator a
// row, or of one indicator a unit a row, the furthest behind first.
func (b *build) goals(spec Spec) *Panel {
	var goals []goal
	var names []widget.Cell
	whole := len(spec.Units) == 0
	p := &Panel{Least: 4, Head: widget.Panel{Facts: b.coverage(b.scope(), spec.Rows)}}
	if whole {
		for _, code := range spec.Rows {
			if g := b.goalOf(b.scope(), code); g.line.M > 0 && g.todo.OK {
				goals, names = append(goals, g), append(names, b.nameCell(g.line.Indicator))
			}
		}
	} else {
		goals = b.goalsOfUnits(spec)
		for _, g := range goals {
			names = append(names, b.unitCell(style.Ink, g.line.Scope))
		}
		if len(goals) > 0 {
			p.Head.Title = goals[0].line.Indicator.Head(b.lang())
		}
	}
	if len(goals) == 0 {
		return nil
	}
	t := &widget.Table{Columns: b.progressColumns(whole, goals), More: b.more}
	for i, g := range goals {
		t.Rows = append(t.Rows, b.progressRow(g, names[i]))
		p.Spots = append(p.Spots, figureSpot(g.line.Scope, g.line.Indicator.Code))
	}
	p.Table = t
	p.Rows, p.Want = len(t.Rows)+1, min(len(t.Rows)+1, 12)
	return p
}

// goalsOfUnits are those of one indicator, the furthest behind first and those
// that say nothing last.
func (b *build) goalsOfUnits(spec Spec) []goal {
	var out []goal
	for _, u := range b.unitsOf(spec) {
		if g := b.goalOf(u, spec.Rows[0]); g.line.M > 0 && (g.todo.OK || !g.line.Value.OK) {
			out = append(out, g)
		}
	}
	sort.SliceStable(out, func(i, j int) bool {
		p, pOK := out[i].share()
		q, qOK := out[j].share()
		if !pOK || !qOK {
			return pOK && !qOK
		}
		return p < q
	})
	return out
}

func (b *build) progressColumns(whole bool, goals []goal) []widget.Column {
	hang := 0
	for _, g := range goals {
		if widget.Decimals(g.counts) > 0 || g.todo.V != math.Trunc(g.todo.V) {
			hang = 2
		}
	}
	bar := min(36, max(6, b.w-28))
	columns := []widget.Column{
		{Key: "name", Head: b.say("head.indicator"), Width: 10, Grow: 1},
		{Width: bar, Yield: bar - leastBar},
		{Key: "done", Head: b.say("head.done"), Width: 5, Hang: hang, Gap: 1, Align: widget.Decimal},
		{Key: "todo", Head: b.say("head.todo"), Width: 5, Hang: hang, Gap: 1, Align: widget.Decimal},
		{Key: "percent", Head: "%", Width: 4, Gap: 1, Align: widget.Right, Drop: 5},
		{Key: "units", Head: b.say("head.units"), Width: 5, Align: widget.Right, Drop: 4},
		{Key: "oldest", Head: b.say("head.oldest"), Width: 6, Align: widget.Right, Drop: 3},
		{Key: "source", Head: b.say("head.source"), Width: 20, Drop: 1},
		{Key: "mark", Head: b.say("head.mark"), Width: 2, Gap: 1, Align: widget.Right},
	}
	if !whole {
		columns[0].Key, columns[0].Head = "unit", b.say("head.unit")
		columns[5].Width = 200 // of one unit, 1/1 says nothing
	}
	return columns
}

func (b *build) progressRow(g goal, name widget.Cell) widget.Row {
	l := g.line
	look, number := b.value(l)
	percent := blank()
	share, ok := g.share()
	if ok {
		percent = widget.Word(style.Quiet, strconv.Itoa(int(share*100+1e-9))) // never 100 before it is
		percent.By = widget.ByRank(share)
	}
	cells := []widget.Cell{
		name,
		{Part: widget.Bar{Value: g.done.V, Whole: max(g.done.V, g.todo.V), Target: b.tick(g), Look: g.look()}},
		plainCell(g.look()|style.Bold, g.done, g.counts),
		{Line: b.expected(g)},
		percent,
		{Line: widget.Share(l.N, l.M)},
		{Line: b.AgeLine(l.Oldest)},
		widget.Word(style.Quiet, widget.Clean(g.source)),
		b.lineMark(l),
	}
	if g.look() == style.Quiet {
		cells[2].Line = plain(style.Strong, g.done, g.counts)
	}
	if !g.done.OK {
		cells[1] = widget.Cell{Line: widget.Text(look, number), Across: 2}
		cells[2] = blank()
	}
	return widget.Row{Cells: cells}
}

// expected is what is to be done. What practice expects of a month may be no whole
// number: it is not rounded into one, but it is no finer than a tenth.
func (b *build) expected(g goal) widget.Line {
	if g.todo.OK && g.todo.V != math.Trunc(g.todo.V) {
		return widget.Commas(style.Quiet, widget.Number(g.todo.V, 1))
	}
	return plain(style.Quiet, g.todo, g.counts)
}

// tick is where the target stands on the bar: of a ratio so much of the whole, of
// the others all that is to be done.
func (b *build) tick(g goal) float64 {
	if g.line.Indicator.Kind != store.Ratio {
		return g.todo.V
	}
	if !g.line.Target.OK || g.line.Indicator.Scale == 0 {
		return 0
	}
	return g.todo.V * g.line.Target.V / g.line.Indicator.Scale
}
