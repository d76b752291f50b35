package page

import (
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
	"jindu/tui/words"
)

// Frame is what a page is made of: the board, the words and the screen.
type Frame struct {
	*Board
	Words   *words.Book
	Pages   *Book              // nil: the embedded ones
	Now     time.Time          // what ages are counted to; the snapshot's moment is when it was read
	Changed map[store.Key]bool // figures that changed a moment ago: underlined
	Beside  Beside             // what figures are compared with
	History History            // of the indicator that the page is about
	W, H    int                // cells of the page's body, margins included
}

// Visit is a page that a person is on: its name, and the unit or indicator that
// it is about where it is about one.
type Visit struct {
	Page      string
	Unit      string
	Other     string // the unit beside it
	Indicator string
}

func (f *Frame) lang() store.Lang { return f.Words.Lang }

func (f *Frame) say(key string, args ...any) string { return f.Words.Say(key, args...) }

// Age returns how old something is, and whether that is too old: it came from a
// source that has gone quiet, or a whole quarter has passed with nothing newer.
// Of a moment in the past ages are those of then.
func (f *Frame) Age(t time.Time) (age time.Duration, stale bool) {
	now := f.Now
	if !f.Live() || now.IsZero() {
		now = f.Moment
	}
	age = now.Sub(t)
	return age, f.quiet(t) || age >= staleAfter
}

const staleAfter = 100 * 24 * time.Hour

// AgeLine returns how old something is, quiet and then stale; nothing for no time.
func (f *Frame) AgeLine(t time.Time) widget.Line {
	if t.IsZero() {
		return nil
	}
	d, stale := f.Age(t)
	return widget.Text(widget.AgeLook(stale), widget.Age(d, f.lang()))
}

// oldest is the age as a panel's head says it: 最旧 3天.
func (f *Frame) oldest(t time.Time) widget.Line {
	if t.IsZero() {
		return nil
	}
	age := f.AgeLine(t)
	if f.lang() == store.English {
		return age
	}
	return append(widget.Text(style.Quiet, f.say("fact.oldest")+" "), age...)
}

// units is n/m as a panel's head says it: 32/34 单位.
func (f *Frame) units(n, m int) widget.Line {
	if m == 0 {
		return nil
	}
	return widget.Share(n, m).Text(style.Quiet, " "+f.say("fact.units"))
}

// coverage is what stands at the right of a panel's head: n/m of the units that
// owe any of its lines, and the oldest figure.
func (f *Frame) coverage(scope string, codes []string) []widget.Line {
	owing := map[string]bool{}
	missing := map[string]bool{}
	var oldest time.Time
	for _, code := range codes {
		line := f.Line(scope, code)
		for _, u := range f.owers(scope, line.Indicator) {
			owing[u] = true
		}
		for _, u := range line.Missing {
			missing[u] = true
		}
		if !line.Oldest.IsZero() && (oldest.IsZero() || line.Oldest.Before(oldest)) {
			oldest = line.Oldest
		}
	}
	return []widget.Line{f.units(len(owing)-len(missing), len(owing)), f.oldest(oldest)}
}

// owers returns the units that owe the indicator, or for a ratio its numerator.
func (f *Frame) owers(scope string, ind store.Indicator) []string {
	if ind.Kind == store.Ratio {
		return f.Owing(scope, ind.Numerator)
	}
	return f.Owing(scope, ind.Code)
}

// name is an indicator's name: the full one in Chinese, in English the short one,
// which is written as a title.
func (f *Frame) name(ind store.Indicator) string {
	return f.lang().Pick(ind.Name, ind.ShortEnglish)
}

// measure is the indicator's measure as it follows a value. English names of
// counts say what they count, so only measured quantities have one there.
func (f *Frame) measure(ind store.Indicator) string {
	if f.lang() == store.English && ind.Counted() {
		return ""
	}
	return f.Catalogue.MeasureLabel(ind.Measure, f.lang())
}

// value is the line's figure of now, or what stands in its place: the word of
// its state where it is missing, - where it does not apply, <3 where a mask hides it.
func (f *Frame) value(l store.Line) (style.Look, string) {
	switch {
	case l.Veil == store.Small:
		return style.Strong, "<" + strconv.Itoa(store.LeastShown)
	case l.Veil == store.Withheld:
		return style.Quiet, f.say("value.withheld")
	case l.Value.OK:
		number := widget.Number(l.Value.V, widget.Decimals(l.Indicator))
		look := doubt(l)
		if t := targetLook(l); look == style.Strong && t != style.Quiet {
			look = t | style.Bold
		}
		if l.Value.V == 0 {
			look = style.Quiet
		}
		if f.changed(l) {
			look |= style.Underline
		}
		return look, number
	case l.NA || l.M == 0 || l.State == store.Fresh: // as a unit's share of the district's population
		return style.Quiet, widget.NotApplicable
	default:
		m := style.MarkOf(l.State, f.lang())
		return m.Look, m.Word()
	}
}

// doubt returns the look of a value: it takes a colour only if the value itself
// is in doubt. One stale unit does not make a total of many stale.
func doubt(l store.Line) style.Look {
	look := style.ValueLook(l.State)
	if look == style.StaleBold && l.N > 1 && l.Latest.State != store.Stale && l.Latest.State != store.SourceDown {
		return style.Strong
	}
	return look
}

// changed reports whether a figure within the line changed a moment ago.
func (f *Frame) changed(l store.Line) bool {
	if len(f.Changed) == 0 {
		return false
	}
	if l.Scope != store.DistrictCode {
		return f.Changed[store.Key{Unit: l.Scope, Indicator: l.Indicator.Code, Period: l.Period}]
	}
	for k := range f.Changed {
		if k.Indicator == l.Indicator.Code {
			return true
		}
	}
	return false
}

// targetLook says how a value stands beside its target: quiet when it is
// reached or there is none, watch when it is short, bad when it is short by more
// than 15 percent of the target.
func targetLook(l store.Line) style.Look {
	if !l.Target.OK || !l.Value.OK {
		return style.Quiet
	}
	short := l.Target.V - l.Value.V
	if l.Indicator.Polarity == store.Lower {
		short = -short
	}
	switch {
	case short <= 0:
		return style.Quiet
	case short > 0.15*l.Target.V:
		return style.Bad
	default:
		return style.Watch
	}
}

// delta is a difference as a table shows it; - where there is nothing to
// compare with.
func delta(d store.Delta, ind store.Indicator) widget.Line {
	if !d.Diff.OK {
		return nil
	}
	return widget.DeltaCell(d.Diff.V, widget.Decimals(ind), d.Z)
}

// deltaCell is a difference with what it is by itself, of which a file that a
// program reads has every digit.
func deltaCell(d store.Delta, ind store.Indicator) widget.Cell {
	return widget.Cell{Line: delta(d, ind), By: widget.ByNumber(d.Diff)}
}

// plain is a number that explains another one.
func plain(look style.Look, n store.Num, ind store.Indicator) widget.Line {
	if !n.OK {
		return nil
	}
	if n.V == 0 {
		look = style.Quiet
	}
	return widget.Commas(look, widget.Number(n.V, widget.Decimals(ind)))
}

// atLeast is a sum that may lack something: 182+ is at least so much.
func atLeast(look style.Look, n store.Num, lacks int, ind store.Indicator) widget.Line {
	out := plain(look, n, ind)
	if n.OK && lacks > 0 {
		out = out.Text(style.Quiet, widget.AtLeast)
	}
	return out
}

// atLeastCell is such a sum in a table.
func atLeastCell(look style.Look, n store.Num, lacks int, ind store.Indicator) widget.Cell {
	return widget.Cell{Line: atLeast(look, n, lacks, ind), By: widget.ByNumber(n)}
}

// plainCell is such a number in a table.
func plainCell(look style.Look, n store.Num, ind store.Indicator) widget.Cell {
	return widget.Cell{Line: plain(look, n, ind), By: widget.ByNumber(n)}
}

// course is the last months of a series as a spark draws them.
func course(s store.Series, months int) []float64 {
	out := make([]float64, 0, months)
	for i := max(0, len(s.Values)-months); i < len(s.Values); i++ {
		v := widget.Missing()
		if s.Known[i] {
			v = s.Values[i]
		}
		out = append(out, v)
	}
	return out
}

// courseOf is the course of a line: of the units that its value rests on.
func (f *Frame) courseOf(l store.Line, months int) []float64 {
	return course(f.Course(l.Scope, l.Indicator.Code), months)
}

// nowLook is the look of the last month in a course: that of a value in doubt,
// else ink. Units that are missing do not colour it, as it rests on the others.
func nowLook(value style.Look) style.Look {
	switch role := value.Role(); role {
	case style.Watch, style.Bad, style.Stale:
		return role
	default:
		return style.Ink
	}
}

// ends returns the scale of a course: flows stand on zero, stocks and ratios
// between a little under their lowest value and their highest.
func ends(ind store.Indicator, values []float64) (low, high float64) {
	if ind.Kind == store.Flow {
		return 0, 0
	}
	low, high = widget.Ends(values)
	if high == low {
		return 0, 0
	}
	low = math.Max(0, low-(high-low)/10)
	if ind.Counted() {
		low = math.Floor(low)
	}
	return low, high
}

// Spark returns the last months of a series as a spark that stands alone, and
// how many of them are known.
func Spark(ind store.Indicator, s store.Series, months int) (spark widget.Spark, known int) {
	for _, k := range s.Known {
		if k {
			known++
		}
	}
	return heroSpark(ind, course(s, months), style.Ink), known
}

func heroSpark(ind store.Indicator, values []float64, now style.Look) widget.Spark {
	low, high := ends(ind, values)
	return widget.Spark{Values: values, Low: low, High: high, Now: now, Hero: true}
}

// rowSpark is the spark of a line in a table.
func (f *Frame) rowSpark(l store.Line, months int) widget.Cell {
	look, _ := f.value(l)
	values := f.courseOf(l, months)
	low, high := ends(l.Indicator, values)
	return widget.Cell{Part: widget.Spark{Values: values, Low: low, High: high, Now: nowLook(look)}}
}

// Short returns the unit's name where there is little room: its shortest alias that is
// written as the name is, not a code of Latin letters, or else the name.
func (f *Frame) Short(unit string) string {
	u, ok := f.Units.ByCode(unit)
	if !ok {
		return f.Name(unit)
	}
	short := u.Name
	for _, a := range u.Aliases {
		if a != "" && widget.Width(a) < widget.Width(short) && han(a) == han(u.Name) {
			short = a
		}
	}
	return short
}

// han reports whether a name is written in Han characters alone.
func han(name string) bool {
	return !strings.ContainsFunc(name, func(r rune) bool { return !unicode.Is(unicode.Han, r) && !unicode.IsPunct(r) })
}

// Name returns the unit's name; the district as a whole has one too, and what is the
// district's own, as a venue of no station, is not of every unit.
func (f *Frame) Name(unit string) string {
	if unit == store.DistrictCode {
		return f.say("row.district")
	}
	return f.Units.Name(unit)
}

// Doer returns who is to do a task, as short as can be where that is wanted: one of the
// whole district is every unit's.
func (f *Frame) Doer(unit string, short bool) string {
	switch {
	case unit == store.DistrictCode:
		return f.say("unit.all")
	case short:
		return f.Short(unit)
	default:
		return f.Name(unit)
	}
}

// unitCell is a unit's name that may be shortened.
func (f *Frame) unitCell(look style.Look, unit string) widget.Cell {
	return widget.Cell{Line: widget.Text(look, f.Name(unit)), Short: f.Short(unit), By: f.unitOrder(unit)}
}

// shortCell is a unit's name where there is little room.
func (f *Frame) shortCell(unit string) widget.Cell {
	return widget.Cell{Line: widget.Text(style.Ink, f.Short(unit)), By: f.unitOrder(unit)}
}

// unitOrder sorts units as the district lists them.
func (f *Frame) unitOrder(unit string) widget.Order {
	return widget.ByRank(float64(f.Units.Rank(unit)))
}

// ageCell is an age, sorted by itself and not by how it is written: the oldest
// first.
func (f *Frame) ageCell(t time.Time) widget.Cell {
	if t.IsZero() {
		return widget.Cell{}
	}
	return widget.Cell{Line: f.AgeLine(t), By: widget.ByNumber(store.Some(-float64(t.Unix())))}
}

// newest sorts moments, the last one first.
func newest(t time.Time) widget.Order { return widget.ByNumber(store.Some(float64(t.Unix()))) }

// orderOf is what a line's value is sorted by: the value and not how it is
// written. One that is not shown has no order either, as that would tell it.
func orderOf(l store.Line, shown string) widget.Order {
	if shown == widget.Masked {
		return widget.Order{}
	}
	return widget.ByNumber(l.Value)
}

// worst sorts states, the worst first.
func worst(s store.State) widget.Order { return widget.ByNumber(store.Some(float64(s))) }

// mark is the one letter of a state in the last column.
func (f *Frame) mark(s store.State) widget.Cell {
	return widget.Cell{Line: widget.StateLetter(s, f.lang()), By: worst(s)}
}

// lineMark is the letter of a line's state, or that something in it waits for an
// officer where the state itself asks nobody for anything.
func (f *Frame) lineMark(l store.Line) widget.Cell {
	if f.tellsWait(l) {
		return widget.Cell{Line: widget.WaitLetter(f.lang()), By: worst(l.State)}
	}
	return f.mark(l.State)
}

// tellsWait reports whether it is told of the line that something in it waits,
// rather than its state.
func (f *Frame) tellsWait(l store.Line) bool { return l.Waiting > 0 && l.State < store.Late }

// more is the last line of a list that does not fit.
func (f *Frame) more(hidden int) widget.Line {
	return widget.Text(style.Quiet, f.Words.Count("list.more", hidden))
}
