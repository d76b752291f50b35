package main

import (
	"context"
	"slices"
	"time"

	"jindu/store"
	"jindu/store/sqlite"
)

// figureColumns are the keys of a figure wherever it is listed.
func figureColumns() []column {
	return []column{
		{"unit", "", "", false},
		{"unit_name", "单位", "unit", false},
		{"indicator", "", "", false},
		{"indicator_name", "指标", "indicator", false},
		{"period", "期间", "period", false},
		{"value", "数值", "value", true},
		{"measure", "计量", "measure", false},
		{"state", "状态", "state", false},
		{"workbook", "工作簿", "workbook", false},
		{"sheet", "", "", false},
		{"cell", "单元格", "cell", false},
		{"known_from", "自", "since", false},
		{"known_to", "", "", false},
		{"derived", "", "", false},
		{"reported", "", "", true},
		{"expected", "", "", true},
		{"pending", "待确认", "pending", true},
		{"waiting", "", "", true},
		{"origin", "", "", false},
	}
}

// figures lists the units' own figures of all periods, and with --derived what
// is computed from them.
func (l *lister) figures(ctx context.Context) (*listing, error) {
	data, err := l.db.Snapshot(ctx, store.SnapshotRequest{Period: l.period, AsOf: l.at, Now: l.Now(), WithoutFindings: true})
	if err != nil {
		return nil, err
	}
	current := data.Period
	if data.Figures, err = l.db.Figures(ctx, sqlite.FigureQuery{AsOf: l.at}); err != nil {
		return nil, err
	}
	byPeriod := map[store.Period][]store.Figure{}
	own := make(map[store.Key]bool, len(data.Figures))
	for _, f := range data.Figures {
		byPeriod[f.Period] = append(byPeriod[f.Period], f)
		own[f.Key] = true
	}
	out := &listing{columns: figureColumns()}
	all := data.Figures
	snaps := map[store.Period]*store.Snapshot{}
	periods := l.periodsOf(all, data.Periods)
	for _, p := range periods {
		one := *data
		one.Period, one.Figures = p, slices.Clone(byPeriod[p])
		for _, part := range p.Shorter() { // of which totals are made, as on the board
			one.Figures = append(one.Figures, byPeriod[part]...)
		}
		snaps[p] = store.NewSnapshot(&one)
	}
	for _, f := range all {
		snap := snaps[f.Period]
		if snap == nil || f.NotApplicable || !l.wants(f.Unit) || !l.wantsIndicator(f.Indicator) || l.recomputed(f, own) {
			continue
		}
		shown, _ := snap.Figure(f.Unit, f.Indicator, f.Period)
		l.addFigure(out, snap, shown)
	}
	if l.derived {
		for _, p := range periods {
			l.addDerived(out, snaps[p], p == current)
		}
		if err := l.addTallies(ctx, out); err != nil {
			return nil, err
		}
	}
	if len(data.Pending) == 0 {
		out.hide("pending") // nothing waits: people need no empty column
	}
	return out, nil
}

// periodsOf returns the periods of the figures and those that the board offers, in
// order, or the one asked for: a longer one may be made of months though no file
// states it.
func (l *lister) periodsOf(figures []store.Figure, offered []store.Period) []store.Period {
	if !l.period.IsZero() {
		return []store.Period{l.period}
	}
	seen := map[store.Period]bool{}
	var out []store.Period
	add := func(p store.Period) {
		if !seen[p] {
			seen[p] = true
			out = append(out, p)
		}
	}
	for _, f := range figures {
		add(f.Period)
	}
	for _, p := range offered {
		add(p)
	}
	slices.SortFunc(out, func(a, b store.Period) int {
		switch {
		case a.Before(b):
			return -1
		case b.Before(a):
			return 1
		default:
			return 0
		}
	})
	return out
}

// recomputed reports whether a ratio that was printed gives way to the one that
// its parts give.
func (l *lister) recomputed(f store.Figure, own map[store.Key]bool) bool {
	ind, ok := l.cfg.Catalogue.ByCode(f.Indicator)
	if !ok || ind.Kind != store.Ratio {
		return false
	}
	return own[store.Key{Unit: f.Unit, Indicator: ind.Numerator, Period: f.Period}] &&
		own[store.Key{Unit: f.Unit, Indicator: ind.Denominator, Period: f.Period}]
}

// addFigure adds a unit's own figure: one unit has reported, and one was expected.
func (l *lister) addFigure(out *listing, snap *store.Snapshot, f store.Figure) {
	ind, _ := l.cfg.Catalogue.ByCode(f.Indicator)
	waits, waiting := pendingOf(snap, f.Key, l.cfg.Settings.Zone), 0
	if waits != nil {
		waiting = 1
	}
	out.add(f.Unit, l.cfg.Units.Name(f.Unit), f.Indicator, ind.Label(l.lang), f.Period.String(), measured{ind, f.Value},
		l.measure(ind), f.State.String(), f.Cell.Path, f.Cell.Sheet, f.Cell.Ref, f.KnownFrom, f.KnownTo,
		false, 1, 1, waits, waiting, string(ind.Origin))
}

// addDerived lists what is computed for one period: the totals of the district
// and of every unit with units below it, ratios, and what the mirror itself
// makes. Tasks stand as of today and belong to the current period alone.
func (l *lister) addDerived(out *listing, snap *store.Snapshot, current bool) {
	scopes := []string{store.DistrictCode}
	for _, u := range l.cfg.Units.All() {
		scopes = append(scopes, u.Code)
	}
	for _, scope := range scopes {
		if !l.wants(scope) {
			continue
		}
		total := scope == store.DistrictCode || len(l.cfg.Units.Below(scope)) > 1
		for _, ind := range l.cfg.Catalogue.Indicators {
			if !l.wantsIndicator(ind.Code) {
				continue
			}
			made := ind.Kind == store.Ratio || ind.Origin == store.FromMirror
			if !total && !made || ind.Group == "task" && ind.Origin == store.FromMirror && !current {
				continue
			}
			line := snap.Line(scope, ind.Code)
			if !line.Value.OK || line.Reported || !exact(snap, line) {
				continue
			}
			l.addLine(out, line)
		}
	}
}

// exact reports whether a line is of the snapshot's own period, or made of parts of it:
// for a month, a quarterly indicator shows its quarter's value, which is listed there.
func exact(snap *store.Snapshot, line store.Line) bool {
	last := line.Latest.Period
	return line.Latest.Unit == "" || last == snap.Period || len(snap.Period.Parts(last.Kind)) > 0
}

// addLine adds what was computed, with its completeness and no cell; it has been
// known as long as the oldest figure in it.
func (l *lister) addLine(out *listing, line store.Line) {
	name := l.scopeName(l.cfg, line.Scope)
	var since time.Time
	if line.N > 0 {
		since = line.Oldest
	}
	out.add(line.Scope, name, line.Indicator.Code, line.Indicator.Label(l.lang), line.Period.String(), measured{line.Indicator, line.Value.V},
		l.measure(line.Indicator), line.State.String(), nil, nil, nil, since, nil, true, line.N, line.M, (*pendingOut)(nil), line.Waiting, string(store.FromMirror))
}
