package sync

import (
	"cmp"
	"context"
	"errors"
	"path"
	"slices"
	"strings"

	"jindu/store"
)

// inOrder runs do for every item, so many at once, and then for each result in
// the order of the items. It returns after everything that it started has
// ended; the first error of then ends it, and so does the context.
func inOrder[T any](ctx context.Context, items []T, workers int, do func(context.Context, T) T, then func(T) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	type slot chan T
	queue := make(chan slot, workers-1)
	go func() {
		defer close(queue)
		for _, item := range items {
			s := make(slot, 1)
			select {
			case queue <- s: // waits while so many are under way
			case <-ctx.Done():
				return
			}
			go func() { s <- do(ctx, item) }()
		}
	}()
	var first error
	for s := range queue {
		item := <-s
		if first == nil {
			if first = ctx.Err(); first == nil {
				first = then(item)
			}
			if first != nil {
				cancel()
			}
		}
	}
	if first == nil {
		first = ctx.Err()
	}
	return first
}

// byName orders files by folder and then by name without extension: a copy or a
// correction, which has a longer name, comes after what it is a copy of.
func byName(a, b *file) int {
	stem := func(f *file) string { return strings.TrimSuffix(path.Base(f.path), path.Ext(f.path)) }
	return cmp.Or(
		strings.Compare(path.Dir(a.path), path.Dir(b.path)),
		strings.Compare(stem(a), stem(b)),
		strings.Compare(a.path, b.path),
	)
}

// byPeriod orders readings by the last period that they state.
func byPeriod(a, b *file) int { return last(a.reading).Time().Compare(last(b.reading).Time()) }

// last returns the end of the last period that a reading states; ledgers and
// refused files state none and come first.
func last(rd *store.Reading) store.Date {
	var end store.Date
	for _, s := range rd.Statements {
		if e := s.Period.End(); e.After(end) {
			end = e
		}
	}
	return end
}

func sorted(s []string) []string {
	slices.Sort(s)
	return s
}

// reason returns the code under which an error is told and its arguments; an
// error of no code keeps nothing but the fact.
func reason(err error) (code string, args []string) {
	var e *store.Error
	if errors.As(err, &e) {
		return e.Code, e.Args
	}
	return "unreadable_file", nil
}

// Say returns the sentence for a person: an error that has none is told by its
// own text.
func Say(err error, l store.Lang) string {
	var e *store.Error
	if errors.As(err, &e) {
		return e.Message(l)
	}
	return err.Error()
}
