package form

import (
	"slices"
	"strings"

	"jindu/store"
	"jindu/sync/sheet"
)

// ledgerColumn is one column under the heads of a ledger.
type ledgerColumn struct {
	col     int
	ref     string   // address of its lowest head
	path    []string // its head and those above it, outermost first; masked once the form is known
	text    string   // the lowest, folded
	field   *store.FormField
	rank    int
	twin    bool   // another column is the field's
	measure string // in the head: 缴获数量(克), 到账金额（单位：万元）
}

// head is how the column is called on the sheet.
func (c *ledgerColumn) head() string { return c.path[len(c.path)-1] }

// both is what a finding calls the column: in Chinese as on the sheet, in English
// by the field, as a sentence in two languages is read by nobody.
func (c *ledgerColumn) both() string {
	if c.field == nil || c.field.English == "" {
		return c.head()
	}
	return store.Bilingual(c.head(), c.field.English)
}

// name is the field that is read from the column; empty where none is.
func (c *ledgerColumn) name() string {
	if c.field == nil || c.twin || !c.field.Kind.Read() {
		return ""
	}
	return c.field.Name
}

var (
	headNote  = newPattern(`\(([^()]*)\)$`)
	headUnits = newPattern(`^(?:金额|计量|数量)?单位:`)
)

// headParts returns the head without what stands in brackets behind it, which it
// returns apart: often a measure.
func headParts(text string) (key, note string) {
	key = HeadKey(text)
	if !strings.HasSuffix(key, ")") {
		return key, ""
	}
	if m := headNote.FindStringSubmatch(key); m != nil && m[0] != key {
		return strings.TrimSuffix(key, m[0]), headUnits.ReplaceAllString(m[1], "")
	}
	return key, ""
}

// headStem returns the head without what stands in brackets behind it.
func headStem(text string) string {
	stem, _ := headParts(text)
	return stem
}

// meaning looks a head up: as it stands, without its brackets, without a number
// before it.
func (f *ledgerForm) meaning(text string) (headMeaning, bool) {
	whole := HeadKey(text)
	for _, key := range []string{whole, headStem(text), numbering.ReplaceAllString(whole, "")} {
		if m, ok := f.heads[key]; ok {
			return m, true
		}
	}
	return headMeaning{}, false
}

// joined looks up a head together with the one above or before it: 姓名 under
// 组长 is 组长姓名.
func (f *ledgerForm) joined(over, text string) (headMeaning, bool) {
	upper, lower := headStem(over), headStem(text)
	m, ok := f.heads[upper+lower]
	return m, ok && upper != "" && lower != ""
}

// heads reads the columns from a row of heads, which may stand over a second one
// where it is merged or blank, and returns how many telling ones there are.
func (l *ledger) heads(row int) int {
	upper, below := l.sheet.Row(row), l.sheet.Row(row+1)
	l.columns, l.fields, l.first = nil, map[string]*ledgerColumn{}, row+1
	over := map[int]sheet.Cell{} // the heads that stand over others, by column
	for i, c := range upper {
		for _, b := range l.group(upper, i, below) {
			over[int(b.Col)] = c
		}
	}
	if len(over) > 0 {
		l.first = row + 2
	}
	for _, c := range upper {
		if _, group := over[int(c.Col)]; !group {
			l.column(sheet.Cell{}, c)
		}
	}
	for _, b := range below {
		switch c, group := over[int(b.Col)]; {
		case group:
			l.column(c, b)
		case l.sheet.At(row, int(b.Col)).Kind == sheet.Blank && l.alone(row, b):
			l.column(sheet.Cell{}, b)
			l.first = row + 2
		}
	}
	l.settle()
	telling := 0
	for _, c := range l.fields {
		if c.field.Telling {
			telling++
		}
	}
	return telling
}

// group returns the heads in the row below that an upper head stands over: those
// of a range that is merged, or reaches to the next head. A row of data is none.
func (l *ledger) group(upper []sheet.Cell, i int, below []sheet.Cell) []sheet.Cell {
	c := upper[i]
	to := int(c.Col)
	if m, ok := l.sheet.Merged(int(c.Row), int(c.Col)); ok {
		if m.Row2 > m.Row {
			return nil
		}
		to = m.Col2
	} else if i+1 < len(upper) {
		to = int(upper[i+1].Col) - 1
	}
	var under []sheet.Cell
	known := false
	for _, b := range below {
		if b.Col < c.Col || int(b.Col) > to {
			continue
		}
		if b.Kind != sheet.Text {
			return nil
		}
		under = append(under, b)
		_, together := l.form.joined(c.Text, b.Text)
		_, alone := l.form.meaning(b.Text)
		known = known || together || alone && to > int(c.Col)
	}
	if !known {
		return nil
	}
	return under
}

// alone reports whether a cell under a blank one is a head: the upper row has a
// gap there, as where a title was typed beside the heads.
func (l *ledger) alone(row int, b sheet.Cell) bool {
	if _, ok := l.sheet.Merged(row, int(b.Col)); ok || b.Kind != sheet.Text {
		return false
	}
	_, ok := l.form.meaning(b.Text)
	return ok
}

// column adds the column under a head; over is the head above it, if any.
func (l *ledger) column(over, c sheet.Cell) {
	if c.Kind != sheet.Text {
		return
	}
	_, note := headParts(c.Text)
	if note == "" && over.Kind == sheet.Text {
		_, note = headParts(over.Text)
	}
	one := &ledgerColumn{col: int(c.Col), ref: c.Ref(), text: headStem(c.Text), measure: note}
	if over.Kind == sheet.Text {
		one.path = append(one.path, over.Text)
	}
	one.path = append(one.path, c.Text)
	m, ok := l.form.joined(over.Text, c.Text)
	if !ok {
		m, ok = l.form.joined(l.before(int(c.Col)), c.Text)
	}
	if !ok {
		m, ok = l.form.meaning(c.Text)
	}
	if ok {
		one.field, one.rank = m.field, m.rank
	}
	l.columns = append(l.columns, one)
}

// shownHead is a head as it may be printed: one that is not known and could be a
// person's name is not.
func (l *ledger) shownHead(text string) string {
	if _, known := l.form.meaning(text); !known && couldBeName(fold(text)) && personalHead(text) == "" {
		return "***"
	}
	return mask(text)
}

// before returns the head of the nearest column to the left that is a person's
// place in an office: the 职务 and 电话 behind 组长 are the 组长's.
func (l *ledger) before(col int) string {
	for i := len(l.columns) - 1; i >= 0; i-- {
		if c := l.columns[i]; c.field != nil && c.field.Kind == store.FilledField && c.col < col {
			return c.text
		}
	}
	return ""
}

// settle gives every field its column: of several the one whose head means it
// most, or else the first.
func (l *ledger) settle() {
	slices.SortStableFunc(l.columns, func(a, b *ledgerColumn) int { return a.col - b.col })
	for _, c := range l.columns {
		if c.field == nil {
			continue
		}
		have, ok := l.fields[c.field.Name]
		switch {
		case !ok:
		case c.rank < have.rank && c.field.Kind != store.UnitField:
			have.twin = true
		default:
			c.twin = true
			continue
		}
		l.fields[c.field.Name] = c
	}
}

// identity reports whether a column says who a person is and the form does not
// know it for a post in an office.
func (l *ledger) identity() bool {
	for _, c := range l.columns {
		if l.index.persons[c.text] && (c.field == nil || c.field.Kind == store.PersonalField) {
			return true
		}
	}
	return false
}
