package sample

import (
	"fmt"

	"jindu/store"
)

// selfchecks plans what the office collects before an inspection: what each unit
// says of itself by the nine strengthenings, and the communities free of drugs. 文昌派出所 and 区财政局 have not handed theirs in.
func (p *planner) selfchecks() {
	sent := p.handedIn(p.member("jdb"), p.month)
	q := p.month.Of(store.Quarter)
	p.keep(fmt.Sprintf("禁毒办/迎检/%s九项加强自查表.xlsx", spoken(q)), sent, xlsx, func() []*sheet {
		return []*sheet{p.selfcheck(q)}
	})
	year := p.month.Of(store.Year).Add(-1)
	p.keep(fmt.Sprintf("禁毒办/迎检/%s度无毒社区创建情况表.xlsx", spoken(year)), sent, xlsx, func() []*sheet {
		return []*sheet{p.created(year)}
	})
}

// selfColumn is a column of the self-check: a yes or no, or how many requirements
// a unit says that it meets.
type selfColumn struct {
	code, name string
	kinds      []store.UnitKind // empty: of all
	check      bool
}

// selfColumns are the columns in their order.
func selfColumns() []selfColumn {
	police := []store.UnitKind{store.Station, store.BorderStation, store.Bureau}
	led := []store.UnitKind{store.Street, store.Department, store.Bureau}
	out := []selfColumn{
		{"plan_made", "工作方案已制定", nil, true},
		{"leaders_heard", "听取禁毒工作汇报", led, true},
		{"accountability_rule", "建立责任追究制度", led, true},
		{"control_mechanism", "建立动态管控机制", police, true},
		{"intel_network", "禁毒情报信息网络", police, true},
		{"border_cooperation", "边境禁毒合作机制", []store.UnitKind{store.BorderStation, store.Bureau}, true},
		{"budget_ready", "本年预算已列禁毒经费", nil, true},
		{"equipment_ready", "装备保障到位", append([]store.UnitKind{store.Street}, police...), true},
	}
	for i, name := range []string{
		"认识重要意义", "组织领导", "法制建设和责任追究", "预防宣传教育", "服务管理创新", "严厉打击", "易制毒和麻精药品管理", "国际合作", "工作保障",
	} {
		out = append(out, selfColumn{code: fmt.Sprintf("self_%d", i+1), name: name + "达标项"})
	}
	return out
}

// of reports whether the column is for units of the kind.
func (c selfColumn) of(kind store.UnitKind) bool {
	return len(c.kinds) == 0 || len(of([]member{{Unit: store.Unit{Kind: kind}}}, c.kinds...)) > 0
}

// selfcheck draws a unit a row.
func (p *planner) selfcheck(q store.Period) *sheet {
	columns := selfColumns()
	s := &sheet{name: "九项加强自查", widths: []float64{6, 22}}
	s.banner(0, len(columns)+2, "云岭区"+spoken(q)+"九项加强自查表", title)
	s.put(1, 0, "序号", head)
	s.put(1, 1, "单位", head)
	for j, c := range columns {
		s.put(1, 2+j, c.name, head)
	}
	row := 1
	for _, u := range p.checked() {
		row++
		s.put(row, 0, row-1, plain)
		s.put(row, 1, u.Name, label)
		for j, c := range columns {
			p.ownWord(s, row, 2+j, c, u, q)
		}
	}
	return s
}

// checked lists the units that hand a self-check in.
func (p *planner) checked() []member {
	var out []member
	for _, u := range p.model.units {
		if u.Kind != store.Community && u.Kind != store.Office && u.Code != "wcs" && u.Code != "czj" {
			out = append(out, u)
		}
	}
	return out
}

// ownWord fills one cell of the self-check.
func (p *planner) ownWord(s *sheet, row, col int, c selfColumn, u member, q store.Period) {
	k := store.Key{Unit: u.Code, Indicator: c.code, Period: q}
	if !c.of(u.Kind) {
		s.put(row, col, "—", label)
		s.fact(row, col, Expected{Key: k, NotApplicable: true})
		return
	}
	r := roll(p.model.seed, "selfcheck", u.Code, c.code)
	if !c.check {
		n := r.between(1, 3)
		s.put(row, col, n, plain)
		s.fact(row, col, Expected{Key: k, Value: float64(n)})
		return
	}
	yesOrNo(s, row, col, k, r.Float64() < 0.85)
}

// yesOrNo fills a cell with 是 or 否.
func yesOrNo(s *sheet, row, col int, k store.Key, yes bool) {
	text, value := "否", 0.0
	if yes {
		text, value = "是", 1
	}
	s.put(row, col, text, label)
	s.fact(row, col, Expected{Key: k, Value: value})
}

// created draws how many communities of each street were free of drugs at the end
// of the year.
func (p *planner) created(year store.Period) *sheet {
	s := &sheet{name: "创建情况", widths: []float64{6, 22, 14, 18}}
	s.banner(0, 4, "云岭区"+spoken(year)+"度无毒社区创建情况表", title)
	for j, text := range []string{"序号", "单位", "社区总数", "已创建无毒社区数"} {
		s.put(1, j, text, head)
	}
	for i, u := range of(p.model.units, store.Street) {
		r := roll(p.model.seed, "created", u.Code)
		s.put(2+i, 0, i+1, plain)
		s.put(2+i, 1, u.Name, label)
		n := r.between(9, 16)
		for j, code := range []string{"community_total", "drugfree_created"} {
			s.put(2+i, 2+j, n, plain)
			s.fact(2+i, 2+j, Expected{Key: store.Key{Unit: u.Code, Indicator: code, Period: year}, Value: float64(n)})
			n -= r.between(1, 6)
		}
	}
	return s
}
