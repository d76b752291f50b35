package main

import (
	"context"
	"errors"
	"sync"
	"time"

	"jindu/store"
	"jindu/store/sqlite"
)

// lasting reads a mirror that may be lost and come back: it is opened when it is
// first asked for, and anew after every error. A wall starts before its mirror is
// there, and nobody is at hand to start it again.
type lasting struct {
	open func(context.Context) (*sqlite.DB, error)

	mu    sync.Mutex
	shown *gallery // nil: the mirror is not open
}

// Snapshot reads one. What has failed is tried once more on a mirror opened anew,
// as it may be another file by now.
func (l *lasting) Snapshot(ctx context.Context, r store.SnapshotRequest) (*store.Snapshot, error) {
	var s *store.Snapshot
	err := l.try(ctx, func(g *gallery) (err error) {
		s, err = g.Snapshot(ctx, r)
		return err
	})
	return s, err
}

// Version returns a number that changes with every commit.
func (l *lasting) Version(ctx context.Context) (int64, error) {
	var n int64
	err := l.try(ctx, func(g *gallery) (err error) {
		n, err = g.db.DataVersion(ctx)
		return err
	})
	return n, err
}

// try does something with the mirror, and once more where that fails.
func (l *lasting) try(ctx context.Context, do func(*gallery) error) error {
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
func (l *lasting) gallery(ctx context.Context) (*gallery, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.shown != nil {
		return l.shown, nil
	}
	db, err := l.open(ctx)
	if err != nil {
		return nil, err
	}
	l.shown = &gallery{db: db}
	return l.shown, nil
}

// drop lets go of a mirror that failed, unless somebody has before.
func (l *lasting) drop(g *gallery) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.shown == g {
		l.shown = nil
		_ = g.db.Close() // what it had to say has been said
	}
}

// Close lets go of the mirror.
func (l *lasting) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.shown == nil {
		return nil
	}
	return l.shown.db.Close()
}

// watch rings when the mirror has new commits, is lost or is back.
func (l *lasting) watch(ctx context.Context, ring func()) error {
	seen, lost := l.Version(ctx)
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
			now, err := l.Version(ctx)
			if (err == nil) != (lost == nil) || err == nil && now != seen {
				ring()
			}
			if lost = err; err == nil {
				seen = now
			}
			if errors.Is(err, context.Canceled) {
				return nil
			}
		}
	}
}
