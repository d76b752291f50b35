package sheet

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"time"
)

// storage is how a cell's part writes its value.
type storage uint8

const (
	plainNumber storage = iota
	sharedText
	inlineText
	formulaText
	truth
	fault
	isoDate
)

// cellKind reads the attribute t.
func cellKind(t []byte) (storage, bool) {
	switch string(t) {
	case "n":
		return plainNumber, true
	case "s":
		return sharedText, true
	case "inlineStr":
		return inlineText, true
	case "str":
		return formulaText, true
	case "b":
		return truth, true
	case "e":
		return fault, true
	case "d":
		return isoDate, true
	}
	return 0, false
}

// stored is a cell as its part holds it.
type stored struct {
	kind    storage
	value   []byte
	style   style
	found   bool // a value is there, be it empty
	rich    bool // a text of its own is there, and stands in value
	formula bool
}

// values makes the values of cells, for every format alike.
type values struct {
	texts    arena
	line     []byte // for texts that have to be put together
	from1904 bool
}

// maxDigits is how many bytes a number may take; Excel writes 24 at most.
const maxDigits = 400

// convert turns a stored cell into one of the grid; it stays blank where it
// holds nothing.
func (w *workbook) convert(in *stored, c *Cell) error {
	c.Formula, c.Struck = in.formula, in.style.struck
	if in.rich && in.kind != inlineText && in.kind != plainNumber {
		return errors.New("a text in a cell of another type")
	}
	if in.rich || in.found && (in.kind == inlineText || in.kind == formulaText) {
		w.setText(in, c)
		return nil
	}
	value := trim(in.value)
	if len(value) == 0 { // some programs write an empty result for a formula never computed
		if in.formula {
			c.Kind = Pending
		}
		return nil
	}
	switch in.kind {
	case sharedText:
		return w.shared(value, c)
	case truth:
		return boolean(value, c)
	case fault:
		c.Kind, c.Text = Fault, w.texts.add(value)
		return nil
	case isoDate:
		return w.setDate(value, c)
	default:
		c.Date, c.Percent = in.style.date, in.style.percent
		return w.setNumber(value, c)
	}
}

// setText stores a text of the cell's own. An empty one, which formulas such as
// IF(A1>0,A1,"") leave, is a blank cell.
func (v *values) setText(in *stored, c *Cell) {
	value := in.value
	if !in.rich && hasHex(value) { // runs of rich text were resolved one by one
		v.line = append(v.line[:0], value...)
		value = unhex(v.line)
	}
	if len(value) > 0 {
		c.Kind, c.Text = Text, v.texts.add(value)
	}
}

// trim drops blanks at both ends; there rarely are any.
func trim(b []byte) []byte {
	for len(b) > 0 && isBlank(b[0]) {
		b = b[1:]
	}
	for len(b) > 0 && isBlank(b[len(b)-1]) {
		b = b[:len(b)-1]
	}
	return b
}

// shared looks up a shared string by its number. A number out of range is a
// damaged file: whatever else stood there would be a guess.
func (w *workbook) shared(value []byte, c *Cell) error {
	i, ok := atoi(value, len(w.strings.ends))
	if !ok {
		return errors.New("a shared string out of range")
	}
	if c.Text = w.strings.at(i); c.Text != "" {
		c.Kind = Text
	}
	c.Struck = c.Struck || len(w.strings.struck) > 0 && w.strings.struck[i]
	return nil
}

// boolean stores a truth as 1 or 0.
func boolean(value []byte, c *Cell) error {
	c.Kind = Bool
	switch string(value) {
	case "1", "true":
		c.Text, c.Num = "1", 1
	case "0", "false":
		c.Text = "0"
	default:
		return errors.New("neither true nor false")
	}
	return nil
}

// setNumber stores a number and the text that it was written as: the text shows
// how many digits somebody typed, and whether they were too many for a number.
func (v *values) setNumber(value []byte, c *Cell) error {
	c.Kind, c.Text = Number, v.texts.add(value)
	if n, ok := atoi(value, math.MaxInt); ok { // most numbers are short and whole
		c.Num = float64(n)
		return nil
	}
	// ParseFloat reads more than spreadsheets write: its extras are refused.
	for _, b := range value { // no hexadecimals, no infinity, no underscores
		if (b < '0' || b > '9') && b != '.' && b != '-' && b != '+' && b != 'e' && b != 'E' {
			return errors.New("not a number")
		}
	}
	num, err := strconv.ParseFloat(c.Text, 64)
	if err != nil || len(value) > maxDigits {
		return errors.New("not a number")
	}
	c.Num = num
	return nil
}

// setDate turns an ISO 8601 date or time into the serial number that Excel would
// have stored: days since the workbook's first day.
func (v *values) setDate(value []byte, c *Cell) error {
	c.Kind, c.Date, c.Text = Number, true, v.texts.add(value)
	text := strings.TrimSuffix(c.Text, "Z")
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02", "15:04:05", "15:04"} {
		t, err := time.Parse(layout, text) // reads fractions of a second too
		if err != nil {
			continue
		}
		if strings.HasPrefix(layout, "15") {
			c.Num = t.Sub(t.Truncate(24*time.Hour)).Hours() / 24
		} else {
			c.Num = serial(t, v.from1904)
		}
		return nil
	}
	return errors.New("not a date")
}

// serial counts the days. Excel believes that 1900-02-29 existed: days before
// it have a number less by one.
func serial(t time.Time, from1904 bool) float64 {
	// 1899-12-30 is day 0 for all dates since March 1900.
	first := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if from1904 {
		first = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	// Whole days first: a Duration spans 292 years only.
	days := (t.Unix() - first.Unix()) / 86400
	rest := float64((t.Unix()-first.Unix())%86400) + float64(t.Nanosecond())/1e9
	n := float64(days) + rest/86400
	if !from1904 && n < 61 {
		n--
	}
	return n
}
