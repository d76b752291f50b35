package main

import (
	"context"
	"math"
	"slices"

	"jindu/store"
)

// pullsListed is how many pulls a list goes back.
const pullsListed = 500

// cases lists the case ledger: dates, words of dictionaries and counts. The id is
// a keyed hash, so that a list can be compared with the next one and never with a file.
func (l *lister) cases(ctx context.Context) (*listing, error) {
	cases, err := l.db.Cases(ctx, l.at)
	if err != nil {
		return nil, err
	}
	out := &listing{columns: []column{
		{"id", "", "", false},
		{"unit", "单位", "unit", false},
		{"type", "类别", "type", false},
		{"class", "性质", "class", false},
		{"occurred", "发案", "occurred", false},
		{"accepted", "受理", "accepted", false},
		{"solved", "破案", "solved", false},
		{"closed", "结案", "closed", false},
		{"street", "街道", "street", false},
		{"suspects", "嫌疑人", "suspects", true},
		{"detained", "抓获", "detained", true},
		{"drug", "毒品", "drug", false},
		{"seized_g", "缴获克", "seized g", true},
		{"campaign", "", "", false},
		{"status", "状态", "status", false},
		{"workbook", "工作簿", "workbook", false},
		{"sheet", "", "", false},
		{"cell", "单元格", "cell", false},
		{"known_from", "", "", false},
	}}
	for _, c := range cases {
		if !l.wants(c.Unit) {
			continue
		}
		out.add(c.ID, l.unitCell(c.Unit), c.Type, c.Class, day(c.Occurred), day(c.Accepted), day(c.Solved), day(c.Closed),
			codedOr(c.Street, l.cfg.Units.Name(c.Street)), count(c.Suspects), count(c.Detained), optional(c.Drug), grams(c.SeizedG),
			optional(c.Campaign), optional(c.Status), c.Cell.Path, c.Cell.Sheet, c.Cell.Ref, c.KnownFrom)
	}
	return out, nil
}

// grams returns nothing for a quantity that was not given.
func grams(g float64) any {
	if g < 0 || math.IsNaN(g) {
		return nil
	}
	return g
}

// pulls lists the looks at the sources, the latest of each source first.
func (l *lister) pulls(ctx context.Context) (*listing, error) {
	pulls, err := l.db.Pulls(ctx, l.at, pullsListed)
	if err != nil {
		return nil, err
	}
	out := &listing{columns: []column{
		{"id", "", "", true},
		{"source", "来源", "source", false},
		{"started", "开始", "started", false},
		{"ended", "结束", "ended", false},
		{"listed", "文件", "files", true},
		{"fetched", "读取", "read", true},
		{"unchanged", "未变", "unchanged", true},
		{"accepted", "接受", "accepted", true},
		{"partial", "部分", "partly", true},
		{"refused", "拒收", "refused", true},
		{"error", "错误", "error", false},
	}}
	for _, p := range pulls {
		out.add(int(p.ID), p.Source, p.Started, p.Ended, p.Listed, p.Fetched, p.Unchanged,
			p.Accepted, p.Partial, p.Refused, optional(p.Error))
	}
	return out, nil
}

// findings lists what is open, the newest first. Workbook, sheet and cell are null
// where a finding is about the source or the file as a whole.
func (l *lister) findings(ctx context.Context) (*listing, error) {
	findings, err := l.db.Findings(ctx, l.at)
	if err != nil {
		return nil, err
	}
	out := &listing{columns: []column{
		{"workbook", "工作簿", "workbook", false},
		{"sheet", "表", "sheet", false},
		{"cell", "单元格", "cell", false},
		{"severity", "程度", "severity", false},
		{"rule", "", "", false},
		{"message", "问题", "finding", false},
		{"hint", "办法", "what to do", false},
		{"known_from", "自", "since", false},
		{"source", "", "", false},
		{"unit", "", "", false},
		{"indicator", "", "", false},
		{"period", "", "", false},
	}}
	// What asks for somebody stands first; within that, the newest.
	grave := map[store.Severity]int{store.Fault: 0, store.Warning: 1, store.Info: 2}
	slices.SortStableFunc(findings, func(x, y store.Finding) int { return grave[x.Severity] - grave[y.Severity] })
	for _, f := range findings {
		if !l.wants(f.Unit) || !l.wantsIndicator(f.Indicator) || !l.period.IsZero() && l.period != f.Period {
			continue
		}
		out.add(optional(f.Path), optional(f.Sheet), optional(f.Cell), string(f.Severity), f.Rule,
			f.Message(l.lang), f.Hint(l.lang), f.KnownFrom, f.Source, optional(f.Unit), optional(f.Indicator),
			optional(f.Period.String()))
	}
	return out, nil
}

// workbooks lists the latest version of each file, gone ones among them: their
// figures still stand.
func (l *lister) workbooks(ctx context.Context) (*listing, error) {
	books, err := l.db.Workbooks(ctx, l.at)
	if err != nil {
		return nil, err
	}
	out := &listing{columns: []column{
		{"id", "", "", true},
		{"source", "来源", "source", false},
		{"workbook", "工作簿", "workbook", false},
		{"version", "版本", "version", true},
		{"verdict", "判定", "verdict", false},
		{"live", "", "", false},
		{"unit", "单位", "unit", false},
		{"period", "期间", "period", false},
		{"figures", "数据", "figures", true},
		{"rows", "行", "rows", true},
		{"set_aside", "搁置", "set aside", true},
		{"received", "收到", "received", false},
		{"modified", "", "", false},
		{"gone_since", "不见", "gone", false},
		{"format", "", "", false},
		{"size", "", "", true},
		{"sha256", "", "", false},
	}}
	for _, w := range books {
		if !l.wants(w.Unit) || !l.period.IsZero() && l.period != w.Period {
			continue
		}
		out.add(int(w.ID), w.Source, w.Path, w.Version, string(w.Verdict), w.Live, codedOr(w.Unit, l.scopeName(l.cfg, w.Unit)),
			optional(w.Period.String()), w.Figures, w.Rows, w.SetAside, w.Received, w.Modified, w.GoneSince,
			w.Format, int(w.Size), w.SHA256)
	}
	return out, nil
}
