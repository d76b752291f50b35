package main

import (
	"context"
	"os"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"jindu/store"
	"jindu/store/sqlite"
	"jindu/tui"
	"jindu/tui/wall"
)

// wallCommand shows the board to a room.
func (a *app) wallCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "wall",
		Short: a.lang.Pick("会议室、值班室大屏：自动翻页", "the board for a room: large figures that turn by themselves"),
		Args:  a.args(0, 0),
		RunE:  func(cmd *cobra.Command, _ []string) error { return a.wall(cmd.Context()) },
	}
}

// wall shows the configuration's wall. It only reads the mirror, and waits for one
// where there is none; it pulls itself where the configuration says so and nobody
// else does.
func (a *app) wall(ctx context.Context) error {
	debug.SetGCPercent(gcPercent)
	cfg, err := a.setting()
	if err != nil {
		return err
	}
	in, isFile := a.Stdin.(*os.File)
	if !isFile || !terminal(a.out.w) {
		return store.NewError("no_terminal", nil)
	}
	mirror := newLasting(func(ctx context.Context) (*sqlite.DB, error) { return openMirror(ctx, cfg, true) })
	defer func() { _ = mirror.Close() }() // nothing was written
	bell := tui.NewBell()
	ear, off := bell.Listen()
	defer off()
	o := a.wallOptions(cfg, mirror)
	o.Changed = ear.Changed

	ctx, stop := context.WithCancel(ctx)
	defer stop()
	group, ctx := errgroup.WithContext(ctx)
	if cfg.Wall.Pull {
		group.Go(func() error { return a.standIn(ctx, cfg, bell) })
	}
	group.Go(func() error { return mirror.watch(ctx, bell.Ring) })
	group.Go(func() error {
		defer stop()
		return wall.Run(ctx, o, in, a.out.w)
	})
	return group.Wait()
}

// wallOptions is what a wall is drawn with.
func (a *app) wallOptions(cfg *config, from wall.Reader) wall.Options {
	o := wall.Options{
		Reader: from,
		Lang:   a.lang,
		Theme:  a.theme(cfg, cfg.Theme == themeLight),
		Clock:  a.Now,
		Zone:   cfg.Settings.Zone,
		Plan:   cfg.Wall.Plan,
		Open:   cfg.Wall.Open,
	}
	if cfg.Theme == themeAuto {
		o.OnLight = a.theme(cfg, true)
	}
	return o
}

// standInEvery is how often a wall that may pull looks whether another process
// does. A look is an attempt to lock a file.
const standInEvery = 15 * time.Second

// standIn pulls on schedule as long as no other process does, and takes over
// when the one that did has gone.
func (a *app) standIn(ctx context.Context, cfg *config, bell *tui.Bell) error {
	for ctx.Err() == nil {
		if db, err := openMirror(ctx, cfg, false); err == nil {
			if puller, err := a.newPuller(cfg, db); err == nil {
				err = a.schedule(cfg, db, puller, bell).Serve(ctx)
				if err != nil && ctx.Err() == nil {
					message, _ := a.explain(err)
					bell.Say(message)
				}
			}
			_ = db.Close() // every commit is on disk already
		}
		select {
		case <-ctx.Done():
		case <-time.After(standInEvery):
		}
	}
	return nil
}
