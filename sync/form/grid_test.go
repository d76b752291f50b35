package form

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"jindu/store"
	"jindu/sync/sheet"
)

// paper makes a sheet from rows of cells parted by "|". A cell that reads as a
// number is one; ~12 is the text 12, =85% a number with a percent format, =? a
// formula without a result, =#REF! an error, =(5) the stored result of a formula,
// §7 is struck through and @46199 a number that is shown as a date. Merged ranges
// are written A1:C1.
func paper(tb testing.TB, name, rows string, merges ...string) *sheet.Sheet {
	tb.Helper()
	s := &sheet.Sheet{Name: name}
	for r, line := range strings.Split(strings.Trim(rows, "\n"), "\n") {
		for c, text := range strings.Split(line, "|") {
			if cell := cellOf(strings.TrimSpace(text)); cell.Kind != sheet.Blank {
				cell.Row, cell.Col = int32(r), int32(c)
				s.Cells = append(s.Cells, cell)
			}
		}
	}
	for _, m := range merges {
		from, till, _ := strings.Cut(m, ":")
		r1, c1 := address(tb, from)
		r2, c2 := address(tb, till)
		s.Merges = append(s.Merges, sheet.Range{Row: r1, Col: c1, Row2: r2, Col2: c2})
	}
	return s
}

func cellOf(text string) sheet.Cell {
	text = strings.ReplaceAll(text, `\n`, "\n")
	if text == "" {
		return sheet.Cell{}
	}
	if marked, ok := strings.CutPrefix(text, "~"); ok {
		return sheet.Cell{Kind: sheet.Text, Text: marked}
	}
	if marked, ok := strings.CutPrefix(text, "§"); ok {
		c := cellOf(marked)
		c.Struck = true
		return c
	}
	if marked, ok := strings.CutPrefix(text, "@"); ok {
		c := cellOf(marked)
		c.Date = true
		return c
	}
	if marked, ok := strings.CutPrefix(text, "="); ok {
		switch {
		case marked == "?":
			return sheet.Cell{Kind: sheet.Pending, Formula: true}
		case strings.HasPrefix(marked, "#"):
			return sheet.Cell{Kind: sheet.Fault, Text: marked}
		case strings.HasSuffix(marked, "%"):
			f, _ := strconv.ParseFloat(strings.TrimSuffix(marked, "%"), 64)
			f, _ = strconv.ParseFloat(strconv.FormatFloat(f/100, 'f', 6, 64), 64)
			return sheet.Cell{Kind: sheet.Number, Num: f, Percent: true, Text: strconv.FormatFloat(f, 'f', -1, 64)}
		default:
			f, _ := strconv.ParseFloat(strings.Trim(marked, "()"), 64)
			return sheet.Cell{Kind: sheet.Number, Num: f, Formula: true, Text: strings.Trim(marked, "()")}
		}
	}
	if f, err := strconv.ParseFloat(text, 64); err == nil {
		return sheet.Cell{Kind: sheet.Number, Num: f, Text: text}
	}
	return sheet.Cell{Kind: sheet.Text, Text: text}
}

func address(tb testing.TB, ref string) (row, col int) {
	tb.Helper()
	at := strings.IndexAny(ref, "0123456789")
	if at < 1 {
		tb.Fatalf("%q is no address", ref)
	}
	for _, c := range ref[:at] {
		col = col*26 + int(c-'A') + 1
	}
	row, err := strconv.Atoi(ref[at:])
	if err != nil {
		tb.Fatal(err)
	}
	return row - 1, col - 1
}

// reportUnits is a small fictitious district.
func reportUnits() store.Units {
	return store.NewUnits([]store.Unit{
		{Code: "cxs", Name: "城西派出所", Kind: store.Station, Aliases: []string{"城西所"}},
		{Code: "cds", Name: "城东派出所", Kind: store.Station},
		{Code: "bjs", Name: "滨江派出所", Kind: store.Station},
		{Code: "nwb", Name: "南湾边防派出所", Kind: store.BorderStation},
		{Code: "jdd", Name: "公安分局禁毒大队", Kind: store.Bureau},
		{Code: "dhj", Name: "东湖街道办事处", Kind: store.Street},
		{Code: "xjj", Name: "西郊街道办事处", Kind: store.Street},
		{Code: "cqj", Name: "长桥街道办事处", Kind: store.Street},
		{Code: "qbs", Name: "桥北社区", Kind: store.Community, Parent: "cqj"},
		{Code: "jyj", Name: "区教育局", Kind: store.Department},
		{Code: "jdb", Name: "区禁毒办", Kind: store.Office},
		{Code: "0105", Name: "石门派出所", Kind: store.Station},
	})
}

// reportOptions are those of a district on 26 June 2026.
func reportOptions(tb testing.TB) Options {
	tb.Helper()
	catalogue, err := store.LoadCatalogue()
	if err != nil {
		tb.Fatal(err)
	}
	return Options{
		Units:       reportUnits(),
		District:    store.District{Name: "云岭区", Population: 812000, Bureaus: []string{"公安分局"}},
		Catalogue:   catalogue,
		Today:       store.Date{Year: 2026, Month: 6, Day: 26},
		Explain:     true,
		MonthStarts: 1,
	}
}

// got is a reading in a form that tests can compare.
type got struct {
	*store.Reading
	tb testing.TB
}

// read reads a workbook of the sheets under a file name that says nothing.
func read(tb testing.TB, sheets ...*sheet.Sheet) got {
	tb.Helper()
	return readAs(tb, reportOptions(tb), "报表.xlsx", sheets...)
}

func readAs(tb testing.TB, opt Options, file string, sheets ...*sheet.Sheet) got {
	tb.Helper()
	for i, s := range sheets {
		s.Index = i
	}
	return got{Read(&sheet.Book{Format: sheet.XLSX, Sheets: sheets}, file, opt), tb}
}

// figures writes the statements as "unit indicator period value", sorted.
func (g got) figures() []string {
	var out []string
	for _, s := range g.Statements {
		line := fmt.Sprintf("%s %s %s %v", s.Unit, s.Indicator, s.Period, s.Value)
		if s.NotApplicable {
			line = fmt.Sprintf("%s %s %s n/a", s.Unit, s.Indicator, s.Period)
		}
		if s.Suspect {
			line += " suspect"
		}
		out = append(out, line)
	}
	slices.Sort(out)
	return out
}

// rules writes the findings as "cell rule", sorted.
func (g got) rules() []string {
	var out []string
	for _, f := range g.Findings {
		out = append(out, strings.TrimSpace(f.Cell+" "+f.Rule))
	}
	slices.Sort(out)
	return out
}

// want fails unless the reading states these figures, one a line, and no others.
func (g got) want(figures string) got {
	g.tb.Helper()
	g.same("figures", g.figures(), figures)
	return g
}

// wantRules fails unless the reading has these findings, one a line, and no others.
func (g got) wantRules(rules string) got {
	g.tb.Helper()
	g.same("findings", g.rules(), rules)
	return g
}

// wantVerdict fails unless the workbook was judged so.
func (g got) wantVerdict(v store.Verdict) got {
	g.tb.Helper()
	if g.Workbook.Verdict != v {
		g.tb.Errorf("the workbook is %s, want %s; findings %v", g.Workbook.Verdict, v, g.rules())
	}
	return g
}

func (g got) same(what string, have []string, text string) {
	g.tb.Helper()
	var want []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			want = append(want, line)
		}
	}
	slices.Sort(want)
	if !slices.Equal(have, want) {
		g.tb.Errorf("%s are\n\t%s\nwant\n\t%s\nfigures %v\nfindings %v", what,
			strings.Join(have, "\n\t"), strings.Join(want, "\n\t"), g.figures(), g.rules())
	}
}
