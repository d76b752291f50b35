package form

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"slices"
	"strings"
	"unicode/utf8"

	"jindu/store"
)

// table reads an embedded CSV by the names in its head. The tables are part of
// the program and read by a test: a bad one stops it.
func table(text []byte) []map[string]string {
	records, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil || len(records) == 0 {
		panic("embedded table: cannot be read")
	}
	rows := make([]map[string]string, 0, len(records)-1)
	for _, record := range records[1:] {
		row := make(map[string]string, len(record))
		for i, name := range records[0] {
			row[name] = record[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// entry is what a word of a dictionary stands for.
type entry struct {
	value string
	class string // criminal or admin, active or ended, ...; empty: either
}

// dictionary is a closed list of words that ledgers may bring into the mirror,
// by the folded word.
type dictionary struct {
	entries map[string]entry
	words   []string // longest first, none of a single character
}

// newDictionaries indexes the words of the catalogue by the dictionary's name.
// Where a word stands twice the first counts.
func newDictionaries(words []store.Word) map[string]*dictionary {
	all := map[string]*dictionary{}
	for _, w := range words {
		d := all[w.Dictionary]
		if d == nil {
			d = &dictionary{entries: map[string]entry{}}
			all[w.Dictionary] = d
		}
		key := fold(w.Word)
		if _, ok := d.entries[key]; ok || key == "" {
			continue
		}
		d.entries[key] = entry{w.Value, w.Class}
		if utf8.RuneCountInString(key) > 1 {
			d.words = append(d.words, key)
		}
	}
	for _, d := range all {
		slices.SortFunc(d.words, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	}
	return all
}

// whole looks a whole text up.
func (d *dictionary) whole(text string) (entry, bool) {
	if d == nil {
		return entry{}, false
	}
	e, ok := d.entries[fold(text)]
	return e, ok
}

// denials are what turns a word into its opposite: 无需整改 is no 整改.
const denials = "未不没无免勿"

// within looks for the words of the dictionary inside a text, longest first, none
// of them a part of another. Only where all that stand there mean the same, and
// nothing beside them denies it, is there an answer.
func (d *dictionary) within(text string) (entry, bool) {
	if d == nil {
		return entry{}, false
	}
	text = fold(text)
	if e, ok := d.entries[text]; ok {
		return e, true
	}
	var found entry
	for _, w := range d.words {
		if !strings.Contains(text, w) {
			continue
		}
		e := d.entries[w]
		if found.value != "" && found.value != e.value {
			return entry{}, false
		}
		found = e
		text = strings.ReplaceAll(text, w, "|")
	}
	return found, found.value != "" && !strings.ContainsAny(text, denials)
}

// list looks up several words written behind each other, such as 讲座、展览. Each
// of them must be known.
func (d *dictionary) list(text string) (entry, bool) {
	var values []string
	for _, part := range wordBreaks.Split(text, -1) {
		e, ok := d.within(part)
		if !ok {
			return entry{}, false
		}
		if !slices.Contains(values, e.value) {
			values = append(values, e.value)
		}
	}
	return entry{value: strings.Join(values, "、")}, true
}

var wordBreaks = newPattern(`[、,，;；/／+＋和及]+`)
