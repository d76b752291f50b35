package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"jindu/store"
)

// unitColumns are the heads of a units file, of which the first unitRequired must be
// there.
var unitColumns = []string{"code", "name", "kind", "parent", "aliases"}

const unitRequired = 3

var errUnitHeads = errors.New("the heads are code, name, kind and, where wanted, parent and aliases")

// unitsFile reads the units of a table with the heads code, name, kind, and where
// units have such, parent and aliases, the aliases separated by semicolons. Spreadsheet programs
// in Chinese write it as GB18030, others as UTF-8 with a mark.
func (j *judging) unitsFile() []unitEntry {
	name := j.path(j.doc.UnitsFile)
	data, err := os.ReadFile(name)
	if err != nil {
		j.err = store.NewError("file_missing", err, name)
		return nil
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if !utf8.Valid(data) {
		if data, err = simplifiedchinese.GB18030.NewDecoder().Bytes(data); err != nil {
			j.err = store.NewError("config_syntax", err, name, "1", "UTF-8 / GB18030")
			return nil
		}
	}
	units, err := unitsOf(data)
	if err != nil {
		j.err = badTable(name, err)
	}
	return units
}

// unitsOf reads the table. Its heads stand in any order; what a unit may lack, as a
// parent, may have no column.
func unitsOf(data []byte) ([]unitEntry, error) {
	rd := csv.NewReader(bytes.NewReader(data))
	rd.TrimLeadingSpace = true
	heads, err := rd.Read()
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	at := map[string]int{}
	for i, head := range heads {
		head = strings.ToLower(strings.TrimSpace(head))
		if _, twice := at[head]; twice || !slices.Contains(unitColumns, head) {
			return nil, errUnitHeads
		}
		at[head] = i
	}
	for _, head := range unitColumns[:unitRequired] {
		if _, ok := at[head]; !ok {
			return nil, errUnitHeads
		}
	}
	var units []unitEntry
	for {
		rec, err := rd.Read()
		if errors.Is(err, io.EOF) {
			return units, nil
		}
		if err != nil {
			return nil, err
		}
		units = append(units, unitOf(func(head string) string {
			if i, ok := at[head]; ok {
				return strings.TrimSpace(rec[i])
			}
			return ""
		}))
	}
}

// unitOf reads a row by its heads.
func unitOf(cell func(head string) string) unitEntry {
	u := unitEntry{Code: cell("code"), Name: cell("name"), Kind: cell("kind"), Parent: cell("parent")}
	for alias := range strings.SplitSeq(strings.ReplaceAll(cell("aliases"), "；", ";"), ";") {
		if alias = strings.TrimSpace(alias); alias != "" {
			u.Aliases = append(u.Aliases, alias)
		}
	}
	return u
}

// plain drops the library's name from its message and keeps it on one line.
func plain(message string) string {
	return strings.ReplaceAll(strings.TrimPrefix(message, "toml: "), "\n", " ")
}

// dotted writes a key as people write it: unit.kind.
func dotted(key toml.Key) string { return strings.Join(key, ".") }

// nearestKey returns the known key that an unknown one was probably meant to be:
// of its own table first, else of the whole document.
func nearestKey(key toml.Key) string {
	known := knownKeys(reflect.TypeFor[document](), "")
	want := dotted(key)
	best, bestAt := "", -1
	for _, k := range known {
		at := distance(want, k)
		if parent(k) != parent(want) {
			at += 2
		}
		if bestAt < 0 || at < bestAt {
			best, bestAt = k, at
		}
	}
	return best
}

// parent returns the table that a dotted key stands in.
func parent(key string) string {
	if i := strings.LastIndexByte(key, '.'); i >= 0 {
		return key[:i]
	}
	return ""
}

// knownKeys lists every key of the document with the tables that it stands in.
func knownKeys(t reflect.Type, prefix string) []string {
	var keys []string
	for f := range t.Fields() {
		name := prefix + f.Tag.Get("toml")
		keys = append(keys, name)
		inner := f.Type
		if inner.Kind() == reflect.Slice {
			inner = inner.Elem()
		}
		if inner.Kind() == reflect.Struct {
			keys = append(keys, knownKeys(inner, name+".")...)
		}
	}
	return keys
}

// distance counts the letters to insert, drop or change between two words.
func distance(one, other string) int {
	a, b := []rune(one), []rune(other)
	row := make([]int, len(b)+1)
	for i := range row {
		row[i] = i
	}
	for i := range a {
		diagonal := row[0]
		row[0] = i + 1
		for k := range b {
			cost := diagonal
			if a[i] != b[k] {
				cost++
			}
			diagonal = row[k+1]
			row[k+1] = min(cost, row[k]+1, row[k+1]+1)
		}
	}
	return row[len(b)]
}
