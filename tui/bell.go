package tui

import "sync"

// Bell tells sessions what happens beside them. It waits for none: an ear holds
// only the last word.
type Bell struct {
	mu   sync.Mutex
	ears map[*Ear]bool
	word string
}

// Ear is how one session hears the bell.
type Ear struct {
	Changed chan struct{} // the mirror has new commits
	State   chan string   // of a pull under way; empty: it is over
}

// NewBell returns a bell that nobody hears.
func NewBell() *Bell { return &Bell{ears: map[*Ear]bool{}} }

// Listen returns an ear, which hears the word that stands, and what takes it off.
func (b *Bell) Listen() (*Ear, func()) {
	e := &Ear{Changed: make(chan struct{}, 1), State: make(chan string, 1)}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ears[e] = true
	if b.word != "" {
		e.State <- b.word
	}
	return e, func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		delete(b.ears, e)
	}
}

// Ring says that the mirror has changed.
func (b *Bell) Ring() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for e := range b.ears {
		select {
		case e.Changed <- struct{}{}:
		default: // it has not looked since the last time
		}
	}
}

// Say says what is going on.
func (b *Bell) Say(word string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.word = word
	for e := range b.ears {
		select {
		case <-e.State: // nobody has read the word before
		default:
		}
		e.State <- word // there is room: only this goroutine puts words in
	}
}
