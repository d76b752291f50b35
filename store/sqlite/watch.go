package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

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
		err := d.renewCopy(ctx)
		return d.copied.count, err
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
	return n, err
}

// Backup writes a whole and compact copy of the mirror, as of now, to a file
// that must not be there yet. Pulls and screens go on meanwhile.
func (d *DB) Backup(ctx context.Context, to string) error {
	err := d.alone(ctx, func(c *sql.Conn) error {
		// The mirror itself is opened for reading only; the pragma would forbid the new file too.
		if _, err := c.ExecContext(ctx, `PRAGMA query_only = OFF`); err != nil {
			return err
		}
		_, err := c.ExecContext(ctx, `VACUUM INTO ?`, to)
		_, errOn := c.ExecContext(context.WithoutCancel(ctx), `PRAGMA query_only = ON`)
		return errors.Join(err, errOn)
	})
	if err != nil {
		return d.translate(fmt.Errorf("backup: %w", err))
	}
	return nil
}

// Check goes through the whole mirror and returns mirror_damaged where anything
// in it contradicts the rest. It takes seconds for each gigabyte.
func (d *DB) Check(ctx context.Context) error {
	err := d.alone(ctx, func(c *sql.Conn) error {
		var verdict string
		if err := c.QueryRowContext(ctx, `PRAGMA integrity_check(1)`).Scan(&verdict); err != nil {
			return err
		}
		if verdict != "ok" {
			return store.NewError("mirror_damaged", errors.New(verdict), d.path)
		}
		return nil
	})
	if err != nil {
		return d.translate(fmt.Errorf("check: %w", err))
	}
	return nil
}

// alone runs do on a reading connection of its own.
func (d *DB) alone(ctx context.Context, do func(*sql.Conn) error) error {
	c, err := d.pool().Conn(ctx)
	if err != nil {
		return err
	}
	return errors.Join(do(c), c.Close())
}
