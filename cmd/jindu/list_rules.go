package main

import (
	"context"
	"maps"
	"slices"

	"jindu/store"
)

// rules lists what figures must satisfy, with the district's overlays, those that
// it has switched off among them.
func (l *lister) rules(context.Context) (*listing, error) {
	out := &listing{columns: []column{
		{"code", "代码", "code", false},
		{"left", "左边", "left", false},
		{"op", "关系", "op", false},
		{"right", "右边", "right", false},
		{"importance", "程度", "importance", false},
		{"off", "停用", "off", false},
		{"message", "意思", "meaning", false},
		{"message_en", "意思", "meaning", false},
		{"periods", "", "", false},
		{"missing", "", "", false},
		{"tolerance", "", "", false},
	}}
	// People read the sentence of their language, scripts get both.
	out.hide(l.lang.Pick("message_en", "message"))
	for _, r := range l.cfg.Catalogue.Rules {
		if l.indicator != "" && !slices.Contains(slices.Concat(r.Left.Codes(), r.Right.Codes()), l.indicator) {
			continue
		}
		out.add(r.Code, r.Left.String(), string(r.Op), r.Right.String(), string(r.Importance), r.Off, r.Message, r.English,
			rulePeriods(r.Periods), string(r.Missing), tolerance(r))
	}
	return out, nil
}

// tolerance is how the configuration calls what a rule forgives.
func tolerance(r store.Rule) string {
	if r.Digit {
		return toleranceDigit
	}
	return toleranceNone
}

// rulePeriods names lengths of periods, the shortest first.
func rulePeriods(kinds []store.PeriodKind) []string {
	names := store.RulePeriods()
	out := slices.SortedFunc(maps.Keys(names), func(a, b string) int { return int(names[a]) - int(names[b]) })
	return slices.DeleteFunc(out, func(name string) bool { return len(kinds) > 0 && !slices.Contains(kinds, names[name]) })
}
