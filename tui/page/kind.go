package page

import (
	"strconv"
	"strings"

	"jindu/store"
)

// kind is one kind of panel: what makes it, and the keys that mean something for
// it. Those with a ! it cannot do without.
type kind struct {
	make  maker
	keys  string
	check func(d *draft, at string, s Spec) // what else must hold; nil: nothing
}

// maker makes one panel; nil where it has nothing to show.
type maker func(*build, Spec) *Panel

// kinds lists what panels there are.
func kinds() map[string]kind {
	return map[string]kind{
		"tile":         {(*build).tile, "rows beside", nil},
		"overdue":      {(*build).overdue, "", nil},
		"reporting":    {(*build).reporting, "", nil},
		"trend":        {(*build).trend, "rows!", nil},
		"figures":      {(*build).figures, "group!", nil},
		"ratios":       {(*build).ratios, "rows!", nil},
		"urgent":       {(*build).urgent, "", nil},
		"tasks":        {(*build).tasks, "", nil},
		"meeting":      {(*build).meeting, "", nil},
		"owing":        {(*build).owing, "", nil},
		"changes":      {(*build).changes, "", nil},
		"matrix":       {(*build).matrix, "rows! units! column", nil},
		"detail":       {(*build).detail, "rows! of!", nil},
		"breakdown":    {(*build).breakdown, "rows whole fixed form by", (*draft).breakdown},
		"chart":        {(*build).chart, "rows! fixed", nil},
		"completeness": {(*build).completeness, "", nil},
		"sources":      {(*build).sources, "", nil},
		"workbooks":    {(*build).workbooks, "", nil},
		"findings":     {(*build).findings, "", nil},
		"waiting":      {(*build).waiting, "", nil},
		"list":         {(*build).list, "", nil},
		"balance":      {(*build).balance, "rows!", (*draft).pair},
		"ranking":      {(*build).ranking, "rows! units!", (*draft).single},
		"progress":     {(*build).goals, "rows! units", (*draft).single},
		"deadlines":    {(*build).deadlines, "strengthening docs units within", nil},
		"checklist":    {(*build).checklist, "rows! units!", (*draft).checks},
		"text":         {(*build).text, "text! text_en", nil},
		"definitions":  {(*build).definitions, "rows!", (*draft).ratios},
		"rank":         {(*build).rank, "rows!", nil},
		"campaign":     {(*build).campaign, "group!", nil},
		"pursued":      {(*build).pursued, "group!", nil},
		"goals":        {(*build).unitGoals, "group!", nil},
		"plans":        {(*build).plans, "group!", nil},
		"places":       {(*build).places, "group!", nil},
		"forms":        {(*build).forms, "group!", nil},
		"events":       {(*build).events, "group!", nil},
		"outreach":     {(*build).outreach, "group!", nil},
		"survey":       {(*build).survey, "rows!", nil},
		"attention":    {(*build).attention, "", nil},
		"exits":        {(*build).exits, "", nil},
		"grades":       {(*build).grades, "scheme", nil},
		"grade":        {(*build).grade, "of! scheme", nil},

		"countdown":      {(*build).countdown, "", nil},
		"strengthenings": {(*build).strengthenings, "", nil},
		"lacking":        {(*build).lacking, "of!", nil},
		"ready":          {(*build).ready, "", nil},
		"inspected":      {(*build).inspected, "", nil},
		"rectify":        {(*build).rectify, "", nil},
		"funds":          {(*build).funds, "", nil},
		"groups":         {(*build).groups, "", nil},
		"staffing":       {(*build).staffing, "", nil},
		"versus":         {(*build).versus, "", nil},
		"about":          {(*build).about, "", nil},
		"learned":        {(*build).learned, "", nil},
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

// breakdown checks that a breakdown is of something: of parts, of which a single
// one must be a sum itself, or of the rows of a ledger that counts by the field.
func (d *draft) breakdown(at string, s Spec) {
	f, _ := d.catalogue.FormByCode(s.Form)
	ind := store.Indicator{}
	if len(s.Rows) == 1 {
		ind, _ = d.catalogue.ByCode(s.Rows[0])
	}
	switch {
	case s.Form == "" && len(s.Rows) == 0:
		d.fail("config_missing", at, "rows/form+by")
	case s.Form != "" && s.Rows != nil:
		d.fail("config_unfit", at+".rows", "form")
	case s.Form == "" && s.By != "":
		d.fail("config_missing", at, "form")
	case len(s.Rows) == 1 && s.Whole == "" && len(ind.Parts) == 0:
		d.fail("config_missing", at, "whole")
	case s.Form != "" && s.Whole != "":
		d.fail("config_unfit", at+".whole", "form")
	case s.Whole != "":
		d.refer(at+".whole", s.Whole, d.codes())
	case s.Form != "":
		var forms, fields []string
		for _, one := range d.catalogue.Forms {
			if len(one.Tallies) > 0 {
				forms = append(forms, one.Code)
			}
		}
		for _, t := range f.Tallies {
			if t.By != "" {
				fields = append(fields, t.By)
			}
		}
		d.refer(at+".form", s.Form, forms)
		d.oneOf(at+".by", s.By, fields)
	}
}

// single checks that units side by side are compared in one indicator.
func (d *draft) single(at string, s Spec) {
	if s.Units != nil && len(s.Rows) > 1 {
		d.fail("config_choice", at+".rows", strconv.Itoa(len(s.Rows)), "1")
	}
}

// pair checks that there is a stock and what comes to it.
func (d *draft) pair(at string, s Spec) {
	if len(s.Rows) != 2 {
		d.fail("config_choice", at+".rows", strconv.Itoa(len(s.Rows)), "2")
		return
	}
	for i, kind := range []store.Kind{store.Stock, store.Flow} {
		ind, _ := d.catalogue.ByCode(s.Rows[i])
		if ind.Kind != kind {
			d.fail("config_choice", nth(at+".rows", i), s.Rows[i], string(kind))
		}
	}
}

// checks makes sure that the indicators are answered by yes or no.
func (d *draft) checks(at string, s Spec) { d.kindOfRows(at, s, store.Check) }

// ratios checks that the indicators are ratios.
func (d *draft) ratios(at string, s Spec) { d.kindOfRows(at, s, store.Ratio) }

func (d *draft) kindOfRows(at string, s Spec, kind store.Kind) {
	var codes []string
	for _, ind := range d.catalogue.Indicators {
		if ind.Kind == kind {
			codes = append(codes, ind.Code)
		}
	}
	for i, code := range s.Rows {
		d.oneOf(nth(at+".rows", i), code, codes)
	}
}
