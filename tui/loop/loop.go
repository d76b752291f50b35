// Package loop is what the message loops of the board and of the wall have in
// common: how a program is run, and how it waits for a channel or a moment.
package loop

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"
)

// Run runs a model until it quits or the context ends, which is no error. What the
// model waits for has to end with the context that it is made with.
func Run(ctx context.Context, with func(context.Context) tea.Model, in io.Reader, out io.Writer) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	t := Terminal{In: in, Out: out, Env: os.Environ(), Colours: colorprofile.Detect(out, os.Environ())}
	t.Width, t.Height = sizeOf(out)
	if keys, ok := in.(term.File); ok && term.IsTerminal(keys.Fd()) {
		before, err := term.MakeRaw(keys.Fd())
		if err != nil {
			return err
		}
		defer func() { _ = term.Restore(keys.Fd(), before) }() // the program is over
		t.Raw = true
	}
	p := New(with(ctx), t, tea.WithContext(ctx))
	defer follow(p, out)()
	err := p.Run()
	if ctx.Err() != nil && errors.Is(err, tea.ErrProgramKilled) {
		return nil // the context ended: asked for, not killed
	}
	return err
}

// The size of a terminal that does not tell its own.
const (
	usualWidth  = 80
	usualHeight = 24
)

// sizeOf returns the size of a terminal.
func sizeOf(out io.Writer) (width, height int) {
	if f, ok := out.(term.File); ok {
		if w, h, err := term.GetSize(f.Fd()); err == nil && w > 0 && h > 0 {
			return w, h
		}
	}
	return usualWidth, usualHeight
}

// follow tells the program whenever the terminal has another size, until it is
// stopped.
func follow(p *Program, out io.Writer) (stop func()) {
	f, ok := out.(term.File)
	if !ok || !term.IsTerminal(f.Fd()) {
		return func() {}
	}
	changed := make(chan os.Signal, 1) // of many changes the last one counts
	signal.Notify(changed, syscall.SIGWINCH)
	over, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-over:
				return
			case <-changed:
				w, h := sizeOf(out)
				p.Send(tea.WindowSizeMsg{Width: w, Height: h})
			}
		}
	}()
	return func() {
		signal.Stop(changed)
		close(over)
		<-done
	}
}

// Await waits for what a channel receives next; a nil one is never waited for.
func Await[T any](ctx context.Context, c <-chan T, message func(T) tea.Msg) tea.Cmd {
	if c == nil {
		return nil
	}
	return func() tea.Msg {
		select {
		case <-ctx.Done():
			return nil
		case v, ok := <-c:
			if !ok {
				return nil
			}
			return message(v)
		}
	}
}

// Sleep waits for so long, and gives what the clock shows then.
func Sleep(ctx context.Context, clock func() time.Time, d time.Duration, message func(time.Time) tea.Msg) tea.Msg {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return nil
	case <-timer.C:
		return message(clock())
	}
}
