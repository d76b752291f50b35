package store

// Attention is the status of a district that the province watches: since when, by
// which document, and what must be reached for it to end.
type Attention struct {
	Name     string // 全省禁毒重点关注地区
	English  string
	Since    Date
	Document string
	Exits    []Exit
}

// Label returns the status's name in the language.
func (a Attention) Label(l Lang) string { return l.Pick(a.Name, first(a.English, a.Name)) }

// Exit is one criterion for the end of the status: what an indicator of the
// district has to be.
type Exit struct {
	Indicator string
	Op        RuleOp
	Value     float64
}

// ExitOps are the comparisons that a criterion can make.
var ExitOps = []RuleOp{AtMost, AtLeast, Equal, Below, Above}

// holds compares a value with the criterion.
func (x Exit) holds(value float64) bool {
	switch by := value - x.Value; x.Op {
	case AtLeast:
		return by >= -slack
	case AtMost:
		return by <= slack
	case Above:
		return by > slack
	case Below:
		return by < -slack
	default:
		return by >= -slack && by <= slack
	}
}

// ExitState says whether a criterion is met.
type ExitState string

// The states of a criterion. It is open where nothing is known, and where units
// lack while those that are in would meet it: it counts as met only once all are.
const (
	ExitMet   ExitState = "met"
	ExitShort ExitState = "short"
	ExitOpen  ExitState = "open"
)

// Exiting is how a criterion stands.
type Exiting struct {
	Exit
	Line  Line
	State ExitState
}

// Exits returns how every criterion stands, in the order of the configuration, and
// how many are met.
func (s *Snapshot) Exits() (all []Exiting, met int) {
	for _, x := range s.Settings.Attention.Exits {
		one := Exiting{Exit: x, Line: s.Line(DistrictCode, x.Indicator), State: ExitOpen}
		switch l := one.Line; {
		case !l.Value.OK:
		case !x.holds(l.Value.V):
			one.State = ExitShort
		case l.N >= l.M:
			one.State = ExitMet
			met++
		}
		all = append(all, one)
	}
	return all, met
}
