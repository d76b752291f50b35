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

// Records returns the rows that the ledgers of a form had at the moment, of all
// forms where none is named: by form, the latest day first. A row that two files
// list is taken from the one that was received last.
func (d *DB) Records(ctx context.Context, at time.Time, form string) ([]store.Record, error) {
	var out []store.Record
	err := d.read(ctx, func(ctx context.Context, q querier) (err error) {
		out, err = d.records(ctx, q, asOf(at), form)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("records: %w", err)
	}
	return out, nil
}

// records is Records within its transaction. Rows come in the order in which they
// became known, so that the last of one id replaces the others.
func (d *DB) records(ctx context.Context, q querier, at int64, form string) ([]store.Record, error) {
	var out []store.Record
	var heads []int64 // one for one
	index := map[string]int{}
	w := newWanted()
	err := each(ctx, q, func(scan func(...any) error) error {
		rec, head, err := scanRecord(scan)
		w.note(head, rec.Cell.Workbook)
		if i, ok := index[rec.ID]; ok {
			out[i], heads[i] = rec, head
			return err
		}
		index[rec.ID] = len(out)
		out, heads = append(out, rec), append(heads, head)
		return err
	}, `
		SELECT
			id,
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
		FROM record
		WHERE known_from <= ?1 AND (known_to IS NULL OR known_to > ?1) AND (?2 = '' OR form = ?2)
		ORDER BY known_from, file, id`, at, form)
	if err != nil {
		return nil, err
	}
	n, err := d.names(ctx, q, w, at, map[int64]store.Workbook{})
	if err != nil {
		return nil, err
	}
	for i := range out {
		n.locate(&out[i].Cell, heads[i])
	}
	slices.SortFunc(out, d.compareRecords)
	return out, nil
}

// compareRecords puts the latest row of a form first; ids make the order certain.
func (d *DB) compareRecords(a, b store.Record) int {
	return cmp.Or(
		cmp.Compare(a.Form, b.Form),
		b.Day.Time().Compare(a.Day.Time()),
		cmp.Compare(d.cfg.Units.Rank(a.Unit), d.cfg.Units.Rank(b.Unit)),
		cmp.Compare(a.Unit, b.Unit),
		cmp.Compare(a.ID, b.ID),
	)
}

// scanRecord reads a row in the order of the query in records, and fails where
// it does not fit its seal.
func scanRecord(scan func(...any) error) (rec store.Record, head int64, err error) {
	var since, seal int64
	var day, content, refs string
	err = scan(
		&rec.ID,
		&since,
		&rec.Cell.Workbook,
		&head,
		&rec.Cell.Ref,
		&rec.Form,
		&rec.Unit,
		&day,
		&content,
		&refs,
		&seal,
	)
	if err != nil {
		return rec, 0, err
	}
	if seal != sealOf(rec.ID, rec.Form, rec.Unit, day, content) {
		return rec, 0, fmt.Errorf("row of %s: %w", rec.Form, errBroken)
	}
	rec.KnownFrom = timeOf(since)
	if rec.Day, err = decodeDate(day); err != nil {
		return rec, 0, err
	}
	rec.Values, err = decodeValues(content, refs)
	return rec, head, err
}
