package store

import "time"

// Retention says for how long the past is kept. What stands, what a closed period
// rests on and what waits for an officer never goes, however old it is.
type Retention struct {
	VersionMonths int // how long all that was ever known is kept; 0: for ever
	ClosedYears   int // how long the corrections of closed periods are, when other versions have gone
	FindingMonths int // how long findings are kept that hold no more; 0: for ever
}

// KeptFrom returns the first moment as of which everything must still be told,
// counted from the day of now; zero where nothing ever goes.
func (r Retention) KeptFrom(now time.Time) time.Time { return monthsBefore(now, r.VersionMonths) }

// FindingsFrom is KeptFrom for findings.
func (r Retention) FindingsFrom(now time.Time) time.Time { return monthsBefore(now, r.FindingMonths) }

// ClosedFrom is KeptFrom for the corrections of closed periods: they outlive all
// other versions.
func (r Retention) ClosedFrom(now time.Time) time.Time {
	return monthsBefore(now, max(12*r.ClosedYears, r.VersionMonths))
}

// monthsBefore returns the beginning of the day so many months before.
func monthsBefore(now time.Time, months int) time.Time {
	if months == 0 {
		return time.Time{}
	}
	y, m, d := now.Date()
	return time.Date(y, m-time.Month(months), d, 0, 0, 0, 0, now.Location())
}

// Removal says what the retention has removed. Nothing of it was shown of the
// present.
type Removal struct {
	At           time.Time
	KeptFrom     time.Time // as of an earlier moment not everything can be told any more; zero: all of it can
	FindingsFrom time.Time // likewise, of findings
	Versions     int       // rows of figures: a version has one for each workbook that stated it
	Statements   int       // of old versions of workbooks on which no figure rests
	Rows         int       // of ledgers, and of what was set aside or contradicted
	Findings     int
	Pulls        int
}

// IsZero reports whether nothing was removed.
func (r Removal) IsZero() bool { return r.Versions+r.Statements+r.Rows+r.Findings+r.Pulls == 0 }

// VersionsRemoved returns how many versions of a figure there were beside those
// that are left: they were numbered from 1 on.
func VersionsRemoved(left []Figure) int {
	last := 0
	for _, f := range left {
		last = max(last, f.Version)
	}
	return last - len(left)
}
