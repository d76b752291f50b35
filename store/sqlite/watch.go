package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"

	"jindu/store"
)

// DataVersion returns a number that changes whenever this or another process
// has committed to the mirror. It costs microseconds.
func (d *DB) DataVersion(ctx context.Context) (int64, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	n, err := d.dataVersion(ctx)
	if err != nil {
		return 0, d.translate(fmt.Errorf("data version: %w", err))
	}
	return n, nil
}

// dataVersion asks one connection that is held for it: what SQLite answers
// means something only beside its own earlier answers. A copy never changes;
// there the number of the copy tells.
func (d *DB) dataVersion(ctx context.Context) (int64, error) {
	if d.copied.folder != "" {
		if err := d.renewCopy(ctx); err != nil || d.copied.folder != "" {
			return d.copied.count, err
		}
	}
	if err := d.reopen(ctx); err != nil {
		return 0, err
	}
	if d.watch == nil {
		held, err := d.reader.Conn(ctx)
		if err != nil {
			return 0, err
		}
		d.watch = held
	}
	var n int64
	err := d.watch.QueryRowContext(ctx, `PRAGMA data_version`).Scan(&n)
	return d.replaced<<32 + n, err
}

// reopen opens the mirror anew where another file has taken its place: what was
// restored would else never be seen, and what was replaced be shown for ever.
func (d *DB) reopen(ctx context.Context) error {
	if d.file == nil {
		return nil
	}
	now, err := os.Stat(d.path)
	if err != nil {
		return store.NewError("mirror_missing", err, d.path)
	}
	if os.SameFile(now, d.file) {
		return nil
	}
	old := d.reader
	if err := d.openReader(ctx); err != nil {
		return err
	}
	if d.watch != nil {
		_ = d.watch.Close() // of a file that is gone
		d.watch = nil
	}
	d.replaced++
	clear(d.headings)
	clear(d.heads)
	d.records.clear()
	d.tallies.clear()
	return old.Close()
}

// alone runs do on a reading connection of its own.
func (d *DB) alone(ctx context.Context, do func(*sql.Conn) error) error {
	c, err := d.pool().Conn(ctx)
	if err != nil {
		return err
	}
	return errors.Join(do(c), c.Close())
}
