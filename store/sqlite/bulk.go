package sqlite

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"jindu/store"
)

// bulk collects rows of one table and writes many in one statement: a workbook
// states thousands of figures, and a call into SQLite costs more than a row.
type bulk struct {
	into    string // INSERT INTO figure (...)
	columns int
	args    []any
}

// bulkSizes is how many rows one statement writes, the most first. Few sizes, so
// that all of the statements stay prepared.
var bulkSizes = [...]int{32, 4, 1}

// grow makes room for so many rows.
func (b *bulk) grow(rows int) { b.args = slices.Grow(b.args, rows*b.columns) }

// add notes a row; its values stand in the order of the columns.
func (b *bulk) add(row ...any) { b.args = append(b.args, row...) }

// flush writes the rows in the order in which they came.
func (b *bulk) flush(ctx context.Context, t *tx) error {
	for _, size := range bulkSizes {
		n := size * b.columns
		if len(b.args) < n {
			continue
		}
		row := "(" + questions(b.columns) + ")"
		query := b.into + " VALUES " + row + strings.Repeat(", "+row, size-1)
		for ; len(b.args) >= n; b.args = b.args[n:] {
			if err := t.exec(ctx, query, b.args[:n]...); err != nil {
				return err
			}
		}
	}
	b.args = nil
	return nil
}

// questions returns so many placeholders.
func questions(n int) string { return "?" + strings.Repeat(", ?", n-1) }

// encodeKeys writes keys as a JSON list of lists, so that one query answers for
// all of them: json_each numbers them from 0.
func encodeKeys(keys []store.Key) (string, error) {
	list := make([][3]string, len(keys))
	for i, k := range keys {
		list[i] = [3]string{k.Unit, k.Indicator, k.Period.String()}
	}
	b, err := json.Marshal(list)
	return string(b), err
}
