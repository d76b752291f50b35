package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"jindu/store"
	"jindu/tui/words"
)

// tasks lists the tasks as they stand today. Days are those past the due date
// where a task is overdue, those left otherwise, and null where it has no date or
// is done; what recurs shows its next date, and beside it what was missed. Working
// days are null where nobody knows the holidays of a year between.
func (l *lister) tasks(ctx context.Context) (*listing, error) {
	all, err := l.db.Tasks(ctx, l.at)
	if err != nil {
		return nil, err
	}
	out := &listing{columns: []column{
		{"id", "", "", false},
		{"title", "任务", "task", false},
		{"unit", "单位", "unit", false},
		{"due", "期限", "due", false},
		{"status", "", "", false},
		{"done_on", "完成", "done", false},
		{"state", "状态", "state", false},
		{"days", "天", "days", true},
		{"workbook", "工作簿", "workbook", false},
		{"sheet", "", "", false},
		{"cell", "单元格", "cell", false},
		{"recurs", "重复", "recurs", false},
		{"level", "", "", false},
		{"strengthening", "", "", false},
		{"percent", "", "", false},
		{"co_units", "", "", false},
		{"changes", "", "", false},
		{"known_from", "", "", false},
		{"source_doc", "", "", false},
		{"meeting", "", "", false},
		{"workdays", "工作日", "working days", true},
		{"late_days", "", "", true},
		{"set_on", "", "", false},
		{"missed_on", "漏办", "missed", false},
		{"missed", "", "", true},
		{"blocked", "受阻", "blocked", false},
		{"waits_for", "", "", false},
	}}
	slices.SortStableFunc(all, func(a, b store.Task) int { return store.CompareDue(l.counted(a), l.counted(b)) })
	wanted := l.wantsDoc(all)
	awaited := store.Awaited(all)
	for _, t := range all {
		if l.wants(t.Unit) && wanted(t) {
			out.add(l.taskRow(t, awaited(t))...)
		}
	}
	return out, nil
}

// taskRow is one row of the list of tasks.
func (l *lister) taskRow(t store.Task, awaited []store.Task) []any {
	calendar, today := l.cfg.Settings.Calendar, l.today()
	state, days := t.State(today, calendar)
	left := &days
	if state == store.StateUndated || state == store.StateDone {
		left = nil
	}
	var working, late *int
	if n, ok := t.Workdays(today, calendar); ok {
		working = &n
	}
	if n, ok := t.LateDays(calendar); ok {
		late = &n
	}
	missedOn, missed := t.Missed(today, calendar)
	waits := make([]string, len(awaited))
	for i, other := range awaited {
		waits[i] = other.ID
	}
	return []any{
		t.ID, t.Title,
		coded{t.Unit, l.cfg.doer(t.Unit, l.lang)},
		day(t.DueOn(today, calendar)), string(t.Status),
		day(t.DoneOn), string(state), left,
		t.Cell.Path, t.Cell.Sheet, t.Cell.Ref, codedOr(t.Recurs, words.Of(l.lang).Recurs(t.Recurs)), optional(t.Level), t.Strengthening,
		count(t.Percent), t.CoUnits, t.Changes, t.KnownFrom, optional(t.SourceDoc), t.OfMeeting(), working, late,
		day(t.SetOn), day(missedOn), missed, t.Stuck() || len(waits) > 0, waits,
	}
}

// counted is the date that the days of a task count from: of what recurs the first
// that was missed, else the next one.
func (l *lister) counted(t store.Task) store.Date {
	return t.CountsFrom(l.today(), l.cfg.Settings.Calendar)
}

// wantsDoc returns which tasks are asked for by their source: those whose source
// holds the text, those of any meeting, or those of the last one.
func (l *lister) wantsDoc(all []store.Task) func(store.Task) bool {
	switch l.doc {
	case "会议", "meeting":
		return store.Task.OfMeeting
	case "上次会议", "last-meeting":
		last, _ := store.LastMeeting(store.Meetings(all, l.today(), l.cfg.Settings.Calendar), l.today())
		return func(t store.Task) bool { return last.Name != "" && strings.TrimSpace(t.SourceDoc) == last.Name }
	default:
		return func(t store.Task) bool { return strings.Contains(t.SourceDoc, l.doc) }
	}
}

// meetings lists what became of the decisions of every meeting, the last one first.
func (l *lister) meetings(ctx context.Context) (*listing, error) {
	tasks, err := l.db.Tasks(ctx, l.at)
	if err != nil {
		return nil, err
	}
	out := &listing{columns: []column{
		{"meeting", "会议", "meeting", false},
		{"held", "日期", "held", false},
		{"decided", "议定", "decided", true},
		{"done", "办结", "done", true},
		{"late", "迟办", "late", true},
		{"overdue", "超期", "overdue", true},
		{"due_soon", "三日内", "due soon", true},
		{"open", "在办", "open", true},
		{"undated", "未定", "undated", true},
		{"blocked", "受阻", "blocked", true},
		{"last", "", "", false},
		{"late_unknown", "", "", true},
	}}
	today, calendar := l.today(), l.cfg.Settings.Calendar
	all := store.Meetings(tasks, today, calendar)
	last, _ := store.LastMeeting(all, today)
	for _, m := range all {
		n := m.Counts
		out.add(m.Name, day(m.Held), n.Listed, n.Done, m.Late, n.Overdue, n.DueSoon, n.Open, n.Undated, m.Stuck, m.Name == last.Name, m.Untold)
	}
	return out, nil
}

// doer is who is to do a task: one of the whole district is every unit's.
func (c *config) doer(unit string, lang store.Lang) string {
	if unit == store.DistrictCode {
		return spoken("all", lang)
	}
	return c.Units.Name(unit)
}

// taskDetail is what a look-up says of a task: its unit, how it stands, and what
// holds it up.
func (c *config) taskDetail(t store.Task, lang store.Lang, today store.Date, awaited []store.Task) string {
	calendar := c.Settings.Calendar
	state, days := t.State(today, calendar)
	due := t.CountsFrom(today, calendar)
	stands := map[store.TaskState]string{
		store.StateDone:    lang.Pick("已办结", "done"),
		store.StateOverdue: fmt.Sprintf(lang.Pick("超期 %d 天", "overdue by %d d"), days),
		store.StateDueSoon: fmt.Sprintf(lang.Pick("还有 %d 天", "%d d left"), days),
		store.StateOpen:    fmt.Sprintf(lang.Pick("还有 %d 天", "%d d left"), days),
		store.StateUndated: lang.Pick("没有期限", "no date"),
	}[state]
	held := ""
	if state != store.StateDone && (t.Stuck() || len(awaited) > 0) {
		held = lang.Pick("受阻", "blocked")
	}
	return join(" ", c.doer(t.Unit, lang), due.String(), stands, held)
}
