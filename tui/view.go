package tui

import (
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"jindu/store"
	"jindu/tui/page"
	"jindu/tui/style"
	"jindu/tui/widget"
)

// Rows of the screen that are not the page's.
const (
	head   = 4 // place and pages, a rule, the trust line, a blank or a banner
	foot   = 3 // a rule, the source line, the keys
	chrome = head + foot + 1
)

// The smallest screen.
const (
	leastWidth  = 40
	leastHeight = 12
)

func (m *Model) small() bool { return m.w < leastWidth || m.h < leastHeight }

// View draws the screen.
func (m *Model) View() tea.View {
	v := tea.NewView(m.screen())
	if m.opts.Mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	return v
}

// screen is the whole screen as text with escape sequences, or without.
func (m *Model) screen() string {
	c := widget.New(m.w, m.h, m.theme)
	m.draw(c)
	if m.opts.Plain {
		return c.Text()
	}
	return c.String()
}

func (m *Model) draw(c widget.Canvas) {
	if m.small() {
		m.tooSmall(c)
		return
	}
	m.header(c)
	m.banner(c)
	if m.layout != nil {
		m.layout.Draw(c.Sub(0, head, m.w, m.h-head-foot))
		m.hidden(c, m.layout.Hidden())
		if m.layout.Empty() {
			m.plate(c, style.Strong, m.words.Say("blank.page"), m.words.Say("blank.owed"), m.words.Say("blank.template"))
		}
	}
	if m.layout == nil {
		m.blank(c)
	}
	m.footer(c)
	if m.over != nil {
		m.over.draw(m, c)
	}
}

// hidden says which panels are not on the screen, the next ones first: a count
// alone would not tell whether to go there.
func (m *Model) hidden(c widget.Canvas, titles []string) {
	if len(titles) == 0 {
		return
	}
	says := []widget.Line{widget.Text(style.Ink, labelOf(actNextPanel)).Text(style.Quiet, " "+m.words.Count("page.hidden", len(titles)))}
	for _, title := range titles {
		next := append(slices.Clone(says), widget.Text(style.Quiet, title))
		if widget.Join(2, next...).Width() > m.w-4 {
			break
		}
		says = next
	}
	c.Line(2, m.h-foot-1, widget.Join(2, says...))
}

// header draws the first three rows: place, pages, date and clock; a rule whose
// heavy stretch underlines the page; what a person must know before believing
// the page.
func (m *Model) header(c widget.Canvas) {
	start := m.place(c)
	end := m.clock(c, start)
	from, to := m.pages(c, start, end)
	c.Hairline(0, 1, m.w, style.Rule)
	c.HeavyLine(from, 1, to-from)
	if m.layout != nil {
		m.trust(c, m.layout.Trust)
	}
}

// clock draws the time, and the date where there is room for it beside the names
// of all pages, and returns where they start: names leave last. On a board of the
// past it is the time of then, as everything there.
func (m *Model) clock(c widget.Canvas, start int) int {
	now := m.now
	if m.board != nil && !m.board.Live() {
		now = m.board.Moment
	}
	if now.IsZero() {
		return m.w - 2
	}
	x := c.PutRight(m.w-2, 0, style.Strong, now.Format("15:04"))
	date := now.Format("01-02") + " " + m.words.Weekday(now)
	if names := widget.Width(strings.Join(m.pageNames(m.way[0].Page, true), " ")); m.w >= 100 &&
		(start+2+names+2 <= x-2-widget.Width(date) || start+2+names+2 > x) {
		x = c.PutRight(x-2, 0, style.Quiet, date)
	}
	return x
}

// place draws the district's name and returns the column after it.
func (m *Model) place(c widget.Canvas) int {
	if m.board == nil {
		return c.Put(2, 0, style.Strong, "jindu")
	}
	name := m.board.Settings.District.Name
	if m.w >= 100 || m.w < 60 {
		name = m.words.Say("app.place", name)
	}
	return c.PutCut(2, 0, m.w/3, style.Strong, name)
}

// pages draws the names of the pages, as far apart as there is room for, and
// returns the stretch of the current one. Where they do not fit, the others are
// their digits, and where not even those do, they are left out.
func (m *Model) pages(c widget.Canvas, x, end int) (from, to int) {
	here := m.way[0].Page
	gap, names := 0, []string(nil)
	for _, try := range []struct {
		gap   int
		whole bool
	}{{5, true}, {3, true}, {2, true}, {1, true}, {2, false}, {1, false}} {
		names = m.pageNames(here, try.whole)
		start := x + 1 + try.gap
		if try.gap == 5 {
			start = max(start, 42)
		}
		width := widget.Width(strings.Join(names, strings.Repeat(" ", try.gap)))
		if start+width+2 <= end && (try.gap < 5 || m.w >= 160) {
			gap, x = try.gap, start
			break
		}
	}
	if gap == 0 {
		x += 3
	}
	for i, p := range m.tabs(here) {
		switch {
		case p.Name == here:
			from, to = x, c.Put(x, 0, style.AccentBold, names[i])
			x = to + gap
		case gap > 0:
			x = c.Put(x, 0, style.Quiet, names[i]) + gap
		}
	}
	return from, to
}

// tabs are the pages that the header names: those with a digit, and the current one.
func (m *Model) tabs(here string) []page.Info {
	return slices.DeleteFunc(m.book.Pages(), func(p page.Info) bool { return p.Digit == 0 && p.Name != here })
}

// pageNames are what the header calls the tabs: all by digit and name, or only
// the current one so.
func (m *Model) pageNames(here string, whole bool) []string {
	var out []string
	for _, p := range m.tabs(here) {
		digit := ""
		if p.Digit > 0 {
			digit = strconv.Itoa(p.Digit)
		}
		if p.Name == here || whole {
			digit = trimmed(digit + " " + m.book.Title(m.words, p.Name))
		}
		out = append(out, digit)
	}
	return out
}

// trust draws the trust line: three cells between phrases, or two where it is
// tight, and letters instead of words on a phone.
func (m *Model) trust(c widget.Canvas, t page.Trust) {
	room, least := m.w-4, t.Least
	if least == nil {
		least = t.Brief
	}
	for _, try := range []struct {
		gap         int
		left, right []widget.Line
	}{
		{3, t.Left, t.Right},
		{2, t.Left, t.Right},
		{2, t.Left, t.Small},
		{1, t.Left, t.Small},
		{2, t.Brief, t.Small},
		{1, t.Brief, t.Small},
		{1, least, t.Small},
	} {
		left, right := widget.Join(try.gap, try.left...), widget.Join(try.gap, try.right...)
		if left.Width()+right.Width()+try.gap <= room {
			c.Line(2, 2, left)
			c.LineRight(m.w-2, 2, right)
			return
		}
	}
	c.LineCut(2, 2, room, widget.Join(1, append(slices.Clone(least), t.Small...)...))
}

// banner draws the row under the trust line: that the board is of the past, or
// that a newer one could not be read.
func (m *Model) banner(c widget.Canvas) {
	switch {
	case m.phase == ready && m.err != nil:
		old := m.words.Say("app.old", m.board.Moment.Format("15:04"))
		m.stripe(c, style.AlarmGround, style.Alarm, m.words.Say("app.failed", m.sentence(m.err))+"   "+old)
	case m.board != nil && !m.board.Live():
		m.stripe(c, style.Selected, style.Strong, m.words.Say("app.lookback", m.board.Moment.Format("2006-01-02 15:04")))
	}
}

func (m *Model) stripe(c widget.Canvas, fill, look style.Look, text string) {
	c.Fill(0, 3, m.w, 1, fill)
	c.PutCut(2, 3, m.w-4, look, text)
}

// footer draws the rule, the source line that follows the cursor, and the keys.
func (m *Model) footer(c widget.Canvas) {
	y := m.h - foot
	c.Hairline(0, y, m.w, style.Rule)
	if m.layout != nil {
		gap := 2
		if m.w < 100 {
			gap = 1
		}
		x := c.Put(2, y+1, style.Accent, m.words.Say("source.label")) + gap
		c.LineCut(x, y+1, m.w-2-x, m.frame().Source(m.spot(), m.w-2-x))
	}
	m.keysLine(c, y+2)
}

// hint is a key and what it does here.
type hint struct{ key, word string }

// keysLine draws the keys, most used first, as many as fit; at the right stands
// the way out, or what has just happened.
func (m *Model) keysLine(c widget.Canvas, y int) {
	right := m.wayOut()
	end := c.LineRight(m.w-2, y, right) - 3
	if news := m.news(); news != "" {
		c.PutCut(2, y, end-2, style.Accent, news)
		return
	}
	m.hints(c, 2, y, end, m.pageHints())
}

// hints draws keys from column x to end.
func (m *Model) hints(c widget.Canvas, x, y, end int, list []hint) {
	gap := 3
	if m.w < 60 {
		gap = 2
	}
	for _, one := range list {
		word := m.words.Say(one.word)
		if x+widget.Width(one.key)+1+widget.Width(word) > end {
			return
		}
		x = c.Put(x, y, style.Ink, one.key)
		x = c.Put(x+1, y, style.Quiet, word) + gap
	}
}

// news is what has just happened, or is happening.
func (m *Model) news() string {
	switch {
	case len(m.held) > 0: // a key that does nothing at once must not look lost
		return m.words.Say("app.loading")
	case m.notice != "":
		return m.notice
	case m.state != "":
		return m.state
	case m.pulling:
		return m.words.Say("app.pulling")
	case m.done: // what the pull itself has to say comes first: it may have failed
		return m.words.Say("app.pulled")
	default:
		return ""
	}
}

// wayOut is the position in a list, and Esc or q.
func (m *Model) wayOut() widget.Line {
	var at widget.Line
	if m.layout != nil {
		if n, of := m.layout.Position(); of > 1 {
			at = widget.Text(style.Quiet, strconv.Itoa(n)+"/"+strconv.Itoa(of))
		}
	}
	out := widget.Text(style.Ink, labelOf(actQuit)).Text(style.Quiet, " "+m.words.Say("key.quit"))
	if len(m.way) > 1 {
		out = widget.Text(style.Ink, labelOf(actBack)).Text(style.Quiet, " "+m.words.Say("key.back"))
	}
	if m.w < 60 {
		return at
	}
	return widget.Join(3, at, out)
}

// pageHints lists the keys of the page, most used first.
func (m *Model) pageHints() []hint {
	if m.layout == nil {
		return []hint{{"?", "key.help"}}
	}
	out, spot := []hint{}, m.spot()
	if word := m.drillWord(spot); word != "" {
		out = append(out, hint{labelOf(actEnter), word})
	}
	if m.asks(spot) {
		out = append(out, hint{"a", "key.decide"})
	}
	out = append(out, hint{"j/k", "key.move"})
	if m.layout.Columns() {
		out = append(out, hint{"h/l", "key.columns"})
	}
	here := m.here().Page
	if m.layout.Len() > 1 {
		out = append(out, hint{labelOf(actNextPanel), "key.panel"})
	}
	switch here {
	case "unit", "beside":
		out = append(out, hint{"n/N", "key.units"}, hint{"=", "key.beside"})
	case "tasks", "units", "data":
		out = append(out, hint{"s", "key.sort"}, hint{"f", "key.filter"})
	}
	return m.within(append(out,
		hint{"p", "key.period"}, hint{"t", "key.asof"}, hint{"/", "key.find"}, hint{":", "key.command"},
		hint{"r", "key.pull"}, hint{"?", "key.help"}, hint{"y", "key.copy"}, hint{"L", "key.lang"}))
}

// within leaves out the keys of what the session may not do.
func (m *Model) within(list []hint) []hint {
	return slices.DeleteFunc(list, func(h hint) bool {
		for _, b := range bindings() {
			if b.label == h.key {
				return !m.allowed(b.act)
			}
		}
		return false
	})
}

// drillWord says where Enter leads from the spot.
func (m *Model) drillWord(s page.Spot) string {
	switch {
	case s.IsZero():
		return ""
	case s.Task != nil, s.Finding != nil, s.Book != nil, s.Pull != nil, s.Grading != nil, s.Row != nil,
		s.Record != nil, s.Result != nil, s.Campaign != nil:
		return "enter.card"
	case s.Figure():
		return "enter.origin"
	case s.Total():
		return "enter.units"
	case s.ID == "tasks":
		return "enter.tasks"
	case s.ID == "reports":
		return "enter.data"
	case s.Unit != "" && s.Unit != store.DistrictCode:
		return "enter.unit"
	default:
		return ""
	}
}

// trimmed is text without the spaces at its ends.
func trimmed(s string) string { return strings.TrimSpace(s) }
