package page

import (
	"slices"
	"strconv"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
)

// A tile is one big figure: a blank row, the digits with three lines at their
// right, and, where there is room, a blank row and the course of two years.
const (
	tileRows  = 6
	tileLeast = 4
)

// side is one line at the right of a big figure.
type side struct {
	label   string
	value   widget.Line
	measure string
}

// big is what a tile draws.
type big struct {
	look    style.Look
	number  string
	measure string
	sides   []side
	foot    func(c widget.Canvas)
}

// Draw draws the tile's body.
func (t big) draw(c widget.Canvas) {
	width := widget.BigWidth(t.number, c.Glyphs())
	if width+2+sidesWidth(t.sides) > c.Width() {
		t.sides = terse(t.sides) // what explains a figure leaves before it does
	}
	sides := sidesWidth(t.sides)
	if !digits(t.number) || t.number == widget.NotApplicable || width+2+sides > c.Width() {
		c.Put(0, 3, t.look|style.Bold, t.number)
		width = widget.Width(t.number)
	} else {
		look := t.look
		if look.Role() == style.Strong {
			look = style.Ink // big enough not to need it
		}
		c.Big(0, 1, look, t.number)
	}
	if width+2+widget.Width(t.measure) < c.Width()-sides {
		c.Put(width+2, 3, style.Quiet, t.measure)
	}
	drawSides(c, t.sides)
	if t.foot != nil && c.Height() >= tileRows {
		t.foot(c.Sub(0, tileRows-1, c.Width(), 1))
	}
}

// digits reports whether the text is a number that big digits can show.
func digits(s string) bool {
	for _, r := range s {
		if (r < '0' || r > '9') && r != '.' && r != ',' && r != '-' && r != '<' {
			return false
		}
	}
	return s != ""
}

func sidesWidth(sides []side) int {
	l, v, m := sideColumns(sides)
	return l + 1 + v + m
}

// terse leaves out the measures of the lines, but for signs without which a number is
// another one.
func terse(sides []side) []side {
	out := slices.Clone(sides)
	for i, s := range out {
		if widget.Width(s.measure) > 1 {
			out[i].measure = ""
		}
	}
	return out
}

// sideColumns returns the widths of labels, values and measures.
func sideColumns(sides []side) (label, value, measure int) {
	for _, s := range sides {
		label = max(label, widget.Width(s.label))
		value = max(value, s.value.Width())
		if s.measure != "" {
			measure = max(measure, 1+widget.Width(s.measure))
		}
	}
	return label, value, measure
}

// drawSides sets the lines right: labels end in one column, values in another,
// measures start in a third.
func drawSides(c widget.Canvas, sides []side) {
	_, value, measure := sideColumns(sides)
	end := c.Width() - measure
	for i, s := range sides {
		c.LineRight(end, 1+i, s.value)
		c.PutRight(end-value-1, 1+i, style.Quiet, s.label)
		c.Put(end+1, 1+i, style.Quiet, s.measure)
	}
}

// newTile puts a big figure into a panel.
func newTile(t big, spot Spot, facts []widget.Line) *Panel {
	return &Panel{
		Head:  widget.Panel{Facts: facts},
		Spots: []Spot{spot},
		Rows:  tileRows,
		Least: tileLeast,
		Body:  func(c widget.Canvas, _ bool) { t.draw(c) },
	}
}

// tile makes the panel of one indicator's figure.
func (b *build) tile(spec Spec) *Panel {
	code := b.visit.Indicator
	if len(spec.Rows) > 0 {
		code = spec.Rows[0]
	}
	l := b.Line(store.DistrictCode, code)
	look, number := b.value(l)
	t := big{look: look, number: number}
	if l.Value.OK || l.Masked() { // what is not there is not counted in anything
		t.measure = b.measure(l.Indicator)
	}
	for _, name := range spec.Beside {
		if s, ok := b.beside(l, name); ok {
			t.sides = append(t.sides, s)
		}
	}
	values := b.courseOf(l, store.SeriesMonths)
	spark := heroSpark(l.Indicator, values, nowLook(look))
	t.foot = func(c widget.Canvas) {
		spark.Draw(c.Sub(0, 0, store.SeriesMonths, 1))
		c.PutRight(c.Width(), 0, style.Quiet, b.say("tile.months", len(values)))
	}
	return newTile(t, figureSpot(store.DistrictCode, code), b.coverage(store.DistrictCode, []string{code}))
}

// beside makes one of the lines beside a figure: a comparison, of which the first
// is the one that was chosen, the share of the population, or another indicator.
func (b *build) beside(l store.Line, name string) (side, bool) {
	switch name {
	case "before":
		name, d := b.Compared(l)
		return side{label: name, value: delta(d, l.Indicator)}, d.Diff.OK
	case "yearago":
		d := b.also(l)
		return side{label: b.alsoHead(), value: delta(d, l.Indicator)}, d.Diff.OK
	case "todate":
		return side{label: b.say("head.todate"), value: atLeast(style.Ink, l.ToDate, l.ToDateLacks, l.Indicator)}, l.ToDate.OK
	case "population":
		people := b.Settings.District.Population
		if people == 0 || !l.Value.OK || l.Value.V == 0 {
			return side{}, false
		}
		per := strconv.Itoa(int(float64(people)/l.Value.V + 0.5))
		return side{label: b.say("tile.population"), value: widget.Text(style.Ink, "1/"+per)}, true
	}
	other := b.Line(l.Scope, name)
	look, number := b.value(other)
	s := side{label: other.Indicator.Head(b.lang()), value: widget.Commas(look&^style.Bold, number)}
	if other.Value.OK {
		s.measure = b.measure(other.Indicator)
	}
	return s, other.Indicator.Code != ""
}

// overdue makes the tile of tasks past their date.
func (b *build) overdue(Spec) *Panel {
	n := b.TaskCounts(store.DistrictCode)
	t := big{look: style.Ink, number: strconv.Itoa(n.Overdue), measure: b.say("measure.tasks")}
	if n.Overdue > 0 {
		t.look = style.Bad
	}
	soon := style.Quiet
	if n.DueSoon > 0 {
		soon = style.WatchBold
	}
	rate := b.Line(store.DistrictCode, "task_done_rate")
	t.sides = []side{
		{b.say("tile.longest"), b.daysLate(n.Longest), b.say("measure.days")},
		{b.say("tile.soon"), widget.Text(soon, strconv.Itoa(n.DueSoon)), b.say("measure.tasks")},
	}
	if rate.Value.OK {
		t.sides = append(t.sides, side{b.say("tile.done"), plain(style.Ink, rate.Value, rate.Indicator), "%"})
	}
	if n.Listed == 0 {
		t.number, t.look, t.sides, t.measure = b.say("tasks.none"), style.Quiet, nil, ""
		return newTile(t, Spot{ID: "tasks"}, []widget.Line{b.oldest(n.Oldest)})
	}
	t.foot = func(c widget.Canvas) {
		bar := widget.Bar{Value: float64(n.Done), Whole: float64(n.Listed), Look: style.Quiet}
		bar.Draw(c.Sub(0, 0, store.SeriesMonths, 1))
		c.LineRight(c.Width(), 0, widget.Text(style.Quiet, b.say("tile.settled", n.Done, n.Listed)))
	}
	facts := []widget.Line{widget.Text(style.Quiet, b.Words.Count("fact.tasks", n.Listed)), b.oldest(n.Oldest)}
	return newTile(t, Spot{ID: "tasks"}, facts)
}

func (b *build) daysLate(days int) widget.Line {
	if days == 0 {
		return widget.Text(style.Quiet, "0")
	}
	if b.lang() == store.English {
		return widget.Text(style.Bad, strconv.Itoa(days))
	}
	return widget.Text(style.Bad, b.say("task.over")+" "+strconv.Itoa(days))
}

// reporting makes the tile of how many units have reported.
func (b *build) reporting(Spec) *Panel {
	trust := b.Trust()
	late := 0
	for _, r := range b.Reports() {
		if r.LateDays > 0 {
			late++
		}
	}
	l := b.Line(store.DistrictCode, "reporting_rate")
	t := big{look: style.Ink, number: strconv.Itoa(trust.N), measure: "/" + strconv.Itoa(trust.M)}
	t.sides = []side{
		{b.say("tile.rate"), plain(targetLook(l), l.Value, l.Indicator), b.rateMeasure(l)},
		{b.say("tile.late"), count(style.Watch, late), b.say("measure.units")},
		{b.say("tile.silent"), count(style.Bad, b.silent()), b.say("measure.units")},
	}
	if targetLook(l) == style.Quiet {
		t.sides[0].value = plain(style.Ink, l.Value, l.Indicator)
	}
	due := b.Settings.Due(b.Period)
	t.foot = func(c widget.Canvas) {
		bar := widget.Bar{Value: float64(trust.N), Whole: float64(trust.M), Look: style.Quiet, Target: float64(trust.M) * l.Target.V / 100}
		if trust.N < trust.M {
			bar.Look = style.Watch
		}
		bar.Draw(c.Sub(0, 0, store.SeriesMonths-2, 1))
		if b.Settings.DueDay > 0 {
			c.PutRight(c.Width(), 0, style.Quiet, b.say("tile.due", due.String()[5:]))
		}
	}
	return newTile(t, Spot{ID: "reports"}, []widget.Line{widget.Text(style.Quiet, b.Words.Period(b.Period)), b.oldest(trust.Oldest)})
}

// rateMeasure follows a rate, and nothing where there is none.
func (b *build) rateMeasure(l store.Line) string {
	if !l.Value.OK {
		return ""
	}
	return b.measure(l.Indicator)
}

// silent counts the units of which nothing has come although it is due.
func (b *build) silent() int {
	n := 0
	for _, r := range b.Reports() {
		if r.Reported == 0 && r.State != store.Due {
			n++
		}
	}
	return n
}

// count is a number that asks for something unless it is zero.
func count(look style.Look, n int) widget.Line {
	if n == 0 {
		return widget.Text(style.Quiet, "0")
	}
	return widget.Text(look, strconv.Itoa(n))
}
