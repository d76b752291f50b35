package sync

import (
	"context"
	"math"
	"slices"
	"strconv"

	"jindu/store"
)

// How far history is looked at, and how much of it there must be to judge by.
const (
	historyMonths = 12
	historyLeast  = 3
)

// checkHistory marks the figures of a reading that are about 10, 100 or 1,000
// times what the unit usually reports, or so many times less: a measure or a
// decimal point has slipped. They apply, as suspect: nobody can tell from here.
func (r *round) checkHistory(ctx context.Context, rd *store.Reading) error {
	type month struct {
		unit   string
		period store.Period
	}
	known := map[month]map[string][]float64{}
	told := historyOf(rd)
	for i := range rd.Statements {
		s := &rd.Statements[i]
		if s.NotApplicable || !s.Own || s.Period.Kind != store.Month || s.Value <= 0 {
			continue
		}
		m := month{s.Unit, s.Period}
		if known[m] == nil {
			past, err := r.Mirror.Past(ctx, s.Unit, s.Period, historyMonths)
			if err != nil {
				return err
			}
			known[m] = past
		}
		ind, _ := r.Understanding.Catalogue.ByCode(s.Indicator)
		past := told.before(s.Key)
		if len(past) < historyLeast {
			past = known[m][s.Indicator]
		}
		times, jumped := jump(ind, s.Value, past)
		if !jumped {
			continue
		}
		s.Suspect = true
		f := store.NewFinding("jump", s.Cell.Sheet, s.Cell.Ref, ind.Name, times)
		f.Unit, f.Indicator, f.Period = s.Unit, s.Indicator, s.Period
		rd.Findings = append(rd.Findings, f)
	}
	return nil
}

// history holds the months that one workbook itself tells of.
type history map[store.UnitIndicator]map[store.Period]float64

// historyOf gathers the months that a workbook states, of a sheet per month or
// of months across.
func historyOf(rd *store.Reading) history {
	h := history{}
	for _, s := range rd.Statements {
		if s.NotApplicable || s.Period.Kind != store.Month {
			continue
		}
		ui := store.UnitIndicator{Unit: s.Unit, Indicator: s.Indicator}
		if h[ui] == nil {
			h[ui] = map[store.Period]float64{}
		}
		h[ui][s.Period] = s.Value
	}
	return h
}

// before returns the months before the figure's, as far back as history is looked at.
func (h history) before(k store.Key) []float64 {
	var out []float64
	of := h[store.UnitIndicator{Unit: k.Unit, Indicator: k.Indicator}]
	if len(of) < 2 {
		return nil
	}
	for back := 1; back <= historyMonths; back++ {
		if v, ok := of[k.Period.Add(-back)]; ok {
			out = append(out, v)
		}
	}
	return out
}

// jump reports whether the value is about a power of ten away from the median
// of the past, and which. What the past has itself seen the like of is no jump,
// nor is a small count that grew to another.
func jump(ind store.Indicator, value float64, past []float64) (times string, jumped bool) {
	if len(past) < historyLeast {
		return "", false
	}
	ordered := slices.Sorted(slices.Values(past))
	mid := median(ordered)
	if mid <= 0 || value >= ordered[0]/2 && value <= ordered[len(ordered)-1]*2 {
		return "", false
	}
	if ind.Counted() && max(value, mid) < 30 {
		return "", false
	}
	power := math.Log10(value / mid)
	whole := math.Round(power)
	// A quarter of a decade, from 0.56 to 1.78 times the power of ten: the month
	// itself may be half or double the usual.
	if whole == 0 || math.Abs(whole) > 3 || math.Abs(power-whole) > 0.25 {
		return "", false
	}
	return strconv.FormatFloat(math.Pow(10, whole), 'f', -1, 64), true
}

// median of values in order.
func median(ordered []float64) float64 {
	n := len(ordered)
	return (ordered[(n-1)/2] + ordered[n/2]) / 2
}
