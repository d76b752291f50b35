package page

import (
	"strconv"
	"strings"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
)

// Trust is the line under the header: what a person must know before believing
// the page. Left stands what it covers, right every state that is not normal.
type Trust struct {
	Left  []widget.Line
	Right []widget.Line
	Brief []widget.Line // the left on a phone
	Least []widget.Line // the left where even that is too much; nil: Brief
	Small []widget.Line // the right on a phone: letters and counts
}

// trust makes the trust line of the page.
func (b *build) trust() Trust {
	switch b.visit.Page {
	case "tasks":
		return b.taskTrust()
	case UnitPage:
		return b.unitTrust()
	case UnitsPage:
		return b.indicatorTrust()
	case BesidePage:
		return b.besideTrust()
	}
	t := b.Trust()
	out := Trust{Left: []widget.Line{
		widget.Text(style.Ink, b.Words.Period(b.Period)), b.snapshotTime(), b.units(t.N, t.M), b.oldest(t.Oldest),
	}}
	out.Least = []widget.Line{widget.Share(t.N, t.M), b.AgeLine(t.Oldest)}
	out.Brief = append([]widget.Line{widget.Text(style.Ink, b.Period.String())}, out.Least...)
	for _, s := range store.States {
		if n := t.States[s]; n > 0 {
			out.Right = append(out.Right, widget.StateWord(s, b.lang()).Text(style.MarkOf(s, b.lang()).Look, " "+strconv.Itoa(n)))
			out.Small = append(out.Small, widget.StateLetter(s, b.lang()).Text(style.MarkOf(s, b.lang()).Look, strconv.Itoa(n)))
		}
	}
	if n := len(b.Pending); n > 0 {
		look := style.WaitMark(b.lang()).Look
		out.Right = append(out.Right, widget.WaitWord(b.lang()).Text(look, " "+strconv.Itoa(n)))
		out.Small = append(out.Small, widget.WaitLetter(b.lang()).Text(look, strconv.Itoa(n)))
	}
	return out
}

// snapshotTime is when the board was taken: 快照 08:40.
func (b *build) snapshotTime() widget.Line {
	return widget.Text(style.Quiet, b.say("trust.snapshot")+" ").Text(style.Ink, b.stamp(b.Moment))
}

// roomy is from how many cells on the trust line of the tasks has room for a year
// that is still to come.
const roomy = 100

// unknownYear is the first year without its holidays in which the working days of
// a task are to be counted; 0 for none.
func (b *build) unknownYear() int {
	last := 0
	for _, t := range b.TasksOf(store.DistrictCode) {
		if _, n := t.State(b.Today, b.Settings.Calendar); n > 0 {
			last = max(last, t.CountsFrom(b.Today, b.Settings.Calendar).Year, b.Today.Year)
		}
	}
	for year := b.Today.Year; year <= last; year++ {
		if !b.Settings.Calendar.Knows(year) {
			return year
		}
	}
	return 0
}

func (b *build) taskTrust() Trust {
	n := b.TaskCounts(store.DistrictCode)
	number := func(look style.Look, n int, key string) widget.Line {
		if n == 0 {
			look = style.Quiet
		}
		return widget.Text(look, strconv.Itoa(n)).Text(style.Quiet, " "+b.say(key))
	}
	age := b.AgeLine(n.Oldest)
	out := Trust{Left: []widget.Line{b.snapshotTime(), number(style.Ink, n.Listed, "fact.listed"), age}}
	if b.noted != nil {
		out.Left = append(out.Left, b.noted)
	}
	if year := b.unknownYear(); year > 0 && (year == b.Today.Year || b.W >= roomy) {
		out.Left = append(out.Left, widget.Text(style.Watch, b.say("tasks.nocalendar", year)))
	}
	out.Right = []widget.Line{
		number(style.BadBold, n.Overdue, "fact.overdue"),
		number(style.WatchBold, n.DueSoon, "fact.soon"),
		number(style.Ink, n.Open, "fact.open"),
		number(style.Ink, n.Undated, "fact.undated"),
		number(style.Good, n.Done, "fact.done"),
	}
	out.Brief, out.Small = []widget.Line{age}, out.Right[:3]
	if b.noted != nil {
		out.Brief = []widget.Line{b.noted}
	}
	return out
}

func (b *build) unitTrust() Trust {
	r := b.Report(b.visit.Unit)
	out := Trust{Left: []widget.Line{
		widget.Text(style.Strong, b.Name(b.visit.Unit)), widget.Text(style.Ink, b.Words.Period(b.Period)), b.snapshotTime(),
	}}
	reported := widget.Text(style.Quiet, b.say("fact.reporting")+" ")
	out.Right = []widget.Line{append(reported, widget.Share(r.Reported, r.Owed)...)}
	if r.State != store.Fresh {
		m := style.MarkOf(r.State, b.lang())
		out.Right = append(out.Right, widget.StateWord(r.State, b.lang()))
		if want := b.want(r); !strings.Contains(want, m.Word()) {
			out.Right = append(out.Right, widget.Text(m.Look, want))
		}
	}
	if r.Pending > 0 {
		out.Right = append(out.Right, widget.WaitWord(b.lang()).Text(style.Accent, " "+strconv.Itoa(r.Pending)))
	}
	if r.Overdue > 0 {
		out.Right = append(out.Right, widget.Text(style.Quiet, b.Words.Count("fact.afterclosing", r.Overdue)))
	}
	out.Right = append(out.Right, b.oldest(r.Oldest))
	out.Brief = out.Left[:1]
	out.Small = []widget.Line{widget.Share(r.Reported, r.Owed), widget.StateLetter(r.State, b.lang()), b.AgeLine(r.Oldest)}
	return out
}

func (b *build) indicatorTrust() Trust {
	l := b.Line(store.DistrictCode, b.visit.Indicator)
	out := Trust{Left: []widget.Line{
		widget.Text(style.Strong, b.name(l.Indicator)), widget.Text(style.Ink, b.Words.Period(b.Period)), b.snapshotTime(),
	}}
	out.Right = []widget.Line{b.units(l.N, l.M), widget.StateWord(l.State, b.lang()), b.oldest(l.Oldest)}
	if l.State == store.Fresh {
		out.Right = []widget.Line{b.units(l.N, l.M), b.oldest(l.Oldest)}
	}
	out.Brief = out.Left[:1]
	out.Small = []widget.Line{b.units(l.N, l.M), b.AgeLine(l.Oldest)}
	return out
}
