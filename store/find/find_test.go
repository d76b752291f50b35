package find_test

import (
	"fmt"
	"testing"

	"jindu/store"
	"jindu/store/find"
)

func district() []find.Item {
	items := []find.Item{
		{Kind: find.Unit, Code: "cxs", Name: "城西派出所", Others: []string{"城西所"}},
		{Kind: find.Unit, Code: "cds", Name: "城东派出所"},
		{Kind: find.Unit, Code: "cqj", Name: "长桥街道办事处", Others: []string{"长桥街道"}},
		{Kind: find.Unit, Code: "cql", Name: "重庆路街道办事处"},
		{Kind: find.Unit, Code: "jyj", Name: "区教育局"},
		{Kind: find.Unit, Code: "nwb", Name: "南湾边防派出所"},
		{Kind: find.Page, Code: "tasks", Name: "任务", Others: []string{"Tasks"}},
		{Kind: find.Task, Code: "t1", Name: "报送禁毒工作月报表"},
	}
	catalogue, err := store.LoadCatalogue()
	if err != nil {
		panic(err)
	}
	for _, ind := range catalogue.Indicators {
		items = append(items, find.Item{
			Kind:   find.Indicator,
			Code:   ind.Code,
			Name:   ind.Name,
			Others: append([]string{ind.Short, ind.English, ind.ShortEnglish}, ind.Aliases...),
		})
	}
	return items
}

func TestFindBestFirst(t *testing.T) {
	x := find.New(district())
	for words, want := range map[string]string{
		"cxpcs":            "cxs", // initials
		"CXPCS":            "cxs",
		"ｃｘｐｃｓ":            "cxs", // typed with an input method on
		"chengxi":          "cxs", // in full, the beginning
		"chengxipaichusuo": "cxs",
		"chengxipcs":       "cxs", // mixed
		"chxi":             "cxs",
		"城西派出所":            "cxs",
		"城西":               "cxs",
		"城西所":              "cxs", // an alias
		"cxs":              "cxs", // a code
		"教育":               "jyj", // within
		"jiaoyu":           "jyj",
		"cqjd":             "cqj", // 重庆路街道 has a character between
		"cqljd":            "cql",
		"chongqing":        "cql",
		"changqiao":        "cqj",
		"nanwan":           "nwb",
		"jiedao 长桥":        "cqj", // every word must fit
		"gklv":             "control_rate",
		"gklu":             "control_rate", // ü typed as u
		"control rate":     "control_rate",
		"case_criminal":    "case_criminal",
		"破获毒品刑事案件":         "case_criminal",
		"registered users": "reg_total",
		"rw":               "tasks",
		"月报表":              "t1",
		"cxpacs":           "cxs", // a slip still leads there
	} {
		hits := x.Find(words, 10)
		if len(hits) == 0 || hits[0].Code != want {
			t.Errorf("%q found %v, want %s first", words, hits, want)
		}
	}
}

func TestFindNothing(t *testing.T) {
	x := find.New(district())
	for _, words := range []string{"", "  ", "zzzzqqqq", "不存在的单位名", "%_'\x00"} {
		if hits := x.Find(words, 10); len(hits) != 0 {
			t.Errorf("%q found %v", words, hits)
		}
	}
	if hits := find.New(nil).Find("a", 10); len(hits) != 0 {
		t.Errorf("an empty index found %v", hits)
	}
}

func TestFindReadsOverrides(t *testing.T) {
	x := find.New(district())
	for _, hit := range x.Find("zhongqing", 10) {
		if hit.Code == "cql" {
			t.Error("重庆 is not read zhong")
		}
	}
}

// zzz found 在册占总人口比例 and 禁毒知识知晓率, as 册 was read zha and 识 zhi once: letters
// must stand for readings that people know. 正在执行 is zzz.
func TestFindByReadingsThatPeopleKnow(t *testing.T) {
	for _, hit := range find.New(district()).Find("zzz", 10) {
		if hit.Code != "exec_active" && hit.Code != "comm_detox_active" {
			t.Errorf("zzz found %s %s", hit.Code, hit.Name)
		}
	}
}

func TestFindLimit(t *testing.T) {
	if hits := find.New(district()).Find("率", 3); len(hits) != 3 {
		t.Errorf("got %d hits, want the 3 best", len(hits))
	}
}

func TestSure(t *testing.T) {
	x := find.New(append(district(),
		find.Item{Kind: find.Unit, Code: "ycs", Name: "榆城派出所"},
		find.Item{Kind: find.Unit, Code: "yc2", Name: "月城派出所"},
	))
	for words, want := range map[string]int{
		"cxs": 1, "城西派出所": 1, "城西所": 1, "cxpcs": 1, "chengxipaichusuo": 1,
		"城": 0, "cx": 0, "ycpcs": 2, "tasks": 0, "城西派": 0,
	} {
		if hits := x.Sure(find.Unit, words); len(hits) != want {
			t.Errorf("Sure(%q) = %v, want %d", words, hits, want)
		}
	}
	if hits := x.Sure(find.Indicator, "cases"); len(hits) != 0 {
		t.Errorf("cases named %v", hits)
	}
}

// FuzzFind makes sure that nothing typed can break the index or find what it
// does not hold.
func FuzzFind(f *testing.F) {
	x := find.New(district())
	for _, seed := range []string{"cxpcs", "城西", "zh'", "ü", "a b  c", "\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, words string) {
		for _, hit := range x.Find(words, 5) {
			if hit.Code == "" || hit.Name == "" {
				t.Fatalf("%q found %+v", words, hit)
			}
		}
	})
}

func many() []find.Item {
	items := district()
	for i := range 100 {
		items = append(items,
			find.Item{Kind: find.Unit, Code: fmt.Sprint("u", i), Name: fmt.Sprintf("第%d中心街道办事处", i)},
			find.Item{Kind: find.Task, Code: fmt.Sprint("t", i), Name: fmt.Sprintf("第%d项：组织开展禁毒宣传教育活动", i)},
		)
	}
	return items
}

func BenchmarkNew(b *testing.B) {
	items := many()
	for b.Loop() {
		find.New(items)
	}
}

func BenchmarkFind(b *testing.B) {
	x := find.New(many())
	for _, words := range []string{"cxpcs", "城西", "zzqq"} {
		b.Run(words, func(b *testing.B) {
			for b.Loop() {
				x.Find(words, 20)
			}
		})
	}
}

func TestMatcher(t *testing.T) {
	for words, fits := range map[string]bool{
		"":         true,
		"城西":       true,
		"cxpcs":    true,
		"ｃｘｐｃｓ":    true,
		"城西 H9":    true,
		"城西 H8":    false,
		"chegnxi":  false, // only alike: no reason to stand in a narrowed list
		"派出所 城西 h": true,
	} {
		if got := find.NewMatcher(words).Fits("城西派出所", "H9"); got != fits {
			t.Errorf("%q: %v, want %v", words, got, fits)
		}
	}
}
