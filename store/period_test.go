package store

import "testing"

func TestPeriodReadsWhatItWrites(t *testing.T) {
	for _, tt := range []struct{ text, start, end, before, yearAgo string }{
		{"2026-06", "2026-06-01", "2026-06-30", "2026-05", "2025-06"},
		{"2026-01", "2026-01-01", "2026-01-31", "2025-12", "2025-01"},
		{"2024-02", "2024-02-01", "2024-02-29", "2024-01", "2023-02"},
		{"2026-W26", "2026-06-22", "2026-06-28", "2026-W25", "2025-W26"},
		{"2026-W01", "2025-12-29", "2026-01-04", "2025-W52", "2025-W01"},
		{"2026-W53", "2026-12-28", "2027-01-03", "2026-W52", "2025-W53"},
		{"2026-Q1", "2026-01-01", "2026-03-31", "2025-Q4", "2025-Q1"},
		{"2026-H2", "2026-07-01", "2026-12-31", "2026-H1", "2025-H2"},
		{"2026", "2026-01-01", "2026-12-31", "2025", "2025"},
		{"2026-01..05", "2026-01-01", "2026-05-31", "2025-01..05", "2025-01..05"},
	} {
		t.Run(tt.text, func(t *testing.T) {
			p, err := ParsePeriod(tt.text)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range []struct{ what, got, want string }{
				{"text", p.String(), tt.text},
				{"start", p.Start().String(), tt.start},
				{"end", p.End().String(), tt.end},
				{"before", p.Add(-1).String(), tt.before},
				{"year ago", p.YearAgo().String(), tt.yearAgo},
			} {
				if c.got != c.want {
					t.Errorf("%s = %s, want %s", c.what, c.got, c.want)
				}
			}
			if p.Kind != Cumulative && p.Kind != Year && p.Add(-1).Add(1) != p {
				t.Errorf("one back and one on = %s", p.Add(-1).Add(1))
			}
			var back Period
			b, err := p.MarshalText()
			if err != nil {
				t.Fatal(err)
			}
			if err := back.UnmarshalText(b); err != nil || back != p {
				t.Errorf("text round trip = %v, %v", back, err)
			}
		})
	}
}

func TestPeriodRefusesWhatTheCalendarLacks(t *testing.T) {
	for _, bad := range []string{"", "2026-13", "2026-00", "2025-W53", "2026-W54", "2026-Q5", "2026-H3", "26-06", "2026-6", "2026-02..05", "2026-01..13", "x"} {
		if p, err := ParsePeriod(bad); err == nil {
			t.Errorf("%q was read as %v", bad, p)
		}
	}
}

func TestCumulativePeriodsTakeTheNameThatThereIs(t *testing.T) {
	for month, want := range map[int]string{1: "2026-01", 2: "2026-01..02", 3: "2026-Q1", 6: "2026-H1", 9: "2026-01..09", 12: "2026"} {
		if got := CumulativeTo(2026, month).String(); got != want {
			t.Errorf("January to month %d = %s, want %s", month, got, want)
		}
	}
}

func TestPeriodAtHoldsTheDay(t *testing.T) {
	day := NewDate(2026, 8, 31)
	for kind, want := range map[PeriodKind]string{Week: "2026-W36", Month: "2026-08", Quarter: "2026-Q3", Half: "2026-H2", Year: "2026", Cumulative: "2026-01..08"} {
		if got := PeriodAt(kind, day).String(); got != want {
			t.Errorf("%s of %s = %s, want %s", kind, day, got, want)
		}
	}
	if MonthOf(2026, 6).Of(Quarter).String() != "2026-Q2" {
		t.Error("June does not lie in the second quarter")
	}
	if !MonthOf(2026, 5).Before(MonthOf(2026, 6)) || !MonthOf(2026, 6).Before(Period{Quarter, 2026, 2}) {
		t.Error("periods are out of order")
	}
}

func TestDates(t *testing.T) {
	d := NewDate(2026, 2, 30)
	if d.String() != "2026-03-02" {
		t.Errorf("30 February = %s", d)
	}
	if (Date{2026, 2, 30}).Valid() {
		t.Error("30 February is a day")
	}
	if got := NewDate(2026, 3, 1).Sub(NewDate(2024, 2, 28)); got != 732 {
		t.Errorf("days = %d", got)
	}
	var back Date
	if err := back.UnmarshalText([]byte("2026-06-26")); err != nil || back != NewDate(2026, 6, 26) {
		t.Errorf("read %v, %v", back, err)
	}
	if err := back.UnmarshalText(nil); err != nil || !back.IsZero() || back.String() != "" {
		t.Errorf("nothing was read as %v, %v", back, err)
	}
	if _, err := ParseDate("2026-6-26"); err == nil {
		t.Error("a short month was read")
	}
}
