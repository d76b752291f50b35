package sqlite

import (
	"context"
	"slices"
	"strings"

	"jindu/store"
)

// ruled lists the rules that rest on an indicator.
type ruled map[string][]*store.Rule

func ruledBy(c *store.Catalogue) ruled {
	out := ruled{}
	if c == nil {
		return out
	}
	for i := range c.Rules {
		r := &c.Rules[i]
		for _, code := range slices.Concat(r.Left.Codes(), r.Right.Codes()) {
			if !r.Off && !slices.Contains(out[code], r) {
				out[code] = append(out[code], r)
			}
		}
	}
	return out
}

// instance is a rule in one unit and period.
type instance struct {
	rule   *store.Rule
	unit   string
	period store.Period
}

// instances calls do with every rule that rests on the figure, in each period in
// which it does.
func (r ruled) instances(k store.Key, do func(instance)) {
	for _, rule := range r[k.Indicator] {
		for _, p := range rule.RestingOn(k.Indicator, k.Period) {
			do(instance{rule, k.Unit, p})
		}
	}
}

// look returns how a rule asks for figures of the unit.
func (j *judging) look(unit string) store.Look {
	return func(code string, p store.Period) store.Num {
		if code == store.PopulationCode {
			n := j.db.cfg.Settings.District.Population
			return store.Num{V: float64(n), OK: n > 0}
		}
		return j.num(store.Key{Unit: unit, Indicator: code, Period: p})
	}
}

// figures returns the keys of what the rule rests on there, as far as it is known.
func (j *judging) figures(at instance) []store.Key {
	all := at.rule.Figures(at.period)
	out := make([]store.Key, 0, len(all))
	for _, f := range all {
		k := store.Key{Unit: at.unit, Indicator: f.Code, Period: f.Period}
		if _, ok := j.values[k]; ok {
			out = append(out, k)
		}
	}
	return out
}

// ruledWith adds the figures that a rule binds to one that has changed: it may be
// broken or kept now. Of one that only moved, those with which it breaks a rule:
// the finding may have to move with it.
func (j *judging) ruledWith(to map[store.Key]bool) {
	seen := map[instance]bool{} // a rule is reached from each of its figures
	for k := range j.changed {
		j.db.ruled.instances(k, func(at instance) {
			if seen[at] {
				return
			}
			seen[at] = true
			for _, one := range j.figures(at) {
				to[one] = true
			}
		})
	}
	for _, s := range j.subjects {
		if _, changed := j.changed[s.key]; changed {
			continue
		}
		j.db.ruled.instances(s.key, func(at instance) {
			if _, broken := at.rule.Broken(at.period, j.look(at.unit), 0); !broken {
				return
			}
			for _, one := range j.figures(at) {
				to[one] = true
			}
		})
	}
}

// holdAgainstRules judges every rule that a subject takes part in. What breaks
// one is looked at closely: only then are the cells of the others needed.
func (j *judging) holdAgainstRules(ctx context.Context) error {
	var broken []instance
	seen := map[instance]bool{}
	for _, s := range j.subjects {
		j.db.ruled.instances(s.key, func(at instance) {
			if seen[at] {
				return
			}
			seen[at] = true
			if _, yes := at.rule.Broken(at.period, j.look(at.unit), 0); yes {
				broken = append(broken, at)
			}
		})
	}
	cells, err := j.besides(ctx, broken)
	if err != nil {
		return err
	}
	for _, at := range broken {
		var all []*subject
		for _, k := range j.figures(at) {
			s := j.index[k]
			if s == nil {
				s = cells[k]
			}
			if s != nil {
				all = append(all, s)
			}
		}
		if err := j.breaks(ctx, at, all); err != nil {
			return err
		}
	}
	return nil
}

// besides reads the figures of broken rules that are no subjects themselves.
func (j *judging) besides(ctx context.Context, broken []instance) (map[store.Key]*subject, error) {
	keys, out := map[store.Key]bool{}, map[store.Key]*subject{}
	for _, at := range broken {
		for _, k := range j.figures(at) {
			if j.index[k] == nil {
				keys[k] = true
			}
		}
	}
	if len(keys) == 0 {
		return out, nil
	}
	list, err := encodeKeys(sortedKeys(keys))
	if err != nil {
		return nil, err
	}
	standing, err := j.standing(ctx, list)
	for _, s := range standing {
		out[s.key] = s
	}
	return out, err
}

// breaks notes that figures break a rule: at the newest of them, for that is
// what broke it. All of them are as suspect as it is. What a workbook has shown
// of itself when it was read is not told again.
func (j *judging) breaks(ctx context.Context, at instance, all []*subject) error {
	comparison, broken := at.rule.Broken(at.period, j.look(at.unit), j.tolerance(at, all))
	if !broken || len(all) == 0 || toldByReading(*at.rule, all) {
		return nil
	}
	newest := all[0]
	for _, s := range all[1:] {
		if s.since > newest.since {
			newest = s
		}
	}
	for _, s := range all {
		s.next.suspect = s.next.suspect || at.rule.Grave()
	}
	if j.index[newest.key] == nil {
		return nil // its finding stands
	}
	places, err := j.places(ctx, newest, all)
	if err != nil {
		return err
	}
	beside := all[0]
	if beside == newest {
		beside = all[len(all)-1]
	}
	d := newest.itself(at.rule.Finding(), at.rule.Says(places, comparison)...)
	d.beside, d.suspect = place{file: beside.file}, at.rule.Grave()
	j.doubt(newest.key, d)
	return nil
}

// toldByReading reports whether all of the figures stand in one workbook, and the
// rule is of those that were judged when that was read.
func toldByReading(r store.Rule, all []*subject) bool {
	_, _, bound := r.Bound()
	_, sum := r.Sum()
	return (bound || sum) && !slices.ContainsFunc(all, func(s *subject) bool { return s.next.workbook != all[0].next.workbook })
}

// tolerance returns what the measured quantities of a rule may differ by: half of
// the last printed digit of each. Counts are exact.
func (j *judging) tolerance(at instance, all []*subject) float64 {
	if !at.rule.Digit {
		return 0
	}
	within := 0.0
	for _, f := range at.rule.Figures(at.period) {
		ind, _ := j.db.cfg.Catalogue.ByCode(f.Code)
		for _, s := range all {
			if v := s.number(); s.key.Indicator == f.Code && s.key.Period == f.Period && v.OK && !ind.Counted() {
				within += f.Factor * store.LastDigit(s.shown.raw, v.V) / 2
			}
		}
	}
	return within
}

// places names the cells of figures, those of other files with the file.
func (j *judging) places(ctx context.Context, newest *subject, all []*subject) (string, error) {
	var out []string
	for _, s := range all {
		_, path, sheet, err := j.where(ctx, s.place())
		if err != nil {
			return "", err
		}
		one := sheet + "!" + s.shown.ref
		if s.file != newest.file {
			one = path + " " + one
		}
		if !slices.Contains(out, one) {
			out = append(out, one)
		}
	}
	return strings.Join(out, "; "), nil
}
