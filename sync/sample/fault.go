package sample

import (
	"jindu/store"
)

// key is the figure of the reporting month, where all slips are made.
func (p *planner) key(unit, indicator string) store.Key {
	return store.Key{Unit: unit, Indicator: indicator, Period: p.month}
}

// correctedSlips is what 城西 sent first: two counts a little too low.
func (p *planner) correctedSlips() map[store.Key]slip {
	out := map[store.Key]slip{}
	for indicator, less := range map[string]float64{"users_found": 2, "clues_received": 1} {
		k := p.key("cxs", indicator)
		v, _ := p.model.value(k)
		out[k] = slip{shown: int(v - less), read: v - less}
	}
	return out
}

// partialSlips is three cells that cannot be read.
func (p *planner) partialSlips() map[store.Key]slip {
	return map[store.Key]slip{
		p.key("cds", "clues_received"):  {shown: "约20", rule: "approximate", bad: true},
		p.key("cds", "venue_inspected"): {shown: -36, rule: "negative", bad: true},
		p.key("cds", "pub_leaflets"):    {shown: "见附表", rule: "not_number", bad: true},
	}
}

// jumpSlips is grams typed under 千克: a thousand times too much, and the total
// with it.
func (p *planner) jumpSlips() map[store.Key]slip {
	heroin, total := p.key(heavyUnit, "seized_heroin_g"), p.key(heavyUnit, "seized_total_g")
	grams, _ := p.model.value(heroin)
	all, _ := p.model.value(total)
	wrong := cents(all - grams + grams*1000)
	return map[store.Key]slip{
		heroin: {shown: grams, read: cents(grams * 1000), suspect: true, rule: "jump"},
		total:  {shown: shift(wrong, 1000), read: wrong, suspect: true, rule: "jump"},
	}
}

// conflictSlips makes every figure of the second file another one.
func (p *planner) conflictSlips() map[store.Key]slip {
	out := map[store.Key]slip{}
	for i, indicator := range publicityCodes() {
		k := p.key("jyj", indicator)
		v, _ := p.model.value(k)
		other := v + float64(i+1)
		out[k] = slip{shown: int(other), read: other}
	}
	return out
}

// wrongTotal types the total of the suspects over by hand, two too many: nobody
// can tell which side is wrong, so the whole column is suspect.
func (p *planner) wrongTotal(s *sheet, rows []member, m store.Period) {
	sum := p.model.sum(rows, "suspects", m)
	last, col := len(s.rows)-2, 2 // the footer follows the totals
	for _, code := range enforcementCodes() {
		if code == "suspects" {
			break
		}
		col++
	}
	s.put(last, col, sum+2, count)
	s.fault(last, col, store.Warning, "total_mismatch")
	for i := range s.facts {
		if s.facts[i].Indicator == "suspects" {
			s.facts[i].Suspect = true
		}
	}
}

// slips adds the files that are no reports: what Excel and copying leave behind.
func (p *planner) slips() {
	for _, path := range []string{"派出所/城西派出所/~$城西所报表.xlsx", "禁毒办/上传中.tmp"} {
		p.files = append(p.files, file{path: path, sent: p.between(2, 0.1), raw: []byte("\x06jindu sample")})
	}
}
