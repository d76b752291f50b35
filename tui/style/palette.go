package style

import (
	"image/color"

	"charm.land/lipgloss/v2"
)

// palette is one ground's colours: text by role, grounds by fill.
type palette struct {
	role [roleCount]string // "" is the terminal's own text colour
	fill [fillEnd / fillStep]string
}

// darkPalette is for a ground of about #101014.
func darkPalette() palette {
	var p palette
	p.role = [roleCount]string{
		Ink:       "#E4E2DA",
		Strong:    "#FFFFFF",
		Quiet:     "#8D909B",
		QuietFill: "#BCBFC9",
		Edge:      "#565A66",
		Rule:      "#3B3E48",
		Accent:    "#62B0F0",
		Good:      "#7DBE85",
		Watch:     "#E3B04B",
		Bad:       "#FF7066",
		Stale:     "#B49CE6",
		Alarm:     "#FFFFFF",
	}
	p.set(Selected, "#1F3A54")
	p.set(FarAbove, "#644618")
	p.set(Above, "#3A2C17")
	p.set(FarBelow, "#1A4F5E")
	p.set(Below, "#152E38")
	p.set(Overlay, "#1A1B21")
	p.set(AlarmGround, "#B3261E")
	return p
}

// lightPalette is for a ground of about #FAFAF8.
func lightPalette() palette {
	var p palette
	p.role = [roleCount]string{
		Ink:       "#22232A",
		Strong:    "#000000",
		Quiet:     "#676A74",
		QuietFill: "#4A4D57",
		Edge:      "#9A9CA4",
		Rule:      "#CFCFCA",
		Accent:    "#0A5FB0",
		Good:      "#2B7238",
		Watch:     "#8A5A00",
		Bad:       "#B8221B",
		Stale:     "#6A48B0",
		Alarm:     "#FFFFFF",
	}
	p.set(Selected, "#D3E5F7")
	p.set(FarAbove, "#EBCF9C")
	p.set(Above, "#F6EBD5")
	p.set(FarBelow, "#AFD8E2")
	p.set(Below, "#DDEEF2")
	p.set(Overlay, "#F0F0EC")
	p.set(AlarmGround, "#B8221B")
	return p
}

// indexedPalette names colours of the fixed table of 256, chosen by hand: the
// nearest of them to the full palette would turn the selection teal and mild
// heat red or blue. Mild heat has no fill of its own there, as no step of the
// table is quiet enough.
func indexedPalette(light bool) palette {
	var p palette
	if light {
		p.role = [roleCount]string{
			Ink:       "235",
			Strong:    "16",
			Quiet:     "242",
			QuietFill: "239",
			Edge:      "247",
			Rule:      "252",
			Accent:    "25",
			Good:      "22",
			Watch:     "94",
			Bad:       "124",
			Stale:     "61",
			Alarm:     "231",
		}
		p.set(Selected, "189")
		p.set(FarAbove, "222")
		p.set(FarBelow, "152")
		p.set(Overlay, "255")
		p.set(AlarmGround, "124")
		return p
	}
	p.role = [roleCount]string{
		Ink:       "253",
		Strong:    "231",
		Quiet:     "246",
		QuietFill: "250",
		Edge:      "240",
		Rule:      "237",
		Accent:    "75",
		Good:      "114",
		Watch:     "179",
		Bad:       "203",
		Stale:     "141",
		Alarm:     "231",
	}
	p.set(Selected, "238")
	p.set(FarAbove, "58")
	p.set(FarBelow, "23")
	p.set(Overlay, "234")
	p.set(AlarmGround, "124")
	return p
}

// sixteenPalette names the terminal's own colours: bright ones on a dark
// ground, plain ones on a light ground. Fills are attributes there, but for the
// alarm.
func sixteenPalette(light bool) palette {
	pick := func(dark, bright string) string {
		if light {
			return bright
		}
		return dark
	}
	var p palette
	p.role = [roleCount]string{
		Quiet:  "8",
		Edge:   "8",
		Rule:   "8",
		Accent: pick("14", "4"),
		Good:   pick("10", "2"),
		Watch:  pick("11", "3"),
		Bad:    pick("9", "1"),
		Stale:  pick("13", "5"),
		Alarm:  "15",
	}
	p.set(AlarmGround, "1")
	return p
}

func (p *palette) set(fill Look, colour string) { p.fill[fill/fillStep] = colour }

func (p *palette) text(role Look) color.Color {
	if p.role[role] == "" {
		return nil
	}
	return lipgloss.Color(p.role[role])
}

func (p *palette) ground(fill Look) color.Color {
	if p.fill[fill/fillStep] == "" {
		return nil
	}
	return lipgloss.Color(p.fill[fill/fillStep])
}
