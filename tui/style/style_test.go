package style_test

import (
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"jindu/store"
	"jindu/tui/style"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var roles = []struct {
	name string
	look style.Look
}{
	{"ink", style.Ink},
	{"strong", style.Strong},
	{"quiet", style.Quiet},
	{"edge", style.Edge},
	{"rule", style.Rule},
	{"accent", style.Accent},
	{"good", style.Good},
	{"watch", style.Watch},
	{"bad", style.Bad},
	{"stale", style.Stale},
	{"watch bold", style.WatchBold},
	{"ink underlined", style.Ink | style.Underline},
	{"alarm", style.Alarm.On(style.AlarmGround)},
	{"ink solid", style.Ink.On(style.Solid)},
}

var fills = []struct {
	name string
	look style.Look
}{
	{"ground", 0},
	{"selected", style.Selected},
	{"far above", style.FarAbove},
	{"above", style.Above},
	{"far below", style.FarBelow},
	{"below", style.Below},
	{"overlay", style.Overlay},
}

func themes() map[string]*style.Theme {
	out := map[string]*style.Theme{}
	for depth, name := range map[style.Depth]string{style.TrueColour: "true", style.Indexed: "indexed", style.Sixteen: "sixteen", style.NoColour: "none"} {
		out["dark-"+name] = style.NewTheme(false, depth, style.UnicodeGlyphs())
		out["light-"+name] = style.NewTheme(true, depth, style.UnicodeGlyphs())
	}
	return out
}

// TestThemes keeps the sequence of every role on every fill in golden files, one
// for each ground and depth.
func TestThemes(t *testing.T) {
	for name, theme := range themes() {
		t.Run(name, func(t *testing.T) {
			var b strings.Builder
			for _, role := range roles {
				for _, fill := range fills {
					look := role.look
					if fill.look != 0 {
						look = look.On(fill.look)
					}
					if look.Fill() != fill.look && fill.look != 0 {
						continue
					}
					fmt.Fprintf(&b, "%-15s %-10s %s\n", role.name, fill.name, strings.TrimPrefix(theme.Open(look), "\x1b"))
				}
			}
			golden(t, name, b.String())
		})
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is not as in %s:\n%s", name, path, got)
	}
}

var sequence = regexp.MustCompile(`^\x1b\[([0-9;]*)m$`)

// TestNoColour holds NO_COLOR to bold, faint, reverse and underline, and keeps
// faint text off reversed rows.
func TestNoColour(t *testing.T) {
	theme := style.NewTheme(false, style.NoColour, style.UnicodeGlyphs())
	for l := range style.Look(0x400) {
		open := theme.Open(l)
		if open == "" {
			continue
		}
		m := sequence.FindStringSubmatch(open)
		if m == nil {
			t.Fatalf("look %#x opens with %q", uint16(l), open)
		}
		codes := map[string]bool{}
		for one := range strings.SplitSeq(m[1], ";") {
			codes[one] = true
			if !strings.Contains("1247", one) {
				t.Errorf("look %#x has attribute %s", uint16(l), one)
			}
		}
		if codes["7"] && codes["2"] {
			t.Errorf("look %#x is faint on a reversed row", uint16(l))
		}
		if l.Far() != codes["4"] && !l.Has(style.Underline) {
			t.Errorf("look %#x: underlined %v, far %v", uint16(l), codes["4"], l.Far())
		}
	}
}

// TestContrast measures text against its ground by the formula of WCAG 2 and
// holds it to the ratios of the palette, to one tenth.
func TestContrast(t *testing.T) {
	for _, one := range []struct {
		name   string
		light  bool
		look   style.Look
		ground string // where the look has no fill
		want   float64
	}{
		{"dark ink", false, style.Ink, "16;16;20", 14.6},
		{"dark strong", false, style.Strong, "16;16;20", 19.0},
		{"dark quiet", false, style.Quiet, "16;16;20", 6.0},
		{"dark accent", false, style.Accent, "16;16;20", 8.1},
		{"dark good", false, style.Good, "16;16;20", 8.7},
		{"dark watch", false, style.Watch, "16;16;20", 9.6},
		{"dark bad", false, style.Bad, "16;16;20", 7.0},
		{"dark stale", false, style.Stale, "16;16;20", 8.0},
		{"dark ink selected", false, style.Ink | style.Selected, "", 9.0},
		{"dark alarm", false, style.Alarm | style.AlarmGround, "", 6.5},
		{"light ink", true, style.Ink, "250;250;248", 15.0},
		{"light strong", true, style.Strong, "250;250;248", 20.1},
		{"light quiet", true, style.Quiet, "250;250;248", 5.2},
		{"light accent", true, style.Accent, "250;250;248", 6.1},
		{"light bad", true, style.Bad, "250;250;248", 6.1},
		{"light ink selected", true, style.Ink | style.Selected, "", 12.2},
	} {
		theme := style.NewTheme(one.light, style.TrueColour, style.UnicodeGlyphs())
		text, ground := colours(theme.Open(one.look))
		if one.ground != "" {
			ground = one.ground
		}
		if got := contrast(t, text, ground); math.Abs(got-one.want) > 0.1 {
			t.Errorf("%s: contrast %.2f, want %.1f", one.name, got, one.want)
		}
	}
}

// TestQuietOnFills holds quiet text to at least 4.7 on every fill of both
// grounds, as it says what a figure means.
func TestQuietOnFills(t *testing.T) {
	for _, light := range []bool{false, true} {
		theme := style.NewTheme(light, style.TrueColour, style.UnicodeGlyphs())
		for _, fill := range fills[1:6] {
			text, ground := colours(theme.Open(style.Quiet | fill.look))
			if got := contrast(t, text, ground); got < 4.65 {
				t.Errorf("light %v, quiet on %s: contrast %.2f", light, fill.name, got)
			}
		}
	}
}

// TestNeverRedOnFarHeat holds text on far heat to ink or strong; a suspect
// number keeps its colour.
func TestNeverRedOnFarHeat(t *testing.T) {
	theme := style.Dark()
	for _, fill := range []style.Look{style.FarAbove, style.FarBelow} {
		if got, want := theme.Open(style.BadBold|fill), theme.Open(style.Strong|fill); got != want {
			t.Errorf("bad on far heat opens with %q, want %q", got, want)
		}
		if theme.Open(style.WatchBold|fill) == theme.Open(style.Strong|fill) {
			t.Error("a suspect number lost its colour on far heat")
		}
	}
}

func colours(open string) (text, ground string) {
	text, ground, _ = strings.Cut(strings.Trim(open, "\x1b[m"), "48;2;")
	_, text, _ = strings.Cut(text, "38;2;")
	return strings.Trim(text, ";"), ground
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(t *testing.T, rgb string) float64 {
	t.Helper()
	weights, sum := []float64{0.2126, 0.7152, 0.0722}, 0.0
	for i, s := range strings.Split(rgb, ";") {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatalf("colour %q: %v", rgb, err)
		}
		v := float64(n) / 255
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		sum += weights[i] * v
	}
	return sum
}

func TestGlyphs(t *testing.T) {
	for name, set := range map[string]style.Glyphs{"unicode": style.UnicodeGlyphs(), "ascii": style.ASCIIGlyphs()} {
		if len(set.Spark) != 6 || len(set.Hero) != 7 || len(set.Chart) != 9 {
			t.Errorf("%s: %d spark, %d hero, %d chart levels", name, len(set.Spark), len(set.Hero), len(set.Chart))
		}
		all := []rune{set.Rule, set.Heavy, set.Tick, set.Path, set.Gap}
		all = append(append(append(all, set.Spark...), set.Hero...), set.Chart...)
		for _, r := range all {
			if ansi.StringWidth(string(r)) != 1 || ansi.StringWidthWc(string(r)) != 1 {
				t.Errorf("%s: %q is not one cell wide", name, r)
			}
			if set.ASCII && r > '~' {
				t.Errorf("%s: %q is not ASCII", name, r)
			}
		}
	}
}

func TestMarks(t *testing.T) {
	want := map[store.State][4]string{
		store.Never:      {"未", "未报", "N", "Never"},
		store.Refused:    {"拒", "拒收", "R", "Refused"},
		store.Conflict:   {"冲", "冲突", "X", "X conflict"},
		store.Late:       {"迟", "迟报", "L", "Late"},
		store.Partial:    {"部", "部分", "P", "Partial"},
		store.Suspect:    {"核", "待核", "?", "? suspect"},
		store.Stale:      {"陈", "陈旧", "S", "Stale"},
		store.SourceDown: {"断", "断源", "O", "Off"},
		store.Corrected:  {"更", "更正", "C", "Corrected"},
		store.Due:        {"待", "待报", "D", "Due"},
		store.Fresh:      {"", "正常", "", "Normal"},
	}
	for state, w := range want {
		zh, en := style.MarkOf(state, store.Chinese), style.MarkOf(state, store.English)
		if got := [4]string{zh.Letter, zh.Word(), en.Letter, en.Word()}; got != w {
			t.Errorf("%s: marks %q, want %q", state, got, w)
		}
		if zh.Look != en.Look {
			t.Errorf("%s: the look depends on the language", state)
		}
	}
	for _, state := range store.States {
		if _, ok := want[state]; !ok {
			t.Errorf("%s has no mark", state)
		}
	}
}

func TestValueLook(t *testing.T) {
	for state, want := range map[store.State]style.Look{
		store.Fresh: style.Strong, store.Late: style.Strong, store.Never: style.Strong,
		store.Suspect: style.WatchBold, store.Stale: style.StaleBold,
	} {
		if got := style.ValueLook(state); got != want {
			t.Errorf("%s: look %#x, want %#x", state, uint16(got), uint16(want))
		}
	}
}

func TestHeat(t *testing.T) {
	for z, want := range map[float64]style.Look{
		0: 0, 2: 0, 2.1: style.Above, 3: style.Above, 3.1: style.FarAbove,
		-2: 0, -2.5: style.Below, -3.5: style.FarBelow,
	} {
		if got := style.Heat(z); got != want {
			t.Errorf("z %v: fill %#x, want %#x", z, uint16(got), uint16(want))
		}
	}
}

func BenchmarkNewTheme(b *testing.B) {
	for b.Loop() {
		style.Dark()
	}
}
