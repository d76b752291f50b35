package main

import (
	"context"
	"os"
	"runtime/debug"
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
	debug.SetGCPercent(gcPercent)
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
	db, reading, err := openEither(ctx, cfg)
	if err != nil {
		return err
	}
	writing := reading == nil
	defer func() { _ = db.Close() }() // every commit is on disk already
	a.tellFinished(cfg, db)
	if err := db.Reaches(ctx, asOf); err != nil {
		return err
	}
	shown := galleryOf(db)
	if cfg.Glyphs == glyphsAuto {
		a.wide = a.askWidth() > 1
	}
	o := a.screen(cfg, shown)
	o.AsOf = asOf
	o.History, o.Export = historyOf(db, cfg.Units), a.exporter(cfg)
	bell := tui.NewBell()
	ear, _ := bell.Listen()
	o.Changed, o.PullState = ear.Changed, ear.State
	o.Pull = a.unwritable(reading, bell)
	decider := a.newDecider(cfg, db, reading)
	defer decider.close()
	o.Decider = a.consoleOfficer(cfg, decider, func(context.Context) { bell.Ring() })

	ctx, stop := context.WithCancel(ctx)
	defer stop()
	group, ctx := errgroup.WithContext(ctx)
	if writing {
		puller, err := a.newPuller(cfg, db)
		if err != nil {
			return err
		}
		schedule := a.schedule(cfg, db, puller, bell)
		o.Pull = func(ctx context.Context) error { return schedule.Pull(ctx, "") }
		group.Go(func() error {
			select {
			case <-shown.First(): // what is known is shown before anything is pulled
				return schedule.Serve(ctx)
			case <-ctx.Done():
				return nil
			}
		})
	}
	group.Go(func() error { return ringOnCommit(ctx, db, bell, a.decisions(db, writing)) })
	group.Go(func() error {
		defer stop()
		return tui.Run(ctx, o, in, a.out.w)
	})
	return group.Wait()
}

// openEither opens the mirror for writing, or for reading where another process
// writes it, the disk takes no writing or the mirror follows another one: reading
// says which.
func openEither(ctx context.Context, cfg *config) (db *sqlite.DB, reading, err error) {
	db, err = openMirror(ctx, cfg, false)
	switch store.ErrorCode(err) {
	case "":
		return db, nil, nil
	case "mirror_busy", "mirror_readonly", "mirror_follows":
		reading = err
		db, err = openMirror(ctx, cfg, true)
		return db, reading, err
	default:
		return nil, nil, err
	}
}

// forGood returns why nothing can be written here at all; nil where this process can
// write, or another one does and takes in what is left beside the mirror.
func forGood(reading error) error {
	if store.ErrorCode(reading) == "mirror_busy" {
		return nil
	}
	return reading
}

// unwritable says on the board that nobody pulls, since the mirror can only be
// read, and returns what answers whoever asks for a pull; nil where another
// process pulls, or this one will.
func (a *app) unwritable(reading error, bell *tui.Bell) func(context.Context) error {
	if reading = forGood(reading); reading == nil {
		return nil
	}
	message, _ := a.explain(reading)
	bell.Say(message + a.lang.Pick("，只读", ", read only"))
	return func(context.Context) error { return reading }
}

// screen is what the board is drawn with.
func (a *app) screen(cfg *config, shown tui.Reader) tui.Options {
	o := tui.Options{
		Reader:  shown,
		Finder:  &finder{lang: a.lang},
		Pages:   cfg.Pages,
		Lang:    a.lang,
		Theme:   a.theme(cfg, cfg.Theme == themeLight),
		Mouse:   cfg.Mouse,
		Clock:   a.Now,
		Zone:    cfg.Settings.Zone,
		Version: version,
	}
	if cfg.Theme == themeAuto {
		o.OnLight = a.theme(cfg, true)
	}
	return o
}

// theme goes by this terminal.
func (a *app) theme(cfg *config, light bool) *style.Theme {
	can := colorprofile.Detect(a.out.w, os.Environ())
	if a.noColor {
		can = colorprofile.Ascii
	}
	t := themeOf(cfg, can, light)
	if cfg.Glyphs == glyphsAuto && a.wide {
		t = style.NewTheme(light, t.Depth, style.ASCIIGlyphs())
	}
	return t
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
	shown := galleryOf(db)
	s, err := shown.Snapshot(ctx, store.SnapshotRequest{AsOf: asOf, Now: a.Now()})
	if err != nil {
		return "", err
	}
	o := a.screen(cfg, shown)
	o.Plain = a.noColor || !terminal(a.out.w)
	return tui.Render(s, o, "overview", w, h), nil
}

// schedule pulls the configured sources and says on the board that it does.
func (a *app) schedule(cfg *config, db *sqlite.DB, puller *sync.Puller, bell *tui.Bell) *sync.Scheduler {
	tasks := make([]sync.Task, len(cfg.Sources))
	places := make(map[string]sync.Place, len(cfg.Sources))
	for i, place := range puller.Places {
		tasks[i] = sync.Task{Source: place.Name, Schedule: cfg.Sources[i].Schedule}
		places[place.Name] = place
	}
	backups := newRing(cfg)
	pull := func(ctx context.Context, source string) {
		bell.Say(a.Now().In(cfg.Settings.Zone).Format("15:04") + a.lang.Pick(" 拉取中", " pulling"))
		done, err := puller.Pull(ctx, places[source])
		if err != nil && ctx.Err() == nil {
			message, _ := a.explain(err)
			bell.Say(a.lang.Pick("拉取失败：", "pull failed: ") + message)
			return
		}
		bell.Say("")
		bell.Ring()
		if done.Error != "" { // it stands until the next pull
			bell.Say(a.lang.Pick("来源没有应答：", "the source does not answer: ") + source)
		}
		switch removed, err := a.daily(ctx, cfg, db, backups); {
		case err != nil && ctx.Err() == nil:
			message, hint := a.explain(err)
			bell.Say(join(a.lang.Pick("：", ": "), message, hint)) // it stands until the next pull, which tries again
		case !removed.IsZero():
			bell.Say(a.removalLine(removed, cfg.Settings.Zone))
		}
	}
	return sync.NewScheduler(tasks, pull, a.Now, cfg.Settings.Zone, nil)
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

// ringOnCommit rings when the mirror has new commits, whichever process made them. First
// it lets take in what may have been decided.
func ringOnCommit(ctx context.Context, db *sqlite.DB, bell *tui.Bell, takeIn func(context.Context)) error {
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
				bell.Ring()
			}
		}
	}
}

// mirrorReader reads the mirror for the screens.
type mirrorReader struct{ *sqlite.DB }

// Snapshot reads a snapshot and derives what stands in it.
func (r mirrorReader) Snapshot(ctx context.Context, q store.SnapshotRequest) (*store.Snapshot, error) {
	data, err := r.DB.Snapshot(ctx, q)
	if err != nil {
		return nil, err
	}
	return store.NewSnapshot(data), nil
}

// Course returns how an indicator went.
func (r mirrorReader) Course(ctx context.Context, unit, indicator string, to store.Period, months int, asOf time.Time) (store.Series, error) {
	return r.Series(ctx, unit, indicator, to, months, asOf)
}

// historyOf reads what was known of indicators of any of the units, and when.
func historyOf(db *sqlite.DB, units store.Units) func(context.Context, []string, store.Period, time.Time) ([]store.Figure, error) {
	codes := make([]string, 0, units.Len())
	for _, u := range units.All() {
		codes = append(codes, u.Code)
	}
	return func(ctx context.Context, indicators []string, p store.Period, asOf time.Time) ([]store.Figure, error) {
		return db.History(ctx, codes, indicators, p, asOf)
	}
}

// galleryOf hangs the mirror's boards for all who look.
func galleryOf(db *sqlite.DB) *tui.Gallery { return tui.NewGallery(mirrorReader{db}, db.DataVersion) }

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
