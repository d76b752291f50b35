package sheet

import (
	"bytes"
	"slices"
)

// xmlTable reads the rows of one sheet.
type xmlTable struct {
	*xmlBook
	sheet    *Sheet
	row, col int // last read, from 0; -1 before the first
	hidden   hidden
	cover    cover
	usual    style   // of the table
	column   []style // of the columns, for those that have one
	ofRow    style
	next     int // column after the last that was declared
}

// read reads the open table.
func (t *xmlTable) read() (err error) {
	if t.usual, err = t.named(t.styles["Default"]); err != nil {
		return err
	}
	err = t.children(func() error {
		switch string(t.local()) {
		case "Column":
			return t.columns()
		case "Row":
			return t.oneRow()
		}
		return t.other()
	})
	t.hidden.mark(t.sheet)
	return err
}

// known checks the attributes of the element last opened: one that is not known
// may be the damaged name of one that matters.
func (t *xmlTable) known(names ...string) error {
	for _, a := range t.attrs {
		name := t.cut(a.name)
		local, own := bytes.CutPrefix(name, []byte("ss:"))
		if own && slices.Contains(names, string(local)) || !own && t.foreign(name, "ss") {
			continue
		}
		return t.fail("an unknown attribute")
	}
	return nil
}

// columns reads <Column ss:Index="2" ss:Span="3" ss:Hidden="1"/>; the span counts
// the columns beyond the first.
func (t *xmlTable) columns() error {
	if err := t.known("Index", "Span", "Hidden", "StyleID", "Width", "AutoFitWidth", "Name"); err != nil {
		return err
	}
	from, err := t.index(t.next, maxCol)
	if err != nil {
		return err
	}
	span, err := t.number("ss:Span", 0, maxCol-from)
	if err != nil {
		return err
	}
	x, err := t.named(t.usual)
	if err != nil {
		return err
	}
	if t.next = from + span + 1; x != t.usual || len(t.column) > 0 {
		for len(t.column) < from {
			t.column = append(t.column, t.usual)
		}
		for len(t.column) < t.next {
			t.column = append(t.column, x)
		}
	}
	on, err := t.flag("ss:Hidden", false)
	if err != nil {
		return err
	}
	if on {
		t.hidden.addCols(from, from+span)
	}
	return t.skip()
}

// index reads where the element last opened stands: at the next place, or at one
// beyond it that it names.
func (t *xmlTable) index(next, limit int) (int, error) {
	n, err := t.number("ss:Index", next+1, limit+1)
	if err != nil {
		return 0, err
	}
	if n <= next || n > limit {
		return 0, t.fail("an index out of range or order")
	}
	return n - 1, nil
}

// oneRow reads a row; a span repeats a row that holds nothing.
func (t *xmlTable) oneRow() error {
	if err := t.known("Index", "Span", "Hidden", "StyleID", "Height", "AutoFitHeight"); err != nil {
		return err
	}
	row, err := t.index(t.row+1, maxRow)
	if err != nil {
		return err
	}
	span, err := t.number("ss:Span", 0, maxRow-row)
	if err != nil {
		return err
	}
	on, err := t.flag("ss:Hidden", false)
	if err != nil {
		return err
	}
	if on {
		t.hidden.addRows(row, row+span)
	}
	styled := t.attr("ss:StyleID") != nil
	if t.ofRow, err = t.named(t.usual); err != nil {
		return err
	}
	t.row, t.col = row, -1
	before := len(t.sheet.Cells)
	err = t.children(func() error {
		if string(t.local()) != "Cell" {
			return t.other()
		}
		return t.cell(styled)
	})
	if err == nil && span > 0 && len(t.sheet.Cells) > before {
		return t.fail("a row with cells that is repeated")
	}
	t.row += span
	return err
}

// cell reads one cell and keeps it where it holds something.
func (t *xmlTable) cell(styledRow bool) error {
	if err := t.known("Index", "MergeAcross", "MergeDown", "StyleID", "Formula", "ArrayRange", "HRef", "PasteCharacter"); err != nil {
		return err
	}
	col, err := t.index(t.col+1, maxCol)
	if err != nil {
		return err
	}
	across, err := t.number("ss:MergeAcross", 0, maxCol-col)
	if err != nil {
		return err
	}
	down, err := t.number("ss:MergeDown", 0, maxRow-t.row)
	if err != nil {
		return err
	}
	usual := t.ofRow
	if !styledRow && col < len(t.column) {
		usual = t.column[col]
	}
	x, err := t.named(usual)
	if err != nil {
		return err
	}
	r := Range{t.row, col, t.row + down, col + across}
	covered := t.cover.holds(t.row, col)
	if down > 0 && !t.cover.take(r) {
		return t.fail("merged cells that overlap")
	}
	if err := t.count.merge(t.sheet, r); err != nil {
		return err
	}
	t.col = r.Col2
	c := Cell{Row: int32(t.row), Col: int32(col), Struck: x.struck, Formula: t.attr("ss:Formula") != nil}
	if err := t.data(x, &c); err != nil || c.Kind == Blank {
		return err
	}
	if covered {
		return t.fail("a cell below a merged one")
	}
	t.sheet.Cells = append(t.sheet.Cells, c)
	return t.count.add(&c)
}

// data reads the value of the open cell and closes it.
func (t *xmlTable) data(x style, c *Cell) error {
	found := false
	err := t.children(func() error {
		switch string(t.local()) {
		case "Data":
			if found {
				return t.fail("a cell with two values")
			}
			found = true
			return t.value(x, c)
		case "Comment", "NamedCell", "PhoneticText":
			return t.skip()
		}
		return t.other()
	})
	if err == nil && c.Kind == Blank && c.Formula && !found {
		c.Kind = Pending
	}
	return err
}

// value reads the open <Data ss:Type="Number">12</Data>; a text may be formatted
// as HTML.
func (t *xmlTable) value(x style, c *Cell) error {
	if err := t.known("Type"); err != nil {
		return err
	}
	kind := string(t.attr("ss:Type"))
	t.rich, t.struck = t.rich[:0], false
	if err := t.gather(); err != nil {
		return err
	}
	if err := t.convertData(kind, t.rich, x, c); err != nil {
		return damaged(t.sheet.place(t.part, c), err.Error())
	}
	c.Struck = c.Struck || t.struck
	if c.Kind == Blank && c.Formula && kind != "String" {
		c.Kind = Pending // an empty result of a formula never computed
	}
	return nil
}

// gather takes the text of the open element and of all inside it. A part of it
// that is struck through marks the whole.
func (t *xmlTable) gather() error {
	return t.mixed(
		func(text []byte) { t.rich = append(t.rich, text...) },
		func() error {
			tag := string(t.tag())
			t.struck = t.struck || tag == "S" || tag == "Del"
			return t.gather()
		},
	)
}
