package store_test

import (
	"testing"

	"jindu/store"
)

// Row A01 of the test matrix: each role and each deed.
func TestRights(t *testing.T) {
	table := map[store.Role]string{
		store.RoleAdmin:    "browse+drill+find+lookback+export+pull+decide",
		store.RoleOfficer:  "browse+drill+find+lookback+export+pull+decide",
		store.RoleDirector: "browse+drill+find+lookback+export",
		store.RoleDisplay:  "",
		"":                 "",
		"Admin":            "",
		"root":             "",
	}
	for role, want := range table {
		var may store.Deed
		for _, d := range store.Deeds() {
			if role.Rights().May(d) {
				may |= d
			}
		}
		if may.String() != want {
			t.Errorf("%q may %s, not %s", role, may, want)
		}
		if masked := role != store.RoleAdmin && role != store.RoleOfficer && role != store.RoleDirector; role.Masked() != masked {
			t.Errorf("%q: masked is %v", role, role.Masked())
		}
	}
	for _, r := range store.Roles() {
		if _, ok := table[r]; !ok || !r.Known() {
			t.Errorf("role %s is not in the table, or not known", r)
		}
	}
}

func TestNoRightsWithholdNothing(t *testing.T) {
	var local store.Rights
	for _, d := range store.Deeds() {
		if !local.May(d) {
			t.Errorf("the board of the machine itself may not %s", d)
		}
		if store.Only().May(d) {
			t.Errorf("nothing allowed, and yet %s", d)
		}
	}
	if later := store.Deed(1 << 15); store.RoleAdmin.Rights().May(later) {
		t.Error("a deed that no role names is allowed")
	}
	if both := store.DeedDrill | store.DeedPull; store.RoleDirector.Rights().May(both) {
		t.Error("one of two deeds is enough")
	}
}
