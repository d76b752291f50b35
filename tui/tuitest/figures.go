package tuitest

import (
	"sort"
	"strings"
	"time"

	"jindu/store"
)

// silent units have reported nothing for the month; the file of one of them was
// refused.
func silent(unit string) bool { return unit == "ws" || unit == "wcj" || unit == "rm" }

// report fills figures of the month, the one before and the same of last year.
func (b *builder) report() {
	d := b.data
	for _, u := range d.Units.All() {
		for i, ind := range b.indicators(u) {
			d.Reporting = append(d.Reporting, store.UnitIndicator{Unit: u.Code, Indicator: ind.Code})
			if kind := ind.Cadence.PeriodKind(); kind != store.Month {
				for _, p := range []store.Period{d.Period.Of(kind).Add(-1), d.Period.YearAgo().Of(kind).Add(-1)} {
					b.figure(u, ind, p, i)
				}
				continue
			}
			for _, p := range []store.Period{d.Period, d.Period.Add(-1), d.Period.YearAgo()} {
				if p != d.Period || !silent(u.Code) {
					b.figure(u, ind, p, i)
				}
			}
		}
	}
	for _, at := range []struct{ unit, ind, rule string }{
		{"xj", "hair_tests", "not_number"}, {"xj", "released_month", "not_number"}, {"xj", "urine_positive", "negative"},
	} {
		d.SetAside = append(d.SetAside, store.SetAside{
			Key:   store.Key{Unit: at.unit, Indicator: at.ind, Period: d.Period},
			Sheet: "表2", Ref: "D17", Rule: at.rule,
		})
	}
	d.Conflicts = append(d.Conflicts, store.Key{Unit: "cq", Indicator: "care_visits", Period: d.Period})
}

// indicators returns what the unit reports, totals of seizures included.
func (b *builder) indicators(u store.Unit) []store.Indicator {
	have := base(u.Kind)
	var out []store.Indicator
	for _, ind := range b.cat.Indicators {
		_, ok := have[ind.Code]
		if ok || ind.Code == "seized_total_g" && have["seized_meth_g"] > 0 {
			out = append(out, ind)
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Group < out[j].Group })
	return out
}

func (b *builder) figure(u store.Unit, ind store.Indicator, p store.Period, column int) {
	if p == b.data.Period && u.Code == "xj" && ind.Code == "hair_tests" {
		return // could not be read, and nothing stood there before
	}
	f := store.Figure{
		Key:     store.Key{Unit: u.Code, Indicator: ind.Code, Period: p},
		Value:   b.amount(u, ind, p),
		Version: 1,
		Cell:    b.cell(u, ind, p, column),
	}
	f.Received = received(u.Code, p)
	f.KnownFrom, f.FirstArrived = f.Received, p.End().Add(3).In(Zone()).Add(9*time.Hour)
	b.circumstance(&f)
	b.data.Figures = append(b.data.Figures, f)
}

// circumstance gives figures of the month what puts them into each state.
func (b *builder) circumstance(f *store.Figure) {
	if f.Period != b.data.Period {
		return
	}
	switch f.Unit + " " + f.Indicator {
	case "cx users_found", "cd users_found":
		f.Version, f.KnownFrom = 2, Now().Add(-40*time.Minute)
		f.Received = f.KnownFrom
	case "bj seized_meth_g", "bj seized_total_g":
		f.Suspect = true
	case "nw clues_received":
		f.NotApplicable, f.Value = true, 0
	}
	switch f.Unit {
	case "lw":
		f.FirstArrived = time.Date(2026, 6, 7, 10, 0, 0, 0, Zone())
	case "nw":
		if f.Indicator == "clues_received" || f.Indicator == "users_found" {
			f.Cell.Source, f.Received = "nanwan", Now().Add(-78*time.Hour)
		}
	case "mz":
		f.Cell.Source = "minzheng"
	}
}

// amount is a value, or for the total of seizures the sum of its parts.
func (b *builder) amount(u store.Unit, ind store.Indicator, p store.Period) float64 {
	if ind.Code != "seized_total_g" {
		return b.value(u, ind, p)
	}
	sum := 0.0
	for _, code := range ind.Parts {
		if part, ok := b.cat.ByCode(code); ok {
			sum += b.value(u, part, p)
		}
	}
	return sum
}

// received is when the unit's workbook came: most of them today or yesterday.
func received(unit string, p store.Period) time.Time {
	if p != May() {
		return p.End().Add(4).In(Zone()).Add(10 * time.Hour)
	}
	switch unit {
	case "mz":
		return Now().Add(-26 * time.Hour)
	default:
		return Now().Add(-time.Duration(1+int(chance(unit, "age")*30)) * 41 * time.Minute)
	}
}

func (b *builder) cell(u store.Unit, ind store.Indicator, p store.Period, column int) store.Cell {
	group, _ := b.cat.GroupByCode(ind.Group)
	ref := code(column)
	head := ref[:1]
	return store.Cell{
		Workbook: b.book(u.Code), Source: "share", SHA256: "9f3a51c7d2",
		Path:  shortName(u.Name) + "/" + p.String()[:4] + "/" + u.Name + "_" + p.String()[5:] + ".xlsx",
		Sheet: group.Name, Ref: ref, Raw: "",
		Header: []string{group.Name, ind.Short}, HeaderRefs: []string{head + "3", head + "4"},
		UnitRef: "B" + ref[1:], PeriodRef: "title",
	}
}

func shortName(unit string) string {
	return strings.TrimPrefix(strings.ReplaceAll(unit, "派出所", "所"), "公安分局")
}

// book is the id of the unit's workbook.
func (b *builder) book(unit string) int64 { return int64(b.data.Units.Rank(unit) + 1) }

// courses fills series and sums from the same values as the figures.
func (b *builder) courses() {
	d := b.data
	for _, u := range d.Units.All() {
		for _, ind := range b.indicators(u) {
			if ind.Cadence.PeriodKind() != store.Month {
				continue
			}
			own := newSeries(u.Code, ind.Code, store.SeriesMonths)
			for i := range store.SeriesMonths {
				p := d.Period.Add(i + 1 - store.SeriesMonths)
				if p == d.Period && silent(u.Code) {
					continue
				}
				v := b.amount(u, ind, p)
				own.Values[i], own.Known[i] = v, true
			}
			d.Series = append(d.Series, *own)
			b.sum(u, ind)
		}
	}
}

func newSeries(unit, indicator string, months int) *store.Series {
	return &store.Series{Unit: unit, Indicator: indicator, Values: make([]float64, months), Known: make([]bool, months)}
}

func (b *builder) sum(u store.Unit, ind store.Indicator) {
	if ind.Kind != store.Flow {
		return
	}
	for _, year := range []int{b.data.Period.Year, b.data.Period.Year - 1} {
		one := store.Sum{Unit: u.Code, Indicator: ind.Code, Year: year}
		for m := 1; m <= b.data.Period.N; m++ {
			p := store.MonthOf(year, m)
			if p == b.data.Period && silent(u.Code) {
				continue
			}
			one.Value += b.amount(u, ind, p)
			one.Months++
		}
		b.data.Sums = append(b.data.Sums, one)
	}
}
