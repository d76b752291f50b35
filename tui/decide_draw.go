package tui

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
)

// The rows that a decision cannot do without, below which it is not drawn: nobody
// decides about what is not seen.
const (
	deciderRows = 11
	headRows    = 3 // the title, and a blank row on either side of the values
	footRows    = 8 // what will happen and why, blank rows and the keys
	footLeast   = 4
	leastValues = 3 // their heads, and two
	reasonRows  = 4 // at most, of what is typed; its end is seen
)

// verdictWord names what choosing a value means.
func verdictWord(q store.Question, v verdict) string {
	switch {
	case v.decision == "":
		return ""
	case q.Matter == store.ConflictMatter:
		return "choose"
	case q.Matter == store.CorrectionMatter:
		return "note"
	case q.Wait == store.WaitWithdrawn && v.decision == store.Accept:
		return "withdraw"
	default:
		return string(v.decision)
	}
}

// stated writes a value of the question; of one withdrawn, that it is.
func (m *Model) stated(q store.Question, s store.Stated) string {
	if q.Wait == store.WaitWithdrawn && !s.Number.OK {
		return m.words.Say("wait.withdrawn")
	}
	return m.number(q.Key.Indicator, s.Number)
}

func (d *deciding) draw(m *Model, c widget.Canvas) {
	if d.step == stepAsking {
		box := m.box(c, deciderRows)
		d.title(m, box)
		d.nothing(m, box.Below(2))
		m.hints(box, 0, box.Height()-2, box.Width(), d.keys())
		return
	}
	rows, facts := len(d.verdicts())+1, d.facts(m)
	h := headRows + rows + len(facts) + footRows
	box := m.box(c, max(deciderRows, min(h, m.h-head-2)))
	d.title(m, box)
	top, end, gap := 2, box.Height()-3, 1
	if box.Height() < deciderRows {
		top, end, gap = 1, box.Height()-2, 0
	}
	rows = min(rows, max(leastValues, end-top-footLeast))
	d.table(m, box.Sub(0, top, box.Width(), rows))
	y := top + rows + gap
	foot := fitting(d.foot(m, box.Width()), end-y)
	d.put(m, box, end-len(foot), foot)
	d.put(m, box, y, fitting(facts, end-len(foot)-gap-y))
	m.hints(box, 0, box.Height()-2, box.Width(), d.keys())
}

// put draws fields; of those of one name only the first says it.
func (d *deciding) put(m *Model, box widget.Canvas, y int, list []ranked) {
	for i, f := range list {
		if i > 0 && f.key == list[i-1].key {
			f.key = "decide.more"
		}
		m.field(box, y+i, f.key, f.value)
	}
}

// keys are those of the step.
func (d *deciding) keys() []hint {
	back := hint{"Esc", "key.back"}
	switch d.step {
	case stepChoosing:
		return []hint{{"Enter", "decide.write"}, {"j/k", "decide.choose"}, back}
	case stepWriting:
		return []hint{{"Enter", "decide.review"}, back}
	case stepReviewing:
		return []hint{{"y", "decide.enter"}, {"Esc", "decide.mend"}}
	case stepAsking:
		if d.wrong != nil {
			return []hint{{"Enter", "decide.again"}, back}
		}
		return []hint{back}
	default:
		return nil
	}
}

// title says which figure it is, and what is the matter with it: in one row or in
// two, and where there is room for neither as shortly as it can be told.
func (d *deciding) title(m *Model, box widget.Canvas) {
	ind, _ := m.board.Catalogue.ByCode(d.key.Indicator)
	name := widget.Text(style.Strong, ind.Label(m.words.Lang))
	unit := widget.Text(style.Ink, m.frame().Short(d.key.Unit))
	whose := widget.Join(2, unit, widget.Text(style.Ink, m.words.Period(d.key.Period)))
	what, right := m.words.Say(d.named()), d.mark(m)
	room := box.Width() - right.Width() - 2
	head := widget.Width(what) + 3
	switch {
	case head+widget.Join(2, name, whose).Width() <= room:
		m.boxTitle(box, what, widget.Join(2, name, whose), right)
	case box.Height() >= deciderRows-1:
		m.boxTitle(box, what, name, right)
		box.LineCut(0, 1, box.Width(), whose)
	default:
		box.LineRight(box.Width(), 0, right)
		name = widget.Text(style.Strong, ind.Head(m.words.Lang))
		box.LineCut(0, 0, room, widget.Join(1, unit, widget.Text(style.Ink, d.key.Period.String()), name))
	}
}

// named is what the decision is called.
func (d *deciding) named() string {
	switch d.question.Matter {
	case store.ConflictMatter:
		return "decide.which"
	case store.CorrectionMatter:
		return "decide.note"
	default:
		return "decide.title"
	}
}

// mark is what is the matter with the figure.
func (d *deciding) mark(m *Model) widget.Line {
	switch {
	case d.step == stepAsking:
		return nil
	case d.question.Matter == store.ConflictMatter:
		return widget.StateWord(store.Conflict, m.words.Lang)
	case d.question.Matter == store.CorrectionMatter:
		return widget.StateWord(store.Corrected, m.words.Lang)
	default:
		return widget.WaitWord(m.words.Lang)
	}
}

// nothing says that the question is being read, or why there is none; what has been
// typed stays in sight.
func (d *deciding) nothing(m *Model, c widget.Canvas) {
	if d.wrong == nil {
		c.PutCut(0, 0, c.Width(), style.Quiet, m.words.Say("app.loading"))
		return
	}
	y := 0
	for _, line := range m.wrongLines(d.wrong, c.Width()) {
		c.LineCut(0, y, c.Width(), line)
		y++
	}
	if d.reason != "" {
		m.field(c, y+1, "decide.reason", widget.Text(style.Ink, d.reason))
	}
}

// wrongLines are the sentence and the hint of an error, broken to the width.
func (m *Model) wrongLines(err error, w int) []widget.Line {
	out := linesOf(style.Bad, m.sentence(err), w)
	if hint := m.hintOf(err); hint != "" {
		out = append(out, linesOf(style.Quiet, hint, w)...)
	}
	return out
}

// table draws the values under each other.
func (d *deciding) table(m *Model, c widget.Canvas) {
	all := d.verdicts()
	t := widget.Table{Selected: d.row, Columns: []widget.Column{
		{Head: m.words.Say("decide.verdict")},
		{Head: "", Drop: 2},
		{Head: m.words.Say("origin.value"), Width: 5, Hang: 2, Align: widget.Decimal},
		{Head: m.words.Say("head.age"), Width: 6, Align: widget.Right},
		{Head: m.words.Say("head.book"), Width: 10, Gap: 3, Grow: 1, Drop: 1},
		{Head: m.words.Say("head.cell"), Width: 6, Align: widget.Right},
	}, More: func(n int) widget.Line { return widget.Text(style.Quiet, m.words.Count("list.more", n)) }}
	for _, v := range all {
		row := d.verdictRow(m, v)
		for i := range 3 { // words are as wide as the language makes them, and numbers no cell narrower
			t.Columns[i].Width = max(t.Columns[i].Width, row.Cells[i].Line.Width())
		}
		t.Rows = append(t.Rows, row)
	}
	t.Draw(c)
}

// verdictRow is one value: what choosing it means, what it is, how old, and where it
// stands.
func (d *deciding) verdictRow(m *Model, v verdict) widget.Row {
	word, look := "", style.Quiet
	if name := verdictWord(d.question, v); name != "" {
		word, look = m.words.Say("verdict."+name), style.Strong
	}
	if v.stands {
		look = style.Ink | style.Bold
	}
	number := widget.Figure(look, m.stated(d.question, v.stated))
	if !v.stated.Number.OK {
		number.Line = widget.Text(style.Quiet, m.stated(d.question, v.stated))
	}
	cell := v.stated.Cell
	return widget.Row{Cells: []widget.Cell{
		widget.Word(style.AccentBold, word),
		{Line: d.what(m, v)},
		number,
		{Line: m.frame().AgeLine(v.stated.Since())},
		widget.Word(style.Ink, cell.Path[strings.LastIndexByte(cell.Path, '/')+1:]),
		widget.Word(style.Accent, cell.Ref),
	}}
}

// what names the value: the one that stands, that waits, that was rejected, or that
// of a file.
func (d *deciding) what(m *Model, v verdict) widget.Line {
	switch {
	case v.stands:
		return widget.Text(style.Ink, m.words.Say("decide.stands"))
	case d.question.Matter == store.ConflictMatter:
		return widget.Text(style.Ink, m.words.Say("decide.file", v.place+1))
	case d.question.Again:
		return widget.Text(style.Ink, m.words.Say("origin.reject"))
	default:
		return widget.WaitWord(m.words.Lang)
	}
}

// ranked is a field, and how late it leaves where there is little room.
type ranked struct {
	cardField
	keep int
}

// fitting leaves out what matters least until so many rows do.
func fitting(all []ranked, rows int) []ranked {
	all = slices.Clone(all)
	for len(all) > max(0, rows) {
		least := 0
		for i, f := range all {
			if f.keep < all[least].keep {
				least = i
			}
		}
		all = slices.Delete(all, least, least+1)
	}
	return all
}

// facts are the fields: why it waits, where the value stands, how complete the total
// is that it goes into, and what was decided last.
func (d *deciding) facts(m *Model) []ranked {
	s := d.chosen().stated
	cell := s.Cell
	where := widget.Join(3, widget.Text(style.Ink, cell.Sheet), widget.Text(style.AccentBold, cell.Ref), path(style.Quiet, cell.Header))
	book := path(style.Ink, append([]string{cell.Source}, strings.Split(cell.Path, "/")...))
	sum := cell.SHA256
	came := widget.Join(3, widget.Text(style.Ink, m.stamp(s.Received)), widget.Text(style.Quiet, sum[:min(8, len(sum))]))
	out := []ranked{
		{cardField{"head.why", d.why(m)}, 5},
		{cardField{"card.workbook", book}, 4},
		{cardField{"card.cell", where}, 6},
		{cardField{"card.received", came}, 2},
		{cardField{"decide.total", d.total(m)}, 3},
	}
	if last := d.question.Last; last != nil {
		out = append(out, ranked{cardField{"origin.decided", m.decision(*last)}, 1})
	}
	return slices.DeleteFunc(out, func(f ranked) bool { return f.value.Width() == 0 })
}

// why says why an officer is asked, and how far the values are apart.
func (d *deciding) why(m *Model) widget.Line {
	q := d.question
	word := "silent.conflict"
	switch q.Matter {
	case store.PendingMatter:
		word = "wait." + string(q.Wait)
	case store.CorrectionMatter:
		word = "decide.corrected"
	default:
	}
	out := widget.Text(style.Ink, m.words.Say(word))
	ind, _ := m.board.Catalogue.ByCode(q.Key.Indicator)
	for _, s := range q.Stated {
		if now, then := s.Number, q.Stood.Number; q.Matter == store.PendingMatter && now.OK && then.OK {
			z := 0.0
			if ind.Counted() {
				z = store.PoissonZ(max(0, now.V), max(0, then.V))
			}
			out = widget.Join(3, out, widget.DeltaCell(now.V-then.V, widget.Decimals(ind), z))
		}
	}
	return out
}

// total is the district's figure that the value is or would be a part of: of how many
// units, and how old.
func (d *deciding) total(m *Model) widget.Line {
	if !m.shownIn(d.key) {
		return nil
	}
	l := m.board.Line(store.DistrictCode, d.key.Indicator)
	if !l.Value.OK {
		return nil
	}
	var oldest widget.Line
	if age := m.frame().AgeLine(l.Oldest); age != nil {
		oldest = append(widget.Text(style.Quiet, m.words.Say("fact.oldest")+" "), age...)
	}
	value := widget.Commas(style.Ink, m.number(d.key.Indicator, l.Value)).
		Text(style.Quiet, "  "+m.board.Catalogue.MeasureLabel(l.Indicator.Measure, m.words.Lang))
	return widget.Join(3, value, widget.Share(l.N, l.M).Text(style.Quiet, " "+m.words.Say("fact.units")), oldest)
}

// foot is what will happen, why, and what is wrong: the rows above the keys.
func (d *deciding) foot(m *Model, w int) []ranked {
	room := w - fieldColumn
	if w < 60 {
		room = w - fieldNarrow
	}
	var out []ranked
	add := func(key string, lines []widget.Line, keep, rest int) {
		for i, line := range lines {
			if i > 0 {
				keep = rest
			}
			out = append(out, ranked{cardField{key, line}, keep})
		}
	}
	look := style.Quiet
	if d.step >= stepReviewing {
		look = style.Strong
	}
	add("decide.then", linesOf(look, m.effect(d.question, d.chosen()), room), 8, 6)
	if d.step >= stepReviewing {
		add("decide.then", linesOf(style.Ink, m.words.Say("effect.record", m.opts.Decider.Name()), room), 3, 2)
	}
	reason := d.reasonLines(m, room)
	add("decide.reason", reason, 1, 1)
	out[len(out)-1].keep = 9
	switch {
	case d.step == stepEntering:
		add("decide.more", []widget.Line{widget.Text(style.Accent, m.words.Say("decide.entering"))}, 7, 7)
	case d.wrong != nil:
		add("decide.more", m.wrongLines(d.wrong, room), 7, 4)
	}
	return out
}

// linesOf breaks a text to the width.
func linesOf(look style.Look, text string, w int) []widget.Line {
	var out []widget.Line
	for _, one := range widget.Wrap(widget.Clean(text), w) {
		out = append(out, widget.Text(look, one))
	}
	return out
}

// reasonLines is what has been typed, with the cursor where it is being typed: its
// last rows, and how much there may be.
func (d *deciding) reasonLines(m *Model, w int) []widget.Line {
	if d.step == stepChoosing && d.reason == "" {
		return []widget.Line{widget.Text(style.Quiet, m.words.Say("decide.required"))}
	}
	lines := linesOf(style.Strong, d.reason, w-1)
	if d.step == stepWriting {
		n := len(lines) - 1
		count := strconv.Itoa(utf8.RuneCountInString(d.reason)) + "/" + strconv.Itoa(store.LongestReason)
		lines[n] = lines[n].Text(style.Strong.On(style.Selected), " ")
		if gap := w - lines[n].Width() - len(count); gap > 1 {
			lines[n] = lines[n].Text(style.Quiet, strings.Repeat(" ", gap)+count)
		}
	}
	return lines[max(0, len(lines)-reasonRows):]
}

// effect says what choosing the value comes to.
func (m *Model) effect(q store.Question, v verdict) string {
	then, now := m.number(q.Key.Indicator, q.Stood.Number), m.stated(q, v.stated)
	switch word := verdictWord(q, v); {
	case word == "":
		return ""
	case word == "reject" && q.Wait == store.WaitWithdrawn:
		return m.words.Say("effect.keep", then)
	case word == "reject":
		return m.words.Say("effect.reject", then, m.stated(q, q.Stated[0]))
	case q.Stood.Cell.SHA256 == "":
		return m.words.Say("effect.first", now)
	case word == "choose" && q.Stood.Number == v.stated.Number:
		return m.words.Say("effect.confirm", now)
	default:
		return m.words.Say("effect."+word, then, now)
	}
}
