package sheet

import (
	"bytes"
	"math"
	"strconv"
)

// htmlTable is one table that is open.
type htmlTable struct {
	*htmlBook
	sheet    *Sheet
	count    counter
	row, col int  // where the next cell stands
	inRow    bool // the row is open
	rows     int  // that began
	cols     int  // that were declared
	caption  bool // its text is being read
	cell     *htmlCell
	held     htmlCell
	text     flow
	cover    cover
	hidden   hidden
}

// htmlCell is a cell as it is written.
type htmlCell struct {
	at                Range
	css               css
	num, fault, truth string
	formula           bool
}

// begin opens a table. What stood on the page before it becomes its first rows.
func (b *htmlBook) begin() error {
	if outer := b.inner(); outer != nil {
		if outer.cell == nil {
			return b.fail("a table outside the cells of a table")
		}
		outer.text.end()
	}
	if len(b.open) == maxDepth {
		return b.fail("tables too deep")
	}
	t := &htmlTable{htmlBook: b, sheet: &Sheet{}, count: counter{Limits: b.count.Limits}}
	t.count.sheet()
	if b.tag.css.hidden {
		t.sheet.Visibility = Hidden
	}
	b.book.Sheets = append(b.book.Sheets, t.sheet)
	b.open = append(b.open, t)
	if len(b.open) > 1 {
		return nil
	}
	b.last = t
	return t.lines(b.around.take())
}

// lines adds rows of one cell for lines of text.
func (t *htmlTable) lines(text []byte) error {
	for line := range bytes.SplitSeq(text, []byte("\n")) {
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		if err := t.add(&Cell{Row: int32(t.rows), Kind: Text, Text: t.texts.add(line)}); err != nil {
			return err
		}
		t.rows++
	}
	return nil
}

// add keeps a cell.
func (t *htmlTable) add(c *Cell) error {
	if c.Row >= maxRow {
		return t.fail("rows out of range")
	}
	t.sheet.Cells = append(t.sheet.Cells, *c)
	t.count.book = t.htmlBook.count.book
	err := t.count.add(c)
	t.htmlBook.count.book = t.count.book
	return err
}

// startRow opens a row; one that is open ends there.
func (t *htmlTable) startRow(hidden bool) error {
	if err := t.endRow(); err != nil {
		return err
	}
	t.row, t.col, t.inRow = t.rows, 0, true
	t.rows++
	if hidden {
		t.hidden.addRows(t.row, t.row)
	}
	return nil
}

// startCell opens a cell at the next place that no other one covers.
func (t *htmlTable) startCell(tag *htmlTag) error {
	if err := t.endCell(); err != nil {
		return err
	}
	if !t.inRow {
		if err := t.startRow(false); err != nil {
			return err
		}
	}
	for t.cover.holds(t.row, t.col) {
		t.col++
	}
	across, err := t.span(tag.colspan, maxCol-t.col)
	if err != nil {
		return err
	}
	down, err := t.span(tag.rowspan, maxRow)
	if err != nil {
		return err
	}
	t.held = htmlCell{
		at:  Range{t.row, t.col, t.row + down - 1, t.col + across - 1},
		css: tag.css, num: string(tag.num), fault: string(tag.fault), truth: string(tag.truth), formula: tag.formula,
	}
	t.held.css.text = t.held.css.text || tag.text
	t.cell = &t.held
	t.text.struck = tag.css.struck
	return t.place()
}

// span reads how far a cell reaches.
func (t *htmlTable) span(text []byte, limit int) (int, error) {
	if len(text) == 0 {
		return 1, nil
	}
	n, ok := atoi(trim(text), limit+1)
	if !ok || n == 0 {
		return 0, t.fail("a span out of range")
	}
	return n, nil
}

// place takes the room of the open cell. Cells that overlap have no one reading.
func (t *htmlTable) place() error {
	at := t.cell.at
	if at.Col2 >= maxCol {
		return t.fail("columns out of range")
	}
	t.col = at.Col2 + 1
	for col := at.Col; col <= at.Col2 && col < len(t.cover); col++ {
		if t.cover.holds(t.row, col) {
			return t.fail("cells that overlap")
		}
	}
	if at.Row2 > at.Row {
		t.cover.take(at)
	}
	return t.count.merge(t.sheet, at)
}

// endCell closes the open cell, if there is one, and keeps it.
func (t *htmlTable) endCell() error {
	in := t.cell
	if in == nil {
		return nil
	}
	t.cell = nil
	c := Cell{Row: int32(in.at.Row), Col: int32(in.at.Col), Formula: in.formula, Struck: t.text.struck}
	t.convert(in, t.text.take(), &c)
	if c.Kind == Blank {
		return nil
	}
	return t.add(&c)
}

// convert makes the value of a cell from what it shows. A number that the file
// tells beside it is only taken where it is the one that is shown, rounded: a
// date that is told as a number would be read as that number.
func (t *htmlTable) convert(in *htmlCell, text []byte, c *Cell) {
	switch {
	case in.fault != "":
		c.Kind, c.Text = Fault, t.texts.add([]byte(in.fault))
		return
	case len(text) == 0:
		return
	case in.truth != "":
		if boolean(bytes.ToLower([]byte(in.truth)), c) == nil {
			return
		}
	}
	c.Kind, c.Text, c.Num = Text, "", 0
	if in.num != "" && !in.css.text && t.told(in.num, text, c) {
		return
	}
	c.Text = t.texts.add(text)
	if isNumber(text) && !in.css.text {
		if num, err := strconv.ParseFloat(c.Text, 64); err == nil {
			c.Kind, c.Num = Number, num
		}
	}
}

// told takes the number that the file tells, where it is the one that is shown.
func (t *htmlTable) told(number string, text []byte, c *Cell) bool {
	digits, decimals, percent := numberShown(text)
	told, err := strconv.ParseFloat(number, 64)
	if err != nil || !isNumber(digits) {
		return false
	}
	seen, err := strconv.ParseFloat(string(digits), 64)
	if percent {
		seen /= 100
		decimals += 2
	}
	if err != nil || math.Abs(seen-told) > 0.5000001*math.Pow10(-decimals) || math.IsNaN(told) {
		return false
	}
	c.Kind, c.Text, c.Num, c.Percent = Number, t.texts.add([]byte(number)), told, percent
	return true
}

// endRow closes the open row with its open cell, if there is one.
func (t *htmlTable) endRow() error {
	t.inRow = false
	return t.endCell()
}

// end closes the table. A cell may reach below the last row on paper only.
func (t *htmlTable) end() error {
	if err := t.endRow(); err != nil {
		return err
	}
	merges := t.sheet.Merges[:0]
	for _, m := range t.sheet.Merges {
		m.Row2 = min(m.Row2, t.rows-1)
		if m.Row2 > m.Row || m.Col2 > m.Col {
			merges = append(merges, m)
		}
	}
	t.sheet.Merges = merges
	if len(merges) == 0 {
		t.sheet.Merges = nil
	}
	t.hidden.mark(t.sheet)
	t.open = t.open[:len(t.open)-1]
	return nil
}
