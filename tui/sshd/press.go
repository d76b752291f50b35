package sshd

import (
	tea "charm.land/bubbletea/v2"
)

// What a person may press: a key that is held repeats 30 times a second. What
// comes faster comes from no hand, and is dropped.
const (
	pressesASecond = 32
	pressesAtOnce  = 64
)

// filter returns what sees each message before the board does: it notes that
// somebody is there, and drops what no hand can do. Answers of the terminal are no
// presses: a screen that nobody looks at gives them, too.
func (v *visit) filter() func(tea.Model, tea.Msg) tea.Msg {
	presses := newPace(pressesASecond, pressesAtOnce, v.server.now())
	return func(_ tea.Model, msg tea.Msg) tea.Msg {
		switch msg := msg.(type) {
		case tea.KeyPressMsg, tea.PasteMsg, tea.MouseClickMsg, tea.MouseWheelMsg:
			v.touch()
			if !presses.allows(v.server.now()) {
				return nil
			}
		case tea.KeyReleaseMsg, tea.MouseMotionMsg, tea.MouseReleaseMsg, tea.FocusMsg, tea.BlurMsg:
			return nil // the board has no use for them
		case tea.SuspendMsg:
			return tea.ResumeMsg{} // the process is everybody's
		case tea.WindowSizeMsg:
			at := size{msg.Width, msg.Height}.clamped()
			return tea.WindowSizeMsg{Width: at.columns, Height: at.rows}
		}
		return msg
	}
}
