package form

import (
	"math/rand/v2"
	"testing"

	"jindu/store"
)

// Names of persons stand in the names of files and sheets as words of their own;
// masking must not take the names of units and forms along.
func TestNamesInNames(t *testing.T) {
	for name, want := range map[string]string{
		"佴东篱名单":           "***名单",
		"澹台砚秋":            "***",
		"张小明档案":           "***档案",
		"佴某某19900000731":  "******",
		"6月 麴半夏 说明":       "6月 *** 说明",
		"石门派出所":           "石门派出所",
		"石门":              "石门",
		"高风险":             "高风险",
		"任务清单":            "任务清单",
		"文昌街道10月报表(最终版2)": "文昌街道10月报表(最终版2)",
		"方案":              "方案",
		"2026年6月禁毒工作统计表 - 副本": "2026年6月禁毒工作统计表 - 副本",
		"濮阳路社区": "濮阳路社区",
	} {
		if got := mask(name); got != want {
			t.Errorf("mask(%q) = %q, want %q", name, got, want)
		}
	}
}

// On a list of persons a name alone cannot be told from a word: only known words
// of the names of its sheets and of its path are left.
func TestNamesOfListsOfPersons(t *testing.T) {
	mask := NewReader(reportOptions(t)).MaskList()
	for name, want := range map[string]string{
		"张伟.xlsx":             "***.xlsx",
		"reports/毒品案件台账.xlsx": "reports/毒品案件台账.xlsx",
		"李强/王芳档案.xls":         "***/***档案.xls",
		"街道/东湖街道社区戒毒社区康复人员花名册.xlsx":   "街道/东湖街道社区戒毒社区康复人员花名册.xlsx",
		"城西所6月社戒社康人员名单(最终版2)(1).xlsx": "城西所6月社戒社康人员名单(最终版2)(1).xlsx",
		"2026年6月在册吸毒人员 - 副本.csv":      "2026年6月在册吸毒人员 - 副本.csv",
		"zhangwei.xlsx":      "***.xlsx",
		"Sheet1":             "Sheet1",
		"sheets1":            "***1",
		"石门":                 "***",
		"20260626103000":     "***",
		"张伟的姐姐":              "***的***",
		"花名册.张伟":             "花名册.***",
		"539901198001102038": "***",
	} {
		if got := mask(name); got != want {
			t.Errorf("%q is printed as %q, want %q", name, got, want)
		}
	}
}

// Reliability P08 for names: what our own tables, forms and the sample district
// say is nobody's name, alone or beside each other.
func TestOurOwnWordsAreNobodysNames(t *testing.T) {
	c, err := store.LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for i := range c.Indicators {
		all = append(all, c.Indicators[i].Names()...)
	}
	for _, g := range c.Groups {
		all = append(all, g.Name)
	}
	for _, f := range c.Forms {
		all = append(append(all, f.Name), f.Titles...)
		for _, one := range f.Fields {
			all = append(all, one.Heads...)
		}
	}
	for _, w := range c.Words {
		all = append(all, w.Word)
	}
	for _, u := range reportOptions(t).Units.All() {
		all = append(append(all, u.Name), u.Aliases...)
	}
	for _, w := range all {
		if len(namesIn(w)) > 0 {
			t.Errorf("%q is taken for a name: %q", w, mask(w))
		}
	}
	p := planted{rand.New(rand.NewPCG(8, 539901))}
	const n = 300_000
	alarms := 0
	for range n {
		a, b := all[p.IntN(len(all))], all[p.IntN(len(all))]
		s := []string{a + b, "开展" + a + "和" + b + "工作", a + "、" + b, "2026年6月" + a + "（" + b + "）"}[p.IntN(4)]
		if len(namesIn(s)) > 0 {
			if alarms++; alarms <= 20 {
				t.Logf("%q: %q", s, mask(s))
			}
		}
	}
	t.Logf("%d words, %d false alarms in %d phrases", len(all), alarms, n)
	if alarms > n/100_000 {
		t.Errorf("%d false alarms in %d phrases", alarms, n)
	}
}
