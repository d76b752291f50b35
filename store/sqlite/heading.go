package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"jindu/store"
)

// heading is what all cells below the same heads of a sheet have in common: its
// lists, each word ended by a mark that no word holds.
type heading struct{ sheet, header, refs string }

// metHeadings is how many ids of headings are kept at hand: a report of a unit is
// laid out like that of the month before, and like those of its neighbours.
const metHeadings = 1 << 15

// headingID returns the id of the cell's heading, and makes it where it is new.
func (t *tx) headingID(ctx context.Context, c store.Cell) (int64, error) {
	h := heading{plain(c.Sheet), marked(c.Header), marked(c.HeaderRefs)}
	if id, ok := t.heads[h]; ok {
		return id, nil
	}
	if id, ok := t.db.met(h); ok {
		return id, nil
	}
	header, refs := encodeList(plainAll(c.Header)), encodeList(plainAll(c.HeaderRefs))
	var id int64
	err := t.QueryRowContext(ctx, `SELECT id FROM heading WHERE sheet = ? AND header = ? AND refs = ?`, h.sheet, header, refs).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		r, err := t.ExecContext(ctx, `INSERT INTO heading (sheet, header, refs) VALUES (?, ?, ?)`, h.sheet, header, refs)
		if err != nil {
			return 0, err
		}
		if id, err = r.LastInsertId(); err != nil {
			return 0, err
		}
	} else if err != nil {
		return 0, err
	}
	t.heads[h] = id
	return id, nil
}

// marked writes the words of a list one after the other.
func marked(list []string) string {
	var b strings.Builder
	for _, s := range list {
		b.WriteString(plain(s))
		b.WriteString(fieldMark)
	}
	return b.String()
}

// met returns the id of a heading that an earlier transaction has met.
func (d *DB) met(h heading) (id int64, ok bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	id, ok = d.ids[h]
	return id, ok
}

// keep keeps the headings that a transaction has met, once it is committed. They
// are never changed and never deleted.
func (d *DB) keep(heads map[heading]int64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.ids)+len(heads) > metHeadings {
		d.ids = nil
	}
	if d.ids == nil {
		d.ids = make(map[heading]int64, len(heads))
	}
	maps.Copy(d.ids, heads)
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

// headingsOf returns at least the headings of those ids. They are never changed,
// so that each is read from the mirror once, and only if somebody looks at it: a
// mirror of some years has tens of thousands, a snapshot shows few of them.
func (d *DB) headingsOf(ctx context.Context, q querier, ids map[int64]bool) (map[int64]shownHeading, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	var missing []int64
	for id := range ids {
		if _, ok := d.headings[id]; !ok {
			missing = append(missing, id)
		}
	}
	if len(missing) == 0 {
		return d.headings, nil
	}
	all := make(map[int64]shownHeading, len(d.headings)+len(missing))
	maps.Copy(all, d.headings) // readers may hold the map of before
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
		all[id] = h
		return err
	}, `SELECT id, sheet, header, refs FROM heading WHERE id IN (SELECT value FROM json_each(?))`, encodeIDs(missing))
	if err != nil {
		return nil, err
	}
	d.headings = all
	return all, nil
}

// encodeIDs writes ids as a JSON list, in their order: rows are then read as they lie.
func encodeIDs(ids []int64) string {
	slices.Sort(ids)
	out := []byte{'['}
	for i, id := range ids {
		if i > 0 {
			out = append(out, ',')
		}
		out = strconv.AppendInt(out, id, 10)
	}
	return string(append(out, ']'))
}
