package tui

import (
	"context"
	"time"

	"jindu/store"
	"jindu/tui/page"
	"jindu/tui/style"
)

// Reader is what the board reads from. Sessions share one reader, and it is
// asked for a snapshot whenever the mirror has changed, so it is expected to
// give all of them the same one.
type Reader interface {
	// Snapshot returns everything that the screens show, as of one moment.
	Snapshot(ctx context.Context, r store.SnapshotRequest) (*store.Snapshot, error)
	// Versions returns every version of a figure that was known at the moment, the
	// newest first; a zero moment is now.
	Versions(ctx context.Context, k store.Key, asOf time.Time) ([]store.Figure, error)
	// Neighbours returns the figures that were read within so many rows and columns
	// of the cell, in its own workbook and sheet.
	Neighbours(ctx context.Context, c store.Cell, rows, cols int) ([]store.Neighbour, error)
	// Course returns the last months of an indicator, ending with a period.
	Course(ctx context.Context, unit, indicator string, to store.Period, months int, asOf time.Time) (store.Series, error)
}

// Finder looks things up by name, code or pinyin initials. It works in memory.
type Finder interface {
	Find(words string, snapshot *store.Snapshot) []Hit
}

// Hit is something that was looked up.
type Hit struct {
	Kind   string // unit, indicator, task, case or page
	Code   string // of the unit or indicator, id of the task, name of the page
	Name   string
	Detail string
}

// Decider is how a session decides about values that wait for an officer and about
// files that contradict each other.
type Decider interface {
	// Name returns under which name the session decides. It reads nothing.
	Name() string
	// Check says what is wrong with a reason. It reads nothing.
	Check(reason string) error
	// Ask returns what can be decided about the figure now. It is called beside the
	// message loop.
	Ask(ctx context.Context, k store.Key) (store.Question, error)
	// Decide puts the answer on record and enters it, unless what can be decided is no
	// longer what the question says; taken is false where another process has yet to
	// take it in. It is called beside the message loop.
	Decide(ctx context.Context, a store.Answer) (taken bool, err error)
}

// Options is what a session of the board is started with.
type Options struct {
	Reader  Reader
	Finder  Finder     // nil: names are looked up as they stand
	Pages   *page.Book // nil: the embedded pages
	Lang    store.Lang
	Theme   *style.Theme // nil: dark, with all colours and glyphs
	OnLight *style.Theme // taken where the terminal says that its ground is light; nil: Theme stays
	Clock   func() time.Time
	Zone    *time.Location // nil: the clock's own
	Period  store.Period   // the period to open with; zero: the reader chooses
	AsOf    time.Time      // the moment to open as known at; zero: now
	Pull    func(ctx context.Context) error
	// History returns every version of the indicators' figures of one period that was
	// known at the moment; nil: nobody can be asked.
	History func(ctx context.Context, indicators []string, p store.Period, asOf time.Time) ([]store.Figure, error)
	Rights  store.Rights // what the session may do; zero: everything
	// Audit puts on record what the session is about to do, before it is done: what
	// it returns an error for is not done. It is called beside the message loop. nil:
	// nobody keeps a record.
	Audit func(ctx context.Context, a store.Act) error
	// Export writes a view into the folder for exports and returns where it lies. It is
	// called beside the message loop. nil: nothing is written here.
	Export func(ctx context.Context, e Export) (path string, err error)
	// Copy gives a view as text for the clipboard of the terminal, where nothing is
	// written that its reader could fetch. It is called beside the message loop. nil:
	// no view is copied.
	Copy      func(ctx context.Context, e Export) (text string, err error)
	Decider   Decider         // nil: nothing is decided here
	Changed   <-chan struct{} // receives when the mirror has new commits; nil: never
	PullState <-chan string   // receives texts such as 08:40 拉取中, and "" when that is over; nil: never
	Version   string
	Mouse     bool // wheel and click; a terminal then selects text with Shift only
	Plain     bool // Render gives text without escape sequences
}

// now returns the clock's time in the session's zone.
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
