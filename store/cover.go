package store

import (
	"math"
	"slices"
)

// cover says which indicators of a snapshot a mask covers, and which of their
// numbers it veils.
//
// What is veiled is chosen so that who knows the rules and sees all that is shown
// still finds two values possible for each small count. So nothing here depends on
// a hidden value but through what is shown anyway, or what leaves both possible.
type cover struct {
	s         *Snapshot
	of        map[string]bool     // codes of the indicators that are covered
	sensitive map[string]bool     // of those whose small numbers are to be hidden, and not only what gives them away
	tied      map[string]bool     // of those that a rule makes part of a sum whose other parts can be seen
	knots     map[string][]string // code: the covered codes that it is tied to, itself among them
}

// newCover finds out what is covered: the sensitive indicators, what a rule would
// let one compute them from, and the ratios that rest on any of these.
func newCover(s *Snapshot) *cover {
	c := &cover{s: s, of: map[string]bool{}, sensitive: map[string]bool{}, tied: map[string]bool{}, knots: map[string][]string{}}
	for _, ind := range s.Catalogue.Indicators {
		switch {
		case ind.Sensitive && ind.Kind == Ratio:
			c.of[ind.Numerator], c.sensitive[ind.Numerator] = true, true
		case ind.Sensitive:
			c.of[ind.Code], c.sensitive[ind.Code] = true, true
		}
	}
	for _, r := range s.Catalogue.Rules {
		if !r.Off && r.Op == Equal {
			c.tie(r)
		}
	}
	for _, ind := range s.Catalogue.Indicators {
		if ind.Kind == Ratio && (c.of[ind.Numerator] || c.of[ind.Denominator]) {
			c.of[ind.Code] = true
		}
	}
	return c
}

// codes lists the covered indicators in the catalogue's order.
func (c *cover) codes() []string {
	var out []string
	for _, ind := range c.s.Catalogue.Indicators {
		if c.of[ind.Code] {
			out = append(out, ind.Code)
		}
	}
	return out
}

// tie ties the covered indicators of an equation to each other. Where it holds
// only one, another part is covered with it: what is left would be that one.
func (c *cover) tie(r Rule) {
	var in, others []string
	for _, t := range slices.Concat(r.Left, r.Right) {
		switch {
		case t.Code == "" || t.Code == PopulationCode:
		case c.of[t.Code]:
			in = append(in, t.Code)
		default:
			others = append(others, t.Code)
		}
	}
	if len(in) == 0 {
		return
	}
	if len(in) == 1 && len(others) > 0 {
		in = append(in, others[len(others)-1])
	}
	knot := slices.Clone(in)
	for _, code := range in {
		knot = append(knot, c.knots[code]...)
	}
	slices.Sort(knot)
	knot = slices.Compact(knot)
	for _, code := range knot {
		c.of[code], c.tied[code], c.knots[code] = true, true, knot
	}
}

// veils returns the veils of an indicator's figures and of its totals.
func (c *cover) veils(code string) map[UnitIndicator]Veil {
	ind, _ := c.s.Catalogue.ByCode(code)
	switch {
	case ind.Kind == Ratio:
		return c.ratioVeils(ind)
	case c.tied[code]:
		return c.tiedVeils(code)
	default:
		return c.sumVeils(code)
	}
}

// ratioVeils withholds a ratio everywhere as soon as anything of what it rests on
// is: from a share of a known whole the part follows.
func (c *cover) ratioVeils(ind Indicator) map[UnitIndicator]Veil {
	for _, part := range []string{ind.Numerator, ind.Denominator} {
		if c.of[part] && len(c.veils(part)) > 0 {
			return c.all(ind.Code)
		}
	}
	return nil
}

// all withholds every number of an indicator.
func (c *cover) all(code string) map[UnitIndicator]Veil {
	out := map[UnitIndicator]Veil{{DistrictCode, code}: Withheld}
	for _, unit := range c.s.Units.Below(DistrictCode) {
		out[UnitIndicator{unit, code}] = Withheld
	}
	return out
}

// tiedVeils withholds, as soon as one of the tied indicators has a small number
// anywhere, the units' figures of all of them, and their totals too unless all
// totals are large: then nobody can tell how they are shared out.
func (c *cover) tiedVeils(code string) map[UnitIndicator]Veil {
	found, large := false, true
	for _, other := range c.knots[code] {
		total := 0.0
		for _, v := range c.addends(other) {
			found = found || c.sensitive[other] && small(v.value)
			total += v.value
		}
		large = large && total >= LeastShown
	}
	if !found {
		return nil
	}
	out := c.all(code)
	if large && len(c.knots[code]) == 2 {
		delete(out, UnitIndicator{DistrictCode, code})
	}
	return out
}

// addends returns the figures of the period that make up the district's total.
func (c *cover) addends(code string) []unitValue {
	var out []unitValue
	for _, unit := range c.s.Owing(DistrictCode, code) {
		if f, ok := c.s.Figure(unit, code, c.s.Period); ok && !f.NotApplicable {
			out = append(out, unitValue{unit, f.Value})
		}
	}
	return out
}

// sumVeils veils the small figures of an indicator that only its own total could
// give away.
func (c *cover) sumVeils(code string) map[UnitIndicator]Veil {
	all := c.addends(code)
	out := map[UnitIndicator]Veil{}
	spare := 0.0 // by how much the hidden figures are above the least that they can be
	first, hidden := 0, 0
	for i, one := range all {
		least, veil := c.least(one.unit, code, one.value)
		if veil == Open {
			continue
		}
		if hidden == 0 {
			first = i
		}
		hidden++
		spare += one.value - least
		out[UnitIndicator{one.unit, code}] = veil
	}
	if hidden == 0 {
		return nil
	}
	total := UnitIndicator{DistrictCode, code}
	if helper, ok := c.helper(all, first, code, out, hidden); ok {
		out[UnitIndicator{helper.unit, code}] = Withheld
		if spare+helper.value-LeastShown < 2 {
			out[total] = Withheld
		}
	} else {
		out[total] = c.bareTotal(all, code, out, hidden, spare)
	}
	c.veilScopes(code, out)
	return out
}

// helper chooses the large figure that is withheld so that the small ones do not
// follow from the total: the next in the board's order that has room to be
// something else, whatever it is.
func (c *cover) helper(all []unitValue, first int, code string, veiled map[UnitIndicator]Veil, hidden int) (unitValue, bool) {
	for i := range all {
		one := all[(first+i)%len(all)]
		_, high := c.bounds(one.unit, code)
		if veiled[UnitIndicator{one.unit, code}] == Open && one.value >= LeastShown && high-one.value >= float64(hidden) {
			return one, true
		}
	}
	return unitValue{}, false
}

// bareTotal returns the veil of a total in which nothing is large that could be
// withheld beside the small figures. It tells them where they are all as small, or
// all as large, as they can be; of a single one it is the figure itself.
func (c *cover) bareTotal(all []unitValue, code string, veiled map[UnitIndicator]Veil, hidden int, spare float64) Veil {
	sum, large := total(all), false
	var only Veil
	for _, one := range all {
		v := veiled[UnitIndicator{one.unit, code}]
		only = max(only, v)
		large = large || v == Open && one.value > 0
	}
	switch {
	case hidden == 1 && !large:
		return only
	case hidden > 1 && spare >= 1 && spare <= float64(hidden)-1 && !small(sum):
		return Open
	default:
		return Withheld
	}
}

// veilScopes withholds the totals of what lies under a unit, and what a unit says
// for others, where anything within is veiled.
func (c *cover) veilScopes(code string, veiled map[UnitIndicator]Veil) {
	within := map[string]bool{}
	for at := range veiled {
		within[at.Unit] = true
	}
	adds := map[string]bool{}
	for _, unit := range c.s.addends(DistrictCode, code) {
		adds[unit] = true
	}
	for _, unit := range c.s.Units.Below(DistrictCode) {
		parts := c.s.Units.Below(unit)
		if !adds[unit] {
			veiled[UnitIndicator{unit, code}] = Withheld
		} else if len(parts) > 1 && slices.ContainsFunc(parts, func(p string) bool { return within[p] }) {
			veiled[UnitIndicator{unit, code}] = Withheld
		}
	}
}

// least says whether a figure is veiled, and the least that it could be to one
// who sees that: 1 of what is below three. Where a rule and what can be seen leave
// only one of these two, the figure is withheld together with the one beside them.
func (c *cover) least(unit, code string, v float64) (least float64, veil Veil) {
	low, high := c.bounds(unit, code)
	switch {
	case high < 2 && v <= 1 && high >= 1:
		return 0, Withheld
	case low > 1 && low <= 2 && v >= 2 && v <= 3:
		return 2, Withheld
	case small(v):
		return 1, Small
	default:
		return 0, Open
	}
}

// bounds returns between which numbers the rules leave a unit's figure, given all
// the others.
func (c *cover) bounds(unit, code string) (low, high float64) {
	low, high = 0, math.Inf(1)
	look := func(code string, p Period) Num {
		if code == PopulationCode {
			return Num{}
		}
		f, ok := c.s.Figure(unit, code, p)
		return Num{f.Value, ok && !f.NotApplicable}
	}
	for _, r := range c.s.Catalogue.Rules {
		less, more := r.Left, r.Right
		switch r.Op {
		case AtMost, Below:
		case AtLeast, Above:
			less, more = more, less
		default:
			continue
		}
		if r.Off {
			continue
		}
		if room, ok := c.room(less, more, code, look); ok {
			high = min(high, room)
		}
		if room, ok := c.room(more, less, code, look); ok {
			low = max(low, room)
		}
	}
	return low, high
}

// room returns what an indicator of one side of a rule has to be for both sides to
// be equal, where all other figures are known.
func (c *cover) room(side, other Expr, code string, look Look) (float64, bool) {
	left, factor := 0.0, 0.0
	for i, t := range slices.Concat(other, side) {
		if i >= len(other) && t.Code == code && t.When == SamePeriod {
			factor += t.Factor
			continue
		}
		v := t.value(c.s.Period, look)
		if !v.OK {
			return 0, false
		}
		if i >= len(other) {
			v.V = -v.V
		}
		left += t.Factor * v.V
	}
	return left / factor, factor > 0
}
