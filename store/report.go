package store

import (
	"slices"
	"time"
)

// Report is how a unit stands with what it owes for the snapshot's period.
type Report struct {
	Unit     Unit
	Form     Form // that it owes; zero: none is named, it owes what it has stated before
	Due      Date // the last day on which it is on time
	State    State
	Owed     int // indicators of the period's length that it owes
	Reported int // of these, that it has stated
	LateDays int // the latest of its figures came so many days after the due date
	SetAside int // cells that could not be read
	Suspect  int
	Pending  int       // of these, how many have a newer value that waits for an officer
	Partial  bool      // something that it has stated before, or that could not be read, is lacking
	Overdue  int       // corrections that were accepted after the period had closed
	First    time.Time // when the first of its figures arrived
	Oldest   time.Time
	Newest   time.Time
	Latest   Figure // the newest of its figures

	early bool // one of its figures came in time
}

// Reports returns how every unit within the scope stands that owes anything, in
// the board's order.
func (s *Snapshot) Reports(scope string) []Report {
	var out []Report
	for _, code := range s.Units.Below(scope) {
		if r := s.Report(code); r.Owed > 0 {
			out = append(out, r)
		}
	}
	return out
}

// OnTime reports whether anything of the report arrived by the day on which it
// was due: what is added or corrected later does not make it late.
func (r Report) OnTime() bool { return r.Reported > 0 && r.early }

// Report returns how one unit stands with what it owes for the snapshot's period: for
// periods as long, and of a longer one what it owes for the months within.
func (s *Snapshot) Report(unit string) Report {
	u, _ := s.Units.ByCode(unit)
	r := Report{Unit: u, Overdue: s.overdue(unit), Due: s.duties.Due(unit, s.Period)}
	cadence := s.Period.cadence()
	duty, named := s.duties.Of(unit, cadence)
	r.Form = duty.Form
	gap := false
	for _, ind := range s.Catalogue.Indicators {
		if ind.Origin != FromReport || !s.comprises(ind) || !s.owes(unit, ind) || s.duties.Released(unit, ind.Cadence) || s.recomputed(unit, ind) {
			continue
		}
		r.Owed++
		key := Key{unit, ind.Code, s.Period}
		if _, ok := s.aside[key]; ok {
			r.SetAside++
		}
		if _, ok := s.pending[key]; ok {
			r.Pending++
		}
		f, ok := s.figures[key]
		if !ok {
			gap = gap || s.duties.Ever(unit, ind.Code)
			if s.conflicts[key] {
				r.State = Worst(r.State, Conflict)
			}
			continue
		}
		r.add(f, s.lateBy(unit, s.Period, f.FirstArrived))
	}
	if named && r.Owed == 0 && !s.duties.Released(unit, cadence) { // nothing ever came from the unit or its like: the form says what is wanted
		r.Owed = len(duty.Form.Indicators)
	}
	s.settle(&r, gap)
	return r
}

// comprises reports whether the indicator is of the report of the snapshot's period: it
// is reported for periods as long, or by the month where months make the period up.
func (s *Snapshot) comprises(ind Indicator) bool {
	if ind.Cadence == s.Period.cadence() {
		return true
	}
	return ind.Cadence == Monthly && ind.Kind != Ratio && ind.Kind != Text && len(s.Period.Parts(Month)) > 0
}

// overdue counts the corrections of the unit's figures of the period that an
// officer accepted after it had closed: 逾期更正.
func (s *Snapshot) overdue(unit string) int {
	n := 0
	for _, a := range s.Acknowledged {
		late := a.Matter == PendingMatter && a.Decision == Accept && (a.Wait == WaitClosed || a.Wait == WaitWithdrawn)
		if late && a.Key.Unit == unit && a.Key.Period == s.Period {
			n++
		}
	}
	return n
}

// recomputed reports whether the unit's ratio follows from parts that it
// reports: then it owes the parts and not the ratio.
func (s *Snapshot) recomputed(unit string, ind Indicator) bool {
	if ind.Kind != Ratio {
		return false
	}
	num, ok := s.Catalogue.ByCode(ind.Numerator)
	return ok && s.owes(unit, num)
}

func (r *Report) add(f Figure, late int) {
	r.Reported++
	r.State = Worst(r.State, f.State)
	r.early = r.early || late == 0
	if !f.FirstArrived.IsZero() {
		r.LateDays = max(r.LateDays, late)
		if r.First.IsZero() || f.FirstArrived.Before(r.First) {
			r.First = f.FirstArrived
		}
	}
	if f.Suspect {
		r.Suspect++
	}
	if since := f.Since(); r.Oldest.IsZero() || since.Before(r.Oldest) {
		r.Oldest = since
	}
	if f.Received.After(r.Newest) {
		r.Newest, r.Latest = f.Received, f
	}
}

// settle gives the unit its state where its figures alone do not tell it.
func (s *Snapshot) settle(r *Report, gap bool) {
	code := r.Unit.Code
	r.Partial = r.Reported > 0 && gap || r.SetAside > 0
	switch {
	case r.Owed == 0:
		return
	case s.refused[code], r.Reported == 0 && s.hasRefused(code):
		r.State = Worst(r.State, Refused)
	case r.Reported == 0 && r.SetAside == 0:
		r.State = Worst(r.State, s.missing(code, "", s.Period))
	case r.Partial:
		r.State = Worst(r.State, Partial)
	}
}

// Trust sums the district's completeness up: how many units reported of those
// that owe anything, how old the oldest is, and how many are in each state.
type Trust struct {
	N, M   int
	Oldest time.Time
	States map[State]int
}

// Trust returns the completeness of the scope.
func (s *Snapshot) Trust(scope string) Trust {
	t := Trust{States: map[State]int{}}
	for _, r := range s.Reports(scope) {
		t.M++
		if r.Reported > 0 {
			t.N++
		}
		t.States[r.State]++
		if !r.Oldest.IsZero() && (t.Oldest.IsZero() || r.Oldest.Before(t.Oldest)) {
			t.Oldest = r.Oldest
		}
	}
	delete(t.States, Fresh)
	return t
}

// TaskCounts counts tasks by where they stand.
type TaskCounts struct {
	Listed, Overdue, DueSoon, Open, Undated, Done int
	Longest                                       int // days of the longest overdue
	Oldest                                        time.Time
}

// add counts a task in that state.
func (c *TaskCounts) add(state TaskState, days int) {
	c.Listed++
	switch state {
	case StateOverdue:
		c.Overdue++
		c.Longest = max(c.Longest, days)
	case StateDueSoon:
		c.DueSoon++
	case StateUndated:
		c.Undated++
	case StateDone:
		c.Done++
	default:
		c.Open++
	}
}

// TaskCounts counts the tasks of the units within the scope.
func (s *Snapshot) TaskCounts(scope string) TaskCounts { return s.CountTasks(s.TasksOf(scope)) }

// CountTasks counts some of the tasks.
func (s *Snapshot) CountTasks(tasks []Task) TaskCounts {
	c := TaskCounts{}
	for _, t := range tasks {
		state, days := t.State(s.Today, s.Settings.Calendar)
		c.add(state, days)
		seen := s.received(t.Cell, t.KnownFrom)
		if c.Oldest.IsZero() || seen.Before(c.Oldest) {
			c.Oldest = seen
		}
	}
	return c
}

// received returns when the version of the file arrived that states a row now:
// a ledger that is handed in anew is new, though most of its rows are not.
func (s *Snapshot) received(c Cell, known time.Time) time.Time {
	if w, ok := s.files[file{c.Source, c.Path}]; ok && w.Verdict != Rejected && w.Received.After(known) {
		return w.Received
	}
	return known
}

// TasksOf returns the tasks of the units within the scope, in the order of the
// mirror; the district's own tasks belong to every unit.
func (s *Snapshot) TasksOf(scope string) []Task {
	if scope == "" || scope == DistrictCode {
		return s.Tasks
	}
	within := map[string]bool{DistrictCode: true}
	for _, code := range s.Units.Below(scope) {
		within[code] = true
	}
	var out []Task
	for _, t := range s.Tasks {
		if within[t.Unit] {
			out = append(out, t)
		}
	}
	return out
}

// Course returns how the indicator went over the last SeriesMonths, oldest
// first. A total is the course of those units alone that have a figure for the
// snapshot's period, so that a silent unit never looks like a fall and the last
// month is the very number that the Line shows. Ratios are recomputed month by
// month from the courses of their parts.
func (s *Snapshot) Course(scope, code string) Series {
	if one, ok := s.mask.course(scope, code); ok {
		return one
	}
	ind, ok := s.Catalogue.ByCode(code)
	if !ok || ind.Kind != Ratio {
		return s.sumCourse(scope, code)
	}
	num, den := s.sumCourse(scope, ind.Numerator), s.sumCourse(scope, ind.Denominator)
	if !slices.Contains(num.Known, true) || !slices.Contains(den.Known, true) {
		return s.sumCourse(scope, code)
	}
	out := newCourse(scope, code)
	for i := range num.Values {
		if num.Known[i] && den.Known[i] && den.Values[i] != 0 {
			out.Values[i] = num.Values[i] / den.Values[i] * ind.Scale
			out.Known[i] = true
		}
	}
	return out
}

func newCourse(scope, code string) Series {
	return Series{scope, code, make([]float64, SeriesMonths), make([]bool, SeriesMonths)}
}

// sumCourse sums the courses of the units of the scope that have a figure for
// the period. Where all of them have, that is what the mirror has rolled up.
// Of a single unit it is its own course, wherever it ends.
func (s *Snapshot) sumCourse(scope, code string) Series {
	units := s.addends(scope, code)
	var own []Series
	complete := len(s.Units.Summing(scope)) == 0 // what is rolled up holds everything
	for _, unit := range units {
		one := s.series[UnitIndicator{unit, code}]
		n := len(one.Values)
		switch {
		case n == 0 || n > SeriesMonths:
		case len(units) > 1 && !one.Known[n-1]:
			complete = false
		default:
			own = append(own, one)
		}
	}
	if rolled := s.series[UnitIndicator{scope, code}]; complete && len(rolled.Values) == SeriesMonths {
		return rolled
	}
	out := newCourse(scope, code)
	for _, one := range own {
		out.add(one)
	}
	return out
}

// add adds a course that ends in the same month.
func (s *Series) add(one Series) {
	from := len(s.Values) - len(one.Values)
	for i, known := range one.Known {
		if known {
			s.Values[from+i] = Plus(s.Values[from+i], one.Values[i])
			s.Known[from+i] = true
		}
	}
}

// Heat says how unusual a unit's value of the period is beside its own last
// twelve months: the z of the value against their mean, by the Poisson rule for
// counts; 0 where fewer than six months are known, and of anything but a month.
func (s *Snapshot) Heat(unit, code string) float64 {
	ind, ok := s.Catalogue.ByCode(code)
	course := s.series[UnitIndicator{unit, code}]
	n := len(course.Values) - 1
	if !ok || n < 6 || !course.Known[n] || !ind.Counted() || s.Period.Kind != Month {
		return 0
	}
	sum, known := 0.0, 0
	for i := max(0, n-UnitMonths); i < n; i++ {
		if course.Known[i] {
			sum += course.Values[i]
			known++
		}
	}
	if known < 6 {
		return 0
	}
	return PoissonZ(max(0, course.Values[n]), max(0, sum/float64(known)))
}

// ChoosePeriod returns the period that a board opens with: the latest month
// that at least half of the reporting units have reported, else the latest.
func ChoosePeriod(units map[Period]int, reporting int) Period {
	var half, latest Period
	for p, n := range units {
		if p.Kind != Month || n == 0 {
			continue
		}
		if latest.IsZero() || latest.Before(p) {
			latest = p
		}
		if 2*n >= reporting && (half.IsZero() || half.Before(p)) {
			half = p
		}
	}
	if half.IsZero() {
		return latest
	}
	return half
}
