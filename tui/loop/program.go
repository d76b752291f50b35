package loop

import (
	"io"
	"sync"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
)

// Terminal is what a program is shown on.
type Terminal struct {
	In            io.Reader
	Out           io.Writer
	Env           []string // TERM and what else tells of the terminal
	Width, Height int
	Colours       colorprofile.Profile
	Raw           bool // a line feed moves down and leaves the column
}

// Program is a model that fills a terminal. A frame is drawn when there is a new
// one and at no other time: the renderer of bubbletea looks for frames by a clock, so
// that a key waits for the next tick, and a screen that stands still is not free.
type Program struct {
	*tea.Program
	painter *painter
}

// askEvery is how many times a second bubbletea sends what it writes by itself: the
// question for the ground's colour, and text for the clipboard.
const askEvery = 10

// New returns a program that has not begun yet.
func New(model tea.Model, t Terminal, more ...tea.ProgramOption) *Program {
	t.Out = &turns{w: t.Out}
	p := newPainter(t)
	options := append([]tea.ProgramOption{
		tea.WithoutRenderer(),
		tea.WithFPS(askEvery),
		tea.WithInput(t.In),
		tea.WithOutput(t.Out),
		tea.WithEnvironment(t.Env),
		tea.WithWindowSize(t.Width, t.Height),
		tea.WithColorProfile(t.Colours),
	}, more...)
	return &Program{tea.NewProgram(&painted{model, p}, options...), p}
}

// Run shows the model until it quits or the context of its options ends.
func (p *Program) Run() error {
	go p.painter.run()
	defer p.painter.leave()
	_, err := p.Program.Run()
	return err
}

// painted is a model whose frames go to the painter.
type painted struct {
	tea.Model
	painter *painter
}

// Init is the model's own.
func (p *painted) Init() tea.Cmd {
	defer p.painter.uncover()
	return p.covered(p.Model.Init())
}

// Update is the model's own; the painter hears of what concerns the terminal.
func (p *painted) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	defer p.painter.uncover()
	p.painter.hear(msg)
	var cmd tea.Cmd
	p.Model, cmd = p.Model.Update(msg)
	return p, p.covered(cmd)
}

// View hands the model's frame to the painter.
func (p *painted) View() tea.View {
	defer p.painter.uncover()
	v := p.Model.View()
	p.painter.show(v)
	return v
}

// covered lets a command that panics leave the terminal as it was.
func (p *painted) covered(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() tea.Msg {
		defer p.painter.uncover()
		msg := cmd()
		if all, ok := msg.(tea.BatchMsg); ok {
			for i := range all {
				all[i] = p.covered(all[i])
			}
		}
		return msg
	}
}

// turns lets the painter and bubbletea itself write one after the other.
type turns struct {
	mu sync.Mutex
	w  io.Writer
}

// Write writes everything before anybody else does.
func (t *turns) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.w.Write(b)
}
