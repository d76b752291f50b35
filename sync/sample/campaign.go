package sample

import (
	"fmt"
	"strings"
	"time"

	"jindu/store"
)

// days is a campaign's first and last day.
type days struct{ from, to store.Date }

func (d days) holds(on store.Date) bool { return !on.Before(d.from) && !on.After(d.to) }

// operation is the special operation that is going on: a hundred days from the first
// of the reporting month, so that it holds every day of the month after.
func (m *model) operation() days {
	from := m.span[len(m.span)-1].Start()
	return days{from, from.Add(99)}
}

// before is the operation of the year before, on the same days.
func (d days) before() days {
	from := store.NewDate(d.from.Year-1, d.from.Month, d.from.Day)
	return days{from, from.Add(99)}
}

// operationName is what the squad writes into its ledger beside each case of it.
const operationName = "禁毒百日攻坚"

// publicityMonth is the June that has begun last.
func (d *District) publicityMonth() store.Period {
	today := d.today()
	if today.Month < time.June {
		return store.MonthOf(today.Year-1, 6)
	}
	return store.MonthOf(today.Year, 6)
}

// running draws what a station solves in the days of the month that is going on, of
// which no report tells yet: they stand in the ledger alone.
func (m *model) running(today store.Date) {
	p := m.span[len(m.span)-1].Add(1)
	for _, u := range of(m.units, store.Station, store.BorderStation, store.Bureau) {
		r := roll(m.seed, "running", u.Code)
		for _, c := range m.solve(u, p, r) {
			if c.solvedOn.Before(today) {
				m.crimes = append(m.crimes, c)
			}
		}
	}
}

// planDuties are the tasks by which units hand in their plans for the publicity month
// and for the operation: most in time, some late, and of the operation two never.
func (d *District) planDuties() []duty {
	var out []duty
	ago := func(on store.Date) int { return d.today().Sub(on) }
	for i, code := range []string{"xcb", "jyj", "mzj", "sfj", "wjj", "tqw", "qfl", "nyj", "scj", "wlj"} {
		due := d.publicityMonth().Start().Add(-7)
		t := duty{
			title: "报送全民禁毒宣传月工作方案", source: "区禁毒委宣传月通知", level: "重点", area: 4,
			unit: code, days: -ago(due), way: asDate, stated: -1, done: ago(due) + 1 + i%4,
		}
		if i%4 == 3 {
			t.done = ago(due) - 3
		}
		out = append(out, t)
	}
	for i, u := range of(d.model.units, store.Station, store.BorderStation) {
		due := d.model.operation().from.Add(6)
		t := duty{
			title: "报送禁毒百日攻坚工作方案", source: "公安分局百日攻坚部署", level: "重点", area: 6,
			unit: u.Code, days: -ago(due), way: asDate, stated: -1,
		}
		if i != 5 && i != 8 {
			t.done = max(1, ago(due)+i%3)
		}
		out = append(out, t)
	}
	return out
}

// survey is what the people answered on what makes them feel unsafe, by quarter.
func (m *model) survey(r dice) {
	share := 0.034
	for _, q := range m.quarters() {
		share = min(0.05, max(0.008, share-0.002+0.004*(r.Float64()-0.4)))
		asked := 600 + 10*r.between(0, 12)
		m.count("jdb", q, map[string]int{"safety_asked": asked, "safety_drug": int(share * float64(asked))})
	}
}

// survey plans the workbook of the survey, a sheet a quarter.
func (p *planner) survey() {
	u, g := p.member("jdb"), p.page(hand{scribe: 34})
	byYear := map[int][]store.Period{}
	for _, q := range p.quarters() {
		byYear[q.Year] = append(byYear[q.Year], q)
	}
	for year, quarters := range byYear {
		end := quarters[len(quarters)-1]
		p.keep(fmt.Sprintf("禁毒办/群众安全感调查（%d年）.xlsx", year), p.handedIn(u, store.MonthOf(year, end.N*3)), xlsx, func() []*sheet {
			var out []*sheet
			for _, q := range quarters {
				blocks := []block{{name: "影响安全感的原因", items: g.items("safety_asked", "safety_drug", "safety_drug_share")}}
				out = append(out, g.unitsDown(fmt.Sprintf("%d季度", q.N), "云岭区"+spoken(q)+"群众安全感调查统计表", []member{u}, q, blocks, false))
			}
			return out
		})
	}
}

// campaigns writes the campaigns, their targets and the province's attention into
// the configuration.
func (d *District) campaigns() string {
	var b strings.Builder
	june, now := d.publicityMonth(), d.model.operation()
	last := now.before()
	b.WriteString("\n# 宣传月、专项行动：按天计，与上一次比到同一天\n")
	for _, p := range []store.Period{june, june.YearAgo()} {
		fmt.Fprintf(&b, `
[[campaign]]
code = "xcy%d"
name = "%d年全民禁毒宣传月"
english = "Publicity month %d"
from = %s
to = %s
indicators = ["pub_events", "pub_banners", "pub_points", "pub_leaflets", "pub_reached"]
`, p.Year, p.Year, p.Year, p.Start(), p.End())
		if p == june {
			fmt.Fprintf(&b, "document = \"云禁毒〔%d〕11号\"\nagainst = \"xcy%d\"\nplan = \"宣传月工作方案\"\n", p.Year, p.Year-1)
		}
	}
	for i, one := range []days{now, last} {
		fmt.Fprintf(&b, `
[[campaign]]
code = "%s"
name = "%s"
english = "Hundred-day operation"
from = %s
to = %s
indicators = ["case_criminal", "suspects", "seized_total_g", "users_found"]
kinds = ["station", "border_station", "bureau"]
word = "百日攻坚"
`, [...]string{"brgj", "brgj_last"}[i], [...]string{operationName, "上年" + operationName}[i], one.from, one.to)
		if i == 0 {
			b.WriteString("document = \"云公禁发2号\"\nagainst = \"brgj_last\"\nplan = \"百日攻坚工作方案\"\n")
		}
	}
	d.campaignTargets(&b, fmt.Sprintf("xcy%d", june.Year))
	fmt.Fprintf(&b, `
# 省里挂牌：摘牌后删去
[attention]
name = "全省禁毒重点关注地区"
english = "Under the province's attention"
since = %s
document = "省禁毒委〔%d〕6号"
`, d.month.Add(-7).Start(), d.month.Add(-7).Year)
	for _, x := range []struct {
		indicator, op string
		value         float64
	}{{"exec_rate", ">=", 75}, {"report_in_rate", ">=", 85}, {"employ_rate", ">=", 85}, {"control_rate", ">=", 98}, {"safety_drug_share", "<=", 3}} {
		fmt.Fprintf(&b, "[[attention.exit]]\nindicator = %q\nop = %q\nvalue = %g\n", x.indicator, x.op, x.value)
	}
	return b.String()
}

// campaignTargets writes what the publicity month and the operation should bring.
func (d *District) campaignTargets(b *strings.Builder, month string) {
	for _, t := range []struct {
		indicator, kinds, every string
		value                   int
	}{
		{"pub_events", "", month, 250},
		{"pub_banners", "", month, 800},
		{"pub_points", "", month, 200},
		{"pub_leaflets", "", month, 60000},
		{"pub_reached", "", month, 80000},
		{"pub_banners", `"station", "border_station"`, month, 20},
		{"pub_banners", `"street"`, month, 30},
		{"pub_banners", `"department", "office", "bureau"`, month, 18},
		{"pub_events", `"station", "street", "department"`, month, 6},
		{"case_criminal", "", "brgj", 60},
		{"suspects", "", "brgj", 75},
		{"seized_total_g", "", "brgj", 8000},
		{"case_criminal", `"station", "border_station"`, "brgj", 5},
	} {
		fmt.Fprintf(b, "\n[[target]]\nindicator = %q\nvalue = %d\nevery = %q\n", t.indicator, t.value, t.every)
		if t.kinds != "" {
			fmt.Fprintf(b, "kinds = [%s]\n", t.kinds)
		}
	}
}
