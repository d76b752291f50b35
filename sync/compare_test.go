package sync_test

import (
	"slices"
	"testing"
	"time"

	"jindu/store"
)

// found returns where each rule was found: path!cell rule.
func (o *office) found() []string {
	o.t.Helper()
	findings, err := o.db.Findings(o.t.Context(), time.Time{})
	must(o.t, err)
	var all []string
	for _, f := range findings {
		all = append(all, f.Path+"!"+f.Cell+" "+f.Rule)
	}
	slices.Sort(all)
	return all
}

func TestNumbersOfOtherPeriodsAreHeldAgainstTheMirror(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		want  []string
	}{
		"a cumulative number falls": {
			map[string]string{
				"5月.csv": "城西派出所2026年5月月报\n项目,本月,本年累计\n刑事案件,5,30\n行政案件,9,12\n",
				"6月.csv": "城西派出所2026年6月月报\n项目,本月,本年累计\n刑事案件,4,28\n行政案件,8,20\n",
			},
			[]string{"6月.csv!C3 cumulative_falls"},
		},
		"it is not the one before and the month": {
			map[string]string{
				"5月.csv": "城西派出所2026年5月月报\n项目,本月,本年累计\n刑事案件,5,30\n行政案件,9,12\n",
				"6月.csv": "城西派出所2026年6月月报\n项目,本月,本年累计\n刑事案件,4,36\n行政案件,8,20\n",
			},
			[]string{"6月.csv!C3 cumulative_mismatch"},
		},
		"measured ones may differ by what was rounded away": {
			map[string]string{
				"5月.csv": "城西派出所2026年5月月报\n项目,本月,本年累计\n缴获海洛因(克),1.26,3.3\n缴获大麻(克),1,3\n",
				"6月.csv": "城西派出所2026年6月月报\n项目,本月,本年累计\n缴获海洛因(克),1.31,4.6\n缴获大麻(克),1,9\n",
			},
			[]string{"6月.csv!C4 cumulative_mismatch"},
		},
		"a year ago and last month": {
			map[string]string{
				"2025年6月.csv": "城西派出所2025年6月月报\n项目,本月\n刑事案件,5\n行政案件,9\n缴获海洛因(克),1.26\n",
				"2026年6月.csv": "城西派出所2026年6月月报\n项目,本月,去年同期\n刑事案件,4,5\n行政案件,8,10\n缴获海洛因(克),2,1.3\n",
			},
			[]string{"2026年6月.csv!C4 compare_mismatch"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t)
			for path, text := range c.files {
				o.put(path, text)
			}
			o.pull()
			if got := o.found(); !slices.Equal(got, c.want) {
				t.Errorf("found %v, want %v", got, c.want)
			}
		})
	}
}

func TestTheMonthBesideAFallingNumberIsSuspect(t *testing.T) {
	o := newOffice(t)
	o.put("5月.csv", "城西派出所2026年5月月报\n项目,本月,本年累计\n刑事案件,5,30\n")
	o.put("6月.csv", "城西派出所2026年6月月报\n项目,本月,本年累计\n刑事案件,4,28\n")
	o.pull()
	versions, err := o.db.Versions(t.Context(), store.Key{Unit: "cxs", Indicator: "case_criminal", Period: store.MonthOf(2026, 6)}, time.Time{})
	must(t, err)
	if len(versions) != 1 || versions[0].Value != 4 || !versions[0].Suspect {
		t.Errorf("the month is %+v, want a suspect 4", versions)
	}
}
