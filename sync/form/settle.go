package form

import (
	"cmp"
	"math"
	"slices"

	"jindu/store"
	"jindu/sync/sheet"
)

// stated is a figure of the workbook with the sheet that it stands on.
type stated struct {
	*fact
	draft  *draft
	report *report
}

// workbook holds the sheets of reports against each other and writes what they
// state into the reading.
func (rd *reader) workbook(out *store.Reading) {
	for _, d := range rd.drafts {
		d.weigh()
	}
	n := 0
	rd.each(func(stated) { n++ })
	facts := make(map[store.Key]stated, n)
	keys := make([]store.Key, 0, n)
	again := map[store.Key][]stated{} // figures that stand at several places
	rd.each(func(s stated) {
		k := s.key()
		first, ok := facts[k]
		switch {
		case !ok:
			facts[k] = s
			keys = append(keys, k)
		case again[k] == nil:
			again[k] = []stated{first, s}
		default:
			again[k] = append(again[k], s)
		}
	})
	for _, k := range keys {
		if again[k] == nil {
			continue
		}
		if s, ok := once(plainest(again[k])); ok {
			facts[k] = s
		} else {
			delete(facts, k)
		}
	}
	rd.contradictions(facts, keys)
	if rd.opt.Alone {
		rd.rules(facts, keys)
	}
	for _, d := range rd.drafts {
		d.weigh()
	}
	rd.owners()
	for _, d := range rd.drafts {
		rd.state(d, out)
	}
}

// each calls do with every figure that is to be stated.
func (rd *reader) each(do func(s stated)) {
	for _, d := range rd.drafts {
		if d.reading.Verdict == store.Rejected || d.reading.Form == "" {
			continue
		}
		for _, t := range d.reports {
			for i := range t.facts {
				if f := &t.facts[i]; f.stands() {
					do(stated{f, d, t})
				}
			}
		}
	}
}

// plainest takes out what a longer period says beside the month itself, such as
// the 累计 of January or a stock under 一季度. Where the two differ both sides are
// doubtful. Alone it stands for the month.
func plainest(all []stated) []stated {
	i := slices.IndexFunc(all, func(s stated) bool { return !s.derived })
	if i < 0 {
		return all
	}
	month := all[i]
	return slices.DeleteFunc(all, func(s stated) bool {
		if !s.derived {
			return false
		}
		s.skip = true
		if !s.na && !month.na && math.Abs(s.value-month.value) > s.step/2+1e-9 {
			suspect(s, month, "cumulative_mismatch", plainNumber(s.value), plainNumber(month.value))
		}
		return true
	})
}

// once settles a figure that stands at several places of the workbook: equal
// ones are one, different ones are all set aside.
func once(all []stated) (stated, bool) {
	for _, s := range all[1:] {
		if s.na != all[0].na || math.Abs(s.value-all[0].value) > 1e-9*math.Max(1, math.Abs(s.value)) || rivals(s, all[0]) {
			for i, one := range all {
				other := all[0]
				if i == 0 {
					other = s
				}
				one.draft.set(one.fact, "stated_twice", other.draft.name+"!"+other.cell.Ref())
			}
			return stated{}, false
		}
	}
	for _, s := range all[1:] {
		s.skip = true
		if !s.draft.twice { // one finding is enough for a sheet
			s.draft.twice = true
			s.draft.find("duplicate", s.cell.Ref(), all[0].draft.name+"!"+all[0].cell.Ref())
		}
	}
	return all[0], true
}

// rivals reports whether two figures stand side by side under different names of
// one indicator, such as 服刑数 and 看守所羁押数: each is a part of it, and that they
// are equal is chance.
func rivals(a, b stated) bool {
	name := func(s stated) string {
		c := s.col
		if s.report.byRow {
			c = s.row
		}
		return loosen(c.names[len(c.names)-1].name)
	}
	return a.report == b.report && name(a) != name(b)
}

// contradictions looks for figures that cannot both be true. Both apply as
// suspect, with a finding that names the contradiction.
func (rd *reader) contradictions(facts map[store.Key]stated, keys []store.Key) {
	for _, k := range keys {
		f, ok := facts[k]
		if !ok || f.na {
			continue
		}
		other := func(code string) (stated, bool) {
			s, ok := facts[store.Key{Unit: k.Unit, Indicator: code, Period: k.Period}]
			return s, ok && !s.na
		}
		switch {
		case f.ind.Kind == store.Ratio:
			rd.ratio(f, other)
		case rd.words.dict.sums[k.Indicator]:
			rd.parts(f, other)
		case f.ind.Kind == store.Flow:
			rd.cumulative(f, facts)
		}
		for _, code := range rd.words.dict.bounds[k.Indicator] {
			if most, ok := other(code); ok && f.value > most.value {
				exceeds(f, most)
			}
		}
	}
}

func exceeds(f, most stated) {
	f.suspect, most.suspect = true, true
	one := f.draft.find("exceeds", f.cell.Ref(), f.says(""), most.says(" ("+most.beside(f)+")"))
	one.Unit, one.Indicator, one.Period = f.unit, f.ind.Code, f.period
}

// says is what a figure comes to, in the words of a finding.
func (s stated) says(after string) string {
	n := " " + plainNumber(s.value) + after
	return store.Bilingual(s.ind.Name+n, s.ind.English+n)
}

// beside is where a figure stands, as a finding at the other one tells it.
func (s stated) beside(other stated) string {
	if s.draft == other.draft {
		return s.cell.Ref()
	}
	return s.draft.name + "!" + s.cell.Ref()
}

// ratio recomputes a printed ratio from its parts, where they are reported too;
// then the printed one is not stated. Over the last printed digit it is named.
func (rd *reader) ratio(f stated, other func(string) (stated, bool)) {
	num, okn := other(f.ind.Numerator)
	den, okd := other(f.ind.Denominator)
	if !okn || !okd {
		return
	}
	if den.value == 0 {
		return
	}
	f.skip = true
	want := num.value / den.value * f.ind.Scale
	if math.Abs(f.value-want) > f.step+1e-9 {
		one := f.draft.find("ratio_mismatch", f.cell.Ref())
		one.Unit, one.Indicator, one.Period = f.unit, f.ind.Code, f.period
	}
}

// parts holds a sum of the catalogue against its parts: all of them must make it
// up, some of them must not be above it.
func (rd *reader) parts(f stated, other func(string) (stated, bool)) {
	sum, slackness, all := 0.0, f.step/2, true
	var parts []stated
	for _, code := range f.ind.Parts {
		p, ok := other(code)
		if !ok {
			all = false
			continue
		}
		parts = append(parts, p)
		sum += p.value
		slackness += p.step / 2
	}
	if len(parts) == 0 || sum-f.value <= slackness && (!all || f.value-sum <= slackness) {
		return
	}
	f.suspect = true
	for _, p := range parts {
		p.suspect = true
	}
	one := f.draft.find("parts_mismatch", f.cell.Ref(), f.says(""))
	one.Unit, one.Indicator, one.Period = f.unit, f.ind.Code, f.period
}

// cumulative holds a number cumulated from January against the months: all of
// them where they are in the workbook, else the month before or the month alone.
func (rd *reader) cumulative(f stated, facts map[store.Key]stated) {
	p := f.period
	if p.Kind == store.Month || p.Kind == store.Week || p.Start() != store.NewDate(p.Year, 1, 1) {
		return
	}
	end := int(p.End().Month)
	month := func(p store.Period) (stated, bool) {
		s, ok := facts[store.Key{Unit: f.unit, Indicator: f.ind.Code, Period: p}]
		return s, ok && !s.na
	}
	own, ok := month(store.MonthOf(p.Year, end))
	if !ok {
		return
	}
	sum, slackness, whole := 0.0, f.step/2, true
	for m := 1; m <= end; m++ {
		s, ok := month(store.MonthOf(p.Year, m))
		whole = whole && ok
		if ok {
			sum += s.value
			slackness += s.step / 2
		}
	}
	if f.ind.Counted() {
		slackness = 0
	}
	slackness += 1e-9
	before, hasBefore := month(store.CumulativeTo(p.Year, end-1))
	switch {
	case hasBefore && f.value < before.value-slackness:
		suspect(f, own, store.CumulativeFalls, plainNumber(f.value), plainNumber(before.value), before.beside(f))
	case whole && math.Abs(f.value-sum) > slackness:
		suspect(f, own, "cumulative_mismatch", plainNumber(f.value), plainNumber(sum))
	case !whole && hasBefore && math.Abs(f.value-before.value-own.value) > slackness:
		suspect(f, own, "cumulative_mismatch", plainNumber(f.value), plainNumber(before.value+own.value))
	case !whole && sum > f.value+slackness:
		suspect(f, own, store.CumulativeShort, plainNumber(f.value), plainNumber(sum))
	}
}

func suspect(f, own stated, rule string, args ...string) {
	f.suspect, own.suspect = true, true
	one := f.draft.find(rule, f.cell.Ref(), args...)
	one.Unit, one.Indicator, one.Period = f.unit, f.ind.Code, f.period
}

// owners marks the figures of the workbook's own period: the latest that a table
// holds figures of, and the latest that any sheet holds of the indicator. The
// others are restated beside it.
func (rd *reader) owners() {
	latest := map[*store.Indicator]store.Period{}
	last := map[*report]store.Period{}
	later := func(a, b store.Period) store.Period {
		if a == b || !a.IsZero() && !a.End().Before(b.End()) {
			return a
		}
		return b
	}
	rd.each(func(s stated) {
		latest[s.ind] = later(latest[s.ind], s.period)
		last[s.report] = later(last[s.report], s.period)
	})
	reaches := func(p, q store.Period) bool { return p == q || !p.End().Before(q.End()) }
	rd.each(func(s stated) {
		s.own = reaches(s.period, last[s.report]) && reaches(s.period, latest[s.ind])
	})
}

// stands reports whether a fact becomes a statement.
func (f *fact) stands() bool {
	return !f.bad && !f.skip && !f.total && f.aspect != yearAgo && f.aspect != previous && f.aspect != change
}

// state writes a sheet's statements, findings and reading.
func (rd *reader) state(d *draft, out *store.Reading) {
	first := map[store.PeriodKind]store.Period{}
	if d.reading.Verdict != store.Rejected {
		for _, t := range d.reports {
			out.Statements = slices.Grow(out.Statements, len(t.facts))
			for i := range t.facts {
				f := &t.facts[i]
				switch {
				case f.total:
				case f.bad && f.aspect != yearAgo && f.aspect != previous && !f.period.IsZero():
					out.SetAside = append(out.SetAside, f.key())
				case f.stands():
					if f.own && d.reading.Period.IsZero() {
						d.reading.Period = f.period // of months across: the last one
					}
					if p, ok := first[f.period.Kind]; !ok || f.period.Before(p) {
						first[f.period.Kind] = f.period
					}
					out.Statements = append(out.Statements, rd.statementOf(d, t, f))
					d.reading.Figures++
				case !f.bad && !f.skip && !f.na && (f.aspect == yearAgo || f.aspect == previous):
					out.Compared = append(out.Compared, rd.statementOf(d, t, f))
				}
			}
		}
	}
	if p := first[d.reading.Period.Kind]; !p.IsZero() && p.Before(d.reading.Period) {
		d.reading.From = p
	}
	for _, t := range d.reports {
		d.reading.Rows += t.filledRows()
	}
	rd.heads(d, out)
	if rd.opt.Explain {
		rd.explain(d)
	}
	out.Workbook.SetAside += d.bad + d.unknown
	out.Findings = append(out.Findings, d.findings...)
	out.Sheets = append(out.Sheets, d.reading)
	slices.SortStableFunc(out.Sheets, func(a, b store.SheetReading) int { return cmp.Compare(a.Index, b.Index) })
}

// filledRows counts the rows that hold figures of ours.
func (t *report) filledRows() int {
	n, last := 0, (*coord)(nil)
	for i := range t.facts {
		if f := &t.facts[i]; f.row != last && !f.total {
			n, last = n+1, f.row
		}
	}
	return n
}

// statementOf turns a fact into what the mirror is told.
func (rd *reader) statementOf(d *draft, t *report, f *fact) store.Statement {
	s := store.Statement{
		Key:           f.key(),
		Value:         f.value,
		NotApplicable: f.na,
		Reported:      f.ind.Kind == store.Ratio,
		Suspect:       f.suspect,
		Own:           f.own,
	}
	s.Cell = store.Cell{
		Sheet:      d.name,
		Ref:        f.cell.Ref(),
		Header:     f.col.header,
		HeaderRefs: f.col.refs,
		UnitRef:    f.unitRef,
		PeriodRef:  f.timeRef,
		Note:       f.note,
	}
	if t.byRow {
		s.Cell.Header = slices.Concat(f.row.header, f.col.header)
		s.Cell.HeaderRefs = slices.Concat(f.row.refs, f.col.refs)
	}
	switch {
	case f.na:
	case f.cell.Kind == sheet.Number:
		s.Cell.Raw = f.cell.Text
	default:
		s.Cell.Raw = clean(f.cell.Text)
	}
	return s
}
