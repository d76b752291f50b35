package store

import (
	"math/rand/v2"
	"testing"
)

// TestRatiosAreComparedOverTheSameUnits: a street that was silent last month used
// to stand on one side of the comparison alone.
func TestRatiosAreComparedOverTheSameUnits(t *testing.T) {
	b := newBoard(t)
	b.d.Units = NewUnits([]Unit{{Code: "a", Name: "甲街道办事处", Kind: Street}, {Code: "b", Name: "乙街道办事处", Kind: Street}})
	b.put("a", "urine_done", june, 9)
	b.put("a", "urine_due", june, 10)
	b.put("b", "urine_done", june, 10)
	b.put("b", "urine_due", june, 90)
	b.put("a", "urine_done", may, 8)
	b.put("a", "urine_due", may, 10)
	l := NewSnapshot(&b.d).Line(DistrictCode, "urine_rate")
	if l.Value != Some(19) || l.Before.Now != Some(90) || l.Before.Then != Some(80) || l.Before.Diff != Some(10) {
		t.Errorf("value %v, compared %+v: want 80 to 90 of the one street that has both", l.Value, l.Before)
	}
	if l.Before.Units != 1 || l.Before.Of != 2 || l.Before.Percent().OK || l.Before.Z != 0 {
		t.Errorf("%+v: a ratio's change is in points, over 1 of 2 units", l.Before)
	}
}

// TestAQuarterIsNotComparedWithItself: May and June lie in one quarter, which used
// to show as no change.
func TestAQuarterIsNotComparedWithItself(t *testing.T) {
	b := newBoard(t)
	b.put("dhj", "staff_full", Period{Quarter, 2026, 2}, 11)
	if l := NewSnapshot(&b.d).Line("dhj", "staff_full"); l.Before.Diff.OK {
		t.Errorf("compared with %v: %+v", l.Before.Period, l.Before)
	}
	b.put("dhj", "staff_full", Period{Quarter, 2026, 1}, 9)
	b.put("dhj", "staff_full", Period{Quarter, 2025, 2}, 5)
	l := NewSnapshot(&b.d).Line("dhj", "staff_full")
	if l.Before.Diff != Some(2) || l.Before.Period.String() != "2026-Q1" {
		t.Errorf("with the quarter before: %+v", l.Before)
	}
	if l.YearAgo.Diff != Some(6) || l.YearAgo.Period.String() != "2025-Q2" {
		t.Errorf("with the quarter of last year: %+v", l.YearAgo)
	}
	b = newBoard(t)
	b.put("dhj", "staff_full", Period{Quarter, 2026, 1}, 9)
	if l := NewSnapshot(&b.d).Line("dhj", "staff_full"); !l.Value.OK || l.Before.Diff.OK {
		t.Errorf("the second quarter is not in yet: %v, compared %+v", l.Value, l.Before)
	}
}

func TestPercentNeedsEnoughOnBothSides(t *testing.T) {
	for name, tt := range map[string]struct {
		now, then float64
		want      Num
	}{
		"both enough":     {30, 20, Some(50)},
		"a small now":     {19, 40, Num{}},
		"a small then":    {40, 19, Num{}},
		"nothing before":  {40, 0, Num{}},
		"a fall":          {20, 80, Some(-75)},
		"nothing at last": {0, 0, Num{}},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBoard(t)
			b.put("cxs", "users_found", june, tt.now)
			b.put("cxs", "users_found", may, tt.then)
			l := NewSnapshot(&b.d).Line("cxs", "users_found")
			if got := l.Before.Percent(); got != tt.want || l.Before.Diff != Some(tt.now-tt.then) {
				t.Errorf("percent %v, difference %v; want %v, %v", got, l.Before.Diff, tt.want, tt.now-tt.then)
			}
		})
	}
}

func TestTheYearToDateIsComparedOverWholeYears(t *testing.T) {
	b := newBoard(t)
	for _, unit := range []string{"cxs", "cds", "bjs"} {
		b.put(unit, "case_criminal", june, 1)
	}
	b.d.Sums = []Sum{
		{"cxs", "case_criminal", 2026, 30, 6},
		{"cxs", "case_criminal", 2025, 20, 6},
		{"cds", "case_criminal", 2026, 40, 6},
		{"cds", "case_criminal", 2025, 10, 2}, // four months are lacking
		{"bjs", "case_criminal", 2026, 7, 1},
	}
	l := NewSnapshot(&b.d).Line(DistrictCode, "case_criminal")
	if l.ToDate != Some(77) || l.SinceNewYear.Now != Some(30) || l.SinceNewYear.Then != Some(20) {
		t.Errorf("to date %v, compared %+v; want 30 against 20 of the one unit with both", l.ToDate, l.SinceNewYear)
	}
	if l.SinceNewYear.Units != 1 || l.SinceNewYear.Of != 3 || l.SinceNewYear.Percent() != Some(50) {
		t.Errorf("%+v: want 1 of 3 units, +50%%", l.SinceNewYear)
	}
}

// TestComparisonsAgainstAnOracle compares sums over random gaps with a plain count.
func TestComparisonsAgainstAnOracle(t *testing.T) {
	units := []string{"cxs", "cds", "bjs"}
	for seed := range uint64(500) {
		r := rand.New(rand.NewPCG(11, seed))
		b := newBoard(t)
		now, then, both, of := 0.0, 0.0, 0, 0
		for _, unit := range units {
			v, w := float64(r.IntN(60)), float64(r.IntN(60))
			hasNow, hasThen := r.IntN(3) > 0, r.IntN(3) > 0
			if hasNow {
				b.put(unit, "suspects", june, v)
				of++
			}
			if hasThen {
				b.put(unit, "suspects", may, w)
			}
			if hasNow && hasThen {
				now, then, both = now+v, then+w, both+1
			}
		}
		d := NewSnapshot(&b.d).Line(DistrictCode, "suspects").Before
		if d.Units != both || d.Of != of || d.Diff.OK != (both > 0) || d.Diff.V != now-then || d.Now.V != now || d.Then.V != then {
			t.Fatalf("seed %d: %+v, want %v against %v over %d of %d", seed, d, now, then, both, of)
		}
		if z := PoissonZ(now, then); d.Z != z || d.Significant() != (z > 3 || z < -3) {
			t.Fatalf("seed %d: z %v, want %v", seed, d.Z, z)
		}
	}
}
