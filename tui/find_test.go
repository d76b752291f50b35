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
	for _, k := range []string{"/", "j", "y", "j", "enter"} {
		var cmd tea.Cmd
		s.model, cmd = s.model.Update(keyOf(k))
		late = append(late, cmd)
	}
	s.shows("jyj") // still open, as nothing has been found yet
	for _, cmd := range late {
		s.run(cmd)
	}
	s.shows("区教育局", "报送")
	s.hides("jyj")
}
