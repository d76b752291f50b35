package form

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"jindu/store"
)

// totals holds the totals of a table against what they add up. A total that
// disagrees makes its parts suspect: nobody can tell which side is wrong.
func (rd *reader) totals(t *report, d *draft) {
	n := len(t.columns)
	at := func(r, c int) *fact { return t.grid[r*n+c] }
	for c, col := range t.columns {
		if col.total || col.area {
			continue
		}
		for r, row := range t.rows {
			if f := at(r, c); f != nil && (row.total || row.area) && summed(f) {
				rd.total(t, d, f, t.addedRows(r, c))
			}
		}
	}
	for c, col := range t.columns {
		if !col.total && !col.area {
			continue
		}
		if !t.byRow && col.ind == nil {
			t.across(d, c)
			continue
		}
		for r, row := range t.rows {
			if f := at(r, c); f != nil && !row.total && !row.area && summed(f) {
				rd.total(t, d, f, t.addedColumns(r, c))
			}
		}
	}
}

// summed reports whether a total of such a figure is a sum.
func summed(f *fact) bool {
	return !f.bad && !f.na && (f.ind.Kind == store.Flow || f.ind.Kind == store.Stock) && f.aspect != change
}

// across checks a total of several indicators, such as 合计 behind 刑事案件 and
// 行政案件. What it adds up is not written anywhere: it is judged only where it
// holds in some row.
func (t *report) across(d *draft, total int) {
	from := total
	for from > 0 && t.addable(t.columns[from-1], t.columns[total]) {
		from--
	}
	if total-from < 2 {
		return
	}
	type wrong struct {
		ref        string
		said, want float64
		parts      []*fact
	}
	var all []wrong
	holds, right := false, 0
	for r, row := range t.rows {
		v, rule := parseValue(t.page.lines[row.at].at(t.columns[total].at))
		parts := slices.DeleteFunc(slices.Clone(t.grid[r*len(t.columns)+from:r*len(t.columns)+total]), func(f *fact) bool { return f == nil })
		if row.total || row.area || rule != "" || v.missing || v.na || slices.ContainsFunc(parts, func(f *fact) bool { return f.bad }) {
			continue
		}
		sum := 0.0
		for _, f := range parts {
			sum += f.value
		}
		if sum == v.num {
			holds, right = holds || sum > 0, right+1
			continue
		}
		all = append(all, wrong{t.page.lines[row.at].at(t.columns[total].at).Ref(), v.num, sum, parts})
	}
	if !holds {
		return
	}
	t.checked, t.wrong = t.checked+right+len(all), t.wrong+len(all)
	for _, w := range all {
		d.find("total_mismatch", w.ref, plainNumber(w.said), plainNumber(w.want))
		for _, f := range w.parts {
			f.suspect = true
		}
	}
}

// addable reports whether a column can be a part of a total of several
// indicators: counts under the same heading.
func (t *report) addable(c, total *coord) bool {
	above := func(c *coord) []string { return c.header[:max(0, len(c.header)-1)] }
	return c.ind != nil && c.ind.Counted() && !c.total && !c.area && c.aspect == noAspect && c.when.none() && !amongst(c.names) &&
		slices.Equal(above(c), above(total))
}

// subtotal reports whether a label adds up only what stands next to it.
func subtotal(c *coord) bool {
	return c.head != nil && strings.Contains(c.head.key, "小计") || strings.Contains(c.place, "小计")
}

// addedRows returns the figures of a column that the total in a row adds up:
// all of the table, or for a 小计 those next to it.
func (t *report) addedRows(total, c int) []*fact {
	if !subtotal(t.rows[total]) {
		return t.partsOf(total, c, 0, len(t.rows))
	}
	sums := func(r int) bool { return t.rows[r].total || t.rows[r].area }
	above, below := total, total+1
	for above > 0 && !sums(above-1) {
		above--
	}
	for below < len(t.rows) && !sums(below) {
		below++
	}
	over := t.partsOf(total, c, total+1, below)
	if under := t.partsOf(total, c, above, total); above < total && (!t.sumsLead() || len(over) == 0) {
		return under
	}
	return over
}

// sumsLead reports whether the sub-totals of the table stand over their rows: the
// first of them has no row before it.
func (t *report) sumsLead() bool {
	for _, row := range t.rows {
		if !row.total && !row.area {
			return false
		}
		if subtotal(row) {
			return true
		}
	}
	return false
}

// partsOf returns the figures of rows that a total can add up: those of its own
// indicator, and not a year ago's beside this year's.
func (t *report) partsOf(total, c, from, to int) []*fact {
	sum := t.grid[total*len(t.columns)+c]
	var parts []*fact
	for r := from; r < to; r++ {
		if row := t.rows[r]; row.total || row.area {
			continue
		} else if row.unit == "" && t.unit == "" && t.filled(row) {
			return nil // a stranger's row was added, too
		}
		if f := t.grid[r*len(t.columns)+c]; f != nil && f.ind == sum.ind && f.aspect == sum.aspect {
			parts = append(parts, f)
		}
	}
	return parts
}

// addedColumns returns the figures of a row that a total column adds up: the
// same indicator and aspect for other units or months.
func (t *report) addedColumns(r, total int) []*fact {
	sum := t.grid[r*len(t.columns)+total]
	shortest := t.shortest()
	var parts []*fact
	for c, col := range t.columns {
		if col.total || col.area || subtotal(t.columns[total]) && !slices.Equal(col.header[:max(0, len(col.header)-1)], t.columns[total].header[:max(0, len(t.columns[total].header)-1)]) {
			continue
		}
		if col.unit == "" && len(col.names) > 0 && col.ind == nil && t.holds(col) {
			return nil // a stranger's column was added, too
		}
		f := t.grid[r*len(t.columns)+c]
		if col.when.named() && col.when.kind != shortest {
			continue // 1-6月 beside the months that it adds up
		}
		if f == nil || f.ind != sum.ind || f.col.aspect != t.columns[total].aspect {
			continue
		}
		parts = append(parts, f)
	}
	return parts
}

// shortest returns the kind of the shortest period that columns are of.
func (t *report) shortest() store.PeriodKind {
	kind := store.Year
	for _, c := range t.columns {
		if c.when.named() {
			kind = min(kind, c.when.kind)
		}
	}
	return kind
}

// total compares one total with its parts.
func (rd *reader) total(t *report, d *draft, f *fact, parts []*fact) {
	over := func(g *fact) bool { return g.unit == parts[0].unit }
	if len(parts) == 0 || f.ind.Kind == store.Stock && len(parts) > 1 && !slices.ContainsFunc(parts[1:], func(g *fact) bool { return !over(g) }) {
		return // a stock is not summed over months
	}
	sum, slackness, inner := 0.0, 0.0, 0.0
	units := map[string]bool{}
	for _, p := range parts {
		units[p.unit] = true
	}
	for _, p := range parts {
		if p.bad {
			return // a part is missing from the sum
		}
		if !p.na {
			sum += p.value
			slackness += p.step / 2
			if rd.below(p.unit, units) {
				inner += p.value
			}
		}
	}
	if f.ind.Counted() {
		slackness = 0
	}
	slackness += 1e-9 * math.Max(1, math.Abs(sum))
	t.checked++
	if math.Abs(f.value-sum) <= slackness || inner != 0 && math.Abs(f.value-(sum-inner)) <= slackness {
		return
	}
	t.wrong++
	one := d.find("total_mismatch", f.cell.Ref(), plainNumber(f.value), plainNumber(sum))
	one.Indicator, one.Period = f.ind.Code, f.period
	for _, p := range parts {
		p.suspect = true
	}
}

// below reports whether a unit belongs to another one of a set: the community
// of a street that stands in the same table is in the street's number already.
func (rd *reader) below(code string, set map[string]bool) bool {
	for u, ok := rd.opt.Units.ByCode(code); ok && u.Parent != ""; u, ok = rd.opt.Units.ByCode(u.Parent) {
		if set[u.Parent] {
			return true
		}
	}
	return false
}

// plainNumber writes a figure for a finding.
func plainNumber(v float64) string {
	return strconv.FormatFloat(math.Round(v*1e6)/1e6, 'f', -1, 64)
}
