package store

import (
	"slices"
	"strings"
	"testing"
)

func TestFormsAreWhole(t *testing.T) {
	c := mustCatalogue(t)
	for _, code := range []string{"tasks", "cases", "persons", "publicity", "funds", "roster", "inspections"} {
		f, ok := c.FormByCode(code)
		if !ok {
			t.Fatalf("no form %s", code)
		}
		telling := 0
		for _, one := range f.Fields {
			if one.Telling {
				telling++
			}
			if one.English == "" || one.Example != "" && !one.Kind.Read() {
				t.Errorf("%s.%s: no English name, or an example of what is never read", code, one.Name)
			}
		}
		if telling < 3 || f.Label(Chinese) == "" || f.Label(English) == "" {
			t.Errorf("%s: %d telling fields, name %q", code, telling, f.Name)
		}
	}
	if f, _ := c.FormByCode("persons"); f.Kind != CountedForm {
		t.Error("persons are to be counted, not kept")
	}
}

func TestPersonalColumnsAreNeverRead(t *testing.T) {
	for _, f := range mustCatalogue(t).Forms {
		for _, one := range f.Fields {
			personal := slices.ContainsFunc(one.Heads, func(h string) bool {
				return strings.Contains(h, "电话") || strings.Contains(h, "身份证") || strings.Contains(h, "手机") || h == "姓名" || strings.Contains(h, "住址")
			})
			if personal && one.Kind.Read() {
				t.Errorf("%s.%s is read as %s", f.Code, one.Name, one.Kind)
			}
		}
	}
}

func TestFormOverlays(t *testing.T) {
	c, err := LoadCatalogue(Overlay{
		Forms: []Form{
			{Code: "funds", Fields: []FormField{{Name: "received", Heads: []string{"实到资金"}}}},
			{Code: "dogs", Kind: LedgerForm, Name: "缉毒犬台账", Row: "day", Fields: []FormField{
				{Name: "day", Kind: DateField, Heads: []string{"出勤日期"}},
				{Name: "breed", Kind: WordField, Dictionary: "breed", Heads: []string{"犬种"}},
			}},
		},
		Words: []Word{{"breed", "史宾格", "史宾格", ""}},
	})
	if err != nil {
		t.Fatal(err)
	}
	funds, _ := c.FormByCode("funds")
	received, _ := funds.Field("received")
	if !slices.Contains(received.Heads, "实到资金") || !slices.Contains(received.Heads, "到账金额") || received.Kind != NumberField {
		t.Errorf("received = %+v", received)
	}
	if dogs, ok := c.FormByCode("dogs"); !ok || dogs.English != "缉毒犬台账" {
		t.Errorf("dogs = %+v", dogs)
	}
	plain, _ := mustCatalogue(t).FormByCode("funds")
	if f, _ := plain.Field("received"); slices.Contains(f.Heads, "实到资金") {
		t.Error("an overlay changed the embedded forms")
	}
}

func TestBadFormsAreRefused(t *testing.T) {
	field := FormField{Name: "a", Kind: CountField, Heads: []string{"甲"}}
	for what, bad := range map[string]Form{
		"no kind":             {Code: "x", Name: "某表"},
		"no indicator":        {Code: "x", Kind: ReportForm, Indicators: []string{"nothing"}},
		"no dated field":      {Code: "x", Kind: LedgerForm, Row: "b", Fields: []FormField{field}},
		"a field twice":       {Code: "x", Kind: LedgerForm, Fields: []FormField{field, field}},
		"no heads":            {Code: "x", Kind: LedgerForm, Fields: []FormField{{Name: "a", Kind: CountField}}},
		"no dictionary":       {Code: "x", Kind: LedgerForm, Fields: []FormField{{Name: "a", Kind: WordField, Heads: []string{"甲"}}}},
		"no measure":          {Code: "x", Kind: LedgerForm, Fields: []FormField{{Name: "a", Kind: NumberField, Measure: "斗", Heads: []string{"甲"}}}},
		"a tally of nothing":  {Code: "x", Kind: LedgerForm, Fields: []FormField{field}, Tallies: []FormTally{{Sum: "b"}}},
		"a tally's condition": {Code: "x", Kind: LedgerForm, Fields: []FormField{field}, Tallies: []FormTally{{Where: map[string]string{"b": "1"}}}},
	} {
		if _, err := LoadCatalogue(Overlay{Forms: []Form{bad}}); err == nil {
			t.Errorf("%s was taken", what)
		}
	}
}
