package sync_test

import (
	"slices"
	"testing"
	"time"

	"jindu/store"
)

// TestQ01_OldContentPutBack corrects a report and puts the first one back: the
// figure follows, every value stays in its versions, and the file is told of as
// long as it holds what was corrected once.
func TestQ01_OldContentPutBack(t *testing.T) {
	o := newOffice(t)
	for _, cases := range []int{4, 5} {
		o.put("a.csv", report("城西派出所", 6, cases))
		o.want("corrected", o.pull(), [6]int{1, 1, 0, 1, 0, 0})
	}
	o.put("a.csv", report("城西派出所", 6, 4))
	o.want("put back", o.pull(), [6]int{1, 1, 0, 1, 0, 0}, "reverted")
	o.want("and still there", o.pull(), [6]int{1, 0, 1, 0, 0, 0}, "reverted")
	o.units = append(o.units, store.Unit{Code: "hks", Name: "河口派出所", Kind: store.Station})
	o.pull() // which reads everything again, by other words
	if !slices.Contains(o.rules(), "reverted") {
		t.Error("read again, the same bytes are not told of any more")
	}
	versions, err := o.db.Versions(t.Context(), store.Key{Unit: "cxs", Indicator: "case_criminal", Period: store.MonthOf(2026, 6)}, time.Time{})
	must(t, err)
	if len(versions) != 3 || o.value("cxs", 6) != 4 {
		t.Errorf("%d versions, the figure is %v", len(versions), o.value("cxs", 6))
	}
	o.put("a.csv", report("城西派出所", 6, 6))
	o.want("something new", o.pull(), [6]int{1, 1, 0, 1, 0, 0})
}
