package store

import "slices"

// surveyed reports whether an indicator comes from surveys among the people, so
// that its course is one of quarters or half-years.
func (i Indicator) surveyed() bool {
	return i.Group == "opinion" && i.Origin == FromReport && i.Cadence.PeriodKind() != Month
}

// Survey returns an indicator of a survey for the periods of its length, oldest
// first, up to the one that holds the snapshot's. A share that one unit alone
// printed without its parts is that unit's.
func (s *Snapshot) Survey(code string) []Line {
	ind, ok := s.Catalogue.ByCode(code)
	if !ok || s.Period.IsZero() {
		return nil
	}
	last := s.Period.Of(ind.Cadence.PeriodKind())
	out := make([]Line, 0, SurveyLength)
	for i := range SurveyLength {
		out = append(out, s.surveyed(ind, last.Add(i+1-SurveyLength)))
	}
	return out
}

func (s *Snapshot) surveyed(ind Indicator, p Period) Line {
	l := Line{Indicator: ind, Scope: DistrictCode, Period: p, Target: s.lineTarget(DistrictCode, ind.Code)}
	if ind.Kind == Ratio {
		q := s.ratioAt(&l, p)
		if l.Value, l.Numerator, l.Divisor = q.value, q.num, q.den; l.Value.OK {
			return l
		}
	}
	var printed []Figure
	for _, u := range s.Units.All() {
		if f, ok := s.figures[Key{u.Code, ind.Code, p}]; ok && !f.NotApplicable {
			printed = append(printed, f)
		}
	}
	if len(printed) != 1 {
		return l // of two nobody can say which is the district's
	}
	l = Line{Indicator: ind, Scope: DistrictCode, Period: p, Target: l.Target, M: 1, Reported: ind.Kind == Ratio}
	s.take(&l, printed[0])
	l.Value = Some(printed[0].Value)
	return l
}

// LastKnown returns the last of the lines that has a value.
func LastKnown(all []Line) (Line, bool) {
	for _, l := range slices.Backward(all) {
		if l.Value.OK {
			return l, true
		}
	}
	return Line{}, false
}
