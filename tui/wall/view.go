package wall

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
)

// shiftEvery is how long the screen stays where it is: then it moves by a cell, so
// that no pixel burns in.
const shiftEvery = 10 * time.Minute

// shift is where the upper left corner stands: the four cells of a square in turn.
func (m *Model) shift() (dx, dy int) {
	switch m.now.Unix() / int64(shiftEvery/time.Second) % 4 {
	case 1:
		return 1, 0
	case 2:
		return 1, 1
	case 3:
		return 0, 1
	default:
		return 0, 0
	}
}

// screen is the whole screen as text with escape sequences, or without.
func (m *Model) screen() string {
	c := widget.New(m.w, m.h, m.theme)
	dx, dy := m.shift()
	m.draw(c.Sub(dx, dy, m.w, m.h), c)
	if m.opts.Plain {
		return c.Text()
	}
	return c.String()
}

// draw draws onto a region that may have moved by a cell within the whole screen.
func (m *Model) draw(c, whole widget.Canvas) {
	switch {
	case m.geo.small():
		c.PutCut(0, 0, m.w, style.Ink, m.say("app.small", m.w, m.h))
		return
	case m.board == nil:
		m.waiting(c)
		return
	case m.geo.compact:
		m.compactHead(c)
	default:
		m.head(c)
	}
	m.drawBand(c, whole)
	m.body(c)
	m.foot(c)
}

// ink is the look of what is read from afar: at night it steps back.
func (m *Model) ink() style.Look {
	if m.turn().night {
		return style.Quiet
	}
	return style.Ink
}

// label is the look of names.
func (m *Model) label() style.Look { return m.ink() | style.Bold }

// waiting is a wall that has not had a snapshot yet: it says why and goes on trying.
func (m *Model) waiting(c widget.Canvas) {
	g := m.geo
	c.Put(g.margin, 1, m.label(), spaced("jindu"))
	m.clock(c, g.w-g.margin, 1)
	y := m.h / 2
	if m.err == nil {
		c.PutCut(g.margin, y, g.w-2*g.margin, m.ink(), m.say("app.loading"))
		return
	}
	c.PutCut(g.margin, y, g.w-2*g.margin, style.BadBold, m.sentence(m.err))
	c.PutCut(g.margin, y+2, g.w-2*g.margin, m.ink(), m.say("wall.trying"))
}

// clock draws the time so that it ends before a column, huge where the head is so.
func (m *Model) clock(c widget.Canvas, end, y int) int {
	now := m.now.Format("15:04")
	if m.geo.compact {
		return c.PutRight(end, y, m.label(), now)
	}
	x := end - m.geo.pixels.Width(now)
	c.Huge(x, y, m.geo.pixels, m.ink(), now)
	return x
}

// head draws place, page and date; the age of the data; how many units have
// reported; the clock.
func (m *Model) head(c widget.Canvas) {
	g := m.geo
	digits := 3
	clock := m.clock(c, g.w-g.margin, digits)
	if g.columns == 4 && g.x(3) <= clock {
		clock = g.x(3)
	}
	c.Put(clock, 1, m.label(), spaced(m.say("wall.time")))
	place := m.place(c, 1, 2)
	age, units := m.headAt(place, clock)
	number, measure := m.age()
	m.figure(c, age, digits, m.ageLook(), number, measure)
	c.Put(age, 1, m.label(), spaced(m.say("wall.data")))
	t := m.board.Trust()
	look := m.ink()
	if t.N < t.M {
		look = style.Watch
	}
	m.figure(c, units, digits, look, strconv.Itoa(t.N), "/ "+strconv.Itoa(t.M))
	c.Put(units, 1, m.label(), spaced(m.say("wall.reported")))
}

// headAt returns where age and units stand: in the columns of the tiles, else as
// far apart as there is room for.
func (m *Model) headAt(place, clock int) (age, units int) {
	g := m.geo
	if g.columns == 4 && place < g.x(1) {
		return g.x(1), g.x(2)
	}
	number, measure := m.age()
	wide := g.pixels.Width(number) + 2 + widget.Width(spaced(measure))
	t := m.board.Trust()
	wider := g.pixels.Width(strconv.Itoa(t.N)) + 4 + len(strconv.Itoa(t.M))
	space := max(1, (clock-place-wide-wider)/3)
	return place + space, place + 2*space + wide
}

// figure draws a huge number with its measure at its foot.
func (m *Model) figure(c widget.Canvas, x, y int, look style.Look, number, measure string) {
	end := c.Huge(x, y, m.geo.pixels, look, number)
	c.Put(end+2, y+m.geo.pixels.Rows()-1, m.ink(), spaced(measure))
}

// place draws the district, the page and the date from a row on, so many rows
// apart, and returns the column after them.
func (m *Model) place(c widget.Canvas, y, apart int) int {
	g := m.geo
	name := spaced(m.say("wall.place", m.board.Settings.District.Name))
	room := g.w / 4
	if widget.Width(name) > room {
		name = m.say("wall.place", m.board.Settings.District.Name)
	}
	end := c.PutCut(g.margin, y, room, m.label(), name)
	after := c.PutCut(g.margin, y+apart, room, style.AccentBold, spaced(m.title()))
	after = c.Put(after+3, y+apart, style.Quiet, m.count())
	date := c.Put(g.margin, y+2*apart, m.ink(), m.date())
	return max(end, after, date)
}

// compactHead is the head where there is no room for huge digits.
func (m *Model) compactHead(c widget.Canvas) {
	g := m.geo
	right := g.w - g.margin
	x := m.clock(c, right, 0)
	x = c.PutRight(x-2, 0, m.ink(), m.now.Format("01-02"))
	name := m.board.Settings.District.Name
	end := c.PutCut(g.margin, 0, (x-g.margin)/2, m.label(), name)
	end = c.PutCut(end+2, 0, x-end-4-len(m.count()), style.AccentBold, m.title())
	c.Put(end+2, 0, style.Quiet, m.count())
	number, measure := m.age()
	line := widget.Text(m.ink(), m.say("wall.data")+" ").Text(m.ageLook()|style.Bold, number).Text(m.ink(), " "+measure)
	c.Line(g.margin, 2, line)
	t := m.board.Trust()
	look := m.ink()
	if t.N < t.M {
		look = style.Watch
	}
	c.LineRight(right, 2, widget.Text(m.ink(), m.say("wall.reported")+" ").
		Text(look|style.Bold, strconv.Itoa(t.N)).Text(m.ink(), "/"+strconv.Itoa(t.M)))
}

// ageLook is the look of the age of the data.
func (m *Model) ageLook() style.Look {
	if look := m.freshness(); look != style.Ink {
		return look
	}
	return m.ink()
}

// age is how old the data are: when a source was last heard.
func (m *Model) age() (number, measure string) {
	if m.pulse().IsZero() {
		return "-", ""
	}
	number, measure = m.span(m.now.Sub(m.pulse()))
	return number, m.say("wall.ago", measure)
}

// date is the day and its weekday.
func (m *Model) date() string {
	if m.words.Lang == store.English {
		return m.now.Format("2 Jan") + "  " + m.words.Weekday(m.now)
	}
	return spaced(m.say("wall.day", int(m.now.Month()), m.now.Day())) + "  " + spaced(m.words.Weekday(m.now))
}

// title names the page that is shown.
func (m *Model) title() string {
	p, ok := m.plan.page(m.rotor.shown().page)
	switch {
	case !ok:
		return ""
	case m.words.Lang == store.English && p.English != "":
		return p.English
	case p.Title != "":
		return p.Title
	default:
		return p.Name
	}
}

// count says which page of how many this is.
func (m *Model) count() string {
	base, first := m.sheets()
	all := slices.Clone(base)
	for _, s := range first {
		if !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	return strconv.Itoa(slices.Index(all, m.rotor.shown())+1) + "/" + strconv.Itoa(len(all))
}

// foot draws the rule, whose heavy stretch grows until the next page comes, and
// who owes something.
func (m *Model) foot(c widget.Canvas) {
	g := m.geo
	y := g.h - foot
	c.Hairline(0, y, g.w, style.Rule)
	c.HeavyLine(0, y, g.w*m.steps()/stepsOfMark)
	right := m.footRight()
	x := c.LineRight(g.w-g.margin, y+1, right)
	c.Line(g.margin, y+1, m.owing(x-g.margin-gap))
}

// steps is how far the mark has grown.
func (m *Model) steps() int {
	s := m.turn().seconds
	if s == 0 || m.held {
		return 0
	}
	return min(stepsOfMark, int(m.now.Sub(m.turnedAt)/stepOf(s)))
}

// footRight says how many sources answer, and how long a page stands.
func (m *Model) footRight() widget.Line {
	well, all := 0, m.sources()
	for _, s := range all {
		if s.state == store.Fresh {
			well++
		}
	}
	look := m.ink()
	if well < len(all) {
		look = style.Stale
	}
	sources := widget.Text(style.Quiet, m.say("wall.source")+" ").Text(look, strconv.Itoa(well)).
		Text(m.ink(), "/"+strconv.Itoa(len(all))).Text(style.Quiet, " "+m.say("wall.well"))
	if m.geo.compact {
		sources = widget.Text(look, strconv.Itoa(well)).Text(m.ink(), "/"+strconv.Itoa(len(all))+" ").Text(style.Quiet, m.say("wall.source"))
	}
	t := m.turn()
	next := widget.Text(style.Quiet, m.say("wall.next")+" ").Text(m.ink(), strconv.Itoa(t.seconds)).Text(style.Quiet, " "+m.say("wall.seconds"))
	switch {
	case m.held, t.seconds == 0:
		next = widget.Text(style.AccentBold, m.say("wall.held"))
		if t.meeting != "" && !m.geo.compact {
			next = append(widget.Text(style.Accent, widget.Clean(t.meeting)+"  "), next...)
		}
	case t.meeting != "":
		next = widget.Text(style.Accent, widget.Clean(t.meeting)+"  ").Text(m.ink(), strconv.Itoa(t.seconds)).Text(style.Quiet, " "+m.say("wall.seconds"))
	}
	return widget.Join(gap, sources, next)
}

// owing names the units that owe something, by state, as many as fit; then how
// many more there are.
func (m *Model) owing(room int) widget.Line {
	groups := map[store.State][]string{}
	for _, r := range m.board.Reports() {
		groups[r.State] = append(groups[r.State], m.frame().Short(r.Unit.Code))
	}
	var out widget.Line
	for _, s := range store.States {
		names := groups[s]
		if len(names) == 0 || s == store.Due || s == store.Corrected {
			continue
		}
		for n := len(names); n >= 0; n-- {
			one := widget.StateWord(s, m.words.Lang).Text(m.ink(), "  "+strings.Join(names[:n], "  "))
			if n == 0 {
				one = widget.StateWord(s, m.words.Lang).Text(m.ink(), " "+strconv.Itoa(len(names)))
			} else if n < len(names) {
				one = one.Text(style.Quiet, " +"+strconv.Itoa(len(names)-n))
			}
			if next := widget.Join(6, out, one); next.Width() <= room {
				out = next
				break
			}
		}
	}
	if len(out) == 0 {
		return widget.Text(style.Quiet, m.say("wall.alldone"))
	}
	return out
}

// spaced parts the characters of Chinese text by blanks, as labels are set that are
// read from afar: 在 册. Words of letters and numbers stay together.
func spaced(text string) string {
	var b strings.Builder
	last := rune(0)
	for _, r := range text {
		if last != 0 && last != ' ' && r != ' ' && (unicode.Is(unicode.Han, r) || unicode.Is(unicode.Han, last)) {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		last = r
	}
	return b.String()
}
