package sqlite

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"jindu/store"
)

// newRecords returns an empty collection of ledger rows to be written.
func newRecords() *bulk {
	return &bulk{columns: 13, into: `
		INSERT INTO record (
			file,
			id,
			known_from,
			since,
			workbook,
			heading,
			ref,
			form,
			unit,
			day,
			content,
			refs,
			seal
		)`}
}

// formerRecord is what is known of a row of a ledger from before.
type formerRecord struct {
	since int64
	sheet string
	says  [4]string // form, unit, day and content
}

// recordRecords makes the open rows of the file's other ledgers those of the
// new version. One that says what it said keeps its age, wherever it stands now.
// Rows of a sheet that was refused stay.
func (a *applying) recordRecords(ctx context.Context) error {
	before, err := a.formerRecords(ctx)
	if err != nil || len(before)+len(a.reading.Records) == 0 {
		return err
	}
	rows := newRecords()
	seen := map[string]int{}
	written := map[string]bool{}
	for _, rec := range a.reading.Records {
		rec.ID = again(rec.ID, seen)
		written[rec.ID] = true
		if err := a.addRecord(ctx, rows, rec, before[rec.ID]); err != nil {
			return fmt.Errorf("%s!%s: %w", rec.Cell.Sheet, rec.Cell.Ref, err)
		}
	}
	var ended []string
	for id, old := range before {
		if written[id] || !a.refusedSheet(old.sheet) {
			ended = append(ended, id)
		}
	}
	slices.Sort(ended)
	err = a.exec(ctx, `
		UPDATE record SET known_to = ?
		WHERE known_to IS NULL AND file = ? AND id IN (SELECT value FROM json_each(?))`,
		a.now, a.file, encodeList(ended))
	if err != nil {
		return err
	}
	return rows.flush(ctx, a.tx)
}

// formerRecords returns the file's open rows by their ids.
func (a *applying) formerRecords(ctx context.Context) (map[string]formerRecord, error) {
	out := map[string]formerRecord{}
	err := each(ctx, a, func(scan func(...any) error) error {
		var id string
		r := formerRecord{}
		err := scan(&id, &r.since, &r.sheet, &r.says[0], &r.says[1], &r.says[2], &r.says[3])
		out[id] = r
		return err
	}, `
		SELECT
			r.id,
			r.since,
			h.sheet,
			r.form,
			r.unit,
			r.day,
			r.content
		FROM record r
		JOIN heading h ON h.id = r.heading
		WHERE r.known_to IS NULL AND r.file = ?`, a.file)
	return out, err
}

// addRecord adds a row of the new version to those that are written.
func (a *applying) addRecord(ctx context.Context, rows *bulk, rec store.Record, old formerRecord) error {
	head, err := a.headingID(ctx, rec.Cell)
	if err != nil {
		return err
	}
	content, refs, err := encodeValues(rec.Values)
	if err != nil {
		return err
	}
	says := [4]string{rec.Form, rec.Unit, rec.Day.String(), content}
	since := a.now
	if old.says == says {
		since = old.since
	}
	rows.add(
		a.file,
		rec.ID,
		a.now,
		since,
		a.book,
		head,
		plain(rec.Cell.Ref),
		says[0],
		says[1],
		says[2],
		content,
		refs,
		sealOf(rec.ID, says[0], says[1], says[2], content),
	)
	return nil
}

// savedValue is a value as the mirror keeps it; where its cell is, is kept apart
// from it, so that a row which has only moved says what it said.
type savedValue struct {
	Kind   store.FieldKind `json:"k"`
	Number float64         `json:"n,omitempty"`
	Day    string          `json:"d,omitempty"`
	Text   string          `json:"t,omitempty"`
}

// encodeValues writes the fields of a row, and the addresses of their cells, as
// JSON in one order. A kind that is never read has no place in the mirror,
// whoever hands it in.
func encodeValues(values map[string]store.Value) (content, refs string, err error) {
	saved := make(map[string]savedValue, len(values))
	at := make(map[string]string, len(values))
	for name, v := range values {
		if !v.Kind.Read() {
			continue
		}
		saved[name] = savedValue{v.Kind, v.Number, v.Day.String(), plain(v.Text)}
		if v.Ref != "" {
			at[name] = v.Ref
		}
	}
	b, err := json.Marshal(saved)
	if err != nil {
		return "", "", err
	}
	r, err := json.Marshal(at)
	return string(b), string(r), err
}

// decodeValues reads what encodeValues wrote.
func decodeValues(content, refs string) (map[string]store.Value, error) {
	var saved map[string]savedValue
	var at map[string]string
	if err := json.Unmarshal([]byte(content), &saved); err != nil {
		return nil, err
	}
	if err := json.Unmarshal([]byte(refs), &at); err != nil {
		return nil, err
	}
	out := make(map[string]store.Value, len(saved))
	for name, v := range saved {
		day, err := decodeDate(v.Day)
		if err != nil {
			return nil, err
		}
		out[name] = store.Value{Kind: v.Kind, Number: v.Number, Day: day, Text: v.Text, Ref: at[name]}
	}
	return out, nil
}

// recordShelf returns an empty shelf of ledger rows. What stands until it is
// changed, such as who is responsible, is never too old to be shown.
func recordShelf(c *store.Catalogue) *shelf[store.Record] {
	standing := map[string]bool{}
	for _, f := range c.Forms {
		standing[f.Code] = f.Standing
	}
	return &shelf[store.Record]{
		table: "record",
		query: `
			SELECT
				file,
				known_from,
				heading,
				id,
				since,
				workbook,
				ref,
				form,
				unit,
				day,
				content,
				refs,
				seal
			FROM record`,
		scan: scanRecord,
		unit: func(r *store.Record) string { return r.Unit },
		cell: func(r *store.Record) *store.Cell { return &r.Cell },
		since: func(r *store.Record, from store.Date) bool {
			return r.Day.IsZero() || !r.Day.Before(from) || standing[r.Form]
		},
		once:  onceEach,
		order: compareRecords,
	}
}

// Records returns the rows that the ledgers of a form had at the moment, of all
// forms where none is named: by form, the latest day first. A row that two files
// list is taken from the one that was received last.
func (d *DB) Records(ctx context.Context, at time.Time, form string) ([]store.Record, error) {
	var all []store.Record
	err := d.readAt(ctx, asOf(at), false, func(ctx context.Context, q querier) (err error) {
		all, err = d.records.take(ctx, d, q, asOf(at), store.Date{}, map[int64]store.Workbook{})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("records: %w", err)
	}
	var out []store.Record
	for _, r := range all {
		if form == "" || r.Form == form {
			out = append(out, r)
		}
	}
	return out, nil
}

// onceEach keeps of rows with one id the one that became known last.
func onceEach(all []*leaf[store.Record]) []*leaf[store.Record] {
	place := make(map[string]int, len(all))
	out := all[:0]
	for _, l := range all {
		i, twice := place[l.row.ID]
		if !twice {
			place[l.row.ID] = len(out)
			out = append(out, l)
			continue
		}
		if cmp.Or(cmp.Compare(l.known, out[i].known), cmp.Compare(l.file, out[i].file)) > 0 {
			out[i] = l
		}
	}
	return out
}

// compareRecords puts the latest row of a form first; ids make the order certain.
func compareRecords(a, b *leaf[store.Record]) int {
	return cmp.Or(
		cmp.Compare(a.row.Form, b.row.Form),
		cmp.Compare(b.row.Day.Year, a.row.Day.Year),
		cmp.Compare(b.row.Day.Month, a.row.Day.Month),
		cmp.Compare(b.row.Day.Day, a.row.Day.Day),
		cmp.Compare(a.rank, b.rank),
		cmp.Compare(a.row.Unit, b.row.Unit),
		cmp.Compare(a.row.ID, b.row.ID),
	)
}

// scanRecord reads a row in the order of the shelf's query, and fails where it
// does not fit its seal.
func scanRecord(scan func(...any) error, file, known, heading *int64) (rec store.Record, err error) {
	var since, seal int64
	var day, content, refs string
	err = scan(
		file,
		known,
		heading,
		&rec.ID,
		&since,
		&rec.Cell.Workbook,
		&rec.Cell.Ref,
		&rec.Form,
		&rec.Unit,
		&day,
		&content,
		&refs,
		&seal,
	)
	if err != nil {
		return rec, err
	}
	if seal != sealOf(rec.ID, rec.Form, rec.Unit, day, content) {
		return rec, fmt.Errorf("row of %s: %w", rec.Form, errBroken)
	}
	rec.KnownFrom = timeOf(since)
	if rec.Day, err = decodeDate(day); err != nil {
		return rec, err
	}
	rec.Values, err = decodeValues(content, refs)
	return rec, err
}
