package sample

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"jindu/store"
)

// file is one version of one file: what is handed in, and when.
type file struct {
	path string // slash-separated, within the folder
	sent time.Time
	book func() *book // nil: raw
	raw  []byte       // what is no workbook at all
}

// planner collects the files of the district.
type planner struct {
	*District
	files []file
}

// plan lists every version of every file, by path and then by time.
func (d *District) plan() []file {
	p := &planner{District: d}
	p.stations()
	p.squad()
	p.streets()
	p.communities()
	p.departments()
	p.office()
	p.ledgers()
	p.grading()
	p.selfchecks()
	p.slips()
	slices.SortStableFunc(p.files, func(a, b file) int {
		return cmp.Or(cmp.Compare(a.path, b.path), a.sent.Compare(b.sent))
	})
	return p.files
}

// page begins the drawing for a unit's hand, with the slips of the version.
func (p *planner) page(h hand, slips ...map[store.Key]slip) page {
	g := page{m: p.model, hand: h}
	if len(slips) > 0 {
		g.slips = slips[0]
	}
	return g
}

// keep adds a version of a workbook.
func (p *planner) keep(path string, sent time.Time, f format, draw func() []*sheet) {
	p.files = append(p.files, file{path: path, sent: sent, book: func() *book {
		return &book{format: f, sheets: draw()}
	}})
}

// recent is how many of the last months have a file of their own where a unit
// keeps older ones in a workbook a year.
const recent = 4

// draw makes the sheet of a unit and a month.
type draw func(name string, u member, month store.Period) *sheet

// monthly keeps the older months in a workbook a year, a sheet a month, and the
// recent ones in files of their own, up to the last month.
func (p *planner) monthly(u member, last store.Period, archive string, name func(store.Period) string, f format, form draw) {
	edge := p.month.Add(1 - recent)
	for year := p.model.written.Year; year <= edge.Year; year++ {
		months := p.months(year, edge.Add(-1))
		if len(months) > 0 {
			p.keep(fmt.Sprintf(archive, year), p.handedIn(u, months[len(months)-1]), xlsx, func() []*sheet {
				return sheets(u, months, form)
			})
		}
	}
	for m := edge; !last.Before(m); m = m.Add(1) {
		p.keep(name(m), p.handedIn(u, m), f, func() []*sheet { return []*sheet{form(f.onlySheet(), u, m)} })
	}
}

// sheets draws a sheet a month, named 1月, 2月...
func sheets(u member, months []store.Period, form draw) []*sheet {
	out := make([]*sheet, len(months))
	for i, m := range months {
		out[i] = form(fmt.Sprintf("%d月", m.N), u, m)
	}
	return out
}

// growing keeps one workbook a year, to which every month is added: a version
// before the reporting month's figures and one with them.
func (p *planner) growing(u member, last store.Period, name string, f format, form func(months []store.Period) []*sheet) {
	for year := p.model.written.Year; year <= last.Year; year++ {
		months := p.months(year, last)
		if len(months) == 0 {
			continue
		}
		end := months[len(months)-1]
		path := fmt.Sprintf(name, year)
		if end == p.month && len(months) > 1 {
			before := months[:len(months)-1]
			p.keep(path, p.handedIn(u, end.Add(-1)), f, func() []*sheet { return form(before) })
		}
		p.keep(path, p.handedIn(u, end), f, func() []*sheet { return form(months) })
	}
}

// months lists the year's months up to the last.
func (p *planner) months(year int, last store.Period) []store.Period {
	var out []store.Period
	for m := store.MonthOf(year, 1); m.Year == year && !last.Before(m); m = m.Add(1) {
		out = append(out, m)
	}
	return out
}

// handedIn is when the unit hands a month in: a working hour of one of the days
// before it is due, the same for all that it sends for the month. For the
// reporting month it is before the second stage.
func (p *planner) handedIn(u member, month store.Period) time.Time {
	r := roll(p.model.seed, "sent", u.Code, month.String())
	minute := time.Duration(r.between(8*60+30, 17*60)) * time.Minute
	if month == p.month {
		return p.stages[1].Add(-time.Duration(r.between(30, 76*60)) * time.Minute)
	}
	onDay := month.End().Add(r.between(1, dueDay))
	if r.Float64() < 0.06 {
		onDay = month.End().Add(dueDay + r.between(1, 2))
	}
	return onDay.In(beijing()).Add(minute)
}

// between returns a moment after one stage and before the next, at the share of
// the way.
func (p *planner) between(stage int, share float64) time.Time {
	span := p.stages[stage].Sub(p.stages[stage-1])
	return p.stages[stage-1].Add(time.Duration(share * float64(span))).Truncate(time.Minute)
}

// member returns the unit of the code.
func (p *planner) member(code string) member {
	i := slices.IndexFunc(p.model.units, func(u member) bool { return u.Code == code })
	return p.model.units[i]
}
