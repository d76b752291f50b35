package template

import (
	"io"
	"strconv"

	"jindu/store"
)

// Table is one sheet of a workbook that is only read: a few lines about it, heads,
// and rows below them.
type Table struct {
	Name  string
	About []string // the first is its title
	Heads []string
	Rows  [][]any // a string or a float64 to each head; nil for nothing
}

// WriteTables writes a workbook of tables. A text that begins like a formula is
// made harmless. The same tables of the same day are the same bytes.
func WriteTables(w io.Writer, title string, day store.Date, tables []Table) error {
	b := &book{title: title, day: day, looks: []look{{}}}
	used := map[string]bool{}
	for _, t := range tables {
		name := pageName(t.Name)
		for n := 2; used[name]; n++ {
			name = pageName(t.Name)
			name = pageName(string([]rune(name)[:min(len([]rune(name)), 27)]) + " " + strconv.Itoa(n))
		}
		used[name] = true
		b.sheets = append(b.sheets, t.page(name))
	}
	return b.write(w)
}

// page draws the sheet: what it is about, the heads, which stay in sight and are
// printed on every page, and the rows.
func (t Table) page(name string) *page {
	p := &page{name: name, free: true}
	for i, line := range t.About {
		l := look{font: small}
		if i == 0 {
			l = look{font: bold}
		}
		p.write(len(p.rows), 0, line, l)
		p.join(area{i, 0, i, max(len(t.Heads), 1) - 1})
	}
	at := len(t.About)
	if len(t.Heads) > 0 {
		for col, head := range t.Heads {
			p.write(at, col, head, look{font: bold, fill: headed, boxed: true, align: middle})
			p.widths = append(p.widths, plainWidth(head))
		}
		p.heads, p.frozen = area{at, 0, at, len(t.Heads) - 1}, [2]int{at + 1, 1}
		at++
	}
	for r, row := range t.Rows {
		for col, value := range row {
			switch v := value.(type) {
			case float64:
				p.put(at+r, col, cell{kind: number, num: v, look: look{boxed: true, align: end}})
			case string:
				p.write(at+r, col, v, look{boxed: true})
				if col < len(p.widths) {
					p.widths[col] = max(p.widths[col], plainWidth(v))
				}
			default:
				p.put(at+r, col, cell{look: look{boxed: true}})
			}
		}
	}
	return p
}

// plainWidth is about how wide a text stands, in characters, within what a page can
// bear.
func plainWidth(text string) float64 {
	w := 3.0
	for _, r := range text {
		if r < 0x2e80 {
			w++
		} else {
			w += 2
		}
	}
	return min(w, 48)
}
