package form

import (
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"jindu/store"
	"jindu/sync/sheet"
)

// trust orders the places in which unit and period are stated: the first one
// that says something is believed, and the others must not contradict it.
type trust uint8

const (
	byTitle trust = iota
	bySubtitle
	bySheet
	byFile
	bySource
)

// code is the word that stands for a place that is no cell, in store.Cell.
func (t trust) code() string { return [...]string{"title", "title", "sheet", "file", "source"}[t] }

// claim is one statement of the unit or the period outside the table.
type claim struct {
	trust trust
	where string // an address, or the masked name of sheet or file
	when  when
	unit  string
	alien bool // names a unit that is not in the list
}

// context is what holds for a whole table: what its title, sub-title, sheet and
// file state.
type context struct {
	claims   []claim
	title    string   // folded text of the title lines
	measures []string // 单位：千克 over the table
	several  bool     // the title names more than one unit
	twice    bool     // one line names the month and the months up to it
}

// stranger is a station or street that a title names; whether it is one of ours
// is asked of the unit index.
var strangers = newPattern(`\p{Han}{2,6}?(?:派出所|街道办事处|街道办)`)

// allOf begins what is no name of one unit: 各派出所.
var allOf = newPattern(`^(?:各|全|所有|全体|有关|相关|下属|辖区|基层|县|区)|各`)

// context collects what is stated above a table: in its own captions, at the top
// of the sheet, by the sheet's and the file's name. A caption that names the
// table's unit outranks the top, where the first table's unit may stand.
func (rd *reader) context(p *page, b *block, own, top []int) *context {
	cx := &context{}
	rd.lines(cx, p, b, own)
	named := slices.ContainsFunc(cx.claims, func(c claim) bool { return c.unit != "" || c.alien })
	before := len(cx.claims)
	rd.lines(cx, p, b, rd.unlike(p, b, own, top))
	if named {
		cx.claims = slices.Concat(cx.claims[:before], timesOf(cx.claims[before:]))
	}
	name := fold(p.sheet.Name)
	rd.text(cx, name, claim{trust: bySheet, where: rd.sheetName(p.sheet)})
	base := path.Base(strings.ReplaceAll(rd.file, `\`, "/"))
	base = strings.TrimSuffix(base, path.Ext(base))
	rd.text(cx, fold(base), claim{trust: byFile, where: rd.printed(base)})
	return cx
}

// unlike returns the lines at the top that are no caption of another table: a
// line that differs from one of the table's own in nothing but unit and period,
// as 2026年5月统计表 does from 2026年6月统计表, speaks for the first table alone.
func (rd *reader) unlike(p *page, b *block, own, top []int) []int {
	skeleton := func(i int) string {
		for _, c := range p.lines[i].within(b.left, b.right) {
			if s := rd.skeleton(fold(c.Text)); c.Kind == sheet.Text && s != "" {
				return s
			}
		}
		return ""
	}
	return slices.DeleteFunc(slices.Clone(top), func(i int) bool {
		s := skeleton(i)
		return s != "" && slices.ContainsFunc(own, func(k int) bool { return skeleton(k) == s })
	})
}

// skeleton returns a title with its units and periods blanked, where it names a
// period in full.
func (rd *reader) skeleton(text string) string {
	scan := scanTimes(text, rd.opt.MonthStarts)
	if scan == nil || !slices.ContainsFunc(scan.found, func(w when) bool { return w.named() && !w.vague }) {
		return ""
	}
	s := scan.text
	for _, m := range rd.units.mentions(s) {
		s = s[:m.from] + strings.Repeat("\x01", m.to-m.from) + s[m.to:]
	}
	return blanked.ReplaceAllString(s, "_")
}

// blanked is what units and periods leave of a title.
var blanked = newPattern(`[\x00\x01]+`)

// lines adds what lines of text state. In a line that also stands over another
// table only what stands over this one speaks of its unit.
func (rd *reader) lines(cx *context, p *page, b *block, lines []int) {
	note := false
	for _, i := range lines {
		cells := p.lines[i].cells
		if over := p.lines[i].within(b.left, b.right); len(over) > 0 && len(over) < len(cells) {
			aside, here := &context{}, &context{}
			rd.line(aside, p, cells, false)
			rd.line(here, p, over, false)
			if !slices.ContainsFunc(here.claims, func(c claim) bool { return c.when.named() }) {
				cx.claims = append(cx.claims, timesOf(aside.claims)...)
			}
			cells = over
		}
		note = rd.line(cx, p, cells, note)
	}
}

// line adds what one line states and reports whether it is a note, or goes on
// with the numbered notes before it.
func (rd *reader) line(cx *context, p *page, cells []sheet.Cell, note bool) bool {
	stated, rest := p.pairs(cells)
	if remarks.MatchString(fold(cells[0].Text)) || note && itemNumber.MatchString(rest) {
		return true
	}
	for _, one := range stated {
		rd.statement(cx, one, cells[0].Ref())
	}
	if rest != "" && utf8.RuneCountInString(rest) <= longestTitle {
		cx.title += rest
		rd.text(cx, rest, claim{trust: byTitle, where: cells[0].Ref()})
	}
	return false
}

// longestTitle is how many characters a title may have; what is longer is prose.
const longestTitle = 60

// timesOf keeps what claims say of time.
func timesOf(claims []claim) []claim {
	return slices.DeleteFunc(slices.Clone(claims), func(c claim) bool { return c.when.none() })
}

// text adds what a title or a name states of time and unit.
func (rd *reader) text(cx *context, text string, c claim) {
	for _, w := range whens(text, rd.opt.MonthStarts) {
		one := c
		one.when = w
		cx.claims = append(cx.claims, one)
	}
	codes := rd.units.within(text)
	switch {
	case len(codes) == 1:
		c.unit = codes[0]
		cx.claims = append(cx.claims, c)
	case len(codes) > 1:
		cx.several = cx.several || c.trust == byTitle
	case c.trust == byTitle:
		for _, m := range strangers.FindAllString(text, -1) {
			if _, rule := rd.units.find(m); !allOf.MatchString(m) && rule == "row_unit_unknown" {
				c.alien = true
				cx.claims = append(cx.claims, c)
				return
			}
		}
	}
}

// statement adds what a line states behind a colon.
func (rd *reader) statement(cx *context, one pair, where string) {
	c := claim{trust: bySubtitle, where: where}
	switch {
	case slices.Contains(reporterKeys, one.key):
		rd.reporter(cx, one.text, c)
	case slices.Contains(periodKeys, one.key):
		for _, w := range whens(one.text, rd.opt.MonthStarts) {
			c.when = w
			cx.claims = append(cx.claims, c)
		}
	case slices.Contains(cutoffKeys, one.key):
		for _, w := range whens("截至"+one.text, rd.opt.MonthStarts) {
			c.when = w
			cx.claims = append(cx.claims, c)
		}
	case slices.Contains(measureKeys, one.key):
		found := false
		for part := range strings.FieldsFuncSeq(one.text, func(r rune) bool { return strings.ContainsRune("、,，;/ ", r) }) {
			if m, ok := rd.words.dict.measures[part]; ok {
				cx.measures = append(cx.measures, m)
				found = true
			}
		}
		if !found && one.key == "单位" {
			rd.reporter(cx, one.text, c)
		}
	}
}

// reporter reads what stands behind 填报单位. The bureau, the district and the
// office above the units compile; they are not the unit of the figures.
func (rd *reader) reporter(cx *context, text string, c claim) {
	for _, w := range whens(text, rd.opt.MonthStarts) { // 填报单位：滨江派出所  2026年6月
		one := c
		one.when = w
		cx.claims = append(cx.claims, one)
	}
	if text == "" || rd.units.district(text) || rd.units.prefix.FindString(text) == text {
		return
	}
	code, rule := rd.units.find(text)
	if code == "" {
		if codes := rd.units.within(text); len(codes) == 1 {
			code = codes[0]
		}
	}
	c.unit = code
	c.alien = code == "" && rule == "row_unit_unknown" && !containsAny(text, []string{"禁毒", "公安", "政府", "区委", "各"})
	if c.unit != "" || c.alien {
		cx.claims = append(cx.claims, c)
	}
}

// verdictOf is why a table has no unit or period: a rule of messages.csv with
// its arguments and the place.
type refusal struct {
	rule string
	args []string
	ref  string
}

// unit settles the unit of a table whose rows and columns name none.
func (cx *context) unit(opt Options) (code string, by claim, no *refusal) {
	var main *claim
	for i := range cx.claims {
		c := &cx.claims[i]
		switch {
		case c.alien:
			return "", by, &refusal{"unit_unknown", nil, c.where}
		case c.unit == "":
			continue
		case main == nil:
			main = c
		case c.unit != main.unit && !slices.Contains(opt.Units.Below(c.unit), main.unit):
			return "", by, &refusal{"unit_conflict", []string{
				c.label(main.where, opt.Units.Name(main.unit)), c.label(c.where, opt.Units.Name(c.unit)),
			}, main.ref()}
		}
	}
	switch {
	case main == nil && cx.several:
		return "", by, &refusal{rule: "unit_unresolved"}
	case main == nil && opt.BoundUnit != "":
		return opt.BoundUnit, claim{trust: bySource}, nil
	case main == nil:
		return "", by, &refusal{rule: "unit_unresolved"}
	default:
		return main.unit, *main, nil
	}
}

func (*claim) label(where, what string) string { return where + " " + what }

// ref returns the claim's address, where it has one.
func (c *claim) ref() string {
	if c.trust <= bySubtitle {
		return c.where
	}
	return ""
}

// slack is how many days after a period's end its cut-off may lie: reports are
// due on the 5th of the next month.
const slack = 5

// period settles the period of a table and the year for what names only months.
// alone says that no other sheet of the workbook is for another period.
func (cx *context) period(opt Options, alone bool) (p store.Period, year int, by claim, no *refusal) {
	claims := slices.DeleteFunc(slices.Clone(cx.claims), func(c claim) bool { return c.when.none() })
	slices.SortStableFunc(claims, func(a, b claim) int { return int(a.trust) - int(b.trust) })
	year, no = yearOf(claims)
	if no != nil {
		return p, 0, by, no
	}
	base := slices.IndexFunc(claims, func(c claim) bool { return c.when.named() && !c.when.vague })
	for i, c := range claims {
		if c.when.vague && c.when.cutoff.IsZero() && (base < 0 || i < base || c.trust <= bySheet) {
			return p, year, by, &refusal{"period_unresolved", nil, c.ref()}
		}
	}
	if base < 0 {
		return cx.byCutoff(claims, year, opt)
	}
	if month := narrower(claims, base); month >= 0 {
		cx.twice = true // only what a head calls 本月 or 累计 is believed
		claims[base], claims[month] = claims[month], claims[base]
		claims = slices.Delete(claims, month, month+1)
	}
	main := claims[base]
	if p = main.when.in(year); p.IsZero() {
		return p, year, by, &refusal{"period_unresolved", nil, main.ref()} // no year, or no such week
	}
	for _, c := range claims[base+1:] {
		if c.when.named() && !c.when.vague && !agree(main.when, c, alone) {
			return p, year, by, &refusal{"period_conflict", []string{
				main.label(main.where, describe(main.when, year)), c.label(c.where, describe(c.when, year)),
			}, main.ref()}
		}
	}
	for _, c := range claims {
		if d := c.when.cutoff; !d.IsZero() && !covers(p, d, opt.MonthStarts) {
			return p, year, by, &refusal{"period_conflict", []string{
				main.label(main.where, p.String()), c.label(c.where, d.String()),
			}, main.ref()}
		}
	}
	return p, year, main, nil
}

// narrower returns the place of the month that the same line names beside the
// months up to it, as 2026年6月（1-6月） does; -1 where it names only one period.
func narrower(claims []claim, base int) int {
	main := claims[base]
	return slices.IndexFunc(claims, func(c claim) bool {
		return c.when.named() && c.where == main.where && c.trust == main.trust && c.when.kind < main.when.kind && agree(main.when, c, true)
	})
}

// yearOf returns the year that the claims name; two years contradict each other.
func yearOf(claims []claim) (int, *refusal) {
	year, at, cut := 0, claim{}, 0
	for _, c := range claims {
		switch {
		case c.when.year != 0 && year == 0:
			year, at = c.when.year, c
		case c.when.year != 0 && c.when.year != year:
			return 0, &refusal{"period_conflict", []string{
				c.label(at.where, describe(at.when, year)), c.label(c.where, describe(c.when, c.when.year)),
			}, at.ref()}
		case c.when.cutoff.Year != 0:
			cut = c.when.cutoff.Year
		}
	}
	if year == 0 {
		year = cut
	}
	return year, nil
}

// describe writes a period for people and scripts alike.
func describe(w when, year int) string {
	if w.kind == store.Year || w.kind == store.NoPeriod {
		return itoa(year)
	}
	if p := w.in(year); !p.IsZero() {
		return p.String()
	}
	return strings.TrimPrefix(w.in(1).String(), "0001-")
}

// agree reports whether a less trusted statement fits the main one: the same
// period, the last month of a cumulative one, or the stretch that a file with
// several sheets is about.
func agree(main when, c claim, alone bool) bool {
	const anyYear = 2000 // two years have contradicted each other before
	a := store.Period{Kind: main.kind, Year: anyYear, N: main.n}
	b := store.Period{Kind: c.when.kind, Year: anyYear, N: c.when.n}
	switch {
	case a == b:
		return true
	case a.Start().Before(b.Start()) && a.End() == b.End():
		return true // 1-6月 in the title, 6月 on the sheet
	case c.trust == byFile && !alone:
		return true // the sheets say which month they are
	default:
		return false
	}
}

// covers reports whether a cut-off day belongs to the period.
func covers(p store.Period, d store.Date, starts int) bool {
	if d.Year == 0 {
		d.Year = p.End().Year
	}
	late := slack
	if p.Kind == store.Week {
		late = 1
	}
	return !d.Before(begins(p, starts)) && !d.After(p.End().Add(late))
}

// byCutoff settles the period where nothing but a cut-off day or a year is
// stated: the month of the day, or a year that is over.
func (cx *context) byCutoff(claims []claim, year int, opt Options) (store.Period, int, claim, *refusal) {
	vague := "" // a stretch of time that is no period of the district's
	for _, c := range claims {
		d := c.when.cutoff
		if c.when.vague {
			vague = first(vague, c.ref())
		}
		if d.IsZero() || c.when.vague {
			continue
		}
		d.Year = max(d.Year, year)
		if d.Year == 0 || opt.MonthStarts > 1 && d.Day >= opt.MonthStarts {
			break // which statistical month that day is in cannot be told
		}
		return store.PeriodAt(store.Month, d), year, c, nil
	}
	no := &refusal{rule: "period_unresolved", ref: vague}
	i := slices.IndexFunc(claims, func(c claim) bool { return c.when.kind == store.Year })
	if i < 0 {
		return store.Period{}, year, claim{}, no
	}
	p := store.Period{Kind: store.Year, Year: year}
	if opt.Today.Before(p.End().Add(-slack)) {
		return store.Period{}, year, claim{}, no // the year is not over: its title names the year of its months
	}
	return p, year, claims[i], nil
}
