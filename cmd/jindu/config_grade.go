package main

import (
	"slices"
	"strconv"

	"github.com/pelletier/go-toml/v2"

	"jindu/store"
)

// gradeEntry is one [[grade]]: a scheme by which units are graded.
type gradeEntry struct {
	Code       string       `toml:"code"`
	Name       string       `toml:"name"`
	English    string       `toml:"english"`
	Source     string       `toml:"source"`
	AssessedOn any          `toml:"assessed_on"` // a date, with or without quotes
	Kinds      []string     `toml:"kinds"`
	Units      []string     `toml:"units"`
	Target     string       `toml:"target"`
	Pilots     []pilotEntry `toml:"pilot"`
	Levels     []levelEntry `toml:"level"`
	Items      []itemEntry  `toml:"item"`
}

// pilotEntry is one [[grade.pilot]]: a unit with a target of its own.
type pilotEntry struct {
	Unit   string `toml:"unit"`
	Target string `toml:"target"`
}

// levelEntry is one [[grade.level]].
type levelEntry struct {
	Code    string   `toml:"code"`
	Name    string   `toml:"name"`
	English string   `toml:"english"`
	Least   *float64 `toml:"least"`
	Veto    bool     `toml:"veto"`
}

// itemEntry is one [[grade.item]]: what is scored, and how.
type itemEntry struct {
	Code      string    `toml:"code"`
	Name      string    `toml:"name"`
	Short     string    `toml:"short"`
	English   string    `toml:"english"`
	Brief     string    `toml:"short_english"`
	Names     []string  `toml:"names"`
	Group     string    `toml:"group"`
	Points    float64   `toml:"points"`
	Indicator string    `toml:"indicator"`
	Over      string    `toml:"over"`
	At        []float64 `toml:"at"`
	Gives     []float64 `toml:"gives"`
	Full      *float64  `toml:"full"`
	None      *float64  `toml:"none"`
	Deduct    float64   `toml:"deduct"`
	Base      string    `toml:"base"`
	Evidence  []string  `toml:"evidence"`
	Lacking   float64   `toml:"lacking"`
	VetoAbove *float64  `toml:"veto_above"`
	VetoBelow *float64  `toml:"veto_below"`
}

// What an item's indicator can be taken over.
const (
	overPeriod = "period"
	overYear   = "year"
)

// grades checks every [[grade]]. A scheme that is half said would grade wrongly and
// look right, so nothing in it is guessed.
func (j *judging) grades(cfg *config) {
	seen := map[string]bool{}
	for i, e := range j.doc.Grades {
		at := nth("grade", i)
		j.identifier(at, "code", e.Code)
		j.required(at, "name", e.Name)
		j.once(at+".code", e.Code, seen)
		g := store.Grade{Code: e.Code, Name: e.Name, English: e.English, Source: e.Source, Target: e.Target, Units: e.Units}
		g.Assessed = j.assessed(at+".assessed_on", e.AssessedOn)
		j.graded(at, e, &g, cfg)
		for k, item := range e.Items {
			if j.err == nil {
				g.Items = append(g.Items, j.gradeItem(nth(at+".item", k), item, cfg, g.Items))
			}
		}
		if len(e.Items) == 0 {
			j.required(at, "item", "")
		}
		j.levels(at, e, &g)
		j.pilots(at, e, &g, cfg)
		if j.err != nil {
			return
		}
		cfg.Settings.Grades = append(cfg.Settings.Grades, g)
	}
}

// once refuses what stands there already.
func (j *judging) once(key, code string, seen map[string]bool) {
	if seen[code] {
		j.fail("config_twice", key, code)
	}
	seen[code] = true
}

// assessed reads the day of the assessment; none is allowed.
func (j *judging) assessed(key string, value any) store.Date {
	text := ""
	switch v := value.(type) {
	case nil:
		return store.Date{}
	case string:
		text = v
	case toml.LocalDate:
		text = v.String()
	}
	day, err := store.ParseDate(text)
	if err != nil {
		j.fail("config_like", key, text, "2026-10-15")
	}
	return day
}

// graded checks who is graded.
func (j *judging) graded(at string, e gradeEntry, g *store.Grade, cfg *config) {
	for k, kind := range e.Kinds {
		j.oneOf(nth(at+".kinds", k), kind, unitKinds()...)
		g.Kinds = append(g.Kinds, store.UnitKind(kind))
	}
	for k, unit := range e.Units {
		j.refer(nth(at+".units", k), unit, unitCodes(cfg))
	}
	if len(e.Kinds)+len(e.Units)+len(e.Pilots) == 0 {
		j.required(at, "kinds", "")
	}
}

// unitCodes lists the codes of the units.
func unitCodes(cfg *config) []string {
	var codes []string
	for _, u := range cfg.Units.All() {
		codes = append(codes, u.Code)
	}
	return codes
}

// levels checks the levels: the best first, each with fewer points than the one
// before, and none that nobody can reach.
func (j *judging) levels(at string, e gradeEntry, g *store.Grade) {
	seen := map[string]bool{}
	if len(e.Levels) == 0 {
		j.required(at, "level", "")
	}
	for k, v := range e.Levels {
		here := nth(at+".level", k)
		j.identifier(here, "code", v.Code)
		j.required(here, "name", v.Name)
		j.once(here+".code", v.Code, seen)
		if v.Least == nil {
			j.required(here, "least", "")
			return
		}
		switch least := *v.Least; {
		case k > 0 && least >= g.Levels[k-1].Least:
			j.fail("config_order", here+".least", number(least))
		case least < 0 || least > g.Points():
			j.fail("config_choice", here+".least", number(least), "0 - "+number(g.Points()))
		}
		if j.err != nil {
			return
		}
		g.Levels = append(g.Levels, store.GradeLevel{Code: v.Code, Name: v.Name, English: v.English, Least: *v.Least, Veto: v.Veto})
	}
}

// pilots checks the targets: of all, and of those that have their own.
func (j *judging) pilots(at string, e gradeEntry, g *store.Grade, cfg *config) {
	codes := make([]string, len(g.Levels))
	for k, v := range g.Levels {
		codes[k] = v.Code
	}
	if e.Target != "" {
		j.refer(at+".target", e.Target, codes)
	}
	seen := map[string]bool{}
	for k, p := range e.Pilots {
		here := nth(at+".pilot", k)
		j.refer(here+".unit", p.Unit, unitCodes(cfg))
		j.refer(here+".target", p.Target, codes)
		j.once(here+".unit", p.Unit, seen)
		g.Pilots = append(g.Pilots, store.GradePilot{Unit: p.Unit, Target: p.Target})
	}
}

// gradeItem checks one item; earlier are those before it.
func (j *judging) gradeItem(at string, e itemEntry, cfg *config, earlier []store.GradeItem) store.GradeItem {
	j.identifier(at, "code", e.Code)
	j.required(at, "name", e.Name)
	item := store.GradeItem{
		Code: e.Code, Name: e.Name, Short: e.Short, English: e.English, Brief: e.Brief, Names: e.Names, Group: e.Group, Points: e.Points,
		Indicator: e.Indicator, Base: e.Base, Deduct: e.Deduct, Evidence: e.Evidence, Lacking: e.Lacking,
	}
	for n, one := range append([]string{e.Code, e.Name}, e.Names...) {
		key := [...]string{".code", ".name", ".names"}[min(n, 2)]
		if k := slices.IndexFunc(earlier, func(i store.GradeItem) bool { return i.Means(one) }); k >= 0 {
			j.fail("config_head", at+key, one, earlier[k].Code)
		}
	}
	j.veto(at, e, &item)
	if e.Points < 0 || e.Points == 0 && !item.Veto {
		j.fail("config_choice", at+".points", number(e.Points), "> 0")
	}
	j.evidence(at, e, cfg)
	ways := j.ways(at, e, &item)
	if e.Indicator == "" {
		if ways > 0 || item.Veto || e.Over != "" || e.Base != "" {
			j.required(at, "indicator", "")
		}
		return item
	}
	if ways > 1 || ways == 0 && !item.Veto {
		j.required(at, "at+gives / full+none / deduct", "")
	}
	j.scoredBy(at, e, &item, cfg)
	return item
}

// veto checks when a veto is broken.
func (j *judging) veto(at string, e itemEntry, item *store.GradeItem) {
	switch {
	case e.VetoAbove != nil && e.VetoBelow != nil:
		j.fail("config_unfit", at+".veto_below", "veto_above")
	case e.VetoAbove != nil:
		item.Veto, item.Above, item.Limit = true, true, *e.VetoAbove
	case e.VetoBelow != nil:
		item.Veto, item.Limit = true, *e.VetoBelow
	}
}

// evidence checks the forms that must be there, and what their lack costs.
func (j *judging) evidence(at string, e itemEntry, cfg *config) {
	var forms []string
	for _, f := range cfg.Catalogue.Forms {
		forms = append(forms, f.Code)
	}
	for k, form := range e.Evidence {
		j.refer(nth(at+".evidence", k), form, forms)
	}
	switch {
	case e.Lacking < 0 || e.Lacking > e.Points:
		j.fail("config_choice", at+".lacking", number(e.Lacking), "0 - "+number(e.Points))
	case e.Lacking > 0 && len(e.Evidence) == 0:
		j.required(at, "evidence", "")
	}
}

// ways checks how points follow from the indicator, and counts in how many ways it
// is said.
func (j *judging) ways(at string, e itemEntry, item *store.GradeItem) int {
	n := 0
	if len(e.At)+len(e.Gives) > 0 {
		n++
		j.bands(at, e, item)
	}
	if e.Full != nil || e.None != nil {
		n++
		switch {
		case e.Full == nil:
			j.required(at, "full", "")
		case e.None == nil:
			j.required(at, "none", "")
		case *e.Full == *e.None:
			j.fail("config_order", at+".none", number(*e.None))
		default:
			item.Straight, item.Full, item.None = true, *e.Full, *e.None
		}
	}
	if e.Deduct != 0 {
		n++
	}
	if e.Deduct < 0 || e.Deduct == 0 && e.Base != "" {
		j.fail("config_choice", at+".deduct", number(e.Deduct), "> 0")
	}
	return n
}

// bands checks that each value gives fewer points than the one before, and learns
// from their order whether more or less is better.
func (j *judging) bands(at string, e itemEntry, item *store.GradeItem) {
	if len(e.At) != len(e.Gives) {
		j.fail("config_pairs", at+".gives", strconv.Itoa(len(e.Gives)), strconv.Itoa(len(e.At)))
		return
	}
	item.AtMost = len(e.At) > 1 && e.At[0] < e.At[1]
	for k, v := range e.At {
		switch gives := e.Gives[k]; {
		case gives < 0 || gives > e.Points:
			j.fail("config_choice", at+".gives", number(gives), "0 - "+number(e.Points))
		case k > 0 && (gives >= e.Gives[k-1] || v == e.At[k-1] || v > e.At[k-1] != item.AtMost):
			j.fail("config_order", at+".at", number(v))
		}
		item.Bands = append(item.Bands, store.GradeBand{At: v, Points: e.Gives[k]})
	}
}

// scoredBy checks the indicator that an item is scored by.
func (j *judging) scoredBy(at string, e itemEntry, item *store.GradeItem, cfg *config) {
	codes := indicatorCodes(cfg.Catalogue)
	j.refer(at+".indicator", e.Indicator, codes)
	if e.Base != "" {
		j.refer(at+".base", e.Base, codes)
	}
	j.choice(at+".over", e.Over, overPeriod, overYear)
	item.YearRound = e.Over == overYear
	for _, code := range []string{e.Indicator, e.Base} {
		ind, ok := cfg.Catalogue.ByCode(code)
		switch {
		case !ok:
		case ind.Kind == store.Text:
			j.fail("config_unfit", at+".indicator", string(ind.Kind))
		case item.YearRound && (ind.Kind != store.Flow || ind.Cadence.PeriodKind() != store.Month):
			j.fail("config_unfit", at+".over", code)
		}
	}
	if ind, _ := cfg.Catalogue.ByCode(e.Indicator); len(item.Bands) == 1 {
		item.AtMost = ind.Polarity == store.Lower
	}
}
