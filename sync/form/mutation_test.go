package form

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"jindu/store"
	"jindu/sync/sheet"
)

// mutationTrials is how many reports are written, read back, spoilt in one cell
// and read again.
const mutationTrials = 2200

// randomReport is one report as a grid of texts, with the figures that it states.
type randomReport struct {
	layout string
	name   string // of the sheet
	cells  [][]string
	want   []string
}

// randomReports writes reports of random units, indicators, measures and titles.
type randomReports struct {
	*rand.Rand
	opt   Options
	names *nameIndex
}

// table draws units, indicators and values, and writes each head as one of the
// indicator's names with one of the measures that its values may be in.
type randomTable struct {
	units  []store.Unit
	inds   []store.Indicator
	heads  []string
	cells  [][]string // as written
	values [][]float64
}

func (r *randomReports) table() randomTable {
	var t randomTable
	var all []store.Indicator
	for _, ind := range r.opt.Catalogue.Indicators {
		if (ind.Counted() || ind.Measure == "克" || ind.Measure == "万元") && ind.Kind == store.Flow && ind.Origin == store.FromReport && !ind.Part && len(ind.Parts) == 0 {
			all = append(all, ind)
		}
	}
	for _, i := range r.Perm(len(all))[:2+r.IntN(7)] {
		ind := all[i]
		measure, factor := ind.Measure, 1.0
		if m := [...]string{"克", "千克"}[r.IntN(2)]; ind.Measure == "克" {
			measure, factor = m, r.names.factor(m, "克")
		}
		head := ind.Name
		if r.IntN(3) > 0 && factor == 1 {
			measure = ""
		}
		if measure != "" {
			head += [...]string{"（" + measure + "）", "(" + measure + ")", "\\n（" + measure + "）"}[r.IntN(3)]
		}
		t.inds, t.heads = append(t.inds, ind), append(t.heads, head)
		t.values = append(t.values, nil)
		t.cells = append(t.cells, nil)
		for range r.opt.Units.Len() {
			n := 1 + r.IntN(900)
			t.values[len(t.values)-1] = append(t.values[len(t.values)-1], float64(n)*factor)
			t.cells[len(t.cells)-1] = append(t.cells[len(t.cells)-1], [...]string{"%d", "~%d", "~ %d "}[r.IntN(3)])
			last := t.cells[len(t.cells)-1]
			last[len(last)-1] = fmt.Sprintf(last[len(last)-1], n)
		}
	}
	for _, u := range r.Perm(r.opt.Units.Len())[:2+r.IntN(4)] {
		t.units = append(t.units, r.opt.Units.All()[u])
	}
	return t
}

// report writes a random table in one of five layouts.
func (r *randomReports) report() randomReport {
	t := r.table()
	out := randomReport{name: "6月"}
	title := [...]string{"云岭区2026年6月禁毒工作统计表", "2026年6月份禁毒工作情况统计表", "禁毒工作月报表（2026年6月）"}[r.IntN(3)]
	one := t.units[:1]
	line := func(cells ...string) { out.cells = append(out.cells, cells) }
	switch r.IntN(5) {
	case 0:
		out.layout = "units down"
		line(title)
		line(append([]string{"单位"}, t.heads...)...)
		for u, unit := range t.units {
			line(append([]string{unit.Name}, t.column(u)...)...)
		}
	case 1:
		out.layout = "transposed"
		line(title)
		head := []string{"项目"}
		for _, unit := range t.units {
			head = append(head, unit.Name)
		}
		line(head...)
		for i := range t.inds {
			line(append([]string{t.heads[i]}, t.cells[i][:len(t.units)]...)...)
		}
	case 2:
		out.layout = "long"
		line(title)
		line("单位", "指标", "数值")
		for u, unit := range t.units {
			for i := range t.inds {
				line(unit.Name, t.heads[i], t.cells[i][u])
			}
		}
	case 3:
		out.layout = "one unit"
		line(one[0].Name + title)
		line("项目", "本月", "去年同期")
		for i := range t.inds {
			line(t.heads[i], t.cells[i][0], "5")
		}
		t.units = one
	default:
		out.layout, out.name = "months across", "2026年"
		line(one[0].Name + "2026年禁毒工作统计表")
		line("项目", "6月", "7月")
		for i := range t.inds {
			line(t.heads[i], t.cells[i][0], "")
		}
		t.units = one
	}
	for u, unit := range t.units {
		for i, ind := range t.inds {
			out.want = append(out.want, fmt.Sprintf("%s %s 2026-06 %v", unit.Code, ind.Code, t.values[i][u]))
		}
	}
	slices.Sort(out.want)
	return out
}

func (t randomTable) column(u int) []string {
	var out []string
	for i := range t.inds {
		out = append(out, t.cells[i][u])
	}
	return out
}

// sheet turns the grid into a sheet.
func (p randomReport) sheet(tb testing.TB) *sheet.Sheet {
	tb.Helper()
	lines := make([]string, len(p.cells))
	for i, l := range p.cells {
		lines[i] = strings.Join(l, "|")
	}
	return paper(tb, p.name, strings.Join(lines, "\n"))
}

// spoil changes one cell that is a title, a head, a unit or a period by one rune,
// or blanks it, and says which.
func (r *randomReports) spoil(p *randomReport) (where, was, next string) {
	for {
		row := r.IntN(len(p.cells))
		col := r.IntN(len(p.cells[row]))
		was = p.cells[row][col]
		text := []rune(strings.ReplaceAll(was, "\\n", "\n"))
		if was == "" || strings.Trim(was, "~ 0123456789") == "" {
			continue
		}
		at := r.IntN(len(text))
		other := []rune("的某甲乙地湖岭岩楼门龙水")[r.IntN(12)]
		switch r.IntN(5) {
		case 0:
			text = slices.Delete(text, at, at+1)
		case 1:
			text[at] = other
		case 2:
			text = slices.Insert(text, at, other)
		case 3:
			text = slices.Insert(text, at, text[at])
		default:
			text = nil
		}
		next = strings.ReplaceAll(string(text), "\n", "\\n")
		if next == was {
			continue
		}
		p.cells[row] = slices.Clone(p.cells[row])
		p.cells[row][col] = next
		return sheet.Ref(row, col), was, next
	}
}

// another reports whether a spoilt head is another good one, which nobody can tell
// from what was meant: 万元 that lost its 万.
func (r *randomReports) another(was, next string) bool {
	ws := newWords(r.names, newUnitIndex(r.opt.Units, r.opt.District), 1, nil)
	a, b := ws.of(strings.ReplaceAll(was, "\\n", "\n")), ws.of(strings.ReplaceAll(next, "\\n", "\n"))
	return len(a.hits) > 0 && len(b.hits) > 0 && (a.hits[0] != b.hits[0] || a.measure != b.measure && b.measure != "")
}

// TestSpoiltCellsAreNeverReadWrong writes reports in five layouts and reads
// exactly their figures back; then one cell of the heads, units and periods is
// spoilt: either the figures stay the same, or a finding or a refusal tells.
func TestSpoiltCellsAreNeverReadWrong(t *testing.T) {
	opt := reportOptions(t)
	opt.Explain = false
	reader := NewReader(opt)
	r := &randomReports{rand.New(rand.NewPCG(20260626, 1)), opt, newNameIndex(opt.Catalogue)}
	layouts, outcome, figures := map[string]int{}, map[string]int{}, 0
	read := func(p randomReport) got {
		return got{reader.Read(&sheet.Book{Sheets: []*sheet.Sheet{p.sheet(t)}}, "报表.xlsx"), t}
	}
	for n := range mutationTrials {
		p := r.report()
		layouts[p.layout]++
		before := read(p)
		have := before.certain()
		if !slices.Equal(have, p.want) {
			t.Fatalf("trial %d, %s: figures are\n\t%s\nwant\n\t%s\nfindings %v\n%v", n, p.layout,
				strings.Join(have, "\n\t"), strings.Join(p.want, "\n\t"), before.rules(), p.cells)
		}
		figures += len(have)
		where, was, next := r.spoil(&p)
		after := read(p)
		switch {
		case after.Workbook.Verdict == store.Rejected:
			outcome["refused"]++
		case slices.Equal(after.certain(), p.want):
			outcome["same figures"]++
		case slices.ContainsFunc(after.rules(), func(one string) bool { return !slices.Contains(before.rules(), one) }):
			outcome["findings"]++
		case r.another(was, next):
			outcome["another good head"]++
		default:
			t.Errorf("trial %d, %s: %s was %q: figures are\n\t%s\nwant\n\t%s\nfindings %v\n%v", n, p.layout, where, was,
				strings.Join(after.certain(), "\n\t"), strings.Join(p.want, "\n\t"), after.rules(), p.cells)
		}
	}
	t.Logf("%d reports with %d figures read back: %v; one cell spoilt: %v", mutationTrials, figures, layouts, outcome)
}

// certain lists the figures without what drawn numbers make suspect.
func (g got) certain() []string {
	all := g.figures()
	for i := range all {
		all[i] = strings.TrimSuffix(all[i], " suspect")
	}
	return all
}
