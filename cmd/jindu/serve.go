package main

import (
	"context"
	"net"
	"os"
	"runtime/debug"
	"strconv"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/spf13/cobra"
	gossh "golang.org/x/crypto/ssh"
	"golang.org/x/sync/errgroup"

	"jindu/store"
	"jindu/store/audit"
	"jindu/store/sqlite"
	"jindu/tui"
	"jindu/tui/sshd"
	"jindu/tui/style"
	"jindu/tui/wall"
)

// keysEvery is how often the file of keys is looked at: a revoked key's session
// ends within seconds.
const keysEvery = 2 * time.Second

// gcPercent is how much garbage a board or a server lets lie beside what it needs.
// Snapshots and screens are most of that: they change seldom, and memory costs more
// here than a collection does.
const gcPercent = 40

// serveCommand pulls on schedule and shows the board to whoever logs in.
func (a *app) serveCommand() *cobra.Command {
	var listen string
	cmd := &cobra.Command{
		Use:   "serve",
		Short: a.lang.Pick("按计划拉取，并通过 SSH 提供看板", "pull on schedule and show the board over SSH"),
		Args:  a.args(0, 0),
		RunE:  func(cmd *cobra.Command, _ []string) error { return a.serve(cmd.Context(), listen) },
	}
	cmd.Flags().StringVar(&listen, "listen", "", a.lang.Pick("监听地址（默认取配置 [ssh] listen）", "address to listen on (default: [ssh] listen of the configuration)"))
	return cmd
}

// house is what the sessions of a running server share.
type house struct {
	*app
	cfg    *config
	shown  *tui.Gallery
	masked *tui.Gallery // the same, with small counts of persons covered
	finder *finder
	bell   *tui.Bell
	pull   func(context.Context) error // nil: another process pulls
	decide *decider
	seen   atomic.Int64

	history func(ctx context.Context, indicators []string, p store.Period, asOf time.Time) ([]store.Figure, error)
}

// serve runs until it is told to stop. Whether it may open its door at all is
// looked at before anything else.
func (a *app) serve(ctx context.Context, listen string) error {
	debug.SetGCPercent(gcPercent)
	cfg, err := a.setting()
	if err != nil {
		return err
	}
	if listen == "" {
		listen = cfg.SSH.Listen
	}
	door, err := a.door(cfg)
	if err != nil {
		return err
	}
	defer func() { _ = door.record.Close() }() // every entry is on disk already
	db, reading, err := openEither(ctx, cfg)
	if err != nil {
		return err
	}
	writing := reading == nil
	defer func() { _ = db.Close() }() // every commit is on disk already
	a.tellFinished(cfg, db)
	h := &house{app: a, cfg: cfg, finder: &finder{lang: a.lang}, bell: tui.NewBell()}
	version := func(context.Context) (int64, error) { return h.seen.Load(), nil }
	h.shown, h.history = tui.NewGallery(mirrorReader{db}, version), historyOf(db, cfg.Units)
	h.masked = tui.NewGallery(maskedReader{h.shown}, version)
	h.decide = a.newDecider(cfg, db, reading)
	defer h.decide.close()

	if h.pull = a.unwritable(reading, h.bell); h.pull != nil {
		a.fail(reading)
	}
	group, ctx := errgroup.WithContext(ctx)
	if writing {
		puller, err := a.newPuller(cfg, db)
		if err != nil {
			return err
		}
		schedule := a.schedule(cfg, db, puller, h.bell)
		h.pull = func(ctx context.Context) error { return schedule.Pull(ctx, "") }
		group.Go(func() error { return schedule.Serve(ctx) })
	}
	group.Go(func() error { return h.watch(ctx, db, a.decisions(db, writing)) })
	group.Go(func() error { return a.receive(ctx, cfg, door, h, listen) })
	return group.Wait()
}

// door is what decides who may come in.
type door struct {
	host   gossh.Signer
	made   bool // the host key is new
	keys   *sshd.Keys
	record *audit.Log
}

// door reads the keys, and refuses where a file that has to be secret is not.
func (a *app) door(cfg *config) (*door, error) {
	d := &door{}
	var err error
	if d.keys, err = readKeys(keysPath(cfg.Mirror)); err != nil {
		return nil, err
	}
	if len(d.keys.All()) == 0 {
		return nil, store.NewError("no_keys", nil)
	}
	if err := closed(secretPath(cfg.Mirror)); err != nil {
		return nil, err
	}
	if d.host, d.made, err = hostKey(hostKeyPath(cfg.Mirror)); err != nil {
		return nil, err
	}
	d.record, err = a.openAudit(cfg)
	return d, err
}

// receive listens and serves. It says where, and by which key the server is known:
// who logs in for the first time compares it.
func (a *app) receive(ctx context.Context, cfg *config, d *door, h *house, listen string) error {
	server, err := sshd.New(sshd.Config{
		HostKey: d.host,
		Keys:    d.keys,
		Record:  d.record,
		Limits:  cfg.SSH.Limits,
		Lang:    a.lang,
		Clock:   a.Now,
		Open:    h.open,
		Trouble: a.fail,
	})
	if err != nil {
		return err
	}
	socket, err := (&net.ListenConfig{}).Listen(ctx, "tcp", listen)
	if err != nil {
		return store.NewError("cannot_listen", err, listen)
	}
	at, fingerprint := socket.Addr().String(), gossh.FingerprintSHA256(d.host.PublicKey())
	a.onRecord(d.record, audit.Entry{Event: audit.Start, Who: console, Key: fingerprint, From: at})
	a.line(a.lang.Pick("SSH 看板已开：", "the board is open: ") + at)
	fresh := ""
	if d.made {
		fresh = a.lang.Pick("（新）", " (new)")
	}
	a.line(a.lang.Pick("主机密钥指纹：", "host key: ") + fingerprint + fresh)
	a.line(strconv.Itoa(len(d.keys.All())) + a.lang.Pick(" 把公钥可以登录", " keys may log in"))
	if h.pull == nil {
		a.note(a.lang.Pick("另一个进程在拉取，这里只读。", "another process pulls; this one only reads"))
	}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return a.watchKeys(ctx, cfg, server) })
	group.Go(func() error { return server.Serve(ctx, socket) })
	err = group.Wait()
	a.onRecord(d.record, audit.Entry{Event: audit.Stop, Who: console})
	return err
}

// onRecord puts on record what happens anyway.
func (a *app) onRecord(log *audit.Log, e audit.Entry) {
	if err := log.Record(e); err != nil {
		a.fail(err)
	}
}

// watchKeys takes the keys in whenever their file has changed. A file that cannot
// be understood changes nothing and is told, once; one that others can write lets
// nobody in until it is closed.
func (a *app) watchKeys(ctx context.Context, cfg *config, server *sshd.Server) error {
	path := keysPath(cfg.Mirror)
	last, told := stampOf(path), ""
	look := time.NewTicker(keysEvery)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-look.C:
		}
		now := stampOf(path)
		if now == last {
			continue
		}
		keys, err := readKeys(path)
		switch code := store.ErrorCode(err); {
		case err == nil:
			server.Use(keys)
			last, told = now, ""
		case told != code:
			a.fail(err)
			told = code
			fallthrough
		default:
			if code == "file_open" {
				server.Use(&sshd.Keys{})
			}
		}
	}
}

// stamp tells whether a file is still what it was.
type stamp struct {
	size    int64
	changed time.Time
	mode    os.FileMode
}

// stampOf returns the file's; that of none is the zero value.
func stampOf(path string) stamp {
	info, err := os.Stat(path)
	if err != nil {
		return stamp{}
	}
	return stamp{info.Size(), info.ModTime(), info.Mode()}
}

// watch notices what was committed to the mirror, by whichever process, and tells
// all sessions. It alone asks the mirror: sessions never do on their own account.
func (h *house) watch(ctx context.Context, db *sqlite.DB, takeIn func(context.Context)) error {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		takeIn(ctx)
		h.look(ctx, db)
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// look tells all sessions if the mirror has changed.
func (h *house) look(ctx context.Context, db *sqlite.DB) {
	if now, err := db.DataVersion(ctx); err == nil && now != h.seen.Load() {
		h.seen.Store(now)
		h.bell.Ring()
	}
}

// officer is the visitor as somebody who decides: under the key's name.
func (h *house) officer(v sshd.Visitor) officer {
	taken := func(ctx context.Context) { h.look(ctx, h.decide.db) }
	return officer{h.decide, v.Key.Name, v.Record, taken}
}

// open returns the board of a visitor: what it may do follows from its key.
func (h *house) open(ctx context.Context, v sshd.Visitor) tea.Model {
	ear, off := h.bell.Listen()
	context.AfterFunc(ctx, off)
	if v.Key.Role == store.RoleDisplay {
		o := h.wallOptions(h.cfg, h.masked)
		o.Audit = v.Record
		o.Changed, o.Open = ear.Changed, false // whatever is said of the wall in the duty room
		o.Theme = themeOf(h.cfg, v.Colours, h.cfg.Theme == themeLight)
		if h.cfg.Theme == themeAuto {
			o.OnLight = themeOf(h.cfg, v.Colours, true)
		}
		return wall.New(o).Within(ctx)
	}
	o := tui.Options{
		Pages:     h.cfg.Pages,
		Reader:    h.shown,
		Finder:    h.finder,
		Lang:      h.lang,
		Theme:     themeOf(h.cfg, v.Colours, h.cfg.Theme == themeLight),
		Clock:     h.Now,
		Zone:      h.cfg.Settings.Zone,
		Mouse:     h.cfg.Mouse && v.Key.Role.Rights().May(store.DeedDrill),
		Rights:    v.Key.Role.Rights(),
		History:   h.history,
		Changed:   ear.Changed,
		PullState: ear.State,
		Version:   version,
	}
	h.handOut(&o, v)
	if v.Key.Role.Rights().May(store.DeedDecide) {
		o.Decider = h.officer(v)
	}
	if v.Key.Role.Masked() {
		o.Reader, o.History = h.masked, nil // what was known when would tell what is covered
	}
	if h.cfg.Theme == themeAuto {
		o.OnLight = themeOf(h.cfg, v.Colours, true)
	}
	if h.pull != nil {
		o.Pull = func(ctx context.Context) error {
			if err := v.Record(ctx, store.Act{Deed: store.DeedPull}); err != nil {
				return err
			}
			return h.pull(ctx)
		}
	}
	return tui.New(o).Within(ctx)
}

// maskedReader gives those who must not see small counts of persons the snapshot
// that others see, with these covered, and nothing of what lies below a number.
type maskedReader struct{ tui.Reader }

// Snapshot returns it covered.
func (r maskedReader) Snapshot(ctx context.Context, q store.SnapshotRequest) (*store.Snapshot, error) {
	s, err := r.Reader.Snapshot(ctx, q)
	if err != nil {
		return nil, err
	}
	return s.Masked(), nil
}

// Versions returns none.
func (maskedReader) Versions(context.Context, store.Key, time.Time) ([]store.Figure, error) {
	return nil, nil
}

// Neighbours returns none.
func (maskedReader) Neighbours(context.Context, store.Cell, int, int) ([]store.Neighbour, error) {
	return nil, nil
}

// Course returns nothing.
func (maskedReader) Course(context.Context, string, string, store.Period, int, time.Time) (store.Series, error) {
	return store.Series{}, nil
}

// themeOf goes by what a terminal can show and what the district has chosen.
func themeOf(cfg *config, can colorprofile.Profile, light bool) *style.Theme {
	depth := style.TrueColour
	switch {
	case can < colorprofile.ANSI:
		depth = style.NoColour
	case can == colorprofile.ANSI:
		depth = style.Sixteen
	case can == colorprofile.ANSI256:
		depth = style.Indexed
	}
	glyphs := style.UnicodeGlyphs()
	if cfg.Glyphs == glyphsASCII {
		glyphs = style.ASCIIGlyphs()
	}
	return style.NewTheme(light, depth, glyphs)
}
