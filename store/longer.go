package store

import (
	"slices"
	"time"
)

// Parts returns the periods of a kind that a longer period is made of, the first one
// first; nothing where they do not make up the whole of it.
func (p Period) Parts(kind PeriodKind) []Period {
	if p.Kind == Week || kind == Week || kind == Cumulative {
		return nil
	}
	var out []Period
	one := PeriodAt(kind, p.Start())
	for ; !one.End().After(p.End()); one = one.Add(1) {
		out = append(out, one)
	}
	if len(out) < 2 || out[0].Start() != p.Start() || one.Add(-1).End() != p.End() {
		return nil
	}
	return out
}

// Shorter returns the parts of every length that a longer period is made of.
func (p Period) Shorter() []Period {
	var out []Period
	for _, kind := range []PeriodKind{Month, Quarter, Half} {
		out = append(out, p.Parts(kind)...)
	}
	return out
}

// Longer returns the longer periods that are over, all of whose months are among the
// periods: what nobody has stated of them can be derived. Of a year that is not over
// that is January to its last month.
func Longer(periods []Period, today Date) []Period {
	have := map[Period]bool{}
	for _, p := range periods {
		have[p] = true
	}
	var out []Period
	for _, p := range periods {
		if p.Kind != Month {
			continue
		}
		for _, longer := range []Period{p.Of(Quarter), p.Of(Half), p.Of(Year), CumulativeTo(p.Year, p.N)} {
			parts := longer.Parts(Month)
			absent := func(part Period) bool { return !have[part] }
			if have[longer] || len(parts) == 0 || !today.After(longer.End()) || slices.ContainsFunc(parts, absent) {
				continue
			}
			if longer.Kind == Cumulative && (p.N == 12 || have[p.Add(1)] && today.After(p.Add(1).End())) {
				continue // a later one of the year holds it
			}
			have[longer] = true
			out = append(out, longer)
		}
	}
	return out
}

// lengthen derives what indicators have in the longer periods that are shown and
// compared than those by which they are reported, where nobody has stated it: of a
// stock what stood at the end, of a flow the sum, of which no part may be missing. Of a
// period that is not over nothing is derived: it would be compared with whole ones.
func (s *Snapshot) lengthen() {
	for _, p := range []Period{s.Period, s.Period.Add(-1), s.Period.YearAgo(), s.Request.Beside} {
		if !s.Today.After(p.End()) {
			continue
		}
		for _, ind := range s.Catalogue.Indicators {
			parts := p.Parts(ind.Cadence.PeriodKind())
			if len(parts) == 0 || ind.Kind == Ratio || ind.Kind == Text {
				continue
			}
			for _, u := range s.Units.All() {
				s.derive(Key{u.Code, ind.Code, p}, ind.Kind, parts)
			}
		}
	}
}

// derive enters the figure of a longer period, if nobody stated it and it is known.
func (s *Snapshot) derive(k Key, kind Kind, parts []Period) {
	if _, ok := s.figures[k]; ok {
		return
	}
	if kind != Flow {
		parts = parts[len(parts)-1:]
	}
	var out Figure
	for _, p := range parts {
		f, ok := s.figures[Key{k.Unit, k.Indicator, p}]
		if !ok || len(out.Of) > 0 && f.NotApplicable != out.NotApplicable {
			return
		}
		out = out.plus(f)
	}
	if len(out.Of) == 1 {
		out.Of, out.Oldest = nil, time.Time{}
	}
	s.figures[k] = out
}

// plus adds the figure of a later period. The sum is as old as its oldest part, in the
// worst of their states, and names the cell of the last and when that came.
func (f Figure) plus(next Figure) Figure {
	out := next
	out.Of = append(f.Of, next.Key)
	if out.Oldest = next.Since(); len(f.Of) == 0 {
		return out
	}
	out.Value = Plus(out.Value, f.Value)
	out.Suspect = f.Suspect || next.Suspect
	out.State = Worst(f.State, next.State)
	out.Version = max(f.Version, next.Version)
	out.Veil = max(f.Veil, next.Veil)
	if f.Oldest.Before(out.Oldest) {
		out.Oldest = f.Oldest
	}
	if f.KnownFrom.After(next.KnownFrom) {
		out.KnownFrom = f.KnownFrom
	}
	return out
}

// partly reports whether some of the parts of a flow are there that could not be summed.
func (s *Snapshot) partly(k Key) bool {
	ind, _ := s.Catalogue.ByCode(k.Indicator)
	return slices.ContainsFunc(k.Period.Parts(ind.Cadence.PeriodKind()), func(p Period) bool {
		_, ok := s.figures[Key{k.Unit, k.Indicator, p}]
		return ok
	})
}
