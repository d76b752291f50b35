package wall

import (
	"math"
	"strconv"

	"jindu/store"
	"jindu/tui/page"
	"jindu/tui/style"
	"jindu/tui/widget"
)

// length is how many sheets a page needs on this screen.
func (m *Model) length(p Page) int {
	if m.board == nil {
		return 1
	}
	if p.List != "" {
		return m.listLength(p.List)
	}
	n := len(m.known(p.Tiles))
	if n == 0 {
		return 0
	}
	return (n + m.geo.tiles() - 1) / m.geo.tiles()
}

// known leaves out the indicators that no unit of this district reports, and the
// countdown where there is none.
func (m *Model) known(codes []string) []string {
	var out []string
	for _, code := range codes {
		if code == InspectionTile {
			if _, ok := m.left(); ok {
				out = append(out, code)
			}
			continue
		}
		if l := m.board.Line(store.DistrictCode, code); l.Indicator.Code != "" && (l.M > 0 || l.Value.OK) {
			out = append(out, code)
		}
	}
	return out
}

// body draws the sheet that is shown.
func (m *Model) body(c widget.Canvas) {
	s := m.rotor.shown()
	p, ok := m.plan.page(s.page)
	if !ok {
		return
	}
	if p.List != "" {
		m.list(c, p.List, s.n)
		return
	}
	g := m.geo
	per := g.tiles()
	codes := m.known(p.Tiles)
	codes = codes[min(s.n*per, len(codes)):min((s.n+1)*per, len(codes))]
	if more := m.known(p.More); len(codes) < per && (s.n+1)*per >= len(m.known(p.Tiles)) {
		codes = append(codes[:len(codes):len(codes)], more[:min(len(more), per-len(codes))]...)
	}
	for i, code := range codes {
		at := c.Sub(g.x(i%g.columns), g.y(i/g.columns), g.column, g.tile)
		switch {
		case g.bands == 0 && code == InspectionTile:
			m.countdownLine(c, g.body+i)
		case g.bands == 0:
			m.line(c, g.body+i, code)
		case code == InspectionTile:
			m.countdown(at)
		default:
			m.tile(at, code)
		}
	}
}

// tile draws one figure: rule, name, digits, and what is to be known about them.
func (m *Model) tile(c widget.Canvas, code string) {
	f := m.frame().Fact(store.DistrictCode, code)
	c.Hairline(0, 0, c.Width(), style.Edge)
	name := spaced(f.Name)
	for _, shorter := range []string{f.Name, spaced(f.Head), f.Head} {
		if widget.Width(name) > c.Width() {
			name = shorter
		}
	}
	c.PutCut(0, 1, c.Width(), m.label(), name)
	m.digits(c, f, c.Width()-widget.Width(name)-2)
	m.tileFoot(c, c.Height()-1, f)
}

// digits draws the figure as large as it fits: huge, else of smaller pixels, else
// as bold text; a number is never cut. Its measure stands behind it, or where there
// is no room at the end of the name's line, of which so many cells are to spare: a
// number in another measure than is thought is a wrong number.
func (m *Model) digits(c widget.Canvas, f page.Fact, spare int) {
	look := m.digitLook(f)
	n := m.number(f, c.Width(), spare)
	bottom := 3 + m.geo.pixels.Rows() - 1
	if n.pixels.Scale == 0 {
		end := c.PutCut(0, 3+m.geo.pixels.Rows()/2, c.Width(), look|style.Bold, spaced(n.text))
		c.Put(end+2, 3+m.geo.pixels.Rows()/2, m.ink(), n.measure)
		return
	}
	end := c.Huge(0, bottom-n.pixels.Rows()+1, n.pixels, look, n.text) + 2
	room := c.Width() - end
	if n.exact != "" && widget.Width(n.exact) <= room {
		c.Put(end, bottom-2, m.ink(), n.exact)
	}
	switch measure := spaced(n.measure); {
	case widget.Width(measure) <= room:
		c.Put(end, bottom, m.ink(), measure)
	case widget.Width(n.measure) <= room:
		c.Put(end, bottom, m.ink(), n.measure)
	case widget.Width(n.measure) <= spare:
		c.PutRight(c.Width(), 1, m.ink(), n.measure)
	}
}

// digitLook is the colour of a figure: that of a doubt or of a missed target, else
// ink. Where nothing has been heard for long, no figure is as good as it was.
func (m *Model) digitLook(f page.Fact) style.Look {
	switch role := f.Look.Role(); {
	case m.freshness() == style.Stale && role != style.Bad:
		return style.Stale
	case role == style.Strong, role == style.Ink:
		return m.ink()
	default:
		return role
	}
}

// number is how a figure is written within so many cells.
type number struct {
	text    string
	measure string
	exact   string // the same to the last digit, where text is of a larger measure
	pixels  widget.Pixels
}

// number chooses the measure and the pixels. A magnitude may change its measure on
// a wall: 1,276 克 are 1.28 千克, and 68,300 are 6.83 万, with the exact number beside it.
func (m *Model) number(f page.Fact, room, spare int) number {
	n := number{text: f.Number, measure: f.Measure}
	if !digits(n.text) {
		n.measure = ""
		return n
	}
	exact := n.text
	if f.Measure != "" {
		exact += " " + f.Measure
	}
	gram := f.Indicator.Measure == "克" && math.Abs(f.Value.V) >= 1000
	if gram && f.Value.OK {
		kilo := m.board.Catalogue.MeasureLabel("千克", m.words.Lang)
		n = number{text: widget.Number(f.Value.V/1000, kiloDecimals(f.Value.V)), measure: kilo, exact: exact}
	}
	if n.fit(room, spare, m.geo.pixels) {
		return n
	}
	if f.Value.OK && !gram && math.Abs(f.Value.V) >= 10000 {
		larger := number{text: widget.Number(f.Value.V/10000, 2), measure: "万" + f.Measure, exact: exact}
		if m.words.Lang == store.English {
			larger = number{text: widget.Number(f.Value.V/1000, 1), measure: "k", exact: exact}
		}
		if larger.fit(room, spare, m.geo.pixels) {
			return larger
		}
	}
	n.fit(room, spare, widget.SmallPixels)
	return n
}

// kiloDecimals is how many decimals a weight keeps in the larger measure: as many as
// four digits leave.
func kiloDecimals(grams float64) int {
	switch v := math.Abs(grams); {
	case v < 100_000:
		return 2
	case v < 1_000_000:
		return 1
	default:
		return 0
	}
}

// fit chooses how close the digits stand and reports whether the number fits so,
// with its measure behind it or in the spare cells above.
func (n *number) fit(room, spare int, p widget.Pixels) bool {
	measure := widget.Width(n.measure)
	for _, close := range []widget.Pixels{p, {Scale: p.Scale, Gap: 2}} {
		if w := close.Width(n.text); w <= room && (measure <= spare || w+2+measure <= room) {
			n.pixels = close
			return true
		}
	}
	return false
}

// digits reports whether the text is a number that huge digits can show.
func digits(s string) bool {
	for _, r := range s {
		if (r < '0' || r > '9') && r != '.' && r != ',' && r != '-' && r != '<' {
			return false
		}
	}
	return s != "" && s != widget.NotApplicable
}

// tileFoot says what is to be known about the figure: how it compares, then its
// state, its completeness and its age. The last two never leave.
func (m *Model) tileFoot(c widget.Canvas, y int, f page.Fact) {
	right := m.trust(f, true)
	left := m.compared(f, true)
	fits := func() bool { return left.Width() == 0 || left.Width()+2+right.Width() <= c.Width() }
	if !fits() {
		left = m.compared(f, false)
	}
	if !fits() {
		right = m.trust(f, false)
	}
	if fits() {
		c.Line(0, y, left)
	}
	c.LineRight(c.Width(), y, right)
}

// trust is a figure's state, how many units are in it where some are not, and the
// age of its oldest part.
func (m *Model) trust(f page.Fact, word bool) widget.Line {
	state := widget.StateLetter(f.State, m.words.Lang)
	if word {
		state = widget.StateWord(f.State, m.words.Lang)
	}
	if f.State == store.Fresh {
		state = nil
	}
	var units widget.Line
	if f.N < f.M {
		units = widget.Text(style.WatchBold, strconv.Itoa(f.N)).Text(m.ink(), "/"+strconv.Itoa(f.M))
	}
	var age widget.Line
	if !f.Oldest.IsZero() {
		d, stale := m.frame().Age(f.Oldest)
		look := m.ink()
		if stale {
			look = style.StaleBold
		}
		age = widget.Text(look, m.say("wall.ago", widget.Age(d, m.words.Lang)))
	}
	return widget.Join(2, state, units, age)
}

// compared says why a figure is not shown, that it misses its target, or how it has
// changed; with chance where a change of counts means nothing.
func (m *Model) compared(f page.Fact, chance bool) widget.Line {
	switch {
	case f.Veil == store.Small:
		return widget.Text(m.ink(), m.say("wall.few", store.LeastShown))
	case f.Veil == store.Withheld:
		return widget.Text(m.ink(), m.say("wall.withheld"))
	case f.Short != style.Quiet:
		key := "wall.below"
		if f.Indicator.Polarity == store.Lower {
			key = "wall.above"
		}
		return widget.Text(f.Short|style.Bold, m.say(key)).Text(m.ink(), " "+widget.Number(f.Target.V, widget.Decimals(f.Indicator)))
	case f.Before.Diff.OK:
		return m.change(f, chance)
	case f.ToDate.OK:
		return widget.Text(m.ink(), m.say("head.todate")+" "+page.ToDate(f.Line)+ownMeasure(f))
	default:
		return nil
	}
}

// ownMeasure follows what stands beside a weight: that may be in a larger measure.
func ownMeasure(f page.Fact) string {
	if f.Indicator.Measure != "克" {
		return ""
	}
	return " " + f.Measure
}

func (m *Model) change(f page.Fact, chance bool) widget.Line {
	by := widget.Delta(f.Before.Diff.V, widget.Decimals(f.Indicator)) + ownMeasure(f)
	out := widget.Text(m.ink(), m.words.Before(m.board.Period)+" ")
	switch {
	case f.Before.Significant():
		return out.Text(m.label(), by+" "+m.say("wall.significant"))
	case chance && f.Indicator.Kind == store.Flow && f.Indicator.Counted() && f.Before.Diff.V != 0:
		return out.Text(m.ink(), by).Text(style.Quiet, "  "+m.say("wall.chance"))
	default:
		return out.Text(m.ink(), by)
	}
}

// line draws a figure as a line of text, where no tile fits.
func (m *Model) line(c widget.Canvas, y int, code string) {
	g := m.geo
	f := m.frame().Fact(store.DistrictCode, code)
	right := m.trust(f, false)
	x := c.LineRight(g.w-g.margin, y, right)
	number := widget.Text(m.digitLook(f)|style.Bold, f.Number).Text(m.ink(), " "+f.Measure)
	at := c.LineRight(x-2, y, number)
	name := f.Name
	if widget.Width(name) > at-g.margin-2 {
		name = f.Head
	}
	c.PutCut(g.margin, y, at-g.margin-2, m.label(), name)
}
