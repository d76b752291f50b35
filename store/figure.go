package store

import "time"

// Key is the identity of a figure: unit x indicator x period.
type Key struct {
	Unit      string
	Indicator string
	Period    Period
}

// Cell is the birth certificate of a figure or a row: where it stands in which
// version of which file. It never holds text that could name a person: Raw is
// kept only where the cell held a number or a documented way to write one.
type Cell struct {
	Workbook   int64    // id of the workbook version in the mirror; 0 before it is applied
	Source     string   // name of the source
	Path       string   // slash-separated path within the source, masked
	SHA256     string   // hex of the file's bytes
	Sheet      string   // name, masked
	Ref        string   // A1 address, such as F12
	Raw        string   // what the cell showed, if that is a number
	Header     []string // header path, outermost first
	HeaderRefs []string // addresses of Header, one for one
	UnitRef    string   // address the unit was read from; or "title", "sheet", "file", "source"
	PeriodRef  string   // address the period was read from; the same words
	Note       string   // code of how the value was converted, see notes in messages.csv; empty: as it stood
}

// State is what a person must know about a figure before believing it.
type State uint8

// The states, best first: a higher one outranks a lower when a figure has
// several. Fresh is normal and shown by silence.
const (
	Fresh State = iota
	Due
	Corrected
	Late
	Partial
	Suspect
	Stale
	SourceDown
	Never
	Refused
	Conflict
)

// States lists every state that is shown, worst first.
var States = []State{Conflict, Refused, Never, SourceDown, Stale, Suspect, Partial, Late, Corrected, Due}

var stateNames = [...]string{
	"fresh", "due", "corrected", "late", "partial", "suspect", "stale", "source_down", "never", "refused", "conflict",
}

// String returns the word that JSON uses.
func (s State) String() string { return stateNames[s] }

// MarshalText writes the word.
func (s State) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Worst returns the state that is shown where several hold.
func Worst(a, b State) State { return max(a, b) }

// Figure is one version of one value.
type Figure struct {
	Key
	Value         float64 // in the catalogue's measure; meaningless where NotApplicable
	NotApplicable bool    // the unit wrote that the indicator does not apply
	Reported      bool    // a ratio taken as the unit printed it, because its parts are not known
	Suspect       bool    // contradicts something; a finding says what
	Cell          Cell
	State         State
	Version       int       // 1 for the first
	KnownFrom     time.Time // when the mirror learned it
	KnownTo       time.Time // when another version replaced it; zero: it stands
	Received      time.Time // when the workbook that states it last arrived or was last changed
	FirstArrived  time.Time // when the workbook of the first version arrived, see Workbook.Arrived
	Veil          Veil      `json:"-"` // of a masked snapshot: why Value is not there
	Of            []Key     `json:"-"` // of a sum over shorter periods that nobody stated: its parts. Key, Cell and Received are the last one's
	Oldest        time.Time `json:"-"` // of such a sum: when the oldest of its parts arrived
}

// Since returns since when the whole of the figure is known: a sum is as old as its
// oldest part, while its cell came when that came.
func (f Figure) Since() time.Time {
	if f.Oldest.IsZero() {
		return f.Received
	}
	return f.Oldest
}

// Statement is what one live workbook says of one figure.
type Statement struct {
	Key
	Value         float64
	NotApplicable bool
	Reported      bool
	Suspect       bool
	Own           bool // the period is the file's own; false: restated beside it
	Cell          Cell // Workbook, Source, Path and SHA256 are filled in by the mirror
}
