package page

import (
	"strconv"
	"time"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
	"jindu/tui/words"
)

// campaignKey names what a campaign has brought of one indicator.
type campaignKey struct{ campaign, indicator string }

// Standing returns how a campaign stands with an indicator, worked out once.
func (b *Board) Standing(c store.Campaign, code string) *store.Standing {
	return b.standings.get(campaignKey{c.Code, code}, func() *store.Standing { return b.Snapshot.Standing(c, code) })
}

// campaignOf returns the campaign that a panel is about: the one that matters most
// among those of its groups.
func (b *build) campaignOf(spec Spec) (store.Campaign, bool) {
	all := b.Campaigns(spec.Group...)
	if len(all) == 0 {
		return store.Campaign{}, false
	}
	return all[0], true
}

// daysOf writes the days of a campaign: 06-01 至 06-30.
func (f *Frame) daysOf(c store.Campaign) string {
	return f.say("fact.span", words.Day(c.From, f.Today), words.Day(c.To, f.Today))
}

// CampaignDay says which day of the campaign it is.
func (f *Frame) CampaignDay(c store.Campaign) string {
	switch n := c.Day(f.Today); {
	case n < 1:
		return f.Words.Count("campaign.begins", 1-n)
	case c.Over(f.Today):
		return f.Words.Count("campaign.ended", f.Today.Sub(c.To))
	default:
		return f.say("campaign.day", n, c.Days())
	}
}

// campaign makes the tile of a campaign: which day of how many it is, what is left,
// and how much of it is gone.
func (b *build) campaign(spec Spec) *Panel {
	c, ok := b.campaignOf(spec)
	if !ok {
		return b.nothing("campaign.none")
	}
	n, m := c.Day(b.Today), c.Days()
	t := big{look: style.Ink, number: strconv.Itoa(min(n, m)), measure: b.say("campaign.of", m)}
	left := side{b.say("campaign.left"), widget.Text(style.Ink, strconv.Itoa(m-n)), b.say("measure.days")}
	switch {
	case n < 1:
		t.number, t.measure = strconv.Itoa(1-n), b.say("campaign.until")
		left = side{b.say("campaign.lasts"), widget.Text(style.Ink, strconv.Itoa(m)), b.say("measure.days")}
	case c.Over(b.Today):
		t.look = style.Quiet
		left = side{b.say("campaign.over"), widget.Text(style.Ink, strconv.Itoa(n-m)), b.say("measure.days")}
	}
	t.sides = []side{left}
	if n >= 1 {
		t.sides = append(t.sides, b.reachedSides(c)...)
	}
	t.foot = func(canvas widget.Canvas) {
		dates := b.daysOf(c)
		w := max(0, canvas.Width()-widget.Width(dates)-2)
		bar := widget.Bar{Value: c.Gone(b.Today), Whole: 100, Look: style.Quiet}
		bar.Draw(canvas.Sub(0, 0, w, 1))
		canvas.PutRight(canvas.Width(), 0, style.Quiet, dates)
	}
	p := newTile(t, campaignSpot(&c), nil)
	p.Head.Title = c.Label(b.lang())
	if others := len(b.Campaigns(spec.Group...)) - 1; others > 0 {
		p.Head.Facts = []widget.Line{widget.Text(style.Quiet, b.Words.Count("campaign.others", others))}
	}
	return p
}

// reachedSides says how many of the campaign's targets are reached, the district's
// and those of units.
func (b *build) reachedSides(c store.Campaign) []side {
	var own, units []store.Result
	for _, code := range c.Indicators {
		st := b.Standing(c, code)
		if r := b.Brought(st, store.DistrictCode); r.Target.OK {
			own = append(own, r)
		}
		units = append(units, st.Goals()...)
	}
	var out []side
	for _, one := range []struct {
		key string
		all []store.Result
	}{{"campaign.targets", own}, {"campaign.unittargets", units}} {
		if len(one.all) == 0 {
			continue
		}
		reached, _ := store.Reached(one.all)
		line := widget.Text(style.Ink, strconv.Itoa(reached)).Text(style.Quiet, "/"+strconv.Itoa(len(one.all)))
		out = append(out, side{label: b.say(one.key), value: line})
	}
	return out
}

// pursued makes the table of what a campaign has brought: value, target and pace,
// beside the last one, and until which day it tells.
func (b *build) pursued(spec Spec) *Panel {
	c, ok := b.campaignOf(spec)
	if !ok || b.visit.Page != publicityPage && !b.near(c) {
		return nil
	}
	if c.Day(b.Today) < 1 {
		return b.nothing("campaign.ahead")
	}
	p := &Panel{Least: 5, Head: widget.Panel{Title: c.Label(b.lang())}}
	t := &widget.Table{More: b.more, Columns: b.pursuedColumns(c)}
	var oldest time.Time
	n, m := 0, 0
	for _, code := range c.Indicators {
		r := b.Brought(b.Standing(c, code), store.DistrictCode)
		t.Rows = append(t.Rows, b.pursuedRow(r))
		p.Spots = append(p.Spots, resultSpot(&r))
		if m == 0 || r.N*m < n*r.M {
			n, m = r.N, r.M // the least complete speaks for all
		}
		oldest = earlier(oldest, r.Oldest)
	}
	p.Head.Facts = []widget.Line{
		widget.Text(style.Quiet, b.daysOf(c)), b.units(n, m), b.oldest(oldest),
	}
	if b.visit.Page == publicityPage {
		p.Head.Title = "" // the tile beside it has the name
	}
	p.Table = t
	p.Rows = len(t.Rows) + 1
	p.Least = 4
	if b.w >= wide {
		p.Least = min(p.Rows, 7)
	}
	return p
}

// publicityPage is the page of campaigns: elsewhere only those that are near stand.
const publicityPage = "publicity"

// nearDays is how long before it begins and after it ended a campaign is near.
const nearDays = 30

// near reports whether a campaign is running, about to begin or just over.
func (b *build) near(c store.Campaign) bool {
	n := c.Day(b.Today)
	return n > -nearDays && n <= c.Days()+nearDays
}

// earlier returns the first of two moments, of which one may be none.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

func (b *build) pursuedColumns(c store.Campaign) []widget.Column {
	last := ""
	if _, ok := b.Settings.Campaign(c.Against); ok {
		last = b.say("head.lastday")
	}
	day := b.CampaignDay(c)
	name := min(18, widget.Width(day))
	if b.w < wide {
		if name = b.nameWidth(10, 16, c.Indicators); widget.Width(day) > name {
			day = "" // the source line says it
		}
	}
	columns := []widget.Column{
		{Key: "indicator", Head: day, Width: name, Grow: 1},
		{Key: "bar", Width: min(24, max(6, b.w-52)), Drop: 7, Yield: min(24, max(6, b.w-52)) - leastBar},
		{Key: "reached", Head: b.say("head.reached"), Width: 6, Hang: 2, Gap: 1, Align: widget.Decimal},
		{Key: "measure", Width: 4, Gap: 1, Drop: 2, Vacant: true},
		{Key: "target", Head: b.say("head.target"), Width: 5, Gap: 1, Align: widget.Right},
		{Key: "last", Head: last, Width: max(6, widget.Width(last)), Hang: 2, Gap: 1, Align: widget.Decimal, Drop: 6},
		{Key: "basis", Head: b.say("head.basis"), Width: 4, Drop: 3},
		{Key: "until", Head: b.say("head.until"), Width: 5, Align: widget.Right, Drop: 5},
		{Key: "units", Head: b.say("head.units"), Width: 5, Align: widget.Right, Drop: 4},
		{Key: "oldest", Head: b.say("head.oldest"), Width: 6, Align: widget.Right, Drop: 1},
		{Key: "mark", Head: b.say("head.mark"), Width: 2, Gap: 1, Align: widget.Right},
	}
	if b.w < wide {
		columns[1].Width, columns[1].Drop = 60, 1 // never: the figures need the room
		columns[2].Width, columns[5].Width = 5, 4
		columns[5].Head = b.say("head.diff")
	}
	return columns
}

func (b *build) pursuedRow(r store.Result) widget.Row {
	look, number := b.resultValue(r)
	row := widget.Row{Cells: []widget.Cell{
		b.nameCell(r.Indicator),
		b.resultBar(r),
		{Line: widget.Commas(look, number), By: widget.ByNumber(r.Value)},
		widget.Word(style.Quiet, b.measure(r.Indicator)),
		b.resultTarget(r),
		deltaCell(r.Last, r.Indicator),
		widget.Word(style.Quiet, b.basis(r.Basis)),
		b.until(r),
		{Line: widget.Share(r.N, r.M)},
		{Line: b.AgeLine(r.Oldest)},
		b.mark(r.State),
	}}
	if b.w < wide {
		row.Cells[0] = widget.Word(style.Ink, r.Indicator.Head(b.lang()))
	}
	if !r.Value.OK {
		row.Cells[2] = widget.Cell{Line: widget.Text(look, number), Across: 2}
	}
	return row
}

// resultValue is what is reached, or the state that stands in its place.
func (f *Frame) resultValue(r store.Result) (style.Look, string) {
	switch {
	case r.Veil != store.Open:
		return style.Quiet, widget.Masked
	case !r.Value.OK && r.N > 0:
		return style.Quiet, widget.NotApplicable
	case !r.Value.OK:
		m := style.MarkOf(r.State, f.lang())
		if r.State == store.Fresh {
			return style.Quiet, widget.NotApplicable
		}
		return m.Look, m.Word()
	}
	look := style.Strong
	if t := resultLook(r); t == style.Watch || t == style.Bad {
		look = t | style.Bold
	}
	if doubt := style.ValueLook(r.State); doubt != style.Strong && r.N == 1 {
		look = doubt
	}
	if r.Value.V == 0 {
		look = style.Quiet
	}
	return look, widget.Number(r.Value.V, widget.Decimals(r.Indicator))
}

// resultLook says how a result stands beside its pace: quiet when it keeps it or has
// no target, good when the target is reached, watch when it is behind, and bad when it
// is behind by more than 15 percent of what should be reached by now.
func resultLook(r store.Result) style.Look {
	rate, pace := r.Rate(), r.Pace()
	switch {
	case !rate.OK:
		return style.Quiet
	case rate.V >= 100:
		return style.Good
	case !pace.OK || rate.V >= pace.V:
		return style.Quiet
	case rate.V < 0.85*pace.V:
		return style.Bad
	default:
		return style.Watch
	}
}

// resultBar is what is reached of the target, with the tick where it should be by now.
func (f *Frame) resultBar(r store.Result) widget.Cell {
	rate, pace := r.Rate(), r.Pace()
	if !rate.OK {
		return blank()
	}
	bar := widget.Bar{Value: rate.V, Whole: 100, Look: resultLook(r)}
	if pace.OK && pace.V < 100 {
		bar.Target = pace.V
	}
	return widget.Cell{Part: bar}
}

func (f *Frame) resultTarget(r store.Result) widget.Cell {
	if !r.Target.OK {
		return blank()
	}
	return widget.Cell{Line: widget.Commas(style.Quiet, widget.Number(r.Target.V, 0))}
}

// basis says in a word what a result rests on.
func (f *Frame) basis(basis store.Basis) string {
	if basis == store.NoBasis {
		return ""
	}
	return f.say("basis." + string(basis))
}

// until is the last day of which a result tells, in watch where days are gone since
// of which nothing is told.
func (f *Frame) until(r store.Result) widget.Cell {
	if r.Until.IsZero() {
		return blank()
	}
	return widget.Word(style.Quiet, words.Day(r.Until, f.Today))
}

// nothing is a panel that says in one line why it shows nothing.
func (b *build) nothing(key string) *Panel {
	return &Panel{Rows: 1, Least: 1, Body: func(c widget.Canvas, _ bool) {
		c.PutCut(0, 0, c.Width(), style.Quiet, b.say(key))
	}}
}
