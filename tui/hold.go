package tui

import tea "charm.land/bubbletea/v2"

// mostHeld bounds what can be typed ahead.
const mostHeld = 64

// waits reports whether a key would meet what the person has left already: the
// snapshot or the hits that were asked for are still on their way.
func (m *Model) waits() bool {
	f, ok := m.over.(*finder)
	return m.awaited || ok && f.entered
}

// hold keeps a key until what is on its way is there: a hand that types ahead must
// be led where it believes to be. Who wants out need not wait.
func (m *Model) hold(k tea.KeyPressMsg, act action) bool {
	out := (act == actBack || act == actQuit) && len(m.held) == 0
	if out || !m.waits() {
		return false
	}
	if len(m.held) < mostHeld {
		m.held = append(m.held, k)
	}
	return true
}

// release presses the keys that were held, until there is something to wait for
// again.
func (m *Model) release() tea.Cmd {
	var out []tea.Cmd
	for len(m.held) > 0 && !m.waits() {
		k := m.held[0]
		m.held = m.held[1:]
		m.relay() // a key acts on what the one before has led to
		out = append(out, m.press(k))
	}
	return tea.Batch(out...)
}

// drop forgets the keys that were held: what they were meant for does not come.
func (m *Model) drop() { m.awaited, m.held = false, nil }
