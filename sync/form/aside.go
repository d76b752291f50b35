package form

import (
	"slices"
	"strings"

	"jindu/store"
	"jindu/sync/sheet"
)

// The sheets of a template that are for people. NotRead stands in their titles.
const (
	ExampleSheet = "填写示例"
	GuideSheet   = "填表说明"
	WordsSheet   = "可选用词"
	NotRead      = "不读取"
)

// exampleName is how people call sheets that show how a form is filled in: what
// stands on them is invented.
var exampleName = newPattern(`^(?:填写|填报|填表)?(?:示例|样例|范例|样表|范本)(?:表|页)?(?:\([0-9]+\)|[0-9]+)?$`)

// asideOf reports whether a sheet is for people only, and whether it says so
// itself: by its name and by the mark that ends its title. Where only one of them
// says so it is not read either, but that is worth a finding.
func asideOf(s *sheet.Sheet) (aside, sure bool) {
	name, own := fold(s.Name), false
	for _, one := range []string{ExampleSheet, GuideSheet, WordsSheet} {
		own = own || strings.HasPrefix(name, one)
	}
	marked := len(s.Cells) > 0 && strings.HasSuffix(fold(s.Cells[0].Text), NotRead+")")
	return marked || exampleName.MatchString(name), marked && own
}

// unfilled says of every sheet that was understood and holds nothing yet that it
// does: no figures is not the same as none to report. Where there is anything else
// to say of the sheet, that is why.
func unfilled(out *store.Reading) {
	for _, s := range out.Sheets {
		held := s.Rows
		if s.Form == "report" {
			held = s.Figures // a row of dashes that are printed already holds nothing
		}
		told := slices.ContainsFunc(out.Findings, func(f store.Finding) bool { return f.Sheet == s.Name })
		if s.Form != "" && s.Verdict == store.Accepted && held == 0 && !told {
			out.Findings = append(out.Findings, store.NewFinding("nothing_filled", s.Name, ""))
		}
	}
}
