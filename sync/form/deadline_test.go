package form

import (
	"slices"
	"strconv"
	"testing"

	"jindu/store"
	"jindu/sync/sheet"
)

func testCalendar(tb testing.TB) store.Calendar {
	tb.Helper()
	c, err := store.LoadCalendar()
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

// dueRows reads a task ledger with these deadlines and the day on which each task
// was set; of each row it returns the date or the recurrence.
func dueRows(t *testing.T, title string, set any, dues ...string) ([]string, []string) {
	t.Helper()
	rows := [][]any{{title}, {"序号", "任务事项", "任务来源", "交办日期", "责任单位", "完成时限", "完成状态"}}
	for i, due := range dues {
		rows = append(rows, []any{i + 1, "重点任务第" + strconv.Itoa(i+1) + "项", "云禁毒办〔2026〕3号", set, "城西派出所", due, "在办"})
	}
	calendar := testCalendar(t)
	r := readSheet(t, grid("任务清单", rows...), func(o *Options) {
		o.Calendar, o.Today = calendar, store.Date{Year: 2030, Month: 12, Day: 31}
	})
	if len(r.Tasks) != len(dues) {
		t.Fatalf("%d tasks of %d: %v", len(r.Tasks), len(dues), found(r))
	}
	var got []string
	for _, task := range r.Tasks {
		got = append(got, task.Due.String()+task.Recurs)
	}
	return got, found(r)
}

// A deadline that counts from the day on which the task was set: Friday 12
// June 2026, a week before the Dragon Boat Festival.
func TestDeadlinesFromTheDayOfTheTask(t *testing.T) {
	for _, tt := range []struct{ due, want string }{
		{"5个工作日内", "2026-06-22"}, // the 19th is a holiday
		{"收到文件后10个工作日内", "2026-06-29"},
		{"自交办之日起三个工作日内完成", "2026-06-17"},
		{"5个工作日", ""},
		{"会后15日内", "2026-06-27"},
		{"7天之内", "2026-06-19"},
		{"两周内", "2026-06-26"},
		{"一个月内", "2026-07-12"},
		{"本周五", "2026-06-12"},
		{"下周五前", "2026-06-19"},
		{"于下周五前报送", "2026-06-19"},
		{"下周三", "2026-06-17"},
		{"本周内", "2026-06-14"},
		{"下周内完成", "2026-06-21"},
		{"本月底", "2026-06-30"},
		{"下月5日前", "2026-07-05"},
		{"25日前", "2026-06-25"},
		{"季末", "2026-06-30"},
		{"本季度内", "2026-06-30"},
		{"下季度末", "2026-09-30"},
		{"年底", "2026-12-31"},
		{"本月最后一个工作日", "2026-06-30"},
		{"本周五下班前", "2026-06-12"},
		{"半年内", "2026-12-12"},
		{"一年内", "2027-06-12"},
		{"次月5日前", "2026-07-05"},
		{"7月15日下班前", "2026-07-15"},
		{"7月15日上午", "2026-07-15"},
		{"12月31日24时前", "2026-12-31"},
		{"2026-7-15前报", "2026-07-15"},
		{"“6.26”前", "2026-06-26"},
		{"年内完成", "2026-12-31"},
		{"贯穿全年", "2026-12-31"},
		{"2026.07", "2026-07-31"},
		{"明年3月底前", "2027-03-31"},
		{"国庆前夕", "2026-09-30"},
		{"2027年春节前", "2027-02-05"},
	} {
		if tt.want == "" {
			continue
		}
		got, findings := dueRows(t, "云岭区2026年禁毒任务清单", "2026-06-12", tt.due)
		if got[0] != tt.want || len(findings) > 0 {
			t.Errorf("%s: %s %v, want %s", tt.due, got[0], findings, tt.want)
		}
	}
}

// Without the day from which it counts a deadline is no day: never the day of
// the pull.
func TestDeadlinesFromAnUnknownDay(t *testing.T) {
	dues := []string{"5个工作日内", "下周五", "本周内", "月底", "季末", "一个月内", "25日前"}
	got, findings := dueRows(t, "禁毒任务清单", "", dues...)
	var want []string
	for i := range dues {
		want = append(want, "due_unanchored F"+string(rune('3'+i)))
		if got[i] != "" {
			t.Errorf("%s is due on %s", dues[i], got[i])
		}
	}
	if !slices.Equal(findings, want) {
		t.Errorf("findings %v, want %v", findings, want)
	}
}

// What a document or the title of a meeting's list names is the day as well; the
// date up to which a list was kept is not.
func TestDeadlinesFromTheTitlesDay(t *testing.T) {
	got, _ := dueRows(t, "2026年6月12日区禁毒委会议议定事项清单", "", "5个工作日内", "月底")
	if want := []string{"2026-06-22", "2026-06-30"}; !slices.Equal(got, want) {
		t.Errorf("after the meeting: %v, want %v", got, want)
	}
	got, _ = dueRows(t, "禁毒任务清单（截至2026年6月12日）", "", "5个工作日内", "月底")
	if want := []string{"", ""}; !slices.Equal(got, want) {
		t.Errorf("of a list as it stood: %v, want %v", got, want)
	}
}

// In a year without its holidays no working day is counted, up to its border they are.
func TestWorkdaysOfAnUnknownYear(t *testing.T) {
	got, findings := dueRows(t, "云岭区2027年禁毒任务清单", "2026-12-28", "5个工作日内", "3个工作日内")
	if !slices.Equal(got, []string{"", "2026-12-31"}) || !slices.Equal(findings, []string{"calendar_unknown F3"}) {
		t.Errorf("%v %v", got, findings)
	}
}

func TestDeadlinesThatRecur(t *testing.T) {
	for _, tt := range []struct{ due, want string }{
		{"每周一", "weekly:1"},
		{"每周五前报送", "weekly:5"},
		{"每周日", "weekly:7"},
		{"每周", "weekly:7"},
		{"每月最后一个工作日", "monthly:last_workday"},
		{"每月第5个工作日前", "monthly:workday:5"},
		{"每月25日", "monthly:25"},
		{"每月", "monthly:31"},
		{"每月月底前", "monthly:31"},
		{"按月", "monthly:31"},
		{"每周五17时前", "weekly:5"},
		{"每周一次", "weekly:7"},
		{"每季度末", "quarterly"},
		{"每季度一次", "quarterly"},
		{"按季度上报", "quarterly"},
		{"每季度末月25日前", "quarterly:3-25"},
		{"每季度第一个月10日前", "quarterly:1-10"},
		{"每半年一次", "half-yearly"},
		{"每年", "yearly:12-31"},
		{"每年6月底前", "yearly:06-30"},
		{"每年12月10日", "yearly:12-10"},
		{"每年年底", "yearly:12-31"},
		{"每年底", "yearly:12-31"},
	} {
		if got, ok := recurring(tt.due); ok && got != tt.want {
			t.Errorf("%s is %q, want %q", tt.due, got, tt.want)
		}
		if tt.want == "" {
			continue
		}
		if got, findings := dueRows(t, "禁毒任务清单", "", tt.due); got[0] != tt.want || len(findings) > 0 {
			t.Errorf("%s is %v %v, want %q", tt.due, got, findings, tt.want)
		}
	}
	for _, no := range []string{"每周8", "每季度第4个月5日", "每季度末月32日", "每月1日、15日", "每月第25个工作日", "每年6月", "每年2月30日", "每年13月底", "随时", "案发后5日内", "每10个工作日内"} {
		if got, ok := recurring(no); ok {
			t.Errorf("%s is %q", no, got)
		}
		if got, findings := dueRows(t, "禁毒任务清单", "2026-06-12", no); got[0] != "" || len(findings) != 1 {
			t.Errorf("%s is %v %v", no, got, findings)
		}
	}
}

// What says two things, or nothing, is no day: 6月前 by its start or by its end,
// a report's name, a span.
func TestDeadlinesThatAreNone(t *testing.T) {
	dues := []string{"6月前报", "6月份之前上报。", "下半年前报送", "年报", "月报", "季报", "2026年", "年", "每日", "7月15日前（第一批）；8月1日前（第二批）", "半个月", "两节期间"}
	got, findings := dueRows(t, "云岭区2026年禁毒任务清单", "2026-06-12", dues...)
	for i, due := range dues {
		if got[i] != "" {
			t.Errorf("%s is due on %s", due, got[i])
		}
	}
	if len(findings) != len(dues) {
		t.Errorf("%d findings of %d deadlines: %v", len(findings), len(dues), findings)
	}
}

// A day without a year was read in the year of the title, so that 1月15日前 of a task
// of November stood ten months overdue. It is the first such day from that of its task.
func TestADeadlineWithoutAYearIsNotLongBeforeItsTask(t *testing.T) {
	for _, tt := range []struct{ set, due, want string }{
		{"2026-11-20", "元旦前", "2026-12-31"},
		{"2026-11-20", "1月15日前", "2027-01-15"},
		{"2026-11-20", "1.20", "2027-01-20"},
		{"2026-11-20", "春节前", "2027-02-05"},
		{"2026-11-20", "一季度", "2027-03-31"},
		{"2026-11-20", "3月底前", "2027-03-31"},
		{"2026-11-20", "端午节前", "2027-06-08"},
		{"2026-11-20", "上半年", "2027-06-30"},
		{"2026-11-20", "12月1日前", "2026-12-01"},
		{"2026-11-20", "年底前", "2026-12-31"},
		{"2026-11-20", "11月15日前", "2026-11-15"}, // a list that was typed late
		{"2026-11-20", "10月21日前", "2026-10-21"},
		{"2026-11-20", "1月15日", "2027-01-15"},
		{"2026-01-25", "春节前", "2026-02-16"},
		{"2026-01-05", "元旦前", "2025-12-31"}, // typed late
		{"2027-01-10", "1月20日前", "2027-01-20"},
		{"2025-12-28", "年底前", "2026-12-31"}, // never before the title's year
		{"2025-12-28", "6月底前", "2026-06-30"},
		{"", "1月15日前", "2026-01-15"}, // by the title alone
		{"", "春节前", "2026-02-16"},
		{"2026-11-20", "2026年1月15日前", "2026-01-15"}, // it names its year
		{"2026-11-20", "2026-01-15", "2026-01-15"},
		{"2026-11-20", "2026年春节前", "2026-02-16"},
		{"2026-11-20", "今年上半年", "2026-06-30"},
		{"2026-11-20", "明年3月底前", "2027-03-31"},
		{"2026-11-20", "2025年6月30日", "2025-06-30"},
	} {
		got, findings := dueRows(t, "云岭区2026年禁毒任务清单", tt.set, tt.due)
		if got[0] != tt.want || len(findings) > 0 {
			t.Errorf("%s of a task set on %q: %s %v, want %s", tt.due, tt.set, got[0], findings, tt.want)
		}
	}
}

// Weeks before its task a day may be this year's, missed, or next year's: it has two
// readings. 元旦前 of a list of 2026 has them too.
func TestADeadlineOfTwoYearsIsAmbiguous(t *testing.T) {
	for _, tt := range []struct{ title, set, due, want string }{
		{"云岭区2026年禁毒任务清单", "2026-11-20", "10月20日前", "date_ambiguous F3"},
		{"云岭区2026年禁毒任务清单", "2026-11-20", "三季度", "date_ambiguous F3"},
		{"云岭区2026年禁毒任务清单", "", "元旦前", "date_ambiguous F3"},
		{"云岭区2030年禁毒任务清单", "2030-11-20", "春节前", "date_unread F3"},
	} {
		got, findings := dueRows(t, tt.title, tt.set, tt.due)
		if got[0] != "" || !slices.Equal(findings, []string{tt.want}) {
			t.Errorf("%s of a task set on %q: %q %v, want %s", tt.due, tt.set, got[0], findings, tt.want)
		}
	}
}

// The day on which a task was set may stand behind its deadline, the deadline may be a
// number, and the title may have no year. What must be put right counts from the inspection.
func TestDeadlinesFromAColumnBehindThem(t *testing.T) {
	number := sheet.Cell{Kind: sheet.Number, Num: 1.15, Text: "1.15"}
	calendar := testCalendar(t)
	later := func(o *Options) { o.Calendar, o.Today = calendar, store.Date{Year: 2026, Month: 12, Day: 31} }
	r := readSheet(t, grid("任务清单", [][]any{
		{"云岭区2026年禁毒任务清单"},
		{"序号", "任务事项", "责任单位", "完成时限", "交办日期"},
		{1, "春节前走访", "城西派出所", "春节前", "2026-11-20"},
		{2, "上报小结", "城西派出所", number, "2026-11-20"},
	}...), later)
	if len(r.Tasks) != 2 || r.Tasks[0].Due.String() != "2027-02-05" || r.Tasks[1].Due.String() != "2027-01-15" {
		t.Errorf("%+v %v", r.Tasks, found(r))
	}
	got, _ := dueRows(t, "禁毒任务清单", "2026-11-20", "1月15日前", "11月30日前") // in whatever year it is read
	if !slices.Equal(got, []string{"2027-01-15", "2026-11-30"}) {
		t.Errorf("under a title without a year: %v", got)
	}
	r = readSheet(t, grid("检查台账", [][]any{
		{"云岭区2026年易制毒化学品及场所检查台账"},
		{"序号", "整改期限", "场所名称", "单位", "检查日期", "问题数"},
		{1, "1月15日前", "星光KTV", "城西派出所", "2026-11-20", 1},
	}...), later)
	if len(r.Records) != 1 || r.Records[0].Values["due"].Day.String() != "2027-01-15" {
		t.Errorf("%+v %v", r.Records, found(r))
	}
}
