package store

import "time"

// Settings is what the configuration says that figures are judged by.
type Settings struct {
	District    District
	Zone        *time.Location
	DueDay      int  // a monthly report is due on this day of the month after
	CloseDays   int  // a period closes so many days after its end
	DueShift    bool // a due date on a day off moves to the next working day
	MonthStarts int  // 1 or 26
	Calendar    Calendar
	Targets     []Target
	Sources     []SourceSetting
	Expect      []Expect   // who owes which report, where the catalogue says otherwise
	Practice    []Practice // how much is to be done
	Campaigns   []Campaign
	Attention   Attention // without a day: the district is under none
	Grades      []Grade   // by which schemes units are graded

	Requirements []Requirement // what an inspection asks
	Inspection   Inspection    // for which day
}

// SourceSetting is a place that workbooks come from.
type SourceSetting struct {
	Name     string
	Remote   string
	Unit     string        // code of the unit it is bound to; empty: none
	Interval time.Duration // the longest time between two pulls by the schedule
}

// Due returns the last day on which a report of the period is on time: the
// due day of the month after the period's end, or the first working day from then
// on where the district reports so.
func (s Settings) Due(p Period) Date {
	end := p.End()
	last := NewDate(end.Year, end.Month+2, 0)
	due := Date{last.Year, last.Month, min(s.DueDay, last.Day)}
	if s.DueShift {
		return s.Calendar.NextWorkday(due)
	}
	return due
}

// Closes returns the last day on which a period takes corrections as a matter
// of course.
func (s Settings) Closes(p Period) Date { return p.End().Add(s.CloseDays) }
