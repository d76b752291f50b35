package store

// Kind says how values of an indicator combine.
type Kind string

// The kinds of indicator. A stock is summed over units and never over time, a
// flow over both; a ratio is recomputed from the sums of its parts and never
// averaged; a check is yes (1) or no (0).
const (
	Stock Kind = "stock"
	Flow  Kind = "flow"
	Ratio Kind = "ratio"
	Check Kind = "check"
	Text  Kind = "text"
)

// Polarity says which way is good.
type Polarity string

// The polarities. Enforcement counts are neutral: more cases may mean more
// drugs or more effort.
const (
	Higher  Polarity = "higher"
	Lower   Polarity = "lower"
	Neutral Polarity = "neutral"
)

// Cadence is how often an indicator is reported.
type Cadence string

// The cadences of the catalogue.
const (
	Daily       Cadence = "day"
	Monthly     Cadence = "month"
	Quarterly   Cadence = "quarter"
	HalfYearly  Cadence = "half"
	YearlyCount Cadence = "year"
)

// PeriodKind returns the period under which stocks of that cadence are kept.
func (c Cadence) PeriodKind() PeriodKind {
	switch c {
	case Quarterly:
		return Quarter
	case HalfYearly:
		return Half
	case YearlyCount:
		return Year
	default:
		return Month
	}
}

// Origin says where values of an indicator come from.
type Origin string

// The origins: units' reports, the ledgers' counts where the configuration says
// so, the mirror itself, or the district's configuration.
const (
	FromReport   Origin = "report"
	FromLedger   Origin = "ledger"
	FromMirror   Origin = "mirror"
	FromDistrict Origin = "district"
)

// Indicator is one thing that the district counts.
type Indicator struct {
	Code         string
	Name         string // 破获毒品刑事案件
	Short        string // 刑事案件, for heads of narrow columns
	English      string
	ShortEnglish string
	Group        string // code of the group
	Measure      string // 起, 克, %, ...: the measure in which values are kept
	Kind         Kind
	Numerator    string   // code; ratios only
	Denominator  string   // code; ratios only
	Scale        float64  // ratio = numerator / denominator * Scale
	Parts        []string // codes that must add up to this one
	Polarity     Polarity
	Bounded      bool // a share: cannot be over Scale
	Sensitive    bool // a count of persons that is masked below 3 on shared displays
	Part         bool // a numerator or denominator, not one of the catalogue's own
	Origin       Origin
	Reporters    []string // unit kinds, or "all"
	Cadence      Cadence
	Aliases      []string
	Definition   string // what exactly is divided by what, where practice differs
}

// Printed reports whether reports print the indicator: what a ledger counts stands
// in them too, and is held against it.
func (i Indicator) Printed() bool { return i.Origin == FromReport || i.Origin == FromLedger }

// Label returns the full name in the language.
func (i Indicator) Label(l Lang) string { return l.Pick(i.Name, i.English) }

// Both returns the full name in either language, as an argument of a finding.
func (i Indicator) Both() string { return Bilingual(i.Name, i.English) }

// Head returns the short name in the language.
func (i Indicator) Head(l Lang) string { return l.Pick(i.Short, i.ShortEnglish) }

// Counted reports whether values are whole numbers of persons, cases or things,
// so that the arithmetic of small counts applies.
func (i Indicator) Counted() bool {
	switch i.Measure {
	case "克", "万元", "%", "‰", "人/名", "分", "是/否":
		return false
	default:
		return i.Kind == Stock || i.Kind == Flow
	}
}

// Group is a family of indicators.
type Group struct{ Code, Name, English string }
