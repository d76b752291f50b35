package store

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// scheme is a small scheme: a ratio in bands, a straight line, a deduction for each
// test that was missed, the year's off-purpose spending as a veto, evidence, and
// one item by hand.
func scheme() Grade {
	return Grade{
		Code: "street", Name: "街道等级评定", Assessed: Date{2026, 10, 15}, Kinds: []UnitKind{Street}, Target: "two",
		Pilots: []GradePilot{{"dhj", "one"}},
		Levels: []GradeLevel{
			{Code: "one", Name: "一级", Least: 90, Veto: true},
			{Code: "two", Name: "二级", Least: 75, Veto: true},
			{Code: "three", Name: "三级", Least: 60},
		},
		Items: []GradeItem{
			{Code: "exec", Name: "执行率", Points: 30, Indicator: "exec_rate", Bands: []GradeBand{{75, 30}, {60, 20}, {0, 5}}},
			{Code: "report", Name: "报到率", Points: 20, Indicator: "report_in_rate", Straight: true, Full: 85, None: 45},
			{Code: "urine", Name: "尿检", Points: 15, Indicator: "urine_done", Base: "urine_due", Deduct: 0.5},
			{Code: "money", Name: "专款专用", Points: 15, Indicator: "fund_misuse", YearRound: true, Veto: true, Above: true},
			{Code: "files", Name: "台账", Points: 10, Evidence: []string{"funds", "publicity"}, Lacking: 4},
			{Code: "work", Name: "日常工作", Points: 10, Names: []string{"日常管理"}},
		},
	}
}

// graded is a board whose street has everything that the scheme asks for.
func graded(t *testing.T) *board {
	t.Helper()
	b := newBoard(t)
	for code, v := range map[string]float64{
		"exec_due": 40, "exec_active": 28, "report_in_due": 20, "report_in_done": 13, "urine_due": 60, "urine_done": 57,
	} {
		b.put("dhj", code, june, v)
	}
	for m := 1; m <= 6; m++ {
		b.put("dhj", "fund_misuse", MonthOf(2026, m), 0)
	}
	b.d.Sums = []Sum{{Unit: "dhj", Indicator: "fund_misuse", Year: 2026, Months: 6}}
	b.d.Records = []Record{
		scored("1. 日常管理", 10, 8.5), {Form: "funds", Unit: "dhj"}, {Form: "publicity", Unit: "dhj"},
	}
	return b
}

// scored is a row of the street's own sheet.
func scored(item string, points, score float64) Record {
	return Record{
		Form: ScoresForm, Unit: "dhj", Cell: Cell{Source: "share", Path: "自评.xlsx", Ref: "B4"}, KnownFrom: at(7, 4, 8),
		Values: map[string]Value{"item": {Text: item}, "points": {Number: points}, "score": {Number: score}},
	}
}

func grading(t *testing.T, b *board, edit ...func(*Grade)) Grading {
	t.Helper()
	g := scheme()
	for _, e := range edit {
		e(&g)
	}
	all := NewSnapshot(&b.d).Gradings(&g)
	if len(all) != 1 || all[0].Unit.Code != "dhj" {
		t.Fatalf("%d units stand in a scheme of streets", len(all))
	}
	return all[0]
}

func TestAUnitIsScoredByFiguresEvidenceAndItsOwnSheet(t *testing.T) {
	st := grading(t, graded(t))
	want := map[string]float64{
		"exec":   20,   // 70 %
		"report": 10,   // 65 % lies half way
		"urine":  13.5, // three tests missed
		"money":  15,
		"files":  10,
		"work":   8.5,
	}
	for _, i := range st.Items {
		if i.Low != want[i.Item.Code] || !i.Known() || i.Why != "" {
			t.Errorf("%s: %v to %v by %q, %s; want %v", i.Item.Code, i.Low, i.High, i.By, i.Why, want[i.Item.Code])
		}
	}
	if st.Low != 77 || st.High != 77 || st.Points != 100 || st.Known != 6 || !st.Sure() || st.Worst != 1 {
		t.Errorf("%v to %v of %v, %d known, level %d to %d", st.Low, st.High, st.Points, st.Known, st.Worst, st.Best)
	}
	if least, most := st.Short(); st.Target != 0 || !st.Pilot || st.Reach() != ReachNo || least != 13 || most != 13 {
		t.Errorf("target %d, pilot %v, %s, short of %v to %v", st.Target, st.Pilot, st.Reach(), least, most)
	}
	var codes []string
	for _, i := range st.Costly() {
		codes = append(codes, i.Item.Code)
	}
	if want := []string{"exec", "report", "urine", "work"}; !slices.Equal(codes, want) {
		t.Errorf("points were lost by %v, want %v", codes, want)
	}
	if st.Self.OK {
		t.Errorf("the sheet scores one item of six and adds up to %v", st.Self)
	}
}

func TestWhatIsNotKnownIsARange(t *testing.T) {
	b := graded(t)
	b.d.Figures = slices.DeleteFunc(b.d.Figures, func(f Figure) bool { return f.Indicator == "exec_active" })
	b.d.Records = nil
	st := grading(t, b)
	if exec := st.Items[0]; exec.Known() || exec.Low != 0 || exec.High != 30 || exec.Why != NoFigure {
		t.Errorf("an execution rate that nobody knows scores %v to %v, %s", exec.Low, exec.High, exec.Why)
	}
	if files := st.Items[4]; files.Low != 2 || files.High != 10 || files.Why != NoEvidence || len(files.Lacking) != 2 {
		t.Errorf("two ledgers that did not come cost %v to %v, %s, %v", files.Low, files.High, files.Why, files.Lacking)
	}
	if work := st.Items[5]; work.Known() || work.Why != NoScore {
		t.Errorf("without a sheet the item by hand scores %v to %v, %s", work.Low, work.High, work.Why)
	}
	if st.Low != 40.5 || st.High != 88.5 || st.Known != 3 || st.Sure() || st.Worst != 3 || st.Best != 1 {
		t.Errorf("%v to %v, %d known, level %d to %d", st.Low, st.High, st.Known, st.Worst, st.Best)
	}
	if two := grading(t, b, func(g *Grade) { g.Pilots = nil }); two.Reach() != ReachOpen || two.Pilot {
		t.Errorf("88.5 points at most and 75 wanted: %s", two.Reach())
	}
}

func TestAVetoIsBrokenClearOrOpen(t *testing.T) {
	for name, one := range map[string]struct {
		misuse, months  int
		broken, open    int
		worst, best     int
		low, high, lost float64
	}{
		"clear":  {0, 6, 0, 0, 1, 1, 77, 77, 0},
		"broken": {1, 6, 1, 0, 2, 2, 62, 62, 15},
		"open":   {0, 5, 0, 1, 2, 1, 62, 77, 0},
	} {
		t.Run(name, func(t *testing.T) {
			b := graded(t)
			b.d.Sums[0].Value, b.d.Sums[0].Months = float64(one.misuse), one.months
			st := grading(t, b)
			if st.Broken != one.broken || st.Open != one.open || st.Worst != one.worst || st.Best != one.best {
				t.Errorf("%d broken, %d open, level %d to %d", st.Broken, st.Open, st.Worst, st.Best)
			}
			if money := st.Items[3]; st.Low != one.low || st.High != one.high || money.Lost() != one.lost {
				t.Errorf("%v to %v points, the veto cost %v", st.Low, st.High, money.Lost())
			}
		})
	}
}

func TestASheetThatContradictsTheSchemeScoresNothing(t *testing.T) {
	for name, one := range map[string]struct {
		rows []Record
		why  string
	}{
		"more than there are":    {[]Record{scored("日常工作", 10, 12)}, OverPoints},
		"another scheme":         {[]Record{scored("日常工作", 15, 12)}, OtherPoints},
		"twice":                  {[]Record{scored("日常工作", 10, 8), scored("日常管理", 10, 9)}, ScoredTwice},
		"about something else":   {[]Record{scored("日常会议", 10, 8)}, NoScore},
		"another unit's":         {[]Record{{Form: ScoresForm, Unit: "cxs", Values: map[string]Value{"item": {Text: "日常工作"}}}}, NoScore},
		"points but no score":    {[]Record{{Form: ScoresForm, Unit: "dhj", Values: map[string]Value{"item": {Text: "日常工作"}}}}, NoScore},
		"the same twice is once": {[]Record{scored("日常工作", 10, 8), scored("（二）日常管理", 10, 8)}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			b := graded(t)
			b.d.Records = one.rows
			if work := grading(t, b).Items[5]; work.Why != one.why || work.Known() != (one.why == "") {
				t.Errorf("%v to %v by %q, %s; want %q", work.Low, work.High, work.By, work.Why, one.why)
			}
		})
	}
}

func TestTheOfficesCheckOutranksTheUnitsOwnScore(t *testing.T) {
	b := graded(t)
	row := scored("日常工作", 10, 9)
	row.Values["checked"] = Value{Number: 7}
	b.d.Records = []Record{row}
	work := grading(t, b).Items[5]
	if work.By != ByOffice || work.Low != 7 || work.Self != Some(9) || work.Cell.Ref != "B4" || !work.Age().Equal(at(7, 4, 8)) {
		t.Errorf("%v by %s, the unit says %v, cell %s, since %v", work.Low, work.By, work.Self, work.Cell.Ref, work.Age())
	}
}

func TestASelfScoreStandsBesideItsTotal(t *testing.T) {
	b := graded(t)
	b.d.Records = nil
	for _, i := range scheme().Items {
		b.d.Records = append(b.d.Records, scored(i.Name, i.Points, i.Points-1))
	}
	b.put("dhj", "grade_score", Period{Quarter, 2026, 2}, 96)
	b.d.Tallies = []Tally{{Form: ScoresForm, Unit: "dhj", Period: Period{Quarter, 2026, 2}, Indicator: "grade_score", Value: 94}}
	st := grading(t, b)
	if st.Self != Some(94) || st.Total.Value != Some(96) || !st.Disputed() {
		t.Errorf("the items add up to %v and the total says %v", st.Self, st.Total.Value)
	}
}

// The sheet of a quarter was held against the total that the report of the one before
// states, and called it disputed.
func TestASelfScoreIsNotHeldAgainstAnotherQuarter(t *testing.T) {
	b := graded(t)
	b.d.Records = nil
	for _, i := range scheme().Items {
		b.d.Records = append(b.d.Records, scored(i.Name, i.Points, i.Points-1))
	}
	b.put("dhj", "grade_score", Period{Quarter, 2026, 1}, 96)
	b.d.Tallies = []Tally{{Form: ScoresForm, Unit: "dhj", Period: Period{Quarter, 2026, 2}, Indicator: "grade_score", Value: 94}}
	if st := grading(t, b); st.Self != Some(94) || st.Total.Value != Some(96) || st.Disputed() {
		t.Errorf("items of %s add up to %v and the total of %s says %v", st.SelfOf, st.Self, st.Total.Latest.Period, st.Total.Value)
	}
	b.d.Tallies = nil
	if st := grading(t, b); !st.SelfOf.IsZero() || st.Disputed() {
		t.Error("a sheet that does not say of what it is disputes a total")
	}
	b.d.Tallies = []Tally{
		{Form: ScoresForm, Unit: "dhj", Period: Period{Quarter, 2026, 1}, Indicator: "grade_score"},
		{Form: ScoresForm, Unit: "dhj", Period: Period{Quarter, 2026, 2}, Indicator: "grade_score"},
	}
	if st := grading(t, b); !st.SelfOf.IsZero() || st.Disputed() {
		t.Error("of sheets of two quarters one disputes a total")
	}
}

// An item that is scored by its evidence alone took its least points from the evidence
// and its most from the unit's own sheet: 10 to 9.5.
func TestTheOwnSheetLeavesAloneWhatEvidenceScores(t *testing.T) {
	for _, score := range []float64{9.5, 0, 12} {
		b := graded(t)
		b.d.Records = append(b.d.Records, scored("台账", 10, score))
		st := grading(t, b)
		if files := st.Items[4]; files.Low != 10 || files.High != 10 || files.By != ByMirror || !files.Known() {
			t.Errorf("the sheet gives %v: %v to %v by %q", score, files.Low, files.High, files.By)
		}
		if least, most := st.Short(); st.Low > st.High || least > most {
			t.Errorf("the sheet gives %v: %v to %v points, short of %v to %v", score, st.Low, st.High, least, most)
		}
		b.d.Records = []Record{scored("台账", 10, score)} // neither ledger came
		if files := grading(t, b).Items[4]; files.Low != 2 || files.High != 10 || files.Known() {
			t.Errorf("the sheet gives %v, the ledgers are lacking: %v to %v", score, files.Low, files.High)
		}
	}
}

func TestARatioOfNothingIsNotNought(t *testing.T) {
	b := graded(t)
	for i := range b.d.Figures {
		if f := &b.d.Figures[i]; f.Indicator == "report_in_due" || f.Indicator == "report_in_done" {
			f.Value = 0
		}
	}
	if report := grading(t, b).Items[1]; report.Known() || report.Why != NotApply || report.High != 20 {
		t.Errorf("nobody had to report in: %v to %v, %s", report.Low, report.High, report.Why)
	}
}

func TestDaysToTheAssessment(t *testing.T) {
	b := graded(t)
	calendar, err := LoadCalendar()
	if err != nil {
		t.Fatal(err)
	}
	b.d.Settings.Calendar = calendar
	g := scheme()
	days, work, ok := NewSnapshot(&b.d).DaysTo(&g)
	if !ok || days != 87 || work < 50 || work > 62 {
		t.Errorf("%d days, %d of them working days, %v", days, work, ok)
	}
	if _, _, ok := NewSnapshot(&b.d).DaysTo(&Grade{}); ok {
		t.Error("a scheme without a date has days")
	}
}

// Whatever the numbers, more points never lower a level, a veto never raises one,
// what is known lies within the range, and learning more only narrows it.
func TestGradingKeepsItsPromises(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 11))
	g := scheme()
	for range 2000 {
		a, b := r.Float64()*110, r.Float64()*110
		if g.LevelAt(max(a, b), false) > g.LevelAt(min(a, b), false) || g.LevelAt(a, true) < g.LevelAt(a, false) {
			t.Fatalf("levels of %v and %v are out of order", a, b)
		}
		for _, i := range g.Items {
			low, high := min(a, b), max(a, b)
			worse, better := i.PointsFor(low, 100), i.PointsFor(high, 100)
			if i.Veto {
				worse, better = better, worse // more of it is worse
			}
			if worse > better || worse < 0 || better > i.Points {
				t.Fatalf("%s: %v is worth %v and %v is worth %v", i.Code, low, i.PointsFor(low, 100), high, i.PointsFor(high, 100))
			}
		}
	}
	full := grading(t, graded(t))
	for range 300 {
		b := graded(t)
		b.d.Figures = slices.DeleteFunc(b.d.Figures, func(Figure) bool { return r.IntN(5) == 0 })
		b.d.Records = slices.DeleteFunc(b.d.Records, func(Record) bool { return r.IntN(3) == 0 })
		if r.IntN(3) == 0 {
			b.d.Sums[0].Months--
		}
		st := grading(t, b)
		if st.Low > full.Low || st.High < full.High || st.Worst < full.Worst || st.Best > full.Best || st.Known > full.Known {
			t.Fatalf("with less known %v to %v, level %d to %d; with all %v, level %d",
				st.Low, st.High, st.Worst, st.Best, full.Low, full.Worst)
		}
		for _, i := range st.Items {
			if i.Low > i.High || i.Low < 0 || i.High > i.Item.Points {
				t.Fatalf("%s: %v to %v of %v", i.Item.Code, i.Low, i.High, i.Item.Points)
			}
		}
	}
}
