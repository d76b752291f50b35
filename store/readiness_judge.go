package store

import (
	"math"
	"time"
)

// judge says how a unit stands with a requirement.
func (s *Snapshot) judge(r Requirement, unit string) Readiness {
	out := Readiness{Requirement: r, Unit: unit, State: Unknown}
	judges := map[Judge]func(*Readiness){
		ByLedger:    s.judgeLedger,
		ByReport:    s.judgeReport,
		ByCheck:     s.judgeCheck,
		ByFigure:    s.judgeFigure,
		ByFunds:     s.judgeFunds,
		ByLeading:   s.judgeLeading,
		ByTasks:     s.judgeTasks,
		ByRectified: s.judgeRectified,
		ByStock:     s.judgeStock,
	}
	if judge, ok := judges[r.By]; ok {
		judge(&out)
	}
	return out
}

// say settles a judgement.
func (r *Readiness) say(state ReadyState, why string, args ...any) {
	r.State, r.Why, r.Args = state, why, args
}

// rest notes what the judgement rests on.
func (r *Readiness) rest(cell Cell, from time.Time) { r.Cell, r.From = cell, from }

// arrived returns when the file of a cell came last, or where the snapshot does
// not hold it when the row became known.
func (s *Snapshot) arrived(c Cell, known time.Time) time.Time {
	if w, ok := s.books[c.Workbook]; ok {
		return w.Received
	}
	return known
}

// judgeLedger asks whether the ledger is there, filled, and kept up.
func (s *Snapshot) judgeLedger(r *Readiness) {
	l := s.Ledger(r.Requirement.Of, r.Unit, r.Requirement.Fields)
	if l.Rows == 0 {
		r.say(Unknown, "ledger_none")
		return
	}
	r.rest(l.Cell, l.From)
	limit := r.Requirement
	switch {
	case limit.Least.OK && l.Filled.OK && l.Filled.V < limit.Least.V:
		r.say(Lacking, "ledger_blank", math.Floor(l.Filled.V), l.Emptiest)
		if l.Blank.Ref != "" {
			r.Cell = l.Blank
		}
	case limit.Days > 0 && !l.Newest.IsZero() && s.Today.Sub(l.Newest) > limit.Days:
		r.say(Lacking, "ledger_stale", l.Newest, s.Today.Sub(l.Newest))
	case l.Newest.IsZero():
		r.say(Met, "ledger_rows", l.Rows)
	case l.Counted:
		r.say(Met, "ledger_there", l.Newest)
	default:
		r.say(Met, "ledger_ok", l.Rows, l.Newest)
	}
}

// judgeReport asks whether the report that was due last is in.
func (s *Snapshot) judgeReport(r *Readiness) {
	form, _ := s.Catalogue.FormByCode(r.Requirement.Of)
	cadence, ok := s.Catalogue.FormCadence(form)
	if !ok || s.duties.Released(r.Unit, cadence) {
		r.say(Exempt, "report_released")
		return
	}
	p := s.Period.Of(cadence.PeriodKind())
	if s.Period.IsZero() { // nobody has ever reported anything
		p = PeriodAt(cadence.PeriodKind(), s.Today).Add(-1)
	}
	if s.reported(r, form, p) {
		return
	}
	due := s.duties.Due(r.Unit, p)
	if s.Today.After(due) {
		r.say(Lacking, "report_missing", p, due)
		return
	}
	if s.reported(r, form, p.Add(-1)) {
		return
	}
	r.say(Unknown, "report_due", p, due)
}

// reported says that the unit's report of the period is in, if it is.
func (s *Snapshot) reported(r *Readiness, form Form, p Period) bool {
	for _, code := range form.Indicators {
		f, ok := s.figures[Key{r.Unit, code, p}]
		if !ok || !r.From.IsZero() && !f.Received.After(r.From) {
			continue
		}
		r.rest(f.Cell, f.Received)
		r.Key = f.Key
	}
	if r.From.IsZero() {
		return false
	}
	r.say(Met, "report_in", p)
	return true
}

// judgeCheck asks for a yes.
func (s *Snapshot) judgeCheck(r *Readiness) {
	f, ok := s.Figure(r.Unit, r.Requirement.Of, s.Period)
	if !ok {
		r.say(Unknown, "check_none")
		return
	}
	r.rest(f.Cell, f.Received)
	r.Key = f.Key
	switch {
	case f.State == Conflict || f.State == Suspect:
		r.say(Unknown, "in_doubt")
	case f.Period.Kind == Year && f.Period.End().Before(s.Period.End()):
		r.say(Unknown, "check_old", f.Period) // a budget of last year says nothing of this one
	case f.NotApplicable:
		r.say(Exempt, "not_applicable")
	case f.Value > 0:
		r.say(Met, "check_yes")
	default:
		r.say(Lacking, "check_no")
	}
}

// judgeFigure holds a figure against its bounds, or where the requirement names
// none against the district's target.
func (s *Snapshot) judgeFigure(r *Readiness) {
	l := s.Line(r.Unit, r.Requirement.Of)
	least, most := r.Requirement.Least, r.Requirement.Most
	if !least.OK && !most.OK {
		if least = l.Target; l.Indicator.Polarity == Lower {
			least, most = Num{}, l.Target
		}
	}
	if l.Latest.Unit != "" {
		r.rest(l.Latest.Cell, l.Latest.Received)
		r.Key = l.Latest.Key
	}
	measure := l.Indicator.Measure
	switch {
	case !least.OK && !most.OK:
		r.say(Exempt, "figure_no_target")
	case l.NA:
		r.say(Exempt, "not_applicable")
	case !l.Value.OK:
		r.say(Unknown, "figure_none")
	case l.State == Conflict || l.State == Suspect:
		r.say(Unknown, "in_doubt")
	case least.OK && l.Value.V < least.V:
		r.say(Lacking, "figure_low", l.Value.V, measure, least.V)
	case most.OK && l.Value.V > most.V:
		r.say(Lacking, "figure_high", l.Value.V, measure, most.V)
	default:
		r.say(Met, "figure_ok", l.Value.V, measure)
	}
}

// judgeFunds asks that nothing was spent off purpose, by the ledger and by the
// reports.
func (s *Snapshot) judgeFunds(r *Readiness) {
	f := s.Funds(r.Unit)
	r.rest(f.Cell, f.From)
	switch {
	case f.OffPurpose > 0:
		r.say(Lacking, "funds_off", f.OffPurpose)
		r.Cell = f.OffCell
	case f.Misuse.OK && f.Misuse.V > 0:
		r.say(Lacking, "funds_off", int(f.Misuse.V))
	case f.Rows == 0:
		r.say(Unknown, "ledger_none")
	case f.Undeclared > 0:
		r.say(Unknown, "funds_undeclared", f.Undeclared)
	default:
		r.say(Met, "funds_ok", f.Payments)
	}
}

// judgeLeading asks for a post, a document and a change that is not too old.
func (s *Snapshot) judgeLeading(r *Readiness) {
	g, ok := s.Leading(r.Unit)
	if !ok {
		r.say(Unknown, "ledger_none")
		return
	}
	r.rest(g.Cell, g.From)
	limit := r.Requirement.Days
	switch {
	case g.Post == "":
		r.say(Lacking, "leading_post")
	case g.Document == "":
		r.say(Lacking, "leading_document")
	case g.Renewed.OK && g.Renewed.V == 0:
		r.say(Lacking, "leading_renewed")
	case g.Changed.IsZero():
		r.say(Unknown, "leading_undated")
	case limit > 0 && s.Today.Sub(g.Changed) > limit:
		r.say(Lacking, "leading_old", g.Changed)
	default:
		r.say(Met, "leading_ok", g.Post, g.Changed)
	}
}

// judgeTasks asks that no task of the strengthening is overdue.
func (s *Snapshot) judgeTasks(r *Readiness) {
	listed, overdue, longest := 0, 0, 0
	for _, t := range s.TasksOf(r.Unit) {
		if t.Strengthening != r.Requirement.Strengthening || t.Unit != r.Unit {
			continue
		}
		listed++
		if r.From.IsZero() {
			r.rest(t.Cell, s.arrived(t.Cell, t.KnownFrom))
		}
		if state, days := t.State(s.Today, s.Settings.Calendar); state == StateOverdue {
			if overdue++; days > longest {
				longest = days
				r.rest(t.Cell, s.arrived(t.Cell, t.KnownFrom))
			}
		}
	}
	switch {
	case listed == 0:
		r.say(Exempt, "tasks_none")
	case overdue > 0:
		r.say(Lacking, "tasks_overdue", overdue, longest)
	default:
		r.say(Met, "tasks_ok", listed)
	}
}

// judgeRectified asks that nothing is past the day by which it was to be put right.
func (s *Snapshot) judgeRectified(r *Readiness) {
	v := s.Inspected(r.Unit)
	switch {
	case len(v.Visits) == 0:
		r.say(Unknown, "ledger_none")
	case len(v.Overdue) > 0:
		worst := v.Overdue[0]
		r.rest(worst.Cell, worst.From)
		r.say(Lacking, "rectify_overdue", len(v.Overdue), worst.Days)
	default:
		r.rest(v.Visits[0].Cell, v.Visits[0].From)
		r.say(Met, "rectify_ok", len(v.Visits))
	}
}

// judgeStock asks that what enterprises have is what the system says.
func (s *Snapshot) judgeStock(r *Readiness) {
	v := s.Inspected(r.Unit)
	switch {
	case v.Weighed == 0:
		r.say(Unknown, "stock_none")
	case len(v.Differing) > 0:
		worst := v.Differing[0]
		r.rest(worst.Cell, worst.From)
		r.say(Lacking, "stock_differs", len(v.Differing))
	default:
		r.rest(v.Visits[0].Cell, v.Visits[0].From)
		r.say(Met, "stock_ok", v.Weighed)
	}
}
