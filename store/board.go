package store

import (
	"math"
	"time"
)

// Snapshot is everything that the screens show, as of one moment: no two tiles
// of one snapshot ever disagree. It never changes once it is made, so sessions
// share it.
type Snapshot struct {
	*SnapshotData
	Moment time.Time // the moment that it is of, in the district's zone
	Today  Date      // the day of Moment

	figures   map[Key]Figure
	conflicts map[Key]bool
	aside     map[Key]SetAside
	pending   map[Key]Pending
	noted     map[Key]time.Time // when an officer last decided about the figure
	sums      map[sumKey]Sum
	series    map[UnitIndicator]Series
	books     map[int64]Workbook
	files     map[file]Workbook
	down      map[string]State // sources that are not fresh
	refused   map[string]bool  // units with a refused workbook; true: of this very period, false: of one unknown
	heard     map[string]bool  // units that have stated a figure of the period
	duties    *Duties
	ledgers   *ledgers
	mask      *mask // nil: everything is seen
	dated     *datedForms
	readied   *readied
}

type file struct{ source, path string }

type sumKey struct {
	unit, indicator string
	year            int
}

// NewSnapshot derives what the rows of the mirror mean at their moment.
func NewSnapshot(d *SnapshotData) *Snapshot {
	s := &Snapshot{
		SnapshotData: d,
		Moment:       d.Request.Now,
		figures:      make(map[Key]Figure, len(d.Figures)),
		conflicts:    make(map[Key]bool, len(d.Conflicts)),
		aside:        make(map[Key]SetAside, len(d.SetAside)),
		pending:      make(map[Key]Pending, len(d.Pending)),
		noted:        make(map[Key]time.Time, len(d.Acknowledged)),
		sums:         make(map[sumKey]Sum, len(d.Sums)),
		series:       make(map[UnitIndicator]Series, len(d.Series)),
		books:        make(map[int64]Workbook, len(d.Workbooks)),
		files:        make(map[file]Workbook, len(d.Workbooks)),
		heard:        map[string]bool{},
		ledgers:      &ledgers{},
		dated:        &datedForms{},
		readied:      &readied{},
		duties:       NewDuties(d.Units, d.Catalogue, d.Settings, d.Reporting),
	}
	if !d.Request.AsOf.IsZero() {
		s.Moment = d.Request.AsOf
	}
	if d.Settings.Zone != nil {
		s.Moment = s.Moment.In(d.Settings.Zone)
	}
	s.Today = DateOf(s.Moment)
	for _, k := range d.Conflicts {
		s.conflicts[k] = true
	}
	for _, a := range d.SetAside {
		s.aside[a.Key] = a
	}
	for _, p := range d.Pending {
		s.pending[p.Key] = p
	}
	for _, a := range d.Acknowledged {
		s.noted[a.Key] = a.KnownFrom
	}
	for _, one := range d.Sums {
		s.sums[sumKey{one.Unit, one.Indicator, one.Year}] = one
	}
	for _, one := range d.Series {
		s.series[UnitIndicator{one.Unit, one.Indicator}] = one
	}
	s.learnSources()
	for _, f := range d.Figures {
		f.State = s.stateOf(f)
		s.figures[f.Key] = f
		s.heard[f.Unit] = s.heard[f.Unit] || f.Period == s.Period
	}
	s.lengthen()
	return s
}

// Live reports whether the snapshot is of now and not of a moment in the past.
func (s *Snapshot) Live() bool { return s.Request.AsOf.IsZero() }

// learnSources notes which sources do not answer, or were last seen longer ago
// than two turns of their schedule, and whose latest workbook was refused.
func (s *Snapshot) learnSources() {
	s.down = map[string]State{}
	seen := map[string]bool{}
	for _, p := range s.Pulls {
		if seen[p.Source] {
			continue
		}
		seen[p.Source] = true
		if p.Error != "" {
			s.down[p.Source] = SourceDown
		}
		for _, set := range s.Settings.Sources {
			if set.Name == p.Source && set.Interval > 0 && p.Error == "" && s.Moment.Sub(p.Started) > 2*set.Interval {
				s.down[p.Source] = Stale
			}
		}
	}
	s.refused = map[string]bool{}
	for _, w := range s.Workbooks {
		s.books[w.ID] = w
		s.files[file{w.Source, w.Path}] = w
		if w.Verdict == Rejected && w.Live && w.Unit != "" && s.about(w) {
			s.refused[w.Unit] = s.refused[w.Unit] || w.Period == s.Period
		}
	}
}

// about reports whether a refused workbook may be the report of the period: where
// nobody can tell, one that came after the month began and before it closed. Of longer
// periods few reports are handed in, and nearly all that is refused is of a month.
func (s *Snapshot) about(w Workbook) bool {
	if !w.Period.IsZero() {
		return w.Period == s.Period
	}
	if s.Period.Kind != Month && s.Period.Kind != Week {
		return false
	}
	day := DateOf(w.Received.In(s.Moment.Location()))
	return !day.Before(s.Period.Start()) && !day.After(s.Settings.Closes(s.Period))
}

func (s *Snapshot) stateOf(f Figure) State {
	state := Fresh
	// A correction that an officer has taken note of since is news to nobody.
	if f.Version > 1 && s.Moment.Sub(f.KnownFrom) < 24*time.Hour && !s.noted[f.Key].After(f.KnownFrom) {
		state = Worst(state, Corrected)
	}
	if !f.FirstArrived.IsZero() && s.lateBy(f.Unit, f.Period, f.FirstArrived) > 0 {
		state = Worst(state, Late)
	}
	if _, ok := s.aside[f.Key]; ok {
		state = Worst(state, Partial)
	}
	if f.Suspect {
		state = Worst(state, Suspect)
	}
	if down, ok := s.down[f.Cell.Source]; ok {
		state = Worst(state, down)
	}
	if s.conflicts[f.Key] {
		state = Worst(state, Conflict)
	}
	if w, ok := s.files[file{f.Cell.Source, f.Cell.Path}]; ok && w.Verdict == Rejected {
		state = Worst(state, Refused) // an older version of the file states it: the newest was refused
	}
	return state
}

// hasRefused reports whether a refused workbook of the unit may be its report
// of the period.
func (s *Snapshot) hasRefused(unit string) bool {
	_, ok := s.refused[unit]
	return ok
}

// lateBy returns the days that something of the unit's period came after it was due.
func (s *Snapshot) lateBy(unit string, p Period, arrived time.Time) int {
	if s.Settings.DueDay == 0 {
		return 0
	}
	if s.Settings.Zone != nil {
		arrived = arrived.In(s.Settings.Zone)
	}
	return max(0, DateOf(arrived).Sub(s.duties.Due(unit, p)))
}

// Figure returns what is known of an indicator of a unit for a month. Where the
// indicator is reported by quarter, half-year or year it is the figure of the
// period of that length that holds the month, or of the one before; and of a longer
// period than it is reported by it may be derived, see lengthen. What a mask veils is
// not known.
func (s *Snapshot) Figure(unit, indicator string, p Period) (Figure, bool) {
	if f, ok := s.figures[Key{unit, indicator, p}]; ok {
		return f, f.Veil == Open
	}
	ind, ok := s.Catalogue.ByCode(indicator)
	if !ok || ind.Cadence.PeriodKind() == Month || p.Kind != Month {
		return Figure{}, false
	}
	longer := p.Of(ind.Cadence.PeriodKind())
	for _, q := range []Period{longer, longer.Add(-1)} {
		if f, ok := s.figures[Key{unit, indicator, q}]; ok {
			return f, f.Veil == Open
		}
	}
	return Figure{}, false
}

// Owing returns the units within the scope that owe the indicator, in the
// board's order; see Duties.
func (s *Snapshot) Owing(scope, indicator string) []string {
	ind, ok := s.Catalogue.ByCode(indicator)
	if !ok {
		return nil
	}
	var out []string
	for _, code := range s.addends(scope, ind.Code) {
		if s.owes(code, ind) {
			out = append(out, code)
		}
	}
	return out
}

// addends returns the units whose figures of an indicator make up the scope's total.
func (s *Snapshot) addends(scope, indicator string) []string {
	return s.Units.Addends(scope, func(unit string) bool { return s.duties.Ever(unit, indicator) })
}

func (s *Snapshot) owes(unit string, ind Indicator) bool { return s.duties.Owes(unit, ind) }

// missing returns the state of a figure that is not there.
func (s *Snapshot) missing(unit, indicator string, p Period) State {
	key := Key{unit, indicator, p}
	switch {
	case s.conflicts[key]:
		return Conflict
	case s.refused[unit], indicator == "" && s.hasRefused(unit):
		return Refused
	}
	if _, ok := s.aside[key]; ok {
		return Refused
	}
	if s.Settings.DueDay > 0 && !s.Today.After(s.duties.Due(unit, p)) {
		return Due
	}
	if s.hasRefused(unit) && !s.heard[unit] { // of a unit whose report is there it was another
		return Refused
	}
	if s.partly(key) {
		return Partial
	}
	return Never
}

// Aside returns where the newest cell of a figure stands that could not be read.
func (s *Snapshot) Aside(k Key) (SetAside, bool) {
	a, ok := s.aside[k]
	return a, ok
}

// Waiting returns the value of a figure that waits for an officer, if one does.
func (s *Snapshot) Waiting(k Key) (Pending, bool) {
	p, ok := s.pending[k]
	return p, ok
}

// Book returns the latest version of a path by its id.
func (s *Snapshot) Book(id int64) (Workbook, bool) {
	w, ok := s.books[id]
	return w, ok
}

// Num is a number that may be unknown.
type Num struct {
	V  float64
	OK bool
}

// Some returns a known number.
func Some(v float64) Num { return Num{v, true} }

// PoissonZ says whether a change of small counts means anything: |z| > 3 does.
func PoissonZ(now, then float64) float64 { return 2 * (math.Sqrt(now) - math.Sqrt(then)) }
