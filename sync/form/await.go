package form

import (
	"slices"

	"jindu/store"
	"jindu/sync/sheet"
)

// waiting is what a row of a task ledger says of the tasks that must be done
// before it: by their number on paper or by their title.
type waiting struct {
	at  row
	seq string
	on  sheet.Cell
}

var (
	ordinalOf = newPattern(`^(?:序号|第)?([0-9]{1,4})(?:项|号|条|[.、)])?$`)
	listed    = newPattern(`[、,;和及\n]+`)
)

// ordinal writes a row's number for comparison: 第三项 is 3. It is empty for what is none.
func ordinal(text string) string {
	m := ordinalOf.FindStringSubmatch(numerals(fold(text)))
	if m == nil {
		return ""
	}
	return m[1]
}

// await finds the tasks that others wait for. Only their IDs are kept: of a cell
// that names no one task of the sheet, or the task itself, there is a finding.
func (l *ledger) await(tasks []store.Task, rows []waiting) {
	byName := map[string][]int{}
	for i, t := range tasks {
		byName[fold(t.Title)] = append(byName[fold(t.Title)], i)
		if n := ordinal(rows[i].seq); n != "" {
			byName[n] = append(byName[n], i)
		}
	}
	at := l.at
	for i := range tasks {
		text := fold(textOf(rows[i].on))
		if blank(rows[i].on) || text == "无" {
			continue
		}
		l.at = rows[i].at
		names := listed.compiled().Split(text, -1)
		if len(byName[text]) > 0 { // a title may hold a comma
			names = []string{text}
		}
		for _, name := range names {
			found := byName[name]
			if n := ordinal(name); n != "" && len(found) == 0 {
				found = byName[n]
			}
			if len(found) != 1 || found[0] == i {
				l.unawaited(rows[i].on)
				tasks[i].WaitsFor = nil
				break
			}
			if id := tasks[found[0]].ID; !slices.Contains(tasks[i].WaitsFor, id) {
				tasks[i].WaitsFor = append(tasks[i].WaitsFor, id)
			}
		}
	}
	l.at = at
}

// unawaited tells of a cell of which nobody knows what the task waits for.
func (l *ledger) unawaited(c sheet.Cell) {
	if shape := shapeOfCell(c); shape != "" {
		l.fault("personal_data", "waits_for", shape)
		return
	}
	l.fault("waits_unknown", "waits_for")
}
