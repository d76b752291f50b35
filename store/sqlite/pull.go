package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"jindu/store"
)

// BeginPull notes that a look at the source begins and returns its id, and
// whether it is the initial one: no pull of the source has ended well before,
// so nobody knows when the files found by it arrived. What officers decided
// meanwhile is taken in first, and rules that have changed are applied.
func (d *DB) BeginPull(ctx context.Context, source string, started time.Time) (id int64, initial bool, err error) {
	if _, err := d.replay(ctx, started, stampOf(d.cfg.Acks)); err != nil {
		return 0, false, fmt.Errorf("begin pull: %w", err)
	}
	if err := d.judgeAgain(ctx, started); err != nil {
		return 0, false, fmt.Errorf("begin pull: judge again: %w", err)
	}
	err = d.write(ctx, started, func(ctx context.Context, t *tx) error {
		const look = `SELECT NOT EXISTS (SELECT 1 FROM pull WHERE source = ? AND ended IS NOT NULL AND error = '')`
		if err := t.QueryRowContext(ctx, look, source).Scan(&initial); err != nil {
			return err
		}
		r, err := t.ExecContext(ctx, `INSERT INTO pull (source, started) VALUES (?, ?)`, source, micros(started))
		if err != nil {
			return err
		}
		id, err = r.LastInsertId()
		return err
	})
	if err != nil {
		return 0, false, fmt.Errorf("begin pull: %w", err)
	}
	return id, initial, nil
}

// FinishPull notes how the look ended. The row of the pull is all that a pull
// which changed nothing writes.
func (d *DB) FinishPull(ctx context.Context, p store.Pull) error {
	err := d.write(ctx, p.Ended, func(ctx context.Context, t *tx) error { return t.finishPull(ctx, p) })
	if err != nil {
		return fmt.Errorf("finish pull: %w", err)
	}
	return nil
}

// finishPull fills in the pull's row.
func (t *tx) finishPull(ctx context.Context, p store.Pull) error {
	return t.exec(ctx, `
		UPDATE pull SET
			ended = ?,
			listed = ?,
			fetched = ?,
			unchanged = ?,
			accepted = ?,
			partial = ?,
			refused = ?,
			error = ?
		WHERE id = ?`,
		micros(p.Ended),
		p.Listed,
		p.Fetched,
		p.Unchanged,
		p.Accepted,
		p.Partial,
		p.Refused,
		p.Error,
		p.ID,
	)
}

// Stamps returns what is known of each path of the source, by path: of files
// that are gone too, with Live false.
func (d *DB) Stamps(ctx context.Context, source string) (map[string]store.Stamp, error) {
	out := map[string]store.Stamp{}
	err := d.read(ctx, func(ctx context.Context, q querier) error {
		return each(ctx, q, func(scan func(...any) error) error {
			var path string
			var modified int64
			s := store.Stamp{}
			err := scan(&path, &s.Live, &s.Workbook, &s.SHA256, &s.Size, &modified, &s.Verdict, &s.Unit)
			s.Modified = timeOf(modified)
			if old, ok := out[path]; !ok || s.Live || !old.Live {
				out[path] = s
			}
			return err
		}, `
			SELECT
				p.path,
				p.known_to IS NULL,
				w.id,
				w.sha256,
				w.size,
				w.modified,
				w.verdict,
				w.unit
			FROM file f
			JOIN workbook w ON w.file = f.id AND w.known_to IS NULL
			JOIN place p ON p.file = f.id
			 AND p.known_from = (SELECT max(known_from) FROM place WHERE file = f.id)
			WHERE f.source = ?
			ORDER BY w.id`, source)
	})
	if err != nil {
		return nil, fmt.Errorf("stamps: %w", err)
	}
	return out, nil
}

// Gone notes that files have vanished from the source. What they stated stays
// in force; only where one of two contradicting files is gone does the other
// one's word apply from now on.
func (d *DB) Gone(ctx context.Context, pull int64, source string, paths []string, at time.Time) error {
	if len(paths) == 0 {
		return nil
	}
	err := d.write(ctx, at, func(ctx context.Context, t *tx) error {
		files := make([]int64, 0, len(paths))
		for _, path := range paths {
			file, err := t.liveFile(ctx, source, path)
			if err != nil {
				return err
			}
			if file == 0 {
				continue // it was gone before
			}
			files = append(files, file)
			if err := t.leave(ctx, file); err != nil {
				return err
			}
		}
		res := newResolver(t, pull, 0)
		touched := map[store.Key]bool{}
		for _, file := range files {
			if err := t.sharedKeys(ctx, file, touched); err != nil {
				return err
			}
			if err := t.comparedKeys(ctx, file, res.rejudge); err != nil {
				return err
			}
		}
		return res.all(ctx, touched)
	})
	if err != nil {
		return fmt.Errorf("gone: %w", err)
	}
	return nil
}

// leave closes the file's place. What it says again or is said again by
// another file is no duplicate any more, and nobody is to mend a file that was
// refused and taken away: of it nothing stands.
func (t *tx) leave(ctx context.Context, file int64) error {
	t.changed = true
	err := t.exec(ctx, `UPDATE place SET known_to = ? WHERE file = ? AND known_to IS NULL`, t.now, file)
	if err != nil {
		return err
	}
	return t.exec(ctx, `
		UPDATE finding SET known_to = ?1
		WHERE known_to IS NULL AND (
			rule = 'duplicate' AND (file = ?2 OR other = ?2) OR
			file = ?2 AND other IS NULL AND workbook IN (
				SELECT id
				FROM workbook
				WHERE file = ?2 AND verdict = 'refused'))`, t.now, file)
}

// sharedKeys collects the keys of which the file speaks and another one, still
// there, speaks too: nothing else can change when the file goes.
func (t *tx) sharedKeys(ctx context.Context, file int64, touched map[store.Key]bool) error {
	return eachKey(ctx, t, func(k store.Key) { touched[k] = true }, `
		SELECT s.unit, s.indicator, s.period
		FROM statement s
		WHERE s.file = ?1 AND s.known_to IS NULL AND EXISTS (
			SELECT 1
			FROM statement o
			JOIN place p ON p.file = o.file AND p.known_to IS NULL
			WHERE o.unit = s.unit AND o.indicator = s.indicator AND o.period = s.period
			  AND o.known_to IS NULL AND o.retired = 0 AND o.file <> ?1)`, file)
}

// Rename notes that a file lies under another name now. It is the same file:
// nothing that it states changes.
func (d *DB) Rename(ctx context.Context, source, from, to string, at time.Time) error {
	err := d.write(ctx, at, func(ctx context.Context, t *tx) error {
		file, err := t.fileAt(ctx, source, from)
		if err != nil {
			return err
		}
		if file == 0 {
			return fmt.Errorf("no file %q in source %q", from, source)
		}
		if other, err := t.liveFile(ctx, source, to); err != nil || other != 0 {
			return cmp.Or(err, fmt.Errorf("there is a file %q already", to))
		}
		t.changed = true
		return t.moveTo(ctx, file, to)
	})
	if err != nil {
		return fmt.Errorf("rename: %w", err)
	}
	return nil
}

// moveTo closes the file's place, if it has one, and opens another.
func (t *tx) moveTo(ctx context.Context, file int64, path string) error {
	err := t.exec(ctx, `UPDATE place SET known_to = ? WHERE file = ? AND known_to IS NULL`, t.now, file)
	if err != nil {
		return err
	}
	return t.exec(ctx, `INSERT INTO place (file, known_from, path) VALUES (?, ?, ?)`, file, t.now, path)
}

// liveFile returns the file that lies at the path, 0 for none.
func (t *tx) liveFile(ctx context.Context, source, path string) (int64, error) {
	return oneID(t.QueryRowContext(ctx, `
		SELECT f.id
		FROM place p
		JOIN file f ON f.id = p.file
		WHERE p.path = ? AND f.source = ? AND p.known_to IS NULL`, path, source))
}

// fileAt returns the file that lies at the path or, where none does, the last
// one that lay there and has not turned up elsewhere since; 0 for none.
func (t *tx) fileAt(ctx context.Context, source, path string) (int64, error) {
	if file, err := t.liveFile(ctx, source, path); err != nil || file != 0 {
		return file, err
	}
	return oneID(t.QueryRowContext(ctx, `
		SELECT f.id
		FROM place p
		JOIN file f ON f.id = p.file
		WHERE p.path = ? AND f.source = ?
		  AND p.known_from = (SELECT max(known_from) FROM place WHERE file = f.id)
		ORDER BY p.known_from DESC
		LIMIT 1`, path, source))
}

// oneID reads an id, 0 where there is no row.
func oneID(row *sql.Row) (int64, error) {
	var id int64
	err := row.Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return id, err
}

// eachKey hands each key that the query finds to do.
func eachKey(ctx context.Context, q querier, do func(store.Key), query string, args ...any) error {
	return each(ctx, q, func(scan func(...any) error) error {
		var k store.Key
		var period string
		err := scan(&k.Unit, &k.Indicator, &period)
		if err != nil {
			return err
		}
		k.Period, err = decodePeriod(period)
		do(k)
		return err
	}, query, args...)
}

// Understanding returns the fingerprint of the understanding by which the
// source was last read in full; nothing where it never was.
func (d *DB) Understanding(ctx context.Context, source string) (string, error) {
	var print string
	err := d.read(ctx, func(ctx context.Context, q querier) error {
		err := q.QueryRowContext(ctx, `SELECT fingerprint FROM understanding WHERE source = ?`, source).Scan(&print)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	if err != nil {
		return "", fmt.Errorf("understanding: %w", err)
	}
	return print, nil
}

// Understood notes the fingerprint of the understanding by which the whole
// source has been read now.
func (d *DB) Understood(ctx context.Context, source, fingerprint string) error {
	err := d.write(ctx, time.Time{}, func(ctx context.Context, t *tx) error {
		return t.exec(ctx, `INSERT OR REPLACE INTO understanding (source, fingerprint) VALUES (?, ?)`, source, fingerprint)
	})
	if err != nil {
		return fmt.Errorf("understood: %w", err)
	}
	return nil
}

// Pulls returns the pulls that had ended at the moment: the latest of each
// source first, then the earlier ones, newest first, as many as there is room.
func (d *DB) Pulls(ctx context.Context, at time.Time, limit int) ([]store.Pull, error) {
	var out []store.Pull
	moment := asOf(at)
	err := d.readAt(ctx, moment, false, func(ctx context.Context, q querier) (err error) {
		out, err = pulls(ctx, q, moment, limit)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("pulls: %w", err)
	}
	return out, nil
}

// eachSource is a table of the sources that were ever looked at, read by leaps:
// there are few of them and very many pulls.
const eachSource = `
	WITH RECURSIVE seen(source) AS (
		SELECT min(source) FROM pull
		UNION ALL
		SELECT (SELECT min(p.source) FROM pull p WHERE p.source > seen.source)
		FROM seen
		WHERE seen.source IS NOT NULL
	)`

// sources returns the sources that were ever looked at.
func (d *DB) sources(ctx context.Context) ([]string, error) {
	var out []string
	err := d.read(ctx, func(ctx context.Context, q querier) error {
		return each(ctx, q, func(scan func(...any) error) error {
			var name string
			err := scan(&name)
			out = append(out, name)
			return err
		}, eachSource+` SELECT source FROM seen WHERE source IS NOT NULL`)
	})
	return out, err
}

// pullColumns selects pulls, in the order of scanPull.
const pullColumns = `
	SELECT
		id,
		source,
		started,
		ended,
		listed,
		fetched,
		unchanged,
		accepted,
		partial,
		refused,
		error
	FROM pull`

// scanPull reads a row that pullColumns has selected.
func scanPull(scan func(...any) error) (store.Pull, error) {
	p := store.Pull{}
	var started, ended int64
	err := scan(&p.ID, &p.Source, &started, &ended, &p.Listed, &p.Fetched, &p.Unchanged, &p.Accepted, &p.Partial, &p.Refused, &p.Error)
	p.Started, p.Ended = timeOf(started), timeOf(ended)
	return p, err
}

// pulls is Pulls within its transaction. A pull that has not ended is not
// listed: nobody can tell yet what it found.
func pulls(ctx context.Context, q querier, at int64, limit int) ([]store.Pull, error) {
	var out []store.Pull
	latest := map[int64]bool{}
	err := each(ctx, q, func(scan func(...any) error) error {
		p, err := scanPull(scan)
		latest[p.ID] = true
		out = append(out, p)
		return err
	}, eachSource+pullColumns+`
		WHERE id IN (
			SELECT (SELECT p.id FROM pull p WHERE p.source = seen.source AND p.ended <= ?1 ORDER BY p.id DESC LIMIT 1)
			FROM seen)
		ORDER BY id DESC`, at)
	if err != nil {
		return nil, err
	}
	earlier := 0
	err = each(ctx, q, func(scan func(...any) error) error {
		p, err := scanPull(scan)
		if !latest[p.ID] && earlier < limit {
			out, earlier = append(out, p), earlier+1
		}
		return err
	}, pullColumns+` WHERE ended <= ?1 ORDER BY id DESC LIMIT ?2`, at, limit+len(latest))
	return out, err
}
