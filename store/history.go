package store

import (
	"cmp"
	"slices"
	"time"
)

// Learned is one thing that the mirror learned of an indicator's period, and what
// the whole came to from then on.
type Learned struct {
	Figure Figure // the version that became known, or was withdrawn
	At     time.Time
	From   Num // what the figure was before
	To     Num // what it is; none where it was withdrawn or does not apply
	Value  Num // the sum over the units, of a ratio recomputed from both sums
	N      int // units that had a figure
}

// Learn tells from all versions of an indicator's figures, or of the two parts of a
// ratio, what was known of their whole and when, the newest first.
func Learn(ind Indicator, versions []Figure) []Learned {
	type event struct {
		at   time.Time
		f    Figure
		gone bool
	}
	begins := map[Key]map[time.Time]bool{}
	var all []event
	for _, f := range versions {
		all = append(all, event{at: f.KnownFrom, f: f})
		if begins[f.Key] == nil {
			begins[f.Key] = map[time.Time]bool{}
		}
		begins[f.Key][f.KnownFrom] = true
	}
	for _, f := range versions {
		if !f.KnownTo.IsZero() && !begins[f.Key][f.KnownTo] { // nothing took its place
			all = append(all, event{at: f.KnownTo, f: f, gone: true})
		}
	}
	slices.SortStableFunc(all, func(a, b event) int {
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.f.Unit, b.f.Unit), cmp.Compare(a.f.Indicator, b.f.Indicator))
	})
	stands := map[Key]Figure{}
	out := make([]Learned, 0, len(all))
	for _, e := range all {
		one := Learned{Figure: e.f, At: e.at, To: e.f.Number()}
		if before, ok := stands[e.f.Key]; ok {
			one.From = before.Number()
		}
		if e.gone {
			one.To = Num{}
			delete(stands, e.f.Key)
		} else {
			stands[e.f.Key] = e.f
		}
		one.Value, one.N = whole(ind, stands)
		out = append(out, one)
	}
	slices.Reverse(out)
	return out
}

// whole sums what stands; of a ratio over the units of which both parts stand.
func whole(ind Indicator, stands map[Key]Figure) (Num, int) {
	if ind.Kind != Ratio {
		return summed(stands)
	}
	num, den, n := 0.0, 0.0, 0
	for k, f := range stands {
		other, ok := stands[Key{Unit: k.Unit, Indicator: ind.Denominator, Period: k.Period}]
		if k.Indicator != ind.Numerator || !ok || f.NotApplicable || other.NotApplicable {
			continue
		}
		num, den, n = num+f.Value, den+other.Value, n+1
	}
	if den == 0 {
		return Num{}, n
	}
	return Some(num / den * ind.Scale), n
}

func summed(stands map[Key]Figure) (Num, int) {
	sum, n := 0.0, 0
	for _, f := range stands {
		if !f.NotApplicable {
			sum, n = sum+f.Value, n+1
		}
	}
	if n == 0 {
		return Num{}, len(stands)
	}
	return Some(sum), len(stands)
}
