package main

import (
	"encoding/csv"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"jindu/tui/widget"
)

// table is a list for people: columns aligned by what the terminal shows, Han
// characters two cells wide.
type table struct {
	heads []string
	right []bool // numbers stand to the right
	rows  [][]string
}

// newTable makes a table; a head that starts with > is of a column of numbers.
func newTable(heads ...string) *table {
	t := &table{}
	for _, h := range heads {
		name, right := strings.CutPrefix(h, ">")
		t.heads = append(t.heads, name)
		t.right = append(t.right, right)
	}
	return t
}

// add adds a row of as many cells as there are heads.
func (t *table) add(cells ...string) { t.rows = append(t.rows, cells) }

// lines returns the table line by line, without trailing blanks.
func (t *table) lines() []string {
	for _, row := range t.rows {
		for i, cell := range row {
			row[i] = widget.Clean(cell) // before it is measured
		}
	}
	widths := make([]int, len(t.heads))
	all := append([][]string{t.heads}, t.rows...)
	for _, row := range all {
		for i, cell := range row {
			widths[i] = max(widths[i], ansi.StringWidth(cell))
		}
	}
	out := make([]string, len(all))
	for n, row := range all {
		var b strings.Builder
		for i, cell := range row {
			if i > 0 {
				b.WriteString("  ")
			}
			blank := strings.Repeat(" ", widths[i]-ansi.StringWidth(cell))
			if t.right[i] {
				b.WriteString(blank + cell)
			} else {
				b.WriteString(cell + blank)
			}
		}
		out[n] = strings.TrimRight(b.String(), " ")
	}
	return out
}

// table writes the table to Stdout.
func (a *app) table(t *table) {
	for _, line := range t.lines() {
		a.line(line)
	}
}

// csv writes rows for a spreadsheet program: a text that would be taken for a
// formula is made harmless with an apostrophe, and cleaned like everything else.
func (a *app) csv(rows [][]string) {
	w := csv.NewWriter(a.Stdout)
	for _, row := range rows {
		_ = w.Write(harmlessAll(row)) // see writeLine
	}
	w.Flush()
}

// harmlessAll keeps the texts of a row texts wherever they are pasted.
func harmlessAll(row []string) []string {
	for i, cell := range row {
		if (strings.IndexAny(cell, "=+-@\t\r") == 0 || startsWide(cell)) && !isNumber(cell) {
			cell = "'" + cell
		}
		row[i] = widget.Clean(cell)
	}
	return row
}

// startsWide reports whether a text starts with the full-width form of a
// character that begins a formula.
func startsWide(s string) bool {
	for _, r := range s {
		return strings.ContainsRune("＝＋－＠", r)
	}
	return false
}

// isNumber tells -3.5, which is a number, from -x, which a spreadsheet program
// would compute, as it would +-1.
func isNumber(s string) bool {
	_, err := strconv.ParseFloat(s, 64)
	return err == nil && strings.Trim(s, "+-0123456789.e") == ""
}
