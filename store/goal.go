package store

import (
	"cmp"
	"slices"
)

// Target is what an indicator should reach: of the district, of one unit, or of
// each unit of some kinds.
type Target struct {
	Indicator string
	Value     float64    // in the catalogue's measure
	Unit      string     // code; empty: of no single unit
	Kinds     []UnitKind // of each unit of these kinds
	// Every says within what it is to be reached: empty of whatever is shown, else a
	// month, quarter, half or year, or the code of a campaign.
	Every string
}

// own reports whether the target is one of units and not of the district.
func (t Target) own() bool { return t.Unit != "" || len(t.Kinds) > 0 }

// Target returns what the indicator should reach in whatever is shown.
func (s Settings) Target(code string) (float64, bool) {
	for _, t := range s.Targets {
		if t.Indicator == code && t.Every == "" && !t.own() {
			return t.Value, true
		}
	}
	return 0, false
}

// targetOf returns what a scope should reach of an indicator within a month, a
// quarter and so on, or a campaign: of a unit what is said of it, else of its kind.
// What is said of the district is no unit's.
func (s Settings) targetOf(units Units, scope, code, every string) Num {
	u, ok := units.ByCode(scope)
	kind := Num{}
	for _, t := range s.Targets {
		switch {
		case t.Indicator != code || t.Every != every:
		case !ok && !t.own(), ok && t.Unit == u.Code:
			return Some(t.Value)
		case ok && slices.Contains(t.Kinds, u.Kind) && !kind.OK:
			kind = Some(t.Value)
		}
	}
	return kind
}

// lineTarget returns what a line should reach: a unit's own target, else the one
// that is said of whatever is shown.
func (s *Snapshot) lineTarget(scope, code string) Num {
	if t := s.Settings.targetOf(s.Units, scope, code, ""); t.OK {
		return t
	}
	if s.Period.Kind == Month {
		if t := s.Settings.targetOf(s.Units, scope, code, string(Monthly)); t.OK {
			return t
		}
	}
	if t, ok := s.Settings.Target(code); ok {
		return Some(t)
	}
	return Num{}
}

// Within returns the days within which a target of units is to be reached, as a
// campaign: that of the code, or the month, quarter, half or year that holds the
// snapshot's period.
func (s *Snapshot) Within(every string) (Campaign, bool) {
	if c, ok := s.Settings.Campaign(every); ok {
		return c, true
	}
	if s.Period.IsZero() || !slices.Contains(TargetSpans, Cadence(every)) {
		return Campaign{}, false
	}
	p := s.Period.Of(Cadence(every).PeriodKind())
	first, last := PeriodAt(Month, p.Start()), PeriodAt(Month, p.End())
	return Campaign{
		Code: every, Name: p.String(),
		From: s.Settings.monthDays(first).from, To: s.Settings.monthDays(last).to,
	}, true
}

// TargetSpans are the lengths within which a target can be set, beside campaigns.
var TargetSpans = []Cadence{Monthly, Quarterly, HalfYearly, YearlyCount}

// Goals returns how every unit stands that has a target of its own for the
// indicator, within a month, a quarter and so on, or a campaign: of which nothing is
// known first, then the worst.
func (s *Snapshot) Goals(code, every string) []Result {
	c, ok := s.Within(every)
	if !ok {
		return nil
	}
	return s.Standing(c, code).Goals()
}

// Goals returns the results of every unit that has a target of its own.
func (st *Standing) Goals() []Result {
	var out []Result
	for _, u := range st.s.Units.All() {
		if !st.s.Settings.targetOf(st.s.Units, u.Code, st.ind.Code, st.c.Code).OK || !st.c.TakesPart(u, st.s.Units) {
			continue
		}
		out = append(out, st.Of(u.Code))
	}
	slices.SortStableFunc(out, func(a, b Result) int {
		x, y := a.Rate(), b.Rate()
		switch {
		case x.OK != y.OK && x.OK:
			return 1
		case x.OK != y.OK:
			return -1
		default:
			return cmp.Compare(x.V, y.V)
		}
	})
	return out
}

// Reached counts the results that have reached their targets, and those of which
// it is known.
func Reached(all []Result) (reached, known int) {
	for _, r := range all {
		if rate := r.Rate(); rate.OK {
			known++
			if rate.V >= 100 {
				reached++
			}
		}
	}
	return reached, known
}

// How long after its end a campaign's months stay in snapshots, in days, and of how
// many periods surveys are.
const (
	campaignKept = 400
	SurveyLength = 8
)

// Wanted returns which indicators a snapshot needs of periods beyond its own and
// those that it is compared with: of the whole months of campaigns and of targets of
// units, and of the periods of surveys.
func (s Settings) Wanted(cat *Catalogue, p Period, today Date) map[Period][]string {
	out := map[Period][]string{}
	want := func(p Period, codes ...string) {
		for _, code := range codes {
			if !slices.Contains(out[p], code) {
				out[p] = append(out[p], code)
			}
		}
	}
	for _, c := range s.shown(today) {
		for _, one := range []string{c.Code, c.Against} {
			span, _ := s.Campaign(one)
			for _, m := range s.monthsUntil(span, today) {
				want(m, c.Indicators...)
				want(m, s.aimedAt(c.Code)...)
			}
		}
	}
	if p.IsZero() {
		return out
	}
	for _, cadence := range TargetSpans {
		whole := p.Of(cadence.PeriodKind())
		for _, m := range s.monthsUntil(Campaign{From: whole.Start(), To: whole.End()}, today) {
			want(m, s.aimedAt(string(cadence))...)
		}
	}
	for _, ind := range cat.Indicators {
		if ind.surveyed() {
			for i := range SurveyLength {
				want(p.Of(ind.Cadence.PeriodKind()).Add(-i), ind.Code)
			}
		}
	}
	return out
}

// shown returns the campaigns that have begun and are not long over.
func (s Settings) shown(today Date) []Campaign {
	return slices.DeleteFunc(slices.Clone(s.Campaigns), func(c Campaign) bool {
		return c.From.After(today) || today.Sub(c.To) > campaignKept
	})
}

// monthsUntil returns the months that begin within the days, up to a day.
func (s Settings) monthsUntil(c Campaign, today Date) []Period {
	if c.From.IsZero() {
		return nil
	}
	to := c.To
	if to.After(today) {
		to = today
	}
	var out []Period
	for p := PeriodAt(Month, c.From); !p.Start().After(to); p = p.Add(1) {
		out = append(out, p)
	}
	return out
}

// aimedAt returns the indicators of which units have targets within something.
func (s Settings) aimedAt(every string) []string {
	var out []string
	for _, t := range s.Targets {
		if t.Every == every && every != "" {
			out = append(out, t.Indicator)
		}
	}
	return out
}

// CountsDays reports whether a snapshot needs the rows of cases: a campaign, or a
// target of units, counts what their ledger tells.
func (s Settings) CountsDays(cat *Catalogue, today Date) bool {
	var codes []string
	for _, c := range s.shown(today) {
		codes = append(append(codes, c.Indicators...), s.aimedAt(c.Code)...)
	}
	for _, cadence := range TargetSpans {
		codes = append(codes, s.aimedAt(string(cadence))...)
	}
	return slices.ContainsFunc(codes, func(code string) bool {
		f, _, ok := cat.ledgerOf(code)
		return ok && f.Code == CaseForm
	})
}
