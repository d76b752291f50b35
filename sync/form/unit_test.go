package form

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jindu/store"
)

func testDistrict() store.District {
	return store.District{Name: "云岭区", Population: 812000, Bureaus: []string{"公安分局"}}
}

func testUnits() []store.Unit {
	return []store.Unit{
		{Code: "cxs", Name: "城西派出所", Kind: store.Station, Aliases: []string{"城西所"}},
		{Code: "cds", Name: "城东派出所", Kind: store.Station},
		{Code: "bjs", Name: "滨江派出所", Kind: store.Station},
		{Code: "bgs", Name: "北关派出所", Kind: store.Station},
		{Code: "nwb", Name: "南湾边防派出所", Kind: store.BorderStation},
		{Code: "jdd", Name: "公安分局禁毒大队", Kind: store.Bureau},
		{Code: "dhj", Name: "东湖街道办事处", Kind: store.Street},
		{Code: "bgj", Name: "北关街道", Kind: store.Street},
		{Code: "cqj", Name: "长桥街道办事处", Kind: store.Street},
		{Code: "qbs", Name: "桥北社区", Kind: store.Community, Parent: "dhj"},
		{Code: "gya", Name: "光远社区", Kind: store.Community, Parent: "dhj"},
		{Code: "gyb", Name: "光远社区", Kind: store.Community, Parent: "cqj"},
		{Code: "jyj", Name: "区教育局", Kind: store.Department},
		{Code: "scj", Name: "云岭区市场监管局", Kind: store.Department},
		{Code: "0101", Name: "财政局", Kind: store.Department},
		{Code: "jdb", Name: "区禁毒办", Kind: store.Office},
	}
}

func testIndex() *unitIndex { return newUnitIndex(store.NewUnits(testUnits()), testDistrict()) }

// Ruling 7 and domain 4.27: the district's or bureau's name added or dropped,
// and the usual short forms.
func TestRuling07UnitNames(t *testing.T) {
	x := testIndex()
	for text, want := range map[string]string{
		"城西派出所": "cxs", "城西所": "cxs", " 城 西\n派出所 ": "cxs", "云岭区城西派出所": "cxs", "云岭城西派出所": "cxs",
		"公安分局城西派出所": "cxs", "市公安局云岭分局滨江派出所": "bjs", "海州市公安局云岭分局滨江派出所": "bjs", "云岭分局滨江所": "bjs",
		"云岭公安分局滨江派出所": "bjs", "区公安分局滨江派出所": "bjs", "云岭区公安分局滨江派出所": "bjs",
		"南湾边防派出所": "nwb", "南湾边防所": "nwb", "云岭分局南湾边防所": "nwb",
		"公安分局禁毒大队": "jdd", "禁毒大队": "jdd", "云岭分局禁毒大队": "jdd", "区公安分局禁毒大队": "jdd",
		"东湖街道办事处": "dhj", "东湖街道办": "dhj", "东湖街道": "dhj", "云岭区东湖街道": "dhj",
		"北关街道": "bgj", "北关街道办事处": "bgj", "北关派出所": "bgs", "北关所": "bgs",
		"桥北社区": "qbs", "东湖街道桥北社区": "qbs", "云岭区东湖街道桥北社区": "qbs", "桥北社区居委会": "qbs",
		"东湖街道光远社区": "gya", "长桥街道办光远社区": "gyb",
		"区教育局": "jyj", "教育局": "jyj", "云岭区教育局": "jyj",
		"市场监管局": "scj", "区市场监管局": "scj", "云岭区市场监管局": "scj",
		"区禁毒办": "jdb", "禁毒办": "jdb", "区禁毒委办公室": "jdb",
		"1.城西派出所": "cxs", "（一）城西派出所": "cxs", "一、城西派出所": "cxs", "城西派出所：": "cxs", "城西派出所（盖章）": "cxs", "东湖街道（试点）": "dhj",
		"城\u200b西派出所": "cxs", "CXS": "", "cxs": "cxs",
		// Domain 4.41: a code that lost its zero.
		"0101": "0101", "101": "0101",
	} {
		if code, rule := x.find(text); code != want || (rule == "") != (want != "") {
			t.Errorf("find(%q) = %q, %q; want %q", text, code, rule, want)
		}
	}
}

// Another city's, another district's and nobody's units are not ours; persons
// are no units (reliability P05).
func TestUnknownUnits(t *testing.T) {
	x := testIndex()
	for text, want := range map[string]string{
		"": "row_unit_unknown", "大城西派出所": "row_unit_unknown", "市教育局": "row_unit_unknown", "清河区教育局": "row_unit_unknown",
		"市公安局清河分局滨江派出所": "row_unit_unknown", "城西": "row_unit_unknown", "城西派出所东片": "row_unit_unknown", "派出所": "row_unit_unknown",
		"公羊逐溪": "row_unit_unknown", "云岭区": "row_unit_unknown", "合计": "row_unit_unknown", "北关": "row_unit_unknown", "1": "row_unit_unknown",
		"城西派出所、城东派出所": "row_unit_unknown", "光远社区": "row_unit_ambiguous", "光远社区居委会": "row_unit_ambiguous",
	} {
		if code, rule := x.find(text); rule != want {
			t.Errorf("find(%q) = %q, %q; want %q", text, code, rule, want)
		}
	}
}

func TestDistrictIsNoUnit(t *testing.T) {
	x := testIndex()
	for text, want := range map[string]bool{
		"云岭区": true, "全区": true, "全区合计": true, "云岭区 合计": true, "海州市云岭区": true, "本区": true,
		"": false, "合计": false, "城西派出所": false, "云岭区教育局": false, "清河区": false, "云岭": false,
	} {
		if got := x.district(text); got != want {
			t.Errorf("district(%q) = %v", text, got)
		}
	}
}

// Domain 4.1, 4.2, 4.25 and ruling 6: units named inside titles, sub-titles and
// file names.
func TestWithin(t *testing.T) {
	x := testIndex()
	for text, want := range map[string]string{
		"云岭区城西派出所2026年6月报表":             "cxs",
		"填报单位：滨江派出所    截止日期：2026年6月25日": "bjs",
		"滨江所6月报表(最终版2)(1).xlsx":         "bjs",
		"2026年6月北关街道禁毒工作统计表":            "bgj",
		"北关派出所6月":                       "bgs",
		"关于城西派出所6月数据的说明":                "cxs",
		"云岭区东湖街道桥北社区2026年6月":            "qbs",
		"东湖街道2026年社区戒毒康复统计表":            "dhj",
		"东湖街道社区戒毒社区康复人员花名册":             "dhj",
		"东湖街道办事处社区戒毒社区康复人员花名册":          "dhj",
		"城西派出所、北关街道6月":                  "cxs bgj",
		"北关街道和北关派出所":                    "bgj bgs",
		"市公安局云岭分局城西派出所":                 "cxs",
		"市公安局清河分局城西派出所":                 "",
		"清河区城西派出所6月报表":                  "",
		"大城西派出所6月报表":                    "",
		"东湖街道桥南社区6月报表":                  "",
		"东湖街道各社区6月报表":                   "dhj",
		"城西所属社区":                        "",
		"光远社区6月报表":                      "",
		"东湖街道光远社区6月报表":                  "gya",
		"云岭区2026年6月禁毒工作情况统计表":           "",
		"区教育局6月":                        "jyj",
		"":                              "",
	} {
		if got := strings.Join(x.within(text), " "); got != want {
			t.Errorf("within(%q) = %q, want %q", text, got, want)
		}
	}
}

// documented lists the ways in which a unit may be written, as far as the name
// by itself allows.
func documented(u store.Unit, d store.District) []string {
	// Of 云岭区派出所 the district is all the name that there is.
	bare := map[string]bool{"派出所": true, "边防派出所": true, "街道办事处": true, "社区": true, "局": true, "": true}
	stems := []string{u.Name}
	for _, drop := range []string{d.Name, "区", "公安分局"} {
		if cut, ok := strings.CutPrefix(u.Name, drop); ok && !bare[cut] {
			stems = append(stems, cut)
		}
	}
	var names []string
	for _, s := range stems {
		names = append(names, s)
		for _, e := range [][]string{{"边防派出所", "边防所"}, {"派出所", "所"}, {"街道办事处", "街道办", "街道"}, {"街道", "街道办", "街道办事处"}} {
			if stem, ok := strings.CutSuffix(s, e[0]); ok {
				for _, other := range e[1:] {
					names = append(names, stem+other)
				}
				break
			}
		}
	}
	for _, n := range slices.Clone(names) {
		names = append(names, d.Name+n, "公安分局"+n, "市公安局云岭分局"+n)
	}
	return append(names, u.Aliases...)
}

// Every documented form of every unit finds that unit, or is ambiguous, but
// never finds another.
func TestEveryShortFormFindsItsUnit(t *testing.T) {
	kinds := map[store.UnitKind]string{
		store.Station: "派出所", store.BorderStation: "边防派出所", store.Street: "街道办事处", store.Community: "社区", store.Department: "局",
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(t, "n")
		var units []store.Unit
		for i := range n {
			kind := rapid.SampledFrom([]store.UnitKind{store.Station, store.BorderStation, store.Street, store.Community, store.Department}).Draw(t, "kind")
			stem := rapid.StringOfN(rapid.SampledFrom([]rune("城湾江湖桥山岭云区公")), 2, 3, -1).Draw(t, "stem")
			units = append(units, store.Unit{Code: string(rune('a' + i)), Name: stem + kinds[kind], Kind: kind})
		}
		x := newUnitIndex(store.NewUnits(units), testDistrict())
		for _, u := range units {
			code, rule := x.find(u.Name)
			if rule == "" && code != u.Code && !sameName(units, code, u.Name) {
				t.Fatalf("%q found %q", u.Name, code)
			}
			for _, form := range documented(u, testDistrict()) {
				if code, rule := x.find(form); rule == "row_unit_unknown" {
					t.Fatalf("%q of %q found nothing (%q)", form, u.Name, code)
				}
			}
		}
	})
}

func sameName(units []store.Unit, code, name string) bool {
	return slices.ContainsFunc(units, func(u store.Unit) bool { return u.Code == code && u.Name == name })
}

func BenchmarkWithin(b *testing.B) {
	x := testIndex()
	for b.Loop() {
		x.within("市公安局云岭分局城西派出所2026年6月禁毒工作情况统计表")
	}
}
