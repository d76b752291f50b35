package tui_test

import (
	"syscall"
	"testing"
	"time"

	"jindu/tui"
	"jindu/tui/page"
)

// BenchmarkFrame is a key press and the screen after it, at the largest size.
func BenchmarkFrame(b *testing.B) {
	for _, p := range page.Embedded().Pages() {
		b.Run(p.Name, func(b *testing.B) {
			s := start(b, 200, 60, func(o *tui.Options) { o.Plain = false })
			s.press(keysTo(p))
			before := spent(b)
			for b.Loop() {
				s.press("j")
				if s.screen() == "" {
					b.Fatal("nothing on the screen")
				}
			}
			b.ReportMetric(float64(spent(b)-before)/float64(b.N), "cpu-ns/op")
		})
	}
}

// spent is the CPU that the process has taken: on a busy machine the clock tells little.
func spent(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkBoard is what a new snapshot costs before it is shown.
func BenchmarkBoard(b *testing.B) {
	s := district()
	for b.Loop() {
		page.NewBoard(s)
	}
}
