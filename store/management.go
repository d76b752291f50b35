package store

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// Visit is one inspection of a venue or an enterprise.
type Visit struct {
	Unit      string
	Venue     string // its name where it is plainly a company, else its kind and street
	Category  string
	Precursor bool // an enterprise with precursors; else a venue
	Day       Date
	Problems  Num
	Due       Date // to be put right by
	Rectified Date
	Penalty   string
	Stock     Num // kilograms, as found and by the system
	System    Num
	Days      int // past the day by which it was to be put right
	Cell      Cell
	From      time.Time
	place     string // what tells one place from another
}

// Open reports whether something was found, or is to be put right, and is not.
func (v Visit) Open() bool {
	return v.Rectified.IsZero() && (v.Problems.V > 0 || !v.Due.IsZero())
}

// Differs reports whether the stock that was found is not what the system says.
func (v Visit) Differs() bool {
	return v.Stock.OK && v.System.OK && math.Abs(v.Stock.V-v.System.V) > 1e-9
}

// Inspections is what the inspection ledgers of a scope say.
type Inspections struct {
	Visits    []Visit // the latest first
	Overdue   []Visit // past their day and not put right, the longest first
	Differing []Visit // the latest of each enterprise whose stock is not what the system says
	Weighed   int     // enterprises of which both are known
	Penalties int
	Venues    Inspected // entertainment venues
	Precursor Inspected // enterprises
}

// Inspected counts the inspections of one kind of place.
type Inspected struct{ Visits, Places, Problems, Open, Overdue int }

// Inspected returns the inspections within a scope.
func (s *Snapshot) Inspected(scope string) Inspections {
	class := map[string]string{}
	for _, w := range s.Catalogue.Words {
		if w.Dictionary == "venue_kind" && w.Class != "" {
			class[w.Value] = w.Class
		}
	}
	out := Inspections{}
	seen := map[string]bool{}
	for _, r := range s.Rows("inspections", scope) {
		v := s.visit(r)
		v.Precursor = class[v.Category] == "precursor"
		kind := &out.Venues
		if v.Precursor {
			kind = &out.Precursor
		}
		out.Visits = append(out.Visits, v)
		out.count(kind, v, !seen[v.place])
		seen[v.place] = true
	}
	slices.SortStableFunc(out.Overdue, func(a, b Visit) int { return cmp.Compare(b.Days, a.Days) })
	return out
}

// count adds a visit; the latest of a place is the one that tells its stock.
func (i *Inspections) count(kind *Inspected, v Visit, latest bool) {
	kind.Visits++
	kind.Problems += int(v.Problems.V)
	if v.Open() {
		kind.Open++
	}
	if v.Days > 0 {
		kind.Overdue++
		i.Overdue = append(i.Overdue, v)
	}
	if v.Penalty != "" {
		i.Penalties++
	}
	if !latest {
		return
	}
	kind.Places++
	if v.Stock.OK && v.System.OK {
		i.Weighed++
		if v.Differs() {
			i.Differing = append(i.Differing, v)
		}
	}
}

// visit reads a row of an inspection ledger.
func (s *Snapshot) visit(r Record) Visit {
	v := Visit{
		Unit:      r.Unit,
		Venue:     r.Values["venue"].Text,
		Category:  r.Values["category"].Text,
		Day:       r.Day,
		Problems:  numberIn(r, "problems"),
		Due:       r.Values["due"].Day,
		Rectified: r.Values["rectified"].Day,
		Penalty:   r.Values["penalty"].Text,
		Stock:     numberIn(r, "stock"),
		System:    numberIn(r, "stock_system"),
		Cell:      r.Cell,
		From:      s.arrived(r.Cell, r.KnownFrom),
	}
	v.place = cmp.Or(r.Values["licence"].Text, v.Venue)
	if v.Rectified.IsZero() && !v.Due.IsZero() && s.Today.After(v.Due) {
		v.Days = s.Today.Sub(v.Due)
	}
	return v
}

// numberIn returns a field's number, unknown where it was blank.
func numberIn(r Record, field string) Num {
	v, ok := r.Values[field]
	return Num{V: v.Number, OK: ok}
}

// Funds is what the funds ledgers of a scope say of this year, in 万元.
type Funds struct {
	Rows       int
	Allotted   Num
	Received   Num
	Spent      Num
	Balance    Num // received less spent, where both are known
	Payments   int
	OffPurpose int // payments that the ledger says were not for the purpose
	Undeclared int // payments of which it says nothing
	OffCell    Cell
	Misuse     Num // as the reports state it for this year
	Cell       Cell
	From       time.Time
}

// Funds returns the funds within a scope. A row that names no year and no day
// counts for this year, since ledgers are kept by the year.
func (s *Snapshot) Funds(scope string) Funds {
	f := Funds{}
	if misuse, ok := s.Catalogue.ByCode("fund_misuse"); ok {
		f.Misuse, _ = s.toDate(scope, misuse, s.Period.Year)
	}
	for _, r := range s.Rows("funds", scope) {
		if year := yearOf(r); year != 0 && year != s.Today.Year {
			continue
		}
		f.Rows++
		f.Allotted = plus(f.Allotted, numberIn(r, "allotted"))
		f.Received = plus(f.Received, numberIn(r, "received"))
		f.Spent = plus(f.Spent, numberIn(r, "spent"))
		if at := s.arrived(r.Cell, r.KnownFrom); at.After(f.From) {
			f.Cell, f.From = r.Cell, at
		}
		f.pay(r)
	}
	if f.Received.OK && f.Spent.OK {
		f.Balance = plus(f.Received, Some(-f.Spent.V))
	}
	return f
}

// pay counts a row that says what was spent.
func (f *Funds) pay(r Record) {
	if numberIn(r, "spent").V <= 0 {
		return
	}
	f.Payments++
	switch purpose := numberIn(r, "purpose"); {
	case !purpose.OK:
		f.Undeclared++
	case purpose.V == 0:
		if f.OffPurpose++; f.OffCell.Ref == "" {
			f.OffCell = r.Cell
		}
	}
}

// yearOf returns the year that a row of a funds ledger is of, 0 for none.
func yearOf(r Record) int {
	if y := int(r.Values["year"].Number); y > 0 {
		return y
	}
	if day := r.Values["spent_on"].Day; !day.IsZero() {
		return day.Year
	}
	return r.Day.Year
}

// plus adds what is known.
func plus(a, b Num) Num {
	if !b.OK {
		return a
	}
	return Some(math.Round((a.V+b.V)*1e6) / 1e6) // without the dust of binary fractions
}

// LeadingGroup is who heads the work in a unit, by post and never by name.
type LeadingGroup struct {
	Unit     string
	Post     string // of the first responsible
	Deputy   string
	Members  Num
	Document string
	Changed  Date
	Renewed  Num // 1: yes, 0: no
	Cell     Cell
	From     time.Time
}

// Leading returns the unit's latest row in the roster.
func (s *Snapshot) Leading(unit string) (LeadingGroup, bool) {
	for _, r := range s.Rows("roster", unit) {
		if r.Unit != unit {
			continue // of a unit below
		}
		return LeadingGroup{
			Unit:     unit,
			Post:     r.Values["head_post"].Text,
			Deputy:   r.Values["deputy_post"].Text,
			Members:  numberIn(r, "members"),
			Document: r.Values["document"].Text,
			Changed:  cmp.Or(r.Values["changed"].Day, r.Day),
			Renewed:  numberIn(r, "renewed"),
			Cell:     r.Cell,
			From:     s.arrived(r.Cell, r.KnownFrom),
		}, true
	}
	return LeadingGroup{}, false
}
