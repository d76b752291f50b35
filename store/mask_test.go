package store

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// guess is a set of small districts that differ in some figures only: what one of
// them hides must be possible otherwise in another that looks the same.
type guess struct {
	codes  []string // that are looked at, of all scopes
	keys   []Key    // the figures that differ
	most   float64  // up to which they go
	edit   func(b *board, v []float64)
	except func(v []float64) bool // contradicts what everybody knows
}

// world is one of them, and what a display shows of it.
type world struct {
	v     []float64
	whole *Snapshot
	seen  *Snapshot
}

// worlds makes all of them, by what can be seen of them.
func (g guess) worlds(t *testing.T) map[string][]world {
	t.Helper()
	out := map[string][]world{}
	base := newBoard(t)
	base.d.Catalogue = g.catalogue(t)
	v := make([]float64, len(g.keys))
	for {
		if g.except == nil || !g.except(v) {
			b := &board{base.d}
			for i, k := range g.keys {
				b.put(k.Unit, k.Indicator, k.Period, v[i], func(f *Figure) { f.Cell.Raw = Decimal(f.Value) })
			}
			if g.edit != nil {
				g.edit(b, v)
			}
			s := NewSnapshot(&b.d)
			w := world{slices.Clone(v), s, s.Masked()}
			view := g.view(w.seen)
			out[view] = append(out[view], w)
		}
		i := 0
		for ; i < len(v); i++ {
			if v[i]++; v[i] <= g.most {
				break
			}
			v[i] = 0
		}
		if i == len(v) {
			return out
		}
	}
}

// catalogue is as much of the catalogue as the district needs, and a ratio that
// rests on a sensitive count.
func (g guess) catalogue(t *testing.T) *Catalogue {
	t.Helper()
	whole := mustCatalogue(t, Indicator{
		Code: "again_rate", Name: "复吸占比", Short: "复吸占比", English: "Relapses among users found", ShortEnglish: "Again",
		Kind: Ratio, Numerator: "relapse_found", Denominator: "users_found", Scale: 100, Measure: "%", Group: "register",
		Cadence: Monthly, Origin: FromReport,
	})
	few := &Catalogue{Groups: whole.Groups, Measures: whole.Measures}
	for _, code := range g.codes {
		ind, _ := whole.ByCode(code)
		few.Indicators = append(few.Indicators, ind)
	}
	few.reindex()
	for _, r := range whole.Rules {
		known := func(t Term) bool { _, ok := few.ByCode(t.Code); return ok }
		if !slices.ContainsFunc(slices.Concat(r.Left, r.Right), func(t Term) bool { return !known(t) }) {
			few.Rules = append(few.Rules, r)
		}
	}
	return few
}

// scopes are all that a line can be of.
func scopes(s *Snapshot) []string { return append(s.Units.Below(DistrictCode), DistrictCode) }

// view writes down everything that a screen could be drawn from.
func (g guess) view(s *Snapshot) string {
	var out strings.Builder
	for _, code := range g.codes {
		for _, scope := range scopes(s) {
			l := s.Line(scope, code)
			l.Indicator = Indicator{}
			fmt.Fprintln(&out, scope, code, l, s.Course(scope, code), s.Heat(scope, code))
		}
	}
	fmt.Fprintln(&out, s.Figures, s.Sums, s.Series, s.Changes, s.Pending, s.Findings)
	return out.String()
}

// check fails where a small figure or a small total can be told from what is seen.
func (g guess) check(t *testing.T) {
	t.Helper()
	n, hidden := 0, 0
	for _, same := range g.worlds(t) {
		for _, w := range same {
			if slices.Max(w.v) > g.most-2 {
				continue // what it looks like may lie beyond what was made
			}
			n++
			for i, k := range g.keys {
				if small(w.v[i]) {
					hidden++
					if !slices.ContainsFunc(same, func(o world) bool { return o.v[i] != w.v[i] }) {
						t.Fatalf("%v: figure %v can be found", w.v, k)
					}
				}
			}
			g.checkLines(t, w, same)
		}
	}
	if n == 0 || hidden == 0 {
		t.Fatalf("%d worlds, %d small figures: nothing was looked at", n, hidden)
	}
}

// checkLines fails where what is shown is not so, or a small total can be told.
func (g guess) checkLines(t *testing.T, w world, same []world) {
	t.Helper()
	for _, code := range g.codes {
		for _, scope := range scopes(w.whole) {
			is, shown := w.whole.Line(scope, code), w.seen.Line(scope, code)
			if shown.Veil == Open && shown.Value != is.Value {
				t.Fatalf("%v: %s %s is shown as %v, is %v", w.v, scope, code, shown.Value, is.Value)
			}
			if shown.Veil == Small && (!small(is.Value.V) || shown.Value.OK) {
				t.Fatalf("%v: %s %s is said to be small, is %v", w.v, scope, code, is.Value)
			}
			if is.Indicator.Sensitive && small(is.Value.V) {
				other := func(o world) bool { return o.whole.Line(scope, code).Value != is.Value }
				if shown.Veil == Open || !slices.ContainsFunc(same, other) {
					t.Fatalf("%v: %s %s can be found: %v", w.v, scope, code, shown.Value)
				}
			}
		}
	}
}

// keysOf are the figures of units in June 2026.
func keysOf(code string, units ...string) []Key {
	out := make([]Key, len(units))
	for i, u := range units {
		out[i] = Key{u, code, MonthOf(2026, 6)}
	}
	return out
}

// No set of numbers that one display shows determines a small one: for every
// small figure there is another district that looks the same.
func TestSmallCountsCannotBeFound(t *testing.T) {
	june, may := MonthOf(2026, 6), MonthOf(2026, 5)
	for name, g := range map[string]guess{
		"units and total": {codes: []string{"relapse_found"}, keys: keysOf("relapse_found", "cxs", "cds", "bjs"), most: 8},
		"one unit":        {codes: []string{"relapse_found"}, keys: keysOf("relapse_found", "cxs"), most: 8},
		"two units":       {codes: []string{"relapse_found"}, keys: keysOf("relapse_found", "cxs", "cds"), most: 12},
		"units below units": {
			codes: []string{"urine_positive"}, keys: keysOf("urine_positive", "cxs", "dhj", "qbs"), most: 8,
		},
		"a unit that reports for all": {
			codes: []string{"relapse_found"}, keys: keysOf("relapse_found", "cxs", "cds", "bjs"), most: 7,
			edit: func(b *board, v []float64) {
				b.d.Units = NewUnits(append(b.d.Units.All(), Unit{Code: "jd", Name: "分局", Kind: Bureau, Sums: SumsDistrict}))
				b.put("jd", "relapse_found", june, v[0]+v[1]+v[2])
			},
		},
		"months": {
			codes: []string{"relapse_found"},
			keys:  append(keysOf("relapse_found", "cxs", "cds"), Key{"cxs", "relapse_found", may}, Key{"cds", "relapse_found", may}),
			most:  5, edit: withCourses,
		},
		"two months of one unit": {
			codes: []string{"relapse_found"}, keys: append(keysOf("relapse_found", "cxs"), Key{"cxs", "relapse_found", may}),
			most: 9, edit: withCourses,
		},
		"a unit that was silent before": {
			codes: []string{"relapse_found"},
			keys:  append(keysOf("relapse_found", "cxs", "cds", "bjs"), Key{"cds", "relapse_found", may}),
			most:  5, edit: withCourses,
		},
		"bounded by another indicator": {
			codes: []string{"urine_positive", "urine_done"}, keys: keysOf("urine_positive", "dhj", "cxs", "cds"), most: 7,
			edit: func(b *board, _ []float64) {
				b.put("cxs", "urine_done", june, 1)
				b.put("cds", "urine_done", june, 40)
			},
			except: func(v []float64) bool { return v[1] > 1 },
		},
		"parts of a register": {
			codes: []string{"dead_total", "abroad_total", "reg_total", "reg_current", "clean3y_total"},
			keys:  append(keysOf("dead_total", "cxs", "cds"), keysOf("abroad_total", "cxs", "cds")...), most: 5,
			edit: func(b *board, v []float64) {
				for i, unit := range []string{"cxs", "cds"} {
					b.put(unit, "reg_current", june, 100)
					b.put(unit, "clean3y_total", june, 10)
					b.put(unit, "reg_total", june, 110+v[i]+v[i+2])
				}
			},
		},
		"a ratio": {
			codes: []string{"relapse_found", "users_found", "again_rate"},
			keys:  keysOf("relapse_found", "cxs", "cds", "bjs"), most: 7,
			edit: func(b *board, _ []float64) {
				for i, unit := range []string{"cxs", "cds", "bjs"} {
					b.put(unit, "users_found", june, float64(20+i))
				}
			},
		},
	} {
		t.Run(name, func(t *testing.T) { g.check(t) })
	}
}

// withCourses fills in sums and courses from the figures of May and June; the
// months before had nothing.
func withCourses(b *board, _ []float64) {
	rolled := newCourse(DistrictCode, "relapse_found")
	for i := range rolled.Known {
		rolled.Known[i] = true
	}
	for _, unit := range []string{"cxs", "cds", "bjs"} {
		own := Series{unit, "relapse_found", make([]float64, UnitMonths+1), make([]bool, UnitMonths+1)}
		sum := Sum{Unit: unit, Indicator: "relapse_found", Year: 2026, Months: 4}
		for i := range own.Known[:UnitMonths-1] {
			own.Known[i] = true
		}
		for _, f := range b.d.Figures {
			if f.Unit != unit {
				continue
			}
			back := 6 - f.Period.N
			own.Values[UnitMonths-back], own.Known[UnitMonths-back] = f.Value, true
			rolled.Values[SeriesMonths-1-back] += f.Value
			sum.Value += f.Value
			sum.Months++
		}
		b.d.Series, b.d.Sums = append(b.d.Series, own), append(b.d.Sums, sum)
	}
	b.d.Series = append(b.d.Series, rolled)
}

// Each indicator that the catalogue marks is veiled below three, and only those are.
func TestMaskGoesByTheCatalogue(t *testing.T) {
	b := newBoard(t)
	june := MonthOf(2026, 6)
	for _, ind := range b.d.Catalogue.Indicators {
		if ind.Kind != Ratio && ind.Origin == FromReport {
			b.put("cxs", ind.Code, june, 2)
			b.put("cds", ind.Code, june, 40)
		}
	}
	whole := NewSnapshot(&b.d)
	seen := whole.Masked()
	if seen.Masked() != seen {
		t.Error("masked twice")
	}
	for _, ind := range b.d.Catalogue.Indicators {
		if ind.Kind == Ratio || ind.Origin != FromReport {
			continue
		}
		is, shown := whole.Line("cxs", ind.Code), seen.Line("cxs", ind.Code)
		if shown.Masked() != ind.Sensitive || shown.Masked() == shown.Value.OK {
			t.Errorf("%s, sensitive %v: %v, veil %d", ind.Code, ind.Sensitive, shown.Value, shown.Veil)
		}
		if shown.N != is.N || shown.M != is.M || shown.State != is.State || shown.Oldest != is.Oldest {
			t.Errorf("%s: completeness, state or age differ", ind.Code)
		}
		if _, ok := seen.Figure("cxs", ind.Code, june); ok == ind.Sensitive {
			t.Errorf("%s: the figure itself is there: %v", ind.Code, ok)
		}
	}
	if a, b := whole.Trust(DistrictCode), seen.Trust(DistrictCode); a.N != b.N || a.M != b.M || a.Oldest != b.Oldest {
		t.Errorf("%v reported, masked %v", a, b)
	}
}

// What is no part of a total either way is told apart: nothing, none, few, hidden.
func TestMaskTellsZeroFromMissing(t *testing.T) {
	b := newBoard(t)
	june := MonthOf(2026, 6)
	b.put("cxs", "relapse_found", june, 0)
	b.put("cds", "relapse_found", june, 1)
	b.put("bjs", "relapse_found", MonthOf(2026, 5), 9)
	b.d.Tallies = []Tally{{Form: "persons", Unit: "cxs", By: "status", Word: "lost", Value: 1}, {Form: "publicity", Unit: "cxs", Value: 1}}
	s := NewSnapshot(&b.d).Masked()
	if len(s.Tallies) != 1 || s.Tallies[0].Form != "publicity" {
		t.Errorf("counts of ledgers: %v", s.Tallies)
	}
	for unit, want := range map[string]Line{
		"cxs":        {Value: Some(0), N: 1},
		"cds":        {Veil: Small, N: 1},
		"bjs":        {State: Never},
		DistrictCode: {Veil: Small, N: 2, State: Never},
	} {
		l := s.Line(unit, "relapse_found")
		if l.Value != want.Value || l.Veil != want.Veil || l.N != want.N || l.State != want.State {
			t.Errorf("%s: %v, veil %d, n %d, state %s", unit, l.Value, l.Veil, l.N, l.State)
		}
	}
}
