package form

import (
	"path"
	"slices"
	"strings"

	"jindu/store"
	"jindu/sync/sheet"
)

// said is what a ledger's title, its sheet's name, the file's name and the source
// say for every row.
type said struct {
	unit      string // code; the district's where the whole ledger is the district's
	unitRef   string // title, sheet, file or source
	year      int
	noYear    bool         // nobody says the year: it is today's
	month     int          // 0 where the title is silent
	period    store.Period // the month that the stocks of the sheet are of
	periodRef string
	span      store.Period // the period that the sheet names, as it names it: 1-6月
	measure   string       // 单位：万元
	place     []place
	objection *objection
}

// objection is why a sheet is refused before its rows are read.
type objection struct {
	rule, ref string
	args      []string
}

// place is a text outside the table, and the word for it. Of a title there is
// the address too.
type place struct{ where, ref, text string }

// listen reads the texts outside the table.
func (l *ledger) listen() said {
	base := path.Base(strings.ReplaceAll(l.file, `\`, "/"))
	base = strings.TrimSuffix(base, path.Ext(base))
	s := said{place: append(l.titles(), place{"sheet", "", l.sheet.Name}, place{"file", "", base})}
	for _, p := range s.place {
		s.learn(p.text)
		if s.measure == "" && p.where == "title" {
			s.measure = l.measureIn(p.text)
		}
	}
	l.whoseSheet(&s)
	if l.stocks() {
		l.whichMonth(&s)
	}
	if s.year == 0 {
		s.year, s.noYear = l.opt.Today.Year, true
	}
	return s
}

// titles lists the texts above the heads.
func (l *ledger) titles() []place {
	var out []place
	for _, c := range l.sheet.Cells {
		if int(c.Row) >= l.top {
			break
		}
		if c.Kind == sheet.Text && len(c.Text) < 600 {
			out = append(out, place{"title", c.Ref(), c.Text})
		}
	}
	return out
}

var (
	titleYear  = newPattern(`(?:^|[^0-9])(20[0-9]{2})(?:年|[-./][0-9]|$|[^0-9])`)
	titleMonth = newPattern(`(?:^|[^0-9至到~-])([0-9]{1,2})月(?:份|[^0-9]|$)`)
	monthSpan  = newPattern(`[0-9]月?[-~—至到][0-9]{1,2}月`)
)

// learn takes year and month from a title, unless an earlier one gave them.
func (s *said) learn(text string) {
	text = numerals(fold(text))
	if all := titleYear.FindAllStringSubmatch(text, -1); s.year == 0 {
		for _, m := range all {
			if s.year != 0 && s.year != yearOr(m[1], 0) {
				s.year = 0 // 2025-2026年 is no year
				break
			}
			s.year = yearOr(m[1], 0)
		}
	}
	if m := titleMonth.FindStringSubmatch(text); m != nil && s.month == 0 && !monthSpan.MatchString(text) {
		if n := yearOr(m[1], 0); n >= 1 && n <= 12 {
			s.month = n
		}
	}
}

var saidMeasure = newPattern(`(?:金额|计量|数量)?单位:(?:人民币)?([\p{Han}%A-Za-z]+)`)

// measureIn returns the measure that a title states for all amounts: 单位：万元.
func (l *ledger) measureIn(text string) string {
	for _, m := range saidMeasure.FindAllStringSubmatch(fold(text), -1) {
		if _, ok := l.opt.Catalogue.MeasureByName(m[1]); ok {
			return m[1]
		}
	}
	return ""
}

// whoseSheet finds the unit of a sheet whose rows name none: two that contradict
// each other refuse it. A ledger that names only the district is the district's.
func (l *ledger) whoseSheet(s *said) {
	own := l.fields[l.form.unit] != nil
	district, at := "", place{}
	for _, p := range s.place {
		codes := l.units.within(p.text)
		switch {
		case len(codes) == 1 && s.unit == "":
			s.unit, s.unitRef, at = codes[0], p.where, p
		case len(codes) == 1 && !own && !l.related(codes[0], s.unit):
			s.objection = &objection{"unit_conflict", at.ref, []string{
				first(at.ref, at.where) + " " + l.opt.Units.Name(s.unit), first(p.ref, p.where) + " " + l.opt.Units.Name(codes[0]),
			}}
			return
		case district == "" && l.units.area != "" && strings.Contains(fold(p.text), l.units.area):
			district = p.where
		}
	}
	switch {
	case s.unit == "" && l.opt.BoundUnit != "":
		s.unit, s.unitRef = l.opt.BoundUnit, "source"
	case s.unit == "" && district != "" && l.form.Code != formTasks && l.form.Code != formCases:
		s.unit, s.unitRef = store.DistrictCode, district
	}
}

// related reports whether one unit is the other or lies below it.
func (l *ledger) related(a, b string) bool {
	return slices.Contains(l.opt.Units.Below(a), b) || slices.Contains(l.opt.Units.Below(b), a)
}

// stocks reports whether the ledger counts something by the sheet's own period:
// what has no date of its own, or none on this sheet.
func (l *ledger) stocks() bool {
	return slices.ContainsFunc(l.form.Tallies, func(t store.FormTally) bool { return t.When == "" || l.fields[t.When] == nil })
}

// lateInMonth is from which day on a cut-off is as good as the month's end: the
// statistical month may end on the 25th.
const lateInMonth = 20

// whichMonth finds the month that the sheet's stocks are of. Two that contradict
// each other refuse the sheet: last month's title on this month's file is the
// commonest error of all.
func (l *ledger) whichMonth(s *said) {
	var at place
	for _, p := range s.place {
		if p.where == "file" && l.several {
			continue // a sheet for each month
		}
		for _, w := range whens(fold(p.text), l.opt.MonthStarts) {
			if w.named() && !w.vague && s.span.IsZero() {
				s.span = w.in(s.year)
			}
			month := l.monthOf(w, s.year)
			switch {
			case month.IsZero():
			case s.period.IsZero():
				s.period, s.periodRef, at = month, p.where, p
			case month != s.period && s.objection == nil:
				s.objection = &objection{"period_conflict", at.ref, []string{
					first(at.ref, at.where) + " " + s.period.String(), first(p.ref, p.where) + " " + month.String(),
				}}
			}
		}
	}
	if s.objection == nil && !s.period.IsZero() && begins(l.stockPeriod(s.period), l.opt.MonthStarts).After(l.opt.Today) {
		s.objection = &objection{"period_future", at.ref, []string{s.period.String()}}
	}
}

// stockPeriod returns the period that the sheet's stocks are of, given its last
// month: where all are reported by quarter, one that has begun may be handed in.
func (l *ledger) stockPeriod(month store.Period) store.Period {
	kind := store.Year
	for _, t := range l.form.Tallies {
		if t.When == "" || l.fields[t.When] == nil {
			ind, _ := l.opt.Catalogue.ByCode(t.Indicator)
			kind = min(kind, ind.Cadence.PeriodKind())
		}
	}
	return month.Of(kind)
}

// monthOf returns the month in which a period ends, or in which a cut-off day
// late enough lies.
func (l *ledger) monthOf(w when, year int) store.Period {
	if d := w.cutoff; !d.IsZero() {
		if d.Year == 0 {
			d.Year = year
		}
		if d.Year == 0 || !d.Valid() || d.Day < lateInMonth && d.Add(1).Month == d.Month {
			return store.Period{}
		}
		return store.PeriodAt(store.Month, d)
	}
	if !w.named() || w.vague {
		return store.Period{}
	}
	p := w.in(year)
	if p.IsZero() || p.Kind == store.Week {
		return store.Period{}
	}
	return p.Of(store.Month)
}
