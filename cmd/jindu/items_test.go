package main

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"jindu/store"
	"jindu/tui/page"
)

// item is one line of docs/items.md.
type item struct {
	places, forms, codes []string
}

// items reads the table, and the configuration that the document offers.
func items(t *testing.T) (all []item, text string) {
	t.Helper()
	doc := documentText(t, "docs/items.md")
	_, text, _ = strings.Cut(doc, "```toml\n")
	text, _, _ = strings.Cut(text, "```")
	row := regexp.MustCompile(`(?m)^\| (\d+) \| [^|]+ \| ([^|]+) \| ([^|]+) \|([^|]*)\|$`)
	for i, m := range row.FindAllStringSubmatch(doc, -1) {
		if n, err := strconv.Atoi(m[1]); err != nil || n != i+1 {
			t.Fatalf("item %s stands at place %d", m[1], i+1)
		}
		all = append(all, item{quoted(m[2]), quoted(m[3]), quoted(m[4])})
	}
	return all, text
}

// quoted returns what stands between backquotes.
func quoted(s string) []string {
	var out []string
	for _, m := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(s, -1) {
		out = append(out, m[1])
	}
	return out
}

// namedPages are the pages of the board, whichever of them there are.
func namedPages() []string {
	return []string{
		"overview", "caseload", "enforcement", "tasks", "programmes", "readiness", "publicity", "management", "data",
		page.UnitPage, page.UnitsPage,
	}
}

// TestEveryItemOfTheSpeechHasItsPlace holds docs/items.md to the pages, forms and
// indicators that there are.
func TestEveryItemOfTheSpeechHasItsPlace(t *testing.T) {
	all, text := items(t)
	if len(all) != 46 {
		t.Fatalf("%d items of 46", len(all))
	}
	cfg := formConfig(t, text)
	for i, one := range all {
		if len(one.places) == 0 || len(one.forms) == 0 {
			t.Errorf("item %d has no place or no form", i+1)
		}
		for _, place := range one.places {
			standing(t, cfg, i+1, place)
		}
		for _, code := range one.codes {
			ind, ok := cfg.Catalogue.ByCode(code)
			if !ok {
				t.Errorf("item %d: no indicator %s", i+1, code)
				continue
			}
			if !shownAt(cfg, one.places, ind) {
				t.Errorf("item %d: none of %v shows %s", i+1, one.places, code)
			}
			if !fed(t, cfg.Catalogue, one.forms, ind) {
				t.Errorf("item %d: none of %v asks for %s", i+1, one.forms, code)
			}
		}
		for _, form := range one.forms {
			if _, ok := cfg.Catalogue.FormByCode(form); !ok {
				t.Errorf("item %d: no form %s", i+1, form)
			}
		}
	}
}

// standing checks that a panel stands on its page.
func standing(t *testing.T, cfg *config, n int, place string) {
	t.Helper()
	name, panel, has := strings.Cut(place, "/")
	if !slices.Contains(namedPages(), name) {
		t.Errorf("item %d: no page %s", n, name)
	}
	if has && !slices.ContainsFunc(cfg.Pages.Panels(name), func(s page.Spec) bool { return s.Name == panel }) {
		t.Errorf("item %d: no panel %s on page %s", n, panel, name)
	}
}

// shownAt reports whether one of the panels shows the indicator. A page that is
// about the item as a whole is believed.
func shownAt(cfg *config, places []string, ind store.Indicator) bool {
	for _, place := range places {
		name, panel, has := strings.Cut(place, "/")
		if !has {
			return true
		}
		for _, s := range cfg.Pages.Panels(name) {
			if s.Name != panel {
				continue
			}
			codes := slices.Concat(s.Rows, s.Beside, []string{s.Whole})
			for _, row := range s.Rows {
				one, _ := cfg.Catalogue.ByCode(row)
				codes = append(codes, one.Parts...)
			}
			if slices.Contains(codes, ind.Code) || slices.Contains(s.Group, ind.Group) {
				return true
			}
		}
	}
	return false
}

// fed reports whether one of the forms asks for the indicator, or for what it is
// made of, or counts it.
func fed(t *testing.T, c *store.Catalogue, forms []string, ind store.Indicator) bool {
	t.Helper()
	asks := func(code string) bool {
		one, _ := c.ByCode(code)
		return one.Origin == store.FromMirror || one.Origin == store.FromDistrict || slices.ContainsFunc(forms, func(name string) bool {
			f, _ := c.FormByCode(name)
			return slices.Contains(f.Indicators, code) ||
				slices.ContainsFunc(f.Tallies, func(y store.FormTally) bool { return y.Indicator == code })
		})
	}
	switch {
	case ind.Kind == store.Ratio:
		return asks(ind.Numerator) && asks(ind.Denominator)
	case len(ind.Parts) > 0:
		return slices.ContainsFunc(ind.Parts, asks)
	default:
		return asks(ind.Code)
	}
}

// TestTheManualsPagesAreReal loads what the manuals show of pages and panels.
func TestTheManualsPagesAreReal(t *testing.T) {
	for _, manual := range manuals() {
		_, text, _ := strings.Cut(documentText(t, manual), "\n### 6.3 ")
		_, text, _ = strings.Cut(text, "```toml\n")
		text, _, _ = strings.Cut(text, "```")
		cfg := formConfig(t, text)
		if len(cfg.Pages.Panels("nights")) != 2 {
			t.Errorf("%s: the page of the example has %v", manual, cfg.Pages.Panels("nights"))
		}
	}
}

// TestInitHoldsWhatTheItemsNeed keeps the configuration that init writes and
// docs/items.md at one: nobody has to find it in a document and paste it.
func TestInitHoldsWhatTheItemsNeed(t *testing.T) {
	_, text := items(t)
	for _, block := range fences(text) {
		var commented strings.Builder
		for _, line := range strings.Split(strings.TrimSuffix(block.text, "\n"), "\n") {
			commented.WriteString(strings.TrimRight("# "+line, " ") + "\n")
		}
		for name, written := range map[string][]byte{"jindu.zh.toml": configZH, "jindu.en.toml": configEN} {
			if block.language == "toml" && !strings.HasSuffix(string(written), commented.String()) {
				t.Errorf("%s does not end with the configuration of docs/items.md", name)
			}
		}
	}
}
