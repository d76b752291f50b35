package store

import (
	"testing"
	"time"
)

var shanghai = time.FixedZone("CST", 8*3600)

// at is a moment of June and July 2026 in the district's zone.
func at(month time.Month, day, hour int) time.Time {
	return time.Date(2026, month, day, hour, 0, 0, 0, shanghai)
}

// board is a small district of June 2026, looked at on 20 July.
type board struct {
	d SnapshotData
}

func newBoard(t *testing.T) *board {
	t.Helper()
	b := &board{}
	b.d.Catalogue = mustCatalogue(t)
	b.d.Period = MonthOf(2026, 6)
	b.d.Request.Now = at(7, 20, 9)
	b.d.Units = NewUnits([]Unit{
		{Code: "cxs", Name: "城西派出所", Kind: Station},
		{Code: "cds", Name: "城东派出所", Kind: Station},
		{Code: "bjs", Name: "滨江派出所", Kind: Station},
		{Code: "dhj", Name: "东湖街道办事处", Kind: Street},
		{Code: "qbs", Name: "桥北社区", Kind: Community, Parent: "dhj"},
		{Code: "jyj", Name: "区教育局", Kind: Department},
		{Code: "mzj", Name: "区民政局", Kind: Department},
	})
	b.d.Settings = Settings{
		District: District{Name: "云岭区", Population: 812000},
		Zone:     shanghai,
		DueDay:   5, CloseDays: 40,
		Targets: []Target{{Indicator: "urine_rate", Value: 90}},
		Sources: []SourceSetting{{Name: "share", Interval: 10 * time.Minute}},
	}
	b.d.Pulls = []Pull{{Source: "share", Started: b.d.Request.Now.Add(-5 * time.Minute)}}
	return b
}

// put states a figure that arrived on 3 July.
func (b *board) put(unit, indicator string, p Period, value float64, edit ...func(*Figure)) {
	f := Figure{
		Key: Key{unit, indicator, p}, Value: value, Version: 1,
		KnownFrom: at(7, 3, 8), Received: at(7, 3, 8), FirstArrived: at(7, 3, 8),
		Cell: Cell{Source: "share", Ref: "C5"},
	}
	for _, e := range edit {
		e(&f)
	}
	b.d.Figures = append(b.d.Figures, f)
	b.d.Reporting = append(b.d.Reporting, UnitIndicator{unit, indicator})
}

var (
	june = MonthOf(2026, 6)
	may  = MonthOf(2026, 5)
)

func TestATotalSaysHowManyOfHowMany(t *testing.T) {
	b := newBoard(t)
	b.put("cxs", "case_criminal", june, 4)
	b.put("cds", "case_criminal", june, 0)
	l := NewSnapshot(&b.d).Line(DistrictCode, "case_criminal")
	if !l.Value.OK || l.Value.V != 4 || l.N != 2 || l.M != 3 {
		t.Errorf("value %v, %d of %d units; want 4, 2 of 3: the third station owes it too", l.Value, l.N, l.M)
	}
	if len(l.Missing) != 1 || l.Missing[0] != "bjs" || l.State != Never {
		t.Errorf("missing %v, state %v", l.Missing, l.State)
	}
	if !l.Oldest.Equal(at(7, 3, 8)) {
		t.Errorf("oldest %v", l.Oldest)
	}
}

func TestMissingIsNotZero(t *testing.T) {
	b := newBoard(t)
	b.put("cxs", "case_criminal", may, 4)
	b.put("cds", "case_criminal", june, 0, func(f *Figure) { f.NotApplicable = true })
	s := NewSnapshot(&b.d)
	if l := s.Line("cxs", "case_criminal"); l.Value.OK || l.N != 0 || l.M != 1 || l.State != Never {
		t.Errorf("missing: %+v", l)
	}
	if l := s.Line("cds", "case_criminal"); l.Value.OK || !l.NA || l.N != 1 {
		t.Errorf("not applicable: %+v", l)
	}
}

func TestAMissingFigureIsDueUntilItsDay(t *testing.T) {
	b := newBoard(t)
	b.put("cxs", "case_criminal", june, 4)
	b.d.Request.Now = at(7, 5, 23)
	if l := NewSnapshot(&b.d).Line("cds", "case_criminal"); l.State != Due {
		t.Errorf("on the day that it is due: %v", l.State)
	}
	b.d.Request.Now = at(7, 6, 0)
	if l := NewSnapshot(&b.d).Line("cds", "case_criminal"); l.State != Never {
		t.Errorf("the day after: %v", l.State)
	}
}

func TestComparisonsAreOverUnitsThatHaveBoth(t *testing.T) {
	b := newBoard(t)
	b.put("cxs", "users_found", june, 64)
	b.put("cxs", "users_found", may, 16)
	b.put("cds", "users_found", june, 10)
	b.put("bjs", "users_found", may, 900)
	l := NewSnapshot(&b.d).Line(DistrictCode, "users_found")
	if l.Value.V != 74 || l.Before.Diff != Some(48) || l.Before.Then != Some(16) || l.Before.Units != 1 {
		t.Errorf("value %v, delta %+v", l.Value, l.Before)
	}
	if l.Before.Z != 8 || !l.Before.Significant() {
		t.Errorf("z of 64 against 16 = %v, want 8", l.Before.Z)
	}
	if l.YearAgo.Diff.OK {
		t.Errorf("a comparison without a figure: %+v", l.YearAgo)
	}
}

func TestGramsNeverGetAZ(t *testing.T) {
	b := newBoard(t)
	b.put("cxs", "seized_meth_g", june, 1000)
	b.put("cxs", "seized_meth_g", may, 10)
	if l := NewSnapshot(&b.d).Line(DistrictCode, "seized_meth_g"); l.Before.Z != 0 || l.Before.Diff != Some(990) {
		t.Errorf("delta %+v", l.Before)
	}
}

func TestRatiosAreRecomputedFromSums(t *testing.T) {
	b := newBoard(t)
	b.d.Units = NewUnits([]Unit{{Code: "a", Name: "甲街道办事处", Kind: Street}, {Code: "b", Name: "乙街道办事处", Kind: Street}})
	b.put("a", "urine_done", june, 9)
	b.put("a", "urine_due", june, 10)
	b.put("b", "urine_done", june, 10)
	b.put("b", "urine_due", june, 90)
	b.put("a", "urine_done", may, 8)
	b.put("a", "urine_due", may, 10)
	s := NewSnapshot(&b.d)
	l := s.Line(DistrictCode, "urine_rate")
	if l.Value != Some(19) || l.Numerator != Some(19) || l.Divisor != Some(100) {
		t.Errorf("19 of 100 = %v (never the mean of 90 and 11.1)", l.Value)
	}
	if l.Target != Some(90) || l.N != 2 || l.M != 2 {
		t.Errorf("target %v, %d of %d", l.Target, l.N, l.M)
	}
	if one := s.Line("a", "urine_rate"); one.Value != Some(90) || one.Before.Diff != Some(10) {
		t.Errorf("unit %v, before %+v", one.Value, one.Before)
	}
}

func TestAPrintedRatioStandsOnlyForItsUnit(t *testing.T) {
	b := newBoard(t)
	b.put("dhj", "urine_rate", june, 85, func(f *Figure) { f.Reported = true })
	s := NewSnapshot(&b.d)
	if l := s.Line("dhj", "urine_rate"); l.Value != Some(85) || !l.Reported {
		t.Errorf("unit: %+v", l)
	}
	if l := s.Line(DistrictCode, "urine_rate"); l.Value.OK {
		t.Errorf("a printed ratio got into a total: %+v", l.Value)
	}
}

func TestShareOfPopulation(t *testing.T) {
	b := newBoard(t)
	b.put("cxs", "reg_total", june, 4060)
	s := NewSnapshot(&b.d)
	if l := s.Line(DistrictCode, "reg_share_pop"); l.Value != Some(5) {
		t.Errorf("4060 of 812000 = %v per mille", l.Value)
	}
	if l := s.Line("cxs", "reg_share_pop"); l.Value.OK {
		t.Errorf("a station has no population: %v", l.Value)
	}
}

func TestStates(t *testing.T) {
	corrected := func(f *Figure) { f.Version, f.KnownFrom = 2, at(7, 20, 8) }
	for name, tt := range map[string]struct {
		edit func(*board)
		want State
	}{
		"fresh":     {func(b *board) { b.put("cxs", "suspects", june, 1) }, Fresh},
		"corrected": {func(b *board) { b.put("cxs", "suspects", june, 1, corrected) }, Corrected},
		"corrected long ago": {func(b *board) {
			b.put("cxs", "suspects", june, 1, func(f *Figure) { f.Version, f.KnownFrom = 2, at(7, 10, 8) })
		}, Fresh},
		"late":    {func(b *board) { b.put("cxs", "suspects", june, 1, func(f *Figure) { f.FirstArrived = at(7, 7, 1) }) }, Late},
		"suspect": {func(b *board) { b.put("cxs", "suspects", june, 1, corrected, func(f *Figure) { f.Suspect = true }) }, Suspect},
		"partial": {func(b *board) {
			b.put("cxs", "suspects", june, 1)
			b.d.SetAside = []SetAside{{Key: Key{"cxs", "suspects", june}}}
		}, Partial},
		"conflict": {func(b *board) {
			b.put("cxs", "suspects", june, 1)
			b.d.Conflicts = []Key{{"cxs", "suspects", june}}
		}, Conflict},
		"source down": {func(b *board) {
			b.put("cxs", "suspects", june, 1)
			b.d.Pulls[0].Error = "unreachable"
		}, SourceDown},
		"stale after two turns": {func(b *board) {
			b.put("cxs", "suspects", june, 1)
			b.d.Pulls[0].Started = b.d.Request.Now.Add(-21 * time.Minute)
		}, Stale},
		"refused after a good version": {func(b *board) {
			b.put("cxs", "suspects", june, 1, func(f *Figure) { f.Cell.Path = "cxs.xlsx" })
			b.d.Workbooks = []Workbook{{ID: 9, Source: "share", Path: "cxs.xlsx", Verdict: Rejected, Live: true}}
		}, Refused},
		"refused with nothing before": {func(b *board) {
			b.put("cds", "suspects", june, 1)
			b.d.SetAside = []SetAside{{Key: Key{"cxs", "suspects", june}}}
		}, Refused},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBoard(t)
			tt.edit(b)
			if l := NewSnapshot(&b.d).Line("cxs", "suspects"); l.State != tt.want {
				t.Errorf("state %v, want %v", l.State, tt.want)
			}
		})
	}
}

func TestQuarterlyFiguresAnswerForTheirMonths(t *testing.T) {
	b := newBoard(t)
	b.put("dhj", "staff_full", Period{Quarter, 2026, 1}, 9)
	if l := NewSnapshot(&b.d).Line("dhj", "staff_full"); l.Value != Some(9) || l.Latest.Period.String() != "2026-Q1" {
		t.Errorf("June without a second quarter yet: %v of %v", l.Value, l.Latest.Period)
	}
	b.put("dhj", "staff_full", Period{Quarter, 2026, 2}, 11)
	if l := NewSnapshot(&b.d).Line("dhj", "staff_full"); l.Value != Some(11) {
		t.Errorf("June with its quarter: %v", l.Value)
	}
}

func TestSilentUnitsAreCounted(t *testing.T) {
	b := newBoard(t)
	b.put("cxs", "pub_events", june, 3)
	b.put("jyj", "pub_events", june, 2)
	b.put("cds", "suspects", may, 2)
	s := NewSnapshot(&b.d)
	tr := s.Trust(DistrictCode)
	if tr.N != 2 || tr.M != 6 {
		t.Errorf("%d of %d units: three stations, both departments and the street owe a report", tr.N, tr.M)
	}
	if r := s.Report("mzj"); r.State != Never || r.Owed == 0 || r.Reported != 0 {
		t.Errorf("a department from which nothing ever came: %+v", r)
	}
	if l := s.Line(DistrictCode, "reporting_rate"); l.Numerator != Some(2) || l.Divisor != Some(6) || !l.Oldest.Equal(at(7, 3, 8)) {
		t.Errorf("reporting rate %v of %v, oldest %v", l.Numerator, l.Divisor, l.Oldest)
	}
}

func TestAUnitOwesThePartsAndNotTheRatio(t *testing.T) {
	b := newBoard(t)
	b.put("dhj", "urine_done", june, 9)
	b.put("dhj", "urine_due", june, 10)
	b.d.Reporting = append(b.d.Reporting, UnitIndicator{"dhj", "urine_rate"})
	if r := NewSnapshot(&b.d).Report("dhj"); r.State != Fresh || r.Owed != 2 {
		t.Errorf("a printed ratio that is recomputed leaves a gap: %+v", r)
	}
}

func TestALedgerIsAsOldAsItsFile(t *testing.T) {
	b := newBoard(t)
	b.d.Tasks = []Task{{ID: "1", Unit: "cxs", KnownFrom: at(6, 1, 8), Cell: Cell{Source: "share", Path: "tasks.xlsx"}}}
	b.d.Workbooks = []Workbook{{ID: 3, Source: "share", Path: "tasks.xlsx", Verdict: Accepted, Received: at(7, 19, 8)}}
	if c := NewSnapshot(&b.d).TaskCounts(DistrictCode); !c.Oldest.Equal(at(7, 19, 8)) {
		t.Errorf("oldest %v: the row has not changed, but the ledger was handed in anew", c.Oldest)
	}
}

func TestARefusedFileIsToldToItsUnit(t *testing.T) {
	for name, tt := range map[string]struct {
		book     Workbook
		reported bool
		want     State
	}{
		"of the period, nothing else":      {Workbook{Period: june}, false, Refused},
		"of the period, beside good ones":  {Workbook{Period: june}, true, Refused},
		"of a period that cannot be told":  {Workbook{Received: at(7, 7, 8)}, false, Refused},
		"the same, beside good ones":       {Workbook{Received: at(7, 7, 8)}, true, Fresh},
		"of another period":                {Workbook{Period: may}, false, Never},
		"from before the period":           {Workbook{Received: at(5, 7, 8)}, false, Never},
		"from after the period had closed": {Workbook{Received: at(8, 20, 8)}, false, Never},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBoard(t)
			b.d.Request.Now = at(8, 30, 9)
			b.d.Pulls = nil
			b.put("cds", "suspects", june, 1)
			b.put("cxs", "suspects", may, 1)
			if tt.reported {
				b.put("cxs", "suspects", june, 1)
			}
			tt.book.Unit, tt.book.Verdict, tt.book.Live = "cxs", Rejected, true
			b.d.Workbooks = []Workbook{tt.book}
			if r := NewSnapshot(&b.d).Report("cxs"); r.State != tt.want {
				t.Errorf("state %v, want %v", r.State, tt.want)
			}
		})
	}
}

func TestScopesIncludeTheUnitsBelow(t *testing.T) {
	b := newBoard(t)
	b.put("dhj", "pub_reached", june, 100)
	b.put("qbs", "pub_reached", june, 20)
	s := NewSnapshot(&b.d)
	if l := s.Line("dhj", "pub_reached"); l.Value != Some(120) || l.M != 2 {
		t.Errorf("street with its community: %v, %d units", l.Value, l.M)
	}
	if l := s.Line("qbs", "pub_reached"); l.Value != Some(20) {
		t.Errorf("community: %v", l.Value)
	}
}

func TestYearToDate(t *testing.T) {
	b := newBoard(t)
	b.put("cxs", "suspects", june, 5)
	b.d.Sums = []Sum{{"cxs", "suspects", 2026, 30, 6}, {"cds", "suspects", 2026, 7, 6}, {"cxs", "suspects", 2025, 21, 6}}
	l := NewSnapshot(&b.d).Line(DistrictCode, "suspects")
	if l.ToDate != Some(37) || l.LastToDate != Some(21) {
		t.Errorf("to date %v, last year %v", l.ToDate, l.LastToDate)
	}
}

// Sums of grams came out of JSON as 98.89999999999999.
func TestSumsHaveNoBinaryNoise(t *testing.T) {
	b := newBoard(t)
	for unit, v := range map[string]float64{"cxs": 0.1, "cds": 0.2, "bjs": 98.6} {
		b.put(unit, "seized_heroin_g", june, v)
		b.d.Sums = append(b.d.Sums, Sum{unit, "seized_heroin_g", 2026, v, 6})
	}
	l := NewSnapshot(&b.d).Line(DistrictCode, "seized_heroin_g")
	if l.Value != Some(98.9) || l.ToDate != Some(98.9) {
		t.Errorf("%v, to date %v", l.Value, l.ToDate)
	}
	if v := Plus(0.5, 4e15); v != 4e15+0.5 {
		t.Errorf("a large sum lost digits: %v", v)
	}
}

// The year to date was whatever months had come, beside last year's whole ones.
func TestAYearToDateSaysThatMonthsAreMissing(t *testing.T) {
	b := newBoard(t)
	b.put("cxs", "suspects", june, 5)
	b.put("cds", "suspects", june, 2)
	b.d.Sums = []Sum{{"cxs", "suspects", 2026, 30, 6}, {"cds", "suspects", 2026, 7, 4}, {"cxs", "suspects", 2025, 21, 6}, {"cds", "suspects", 2025, 9, 6}}
	s := NewSnapshot(&b.d)
	for _, c := range []struct {
		scope       string
		lacks, last int
	}{
		{DistrictCode, 2 + 6, 6}, // of the third station nothing came in either year
		{"cxs", 0, 0},
		{"cds", 2, 0},
	} {
		if l := s.Line(c.scope, "suspects"); l.ToDateLacks != c.lacks || l.LastLacks != c.last {
			t.Errorf("%s lacks %d months, last year %d; want %d and %d", c.scope, l.ToDateLacks, l.LastLacks, c.lacks, c.last)
		}
	}
	if l := s.Line("bjs", "suspects"); l.ToDate.OK || l.ToDateLacks != 0 {
		t.Errorf("nothing came, and it is at least %v", l.ToDate)
	}
}

// One file whose month nobody can tell made every figure of the unit "refused", of
// months that were not due, of the quarter, of the half-year and of the year.
func TestAFileOfNoMonthRefusesNoOtherFigures(t *testing.T) {
	b := newBoard(t)
	b.put("cxs", "case_criminal", june, 5)
	b.put("cds", "case_criminal", june, 5)
	b.put("cds", "suspects", june, 5)
	b.d.Workbooks = []Workbook{{ID: 9, Source: "share", Path: "odd.xlsx", Verdict: Rejected, Live: true, Unit: "cxs", Received: at(7, 3, 8)}}
	state := func(code string) State { return NewSnapshot(&b.d).Line("cxs", code).State }
	if got := state("suspects"); got != Never {
		t.Errorf("a cell that is empty in a report that came: %v", got)
	}
	b.d.Figures = b.d.Figures[1:]
	if got := state("suspects"); got != Refused {
		t.Errorf("nothing else came: %v", got)
	}
	b.d.Request.Now = at(7, 4, 9) // July's fourth: June is due on the fifth
	if got := state("suspects"); got != Due {
		t.Errorf("before it is due: %v", got)
	}
	b.d.Request.Now = at(7, 20, 9)
	b.d.Period = Period{Quarter, 2026, 2}
	if got := state("suspects"); got == Refused {
		t.Errorf("of the quarter: %v", got)
	}
}

func TestHeatComparesAUnitWithItself(t *testing.T) {
	b := newBoard(t)
	known := make([]bool, 12)
	values := make([]float64, 12)
	for i := range known {
		known[i], values[i] = true, 9
	}
	values[11] = 36
	b.d.Series = []Series{{"cxs", "suspects", values, known}}
	s := NewSnapshot(&b.d)
	if z := s.Heat("cxs", "suspects"); z != 6 {
		t.Errorf("36 against a mean of 9: z = %v, want 6", z)
	}
	if z := s.Heat("cds", "suspects"); z != 0 {
		t.Errorf("a unit without history: %v", z)
	}
}

func TestASilentUnitIsNoFallInTheCourse(t *testing.T) {
	b := newBoard(t)
	course := func(unit string, last bool) Series {
		s := newCourse(unit, "reg_total")
		for i := range s.Values {
			s.Values[i], s.Known[i] = 100, true
		}
		s.Known[SeriesMonths-1] = last
		return s
	}
	b.d.Series = []Series{course("cxs", true), course("cds", false), course("bjs", true)}
	got := NewSnapshot(&b.d).Course(DistrictCode, "reg_total")
	for i, v := range got.Values {
		if v != 200 || !got.Known[i] {
			t.Fatalf("month %d = %v: want the 200 of the two units that have reported, in every month", i, v)
		}
	}
	if one := NewSnapshot(&b.d).Course("cds", "reg_total"); one.Known[SeriesMonths-1] || !one.Known[0] {
		t.Errorf("the silent unit's own course: %v", one.Known)
	}
}

func TestTaskStates(t *testing.T) {
	today := NewDate(2026, 6, 23)
	for _, tt := range []struct {
		name string
		task Task
		want TaskState
		days int
	}{
		{"overdue", Task{Due: NewDate(2026, 6, 11)}, StateOverdue, 12},
		{"today", Task{Due: today}, StateDueSoon, 0},
		{"in three days", Task{Due: NewDate(2026, 6, 26)}, StateDueSoon, 3},
		{"in four days", Task{Due: NewDate(2026, 6, 27)}, StateOpen, 4},
		{"without a date", Task{}, StateUndated, 0},
		{"done late", Task{Due: NewDate(2026, 6, 11), Status: TaskDone}, StateDone, 0},
		{"monthly, this month", Task{Recurs: "monthly:25"}, StateDueSoon, 2},
		{"monthly, next month", Task{Recurs: "monthly:20"}, StateOpen, 27},
		{"monthly, a day that June lacks", Task{Recurs: "monthly:31"}, StateOpen, 7},
	} {
		state, days := tt.task.State(today, Calendar{})
		if state != tt.want || days != tt.days {
			t.Errorf("%s: %v %d, want %v %d", tt.name, state, days, tt.want, tt.days)
		}
	}
}

func TestTheOpeningPeriod(t *testing.T) {
	units := map[Period]int{MonthOf(2026, 4): 30, may: 17, june: 3, {Quarter, 2026, 2}: 30}
	if p := ChoosePeriod(units, 34); p != may {
		t.Errorf("half of 34 units: %v", p)
	}
	if p := ChoosePeriod(map[Period]int{june: 3}, 34); p != june {
		t.Errorf("nothing better: %v", p)
	}
	if p := ChoosePeriod(nil, 0); !p.IsZero() {
		t.Errorf("an empty mirror: %v", p)
	}
}
