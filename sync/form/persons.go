package form

import (
	"slices"
	"strconv"
	"strings"

	"jindu/store"
	"jindu/sync/sheet"
)

// persons counts a ledger of persons while it is read. Nothing of a row is kept:
// the reading holds how many there are by unit and by words of dictionaries, and
// sums of tests and visits. Not even findings tell of single rows, but for a row
// that is struck through and for a person who stands twice.
func (l *ledger) persons(out *store.Reading) {
	seen := map[string]string{} // hash of an identity number, to the unit of the row
	l.eachRow(func() bool {
		known := l.whosePerson()
		for _, c := range l.columns {
			if name := c.name(); name != "" && c.field.Kind != store.UnitField {
				l.field(name)
			}
		}
		l.programmeYear()
		l.twice(seen)
		return known
	})
	l.unclear()
	l.undated()
	l.finish(out, l.rows-l.strikes)
	clear(seen)
}

// whosePerson finds the unit of the row among all its columns of units: the first
// that is known. In a street's own ledger a community that is not in the list is
// the street's.
func (l *ledger) whosePerson() bool {
	named, community := false, false
	for _, c := range l.columns {
		if c.field == nil || c.field.Kind != store.UnitField {
			continue
		}
		cell := l.cellAt(c.col)
		if blank(cell) {
			continue
		}
		named = true
		community = community || strings.Contains(c.text, "社区") || strings.Contains(c.text, "村")
		if code, rule := l.units.find(textOf(cell)); rule == "" {
			l.at.unit = code
			break
		}
	}
	own, _ := l.opt.Units.ByCode(l.said.unit)
	if l.at.unit == "" && (!named || community && own.Kind == store.Street) && l.said.unit != "" {
		l.at.unit = l.said.unit
	}
	bound := l.opt.BoundUnit
	switch {
	case l.at.unit == "" && !named:
		return false // whose the ledger is cannot be told
	case l.at.unit == "":
		l.strangers++
		return false
	case bound != "" && !slices.Contains(l.opt.Units.Below(bound), l.at.unit):
		l.at.unit = ""
		l.strangers++
		return false
	}
	return true
}

// undated tells of a sheet that does not say as of which month its persons are:
// they count for none, and a report that says otherwise would stand unchallenged.
func (l *ledger) undated() {
	silent := func(p *plan) bool { return p.Indicator != "" && p.dead == noPeriod }
	if l.rows > 0 && slices.ContainsFunc(l.counts.plans, silent) {
		l.findings = append(l.findings, store.NewFinding("persons_undated", l.name, ""))
	}
}

// The years of a programme, and what lasts longer.
const (
	programmeYears = 3
	overdueYear    = "over"
)

// programmeYear tells which year of the programme a person is in, by the months
// since they reported in. The day itself is forgotten.
func (l *ledger) programmeYear() {
	day := l.at.values["reported_on"].Day
	if day.IsZero() {
		day = l.at.values["started"].Day
	}
	now := l.opt.Today
	if !l.said.period.IsZero() {
		now = l.said.period.End()
	}
	months := 12*(now.Year-day.Year) + int(now.Month) - int(day.Month)
	switch year := months/12 + 1; {
	case day.IsZero() || months < 0:
		l.at.lost["year"] = true
	case year > programmeYears:
		l.at.values["year"] = store.Value{Kind: store.WordField, Text: overdueYear}
	default:
		l.at.values["year"] = store.Value{Kind: store.WordField, Text: strconv.Itoa(year)}
	}
}

// twice notes that one person stands in two rows, as where the units of domicile
// and of residence both count them. The numbers are compared as hashes that are
// forgotten with the sheet.
func (l *ledger) twice(seen map[string]string) {
	for _, c := range l.columns {
		if c.field == nil || c.field.Kind != store.PersonalField || personalHead(c.text) != shapeID {
			continue
		}
		cell := l.sheet.At(l.at.n, c.col)
		number := strings.ToUpper(fold(textOf(cell)))
		if cell.Kind != sheet.Text || shapeOf(number) != shapeID {
			continue // one that lost its last digits is many persons'
		}
		key := l.hash("person\x00" + number)
		other, again := seen[key]
		if !again {
			seen[key] = l.at.unit
			continue
		}
		l.at.doubt = true
		l.counts.doubt(other)
		l.findings = append(l.findings, store.NewFinding("person_repeated", l.name, cell.Ref()))
	}
}

// unclear says of every column how many of its cells could not be read: with one
// finding, as which rows they are is nobody's business.
func (l *ledger) unclear() {
	for _, c := range l.columns {
		if n := l.counts.lost[c.name()]; c.name() != "" && n > 0 {
			l.faults += n
			l.findings = append(l.findings, store.NewFinding("persons_unclear", l.name, c.ref, c.both(), strconv.Itoa(n)))
		}
	}
	if l.strangers > 0 {
		ref := ""
		if c := l.fields[l.form.unit]; c != nil {
			ref = c.ref
		}
		l.findings = append(l.findings, store.NewFinding("persons_strange", l.name, ref, strconv.Itoa(l.strangers)))
	}
}
