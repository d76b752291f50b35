package template

import (
	"slices"
	"strconv"
	"strings"

	"jindu/store"
	"jindu/sync/form"
)

// rowsOf returns how many rows of a ledger are ruled from the start: as many as a
// printed page holds, which is A4 landscape and as wide as the columns.
func rowsOf(widths []float64) int {
	const (
		wide   = 132 // characters across the page as they are
		high   = 490 // points down it, without the margins
		above  = 100 // points of title and heads
		height = 20  // points of a row
	)
	sum := 0.0
	for _, w := range widths {
		sum += w
	}
	return int((high*max(1, sum/wide) - above) / height)
}

// column is one column of a ledger's template.
type column struct {
	store.FormField
	head string
	list string // where the words to choose from stand; empty: none
}

// ledger draws the sheets of a ledger.
func (t *draft) ledger() {
	cols := t.fields()
	lists := t.words(cols)
	p := &page{name: pageName(t.form.Name), grows: true}
	t.ledgerHead(p, t.title(), cols)
	numbered := max(rowsOf(p.widths), len(t.Rows))
	for r := 3; r < 3+numbered; r++ {
		for c, f := range cols {
			one := cell{look: openLook(f.FormField)}
			if f.Kind == store.OrdinalField {
				one.kind, one.num = number, float64(r-2)
			}
			if r-3 < len(t.Rows) {
				one.fill(t.Rows[r-3][f.Name])
			}
			p.put(r, c, one)
		}
	}
	for c, f := range cols {
		p.columns = append(p.columns, unboxed(openLook(f.FormField)))
		if f.Kind != store.OrdinalField && f.Kind != store.FreeField {
			p.limits = append(p.limits, t.fieldLimit(f.FormField, area{3, c, lastRow, c}, f.list))
		}
	}
	p.ruled = &area{3 + numbered, 0, lastRow, len(cols) - 1}
	p.footer = footerText(t.form.Name) + "&C单位负责人：　　　　　　审核人：　　　　　　填表人：　　　　　　"
	t.book.sheets = []*page{p, t.ledgerExample(cols), t.guide()}
	if lists != nil {
		t.book.sheets = append(t.book.sheets, lists)
	}
}

// fill puts a text or a number into the cell; nothing leaves it as it is.
func (c *cell) fill(v any) {
	switch v := v.(type) {
	case string:
		c.kind, c.text = words, harmless(v)
	case float64:
		c.kind, c.num = number, v
	}
}

// fields returns the columns of the template. What is personal is asked for only in
// lists of persons, which the law makes the unit keep, and there only what the form
// puts before the unit: who it is. What it lists behind is known so that it is
// never read, and need not be collected for us.
func (t *draft) fields() []column {
	var out []column
	taken := map[string]bool{}
	who := t.form.Kind == store.CountedForm
	for _, f := range t.form.Fields {
		who = who && f.Kind != store.UnitField
		if f.Kind == store.PersonalField && !who {
			continue
		}
		f.Heads = slices.Clone(f.Heads)
		i := t.ownHead(f, taken)
		f.Heads[0], f.Heads[i] = f.Heads[i], f.Heads[0]
		taken[f.Heads[0]] = true
		one := column{FormField: f, head: f.Heads[0]}
		switch {
		case f.Kind == store.PersonalField:
			one.head += "\n（不上报）"
		case f.Required:
			one.head += "*"
		case f.Kind == store.NumberField && f.Measure != "" && !strings.HasSuffix(one.head, ")"):
			one.head += "\n（" + f.Measure + "）"
		}
		out = append(out, one)
	}
	return out
}

// ownHead returns which of its heads a field goes by in the template: the first
// that no other field of the form shares, else the first that is not taken.
func (t *draft) ownHead(f store.FormField, taken map[string]bool) int {
	free := 0
	for i, h := range f.Heads {
		shared := slices.ContainsFunc(t.form.Fields, func(other store.FormField) bool {
			return other.Name != f.Name && slices.Contains(other.Heads, h)
		})
		if !shared {
			return i
		}
		if taken[f.Heads[free]] {
			free = i
		}
	}
	return free
}

// ledgerHead draws title and heads.
func (t *draft) ledgerHead(p *page, heading string, cols []column) {
	p.banner(0, len(cols), heading, titled, 36)
	line := "年度：" + strconv.Itoa(t.Period.Year) + "年"
	if t.Period.Kind != store.Year {
		line = "截止日期：" + chinese(t.end())
	}
	if t.Unit != "" {
		line = "填报单位：" + t.compiler() + "　　　　" + line
	}
	note := "带 * 的必填"
	if t.form.Kind == store.CountedForm {
		note = "标“不上报”的各栏由本单位保存，jindu 只按其余各栏计数，不留行"
	}
	p.banner(1, len(cols), line+"　　　　"+note+"；填写要求见“"+form.GuideSheet+"”", noted, 22)
	for c, f := range cols {
		l := head
		if f.Kind == store.PersonalField {
			l = hidden
		}
		p.write(2, c, f.head, l)
		p.widths = append(p.widths, widthOf(f.FormField))
	}
	p.tall(2, 42)
	p.frozen, p.heads = [2]int{3, min(2, len(cols)-1)}, area{0, 0, 2, len(cols) - 1}
}

// widthOf is how wide a column is, in characters.
func widthOf(f store.FormField) float64 {
	switch f.Kind {
	case store.OrdinalField:
		return 6
	case store.TitleField, store.VenueField:
		if f.Required {
			return 28
		}
		return 16
	case store.UnitField, store.UnitsField, store.DocumentField, store.StreetField, store.HashField:
		return 19
	case store.FreeField:
		return 20
	case store.CountField, store.NumberField, store.CheckField:
		return 10
	default:
		return 13
	}
}

// openLook is the look of the cells of a field.
func openLook(f store.FormField) look {
	l := look{boxed: true, open: true}
	switch f.Kind {
	case store.CountField:
		l.align, l.format = end, countFormat
	case store.NumberField:
		l.align, l.format = end, plainNumber
	case store.DateField:
		l.align, l.format = middle, dayFormat
	case store.OrdinalField, store.CheckField, store.WordField:
		l.align = middle
	case store.DocumentField, store.HashField, store.TitleField:
		l.format = textFormat
	case store.PersonalField:
		l.format, l.fill = textFormat, private
	default: // texts
	}
	return l
}

// unboxed takes the borders off.
func unboxed(l look) look {
	l.boxed = false
	return l
}

// ledgerExample draws one row of the form as it should be filled in.
func (t *draft) ledgerExample(cols []column) *page {
	p := &page{name: form.ExampleSheet, locked: true}
	t.ledgerHead(p, form.ExampleSheet+"（内容均为虚构，"+form.NotRead+"）", cols)
	for c, f := range cols {
		l := openLook(f.FormField)
		l.open = false
		p.put(3, c, t.example(f, l))
	}
	p.tall(3, 30)
	return p
}

// example is what an example shows in a field.
func (t *draft) example(f column, l look) cell {
	text := f.Example
	units := Reporters(t.form, t.Units)
	switch f.Kind {
	case store.OrdinalField:
		return cell{kind: number, num: 1, look: l}
	case store.PersonalField:
		text = "（略）"
	case store.UnitField:
		if text == "" && len(units) > 0 {
			text = units[0].Name
		}
	case store.UnitsField:
		if text == "" && len(units) > 1 {
			text = units[1].Name
		}
	case store.DateField:
		if d, err := store.ParseDate(text); err == nil {
			return cell{kind: number, num: float64(d.Sub(epoch())), look: l}
		}
	case store.CountField, store.NumberField:
		if n, err := strconv.ParseFloat(text, 64); err == nil {
			return cell{kind: number, num: n, look: l}
		}
	case store.WordField:
		if choices := t.choices(f.FormField); text == "" && f.Required && len(choices) > 0 {
			text = choices[0]
		}
	default: // as it stands
	}
	if text == "" {
		return cell{look: l}
	}
	return cell{kind: words, text: harmless(text), look: l}
}

// epoch is the day from which spreadsheet programs number days.
func epoch() store.Date { return store.Date{Year: 1899, Month: 12, Day: 30} }

// choices are what a field's drop-down list offers: units, posts, or the words of
// its dictionary.
func (t *draft) choices(f store.FormField) []string {
	var out []string
	switch f.Kind {
	case store.UnitField:
		for _, u := range Reporters(t.form, t.Units) {
			out = append(out, u.Name)
		}
	case store.PostField:
		return t.plainest("post")
	case store.WordField:
		return t.plainest(f.Dictionary)
	default: // no list
	}
	return out
}

// plainest returns a word for every meaning of a dictionary: the one that is also
// what it stands for, else the first.
func (t *draft) plainest(dictionary string) []string {
	var out []string
	at := map[string]int{}
	for _, w := range t.Catalogue.Dictionary(dictionary) {
		if i, ok := at[w.Value]; !ok {
			at[w.Value] = len(out)
			out = append(out, w.Word)
		} else if w.Word == w.Value {
			out[i] = w.Word
		}
	}
	return out
}

// words draws the sheet of the words to choose from and tells the columns where
// theirs stand. It returns nothing where no column has any.
func (t *draft) words(cols []column) *page {
	p := &page{name: form.WordsSheet, locked: true, upright: true}
	n := 0
	for i, f := range cols {
		choices := t.choices(f.FormField)
		if len(choices) == 0 {
			continue
		}
		p.write(2, n, strings.TrimSuffix(f.head, "*"), head)
		for r, text := range choices {
			p.write(3+r, n, text, label)
		}
		cols[i].list = area{3, n, 2 + len(choices), n}.fixed(p.name)
		p.widths = append(p.widths, 20)
		n++
	}
	if n == 0 {
		return nil
	}
	p.write(0, 0, form.WordsSheet+"（供下拉框使用，"+form.NotRead+"）", look{font: bold})
	p.write(1, 0, "要加用词，请联系区禁毒办：用词在 jindu 的配置里。", noted)
	for row := range 2 { // as wide as their texts, however few the lists are
		p.join(area{row, 0, row, max(n, 3) - 1})
	}
	p.frozen, p.heads = [2]int{3, 0}, area{2, 0, 2, n - 1}
	p.footer = footerText(t.form.Name)
	return p
}
