package sample

import (
	"fmt"
	"math"
	"strings"

	"jindu/store"
)

// graded is one item of the district's invented scheme, as the office wrote it
// down: its rule in the words of the configuration.
type graded struct {
	code, name, short, english, brief string
	points                            float64
	other                             string // what some streets call it
	rule                              string
	loses                             int // its share of the points that a street takes off itself
}

// scheme lists what streets are graded by. The numbers are invented: no standard
// of any province stands behind them.
func scheme() []graded {
	return []graded{
		{"lead", "领导小组和责任制", "责任制", "Leading group", "Lead", 10, "组织领导", "evidence = [\"roster\"]", 1},
		{"staff", "专职工作人员配备", "专职", "Workers", "Staff", 8, "专职人员配备", "indicator = \"staff_full\"\nat = [6, 4, 2]\ngives = [8, 6, 3]", 1},
		{"money", "经费专款专用", "专款", "Funds", "Funds", 7, "专款专用", "indicator = \"fund_misuse\"\nover = \"year\"\nveto_above = 0\nevidence = [\"funds\"]\nlacking = 2", 0},
		{"exec", "社区戒毒社区康复执行率", "执行率", "Execution", "Exec.", 15, "社戒社康执行率", "indicator = \"exec_rate\"\nat = [95, 90, 80]\ngives = [15, 12, 8]", 3},
		{"report", "15日内报到率", "报到率", "Report-in", "Report", 10, "报到率", "indicator = \"report_in_rate\"\nfull = 95\nnone = 55", 2},
		{"agreement", "协议签订率", "协议", "Agreement", "Agreed", 8, "签订协议", "indicator = \"agreement_rate\"\nfull = 98\nnone = 78", 1},
		{"urine", "定期检测", "检测", "Tests", "Tests", 10, "尿检", "indicator = \"urine_done\"\nbase = \"urine_due\"\ndeduct = 0.2", 2},
		{"employ", "就业安置率", "就业", "Employment", "Work", 7, "就业安置", "indicator = \"employ_rate\"\nat = [90, 85, 75]\ngives = [7, 6, 4]", 2},
		{"files", "一人一档完整率", "档案", "Files", "Files", 8, "一人一档", "indicator = \"file_complete_rate\"\nfull = 98\nnone = 88", 1},
		{"work", "社区戒毒社区康复日常管理", "日常", "Daily work", "Daily", 7, "日常管理", "", 1},
		{"events", "宣传活动", "宣传", "Publicity", "Events", 6, "宣传活动场次", "indicator = \"pub_events\"\nover = \"year\"\nat = [24, 12]\ngives = [6, 4]", 1},
		{"teach", "毒品预防教育", "教育", "Teaching", "Teach", 4, "预防教育", "", 1},
	}
}

// pilotStreet is to reach a higher grade than the others.
const pilotStreet = "dhj"

// gradeConfig writes the scheme down as the configuration has it. The assessment
// is two months ahead.
func (d *District) gradeConfig() string {
	var b strings.Builder
	day := store.NewDate(d.today().Year, d.today().Month+2, 15)
	fmt.Fprintf(&b, "\n# 等级评定：示范方案，项目、分值、等次均为虚构，各区按本省的文件改\n[[grade]]\ncode = \"street\"\n"+
		"name = \"街道禁毒工作等级评定\"\nenglish = \"Grading of streets\"\nsource = \"云禁毒办〔%d〕6号\"\n"+
		"assessed_on = %s\nkinds = [\"street\"]\ntarget = \"level2\"\n\n[[grade.pilot]]\nunit = %q # 试点街道\ntarget = \"level1\"\n",
		day.Year, day, pilotStreet)
	for k, level := range []string{"一级", "二级", "三级"} {
		fmt.Fprintf(&b, "\n[[grade.level]]\ncode = \"level%d\"\nname = %q\nenglish = \"Grade %d\"\nleast = %d\nveto = %t\n",
			k+1, level, k+1, [...]int{90, 80, 60}[k], k < 2)
	}
	for _, i := range scheme() {
		fmt.Fprintf(&b, "\n[[grade.item]]\ncode = %q\nname = %q\nshort = %q\nenglish = %q\nshort_english = %q\nnames = [%q]\npoints = %v\n",
			i.code, i.name, i.short, i.english, i.brief, i.other, i.points)
		if i.rule != "" {
			b.WriteString(i.rule + "\n")
		}
	}
	return b.String()
}

// grading plans the sheets in which five of the six streets score themselves for
// the last quarter: what they add up to is what the office reports of them. 北关街道
// typed its total wrong; the office has checked what the pilot street wrote.
func (p *planner) grading() {
	all := p.quarters()
	q := all[len(all)-1]
	for _, code := range []string{pilotStreet, "xjj", "bgj", "wcj", "lwj"} {
		u := p.member(code)
		path := fmt.Sprintf("街道/等级评定/%s%s等级评定自评表.xlsx", u.Name, spoken(q))
		p.keep(path, p.handedIn(u, store.MonthOf(q.Year, q.N*3)), xlsx, func() []*sheet {
			return []*sheet{p.selfScore(u, q)}
		})
	}
}

// mistyped is by how much the total of 北关街道 is more than its items.
const mistyped = 2

// selfScore draws a street's sheet: the points that it takes off itself are spread
// over the items, with reasons that name people and must never get in.
func (p *planner) selfScore(u member, q store.Period) *sheet {
	score := p.model.figures[store.Key{Unit: u.Code, Indicator: "grade_score", Period: q}]
	columns := []string{"序号", "考评项目", "标准分", "自评得分", "扣分原因", "佐证材料"}
	checks := u.Code == pilotStreet
	if checks {
		columns = append(columns, "复核得分")
	}
	left := math.Round((100-score)*10) / 10
	shares, total := 0, left
	for _, i := range scheme() {
		shares += i.loses
	}
	var rows [][]any
	sum := 0.0
	for k, i := range scheme() {
		lost := math.Round(total*float64(i.loses)/float64(shares)*10) / 10
		if lost = min(lost, left); k == len(scheme())-1 {
			lost = left
		}
		left = math.Round((left-lost)*10) / 10
		own := math.Round((i.points-lost)*10) / 10
		sum += own
		name, reason := i.name, any(nil)
		if k%2 == 1 && u.Code != pilotStreet {
			name = fmt.Sprintf("%d. %s", k+1, i.other)
		}
		if lost > 0 {
			reason = scribe(k+int(i.points)) + "外出未落实"
		}
		row := []any{k + 1, name, i.points, own, reason, "见档案"}
		if checks {
			row = append(row, math.Max(0, own-[...]float64{0, 0.5, 0}[k%3]))
		}
		rows = append(rows, row)
	}
	return p.scoreSheet(u, q, columns, rows, math.Round(sum*10)/10)
}

// scoreSheet puts the rows under their heads, and the total under them.
func (p *planner) scoreSheet(u member, q store.Period, columns []string, rows [][]any, sum float64) *sheet {
	s := &sheet{name: "自评表", widths: []float64{6, 30, 10, 10, 24, 12}}
	s.banner(0, len(columns), u.Name+spoken(q)+"禁毒工作等级评定自评表", title)
	s.rowsUnder(1, columns, rows)
	at := 2 + len(rows)
	s.put(at, 0, "合计", label)
	s.put(at, 2, 100, plain)
	s.put(at, 3, sum, plain)
	if u.Code == "bgj" {
		s.put(at, 3, sum+mistyped, plain)
		s.fault(at, 3, store.Warning, "score_mismatch")
	}
	s.banner(at+1, len(columns), fmt.Sprintf("填表人：%s　　联系电话：%s", scribe(len(u.Code)), phone(300+len(u.Name))), note)
	return s
}
