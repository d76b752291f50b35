package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// copyTries is how often a copy is begun again because a writer elsewhere
// changed the mirror meanwhile.
const copyTries = 3

// copied is a copy of the mirror in a private folder.
type copied struct {
	folder string    // nothing: the mirror is read where it lies
	of     fileStamp // the mirror's files when they were copied
	count  int64     // how often it was copied
}

// openCopy copies the mirror and its log to a private folder, where SQLite can
// read all that was committed. Reading in place as an unchanging file would
// silently leave out what is still in the log.
func (d *DB) openCopy(ctx context.Context) error {
	folder, err := os.MkdirTemp("", "jindu-mirror-")
	if err != nil {
		return fmt.Errorf("copy aside: %w", err)
	}
	of, err := copyTo(d.path, folder)
	var pool *sql.DB
	if err == nil {
		pool, err = openPool(ctx, filepath.Join(folder, "mirror.db"), d.path)
	}
	if err != nil {
		_ = os.RemoveAll(folder) // the first error says more
		return fmt.Errorf("copy aside: %w", err)
	}
	d.reader = pool
	d.copied = copied{folder, of, d.copied.count + 1}
	return nil
}

// followed reports whether the mirror follows another one by Litestream, which notes
// beside it how far it has come. It writes pages in place, so such a mirror is never
// read where it lies: Litestream would wait for ever until no reader holds a file
// with a log, and a reader that holds one without would go on showing pages that it
// has in its memory beside newer ones, since Litestream changes the first page, by
// which SQLite tells, only where the other mirror has.
func followed(path string) (as os.FileInfo, ok bool) {
	as, err := os.Stat(path + "-txid")
	return as, err == nil
}

// halfWritten reports whether changes are being written to a mirror that follows, or
// were when its follower was killed: how far it has come is noted when they are whole.
func halfWritten(path string) bool {
	noted, ok := followed(path)
	if !ok {
		return false
	}
	file, err := os.Stat(path)
	return err == nil && file.ModTime().After(noted.ModTime())
}

// renewCopy copies the mirror again if it has changed. Whoever still reads the
// copy of before finishes first.
func (d *DB) renewCopy(ctx context.Context) error {
	if stampOf(d.path) == d.copied.of || halfWritten(d.path) {
		return nil // also of the copy: it stays until a whole one can be had
	}
	pool, folder, count := d.reader, d.copied.folder, d.copied.count
	d.copied.folder = ""
	if err := d.openReader(ctx); err != nil { // it may be read where it lies by now
		d.copied.folder = folder
		return err
	}
	if d.copied.folder == "" {
		d.copied.count = count
		d.replaced++ // the numbers of a copy and of the mirror itself never meet
	}
	d.records.clear() // it may be another mirror's copy
	d.tallies.clear()
	return errors.Join(pool.Close(), os.RemoveAll(folder))
}

// copyTo copies the mirror and its log to the folder.
func copyTo(path, folder string) (fileStamp, error) {
	for range copyTries {
		before := stampOf(path)
		for _, suffix := range []string{"", "-wal"} {
			err := copyFile(path+suffix, filepath.Join(folder, "mirror.db"+suffix))
			if suffix != "" && errors.Is(err, fs.ErrNotExist) {
				continue // everything was checkpointed
			}
			if err != nil {
				return before, err
			}
		}
		if stampOf(path) == before {
			return before, nil
		}
	}
	return fileStamp{}, errors.New("the mirror keeps changing")
}

// fileStamp tells whether a mirror was changed, as far as a look at its files can.
type fileStamp struct {
	size, logSize int64
	time, logTime time.Time
}

// stampOf looks at the mirror's file and its log; what is not there is empty.
func stampOf(path string) fileStamp {
	s := fileStamp{}
	if info, err := os.Stat(path); err == nil {
		s.size, s.time = info.Size(), info.ModTime()
	}
	if info, err := os.Stat(path + "-wal"); err == nil {
		s.logSize, s.logTime = info.Size(), info.ModTime()
	}
	return s
}

// copyFile copies a file for this user alone: the mirror is nobody else's business.
func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }() // only read
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		_ = out.Close() // the first error says more
		return err
	}
	return out.Close()
}
