package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"jindu/store"
)

//go:embed migration/*.sql acks/*.sql
var migrations embed.FS

// The folders of migrations, one for each kind of database.
const (
	mirrorSchema = "migration"
	acksSchema   = "acks"
)

// migrationNames returns the migrations of a schema in their order; numbers in
// the names make that the order of the alphabet.
func migrationNames(schema string) ([]string, error) {
	names, err := fs.Glob(migrations, schema+"/*.sql")
	slices.Sort(names)
	return names, err
}

// Schema names the latest migration of the mirror: what differs in it was made by
// another version of the program.
func Schema() string {
	names, err := migrationNames(mirrorSchema)
	if err != nil || len(names) == 0 {
		return "" // the files are part of the program
	}
	return names[len(names)-1]
}

// migrationTable makes the list of the migrations that a database has had.
const migrationTable = `CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID`

// migrate runs the migrations of the schema that the database has not had, one
// transaction each, and refuses a database that has had one which this program
// does not know.
func migrate(ctx context.Context, db *sql.DB, schema string) error {
	if _, err := db.ExecContext(ctx, migrationTable); err != nil {
		return err
	}
	missing, err := missingMigrations(ctx, db, schema)
	if err != nil {
		return err
	}
	for _, name := range missing {
		if err := migrateOne(ctx, db, name); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// migrateOne runs a migration and notes its name in the same transaction: a
// program that dies half-way leaves nothing of it. Of two programs that open the
// same database at once, the second finds the name and leaves it at that.
func migrateOne(ctx context.Context, db *sql.DB, name string) error {
	text, err := migrations.ReadFile(name)
	if err != nil {
		return err
	}
	t, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer t.Rollback()
	done, err := t.ExecContext(ctx, `INSERT OR IGNORE INTO migration (name) VALUES (?)`, name)
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return err
	}
	if _, err := t.ExecContext(ctx, string(text)); err != nil {
		return err
	}
	return t.Commit()
}

// missingMigrations returns the migrations of the schema that the database has
// not had.
func missingMigrations(ctx context.Context, db *sql.DB, schema string) ([]string, error) {
	names, err := migrationNames(schema)
	if err != nil {
		return nil, err
	}
	had := map[string]bool{}
	rows, err := db.QueryContext(ctx, `SELECT name FROM migration ORDER BY name`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		if !slices.Contains(names, name) {
			return nil, store.NewError("mirror_newer", nil, name)
		}
		had[name] = true
	}
	return slices.DeleteFunc(names, func(n string) bool { return had[n] }), rows.Err()
}

// checkMigrations makes sure that a reader understands the mirror as it is.
func checkMigrations(ctx context.Context, db *sql.DB, path string) error {
	var tables int
	err := db.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_schema WHERE name = 'migration'`).Scan(&tables)
	if err != nil {
		return err
	}
	if tables == 0 {
		return store.NewError("mirror_missing", nil, path)
	}
	missing, err := missingMigrations(ctx, db, mirrorSchema)
	if err == nil && len(missing) > 0 {
		return store.NewError("mirror_older", nil, missing[0])
	}
	return err
}

// checkTime bounds the check at opening: a large mirror must not keep the duty
// officer waiting, and Check goes through all of it.
const checkTime = time.Second

// quickCheck looks for damage as far as the time allows.
func quickCheck(ctx context.Context, db *sql.DB, path string) error {
	short, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	var verdict string
	err := db.QueryRowContext(short, `PRAGMA quick_check(1)`).Scan(&verdict)
	switch {
	case errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil:
		return nil // nothing found in the time there was
	case err != nil:
		return err
	case verdict != "ok":
		return store.NewError("mirror_damaged", errors.New(verdict), path)
	}
	return nil
}
