package sheet

import (
	"bytes"
	"errors"
	"strconv"
	"time"
)

// stored is a cell as its part holds it.
type stored struct {
	kind    []byte // attribute t
	value   []byte
	style   style
	found   bool // a value is there, be it empty
	rich    bool // a text of its own is there, and stands in value
	formula bool
}

// maxDigits is how many bytes a number may take; Excel writes 24 at most.
const maxDigits = 400

// convert turns a stored cell into one of the grid; ok is false for a cell
// that holds nothing.
func (w *workbook) convert(in *stored) (c Cell, ok bool, err error) {
	c = Cell{Formula: in.formula, Struck: in.style.struck}
	if !in.found && !in.rich {
		c.Kind = Pending
		return c, in.formula, nil
	}
	if in.rich && string(in.kind) != "inlineStr" && len(in.kind) > 0 {
		return c, false, errors.New("rich text in a cell of another type")
	}
	if in.rich || string(in.kind) == "str" || string(in.kind) == "inlineStr" {
		return w.text(c, in)
	}
	value := trim(in.value)
	if len(value) == 0 { // some programs write an empty result for a formula never computed
		c.Kind = Pending
		return c, in.formula, nil
	}
	switch string(in.kind) {
	case "", "n":
		c.Date, c.Percent = in.style.date, in.style.percent
		return w.number(c, value)
	case "s":
		return w.shared(c, value)
	case "b":
		return boolean(c, value)
	case "e":
		c.Kind, c.Text = Fault, w.texts.add(value)
		return c, true, nil
	case "d":
		return w.date(c, value)
	}
	return c, false, errors.New("a cell of an unknown type")
}

func (w *workbook) text(c Cell, in *stored) (Cell, bool, error) {
	value := in.value
	if !in.rich && hasHex(value) { // runs of rich text were resolved one by one
		w.line = append(w.line[:0], value...)
		value = unhex(w.line)
	}
	c.Kind, c.Text = Text, w.texts.add(value)
	return c, len(value) > 0, nil
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

func (w *workbook) shared(c Cell, value []byte) (Cell, bool, error) {
	i, ok := atoi(value, len(w.strings.ends))
	if !ok {
		return c, false, errors.New("a shared string out of range")
	}
	c.Kind, c.Text = Text, w.strings.at(i)
	c.Struck = c.Struck || w.strings.struck[i]
	return c, c.Text != "", nil
}

func boolean(c Cell, value []byte) (Cell, bool, error) {
	c.Kind = Bool
	switch string(value) {
	case "1", "true":
		c.Text, c.Num = "1", 1
	case "0", "false":
		c.Text = "0"
	default:
		return c, false, errors.New("neither true nor false")
	}
	return c, true, nil
}

func (w *workbook) number(c Cell, value []byte) (Cell, bool, error) {
	c.Kind, c.Text = Number, w.texts.add(value)
	if n, ok := atoi(value, 1<<40); ok { // most numbers are short and whole
		c.Num = float64(n)
		return c, true, nil
	}
	for _, b := range value { // no hexadecimals, no infinity, no underscores
		if (b < '0' || b > '9') && b != '.' && b != '-' && b != '+' && b != 'e' && b != 'E' {
			return c, false, errors.New("not a number")
		}
	}
	num, err := strconv.ParseFloat(c.Text, 64)
	if err != nil || len(value) > maxDigits {
		return c, false, errors.New("not a number")
	}
	c.Num = num
	return c, true, nil
}

// date turns an ISO 8601 date or time into the serial number that Excel would
// have stored: days since the workbook's first day.
func (w *workbook) date(c Cell, value []byte) (Cell, bool, error) {
	c.Kind, c.Date, c.Text = Number, true, w.texts.add(value)
	text := string(bytes.TrimSuffix(value, []byte("Z")))
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02", "15:04:05", "15:04"} {
		t, err := time.Parse(layout, text) // reads fractions of a second too
		if err != nil {
			continue
		}
		if layout[0] == '1' {
			c.Num = t.Sub(t.Truncate(24*time.Hour)).Hours() / 24
			return c, true, nil
		}
		c.Num = serial(t, w.book.Date1904)
		return c, true, nil
	}
	return c, false, errors.New("not a date")
}

// serial counts the days. Excel believes that 1900-02-29 existed: days before
// it have a number less by one.
func serial(t time.Time, from1904 bool) float64 {
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
