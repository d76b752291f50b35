package sync

import (
	"context"
	"maps"
	"slices"
	"strings"

	"jindu/store"
	"jindu/sync/form"
)

// drift tells what has changed in the heads of a workbook's sheets since the
// last one of the same form and unit: what is new, what is gone, and what was
// renamed. It is told before anything is applied and changes nothing by itself: a
// head that is not read any more leaves its figures missing, and this says why.
func (r *round) drift(ctx context.Context, rd *store.Reading) error {
	if rd.Workbook.Verdict == store.Rejected {
		return nil
	}
	var order []headGroup
	groups := map[headGroup][]store.Head{}
	for _, h := range rd.Heads {
		g := headGroup{h.Sheet, h.Form, h.Unit}
		if groups[g] == nil {
			order = append(order, g)
		}
		groups[g] = append(groups[g], h)
	}
	for _, g := range order {
		period, refused := sheetOf(rd, g.sheet)
		if refused {
			continue
		}
		before, err := r.Mirror.Heads(ctx, r.place.Name, g.form, g.unit, period)
		if err != nil {
			return err
		}
		if len(before) == 0 || sameHeads(before[0].Heads, groups[g]) {
			continue // as nearly always
		}
		d := drifting{round: r, group: g, now: r.layoutOf(g.form, groups[g])}
		if d.base(before, rd.Workbook.Path, period) {
			rd.Findings = append(rd.Findings, d.findings()...)
		}
	}
	return nil
}

// sameHeads reports whether two sheets have the same heads in the same places.
func sameHeads(a, b []store.Head) bool {
	return slices.EqualFunc(a, b, func(a, b store.Head) bool {
		return a.Ref == b.Ref && a.Means == b.Means && slices.Equal(a.Path, b.Path)
	})
}

// headGroup is what heads are compared by.
type headGroup struct{ sheet, form, unit string }

// sheetOf returns a sheet's own period, or else the file's, and whether the sheet
// was refused.
func sheetOf(rd *store.Reading, name string) (p store.Period, refused bool) {
	p = rd.Workbook.Period
	for _, s := range rd.Sheets {
		if s.Name == name {
			if !s.Period.IsZero() {
				p = s.Period
			}
			return p, s.Verdict == store.Rejected
		}
	}
	return p, false
}

// seenHead is a head that names something.
type seenHead struct {
	name string // see form.HeadName
	text string
	ref  string
}

// layout is the heads of one sheet: those that are read by what they mean, the
// others by their names.
type layout struct {
	read   map[string][]seenHead
	unread map[string]seenHead
}

// pastHeads names a list of heads of a sheet of before. The mirror hands out the
// same list for all sheets that were laid out alike.
type pastHeads struct {
	form  string
	first *store.Head
	n     int
}

// layoutBefore is layoutOf for heads that the mirror keeps, which many of the
// files of a pull are compared with.
func (r *round) layoutBefore(of string, heads []store.Head) layout {
	if len(heads) == 0 {
		return r.layoutOf(of, heads)
	}
	key := pastHeads{of, &heads[0], len(heads)}
	l, ok := r.layouts[key]
	if !ok {
		l = r.layoutOf(of, heads)
		if r.layouts == nil {
			r.layouts = map[pastHeads]layout{}
		}
		r.layouts[key] = l
	}
	return l
}

// layoutOf sorts heads. Those of units, periods, totals and the like are left
// out, as are those that are never read: they come and go.
func (r *round) layoutOf(of string, heads []store.Head) layout {
	l := layout{map[string][]seenHead{}, map[string]seenHead{}}
	for _, h := range heads {
		one := seenHead{ref: h.Ref}
		for _, text := range h.Path {
			if name := form.HeadName(text); name != "" {
				one.name, one.text = name, text
			}
		}
		switch {
		case one.name == "":
		case h.Means == "":
			if form.Sayable(one.text) && !r.neverRead(of, one.text) {
				l.unread[one.name] = one
			}
		case r.means(of, h.Means):
			l.read[h.Means] = append(l.read[h.Means], one)
		}
	}
	for _, heads := range l.read { // 同比 beside it is not read, and no name of its own
		for _, h := range heads {
			delete(l.unread, h.name)
		}
	}
	return l
}

// means reports whether a head means an indicator or a field, and not a part of
// the table such as units or periods.
func (r *round) means(of, what string) bool {
	if f, ok := r.Understanding.Catalogue.FormByCode(of); ok && f.Kind != store.ReportForm {
		_, isField := f.Field(what)
		return isField
	}
	_, ok := r.Understanding.Catalogue.ByCode(what)
	return ok
}

// neverRead reports whether a head is a known one of the ledger that is not read.
func (r *round) neverRead(of, text string) bool {
	f, _ := r.Understanding.Catalogue.FormByCode(of)
	return slices.ContainsFunc(f.Fields, func(one store.FormField) bool {
		return !one.Kind.Read() && slices.ContainsFunc(one.Heads, func(h string) bool { return form.HeadKey(h) == form.HeadKey(text) })
	})
}

// like returns how much of two layouts is the same, from 0 to 1. What is the same
// in a large and a small one does not make them alike: a sheet of one indicator
// is not a monthly report that has lost twenty.
func (l layout) like(o layout) float64 {
	same := 0
	for m := range l.read {
		if _, ok := o.read[m]; ok {
			same++
		}
	}
	for name := range l.unread {
		if _, ok := o.unread[name]; ok {
			same++
		}
	}
	all := max(len(l.read)+len(l.unread), len(o.read)+len(o.unread))
	if all == 0 {
		return 0
	}
	return float64(same) / float64(all)
}

// drifting is one sheet that is compared with the one before.
type drifting struct {
	*round
	group headGroup
	now   layout
	then  layout
	path  string // of the file before
}

// base finds the sheet to compare with: of a report that of the latest period
// before its own, so that what was found stays as long as the report is not
// mended; of a ledger the version before. A sheet that is less than half alike is
// another table and none to compare with.
func (d *drifting) base(before []store.HeadList, path string, period store.Period) bool {
	usable := func(b store.HeadList) bool {
		if period.IsZero() || b.Period.IsZero() {
			return period.IsZero() == b.Period.IsZero()
		}
		return b.Period.Kind == period.Kind && b.Period.Before(period)
	}
	rank := func(b store.HeadList) int {
		switch {
		case period.IsZero() && b.Path == path && b.Sheet == d.group.sheet:
			return 0
		case b.Sheet == d.group.sheet:
			return 1
		default:
			return 2
		}
	}
	candidates := slices.DeleteFunc(slices.Clone(before), func(b store.HeadList) bool { return !usable(b) })
	slices.SortStableFunc(candidates, func(a, b store.HeadList) int { // the latest period first as they come
		if a.Period != b.Period {
			return 0
		}
		return rank(a) - rank(b)
	})
	for _, b := range candidates {
		if then := d.layoutBefore(d.group.form, b.Heads); d.now.like(then) >= 0.5 {
			d.then, d.path = then, b.Path
			return true
		}
	}
	return false
}

// findings tells the differences, in the order of what they mean. A head that is
// written otherwise and means what it meant is none: offices do so every month,
// and nobody has anything to do.
func (d *drifting) findings() []store.Finding {
	var out []store.Finding
	fresh := maps.Clone(d.now.unread)
	maps.DeleteFunc(fresh, func(name string, _ seenHead) bool { _, had := d.then.unread[name]; return had })
	for _, means := range slices.Sorted(maps.Keys(d.then.read)) {
		if len(d.now.read[means]) == 0 {
			out = append(out, d.lost(means, d.then.read[means][0], fresh))
		}
	}
	for _, means := range slices.Sorted(maps.Keys(d.now.read)) {
		if _, had := d.then.read[means]; !had && !d.wasUnread(d.now.read[means]) {
			out = append(out, d.say("head_new", store.Info, d.now.read[means][0].ref, d.now.read[means][0].text))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(fresh)) {
		out = append(out, d.say("head_new", store.Warning, fresh[name].ref, fresh[name].text))
	}
	for _, name := range slices.Sorted(maps.Keys(d.then.unread)) {
		if old := d.then.unread[name]; !d.stands(name) {
			out = append(out, d.say("head_gone", store.Info, old.ref, old.text, d.path))
		}
	}
	return out
}

// lost tells of a head that was read and is not there any more: renamed to one of
// those that are new and not read, or gone.
func (d *drifting) lost(means string, old seenHead, fresh map[string]seenHead) store.Finding {
	for _, near := range []bool{true, false} {
		for _, name := range slices.Sorted(maps.Keys(fresh)) {
			now := fresh[name]
			if near != (now.ref == old.ref) || !form.CouldBe(old.text, now.text, near) {
				continue
			}
			delete(fresh, name)
			return d.say("head_renamed", store.Warning, now.ref, old.text, now.text, d.alias(means, now.text))
		}
	}
	return d.say("head_gone", store.Warning, old.ref, old.text, d.path)
}

// alias is what can be pasted into the configuration so that the head is read.
func (d *drifting) alias(means, text string) string {
	if f, ok := d.Understanding.Catalogue.FormByCode(d.group.form); ok && f.Kind != store.ReportForm {
		return form.FieldAlias(d.group.form, means, text)
	}
	return form.Alias(means, text)
}

// stands reports whether a head of that name is there, read or not.
func (d *drifting) stands(name string) bool {
	if _, ok := d.now.unread[name]; ok {
		return true
	}
	for _, heads := range d.now.read {
		if hasName(heads, name) {
			return true
		}
	}
	return false
}

// wasUnread reports whether heads that are read now stood there and were not: the
// configuration has learned a name, and the sheet is what it was.
func (d *drifting) wasUnread(heads []seenHead) bool {
	return slices.ContainsFunc(heads, func(h seenHead) bool { _, had := d.then.unread[h.name]; return had })
}

func hasName(heads []seenHead, name string) bool {
	return slices.ContainsFunc(heads, func(h seenHead) bool { return h.name == name })
}

// say makes a finding about a head, which takes a severity of its own: what was
// read, or might have been, asks for somebody.
func (d *drifting) say(rule string, severity store.Severity, ref string, args ...string) store.Finding {
	f := store.NewFinding(rule, d.group.sheet, ref, args...)
	f.Severity = severity
	f.Unit = d.group.unit
	for i := range f.Args {
		f.Args[i] = strings.TrimSpace(f.Args[i])
	}
	return f
}
