package sheet

import (
	"bytes"
	"slices"
)

// The last row and column that Excel knows.
const (
	maxRow = 1_048_576
	maxCol = 16_384
)

// worksheet reads one sheet's part.
type worksheet struct {
	*scanner
	w        *workbook
	sheet    *Sheet
	row, col int     // last read, from 0; -1 before the first
	hidden   []Range // columns
	data     bool    // the rows were read
}

// readSheets reads all sheets, hidden ones too: what feeds what is decided
// elsewhere.
func (w *workbook) readSheets() error {
	for i, sheet := range w.book.Sheets {
		s, err := w.scan(w.targets[i])
		if err != nil {
			return err
		}
		w.count.sheet()
		r := &worksheet{scanner: s, w: w, sheet: sheet, row: -1}
		if err := r.read(); err != nil {
			return err
		}
	}
	return nil
}

// read reads the whole part. Its parts come in an order that the standard
// fixes, but nothing here depends on it.
func (r *worksheet) read() error {
	// A cell that holds something takes 30 to 60 bytes as a rule.
	r.sheet.Cells = make([]Cell, 0, min(len(r.scanner.data)/32, r.w.limits.Cells))
	err := r.document("worksheet", func() error {
		switch string(r.name) {
		case "cols":
			return r.children(r.column)
		case "sheetData":
			return r.rows()
		case "mergeCells":
			return r.children(r.merge)
		}
		return r.skip()
	})
	if err != nil {
		return err
	}
	// The standard demands rows, be there none in them: a sheet without them was
	// damaged where they began.
	if !r.data {
		return r.fail("no rows")
	}
	if cap(r.sheet.Cells) > 2*len(r.sheet.Cells) {
		r.sheet.Cells = slices.Clone(r.sheet.Cells)
	}
	r.sheet.hide(r.hidden)
	return nil
}

// column reads <col min="1" max="3" hidden="1"/>.
func (r *worksheet) column() error {
	from, err := r.number("min", 0, maxCol+1)
	if err != nil {
		return err
	}
	to, err := r.number("max", 0, maxCol+1)
	if err != nil {
		return err
	}
	hidden, err := r.flag("hidden", false)
	if err != nil {
		return err
	}
	if from == 0 || to < from || len(r.hidden) == maxCol {
		return r.fail("columns out of range")
	}
	if hidden {
		r.hidden = append(r.hidden, Range{Col: from - 1, Col2: to - 1})
	}
	return r.skip()
}

// merge reads one merged range; the corners may come in any order.
func (r *worksheet) merge() error {
	if string(r.name) != "mergeCell" {
		return r.fail("an unknown element among the merged cells")
	}
	if len(r.sheet.Merges) == r.w.limits.Merges {
		return tooLarge("mergeCells")
	}
	first, last, pair := bytes.Cut(r.attr("ref"), []byte(":"))
	if !pair {
		last = first
	}
	row, col, ok := parseRef(first)
	row2, col2, ok2 := parseRef(last)
	if !ok || !ok2 {
		return r.fail("a malformed range")
	}
	r.sheet.Merges = append(r.sheet.Merges, Range{
		Row: min(row, row2), Col: min(col, col2),
		Row2: max(row, row2), Col2: max(col, col2),
	})
	return r.skip()
}

// rows reads all rows. Whatever is not a row is refused: a row whose tag was
// damaged would otherwise vanish without a trace.
func (r *worksheet) rows() error {
	if r.data {
		return r.fail("rows twice")
	}
	r.data = true
	for {
		more, err := r.child()
		if err != nil || !more {
			return err
		}
		if string(r.name) != "row" {
			return r.fail("an unknown element among the rows")
		}
		if err := r.oneRow(); err != nil {
			return err
		}
	}
}

// oneRow reads a row. A row without a number is the next one; numbers must
// rise, since a row that comes twice would have two answers.
func (r *worksheet) oneRow() error {
	row, hidden := r.row+1, false
	for _, a := range r.attrs {
		name, value := r.cut(a.name), r.cut(a.value)
		switch string(name) {
		case "r":
			n, ok := atoi(value, maxRow+1)
			if !ok || n <= r.row+1 || value[0] == '0' {
				return r.fail("a row number out of range or order")
			}
			row = n - 1
		case "hidden":
			var err error
			if hidden, err = r.flag("hidden", false); err != nil {
				return err
			}
		// What else a row may say is known and does not matter. An attribute that
		// is not known may be the damaged name of one that does.
		case "spans", "s", "customFormat", "ht", "customHeight", "outlineLevel", "collapsed", "thickTop", "thickBot", "ph":
		default:
			if bytes.IndexByte(name, ':') < 0 {
				return r.fail("an unknown attribute of a row")
			}
		}
	}
	if row >= maxRow {
		return r.fail("a row number out of range or order")
	}
	r.row, r.col = row, -1
	if hidden {
		r.sheet.HiddenRows = append(r.sheet.HiddenRows, row)
	}
	for {
		more, err := r.child()
		if err != nil || !more {
			return err
		}
		switch string(r.name) {
		case "c":
			err = r.cell()
		case "extLst":
			err = r.skip()
		default:
			err = r.fail("an unknown element in a row")
		}
		if err != nil {
			return err
		}
	}
}

// place reads the attributes of a cell: where it stands, its type and style.
func (r *worksheet) place(in *stored) error {
	col := r.col + 1
	if len(r.w.styles) > 0 {
		in.style = r.w.styles[0]
	}
	for _, a := range r.attrs {
		name, value := r.cut(a.name), r.cut(a.value)
		switch string(name) {
		case "r":
			row, c, ok := parseRef(value)
			if !ok || row != r.row || c < col {
				return r.fail("a cell address out of range or order")
			}
			col = c
		case "s":
			n, ok := atoi(value, maxStyles)
			if !ok || n >= len(r.w.styles) && n > 0 {
				return r.fail("a cell of an unknown style")
			}
			if n < len(r.w.styles) {
				in.style = r.w.styles[n]
			}
		case "t":
			var ok bool
			if in.kind, ok = cellKind(value); !ok {
				return r.fail("a cell of an unknown type")
			}
		case "cm", "vm", "ph":
		default:
			if bytes.IndexByte(name, ':') < 0 {
				return r.fail("an unknown attribute of a cell")
			}
		}
	}
	if col >= maxCol {
		return r.fail("a cell address out of range or order")
	}
	r.col = col
	return nil
}

// cell reads one cell and keeps it where it holds something.
func (r *worksheet) cell() error {
	in := stored{}
	if err := r.place(&in); err != nil {
		return err
	}
	if r.onlyValue(&in) {
		return r.keep(&in)
	}
	for {
		more, err := r.child()
		if err != nil {
			return err
		}
		if !more {
			return r.keep(&in)
		}
		switch string(r.name) {
		case "v":
			err = r.value(&in)
		case "f":
			in.formula = true
			err = r.skip()
		case "is":
			err = r.inline(&in)
		case "extLst":
			err = r.skip()
		default:
			err = r.fail("an unknown element in a cell")
		}
		if err != nil {
			return err
		}
	}
}

// onlyValue reads what nearly every cell holds, <v>12</v></c> without anything
// that has to be resolved, and closes the cell; it reads nothing where there is
// more to it. Stepping through these four tags takes longer than all the rest.
func (r *worksheet) onlyValue(in *stored) bool {
	const open, end = "<v>", "</v></c>"
	rest := r.scanner.data[r.pos:]
	if r.single || len(r.prefix) > 0 || len(rest) < len(open) || string(rest[:len(open)]) != open {
		return false
	}
	rest = rest[len(open):]
	n := bytes.IndexByte(rest, '<')
	if n < 0 || len(rest) < n+len(end) || string(rest[n:n+len(end)]) != end || !plain(rest[:n]) {
		return false
	}
	in.found, in.value = true, rest[:n]
	r.pos += len(open) + n + len(end)
	r.pop()
	return true
}

// keep adds the cell that was read to the sheet, where it holds something.
func (r *worksheet) keep(in *stored) error {
	if !in.found && !in.rich && !in.formula {
		return nil // formatting only
	}
	// The cell is built in its place: copying it from hand to hand took a fifth
	// of the time.
	n := len(r.sheet.Cells)
	r.sheet.Cells = append(r.sheet.Cells, Cell{Row: int32(r.row), Col: int32(r.col)})
	c := &r.sheet.Cells[n]
	if err := r.w.convert(in, c); err != nil {
		return damaged(r.part+" "+c.Ref(), err.Error())
	}
	if c.Kind == Blank {
		r.sheet.Cells = r.sheet.Cells[:n]
		return nil
	}
	return r.w.count.add(c)
}

// value reads the stored value or the number of a shared string.
func (r *worksheet) value(in *stored) error {
	if in.found {
		return r.fail("a cell with two values")
	}
	in.found = true
	text, err := r.content()
	if !in.rich {
		in.value = text
	}
	return err
}

// inline reads the text of a cell that does not share it. By its type such a
// cell shows this text, also where a value stands beside it.
func (r *worksheet) inline(in *stored) (err error) {
	if in.rich || in.found && in.kind != inlineText {
		return r.fail("a cell with two values")
	}
	in.rich = true
	var struck bool
	in.value, struck, err = r.rich(r.w.line[:0])
	r.w.line = in.value[:0]
	in.style.struck = in.style.struck || struck
	return err
}

// parseRef reads A1 as Excel writes it: no $ and no leading zero.
func parseRef(b []byte) (row, col int, ok bool) {
	i := 0
	for i < len(b) && b[i] >= 'A' && b[i] <= 'Z' {
		if i == 3 {
			return 0, 0, false
		}
		col = 26*col + int(b[i]-'A') + 1
		i++
	}
	if i == 0 || i == len(b) || b[i] == '0' || col > maxCol {
		return 0, 0, false
	}
	row, ok = atoi(b[i:], maxRow+1)
	return row - 1, col - 1, ok
}
