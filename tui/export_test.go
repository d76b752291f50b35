package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// Load is the command that reads a snapshot, without the clock and the channels
// that Init waits for too.
func (m *Model) Load() tea.Cmd { return m.load() }

// ChangedMsg says that the mirror has new commits.
func ChangedMsg() tea.Msg { return changed{} }

// MinuteMsg says that the clock shows another minute; what waits for the next
// one is not started.
func MinuteMsg(at time.Time) tea.Msg { return minute{at} }

// PullTextMsg is the text of a pull under way.
func PullTextMsg(text string) tea.Msg { return pullText{text} }
