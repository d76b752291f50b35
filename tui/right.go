package tui

import (
	tea "charm.land/bubbletea/v2"

	"jindu/store"
)

// deeds are what actions need to be allowed; the others are everybody's.
func deeds() map[action]store.Deed {
	return map[action]store.Deed{
		actPage:      store.DeedBrowse,
		actPeriod:    store.DeedBrowse,
		actEnter:     store.DeedDrill,
		actNextUnit:  store.DeedDrill,
		actBeside:    store.DeedBrowse,
		actIndicator: store.DeedDrill,
		actPrevUnit:  store.DeedDrill,
		actFind:      store.DeedFind,
		actAsOf:      store.DeedLookBack,
		actCopy:      store.DeedExport,
		actExport:    store.DeedExport,
		actPull:      store.DeedPull,
		actDecide:    store.DeedDecide,
	}
}

// allowed reports whether the session may do what an action asks for: help, the
// keys and the palette leave the rest out.
func (m *Model) allowed(act action) bool { return m.opts.Rights.May(deeds()[act]) }

// withheld says that the session may not do something, and has that put on
// record. It is nil where it may.
func (m *Model) withheld(d store.Deed) tea.Cmd {
	if m.opts.Rights.May(d) {
		return nil
	}
	m.notice = m.words.Say("app.withheld", m.words.Say("deed."+d.String()))
	ctx, audit := m.ctx, m.opts.Audit
	return func() tea.Msg {
		if audit != nil {
			_ = audit(ctx, store.Act{Deed: d, Refused: true}) // it is refused, whether or not that can be written
		}
		return nil
	}
}

// recorded says that an act stands on record, or that it cannot.
type recorded struct {
	err  error
	then func() tea.Cmd
}

// onRecord does something that has to stand on record before it is done: where
// it may not be done, or cannot be put on record, the screen says so and it is
// left. What is to be done then runs within Update, like any key.
func (m *Model) onRecord(a store.Act, then func() tea.Cmd) tea.Cmd {
	if no := m.withheld(a.Deed); no != nil {
		return no
	}
	if m.opts.Audit == nil {
		return then()
	}
	ctx, audit := m.ctx, m.opts.Audit
	return func() tea.Msg { return recorded{audit(ctx, a), then} }
}

// recorded goes on with an act that stands on record.
func (m *Model) recorded(msg recorded) tea.Cmd {
	if msg.err != nil {
		m.notice = m.words.Say("app.unrecorded", m.sentence(msg.err))
		return nil
	}
	return msg.then()
}
