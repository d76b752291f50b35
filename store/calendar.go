package store

import (
	_ "embed" // the years' arrangements are part of the program
	"fmt"
	"slices"
	"strings"
	"time"
)

//go:embed calendar.csv
var calendarCSV []byte

// Calendar tells working days from days off: weekends, and what the yearly
// arrangement of the holidays makes of them. The zero Calendar knows no year.
type Calendar struct {
	days      map[Date]bool // what differs from the week: true is a working day
	festivals []festival
	data      []byte // that it was loaded from
}

// festival is a day that deadlines are told from: 春节前. One without a year
// comes on the same day of every year.
type festival struct {
	names []string
	day   Date
}

// LoadCalendar returns the embedded calendar with those laid over it that a
// district keeps: rows of from, to, kind (off, on for a make-up working day, or
// day for a festival that deadlines are told from) and name. A later row outranks
// an earlier one of the same day; an error names the line.
func LoadCalendar(over ...[]byte) (Calendar, error) {
	c := Calendar{days: map[Date]bool{}}
	if err := c.read(calendarCSV); err != nil {
		return Calendar{}, fmt.Errorf("calendar: %w", err)
	}
	for _, data := range over {
		if err := c.read(data); err != nil {
			return Calendar{}, fmt.Errorf("the district's calendar: %w", err)
		}
	}
	return c, nil
}

// longestHoliday bounds a row of the calendar, in days: a slip in a year would
// otherwise make a year of holidays.
const longestHoliday = 31

func (c *Calendar) read(data []byte) error {
	c.data = append(c.data, data...)
	line := 1 // the head
	return eachRow(data, func(r row) error {
		line++
		if err := c.add(r); err != nil {
			return fmt.Errorf("line %d: %w", line, err)
		}
		return nil
	})
}

func (c *Calendar) add(r row) error {
	if r["kind"] == "day" {
		return c.addFestival(r)
	}
	from, err := ParseDate(r["from"])
	if err != nil {
		return err
	}
	to := from
	if r["to"] != "" {
		if to, err = ParseDate(r["to"]); err != nil {
			return err
		}
	}
	if to.Before(from) || to.Sub(from) > longestHoliday {
		return fmt.Errorf("from %s to %s are no holidays", from, to)
	}
	if r["kind"] != "on" && r["kind"] != "off" {
		return fmt.Errorf("no kind %q: want off, on or day", r["kind"])
	}
	for d := from; !d.After(to); d = d.Add(1) {
		c.days[d] = r["kind"] == "on"
	}
	return nil
}

// addFestival takes 2026-02-17, or 10-01 for the same day of every year.
func (c *Calendar) addFestival(r row) error {
	day, err := ParseDate(r["from"])
	if err != nil {
		if day, err = ParseDate("2000-" + r["from"]); err != nil {
			return fmt.Errorf("festival %q: want 2026-02-17 or 10-01", r["from"])
		}
		day.Year = 0
	}
	if r["name"] == "" || r["to"] != "" {
		return fmt.Errorf("festival %s: want a name and one day", r["from"])
	}
	c.festivals = append(c.festivals, festival{strings.Split(r["name"], ";"), day})
	return nil
}

// Festival returns the day of the festival in the year. It is named where any
// year has it; the zero Date says that the calendar lacks this one.
func (c Calendar) Festival(name string, year int) (day Date, named bool) {
	for _, f := range slices.Backward(c.festivals) {
		if !slices.Contains(f.names, name) {
			continue
		}
		named = true
		if f.day.Year == year || f.day.Year == 0 {
			return Date{year, f.day.Month, f.day.Day}, true
		}
	}
	return Date{}, named
}

// Data returns the rows that the calendar was loaded from, so that what was read
// by another calendar is known as such.
func (c Calendar) Data() []byte { return c.data }

// Knows reports whether the calendar has the year's arrangement: that 1 January
// and 1 October are off is in every one. In other years no working day is counted,
// since weekends alone would be a guess.
func (c Calendar) Knows(year int) bool {
	for _, d := range []Date{{year, time.January, 1}, {year, time.October, 1}} {
		if on, ok := c.days[d]; !ok || on {
			return false
		}
	}
	return true
}

// IsWorkday reports whether offices work on the day.
func (c Calendar) IsWorkday(d Date) bool {
	if on, ok := c.days[d]; ok {
		return on
	}
	week := d.Time().Weekday()
	return week != time.Saturday && week != time.Sunday
}

// NextWorkday returns the day itself where it is a working day, else the first
// one after it; the day itself where nobody knows.
func (c Calendar) NextWorkday(d Date) Date {
	for next := d; c.Knows(next.Year); next = next.Add(1) {
		if c.IsWorkday(next) {
			return next
		}
	}
	return d
}

// AddWorkdays returns the n-th working day after the day, which itself never
// counts; before it where n is negative. It is no day where a year comes between
// that the calendar does not know.
func (c Calendar) AddWorkdays(d Date, n int) Date {
	step := 1
	if n < 0 {
		n, step = -n, -1
	}
	for n > 0 {
		d = d.Add(step)
		if !c.Knows(d.Year) {
			return Date{}
		}
		if c.IsWorkday(d) {
			n--
		}
	}
	return d
}

// WorkdaysBetween counts the working days after from up to and with to;
// negative where to comes first. It is not ok where a year comes between that the
// calendar does not know.
func (c Calendar) WorkdaysBetween(from, to Date) (n int, ok bool) {
	if to.Before(from) {
		n, ok := c.WorkdaysBetween(to, from)
		return -n, ok
	}
	if to == from {
		return 0, true
	}
	for year := from.Add(1).Year; year <= to.Year; year++ {
		if !c.Knows(year) {
			return 0, false
		}
	}
	// Whole weeks have five working days; what the arrangement changes is put right.
	weeks := to.Sub(from) / 7
	n = 5 * weeks
	for d := from.Add(7*weeks + 1); !d.After(to); d = d.Add(1) {
		if (Calendar{}).IsWorkday(d) {
			n++
		}
	}
	for d, on := range c.days {
		if !d.After(from) || d.After(to) || on == (Calendar{}).IsWorkday(d) {
			continue
		}
		if on {
			n++
		} else {
			n--
		}
	}
	return n, true
}

// LastWorkday returns the last working day of the period; no day where the
// calendar does not know its year.
func (c Calendar) LastWorkday(p Period) Date {
	return c.AddWorkdays(p.End().Add(1), -1)
}
