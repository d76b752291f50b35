package main

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"jindu/store"
)

func TestLinesOfKeys(t *testing.T) {
	got := linesOf([]byte(strings.Join([]string{
		`mirror = "a"`,
		`[district]`,
		`name = "x"`,
		``,
		`[[form]] # one`,
		`code = "a"`,
		`titles = [`,
		`  "t",`,
		`]`,
		`[[form.field]]`,
		`name = "b"`,
		`[[form.field]]`,
		`name = "c"`,
		`[[form]]`,
		`[[form.field]]`,
		`"kind" = "count"`,
		`[[unit]]`,
	}, "\n")))
	want := keyLines{
		"mirror": 1, "district": 2, "district.name": 3,
		"form[1]": 5, "form[1].code": 6, "form[1].titles": 7,
		"form[1].field[1]": 10, "form[1].field[1].name": 11, "form[1].field[2]": 12, "form[1].field[2].name": 13,
		"form[2]": 14, "form[2].field[1]": 15, "form[2].field[1].kind": 16, "unit[1]": 17,
	}
	if !maps.Equal(got, want) {
		t.Errorf("lines = %v", got)
	}
	if n := got.of("form[2].field[1].heads"); n != 15 {
		t.Errorf("a key that is missing stands in line %d", n)
	}
	if n := got.of("no such key. At all"); n != 0 {
		t.Errorf("an unknown key stands in line %d", n)
	}
}

func TestNearest(t *testing.T) {
	words := []string{"report", "ledger", "counted", "史宾格"}
	for word, want := range map[string]string{"ledgr": "ledger", "Ledger": "ledger", "史宾哥": "史宾格", "nothing": "", "": ""} {
		if got := nearest(word, words); got != want {
			t.Errorf("nearest(%q) = %q, want %q", word, got, want)
		}
	}
}

// formConfig loads a configuration text.
func formConfig(t *testing.T, text string) *config {
	t.Helper()
	doc := newDocument()
	must(t, decode("x.toml", []byte(text), doc))
	cfg, err := judge("x.toml", doc, linesOf([]byte(text)), sampleNow())
	must(t, err)
	return cfg
}

func TestConfiguredFormsReachTheCatalogue(t *testing.T) {
	cfg := formConfig(t, `
[[indicator]]
code = "dog_outings"
name = "缉毒犬出勤"
group = "enforcement"
measure = "次"
[[form]]
code = "dogs"
kind = "ledger"
name = "缉毒犬台账"
row = "day"
[[form.field]]
name = "day"
kind = "date"
heads = ["出勤日期"]
telling = true
[[form.field]]
name = "breed"
kind = "word"
heads = ["犬种"]
telling = true
words = ["史宾格", "拉布拉多=拉布拉多犬"]
[[form.field]]
name = "found"
kind = "number"
heads = ["查获(千克)"]
measure = "千克"
telling = true
[[form.tally]]
indicator = "dog_outings"
when = "day"
where = ["breed=拉布拉多犬"]
[[form.tally]]
indicator = "seized_total_g"
sum = "found"
[[form]]
code = "publicity"
[[form.field]]
name = "form"
heads = ["活动类型"]
words = ["快闪", "路演=文艺活动"]
[[form]]
code = "money"
kind = "report"
name = "经费月报表"
titles = ["经费月报"]
indicators = ["fund_received", "fund_spent_rate"]
reporters = ["street"]
[[form.head]]
names = ["支出进度(%)"]
indicator = "fund_spent_rate"
[[alias]]
indicator = "fund_spent_rate"
form = "money"
names = ["执行率"]
[[alias]]
form = "dogs"
field = "breed"
names = ["品种"]
`)
	dogs, ok := cfg.Catalogue.FormByCode("dogs")
	breed, _ := dogs.Field("breed")
	if !ok || dogs.Kind != store.LedgerForm || !slices.Equal(breed.Heads, []string{"犬种", "品种"}) || breed.Dictionary != "dogs.breed" {
		t.Errorf("dogs = %+v", dogs)
	}
	if words := cfg.Catalogue.Dictionary("dogs.breed"); len(words) != 2 || words[1].Word != "拉布拉多" || words[1].Value != "拉布拉多犬" {
		t.Errorf("words = %v", words)
	}
	if len(dogs.Tallies) != 2 || dogs.Tallies[0].Where["breed"] != "拉布拉多犬" || dogs.Tallies[1].Sum != "found" {
		t.Errorf("tallies = %+v", dogs.Tallies)
	}
	publicity, _ := cfg.Catalogue.FormByCode("publicity")
	if f, _ := publicity.Field("form"); !slices.Contains(f.Heads, "活动类型") || f.Kind != store.WordField {
		t.Errorf("publicity.form = %+v", f)
	}
	if !slices.Contains(cfg.Catalogue.Dictionary("activity_form"), store.Word{Dictionary: "activity_form", Word: "快闪", Value: "快闪"}) {
		t.Error("a district's word did not reach the dictionary of an embedded field")
	}
	money, _ := cfg.Catalogue.FormByCode("money")
	if len(money.Heads) != 2 || money.Heads[1].Names[0] != "执行率" {
		t.Errorf("money = %+v", money)
	}
}
