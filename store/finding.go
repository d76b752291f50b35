package store

import "time"

// Severity is how much a finding matters.
type Severity string

// The severities.
const (
	Fault   Severity = "error"
	Warning Severity = "warning"
	Info    Severity = "info"
)

// Finding is what was wrong, where, by which rule, and what to do. It never
// holds the offending value: Args are names from dictionaries, addresses,
// counts and sums of figures.
type Finding struct {
	ID        int64
	Severity  Severity
	Rule      string // code of the message, see messages.csv
	Args      []string
	Source    string
	Workbook  int64
	Path      string // masked
	Sheet     string // masked
	Cell      string // A1 address or range
	Unit      string // code, where the finding is about one
	Indicator string
	Period    Period
	KnownFrom time.Time
	KnownTo   time.Time // when a later version of the file no longer had it; zero: open
}

// Message returns the sentence for the person.
func (f Finding) Message(l Lang) string { return messageText(f.Rule, l, f.Args) }

// Hint returns what to do next.
func (f Finding) Hint(l Lang) string { return hintText(f.Rule, l, f.Args) }

// NewFinding makes a finding with the severity that messages.csv gives its rule.
func NewFinding(rule, sheet, cell string, args ...string) Finding {
	return Finding{Severity: severityOf(rule), Rule: rule, Sheet: sheet, Cell: cell, Args: args}
}
