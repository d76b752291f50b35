package tui_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jindu/store"
	"jindu/tui"
	"jindu/tui/page"
	"jindu/tui/words"
)

// said are the keys in the source: written out, or begun and completed by a
// name (a page's, a state's...).
func said(t *testing.T) (whole, begun map[string]bool) {
	t.Helper()
	whole, begun = map[string]bool{}, map[string]bool{}
	key := regexp.MustCompile(`"([a-z]+(?:\.[a-z_0-9]+)+)"`)
	start := regexp.MustCompile(`"([a-z]+\.(?:[a-z]+\.)?)" ?\+`)
	for _, dir := range []string{".", "page", "wall", "words", "sshd"} {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if strings.HasSuffix(f, "_test.go") {
				continue
			}
			text, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range key.FindAllStringSubmatch(string(text), -1) {
				whole[m[1]] = true
			}
			for _, m := range start.FindAllStringSubmatch(string(text), -1) {
				begun[m[1]] = true
			}
		}
	}
	return whole, begun
}

func TestEveryWordIsThereAndSaid(t *testing.T) {
	whole, begun := said(t)
	for _, l := range languages() {
		b := words.Of(l)
		for _, k := range b.Keys() {
			said := whole[strings.TrimSuffix(k, ".one")]
			for prefix := range begun {
				said = said || strings.HasPrefix(k, prefix)
			}
			if !said {
				t.Errorf("%s: nothing says %s", l, k)
			}
		}
		for k := range whole {
			if b.Say(k) == k && !slices.Contains([]string{"zh.csv", "en.csv"}, k) {
				t.Errorf("%s: no words for %s", l, k)
			}
		}
		for _, p := range page.Embedded().Pages() {
			if b.Say("page."+p.Name) == "page."+p.Name {
				t.Errorf("%s: page %s has no name", l, p.Name)
			}
		}
		for _, k := range tui.Keys() {
			if b.Say(k.Word) == k.Word || len(k.Keys) == 0 {
				t.Errorf("%s: key %v says nothing", l, k)
			}
		}
	}
}

func TestBothLanguagesAreWhole(t *testing.T) {
	zh, en := words.Of(store.Chinese).Keys(), words.Of(store.English).Keys()
	slices.Sort(zh)
	slices.Sort(en)
	if !slices.Equal(zh, en) {
		t.Error("the catalogues have different keys")
	}
	hole := regexp.MustCompile(`\{\d\}`)
	for _, k := range zh {
		a := hole.FindAllString(words.Of(store.Chinese).Say(k), -1)
		b := hole.FindAllString(words.Of(store.English).Say(k), -1)
		slices.Sort(a)
		slices.Sort(b)
		if !slices.Equal(a, b) && !strings.HasPrefix(k, "head.") && !strings.HasSuffix(k, ".one") {
			t.Errorf("%s: holes %v and %v", k, a, b)
		}
	}
}
