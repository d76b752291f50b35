package main

import (
	"context"
	"os"
	"sync/atomic"
	"time"

	"github.com/charmbracelet/colorprofile"
	"golang.org/x/sync/errgroup"

	"jindu/store"
	"jindu/store/find"
	"jindu/store/sqlite"
	"jindu/sync"
	"jindu/tui"
	"jindu/tui/style"
)

// lookEvery is how often the board asks whether another process has changed the
// mirror; the question costs microseconds and no disk.
const lookEvery = time.Second

// board opens the board of the configuration. It pulls on schedule while it is
// open, if no other process does.
func (a *app) board(ctx context.Context) error {
	cfg, err := a.setting()
	if err != nil {
		return err
	}
	in, isFile := a.Stdin.(*os.File)
	if !isFile || !terminal(a.out.w) {
		return store.NewError("no_terminal", nil)
	}
	asOf, err := a.past(cfg.Settings.Zone)
	if err != nil {
		return err
	}
	db, writing, err := openEither(ctx, cfg)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }() // every commit is on disk already
	if err := db.Reaches(ctx, asOf); err != nil {
		return err
	}
	shown := &gallery{db: db, first: make(chan struct{})}
	o := a.screen(cfg, shown)
	o.AsOf = asOf
	work := &bell{changed: make(chan struct{}, 1), state: make(chan string, 1)}
	o.Changed, o.PullState = work.changed, work.state

	ctx, stop := context.WithCancel(ctx)
	defer stop()
	group, ctx := errgroup.WithContext(ctx)
	if writing {
		puller, err := a.newPuller(cfg, db)
		if err != nil {
			return err
		}
		schedule := a.schedule(cfg, db, puller, work)
		o.Pull = func(ctx context.Context) error { return schedule.Pull(ctx, "") }
		group.Go(func() error {
			select {
			case <-shown.first: // what is known is shown before anything is pulled
				return schedule.Serve(ctx)
			case <-ctx.Done():
				return nil
			}
		})
	}
	group.Go(func() error { return work.watch(ctx, db, a.decisions(db, writing)) })
	group.Go(func() error {
		defer stop()
		return tui.Run(ctx, o, in, a.out.w)
	})
	return group.Wait()
}

// openEither opens the mirror for writing, or for reading where another process
// writes it or the disk takes no writing.
func openEither(ctx context.Context, cfg *config) (db *sqlite.DB, writing bool, err error) {
	db, err = openMirror(ctx, cfg, false)
	switch store.ErrorCode(err) {
	case "":
		return db, true, nil
	case "mirror_busy", "mirror_readonly":
		db, err = openMirror(ctx, cfg, true)
		return db, false, err
	default:
		return nil, false, err
	}
}

// screen is what the board is drawn with.
func (a *app) screen(cfg *config, shown *gallery) tui.Options {
	o := tui.Options{
		Reader:  shown,
		Finder:  &finder{lang: a.lang},
		Pages:   cfg.Pages,
		Lang:    a.lang,
		Theme:   a.theme(cfg, cfg.Theme == themeLight),
		Clock:   a.Now,
		Zone:    cfg.Settings.Zone,
		Version: version,
	}
	if cfg.Theme == themeAuto {
		o.OnLight = a.theme(cfg, true)
	}
	return o
}

// theme goes by what the terminal can show and what the district has chosen.
func (a *app) theme(cfg *config, light bool) *style.Theme {
	depth := style.TrueColour
	switch profile := colorprofile.Detect(a.out.w, os.Environ()); {
	case a.noColor || profile < colorprofile.ANSI:
		depth = style.NoColour
	case profile == colorprofile.ANSI:
		depth = style.Sixteen
	case profile == colorprofile.ANSI256:
		depth = style.Indexed
	}
	glyphs := style.UnicodeGlyphs()
	if cfg.Glyphs == glyphsASCII {
		glyphs = style.ASCIIGlyphs()
	}
	return style.NewTheme(light, depth, glyphs)
}

// overview draws the overview as text, for a pipe or a look in passing.
func (a *app) overview(ctx context.Context, cfg *config, w, h int) (string, error) {
	asOf, err := a.past(cfg.Settings.Zone)
	if err != nil {
		return "", err
	}
	db, err := openMirror(ctx, cfg, true)
	if err != nil {
		return "", err
	}
	defer func() { _ = db.Close() }() // nothing was written
	shown := &gallery{db: db}
	s, err := shown.Snapshot(ctx, store.SnapshotRequest{AsOf: asOf, Now: a.Now()})
	if err != nil {
		return "", err
	}
	o := a.screen(cfg, shown)
	o.Plain = a.noColor || !terminal(a.out.w)
	return tui.Render(s, o, "overview", w, h), nil
}

// schedule pulls the configured sources and says on the board that it does.
func (a *app) schedule(cfg *config, db *sqlite.DB, puller *sync.Puller, work *bell) *sync.Scheduler {
	tasks := make([]sync.Task, len(cfg.Sources))
	places := make(map[string]sync.Place, len(cfg.Sources))
	for i, place := range puller.Places {
		tasks[i] = sync.Task{Source: place.Name, Schedule: cfg.Sources[i].Schedule}
		places[place.Name] = place
	}
	backups := newRing(cfg)
	pull := func(ctx context.Context, source string) {
		work.say(a.Now().In(cfg.Settings.Zone).Format("15:04") + a.lang.Pick(" 拉取中", " pulling"))
		_, err := puller.Pull(ctx, places[source])
		if err != nil && ctx.Err() == nil {
			message, _ := a.explain(err)
			work.say(a.lang.Pick("拉取失败：", "pull failed: ") + message)
			return
		}
		work.say("")
		work.ring()
		switch removed, err := a.daily(ctx, cfg, db, backups); {
		case err != nil && ctx.Err() == nil:
			message, hint := a.explain(err)
			work.say(join(a.lang.Pick("：", ": "), message, hint)) // it stands until the next pull, which tries again
		case !removed.IsZero():
			work.say(a.removalLine(removed, cfg.Settings.Zone))
		}
	}
	return sync.NewScheduler(tasks, pull, a.Now, cfg.Settings.Zone, nil)
}

// bell tells the screen what happens beside it. It keeps only the last word:
// nobody waits for a screen that is busy.
type bell struct {
	changed chan struct{}
	state   chan string
}

func (b *bell) ring() {
	select {
	case b.changed <- struct{}{}:
	default: // it has not looked since the last time
	}
}

func (b *bell) say(text string) {
	select {
	case <-b.state: // nobody has read the word before
	default:
	}
	select {
	case b.state <- text:
	default: // another source had the last word
	}
}

// decisions returns what takes in, of the process that writes the mirror, what
// officers decide beside it.
func (a *app) decisions(db *sqlite.DB, writing bool) func(context.Context) {
	return func(ctx context.Context) {
		if writing {
			_, _ = db.Replay(ctx, a.Now()) // the next pull tries again, and tells
		}
	}
}

// watch rings when the mirror has new commits, whichever process made them. First
// it lets take in what may have been decided.
func (b *bell) watch(ctx context.Context, db *sqlite.DB, takeIn func(context.Context)) error {
	seen, _ := db.DataVersion(ctx) // where it fails, so will the snapshot, and says so
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
			takeIn(ctx)
			if now, err := db.DataVersion(ctx); err == nil && now != seen {
				seen = now
				b.ring()
			}
		}
	}
}

// gallery gives every session the same snapshot as long as the mirror has not
// changed and the same is asked.
type gallery struct {
	db     *sqlite.DB
	last   atomic.Pointer[hung]
	first  chan struct{} // closed when there was a first snapshot; nil: nobody waits for it
	opened atomic.Bool
}

type hung struct {
	period  store.Period
	asOf    time.Time
	until   time.Time // states depend on the time of day, so it hangs for a minute
	version int64
	shown   *store.Snapshot
}

// Snapshot reads one, or returns the one that is still good.
func (g *gallery) Snapshot(ctx context.Context, r store.SnapshotRequest) (*store.Snapshot, error) {
	version, err := g.db.DataVersion(ctx)
	if err != nil {
		return nil, err
	}
	h := g.last.Load()
	if h != nil && h.version == version && h.period == r.Period && h.asOf.Equal(r.AsOf) && r.Now.Before(h.until) {
		return h.shown, nil
	}
	data, err := g.db.Snapshot(ctx, r)
	if g.first != nil && g.opened.CompareAndSwap(false, true) {
		close(g.first) // a mirror that cannot be read is no reason not to pull
	}
	if err != nil {
		return nil, err
	}
	s := store.NewSnapshot(data)
	g.last.Store(&hung{r.Period, r.AsOf, r.Now.Truncate(time.Minute).Add(time.Minute), version, s})
	return s, nil
}

// Versions returns every version of a figure.
func (g *gallery) Versions(ctx context.Context, k store.Key, asOf time.Time) ([]store.Figure, error) {
	return g.db.Versions(ctx, k, asOf)
}

// Neighbours returns the figures around a cell.
func (g *gallery) Neighbours(ctx context.Context, c store.Cell, rows, cols int) ([]store.Neighbour, error) {
	return g.db.Neighbours(ctx, c, rows, cols)
}

// Course returns how an indicator went.
func (g *gallery) Course(ctx context.Context, unit, indicator string, to store.Period, months int, asOf time.Time) (store.Series, error) {
	return g.db.Series(ctx, unit, indicator, to, months, asOf)
}

// hitLimit is how many hits a screen has use for.
const hitLimit = 40

// finder looks up what a snapshot holds; its index lasts as long as the snapshot.
type finder struct {
	lang store.Lang
	last atomic.Pointer[indexed]
}

type indexed struct {
	of    *store.Snapshot
	index *find.Index
}

// Find returns what fits the words, best first.
func (f *finder) Find(words string, s *store.Snapshot) []tui.Hit {
	have := f.last.Load()
	if have == nil || have.of != s {
		cfg := &config{Units: s.Units, Catalogue: s.Catalogue, Settings: s.Settings}
		have = &indexed{s, find.New(append(cfg.items(f.lang), cfg.taskItems(s.Tasks, f.lang, s.Today)...))}
		f.last.Store(have)
	}
	var out []tui.Hit
	for _, h := range have.index.Find(words, hitLimit) {
		out = append(out, tui.Hit{Kind: string(h.Kind), Code: h.Code, Name: h.Name, Detail: h.Detail})
	}
	return out
}
