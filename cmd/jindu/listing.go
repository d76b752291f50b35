package main

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"jindu/store"
)

// column is one column of a list: its key for scripts, its head for people. One
// without a head is for scripts only.
type column struct {
	key    string
	zh, en string
	number bool
}

// listing is one list, written once and shown as a table, JSON or CSV. Cells
// are strings, codes, numbers, booleans, times, lists of strings, or nil for what is missing.
type listing struct {
	columns []column
	rows    [][]any
	zone    *time.Location
}

// coded is a code with what people read in its stead: scripts get the code.
type coded struct{ code, said string }

// MarshalJSON writes the code.
func (c coded) MarshalJSON() ([]byte, error) { return json.Marshal(c.code) }

// measured is a value of an indicator: scripts get every digit, people those of the
// board.
type measured struct {
	ind   store.Indicator
	value float64
}

// MarshalJSON writes the value.
func (m measured) MarshalJSON() ([]byte, error) { return json.Marshal(m.value) }

// codedOr is a coded cell; nothing for no code.
func codedOr(code, said string) any {
	if code == "" {
		return nil
	}
	return coded{code, said}
}

// add adds a row, a cell to each column.
func (l *listing) add(cells ...any) { l.rows = append(l.rows, cells) }

// hide leaves a column to scripts.
func (l *listing) hide(key string) {
	for i := range l.columns {
		if l.columns[i].key == key {
			l.columns[i].zh = ""
		}
	}
}

// show writes the list in the form that the flags ask for.
func (a *app) show(l *listing, asJSON, asCSV bool) {
	switch {
	case asJSON:
		a.writeJSON(l.json())
	case asCSV:
		a.csv(l.csv())
	default:
		a.table(l.table(a.lang))
	}
}

// json returns one array, a line to a row, with the keys in the order of the columns.
func (l *listing) json() []byte {
	var b bytes.Buffer
	b.WriteString("[")
	for n, row := range l.rows {
		if n > 0 {
			b.WriteString(",")
		}
		b.WriteString("\n {")
		for i, cell := range row {
			if i > 0 {
				b.WriteString(",")
			}
			b.WriteString(strconv.Quote(l.columns[i].key) + ":")
			b.Write(l.jsonCell(cell))
		}
		b.WriteString("}")
	}
	if len(l.rows) > 0 {
		b.WriteString("\n")
	}
	b.WriteString("]\n")
	return b.Bytes()
}

// jsonCell writes one cell: times in the zone, no time as null, no list as empty.
func (l *listing) jsonCell(cell any) []byte {
	switch v := cell.(type) {
	case time.Time:
		if v.IsZero() {
			return []byte("null")
		}
		cell = v.In(l.zone)
	case []string:
		if v == nil {
			return []byte("[]")
		}
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(cell); err != nil { // a value that is no number
		return []byte("null")
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// csv returns the rows with a head, times in RFC 3339, missing cells empty.
func (l *listing) csv() [][]string {
	out := make([][]string, 0, len(l.rows)+1)
	head := make([]string, len(l.columns))
	for i, c := range l.columns {
		head[i] = c.key
	}
	out = append(out, head)
	for _, row := range l.rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			if t, ok := cell.(time.Time); ok && !t.IsZero() {
				cells[i] = t.In(l.zone).Format(time.RFC3339)
				continue
			}
			if v, ok := cell.(recordValues); ok {
				cells[i] = string(l.jsonCell(v))
				continue
			}
			cells[i] = l.text(cell)
		}
		out = append(out, cells)
	}
	return out
}

// table returns the columns that are for people.
func (l *listing) table(lang store.Lang) *table {
	t := &table{}
	var shown []int
	for i, c := range l.columns {
		if c.zh == "" {
			continue
		}
		shown = append(shown, i)
		t.heads = append(t.heads, lang.Pick(c.zh, c.en))
		t.right = append(t.right, c.number)
	}
	for _, row := range l.rows {
		cells := make([]string, len(shown))
		for n, i := range shown {
			if cells[n] = l.text(row[i]); worded(l.columns[i].key) {
				cells[n] = spoken(cells[n], lang)
			}
			switch v := row[i].(type) {
			case coded:
				cells[n] = v.said
			case measured:
				cells[n] = told(v.ind, v.value)
			}
			if yes, ok := row[i].(bool); ok {
				cells[n] = map[bool]string{true: lang.Pick("是", "yes")}[yes]
			}
		}
		t.add(cells...)
	}
	return t
}

// text writes one cell for people; what is missing is left blank and never 0.
func (l *listing) text(cell any) string {
	switch v := cell.(type) {
	case string:
		return v
	case coded:
		return v.code
	case measured:
		return number(v.value)
	case *string:
		if v != nil {
			return *v
		}
	case int:
		return strconv.Itoa(v)
	case *int:
		if v != nil {
			return strconv.Itoa(*v)
		}
	case float64:
		return number(v)
	case *float64:
		if v != nil {
			return number(*v)
		}
	case *pendingOut:
		return v.text()
	case bool:
		return strconv.FormatBool(v)
	case time.Time:
		return when(v, l.zone)
	case []string:
		return strings.Join(v, ";")
	case recordValues:
		return v.String()
	}
	return ""
}
