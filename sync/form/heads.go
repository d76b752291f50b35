package form

import (
	"slices"

	"jindu/store"
)

// heads tells of every head of a sheet's tables, and of every label that names an
// indicator, what it was taken for, so that the next pull can tell what changed.
// The names of units are no heads: a row of a unit comes and goes.
func (rd *reader) heads(d *draft, out *store.Reading) {
	for _, t := range d.reports {
		unit := t.unit
		add := func(c *coord, means string, words []*label) {
			h := store.Head{Sheet: d.name, Form: d.reading.Form, Unit: unit, Ref: c.ref, Means: means}
			for _, w := range words {
				h.Path = append(h.Path, shown(w))
			}
			if len(h.Path) > 0 {
				out.Heads = append(out.Heads, h)
			}
		}
		for _, c := range slices.Concat(t.stubs, t.columns) {
			add(c, t.means(c, !t.byRow), c.words)
		}
		if !t.byRow {
			continue
		}
		for _, row := range t.rows {
			if len(row.names) > 0 {
				add(row, t.means(row, true), row.words)
			}
		}
	}
}

// means says in one word what a head was taken for: the code of an indicator, or
// unit, item, group, period, measure, value or total. Nothing: it is not read.
func (t *report) means(c *coord, names bool) string {
	switch {
	case c.stub != data:
		role := stubRoles[c.stub]
		if role == store.UnreadHead {
			return ""
		}
		return string(role)
	case c.aspect == change, c.misfit:
		return ""
	case names && c.ind != nil && c.ind.Printed():
		return c.ind.Code
	case c.total || c.area:
		return "total"
	case c.unit != "":
		return string(store.UnitHead)
	case c.ind != nil, len(c.names) > 0:
		return ""
	case c.when.named() || c.aspect != noAspect:
		return string(store.PeriodHead)
	default:
		return "value"
	}
}
