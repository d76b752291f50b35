package sqlite

import (
	"context"

	"jindu/store"
)

// heading is what all cells below the same heads of a sheet have in common;
// header and refs are JSON lists, so that headings can be compared.
type heading struct{ sheet, header, refs string }

// headingID returns the id of the cell's heading, and makes it where it is new.
func (a *applying) headingID(ctx context.Context, c store.Cell) (int64, error) {
	h := heading{plain(c.Sheet), encodeList(plainAll(c.Header)), encodeList(plainAll(c.HeaderRefs))}
	if id, ok := a.heads[h]; ok {
		return id, nil
	}
	err := a.exec(ctx, `INSERT INTO heading (sheet, header, refs) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, h.sheet, h.header, h.refs)
	if err != nil {
		return 0, err
	}
	var id int64
	err = a.QueryRowContext(ctx, `SELECT id FROM heading WHERE sheet = ? AND header = ? AND refs = ?`, h.sheet, h.header, h.refs).Scan(&id)
	a.heads[h] = id
	return id, err
}

// plainAll is plain for each of the list.
func plainAll(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = plain(s)
	}
	return out
}

// shownHeading is a heading as cells show it; cells share its lists.
type shownHeading struct {
	sheet  string
	header []string
	refs   []string
}

// loadHeadings returns every heading. They are never changed and their ids only
// grow, so that each is read from the mirror once.
func (d *DB) loadHeadings(ctx context.Context, q querier) (map[int64]shownHeading, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	fresh := map[int64]shownHeading{}
	last := d.lastHeading
	err := each(ctx, q, func(scan func(...any) error) error {
		var id int64
		h := shownHeading{}
		var header, refs string
		err := scan(&id, &h.sheet, &header, &refs)
		if err != nil {
			return err
		}
		if h.header, err = decodeList(header); err != nil {
			return err
		}
		h.refs, err = decodeList(refs)
		fresh[id] = h
		last = max(last, id)
		return err
	}, `SELECT id, sheet, header, refs FROM heading WHERE id > ?`, d.lastHeading)
	if err != nil || len(fresh) == 0 {
		return d.headings, err
	}
	for id, h := range d.headings { // readers may hold the map of before
		fresh[id] = h
	}
	d.headings, d.lastHeading = fresh, last
	return fresh, nil
}
