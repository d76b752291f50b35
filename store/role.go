package store

import "slices"

// Role is as what somebody comes to the board over a network.
type Role string

// The roles.
const (
	RoleOfficer  Role = "officer"  // everything that can be done on the board
	RoleDirector Role = "director" // everything there is to read
	RoleDisplay  Role = "display"  // the wall of a room that others walk through
	RoleAdmin    Role = "admin"    // what an officer may, and there is always room
)

// Roles lists the roles, those that may do most first.
func Roles() []Role { return []Role{RoleAdmin, RoleOfficer, RoleDirector, RoleDisplay} }

// Known reports whether there is such a role.
func (r Role) Known() bool { return slices.Contains(Roles(), r) }

// Rights returns what the role may do. A role that there is none of may nothing.
func (r Role) Rights() Rights {
	reading := DeedBrowse | DeedDrill | DeedFind | DeedLookBack | DeedExport
	switch r {
	case RoleAdmin, RoleOfficer:
		return Only(reading, DeedPull, DeedDecide)
	case RoleDirector:
		return Only(reading)
	default:
		return Only()
	}
}

// Masked reports whether small counts of persons are hidden from the role. An
// unknown role sees no more than a room that others walk through.
func (r Role) Masked() bool { return r == RoleDisplay || !r.Known() }
