package page

import (
	"slices"

	"jindu/tui/widget"
)

// Column is a column of the focused panel as a person chooses it.
type Column struct {
	Key      string
	Name     string
	Hidden   bool
	Fixed    bool // never left out: without it a figure could be believed too easily
	Sortable bool
	Sorted   bool
	Way      string // sorted which way: down, up, forward or backward
}

// mayHide reports whether a person may do without the column: not without name,
// value and cell, nor n/m, the oldest age, and the mark.
func mayHide(col widget.Column) bool {
	switch col.Key {
	case "units", "filled", "oldest", "age", "mark", "state", "cell", "since":
		return false
	default:
		return col.Drop > 0
	}
}

// ColumnsOf returns the focused panel's columns, in their order.
func (l *Layout) ColumnsOf(f *Frame) []Column {
	p, ok := l.focused()
	if !ok {
		return nil
	}
	habit := l.place.Habits[p.Name]
	var out []Column
	for i, col := range p.Table.Columns {
		if columnKey(col) == "" {
			continue
		}
		out = append(out, Column{
			Key:      columnKey(col),
			Name:     f.columnName(col),
			Hidden:   col.Hidden,
			Fixed:    !mayHide(col),
			Sortable: sortable(p.Table, i),
			Sorted:   col.Sorted,
			Way:      way(p.Table, i, habit.Turned),
		})
	}
	return out
}

// HideColumn leaves a column of the focused panel out, or shows it again.
func (l *Layout) HideColumn(key string) {
	p, ok := l.focused()
	if !ok {
		return
	}
	at := columnAt(p.Table, key)
	if at < 0 || !mayHide(p.Table.Columns[at]) {
		return
	}
	h := l.place.Habits[p.Name]
	if i := slices.Index(h.Without, key); i >= 0 {
		h.Without = slices.Delete(slices.Clone(h.Without), i, i+1)
	} else {
		h.Without = append(slices.Clone(h.Without), key)
	}
	l.place.Habits[p.Name] = h
}

// FocusTitle is the title of the focused panel.
func (l *Layout) FocusTitle() string {
	if l.focus < 0 {
		return ""
	}
	return l.panels[l.focus].Head.Title
}
