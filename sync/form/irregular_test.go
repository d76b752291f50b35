package form

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"jindu/store"
	"jindu/sync/sheet"
)

// elsewhere are the irregularities that are tested with the reader of a format,
// with the history or with the sources, and where.
var elsewhere = map[string]string{
	"23": "sync/sheet: xls, et, ods, html and UTF-16; cmd/jindu: wrong names",
	"24": "sync/source and sync: lock files, uploads under way, passwords",
	"33": "store/sqlite: what was known when",
	"20": "sync: a jump against history (TestJump)",
	"38": "the same person reported by two units cannot be told: no person is mirrored",
}

// TestIrregularity reads the workbooks of testdata/irregular: for every number of
// the field's description, the smallest one that behaves so.
func TestIrregularity(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range slices.Concat(irregularHeads(), irregularPlaces(), irregularCells()) {
		number, _, _ := strings.Cut(c.file, "-")
		seen[number] = true
		name := strings.ReplaceAll(strings.TrimSuffix(c.file, filepath.Ext(c.file)), "-", "_")
		t.Run(name, func(t *testing.T) { c.test(t) })
	}
	for n := 1; n <= 42; n++ {
		if number := fmt.Sprintf("%02d", n); !seen[number] && elsewhere[number] == "" {
			t.Errorf("irregularity %s has no workbook", number)
		}
	}
}

// test reads one workbook and compares everything that the reading says.
func (c irregular) test(t *testing.T) {
	t.Helper()
	path := filepath.Join("testdata", "irregular", c.file)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, c.write(t), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	book, err := sheet.Read(t.Context(), data, sheet.DefaultLimits())
	if store.ErrorCode(err) != c.broken {
		t.Fatalf("the file: %v, want %q", err, c.broken)
	}
	if err != nil {
		return
	}
	opt := reportOptions(t)
	opt.MonthStarts = max(c.starts, 1)
	g := got{Read(book, first(c.as, "报表.xlsx"), opt), t}
	several := len(book.Sheets) > 1
	g.same("figures", g.placed(several, strings.Fields(c.beside)), c.figures)
	g.same("findings", g.found(several), c.rules)
	g.wantVerdict(c.verdict)
}

// placed writes the statements as "unit indicator period value cell" and what is
// to be known of them, without those of some units.
func (g got) placed(several bool, besides []string) []string {
	var out []string
	for _, s := range g.Statements {
		if slices.Contains(besides, s.Unit) {
			continue
		}
		value, ref := fmt.Sprint(s.Value), s.Cell.Ref
		if s.NotApplicable {
			value = "n/a"
		}
		if several {
			ref = s.Cell.Sheet + "!" + ref
		}
		line := fmt.Sprintf("%s %s %s %s %s", s.Unit, s.Indicator, s.Period, value, ref)
		if s.Suspect {
			line += " suspect"
		}
		if !s.Own {
			line += " restated"
		}
		out = append(out, line)
	}
	slices.Sort(out)
	return out
}

// found writes the findings as "cell rule".
func (g got) found(several bool) []string {
	var out []string
	for _, f := range g.Findings {
		place := f.Cell
		if several {
			place = strings.TrimSuffix(f.Sheet+"!"+f.Cell, "!")
		}
		out = append(out, strings.TrimSpace(place+" "+f.Rule))
	}
	slices.Sort(out)
	return out
}

func TestIrregular26SheetsOfUnits(t *testing.T) {
	one := func(name string, v string) *sheet.Sheet {
		return paper(t, name, "云岭区2026年6月统计表\n项目|本月\n刑事案件|"+v)
	}
	readAs(t, reportOptions(t), "6月报表(最终版2)(1).xlsx", one("城西派出所", "7"), one("城东所", "8"), one("城南派出所", "9")).
		want("cxs case_criminal 2026-06 7\ncds case_criminal 2026-06 8").wantVerdict(store.Partly)
}

func TestIrregular33TwoSheetsDisagree(t *testing.T) {
	one := func(name string, v string) *sheet.Sheet {
		return paper(t, name, "城西派出所2026年6月统计表\n项目|本月\n刑事案件|"+v+"\n行政案件|9")
	}
	g := read(t, one("打击", "7"), one("汇总", "8")).
		want("cxs case_admin 2026-06 9").wantRules("B3 stated_twice\nB3 stated_twice\nB4 duplicate").wantVerdict(store.Partly)
	if !slices.Contains(g.SetAside, store.Key{Unit: "cxs", Indicator: "case_criminal", Period: store.MonthOf(2026, 6)}) {
		t.Errorf("set aside are %v", g.SetAside)
	}
}

// TestCells looks at what a figure carries with it.
func TestCells(t *testing.T) {
	g := read(t, paper(t, "6月", `
		2026年6月统计表
		序号|单位|打击情况|
		||刑事案件（起）|海洛因（千克）
		1|城西派出所|十二起|0.5`, "A2:A3", "B2:B3", "C2:D2"))
	s := g.Statements[0]
	if s.Cell.Ref != "C4" || s.Cell.UnitRef != "B4" || s.Cell.PeriodRef != "title" || s.Cell.Raw != "十二起" || s.Cell.Note != noteChinese {
		t.Errorf("the cell is %+v", s.Cell)
	}
	if want := []string{"打击情况", "刑事案件（起）"}; !slices.Equal(s.Cell.Header, want) {
		t.Errorf("the header is %v, want %v", s.Cell.Header, want)
	}
	if want := []string{"C2", "C3"}; !slices.Equal(s.Cell.HeaderRefs, want) {
		t.Errorf("the header stands at %v, want %v", s.Cell.HeaderRefs, want)
	}
	if s := g.Statements[1]; s.Value != 500 || s.Cell.Note != noteMeasure {
		t.Errorf("half a kilogram is %v, %q", s.Value, s.Cell.Note)
	}
	if e := g.Sheets[0].Explain[0]; len(e.Columns) != 4 || e.Rows[0].Marks != "xn##" || e.Columns[3].Factor != 1000 {
		t.Errorf("the explanation is %v", g.Sheets[0].Explain)
	}
}
