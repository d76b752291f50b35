package sample

import (
	"time"

	"jindu/store"
)

// District is 云岭区 as of one moment.
type District struct {
	now    time.Time
	stages [4]time.Time
	month  store.Period // the reporting month: the last complete one
	model  *model
	files  []file
}

// history is the least number of months that the workbooks tell of; they begin
// with the January before, so that every 本年累计 has all its months.
const history = 24

// New makes the district of the seed as its folder looks at the moment, which
// is read on Beijing's clock.
func New(seed uint64, now time.Time) *District {
	now = now.In(beijing()).Truncate(time.Second)
	month := store.PeriodAt(store.Month, store.DateOf(now)).Add(-1)
	d := &District{
		now:    now,
		month:  month,
		stages: stages(now, month),
		model:  simulate(seed, store.MonthOf(month.Add(1-history).Year, 1), month),
	}
	d.model.running(d.today())
	d.files = d.plan()
	return d
}

// stages are the moments at which the folder is worth a look: well after the
// month before the reporting month was due; just before the reporting month is
// due; two days after; and now. Early in a month, when the day has not come yet,
// the two in the middle move up.
func stages(now time.Time, month store.Period) [4]time.Time {
	at := func(d store.Date, hour int) time.Time { return d.In(beijing()).Add(time.Duration(hour) * time.Hour) }
	due := month.End().Add(dueDay)
	return [4]time.Time{
		at(month.Start().Add(9), 9),
		earlier(at(due, 17), now.Add(-24*time.Hour)),
		earlier(at(due.Add(2), 18), now.Add(-8*time.Hour)),
		now,
	}
}

// dueDay is the day of the month after on which monthly reports are due.
const dueDay = 5

// earlier returns the first of two moments.
func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// Moments returns the times at which a demo pulls the folder, oldest first, so
// that figures get true times of receipt. The last is the moment given to New.
func (d *District) Moments() []time.Time { return append([]time.Time(nil), d.stages[:]...) }

// Month returns the reporting month.
func (d *District) Month() store.Period { return d.month }

// Units returns the units in the order of the boards.
func (d *District) Units() []store.Unit {
	out := make([]store.Unit, len(d.model.units))
	for i, u := range d.model.units {
		out[i] = u.Unit
	}
	return out
}
