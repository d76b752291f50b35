package form

import (
	"slices"
	"strconv"
	"strings"

	"jindu/store"
	"jindu/sync/sheet"
)

// headRows is in how many of the first rows a ledger's heads are looked for.
const headRows = 10

// ledger is one sheet while it is read as a ledger.
type ledger struct {
	*reader
	index   *ledgerIndex
	sheet   *sheet.Sheet
	name    string // masked
	form    *ledgerForm
	top     int             // row of the heads
	first   int             // first row below them
	columns []*ledgerColumn // every head, from left to right
	fields  map[string]*ledgerColumn
	unread  []int                 // columns that nothing is read from, but for personal shapes
	spans   map[int][]sheet.Range // merged downwards, by column
	across  map[int]int           // rows with a cell merged over three columns or more, and where it begins
	said    said
	quiet   bool // findings of rows are left out, as where a row is a person

	at     row // the row that is being read
	counts *tallying
	purses map[purse]float64
	scores []scoreRow

	rows      int // that hold something
	bad       int // set aside
	strangers int // set aside because the unit is unknown
	strikes   int // set aside because they are struck through
	faults    int // fields set aside in rows that stand
	findings  []store.Finding
	notes     []store.ExplainNote
}

// row is what has been read of the row that is being read.
type row struct {
	n       int
	unit    string // code; empty: not known
	values  map[string]store.Value
	steps   map[string]float64 // the last printed digit of its numbers
	classes map[string]string  // of its words
	lost    map[string]bool    // fields that hold something that could not be read
	doubt   bool               // stands twice: what it counts to cannot be told
	copy    bool               // is another row once more
}

// ledger reads the sheet where it is a ledger, and reports whether it is one. A
// sheet that names persons and is none that is known is refused unread.
func (rd *reader) ledger(s *sheet.Sheet, out *store.Reading) bool {
	l, persons := rd.recognise(s)
	switch {
	case l == nil && persons != "":
		rd.refusePersons(s, persons, out)
		return true
	case l == nil:
		return false
	}
	l.prepare()
	if no := l.said.objection; no != nil {
		l.refuse(no, out)
		return true
	}
	l.counts = newTallying(l)
	switch {
	case l.form.Code == formTasks:
		l.tasks(out)
	case l.form.Code == formCases:
		l.cases(out)
	case l.form.Kind == store.CountedForm:
		l.persons(out)
	default:
		l.records(out)
	}
	return true
}

// recognise looks for the heads of a ledger in the first rows. Where there is
// none it returns the address of a head that asks who a person is, if any.
func (rd *reader) recognise(s *sheet.Sheet) (best *ledger, persons string) {
	most := 0
	for top := range headRows {
		if !rd.ledgers.promising(s.Row(top), s.Row(top+1)) {
			continue
		}
		var all []*ledger
		score := map[*ledger]int{}
		for _, f := range rd.ledgers.forms {
			l := &ledger{reader: rd, index: rd.ledgers, sheet: s, form: f, top: top}
			score[l] = l.heads(top)
			all = append(all, l)
		}
		if all[0].identity() && persons == "" {
			persons = all[0].sheet.Row(top)[0].Ref()
		}
		for _, l := range all {
			if n := score[l]; n >= l.fewest() && n > most && l.complete() && l.fits(all, score) {
				best, most = l, n
			}
		}
	}
	return best, persons
}

// fewest is how many telling heads must stand on the sheet: one less where its
// title or name says what it is.
func (l *ledger) fewest() int {
	texts := []string{l.sheet.Name}
	for _, p := range l.titles() {
		texts = append(texts, p.text)
	}
	for _, text := range texts {
		key := fold(text)
		if slices.ContainsFunc(l.form.titles, func(title string) bool { return strings.Contains(key, title) }) {
			return l.form.fewest - 1
		}
	}
	return l.form.fewest
}

// complete reports whether the columns are there without which the sheet is
// another form with similar heads.
func (l *ledger) complete() bool {
	has := func(name string) bool { return l.fields[name] != nil }
	for _, f := range l.form.Fields {
		if f.Required && !has(f.Name) {
			return false
		}
	}
	switch {
	case l.form.Kind == store.CountedForm:
		return l.identity() && slices.ContainsFunc(l.columns, func(c *ledgerColumn) bool { return c.name() != "" && c.field.Telling })
	case l.form.Code == formCases:
		return has("case_no") || has("type")
	default:
		return slices.ContainsFunc(l.columns, func(c *ledgerColumn) bool { return c.name() != "" && describes(c.field) })
	}
}

// fits reports whether no other form explains the same heads better. Persons come
// first: a sheet that names them is another ledger only where that knows more of
// its heads than any ledger of persons does, and its rows have a number of
// their own.
func (l *ledger) fits(all []*ledger, score map[*ledger]int) bool {
	if l.form.Kind == store.CountedForm {
		return true
	}
	numbered := slices.ContainsFunc(l.columns, func(c *ledgerColumn) bool { return c.name() != "" && c.field.Kind == store.HashField })
	if l.identity() && !numbered {
		return false
	}
	for _, other := range all {
		switch {
		case other == l:
		case other.form.Kind == store.CountedForm:
			if l.identity() && score[other] >= score[l] {
				return false
			}
		case score[other] >= score[l] && len(other.fields) > len(l.fields):
			return false
		}
	}
	return true
}

// refusePersons refuses a sheet that names persons and is no ledger that is known.
func (rd *reader) refusePersons(s *sheet.Sheet, ref string, out *store.Reading) {
	name := rd.sheetName(s)
	out.Findings = append(out.Findings, store.NewFinding("persons_unknown", name, ref))
	out.Sheets = append(out.Sheets, store.SheetReading{Name: name, Index: s.Index, Verdict: store.Rejected})
}

// prepare learns what holds for the whole sheet.
func (l *ledger) prepare() {
	l.name = l.sheetName(l.sheet)
	l.quiet = l.form.Kind == store.CountedForm
	for _, c := range l.columns {
		for i, head := range c.path {
			c.path[i] = l.shownHead(head)
		}
		if c.name() == "" && personalHead(c.text) == "" && !l.quiet {
			l.unread = append(l.unread, c.col)
		}
	}
	l.spans, l.across = map[int][]sheet.Range{}, map[int]int{}
	for _, m := range l.sheet.Merges {
		if m.Col2-m.Col >= 2 {
			l.across[m.Row] = m.Col
		}
		if m.Row2 > m.Row && m.Row >= l.first {
			for _, c := range l.columns {
				if c.name() != "" && c.col >= m.Col && c.col <= m.Col2 {
					l.spans[c.col] = append(l.spans[c.col], m)
				}
			}
		}
	}
	for _, spans := range l.spans {
		slices.SortFunc(spans, func(a, b sheet.Range) int { return a.Row - b.Row })
	}
	l.said = l.listen()
}

// totals and footers are lines below and between the rows that are no rows.
var (
	totals = newPattern(`^(?:合计|总计|小计|共计|累计)(?:[:(].*)?$`)
	footer = newPattern(`^(?:注|备注|说明|填表说明|填表|填表人|制表|制表人|审核|审核人|填报\p{Han}{0,3}|报送\p{Han}{0,3}|联系人|联系电话|附|附件):`)
)

// eachRow calls read for every row that is one: not blank, no repeated head, no
// heading across the table, no total and no footer. The row is there to be
// counted afterwards, as far as it could be read.
func (l *ledger) eachRow(read func() bool) {
	at, _ := slices.BinarySearchFunc(l.sheet.Cells, l.first, func(c sheet.Cell, row int) int { return int(c.Row) - row })
	cells := l.sheet.Cells[at:]
	for len(cells) > 0 {
		n := int(cells[0].Row)
		to := 1
		for to < len(cells) && int(cells[to].Row) == n {
			to++
		}
		if l.isRow(n, cells[:to]) {
			l.rows++
			l.at = row{n: n, values: map[string]store.Value{}, steps: map[string]float64{}, classes: map[string]string{}, lost: map[string]bool{}}
			l.counts.row(!l.struck() && read())
			l.screen(n)
		}
		cells = cells[to:]
	}
}

func (l *ledger) isRow(row int, cells []sheet.Cell) bool {
	filled, repeated := 0, 0
	for _, c := range cells {
		column := l.columnAt(int(c.Col))
		if column == nil || column.field == nil || c.Kind == sheet.Text && strings.TrimSpace(c.Text) == "" {
			continue
		}
		if column.field.Kind == store.OrdinalField {
			continue // numbered in advance, or a heading
		}
		if column.name() != "" || l.quiet {
			filled++
		}
		if c.Kind == sheet.Text && headStem(c.Text) == column.text {
			repeated++
		}
	}
	first := cells[0]
	if from, ok := l.across[row]; ok && from == int(first.Col) && filled <= 1 {
		return false // a heading or a note across the table
	}
	if key := fold(first.Text); first.Kind == sheet.Text && (totals.MatchString(key) || footer.MatchString(key)) {
		return false
	}
	return filled > 0 && repeated < min(tellingHeads, len(l.fields))
}

func (l *ledger) columnAt(col int) *ledgerColumn {
	i, ok := slices.BinarySearchFunc(l.columns, col, func(c *ledgerColumn, col int) int { return c.col - col })
	if !ok {
		return nil
	}
	return l.columns[i]
}

// struck sets a row aside whose main cell is struck through: it is done, or void,
// or moved, and only its writer knows which. What its status calls done is done.
func (l *ledger) struck() bool {
	c, ok := l.main()
	if !ok || !l.sheet.At(l.at.n, c.col).Struck {
		return false
	}
	if e, ok := l.index.words["task_status"].whole(l.text("status")); ok && l.form.Code == formTasks && e.value != string(store.TaskOpen) {
		return false
	}
	l.strikes++
	l.find("row_struck", "")
	return true
}

// screen looks at the columns that are not read: personal data there is worth
// one finding for the sheet, and nothing else of it is kept.
func (l *ledger) screen(row int) {
	for _, col := range l.unread {
		if shape := shapeOfCell(l.sheet.At(row, col)); shape != "" {
			l.findings = append(l.findings, store.NewFinding("personal_unread", l.name, sheet.Ref(row, col), shape))
			l.unread = nil
			return
		}
	}
}

// finish judges the sheet and adds its reading; it reports whether the rows
// apply. Rows of unknown units are counted apart from bad ones (ruling 18).
func (l *ledger) finish(out *store.Reading, good int) bool {
	verdict := store.Accepted
	switch {
	case tooMany(l.bad, l.rows-l.strangers):
		verdict = store.Rejected
		l.findings = append(l.findings, store.NewFinding("too_many_bad", l.name, "", strconv.Itoa(l.bad)))
	case l.strangers*3 > l.rows:
		verdict = store.Rejected
		l.findings = append(l.findings, store.NewFinding("unit_unknown", l.name, ""))
	case l.bad+l.strangers+l.faults+l.strikes > 0:
		verdict = store.Partly
	}
	if verdict == store.Rejected {
		good = 0
	} else {
		out.Tallies = append(out.Tallies, l.counts.result()...)
	}
	l.conclude(out, verdict, good)
	return verdict != store.Rejected
}

// refuse refuses the sheet before any row is read.
func (l *ledger) refuse(no *objection, out *store.Reading) {
	l.findings = append(l.findings, store.NewFinding(no.rule, l.name, no.ref, no.args...))
	l.conclude(out, store.Rejected, 0)
}

// conclude adds the sheet with its findings and heads to the reading.
func (l *ledger) conclude(out *store.Reading, verdict store.Verdict, good int) {
	unit := l.said.unit
	if l.fields[l.form.unit] != nil && !l.quiet {
		unit = "" // the sheet is of many units
	}
	l.explainRows()
	out.Workbook.SetAside += l.bad + l.strangers + l.faults + l.strikes
	out.Findings = append(out.Findings, l.findings...)
	out.Heads = append(out.Heads, l.readHeads(unit)...)
	out.Sheets = append(out.Sheets, store.SheetReading{
		Name:    l.name,
		Index:   l.sheet.Index,
		Form:    l.form.Code,
		Unit:    unit,
		Period:  l.said.period,
		Rows:    good,
		Verdict: verdict,
		Explain: l.explained(),
	})
}
