package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"jindu/store"
)

// Restoring puts a backup in a mirror's place.
type Restoring struct {
	From, FromAcks string // the backup, and its acknowledgements, which may not be there
	To, ToAcks     string // the mirror, and the acknowledgements beside it
	At             time.Time
}

// Restored says what a restore did. Nothing that was replaced is deleted.
type Restored struct {
	Content
	Kept     string // where the replaced mirror lies now; empty: there was none
	KeptAcks string // where the replaced acknowledgements lie now; empty: they stay
}

// Restore checks the backup and puts it in the mirror's place, in a way that a
// kill can interrupt at any point: either the old mirror is whole and in its
// place, or the next one who opens it for writing finishes the work. Of the
// acknowledgements the present ones stay, unless they are lost, damaged or not
// those of the backup. Its errors are mirror_busy, mirror_missing, mirror_newer,
// backup_bad and acks_damaged.
func Restore(ctx context.Context, r Restoring) (Restored, error) {
	lock, err := lockFile(r.To + ".lock")
	if err != nil {
		return Restored{}, fmt.Errorf("restore: %w", err)
	}
	defer func() { _ = releaseLock(lock) }() // nothing was written to it
	out, err := r.restore(ctx)
	if err != nil {
		return Restored{}, fmt.Errorf("restore: %w", err)
	}
	return out, nil
}

// restore is Restore, with the lock held.
func (r Restoring) restore(ctx context.Context) (Restored, error) {
	if _, err := finishRestore(r.To); err != nil {
		return Restored{}, err
	}
	acks, err := r.acksWanted(ctx)
	if err != nil {
		return Restored{}, err
	}
	part, err := os.CreateTemp(filepath.Dir(r.To), filepath.Base(r.To)+".*.part") // made 0600
	if err != nil {
		return Restored{}, store.NewError("cannot_write", err, r.To)
	}
	_ = part.Close() // nothing was written
	out := Restored{}
	if out.Content, err = r.fetch(ctx, part.Name()); err == nil {
		if acks {
			out.KeptAcks, err = r.replaceAcks()
		}
	}
	stamp := r.stamp()
	if err == nil {
		err = os.Rename(part.Name(), r.To+restoringMark+stamp+fromMark+filepath.Base(r.From))
	}
	if err != nil {
		_ = os.Remove(part.Name()) // the first error says more
		return Restored{}, err
	}
	if _, err := os.Stat(r.To); err == nil {
		out.Kept = r.To + replacedMark + stamp
	}
	_, err = finishRestore(r.To)
	return out, err
}

// fetch copies the backup, with a log that it may have, to a file of the mirror's
// folder and checks that: what is checked is what will be read.
func (r Restoring) fetch(ctx context.Context, to string) (Content, error) {
	if _, err := os.Stat(r.From); err != nil {
		return Content{}, store.NewError("mirror_missing", err, r.From)
	}
	err := copyFile(r.From, to)
	if err == nil {
		err = copyFile(r.From+"-wal", to+"-wal")
		if errors.Is(err, fs.ErrNotExist) {
			err = nil // nearly always: backups have none
		}
	}
	if err != nil {
		return Content{}, store.NewError("cannot_write", err, to)
	}
	defer func() { _, _ = os.Remove(to+"-wal"), os.Remove(to+"-shm") }() // of a copy that failed
	pool := connect(to, url.Values{"mode": {"rw"}}, `PRAGMA synchronous = FULL;`)
	_, err = pool.ExecContext(ctx, `PRAGMA journal_mode = DELETE`)
	err = errors.Join(err, pool.Close())
	c := Content{}
	if err == nil {
		c, err = Inspect(ctx, to)
	}
	err = translate(err, to)
	if code := store.ErrorCode(err); code == "mirror_damaged" || code == "mirror_missing" {
		return Content{}, store.NewError("backup_bad", err, r.From)
	}
	return c, errors.Join(err, syncFile(to))
}

// The marks of files beside a mirror: one that is about to take its place, and
// one that was replaced. The time of the restore follows, and in the first the
// name of the backup, so that whoever finishes the work can say what it was.
const (
	restoringMark = ".restoring-"
	replacedMark  = ".replaced-"
	fromMark      = "_"
)

// Finished says what an opening found half done and finished: a restore that was
// interrupted. It is zero where there was nothing to finish.
type Finished struct {
	Backup string // its name, without the folder
	Kept   string // where the replaced mirror lies now; empty: there was none
}

// stamp returns a mark of the time that no file of before bears.
func (r Restoring) stamp() string {
	at := r.At.UTC().Format("20060102T150405Z")
	for n := 0; ; n++ {
		s := at
		if n > 0 {
			s += fmt.Sprintf("-%d", n)
		}
		_, err := os.Lstat(r.To + replacedMark + s)
		_, errAcks := os.Lstat(r.ToAcks + replacedMark + s)
		if err != nil && errAcks != nil {
			return s
		}
	}
}

// restoring returns the checked file that is about to take the mirror's place;
// nothing for none.
func restoring(path string) (string, error) {
	entries, err := os.ReadDir(filepath.Dir(path))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil // so is the mirror, which will be told
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), filepath.Base(path)+restoringMark) {
			return filepath.Join(filepath.Dir(path), e.Name()), nil
		}
	}
	return "", err
}

// finishRestore puts a checked file in the mirror's place, if there is one, and
// what is there aside: first the mirror and then its log, which belongs to it. It
// can begin anew after it was killed at any point. The lock must be held.
func finishRestore(path string) (done Finished, err error) {
	from, err := restoring(path)
	if err != nil || from == "" {
		return done, err
	}
	stamp, backup, _ := strings.Cut(strings.TrimPrefix(filepath.Base(from), filepath.Base(path)+restoringMark), fromMark)
	aside := path + replacedMark + stamp
	mendRights(path) // it keeps them where it is put aside
	for _, suffix := range []string{"", "-wal"} {
		if err := os.Rename(path+suffix, aside+suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return done, store.NewError("cannot_write", err, aside+suffix)
		}
	}
	if err := os.Remove(path + "-shm"); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return done, store.NewError("cannot_write", err, path+"-shm")
	}
	if err := os.Rename(from, path); err != nil {
		return done, store.NewError("cannot_write", err, path)
	}
	done.Backup = backup
	if _, err := os.Stat(aside); err == nil {
		done.Kept = aside
	}
	return done, syncFolder(filepath.Dir(path))
}

// syncFile makes sure that the file's bytes are on disk.
func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return store.NewError("cannot_write", err, path)
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return store.NewError("cannot_write", err, path)
	}
	return nil
}

// acksWanted reports whether the backup's acknowledgements must take the place of
// the present ones. Decisions are only ever added: as long as the present file
// goes on from the backup's, it is the better one.
func (r Restoring) acksWanted(ctx context.Context) (bool, error) {
	old, err := readAcks(ctx, r.FromAcks)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	now, err := readAcks(ctx, r.ToAcks)
	switch {
	case errors.Is(err, fs.ErrNotExist), store.ErrorCode(err) == "acks_damaged":
		return true, nil
	case err != nil:
		return false, err
	}
	return len(now) < len(old) || !slices.EqualFunc(now[:len(old)], old, sameAck), nil
}

// replaceAcks puts the backup's acknowledgements in the place of the present ones
// and returns where these lie now.
func (r Restoring) replaceAcks() (kept string, err error) {
	f, err := os.CreateTemp(filepath.Dir(r.ToAcks), filepath.Base(r.ToAcks)+".*.part") // made 0600
	if err != nil {
		return "", store.NewError("cannot_write", err, r.ToAcks)
	}
	_ = f.Close() // nothing was written
	err = errors.Join(copyFile(r.FromAcks, f.Name()), syncFile(f.Name()))
	if _, missing := os.Stat(r.ToAcks); err == nil && missing == nil {
		kept = r.ToAcks + replacedMark + r.stamp()
		err = os.Rename(r.ToAcks, kept)
	}
	if err == nil {
		err = os.Rename(f.Name(), r.ToAcks)
	}
	if err != nil {
		_ = os.Remove(f.Name()) // the first error says more
		return "", store.NewError("cannot_write", err, r.ToAcks)
	}
	return kept, nil
}

// readAcks returns the decisions of a file without changing it; fs.ErrNotExist
// where there is none.
func readAcks(ctx context.Context, path string) ([]store.Acknowledgement, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, err
	}
	a := &Acks{connect(path, url.Values{"mode": {"ro"}}, `PRAGMA query_only = ON;`), path}
	all, err := a.All(ctx)
	return all, errors.Join(err, a.Close())
}
