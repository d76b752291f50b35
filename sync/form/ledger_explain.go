package form

import (
	"cmp"
	"strconv"

	"jindu/store"
	"jindu/sync/sheet"
)

// note adds a sentence to the explanation: the code of a message and its arguments.
func (l *ledger) note(code string, args ...string) {
	l.notes = append(l.notes, store.ExplainNote{Code: code, Args: args})
}

// readHeads says of every head cell what it means.
func (l *ledger) readHeads(unit string) []store.Head {
	out := make([]store.Head, len(l.columns))
	for i, c := range l.columns {
		out[i] = store.Head{Sheet: l.name, Form: l.form.Code, Unit: unit, Ref: c.ref, Path: c.path, Means: c.name()}
	}
	return out
}

// whyUnread says why nothing is read from a column; of a head that is not known
// with the nearest that is.
func (l *ledger) whyUnread(c *ledgerColumn) (code string, args []string) {
	switch {
	case c.name() != "":
		return "", nil
	case c.field != nil && c.field.Kind == store.PersonalField, c.field == nil && personalHead(c.text) != "":
		return "why_personal", nil
	case c.field != nil && c.field.Kind == store.FreeField:
		return "why_free", nil
	case c.field != nil && c.field.Kind == store.OrdinalField:
		return "why_seq", nil
	case c.twin:
		return "why_twin", []string{sheet.ColumnName(l.fields[c.field.Name].col)}
	}
	if near := l.nearest(c.text); near != "" {
		return "why_unknown_near", []string{near}
	}
	return "why_unknown", nil
}

// nearest returns the head of the form that is closest to one that is not known.
func (l *ledger) nearest(text string) string {
	r := []rune(text)
	best, found := (len(r)+1)/3+1, ""
	if len(r) < 2 || len(r) > 30 {
		return ""
	}
	for _, f := range l.form.Fields {
		for _, head := range f.Heads {
			if d := distance(r, []rune(headStem(head)), best); d < best && f.Kind.Read() {
				best, found = d, headStem(head)
			}
		}
	}
	return found
}

// explainRows adds how many rows there were and what was counted.
func (l *ledger) explainRows() {
	l.note("explain_rows", strconv.Itoa(l.rows), strconv.Itoa(l.bad), strconv.Itoa(l.strangers))
	if l.strikes > 0 {
		l.note("explain_struck", strconv.Itoa(l.strikes))
	}
	if l.counts == nil {
		return
	}
	for _, p := range l.counts.plans {
		what := l.tallyName(p)
		switch {
		case p.dead != "":
			l.note(p.dead, what)
		case p.given > 0:
			l.note("explain_tally", what, strconv.Itoa(p.given))
		}
		if p.left > 0 {
			l.note("explain_tally_left", what, strconv.Itoa(p.left))
		}
	}
}

// tallyName says what a tally counts: an indicator, or the head of the field that
// is added up or broken down by.
func (l *ledger) tallyName(p *plan) string {
	if ind, ok := l.opt.Catalogue.ByCode(p.Indicator); ok {
		return ind.Name
	}
	name := cmp.Or(p.By, p.Sum)
	if f, ok := l.form.Field(name); ok {
		return f.Heads[0]
	}
	return "programme_" + name
}

// explained tells how the sheet was understood: every column, whose and of when it
// is, what was counted. Texts of cells that are no heads stay out: they could be
// a person's.
func (l *ledger) explained() []store.Explained {
	if !l.opt.Explain {
		return nil
	}
	last := l.columns[len(l.columns)-1].col
	e := store.Explained{
		Form:   l.form.Code,
		Heads:  sheet.Range{Row: l.top, Col: l.columns[0].col, Row2: l.first - 1, Col2: last}.Ref(),
		Period: store.Sourced{Value: l.said.period.String(), From: l.said.periodRef},
		Notes:  l.notes,
	}
	if l.fields[l.form.unit] == nil || l.quiet {
		e.Unit = store.Sourced{Value: l.said.unit, From: l.said.unitRef}
	}
	for _, c := range l.columns {
		one := store.ExplainedHead{At: sheet.ColumnName(c.col), Ref: c.ref, Path: c.path, Role: store.UnreadHead}
		if one.Why, one.Args = l.whyUnread(c); one.Why == "" {
			one.Role, one.Means = store.FieldHead, c.field.Name
			if c.field.Measure != "" {
				one.Measure = cmp.Or(c.measure, l.said.measure, c.field.Measure)
			}
			if n := l.lostIn(c.field.Name); n > 0 {
				one.Aside = n
			}
		}
		e.Columns = append(e.Columns, one)
	}
	return []store.Explained{e}
}

// lostIn returns how many cells of a field could not be read.
func (l *ledger) lostIn(field string) int {
	if l.counts == nil {
		return 0
	}
	return l.counts.lost[field]
}
