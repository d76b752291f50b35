package page

import (
	"time"

	"jindu/store"
)

// Board is a snapshot with what its pages show worked out once: lines, reports
// and trust are kept as they are asked for. A board belongs to one session.
type Board struct {
	*store.Snapshot
	lines   map[lineKey]store.Line
	reports []store.Report
	trust   store.Trust
	tasks   map[string]store.TaskCounts
	old     map[time.Time]bool // when figures arrived whose source has gone quiet
	stated  map[stating]bool

	gradings  map[string][]store.Grading // by scheme; worked out when asked for
	expected  []store.Expectation        // worked out when asked for
	meetings  []store.Meeting            // the last one first; worked out when asked for
	standings map[campaignKey]*store.Standing
	awaited   func(store.Task) []store.Task
}

// stating is a file that states a figure of a unit for the period.
type stating struct {
	unit string
	book int64
}

type lineKey struct{ scope, code string }

// NewBoard works out what every page needs of the snapshot: the district's
// lines, the reports of its units and the trust in them.
func NewBoard(s *store.Snapshot) *Board {
	b := &Board{Snapshot: s, lines: map[lineKey]store.Line{}, tasks: map[string]store.TaskCounts{}}
	b.old, b.stated = map[time.Time]bool{}, map[stating]bool{}
	for _, f := range s.Figures {
		if now, ok := s.Figure(f.Unit, f.Indicator, f.Period); ok && (now.State == store.Stale || now.State == store.SourceDown) {
			b.old[f.Received] = true
		}
		if f.Period == s.Period {
			b.stated[stating{f.Unit, f.Cell.Workbook}] = true
		}
	}
	b.reports = s.Reports(store.DistrictCode)
	b.trust = s.Trust(store.DistrictCode)
	for _, ind := range s.Catalogue.Indicators {
		b.Line(store.DistrictCode, ind.Code)
	}
	return b
}

// Line returns the indicator for the scope.
func (b *Board) Line(scope, code string) store.Line {
	key := lineKey{scope, code}
	l, ok := b.lines[key]
	if !ok {
		l = b.Snapshot.Line(scope, code)
		b.lines[key] = l
	}
	return l
}

// Reports returns how every unit that owes anything stands.
func (b *Board) Reports() []store.Report { return b.reports }

// Report returns how one unit stands.
func (b *Board) Report(unit string) store.Report {
	for _, r := range b.reports {
		if r.Unit.Code == unit {
			return r
		}
	}
	return b.Snapshot.Report(unit)
}

// Trust returns the completeness of the district.
func (b *Board) Trust() store.Trust { return b.trust }

// TaskCounts returns the counts of the scope's tasks.
func (b *Board) TaskCounts(scope string) store.TaskCounts {
	c, ok := b.tasks[scope]
	if !ok {
		c = b.Snapshot.TaskCounts(scope)
		b.tasks[scope] = c
	}
	return c
}

// Meetings returns what became of the decisions of every meeting, the last one first.
func (b *Board) Meetings() []store.Meeting {
	if b.meetings == nil {
		b.meetings = store.Meetings(b.Tasks, b.Today, b.Settings.Calendar)
	}
	return b.meetings
}

// Expected returns what is to be done beside what is done, by the practice.
func (b *Board) Expected() []store.Expectation {
	if b.expected == nil {
		b.expected = append([]store.Expectation{}, b.Expectations(b.Counts("persons", store.DistrictCode))...)
	}
	return b.expected
}

// Awaited returns the tasks that a task still waits for.
func (b *Board) Awaited(t store.Task) []store.Task {
	if b.awaited == nil {
		b.awaited = store.Awaited(b.Tasks)
	}
	return b.awaited(t)
}

// quiet reports whether something arrived at that moment from a source that has
// gone quiet since.
func (b *Board) quiet(t time.Time) bool { return b.old[t] }

// states reports whether the file states a figure of the unit for the period.
func (b *Board) states(unit string, book int64) bool { return b.stated[stating{unit, book}] }
