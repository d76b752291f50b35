package store

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

func loadedCalendar(t *testing.T) Calendar {
	t.Helper()
	c, err := LoadCalendar()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func date(t *testing.T, s string) Date {
	t.Helper()
	d, err := ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Every make-up working day is a weekend, every holiday row holds a working day
// of the week: a row that changes nothing is a slip.
func TestCalendarRowsChangeTheWeek(t *testing.T) {
	c := loadedCalendar(t)
	if err := eachRow(calendarCSV, func(r row) error {
		if r["kind"] == "day" {
			return nil
		}
		from, to, changed := date(t, r["from"]), date(t, r["to"]), false
		for d := from; !d.After(to); d = d.Add(1) {
			plain := (Calendar{}).IsWorkday(d)
			changed = changed || c.IsWorkday(d) != plain
			if r["kind"] == "on" && plain {
				t.Errorf("%s is a working day of the week already", d)
			}
		}
		if !changed && r["name"] != "元旦" {
			t.Errorf("%s to %s changes nothing", from, to)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for year, want := range map[int]bool{2022: false, 2023: true, 2024: true, 2025: true, 2026: true, 2027: false} {
		if c.Knows(year) != want {
			t.Errorf("knows %d: %v", year, !want)
		}
	}
}

// The working days of a year as the yearly notices give them: the days of the
// year less the weekends, less 11 legal holidays (13 from 2025 on).
func TestCalendarYears(t *testing.T) {
	c := loadedCalendar(t)
	for year, want := range map[int]int{2023: 249, 2024: 251, 2025: 248, 2026: 248} {
		got, ok := c.WorkdaysBetween(Date{year - 1, time.December, 31}, Date{year, time.December, 31})
		if got != want || !ok {
			t.Errorf("%d has %d working days, want %d", year, got, want)
		}
	}
}

func TestWorkdays(t *testing.T) {
	c := loadedCalendar(t)
	for _, tt := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-02-13", 1, "2026-02-14"},  // a Saturday that is worked
		{"2026-02-14", 1, "2026-02-24"},  // over Spring Festival
		{"2026-02-24", 4, "2026-02-28"},  // to a Saturday that is worked
		{"2026-02-24", -1, "2026-02-14"}, // and back
		{"2026-09-18", 1, "2026-09-20"},  // a Sunday that is worked
		{"2025-12-31", 1, "2026-01-04"},  // over the year's end
		{"2026-12-30", 1, "2026-12-31"},  // the last day that is known
		{"2026-12-30", 2, ""},            // and beyond
		{"2023-01-03", -2, ""},           // or before the first one
		{"2026-06-20", 0, "2026-06-20"},  // a day off stays itself
	} {
		if got := c.AddWorkdays(date(t, tt.from), tt.n); got.String() != tt.want {
			t.Errorf("%s and %d working days: %s, want %s", tt.from, tt.n, got, tt.want)
		}
	}
	if got := c.LastWorkday(MonthOf(2026, 2)).String(); got != "2026-02-28" {
		t.Errorf("last working day of February: %s", got)
	}
	for from, want := range map[string]string{"2026-10-01": "2026-10-08", "2026-10-08": "2026-10-08", "2027-02-06": "2027-02-06"} {
		if got := c.NextWorkday(date(t, from)).String(); got != want {
			t.Errorf("from %s on: %s, want %s", from, got, want)
		}
	}
	for _, days := range [][2]string{{"2026-12-31", "2027-01-04"}, {"2022-12-30", "2023-01-03"}} {
		if n, ok := c.WorkdaysBetween(date(t, days[0]), date(t, days[1])); ok {
			t.Errorf("%v: %d working days of a year that is not known", days, n)
		}
	}
}

// WorkdaysBetween is what counting day by day gives, and AddWorkdays its inverse.
func TestWorkdaysAgree(t *testing.T) {
	c := loadedCalendar(t)
	r := rand.New(rand.NewPCG(20260626, 1))
	for range 2000 {
		from := date(t, "2022-12-31").Add(r.IntN(900))
		to := from.Add(r.IntN(500))
		n := 0
		for d := from.Add(1); !d.After(to); d = d.Add(1) {
			if c.IsWorkday(d) {
				n++
			}
		}
		got, ok := c.WorkdaysBetween(from, to)
		if back, _ := c.WorkdaysBetween(to, from); got != n || !ok || back != -n {
			t.Fatalf("%s to %s: %d working days and %d back, want %d", from, to, got, back, n)
		}
		end := c.AddWorkdays(from, n)
		if rest, _ := c.WorkdaysBetween(end, to); end.After(to) || rest != 0 {
			t.Fatalf("%s and %d working days: %s, beyond %s", from, n, end, to)
		}
	}
}

func TestDistrictCalendar(t *testing.T) {
	c, err := LoadCalendar([]byte("from,to,kind,name\n2026-04-20,2026-04-22,off,三月三\n2026-05-09,,off,\n"))
	if err != nil {
		t.Fatal(err)
	}
	for day, want := range map[string]bool{"2026-04-20": false, "2026-04-23": true, "2026-05-09": false, "2026-02-14": true} {
		if c.IsWorkday(date(t, day)) != want {
			t.Errorf("%s: working day %v, want %v", day, !want, want)
		}
	}
	if _, err := LoadCalendar([]byte("from,to,kind,name\n2026-04-20,,off,三月三\n2026-04-32,,off,\n")); err == nil || !strings.Contains(err.Error(), "line 3") {
		t.Errorf("a bad line is told as %v", err)
	}
	for _, wrong := range []string{
		"from,to,kind,name\n02-30,,day,国际日\n", "from,to,kind,name\n2026-06-26,2026-06-27,day,禁毒日\n", "from,to,kind,name\n2026-06-26,,day,\n",
		"", "from,to,kind,name\n2026-02-30,,off,\n", "from,to,kind,name\n2026-02-03,2026-02-01,off,\n",
		"from,to,kind,name\n2026-02-03,2027-02-03,off,\n", "from,to,kind,name\n2026-02-03,,holiday,\n", "day\n2026-02-03\n",
	} {
		if _, err := LoadCalendar([]byte(wrong)); err == nil {
			t.Errorf("%q is taken for a calendar", strings.TrimSpace(wrong))
		}
	}
}

// The days that deadlines are told from: by any of their names, in years of which
// the calendar has them, the district's own before the embedded ones.
func TestFestivals(t *testing.T) {
	c, err := LoadCalendar([]byte("from,to,kind,name\n2026-04-19,,day,三月三\n06-01,,day,六一;儿童节\n2028-01-27,,day,春节\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name  string
		year  int
		want  string
		named bool
	}{
		{"春节", 2026, "2026-02-17", true},
		{"新春佳节", 2027, "2027-02-06", true},
		{"春节", 2028, "2028-01-27", true}, // the district's
		{"春节", 2077, "", true},
		{"国庆节", 2077, "2077-10-01", true},
		{"6·26国际禁毒日", 2026, "2026-06-26", true},
		{"三月三", 2026, "2026-04-19", true},
		{"三月三", 2027, "", true},
		{"儿童节", 2031, "2031-06-01", true},
		{"厂庆", 2026, "", false},
	} {
		got, named := c.Festival(tt.name, tt.year)
		if got.String() != tt.want || named != tt.named {
			t.Errorf("%s %d: %s %v, want %s %v", tt.name, tt.year, got, named, tt.want, tt.named)
		}
	}
}
