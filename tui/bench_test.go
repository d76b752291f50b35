package tui_test

import (
	"testing"

	"jindu/tui"
	"jindu/tui/page"
)

// BenchmarkFrame is a key press and the screen after it, at the largest size.
func BenchmarkFrame(b *testing.B) {
	for _, p := range page.Embedded().Pages() {
		b.Run(p.Name, func(b *testing.B) {
			s := start(b, 200, 60, func(o *tui.Options) { o.Plain = false })
			s.press(string(rune('0' + p.Digit)))
			for b.Loop() {
				s.press("j")
				if s.screen() == "" {
					b.Fatal("nothing on the screen")
				}
			}
		})
	}
}

// BenchmarkBoard is what a new snapshot costs before it is shown.
func BenchmarkBoard(b *testing.B) {
	s := district()
	for b.Loop() {
		page.NewBoard(s)
	}
}
