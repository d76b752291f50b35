package page

import (
	"maps"
	"strings"
)

// Place is where a person stands on a page. It outlives snapshots: rows are
// remembered by what they show, not by where they stood.
type Place struct {
	Panel   string            // the focused panel's name
	Cursors map[string]Cursor // by panel
	Band    int               // the first band on the screen
	Habits  map[string]Habit  // by panel: sorting and columns. All places of a session share them
	Filters map[string]Filter // by panel
	Spot    Spot              // what the cursor stood on at the last build: what charts follow
}

// Cursor is a person's row in a panel.
type Cursor struct {
	ID  string // of the spot
	Row int    // where it was when the spot is gone
	Col int    // in panels with figures side by side; 0: the row as a whole
	Top int    // the first row shown
}

// NewPlace returns the place of a person who has just arrived.
func NewPlace() *Place {
	return &Place{Cursors: map[string]Cursor{}, Habits: map[string]Habit{}, Filters: map[string]Filter{}}
}

// Clone returns a copy that can be changed without the other; habits stay one and
// the same.
func (p *Place) Clone() *Place {
	q := *p
	q.Cursors, q.Filters = maps.Clone(p.Cursors), maps.Clone(p.Filters)
	return &q
}

// Moved returns the place on the same page of another unit: the cursor stays on
// the same indicators.
func (p *Place) Moved(from, to string) *Place {
	q := p.Clone()
	for name, at := range q.Cursors {
		if rest, ok := strings.CutPrefix(at.ID, from+"/"); ok {
			at.ID = to + "/" + rest
		}
		q.Cursors[name] = at
	}
	return q
}
