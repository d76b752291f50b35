package form

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// Domain 4.6, 4.17 and 4.40: line breaks and blanks inside heads, full-width
// characters, invisible ones.
func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"":                       "",
		"本月\n数":                  "本月数",
		"合　计":                    "合计",
		" 姓 名 ":                  "姓名",
		"缴获（克）":                  "缴获(克)",
		"中发〔2014〕6号":             "中发(2014)6号",
		"【重点】":                   "(重点)",
		"１２．５":                   "12.5",
		"合\u200b计\ufeff":         "合计",
		"a\u202eb\u2066c":        "abc",
		"合\u00a0计\u3000\u2028":   "合计",
		"\x1b[31m红":              "(31m红",
		"㎏":                      "kg",
		"e\u200d\u0301":          "é",
		"\xff":                   "\uFFFD",
		"Q2":                     "Q2",
		"社区戒毒，社区康复":              "社区戒毒,社区康复",
		"⼀\ufe0f":                "一",
		"plain-ascii_text(1.2%)": "plain-ascii_text(1.2%)",
	} {
		if got := fold(in); got != want {
			t.Errorf("fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestFoldIsIdempotent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		once := fold(s)
		if twice := fold(once); twice != once {
			t.Fatalf("fold(%q) = %q, again %q", s, once, twice)
		}
	})
}

// What is folded character by character must come out as by the tables.
func TestFoldEachAgreesWithTheTables(t *testing.T) {
	for c := rune(0); c <= unicode.MaxRune; c++ {
		if !utf8.ValidRune(c) {
			continue
		}
		s := "a" + string(c) + "合"
		if got, ok := foldEach(s); ok && got != foldAll(s) {
			t.Errorf("%U: %q, by the tables %q", c, got, foldAll(s))
		}
	}
	often := []rune(" \n\u3000（）［］｛｝〔〕【】，：、。《》１２ａＺ%％合計重点aB1-/()[]{}\u0301\u200b①゛")
	told := 0
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.SampledFrom(often)).Draw(t, "s")
		got, ok := foldEach(s)
		if ok && got != foldAll(s) {
			t.Fatalf("%q: %q, by the tables %q", s, got, foldAll(s))
		}
		if ok && s != "" {
			told++
		}
	})
	if told == 0 {
		t.Error("no text was folded character by character")
	}
}

func TestNarrowKeepsMeaning(t *testing.T) {
	for in, want := range map[string]string{
		"１２．０":            "12.0",
		" 12\u00a0":       "12",
		"12²":             "12²",
		"①":               "①",
		"1  2":            "1 2",
		"1\u200b2":        "12",
		"（２）":             "(2)",
		"８５％":             "85%",
		"\n6月\t26日\u2029": "6月 26日",
	} {
		if got := narrow(in); got != want {
			t.Errorf("narrow(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"调整充实禁毒工作领导小组":                          "调整充实禁毒工作领导小组",
		"  两\n行\t文字 ":                           "两 行 文字",
		"\x1b[31m红\x1b[0m":                      "·[31m红·[0m",
		"a\u202e\u2066b":                        "a·b",
		"\u009b2J":                              "·2J",
		"a\u200bb":                              "a·b",
		"\ue000私":                               "·私",
		"e\u0301\u0301\u0301\u0301\u0301\u0301": "e\u0301\u0301\u0301\u0301",
		"\xff":                                  "\uFFFD",
	} {
		if got := clean(in); got != want {
			t.Errorf("clean(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCleanShowsNothingDangerous(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := clean(rapid.String().Draw(t, "s"))
		if clean(s) != s {
			t.Fatalf("not idempotent: %q, again %q", s, clean(s))
		}
		if !utf8.ValidString(s) || strings.ContainsFunc(s, invisible) || strings.TrimSpace(s) != s {
			t.Fatalf("clean left %q", s)
		}
	})
}

// Reliability T06: whatever goes in, valid UTF-8 comes out that no terminal obeys,
// with few marks on a character, and cleaning it again changes nothing.
func FuzzClean(f *testing.F) {
	for _, s := range []string{"调整充实", "\x1b[2J\x1b]0;x\a", "a\u202e\u2066b", "\u009b2J", "\xff\xfe", "\U000e0041", "e\u0301\u0301\u0301\u0301\u0301\u0301", " \u2028x\u3000"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c := clean(s)
		if clean(c) != c {
			t.Errorf("clean is not idempotent on %q", s)
		}
		if !utf8.ValidString(c) || strings.ContainsFunc(c, func(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp) }) {
			t.Errorf("clean(%q) = %q", s, c)
		}
		held := 0
		for _, r := range c {
			if held++; !unicode.Is(unicode.M, r) {
				held = 0
			}
			if held > marks {
				t.Errorf("clean(%q) keeps %d marks", s, held)
			}
		}
	})
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"", "合　计", "e\u200d\u0301", "\xff\xfe", "각\u11a8", "ﷺ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := fold(s)
		if once != foldAll(s) {
			t.Errorf("fold(%q) = %q, by the tables %q", s, once, foldAll(s))
		}
		if fold(once) != once {
			t.Errorf("fold is not idempotent on %q", s)
		}
		if c := clean(s); clean(c) != c {
			t.Errorf("clean is not idempotent on %q", s)
		}
	})
}
