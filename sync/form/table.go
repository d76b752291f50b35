package form

import (
	"slices"
	"strings"

	"jindu/store"
	"jindu/sync/sheet"
)

// report is one table of figures whose columns and rows are understood.
type report struct {
	page    *page
	block   *block
	stubs   []*coord // columns of labels
	columns []*coord // columns of figures
	bare    []*coord // columns without a head
	rows    []*coord
	byRow   bool // the rows name the indicators
	titled  bool // the title names the one indicator
	layout  string
	cx      *context

	unit   string // where neither rows nor columns name one
	unitBy claim  // what stated it
	period store.Period
	year   int
	timeBy claim

	facts   []fact
	grid    []*fact // rows x columns
	checked int     // totals that were held against their parts
	wrong   int     // of them, how many disagree
}

// fact is one cell of figures with all that is known about it.
type fact struct {
	cell    *sheet.Cell
	row     *coord
	col     *coord
	unit    string
	unitRef string
	ind     *store.Indicator
	period  store.Period
	timeRef string
	aspect  aspect
	value   float64
	step    float64 // the last printed digit, in the catalogue's measure
	note    string
	na      bool
	bad     bool // set aside
	unclear bool // which of two periods it is of cannot be told
	total   bool // adds others up: checked, never stored
	skip    bool // understood and not stored: 同比, 累计 of a stock
	derived bool // of a longer period that ends with this one: the month's own number outranks
	own     bool
	suspect bool
}

// key is the figure's identity.
func (f *fact) key() store.Key {
	return store.Key{Unit: f.unit, Indicator: f.ind.Code, Period: f.period}
}

// tables understands the tables of a region that hold figures for us; above are
// the lines over it.
func (rd *reader) tables(p *page, b *block, above []int) []*report {
	var out []*report
	title := p.titleOf(above)
	for _, part := range p.columns(b) {
		t := &report{page: p, block: b}
		for _, c := range part {
			switch {
			case c.stub == data && c.head != nil:
				t.columns = append(t.columns, c)
			case c.stub != data:
				t.stubs = append(t.stubs, c)
			default:
				t.bare = append(t.bare, c)
			}
		}
		t.byRow = slices.ContainsFunc(t.stubs, func(c *coord) bool { return c.stub == itemStub })
		t.readRows()
		rd.words.dict.resolve(t.columns, title, p.words.scoped)
		if t.byRow {
			rd.words.dict.resolve(t.rows, title, p.words.scoped)
		}
		if t.understood() || rd.titled(t, above) {
			t.layout = t.name()
			out = append(out, t)
		}
	}
	return out
}

// understood reports whether the table has an indicator of ours and figures.
func (t *report) understood() bool {
	known := func(c *coord) bool { return c.ind != nil || c.rivals != nil }
	if t.byRow {
		return len(t.columns) > 0 && slices.ContainsFunc(t.rows, known)
	}
	return slices.ContainsFunc(t.columns, known)
}

// has reports whether any of the coordinates fulfils a condition.
func has(all []*coord, ok func(*coord) bool) bool { return slices.ContainsFunc(all, ok) }

func hasUnit(c *coord) bool { return c.unit != "" }

func hasTime(c *coord) bool { return c.when.named() }

// name says which of the known layouts the table has.
func (t *report) name() string {
	unitRows := has(t.stubs, func(c *coord) bool { return c.stub == unitStub })
	switch {
	case t.titled:
		return "one_indicator"
	case t.byRow && (unitRows || has(t.rows, hasUnit)):
		return "long"
	case t.byRow && has(t.columns, hasUnit):
		return "transposed"
	case t.byRow && has(t.columns, hasTime):
		return "months_across"
	case t.byRow:
		return "indicators_down"
	case unitRows:
		return "units_down"
	case has(t.rows, hasTime):
		return "months_down"
	default:
		return "indicators_across"
	}
}

// readRows reads the labels of every row. A merged label stands for all the rows
// that it covers; in the long layout a unit also stands for the blanks under it.
func (t *report) readRows() {
	last := make([]sheet.Cell, len(t.stubs))
	section := &coord{}
	top := t.page.lines[t.block.heads[len(t.block.heads)-1]].row
	for _, i := range t.block.body {
		l := t.page.lines[i]
		row := &coord{at: i}
		for s, c := range t.stubs {
			cell := l.at(c.at)
			if m, ok := t.page.merged(l.row, c.at); ok && cell.Kind == sheet.Blank && m.Row > top {
				cell = t.page.sheet.At(m.Row, m.Col)
			}
			if cell.Kind == sheet.Blank && t.byRow && (c.stub == unitStub || c.stub == groupStub) && t.labelled(l, s) {
				cell = last[s]
			}
			if cell.Kind == sheet.Blank {
				continue
			}
			last[s] = cell
			row.struck = row.struck || cell.Struck && c.stub != unread
			t.label(row, c, cell)
		}
		row.byCode()
		section = t.section(row, section)
		t.rows = append(t.rows, row)
	}
}

// section carries a unit or a month that stands on a row by itself, among the
// indicators, to the rows below it. It returns what goes on being carried.
func (t *report) section(row, last *coord) *coord {
	if !t.byRow || has(t.stubs, func(c *coord) bool { return c.stub == unitStub }) {
		return last
	}
	if row.unit == "" && (!row.when.named() || len(row.names) > 0) {
		if row.when.none() {
			row.when, row.timeRef = last.when, last.timeRef
		}
		row.unit, row.unitRef = last.unit, last.unitRef
		return last
	}
	if t.filled(row) {
		return last // a unit among the indicators that holds figures means nothing known
	}
	next := *last
	if row.unit != "" {
		next.unit, next.unitRef = row.unit, row.unitRef
	} else {
		next.when, next.timeRef = row.when, row.timeRef
	}
	return &next
}

// labelled reports whether a row has a label to the right of a column of labels.
func (t *report) labelled(l line, s int) bool {
	for _, c := range t.stubs[s+1:] {
		if (c.stub == itemStub || c.stub == groupStub) && l.at(c.at).Kind != sheet.Blank {
			return true
		}
	}
	return false
}

// label adds what one label says to its row.
func (t *report) label(row *coord, c *coord, cell sheet.Cell) {
	w := t.page.word(cell)
	ref := cell.Ref()
	if w.total && row.unit == "" && len(row.names) == 0 && c.stub != itemStub {
		row.total = true
	}
	if (c.stub == unitStub || c.stub == codeStub) && !cell.Date && cell.Text != "" && digits(fold(cell.Text)) {
		w = t.page.words.coded(cell.Text)
	}
	switch c.stub {
	case unitStub:
		row.label = cell
		t.unitLabel(row, w, ref)
	case codeStub:
		row.code, row.codeRef = w.unit, ref
	case itemStub, groupStub:
		row.label, row.ref = cell, ref
		row.take(w, ref)
	case timeStub:
		row.label = cell
		if cell.Kind == sheet.Number && !cell.Date && cell.Num >= 1 && cell.Num <= 12 {
			row.when, row.timeRef = join(row.when, when{kind: store.Month, n: int(cell.Num)}), ref
			return
		}
		row.take(w, ref)
		row.names = nil
	case measureStub:
		row.measure, row.foreign = w.measure, w.foreign
		if w.measure == "" && w.foreign == "" {
			row.foreign = "?" // what else stands there could be anything
		}
	default: // a column that is not read may still say 合计
	}
}

// byCode gives a row without a name the unit of its code. A name and a code that
// contradict each other leave it without one.
func (c *coord) byCode() {
	switch {
	case c.code == "" || c.total:
	case c.unit == "" && c.place == "":
		c.unit, c.unitRef = c.code, c.codeRef
	case c.unit != "" && c.unit != c.code:
		c.unit, c.many = "", true
	}
}

// unitLabel reads the unit of a row. A community behind its street is read with
// it; what is no unit of ours leaves the row without one.
func (t *report) unitLabel(row *coord, w *label, ref string) {
	row.head = w
	row.area = row.area || w.area
	code, many := w.unit, w.many
	if row.unit != "" && row.unit != code {
		if both := t.page.words.of(row.place + w.key); both.unit != "" {
			code, many = both.unit, false
		}
	}
	switch {
	case w.total || w.area:
		row.total = true
	case code != "":
		row.unit, row.unitRef, row.many = code, ref, false
	default:
		row.unit, row.many = "", many
	}
	row.place, row.ref = w.key, ref
}

// titleOf returns the text that stands above a table, for what it is about.
func (p *page) titleOf(lines []int) string {
	var b strings.Builder
	for _, i := range lines {
		for _, c := range p.lines[i].cells {
			if w := p.word(c); c.Kind == sheet.Text && !remarks.MatchString(w.key) {
				b.WriteString(w.key)
			}
		}
	}
	return b.String()
}
