package wall

import (
	"context"
	"errors"
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

// Model is one wall. It is a [tea.Model]; its methods are called by one message
// loop and by nothing else.
type Model struct {
	opts  Options
	ctx   context.Context
	plan  Plan
	words *words.Book
	theme *style.Theme
	board *page.Board // the last good one
	now   time.Time
	w, h  int

	err       error // why there is no newer board
	lostAt    time.Time
	loading   bool
	loadingAt time.Time
	outdated  bool // the mirror changed since the snapshot on its way was asked for
	requests  int  // for snapshots
	wakes     int

	rotor    rotor
	turnedAt time.Time
	held     bool
	heldAt   time.Time
	raised   map[Cause]bool // alarms that are on
	geo      geometry       // of the screen as it is
	alarm    []alarm
}

// New returns a wall that has read nothing yet.
func New(o Options) *Model {
	m := &Model{
		opts:   o,
		ctx:    context.Background(),
		plan:   o.Plan.settled(),
		words:  words.Of(o.Lang),
		theme:  o.Theme,
		now:    o.now(),
		raised: map[Cause]bool{},
	}
	if m.theme == nil {
		m.theme = style.Dark()
	}
	m.turnedAt = m.now
	return m
}

// Within ends what the wall waits for when the context ends, and returns the wall.
func (m *Model) Within(ctx context.Context) *Model {
	m.ctx = ctx
	return m
}

// Run shows the wall until q is pressed or the context ends.
func Run(ctx context.Context, o Options, in io.Reader, out io.Writer) error {
	return loop.Run(ctx, func(ctx context.Context) tea.Model { return New(o).Within(ctx) }, in, out)
}

// Render draws one page of a snapshot as a wall would, without a session: for
// scripts and tests.
func Render(s *store.Snapshot, o Options, name string, w, h int) string {
	if o.Clock == nil {
		o.Clock = func() time.Time { return s.Moment }
	}
	if !o.Open {
		s = s.Masked()
	}
	m := New(o)
	m.w, m.h = w, h
	m.board = page.NewBoard(s)
	m.rotor.base = sheet{name, 0}
	m.lay()
	return m.screen()
}

// Init starts what the wall waits for.
func (m *Model) Init() tea.Cmd {
	cmds := []tea.Cmd{m.load(), m.arm(), awaitChange(m.ctx, m.opts.Changed)}
	if m.opts.OnLight != nil {
		cmds = append(cmds, tea.RequestBackgroundColor)
	}
	return tea.Batch(cmds...)
}

// Update takes a message in. It reads nothing and waits for nothing.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmd tea.Cmd
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.w, m.h = msg.Width, msg.Height
	case tea.BackgroundColorMsg:
		if m.opts.OnLight != nil && !msg.IsDark() {
			m.theme = m.opts.OnLight
		}
	case tea.KeyPressMsg:
		cmd = m.press(msg)
	case tea.MouseClickMsg:
		return m, m.refuse(store.DeedDrill)
	case changed:
		m.outdated = m.loading
		cmd = tea.Batch(m.load(), awaitChange(m.ctx, m.opts.Changed))
	case loaded:
		cmd = m.take(msg)
	case woken:
		if msg.turn != m.wakes {
			return m, nil // another one is on its way
		}
		cmd = m.woken(msg.at)
	default:
		return m, nil
	}
	m.lay()
	return m, cmd
}

// press knows two keys: space holds the page and then turns it, q ends.
func (m *Model) press(k tea.KeyPressMsg) tea.Cmd {
	switch k.String() {
	case "q", "ｑ", "ctrl+c":
		return tea.Quit
	case "space", "　":
		if m.held || m.turn().seconds == 0 {
			m.turnNow()
			m.held = false
		} else {
			m.held, m.heldAt = true, m.now
		}
		return m.arm()
	}
	return m.refuse(deedOf(k.String()))
}

// deedOf is what a key does on the board, and not here.
func deedOf(key string) store.Deed {
	switch key {
	case "1", "2", "3", "4", "5", "6", "7", "8", "9", "p", "=", ":", "：":
		return store.DeedBrowse
	case "enter", "i", "n", "N":
		return store.DeedDrill
	case "/", "／":
		return store.DeedFind
	case "t":
		return store.DeedLookBack
	case "y", "e":
		return store.DeedExport
	case "r":
		return store.DeedPull
	default:
		return 0
	}
}

// refuse changes nothing on the screen, which a whole room looks at: that somebody
// has tried goes on record.
func (m *Model) refuse(d store.Deed) tea.Cmd {
	if d == 0 || m.opts.Audit == nil {
		return nil
	}
	ctx, audit := m.ctx, m.opts.Audit
	return func() tea.Msg {
		_ = audit(ctx, store.Act{Deed: d, Refused: true}) // it is refused, whether or not that can be written
		return nil
	}
}

// heldFor is how long a page is held at most: whoever held it has left the room.
const heldFor = 30 * time.Minute

// refreshEvery is how often a snapshot is read anew although nothing was
// committed: a source that stays silent and a day that begins are no commits.
const refreshEvery = 5 * time.Minute

// load asks for a snapshot, unless one is on its way; the answer to any earlier
// request is void. One that takes too long is given up.
func (m *Model) load() tea.Cmd {
	if m.loading && m.now.Sub(m.loadingAt) < loadTime {
		return nil
	}
	m.requests++
	m.loading, m.loadingAt, m.outdated = true, m.now, false
	return load(m.ctx, m.opts, m.requests, store.SnapshotRequest{Now: m.opts.now()})
}

// take shows the snapshot that was asked for, or says why there is none: the
// last good figures stay. Where the mirror has changed meanwhile, the next one is
// asked for.
func (m *Model) take(msg loaded) tea.Cmd {
	if msg.turn != m.requests {
		return nil
	}
	m.loading = false
	m.show(msg)
	if m.outdated {
		return m.load()
	}
	return nil
}

// show takes a snapshot in, or why there is none.
func (m *Model) show(msg loaded) {
	if msg.err != nil {
		if m.err == nil {
			m.lostAt = m.now
		}
		m.err = msg.err
		return
	}
	if m.board == nil { // it begins now, however long it has waited
		m.rotor, m.turnedAt = rotor{}, m.now
	}
	m.board, m.err = msg.board, nil
}

// woken moves the clock, the mark and the page on.
func (m *Model) woken(at time.Time) tea.Cmd {
	last := m.now
	m.now = at
	if m.opts.Zone != nil {
		m.now = at.In(m.opts.Zone)
	}
	if m.held && m.now.Sub(m.heldAt) >= heldFor {
		m.held = false
	}
	if s := m.turn().seconds; !m.held && s > 0 && !m.now.Before(m.turnedAt.Add(time.Duration(s)*time.Second)) {
		m.turnNow()
	}
	if m.now.Truncate(time.Minute).Equal(last.Truncate(time.Minute)) {
		return m.arm()
	}
	if m.err != nil || m.loading || m.now.Truncate(refreshEvery).After(last.Truncate(refreshEvery)) {
		return tea.Batch(m.load(), m.arm())
	}
	return m.arm()
}

// arm waits for the next moment at which something changes: the clock's next
// minute, the next step of the mark, the next page.
func (m *Model) arm() tea.Cmd {
	if m.opts.Clock == nil {
		return nil
	}
	next := m.now.Truncate(time.Minute).Add(time.Minute)
	if s := m.turn().seconds; s > 0 && !m.held {
		gone := m.now.Sub(m.turnedAt)
		for _, at := range []time.Duration{(gone/stepOf(s) + 1) * stepOf(s), time.Duration(s) * time.Second} {
			if at > gone && m.turnedAt.Add(at).Before(next) {
				next = m.turnedAt.Add(at)
			}
		}
	}
	m.wakes++
	return wake(m.ctx, m.opts.Clock, m.wakes, next)
}

// stepsOfMark is how often the mark that tells when the next page comes moves while
// a page stands.
const stepsOfMark = 6

func stepOf(seconds int) time.Duration {
	return time.Duration(seconds) * time.Second / stepsOfMark
}

// turn is what turns now.
func (m *Model) turn() turn {
	var pages []string
	for _, a := range m.alarm {
		if a.page != "" && !slices.Contains(pages, a.page) {
			pages = append(pages, a.page)
		}
	}
	return m.plan.at(m.now, pages)
}

// turnNow goes to the next page.
func (m *Model) turnNow() {
	m.turnedAt = m.now
	base, first := m.sheets()
	m.rotor.next(base, first)
}

// sheets lists what turns and what comes again after each.
func (m *Model) sheets() (base, first []sheet) {
	t := m.turn()
	return m.sheetsOf(t.pages), m.sheetsOf(t.first)
}

func (m *Model) sheetsOf(names []string) []sheet {
	var out []sheet
	for _, name := range names {
		if p, ok := m.plan.page(name); ok {
			for n := range m.length(p) {
				out = append(out, sheet{name, n})
			}
		}
	}
	return out
}

// lay works out what is wrong and how the screen is shared out, and shows at once
// the page of an alarm that was not on before.
func (m *Model) lay() {
	m.alarm = m.alarms()
	m.geo = measure(m.w, m.h, m.plan.Digits, len(m.alarm) > 0)
	if m.board == nil {
		return
	}
	raised := map[Cause]bool{}
	for _, a := range m.alarm {
		raised[a.cause] = true
		if _, ok := m.plan.page(a.page); ok && !m.raised[a.cause] && !m.held && m.turn().meeting == "" && len(m.raised) > 0 {
			m.rotor.jump(a.page)
			m.turnedAt = m.now
		}
	}
	raised[""] = true // a wall that has just begun starts with its first page
	m.raised = raised
	base, first := m.sheets()
	m.rotor.keep(base, first)
}

// View draws the screen.
func (m *Model) View() tea.View {
	return tea.NewView(m.screen())
}

// sentence is an error as a person reads it.
func (m *Model) sentence(err error) string {
	var e *store.Error
	if errors.As(err, &e) {
		return e.Message(m.words.Lang)
	}
	return err.Error()
}

func (m *Model) say(key string, args ...any) string { return m.words.Say(key, args...) }
