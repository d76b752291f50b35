// Package sqlite is the mirror: one SQLite file in which every workbook that
// was pulled, every statement in it and every version of every figure is kept.
// It is the only package that knows database/sql, SQL and cgo.
//
// One process writes, any number read. A workbook is one transaction: all that
// it says appears at once, or nothing does. What the mirror knew at a moment
// stays readable as of that moment for ever, because rows are closed, never
// overwritten. What screens need of the present is kept beside the history, in
// tables that the same transaction brings up to date.
//
// How a number gets in: Apply finds the file by its path and enters the new
// version (apply.go), replaces what the file stated (statement.go), decides each
// figure anew from all that is stated of it and closes and opens rows of its
// history (resolve.go), writes its line on the board and the course of its year
// (rollup.go). How it comes out: Snapshot reads all of one moment
// (snapshot.go); Figures and Versions read the history (figure.go).
//
// What a file states is not what is known: a statement ends when the file makes
// it no more, a figure only when no statement is left that outranks what stands.
package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"sync"

	"github.com/mattn/go-sqlite3"

	"jindu/store"
)

// Config is what the mirror must know beside its file.
type Config struct {
	Units     store.Units
	Catalogue *store.Catalogue
	Settings  store.Settings
	ReadOnly  bool   // never writes, needs no lock, reads what cannot be written
	Acks      string // path of the acknowledgements beside the mirror; empty: there are none
}

// DB is the mirror.
type DB struct {
	path   string
	cfg    Config
	ruled  ruled    // the rules by what they rest on
	lock   *os.File // nil where the mirror is read only
	writer *sql.DB  // one connection; nil where the mirror is read only

	finished Finished // by this opening

	records *shelf[store.Record]
	tallies *shelf[store.Tally]

	replaying sync.Mutex // held while decisions are taken in

	mu       sync.Mutex             // guards what follows
	reader   *sql.DB                // a pool
	file     os.FileInfo            // that is read; nil where this process writes it
	replaced int64                  // how often another file took its place
	copied   copied                 // what is read instead of a mirror that lies where nothing can be written
	watch    *sql.Conn              // held so that its data version means something, see DataVersion
	headings map[int64]shownHeading // as far as they were looked at
	heads    map[int64][]store.Head // lists of them, likewise
	ids      map[heading]int64      // of headings that were met while writing
	acksSeen fileStamp              // the acknowledgements when they were taken in last
}

// readers is how many read connections there may be: the screens share
// snapshots, so a few suffice.
const readers = 4

// writerPragmas holds every setting of the writing connection.
const writerPragmas = `
PRAGMA busy_timeout = 5000;      -- wait for a checkpoint or a backup rather than fail
PRAGMA journal_mode = WAL;       -- readers never wait for the writer, nor it for them
PRAGMA synchronous = FULL;       -- what was committed survives a power cut
PRAGMA foreign_keys = ON;        -- a cell without its workbook is a number without its source
PRAGMA secure_delete = ON;       -- nothing that was deleted stays readable in the file
PRAGMA temp_store = MEMORY;      -- nothing of the mirror is written anywhere else
PRAGMA cell_size_check = ON;     -- damage is noticed where it is read
PRAGMA cache_size = -32768;      -- 32 MiB: a district of some years stays in memory
PRAGMA journal_size_limit = 67108864; -- a large first pull does not leave a large log behind
`

// readerPragmas holds every setting of the reading connections.
const readerPragmas = `
PRAGMA busy_timeout = 5000;      -- wait for a recovery rather than fail
PRAGMA query_only = ON;          -- a reader can never write, whatever the query
PRAGMA temp_store = MEMORY;      -- nothing of the mirror is written anywhere else
PRAGMA cell_size_check = ON;     -- damage is noticed where it is read
PRAGMA cache_size = -16384;      -- 16 MiB for each reader: all that a snapshot touches
PRAGMA mmap_size = 0;            -- a file cut short under a reader is an error, not a signal
`

// Open opens the mirror at the path, and makes it where it is missing. Its
// errors are mirror_busy where another process writes it, mirror_missing where
// it is read only and not there, mirror_newer, mirror_damaged, mirror_readonly,
// mirror_follows.
func Open(ctx context.Context, path string, cfg Config) (*DB, error) {
	d := &DB{path: path, cfg: cfg, ruled: ruledBy(cfg.Catalogue), records: recordShelf(cfg.Catalogue), tallies: tallyShelf()}
	d.headings, d.heads = map[int64]shownHeading{}, map[int64][]store.Head{}
	open := d.openWriter
	if cfg.ReadOnly {
		open = d.openReader
	}
	if err := open(ctx); err != nil {
		_ = d.Close() // the first error says more
		return nil, d.translate(err)
	}
	return d, nil
}

// openWriter locks the mirror, checks it, brings its tables up to date and
// opens the pool of readers beside the writer. A mirror that follows another one
// is only ever written by what it follows through.
func (d *DB) openWriter(ctx context.Context) error {
	if _, ok := followed(d.path); ok {
		return store.NewError("mirror_follows", nil, d.path)
	}
	lock, err := lockFile(d.path + ".lock")
	if err != nil {
		return err
	}
	d.lock = lock
	if d.finished, err = finishRestore(d.path); err != nil {
		return err
	}
	if file, log := stampOf(d.path).size, stampOf(d.path).logSize; file == 0 && log > 0 {
		return store.NewError("mirror_damaged", errEmptied, d.path) // SQLite would delete the log
	}
	if err := keepPrivate(d.path); err != nil {
		return err
	}
	d.writer = connect(d.path, url.Values{"mode": {"rwc"}, "_txlock": {"immediate"}}, writerPragmas)
	d.writer.SetMaxOpenConns(1)
	if err := quickCheck(ctx, d.writer, d.path); err != nil {
		return fmt.Errorf("quick check: %w", err)
	}
	if err := migrate(ctx, d.writer, mirrorSchema); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	if err := canWrite(ctx, d.writer); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	d.reader, err = openPool(ctx, d.path, d.path)
	return err
}

// canWrite fails where the connection can only read: SQLite falls back to that
// without a word when a file cannot be opened for more at that moment, and every
// pull would fail until somebody starts the program anew.
func canWrite(ctx context.Context, db *sql.DB) error {
	t, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer t.Rollback()
	_, err = t.ExecContext(ctx, `UPDATE state SET clock = clock`)
	return err
}

// openReader opens the mirror for reading. Where its folder cannot be written,
// SQLite cannot share memory with a writer there: then a copy is read.
func (d *DB) openReader(ctx context.Context) error {
	file, err := os.Stat(d.path)
	if errors.Is(err, fs.ErrNotExist) {
		return store.NewError("mirror_missing", err, d.path)
	}
	if left, err := restoring(d.path); err != nil || left != "" {
		return store.NewError("restore_unfinished", err, d.path)
	}
	if _, ok := followed(d.path); ok {
		if halfWritten(d.path) {
			return store.NewError("mirror_busy", nil, "litestream")
		}
		return d.openCopy(ctx)
	}
	pool, err := openPool(ctx, d.path, d.path)
	if err != nil && unwritable(err) {
		return d.openCopy(ctx)
	}
	if err == nil {
		d.reader, d.file = pool, file
	}
	return err
}

// openPool opens the readers and makes sure that they understand the mirror,
// which is a copy of the one that the name says or that itself.
func openPool(ctx context.Context, path, name string) (*sql.DB, error) {
	pool := connect(path, url.Values{"mode": {"ro"}}, readerPragmas)
	pool.SetMaxOpenConns(readers + 1) // one is held to watch for commits
	pool.SetMaxIdleConns(readers + 1)
	if err := checkMigrations(ctx, pool, name); err != nil {
		_ = pool.Close() // the first error says more
		return nil, err
	}
	return pool, nil
}

// Finished returns what this opening found half done and finished.
func (d *DB) Finished() Finished { return d.finished }

// pool returns the readers.
func (d *DB) pool() *sql.DB {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.reader
}

// Close lets go of the mirror.
func (d *DB) Close() error {
	var errs []error
	if d.watch != nil {
		errs = append(errs, d.watch.Close())
	}
	if d.reader != nil {
		errs = append(errs, d.reader.Close())
	}
	if d.writer != nil {
		errs = append(errs, d.writer.Close())
	}
	if d.lock != nil {
		errs = append(errs, releaseLock(d.lock))
	}
	if d.copied.folder != "" {
		errs = append(errs, os.RemoveAll(d.copied.folder))
	}
	return errors.Join(errs...)
}

// connector opens connections with their pragmas; it stands in for a
// registered driver, which would be shared by the whole program.
type connector struct {
	driver *sqlite3.SQLiteDriver
	dsn    string
}

// Connect opens a connection.
func (c connector) Connect(context.Context) (driver.Conn, error) { return c.driver.Open(c.dsn) }

// Driver returns the driver.
func (c connector) Driver() driver.Driver { return c.driver }

// connect prepares a pool. The statements are few and repeated thousands of
// times, so each connection keeps them prepared.
func connect(path string, options url.Values, pragmas string) *sql.DB {
	options.Set("_stmt_cache_size", "96")
	name := url.URL{Scheme: "file", Opaque: (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath(), RawQuery: options.Encode()}
	hook := func(c *sqlite3.SQLiteConn) error {
		_, err := c.Exec(pragmas, nil)
		return err
	}
	return sql.OpenDB(connector{&sqlite3.SQLiteDriver{ConnectHook: hook}, name.String()})
}

// translate turns what the driver says of the mirror into what a person is told.
func (d *DB) translate(err error) error { return translate(err, d.path) }

// translate turns what the driver says of a database into what a person is told.
// It is the only place that knows the driver's codes.
func translate(err error, path string) error {
	var known *store.Error
	var lite sqlite3.Error
	if errors.Is(err, errBroken) || errors.Is(err, errUnsound) {
		return store.NewError("mirror_damaged", err, path)
	}
	if err == nil || errors.As(err, &known) || !errors.As(err, &lite) {
		return err
	}
	switch lite.Code {
	case sqlite3.ErrCorrupt, sqlite3.ErrNotADB:
		return store.NewError("mirror_damaged", err, path)
	case sqlite3.ErrFull, sqlite3.ErrReadonly, sqlite3.ErrCantOpen, sqlite3.ErrPerm, sqlite3.ErrIoErr:
		return store.NewError("mirror_readonly", err)
	case sqlite3.ErrBusy, sqlite3.ErrLocked:
		return store.NewError("mirror_busy", err, lockHolder(path+".lock"))
	default:
		return err
	}
}

// unwritable reports whether SQLite failed for want of a folder that it can write.
func unwritable(err error) bool {
	var lite sqlite3.Error
	if !errors.As(err, &lite) {
		return false
	}
	return lite.Code == sqlite3.ErrCantOpen || lite.Code == sqlite3.ErrReadonly || lite.Code == sqlite3.ErrIoErr
}
