package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// dueLedger is a supervision ledger as a meeting leaves it: deadlines of every
// kind, a task that waits for another, one that is stopped, one that comes every month.
const dueLedger = `
[督办台账]
云岭区2026年禁毒工作督办台账|<|<|<|<|<|<|<|<
序号|督办事项|任务来源|交办日期|责任单位|完成时限|完成状态|办结日期|前置任务
1|制定专项整治方案|区禁毒委6月例会|2026-06-12|公安分局禁毒大队|5个工作日内|DONE
2|开展联合检查|区禁毒委6月例会|2026-06-12|城西派出所|月底前|在办||1
3|通报检查结果|区禁毒委6月例会|2026-06-12|区禁毒办|10个工作日内|在办||第2项
4|落实专项经费|区禁毒委6月例会|2026-06-12|区民政局|三季度末前|受阻
5|报送月报表|云禁毒办〔2026〕3号||滨江派出所|每月25日前|MONTH
6|春节慰问|云禁毒办〔2026〕3号||东湖街道办|春节前|在办
7|补签帮扶协议|区禁毒委3月全会|2026-03-05|长桥街道办|3月底前|办结|2026-04-03
`

// dueOffice has pulled that ledger on 22 June; what stands for DONE and MONTH is
// the state of two of its rows.
func dueOffice(t *testing.T) *office {
	t.Helper()
	o := &office{TB: t, dir: t.TempDir()}
	o.configure(officeCase{})
	o.dueLedger("2026-06-22 09:00", "在办||", "在办||")
	return o
}

func (o *office) dueLedger(at, done, month string) {
	o.Helper()
	text := strings.NewReplacer("DONE", done, "MONTH", month).Replace(dueLedger)
	o.step(officeCase{at: at, files: map[string]string{"督办台账.xlsx": text}})
}

// standing is how a task stands: due, state, days, working days and more.
func (o *office) standing(title string, keys ...string) string {
	o.Helper()
	for _, row := range o.list("tasks") {
		if row["title"] == title {
			var out []string
			for _, key := range keys {
				out = append(out, fmt.Sprint(row[key]))
			}
			return strings.Join(out, " ")
		}
	}
	return "no such task"
}

// Reliability V08: what turns over does so at the district's midnight, working
// days know the Dragon Boat Festival, and a missed occurrence stays until it is done.
func TestDeadlinesDayByDay(t *testing.T) {
	t.Parallel()
	o := dueOffice(t)
	for _, tt := range []struct{ at, title, want string }{
		{"2026-06-22 09:00", "制定专项整治方案", "2026-06-22 due_soon 0 0 <nil> false"}, // from Friday 12 June over the festival of 19 June
		{"2026-06-22 23:59", "制定专项整治方案", "2026-06-22 due_soon 0 0 <nil> false"},
		{"2026-06-23 00:00", "制定专项整治方案", "2026-06-22 overdue 1 1 <nil> false"},
		{"2026-06-22 09:00", "开展联合检查", "2026-06-30 open 8 6 <nil> true"},
		{"2026-07-01 00:00", "开展联合检查", "2026-06-30 overdue 1 1 <nil> true"},
		{"2026-06-22 09:00", "通报检查结果", "2026-06-29 open 7 5 <nil> true"},
		{"2026-06-22 09:00", "落实专项经费", "2026-09-30 open 100 72 <nil> true"},
		{"2026-06-25 23:59", "报送月报表", "2026-06-25 due_soon 0 0 <nil> false"},
		{"2026-06-26 00:00", "报送月报表", "2026-07-25 overdue 1 1 2026-06-25 false"},
		{"2026-08-26 00:00", "报送月报表", "2026-09-25 overdue 62 44 2026-06-25 false"},
		{"2026-06-22 09:00", "春节慰问", "2026-02-16 overdue 126 82 <nil> false"},
		{"2026-06-22 09:00", "补签帮扶协议", "2026-03-31 done <nil> <nil> <nil> false"},
	} {
		o.at, _ = time.ParseInLocation("2006-01-02 15:04", tt.at, time.FixedZone("", 8*3600))
		if got := o.standing(tt.title, "due", "state", "days", "workdays", "missed_on", "blocked"); got != tt.want {
			t.Errorf("%s at %s: %s, want %s", tt.title, tt.at, got, tt.want)
		}
	}
	if got := o.standing("补签帮扶协议", "late_days", "set_on", "meeting"); got != "3 2026-03-05 true" {
		t.Errorf("done late: %s", got)
	}
	o.dueLedger("2026-06-27 09:00", "办结|2026-06-24|", "办结|2026-06-27|")
	for title, want := range map[string]string{
		"制定专项整治方案": "2026-06-22 done <nil> 2 <nil> 0",
		"报送月报表":    "2026-07-25 open 28 2 <nil> 0", // June's is done, two days late
		"开展联合检查":   "2026-06-30 due_soon 3 <nil> <nil> 0",
	} {
		if got := o.standing(title, "due", "state", "days", "late_days", "missed_on", "missed"); got != want {
			t.Errorf("%s, then: %s, want %s", title, got, want)
		}
	}
	if got := o.standing("开展联合检查", "blocked", "waits_for"); got != "false []" {
		t.Errorf("what it waited for is done: %s", got)
	}
}

// The last meeting's decisions are followed up: which meeting, what became of them.
func TestMeetingsAreFollowedUp(t *testing.T) {
	t.Parallel()
	o := dueOffice(t)
	o.dueLedger("2026-06-30 09:00", "办结|2026-06-24|", "在办||")
	var got []string
	for _, m := range o.list("meetings") {
		var row []string
		for _, key := range []string{"meeting", "held", "decided", "done", "late", "overdue", "due_soon", "open", "blocked", "last"} {
			row = append(row, fmt.Sprint(m[key]))
		}
		got = append(got, strings.Join(row, " "))
	}
	want := "区禁毒委6月例会 2026-06-12 4 1 1 1 1 1 2 true;区禁毒委3月全会 2026-03-05 1 1 1 0 0 0 0 false"
	if said := strings.Join(got, ";"); said != want {
		t.Errorf("meetings %s, want %s", said, want)
	}
	for doc, n := range map[string]int{"last-meeting": 4, "上次会议": 4, "meeting": 5, "3月": 1, "没有这个会": 0} {
		if rows := o.list("tasks", "--source-doc", doc); len(rows) != n {
			t.Errorf("%d tasks of %s, want %d", len(rows), doc, n)
		}
	}
	if r := o.run("find", "联合检查"); !strings.Contains(r.out, "2026-06-30 还有 0 天") {
		t.Errorf("find says %s", r.out)
	}
	if r := o.run("--lang", "en", "find", "专项经费"); !strings.Contains(r.out, "2026-09-30 92 d left blocked") {
		t.Errorf("find says %s", r.out)
	}
	if r := o.run("list", "meetings", "--csv"); !strings.HasPrefix(r.out, "meeting,held,decided,done,late,overdue,due_soon,open,undated,blocked,last") {
		t.Errorf("CSV is %s", r.out)
	}
}

// A district lays days of its own over the calendar; a bad line is one line of an
// error with its number, and nothing is read by half of a calendar.
func TestTheDistrictsOwnCalendar(t *testing.T) {
	t.Parallel()
	head := "from,to,kind,name\n2026-06-15,2026-06-16,off,区庆\n"
	o := &office{TB: t, dir: t.TempDir()}
	o.configure(officeCase{part: "calendar.file = \"calendar.csv\"\n", extra: map[string]string{"calendar.csv": "\ufeff" + head}})
	o.dueLedger("2026-06-22 09:00", "在办||", "在办||")
	if got := o.standing("制定专项整治方案", "due"); got != "2026-06-24" {
		t.Errorf("five working days over a local holiday end on %s", got)
	}
	for line, why := range map[string]string{
		"2026-06-31,,off,区庆":           "2026-06-31",
		"2026-07-01,2026-06-01,off,区庆": "2026-06-01",
		"2026-07-01,,holiday,区庆":       "off, on or day",
		"2026-07-01,off":               "",
	} {
		must(t, os.WriteFile(filepath.Join(o.dir, "calendar.csv"), []byte(head+line+"\n"), 0o644))
		r := o.run("--lang", "en", "list", "tasks")
		if r.status == 0 || r.out != "" || strings.Count(r.err, "\n") != 2 || !strings.Contains(r.err, "line 3") || !strings.Contains(r.err, why) {
			t.Errorf("%s: %d %q %q", line, r.status, r.out, r.err)
		}
	}
}
