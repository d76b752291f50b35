package wall

import (
	"context"
	"time"

	"jindu/store"
	"jindu/tui/style"
)

// Reader gives the wall its snapshots. It is asked again after every error, and
// is expected to find the mirror again by itself.
type Reader interface {
	Snapshot(ctx context.Context, r store.SnapshotRequest) (*store.Snapshot, error)
}

// Options is what a wall is started with.
type Options struct {
	Reader  Reader
	Lang    store.Lang
	Theme   *style.Theme // nil: dark, with all colours and glyphs
	OnLight *style.Theme // taken where the terminal says that its ground is light; nil: Theme stays
	Clock   func() time.Time
	Zone    *time.Location  // nil: the clock's own
	Changed <-chan struct{} // receives when the mirror has new commits; nil: never
	Plan    Plan
	Open    bool // counts of persons are shown as they are: nobody but officers sees this wall
	// Audit puts on record what somebody has tried to do at the wall; it is called beside
	// the message loop. nil: nobody keeps a record.
	Audit func(ctx context.Context, a store.Act) error
	Plain bool // Render gives text without escape sequences
}

// now returns the clock's time in the district's zone.
func (o Options) now() time.Time {
	if o.Clock == nil {
		return time.Time{}
	}
	t := o.Clock()
	if o.Zone != nil {
		t = t.In(o.Zone)
	}
	return t
}

// Plan is which pages are shown when. The zero Plan shows the usual pages.
type Plan struct {
	Book     []Page   // all pages that there are; none: the usual ones
	Pages    []string // that turn, in their order; none: all of the book
	Pinned   []string // that come again after each of the others
	Seconds  int      // that a page stands; 0: 30
	Digits   int      // rows of a pixel of the digits: 1 or 2; 0: by the height of the screen
	Night    Hours    // the screen is dimmed
	AtNight  []string // pages at night; none: the same
	Meetings []Meeting
	Alerts   []Alert
	Quiet    time.Duration // the data are amber when nothing came for one and a half times this, stale at twice; 0: by the sources' schedules
}

// Page is what a wall shows at once.
type Page struct {
	Name    string   `toml:"name"`
	Title   string   `toml:"title"`
	English string   `toml:"english"`
	Tiles   []string `toml:"tiles"` // codes of indicators
	More    []string `toml:"more"`  // as many more as there is room for
	List    List     `toml:"list"`  // instead of tiles
}

// List is what a page lists instead of showing tiles.
type List string

// The lists: what is overdue and soon due, how the sources answer, who owes something.
const (
	TaskList   List = "tasks"
	SourceList List = "sources"
	UnitList   List = "units"
)

// Lists names them for settings.
var Lists = []List{TaskList, SourceList, UnitList}

// Hours is a stretch of the day in minutes from midnight; it may run over
// midnight. The zero Hours is none.
type Hours struct{ From, To int }

// Hold reports whether a moment lies within.
func (h Hours) Hold(t time.Time) bool {
	at := t.Hour()*60 + t.Minute()
	if h.From <= h.To {
		return h.From <= at && at < h.To
	}
	return at >= h.From || at < h.To
}

// Meeting is a time at which a room looks at chosen pages.
type Meeting struct {
	Name     string
	Weekdays []time.Weekday
	Days     []store.Date
	Hours    Hours
	Pages    []string
	Seconds  int // that a page stands; 0: until somebody turns it
}

// holds reports whether the meeting is on.
func (m Meeting) holds(t time.Time) bool {
	if !m.Hours.Hold(t) {
		return false
	}
	day := store.DateOf(t)
	for _, d := range m.Days {
		if d == day {
			return true
		}
	}
	for _, w := range m.Weekdays {
		if w == t.Weekday() {
			return true
		}
	}
	return len(m.Days) == 0 && len(m.Weekdays) == 0
}

// Cause is what an alarm is raised for.
type Cause string

// The causes, the gravest first. The first is no choice: a wall that cannot read
// the mirror always says so.
const (
	MirrorLost   Cause = "mirror"
	DataOld      Cause = "old"      // nothing has been pulled for twice the usual time
	Vanished     Cause = "vanished" // many units' files at once
	SourceDown   Cause = "source"
	Conflicting  Cause = "conflict"
	TasksOverdue Cause = "tasks"
	Refused      Cause = "refused"
)

// Causes names those that a district may set.
var Causes = []Cause{DataOld, Vanished, SourceDown, Conflicting, TasksOverdue, Refused}

// Alert says from how many on something is an alarm, and which page it is on.
type Alert struct {
	Cause Cause
	At    int // from so many sources, tasks, units on; 0: never
	Page  string
}

// UsualAlerts is what is an alarm where a district says nothing.
func UsualAlerts() []Alert {
	return []Alert{
		{DataOld, 1, "data"},
		{Vanished, 1, "data"},
		{SourceDown, 1, "data"},
		{Conflicting, 1, "data"},
		{TasksOverdue, 1, "tasks"},
		{Refused, 3, "data"},
	}
}
