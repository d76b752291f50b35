package page

import (
	"slices"
	"strings"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
	"jindu/tui/words"
)

// gradeSpot is an item of a unit's grading; below 0 it is the total.
func gradeSpot(st *store.Grading, item int) Spot {
	s := Spot{ID: "grade " + st.Unit.Code + "/", Unit: st.Unit.Code, Grading: st, Item: item}
	if item >= 0 {
		s.ID += st.Items[item].Item.Code
		s.Indicator = st.Items[item].Item.Indicator
	}
	return s
}

// Gradings returns how the units stand in a scheme, those furthest from their
// target first: of the scheme of that code, or of the first one.
func (b *Board) Gradings(scheme string) []store.Grading {
	for i := range b.Settings.Grades {
		g := &b.Settings.Grades[i]
		if scheme != "" && g.Code != scheme {
			continue
		}
		return b.gradings.get(g.Code, func() []store.Grading { return b.gradingsOf(g) })
	}
	return nil
}

// gradingsOf works out how the units stand in a scheme.
func (b *Board) gradingsOf(g *store.Grade) []store.Grading {
	all := b.Snapshot.Gradings(g)
	slices.SortStableFunc(all, func(x, y store.Grading) int {
		a, _ := x.Short()
		c, _ := y.Short()
		if a != c {
			return sign(c - a)
		}
		return sign(x.High - y.High)
	})
	return all
}

func sign(v float64) int {
	switch {
	case v < 0:
		return -1
	case v > 0:
		return 1
	default:
		return 0
	}
}

// grades makes the board of a scheme: units against items, what they add up to,
// the level that makes, and how far it is from the target.
func (b *build) grades(spec Spec) *Panel {
	all := b.Gradings(spec.Scheme)
	if len(all) == 0 {
		return nil
	}
	g := all[0].Grade
	at := b.place.Cursors[spec.Name]
	selected := min(max(at.Col, 0), len(g.Items))
	p := &Panel{Head: widget.Panel{Title: g.Label(b.lang()), Facts: b.gradeFacts(all)}}
	t := &widget.Table{Columns: b.gradeColumns(all, selected), More: b.more}
	for i := range all {
		st := &all[i]
		mark := 0
		if b.place.Panel == spec.Name && (at.ID == st.Unit.Code || at.ID == "" && i == 0) {
			mark = selected
		}
		t.Rows = append(t.Rows, b.gradeRow(st, mark))
		p.Spots = append(p.Spots, unitSpot(st.Unit.Code))
		grid := make([]Spot, len(st.Items))
		for k := range st.Items {
			grid[k] = gradeSpot(st, k)
		}
		p.Grid = append(p.Grid, grid)
	}
	p.Table = t
	p.Rows = len(t.Rows) + t.Heads()
	p.Least = min(p.Rows, 9) // it is what the page is for
	return p
}

// gradeFacts say when the assessment is, of how many units the points are certain,
// and how old the oldest of them is.
func (b *build) gradeFacts(all []store.Grading) []widget.Line {
	known := 0
	oldest := all[0].Oldest
	for _, st := range all {
		if st.Known == len(st.Items) {
			known++
		}
		if !st.Oldest.IsZero() && (oldest.IsZero() || st.Oldest.Before(oldest)) {
			oldest = st.Oldest
		}
	}
	facts := []widget.Line{b.units(known, len(all)), b.oldest(oldest)}
	if days, workdays, ok := b.DaysTo(all[0].Grade); ok {
		facts = append([]widget.Line{b.assessedIn(all[0].Grade.Assessed, days, workdays)}, facts...)
	}
	return facts
}

// assessedIn says when the assessment is, and in how many days.
func (b *build) assessedIn(on store.Date, days, workdays int) widget.Line {
	look := style.Ink
	if days >= 0 && days <= 30 {
		look = style.Watch
	}
	out := widget.Text(style.Quiet, b.say("grade.assessed", words.Day(on, b.Today))+"  ")
	switch {
	case days < 0:
		return out.Text(style.Quiet, b.say("grade.past", -days))
	case workdays < 0:
		return out.Text(look, b.Words.Count("grade.days", days))
	default:
		return out.Text(look, b.Words.Count("grade.days", days)).Text(style.Quiet, "  "+b.Words.Count("card.workdays", workdays))
	}
}

// gradeColumns: on a narrow panel the items farthest from the cursor leave first,
// and what the points add up to stays.
func (b *build) gradeColumns(all []store.Grading, selected int) []widget.Column {
	g, spreads := all[0].Grade, b.spreads(all)
	columns := []widget.Column{{Key: "unit", Width: 8, Grow: 1}}
	if b.w >= wide {
		columns[0].Width = 12
	}
	for i, item := range g.Items {
		far := i + 1 - max(1, selected)
		if far < 0 {
			far = -far
		}
		columns = append(columns, widget.Column{
			Key: item.Code, Head: widget.Clean(item.Head(b.lang())), Under: trim(item.Points),
			Width: spreads[i].left, Hang: spreads[i].right, Gap: 1, Align: widget.Decimal, Drop: 40 - min(far, 30),
		})
	}
	lack := spreads[len(g.Items)]
	level, target := widget.Width(b.say("grade.open")), 0
	for _, v := range g.Levels {
		level, target = max(level, widget.Width(v.Label(b.lang()))), max(target, widget.Width(v.Label(b.lang())))
	}
	for i := range all {
		level = max(level, b.levelCell(&all[i], style.Ink).Line.Width()) // below the last level stands a word of its own
	}
	if len(g.Pilots) > 0 {
		target += 1 + widget.Width(b.say("grade.pilot"))
	}
	bar := widget.Column{Width: 12, Drop: 9}
	if b.w >= wider {
		bar.Width = 24
	}
	return append(columns,
		widget.Column{Key: "score", Head: b.say("head.score"), Under: trim(g.Points()), Width: 4, Hang: 2, Gap: 2, Align: widget.Decimal},
		widget.Column{Key: "most", Head: b.say("head.most"), Width: 4, Hang: 2, Gap: 1, Align: widget.Decimal},
		bar,
		widget.Column{Key: "level", Head: b.say("head.level"), Width: level},
		widget.Column{Key: "target", Head: b.say("head.target"), Width: target, Drop: 60},
		widget.Column{Key: "short", Head: b.say("head.short"), Width: lack.left, Hang: lack.right, Gap: 1, Align: widget.Decimal, Drop: 50},
		widget.Column{Key: "self", Head: b.say("head.self"), Width: 4, Hang: 2, Gap: 1, Align: widget.Decimal, Drop: 45},
		widget.Column{Key: "filled", Head: b.say("head.judged"), Width: 5, Gap: 1, Align: widget.Right, Drop: 8},
		widget.Column{Key: "oldest", Head: b.say("head.oldest"), Width: 6, Align: widget.Right, Drop: 10},
		widget.Column{Key: "mark", Head: b.say("head.mark"), Width: 2, Gap: 1, Align: widget.Right})
}

// spread is how far a column of decimals reaches to both sides of its edge.
type spread struct{ left, right int }

// hold widens the spread so that it holds a text: a range is no number that a column
// would widen for by itself.
func (s *spread) hold(text string) {
	at := strings.IndexAny(text, ". ")
	if at < 0 {
		at = len(text)
	}
	s.left, s.right = max(s.left, widget.Width(text[:at])), max(s.right, widget.Width(text[at:]))
}

// spreads says how far each item reaches, and last what lacks to the target.
func (b *build) spreads(all []store.Grading) []spread {
	n := len(all[0].Items)
	out := make([]spread, n+1)
	for k := range out {
		out[k] = spread{4, 2}
	}
	for i := range all {
		for k := range all[i].Items {
			if one := &all[i].Items[k]; one.Why == store.NoEvidence {
				out[k].hold(spanOf(b, one.Low, one.High))
			}
		}
		out[n].hold(b.short(all[i].Short()))
	}
	return out
}

// short writes how many points lack: at least, or up to how many.
func (b *build) short(least, most float64) string {
	if least == 0 && most > 0 {
		return b.say("grade.upto", trim(most))
	}
	return trim(least)
}

// gradeRow is one unit.
func (b *build) gradeRow(st *store.Grading, selected int) widget.Row {
	cells := []widget.Cell{b.unitCell(style.Ink, st.Unit.Code)}
	state := store.Fresh
	for i := range st.Items {
		one := &st.Items[i]
		cells = append(cells, b.scoreCell(one, i+1 == selected))
		if one.By == store.ByMirror || one.Line.M > 0 {
			state = store.Worst(state, one.Line.State)
		}
		if one.Contradicts() {
			state = store.Worst(state, store.Suspect)
		}
	}
	if st.Disputed() {
		state = store.Worst(state, store.Suspect)
	}
	look := reachLook(st)
	target, aim := blank(), 0.0
	if st.Target >= 0 {
		level := st.Grade.Levels[st.Target]
		aim = level.Least
		target.Line = widget.Text(style.Quiet, level.Label(b.lang()))
		if st.Pilot {
			target.Line = widget.Text(style.Ink, level.Label(b.lang())+" ").Text(style.Accent, b.say("grade.pilot"))
		}
	}
	self, most := blank(), blank()
	if st.Low != st.High {
		most = widget.Figure(style.Quiet, trim(st.High))
	}
	if st.Total.Value.OK {
		self = widget.Figure(style.Quiet, trim(st.Total.Value.V))
	}
	return widget.Row{Cells: append(cells,
		widget.Cell{Line: widget.Text(look|style.Bold, trim(st.Low)), By: widget.ByNumber(store.Some(st.Low))},
		most,
		widget.Cell{Part: widget.Stretch{Low: st.Low, High: st.High, Whole: st.Points, Target: aim, Look: stretchLook(look)}},
		b.levelCell(st, look),
		target,
		b.lackCell(st),
		self,
		widget.Cell{Line: widget.Share(st.Known, len(st.Items))},
		widget.Cell{Line: b.AgeLine(st.Oldest)},
		b.mark(state))}
}

// stretchLook is the look of a bar: quiet when all is well.
func stretchLook(look style.Look) style.Look {
	if look == style.Ink {
		return style.Quiet
	}
	return look
}

// reachLook says how a unit stands with its target: bad where it is certain that
// more than a few points lack or that a veto is broken.
func reachLook(st *store.Grading) style.Look {
	least, _ := st.Short()
	switch st.Reach() {
	case store.ReachNo:
		if st.Broken > 0 || least > 5 {
			return style.Bad
		}
		return style.Watch
	case store.ReachOpen:
		return style.Watch
	default:
		return style.Ink
	}
}

// spanOf writes points that are known, or between which two they lie.
func spanOf(b *build, low, high float64) string {
	if low == high {
		return trim(low)
	}
	return b.say("grade.range", trim(low), trim(high))
}

// levelCell is the level that is certain, or that it is open.
func (b *build) levelCell(st *store.Grading, look style.Look) widget.Cell {
	if !st.Sure() {
		return widget.Word(style.Watch, b.say("grade.open"))
	}
	return widget.Word(look, b.levelName(st.Grade, st.Best))
}

// levelName is the name of a level; below the last there is none.
func (b *build) levelName(g *store.Grade, place int) string {
	if place < len(g.Levels) {
		return g.Levels[place].Label(b.lang())
	}
	return b.say("grade.none")
}

// lackCell is how many points lack to the target: at least, or where perhaps none do,
// at most.
func (b *build) lackCell(st *store.Grading) widget.Cell {
	least, most := st.Short()
	if st.Target < 0 {
		return blank()
	}
	look := style.Quiet
	if most > 0 {
		look = style.Ink
	}
	return widget.Cell{Line: widget.Text(look, b.short(least, most)), By: widget.ByNumber(store.Some(least))}
}

// scoreCell is an item's points: quiet where nothing was lost, in colour where half
// or all of it was; a word or letter where they are not known.
func (b *build) scoreCell(i *store.ItemScore, selected bool) widget.Cell {
	line := widget.Text(scoreLook(i), trim(i.Low))
	switch {
	case i.Broken:
		line = widget.Text(style.BadBold, b.say("grade.broken"))
	case i.Known() && i.Item.Points == 0:
		line = widget.Text(style.Quiet, b.say("grade.clear"))
	case i.Known():
	case i.Why == store.NoEvidence:
		line = widget.Text(style.Watch, spanOf(b, i.Low, i.High))
	case i.Why == store.NotApply:
		line = widget.Text(style.Quiet, widget.NotApplicable)
	case i.Why == store.Unshown:
		line = widget.Text(style.Quiet, b.say("value.withheld"))
	case i.Why == store.NoScore:
		line = widget.Text(style.Quiet, b.say("grade.unscored"))
	case i.Why == store.NoFigure && absent(i.Line.State):
		line = widget.StateLetter(i.Line.State, b.lang())
	case i.Why == store.NoFigure:
		line = widget.StateLetter(store.Never, b.lang())
	default:
		line = widget.StateLetter(store.Suspect, b.lang())
	}
	if selected && len(line) > 0 {
		line = widget.Text(style.AccentBold, line.Plain())
	}
	return widget.Cell{Line: line, By: widget.ByNumber(store.Num{V: i.High, OK: i.Known()})}
}

// absent reports whether the state says why a figure is not there; that some part of it
// is late does not.
func absent(s store.State) bool {
	switch s {
	case store.Fresh, store.Late, store.Corrected, store.Suspect, store.Stale:
		return false
	default:
		return true
	}
}

func scoreLook(i *store.ItemScore) style.Look {
	switch lost := i.Lost(); {
	case i.Broken:
		return style.Bad
	case lost == 0:
		return style.Quiet
	case i.High == 0:
		return style.Bad
	case 2*lost >= i.Item.Points:
		return style.Watch
	default:
		return style.Ink
	}
}

// gradeSource tells of an item: what it scores, by whom, and where that stands.
func (f *Frame) gradeSource(s Spot) []phrase {
	st := s.Grading
	i := st.Items[s.Item]
	what := widget.Text(style.Ink, f.Short(st.Unit.Code)+"  "+i.Item.Label(f.lang())+" ").
		Text(style.Strong, trim(i.Low))
	if i.Low != i.High {
		what = what.Text(style.Strong, f.say("grade.to")+trim(i.High))
	}
	all := []phrase{{line: what.Text(style.Quiet, "/"+trim(i.Item.Points)), keep: keepName}}
	if why := f.GradeWhy(&i); why != "" {
		all = append(all, phrase{line: widget.Text(style.Watch, why), keep: keepState})
	}
	if i.By != store.ByNobody {
		all = append(all, phrase{line: widget.Text(style.Quiet, f.say("by."+string(i.By))), keep: keepValue})
	}
	if c := f.GradeCell(i); c.Ref != "" {
		all = append(all, where(nil, c.Path, c.Sheet, c.Ref), phrase{line: widget.Text(style.Quiet, f.stamp(i.Age())), keep: keepTime})
	}
	return all
}

// GradeCell is the cell that an item rests on: of its figure, or of the sheet's row.
func (f *Frame) GradeCell(i store.ItemScore) store.Cell {
	if i.Line.Latest.Unit != "" {
		return i.Line.Latest.Cell
	}
	return i.Cell
}
