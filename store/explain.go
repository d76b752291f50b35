package store

// HeadRole is what the cells under a head, or beside a row's label, are.
type HeadRole string

// The roles of columns and rows.
const (
	FigureHead  HeadRole = "figures" // figures that are read
	FieldHead   HeadRole = "field"   // a field of a ledger
	UnitHead    HeadRole = "unit"    // names of units
	ItemHead    HeadRole = "item"    // names of indicators
	GroupHead   HeadRole = "group"   // headings of indicators
	PeriodHead  HeadRole = "period"  // periods
	MeasureHead HeadRole = "measure" // measures
	CheckHead   HeadRole = "check"   // totals and comparisons: held against figures, never stored
	UnreadHead  HeadRole = "unread"  // not read, and Why says why
)

// Explained is how one table of a sheet was understood and why: what check
// --explain draws. Texts of cells are masked, and those that are no heads, no
// labels and no names of ours stay out.
type Explained struct {
	Form    string          `json:"form"`   // as SheetReading.Form; empty: nothing for us
	Layout  string          `json:"layout"` // as SheetReading.Layout
	Heads   string          `json:"heads"`  // range of the head block, such as A3:F4
	Unit    Sourced         `json:"unit"`   // where the whole table is of one unit
	Period  Sourced         `json:"period"`
	Columns []ExplainedHead `json:"columns"`
	Rows    []ExplainedHead `json:"rows,omitempty"` // of reports: every row under the heads
	Notes   []ExplainNote   `json:"notes,omitempty"`
}

// Sourced is something that holds for a whole table, with the place that it was
// read from.
type Sourced struct {
	Value string `json:"value"` // code of a unit, or a period; empty: none
	From  string `json:"from"`  // title, sheet, file or source
	Ref   string `json:"ref"`   // address, where a cell says so
}

// ExplainedHead is what one column or row was taken for.
type ExplainedHead struct {
	At      string   `json:"at"`   // C for a column, 5 for a row
	Ref     string   `json:"ref"`  // address of its head or label
	Path    []string `json:"path"` // its head and those above it, outermost first; masked
	Role    HeadRole `json:"role"`
	Means   string   `json:"means,omitempty"`   // code of the indicator, or name of the field
	Unit    string   `json:"unit,omitempty"`    // code of the unit that it names
	Period  string   `json:"period,omitempty"`  // that it names; without a year as 06
	Aspect  string   `json:"aspect,omitempty"`  // own, cumulative, year_ago, previous or change
	Total   bool     `json:"total,omitempty"`   // adds others up
	Measure string   `json:"measure,omitempty"` // in which the cells are
	Factor  float64  `json:"factor,omitempty"`  // to the catalogue's measure; 0: none to speak of
	Why     string   `json:"why,omitempty"`     // code in messages.csv of why it is not read, or read so
	Args    []string `json:"args,omitempty"`    // of Why
	Read    int      `json:"read,omitempty"`    // cells that became figures
	Aside   int      `json:"aside,omitempty"`   // cells that were set aside
	Suspect int      `json:"suspect,omitempty"` // figures that contradict something
	Marks   string   `json:"marks,omitempty"`   // of a row: what became of each of its cells, one mark for each of Columns
}

// The marks of Explained.Rows.
const (
	MarkBlank   = '.' // nothing stands there
	MarkLabel   = 'n' // a name of a unit, an indicator, a period or a measure
	MarkRead    = '#' // a figure
	MarkNone    = '-' // marked as not applicable
	MarkSuspect = '?' // a figure that contradicts something
	MarkAside   = '!' // could not be read and was set aside
	MarkCheck   = '=' // a total or a comparison: checked only
	MarkUnread  = 'x' // not read
)

// ExplainNote is one more thing to say of a table: a message with its arguments
// and, where it is about a place, the address.
type ExplainNote struct {
	Code string   `json:"code"` // in messages.csv
	Args []string `json:"args,omitempty"`
	Ref  string   `json:"ref,omitempty"`
}

// Message returns the note as a sentence.
func (n ExplainNote) Message(l Lang) string { return messageText(n.Code, l, n.Args) }

// Reason returns the sentence of why a head is not read, or read so; empty where
// nothing is to be said.
func (h ExplainedHead) Reason(l Lang) string {
	if h.Why == "" {
		return ""
	}
	return messageText(h.Why, l, h.Args)
}
