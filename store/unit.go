package store

// UnitKind says what a unit is, and with it which forms it owes.
type UnitKind string

// The kinds of unit; the configuration and the catalogue use these words.
const (
	Station       UnitKind = "station"        // 派出所
	BorderStation UnitKind = "border_station" // 边防派出所
	Bureau        UnitKind = "bureau"         // 公安分局、禁毒大队
	Street        UnitKind = "street"         // 街道办事处
	Community     UnitKind = "community"      // 村、社区
	Department    UnitKind = "department"     // 成员单位
	Office        UnitKind = "office"         // 禁毒办
)

// UnitKinds lists every kind in the order in which boards show them.
var UnitKinds = []UnitKind{Station, BorderStation, Bureau, Street, Community, Department, Office}

// DistrictCode is the code under which the district's own totals are listed.
const DistrictCode = "district"

// Unit is a body that reports: units form a tree under the district.
type Unit struct {
	Code    string   `json:"code"`
	Name    string   `json:"name"`
	Kind    UnitKind `json:"kind"`
	Parent  string   `json:"parent"` // code of the unit above; empty: the district
	Aliases []string `json:"aliases"`
}

// District is the area that the board is about.
type District struct {
	Name       string
	Population int      // persons, for ratios against the population
	Bureaus    []string // prefixes that unit names may carry, such as 公安分局
}

// Units is the district's units in their configured order.
type Units struct {
	all      []Unit
	index    map[string]int
	children map[string][]string
}

// NewUnits indexes the units; the order given is the order of the boards.
func NewUnits(all []Unit) Units {
	u := Units{all: all, index: make(map[string]int, len(all)), children: map[string][]string{}}
	for i, one := range all {
		u.index[one.Code] = i
		u.children[one.Parent] = append(u.children[one.Parent], one.Code)
	}
	return u
}

// All returns every unit in the configured order; the slice is not to be changed.
func (u Units) All() []Unit { return u.all }

// Len returns the number of units.
func (u Units) Len() int { return len(u.all) }

// ByCode returns the unit of that code.
func (u Units) ByCode(code string) (Unit, bool) {
	i, ok := u.index[code]
	if !ok {
		return Unit{}, false
	}
	return u.all[i], true
}

// Rank returns the place of the unit in the configured order, or the number of units where it is unknown.
func (u Units) Rank(code string) int {
	if i, ok := u.index[code]; ok {
		return i
	}
	return len(u.all)
}

// Name returns the unit's name, or the code itself where the unit is unknown.
func (u Units) Name(code string) string {
	if one, ok := u.ByCode(code); ok {
		return one.Name
	}
	return code
}

// Below returns the codes of the unit and of every unit under it; for
// DistrictCode or the empty code, of all units.
func (u Units) Below(code string) []string {
	if code == "" || code == DistrictCode {
		out := make([]string, len(u.all))
		for i, one := range u.all {
			out[i] = one.Code
		}
		return out
	}
	out := []string{code}
	for _, child := range u.children[code] {
		out = append(out, u.Below(child)...)
	}
	return out
}
