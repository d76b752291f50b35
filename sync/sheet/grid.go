package sheet

import (
	"slices"
	"strconv"
)

// Kind is the type of a cell's value.
type Kind uint8

// The kinds of cell. Pending is a formula whose result the file does not hold.
const (
	Blank Kind = iota
	Text
	Number
	Bool
	Fault // an error value such as #REF!
	Pending
)

// Cell is one cell that holds something. Rows and columns count from 0.
type Cell struct {
	Row, Col int32
	Kind     Kind
	Date     bool    // a number whose format shows it as a date or time
	Percent  bool    // a number whose format shows it as a percentage
	Formula  bool    // the value is the stored result of a formula
	Struck   bool    // shown struck through
	Text     string  // text, or the number, 1/0 or error as the file writes it
	Num      float64 // number; for Bool 1 or 0
}

// Range is a rectangle of cells, both ends included, counted from 0.
type Range struct{ Row, Col, Row2, Col2 int }

// Visibility says whether a sheet is shown.
type Visibility uint8

// The visibilities that Excel knows.
const (
	Visible Visibility = iota
	Hidden
	VeryHidden
)

// Sheet is one sheet's grid: only the cells that hold something, in row order.
type Sheet struct {
	Name       string
	Index      int // place in the workbook, from 0
	Visibility Visibility
	Cells      []Cell // by row, then column
	Merges     []Range
	HiddenRows []int // ascending
	HiddenCols []int // ascending
}

// Format names how the bytes are laid out.
type Format string

// The formats that can be read.
const (
	XLSX Format = "xlsx"
	XLS  Format = "xls" // of Excel 5 to 2003, and et of WPS
	CSV  Format = "csv" // and tsv
	HTML Format = "html"
	ODS  Format = "ods" // packed or flat
	XML  Format = "xml" // that of Excel 2002 and 2003
)

// Book is a whole workbook.
type Book struct {
	Format   Format
	Date1904 bool // serial dates count from 1904-01-01
	Sheets   []*Sheet
	Charset  string // of text: utf-8, gb18030, utf-16le or utf-16be
	Macros   bool   // holds macros, which are never run
}

// At returns the cell at row and column, which is blank where nothing stands.
func (s *Sheet) At(row, col int) Cell {
	i, ok := slices.BinarySearchFunc(s.Cells, Cell{Row: int32(row), Col: int32(col)}, compare)
	if !ok {
		return Cell{Row: int32(row), Col: int32(col)}
	}
	return s.Cells[i]
}

// Row returns the cells of one row that hold something.
func (s *Sheet) Row(row int) []Cell {
	from, _ := slices.BinarySearchFunc(s.Cells, Cell{Row: int32(row)}, compare)
	to, _ := slices.BinarySearchFunc(s.Cells, Cell{Row: int32(row) + 1}, compare)
	return s.Cells[from:to]
}

// Size returns the rows and columns from the first cell to the last one that
// holds something.
func (s *Sheet) Size() (rows, cols int) {
	for _, c := range s.Cells {
		rows = max(rows, int(c.Row)+1)
		cols = max(cols, int(c.Col)+1)
	}
	return rows, cols
}

// Merged returns the merged range that holds the cell.
func (s *Sheet) Merged(row, col int) (Range, bool) {
	for _, m := range s.Merges {
		if m.Holds(row, col) {
			return m, true
		}
	}
	return Range{}, false
}

// hide keeps of the hidden rows, and of ranges of hidden columns, those within
// the content: hiding all that lies beyond it is a habit and no secret.
func (s *Sheet) hide(hidden []Range) {
	if len(s.HiddenRows)+len(hidden) == 0 {
		return
	}
	rows, cols := s.Size()
	end, _ := slices.BinarySearch(s.HiddenRows, rows)
	s.HiddenRows = slices.Clip(s.HiddenRows[:end])
	// Thousands of ranges may lie over each other: marked once, listed once.
	on := make([]bool, cols)
	for _, h := range hidden {
		for col := h.Col; col <= min(h.Col2, cols-1); col++ {
			on[col] = true
		}
	}
	for col := range on {
		if on[col] {
			s.HiddenCols = append(s.HiddenCols, col)
		}
	}
}

// Holds reports whether the range holds the cell.
func (r Range) Holds(row, col int) bool {
	return row >= r.Row && row <= r.Row2 && col >= r.Col && col <= r.Col2
}

// Ref returns the range as A1:B2, or A1 for a single cell.
func (r Range) Ref() string {
	if r.Row == r.Row2 && r.Col == r.Col2 {
		return Ref(r.Row, r.Col)
	}
	return Ref(r.Row, r.Col) + ":" + Ref(r.Row2, r.Col2)
}

// Ref returns the cell's address.
func (c Cell) Ref() string { return Ref(int(c.Row), int(c.Col)) }

// Ref returns the A1 address of a row and column counted from 0.
func Ref(row, col int) string { return ColumnName(col) + strconv.Itoa(row+1) }

// ColumnName returns A for 0, Z for 25, AA for 26.
func ColumnName(col int) string {
	var b [8]byte
	i := len(b)
	for n := col + 1; n > 0; n = (n - 1) / 26 {
		i--
		b[i] = byte('A' + (n-1)%26)
	}
	return string(b[i:])
}

func compare(a, b Cell) int {
	if a.Row != b.Row {
		return int(a.Row) - int(b.Row)
	}
	return int(a.Col) - int(b.Col)
}
