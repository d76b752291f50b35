package form

import (
	"slices"

	"jindu/store"
	"jindu/sync/sheet"
)

// stub is what the cells of a column of labels name.
type stub uint8

const (
	data      stub = iota // not labels: figures
	unitStub              // units
	itemStub              // indicators
	groupStub             // headings left of the indicators
	timeStub              // periods or 本月 and 累计
	measureStub
	codeStub // codes of units
	unread   // 序号, 备注, columns of persons
)

// coord is what a column, or a row, says of the figures in it.
type coord struct {
	words    []*label // what stands over the column or beside the row, outermost first
	names    []*label // of them, names that may lead to an indicator
	header   []string
	refs     []string
	ind      *store.Indicator
	rivals   []*store.Indicator
	unit     string
	unitRef  string
	place    string // folded text of a row's unit
	code     string // of the unit, as a column of codes has it
	codeRef  string
	when     when
	aspect   aspect
	timeRef  string
	measure  string
	foreign  string // a measure that none of ours converts from
	broad    string // the measure of a heading above the name
	total    bool   // 合计 and the like
	behind   bool   // 合计 stands behind a name: 缴获毒品 > 合计
	area     bool   // the whole district: a total
	many     bool   // names more than one unit
	stub     stub
	head     *label // the innermost word that is not blank
	ref      string
	at       int // column, or line of the row
	label    sheet.Cell
	personal string
	misfit   bool // its measure is none of the indicator's
	untimed  bool // a finding says that its time cannot be told
	struck   bool // its head or label is struck through
}

// named reports whether a row or column says more than which measure it is in.
func (c *coord) named() bool {
	return len(c.names) > 0 || c.unit != "" || c.when.named() || c.aspect != noAspect || c.total || c.area || c.many
}

// take adds what a word says, from the outermost to the innermost: what stands
// closer to the figure outranks.
func (c *coord) take(w *label, ref string) {
	if w.key == "" {
		return
	}
	c.head, c.words = w, append(c.words, w)
	if w.role == noRole || len(w.hits) > 0 {
		c.header, c.refs = append(c.header, w.text), append(c.refs, ref)
	}
	if w.name != "" && w.unit == "" && w.role == noRole && !w.area || len(w.hits) > 0 {
		c.names = append(c.names, w)
		c.broad, c.measure, c.foreign = first(c.measure, c.broad), "", ""
	}
	if w.unit != "" {
		c.unit, c.unitRef = w.unit, ref
	}
	c.area, c.many = c.area || w.area, c.many || w.many
	if w.total {
		c.total, c.behind = true, len(c.names) > 0
	}
	if w.aspect != noAspect {
		c.aspect, c.timeRef = w.aspect, ref
	}
	if !w.when.none() {
		c.when, c.timeRef = join(c.when, w.when), ref
	}
	switch {
	case w.foreign != "":
		c.foreign, c.measure = w.foreign, ""
	case w.measure != "" && !w.list:
		c.measure, c.foreign = w.measure, ""
	}
}

// join puts a year above together with a month below it.
func join(outer, inner when) when {
	if inner.year == 0 {
		inner.year = outer.year
	}
	if inner.kind == store.NoPeriod || inner.kind == store.Year && outer.named() {
		inner.kind, inner.n = outer.kind, outer.n
	}
	return inner
}

// spot is where a label of a head stands.
type spot struct {
	row, col int
	word     *label
}

// heading returns the words over a column, outermost first; a merged head
// counts once.
func (p *page) heading(b *block, col int) []spot {
	var out []spot
	top := p.lines[b.heads[0]].row
	for level, h := range b.heads {
		row := p.lines[h].row
		at := spot{row: row, col: col}
		if m, ok := p.merged(row, col); ok {
			if m.Row < top {
				continue // a title reaches down
			}
			at.row, at.col = m.Row, m.Col
		}
		cell := p.sheet.At(at.row, at.col)
		if cell.Kind == sheet.Blank && level+1 < len(b.heads) {
			at.col = p.spread(b, level, col)
			cell = p.sheet.At(row, at.col)
		}
		at.word = p.word(cell)
		if at.word.key == "" || len(out) > 0 && out[len(out)-1].row == at.row && out[len(out)-1].col == at.col {
			continue
		}
		out = append(out, at)
	}
	return out
}

// spread returns the column whose heading at a level also stands for one to its
// right that is blank, as in files that know no merged cells. It returns the
// column itself where none does.
func (p *page) spread(b *block, level, col int) int {
	l := p.lines[b.heads[level]]
	lower := func(c int) bool {
		return slices.ContainsFunc(b.heads[level+1:], func(h int) bool { return p.lines[h].at(c).Kind != sheet.Blank })
	}
	if !lower(col) {
		return col
	}
	for c := col - 1; c >= b.left; c-- {
		if _, ok := p.merged(l.row, c); ok {
			return col
		}
		if l.at(c).Kind != sheet.Blank {
			if lower(c) && p.word(l.at(c)).role == noRole {
				return c
			}
			return col
		}
	}
	return col
}

// columns reads what every column of a block says, and parts the block where
// labels begin anew to the right.
func (p *page) columns(b *block) [][]*coord {
	var parts [][]*coord
	var cur []*coord
	figures := false
	for col := b.left; col <= b.right; col++ {
		c := &coord{at: col}
		for _, at := range p.heading(b, col) {
			c.take(at.word, sheet.Ref(at.row, at.col))
			c.ref = sheet.Ref(at.row, at.col)
			c.struck = p.sheet.At(at.row, at.col).Struck
		}
		c.stub = p.kind(b, c, figures)
		if figures && (c.stub == unitStub || c.stub == itemStub || c.stub == timeStub) {
			parts, cur, figures = append(parts, cur), nil, false
		}
		figures = figures || c.stub == data && c.head != nil
		cur = append(cur, c)
	}
	parts = append(parts, cur)
	for _, part := range parts {
		settleStubs(part)
	}
	return parts
}

// settleStubs decides what a column of unknown labels left of the indicators
// is: their headings. Codes stand for units where no names do.
func settleStubs(part []*coord) {
	item := -1
	named := has(part, func(c *coord) bool { return c.stub == unitStub })
	for i, c := range part {
		if c.stub == itemStub {
			item = i
		}
		if c.stub == codeStub && !named {
			c.stub = unitStub
		}
	}
	for i, c := range part {
		if c.stub == groupStub && i > item {
			c.stub = unread
			if item < 0 && c.head != nil && c.head.role == cornerRole {
				c.stub = itemStub
			}
		}
	}
}

// body counts what stands under a head.
type bodyTally struct{ units, many, hits, measures, times, totals, texts, values, months int }

// enough rows of a table tell what a column holds.
const enough = 60

func (p *page) under(b *block, col int) bodyTally {
	var t bodyTally
	for _, i := range b.body[:min(len(b.body), enough)] {
		c := p.lines[i].at(col)
		if c.Kind == sheet.Blank {
			continue
		}
		if p.value(c) {
			t.values++
			if c.Kind == sheet.Number && c.Num >= 1 && c.Num <= 12 && c.Num == float64(int(c.Num)) {
				t.months++
			}
			continue
		}
		w := p.word(c)
		switch {
		case w.key == "":
			continue
		case w.unit != "" || w.area:
			t.units++
		case w.many:
			t.many++
		case len(w.hits) > 0:
			t.hits++
		case w.aspect != noAspect || w.when.named():
			t.times++
		case w.measure != "" || foreign.MatchString(w.key):
			t.measures++
		case w.total:
			t.totals++
			continue
		}
		t.texts++
	}
	return t
}

// kind says what a column holds, by its head and by what stands under it.
func (p *page) kind(b *block, c *coord, figures bool) stub {
	r := noRole
	if c.head != nil {
		r = c.head.role
		if !c.head.signal() {
			if c.personal = personalHead(c.head.key); c.personal != "" {
				return unread
			}
		}
	}
	if r == seqRole || r == noteRole {
		return unread
	}
	if r == codeRole {
		return codeStub
	}
	t := p.under(b, c.at)
	announced := r != noRole && r != valueRole
	switch {
	case r == measureRole || t.measures > 0 && t.measures*2 >= t.texts && t.units == 0 && (r == unitRole || !c.named()):
		return measureStub
	case r == timeRole && t.months > 0 && t.months == t.values:
		return timeStub
	case t.values > t.texts || c.named() && !announced && t.texts == 0 || figures && !announced:
		return data
	case t.units+t.many > 0 && (t.units+t.many)*2 >= t.texts && len(c.namesHit()) == 0:
		return unitStub
	case t.hits > 0 && len(c.namesHit()) == 0 && c.aspect == noAspect:
		return itemStub
	case t.times > 0 && t.times*2 >= t.texts && len(c.namesHit()) == 0:
		return timeStub
	case r == unitRole && t.texts+t.totals > 0:
		return unitStub
	case (r == itemRole || r == cornerRole) && t.texts > 0:
		return groupStub
	case c.named() || r == valueRole:
		return data
	case t.texts > 0:
		return groupStub
	default:
		return unread
	}
}

func (c *coord) namesHit() []*store.Indicator {
	for _, w := range c.names {
		if len(w.hits) > 0 {
			return w.hits
		}
	}
	return nil
}

// resolve finds the indicators of a row of columns, or of the rows of a table:
// first what is sure by its own name, then what the company decides.
func (x *nameIndex) resolve(all []*coord, title string, own scoped) {
	sc := &scene{groups: map[string]int{}, siblings: map[string]map[string]int{}, codes: map[string]bool{}}
	note := func(c *coord) {
		sc.groups[c.ind.Group]++
		sc.codes[c.ind.Code] = true
		for _, w := range c.names[:len(c.names)-1] {
			if sc.siblings[w.key] == nil {
				sc.siblings[w.key] = map[string]int{}
			}
			sc.siblings[w.key][c.ind.Group]++
		}
	}
	var open []*coord
	for _, c := range all {
		if c.ind = own.of(c.words); c.ind != nil && len(c.names) > 0 {
			note(c)
			continue
		}
		if len(c.names) == 0 {
			continue
		}
		if m := x.match(c.names, first(c.measure, c.broad), c.behind, nil); m.ind != nil {
			c.ind, c.total = m.ind, c.total && !c.behind
			note(c)
		} else {
			open = append(open, c)
		}
	}
	if len(open) == 0 {
		return
	}
	sc.title = x.speaksOf(title)
	for _, c := range all {
		if c.ind == nil && len(c.names) > 0 {
			m := x.match(c.names, first(c.measure, c.broad), c.behind, sc)
			c.ind, c.rivals = m.ind, m.rivals
			switch {
			case c.ind != nil && c.behind:
				c.total = false
			case c.behind && c.rivals == nil:
				x.whole(c, all)
			}
		}
		sc.prev = c.ind
		if !amongst(c.names) && (len(c.names) > 0 || c.ind != nil) {
			sc.main = c.ind
		}
	}
}

// whole reads 合计 under the name of an indicator. Beside months or units it is
// their total, to be checked; beside a breakdown of which nothing is known it is
// the indicator itself.
func (x *nameIndex) whole(c *coord, all []*coord) {
	leaf := c.names[len(c.names)-1]
	if len(leaf.hits) != 1 || !leaf.exact {
		return
	}
	c.ind = leaf.hits[0]
	c.total = slices.ContainsFunc(all, func(o *coord) bool {
		return o != c && slices.Contains(o.names, leaf) && (o.unit != "" || o.when.named() || o.area)
	})
}
