package sheet

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"

	"jindu/store"
)

// The grid of Excel 97 to 2003, and the rows of the versions before.
const (
	xlsRows    = 65_536
	xlsOldRows = 16_384
	xlsCols    = 256
)

// xlsSheet reads the records of one sheet: its settings, its size, the table of
// rows and cells in blocks of 32 rows, and what lies on top of them (drawings,
// notes, merged ranges, filters).
//
// A row or a cell that vanished without a trace would be the worst of defects, so
// what the stream says twice is compared: its records' lengths, the places that
// records name, the order of cells.
type xlsSheet struct {
	*xls
	sheet    *Sheet
	from     int     // where the sheet begins
	row, col int     // of the cell before, -1 at first
	mixed    bool    // cells do not come in order
	falls    bool    // not even their rows do
	sized    bool    // the size was given
	begun    bool    // the table of rows and cells has begun
	closed   bool    // its last record was the end of a block of rows
	broken   uint16  // the record that ended it
	blocks   bool    // rows and cells lie in blocks, each in order
	pivot    bool    // a pivot table has begun
	waiting  int     // the formula whose text is to follow, -1 for none
	hidden   []Range // columns
}

// readSheet reads the next part of the stream, the one of a sheet of the list.
func (x *xls) readSheet(l *listed) error {
	if err := x.next(); err != nil {
		return err
	}
	kinds := map[byte]uint16{sheetGrid: partGrid, sheetChart: partChart, sheetMacros: partMacros, sheetModule: partModule}
	if !x.isBegin() || le16(x.body[2:]) != kinds[l.kind] {
		return x.fail("not the beginning of a sheet of its kind")
	}
	if l.kind != sheetGrid {
		return x.pass()
	}
	s := &xlsSheet{xls: x, sheet: l.sheet, from: x.at, row: -1, waiting: -1}
	// A cell that holds something takes 10 to 18 bytes as a rule.
	end := len(x.data)
	for _, other := range x.list {
		if other.at > l.at {
			end = min(end, other.at)
		}
	}
	s.sheet.Cells = make([]Cell, 0, min((end-x.pos)/14+1, x.limits.Cells))
	for {
		if err := x.next(); err != nil {
			return err
		}
		if x.op == recEOF {
			return s.end()
		}
		if err := s.record(); err != nil {
			return err
		}
	}
}

// pass steps over a part of the stream and the parts within it.
func (x *xls) pass() error {
	for depth := 1; depth > 0; {
		if err := x.next(); err != nil {
			return err
		}
		switch x.op {
		case recBOF:
			depth++
		case recEOF:
			depth--
		}
	}
	return nil
}

// record reads one record of the sheet. Excel writes rows and cells as one
// table, without other records between them: what stands there is the damaged
// head of a cell. Only behind the end of a block of rows may the table pause.
func (s *xlsSheet) record() error {
	switch s.op {
	case recLabelSST, recNumber, recRK, recMulRK, recBlank, recMulBlank, recFormula, recLabel, recRString, recBoolErr,
		recRow, recDBCell, recString, recArray, recTable, recShared:
		if s.broken != 0 {
			return s.fail(fmt.Sprintf("a cell after the end of the cells, which was at %#04x", s.broken))
		}
		s.begun, s.closed = true, s.op == recDBCell
		return s.inTable()
	}
	if s.begun && (!s.closed || !s.fixed()) {
		if s.broken == 0 && s.op == recWindow1 { // as long as two numbers, and one bit away
			return s.fail("a window among the cells")
		}
		s.broken = s.op
	}
	switch s.op {
	case recBOF: // a chart within the sheet
		if !s.isBegin() {
			return s.fail("a beginning of another length")
		}
		return s.pass()
	case recSize:
		return s.size()
	case recColInfo:
		return s.column()
	case recMerges:
		return s.merges()
	}
	s.pivot = s.pivot || s.op == recPivot
	if s.known() || s.pivot && ofPivot(s.op) {
		return nil
	}
	return s.fail("unknown in a sheet")
}

// inTable reads a record of the table of rows and cells.
func (s *xlsSheet) inTable() error {
	switch s.op {
	case recLabelSST:
		return s.sharedText()
	case recRK:
		return s.rk()
	case recNumber:
		return s.float()
	case recMulRK:
		return s.rks()
	case recBlank:
		if len(s.body) != 6 {
			return s.fail("a blank cell of another length")
		}
		_, err := s.place(int(le16(s.body[2:])))
		return err
	case recMulBlank:
		return s.blanks()
	case recFormula:
		return s.formula()
	case recString:
		return s.result()
	case recLabel, recRString:
		return s.label()
	case recBoolErr:
		return s.boolErr()
	case recRow:
		return s.oneRow()
	case recDBCell:
		return s.block()
	}
	return nil // formulas that cells share
}

// size checks that the size of the sheet comes once and before its cells. What
// it says is not relied on: some programs write nought, others too much.
func (s *xlsSheet) size() error {
	if n := len(s.body); s.sized || s.begun || n != 10 && n != 14 {
		return s.fail("a size that is malformed or out of place")
	}
	s.sized = true
	return nil
}

// column notes columns that are hidden: first, last, width, format and flags of
// two bytes each, of which the lowest bit of the last hides. A column beyond the last is how Excel
// writes "and all the rest".
func (s *xlsSheet) column() error {
	if len(s.body) < 11 || len(s.body) > 12 {
		return s.fail("columns of another length")
	}
	from, to := int(le16(s.body)), int(le16(s.body[2:]))
	if from > to || to > xlsCols || len(s.hidden) > xlsCols {
		return s.fail("columns out of range")
	}
	if s.body[8]&1 != 0 {
		s.hidden = append(s.hidden, Range{Col: from, Col2: to})
	}
	return nil
}

// oneRow notes a row that is hidden: its number, the columns that it spans (which
// Excel leaves as they once were), height, and flags in the thirteenth byte.
func (s *xlsSheet) oneRow() error {
	if len(s.body) != 16 || int(le16(s.body)) >= s.rows() {
		return s.fail("a malformed row")
	}
	const hidden = 0x20
	if s.body[12]&hidden != 0 {
		s.sheet.HiddenRows = append(s.sheet.HiddenRows, int(le16(s.body)))
	}
	return nil
}

// block checks the record that ends a block of rows: it says how many bytes
// before it their first row begins.
func (s *xlsSheet) block() error {
	if len(s.body) < 4 || len(s.body)%2 != 0 {
		return s.fail("a malformed end of a block of rows")
	}
	if at := s.at - int(le32(s.body)); at < s.from || le16(s.data[at:]) != recRow {
		return s.fail("a block of rows that begins nowhere")
	}
	s.blocks = true
	return nil
}

// merges reads merged ranges: how many, then first and last row, first and last
// column of each.
func (s *xlsSheet) merges() error {
	if len(s.body) < 2 || len(s.body) != 2+8*int(le16(s.body)) {
		return s.fail("merged cells of another length")
	}
	for b := s.body[2:]; len(b) > 0; b = b[8:] {
		m := Range{Row: int(le16(b)), Row2: int(le16(b[2:])), Col: int(le16(b[4:])), Col2: int(le16(b[6:]))}
		if m.Row > m.Row2 || m.Col > m.Col2 || m.Col2 >= xlsCols {
			return s.fail("a malformed range")
		}
		if len(s.sheet.Merges) == s.limits.Merges {
			return tooLarge(s.name + " MERGEDCELLS")
		}
		s.sheet.Merges = append(s.sheet.Merges, m)
	}
	return nil
}

// end closes the sheet: cells in order, counted, none of them twice.
func (s *xlsSheet) end() error {
	if len(s.body) != 0 {
		return s.fail("an end of another length")
	}
	// Small programs write cells as they come, column by column. Those that write
	// blocks of rows write them in order, and a row that is not was damaged.
	if s.falls && s.blocks {
		return s.fail("rows that fall")
	}
	// A size belongs before the cells; without one, something has swallowed it.
	// Excel 5 knew programs that left it out.
	if s.begun && !s.sized && s.biff8 {
		return s.fail("a sheet without a size")
	}
	cells := s.sheet.Cells
	if s.mixed {
		slices.SortFunc(cells, compare)
	}
	s.count.sheet()
	for i := range cells {
		if i > 0 && compare(cells[i-1], cells[i]) == 0 {
			return s.failCell(int(cells[i].Row), int(cells[i].Col), "two cells at one place")
		}
		if err := s.count.add(&cells[i]); err != nil {
			return err
		}
	}
	if cap(cells) > 2*len(cells) {
		s.sheet.Cells = slices.Clone(cells)
	}
	slices.Sort(s.sheet.HiddenRows)
	s.sheet.HiddenRows = slices.Compact(s.sheet.HiddenRows)
	s.sheet.hide(s.hidden)
	return nil
}

func (s *xlsSheet) rows() int {
	if s.biff8 {
		return xlsRows
	}
	return xlsOldRows
}

// place begins a cell of the row that the record names first; the format of
// cells follows where the record is of one cell. The cell stays blank until it is
// given a value.
func (s *xlsSheet) place(col int) (style, error) { return s.placeXF(col, le16(s.body[4:])) }

// placeXF is place for a cell with a format of its own.
func (s *xlsSheet) placeXF(col int, xf uint16) (style, error) {
	row := int(le16(s.body))
	if row >= s.rows() || col >= xlsCols {
		return style{}, s.fail("a cell out of the grid")
	}
	if int(xf) >= len(s.styles) && (xf > 0 || len(s.styles) > 0) {
		return style{}, s.failCell(row, col, "a cell of an unknown format")
	}
	if row < s.row || row == s.row && col <= s.col {
		if row == s.row && col == s.col {
			return style{}, s.failCell(row, col, "two cells at one place")
		}
		s.mixed, s.falls = true, s.falls || row < s.row
	}
	s.row, s.col = row, col
	if len(s.styles) == 0 { // of programs that know no formats
		return style{}, nil
	}
	return s.styles[xf], nil
}

// add adds the cell that was placed last. It is built in its place: copying it
// from hand to hand would take longer than reading it.
func (s *xlsSheet) add(look style) (*Cell, error) {
	n := len(s.sheet.Cells)
	if n == s.limits.Cells {
		return nil, store.NewError("too_many_cells", nil, strconv.Itoa(n))
	}
	s.sheet.Cells = append(s.sheet.Cells, Cell{Row: int32(s.row), Col: int32(s.col), Struck: look.struck})
	return &s.sheet.Cells[n], nil
}

// drop takes the last cell away again.
func (s *xlsSheet) drop() { s.sheet.Cells = s.sheet.Cells[:len(s.sheet.Cells)-1] }

// failCell refuses the file for a cell. It names the sheet by its number from 1,
// since names may hold what no message may show.
func (s *xlsSheet) failCell(row, col int, why string) error {
	return damaged(fmt.Sprintf("%s %d!%s", s.name, s.sheet.Index+1, Ref(row, col)), why)
}

func (s *xlsSheet) body64(at int) uint64 { return binary.LittleEndian.Uint64(s.body[at:]) }
