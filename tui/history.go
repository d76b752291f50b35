package tui

import (
	tea "charm.land/bubbletea/v2"

	"jindu/store"
	"jindu/tui/page"
)

// ask asks for the history of the indicator whose page is open, once for each state
// of the mirror.
func (m *Model) ask() tea.Cmd {
	here := m.here()
	if here.Page != page.UnitsPage || m.board == nil || m.opts.History == nil {
		return nil
	}
	ind, ok := m.board.Catalogue.ByCode(here.Indicator)
	if !ok || ind.Origin != store.FromReport {
		return nil
	}
	q := question{here.Indicator, m.board.Period, m.request.AsOf, m.board.Version}
	if q == m.asked {
		return nil
	}
	if m.asked.indicator != q.indicator || m.asked.period != q.period {
		m.history = page.History{Indicator: q.indicator, Period: q.period}
	}
	m.asked = q
	codes := []string{ind.Code}
	if ind.Kind == store.Ratio {
		codes = []string{ind.Numerator, ind.Denominator}
	}
	period := q.period
	if kind := ind.Cadence.PeriodKind(); kind != store.Month && period.Kind == store.Month {
		period = period.Of(kind)
	}
	ctx, read, counts := m.ctx, m.opts.History, m.counts(codes)
	return func() tea.Msg {
		all, err := read(ctx, codes, period, q.asOf)
		if err != nil {
			return learned{of: q, err: err}
		}
		return learned{of: q, learned: store.Learn(ind, counts(all))}
	}
}

// counts leaves what is counted into the district's total: a unit that reports the
// sum of others is not added to them.
func (m *Model) counts(codes []string) func([]store.Figure) []store.Figure {
	in := map[store.UnitIndicator]bool{}
	for _, code := range codes {
		for _, unit := range m.board.Owing(store.DistrictCode, code) {
			in[store.UnitIndicator{Unit: unit, Indicator: code}] = true
		}
	}
	return func(all []store.Figure) []store.Figure {
		var out []store.Figure
		for _, f := range all {
			if in[store.UnitIndicator{Unit: f.Unit, Indicator: f.Indicator}] {
				out = append(out, f)
			}
		}
		return out
	}
}

// learn takes an answer in, unless another question has been asked since.
func (m *Model) learn(msg learned) {
	if msg.of != m.asked {
		return
	}
	m.history = page.History{Indicator: msg.of.indicator, Period: msg.of.period, Learned: msg.learned, Err: msg.err, Read: true}
}
