package style

import (
	"strings"

	"charm.land/lipgloss/v2"
)

// Depth is how many colours a terminal shows.
type Depth uint8

// The depths.
const (
	TrueColour Depth = iota
	Indexed          // the fixed table of 256
	Sixteen
	NoColour // bold, faint and reverse only
)

// Theme is how looks and glyphs appear on one terminal. It is made once and
// then only read, so that sessions may share it.
type Theme struct {
	Depth  Depth
	Light  bool
	Glyphs Glyphs

	colours palette
	open    [lookCount]string // the escape sequence that opens each look
}

// NewTheme makes the theme for a ground, a depth and a set of glyphs.
func NewTheme(light bool, depth Depth, glyphs Glyphs) *Theme {
	t := &Theme{Depth: depth, Light: light, Glyphs: glyphs}
	switch {
	case depth == Sixteen:
		t.colours = sixteenPalette(light)
	case depth == Indexed:
		t.colours = indexedPalette(light)
	case light:
		t.colours = lightPalette()
	default:
		t.colours = darkPalette()
	}
	for l := range Look(lookCount) {
		if l.Role() < roleCount && l.Fill() < fillEnd {
			t.open[l], _, _ = strings.Cut(t.Style(l).Render("x"), "x")
		}
	}
	return t
}

// Dark returns the theme of a dark terminal with all colours and glyphs.
func Dark() *Theme { return NewTheme(false, TrueColour, UnicodeGlyphs()) }

// Open returns the escape sequence that opens the look, or nothing where the
// look is the terminal's own. The sequence ESC[m closes any of them.
func (t *Theme) Open(l Look) string { return t.open[l%lookCount] }

// Style returns the look as a lipgloss style, for text that bubbles draw.
func (t *Theme) Style(l Look) lipgloss.Style {
	switch t.Depth {
	case NoColour:
		return bare(l)
	case Sixteen:
		return t.sixteen(l)
	default:
		return t.full(l)
	}
}

func (t *Theme) full(l Look) lipgloss.Style {
	role := onFill(l)
	s := lipgloss.NewStyle().Foreground(t.colours.text(role))
	switch {
	case l.Fill() == Solid:
		s = s.Background(t.colours.text(role))
	case l.Fill() != 0 && t.colours.ground(l.Fill()) != nil:
		s = s.Background(t.colours.ground(l.Fill()))
	}
	return attributes(s, l.Heavy(), l.Has(Underline))
}

// onFill returns the role that is read on the look's fill: quiet text grows
// stronger, and text on a far heat step is never red, as red on amber is unread.
func onFill(l Look) Look {
	role, fill := l.Role(), l.Fill()
	switch {
	case fill == AlarmGround:
		return Alarm
	case fill == 0 || fill == Overlay || fill == Solid:
		return role
	case role == Quiet:
		return QuietFill
	case role == Bad && l.Far():
		return Strong
	default:
		return role
	}
}

// sixteen draws fills with attributes: reverse for the selection, an underline
// for far heat. A reversed row is plain, so that its colours do not become
// grounds.
func (t *Theme) sixteen(l Look) lipgloss.Style {
	s := lipgloss.NewStyle()
	colour := t.colours.text(onFill(l))
	switch {
	case l.Fill() == Selected:
		s = s.Reverse(true)
	case l.Fill() == AlarmGround:
		s = s.Foreground(colour).Background(t.colours.ground(AlarmGround))
	case l.Fill() == Solid && colour == nil:
		s = s.Reverse(true)
	case l.Fill() == Solid:
		s = s.Background(colour)
	case colour != nil:
		s = s.Foreground(colour)
	}
	return attributes(s, l.Heavy(), l.Has(Underline) || l.Far())
}

// bare says it with bold, faint, reverse and, for far heat and changes, an
// underline. A reversed row holds no faint text.
func bare(l Look) lipgloss.Style {
	s := lipgloss.NewStyle()
	heavy := l.Heavy() || l.Role() == Bad || l.Role() == Accent
	switch l.Fill() {
	case Selected, Solid:
		s = s.Reverse(true)
	case AlarmGround:
		s, heavy = s.Reverse(true), true
	default:
		s = s.Faint(l.Faint() && !heavy)
	}
	return attributes(s, heavy, l.Has(Underline) || l.Far())
}

// attributes sets only what is on: an attribute that is off costs a sequence in
// lipgloss for every space.
func attributes(s lipgloss.Style, bold, underline bool) lipgloss.Style {
	if bold {
		s = s.Bold(true)
	}
	if underline {
		s = s.Underline(true)
	}
	return s
}
