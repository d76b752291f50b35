package page

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
	"jindu/tui/words"
)

// activityForm is the ledger whose rows are what was done for the public.
const activityForm = "publicity"

// activities returns the rows of the publicity ledger within the days of the
// panel's campaign that are gone, the latest first; without one those of the year.
func (b *build) activities(spec Spec) (rows []store.Record, days string) {
	from, to := store.NewDate(b.Today.Year, time.January, 1), b.Today
	if c, ok := b.campaignOf(spec); ok && c.Day(b.Today) > 0 {
		from = c.From
		if c.Over(b.Today) {
			to = c.To
		}
	}
	for _, r := range b.Rows(activityForm, b.scope()) {
		if !r.Day.IsZero() && !r.Day.Before(from) && !r.Day.After(to) {
			rows = append(rows, r)
		}
	}
	return rows, b.say("fact.span", words.Day(from, b.Today), words.Day(to, b.Today))
}

// rowFacts is the head of a panel of ledger rows: the days, how many rows, from how
// many units, and when the oldest of the ledgers came.
func (b *build) rowFacts(rows []store.Record, days string) []widget.Line {
	units := map[string]bool{}
	var oldest time.Time
	for i := range rows {
		units[rows[i].Unit] = true
		oldest = earlier(oldest, b.came(&rows[i]))
	}
	return []widget.Line{
		widget.Text(style.Quiet, days),
		widget.Text(style.Ink, strconv.Itoa(len(rows))).Text(style.Quiet, " "+b.say("fact.rows")),
		widget.Text(style.Quiet, b.Words.Count("fact.fromunits", len(units))),
		b.oldest(oldest),
	}
}

// came is when the file of a ledger's row last came.
func (b *build) came(r *store.Record) time.Time {
	if w, ok := b.Book(r.Cell.Workbook); ok {
		return w.Received
	}
	return r.KnownFrom
}

// places breaks the activities down by the kind of place, forms by what they were.
func (b *build) places(spec Spec) *Panel { return b.activitiesBy(spec, "place") }

func (b *build) forms(spec Spec) *Panel { return b.activitiesBy(spec, "form") }

// group is activities of one word, and the latest of them.
type group struct {
	word   string
	n      int
	reach  float64
	latest *store.Record
}

// activitiesBy counts the activities by a word of theirs, the most first. Those
// without the word are one group of their own, and say so.
func (b *build) activitiesBy(spec Spec, field string) *Panel {
	rows, days := b.activities(spec)
	if len(rows) == 0 {
		return nil
	}
	index := map[string]*group{}
	var all []*group
	for i := range rows {
		word := rows[i].Values[field].Text
		g := index[word]
		if g == nil {
			g = &group{word: word, latest: &rows[i]}
			index[word] = g
			all = append(all, g)
		}
		g.n++
		g.reach += rows[i].Values["reached"].Number
	}
	slices.SortStableFunc(all, func(x, y *group) int { return cmp.Or(cmp.Compare(y.n, x.n), cmp.Compare(x.word, y.word)) })
	most := float64(all[0].n)
	p := &Panel{Least: 4, Head: widget.Panel{Facts: b.rowFacts(rows, days)}}
	t := &widget.Table{More: b.more, Columns: []widget.Column{
		{Key: "word", Width: 8, Grow: 1},
		{Key: "bar", Width: min(24, max(6, b.w/3))},
		{Key: "events", Head: b.say("head.events"), Width: 4, Gap: 1, Align: widget.Right},
		{Key: "people", Head: b.say("head.people"), Width: 6, Gap: 1, Align: widget.Decimal, Drop: 1},
	}}
	for _, g := range all {
		word, look := g.word, style.Ink
		if word == "" {
			word, look = b.say("row.unsaid"), style.Quiet
		}
		t.Rows = append(t.Rows, widget.Row{Cells: []widget.Cell{
			widget.Word(look, word),
			{Part: widget.Bar{Value: float64(g.n), Whole: most, Look: style.Quiet}},
			widget.Figure(style.Strong, strconv.Itoa(g.n)),
			widget.Figure(style.Quiet, widget.Number(g.reach, 0)),
		}})
		spot := recordSpot(field, g.latest)
		spot.Of = g.n
		p.Spots = append(p.Spots, spot)
	}
	p.Table = t
	p.Rows, p.Want = len(t.Rows)+1, 7
	return p
}

// events makes the list of activities, the latest first.
func (b *build) events(spec Spec) *Panel {
	rows, days := b.activities(spec)
	if len(rows) == 0 {
		return b.nothing("events.none")
	}
	p := &Panel{Least: 4, Head: widget.Panel{Facts: b.rowFacts(rows, days)}}
	t := &widget.Table{More: b.more, Columns: []widget.Column{
		{Key: "day", Head: b.say("head.day"), Width: 5},
		{Key: "what", Head: b.say("head.activity"), Width: 12, Grow: 1},
		{Key: "unit", Head: b.say("head.unit"), Width: 10, Drop: 6},
		{Key: "place", Head: b.say("head.place"), Width: 8, Drop: 4},
		{Key: "form", Head: b.say("head.form"), Width: 8, Drop: 3},
		{Key: "banners", Head: b.say("head.banners"), Width: max(4, widget.Width(b.say("head.banners"))), Align: widget.Right, Drop: 2},
		{Key: "leaflets", Head: b.say("head.leaflets"), Width: max(5, widget.Width(b.say("head.leaflets"))), Align: widget.Right, Drop: 1},
		{Key: "people", Head: b.say("head.people"), Width: 6, Align: widget.Right, Drop: 5},
		{Key: "cell", Head: b.say("head.cell"), Width: 6},
	}}
	for i := range rows {
		r := &rows[i]
		count := func(field string) widget.Cell {
			v, ok := r.Values[field]
			if !ok {
				return blank()
			}
			return widget.Figure(style.Ink, widget.Number(v.Number, 0))
		}
		t.Rows = append(t.Rows, widget.Row{Cells: []widget.Cell{
			widget.Word(style.Quiet, words.Day(r.Day, b.Today)),
			widget.Word(style.Ink, b.RecordTitle(r)),
			b.unitCell(style.Quiet, r.Unit),
			widget.Word(style.Quiet, r.Values["place"].Text),
			widget.Word(style.Quiet, r.Values["form"].Text),
			count("banners"), count("leaflets"), count("reached"),
			widget.Word(style.Accent, r.Cell.Ref),
		}})
		p.Spots = append(p.Spots, recordSpot("event", r))
	}
	p.Table = t
	p.Rows, p.Want = len(t.Rows)+1, 7
	return p
}

// outreach sums up what the ledger counts beside the indicators: boards, posters,
// what the media told, the typical cases that were worked up, and who took part.
func (b *build) outreach(spec Spec) *Panel {
	rows, days := b.activities(spec)
	if len(rows) == 0 {
		return nil
	}
	form, _ := b.Catalogue.FormByCode(activityForm)
	p := &Panel{Least: 4, Head: widget.Panel{Facts: b.rowFacts(rows, days)}}
	t := &widget.Table{More: b.more, Columns: []widget.Column{
		{Key: "what", Width: 8, Grow: 1},
		{Key: "sum", Head: b.say("head.sum"), Width: 6, Align: widget.Right},
		{Key: "measure", Width: 3, Gap: 1},
		{Key: "latest", Head: b.say("head.latest"), Width: 5, Align: widget.Right},
		{Key: "cell", Head: b.say("head.cell"), Width: 6},
	}}
	for _, name := range []string{"media", "boards", "posters", "slogans", "staff", "volunteers"} {
		field, _ := form.Field(name)
		b.outreachRow(p, t, b.say("outreach."+name), b.Catalogue.MeasureLabel(field.Measure, b.lang()), rows, func(r *store.Record) (float64, bool) {
			v, ok := r.Values[name]
			return v.Number, ok
		})
	}
	b.outreachRow(p, t, b.say("outreach.cases"), b.say("measure.units"), rows, func(r *store.Record) (float64, bool) {
		if r.Values["form"].Text == typicalCase {
			return 1, true
		}
		return 0, true
	})
	p.Table = t
	p.Rows, p.Want = len(t.Rows)+1, 8
	return p
}

// typicalCase is the word of the ledger for a case that was worked up to be told.
const typicalCase = "典型案例"

// outreachRow sums what the rows tell; where none tells it, it is unknown and not zero.
func (b *build) outreachRow(p *Panel, t *widget.Table, name, measure string, rows []store.Record, of func(*store.Record) (float64, bool)) {
	sum, known, n := 0.0, false, 0
	var latest *store.Record // that tells of any
	for i := range rows {
		v, ok := of(&rows[i])
		sum, known = sum+v, known || ok
		if v > 0 {
			n++
		}
		if latest == nil && v > 0 {
			latest = &rows[i]
		}
	}
	if !known {
		t.Rows = append(t.Rows, widget.Row{Cells: []widget.Cell{
			widget.Word(style.Ink, name), {Line: widget.Text(style.Quiet, b.say("outreach.none")), Across: 2}, {}, blank(), blank(),
		}})
		p.Spots = append(p.Spots, Spot{ID: "outreach " + name})
		return
	}
	cells := []widget.Cell{widget.Word(style.Ink, name), widget.Figure(style.Quiet, "0"), widget.Word(style.Quiet, measure), blank(), blank()}
	spot := Spot{ID: "outreach " + name}
	if latest != nil {
		cells[1] = widget.Figure(style.Strong, widget.Number(sum, 0))
		cells[3], cells[4] = widget.Word(style.Quiet, words.Day(latest.Day, b.Today)), widget.Word(style.Accent, latest.Cell.Ref)
		spot = recordSpot(spot.ID, latest)
		spot.Of = n
	}
	t.Rows = append(t.Rows, widget.Row{Cells: cells})
	p.Spots = append(p.Spots, spot)
}
