package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"github.com/mattn/go-sqlite3"

	"jindu/store"
)

// Backup writes a whole copy of the mirror, as of now, to a file for its owner
// alone, reads it back and returns what it holds. Pulls and screens go on
// meanwhile, in this process and in others. The file appears whole or not at
// all; one that is there already is replaced only if that is wanted. Its errors
// are backup_exists, backup_failed and mirror_damaged.
func (d *DB) Backup(ctx context.Context, to string, replace bool) (Content, error) {
	var copied Content
	err := writeBackup(to, replace, func(part string) error {
		before, err := d.copyInto(ctx, part)
		if err != nil {
			return err
		}
		if copied, err = Inspect(ctx, part); err != nil {
			return store.NewError("mirror_damaged", err, d.path) // the copy has the mirror's own pages
		}
		if copied != before {
			return store.NewError("mirror_damaged", fmt.Errorf("the copy holds %v, the mirror %v", copied, before), d.path)
		}
		return nil
	})
	if err != nil {
		return Content{}, fmt.Errorf("backup: %w", err)
	}
	return copied, nil
}

// copyInto copies the mirror and returns what it held at that moment: both are
// done in one read transaction.
func (d *DB) copyInto(ctx context.Context, to string) (held Content, err error) {
	err = d.alone(ctx, func(c *sql.Conn) error {
		if _, err := c.ExecContext(ctx, `BEGIN`); err != nil {
			return err
		}
		defer func() { _, _ = c.ExecContext(context.WithoutCancel(ctx), `ROLLBACK`) }() // it only read
		if held, err = contentOf(ctx, c); err != nil {
			return err
		}
		return copyPages(ctx, c, to)
	})
	return held, d.translate(err)
}

// Backup is DB.Backup for the acknowledgements.
func (a *Acks) Backup(ctx context.Context, to string, replace bool) error {
	err := writeBackup(to, replace, func(part string) error {
		c, err := a.db.Conn(ctx)
		if err != nil {
			return err
		}
		if err := errors.Join(copyPages(ctx, c, part), c.Close()); err != nil {
			return a.translate(err)
		}
		_, err = readAcks(ctx, part)
		return err
	})
	if err != nil {
		return fmt.Errorf("backup of acknowledgements: %w", err)
	}
	return nil
}

// writeBackup lets do fill a file beside the wanted one and puts it in its place
// when do has found nothing wrong with it.
func writeBackup(to string, replace bool, do func(part string) error) error {
	if _, err := os.Lstat(to); err == nil && !replace {
		return store.NewError("backup_exists", fs.ErrExist, to)
	}
	f, err := os.CreateTemp(filepath.Dir(to), filepath.Base(to)+".*.part") // made 0600
	if err != nil {
		return store.NewError("backup_failed", err, to)
	}
	part := f.Name()
	_ = f.Close() // nothing was written
	err = do(part)
	if err == nil {
		err = os.Rename(part, to)
	}
	if err != nil {
		err = errors.Join(err, os.Remove(part))
		_ = os.Remove(part + "-journal") // of a copy that broke off
		if code := store.ErrorCode(err); code != "internal" && code != "mirror_readonly" {
			return err
		}
		return store.NewError("backup_failed", err, to) // the mirror was only read: what failed is the copy
	}
	return syncFolder(filepath.Dir(to))
}

// copyPages copies all pages that the connection sees into a file. What the copy
// holds is on disk when it returns, and in that one file.
func copyPages(ctx context.Context, from *sql.Conn, to string) error {
	pool := connect(to, url.Values{"mode": {"rw"}}, `PRAGMA synchronous = FULL;`)
	into, err := pool.Conn(ctx)
	if err != nil {
		return errors.Join(err, pool.Close())
	}
	err = into.Raw(func(to any) error {
		return from.Raw(func(from any) error { return copyConn(to, from) })
	})
	if err == nil {
		_, err = into.ExecContext(ctx, `PRAGMA journal_mode = DELETE`)
	}
	return errors.Join(err, into.Close(), pool.Close())
}

// copyConn copies the database of one of the driver's connections into another's.
func copyConn(to, from any) error {
	into, ok := to.(*sqlite3.SQLiteConn)
	source, ok2 := from.(*sqlite3.SQLiteConn)
	if !ok || !ok2 {
		return fmt.Errorf("copy %T into %T", from, to)
	}
	b, err := into.Backup("main", source, "main")
	if err != nil {
		return err
	}
	done, err := b.Step(-1)
	if err == nil && !done {
		err = errors.New("the copy is not complete")
	}
	return errors.Join(err, b.Finish())
}

// syncFolder makes a renaming survive a power cut, where folders can be synced.
func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return store.NewError("cannot_write", err, dir)
	}
	_ = f.Sync() // not every system can
	return f.Close()
}
