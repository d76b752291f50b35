package form

import (
	_ "embed" // the heads of the ledgers are part of the program
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"jindu/store"
	"jindu/sync/sheet"
)

// The ledgers that are recognised, as SheetReading.Form names them.
const (
	formTasks   = "tasks"
	formCases   = "cases"
	formPersons = "persons"
)

// Where a ledger's heads are looked for, and how many of them must speak for it.
const (
	headRows    = 10
	tellingHead = 3
)

//go:embed heads.csv
var headsCSV []byte

// headMeaning is what a column head stands for in one ledger.
type headMeaning struct {
	field   string
	telling bool // other forms have no such column
}

// ledgerHeads are the known heads by ledger and folded text.
var ledgerHeads = sync.OnceValue(func() map[string]map[string]headMeaning {
	all := map[string]map[string]headMeaning{formTasks: {}, formCases: {}, formPersons: {}}
	for _, row := range table(headsCSV) {
		for head := range strings.SplitSeq(row["heads"], ";") {
			all[row["ledger"]][fold(head)] = headMeaning{row["field"], row["telling"] == "yes"}
		}
	}
	return all
})

// ledgerColumn is one column that is read.
type ledgerColumn struct {
	col     int
	head    string // as it may be shown
	ref     string
	measure string // in brackets behind the head: 缴获数量(克)
}

// ledger is one sheet while it is read as a ledger.
type ledger struct {
	*reader
	sheet   *sheet.Sheet
	name    string // masked
	form    string
	top     int // row of the heads
	first   int // first row below them
	columns map[string]ledgerColumn
	unread  []int                 // columns that nothing is read from, but for personal shapes
	spans   map[int][]sheet.Range // merged downwards, by column
	across  map[int]int           // rows with a cell merged over three columns or more, and where it begins
	when    calendar
	unit    string // where title, sheet, file or source name one
	unitRef string

	rows      int // that hold something
	bad       int // set aside
	strangers int // set aside because the unit is unknown
	faults    int // fields set aside in rows that stand
	findings  []store.Finding
	explained store.Explained
}

// calendar is what a ledger's title says of time; month is 0 where it is silent.
type calendar struct {
	year, month int
}

// ledger reads the sheet where it is a ledger of tasks, cases or persons, and
// reports whether it is one.
func (rd *reader) ledger(s *sheet.Sheet, out *store.Reading) bool {
	l := rd.recognise(s)
	if l == nil {
		return false
	}
	switch l.form {
	case formTasks:
		l.tasks(out)
	case formCases:
		l.cases(out)
	case formPersons:
		l.persons(out)
	}
	return true
}

// recognise looks for the heads of a ledger in the first rows.
func (rd *reader) recognise(s *sheet.Sheet) *ledger {
	var best *ledger
	most := tellingHead - 1
	for row := range headRows {
		cells := s.Row(row)
		if len(cells) < tellingHead {
			continue
		}
		for _, form := range []string{formPersons, formCases, formTasks} { // the most private first
			l := &ledger{reader: rd, sheet: s, form: form, top: row, first: row + 1}
			if n := l.heads(row); n > most && l.complete() {
				best, most = l, n
			}
		}
	}
	if best != nil {
		best.prepare()
	}
	return best
}

// complete reports whether the columns are there without which the sheet is
// another form with similar heads.
func (l *ledger) complete() bool {
	has := func(field string) bool { _, ok := l.columns[field]; return ok }
	switch l.form {
	case formTasks:
		return has("title")
	case formCases:
		return has("case_no") || has("type")
	default:
		return has("name") || has("id")
	}
}

// heads reads the columns from a row of heads, which may stand over a second one
// where it is merged or blank, and returns how many telling ones there are.
func (l *ledger) heads(row int) int {
	l.columns = map[string]ledgerColumn{}
	telling := 0
	take := func(c sheet.Cell) bool {
		if c.Kind != sheet.Text {
			return false
		}
		key, measure := headKey(c.Text)
		m, ok := ledgerHeads()[l.form][key]
		if !ok {
			return false
		}
		if _, twice := l.columns[m.field]; twice {
			return false
		}
		l.columns[m.field] = ledgerColumn{int(c.Col), mask(c.Text), c.Ref(), measure}
		if m.telling {
			telling++
		}
		return true
	}
	below := l.sheet.Row(row + 1)
	known := func(c sheet.Cell) bool {
		if c.Kind != sheet.Text {
			return false
		}
		key, _ := headKey(c.Text)
		_, ok := ledgerHeads()[l.form][key]
		return ok
	}
	over := map[int]bool{} // columns whose upper head speaks for itself
	for _, c := range l.sheet.Row(row) {
		m, _ := l.sheet.Merged(row, int(c.Col))
		group := m.Col2 > m.Col && slices.ContainsFunc(below, func(c sheet.Cell) bool { return m.Holds(row, int(c.Col)) && known(c) })
		if !group {
			take(c)
			over[int(c.Col)] = true
		}
	}
	for _, c := range below {
		if !over[int(c.Col)] && take(c) {
			l.first = row + 2
		}
	}
	return telling
}

func (l *ledger) reads(col int) bool {
	for _, c := range l.columns {
		if c.col == col {
			return true
		}
	}
	return false
}

var headNote = newPattern(`\(([^()]*)\)$`)

// headKey returns the folded head without marks and without what stands in
// brackets behind it, which it returns apart: often a measure.
func headKey(text string) (key, note string) {
	key = strings.Trim(fold(text), "*※:")
	for _, form := range ledgerHeads() {
		if _, ok := form[key]; ok {
			return key, ""
		}
	}
	if !strings.HasSuffix(key, ")") {
		return key, ""
	}
	if m := headNote.FindStringSubmatch(key); m != nil {
		return strings.TrimSuffix(key, m[0]), m[1]
	}
	return key, ""
}

// prepare learns what holds for the whole sheet.
func (l *ledger) prepare() {
	l.name = mask(l.sheet.Name)
	for _, c := range l.sheet.Row(l.top) {
		if !l.reads(int(c.Col)) && personalHead(c.Text) == "" {
			l.unread = append(l.unread, int(c.Col))
		}
	}
	l.spans = map[int][]sheet.Range{}
	l.across = map[int]int{}
	for _, m := range l.sheet.Merges {
		if m.Col2-m.Col >= 2 {
			l.across[m.Row] = m.Col
		}
		if m.Row2 > m.Row && m.Row >= l.first {
			for _, c := range l.columns {
				if c.col >= m.Col && c.col <= m.Col2 {
					l.spans[c.col] = append(l.spans[c.col], m)
				}
			}
		}
	}
	for _, spans := range l.spans {
		slices.SortFunc(spans, func(a, b sheet.Range) int { return a.Row - b.Row })
	}
	base := path.Base(strings.ReplaceAll(l.file, `\`, "/"))
	base = strings.TrimSuffix(base, path.Ext(base))
	places := l.titles()
	places = append(places, place{"sheet", l.sheet.Name}, place{"file", base})
	for _, p := range places {
		l.when.learn(p.text)
		if codes := l.units.within(p.text); l.unit == "" && len(codes) == 1 {
			l.unit, l.unitRef = codes[0], p.where
		}
	}
	if l.unit == "" && l.opt.BoundUnit != "" {
		l.unit, l.unitRef = l.opt.BoundUnit, "source"
	}
	if l.when.year == 0 {
		l.when.year = l.opt.Today.Year
	}
	l.explained.Form = l.form
	l.explained.Heads = sheet.Range{Row: l.top, Row2: l.first - 1, Col2: l.width() - 1}.Ref()
	for _, field := range slices.SortedFunc(maps.Keys(l.columns), func(a, b string) int { return l.columns[a].col - l.columns[b].col }) {
		c := l.columns[field]
		l.explained.Columns = append(l.explained.Columns, store.ExplainedHead{
			At: sheet.ColumnName(c.col), Ref: c.ref, Path: []string{c.head}, Role: store.FieldHead, Means: field,
		})
	}
}

// width is how many columns the heads reach over.
func (l *ledger) width() int {
	n := 1
	for _, c := range l.sheet.Row(l.top) {
		n = max(n, int(c.Col)+1)
	}
	return n
}

// say adds a note to the explanation.
func (l *ledger) say(code string, args ...string) {
	l.explained.Notes = append(l.explained.Notes, store.ExplainNote{Code: code, Args: args})
}

// place is a text outside the table, and the word or address for it.
type place struct{ where, text string }

// titles lists the texts above the heads.
func (l *ledger) titles() []place {
	var out []place
	for _, c := range l.sheet.Cells {
		if int(c.Row) >= l.top {
			break
		}
		if c.Kind == sheet.Text && len(c.Text) < 600 {
			out = append(out, place{"title", c.Text})
		}
	}
	return out
}

var (
	titleYear  = newPattern(`(?:^|[^0-9])(20[0-9]{2})(?:年|[-./][0-9]|$|[^0-9])`)
	titleMonth = newPattern(`(?:^|[^0-9至到~-])([0-9]{1,2})月(?:份|[^0-9]|$)`)
	monthSpan  = newPattern(`[0-9]月?[-~—至到][0-9]{1,2}月`)
)

// learn takes year and month from a title, unless an earlier one gave them.
func (w *calendar) learn(text string) {
	text = numerals(fold(text))
	if all := titleYear.FindAllStringSubmatch(text, -1); w.year == 0 {
		for _, m := range all {
			if w.year != 0 && w.year != yearOr(m[1], 0) {
				w.year = 0 // 2025-2026年 is no year
				break
			}
			w.year = yearOr(m[1], 0)
		}
	}
	if m := titleMonth.FindStringSubmatch(text); m != nil && w.month == 0 && !monthSpan.MatchString(text) {
		if n := yearOr(m[1], 0); n >= 1 && n <= 12 {
			w.month = n
		}
	}
}

// totals and footers are lines below and between the rows that are no rows.
var (
	totals = newPattern(`^(?:合计|总计|小计|共计|累计)(?:[:(].*)?$`)
	footer = newPattern(`^(?:注|备注|说明|填表说明|填表|填表人|制表|制表人|审核|审核人|填报\p{Han}{0,3}|报送\p{Han}{0,3}|联系人|联系电话|附|附件):`)
)

// eachRow calls read for every row that is one: not blank, no repeated head, no
// heading across the table, no total and no footer.
func (l *ledger) eachRow(read func(row int)) {
	at, _ := slices.BinarySearchFunc(l.sheet.Cells, l.first, func(c sheet.Cell, row int) int { return int(c.Row) - row })
	cells := l.sheet.Cells[at:]
	for len(cells) > 0 {
		row := int(cells[0].Row)
		n := 1
		for n < len(cells) && int(cells[n].Row) == row {
			n++
		}
		if l.isRow(row, cells[:n]) {
			l.rows++
			read(row)
			l.screen(row)
		}
		cells = cells[n:]
	}
}

func (l *ledger) isRow(row int, cells []sheet.Cell) bool {
	filled, repeated := 0, 0
	seq, hasSeq := l.columns["seq"]
	for _, c := range cells {
		if !l.reads(int(c.Col)) || strings.TrimSpace(c.Text) == "" && c.Kind == sheet.Text {
			continue
		}
		if hasSeq && int(c.Col) == seq.col {
			continue // numbered in advance, or a heading
		}
		filled++
		if key, _ := headKey(c.Text); c.Kind == sheet.Text {
			if m, ok := ledgerHeads()[l.form][key]; ok && l.columns[m.field].col == int(c.Col) {
				repeated++
			}
		}
	}
	first := cells[0]
	if from, ok := l.across[row]; ok && from == int(first.Col) && filled <= 1 {
		return false // a heading or a note across the table
	}
	if key := fold(first.Text); first.Kind == sheet.Text && (totals.MatchString(key) || footer.MatchString(key)) {
		return false
	}
	return filled > 0 && repeated < tellingHead
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
		l.findings = append(l.findings, store.NewFinding("too_many_bad", l.name, "", fmt.Sprint(l.bad)))
	case l.strangers*3 > l.rows:
		verdict = store.Rejected
		l.findings = append(l.findings, store.NewFinding("unit_unknown", l.name, ""))
	case l.bad+l.strangers+l.faults > 0:
		verdict = store.Partly
	}
	if verdict == store.Rejected {
		good = 0
	}
	l.say("explain_rows", itoa(l.rows), itoa(l.bad), itoa(l.strangers))
	if _, own := l.columns["unit"]; own && l.form != formPersons {
		l.unit = "" // the sheet is of many units
	}
	out.Workbook.SetAside += l.bad + l.strangers + l.faults
	out.Findings = append(out.Findings, l.findings...)
	l.explained.Unit = store.Sourced{Value: l.unit, From: l.unitRef}
	out.Sheets = append(out.Sheets, store.SheetReading{
		Name:    l.name,
		Index:   l.sheet.Index,
		Form:    l.form,
		Unit:    l.unit,
		Rows:    good,
		Verdict: verdict,
		Explain: []store.Explained{l.explained},
	})
	return verdict != store.Rejected
}
