package sheet

import (
	"bytes"
	"math"
	"strconv"
)

// A cell's record begins with row, column and number of its format, of two bytes
// each. What follows depends on the kind.

// sharedText reads a cell that names a shared string by its number.
func (s *xlsSheet) sharedText() error {
	if len(s.body) != 10 {
		return s.fail("a text cell of another length")
	}
	look, err := s.place(int(le16(s.body[2:])))
	if err != nil {
		return err
	}
	i := int(le32(s.body[6:]))
	if i >= len(s.strings.ends) {
		return s.failCell(s.row, s.col, "a shared string out of range")
	}
	text := s.strings.at(i)
	if text == "" {
		return nil
	}
	c, err := s.add(look)
	if err != nil {
		return err
	}
	c.Kind, c.Text = Text, text
	c.Struck = c.Struck || len(s.strings.struck) > 0 && s.strings.struck[i]
	return nil
}

// label reads a cell with a text of its own.
func (s *xlsSheet) label() error {
	if len(s.body) < 8 {
		return s.fail("a text cell of another length")
	}
	look, err := s.place(int(le16(s.body[2:])))
	if err != nil {
		return err
	}
	text, struck, err := s.ownText(s.body[6:])
	if err != nil || len(text) == 0 {
		return err
	}
	look.struck = look.struck || struck
	c, err := s.add(look)
	if err != nil {
		return err
	}
	c.Kind, c.Text = Text, s.texts.add(text)
	return nil
}

// ownText reads the text of a cell, two bytes of length before it and, in a
// RSTRING, runs of fonts behind it.
func (s *xlsSheet) ownText(b []byte) (text []byte, struck bool, err error) {
	text, b, err = s.shortText(b, true)
	if err != nil {
		return nil, false, err
	}
	if s.op == recRString {
		return s.ownRuns(text, b)
	}
	// Some programs end a text with a zero that is not counted.
	if len(b) > 2 || len(bytes.Trim(b, "\x00")) != 0 {
		return nil, false, s.fail("a text of another length")
	}
	return text, false, nil
}

// ownRuns reads runs: numbers of two bytes, or of one before Excel 97.
func (s *xlsSheet) ownRuns(text, b []byte) ([]byte, bool, error) {
	size := 1
	if s.biff8 {
		size = 2
	}
	number := func(at int) int {
		if s.biff8 {
			return int(le16(b[at:]))
		}
		return int(b[at])
	}
	if len(b) < size || len(b) != size+2*size*number(0) {
		return nil, false, s.fail("runs of another length")
	}
	struck := false
	for at := size; at < len(b); at += 2 * size {
		font := number(at + size)
		struck = struck || font < len(s.struck) && s.struck[font]
	}
	return text, struck, nil
}

// float reads a number of eight bytes.
func (s *xlsSheet) float() error {
	if len(s.body) != 14 {
		return s.fail("a number of another length")
	}
	look, err := s.place(int(le16(s.body[2:])))
	if err != nil {
		return err
	}
	return s.number(look, math.Float64frombits(s.body64(6)), false)
}

// rk reads a number of four bytes.
func (s *xlsSheet) rk() error {
	if len(s.body) != 10 {
		return s.fail("a number of another length")
	}
	look, err := s.place(int(le16(s.body[2:])))
	if err != nil {
		return err
	}
	return s.number(look, unpackRK(le32(s.body[6:])), false)
}

// rks reads numbers side by side: the row and the first column, then format and
// number of each, then the last column, which must agree with how many there are.
func (s *xlsSheet) rks() error {
	const each = 6
	n := (len(s.body) - 6) / each
	if n < 1 || len(s.body) != 6+n*each {
		return s.fail("numbers of another length")
	}
	first := int(le16(s.body[2:]))
	if first+n-1 != int(le16(s.body[4+n*each:])) {
		return s.fail("more or fewer numbers than columns")
	}
	for i := range n {
		b := s.body[4+i*each:]
		look, err := s.placeXF(first+i, le16(b))
		if err != nil {
			return err
		}
		if err := s.number(look, unpackRK(le32(b[2:])), false); err != nil {
			return err
		}
	}
	return nil
}

// blanks checks blank cells side by side, which are written as numbers are. They
// hold nothing, but one that is of another length may hide cells that do.
func (s *xlsSheet) blanks() error {
	n := (len(s.body) - 6) / 2
	if n < 1 || len(s.body) != 6+2*n || int(le16(s.body[2:]))+n-1 != int(le16(s.body[4+2*n:])) {
		return s.fail("more or fewer blank cells than columns")
	}
	for i := range n {
		if _, err := s.placeXF(int(le16(s.body[2:]))+i, le16(s.body[4+2*i:])); err != nil {
			return err
		}
	}
	return nil
}

// unpackRK unpacks a number: the upper 30 bits of a float, or a whole number of
// 30 bits; either may be in hundredths.
func unpackRK(v uint32) float64 {
	const hundredths, whole = 1, 2
	f := math.Float64frombits(uint64(v&^3) << 32)
	if v&whole != 0 {
		f = float64(int32(v) >> 2)
	}
	if v&hundredths != 0 {
		f /= 100
	}
	return f
}

// boolErr reads a truth or an error: the value and a byte that says which of the
// two it is.
func (s *xlsSheet) boolErr() error {
	// Some programs write a byte too many.
	if n := len(s.body); n != 8 && n != 9 || s.body[7] > 1 {
		return s.fail("neither a truth nor an error")
	}
	look, err := s.place(int(le16(s.body[2:])))
	if err != nil {
		return err
	}
	if s.body[7] == 1 {
		return s.fault(look, s.body[6], false)
	}
	return s.truth(look, s.body[6], false)
}

func (s *xlsSheet) truth(look style, v byte, formula bool) error {
	if v > 1 {
		return s.failCell(s.row, s.col, "neither true nor false")
	}
	c, err := s.add(look)
	if err != nil {
		return err
	}
	c.Kind, c.Formula, c.Text, c.Num = Bool, formula, "0", float64(v)
	if v == 1 {
		c.Text = "1"
	}
	return nil
}

func (s *xlsSheet) fault(look style, code byte, formula bool) error {
	text := faultName(code)
	if text == "" {
		return s.failCell(s.row, s.col, "an unknown error value")
	}
	c, err := s.add(look)
	if err != nil {
		return err
	}
	c.Kind, c.Formula, c.Text = Fault, formula, text
	return nil
}

// faultName returns how Excel shows an error value.
func faultName(code byte) string {
	switch code {
	case 0x00:
		return "#NULL!"
	case 0x07:
		return "#DIV/0!"
	case 0x0f:
		return "#VALUE!"
	case 0x17:
		return "#REF!"
	case 0x1d:
		return "#NAME?"
	case 0x24:
		return "#NUM!"
	case 0x2a:
		return "#N/A"
	case 0x2b:
		return "#GETTING_DATA"
	}
	return ""
}

// number adds a number and its shortest text, the one that Excel shows and xlsx
// holds in most cases.
func (s *xlsSheet) number(look style, f float64, formula bool) error {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return s.failCell(s.row, s.col, "not a number")
	}
	c, err := s.add(look)
	if err != nil {
		return err
	}
	s.line = appendNumber(s.line[:0], f)
	c.Kind, c.Num, c.Date, c.Percent, c.Formula = Number, f, look.date, look.percent, formula
	c.Text = s.texts.add(s.line)
	return nil
}

// appendNumber writes all digits of numbers that a person may have typed: an
// identity number that was taken for a number must still look like one.
func appendNumber(b []byte, f float64) []byte {
	switch abs := math.Abs(f); {
	case f == math.Trunc(f) && abs < 1<<53:
		return strconv.AppendInt(b, int64(f), 10)
	case abs >= 1e21 || abs < 1e-7:
		return strconv.AppendFloat(b, f, 'E', -1, 64)
	}
	return strconv.AppendFloat(b, f, 'f', -1, 64)
}

// The kinds of result that are no number, and where a formula's parts stand.
const (
	resultText  = 0
	resultTruth = 1
	resultFault = 2
	resultEmpty = 3
	tokensAt    = 22
)

// formula reads the stored result of a formula: a number of eight bytes or, where
// the last two of them are ones, the kind of result in the first and a value in
// the third. Flags, four bytes of Excel's own and the formula itself follow.
func (s *xlsSheet) formula() error {
	if err := s.tokens(); err != nil {
		return err
	}
	look, err := s.place(int(le16(s.body[2:])))
	if err != nil {
		return err
	}
	s.waiting = -1
	if le16(s.body[12:]) != 0xffff {
		f := math.Float64frombits(s.body64(6))
		if f == 0 && s.uncomputed() {
			return s.pending(look)
		}
		return s.number(look, f, true)
	}
	switch s.body[6] {
	case resultText:
		// The text follows, behind a formula that several cells share; where none
		// follows, the program that wrote the file did not compute it.
		s.waiting = len(s.sheet.Cells)
		return s.pending(look)
	case resultTruth:
		return s.truth(look, s.body[8], true)
	case resultFault:
		return s.fault(look, s.body[8], true)
	case resultEmpty:
		return nil
	}
	return s.failCell(s.row, s.col, "a result of an unknown kind")
}

// uncomputed reports whether a formula is to be computed whenever the file is
// opened, though nothing in it changes by itself as NOW() does: programs that
// cannot compute write this, and nought, and leave the rest to Excel.
func (s *xlsSheet) uncomputed() bool {
	const always, attribute, volatile = 1, 0x19, 0x01
	tokens := s.body[tokensAt:]
	return s.body[14]&always != 0 && (len(tokens) < 2 || tokens[0] != attribute || tokens[1]&volatile == 0)
}

// pending adds a formula that was never computed.
func (s *xlsSheet) pending(look style) error {
	c, err := s.add(look)
	if err != nil {
		return err
	}
	c.Kind, c.Formula = Pending, true
	return nil
}

// tokens checks that the formula fills its record: where it holds nothing that
// keeps more behind it, the record has swallowed the next ones.
func (s *xlsSheet) tokens() error {
	if len(s.body) < tokensAt {
		return s.fail("a formula of another length")
	}
	n := int(le16(s.body[20:]))
	if n > len(s.body)-tokensAt {
		return s.fail("a formula that is cut")
	}
	if n < len(s.body)-tokensAt && !s.more(s.body[tokensAt:tokensAt+n]) {
		return s.fail("a formula of another length")
	}
	return nil
}

// result reads the text that a formula gave, which has a record of its own behind
// that of the formula. An empty one, which formulas such
// as IF(A1>0,A1,"") leave, is a blank cell.
func (s *xlsSheet) result() error {
	if s.waiting < 0 || s.waiting != len(s.sheet.Cells)-1 || len(s.body) < 2 {
		return s.fail("a text without its formula")
	}
	s.waiting = -1
	if n := int(le16(s.body)); s.biff8 {
		p := pieces{x: s.xls, b: s.body[2:]}
		var err error
		if s.line, _, err = p.text(s.line[:0], n); err != nil {
			return err
		}
		if len(p.b) != 0 {
			return s.fail("a text of another length")
		}
	} else {
		if len(s.body) != 2+n {
			return s.fail("a text of another length")
		}
		text, err := s.decode(s.body[2:])
		if err != nil {
			return err
		}
		s.line = append(s.line[:0], text...)
	}
	if len(s.line) == 0 {
		s.drop()
		return nil
	}
	c := &s.sheet.Cells[len(s.sheet.Cells)-1]
	c.Kind, c.Text = Text, s.texts.add(s.line)
	return nil
}
