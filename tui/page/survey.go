package page

import (
	"math"
	"strconv"

	"jindu/store"
	"jindu/tui/style"
	"jindu/tui/widget"
)

// survey makes the panel of a survey among the people: a column a quarter, the last
// one in figures, and how long ago it came.
func (b *build) survey(spec Spec) *Panel {
	all := b.Survey(spec.Rows[0])
	last, ok := store.LastKnown(all)
	if !ok {
		return nil
	}
	values := make([]float64, len(all))
	for i, l := range all {
		values[i] = widget.Missing()
		if l.Value.OK {
			values[i] = l.Value.V
		}
	}
	_, high := widget.Ends(values)
	p := &Panel{Rows: 5, Least: 4, Spots: []Spot{figureSpot(store.DistrictCode, spec.Rows[0])}}
	p.Head.Title = last.Indicator.Head(b.lang())
	p.Head.Facts = []widget.Line{
		widget.Text(style.Ink, b.Words.Period(last.Period)), b.units(last.N, max(last.N, last.M)), b.oldest(last.Oldest),
	}
	p.Body = func(c widget.Canvas, _ bool) { b.drawSurvey(c, all, last, values, math.Max(high, last.Target.V)) }
	return p
}

// drawSurvey draws a column a period, and at the right the last value with what
// explains it.
func (b *build) drawSurvey(c widget.Canvas, all []store.Line, last store.Line, values []float64, high float64) {
	column := 2
	if c.Width() >= len(values)*4+surveyAside {
		column = 3
	}
	h := max(1, c.Height()-2)
	for i, v := range values {
		x := i * (column + 1)
		look := style.Edge
		if all[i].Period == last.Period {
			look = style.Ink
		}
		if !math.IsNaN(v) {
			for k := range column {
				widget.Chart{Values: []float64{v}, High: high, Now: look}.Draw(c.Sub(x+k, 0, 1, h))
			}
		} else {
			c.Run(x, h-1, column, style.Edge, c.Glyphs().Gap)
		}
		label := surveyLabel(all[i].Period)
		if i == 0 || all[i].Period.Year != all[i-1].Period.Year {
			c.Put(x, h+1, style.Quiet, strconv.Itoa(all[i].Period.Year))
		}
		c.Put(x, h, style.Quiet, label)
	}
	b.surveyFigure(c, all, last)
}

// surveyAside is how many cells the figures beside the columns take.
const surveyAside = 14

// surveyLabel is a period's own short name: Q2, H1.
func surveyLabel(p store.Period) string {
	name := p.String()
	return name[max(0, len(name)-2):]
}

// surveyFigure writes the last value, the change since the one before, the target
// and the parts.
func (b *build) surveyFigure(c widget.Canvas, all []store.Line, last store.Line) {
	end := c.Width()
	look, number := b.value(last)
	measure := b.measure(last.Indicator)
	c.LineRight(end, 0, widget.Commas(look, number).Text(style.Quiet, " "+measure))
	y := 1
	for i, l := range all {
		if l.Period != last.Period || i == 0 || !all[i-1].Value.OK {
			continue
		}
		change := widget.DeltaCell(last.Value.V-all[i-1].Value.V, widget.Decimals(last.Indicator), 0)
		c.LineRight(end, y, append(widget.Text(style.Quiet, b.say("survey.before")+" "), change...))
		y++
	}
	if last.Target.OK {
		c.LineRight(end, y, widget.Text(style.Quiet, b.say("head.target")+" ").Text(style.Ink, trim(last.Target.V)))
		y++
	}
	if last.Numerator.OK && last.Divisor.OK {
		c.PutRight(end, y, style.Quiet, widget.Number(last.Numerator.V, 0)+"/"+widget.Number(last.Divisor.V, 0))
	} else if last.Reported {
		c.PutRight(end, y, style.Quiet, b.say("survey.printed"))
	}
}
