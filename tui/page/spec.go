package page

import (
	"slices"
	"strconv"
	"strings"
)

// Plan is one [[page]]: its digit, and which panels stand where for each number
// of columns that the screen has. In a layout are bands from the top; in a band
// panels side by side: "name" is one column wide, "name:2" two, "a+b" a above b.
// A layout stands for the numbers of columns above it that have none.
type Plan struct {
	Name    string     `toml:"name"`
	Digit   int        `toml:"digit"` // 0: no key leads to it, only the look-up and Enter
	Title   string     `toml:"title"` // of a district's own page; the others' are in the words
	TitleEN string     `toml:"title_en"`
	Focus   string     `toml:"focus"` // the panel that has the cursor at first
	Off     bool       `toml:"off"`   // the page is not there
	One     [][]string `toml:"1"`
	Two     [][]string `toml:"2"`
	Three   [][]string `toml:"3"`
	Four    [][]string `toml:"4"`
	Five    [][]string `toml:"5"`
}

// Spec is one [[panel]]: its kind, and what it shows.
type Spec struct {
	Name    string   `toml:"name"`
	Kind    string   `toml:"kind"`
	Title   string   `toml:"title"` // of a district's own panel; the others' are in the words
	TitleEN string   `toml:"title_en"`
	Rows    []string `toml:"rows"`          // codes of indicators
	Add     []string `toml:"add"`           // codes behind those that the panel has
	Drop    []string `toml:"drop"`          // codes that it has no longer
	Beside  []string `toml:"beside"`        // tiles: what stands at the right of the figure
	Group   []string `toml:"group"`         // figures: codes of groups
	Units   []string `toml:"units"`         // of units side by side: their kinds
	Column  int      `toml:"column"`        // matrices: the figure under the cursor at first
	Fixed   bool     `toml:"fixed"`         // charts: always of their own indicator; breakdowns: the rows keep their order
	Of      string   `toml:"of"`            // details: the panel whose cursor it follows
	Whole   string   `toml:"whole"`         // breakdowns: what the rows add up to, and are held against
	Form    string   `toml:"form"`          // breakdowns: the ledger whose rows are counted
	By      string   `toml:"by"`            // breakdowns: the ledger's field that they are counted by
	Docs    []string `toml:"docs"`          // deadlines: of tasks from these documents; a part of the name is enough
	Strong  []int    `toml:"strengthening"` // deadlines: of tasks of these strengthenings
	Within  int      `toml:"within"`        // deadlines: of tasks that are late or due within so many days
	Text    []string `toml:"text"`          // texts: paragraphs
	TextEN  []string `toml:"text_en"`
	Scheme  string   `toml:"scheme"` // grades: the code of a [[grade]]; empty: the first
}

// mostColumns is the widest layout that a page can have.
const mostColumns = 5

// layouts are the page's layouts, by the number of columns less one.
func (p Plan) layouts() [mostColumns][][]string {
	return [mostColumns][][]string{p.One, p.Two, p.Three, p.Four, p.Five}
}

// layout returns the bands for a screen of so many columns: those of the largest
// number with a layout that is not above it.
func (p Plan) layout(columns int) [][]string {
	all := p.layouts()
	for n := min(columns, mostColumns); n > 0; n-- {
		if all[n-1] != nil {
			return all[n-1]
		}
	}
	return nil
}

// drawn reports whether the page says of any screen what stands where.
func (p Plan) drawn() bool { return p.layout(mostColumns) != nil }

// over lays what a district says of a page over it. Its layouts take the place of
// all that the page had: a page is one thought, not half of two.
func (p Plan) over(old Plan) Plan {
	out := old
	out.Off = p.Off
	keep(&out.Title, p.Title)
	keep(&out.TitleEN, p.TitleEN)
	keep(&out.Focus, p.Focus)
	if p.Digit != 0 {
		out.Digit = p.Digit
	}
	if p.drawn() {
		out.One, out.Two, out.Three, out.Four, out.Five = p.One, p.Two, p.Three, p.Four, p.Five
	}
	return out
}

// over lays what a district says of a panel over it: with a kind it is a panel of
// its own, without one the old panel with other rows, another title...
func (s Spec) over(old Spec) Spec {
	if s.Kind != "" {
		return s
	}
	out := old
	keep(&out.Title, s.Title)
	keep(&out.TitleEN, s.TitleEN)
	keep(&out.Of, s.Of)
	keep(&out.Whole, s.Whole)
	keep(&out.Form, s.Form)
	keep(&out.By, s.By)
	keep(&out.Scheme, s.Scheme)
	for _, one := range []struct{ to, from *[]string }{
		{&out.Rows, &s.Rows},
		{&out.Beside, &s.Beside},
		{&out.Group, &s.Group},
		{&out.Units, &s.Units},
		{&out.Docs, &s.Docs},
		{&out.Text, &s.Text},
		{&out.TextEN, &s.TextEN},
	} {
		if *one.from != nil {
			*one.to = *one.from
		}
	}
	if s.Strong != nil {
		out.Strong = s.Strong
	}
	if s.Column != 0 {
		out.Column = s.Column
	}
	if s.Within != 0 {
		out.Within = s.Within
	}
	out.Fixed = out.Fixed || s.Fixed
	out.Rows = slices.DeleteFunc(slices.Clone(out.Rows), func(code string) bool { return slices.Contains(s.Drop, code) })
	out.Rows = append(out.Rows, s.Add...)
	return out
}

// keep takes a text over where there is one.
func keep(to *string, text string) {
	if text != "" {
		*to = text
	}
}

// stackOf takes "a+b:2" apart; span is 0 where what follows the colon is no number.
func stackOf(text string) (names []string, span int) {
	list, wide, ok := strings.Cut(text, ":")
	span = 1
	if ok {
		span, _ = strconv.Atoi(wide) // what is no number is no width, and 0 says so
	}
	return strings.Split(list, "+"), span
}
