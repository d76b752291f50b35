package page

import (
	"strings"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
)

// grade makes the panel of one unit's items: what each scores, by whom, what it
// cost and where that stands. It follows the cursor of a board of grades.
func (b *build) grade(spec Spec) *Panel {
	all := b.Gradings(spec.Scheme)
	if len(all) == 0 {
		return nil
	}
	st := &all[0]
	unit := b.followed(spec)
	for i := range all {
		if all[i].Unit.Code == unit {
			st = &all[i]
		}
	}
	p := &Panel{Least: 3, Head: widget.Panel{
		Title: st.Unit.Name,
		Facts: []widget.Line{widget.Share(st.Known, len(st.Items)).Text(style.Quiet, " "+b.say("fact.items")), b.oldest(st.Oldest)},
	}}
	t := &widget.Table{Columns: b.itemColumns(st), More: b.more}
	for i := range st.Items {
		t.Rows = append(t.Rows, b.itemRow(&st.Items[i]))
		p.Spots = append(p.Spots, gradeSpot(st, i))
	}
	for _, c := range st.Alien {
		t.Rows = append(t.Rows, b.alienRow(c))
		p.Spots = append(p.Spots, Spot{ID: "grade alien " + c.Ref, Unit: st.Unit.Code})
	}
	p.Table = t
	p.Rows = len(t.Rows) + t.Heads()
	return p
}

// itemColumns: name, points and by whom stay; the reason has a column where there
// is room.
func (b *build) itemColumns(st *store.Grading) []widget.Column {
	score := spread{4, 2}
	for i := range st.Items {
		if one := &st.Items[i]; one.Why == store.NoEvidence {
			score.hold(spanOf(b, one.Low, one.High))
		}
	}
	by := 4
	if b.lang() == store.English {
		by = 8
	}
	return []widget.Column{
		{Key: "item", Head: b.say("head.item"), Width: 12, Grow: 1},
		{Width: min(24, max(6, b.w-60)), Drop: 4, Yield: min(24, max(6, b.w-60)) - leastBar},
		{Key: "score", Head: b.say("head.score"), Width: score.left, Hang: score.right, Gap: 1, Align: widget.Decimal},
		{Key: "points", Head: b.say("head.points"), Width: 4, Gap: 1, Align: widget.Right},
		{Key: "self", Head: b.say("head.self"), Width: 4, Hang: 2, Gap: 1, Align: widget.Decimal, Drop: 6},
		{Key: "by", Head: b.say("head.by"), Width: by, Drop: 7},
		{Key: "why", Head: b.say("head.why"), Width: 16, Drop: 3},
		{Key: "cell", Head: b.say("head.cell"), Width: 6, Drop: 8},
		{Key: "where", Head: b.say("head.where"), Width: 20, Gap: 1, Drop: 1},
		{Key: "age", Head: b.say("head.age"), Width: 6, Align: widget.Right, Drop: 9},
		{Key: "mark", Head: b.say("head.mark"), Width: 2, Gap: 1, Align: widget.Right},
	}
}

// itemRow is one item.
func (b *build) itemRow(i *store.ItemScore) widget.Row {
	self := blank()
	if i.Self.OK {
		self = widget.Figure(style.Quiet, trim(i.Self.V))
	}
	state := i.Line.State
	if i.Contradicts() {
		state = store.Worst(state, store.Suspect)
	}
	c := b.GradeCell(*i)
	by := blank()
	if i.By != store.ByNobody {
		by = widget.Word(style.Quiet, b.say("by."+string(i.By)))
	}
	return widget.Row{Cells: []widget.Cell{
		widget.Word(style.Ink, widget.Clean(i.Item.Label(b.lang()))),
		{Part: widget.Stretch{Low: i.Low, High: i.High, Whole: i.Item.Points, Look: stretchLook(scoreLook(i).Role())}},
		b.scoreCell(i, false),
		widget.Word(style.Quiet, trim(i.Item.Points)),
		self,
		by,
		widget.Word(style.Watch, b.GradeWhy(i)),
		widget.Word(style.Accent, c.Ref),
		{Line: whereLine(c.Path, c.Sheet, "")},
		{Line: b.AgeLine(i.Age())},
		b.mark(state),
	}}
}

// alienRow is a row of the unit's sheet about no item of the scheme.
func (b *build) alienRow(c store.Cell) widget.Row {
	cells := []widget.Cell{widget.Word(style.Watch, b.say("grade.alien"))}
	for range 6 {
		cells = append(cells, blank())
	}
	return widget.Row{Cells: append(cells, widget.Word(style.Accent, c.Ref), widget.Cell{Line: whereLine(c.Path, c.Sheet, "")}, blank(), b.mark(store.Suspect))}
}

// GradeWhy says why an item's points are not known, or that its veto is broken.
func (f *Frame) GradeWhy(i *store.ItemScore) string {
	switch {
	case i.Broken:
		return f.say("grade.vetoed")
	case i.Why == store.NoEvidence:
		return f.say("why."+i.Why) + " " + f.GradeForms(i.Lacking)
	case i.Why != "":
		return f.say("why." + i.Why)
	default:
		return ""
	}
}

// GradeForms lists forms by their names.
func (f *Frame) GradeForms(codes []string) string {
	names := make([]string, len(codes))
	for i, code := range codes {
		form, _ := f.Catalogue.FormByCode(code)
		names[i] = widget.Clean(form.Label(f.lang()))
	}
	return strings.Join(names, f.say("list.comma"))
}

// GradeRule says in words how an item is scored.
func (f *Frame) GradeRule(i store.GradeItem) string {
	ind, ok := f.Catalogue.ByCode(i.Indicator)
	measure := f.measure(ind)
	switch {
	case i.ByHand():
		return f.say("rule.hand")
	case !ok:
		return f.say("rule.evidence", trim(i.Lacking))
	case len(i.Bands) > 0:
		parts := make([]string, len(i.Bands))
		for k, one := range i.Bands {
			key := "rule.from"
			if i.AtMost {
				key = "rule.upto"
			}
			parts[k] = f.say(key, trim(one.At)+measure, trim(one.Points))
		}
		return strings.Join(append(parts, f.say("rule.else")), f.say("list.comma"))
	case i.Straight:
		return f.say("rule.straight", trim(i.Full)+measure, trim(i.Points), trim(i.None)+measure)
	case i.Base != "":
		base, _ := f.Catalogue.ByCode(i.Base)
		return f.say("rule.lacking", base.Head(f.lang()), ind.Head(f.lang()), trim(i.Deduct))
	case i.Deduct > 0:
		return f.say("rule.each", ind.Head(f.lang()), trim(i.Deduct))
	default:
		return f.say("rule.veto", trim(i.Points))
	}
}

// GradeVeto says when an item's veto is broken; nothing for those without one.
func (f *Frame) GradeVeto(i store.GradeItem) string {
	ind, _ := f.Catalogue.ByCode(i.Indicator)
	switch {
	case !i.Veto:
		return ""
	case i.Above:
		return f.say("rule.above", ind.Head(f.lang()), trim(i.Limit))
	default:
		return f.say("rule.below", ind.Head(f.lang()), trim(i.Limit))
	}
}

// NameValue is an indicator and its figure.
func (f *Frame) NameValue(l store.Line) widget.Line { return f.nameValue(l, "") }
