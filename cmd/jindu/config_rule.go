package main

import (
	"errors"
	"maps"
	"slices"
	"strconv"

	"jindu/store"
)

// ruleEntry is one [[rule]]: a district's own rule, or what it says otherwise of
// a built-in one; what is left out stays as it is.
type ruleEntry struct {
	Code       string   `toml:"code"`
	Left       string   `toml:"left"`
	Op         string   `toml:"op"`
	Right      string   `toml:"right"`
	Periods    []string `toml:"periods"`
	Importance string   `toml:"importance"`
	Missing    string   `toml:"missing"`
	Tolerance  string   `toml:"tolerance"`
	Message    string   `toml:"message"`
	MessageEN  string   `toml:"message_en"`
	Off        bool     `toml:"off"`
}

// What tolerance can be.
const (
	toleranceNone  = "none"
	toleranceDigit = "digit"
)

// rules checks every [[rule]] and returns the overlays, whole. The catalogue has
// the configuration's indicators.
func (j *judging) rules(c *store.Catalogue) []store.Rule {
	var out []store.Rule
	seen := map[string]bool{}
	for i, e := range j.doc.Rules {
		at := nth("rule", i)
		(&formJudging{judging: j}).identifier(at, "code", e.Code)
		if seen[e.Code] {
			j.fail("config_twice", at+".code", e.Code)
		}
		seen[e.Code] = true
		r, known := c.RuleByCode(e.Code)
		switch {
		case known:
		case e.Off: // of nothing there is
			j.refer(at+".code", e.Code, ruleCodes(c))
		default:
			r = store.Rule{Code: e.Code, Importance: store.Medium, Missing: store.SkipAny}
			j.whole(at, e)
		}
		j.rule(at, e, &r, c)
		if j.err != nil {
			return nil
		}
		out = append(out, r)
	}
	return out
}

// ruleCodes lists the codes of the rules.
func ruleCodes(c *store.Catalogue) []string {
	codes := make([]string, len(c.Rules))
	for i, r := range c.Rules {
		codes[i] = r.Code
	}
	return codes
}

// whole checks that a new rule says what no other one says for it.
func (j *judging) whole(at string, e ruleEntry) {
	for _, one := range [][2]string{{"left", e.Left}, {"op", e.Op}, {"right", e.Right}, {"message", e.Message}} {
		j.required(at, one[0], one[1])
	}
}

// rule lays an entry over a rule. Without an English sentence the Chinese one
// stands in both languages.
func (j *judging) rule(at string, e ruleEntry, r *store.Rule, c *store.Catalogue) {
	r.Off = e.Off
	if e.Left != "" {
		r.Left = j.expr(at+".left", e.Left, c)
	}
	if e.Right != "" {
		r.Right = j.expr(at+".right", e.Right, c)
	}
	overlayWord(j, at+".op", e.Op, &r.Op, store.RuleOps)
	overlayWord(j, at+".importance", e.Importance, &r.Importance, store.Importances)
	overlayWord(j, at+".missing", e.Missing, &r.Missing, store.MissingChoices)
	if e.Tolerance != "" {
		j.oneOf(at+".tolerance", e.Tolerance, toleranceNone, toleranceDigit)
		r.Digit = e.Tolerance == toleranceDigit
	}
	if e.Periods != nil {
		r.Periods = nil
	}
	for k, name := range e.Periods {
		j.oneOf(nth(at+".periods", k), name, slices.Sorted(maps.Keys(store.RulePeriods()))...)
		r.Periods = append(r.Periods, store.RulePeriods()[name])
	}
	if e.Message != "" {
		r.Message, r.English = e.Message, e.Message
	}
	if e.MessageEN != "" {
		r.English = e.MessageEN
	}
}

// overlayWord checks a word against those that there are and takes it; none at
// all changes nothing.
func overlayWord[T ~string](j *judging, key, word string, to *T, choices []T) {
	if word == "" {
		return
	}
	words := make([]string, len(choices))
	for i, c := range choices {
		words[i] = string(c)
	}
	j.oneOf(key, word, words...)
	*to = T(word)
}

// expr reads a side of a rule, or says at which character it is wrong and which
// indicator was probably meant.
func (j *judging) expr(key, text string, c *store.Catalogue) store.Expr {
	e, err := c.ParseExpr(text)
	var wrong *store.ExprError
	if !errors.As(err, &wrong) {
		return e
	}
	near := ""
	if wrong.Why == store.ExprCode && wrong.Word != "" {
		near = nearest(wrong.Word, indicatorCodes(c))
	}
	place := strconv.Itoa(wrong.At)
	if near != "" {
		j.fail("config_rule_near", key, text, place, wrong.Why, near)
		return nil
	}
	j.fail("config_rule", key, text, place, wrong.Why)
	return nil
}
