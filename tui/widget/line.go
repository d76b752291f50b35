package widget

import (
	"jindu/store"
	"jindu/tui/style"
)

// Span is a piece of text of one look.
type Span struct {
	Look style.Look
	Text string
}

// Line is a row of pieces, set without gaps.
type Line []Span

// Text starts a line with one piece.
func Text(look style.Look, text string) Line { return Line{{look, text}} }

// Text returns the line with one more piece; the line itself stays as it was, so
// that several may begin with the same one.
func (l Line) Text(look style.Look, text string) Line {
	return append(l[:len(l):len(l)], Span{look, text})
}

// Join sets lines side by side with gap spaces between them; empty ones are
// left out. Three cells part phrases on one line.
func Join(gap int, lines ...Line) Line {
	var out Line
	for _, one := range lines {
		if one.Width() == 0 {
			continue
		}
		if len(out) > 0 {
			out = out.Text(style.Ink, spaces(gap))
		}
		out = append(out, one...)
	}
	return out
}

// Width returns how many cells the line takes.
func (l Line) Width() int {
	w := 0
	for _, one := range l {
		w += Width(Clean(one.Text))
	}
	return w
}

// Plain returns the text without looks.
func (l Line) Plain() string {
	s := ""
	for _, one := range l {
		s += one.Text
	}
	return s
}

// Line draws a line from column x on, cut to the region, and returns the column
// after it.
func (c Canvas) Line(x, y int, l Line) int {
	if x < c.w && x+l.Width() > c.w {
		l = l.cut(c.w-x, c.Glyphs().Cut)
	}
	for _, one := range l {
		x = c.Put(x, y, one.Look, one.Text)
	}
	return x
}

// LineRight draws a line that ends before column end, cut to the cells that are
// there, and returns where it starts.
func (c Canvas) LineRight(end, y int, l Line) int {
	if l.Width() > end {
		l = l.cut(end, c.Glyphs().Cut)
	}
	x := end - l.Width()
	c.Line(x, y, l)
	return x
}

// LineCut draws a line within w cells from column x on, cut with the theme's
// mark, and returns the column after it. The piece that is cut keeps its look.
func (c Canvas) LineCut(x, y, w int, l Line) int {
	if l.Width() <= w {
		return c.Line(x, y, l)
	}
	return c.Line(x, y, l.cut(w, c.Glyphs().Cut))
}

// cut shortens the line to w cells; the cut may fall on the border of two
// pieces of one number, such as 32 and /34, so the text is cut as a whole.
func (l Line) cut(w int, mark string) Line {
	kept := cutWith(Clean(l.Plain()), w, mark)
	var out Line
	for _, one := range l {
		text := Clean(one.Text)
		n := prefix(kept, Width(text))
		if n == 0 && text != "" {
			break
		}
		out = out.Text(one.Look, kept[:n])
		kept = kept[n:]
	}
	if kept != "" && len(out) > 0 {
		out[len(out)-1].Text += kept
	}
	return out
}

// Commas sets a number's commas in quiet.
func Commas(look style.Look, number string) Line {
	var out Line
	from := 0
	for i := range len(number) {
		if number[i] == ',' {
			out = out.Text(look, number[from:i]).Text(style.Quiet, ",")
			from = i + 1
		}
	}
	return out.Text(look, number[from:])
}

// StateLetter returns the one letter of a state; nothing for fresh.
func StateLetter(s store.State, lang store.Lang) Line { return letterOf(style.MarkOf(s, lang)) }

// WaitLetter returns the one letter of what waits for an officer.
func WaitLetter(lang store.Lang) Line { return letterOf(style.WaitMark(lang)) }

func letterOf(m style.Mark) Line {
	if m.Letter == "" {
		return nil
	}
	return Text(m.LetterLook(), m.Letter)
}

// StateWord returns the whole word of a state, its letter bold.
func StateWord(s store.State, lang store.Lang) Line { return wordOf(style.MarkOf(s, lang)) }

// WaitWord returns the whole word of what waits for an officer, its letter bold.
func WaitWord(lang store.Lang) Line { return wordOf(style.WaitMark(lang)) }

func wordOf(m style.Mark) Line {
	var out Line
	for _, one := range []Span{{m.Look, m.Before}, {m.LetterLook(), m.Letter}, {m.Look, m.After}} {
		if one.Text != "" {
			out = append(out, one)
		}
	}
	return out
}

const blanks = "                                                                "

func spaces(n int) string {
	if n <= 0 {
		return ""
	}
	if n <= len(blanks) {
		return blanks[:n]
	}
	return blanks + spaces(n-len(blanks))
}
