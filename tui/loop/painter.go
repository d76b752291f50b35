package loop

import (
	"bytes"
	"io"
	"strings"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// apart is how long a frame stands at least: of what comes meanwhile the last is
// drawn. The first one after a pause is drawn at once.
const apart = 8 * time.Millisecond

// frame is what the terminal is to show, and how.
type frame struct {
	content       string
	mouse         tea.MouseMode
	width, height int
	colours       colorprofile.Profile
	synced        bool // the terminal shows what is sent between two marks at once
	clusters      bool // it measures characters as Unicode does
	anew          bool // what it shows now cannot be relied on
}

// painter draws the newest frame beside the message loop, which never waits for the
// terminal.
type painter struct {
	out io.Writer
	env uv.Environ

	mu   sync.Mutex
	want frame

	news chan struct{} // holds one
	end  chan struct{}
	done chan struct{}
	once sync.Once

	// What follows belongs to the goroutine that paints.
	shown frame
	lines []string // in the cells
	cells uv.ScreenBuffer
	sent  bytes.Buffer
	scr   *uv.TerminalRenderer
}

// newPainter returns a painter of a terminal that it has not touched yet.
func newPainter(t Terminal) *painter {
	p := &painter{
		out: t.Out, env: t.Env,
		want: frame{width: t.Width, height: t.Height, colours: t.Colours},
		news: make(chan struct{}, 1), end: make(chan struct{}), done: make(chan struct{}),
		cells: uv.NewScreenBuffer(t.Width, t.Height),
	}
	p.shown = p.want
	p.scr = uv.NewTerminalRenderer(&p.sent, t.Env)
	p.scr.SetColorProfile(t.Colours)
	p.scr.SetFullscreen(true)
	p.scr.SetRelativeCursor(false)
	p.scr.SetTabStops(-1)
	p.scr.SetMapNewline(!t.Raw)
	p.scr.SetScrollOptim(true)
	p.scr.Erase()
	return p
}

// hear takes in what a message says of the terminal.
func (p *painter) hear(msg tea.Msg) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		p.want.width, p.want.height, p.want.anew = msg.Width, msg.Height, true
	case tea.ColorProfileMsg:
		p.want.colours = msg.Profile
	case tea.ModeReportMsg:
		switch msg.Mode {
		case ansi.ModeSynchronizedOutput:
			p.want.synced = msg.Value == ansi.ModeReset
		case ansi.ModeUnicodeCore:
			p.want.clusters = msg.Value == ansi.ModeReset || msg.Value == ansi.ModeSet || msg.Value == ansi.ModePermanentlySet
		}
	default:
		p.want.anew = p.want.anew || msg == tea.ClearScreen()
	}
}

// show takes the newest frame. It does not wait for it to be drawn.
func (p *painter) show(v tea.View) {
	p.mu.Lock()
	p.want.content, p.want.mouse = v.Content, v.MouseMode
	p.mu.Unlock()
	select {
	case p.news <- struct{}{}:
	default: // the one before has not been looked at
	}
}

// run draws frames until the painter is to leave.
func (p *painter) run() {
	defer close(p.done)
	p.write(enter(p.env))
	rest := time.NewTimer(0)
	defer rest.Stop()
	for {
		select {
		case <-p.end:
			return
		case <-p.news:
		}
		select {
		case <-p.end:
			return
		case <-rest.C:
		}
		p.mu.Lock()
		f := p.want
		p.want.anew = false
		p.mu.Unlock()
		p.draw(f)
		rest.Reset(apart)
	}
}

// draw sends the difference between what is shown and the frame.
func (p *painter) draw(f frame) {
	if f == p.shown || f.content == "" {
		return
	}
	if f.anew {
		p.scr.Erase()
		p.scr.Resize(f.width, f.height)
	}
	if area := uv.Rect(0, 0, f.width, f.height); area != p.cells.Bounds() {
		p.scr.Erase()
		p.cells.Touched = nil // counted by lines that there are no more
		p.cells.Resize(f.width, f.height)
		p.lines = nil
	}
	p.turn(f)
	p.fill(strings.Split(f.content, "\n"))
	p.scr.Render(p.cells.RenderBuffer)
	_ = p.scr.Flush() // into memory
	text := p.sent.String()
	p.sent.Reset()
	if f.synced && text != "" {
		text = ansi.SetModeSynchronizedOutput + text + ansi.ResetModeSynchronizedOutput
	}
	p.write(text)
	f.anew = false
	p.shown = f
}

// fill puts lines into the cells, each of which begins and ends without any style.
// A line that is as before is left alone: reading it again is most of what a frame
// costs, and the renderer would send it again if a character in it is wide.
func (p *painter) fill(lines []string) {
	for y := range p.cells.Height() {
		line := ""
		if y < len(lines) {
			line = lines[y]
		}
		if y < len(p.lines) && p.lines[y] == line {
			continue
		}
		uv.NewStyledString(line).Draw(p.cells, uv.Rect(0, y, p.cells.Width(), 1))
	}
	p.lines = lines
}

// turn makes the terminal work as the frame needs it.
func (p *painter) turn(f frame) {
	if f.colours != p.shown.colours {
		p.scr.SetColorProfile(f.colours)
	}
	if f.clusters && !p.shown.clusters {
		_, _ = p.scr.WriteString(ansi.SetModeUnicodeCore) // into memory
		p.cells.Method = ansi.GraphemeWidth
		p.lines = nil
	}
	if f.mouse == p.shown.mouse {
		return
	}
	text := mouseOff
	if f.mouse != tea.MouseModeNone {
		text = mouseOn
	}
	_, _ = p.scr.WriteString(text)
}

// write sends text. Who cannot be written to any more ends the program by its input.
func (p *painter) write(text string) {
	if text != "" {
		_, _ = io.WriteString(p.out, text)
	}
}

// leave stops the painter and makes the terminal what it was before, once.
func (p *painter) leave() {
	p.once.Do(func() {
		close(p.end)
		<-p.done
		text := exit()
		if p.shown.mouse != tea.MouseModeNone {
			text = mouseOff + text
		}
		if p.shown.clusters {
			text = ansi.ResetModeUnicodeCore + text
		}
		p.write(text)
	})
}

// uncover is deferred where a panic may pass, so that what is printed of it can be
// read: on the terminal as it was before.
func (p *painter) uncover() {
	if broken := recover(); broken != nil {
		p.leave()
		panic(broken)
	}
}

// What is sent to a terminal whose wheel and clicks are of use, and are no more.
const (
	mouseOn  = ansi.SetModeMouseButtonEvent + ansi.SetModeMouseExtSgr
	mouseOff = ansi.ResetModeMouseButtonEvent + ansi.ResetModeMouseExtSgr
)

// exit ends what [enter] began.
func exit() string {
	return ansi.ResetModifyOtherKeys + ansi.PopKittyKeyboard(1) + ansi.ResetModeBracketedPaste +
		ansi.ResetModeAltScreenSaveCursor + ansi.SetModeTextCursorEnable
}

// enter takes the terminal's second screen, hides the cursor, and lets keys and what
// is pasted be told apart.
func enter(env uv.Environ) string {
	text := ansi.SetModeAltScreenSaveCursor + ansi.ResetModeTextCursorEnable + ansi.SetModeBracketedPaste +
		ansi.SetModifyOtherKeys2 + ansi.PushKittyKeyboard(1)
	if answers(env) {
		text += ansi.RequestModeSynchronizedOutput + ansi.RequestModeUnicodeCore
	}
	return text
}

// answers reports whether the terminal can be asked what it is able to do: one
// behind a further log-in may answer after the program has ended, into the shell.
func answers(env uv.Environ) bool {
	_, far := env.LookupEnv("SSH_TTY")
	return !far && !strings.Contains(env.Getenv("TERM_PROGRAM"), "Apple")
}
