package tui

import (
	"errors"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"jindu/store"
	"jindu/tui/page"
	"jindu/tui/words"
)

// Update takes a message in. It reads nothing and waits for nothing.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmd tea.Cmd
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.w, m.h = msg.Width, msg.Height
	case tea.BackgroundColorMsg:
		if m.opts.OnLight != nil && !msg.IsDark() {
			m.theme = m.opts.OnLight
		}
	case tea.KeyPressMsg:
		cmd = m.press(msg)
	case tea.PasteMsg:
		cmd = m.paste(msg.Content)
	case tea.MouseMsg:
		m.mouse(msg)
	case loaded:
		cmd = m.take(msg)
	case changed:
		cmd = tea.Batch(m.reload(), awaitChange(m.ctx, m.opts.Changed))
	case minute:
		cmd = m.tick(msg.at)
	case pullText:
		m.state = msg.text
		cmd = awaitPullText(m.ctx, m.opts.PullState)
	case pulled:
		cmd = m.pulled(msg.err)
	case recorded:
		cmd = m.recorded(msg)
	case learned:
		m.learn(msg)
	case exported:
		cmd = m.exported(msg)
	case entered:
		cmd = m.entered(msg)
	case origin, found, asked, listed:
		over := m.over
		if over != nil {
			cmd = over.take(m, msg)
		}
		if m.over == over {
			return m, cmd // the page behind is as it was
		}
	}
	more := m.release()
	ask := m.ask()
	m.relay()
	return m, tea.Batch(cmd, more, ask)
}

// take shows the snapshot that was asked for, or says why there is none: the
// last good figures stay.
func (m *Model) take(msg loaded) tea.Cmd {
	if msg.turn != m.turn {
		return nil
	}
	if m.board != nil && neverShown(msg.err) {
		m.request.AsOf = m.board.Request.AsOf
		m.notice = m.sentence(msg.err)
		m.drop()
		return nil
	}
	if msg.err != nil {
		m.err = msg.err
		m.drop()
		if m.board == nil {
			m.phase = failed
		}
		return nil
	}
	m.show(msg.board)
	if o, ok := m.over.(inquirer); ok {
		return o.again(m)
	}
	return nil
}

// neverShown reports whether the moment that was asked for is one of which not
// everything is kept any more: the board then stays at the moment that it shows.
func neverShown(err error) bool {
	code := store.ErrorCode(err)
	return code == "moment_removed" || code == "findings_removed"
}

// reload reads anew what is shown; a board of a past moment never changes.
func (m *Model) reload() tea.Cmd {
	if !m.request.AsOf.IsZero() {
		return nil
	}
	return m.load()
}

// refreshEvery is how often a board is read anew although nothing was committed:
// a source that stays silent and a day that begins are no commits.
const refreshEvery = 15 * time.Minute

func (m *Model) tick(at time.Time) tea.Cmd {
	m.now = at
	if m.opts.Zone != nil {
		m.now = at.In(m.opts.Zone)
	}
	if len(m.fresh) > 0 && !m.now.Before(m.freshEnd) {
		m.fresh = nil
	}
	next := nextMinute(m.ctx, m.opts.Clock)
	if m.now.Truncate(time.Minute).Equal(m.now.Truncate(refreshEvery)) || m.err != nil {
		return tea.Batch(next, m.reload())
	}
	return next
}

func (m *Model) pulled(err error) tea.Cmd {
	m.pulling = false
	m.done = err == nil
	if err != nil {
		m.notice = m.words.Say("app.pullfailed", m.sentence(err))
	}
	return m.reload()
}

// sentence is an error as a person reads it.
func (m *Model) sentence(err error) string {
	var e *store.Error
	if errors.As(err, &e) {
		return e.Message(m.words.Lang)
	}
	return err.Error()
}

// press acts on a key: what is on top gets it first.
func (m *Model) press(k tea.KeyPressMsg) tea.Cmd {
	if letter, ok := afterEscape(k); ok && !writes(m.over) {
		return tea.Batch(m.press(tea.KeyPressMsg{Code: tea.KeyEscape}), m.press(letter))
	}
	key := pressed(k)
	act := m.keys[key]
	if act == actRedraw { // it shows the same again, news and all
		return tea.ClearScreen
	}
	if act == actKill {
		return tea.Quit
	}
	if m.hold(k, act) {
		return nil
	}
	m.notice, m.done, m.fresh = "", false, nil
	switch {
	case m.over != nil && k.Text != "" && writes(m.over):
		return m.over.paste(m, k.Text)
	case m.over != nil:
		return m.over.press(m, key, act)
	case act == actQuit && len(m.way) == 1:
		return tea.Quit
	}
	if step, ok := moves()[act]; ok && m.layout != nil {
		m.layout.Move(step)
		return nil
	}
	return m.act(act, key)
}

// moves are the actions that only move the cursor.
func moves() map[action]page.Move {
	return map[action]page.Move{
		actUp: page.Up, actDown: page.Down, actLeft: page.Left, actRight: page.Right,
		actHalfUp: page.HalfUp, actHalfDown: page.HalfDown, actFirst: page.First, actLast: page.Last,
		actNextPanel: page.NextPanel, actPrevPanel: page.PrevPanel,
	}
}

// act does what a key asks for on a page, where the session may.
func (m *Model) act(act action, key string) tea.Cmd {
	if no := m.withheld(deeds()[act]); no != nil {
		return no
	}
	switch act {
	case actPage:
		m.digit(key)
	case actBack, actQuit:
		m.back()
	case actEnter:
		return m.enter(m.spot())
	case actSort:
		m.sort((*page.Layout).SortNext)
	case actTurn:
		m.sort((*page.Layout).SortTurn)
	case actColumns:
		m.chooseColumns()
	case actFilter:
		m.filter()
	case actOdd:
		m.onlyOdd()
	case actIndicator:
		m.indicator()
	case actBeside:
		m.compare()
	case actExport:
		m.export()
	case actNextUnit:
		m.neighbour(1)
	case actPrevUnit:
		m.neighbour(-1)
	case actLang:
		m.words = words.Of(store.Lang(m.words.Lang.Pick("en", "zh")))
	case actPull:
		return m.pull()
	case actCopy:
		return m.copy()
	case actFind:
		return m.find("", false)
	case actCommand:
		return m.find("", true)
	case actPeriod:
		m.choosePeriod()
	case actAsOf:
		return m.lookBack()
	case actDecide:
		return m.decide()
	case actHelp:
		m.over = &help{}
	default:
	}
	return nil
}

func (m *Model) digit(key string) {
	for _, p := range m.book.Pages() {
		if p.Digit > 0 && key == strconv.Itoa(p.Digit) {
			m.open(p.Name)
		}
	}
}

// back shows all rows of a panel that was narrowed, else goes up one page; on the
// topmost it stays.
func (m *Model) back() {
	if m.widen() {
		return
	}
	if len(m.way) > 1 {
		m.way = m.way[:len(m.way)-1]
	}
}

// neighbour goes to the next unit that owes anything, in the board's order. The
// cursor stays on the same indicator.
func (m *Model) neighbour(by int) {
	here := m.here()
	if m.board == nil {
		return
	}
	switch here.Page {
	case page.UnitPage:
		if to := m.nextUnit(here.Unit, by); to != "" {
			here.place = here.place.Moved(here.Unit, to)
			here.Unit = to
		}
	case page.BesidePage:
		to := m.nextUnit(here.Other, by)
		if to == here.Unit {
			to = m.nextUnit(to, by)
		}
		if to != "" {
			here.Other = to
		}
	}
}

// nextUnit is the unit before or after one in the board's order, round its end.
func (m *Model) nextUnit(from string, by int) string {
	reports := m.board.Reports()
	for i, r := range reports {
		if r.Unit.Code == from {
			return reports[((i+by)%len(reports)+len(reports))%len(reports)].Unit.Code
		}
	}
	return ""
}

func (m *Model) pull() tea.Cmd {
	switch {
	case m.opts.Pull == nil:
		m.notice = m.words.Say("app.nopull")
	case m.pulling:
	default:
		m.pulling = true
		return pull(m.ctx, m.opts.Pull)
	}
	return nil
}

// copy puts the figure under the cursor, with its origin, on the clipboard of
// the terminal: by an escape sequence, so it works over SSH.
func (m *Model) copy() tea.Cmd {
	s := m.spot()
	if s.IsZero() || m.board == nil {
		return nil
	}
	text := m.frame().Copy(s)
	return m.onRecord(store.Act{Deed: store.DeedExport, What: m.named(s)}, func() tea.Cmd {
		m.notice = m.words.Say("app.copied", text)
		return tea.SetClipboard(text)
	})
}

// named names what is under the cursor by its codes, for the record.
func (m *Model) named(s page.Spot) string {
	out := []string{"copy", m.here().Page}
	for _, code := range []string{s.Unit, s.Indicator, s.ID} {
		if code != "" {
			out = append(out, code)
		}
	}
	return strings.Join(append(out, m.board.Period.String()), " ")
}

// enter leads down from what is under the cursor: a total to its units, a
// figure to its origin, a unit to its page, anything else to its card.
func (m *Model) enter(s page.Spot) tea.Cmd {
	if m.board == nil {
		return nil
	}
	switch {
	case s.Task != nil, s.Finding != nil, s.Book != nil, s.Pull != nil, s.Record != nil, s.Result != nil, s.Campaign != nil, s.Grading != nil, s.Row != nil:
		m.over = newCard(m, s)
	case s.Figure():
		return m.trace(s)
	case s.Total():
		ind, _ := m.board.Catalogue.ByCode(s.Indicator)
		if ind.Origin == store.FromReport {
			m.descend(page.Visit{Page: page.UnitsPage, Indicator: s.Indicator})
		}
	case s.ID == "tasks":
		m.open("tasks")
	case s.ID == "reports":
		m.open("data")
	case s.Unit != "" && s.Unit != store.DistrictCode:
		m.descend(page.Visit{Page: page.UnitPage, Unit: s.Unit})
	}
	return nil
}

// mouse turns the wheel into steps and a click into a move.
func (m *Model) mouse(msg tea.MouseMsg) {
	if m.layout == nil || m.over != nil {
		return
	}
	at := msg.Mouse()
	switch msg.(type) {
	case tea.MouseWheelMsg:
		if at.Button == tea.MouseWheelUp {
			m.layout.Move(page.Up)
		} else {
			m.layout.Move(page.Down)
		}
	case tea.MouseClickMsg:
		m.layout.Click(at.X, at.Y-head)
	}
}

// paste types what was pasted into the overlay that takes text.
func (m *Model) paste(text string) tea.Cmd {
	if m.over == nil {
		return nil
	}
	return m.over.paste(m, text)
}

// hintOf is what to do about an error, or nothing.
func (m *Model) hintOf(err error) string {
	var e *store.Error
	if errors.As(err, &e) {
		return e.Hint(m.words.Lang)
	}
	return ""
}
