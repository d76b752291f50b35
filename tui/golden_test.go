package tui_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"

	"jindu/store"
	"jindu/tui"
	"jindu/tui/page"
	"jindu/tui/style"
	"jindu/tui/tuitest"
)

var update = flag.Bool("update", false, "write the golden screens anew")

// ladder is the sizes at which every page is looked at.
func ladder() [][2]int { return [][2]int{{60, 24}, {80, 24}, {120, 40}, {200, 60}} }

func languages() []store.Lang { return []store.Lang{store.Chinese, store.English} }

// golden compares a screen with the one that was looked at and found good.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(path, []byte(got+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got+"\n" != string(want) {
		t.Errorf("%s has changed; look at it and run with -update:\n%s", name, got)
	}
}

func TestPagesLookAsTheyDid(t *testing.T) {
	s := district()
	for _, size := range ladder() {
		for _, p := range page.Embedded().Pages() {
			for _, l := range languages() {
				name := fmt.Sprintf("%s-%dx%d-%s", p.Name, size[0], size[1], l)
				t.Run(name, func(t *testing.T) {
					o := tui.Options{Lang: l, Clock: tuitest.Now, Plain: true}
					got := tui.Render(s, o, p.Name, size[0], size[1])
					whole(t, got, size[0], size[1])
					golden(t, name, got)
				})
			}
		}
	}
}

// walksBelow lead to the pages below the others.
func walksBelow() map[string]string {
	return map[string]string{"unit": "9 g j*7 enter", "units": "/ users_found enter", "beside": "/ 城 西 enter = 城 东 enter"}
}

func TestPagesBelowLookAsTheyDid(t *testing.T) {
	for _, size := range ladder() {
		for _, l := range languages() {
			for name, keys := range walksBelow() {
				full := fmt.Sprintf("%s-%dx%d-%s", name, size[0], size[1], l)
				t.Run(full, func(t *testing.T) {
					s := start(t, size[0], size[1], func(o *tui.Options) {
						o.Lang = l
						history(o)
					}).press(keys)
					whole(t, s.screen(), size[0], size[1])
					golden(t, full, s.screen())
				})
			}
		}
	}
}

func TestOverlaysLookAsTheyDid(t *testing.T) {
	walks := map[string]string{
		"origin": "3 j enter", "missing": "/ wcj enter*2", "help": "?", "find": "/ 城 西", "command": ":", "period": "p", "past": "t",
		"task": "4 enter", "finding": "9 tab*3 enter", "workbook": "9 tab*2 enter", "source": "9 tab enter", "grade": "5 l*3 enter",
		"columns": "/ users_found enter c", "filter": "/ users_found enter f 城", "compare": "=", "export": "3 e",
	}
	for _, size := range [][2]int{{48, 40}, {80, 24}, {120, 40}} {
		for name, keys := range walks {
			full := fmt.Sprintf("over-%s-%dx%d", name, size[0], size[1])
			t.Run(full, func(t *testing.T) {
				s := start(t, size[0], size[1], (&writer{}).into).press(keys)
				whole(t, s.screen(), size[0], size[1])
				golden(t, full, s.screen())
			})
		}
	}
}

func TestColoursLookAsTheyDid(t *testing.T) {
	s := district()
	themes := map[string]*style.Theme{
		"dark":    style.Dark(),
		"light":   style.NewTheme(true, style.TrueColour, style.UnicodeGlyphs()),
		"sixteen": style.NewTheme(false, style.Sixteen, style.UnicodeGlyphs()),
		"none":    style.NewTheme(false, style.NoColour, style.UnicodeGlyphs()),
		"ascii":   style.NewTheme(false, style.NoColour, style.ASCIIGlyphs()),
	}
	for name, theme := range themes {
		for _, p := range []string{"overview", "enforcement", "programmes"} {
			t.Run(p+"-"+name, func(t *testing.T) {
				o := tui.Options{Lang: store.Chinese, Clock: tuitest.Now, Theme: theme}
				got := tui.Render(s, o, p, 120, 40)
				whole(t, got, 120, 40)
				golden(t, "look-"+p+"-"+name, got)
			})
		}
	}
}

// whole checks a screen on a terminal: as many lines as it has rows, none wider
// than it, and every character in the cell where the page put it.
func whole(t *testing.T, screen string, w, h int) {
	t.Helper()
	lines := strings.Split(screen, "\n")
	if len(lines) != h {
		t.Fatalf("%d lines on a screen of %d", len(lines), h)
	}
	terminal := vt.NewEmulator(w, h)
	defer func() {
		if err := terminal.Close(); err != nil {
			t.Error(err)
		}
	}()
	if _, err := terminal.WriteString(strings.ReplaceAll(screen, "\n", "\r\n")); err != nil {
		t.Fatal(err)
	}
	for y, line := range lines {
		plain := ansi.Strip(line)
		if got := ansi.StringWidth(plain); got > w {
			t.Errorf("line %d is %d cells wide: %s", y, got, plain)
		}
		var row strings.Builder
		for x := 0; x < w; {
			one := terminal.CellAt(x, y)
			if one == nil || one.Width == 0 {
				x++
				continue
			}
			row.WriteString(one.Content)
			x += one.Width
		}
		if got := strings.TrimRight(row.String(), " "); got != strings.TrimRight(plain, " ") {
			t.Errorf("line %d\nwrote    %q\nterminal %q", y, plain, got)
		}
	}
}

func TestEverySizeHolds(t *testing.T) {
	for _, l := range languages() {
		s := start(t, 80, 24, func(o *tui.Options) { o.Lang = l })
		for _, p := range page.Embedded().Pages() {
			s.press(string(rune('0' + p.Digit)))
			for _, w := range []int{20, 40, 44, 59, 61, 79, 81, 100, 119, 121, 161, 199, 240} {
				for _, h := range []int{5, 12, 17, 24, 40, 70} {
					s.send(tea.WindowSizeMsg{Width: w, Height: h})
					lines := strings.Split(s.screen(), "\n")
					if len(lines) != h {
						t.Errorf("%s %dx%d: %d lines", p.Name, w, h, len(lines))
					}
					for y, line := range lines {
						if ansi.StringWidth(line) > w {
							t.Errorf("%s %dx%d line %d is too wide: %q", p.Name, w, h, y, line)
						}
					}
				}
			}
		}
	}
}
