package main

import (
	"slices"
	"strconv"

	"jindu/store"
)

// requirementEntry is one [[requirement]]: what an inspection asks of units.
type requirementEntry struct {
	Code          string   `toml:"code"`
	Strengthening int      `toml:"strengthening"`
	Name          string   `toml:"name"`
	English       string   `toml:"english"`
	Kinds         []string `toml:"kinds"`
	By            string   `toml:"by"`
	Of            string   `toml:"of"`
	Fields        []string `toml:"fields"`
	Days          int      `toml:"days"`
	Least         *float64 `toml:"least"`
	Most          *float64 `toml:"most"`
	Source        string   `toml:"source"`
	Off           bool     `toml:"off"`
}

// inspectionEntry is [inspection]: the day that everything is made ready for.
type inspectionEntry struct {
	On      any    `toml:"on"` // a date, with or without quotes
	Name    string `toml:"name"`
	English string `toml:"english"`
}

// requirements lays the district's requirements over the usual ones: a code that
// exists replaces it wholly, since half of two rules is none.
func (j *judging) requirements(cfg *config) {
	usual, err := store.UsualRequirements()
	if err != nil {
		j.err = err
		return
	}
	seen := map[string]bool{}
	for i, e := range j.doc.Requirements {
		at := nth("requirement", i)
		if j.required(at, "code", e.Code); j.err != nil {
			return
		}
		if seen[e.Code] {
			j.fail("config_twice", at+".code", e.Code)
		}
		seen[e.Code] = true
		known := slices.IndexFunc(usual, func(r store.Requirement) bool { return r.Code == e.Code })
		if e.Off && known < 0 {
			j.refer(at+".code", e.Code, requirementCodes(usual))
		}
		r := store.Requirement{}
		if !e.Off {
			r = j.requirementOf(at, e, cfg.Catalogue)
		}
		switch {
		case j.err != nil:
			return
		case e.Off:
			usual = slices.Delete(usual, known, known+1)
		case known >= 0:
			usual[known] = r
		default:
			usual = append(usual, r)
		}
	}
	cfg.Settings.Requirements = usual
	j.inspection(cfg)
}

func requirementCodes(all []store.Requirement) []string {
	out := make([]string, len(all))
	for i, r := range all {
		out[i] = r.Code
	}
	return out
}

// requirementOf checks one entry.
func (j *judging) requirementOf(at string, e requirementEntry, c *store.Catalogue) store.Requirement {
	j.required(at, "name", e.Name)
	j.required(at, "source", e.Source)
	j.within(at+".strengthening", e.Strengthening, 1, store.Strengthenings)
	judges := make([]string, len(store.Judges))
	for i, one := range store.Judges {
		judges[i] = string(one)
	}
	j.oneOf(at+".by", e.By, judges...)
	if len(e.Kinds) == 0 {
		j.required(at, "kinds", "")
	}
	r := store.Requirement{
		Code: e.Code, Strengthening: e.Strengthening, Name: e.Name, English: e.English, By: store.Judge(e.By), Of: e.Of,
		Fields: e.Fields, Days: e.Days, Least: given(e.Least), Most: given(e.Most), Source: e.Source,
	}
	for k, kind := range e.Kinds {
		j.oneOf(nth(at+".kinds", k), kind, unitKinds()...)
		r.Kinds = append(r.Kinds, store.UnitKind(kind))
	}
	j.within(at+".days", e.Days, 0, 3660)
	j.judgedOf(at, r, c)
	return r
}

func given(v *float64) store.Num {
	if v == nil {
		return store.Num{}
	}
	return store.Some(*v)
}

// judgedOf checks what a requirement is judged by: a form, an indicator, or for
// some judges nothing, since they know their ledger.
func (j *judging) judgedOf(at string, r store.Requirement, c *store.Catalogue) {
	if j.err != nil {
		return
	}
	var reports, ledgers []string
	for _, f := range c.Forms {
		if f.Kind == store.ReportForm {
			reports = append(reports, f.Code)
		} else {
			ledgers = append(ledgers, f.Code)
		}
	}
	switch r.By {
	case store.ByLedger:
		j.refer(at+".of", r.Of, ledgers)
		form, _ := c.FormByCode(r.Of)
		for k, name := range r.Fields {
			j.refer(nth(at+".fields", k), name, fieldNames(form.Fields))
		}
	case store.ByReport:
		j.refer(at+".of", r.Of, reports)
	case store.ByCheck, store.ByFigure:
		j.refer(at+".of", r.Of, indicatorCodes(c))
		if ind, _ := c.ByCode(r.Of); j.err == nil && r.By == store.ByCheck && ind.Kind != store.Check {
			j.fail("config_unfit", at+".of", string(ind.Kind))
		}
	default: // these know their ledger
	}
	for _, one := range []struct {
		key         string
		given, fits bool
	}{
		{"fields", len(r.Fields) > 0, r.By == store.ByLedger},
		{"days", r.Days > 0, r.By == store.ByLedger || r.By == store.ByLeading},
		{"least", r.Least.OK, r.By == store.ByFigure || r.By == store.ByLedger},
		{"most", r.Most.OK, r.By == store.ByFigure},
	} {
		if one.given && !one.fits {
			j.fail("config_unfit", at+"."+one.key, string(r.By))
		}
	}
	if r.Least.OK && r.Most.OK && r.Least.V > r.Most.V {
		j.fail("config_choice", at+".most", strconv.FormatFloat(r.Most.V, 'g', -1, 64), strconv.FormatFloat(r.Least.V, 'g', -1, 64)+" -")
	}
}

// inspection reads the day: a day that is none would count down to nothing.
func (j *judging) inspection(cfg *config) {
	e := j.doc.Inspection
	if e.On == nil || e.On == "" {
		return
	}
	on := j.day("inspection", "on", e.On)
	j.required("inspection", "name", e.Name)
	cfg.Settings.Inspection = store.Inspection{On: on, Name: e.Name, English: e.English}
}
