package page

import (
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"jindu/store"
	"jindu/tui/tuitest"
	"jindu/tui/widget"
	"jindu/tui/words"
)

var whole = sync.OnceValue(func() *store.SnapshotData { return tuitest.Data(tuitest.May()) })

// shaken is the district with figures of the month that are other ones, gone, of no
// meaning there, suspect, corrected, old, or set aside, all of it by the dice.
func shaken(dice *rand.Rand) *store.SnapshotData {
	d := *whole()
	d.Figures, d.SetAside = slices.Clone(d.Figures), slices.Clone(d.SetAside)
	d.Figures = slices.DeleteFunc(d.Figures, func(f store.Figure) bool { return f.Period == d.Period && dice.IntN(12) == 0 })
	for i := range d.Figures {
		f := &d.Figures[i]
		if f.Period != d.Period {
			continue
		}
		switch dice.IntN(9) {
		case 0:
			f.Value = float64(dice.IntN(400))
		case 1:
			f.Value = 0
		case 2:
			f.Value, f.NotApplicable = 0, true
		case 3:
			f.Suspect = true
		case 4:
			f.Version = 3
		case 5:
			f.Received = f.Received.Add(-time.Duration(dice.IntN(400)) * time.Hour)
		case 6:
			d.SetAside = append(d.SetAside, store.SetAside{Key: f.Key, Sheet: "表1", Ref: "D4", Rule: "not_number"})
		default:
		}
	}
	return &d
}

// boards is how many districts are drawn; JINDU_BOARDS and JINDU_SEED make it long.
func boards() (n int, seed uint64) {
	n, seed = 20, 1
	if many, err := strconv.Atoi(os.Getenv("JINDU_BOARDS")); err == nil {
		n = many
	}
	if s, err := strconv.ParseUint(os.Getenv("JINDU_SEED"), 10, 64); err == nil {
		seed = s
	}
	return n, seed
}

// said is what a board says of a figure, and where it says so first.
type said struct{ value, where string }

// agreement gathers what all panels say.
type agreement struct {
	*testing.T
	frame *Frame
	of    map[store.UnitIndicator]said
	seen  int
}

// Two panels never say two things of one figure, and every total stands with how many
// of how many units it is of and with the age of its oldest part.
func TestNoTwoPanelsDisagree(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and of one goroutine")
	}
	n, seed := boards()
	seen := 0
	for i := range n {
		dice := rand.New(rand.NewPCG(seed, uint64(i)))
		d := shaken(dice)
		s := store.NewSnapshot(d)
		if i%4 == 3 {
			s = s.Masked()
		}
		lang := []store.Lang{store.Chinese, store.English}[i%2]
		w := []int{200, 120, 160, 80}[i/2%4]
		a := &agreement{T: t, of: map[store.UnitIndicator]said{}}
		a.frame = &Frame{Board: NewBoard(s), Words: words.Of(lang), Pages: Embedded(), Now: tuitest.Now(), W: w, H: 400}
		a.pages(dice)
		a.sums(d)
		seen += a.seen
		if t.Failed() {
			t.Fatalf("seed %d, board %d", seed, i)
		}
	}
	t.Logf("seed %d: %d boards, %d figures on panels", seed, n, seen)
	if seen < 500*n {
		t.Errorf("only %d figures were seen: the test sees nothing", seen)
	}
}

// pages looks at every page, and at some of the pages below.
func (a *agreement) pages(dice *rand.Rand) {
	a.Helper()
	visits := []Visit{}
	for _, p := range Embedded().Pages() {
		visits = append(visits, Visit{Page: p.Name})
	}
	all, indicators := a.frame.Units.All(), a.frame.Catalogue.Indicators
	for range 3 {
		unit, other := all[dice.IntN(len(all))].Code, all[dice.IntN(len(all))].Code
		visits = append(visits, Visit{Page: UnitPage, Unit: unit}, Visit{Page: UnitsPage, Indicator: indicators[dice.IntN(len(indicators))].Code})
		if unit != other {
			visits = append(visits, Visit{Page: BesidePage, Unit: unit, Other: other})
		}
	}
	for _, v := range visits {
		l := Build(a.frame, v, NewPlace())
		for i := range l.panels {
			a.panel(v, l.panels[i].Panel)
		}
	}
}

// panel hears what one panel says of each figure of now.
func (a *agreement) panel(v Visit, p *Panel) {
	a.Helper()
	if p.Table == nil || Embedded().panels[p.Name].Kind == "balance" { // a stock of before, what came and what went
		return
	}
	for i, row := range p.Table.Rows {
		spot := p.Spots[i]
		where := fmt.Sprintf("%+v %s row %d", v, p.Name, i)
		if i < len(p.Grid) && p.Grid[i] != nil {
			for j, one := range p.Grid[i] {
				at := j + 1
				if p.GridColumns != nil {
					at = p.GridColumns[j]
				}
				a.hear(where, p, row, at, one)
			}
			continue
		}
		for at, col := range p.Table.Columns {
			if col.Key == "now" || col.Key == "value" {
				a.hear(where, p, row, at, spot)
			}
		}
	}
}

// hear holds one figure to what was said of it before.
func (a *agreement) hear(where string, p *Panel, row widget.Row, at int, s Spot) {
	a.Helper()
	if s.Indicator == "" || s.Unit == "" || s.Result != nil || s.Grading != nil || s.Campaign != nil || at >= len(row.Cells) {
		return
	}
	value := strings.TrimRight(strings.TrimSpace(row.Cells[at].Line.Plain()), widget.Star+"%‰")
	if value == "" {
		return
	}
	a.seen++
	key := store.UnitIndicator{Unit: s.Unit, Indicator: s.Indicator}
	if first, ok := a.of[key]; !ok {
		a.of[key] = said{value, where}
	} else if first.value != value {
		a.Errorf("%v is %q on %s and %q on %s", key, first.value, first.where, value, where)
	}
	if s.Total() {
		a.whole(where, p, row, s)
	}
}

var shares = regexp.MustCompile(`(\d+)/(\d+)`)

// whole holds that a total says of how many units it is, and how old it is, in its
// panel's head or its own row: never more units or younger parts than it has.
func (a *agreement) whole(where string, p *Panel, row widget.Row, s Spot) {
	a.Helper()
	l := a.frame.Line(s.Unit, s.Indicator)
	if l.M == 0 || l.Indicator.Origin == store.FromMirror {
		return
	}
	text := widget.Join(3, append(slices.Clone(p.Head.Facts), p.Head.Note)...).Plain()
	for _, c := range row.Cells[1:] {
		text += " " + c.Line.Plain()
	}
	all := shares.FindAllStringSubmatch(text, -1)
	if len(all) == 0 {
		a.Errorf("%s: %s stands without its completeness: %q", where, s.Indicator, text)
	}
	if l.N < l.M && !slices.ContainsFunc(all, func(m []string) bool { return m[1] != m[2] }) {
		a.Errorf("%s: %s is of %d/%d units, and the panel says %q", where, s.Indicator, l.N, l.M, text)
	}
	if age := a.frame.oldest(l.Oldest); !l.Oldest.IsZero() && !a.older(text, l.Oldest) {
		a.Errorf("%s: %s is %s, and the panel says %q", where, s.Indicator, age.Plain(), text)
	}
}

// older reports whether a text states an age that is not below that of a moment.
func (a *agreement) older(text string, than time.Time) bool {
	for at := than; a.frame.Moment.Sub(at) < 700*time.Hour*24; at = at.Add(-min(20*time.Hour, max(time.Hour, a.frame.Moment.Sub(at)/50))) {
		if strings.Contains(text, strings.TrimSpace(a.frame.AgeLine(at).Plain())) {
			return true
		}
	}
	return false
}

// sums holds what was said of the district's totals to the sum of the figures that the
// mirror gave, added up once more and by hand.
func (a *agreement) sums(d *store.SnapshotData) {
	a.Helper()
	sum, n := map[string]float64{}, map[string]int{}
	owing := map[store.UnitIndicator]bool{}
	for _, ind := range d.Catalogue.Indicators {
		for _, unit := range a.frame.Owing(store.DistrictCode, ind.Code) {
			owing[store.UnitIndicator{Unit: unit, Indicator: ind.Code}] = true
		}
	}
	for _, f := range d.Figures {
		if f.Period == d.Period && !f.NotApplicable && owing[store.UnitIndicator{Unit: f.Unit, Indicator: f.Indicator}] {
			sum[f.Indicator] += f.Value
			n[f.Indicator]++
		}
	}
	held := 0
	for key, first := range a.of {
		ind, _ := d.Catalogue.ByCode(key.Indicator)
		if key.Unit != store.DistrictCode || n[key.Indicator] == 0 || ind.Origin != store.FromReport || (ind.Kind != store.Flow && ind.Kind != store.Stock) || ind.Cadence != store.Monthly {
			continue
		}
		if _, err := strconv.ParseFloat(strings.ReplaceAll(first.value, ",", ""), 64); err != nil {
			continue // masked, or no number on this panel
		}
		held++
		if want := widget.Number(sum[key.Indicator], widget.Decimals(ind)); first.value != want {
			a.Errorf("%s: the total of %s is shown as %s, and the figures add up to %s", first.where, key.Indicator, first.value, want)
		}
	}
	if held < 15 {
		a.Errorf("only %d totals were held to their figures", held)
	}
}

// panelOf builds a page and returns one of its panels.
func panelOf(t *testing.T, f *Frame, v Visit, name string) *Panel {
	t.Helper()
	l := Build(f, v, NewPlace())
	for i := range l.panels {
		if l.panels[i].Name == name {
			return l.panels[i].Panel
		}
	}
	t.Fatalf("%s has no panel %s", v.Page, name)
	return nil
}

// A matrix of the stations has totals of the whole district on top; it said 10/10 of
// its rows, where a total was of 31/34.
func TestAMatrixSaysOfHowManyUnitsItsTotalsAre(t *testing.T) {
	f := frame(t, 200, 60)
	p := panelOf(t, f, Visit{Page: "enforcement"}, "stations")
	if got := widget.Join(3, p.Head.Facts...).Plain(); !strings.HasPrefix(got, "31/34 ") {
		t.Errorf("its head says %q, and the clues are of 31 of 34 units", got)
	}
}

// A unit that had sent nothing this month was shown to have nothing, also of what it
// reports by the quarter and had sent.
func TestASilentMonthHidesNoQuarter(t *testing.T) {
	f := frame(t, 200, 60)
	if f.Report("wcj").Reported > 0 || !f.Line("wcj", "volunteers").Value.OK {
		t.Fatal("the district is not such a one any more")
	}
	p := panelOf(t, f, Visit{Page: "management"}, "drugfree")
	for i, s := range p.Spots {
		if s.Unit == "wcj" {
			if got := strings.TrimSpace(p.Table.Rows[i].Cells[1].Line.Plain()); got != widget.Number(f.Line("wcj", "volunteers").Value.V, 0) {
				t.Errorf("its volunteers are shown as %q", got)
			}
		}
	}
}

// The head of a breakdown told the age of the whole alone, and a part could be older.
func TestABreakdownIsAsOldAsItsOldestPart(t *testing.T) {
	d := *whole()
	d.Figures = slices.Clone(d.Figures)
	for i := range d.Figures {
		if f := &d.Figures[i]; f.Indicator == "seized_yaba_g" && f.Period == d.Period {
			f.Received = tuitest.Now().Add(-50 * 24 * time.Hour)
		}
	}
	f := frame(t, 200, 60)
	f.Board = NewBoard(store.NewSnapshot(&d))
	p := panelOf(t, f, Visit{Page: "enforcement"}, "seizures")
	if got := widget.Join(3, p.Head.Facts...).Plain(); !strings.Contains(got, "50天") {
		t.Errorf("its head says %q", got)
	}
}

// What a campaign has brought is counted by days; taken out of the board, it stood with
// the cell and the completeness of the month's report, which is another figure.
func TestACampaignsResultHasItsOwnOrigin(t *testing.T) {
	f := frame(t, 200, 60)
	l := Build(f, Visit{Page: "enforcement"}, NewPlace())
	held := 0
	for i := range l.panels {
		for _, s := range l.panels[i].Spots {
			if s.Result == nil || len(s.Result.Shares) == 0 {
				continue
			}
			held++
			got, c := f.origin(s), s.Result.Shares[0].Cell
			if got[1] != shareText(s.Result.N, s.Result.M) || got[3] != c.Path || got[5] != f.sumOfCells(len(s.Result.Shares), c.Ref) {
				t.Errorf("%s of %s is taken out as %v, and comes from %s %s", s.Indicator, s.Unit, got, c.Path, c.Ref)
			}
		}
	}
	if held == 0 {
		t.Error("no result of a campaign was seen")
	}
}

// What a quarter is the sum of stands in no cell: the source line and what is taken out
// say of how many it is made.
func TestASumOfMonthsNamesItsCells(t *testing.T) {
	d := *whole()
	d.Period = store.Period{Kind: store.Quarter, Year: d.Period.Year, N: 1}
	unit := d.Units.All()[0].Code
	d.Figures = slices.Clone(d.Figures)
	for i, month := range d.Period.Parts(store.Month) {
		d.Figures = append(d.Figures, store.Figure{
			Key: store.Key{Unit: unit, Indicator: "case_criminal", Period: month}, Value: float64(i + 1), Version: 1,
			KnownFrom: tuitest.Now(), Received: tuitest.Now(),
			Cell: store.Cell{Source: "share", Path: "一季度.xlsx", Sheet: "Sheet1", Ref: []string{"C5", "D5", "E5"}[i]},
		})
	}
	f := frame(t, 200, 60)
	f.Board = NewBoard(store.NewSnapshot(&d))
	s := figureSpot(unit, "case_criminal")
	if got := f.Source(s, 180).Plain(); !strings.Contains(got, " 6 ") || !strings.Contains(got, "3 格之和，最近一格 一季度.xlsx › Sheet1 › E5") {
		t.Errorf("the source line says %q", got)
	}
	if got := f.origin(s); got[5] != "3 格之和，最近一格 E5" {
		t.Errorf("taken out: %v", got)
	}
}

// A total taken out of the board stood with the latest of its units' cells as if that
// cell held it: it says of how many units it is, and a unit's ratio names both cells.
func TestATotalTakenOutIsInNoOneCell(t *testing.T) {
	f := frame(t, 200, 60)
	latest := f.Line(store.DistrictCode, "users_found").Latest.Cell.Ref
	rate := f.Line(store.DistrictCode, "urine_rate")
	parts := f.Line("xj", "urine_rate")
	of, _ := f.Figure("xj", parts.Indicator.Denominator, f.Period)
	for s, want := range map[Spot]any{
		figureSpot(store.DistrictCode, "users_found"): "10 个单位之和，最近一格 " + latest,
		figureSpot(store.DistrictCode, "urine_rate"):  strconv.Itoa(rate.N) + " 个单位之和的比，最近一格 " + rate.Latest.Cell.Ref,
		figureSpot("bj", "users_found"):               f.Line("bj", "users_found").Latest.Cell.Ref,
		figureSpot("xj", "urine_rate"):                parts.Latest.Cell.Ref + " / " + of.Cell.Ref,
	} {
		if got := f.origin(s)[5]; got != want {
			t.Errorf("%s of %s stands in %v, want %v", s.Indicator, s.Unit, got, want)
		}
	}
}

// What is taken out for programs was rounded as the screen is: 197 for 197.03 g.
func TestWhatIsTakenOutKeepsItsDigits(t *testing.T) {
	d := *whole()
	d.Figures = slices.Clone(d.Figures)
	for i := range d.Figures {
		if f := &d.Figures[i]; f.Indicator == "seized_heroin_g" && f.Unit == "qs" && f.Period == d.Period {
			f.Value = 197.03
		}
	}
	f := frame(t, 200, 60)
	f.Board = NewBoard(store.NewSnapshot(&d))
	if got := f.figureExtract(figureSpot("qs", "seized_heroin_g"))[2]; got != any(Rounded{Shown: 197.0, Kept: 197.03}) {
		t.Errorf("taken out as %v", got)
	}
	found := 0
	for _, sheet := range Build(f, Visit{Page: UnitPage, Unit: "qs"}, NewPlace()).Extract(f, Visit{Page: UnitPage, Unit: "qs"}).Sheets {
		for _, row := range sheet.Rows {
			if slices.Contains(row, any(Rounded{Shown: 197.0, Kept: 197.03})) {
				found++
			}
		}
	}
	if found == 0 {
		t.Error("no table of the unit's page keeps the digits")
	}
	for kept, want := range map[float64]any{
		197:    197.0, // what is whole is shown whole
		250:    197.0, // sorted by something else
		197.04: Rounded{Shown: 197.0, Kept: 197.04},
	} {
		if got := f.extracted(widget.Cell{Line: widget.Text(0, "197.0"), By: widget.ByNumber(store.Some(kept))}); got != want {
			t.Errorf("197.0 that is %v is taken out as %v", kept, got)
		}
	}
	if got := f.extracted(widget.Cell{Line: widget.Text(0, "97.5%"), By: widget.ByNumber(store.Some(97.51861))}); got != any(Rounded{Shown: "97.5%", Kept: 97.51861}) {
		t.Errorf("a ratio is taken out as %v", got)
	}
	if got := f.extracted(widget.Cell{Line: widget.Text(0, "97.5%")}); got != any("97.5%") {
		t.Errorf("a share of nothing that is known is taken out as %v", got)
	}
	if got := f.extracted(widget.Cell{Line: widget.Text(0, widget.Masked), By: widget.ByNumber(store.Some(2))}); got != any(widget.Masked) {
		t.Errorf("a mask is lifted: %v", got)
	}
}

// The district as a whole was called "every unit", and so was whoever has a venue that
// is no station's.
func TestTheDistrictHasItsOwnName(t *testing.T) {
	f := frame(t, 200, 60)
	if got := f.Name(store.DistrictCode); got != "全区" {
		t.Errorf("it is called %s", got)
	}
	if got := f.figureExtract(figureSpot(store.DistrictCode, "users_found"))[0]; got != any("全区") {
		t.Errorf("its total is %v's", got)
	}
	if got := f.Doer(store.DistrictCode, true); got != "各单位" {
		t.Errorf("a task of everybody is %s's", got)
	}
}

// A row of a ledger was taken out with the state, the completeness and the age of its
// unit's monthly reports, and with no cell.
func TestALedgersRowTakenOutHasItsOwnOrigin(t *testing.T) {
	f := frame(t, 200, 60)
	seen := map[string]bool{}
	for _, name := range []string{"publicity", "management"} {
		for _, p := range Build(f, Visit{Page: name}, NewPlace()).panels {
			for _, s := range p.Spots {
				var cell store.Cell
				switch {
				case s.Record != nil:
					cell = s.Record.Cell
				case s.Row != nil:
					cell = s.Row.Made().Cell
				}
				if cell.Ref == "" {
					continue
				}
				got := f.origin(s)
				if ref, _ := got[5].(string); got[0] != nil || got[1] != nil || got[3] != cell.Path || !strings.HasSuffix(ref, cell.Ref) {
					t.Errorf("%s is taken out with %v, and stands in %s %s", s.ID, got, cell.Path, cell.Ref)
				}
				seen[name] = true
			}
		}
	}
	if got := f.origin(Spot{ID: "x", Record: &store.Record{Cell: store.Cell{Ref: "B11"}}, Of: 9}); got[5] != "9 格之和，最近一格 B11" {
		t.Errorf("nine rows are taken out as %v", got)
	}
	if len(seen) < 2 {
		t.Error("no rows were seen")
	}
}

// What a column without a head is called was written as the key of a word.
func TestColumnsTakenOutHaveNames(t *testing.T) {
	f := frame(t, 200, 60)
	for _, name := range []string{"overview", "caseload", "enforcement", "tasks", "programmes", "readiness", "publicity", "management", "data", SheetPage} {
		for _, s := range Build(f, Visit{Page: name}, NewPlace()).Extract(f, Visit{Page: name}).Sheets {
			for _, head := range s.Heads {
				if strings.HasPrefix(head, "column.") {
					t.Errorf("%s: %s", s.Name, head)
				}
			}
			for _, row := range s.Rows {
				if len(row) != len(s.Heads) {
					t.Errorf("%s: %v under %v", s.Name, row, s.Heads)
				}
			}
		}
	}
}
