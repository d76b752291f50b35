package loop_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"

	"jindu/tui/loop"
)

// sign shows its text, which a message replaces; "!" breaks it.
type sign struct{ text string }

func (s sign) Init() tea.Cmd { return nil }

func (s sign) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	text, ok := msg.(string)
	switch {
	case !ok:
	case text == "!":
		panic("broken")
	case text == "?":
		return s, func() tea.Msg { panic("broken beside the loop") }
	default:
		s.text = text
	}
	return s, nil
}

func (s sign) View() tea.View { return tea.NewView(s.text) }

// desk is an emulated terminal with a program on it.
type desk struct {
	*loop.Program
	mu     sync.Mutex
	screen *vt.Emulator
	sent   strings.Builder
	writes int
	deaf   chan struct{} // nil, or it reads nothing until this is closed
	done   chan error
}

func (d *desk) Write(b []byte) (int, error) {
	d.mu.Lock()
	deaf := d.deaf
	d.mu.Unlock()
	if deaf != nil {
		<-deaf
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.writes++
	d.sent.Write(b)
	_, err := d.screen.WriteString(strings.ReplaceAll(string(b), "\n", "\r\n"))
	return len(b), err
}

// seen is the first line, and how often anything was written.
func (d *desk) seen() (line string, writes int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	line, _, _ = strings.Cut(d.screen.String(), "\n")
	return strings.TrimRight(line, " "), d.writes
}

// ended waits until the program has.
func (d *desk) ended() error {
	err := <-d.done
	d.mu.Lock()
	defer d.mu.Unlock()
	_ = d.screen.Close()
	return err
}

// put puts a sign on a desk; its terminal answers nothing.
func put(text string) *desk {
	d := &desk{screen: vt.NewEmulator(40, 4), done: make(chan error, 1)}
	d.Program = loop.New(sign{text}, loop.Terminal{
		In: strings.NewReader(""), Out: d, Env: []string{"TERM=xterm-256color", "SSH_TTY=/dev/pts/0"}, // it is not asked anything
		Width: 40, Height: 4, Colours: colorprofile.TrueColor,
	}, tea.WithoutSignalHandler())
	go func() { d.done <- d.Run() }()
	return d
}

// A frame is drawn when it is there, not when a clock says so: no time passes here
// but what the test lets pass.
func TestAFrameIsDrawnAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := put("one")
		synctest.Wait()
		if line, _ := d.seen(); line != "one" {
			t.Errorf("at the start: %q", line)
		}
		time.Sleep(time.Second)
		began := time.Now()
		d.Send("two")
		synctest.Wait()
		if line, _ := d.seen(); line != "two" || time.Since(began) > 0 {
			t.Errorf("%q after %v", line, time.Since(began))
		}
		d.Quit()
		if err := d.ended(); err != nil {
			t.Error(err)
		}
	})
}

// Of frames that come faster than anybody sees, the last is drawn.
func TestFramesThatNobodyWouldSeeAreNotDrawn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := put("start")
		time.Sleep(time.Second)
		_, before := d.seen()
		for range 100 {
			d.Send("between")
			d.Send("other")
		}
		d.Send("last")
		time.Sleep(20 * time.Millisecond)
		if line, writes := d.seen(); line != "last" || writes-before > 2 {
			t.Errorf("%q after %d frames", line, writes-before)
		}
		d.Quit()
		if err := d.ended(); err != nil {
			t.Error(err)
		}
	})
}

// Messages that change nothing on the screen, and hours in which none comes, send
// nothing.
func TestWhatChangesNothingSendsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := put("same")
		time.Sleep(time.Second)
		_, before := d.seen()
		for range 10 {
			d.Send("same")
			time.Sleep(time.Hour)
		}
		if _, writes := d.seen(); writes != before {
			t.Errorf("written %d times", writes-before)
		}
		d.Quit()
		if err := d.ended(); err != nil {
			t.Error(err)
		}
	})
}

// A terminal that does not read holds up its own frames and not the messages.
func TestADeafTerminalDoesNotStopTheLoop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := put("one")
		time.Sleep(time.Second)
		d.mu.Lock()
		d.deaf = make(chan struct{})
		d.mu.Unlock()
		for range 1000 {
			d.Send("again")
			d.Send("and again")
		}
		d.Send("heard")
		time.Sleep(time.Hour)
		if line, _ := d.seen(); line != "one" {
			t.Errorf("%q on a terminal that reads nothing", line)
		}
		close(d.deaf)
		time.Sleep(time.Second)
		if line, _ := d.seen(); line != "heard" {
			t.Errorf("%q when it reads again", line)
		}
		d.Quit()
		if err := d.ended(); err != nil {
			t.Error(err)
		}
	})
}

// Another size, and a person who asks for it, draw the screen anew.
func TestASecondScreenIsWhole(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := put("云岭区")
		time.Sleep(time.Second)
		d.mu.Lock()
		_, _ = d.screen.WriteString("\x1b[2J\x1b[Hrubbish of another program")
		d.mu.Unlock()
		d.Send(tea.ClearScreen())
		time.Sleep(time.Second)
		if line, _ := d.seen(); line != "云岭区" {
			t.Errorf("asked for: %q", line)
		}
		d.mu.Lock()
		d.screen.Resize(20, 8)
		_, _ = d.screen.WriteString("\x1b[2J")
		d.mu.Unlock()
		d.Send(tea.WindowSizeMsg{Width: 20, Height: 8})
		time.Sleep(time.Second)
		if line, _ := d.seen(); line != "云岭区" {
			t.Errorf("of another size: %q", line)
		}
		d.Quit()
		if err := d.ended(); err != nil {
			t.Error(err)
		}
	})
}

// A terminal that shows frames whole is sent them with the marks for it.
func TestFramesAreMarkedWhereTheTerminalKnowsTheMarks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := put("one")
		time.Sleep(time.Second)
		d.Send(tea.ModeReportMsg{Mode: ansi.ModeSynchronizedOutput, Value: ansi.ModeReset})
		d.Send("two")
		time.Sleep(time.Second)
		d.mu.Lock()
		last := d.sent.String()
		d.mu.Unlock()
		if !strings.HasSuffix(last, ansi.ResetModeSynchronizedOutput) || !strings.Contains(last, ansi.SetModeSynchronizedOutput) {
			t.Errorf("sent: %q", last)
		}
		d.Quit()
		if err := d.ended(); err != nil {
			t.Error(err)
		}
	})
}

// However it ends, the terminal is left as it was found, before anything is said of
// the reason: what is printed on the second screen is lost with it.
func TestTheTerminalIsLeftAsItWas(t *testing.T) {
	for name, end := range map[string]func(*desk){
		"asked to":               func(d *desk) { d.Quit() },
		"killed":                 func(d *desk) { d.Send("begun"); d.Kill() },
		"a panic":                func(d *desk) { d.Send("!") },
		"a panic in a command":   func(d *desk) { d.Send("?") },
		"nothing was ever shown": func(d *desk) { d.Send(""); d.Quit() },
	} {
		t.Run(name, func(t *testing.T) {
			d := put("one")
			end(d)
			err := d.ended()
			if wrong := strings.Contains(name, "panic"); wrong != errors.Is(err, tea.ErrProgramPanic) {
				t.Errorf("ended with %v", err)
			}
			sent := d.sent.String()
			for on, off := range map[string]string{
				ansi.SetModeAltScreenSaveCursor: ansi.ResetModeAltScreenSaveCursor,
				ansi.ResetModeTextCursorEnable:  ansi.SetModeTextCursorEnable,
				ansi.SetModeBracketedPaste:      ansi.ResetModeBracketedPaste,
				ansi.SetModifyOtherKeys2:        ansi.ResetModifyOtherKeys,
				ansi.PushKittyKeyboard(1):       ansi.PopKittyKeyboard(1),
			} {
				if strings.Count(sent, on) != 1 || strings.Count(sent, off) != 1 || strings.Index(sent, on) > strings.Index(sent, off) {
					t.Errorf("%q and %q in %q", on, off, sent)
				}
			}
		})
	}
}

// The context ends the program, and that is no error.
func TestRunEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	keys, typing := io.Pipe()
	defer func() { _ = typing.Close() }()
	done := make(chan error, 1)
	go func() {
		done <- loop.Run(ctx, func(context.Context) tea.Model { return sign{"one"} }, keys, io.Discard)
	}()
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}
