package form

import (
	"slices"
	"strings"

	"jindu/store"
	"jindu/sync/sheet"
)

// page is one sheet as the reader of reports sees it: its rows that hold
// something, the words in them and the merged ranges by column.
type page struct {
	sheet  *sheet.Sheet
	lines  []line
	merges [][]sheet.Range // by column, ascending by row
	words  *words
	date   func(sheet.Cell) when // reads a cell that is a date as a month
}

// line is one row that holds something.
type line struct {
	row   int
	cells []sheet.Cell
}

func newPage(s *sheet.Sheet, ws *words, date1904 bool) *page {
	p := &page{sheet: s, words: ws, date: func(c sheet.Cell) when {
		day, rule := parseDay(c, 0, date1904)
		if rule != "" || day.IsZero() {
			return when{}
		}
		return when{year: day.Year, kind: store.Month, n: int(day.Month)}
	}}
	last := -1
	for from := 0; from < len(s.Cells); {
		to := from
		for to < len(s.Cells) && s.Cells[to].Row == s.Cells[from].Row {
			last = max(last, int(s.Cells[to].Col))
			to++
		}
		p.lines = append(p.lines, line{int(s.Cells[from].Row), s.Cells[from:to]})
		from = to
	}
	p.merges = make([][]sheet.Range, last+1)
	for _, m := range s.Merges {
		for c := m.Col; c <= min(m.Col2, last); c++ {
			p.merges[c] = append(p.merges[c], m)
		}
	}
	for _, col := range p.merges {
		slices.SortFunc(col, func(a, b sheet.Range) int { return a.Row - b.Row })
	}
	return p
}

// at returns the cell of a line in a column, which is blank where nothing stands.
func (l line) at(col int) sheet.Cell {
	i, ok := slices.BinarySearchFunc(l.cells, col, func(c sheet.Cell, col int) int { return int(c.Col) - col })
	if !ok {
		return sheet.Cell{Row: int32(l.row), Col: int32(col)}
	}
	return l.cells[i]
}

// within returns the cells of a line from one column to another.
func (l line) within(left, right int) []sheet.Cell {
	from, _ := slices.BinarySearchFunc(l.cells, left, func(c sheet.Cell, col int) int { return int(c.Col) - col })
	to, _ := slices.BinarySearchFunc(l.cells, right+1, func(c sheet.Cell, col int) int { return int(c.Col) - col })
	return l.cells[from:to]
}

// merged returns the merged range that holds a place.
func (p *page) merged(row, col int) (sheet.Range, bool) {
	if col >= len(p.merges) {
		return sheet.Range{}, false
	}
	all := p.merges[col]
	i, _ := slices.BinarySearchFunc(all, row, func(m sheet.Range, row int) int {
		if m.Row2 < row {
			return -1
		}
		if m.Row > row {
			return 1
		}
		return 0
	})
	if i < len(all) && all[i].Holds(row, col) {
		return all[i], true
	}
	return sheet.Range{}, false
}

var nothing = &label{}

// word returns what a cell can mean as a head or a label.
func (p *page) word(c sheet.Cell) *label {
	switch {
	case c.Kind == sheet.Text:
		return p.words.of(c.Text)
	case c.Kind == sheet.Number && c.Date:
		if w := p.date(c); !w.none() {
			return &label{text: w.in(0).String(), key: "date", when: w}
		}
	}
	return nothing
}

// value reports whether a cell reads like a figure rather than like a label.
func (p *page) value(c sheet.Cell) bool {
	switch c.Kind {
	case sheet.Blank:
		return false
	case sheet.Text:
		w := p.words.of(c.Text)
		return !w.signal() && w.number
	case sheet.Number:
		return !c.Date
	default:
		return true
	}
}

// region is a run of columns that is read from top to bottom by itself.
type region struct{ left, right int }

// regions parts a sheet where a blank column stands between tables. A blank
// column inside a table does not part it: what stands to the right has no
// labels of its own.
func (p *page) regions() []region {
	used := make([]bool, len(p.merges))
	for _, l := range p.lines {
		if len(l.cells) < 2 {
			continue // a title or a note says nothing of columns
		}
		for _, c := range l.cells {
			used[c.Col] = true
		}
	}
	var out []region
	for col := 0; col < len(used); col++ {
		if !used[col] {
			continue
		}
		end := col
		for end+1 < len(used) && used[end+1] {
			end++
		}
		if len(out) > 0 && !p.labelled(region{col, end}) {
			out[len(out)-1].right = end
		} else {
			out = append(out, region{col, end})
		}
		col = end
	}
	return out
}

// labelled reports whether the first columns of a region hold labels of rows.
func (p *page) labelled(r region) bool {
	labels := 0
	for _, l := range p.lines {
		for _, c := range l.within(r.left, min(r.left+1, r.right)) {
			w := p.word(c)
			switch w.role {
			case unitRole, itemRole, cornerRole, timeRole, seqRole, codeRole:
				return true
			default:
				if int(c.Col) == r.left && (w.unit != "" || len(w.hits) > 0 && w.measure == "" && w.aspect == noAspect) {
					labels++
				}
			}
		}
	}
	return labels > 2
}

// block is one table on the sheet: its heads, the rows under them and the lines
// that stand above.
type block struct {
	region
	heads    []int // lines, at most four
	body     []int // lines
	captions []int // lines between the table before and this one
}

// blocks finds the tables of a region from top to bottom, and the lines that
// belong to none.
func (p *page) blocks(r region) []*block {
	var all []*block
	var cur *block
	var loose []int
	for i := 0; i < len(p.lines); i++ {
		cells := p.lines[i].within(r.left, r.right)
		if len(cells) == 0 {
			if len(p.lines[i].cells) == 1 && p.lines[i].cells[0].Kind == sheet.Text {
				loose = append(loose, i) // a title that stands over every region
			}
			continue
		}
		if end := p.headAt(i, r, cur != nil); end > i {
			if cur != nil && p.repeats(cur, i, end) && !p.speaks(loose, cur.heads[0]) {
				i = end - 1
				continue
			}
			cur = &block{region: r, captions: slices.Concat(p.trailing(cur, i), loose)}
			for h := i; h < end; h++ {
				cur.heads = append(cur.heads, h)
			}
			all, loose = append(all, cur), nil
			i = end - 1
			if i+1 < len(p.lines) && p.numbersColumns(p.lines[i+1].within(r.left, r.right)) {
				i++
			}
			continue
		}
		if cur == nil || p.caption(cells) {
			loose = append(loose, i)
			continue
		}
		cur.body, loose = append(cur.body, i), nil
	}
	return all
}

// trailing takes the lines off the end of a table that are a single text and
// stand directly over the next table's head at line i: its caption, though it
// reads like the label of a row.
func (p *page) trailing(b *block, i int) []int {
	if b == nil {
		return nil
	}
	n := len(b.body)
	for n > 0 && i-b.body[n-1] <= len(b.body)-n+1 {
		cells := p.lines[b.body[n-1]].within(b.left, b.right)
		if t := p.tally(cells); t.values > 0 || t.texts != 1 {
			break
		}
		n--
	}
	lines := b.body[n:]
	b.body = b.body[:n]
	return lines
}

// tally says what a row is made of.
type tally struct {
	texts, values, signals, roles, hits, times int
	keyed                                      bool // states something, or is signed
}

func (p *page) tally(cells []sheet.Cell) tally {
	var t tally
	asked, inner := false, false
	for i, c := range cells {
		if p.value(c) {
			t.values++
			continue
		}
		w := p.word(c)
		t.texts++
		if w.key == "" || len(w.key) > longest || states(w.key) {
			t.keyed = t.keyed || w.key != "" && !inBrackets(w.key)
			inner = inner || inBrackets(w.key)
			continue
		}
		asked = asked || i+1 < len(cells) && asks(w.key)
		if w.signal() || p.words.dict.groups[loosen(w.name)] != "" {
			t.signals++
		}
		if w.role != noRole {
			t.roles++
		}
		if len(w.hits) > 0 || w.aspect != noAspect {
			t.hits++
		}
		if w.when.named() {
			t.times++
		}
	}
	t.keyed = t.keyed || (asked || inner) && t.signals < 2 // 联系电话, or 走访（联系人：...), may also be the head of a column
	return t
}

// headings reports whether a row can be one of heads. A number among them does
// no harm: someone's telephone, or a year.
func (t tally) headings() bool {
	return t.texts > 0 && !t.keyed && (t.values == 0 || t.roles > 0 && t.signals >= 2 && t.values*2 <= t.signals)
}

// headAt returns the line after a head that begins at line i, or i where none
// does. In the body of a table only a row of heads begins another.
func (p *page) headAt(i int, r region, inBody bool) int {
	t := p.tally(p.lines[i].within(r.left, r.right))
	if !t.headings() || p.stated(i, r) {
		return i
	}
	if inBody && t.roles == 0 && t.hits+t.times < 3 && !p.top(i, r) {
		return i
	}
	if t.signals < 2 && !p.top(i, r) {
		return i
	}
	end := i + 1
	for end < len(p.lines) && end-i < 4 && p.continues(i, end, r) {
		end++
	}
	if end-i == 1 && t.signals < 2 {
		return i
	}
	return end
}

// stated reports whether a line states unit and period in cells beside their
// keys, 填报单位 | 城西派出所, over the head of a table.
func (p *page) stated(i int, r region) bool {
	cells := p.lines[i].within(r.left, r.right)
	if len(cells)%2 != 0 || i+1 >= len(p.lines) {
		return false
	}
	for k := 0; k < len(cells); k += 2 {
		key, said := p.word(cells[k]), p.word(cells[k+1])
		switch {
		case slices.Contains(cutoffKeys, key.key):
		case !slices.Contains(reporterKeys, key.key) && !slices.Contains(periodKeys, key.key),
			said.unit == "" && !said.area && !said.when.named():
			return false
		}
	}
	next := p.tally(p.lines[i+1].within(r.left, r.right))
	return next.values == 0 && next.signals >= 2
}

// top reports whether a line is the upper level of a head: headings only, over
// a line that is a head by itself or over another such line.
func (p *page) top(i int, r region) bool {
	for depth := 0; depth < 2; depth, i = depth+1, i+1 {
		cells := p.lines[i].within(r.left, r.right)
		if i+1 >= len(p.lines) || p.lines[i+1].row != p.lines[i].row+1 || len(cells) == 0 {
			return false
		}
		below := p.lines[i+1].within(r.left, r.right)
		t := p.tally(cells)
		if t.values > 0 || t.keyed || len(below) == 0 {
			return false
		}
		if len(cells) == 1 && p.over(cells[0], below) {
			return false // a title
		}
		if b := p.tally(below); b.values == 0 && !b.keyed && b.signals >= 2 && (b.roles > 0 || b.hits+b.times >= 2 || t.roles > 0) {
			return true
		}
	}
	return false
}

// over reports whether a single cell stands over all of the line below, as
// titles do, merged or not.
func (p *page) over(c sheet.Cell, below []sheet.Cell) bool {
	if m, ok := p.merged(int(c.Row), int(c.Col)); ok {
		return m.Col <= int(below[0].Col) && m.Col2 > m.Col
	}
	return c.Col <= below[0].Col
}

// continues reports whether line i is a further level of the head that begins
// at line from: it has no labels under the heads of labels.
func (p *page) continues(from, i int, r region) bool {
	cells := p.lines[i].within(r.left, r.right)
	t := p.tally(cells)
	if len(cells) == 0 || t.values > 0 || t.keyed || t.signals == 0 || p.lines[i].row != p.lines[i-1].row+1 {
		return false
	}
	first, role := r.right, false
	for h := from; h < i; h++ {
		for _, c := range p.lines[h].within(r.left, r.right) {
			first = min(first, int(c.Col))
			switch p.word(c).role {
			case unitRole, itemRole, cornerRole, timeRole, seqRole, codeRole:
				if m, ok := p.merged(p.lines[h].row, int(c.Col)); ok && m.Col2 > m.Col {
					continue // 派出所 over the names of several stations is no column of labels
				}
				role = true
				if under := p.lines[i].at(int(c.Col)); under.Kind != sheet.Blank && p.word(under).role == noRole {
					return false
				}
			default:
			}
		}
	}
	return role || t.roles > 0 || int(cells[0].Col) >= first && t.hits+t.times > 0
}

// repeats reports whether a head is the table's own again, as it stands on
// every printed page.
func (p *page) repeats(b *block, from, end int) bool {
	same, other := 0, 0
	for _, c := range p.lines[end-1].within(b.left, b.right) {
		if old := p.lines[b.heads[len(b.heads)-1]].at(int(c.Col)); p.word(old).key == p.word(c).key {
			same++
		} else {
			other++
		}
	}
	return same > 0 && other == 0 && end-from <= len(b.heads)
}

// speaks reports whether lines between two alike heads name a unit or a period
// that the lines above the first head did not: then another table begins.
func (p *page) speaks(lines []int, head int) bool {
	said := map[string]bool{}
	for _, l := range p.lines[:head] {
		for _, c := range l.cells {
			said[p.word(c).key] = true
		}
	}
	for _, i := range lines {
		for _, c := range p.lines[i].cells {
			key := p.word(c).key
			if key == "" || said[key] || said[strings.TrimSuffix(strings.TrimSuffix(key, "(续)"), "(续表)")] || states(key) {
				continue
			}
			named := slices.ContainsFunc(whens(key, p.words.starts), when.named)
			if named || len(p.words.units.within(key)) > 0 {
				return true
			}
		}
	}
	return false
}

// numbersColumns reports whether a line under the heads only numbers the
// columns: 甲 乙 1 2 3.
func (p *page) numbersColumns(cells []sheet.Cell) bool {
	next := 1
	for _, c := range cells {
		switch {
		case c.Kind == sheet.Number && c.Num == float64(next) || c.Kind == sheet.Text && strings.Trim(fold(c.Text), "()") == itoa(next):
			next++
		case c.Kind == sheet.Text && (strings.Contains("甲乙丙丁", fold(c.Text)) || roles[fold(c.Text)] == seqRole):
		default:
			return false
		}
	}
	return next > 3
}

// caption reports whether a line inside or under a table is a sentence, a
// signature or a heading rather than a row.
func (p *page) caption(cells []sheet.Cell) bool {
	t := p.tally(cells)
	if t.keyed && t.values <= 1 {
		return true
	}
	return t.values == 0 && t.texts == 1 && t.signals == 0
}
