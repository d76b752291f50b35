package form

import "testing"

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
