package tui_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"

	"jindu/store"
	"jindu/tui"
	"jindu/tui/page"
	"jindu/tui/style"
	"jindu/tui/tuitest"
)

// legend names the looks of a theme as its cells carry them on a terminal.
type legend struct {
	ink   map[string]string // of what is written
	blank map[string]string // of what is not
}

// newLegend asks a terminal how it shows every look of the theme. Where two look
// alike, the plainer one gives its name.
func newLegend(tb testing.TB, theme *style.Theme) legend {
	tb.Helper()
	screen := vt.NewEmulator(2, 1)
	defer func() { _ = screen.Close() }()
	l := legend{map[string]string{}, map[string]string{"": "."}}
	add := func(to map[string]string, key, name string) {
		if old, ok := to[key]; !ok || len(name) < len(old) {
			to[key] = name
		}
	}
	for look := style.Look(0); look <= style.Underline|style.Bold|0xff; look++ {
		name, ok := lookName(look)
		if !ok {
			continue
		}
		if _, err := screen.WriteString("\x1b[H" + theme.Open(look) + "x \x1b[m"); err != nil {
			tb.Fatal(err)
		}
		add(l.ink, placeAt(screen, 0, 0).look, name)
		if blank := placeAt(screen, 1, 0).look; blank != "" {
			add(l.blank, blank, name)
		}
	}
	return l
}

// lookName writes a look in a letter or two; false where there is no such look.
func lookName(l style.Look) (string, bool) {
	roles := []string{"i", "s", "q", "f", "e", "r", "a", "g", "w", "b", "o", "!"}
	fills := []string{"", "S", "A", "a", "B", "b", "O", "!", "X"}
	role, fill := int(l.Role()), int(l.Fill()/style.Selected)
	if role >= len(roles) || fill >= len(fills) {
		return "", false
	}
	name := roles[role]
	if l.Has(style.Bold) {
		name += "+"
	}
	if l.Has(style.Underline) {
		name += "_"
	}
	if fill > 0 {
		name += "/" + fills[fill]
	}
	return name, true
}

// looks writes what every cell of the terminal looks like: for each line its runs of
// equal looks, in cells; a blank that shows nothing belongs to the run before it
// where that goes on behind it. Lines that are alike are written once.
func (l legend) looks(t *terminal) string {
	t.Helper()
	var b strings.Builder
	last, times := "", 0
	flush := func() {
		if times > 1 {
			fmt.Fprintf(&b, "%dx ", times)
		}
		if times > 0 {
			b.WriteString(last + "\n")
		}
	}
	for y := range t.h {
		line := l.line(t, y)
		if line != last || times == 0 {
			flush()
			last, times = line, 0
		}
		times++
	}
	flush()
	return b.String()
}

func (l legend) line(t *terminal, y int) string {
	t.Helper()
	names := make([]string, 0, t.w)
	for x, one := range t.row(y) {
		from := l.ink
		if one.text == "" && one.width > 0 {
			from = l.blank
		}
		name, ok := from[one.look]
		switch {
		case one.width == 0:
			name = names[x-1] // the right half of a wide character
		case !ok:
			t.Errorf("column %d of line %d has a look that the theme does not have: %s", x+1, y+1, one.look)
		}
		names = append(names, name)
	}
	joinBlanks(names)
	var runs []string
	for i := 0; i < len(names); {
		n := 1
		for i+n < len(names) && names[i+n] == names[i] {
			n++
		}
		runs = append(runs, strconv.Itoa(n)+names[i])
		i += n
	}
	if end := len(runs) - 1; strings.HasSuffix(runs[end], ".") {
		runs = runs[:end]
	}
	return strings.Join(runs, " ")
}

// joinBlanks gives blanks the name of the run that goes on behind them.
func joinBlanks(names []string) {
	for i := 1; i < len(names); i++ {
		if names[i] != "." {
			continue
		}
		end := i
		for end < len(names) && names[end] == "." {
			end++
		}
		if end < len(names) && names[end] == names[i-1] {
			for j := i; j < end; j++ {
				names[j] = names[end]
			}
		}
		i = end
	}
}

// atlas is the looks of all screens of a page in a theme, by size and language.
type atlas struct {
	mu    sync.Mutex
	pages map[string]map[string]string
}

func (a *atlas) put(page, screen, looks string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.pages[page] == nil {
		a.pages[page] = map[string]string{}
	}
	a.pages[page][screen] = looks
}

// judge compares the atlas with the one that was looked at and found good.
func (a *atlas) judge(t *testing.T) {
	t.Helper()
	for name, screens := range a.pages {
		var b strings.Builder
		var order []string
		for s := range screens {
			order = append(order, s)
		}
		slices.Sort(order)
		for _, s := range order {
			b.WriteString("== " + s + "\n" + screens[s])
		}
		path := filepath.Join("testdata", "cells-"+name+".golden")
		if *update {
			if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if string(want) != b.String() {
			t.Errorf("%s: cells look otherwise; look at the page and run with -update:\n%s", name, firstChange(string(want), b.String()))
		}
	}
}

// firstChange shows the first line that is not the same, and of which screen it is.
func firstChange(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	screen := ""
	for i := range min(len(a), len(b)) {
		if strings.HasPrefix(b[i], "== ") {
			screen = b[i]
		}
		if a[i] != b[i] {
			return screen + "\nwas  " + a[i] + "\nis   " + b[i]
		}
	}
	return "one is longer"
}

// cellThemes are the themes whose screens are held to the cell: with all colours,
// and with none on a terminal that would show them.
func cellThemes() map[string]*style.Theme {
	return map[string]*style.Theme{"dark": style.Dark(), "none": style.NewTheme(false, style.NoColour, style.UnicodeGlyphs())}
}

// cellWalks are the keys that lead to every page: one after another, so that each
// screen is what changes have made of the one before.
func cellWalks() (names []string, keys map[string]string) {
	keys = map[string]string{}
	for _, p := range page.Embedded().Pages() {
		names = append(names, p.Name)
		keys[p.Name] = keysTo(p)
	}
	for name, walk := range walksBelow() {
		names = append(names, name)
		keys[name] = "1 g " + walk
	}
	slices.Sort(names[len(names)-len(walksBelow()):])
	return names, keys
}

// keysTo are the keys that lead to a page: its digit, or else the palette.
func keysTo(p page.Info) string {
	if p.Digit > 0 {
		return strconv.Itoa(p.Digit)
	}
	return ": " + strings.Join(strings.Split(p.Name, ""), " ") + " enter"
}

// Every page in every size, both languages, with all colours and with none: drawn
// by the real renderer over what it has drawn before, held cell by cell to the text
// and the looks that were found good.
func TestEveryCellLooksAsItDid(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and of one goroutine")
	}
	all := &atlas{pages: map[string]map[string]string{}}
	t.Run("screens", func(t *testing.T) {
		for name, theme := range cellThemes() {
			for _, size := range ladder() {
				for _, l := range languages() {
					screen := fmt.Sprintf("%dx%d-%s", size[0], size[1], l)
					t.Run(name+"-"+screen, func(t *testing.T) {
						t.Parallel()
						drawAll(t, all, name, theme, size, l)
					})
				}
			}
		}
	})
	all.judge(t)
}

func drawAll(t *testing.T, all *atlas, name string, theme *style.Theme, size [2]int, l store.Lang) {
	t.Helper()
	looks := newLegend(t, theme)
	board := onTerminal(t, size[0], size[1], func(o *tui.Options) {
		o.Lang, o.Theme = l, theme
		history(o)
	})
	names, keys := cellWalks()
	screen := fmt.Sprintf("%dx%d-%s", size[0], size[1], l)
	for _, p := range names {
		board.press(keys[p])
		want, err := os.ReadFile(filepath.Join("testdata", p+"-"+screen+".golden"))
		if err != nil {
			t.Fatal(err)
		}
		got := board.text()
		other := otherLines(strings.TrimSuffix(string(want), "\n"), got)
		if name == "dark" && other != "" {
			t.Errorf("%s: the terminal does not show the text that was found good:\n%s", p, got)
		}
		all.put(p+"-"+name, screen, looks.looks(board)+other)
	}
	sent := board.taken()
	onlyOurs(t, screen, sent)
	if name == "none" {
		noColour(t, sent)
	}
}

// otherLines are the lines of a screen that read otherwise: where there is no colour
// some say in a character what elsewhere a fill says.
func otherLines(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	var out strings.Builder
	for y := range b {
		if y >= len(a) || a[y] != b[y] {
			fmt.Fprintf(&out, "line %d: %s\n", y+1, b[y])
		}
	}
	return out.String()
}

// signs are one indicator's figures of one month: a zero, none, one that does not
// apply, one that is masked, one withheld for its sake, one that is stale, plain ones.
func signs() *store.Snapshot {
	d := tuitest.Data(tuitest.May())
	d.Figures = slices.DeleteFunc(d.Figures, func(f store.Figure) bool {
		return f.Indicator == "relapse_found" && f.Unit == "sm" && f.Period == d.Period
	})
	for i := range d.Figures {
		f := &d.Figures[i]
		if f.Indicator != "relapse_found" || f.Period != d.Period {
			continue
		}
		f.Value = 12
		switch f.Unit {
		case "cx":
			f.Value = 0
		case "cd":
			f.Value, f.NotApplicable = 0, true
		case "bj": // and with it another is withheld, the first of those that are not small
			f.Value = 1
		case "qs":
			f.Value, f.Cell.Source, f.Received = 40, "nanwan", tuitest.Now().Add(-78*time.Hour)
		}
	}
	return store.NewSnapshot(d).Masked()
}

// Without a colour a zero, a missing figure, one that does not apply, a masked,
// a withheld and a stale one are still told apart, by their characters alone.
func TestWithoutColourEveryKindOfNumberIsToldApart(t *testing.T) {
	for _, size := range ladder() {
		board := onTerminal(t, size[0], size[1], func(o *tui.Options) {
			o.Theme = cellThemes()["none"]
			r := newReader(t)
			r.snapshot = signs()
			o.Reader = r
		})
		board.press("/ relapse_found enter g")
		for unit, want := range map[string]string{
			"城西派出所": "0", "城东派出所": "-", "滨江派出所": "<3", "石门派出所": "未报", "青山派出所": "40 陈", "文昌派出所": "12", "北关派出所": "不列",
		} {
			if got := board.figureOf(unit); got != want {
				t.Errorf("%v: the figure of %s is shown as %q, not %q\n%s", size, unit, got, want, board.text())
			}
		}
		noColour(t, board.taken())
	}
}

// figureOf is the first figure of a unit's row, with the mark of a stale one; the
// list is moved until the row is there.
func (t *terminal) figureOf(unit string) string {
	t.Helper()
	t.press("g")
	for range 12 {
		for _, line := range strings.Split(t.text(), "\n") {
			if words := strings.Fields(line); len(words) > 1 && words[0] == unit {
				if slices.Contains(words, "陈") {
					return words[1] + " 陈"
				}
				return words[1]
			}
		}
		t.press("j")
	}
	return ""
}

// On a phone with many states the line under the header named no month: nobody could
// tell what the figures were of.
func TestAPhoneNamesThePeriod(t *testing.T) {
	for _, l := range languages() {
		s := start(t, 60, 24, func(o *tui.Options) { o.Lang = l })
		for _, p := range []string{"1", "2", "3", "5", "6", "7", "8", "9"} {
			if s.press(p); !strings.Contains(strings.Split(s.screen(), "\n")[2], "2026-05") {
				t.Errorf("page %s in %s:\n%s", p, l, s.screen())
			}
		}
	}
}
