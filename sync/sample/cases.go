package sample

import (
	"fmt"
	"slices"
	"strings"

	"jindu/store"
)

// ledgerMonths is how many months back the ledger of cases goes: over the same days
// of the year before, with which the operation is compared.
const ledgerMonths = 14

// cases plans the ledger of cases: a version to the month before the reporting
// month, one with it, and one that goes on to yesterday.
func (p *planner) cases() {
	u := p.member("jdd")
	for _, last := range []store.Period{p.month.Add(-1), p.month} {
		p.keep("禁毒大队/毒品案件台账.xlsx", p.handedIn(u, last), xlsx, func() []*sheet {
			return []*sheet{p.caseLedger(last)}
		})
	}
	p.keep("禁毒大队/毒品案件台账.xlsx", p.between(3, 0.7), xlsx, func() []*sheet {
		return []*sheet{p.caseLedger(p.month.Add(1))}
	})
}

// CaseCount returns how many cases the final ledger holds.
func (d *District) CaseCount() int { return len(d.ledgerCases(d.month.Add(1))) }

// ledgerCases returns the cases of the ledger up to the month, by the day on
// which they were solved, numbered within their year.
func (d *District) ledgerCases(last store.Period) []crime {
	all := slices.Clone(d.model.crimes)
	slices.SortStableFunc(all, func(a, b crime) int { return a.solvedOn.Sub(b.solvedOn) })
	serial := map[int]int{}
	var out []crime
	for _, c := range all {
		serial[c.month.Year]++
		c.serial = serial[c.month.Year]
		if !last.Before(c.month) && d.month.Add(-ledgerMonths).Before(c.month) {
			out = append(out, c)
		}
	}
	return out
}

// caseLedger draws a case a row, with the columns of persons that a squad keeps
// and that must never get in.
func (d *District) caseLedger(last store.Period) *sheet {
	columns := []string{
		"序号", "案件编号", "案件名称", "案件类型", "刑事/行政", "发案时间", "受案时间", "破案时间", "主办单位", "发案地点",
		"犯罪嫌疑人姓名", "证件号码", "联系电话", "抓获人数", "刑拘", "逮捕", "毒品种类", "缴获数量（克）", "专项行动", "案件状态",
		"主办人", "简要案情",
	}
	s := &sheet{name: "案件台账", widths: []float64{6, 20, 24}}
	s.banner(0, len(columns), "云岭区毒品案件台账（截至"+chinese(d.told(last))+"）", title)
	for i, text := range columns {
		s.put(1, i, text, head)
	}
	names, drugNames := map[string]string{}, map[string]string{}
	for _, u := range d.model.units {
		names[u.Code] = u.Name
	}
	for _, g := range drugs() {
		drugNames[g.code] = g.name
	}
	for i, c := range d.ledgerCases(last) {
		for j, value := range d.caseRow(i, c, names[c.unit], drugNames[c.drug]) {
			l := label
			if j >= 5 && j <= 7 {
				l = day
			}
			s.put(2+i, j, value, l)
		}
	}
	return s
}

// told is the last day of which a ledger up to the month tells.
func (d *District) told(last store.Period) store.Date {
	if end := last.End(); end.Before(d.today()) {
		return end
	}
	return d.today().Add(-1)
}

// caseRow is one case. Name, number, phone, address, officer and story are there
// because squads write them; a reader must take none of them.
func (d *District) caseRow(i int, c crime, unit, drug string) []any {
	n := c.serial + 100*(c.month.Year%10)
	suspect := scribe(n * 7)
	return []any{
		i + 1,
		fmt.Sprintf("YL%d%05d", c.month.Year, c.serial),
		suspect + c.kind + "案",
		c.kind,
		"刑事",
		c.occurred,
		c.accepted,
		c.solvedOn,
		unit,
		fmt.Sprintf("%s%s%d号", strings.TrimSuffix(c.street, "办事处"), address, n),
		suspect,
		identity(n),
		phone(1000 + n),
		c.caught,
		c.detained,
		c.arrested,
		drug,
		c.grams,
		c.campaign,
		d.caseState(c),
		scribe(n + 3),
		fmt.Sprintf("%s在%s附近被抓获，同住人%s，电话%s。", suspect, c.street, scribe(n+11), phone(3000+n)),
	}
}

// caseState is how far the case has come by the end of the reporting month.
func (d *District) caseState(c crime) string {
	switch months := d.month.End().Sub(c.solvedOn) / 30; {
	case months >= 5:
		return "已判决"
	case months >= 2:
		return "移送起诉"
	default:
		return "侦查中"
	}
}

// identity makes an ID number with a right check digit in a region that does
// not exist, so that it is no person's.
func identity(n int) string {
	body := fmt.Sprintf("539901%d%02d%02d%03d", 1970+n%30, 1+n%12, 1+n%28, n%1000)
	weights := [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		sum += w * int(body[i]-'0')
	}
	return body + string("10X98765432"[sum%11])
}
