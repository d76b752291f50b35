package store

import "time"

// Verdict is the judgement of a workbook or a sheet.
type Verdict string

// The verdicts, best first.
const (
	Accepted Verdict = "accepted"
	Partly   Verdict = "partial"
	Rejected Verdict = "refused"
)

// WorseVerdict returns the worse of two verdicts.
func WorseVerdict(a, b Verdict) Verdict {
	rank := map[Verdict]int{"": 0, Accepted: 1, Partly: 2, Rejected: 3}
	if rank[b] > rank[a] {
		return b
	}
	return a
}

// Workbook is one version of one file: the SHA-256 of its bytes and the order
// in which it was received. The bytes themselves stay with the unit.
type Workbook struct {
	ID        int64
	Source    string
	Path      string // slash-separated, within the source; masked
	SHA256    string // hex
	Size      int64
	Format    string    // xlsx, csv, ...
	Modified  time.Time // what the source says; a hint, never an order
	Received  time.Time // when the pull read it
	Initial   bool      // found by the first pull of its source, so nobody knows when it arrived
	Version   int       // of this path, from 1
	Verdict   Verdict
	Persons   bool   // lists persons: of its name only known words are printed; not kept
	Unit      string // code, where the whole file is of one unit, even if it was refused
	Period    Period // the file's own period, where it has one
	Live      bool   // the source still has this version
	Figures   int
	Rows      int
	SetAside  int // cells or rows that could not be read
	GoneSince time.Time
}

// Arrived returns the best knowledge of when the unit handed the version in:
// the time it was received, or for files that were there before the first pull
// the file's own time where that is earlier.
func (w Workbook) Arrived() time.Time {
	if w.Initial && !w.Modified.IsZero() && w.Modified.Before(w.Received) {
		return w.Modified
	}
	return w.Received
}

// SheetReading is how one sheet was understood.
type SheetReading struct {
	Name    string // masked
	Index   int    // from 0
	Hidden  bool
	Form    string // report, tasks, cases, persons, ...; empty: nothing for us
	Layout  string // units_down, indicators_down, months_across, transposed, long
	Unit    string // code, where the sheet is of one unit
	Period  Period // the sheet's own period, of several the last
	From    Period // the first of several; zero where there is but one
	Figures int
	Rows    int
	Verdict Verdict
	Explain []Explained // its tables; only where an explanation was asked for
}

// Reading is all that one workbook says: what sync/form makes of it and what
// the mirror applies in one transaction.
type Reading struct {
	Workbook   Workbook
	Sheets     []SheetReading
	Statements []Statement
	Compared   []Statement // 去年同期 and 上月 as printed: held against the mirror, never stored
	Tasks      []Task
	Cases      []Case
	Records    []Record // rows of the other ledgers
	Tallies    []Tally  // what ledgers count
	Heads      []Head   // how every head was understood, in the order of the sheets
	Findings   []Finding
	// SetAside names figures whose cell could not be read: their last good
	// value stays.
	SetAside []Key
}

// Outcome is what applying a workbook did to the mirror.
type Outcome struct {
	Workbook  int64 // id
	Opened    int   // figures that are new
	Corrected int   // figures that got another value
	Unchanged int
	Conflicts int
	Pending   int       // figures that got another value which waits for an officer
	Findings  []Finding // those that only history could tell: duplicates, conflicts, restatements
}

// Pull is one look at one source.
type Pull struct {
	ID        int64     `json:"id"`
	Source    string    `json:"source"`
	Started   time.Time `json:"started"`
	Ended     time.Time `json:"ended"`
	Listed    int       `json:"listed"`
	Fetched   int       `json:"fetched"`
	Unchanged int       `json:"unchanged"`
	Accepted  int       `json:"accepted"`
	Partial   int       `json:"partial"`
	Refused   int       `json:"refused"`
	Error     string    `json:"error"` // rendered; empty: the source answered

	// Gone are the files that were there at the last pull and are no more. The mirror
	// keeps that with each of them and not with the pull.
	Gone []string `json:"-"`

	// Findings are about the source and not about a workbook: vanished files, a
	// file still being uploaded. They stay open until the source's next pull.
	Findings []Finding `json:"-"`
}
