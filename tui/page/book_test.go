package page

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"jindu/store"
	"jindu/tui/tuitest"
	"jindu/tui/words"
)

func catalogue(t *testing.T) *store.Catalogue {
	t.Helper()
	c, err := store.LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestTheEmbeddedPagesNameWhatExists(t *testing.T) {
	b, err := readBook(pagesTOML)
	if err != nil {
		t.Fatal(err)
	}
	for name, p := range b.panels {
		for _, l := range []store.Lang{store.Chinese, store.English} {
			if key := "panel." + name; words.Of(l).Say(key) == key && p.Kind != "chart" {
				t.Errorf("panel %s has no title in %s", name, l)
			}
		}
	}
	for _, p := range b.pages {
		if p.Name != strings.ToLower(p.Name) || !below(p.Name) && p.Digit == 0 && p.Name != SheetPage {
			t.Errorf("no digit leads to page %s", p.Name)
		}
	}
}

func TestAnEmbeddedPageThatIsWrongIsRefused(t *testing.T) {
	for name, text := range map[string]string{
		"syntax":  "[[page]\n",
		"columns": "[[page]]\nname = \"x\"\nmany = [[\"a\"]]\n",
		"title":   "[[page]]\nname = \"none\"\n1 = [[\"a\"]]\n[[panel]]\nname = \"a\"\nkind = \"owing\"\n",
	} {
		if _, err := readBook(fstest.MapFS{"pages/x.toml": {Data: []byte(text)}}); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// own is a panel of a district and the page that it stands on.
func own(change func(p *Plan, s *Spec)) ([]Plan, []Spec) {
	p := Plan{Name: "night", Title: "夜间", One: [][]string{{"patrols"}}}
	s := Spec{Name: "patrols", Kind: "trend", Title: "夜间巡查", Rows: []string{"case_criminal"}}
	change(&p, &s)
	return []Plan{p}, []Spec{s}
}

func TestWhatIsWrongWithAPageIsSaidWithItsKey(t *testing.T) {
	for name, c := range map[string]struct {
		change func(p *Plan, s *Spec)
		want   string
	}{
		"no name":              {func(p *Plan, _ *Spec) { p.Name = "" }, "config_missing page[1] name"},
		"a name with spaces":   {func(p *Plan, _ *Spec) { p.Name = "my page" }, "config_code page[1].name my page"},
		"no title":             {func(p *Plan, _ *Spec) { p.Title = "" }, "config_missing page[1] title"},
		"no layout":            {func(p *Plan, _ *Spec) { p.One, p.Three = nil, p.One }, "config_missing page[1] 1"},
		"no panel":             {func(p *Plan, _ *Spec) { p.Two = [][]string{} }, "config_missing page[1].2 panel"},
		"digit taken":          {func(p *Plan, _ *Spec) { p.Digit = 3 }, "config_digit page[1].digit 3 enforcement"},
		"digit of two figures": {func(p *Plan, _ *Spec) { p.Digit = 12 }, "config_choice page[1].digit 12 1 - 9"},
		"unknown panel":        {func(p *Plan, _ *Spec) { p.One = [][]string{{"patrol"}} }, "config_ref page[1].1 patrol"},
		"too wide":             {func(p *Plan, _ *Spec) { p.Two = [][]string{{"patrols:2", "strike"}} }, "config_span page[1].2 patrols:2, strike 3 2"},
		"no width":             {func(p *Plan, _ *Spec) { p.Two = [][]string{{"patrols:wide"}} }, "config_choice page[1].2 patrols:wide name, name:2, a+b"},
		"twice on a page":      {func(p *Plan, _ *Spec) { p.Two = [][]string{{"patrols+patrols"}} }, "config_twice page[1].2 patrols"},
		"focus elsewhere":      {func(p *Plan, _ *Spec) { p.Focus = "strike" }, "config_ref page[1].focus strike"},
		"off and unknown":      {func(p *Plan, _ *Spec) { p.Off = true }, "config_ref page[1].name night"},
		"stands nowhere":       {func(p *Plan, _ *Spec) { p.One = [][]string{{"strike"}} }, "config_nowhere panel[1] patrols"},
		"no kind":              {func(_ *Plan, s *Spec) { s.Kind = "" }, "config_missing panel[1] kind"},
		"unknown kind":         {func(_ *Plan, s *Spec) { s.Kind = "trends" }, "config_choice panel[1].kind trends"},
		"no panel title":       {func(_ *Plan, s *Spec) { s.Title = "" }, "config_missing panel[1] title"},
		"no rows":              {func(_ *Plan, s *Spec) { s.Rows = nil }, "config_missing panel[1] rows"},
		"empty rows":           {func(_ *Plan, s *Spec) { s.Rows = []string{} }, "config_missing panel[1] rows"},
		"unknown indicator":    {func(_ *Plan, s *Spec) { s.Rows[0] = "case_crimnal" }, "config_ref panel[1].rows[1] case_crimnal"},
		"indicator twice":      {func(_ *Plan, s *Spec) { s.Rows = append(s.Rows, s.Rows[0]) }, "config_twice panel[1] case_criminal"},
		"a key for no use":     {func(_ *Plan, s *Spec) { s.Group = []string{"seizure"} }, "config_unfit panel[1].group trend"},
		"add to nothing":       {func(_ *Plan, s *Spec) { s.Add = []string{"suspects"} }, "config_unfit panel[1].add trend"},
		"unknown group":        {func(_ *Plan, s *Spec) { s.Kind, s.Rows, s.Group = "figures", nil, []string{"x"} }, "config_ref panel[1].group[1] x"},
		"unknown kind of unit": {func(_ *Plan, s *Spec) { s.Kind, s.Units = "matrix", []string{"police"} }, "config_choice panel[1].units[1] police"},
		"no kind of unit":      {func(_ *Plan, s *Spec) { s.Kind = "matrix" }, "config_missing panel[1] units"},
		"column out of rows":   {func(_ *Plan, s *Spec) { s.Kind, s.Units, s.Column = "matrix", []string{"station"}, 2 }, "config_choice panel[1].column 2 0 - 1"},
		"unknown side":         {func(_ *Plan, s *Spec) { s.Kind, s.Beside = "tile", []string{"bfore"} }, "config_ref panel[1].beside[1] bfore"},
		"ranking of several": {func(_ *Plan, s *Spec) {
			s.Kind, s.Units, s.Rows = "ranking", []string{"station"}, []string{"suspects", "detained"}
		}, "config_choice panel[1].rows 2 1"},
		"checks of a count":    {func(_ *Plan, s *Spec) { s.Kind, s.Units = "checklist", []string{"station"} }, "config_choice panel[1].rows[1] case_criminal"},
		"no ratio":             {func(_ *Plan, s *Spec) { s.Kind = "definitions" }, "config_choice panel[1].rows[1] case_criminal"},
		"parts of no sum":      {func(_ *Plan, s *Spec) { s.Kind = "breakdown" }, "config_missing panel[1] whole"},
		"a sum of nothing":     {func(_ *Plan, s *Spec) { s.Kind, s.Whole = "breakdown", "case_all" }, "config_ref panel[1].whole case_all"},
		"parts of what":        {func(_ *Plan, s *Spec) { s.Kind, s.Rows = "breakdown", nil }, "config_missing panel[1] rows/form+by"},
		"rows of a ledger":     {func(_ *Plan, s *Spec) { s.Kind, s.Form, s.By = "breakdown", "persons", "risk" }, "config_unfit panel[1].rows form"},
		"a field not counted":  {func(_ *Plan, s *Spec) { s.Kind, s.Rows, s.Form, s.By = "breakdown", nil, "persons", "name" }, "config_choice panel[1].by name"},
		"a report counts none": {func(_ *Plan, s *Spec) { s.Kind, s.Rows, s.Form, s.By = "breakdown", nil, "bureau_month", "risk" }, "config_ref panel[1].form bureau_month"},
		"a tenth clause":       {func(_ *Plan, s *Spec) { s.Kind, s.Rows, s.Strong = "deadlines", nil, []int{10} }, "config_choice panel[1].strengthening[1] 10 1 - 9"},
		"no text":              {func(_ *Plan, s *Spec) { s.Kind, s.Rows = "text", nil }, "config_missing panel[1] text"},
		"growth of one":        {func(_ *Plan, s *Spec) { s.Kind = "balance" }, "config_choice panel[1].rows 1 2"},
		"growth of a flow":     {func(_ *Plan, s *Spec) { s.Kind, s.Rows = "balance", []string{"reg_new", "reg_new_u18"} }, "config_choice panel[1].rows[1] reg_new stock"},
		"follows nobody":       {func(_ *Plan, s *Spec) { s.Kind, s.Of = "detail", "station" }, "config_ref panel[1].of station"},
	} {
		t.Run(name, func(t *testing.T) {
			pages, panels := own(c.change)
			_, err := NewBook(catalogue(t), pages, panels)
			var fault *Fault
			if !errors.As(err, &fault) || fault.Error() != c.want {
				t.Errorf("%v, want %s", err, c.want)
			}
			if fault != nil && store.Messages()[fault.Code].ZH == "" {
				t.Errorf("nothing is said of %s", fault.Code)
			}
		})
	}
}

func TestADistrictsOwnPageStandsBesideTheOthers(t *testing.T) {
	pages, panels := own(func(*Plan, *Spec) {})
	b, err := NewBook(catalogue(t), pages, panels)
	if err != nil {
		t.Fatal(err)
	}
	list := b.Pages()
	if last := list[len(list)-1]; last != (Info{"night", 0}) || len(list) != len(Embedded().Pages())+1 {
		t.Errorf("pages are %v", list)
	}
	if zh, en := b.Title(words.Of(store.Chinese), "night"), b.Title(words.Of(store.English), "night"); zh != "夜间" || en != "夜间" {
		t.Errorf("the page is called %s, %s", zh, en)
	}
	f := frame(t, 80, 16)
	f.Pages = b
	l := Build(f, Visit{Page: "night"}, NewPlace())
	if len(l.panels) != 1 || l.panels[0].Head.Title != "夜间巡查" || l.Spot() != figureSpot(store.DistrictCode, "case_criminal") {
		t.Errorf("panels are %v, the cursor is on %v", l.panels, l.Spot())
	}
}

func TestADistrictChangesPanelsAndPagesOfTheBoard(t *testing.T) {
	b, err := NewBook(catalogue(t), []Plan{
		{Name: "overview", One: [][]string{{"strike"}}},
		{Name: "tasks", Off: true},
		{Name: "data", Digit: 4},
	}, []Spec{
		{Name: "strike", Add: []string{"plants_found"}, Drop: []string{"drug_driving"}, Title: "战果", TitleEN: "Results"},
		{Name: "urgent", Kind: "ratios", Rows: []string{"control_rate"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	rows := b.panels["strike"].Rows
	if !slices.Contains(rows, "plants_found") || slices.Contains(rows, "drug_driving") || !slices.Contains(rows, "suspects") {
		t.Errorf("strike shows %v", rows)
	}
	if got := b.panels["strike"].title(words.Of(store.English)); got != "Results" {
		t.Errorf("strike is called %s", got)
	}
	if p := b.page("overview"); len(p.layout(5)) != 1 || p.Digit != 1 {
		t.Errorf("the overview is %v", p)
	}
	if list := b.Pages(); list[3] != (Info{"data", 4}) {
		t.Errorf("pages are %v", list)
	}
	if slices.Contains(Embedded().panels["strike"].Rows, "plants_found") {
		t.Error("one district's words are in another's book")
	}
	f := &Frame{Board: NewBoard(tuitest.Snapshot()), Words: words.Of(store.Chinese), Pages: b, Now: tuitest.Now(), W: 200, H: 52}
	if l := Build(f, Visit{Page: "overview"}, NewPlace()); len(l.panels) != 1 || l.panels[0].Head.Title != "战果" {
		t.Errorf("the overview shows %v", l.panels)
	}
}
