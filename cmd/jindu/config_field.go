package main

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"jindu/store"
	"jindu/sync/form"
)

// tellingFields is how many fields of a ledger must speak for it: with fewer no
// sheet would ever be recognised as one.
const tellingFields = 3

// ledger checks what only ledgers have: fields, the day of a row and tallies.
func (j *formJudging) ledger(at string, e formEntry, f *store.Form, have store.Form) {
	j.unfit(at, f, map[string]bool{"indicators": e.Indicators != nil, "head": len(e.Heads) > 0})
	whole := slices.Clone(have.Fields)
	seen := map[string]bool{}
	for k, entry := range e.Fields {
		here := nth(at+".field", k)
		j.identifier(here, "name", entry.Name)
		if seen[entry.Name] {
			j.fail("config_twice", here+".name", entry.Name)
		}
		seen[entry.Name] = true
		old, known := have.Field(entry.Name)
		field := j.field(here, e.Code, entry, old, known)
		j.headsOfOne(here+".heads", whole, entry.Name, entry.Heads)
		if j.err != nil {
			return
		}
		f.Fields = append(f.Fields, field)
		if !known {
			whole = append(whole, field)
		}
	}
	if have.Code == "" {
		j.recognisable(at, f.Kind, whole)
	}
	if e.Row != "" {
		j.fieldOf(at+".row", e.Row, whole, store.DateField)
	}
	for k, t := range e.Tallies {
		f.Tallies = append(f.Tallies, j.tally(nth(at+".tally", k), t, whole))
	}
}

// recognisable refuses a ledger that no sheet would be taken for: too little speaks
// for it, nothing says what its rows are about, or of persons not who they are.
func (j *formJudging) recognisable(at string, kind store.FormKind, fields []store.FormField) {
	telling, described, named := 0, false, false
	for _, f := range fields {
		if f.Telling {
			telling++
		}
		described = described || f.Telling && form.Describes(f.Kind)
		named = named || f.Kind == store.PersonalField
	}
	switch {
	case telling < tellingFields:
		j.fail("config_telling", at+".field", strconv.Itoa(tellingFields))
	case kind == store.CountedForm && !named:
		j.fail("config_persons", at+".field")
	case kind == store.LedgerForm && !described:
		j.fail("config_described", at+".field")
	}
}

// field checks one column. Of an embedded one only heads, words and required can
// be said.
func (j *formJudging) field(at, code string, e fieldEntry, old store.FormField, known bool) store.FormField {
	kinds := make([]string, len(store.FieldKinds))
	for i, k := range store.FieldKinds {
		kinds[i] = string(k)
	}
	if known {
		kinds = []string{string(old.Kind)}
	}
	if !known || e.Kind != "" {
		j.oneOf(at+".kind", e.Kind, kinds...)
	}
	f := store.FormField{
		Name:       e.Name,
		Kind:       store.FieldKind(e.Kind),
		English:    e.English,
		Heads:      e.Heads,
		Required:   e.Required,
		Telling:    e.Telling,
		Measure:    e.Measure,
		Dictionary: e.Dictionary,
		Example:    e.Example,
	}
	if known {
		f.Kind, f.Dictionary = old.Kind, old.Dictionary
	}
	if !known && len(e.Heads) == 0 {
		j.fail("config_missing", at, "heads")
	}
	if f.English == "" && len(e.Heads) > 0 {
		f.English = e.Heads[0]
	}
	j.detail(at, e, f.Kind, known)
	if f.Kind == store.WordField {
		j.dictionary(at, code, e, &f)
	}
	return f
}

// detail refuses what means nothing for the kind of field.
func (j *formJudging) detail(at string, e fieldEntry, kind store.FieldKind, known bool) {
	measured := kind == store.CountField || kind == store.NumberField
	for _, one := range []struct {
		key   string
		given bool
		fits  bool
	}{
		{"measure", e.Measure != "", measured && !known},
		{"dictionary", e.Dictionary != "", kind == store.WordField && !known},
		{"words", len(e.Words) > 0, kind == store.WordField},
		{"telling", e.Telling, !known},
		{"required", e.Required, kind.Read()},
		{"example", e.Example != "", kind.Read() && !known},
	} {
		if one.given && !one.fits {
			j.fail("config_unfit", at+"."+one.key, string(kind))
		}
	}
	if e.Measure != "" {
		names := make([]string, len(j.catalogue.Measures))
		for i, m := range j.catalogue.Measures {
			names[i] = m.Name
		}
		j.refer(at+".measure", e.Measure, names)
	}
}

// dictionary finds or makes the closed list of words of a field. The words that
// the program itself goes by, such as open and done, cannot grow new meanings.
func (j *formJudging) dictionary(at, code string, e fieldEntry, f *store.FormField) {
	switch {
	case f.Dictionary == "" && len(e.Words) == 0:
		j.fail("config_missing", at, "words/dictionary")
		return
	case f.Dictionary == "":
		f.Dictionary = code + "." + f.Name
	case e.Dictionary != "":
		j.refer(at+".dictionary", e.Dictionary, j.dictionaries())
	}
	means := map[string]string{}
	var values []string
	for _, w := range j.wordsOf(f.Dictionary) {
		means[form.HeadKey(w.Word)] = w.Value
		values = append(values, w.Value)
	}
	ours := len(values) > 0 && !slices.ContainsFunc(values, func(v string) bool { return strings.ContainsFunc(v, isHan) })
	for k, text := range e.Words {
		here := nth(at+".words", k)
		word, value, _ := strings.Cut(text, "=")
		word, value = strings.TrimSpace(word), strings.TrimSpace(value)
		if value == "" {
			value = word
		}
		key := form.HeadKey(word)
		switch other := means[key]; {
		case key == "":
			j.fail("config_missing", at, "words")
		case other != "" && other != value:
			j.fail("config_head", here, word, other)
		case ours:
			j.oneOf(here, value, slices.Compact(slices.Sorted(slices.Values(values)))...)
		}
		means[key] = value
		j.words = append(j.words, store.Word{Dictionary: f.Dictionary, Word: word, Value: value})
	}
}

func isHan(r rune) bool { return r >= 0x4E00 && r <= 0x9FFF }

// wordsOf returns a dictionary with what the configuration has added so far.
func (j *formJudging) wordsOf(name string) []store.Word {
	out := j.catalogue.Dictionary(name)
	for _, w := range j.words {
		if w.Dictionary == name {
			out = append(out, w)
		}
	}
	return out
}

// dictionaries lists the dictionaries that there are.
func (j *formJudging) dictionaries() []string {
	seen := map[string]bool{}
	for _, w := range slices.Concat(j.catalogue.Words, j.words) {
		seen[w.Dictionary] = true
	}
	return slices.Sorted(maps.Keys(seen))
}

// headsOfOne refuses a head that means another field of the same form already.
func (j *formJudging) headsOfOne(at string, fields []store.FormField, name string, heads []string) {
	for _, head := range heads {
		key := form.HeadKey(head)
		if key == "" {
			j.fail("config_missing", parent(at), "heads")
		}
		for _, f := range fields {
			if f.Name != name && slices.ContainsFunc(f.Heads, func(h string) bool { return form.HeadKey(h) == key }) {
				j.fail("config_head", at, head, f.Name)
			}
		}
	}
}

// fieldNames lists the names of fields.
func fieldNames(fields []store.FormField) []string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.Name
	}
	return names
}

// fieldOf checks that a name is of a field of one of the kinds; of any that is
// read where no kind is given.
func (j *formJudging) fieldOf(at, name string, fields []store.FormField, kinds ...store.FieldKind) store.FormField {
	j.refer(at, name, fieldNames(fields))
	f, _ := store.Form{Fields: fields}.Field(name)
	if j.err == nil && (len(kinds) == 0 && !f.Kind.Read() || len(kinds) > 0 && !slices.Contains(kinds, f.Kind)) {
		j.fail("config_unfit", at, string(f.Kind))
	}
	return f
}

// tally checks what a ledger counts.
func (j *formJudging) tally(at string, e tallyEntry, fields []store.FormField) store.FormTally {
	t := store.FormTally{Indicator: e.Indicator, Sum: e.Sum, When: e.When, By: e.By, AtLeast: e.Least}
	if e.Indicator == "" && e.By == "" {
		j.fail("config_missing", at, "indicator/by")
	}
	if e.Indicator != "" {
		j.reported(at+".indicator", e.Indicator)
	}
	if e.Sum != "" {
		j.sum(at, e, j.fieldOf(at+".sum", e.Sum, fields, store.CountField, store.NumberField))
	}
	if e.When != "" {
		j.fieldOf(at+".when", e.When, fields, store.DateField)
	}
	if e.By != "" {
		j.fieldOf(at+".by", e.By, fields, store.WordField)
	}
	for k, text := range e.Where {
		if j.err != nil {
			break
		}
		name, value := j.where(nth(at+".where", k), text, fields)
		if t.Where == nil {
			t.Where = map[string]string{}
		}
		t.Where[name] = value
	}
	return t
}

// sum checks that the field that is added up can be brought into the measure of
// its indicator: kilograms are no persons.
func (j *formJudging) sum(at string, e tallyEntry, f store.FormField) {
	ind, ok := j.catalogue.ByCode(e.Indicator)
	if j.err != nil || !ok || f.Measure == "" {
		return
	}
	from, _ := j.catalogue.MeasureByName(f.Measure)
	into, _ := j.catalogue.MeasureByName(ind.Measure)
	if from.Base != into.Base {
		j.fail("config_measure", at+".sum", f.Measure, ind.Measure)
	}
}

// where checks one condition: field=value, or field.class=value for the class of
// a word. A blank value asks for a blank field.
func (j *formJudging) where(at, text string, fields []store.FormField) (name, value string) {
	name, value, ok := strings.Cut(text, "=")
	if !ok {
		j.fail("config_choice", at, text, "field=value")
		return "", ""
	}
	name, value = strings.TrimSpace(name), strings.TrimSpace(value)
	bare, class := strings.CutSuffix(name, ".class")
	f := j.fieldOf(at, bare, fields)
	if j.err != nil || value == "" {
		return name, value
	}
	switch f.Kind {
	case store.CheckField:
		j.oneOf(at, value, "yes", "no")
	case store.WordField:
		var values []string
		for _, w := range j.wordsOf(f.Dictionary) {
			one := w.Value
			if class {
				one = w.Class
			}
			if one != "" && !slices.Contains(values, one) {
				values = append(values, one)
			}
		}
		j.oneOf(at, value, values...)
	default:
		j.fail("config_unfit", at, string(f.Kind))
	}
	return name, value
}
