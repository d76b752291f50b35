package store

import (
	"time"
)

// SnapshotRequest says which moment and period a snapshot is of.
type SnapshotRequest struct {
	Period Period    // zero: the latest month that at least half of the units have reported
	Beside Period    // one more period to compare with; zero: the one before and a year ago alone
	AsOf   time.Time // zero: everything that is known now
	Now    time.Time
	// WithoutFindings leaves the findings out, and so reaches back to moments of
	// which they are not kept any more.
	WithoutFindings bool
}

// SnapshotData is what one read transaction of the mirror takes out of it, as
// of one moment. Figures, sums and series know nothing of states: NewSnapshot
// derives those.
type SnapshotData struct {
	Request   SnapshotRequest
	Period    Period // the one chosen
	Periods   []Period
	Units     Units
	Catalogue *Catalogue
	Settings  Settings

	// Figures holds the versions that stood at the moment, of the period, the
	// one before and the same of last year; of indicators that are not monthly,
	// of the period of their cadence that holds each of these and the one before
	// that, since a quarter that is not over has no figure yet.
	Figures []Figure
	// Sums holds, per unit and flow, the sum of the months from January to the
	// period's month, this year and last.
	Sums []Sum
	// Series holds the values of the last SeriesMonths of each unit's indicators,
	// and of their sums over the district.
	Series []Series
	// Reporting holds each unit and indicator of which the mirror ever knew a figure.
	Reporting []UnitIndicator
	Conflicts []Key
	SetAside  []SetAside
	Pending   []Pending // values of all periods that wait for an officer
	// Acknowledged holds, in their order, the decisions about figures of the wanted
	// periods and those of the day before the moment.
	Acknowledged []Acknowledgement
	Tasks        []Task
	Cases        []CaseCount
	// CaseRows are the rows of the case ledger that were dated in the last SeriesMonths,
	// where a campaign or a target counts them by days.
	CaseRows []Case
	// Records holds the rows of the other ledgers, and Tallies what ledgers count, of
	// the last SeriesMonths up to the period and later, and of no day: see Rows and
	// Counts. Snapshots share them.
	Records  []Record
	Tallies  []Tally
	Findings []Finding // open ones, newest first
	// Workbooks holds the latest version of the files that came last, were refused,
	// or state one of the figures, the newest first; Files is how many there are.
	Workbooks []Workbook
	Files     int
	Pulls     []Pull   // the latest of each source first, then earlier ones
	Changes   []Change // newest first, of the day before the moment
	Version   int64    // grows with every commit that changes what is shown
}

// How far back a course reaches, including the period's own month, and over how
// many months a unit is compared with itself.
const (
	SeriesMonths = 24
	UnitMonths   = 12
)

// ChangesShown is how many changes of a day a snapshot carries at most: a first pull
// changes everything at once.
const ChangesShown = 500

// Sum is a flow summed over months.
type Sum struct {
	Unit      string
	Indicator string
	Year      int
	Value     float64
	Months    int // how many months had a figure
}

// Series is the course of an indicator, oldest first, ending with the
// snapshot's period; Known says which months have a value.
type Series struct {
	Unit      string // code; of a course also DistrictCode
	Indicator string
	Values    []float64
	Known     []bool
}

// UnitIndicator is a unit and an indicator that it reports.
type UnitIndicator struct{ Unit, Indicator string }

// SetAside is a figure whose newest cell could not be read.
type SetAside struct {
	Key
	Workbook int64
	Sheet    string
	Ref      string
	Rule     string
}

// Change is a figure that got another value.
type Change struct {
	Key
	From, To float64
	Cell     Cell
	At       time.Time
	First    bool // the figure is new, From means nothing
}

// CaseCount counts the case ledger's rows by the month in which they were solved.
type CaseCount struct {
	Unit   string
	Class  string
	Period Period
	Rows   int
	Newest Date // the last day on which one of them was solved
}

// Neighbour is a figure that was read near a cell: what the origin overlay
// draws so that an eye finds the cell again in the real file.
type Neighbour struct {
	Row, Col  int // counted from 0
	Unit      string
	Indicator string
	Period    Period
	Value     float64
	NA        bool
}

// Stamp is what the mirror knows of a path: its latest version.
type Stamp struct {
	Workbook int64
	SHA256   string
	Size     int64
	Modified time.Time
	Verdict  Verdict
	Live     bool
	Unit     string // code of the unit that it speaks for; empty: of several, or unknown
}
