package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// Several files and sources in one pull.
func TestOfficeSources(t *testing.T) {
	t.Parallel()
	one := func(title, criminal, admin string) string {
		return "[Sheet1]\n" + title + "|<\n项目|本月\n刑事案件|" + criminal + "\n行政案件|" + admin + "\n"
	}
	year := func(title, rows string) string {
		return "[Sheet1]\n" + title + "|<|<\n项目|本月|本年累计\n" + rows
	}
	runOffice(t, map[string]officeCase{
		"a cumulative number that falls within one pull": {
			files: map[string]string{
				"9月.xlsx":  year("城西派出所2026年9月月报", "刑事案件|5|30\n行政案件|9|50\n"),
				"10月.xlsx": year("城西派出所2026年10月月报", "刑事案件|4|28\n行政案件|9|59\n"),
			},
			at:      "2026-11-03 09:00",
			figures: "cxs case_criminal 2026-09 5\ncxs case_criminal 2026-10 4\ncxs case_admin 2026-10 9",
			finds:   "10月.xlsx!Sheet1!C3 cumulative_falls",
			quiet:   []string{"cumulative_mismatch"},
		},
		"a cumulative number unequal to the months": {
			at: "2026-04-03 09:00",
			files: map[string]string{
				"1月.xlsx": one("城西派出所2026年1月月报", "3", "10"),
				"2月.xlsx": one("城西派出所2026年2月月报", "4", "10"),
				"3月.xlsx": year("城西派出所2026年3月月报", "刑事案件|5|12\n行政案件|9|30\n"),
			},
			figures: "cxs case_criminal 2026-03 5\ncxs case_admin 2026-03 9",
			finds:   "3月.xlsx!Sheet1!C4 cumulative_mismatch",
			quiet:   []string{"cumulative_falls"},
		},
		"a quarter unequal to its months": {
			at: "2026-04-03 09:00",
			files: map[string]string{
				"1月.xlsx":  one("城西派出所2026年1月月报", "3", "10"),
				"2月.xlsx":  one("城西派出所2026年2月月报", "4", "10"),
				"3月.xlsx":  one("城西派出所2026年3月月报", "5", "10"),
				"一季度.xlsx": strings.Replace(one("城西派出所2026年1-3月情况", "12", "31"), "本月", "数量", 1),
			},
			figures: "cxs case_criminal 2026-Q1 12\ncxs case_admin 2026-Q1 31\ncxs case_admin 2026-03 10",
			finds:   "一季度.xlsx!Sheet1!B4 cumulative_mismatch",
		},
		"a year ago within one pull": {
			files: map[string]string{
				"2025年6月.xlsx": one("城西派出所2025年6月月报", "3", "10"),
				"2026年6月.xlsx": "[Sheet1]\n城西派出所2026年6月月报|<|<|<\n项目|本月|上月|去年同期\n刑事案件|5|7|3\n行政案件|9|8|12\n",
				"2026年5月.xlsx": one("城西派出所2026年5月月报", "6", "8"),
			},
			figures: "cxs case_admin 2025-06 10\ncxs case_admin 2026-06 9\ncxs case_criminal 2026-05 6",
			finds:   "2026年6月.xlsx!Sheet1!D4 compare_mismatch\n2026年6月.xlsx!Sheet1!C3 compare_mismatch",
		},
		"the same bytes twice": {
			files:   map[string]string{"6月.xlsx": one("城西派出所2026年6月月报", "3", "10"), "6月 - 副本.xlsx": one("城西派出所2026年6月月报", "3", "10")},
			figures: "cxs case_criminal 2026-06 3",
			finds:   "*!Sheet1!* duplicate",
			quiet:   []string{"conflict"},
		},
		"three that differ": {
			files:   map[string]string{"a.xlsx": one("城西派出所2026年6月月报", "3", "10"), "b.xlsx": one("城西派出所2026年6月月报", "3", "10"), "c.xlsx": one("城西派出所2026年6月月报", "4", "10")},
			figures: "cxs case_admin 2026-06 10",
			absent:  "cxs case_criminal *",
			finds:   "c.xlsx!Sheet1!B3 conflict",
			exit:    1,
		},
		"two files of two parts": {
			files: map[string]string{
				"打击.xlsx": one("城西派出所2026年6月月报", "3", "10"),
				"宣传.xlsx": "[Sheet1]\n城西派出所2026年6月月报|<\n项目|本月\n宣传活动|3\n横幅|10\n",
			},
			figures: "cxs case_criminal 2026-06 3\ncxs pub_events 2026-06 3",
		},
		"two sources": {
			tables: "[[source]]\nname = \"a\"\nremote = \"reports\"\n[[source]]\nname = \"b\"\nremote = \"reports/更多\"\nunit = \"cds\"\n",
			files: map[string]string{
				"更多/6月.xlsx": one("2026年6月月报", "3", "10"),
			},
			figures: "cds case_criminal 2026-06 3",
			exit:    1, // the first source holds the file as well, and there it has no unit
		},
	})
}

// TestOfficeSourceDown: a source that fails is said by the exit status, the
// others are pulled.
func TestOfficeSourceDown(t *testing.T) {
	t.Parallel()
	o := &office{TB: t, dir: t.TempDir()}
	o.configure(officeCase{tables: "[[source]]\nname = \"gone\"\nremote = \"nowhere\"\n" + officeSource})
	o.step(officeCase{
		files:   map[string]string{"6月.xlsx": plainBook("云岭区2026年6月统计表")},
		figures: "cxs case_criminal 2026-06 3",
		exit:    2,
	})
	for source, want := range map[string]int{"gone": 2, "share": 0} {
		r := o.run("pull", "--source", source, "--json")
		var out pulled
		if err := json.Unmarshal([]byte(r.out), &out); err != nil || r.status != want || len(out.Sources) != 1 || out.Sources[0].Source != source {
			t.Errorf("pull of %s: %d %v %s", source, r.status, err, r.out)
		}
		if (out.Sources[0].Error != nil) != (want == 2) {
			t.Errorf("pull of %s: error %v", source, out.Sources[0].Error)
		}
	}
}
