package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"jindu/store"
	"jindu/tui/words"
)

// recordValues is what the fields of a ledger's row hold, by their names, in the
// order of the form: numbers, days, words; yes and no are 1 and 0.
type recordValues []recordValue

type recordValue struct {
	name  string
	head  string // as people call it
	value any
	said  string // the value as people read it
}

// MarshalJSON writes an object; fields that are blank have no key.
func (v recordValues) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, one := range v {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := json.Marshal(one.name)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(one.value)
		if err != nil {
			return nil, err
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// String writes the fields for people: 横幅 12；形式 讲座.
func (v recordValues) String() string {
	parts := make([]string, len(v))
	for i, one := range v {
		parts[i] = one.head + " " + one.said
	}
	return strings.Join(parts, "; ")
}

// valuesOf returns the fields of a row in the order of its form. The day that
// dates the row and its unit are left out: they have columns of their own.
func (l *lister) valuesOf(r store.Record) recordValues {
	form, _ := l.cfg.Catalogue.FormByCode(r.Form)
	place := map[string]int{}
	head := map[string]string{}
	for i, f := range form.Fields {
		place[f.Name], head[f.Name] = i+1, l.lang.Pick(f.Heads[0], cmp.Or(f.English, f.Heads[0]))
	}
	var out recordValues
	for name, v := range r.Values {
		out = append(out, recordValue{name, cmp.Or(head[name], name), fieldValue(v), l.said(name, v)})
	}
	slices.SortFunc(out, func(a, b recordValue) int {
		return cmp.Or(cmp.Compare(place[a.name], place[b.name]), cmp.Compare(a.name, b.name))
	})
	return out
}

// fieldValue returns a field as JSON has it.
func fieldValue(v store.Value) any {
	switch v.Kind {
	case store.CountField, store.NumberField, store.CheckField, store.FilledField:
		return v.Number
	case store.DateField:
		return v.Day.String()
	default:
		return v.Text
	}
}

// said is a field's value as people read it: units by their names, words that the
// program goes by in those of the screen.
func (l *lister) said(field string, v store.Value) string {
	switch v.Kind {
	case store.CountField, store.NumberField:
		return number(v.Number)
	case store.CheckField, store.FilledField:
		if v.Number > 0 {
			return l.lang.Pick("是", "yes")
		}
		return l.lang.Pick("否", "no")
	case store.DateField:
		return v.Day.String()
	case store.UnitField, store.UnitsField, store.StreetField:
		names := strings.Split(v.Text, ";")
		for i, code := range names {
			names[i] = l.cfg.Units.Name(code)
		}
		return strings.Join(names, l.lang.Pick("、", ", "))
	case store.WordField:
		return words.Of(l.lang).Word(field, v.Text)
	default:
		return v.Text
	}
}

// formName returns how a form is called, or its code where the configuration has
// it no more.
func (l *lister) formName(code string) string {
	form, _ := l.cfg.Catalogue.FormByCode(code)
	return cmp.Or(form.Label(l.lang), code)
}

// records lists the rows of the ledgers other than those of tasks and cases, each
// with the cell that it begins with.
func (l *lister) records(ctx context.Context) (*listing, error) {
	records, err := l.db.Records(ctx, l.at, l.form)
	if err != nil {
		return nil, err
	}
	out := &listing{columns: []column{
		{"form", "", "", false},
		{"form_name", "台账", "ledger", false},
		{"unit", "", "", false},
		{"unit_name", "单位", "unit", false},
		{"day", "日期", "day", false},
		{"values", "内容", "content", false},
		{"workbook", "工作簿", "workbook", false},
		{"sheet", "", "", false},
		{"cell", "单元格", "cell", false},
		{"known_from", "自", "since", false},
		{"known_to", "", "", false},
	}}
	for _, r := range records {
		if !l.wants(r.Unit) || !l.period.IsZero() && !within(r.Day, l.period) {
			continue
		}
		out.add(r.Form, l.formName(r.Form), r.Unit, l.scopeName(l.cfg, r.Unit), day(r.Day), l.valuesOf(r),
			r.Cell.Path, r.Cell.Sheet, r.Cell.Ref, r.KnownFrom, r.KnownTo)
	}
	return out, nil
}

// within reports whether a day lies in the period.
func within(d store.Date, p store.Period) bool {
	return !d.IsZero() && !d.Before(p.Start()) && !d.After(p.End())
}

// tallies lists what the ledgers count: what a report can be held against, and
// breakdowns by the words of a field.
func (l *lister) tallies(ctx context.Context) (*listing, error) {
	tallies, err := l.db.Tallies(ctx, l.at)
	if err != nil {
		return nil, err
	}
	out := &listing{columns: []column{
		{"form", "", "", false},
		{"form_name", "台账", "ledger", false},
		{"unit", "", "", false},
		{"unit_name", "单位", "unit", false},
		{"period", "期间", "period", false},
		{"indicator", "", "", false},
		{"indicator_name", "指标", "indicator", false},
		{"by", "", "", false},
		{"by_name", "按", "by", false},
		{"word", "类别", "word", false},
		{"value", "数值", "value", true},
		{"rows", "行", "rows", true},
		{"workbook", "工作簿", "workbook", false},
		{"sheet", "", "", false},
		{"cell", "单元格", "cell", false},
		{"known_from", "自", "since", false},
		{"known_to", "", "", false},
	}}
	for _, t := range tallies {
		if !l.wantsTally(t) {
			continue
		}
		ind, _ := l.cfg.Catalogue.ByCode(t.Indicator)
		out.add(t.Form, l.formName(t.Form), t.Unit, l.scopeName(l.cfg, t.Unit), optional(t.Period.String()),
			optional(t.Indicator), optional(ind.Label(l.lang)), optional(t.By), optional(l.fieldName(t)), codedOr(t.Word, words.Of(l.lang).Word(t.By, t.Word)),
			t.Value, t.Rows, t.Cell.Path, t.Cell.Sheet, t.Cell.Ref, t.KnownFrom, t.KnownTo)
	}
	return out, nil
}

// wantsTally reports whether a count is asked for.
func (l *lister) wantsTally(t store.Tally) bool {
	return l.wants(t.Unit) && l.wantsIndicator(t.Indicator) &&
		(l.form == "" || l.form == t.Form) && (l.period.IsZero() || l.period == t.Period)
}

// fieldName returns how the field is called by which a count is broken down.
func (l *lister) fieldName(t store.Tally) string {
	form, _ := l.cfg.Catalogue.FormByCode(t.Form)
	f, ok := form.Field(t.By)
	if !ok {
		return t.By
	}
	return l.lang.Pick(f.Heads[0], cmp.Or(f.English, f.Heads[0]))
}

// addTallies lists the ledgers' counts that name an indicator as what else is
// computed: each with its cell, and told from figures by where it is from. What
// is counted of a unit that the ledger names only in passing is listed too.
func (l *lister) addTallies(ctx context.Context, out *listing) error {
	tallies, err := l.db.Tallies(ctx, l.at)
	if err != nil {
		return err
	}
	for _, t := range tallies {
		ind, ok := l.cfg.Catalogue.ByCode(t.Indicator)
		if !ok || t.By != "" || !l.wantsTally(t) {
			continue
		}
		out.add(t.Unit, l.scopeName(l.cfg, t.Unit), t.Indicator, ind.Label(l.lang), t.Period.String(), t.Value, l.measure(ind),
			nil, t.Cell.Path, t.Cell.Sheet, t.Cell.Ref, t.KnownFrom, t.KnownTo, true, nil, nil, (*pendingOut)(nil), 0, string(store.FromLedger))
	}
	return nil
}
