package tui_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"sync"
	"testing"

	"jindu/store"
	"jindu/tui"
	"jindu/tui/tuitest"
)

// walker presses random keys on a board whose mirror changes under it.
type walker struct {
	*session
	random *rand.Rand
	left   []tui.Standing // where the person stood on each page above
	done   []string       // what was done, for the report of a fault
}

// walkKeys are the keys that a walk presses: more often those that move.
func walkKeys() []string {
	return []string{
		"j", "j", "j", "k", "k", "l", "l", "h", "g", "G", "ctrl+d", "ctrl+u", "tab", "tab", "tab", "shift+tab",
		"enter", "enter", "enter", "enter", "esc", "esc", "esc", "s", "s", "S", "!", "n", "N", "i", "f x", "f esc", "f 派 出 enter",
		"c j space esc", "c j*2 enter esc", "= esc", "= j*2 enter", "y", "?", "1", "2", "3", "4", "9", ": esc", "/ 城 西 enter", "t esc", "p esc",
	}
}

// rows are the district's, made once.
var rows = sync.OnceValue(func() *store.SnapshotData { return tuitest.Data(tuitest.May()) })

// changed is the district as it may be a moment later: some figures are gone, some
// are others, tasks and findings come and go, and units swap their figures' order.
func (w *walker) changed() *store.Snapshot {
	whole := *rows()
	d := &whole
	d.Figures, d.Tasks = slices.Clone(d.Figures), slices.Clone(d.Tasks)
	d.Findings, d.Workbooks = slices.Clone(d.Findings), slices.Clone(d.Workbooks)
	d.Version = 1 + int64(w.random.IntN(1000))
	d.Figures = slices.DeleteFunc(d.Figures, func(store.Figure) bool { return w.random.IntN(60) == 0 })
	for i := range d.Figures {
		if w.random.IntN(20) == 0 {
			d.Figures[i].Value = float64(w.random.IntN(200))
		}
	}
	d.Tasks = slices.DeleteFunc(d.Tasks, func(store.Task) bool { return w.random.IntN(8) == 0 })
	d.Findings = slices.DeleteFunc(d.Findings, func(store.Finding) bool { return w.random.IntN(8) == 0 })
	d.Workbooks = slices.DeleteFunc(d.Workbooks, func(store.Workbook) bool { return w.random.IntN(20) == 0 })
	w.random.Shuffle(len(d.Tasks), func(i, j int) { d.Tasks[i], d.Tasks[j] = d.Tasks[j], d.Tasks[i] })
	return store.NewSnapshot(d)
}

func (w *walker) model() *tui.Model {
	m, ok := w.session.model.(*tui.Model)
	if !ok {
		w.tb.Fatal("the model is of another kind")
	}
	return m
}

func (w *walker) standing() tui.Standing { return w.model().Standing() }

func (w *walker) fault(format string, args ...any) {
	w.tb.Helper()
	w.tb.Fatalf("%s\nafter %q\n%s", fmt.Sprintf(format, args...), w.done, w.screen())
}

// reload lets the mirror change: the person stands where they stood, on the same
// thing as long as it is there.
func (w *walker) reload() {
	before := w.standing()
	w.reader.snapshot = w.changed()
	w.send(tui.ChangedMsg())
	w.done = append(w.done, "(reload)")
	now := w.standing()
	if now.Visit != before.Visit || now.Depth != before.Depth || now.Over != before.Over {
		w.fault("a reload led from %+v to %+v", before, now)
	}
	if now.Panel == before.Panel && now.ID != before.ID && w.model().Shows(before.ID) {
		w.fault("a reload moved the cursor from %s to %s", before.ID, now.ID)
	}
}

// key presses one key. One that leads up must lead to where the person was.
func (w *walker) key() {
	before := w.standing()
	key := walkKeys()[w.random.IntN(len(walkKeys()))]
	w.done = append(w.done, key)
	w.press(key)
	now := w.standing()
	if key >= "1" && key <= "9" {
		w.left = nil // a page of a digit is a way of its own
		return
	}
	switch {
	case now.Depth > before.Depth:
		w.left = append(w.left, before)
	case now.Depth == before.Depth-1 && len(w.left) == before.Depth-1:
		want := w.left[len(w.left)-1]
		w.left = w.left[:len(w.left)-1]
		if now.Visit != want.Visit || now.Panel == want.Panel && now.ID != want.ID && w.model().Shows(want.ID) {
			w.fault("%s led from %+v to %+v and not to %+v", key, before, now, want)
		}
	case now.Depth < before.Depth:
		w.left = nil
	}
	if w.quit {
		w.fault("%s left the board", key)
	}
}

// TestAPanelThatShowsNothingIsPassed steps down a phone's page past a panel of which
// the filter left nothing.
func TestAPanelThatShowsNothingIsPassed(t *testing.T) {
	s := start(t, 48, 32, nil).press("tab*3 f 龘 enter k*40 j*60")
	s.shows("今日变化", "4/4")
}

// TestNoReloadMovesAPerson walks a changing board: JINDU_WALKS=2000 walks longer.
func TestNoReloadMovesAPerson(t *testing.T) {
	walks := 16
	if n, err := strconv.Atoi(os.Getenv("JINDU_WALKS")); err == nil {
		walks = n
	}
	sizes := [][2]int{{120, 40}, {80, 24}, {48, 32}, {200, 60}}
	for seed := range walks {
		t.Run(strconv.Itoa(seed), func(t *testing.T) {
			size := sizes[seed%len(sizes)]
			w := &walker{session: start(t, size[0], size[1], history), random: rand.New(rand.NewPCG(uint64(seed), 2026))}
			for range 60 {
				if w.random.IntN(4) == 0 {
					w.reload()
				} else {
					w.key()
				}
			}
		})
	}
}
