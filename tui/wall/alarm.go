package wall

import (
	"strconv"
	"time"

	"jindu/store"
	"jindu/tui/page"
	"jindu/tui/style"
	"jindu/tui/widget"
)

// alarm is something that is wrong now.
type alarm struct {
	cause Cause
	page  string
	parts []part // what the band says of it, the most important first
}

// part is a column of the band: a huge number with what it counts, or rows.
type part struct {
	number  string
	label   string
	measure string
	rows    []row
}

// row is a line of a part.
type row struct {
	name    string
	number  string
	measure string
}

// alarms returns what is wrong, the gravest first.
func (m *Model) alarms() []alarm {
	var out []alarm
	if m.err != nil {
		out = append(out, m.mirrorLost())
	}
	if m.board == nil {
		return out
	}
	for _, cause := range Causes {
		for _, a := range m.plan.Alerts {
			if a.Cause != cause || a.At == 0 {
				continue
			}
			if parts, n := m.partsOf(cause); n >= a.At {
				out = append(out, alarm{cause, a.Page, parts})
			}
		}
	}
	return out
}

// partsOf says what is wrong for a cause, and how much of it there is.
func (m *Model) partsOf(cause Cause) (parts []part, n int) {
	switch cause {
	case DataOld:
		return m.dataOld()
	case Vanished:
		return m.vanished()
	case SourceDown:
		return m.sourcesDown()
	case Conflicting:
		return m.unitsIn(store.Conflict, "wall.conflict")
	case Refused:
		return m.unitsIn(store.Refused, "wall.refused")
	case TasksOverdue:
		return m.overdue()
	default:
		return nil, 0
	}
}

// mirrorLost tells since when the mirror cannot be read, and why.
func (m *Model) mirrorLost() alarm {
	number, measure := m.span(m.now.Sub(m.lostAt))
	return alarm{MirrorLost, "", []part{
		{number: number, label: m.say("wall.lost"), measure: measure},
		{rows: []row{{name: m.sentence(m.err)}, {name: m.say("wall.lastgood")}}},
	}}
}

// dataOld tells that nothing was pulled for twice the usual time.
func (m *Model) dataOld() ([]part, int) {
	if m.freshness() != style.Stale {
		return nil, 0
	}
	if m.pulse().IsZero() {
		return []part{{number: "0", label: m.say("wall.neverpulled")}}, 1
	}
	number, measure := m.span(m.now.Sub(m.pulse()))
	return []part{
		{number: number, label: m.say("wall.old"), measure: measure},
		{rows: []row{{name: m.say("wall.oldwhy")}, {name: m.say("wall.lastgood")}}},
	}, 1
}

// vanished tells that many units' files are gone at once.
func (m *Model) vanished() ([]part, int) {
	n := 0
	for _, f := range m.board.Findings {
		if f.Rule == "vanished" && len(f.Args) > 0 {
			files, _ := strconv.Atoi(f.Args[0]) // a count that the finding itself wrote
			n += files
		}
	}
	return []part{
		{number: strconv.Itoa(n), label: m.say("wall.vanished"), measure: m.say("wall.files")},
		{rows: []row{{name: m.say("wall.kept")}, {name: m.say("wall.checkshare")}}},
	}, n
}

// sourcesDown names the sources that do not answer, with the age of what they
// last said.
func (m *Model) sourcesDown() ([]part, int) {
	var rows []row
	for _, s := range m.sources() {
		if s.state == store.SourceDown || s.state == store.Stale {
			rows = append(rows, row{name: s.name, number: s.age})
		}
	}
	return []part{
		{number: strconv.Itoa(len(rows)), label: m.say("wall.down"), measure: m.say("wall.sources")},
		{rows: rows},
	}, len(rows)
}

// unitsIn names the units that are in a state.
func (m *Model) unitsIn(state store.State, label string) ([]part, int) {
	var rows []row
	for _, r := range m.board.Reports() {
		if r.State == state {
			rows = append(rows, row{name: m.frame().Short(r.Unit.Code)})
		}
	}
	return []part{
		{number: strconv.Itoa(len(rows)), label: m.say(label), measure: m.say("measure.units")},
		{rows: rows},
	}, len(rows)
}

// overdue tells of the tasks that are past their date, and who has them.
func (m *Model) overdue() ([]part, int) {
	n := m.board.TaskCounts(store.DistrictCode)
	days := m.say("measure.days")
	var rows []row
	for _, t := range m.tasks() {
		if t.state == store.StateOverdue {
			rows = append(rows, row{m.frame().Doer(t.Unit, true), strconv.Itoa(t.days), days})
		}
	}
	tasks := m.say("measure.tasks")
	return []part{
		{number: strconv.Itoa(n.Overdue), label: m.say("wall.overdue"), measure: tasks},
		{rows: rows},
		{number: strconv.Itoa(n.Longest), label: m.say("wall.longest"), measure: days},
		{number: strconv.Itoa(n.DueSoon), label: m.say("tile.soon"), measure: tasks},
	}, n.Overdue
}

// pulse is when something was last heard of any source: the mirror's sign of
// life. A mirror that is a copy has it from the one that it follows.
func (m *Model) pulse() time.Time {
	var out time.Time
	for _, p := range m.board.Pulls {
		if p.Error == "" && p.Started.After(out) {
			out = p.Started
		}
	}
	return out
}

// usual is how long it takes at most until something is heard again: the shortest
// turn of any source.
func (m *Model) usual() time.Duration {
	if m.plan.Quiet > 0 {
		return m.plan.Quiet
	}
	var out time.Duration
	for _, s := range m.board.Settings.Sources {
		if s.Interval > 0 && (out == 0 || s.Interval < out) {
			out = s.Interval
		}
	}
	return out
}

// freshness is the look of the age of the data: amber from one and a half turns
// of the schedule on, stale from two. It is never green.
func (m *Model) freshness() style.Look {
	usual, age := m.usual(), m.now.Sub(m.pulse())
	switch {
	case m.pulse().IsZero():
		return style.Stale
	case usual == 0:
		return style.Ink
	case age >= 2*usual:
		return style.Stale
	case age >= usual*3/2:
		return style.Watch
	default:
		return style.Ink
	}
}

// span writes a time gone by as a number and its measure.
func (m *Model) span(d time.Duration) (number, measure string) {
	d = max(d, 0)
	switch {
	case d < time.Hour:
		return strconv.Itoa(int(d / time.Minute)), m.say("wall.minutes")
	case d < 48*time.Hour:
		return strconv.Itoa(int(d / time.Hour)), m.say("wall.hours")
	default:
		return strconv.Itoa(int(d / (24 * time.Hour))), m.say("measure.days")
	}
}

// source is how one source stands.
type source struct {
	name  string
	state store.State
	age   string // of the last answer
	at    time.Time
}

// sources returns how every configured source stands; those that nothing was
// heard of are down.
func (m *Model) sources() []source {
	out := make([]source, 0, len(m.board.Settings.Sources))
	for _, set := range m.board.Settings.Sources {
		s := source{name: widget.Clean(set.Name), state: store.Never}
		asked := false
		for _, p := range m.board.Pulls {
			if p.Source != set.Name {
				continue
			}
			if !asked {
				asked, s.state = true, m.answered(p, set)
			}
			if p.Error == "" {
				s.at = p.Started
				break
			}
		}
		if !s.at.IsZero() {
			s.age = widget.Age(m.now.Sub(s.at), m.words.Lang)
		}
		out = append(out, s)
	}
	return out
}

// answered is the state of a source by its last pull.
func (m *Model) answered(p store.Pull, set store.SourceSetting) store.State {
	switch {
	case p.Error != "":
		return store.SourceDown
	case set.Interval > 0 && m.now.Sub(p.Started) >= 2*set.Interval:
		return store.Stale
	default:
		return store.Fresh
	}
}

// task is a task and where it stands today.
type task struct {
	store.Task
	state store.TaskState
	days  int
}

// frame is what the pages say is made of.
func (m *Model) frame() *page.Frame {
	return &page.Frame{Board: m.board, Words: m.words, Now: m.now, W: m.w, H: m.h}
}
