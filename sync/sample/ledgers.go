package sample

import (
	"fmt"

	"jindu/store"
)

// ledgers plans the ledgers whose rows are events, money, posts and inspections:
// each in a version to the month before the reporting month, and one with it.
// What they add up to is what the units report, but for one entry that 西郊街道
// forgot.
func (p *planner) ledgers() {
	for _, last := range []store.Period{p.month.Add(-1), p.month} {
		for _, one := range []struct {
			path, unit string
			draw       func() []*sheet
		}{
			{"禁毒办/部门禁毒宣传活动台账.xlsx", "jdb", func() []*sheet { return []*sheet{p.publicityLedger(last)} }},
			{"街道/东湖街道/东湖街道禁毒经费台账.xlsx", "dhj", func() []*sheet { return []*sheet{p.fundsLedger("dhj", "万元", last)} }},
			{"街道/北关街道/北关街道禁毒经费台账.xlsx", "bgj", func() []*sheet { return []*sheet{p.fundsLedger("bgj", "元", last)} }},
			{"街道/西郊街道/西郊街道禁毒经费台账.xlsx", "xjj", func() []*sheet { return []*sheet{p.fundsLedger("xjj", "万元", last)} }},
			{"禁毒大队/易制毒和场所检查台账.xlsx", "jdd", func() []*sheet {
				return []*sheet{p.precursorLedger(last), p.venueLedger(last)}
			}},
		} {
			p.keep(one.path, p.handedIn(p.member(one.unit), last), xlsx, one.draw)
		}
	}
	p.keep("禁毒办/禁毒工作领导小组及责任人一览表.xlsx", p.handedIn(p.member("jdb"), p.month.Add(-1)), xlsx, func() []*sheet {
		return []*sheet{p.postsLedger()}
	})
}

// rowsUnder draws a ledger's heads and rows below its banners.
func (s *sheet) rowsUnder(top int, columns []string, rows [][]any) {
	for i, text := range columns {
		s.put(top, i, text, head)
	}
	for i, row := range rows {
		for j, value := range row {
			l := label
			if _, ok := value.(store.Date); ok {
				l = day
			}
			s.put(top+1+i, j, value, l)
		}
	}
}

// eventsFrom is the first month of which the publicity ledger tells: three months at
// least, and the publicity month.
func (p *planner) eventsFrom() store.Period {
	from := p.month.Add(-2)
	if june := p.publicityMonth(); june.Before(from) {
		return june
	}
	return from
}

// publicityLedger draws every event of four departments: as many a month as they
// report, with as many banners, leaflets and people in all.
func (p *planner) publicityLedger(last store.Period) *sheet {
	columns := []string{
		"序号", "活动日期", "单位", "活动主题", "地点", "形式", "横幅（条）", "资料（份）", "宣传点（个）", "受教育人数（人次）",
		"展板（块）", "海报（张）", "志愿者（人）", "媒体报道（篇）", "经办人", "联系电话", "备注",
	}
	themes := []string{"禁毒宣传进校园", "全民禁毒宣传月集中宣传", "防范新型毒品知识讲座", "禁种铲毒入户宣传", "青少年毒品预防教育"}
	places := []string{"城西中学", "云岭广场", "文昌社区", "客运站", "农贸市场"}
	forms := []string{"讲座", "设点咨询", "入户宣传", "展板展示", "发放资料", "典型案例"}
	var rows [][]any
	for m := p.eventsFrom(); !last.Before(m); m = m.Add(1) {
		for _, code := range []string{"xcb", "nyj", "jyj", "tqw"} {
			u := p.member(code)
			n := p.total(code, "pub_events", m)
			for i := range n {
				k := len(rows)
				part := func(indicator string) int { return portion(p.total(code, indicator, m), i, n) }
				rows = append(rows, []any{
					k + 1, m.Start().Add(i * m.End().Day / n), u.Name, themes[k%len(themes)], places[k%len(places)], forms[k%len(forms)],
					part("pub_banners"), part("pub_leaflets"), part("pub_points"), part("pub_reached"),
					2 + k%5, 3 * (k % 4), 4 + k%9, k % 3,
					scribe(k + 5), phone(7000 + k), nil,
				})
			}
		}
	}
	s := &sheet{name: "宣传活动台账", widths: []float64{6, 12, 16, 26}}
	s.banner(0, len(columns), fmt.Sprintf("云岭区%d年部门禁毒宣传活动台账", last.Year), title)
	s.rowsUnder(1, columns, rows)
	return s
}

// total returns a figure of the model as a whole number.
func (p *planner) total(unit, indicator string, m store.Period) int {
	return int(p.model.figures[store.Key{Unit: unit, Indicator: indicator, Period: m}])
}

// portion is what the i-th of n rows has of a total.
func portion(total, i, n int) int {
	if i < total%n {
		return total/n + 1
	}
	return total / n
}

// forgotten is the spending, in 10,000 yuan, that 西郊街道 reports for the
// reporting month and did not enter into its ledger.
const forgotten = 0.5

// fundsLedger draws what a street received and spent in the months of the year.
func (p *planner) fundsLedger(code, measure string, last store.Period) *sheet {
	columns := []string{
		"序号", "资金来源", "文号", "到账金额", "到账日期", "支出日期", "支出科目", "支出事项", "支出金额", "结余", "是否专项用途",
		"凭证号", "经办人", "收款人",
	}
	shown := func(v float64) any {
		if measure == "元" {
			return int(v*1e4 + 0.5)
		}
		return cents(v)
	}
	var rows [][]any
	for m := store.MonthOf(last.Year, 1); !last.Before(m); m = m.Add(1) {
		received := p.model.figures[store.Key{Unit: code, Indicator: "fund_received", Period: m}]
		spent := p.model.figures[store.Key{Unit: code, Indicator: "fund_spent", Period: m}]
		if code == "xjj" && m == p.month {
			spent -= forgotten
		}
		k := len(rows)
		rows = append(rows, []any{
			k + 1, [...]string{"区级", "区级", "省级"}[k%3], fmt.Sprintf("云财行〔%d〕%d号", m.Year, 10+k),
			shown(received), m.Start().Add(4), m.End().Add(-3), [...]string{"宣传教育", "社戒社康", "检测试剂"}[k%3],
			"付" + scribe(k+2) + "劳务", shown(spent), shown(received - spent), "是",
			fmt.Sprintf("记字%03d", 40+k), scribe(k + 4), scribe(k + 6),
		})
	}
	s := &sheet{name: "经费台账", widths: []float64{6, 10, 20, 12, 12, 12, 14, 20, 12, 12}}
	s.banner(0, len(columns), fmt.Sprintf("%s%d年禁毒经费台账", p.member(code).Name, last.Year), title)
	s.banner(1, len(columns), "金额单位："+measure, note)
	s.rowsUnder(2, columns, rows)
	return s
}

// forgottenSlip is the figure of 西郊街道 that its ledger contradicts.
func (p *planner) forgottenSlip() map[store.Key]slip {
	k := p.key("xjj", "fund_spent")
	v, _ := p.model.value(k)
	return map[store.Key]slip{k: {shown: v, read: v, suspect: true, rule: "ledger_mismatch"}}
}

// postsLedger draws who heads the work in every unit: posts are
// public, names and telephones are there to be left out.
func (p *planner) postsLedger() *sheet {
	columns := []string{
		"序号", "单位", "组长", "职务", "联系电话", "副组长", "职务", "联系电话", "成员数", "办公室设在", "联络员", "联系电话",
		"成立文号", "调整日期", "是否调整充实",
	}
	var rows [][]any
	kinds := []store.UnitKind{store.Street, store.Department, store.Station, store.BorderStation, store.Bureau}
	for k, u := range of(p.model.units, kinds...) {
		post, deputy := "局长", "副局长"
		switch u.Kind {
		case store.Street:
			post, deputy = "党工委书记", "办事处副主任"
		case store.Station, store.BorderStation:
			post, deputy = "所长", "副所长"
		case store.Bureau:
			post, deputy = "大队长", "副大队长"
		default: // a department
		}
		renewed := "是"
		if k%7 == 5 {
			renewed = "否"
		}
		rows = append(rows, []any{
			k + 1, u.Name, scribe(k), post, phone(8000 + k), scribe(k + 3), deputy, phone(8100 + k), 7 + k%6, "综治办",
			scribe(k + 8), phone(8200 + k), fmt.Sprintf("云禁毒〔%d〕%d号", p.month.Year, 1+k), p.month.Start().Add(-120 - 3*k), renewed,
		})
	}
	s := &sheet{name: "责任人一览", widths: []float64{6, 20, 10, 14, 14, 10, 14, 14}}
	s.banner(0, len(columns), fmt.Sprintf("云岭区%d年禁毒工作领导小组及责任人一览表", p.month.Year), title)
	s.rowsUnder(1, columns, rows)
	return s
}

// precursorLedger draws the drug squad's inspections of enterprises.
func (p *planner) precursorLedger(last store.Period) *sheet {
	columns := []string{
		"序号", "企业名称", "类别", "法定代表人", "联系电话", "备案证明号", "检查单位", "品种及类别", "库存量（千克）", "系统库存量（千克）",
		"双人双锁", "禁毒标识", "检查日期", "检查人员", "问题数", "整改期限", "整改完成日期", "处罚",
	}
	var rows [][]any
	for m := p.month.Add(-1); !last.Before(m); m = m.Add(1) {
		n := p.total("jdd", "precursor_inspected", m)
		for i := range n {
			k := len(rows)
			on := m.Start().Add(i * m.End().Day / n)
			var due, done, penalty any
			problems := 0
			if k%5 == 3 {
				problems, due, penalty = 1+k%2, on.Add(15), "限期整改"
			}
			if k%10 == 3 && !p.today().Before(on.Add(9)) {
				done = on.Add(9)
			}
			rows = append(rows, []any{
				k + 1, fmt.Sprintf("云岭%s化工有限公司", enterprise(k)), [...]string{"使用", "经营", "使用", "运输"}[k%4], scribe(k + 1), phone(8300 + k),
				fmt.Sprintf("YLBA%05d", 100+k), "公安分局禁毒大队", [...]string{"第三类", "第三类", "第二类"}[k%3], 40 + 5*(k%30), 40 + 5*(k%30),
				"是", [...]string{"是", "√", "否"}[k%3], on, scribe(k+2) + "、" + scribe(k+9), problems, due, done, penalty,
			})
		}
	}
	s := &sheet{name: "易制毒检查", widths: []float64{6, 26, 8, 12, 14, 16, 20}}
	s.banner(0, len(columns), fmt.Sprintf("云岭区%d年易制毒化学品企业检查台账", last.Year), title)
	s.rowsUnder(1, columns, rows)
	return s
}

// enterprise is an invented name, different for each of the first hundred.
func enterprise(k int) string {
	return string([]rune("泰和永兴瑞丰华盛")[k%8]) + string([]rune("达安源昌隆恒信宏")[k/8%8])
}

// venueLedger draws what a small station inspected in the last month. Names of
// owners stand in the names of their places.
func (p *planner) venueLedger(last store.Period) *sheet {
	columns := []string{"序号", "场所名称", "类别", "地址", "负责人", "电话", "管辖派出所", "检查日期", "问题数", "处理结果"}
	u := p.member("gdb")
	n := p.total(u.Code, "venue_inspected", last)
	rows := make([][]any, n)
	for k := range rows {
		name, kind := scribe(k+3)+"网吧", "网吧"
		if k%3 == 0 {
			name, kind = fmt.Sprintf("云岭%s大酒店", enterprise(k)), "宾馆"
		}
		rows[k] = []any{
			k + 1, name, kind, fmt.Sprintf("东湖街道%s%d号", address, 10+k), scribe(k + 3), phone(8500 + k), u.Name,
			last.Start().Add(k * last.End().Day / n), k % 2, [...]string{"无", "责令整改"}[k%2],
		}
	}
	s := &sheet{name: "场所检查", widths: []float64{6, 24, 8, 24}}
	s.banner(0, len(columns), fmt.Sprintf("%s%s娱乐场所检查台账", u.Name, spoken(last)), title)
	s.rowsUnder(1, columns, rows)
	return s
}
