package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"jindu/store"
	"jindu/store/audit"
	"jindu/store/sqlite"
)

// backupCommand makes a backup of the mirror and of what lies beside it.
func (a *app) backupCommand() *cobra.Command {
	var force, asJSON bool
	cmd := &cobra.Command{
		Use:   a.lang.Pick("backup [文件]", "backup [FILE]"),
		Short: a.lang.Pick("备份镜像库，看板和拉取照常", "back the mirror up while everything goes on"),
		Args:  a.args(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.backup(cmd.Context(), args, force, asJSON)
		},
	}
	cmd.Flags().BoolVar(&force, "force", false, a.lang.Pick("替换已有的文件", "replace a file that is there"))
	cmd.Flags().BoolVar(&asJSON, "json", false, a.lang.Pick("输出 JSON", "write JSON"))
	return cmd
}

// backup makes one backup: at the path that was named, which nothing ever
// removes, or among those that jindu keeps.
func (a *app) backup(ctx context.Context, args []string, force, asJSON bool) error {
	cfg, err := a.setting()
	if err != nil {
		return err
	}
	db, err := openMirror(ctx, cfg, true)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }() // nothing was written
	r := newRing(cfg)
	to := r.name(a.Now())
	if len(args) > 0 {
		to = args[0]
	} else if err := os.MkdirAll(cfg.Backup.Folder, 0o700); err != nil {
		return store.NewError("backup_failed", err, to)
	}
	held, err := backUp(ctx, cfg, db, to, force)
	if err != nil {
		return err
	}
	if asJSON {
		a.json(backedUpJSON(to, held, cfg.Settings.Zone))
		return nil
	}
	a.line(a.lang.Pick("已备份并核对：", "backed up and verified: ") + to + a.contentLine(held, cfg.Settings.Zone))
	return nil
}

// backUp makes a backup: beside the mirror's copy the officers' decisions and
// the key of the hashes, under the names that they have beside the mirror. The
// mirror's copy comes last: where it is, the others are.
func backUp(ctx context.Context, cfg *config, db *sqlite.DB, to string, force bool) (sqlite.Content, error) {
	if _, err := os.Lstat(to); err == nil && !force {
		return sqlite.Content{}, store.NewError("backup_exists", fs.ErrExist, to)
	}
	if _, err := os.Stat(acksOf(cfg.Mirror)); err == nil {
		acks, err := sqlite.OpenAcks(ctx, acksOf(cfg.Mirror))
		if err != nil {
			return sqlite.Content{}, err
		}
		if err := errors.Join(acks.Backup(ctx, acksOf(to), true), acks.Close()); err != nil {
			return sqlite.Content{}, err
		}
	}
	secret, err := os.ReadFile(secretPath(cfg.Mirror))
	if err == nil {
		err = replaceFile(secretPath(to), secret)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return sqlite.Content{}, store.NewError("backup_failed", err, to)
	}
	return db.Backup(ctx, to, force)
}

// contentLine says what a mirror holds, behind its name.
func (a *app) contentLine(c sqlite.Content, zone *time.Location) string {
	known := "-"
	if !c.Known.IsZero() {
		known = c.Known.In(zone).Format("2006-01-02 15:04")
	}
	return a.lang.Pick(
		"（"+strconv.Itoa(c.Workbooks)+" 个工作簿，"+strconv.Itoa(c.Figures)+" 个数据，截至 "+known+"）",
		" ("+strconv.Itoa(c.Workbooks)+" workbooks, "+strconv.Itoa(c.Figures)+" figures, as of "+known+")")
}

// backedUp is the JSON of a backup or a restore; kept is where the replaced mirror lies.
type backedUp struct {
	File      string    `json:"file"`
	Known     time.Time `json:"known"`
	Workbooks int       `json:"workbooks"`
	Figures   int       `json:"figures"`
	Versions  int       `json:"versions"`
	Hash      string    `json:"hash"`
	Kept      *string   `json:"kept"`
}

// backedUpJSON gives a content the shape that scripts rely on.
func backedUpJSON(file string, c sqlite.Content, zone *time.Location) backedUp {
	return backedUp{File: file, Known: c.Known.In(zone), Workbooks: c.Workbooks, Figures: c.Figures, Versions: c.Versions, Hash: c.Hash}
}

// restoreCommand puts a backup in the mirror's place.
func (a *app) restoreCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   a.lang.Pick("restore [文件]", "restore [FILE]"),
		Short: a.lang.Pick("用备份恢复镜像库，原来的留在旁边", "put a backup in the mirror's place and keep that aside"),
		Args:  a.args(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.restore(cmd.Context(), args, asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, a.lang.Pick("输出 JSON", "write JSON"))
	return cmd
}

// restore puts the named backup, or the newest good one, in the mirror's place.
// It is never done unasked: what was learned since the backup would be gone, and
// nobody would have been told.
func (a *app) restore(ctx context.Context, args []string, asJSON bool) error {
	cfg, err := a.setting()
	if err != nil {
		return err
	}
	var from string
	if len(args) > 0 {
		from = args[0]
	} else if from, err = newRing(cfg).newestGood(ctx); err != nil {
		return err
	}
	switch same, err := sameFile(from, cfg.Mirror); {
	case err != nil:
		return err
	case same:
		return a.usage("要恢复的就是镜像库自己："+from, "that is the mirror itself: "+from)
	}
	done, err := sqlite.Restore(ctx, sqlite.Restoring{
		From: from, FromAcks: acksOf(from),
		To: cfg.Mirror, ToAcks: acksOf(cfg.Mirror),
		At: a.Now(),
	})
	if err != nil {
		return err
	}
	keptSecret, err := restoreSecret(from, cfg.Mirror, a.Now())
	if err != nil {
		return err
	}
	if asJSON {
		out := backedUpJSON(from, done.Content, cfg.Settings.Zone)
		out.Kept = optional(done.Kept)
		a.json(out)
		return nil
	}
	a.line(a.lang.Pick("已恢复：", "restored: ") + from + a.contentLine(done.Content, cfg.Settings.Zone) + a.keptLine(done.Kept, done.KeptAcks, keptSecret))
	a.note(a.lang.Pick("运行 jindu pull，补上这之后的文件。", "run jindu pull to read what has come in since"))
	return nil
}

// tellFinished says in one line, here and on record, that opening the mirror has
// finished a restore that was interrupted: the numbers are those of a backup now.
func (a *app) tellFinished(cfg *config, db *sqlite.DB) {
	done := db.Finished()
	if done == (sqlite.Finished{}) {
		return
	}
	a.note(a.lang.Pick("上次中断的恢复已完成：镜像库现在是备份 ", "an interrupted restore was finished: the mirror is now the backup ") + done.Backup + a.keptLine(done.Kept))
	if err := a.record(cfg, audit.Entry{Event: audit.Restore, Who: console, What: done.Backup}); err != nil {
		a.fail(err) // the mirror is whole all the same
	}
}

// keptLine names the files that were replaced.
func (a *app) keptLine(files ...string) string {
	kept := join(a.lang.Pick("、", ", "), files...)
	if kept == "" {
		return ""
	}
	return a.lang.Pick("；原来的留作 ", "; what was there is kept as ") + kept
}

// sameFile reports whether two paths lead to one file; a mirror that is not there
// is no other's.
func sameFile(one, other string) (bool, error) {
	a, err := os.Stat(one)
	if err != nil {
		return false, store.NewError("file_missing", err, one)
	}
	b, err := os.Stat(other)
	return err == nil && os.SameFile(a, b), nil
}

// restoreSecret puts the backup's key beside the mirror, whose hashes were made
// with it, and returns where another one lies now.
func restoreSecret(from, mirror string, at time.Time) (kept string, err error) {
	secret, err := os.ReadFile(secretPath(from))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", store.NewError("backup_bad", err, secretPath(from))
	}
	path := secretPath(mirror)
	now, err := os.ReadFile(path)
	switch {
	case err == nil && string(now) == string(secret):
		return "", nil
	case err == nil:
		kept = path + ".replaced-" + at.UTC().Format("20060102T150405Z")
		if err := os.Rename(path, kept); err != nil {
			return "", store.NewError("cannot_write", err, kept)
		}
	case !errors.Is(err, fs.ErrNotExist):
		return "", store.NewError("cannot_write", err, path)
	}
	return kept, replaceFile(path, secret)
}

// baseOf is the mirror's name without its ending.
func baseOf(mirror string) string {
	name := filepath.Base(mirror)
	return name[:len(name)-len(filepath.Ext(name))]
}
