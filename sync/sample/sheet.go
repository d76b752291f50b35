package sample

import (
	"fmt"
	"strconv"

	"jindu/store"
)

// look is how a cell is dressed.
type look int

// The looks. Count shows thousands, share a percentage with one decimal.
const (
	plain look = iota
	title
	note
	head
	label
	count
	amount
	percent
	day
	looks
)

// cell is what one cell shows: a string, an int, a float64 or a store.Date.
type cell struct {
	value   any
	formula string // where set, value is its stored result
	look    look
}

// sheet is one sheet on the drawing board, with what a correct reading of it
// gives. Rows and columns count from 0.
type sheet struct {
	name    string
	hidden  bool
	refused bool // nothing of it may be read
	rows    [][]cell
	merges  [][4]int // row, column, last row, last column
	widths  []float64
	facts   []Expected
	faults  []Fault
}

// book is one workbook or csv on the drawing board.
type book struct {
	format format
	sheets []*sheet
}

// format is how a book is written.
type format int

// The formats. csv is written in GB18030 as Excel does by default, and in UTF-8
// with a byte order mark as Excel does when asked.
const (
	xlsx format = iota
	csvGB18030
	csvUTF8
)

// onlySheet is the name of the sheet where a book has but one: people leave it
// as the program made it, and a csv has none.
func (f format) onlySheet() string {
	if f == xlsx {
		return "Sheet1"
	}
	return csvSheet
}

// csvSheet is the name under which a csv's only sheet is known.
const csvSheet = "csv"

// put fills one cell; the sheet grows to hold it.
func (s *sheet) put(row, col int, value any, l look) {
	for len(s.rows) <= row {
		s.rows = append(s.rows, nil)
	}
	for len(s.rows[row]) <= col {
		s.rows[row] = append(s.rows[row], cell{})
	}
	s.rows[row][col] = cell{value: value, look: l}
}

// formula makes the cell's value the stored result of a formula.
func (s *sheet) formula(row, col int, formula string) { s.rows[row][col].formula = formula }

// merge joins a rectangle of cells; as in Excel only the first holds a value, and
// all of them carry the look.
func (s *sheet) merge(row, col, row2, col2 int) {
	if row == row2 && col == col2 {
		return
	}
	for r := row; r <= row2; r++ {
		for c := col; c <= col2; c++ {
			if r != row || c != col {
				s.put(r, c, nil, s.rows[row][col].look)
			}
		}
	}
	s.merges = append(s.merges, [4]int{row, col, row2, col2})
}

// banner puts text over the whole width of the table.
func (s *sheet) banner(row, width int, text string, l look) {
	s.put(row, 0, text, l)
	s.merge(row, 0, row, width-1)
}

// fact notes what a correct reading of the cell gives.
func (s *sheet) fact(row, col int, e Expected) {
	e.Sheet, e.Cell = s.name, ref(row, col)
	s.facts = append(s.facts, e)
}

// fault notes which rule must find fault with the cell.
func (s *sheet) fault(row, col int, severity store.Severity, rule string) {
	s.faults = append(s.faults, Fault{Sheet: s.name, Cell: ref(row, col), Severity: severity, Rule: rule})
}

// ref returns the A1 address.
func ref(row, col int) string { return letters(col) + strconv.Itoa(row+1) }

// letters returns the name of a column: A, Z, AA.
func letters(col int) string {
	out := ""
	for col++; col > 0; col = (col - 1) / 26 {
		out = string(rune('A'+(col-1)%26)) + out
	}
	return out
}

// area returns the address of a rectangle, both ends included.
func area(row, col, row2, col2 int) string {
	return fmt.Sprintf("%s:%s", ref(row, col), ref(row2, col2))
}

// rename gives the sheet another name.
func (s *sheet) rename(name string) {
	s.name = name
	for i := range s.facts {
		s.facts[i].Sheet = name
	}
	for i := range s.faults {
		s.faults[i].Sheet = name
	}
}
