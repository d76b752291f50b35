package main

import (
	"context"

	"jindu/store"
	"jindu/tui/words"
)

// readiness lists every requirement of every unit: whether it is met, why, and by
// which cell.
func (l *lister) readiness(ctx context.Context) (*listing, error) {
	out := &listing{columns: []column{
		{"unit", "", "", false},
		{"unit_name", "单位", "unit", false},
		{"strengthening", "加强", "strengthening", true},
		{"requirement", "", "", false},
		{"requirement_name", "要求", "requirement", false},
		{"state", "状态", "state", false},
		{"why", "", "", false},
		{"why_text", "原因", "why", false},
		{"workbook", "工作簿", "workbook", false},
		{"sheet", "工作表", "sheet", false},
		{"cell", "单元格", "cell", false},
		{"known_from", "获知", "known", false},
		{"source", "依据", "source", false},
	}}
	data, err := l.db.Snapshot(ctx, store.SnapshotRequest{Period: l.period, AsOf: l.at, Now: l.Now()})
	if err != nil {
		return nil, err
	}
	say := words.Of(l.lang)
	for _, b := range store.NewSnapshot(data).Readiness(l.scope()) {
		for _, r := range b.Items {
			q := r.Requirement
			out.add(r.Unit, b.Unit.Name, q.Strengthening, q.Code, q.Label(l.lang), string(r.State), r.Why, say.Why(r),
				optional(r.Cell.Path), optional(r.Cell.Sheet), optional(r.Cell.Ref), r.From, q.Source)
		}
	}
	return out, nil
}

// scope is the unit that was asked for with those below it, or the district.
func (l *lister) scope() string {
	if l.unit != "" {
		return l.unit
	}
	return store.DistrictCode
}
