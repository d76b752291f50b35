package wall

import "jindu/tui/widget"

// geometry is how a screen is shared out: rows for the head, the band of an alarm,
// the bands of tiles, the foot.
type geometry struct {
	w, h    int
	margin  int
	columns int
	column  int // cells of one
	pixels  widget.Pixels
	compact bool // no room for huge digits in the head and the band
	head    int  // rows
	band    int  // rows of the alarm; 0: there is none
	body    int  // the first row of the tiles
	tile    int  // rows of one
	bands   int  // of tiles
	spare   int  // rows between the bands of tiles beside the one that parts them
}

// What a wall needs of its screen.
const (
	leastWidth  = 40
	leastHeight = 12
	gap         = 4 // between columns
	foot        = 3 // a rule, the line, a blank
	aroundTile  = 5 // rows of a tile beside its digits: a rule, the name, two blank ones, the foot
	fourDigits  = 34
	fourLarge   = 54 // four digits of two rows a pixel, drawn close
)

// measure shares a screen out. Digits are two rows a pixel where the screen is
// that large, as its cells are then small.
func measure(w, h, scale int, alarm bool) geometry {
	if scale == 0 {
		scale = 1
		if w >= 200 && h >= 60 {
			scale = 2
		}
	}
	g := geometry{w: w, h: h, margin: 4, pixels: widget.Pixels{Scale: scale, Gap: 2 * scale}}
	if w < 80 {
		g.margin = 2
	}
	least := fourDigits
	if scale > 1 {
		least = fourLarge
	}
	inner := w - 2*g.margin
	g.columns = min(max(1, (inner+gap)/(least+gap)), 6)
	g.column = (inner - gap*(g.columns-1)) / g.columns
	digits := g.pixels.Rows()
	g.compact = w < 112 || h < 3*digits+19
	g.head, g.band = digits+aroundTile, digits+gap
	if g.compact {
		g.head, g.band = 4, 3
	}
	if !alarm {
		g.band = 0
	}
	g.tile = digits + aroundTile
	g.body = g.head
	if g.band > 0 {
		g.body += g.band + 1
	}
	room := h - g.body - foot
	g.bands = (room + 1) / (g.tile + 1)
	if g.bands > 0 {
		g.spare = min(1, (room-g.bands*(g.tile+1)+1)/g.bands) // the last one stays clear of the foot
	}
	return g
}

// x returns where a column starts.
func (g geometry) x(column int) int { return g.margin + column*(g.column+gap) }

// y returns where a band of tiles starts.
func (g geometry) y(band int) int { return g.body + band*(g.tile+1+g.spare) }

// room is how many rows there are between the head and the foot.
func (g geometry) room() int { return g.h - g.body - foot }

// tiles is how many tiles there is room for; at least one, which is drawn as text
// where not even that fits.
func (g geometry) tiles() int { return max(1, g.bands*g.columns) }

// small reports whether the screen is below the minimum.
func (g geometry) small() bool { return g.w < leastWidth || g.h < leastHeight }
