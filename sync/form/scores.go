package form

import (
	"math"

	"jindu/store"
	"jindu/sync/sheet"
)

// scoreColumns are the columns of a self-score sheet that are added up at its foot.
var scoreColumns = []string{"points", "score", "checked"}

// scoreRow is what a row of a self-score sheet adds to its totals.
type scoreRow struct {
	n      int
	amount map[string]float64
}

// noteScores remembers what the row adds to the totals at the foot of its sheet.
func (l *ledger) noteScores() {
	one := scoreRow{l.at.n, map[string]float64{}}
	for _, field := range scoreColumns {
		one.amount[field], _, _ = l.number(field)
	}
	l.scores = append(l.scores, one)
}

// scoreTotals holds the totals of a self-score sheet against its items: of those
// since the total before, or of all above it. Where a row or a field could not be
// read nobody knows what they should be.
func (l *ledger) scoreTotals() {
	if len(l.scores) == 0 || l.bad+l.strangers+l.strikes+l.faults > 0 {
		return
	}
	since, last := l.first, int(l.sheet.Cells[len(l.sheet.Cells)-1].Row)
	for n := l.first; n <= last; n++ {
		cells := l.sheet.Row(n)
		if len(cells) == 0 || cells[0].Kind != sheet.Text || !totals.MatchString(fold(cells[0].Text)) {
			continue
		}
		for _, field := range scoreColumns {
			l.scoreTotal(n, since, field)
		}
		since = n
	}
}

// scoreTotal holds one total against its items.
func (l *ledger) scoreTotal(n, since int, field string) {
	c := l.fields[field]
	if c == nil || c.name() == "" {
		return
	}
	g := l.numberField(c, l.sheet.At(n, c.col))
	if g.Kind != store.NumberField || g.rule != "" {
		return
	}
	part, whole := 0.0, 0.0
	for _, one := range l.scores {
		if one.n < n {
			whole += one.amount[field]
		}
		if one.n < n && one.n >= since {
			part += one.amount[field]
		}
	}
	const dust = 1e-6 // of binary fractions
	if math.Abs(g.Number-part) > dust && math.Abs(g.Number-whole) > dust {
		l.findings = append(l.findings,
			store.NewFinding("score_mismatch", l.name, sheet.Ref(n, c.col), c.both(), plainNumber(g.Number), plainNumber(whole)))
	}
}
