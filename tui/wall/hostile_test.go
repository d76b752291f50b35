package wall_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"jindu/store"
	"jindu/tui/tuitest"
	"jindu/tui/wall"
)

// Whatever a file, a source or the configuration carries in whichever field, a wall
// sends only looks and characters of one or two cells, and no row shifts.
func TestNoForeignTextReachesTheWallRaw(t *testing.T) {
	for round, size := range [][2]int{{160, 45}, {81, 24}} {
		d := tuitest.WaitingData()
		p := tuitest.NewPoison(round, d.Catalogue)
		if err := p.Data(d); err != nil {
			t.Fatal(err)
		}
		book := wall.UsualPages()
		for i := range book {
			book[i].Title, book[i].English = p.Text("页"+book[i].Name), p.Text("p"+book[i].Name)
		}
		for _, s := range []*store.Snapshot{store.NewSnapshot(d).Masked(), store.NewSnapshot(d)} {
			for _, one := range book {
				for _, l := range []store.Lang{store.Chinese, store.English} {
					o := wall.Options{Lang: l, Clock: tuitest.Now, Plan: wall.Plan{Book: book}, Open: true}
					frame := wall.Still(s, o, one.Name, 0, size[0], size[1]).View().Content
					where := fmt.Sprintf("round %d, %s %s", round, one.Name, l)
					for _, bad := range tuitest.Foreign(frame) {
						t.Errorf("%s: %s is let through", where, bad)
					}
					for y, line := range strings.Split(frame, "\n") {
						if w := ansi.StringWidth(line); w > size[0] {
							t.Errorf("%s: line %d is %d cells wide", where, y+1, w)
						}
					}
				}
			}
		}
	}
}
