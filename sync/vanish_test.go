package sync_test

import (
	"fmt"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"jindu/store"
)

func TestPullMassVanishing(t *testing.T) {
	o := newOffice(t)
	for i, unit := range []string{"城西派出所", "城东派出所", "滨江派出所"} {
		o.put(unit+"6月.csv", report(unit, 6, i+1))
		o.put(unit+"5月.csv", report(unit, 5, i+1))
	}
	o.pull()
	for _, unit := range []string{"城西派出所", "城东派出所", "滨江派出所"} {
		o.remove(unit + "6月.csv")
	}
	o.want("half of it is gone", o.pull(), [6]int{3, 0, 3, 0, 0, 0}, "vanished")
	books, err := o.db.Workbooks(t.Context(), time.Time{})
	must(t, err)
	for _, b := range books {
		if !b.Live {
			t.Errorf("%s was marked as gone", b.Path)
		}
	}
	if o.value("cxs", 6) != 1 {
		t.Errorf("figure is %v, want the last good one", o.value("cxs", 6))
	}
	o.gone = true
	o.want("somebody said that it is right", o.pull(), [6]int{3, 0, 3, 0, 0, 0})
	if o.value("cxs", 6) != 1 {
		t.Errorf("a figure went with its file")
	}
}

// TestPullUnitsVanishing: three of six units lose all that they have, which is few
// of the files, since one unit keeps most of them.
func TestPullUnitsVanishing(t *testing.T) {
	o := newOffice(t)
	names := []string{"城西派出所", "城东派出所", "滨江派出所", "城南派出所", "城北派出所", "河口派出所"}
	for i, name := range names[3:] {
		o.units = append(o.units, store.Unit{Code: "more" + strconv.Itoa(i), Name: name, Kind: store.Station})
	}
	o.open(filepath.Join(t.TempDir(), "six.db"))
	for i, name := range names {
		o.put(name+"6月.csv", report(name, 6, i+1))
	}
	for month := range 5 {
		o.put(fmt.Sprintf("城西派出所%d月.csv", month+1), report("城西派出所", month+1, 7))
	}
	o.pull()
	for _, name := range names[3:] {
		o.remove(name + "6月.csv")
	}
	o.want("half of the units are gone", o.pull(), [6]int{8, 0, 8, 0, 0, 0}, "vanished")
	o.want("and still are: it is told once", o.pull(), [6]int{8, 0, 8, 0, 0, 0}, "vanished")
	if o.value("more0", 6) != 4 {
		t.Errorf("the figure of a unit that vanished is %v, want the last good one", o.value("more0", 6))
	}
	o.put("城南派出所6月.csv", report("城南派出所", 6, 4))
	o.want("two of six are no alarm", o.pull(), [6]int{9, 0, 9, 0, 0, 0})
	if o.value("more1", 6) != 5 {
		t.Errorf("the figure of a unit whose file is gone is %v, want the last good one", o.value("more1", 6))
	}
}
