package tui_test

import (
	"image/color"
	"testing"

	tea "charm.land/bubbletea/v2"

	"jindu/tui"
	"jindu/tui/style"
)

// The ground is the terminal's own; ink that was chosen for a dark one cannot be
// read on a light one.
func TestALightGroundTakesTheLightTheme(t *testing.T) {
	light := style.NewTheme(true, style.TrueColour, style.UnicodeGlyphs())
	for name, tt := range map[string]struct {
		ground  color.Color
		onLight *style.Theme
		changes bool
	}{
		"light":             {color.White, light, true},
		"dark":              {color.Black, light, false},
		"light, theme kept": {color.White, nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, 120, 40, func(o *tui.Options) {
				o.Plain, o.Theme, o.OnLight = false, style.Dark(), tt.onLight
			})
			before := s.screen()
			s.send(tea.BackgroundColorMsg{Color: tt.ground})
			if changed := s.screen() != before; changed != tt.changes {
				t.Errorf("changed: %v, want %v", changed, tt.changes)
			}
		})
	}
}
