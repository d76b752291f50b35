package form

import (
	"slices"
	"strings"

	"jindu/store"
	"jindu/sync/sheet"
)

// time gives a figure its period. It returns false where row and column say
// different things or nothing that can be told.
func (rd *reader) time(t *report, f *fact) bool {
	w, ok := sameTime(f.row.when, f.col.when)
	if !ok || w.vague {
		return false
	}
	a := f.col.aspect
	switch {
	case a == noAspect:
		a = f.row.aspect
	case f.row.aspect != noAspect && f.row.aspect != a:
		return false
	}
	base := t.period
	f.timeRef = t.timeBy.trust.code()
	switch {
	case w.named():
		base = w.in(t.year)
	case w.kind == store.Year && w.year == t.year-1 && a == noAspect && !t.period.IsZero():
		a = yearAgo // 2025年 beside 2026年
	case w.kind == store.Year && w.year != t.year:
		return false
	}
	if ref := first(f.col.timeRef, f.row.timeRef); ref != "" && (w.named() || a == noAspect) {
		f.timeRef = ref
	}
	if t.cx.twice && a == noAspect && !w.named() {
		f.unclear = true
	}
	f.aspect = a
	f.period = aspectOf(a, base, first(keyOf(f.col), keyOf(f.row)))
	if f.period.IsZero() && a != change {
		return false
	}
	rd.place(f, a)
	f.derived = f.derived || a == cumulative && f.period.Kind == store.Month
	f.skip = a == change || f.skip
	return true
}

// sameTime joins what row and column say of time.
func sameTime(row, col when) (when, bool) {
	if row.named() && col.named() && (row.kind != col.kind || row.n != col.n) {
		return when{}, false
	}
	if row.year != 0 && col.year != 0 && row.year != col.year {
		return when{}, false
	}
	return join(row, col), true
}

// keyOf is the text of the head that gave the aspect.
func keyOf(c *coord) string {
	if c.aspect == noAspect || c.head == nil {
		return ""
	}
	return c.head.key
}

// aspectOf returns the period that an aspect of a base period is about.
func aspectOf(a aspect, p store.Period, key string) store.Period {
	if p.IsZero() {
		return p
	}
	end := p.End()
	switch a {
	case own:
		switch {
		case p.Kind == store.Year:
			return store.Period{}
		case strings.Contains(key, "月") && p.Kind > store.Month:
			return store.MonthOf(end.Year, int(end.Month))
		case strings.Contains(key, "季") && p.Kind > store.Quarter:
			return p.Of(store.Quarter)
		case strings.Contains(key, "季") && p.Kind < store.Quarter, strings.Contains(key, "周") && p.Kind != store.Week:
			return store.Period{}
		}
		return p
	case cumulative:
		if p.Kind == store.Week {
			return store.Period{}
		}
		return store.CumulativeTo(end.Year, int(end.Month))
	case yearAgo:
		if strings.Contains(key, "累计") {
			return store.CumulativeTo(end.Year-1, int(end.Month))
		}
		return p.YearAgo()
	case previous:
		if p.Kind == store.Half || p.Kind == store.Quarter || p.Kind == store.Month || p.Kind == store.Week {
			return p.Add(-1)
		}
		return store.Period{}
	case noAspect, change:
		return p
	default:
		return p
	}
}

// place puts a stock under the last month of a cumulative period, unless the
// catalogue reports it by quarter or half-year: then under the one that ends
// there. The 累计 beside the 本月 of a stock says nothing.
func (rd *reader) place(f *fact, a aspect) {
	if f.ind.Kind != store.Stock && f.ind.Kind != store.Check {
		return
	}
	if a == cumulative {
		f.skip = true
		return
	}
	switch f.period.Kind {
	case store.Quarter, store.Half, store.Cumulative, store.Year:
		last := f.period.Of(f.ind.Cadence.PeriodKind())
		f.derived, f.period = last != f.period, last
	default:
	}
}

// future sets figures of months to come aside. Noughts that a formula left
// there are no figures.
func (rd *reader) future(t *report, d *draft) {
	seen := map[string]bool{}
	var judged store.Period // most figures of a table are of one period
	ahead := false
	for i := range t.facts {
		f := &t.facts[i]
		if f.period != judged {
			judged, ahead = f.period, begins(f.period, rd.opt.MonthStarts).After(rd.opt.Today)
		}
		if f.skip || f.period.IsZero() || !ahead {
			continue
		}
		f.skip = true
		v, rule := parseValue(*f.cell)
		if f.total || v.missing || v.na || rule == "formula_no_value" || f.cell.Formula && v.num == 0 && rule == "" {
			continue
		}
		if rule == "" && v.num == 0 {
			if ref := sheet.ColumnName(f.col.at); !seen[ref] {
				seen[ref] = true
				d.find("period_future", f.cell.Ref(), f.period.String()).Severity = store.Info
			}
			continue
		}
		d.mapped++
		d.set(f, "period_future", f.period.String())
	}
}

// strangers names the rows, or columns, whose unit is not in the list, and
// counts them against those that are.
func (rd *reader) strangers(t *report, d *draft) {
	hasStub := has(t.stubs, func(c *coord) bool { return c.stub == unitStub })
	for _, row := range t.rows {
		if row.total || row.area || !hasStub || !t.filled(row) {
			continue
		}
		d.rows++
		if row.unit == "" {
			rd.stranger(d, row.label, t.page.lines[row.at].cells[0], row.many)
		}
	}
	if hasStub || !has(t.columns, hasUnit) {
		return
	}
	for _, col := range t.columns {
		switch {
		case col.unit != "":
			d.rows++
		case col.total || col.area || col.ind != nil || col.aspect != noAspect || col.when.named() || len(col.names) == 0 && !col.many:
		case t.holds(col):
			d.rows++
			rd.stranger(d, sheet.Cell{}, rd.headCell(t, col), col.many)
		}
	}
}

func (rd *reader) headCell(t *report, col *coord) sheet.Cell {
	for i := len(t.block.heads) - 1; i >= 0; i-- {
		if c := t.page.lines[t.block.heads[i]].at(col.at); c.Kind != sheet.Blank {
			return c
		}
	}
	return t.page.lines[t.block.heads[0]].at(col.at)
}

func (rd *reader) stranger(d *draft, label, at sheet.Cell, many bool) {
	if label.Kind != sheet.Blank {
		at = label
	}
	d.unknown++
	d.aside = true
	switch shape := shapeOfCell(at); {
	case shape != "":
		d.find("personal_data", at.Ref(), shape)
	case many:
		d.find("row_unit_ambiguous", at.Ref())
	default:
		d.find("row_unit_unknown", at.Ref())
	}
}

// filled reports whether a row holds anything under a column of figures.
func (t *report) filled(row *coord) bool {
	l := t.page.lines[row.at]
	return slices.ContainsFunc(t.columns, func(c *coord) bool {
		return l.at(c.at).Kind != sheet.Blank && c.ind != nil || t.byRow && l.at(c.at).Kind != sheet.Blank
	})
}

// plain reports whether a row holds figures that are not totals.
func (t *report) plain(row *coord) bool { return !row.total && !row.area && t.filled(row) }

// holds reports whether a column holds anything in the rows of the table.
func (t *report) holds(col *coord) bool {
	return slices.ContainsFunc(t.rows, func(r *coord) bool { return t.page.lines[r.at].at(col.at).Kind != sheet.Blank })
}

// unnamed reports the columns, or rows, whose indicator is not known or fits
// two, with the nearest name as a hint.
func (rd *reader) unnamed(t *report, d *draft) {
	t.headless(d)
	if t.byRow {
		for _, row := range t.rows {
			if row.ind == nil && !row.total && !row.area && len(row.names) > 0 && t.filled(row) {
				rd.unnamedOne(d, row, "row_unknown")
			}
		}
		if has(t.columns, hasUnit) {
			return
		}
	}
	for _, col := range t.columns {
		if col.ind != nil && t.byRow || len(col.names) > 0 && col.ind == nil && !col.total && !col.area {
			if t.holds(col) {
				rd.unnamedOne(d, col, "column_unknown")
			}
		}
	}
}

// headless reports the numbers that stand under no head, or beside no label: what
// they count cannot be told, and they are not dropped in silence.
func (t *report) headless(d *draft) {
	number := func(row, col *coord) bool {
		v, rule := parseValue(t.page.lines[row.at].at(col.at))
		return rule == "" && !v.missing && !v.na
	}
	for _, col := range t.bare {
		if i := slices.IndexFunc(t.rows, func(r *coord) bool { return number(r, col) }); i >= 0 {
			d.find("head_missing", t.page.lines[t.rows[i].at].at(col.at).Ref())
		}
	}
	if !t.byRow {
		return
	}
	for _, row := range t.rows {
		if len(row.names) > 0 || row.ind != nil || row.total || row.area {
			continue
		}
		if i := slices.IndexFunc(t.columns, func(c *coord) bool { return number(row, c) }); i >= 0 {
			d.find("head_missing", t.page.lines[row.at].at(t.columns[i].at).Ref())
		}
	}
}

// hints is for how many unknown heads of a sheet the nearest name is sought.
const hints = 30

func (rd *reader) unnamedOne(d *draft, c *coord, rule string) {
	if len(c.rivals) > 1 {
		d.aside = true
		d.find("column_ambiguous", c.ref, namesOf(c.rivals)...)
		return
	}
	var near []string
	if len(d.findings) < hints {
		near = rd.suggest(c)
	}
	d.find(rule, c.ref, near...)
}
