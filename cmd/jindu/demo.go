package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"jindu/store"
	"jindu/sync"
	"jindu/sync/sample"
)

// demoMark is the file by which a demo's folder is known again: nothing is ever
// removed from a folder without it.
const demoMark = ".jindu-demo"

// The size of the overview that is printed: a standard screen, all of its panels.
const (
	onceWidth  = 120
	onceHeight = 40
)

// demoCommand shows the whole product without a share, a unit or a setting.
func (a *app) demoCommand() *cobra.Command {
	var dir string
	var seed uint64
	var once bool
	cmd := &cobra.Command{
		Use:   "demo",
		Short: a.lang.Pick("用虚构的示范区试用", "try it with a fictitious district"),
		Args:  a.args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.demo(cmd.Context(), dir, seed, once)
		},
	}
	cmd.Flags().StringVar(&dir, "dir", "", a.lang.Pick("示范区放在哪个文件夹（默认在用户缓存文件夹）", "folder for the district (default: in the user's cache)"))
	cmd.Flags().Uint64Var(&seed, "seed", 1, a.lang.Pick("随机种子：同一种子、同一天，同一数据", "seed: the same seed and day give the same figures"))
	cmd.Flags().BoolVar(&once, "once", false, a.lang.Pick("打印总览后退出", "print the overview and leave"))
	return cmd
}

// demo makes the district in its folder, pulls it at the moments at which its
// files came in, and opens the board.
func (a *app) demo(ctx context.Context, dir string, seed uint64, once bool) error {
	if dir == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			return store.NewError("cannot_write", err, "jindu/demo")
		}
		dir = filepath.Join(cache, "jindu", "demo")
	}
	now := a.Now()
	mark := strings.Join([]string{"seed", strconv.FormatUint(seed, 10), now.Format(time.DateOnly), versionOf(), schemaOf()}, " ") + "\n"
	fresh, err := prepare(dir, mark)
	if err != nil {
		return err
	}
	if fresh {
		if err := a.makeDemo(ctx, dir, sample.New(seed, now)); err != nil {
			return err
		}
		// The mark is complete only now: a demo that broke off is made anew.
		if err := os.WriteFile(filepath.Join(dir, demoMark), []byte(mark), 0o644); err != nil {
			return store.NewError("cannot_write", err, dir)
		}
	}
	a.config = filepath.Join(dir, configName)
	if !once {
		return a.board(ctx)
	}
	cfg, err := a.setting()
	if err != nil {
		return err
	}
	text, err := a.overview(ctx, cfg, onceWidth, onceHeight)
	if err != nil {
		return err
	}
	a.drawn(text)
	return nil
}

// prepare readies the folder and reports whether the district must be made:
// where the same one stands there already, it is used again.
func prepare(dir, mark string) (fresh bool, err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return false, store.NewError("cannot_write", err, dir)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return false, store.NewError("cannot_write", err, dir)
	}
	known, err := os.ReadFile(filepath.Join(dir, demoMark))
	switch {
	case err == nil && string(known) == mark:
		return false, nil
	case err != nil && len(entries) > 0:
		return false, store.NewError("folder_not_empty", nil, dir)
	}
	var errs []error
	for _, e := range entries {
		name := e.Name()
		if name == "reports" || name == configName || strings.HasPrefix(name, "jindu.db") {
			errs = append(errs, os.RemoveAll(filepath.Join(dir, name)))
		}
	}
	// Marked but not yet complete, so that a demo that breaks off can be made again.
	errs = append(errs, os.WriteFile(filepath.Join(dir, demoMark), nil, 0o644))
	if err := errors.Join(errs...); err != nil {
		return false, store.NewError("cannot_write", err, dir)
	}
	return true, nil
}

// makeDemo writes the district as it grew and pulls it at each of its moments,
// so that figures get true times of receipt.
func (a *app) makeDemo(ctx context.Context, dir string, district *sample.District) error {
	file := filepath.Join(dir, configName)
	if err := os.WriteFile(file, []byte(district.Config()), 0o644); err != nil {
		return store.NewError("cannot_write", err, file)
	}
	cfg, err := loadConfig(file, a.Now())
	if err != nil {
		return err
	}
	db, err := openMirror(ctx, cfg, false)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }() // every commit is already on disk
	puller, err := a.newPuller(cfg, db)
	if err != nil {
		return err
	}
	puller.Settle = 0
	moments := district.Moments()
	for i, at := range moments {
		a.step(a.lang.Pick("制作示范区", "making the district"), i+1, len(moments))
		if err := district.Write(filepath.Join(dir, "reports"), at); err != nil {
			return store.NewError("cannot_write", err, dir)
		}
		puller.Clock = func() time.Time { return at }
		if _, err := a.pullAll(ctx, puller, ""); err != nil {
			return fmt.Errorf("demo: %w", err)
		}
	}
	return nil
}

// step shows how far a long work has come, on a terminal only.
func (a *app) step(what string, done, total int) {
	if show := a.progress(); show != nil {
		show(sync.Progress{Source: what, Step: sync.Reading, Done: done, Total: total})
	}
}
