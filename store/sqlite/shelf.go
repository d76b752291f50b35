package sqlite

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"jindu/store"
)

// shelf keeps what was read of the ledgers' rows, so that a snapshot reads only
// the files whose rows have changed since: a row is never changed once it is
// written, it only ends, and decoding tens of thousands takes longer than all the
// rest of a snapshot. Sessions use it at once.
type shelf[T any] struct {
	table string
	query string // columns of a row, its file, known_from and heading first
	scan  func(scan func(...any) error, file, known, heading *int64) (T, error)
	unit  func(*T) string
	cell  func(*T) *store.Cell
	since func(*T, store.Date) bool   // of that day or later, or of no day
	once  func([]*leaf[T]) []*leaf[T] // leaves out what an other file lists as well
	order func(a, b *leaf[T]) int     // in which they are shown
	mu    sync.Mutex                  // guards what follows
	held  map[stack]folio[T]          // the rows of a file
	last  [2]bundle[T]                // what was put together last: of now, and of the past
}

// leaf is one row, with what it refers to by number.
type leaf[T any] struct {
	row     T
	file    int64
	known   int64 // known_from
	heading int64
	rank    int // of its unit
}

// stack names the rows of a file that stand at a moment. The newest of them and
// their number say which they are: where one ends the number falls, and one that
// comes is newer than all before it, since moments never repeat.
type stack struct{ file, newest, rows int64 }

// folio is the rows of a stack as they were read: where their cells are is still
// missing, since a file may be renamed.
type folio[T any] struct {
	leaves []leaf[T]
	refers wanted
}

// bundle is the rows of all files in their order. Snapshots share them.
type bundle[T any] struct {
	stacks []stack
	paths  []string // one for one
	from   store.Date
	rows   []T
}

// take returns the rows that stand at the moment and are of the day from or
// later, or of no day, in their order. Nobody may change them.
func (s *shelf[T]) take(ctx context.Context, d *DB, q querier, at int64, from store.Date, books map[int64]store.Workbook) ([]T, error) {
	stacks, err := s.stacks(ctx, q, at)
	if err != nil {
		return nil, err
	}
	folios, err := s.folios(ctx, d, q, at, stacks)
	if err != nil {
		return nil, err
	}
	w := newWanted()
	for _, f := range folios {
		maps.Copy(w.headings, f.refers.headings)
		maps.Copy(w.books, f.refers.books)
	}
	n, err := d.names(ctx, q, w, at, books)
	if err != nil {
		return nil, err
	}
	b := bundle[T]{stacks: stacks, paths: make([]string, len(folios)), from: from}
	for i, f := range folios {
		b.paths[i] = n.books[s.cell(&f.leaves[0].row).Workbook].Path
	}
	return s.bundle(at, b, folios, n), nil
}

// stacks says what stands at the moment, file by file.
func (s *shelf[T]) stacks(ctx context.Context, q querier, at int64) (out []stack, err error) {
	err = each(ctx, q, func(scan func(...any) error) error {
		one := stack{}
		err := scan(&one.file, &one.newest, &one.rows)
		out = append(out, one)
		return err
	}, `SELECT file, max(known_from), count(*) FROM `+s.table+` WHERE`+stood(at)+` GROUP BY file ORDER BY file`, at)
	return out, err
}

// stood is the condition that a row of a ledger stood at the moment, ?1. Of now it
// is worded so that the index of what stands serves.
func stood(at int64) string {
	if at == forever {
		return ` known_to IS NULL AND ?1 = ?1`
	}
	return ` known_from <= ?1 AND (known_to IS NULL OR known_to > ?1)`
}

// folios returns the rows of the stacks, one for one, and reads those that are
// not held.
func (s *shelf[T]) folios(ctx context.Context, d *DB, q querier, at int64, stacks []stack) ([]folio[T], error) {
	out := make([]folio[T], len(stacks))
	place := map[int64]int{} // of files that are not held
	s.mu.Lock()
	for i, one := range stacks {
		held, ok := s.held[one]
		if out[i] = held; !ok {
			place[one.file] = i
			out[i] = folio[T]{make([]leaf[T], 0, one.rows), newWanted()}
		}
	}
	s.mu.Unlock()
	if len(place) == 0 {
		return out, nil
	}
	err := each(ctx, q, func(scan func(...any) error) (err error) {
		l := leaf[T]{}
		if l.row, err = s.scan(scan, &l.file, &l.known, &l.heading); err != nil {
			return err
		}
		l.rank = d.cfg.Units.Rank(s.unit(&l.row))
		f := &out[place[l.file]]
		f.refers.note(l.heading, s.cell(&l.row).Workbook)
		f.leaves = append(f.leaves, l)
		return nil
	}, s.query+` WHERE`+stood(at)+` AND file IN (SELECT value FROM json_each(?2))`, at, encodeIDs(slices.Collect(maps.Keys(place))))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.table, err)
	}
	return out, nil
}

// bundle puts the rows together, unless that was done last time, and lets go of
// those that neither the present nor the past that was last asked for needs.
func (s *shelf[T]) bundle(at int64, b bundle[T], folios []folio[T], n names) []T {
	when := 0
	if at != forever {
		when = 1
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if have := s.last[when]; have.from == b.from && slices.Equal(have.stacks, b.stacks) && slices.Equal(have.paths, b.paths) {
		return have.rows
	}
	b.rows = s.sorted(folios, b.from, n)
	s.last[when] = b
	held := make(map[stack]folio[T], len(b.stacks))
	for _, one := range s.last[1-when].stacks {
		if f, ok := s.held[one]; ok {
			held[one] = f
		}
	}
	for i, one := range b.stacks {
		held[one] = folios[i]
	}
	s.held = held
	return b.rows
}

// sorted returns the rows in their order, with the places of their cells.
func (s *shelf[T]) sorted(folios []folio[T], from store.Date, n names) []T {
	var all []*leaf[T]
	for _, f := range folios {
		for i := range f.leaves {
			all = append(all, &f.leaves[i])
		}
	}
	all = s.once(all)
	all = slices.DeleteFunc(all, func(l *leaf[T]) bool { return !s.since(&l.row, from) })
	slices.SortFunc(all, s.order)
	out := make([]T, len(all))
	for i, l := range all {
		out[i] = l.row
		n.locate(s.cell(&out[i]), l.heading)
	}
	return out
}

// clear forgets everything: another mirror has taken the place of this one.
func (s *shelf[T]) clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.held, s.last = nil, [2]bundle[T]{}
}
