package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"jindu/store"
)

// applying is one workbook on its way into the mirror.
type applying struct {
	*tx
	pull    int64
	file    int64
	book    int64 // the version that is being applied
	reading *store.Reading
	back    bool // the file was gone, or is new
	kept    []store.Statement
	void    []store.Key // figures about which the workbook contradicts itself
	aside   map[store.Key]bool
	ended   map[store.Key]former // statements that the new version makes no more
	touched map[store.Key]bool   // figures that are decided anew
	rejudge map[store.Key]bool   // figures that only have to be held against something else
	found   []store.Finding
}

// Apply makes a workbook part of the mirror, in one transaction: its statements
// replace those of the version before, and every figure that it speaks of is
// decided anew. Applied twice it changes nothing. A refused workbook is kept with its
// findings and leaves in force what earlier versions of the file state.
func (d *DB) Apply(ctx context.Context, pull int64, r *store.Reading) (store.Outcome, error) {
	var out store.Outcome
	err := d.write(ctx, r.Workbook.Received, func(ctx context.Context, t *tx) (err error) {
		out, err = t.apply(ctx, pull, r)
		return err
	})
	if err != nil {
		return store.Outcome{}, fmt.Errorf("apply: %w", err)
	}
	return out, nil
}

// apply is Apply within its transaction. The order matters: what was set aside
// must be known before statements are compared with those of the version
// before, figures are decided from statements, and only then is it known which
// of them nobody states any more.
func (t *tx) apply(ctx context.Context, pull int64, r *store.Reading) (store.Outcome, error) {
	a := &applying{
		tx:      t,
		pull:    pull,
		reading: r,
		aside:   map[store.Key]bool{},
		ended:   map[store.Key]former{},
		touched: map[store.Key]bool{},
		rejudge: map[store.Key]bool{},
	}
	known, err := a.register(ctx)
	if err != nil || known {
		return store.Outcome{Workbook: a.book, Unchanged: len(r.Statements)}, err
	}
	t.changed = true
	if r.Workbook.Verdict == store.Rejected {
		return store.Outcome{Workbook: a.book}, a.recordFindings(ctx)
	}
	for _, step := range []struct {
		name string
		do   func(context.Context) error
	}{
		{"set aside", a.recordAside},
		{"statements", a.recordStatements},
		{"tasks", a.recordTasks},
		{"cases", a.recordCases},
		{"records", a.recordRecords},
		{"tallies", a.recordTallies},
		{"compared", a.recordCompared},
		{"heads", a.recordHeads},
	} {
		if err := step.do(ctx); err != nil {
			return store.Outcome{}, fmt.Errorf("%s: %w", step.name, err)
		}
	}
	res := newResolver(t, pull, a.file)
	res.rejudge, res.told = a.rejudge, a.toldItself()
	if err := res.all(ctx, a.touched); err != nil {
		return store.Outcome{}, fmt.Errorf("resolve: %w", err)
	}
	if err := a.noteWithdrawn(ctx); err != nil {
		return store.Outcome{}, fmt.Errorf("withdrawn: %w", err)
	}
	res.out.Workbook = a.book
	res.out.Findings = slices.Concat(a.ofHistory(), res.out.Findings)
	return res.out, a.recordFindings(ctx)
}

// register finds the file, or makes it known, and enters the new version. A
// file that is there and says what it said is known already.
func (a *applying) register(ctx context.Context) (known bool, err error) {
	w := &a.reading.Workbook
	print, err := fingerprint(a.reading)
	if err != nil {
		return false, fmt.Errorf("fingerprint: %w", err)
	}
	if a.file, err = a.fileAt(ctx, w.Source, w.Path); err != nil {
		return false, err
	}
	if a.file == 0 {
		r, err := a.ExecContext(ctx, `INSERT INTO file (source) VALUES (?)`, w.Source)
		if err != nil {
			return false, err
		}
		if a.file, err = r.LastInsertId(); err != nil {
			return false, err
		}
	}
	live, err := a.liveFile(ctx, w.Source, w.Path)
	if err != nil {
		return false, err
	}
	var version int
	var sha, before string
	err = a.QueryRowContext(ctx, `SELECT id, version, sha256, reading FROM workbook WHERE file = ? AND known_to IS NULL`, a.file).
		Scan(&a.book, &version, &sha, &before)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return false, err
	}
	if live != 0 && sha == w.SHA256 && before == print {
		return true, nil
	}
	if a.back = live == 0; a.back {
		if err := a.moveTo(ctx, a.file, w.Path); err != nil {
			return false, err
		}
	}
	return false, a.enter(ctx, version+1, print)
}

// fingerprint returns a hash of all that was read from a workbook: the same
// bytes say something else once the configuration has learned a name.
func fingerprint(r *store.Reading) (string, error) {
	return hashOf(r.Workbook.Verdict, r.Statements, r.Compared, r.Tasks, r.Cases, r.Records, r.Tallies, r.Heads, r.Findings, r.SetAside)
}

// enter closes the version before and writes the new one.
func (a *applying) enter(ctx context.Context, version int, print string) error {
	w := a.reading.Workbook
	err := a.exec(ctx, `UPDATE workbook SET known_to = ? WHERE file = ? AND known_to IS NULL`, a.now, a.file)
	if err != nil {
		return err
	}
	r, err := a.ExecContext(ctx, `
		INSERT INTO workbook (
			file,
			version,
			pull,
			sha256,
			size,
			format,
			modified,
			received,
			initial,
			verdict,
			unit,
			period,
			figures,
			rows,
			set_aside,
			reading,
			known_from
		) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		a.file,
		version,
		a.pull,
		w.SHA256,
		w.Size,
		w.Format,
		micros(w.Modified),
		micros(w.Received),
		w.Initial,
		w.Verdict,
		w.Unit,
		w.Period.String(),
		w.Figures,
		w.Rows,
		w.SetAside,
		print,
		a.now,
	)
	if err != nil {
		return err
	}
	a.book, err = r.LastInsertId()
	return err
}

// refusedSheet reports whether the new version has the sheet but it could not
// be trusted: then what it stated before stays.
func (a *applying) refusedSheet(name string) bool {
	return slices.ContainsFunc(a.reading.Sheets, func(s store.SheetReading) bool {
		return s.Verdict == store.Rejected && plain(s.Name) == name
	})
}

// recordAside notes the figures whose cell could not be read, and where it stands.
func (a *applying) recordAside(ctx context.Context) error {
	a.distil()
	err := a.exec(ctx, `UPDATE set_aside SET known_to = ? WHERE file = ? AND known_to IS NULL`, a.now, a.file)
	if err != nil {
		return err
	}
	where := map[store.Key]store.Finding{}
	for _, f := range slices.Concat(a.reading.Findings, a.found) {
		k := store.Key{Unit: f.Unit, Indicator: f.Indicator, Period: f.Period}
		if _, ok := where[k]; !ok {
			where[k] = f
		}
	}
	for _, k := range slices.Concat(a.reading.SetAside, a.void) {
		if a.aside[k] {
			continue
		}
		a.aside[k] = true
		f := where[k]
		err := a.exec(ctx, `
			INSERT INTO set_aside (file, unit, indicator, period, known_from, workbook, sheet, ref, rule)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			a.file, k.Unit, k.Indicator, k.Period.String(), a.now, a.book, f.Sheet, f.Cell, f.Rule)
		if err != nil {
			return err
		}
	}
	return nil
}

// distil reduces what the workbook says to one statement for each figure. What
// it contradicts itself about is set aside.
func (a *applying) distil() {
	path := a.reading.Workbook.Path
	kept, differing, contradicted := store.Distil(a.reading.Statements)
	for _, s := range differing {
		a.found = append(a.found, about(store.NewFinding("restated_differs", s.Cell.Sheet, s.Cell.Ref, path), s.Key))
	}
	for _, s := range contradicted {
		a.found = append(a.found, about(store.NewFinding("conflict", s.Cell.Sheet, s.Cell.Ref, path), s.Key))
		a.void = append(a.void, s.Key)
	}
	a.kept = kept
}

// recordStatements replaces what the file stated before.
func (a *applying) recordStatements(ctx context.Context) error {
	before, err := a.formerStatements(ctx)
	if err != nil {
		return err
	}
	moved := a.periodsNow(before)
	rows := newStatements()
	rows.grow(len(a.kept))
	for _, s := range a.kept {
		old, had := before[s.Key]
		if had {
			if err := a.endStatement(ctx, s.Key, old); err != nil {
				return err
			}
			delete(before, s.Key)
		}
		if err := a.insertStatement(ctx, rows, s, old, had); err != nil {
			return err
		}
		a.touched[s.Key] = true
	}
	if err := rows.flush(ctx, a.tx); err != nil {
		return err
	}
	return a.endOthers(ctx, before, moved)
}

// endOthers decides what becomes of statements that the new version makes no
// more: they stay where it could not be read, are retired where the file has
// moved on to a later report, and end otherwise. Those of a file that has come
// back are held against what others say again.
func (a *applying) endOthers(ctx context.Context, before map[store.Key]former, moved outlook) error {
	for _, k := range sortedKeys(before) {
		old := before[k]
		switch {
		case a.aside[k], a.refusedSheet(old.sheet):
			if !a.back {
				continue
			}
		case old.retired && !moved.speaks(k):
			continue
		case moved.on(k, a.db.inZone(timeOf(old.since))):
			if err := a.retireStatement(ctx, k, old); err != nil {
				return err
			}
		default:
			if err := a.endStatement(ctx, k, old); err != nil {
				return err
			}
			a.ended[k] = old
		}
		a.touched[k] = true
	}
	return nil
}

// inZone returns the moment in the district's zone.
func (d *DB) inZone(t time.Time) time.Time {
	if d.cfg.Settings.Zone == nil {
		return t
	}
	return t.In(d.cfg.Settings.Zone)
}

// noteWithdrawn adds one finding for each sheet from which figures have gone
// that nobody states any more.
func (a *applying) noteWithdrawn(ctx context.Context) error {
	seen := map[string]bool{}
	for _, k := range sortedKeys(a.ended) {
		old := a.ended[k]
		row, err := a.lastRow(ctx, k)
		if err != nil {
			return err
		}
		if row.open || row.version == 0 || seen[old.sheet] {
			continue
		}
		seen[old.sheet] = true
		a.found = append(a.found, about(store.NewFinding("withdrawn", old.sheet, old.ref), k))
	}
	return nil
}

// ofHistory returns the findings of this workbook that only the mirror could tell.
func (a *applying) ofHistory() []store.Finding {
	out := make([]store.Finding, len(a.found))
	for i, f := range a.found {
		out[i] = a.located(f)
	}
	return out
}

// located fills in where a finding is from.
func (a *applying) located(f store.Finding) store.Finding {
	f.Source, f.Path, f.Workbook, f.KnownFrom = a.reading.Workbook.Source, a.reading.Workbook.Path, a.book, timeOf(a.now)
	return f
}

// about says which figure a finding is about.
func about(f store.Finding, k store.Key) store.Finding {
	f.Unit, f.Indicator, f.Period = k.Unit, k.Indicator, k.Period
	return f
}
