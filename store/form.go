package store

import (
	"slices"
	"time"
)

// FormKind says what becomes of the rows of a form.
type FormKind string

// The kinds of form. A report states figures: unit x indicator x period. The
// rows of a ledger are mirrored; those of a counted one are persons, which are
// counted while they are read and never kept.
const (
	ReportForm  FormKind = "report"
	LedgerForm  FormKind = "ledger"
	CountedForm FormKind = "counted"
)

// FieldKind is the type of a ledger's field, and with it what may pass into the
// mirror: what cannot be read as its type is set aside, and what is personal or
// free text has a type that is never read.
type FieldKind string

// The kinds of field.
const (
	CountField    FieldKind = "count"    // a whole number, not negative
	NumberField   FieldKind = "number"   // a quantity in the field's measure
	DateField     FieldKind = "date"     // a day; of persons only its month is looked at
	UnitField     FieldKind = "unit"     // a unit of the district
	UnitsField    FieldKind = "units"    // several of them
	WordField     FieldKind = "word"     // a word of the field's dictionary
	CheckField    FieldKind = "check"    // yes or no
	TitleField    FieldKind = "title"    // a short text that holds no personal shape
	DocumentField FieldKind = "document" // the number of an official document
	VenueField    FieldKind = "venue"    // a place of business: its name where it is plainly a company, else its kind and street
	StreetField   FieldKind = "street"   // a place, cut down to its street
	PostField     FieldKind = "post"     // an official's post; the name that may stand beside it is dropped
	FilledField   FieldKind = "filled"   // a person's name: only whether one stands there
	HashField     FieldKind = "hash"     // a number that names one thing, kept as a keyed hash
	OrdinalField  FieldKind = "ordinal"  // the row's number on paper: never read
	PersonalField FieldKind = "personal" // never read
	FreeField     FieldKind = "free"     // free text: never read
)

// Read reports whether a field of the kind is read at all.
func (k FieldKind) Read() bool {
	return k != OrdinalField && k != PersonalField && k != FreeField
}

// FieldKinds lists every kind, for settings and their messages.
var FieldKinds = []FieldKind{
	CountField, NumberField, DateField, UnitField, UnitsField, WordField, CheckField, TitleField, DocumentField,
	VenueField, StreetField, PostField, FilledField, HashField, OrdinalField, PersonalField, FreeField,
}

// Form is how one kind of spreadsheet is laid out, as data: embedded for those
// that every office keeps, and from the configuration for a district's own.
type Form struct {
	Code    string // publicity, funds, ...; as SheetReading.Form names it
	Kind    FormKind
	Name    string // 宣传活动台账
	English string
	Row     string // of a ledger: the field whose day dates a row; empty: none
	// Standing says that a row holds until it is changed, whatever its day: a
	// roster, not a diary.
	Standing bool
	Titles   []string
	Fields   []FormField // of ledgers, in the order of a template
	Tallies  []FormTally // what a ledger counts

	// Indicators are what a report of this form states, in the order of a
	// template; Reporters the kinds of unit that hand it in, or "all".
	Indicators []string
	Reporters  []string
	// Heads are names that mean an indicator on sheets of this report only: its
	// title, the sheet or the file holds one of Titles.
	Heads []FormHead
}

// Label returns the form's name in the language.
func (f Form) Label(l Lang) string { return l.Pick(f.Name, f.English) }

// Both returns the form's name in either language, as an argument of a finding.
func (f Form) Both() string { return Bilingual(f.Name, f.English) }

// Field returns the field of that name.
func (f Form) Field(name string) (FormField, bool) {
	i := slices.IndexFunc(f.Fields, func(one FormField) bool { return one.Name == name })
	if i < 0 {
		return FormField{}, false
	}
	return f.Fields[i], true
}

// FormField is a column of a ledger.
type FormField struct {
	Name       string // as JSON calls it
	Kind       FieldKind
	Telling    bool   // other forms have no such column: it speaks for this one
	Required   bool   // a row without it is set aside
	Measure    string // of a number, in which it is kept
	Dictionary string // of a word
	English    string
	Heads      []string // names that the column goes by; the first is a template's
	Example    string   // what a template's filled row shows; fictitious
}

// FormHead names what a column or row of a report means.
type FormHead struct {
	Names     []string // a whole head path may be written with > between its levels
	Indicator string   // code
}

// FormTally is something that a ledger counts, and that the units' reports can
// be held against.
type FormTally struct {
	Indicator string            // code; empty: a breakdown for the pages only
	Sum       string            // field that is added up; empty: rows are counted
	When      string            // date field whose month a row counts for; empty: the sheet's own period
	Where     map[string]string // field -> dictionary value that a row must have; "" means that the field is blank
	By        string            // word field that is broken down by; empty: none
	AtLeast   bool              // a report may state more: not all that it counts is in the ledger's rows
}

// Word is one entry of a dictionary: a closed list of words that ledgers may
// bring into the mirror.
type Word struct {
	Dictionary string
	Word       string // as it is written
	Value      string // what it stands for
	Class      string // of case types: criminal or admin; of person categories: active or not; else empty
}

// Record is one row of a ledger other than those of tasks and cases: numbers,
// days, checks and words of dictionaries, never a person.
type Record struct {
	ID        string // keyed hash of form, unit and the row's own content or place: stable while the row stays what it is
	Form      string
	Unit      string // code; DistrictCode where the whole ledger is the district's
	Day       Date   // of the form's Row field; zero: none
	Values    map[string]Value
	Cell      Cell // of the row's first telling field
	KnownFrom time.Time
	KnownTo   time.Time
}

// Value is what a field of a record holds; what was blank has none.
type Value struct {
	Kind   FieldKind
	Number float64 // of counts, numbers (in the field's measure), checks and filled (1 or 0)
	Day    Date    // of dates
	Text   string  // of the others: dictionary value, unit code, screened text, hash
	Ref    string  // address of the cell
}

// Tally is what a ledger says of one unit and period: how many of its rows, or
// the sum of one of its fields.
type Tally struct {
	Form      string
	Unit      string
	Period    Period
	Indicator string // code of what it can be held against; empty: a breakdown only
	By        string // field that it is broken down by; empty: none
	Word      string // value of that field; "?" where it could not be read
	Value     float64
	Rows      int  // that were counted
	Cell      Cell // Ref is the range of the rows, such as A4:A61
	KnownFrom time.Time
	KnownTo   time.Time
}

// Head is how one head of a sheet was understood: what header drift is told by.
type Head struct {
	Sheet string   // masked
	Form  string   // report, tasks, ...
	Unit  string   // code, where the sheet is of one unit
	Ref   string   // address
	Path  []string // the head and those above it, outermost first; masked
	Means string   // code of the indicator or name of the field; empty: not read
}

// HeadList is the heads of one form and one unit on a sheet, as they stood when
// the sheet was last accepted.
type HeadList struct {
	Path   string // of the file; masked
	Sheet  string
	Form   string
	Unit   string // code; empty: the sheet is of several
	Period Period // the sheet's own; zero: it has none
	Heads  []Head
}
