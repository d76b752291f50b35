package main

import (
	"context"
	"math"

	"jindu/store"
	"jindu/store/sqlite"
)

// practice lists what is to be done beside what is done, with who asks for it:
// of the period asked for, or of the board's.
func (l *lister) practice(ctx context.Context) (*listing, error) {
	out := &listing{columns: []column{
		{"practice", "", "", false},
		{"unit", "", "", false},
		{"unit_name", "单位", "unit", false},
		{"indicator", "", "", false},
		{"indicator_name", "指标", "indicator", false},
		{"period", "期间", "period", false},
		{"expected_count", "应做", "expected", true},
		{"done", "已做", "done", true},
		{"rate", "完成率%", "rate %", true},
		{"measure", "计量", "measure", false},
		{"reported", "已报单位", "units", true},
		{"expected", "应报单位", "of", true},
		{"oldest", "最旧", "oldest", false},
		{"source", "依据", "source", false},
	}}
	data, err := l.db.Snapshot(ctx, store.SnapshotRequest{Period: l.period, AsOf: l.at, Now: l.Now(), WithoutFindings: true})
	if err != nil {
		return nil, err
	}
	if data.Figures, err = l.db.Figures(ctx, sqlite.FigureQuery{AsOf: l.at}); err != nil {
		return nil, err
	}
	tallies, err := l.db.Tallies(ctx, l.at)
	if err != nil {
		return nil, err
	}
	for _, e := range store.NewSnapshot(data).Expectations(tallies) {
		p := e.Practice
		if !l.wants(e.Scope) || !l.wantsIndicator(p.Indicator) {
			continue
		}
		ind, _ := l.cfg.Catalogue.ByCode(p.Indicator)
		var rate *float64
		if r := e.Rate(); r.OK {
			v := tenth(r.V)
			rate = &v
		}
		out.add(p.Code, e.Scope, l.scopeName(l.cfg, e.Scope), p.Indicator, ind.Label(l.lang), e.Period.String(),
			tenth(e.Expected), e.Done, rate, l.measure(ind), e.N, e.M, e.Oldest, p.SourceIn(l.lang))
	}
	return out, nil
}

// tenth rounds to one decimal: a month's share of a year's tests is no whole number.
func tenth(v float64) float64 { return math.Round(v*10) / 10 }
