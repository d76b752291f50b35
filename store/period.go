package store

import (
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// PeriodKind is the length of a period.
type PeriodKind uint8

// The kinds of period, shortest first. Cumulative runs from January to a month.
const (
	NoPeriod PeriodKind = iota
	Week
	Month
	Quarter
	Half
	Cumulative
	Year
)

// Period is the time that a figure is about. The zero Period is none.
type Period struct {
	Kind PeriodKind
	Year int
	N    int // week, month, quarter or half; for Cumulative the last month; 0 for Year
}

// MonthOf returns the calendar month.
func MonthOf(year, month int) Period { return Period{Month, year, month} }

// CumulativeTo returns January to the month: the quarter, half or year where
// there is a name for it, the month itself for January, else a cumulative
// period.
func CumulativeTo(year, month int) Period {
	switch month {
	case 1:
		return MonthOf(year, 1)
	case 3:
		return Period{Quarter, year, 1}
	case 6:
		return Period{Half, year, 1}
	case 12:
		return Period{Year, year, 0}
	default:
		return Period{Cumulative, year, month}
	}
}

var periodPattern = regexp.MustCompile(`^(\d{4})(?:-(?:(\d{2})|W(\d{2})|Q([1-4])|H([12])|01\.\.(\d{2})))?$`)

// ParsePeriod reads what String writes: 2026-06, 2026-W26, 2026-Q2, 2026-H1,
// 2026 or 2026-01..05.
func ParsePeriod(s string) (Period, error) {
	m := periodPattern.FindStringSubmatch(s)
	if m == nil {
		return Period{}, fmt.Errorf("period %q: want 2026-06, 2026-W26, 2026-Q2, 2026-H1, 2026 or 2026-01..05", s)
	}
	year, _ := strconv.Atoi(m[1])
	p := Period{Year, year, 0}
	for i, kind := range []PeriodKind{Month, Week, Quarter, Half, Cumulative} {
		if m[i+2] != "" {
			n, _ := strconv.Atoi(m[i+2])
			p = Period{kind, year, n}
		}
	}
	if !p.Valid() {
		return Period{}, fmt.Errorf("period %q: no such %s", s, p.Kind)
	}
	return p, nil
}

// Valid reports whether the calendar has such a period.
func (p Period) Valid() bool {
	switch p.Kind {
	case Week:
		_, weeks := time.Date(p.Year, time.December, 28, 0, 0, 0, 0, time.UTC).ISOWeek()
		return p.N >= 1 && p.N <= weeks
	case Month, Cumulative:
		return p.N >= 1 && p.N <= 12
	case Quarter:
		return p.N >= 1 && p.N <= 4
	case Half:
		return p.N == 1 || p.N == 2
	case Year:
		return p.N == 0
	default:
		return false
	}
}

// IsZero reports whether there is no period.
func (p Period) IsZero() bool { return p == Period{} }

// String writes the period as scripts know it.
func (p Period) String() string {
	switch p.Kind {
	case Week:
		return p.written("-W", 2)
	case Month:
		return p.written("-", 2)
	case Quarter:
		return p.written("-Q", 1)
	case Half:
		return p.written("-H", 1)
	case Cumulative:
		return p.written("-01..", 2)
	case Year:
		return p.written("", 0)
	default:
		return ""
	}
}

// written writes the year and, where it has digits, the number in it. A mirror
// names periods by the million.
func (p Period) written(between string, digits int) string {
	b := appendDigits(make([]byte, 0, 12), p.Year, 4)
	b = append(b, between...)
	if digits > 0 {
		b = appendDigits(b, p.N, digits)
	}
	return string(b)
}

// appendDigits writes a number with at least so many digits.
func appendDigits(b []byte, n, digits int) []byte {
	least := 1
	for range digits - 1 {
		least *= 10
	}
	for ; n < least && least > 1; least /= 10 {
		b = append(b, '0')
	}
	return strconv.AppendInt(b, int64(n), 10)
}

// Start returns the first day.
func (p Period) Start() Date {
	switch p.Kind {
	case Week:
		fourth := NewDate(p.Year, time.January, 4)
		back := (int(fourth.Time().Weekday()) + 6) % 7
		return fourth.Add(-back + 7*(p.N-1))
	case Month:
		return NewDate(p.Year, time.Month(p.N), 1)
	case Quarter:
		return NewDate(p.Year, time.Month(3*p.N-2), 1)
	case Half:
		return NewDate(p.Year, time.Month(6*p.N-5), 1)
	default:
		return NewDate(p.Year, time.January, 1)
	}
}

// End returns the last day.
func (p Period) End() Date {
	switch p.Kind {
	case Week:
		return p.Start().Add(6)
	case Month, Cumulative:
		return NewDate(p.Year, time.Month(p.N)+1, 0)
	case Quarter:
		return NewDate(p.Year, time.Month(3*p.N)+1, 0)
	case Half:
		return NewDate(p.Year, time.Month(6*p.N)+1, 0)
	default:
		return NewDate(p.Year, time.December, 31)
	}
}

// Add returns the period n steps later: months after a month, years after a
// year. A cumulative period moves by years, as it has no neighbour of its length.
func (p Period) Add(n int) Period {
	switch p.Kind {
	case Week:
		y, w := p.Start().Add(7*n + 3).Time().ISOWeek()
		return Period{Week, y, w}
	case Month:
		return step(Month, p.Year, p.N, 12, n)
	case Quarter:
		return step(Quarter, p.Year, p.N, 4, n)
	case Half:
		return step(Half, p.Year, p.N, 2, n)
	default:
		return Period{p.Kind, p.Year + n, p.N}
	}
}

func step(kind PeriodKind, year, n, per, by int) Period {
	i := year*per + n - 1 + by
	return Period{kind, i / per, i%per + 1}
}

// YearAgo returns the same period of the year before.
func (p Period) YearAgo() Period { return Period{p.Kind, p.Year - 1, p.N} }

// Of returns the period of the given kind that holds p's last day: the quarter
// of a month, the month of a date.
func (p Period) Of(kind PeriodKind) Period { return PeriodAt(kind, p.End()) }

// PeriodAt returns the period of the kind that holds the day.
func PeriodAt(kind PeriodKind, d Date) Period {
	m := int(d.Month)
	switch kind {
	case Week:
		y, w := d.Time().ISOWeek()
		return Period{Week, y, w}
	case Quarter:
		return Period{Quarter, d.Year, (m + 2) / 3}
	case Half:
		return Period{Half, d.Year, (m + 5) / 6}
	case Year:
		return Period{Year, d.Year, 0}
	case Cumulative:
		return Period{Cumulative, d.Year, m}
	default:
		return Period{Month, d.Year, m}
	}
}

// Before orders periods by their last day, then shorter first.
func (p Period) Before(q Period) bool {
	if p.End() != q.End() {
		return p.End().Before(q.End())
	}
	return p.Kind < q.Kind
}

// MarshalText writes the period as String does.
func (p Period) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (p *Period) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*p = Period{}
		return nil
	}
	got, err := ParsePeriod(string(b))
	if err != nil {
		return err
	}
	*p = got
	return nil
}

// String names the kind in English, for error texts.
func (k PeriodKind) String() string {
	return [...]string{"period", "week", "month", "quarter", "half-year", "cumulative period", "year"}[k]
}
