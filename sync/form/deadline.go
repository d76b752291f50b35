package form

import (
	"strconv"
	"strings"
	"time"

	"jindu/store"
	"jindu/sync/sheet"
)

// A deadline may be told from another day: 10个工作日内 from the day on which the
// task was set, 月底 from the month of the title. Where that day is not known the
// task stands undated with a finding; the day of the pull is no such day, as the
// same file would then be due on another one tomorrow.

var (
	fromSet = `^(?:(?:自|从|收到|接到|接)?(?:本|该)?(?:文件|通知|任务|交办单|督办单|清单|会议|交办|下达|下发|印发|发文|布置|部署|召开|文)+(?:之日|当日|日)?(?:起|后|之后|以后)?|会后|限|限期)?`
	within  = newPattern(fromSet + `(?:([0-9]{1,3})个?(工作日|天|日|周|星期|个?月|年)|(半)年)(?:之内|以内|内)(?:完成|办结|报送|上报|反馈|整改到位|整改完毕)?$`)
	ofWeek  = newPattern(`^(本|这|下)(?:个)?(?:周|星期|礼拜)(?:([1-6日天])|之?内|末|底)$`)
	ofMonth = newPattern(`^(?:(本|当|这个?|下个?|次)?月(?:份)?)?(?:([0-9]{1,2})[日号]|之?内|底|末|月底|最后1[天日]|最后1个工作日)$`)
	ofTerm  = newPattern(`^(本|当|下)?(?:个)?季(?:度)?(?:之?内|末|底)$`)
	ofYear  = newPattern(`^每年(?:度)?(?:([0-9]{1,2})月(?:份)?(?:([0-9]{1,2})[日号]|底|末)?|年?底|年?末|1次)?$`)

	endOfDeadline = newPattern(`(?:之前|以前|前报|前|截止|止|完成|报送|上报|提交|办结|落实到位|完毕|[,.;。])+$`)

	everyWeek    = newPattern(`^每个?(?:周|星期|礼拜)(?:([1-6日天])|末|底|内|1次)?$`)
	everyWorkday = newPattern(`^每个?月(?:的)?(?:(最后1个)|(?:第|前)([0-9]{1,2})个?)工作日$`)
)

// deadlineKey writes a deadline for comparison: narrow, without blanks and
// without what ends it, numerals as digits.
func deadlineKey(text string) string {
	s := strings.NewReplacer(" ", "", "两", "二").Replace(untimed(quotes.Replace(narrow(text))))
	return numerals(trimEnd(trimHead(s)))
}

// trimEnd drops what says that the day is a deadline, but not the 内 of 10日内.
func trimEnd(s string) string { return endOfDeadline.ReplaceAllString(s, "") }

// setOn is what is known of the time in which a deadline was set.
type setOn struct {
	day   store.Date   // on which the task was set; zero: not known
	month store.Period // of that day, or of the title; zero: not known
}

// relativeDue reads a deadline that is told from another day. It is not one where
// ok is false; a rule names the finding.
func (l *ledger) relativeDue(text string, set setOn) (due store.Date, rule string, ok bool) {
	s := deadlineKey(text)
	if m := within.FindStringSubmatch(s); m != nil {
		n, _ := strconv.Atoi(m[1])
		measure := m[2]
		switch {
		case m[3] != "":
			n, measure = 6, "月"
		case measure == "年":
			n, measure = 12*n, "月"
		}
		if set.day.IsZero() || n == 0 {
			return store.Date{}, "due_unanchored", true
		}
		return after(set.day, n, measure, l.opt.Calendar), "", true
	}
	if m := ofWeek.FindStringSubmatch(s); m != nil {
		if set.day.IsZero() {
			return store.Date{}, "due_unanchored", true
		}
		monday := store.PeriodAt(store.Week, set.day).Start()
		if m[1] == "下" {
			monday = monday.Add(7)
		}
		return monday.Add(dayOfWeek(m[2]) - 1), "", true
	}
	return l.dueInPeriod(s, set)
}

// after returns the day on which a time from a day on ends. The day itself does
// not count, and a month later is the same day or the month's last.
func after(day store.Date, n int, measure string, c store.Calendar) store.Date {
	switch {
	case measure == "工作日":
		return c.AddWorkdays(day, n)
	case measure == "周", measure == "星期":
		return day.Add(7 * n)
	case strings.HasSuffix(measure, "月"):
		last := store.NewDate(day.Year, day.Month+time.Month(n)+1, 0)
		return store.Date{Year: last.Year, Month: last.Month, Day: min(day.Day, last.Day)}
	default:
		return day.Add(n)
	}
}

// dayOfWeek counts from 1 for Monday; the week as a whole ends with its Sunday.
func dayOfWeek(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	return 7
}

// dueInPeriod reads a deadline in the month or quarter of the task: 下月5日, 季末.
func (l *ledger) dueInPeriod(s string, set setOn) (due store.Date, rule string, ok bool) {
	if m := ofTerm.FindStringSubmatch(s); m != nil {
		if set.month.IsZero() {
			return store.Date{}, "due_unanchored", true
		}
		p := set.month.Of(store.Quarter)
		if m[1] == "下" {
			p = p.Add(1)
		}
		return p.End(), "", true
	}
	m := ofMonth.FindStringSubmatch(s)
	if m == nil {
		return store.Date{}, "", false
	}
	month := set.month
	switch {
	case month.IsZero():
		return store.Date{}, "due_unanchored", true
	case strings.HasPrefix(m[1], "下"), m[1] == "次":
		month = month.Add(1)
	}
	due = month.End()
	switch {
	case strings.HasSuffix(s, "工作日"):
		due = l.opt.Calendar.LastWorkday(month)
	case m[2] != "":
		if due.Day = yearOr(m[2], 0); !due.Valid() {
			return store.Date{}, "date_unread", true
		}
	}
	return due, "", true
}

// A day without a year is the first such day from that on which its task was set:
// 1月15日前 of a task of 20 November is next January's, whatever year the title names;
// it is never before the title's year. Lists are also typed late: a day up to typedLate
// days before the task was set stands, and is overdue at once. One further back, but not
// by a quarter, has two readings, since next year's would hide a task that is overdue.
const (
	typedLate = 30
	longPast  = 90
)

// ofThisYear begins a deadline that says by a word of which year it is.
var ofThisYear = newPattern(`^(?:今年|本年|明年|次年|下一年)`)

// dueSince reads a deadline that stands by itself; set is the day on which it was set,
// zero where nobody says: the year is then that of the title.
func (l *ledger) dueSince(c sheet.Cell, set store.Date) (due store.Date, recurs, rule string) {
	year := max(l.said.year, set.Year)
	if l.said.noYear && !set.IsZero() {
		year = set.Year // read again next year, the row is due on the same day
	}
	due, recurs, _, rule = parseDue(c, year, l.book.Date1904, l.opt.Calendar)
	past := due.Year < year // 元旦前 is the last day of the year before
	if !set.IsZero() {
		past = set.Sub(due) > typedLate
	}
	if due.IsZero() || !past || ofThisYear.MatchString(trimHead(deadlineText(textOf(c)))) {
		return due, recurs, rule
	}
	next, _, _, nextRule := parseDue(c, year+1, l.book.Date1904, l.opt.Calendar)
	switch {
	case next == due: // it names its year
		return due, "", ""
	case set.IsZero(), set.Sub(due) < longPast:
		return store.Date{}, "", "date_ambiguous"
	default:
		return next, "", nextRule
	}
}

// setOn tells when the task of the row was set: by a column for it, by the one
// day that its document names, or by the title where that is of a meeting or of a
// document. A title's month alone is good for the end of that month.
func (l *ledger) setOn() setOn {
	day := l.field("issued").Day
	if day.IsZero() && !l.at.lost["issued"] {
		day = l.dayIn(l.text("source_doc"))
	}
	if day.IsZero() && !l.at.lost["issued"] {
		for _, p := range l.said.place {
			if p.where == "title" && issuing.MatchString(fold(p.text)) && day.IsZero() {
				day = l.dayIn(p.text)
			}
		}
	}
	set := setOn{day: day}
	switch {
	case !day.IsZero():
		set.month = store.PeriodAt(store.Month, day)
	case l.said.month != 0:
		set.month = store.MonthOf(l.said.year, l.said.month)
	}
	return set
}

var (
	issuing  = newPattern(`会议|纪要|例会|交办|印发|下发|下达|发文|布置|部署`)
	wholeDay = newPattern(`([0-9]{4})(?:年|[-./])([0-9]{1,2})(?:月|[-./])([0-9]{1,2})(?:日|号|[^0-9]|$)`)
)

// dayIn returns the one whole day that a text names; with two it names none.
func (l *ledger) dayIn(text string) store.Date {
	all := wholeDay.FindAllStringSubmatch(numerals(strings.ReplaceAll(narrow(text), " ", "")), 2)
	if len(all) != 1 {
		return store.Date{}
	}
	day, _ := checked(all[0][1], all[0][2], all[0][3], 0)
	return day
}

// recurring reads a deadline that comes back, beside those of recurrence: on a
// day of the week, on a working day of the month, on a day of the year.
func recurring(text string) (string, bool) {
	s := deadlineKey(text)
	if m := everyWeek.FindStringSubmatch(s); m != nil {
		return "weekly:" + strconv.Itoa(dayOfWeek(m[1])), true
	}
	if m := everyWorkday.FindStringSubmatch(s); m != nil {
		if m[1] != "" {
			return "monthly:last_workday", true
		}
		n := yearOr(m[2], 0)
		return "monthly:workday:" + strconv.Itoa(n), n >= 1 && n <= 20 // every month has so many
	}
	m := ofYear.FindStringSubmatch(s)
	if m == nil {
		return "", false
	}
	day := store.Date{Year: 2000, Month: time.December, Day: 31} // a leap year has every day
	if m[1] != "" {
		month := yearOr(m[1], 0)
		if month < 1 || month > 12 {
			return "", false
		}
		day = store.MonthOf(2000, month).End()
		if m[2] != "" {
			day.Day = yearOr(m[2], 0)
		}
	}
	if m[1] != "" && m[2] == "" && !strings.ContainsAny(s[strings.Index(s, "月"):], "底末") {
		return "", false // 每年6月: its end, or any day of it
	}
	return "yearly:" + day.Time().Format("01-02"), day.Valid()
}

// relative reads the deadlines of this file, before those that stand by themselves.
func (l *ledger) relative(c sheet.Cell, set setOn) (due store.Date, recurs string, ok bool) {
	if c.Kind != sheet.Text {
		return store.Date{}, "", false
	}
	if recurs, ok := recurring(c.Text); ok {
		return store.Date{}, recurs, true
	}
	due, rule, ok := l.relativeDue(c.Text, set)
	switch {
	case rule != "" && shapeOfCell(c) != "":
		l.fault("personal_data", "due", shapeOfCell(c))
	case rule != "":
		l.fault(rule, "due")
	case ok && due.IsZero():
		l.fault("calendar_unknown", "due")
	}
	return due, "", ok
}
