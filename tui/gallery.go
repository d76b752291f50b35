package tui

import (
	"context"
	"slices"
	"sync"
	"time"

	"jindu/store"
	"jindu/tui/page"
)

// mostHung is how many boards hang at once: of now, and of the periods and moments
// that people look back at.
const mostHung = 12

// Gallery is a [Reader] that reads once for all who ask for the same: sessions
// share the snapshot and what its pages are worked out from. It is safe for use by
// many sessions at once.
type Gallery struct {
	Reader
	version func(ctx context.Context) (int64, error)
	first   chan struct{}
	opened  sync.Once

	mu   sync.Mutex
	hung []*hung // the one asked for last comes first
}

// hung is a board that hangs, or is being painted.
type hung struct {
	period  store.Period
	beside  store.Period
	asOf    time.Time
	until   time.Time // states depend on the time of day, so it hangs for a minute
	version int64
	done    chan struct{} // closed when there is a board, or an error
	board   *page.Board
	err     error
}

// NewGallery returns a gallery before the reader. version tells whether the mirror
// has changed since; it has to be cheap.
func NewGallery(from Reader, version func(ctx context.Context) (int64, error)) *Gallery {
	return &Gallery{Reader: from, version: version, first: make(chan struct{})}
}

// First is closed when somebody has got a board, or learned that there is none.
func (g *Gallery) First() <-chan struct{} { return g.first }

// Snapshot returns the snapshot that hangs, or reads one.
func (g *Gallery) Snapshot(ctx context.Context, r store.SnapshotRequest) (*store.Snapshot, error) {
	b, err := g.Board(ctx, r)
	if err != nil {
		return nil, err
	}
	return b.Snapshot, nil
}

// Board returns the board that hangs, or makes one. Who asks while it is made
// waits for it; the reading goes on though the first to ask has left.
func (g *Gallery) Board(ctx context.Context, r store.SnapshotRequest) (*page.Board, error) {
	version, err := g.version(ctx)
	if err != nil {
		return nil, err
	}
	h, mine := g.hang(r, version)
	if mine {
		g.paint(context.WithoutCancel(ctx), h, r)
	}
	select {
	case <-h.done:
		return h.board, h.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// hang finds the board, or makes a place for one that the caller has to paint.
func (g *Gallery) hang(r store.SnapshotRequest, version int64) (h *hung, mine bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for i, h := range g.hung {
		if h.version == version && h.period == r.Period && h.beside == r.Beside && h.asOf.Equal(r.AsOf) && r.Now.Before(h.until) {
			copy(g.hung[1:i+1], g.hung[:i])
			g.hung[0] = h
			return h, false
		}
	}
	h = &hung{
		period: r.Period, beside: r.Beside, asOf: r.AsOf, version: version,
		until: r.Now.Truncate(time.Minute).Add(time.Minute), done: make(chan struct{}),
	}
	g.hung = slices.DeleteFunc(g.hung, func(old *hung) bool { // a newer one takes its place
		return old.period == h.period && old.beside == h.beside && old.asOf.Equal(h.asOf)
	})
	g.hung = slices.Insert(g.hung, 0, h)
	if len(g.hung) > mostHung {
		g.hung = slices.Delete(g.hung, mostHung, len(g.hung))
	}
	return h, true
}

// paint reads the snapshot and makes its board. What failed does not hang.
func (g *Gallery) paint(ctx context.Context, h *hung, r store.SnapshotRequest) {
	defer close(h.done)
	s, err := g.Reader.Snapshot(ctx, r)
	if err != nil {
		h.err = err
		g.mu.Lock()
		g.hung = slices.DeleteFunc(g.hung, func(one *hung) bool { return one == h })
		g.mu.Unlock()
	} else {
		h.board = page.NewBoard(s)
	}
	g.opened.Do(func() { close(g.first) }) // a mirror that cannot be read is no reason not to pull
}
