package form

import (
	"slices"
	"strings"

	"jindu/store"
)

// instance is a rule in one unit and period.
type instance struct {
	code   string
	unit   string
	period store.Period
}

// rules holds the figures of a workbook against the rules that it can break by
// itself: a unit that checks its file before it hands it in learns of them. Of
// what is pulled the mirror judges, which knows the other files too and is asked
// again when the rules change.
func (rd *reader) rules(facts map[store.Key]stated, keys []store.Key) {
	seen := map[instance]bool{}
	for _, k := range keys {
		for _, r := range rd.words.dict.rules[k.Indicator] {
			at := instance{r.Code, k.Unit, k.Period}
			if seen[at] || !r.Applies(k.Period) {
				continue
			}
			seen[at] = true
			rd.rule(r, k.Unit, k.Period, facts)
		}
	}
}

// rule judges one rule for one unit and period, where the workbook holds all of
// its figures.
func (rd *reader) rule(r store.Rule, unit string, p store.Period, facts map[store.Key]stated) {
	var all []stated
	within := 0.0
	for _, f := range r.Figures(p) {
		s, ok := facts[store.Key{Unit: unit, Indicator: f.Code, Period: p}]
		if !ok || s.na {
			return
		}
		if r.Digit && !s.ind.Counted() {
			within += f.Factor * s.step / 2
		}
		all = append(all, s)
	}
	comparison, broken := r.Broken(p, func(code string, p store.Period) store.Num {
		if code == store.PopulationCode {
			n := rd.opt.District.Population
			return store.Num{V: float64(n), OK: n > 0}
		}
		return store.Some(facts[store.Key{Unit: unit, Indicator: code, Period: p}].value)
	}, within)
	if !broken {
		return
	}
	var places []string
	for _, s := range all {
		s.suspect = s.suspect || r.Grave()
		if at := s.draft.name + "!" + s.cell.Ref(); !slices.Contains(places, at) {
			places = append(places, at)
		}
	}
	one := all[0].draft.find(r.Finding(), all[0].cell.Ref(), r.Says(strings.Join(places, "; "), comparison)...)
	one.Unit, one.Indicator, one.Period = unit, all[0].ind.Code, p
}
