package store

import (
	"cmp"
	"slices"
	"time"
)

// Scorer is who an item's points come from.
type Scorer string

// The scorers. An item that none of them has scored is unknown: it is neither
// nought nor all of its points.
const (
	ByMirror Scorer = "mirror" // computed from the units' figures and ledgers
	ByUnit   Scorer = "unit"   // its own self-score sheet
	ByOffice Scorer = "office" // the sheet's column of checked points
	ByNobody Scorer = ""
)

// Why an item, or a part of its points, is not known.
const (
	NoFigure    = "no_figure"    // the unit, or one below it, has not reported
	NotApply    = "not_apply"    // the unit says that it does not apply, or nothing is to be divided by
	NoScore     = "no_score"     // no sheet scores it
	ScoredTwice = "scored_twice" // the sheet has it twice, with different points
	OverPoints  = "over_points"  // the sheet gives more points than there are
	OtherPoints = "other_points" // the sheet says that it is worth another number of points
	Unshown     = "unshown"      // a mask hides a figure that it rests on
	NoEvidence  = "no_evidence"  // a form that must be there has not been handed in
)

// ItemScore is one item of one unit: between Low and High points, which are the
// same where they are known.
type ItemScore struct {
	Item    GradeItem
	Low     float64
	High    float64
	By      Scorer
	Why     string // code of what is not known; empty where everything is
	Line    Line   // of the item's indicator: value, age, state and cell
	Base    Line   // of its base
	Self    Num    // what the unit gives itself
	Checked Num    // what the office made of it
	Cell    Cell   // of the sheet's row
	Since   time.Time
	Lacking []string // codes of the forms that are not there
	Broken  bool     // a veto item that is broken
	Open    bool     // a veto item of which nobody knows
}

// Known reports whether the item's points are certain.
func (i ItemScore) Known() bool { return i.Low == i.High && i.By != ByNobody }

// Contradicts reports whether the unit's sheet contradicts the scheme or itself.
func (i ItemScore) Contradicts() bool {
	return i.Why == ScoredTwice || i.Why == OverPoints || i.Why == OtherPoints
}

// Lost returns the points that the item has certainly cost.
func (i ItemScore) Lost() float64 { return round2(i.Item.Points - i.High) }

// Age returns when what the points rest on arrived; zero where nothing did.
func (i ItemScore) Age() time.Time {
	if i.By == ByMirror && !i.Line.Oldest.IsZero() {
		return i.Line.Oldest
	}
	return i.Since
}

// Reach says how a unit stands with the level that it is to reach.
type Reach string

// What can be said of a target: where points are not known, it may be open.
const (
	ReachYes  Reach = "reached"
	ReachNo   Reach = "missed"
	ReachOpen Reach = "undecided"
	ReachNone Reach = ""
)

// Grading is how one unit stands in a scheme: its points lie between Low and High.
type Grading struct {
	Grade  *Grade
	Unit   Unit
	Items  []ItemScore
	Points float64 // that there are
	Low    float64
	High   float64
	Known  int // items whose points are certain
	Target int // place of the level to reach; -1: none
	Pilot  bool
	Worst  int    // place of the level that is certain
	Best   int    // place of the best that is possible
	Self   Num    // the sum of the unit's own sheet, where it scores every item
	SelfOf Period // what that sheet is of; zero where nobody knows
	Total  Line
	Broken int // veto items that are broken
	Open   int // veto items that nobody knows of
	Oldest time.Time
	Alien  []Cell // rows of its sheet about no item of the scheme
}

// Gradings returns how the units of a scheme stand, in the board's order.
func (s *Snapshot) Gradings(g *Grade) []Grading {
	var out []Grading
	for _, u := range s.Units.All() {
		if g.Covers(u) {
			out = append(out, s.Grading(g, u))
		}
	}
	return out
}

// Grading scores one unit. What is not known is left open: it widens the range
// and never lowers the points.
func (s *Snapshot) Grading(g *Grade, u Unit) Grading {
	st := Grading{Grade: g, Unit: u, Points: g.Points(), Total: s.Line(u.Code, "grade_score")}
	st.Target, st.Pilot = g.TargetOf(u.Code)
	sheet, alien := s.sheetOf(g, u.Code)
	st.Alien = alien
	self, stated := 0.0, 0
	for i := range g.Items {
		one := s.itemScore(&g.Items[i], u.Code, sheet[i])
		st.add(one)
		if one.Self.OK {
			self, stated = self+one.Self.V, stated+1
		}
	}
	if stated > 0 && stated == len(g.Items) {
		st.Self = Some(round2(self))
	}
	st.SelfOf = s.sheetPeriod(u.Code)
	st.Low, st.High = round2(st.Low), round2(st.High)
	st.Worst = g.LevelAt(st.Low, st.Broken+st.Open > 0)
	st.Best = g.LevelAt(st.High, st.Broken > 0)
	return st
}

func (st *Grading) add(one ItemScore) {
	st.Items = append(st.Items, one)
	st.Low, st.High = st.Low+one.Low, st.High+one.High
	if one.Known() {
		st.Known++
	}
	if one.Broken {
		st.Broken++
	}
	if one.Open {
		st.Open++
	}
	if t := one.Age(); !t.IsZero() && (st.Oldest.IsZero() || t.Before(st.Oldest)) {
		st.Oldest = t
	}
}

// Sure reports whether the level is certain.
func (st Grading) Sure() bool { return st.Worst == st.Best }

// Reach says how the unit stands with its target.
func (st Grading) Reach() Reach {
	switch {
	case st.Target < 0:
		return ReachNone
	case st.Worst <= st.Target:
		return ReachYes
	case st.Best > st.Target:
		return ReachNo
	default:
		return ReachOpen
	}
}

// Short returns how many points are lacking to the target: at least and at most.
func (st Grading) Short() (least, most float64) {
	if st.Target < 0 {
		return 0, 0
	}
	want := st.Grade.Levels[st.Target].Least
	return round2(max(0, want-st.High)), round2(max(0, want-st.Low))
}

// Costly returns the items that have certainly cost points, the dearest first.
func (st Grading) Costly() []ItemScore {
	var out []ItemScore
	for _, i := range st.Items {
		if i.Lost() > 0 {
			out = append(out, i)
		}
	}
	slices.SortStableFunc(out, func(a, b ItemScore) int { return cmp.Compare(b.Lost(), a.Lost()) })
	return out
}

// Disputed reports whether the unit's own total is not the sum of its own items, or
// more than there is to be had. A sheet of this quarter says nothing against the total
// of the last one.
func (st Grading) Disputed() bool {
	if !st.Total.Value.OK {
		return false
	}
	total := round2(st.Total.Value.V)
	return total > st.Points || st.Self.OK && st.SelfOf == st.Total.Latest.Period && total != st.Self.V
}

// DaysTo returns the days from the snapshot's to the assessment, and how many of
// them are working days where the calendar of those years is known.
func (s *Snapshot) DaysTo(g *Grade) (days, workdays int, ok bool) {
	if g.Assessed.IsZero() {
		return 0, -1, false
	}
	workdays = -1
	if n, known := s.Settings.Calendar.WorkdaysBetween(s.Today, g.Assessed); known {
		workdays = n
	}
	return g.Assessed.Sub(s.Today), workdays, true
}

// itemScore scores one item of a unit; rows are those of its own sheet about it.
func (s *Snapshot) itemScore(item *GradeItem, unit string, rows []Record) ItemScore {
	one := ItemScore{Item: *item, High: item.Points}
	s.stated(&one, rows)
	switch {
	case item.Indicator != "":
		s.computed(&one, unit)
	case item.Lacking > 0: // by that alone, whatever the sheet gives it
		one.By, one.Low, one.High, one.Why = ByMirror, item.Points, item.Points, ""
	}
	for _, form := range item.Evidence {
		if !s.kept(unit, form) {
			one.Lacking = append(one.Lacking, form)
		}
	}
	if len(one.Lacking) > 0 && item.Lacking > 0 && one.By == ByMirror {
		// It may lie in a drawer: that it costs points is possible and not certain.
		one.Low, one.Why = round2(max(0, one.Low-item.Lacking*float64(len(one.Lacking)))), NoEvidence
	}
	return one
}

// computed scores an item by its indicator.
func (s *Snapshot) computed(one *ItemScore, unit string) {
	item := one.Item
	one.By, one.Low, one.High, one.Why = ByNobody, 0, item.Points, ""
	one.Line = s.Line(unit, item.Indicator)
	v, why := s.amount(&one.Line, item.YearRound)
	base := Num{}
	if item.Base != "" && why == "" {
		one.Base = s.Line(unit, item.Base)
		base, why = s.amount(&one.Base, item.YearRound)
	}
	if one.Why = why; why != "" {
		one.Open = item.Veto
		return
	}
	points := item.PointsFor(v.V, base.V)
	one.By, one.Low, one.High, one.Broken = ByMirror, points, points, item.Breaks(v.V)
}

// amount returns the value that an item is scored by: only where everybody who
// owes it has stated it.
func (s *Snapshot) amount(l *Line, yearRound bool) (v Num, why string) {
	switch {
	case l.Veil != Open:
		return Num{}, Unshown
	case l.NA:
		return Num{}, NotApply
	case l.M == 0 || l.N < l.M:
		return Num{}, NoFigure
	case !l.Value.OK:
		return Num{}, NotApply // a ratio of nothing
	case !yearRound:
		return l.Value, ""
	}
	for _, unit := range s.Owing(l.Scope, l.Indicator.Code) {
		if s.sums[sumKey{unit, l.Indicator.Code, s.Period.Year}].Months < int(s.Period.End().Month) {
			return Num{}, NoFigure
		}
	}
	return l.ToDate, ""
}

// stated takes what the unit's own sheet and the office's check say of an item. A
// row that contradicts the scheme or itself scores nothing.
func (s *Snapshot) stated(one *ItemScore, rows []Record) {
	one.Why = NoScore
	if len(rows) == 0 {
		return
	}
	one.Cell, one.Since = rows[0].Cell, s.received(rows[0].Cell, rows[0].KnownFrom)
	self, checked := rows[0].num("score"), rows[0].num("checked")
	for _, r := range rows {
		switch points := r.num("points"); {
		case r.num("score") != self || r.num("checked") != checked:
			one.Why = ScoredTwice
			return
		case points.OK && round2(points.V) != round2(one.Item.Points):
			one.Why = OtherPoints
			return
		}
	}
	if max(self.V, checked.V) > one.Item.Points {
		one.Why = OverPoints
		return
	}
	one.Self, one.Checked = self, checked
	switch {
	case checked.OK:
		one.By, one.Low, one.High, one.Why = ByOffice, checked.V, checked.V, ""
	case self.OK:
		one.By, one.Low, one.High, one.Why = ByUnit, self.V, self.V, ""
	}
}

// num returns a number of the row.
func (r Record) num(field string) Num {
	v, ok := r.Values[field]
	return Num{v.Number, ok}
}

// sheetOf sorts the rows of the unit's self-score sheet by the items that they are
// about; the cells of the others come back beside.
func (s *Snapshot) sheetOf(g *Grade, unit string) (rows map[int][]Record, alien []Cell) {
	rows = map[int][]Record{}
	for _, r := range s.Rows(ScoresForm, unit) {
		if r.Unit != unit {
			continue // of a unit below
		}
		i := slices.IndexFunc(g.Items, func(i GradeItem) bool { return i.Means(r.Values["item"].Text) })
		if i < 0 {
			alien = append(alien, r.Cell)
			continue
		}
		rows[i] = append(rows[i], r)
	}
	return rows, alien
}

// sheetPeriod returns of what period the unit's self-score sheet is, by what the mirror
// counts of it; zero where it does not say so, or two sheets do.
func (s *Snapshot) sheetPeriod(unit string) Period {
	var of Period
	for _, t := range s.Counts(ScoresForm, unit) {
		switch {
		case t.Unit != unit || t.Indicator != "grade_score":
		case of.IsZero():
			of = t.Period
		case of != t.Period:
			return Period{}
		}
	}
	return of
}

// kept reports whether the unit has handed in a form: of a report, figures of the
// snapshot's period; of a ledger, rows.
func (s *Snapshot) kept(unit, form string) bool {
	f, _ := s.Catalogue.FormByCode(form)
	switch {
	case f.Kind == ReportForm:
		return slices.ContainsFunc(f.Indicators, func(code string) bool {
			_, ok := s.Figure(unit, code, s.Period)
			return ok
		})
	case f.Kind == CountedForm:
		return len(s.Counts(form, unit)) > 0
	case form == "tasks":
		return slices.ContainsFunc(s.Tasks, func(t Task) bool { return t.Unit == unit })
	case form == "cases":
		return slices.ContainsFunc(s.Cases, func(c CaseCount) bool { return c.Unit == unit && c.Rows > 0 })
	default:
		return len(s.Rows(form, unit)) > 0
	}
}
