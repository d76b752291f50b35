package form

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"jindu/store"
)

// when is a period as a text names it. What the text leaves open is zero: 6月
// has no year, 2026年 has neither month nor quarter, 截至6月30日 only a day.
type when struct {
	year   int
	kind   store.PeriodKind
	n      int
	cutoff store.Date // the day up to which figures count; its year may be 0
	vague  bool       // a stretch of time that is no period of ours, such as 6月上旬
}

// named reports whether the text names more than a year or a day.
func (w when) named() bool { return w.kind != store.NoPeriod && w.kind != store.Year }

// none reports whether the text says nothing of time.
func (w when) none() bool { return w == when{} }

// in returns the period with the year filled in where the text has none.
func (w when) in(year int) store.Period {
	if w.year != 0 {
		year = w.year
	}
	if year == 0 || w.kind == store.NoPeriod {
		return store.Period{}
	}
	p := store.Period{Kind: w.kind, Year: year, N: w.n}
	if !p.Valid() {
		return store.Period{}
	}
	return p
}

// to is between the ends of a range.
const to = `(?:[-~—–─]+|至|到)`

// The ways to write time, most specific first: what one of them has read is
// not read again by the next. Chinese numerals are digits by then.
var (
	dayRange     = newPattern(`(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日?` + to + `(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日`)
	dottedRange  = newPattern(`(\d{4})[./-](\d{1,2})[./-](\d{1,2})` + to + `(?:(\d{4})[./-])?(\d{1,2})[./-](\d{1,2})`)
	relative     = newPattern(`上月\d{1,2}日` + to + `(?:本月|当月)\d{1,2}日`)
	cutoffDay    = newPattern(`截[至止](?:日期|时间|到)?[:]?(?:(\d{4})[年./-])?(\d{1,2})[月./-](\d{1,2})日?`)
	plainDay     = newPattern(`(?:\d{4}[年./-])?\d{1,2}[月/-]\d{1,2}日|\d{4}[./-]\d{1,2}[./-]\d{1,2}`)
	dottedMonths = newPattern(`(\d{4})[./](\d{1,2})` + to + `(?:(\d{4})[./])?(\d{1,2})月?`)
	monthRange   = newPattern(`(?:(\d{4})年度?|^|\D)(\d{1,2})月?份?` + to + `(?:(\d{4})年)?(\d{1,2})月份?`)
	partOfMonth  = newPattern(`(?:\d{4}年)?\d{1,2}月份?(?:[上中下]旬|第?\d周|[上下]半月)`)
	yearMonth    = newPattern(`(\d{4})年度?(\d{1,2})月份?`)
	dottedMonth  = newPattern(`(\d{4})[./-](\d{1,2})(?:月份?|$|[^\d./-])`)
	sixDigits    = newPattern(`(?:^|\D)(20\d{2})(0[1-9]|1[0-2])(?:\D|$)`)
	half         = newPattern(`(?:(\d{4})年度?)?([上下])半年`)
	quarters     = newPattern(`(?:(\d{4})年度?)?(前|第)?([1-4])个?季度?`)
	week         = newPattern(`(?:(\d{4})年度?)?第(\d{1,2})周`)
	wholeYear    = newPattern(`(?:(\d{4})年度?)?全年`)
	bareMonth    = newPattern(`(?:^|\D)(\d{1,2})月(?:份|$|[^\d])`)
	bareYear     = newPattern(`(\d{4})年`)
	hanNumber    = newPattern(`[〇零○一二三四五六七八九十元]+(?:年|月|日|个?季|周|至|到|-|—|~)`)
)

// arabic writes the Chinese numerals of dates as digits: 二〇二六年六月 becomes
// 2026年6月. Other numerals stay as they are.
func arabic(s string) string {
	if !strings.ContainsAny(s, "〇零○一二三四五六七八九十元") {
		return s
	}
	return hanNumber.ReplaceAllStringFunc(s, func(m string) string {
		r := []rune(m)
		end := len(r)
		for end > 0 && !strings.ContainsRune("〇零○一二三四五六七八九十元", r[end-1]) {
			end--
		}
		return hanDigits(r[:end]) + string(r[end:])
	})
}

// hanDigits turns 二〇二六 into 2026, 十二 into 12 and 元 (of 元月) into 1.
func hanDigits(r []rune) string {
	if string(r) == "元" {
		return "1"
	}
	digit := func(c rune) int {
		switch c {
		case '〇', '零', '○':
			return 0
		default:
			return strings.Index("一二三四五六七八九", string(c))/len("一") + 1
		}
	}
	if i := strings.IndexRune(string(r), '十'); i >= 0 {
		tens, ones := 1, 0
		before, after, _ := strings.Cut(string(r), "十")
		if before != "" {
			tens = digit([]rune(before)[0])
		}
		if after != "" {
			ones = digit([]rune(after)[0])
		}
		return strconv.Itoa(10*tens + ones)
	}
	var b strings.Builder
	for _, c := range r {
		if c == '元' {
			return string(r) // 元 is money here
		}
		b.WriteByte(byte('0' + digit(c)))
	}
	return b.String()
}

// timeWords are the runes of which one must stand in a text that names a time.
const timeWords = "年月季周半截0123456789"

// whens reads every period that a folded text names, as far as they differ.
// starts is the first day of the statistical month.
func whens(text string, starts int) []when {
	if s := scanTimes(text, starts); s != nil {
		return s.found
	}
	return nil
}

// scanTimes reads every period that a folded text names, and blanks them; nil
// where it names none for certain.
func scanTimes(text string, starts int) *timeScan {
	if !strings.ContainsAny(text, timeWords) {
		return nil
	}
	s := &timeScan{text: arabic(text), starts: starts}
	s.each(relative, func([]string) when { return when{} })
	s.each(dayRange, func(m []string) when { return s.days(m[1:]) })
	s.each(dottedRange, func(m []string) when { return s.days(m[1:]) })
	s.each(cutoffDay, func(m []string) when {
		return when{cutoff: store.Date{Year: atoi(m[1]), Month: monthOf(m[2]), Day: atoi(m[3])}}
	})
	s.each(plainDay, func([]string) when { return when{} })
	s.each(partOfMonth, func([]string) when { return when{vague: true} })
	s.each(dottedMonths, func(m []string) when { return months(m[1:]) })
	s.each(monthRange, func(m []string) when { return months(m[1:]) })
	for _, re := range []*pattern{yearMonth, dottedMonth, sixDigits} {
		s.each(re, func(m []string) when { return valid(when{year: atoi(m[1]), kind: store.Month, n: atoi(m[2])}) })
	}
	s.each(half, func(m []string) when {
		n := 1
		if m[2] == "下" {
			n = 2
		}
		return when{year: atoi(m[1]), kind: store.Half, n: n}
	})
	s.each(quarters, func(m []string) when { return quarter(atoi(m[1]), m[2] == "前", atoi(m[3])) })
	s.each(week, func(m []string) when { return when{year: atoi(m[1]), kind: store.Week, n: atoi(m[2])} })
	s.each(wholeYear, func(m []string) when { return when{year: atoi(m[1]), kind: store.Year} })
	s.each(bareMonth, func(m []string) when { return valid(when{kind: store.Month, n: atoi(m[1])}) })
	s.each(bareYear, func(m []string) when { return when{year: atoi(m[1]), kind: store.Year} })
	return s
}

// wholly reads a text that is a period and nothing else: a month's head, a
// cell of a 月份 column. A trailing 累计 or 合计 is the caller's to remove.
func wholly(text string, starts int) when {
	if len(text) > 60 || !bracketsTime(text) {
		return when{}
	}
	s := arabic(text)
	for _, re := range []*pattern{
		dayRange, dottedRange, dottedMonths, monthRange, yearMonth, dottedMonth, sixDigits,
		half, quarters, week, wholeYear, bareMonth, bareYear,
	} {
		if loc := re.FindStringIndex(s); loc != nil && loc[0] == 0 && loc[1] == len(s) {
			if all := whens(s, starts); len(all) == 1 {
				return all[0]
			}
		}
	}
	return when{}
}

// bracketsTime reports whether a text begins and ends as a period does: it
// spares most heads the patterns.
func bracketsTime(text string) bool {
	from, _ := utf8.DecodeRuneInString(text)
	last, _ := utf8.DecodeLastRuneInString(text)
	return strings.ContainsRune("0123456789一二三四五六七八九十〇元第上下前全", from) && strings.ContainsRune("0123456789月份年度季周日", last)
}

// timeScan reads times from a text and blanks what it has read.
type timeScan struct {
	text   string
	starts int
	found  []when
}

func (s *timeScan) each(re *pattern, read func(m []string) when) {
	for {
		loc := re.FindStringSubmatchIndex(s.text)
		if loc == nil {
			return
		}
		m := make([]string, len(loc)/2)
		for i := range m {
			if loc[2*i] >= 0 {
				m[i] = s.text[loc[2*i]:loc[2*i+1]]
			}
		}
		w := read(m)
		if !sane(w.year) || !sane(w.cutoff.Year) || loc[0] > 0 && digits(s.text[loc[0]-1:loc[0]+1]) {
			w = when{vague: true} // 20226年, 12026年
		}
		if !w.none() && !contains(s.found, w) {
			s.found = append(s.found, w)
		}
		s.text = s.text[:loc[0]] + "\x00" + s.text[loc[1]:]
	}
}

// sane reports whether a year is one that a report can be of.
func sane(year int) bool { return year == 0 || year >= 2000 && year < 2100 }

func contains(all []when, w when) bool {
	for _, one := range all {
		if one == w {
			return true
		}
	}
	return false
}

// days reads a range of days: the month, week or quarter that it covers, the
// statistical month, or January to a day of the month that it ends in.
func (s *timeScan) days(m []string) when {
	y1, y2 := atoi(m[0]), atoi(m[3])
	a := store.Date{Year: y1, Month: monthOf(m[1]), Day: atoi(m[2])}
	b := store.Date{Year: y2, Month: monthOf(m[4]), Day: atoi(m[5])}
	if b.Month == 0 {
		b.Month = a.Month
	}
	switch {
	case y1 == 0 && y2 == 0: // the year stands elsewhere, if anywhere
	case y1 == 0:
		a.Year = y2
		if a.Month > b.Month {
			a.Year--
		}
	case y2 == 0:
		b.Year = y1
		if a.Month > b.Month {
			b.Year++
		}
	}
	open := a.Year == 0
	if open {
		b.Year = 2026 // any year without a leap day
		if m := bareYear.FindStringSubmatch(s.text); m != nil {
			b.Year, open = atoi(m[1]), false
		}
		a.Year = b.Year
		if a.Month > b.Month {
			a.Year--
		}
	}
	w := span(a, b, s.starts)
	if open {
		w.year, w.cutoff.Year = 0, 0
		if w.kind == store.Week {
			return when{vague: true} // which week it is hangs on the year
		}
	}
	return w
}

// span names the period from a to b, or only the day b where there is none.
func span(a, b store.Date, starts int) when {
	if !a.Valid() || !b.Valid() || b.Before(a) {
		return when{vague: true}
	}
	for _, kind := range []store.PeriodKind{store.Week, store.Month, store.Quarter, store.Half, store.Year} {
		if p := store.PeriodAt(kind, b); p.Start() == a && p.End() == b {
			return when{year: p.Year, kind: p.Kind, n: p.N}
		}
	}
	if starts > 1 && a.Day == starts && b.Day == starts-1 && store.NewDate(a.Year, a.Month+1, 1) == store.NewDate(b.Year, b.Month, 1) {
		return when{year: b.Year, kind: store.Month, n: int(b.Month)}
	}
	if a.Month == 1 && a.Day == 1 && a.Year == b.Year {
		p := store.CumulativeTo(b.Year, int(b.Month))
		return when{year: p.Year, kind: p.Kind, n: p.N}
	}
	if a.Day == 1 && a.Year == b.Year && a.Month == b.Month {
		return when{cutoff: b} // the month, as far as it has come
	}
	if a.Day >= 20 && store.NewDate(a.Year, a.Month+1, 1) == store.NewDate(b.Year, b.Month, 1) && b.Day < a.Day {
		return when{cutoff: b, vague: true} // another statistical month than the district's
	}
	return when{vague: true}
}

// months reads 1-6月, 4-6月 and the like: a run of months that has a name.
func months(m []string) when {
	year, from, till := atoi(m[0]), atoi(m[1]), atoi(m[3])
	if y2 := atoi(m[2]); y2 != 0 && year != 0 && y2 != year {
		return when{vague: true}
	}
	switch {
	case from < 1 || till > 12 || till < from:
		return when{vague: true}
	case from == till:
		return when{year: year, kind: store.Month, n: till}
	case from == 1:
		p := store.CumulativeTo(1, till)
		return when{year: year, kind: p.Kind, n: p.N}
	case till-from == 2 && till%3 == 0:
		return when{year: year, kind: store.Quarter, n: till / 3}
	case from == 7 && till == 12:
		return when{year: year, kind: store.Half, n: 2}
	default:
		return when{year: year, vague: true}
	}
}

// quarter reads 第二季度, or 前三季度 which runs from January.
func quarter(year int, fromJanuary bool, n int) when {
	if fromJanuary {
		p := store.CumulativeTo(1, 3*n)
		return when{year: year, kind: p.Kind, n: p.N}
	}
	return when{year: year, kind: store.Quarter, n: n}
}

// valid drops what no calendar has, such as 2026年13月.
func valid(w when) when {
	if w.n < 1 || w.n > 12 {
		return when{vague: true}
	}
	return w
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

func monthOf(s string) time.Month { return time.Month(atoi(s)) }

// begins returns the day on which a period starts for the district: the
// statistical month may start on the 26th of the month before.
func begins(p store.Period, starts int) store.Date {
	if starts > 1 && p.Kind == store.Month {
		return store.NewDate(p.Year, time.Month(p.N)-1, starts)
	}
	return p.Start()
}
