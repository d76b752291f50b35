package tuitest

import (
	"strconv"
	"time"

	"jindu/store"
)

// workbooks gives each unit its file of the month: one was refused, one was
// partly accepted, and one has gone.
func (b *builder) workbooks() {
	d := b.data
	for _, u := range d.Units.All() {
		if u.Code == "wcj" || u.Code == "rm" {
			continue
		}
		w := store.Workbook{
			ID: b.book(u.Code), Source: "share", Path: shortName(u.Name) + "/2026/" + u.Name + "_05.xlsx",
			SHA256: "9f3a51c7d2", Size: 18_400, Format: "xlsx", Received: received(u.Code, d.Period),
			Version: 1, Verdict: store.Accepted, Unit: u.Code, Period: d.Period, Live: true, Figures: len(b.indicators(u)),
		}
		switch u.Code {
		case "ws":
			w.Verdict, w.Figures = store.Rejected, 0
		case "xj":
			w.Verdict, w.SetAside, w.Version = store.Partly, 3, 4
		case "mz":
			w.Source = "minzheng"
		case "nw":
			w.Source = "nanwan"
		case "fl":
			w.Live, w.GoneSince = false, Now().Add(-30*time.Hour)
		}
		d.Workbooks = append(d.Workbooks, w)
	}
}

func (b *builder) pulls() {
	at := func(h, m int) time.Time { return time.Date(2026, 6, 23, h, m, 0, 0, Zone()) }
	b.data.Pulls = []store.Pull{
		{ID: 9, Source: "share", Started: at(8, 40), Ended: at(8, 40), Listed: 41, Unchanged: 40, Fetched: 1, Accepted: 1},
		{ID: 8, Source: "minzheng", Started: at(8, 0), Ended: at(8, 0), Error: "连接超时"},
		{ID: 7, Source: "nanwan", Started: at(2, 0), Ended: at(2, 0), Listed: 1, Unchanged: 1},
		{ID: 6, Source: "share", Started: at(8, 30), Ended: at(8, 30), Listed: 41, Fetched: 2, Accepted: 1, Partial: 1, Unchanged: 39},
		{ID: 5, Source: "share", Started: at(8, 0), Ended: at(8, 1), Listed: 41, Fetched: 3, Accepted: 2, Refused: 1, Unchanged: 38, Gone: []string{"城西所/旧表.xlsx"}},
	}
}

// tasks fills the task ledger: overdue, due soon, later, undated and done.
func (b *builder) tasks() {
	rows := []struct {
		title, unit, doc string
		due              int // days from today
		percent          int
	}{
		{"宣传月工作方案", "cq", "市禁毒委4号", -12, 40},
		{"领导小组调整文件", "mz", "区专题会", -9, 0},
		{"专项经费支出明细", "xj", "省督导组", -8, 60},
		{"易制毒企业排查台账", "yj", "省督导组", -5, 75},
		{"场所整治问题销号", "bj", "专项整治", -3, 50},
		{"社区戒毒协议补签", "xj", "月度会", -2, 20},
		{"横幅悬挂照片台账", "cd", "宣传月", -1, 90},
		{"等级评定自评表", "dh", "等级评定", 0, 80},
		{"6.26 现场活动方案", "jd", "宣传月", 1, 60},
		{"尿检漏检人次说明", "cq", "月度会", 3, 10},
		{"志愿者队伍花名册", "jy", "九项加强", 3, 30},
		{"第二季度安全感分析", "jdb", "省禁毒委", 7, 45},
		{"半年工作总结", store.DistrictCode, "区禁毒办", 7, 25},
		{"情报线索核查反馈", "cx", "区专题会", 9, 70},
		{"边防检查站装备清单", "nw", "工作保障", 12, 0},
		{"六类台账自查整改", "xj", "九项加强", 22, 15},
		{"迎接省督导组复查", "xj", "省督导组", 38, -1},
	}
	for i, r := range rows {
		b.task(i, r.title, r.unit, r.doc, store.DateOf(Now()).Add(r.due), r.percent, store.TaskOpen)
	}
	for i, title := range []string{"长效机制调研", "戒毒康复基地选址"} {
		b.task(30+i, title, "jdb", "区专题会", store.Date{}, -1, store.TaskOpen)
	}
	for i := range 17 {
		b.task(40+i, "第 "+strconv.Itoa(i+1)+" 号督办件回复", b.data.Units.All()[i].Code, "月度会",
			store.DateOf(Now()).Add(-20-i), 100, store.TaskDone)
	}
	b.taskFates()
}

// taskFates gives some tasks what only some have: a day on which a meeting set
// them, another that they wait for, a stop, an occurrence that was missed, a late end.
func (b *builder) taskFates() {
	today := store.DateOf(Now())
	for i := range b.data.Tasks {
		t := &b.data.Tasks[i]
		switch t.SourceDoc {
		case "区专题会":
			t.SetOn = today.Add(-15)
		case "月度会":
			t.SetOn = today.Add(-21)
		}
		switch t.ID {
		case "t1":
			t.Status = store.TaskPaused
		case "t4":
			t.Due, t.Recurs, t.Since = store.Date{}, "monthly:20", today.Add(-10)
		case "t12":
			t.WaitsFor = []string{"t11"}
		case "t15":
			t.Status = store.TaskBlocked
		case "t40":
			t.DoneOn = t.Due.Add(4)
		}
	}
}

func (b *builder) task(i int, title, unit, doc string, due store.Date, percent int, status store.TaskStatus) {
	b.data.Tasks = append(b.data.Tasks, store.Task{
		ID: "t" + strconv.Itoa(i), Title: title, Unit: unit, SourceDoc: doc, Due: due, Percent: percent, Status: status,
		Cell:      store.Cell{Workbook: 34, Source: "share", Path: "禁毒办/任务清单.xlsx", Sheet: "督办台账", Ref: "C" + strconv.Itoa(i+4)},
		KnownFrom: Now().Add(-9 * time.Minute), Changes: i % 3,
	})
}

func (b *builder) findings() {
	add := func(rule, unit, indicator, sheet, cell string, hours int, args ...string) {
		f := store.NewFinding(rule, sheet, cell, args...)
		f.ID = int64(len(b.data.Findings) + 1)
		f.Source, f.Unit, f.Indicator, f.Period = "share", unit, indicator, b.data.Period
		f.Workbook = b.book(unit)
		f.Path = shortName(b.data.Units.Name(unit)) + "/2026/" + b.data.Units.Name(unit) + "_05.xlsx"
		f.KnownFrom = Now().Add(-time.Duration(hours) * time.Hour)
		b.data.Findings = append(b.data.Findings, f)
	}
	add("jump", "bj", "seized_meth_g", "缴毒", "H9", 2, store.Bilingual("缴获冰毒", "meth crystal seized"), "10")
	add("not_number", "xj", "hair_tests", "表2", "D17", 2)
	add("not_number", "xj", "released_month", "表2", "D18", 2)
	add("negative", "xj", "urine_positive", "表2", "H21", 2)
	add("total_mismatch", "xj", "urine_done", "尿检", "B20", 3, "83", "80")
	add("period_conflict", "ws", "", "Sheet1", "A1", 20, "2026-04", "2026-05")
	add("conflict", "cq", "care_visits", "社戒社康", "K7", 26, "长桥街道/2026/长桥街道办_05 - 副本.xlsx")
	add("hidden_sheet", "cd", "", "草稿", "", 30)
}

func (b *builder) changes() {
	add := func(unit, indicator string, from float64, hour, minute int, first bool) {
		u, _ := b.data.Units.ByCode(unit)
		ind, _ := b.cat.ByCode(indicator)
		b.data.Changes = append(b.data.Changes, store.Change{
			Key:  store.Key{Unit: unit, Indicator: indicator, Period: b.data.Period},
			From: from, To: b.amount(u, ind, b.data.Period), First: first,
			Cell: b.cell(u, ind, b.data.Period, 3), At: time.Date(2026, 6, 23, hour, minute, 0, 0, Zone()),
		})
	}
	add("cd", "users_found", 12, 8, 31, false)
	add("cx", "users_found", 9, 8, 2, false)
	add("bj", "seized_meth_g", 0, 6, 40, true)
	add("jy", "pub_events", 3, 5, 10, false)
}
