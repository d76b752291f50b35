package form

import (
	"testing"

	"pgregory.net/rapid"

	"jindu/store"
	"jindu/sync/sheet"
)

// Ruling 22 and domain 4.21: every way to write a deadline.
func TestRuling22(t *testing.T) {
	for _, c := range []struct {
		in, due, recurs string
		undated         bool
		rule            string
	}{
		{in: "2026年6月26日", due: "2026-06-26"},
		{in: "2026年06月26号", due: "2026-06-26"},
		{in: "2026 年 6 月 26 日", due: "2026-06-26"},
		{in: "2026.6.26", due: "2026-06-26"},
		{in: "2026．6．26", due: "2026-06-26"},
		{in: "2026-06-26", due: "2026-06-26"},
		{in: "2026/6/26", due: "2026-06-26"},
		{in: "26/6/2026", due: "2026-06-26"},
		{in: "6/6/2026", due: "2026-06-06"},
		{in: "20260626", due: "2026-06-26"},
		{in: "二〇二六年六月二十六日", due: "2026-06-26"},
		{in: "二零二六年十二月三十一日前", due: "2026-12-31"},
		{in: "6.26", due: "2026-06-26"},
		{in: "6.1", due: "2026-06-01"},
		{in: "6·26", due: "2026-06-26"},
		{in: "6/26", due: "2026-06-26"},
		{in: "6月26日", due: "2026-06-26"},
		{in: "6月26日前", due: "2026-06-26"},
		{in: "６月２６日之前", due: "2026-06-26"},
		{in: "六月二十六日前完成", due: "2026-06-26"},
		{in: "截至6月26日止", due: "2026-06-26"},
		{in: "2026年6月26日（星期五）", due: "2026-06-26"},
		{in: "2026-06-26 00:00:00", due: "2026-06-26"},
		{in: "6月26日18:00前", due: "2026-06-26"},
		{in: "2026-06-26T18:00:00Z", due: "2026-06-26"},
		{in: "6月底前", due: "2026-06-30"},
		{in: "6月底", due: "2026-06-30"},
		{in: "2月底前", due: "2026-02-28"},
		{in: "2028年2月底前", due: "2028-02-29"},
		{in: "六月底前", due: "2026-06-30"},
		{in: "2026年6月", due: "2026-06-30"},
		{in: "上半年", due: "2026-06-30"},
		{in: "2027年上半年", due: "2027-06-30"},
		{in: "下半年", due: "2026-12-31"},
		{in: "年底前", due: "2026-12-31"},
		{in: "三季度末", due: "2026-09-30"},
		{in: "第三季度", due: "2026-09-30"},
		{in: "春节前", due: "2026-02-16"},
		{in: "国庆节前", due: "2026-09-30"},
		{in: "五一前", due: "2026-04-30"},
		{in: "国际禁毒日前", due: "2026-06-25"},
		{in: "每月25日", recurs: "monthly:25"},
		{in: "每月25日前报送", recurs: "monthly:25"},
		{in: "每个月二十五号", recurs: "monthly:25"},
		{in: "每月底", recurs: "monthly:31"},
		{in: "每季度", recurs: "quarterly"},
		{in: "每半年", recurs: "half-yearly"},
		{in: "长期", undated: true},
		{in: "长期坚持", undated: true},
		{in: "常态化推进", undated: true},
		{in: "—", undated: true},
		{in: "", undated: true},
		{in: "6月前", undated: true, rule: "date_ambiguous"},
		{in: "下半年前", undated: true, rule: "date_ambiguous"},
		{in: "三季度前", undated: true, rule: "date_ambiguous"},
		{in: "5/6/2026", undated: true, rule: "date_ambiguous"},
		{in: "5/6", undated: true, rule: "date_ambiguous"},
		{in: "26.6.26", undated: true, rule: "date_ambiguous"},
		{in: "2026年2月30日", undated: true, rule: "date_unread"},
		{in: "13月底", undated: true, rule: "date_unread"},
		{in: "每月32日", undated: true, rule: "date_unread"},
		{in: "2126-06-26", undated: true, rule: "date_unread"},
		{in: "尽快", undated: true, rule: "date_unread"},
		{in: "6月上旬", undated: true, rule: "date_unread"},
		{in: "6月1日至26日", undated: true, rule: "date_unread"},
		{in: "6月26日 12起", undated: true, rule: "date_unread"},
		{in: "20261326", undated: true, rule: "date_unread"},
		{in: "12", undated: true, rule: "date_unread"},
	} {
		due, recurs, undated, rule := parseDue(textCell(c.in), 2026, false, testCalendar(t))
		if due.String() != c.due || recurs != c.recurs || undated != c.undated || rule != c.rule {
			t.Errorf("parseDue(%q) = %v %q %v %q, want %+v", c.in, due, recurs, undated, rule, c)
		}
	}
}

// 春节前 in a year that the calendar does not know is undated, with a finding.
func TestRuling22HolidayUnknown(t *testing.T) {
	due, _, undated, rule := parseDue(textCell("春节前"), 2077, false, testCalendar(t))
	if !due.IsZero() || !undated || rule != "date_unread" {
		t.Errorf("got %v %v %q", due, undated, rule)
	}
}

// Reliability W18 and ruling 22: days as numbers, in both of Excel's calendars.
func TestParseDayNumber(t *testing.T) {
	date := func(f float64) sheet.Cell {
		c := numberCell(f)
		c.Date = true
		return c
	}
	for _, c := range []struct {
		cell sheet.Cell
		d04  bool
		want string
		rule string
	}{
		{date(46199), false, "2026-06-26", ""},
		{date(46199.75), false, "2026-06-26", ""},
		{numberCell(46199), false, "2026-06-26", ""},
		{date(44737), true, "2026-06-26", ""},
		{numberCell(20260626), false, "2026-06-26", ""},
		{numberCell(6.26), false, "2026-06-26", ""},
		{numberCell(6.2599999999999998), false, "2026-06-26", ""},
		{numberCell(6.5), false, "2026-06-05", ""},
		{numberCell(12.31), false, "2026-12-31", ""},
		{numberCell(6.1), false, "", "date_ambiguous"},
		{numberCell(12.3), false, "", "date_ambiguous"},
		{numberCell(6.2), false, "", "date_ambiguous"},
		{numberCell(2.30), false, "", "date_ambiguous"},
		{numberCell(2.31), false, "", "date_unread"},
		{numberCell(13.05), false, "", "date_unread"},
		{numberCell(12), false, "", "date_unread"},
		{numberCell(0.5), false, "", "date_unread"},
		{date(0.5), false, "", "date_unread"},
		{date(60), false, "", "date_unread"},
		{date(-1), false, "", "date_unread"},
		{numberCell(202606), false, "", "date_unread"},
		{numberCell(20261301), false, "", "date_unread"},
		{numberCell(1e300), false, "", "date_unread"},
		{sheet.Cell{Kind: sheet.Fault}, false, "", "error_cell"},
		{sheet.Cell{Kind: sheet.Pending}, false, "", "formula_no_value"},
		{sheet.Cell{Kind: sheet.Bool}, false, "", "date_unread"},
		{sheet.Cell{}, false, "", ""},
		{textCell("—"), false, "", ""},
		{textCell("6月底"), false, "", "date_unread"},
	} {
		d, rule := parseDay(c.cell, 2026, c.d04)
		if d.String() != c.want || rule != c.rule {
			t.Errorf("parseDay(%+v) = %v %q, want %s %q", c.cell, d, rule, c.want, c.rule)
		}
	}
}

// A day comes back from each way in which a unit may write it.
func TestDaysRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := store.NewDate(2000, 1, 1).Add(rapid.IntRange(0, 36500).Draw(t, "days"))
		serial := float64(want.Sub(store.Date{Year: 1899, Month: 12, Day: 30}))
		for _, c := range []sheet.Cell{
			textCell(want.String()),
			textCell(want.Time().Format("2006年1月2日")),
			textCell(want.Time().Format("2006.1.2")),
			textCell(want.Time().Format("20060102")),
			textCell(fullWidth(want.Time().Format("2006/1/2")) + "前"),
			textCell(want.Time().Format("1月2日之前")),
			{Kind: sheet.Number, Num: serial, Date: true},
			{Kind: sheet.Number, Num: serial},
		} {
			got, _, undated, rule := parseDue(c, want.Year, false, store.Calendar{})
			if got != want || undated || rule != "" {
				t.Fatalf("%+v: %v %v %q, want %v", c, got, undated, rule, want)
			}
		}
	})
}

// Digits that changed places, 二六二〇 for 二〇二六, are no year.
func TestFarYearsAreNoDeadline(t *testing.T) {
	for _, s := range []string{"二六二〇年六月", "2620年6月底", "2620年上半年", "2620年6月26日", "0202年第三季度"} {
		if due, _, undated, rule := parseDue(textCell(s), 2026, false, testCalendar(t)); !due.IsZero() || !undated || rule == "" {
			t.Errorf("%s: %v %v %q", s, due, undated, rule)
		}
	}
}

func FuzzDate(f *testing.F) {
	for _, s := range []string{"2026年6月26日", "6.26", "每月25日", "春节前", "上半年", "长期", "二〇二六年六月", "二六二〇年六月", "46199", "26/6/2026"} {
		f.Add(s)
	}
	calendar := testCalendar(f)
	f.Fuzz(func(t *testing.T, s string) {
		due, recurs, undated, rule := parseDue(textCell(s), 2026, false, calendar)
		if !due.IsZero() && (!due.Valid() || rule != "" || undated || due.Year < firstYear || due.Year > lastYear) {
			t.Errorf("%q: %v %v %q", s, due, undated, rule)
		}
		if due.IsZero() && recurs == "" && !undated {
			t.Errorf("%q has no day and is not undated", s)
		}
	})
}
