package sqlite

import (
	"context"
	"database/sql"
	"slices"

	"jindu/store"
)

// place is a cell whose sheet may still have to be looked up.
type place struct {
	file    int64
	sheet   string
	ref     string
	heading int64 // where the sheet is not known
}

// doubt is a finding that rests on more than one file, or on more than one
// version: it is made by judging, and goes when judging makes it no more.
type doubt struct {
	rule     string
	args     []string
	at       place
	workbook int64
	beside   place // whose word it is held against; the file itself where that is its own past
	suspect  bool  // the figure applies as suspect
	tells    bool  // the last argument is to be the other place
}

// recordDoubts makes the open findings that judging a figure gives those found.
func (j *judging) recordDoubts(ctx context.Context, k store.Key, found []doubt) error {
	wanted, err := j.described(ctx, k, found)
	if err != nil {
		return err
	}
	var stale []int64
	err = each(ctx, j, func(scan func(...any) error) error {
		var id, file, other int64
		var had findingText
		err := scan(&id, &file, &other, &had.rule, &had.args, &had.sheet, &had.cell)
		i := slices.IndexFunc(wanted, func(w described) bool {
			text := findingText{rule: w.Rule, args: encodeList(w.Args), sheet: w.Sheet, cell: w.Cell}
			return w.file == file && w.other == other && text == had
		})
		if i < 0 {
			stale = append(stale, id)
			return err
		}
		wanted = slices.Delete(wanted, i, i+1)
		return err
	}, `
		SELECT id, file, other, rule, args, sheet, cell
		FROM finding
		WHERE known_to IS NULL AND other IS NOT NULL AND unit = ? AND indicator = ? AND period = ?
		  AND rule IN ('jump', 'cumulative_falls', 'cumulative_mismatch', 'cumulative_short',
			'compare_mismatch', 'ledger_mismatch', 'outlier', 'rule_broken', 'rule_noted', 'sum_mismatch', 'counted_twice')`,
		k.Unit, k.Indicator, k.Period.String())
	if err != nil {
		return err
	}
	if err := j.closeFindings(ctx, stale); err != nil {
		return err
	}
	for _, w := range wanted {
		if err := j.insertFinding(ctx, w.Finding, sql.NullInt64{Int64: w.file, Valid: true}, w.other); err != nil {
			return err
		}
		w.KnownFrom = timeOf(j.now)
		j.out.Findings = append(j.out.Findings, w.Finding)
	}
	return nil
}

// described is a doubt with all that a finding tells.
type described struct {
	store.Finding
	file, other int64
}

// described fills in where each doubt stands.
func (j *judging) described(ctx context.Context, k store.Key, found []doubt) ([]described, error) {
	var out []described
	for _, d := range found {
		source, path, sheet, err := j.where(ctx, d.at)
		if err != nil {
			return nil, err
		}
		args := d.args
		if d.tells {
			_, file, other, err := j.where(ctx, d.beside)
			if err != nil {
				return nil, err
			}
			args = append(args, file+" "+other+"!"+d.beside.ref)
		}
		f := about(store.NewFinding(d.rule, sheet, d.at.ref, args...), k)
		f.Source, f.Path, f.Workbook = source, path, d.workbook
		out = append(out, described{f, d.at.file, d.beside.file})
	}
	return out, nil
}

// where returns where a file lies, or lay last, and the sheet of the cell.
func (t *tx) where(ctx context.Context, p place) (source, path, sheet string, err error) {
	sheet = p.sheet
	if p.heading != 0 {
		if err := t.QueryRowContext(ctx, `SELECT sheet FROM heading WHERE id = ?`, p.heading).Scan(&sheet); err != nil {
			return "", "", "", err
		}
	}
	err = t.QueryRowContext(ctx, `
		SELECT f.source, p.path
		FROM file f
		JOIN place p ON p.file = f.id
		WHERE f.id = ?
		ORDER BY p.known_from DESC
		LIMIT 1`, p.file).Scan(&source, &path)
	return source, path, sheet, err
}
