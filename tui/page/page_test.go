package page

import (
	"slices"
	"strings"
	"testing"
	"time"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/tuitest"
	"jindu/tui/widget"
	"jindu/tui/words"
)

func frame(t *testing.T, w, h int) *Frame {
	t.Helper()
	return &Frame{Board: NewBoard(tuitest.Snapshot()), Words: words.Of(store.Chinese), Now: tuitest.Now(), W: w, H: h}
}

func TestFit(t *testing.T) {
	for name, c := range map[string]struct {
		needs []need
		room  int
		want  []int
	}{
		"all that they want":          {[]need{{8, 8, 6}, {13, 13, 7}}, 21, []int{8, 13}},
		"taken from who can spare":    {[]need{{8, 8, 6}, {13, 13, 7}}, 17, []int{8, 9}},
		"never below the least":       {[]need{{8, 8, 6}, {13, 13, 7}}, 5, []int{6, 7}},
		"given to who lacks":          {[]need{{8, 8, 6}, {30, 10, 7}}, 25, []int{8, 17}},
		"never more than there is":    {[]need{{8, 8, 6}, {12, 10, 7}}, 40, []int{8, 12}},
		"nothing to share among none": {nil, 10, []int{}},
	} {
		t.Run(name, func(t *testing.T) {
			got := fit(c.needs, c.room)
			if len(got) != len(c.want) {
				t.Fatal(got)
			}
			for i := range got {
				if got[i] != c.want[i] {
					t.Errorf("got %v, want %v", got, c.want)
				}
			}
		})
	}
}

func TestPanelsOfABandStartOnOneRowAndNeverOverlap(t *testing.T) {
	for _, size := range [][2]int{{44, 32}, {60, 16}, {80, 16}, {120, 32}, {160, 37}, {200, 52}} {
		f := frame(t, size[0], size[1])
		for _, info := range append(Embedded().Pages(), Info{Name: "unit"}) {
			place := NewPlace()
			l := Build(f, Visit{Page: info.Name, Unit: map[bool]string{true: "xj"}[info.Name == "unit"]}, place)
			for i, p := range l.panels {
				if !p.shown {
					continue
				}
				if p.y+p.h > f.H+1 || p.h < p.head()+1 {
					t.Errorf("%s %v: %s stands on rows %d to %d of %d", info.Name, size, p.Name, p.y, p.y+p.h, f.H)
				}
				for _, q := range l.panels[:i] {
					side := p.from < q.from+q.span && q.from < p.from+p.span
					if q.shown && side && p.y < q.y+q.h && q.y < p.y+p.h {
						t.Errorf("%s %v: %s and %s overlap", info.Name, size, p.Name, q.Name)
					}
				}
			}
			if l.focus < 0 || !l.panels[l.focus].shown {
				t.Errorf("%s %v: the focused panel is not on the screen", info.Name, size)
			}
		}
	}
}

func TestTabReachesEveryPanel(t *testing.T) {
	f := frame(t, 60, 16)
	place := NewPlace()
	seen := map[string]bool{}
	l := Build(f, Visit{Page: "overview"}, place)
	for range l.Len() {
		seen[l.Focus()] = true
		if !l.panels[l.focus].shown {
			t.Errorf("%s has the cursor and is not shown", l.Focus())
		}
		l.Move(NextPanel)
		l = Build(f, Visit{Page: "overview"}, place)
	}
	if len(seen) != l.Len() {
		t.Errorf("reached %v of %d", seen, l.Len())
	}
}

func TestDownAloneWalksAPhonesPage(t *testing.T) {
	f := frame(t, 44, 32)
	place := NewPlace()
	l := Build(f, Visit{Page: "overview"}, place)
	for range 80 {
		l.Move(Down)
		l = Build(f, Visit{Page: "overview"}, place)
	}
	if l.Focus() != "changes" {
		t.Errorf("came to %s", l.Focus())
	}
	for range 80 {
		l.Move(Up)
		l = Build(f, Visit{Page: "overview"}, place)
	}
	if l.Focus() != "overdue" {
		t.Errorf("went back to %s", l.Focus())
	}
}

func TestTheSourceLineKeepsTheCell(t *testing.T) {
	f := frame(t, 120, 32)
	for name, c := range map[string]struct {
		spot Spot
		cell string
	}{
		"figure": {figureSpot("cx", "users_found"), "N8"},
		"total":  {figureSpot(store.DistrictCode, "case_criminal"), "C6"},
		"ratio":  {figureSpot("xj", "urine_rate"), " / "},
		"task":   {taskSpot(&f.Tasks[0]), "C4"},
		"aside":  {figureSpot("xj", "hair_tests"), "D17"},
	} {
		for w := 24; w < 200; w += 11 {
			line := f.Source(c.spot, w)
			if line.Width() > w {
				t.Errorf("%s at %d: %d cells", name, w, line.Width())
			}
			if !strings.Contains(line.Plain(), c.cell) {
				t.Errorf("%s at %d lost its cell: %s", name, w, line.Plain())
			}
		}
	}
}

func TestSourceLines(t *testing.T) {
	f := frame(t, 120, 32)
	for want, spot := range map[string]Spot{
		"西郊街道办  尿检率 59.2%   = 已尿检 58 / 应尿检 98": figureSpot("xj", "urine_rate"),
		"由镜像库计算":       figureSpot(store.DistrictCode, "reporting_rate"),
		"应于 06-05 前报":  figureSpot("wcj", "exec_active"),
		"缺 文昌街道办":      figureSpot(store.DistrictCode, "comm_detox_active"),
		"24/24 项   冲突": unitSpot("cq"),
		"share   08:40   41 个文件，取回 1，接收 1，部分 0，拒收 0": pullSpot(&f.Pulls[0]),
		"连接超时": pullSpot(&f.Pulls[1]),
		"请核对":  findingSpot(&f.Findings[3]),
	} {
		if got := f.Source(spot, 200).Plain(); !strings.Contains(got, want) {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

func TestValues(t *testing.T) {
	f := frame(t, 120, 32)
	some := f.Line("cx", "users_found")
	with := func(change func(*store.Line)) store.Line {
		l := some
		l.State = store.Fresh
		change(&l)
		return l
	}
	rate := f.Line("cx", "control_rate")
	for name, c := range map[string]struct {
		line store.Line
		look style.Look
		text string
	}{
		"fresh":          {with(func(*store.Line) {}), style.Strong, "17"},
		"zero is quiet":  {with(func(l *store.Line) { l.Value.V = 0 }), style.Quiet, "0"},
		"late is ink":    {with(func(l *store.Line) { l.State = store.Late }), style.Strong, "17"},
		"suspect":        {with(func(l *store.Line) { l.State = store.Suspect }), style.WatchBold, "17"},
		"not applicable": {with(func(l *store.Line) { l.Value, l.NA = store.Num{}, true }), style.Quiet, "-"},
		"never":          {with(func(l *store.Line) { l.Value, l.State = store.Num{}, store.Never }), style.Bad, "未报"},
		"refused":        {with(func(l *store.Line) { l.Value, l.State = store.Num{}, store.Refused }), style.Bad, "拒收"},
		"due":            {with(func(l *store.Line) { l.Value, l.State = store.Num{}, store.Due }), style.Quiet, "待报"},
		"below target":   {rate, style.WatchBold, widget.Number(rate.Value.V, 1)},
	} {
		t.Run(name, func(t *testing.T) {
			look, text := f.value(c.line)
			if look != c.look || text != c.text {
				t.Errorf("got %v %s, want %v %s", look, text, c.look, c.text)
			}
		})
	}
}

func TestFarBelowTheTargetIsBad(t *testing.T) {
	l := store.Line{Target: store.Some(90), Value: store.Some(72.3), Indicator: store.Indicator{Polarity: store.Higher}}
	if got := targetLook(l); got != style.Bad {
		t.Errorf("72.3 of 90 is %v", got)
	}
	l.Value = store.Some(79.6)
	if got := targetLook(l); got != style.Watch {
		t.Errorf("79.6 of 90 is %v", got)
	}
	l.Indicator.Polarity, l.Value = store.Lower, store.Some(91)
	if got := targetLook(l); got != style.Watch {
		t.Errorf("91 where 90 is the most is %v", got)
	}
	if l.Value = store.Some(89); targetLook(l) != style.Quiet {
		t.Error("a target that is kept speaks")
	}
}

func TestAPlaceMovesToAnotherUnit(t *testing.T) {
	p := NewPlace()
	p.Cursors["u_control"] = Cursor{ID: "cx/control_rate", Row: 3}
	p.Cursors["urgent"] = Cursor{ID: "task t1"}
	q := p.Moved("cx", "cd")
	if got := q.Cursors["u_control"].ID; got != "cd/control_rate" {
		t.Errorf("got %s", got)
	}
	if q.Cursors["urgent"].ID != "task t1" || p.Cursors["u_control"].ID != "cx/control_rate" {
		t.Error("another cursor moved")
	}
}

func TestACursorStaysWhenItsRowIsGone(t *testing.T) {
	p := &Panel{Spots: []Spot{{ID: "a"}, {}, {ID: "b"}, {ID: "c"}}}
	for _, c := range []struct {
		at   Cursor
		want int
	}{{Cursor{ID: "c"}, 3}, {Cursor{ID: "gone", Row: 2}, 2}, {Cursor{ID: "gone", Row: 1}, 2}, {Cursor{ID: "gone", Row: 9}, 3}, {Cursor{}, 0}} {
		if got := p.row(c.at); got != c.want {
			t.Errorf("%+v: row %d, want %d", c.at, got, c.want)
		}
	}
}

func TestAgesGrowBetweenSnapshots(t *testing.T) {
	f := frame(t, 120, 32)
	received := f.Line("cx", "users_found").Oldest
	before, _ := f.Age(received)
	f.Now = f.Now.Add(5 * 60 * 1e9)
	if after, _ := f.Age(received); after-before != 5*60*1e9 {
		t.Errorf("from %v to %v", before, after)
	}
}

func TestRanks(t *testing.T) {
	f := frame(t, 120, 32)
	b := &build{Frame: f, visit: Visit{Page: "unit", Unit: "xj"}, place: NewPlace()}
	unit, _ := f.Units.ByCode("xj")
	at, of := b.rankOf(unit, f.Line("xj", "urine_rate"))
	better := 0
	for _, u := range []string{"cq", "dh", "wcj", "bgj", "lwj"} {
		if l := f.Line(u, "urine_rate"); l.Value.OK && l.Value.V > f.Line("xj", "urine_rate").Value.V {
			better++
		}
	}
	if at != better+1 || of != 5 {
		t.Errorf("place %d of %d, %d are better", at, of, better)
	}
}

func TestASilentUnitNeverLooksLikeAFall(t *testing.T) {
	f := frame(t, 120, 32)
	stock := f.Line(store.DistrictCode, "comm_detox_active")
	if stock.N == stock.M {
		t.Fatal("every unit has reported")
	}
	values := f.courseOf(stock, store.SeriesMonths)
	last := values[len(values)-1]
	if last != stock.Value.V {
		t.Errorf("the course ends with %v beside the number %v", last, stock.Value.V)
	}
	if before := values[len(values)-2]; last-before != stock.Before.Diff.V {
		t.Errorf("the course moves by %v beside the change %v: they rest on different units", last-before, stock.Before.Diff.V)
	}
}

func TestChangesOfSumsAreNotCountedTwice(t *testing.T) {
	d := tuitest.Data(tuitest.May())
	half, earlier := d.Changes[0], d.Changes[1]
	half.Period = store.Period{Kind: store.Half, Year: 2026, N: 1}
	earlier.Period = store.MonthOf(2026, 2)
	d.Changes = append(d.Changes, half, earlier)
	f := &Frame{Board: NewBoard(store.NewSnapshot(d)), Words: words.Of(store.Chinese), Now: tuitest.Now(), W: 120, H: 32}
	b := &build{Frame: f, place: NewPlace()}
	list := b.dayChanges()
	if len(list) != len(d.Changes)-1 {
		t.Fatalf("%d of %d", len(list), len(d.Changes))
	}
	got := f.Source(changeSpot(list[len(list)-1]), 200).Plain()
	if !strings.Contains(got, "2026年2月") || !strings.Contains(got, earlier.Cell.Ref) {
		t.Errorf("the source line says %s", got)
	}
}

// A panel that has nothing to show leaves its room to its neighbour, as otherwise a
// wide screen stands half empty.
func TestTheRoomOfAnAbsentPanelIsItsNeighbours(t *testing.T) {
	for name, c := range map[string]struct {
		row  []string
		want []int // spans of what is there
	}{
		"to the left":                {[]string{"strike:2", "waiting:2", "seizures"}, []int{4, 1}},
		"of the first, to the right": {[]string{"waiting:2", "strike:2", "seizures"}, []int{4, 1}},
		"of two":                     {[]string{"strike", "waiting:2", "waiting", "seizures"}, []int{4, 1}},
		"of one in a stack":          {[]string{"strike:3", "waiting+seizures:2"}, []int{3, 2}},
		"all are there":              {[]string{"strike:3", "seizures:2"}, []int{3, 2}},
		"a row that is short":        {[]string{"strike:2", "seizures"}, []int{2, 1}},
	} {
		t.Run(name, func(t *testing.T) {
			f := frame(t, 200, 52)
			b := &build{Frame: f, visit: Visit{Page: "overview"}, place: NewPlace()}
			grid := widget.Modules(f.W)
			var got []int
			for _, s := range b.band(c.row, grid) {
				got = append(got, s.span)
				for _, p := range s.panels {
					if p.Name == "waiting" {
						t.Error("something waits in the sample: the test says nothing")
					}
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("spans %v, want %v", got, c.want)
			}
		})
	}
	if b := (&build{Frame: frame(t, 200, 52), visit: Visit{Page: "overview"}, place: NewPlace()}); len(b.band([]string{"waiting:5"}, widget.Modules(200))) != 0 {
		t.Error("a band of nothing")
	}
}

// A file of another month that was saved anew was named as the source of this one's
// report.
func TestTheFileOfAReportIsOfItsPeriod(t *testing.T) {
	d := tuitest.Data(tuitest.May())
	unit := d.Figures[0].Unit
	d.Workbooks = append([]store.Workbook{
		{ID: 9001, Source: "share", Path: "x/4月.xlsx", Unit: unit, Period: store.MonthOf(2026, 4), Received: d.Request.Now, Live: true},
	}, d.Workbooks...)
	f := &Frame{Board: NewBoard(store.NewSnapshot(d)), Words: words.Of(store.Chinese), Now: tuitest.Now(), W: 120, H: 32}
	r := f.Report(unit)
	w, ok := f.reportBook(r)
	if stated, known := f.Book(r.Latest.Cell.Workbook); !known || !ok || w.ID != stated.ID {
		t.Errorf("the report is in %q, want %q", w.Path, stated.Path)
	}
	r.Reported = 0
	if w, _ = f.reportBook(r); w.Period == store.MonthOf(2026, 4) {
		t.Errorf("nothing came, and it is in %q", w.Path)
	}
}

// Versions that only came into doubt were listed as changes, 4 › 4; and of a first pull
// as many as a snapshot carries, as if that were all.
func TestChangesThatAreNone(t *testing.T) {
	d := tuitest.Data(tuitest.May())
	same := d.Changes[0]
	same.From, same.First = same.To, false
	n := len(d.Changes)
	d.Changes = append(d.Changes, same)
	f := &Frame{Board: NewBoard(store.NewSnapshot(d)), Words: words.Of(store.Chinese), Now: tuitest.Now(), W: 120, H: 32}
	b := &build{Frame: f, place: NewPlace()}
	if got := len(b.dayChanges()); got != n {
		t.Errorf("%d changes, want %d", got, n)
	}
	if got := b.changed(n); strings.Contains(got, widget.AtLeast) {
		t.Errorf("all are here, and it says %q", got)
	}
	for len(d.Changes) < store.ChangesShown {
		d.Changes = append(d.Changes, d.Changes[0])
	}
	b.Board = NewBoard(store.NewSnapshot(d))
	if got := b.changed(len(b.dayChanges())); !strings.Contains(got, "499"+widget.AtLeast) {
		t.Errorf("there are more, and it says %q", got)
	}
}

// Before a report is due nobody is silent.
func TestNobodyIsSilentBeforeTheDueDay(t *testing.T) {
	for at, want := range map[string]bool{"2026-06-04": false, "2026-06-23": true} {
		d := tuitest.Data(tuitest.May())
		day, err := store.ParseDate(at)
		if err != nil {
			t.Fatal(err)
		}
		d.Request.Now = day.Time().Add(9 * time.Hour)
		d.Workbooks = slices.DeleteFunc(d.Workbooks, func(w store.Workbook) bool { return w.Verdict == store.Rejected })
		f := &Frame{Board: NewBoard(store.NewSnapshot(d)), Words: words.Of(store.Chinese), Now: d.Request.Now, W: 120, H: 32}
		owing := slices.ContainsFunc(f.Reports(), func(r store.Report) bool { return r.Reported == 0 })
		b := &build{Frame: f, place: NewPlace(), w: 36}
		if n := b.silent(); !owing || n > 0 != want {
			t.Errorf("on %s %d are silent; nobody has yet to report: %v", at, n, !owing)
		}
	}
}

// A year to date that lacks months is marked, and stays where the others stand.
func TestAYearToDateThatLacksMonthsIsMarked(t *testing.T) {
	ind := store.Indicator{Kind: store.Flow, Measure: "起"}
	if got := atLeast(style.Ink, store.Some(182), 3, ind).Plain(); got != "182+" {
		t.Error(got)
	}
	if got := atLeast(style.Ink, store.Some(182), 0, ind).Plain(); got != "182" {
		t.Error(got)
	}
	if got := atLeast(style.Ink, store.Num{}, 3, ind); got != nil {
		t.Error(got)
	}
}
