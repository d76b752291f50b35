package form

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"math"
	"slices"
	"strings"

	"jindu/store"
	"jindu/sync/sheet"
)

// fieldValue is what a field's cell says: blank where the value has no kind, unreadable
// where a rule stands.
type fieldValue struct {
	store.Value
	class string  // of a word
	step  float64 // of a number: the last printed digit
	rule  string
	args  []string
}

// illegible is what a cell says that cannot be read.
func illegible(rule string, args ...string) fieldValue { return fieldValue{rule: rule, args: args} }

// readers read the kinds of field.
var readers = map[store.FieldKind]func(*ledger, *ledgerColumn, sheet.Cell) fieldValue{
	store.CountField:    (*ledger).countField,
	store.NumberField:   (*ledger).numberField,
	store.DateField:     (*ledger).dateField,
	store.UnitField:     (*ledger).unitField,
	store.UnitsField:    (*ledger).unitField,
	store.WordField:     (*ledger).wordField,
	store.CheckField:    (*ledger).checkField,
	store.TitleField:    (*ledger).titleField,
	store.DocumentField: (*ledger).documentField,
	store.VenueField:    (*ledger).venueField,
	store.StreetField:   (*ledger).streetField,
	store.PostField:     (*ledger).postField,
	store.FilledField:   (*ledger).filledField,
	store.HashField:     (*ledger).hashField,
}

// field reads a field of the row by its kind and keeps what it says. What cannot
// be read is a fault, and the row stands without it.
func (l *ledger) field(name string) fieldValue {
	c := l.fields[name]
	if c == nil || c.name() == "" {
		return fieldValue{}
	}
	g := readers[c.field.Kind](l, c, l.cellAt(c.col))
	if g.rule != "" {
		l.fault(g.rule, name, g.args...)
		return fieldValue{}
	}
	l.keep(name, g)
	return g
}

// keep remembers what a field of the row says.
func (l *ledger) keep(name string, g fieldValue) {
	if g.Kind == "" {
		return
	}
	if c := l.fields[name]; c != nil {
		g.Ref = sheet.Ref(l.at.n, c.col)
	}
	l.at.values[name] = g.Value
	l.at.steps[name] = g.step
	l.at.classes[name] = g.class
}

// blank reports whether a cell says nothing: empty, or a dash.
func blank(c sheet.Cell) bool {
	if c.Kind == sheet.Text {
		s := narrow(c.Text)
		return s == "" || naPattern.MatchString(s)
	}
	return c.Kind == sheet.Blank
}

// most is the largest number that a row of a district's ledger can hold.
const most = 1e8

// owed are the words of a head whose amounts may be negative.
var owed = newPattern(`结余|余额|差额|结存`)

// amount reads a cell as a number, in whatever measure.
func (l *ledger) amount(c *ledgerColumn, cell sheet.Cell) (v value, g fieldValue) {
	v, rule := parseValue(cell)
	switch {
	case rule == "" && (v.missing || v.na):
		return v, fieldValue{}
	case shapeOfCell(cell) != "":
		return v, illegible("personal_data", shapeOfCell(cell))
	case rule != "":
		return v, illegible(rule)
	case v.num < 0 && !owed.MatchString(c.text):
		return v, illegible("negative")
	case math.Abs(v.num) > most:
		return v, illegible("too_big")
	}
	return v, fieldValue{Value: store.Value{Kind: store.NumberField}}
}

var yearNumber = newPattern(`^(20[0-9]{2})年度?$`)

// countField reads a whole number of things. A year is one, whatever is written
// behind it.
func (l *ledger) countField(c *ledgerColumn, cell sheet.Cell) fieldValue {
	if m := yearNumber.FindStringSubmatch(narrow(textOf(cell))); m != nil {
		return fieldValue{Value: store.Value{Kind: store.CountField, Number: float64(yearOr(m[1], 0))}, step: 1}
	}
	v, g := l.amount(c, cell)
	switch {
	case g.Kind == "":
		return g
	case v.measure != "" && c.field.Measure != "" && !l.alike(v.measure, c.field.Measure), v.percent:
		return illegible("measure_mismatch", c.field.Measure)
	case v.num != math.Trunc(v.num):
		return illegible("fraction")
	}
	g.Kind, g.Number, g.step = store.CountField, v.num, 1
	return g
}

// numberField reads a quantity and brings it into the field's measure. Nothing is
// nothing in every measure; any other amount without one is none.
func (l *ledger) numberField(c *ledgerColumn, cell sheet.Cell) fieldValue {
	return l.quantity(c, cell, "")
}

// quantity reads a number field whose measure may stand in a column of its own.
// 1.2万 under 万元 could be either.
func (l *ledger) quantity(c *ledgerColumn, cell sheet.Cell, beside string) fieldValue {
	v, g := l.amount(c, cell)
	want := c.field.Measure
	measure := strings.ToLower(first(v.measure, beside, c.measure, l.said.measure))
	m, known := l.opt.Catalogue.MeasureByName(measure)
	into, converts := l.opt.Catalogue.MeasureByName(want)
	switch {
	case g.Kind == "":
		return g
	case v.num == 0 && (measure == "" || known):
		g.step = 1
		return g
	case want == "" && v.measure == "":
		g.Number, g.step = v.num, lastDigit(cell, v)
		return g
	case measure == "":
		return illegible("measure_missing")
	case !known, !converts, m.Base != into.Base, v.note == noteScaled && measure == "万元":
		return illegible("measure_mismatch", want)
	}
	factor := m.Factor / into.Factor
	g.Number, g.step = times(v.num, factor), lastDigit(cell, v)*factor
	return g
}

// alike reports whether two measures count the same.
func (l *ledger) alike(a, b string) bool {
	if l.words.dict.alike(a, b) {
		return true
	}
	people := []string{"人", "名", "人次", "次"} // heads of persons and times differ in reports, not in the cell of a ledger
	return slices.Contains(people, a) && slices.Contains(people, b)
}

// ahead are the words of a head whose days may lie in the future.
var ahead = newPattern(`期限|时限|截止|到期|计划|下次|预计|有效期`)

// dateField reads a day. What is no deadline and lies in the future cannot have
// happened.
func (l *ledger) dateField(c *ledgerColumn, cell sheet.Cell) fieldValue {
	deadline := c.field.Name == "due" || ahead.MatchString(c.text)
	day, rule := parseDay(since(cell), l.said.year, l.book.Date1904)
	if deadline {
		day, _, rule = l.dueSince(cell, l.at.values[l.form.Row].Day) // 整改期限 counts from the inspection
	}
	switch {
	case rule == "date_unread" && shapeOfCell(cell) != "":
		return illegible("personal_data", shapeOfCell(cell))
	case rule == "" && !deadline && day.After(l.opt.Today):
		return illegible("date_future")
	case rule != "":
		return illegible(rule)
	case day.IsZero():
		return fieldValue{}
	}
	return fieldValue{Value: store.Value{Kind: store.DateField, Day: day}}
}

var fromTo = newPattern(`^(.*[0-9]{4}.*[0-9][日号]?) ?(?:至|到|~|～|—+|–|-) ?[0-9]{4}.*$`)

// since returns the first day of a cell that holds a stretch of time, such as
// 2025.3.1-2028.2.29.
func since(c sheet.Cell) sheet.Cell {
	if c.Kind == sheet.Text {
		if m := fromTo.FindStringSubmatch(narrow(c.Text)); m != nil {
			c.Text = m[1]
		}
	}
	return c
}

// unitField reads one or more units; the codes of several are written with
// semicolons.
func (l *ledger) unitField(c *ledgerColumn, cell sheet.Cell) fieldValue {
	text := textOf(cell)
	if s := narrow(text); blank(cell) || s == "无" {
		return fieldValue{}
	}
	if shape := shapeOf(text); shape != "" {
		return illegible("personal_data", shape)
	}
	codes, rule := l.unitsOf(text)
	if rule != "" {
		return illegible(rule)
	}
	return fieldValue{Value: store.Value{Kind: c.field.Kind, Text: strings.Join(codes, ";")}}
}

// Dictionaries whose words may stand inside a longer text, and those of which
// several may stand in a cell. Words of states are neither: 计划完成 is not 完成.
var (
	withinText = []string{
		"case_type", "drug", "strengthening", "place_kind", "activity_form", "fund_source", "fund_subject", "venue_kind", "precursor_class",
	}
	severalWords = []string{"place_kind", "activity_form", "fund_subject"}
	// Places are free text: what kind one is may simply not be said.
	leftOut = "place_kind"
)

// wordField reads a word of the field's dictionary; what is not in it is not
// mirrored.
func (l *ledger) wordField(c *ledgerColumn, cell sheet.Cell) fieldValue {
	if blank(cell) {
		return fieldValue{}
	}
	e, ok := l.lookUp(c.field.Dictionary, textOf(cell))
	switch {
	case ok:
		return fieldValue{Value: store.Value{Kind: store.WordField, Text: e.value}, class: e.class}
	case c.field.Dictionary == leftOut && shapeOfCell(cell) == "":
		return fieldValue{}
	default:
		return illegible("word_unknown", c.both())
	}
}

var wordNote = newPattern(`\([^()]*\)$`)

// lookUp finds a word: the whole text, without what stands in brackets behind
// it, inside a longer one, several behind each other.
func (l *ledger) lookUp(dictionary, text string) (entry, bool) {
	d := l.index.words[dictionary]
	e, ok := d.whole(text)
	if bare := wordNote.ReplaceAllString(fold(text), ""); !ok && bare != "" {
		e, ok = d.whole(bare)
	}
	if !ok && slices.Contains(withinText, dictionary) {
		e, ok = d.within(text)
	}
	if !ok && slices.Contains(severalWords, dictionary) {
		e, ok = d.list(text)
	}
	return e, ok
}

// checkField reads yes or no, by the common marks or the words of the dictionary.
func (l *ledger) checkField(c *ledgerColumn, cell sheet.Cell) fieldValue {
	if blank(cell) {
		return fieldValue{}
	}
	v, rule := parseCheck(cell)
	if e, ok := l.index.words["check"].whole(textOf(cell)); ok && cell.Kind == sheet.Text {
		v, rule = value{num: map[string]float64{"yes": 1}[e.value]}, ""
	}
	switch {
	case rule != "":
		return illegible("word_unknown", c.both())
	case v.missing || v.na:
		return fieldValue{}
	}
	return fieldValue{Value: store.Value{Kind: store.CheckField, Number: v.num}}
}

// titleField reads a short text that may be mirrored if no personal data is in it.
func (l *ledger) titleField(c *ledgerColumn, cell sheet.Cell) fieldValue {
	text := clean(textOf(cell))
	if shape := first(shapeOfPhrase(textOf(cell)), shapeOfCell(cell)); shape != "" {
		return illegible("personal_data", shape)
	}
	if text == "" {
		return fieldValue{}
	}
	return fieldValue{Value: store.Value{Kind: c.field.Kind, Text: text}}
}

var orders = newPattern(`批示|指示|交办|签批|讲话`)

// documentField reads where something comes from. An official's name may stand
// before 批示 and its like, so that of those only that they are one stays.
func (l *ledger) documentField(c *ledgerColumn, cell sheet.Cell) fieldValue {
	g := l.titleField(c, cell)
	if blank(cell) {
		return fieldValue{}
	}
	if order := orders.FindString(g.Text); order != "" {
		g.Text = "领导" + order
	}
	return g
}

// filledField reads whether anything stands where a person's name belongs, and
// nothing else.
func (l *ledger) filledField(_ *ledgerColumn, cell sheet.Cell) fieldValue {
	g := fieldValue{Value: store.Value{Kind: store.FilledField}}
	if s := narrow(textOf(cell)); !blank(cell) && s != "无" && s != "暂无" && s != "空缺" && s != "待定" {
		g.Number = 1
	}
	return g
}

// hashField reads a number that names one thing as a hash keyed with the mirror's
// secret, so that it can be compared and never be read.
func (l *ledger) hashField(c *ledgerColumn, cell sheet.Cell) fieldValue {
	number := strings.ToUpper(fold(textOf(cell)))
	if blank(cell) || number == "无" || len(l.opt.Secret) == 0 {
		return fieldValue{}
	}
	return fieldValue{Value: store.Value{Kind: store.HashField, Text: l.hash(c.field.Name + "\x00" + number)}}
}

// hash returns a keyed hash, long enough to tell a district's rows apart.
func (l *ledger) hash(text string) string {
	mac := hmac.New(sha256.New, l.opt.Secret)
	mac.Write([]byte(text))
	return hex.EncodeToString(mac.Sum(nil)[:8])
}
