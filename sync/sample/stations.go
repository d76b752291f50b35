package sample

import (
	"fmt"

	"jindu/store"
)

// registerCodes is who is known, in the order of the form.
func registerCodes() []string {
	return []string{
		"reg_total", "reg_current", "reg_new", "reg_new_u18", "relapse_found",
		"clean3y_total", "dead_total", "abroad_total",
	}
}

// controlCodes is who must be under control, who is, and who was met.
func controlCodes() []string {
	return []string{
		"control_due", "control_in", "lost_total", "risk_high", "risk_mid", "risk_low",
		"seen_due", "seen_done", "seen_rate",
	}
}

// enforcementCodes is the month's results.
func enforcementCodes() []string {
	return []string{
		"case_criminal", "case_admin", "suspects", "users_found", "compulsory_dec",
		"drug_driving", "gangs_broken", "labs_destroyed",
	}
}

// seizureCodes is the weights by kind, and last their sum.
func seizureCodes() []string {
	return []string{
		"seized_heroin_g", "seized_meth_g", "seized_yaba_g", "seized_ketamine_g",
		"seized_cannabis_g", "seized_etomidate_g", "seized_other_g", "seized_total_g",
	}
}

// venueCodes is tips and places of entertainment.
func venueCodes() []string {
	return []string{"clues_received", "venue_inspected", "venue_problem_open"}
}

// publicityCodes is what every unit of the district reports.
func publicityCodes() []string {
	return []string{"pub_events", "pub_banners", "pub_points", "pub_leaflets", "pub_reached"}
}

// fullCodes is the form of a station that reports its own enforcement.
func fullCodes() []string {
	return join(registerCodes(), controlCodes(), enforcementCodes(), seizureCodes(), venueCodes(), publicityCodes())
}

// lightCodes is the form of a station whose enforcement the squad reports, so that
// every figure is stated in one place only.
func lightCodes() []string {
	return join(registerCodes(), controlCodes(), venueCodes(), publicityCodes())
}

// join strings the lists together.
func join(lists ...[]string) []string {
	var out []string
	for _, l := range lists {
		out = append(out, l...)
	}
	return out
}

// stationBlocks is the form in groups, for layouts with group headings.
func stationBlocks(g page, full bool) []block {
	out := []block{
		{name: "人员底数", items: g.items(registerCodes()...)},
		{name: "管控情况", items: g.items(controlCodes()...)},
	}
	if full {
		out = append(out,
			block{name: "打击情况", items: g.items(enforcementCodes()...)},
			block{name: "缴毒情况", items: g.items(seizureCodes()...)})
	}
	return append(out,
		block{name: "场所管理", items: g.items(venueCodes()...)},
		block{name: "宣传教育", items: g.items(publicityCodes()...)})
}

// stations plans what the ten stations keep; no two of them keep it alike.
func (p *planner) stations() {
	p.chengxi()
	p.chengdong()
	p.binjiang()
	p.beiguan()
	p.shimen()
	p.wenchang()
	p.liuwan()
	p.qingshan()
	p.nanwan()
	p.gudu()
}

// name returns a naming of monthly files in a folder.
func name(format string) func(store.Period) string {
	return func(m store.Period) string { return fmt.Sprintf(format, m.N) }
}

// chengxi sends 本月, 本年累计 and 去年同期, and corrects itself at the end.
func (p *planner) chengxi() {
	u, h := p.member("cxs"), hand{scribe: 1}
	columns := []columnKind{thisMonth, thisYear, lastYear}
	form := func(g page) draw {
		return func(name string, u member, m store.Period) *sheet {
			return g.oneUnit(name, u, m, g.items(fullCodes()...), columns...)
		}
	}
	p.monthly(u, p.month.Add(-1), "派出所/城西派出所/城西所%d年各月报表.xlsx", name("派出所/城西派出所/城西所%d月报表.xlsx"), xlsx, form(p.page(h)))
	path := name("派出所/城西派出所/城西所%d月报表.xlsx")(p.month)
	first := p.page(h, p.correctedSlips())
	p.keep(path, p.handedIn(u, p.month), xlsx, func() []*sheet { return []*sheet{form(first)("Sheet1", u, p.month)} })
	p.keep(path, p.between(3, 0.7), xlsx, func() []*sheet { return []*sheet{form(p.page(h))("Sheet1", u, p.month)} })
}

// chengdong keeps a workbook a year, months across, and hides last year's table
// in it. Three cells of the reporting month cannot be read.
func (p *planner) chengdong() {
	u, h := p.member("cds"), hand{words: 1, scribe: 2}
	p.growing(u, p.month, "派出所/城东派出所/城东派出所%d年禁毒工作统计表.xlsx", xlsx, func(months []store.Period) []*sheet {
		last := months[len(months)-1]
		g := p.page(h, p.partialSlips())
		out := []*sheet{g.monthsAcross(u, last, g.items(fullCodes()...))}
		if last.Year > p.model.written.Year {
			old := p.page(hand{words: 2}).monthsAcross(u, store.MonthOf(last.Year-1, 12), g.items(registerCodes()...))
			old.name, old.hidden, old.facts = "旧表", true, nil
			old.faults = []Fault{{Sheet: old.name, Severity: store.Info, Rule: "hidden_sheet"}}
			out = append(out, old)
		}
		return out
	})
}

// binjiang names its files as people do, and left a copy of the last beside it.
func (p *planner) binjiang() {
	u, g := p.member("bjs"), p.page(hand{words: 2, zero: "无", scribe: 3})
	form := func(name string, u member, m store.Period) *sheet {
		return g.oneUnit(name, u, m, g.items(fullCodes()...), lastYear, thisMonth, thisYear)
	}
	naming := func(m store.Period) string {
		if m == p.month {
			return fmt.Sprintf("派出所/滨江派出所/滨江所%d月报表(最终版2).xlsx", m.N)
		}
		return fmt.Sprintf("派出所/滨江派出所/滨江所%d月报表.xlsx", m.N)
	}
	p.monthly(u, p.month, "派出所/滨江派出所/滨江所%d年报表（各月）.xlsx", naming, xlsx, form)
	p.keep(fmt.Sprintf("派出所/滨江派出所/滨江所%d月报表(最终版2) - 副本.xlsx", p.month.N), p.between(2, 0.3), xlsx,
		func() []*sheet { return []*sheet{form("Sheet1", u, p.month)} })
}

// beiguan exports csv in GB18030 with thousands in quotes.
func (p *planner) beiguan() {
	u, g := p.member("bgs"), p.page(hand{scribe: 4, noFooter: true})
	p.monthly(u, p.month, "派出所/北关派出所/北关派出所%d年月报.xlsx", name("派出所/北关派出所/北关所%d月.csv"), csvGB18030,
		func(name string, u member, m store.Period) *sheet {
			return g.oneUnit(name, u, m, g.items(fullCodes()...), thisMonth, thisYear)
		})
}

// shimen keeps a sheet a month with itself as the only row.
func (p *planner) shimen() {
	u, g := p.member("sms"), p.page(hand{words: 1, scribe: 5})
	p.growing(u, p.month, "派出所/石门派出所%d年统计表.xlsx", xlsx, func(months []store.Period) []*sheet {
		return sheets(u, months, func(name string, u member, m store.Period) *sheet {
			return g.unitsDown(name, u.Name+spoken(m)+"禁毒工作统计表", []member{u}, m, stationBlocks(g, false), false)
		})
	})
}

// wenchang writes the long form; it has not sent the reporting month.
func (p *planner) wenchang() {
	u, g := p.member("wcs"), p.page(hand{words: 1, text: true, scribe: 6})
	p.monthly(u, p.month.Add(-1), "派出所/文昌派出所/文昌派出所%d年各月.xlsx", name("派出所/文昌派出所/文昌派出所%d月统计表.xlsx"), xlsx,
		func(name string, u member, m store.Period) *sheet { return g.long(name, u, m, stationBlocks(g, false)) })
}

// liuwan puts notes above the head and breaks its lines.
func (p *planner) liuwan() {
	u, g := p.member("lws"), p.page(hand{broken: true, wide: true, scribe: 7})
	p.growing(u, p.month, "派出所/柳湾派出所%d年（每月一表）.xlsx", xlsx, func(months []store.Period) []*sheet {
		return sheets(u, months, func(name string, u member, m store.Period) *sheet {
			return g.oneUnit(name, u, m, g.items(lightCodes()...), thisMonth, thisYear)
		})
	})
}

// qingshan keeps months across with heads on two lines.
func (p *planner) qingshan() {
	u, g := p.member("qss"), p.page(hand{broken: true, zero: "零", scribe: 8})
	p.growing(u, p.month, "派出所/青山派出所%d年禁毒台账.xlsx", xlsx, func(months []store.Period) []*sheet {
		return []*sheet{g.monthsAcross(u, months[len(months)-1], g.items(lightCodes()...))}
	})
}

// nanwan weighs in 千克; in the reporting month it typed grams.
func (p *planner) nanwan() {
	u, h := p.member("nwb"), hand{kilo: true, scribe: 9}
	g := p.page(h, p.jumpSlips())
	p.monthly(u, p.month, "派出所/南湾边防派出所/南湾边防所%d年月报汇编.xlsx", name("派出所/南湾边防派出所/南湾边防所%d月月报.xlsx"), xlsx,
		func(name string, u member, m store.Period) *sheet {
			return g.oneUnit(name, u, m, g.items(fullCodes()...), thisMonth, thisYear, lastYear)
		})
}

// gudu exports csv in UTF-8 with a mark, months across.
func (p *planner) gudu() {
	u, g := p.member("gdb"), p.page(hand{words: 2, noFooter: true})
	p.growing(u, p.month, "派出所/古渡边防派出所%d年.csv", csvUTF8, func(months []store.Period) []*sheet {
		s := g.monthsAcross(u, months[len(months)-1], g.items(lightCodes()...))
		s.rename(csvSheet)
		return []*sheet{s}
	})
}

// squad plans what the drug squad keeps: a summary with the stations that leave
// their enforcement to it, its own figures, and the ledger of cases.
func (p *planner) squad() {
	u := p.member("jdd")
	rows := []member{u, p.member("sms"), p.member("wcs"), p.member("lws"), p.member("qss"), p.member("gdb")}
	h := hand{scribe: 10}
	form := func(name string, u member, m store.Period) *sheet {
		g := p.page(h)
		heading := fmt.Sprintf("云岭区%s毒品案件打击情况汇总表", spoken(m))
		s := g.unitsDown(name, heading, rows, m, squadBlocks(g), true)
		if m == p.month {
			p.wrongTotal(s, rows, m)
		}
		return s
	}
	p.monthly(u, p.month, "禁毒大队/打击情况汇总表（%d年）.xlsx", name("禁毒大队/打击情况汇总表（%d月）.xlsx"), xlsx, form)
	g := p.page(h)
	codes := []string{
		"detained", "arrested", "prosecuted", "custody_total", "comm_detox_ordered", "comm_rehab_ordered",
		"precursor_inspected",
	}
	p.growing(u, p.month, "禁毒大队/公安分局禁毒大队%d年统计表.xlsx", xlsx, func(months []store.Period) []*sheet {
		return []*sheet{g.monthsAcross(u, months[len(months)-1], g.items(join(codes, publicityCodes())...))}
	})
	p.cases()
}

// squadBlocks is a head of three levels.
func squadBlocks(g page) []block {
	return []block{
		{
			name:  "打击情况",
			subs:  []string{"案件", "案件", "人员", "人员", "人员", "其他战果", "其他战果", "其他战果"},
			items: g.items(enforcementCodes()...),
		},
		{name: "缴毒情况", items: g.items(seizureCodes()...)},
	}
}
