package widget_test

import (
	"math"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
)

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"城西派出所_6月.xlsx › 打击":     "城西派出所_6月.xlsx › 打击",
		"\x1b[31m红\x1b[m":        "·[31m红·[m",
		"a\u009b31mb":            "a·31mb", // C1: the one-byte introducer
		"a\u202e12\u202cb":       "a·12·b", // bidi overrides turn numbers round
		"a\u200b\u200d\ufeffb":   "a·b",    // a run leaves one trace
		"a\U000e0041b":           "a·b",    // tags
		"查处\r\n吸毒":               "查处  吸毒",
		"a\u00a0b\tc":            "a b c",
		"a\x00\bb":               "a·b",
		"\xff\xfe":               "·",
		"e\u0301\u0301":          "e\u0301·",
		"\u0301e":                "·e",
		" \u0301":                " ·",
		"12\u05d0":               "12·", // a right-to-left letter
		"\u1112\u1161\u11ab":     "·",   // conjoining jamo
		"한":                      "한",
		"\U0001f1e8\U0001f1f3":   "·", // two letters make a flag
		"👍\U0001f3fd":            "👍·",
		"１２，３（人）":                "１２，３（人）",
		"á ﹪ ① ▁▇█":              "á ﹪ ① ▁▇█",
		"क्षि":                   "क·ष·",
		"\ue000":                 "·",
		"\u3000x":                "\u3000x",
		"a\u2028b\u2029c\u0085d": "a·b·c·d",
	} {
		if got := widget.Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
}

// checkClean holds clean text to what canvases rely on.
func checkClean(t interface {
	Helper()
	Fatalf(string, ...any)
}, in string,
) {
	t.Helper()
	s := widget.Clean(in)
	if !utf8.ValidString(s) {
		t.Fatalf("Clean(%q) = %q is not valid", in, s)
	}
	if again := widget.Clean(s); again != s {
		t.Fatalf("Clean(%q) = %q, and once more %q", in, s, again)
	}
	for _, r := range s {
		if unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp) {
			t.Fatalf("Clean(%q) lets %U through", in, r)
		}
	}
	if w := widget.Width(s); w != ansi.StringWidth(s) || w != ansi.StringWidthWc(s) {
		t.Fatalf("Clean(%q) = %q is %d cells wide, by cluster %d, by rune %d", in, s, w, ansi.StringWidth(s), ansi.StringWidthWc(s))
	}
}

func TestCleanHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkClean(t, rapid.String().Draw(t, "s")) })
}

// TestEveryRune cleans each character of the planes that hold any, alone and
// between others.
func TestEveryRune(t *testing.T) {
	for r := range rune(0xf0000) {
		if utf8.ValidRune(r) && (r < 0x34000 || r >= 0xe0000 && r < 0xe0200) {
			checkClean(t, "a"+string(r)+"在"+string(r)+string(r))
		}
	}
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{"", "在册 12", "\x1b]0;x\a", "a\u202e\u0301", "\xc3\x28", "각👨‍👩‍👧"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkClean(t, s) })
}

func TestCut(t *testing.T) {
	for _, tt := range []struct {
		s    string
		w    int
		want string
	}{
		{"在册吸毒人员", 12, "在册吸毒人员"},
		{"在册吸毒人员", 11, "在册吸毒人…"},
		{"在册吸毒人员", 10, "在册吸毒…"},
		{"在册吸毒人员", 1, "…"},
		{"在册吸毒人员", 0, ""},
		{"在册 6048 人", 8, "在册…"},
		{"在册 6048 人", 10, "在册 6048…"},
		{"68,300", 5, "…"},
		{"32/34 单位", 4, "…"},
		{"缴获 1284.5克", 9, "缴获…"},
		{"截至 06-22", 8, "截至…"},
		{"金额 1.2万元", 9, "金额…"},
		{"第3版和第4版", 4, "第3…"},
		{"-87", 2, "…"},
		{"F12 F13", 5, "F12…"},
		{"e\u0301e\u0301e\u0301", 2, "e\u0301…"},
	} {
		if got := widget.Cut(tt.s, tt.w); got != tt.want {
			t.Errorf("Cut(%q, %d) = %q, want %q", tt.s, tt.w, got, tt.want)
		}
	}
	c := widget.New(9, 1, ascii())
	for text, want := range map[string]string{"在册吸毒人员": "在册吸.. ", "6048000000": "..       "} {
		if got := widget.PadRight(c.Cut(text, 9), 9); got != want {
			t.Errorf("the twin cuts %q to %q, want %q", text, got, want)
		}
	}
	if got := c.Cut("在册", 1); got != "." {
		t.Errorf("the twin cuts to one cell as %q", got)
	}
}

// TestPad fills to exactly the width, whatever is cut.
func TestPad(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := widget.Clean(rapid.String().Draw(t, "s"))
		w := rapid.IntRange(0, 30).Draw(t, "w")
		if got := widget.PadRight(s, w); widget.Width(got) != w {
			t.Fatalf("PadRight(%q, %d) = %q, %d cells", s, w, got, widget.Width(got))
		}
		if got := widget.PadLeft(s, w); widget.Width(got) != w {
			t.Fatalf("PadLeft(%q, %d) = %q, %d cells", s, w, got, widget.Width(got))
		}
	})
}

func TestNumber(t *testing.T) {
	for _, tt := range []struct {
		v        float64
		decimals int
		want     string
	}{
		{0, 0, "0"},
		{0, 1, "0"},
		{6048, 0, "6048"},
		{9999, 0, "9999"},
		{10000, 0, "10,000"},
		{68300, 0, "68,300"},
		{1234567.89, 1, "1,234,567.9"},
		{-68300, 0, "-68,300"},
		{1284.5, 1, "1284.5"},
		{9999.96, 1, "10,000.0"},
		{96.8, 1, "96.8"},
		{80, 1, "80.0"},
		{0.04, 1, "0.0"},
		{-0.04, 1, "0.0"},
		{2.5, 0, "2.50"}, // a count should be whole: it is not rounded into one
		{math.NaN(), 0, "-"},
		{math.Inf(1), 1, "-"},
	} {
		if got := widget.Number(tt.v, tt.decimals); got != tt.want {
			t.Errorf("Number(%v, %d) = %q, want %q", tt.v, tt.decimals, got, tt.want)
		}
	}
}

func TestDelta(t *testing.T) {
	for _, tt := range []struct {
		v        float64
		decimals int
		want     string
	}{
		{12, 0, "+12"},
		{-87, 0, "-87"},
		{0, 1, "0"},
		{972.3, 1, "+972.3"},
		{0.04, 1, "0.0"},
		{-0.04, 1, "0.0"},
		{12345, 0, "+12,345"},
	} {
		if got := widget.Delta(tt.v, tt.decimals); got != tt.want {
			t.Errorf("Delta(%v, %d) = %q, want %q", tt.v, tt.decimals, got, tt.want)
		}
	}
	if got := widget.DeltaCell(45, 0, 3.4); got.Plain() != "+45*" || got[0].Look != style.Strong {
		t.Errorf("a change beyond chance is %+v", got)
	}
	if got := widget.DeltaCell(972.3, 1, 0); got.Plain() != "+972.3" || got[0].Look != style.Quiet {
		t.Errorf("a change of grams is %+v", got)
	}
}

func TestAge(t *testing.T) {
	for d, want := range map[time.Duration][2]string{
		-time.Minute:                  {"0分", "0 m"},
		59 * time.Second:              {"0分", "0 m"},
		40 * time.Minute:              {"40分", "40 m"},
		time.Hour:                     {"1小时", "1 h"},
		26*time.Hour + 59*time.Minute: {"26小时", "26 h"},
		48 * time.Hour:                {"2天", "2 d"},
		95 * time.Hour:                {"3天", "3 d"},
	} {
		if got := [2]string{widget.Age(d, store.Chinese), widget.Age(d, store.English)}; got != want {
			t.Errorf("Age(%v) = %q, want %q", d, got, want)
		}
	}
}

func TestDecimals(t *testing.T) {
	for want, kinds := range map[int][]store.Indicator{
		0: {{Kind: store.Flow, Measure: "起"}, {Kind: store.Stock, Measure: "人"}, {Kind: store.Check, Measure: "是/否"}},
		1: {{Kind: store.Ratio, Measure: "%"}, {Kind: store.Flow, Measure: "克"}},
		2: {{Kind: store.Flow, Measure: "万元"}}, // 4.04 was shown as 4.0 beside a ledger's 4.04
	} {
		for _, one := range kinds {
			if got := widget.Decimals(one); got != want {
				t.Errorf("%s in %s: %d decimals, want %d", one.Kind, one.Measure, got, want)
			}
		}
	}
}

func TestLines(t *testing.T) {
	share := widget.Share(32, 34)
	if share.Plain() != "32/34" || share[0].Look != style.Watch {
		t.Errorf("incomplete share is %+v", share)
	}
	if full := widget.Share(6, 6); full[0].Look != style.Quiet {
		t.Errorf("complete share is %+v", full)
	}
	joined := widget.Join(3, nil, share, widget.Text(style.Quiet, ""), widget.Text(style.Quiet, "最旧 3天"))
	if got := joined.Plain(); got != "32/34   最旧 3天" {
		t.Errorf("joined %q", got)
	}
	if joined.Width() != 16 {
		t.Errorf("joined is %d cells wide", joined.Width())
	}
	commas := widget.Commas(style.Strong, "1,284,500")
	if len(commas) != 5 || commas[1] != (widget.Span{Look: style.Quiet, Text: ","}) {
		t.Errorf("commas %+v", commas)
	}
	if got := widget.Join(100, share, share).Width(); got != 110 {
		t.Errorf("a wide gap makes %d cells", got)
	}
}

// TestLinesShareABeginning continues one line in two ways.
func TestLinesShareABeginning(t *testing.T) {
	base := widget.Text(style.Ink, "a").Text(style.Ink, "b").Text(style.Ink, "c")
	one, two := base.Text(style.Ink, "1"), base.Text(style.Ink, "2")
	if one.Plain() != "abc1" || two.Plain() != "abc2" {
		t.Errorf("lines %q and %q", one.Plain(), two.Plain())
	}
}

func TestStateLines(t *testing.T) {
	word := widget.StateWord(store.Suspect, store.Chinese)
	if word.Plain() != "待核" || word[0].Look != style.Watch || word[1].Look != style.WatchBold {
		t.Errorf("suspect is %+v", word)
	}
	if got := widget.StateWord(store.Fresh, store.English).Plain(); got != "Normal" {
		t.Errorf("fresh is %q", got)
	}
	if got := widget.StateLetter(store.Fresh, store.Chinese); got != nil {
		t.Errorf("fresh has the letter %+v: silence means normal", got)
	}
	if got := widget.StateLetter(store.Due, store.English); got.Plain() != "D" || got[0].Look != style.Quiet {
		t.Errorf("due is %+v", got)
	}
}

// TestLineCut keeps the looks of what stays and cuts no number that two looks
// share.
func TestLineCut(t *testing.T) {
	line := widget.Text(style.Strong, "查处").Text(style.Watch, "32").Text(style.Quiet, "/34 单位")
	for w, want := range map[int]string{14: "查处32/34 单位", 13: "查处32/34 单…", 10: "查处32/34…", 7: "查处…", 4: "查…"} {
		c := widget.New(20, 1, style.Dark())
		c.LineCut(0, 0, w, line)
		if got := c.Text(); got != want {
			t.Errorf("in %d cells: %q, want %q", w, got, want)
		}
	}
	c := widget.New(20, 1, style.Dark())
	c.LineCut(0, 0, 13, line)
	if _, look := c.At(4, 0); look != style.Watch {
		t.Errorf("32 has look %#x", uint16(look))
	}
	if !strings.Contains(c.Text(), "/34") {
		t.Error("the share fell apart")
	}
}
