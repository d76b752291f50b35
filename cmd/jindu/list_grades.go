package main

import (
	"context"

	"jindu/store"
)

// grades lists how the units stand in the schemes by which they are graded: of
// each unit the total, and below it the items with the cell that they rest on.
func (l *lister) grades(ctx context.Context) (*listing, error) {
	out := &listing{columns: []column{
		{"grade", "", "", false},
		{"grade_name", "", "", false},
		{"unit", "", "", false},
		{"unit_name", "单位", "unit", false},
		{"pilot", "试点", "pilot", false},
		{"item", "", "", false},
		{"item_name", "项目", "item", false},
		{"points", "标准分", "points", true},
		{"low", "得分", "scored", true},
		{"high", "至", "to", true},
		{"by", "来自", "by", false},
		{"reason", "说明", "note", false},
		{"veto", "否决", "veto", false},
		{"self", "自评", "self", true},
		{"checked", "复核", "checked", true},
		{"level", "等次", "level", false},
		{"level_best", "", "", false},
		{"target", "目标", "target", false},
		{"reach", "", "", false},
		{"short_least", "", "", true},
		{"short_most", "", "", true},
		{"items", "", "", true},
		{"items_known", "", "", true},
		{"indicator", "", "", false},
		{"value", "", "", true},
		{"measure", "", "", false},
		{"period", "期间", "period", false},
		{"state", "", "", false},
		{"workbook", "工作簿", "workbook", false},
		{"sheet", "", "", false},
		{"cell", "单元格", "cell", false},
		{"oldest", "最旧", "oldest", false},
		{"lacking", "", "", false},
		{"assessed_on", "", "", false},
		{"days", "", "", true},
	}}
	data, err := l.db.Snapshot(ctx, store.SnapshotRequest{Period: l.period, AsOf: l.at, Now: l.Now()})
	if err != nil {
		return nil, err
	}
	snap := store.NewSnapshot(data)
	for i := range l.cfg.Settings.Grades {
		g := &l.cfg.Settings.Grades[i]
		for _, one := range snap.Gradings(g) {
			if !l.wants(one.Unit.Code) {
				continue
			}
			l.addGrading(out, snap, one)
			for _, item := range one.Items {
				if l.wantsIndicator(item.Item.Indicator) {
					l.addGradeItem(out, one, item)
				}
			}
		}
	}
	return out, nil
}

// addGrading adds a unit's total: from which level to which it may reach, and how
// far it is from its target.
func (l *lister) addGrading(out *listing, snap *store.Snapshot, one store.Grading) {
	g := one.Grade
	var target, least, most, days, state any
	if one.Target >= 0 {
		target = g.Levels[one.Target].Label(l.lang)
		least, most = one.Short()
	}
	if n, _, ok := snap.DaysTo(g); ok {
		days = n
	}
	if one.Total.M > 0 {
		state = one.Total.State.String()
	}
	reason := string(one.Reach())
	switch {
	case one.Broken > 0:
		reason = "veto"
	case one.Disputed():
		reason = "disputed"
	}
	out.add(g.Code, g.Label(l.lang), one.Unit.Code, one.Unit.Name, one.Pilot, nil, l.lang.Pick("合计", "total"),
		one.Points, one.Low, one.High, nil, reason, one.Broken > 0, known(one.Self), nil,
		l.level(g, one.Worst), l.level(g, one.Best), target, string(one.Reach()), least, most, len(one.Items), one.Known,
		"grade_score", known(one.Total.Value), "分", snap.Period.String(), state,
		optional(one.Total.Latest.Cell.Path), optional(one.Total.Latest.Cell.Sheet), optional(one.Total.Latest.Cell.Ref), one.Oldest,
		nil, day(g.Assessed), days)
}

// level names a level; below the last there is none.
func (l *lister) level(g *store.Grade, place int) any {
	if place < len(g.Levels) {
		return g.Levels[place].Label(l.lang)
	}
	return nil
}

// addGradeItem adds an item: its cell is that of the figure that it is scored by, or
// of the row of the self-score sheet.
func (l *lister) addGradeItem(out *listing, one store.Grading, i store.ItemScore) {
	cell, state, period := i.Cell, "", ""
	if i.Line.Latest.Unit != "" {
		cell, period = i.Line.Latest.Cell, i.Line.Latest.Period.String()
	}
	var value, broken any
	if i.Item.Indicator != "" {
		value, state = known(i.Line.Value), i.Line.State.String()
	}
	if i.Item.Veto && !i.Open {
		broken = i.Broken
	}
	out.add(one.Grade.Code, one.Grade.Label(l.lang), one.Unit.Code, one.Unit.Name, one.Pilot, i.Item.Code, i.Item.Label(l.lang),
		i.Item.Points, i.Low, i.High, optional(string(i.By)), optional(i.Why), broken, known(i.Self), known(i.Checked),
		nil, nil, nil, nil, nil, nil, nil, nil, optional(i.Item.Indicator), value, optional(i.Line.Indicator.Measure),
		optional(period), optional(state), optional(cell.Path), optional(cell.Sheet), optional(cell.Ref), i.Age(),
		i.Lacking, day(one.Grade.Assessed), nil)
}
