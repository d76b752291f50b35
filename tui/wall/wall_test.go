package wall_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/tuitest"
	"jindu/tui/wall"
	"jindu/tui/widget"
)

var update = flag.Bool("update", false, "write the golden screens anew")

// golden compares a screen with the one that was looked at and found good.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s has changed; look at it and run with -update:\n%s", name, got)
	}
}

func sizes() [][2]int { return [][2]int{{80, 24}, {120, 34}, {160, 45}, {240, 67}} }

// calm is the district on a day without an alarm.
func calm() *store.Snapshot {
	d := tuitest.Data(tuitest.May())
	d.Tasks, d.Conflicts, d.Findings = nil, nil, nil
	d.Pulls = nil
	for _, s := range d.Settings.Sources {
		d.Pulls = append(d.Pulls, store.Pull{Source: s.Name, Started: tuitest.Now().Add(-2 * time.Minute), Listed: 1, Unchanged: 1})
	}
	return store.NewSnapshot(d)
}

func TestWallsLookAsTheyDid(t *testing.T) {
	s, quiet := tuitest.Snapshot().Masked(), calm().Masked()
	for _, size := range sizes() {
		for _, l := range []store.Lang{store.Chinese, store.English} {
			for _, p := range []string{"overview", "caseload", "tasks", "data"} {
				name := fmt.Sprintf("%s-%dx%d-%s", p, size[0], size[1], l)
				m := wall.Still(s, wall.Options{Lang: l, Clock: tuitest.Now}, p, 0, size[0], size[1])
				golden(t, name, m.Picture())
			}
		}
		m := wall.Still(quiet, wall.Options{Lang: store.Chinese, Clock: tuitest.Now}, "overview", 0, size[0], size[1])
		golden(t, fmt.Sprintf("calm-%dx%d-zh", size[0], size[1]), m.Picture())
	}
}

// Every size, language and theme draws within the screen, cuts no number in two
// and always shows the clock, the age of the data and how many units have reported.
func TestEveryWallHolds(t *testing.T) {
	themes := []*style.Theme{
		style.Dark(), style.NewTheme(false, style.Sixteen, style.UnicodeGlyphs()), style.NewTheme(false, style.NoColour, style.ASCIIGlyphs()),
	}
	for _, s := range []*store.Snapshot{tuitest.Snapshot().Masked(), calm().Masked()} {
		for _, l := range []store.Lang{store.Chinese, store.English} {
			for _, w := range []int{20, 40, 79, 80, 111, 112, 120, 159, 160, 200, 240, 320} {
				for _, h := range []int{5, 12, 24, 34, 45, 60, 67} {
					for i, p := range []string{"overview", "tasks"} {
						o := wall.Options{Lang: l, Clock: tuitest.Now, Theme: themes[(w+h+i)%len(themes)]}
						m := wall.Still(s, o, p, 0, w, h)
						check(t, fmt.Sprintf("%s %s %dx%d", p, l, w, h), m, w, h)
					}
				}
			}
		}
	}
}

func check(t *testing.T, name string, m *wall.Model, w, h int) {
	t.Helper()
	picture := m.Picture()
	lines := strings.Split(strings.TrimSuffix(picture, "\n"), "\n")
	if len(lines) != h {
		t.Fatalf("%s: %d lines", name, len(lines))
	}
	for _, line := range lines {
		if widget.Width(line) > w {
			t.Fatalf("%s: too wide: %q", name, line)
		}
		if i := strings.Index(line, "…"); w >= 40 && h >= 12 && i > 0 && line[i-1] >= '0' && line[i-1] <= '9' {
			t.Errorf("%s: a number may be cut: %s", name, line)
		}
	}
	if w < 40 || h < 12 {
		return
	}
	huge := strings.Contains(lines[3], "##")
	if !huge && (!strings.Contains(picture, "08:42") || !strings.Contains(picture, "/34") || !strings.Contains(picture, "2 ")) {
		t.Errorf("%s: clock, age or completeness is lacking:\n%s", name, picture)
	}
	if huge && !strings.Contains(picture, "/ 34") {
		t.Errorf("%s: completeness is lacking:\n%s", name, picture)
	}
}

// Small counts of persons are not on a wall, on no page and in no size; matrix row P10.
func TestWallShowsNoSmallCount(t *testing.T) {
	d := tuitest.Data(tuitest.May())
	var codes []string
	for i := range d.Figures {
		f := &d.Figures[i]
		if ind, _ := d.Catalogue.ByCode(f.Indicator); ind.Sensitive && !f.NotApplicable {
			f.Value, f.Cell.Raw = 0, "0"
			if !slices.Contains(codes, ind.Code) && f.Period == d.Period {
				codes = append(codes, ind.Code)
				f.Value, f.Cell.Raw = 2, "2"
			}
		}
	}
	if len(codes) < 4 {
		t.Fatalf("only %v are reported", codes)
	}
	s := store.NewSnapshot(d)
	for some := range slices.Chunk(codes, 6) { // as many as have room
		plan := wall.Plan{Book: []wall.Page{{Name: "small", Tiles: some}}}
		masked := wall.Still(s, wall.Options{Clock: tuitest.Now, Plan: plan}, "small", 0, 240, 90).Picture()
		if n := strings.Count(masked, "少于 3 不显示") + strings.Count(masked, "可推出少数"); n != len(some) {
			t.Errorf("%d of %d figures are masked:\n%s", n, len(some), masked)
		}
		open := wall.Still(s, wall.Options{Clock: tuitest.Now, Plan: plan, Open: true}, "small", 0, 240, 90).Picture()
		if strings.Contains(open, "少于 3") || open == masked {
			t.Error("the control is masked too: the check sees nothing")
		}
	}
}

// A weight in another measure than the reports' says in which, however much room
// its digits take: 334.9 alone would be read as grams.
func TestAWeightIsNeverWithoutItsMeasure(t *testing.T) {
	for _, grams := range []float64{12.5, 999.4, 1276.3, 334_895.4, 88_334_895.4} {
		d := tuitest.Data(tuitest.May())
		seen := false
		for i := range d.Figures {
			if f := &d.Figures[i]; f.Indicator == "seized_heroin_g" {
				f.Value = 0
				if !seen && f.Period == d.Period {
					f.Value, seen = grams, true
				}
			}
		}
		s := store.NewSnapshot(d)
		plan := wall.Plan{Book: []wall.Page{{Name: "one", Tiles: []string{"seized_heroin_g"}}}}
		want := "克"
		if grams >= 1000 {
			want = "千克"
		}
		for w := 80; w <= 240; w += 8 {
			picture := wall.Still(s, wall.Options{Lang: store.Chinese, Clock: tuitest.Now, Plan: plan}, "one", 0, w, 45).Picture()
			if !strings.Contains(strings.ReplaceAll(picture, "千 克", "千克"), want) {
				t.Errorf("%v g at %d columns:\n%s", grams, w, picture)
			}
		}
	}
}

// A wall is dimmed at night and knows no other key than space and q.
func TestWallKeys(t *testing.T) {
	m := wall.Still(tuitest.Snapshot(), wall.Options{Clock: tuitest.Now}, "overview", 0, 160, 45)
	before := m.Picture()
	for _, key := range []tea.KeyPressMsg{
		{Code: '/', Text: "/"},
		{Code: tea.KeyEnter},
		{Code: 'y', Text: "y"},
		{Code: 'r', Text: "r"},
		{Code: 't', Text: "t"},
		{Code: '?', Text: "?"},
		{Code: '2', Text: "2"},
		{Code: tea.KeyTab},
		{Code: tea.KeyDown},
		{Code: 'e', Text: "e"},
	} {
		if _, cmd := m.Update(key); cmd != nil || m.Picture() != before {
			t.Errorf("%v does something", key)
		}
	}
	if _, cmd := m.Update(tea.MouseClickMsg{X: 50, Y: 25, Button: tea.MouseLeft}); cmd != nil || m.Picture() != before {
		t.Error("a click does something")
	}
	m.Update(tea.KeyPressMsg{Code: tea.KeySpace, Text: " "})
	if name, _ := m.Shown(); name != "overview" || !strings.Contains(m.Picture(), "已停在此页") {
		t.Errorf("space does not hold: %s", name)
	}
	m.Update(tea.KeyPressMsg{Code: tea.KeySpace, Text: " "})
	if name, _ := m.Shown(); name == "overview" || strings.Contains(m.Picture(), "已停在此页") {
		t.Errorf("space does not turn on: %s", name)
	}
	if _, cmd := m.Update(tea.KeyPressMsg{Code: 'q', Text: "q"}); cmd == nil {
		t.Error("q does not end it")
	}
}

// The whole screen moves by a cell every ten minutes, and back; matrix row V05.
func TestWallMovesAgainstBurnIn(t *testing.T) {
	d := tuitest.Data(tuitest.May())
	d.Tasks = nil
	s := store.NewSnapshot(d)
	at := func(minutes int) []string {
		now := tuitest.Now().Truncate(40 * time.Minute).Add(time.Duration(minutes) * time.Minute)
		o := wall.Options{Clock: func() time.Time { return now }}
		return strings.Split(wall.Still(s, o, "data", 0, 160, 45).Picture(), "\n")
	}
	place := func(lines []string) (x, y int) {
		for y, line := range lines {
			if i := strings.Index(line, "云 岭"); i >= 0 {
				return i, y
			}
		}
		return -1, -1
	}
	x0, y0 := place(at(0))
	for minutes, want := range map[int][2]int{0: {0, 0}, 9: {0, 0}, 10: {1, 0}, 20: {1, 1}, 30: {0, 1}, 39: {0, 1}, 40: {0, 0}} {
		if x, y := place(at(minutes)); x-x0 != want[0] || y-y0 != want[1] {
			t.Errorf("after %d minutes it stands at %d, %d, want %v", minutes, x-x0, y-y0, want)
		}
	}
}

// Days, months and years turn over at the district's midnight; matrix row V08.
func TestWallDays(t *testing.T) {
	for _, one := range []struct{ at, zh, en string }{
		{"2026-12-31 23:59", "12 月 31 日  周 四", "31 Dec  Thu"},
		{"2027-01-01 00:00", "1 月 1 日  周 五", "1 Jan  Fri"},
		{"2028-02-29 12:00", "2 月 29 日  周 二", "29 Feb  Tue"},
		{"2026-12-28 08:00", "12 月 28 日  周 一", "28 Dec  Mon"}, // in week 53
		{"2027-02-06 08:00", "2 月 6 日  周 六", "6 Feb  Sat"},    // Spring Festival
	} {
		now, err := time.ParseInLocation("2006-01-02 15:04", one.at, tuitest.Zone())
		if err != nil {
			t.Fatal(err)
		}
		for l, want := range map[store.Lang]string{store.Chinese: one.zh, store.English: one.en} {
			o := wall.Options{Lang: l, Clock: func() time.Time { return now.UTC() }, Zone: tuitest.Zone()}
			if got := wall.Still(tuitest.Snapshot(), o, "overview", 0, 160, 45).Picture(); !strings.Contains(got, want) {
				t.Errorf("%s: no %q in\n%s", one.at, want, got)
			}
		}
	}
}

// The age of the data is amber from one and a half turns of the schedule, stale
// from two, and never green; matrix row V01.
func TestWallTellsThatDataAreOld(t *testing.T) {
	s := calm()
	heard := tuitest.Now().Add(-2 * time.Minute) // the shortest schedule is of ten minutes
	for minutes, want := range map[int]style.Look{0: style.Ink, 14: style.Ink, 15: style.Watch, 19: style.Watch, 20: style.Stale, 60 * 24 * 90: style.Stale} {
		o := wall.Options{Clock: func() time.Time { return heard.Add(time.Duration(minutes) * time.Minute) }}
		m := wall.Still(s, o, "overview", 0, 160, 45)
		if m.Freshness() != want {
			t.Errorf("after %d minutes: %v, want %v", minutes, m.Freshness(), want)
		}
		old := slices.Contains(m.Causes(), wall.DataOld)
		if old != (want == style.Stale) || old != strings.Contains(m.Picture(), "数 据 未 更 新") {
			t.Errorf("after %d minutes: alarms %v", minutes, m.Causes())
		}
		ink := 0
		for _, look := range m.Looks() {
			if look.Role() == style.Good {
				t.Fatal("something is green")
			}
			if look.Fill() == style.Solid && look.Role() == style.Ink {
				ink++
			}
		}
		if bright := ink > 400; bright == old { // the clock stays bright
			t.Errorf("after %d minutes: %d bright pixels, old %v", minutes, ink, old)
		}
	}
}
