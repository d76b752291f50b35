package store

import (
	"testing"
	"time"
)

// june26 is a publicity month, and one of the year before to compare it with.
func june26() []Campaign {
	return []Campaign{
		{
			Code: "june26", Name: "全民禁毒宣传月", From: NewDate(2026, 6, 1), To: NewDate(2026, 6, 30),
			Indicators: []string{"pub_banners", "pub_events"}, Against: "june25", Plan: "宣传月工作方案",
		},
		{Code: "june25", Name: "全民禁毒宣传月", From: NewDate(2025, 6, 1), To: NewDate(2025, 6, 30)},
	}
}

// hang is an activity of the ledger at which a unit hung banners.
func (b *board) hang(path, unit string, day Date, banners float64) {
	b.d.Records = append(b.d.Records, Record{
		ID: path + unit + day.String(), Form: "publicity", Unit: unit, Day: day, KnownFrom: at(6, 20, 8),
		Values: map[string]Value{
			"day":     {Kind: DateField, Day: day},
			"banners": {Kind: CountField, Number: banners, Ref: "G7"},
		},
		Cell: Cell{Source: "share", Path: path, Sheet: "台账", Ref: "B7"},
	})
}

// campaigning is the small district in the middle of its publicity month.
func campaigning(t *testing.T, now time.Time) *board {
	t.Helper()
	b := newBoard(t)
	b.d.Settings.Campaigns = june26()
	b.d.Request.Now = now
	for _, u := range b.d.Units.All() { // they all have reported some day
		b.d.Reporting = append(b.d.Reporting, UnitIndicator{u.Code, "pub_banners"})
	}
	b.d.Pulls[0].Started = now.Add(-5 * time.Minute)
	return b
}

func (b *board) standing(code string) *Standing {
	s := NewSnapshot(&b.d)
	c, _ := s.Settings.Campaign("june26")
	return s.Standing(c, code)
}

func TestDaysOfACampaign(t *testing.T) {
	c := june26()[0]
	for _, tt := range []struct {
		today     Date
		n         int
		run, over bool
		gone      float64
	}{
		{NewDate(2026, 5, 31), 0, false, false, 0},
		{NewDate(2026, 6, 1), 1, true, false, 100.0 / 30},
		{NewDate(2026, 6, 15), 15, true, false, 50},
		{NewDate(2026, 6, 30), 30, true, false, 100},
		{NewDate(2026, 7, 9), 39, false, true, 100},
	} {
		if n := c.Reached(tt.today); n != min(tt.n, 30) { // the days of one that is over were counted on
			t.Errorf("%v: day %d of 30", tt.today, n)
		}
		if c.Day(tt.today) != tt.n || c.Running(tt.today) != tt.run || c.Over(tt.today) != tt.over || c.Gone(tt.today) != tt.gone {
			t.Errorf("%v: day %d, running %v, over %v, gone %v", tt.today, c.Day(tt.today), c.Running(tt.today), c.Over(tt.today), c.Gone(tt.today))
		}
	}
	if c.Days() != 30 {
		t.Errorf("%d days", c.Days())
	}
}

func TestRowsOfALedgerCountByTheirDays(t *testing.T) {
	b := campaigning(t, at(6, 20, 9))
	b.d.Settings.Targets = append(b.d.Settings.Targets, Target{Indicator: "pub_banners", Value: 10, Kinds: []UnitKind{Station}, Every: "june26"})
	b.hang("城西.xlsx", "cxs", NewDate(2026, 5, 31), 90) // the day before
	b.hang("城西.xlsx", "cxs", NewDate(2026, 6, 2), 4)
	b.hang("城西.xlsx", "cxs", NewDate(2026, 6, 18), 3)
	b.hang("城西.xlsx", "cxs", NewDate(2026, 6, 25), 50) // to come
	st := b.standing("pub_banners")
	r := st.Of("cxs")
	if r.Value != Some(7) || r.Basis != LedgerBasis || r.Rows != 2 || r.N != 1 || r.M != 1 {
		t.Errorf("%+v", r)
	}
	if r.Until != NewDate(2026, 6, 20) {
		t.Errorf("told until %v, want today: the ledger has a row of a later day", r.Until)
	}
	if r.Target != Some(10) || r.Rate() != Some(70) || !r.Pace().OK || r.Behind() {
		t.Errorf("target %v, rate %v, pace %v", r.Target, r.Rate(), r.Pace())
	}
	if len(r.Shares) != 2 || r.Shares[0].Cell.Ref != "G7" || r.Shares[0].Day != NewDate(2026, 6, 18) {
		t.Errorf("shares %+v", r.Shares)
	}
	if whole := st.Of(DistrictCode); whole.N != 1 || whole.M != 7 || whole.Value != Some(7) || whole.State != Due || whole.Target.OK || len(whole.Missing) != 6 {
		t.Errorf("district %+v; a unit's target is not the district's", whole)
	}
}

func TestALedgerWithNoRowOfTheseDaysTellsNothing(t *testing.T) {
	b := campaigning(t, at(6, 20, 9))
	b.hang("城西.xlsx", "cxs", NewDate(2026, 5, 30), 9)
	if r := b.standing("pub_banners").Of("cxs"); r.Value.OK || r.State != Due {
		t.Errorf("%+v; want unknown and not zero", r)
	}
}

func TestAZeroIsKnownByTheLedgerOfSeveralUnits(t *testing.T) {
	b := campaigning(t, at(6, 20, 9))
	b.hang("台账.xlsx", "cxs", NewDate(2026, 5, 30), 9)
	b.hang("台账.xlsx", "cds", NewDate(2026, 6, 12), 2)
	r := b.standing("pub_banners").Of("cxs")
	if r.Value != Some(0) || r.Until != NewDate(2026, 6, 12) {
		t.Errorf("%+v; want zero until the ledger's newest row", r)
	}
}

func TestOnlyWholeMonthsOfReportsCount(t *testing.T) {
	b := campaigning(t, at(7, 20, 9))
	c := &b.d.Settings.Campaigns[0]
	c.From, c.To = NewDate(2026, 5, 20), NewDate(2026, 7, 31)
	b.put("cxs", "pub_banners", may, 8)
	b.put("cxs", "pub_banners", june, 5)
	b.put("cds", "pub_banners", MonthOf(2026, 7), 3) // June is lacking
	st := b.standing("pub_banners")
	r := st.Of("cxs")
	if r.Value != Some(5) || r.Basis != MonthsBasis || r.Until != NewDate(2026, 6, 30) {
		t.Errorf("%+v; want June alone, as May began before the campaign", r)
	}
	if r := st.Of("cds"); r.Value.OK {
		t.Errorf("%+v; a month that lacks is not leapt over", r)
	}
}

func TestReportsOfAllDaysWinOverTheLedger(t *testing.T) {
	b := campaigning(t, at(7, 20, 9))
	b.hang("城西.xlsx", "cxs", NewDate(2026, 6, 2), 4)
	b.put("cxs", "pub_banners", june, 12)
	if r := b.standing("pub_banners").Of("cxs"); r.Value != Some(12) || r.Basis != MonthsBasis {
		t.Errorf("%+v", r)
	}
}

// A month that was handed in before it was over (截至11月28日) told of its last day, so
// that more was asked of it than there had been days.
func TestAReportTellsOfNoDayAfterItsOwn(t *testing.T) {
	b := campaigning(t, at(6, 29, 9))
	b.d.Settings.Targets = append(b.d.Settings.Targets, Target{Indicator: "pub_banners", Value: 10, Unit: "cxs", Every: "june26"})
	early := func(f *Figure) { f.Received = at(6, 28, 8) }
	b.put("cxs", "pub_banners", june, 12, early)
	b.put("cxs", "pub_banners", MonthOf(2025, 6), 9)
	r := b.standing("pub_banners").Of("cxs")
	if r.Until != NewDate(2026, 6, 28) || r.Value != Some(12) || r.Pace() != Some(100*28.0/30) {
		t.Errorf("told until %s, pace %v", r.Until, r.Pace())
	}
	if r.Last.Units != 0 {
		t.Errorf("%+v; 28 days are held against a whole month", r.Last)
	}
	b.hang("城西.xlsx", "cxs", NewDate(2026, 6, 2), 4)
	if r := b.standing("pub_banners").Of("cxs"); r.Basis != LedgerBasis {
		t.Errorf("%+v; the report does not tell of all days that are gone", r)
	}
	b = campaigning(t, at(7, 20, 9))
	b.put("cxs", "pub_banners", june, 12, early)
	if r := b.standing("pub_banners").Of("cxs"); r.Until != NewDate(2026, 6, 28) {
		t.Errorf("told until %s by a report of 28 June", r.Until)
	}
	b.put("cds", "pub_banners", june, 12)
	b.put("cds", "pub_banners", MonthOf(2025, 6), 9)
	if r := b.standing("pub_banners").Of("cds"); r.Until != NewDate(2026, 6, 30) || r.Last.Diff != Some(3) {
		t.Errorf("told until %s, %+v", r.Until, r.Last)
	}
}

func TestTheLastCampaignIsComparedToTheSameDay(t *testing.T) {
	b := campaigning(t, at(6, 20, 9))
	b.hang("去年.xlsx", "cxs", NewDate(2025, 5, 28), 1)
	b.hang("去年.xlsx", "cxs", NewDate(2025, 6, 10), 5)
	b.hang("去年.xlsx", "cxs", NewDate(2025, 6, 11), 40) // after the same day
	b.hang("今年.xlsx", "cxs", NewDate(2026, 6, 10), 9)
	b.hang("今年.xlsx", "cds", NewDate(2026, 6, 9), 2) // nothing to compare with
	r := b.standing("pub_banners").Of(DistrictCode)
	if r.Value != Some(11) || r.Last.Diff != Some(4) || r.Last.Then != Some(5) || r.Last.Units != 1 || r.Last.Of != 2 {
		t.Errorf("%+v", r.Last)
	}
}

func TestOnlyMarkedCasesAreTheCampaigns(t *testing.T) {
	b := campaigning(t, at(6, 20, 9))
	c := &b.d.Settings.Campaigns[0]
	c.Word, c.Indicators = "百日攻坚", []string{"case_criminal", "seized_total_g"}
	solved := func(day int, campaign string, grams float64) {
		b.d.CaseRows = append(b.d.CaseRows, Case{
			ID: campaign + string(rune('a'+day)), Unit: "cxs", Class: "criminal", Solved: NewDate(2026, 6, day), Suspects: 1, Detained: -1,
			SeizedG: grams, Campaign: campaign, Cell: Cell{Source: "share", Path: "案件.xlsx", Ref: "B9"},
		})
	}
	solved(3, "禁毒百日攻坚", 12.5)
	solved(5, "", 3)
	solved(9, "禁毒百日攻坚", -1)
	b.put("cds", "case_criminal", june, 4)
	if r := b.standing("case_criminal").Of(DistrictCode); r.Value != Some(2) || r.Unmarked != 1 || r.N != 1 || r.M != 3 {
		t.Errorf("%+v; a report does not say which of its cases are the campaign's", r)
	}
	if r := b.standing("seized_total_g").Of("cxs"); r.Value != Some(12.5) || r.Blanks != 1 {
		t.Errorf("%+v", r)
	}
}

func TestACampaignToComeHasNoResults(t *testing.T) {
	b := campaigning(t, at(5, 20, 9))
	b.hang("城西.xlsx", "cxs", NewDate(2026, 6, 2), 4)
	if r := b.standing("pub_banners").Of(DistrictCode); r.Value.OK {
		t.Errorf("%+v", r)
	}
}

func TestStatisticalMonthsWithinACampaign(t *testing.T) {
	set := Settings{MonthStarts: 26}
	got := set.monthsWithin(NewDate(2026, 6, 26), NewDate(2026, 8, 25))
	if len(got) != 2 || got[0] != MonthOf(2026, 7) || got[1] != MonthOf(2026, 8) {
		t.Errorf("%v", got)
	}
	set.MonthStarts = 1
	if got := set.monthsWithin(NewDate(2026, 6, 2), NewDate(2026, 8, 30)); len(got) != 1 || got[0] != MonthOf(2026, 7) {
		t.Errorf("%v", got)
	}
}

func TestGoalsOfUnitsTheWorstFirst(t *testing.T) {
	b := newBoard(t)
	b.d.Settings.Targets = []Target{
		{Indicator: "pub_banners", Value: 10, Kinds: []UnitKind{Station, Street}, Every: "quarter"},
		{Indicator: "pub_banners", Value: 40, Unit: "cds", Every: "quarter"},
	}
	for _, p := range []Period{MonthOf(2026, 4), may, june} {
		b.put("cxs", "pub_banners", p, 4)
		b.put("cds", "pub_banners", p, 4)
	}
	got := NewSnapshot(&b.d).Goals("pub_banners", "quarter")
	var codes string
	for _, r := range got {
		codes += r.Scope + " "
	}
	if codes != "bjs dhj cds cxs " {
		t.Errorf("order %q; what is unknown comes first", codes)
	}
	if got[2].Rate() != Some(30) || got[3].Rate() != Some(120) || got[3].Until != NewDate(2026, 6, 30) {
		t.Errorf("%v %v", got[2].Rate(), got[3].Rate())
	}
	if reached, known := Reached(got); reached != 1 || known != 2 {
		t.Errorf("%d of %d", reached, known)
	}
}

func TestPlansAreTasksOfTheirUnits(t *testing.T) {
	b := campaigning(t, at(6, 20, 9))
	b.d.Settings.Campaigns[0].Kinds = []UnitKind{Department}
	task := func(unit, title string, due Date, done Date) {
		one := Task{ID: unit + title, Unit: unit, Title: title, Due: due, DoneOn: done, Percent: -1, Status: TaskOpen}
		if !done.IsZero() {
			one.Status = TaskDone
		}
		b.d.Tasks = append(b.d.Tasks, one)
	}
	task("cxs", "制定全民禁毒宣传月工作方案", NewDate(2026, 5, 25), NewDate(2026, 5, 28))
	task("jyj", "制定全民禁毒宣传月工作方案", NewDate(2026, 5, 25), Date{})
	task("jyj", "制定全民禁毒宣传月工作方案", NewDate(2025, 5, 25), NewDate(2025, 5, 20)) // of last year
	task("jyj", "别的事", NewDate(2026, 5, 25), Date{})
	task("dhj", "制定全民禁毒宣传月工作方案", NewDate(2026, 5, 25), Date{})
	b.d.Tasks[len(b.d.Tasks)-1].Status = TaskDone // and nobody says when
	s := NewSnapshot(&b.d)
	all := s.Plans(s.Settings.Campaigns[0])
	n := CountPlans(all)
	if n != (PlanCounts{In: 2, Late: 1, Untold: 1, Overdue: 1, Unasked: 1}) {
		t.Errorf("%+v", n)
	}
	if all[0].Unit != "jyj" || all[0].Days != 26 || all[1].Late != 3 || !all[2].Untold || all[3].Unit != "mzj" {
		t.Errorf("%+v", all)
	}
}

func TestExitsAreMetOnlyByAllUnits(t *testing.T) {
	b := newBoard(t)
	b.d.Settings.Attention = Attention{Exits: []Exit{
		{"case_criminal", AtLeast, 3}, {"users_found", AtMost, 10}, {"reg_new", Below, 5}, {"seized_total_g", Above, 1},
	}}
	for _, unit := range []string{"cxs", "cds", "bjs"} {
		b.put(unit, "case_criminal", june, 2)
		b.put(unit, "users_found", june, 9)
	}
	b.put("cxs", "reg_new", june, 1)
	all, met := NewSnapshot(&b.d).Exits()
	want := []ExitState{ExitMet, ExitShort, ExitOpen, ExitOpen}
	for i, one := range all {
		if one.State != want[i] {
			t.Errorf("%s: %v, want %v (%d of %d units)", one.Indicator, one.State, want[i], one.Line.N, one.Line.M)
		}
	}
	if met != 1 {
		t.Errorf("%d met", met)
	}
}

func TestSurveysAreOfQuarters(t *testing.T) {
	b := newBoard(t)
	q := june.Of(Quarter)
	b.put("mzj", "safety_drug", q.Add(-1), 12)
	b.put("mzj", "safety_asked", q.Add(-1), 400)
	b.put("mzj", "safety_drug_share", q, 2.5, func(f *Figure) { f.Reported = true })
	all := NewSnapshot(&b.d).Survey("safety_drug_share")
	if len(all) != SurveyLength || all[6].Value != Some(3) || all[7].Value != Some(2.5) || !all[7].Reported || all[5].Value.OK {
		t.Errorf("%+v", all[5:])
	}
	if l, ok := LastKnown(all); !ok || l.Period != q {
		t.Errorf("last %v", l.Period)
	}
}

func TestWantedNamesTheMonthsOfCampaigns(t *testing.T) {
	b := campaigning(t, at(7, 10, 9))
	b.d.Settings.Targets = []Target{{Indicator: "pub_reached", Value: 9, Unit: "cxs", Every: "half"}}
	got := b.d.Settings.Wanted(b.d.Catalogue, june, NewDate(2026, 7, 10))
	for p, code := range map[Period]string{
		june: "pub_banners", MonthOf(2025, 6): "pub_events", MonthOf(2026, 2): "pub_reached", june.Of(Quarter).Add(-7): "safety_drug_share",
	} {
		found := false
		for _, c := range got[p] {
			found = found || c == code
		}
		if !found {
			t.Errorf("%v lacks %s: %v", p, code, got[p])
		}
	}
	if got := b.d.Settings.Wanted(b.d.Catalogue, june, NewDate(2028, 7, 10)); got[MonthOf(2026, 2)] == nil || len(got[MonthOf(2025, 6)]) != 0 {
		t.Errorf("a campaign long over is still wanted: %v", got)
	}
}

func TestSmallCountsStayVeiledInCampaigns(t *testing.T) {
	b := campaigning(t, at(7, 20, 9))
	b.d.Settings.Campaigns[0].Indicators = []string{"relapse_found"}
	b.put("cxs", "relapse_found", june, 2)
	s := NewSnapshot(&b.d)
	c, _ := s.Settings.Campaign("june26")
	if r := s.Standing(c, "relapse_found").Of("cxs"); r.Value != Some(2) {
		t.Errorf("open: %v", r.Value)
	}
	if r := s.Masked().Standing(c, "relapse_found").Of("cxs"); r.Value.OK || r.Veil != Withheld || len(r.Shares) > 0 {
		t.Errorf("masked: %+v", r)
	}
}
