package page

import (
	"sync"
	"time"

	"jindu/store"
)

// Board is a snapshot with what its pages show worked out once: lines, reports
// and trust are kept as they are asked for. Sessions share it.
type Board struct {
	*store.Snapshot
	reports []store.Report
	trust   store.Trust
	old     map[time.Time]bool // when figures arrived whose source has gone quiet
	stated  map[stating]bool

	// What is worked out when it is asked for.
	lines     memo[lineKey, store.Line]
	tasks     memo[string, store.TaskCounts]
	gradings  memo[string, []store.Grading] // by scheme
	standings memo[campaignKey, *store.Standing]
	results   memo[resultKey, store.Result]
	owing     memo[lineKey, []string]
	courses   memo[lineKey, store.Series]
	surveys   memo[string, []store.Line]
	meetings  func() []store.Meeting // the last one first
	awaited   func() func(store.Task) []store.Task
	expected  func() []store.Expectation
}

// stating is a file that states a figure of a unit for the period.
type stating struct {
	unit string
	book int64
}

type lineKey struct{ scope, code string }

// resultKey is what a campaign has brought of an indicator, in a scope.
type resultKey struct {
	of    *store.Standing
	scope string
}

// NewBoard works out what every page needs of the snapshot: the district's
// lines, the reports of its units and the trust in them.
func NewBoard(s *store.Snapshot) *Board {
	b := &Board{Snapshot: s, old: map[time.Time]bool{}, stated: map[stating]bool{}}
	b.meetings = sync.OnceValue(func() []store.Meeting { return store.Meetings(b.Tasks, b.Today, b.Settings.Calendar) })
	b.expected = sync.OnceValue(func() []store.Expectation { return b.Expectations(b.Counts("persons", store.DistrictCode)) })
	b.awaited = sync.OnceValue(func() func(store.Task) []store.Task { return store.Awaited(b.Tasks) })
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
	return b.lines.get(lineKey{scope, code}, func() store.Line { return b.Snapshot.Line(scope, code) })
}

// Owing returns the units of the scope that owe the indicator; the list is not to be
// changed.
func (b *Board) Owing(scope, code string) []string {
	return b.owing.get(lineKey{scope, code}, func() []string { return b.Snapshot.Owing(scope, code) })
}

// Course returns how the indicator went in the scope; its values are not to be changed.
func (b *Board) Course(scope, code string) store.Series {
	return b.courses.get(lineKey{scope, code}, func() store.Series { return b.Snapshot.Course(scope, code) })
}

// Survey returns what a survey has said, period by period; the list is not to be
// changed.
func (b *Board) Survey(code string) []store.Line {
	return b.surveys.get(code, func() []store.Line { return b.Snapshot.Survey(code) })
}

// Brought returns what a campaign has brought of an indicator in the scope.
func (b *Board) Brought(of *store.Standing, scope string) store.Result {
	return b.results.get(resultKey{of, scope}, func() store.Result { return of.Of(scope) })
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
	return b.tasks.get(scope, func() store.TaskCounts { return b.Snapshot.TaskCounts(scope) })
}

// Meetings returns what became of the decisions of every meeting, the last one first.
func (b *Board) Meetings() []store.Meeting { return b.meetings() }

// Expected returns what is to be done beside what is done, by the practice.
func (b *Board) Expected() []store.Expectation { return b.expected() }

// Awaited returns the tasks that a task still waits for.
func (b *Board) Awaited(t store.Task) []store.Task { return b.awaited()(t) }

// quiet reports whether something arrived at that moment from a source that has
// gone quiet since.
func (b *Board) quiet(t time.Time) bool { return b.old[t] }

// states reports whether the file states a figure of the unit for the period.
func (b *Board) states(unit string, book int64) bool { return b.stated[stating{unit, book}] }
