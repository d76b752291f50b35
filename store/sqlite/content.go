package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"time"

	"jindu/store"
)

// Content says what a mirror holds. Two mirrors with the same content show the
// same numbers.
type Content struct {
	Known     time.Time // the last moment at which it learned something
	Workbooks int       // every version
	Figures   int       // that stand now
	Versions  int       // rows of the figures' history
	Hash      string    // over all that stands, with its history's extent
}

// contentOf reads what a mirror holds, in the transaction that q is.
func contentOf(ctx context.Context, q querier) (Content, error) {
	c := Content{}
	var clock int64
	err := q.QueryRowContext(ctx, `
		SELECT
			(SELECT clock FROM state),
			(SELECT count(*) FROM workbook),
			(SELECT count(*) FROM figure WHERE known_to IS NULL),
			(SELECT count(*) FROM figure)`).Scan(&clock, &c.Workbooks, &c.Figures, &c.Versions)
	if err != nil {
		return c, err
	}
	c.Known = timeOf(clock)
	sum := sha256.New()
	add := func(scan func(...any) error) error {
		var line sql.RawBytes
		err := scan(&line)
		sum.Write(line)
		return err
	}
	tables, err := tablesOf(ctx, q)
	if err != nil {
		return c, err
	}
	for _, name := range tables {
		if err := each(ctx, q, add, `SELECT json_array(?, count(*)) FROM "`+name+`"`, name); err != nil {
			return c, err
		}
	}
	err = each(ctx, q, add, `
		SELECT json_array(unit, indicator, period, known_from, version, value, suspect, workbook)
		FROM figure
		WHERE known_to IS NULL
		ORDER BY unit, indicator, period`)
	c.Hash = hex.EncodeToString(sum.Sum(nil)[:16])
	return c, err
}

// tablesOf lists the tables of a mirror, which an older one has fewer of.
func tablesOf(ctx context.Context, q querier) ([]string, error) {
	var names []string
	err := each(ctx, q, func(scan func(...any) error) error {
		var name string
		err := scan(&name)
		names = append(names, name)
		return err
	}, `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY name`)
	return names, err
}

// Inspect goes through a whole mirror that nobody writes, such as a backup, and
// returns what it holds. It changes nothing. Its errors are mirror_missing,
// mirror_newer and mirror_damaged.
func Inspect(ctx context.Context, path string) (Content, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return Content{}, store.NewError("mirror_missing", err, path)
	}
	pool := connect(path, url.Values{"mode": {"ro"}}, readerPragmas)
	c := Content{}
	err := checkMigrations(ctx, pool, path)
	if store.ErrorCode(err) == "mirror_older" {
		err = nil // it is brought up to date when it is opened for writing
	}
	if err == nil {
		err = checkAll(ctx, pool)
	}
	if err == nil {
		c, err = contentOf(ctx, pool)
	}
	if err = errors.Join(err, pool.Close()); err != nil {
		return Content{}, translate(fmt.Errorf("inspect: %w", err), path)
	}
	return c, nil
}
