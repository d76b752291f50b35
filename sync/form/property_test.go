package form

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jindu/store"
	"jindu/sync/sheet"
)

// sample is a small table of figures: units x indicators of one month.
type sampleTable struct {
	units  []store.Unit
	names  []store.Indicator
	values [][]int // by unit, then indicator
}

// drawTable draws a table of counts.
func drawTable(t *rapid.T, opt Options) sampleTable {
	var counted []store.Indicator
	for _, ind := range opt.Catalogue.Indicators {
		if ind.Counted() && ind.Kind == store.Flow && ind.Origin == store.FromReport && !ind.Part {
			counted = append(counted, ind)
		}
	}
	s := sampleTable{
		units: rapid.Permutation(opt.Units.All()).Draw(t, "units")[:rapid.IntRange(1, 6).Draw(t, "n")],
		names: rapid.Permutation(counted).Draw(t, "indicators")[:rapid.IntRange(1, 8).Draw(t, "m")],
	}
	for range s.units {
		s.values = append(s.values, rapid.SliceOfN(rapid.IntRange(0, 5000), len(s.names), len(s.names)).Draw(t, "values"))
	}
	return s
}

// rows writes a table's rows below its title.
func rows(lines ...[]string) string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = strings.Join(l, "|")
	}
	return strings.Join(out, "\n")
}

func (s sampleTable) unitsDown() string {
	lines := [][]string{{"2026年6月统计表"}, {"单位"}}
	for _, ind := range s.names {
		lines[1] = append(lines[1], ind.Name+"（"+ind.Measure+"）")
	}
	for u, unit := range s.units {
		line := []string{unit.Name}
		for i := range s.names {
			line = append(line, fmt.Sprint(s.values[u][i]))
		}
		lines = append(lines, line)
	}
	return rows(lines...)
}

func (s sampleTable) transposed() string {
	lines := [][]string{{"2026年6月统计表"}, {"项目", "计量单位"}}
	for _, unit := range s.units {
		lines[1] = append(lines[1], unit.Name)
	}
	for i, ind := range s.names {
		line := []string{ind.Name, ind.Measure}
		for u := range s.units {
			line = append(line, fmt.Sprint(s.values[u][i]))
		}
		lines = append(lines, line)
	}
	return rows(lines...)
}

func (s sampleTable) long() string {
	lines := [][]string{{"2026年6月统计表"}, {"单位", "指标", "数值"}}
	for u, unit := range s.units {
		for i, ind := range s.names {
			name := ""
			if i == 0 {
				name = unit.Name
			}
			lines = append(lines, []string{name, ind.Name, fmt.Sprint(s.values[u][i])})
		}
	}
	return rows(lines...)
}

// oneUnit writes indicators down and 本月 across, with a comparison beside it.
func (s sampleTable) oneUnit(u int) string {
	lines := [][]string{{s.units[u].Name + "2026年6月统计表"}, {"项目", "去年同期", "本月"}}
	for i, ind := range s.names {
		lines = append(lines, []string{ind.Name, "5", fmt.Sprint(s.values[u][i])})
	}
	return rows(lines...)
}

func (s sampleTable) monthsAcross(u int) string {
	lines := [][]string{{s.units[u].Name + "2026年统计表"}, {"项目", "6月", "7月"}}
	for i, ind := range s.names {
		lines = append(lines, []string{ind.Name, fmt.Sprint(s.values[u][i]), ""})
	}
	return rows(lines...)
}

// want lists the figures as got.figures does.
func (s sampleTable) want() []string {
	var out []string
	for u, unit := range s.units {
		for i, ind := range s.names {
			out = append(out, fmt.Sprintf("%s %s 2026-06 %d", unit.Code, ind.Code, s.values[u][i]))
		}
	}
	slices.Sort(out)
	return out
}

// TestEveryLayoutReadsBack writes the same figures in every layout and reads the
// same figures back.
func TestEveryLayoutReadsBack(t *testing.T) {
	opt := reportOptions(t)
	reader := NewReader(opt)
	rapid.Check(t, func(rt *rapid.T) {
		s := drawTable(rt, opt)
		books := map[string][]*sheet.Sheet{
			"units down": {paper(t, "6月", s.unitsDown())},
			"transposed": {paper(t, "6月", s.transposed())},
			"long":       {paper(t, "6月", s.long())},
		}
		for u, unit := range s.units {
			books["a sheet for each unit"] = append(books["a sheet for each unit"], paper(t, unit.Name, s.oneUnit(u)))
			books["months across"] = append(books["months across"], paper(t, unit.Code, s.monthsAcross(u)))
		}
		for layout, sheets := range books {
			g := got{reader.Read(&sheet.Book{Sheets: sheets}, "报表.xlsx"), t}
			have := g.figures()
			for i := range have {
				have[i] = strings.TrimSuffix(have[i], " suspect") // drawn at random they contradict each other
			}
			if !slices.Equal(have, s.want()) {
				rt.Fatalf("%s: figures are\n\t%s\nwant\n\t%s\nfindings %v", layout,
					strings.Join(have, "\n\t"), strings.Join(s.want(), "\n\t"), g.rules())
			}
		}
	})
}

// TestAnythingIsRead reads sheets that are put together at random: nothing may
// break, and what is stated stands in a cell that holds something.
func TestAnythingIsRead(t *testing.T) {
	opt := reportOptions(t)
	reader := NewReader(opt)
	texts := []string{
		"单位", "项目", "序号", "合计", "小计", "本月", "本年累计", "去年同期", "6月", "1-6月", "2026年", "刑事案件", "海洛因（千克）", "管控率", "计量单位",
		"城西派出所", "城东所", "城南派出所", "全区", "起", "填报单位：城西所", "—", "约20", "85%", "2026年6月统计表", "注：无", "其中：", "数值", "折合海洛因", "",
	}
	rapid.Check(t, func(rt *rapid.T) {
		s := &sheet.Sheet{Name: rapid.SampledFrom(texts).Draw(rt, "name")}
		height, width := rapid.IntRange(1, 9).Draw(rt, "height"), rapid.IntRange(1, 7).Draw(rt, "width")
		for r := range height {
			for c := range width {
				cell := sheet.Cell{Row: int32(r), Col: int32(c)}
				switch rapid.IntRange(0, 3).Draw(rt, "kind") {
				case 0:
					continue
				case 1:
					cell.Kind, cell.Num = sheet.Number, float64(rapid.IntRange(-3, 3000).Draw(rt, "number"))
				default:
					cell.Kind, cell.Text = sheet.Text, rapid.SampledFrom(texts).Draw(rt, "text")
				}
				s.Cells = append(s.Cells, cell)
			}
		}
		for range rapid.IntRange(0, 3).Draw(rt, "merges") {
			r, c := rapid.IntRange(0, height-1).Draw(rt, "row"), rapid.IntRange(0, width-1).Draw(rt, "col")
			s.Merges = append(s.Merges, sheet.Range{Row: r, Col: c, Row2: r + rapid.IntRange(0, 2).Draw(rt, "down"), Col2: c + rapid.IntRange(0, 3).Draw(rt, "across")})
		}
		g := reader.Read(&sheet.Book{Sheets: []*sheet.Sheet{s}}, "城西所2026年6月.xlsx")
		if g.Workbook.Verdict == "" {
			rt.Fatal("no verdict")
		}
		for _, f := range g.Statements {
			if f.Unit == "" || f.Indicator == "" || !f.Period.Valid() || f.Value < 0 || len(f.Cell.Header) != len(f.Cell.HeaderRefs) {
				rt.Fatalf("a figure is not whole: %+v", f)
			}
		}
	})
}
