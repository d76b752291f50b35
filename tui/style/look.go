package style

// Look is what one cell looks like: a role, a fill, bold and underline, joined
// with |. The zero Look is ink on the bare ground.
type Look uint16

// The roles: what a piece of text is for.
const (
	Ink       Look = iota // names, totals, big digits
	Strong                // the figure of now, titles; always bold
	Quiet                 // all that explains a figure
	QuietFill             // quiet text on a fill; themes choose it by themselves
	Edge                  // panel rules, past months
	Rule                  // separators, the empty part of a bar
	Accent                // focus, where you are, cell addresses, corrected
	Good                  // reached, done; sparingly, normal is ink
	Watch                 // below target, late, partial, suspect, due soon
	Bad                   // overdue, never, refused, conflict, far below target
	Stale                 // too old, source down
	Alarm                 // white and bold, for text on AlarmGround
	roleCount
)

const (
	roleBits Look = 0x000f
	fillBits Look = 0x00f0
	fillStep Look = 0x0010
)

// The fills: what a cell stands on. A cell without one shows the ground.
const (
	Selected    Look = (iota + 1) * fillStep // one row or cell
	FarAbove                                 // heat: far more than the unit's own last year
	Above                                    // heat: more
	FarBelow                                 // heat: far less
	Below                                    // heat: less
	Overlay                                  // the ground of an overlay, one step up
	AlarmGround                              // wall and one line elsewhere, nothing else
	Solid                                    // the role's own colour: pixels of huge digits
	fillEnd
)

// The attributes.
const (
	Bold      Look = 0x0100
	Underline Look = 0x0200 // a changed figure, until the next key
	lookCount      = 0x0400
)

// The bold twins of the roles that a figure of now may take.
const (
	AccentBold = Accent | Bold
	GoodBold   = Good | Bold
	WatchBold  = Watch | Bold
	BadBold    = Bad | Bold
	StaleBold  = Stale | Bold
)

// Role returns the role alone.
func (l Look) Role() Look { return l & roleBits }

// Fill returns the fill alone; 0 is none.
func (l Look) Fill() Look { return l & fillBits }

// On returns the look on another fill; 0 takes the fill away.
func (l Look) On(fill Look) Look { return l&^fillBits | fill.Fill() }

// Has reports whether the look has all the given attributes.
func (l Look) Has(attributes Look) bool { return l&attributes == attributes }

// Faint reports whether the role steps back where there is no colour.
func (l Look) Faint() bool {
	switch l.Role() {
	case Quiet, QuietFill, Edge, Rule:
		return true
	default:
		return false
	}
}

// Heavy reports whether the look is bold, by role or by attribute.
func (l Look) Heavy() bool {
	return l.Has(Bold) || l.Role() == Strong || l.Role() == Alarm
}

// Far reports whether the fill is one of the two far heat steps, which say so
// with a star or an underline too.
func (l Look) Far() bool { return l.Fill() == FarAbove || l.Fill() == FarBelow }

// Heat returns the fill for a deviation from the unit's own last 12 months, in
// Poisson z: a step beyond 2, far beyond 3. It says unusual, never good or bad.
func Heat(z float64) Look {
	switch {
	case z > 3:
		return FarAbove
	case z > 2:
		return Above
	case z < -3:
		return FarBelow
	case z < -2:
		return Below
	default:
		return 0
	}
}
