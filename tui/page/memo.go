package page

import "sync"

// memo keeps what was worked out, by key. Sessions share boards, so it locks, but
// not while it works: the work may ask the board for something else.
type memo[K comparable, V any] struct {
	mu   sync.Mutex
	kept map[K]V
}

// get returns what is kept for the key, or works it out.
func (m *memo[K, V]) get(key K, work func() V) V {
	m.mu.Lock()
	v, ok := m.kept[key]
	m.mu.Unlock()
	if ok {
		return v
	}
	v = work()
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.kept == nil {
		m.kept = map[K]V{}
	}
	m.kept[key] = v
	return v
}
