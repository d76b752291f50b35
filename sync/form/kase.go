package form

import (
	"fmt"
	"strings"

	"jindu/store"
)

// cases reads a case ledger. Names of cases and persons, places and what
// happened have no field that is read and are never looked at.
func (l *ledger) cases(out *store.Reading) {
	var cases []store.Case
	seen := map[string]string{}
	for _, c := range out.Cases {
		seen[c.ID] = "of another sheet"
	}
	l.eachRow(func() bool {
		c, ok := l.kase()
		if first, twice := seen[c.ID]; ok && twice {
			l.at.copy = first == l.content()
			return l.drop("case_repeated", "case_no")
		}
		if ok {
			seen[c.ID] = l.content()
			cases = append(cases, c)
		}
		return ok
	})
	if l.finish(out, len(cases)) {
		out.Cases = append(out.Cases, cases...)
	}
}

func (l *ledger) kase() (store.Case, bool) {
	number := fold(l.text("case_no"))
	if number == "" && fold(l.text("type")) == "" {
		field := "case_no"
		if l.fields[field] == nil {
			field = "type"
		}
		return store.Case{}, l.drop("required_missing", field, l.head(field))
	}
	_, ref, ok := l.responsible()
	if !ok {
		return store.Case{}, false
	}
	kind, class := l.caseType()
	return store.Case{
		ID:       l.caseID(number),
		Unit:     l.at.unit,
		Type:     kind,
		Class:    class,
		Occurred: l.field("occurred").Day,
		Accepted: l.field("accepted").Day,
		Solved:   l.field("solved").Day,
		Closed:   l.field("closed").Day,
		Street:   l.field("place").Text,
		Suspects: l.headcount("suspects"),
		Detained: l.headcount("detained"),
		Drug:     l.field("drug").Text,
		SeizedG:  l.seized(),
		Campaign: l.field("campaign").Text,
		Status:   l.field("status").Text,
		Cell:     l.born(ref, "case_no", "type"),
	}, true
}

// caseID hashes the case number, so that the number can be compared and never be
// read. Without a number, or a secret, it hashes where the row stands.
func (l *ledger) caseID(number string) string {
	if number == "" || len(l.opt.Secret) == 0 {
		return l.hash(fmt.Sprintf("place\x00%s\x00%s\x00%d", l.at.unit, l.name, l.at.n))
	}
	return l.hash("number\x00" + strings.ToUpper(number))
}

// caseType reads what a case is about and whether it is criminal or
// administrative: by a column of its own, or by the type where that can only be
// one. Where the type says only 刑事 or 行政 there is a class and no type.
func (l *ledger) caseType() (kind, class string) {
	if e, ok := l.index.words["case_class"].whole(l.text("type")); ok {
		class = e.value
	} else {
		g := l.field("type")
		kind, class = g.Text, g.class
	}
	own := l.field("class").Text
	if class = first(own, class); own == "" && class != "" && !l.at.lost["class"] {
		l.at.values["class"] = store.Value{Kind: store.WordField, Text: class}
	}
	return kind, class
}

// headcount reads a field as a number of persons; -1 where it says nothing.
func (l *ledger) headcount(field string) int {
	g := l.field(field)
	if g.Kind == "" {
		return -1
	}
	return int(g.Number)
}

// seized reads the amount seized in grams. The measure stands in the cell, in a
// column of its own or in the head; tablets and plants are not grams, and an
// amount without a measure is none.
func (l *ledger) seized() float64 {
	c := l.fields["seized"]
	if c == nil || c.name() == "" {
		return -1
	}
	beside := narrow(l.text("measure"))
	if m := l.fields["measure"]; m != nil {
		beside = first(beside, c.measure, m.measure)
	}
	g := l.quantity(c, l.cell("seized"), beside)
	switch {
	case g.rule != "":
		l.fault(g.rule, "seized", g.args...)
		return -1
	case g.Kind == "":
		return -1
	}
	l.keep("seized", g)
	return g.Number
}
