package tui_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/vt"

	"jindu/tui"
	"jindu/tui/loop"
	"jindu/tui/tuitest"
)

// watched is a board that tells what it has drawn and what it still waits for.
type watched struct {
	tea.Model
	frames  atomic.Int64 // how often View was called
	waiting atomic.Int64 // commands whose answers have not been drawn
	taken   int64        // answers that are to be drawn
	last    atomic.Pointer[tea.View]
}

// Init counts what it starts.
func (w *watched) Init() tea.Cmd { return w.counted(w.Model.Init()) }

// answer is what a command of the board has answered.
type answer struct{ msg tea.Msg }

// Update passes on.
func (w *watched) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if a, ok := msg.(answer); ok {
		msg = a.msg
		w.taken++
	}
	m, cmd := w.Model.Update(msg)
	w.Model = m
	return w, w.counted(cmd)
}

// View keeps what it passes on.
func (w *watched) View() tea.View {
	v := w.Model.View()
	w.last.Store(&v)
	w.frames.Add(1)
	w.waiting.Add(-w.taken)
	w.taken = 0
	return v
}

// counted counts a command until its answer is drawn. What bubbletea
// itself is asked for stays as it is, for it to see.
func (w *watched) counted(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	w.waiting.Add(1)
	return func() tea.Msg {
		msg := cmd()
		if all, ok := msg.(tea.BatchMsg); ok {
			for i := range all {
				all[i] = w.counted(all[i])
			}
		}
		if msg == nil || strings.Contains(reflect.TypeOf(msg).PkgPath(), "bubbletea") {
			w.waiting.Add(-1)
			return msg
		}
		return answer{msg}
	}
}

// terminal is an emulated terminal, and a board on it that bubbletea's own
// renderer draws, frame after frame.
type terminal struct {
	testing.TB
	w, h    int
	board   *watched
	program *loop.Program
	mu      sync.Mutex
	screen  *vt.Emulator
	sent    bytes.Buffer
	frame   string       // the last one
	drawn   *vt.Emulator // what it draws on an empty terminal
}

// Write is what the program sends. The terminal turns a line feed into a new line,
// as one does that has not been made raw.
func (t *terminal) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sent.Write(b)
	_, err := t.screen.Write(bytes.ReplaceAll(b, []byte("\n"), []byte("\r\n")))
	return len(b), err
}

// onTerminal opens a board on a terminal of w x h cells that shows all colours and
// answers what it is asked.
func onTerminal(tb testing.TB, w, h int, change func(*tui.Options)) *terminal {
	tb.Helper()
	o := tui.Options{Reader: newReader(tb), Clock: tuitest.Now}
	if change != nil {
		change(&o)
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel() // so that nothing waits for the clock or a channel
	t := &terminal{TB: tb, w: w, h: h, board: &watched{Model: tui.New(o).Within(ended)}, screen: vt.NewEmulator(w, h)}
	t.program = loop.New(t.board, loop.Terminal{
		In: t.screen, Out: t, Env: []string{"TERM=xterm-256color"}, Width: w, Height: h, Colours: colorprofile.TrueColor,
	}, tea.WithoutSignalHandler())
	done := make(chan error, 1)
	go func() { done <- t.program.Run() }()
	tb.Cleanup(func() {
		t.program.Quit()
		if err := <-done; err != nil {
			tb.Error(err)
		}
		if keys, ok := t.screen.InputPipe().(io.Closer); ok { // what reads them may still be waiting
			_ = keys.Close()
		}
	})
	t.settle()
	return t
}

// press presses keys one after another, as [session.press] does.
func (t *terminal) press(keys string) *terminal {
	t.Helper()
	for _, k := range keysOf(keys) {
		t.send(keyOf(k))
	}
	return t
}

// send sends a message and waits until the terminal shows what came of it.
func (t *terminal) send(msg tea.Msg) {
	t.Helper()
	before := t.board.frames.Load()
	t.program.Send(msg)
	for end := time.Now().Add(20 * time.Second); t.board.frames.Load() == before; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%v is never drawn", msg)
		}
	}
	t.settle()
}

// settle waits until nothing is waited for and the terminal, which changes have
// made, shows cell by cell what the last frame draws on an empty one.
func (t *terminal) settle() {
	t.Helper()
	calm, where := 0, "there is none"
	for end := time.Now().Add(20 * time.Second); calm < 2; time.Sleep(2 * time.Millisecond) {
		frames, last := t.board.frames.Load(), t.board.last.Load()
		idle := last != nil && t.board.waiting.Load() == 0
		if idle {
			where = t.differs(last.Content)
		}
		if idle && where == "" && frames == t.board.frames.Load() {
			calm++
			continue
		}
		calm = 0
		if time.Now().After(end) {
			t.Fatalf("the terminal never shows the last frame: %s\n%s", where, t.text())
		}
	}
}

// differs compares the terminal with a frame that is drawn on an empty one, and
// returns the first place where they are not the same.
func (t *terminal) differs(frame string) string {
	t.Helper()
	if t.drawn == nil || t.frame != frame {
		if t.drawn != nil {
			_ = t.drawn.Close()
		}
		t.drawn, t.frame = vt.NewEmulator(t.w, t.h), frame
		if _, err := t.drawn.WriteString(strings.ReplaceAll(frame, "\n", "\r\n")); err != nil {
			t.Fatal(err)
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for y := range t.h {
		for x := range t.w {
			if p, q := t.screen.CellAt(x, y), t.drawn.CellAt(x, y); p.Equal(q) {
				continue
			}
			if have, want := placeAt(t.screen, x, y), placeAt(t.drawn, x, y); have != want {
				return fmt.Sprintf("column %d of line %d is %+v, not %+v", x+1, y+1, have, want)
			}
		}
	}
	return ""
}

// place is what one cell of a terminal shows.
type place struct {
	text  string // "" is a blank
	width int
	look  string
}

// reversed is the attribute of a cell whose ink and ground have changed places.
const reversed = 1 << 5

// placeAt reads a cell. The ink of a blank is nothing that anybody sees.
func placeAt(screen *vt.Emulator, x, y int) place {
	c := screen.CellAt(x, y)
	if c == nil {
		return place{width: 1}
	}
	p, s := place{text: strings.TrimSpace(c.Content), width: c.Width}, c.Style
	if p.text == "" {
		s.Fg, s.Attrs = nil, s.Attrs&reversed
	}
	if !s.IsZero() {
		p.look = fmt.Sprint(s.Fg, " on ", s.Bg, " ", s.Attrs, " ", s.Underline)
	}
	return p
}

// row reads one line of the terminal cell by cell.
func (t *terminal) row(y int) []place {
	t.mu.Lock()
	defer t.mu.Unlock()
	out := make([]place, t.w)
	for x := range out {
		out[x] = placeAt(t.screen, x, y)
	}
	return out
}

// text is what stands on the terminal, with every wide character over two cells.
func (t *terminal) text() string {
	t.Helper()
	lines := make([]string, t.h)
	for y := range lines {
		var b strings.Builder
		for x, one := range t.row(y) {
			switch {
			case one.width == 0:
			case one.width == 2 && x+1 == t.w:
				t.Errorf("line %d ends in half a character", y+1)
			case one.text == "":
				b.WriteString(strings.Repeat(" ", one.width))
			default:
				b.WriteString(one.text)
			}
		}
		lines[y] = strings.TrimRight(b.String(), " ")
	}
	return strings.Join(lines, "\n")
}

// taken returns what has been sent so far and forgets it.
func (t *terminal) taken() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	defer t.sent.Reset()
	return t.sent.String()
}
