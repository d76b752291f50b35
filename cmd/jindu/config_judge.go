package main

import (
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"jindu/store"
	"jindu/sync"
)

// judging checks a document step by step and keeps the first thing that is wrong.
type judging struct {
	file  string
	dir   string
	doc   *document
	lines keyLines
	now   time.Time
	err   error
}

// fail keeps the first error; its message gets the file as its first argument,
// with the line where the key stands that comes next.
func (j *judging) fail(code string, args ...string) {
	if j.err != nil {
		return
	}
	at := j.file
	if n := j.lines.of(args[0]); n > 0 {
		at += ":" + strconv.Itoa(n)
	}
	j.err = store.NewError(code, nil, append([]string{at}, args...)...)
}

// path makes a path of the document one of this process.
func (j *judging) path(p string) string {
	if p == "" || filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(j.dir, filepath.FromSlash(p))
}

// settings checks what figures are judged by. A wrong closing day would silently
// turn corrections into pending ones, so numbers are held to what makes sense.
func (j *judging) settings(cfg *config) {
	d := j.doc
	zone, err := time.LoadLocation(d.TimeZone)
	if err != nil || d.TimeZone == "" || d.TimeZone == "Local" {
		j.fail("config_like", "time_zone", d.TimeZone, "Asia/Shanghai, Asia/Urumqi")
		return
	}
	j.oneOf("theme", d.Theme, themeAuto, themeDark, themeLight)
	j.oneOf("glyphs", d.Glyphs, glyphsAuto, glyphsUnicode, glyphsASCII)
	cfg.Theme, cfg.Glyphs, cfg.Mouse = d.Theme, d.Glyphs, d.Mouse
	if d.Mirror == "" {
		j.fail("config_missing", configName, "mirror")
	}
	j.required("backup", "folder", d.Backup.Folder)
	j.required("export", "folder", d.Export.Folder)
	cfg.Export = j.path(d.Export.Folder)
	j.within("backup.daily", d.Backup.Daily, 0, 3660)
	j.within("backup.weekly", d.Backup.Weekly, 0, 520)
	cfg.Backup = backupConfig{j.path(d.Backup.Folder), d.Backup.Daily, d.Backup.Weekly}
	cfg.Retention = j.retention()
	j.within("report.due_day", d.Report.DueDay, 1, 31)
	j.within("report.close_days", d.Report.CloseDays, 1, 3660)
	j.within("district.population", d.District.Population, 0, 1_000_000_000)
	if m := d.Report.MonthStarts; m != 1 && m != 26 {
		j.fail("config_choice", "report.month_starts", strconv.Itoa(m), "1, 26")
	}
	if d.Report.DueShift != "" {
		j.oneOf("report.due_shift", d.Report.DueShift, dueShift)
	}
	cfg.Settings = store.Settings{
		District: store.District{
			Name:       d.District.Name,
			Population: d.District.Population,
			Bureaus:    slices.Concat(d.BureauNames, d.District.BureauNames),
		},
		Zone:        zone,
		DueDay:      d.Report.DueDay,
		DueShift:    d.Report.DueShift == dueShift,
		CloseDays:   d.Report.CloseDays,
		MonthStarts: d.Report.MonthStarts,
	}
	cfg.Settings.Calendar = j.calendar()
}

// retention checks for how long the past is kept.
func (j *judging) retention() store.Retention {
	r := j.doc.Retention
	j.within("retention.version_months", r.VersionMonths, 0, 1200)
	j.within("retention.closed_years", r.ClosedYears, 0, 100)
	j.within("retention.finding_months", r.FindingMonths, 0, 1200)
	return store.Retention{VersionMonths: r.VersionMonths, ClosedYears: r.ClosedYears, FindingMonths: r.FindingMonths}
}

// oneOf checks a word against those that there are.
func (j *judging) oneOf(key, word string, words ...string) {
	switch {
	case slices.Contains(words, word):
	case word != "" && nearest(word, words) != "":
		j.fail("config_near", key, word, strings.Join(words, ", "), nearest(word, words))
	default:
		j.fail("config_choice", key, word, strings.Join(words, ", "))
	}
}

// refer checks that a code is of something that there is.
func (j *judging) refer(key, code string, codes []string) {
	switch {
	case slices.Contains(codes, code):
	case nearest(code, codes) != "":
		j.fail("config_ref_near", key, code, nearest(code, codes))
	default:
		j.fail("config_ref", key, code)
	}
}

// within checks a number against its bounds, both included.
func (j *judging) within(key string, v, low, high int) {
	if v < low || v > high {
		j.fail("config_choice", key, strconv.Itoa(v), strconv.Itoa(low)+" - "+strconv.Itoa(high))
	}
}

// units takes the units in the order of the boards: the table's first, then those
// of the file itself.
func (j *judging) units(cfg *config) {
	entries := j.doc.Units
	if j.doc.UnitsFile != "" {
		entries = append(j.unitsFile(), entries...)
	}
	all := make([]store.Unit, 0, len(entries))
	for i, e := range entries {
		at := "unit[" + strconv.Itoa(i+1) + "]"
		j.required(at, "code", e.Code)
		j.required(at, "name", e.Name)
		j.oneOf(at+".kind", e.Kind, unitKinds()...)
		if e.Code == store.DistrictCode {
			j.fail("config_twice", at+".code", e.Code)
		}
		all = append(all, store.Unit{
			Code:    e.Code,
			Name:    e.Name,
			Kind:    store.UnitKind(e.Kind),
			Parent:  e.Parent,
			Aliases: e.Aliases,
			Sums:    store.Sums(e.Sums),
		})
		if e.Sums != "" {
			j.oneOf(at+".sums", e.Sums, string(store.SumsBelow), string(store.SumsDistrict))
		}
	}
	j.aliasUnits(all)
	cfg.Units = store.NewUnits(all)
	j.tree(cfg.Units)
}

// tree checks that codes are unique, parents exist and no unit is its own ancestor.
func (j *judging) tree(units store.Units) {
	for i, u := range units.All() {
		at := "unit[" + strconv.Itoa(i+1) + "]"
		if units.Rank(u.Code) != i { // the later of two has the rank of the code
			j.fail("config_twice", at+".code", u.Code)
			return
		}
		up := u
		for steps := 0; up.Parent != ""; steps++ {
			next, ok := units.ByCode(up.Parent)
			if !ok || steps > units.Len() {
				j.fail("config_ref", at+".parent", up.Parent)
				return
			}
			up = next
		}
		if u.Sums == store.SumsBelow && len(units.Below(u.Code)) == 1 {
			j.fail("config_sums", at+".sums", u.Code)
		}
	}
}

// required checks that something was written under a key.
func (j *judging) required(at, key, value string) {
	if strings.TrimSpace(value) == "" {
		j.fail("config_missing", at, key)
	}
}

// aliasUnits adds the names that [[alias]] gives to units.
func (j *judging) aliasUnits(all []store.Unit) {
	codes := make([]string, len(all))
	for i, u := range all {
		codes[i] = u.Code
	}
	for i, a := range j.doc.Aliases {
		if a.Unit == "" {
			continue
		}
		at := "alias[" + strconv.Itoa(i+1) + "]"
		if j.refer(at+".unit", a.Unit, codes); j.err != nil {
			return
		}
		k := slices.Index(codes, a.Unit)
		all[k].Aliases = slices.Concat(all[k].Aliases, a.Names)
	}
}

// catalogue lays the overlays over the embedded catalogue, first the indicators,
// then the rules and the forms, which may count new indicators, and then the
// aliases, which may name both.
func (j *judging) catalogue(cfg *config) {
	var overlay store.Overlay
	for i, e := range j.doc.Indicators {
		at := "indicator[" + strconv.Itoa(i+1) + "]"
		j.required(at, "code", e.Code)
		j.choice(at+".kind", e.Kind, "stock", "flow", "ratio", "check", "text")
		j.choice(at+".polarity", e.Polarity, "higher", "lower", "neutral")
		j.choice(at+".cadence", e.Cadence, "day", "month", "quarter", "half", "year")
		j.choice(at+".origin", e.Origin, string(store.FromReport), string(store.FromLedger))
		overlay.Indicators = append(overlay.Indicators, overlayOf(e))
	}
	if j.rests(); j.err != nil {
		return
	}
	plain, err := store.LoadCatalogue(overlay)
	if err != nil {
		j.fail("config_value", err.Error())
		return
	}
	overlay.Rules = j.rules(plain)
	forms := &formJudging{judging: j, catalogue: plain}
	forms.all()
	forms.aliases()
	if j.err != nil {
		return
	}
	overlay.Indicators = append(overlay.Indicators, forms.named...)
	overlay.Forms, overlay.Words = forms.forms, forms.words
	if cfg.Catalogue, err = store.LoadCatalogue(overlay); err != nil {
		j.fail("config_value", err.Error())
		return
	}
	for i, e := range j.doc.Indicators {
		if e.Origin == string(store.FromLedger) && !cfg.Catalogue.Counts(e.Code) {
			j.fail("config_uncounted", nth("indicator", i)+".origin", e.Code)
		}
	}
}

// rests checks what an indicator rests on: its group, its measure, and the parts of
// a ratio. A new one has a group and a measure of its own.
func (j *judging) rests() {
	c, err := store.LoadCatalogue(store.Overlay{})
	if err != nil {
		j.fail("config_value", err.Error())
		return
	}
	groups, measures, codes := make([]string, len(c.Groups)), make([]string, len(c.Measures)), indicatorCodes(c)
	for i, g := range c.Groups {
		groups[i] = g.Code
	}
	for i, m := range c.Measures {
		measures[i] = m.Name
	}
	for _, e := range j.doc.Indicators {
		codes = append(codes, e.Code)
	}
	for i, e := range j.doc.Indicators {
		at := nth("indicator", i)
		_, known := c.ByCode(e.Code)
		for _, one := range []struct {
			key, word string
			needed    bool
			words     []string
		}{
			{"group", e.Group, !known, groups},
			{"measure", e.Measure, !known, measures},
			{"numerator", e.Numerator, !known && e.Kind == string(store.Ratio), codes},
			{"denominator", e.Denominator, !known && e.Kind == string(store.Ratio), codes},
		} {
			switch {
			case one.word != "":
				j.refer(at+"."+one.key, one.word, one.words)
			case one.needed:
				j.fail("config_missing", at, one.key)
			}
		}
	}
}

// overlayOf makes the overlay that the catalogue takes; an empty field changes nothing.
func overlayOf(e indicatorEntry) store.Indicator {
	return store.Indicator{
		Code:        e.Code,
		Name:        e.Name,
		Short:       e.Short,
		English:     e.English,
		Group:       e.Group,
		Measure:     e.Measure,
		Kind:        store.Kind(e.Kind),
		Numerator:   e.Numerator,
		Denominator: e.Denominator,
		Scale:       e.Scale,
		Polarity:    store.Polarity(e.Polarity),
		Cadence:     store.Cadence(e.Cadence),
		Reporters:   e.Reporters,
		Sensitive:   e.Sensitive,
		Origin:      store.Origin(e.Origin),
		Aliases:     e.Aliases,
		Definition:  e.Definition,
	}
}

// choice checks a word against those that there are; none at all is allowed.
func (j *judging) choice(key, value string, choices ...string) {
	if value != "" {
		j.oneOf(key, value, choices...)
	}
}

// sources makes folders relative to the configuration, and works out how long
// figures of a source stay fresh from its schedule.
func (j *judging) sources(cfg *config) {
	seen := map[string]bool{}
	for i, s := range j.doc.Sources {
		at := "source[" + strconv.Itoa(i+1) + "]"
		j.required(at, "name", s.Name)
		j.required(at, "remote", s.Remote)
		if seen[s.Name] {
			j.fail("config_twice", at+".name", s.Name)
		}
		seen[s.Name] = true
		if _, ok := cfg.Units.ByCode(s.Unit); !ok && s.Unit != "" {
			j.fail("config_ref", at+".unit", s.Unit)
		}
		if s.Schedule == "" {
			s.Schedule = "*/10 * * * *"
		}
		interval, err := sync.Interval(s.Schedule, j.now.In(cfg.Settings.Zone))
		if err != nil {
			j.fail("config_schedule", at+".schedule", s.Schedule, store.ErrorCode(err))
			return
		}
		remote := s.Remote
		if !isRemote(remote) {
			remote = j.path(remote)
		}
		cfg.Sources = append(cfg.Sources, sourceConfig{
			SourceSetting: store.SourceSetting{Name: s.Name, Remote: remote, Unit: s.Unit, Interval: interval},
			Schedule:      s.Schedule,
		})
	}
}

// isRemote reports whether the source lies beyond a network client: an address,
// or an rclone remote such as office:reports. A drive letter is a folder.
func isRemote(remote string) bool {
	name, _, ok := strings.Cut(remote, ":")
	return ok && len(name) > 1 && !strings.ContainsAny(name, `/\.`)
}

// unitKinds lists the kinds of unit as the configuration writes them.
func unitKinds() []string {
	kinds := make([]string, len(store.UnitKinds))
	for i, k := range store.UnitKinds {
		kinds[i] = string(k)
	}
	return kinds
}

// indicatorCodes lists the codes of the catalogue.
func indicatorCodes(c *store.Catalogue) []string {
	codes := make([]string, len(c.Indicators))
	for i, ind := range c.Indicators {
		codes[i] = ind.Code
	}
	return codes
}
