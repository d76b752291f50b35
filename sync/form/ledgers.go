package form

import (
	"slices"

	"jindu/store"
	"jindu/sync/sheet"
)

// The ledgers whose rows have types of their own, as SheetReading.Form names
// them. Every other ledger's rows are records.
const (
	formTasks   = "tasks"
	formCases   = "cases"
	formPersons = "persons"
)

// ledgerIndex is the catalogue's ledgers and dictionaries, made once for many
// readings and not changed afterwards.
type ledgerIndex struct {
	forms   []*ledgerForm // the most private first, then in the catalogue's order
	words   map[string]*dictionary
	persons map[string]bool // folded heads of columns that say who a person is
	known   map[string]bool // folded heads of any ledger
}

// ledgerForm is one ledger with its heads indexed.
type ledgerForm struct {
	store.Form
	heads  map[string]headMeaning // by folded head
	titles []string               // folded
	unit   string                 // the field that says whose a row is; empty: none
	fewest int                    // telling heads without which a sheet is no such ledger
}

// headMeaning is what a column's head stands for in one ledger.
type headMeaning struct {
	field *store.FormField
	rank  int // place among the field's heads: the first means it most
}

// tellingHeads is how many heads that other forms do not have must speak for a
// ledger.
const tellingHeads = 3

func newLedgerIndex(c *store.Catalogue) *ledgerIndex {
	x := &ledgerIndex{words: newDictionaries(c.Words), persons: map[string]bool{}, known: map[string]bool{}}
	for _, kind := range []store.FormKind{store.CountedForm, store.LedgerForm} {
		for _, f := range c.Forms {
			if f.Kind == kind {
				x.forms = append(x.forms, newLedgerForm(f))
			}
		}
	}
	for _, f := range x.forms {
		if f.Kind == store.CountedForm {
			x.identify(f)
		}
		for key := range f.heads {
			x.known[key] = true
		}
	}
	return x
}

// promising reports whether two rows can be a ledger's heads: a cheap test that
// most rows fail. One head that is known is enough, as it may ask for persons.
func (x *ledgerIndex) promising(upper, below []sheet.Cell) bool {
	if len(upper) < 2 {
		return false
	}
	known := func(c sheet.Cell) bool { return c.Kind == sheet.Text && len(c.Text) < headBytes && x.head(c.Text) }
	return slices.ContainsFunc(upper, known) || slices.ContainsFunc(below, known)
}

// headBytes is how many bytes the longest head has; what is longer is a text.
const headBytes = 120

func (x *ledgerIndex) head(text string) bool {
	whole := HeadKey(text)
	return x.known[whole] || x.known[headStem(text)] || x.known[numbering.ReplaceAllString(whole, "")]
}

func newLedgerForm(f store.Form) *ledgerForm {
	form := &ledgerForm{Form: f, heads: map[string]headMeaning{}}
	for i := range f.Fields {
		field := &f.Fields[i]
		for rank, head := range field.Heads {
			for _, key := range []string{HeadKey(head), headStem(head)} {
				if have, ok := form.heads[key]; !ok || have.field == field && rank < have.rank {
					form.heads[key] = headMeaning{field, rank}
				}
			}
		}
		if field.Kind == store.UnitField && form.unit == "" {
			form.unit = field.Name
		}
		if field.Telling {
			form.fewest = min(form.fewest+1, tellingHeads)
		}
	}
	for _, title := range f.Titles {
		form.titles = append(form.titles, fold(title))
	}
	return form
}

// identify notes the heads of a counted form that ask who a person is. A sheet
// that has one holds persons, whatever else stands on it.
func (x *ledgerIndex) identify(f *ledgerForm) {
	for _, field := range f.Fields {
		if field.Kind != store.PersonalField || !field.Telling {
			continue
		}
		for _, head := range field.Heads {
			if shape := personalHead(head); shape == "name" || shape == shapeID {
				x.persons[headStem(head)] = true
			}
		}
	}
}

// described are the kinds of field that say what a row is about. A sheet without
// one holds figures, however many of its heads a ledger has.
var described = []store.FieldKind{
	store.WordField, store.TitleField, store.DocumentField, store.VenueField, store.StreetField,
	store.PostField, store.FilledField, store.HashField,
}

// describes reports whether a field says what a row is about.
func describes(f *store.FormField) bool { return f.Telling && Describes(f.Kind) }

// Describes reports whether fields of the kind say what a row is about. A ledger
// is recognised only by a telling one of them.
func Describes(kind store.FieldKind) bool { return slices.Contains(described, kind) }
