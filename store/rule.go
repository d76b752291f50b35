package store

import (
	"math"
	"slices"
	"strings"
)

// RuleOp is how the two sides of a rule have to stand to each other.
type RuleOp string

// The operators. Both is a compulsory pair: where one side is reported the
// other one must be, too. One is an exclusive pair: never both of them.
const (
	AtMost  RuleOp = "<="
	AtLeast RuleOp = ">="
	Equal   RuleOp = "="
	Below   RuleOp = "<"
	Above   RuleOp = ">"
	Both    RuleOp = "both"
	OnlyOne RuleOp = "one"
)

// RuleOps lists the operators.
var RuleOps = []RuleOp{AtMost, AtLeast, Equal, Below, Above, Both, OnlyOne}

// Importance is how much breaking a rule matters.
type Importance string

// What breaks a rule of high or medium importance applies as suspect; one of low
// importance is only told.
const (
	High   Importance = "high"
	Medium Importance = "medium"
	Low    Importance = "low"
)

// Importances lists them, the gravest first.
var Importances = []Importance{High, Medium, Low}

// MissingFigures says what a rule makes of figures that are not known; what does
// not apply counts as not known.
type MissingFigures string

// SkipAny judges only where all figures are known. SkipAll takes a missing one
// for zero as long as another one of its side is known; a sum from which some are
// missing is then only the least that it can be. MissingZero takes it for zero always.
const (
	SkipAny     MissingFigures = "skip_any"
	SkipAll     MissingFigures = "skip_all"
	MissingZero MissingFigures = "zero"
)

// MissingChoices lists them.
var MissingChoices = []MissingFigures{SkipAny, SkipAll, MissingZero}

// Rule is something that figures of one unit must satisfy.
type Rule struct {
	Code       string
	Left       Expr
	Op         RuleOp
	Right      Expr
	Periods    []PeriodKind // that it is judged for; none: all but weeks
	Importance Importance
	Missing    MissingFigures
	Digit      bool   // measured quantities may differ by half of each last printed digit
	Message    string // what is wrong and what to do
	English    string
	Off        bool // the district has switched it off
}

// String writes the rule as a formula.
func (r Rule) String() string { return r.Left.String() + " " + string(r.Op) + " " + r.Right.String() }

// Look returns a unit's figure, which may not be known. PopulationCode asks for
// the district's population, whatever the period.
type Look func(code string, p Period) Num

// RuleFigure is a figure that a rule rests on in a period.
type RuleFigure struct {
	Code   string
	Period Period
	Factor float64
}

// Applies reports whether the rule is judged for periods of such a length.
func (r Rule) Applies(p Period) bool {
	if r.Off || len(r.Periods) > 0 && !slices.Contains(r.Periods, p.Kind) {
		return false
	}
	return p.Kind != Week && p.Kind != NoPeriod
}

// terms calls yield with the summands of both sides.
func (r Rule) terms(yield func(Term) bool) {
	for _, side := range [...]Expr{r.Left, r.Right} {
		for _, t := range side {
			if !yield(t) {
				return
			}
		}
	}
}

// Figures returns the figures that the rule rests on in a period, in the order
// of the formula. Of a sum from January they are the month's own and the number
// cumulated to it: the months before have been judged in their turn.
func (r Rule) Figures(p Period) []RuleFigure {
	out := make([]RuleFigure, 0, len(r.Left)+len(r.Right))
	add := func(t Term, p Period) {
		f := RuleFigure{t.Code, p, math.Abs(t.Factor)}
		if !slices.ContainsFunc(out, func(o RuleFigure) bool { return o.Code == f.Code && o.Period == f.Period }) {
			out = append(out, f)
		}
	}
	for t := range r.terms {
		switch {
		case t.Code == "" || t.Code == PopulationCode:
		case t.When == SinceJanuary:
			end := p.End()
			add(t, MonthOf(end.Year, int(end.Month)))
			add(t, CumulativeTo(end.Year, int(end.Month)))
		default:
			if at, ok := t.period(p); ok {
				add(t, at)
			}
		}
	}
	return out
}

// RestingOn returns the periods in which the rule rests on a figure.
func (r Rule) RestingOn(code string, p Period) []Period {
	var out []Period
	add := func(p Period) {
		if r.Applies(p) && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	for t := range r.terms {
		switch {
		case t.Code != code:
		case t.When == SamePeriod:
			add(p)
		case t.When == PeriodBefore && p.Kind != Cumulative:
			add(p.Add(1))
		case t.When == SinceJanuary && p.Kind == Month:
			for month := p.N; month <= 12; month++ {
				add(MonthOf(p.Year, month))
				add(CumulativeTo(p.Year, month))
			}
		case t.When == SinceJanuary && p.Cumulated():
			add(MonthOf(p.Year, int(p.End().Month)))
			add(p)
		}
	}
	return out
}

// period returns the period of the term's figure. The one before January to May
// is not January to April: what is cumulated has none.
func (t Term) period(p Period) (Period, bool) {
	if t.When == PeriodBefore {
		return p.Add(-1), p.Kind != Cumulative
	}
	return p, true
}

// value returns the figure that the term multiplies.
func (t Term) value(p Period, look Look) Num {
	switch {
	case t.Code == "":
		return Some(1)
	case t.When == SinceJanuary:
		return sinceJanuary(t.Code, p, look)
	}
	at, ok := t.period(p)
	if !ok {
		return Num{}
	}
	return look(t.Code, at)
}

// sinceJanuary adds up the months, or takes the number cumulated to the last one
// where one of them is not known.
func sinceJanuary(code string, p Period, look Look) Num {
	end := p.End()
	sum := 0.0
	for month := 1; month <= int(end.Month); month++ {
		v := look(code, MonthOf(end.Year, month))
		if !v.OK {
			return look(code, CumulativeTo(end.Year, int(end.Month)))
		}
		sum += v.V
	}
	return Some(sum)
}

// side is what one side of a rule comes to.
type side struct {
	v       float64
	known   bool // enough of it is known to be judged
	missing bool // some of it is not: it may be more
	any     bool // some figure of it is known
}

// sideOf evaluates an expression. Without the population nothing is told about it.
func sideOf(e Expr, missing MissingFigures, p Period, look Look) side {
	s, figures, blind := side{}, 0, false
	for _, t := range e {
		v := t.value(p, look)
		if t.Code != "" && t.Code != PopulationCode {
			figures++
			s.any = s.any || v.OK
		}
		if !v.OK {
			s.missing = true
			blind = blind || t.Code == PopulationCode
			continue
		}
		s.v += t.Factor * v.V
	}
	switch {
	case blind:
	case missing == SkipAny:
		s.known = !s.missing
	case missing == SkipAll:
		s.known = figures == 0 || s.any
	default:
		s.known = true
	}
	return s
}

// Broken reports whether the figures of a period break the rule, and how the two
// sides stand to each other then. Within is what measured quantities may differ by.
func (r Rule) Broken(p Period, look Look, within float64) (comparison string, broken bool) {
	left, right := sideOf(r.Left, r.Missing, p, look), sideOf(r.Right, r.Missing, p, look)
	switch {
	case r.Op == Both:
		return "", left.any != right.any
	case r.Op == OnlyOne:
		return "", left.any && right.any
	case !left.known || !right.known:
		return "", false
	}
	noise := slack * max(1, math.Abs(left.v), math.Abs(right.v))
	by := left.v - right.v
	above, under := by > within+noise, by < -within-noise
	var said string
	switch {
	case above && r.Op == AtMost, above && r.Op == Equal && !r.unknownMore(right):
		said = ">"
	case under && r.Op == AtLeast, under && r.Op == Equal && !r.unknownMore(left):
		said = "<"
	case by >= within-noise && r.Op == Below:
		said = "≥"
	case by <= noise-within && r.Op == Above:
		said = "≤"
	default:
		return "", false
	}
	return Decimal(left.v) + " " + said + " " + Decimal(right.v), true
}

// unknownMore reports whether a side may be more than it comes to.
func (r Rule) unknownMore(s side) bool { return r.Missing == SkipAll && s.missing }

// Grave reports whether what breaks the rule applies as suspect.
func (r Rule) Grave() bool { return r.Importance != Low }

// Finding returns the rule of the finding that tells of it.
func (r Rule) Finding() string {
	if r.Grave() {
		return "rule_broken"
	}
	return "rule_noted"
}

// Says returns the finding's arguments: where the figures stand and how they
// stand to each other, see Broken.
func (r Rule) Says(places, comparison string) []string {
	if comparison != "" {
		comparison = " (" + comparison + ")"
	}
	return []string{r.Code, Bilingual(r.Message, r.English), r.String(), places, comparison}
}

// Within reports whether a workbook can break the rule by itself: all of its
// figures are of one period, and none of them has to be missing for it.
func (r Rule) Within() bool {
	return !r.Off && r.Op != Both && !slices.ContainsFunc(slices.Concat(r.Left, r.Right), func(t Term) bool { return t.When != SamePeriod })
}

// Bound returns the two indicators of a rule that says no more than that one is
// never above the other of the same period. Whoever reads a workbook tells of such
// rules in shorter words, and of those of Sum also where only some parts are there.
func (r Rule) Bound() (code, most string, ok bool) {
	plain := func(e Expr) bool {
		return len(e) == 1 && e[0].Factor == 1 && e[0].When == SamePeriod && e[0].Code != "" && e[0].Code != PopulationCode
	}
	if r.Off || r.Op != AtMost || !plain(r.Left) || !plain(r.Right) {
		return "", "", false
	}
	return r.Left[0].Code, r.Right[0].Code, true
}

// sumSuffix marks the rules that the catalogue makes of indicators with parts.
const sumSuffix = "_parts"

// Sum returns the indicator that the rule holds against its parts, see
// Indicator.Parts.
func (r Rule) Sum() (code string, ok bool) {
	code, ok = strings.CutSuffix(r.Code, sumSuffix)
	return code, ok && !r.Off && r.Op == Equal && len(r.Left) == 1 && r.Left[0].Code == code
}
