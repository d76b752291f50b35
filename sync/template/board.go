package template

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"jindu/store"
)

// book is a workbook on the drawing board.
type book struct {
	title  string
	day    store.Date // on which it was made
	sheets []*page
	looks  []look // those in use; the place of one is its style
}

// page is one sheet on the drawing board. Rows and columns count from 0.
type page struct {
	name    string
	rows    [][]cell
	heights map[int]float64 // of rows, in points; others as the program sees fit
	widths  []float64       // of columns, in characters
	columns []look          // of the blank cells below the rows, by column
	merges  []area
	limits  []limit
	ruled   *area // cells that get borders where their row holds something
	frozen  [2]int
	heads   area // rows that are printed on every page
	grows   bool // rows may be added
	locked  bool // nothing can be typed at all
	free    bool // not protected: it is only read
	footer  string
	upright bool // A4 portrait; else landscape
}

// area is a rectangle of cells, both ends included.
type area struct{ row, col, row2, col2 int }

// cell is what one cell holds: a text, a number or a formula whose result is blank
// until something is filled in.
type cell struct {
	kind kind
	text string // or formula
	num  float64
	look look
}

// kind is what a cell holds.
type kind uint8

const (
	blank kind = iota
	words
	number
	formula
)

// look is how a cell is dressed.
type look struct {
	font   font
	fill   fill
	format string // of numbers; empty: as typed
	align  align
	boxed  bool // has borders
	open   bool // can be typed into
}

type font uint8

// The fonts. The names are those that every office in the country has.
const (
	body font = iota
	bold
	title
	small
	fonts
)

type fill uint8

// The grounds: of cells to fill in, of heads, of what is computed or locked, and
// of what is not reported.
const (
	white fill = iota
	headed
	grey
	private
	fills
)

type align uint8

const (
	start align = iota
	middle
	end
)

// limit is what may be typed into an area, and what is said about it.
type limit struct {
	on      area
	kind    string // list, whole, decimal, date, custom; empty: anything, only the hint is shown
	op      string // between, greaterThanOrEqual; empty where the kind needs none
	first   string
	second  string
	warn    bool // may be overruled
	hint    string
	refusal string
}

// put fills one cell; the page grows to hold it.
func (p *page) put(row, col int, c cell) {
	for len(p.rows) <= row {
		p.rows = append(p.rows, nil)
	}
	for len(p.rows[row]) <= col {
		p.rows[row] = append(p.rows[row], cell{})
	}
	p.rows[row][col] = c
}

// write puts a text into a cell.
func (p *page) write(row, col int, text string, l look) {
	p.put(row, col, cell{kind: words, text: harmless(text), look: l})
}

// join merges an area; all its cells carry the look of the first.
func (p *page) join(a area) {
	if a.row == a.row2 && a.col == a.col2 {
		return
	}
	l := p.rows[a.row][a.col].look
	for r := a.row; r <= a.row2; r++ {
		for c := a.col; c <= a.col2; c++ {
			if r != a.row || c != a.col {
				p.put(r, c, cell{look: l})
			}
		}
	}
	p.merges = append(p.merges, a)
}

// banner puts a text over the whole width of a table.
func (p *page) banner(row, width int, text string, l look, height float64) {
	p.write(row, 0, text, l)
	p.join(area{row, 0, row, width - 1})
	p.tall(row, height)
}

// tall gives a row its height.
func (p *page) tall(row int, height float64) {
	if p.heights == nil {
		p.heights = map[int]float64{}
	}
	p.heights[row] = height
}

// harmless keeps a text a text in every program that it may be copied to: what
// begins like a formula gets an apostrophe before it.
func harmless(text string) string {
	if first, _ := utf8.DecodeRuneInString(text); text != "" && strings.ContainsRune("=+-@＝＋－＠\t\r", first) {
		return "'" + text
	}
	return text
}

// ref returns the A1 address of a cell.
func ref(row, col int) string { return letters(col) + strconv.Itoa(row+1) }

// letters returns the name of a column: A, Z, AA.
func letters(col int) string {
	out := ""
	for col++; col > 0; col = (col - 1) / 26 {
		out = string(rune('A'+(col-1)%26)) + out
	}
	return out
}

// String returns the address of the area.
func (a area) String() string {
	if a.row == a.row2 && a.col == a.col2 {
		return ref(a.row, a.col)
	}
	return ref(a.row, a.col) + ":" + ref(a.row2, a.col2)
}

// fixed returns the address of the area as it is written in names and lists,
// with the page that it lies on.
func (a area) fixed(name string) string {
	at := func(row, col int) string { return "$" + letters(col) + "$" + strconv.Itoa(row+1) }
	return quoted(name) + "!" + at(a.row, a.col) + ":" + at(a.row2, a.col2)
}

// quoted writes the name of a page in a formula.
func quoted(name string) string { return "'" + strings.ReplaceAll(name, "'", "''") + "'" }

// pageName makes a text a name that spreadsheet programs take for a sheet.
func pageName(text string) string {
	text = strings.Trim(strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`:\/?*[]`, r) {
			return -1
		}
		return r
	}, text), "' ")
	if r := []rune(text); len(r) > 31 {
		text = string(r[:31])
	}
	if text == "" {
		return "Sheet1"
	}
	return text
}
