package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"jindu/store"
	"jindu/store/sqlite"
)

// ring is the backups that jindu keeps by itself: one a day, of which old ones go.
type ring struct {
	cfg  *config
	busy atomic.Bool // one is being made: pulls of several sources end at once
}

// newRing returns the ring of the configured mirror.
func newRing(cfg *config) *ring { return &ring{cfg: cfg} }

// stampLayout is the time in the name of a backup, in the district's zone.
const stampLayout = "20060102-150405"

// partAge is how long ago a file must have been begun to count as left behind by
// a process that died.
const partAge = 24 * time.Hour

// kept is one backup of the ring.
type kept struct {
	path string
	at   time.Time
}

// name returns the path of a backup made now.
func (r *ring) name(now time.Time) string {
	return filepath.Join(r.cfg.Backup.Folder, baseOf(r.cfg.Mirror)+"-"+now.In(r.cfg.Settings.Zone).Format(stampLayout)+".db")
}

// all lists the ring's backups, newest first. Other files of the folder are none
// of its business.
func (r *ring) all() ([]kept, error) {
	entries, err := os.ReadDir(r.cfg.Backup.Folder)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, store.NewError("backup_failed", err, r.cfg.Backup.Folder)
	}
	var out []kept
	for _, e := range entries {
		stamp, ok := strings.CutPrefix(e.Name(), baseOf(r.cfg.Mirror)+"-")
		stamp, ok2 := strings.CutSuffix(stamp, ".db")
		at, err := time.ParseInLocation(stampLayout, stamp, r.cfg.Settings.Zone)
		if ok && ok2 && err == nil {
			out = append(out, kept{filepath.Join(r.cfg.Backup.Folder, e.Name()), at})
		}
	}
	slices.SortFunc(out, func(a, b kept) int { return b.at.Compare(a.at) })
	return out, nil
}

// newestGood returns the newest backup that holds what it should.
func (r *ring) newestGood(ctx context.Context) (string, error) {
	all, err := r.all()
	if err != nil {
		return "", err
	}
	for _, k := range all {
		if _, err := sqlite.Inspect(ctx, k.path); err == nil {
			return k.path, nil
		}
	}
	return "", store.NewError("backup_none", nil, r.cfg.Backup.Folder)
}

// turn makes the backup of the day, unless there is one, and then removes those
// that are no longer wanted. Nothing is removed before a new one was read back
// whole: a mirror that cannot be backed up keeps all the backups that it has.
func (r *ring) turn(ctx context.Context, db *sqlite.DB, now time.Time) error {
	if r.cfg.Backup.Daily+r.cfg.Backup.Weekly == 0 {
		return nil
	}
	if !r.busy.CompareAndSwap(false, true) {
		return nil
	}
	defer r.busy.Store(false)
	all, err := r.all()
	if err != nil {
		return err
	}
	today := now.In(r.cfg.Settings.Zone).Format(time.DateOnly)
	if slices.ContainsFunc(all, func(k kept) bool { return k.at.Format(time.DateOnly) == today }) {
		return nil
	}
	made := kept{r.name(now), now.In(r.cfg.Settings.Zone)}
	if err := os.MkdirAll(r.cfg.Backup.Folder, 0o700); err != nil {
		return store.NewError("backup_failed", err, made.path)
	}
	if _, err := backUp(ctx, r.cfg, db, made.path, false); err != nil {
		return err
	}
	errs := []error{r.sweep(now)}
	for _, k := range unwanted(append(all, made), made, r.cfg.Backup.Daily, r.cfg.Backup.Weekly) {
		errs = append(errs, remove(k.path))
	}
	return errors.Join(errs...)
}

// unwanted returns the backups that are neither the one just made nor the last of
// one of the latest days or weeks that have any.
func unwanted(all []kept, made kept, daily, weekly int) []kept {
	all = slices.SortedFunc(slices.Values(all), func(a, b kept) int { return b.at.Compare(a.at) })
	days, weeks := map[[2]int]bool{}, map[[2]int]bool{}
	var out []kept
	for _, k := range all {
		year, week := k.at.ISOWeek()
		d, w := [2]int{k.at.Year(), k.at.YearDay()}, [2]int{year, week}
		want := k == made
		if !days[d] && len(days) < daily {
			days[d], want = true, true
		}
		if !weeks[w] && len(weeks) < weekly {
			weeks[w], want = true, true
		}
		if !want {
			out = append(out, k)
		}
	}
	return out
}

// remove removes a backup, its companions first: where the mirror's copy is gone,
// nothing is left of it.
func remove(path string) error {
	for _, one := range []string{acksOf(path), secretPath(path), path} {
		if err := os.Remove(one); err != nil && !errors.Is(err, os.ErrNotExist) {
			return store.NewError("cannot_write", err, one)
		}
	}
	return nil
}

// sweep removes what processes that died half-way have left in the folder.
func (r *ring) sweep(now time.Time) error {
	entries, err := os.ReadDir(r.cfg.Backup.Folder)
	errs := []error{err}
	for _, e := range entries {
		name := e.Name()
		if !strings.HasPrefix(name, baseOf(r.cfg.Mirror)+"-") || !strings.Contains(name, ".db.") || !strings.HasSuffix(name, ".part") {
			continue
		}
		if info, err := e.Info(); err == nil && now.Sub(info.ModTime()) > partAge {
			errs = append(errs, os.Remove(filepath.Join(r.cfg.Backup.Folder, name)))
		}
	}
	return errors.Join(errs...)
}
