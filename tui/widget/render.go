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
	p := pen{b: b, theme: theme}
	for i := range row {
		if row[i].r != tail {
			p.write(&row[i])
		} else if i == 0 {
			p.write(&cell{look: row[i].look}) // the region starts within a wide character
		}
	}
	p.close()
}

// pen writes cells and remembers which look is open.
type pen struct {
	b     *strings.Builder
	theme *style.Theme // nil: text alone
	look  style.Look
	open  bool
}

func (p *pen) write(one *cell) {
	blank := one.r <= ' '
	if p.theme != nil && (!p.open || one.look != p.look) {
		p.change(one.look, blank)
	}
	switch {
	case blank:
		p.b.WriteByte(' ')
	case one.r < utf8.RuneSelf:
		p.b.WriteByte(byte(one.r))
	default:
		p.b.WriteRune(one.r)
	}
	if one.mark != 0 {
		p.b.WriteRune(one.mark)
	}
}

// change opens another look. A blank that shows nothing takes whatever look
// shows nothing on a blank either.
func (p *pen) change(look style.Look, blank bool) {
	if blank && invisible(look) && (!p.open || invisible(p.look)) {
		return
	}
	p.close()
	code := p.theme.Open(look)
	p.b.WriteString(code)
	p.open, p.look = code != "", look
}

func (p *pen) close() {
	if p.open {
		p.b.WriteString(reset)
		p.open = false
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
