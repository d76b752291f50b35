package main

import (
	"slices"

	"jindu/store"
)

// expectEntry is one [[expect]]: who hands a report in, and by which day, where
// that is not what the catalogue's forms say.
type expectEntry struct {
	Form   string   `toml:"form"`
	Kinds  []string `toml:"kinds"`
	Units  []string `toml:"units"`
	DueDay int      `toml:"due_day"`
	Off    bool     `toml:"off"`
}

// expectations checks every [[expect]]. One that names nobody would never be
// missed, so it is an error.
func (j *judging) expectations(cfg *config) {
	var forms []string
	for _, f := range cfg.Catalogue.Forms {
		if _, ok := cfg.Catalogue.FormCadence(f); ok {
			forms = append(forms, f.Code)
		}
	}
	var units []string
	for _, u := range cfg.Units.All() {
		units = append(units, u.Code)
	}
	for i, e := range j.doc.Expect {
		at := nth("expect", i)
		j.required(at, "form", e.Form)
		j.refer(at+".form", e.Form, forms)
		if len(e.Kinds) == 0 && len(e.Units) == 0 {
			j.required(at, "kinds", "")
		}
		one := store.Expect{Form: e.Form, Units: e.Units, DueDay: e.DueDay, Off: e.Off}
		for k, kind := range e.Kinds {
			j.oneOf(nth(at+".kinds", k), kind, unitKinds()...)
			one.Kinds = append(one.Kinds, store.UnitKind(kind))
		}
		for k, unit := range e.Units {
			if !slices.Contains(units, unit) {
				j.refer(nth(at+".units", k), unit, units)
			}
		}
		if e.DueDay != 0 {
			j.within(at+".due_day", e.DueDay, 1, 31)
		}
		if j.err != nil {
			return
		}
		cfg.Settings.Expect = append(cfg.Settings.Expect, one)
	}
}
