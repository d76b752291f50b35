package form

import (
	"strings"
	"testing"

	"jindu/store"
	"jindu/sync/sheet"
)

// TestSheetsForPeopleAreNotRead: what an example shows is invented, and must never
// become somebody's figure.
func TestSheetsForPeopleAreNotRead(t *testing.T) {
	for _, c := range []struct {
		sheet, title string
		read         bool
		rule         string
	}{
		{"6月", "城西派出所2026年6月报表", true, ""},
		{"填写示例", "填写示例（数字均为虚构，不读取）", false, ""},
		{"填写示例 (2)", "填写示例（数字均为虚构，不读取）", false, ""},
		{"填表说明", "How to fill this in 填表说明（不读取）", false, ""},
		{"可选用词", "可选用词（供下拉框使用，不读取）", false, ""},
		{"填写示例", "城西派出所2026年6月报表", false, "example_sheet"},
		{"样表", "城西派出所2026年6月报表", false, "example_sheet"},
		{"示例1", "城西派出所2026年6月报表", false, "example_sheet"},
		{"6月", "填写示例（数字均为虚构，不读取）", false, "example_sheet"},
		{"填表说明", "城西派出所2026年6月报表", true, ""},
		{"示范社区", "城西派出所2026年6月报表", true, ""},
	} {
		book := &sheet.Book{Format: sheet.XLSX, Sheets: []*sheet.Sheet{paper(t, c.sheet, c.title+"\n指标|本月\n破获毒品刑事案件|4")}}
		rd := Read(book, "城西派出所2026年6月.xlsx", reportOptions(t))
		rule := ""
		for _, f := range rd.Findings {
			if f.Rule != "form_unknown" { // where nothing else is in the file
				rule = f.Rule
			}
		}
		if (len(rd.Statements) == 1) != c.read || rule != c.rule {
			t.Errorf("%s, %s: %d figures, finding %q", c.sheet, c.title, len(rd.Statements), rule)
		}
	}
}

// TestNothingFilledIn: an empty report is no report of nothing, and no alarm either.
func TestNothingFilledIn(t *testing.T) {
	for what, c := range map[string]struct {
		rows []string
		want string
	}{
		"blank":                  {[]string{"城西派出所2026年6月报表", "序号|指标|本月", "1|破获毒品刑事案件"}, "nothing_filled"},
		"zero is something":      {[]string{"城西派出所2026年6月报表", "序号|指标|本月", "1|破获毒品刑事案件|0"}, ""},
		"a dash is something":    {[]string{"城西派出所2026年6月报表", "序号|指标|本月", "1|破获毒品刑事案件|—"}, ""},
		"an empty ledger":        {[]string{"案件台账", "案件编号|案件类型|破案时间|案件状态"}, "nothing_filled"},
		"what could not be read": {[]string{"城西派出所2026年6月报表", "序号|指标|本月", "1|破获毒品刑事案件|约4"}, "approximate"},
	} {
		rd := Read(&sheet.Book{Format: sheet.XLSX, Sheets: []*sheet.Sheet{paper(t, "表", strings.Join(c.rows, "\n"))}}, "表.xlsx", reportOptions(t))
		rule := ""
		for _, f := range rd.Findings {
			rule = f.Rule
		}
		if rule != c.want {
			t.Errorf("%s: findings %v", what, rd.Findings)
		}
		if c.want == "nothing_filled" && rd.Workbook.Verdict != store.Accepted {
			t.Errorf("%s is %s", what, rd.Workbook.Verdict)
		}
	}
}
