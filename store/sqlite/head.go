package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"jindu/store"
)

// savedHead is a head as the mirror keeps it; what all heads of a list have in
// common stands beside the list.
type savedHead struct {
	Ref   string   `json:"r"`
	Path  []string `json:"p"`
	Means string   `json:"m,omitempty"`
}

// headKey names a list of heads within a file.
type headKey struct{ sheet, form, unit string }

// recordHeads makes the heads of the file's sheets those of the new version.
// Those of a sheet that was refused stay what they were when it was accepted.
func (a *applying) recordHeads(ctx context.Context) error {
	var order []headKey
	lists := map[headKey][]savedHead{}
	for _, h := range a.reading.Heads {
		k := headKey{plain(h.Sheet), h.Form, h.Unit}
		if a.refusedSheet(k.sheet) {
			continue
		}
		if lists[k] == nil {
			order = append(order, k)
		}
		lists[k] = append(lists[k], savedHead{plain(h.Ref), plainAll(h.Path), h.Means})
	}
	if err := a.forgetHeads(ctx); err != nil {
		return err
	}
	for _, k := range order {
		list, err := a.headListID(ctx, lists[k])
		if err != nil {
			return err
		}
		err = a.exec(ctx, `
			INSERT INTO head (file, sheet, form, unit, period, workbook, list)
			VALUES (?, ?, ?, ?, ?, ?, ?)`,
			a.file, k.sheet, k.form, k.unit, a.sheetPeriod(k.sheet).String(), a.book, list)
		if err != nil {
			return err
		}
	}
	return nil
}

// forgetHeads takes out the heads of the version before, save those of refused sheets.
func (a *applying) forgetHeads(ctx context.Context) error {
	var refused []string
	for _, s := range a.reading.Sheets {
		if s.Verdict == store.Rejected {
			refused = append(refused, plain(s.Name))
		}
	}
	return a.exec(ctx, `DELETE FROM head WHERE file = ? AND sheet NOT IN (SELECT value FROM json_each(?))`, a.file, encodeList(refused))
}

// sheetPeriod returns a sheet's own period, or else that of the whole file.
func (a *applying) sheetPeriod(name string) store.Period {
	if s := a.sheet(name); !s.Period.IsZero() {
		return s.Period
	}
	return a.reading.Workbook.Period
}

// sheetUnit returns the unit that a sheet is of, or else that of the whole file;
// empty where it is of several.
func (a *applying) sheetUnit(name string) string {
	return cmp.Or(a.sheet(name).Unit, a.reading.Workbook.Unit)
}

// sheet returns how the sheet of that name was understood.
func (a *applying) sheet(name string) store.SheetReading {
	i := slices.IndexFunc(a.reading.Sheets, func(s store.SheetReading) bool { return plain(s.Name) == name })
	if i < 0 {
		return store.SheetReading{}
	}
	return a.reading.Sheets[i]
}

// headListID returns the id of a list of heads, and makes it where it is new: a
// unit's reports of many months have the same.
func (a *applying) headListID(ctx context.Context, heads []savedHead) (int64, error) {
	b, err := json.Marshal(heads)
	if err != nil {
		return 0, err
	}
	hash, err := hashOf(heads)
	if err != nil {
		return 0, err
	}
	var id int64
	err = a.QueryRowContext(ctx, `SELECT id FROM head_list WHERE hash = ?`, hash).Scan(&id)
	if !errors.Is(err, sql.ErrNoRows) {
		return id, err
	}
	r, err := a.ExecContext(ctx, `INSERT INTO head_list (hash, heads) VALUES (?, ?)`, hash, string(b))
	if err != nil {
		return 0, err
	}
	return r.LastInsertId()
}

// headLists is how many lists of heads are looked at to find one to compare with:
// sheets of several kinds may be of one form and unit.
const headLists = 12

// Heads returns the heads of the sheets of one form and unit, as they stood when
// each was last accepted, in every file of the source that is there or was: of
// periods before the given one, the latest first; without a period, of sheets
// that have none. Of one period the sheet received last comes first.
func (d *DB) Heads(ctx context.Context, source, form, unit string, before store.Period) ([]store.HeadList, error) {
	var out []store.HeadList
	var lists []int64 // one for one
	err := d.read(ctx, func(ctx context.Context, q querier) error {
		err := each(ctx, q, func(scan func(...any) error) error {
			l := store.HeadList{Form: form, Unit: unit}
			var period string
			var id int64
			err := scan(&l.Path, &l.Sheet, &period, &id)
			if err != nil {
				return err
			}
			l.Period, err = decodePeriod(period)
			out, lists = append(out, l), append(lists, id)
			return err
		}, `
			SELECT
				p.path,
				h.sheet,
				h.period,
				h.list
			FROM head h
			JOIN file f ON f.id = h.file
			JOIN place p ON p.file = h.file
			 AND p.known_from = (SELECT max(known_from) FROM place WHERE file = h.file)
			WHERE f.source = ? AND h.form = ? AND h.unit = ?
			  AND iif(?4 = '', h.period = '', h.period <> '' AND h.period < ?4 AND length(h.period) = length(?4))
			ORDER BY h.period DESC, h.workbook DESC, h.sheet
			LIMIT ?5`, source, form, unit, before.String(), headLists)
		if err != nil {
			return err
		}
		for i, id := range lists {
			if out[i].Heads, err = d.headList(ctx, q, id); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("heads: %w", err)
	}
	return out, nil
}

// headList returns a list of heads. Lists are never changed, so that each is read
// once; readers share it.
func (d *DB) headList(ctx context.Context, q querier, id int64) ([]store.Head, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if heads, ok := d.heads[id]; ok {
		return heads, nil
	}
	var text string
	if err := q.QueryRowContext(ctx, `SELECT heads FROM head_list WHERE id = ?`, id).Scan(&text); err != nil {
		return nil, err
	}
	var saved []savedHead
	if err := json.Unmarshal([]byte(text), &saved); err != nil {
		return nil, err
	}
	heads := make([]store.Head, len(saved))
	for i, h := range saved {
		heads[i] = store.Head{Ref: h.Ref, Path: h.Path, Means: h.Means}
	}
	d.heads[id] = heads
	return heads, nil
}
