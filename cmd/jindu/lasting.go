package main

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"jindu/store"
	"jindu/store/sqlite"
	"jindu/tui"
)

// lasting reads a mirror that may be lost and come back: it is opened when it is
// first asked for, and anew after every error. A wall starts before its mirror is
// there, and nobody is at hand to start it again.
type lasting struct {
	open func(context.Context) (*sqlite.DB, error)
	// shown holds the open mirror, nil where it is not open. Who changes that takes it out.
	shown chan *hanging
	// opened counts how often: a version means something only beside others of one opening.
	opened atomic.Int64
}

// hanging is an open mirror and what shares its snapshots.
type hanging struct {
	*tui.Gallery
	db *sqlite.DB
}

// newLasting returns a reader of a mirror that has not been opened yet.
func newLasting(open func(context.Context) (*sqlite.DB, error)) *lasting {
	l := &lasting{open: open, shown: make(chan *hanging, 1)}
	l.shown <- nil
	return l
}

// Snapshot reads one. What has failed is tried once more on a mirror opened anew,
// as it may be another file by now.
func (l *lasting) Snapshot(ctx context.Context, r store.SnapshotRequest) (*store.Snapshot, error) {
	var s *store.Snapshot
	err := l.try(ctx, func(g *hanging) (err error) {
		s, err = g.Snapshot(ctx, r)
		return err
	})
	return s, err
}

// Version returns a number that changes with every commit.
func (l *lasting) Version(ctx context.Context) (int64, error) {
	var n int64
	err := l.try(ctx, func(g *hanging) (err error) {
		n, err = g.db.DataVersion(ctx)
		return err
	})
	return n, err
}

// try does something with the mirror, and once more where that fails.
func (l *lasting) try(ctx context.Context, do func(*hanging) error) error {
	var err error
	for range 2 {
		g, opening := l.gallery(ctx)
		if opening != nil {
			return opening
		}
		if err = do(g); err == nil || ctx.Err() != nil {
			return err
		}
		l.drop(g)
	}
	return err
}

// gallery returns what shares snapshots of the open mirror.
func (l *lasting) gallery(ctx context.Context) (*hanging, error) {
	g := <-l.shown
	defer func() { l.shown <- g }()
	if g != nil {
		return g, nil
	}
	db, err := l.open(ctx)
	if err != nil {
		return nil, err
	}
	g = &hanging{galleryOf(db), db}
	l.opened.Add(1)
	return g, nil
}

// drop lets go of a mirror that failed, unless somebody has before.
func (l *lasting) drop(failed *hanging) {
	g := <-l.shown
	if g == failed && g != nil {
		g = nil
		_ = failed.db.Close() // what it had to say has been said
	}
	l.shown <- g
}

// Close lets go of the mirror.
func (l *lasting) Close() error {
	g := <-l.shown
	l.shown <- nil
	if g == nil {
		return nil
	}
	return g.db.Close()
}

// watch rings when the mirror has new commits, is lost or is back: also where it was
// back and lost again between two looks, as somebody may have read it meanwhile.
func (l *lasting) watch(ctx context.Context, ring func()) error {
	seen, lost := l.Version(ctx)
	opened := l.opened.Load()
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
			now, err := l.Version(ctx)
			again := l.opened.Load()
			if (err == nil) != (lost == nil) || err == nil && now != seen || again != opened {
				ring()
			}
			opened = again
			if lost = err; err == nil {
				seen = now
			}
			if errors.Is(err, context.Canceled) {
				return nil
			}
		}
	}
}
