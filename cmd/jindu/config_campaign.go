package main

import (
	"fmt"
	"slices"

	"github.com/pelletier/go-toml/v2"

	"jindu/store"
)

// campaignEntry is one [[campaign]]: the days of a publicity month or of a special
// operation, and what is counted within them.
type campaignEntry struct {
	Code       string   `toml:"code"`
	Name       string   `toml:"name"`
	English    string   `toml:"english"`
	From       any      `toml:"from"`
	To         any      `toml:"to"`
	Document   string   `toml:"document"`
	Indicators []string `toml:"indicators"`
	Units      []string `toml:"units"`
	Kinds      []string `toml:"kinds"`
	Word       string   `toml:"word"`
	Against    string   `toml:"against"`
	Plan       string   `toml:"plan"`
}

// targetEntry is one [[target]]; its value is in the indicator's measure. Unit or
// kinds make it a target of each of these units; every says within what.
type targetEntry struct {
	Indicator string   `toml:"indicator"`
	Value     float64  `toml:"value"`
	Unit      string   `toml:"unit"`
	Kinds     []string `toml:"kinds"`
	Every     string   `toml:"every"`
}

// attentionEntry is [attention]: the status of a district that the province watches.
type attentionEntry struct {
	Name     string      `toml:"name"`
	English  string      `toml:"english"`
	Since    any         `toml:"since"`
	Document string      `toml:"document"`
	Exits    []exitEntry `toml:"exit"`
}

// exitEntry is one [[attention.exit]]: what must be reached for the status to end.
type exitEntry struct {
	Indicator string  `toml:"indicator"`
	Op        string  `toml:"op"`
	Value     float64 `toml:"value"`
}

// day reads a day, with quotes or without.
func (j *judging) day(at, key string, value any) store.Date {
	text := ""
	switch v := value.(type) {
	case nil:
	case string:
		text = v
	case toml.LocalDate:
		text = v.String()
	default:
		text = fmt.Sprint(v)
	}
	if j.required(at, key, text); j.err != nil {
		return store.Date{}
	}
	d, err := store.ParseDate(text)
	if err != nil {
		j.fail("config_like", at+"."+key, text, "2026-06-01")
	}
	return d
}

// campaigns checks every [[campaign]]. Its indicators are flows that months are
// stated of: of nothing else can be said what a stretch of days has brought.
func (j *judging) campaigns(cfg *config) {
	var codes []string
	for _, e := range j.doc.Campaigns {
		codes = append(codes, e.Code)
	}
	for i, e := range j.doc.Campaigns {
		at := nth("campaign", i)
		(&formJudging{judging: j}).identifier(at, "code", e.Code)
		if slices.Index(codes, e.Code) != i || slices.Contains(targetSpans(), e.Code) {
			j.fail("config_twice", at+".code", e.Code)
		}
		j.required(at, "name", e.Name)
		c := store.Campaign{
			Code: e.Code, Name: e.Name, English: e.English, Document: e.Document, Indicators: e.Indicators,
			Units: e.Units, Word: e.Word, Against: e.Against, Plan: e.Plan,
			From: j.day(at, "from", e.From), To: j.day(at, "to", e.To),
		}
		if c.To.Before(c.From) {
			j.fail("config_days", at+".to", c.To.String(), c.From.String())
		}
		for k, unit := range e.Units {
			j.unitOf(nth(at+".units", k), unit, cfg.Units)
		}
		for k, kind := range e.Kinds {
			j.oneOf(nth(at+".kinds", k), kind, unitKinds()...)
			c.Kinds = append(c.Kinds, store.UnitKind(kind))
		}
		j.pursued(at, c, cfg.Catalogue)
		if j.err != nil {
			return
		}
		cfg.Settings.Campaigns = append(cfg.Settings.Campaigns, c)
	}
	j.against(cfg, codes)
}

// unitOf checks the code of a unit.
func (j *judging) unitOf(key, code string, units store.Units) {
	if _, ok := units.ByCode(code); ok {
		return
	}
	codes := make([]string, 0, units.Len())
	for _, u := range units.All() {
		codes = append(codes, u.Code)
	}
	j.refer(key, code, codes)
}

// pursued checks the indicators of a campaign, and that the word which marks its
// cases can mark any.
func (j *judging) pursued(at string, c store.Campaign, cat *store.Catalogue) {
	if len(c.Indicators) == 0 {
		j.required(at, "indicators", "")
	}
	for k, code := range c.Indicators {
		j.monthly(nth(at+".indicators", k), code, cat)
	}
	if c.Word != "" && j.err == nil && !slices.ContainsFunc(c.Indicators, cat.Marked) {
		j.fail("config_word", at+".word", c.Word)
	}
}

// monthly checks that an indicator is a flow that is reported by month.
func (j *judging) monthly(key, code string, cat *store.Catalogue) {
	if j.refer(key, code, indicatorCodes(cat)); j.err != nil {
		return
	}
	if ind, _ := cat.ByCode(code); ind.Kind != store.Flow || ind.Cadence.PeriodKind() != store.Month {
		j.fail("config_flow", key, code)
	}
}

// against checks that a campaign is compared with one that began before it.
func (j *judging) against(cfg *config, codes []string) {
	for i, c := range cfg.Settings.Campaigns {
		if c.Against == "" || j.err != nil {
			continue
		}
		key := nth("campaign", i) + ".against"
		if j.refer(key, c.Against, codes); j.err != nil {
			return
		}
		if other, _ := cfg.Settings.Campaign(c.Against); !other.From.Before(c.From) {
			j.fail("config_days", key, other.From.String(), c.From.String())
		}
	}
}

// targets checks that every target is of an indicator that exists: one of none
// would never be missed.
func (j *judging) targets(cfg *config) {
	codes := indicatorCodes(cfg.Catalogue)
	seen := map[string]bool{}
	for i, e := range j.doc.Targets {
		at := nth("target", i)
		if j.refer(at+".indicator", e.Indicator, codes); j.err != nil {
			return
		}
		t := store.Target{Indicator: e.Indicator, Value: e.Value, Unit: e.Unit, Every: e.Every}
		for k, kind := range e.Kinds {
			j.oneOf(nth(at+".kinds", k), kind, unitKinds()...)
			t.Kinds = append(t.Kinds, store.UnitKind(kind))
		}
		if e.Unit != "" {
			j.unitOf(at+".unit", e.Unit, cfg.Units)
			if len(e.Kinds) > 0 {
				j.fail("config_unfit", at+".kinds", "unit")
			}
		}
		j.every(at, t, cfg)
		for _, whose := range whoseTarget(e) {
			if key := whose + "/" + e.Indicator + "/" + e.Every; seen[key] {
				j.fail("config_twice", at+".indicator", e.Indicator)
			} else {
				seen[key] = true
			}
		}
		if j.err != nil {
			return
		}
		cfg.Settings.Targets = append(cfg.Settings.Targets, t)
	}
}

// whoseTarget says of whom a target is: of its kinds, of its unit, or of the district.
func whoseTarget(e targetEntry) []string {
	if len(e.Kinds) > 0 {
		return e.Kinds
	}
	return []string{e.Unit}
}

// every checks within what a target is to be reached. Of a campaign it is one of
// the campaign's own indicators, or nobody would ever see it.
func (j *judging) every(at string, t store.Target, cfg *config) {
	if t.Every == "" || j.err != nil {
		return
	}
	words := targetSpans()
	for _, c := range cfg.Settings.Campaigns {
		words = append(words, c.Code)
	}
	j.oneOf(at+".every", t.Every, words...)
	j.monthly(at+".indicator", t.Indicator, cfg.Catalogue)
	if t.Value <= 0 {
		j.fail("config_choice", at+".value", number(t.Value), "> 0")
	}
	if c, ok := cfg.Settings.Campaign(t.Every); ok {
		j.refer(at+".indicator", t.Indicator, c.Indicators)
	}
}

// targetSpans lists the lengths within which a target can be set.
func targetSpans() []string {
	out := make([]string, len(store.TargetSpans))
	for i, c := range store.TargetSpans {
		out[i] = string(c)
	}
	return out
}

// attention checks the status under which the province watches the district.
func (j *judging) attention(cfg *config) {
	e := j.doc.Attention
	if e == nil {
		return
	}
	j.required("attention", "name", e.Name)
	a := store.Attention{Name: e.Name, English: e.English, Document: e.Document, Since: j.day("attention", "since", e.Since)}
	codes := indicatorCodes(cfg.Catalogue)
	ops := make([]string, len(store.ExitOps))
	for i, op := range store.ExitOps {
		ops[i] = string(op)
	}
	for i, x := range e.Exits {
		at := nth("attention.exit", i)
		j.refer(at+".indicator", x.Indicator, codes)
		j.oneOf(at+".op", x.Op, ops...)
		a.Exits = append(a.Exits, store.Exit{Indicator: x.Indicator, Op: store.RuleOp(x.Op), Value: x.Value})
	}
	cfg.Settings.Attention = a
}
