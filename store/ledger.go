package store

import (
	"slices"
	"time"
)

// Ledger is how a ledger of a scope is kept: whether it is there, how full it is
// and how old.
type Ledger struct {
	Form     Form
	Rows     int       // of one that is counted 0 or 1: whether it is there, and not how many persons or cases it has
	Counted  bool      // its rows are persons or cases
	Newest   Date      // day of the newest row; of a list whose rows have none the last day that it can speak of
	Filled   Num       // percent of the cells of the asked columns that hold something
	Emptiest FormField // the asked column that is filled least
	Blank    Cell      // of the first row that lacks it
	Cell     Cell      // of the newest row
	From     time.Time // when its newest file came
}

// Ledger returns how the ledger of a form is kept within a scope; fields names
// the columns that must be filled.
func (s *Snapshot) Ledger(form, scope string, fields []string) Ledger {
	f, _ := s.Catalogue.FormByCode(form)
	l := Ledger{Form: f}
	rows := s.Rows(form, scope)
	if len(rows) == 0 {
		s.counted(&l, scope)
		return l
	}
	l.Rows, l.Newest, l.Cell = len(rows), rows[0].Day, rows[0].Cell
	for _, r := range rows {
		l.came(s.arrived(r.Cell, r.KnownFrom))
	}
	l.fill(rows, fields)
	return l
}

// came notes when a file came.
func (l *Ledger) came(at time.Time) {
	if at.After(l.From) {
		l.From = at
	}
}

// counted fills in a ledger that the mirror only counts: its rows are cases or
// persons.
func (s *Snapshot) counted(l *Ledger, scope string) {
	for _, t := range s.Counts(l.Form.Code, scope) {
		if t.Rows == 0 {
			continue
		}
		came := s.arrived(t.Cell, t.KnownFrom)
		last := t.Period.End()
		if on := DateOf(came.In(s.Moment.Location())); on.Before(last) {
			last = on // it says nothing of the days since
		}
		if l.Rows == 0 || last.After(l.Newest) {
			l.Newest, l.Cell = last, t.Cell
		}
		l.Rows, l.Counted = 1, true
		l.came(came)
	}
	if day := s.newestCase(scope); l.Form.Code == CaseForm && l.Counted && !day.IsZero() {
		l.Newest = day
	}
}

// newestCase returns the last day on which one of a scope's cases was solved.
func (s *Snapshot) newestCase(scope string) (day Date) {
	within := s.Units.Below(scope)
	for _, c := range s.Cases {
		if c.Newest.After(day) && (scope == DistrictCode || slices.Contains(within, c.Unit)) {
			day = c.Newest
		}
	}
	return day
}

// fill counts the cells of the asked columns.
func (l *Ledger) fill(rows []Record, fields []string) {
	if len(fields) == 0 {
		return
	}
	all, least := 0, len(rows)+1
	for _, name := range fields {
		filled := 0
		blank := Cell{}
		for _, r := range rows {
			if holds(r.Values[name]) {
				filled++
			} else if blank.Ref == "" {
				blank = r.Cell
			}
		}
		if all += filled; filled < least {
			least, l.Blank = filled, blank
			l.Emptiest, _ = l.Form.Field(name)
		}
	}
	l.Filled = Some(float64(all) / float64(len(rows)*len(fields)) * 100)
}

// holds reports whether a field holds something: a name that does not stand there
// is nothing, while a count of 0 is.
func holds(v Value) bool {
	switch v.Kind {
	case "":
		return false
	case FilledField:
		return v.Number > 0
	default:
		return true
	}
}
