package sample

import (
	"fmt"
	"time"

	"jindu/store"
)

// duty is one task of the ledger; days is its deadline from today, and way how
// the ledger writes it.
type duty struct {
	title  string
	source string
	level  string
	area   int    // of the nine strengthenings
	unit   string // code
	days   int
	way    way
	done   int // days before today on which it was done; 0: open
	stated int // progress in percent; -1: not given
	set    int // days before today on which a meeting set it; 0: not said
	waits  int // number of the row that must be done before; 0: none
}

// way is how people write a deadline.
type way int

// The ways that are read, in the order in which the plan's words name them.
const (
	asDate   way = iota // a cell of a date
	asSpoken            // 2026年6月26日
	asDotted            // 2026.6.26
	asDashed            // 2026-06-26
	asBefore            // 6月26日前
	asShort             // 6.26
	asMonth             // 6月底前
	asHalf              // 上半年, 下半年
	monthly             // 每月25日
	forever             // 长期坚持
	ways
)

// Tasks returns what a correct reading of the final task ledger gives, in the
// order of its rows.
func (d *District) Tasks() []ExpectedTask {
	duties := d.duties()
	out := make([]ExpectedTask, len(duties))
	for i, t := range duties {
		out[i] = ExpectedTask{Title: t.title, Unit: t.unit, Status: store.TaskOpen}
		out[i].Due, out[i].Recurs = d.due(t)
		if t.done > 0 {
			out[i].Status, out[i].DoneOn = store.TaskDone, d.today().Add(-t.done)
		}
	}
	return out
}

// today is the day from which deadlines are counted.
func (d *District) today() store.Date { return store.DateOf(d.now) }

// due returns the deadline that the cell states; none for what recurs or never
// ends.
func (d *District) due(t duty) (store.Date, string) {
	on := d.today().Add(t.days)
	switch t.way {
	case asMonth:
		return store.MonthOf(on.Year, int(on.Month)).End(), ""
	case asHalf:
		return store.PeriodAt(store.Half, on).End(), ""
	case monthly:
		return store.Date{}, "monthly:25"
	case forever:
		return store.Date{}, ""
	default:
		return on, ""
	}
}

// deadline is what the cell shows. Ways without a year fall back on one with it
// where the year is not the ledger's, and 6.26 on the full date where the day is
// one of the first nine, as Excel would make a number of it.
func (d *District) deadline(t duty) any {
	on, _ := d.due(t)
	same := on.Year == d.today().Year
	switch {
	case t.way == asDate:
		return on
	case t.way == monthly:
		return "每月25日"
	case t.way == forever:
		return "长期坚持"
	case t.way == asDotted:
		return fmt.Sprintf("%d.%d.%d", on.Year, on.Month, on.Day)
	case t.way == asBefore && same:
		return fmt.Sprintf("%d月%d日前", on.Month, on.Day)
	case t.way == asShort && same && on.Day > 9:
		return fmt.Sprintf("%d.%d", on.Month, on.Day)
	case t.way == asMonth && same:
		return fmt.Sprintf("%d月底前", on.Month)
	case t.way == asHalf && same && on.Month == time.June:
		return "上半年"
	case t.way == asHalf && same:
		return "下半年"
	case t.way == asDashed:
		return on.String()
	default:
		return chinese(on)
	}
}

// tasks plans the task ledger: as it stood at the first stage, when what has
// been done since was still open, and as it stands now.
func (p *planner) tasks() {
	for _, version := range []struct {
		sent time.Time
		days int // how long before today it was written
	}{
		{p.stages[0].Add(-18 * time.Hour), p.today().Sub(store.DateOf(p.stages[0])) + 1},
		{p.between(3, 0.5), 0},
	} {
		p.keep("禁毒办/禁毒工作任务清单.xlsx", version.sent, xlsx, func() []*sheet {
			return []*sheet{p.taskLedger(version.days)}
		})
	}
}

// taskLedger draws the ledger as it was some days ago.
func (d *District) taskLedger(ago int) *sheet {
	columns := []string{
		"序号", "任务事项", "任务来源", "任务级别", "9个加强类别", "责任单位", "责任领导", "责任人", "联系电话", "完成时限",
		"当前进度", "完成状态", "办结日期", "交办日期", "前置任务", "备注",
	}
	s := &sheet{name: "任务清单", widths: []float64{6, 44, 18, 10, 12, 20, 10, 10, 14, 16}}
	s.banner(0, len(columns), fmt.Sprintf("云岭区%d年禁毒工作任务清单", d.today().Year), title)
	for i, text := range columns {
		s.put(1, i, text, head)
	}
	units := store.NewUnits(d.Units())
	for i, t := range d.duties() {
		if t.done <= ago {
			t.done = 0
		}
		for j, value := range d.taskRow(i, t, units.Name(t.unit)) {
			l := label
			if _, ok := value.(store.Date); ok {
				l = day
			}
			s.put(2+i, j, value, l)
		}
	}
	return s
}

// taskRow is one task; the persons in charge are there to be left out.
func (d *District) taskRow(i int, t duty, unit string) []any {
	var progress, doneOn any
	if t.stated >= 0 {
		progress = fmt.Sprintf("%d%%", t.stated)
	}
	status := "在办"
	if t.done > 0 {
		status, progress, doneOn = [...]string{"办结", "已办结", "销号"}[i%3], "100%", d.today().Add(-t.done)
	}
	if t.way == monthly && t.done > 0 {
		status, progress = "办结", nil // this time, not for good
	}
	var setOn, waits any
	if t.set > 0 {
		setOn = d.today().Add(-t.set)
	}
	if t.waits > 0 {
		waits = t.waits
	}
	return []any{
		i + 1, t.title, t.source, t.level, t.area, unit,
		scribe(40 + i), scribe(47 + i), phone(400 + i), d.deadline(t),
		progress, status, doneOn, setOn, waits, nil,
	}
}

// duties are the district's tasks: each of the titles for one or several units,
// with deadlines from half a year ago to half a year ahead.
func (d *District) duties() []duty {
	r := roll(d.model.seed, "tasks")
	var out []duty
	for i, line := range agenda() {
		for _, unit := range line.units {
			t := duty{
				title:  line.title,
				source: choose(r, []string{"区禁毒委全体会议", "市禁毒委2号文件", "省督导组反馈意见", "区政府常务会议"}),
				level:  choose(r, []string{"一般", "一般", "重点", "紧急"}),
				area:   line.area,
				unit:   unit,
				days:   r.between(-60, 120),
				way:    way(len(out) % int(asHalf)),
				stated: -1,
			}
			d.temper(&t, i, r)
			d.follow(&t, out)
			out = append(out, t)
		}
	}
	return append(out, d.planDuties()...)
}

// temper makes tasks unlike one another: what is long past is mostly done, some
// fall due in the coming days, a few recur, end with the half-year or never end.
func (d *District) temper(t *duty, line int, r dice) {
	switch {
	case line%11 == 3:
		t.way = monthly
	case line%13 == 5:
		t.way = forever
	case line%9 == 7:
		t.way, t.days = asHalf, r.between(5, 60)
	case line%7 == 2:
		t.days = r.between(0, 3)
	case t.days < 0 && r.Float64() < 0.7:
		t.done = 1 + r.IntN(25)
	}
	if t.done == 0 && r.Float64() < 0.6 {
		t.stated = 10 * r.between(1, 9)
	}
}

// follow says when meetings set their tasks, that one waits for the one before it,
// and that most of what recurs was done the last time.
func (d *District) follow(t *duty, before []duty) {
	switch t.source {
	case "区禁毒委全体会议":
		t.set = 65
	case "区政府常务会议":
		t.set = 70
	}
	if n := len(before); n%9 == 4 && before[n-1].done == 0 && t.done == 0 {
		t.waits = n
	}
	if t.way == monthly && len(before)%4 != 0 {
		last := store.MonthOf(d.today().Year, int(d.today().Month)).Start().Add(24)
		if !last.Before(d.today()) {
			last = store.PeriodAt(store.Month, last).Add(-1).Start().Add(24)
		}
		t.done, t.stated = d.today().Sub(last)+2, -1
	}
}
