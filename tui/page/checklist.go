package page

import (
	"sort"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
)

// checklist makes the table of what units have and have not: yes, no, or the state
// of what they have not said. Who lacks most comes first.
func (b *build) checklist(spec Spec) *Panel {
	all := b.unitsOf(spec)
	codes := b.reportedBy(all, spec.Rows)
	if len(codes) == 0 {
		return nil
	}
	var units []string
	lacking := map[string]int{}
	for _, u := range all {
		owes := false
		for _, code := range codes {
			l := b.Line(u, code)
			owes = owes || l.M > 0
			if l.M > 0 && !l.NA && l.Value.V != 1 {
				lacking[u]++
			}
		}
		if owes {
			units = append(units, u)
		}
	}
	sort.SliceStable(units, func(i, j int) bool { return lacking[units[i]] > lacking[units[j]] })
	p := &Panel{Least: 5, Head: widget.Panel{Facts: b.coverage(store.DistrictCode, codes)}}
	t := &widget.Table{Columns: b.checklistColumns(codes), More: b.more}
	total := []widget.Cell{widget.Word(style.Ink, b.say("row.yes"))}
	for _, code := range codes {
		total = append(total, b.yesses(units, code))
	}
	t.Rows = []widget.Row{{Fixed: true, Cells: append(total, blank(), blank())}}
	p.Spots, p.Grid = []Spot{{ID: "total", Unit: store.DistrictCode}}, [][]Spot{spotsOf(store.DistrictCode, codes)}
	for _, u := range units {
		t.Rows = append(t.Rows, b.checklistRow(u, codes))
		p.Spots = append(p.Spots, unitSpot(u))
		p.Grid = append(p.Grid, spotsOf(u, codes))
	}
	p.Table = t
	p.Rows, p.Want = len(t.Rows)+t.Heads(), min(len(t.Rows)+t.Heads(), 14)
	return p
}

func (b *build) checklistColumns(codes []string) []widget.Column {
	columns := []widget.Column{{Key: "unit", Head: b.say("head.unit"), Width: 12, Grow: 1}}
	for i, code := range codes {
		ind, _ := b.Catalogue.ByCode(code)
		col := widget.Column{Key: code, Align: widget.Right}
		col.Head, col.Under = b.heads(ind.Head(b.lang()))
		col.Width = max(5, widget.Width(col.Head), widget.Width(col.Under))
		if i > 0 {
			col.Drop = 10 + len(codes) - i
		}
		columns = append(columns, col)
	}
	return append(columns,
		widget.Column{Key: "oldest", Head: b.say("head.oldest"), Width: 6, Align: widget.Right, Drop: 1},
		widget.Column{Key: "mark", Head: b.say("head.mark"), Width: 2, Gap: 1, Align: widget.Right})
}

// yesses is how many of the units that owe an answer have said yes.
func (b *build) yesses(units []string, code string) widget.Cell {
	yes, of := 0, 0
	for _, u := range units {
		l := b.Line(u, code)
		if l.M == 0 || l.NA {
			continue
		}
		of++
		if l.Value.OK && l.Value.V == 1 {
			yes++
		}
	}
	return widget.Cell{Line: widget.Share(yes, of)}
}

func (b *build) checklistRow(unit string, codes []string) widget.Row {
	cells := []widget.Cell{b.unitCell(style.Ink, unit)}
	var whole store.Line
	for _, code := range codes {
		l := b.Line(unit, code)
		cells = append(cells, b.answer(l))
		whole.State = store.Worst(whole.State, l.State)
		whole.Waiting += l.Waiting
		if whole.Oldest.IsZero() || !l.Oldest.IsZero() && l.Oldest.Before(whole.Oldest) {
			whole.Oldest = l.Oldest
		}
	}
	return widget.Row{Cells: append(cells, widget.Cell{Line: b.AgeLine(whole.Oldest)}, b.lineMark(whole))}
}

// answer is yes, no, or why there is none. Only a no has a colour.
func (b *build) answer(l store.Line) widget.Cell {
	switch {
	case l.M == 0 || l.NA:
		return widget.Word(style.Quiet, widget.NotApplicable)
	case !l.Value.OK:
		look, word := b.value(l)
		return widget.Cell{Line: widget.Text(look, word), Short: style.MarkOf(l.State, b.lang()).Letter, By: worst(l.State)}
	case l.Value.V == 1:
		return widget.Word(style.Ink, b.say("check.yes"))
	default:
		return widget.Word(style.BadBold, b.say("check.no"))
	}
}
