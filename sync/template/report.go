package template

import (
	"fmt"
	"slices"

	"jindu/store"
	"jindu/sync/form"
)

// item is one indicator of a report.
type item struct {
	store.Indicator
	group string // 打击
}

// items returns the indicators of the form.
func (t *draft) items() []item {
	out := make([]item, 0, len(t.form.Indicators))
	for _, code := range t.form.Indicators {
		ind, _ := t.Catalogue.ByCode(code)
		g, _ := t.Catalogue.GroupByCode(ind.Group)
		out = append(out, item{ind, g.Name})
	}
	return out
}

// runs returns the ends of stretches of items in the same group.
func runs(items []item) []int {
	var ends []int
	for i := range items {
		if i+1 == len(items) || items[i+1].group != items[i].group {
			ends = append(ends, i+1)
		}
	}
	return ends
}

// format is how a value of the indicator is shown.
func (i item) format() string {
	switch {
	case i.Kind == store.Ratio:
		return shareFormat
	case i.Kind == store.Check:
		return ""
	case i.Counted():
		return countFormat
	default:
		return amountFormat
	}
}

// report draws the sheets of a report: one unit's, or the district's table.
func (t *draft) report() {
	name := pageName(t.form.Name)
	draw := t.unitsDown
	if t.Unit != "" {
		draw = t.oneUnit
	}
	blank, example := &page{name: name}, &page{name: form.ExampleSheet, locked: true}
	draw(blank, t.title())
	draw(example, form.ExampleSheet+"（数字均为虚构，"+form.NotRead+"）")
	t.book.sheets = []*page{blank, example, t.guide()}
}

// fictitious is a value for the example, of no unit. Values go down from one to the
// next, and what is part of something that comes later stays below that, so that
// the example agrees with itself; the year to date is four times the month.
func (t *draft) fictitious(i item, place, nth int) float64 {
	if i.Kind == store.Ratio {
		return 86.5
	}
	v := float64(90 - 2*place)
	for _, r := range t.Catalogue.Indicators {
		if r.Numerator == i.Code && slices.Index(t.form.Indicators, r.Denominator) > place {
			v -= 30
			break
		}
	}
	if !i.Counted() {
		v += 0.5
	}
	return max(v, 1) * float64(1+3*nth)
}

// figure draws the cell of one figure: open, or with a value of the example. place
// is the item's among the others, nth 1 for the year to date.
func (t *draft) figure(p *page, row, col int, i item, place, nth int) {
	l := look{align: end, boxed: true, format: i.format()}
	if i.Kind == store.Check {
		l.align = middle
	}
	switch {
	case !p.locked:
		l.open = true
		p.put(row, col, cell{look: l})
	case i.Kind == store.Check:
		p.write(row, col, "是", l)
	default:
		p.put(row, col, cell{kind: number, num: t.fictitious(i, place, nth), look: l})
	}
}

// columns are the heads of one unit's figures by kind of period.
func (t *draft) columns() []string {
	switch t.Period.Kind {
	case store.Month:
		return []string{"本月", "本年累计"}
	case store.Quarter:
		return []string{"本季", "本年累计"}
	case store.Half:
		return []string{"本期", "本年累计"}
	default:
		return []string{"数值"}
	}
}

// first is the row of the first figure of one unit's form.
const first = 3

// oneUnit draws indicators down and the month and the year to date across. Every
// row is numbered: an empty row of labels alone could be taken for heads.
func (t *draft) oneUnit(p *page, heading string) {
	heads := append([]string{"序号", "类别", "项目", "计量单位"}, t.columns()...)
	p.widths = []float64{6, 13, 34, 11, 14, 14}[:len(heads)]
	p.upright = true
	p.banner(0, len(heads), heading, titled, 36)
	p.banner(1, len(heads), t.stated("见表"), noted, 22)
	for c, text := range heads {
		p.write(2, c, text, head)
	}
	p.tall(2, 26)
	items := t.items()
	start := 0
	for _, end := range runs(items) {
		p.write(first+start, 1, items[start].group, centred)
		p.join(area{first + start, 1, first + end - 1, 1})
		start = end
	}
	for i, it := range items {
		row := first + i
		p.put(row, 0, cell{kind: number, num: float64(i + 1), look: centred})
		p.tall(row, 22)
		p.write(row, 2, it.Name, label)
		p.write(row, 3, it.Measure, centred)
		t.figure(p, row, 4, it, i, 0)
		t.cumulative(p, row, it, i)
		if !p.locked {
			p.limits = append(p.limits, t.figureLimit(area{row, 4, row, 4}, it))
		}
	}
	t.signature(p, first+len(items), len(heads))
	p.frozen, p.heads = [2]int{first, 3}, area{0, 0, first - 1, len(heads) - 1}
}

// cumulative draws the year to date: of flows a figure, of all others nothing. A
// dash there would state that it does not apply.
func (t *draft) cumulative(p *page, row int, it item, place int) {
	switch {
	case len(t.columns()) < 2:
	case it.Kind != store.Flow:
		p.put(row, 5, cell{look: nothing})
	default:
		t.figure(p, row, 5, it, place, 1)
		if !p.locked {
			p.limits = append(p.limits, t.cumulativeLimit(area{row, 5, row, 5}, it))
		}
	}
}

// unitsDown draws a unit a row under heads of two levels, and totals.
func (t *draft) unitsDown(p *page, heading string) {
	items := t.items()
	width := 2 + len(items)
	p.widths = []float64{6, 22}
	for range items {
		p.widths = append(p.widths, 8)
	}
	p.banner(0, width, heading, titled, 36)
	p.banner(1, width, t.stated("见表头"), noted, 22)
	t.twoLevels(p, items)
	units := Reporters(t.form, t.Units)
	if p.locked {
		units = units[:min(2, len(units))]
	}
	for i, u := range units {
		row := 4 + i
		p.put(row, 0, cell{kind: number, num: float64(i + 1), look: centred})
		p.write(row, 1, u.Name, label)
		p.tall(row, 24)
		for c, it := range items {
			t.figure(p, row, 2+c, it, c, 0)
		}
	}
	last := 3 + len(units)
	if !p.locked && len(units) > 0 {
		for c, it := range items {
			p.limits = append(p.limits, t.figureLimit(area{4, 2 + c, last, 2 + c}, it))
		}
	}
	t.total(p, last, items)
	t.signature(p, last+2, width)
	p.frozen, p.heads = [2]int{4, 2}, area{0, 0, 3, width - 1}
}

// twoLevels draws the heads: groups over indicators with their measures.
func (t *draft) twoLevels(p *page, items []item) {
	for c, text := range []string{"序号", "单位"} {
		p.write(2, c, text, head)
		p.join(area{2, c, 3, c})
	}
	start := 0
	for _, end := range runs(items) {
		p.write(2, 2+start, items[start].group, head)
		for i := start; i < end; i++ {
			p.write(3, 2+i, items[i].Name+"\n（"+items[i].Measure+"）", head)
		}
		p.join(area{2, 2 + start, 2, 1 + end})
		start = end
	}
	p.tall(2, 24)
	p.tall(3, 78)
}

// total draws the row of totals under the units. Ratios and checks have none.
func (t *draft) total(p *page, last int, items []item) {
	row := last + 1
	p.write(row, 0, "合计", totals)
	p.tall(row, 24)
	p.join(area{row, 0, row, 1})
	for c, it := range items {
		if it.Kind != store.Flow && it.Kind != store.Stock || last < 4 {
			p.put(row, 2+c, cell{look: nothing})
			continue
		}
		l := summed
		l.format = it.format()
		if !p.locked {
			over := area{4, 2 + c, last, 2 + c}
			p.put(row, 2+c, cell{kind: formula, text: fmt.Sprintf(`IF(COUNT(%s)=0,"",SUM(%s))`, over, over), look: l})
			continue
		}
		sum := 0.0
		for r := 4; r <= last; r++ {
			sum += p.rows[r][2+c].num
		}
		p.put(row, 2+c, cell{kind: number, num: sum, look: l})
	}
}

// signature closes a report with who signs it, to be written by hand.
func (t *draft) signature(p *page, row, width int) {
	gap := "　　　　　　　　"
	l := look{font: small, open: true}
	p.banner(row, width, "单位负责人："+gap+"审核人："+gap+"填表人："+gap+"填报日期：　　　　年　　月　　日", l, 30)
	p.banner(row+1, width, "注：没有发生填 0，不适用填 —，空白按未报。填写要求见“"+form.GuideSheet+"”。", noted, 20)
	p.footer = footerText(t.form.Name)
}
