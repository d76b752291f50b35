package store

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// inspected is a district before an inspection: a station that has done all, a
// street that lacks something, and one from which nothing came.
func inspectedData(t *testing.T) *SnapshotData {
	t.Helper()
	requirements, err := UsualRequirements()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 6, 23, 9, 0, 0, 0, time.UTC)
	return &SnapshotData{
		Request: SnapshotRequest{Now: now},
		Period:  MonthOf(2026, 5),
		Units: NewUnits([]Unit{
			{Code: "cxs", Name: "城西派出所", Kind: Station},
			{Code: "dhj", Name: "东湖街道", Kind: Street},
			{Code: "xjj", Name: "西郊街道", Kind: Street},
			{Code: "dh1", Name: "湖滨社区", Kind: Community, Parent: "dhj"},
		}),
		Catalogue: mustCatalogue(t),
		Settings: Settings{
			Zone: time.UTC, DueDay: 5, CloseDays: 40, MonthStarts: 1,
			Requirements: requirements,
			Inspection:   Inspection{On: NewDate(2026, 7, 31), Name: "省督导组复查"},
		},
	}
}

// ledgerRow makes a row; its cell is of the row's own.
func ledgerRow(form, unit string, day Date, values map[string]Value) Record {
	return Record{
		ID: form + unit + day.String(), Form: form, Unit: unit, Day: day, Values: values,
		Cell: Cell{Path: form + ".xlsx", Sheet: "台账", Ref: "B4"}, KnownFrom: time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC),
	}
}

// judged returns how a unit stands with a requirement, as a person would say it.
func judged(s *Snapshot, unit, code string) string {
	for _, b := range s.Readiness(unit) {
		for _, r := range b.Items {
			if r.Unit == unit && r.Requirement.Code == code {
				return strings.TrimSpace(fmt.Sprintln(append([]any{r.State, r.Why}, r.Args...)...))
			}
		}
	}
	return "not asked"
}

func TestRequirementsAreJudged(t *testing.T) {
	full := map[string]Value{
		"head_post": {Kind: PostField, Text: "所长"}, "deputy_post": {Kind: PostField, Text: "副所长"}, "members": {Kind: CountField, Number: 7},
		"document": {Kind: DocumentField, Text: "云禁毒〔2026〕3号"}, "changed": {Kind: DateField, Day: NewDate(2026, 3, 2)}, "renewed": {Kind: CheckField, Number: 1},
	}
	with := func(key string, v Value) map[string]Value {
		out := map[string]Value{}
		for k, one := range full {
			out[k] = one
		}
		if out[key] = v; v.Kind == "" {
			delete(out, key)
		}
		return out
	}
	money := func(day Date, values map[string]float64) Record {
		v := map[string]Value{"source": {Kind: WordField, Text: "省级"}, "document": {Kind: DocumentField, Text: "云财行〔2026〕18号"}}
		for name, n := range values {
			kind := NumberField
			if name == "purpose" {
				kind = CheckField
			}
			v[name] = Value{Kind: kind, Number: n}
		}
		return ledgerRow("funds", "dhj", day, v)
	}
	visit := func(due, rectified Date) Record {
		v := map[string]Value{"venue": {Kind: VenueField, Text: "云岭大酒店"}, "category": {Kind: WordField, Text: "宾馆旅馆"}, "problems": {Kind: CountField, Number: 1}}
		if !due.IsZero() {
			v["due"] = Value{Kind: DateField, Day: due}
		}
		if !rectified.IsZero() {
			v["rectified"] = Value{Kind: DateField, Day: rectified}
		}
		return ledgerRow("inspections", "cxs", NewDate(2026, 6, 2), v)
	}
	check := func(unit, code string, v float64, p Period) Figure {
		return Figure{Key: Key{unit, code, p}, Value: v, Version: 1, Cell: Cell{Ref: "C4"}}
	}
	q2 := Period{Kind: Quarter, Year: 2026, N: 2}
	for name, tt := range map[string]struct {
		records []Record
		figures []Figure
		tasks   []Task
		unit    string
		code    string
		want    string
	}{
		"a roster in order":             {records: []Record{ledgerRow("roster", "cxs", NewDate(2026, 3, 2), full)}, unit: "cxs", code: "leading", want: "met leading_ok 所长 2026-03-02"},
		"no roster":                     {unit: "cxs", code: "leading", want: "unknown ledger_none"},
		"nobody's post":                 {records: []Record{ledgerRow("roster", "cxs", NewDate(2026, 3, 2), with("head_post", Value{}))}, unit: "cxs", code: "leading", want: "lacking leading_post"},
		"changed long ago":              {records: []Record{ledgerRow("roster", "cxs", NewDate(2024, 3, 2), with("changed", Value{Kind: DateField, Day: NewDate(2024, 3, 2)}))}, unit: "cxs", code: "leading", want: "lacking leading_old 2024-03-02"},
		"nobody knows when":             {records: []Record{ledgerRow("roster", "cxs", Date{}, with("changed", Value{}))}, unit: "cxs", code: "leading", want: "unknown leading_undated"},
		"not renewed":                   {records: []Record{ledgerRow("roster", "cxs", NewDate(2026, 3, 2), with("renewed", Value{Kind: CheckField}))}, unit: "cxs", code: "leading", want: "lacking leading_renewed"},
		"columns filled":                {records: []Record{ledgerRow("roster", "cxs", NewDate(2026, 3, 2), full)}, unit: "cxs", code: "roster", want: "met ledger_ok 1 2026-03-02"},
		"another unit's row":            {records: []Record{ledgerRow("roster", "dhj", NewDate(2026, 3, 2), full)}, unit: "cxs", code: "roster", want: "unknown ledger_none"},
		"money on purpose":              {records: []Record{money(NewDate(2026, 5, 6), map[string]float64{"spent": 3.5, "purpose": 1})}, unit: "dhj", code: "on_purpose", want: "met funds_ok 1"},
		"money off purpose":             {records: []Record{money(NewDate(2026, 5, 6), map[string]float64{"spent": 3.5, "purpose": 0})}, unit: "dhj", code: "on_purpose", want: "lacking funds_off 1"},
		"last year's money":             {records: []Record{money(NewDate(2025, 5, 6), map[string]float64{"spent": 3.5, "purpose": 0})}, unit: "dhj", code: "on_purpose", want: "unknown ledger_none"},
		"money of which nothing is":     {records: []Record{money(NewDate(2026, 5, 6), map[string]float64{"spent": 3.5})}, unit: "dhj", code: "on_purpose", want: "unknown funds_undeclared 1"},
		"put right in time":             {records: []Record{visit(NewDate(2026, 6, 10), NewDate(2026, 6, 9))}, unit: "cxs", code: "rectified", want: "met rectify_ok 1"},
		"not put right":                 {records: []Record{visit(NewDate(2026, 6, 10), Date{})}, unit: "cxs", code: "rectified", want: "lacking rectify_overdue 1 13"},
		"due today":                     {records: []Record{visit(NewDate(2026, 6, 23), Date{})}, unit: "cxs", code: "rectified", want: "met rectify_ok 1"},
		"says yes":                      {figures: []Figure{check("cxs", "plan_made", 1, q2)}, unit: "cxs", code: "plan", want: "met check_yes"},
		"says no":                       {figures: []Figure{check("cxs", "plan_made", 0, q2)}, unit: "cxs", code: "plan", want: "lacking check_no"},
		"says nothing":                  {unit: "cxs", code: "plan", want: "unknown check_none"},
		"in doubt":                      {figures: []Figure{{Key: Key{"cxs", "plan_made", q2}, Value: 1, Suspect: true}}, unit: "cxs", code: "plan", want: "unknown in_doubt"},
		"does not apply":                {figures: []Figure{{Key: Key{"cxs", "plan_made", q2}, NotApplicable: true}}, unit: "cxs", code: "plan", want: "exempt not_applicable"},
		"a report that is in":           {figures: []Figure{{Key: Key{"dhj", "urine_due", MonthOf(2026, 5)}, Received: time.Date(2026, 6, 4, 9, 0, 0, 0, time.UTC)}}, unit: "dhj", code: "programme_report", want: "met report_in 2026-05"},
		"a report that is not":          {unit: "dhj", code: "programme_report", want: "lacking report_missing 2026-05 2026-06-05"},
		"a figure without a target":     {figures: []Figure{check("dhj", "exec_active", 8, MonthOf(2026, 5))}, unit: "dhj", code: "execution", want: "exempt figure_no_target"},
		"nothing held":                  {figures: []Figure{check("dhj", "pub_events", 0, MonthOf(2026, 5))}, unit: "dhj", code: "events", want: "lacking figure_low 0 场次 1"},
		"nobody knows what was held":    {unit: "dhj", code: "events", want: "unknown figure_none"},
		"an overdue task":               {tasks: []Task{{ID: "a", Unit: "cxs", Strengthening: 5, Due: NewDate(2026, 6, 20)}}, unit: "cxs", code: "tasks_5", want: "lacking tasks_overdue 1 3"},
		"an overdue task of another":    {tasks: []Task{{ID: "a", Unit: "cxs", Strengthening: 4, Due: NewDate(2026, 6, 20)}}, unit: "cxs", code: "tasks_5", want: "exempt tasks_none"},
		"what is not asked of its kind": {unit: "cxs", code: "on_purpose", want: "not asked"},
	} {
		t.Run(name, func(t *testing.T) {
			d := inspectedData(t)
			d.Records, d.Figures, d.Tasks = tt.records, tt.figures, tt.tasks
			for _, f := range tt.figures {
				d.Reporting = append(d.Reporting, UnitIndicator{f.Unit, f.Indicator})
			}
			if got := judged(NewSnapshot(d), tt.unit, tt.code); got != tt.want {
				t.Errorf("%s %s: %s, want %s", tt.unit, tt.code, got, tt.want)
			}
		})
	}
}

// The newest row of a ledger that is counted was said to be of today, or of the month's
// end, though its rows were older: a ledger that nobody kept up passed for a fresh one.
func TestALedgerIsNoNewerThanItsRows(t *testing.T) {
	d := inspectedData(t)
	sent := func(form, unit string, p Period, day int) Tally {
		return Tally{Form: form, Unit: unit, Period: p, Rows: 2, Cell: Cell{Path: form + ".xlsx"}, KnownFrom: time.Date(2026, 6, day, 9, 0, 0, 0, time.UTC)}
	}
	d.Tallies = []Tally{
		sent("cases", "cxs", MonthOf(2026, 5), 20), sent("cases", "cxs", MonthOf(2026, 6), 20),
		sent("persons", "dhj", MonthOf(2026, 5), 3), // after the month
		sent("persons", "xjj", MonthOf(2026, 6), 9), // before it is over
	}
	d.Cases = []CaseCount{
		{Unit: "cxs", Class: "criminal", Period: MonthOf(2026, 6), Rows: 1, Newest: NewDate(2026, 6, 11)},
		{Unit: "cxs", Class: "admin", Period: MonthOf(2026, 6), Rows: 1, Newest: NewDate(2026, 6, 8)},
		{Unit: "other", Class: "admin", Period: MonthOf(2026, 6), Rows: 1, Newest: NewDate(2026, 6, 19)},
	}
	for _, tt := range []struct{ unit, code, want string }{
		{"cxs", "case_ledger", "met ledger_there 2026-06-11"},
		{"dhj", "persons_ledger", "met ledger_there 2026-05-31"},
		{"xjj", "persons_ledger", "met ledger_there 2026-06-09"},
	} {
		if got := judged(NewSnapshot(d), tt.unit, tt.code); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.unit, got, tt.want)
		}
	}
	if l := NewSnapshot(d).Ledger("cases", DistrictCode, nil); l.Newest != NewDate(2026, 6, 19) {
		t.Errorf("the district's newest case is of %s", l.Newest)
	}
	// A case ledger that was handed in this month and whose rows are old is old.
	d.Cases = []CaseCount{{Unit: "cxs", Class: "criminal", Period: MonthOf(2026, 1), Rows: 1, Newest: NewDate(2026, 1, 8)}}
	if got, want := judged(NewSnapshot(d), "cxs", "case_ledger"), "lacking ledger_stale 2026-01-08 166"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// TestWhatIsUnknownIsNeverMet: with nothing at all, no requirement is met, and none
// is lacking but the reports whose day has passed.
func TestWhatIsUnknownIsNeverMet(t *testing.T) {
	s := NewSnapshot(inspectedData(t))
	boards := s.Readiness(DistrictCode)
	if len(boards) != 3 {
		t.Fatalf("%d boards, want those of a station and two streets", len(boards))
	}
	for _, b := range boards {
		for _, r := range b.Items {
			if r.State == Met || r.State == Lacking && r.Requirement.By != ByReport {
				t.Errorf("%s %s: %s, %s", r.Unit, r.Requirement.Code, r.State, r.Why)
			}
		}
	}
	total := ReadyTotalOf(boards)
	if total.By[0].Met != 0 || total.Whole != 0 || total.Ledgers.Met != 0 {
		t.Errorf("total: %+v", total)
	}
	if days, ok := s.Countdown(); !ok || days != 38 {
		t.Errorf("%d days, %v", days, ok)
	}
}

// TestReadinessBeforeTheFirstReport: where nobody has reported anything the board
// has no period, and what is owed is that of the month before.
func TestReadinessBeforeTheFirstReport(t *testing.T) {
	d := inspectedData(t)
	d.Period = Period{}
	if got, want := judged(NewSnapshot(d), "dhj", "programme_report"), "lacking report_missing 2026-05 2026-06-05"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// TestEveryRequirementCanBeJudged: each names something that there is.
func TestEveryRequirementCanBeJudged(t *testing.T) {
	all, err := UsualRequirements()
	if err != nil {
		t.Fatal(err)
	}
	c := mustCatalogue(t)
	asked := map[int]int{}
	seen := map[string]bool{}
	for _, r := range all {
		_, form := c.FormByCode(r.Of)
		ind, known := c.ByCode(r.Of)
		fits := map[Judge]bool{
			ByLedger: form, ByReport: form, ByCheck: known && ind.Kind == Check, ByFigure: known, ByFunds: form,
			ByLeading: form, ByTasks: r.Of == "", ByRectified: form, ByStock: form,
		}
		if !fits[r.By] || seen[r.Code] || r.Name == "" || r.English == "" || r.Source == "" || len(r.Kinds) == 0 {
			t.Errorf("%+v", r)
		}
		f, _ := c.FormByCode(r.Of)
		for _, name := range r.Fields {
			if _, ok := f.Field(name); !ok {
				t.Errorf("%s: no field %s", r.Code, name)
			}
		}
		seen[r.Code] = true
		asked[r.Strengthening]++
	}
	for n := 1; n <= Strengthenings; n++ {
		if asked[n] == 0 {
			t.Errorf("strengthening %d asks nothing", n)
		}
	}
}

// TestFundsAddUp: this year's rows, without the dust of binary fractions.
func TestFundsAddUp(t *testing.T) {
	d := inspectedData(t)
	for i := range 3 {
		d.Records = append(d.Records, ledgerRow("funds", "dhj", NewDate(2026, 5, 1+i), map[string]Value{
			"received": {Kind: NumberField, Number: 0.1}, "spent": {Kind: NumberField, Number: 0.1}, "purpose": {Kind: CheckField, Number: 1},
		}))
	}
	f := NewSnapshot(d).Funds("dhj")
	if f.Received.V != 0.3 || f.Balance.V != 0 || f.Payments != 3 || f.OffPurpose != 0 || f.From.IsZero() {
		t.Errorf("%+v", f)
	}
}

// TestInspectionsCountPlacesOnce: an enterprise that was visited twice is one, and
// its latest visit tells its stock.
func TestInspectionsCountPlacesOnce(t *testing.T) {
	d := inspectedData(t)
	for i, stock := range []float64{40, 45} {
		d.Records = append(d.Records, ledgerRow("inspections", "cxs", NewDate(2026, 6, 10-i), map[string]Value{
			"venue": {Kind: VenueField, Text: "云岭化工有限公司"}, "category": {Kind: WordField, Text: "使用"}, "licence": {Kind: HashField, Text: "a1"},
			"stock": {Kind: NumberField, Number: stock}, "stock_system": {Kind: NumberField, Number: 40},
		}))
	}
	v := NewSnapshot(d).Inspected(DistrictCode)
	if v.Precursor.Visits != 2 || v.Precursor.Places != 1 || v.Weighed != 1 || len(v.Differing) != 0 || v.Venues.Visits != 0 {
		t.Errorf("%+v", v)
	}
}
