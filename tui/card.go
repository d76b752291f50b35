package tui

import (
	"slices"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"jindu/store"
	"jindu/tui/page"
	"jindu/tui/style"
	"jindu/tui/widget"
	"jindu/tui/words"
)

// card is everything that is known of a task, a finding, a workbook or a source.
type card struct {
	silent
	title  string
	about  string
	fields []cardField
	unit   string      // that Enter leads on to
	asks   []store.Key // the figure that an officer can decide about, where it is about one
	figure page.Spot   // or the figure whose origin it leads to
}

type cardField struct {
	key   string
	value widget.Line
}

// newCard makes the card of what is under the cursor.
func newCard(m *Model, s page.Spot) *card {
	k := &card{about: m.frame().Title(s), unit: s.Unit}
	switch {
	case s.Task != nil:
		k.task(m, s.Task)
	case s.Finding != nil:
		k.finding(m, s.Finding)
		k.asks = m.decidable(s)
	case s.Book != nil:
		k.book(m, s.Book)
	case s.Pull != nil:
		k.pull(m, s.Pull)
	case s.Record != nil:
		k.record(m, s.Record)
	case s.Result != nil:
		k.result(m, s.Result)
	case s.Campaign != nil:
		k.campaign(m, s.Campaign)
	case s.Grading != nil:
		k.grade(m, s)
	case s.Row != nil:
		k.row(m, s.Row.Made())
	}
	if _, ok := m.board.Units.ByCode(k.unit); !ok {
		k.unit = ""
	}
	return k
}

// add adds a field that says something.
func (k *card) add(key string, look style.Look, text string) {
	if text != "" {
		k.fields = append(k.fields, cardField{key, widget.Text(look, text)})
	}
}

func (k *card) task(m *Model, t *store.Task) {
	k.title = m.words.Say("card.task")
	state, days := t.State(m.board.Today, m.board.Settings.Calendar)
	look := style.Ink
	switch state {
	case store.StateOverdue:
		look = style.Bad
	case store.StateDueSoon:
		look = style.Watch
	default:
	}
	k.add("card.unit", style.Ink, m.frame().Doer(t.Unit, false))
	with := make([]string, len(t.CoUnits))
	for i, u := range t.CoUnits {
		with[i] = m.board.Units.Name(u)
	}
	k.add("card.with", style.Ink, beside(with...))
	k.deadline(m, t)
	k.add("card.state", look, beside(m.words.Count("taskstate."+string(state), days), k.workdays(m, t)))
	k.held(m, t, state)
	progress := ""
	if t.Percent >= 0 {
		progress = strconv.Itoa(t.Percent) + "%"
	}
	k.add("card.progress", style.Ink, progress)
	if t.Changes > 0 {
		k.add("card.moved", style.Watch, m.words.Count("source.moved", t.Changes))
	}
	k.add("card.doc", style.Ink, beside(t.SourceDoc, t.SetOn.String()))
	k.add("card.level", style.Ink, t.Level)
	k.where(m, t.Cell)
	k.add("card.known", style.Ink, m.stamp(t.KnownFrom))
}

// beside joins what there is to say on one line.
func beside(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "   ")
}

// workdays says how many working days the task has left or is past its date.
func (k *card) workdays(m *Model, t *store.Task) string {
	n, ok := t.Workdays(m.board.Today, m.board.Settings.Calendar)
	if !ok {
		return ""
	}
	return m.words.Count("card.workdays", n)
}

// held adds what stops the task, or how late it was done.
func (k *card) held(m *Model, t *store.Task, state store.TaskState) {
	if state == store.StateDone {
		late, done := "", t.DoneOn.String()
		if n, _ := t.LateDays(m.board.Settings.Calendar); n > 0 {
			late = m.words.Count("card.latedays", n)
		}
		if done == "" {
			done = m.words.Say("card.undoneon")
		}
		k.add("card.doneon", style.Ink, beside(done, late))
		return
	}
	if t.Stuck() {
		k.add("card.stuck", style.Watch, m.words.Say("task."+string(t.Status)))
	}
	for _, other := range m.frame().Awaited(*t) {
		k.add("card.waits", style.Watch, beside(other.Title, m.frame().Doer(other.Unit, false)))
	}
}

// deadline adds when the task is due: of what recurs the next date, how it comes
// back, and what was missed.
func (k *card) deadline(m *Model, t *store.Task) {
	c := m.board.Settings.Calendar
	due := t.DueOn(m.board.Today, c)
	if due.IsZero() && t.Recurs != "" {
		k.add("card.due", style.Watch, beside(m.words.Say("card.nocalendar"), m.words.Recurs(t.Recurs)))
	} else {
		k.add("card.due", style.Ink, beside(due.String(), m.words.Recurs(t.Recurs)))
	}
	if missed, n := t.Missed(m.board.Today, c); n > 0 {
		k.add("card.missed", style.Bad, beside(missed.String(), m.words.Count("card.misses", n)))
	}
}

// where adds source, workbook, sheet and cell.
func (k *card) where(m *Model, c store.Cell) {
	k.add("card.source", style.Ink, c.Source)
	k.add("card.file", style.Ink, c.Path)
	k.add("card.sheet", style.Ink, c.Sheet)
	k.add("card.cell", style.AccentBold, c.Ref)
	if w, ok := m.board.Book(c.Workbook); ok {
		k.add("card.received", style.Ink, m.stamp(w.Received)+"   "+m.words.Say("source.version", w.Version))
	}
}

func (k *card) finding(m *Model, f *store.Finding) {
	k.title = m.words.Say("card.finding")
	k.about = f.Message(m.words.Lang)
	look := style.Quiet
	switch f.Severity {
	case store.Fault:
		look = style.Bad
	case store.Warning:
		look = style.Watch
	default:
	}
	k.add("card.severity", look, m.words.Say("level."+string(f.Severity)))
	k.add("card.hint", style.Strong, f.Hint(m.words.Lang))
	k.add("card.unit", style.Ink, m.frame().Name(f.Unit))
	if ind, ok := m.board.Catalogue.ByCode(f.Indicator); ok {
		k.add("card.indicator", style.Ink, ind.Label(m.words.Lang))
	}
	k.where(m, store.Cell{Source: f.Source, Path: f.Path, Sheet: f.Sheet, Ref: f.Cell, Workbook: f.Workbook})
	k.add("card.rule", style.Quiet, f.Rule)
	k.add("card.known", style.Ink, m.stamp(f.KnownFrom))
}

func (k *card) book(m *Model, w *store.Workbook) {
	k.title = m.words.Say("card.workbook")
	k.about = w.Path
	k.add("card.source", style.Ink, w.Source)
	k.add("card.verdict", style.Ink, m.words.Say("level."+string(w.Verdict)))
	k.add("card.unit", style.Ink, m.frame().Name(w.Unit))
	if !w.Period.IsZero() {
		k.add("card.period", style.Ink, m.words.Period(w.Period))
	}
	k.add("card.holds", style.Ink, m.words.Say("source.figures", w.Figures, w.SetAside))
	k.add("card.received", style.Ink, m.stamp(w.Received)+"   "+m.words.Say("source.version", w.Version))
	k.add("card.modified", style.Ink, m.stamp(w.Modified))
	k.add("card.gone", style.Stale, m.stamp(w.GoneSince))
	k.add("card.bytes", style.Quiet, w.Format+"   "+strconv.FormatInt(w.Size, 10)+"   "+w.SHA256)
	for i := range m.board.Findings {
		if f := &m.board.Findings[i]; f.Workbook == w.ID {
			k.fields = append(k.fields, cardField{"card.finding", widget.Join(2,
				widget.Text(style.AccentBold, f.Cell), widget.Text(style.Ink, f.Message(m.words.Lang)))})
		}
	}
}

func (k *card) pull(m *Model, p *store.Pull) {
	k.title = m.words.Say("card.pull")
	k.about = p.Source
	k.add("card.seen", style.Ink, m.stamp(p.Started))
	k.add("card.error", style.Stale, p.Error)
	k.add("card.result", style.Ink, m.words.Say("source.pull", p.Listed, p.Fetched, p.Accepted, p.Partial, p.Refused))
	for _, s := range m.board.Settings.Sources {
		if s.Name != p.Source {
			continue
		}
		k.add("card.remote", style.Ink, s.Remote)
		k.add("card.unit", style.Ink, m.frame().Name(s.Unit))
		if s.Interval > 0 {
			k.add("card.every", style.Ink, widget.Age(s.Interval, m.words.Lang))
		}
	}
}

// row adds what a page says of a row of a ledger, and its cell.
func (k *card) row(m *Model, r *page.Row) {
	k.title = r.Title
	for _, f := range r.Fields {
		k.fields = append(k.fields, cardField{f.Name, f.Value})
	}
	k.where(m, r.Cell)
}

// stamp writes a moment in the district's zone; nothing for none.
func (m *Model) stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return words.Stamp(t.In(m.board.Moment.Location()), m.board.Moment)
}

func (k *card) press(m *Model, _ string, act action) tea.Cmd {
	switch {
	case act == actEnter && k.figure.Figure():
		m.over = nil
		return m.trace(k.figure)
	case act == actEnter && k.unit != "":
		m.over = nil
		m.descend(page.Visit{Page: page.UnitPage, Unit: k.unit})
	case closes(act), act == actEnter:
		m.over = nil
	case act == actCopy:
		return m.copy()
	case act == actDecide && len(k.asks) == 1:
		return m.decideOn(k.asks[0], k)
	}
	return nil
}

func (k *card) draw(m *Model, c widget.Canvas) {
	box := m.box(c, min(len(k.fields)+6, m.h-head-2))
	m.boxTitle(box, k.title, widget.Text(style.Strong, k.about), nil)
	for i, f := range k.fields {
		if 2+i < box.Height()-3 {
			m.field(box, 2+i, f.key, f.value)
		}
	}
	keys := []hint{{"Esc", "key.back"}, {"y", "key.copy"}}
	if slices.ContainsFunc(k.asks, m.awaits) {
		keys = append(keys, hint{"a", "key.decide"})
	}
	switch {
	case k.figure.Figure():
		keys = append([]hint{{"Enter", "enter.origin"}}, keys...)
	case k.unit != "":
		keys = append([]hint{{"Enter", "enter.unit"}}, keys...)
	}
	m.hints(box, 0, box.Height()-2, box.Width(), m.within(keys))
}
