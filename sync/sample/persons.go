package sample

import (
	"fmt"

	"jindu/store"
)

// roster plans a street's ledger of the persons in its programmes, of which a
// reader may keep counts only.
func (p *planner) roster() {
	u := p.member("dhj")
	for _, last := range []store.Period{p.month.Add(-1), p.month} {
		p.keep("街道/东湖街道社区戒毒社区康复人员花名册.xlsx", p.handedIn(u, last), xlsx, func() []*sheet {
			return []*sheet{p.personLedger(u, last)}
		})
	}
}

// Secrets returns strings of which one at least stands in every personal text
// of the folder, and none in anything that may be kept.
func (d *District) Secrets() []string {
	out := []string{phone(0)[:7], identity(0)[:6], address}
	for n := range scribes {
		out = append(out, scribe(n))
	}
	return out
}

// address is a quarter that does not exist.
const address = "菡萏里"

// personLedger draws a person a row: as many of each programme as the street
// reports for the month.
func (d *District) personLedger(u member, last store.Period) *sheet {
	columns := []string{
		"序号", "姓名", "性别", "身份证号", "手机号码", "户籍地详细地址", "监护人姓名电话", "管辖街道", "人员类别", "报到日期",
		"人员状态", "风险级别", "应检", "已检", "备注",
	}
	s := &sheet{name: "花名册", widths: []float64{6, 10, 6, 22, 14, 26, 22}}
	s.banner(0, len(columns), fmt.Sprintf("%s社区戒毒社区康复人员花名册（截至%s）", u.Name, chinese(last.End())), title)
	for i, text := range columns {
		s.put(1, i, text, head)
	}
	detox := d.model.figures[store.Key{Unit: u.Code, Indicator: "comm_detox_active", Period: last}]
	rehab := d.model.figures[store.Key{Unit: u.Code, Indicator: "comm_rehab_active", Period: last}]
	for i := range int(detox + rehab) {
		for j, value := range personRow(i, i < int(detox), u, last) {
			l := label
			if _, ok := value.(store.Date); ok {
				l = day
			}
			s.put(2+i, j, value, l)
		}
	}
	return s
}

// personRow is one invented person.
func personRow(i int, detox bool, u member, last store.Period) []any {
	category := "社区康复"
	if detox {
		category = "社区戒毒"
	}
	return []any{
		i + 1,
		scribe(i),
		[...]string{"男", "男", "男", "男", "女"}[i%5],
		identity(i),
		phone(5000 + i),
		fmt.Sprintf("云岭区%s%d号%d单元", address, 20+i%80, 1+i%4),
		scribe(i+9) + " " + phone(6000+i),
		u.Name,
		category,
		last.End().Add(-30 - 5*i%1000),
		category + "中",
		[...]string{"低风险", "中风险", "低风险", "高风险"}[i%4],
		12,
		12 - i%7/6,
		nil,
	}
}
