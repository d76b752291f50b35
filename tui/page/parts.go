package page

import (
	"math"
	"slices"
	"sort"
	"strconv"
	"time"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
)

// breakdown makes the panel of what a total is made of, the largest part first: of
// a sum in the catalogue, of indicators that a district says belong together, or
// of what a ledger's rows are counted by.
func (b *build) breakdown(spec Spec) *Panel {
	if spec.Form != "" {
		return b.counted(spec)
	}
	scope, whole, codes := b.scope(), spec.Whole, spec.Rows
	if ind, _ := b.Catalogue.ByCode(codes[0]); len(codes) == 1 && whole == "" {
		whole, codes = codes[0], ind.Parts
	}
	parts := make([]store.Line, 0, len(codes))
	for _, code := range codes {
		parts = append(parts, b.Line(scope, code))
	}
	if whole == "" {
		parts = onceEach(parts)
	}
	most := 0.0
	for _, l := range parts {
		if b.ofMonth(l.Indicator) {
			most = max(most, l.Value.V)
		}
	}
	if len(parts) == 0 || most == 0 && b.Line(scope, whole).M == 0 {
		return nil
	}
	if !spec.Fixed {
		sort.SliceStable(parts, func(i, j int) bool { return parts[i].Value.V > parts[j].Value.V })
	}
	total := b.Line(scope, whole)
	measure := parts[0].Indicator
	var facts []string
	if whole != "" {
		measure = total.Indicator
		facts = append(facts, whole)
	}
	for _, l := range parts {
		facts = append(facts, l.Indicator.Code)
	}
	p := &Panel{Head: widget.Panel{Facts: b.coverage(scope, facts)}}
	names := make([]string, 0, len(parts)+1)
	for _, l := range append(parts, total) {
		names = append(names, b.partName(l.Indicator))
	}
	t := &widget.Table{More: b.more, Columns: b.partsColumns(b.measure(measure), names)}
	for i, l := range parts {
		t.Rows = append(t.Rows, b.partRow(l, names[i], most, total.Value))
		p.Spots = append(p.Spots, figureSpot(scope, l.Indicator.Code))
	}
	if whole != "" {
		row := b.partRow(total, b.say("row.total"), 0, store.Num{})
		if spec.Whole != "" {
			row = b.partRow(total, names[len(parts)], 0, store.Num{})
		}
		row.Fixed = true
		t.Rows = append(t.Rows, widget.Row{Rule: true, Fixed: true}, row)
		p.Spots = append(p.Spots, Spot{}, figureSpot(scope, whole))
	}
	p.Table = t
	p.Rows = len(t.Rows) + 1
	p.Least = min(p.Rows, 8) // a part that is not seen is missed
	if spec.Whole != "" {
		p.Foot = b.agrees(parts, total)
		p.Rows += 2
	}
	return p
}

// onceEach leaves of a list without a whole what counts somebody once: not what nobody
// reports here, as a district may keep fewer words than there are; and of a sum and its
// own parts the parts, where they are the sum, or else the sum.
func onceEach(lines []store.Line) []store.Line {
	said := map[string]store.Line{}
	for _, l := range lines {
		if l.M > 0 || l.Value.OK {
			said[l.Indicator.Code] = l
		}
	}
	for _, total := range lines {
		parts := slices.DeleteFunc(slices.Clone(total.Indicator.Parts), func(code string) bool { return !among(lines, code) })
		if len(parts) == 0 {
			continue
		}
		sum, whole := 0.0, len(parts) == len(total.Indicator.Parts)
		for _, code := range parts {
			sum += said[code].Value.V
			whole = whole && said[code].Value.OK
		}
		if whole && (!total.Value.OK || math.Abs(total.Value.V-sum) < 1e-9) {
			delete(said, total.Indicator.Code)
		} else if total.Value.OK {
			for _, code := range parts {
				delete(said, code)
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(lines), func(l store.Line) bool { _, ok := said[l.Indicator.Code]; return !ok })
}

func among(lines []store.Line, code string) bool {
	return slices.ContainsFunc(lines, func(l store.Line) bool { return l.Indicator.Code == code })
}

// partName is the part's name, and of how long it is where that is not the
// board's month: a quarter beside months is no larger for being higher.
func (b *build) partName(ind store.Indicator) string {
	name := ind.Head(b.lang())
	if b.ofMonth(ind) {
		return name
	}
	return name + b.say("per."+string(ind.Cadence))
}

// ofMonth reports whether the indicator's figures are of the board's own period.
func (b *build) ofMonth(ind store.Indicator) bool {
	return ind.Kind != store.Flow || ind.Cadence == store.Monthly
}

// partsColumns gives the names as much as they need, as long as a bar remains.
func (b *build) partsColumns(measure string, names []string) []widget.Column {
	name := 6
	for _, one := range names {
		name = max(name, min(18, widget.Width(one)))
	}
	bar := min(36, max(leastBar, b.w-name-16))
	return []widget.Column{
		{Key: "name", Width: name, Grow: 1},
		{Width: bar, Yield: bar - leastBar},
		{Key: "value", Head: measure, Width: 6, Hang: 2, Align: widget.Decimal},
		{Key: "percent", Head: b.say("head.percent"), Width: 5, Gap: 1, Align: widget.Right, Drop: 2},
		{Key: "before", Head: b.againstHead(), Width: b.againstWidth(6), Hang: 2, Align: widget.Decimal, Drop: 1},
		{Key: "units", Head: b.say("head.units"), Width: 5, Align: widget.Right, Drop: 1},
		{Key: "mark", Width: 2, Gap: 1, Align: widget.Right},
	}
}

// partRow is one part; a total has no bar. Marks stand in the last column, as a
// part that is late makes the whole less.
func (b *build) partRow(l store.Line, name string, most float64, whole store.Num) widget.Row {
	look, number := b.value(l)
	bar := blank()
	if most > 0 && b.ofMonth(l.Indicator) {
		bar = widget.Cell{Part: widget.Bar{Value: l.Value.V, Whole: most, Look: barLook(l)}}
	}
	percent := blank()
	if whole.OK && whole.V > 0 && l.Value.OK {
		percent = widget.Word(style.Quiet, widget.Number(l.Value.V/whole.V*100, 1))
	}
	return widget.Row{Cells: []widget.Cell{
		widget.Word(style.Ink, name),
		bar,
		{Line: widget.Commas(look, number), By: orderOf(l, number)},
		percent,
		deltaCell(b.against(l), l.Indicator),
		{Line: share(l)},
		b.lineMark(l),
	}}
}

// agrees says whether the parts are the whole. Where a unit has not said its part
// nothing can be said, and that is said.
func (b *build) agrees(parts []store.Line, total store.Line) widget.Line {
	sum := 0.0
	for _, l := range append(slices.Clone(parts), total) {
		if !l.Value.OK || l.N < l.M {
			return widget.Text(style.Quiet, b.say("parts.open"))
		}
		sum += l.Value.V
	}
	sum -= total.Value.V
	decimals := widget.Decimals(total.Indicator)
	apart := sum - total.Value.V
	if math.Abs(apart) < math.Pow10(-decimals)/2 {
		return widget.Text(style.Quiet, b.say("parts.agree"))
	}
	return widget.Text(style.Watch, b.say("parts.differ", widget.Number(sum, decimals), widget.Delta(apart, decimals)))
}

// counted is the breakdown of a ledger's rows by one of its fields, in the month
// of the board: of persons that is their number by status, and nothing of them.
func (b *build) counted(spec Spec) *Panel {
	values := map[string]float64{}
	said, kept := map[string]bool{}, map[string]bool{}
	var oldest time.Time
	for _, t := range b.Counts(spec.Form, b.scope()) {
		kept[t.Unit] = true
		if t.By != spec.By || t.Period != b.Period || t.Indicator != "" {
			continue
		}
		values[t.Word] += t.Value
		said[t.Unit] = true
		if oldest.IsZero() || t.KnownFrom.Before(oldest) {
			oldest = t.KnownFrom
		}
	}
	if len(values) == 0 {
		return nil
	}
	words := make([]string, 0, len(values))
	total, most := 0.0, 0.0
	for word, v := range values {
		words = append(words, word)
		total, most = total+v, max(most, v)
	}
	sort.Slice(words, func(i, j int) bool {
		if values[words[i]] != values[words[j]] {
			return values[words[i]] > values[words[j]]
		}
		return words[i] < words[j]
	})
	p := &Panel{Head: widget.Panel{Facts: []widget.Line{b.units(len(said), len(kept)), b.oldest(oldest)}}}
	names := make([]string, len(words))
	for i, word := range words {
		names[i] = widget.Clean(b.Words.Word(spec.By, word))
	}
	t := &widget.Table{More: b.more, Columns: b.partsColumns(b.say("head.rows"), names)}
	row := func(name string, v, most float64) widget.Row {
		bar := blank()
		if most > 0 {
			bar = widget.Cell{Part: widget.Bar{Value: v, Whole: most, Look: style.Quiet}}
		}
		percent := widget.Word(style.Quiet, widget.Number(v/total*100, 1))
		return widget.Row{Cells: []widget.Cell{
			widget.Word(style.Ink, name), bar, widget.Word(style.Strong, strconv.FormatFloat(v, 'f', -1, 64)),
			percent, blank(), blank(), blank(),
		}}
	}
	for i, word := range words {
		t.Rows = append(t.Rows, row(names[i], values[word], most))
		p.Spots = append(p.Spots, countSpot(spec.Form, spec.By, word))
	}
	last := row(b.say("row.total"), total, 0)
	last.Fixed = true
	t.Rows = append(t.Rows, widget.Row{Rule: true, Fixed: true}, last)
	p.Spots = append(p.Spots, Spot{}, countSpot(spec.Form, spec.By, ""))
	p.Table = t
	p.Rows = len(t.Rows) + 1
	p.Least = min(p.Rows, 8)
	return p
}

func barLook(l store.Line) style.Look {
	if look := doubt(l); look != style.Strong {
		return look.Role()
	}
	return style.Quiet
}
