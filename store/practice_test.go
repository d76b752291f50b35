package store

import "testing"

func practised(t *testing.T, p ...Practice) *board {
	t.Helper()
	b := newBoard(t)
	b.d.Settings.Practice = p
	return b
}

// one returns the expectation of the scope, or fails.
func one(t *testing.T, all []Expectation, scope string) Expectation {
	t.Helper()
	for _, e := range all {
		if e.Scope == scope {
			return e
		}
	}
	t.Fatalf("nothing is expected of %s among %d", scope, len(all))
	return Expectation{}
}

func TestUsualPracticeNamesIndicatorsAndSources(t *testing.T) {
	c := mustCatalogue(t)
	all, err := UsualPractice()
	if err != nil || len(all) != 6 {
		t.Fatalf("%d practices, %v", len(all), err)
	}
	for _, p := range all {
		_, ok := c.ByCode(p.Indicator)
		for _, code := range p.Bases() {
			_, base := c.ByCode(code)
			ok = ok && base
		}
		if !ok || p.Source == "" || p.English == "" {
			t.Errorf("%s: indicator %s, base %q, source %q", p.Code, p.Indicator, p.Base, p.Source)
		}
	}
	sum := 0.0
	for _, y := range all[0].Years {
		sum += y
	}
	if sum != 22 {
		t.Errorf("%v tests in three years, want 22", sum)
	}
}

func TestTestsDueByProgrammeYear(t *testing.T) {
	b := practised(t, Practice{Code: "u", Indicator: "urine_done", Years: []float64{12, 6, 4}, Every: Month, Kinds: []UnitKind{Street}})
	b.put("dhj", "urine_done", june, 12)
	tallies := []Tally{
		{Unit: "dhj", Period: june, By: "year", Word: "1", Rows: 10},
		{Unit: "dhj", Period: june, By: "year", Word: "2", Rows: 4},
		{Unit: "dhj", Period: june, By: "year", Word: "3", Rows: 9},
		{Unit: "dhj", Period: june, By: "year", Word: "?", Rows: 7}, // nobody knows how often
		{Unit: "dhj", Period: may, By: "year", Word: "1", Rows: 90},
		{Unit: "dhj", Period: june, By: "risk", Word: "1", Rows: 90},
	}
	e := one(t, NewSnapshot(&b.d).Expectations(tallies), "dhj")
	if e.Expected != 15 || e.Done != 12 || e.Rate() != Some(80) {
		t.Errorf("expected %v (10 + 4/2 + 9/3), done %v, rate %v", e.Expected, e.Done, e.Rate())
	}
	if all := NewSnapshot(&b.d).Expectations(nil); len(all) != 0 {
		t.Errorf("without a list of persons %d are guessed", len(all))
	}
}

func TestAHalfYearsChecksNeedEveryMonth(t *testing.T) {
	b := practised(t, Practice{Code: "c", Indicator: "venue_inspected", Times: 12, Every: Half, Kinds: []UnitKind{Station}})
	for m := 1; m <= 6; m++ {
		b.put("cxs", "venue_inspected", MonthOf(2026, m), 1)
		if m != 3 {
			b.put("cds", "venue_inspected", MonthOf(2026, m), 2)
		}
	}
	b.put("cxs", "venue_inspected", MonthOf(2025, 12), 50)
	all := NewSnapshot(&b.d).Expectations(nil)
	e := one(t, all, DistrictCode)
	if len(all) != 2 || e.Expected != 12 || e.Done != 6 || e.N != 1 || e.M != 3 || e.Period.String() != "2026-H1" {
		t.Errorf("%d rows; %v of %v, %d/%d units of %v: one station lacks March, one all", len(all), e.Done, e.Expected, e.N, e.M, e.Period)
	}
}

func TestWorkersAreCountedOnceAllAreIn(t *testing.T) {
	b := practised(t, Practice{Code: "w", Indicator: "staff_full", Base: "reg_current", Each: 30, Least: 1, Every: Quarter})
	q2 := Period{Quarter, 2026, 2}
	b.put("cxs", "reg_current", june, 61)
	b.put("dhj", "staff_full", q2, 2)
	if all := NewSnapshot(&b.d).Expectations(nil); len(all) != 0 {
		t.Errorf("two stations are missing and %v is expected", all[0].Expected)
	}
	b.put("cds", "reg_current", june, 0)
	b.put("bjs", "reg_current", june, 0)
	e := one(t, NewSnapshot(&b.d).Expectations(nil), DistrictCode)
	if e.Expected != 3 || e.Done != 2 || e.Period != q2 {
		t.Errorf("61 users need %v workers, there are %v in %v", e.Expected, e.Done, e.Period)
	}
}

func TestNothingExpectedHasNoRate(t *testing.T) {
	b := practised(t, Practice{Code: "r", Indicator: "report_in_done", Base: "report_in_due", Times: 1, Every: Month, Kinds: []UnitKind{Street}})
	b.put("dhj", "report_in_due", june, 0)
	b.put("dhj", "report_in_done", june, 0)
	if e := one(t, NewSnapshot(&b.d).Expectations(nil), "dhj"); e.Rate().OK {
		t.Errorf("rate %v of nothing", e.Rate())
	}
}

func usually(t *testing.T, code string) Practice {
	t.Helper()
	all, err := UsualPractice()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		if p.Code == code {
			return p
		}
	}
	t.Fatalf("no practice %s", code)
	return Practice{}
}

// TestTalksOfAHalfYear expects six talks with everybody in a programme, whichever
// it is, and of a street that says nothing of one of the two it expects nothing.
func TestTalksOfAHalfYear(t *testing.T) {
	b := practised(t, usually(t, "talks"))
	for m := 1; m <= 6; m++ {
		b.put("dhj", "care_visits", MonthOf(2026, m), 20)
	}
	b.put("dhj", "comm_detox_active", june, 14)
	if all := NewSnapshot(&b.d).Expectations(nil); len(all) != 0 {
		t.Errorf("half of the persons are known and %v is expected", all[0].Expected)
	}
	b.put("dhj", "comm_rehab_active", june, 11)
	e := one(t, NewSnapshot(&b.d).Expectations(nil), "dhj")
	if e.Expected != 150 || e.Done != 120 || e.Period.String() != "2026-H1" || e.Rate() != Some(80) {
		t.Errorf("%v of %v in %v", e.Done, e.Expected, e.Period)
	}
}

// TestChecksOfAHalfYear expects one check of every enterprise, by whoever checks,
// over all months of the half-year and only when nobody is missing.
func TestChecksOfAHalfYear(t *testing.T) {
	b := practised(t, usually(t, "precursor_checks"))
	b.put("jyj", "precursor_ent", Period{Quarter, 2026, 2}, 40)
	for m := 1; m <= 6; m++ {
		b.put("jyj", "precursor_inspected", MonthOf(2026, m), 3)
		if m != 2 {
			b.put("mzj", "precursor_inspected", MonthOf(2026, m), 2)
		}
	}
	if all := NewSnapshot(&b.d).Expectations(nil); len(all) != 0 {
		t.Errorf("February of one department is missing and %v of %v are done", all[0].Done, all[0].Expected)
	}
	b.put("mzj", "precursor_inspected", MonthOf(2026, 2), 0)
	e := one(t, NewSnapshot(&b.d).Expectations(nil), DistrictCode)
	if e.Expected != 40 || e.Done != 28 || e.N != 2 || e.M != 2 || e.Period.String() != "2026-H1" {
		t.Errorf("%v of %v by %d/%d in %v", e.Done, e.Expected, e.N, e.M, e.Period)
	}
}
