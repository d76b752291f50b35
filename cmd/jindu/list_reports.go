package main

import (
	"context"
	"time"

	"jindu/store"
)

// What list reports says of a report.
const (
	reportOnTime  = "on_time"
	reportLate    = "late"
	reportPartial = "partial"
	reportRefused = "refused"
	reportMissing = "missing"
	reportDue     = "due"
)

// reports lists who owes which report and how it stands: of the period asked
// for, or of the last of each length that all units must have reported by now.
func (l *lister) reports(ctx context.Context) (*listing, error) {
	out := &listing{columns: []column{
		{"unit", "", "", false},
		{"unit_name", "单位", "unit", false},
		{"form", "", "", false},
		{"form_name", "表", "form", false},
		{"period", "期间", "period", false},
		{"due", "应报日期", "due", false},
		{"state", "情况", "state", false},
		{"on_time", "", "", false},
		{"received", "首次收到", "first received", false},
		{"last_received", "最近收到", "last received", false},
		{"days_late", "迟报天数", "days late", true},
		{"figures", "已报", "figures", true},
		{"expected", "应报", "expected", true},
		{"workbook", "工作簿", "workbook", false},
	}}
	periods := []store.Period{l.period}
	if l.period.IsZero() {
		data, err := l.db.Snapshot(ctx, store.SnapshotRequest{AsOf: l.at, Now: l.Now(), WithoutFindings: true})
		if err != nil {
			return nil, err
		}
		periods = store.NewSnapshot(data).LatestDue()
	}
	for _, p := range periods {
		data, err := l.db.Snapshot(ctx, store.SnapshotRequest{Period: p, AsOf: l.at, Now: l.Now(), WithoutFindings: true})
		if err != nil {
			return nil, err
		}
		for _, r := range store.NewSnapshot(data).Reports(store.DistrictCode) {
			if l.wants(r.Unit.Code) && (l.form == "" || l.form == r.Form.Code) {
				l.addReport(out, p, r)
			}
		}
	}
	return out, nil
}

// addReport adds a row: what never arrived has neither days nor a workbook.
func (l *lister) addReport(out *listing, p store.Period, r store.Report) {
	var onTime, late any
	var last time.Time
	if r.Reported > 0 {
		onTime, last = r.OnTime(), r.Newest
		late = 0
		if !r.OnTime() {
			late = max(0, store.DateOf(r.First.In(l.cfg.Settings.Zone)).Sub(r.Due))
		}
	}
	out.add(r.Unit.Code, r.Unit.Name, optional(r.Form.Code), r.Form.Label(l.lang), p.String(), r.Due.String(),
		reportState(r), onTime, r.First, last, late, r.Reported, r.Owed, optional(r.Latest.Cell.Path))
}

// reportState is the one word for how a report stands; whether what is partial
// came in time stands beside it.
func reportState(r store.Report) string {
	switch {
	case r.State == store.Refused || r.State == store.Conflict && r.Reported == 0:
		return reportRefused
	case r.Reported == 0 && r.State == store.Due:
		return reportDue
	case r.Reported == 0:
		return reportMissing
	case r.Partial:
		return reportPartial
	case r.OnTime():
		return reportOnTime
	default:
		return reportLate
	}
}
