package main

import (
	"context"
	"slices"

	"jindu/store"
	"jindu/tui/words"
)

// campaigns lists what campaigns have brought, and how units stand with targets that
// are to be reached within a month, a quarter, a half or a year: the district first,
// then unit by unit, each with what it rests on and until which day it tells.
func (l *lister) campaigns(ctx context.Context) (*listing, error) {
	out := &listing{columns: []column{
		{"campaign", "", "", false},
		{"campaign_name", "行动", "campaign", false},
		{"from", "", "", false},
		{"to", "", "", false},
		{"day", "第几天", "day", true},
		{"days", "共几天", "of", true},
		{"unit", "", "", false},
		{"unit_name", "单位", "unit", false},
		{"indicator", "", "", false},
		{"indicator_name", "指标", "indicator", false},
		{"value", "实际", "reached", true},
		{"measure", "计量", "measure", false},
		{"target", "目标", "target", true},
		{"rate", "完成%", "rate %", true},
		{"pace", "应到%", "pace %", true},
		{"basis", "依据", "by", false},
		{"until", "截至", "until", false},
		{"same_units", "", "", true},
		{"last", "上次同一天", "last", true},
		{"reported", "有数单位", "units", true},
		{"expected", "应有单位", "of", true},
		{"state", "状态", "state", false},
		{"oldest", "", "", false},
		{"workbook", "", "", false},
		{"sheet", "", "", false},
		{"cell", "最近一格", "latest cell", false},
	}}
	data, err := l.db.Snapshot(ctx, store.SnapshotRequest{Period: l.period, AsOf: l.at, Now: l.Now()})
	if err != nil {
		return nil, err
	}
	s := store.NewSnapshot(data)
	for _, c := range pursuits(s) {
		for _, code := range c.Indicators {
			if l.wantsIndicator(code) {
				l.standing(out, s, s.Standing(c, code))
			}
		}
	}
	return out, nil
}

// pursuits are the campaigns that have begun, and the spans within which units have
// targets.
func pursuits(s *store.Snapshot) []store.Campaign {
	out := slices.DeleteFunc(s.Campaigns(), func(c store.Campaign) bool { return c.Day(s.Today) < 1 })
	for _, cadence := range store.TargetSpans {
		c, ok := s.Within(string(cadence))
		for _, t := range s.Settings.Targets {
			if t.Every == string(cadence) && !slices.Contains(c.Indicators, t.Indicator) {
				c.Indicators = append(c.Indicators, t.Indicator)
			}
		}
		if ok && len(c.Indicators) > 0 {
			out = append(out, c)
		}
	}
	return out
}

// standing lists the district and every unit that is to tell, or tells.
func (l *lister) standing(out *listing, s *store.Snapshot, st *store.Standing) {
	for _, scope := range append([]string{store.DistrictCode}, st.Units()...) {
		if l.wants(scope) {
			l.result(out, s, st.Of(scope))
		}
	}
}

// result is one row.
func (l *lister) result(out *listing, s *store.Snapshot, r store.Result) {
	c := r.Campaign
	var latest store.Share
	if len(r.Shares) > 0 {
		latest = r.Shares[0]
	}
	out.add(c.Code, c.Label(l.lang), c.From.String(), c.To.String(), c.Reached(s.Today), c.Days(),
		r.Scope, l.scopeName(l.cfg, r.Scope), r.Indicator.Code, r.Indicator.Label(l.lang),
		known(r.Value), l.measure(r.Indicator), known(r.Target), known(rounded(r.Rate())), known(rounded(r.Pace())),
		l.basis(r.Basis), r.Until.String(), known(r.Last.Now), known(r.Last.Then), r.N, r.M, r.State.String(), r.Oldest,
		latest.Cell.Path, latest.Cell.Sheet, latest.Cell.Ref)
}

// basis is what a result rests on, for people in a word; nothing where it has none.
func (l *lister) basis(b store.Basis) coded {
	if b == store.NoBasis {
		return coded{code: string(b)}
	}
	return coded{string(b), words.Of(l.lang).Say("basis." + string(b))}
}

// rounded rounds a share to one decimal.
func rounded(n store.Num) store.Num { return store.Num{V: tenth(n.V), OK: n.OK} }
