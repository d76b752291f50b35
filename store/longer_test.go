package store

import (
	"slices"
	"strings"
	"testing"
)

func TestPartsOfPeriods(t *testing.T) {
	for _, one := range []struct {
		of    string
		kind  PeriodKind
		parts string
	}{
		{"2026-Q2", Month, "2026-04 2026-05 2026-06"},
		{"2026-H2", Quarter, "2026-Q3 2026-Q4"},
		{"2026-01..03", Month, "2026-01 2026-02 2026-03"},
		{"2026-01..09", Quarter, "2026-Q1 2026-Q2 2026-Q3"},
		{"2026-01..10", Quarter, ""}, // October is in none
		{"2026", Half, "2026-H1 2026-H2"},
		{"2026-06", Month, ""},
		{"2026-Q2", Half, ""},
		{"2026-W23", Month, ""},
	} {
		p, err := ParsePeriod(one.of)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, part := range p.Parts(one.kind) {
			if got != "" {
				got += " "
			}
			got += part.String()
		}
		if got != one.parts {
			t.Errorf("%s by %v: %q, want %q", one.of, one.kind, got, one.parts)
		}
	}
}

// quarterly is what stations reported by the month, looked at by the quarter.
func quarterly(t *testing.T) *board {
	t.Helper()
	b := newBoard(t)
	b.d.Period = Period{Quarter, 2026, 2}
	for i, month := range b.d.Period.Parts(Month) {
		for _, unit := range []string{"cxs", "cds"} {
			b.put(unit, "reg_total", month, float64(100+i))
			b.put(unit, "case_criminal", month, float64(i+1), func(f *Figure) {
				f.Received = at(7, 3+i, 8)
				f.Cell.Ref = []string{"C5", "D5", "E5"}[i]
			})
			b.put(unit, "control_due", month, 100)
			b.put(unit, "control_in", month, float64(90+i))
		}
	}
	return b
}

// TestAQuarterOfMonths: a stock is what stood at the end, a flow the sum, a ratio
// made of them; all of them said "never".
func TestAQuarterOfMonths(t *testing.T) {
	b := quarterly(t)
	s := NewSnapshot(&b.d)
	if l := s.Line(DistrictCode, "reg_total"); l.Value != Some(204) || l.N != 2 || l.M != 3 {
		t.Errorf("stock %v, %d/%d", l.Value, l.N, l.M)
	}
	l := s.Line(DistrictCode, "case_criminal")
	if l.Value != Some(12) || l.N != 2 || l.M != 3 || !l.Oldest.Equal(at(7, 3, 8)) {
		t.Errorf("flow %v, %d/%d, oldest %v", l.Value, l.N, l.M, l.Oldest)
	}
	if f, ok := s.Figure("cxs", "case_criminal", b.d.Period); !ok || len(f.Of) != 3 || f.Cell.Ref != "E5" || f.Period != june {
		t.Errorf("the sum names its last cell: %+v", f)
	}
	if l := s.Line("cxs", "control_rate"); l.Value != Some(92) {
		t.Errorf("a ratio of stocks: %v", l.Value)
	}
	if h := s.Heat("cxs", "case_criminal"); h != 0 {
		t.Errorf("a sum beside months: %v", h)
	}
}

// TestTheLastCellOfASumCameWhenItCame: beside September's cell stood the time at which
// July's file had come.
func TestTheLastCellOfASumCameWhenItCame(t *testing.T) {
	b := quarterly(t) // the months came on 3, 4 and 5 July
	b.put("bjs", "case_criminal", b.d.Period, 2, func(f *Figure) { f.Received = at(7, 4, 8) })
	s := NewSnapshot(&b.d)
	f, _ := s.Figure("cxs", "case_criminal", b.d.Period)
	if f.Cell.Ref != "E5" || !f.Received.Equal(at(7, 5, 8)) || !f.Since().Equal(at(7, 3, 8)) {
		t.Errorf("%s came on %v, and the sum is known since %v", f.Cell.Ref, f.Received, f.Since())
	}
	l := s.Line(DistrictCode, "case_criminal")
	if l.Latest.Cell.Ref != "E5" || !l.Latest.Received.Equal(at(7, 5, 8)) || !l.Oldest.Equal(at(7, 3, 8)) {
		t.Errorf("the latest cell is %s of %v, the oldest came on %v", l.Latest.Cell.Ref, l.Latest.Received, l.Oldest)
	}
	if l := s.Line("cxs", "reg_total"); !l.Oldest.Equal(l.Latest.Received) {
		t.Errorf("a stock is as old as its last month: %v, %v", l.Oldest, l.Latest.Received)
	}
}

// TestAQuarterThatLacksAMonth: a sum of some of the months is no sum.
func TestAQuarterThatLacksAMonth(t *testing.T) {
	b := quarterly(t)
	b.d.Figures = slices.DeleteFunc(b.d.Figures, func(f Figure) bool { return f.Unit == "cds" && f.Period == may })
	s := NewSnapshot(&b.d)
	l := s.Line(DistrictCode, "case_criminal")
	if l.Value != Some(6) || l.N != 1 || l.M != 3 || len(l.Missing) != 2 {
		t.Errorf("flow %v, %d/%d, missing %v", l.Value, l.N, l.M, l.Missing)
	}
	if l := s.Line("cds", "case_criminal"); l.Value.OK || l.State != Partial {
		t.Errorf("some of the months are there: %v, %v", l.Value, l.State)
	}
	if l := s.Line("bjs", "case_criminal"); l.Value.OK || l.State != Never {
		t.Errorf("none of the months is there: %v, %v", l.Value, l.State)
	}
	if l := s.Line("cds", "reg_total"); l.Value != Some(102) {
		t.Errorf("a stock needs the last month alone: %v", l.Value)
	}
}

// TestWhatWasStatedForAQuarterStands: nothing is derived beside it.
func TestWhatWasStatedForAQuarterStands(t *testing.T) {
	b := quarterly(t)
	b.put("cxs", "case_criminal", b.d.Period, 7)
	if l := NewSnapshot(&b.d).Line("cxs", "case_criminal"); l.Value != Some(7) {
		t.Errorf("%v", l.Value)
	}
}

// TestAQuarterThatIsNotOver is due, and not a sum of what there is so far.
func TestAQuarterThatIsNotOver(t *testing.T) {
	b := quarterly(t)
	b.d.Request.Now = at(6, 30, 20)
	for _, code := range []string{"reg_total", "case_criminal"} {
		if l := NewSnapshot(&b.d).Line("cxs", code); l.Value.OK || l.State != Due {
			t.Errorf("%s: %v, %v", code, l.Value, l.State)
		}
	}
}

// TestAQuarterInDoubt: what is suspect or does not apply in a month is so in the sum.
func TestAQuarterInDoubt(t *testing.T) {
	b := quarterly(t)
	for i := range b.d.Figures {
		switch f := &b.d.Figures[i]; {
		case f.Unit == "cxs" && f.Indicator == "case_criminal" && f.Period == may:
			f.Suspect = true
		case f.Unit == "cds" && f.Indicator == "case_criminal":
			f.NotApplicable = true
		}
	}
	waits := Pending{Key: Key{"cxs", "case_criminal", may}}
	b.d.Pending = append(b.d.Pending, waits)
	s := NewSnapshot(&b.d)
	if l := s.Line("cxs", "case_criminal"); l.State != Suspect || l.Waiting != 1 {
		t.Errorf("%v, %d wait", l.State, l.Waiting)
	}
	if l := s.Line("cds", "case_criminal"); l.Value.OK || !l.NA {
		t.Errorf("no month applies: %v", l.Value)
	}
}

// TestADisplayAddsUpNoHiddenMonth: what is too small to be seen is so in a longer period,
// and no month of a sum that may be seen is left behind.
func TestADisplayAddsUpNoHiddenMonth(t *testing.T) {
	b := quarterly(t)
	for i, month := range b.d.Period.Parts(Month) {
		b.put("cxs", "lost_total", month, 1)
		b.put("cxs", "relapse_found", month, 1)
		b.put("cds", "relapse_found", month, float64(40+i))
	}
	open := NewSnapshot(&b.d)
	if l := open.Line("cxs", "relapse_found"); l.Value != Some(3) {
		t.Fatalf("the sum: %v", l.Value)
	}
	s := open.Masked()
	if l := s.Line("cxs", "lost_total"); l.Value.OK {
		t.Errorf("a display tells of a small stock: %v", l.Value)
	}
	for _, p := range append(b.d.Period.Parts(Month), b.d.Period) {
		for _, code := range []string{"lost_total", "relapse_found"} {
			if f, ok := s.Figure("cxs", code, p); ok && f.Value != 0 && (code == "lost_total" || p != b.d.Period) {
				t.Errorf("a display can read %s of %v: %v", code, p, f.Value)
			}
		}
	}
}

// TestRatiosOfUnitsApart: stations count the users and streets the workers, and "users
// per worker" was never known.
func TestRatiosOfUnitsApart(t *testing.T) {
	b := newBoard(t)
	b.put("dhj", "staff_full", Period{Quarter, 2026, 2}, 4)
	b.put("cxs", "reg_current", june, 80)
	b.put("cds", "reg_current", june, 60)
	if l := NewSnapshot(&b.d).Line(DistrictCode, "staff_ratio"); l.Value.OK || l.N != 3 || l.M != 4 || l.State != Never {
		t.Errorf("a station is missing: %v, %d/%d, %v", l.Value, l.N, l.M, l.State)
	}
	b.put("bjs", "reg_current", june, 20)
	l := NewSnapshot(&b.d).Line(DistrictCode, "staff_ratio")
	if l.Value != Some(40) || l.Numerator != Some(160) || l.Divisor != Some(4) || l.N != 4 || l.M != 4 {
		t.Errorf("%v = %v/%v, %d/%d", l.Value, l.Numerator, l.Divisor, l.N, l.M)
	}
}

// A quarter, a half-year or a year could be chosen only where some file had stated it.
func TestLongerPeriodsAreOfferedWhereTheirMonthsAre(t *testing.T) {
	var months []Period
	for p := MonthOf(2025, 4); !p.End().After(MonthOf(2026, 10).End()); p = p.Add(1) {
		months = append(months, p)
	}
	months = slices.DeleteFunc(months, func(p Period) bool { return p == MonthOf(2025, 12) })
	stated := []Period{{Half, 2026, 1}, {Week, 2026, 30}}
	for _, c := range []struct{ today, want string }{
		{"2026-11-20", "2025-Q2 2025-Q3 2026-01..10 2026-Q1 2026-Q2 2026-Q3"},
		{"2026-10-20", "2025-Q2 2025-Q3 2026-01..09 2026-Q1 2026-Q2 2026-Q3"}, // October is not over
		{"2026-07-01", "2025-Q2 2025-Q3 2026-Q1 2026-Q2"},
	} {
		today, err := ParseDate(c.today)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, p := range Longer(append(slices.Clone(stated), months...), today) {
			got = append(got, p.String())
		}
		slices.Sort(got)
		if text := strings.Join(got, " "); text != c.want {
			t.Errorf("on %s: %s, want %s", c.today, text, c.want)
		}
	}
}

// The report of a half-year is what was owed for its months: the head said 0/1 over
// panels that said 3/3.
func TestTheReportOfALongerPeriodIsThatOfItsMonths(t *testing.T) {
	b := quarterly(t)
	s := NewSnapshot(&b.d)
	r := s.Report("cxs")
	if r.Owed != 4 || r.Reported != 4 || r.State != Late { // April and May came in July
		t.Errorf("%d/%d, %v", r.Reported, r.Owed, r.State)
	}
	if r = s.Report("bjs"); r.Owed != 4 || r.Reported != 0 || r.State != Never {
		t.Errorf("silent: %d/%d, %v", r.Reported, r.Owed, r.State)
	}
	if trust := s.Trust(DistrictCode); trust.N != 2 || trust.M != 4 || // a street owes a form of the quarter
		!trust.Oldest.Equal(at(7, 3, 8)) {
		t.Errorf("trust %+v", trust)
	}
	b.d.Figures = slices.DeleteFunc(b.d.Figures, func(f Figure) bool { return f.Unit == "cxs" && f.Indicator == "case_criminal" && f.Period == june })
	s = NewSnapshot(&b.d)
	if r = s.Report("cxs"); r.Reported != 3 || r.State != Partial {
		t.Errorf("a month is missing: %d/%d, %v", r.Reported, r.Owed, r.State)
	}
}
