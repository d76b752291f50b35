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
// no field.
func (l *ledger) tasks(out *store.Reading) {
	var tasks []store.Task
	l.eachRow(func(row int) {
		if t, ok := l.task(row); ok {
			tasks = append(tasks, t)
		}
	})
	if l.finish(out, len(tasks)) {
		out.Tasks = append(out.Tasks, tasks...)
		nameTasks(out.Tasks)
	}
}

func (l *ledger) task(row int) (store.Task, bool) {
	title := l.text(row, "title")
	if fold(title) == "" {
		l.bad++
		l.find("required_missing", row, "title", l.head("title"))
		return store.Task{}, false
	}
	if shape := shapeOf(title); shape != "" {
		l.bad++
		l.find("personal_data", row, "title", shape)
		return store.Task{}, false
	}
	unit, others, ref, ok := l.responsible(row)
	if !ok {
		return store.Task{}, false
	}
	t := store.Task{
		Title:         clean(title),
		Unit:          unit,
		CoUnits:       l.coUnits(row, unit, others),
		SourceDoc:     l.sourceDoc(row),
		Level:         l.listed(row, "level", meaning, "task_level").value,
		Strengthening: l.strengthening(row),
		Percent:       l.percent(row),
		Cell:          l.born(row, "title", ref),
	}
	t.Due, t.Recurs = l.due(row)
	t.DoneOn = l.day(row, "done_on")
	t.Status = l.taskStatus(row, t)
	return t, true
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
func (l *ledger) due(row int) (store.Date, string) {
	c := l.cell(row, "due")
	if day, ok := l.dueThisMonth(c); ok {
		return day, ""
	}
	due, recurs, _, rule := parseDue(c, l.when.year, l.book.Date1904)
	if rule == "date_unread" && shapeOfCell(c) != "" {
		l.fault("personal_data", row, "due", shapeOfCell(c))
		return store.Date{}, ""
	}
	if rule != "" {
		l.fault(rule, row, "due")
	}
	return due, recurs
}

var inMonth = newPattern(`^(?:本月|当月|月)?(?:(底|末)|([0-9]{1,2})[日号])$`)

// dueThisMonth reads 月底 and 25日前 where the title names the month.
func (l *ledger) dueThisMonth(c sheet.Cell) (store.Date, bool) {
	if c.Kind != sheet.Text || l.when.month == 0 {
		return store.Date{}, false
	}
	m := inMonth.FindStringSubmatch(numerals(trimDeadline(deadlineText(c.Text))))
	if m == nil {
		return store.Date{}, false
	}
	last := store.MonthOf(l.when.year, l.when.month).End()
	if m[1] != "" {
		return last, true
	}
	day := last
	day.Day = yearOr(m[2], 0)
	return day, day.Valid()
}

// taskStatus reads the status; a day on which the task was done outranks it.
func (l *ledger) taskStatus(row int, t store.Task) store.TaskStatus {
	text := l.text(row, "status")
	if m := percentage.FindAllString(fold(text), 2); len(m) == 1 {
		if m[0] == "100%" {
			return store.TaskDone
		}
		return store.TaskOpen
	}
	e := l.listed(row, "status", statusWord, "task_status")
	switch {
	case !t.DoneOn.IsZero():
		return store.TaskDone
	case e.value != "":
		return store.TaskStatus(e.value)
	default:
		return store.TaskOpen
	}
}

var statusNote = newPattern(`\([^()]*\)$`)

// statusWord looks a status up without what stands in brackets behind it.
func statusWord(dictionary, text string) (entry, bool) {
	return meaning(dictionary, statusNote.ReplaceAllString(fold(text), ""))
}

var percentage = newPattern(`[0-9]{1,3}(?:\.[0-9]+)?%`)

// percent takes the one percentage that the progress names, and nothing else of
// that free text: 完成60% is 60. It is -1 where there is none or more than one.
func (l *ledger) percent(row int) int {
	c := l.cell(row, "progress")
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
func (l *ledger) strengthening(row int) int {
	text := fold(l.text(row, "strengthening"))
	if text == "" || naPattern.MatchString(text) {
		return 0
	}
	if m := oneToNine.FindStringSubmatch(numerals(text)); m != nil {
		return int(m[1][0] - '0')
	}
	n, _ := strconv.Atoi(l.listed(row, "strengthening", meaningIn, "strengthening").value)
	return n
}

// coUnits reads the units that help; 各单位 among them is the district.
func (l *ledger) coUnits(row int, lead string, others []string) []string {
	text := l.text(row, "co_units")
	if s := narrow(text); s != "" && s != "无" && !naPattern.MatchString(s) {
		codes, rule := l.several(text)
		if rule != "" {
			l.fault(rule, row, "co_units")
		}
		others = append(others, codes...)
	}
	var out []string
	for _, code := range others {
		if code != lead && !slices.Contains(out, code) {
			out = append(out, code)
		}
	}
	return out
}

var orders = newPattern(`批示|指示|交办|签批|讲话`)

// sourceDoc reads where a task comes from. An official's name may stand before
// 批示 and its like, so that of those only the post stays.
func (l *ledger) sourceDoc(row int) string {
	text := l.screened(row, "source_doc")
	if order := orders.FindString(text); order != "" {
		return "领导" + order
	}
	return text
}
