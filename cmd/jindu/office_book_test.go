package main

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// book makes a workbook of a text. A line [name] begins a sheet ([name hidden],
// [name veryhidden]); a line !row 5 or !col C hides; every other line is a row
// of cells parted by |. A cell is a number where it reads like one, or
//
//	'12       a text
//	%0.85     a number formatted as a percentage
//	#0.0;2.5  a number with a format
//	@2026-06-26 a day
//	=A1+B1    a formula without a stored value
//	=A1+B1;12 a formula with a stored value
//	!#REF!    an error
//	<         joined to the cell on its left
//	^         joined to the cell above
//	~         stands for nothing in an otherwise blank line
//
// A line of a single blank is a blank row; \n in a text is a line break.
func book(tb testing.TB, text string) []byte {
	tb.Helper()
	b := &bookMaker{f: excelize.NewFile()}
	defer func() { _ = b.f.Close() }()
	for line := range strings.Lines(strings.TrimPrefix(text, "\n")) {
		b.line(strings.TrimSuffix(strings.TrimLeft(line, "\t"), "\n"))
	}
	b.join()
	must(tb, b.err)
	var out bytes.Buffer
	must(tb, b.f.Write(&out))
	return out.Bytes()
}

type bookMaker struct {
	f      *excelize.File
	sheet  string
	row    int
	joined map[[2]int][2]int // first cell of a joined range, by column and row, to its last
	owner  map[[2]int][2]int // every joined cell to the first of its range
	err    error
}

func (b *bookMaker) do(err error) {
	if b.err == nil && err != nil {
		b.err = fmt.Errorf("%s row %d: %w", b.sheet, b.row, err)
	}
}

func (b *bookMaker) line(line string) {
	switch {
	case strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]"):
		b.begin(strings.Trim(line, "[]"))
	case strings.HasPrefix(line, "!row "):
		n, err := strconv.Atoi(line[len("!row "):])
		b.do(err)
		b.do(b.f.SetRowVisible(b.sheet, n, false))
	case strings.HasPrefix(line, "!col "):
		b.do(b.f.SetColVisible(b.sheet, line[len("!col "):], false))
	default:
		b.cells(line)
	}
}

func (b *bookMaker) begin(name string) {
	b.join()
	name, flag, _ := strings.Cut(name, " ")
	if b.sheet == "" {
		b.do(b.f.SetSheetName("Sheet1", name))
	} else {
		_, err := b.f.NewSheet(name)
		b.do(err)
	}
	b.sheet, b.row = name, 0
	if flag != "" {
		b.do(b.f.SetSheetVisible(name, false, flag == "veryhidden"))
	}
}

func (b *bookMaker) cells(line string) {
	if b.sheet == "" {
		b.begin("Sheet1")
	}
	b.row++
	for i, text := range strings.Split(line, "|") {
		at := [2]int{i + 1, b.row}
		switch text = strings.TrimSpace(text); text {
		case "", "~":
		case "<":
			b.extend(at, [2]int{at[0] - 1, at[1]})
		case "^":
			b.extend(at, [2]int{at[0], at[1] - 1})
		default:
			b.cell(at, strings.ReplaceAll(text, `\n`, "\n"))
		}
	}
}

// extend joins a cell to the range that its neighbour belongs to.
func (b *bookMaker) extend(at, to [2]int) {
	first, ok := b.owner[to]
	if !ok {
		first = to
	}
	b.owner[at] = first
	last := b.joined[first]
	b.joined[first] = [2]int{max(last[0], at[0], first[0]), max(last[1], at[1], first[1])}
}

func (b *bookMaker) join() {
	for first, last := range b.joined {
		b.do(b.f.MergeCell(b.sheet, ref(first), ref(last)))
	}
	b.joined, b.owner = map[[2]int][2]int{}, map[[2]int][2]int{}
}

func ref(at [2]int) string {
	s, _ := excelize.CoordinatesToCellName(at[0], at[1])
	return s
}

func (b *bookMaker) cell(at [2]int, text string) {
	where := ref(at)
	number, err := strconv.ParseFloat(text, 64)
	switch {
	case err == nil:
		b.do(b.f.SetCellValue(b.sheet, where, number))
	case text[0] == '\'':
		b.do(b.f.SetCellStr(b.sheet, where, text[1:]))
	case text[0] == '%' && len(text) > 1:
		b.styled(where, text[1:], "0.0%")
	case text[0] == '#' && strings.Contains(text, ";"):
		format, value, _ := strings.Cut(text[1:], ";")
		b.styled(where, value, format)
	case text[0] == '@':
		day, err := time.Parse(time.DateOnly, text[1:])
		b.do(err)
		b.do(b.f.SetCellValue(b.sheet, where, day))
	case text[0] == '=':
		b.formula(where, text[1:])
	case strings.HasPrefix(text, "!#"):
		b.do(b.f.SetCellValue(b.sheet, where, text[1:]))
		b.do(b.f.SetCellFormula(b.sheet, where, "1/0"))
	default:
		b.do(b.f.SetCellStr(b.sheet, where, text))
	}
}

func (b *bookMaker) styled(where, value, format string) {
	number, err := strconv.ParseFloat(value, 64)
	b.do(err)
	b.do(b.f.SetCellValue(b.sheet, where, number))
	style, err := b.f.NewStyle(&excelize.Style{CustomNumFmt: &format})
	b.do(err)
	b.do(b.f.SetCellStyle(b.sheet, where, where, style))
}

func (b *bookMaker) formula(where, text string) {
	formula, value, stored := strings.Cut(text, ";")
	if stored {
		number, err := strconv.ParseFloat(value, 64)
		b.do(err)
		b.do(b.f.SetCellValue(b.sheet, where, number))
	}
	b.do(b.f.SetCellFormula(b.sheet, where, formula))
}
