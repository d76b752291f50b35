package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"time"

	"jindu/store"
)

// recordFindings makes the open findings of the file those of the new version.
// One that the version before had too stays as it is, so that its age is told. A
// refused version leaves open what explains the figures still in force.
func (a *applying) recordFindings(ctx context.Context) error {
	scope := `file = ? AND other IS NULL AND known_to IS NULL`
	if a.reading.Workbook.Verdict == store.Rejected {
		scope += ` AND workbook IN (SELECT id FROM workbook WHERE verdict = 'refused')`
	}
	found := slices.Concat(a.reading.Findings, a.found)
	for i := range found {
		found[i] = a.located(found[i])
	}
	return a.replaceFindings(ctx, found, sql.NullInt64{Int64: a.file, Valid: true}, scope, a.file)
}

// Note makes the findings those that are open about the source itself: files
// that vanished, or are still being uploaded.
func (d *DB) Note(ctx context.Context, source string, at time.Time, found []store.Finding) error {
	err := d.write(ctx, at, func(ctx context.Context, t *tx) error {
		all := slices.Clone(found)
		for i := range all {
			all[i].Source = source
		}
		return t.replaceFindings(ctx, all, sql.NullInt64{}, `source = ? AND file IS NULL AND known_to IS NULL`, source)
	})
	if err != nil {
		return fmt.Errorf("note: %w", err)
	}
	return nil
}

// replaceFindings closes the findings in the scope that are not found any more
// and opens those that are new.
func (t *tx) replaceFindings(ctx context.Context, found []store.Finding, file sql.NullInt64, scope string, args ...any) error {
	open := map[string]int64{}
	err := each(ctx, t, func(scan func(...any) error) error {
		var id int64
		var f findingText
		err := scan(&id, &f.path, &f.severity, &f.rule, &f.args, &f.sheet, &f.cell, &f.unit, &f.indicator, &f.period)
		open[fmt.Sprint(f)] = id
		return err
	}, `
		SELECT
			id,
			path,
			severity,
			rule,
			args,
			sheet,
			cell,
			unit,
			indicator,
			period
		FROM finding
		WHERE `+scope, args...)
	if err != nil {
		return err
	}
	for _, f := range found {
		text := textOf(f, file.Valid)
		if _, ok := open[fmt.Sprint(text)]; ok {
			delete(open, fmt.Sprint(text))
			continue
		}
		if err := t.insertFinding(ctx, f, file, 0); err != nil {
			return err
		}
	}
	return t.closeFindings(ctx, slices.Sorted(maps.Values(open)))
}

// findingText is what makes two findings the same one.
type findingText struct {
	path, severity, rule, args, sheet, cell, unit, indicator, period string
}

// textOf returns the finding's columns; the path of a file is kept with the file.
func textOf(f store.Finding, ofFile bool) findingText {
	t := findingText{
		path:      f.Path,
		severity:  string(f.Severity),
		rule:      f.Rule,
		args:      encodeList(f.Args),
		sheet:     plain(f.Sheet),
		cell:      plain(f.Cell),
		unit:      f.Unit,
		indicator: f.Indicator,
		period:    f.Period.String(),
	}
	if ofFile {
		t.path = ""
	}
	return t
}

// insertFinding opens a finding, about a file or, where there is none, about a
// source. Other is the file compared with; 0 where the finding is not of history.
func (t *tx) insertFinding(ctx context.Context, f store.Finding, file sql.NullInt64, other int64) error {
	t.changed = true
	text := textOf(f, file.Valid)
	return t.exec(ctx, `
		INSERT INTO finding (
			source,
			file,
			workbook,
			other,
			path,
			severity,
			rule,
			args,
			sheet,
			cell,
			unit,
			indicator,
			period,
			known_from
		) VALUES (?, ?, nullif(?, 0), nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		f.Source,
		file,
		f.Workbook,
		other,
		text.path,
		text.severity,
		text.rule,
		text.args,
		text.sheet,
		text.cell,
		text.unit,
		text.indicator,
		text.period,
		t.now,
	)
}

// closeFindings closes findings: what was wrong is so no more.
func (t *tx) closeFindings(ctx context.Context, ids []int64) error {
	for _, id := range ids {
		t.changed = true
		if err := t.exec(ctx, `UPDATE finding SET known_to = ? WHERE id = ?`, t.now, id); err != nil {
			return err
		}
	}
	return nil
}

// recordHistory makes the open findings about one figure those that comparing
// the files gives: a conflict, or restatements that differ.
func (r *resolver) recordHistory(ctx context.Context, k store.Key, claims []claim, res store.Resolution) error {
	want := map[[2]int64]store.Finding{}
	raise := func(rule string, newer, older claim) error {
		f, err := r.foundAt(ctx, rule, newer)
		want[[2]int64{newer.File, older.File}] = about(f, k)
		return err
	}
	if res.Conflict() {
		if err := raise("conflict", claims[res.Newer], claims[res.Older]); err != nil {
			return err
		}
	}
	for _, i := range res.Differing {
		if err := raise("restated_differs", claims[i], claims[res.Winner]); err != nil {
			return err
		}
	}
	return r.compareFindings(ctx, want, `
		unit = ? AND indicator = ? AND period = ? AND rule IN ('conflict', 'restated_differs')`,
		k.Unit, k.Indicator, k.Period.String())
}

// foundAt makes a finding at the cell of a claim.
func (r *resolver) foundAt(ctx context.Context, rule string, c claim) (store.Finding, error) {
	var sheet string
	err := r.QueryRowContext(ctx, `SELECT sheet FROM heading WHERE id = ?`, c.shown.heading).Scan(&sheet)
	f := store.NewFinding(rule, sheet, c.shown.ref)
	f.Workbook = c.shown.workbook
	return f, err
}

// twice is a claim of one file that another file has made first.
type twice struct{ later, first claim }

// noteDuplicate remembers that a file says again what another has said, once for
// each pair, if the file that is being applied is one of them; and which of them an
// officer has chosen before.
func (r *resolver) noteDuplicate(ctx context.Context, k store.Key, a twice) error {
	pair, turned := [2]int64{a.later.File, a.first.File}, [2]int64{a.first.File, a.later.File}
	if a.later.File != r.file && a.first.File != r.file {
		return nil
	}
	for _, ack := range r.asked.decided[k] {
		if ack.Matter != store.ConflictMatter {
			continue
		}
		file, err := r.liveFile(ctx, ack.Decided.Cell.Source, ack.Decided.Cell.Path)
		if err != nil {
			return err
		}
		r.chosen[file] = true
	}
	if _, ok := r.repeated[turned]; !ok {
		if _, ok := r.repeated[pair]; !ok {
			r.repeated[pair] = a
		}
	}
	return nil
}

// recordDuplicates makes the open findings of duplicates with this file those that
// deciding all of its figures has brought up. Two files are duplicates where they say
// the same of everything: one of two that differ in a single figure can not go. The
// one that an officer has chosen is not the one that is named.
func (r *resolver) recordDuplicates(ctx context.Context) error {
	want := map[[2]int64]store.Finding{}
	for pair, a := range r.repeated {
		same, err := r.same(ctx, pair)
		if err != nil {
			return err
		}
		if !same {
			continue
		}
		at := a.later
		if r.chosen[pair[0]] && !r.chosen[pair[1]] {
			pair, at = [2]int64{pair[1], pair[0]}, a.first
		}
		if want[pair], err = r.foundAt(ctx, "duplicate", at); err != nil {
			return err
		}
	}
	return r.compareFindings(ctx, want, `rule = 'duplicate' AND (file = ? OR other = ?)`, r.file, r.file)
}

// same reports whether two files say the same of the same figures. How many they
// speak of tells most apart: a summary is held against every unit's own file.
func (r *resolver) same(ctx context.Context, pair [2]int64) (bool, error) {
	for _, file := range pair {
		if _, ok := r.counts[file]; ok {
			continue
		}
		n := 0
		err := r.QueryRowContext(ctx, `
			SELECT count(*)
			FROM statement
			WHERE file = ? AND known_to IS NULL AND NOT retired`, file).Scan(&n)
		if err != nil {
			return false, err
		}
		r.counts[file] = n
	}
	if r.counts[pair[0]] != r.counts[pair[1]] {
		return false, nil
	}
	differ := false
	err := r.QueryRowContext(ctx, `
		SELECT EXISTS (
			SELECT unit, indicator, period, value
			FROM statement
			WHERE file = ?1 AND known_to IS NULL AND NOT retired
			EXCEPT
			SELECT unit, indicator, period, value
			FROM statement
			WHERE file = ?2 AND known_to IS NULL AND NOT retired)`, pair[0], pair[1]).Scan(&differ)
	return !differ, err
}

// compareFindings makes the open findings in the scope that compare two files
// those wanted, by the pair of files.
func (r *resolver) compareFindings(ctx context.Context, want map[[2]int64]store.Finding, scope string, args ...any) error {
	var stale []int64
	err := each(ctx, r, func(scan func(...any) error) error {
		var id int64
		var pair [2]int64
		var had findingText
		err := scan(&id, &pair[0], &pair[1], &had.rule, &had.sheet, &had.cell)
		if f, ok := want[pair]; ok && had == (findingText{rule: f.Rule, sheet: f.Sheet, cell: f.Cell}) {
			delete(want, pair)
			return err
		}
		stale = append(stale, id)
		return err
	}, `SELECT id, file, other, rule, sheet, cell FROM finding WHERE known_to IS NULL AND other IS NOT NULL AND `+scope, args...)
	if err != nil {
		return err
	}
	if err := r.closeFindings(ctx, stale); err != nil {
		return err
	}
	for _, pair := range slices.SortedFunc(maps.Keys(want), comparePairs) {
		f, err := r.named(ctx, want[pair], pair)
		if err != nil {
			return err
		}
		if err := r.insertFinding(ctx, f, sql.NullInt64{Int64: pair[0], Valid: true}, pair[1]); err != nil {
			return err
		}
		f.KnownFrom = timeOf(r.now)
		r.out.Findings = append(r.out.Findings, f)
	}
	return nil
}

// comparePairs orders pairs of files, so that findings always come in one order.
func comparePairs(a, b [2]int64) int { return slices.Compare(a[:], b[:]) }

// named fills in where the pair of files lies, or lay last.
func (t *tx) named(ctx context.Context, f store.Finding, pair [2]int64) (store.Finding, error) {
	const lies = `
		SELECT f.source, p.path
		FROM file f
		JOIN place p ON p.file = f.id
		WHERE f.id = ?
		ORDER BY p.known_from DESC
		LIMIT 1`
	var source, other string
	if err := t.QueryRowContext(ctx, lies, pair[0]).Scan(&f.Source, &f.Path); err != nil {
		return f, err
	}
	err := t.QueryRowContext(ctx, lies, pair[1]).Scan(&source, &other)
	f.Args = []string{other}
	return f, err
}

// Findings returns the findings that were open at the moment, newest first.
func (d *DB) Findings(ctx context.Context, at time.Time) ([]store.Finding, error) {
	var out []store.Finding
	err := d.readAt(ctx, asOf(at), true, func(ctx context.Context, q querier) (err error) {
		out, err = findings(ctx, q, asOf(at))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("findings: %w", err)
	}
	return out, nil
}

// findings is Findings within its transaction. The path is where the file lay at
// the moment: it may have been renamed since.
func findings(ctx context.Context, q querier, at int64) ([]store.Finding, error) {
	var out []store.Finding
	err := each(ctx, q, func(scan func(...any) error) error {
		f := store.Finding{}
		var args, period string
		var from int64
		var to sql.NullInt64
		err := scan(&f.ID, &f.Source, &f.Workbook, &f.Path, &f.Severity, &f.Rule, &args, &f.Sheet, &f.Cell,
			&f.Unit, &f.Indicator, &period, &from, &to)
		if err != nil {
			return err
		}
		f.KnownFrom, f.KnownTo = timeOf(from), endOf(to, at)
		if f.Args, err = decodeList(args); err != nil {
			return err
		}
		f.Period, err = decodePeriod(period)
		out = append(out, f)
		return err
	}, `
		SELECT
			f.id,
			f.source,
			coalesce(f.workbook, 0),
			coalesce((
				SELECT p.path
				FROM place p
				WHERE p.file = f.file AND p.known_from <= ?1
				ORDER BY p.known_from DESC
				LIMIT 1), f.path),
			f.severity,
			f.rule,
			f.args,
			f.sheet,
			f.cell,
			f.unit,
			f.indicator,
			f.period,
			f.known_from,
			f.known_to
		FROM finding f
		WHERE f.known_from <= ?1 AND (f.known_to IS NULL OR f.known_to > ?1)
		ORDER BY f.known_from DESC, f.id`, at)
	return out, err
}
