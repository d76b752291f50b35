package wall

import (
	"strconv"
	"strings"

	"jindu/tui/style"
	"jindu/tui/widget"
)

// drawBand draws the band of what is wrong: the only fill of colour on a wall. Where
// there are no colours two heavy rules hold it together, as a reversed ground would
// swallow the digits.
func (m *Model) drawBand(c, whole widget.Canvas) {
	g := m.geo
	if g.band == 0 {
		return
	}
	y := g.head
	_, dy := m.shift()
	if m.theme.Depth == style.NoColour {
		whole.HeavyLine(0, y+dy, g.w)
		whole.HeavyLine(0, y+dy+g.band-1, g.w)
	} else {
		whole.Fill(0, y+dy, g.w, g.band, style.AlarmGround)
	}
	if g.compact {
		c.PutCut(g.margin, y+1, g.w-2*g.margin, style.Alarm, m.inOneLine(g.w-2*g.margin))
		return
	}
	for i, p := range m.parts(g.columns) {
		m.part(c.Sub(g.x(i), y+2, g.column, g.band-4), p)
	}
}

// inOneLine says what is wrong in one line: the gravest in full, then as many as
// there is room for, then how many more there are.
func (m *Model) inOneLine(room int) string {
	out := ""
	for i, a := range m.alarm {
		head := a.parts[0]
		text := strings.TrimSpace(head.label + " " + head.number + " " + head.measure)
		if a.cause == MirrorLost {
			text += "  " + a.parts[1].rows[0].name
		}
		more := "  +" + strconv.Itoa(len(m.alarm)-i)
		if i > 0 && widget.Width(out+"   "+text) > room-len(more) {
			return out + more
		}
		out = strings.TrimSpace(out + "   " + text)
	}
	return out
}

// parts shares the columns out among the alarms: each has its number; what room is
// left goes to the rows of the gravest.
func (m *Model) parts(columns int) []part {
	taken := make([]int, len(m.alarm))
	left := columns
	for depth := 0; left > 0; depth++ {
		before := left
		for i, a := range m.alarm {
			if left > 0 && depth < len(a.parts) {
				taken[i]++
				left--
			}
		}
		if left == before {
			break
		}
	}
	var out []part
	for i, a := range m.alarm {
		out = append(out, a.parts[:taken[i]]...)
	}
	return out
}

// part draws a column of the band.
func (m *Model) part(c widget.Canvas, p part) {
	if p.number == "" {
		m.rows(c, p.rows)
		return
	}
	pixels := m.geo.pixels
	end := c.Huge(0, 0, pixels, style.Alarm, p.number) + 3
	label := spaced(p.label)
	if widget.Width(label) > c.Width()-end {
		label = p.label
	}
	c.PutCut(end, 0, c.Width()-end, style.Alarm, label)
	c.PutCut(end, pixels.Rows()-1, c.Width()-end, style.Alarm, spaced(p.measure))
}

// rows draws as many rows as there is room for, one blank between them; then how
// many more there are.
func (m *Model) rows(c widget.Canvas, rows []row) {
	n := (c.Height() + 1) / 2
	for i, r := range rows {
		if i == n-1 && len(rows) > n {
			c.PutCut(0, 2*i, c.Width(), style.Alarm, m.words.Count("list.more", len(rows)-i))
			return
		}
		end := c.Width()
		if r.number != "" {
			text := r.number
			if r.measure != "" {
				text += "  " + r.measure
			}
			end = c.PutRight(min(end, 28), 2*i, style.Alarm, text) - 2
		}
		name := spaced(r.name)
		if widget.Width(name) > end {
			name = r.name
		}
		c.PutCut(0, 2*i, end, style.Alarm, name)
	}
}
