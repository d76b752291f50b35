package store_test

import (
	"testing"
	"time"

	"jindu/store"
)

func TestLearn(t *testing.T) {
	at := func(day int) time.Time { return time.Date(2026, 6, day, 8, 0, 0, 0, time.UTC) }
	version := func(unit, code string, v float64, from, to int) store.Figure {
		f := store.Figure{Key: store.Key{Unit: unit, Indicator: code, Period: store.MonthOf(2026, 5)}, Value: v, KnownFrom: at(from)}
		if to > 0 {
			f.KnownTo = at(to)
		}
		return f
	}
	flow := store.Indicator{Code: "a", Kind: store.Flow}
	all := store.Learn(flow, []store.Figure{
		version("x", "a", 5, 1, 3), version("x", "a", 7, 3, 0), version("y", "a", 10, 2, 4),
	})
	want := []struct {
		day      int
		unit     string
		from, to store.Num
		value    store.Num
		n        int
	}{
		{4, "y", store.Some(10), store.Num{}, store.Some(7), 1}, // withdrawn: no zero takes its place
		{3, "x", store.Some(5), store.Some(7), store.Some(17), 2},
		{2, "y", store.Num{}, store.Some(10), store.Some(15), 2},
		{1, "x", store.Num{}, store.Some(5), store.Some(5), 1},
	}
	if len(all) != len(want) {
		t.Fatalf("learned %d things, want %d: %v", len(all), len(want), all)
	}
	for i, w := range want {
		got := all[i]
		if !got.At.Equal(at(w.day)) || got.Figure.Unit != w.unit || got.From != w.from || got.To != w.to || got.Value != w.value || got.N != w.n {
			t.Errorf("%d: got %+v, want %+v", i, got, w)
		}
	}

	ratio := store.Indicator{Code: "r", Kind: store.Ratio, Numerator: "a", Denominator: "b", Scale: 100}
	parts := store.Learn(ratio, []store.Figure{version("x", "a", 5, 1, 0), version("x", "b", 10, 2, 0), version("y", "a", 9, 3, 0)})
	if parts[2].Value.OK || parts[1].Value != store.Some(50) || parts[0].Value != store.Some(50) {
		t.Errorf("a ratio of one part has a value, or one counts that has not both: %v", parts)
	}
}
