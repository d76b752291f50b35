package page

import "strings"

// kind is one kind of panel: what makes it, and the keys that mean something for
// it. Those with a ! it cannot do without.
type kind struct {
	make maker
	keys string
}

// maker makes one panel; nil where it has nothing to show.
type maker func(*build, Spec) *Panel

// kinds lists what panels there are.
func kinds() map[string]kind {
	return map[string]kind{
		"tile":         {(*build).tile, "rows beside"},
		"overdue":      {(*build).overdue, ""},
		"reporting":    {(*build).reporting, ""},
		"trend":        {(*build).trend, "rows!"},
		"figures":      {(*build).figures, "group!"},
		"ratios":       {(*build).ratios, "rows!"},
		"urgent":       {(*build).urgent, ""},
		"tasks":        {(*build).tasks, ""},
		"meeting":      {(*build).meeting, ""},
		"owing":        {(*build).owing, ""},
		"changes":      {(*build).changes, ""},
		"matrix":       {(*build).matrix, "rows! units! column"},
		"detail":       {(*build).detail, "rows! of!"},
		"breakdown":    {(*build).breakdown, "rows!"},
		"chart":        {(*build).chart, "rows! fixed"},
		"completeness": {(*build).completeness, ""},
		"sources":      {(*build).sources, ""},
		"workbooks":    {(*build).workbooks, ""},
		"findings":     {(*build).findings, ""},
		"waiting":      {(*build).waiting, ""},
		"list":         {(*build).list, ""},
		"rank":         {(*build).rank, "rows!"},
	}
}

// takes reports whether a key means something for the kind, and whether the kind
// cannot do without it.
func (k kind) takes(key string) (fits, needed bool) {
	for _, one := range strings.Fields(k.keys) {
		if name, must := strings.CutSuffix(one, "!"); name == key {
			return true, must
		}
	}
	return false, false
}
