package form

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"jindu/store"
)

// cases reads a case ledger. Names of cases and persons, places and what
// happened have no field and are never looked at.
func (l *ledger) cases(out *store.Reading) {
	var cases []store.Case
	seen := map[string]bool{}
	for _, c := range out.Cases {
		seen[c.ID] = true
	}
	l.eachRow(func(row int) {
		c, ok := l.kase(row)
		if ok && seen[c.ID] {
			l.bad++
			l.find("case_repeated", row, "case_no")
			return
		}
		if ok {
			seen[c.ID] = true
			cases = append(cases, c)
		}
	})
	if l.finish(out, len(cases)) {
		out.Cases = append(out.Cases, cases...)
	}
}

func (l *ledger) kase(row int) (store.Case, bool) {
	number := fold(l.text(row, "case_no"))
	if number == "" && fold(l.text(row, "type")) == "" {
		l.bad++
		field := "case_no"
		if _, ok := l.columns[field]; !ok {
			field = "type"
		}
		l.find("required_missing", row, field, l.head(field))
		return store.Case{}, false
	}
	unit, _, ref, ok := l.responsible(row)
	if !ok {
		return store.Case{}, false
	}
	kind := l.listed(row, "type", caseType, "case_type")
	c := store.Case{
		ID:       l.caseID(number, unit, row),
		Unit:     unit,
		Type:     kind.value,
		Class:    l.class(row, kind.class),
		Occurred: l.day(row, "occurred"),
		Accepted: l.day(row, "accepted"),
		Solved:   l.day(row, "solved"),
		Closed:   l.day(row, "closed"),
		Street:   l.street(row),
		Suspects: l.count(row, "suspects"),
		Detained: l.count(row, "detained"),
		Drug:     l.listed(row, "drug", meaningIn, "drug").value,
		SeizedG:  l.seized(row),
		Campaign: l.screened(row, "campaign"),
		Status:   l.listed(row, "status", meaning, "case_status").value,
		Cell:     l.born(row, "case_no", ref),
	}
	if _, ok := l.columns["case_no"]; !ok {
		c.Cell = l.born(row, "type", ref)
	}
	return c, true
}

// caseID hashes the case number with the mirror's secret, so that the number
// can be compared and never be read. Without a number, or a secret, it hashes
// where the row stands.
func (l *ledger) caseID(number, unit string, row int) string {
	text := "number\x00" + strings.ToUpper(number)
	if number == "" || len(l.opt.Secret) == 0 {
		text = fmt.Sprintf("place\x00%s\x00%s\x00%d", unit, l.name, row)
	}
	mac := hmac.New(sha256.New, l.opt.Secret)
	mac.Write([]byte(text))
	return hex.EncodeToString(mac.Sum(nil)[:8])
}

// caseType looks a type up; where the column says only 刑事 or 行政 there is a
// class and no type.
func caseType(dictionary, text string) (entry, bool) {
	if e, ok := meaning("case_class", text); ok {
		return entry{class: e.value}, true
	}
	return meaningIn(dictionary, text)
}

// class reads criminal or admin from its own column, else from the type where
// that can only be one.
func (l *ledger) class(row int, byType string) string {
	if own := l.listed(row, "class", meaning, "case_class").value; own != "" {
		return own
	}
	return byType
}

// street keeps of a place only the street that it lies in, by its code: the
// rest of the cell is not read.
func (l *ledger) street(row int) string {
	for _, code := range l.units.within(l.text(row, "place")) {
		u, _ := l.opt.Units.ByCode(code)
		if u.Kind == store.Community {
			u, _ = l.opt.Units.ByCode(u.Parent)
		}
		if u.Kind == store.Street {
			return u.Code
		}
	}
	return ""
}

// seized reads the amount seized in grams. The measure stands in the cell, in a
// column of its own or in the head; tablets and plants are not grams, and an
// amount without a measure is none.
func (l *ledger) seized(row int) float64 {
	c := l.cell(row, "seized")
	v, rule := parseValue(c)
	if rule == "" && (v.missing || v.na) {
		return -1
	}
	measure := v.measure
	for _, other := range []string{narrow(l.text(row, "measure")), l.columns["seized"].measure, l.columns["measure"].measure} {
		if measure == "" {
			measure = other
		}
	}
	m, known := l.opt.Catalogue.MeasureByName(strings.ToLower(measure))
	switch {
	case shapeOfCell(c) != "":
		l.fault("personal_data", row, "seized", shapeOfCell(c))
	case rule != "":
		l.fault(rule, row, "seized")
	case measure == "" && v.num == 0:
		return 0 // nothing is nothing in every measure
	case measure == "":
		l.fault("measure_missing", row, "seized")
	case !known || m.Base != "克":
		l.fault("measure_mismatch", row, "seized", "克")
	case v.num < 0:
		l.fault("negative", row, "seized")
	default:
		return times(v.num, m.Factor)
	}
	return -1
}
