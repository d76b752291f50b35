package sheet

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"jindu/store"
)

// Limits bound what a file may cost. Every one of them counts what is there: a
// used range or formatting down to the last row of Excel is no content.
type Limits struct {
	File        int // bytes of the file
	Unzipped    int // bytes of all parts read, inflated
	Ratio       int // inflated to packed bytes of one part, beyond a megabyte
	Entries     int // entries in the directory of the zip, pictures and all
	Parts       int // parts read
	Rows        int // rows that hold something, per sheet
	Cells       int // cells that hold something, per sheet
	BookCells   int // cells that hold something, in all sheets
	Merges      int // merged ranges, per sheet
	Text        int // bytes of text handed out, per sheet, counted at each use
	SharedBytes int // bytes of shared strings and of the table of their places
	Field       int // bytes of one cell's text
}

// DefaultLimits returns the limits of an ordinary pull.
func DefaultLimits() Limits {
	return Limits{
		File:        20 << 20,
		Unzipped:    64 << 20,
		Ratio:       100,
		Entries:     5_000,
		Parts:       200,
		Rows:        20_000,
		Cells:       500_000,
		BookCells:   2_000_000,
		Merges:      50_000,
		Text:        64 << 20,
		SharedBytes: 32 << 20,
		Field:       1 << 20,
	}
}

// Read turns the bytes of a file into a book, going by content. Every error is
// a *store.Error: the file is refused as a whole or read as a whole. The
// deadline of the context is kept while reading (too_slow).
func Read(ctx context.Context, data []byte, limits Limits) (*Book, error) {
	if len(data) > limits.File {
		return nil, tooLarge(strconv.Itoa(len(data)>>20) + " MB")
	}
	// A file of any name may hold anything: xlsx named .xls, csv named .xlsx.
	kind, err := sniff(data)
	if err != nil {
		return nil, err
	}
	switch kind {
	case CSV:
		return readText(ctx, data, limits)
	case XLS:
		return readXLS(ctx, data, limits)
	default:
		return readZip(ctx, data, limits)
	}
}

// damaged says where a file is damaged, in words that need no translation (a
// part and a byte, or a cell), and why.
func damaged(where, why string) error {
	return store.NewError("damaged", errors.New(why), where)
}

// tooLarge names what is too large: a part, a cell or an amount.
func tooLarge(what string) error { return store.NewError("too_large", nil, what) }

// late reports a context that has ended.
func late(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return store.NewError("too_slow", fmt.Errorf("read sheet: %w", context.Cause(ctx)))
	}
	return nil
}

// counter keeps one sheet within its limits, and all sheets within the book's.
type counter struct {
	Limits
	rows, cells, text int // of this sheet
	book              int // cells of all sheets
	last              int32
}

// sheet begins a new sheet.
func (c *counter) sheet() { c.rows, c.cells, c.text, c.last = 0, 0, 0, -1 }

// add counts a cell that holds something; cells come in row order.
func (c *counter) add(cell *Cell) error {
	if cell.Row != c.last {
		c.last = cell.Row
		c.rows++
	}
	c.cells++
	c.book++
	c.text += len(cell.Text)
	switch {
	case c.rows > c.Rows:
		return store.NewError("too_many_rows", nil, strconv.Itoa(c.Rows))
	case c.cells > c.Cells:
		return store.NewError("too_many_cells", nil, strconv.Itoa(c.Cells))
	case c.book > c.BookCells:
		return store.NewError("too_many_cells", nil, strconv.Itoa(c.BookCells))
	case c.text > c.Text || len(cell.Text) > c.Field:
		return tooLarge(cell.Ref())
	}
	return nil
}
