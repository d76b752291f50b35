package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"jindu/store"
)

// unitColumns are the heads of a units file, in their order.
const unitColumns = "code,name,kind,parent,aliases"

// unitsFile reads the units of a table with the heads code, name, kind,
// parent and aliases, the aliases separated by semicolons. Spreadsheet programs
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
	rd := csv.NewReader(bytes.NewReader(data))
	rd.TrimLeadingSpace = true
	head, err := rd.Read()
	if err == nil && strings.Join(head, ",") != unitColumns {
		err = &csv.ParseError{Line: 1, Err: errors.New("want the heads " + unitColumns)}
	}
	var units []unitEntry
	for err == nil {
		var rec []string
		if rec, err = rd.Read(); err == nil {
			units = append(units, unitOf(rec))
		}
	}
	if !errors.Is(err, io.EOF) {
		j.err = badTable(name, err)
	}
	return units
}

// unitOf reads a row: five cells, as the reader has made sure.
func unitOf(rec []string) unitEntry {
	for i := range rec {
		rec[i] = strings.TrimSpace(rec[i])
	}
	u := unitEntry{Code: rec[0], Name: rec[1], Kind: rec[2], Parent: rec[3]}
	for alias := range strings.SplitSeq(strings.ReplaceAll(rec[4], "；", ";"), ";") {
		if alias = strings.TrimSpace(alias); alias != "" {
			u.Aliases = append(u.Aliases, alias)
		}
	}
	return u
}

// badTable says in which line of a table something is wrong.
func badTable(name string, err error) error {
	line, why := 1, err
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		line, why = parse.Line, parse.Err
	}
	return store.NewError("config_syntax", nil, name, strconv.Itoa(line), why.Error())
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
