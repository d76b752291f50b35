package main

import "testing"

// A wall that may pull leaves it to the board that does, and takes over when that
// has ended; the board that comes after it reads and does not pull beside it.
func TestAWallTakesOverThePulling(t *testing.T) {
	t.Parallel()
	config, report := wallOffice(t, "4711", "pull = true\n")
	first := open(t, 120, 40, "--config", config)
	first.sees("4711")
	w := open(t, 60, 14, "--config", config, "wall")
	w.shows("beside a board that pulls", []string{"4711"}, saysLost)
	save(t, report, "4822")
	w.shows("what the board has pulled", []string{"4822"}, saysLost)
	first.typed("q")
	if !first.ended() {
		t.Fatal("the board does not end")
	}
	save(t, report, "4933")
	w.shows("what it pulls itself", []string{"4933"}, saysDown)
	second := open(t, 120, 40, "--config", config)
	second.sees("4933")
	save(t, report, "5044")
	second.sees("5044")
	w.shows("what it pulls beside a board", []string{"5044"}, saysDown)
}
