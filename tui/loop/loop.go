// Package loop is what the message loops of the board and of the wall have in
// common: how a program is run, and how it waits for a channel or a moment.
package loop

import (
	"context"
	"errors"
	"io"
	"time"

	tea "charm.land/bubbletea/v2"
)

// Run runs a model until it quits or the context ends, which is no error. What the
// model waits for has to end with the context that it is made with. The renderer
// wakes so many times a second to see whether there is a new frame.
func Run(ctx context.Context, with func(context.Context) tea.Model, in io.Reader, out io.Writer, frames int) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	p := tea.NewProgram(with(ctx), tea.WithContext(ctx), tea.WithInput(in), tea.WithOutput(out), tea.WithFPS(frames))
	_, err := p.Run()
	if ctx.Err() != nil && errors.Is(err, tea.ErrProgramKilled) {
		return nil // the context ended: asked for, not killed
	}
	return err
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
