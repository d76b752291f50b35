package form

import (
	"bytes"
	_ "embed" // the words of the ledgers are part of the program
	"encoding/csv"
	"strings"
	"sync"
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

//go:embed words.csv
var wordsCSV []byte

// entry is what a word of a dictionary stands for.
type entry struct {
	value string
	class string // of case types: criminal or admin; empty: either
}

// dictionaries are the closed lists of words that ledgers may bring into the
// mirror, by the name of the list and the folded word.
var dictionaries = sync.OnceValue(func() map[string]map[string]entry {
	all := map[string]map[string]entry{}
	for _, row := range table(wordsCSV) {
		list := all[row["dictionary"]]
		if list == nil {
			list = map[string]entry{}
			all[row["dictionary"]] = list
		}
		list[fold(row["word"])] = entry{row["value"], row["class"]}
	}
	return all
})

// meaning looks a whole cell up in a dictionary.
func meaning(dictionary, text string) (entry, bool) {
	e, ok := dictionaries()[dictionary][fold(text)]
	return e, ok
}

// meaningIn looks for the words of a dictionary inside a text, longest first, none
// of them a part of another. Only where all that stand there mean the same is
// there an answer.
func meaningIn(dictionary, text string) (entry, bool) {
	text = fold(text)
	if e, ok := dictionaries()[dictionary][text]; ok {
		return e, true
	}
	var found entry
	for {
		longest := ""
		var e entry
		for w, one := range dictionaries()[dictionary] {
			if strings.Contains(text, w) && (len(w) > len(longest) || len(w) == len(longest) && w < longest) {
				longest, e = w, one
			}
		}
		switch {
		case longest == "":
			return found, found.value != ""
		case found.value != "" && found.value != e.value:
			return entry{}, false
		}
		found = e
		text = strings.ReplaceAll(text, longest, "|")
	}
}
