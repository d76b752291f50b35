package tui

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

// minute says that the clock shows another minute.
type minute struct{ at time.Time }

// pullText is the text of a pull under way; empty when it is over.
type pullText struct{ text string }

// pulled says how a pull that was asked for has ended.
type pulled struct{ err error }

// origin brings what is known of a figure's past and of the cells around it.
type origin struct {
	key        store.Key
	versions   []store.Figure
	neighbours []store.Neighbour
	course     store.Series // of two years: longer than the snapshot's
	err        error
}

// learned brings what was known of an indicator and when. of says which question
// it answers.
type learned struct {
	of      question
	learned []store.Learned
	err     error
}

// question is what was asked about an indicator: of which state of the mirror.
type question struct {
	indicator string
	period    store.Period
	asOf      time.Time
	version   int64
}

// exported says where a view was written, or brings it for the clipboard; or says
// why not.
type exported struct {
	path string
	text string
	err  error
}

// asked brings what an officer can decide about a figure, or says why that cannot be
// told. of and turn say which question it answers.
type asked struct {
	of       *deciding
	turn     int
	question store.Question
	err      error
}

// listed brings the questions about all that waits under the cursor, or says why that
// cannot be told. of and turn are as in asked.
type listed struct {
	of        *undecided
	turn      int
	questions []store.Question
	err       error
}

// entered says how a decision has ended; taken is false where another process has
// yet to take it in.
type entered struct {
	of      *deciding
	verdict verdict
	taken   bool
	err     error
}

// found brings the hits for the words that were typed.
type found struct {
	words string
	hits  []Hit
}

// load reads a snapshot.
func load(ctx context.Context, r Reader, turn int, request store.SnapshotRequest) tea.Cmd {
	if r == nil {
		return nil
	}
	if g, ok := r.(*Gallery); ok {
		return func() tea.Msg {
			b, err := g.Board(ctx, request)
			return loaded{turn: turn, board: b, err: err}
		}
	}
	return func() tea.Msg {
		s, err := r.Snapshot(ctx, request)
		if err != nil {
			return loaded{turn: turn, err: err}
		}
		return loaded{turn: turn, board: page.NewBoard(s)}
	}
}

// awaitChange waits for the mirror's next commit.
func awaitChange(ctx context.Context, c <-chan struct{}) tea.Cmd {
	return loop.Await(ctx, c, func(struct{}) tea.Msg { return changed{} })
}

// awaitPullText waits for the next word of a pull under way.
func awaitPullText(ctx context.Context, c <-chan string) tea.Cmd {
	return loop.Await(ctx, c, func(text string) tea.Msg { return pullText{text} })
}

// nextMinute wakes when the clock's minute changes.
func nextMinute(ctx context.Context, clock func() time.Time) tea.Cmd {
	if clock == nil {
		return nil
	}
	return func() tea.Msg {
		now := clock()
		left := now.Truncate(time.Minute).Add(time.Minute).Sub(now)
		return loop.Sleep(ctx, clock, left, func(at time.Time) tea.Msg { return minute{at} })
	}
}

// pull asks for a pull of all sources.
func pull(ctx context.Context, do func(context.Context) error) tea.Cmd {
	return func() tea.Msg { return pulled{do(ctx)} }
}

// Cells around a figure that its origin shows.
const (
	neighbourRows = 1
	neighbourCols = 3
)

// trace reads a figure's versions, the cells around it and its course.
func trace(ctx context.Context, r Reader, f store.Figure, asOf time.Time) tea.Cmd {
	if r == nil {
		return nil
	}
	return func() tea.Msg {
		out := origin{key: f.Key}
		out.versions, out.err = r.Versions(ctx, f.Key, asOf)
		if out.err == nil && f.Cell.Ref != "" {
			out.neighbours, out.err = r.Neighbours(ctx, f.Cell, neighbourRows, neighbourCols)
		}
		if out.err == nil {
			out.course, out.err = r.Course(ctx, f.Unit, f.Indicator, f.Period, store.SeriesMonths, asOf)
		}
		return out
	}
}
