package store

import (
	_ "embed" // the rules are part of the program
	"errors"
	"fmt"
	"slices"
)

//go:embed rules.csv
var rulesCSV []byte

// RuleByCode returns the rule of that code.
func (c *Catalogue) RuleByCode(code string) (Rule, bool) {
	for _, r := range c.Rules {
		if r.Code == code {
			return r, true
		}
	}
	return Rule{}, false
}

// loadRules makes the rules: those of the table, those that follow from the
// indicators, and what the overlays say of them.
func (c *Catalogue) loadRules(overlays []Overlay) error {
	if err := eachRow(rulesCSV, func(r row) error {
		one, err := ruleOf(r)
		c.Rules = append(c.Rules, one)
		return err
	}); err != nil {
		return fmt.Errorf("rules: %w", err)
	}
	for _, ind := range c.Indicators {
		if r, ok := c.ruleOfParts(ind); ok {
			c.Rules = append(c.Rules, r)
		}
	}
	for _, o := range overlays {
		for _, r := range o.Rules {
			c.overlayRule(r)
		}
	}
	seen := map[string]bool{}
	for _, r := range c.Rules {
		if seen[r.Code] {
			return fmt.Errorf("rule %s stands twice", r.Code)
		}
		seen[r.Code] = true
		if err := c.checkRule(r); err != nil {
			return fmt.Errorf("rule %s: %w", r.Code, err)
		}
	}
	return nil
}

// overlayRule lays a rule of the configuration over the one of its code, wholly:
// the configuration has filled in what it does not say.
func (c *Catalogue) overlayRule(o Rule) {
	if i := slices.IndexFunc(c.Rules, func(r Rule) bool { return r.Code == o.Code }); i >= 0 {
		c.Rules[i] = o
		return
	}
	c.Rules = append(c.Rules, o)
}

// ruleOfParts returns the rule that an indicator itself says: a share is of a
// whole, and a sum of its parts. Money is the exception: what came last year can
// be spent this year, see the table.
func (c *Catalogue) ruleOfParts(ind Indicator) (Rule, bool) {
	of := func(code string) Expr { return Expr{{Factor: 1, Code: code}} }
	switch {
	case len(ind.Parts) > 0:
		r := Rule{
			Code: ind.Code + sumSuffix, Left: of(ind.Code), Op: Equal, Importance: High, Missing: SkipAll, Digit: true,
			Message: ind.Name + "与分项之和不符，请核对合计与各分项",
			English: ind.English + " is not the sum of its parts: check the sum and each part",
		}
		for _, code := range ind.Parts {
			r.Right = append(r.Right, of(code)...)
		}
		return r, true
	case ind.Kind == Ratio && ind.Bounded && ind.Origin != FromMirror && ind.Group != "funds":
		part, _ := c.ByCode(ind.Numerator)
		whole, _ := c.ByCode(ind.Denominator)
		return Rule{
			Code: ind.Code, Left: of(part.Code), Op: AtMost, Right: of(whole.Code), Importance: High, Missing: SkipAny,
			Message: part.Name + "大于" + whole.Name + "，请核对两处数字",
			English: part.English + " is above " + whole.English + ": check both numbers",
		}, true
	default:
		return Rule{}, false
	}
}

// checkRule finds what a table or an overlay of rules got wrong.
func (c *Catalogue) checkRule(r Rule) error {
	for _, e := range []Expr{r.Left, r.Right} {
		if len(e) == 0 {
			return errors.New("a side is empty")
		}
		for _, code := range e.Codes() {
			if ind, ok := c.ByCode(code); !ok || ind.Kind == Text {
				return fmt.Errorf("no number is called %q", code)
			}
		}
	}
	switch {
	case !slices.Contains(RuleOps, r.Op):
		return fmt.Errorf("no operator %q", r.Op)
	case !slices.Contains(Importances, r.Importance):
		return fmt.Errorf("no importance %q", r.Importance)
	case !slices.Contains(MissingChoices, r.Missing):
		return fmt.Errorf("missing figures: no strategy %q", r.Missing)
	case r.Message == "" || r.English == "":
		return errors.New("it has no sentence")
	}
	return nil
}

// RulePeriods names the lengths of periods that rules can be judged for.
func RulePeriods() map[string]PeriodKind {
	return map[string]PeriodKind{"month": Month, "quarter": Quarter, "half": Half, "cumulative": Cumulative, "year": Year}
}

// ruleOf reads a row of the table.
func ruleOf(r row) (Rule, error) {
	out := Rule{
		Code:       r["code"],
		Op:         RuleOp(r["op"]),
		Importance: Importance(r["importance"]),
		Missing:    MissingFigures(r["missing"]),
		Digit:      r["tolerance"] == "digit",
		Message:    r["message"],
		English:    r["message_en"],
	}
	for _, name := range r.list("periods") {
		kind, ok := RulePeriods()[name]
		if !ok {
			return out, fmt.Errorf("rule %s: no period %q", out.Code, name)
		}
		out.Periods = append(out.Periods, kind)
	}
	var err, err2 error
	out.Left, err = ParseExpr(r["left"])
	out.Right, err2 = ParseExpr(r["right"])
	if err := errors.Join(err, err2); err != nil {
		return out, fmt.Errorf("rule %s: %w", out.Code, err)
	}
	return out, nil
}
