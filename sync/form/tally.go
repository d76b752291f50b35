package form

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"time"

	"jindu/store"
	"jindu/sync/sheet"
)

// tallying counts the rows of a ledger while they are read. A tally that a row
// might have belonged to, had it been readable, is not whole and is left out:
// held against a report it would tell of a difference that there may not be.
type tallying struct {
	*ledger
	plans []*plan
	lost  map[string]int // cells that could not be read, by field
	all   count          // every row of the sheet
}

// plan is one tally of the form as far as this sheet can give it.
type plan struct {
	store.FormTally
	dead       string // code of why the sheet cannot give it
	sheetOf    store.Period
	conditions []condition
	factor     float64 // from the measure of the field into that of the indicator
	sums       map[share]*sum
	gaps       map[share]bool
	covers     bool // some row of the sheet belongs to it
	given      int  // that were stated
	left       int  // that are not whole and were left out
}

// noPeriod is why a tally is not counted where nothing says of which month it is.
const noPeriod = "explain_no_period"

// share is a unit and a period; in a gap either may be left open, and the unit
// stands for its whole branch.
type share struct {
	unit   string
	period store.Period
}

// sum is what a plan counted for one share.
type sum struct {
	by     map[string]*count
	seen   count // rows of the share, counted or not
	blanks int   // rows that belong to it and give no number
}

// count is how much, from how many rows and where they stand.
type count struct {
	value       float64
	rows        int
	first, last int
}

func (c *count) add(n int, value float64) {
	if c.rows == 0 {
		c.first = n
	}
	c.value, c.rows, c.last = c.value+value, c.rows+1, n
}

func newTallying(l *ledger) *tallying {
	t := &tallying{ledger: l, lost: map[string]int{}}
	for _, one := range l.form.Tallies {
		p := &plan{FormTally: one, factor: 1, sums: map[share]*sum{}, gaps: map[share]bool{}}
		t.plan(p)
		t.plans = append(t.plans, p)
	}
	return t
}

// plan settles by which columns of the sheet a tally is counted.
func (t *tallying) plan(p *plan) {
	if p.When == "" {
		p.sheetOf = t.ofSheet(p.Indicator)
	} else if t.fields[p.When] == nil {
		p.sheetOf = t.said.span // what has no date is of the period that the title names
	}
	has := func(field string) bool {
		return field == "" || t.fields[field] != nil && t.fields[field].name() != "" ||
			field == "year" && (t.fields["reported_on"] != nil || t.fields["started"] != nil)
	}
	switch {
	case !has(p.Sum) || !has(p.By):
		p.dead = "explain_no_column"
		return
	case p.sheetOf.IsZero() && (p.When == "" || t.fields[p.When] == nil):
		p.dead = noPeriod
		return
	}
	p.conditions, p.dead = t.conditionsOf(p.Where)
	ind, ok := t.opt.Catalogue.ByCode(p.Indicator)
	if c := t.fields[p.Sum]; ok && c != nil && c.field.Measure != "" && t.words.dict.alike(c.field.Measure, ind.Measure) {
		p.factor = t.words.dict.factor(c.field.Measure, ind.Measure)
	}
}

// ofSheet returns the period that the sheet's own stocks are of: its month, or the
// quarter, half-year or year that the month closes where the indicator is reported so.
func (t *tallying) ofSheet(indicator string) store.Period {
	month := t.said.period
	ind, ok := t.opt.Catalogue.ByCode(indicator)
	if !ok || month.IsZero() {
		return month
	}
	longer := month.Of(ind.Cadence.PeriodKind())
	if longer.End() != month.End() {
		return store.Period{}
	}
	return longer
}

// row counts the row that has been read, or notes what it might have belonged to
// where it could not be.
func (t *tallying) row(ok bool) {
	t.all.add(t.at.n, 0)
	for field := range t.at.lost {
		t.lost[field]++
	}
	if !ok && t.at.copy {
		return
	}
	for _, p := range t.plans {
		switch {
		case p.dead != "":
		case ok:
			t.count(p)
		default:
			period, _ := t.periodOf(p)
			p.gaps[share{t.branch(t.guessUnit()), period}] = true
		}
	}
}

// doubt makes whatever is counted of a unit incomplete.
func (t *tallying) doubt(unit string) {
	for _, p := range t.plans {
		p.gaps[share{unit: t.branch(unit)}] = true
	}
}

// branch returns the topmost unit above a unit: units are counted together with
// those below them, so that a gap in one is a gap in all of them.
func (t *tallying) branch(unit string) string {
	for u, ok := t.opt.Units.ByCode(unit); ok && u.Parent != ""; u, ok = t.opt.Units.ByCode(u.Parent) {
		unit = u.Parent
	}
	return unit
}

// count adds the row to a plan.
func (t *tallying) count(p *plan) {
	holds := t.holds(p.conditions)
	value, amount := t.at.values[p.Sum]
	if p.Sum == "" {
		value.Number, amount = 1, true
	}
	unread := t.at.lost[p.Sum] || holds == maybe || t.at.doubt
	if p.Sum != "" && !amount && !t.at.lost[p.Sum] {
		unread = t.at.doubt
	}
	period, dated := t.periodOf(p)
	if !dated {
		if holds != no && (t.at.lost[p.When] || p.Sum != "" && amount && t.form.Code != formCases) {
			p.gaps[share{unit: t.branch(t.at.unit)}] = true
		}
		return // it has not happened: a case counts when it is solved
	}
	at := share{t.at.unit, period}
	if holds != no && unread {
		p.gaps[share{t.branch(t.at.unit), period}] = true
		return
	}
	s := p.sums[at]
	if s == nil {
		s = &sum{by: map[string]*count{}}
		p.sums[at] = s
	}
	s.seen.add(t.at.n, 0)
	p.covers = p.covers || holds == yes
	switch {
	case holds == no:
	case !amount:
		s.blanks++
	default:
		word := t.wordIn(p.By)
		if s.by[word] == nil {
			s.by[word] = &count{}
		}
		s.by[word].add(t.at.n, value.Number*p.factor)
	}
}

// wordIn returns the word of the row by which it is broken down: yes or no of a
// check, ? of what is blank or could not be read.
func (t *tallying) wordIn(field string) string {
	if field == "" {
		return ""
	}
	v, ok := t.at.values[field]
	if word := wordOf(v); ok && word != "" {
		return word
	}
	return "?"
}

// wordOf is what a value is called in conditions and breakdowns.
func wordOf(v store.Value) string {
	if v.Kind == store.CheckField || v.Kind == store.FilledField {
		if v.Number == 1 {
			return "yes"
		}
		return "no"
	}
	return v.Text
}

// periodOf returns the period that the row counts for; false where it has no day.
// A row that was set aside may not have been read so far.
func (t *tallying) periodOf(p *plan) (store.Period, bool) {
	if p.When == "" || t.fields[p.When] == nil {
		return p.sheetOf, true
	}
	v, ok := t.at.values[p.When]
	if !ok && !t.at.lost[p.When] {
		c := t.fields[p.When]
		v = readers[c.field.Kind](t.ledger, c, t.cellAt(c.col)).Value
		ok = v.Kind != ""
	}
	if !ok || v.Day.IsZero() {
		return store.Period{}, false
	}
	return t.monthFor(v.Day), true
}

// monthFor returns the statistical month of a day.
func (l *ledger) monthFor(d store.Date) store.Period {
	if starts := l.opt.MonthStarts; starts > 1 && d.Day >= starts {
		d = store.NewDate(d.Year, d.Month+time.Month(1), 1)
	}
	return store.PeriodAt(store.Month, d)
}

// guessUnit returns whose a row is that was set aside; empty where it could be
// anybody's.
func (t *tallying) guessUnit() string {
	if t.at.unit != "" {
		return t.at.unit
	}
	c := t.fields[t.form.unit]
	if c == nil {
		return t.said.unit
	}
	if codes, _ := t.unitsOf(textOf(t.cellAt(c.col))); len(codes) > 0 {
		return codes[0]
	}
	return ""
}

// whole reports whether no row that could not be read might have belonged there.
func (t *tallying) whole(p *plan, at share) bool {
	all := share{t.branch(at.unit), at.period}
	return !p.gaps[all] && !p.gaps[share{unit: all.unit}] && !p.gaps[share{period: at.period}] && !p.gaps[share{}]
}

// result states what was counted, plan by plan in the order of the form.
func (t *tallying) result() []store.Tally {
	var out []store.Tally
	for _, p := range t.plans {
		spots := slices.SortedFunc(maps.Keys(p.sums), func(a, b share) int {
			return cmp.Or(cmp.Compare(t.opt.Units.Rank(a.unit), t.opt.Units.Rank(b.unit)), cmp.Compare(a.unit, b.unit),
				cmp.Compare(a.period.String(), b.period.String()))
		})
		for _, at := range spots {
			if !t.whole(p, at) {
				p.left++
				continue
			}
			stated := t.state(p, at)
			p.given += min(len(stated), 1)
			out = append(out, stated...)
		}
	}
	return out
}

// state makes the tallies of one share: none of rows beats all that could be
// counted is nought, and of rows without a number nothing is said.
func (t *tallying) state(p *plan, at share) []store.Tally {
	s := p.sums[at]
	if len(s.by) == 0 && s.blanks == 0 && p.By == "" && p.covers {
		s.by[""] = &count{first: s.seen.first, last: s.seen.last}
	}
	by := p.By
	if by == "" && p.Indicator == "" {
		by = p.Sum
	}
	var out []store.Tally
	for _, word := range slices.Sorted(maps.Keys(s.by)) {
		c := s.by[word]
		out = append(out, store.Tally{
			Form:      t.form.Code,
			Unit:      at.unit,
			Period:    at.period,
			Indicator: p.Indicator,
			By:        by,
			Word:      word,
			Value:     math.Round(c.value*1e6) / 1e6,
			Rows:      c.rows,
			Cell:      t.area(p, c),
		})
	}
	return out
}

// area is the birth certificate of a tally: its rows in the column that was added
// up, or in the one that dates or names them. Of persons it is all rows of the
// sheet, so that no count of one points at anybody.
func (t *tallying) area(p *plan, c *count) store.Cell {
	col := (*ledgerColumn)(nil)
	for _, field := range []string{p.Sum, p.When, p.By, t.form.unit} {
		if one := t.fields[field]; one != nil {
			col = one
			break
		}
	}
	if col == nil {
		col = t.columns[0]
	}
	if t.quiet {
		c = &t.all
	}
	cell := store.Cell{
		Sheet:      t.name,
		Ref:        sheet.Range{Row: c.first, Col: col.col, Row2: c.last, Col2: col.col}.Ref(),
		Header:     col.path,
		HeaderRefs: []string{col.ref},
		UnitRef:    t.said.unitRef,
	}
	if one := t.fields[t.form.unit]; one != nil {
		cell.UnitRef = one.ref
	}
	return cell
}
