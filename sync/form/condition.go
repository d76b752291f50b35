package form

import (
	"maps"
	"slices"
	"strings"

	"jindu/store"
)

// answer is whether something holds of a row; maybe where the row does not say.
type answer uint8

const (
	yes answer = iota
	maybe
	no
)

// condition is one thing that a row must be to be counted.
type condition struct {
	field string // whose value is looked at
	class bool   // the class of its word
	want  string
	fixed *entry   // what the title says for every row
	rival []string // where another column stands in: what else the field could say there
}

// conditionsOf settles by which columns the conditions of a tally are judged. A
// class on a column that the sheet does not have holds beside a condition that
// can be judged; anything else that the sheet does not say makes the tally
// impossible.
func (t *tallying) conditionsOf(where map[string]string) (out []condition, dead string) {
	judged := len(where) == 0
	for _, name := range slices.Sorted(maps.Keys(where)) {
		field, class := strings.CutSuffix(name, ".class")
		c := condition{field: field, class: class, want: where[name]}
		switch {
		case t.has(field), !class && t.bySheet(&c), t.standIn(&c), t.bySheet(&c):
		case class:
			continue
		default:
			return nil, "explain_no_column"
		}
		judged = true
		out = append(out, c)
	}
	if !judged {
		return nil, "explain_no_column"
	}
	return out, ""
}

// has reports whether a column says what a field is. The class of a case follows
// from its type.
func (t *tallying) has(field string) bool {
	c := t.fields[field]
	return c != nil && c.name() != "" || t.form.Code == formCases && field == "class" && t.fields["type"] != nil
}

// standIn judges a field by another column of the same dictionary: a status such
// as 社区戒毒中 says the category too. It says nothing where it is neither the
// value that is looked for nor one that tallies look for in the field's place.
func (t *tallying) standIn(c *condition) bool {
	own, _ := t.form.Field(c.field)
	if own.Kind != store.WordField {
		return false
	}
	for _, f := range t.form.Fields {
		if f.Name == c.field || f.Kind != store.WordField || f.Dictionary != own.Dictionary || !t.has(f.Name) {
			continue
		}
		for _, one := range t.form.Tallies {
			if v, ok := one.Where[c.field]; ok {
				c.rival = append(c.rival, v)
			}
		}
		c.field = f.Name
		return true
	}
	return false
}

// bySheet judges a field by the one word of its dictionary that title or sheet
// name: a list of 社区戒毒人员 needs no column of categories.
func (t *tallying) bySheet(c *condition) bool {
	own, _ := t.form.Field(c.field)
	if own.Kind != store.WordField {
		return false
	}
	for _, p := range t.said.place {
		if e, ok := t.index.words[own.Dictionary].within(p.text); ok && p.where != "file" {
			c.fixed = &e
			return true
		}
	}
	return false
}

// holds judges the row by all conditions.
func (t *tallying) holds(all []condition) answer {
	worst := yes
	for _, c := range all {
		worst = max(worst, t.judge(c))
	}
	return worst
}

func (t *tallying) judge(c condition) answer {
	if t.at.lost[c.field] {
		return maybe
	}
	v, ok := t.at.values[c.field]
	have := wordOf(v)
	switch {
	case c.fixed != nil && c.class:
		have, ok = c.fixed.class, true
	case c.fixed != nil:
		have, ok = c.fixed.value, true
	case c.class:
		have = t.at.classes[c.field]
	}
	switch {
	case c.want == "":
		if ok {
			return no
		}
		return yes
	case have == c.want:
		return yes
	case have == "", len(c.rival) > 0 && !c.class && !slices.Contains(c.rival, have):
		return maybe
	default:
		return no
	}
}
