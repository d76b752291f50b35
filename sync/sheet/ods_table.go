package sheet

import (
	"bytes"
	"errors"
	"slices"
)

// odsTable reads one sheet.
type odsTable struct {
	*odsBook
	sheet    *Sheet
	row, col int // where the next one stands, from 0
	nextCol  int // column after the last that was declared
	column   []style
	ofRow    style
	styled   bool // the row has a style for its cells
	hidden   hidden
	cell     odsCell
}

// maxRepeat bounds what an attribute may repeat: a whole sheet.
const maxRepeat = maxRow

// group reads a sheet or a group of its rows or columns, which nest.
func (t *odsTable) group() error {
	return t.children(func() error {
		switch string(t.tag()) {
		case "table:table-row":
			return t.rows()
		case "table:table-column":
			return t.columns()
		case "table:table-rows", "table:table-header-rows", "table:table-row-group",
			"table:table-columns", "table:table-header-columns", "table:table-column-group":
			return t.group()
		case "table:table-source", "table:scenario", "table:shapes", "table:named-expressions", "table:title", "table:desc",
			"table:table-protection", "office:forms", "office:dde-source", "office:event-listeners", "text:soft-page-break":
			return t.skip()
		}
		return t.other()
	})
}

// known refuses an attribute that may be the damaged name of one that matters.
func (t *odsTable) known(name []byte, among ...string) error {
	if slices.Contains(among, string(name)) || t.foreign(name, "table", "office") {
		return nil
	}
	return t.fail("an unknown attribute")
}

// line is what rows and columns alike say of themselves.
type line struct {
	repeat int
	hidden bool
	usual  []byte // style of its cells
}

// line reads the attributes of a row or column.
func (t *odsTable) line(repeat string) (l line, err error) {
	l.repeat = 1
	for _, a := range t.attrs {
		name, value := t.cut(a.name), t.cut(a.value)
		switch string(name) {
		case repeat:
			l.repeat, err = t.times(value)
		case "table:visibility":
			switch string(value) {
			case "visible":
			case "collapse", "filter":
				l.hidden = true
			default:
				err = t.fail("a visibility that is none")
			}
		case "table:default-cell-style-name":
			l.usual = value
		default:
			err = t.known(name, "table:style-name", "table:protected")
		}
		if err != nil {
			return l, err
		}
	}
	return l, nil
}

// times reads how often something is repeated or how far it spans.
func (t *odsTable) times(value []byte) (int, error) {
	n, ok := atoi(value, maxRepeat+1)
	if !ok || n == 0 {
		return 0, t.fail("a repetition out of range")
	}
	return n, nil
}

// columns reads a column, or many that are alike. Programs let the last one
// repeat far beyond what they show.
func (t *odsTable) columns() error {
	l, err := t.line("table:number-columns-repeated")
	if err != nil {
		return err
	}
	from := t.nextCol
	t.nextCol = min(from+l.repeat, maxCol)
	if l.hidden && from < t.nextCol {
		if len(t.hidden.cols) == maxCol {
			return t.fail("columns out of range")
		}
		t.hidden.addCols(from, t.nextCol-1)
	}
	if x := t.styles.cell(l.usual); x != (style{}) || len(t.column) > 0 {
		for len(t.column) < from {
			t.column = append(t.column, style{})
		}
		for len(t.column) < t.nextCol {
			t.column = append(t.column, x)
		}
	}
	return t.skip()
}

// rows reads a row, or many that are alike. Only such as hold something count:
// the rest of the sheet is one blank row that is repeated to its end.
func (t *odsTable) rows() error {
	l, err := t.line("table:number-rows-repeated")
	if err != nil {
		return err
	}
	t.styled, t.ofRow = l.usual != nil, t.styles.cell(l.usual)
	from, merges := len(t.sheet.Cells), len(t.sheet.Merges)
	t.col = 0
	if err := t.children(t.oneCell); err != nil {
		return err
	}
	first := t.row
	t.row += l.repeat
	if len(t.sheet.Cells) == from && len(t.sheet.Merges) == merges {
		t.row = min(t.row, maxRow)
	} else if t.row > maxRow {
		return t.fail("rows out of range")
	}
	if l.hidden && first < t.row {
		t.hidden.addRows(first, t.row-1)
	}
	return t.repeat(from, merges, l.repeat)
}

// repeat writes the row that was read last once more for each repetition.
func (t *odsTable) repeat(from, merges, times int) error {
	cells, ranges := t.sheet.Cells[from:], t.sheet.Merges[merges:]
	if len(cells)+len(ranges) == 0 {
		return nil
	}
	for i := 1; i < times; i++ {
		if err := late(t.ctx); err != nil {
			return err
		}
		for _, c := range cells {
			c.Row += int32(i)
			t.sheet.Cells = append(t.sheet.Cells, c)
			if err := t.count.add(&c); err != nil {
				return err
			}
		}
		for _, r := range ranges {
			if err := t.merge(Range{r.Row + i, r.Col, r.Row2 + i, r.Col2}); err != nil {
				return err
			}
		}
	}
	return nil
}

// merge notes a merged range within the sheet.
func (t *odsTable) merge(r Range) error {
	if r.Row2 >= maxRow || r.Col2 >= maxCol {
		return t.fail("a span out of range")
	}
	return t.count.merge(t.sheet, r)
}

// odsCell is a cell as it is written.
type odsCell struct {
	kind       []byte // office:value-type
	value      []byte // the attribute that holds the value of that kind
	formula    bool
	fault      bool
	style      style
	repeat     int
	cols, rows int
	text       []byte // its paragraphs
	paragraphs int
	blank      bool // the text ends in a blank that may go
	struck     bool
}

// oneCell reads one cell of a row, or many that are alike. A cell that a merged
// one covers may hold something too; programs keep it and xlsx would have it.
func (t *odsTable) oneCell() error {
	switch string(t.tag()) {
	case "table:table-cell", "table:covered-table-cell":
	case "text:soft-page-break":
		return t.skip()
	default:
		return t.other()
	}
	if err := t.attributes(); err != nil {
		return err
	}
	in := &t.cell
	if err := t.children(t.inside); err != nil {
		return err
	}
	if in.cols > 1 || in.rows > 1 {
		if in.repeat > 1 {
			return t.fail("a merged cell that is repeated")
		}
		if err := t.merge(Range{t.row, t.col, t.row + in.rows - 1, t.col + in.cols - 1}); err != nil {
			return err
		}
	}
	c := Cell{Row: int32(t.row), Col: int32(t.col), Formula: in.formula, Struck: in.style.struck || in.struck}
	if err := t.convert(in, &c); err != nil {
		return damaged(t.sheet.place(t.part, &c), err.Error())
	}
	t.col += in.repeat
	if c.Kind == Blank {
		return nil
	}
	if t.row >= maxRow || t.col > maxCol {
		return t.fail("a cell out of range")
	}
	for range in.repeat {
		t.sheet.Cells = append(t.sheet.Cells, c)
		if err := t.count.add(&c); err != nil {
			return err
		}
		c.Col++
	}
	return nil
}

// attributes reads what a cell says of itself.
func (t *odsTable) attributes() error {
	in := &t.cell
	*in = odsCell{repeat: 1, cols: 1, rows: 1, text: in.text[:0]}
	var named []byte
	var err error
	for _, a := range t.attrs {
		name, value := t.cut(a.name), t.cut(a.value)
		switch string(name) {
		case "table:style-name":
			named = value
		case "office:value-type":
			in.kind = value
		case "office:value", "office:date-value", "office:time-value", "office:boolean-value", "office:string-value":
			if in.value != nil {
				return t.fail("a cell with two values")
			}
			in.value = value
		case "table:formula":
			in.formula = true
		case "calcext:value-type":
			in.fault = string(value) == "error"
		case "table:number-columns-repeated":
			in.repeat, err = t.times(value)
		case "table:number-columns-spanned":
			in.cols, err = t.times(value)
		case "table:number-rows-spanned":
			in.rows, err = t.times(value)
		default:
			err = t.known(name, "office:currency", "table:content-validation-name", "table:protected", "table:protect",
				"table:number-matrix-columns-spanned", "table:number-matrix-rows-spanned")
		}
		if err != nil {
			return err
		}
	}
	switch {
	case named != nil:
		in.style = t.styles.cell(named)
	case t.styled:
		in.style = t.ofRow
	case t.col < len(t.column):
		in.style = t.column[t.col]
	}
	return nil
}

// convert makes the value of a cell; it stays blank where the cell holds nothing.
func (t *odsTable) convert(in *odsCell, c *Cell) error {
	if in.fault || in.formula && isFault(in.text) {
		if c.Kind, c.Text = Fault, t.texts.add(in.text); c.Text == "" {
			c.Kind = Pending
		}
		return nil
	}
	kind := string(in.kind)
	if kind == "" || kind == "string" {
		return t.convertText(in, c)
	}
	value := trim(in.value)
	if len(value) == 0 {
		if in.formula {
			c.Kind = Pending
			return nil
		}
		return errors.New("a value is missing")
	}
	switch kind {
	case "float", "currency", "percentage":
		c.Date = in.style.date
		c.Percent = kind == "percentage" || in.style.percent
		err := t.setNumber(value, c)
		if c.Date {
			c.Num += t.shift
		}
		return err
	case "date":
		return t.setDate(value, c)
	case "time":
		return t.setTime(value, c)
	case "boolean":
		return boolean(value, c)
	}
	return errors.New("an unknown type")
}

// convertText takes the text that is told, or else the text that is shown.
func (t *odsTable) convertText(in *odsCell, c *Cell) error {
	text := in.text
	if in.value != nil {
		var err error
		if text, err = t.unescape(text[:0], in.value); err != nil {
			return err
		}
	}
	switch {
	case len(text) > 0:
		c.Kind, c.Text = Text, t.texts.add(text)
	case in.formula && len(in.kind) == 0:
		c.Kind = Pending
	}
	return nil
}

// isFault reports the text of an error that a formula came to.
func isFault(text []byte) bool {
	switch string(text) {
	case "#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!":
		return true
	}
	return bytes.HasPrefix(text, []byte("Err:"))
}
