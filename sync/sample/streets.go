package sample

import (
	"fmt"

	"jindu/store"
)

// streetBlocks is the form of a street office.
func streetBlocks(g page) []block {
	return []block{
		{name: "社区戒毒社区康复", items: g.items(
			"comm_detox_active", "comm_rehab_active", "report_in_due", "report_in_done", "report_in_rate", "not_reported",
			"agreement_signed", "agreement_rate", "exec_due", "exec_active", "exec_rate")},
		{name: "检测帮扶", items: g.items(
			"urine_due", "urine_done", "urine_rate", "urine_positive", "hair_tests", "breach_serious", "released_month",
			"care_visits")},
		{name: "经费", items: g.items("fund_received", "fund_spent", "fund_misuse")},
		{name: "宣传教育", items: g.items(publicityCodes()...)},
	}
}

// streetItems is the form without its groups.
func streetItems(g page) []item {
	var out []item
	for _, b := range streetBlocks(g) {
		out = append(out, b.items...)
	}
	return out
}

// streets plans what the six street offices keep.
func (p *planner) streets() {
	p.donghu()
	p.xijiao()
	p.changqiao()
	p.beiguanStreet()
	p.wenchangStreet()
	p.liuwanStreet()
	p.quarterly()
	p.roster()
}

// donghu keeps months across and types its rates as text.
func (p *planner) donghu() {
	u, g := p.member("dhj"), p.page(hand{text: true, scribe: 11})
	p.growing(u, p.month, "街道/东湖街道%d年社区戒毒康复统计表.xlsx", xlsx, func(months []store.Period) []*sheet {
		return []*sheet{g.monthsAcross(u, months[len(months)-1], streetItems(g))}
	})
}

// xijiao is two days late in the reporting month, and its ledger of funds lacks an
// entry that the report counts.
func (p *planner) xijiao() {
	u, g := p.member("xjj"), p.page(hand{words: 1, scribe: 12})
	form := func(g page) draw {
		return func(name string, u member, m store.Period) *sheet {
			return g.oneUnit(name, u, m, streetItems(g), thisMonth, thisYear, lastYear)
		}
	}
	naming := name("街道/西郊街道/西郊街道%d月报表.xlsx")
	p.monthly(u, p.month.Add(-1), "街道/西郊街道/西郊街道%d年各月报表.xlsx", naming, xlsx, form(g))
	doubted := p.page(hand{words: 1, scribe: 12}, p.forgottenSlip())
	p.keep(naming(p.month), p.between(2, 0.85), xlsx, func() []*sheet { return []*sheet{form(doubted)("Sheet1", u, p.month)} })
}

// changqiao writes the long form, and compiles for its communities besides.
func (p *planner) changqiao() {
	u, g := p.member("cqj"), p.page(hand{scribe: 13})
	p.monthly(u, p.month, "街道/长桥街道/长桥街道%d年统计.xlsx", name("街道/长桥街道/长桥街道办%d月统计.xlsx"), xlsx,
		func(name string, u member, m store.Period) *sheet { return g.long(name, u, m, streetBlocks(g)) })
}

// beiguanStreet counts its money in 元.
func (p *planner) beiguanStreet() {
	u, g := p.member("bgj"), p.page(hand{words: 1, yuan: true, scribe: 14})
	p.monthly(u, p.month, "街道/北关街道/北关街道%d年月报.xlsx", name("街道/北关街道/北关街道%d月报表.xlsx"), xlsx,
		func(name string, u member, m store.Period) *sheet {
			return g.unitsDown(name, u.Name+spoken(m)+"禁毒工作情况统计表", []member{u}, m, streetBlocks(g), false)
		})
}

// wenchangStreet adds a sheet a month, with notes above the head.
func (p *planner) wenchangStreet() {
	u, g := p.member("wcj"), p.page(hand{words: 2, broken: true, text: true, scribe: 15})
	p.growing(u, p.month, "街道/文昌街道%d年（每月一表）.xlsx", xlsx, func(months []store.Period) []*sheet {
		return sheets(u, months, func(name string, u member, m store.Period) *sheet {
			return g.oneUnit(name, u, m, streetItems(g), thisMonth, thisYear)
		})
	})
}

// liuwanStreet kept last month's title on the reporting month's file.
func (p *planner) liuwanStreet() {
	u, g := p.member("lwj"), p.page(hand{zero: "无", scribe: 16})
	p.monthly(u, p.month, "街道/柳湾街道/柳湾街道%d年禁毒工作报表.xlsx", name("街道/柳湾街道/柳湾街道%d月禁毒工作报表.xlsx"), xlsx,
		func(name string, u member, m store.Period) *sheet {
			s := g.oneUnit(name, u, m, streetItems(g), thisMonth, thisYear)
			if m == p.month {
				s.rows[0][0].value = u.Name + spoken(m.Add(-1)) + "禁毒工作月报表"
				s.refused = true
				s.fault(0, 0, store.Fault, "period_conflict")
			}
			return s
		})
}

// quarterly plans the form in which the office assesses the streets.
func (p *planner) quarterly() {
	g := p.page(hand{scribe: 17})
	office, streets := p.member("jdb"), of(p.model.units, store.Street)
	for _, q := range p.quarters() {
		blocks := []block{
			{name: "工作力量", items: g.items("staff_full", "volunteers")},
			{name: "就业安置", items: g.items("employable", "employed", "employ_rate")},
			{name: "一人一档", items: g.items("files_due", "files_complete", "file_complete_rate")},
			{name: "复吸情况", items: g.items("programme_persons", "relapse_persons", "relapse_rate")},
			{name: "等级评定", items: g.items("grade_score")},
		}
		path := fmt.Sprintf("禁毒办/季度考核/%s街道禁毒工作考核表.xlsx", spoken(q))
		p.keep(path, p.handedIn(office, store.MonthOf(q.Year, q.N*3)), xlsx, func() []*sheet {
			return []*sheet{g.unitsDown("考核表", "云岭区"+spoken(q)+"街道禁毒工作考核表", streets, q, blocks, false)}
		})
	}
}

// quarters lists the quarters that workbooks tell of.
func (p *planner) quarters() []store.Period {
	var out []store.Period
	for _, q := range p.model.quarters() {
		if q.Year >= p.model.written.Year {
			out = append(out, q)
		}
	}
	return out
}

// communities plans what communities keep: two by themselves, two through
// their street. One has not sent the reporting month.
func (p *planner) communities() {
	for code, last := range map[string]store.Period{"whc": p.month, "xyc": p.month.Add(-1)} {
		u, g := p.member(code), p.page(hand{words: 1, noFooter: true})
		p.growing(u, last, "社区/"+u.Name+"%d年宣传活动.xlsx", xlsx, func(months []store.Period) []*sheet {
			return []*sheet{g.monthsAcross(u, months[len(months)-1], g.items("pub_events", "pub_reached"))}
		})
	}
	g, under := p.page(hand{scribe: 18}), []member{p.member("qbc"), p.member("qnc")}
	p.growing(p.member("cqj"), p.month, "街道/长桥街道/长桥街道社区宣传统计（%d年）.xlsx", xlsx, func(months []store.Period) []*sheet {
		return sheets(member{}, months, func(name string, _ member, m store.Period) *sheet {
			blocks := []block{{name: "宣传教育", items: g.items("pub_events", "pub_reached")}}
			return g.unitsDown(name, "长桥街道"+spoken(m)+"社区禁毒宣传统计表", under, m, blocks, true)
		})
	})
}

// departments plans what the member departments keep: publicity, and what only
// they count. 区财政局 has never sent anything.
func (p *planner) departments() {
	extra := map[string][]string{"wjj": {"mmt_active"}, "yjj": {"precursor_hazard_open"}, "wlj": {"venue_closed"}}
	for i, code := range []string{"wjj", "yjj", "wlj", "qfy", "jcy", "xcb", "nyj", "sfj"} {
		u, last := p.member(code), p.month
		if code == "sfj" {
			last = p.month.Add(-1)
		}
		g := p.page(hand{words: i % 3, broken: i%3 == 1, noFooter: i%2 == 0, scribe: 20 + i})
		p.growing(u, last, "部门/"+u.Name+"%d年禁毒工作统计.xlsx", xlsx, func(months []store.Period) []*sheet {
			return []*sheet{g.monthsAcross(u, months[len(months)-1], g.items(join(extra[code], publicityCodes())...))}
		})
	}
	p.education()
	for code, indicator := range map[string]string{"qfy": "convicted", "yjj": "precursor_ent", "nyj": "plants_found"} {
		p.byQuarter(p.member(code), indicator)
	}
}

// education sends two different files for the reporting month.
func (p *planner) education() {
	u, h := p.member("jyj"), hand{words: 1, scribe: 30}
	form := func(g page) draw {
		return func(name string, u member, m store.Period) *sheet {
			return g.oneUnit(name, u, m, g.items(publicityCodes()...), thisMonth)
		}
	}
	p.monthly(u, p.month.Add(-1), "部门/区教育局/教育局%d年宣传统计.xlsx", name("部门/区教育局/教育局%d月宣传统计.xlsx"), xlsx, form(p.page(h)))
	for i, path := range []string{"部门/区教育局/教育局%d月宣传统计.xlsx", "部门/区教育局/教育局%d月宣传统计（修改）.xlsx"} {
		g := p.page(h)
		if i == 1 {
			g = p.page(h, p.conflictSlips())
		}
		p.keep(fmt.Sprintf(path, p.month.N), p.between(2, 0.4+0.2*float64(i)), xlsx, func() []*sheet {
			return []*sheet{form(g)("Sheet1", u, p.month)}
		})
	}
}

// byQuarter keeps a workbook a year with a sheet a quarter.
func (p *planner) byQuarter(u member, indicator string) {
	g := p.page(hand{scribe: 31})
	byYear := map[int][]store.Period{}
	for _, q := range p.quarters() {
		byYear[q.Year] = append(byYear[q.Year], q)
	}
	for year, quarters := range byYear {
		end := quarters[len(quarters)-1]
		path := fmt.Sprintf("部门/%s%d年季报.xlsx", u.Name, year)
		p.keep(path, p.handedIn(u, store.MonthOf(year, end.N*3)), xlsx, func() []*sheet {
			var out []*sheet
			for _, q := range quarters {
				blocks := []block{{name: "工作情况", items: g.items(indicator)}}
				out = append(out, g.unitsDown(fmt.Sprintf("%d季度", q.N), u.Name+spoken(q)+"禁毒工作统计表", []member{u}, q, blocks, false))
			}
			return out
		})
	}
}

// office plans what the drug-control office keeps: the venues, the publicity
// of departments that send it by telephone, and the tasks.
func (p *planner) office() {
	u, g := p.member("jdb"), p.page(hand{scribe: 32})
	p.growing(u, p.month, "禁毒办/区禁毒办%d年统计表.xlsx", xlsx, func(months []store.Period) []*sheet {
		codes := join([]string{"venue_total", "venue_covered", "venue_cover_rate", "clues_received"}, publicityCodes())
		return []*sheet{g.monthsAcross(u, months[len(months)-1], g.items(codes...))}
	})
	across := []member{p.member("mzj"), p.member("scj"), p.member("tqw"), p.member("qfl")}
	wide := p.page(hand{broken: true, scribe: 33})
	p.monthly(u, p.month, "禁毒办/部门宣传统计（%d年）.xlsx", name("禁毒办/部门宣传统计（%d月）.xlsx"), xlsx,
		func(name string, _ member, m store.Period) *sheet {
			return wide.transposed(name, "云岭区"+spoken(m)+"部门禁毒宣传工作统计表", across, m, wide.items(publicityCodes()...))
		})
	p.survey()
	p.tasks()
}
