package widget

import (
	"strings"
	"unicode/utf8"

	"jindu/tui/style"
)

const reset = "\x1b[m"

// String returns the region as lines of text with escape sequences. Each line
// closes what it opens; blanks at its end are left out.
func (c Canvas) String() string {
	var b strings.Builder
	b.Grow(4 * c.w * c.h)
	for y := range c.h {
		if y > 0 {
			b.WriteByte('\n')
		}
		c.line(&b, y, c.sheet.theme)
	}
	return b.String()
}

// Text returns the region as lines of text alone; blanks at the end of a line
// are left out.
func (c Canvas) Text() string {
	var b strings.Builder
	for y := range c.h {
		if y > 0 {
			b.WriteByte('\n')
		}
		c.line(&b, y, nil)
	}
	return b.String()
}

// line writes one row in one pass, a sequence for each run of equal look; with
// no theme, without sequences.
func (c Canvas) line(b *strings.Builder, y int, theme *style.Theme) {
	row := c.row(y)[c.x : c.x+c.w]
	row = row[:used(row, theme != nil)]
	open, look := false, style.Look(0)
	for i := range row {
		one := &row[i]
		if one.r == tail && i > 0 {
			continue
		}
		blank := one.r <= ' '
		if theme != nil && (!open || one.look != look) && !(blank && invisible(one.look) && (!open || invisible(look))) {
			if open {
				b.WriteString(reset)
			}
			code := theme.Open(one.look)
			b.WriteString(code)
			open, look = code != "", one.look
		}
		switch {
		case blank:
			b.WriteByte(' ')
		case one.r < utf8.RuneSelf:
			b.WriteByte(byte(one.r))
		default:
			b.WriteRune(one.r)
		}
		if one.mark != 0 {
			b.WriteRune(one.mark)
		}
	}
	if open {
		b.WriteString(reset)
	}
}

// used returns the length of the row without blanks at its end; a fill counts
// as something where fills are shown.
func used(row []cell, fills bool) int {
	n := len(row)
	for n > 0 && row[n-1].r >= 0 && row[n-1].r <= ' ' && (!fills || invisible(row[n-1].look)) {
		n--
	}
	return n
}

// invisible reports whether a blank of that look shows nothing.
func invisible(l style.Look) bool { return l.Fill() == 0 && !l.Has(style.Underline) }
