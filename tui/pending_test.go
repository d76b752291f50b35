package tui_test

import (
	"fmt"
	"testing"

	"jindu/store"
	"jindu/tui"
	"jindu/tui/tuitest"
)

// waiting opens a board of the district in which values wait for an officer.
func waiting(tb testing.TB, w, h int, l store.Lang) *session {
	tb.Helper()
	return start(tb, w, h, func(o *tui.Options) {
		o.Lang = l
		o.Reader = &reader{tb: tb, snapshot: tuitest.Waiting()}
	})
}

func TestRuling21Screens(t *testing.T) {
	for _, size := range ladder() {
		for _, l := range languages() {
			for name, keys := range map[string]string{"data": "9", "origin": "9 g enter"} {
				full := fmt.Sprintf("wait-%s-%dx%d-%s", name, size[0], size[1], l)
				t.Run(full, func(t *testing.T) {
					s := waiting(t, size[0], size[1], l).press(keys)
					whole(t, s.screen(), size[0], size[1])
					golden(t, full, s.screen())
				})
			}
		}
	}
}

// TestRuling21Board follows a value that waits from the page of the data down to
// the cell, and sees the accepted one everywhere else.
func TestRuling21Board(t *testing.T) {
	figure, _ := tuitest.Waiting().Figure("cd", "users_found", tuitest.May())
	s := waiting(t, 160, 50, store.Chinese)
	s.press("9").shows("待确认", "3 个数据", fmt.Sprintf("%v › 41", figure.Value), "变动过大", "期间已封存", "已撤回")
	s.press("enter").shows("待确认", "41", "城东所5月（改）.xlsx", "变动过大", "驳回 88", "值班员", "与台账不符")
	s.press("j t").shows("回看 2026-06-23") // the version below it, as of then
	s = waiting(t, 160, 50, store.Chinese)
	s.press("3 j j").shows("待确认 41")
	total := tuitest.Snapshot().Line(store.DistrictCode, "users_found")
	if got := tuitest.Waiting().Line(store.DistrictCode, "users_found"); got.Value != total.Value || got.Waiting != 1 {
		t.Errorf("total %v, %d wait; without what waits %v", got.Value, got.Waiting, total.Value)
	}
}

// TestRuling21AnotherPeriod opens a value that waits in a period that the board
// does not hold: what waits is never shown as the figure.
func TestRuling21AnotherPeriod(t *testing.T) {
	s := waiting(t, 120, 40, store.English)
	s.press("9 g j enter").shows("Waiting", "period closed", "February 2026")
	s.hides("2026-06-05") // the day on which the board's own period was due
}

// TestOneValueWaits counts a single value that waits in the singular: it was "1 values".
func TestOneValueWaits(t *testing.T) {
	data := tuitest.WaitingData()
	data.Pending = data.Pending[:1]
	s := start(t, 120, 40, func(o *tui.Options) {
		o.Lang = store.English
		o.Reader = &reader{tb: t, snapshot: store.NewSnapshot(data)}
	})
	s = s.press("9")
	s.shows("Waiting for an officer", "1 value")
	s.hides("1 values")
}
