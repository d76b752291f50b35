package store

import (
	"slices"
	"strings"
	"testing"
)

func mustCatalogue(tb testing.TB, overlays ...Indicator) *Catalogue {
	tb.Helper()
	c, err := LoadCatalogue(Overlay{Indicators: overlays})
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

func TestCatalogueIsWhole(t *testing.T) {
	c := mustCatalogue(t)
	own := 0
	seen := map[string]bool{}
	for _, ind := range c.Indicators {
		if seen[ind.Code] {
			t.Errorf("%s stands twice", ind.Code)
		}
		seen[ind.Code] = true
		if !ind.Part {
			own++
		}
		for what, s := range map[string]string{"name": ind.Name, "short": ind.Short, "english": ind.English, "short english": ind.ShortEnglish} {
			if s == "" || strings.TrimSpace(s) != s {
				t.Errorf("%s: %s is %q", ind.Code, what, s)
			}
		}
		if !slices.Contains([]Kind{Stock, Flow, Ratio, Check, Text}, ind.Kind) {
			t.Errorf("%s: kind %q", ind.Code, ind.Kind)
		}
		if !slices.Contains([]Polarity{Higher, Lower, Neutral}, ind.Polarity) {
			t.Errorf("%s: polarity %q", ind.Code, ind.Polarity)
		}
		if !slices.Contains([]Cadence{Daily, Monthly, Quarterly, HalfYearly, YearlyCount}, ind.Cadence) {
			t.Errorf("%s: cadence %q", ind.Code, ind.Cadence)
		}
		for _, r := range ind.Reporters {
			if r != "all" && r != "system" && !slices.Contains(UnitKinds, UnitKind(r)) {
				t.Errorf("%s: reporter %q", ind.Code, r)
			}
		}
	}
	if own != 88+17+6 { // 17 are those of the self-check, 6 the statuses of a list of them
		t.Errorf("the catalogue holds %d indicators of its own, want %d", own, 88+17+6)
	}
}

func TestEveryRatioResolves(t *testing.T) {
	c := mustCatalogue(t)
	ratios := 0
	for _, ind := range c.Indicators {
		if ind.Kind != Ratio {
			if ind.Numerator != "" || ind.Denominator != "" {
				t.Errorf("%s is no ratio but has parts", ind.Code)
			}
			continue
		}
		ratios++
		for _, code := range []string{ind.Numerator, ind.Denominator} {
			part, ok := c.ByCode(code)
			if !ok || part.Kind == Ratio {
				t.Errorf("%s rests on %q", ind.Code, code)
			}
		}
		if want := map[string]float64{"%": 100, "‰": 1000}[ind.Measure]; want != 0 && ind.Scale != want {
			t.Errorf("%s: scale %v under %s", ind.Code, ind.Scale, ind.Measure)
		}
	}
	if ratios < 20 {
		t.Errorf("only %d ratios", ratios)
	}
}

// A name that two indicators share must be one that context can decide, and
// this list is where somebody thought about it.
func TestSharedAliasesAreKnown(t *testing.T) {
	known := map[string][]string{
		"执行率": {"exec_rate", "fund_spent_rate"}, // programmes or the budget: the group or the form says which
	}
	c := mustCatalogue(t)
	by := map[string][]string{}
	for _, ind := range c.Indicators {
		for _, name := range ind.Names() {
			if !slices.Contains(by[name], ind.Code) {
				by[name] = append(by[name], ind.Code)
			}
		}
	}
	for name, codes := range by {
		if len(codes) > 1 && !slices.Equal(known[name], codes) {
			t.Errorf("%q names %v", name, codes)
		}
	}
}

func TestCountsUnderRatiosAreNotTheRatio(t *testing.T) {
	c := mustCatalogue(t)
	for _, ind := range c.Indicators {
		for _, name := range ind.Names() {
			if ind.Kind == Ratio && (strings.HasSuffix(name, "数") || name == "无毒社区" || name == "无毒村") {
				t.Errorf("ruling 17: %s takes the count %q", ind.Code, name)
			}
			if ind.Code == "seized_total_g" && strings.Contains(name, "折合") {
				t.Errorf("ruling 17: heroin equivalents are no grams: %q", name)
			}
		}
	}
}

func TestOverlays(t *testing.T) {
	c := mustCatalogue(t,
		Indicator{Code: "volunteers", Aliases: []string{"志愿者队员"}, Short: "志愿"},
		Indicator{Code: "night_patrols", Name: "夜间巡查", Group: "enforcement", Measure: "次"},
	)
	v, _ := c.ByCode("volunteers")
	if !slices.Contains(v.Aliases, "志愿者队员") || !slices.Contains(v.Aliases, "志愿者人数") || v.Short != "志愿" || v.Kind != Stock {
		t.Errorf("volunteers = %+v", v)
	}
	n, ok := c.ByCode("night_patrols")
	if !ok || n.Kind != Flow || n.Short != "夜间巡查" || n.Cadence != Monthly {
		t.Errorf("night_patrols = %+v", n)
	}
	plain := mustCatalogue(t)
	if v, _ := plain.ByCode("volunteers"); slices.Contains(v.Aliases, "志愿者队员") {
		t.Error("an overlay changed the embedded catalogue")
	}
	for _, bad := range []Indicator{
		{Code: "x", Name: "某率", Group: "control", Measure: "%", Kind: Ratio, Numerator: "nothing", Denominator: "reg_total"},
		{Code: "x", Name: "某数", Group: "nowhere", Measure: "人"},
		{Code: "x", Name: "某数", Group: "control", Measure: "斗"},
	} {
		if _, err := LoadCatalogue(Overlay{Indicators: []Indicator{bad}}); err == nil {
			t.Errorf("%+v was taken", bad)
		}
	}
}

func TestMeasuresConvertToABaseThatExists(t *testing.T) {
	c := mustCatalogue(t)
	for _, m := range c.Measures {
		base, ok := c.MeasureByName(m.Base)
		if !ok || base.Factor != 1 || base.Base != base.Name || m.Factor <= 0 || m.English == "" {
			t.Errorf("%+v has base %+v", m, base)
		}
	}
	if kg, _ := c.MeasureByName("千克"); kg.Base != "克" || kg.Factor != 1000 {
		t.Errorf("千克 = %+v", kg)
	}
}

func TestMessagesAreWhole(t *testing.T) {
	for code, m := range Messages() {
		prefix, _, _ := strings.Cut(code, "_")
		words := slices.Contains([]string{"word", "note", "why", "explain"}, prefix) // nothing to be done
		if m.ZH == "" || m.EN == "" || !words && (m.HintZH == "" || m.HintEN == "") {
			t.Errorf("%s lacks a wording: %+v", code, m)
		}
		for i := range 6 {
			arg := "{" + string(rune('0'+i)) + "}"
			if strings.Contains(m.ZH+m.HintZH, arg) != strings.Contains(m.EN+m.HintEN, arg) {
				t.Errorf("%s: %s stands in one language only", code, arg)
			}
		}
		if m.Severity != "" && !slices.Contains([]Severity{Fault, Warning, Info}, m.Severity) {
			t.Errorf("%s: severity %q", code, m.Severity)
		}
	}
	f := NewFinding("unit_conflict", "打击", "A1", "城西派出所", "城东派出所")
	if got := f.Message(Chinese); got != "单位前后不一：城西派出所 与 城东派出所" {
		t.Errorf("message = %q", got)
	}
	if f.Severity != Fault || f.Hint(English) == "" {
		t.Errorf("finding = %+v", f)
	}
	if got := NewFinding("personal_unread", "", "", "phone、id").Message(English); !strings.Contains(got, "phone, identity number") {
		t.Errorf("codes among arguments stay untranslated: %q", got)
	}
	err := NewError("no_config", nil, "jindu.toml")
	if ErrorCode(err) != "no_config" || !strings.Contains(err.Error(), "jindu.toml") || ErrorCode(nil) != "" {
		t.Errorf("error = %v", err)
	}
}

// A configuration that lacked name was told to lack a person's name, as the key was taken
// for a word of the findings about personal data.
func TestKeysOfTheConfigurationAreNotTranslated(t *testing.T) {
	if got := NewError("config_missing", nil, "jindu.toml", "unit[1]", "name").Message(Chinese); got != "配置文件 jindu.toml：unit[1] 缺 name" {
		t.Error(got)
	}
	if got := NewError("config_rule", nil, "f", "rule[1]", "a +", "4", "expr_term").Message(Chinese); !strings.HasSuffix(got, "要有指标代码或数字") {
		t.Error(got)
	}
	if got := NewFinding("personal_data", "", "", "name").Message(Chinese); strings.Contains(got, "name") {
		t.Error(got)
	}
}
