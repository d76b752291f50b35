package form

import (
	"maps"
	"slices"

	"jindu/store"
)

// persons counts a ledger of persons while it is read. Nothing of a row is kept:
// the reading holds how many rows there are, and the explanation how many of
// each unit, category and risk, by the words of dictionaries.
func (l *ledger) persons(out *store.Reading) {
	counts := map[string]map[string]int{}
	add := func(field, value string) {
		if counts[field] == nil {
			counts[field] = map[string]int{}
		}
		if value == "" {
			value = "?"
		}
		counts[field][value]++
	}
	l.unread = nil // every column is personal here: there is nothing to find
	l.eachRow(func(row int) {
		for field, dictionary := range map[string]string{"category": "person_category", "status": "person_category", "risk": "risk"} {
			if _, ok := l.columns[field]; ok {
				e, _ := meaning(dictionary, l.text(row, field))
				add(field, e.value)
			}
		}
		if _, ok := l.columns["unit"]; ok {
			code, _ := l.units.find(l.text(row, "unit"))
			add("unit", code)
		}
	})
	for _, field := range slices.Sorted(maps.Keys(counts)) {
		for _, value := range slices.Sorted(maps.Keys(counts[field])) {
			l.say("explain_count", field, value, itoa(counts[field][value]))
		}
	}
	l.finish(out, l.rows)
}
