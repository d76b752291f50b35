package main

import (
	"slices"
	"strconv"
	"strings"

	"jindu/store"
	"jindu/sync/form"
)

// formEntry is one [[form]]: a district's own form, or what it says otherwise of
// an embedded one; what is left out stays as it is.
type formEntry struct {
	Code       string       `toml:"code"`
	Kind       string       `toml:"kind"`
	Name       string       `toml:"name"`
	English    string       `toml:"english"`
	Titles     []string     `toml:"titles"`
	Row        string       `toml:"row"`
	Indicators []string     `toml:"indicators"`
	Reporters  []string     `toml:"reporters"`
	Fields     []fieldEntry `toml:"field"`
	Heads      []headEntry  `toml:"head"`
	Tallies    []tallyEntry `toml:"tally"`
}

// fieldEntry is one [[form.field]]: a column of a ledger.
type fieldEntry struct {
	Name       string   `toml:"name"`
	Kind       string   `toml:"kind"`
	English    string   `toml:"english"`
	Heads      []string `toml:"heads"`
	Required   bool     `toml:"required"`
	Telling    bool     `toml:"telling"`
	Measure    string   `toml:"measure"`
	Dictionary string   `toml:"dictionary"`
	Words      []string `toml:"words"`
	Example    string   `toml:"example"`
}

// headEntry is one [[form.head]]: what names mean on a report of this form.
type headEntry struct {
	Names     []string `toml:"names"`
	Indicator string   `toml:"indicator"`
}

// tallyEntry is one [[form.tally]]: what a ledger counts.
type tallyEntry struct {
	Indicator string   `toml:"indicator"`
	Sum       string   `toml:"sum"`
	When      string   `toml:"when"`
	Where     []string `toml:"where"`
	By        string   `toml:"by"`
	Least     bool     `toml:"least"`
}

// formJudging checks the forms and the aliases that lie within them, and makes
// the overlays of the catalogue from them.
type formJudging struct {
	*judging
	catalogue *store.Catalogue // with the configuration's indicators
	forms     []store.Form
	words     []store.Word
	named     []store.Indicator // other names of indicators
}

// wholeReport is how readings call every report, so that no form can.
const wholeReport = "report"

// all checks every [[form]].
func (j *formJudging) all() {
	seen := map[string]bool{}
	for i, e := range j.doc.Forms {
		at := nth("form", i)
		j.identifier(at, "code", e.Code)
		if seen[e.Code] || e.Code == wholeReport {
			j.fail("config_twice", at+".code", e.Code)
		}
		seen[e.Code] = true
		if j.err == nil {
			j.one(at, e)
		}
	}
}

// nth writes the key of a block: form[2].
func nth(key string, i int) string { return key + "[" + strconv.Itoa(i+1) + "]" }

// identifier checks what scripts will know a thing by.
func (j *judging) identifier(at, key, value string) {
	j.required(at, key, value)
	if strings.Trim(value, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" {
		j.fail("config_code", at+"."+key, value)
	}
}

// one checks a form and keeps its overlay.
func (j *formJudging) one(at string, e formEntry) {
	have, known := j.catalogue.FormByCode(e.Code)
	f := store.Form{
		Code:       e.Code,
		Kind:       j.kind(at, e, have, known),
		Name:       e.Name,
		English:    e.English,
		Row:        e.Row,
		Titles:     e.Titles,
		Indicators: e.Indicators,
		Reporters:  e.Reporters,
	}
	if !known {
		j.required(at, "name", e.Name)
	}
	for k, r := range e.Reporters {
		j.oneOf(nth(at+".reporters", k), r, append(unitKinds(), "all")...)
	}
	if j.err != nil {
		return
	}
	if f.Kind == store.ReportForm {
		j.report(at, e, &f, have)
	} else {
		j.ledger(at, e, &f, have)
	}
	j.forms = append(j.forms, f)
}

// kind returns the form's kind, which an overlay need not repeat and cannot change.
func (j *formJudging) kind(at string, e formEntry, have store.Form, known bool) store.FormKind {
	kinds := []string{string(store.ReportForm), string(store.LedgerForm), string(store.CountedForm)}
	if known {
		if e.Kind == "" {
			return have.Kind
		}
		kinds = []string{string(have.Kind)}
	}
	j.oneOf(at+".kind", e.Kind, kinds...)
	return store.FormKind(e.Kind)
}

// unfit refuses keys that mean nothing for the kind of form.
func (j *formJudging) unfit(at string, f *store.Form, keys map[string]bool) {
	for _, key := range []string{"row", "field", "tally", "indicators", "head"} {
		if keys[key] {
			j.fail("config_unfit", at+"."+key, string(f.Kind))
		}
	}
}

// report checks what only reports have: indicators and what their heads mean.
func (j *formJudging) report(at string, e formEntry, f *store.Form, have store.Form) {
	j.unfit(at, f, map[string]bool{"row": e.Row != "", "field": len(e.Fields) > 0, "tally": len(e.Tallies) > 0})
	if len(e.Indicators) == 0 && len(have.Indicators) == 0 {
		j.fail("config_missing", at, "indicators")
	}
	for k, code := range e.Indicators {
		j.reported(nth(at+".indicators", k), code)
		if slices.Index(e.Indicators, code) < k {
			j.fail("config_twice", at+".indicators", code)
		}
	}
	whole := have
	if e.Indicators != nil {
		whole.Indicators = e.Indicators
	}
	for k, h := range e.Heads {
		here := nth(at+".head", k)
		if len(h.Names) == 0 {
			j.fail("config_missing", here, "names")
		}
		j.reported(here+".indicator", h.Indicator)
		if j.err != nil {
			return
		}
		head := store.FormHead{Names: h.Names, Indicator: h.Indicator}
		j.meansOne(here+".names", whole, head)
		whole.Heads = append(slices.Clip(whole.Heads), head)
		f.Heads = append(f.Heads, head)
	}
}

// reported checks that a code is of an indicator that reports state.
func (j *formJudging) reported(at, code string) {
	j.refer(at, code, indicatorCodes(j.catalogue))
	ind, _ := j.catalogue.ByCode(code)
	if j.err == nil && (!ind.Printed() || ind.Kind == store.Text) {
		j.fail("config_computed", at, code)
	}
}

// meansOne refuses a head that means another indicator of the same form already,
// by its own heads or by the name of one that the form asks for.
func (j *formJudging) meansOne(at string, whole store.Form, head store.FormHead) {
	means := map[string]string{}
	for _, code := range whole.Indicators {
		ind, _ := j.catalogue.ByCode(code)
		means[form.HeadKey(ind.Name)] = code
	}
	for _, h := range whole.Heads {
		for _, name := range h.Names {
			means[form.HeadKey(name)] = h.Indicator
		}
	}
	for _, name := range head.Names {
		key := form.HeadKey(name)
		if key == "" {
			j.fail("config_missing", parent(at), "names")
		}
		if other := means[key]; other != "" && other != head.Indicator {
			j.fail("config_head", at, name, other)
		}
	}
}

// aliases gives the names of every [[alias]] to what they are of. Those of units
// were given before.
func (j *formJudging) aliases() {
	for i, a := range j.doc.Aliases {
		if j.err != nil {
			return
		}
		at := nth("alias", i)
		of := 0
		for _, one := range []string{a.Unit, a.Indicator, a.Field} {
			if one != "" {
				of++
			}
		}
		switch {
		case of != 1 || len(a.Names) == 0:
			j.fail("config_missing", at, "indicator/unit/form+field, names")
		case a.Unit != "" && a.Form != "":
			j.fail("config_unfit", at+".form", "unit")
		case a.Unit != "":
		case a.Field != "" && a.Form == "":
			j.fail("config_missing", at, "form")
		case a.Form == "":
			j.refer(at+".indicator", a.Indicator, indicatorCodes(j.catalogue))
			j.named = append(j.named, store.Indicator{Code: a.Indicator, Aliases: a.Names})
		default:
			j.within(at, a)
		}
	}
}

// within gives names to an indicator or a field of one form only.
func (j *formJudging) within(at string, a aliasEntry) {
	whole, ok := j.form(at+".form", a.Form)
	switch {
	case !ok:
	case a.Indicator != "" && whole.Kind != store.ReportForm:
		j.fail("config_unfit", at+".indicator", string(whole.Kind))
	case a.Field != "" && whole.Kind == store.ReportForm:
		j.fail("config_unfit", at+".field", string(whole.Kind))
	case a.Indicator != "":
		j.reported(at+".indicator", a.Indicator)
		head := store.FormHead{Names: a.Names, Indicator: a.Indicator}
		j.meansOne(at+".names", whole, head)
		j.forms = append(j.forms, store.Form{Code: a.Form, Kind: whole.Kind, Heads: []store.FormHead{head}})
	default:
		j.refer(at+".field", a.Field, fieldNames(whole.Fields))
		j.headsOfOne(at+".names", whole.Fields, a.Field, a.Names)
		field := store.FormField{Name: a.Field, Heads: a.Names}
		j.forms = append(j.forms, store.Form{Code: a.Form, Kind: whole.Kind, Fields: []store.FormField{field}})
	}
}

// form returns a form as the configuration has made it so far.
func (j *formJudging) form(at, code string) (store.Form, bool) {
	c, err := store.LoadCatalogue(store.Overlay{Indicators: j.indicators(), Forms: j.forms, Words: j.words})
	if err != nil {
		j.fail("config_value", err.Error())
		return store.Form{}, false
	}
	codes := make([]string, len(c.Forms))
	for i, f := range c.Forms {
		codes[i] = f.Code
	}
	j.refer(at, code, codes)
	return c.FormByCode(code)
}

// indicators returns the overlays of [[indicator]].
func (j *formJudging) indicators() []store.Indicator {
	out := make([]store.Indicator, len(j.doc.Indicators))
	for i, e := range j.doc.Indicators {
		out[i] = overlayOf(e)
	}
	return out
}
