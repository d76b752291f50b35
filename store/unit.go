package store

import "slices"

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

// Alike reports whether the units of a kind all report the same: what one station
// reports every station owes, while each department has a matter of its own.
func (k UnitKind) Alike() bool {
	return k == Station || k == BorderStation || k == Street || k == Community
}

// UnitKinds lists every kind in the order in which boards show them.
var UnitKinds = []UnitKind{Station, BorderStation, Bureau, Street, Community, Department, Office}

// DistrictCode is the code under which the district's own totals are listed.
const DistrictCode = "district"

// Sums says whose figures a unit's reports contain beside its own.
type Sums string

// What a unit reports: its own figures, the sums of the units below it, or those
// of the whole district. What contains others is never added to them: it is held
// against their sum.
const (
	SumsNone     Sums = ""
	SumsBelow    Sums = "below"
	SumsDistrict Sums = "district"
)

// Unit is a body that reports: units form a tree under the district.
type Unit struct {
	Code    string   `json:"code"`
	Name    string   `json:"name"`
	Kind    UnitKind `json:"kind"`
	Parent  string   `json:"parent"` // code of the unit above; empty: the district
	Aliases []string `json:"aliases"`
	Sums    Sums     `json:"-"` // how files are read does not depend on it
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
	sums     []string // codes of the units whose reports contain others
	overall  []string // codes of those that report, or may report, for the whole district
}

// NewUnits indexes the units; the order given is the order of the boards.
func NewUnits(all []Unit) Units {
	u := Units{all: all, index: make(map[string]int, len(all)), children: map[string][]string{}}
	for i, one := range all {
		u.index[one.Code] = i
		u.children[one.Parent] = append(u.children[one.Parent], one.Code)
		if one.Sums != SumsNone {
			u.sums = append(u.sums, one.Code)
		}
	}
	for _, one := range all {
		if one.Sums == SumsDistrict || one.Sums == SumsNone && len(u.children[one.Code]) == 0 && central(one.Kind) {
			u.overall = append(u.overall, one.Code)
		}
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

// Contained returns the units whose figures the reports of a unit contain, as the
// configuration says; of others those that they may contain without its having been
// said: the units below it, or for a bureau and an office without any all others.
func (u Units) Contained(code string) []string {
	if !slices.Contains(u.overall, code) {
		return u.Below(code)[1:]
	}
	var out []string
	for _, other := range u.all {
		if other.Code != code && other.Sums == SumsNone && !central(other.Kind) {
			out = append(out, other.Code)
		}
	}
	return out
}

// central reports whether a unit of the kind may well report for the whole district.
func central(k UnitKind) bool { return k == Bureau || k == Office }

// Containing returns the units whose reports contain, or may contain, the figures
// of a unit, see Contained.
func (u Units) Containing(code string) []string {
	one, ok := u.ByCode(code)
	if !ok {
		return nil
	}
	var out []string
	for above, ok := u.ByCode(one.Parent); ok; above, ok = u.ByCode(above.Parent) {
		out = append(out, above.Code)
	}
	if one.Sums == SumsNone && !central(one.Kind) {
		out = append(out, u.overall...)
	}
	return out
}

// Addends returns the units whose figures of an indicator add up to the total of
// a scope: all within it but those whose reports contain another one's that has
// ever reported the indicator.
func (u Units) Addends(scope string, reports func(unit string) bool) []string {
	all := u.Below(scope)
	if len(u.sums) == 0 || len(all) == 1 {
		return all
	}
	within := make(map[string]bool, len(all))
	for _, code := range all {
		within[code] = true
	}
	return slices.DeleteFunc(all, func(code string) bool {
		return slices.Contains(u.sums, code) && slices.ContainsFunc(u.Contained(code), func(part string) bool {
			return within[part] && reports(part)
		})
	})
}

// Summing returns the units within a scope whose reports contain others'.
func (u Units) Summing(scope string) []string {
	if len(u.sums) == 0 || scope == "" || scope == DistrictCode {
		return u.sums
	}
	all := u.Below(scope)
	return slices.DeleteFunc(slices.Clone(u.sums), func(code string) bool { return !slices.Contains(all, code) })
}
