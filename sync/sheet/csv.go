package sheet

import (
	"bytes"
	"context"
	"strconv"
)

// csvReader reads separated values. Quotes follow RFC 4180; ends of line may
// be of any kind. A field ="0012", in which Excel and many programs keep a code
// as it is, is the text 0012 and never a number; any other formula is text.
type csvReader struct {
	ctx      context.Context
	data     []byte // UTF-8
	pos      int
	sep      byte
	row, col int
	sheet    *Sheet
	count    counter
	texts    arena
	line     []byte // a quoted field without its quotes
}

// readCSV reads text as the one sheet of a book.
func readCSV(ctx context.Context, text []byte, limits Limits) (*Book, error) {
	sheet := &Sheet{Name: "csv"}
	r := &csvReader{ctx: ctx, data: text, sheet: sheet, count: counter{Limits: limits}}
	r.count.sheet()
	r.sep = r.declared()
	if r.sep == 0 {
		r.sep = separator(text)
	}
	if err := r.read(); err != nil {
		return nil, err
	}
	return &Book{Sheets: []*Sheet{sheet}}, nil
}

// declared reads the line "sep=;" that Excel writes and does not count as a
// row; 0 where there is none.
func (r *csvReader) declared() byte {
	if len(r.data) < 5 || !bytes.EqualFold(r.data[:4], []byte("sep=")) {
		return 0
	}
	rest := r.data[5:]
	sep := r.data[4]
	if sep != ',' && sep != ';' && sep != '\t' || len(rest) > 0 && rest[0] != '\n' && rest[0] != '\r' {
		return 0
	}
	r.pos = 5
	r.endLine()
	return sep
}

// separator finds what separates the fields: a comma, unless tabs or
// semicolons clearly dominate in the first lines. A comma within 1,278 speaks
// for none.
func separator(text []byte) byte {
	const lines = 200
	candidates := []byte{',', '\t', ';'}
	var total, in [3]int // how often, and in how many lines
	var seen [3]bool     // in this line
	quoted, line := false, 0
	for at := 0; at < len(text) && line < lines; at++ {
		switch c := text[at]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\n' || c == '\r':
			seen = [3]bool{}
			line++
		default:
			i := bytes.IndexByte(candidates, c)
			if i < 0 || i == 0 && thousands(text, at) {
				continue
			}
			total[i]++
			if !seen[i] {
				seen[i] = true
				in[i]++
			}
		}
	}
	// A comma keeps its place unless another separator stands in more lines and
	// far more often, or in twice as many lines.
	best := 0
	for i := 1; i < len(candidates); i++ {
		if in[i] > in[best] && total[i] > 2*total[best] || in[i] >= 2*in[best] && in[i] > 0 {
			best = i
		}
	}
	return candidates[best]
}

// thousands reports a comma with a digit before and just three behind.
func thousands(text []byte, at int) bool {
	if at == 0 || !isDigit(text[at-1]) || len(text) < at+4 {
		return false
	}
	for _, c := range text[at+1 : at+4] {
		if !isDigit(c) {
			return false
		}
	}
	return len(text) == at+4 || !isDigit(text[at+4])
}

// isDigit reports an ASCII digit; full-width ones are text here.
func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// read reads all rows. A blank line is a row like any other, so that addresses
// agree with what a spreadsheet program shows.
func (r *csvReader) read() error {
	for r.pos < len(r.data) {
		if r.row&0xff == 0 {
			if err := late(r.ctx); err != nil {
				return err
			}
		}
		if err := r.record(); err != nil {
			return err
		}
		r.row++
	}
	return nil
}

// record reads one row with its end of line.
func (r *csvReader) record() error {
	for r.col = 0; ; r.col++ {
		if r.col == maxCol {
			return tooLarge(Ref(r.row, r.col))
		}
		field, err := r.field()
		if err != nil {
			return err
		}
		if err := r.keep(field); err != nil {
			return err
		}
		if r.pos == len(r.data) {
			return nil
		}
		if r.data[r.pos] != r.sep {
			r.endLine()
			return nil
		}
		r.pos++
	}
}

// endLine passes over CR, LF or both.
func (r *csvReader) endLine() {
	if r.pos < len(r.data) && r.data[r.pos] == '\r' {
		r.pos++
	}
	if r.pos < len(r.data) && r.data[r.pos] == '\n' {
		r.pos++
	}
}

// fail is a damage in the field that is being read.
func (r *csvReader) fail(why string) error { return damaged("csv "+Ref(r.row, r.col), why) }

// field reads one field and stops at what ends it.
func (r *csvReader) field() ([]byte, error) {
	if r.pos < len(r.data) && r.data[r.pos] == '"' {
		return r.quoted()
	}
	from := r.pos
	for r.pos < len(r.data) {
		c := r.data[r.pos]
		if c == r.sep || c == '\n' || c == '\r' {
			break
		}
		// A quote within text (5"管) is text. After blanks only it may be the
		// quote of a field or not: programs disagree.
		if c == '"' && blank(r.data[from:r.pos]) {
			return nil, r.fail("a quote after a blank")
		}
		r.pos++
	}
	return r.data[from:r.pos], nil
}

// quoted reads a field in quotes, in which a quote is written twice.
func (r *csvReader) quoted() ([]byte, error) {
	r.line = r.line[:0]
	for r.pos++; ; r.pos++ {
		n := bytes.IndexByte(r.data[r.pos:], '"')
		if n < 0 {
			return nil, r.fail("a quote is not closed")
		}
		r.line = append(r.line, r.data[r.pos:r.pos+n]...)
		r.pos += n + 1
		switch {
		case len(r.line) > r.count.Field:
			return nil, tooLarge(Ref(r.row, r.col))
		case r.pos == len(r.data):
			return r.line, nil
		}
		switch r.data[r.pos] {
		case '"':
			r.line = append(r.line, '"')
		case r.sep, '\n', '\r':
			return r.line, nil
		default:
			return nil, r.fail("text after a closing quote")
		}
	}
}

// keep adds a cell for a field that holds something.
func (r *csvReader) keep(field []byte) error {
	if len(field) == 0 {
		return nil
	}
	plain := isNumber(field)
	if bytes.HasPrefix(field, []byte(`="`)) {
		var err error
		if field, err = r.formulaText(field); err != nil || len(field) == 0 {
			return err
		}
	}
	c := Cell{Row: int32(r.row), Col: int32(r.col), Kind: Text, Text: r.texts.add(field)}
	if plain {
		if num, err := strconv.ParseFloat(c.Text, 64); err == nil {
			c.Kind, c.Num = Number, num
		}
	}
	r.sheet.Cells = append(r.sheet.Cells, c)
	return r.count.add(&c)
}

// formulaText returns the text of ="0012"; a formula with more to it stays as it
// is written. One whose quote is open was cut at a separator, and programs
// disagree whether it should have been.
func (r *csvReader) formulaText(field []byte) ([]byte, error) {
	if bytes.Count(field, []byte(`"`))%2 != 0 {
		return nil, r.fail("a quote is not closed")
	}
	text := field[2:]
	if !bytes.HasSuffix(text, []byte(`"`)) {
		return field, nil
	}
	text = text[:len(text)-1]
	single := bytes.ReplaceAll(text, []byte(`""`), nil)
	if bytes.IndexByte(single, '"') >= 0 {
		return field, nil
	}
	return bytes.ReplaceAll(text, []byte(`""`), []byte(`"`)), nil
}

// isNumber reports a plain number: digits with at most a minus and a decimal
// point. A leading zero means a code, and more than 15 digits are more than a
// number can hold: both stay text.
func isNumber(b []byte) bool {
	b = bytes.TrimPrefix(b, []byte("-"))
	whole, part, point := bytes.Cut(b, []byte("."))
	if len(whole) == 0 || len(whole) > 1 && whole[0] == '0' || len(whole)+len(part) > 15 || point && len(part) == 0 {
		return false
	}
	for _, c := range b {
		if (c < '0' || c > '9') && c != '.' {
			return false
		}
	}
	return bytes.IndexByte(part, '.') < 0
}
