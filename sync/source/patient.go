package source

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"jindu/store"
)

// Patient bounds a source whose calls may hang beyond any context, as the
// system calls of a dead network mount do. A call that takes too long is
// abandoned; while more than a few are, the source is not asked again, so that
// they cannot pile up.
type Patient struct {
	source  Source
	name    string
	list    time.Duration
	fetch   time.Duration
	pending atomic.Int32
}

// The most calls that may hang at once.
const maxHanging = 4

// NewPatient wraps the source of that name: a listing may take list, the
// fetching of one file fetch.
func NewPatient(s Source, name string, list, fetch time.Duration) *Patient {
	return &Patient{source: s, name: name, list: list, fetch: fetch}
}

// List lists the source, or gives up after the time that a listing may take.
func (p *Patient) List(ctx context.Context) ([]Entry, error) {
	return bounded(ctx, p, p.list, p.source.List)
}

// Fetch fetches the entry, or gives up after the time that a file may take.
func (p *Patient) Fetch(ctx context.Context, e Entry) ([]byte, error) {
	return bounded(ctx, p, p.fetch, func(ctx context.Context) ([]byte, error) {
		return p.source.Fetch(ctx, e)
	})
}

// answer is what a call came back with.
type answer[T any] struct {
	value T
	err   error
}

// bounded runs the call beside itself and waits for it as long as the limit and
// the context allow; a call that is given up ends whenever it does, into a channel
// that nobody reads.
func bounded[T any](ctx context.Context, p *Patient, limit time.Duration, call func(context.Context) (T, error)) (T, error) {
	var none T
	if p.pending.Add(1) > maxHanging {
		p.pending.Add(-1)
		return none, store.NewError("source_slow", nil, p.name)
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	done := make(chan answer[T], 1) // buffered: an abandoned call can still end
	go func() {
		defer p.pending.Add(-1)
		defer func() {
			if v := recover(); v != nil {
				// The type alone: the value may quote what was being read.
				done <- answer[T]{none, store.NewError("source_failed", fmt.Errorf("panic: %T", v), p.name)}
			}
		}()
		value, err := call(ctx)
		done <- answer[T]{value, err}
	}()
	select {
	case a := <-done:
		return a.value, a.err
	case <-ctx.Done():
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			return none, store.NewError("source_slow", ctx.Err(), p.name)
		}
		return none, ctx.Err()
	}
}
