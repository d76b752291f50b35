package sample

import (
	"fmt"

	"jindu/store"
)

// columnKind is a column of the one-unit form.
type columnKind int

// The columns of the one-unit form.
const (
	thisMonth columnKind = iota
	thisYear
	lastYear
)

// oneUnit draws indicators down and 本月, 本年累计, 去年同期 across.
func (g page) oneUnit(name string, u member, p store.Period, items []item, columns ...columnKind) *sheet {
	s := &sheet{name: name, widths: []float64{26, 10, 11, 11, 11}}
	width := 2 + len(columns)
	top := 0
	if g.hand.broken {
		s.banner(0, width, "说明：1.本表由各单位据实填报，数据截至当月最后一日。", note)
		s.banner(1, width, "　　　2.没有发生的填“0”，不得空项。", note)
		top = 2
	}
	s.banner(top, width, u.Name+spoken(p)+"禁毒工作月报表", title)
	s.banner(top+1, width, fmt.Sprintf("填报单位：%s　　　截止日期：%s", u.Name, chinese(p.End())), note)
	top += 2
	s.put(top, 0, g.wideSpace("项目"), head)
	s.put(top, 1, "计量单位", head)
	for i, c := range columns {
		s.put(top, 2+i, [...]string{g.wideSpace("本月"), "本年累计", "去年同期"}[c], head)
	}
	for i, it := range items {
		row := top + 1 + i
		s.put(row, 0, it.name, label)
		s.put(row, 1, it.measure, label)
		for j, c := range columns {
			g.oneCell(s, row, 2+j, it, u, p, c)
		}
	}
	g.footer(s, width, p)
	return s
}

// oneCell fills one column of the one-unit form. Only 本月 is a figure of the
// month; the others are there to be checked.
func (g page) oneCell(s *sheet, row, col int, it item, u member, p store.Period, c columnKind) {
	switch c {
	case thisMonth:
		g.write(s, row, col, it, u.Code, p)
	case thisYear:
		if v, ok := g.since(it, u.Code, p); ok {
			shown, l := g.show(it, v)
			s.put(row, col, shown, l)
			return
		}
		s.put(row, col, "—", label)
	case lastYear:
		k := store.Key{Unit: u.Code, Indicator: it.code, Period: p.YearAgo()}
		if v, ok := g.m.value(k); ok {
			shown, l := g.show(it, v)
			s.put(row, col, shown, l)
		}
	}
}

// monthsAcross draws indicators down and the year's months across; the months
// after the last are blank.
func (g page) monthsAcross(u member, last store.Period, items []item) *sheet {
	s := &sheet{name: fmt.Sprintf("%d年", last.Year), widths: []float64{26}}
	s.banner(0, 14, u.Name+spoken(last.Of(store.Year))+"禁毒工作统计表", title)
	s.put(1, 0, g.wideSpace("项目"), head)
	for n := 1; n <= 12; n++ {
		s.put(1, n, fmt.Sprintf("%d月", n), head)
	}
	s.put(1, 13, g.wideSpace("合计"), head)
	for i, it := range items {
		row := 2 + i
		s.put(row, 0, g.heading(it), label)
		for n := 1; n <= last.N; n++ {
			g.write(s, row, n, it, u.Code, store.MonthOf(last.Year, n))
		}
		g.yearTotal(s, row, it, u, last)
	}
	g.footer(s, 14, last)
	return s
}

// yearTotal adds the months up in the last column: a stock has no sum.
func (g page) yearTotal(s *sheet, row int, it item, u member, last store.Period) {
	if it.kind != store.Flow {
		s.put(row, 13, "—", label)
		return
	}
	total := 0.0
	for n := 1; n <= last.N; n++ {
		v, _ := g.reading(store.Key{Unit: u.Code, Indicator: it.code, Period: store.MonthOf(last.Year, n)})
		total += v
	}
	shown, l := g.show(it, cents(total))
	s.put(row, 13, shown, l)
	if l == count || l == amount {
		s.formula(row, 13, fmt.Sprintf("SUM(%s)", area(row, 1, row, 12)))
	}
}

// block is a group of indicators under one heading; sub is the heading between
// the two, for heads of three levels.
type block struct {
	name  string
	subs  []string // one for one with items; empty: no level between
	items []item
}

// unitsDown draws a unit a row under merged heads, with a totals row where asked.
func (g page) unitsDown(name, heading string, units []member, p store.Period, blocks []block, totals bool) *sheet {
	s := &sheet{name: name, widths: []float64{6, 22}}
	width := 2
	for _, b := range blocks {
		width += len(b.items)
	}
	s.banner(0, width, heading, title)
	s.banner(1, width, "截止日期："+chinese(p.End())+"　　　　计量单位：见表头", note)
	first := 2 + g.heads(s, 2, blocks)
	for i, u := range units {
		row, col := first+i, 2
		s.put(row, 0, i+1, plain)
		s.put(row, 1, u.Name, label)
		for _, b := range blocks {
			for _, it := range b.items {
				g.write(s, row, col, it, u.Code, p)
				col++
			}
		}
	}
	if totals {
		g.totals(s, first, units, p, blocks)
	}
	g.footer(s, width, p)
	return s
}

// heads draws the merged head of two or three levels and returns its height.
func (g page) heads(s *sheet, row int, blocks []block) int {
	depth := 2
	for _, b := range blocks {
		if len(b.subs) > 0 {
			depth = 3
		}
	}
	for i, text := range []string{g.wideSpace("序号"), g.wideSpace("单位")} {
		s.put(row, i, text, head)
		s.merge(row, i, row+depth-1, i)
	}
	col := 2
	for _, b := range blocks {
		s.put(row, col, b.name, head)
		s.merge(row, col, row, col+len(b.items)-1)
		g.leaves(s, row+1, col, depth-1, b)
		col += len(b.items)
	}
	return depth
}

// leaves draws a group's heads below its name, joined where they share a heading
// in between and stretched over the missing level where there is none.
func (g page) leaves(s *sheet, row, col, depth int, b block) {
	for i := 0; i < len(b.items); {
		if len(b.subs) == 0 || b.subs[i] == "" {
			s.put(row, col+i, g.heading(b.items[i]), head)
			s.merge(row, col+i, row+depth-1, col+i)
			i++
			continue
		}
		j := i
		for ; j < len(b.items) && b.subs[j] == b.subs[i]; j++ {
			s.put(row+1, col+j, g.heading(b.items[j]), head)
		}
		s.put(row, col+i, b.subs[i], head)
		s.merge(row, col+i, row, col+j-1)
		i = j
	}
}

// totals adds the columns up, as formulas with their results stored.
func (g page) totals(s *sheet, first int, units []member, p store.Period, blocks []block) {
	row := first + len(units)
	s.put(row, 0, g.wideSpace("合计"), label)
	s.merge(row, 0, row, 1)
	col := 2
	for _, b := range blocks {
		for _, it := range b.items {
			total := 0.0
			for _, u := range units {
				v, _ := g.reading(store.Key{Unit: u.Code, Indicator: it.code, Period: p})
				total += v
			}
			shown, l := g.show(it, cents(total))
			s.put(row, col, shown, l)
			if l == count || l == amount {
				s.formula(row, col, fmt.Sprintf("SUM(%s)", area(first, col, row-1, col)))
			}
			col++
		}
	}
}

// transposed draws indicators down and units across, with a total column.
func (g page) transposed(name, heading string, units []member, p store.Period, items []item) *sheet {
	s := &sheet{name: name, widths: []float64{22}}
	s.banner(0, len(units)+2, heading, title)
	s.put(1, 0, g.wideSpace("项目"), head)
	for j, u := range units {
		s.put(1, 1+j, u.Name, head)
	}
	s.put(1, 1+len(units), g.wideSpace("合计"), head)
	for i, it := range items {
		row, total := 2+i, 0.0
		s.put(row, 0, g.heading(it), label)
		for j, u := range units {
			g.write(s, row, 1+j, it, u.Code, p)
			v, _ := g.reading(store.Key{Unit: u.Code, Indicator: it.code, Period: p})
			total += v
		}
		shown, l := g.show(it, total)
		s.put(row, 1+len(units), shown, l)
	}
	g.footer(s, len(units)+2, p)
	return s
}

// long draws the unit merged down over its indicators.
func (g page) long(name string, u member, p store.Period, blocks []block) *sheet {
	s := &sheet{name: name, widths: []float64{20, 14, 26, 10, 12}}
	s.banner(0, 5, u.Name+spoken(p)+"禁毒工作情况统计表", title)
	for i, text := range []string{"单位", "类别", "指标", "计量单位", "本月"} {
		s.put(1, i, g.wideSpace(text), head)
	}
	row := 2
	for _, b := range blocks {
		start := row
		for _, it := range b.items {
			s.put(row, 2, it.name, label)
			s.put(row, 3, it.measure, label)
			g.write(s, row, 4, it, u.Code, p)
			row++
		}
		s.put(start, 1, b.name, label)
		s.merge(start, 1, row-1, 1)
	}
	s.put(2, 0, u.Name, label)
	s.merge(2, 0, row-1, 0)
	g.footer(s, 5, p)
	return s
}
