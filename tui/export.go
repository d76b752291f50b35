package tui

import (
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"jindu/store"
	"jindu/tui/page"
	"jindu/tui/style"
	"jindu/tui/widget"
)

// Export is a view that is to be written into a file.
type Export struct {
	Name    string // without a folder and an ending
	Format  Format
	Extract page.Extract
	Screen  string // as it stands, without escape sequences
}

// Format is how a view is written.
type Format string

// The formats. CSV holds one table, that of the focused panel; the others hold the
// whole page.
const (
	AsText     Format = "txt"
	AsCSV      Format = "csv"
	AsMarkdown Format = "md"
	AsWorkbook Format = "xlsx"
)

// formats are those that there is a choice of: a workbook goes into no clipboard.
func (m *Model) formats() []Format {
	if m.opts.Export == nil {
		return []Format{AsCSV, AsMarkdown, AsText}
	}
	return []Format{AsWorkbook, AsCSV, AsMarkdown, AsText}
}

// exporting is the choice of a format and a name.
type exporting struct {
	name string
	row  int
}

// export opens the choice with a name proposed.
func (m *Model) export() {
	switch {
	case m.opts.Export == nil && m.opts.Copy == nil:
		m.notice = m.words.Say("export.no")
	case m.layout == nil:
		m.notice = m.words.Say("export.nothing")
	default:
		x := m.layout.Extract(m.frame(), m.here().Visit)
		m.over = &exporting{name: fileName(strings.Join([]string{
			m.board.Settings.District.Name, x.Title, m.board.Period.String(), m.board.Moment.Format("0102-1504"),
		}, "-"))}
	}
}

// fileName leaves of a name what every file system takes.
func fileName(text string) string {
	kept := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), strings.ContainsRune("-_.() ", r):
			return r
		default:
			return -1
		}
	}, widget.Clean(text))
	if r := []rune(kept); len(r) > maxTyped {
		kept = string(r[:maxTyped])
	}
	return strings.TrimLeft(kept, ". ")
}

func (o *exporting) press(m *Model, key string, act action) tea.Cmd {
	switch key {
	case "esc":
		m.over = nil
	case "enter":
		return o.write(m)
	case "down", "tab":
		o.row = min(o.row+1, len(m.formats())-1)
	case "up", "shift+tab":
		o.row = max(0, o.row-1)
	case "space":
		return o.paste(m, " ")
	default:
		if left, ok := erased(o.name, key); ok {
			o.name = left
			return nil
		}
		if types(key, act) {
			return o.paste(m, key)
		}
	}
	return nil
}

func (o *exporting) paste(_ *Model, text string) tea.Cmd {
	o.name = fileName(typedMore(o.name, text))
	return nil
}

func (o *exporting) take(*Model, tea.Msg) tea.Cmd { return nil }

// write has the view written, once that stands on record.
func (o *exporting) write(m *Model) tea.Cmd {
	if trimmed(o.name) == "" || m.layout == nil {
		return nil
	}
	m.over = nil
	e := Export{Name: trimmed(o.name), Format: m.formats()[o.row], Extract: m.layout.Extract(m.frame(), m.here().Visit)}
	e.Screen = m.plainScreen()
	name := e.Name + "." + string(e.Format)
	what := name
	if m.opts.Export == nil {
		what = "copy " + name
	}
	return m.onRecord(store.Act{Deed: store.DeedExport, What: what}, func() tea.Cmd {
		m.notice = m.words.Say("export.under", name)
		ctx, write, give := m.ctx, m.opts.Export, m.opts.Copy
		return func() tea.Msg {
			var out exported
			if write != nil {
				out.path, out.err = write(ctx, e)
			} else {
				out.text, out.err = give(ctx, e)
			}
			return out
		}
	})
}

// plainScreen is the page as it stands, without escape sequences and keys.
func (m *Model) plainScreen() string {
	c := widget.New(m.w, m.h, m.theme)
	m.draw(c)
	return c.Sub(0, 0, m.w, m.h-1).Text()
}

// exported says where the file lies, or gives the terminal what it is to keep:
// whether it does, nobody is told.
func (m *Model) exported(msg exported) tea.Cmd {
	switch {
	case msg.err != nil:
		m.notice = m.words.Say("export.failed", m.sentence(msg.err))
	case msg.text != "":
		m.notice = m.words.Say("export.given", (len(msg.text)+1023)/1024)
		return tea.SetClipboard(msg.text)
	default:
		m.notice = m.words.Say("export.done", msg.path)
	}
	return nil
}

func (o *exporting) draw(m *Model, c widget.Canvas) {
	list := m.formats()
	box := m.box(c, min(len(list)+8, m.h-head-2))
	title, does := "export.title", "export.write"
	if m.opts.Export == nil {
		title, does = "export.copy", "key.copy"
	}
	m.boxTitle(box, m.words.Say(title), nil, nil)
	name := widget.Text(style.Strong, o.name).Text(style.Strong.On(style.Selected), " ").Text(style.Quiet, " ."+string(list[o.row]))
	m.field(box, 1, "export.name", name)
	t := widget.Table{Selected: o.row, Columns: []widget.Column{{Width: 10}, {Width: 20, Grow: 1}}}
	for _, f := range list {
		t.Rows = append(t.Rows, widget.Row{Cells: []widget.Cell{
			widget.Word(style.Ink, string(f)), widget.Word(style.Quiet, m.words.Say("export."+string(f))),
		}})
	}
	t.Draw(box.Sub(0, 3, box.Width(), box.Height()-6))
	m.hints(box, 0, box.Height()-2, box.Width(), []hint{{"Enter", does}, {"Esc", "key.back"}, {"Tab", "export.next"}})
}
