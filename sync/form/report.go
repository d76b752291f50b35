package form

import (
	"slices"
	"strings"

	"jindu/store"
	"jindu/sync/sheet"
)

// draft is a sheet of reports before the sheets of a workbook are held against
// each other: nothing of it is stated yet.
type draft struct {
	sheet    *sheet.Sheet
	name     string // masked
	reading  store.SheetReading
	reports  []*report
	findings []store.Finding
	mapped   int  // cells of figures that hold something
	bad      int  // of them, how many could not be read
	rows     int  // rows, or columns, of units that hold figures
	unknown  int  // of them, how many name no unit of ours
	aside    bool // something was set aside
	twice    bool // a figure stands twice, and a finding says so
}

// find adds a finding of the sheet.
func (d *draft) find(rule, cell string, args ...string) *store.Finding {
	d.findings = append(d.findings, store.NewFinding(rule, d.name, cell, args...))
	return &d.findings[len(d.findings)-1]
}

// refuse refuses the whole sheet.
func (d *draft) refuse(no *refusal) {
	d.find(no.rule, no.ref, no.args...)
	d.reading.Verdict = store.Rejected
}

// report reads a sheet as tables of figures and keeps it as a draft.
func (rd *reader) report(s *sheet.Sheet) {
	d := &draft{sheet: s, name: rd.sheetName(s)}
	d.reading = store.SheetReading{Name: d.name, Index: s.Index}
	rd.drafts = append(rd.drafts, d)
	p := newPage(s, rd.wordsOf(s), rd.book.Date1904)
	top := rd.understand(p, d)
	if len(d.reports) == 0 {
		rd.unread(p, d)
		return
	}
	d.reading.Form, d.reading.Verdict = "report", store.Accepted
	d.reading.Layout = d.reports[0].layout
	for _, t := range d.reports {
		t.cx = rd.context(p, t.block, without(t.block.captions, top), top)
	}
	for _, t := range d.reports {
		rd.settle(t, d)
		if d.reading.Verdict == store.Rejected {
			break
		}
	}
	if d.reading.Verdict != store.Rejected {
		for _, t := range d.reports {
			rd.read(t, d)
		}
	}
	rd.personal(p, d)
}

func without(all, those []int) []int {
	return slices.DeleteFunc(slices.Clone(all), func(i int) bool { return slices.Contains(those, i) })
}

// understand finds the tables of the sheet and returns the lines at its top,
// which speak for all of them.
func (rd *reader) understand(p *page, d *draft) (top []int) {
	var blocks []*block
	begin := len(p.lines)
	for _, r := range p.regions() {
		for _, b := range p.blocks(r) {
			blocks = append(blocks, b)
			begin = min(begin, b.heads[0])
		}
	}
	for i := range begin {
		top = append(top, i)
	}
	for _, b := range blocks {
		d.reports = append(d.reports, rd.tables(p, b, slices.Concat(top, without(b.captions, top)))...)
	}
	return top
}

// settle finds unit and period of a table, or refuses the sheet.
func (rd *reader) settle(t *report, d *draft) {
	needsUnit := !has(t.columns, hasUnit) && !has(t.stubs, func(c *coord) bool { return c.stub == unitStub }) &&
		has(t.rows, func(r *coord) bool { return r.unit == "" && t.plain(r) })
	var no *refusal
	t.period, t.year, t.timeBy, no = t.cx.period(rd.opt, !rd.several)
	needsTime := !has(t.columns, hasTime) && has(t.rows, func(r *coord) bool { return !hasTime(r) && t.plain(r) })
	if no != nil && (needsTime || no.rule != "period_unresolved") {
		d.refuse(no)
		return
	}
	if !t.period.IsZero() && begins(t.period, rd.opt.MonthStarts).After(rd.opt.Today) {
		d.refuse(&refusal{"period_future", []string{t.period.String()}, ""})
		return
	}
	if !needsTime && t.year == 0 && !has(t.rows, hasYear) && !has(t.columns, hasYear) {
		d.refuse(&refusal{rule: "period_unresolved"})
		return
	}
	if needsUnit {
		if t.unit, t.unitBy, no = t.cx.unit(rd.opt); no != nil {
			d.refuse(no)
			return
		}
	}
	rd.bound(t, d)
	if d.reading.Period.IsZero() {
		d.reading.Period = t.period
	}
	if len(d.reports) == 1 || d.reading.Unit == "" {
		d.reading.Unit = t.unit
	}
}

func hasYear(c *coord) bool { return c.when.year != 0 }

// bound refuses a sheet of another unit than the one that its source is bound to.
func (rd *reader) bound(t *report, d *draft) {
	if rd.opt.BoundUnit == "" {
		return
	}
	ours := rd.opt.Units.Below(rd.opt.BoundUnit)
	check := func(unit, ref string) bool {
		if unit == "" || slices.Contains(ours, unit) {
			return true
		}
		d.refuse(&refusal{"unit_bound", []string{rd.opt.Units.Name(rd.opt.BoundUnit), rd.opt.Units.Name(unit)}, ref})
		return false
	}
	if !check(t.unit, "") {
		return
	}
	for _, c := range slices.Concat(t.rows, t.columns) {
		if !check(c.unit, c.unitRef) {
			return
		}
	}
}

// read reads every figure of a table.
func (rd *reader) read(t *report, d *draft) {
	rd.strangers(t, d)
	rd.unnamed(t, d)
	t.grid = make([]*fact, len(t.rows)*len(t.columns))
	t.facts = make([]fact, 0, len(t.grid))
	for r, row := range t.rows {
		l := t.page.lines[row.at]
		next := 0
		cells := l.within(t.block.left, t.block.right)
		for c, col := range t.columns {
			for next < len(cells) && int(cells[next].Col) < col.at {
				next++
			}
			if next == len(cells) || int(cells[next].Col) != col.at || cells[next].Kind == sheet.Blank {
				continue
			}
			f, ok := rd.fact(t, row, col, &cells[next])
			if !ok {
				d.untimed(&f)
				continue
			}
			t.facts = append(t.facts, f)
			t.grid[r*len(t.columns)+c] = &t.facts[len(t.facts)-1]
		}
	}
	rd.future(t, d)
	for i := range t.facts {
		rd.evaluate(t, &t.facts[i], d)
	}
	rd.totals(t, d)
}

// untimed names once the head whose time cannot be told, such as 66月, over
// figures that are understood but for it.
func (d *draft) untimed(f *fact) {
	if f.ind == nil || f.unit == "" || f.aspect != noAspect && f.aspect != own && f.aspect != cumulative {
		return
	}
	head := f.col
	if head.when.none() && head.aspect == noAspect {
		head = f.row
	}
	if v, rule := parseValue(*f.cell); head.untimed || rule != "" || v.missing || v.na {
		return
	}
	head.untimed = true
	d.find("time_unread", first(head.timeRef, head.ref, f.cell.Ref()))
}

// fact puts together what row and column say of a cell. It returns false where
// the cell is no figure of ours.
func (rd *reader) fact(t *report, row, col *coord, c *sheet.Cell) (fact, bool) {
	f := fact{cell: c, row: row, col: col, ind: col.ind}
	if t.byRow {
		if f.ind = row.ind; col.ind != nil && col.ind != f.ind {
			return f, false // 类别 down and 破案数 across: counts of something else
		}
		if len(col.names) > 0 && col.ind == nil {
			return f, false // 任务数, 占比 and the like
		}
	}
	if f.ind == nil || !f.ind.Printed() || f.ind.Kind == store.Text {
		return f, false
	}
	f.total = row.total || col.total || row.area || col.area
	switch {
	case f.total:
	case row.unit != "" && col.unit != "" && row.unit != col.unit:
		return f, false
	case row.unit != "":
		f.unit, f.unitRef = row.unit, row.unitRef
	case col.unit != "":
		f.unit, f.unitRef = col.unit, col.unitRef
	case t.unit != "":
		f.unit, f.unitRef = t.unit, t.unitBy.trust.code()
	default:
		return f, false // a stranger's row, named by its own finding
	}
	told := rd.time(t, &f)
	return f, told || f.total
}

// evaluate reads the value of a figure; what cannot be read is set aside.
func (rd *reader) evaluate(t *report, f *fact, d *draft) {
	if f.bad || f.skip && !f.total {
		return
	}
	measure := rd.measure(t, f)
	v, rule, args := rd.figure(f.ind, measure, *f.cell)
	if rule == "measure_mismatch" && !f.total && !rd.words.dict.alike(first(measure, f.ind.Measure), f.ind.Measure) {
		rd.misfit(t, f, d)
		return
	}
	if f.total {
		f.value, f.step, f.na = v.num, v.step, v.na || v.missing || f.skip
		if rule != "" && !f.skip {
			f.bad, f.skip = true, true
			d.find("total_no_value", f.cell.Ref())
		}
		return
	}
	if v.missing {
		f.skip = true
		return
	}
	if f.cell.Struck || f.row.struck || f.col.struck {
		f.bad, d.aside = true, true // somebody withdrew it: no fault of how the sheet was filled in
		d.findOf("struck", f)
		return
	}
	d.mapped++
	f.value, f.step, f.na, f.note = v.num, v.step, v.na, v.note
	if shape := shapeOfCell(*f.cell); shape != "" {
		rule, args = "personal_data", []string{shape}
	}
	if rule == "" && f.unclear {
		rule = "period_unresolved"
	}
	if rule != "" {
		d.set(f, rule, args...)
	}
}

// misfit sets a figure aside because its head gives a measure that is none of
// the indicator: tablets are not grams. It is the head's fault, named once, and
// says nothing of how well the cells were filled in.
func (rd *reader) misfit(t *report, f *fact, d *draft) {
	head := f.col
	if t.byRow {
		head = f.row
	}
	f.bad, d.aside = true, true
	if head.misfit {
		return
	}
	head.misfit = true
	one := d.find("measure_mismatch", head.ref, f.ind.Measure)
	one.Indicator = f.ind.Code
}

// set sets a figure aside with a finding.
func (d *draft) set(f *fact, rule string, args ...string) {
	f.bad, d.aside = true, true
	d.bad++
	d.findOf(rule, f, args...)
}

// findOf adds a finding about a figure.
func (d *draft) findOf(rule string, f *fact, args ...string) {
	one := d.find(rule, f.cell.Ref(), args...)
	one.Unit, one.Indicator, one.Period = f.unit, f.ind.Code, f.period
	if one.Severity == store.Fault {
		one.Severity = store.Warning // of one cell, not of the sheet
	}
}

// measure returns the measure that the heads give for a figure: of the row or
// the column, the one that names the indicator first, else of the whole table.
func (rd *reader) measure(t *report, f *fact) string {
	inner, outer := f.col, f.row
	if t.byRow {
		inner, outer = f.row, f.col
	}
	for _, c := range []*coord{inner, outer} {
		if m := first(c.foreign, c.measure); m != "" {
			return m
		}
		if c.broad != "" && rd.words.dict.alike(c.broad, f.ind.Measure) {
			return c.broad
		}
	}
	found := ""
	for _, m := range t.cx.measures {
		if m == f.ind.Measure || !rd.words.dict.alike(m, f.ind.Measure) {
			continue
		}
		found = m
	}
	if found != "" && slices.Contains(t.cx.measures, f.ind.Measure) && rd.words.dict.factor(found, f.ind.Measure) != 1 {
		return found + "?" // 克 and 千克 both stand over the table
	}
	return found
}

// manyDigits is where a number may be someone's telephone or identity.
const manyDigits = 1e9

// personal looks for personal data in what is not read, and says so once.
func (rd *reader) personal(p *page, d *draft) {
	var shapes []string
	where := ""
	note := func(shape, ref string) {
		if shape != "" && !slices.Contains(shapes, shape) {
			shapes = append(shapes, shape)
			where = first(where, ref)
		}
	}
	figures := map[*sheet.Cell]bool{}
	for _, t := range d.reports {
		for i := range t.facts {
			if c := t.facts[i].cell; c.Kind == sheet.Text || c.Num > manyDigits {
				figures[c] = true // judged with its figure
			}
		}
		for _, c := range t.stubs {
			note(c.personal, c.ref)
		}
	}
	for _, l := range p.lines {
		for i := range l.cells {
			c := &l.cells[i]
			switch {
			case c.Kind == sheet.Text && !figures[c]:
				note(p.shape(c.Text), c.Ref())
			case c.Kind == sheet.Number && c.Num > manyDigits && !figures[c]:
				note(shapeOfCell(*c), c.Ref())
			}
		}
	}
	if len(shapes) > 0 {
		d.find("personal_unread", where, strings.Join(shapes, "、"))
	}
}

// shape is the shape of personal data in a text that was possibly judged before.
func (p *page) shape(text string) string {
	if w, ok := p.words.seen[text]; ok && len(w.key) <= longest && w.key != "" {
		return w.shape
	}
	return shapeOf(text)
}
