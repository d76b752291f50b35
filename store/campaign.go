package store

import (
	"cmp"
	"slices"
)

// Campaign is a stretch of days in which the district pursues something: the
// publicity month, a special operation. Its targets are Targets whose Every is
// its code.
type Campaign struct {
	Code       string
	Name       string // 禁毒百日攻坚
	English    string
	From, To   Date   // its first and its last day
	Document   string // who called for it
	Indicators []string
	Units      []string   // that take part, each with all below it
	Kinds      []UnitKind // kinds that take part; with no Units either, all that owe an indicator
	Word       string     // marks its cases in the ledger; empty: every case of these days is its own
	Against    string     // code of the earlier campaign that it is compared with
	Plan       string     // stands in the titles of the tasks by which units hand in their plans
}

// Label returns the campaign's name in the language.
func (c Campaign) Label(l Lang) string { return l.Pick(c.Name, first(c.English, c.Name)) }

// Days returns how many days it has.
func (c Campaign) Days() int { return c.To.Sub(c.From) + 1 }

// Day returns which of its days a day is, the first being 1: 0 and less lie
// before it, more than Days after it.
func (c Campaign) Day(today Date) int { return today.Sub(c.From) + 1 }

// Reached returns which of its days is the last that has come: of one that is over its
// last, since its days are not counted on.
func (c Campaign) Reached(today Date) int { return min(c.Day(today), c.Days()) }

// Running reports whether the day is one of its days.
func (c Campaign) Running(today Date) bool { return c.holds(today) }

// Over reports whether its last day is past.
func (c Campaign) Over(today Date) bool { return today.After(c.To) }

// Gone returns which share of its days is gone at the end of the day, in percent.
func (c Campaign) Gone(today Date) float64 {
	return 100 * float64(min(max(c.Day(today), 0), c.Days())) / float64(c.Days())
}

func (c Campaign) holds(d Date) bool { return !d.IsZero() && !d.Before(c.From) && !d.After(c.To) }

// TakesPart reports whether a unit takes part: it or one above it is named, or it
// is of a kind that is. Where nobody is named everybody does.
func (c Campaign) TakesPart(u Unit, all Units) bool {
	if len(c.Units) == 0 && len(c.Kinds) == 0 {
		return true
	}
	if slices.Contains(c.Kinds, u.Kind) {
		return true
	}
	for ok := true; ok; u, ok = all.ByCode(u.Parent) {
		if slices.Contains(c.Units, u.Code) {
			return true
		}
	}
	return false
}

// Campaign returns the campaign of that code.
func (s Settings) Campaign(code string) (Campaign, bool) {
	i := slices.IndexFunc(s.Campaigns, func(c Campaign) bool { return code != "" && c.Code == code })
	if i < 0 {
		return Campaign{}, false
	}
	return s.Campaigns[i], true
}

// Campaigns returns the campaigns that pursue an indicator of one of the groups,
// of all groups where none is named, in the order in which they matter: those that
// are running, the last begun first; those that are over, the last ended first;
// then those to come.
func (s *Snapshot) Campaigns(groups ...string) []Campaign {
	var out []Campaign
	for _, c := range s.Settings.Campaigns {
		if len(groups) == 0 || s.pursues(c, groups) {
			out = append(out, c)
		}
	}
	rank := func(c Campaign) int {
		switch {
		case c.Running(s.Today):
			return 0
		case c.Over(s.Today):
			return 1
		default:
			return 2
		}
	}
	slices.SortStableFunc(out, func(a, b Campaign) int {
		if by := cmp.Compare(rank(a), rank(b)); by != 0 {
			return by
		}
		switch rank(a) {
		case 0:
			return b.From.Time().Compare(a.From.Time())
		case 1:
			return b.To.Time().Compare(a.To.Time())
		default:
			return a.From.Time().Compare(b.From.Time())
		}
	})
	return out
}

// pursues reports whether a campaign's first indicator is of one of the groups.
func (s *Snapshot) pursues(c Campaign, groups []string) bool {
	if len(c.Indicators) == 0 {
		return false
	}
	ind, ok := s.Catalogue.ByCode(c.Indicators[0])
	return ok && slices.Contains(groups, ind.Group)
}
