package tui

import tea "charm.land/bubbletea/v2"

// Load is the command that reads a snapshot, without the clock and the channels
// that Init waits for too.
func (m *Model) Load() tea.Cmd { return m.load() }
