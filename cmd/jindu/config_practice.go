package main

import (
	"slices"

	"jindu/store"
)

// practiceEntry is one [[practice]]: how much of an indicator is to be done.
type practiceEntry struct {
	Code      string    `toml:"code"`
	Indicator string    `toml:"indicator"`
	Base      string    `toml:"base"`
	Times     float64   `toml:"times"`
	Each      float64   `toml:"each"`
	Least     float64   `toml:"least"`
	Every     string    `toml:"every"`
	Years     []float64 `toml:"years"`
	Kinds     []string  `toml:"kinds"`
	Source    string    `toml:"source"`
	Off       bool      `toml:"off"`
}

// practice lays the district's practice over the usual one: a code that exists
// replaces it wholly, since half of two rules is none.
func (j *judging) practice(cfg *config) {
	usual, err := store.UsualPractice()
	if err != nil {
		j.err = err
		return
	}
	codes := indicatorCodes(cfg.Catalogue)
	for i, e := range j.doc.Practice {
		at := nth("practice", i)
		if j.required(at, "code", e.Code); j.err != nil {
			return
		}
		usual = slices.DeleteFunc(usual, func(p store.Practice) bool { return p.Code == e.Code })
		if e.Off {
			continue
		}
		p := j.practiceOf(at, e, codes)
		if j.err != nil {
			return
		}
		usual = append(usual, p)
	}
	cfg.Settings.Practice = slices.DeleteFunc(usual, j.said)
}

// said reports whether a practice is a convention of jindu's in place of which the
// district says something of its own.
func (j *judging) said(p store.Practice) bool {
	return p.Convention && (slices.ContainsFunc(j.doc.Targets, func(t targetEntry) bool { return t.Indicator == p.Indicator }) ||
		slices.ContainsFunc(j.doc.Practice, func(e practiceEntry) bool { return e.Indicator == p.Indicator }))
}

// practiceOf checks one entry: exactly one way to count, and a source, since no
// number is shown without who asks for it.
func (j *judging) practiceOf(at string, e practiceEntry, codes []string) store.Practice {
	j.required(at, "source", e.Source)
	j.refer(at+".indicator", e.Indicator, codes)
	if e.Base != "" || e.Each > 0 {
		for _, code := range (store.Practice{Base: e.Base}).Bases() {
			j.refer(at+".base", code, codes)
		}
		if e.Base == "" {
			j.refer(at+".base", e.Base, codes)
		}
	}
	ways := 0
	for _, given := range []bool{e.Times > 0, e.Each > 0, len(e.Years) > 0} {
		if given {
			ways++
		}
	}
	if ways != 1 || e.Times < 0 || e.Each < 0 || e.Least < 0 {
		j.required(at, "times, each, years", "")
	}
	if e.Every == "" || len(e.Years) > 0 {
		e.Every = string(store.Monthly)
	}
	j.oneOf(at+".every", e.Every, string(store.Monthly), string(store.Quarterly), string(store.HalfYearly), string(store.YearlyCount))
	if len(e.Kinds) == 0 && e.Each == 0 {
		j.required(at, "kinds", "")
	}
	p := store.Practice{
		Code: e.Code, Indicator: e.Indicator, Base: e.Base, Times: e.Times, Each: e.Each, Least: e.Least,
		Every: store.Cadence(e.Every).PeriodKind(), Years: e.Years, Source: e.Source,
	}
	for k, kind := range e.Kinds {
		j.oneOf(nth(at+".kinds", k), kind, unitKinds()...)
		p.Kinds = append(p.Kinds, store.UnitKind(kind))
	}
	return p
}
