package form

import (
	"slices"

	"jindu/store"
	"jindu/sync/sheet"
)

// cell returns what stands in a field's column of the row; where a merged cell
// reaches down, what stands at its top.
func (l *ledger) cell(field string) sheet.Cell {
	column := l.fields[field]
	if column == nil {
		return sheet.Cell{}
	}
	return l.cellAt(column.col)
}

func (l *ledger) cellAt(col int) sheet.Cell {
	spans := l.spans[col]
	i, exact := slices.BinarySearchFunc(spans, l.at.n, func(m sheet.Range, row int) int { return m.Row - row })
	if !exact {
		i--
	}
	if i >= 0 && spans[i].Holds(l.at.n, col) {
		return l.sheet.At(spans[i].Row, spans[i].Col)
	}
	return l.sheet.At(l.at.n, col)
}

// text returns a field's text as it stands, blank for what is no text or number.
func (l *ledger) text(field string) string { return textOf(l.cell(field)) }

func textOf(c sheet.Cell) string {
	switch c.Kind {
	case sheet.Text, sheet.Number:
		return c.Text
	default:
		return ""
	}
}

// find adds a finding at a field of the row, or at the whole row where it has no
// such column. Of persons nothing is told row by row.
func (l *ledger) find(rule, field string, args ...string) {
	if l.quiet && rule != "row_struck" {
		return
	}
	ref := sheet.Range{Row: l.at.n, Row2: l.at.n, Col2: l.lastColumn()}.Ref()
	if c := l.fields[field]; c != nil {
		ref = sheet.Ref(l.at.n, c.col)
	}
	l.findings = append(l.findings, store.NewFinding(rule, l.name, ref, args...))
}

// fault adds a finding about a field without which the row stands.
func (l *ledger) fault(rule, field string, args ...string) {
	l.at.lost[field] = true
	if l.quiet {
		return
	}
	l.faults++
	l.find(rule, field, args...)
}

// drop sets the row aside for a field without which it does not stand.
func (l *ledger) drop(rule, field string, args ...string) bool {
	l.bad++
	l.find(rule, field, args...)
	return false
}

func (l *ledger) lastColumn() int {
	last := 0
	for _, c := range l.fields {
		if c.name() != "" {
			last = max(last, c.col)
		}
	}
	return last
}

// head returns how a field's column is called in a finding.
func (l *ledger) head(field string) string {
	if c := l.fields[field]; c != nil {
		return c.both()
	}
	return ""
}

// main returns the column that a row is known by: of its telling fields the first
// that something stands in.
func (l *ledger) main() (*ledgerColumn, bool) {
	for _, must := range []bool{true, false} {
		for _, c := range l.columns {
			if c.name() != "" && c.field.Telling && (c.field.Required || !must) && l.cellAt(c.col).Kind != sheet.Blank {
				return c, true
			}
		}
	}
	return nil, false
}

// born returns the birth certificate of the row: the cell of a field, or of its
// main one where the sheet has no such column.
func (l *ledger) born(unitRef string, fields ...string) store.Cell {
	c, ok := l.main()
	for _, f := range fields {
		if one := l.fields[f]; one != nil {
			c, ok = one, true
			break
		}
	}
	if !ok {
		return store.Cell{Sheet: l.name, Ref: sheet.Ref(l.at.n, 0), UnitRef: unitRef}
	}
	return store.Cell{
		Sheet:      l.name,
		Ref:        sheet.Ref(l.at.n, c.col),
		Header:     c.path,
		HeaderRefs: []string{c.ref},
		UnitRef:    unitRef,
	}
}

// responsible finds the unit of the row: its own, or the sheet's where it has no
// column for one. A row whose unit is not known is set aside and counted apart.
func (l *ledger) responsible() (others []string, ref string, ok bool) {
	code, ref := l.said.unit, l.said.unitRef
	field := l.form.unit
	if c := l.fields[field]; c != nil {
		code, others, ok = l.ownUnit(field)
		if !ok {
			return nil, "", false
		}
		ref = sheet.Ref(l.at.n, c.col)
	}
	bound := l.opt.BoundUnit
	switch {
	case code == "":
		return nil, "", l.drop("unit_unresolved", field)
	case bound != "" && !slices.Contains(l.opt.Units.Below(bound), code):
		return nil, "", l.drop("unit_bound", field, l.opt.Units.Name(bound), l.opt.Units.Name(code))
	}
	l.at.unit = code
	return others, ref, true
}

// ownUnit reads the unit column of the row: the first is responsible, others help.
func (l *ledger) ownUnit(field string) (code string, others []string, ok bool) {
	text := l.text(field)
	shape := shapeOf(text)
	switch {
	case fold(text) == "":
		return "", nil, l.drop("required_missing", field, l.head(field))
	case shape != "":
		return "", nil, l.drop("personal_data", field, shape)
	}
	codes, rule := l.unitsOf(text)
	if len(codes) == 0 {
		l.strangers++
		l.find(rule, field)
		return "", nil, false
	}
	if rule != "" {
		l.fault(rule, field)
	}
	return codes[0], codes[1:], true
}

var unitBreaks = newPattern(`[、,，;；/／\s]+`)

// unitsOf reads a cell that names one or more units. Where the first is unknown
// none are returned; of the others the known ones, and a rule.
func (l *ledger) unitsOf(text string) (codes []string, rule string) {
	for i, part := range append([]string{text}, unitBreaks.Split(text, -1)...) {
		code, bad := l.units.find(part)
		if e, ok := l.index.words["everyone"].whole(part); ok {
			code, bad = e.value, ""
		}
		if l.units.district(part) {
			code, bad = store.DistrictCode, ""
		}
		switch {
		case i == 0 && bad == "":
			return []string{code}, "" // the whole cell is one name
		case i == 0 || fold(part) == "":
		case bad != "" && len(codes) == 0:
			return nil, bad
		case bad != "":
			rule = bad
		case !slices.Contains(codes, code):
			codes = append(codes, code)
		}
	}
	if len(codes) == 0 && rule == "" {
		rule = "row_unit_unknown"
	}
	return codes, rule
}
