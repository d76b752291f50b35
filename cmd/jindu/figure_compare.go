package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"jindu/store"
	"jindu/tui/widget"
)

// deltaOut is how a figure changed, over the units that have one in both periods.
// Percent is null where it would mislead, Z where the figure is no count.
type deltaOut struct {
	With       string   `json:"with"`   // previous, year_ago or year_to_date
	Period     string   `json:"period"` // the earlier one
	Now        float64  `json:"now"`    // over the same units, so it may be less than the value
	Then       float64  `json:"then"`
	Difference float64  `json:"difference"`
	Percent    *float64 `json:"percent"`
	Z          *float64 `json:"z"`
	Meaningful *bool    `json:"meaningful"` // beyond chance; null: not a count
	Units      int      `json:"units"`      // units in both periods
	Of         int      `json:"of"`         // units that have a figure now
}

// namedDelta is a comparison with what it is called.
type namedDelta struct {
	code, zh, en string
	period       string
	delta        store.Delta
}

// comparisons returns those that there is anything to say of.
func comparisons(l store.Line) []namedDelta {
	to := l.SinceNewYear.Period
	upTo := to.String()
	if to.Kind == store.Month {
		upTo = fmt.Sprintf("%d-01..%02d", to.Year, to.N)
	}
	var out []namedDelta
	for _, d := range []namedDelta{
		{"previous", "较上期", "since", l.Before.Period.String(), l.Before},
		{"year_ago", "较同期", "since", l.YearAgo.Period.String(), l.YearAgo},
		{"year_to_date", "累计较同期", "to date since", upTo, l.SinceNewYear},
	} {
		if d.delta.Diff.OK {
			out = append(out, d)
		}
	}
	return out
}

// deltasOut gives the comparisons the shape that scripts rely on; none are an empty list.
func deltasOut(l store.Line) []deltaOut {
	out := []deltaOut{}
	for _, d := range comparisons(l) {
		one := deltaOut{
			With:       d.code,
			Period:     d.period,
			Now:        d.delta.Now.V,
			Then:       d.delta.Then.V,
			Difference: d.delta.Diff.V,
			Percent:    known(d.delta.Percent()),
			Units:      d.delta.Units,
			Of:         d.delta.Of,
		}
		if l.Indicator.Counted() {
			z, sure := d.delta.Z, d.delta.Significant()
			one.Z, one.Meaningful = &z, &sure
		}
		out = append(out, one)
	}
	return out
}

// definition says what a ratio divides by what: as the catalogue has it, or else
// by the names of its parts.
func definition(c *store.Catalogue, ind store.Indicator, lang store.Lang) string {
	if ind.Definition != "" || ind.Kind != store.Ratio {
		return ind.Definition
	}
	num, _ := c.ByCode(ind.Numerator)
	den, _ := c.ByCode(ind.Denominator)
	return num.Label(lang) + " / " + den.Label(lang)
}

// divided tells the sums that a ratio was made of, so that nobody takes it for a
// mean of the units' ratios.
func (a *app) divided(q *asked) {
	l := q.line
	if !l.Numerator.OK || !l.Divisor.OK || l.Indicator.Kind != store.Ratio {
		return
	}
	a.line("  " + join("  ", number(round(l.Numerator.V))+" / "+number(round(l.Divisor.V)),
		definition(q.cfg.Catalogue, l.Indicator, a.lang)))
}

// compared tells what the number is to be seen beside.
func (a *app) compared(l store.Line) {
	for _, d := range comparisons(l) {
		a.line("  " + join("  ", a.lang.Pick(d.zh, d.en), d.period, a.change(l, d.delta)))
	}
	for _, c := range []struct {
		zh, en string
		n      store.Num
		lacks  int
	}{
		{"本年累计", "year to date", l.ToDate, l.ToDateLacks},
		{"目标", "target", l.Target, 0},
	} {
		if !c.n.OK {
			continue
		}
		lacks := ""
		if c.lacks > 0 {
			months := strconv.Itoa(c.lacks)
			lacks = a.lang.Pick("至少，各单位共缺 "+months+" 个月份", "at least: units lack months, "+months+" in all")
		}
		a.line("  " + join("  ", a.lang.Pick(c.zh, c.en), number(c.n.V), lacks))
	}
}

// change tells a difference, from what to what, and whether it means anything.
// Percent stands only where it does not mislead.
func (a *app) change(l store.Line, d store.Delta) string {
	diff := told(l.Indicator, round(d.Diff.V))
	if d.Diff.V > 0 && strings.Trim(diff, "0.") != "" {
		diff = "+" + diff
	}
	percent, sure, over := "", "", ""
	if p := d.Percent(); p.OK {
		percent = fmt.Sprintf("%+.1f%%", p.V)
	}
	if d.Significant() {
		sure = a.lang.Pick("超出偶然波动", "beyond chance")
	}
	if l.M > 1 {
		over = strconv.Itoa(d.Units) + "/" + strconv.Itoa(d.Of) + a.lang.Pick(" 单位", " units")
	}
	return join("  ", diff, percent, told(l.Indicator, round(d.Then.V))+" › "+told(l.Indicator, round(d.Now.V)), over, sure)
}

// told writes a value of the indicator for people: a ratio with the digits that the
// board shows, as what is divided has no end; anything else as exact as it is kept.
func told(ind store.Indicator, v float64) string {
	if ind.Kind == store.Ratio {
		return widget.Number(v, widget.Decimals(ind))
	}
	return number(v)
}

// round drops what binary fractions leave over beyond what any report prints.
func round(v float64) float64 { return math.Round(v*1e4) / 1e4 }
