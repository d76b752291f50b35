package store

import (
	"slices"
	"strings"
	"time"
)

// Basis says what a result of a campaign rests on.
type Basis string

// The bases. Rows of a ledger have days of their own; where a unit keeps none, its
// reports tell of the whole months within the campaign, and of no part of a month.
const (
	NoBasis     Basis = ""
	LedgerBasis Basis = "ledger"
	MonthsBasis Basis = "months"
	BothBases   Basis = "both" // of a total: some units one, some the other
)

// Result is what a campaign has brought of one indicator, of a unit or of the
// district over the units of which it is known.
type Result struct {
	Campaign  Campaign
	Indicator Indicator
	Scope     string
	Value     Num
	Basis     Basis
	N, M      int  // units of which it is known, units that are to tell
	Until     Date // the first of the days up to which its units tell
	Rows      int  // rows of ledgers that count
	Blanks    int  // rows that belong to it and give no number: it is at least the value
	Unmarked  int  // cases of these days that the ledger does not mark as the campaign's
	Oldest    time.Time
	State     State // the worst of what it rests on
	Veil      Veil  // of a masked snapshot: why nothing is said
	Missing   []string
	Last      Delta // beside the earlier campaign, over the same units, to the same of its days
	LastKnown bool  // there is an earlier campaign to compare with
	Target    Num
	Shares    []Share // what it is the sum of, the newest first
}

// Share is one part of a result with its cell: a row of a ledger, or a month.
type Share struct {
	Unit     string
	Day      Date   // of a row
	Period   Period // of a report
	Value    float64
	Cell     Cell
	Received time.Time
}

// Rate returns what is reached of the target, in percent.
func (r Result) Rate() Num {
	if !r.Target.OK || r.Target.V == 0 || !r.Value.OK {
		return Num{}
	}
	return Some(100 * r.Value.V / r.Target.V)
}

// Pace returns how much of the target should be reached if every day brought the
// same, by the days of which the result tells: what is late in coming in is not
// held against those who did the work. In percent.
func (r Result) Pace() Num {
	if r.Until.IsZero() || !r.Target.OK {
		return Num{}
	}
	return Some(r.Campaign.Gone(r.Until))
}

// Behind reports whether less is reached than the days that are gone would ask for.
func (r Result) Behind() bool {
	rate, pace := r.Rate(), r.Pace()
	return rate.OK && pace.OK && rate.V < pace.V
}

// Standing is how a campaign stands with one indicator, unit by unit.
type Standing struct {
	s       *Snapshot
	c       Campaign
	last    Campaign // the earlier one
	ind     Indicator
	form    Form
	tally   FormTally
	marks   bool     // the ledger marks the campaign's cases
	tellers []string // units that are to tell, in the board's order
	own     map[string]*ownResult
	veiled  bool // small counts of persons, on a display that anybody can see
}

// ownResult is what one unit itself tells.
type ownResult struct {
	basis    Basis
	value    float64
	na       bool
	until    Date
	cut      bool // its last month is no whole one
	rows     int
	blanks   int
	unmarked int
	oldest   time.Time
	state    State
	shares   []Share
	then     Num // the earlier campaign's, to the same of its days
}

// Standing works out how a campaign stands with an indicator.
func (s *Snapshot) Standing(c Campaign, code string) *Standing {
	st := &Standing{s: s, c: c, own: map[string]*ownResult{}}
	st.ind, _ = s.Catalogue.ByCode(code)
	st.last, _ = s.Settings.Campaign(c.Against)
	st.form, st.tally, _ = s.Catalogue.ledgerOf(code)
	st.marks = c.Word != "" && s.Catalogue.Marked(code)
	st.ask()
	if _, st.veiled = s.mask.line(DistrictCode, code); st.veiled || c.Day(s.Today) < 1 {
		return st // nothing can be known of what has not begun
	}
	st.byLedger()
	for _, unit := range st.tellers {
		st.byMonths(unit)
	}
	st.compare()
	return st
}

// ask finds the units that are to tell: those that take part and owe the indicator,
// keep the ledger that counts it, or have a target of their own.
func (st *Standing) ask() {
	d := st.s.datedRows(st.form.Code)
	for _, unit := range st.s.addends(DistrictCode, st.ind.Code) {
		u, ok := st.s.Units.ByCode(unit)
		if !ok || !st.c.TakesPart(u, st.s.Units) {
			continue
		}
		keeps := d != nil && d.files[unit] != nil
		if keeps || st.s.owes(unit, st.ind) || st.s.Settings.targetOf(st.s.Units, unit, st.ind.Code, st.c.Code).OK {
			st.tellers = append(st.tellers, unit)
		}
	}
}

// today is the last of the campaign's days that is not to come.
func (st *Standing) today() Date {
	if st.c.Over(st.s.Today) {
		return st.c.To
	}
	return st.s.Today
}

// byLedger counts the rows of the ledger that counts the indicator.
func (st *Standing) byLedger() {
	d := st.s.datedRows(st.form.Code)
	if d == nil {
		return
	}
	for unit := range d.files {
		if u, ok := st.s.Units.ByCode(unit); unit == "" || ok && !st.c.TakesPart(u, st.s.Units) {
			continue
		}
		until, received, ok := st.s.covers(d, unit, st.c.From, st.today())
		if !ok {
			continue
		}
		o := &ownResult{basis: LedgerBasis, until: until, oldest: received}
		for _, one := range d.files[unit] {
			o.state = Worst(o.state, st.s.fileState(one.file))
		}
		st.own[unit] = o
	}
	for _, rec := range d.rows {
		if o := st.own[rec.Unit]; o != nil {
			st.count(o, rec)
		}
	}
	for _, o := range st.own {
		slices.SortStableFunc(o.shares, func(a, b Share) int { return b.Day.Time().Compare(a.Day.Time()) })
	}
}

// count adds a row to what its unit tells.
func (st *Standing) count(o *ownResult, rec Record) {
	day := dayOf(st.tally, rec)
	if !st.c.holds(day) || day.After(st.s.Today) || !st.s.Catalogue.counts(st.form, st.tally, rec) {
		return
	}
	if !st.marked(st.c, rec) {
		o.unmarked++
		return
	}
	v, ok := st.s.Catalogue.amount(st.form, st.tally, rec)
	if !ok {
		o.blanks++
		return
	}
	o.value = Plus(o.value, v)
	o.rows++
	o.shares = append(o.shares, Share{
		Unit: rec.Unit, Day: day, Value: v, Cell: st.cellOf(rec), Received: st.s.received(rec.Cell, rec.KnownFrom),
	})
}

// cellOf is the cell of the number that counts, or of the row where rows do.
func (st *Standing) cellOf(rec Record) Cell {
	cell := rec.Cell
	if v, ok := rec.Values[st.tally.Sum]; ok && v.Ref != "" {
		cell.Ref = v.Ref
	}
	return cell
}

// marked reports whether the ledger says that a row is the campaign's.
func (st *Standing) marked(c Campaign, rec Record) bool {
	return !st.marks || c.Word == "" || strings.Contains(rec.Values["campaign"].Text, c.Word)
}

// byMonths takes what a unit's reports tell of the whole months within the
// campaign, from the first on as far as all are known: in place of the ledger where
// they tell of all days that are gone, and where there is no ledger.
func (st *Standing) byMonths(unit string) {
	have := st.own[unit]
	if st.marks {
		return // a report does not say which of its cases are the campaign's
	}
	months := st.s.Settings.monthsWithin(st.c.From, st.c.To)
	o, ok := st.monthsOf(unit, months)
	if !ok {
		return
	}
	whole := st.s.Settings.monthDays(months[0]).from == st.c.From && !o.until.Before(st.today())
	if have == nil || whole {
		st.own[unit] = o
	}
}

// monthsOf sums a unit's figures of consecutive months as far as they are known.
func (st *Standing) monthsOf(unit string, months []Period) (*ownResult, bool) {
	o := &ownResult{basis: MonthsBasis, na: true}
	for _, p := range months {
		f, ok := st.s.figures[Key{unit, st.ind.Code, p}]
		if !ok {
			break
		}
		o.na = o.na && f.NotApplicable
		if !f.NotApplicable {
			o.value = Plus(o.value, f.Value)
		}
		o.until = st.s.Settings.monthDays(p).to
		told := st.s.Today
		if !f.Received.IsZero() {
			told = DateOf(f.Received.In(st.s.Moment.Location()))
		}
		if o.cut = told.Before(o.until); o.cut {
			o.until = told // 截至11月28日: it was handed in before its month was over
		}
		o.state = Worst(o.state, f.State)
		if o.oldest.IsZero() || f.Received.Before(o.oldest) {
			o.oldest = f.Received
		}
		o.shares = append(o.shares, Share{Unit: unit, Period: p, Value: f.Value, Cell: f.Cell, Received: f.Received})
	}
	slices.Reverse(o.shares)
	return o, len(o.shares) > 0
}

// compare finds what each unit's earlier campaign had brought by the same of its
// days, and on the same basis; where that cannot be said there is no comparison.
func (st *Standing) compare() {
	if st.last.Code == "" {
		return
	}
	for unit, o := range st.own {
		to := st.last.From.Add(st.c.Day(o.until) - 1)
		if to.After(st.last.To) {
			to = st.last.To
		}
		switch {
		case o.basis == LedgerBasis:
			o.then = st.rowsThen(unit, to)
		case !o.cut: // a part of a month is not held against a whole one
			o.then = st.monthsThen(unit, len(o.shares))
		}
	}
}

// rowsThen counts a unit's rows of the earlier campaign up to a day.
func (st *Standing) rowsThen(unit string, to Date) Num {
	d := st.s.datedRows(st.form.Code)
	if !d.coversAll(unit, st.last.From, to) {
		return Num{}
	}
	sum := 0.0
	for _, rec := range d.rows {
		day := dayOf(st.tally, rec)
		if rec.Unit != unit || !st.last.holds(day) || day.After(to) ||
			!st.s.Catalogue.counts(st.form, st.tally, rec) || !st.marked(st.last, rec) {
			continue
		}
		if v, ok := st.s.Catalogue.amount(st.form, st.tally, rec); ok {
			sum += v
		}
	}
	return Some(sum)
}

// monthsThen sums a unit's months of the earlier campaign: as many, and only where
// both campaigns begin with a month.
func (st *Standing) monthsThen(unit string, n int) Num {
	set := st.s.Settings
	now, then := set.monthsWithin(st.c.From, st.c.To), set.monthsWithin(st.last.From, st.last.To)
	if len(then) < n || set.monthDays(now[0]).from != st.c.From || set.monthDays(then[0]).from != st.last.From {
		return Num{}
	}
	o, ok := st.monthsOf(unit, then[:n])
	if !ok || len(o.shares) < n || o.na || o.cut {
		return Num{}
	}
	return Some(o.value)
}

// Of returns the result of a unit with all units below it, or of the district.
func (st *Standing) Of(scope string) Result {
	r := Result{Campaign: st.c, Indicator: st.ind, Scope: scope, LastKnown: st.last.Code != ""}
	r.Target = st.s.Settings.targetOf(st.s.Units, scope, st.ind.Code, st.c.Code)
	if st.veiled {
		r.Veil = Withheld
		return r
	}
	within := st.s.Units.Below(scope)
	sum, known, now, then := 0.0, false, 0.0, 0.0
	for _, unit := range st.units(within) {
		o := st.own[unit]
		told := slices.Contains(st.tellers, unit)
		if told {
			r.M++
		}
		if o == nil {
			r.Missing = append(r.Missing, unit)
			r.State = Worst(r.State, st.silent(unit))
			continue
		}
		if told {
			r.N++
		}
		r.add(o)
		if o.na {
			continue
		}
		sum, known = Plus(sum, o.value), true
		r.Last.Of++
		if o.then.OK {
			now, then = now+o.value, then+o.then.V
			r.Last.Units++
		}
	}
	if known {
		r.Value = Some(sum)
	}
	r.Last.settle(st.ind, now, then)
	slices.SortStableFunc(r.Shares, func(a, b Share) int { return b.on().Time().Compare(a.on().Time()) })
	return r
}

// on is the day of a share, or the last of its month.
func (s Share) on() Date {
	if s.Day.IsZero() {
		return s.Period.End()
	}
	return s.Day
}

// Units returns the units that are to tell, and those that do so without being asked,
// in the board's order.
func (st *Standing) Units() []string {
	return slices.DeleteFunc(st.units(st.s.Units.Below(DistrictCode)), func(unit string) bool { return unit == DistrictCode })
}

// units returns the units within a scope that are to tell, and those that do so
// without being asked, in the board's order.
func (st *Standing) units(within []string) []string {
	var out []string
	for _, unit := range within {
		if st.own[unit] != nil || slices.Contains(st.tellers, unit) {
			out = append(out, unit)
		}
	}
	if len(within) == st.s.Units.Len() && st.own[DistrictCode] != nil {
		out = append(out, DistrictCode)
	}
	return out
}

// add takes what one unit tells into the result.
func (r *Result) add(o *ownResult) {
	switch r.Basis {
	case NoBasis, o.basis:
		r.Basis = o.basis
	default:
		r.Basis = BothBases
	}
	r.Rows, r.Blanks, r.Unmarked = r.Rows+o.rows, r.Blanks+o.blanks, r.Unmarked+o.unmarked
	r.State = Worst(r.State, o.state)
	r.Shares = append(r.Shares, o.shares...)
	if r.Until.IsZero() || o.until.Before(r.Until) {
		r.Until = o.until
	}
	if r.Oldest.IsZero() || o.oldest.Before(r.Oldest) {
		r.Oldest = o.oldest
	}
}

// silent is the state of a unit that tells nothing: nothing is due before its first
// month is over and the report of it due.
func (st *Standing) silent(unit string) State {
	months := st.s.Settings.monthsWithin(st.c.From, st.c.To)
	if !st.c.Over(st.s.Today) && (len(months) == 0 || st.marks) {
		return Due
	}
	if len(months) == 0 {
		return Never
	}
	return st.s.missing(unit, st.ind.Code, months[0])
}

// fileState is what must be known of a ledger's file before believing it.
func (s *Snapshot) fileState(at file) State {
	if w, ok := s.files[at]; ok && w.Verdict == Rejected {
		return Refused
	}
	return s.down[at.source]
}

// days are the first and the last day of something.
type days struct{ from, to Date }

// monthDays returns the days of a statistical month, which may begin on the 26th
// of the month before.
func (s Settings) monthDays(p Period) days {
	if s.MonthStarts <= 1 {
		return days{p.Start(), p.End()}
	}
	return days{NewDate(p.Year, time.Month(p.N)-1, s.MonthStarts), NewDate(p.Year, time.Month(p.N), s.MonthStarts-1)}
}

// monthsWithin returns the statistical months all of whose days lie within the
// days, oldest first.
func (s Settings) monthsWithin(from, to Date) []Period {
	var out []Period
	for p := PeriodAt(Month, from); !s.monthDays(p).from.After(to); p = p.Add(1) {
		if d := s.monthDays(p); !d.from.Before(from) && !d.to.After(to) {
			out = append(out, p)
		}
	}
	return out
}
