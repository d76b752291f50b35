package tui

import (
	"context"
	"io"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"jindu/store"
	"jindu/tui/loop"
	"jindu/tui/page"
	"jindu/tui/style"
	"jindu/tui/words"
)

// phase is what the screen can show.
type phase uint8

const (
	loading phase = iota // nothing yet
	failed               // nothing, and the reader does not answer
	ready                // a board; err says whether a newer one could not be read
)

// stop is a page on the way down, and where on it the person stands.
type stop struct {
	page.Visit
	place *page.Place
}

// Model is one session of the board. It is a [tea.Model]; its methods are called
// by one message loop and by nothing else.
type Model struct {
	opts   Options
	ctx    context.Context
	keys   map[string]action
	words  *words.Book
	book   *page.Book
	theme  *style.Theme
	phase  phase
	board  *page.Board
	layout *page.Layout
	err    error
	now    time.Time
	w, h   int

	request store.SnapshotRequest
	turn    int               // counts requests for snapshots
	awaited bool              // the person waits for a snapshot: the first, or of another period or moment
	held    []tea.KeyPressMsg // pressed since
	way     []stop
	places  map[string]*page.Place // of the pages that digits lead to
	habits  map[string]page.Habit  // how panels are sorted, and without which columns
	over    overlay                // nil: none
	recent  []string               // what the palette did, the last first
	beside  page.Beside            // what figures are compared with
	asked   question               // about the indicator whose page is open
	history page.History           // the answer

	fresh    map[store.Key]bool // figures that changed, underlined
	freshEnd time.Time
	notice   string // one line of news, until the next key
	state    string // of a pull under way
	pulling  bool
	done     bool // the pull that was asked for has ended, until the next key
}

// New returns a session that has read nothing yet.
func New(o Options) *Model {
	m := &Model{
		opts:    o,
		ctx:     context.Background(),
		keys:    keymap(),
		words:   words.Of(o.Lang),
		book:    o.Pages,
		theme:   o.Theme,
		now:     o.now(),
		request: store.SnapshotRequest{Period: o.Period, AsOf: o.AsOf},
		places:  map[string]*page.Place{},
		habits:  map[string]page.Habit{},
		awaited: true,
	}
	if m.theme == nil {
		m.theme = style.Dark()
	}
	if m.book == nil {
		m.book = page.Embedded()
	}
	m.open(m.book.Pages()[0].Name)
	return m
}

// Within ends what the session waits for when the context ends, and returns the
// session.
func (m *Model) Within(ctx context.Context) *Model {
	m.ctx = ctx
	return m
}

// Run shows the board until the person quits or the context ends.
func Run(ctx context.Context, o Options, in io.Reader, out io.Writer) error {
	return loop.Run(ctx, func(ctx context.Context) tea.Model { return New(o).Within(ctx) }, in, out)
}

// Render draws one page of a snapshot as it stands, without a session: for
// scripts and tests.
func Render(s *store.Snapshot, o Options, name string, w, h int) string {
	if o.Clock == nil {
		o.Clock = func() time.Time { return s.Moment }
	}
	m := New(o)
	m.w, m.h = w, h
	m.show(page.NewBoard(s))
	m.open(name)
	m.relay()
	return m.screen()
}

// Take takes one page out of a snapshot, without a session, as [Options.Export]
// would get it; false where there is no such page.
func Take(s *store.Snapshot, o Options, name string, w, h int) (Export, bool) {
	if o.Clock == nil {
		o.Clock = func() time.Time { return s.Moment }
	}
	m := New(o)
	if !slices.ContainsFunc(m.book.Pages(), func(p page.Info) bool { return p.Name == name }) {
		return Export{}, false
	}
	m.w, m.h = w, h
	m.show(page.NewBoard(s))
	m.open(name)
	m.relay()
	e := Export{Name: name, Screen: m.plainScreen()}
	if m.layout != nil {
		e.Extract = m.layout.Extract(m.frame(), m.here().Visit)
	}
	return e, true
}

// Init starts what the session waits for.
func (m *Model) Init() tea.Cmd {
	return tea.Batch(
		m.askGround(),
		m.load(),
		nextMinute(m.ctx, m.opts.Clock),
		awaitChange(m.ctx, m.opts.Changed),
		awaitPullText(m.ctx, m.opts.PullState),
	)
}

// askGround asks the terminal whether its ground is light, where that matters.
// A terminal that does not answer keeps the theme that it has.
func (m *Model) askGround() tea.Cmd {
	if m.opts.OnLight == nil {
		return nil
	}
	return tea.RequestBackgroundColor
}

// load asks for a snapshot; the answer to any earlier request is void.
func (m *Model) load() tea.Cmd {
	m.turn++
	m.request.Now = m.opts.now()
	return load(m.ctx, m.opts.Reader, m.turn, m.request)
}

// turnTo loads the period or the moment that the person asked for.
func (m *Model) turnTo() tea.Cmd {
	m.awaited = true
	return m.load()
}

// show takes a board in: figures that differ from the one before are underlined
// for a minute, also where another board that says the same comes in meanwhile, as
// when a commit and the end of its pull both ask for one.
func (m *Model) show(b *page.Board) {
	old := m.board
	m.board, m.phase, m.err, m.awaited = b, ready, nil, false
	if old == nil || old.Period != b.Period || old.Live() != b.Live() || !b.Live() {
		return
	}
	for _, f := range b.Figures {
		before, ok := old.Figure(f.Unit, f.Indicator, f.Period)
		if ok && before.Value == f.Value && before.NotApplicable == f.NotApplicable {
			continue
		}
		if m.fresh == nil {
			m.fresh = map[store.Key]bool{}
		}
		m.fresh[f.Key] = true
		m.freshEnd = m.now.Add(time.Minute)
	}
}

// frame is what pages are made of now.
func (m *Model) frame() *page.Frame {
	return &page.Frame{
		Board: m.board, Words: m.words, Pages: m.book, Now: m.now, Changed: m.fresh,
		Beside: m.beside, History: m.history, W: m.w, H: m.h - chrome,
	}
}

// here returns the page that the person is on.
func (m *Model) here() *stop { return &m.way[len(m.way)-1] }

// open goes to a page that a digit leads to; it is as it was left.
func (m *Model) open(name string) {
	place := m.places[name]
	if place == nil {
		place = m.newPlace()
		m.places[name] = place
	}
	m.way = []stop{{page.Visit{Page: name}, place}}
}

// descend goes down to a page below this one.
func (m *Model) descend(v page.Visit) {
	if m.here().Visit != v {
		m.way = append(m.way, stop{v, m.newPlace()})
	}
}

// newPlace is where one arrives on a page; panels are sorted there as one has left
// them elsewhere.
func (m *Model) newPlace() *page.Place {
	p := page.NewPlace()
	p.Habits = m.habits
	return p
}

// relay lays the page out anew: after every message, so that View only draws.
func (m *Model) relay() {
	m.layout = nil
	if m.phase == ready && !m.small() && !m.empty() {
		m.layout = page.Build(m.frame(), m.here().Visit, m.here().place)
	}
}

// empty reports whether the mirror holds nothing that the page could show; the
// page of the data itself says more.
func (m *Model) empty() bool {
	return m.board.Period.IsZero() && len(m.board.Tasks) == 0 && m.here().Page != "data"
}

// spot is what the cursor stands on.
func (m *Model) spot() page.Spot {
	if m.layout == nil {
		return page.Spot{}
	}
	return m.layout.Spot()
}
