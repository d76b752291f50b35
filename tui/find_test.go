package tui_test

import (
	"testing"

	tea "charm.land/bubbletea/v2"
)

// A hand that types faster than the look-up answers must be led to what it
// typed: not to what was found for the first letters, and not nowhere.
func TestEnterWaitsForTheLookUp(t *testing.T) {
	s := start(t, 120, 40, nil)
	var late []tea.Cmd
	for _, k := range []string{"/", "j", "y", "enter"} {
		var cmd tea.Cmd
		s.model, cmd = s.model.Update(keyOf(k))
		late = append(late, cmd)
	}
	s.shows("查找   jy") // still open, as nothing has been found yet
	for _, cmd := range late {
		s.run(cmd)
	}
	s.shows("  区教育局   2026年5月", "Esc 返回")
	s.hides("查找   jy")
}

// The sheet for a meeting has no digit: the look-up leads to it, and the header
// names it while it is there and gives it no room while it is not.
func TestAPageWithoutADigit(t *testing.T) {
	s := start(t, 120, 40, nil)
	s.hides("简报")
	s.press("/ 简报 enter").shows("简报", "急办任务", "数据待办")
	s.press("1").hides("简报")
}
