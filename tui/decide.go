package tui

import (
	"slices"
	"strconv"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"jindu/store"
	"jindu/tui/page"
	"jindu/tui/widget"
)

// step is how far an officer has come with a decision.
type step uint8

const (
	stepAsking    step = iota // what there is to decide is being read, or cannot be
	stepChoosing              // which value is to stand
	stepWriting               // why
	stepReviewing             // what will happen, once more
	stepEntering              // it is being put on record and entered
)

// deciding is the decision about one figure: what is accepted and what it can be,
// each with its age and its cell; which one it shall be; why; and once more what
// that comes to. What was typed stays until it is entered.
type deciding struct {
	under    overlay // what Esc goes back to; nil: the page
	key      store.Key
	step     step
	question store.Question
	row      int // of the verdicts
	reason   string
	wrong    error // why it goes no further
	turn     int   // counts what was asked and entered: answers to earlier ones are void
}

// verdict is one value of the question, and what choosing it means; a value that
// cannot be chosen has no decision.
type verdict struct {
	decision store.Decision
	place    int // in what is stated
	stated   store.Stated
	stands   bool // it is the accepted value
}

// verdicts are the values of the question, the accepted one first.
func (d *deciding) verdicts() []verdict {
	q := d.question
	var out []verdict
	if q.Matter == store.CorrectionMatter {
		return []verdict{{store.Accept, 0, q.Stood, true}}
	}
	if q.Stood.Cell.SHA256 != "" {
		v := verdict{stated: q.Stood, stands: true}
		if q.Takes(store.Reject) {
			v.decision = store.Reject
		}
		out = append(out, v)
	}
	for i, s := range q.Stated {
		out = append(out, verdict{store.Accept, i, s, false})
	}
	return out
}

// chosen is the verdict under the cursor.
func (d *deciding) chosen() verdict {
	all := d.verdicts()
	if len(all) == 0 {
		return verdict{}
	}
	return all[min(d.row, len(all)-1)]
}

// ask asks what there is to decide.
func (d *deciding) ask(m *Model) tea.Cmd {
	d.turn++
	turn, key, ctx, with := d.turn, d.key, m.ctx, m.opts.Decider
	return func() tea.Msg {
		q, err := with.Ask(ctx, key)
		return asked{of: d, turn: turn, question: q, err: err}
	}
}

// again asks anew, as the board has changed, unless something is being entered.
func (d *deciding) again(m *Model) tea.Cmd {
	if d.step == stepEntering {
		return nil
	}
	return d.ask(m)
}

// take takes in what there is to decide. Where it is what was shown already nothing
// moves; where it is not, the officer has to choose again, and what was typed stays.
func (d *deciding) take(_ *Model, msg tea.Msg) tea.Cmd {
	got, ok := msg.(asked)
	if !ok || got.of != d || got.turn != d.turn {
		return nil
	}
	switch {
	case got.err != nil:
		if d.wrong == nil || d.step != stepAsking || store.ErrorCode(got.err) != "ack_nothing" {
			d.wrong = got.err
		}
		d.step = stepAsking
	case d.step == stepAsking:
		d.step, d.question = stepChoosing, got.question
		d.settle()
	case !d.question.Same(got.question):
		d.step, d.question, d.wrong = stepChoosing, got.question, store.NewError("ack_changed", nil)
		d.settle()
	default:
		d.question = got.question
	}
	return nil
}

// settle puts the cursor on the first value that is new.
func (d *deciding) settle() {
	d.row = 0
	for i, v := range d.verdicts() {
		if v.decision == store.Accept {
			d.row = i
			return
		}
	}
}

func (d *deciding) press(m *Model, key string, act action) tea.Cmd {
	switch {
	case key == "esc":
		return d.back(m)
	case d.step == stepWriting:
		return d.write(m, key)
	case d.step == stepReviewing && key == "y":
		return d.enter(m)
	case d.step == stepAsking && d.wrong != nil && act == actEnter:
		return d.ask(m)
	case d.step != stepChoosing:
		if closes(act) && d.step != stepReviewing {
			return d.back(m)
		}
	case act == actDown, act == actNextPanel:
		d.move(1)
	case act == actUp, act == actPrevPanel:
		d.move(-1)
	case act == actEnter:
		d.step, d.wrong = stepWriting, nil
	case closes(act), act == actDecide:
		return d.back(m)
	}
	return nil
}

// move goes to the next value that can be chosen.
func (d *deciding) move(by int) {
	all := d.verdicts()
	for i := d.row + by; i >= 0 && i < len(all); i += by {
		if all[i].decision != "" {
			d.row = i
			return
		}
	}
}

// back goes back one step, and from the first one to what lies below: a list of what
// waits is read anew, as that may have changed meanwhile.
func (d *deciding) back(m *Model) tea.Cmd {
	switch d.step {
	case stepWriting:
		d.step, d.wrong = stepChoosing, nil
	case stepReviewing:
		d.step, d.wrong = stepWriting, nil
	default:
		m.over = d.under
		if list, ok := d.under.(*undecided); ok {
			return list.ask(m)
		}
	}
	return nil
}

// write is a key while the reason is written that types nothing.
func (d *deciding) write(m *Model, key string) tea.Cmd {
	switch key {
	case "enter":
		if d.wrong = m.opts.Decider.Check(d.reason); d.wrong == nil {
			d.step = stepReviewing
		}
	case "space":
		return d.paste(m, " ")
	default:
		if left, ok := erased(d.reason, key); ok {
			d.reason, d.wrong = left, nil
		}
	}
	return nil
}

// paste types. What is too long is left out as a whole: a reason that ends half-way
// says something else.
func (d *deciding) paste(_ *Model, text string) tea.Cmd {
	if d.step != stepWriting {
		return nil
	}
	more := d.reason + widget.Clean(text)
	if d.wrong = nil; utf8.RuneCountInString(more) > store.LongestReason {
		d.wrong = store.NewError("ack_long", nil, store.Bilingual("理由", "the reason"), strconv.Itoa(store.LongestReason))
		return nil
	}
	d.reason = more
	return nil
}

// enter has the decision put on record and entered.
func (d *deciding) enter(m *Model) tea.Cmd {
	d.step, d.wrong = stepEntering, nil
	d.turn++ // what is still being asked is void
	v := d.chosen()
	answer := store.Answer{Question: d.question, Decision: v.decision, Place: v.place, Reason: trimmed(d.reason)}
	ctx, with := m.ctx, m.opts.Decider
	return func() tea.Msg {
		taken, err := with.Decide(ctx, answer)
		return entered{of: d, verdict: v, taken: taken, err: err}
	}
}

// entered tells how a decision has ended. One that was not entered stays open with
// what was typed, and where something else has to be decided now, that is shown.
func (m *Model) entered(msg entered) tea.Cmd {
	d := msg.of
	open := m.over == overlay(d)
	if msg.err == nil {
		if open {
			m.over = d.after()
		}
		m.notice = m.decided(d.question, msg.verdict, msg.taken)
		return m.load()
	}
	if !open {
		m.notice = m.words.Say("decide.failed", m.sentence(msg.err))
		return m.load()
	}
	d.wrong, d.step = msg.err, stepReviewing
	switch store.ErrorCode(msg.err) {
	case "ack_changed", "ack_decided", "ack_nothing":
		d.step = stepAsking
		return tea.Batch(d.ask(m), m.load())
	}
	return nil
}

// after is what an entered decision goes back to: the list of what else waits, or
// the page.
func (d *deciding) after() overlay {
	if list, ok := d.under.(*undecided); ok && list.settled(d.key) {
		return list
	}
	return nil
}

// decided is the news of a decision.
func (m *Model) decided(q store.Question, v verdict, taken bool) string {
	said := m.words.Say("decided."+verdictWord(q, v), m.stated(q, v.stated))
	if !taken {
		said += m.words.Say("decided.later")
	}
	ind, _ := m.board.Catalogue.ByCode(q.Key.Indicator)
	return beside(said, m.frame().Short(q.Key.Unit)+"  "+ind.Label(m.words.Lang)+"  "+m.words.Period(q.Key.Period))
}

// decide opens the decision about what is under the cursor; where several figures
// wait there, the list of them.
func (m *Model) decide() tea.Cmd {
	if m.board == nil {
		return nil
	}
	spot := m.spot()
	keys := m.decidable(spot)
	switch len(keys) {
	case 0:
		m.notice = m.words.Say("decide.none")
		return nil
	case 1:
		return m.decideOn(keys[0], nil)
	default:
		return m.asking(&undecided{spot: spot})
	}
}

// decideOn opens the decision about one figure, over an overlay or over the page.
func (m *Model) decideOn(k store.Key, under overlay) tea.Cmd {
	return m.asking(&deciding{under: under, key: k})
}

// inquirer is an overlay that asks what there is to decide.
type inquirer interface {
	overlay
	ask(m *Model) tea.Cmd
	again(m *Model) tea.Cmd // as the board has changed
}

// asking opens it, where this session may decide and something can be decided.
func (m *Model) asking(o inquirer) tea.Cmd {
	if no := m.withheld(store.DeedDecide); no != nil {
		return no
	}
	switch {
	case !m.request.AsOf.IsZero() || !m.board.Live():
		m.notice = m.words.Say("decide.past")
	case m.opts.Decider == nil:
		m.notice = m.words.Say("decide.nowhere")
	default:
		m.over = o
		return o.ask(m)
	}
	return nil
}

// decidable returns the figures under the cursor that an officer may be asked about:
// of a total or a unit those that wait or are in conflict, of one figure itself,
// as it may have been decided about before.
func (m *Model) decidable(s page.Spot) []store.Key {
	switch {
	case s.Pending != nil:
		return []store.Key{s.Pending.Key}
	case s.Change != nil:
		return []store.Key{s.Change.Key}
	case s.Finding != nil:
		return figureOf(s.Finding)
	case s.Book != nil:
		return m.waiting(func(k store.Key) bool { p, ok := m.board.Waiting(k); return ok && p.Cell.Workbook == s.Book.ID })
	case s.Task != nil, s.Pull != nil, s.Record != nil, s.Result != nil, s.Campaign != nil, s.Grading != nil, s.Row != nil:
		return nil
	case s.Figure(), s.Total():
		return m.decidableLine(m.board.Line(s.Unit, s.Indicator))
	case s.Unit != "" && s.Unit != store.DistrictCode:
		return m.waiting(func(k store.Key) bool { return m.belongs(k.Unit, s.Unit) })
	default:
		return nil
	}
}

// figureOf is the figure that a finding is about, if it is about one.
func figureOf(f *store.Finding) []store.Key {
	if f.Unit == "" || f.Indicator == "" || f.Period.IsZero() {
		return nil
	}
	return []store.Key{{Unit: f.Unit, Indicator: f.Indicator, Period: f.Period}}
}

// waiting returns the figures that fit of which a value waits or files are in
// conflict.
func (m *Model) waiting(fits func(store.Key) bool) []store.Key {
	var out []store.Key
	for i := range m.board.Pending {
		if k := m.board.Pending[i].Key; fits(k) {
			out = append(out, k)
		}
	}
	for _, k := range m.board.Conflicts {
		if fits(k) && !slices.Contains(out, k) {
			out = append(out, k)
		}
	}
	return out
}

// decidableLine is decidable for one indicator of a unit or of the district. A ratio
// rests on two figures, and only these can be decided about.
func (m *Model) decidableLine(l store.Line) []store.Key {
	codes := []string{l.Indicator.Code}
	if l.Indicator.Kind == store.Ratio && !l.Reported {
		codes = []string{l.Indicator.Numerator, l.Indicator.Denominator}
	}
	out := m.waiting(func(k store.Key) bool {
		return slices.Contains(codes, k.Indicator) && m.belongs(k.Unit, l.Scope) && m.shownIn(k)
	})
	if len(out) > 0 || l.Scope == store.DistrictCode || len(codes) > 1 || l.Indicator.Origin != store.FromReport {
		return out
	}
	if f, ok := m.board.Figure(l.Scope, l.Indicator.Code, m.board.Period); ok {
		return []store.Key{f.Key}
	}
	return nil
}

// belongs reports whether the unit is the scope or a part of it.
func (m *Model) belongs(unit, scope string) bool {
	return scope == store.DistrictCode || unit == scope || slices.Contains(m.board.Units.Below(scope), unit)
}

// shownIn reports whether the board's period shows the figure, or would if there were
// one: of what is reported by the quarter that is the quarter's or the one before, of a
// half-year each of its months.
func (m *Model) shownIn(k store.Key) bool {
	if slices.Contains(m.board.Period.Parts(k.Period.Kind), k.Period) {
		return true
	}
	if f, ok := m.board.Figure(k.Unit, k.Indicator, m.board.Period); ok {
		return f.Key == k
	}
	longer := m.board.Period.Of(k.Period.Kind)
	return k.Period == m.board.Period || k.Period == longer || k.Period == longer.Add(-1) && k.Period.Kind != store.Month
}

// awaits reports whether a value of the figure waits for an officer, or files are in
// conflict about it, and whether it can be decided from here.
func (m *Model) awaits(k store.Key) bool {
	return m.opts.Decider != nil && m.board.Live() && len(m.waiting(func(open store.Key) bool { return open == k })) > 0
}

// asks reports whether something under the cursor waits, so that the keys offer to
// decide it.
func (m *Model) asks(s page.Spot) bool {
	if m.opts.Decider == nil || len(m.board.Pending)+len(m.board.Conflicts) == 0 { // as nearly always, and every frame asks
		return false
	}
	return slices.ContainsFunc(m.decidable(s), m.awaits)
}
