package store

import (
	"slices"
	"strings"
	"sync"
	"time"
)

// dated is what the open rows of one ledger say, ready to be counted by days.
type dated struct {
	form Form
	rows []Record
	// files are the spans of the ledger's files, of those that hold a row of a unit.
	files map[string][]*span
}

// span is from when to when one file of a ledger has rows, and when it last came.
type span struct {
	file     file
	from, to Date
	received time.Time
}

// datedForms are the ledgers by their forms, put in order once, when somebody first
// asks.
type datedForms struct {
	once sync.Once
	of   map[string]*dated
}

// datedRows returns the rows of a ledger by its form.
func (s *Snapshot) datedRows(form string) *dated {
	s.dated.once.Do(func() {
		s.dated.of = map[string]*dated{}
		for _, rec := range s.Records {
			s.addDated(rec)
		}
		for _, c := range s.CaseRows {
			s.addDated(caseRecord(c))
		}
	})
	return s.dated.of[form]
}

func (s *Snapshot) addDated(rec Record) {
	d := s.dated.of[rec.Form]
	if d == nil {
		form, ok := s.Catalogue.FormByCode(rec.Form)
		if !ok {
			return
		}
		d = &dated{form: form, files: map[string][]*span{}}
		s.dated.of[rec.Form] = d
	}
	d.rows = append(d.rows, rec)
	at := file{rec.Cell.Source, rec.Cell.Path}
	one := d.spanOf(rec.Unit, at)
	if one == nil {
		one = d.spanOf("", at)
		if one == nil {
			one = &span{file: at}
			d.files[""] = append(d.files[""], one)
		}
		d.files[rec.Unit] = append(d.files[rec.Unit], one)
	}
	one.add(rec.Day, s.received(rec.Cell, rec.KnownFrom))
}

// spanOf returns the span of a file among those of a unit; of all units for "".
func (d *dated) spanOf(unit string, at file) *span {
	for _, one := range d.files[unit] {
		if one.file == at {
			return one
		}
	}
	return nil
}

func (p *span) add(day Date, received time.Time) {
	if received.After(p.received) {
		p.received = received
	}
	if day.IsZero() {
		return
	}
	if p.from.IsZero() || day.Before(p.from) {
		p.from = day
	}
	if day.After(p.to) {
		p.to = day
	}
}

// covers returns up to which of the days the files of a unit tell what happened:
// up to the newest row of any of them, whosever it is, since a ledger of several
// units goes on for all of them; or to the last day, where a file came in after it.
// It is not ok where no file has a row of these days: then nothing is known, and
// not that nothing happened.
func (s *Snapshot) covers(d *dated, unit string, from, to Date) (until Date, received time.Time, ok bool) {
	for _, one := range d.files[unit] {
		last := one.to
		if DateOf(one.received.In(s.Moment.Location())).After(to) {
			last = to
		}
		if last.Before(from) {
			continue
		}
		ok = true
		if last.After(to) {
			last = to
		}
		if last.After(until) {
			until = last
		}
		if received.IsZero() || one.received.Before(received) {
			received = one.received
		}
	}
	return until, received, ok
}

// coversAll reports whether the files of a unit reach back to the first of the
// days and on to the last.
func (d *dated) coversAll(unit string, from, to Date) bool {
	var first, last Date
	for _, one := range d.files[unit] {
		if first.IsZero() || !one.from.IsZero() && one.from.Before(first) {
			first = one.from
		}
		if one.to.After(last) {
			last = one.to
		}
	}
	return !first.IsZero() && !first.After(from) && !last.Before(to)
}

// caseRecord makes a row of the case ledger one like those of the others.
func caseRecord(c Case) Record {
	rec := Record{ID: c.ID, Form: CaseForm, Unit: c.Unit, Day: c.Solved, Cell: c.Cell, KnownFrom: c.KnownFrom, Values: map[string]Value{
		"type":     {Kind: WordField, Text: c.Type},
		"class":    {Kind: WordField, Text: c.Class},
		"drug":     {Kind: WordField, Text: c.Drug},
		"campaign": {Kind: TitleField, Text: c.Campaign},
	}}
	for name, day := range map[string]Date{"occurred": c.Occurred, "accepted": c.Accepted, "solved": c.Solved, "closed": c.Closed} {
		if !day.IsZero() {
			rec.Values[name] = Value{Kind: DateField, Day: day}
		}
	}
	for name, n := range map[string]float64{"suspects": float64(c.Suspects), "detained": float64(c.Detained), "seized": c.SeizedG} {
		if n >= 0 {
			rec.Values[name] = Value{Kind: NumberField, Number: n}
		}
	}
	return rec
}

// CaseForm is the code of the case ledger's form.
const CaseForm = "cases"

// counts reports whether a row fulfils the conditions of a tally.
func (c *Catalogue) counts(f Form, t FormTally, rec Record) bool {
	for name, want := range t.Where {
		bare, class := strings.CutSuffix(name, ".class")
		v, ok := rec.Values[bare]
		has := v.Text
		switch {
		case !ok:
			has = ""
		case v.Kind == CheckField || v.Kind == FilledField:
			has = map[bool]string{true: "yes", false: "no"}[v.Number == 1]
		case class:
			has = c.classOf(f, bare, v.Text)
		}
		if has != want {
			return false
		}
	}
	return true
}

// classOf returns the class of a dictionary's value.
func (c *Catalogue) classOf(f Form, field, value string) string {
	one, ok := f.Field(field)
	if !ok {
		return ""
	}
	i := slices.IndexFunc(c.Words, func(w Word) bool {
		return w.Dictionary == one.Dictionary && w.Value == value && w.Class != ""
	})
	if i < 0 {
		return ""
	}
	return c.Words[i].Class
}

// amount returns what a row adds to a tally, in the measure of its indicator; not
// ok where the row gives no number.
func (c *Catalogue) amount(f Form, t FormTally, rec Record) (float64, bool) {
	if t.Sum == "" {
		return 1, true
	}
	v, ok := rec.Values[t.Sum]
	if !ok {
		return 0, false
	}
	field, _ := f.Field(t.Sum)
	ind, _ := c.ByCode(t.Indicator)
	from, okFrom := c.MeasureByName(field.Measure)
	into, okInto := c.MeasureByName(ind.Measure)
	if okFrom && okInto && from.Base == into.Base && into.Factor != 0 {
		return v.Number * from.Factor / into.Factor, true
	}
	return v.Number, true
}

// dayOf returns the day on which a row counts for a tally.
func dayOf(t FormTally, rec Record) Date {
	if v, ok := rec.Values[t.When]; ok && !v.Day.IsZero() {
		return v.Day
	}
	if t.When == "" {
		return rec.Day
	}
	return Date{}
}

// ledgerOf returns the ledger that counts an indicator, and how.
func (c *Catalogue) ledgerOf(code string) (Form, FormTally, bool) {
	for _, f := range c.Forms {
		if f.Kind != LedgerForm {
			continue
		}
		for _, t := range f.Tallies {
			if t.Indicator == code && t.By == "" && (t.When != "" || f.Row != "") {
				return f, t, true
			}
		}
	}
	return Form{}, FormTally{}, false
}

// Marked reports whether the ledger that counts an indicator says to which campaign
// a row belongs.
func (c *Catalogue) Marked(code string) bool {
	f, _, ok := c.ledgerOf(code)
	_, marks := f.Field("campaign")
	return ok && marks
}
