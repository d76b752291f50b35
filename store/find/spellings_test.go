package find

import (
	"flag"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/mozillazg/go-pinyin"
)

var update = flag.Bool("update", false, "write spellings.txt anew")

// bare drops the marks of tones; ü is typed as v.
func bare(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r < 0x80:
			b.WriteRune(r)
		case strings.ContainsRune("āáǎà", r):
			b.WriteByte('a')
		case strings.ContainsRune("ēéěèê", r):
			b.WriteByte('e')
		case strings.ContainsRune("īíǐì", r):
			b.WriteByte('i')
		case strings.ContainsRune("ōóǒò", r):
			b.WriteByte('o')
		case strings.ContainsRune("ūúǔù", r):
			b.WriteByte('u')
		case strings.ContainsRune("ǖǘǚǜü", r):
			b.WriteByte('v')
		case strings.ContainsRune("ńňǹ", r):
			b.WriteByte('n')
		case r == 'ḿ':
			b.WriteByte('m')
		}
	}
	return b.String()
}

// spelled writes the library's dictionary as the embedded table has it.
func spelled() string {
	var b strings.Builder
	for _, r := range slices.Sorted(maps.Keys(pinyin.PinyinDict)) {
		c := char{}
		for m := range strings.SplitSeq(pinyin.PinyinDict[r], ",") {
			if plain := bare(m); !contains(c, plain) {
				c = append(c, plain)
			}
		}
		b.WriteString(string(rune(r)) + strings.Join(c, ",") + "\n")
	}
	return b.String()
}

// TestSpellingsAreThoseOfTheLibrary compares the embedded table with its origin,
// from which -update writes it.
func TestSpellingsAreThoseOfTheLibrary(t *testing.T) {
	want := spelled()
	if *update {
		if err := os.WriteFile("spellings.txt", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return // what is embedded is still the one of before
	}
	if spellings != want {
		t.Fatal("spellings.txt is not the library's dictionary: run the test with -update")
	}
	for r, marked := range pinyin.PinyinDict {
		got := readingsOf(rune(r))
		if first, _, _ := strings.Cut(got, ","); first != bare(strings.Split(marked, ",")[0]) {
			t.Fatalf("%c is read %q, not %q", r, got, marked)
		}
	}
	for _, r := range "a1。，🙂\u3400\U0010ffff" {
		if _, ok := pinyin.PinyinDict[int(r)]; !ok && readingsOf(r) != "" {
			t.Errorf("%c is read %q", r, readingsOf(r))
		}
	}
}
