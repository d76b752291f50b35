package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"jindu/tui/page"
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

// Standing is where a person stands: the page, how far down, the panel, and what is
// under the cursor.
type Standing struct {
	Visit page.Visit
	Depth int
	Over  bool // something lies over the page
	Panel string
	ID    string
}

// Standing returns where the person stands.
func (m *Model) Standing() Standing {
	s := Standing{Visit: m.here().Visit, Depth: len(m.way), Over: m.over != nil}
	if m.layout != nil {
		s.Panel, s.ID = m.layout.Focus(), m.layout.Spot().ID
	}
	return s
}

// Shows reports whether the focused panel has a row or a figure of that identity.
func (m *Model) Shows(id string) bool { return m.layout != nil && m.layout.Has(id) }
