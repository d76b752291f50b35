package tui_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"jindu/store"
	"jindu/tui"
	"jindu/tui/tuitest"
)

// crowded is the district with several values that wait under one total, and files
// in conflict about one more of them.
func crowded() *store.SnapshotData {
	d := tuitest.WaitingData()
	for i, unit := range []string{"cx", "bj", "bg"} {
		one := d.Pending[0]
		one.Unit, one.Value = unit, float64(57+9*i)
		one.Cell.Path, one.Cell.Ref = "报表/2026-05/"+unit+"5月.xlsx", fmt.Sprintf("F%d", 13+i)
		one.KnownFrom = tuitest.Now().Add(-time.Duration(i+1) * 7 * time.Hour)
		d.Pending = append(d.Pending, one)
	}
	d.Conflicts = append(d.Conflicts, store.Key{Unit: "wc", Indicator: "users_found", Period: d.Period})
	return d
}

// queued opens a board of that district with the cursor on the total.
func queued(tb testing.TB, w, h int, l store.Lang) (*session, *clerk) {
	tb.Helper()
	d := crowded()
	r := &reader{tb: tb, snapshot: store.NewSnapshot(d)}
	c := newClerk(r, d)
	s := start(tb, w, h, func(o *tui.Options) { o.Reader, o.Decider, o.Lang = r, c, l })
	s.reader = r
	return s, c
}

// listed goes down the page of cases to the total and opens the list there: where
// the total stands depends on the width.
func (s *session) listed() *session {
	s.press("3 g")
	for range 12 {
		if s.press("a"); strings.Contains(s.screen(), "14 › 41") {
			return s
		}
		s.press("j")
	}
	s.tb.Errorf("no total opens a list:\n%s", s.screen())
	return s
}

// without is the district once one figure has been decided.
func without(k store.Key) *store.Snapshot {
	d := crowded()
	d.Pending = slices.DeleteFunc(d.Pending, func(p store.Pending) bool { return p.Key == k })
	return store.NewSnapshot(d)
}

func TestDecideListScreens(t *testing.T) {
	for _, size := range ladder() {
		for _, l := range languages() {
			full := fmt.Sprintf("decide-list-%dx%d-%s", size[0], size[1], l)
			t.Run(full, func(t *testing.T) {
				s, _ := queued(t, size[0], size[1], l)
				s.listed()
				whole(t, s.screen(), size[0], size[1])
				golden(t, full, s.screen())
			})
		}
	}
}

// TestSeveralWaitUnderATotal lists them all with what stands, what waits and the cell;
// Enter asks about one, Esc is back in the list, and what is decided leaves it.
func TestSeveralWaitUnderATotal(t *testing.T) {
	s, c := queued(t, 120, 40, store.Chinese)
	s.press("j*3 a").shows("5 个数", "14 › 41", "14 › 57", "14 › 66", "14 › 75", "88 / 91", "F12", "F13", "K7")
	s.press("j enter").shows("57", "确认", "Enter 写理由")
	s.press("esc").shows("5 个数", "14 › 57")
	key := crowded().Pending[3].Key
	s.reader.snapshot = without(key)
	s.press("enter*2").types("核实").press("enter y")
	if len(c.answers) != 1 || c.answers[0].Question.Key != key {
		t.Fatalf("entered is %+v", c.answers)
	}
	s.shows("4 个数", "已确认 57", "14 › 41", "14 › 66")
	s.hides("14 › 57")
	s.press("esc").hides("14 › 41")
}

// TestTheListFollowsTheBoard drops what another officer decides, keeps the cursor on
// its figure, and closes with the last one.
func TestTheListFollowsTheBoard(t *testing.T) {
	s, c := queued(t, 120, 40, store.Chinese)
	s.press("j*3 a G")
	delete(c.question, crowded().Pending[0].Key)
	s.send(tui.ChangedMsg())
	s.shows("4 个数", "K7")
	s.press("enter").shows("采用哪一份")
	c.askErr = store.NewError("mirror_readonly", nil)
	s.press("esc").shows("镜像库不可写", "再看一次")
	c.askErr = nil
	s.press("enter").shows("4 个数")
	clear(c.question)
	s.send(tui.ChangedMsg())
	s.hides("4 个数")
	s.shows("没有待确认的数")
}

// TestADirectorSeesNoList is refused as for one value, and it stands on record.
func TestADirectorSeesNoList(t *testing.T) {
	d, log := crowded(), &ledger{}
	r := &reader{tb: t, snapshot: store.NewSnapshot(d)}
	c := newClerk(r, d)
	s := start(t, 120, 40, func(o *tui.Options) {
		o.Reader, o.Decider, o.Rights, o.Audit = r, c, store.RoleDirector.Rights(), log.put
	})
	s.press("j*3 a").hides("14 › 41")
	if c.asked > 0 || len(log.acts) == 0 {
		t.Errorf("asked %d times, on record %v", c.asked, log.acts)
	}
}

// TestTheListFitsEveryScreen keeps the value and the cell of the row under the cursor
// in sight at every size.
func TestTheListFitsEveryScreen(t *testing.T) {
	for w := 40; w <= 130; w += 30 {
		for h := 12; h <= 44; h += 16 {
			for _, l := range languages() {
				s, _ := queued(t, w, h, l)
				s.listed().shows("14 › 41", "F12")
				whole(t, s.screen(), w, h)
			}
		}
	}
}

// Under a sum of months, values wait in each of them: only those of the last month were
// asked about.
func TestWhatWaitsInTheMonthsOfALongerPeriod(t *testing.T) {
	d := crowded()
	d.Period = store.CumulativeTo(2026, 5)
	earlier := d.Pending[0]
	earlier.Period, earlier.Unit, earlier.Value = store.MonthOf(2026, 2), "sm", 99
	outside := d.Pending[0]
	outside.Period, outside.Unit, outside.Value = store.MonthOf(2025, 12), "sm", 77
	d.Pending = append(d.Pending, earlier, outside)
	r := &reader{tb: t, snapshot: store.NewSnapshot(d)}
	c := newClerk(r, d)
	s := start(t, 120, 40, func(o *tui.Options) { o.Reader, o.Decider, o.Lang = r, c, store.Chinese })
	s.listed()
	s.shows("14 › 57", "14 › 66", "14 › 75", "99")
	s.hides("14 › 77", "2025-12")
}
