package store

import "strings"

// Deed is something that a session may be allowed to do or not: several are
// written together with |.
type Deed uint16

// What a session may be allowed to do. To look at the overview, to change its
// language, to read the help and to leave is everybody's. To administer is nobody's:
// who may log in is said at the machine itself, by whoever owns its files.
const (
	DeedBrowse   Deed = 1 << iota // go to other pages and periods
	DeedDrill                     // follow a number down to its units, versions and cell
	DeedFind                      // look up units, indicators, tasks and cases
	DeedLookBack                  // see the board as known at another moment
	DeedExport                    // take figures out: copy one, write a view into a file
	DeedPull                      // pull the sources now
	DeedDecide                    // accept, decline or choose what waits for an officer
)

// deedNames are the deeds as the audit log and the words write them.
var deedNames = []string{"browse", "drill", "find", "lookback", "export", "pull", "decide"}

// Deeds returns every deed, one by one.
func Deeds() []Deed {
	all := make([]Deed, len(deedNames))
	for i := range deedNames {
		all[i] = 1 << i
	}
	return all
}

// String names the deeds, joined by +.
func (d Deed) String() string {
	var out []string
	for i, name := range deedNames {
		if d&(1<<i) != 0 {
			out = append(out, name)
		}
	}
	return strings.Join(out, "+")
}

// Rights say what a session may do. The zero value withholds nothing: it is that
// of a person at the machine itself, who can read the mirror's file anyway. What
// comes over a network gets its rights from [Only], which withholds whatever it
// does not name, also what is added here later.
type Rights struct{ withheld Deed }

// Only returns the rights to do these things and nothing else.
func Only(deeds ...Deed) Rights {
	r := Rights{withheld: ^Deed(0)}
	for _, d := range deeds {
		r.withheld &^= d
	}
	return r
}

// May reports whether all of the deeds are allowed.
func (r Rights) May(d Deed) bool { return r.withheld&d == 0 }

// Act is one thing that a session does, as it is put on record: what, and of
// which codes. Values and names of persons never stand in it.
type Act struct {
	Deed    Deed
	What    string // such as cxs case_criminal 2026-05, or the name of a file
	Refused bool   // it was asked for and not allowed
	Undone  bool   // what stands on record already did not happen; What says why
}
