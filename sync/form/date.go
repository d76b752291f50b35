package form

import (
	"math"
	"strconv"
	"strings"
	"time"

	"jindu/store"
	"jindu/sync/sheet"
)

// Years outside this window are slips of the pen.
const (
	firstYear = 1990
	lastYear  = 2099
)

// parseDue reads a deadline: a day, a period by its last day, a day of every
// month, or 长期. A rule other than empty names the finding; the row then
// stands undated.
func parseDue(c sheet.Cell, year int, date1904 bool, calendar store.Calendar) (due store.Date, recurs string, undated bool, rule string) {
	if c.Kind != sheet.Text {
		day, rule := parseDay(c, year, date1904)
		return day, "", day.IsZero(), rule
	}
	s := deadlineText(c.Text)
	if s == "" {
		return store.Date{}, "", true, ""
	}
	if rest := nextYear.ReplaceAllString(s, ""); rest != s && year > 0 {
		s, year = rest, year+1
	}
	if longTerm.MatchString(s) {
		return store.Date{}, "", true, ""
	}
	if recurs, ok := recurrence(s); ok {
		return store.Date{}, recurs, false, ""
	}
	if day, known, ok := beforeFestival(s, year, calendar); ok {
		if !known {
			return store.Date{}, "", true, "date_unread"
		}
		return day, "", false, ""
	}
	if beforePeriod.MatchString(s) {
		return store.Date{}, "", true, "date_ambiguous"
	}
	for _, period := range []string{trimEnd(trimHead(s)), trimDeadline(s)} { // 年内, 6月份内
		if day, ok := lastDayOf(period, year); ok {
			return day, "", false, ""
		}
	}
	s = trimDeadline(s)
	day, rule := parseDayText(s, year)
	return day, "", day.IsZero(), rule
}

// parseDay reads one day, however it is written. A blank cell is no day and no
// finding.
func parseDay(c sheet.Cell, year int, date1904 bool) (store.Date, string) {
	switch c.Kind {
	case sheet.Blank:
		return store.Date{}, ""
	case sheet.Fault:
		return store.Date{}, "error_cell"
	case sheet.Pending:
		return store.Date{}, "formula_no_value"
	case sheet.Number:
		return parseDayNumber(c, year, date1904)
	case sheet.Text:
		s := deadlineText(c.Text)
		if s == "" || naPattern.MatchString(s) {
			return store.Date{}, ""
		}
		return parseDayText(s, year)
	default:
		return store.Date{}, "date_unread"
	}
}

var (
	clockTime    = newPattern(`(?:[ T]?[0-9]{1,2}(?::[0-9]{2}){1,2}(?:\.[0-9]+)?Z?|[ ]?[0-9]{1,2}[时点])(?:之前|以前|前)?$`)
	weekday      = newPattern(`\((?:星期|周)[一二三四五六日天]\)|(?:星期|周)[一二三四五六日天]$`)
	timeOfDay    = newPattern(`(?:上午|中午|下午|晚上|下班|(?:上午|中午|下午|晚上)?[0-9]{1,2}[时点](?:整|半|[0-9]{1,2}分)?)(?:之前|以前|前)?$`)
	ownYear      = newPattern(`^(?:([0-9]{4})年|今年|本年)`)
	nextYear     = newPattern(`^(?:明年|次年|下一年度?)`)
	longTerm     = newPattern(`^(?:长期|常年|持续|常态化?|经常性?|[常长]抓不懈)(?:坚持|推进|开展|进行|落实|工作|任务|实施|有效)?$|^无$|^` + dashes + `$|^/$`)
	deadlineTail = newPattern(`(?:之前|以前|前夕|前报|前|截止|止|内|完成|报送|上报|提交|办结|落实到位|完毕|[,.;。])+$`)
	beforePeriod = newPattern(`(?:月份?|季度|半年)(?:之前|以前|前夕|前)(?:报送|上报|报|完成|提交|办结|落实到位|完毕|[,.;。])*$`) // 6月前: by its start or by its end?
	monthlyDay   = newPattern(`^每个?月(?:的)?(?:([0-9]{1,2})[日号]?|(月?底|月?末|最后一[天日]|一次))?(?:之前|以前|前|截止|止)?(?:报送|完成|上报|报)?$`)
	quarterDay   = newPattern(`^每个?季度?(?:的)?(?:(首|末|最后1个)|第([1-3])个?)月(?:的)?([0-9]{1,2})[日号]$`)
	chineseRun   = newPattern(`[〇零一二三四五六七八九十廿]+`)
	monthEnd     = newPattern(`^(?:([0-9]{4})年)?([0-9]{1,2})月(?:份)?(?:底|末|月底)?$|^([0-9]{4})[-./]([0-9]{2})$`)
	yearPeriod   = newPattern(`^(?:([0-9]{4})年|今年|本年)?(?:(上半年)|(下半年)|第?([1-4])季度|(年?底|年?末|年度?内|(?:贯穿)?全年度?))(?:底|末)?$`)
)

// deadlineText narrows the text, drops a time of day and a weekday, and writes
// Chinese numerals as digits: 二〇二六年六月底前 is 2026年6月底前.
func deadlineText(s string) string {
	return untimed(weekday.ReplaceAllString(quotes.Replace(narrow(s)), ""))
}

// untimed drops a time of day from what names a day.
func untimed(s string) string {
	for _, p := range []*pattern{clockTime, timeOfDay} {
		if cut := strings.TrimSpace(p.ReplaceAllString(s, "")); strings.ContainsAny(cut, "-/.年月日周期") {
			s = cut
		}
	}
	return s
}

// quotes are set around days that have a name: “6.26”前.
var quotes = strings.NewReplacer("“", "", "”", "", "\"", "", "'", "", "‘", "", "’", "", "「", "", "」", "")

// numerals writes Chinese numerals as digits.
func numerals(s string) string {
	return chineseRun.ReplaceAllStringFunc(s, func(run string) string {
		if n, ok := chineseNumber(run); ok {
			return strconv.Itoa(int(n))
		}
		return run
	})
}

func trimDeadline(s string) string {
	return strings.TrimSpace(deadlineTail.ReplaceAllString(trimHead(s), ""))
}

func trimHead(s string) string {
	for _, head := range []string{"截至", "截止", "于", "在", "拟于", "最迟"} {
		s = strings.TrimPrefix(s, head)
	}
	return s
}

func recurrence(s string) (string, bool) {
	s = numerals(strings.ReplaceAll(s, " ", ""))
	if m := monthlyDay.FindStringSubmatch(s); m != nil {
		day := 31
		if m[1] != "" {
			day, _ = strconv.Atoi(m[1])
		}
		return "monthly:" + strconv.Itoa(day), day >= 1 && day <= 31
	}
	if m := quarterDay.FindStringSubmatch(trimDeadline(s)); m != nil {
		month := map[string]string{"首": "1", "末": "3", "最后1个": "3"}[m[1]]
		if month == "" {
			month = m[2]
		}
		day := yearOr(m[3], 0)
		return "quarterly:" + month + "-" + strconv.Itoa(day), day >= 1 && day <= 31
	}
	switch strings.TrimSuffix(trimDeadline(s), "1次") {
	case "每季度", "每季", "每季度末", "每季度底", "每季末", "按季度", "按季":
		return "quarterly", true
	case "每半年", "每半年末", "每半年底":
		return "half-yearly", true
	case "按月":
		return "monthly:31", true
	default:
		return "", false
	}
}

// lastDayOf reads a month, quarter, half or year named as a deadline.
func lastDayOf(s string, year int) (store.Date, bool) {
	s = numerals(strings.ReplaceAll(s, " ", ""))
	if m := monthEnd.FindStringSubmatch(s); m != nil {
		month, _ := strconv.Atoi(m[2] + m[4])
		if month < 1 || month > 12 {
			return store.Date{}, false
		}
		end := store.MonthOf(yearOr(m[1]+m[3], year), month).End()
		return end, sensible(end.Year)
	}
	m := yearPeriod.FindStringSubmatch(s)
	if m == nil {
		return store.Date{}, false
	}
	p := store.Period{Kind: store.Year, Year: yearOr(m[1], year)}
	switch {
	case m[2] != "":
		p.Kind, p.N = store.Half, 1
	case m[3] != "":
		p.Kind, p.N = store.Half, 2
	case m[4] != "":
		p.Kind, p.N = store.Quarter, int(m[4][0]-'0')
	}
	return p.End(), sensible(p.Year)
}

// sensible reports whether a year may be meant: 二六二〇 for 二〇二六 is a slip.
func sensible(year int) bool { return year >= firstYear && year <= lastYear }

func yearOr(s string, year int) int {
	if s == "" {
		return year
	}
	n, _ := strconv.Atoi(s)
	return n
}

var (
	yearFirst    = newPattern(`^([0-9]{4}) ?(?:年|[-./,]) ?([0-9]{1,2}) ?(?:月|[-./,]) ?([0-9]{1,2}) ?[日号]?$`)
	compact      = newPattern(`^([0-9]{4})([0-9]{2})([0-9]{2})$`)
	dayFirst     = newPattern(`^([0-9]{1,2})[-./]([0-9]{1,2})[-./]([0-9]{4})$`)
	shortYear    = newPattern(`^[0-9]{1,2}[-./][0-9]{1,2}[-./][0-9]{2}$`)
	monthDay     = newPattern(`^(?:今年|本年)?([0-9]{1,2}) ?月 ?([0-9]{1,2}) ?[日号]?$`)
	monthDotDay  = newPattern(`^([0-9]{1,2})[.·•・-]([0-9]{1,2})[日号]?$`)
	monthSlashed = newPattern(`^([0-9]{1,2})/([0-9]{1,2})$`)
)

// parseDayText reads the ways in which people write a day.
func parseDayText(s string, year int) (store.Date, string) {
	s = numerals(trimDeadline(s))
	if m := yearFirst.FindStringSubmatch(s); m != nil {
		return checked(m[1], m[2], m[3], 0)
	}
	if m := compact.FindStringSubmatch(s); m != nil {
		return checked(m[1], m[2], m[3], 0)
	}
	if m := dayFirst.FindStringSubmatch(s); m != nil {
		return eitherOrder(m[3], m[2], m[1], 0)
	}
	if shortYear.MatchString(s) {
		return store.Date{}, "date_ambiguous"
	}
	for _, p := range []*pattern{monthDay, monthDotDay} {
		if m := p.FindStringSubmatch(s); m != nil {
			return checked("", m[1], m[2], year)
		}
	}
	if m := monthSlashed.FindStringSubmatch(s); m != nil {
		return eitherOrder("", m[1], m[2], year)
	}
	return store.Date{}, "date_unread"
}

// eitherOrder reads numbers of which one is the month and one the day: where
// both could be either, the day has two readings.
func eitherOrder(y, month, day string, year int) (store.Date, string) {
	one, ruleOne := checked(y, month, day, year)
	two, ruleTwo := checked(y, day, month, year)
	switch {
	case ruleOne == "" && ruleTwo == "" && one != two:
		return store.Date{}, "date_ambiguous"
	case ruleOne == "":
		return one, ""
	default:
		return two, ruleTwo
	}
}

func checked(y, m, d string, year int) (store.Date, string) {
	month, _ := strconv.Atoi(m)
	day, _ := strconv.Atoi(d)
	date := store.Date{Year: yearOr(y, year), Month: time.Month(month), Day: day}
	if !date.Valid() || !sensible(date.Year) {
		return store.Date{}, "date_unread"
	}
	return date, ""
}

// parseDayNumber reads a number: 20260626, a serial date, or 6.26 for 26 June.
// A single decimal 1, 2 or 3 may have lost its zero (6.1 is 6.10 as a number)
// and is not read.
func parseDayNumber(c sheet.Cell, year int, date1904 bool) (store.Date, string) {
	text := strconv.FormatFloat(c.Num, 'f', -1, 64)
	if m := compact.FindStringSubmatch(text); m != nil && !c.Date {
		return checked(m[1], m[2], m[3], 0)
	}
	if m := monthDotDay.FindStringSubmatch(text); m != nil && !c.Date && strings.Contains(text, ".") {
		if len(m[2]) == 1 && strings.Contains("123", m[2]) {
			return store.Date{}, "date_ambiguous"
		}
		return checked("", m[1], m[2], year)
	}
	day := serialDate(c.Num, date1904)
	if !sensible(day.Year) {
		return store.Date{}, "date_unread"
	}
	return day, ""
}

// serialDate returns the day of an Excel serial. From 1 March 1900 on, days
// count from 30 December 1899, because Excel believes in 29 February 1900.
func serialDate(n float64, date1904 bool) store.Date {
	if !(n >= 61 && n < 2958466) { // until the end of 9999
		return store.Date{}
	}
	if date1904 {
		return store.NewDate(1904, time.January, 1+int(math.Floor(n)))
	}
	return store.NewDate(1899, time.December, 30+int(math.Floor(n)))
}

// beforeFestival reads 春节前 and its like as the day before. Whether the day is
// known depends on the calendar.
func beforeFestival(s string, year int, c store.Calendar) (day store.Date, known, ok bool) {
	name := deadlineTail.ReplaceAllString(s, "")
	if name == s {
		return store.Date{}, false, false
	}
	if m := ownYear.FindStringSubmatch(name); m != nil {
		name, year = strings.TrimPrefix(name, m[0]), yearOr(m[1], year)
	}
	day, ok = c.Festival(name, year)
	if day.IsZero() {
		return store.Date{}, false, ok
	}
	return day.Add(-1), true, true
}
