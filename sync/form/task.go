package form

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"

	"jindu/store"
	"jindu/sync/sheet"
)

// tasks reads a task ledger. Columns of persons are never looked at: they have
// no field that is read.
func (l *ledger) tasks(out *store.Reading) {
	var tasks []store.Task
	var rows []waiting // one for one
	l.eachRow(func() bool {
		t, ok := l.task()
		if ok {
			tasks = append(tasks, t)
			rows = append(rows, waiting{l.at, l.text("seq"), l.cell("waits_for")})
		}
		return ok
	})
	before := len(out.Tasks)
	all := append(out.Tasks, tasks...)
	nameTasks(all)
	l.await(all[before:], rows)
	if l.finish(out, len(tasks)) {
		out.Tasks = all
	}
}

func (l *ledger) task() (store.Task, bool) {
	if !l.required() {
		return store.Task{}, false
	}
	others, ref, ok := l.responsible()
	if !ok {
		return store.Task{}, false
	}
	t := store.Task{
		Title:         l.at.values["title"].Text,
		Unit:          l.at.unit,
		CoUnits:       l.coUnits(others),
		SourceDoc:     l.field("source_doc").Text,
		Level:         l.field("level").Text,
		Strengthening: l.strengthening(),
		Percent:       l.percent(),
		Cell:          l.born(ref, "title"),
	}
	set := l.setOn()
	t.SetOn = set.day
	t.Due, t.Recurs = l.due(set)
	t.DoneOn = l.field("done_on").Day
	t.Status = l.taskStatus(t)
	if struckOff.MatchString(fold(l.text("status"))) {
		t.Recurs = "" // for good: it comes back no more
	}
	l.keep("due", fieldValue{Value: store.Value{Kind: dateKind(t.Due), Day: t.Due}})
	l.keep("status", fieldValue{Value: store.Value{Kind: store.WordField, Text: string(t.Status)}})
	return t, true
}

// dateKind is no kind where there is no day, so that a blank one is not kept.
func dateKind(d store.Date) store.FieldKind {
	if d.IsZero() {
		return ""
	}
	return store.DateField
}

// nameTasks gives every task an ID that stays while unit and title stay; a task
// that stands twice is told apart by its place among its equals.
func nameTasks(tasks []store.Task) {
	seen := map[string]int{}
	for i, t := range tasks {
		key := t.Unit + "\x00" + fold(t.Title)
		seen[key]++
		if n := seen[key]; n > 1 {
			key += "\x00" + strconv.Itoa(n)
		}
		sum := sha256.Sum256([]byte(key))
		tasks[i].ID = hex.EncodeToString(sum[:5])
	}
}

// due reads the deadline. What recurs has no day of its own: the day moves with
// today, and a ledger that is read again must not look changed.
func (l *ledger) due(set setOn) (store.Date, string) {
	c := l.cell("due")
	if day, recurs, ok := l.relative(c, set); ok {
		return day, recurs
	}
	due, recurs, rule := l.dueSince(c, set.day)
	if rule == "date_unread" && shapeOfCell(c) != "" {
		l.fault("personal_data", "due", shapeOfCell(c))
		return store.Date{}, ""
	}
	if rule != "" {
		l.fault(rule, "due")
	}
	return due, recurs
}

// taskStatus reads the status; a day on which the task was done outranks it.
func (l *ledger) taskStatus(t store.Task) store.TaskStatus {
	text := l.text("status")
	if m := percentage.FindAllString(fold(text), 2); len(m) == 1 {
		if m[0] == "100%" {
			return store.TaskDone
		}
		return store.TaskOpen
	}
	status := l.field("status").Text
	switch {
	case !t.DoneOn.IsZero():
		return store.TaskDone
	case status != "":
		return store.TaskStatus(status)
	default:
		return store.TaskOpen
	}
}

var struckOff = newPattern(`^已?销号$`)

var percentage = newPattern(`[0-9]{1,3}(?:\.[0-9]+)?%`)

// percent takes the one percentage that the progress names, and nothing else of
// that free text: 完成60% is 60. It is -1 where there is none or more than one.
func (l *ledger) percent() int {
	c := l.cell("progress")
	v, rule := parseValue(c)
	if rule == "" && v.percent && v.num >= 0 && v.num <= 100 {
		return int(v.num)
	}
	if c.Kind != sheet.Text {
		return -1
	}
	found := percentage.FindAllString(fold(c.Text), 2)
	if len(found) != 1 {
		return -1
	}
	if v, rule := parseValue(sheet.Cell{Kind: sheet.Text, Text: found[0]}); rule == "" && v.num <= 100 {
		return int(v.num)
	}
	return -1
}

var oneToNine = newPattern(`^(?:第)?([1-9])(?:个加强|项加强|项|个|[.、)].*)?$`)

// strengthening reads which of the nine a task belongs to, by number or words.
func (l *ledger) strengthening() int {
	text := fold(l.text("strengthening"))
	if m := oneToNine.FindStringSubmatch(numerals(text)); m != nil {
		return int(m[1][0] - '0')
	}
	n, _ := strconv.Atoi(l.field("strengthening").Text)
	return n
}

// coUnits reads the units that help; 各单位 among them is the district.
func (l *ledger) coUnits(others []string) []string {
	text := l.text("co_units")
	if s := narrow(text); s != "" && s != "无" && !naPattern.MatchString(s) {
		codes, rule := l.unitsOf(text)
		if rule != "" {
			l.fault(rule, "co_units")
		}
		others = append(others, codes...)
	}
	var out []string
	for _, code := range others {
		if code != l.at.unit && !slices.Contains(out, code) {
			out = append(out, code)
		}
	}
	return out
}
