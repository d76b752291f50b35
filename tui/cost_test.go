package tui_test

import (
	"strings"
	"testing"
	"time"

	"jindu/store"
	"jindu/tui"
	"jindu/tui/page"
	"jindu/tui/tuitest"
)

// quiet is a board of 120x40 in colour that has said what it has to say.
func quiet(t *testing.T, l store.Lang) (*terminal, *reader) {
	t.Helper()
	r := newReader(t)
	board := onTerminal(t, 120, 40, func(o *tui.Options) { o.Reader, o.Lang = r, l })
	board.press("j k") // what the terminal answers at first is taken in
	board.taken()
	return board, r
}

// needs is the most bytes that a frame after another may take: the lines that differ,
// each with the way to it, and of a line its looks, at most once more to close them.
func needs(before, after string) int {
	old, room := strings.Split(before, "\n"), 64 // a frame's own beginning and end
	for y, line := range strings.Split(after, "\n") {
		if line != old[y] {
			room += len(line) + 32
		}
	}
	return room
}

// A number that changes costs the lines that it stands on, in one frame.
func TestAChangedNumberCostsOneFrame(t *testing.T) {
	for _, l := range languages() {
		board, r := quiet(t, l)
		before := board.board.last.Load().Content
		d := tuitest.Data(tuitest.May())
		for i := range d.Figures {
			if f := &d.Figures[i]; f.Unit == "cx" && f.Indicator == "case_admin" && f.Period == d.Period {
				f.Value += 3
			}
		}
		r.snapshot = store.NewSnapshot(d)
		board.send(tui.ChangedMsg())
		sent, room := len(board.taken()), needs(before, board.board.last.Load().Content)
		t.Logf("%s: %d bytes of at most %d", l, sent, room)
		if sent == 0 || sent > room {
			t.Errorf("%s: %d bytes for a changed number, and its lines take at most %d", l, sent, room)
		}
	}
}

// What changes nothing that is shown sends nothing: a tick within the minute, a commit
// after which everything is as before, a pull that says nothing.
func TestWhatChangesNothingSendsNothing(t *testing.T) {
	board, _ := quiet(t, store.Chinese)
	before := board.board.frames.Load()
	for range 10 {
		board.send(tui.MinuteMsg(tuitest.Now().Add(time.Second)))
		board.send(tui.ChangedMsg())
		board.send(tui.PullTextMsg(""))
	}
	if sent := board.taken(); sent != "" {
		t.Errorf("%d bytes: %q", len(sent), sent)
	}
	if drawn := board.board.frames.Load() - before; drawn > 40 { // a commit is a word and its answer
		t.Errorf("%d frames for 30 messages", drawn)
	}
	board.press("j")
	if board.taken() == "" {
		t.Error("a key moved nothing, so the measure sees nothing")
	}
}

// A minute is one frame, and so is a key.
func TestAMinuteAndAKeyAreOneFrame(t *testing.T) {
	board, _ := quiet(t, store.Chinese)
	for name, do := range map[string]func(){
		"a minute": func() { board.send(tui.MinuteMsg(tuitest.Now().Add(time.Minute))) },
		"a key":    func() { board.press("j") },
	} {
		frames, before := board.board.frames.Load(), board.board.last.Load().Content
		do()
		sent, room := len(board.taken()), needs(before, board.board.last.Load().Content)
		t.Logf("%s: %d bytes of at most %d", name, sent, room)
		if drawn := board.board.frames.Load() - frames; drawn != 1 || sent == 0 || sent > room {
			t.Errorf("%s: %d frames, %d bytes of at most %d", name, drawn, sent, room)
		}
	}
}

// A key and the frame after it allocate a bounded number of times on every page at
// 200x60, so that many sessions do not keep the collector busy.
func TestAFrameAllocatesLittle(t *testing.T) {
	for _, p := range page.Embedded().Pages() {
		s := start(t, 200, 60, func(o *tui.Options) { o.Plain = false }).press(keysTo(p))
		n := testing.AllocsPerRun(5, func() {
			s.press("j")
			if s.screen() == "" {
				t.Fatal("nothing is drawn")
			}
		})
		t.Logf("%s: %.0f", p.Name, n)
		if n > 6000 {
			t.Errorf("%s: a key and its frame allocate %.0f times", p.Name, n)
		}
	}
}
