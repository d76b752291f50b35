package form

import (
	"slices"

	"jindu/store"
	"jindu/sync/sheet"
)

// cell returns what stands in a field's column of a row; where a merged cell
// reaches down, what stands at its top.
func (l *ledger) cell(row int, field string) sheet.Cell {
	column, ok := l.columns[field]
	if !ok {
		return sheet.Cell{}
	}
	spans := l.spans[column.col]
	i, exact := slices.BinarySearchFunc(spans, row, func(m sheet.Range, row int) int { return m.Row - row })
	if !exact {
		i--
	}
	if i >= 0 && spans[i].Holds(row, column.col) {
		return l.sheet.At(spans[i].Row, spans[i].Col)
	}
	return l.sheet.At(row, column.col)
}

// text returns a field's text as it stands, blank for what is no text or number.
func (l *ledger) text(row int, field string) string {
	switch c := l.cell(row, field); c.Kind {
	case sheet.Text, sheet.Number:
		return c.Text
	default:
		return ""
	}
}

// find adds a finding at a field of a row, or at the row's own field where it
// has no such column.
func (l *ledger) find(rule string, row int, field string, args ...string) {
	c, ok := l.columns[field]
	ref := sheet.Ref(row, c.col)
	if !ok {
		ref = sheet.Range{Row: row, Row2: row, Col2: l.lastColumn()}.Ref()
	}
	l.findings = append(l.findings, store.NewFinding(rule, l.name, ref, args...))
}

// fault adds a finding about a field without which the row stands.
func (l *ledger) fault(rule string, row int, field string, args ...string) {
	l.faults++
	l.find(rule, row, field, args...)
}

func (l *ledger) lastColumn() int {
	last := 0
	for _, c := range l.columns {
		last = max(last, c.col)
	}
	return last
}

// head returns how a field's column is called on the sheet.
func (l *ledger) head(field string) string { return l.columns[field].head }

// born returns the birth certificate of a row: the cell of its main field.
func (l *ledger) born(row int, field, unitRef string) store.Cell {
	c := l.columns[field]
	return store.Cell{
		Sheet:      l.name,
		Ref:        sheet.Ref(row, c.col),
		Header:     []string{c.head},
		HeaderRefs: []string{c.ref},
		UnitRef:    unitRef,
	}
}

// responsible finds the unit of a row: its own, or the sheet's where it has no
// column for one. A row whose unit is not known is set aside and counted apart.
func (l *ledger) responsible(row int) (code string, others []string, ref string, ok bool) {
	code, ref = l.unit, l.unitRef
	if _, has := l.columns["unit"]; has {
		code, others, ok = l.ownUnit(row)
		if !ok {
			return "", nil, "", false
		}
		ref = sheet.Ref(row, l.columns["unit"].col)
	}
	bound := l.opt.BoundUnit
	switch {
	case code == "":
		l.bad++
		l.find("unit_unresolved", row, "unit")
	case bound != "" && !slices.Contains(l.opt.Units.Below(bound), code):
		l.bad++
		l.find("unit_bound", row, "unit", l.opt.Units.Name(bound), l.opt.Units.Name(code))
	default:
		return code, others, ref, true
	}
	return "", nil, "", false
}

// ownUnit reads the unit column of a row: the first is responsible, others help.
func (l *ledger) ownUnit(row int) (code string, others []string, ok bool) {
	text := l.text(row, "unit")
	shape := shapeOf(text)
	switch {
	case fold(text) == "":
		l.find("required_missing", row, "unit", l.head("unit"))
	case shape != "":
		l.find("personal_data", row, "unit", shape)
	default:
		codes, rule := l.several(text)
		if len(codes) == 0 {
			l.strangers++
			l.find(rule, row, "unit")
			return "", nil, false
		}
		if rule != "" {
			l.fault(rule, row, "unit")
		}
		return codes[0], codes[1:], true
	}
	l.bad++
	return "", nil, false
}

var unitBreaks = newPattern(`[、,，;；/／\s]+`)

// several reads a cell that names one or more units. Where the first is unknown
// none are returned; of the others the known ones, and a rule.
func (l *ledger) several(text string) (codes []string, rule string) {
	for i, part := range append([]string{text}, unitBreaks.Split(text, -1)...) {
		code, bad := l.units.find(part)
		if e, ok := meaning("everyone", part); ok {
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

// day reads a field as a day. What lies in the future cannot have happened.
func (l *ledger) day(row int, field string) store.Date {
	d, rule := parseDay(l.cell(row, field), l.when.year, l.book.Date1904)
	if rule == "" && d.After(l.opt.Today) {
		rule = "date_future"
	}
	if rule != "" {
		l.fault(rule, row, field)
		return store.Date{}
	}
	return d
}

// count reads a field as a number of persons; -1 where it says nothing.
func (l *ledger) count(row int, field string) int {
	c := l.cell(row, field)
	v, rule := parseValue(c)
	switch {
	case rule == "" && (v.missing || v.na):
		return -1
	case shapeOfCell(c) != "":
		rule = "personal_data"
	case rule != "":
	case v.measure != "" && v.measure != "人" && v.measure != "名":
		rule = "measure_mismatch"
	case v.num < 0:
		rule = "negative"
	case v.num != float64(int(v.num)):
		rule = "fraction"
	}
	if rule != "" {
		l.fault(rule, row, field, map[string]string{"personal_data": shapeOfCell(c), "measure_mismatch": "人"}[rule])
		return -1
	}
	return int(v.num)
}

// listed reads a field as a word of a dictionary; what is not in it is not
// mirrored.
func (l *ledger) listed(row int, field string, look func(string, string) (entry, bool), dictionary string) entry {
	text := l.text(row, field)
	if s := narrow(text); s == "" || naPattern.MatchString(s) {
		return entry{}
	}
	e, ok := look(dictionary, text)
	if !ok {
		l.fault("word_unknown", row, field, l.head(field))
	}
	return e
}

// screened reads a short text that may be mirrored if no personal data is in it.
func (l *ledger) screened(row int, field string) string {
	text := clean(l.text(row, field))
	if shape := shapeOf(text); shape != "" {
		l.fault("personal_data", row, field, shape)
		return ""
	}
	return text
}
