package store

import "slices"

// Expect is what the configuration says about who owes a report: a form, and the
// kinds of unit or the units that hand it in.
type Expect struct {
	Form   string // code of a report form
	Kinds  []UnitKind
	Units  []string // codes
	DueDay int      // of the month after the period's end; 0: the district's
	Off    bool     // these do not owe the form, whatever the catalogue says
}

// covers reports whether the expectation is about the unit.
func (e Expect) covers(u Unit) bool {
	return slices.Contains(e.Units, u.Code) || slices.Contains(e.Kinds, u.Kind)
}

// Duty is a report that a unit owes for every period of its cadence.
type Duty struct {
	Form       Form
	DueDay     int
	Configured bool // an expectation says so, not the catalogue: every figure of the form is owed
}

// Duties says who owes what, in the one place where that is decided. Reports are
// owed because the configuration says so, or else the catalogue's forms; figures
// because a unit has stated them before, because all of its kind owe what one of
// them has stated, or because an expectation names their form.
type Duties struct {
	units     Units
	catalogue *Catalogue
	settings  Settings
	duties    map[dutyKey]Duty
	released  map[dutyKey]bool
	ever      map[UnitIndicator]bool
	kinds     map[string]map[UnitKind]bool // indicator -> kinds that have ever reported it
}

type dutyKey struct {
	unit    string
	cadence Cadence
}

// NewDuties works out who owes what, given what was ever reported. Of several
// expectations about a unit and a cadence the last one holds.
func NewDuties(units Units, c *Catalogue, settings Settings, reporting []UnitIndicator) *Duties {
	d := &Duties{
		units:     units,
		catalogue: c,
		settings:  settings,
		duties:    map[dutyKey]Duty{},
		released:  map[dutyKey]bool{},
		ever:      make(map[UnitIndicator]bool, len(reporting)),
		kinds:     map[string]map[UnitKind]bool{},
	}
	for _, r := range reporting {
		d.ever[r] = true
		u, ok := units.ByCode(r.Unit)
		if !ok {
			continue
		}
		if d.kinds[r.Indicator] == nil {
			d.kinds[r.Indicator] = map[UnitKind]bool{}
		}
		d.kinds[r.Indicator][u.Kind] = true
	}
	if c != nil {
		d.fromCatalogue()
		d.fromSettings()
	}
	return d
}

// fromCatalogue gives every unit the first form of each cadence that the
// catalogue asks of its kind. What is asked of all is no form of theirs: it is
// the sheet of a campaign.
func (d *Duties) fromCatalogue() {
	for _, f := range d.catalogue.Forms {
		cadence, ok := d.catalogue.FormCadence(f)
		if !ok {
			continue
		}
		for _, u := range d.units.All() {
			key := dutyKey{u.Code, cadence}
			if _, has := d.duties[key]; !has && slices.Contains(f.Reporters, string(u.Kind)) {
				d.duties[key] = Duty{Form: f, DueDay: d.settings.DueDay}
			}
		}
	}
}

func (d *Duties) fromSettings() {
	for _, e := range d.settings.Expect {
		f, _ := d.catalogue.FormByCode(e.Form)
		cadence, ok := d.catalogue.FormCadence(f)
		if !ok {
			continue
		}
		for _, u := range d.units.All() {
			if !e.covers(u) {
				continue
			}
			key := dutyKey{u.Code, cadence}
			if d.released[key] = e.Off; e.Off {
				delete(d.duties, key)
				continue
			}
			duty := Duty{Form: f, DueDay: d.settings.DueDay, Configured: true}
			if e.DueDay > 0 {
				duty.DueDay = e.DueDay
			}
			d.duties[key] = duty
		}
	}
}

// FormCadence returns how often a report of the form is owed: as its first
// indicator is reported. Ledgers and forms without indicators are owed by nobody.
func (c *Catalogue) FormCadence(f Form) (Cadence, bool) {
	if f.Kind != ReportForm || len(f.Indicators) == 0 {
		return "", false
	}
	ind, ok := c.ByCode(f.Indicators[0])
	return ind.Cadence, ok
}

// Of returns the report that a unit owes for periods of that cadence.
func (d *Duties) Of(unit string, cadence Cadence) (Duty, bool) {
	duty, ok := d.duties[dutyKey{unit, cadence}]
	return duty, ok
}

// Owes reports whether a unit owes the indicator. What it has stated itself
// stays in the totals even where it is released from the report.
func (d *Duties) Owes(unit string, ind Indicator) bool {
	if d.ever[UnitIndicator{unit, ind.Code}] {
		return true
	}
	if duty, ok := d.Of(unit, ind.Cadence); ok && duty.Configured && slices.Contains(duty.Form.Indicators, ind.Code) {
		return true
	}
	u, ok := d.units.ByCode(unit)
	if !ok || !d.kinds[ind.Code][u.Kind] || d.Released(unit, ind.Cadence) {
		return false
	}
	return u.Kind.Alike() || len(ind.Reporters) > 0 && ind.Reporters[0] == "all"
}

// Released reports whether the configuration says that the unit owes no report
// of that cadence: its silence is no gap, while what it states all the same counts.
func (d *Duties) Released(unit string, cadence Cadence) bool {
	return d.released[dutyKey{unit, cadence}]
}

// Ever reports whether the unit has ever stated the indicator.
func (d *Duties) Ever(unit, indicator string) bool { return d.ever[UnitIndicator{unit, indicator}] }

// Due returns the last day on which a unit's report of the period is on time.
func (d *Duties) Due(unit string, p Period) Date {
	set := d.settings
	if duty, ok := d.Of(unit, p.cadence()); ok {
		set.DueDay = duty.DueDay
	}
	return set.Due(p)
}

// LatestDue returns the periods whose reports were due last, see Duties.LatestDue.
func (s *Snapshot) LatestDue() []Period { return s.duties.LatestDue(s.Today) }

// LatestDue returns, for each length in which anything is owed, the last period
// of which all reports were due by the day, the shortest first.
func (d *Duties) LatestDue(today Date) []Period {
	last := map[Cadence]int{}
	for key, duty := range d.duties {
		last[key.cadence] = max(last[key.cadence], duty.DueDay)
	}
	for r := range d.ever {
		if ind, ok := d.catalogue.ByCode(r.Indicator); ok && ind.Origin == FromReport {
			last[ind.Cadence] = max(last[ind.Cadence], d.settings.DueDay)
		}
	}
	var out []Period
	for _, kind := range []PeriodKind{Month, Quarter, Half, Year} {
		p := Period{Kind: Month, Year: today.Year, N: int(today.Month)}.Of(kind)
		day, ok := last[p.cadence()]
		if !ok {
			continue
		}
		set := d.settings
		set.DueDay = day
		for !set.Due(p).Before(today) {
			p = p.Add(-1)
		}
		out = append(out, p)
	}
	return out
}

// cadence returns how often a period of that length comes; of weeks and ranges
// none, since nothing is owed for them.
func (p Period) cadence() Cadence {
	switch p.Kind {
	case Month:
		return Monthly
	case Quarter:
		return Quarterly
	case Half:
		return HalfYearly
	case Year:
		return YearlyCount
	default:
		return ""
	}
}
