package form

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"jindu/store"
)

// records reads a ledger whose rows have no type of their own: field by field,
// by what the form says of each.
func (l *ledger) records(out *store.Reading) {
	var records []store.Record
	seen := map[string]int{} // row
	l.eachRow(func() bool {
		r, ok := l.record()
		if !ok {
			return false
		}
		if key := r.Unit + "\x00" + l.content(); seen[key] > 0 {
			l.at.doubt = true
			l.find("row_repeated", "", fmt.Sprint(seen[key]))
		} else {
			seen[key] = l.at.n + 1
		}
		l.agree()
		records = append(records, r)
		return true
	})
	l.scoreTotals()
	if l.finish(out, len(records)) {
		out.Records = append(out.Records, records...)
		l.nameRecords(out.Records)
	}
}

func (l *ledger) record() (store.Record, bool) {
	if !l.required() {
		return store.Record{}, false
	}
	_, ref, ok := l.responsible()
	if !ok {
		return store.Record{}, false
	}
	for _, c := range l.columns {
		if name := c.name(); name != "" && !c.field.Required && name != l.form.unit {
			l.field(name)
		}
	}
	r := store.Record{Form: l.form.Code, Unit: l.at.unit, Values: l.at.values, Cell: l.born(ref)}
	r.Day = r.Values[l.form.Row].Day
	return r, true
}

// required reads the fields without which the row does not stand.
func (l *ledger) required() bool {
	for _, f := range l.form.Fields {
		c := l.fields[f.Name]
		if !f.Required || c == nil || c.name() == "" || f.Name == l.form.unit {
			continue
		}
		g := readers[f.Kind](l, c, l.cellAt(c.col))
		switch {
		case g.rule != "":
			l.at.lost[f.Name] = true
			return l.drop(g.rule, f.Name, g.args...)
		case g.Kind == "":
			return l.drop("required_missing", f.Name, l.head(f.Name))
		}
		l.keep(f.Name, g)
	}
	return true
}

// content is all that has been read of the row, as one text.
func (l *ledger) content() string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(l.at.values)) {
		v := l.at.values[name]
		v.Ref = ""
		fmt.Fprintf(&b, "%s=%v\x00", name, v)
	}
	for _, name := range slices.Sorted(maps.Keys(l.at.lost)) {
		fmt.Fprintf(&b, "%s?%d\x00", name, l.at.n) // what could not be read may differ
	}
	return b.String()
}

// naming are the kinds of field that a row is known by: they stay when its
// numbers are corrected.
var naming = []store.FieldKind{store.TitleField, store.VenueField, store.HashField, store.DocumentField, store.WordField}

// nameRecords gives every record an ID that stays while the row is about the same
// thing; of several about the same, each is told by its place among its equals.
func (l *ledger) nameRecords(all []store.Record) {
	seen := map[string]int{}
	for i, r := range all {
		if r.Form != l.form.Code {
			continue
		}
		key := "record\x00" + r.Form + "\x00" + r.Unit + "\x00" + r.Day.String()
		for _, f := range l.form.Fields {
			if v, ok := r.Values[f.Name]; ok && (f.Required || slices.Contains(naming, f.Kind)) {
				key += "\x00" + f.Name + "=" + v.Text + v.Day.String()
			}
		}
		seen[key]++
		all[i].ID = l.hash(fmt.Sprint(key, "\x00", seen[key]))
	}
}
