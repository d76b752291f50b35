package page

import (
	"strconv"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
)

// Row is a row of a ledger, or something that was worked out of ledgers: what its
// card and the source line say, and the cell that it rests on.
type Row struct {
	Title  string // what kind of thing it is
	About  string
	Short  widget.Line // the same in a line, with its value
	Fields []RowField
	Cell   store.Cell
	Of     int        // rows that were added up, of which the cell is one; 0: it is one row
	fill   func(*Row) // makes the rest when somebody looks: nobody looks at most rows of a table; nil: it is there
}

// Made returns the row with all that is to be said of it.
func (r *Row) Made() *Row {
	if fill := r.fill; fill != nil {
		r.fill = nil
		fill(r)
	}
	return r
}

// RowField is a line of a row's card.
type RowField struct {
	Name  string
	Value widget.Line
}

// rowSpot makes the spot of a row; its id is that of its cell, or of what it is about.
func rowSpot(id, unit string, r *Row) Spot { return Spot{ID: "row " + id, Unit: unit, Row: r} }

// rowID tells one row of a ledger from another.
func rowID(c store.Cell) string { return c.Path + "!" + c.Sheet + "!" + c.Ref }

// add adds a line to the card, where there is anything to say.
func (r *Row) add(name string, look style.Look, text string) {
	if text != "" {
		r.Fields = append(r.Fields, RowField{name, widget.Text(look, text)})
	}
}

// rowSource tells of a row and where it stands.
func (f *Frame) rowSource(r *Row) []phrase {
	all := []phrase{{line: r.Short, keep: keepName}}
	if r.Cell.Ref == "" {
		return append(all, phrase{line: widget.Text(style.Quiet, f.say("row.nowhere")), keep: keepSum})
	}
	all = append(all, where(nil, r.Cell.Path, r.Cell.Sheet, r.Cell.Ref))
	if w, ok := f.Book(r.Cell.Workbook); ok {
		all = append(all,
			phrase{line: widget.Text(style.Quiet, f.stamp(w.Received)), keep: keepTime},
			phrase{line: widget.Text(style.Quiet, f.say("source.version", w.Version)), keep: keepVersion})
	}
	return all
}

// number is a number of a ledger, nothing where the ledger has none.
func (f *Frame) number(look style.Look, n store.Num) widget.Cell {
	if !n.OK {
		return widget.Word(style.Quiet, widget.NotApplicable)
	}
	text := strconv.FormatFloat(n.V, 'f', -1, 64)
	return widget.Cell{Line: widget.Commas(look, text), By: widget.ByNumber(n)}
}

// tally is a count that asks for something unless it is zero.
func tally(look style.Look, n int) widget.Cell {
	return widget.Cell{Line: count(look, n), By: widget.ByNumber(store.Some(float64(n)))}
}
