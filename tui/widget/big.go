package widget

import "jindu/tui/style"

// BigRows is the height of big digits.
const BigRows = 3

// bigGlyph returns the three rows of a big character, all equally wide. A digit
// is four cells, 1 is two; the sign <, as in <3, three.
func bigGlyph(r rune) (rows [BigRows]string, ok bool) {
	switch r {
	case '0':
		rows = [BigRows]string{"▄▀▀▄", "█  █", "▀▄▄▀"}
	case '1':
		rows = [BigRows]string{"▄█", " █", " █"}
	case '2':
		rows = [BigRows]string{"▄▀▀▄", "  ▄▀", "▄█▄▄"}
	case '3':
		rows = [BigRows]string{"▀▀▀▄", " ▀▀▄", "▄▄▄▀"}
	case '4':
		rows = [BigRows]string{"█  █", "█▄▄█", "   █"}
	case '5':
		rows = [BigRows]string{"█▀▀▀", "▀▀▀▄", "▄▄▄▀"}
	case '6':
		rows = [BigRows]string{"▄▀▀ ", "█▀▀▄", "▀▄▄▀"}
	case '7':
		rows = [BigRows]string{"▀▀▀█", "  █ ", " █  "}
	case '8':
		rows = [BigRows]string{"▄▀▀▄", "▄▀▀▄", "▀▄▄▀"}
	case '9':
		rows = [BigRows]string{"▄▀▀▄", "▀▄▄█", " ▄▄▀"}
	case '-':
		rows = [BigRows]string{"   ", "▀▀▀", "   "}
	case '+':
		rows = [BigRows]string{" ▄ ", "▀█▀", "   "}
	case '.':
		rows = [BigRows]string{" ", " ", "▄"}
	case '<':
		rows = [BigRows]string{" ▄▀", "█  ", " ▀▄"}
	case ',':
		rows = [BigRows]string{" ", " ", " "} // a gap: a mark would look like the point
	default:
		return rows, false
	}
	return rows, true
}

// BigWidth returns the cells that a number takes in big digits, or in the plain
// ones that stand for them in the ASCII twin.
func BigWidth(number string, g *style.Glyphs) int {
	if g.ASCII {
		return Width(number)
	}
	w := 0
	for _, r := range number {
		if rows, ok := bigGlyph(r); ok {
			w += Width(rows[0]) + 1
		}
	}
	return max(0, w-1)
}

// Big draws a number in big digits, three rows high, with its upper left corner
// at x, y; in the ASCII twin as a bold plain number on the lowest of the rows,
// where the measure beside it stands. It returns the column after it. At most
// one stands in a panel and column, in the top band only.
func (c Canvas) Big(x, y int, look style.Look, number string) int {
	if c.Glyphs().ASCII {
		return c.Put(x, y+BigRows-1, look|style.Bold, number)
	}
	end := x
	for _, r := range number {
		rows, ok := bigGlyph(r)
		if !ok {
			continue
		}
		for i, row := range rows {
			c.ink(x, y+i, look, row)
		}
		x += Width(rows[0]) + 1
		end = x - 1
	}
	return end
}

// ink draws text but leaves out its blanks.
func (c Canvas) ink(x, y int, look style.Look, text string) {
	for _, r := range text {
		if r != ' ' {
			c.Run(x, y, 1, look, r)
		}
		x++
	}
}

// HugeRows is the height of huge digits.
const HugeRows = 5

// hugeGlyph returns the five rows of a huge character: # is a pixel.
func hugeGlyph(r rune) (rows [HugeRows]string, ok bool) {
	switch r {
	case '0':
		rows = [HugeRows]string{"###", "# #", "# #", "# #", "###"}
	case '1':
		rows = [HugeRows]string{" #", "##", " #", " #", " #"}
	case '2':
		rows = [HugeRows]string{"###", "  #", "###", "#  ", "###"}
	case '3':
		rows = [HugeRows]string{"###", "  #", "###", "  #", "###"}
	case '4':
		rows = [HugeRows]string{"# #", "# #", "###", "  #", "  #"}
	case '5':
		rows = [HugeRows]string{"###", "#  ", "###", "  #", "###"}
	case '6':
		rows = [HugeRows]string{"###", "#  ", "###", "# #", "###"}
	case '7':
		rows = [HugeRows]string{"###", "  #", "  #", "  #", "  #"}
	case '8':
		rows = [HugeRows]string{"###", "# #", "###", "# #", "###"}
	case '9':
		rows = [HugeRows]string{"###", "# #", "###", "  #", "###"}
	case '-':
		rows = [HugeRows]string{"  ", "  ", "##", "  ", "  "}
	case '+':
		rows = [HugeRows]string{"   ", " # ", "###", " # ", "   "}
	case '.':
		rows = [HugeRows]string{" ", " ", " ", " ", "#"}
	case ':':
		rows = [HugeRows]string{" ", "#", " ", "#", " "}
	case '<':
		rows = [HugeRows]string{"  #", " # ", "#  ", " # ", "  #"}
	case ',':
		rows = [HugeRows]string{" ", " ", " ", " ", " "}
	default:
		return rows, false
	}
	return rows, true
}

// Pixels is how large huge digits are drawn: a pixel is so many rows high and
// twice as many cells wide, and so many cells part two characters.
type Pixels struct{ Scale, Gap int }

// SmallPixels are one row high.
var SmallPixels = Pixels{1, 2}

// Rows returns the height of a number.
func (p Pixels) Rows() int { return HugeRows * p.Scale }

// Width returns the cells that a number takes.
func (p Pixels) Width(number string) int {
	w := 0
	for _, r := range number {
		if rows, ok := hugeGlyph(r); ok {
			w += 2*p.Scale*len(rows[0]) + p.Gap
		}
	}
	return max(0, w-p.Gap)
}

// Huge draws a number for a wall: five rows of pixels made of coloured spaces, so
// that no font can spoil it. It returns the column after it.
func (c Canvas) Huge(x, y int, p Pixels, look style.Look, number string) int {
	end := x
	for _, r := range number {
		rows, ok := hugeGlyph(r)
		if !ok {
			continue
		}
		for i, row := range rows {
			for j := range len(row) {
				if row[j] == '#' {
					c.pixel(x+2*p.Scale*j, y+p.Scale*i, p, look)
				}
			}
		}
		end = x + 2*p.Scale*len(rows[0])
		x = end + p.Gap
	}
	return end
}

func (c Canvas) pixel(x, y int, p Pixels, look style.Look) {
	for i := range p.Scale {
		c.Run(x, y+i, 2*p.Scale, look.On(style.Solid), ' ')
	}
}
