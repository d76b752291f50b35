package wall

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"jindu/store"
	"jindu/tui/loop"
	"jindu/tui/page"
)

// loaded brings a snapshot, made into a board beside the message loop. turn says
// which request it answers: answers that come too late are dropped.
type loaded struct {
	turn  int
	board *page.Board
	err   error
}

// changed says that the mirror has new commits.
type changed struct{}

// woken says that something on the screen is to change by now.
type woken struct {
	turn int
	at   time.Time
}

// loadTime is how long a snapshot may take before another one is asked for.
const loadTime = 2 * time.Minute

// load reads a snapshot and masks it: what must not be seen never gets near the screen.
func load(ctx context.Context, o Options, turn int, request store.SnapshotRequest) tea.Cmd {
	if o.Reader == nil {
		return nil
	}
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, loadTime)
		defer cancel()
		s, err := o.Reader.Snapshot(ctx, request)
		if err != nil {
			return loaded{turn: turn, err: err}
		}
		if !o.Open {
			s = s.Masked()
		}
		return loaded{turn: turn, board: page.NewBoard(s)}
	}
}

// awaitChange waits for the mirror's next commit.
func awaitChange(ctx context.Context, c <-chan struct{}) tea.Cmd {
	return loop.Await(ctx, c, func(struct{}) tea.Msg { return changed{} })
}

// wake waits until a moment.
func wake(ctx context.Context, clock func() time.Time, turn int, until time.Time) tea.Cmd {
	return func() tea.Msg {
		return loop.Sleep(ctx, clock, until.Sub(clock()), func(at time.Time) tea.Msg { return woken{turn, at} })
	}
}
