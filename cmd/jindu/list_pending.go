package main

import (
	"context"
	"slices"
	"strconv"
	"time"

	"jindu/store"
)

// pendingOut is a value that waits, beside the accepted one of a figure: null
// where it does not apply or was withdrawn.
type pendingOut struct {
	Value     *float64  `json:"value"`
	Workbook  string    `json:"workbook"`
	Sheet     string    `json:"sheet"`
	Cell      string    `json:"cell"`
	KnownFrom time.Time `json:"known_from"`
}

// pendingOf returns what waits of a figure, or nothing.
func pendingOf(snap *store.Snapshot, k store.Key, zone *time.Location) *pendingOut {
	p, ok := snap.Waiting(k)
	if !ok {
		return nil
	}
	return &pendingOut{known(p.Number()), p.Cell.Path, p.Cell.Sheet, p.Cell.Ref, p.KnownFrom.In(zone)}
}

// text is the value as a cell of a table shows it.
func (p *pendingOut) text() string {
	switch {
	case p == nil:
		return ""
	case p.Value == nil:
		return "—"
	default:
		return number(*p.Value)
	}
}

// pending lists what waits for an officer, the accepted value beside the new one.
func (l *lister) pending(ctx context.Context) (*listing, error) {
	data, err := l.db.Snapshot(ctx, store.SnapshotRequest{Period: l.period, AsOf: l.at, Now: l.Now(), WithoutFindings: true})
	if err != nil {
		return nil, err
	}
	out := &listing{columns: []column{
		{"unit", "", "", false},
		{"unit_name", "单位", "unit", false},
		{"indicator", "", "", false},
		{"indicator_name", "指标", "indicator", false},
		{"period", "期间", "period", false},
		{"value", "现数", "accepted", true},
		{"pending", "待确认", "pending", true},
		{"measure", "计量", "measure", false},
		{"reason", "原因", "reason", false},
		{"workbook", "工作簿", "workbook", false},
		{"sheet", "", "", false},
		{"cell", "单元格", "cell", false},
		{"known_from", "自", "since", false},
	}}
	snap := store.NewSnapshot(data)
	l.sortPending(data.Pending)
	for _, p := range data.Pending {
		if !l.wants(p.Unit) || !l.wantsIndicator(p.Indicator) || !l.period.IsZero() && l.period != p.Period {
			continue
		}
		stands, err := l.accepted(ctx, snap, p.Key)
		if err != nil {
			return nil, err
		}
		ind, _ := l.cfg.Catalogue.ByCode(p.Indicator)
		out.add(p.Unit, l.cfg.Units.Name(p.Unit), p.Indicator, ind.Label(l.lang), p.Period.String(), known(stands), known(p.Number()),
			l.measure(ind), string(p.Why), p.Cell.Path, p.Cell.Sheet, p.Cell.Ref, p.KnownFrom)
	}
	return out, nil
}

// accepted returns the value that stands.
func (l *lister) accepted(ctx context.Context, snap *store.Snapshot, k store.Key) (store.Num, error) {
	if f, ok := snap.Figure(k.Unit, k.Indicator, k.Period); ok && f.Key == k {
		return f.Number(), nil
	}
	versions, err := l.db.Versions(ctx, k, l.at)
	if err != nil || len(versions) == 0 {
		return store.Num{}, err
	}
	return versions[len(versions)-1].Number(), nil
}

// sortPending puts what waits into the boards' order.
func (l *lister) sortPending(all []store.Pending) {
	slices.SortStableFunc(all, func(a, b store.Pending) int { return l.cfg.Units.Rank(a.Unit) - l.cfg.Units.Rank(b.Unit) })
}

// ackOut is the JSON of what was decided about a figure.
type ackOut struct {
	Matter   string    `json:"matter"`
	Decision string    `json:"decision"`
	Value    *float64  `json:"value"`
	Workbook string    `json:"workbook"`
	Sheet    string    `json:"sheet"`
	Cell     string    `json:"cell"`
	Why      string    `json:"why"`
	By       string    `json:"by"`
	At       time.Time `json:"at"`
}

// acksOut keeps the order of the decisions; none are an empty list.
func acksOut(all []store.Acknowledgement, zone *time.Location) []ackOut {
	out := []ackOut{}
	for _, a := range all {
		c := a.Decided.Cell
		out = append(out, ackOut{
			string(a.Matter), string(a.Decision), known(a.Decided.Number), c.Path, c.Sheet, c.Ref, a.Reason, a.By, a.At.In(zone),
		})
	}
	return out
}

// tellPending tells a person what waits beside the figure, or that something in
// a total does, and what was decided about it before.
func (a *app) tellPending(q *asked) {
	zone := q.cfg.Settings.Zone
	p, ok := q.snap.Waiting(q.own.Key)
	switch {
	case q.single() && ok:
		a.line("  " + join("  ", a.lang.Pick("待确认", "pending"), num(p.Number()), spoken(string(p.Why), a.lang),
			p.Cell.Source+"/"+p.Cell.Path, p.Cell.Sheet+"!"+p.Cell.Ref, when(p.KnownFrom, zone)))
	case q.line.Waiting > 0:
		a.line("  " + a.lang.Pick("待确认", "pending") + "  " + strconv.Itoa(q.line.Waiting) + a.lang.Pick(" 个数据", " figures"))
	}
	for _, one := range q.decided {
		a.line("  " + join("  ", a.decisionLine(one), one.By, when(one.At, zone), one.Reason))
	}
}
