package sample

import (
	"math"

	"jindu/store"
)

// crime is one criminal case, from which both the month's figures and the row
// of the case ledger are made.
type crime struct {
	unit                         string
	month                        store.Period
	kind                         string
	street                       string
	drug                         string // code of the seizure's indicator
	grams                        float64
	caught, detained, arrested   int
	gangs, labs                  int
	occurred, accepted, solvedOn store.Date
	campaign                     string
	serial                       int // within the district and year
}

// drug is a kind of drug and how units come across it.
type drug struct {
	code, name string
	grams      float64 // usual weight of one case
	odds       int
}

// drugs lists the kinds in the order of the seizure columns.
func drugs() []drug {
	return []drug{
		{"seized_heroin_g", "海洛因", 9, 34},
		{"seized_meth_g", "冰毒", 12, 40},
		{"seized_yaba_g", "麻古", 6, 10},
		{"seized_ketamine_g", "氯胺酮", 15, 5},
		{"seized_cannabis_g", "大麻", 20, 4},
		{"seized_etomidate_g", "依托咪酯", 5, 6},
		{"seized_other_g", "其他毒品", 8, 1},
	}
}

// heavyUnit intercepts transports on the border: kilograms, and each month.
const heavyUnit = "nwb"

// solve draws the cases that a unit solves in a month.
func (m *model) solve(u member, p store.Period, r dice) []crime {
	n := r.poisson(perMonth * u.share * season(p))
	if u.Code == heavyUnit {
		n = max(n, 1)
	}
	palette := m.palette(u)
	out := make([]crime, n)
	for i := range out {
		d := palette[min(i, r.IntN(len(palette)))]
		if u.Code == heavyUnit && i > 0 {
			d = palette[1]
		}
		out[i] = m.crime(u, p, d, r)
	}
	return out
}

// palette is the drugs that a unit meets, and how much of each at a time. The
// weights differ by orders of magnitude from unit to unit, as they do in life,
// and within a unit by no more than a few times, so that a slip of the decimal
// point stands out.
func (m *model) palette(u member) []drug {
	r := roll(m.seed, "palette", u.Code)
	size := math.Exp(min(max(r.NormFloat64(), -1.2), 1.8))
	switch u.Kind {
	case store.BorderStation:
		size = 30 * math.Max(size, 1)
	case store.Bureau:
		size *= 8
	default: // a station takes what is sold in its streets
	}
	kinds := drugs()
	var out []drug
	for _, i := range []int{0, 1, 2 + r.IntN(len(kinds)-2)} {
		d := kinds[i]
		d.grams = 10 * size * math.Sqrt(d.grams/10)
		out = append(out, d)
	}
	return out
}

// crime draws one case: it is solved on a day of the month, taken up some days
// before and committed before that, now and then in the month or year before.
func (m *model) crime(u member, p store.Period, d drug, r dice) crime {
	solved := p.Start().Add(r.IntN(p.End().Day))
	c := crime{
		unit:     u.Code,
		month:    p,
		kind:     choose(r, []string{"贩卖毒品", "贩卖毒品", "贩卖毒品", "运输毒品", "非法持有毒品", "容留他人吸毒"}),
		street:   choose(r, of(m.units, store.Street)).Name,
		drug:     d.code,
		grams:    cents(r.around(d.grams, 0.35)),
		caught:   1 + r.some(2, 0.2),
		solvedOn: solved,
		accepted: solved.Add(-r.between(1, 12)),
	}
	if d.grams > 100 { // scales for parcels show tenths
		c.grams = math.Round(c.grams*10) / 10
	}
	c.occurred = c.accepted.Add(-r.between(0, 20))
	c.detained = max(1, c.caught-r.some(1, 0.15))
	c.arrested = c.detained - r.some(c.detained, 0.2)
	if c.caught > 2 {
		c.gangs = 1
	}
	if r.Float64() < 0.004 {
		c.kind, c.labs = "制造毒品", 1
	}
	if now := m.operation(); now.holds(solved) || now.before().holds(solved) {
		c.campaign = operationName
	}
	return c
}
