package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
)

// help is the list of keys.
type help struct{ silent }

func (h *help) press(m *Model, _ string, act action) tea.Cmd {
	if closes(act) || act == actHelp || act == actEnter {
		m.over = nil
	}
	return nil
}

// helpRest is the rows of the help that are neither keys nor notes: its title, its
// last row, and the blanks between.
const helpRest = 6

func (h *help) draw(m *Model, c widget.Canvas) {
	list := slices.DeleteFunc(slices.Clone(bindings()), func(b binding) bool { return !m.allowed(b.act) })
	w, margin := m.boxWidth()
	notes := m.notes(w - 2*margin)
	rest := helpRest + len(notes)
	columns := 2
	if m.w < 70 {
		columns = 1
	}
	room := max(1, m.h-3-rest)
	columns = min(3, max(columns, (len(list)+room-1)/room))
	rows := min(room, (len(list)+columns-1)/columns)

	box := m.box(c, rows+rest+1)
	m.boxTitle(box, m.words.Say("help.title"), widget.Text(style.Quiet, m.words.Say("app.version", m.opts.Version)), nil)
	list = list[:min(len(list), columns*rows)]
	for i, column := range m.keyColumns(list, rows, box.Width()) {
		for y, b := range list[i*rows : min(len(list), (i+1)*rows)] {
			box.PutCut(column.key, 2+y, column.word-column.key-1, style.Ink, b.label)
			box.PutCut(column.word, 2+y, column.end-column.word, style.Quiet, m.words.Say(b.word))
		}
	}
	for y, line := range notes {
		box.LineCut(0, rows+3+y, box.Width(), line)
	}
	m.hints(box, 0, box.Height()-2, box.Width(), []hint{{"Esc", "key.back"}})
}

// keyColumn is where keys stand in the help, where what they do, and where that ends.
type keyColumn struct{ key, word, end int }

// keyColumns shares the width among columns of so many rows by what stands in them.
func (m *Model) keyColumns(list []binding, rows, w int) []keyColumn {
	const gap = 2
	var out []keyColumn
	x := 0
	for part := range slices.Chunk(list, rows) {
		key, word := 0, 0
		for _, b := range part {
			key, word = max(key, widget.Width(b.label)), max(word, widget.Width(m.words.Say(b.word)))
		}
		out = append(out, keyColumn{x, x + key + 1, x + key + 1 + word})
		x += key + 1 + word + gap
	}
	spare := max(0, w-x+gap) / max(1, len(out))
	for i := range out {
		out[i] = keyColumn{out[i].key + i*spare, out[i].word + i*spare, min(w, out[i].end+i*spare)}
	}
	return out
}

// notes are what the marks of the last column mean, the worst first, and where figures
// come from.
func (m *Model) notes(w int) []widget.Line {
	var out []widget.Line
	var line widget.Line
	for _, s := range store.States {
		word := widget.StateWord(s, m.words.Lang)
		if longer := widget.Join(2, line, word); line == nil || longer.Width() <= w {
			line = longer
			continue
		}
		out, line = append(out, line), word
	}
	return append(append(out, line), linesOf(style.Quiet, m.words.Say("help.foot"), w)...)
}
