package tui_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"jindu/store"
	"jindu/tui"
	"jindu/tui/tuitest"
)

// A screen without a page still says what it is and what to do.
func TestScreensWithoutAPageLookAsTheyDid(t *testing.T) {
	for _, l := range languages() {
		for _, size := range [][2]int{{24, 8}, {44, 20}, {120, 40}} {
			for name, make := range map[string]func(*reader) tui.Reader{
				"failed":  func(r *reader) tui.Reader { r.fail = true; return r },
				"empty":   func(*reader) tui.Reader { return &nothing{} },
				"loading": func(*reader) tui.Reader { return nil },
			} {
				full := fmt.Sprintf("blank-%s-%dx%d-%s", name, size[0], size[1], l)
				t.Run(full, func(t *testing.T) {
					s := start(t, size[0], size[1], func(o *tui.Options) {
						o.Lang, o.Reader = l, make(newReader(t))
					})
					whole(t, s.screen(), size[0], size[1])
					golden(t, full, s.screen())
				})
			}
		}
	}
}

// nothing is a mirror that holds nothing yet.
type nothing struct{ reader }

func (*nothing) Snapshot(context.Context, store.SnapshotRequest) (*store.Snapshot, error) {
	d := tuitest.Data(tuitest.May())
	return store.NewSnapshot(&store.SnapshotData{Request: d.Request, Units: d.Units, Catalogue: d.Catalogue, Settings: d.Settings}), nil
}

// refused is a mirror to which files came, all of them refused.
type refused struct{ reader }

func (*refused) Snapshot(context.Context, store.SnapshotRequest) (*store.Snapshot, error) {
	d := tuitest.Data(tuitest.May())
	return store.NewSnapshot(&store.SnapshotData{
		Request: d.Request, Units: d.Units, Catalogue: d.Catalogue, Settings: d.Settings, Workbooks: d.Workbooks[:2],
	}), nil
}

// Files that came and were all refused are not the same as no files: the screen
// leads to what is wrong with them.
func TestABoardWhoseFilesWereAllRefused(t *testing.T) {
	s := start(t, 80, 24, func(o *tui.Options) { o.Reader = &refused{} })
	s.shows("收到的 2 个文件里没有一个数能用", "按 9 看每个文件哪里不对")
	s.hides("还没有数据")
}

// A page none of whose figures was ever reported says so, and what to do.
func TestAPageWithoutAnyFigure(t *testing.T) {
	d := tuitest.Data(tuitest.May())
	d.Figures, d.Settings.Grades, d.Tallies = d.Figures[:1], nil, nil
	d.Units = store.NewUnits(d.Units.All()[:1]) // a station alone: nobody carries programmes out
	s := start(t, 80, 24, func(o *tui.Options) { o.Reader = &few{snapshot: store.NewSnapshot(d)} })
	s.press("5")
	s.shows("本页没有数据")
}

// few is a mirror of one snapshot.
type few struct {
	reader
	snapshot *store.Snapshot
}

func (f *few) Snapshot(context.Context, store.SnapshotRequest) (*store.Snapshot, error) {
	return f.snapshot, nil
}

// A screen that grows shows its page again, where the person was.
func TestASmallScreenKeepsThePlace(t *testing.T) {
	s := start(t, 120, 40, nil).press("3 j*2")
	before := s.screen()
	s.send(tea.WindowSizeMsg{Width: 20, Height: 5})
	s.shows("窗口太小")
	s.send(tea.WindowSizeMsg{Width: 120, Height: 40})
	if s.screen() != before {
		t.Error("the page is another one")
	}
	s = start(t, 80, 24, func(o *tui.Options) {
		r := newReader(t)
		r.fail = true
		o.Reader = r
	})
	if !strings.Contains(s.screen(), store.NewError("mirror_damaged", errors.New("x"), "jindu.db").Hint(store.Chinese)[:9]) {
		t.Errorf("a failure has no hint:\n%s", s.screen())
	}
}
