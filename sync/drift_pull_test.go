package sync_test

import (
	"slices"
	"strings"
	"testing"
)

// foundBy returns where rules of that beginning were found.
func (o *office) foundBy(prefix string) []string {
	o.t.Helper()
	return slices.DeleteFunc(o.found(), func(f string) bool { return !strings.Contains(f, " "+prefix) })
}

// TestPullTellsWhatChangedInTheHeads pulls two months of a report and two
// versions of a ledger whose heads were changed by hand.
func TestPullTellsWhatChangedInTheHeads(t *testing.T) {
	o := newOffice(t)
	o.put("5月.csv", "城西派出所2026年5月月报\n项目,本月,本年累计\n刑事案件,5,30\n行政案件,9,12\n查获吸毒人员,3,14\n")
	o.put("funds.csv", "城西派出所禁毒经费台账\n序号,资金来源,文号,到账金额(万元),到账日期,支出事项\n1,区级,云禁办〔2026〕1号,3,2026年5月6日,宣传\n")
	o.pull()
	if got := o.foundBy("head_"); len(got) != 0 {
		t.Errorf("at first: %v", got)
	}
	o.put("6月.csv", "城西派出所2026年6月月报\n项目,本年累计,本月\n刑事案件,34,4\n行政案件,20,8\n查获吸毒的人员数量,16,2\n")
	o.put("funds.csv", "城西派出所禁毒经费台账\n序号,资金来源,文号,到账金额(万元),到帐的日期,支出事项\n1,区级,云禁办〔2026〕1号,3,2026年5月6日,宣传\n")
	o.pull()
	if got, want := o.foundBy("head_"), []string{"6月.csv!A5 head_renamed", "funds.csv!E2 head_renamed"}; !slices.Equal(got, want) {
		t.Errorf("then: %v, want %v", got, want)
	}
}
