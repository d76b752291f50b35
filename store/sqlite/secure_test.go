package sqlite_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"jindu/store"
	"jindu/store/sqlite"
)

// Reliability P09: what a later version of a file took out of the mirror cannot be
// read from the pages that became free. The names of sheets stand for anything
// that is deleted: they are told from all else by a word of their own.
func TestWhatWasDeletedIsNotInTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "mirror.db")
	db, err := sqlite.Open(t.Context(), path, config(t))
	must(t, err)
	const gone, kept = "taken-out-again", "still-there"
	heads := func(word string) *store.Reading {
		r := book("a.xlsx", at(1), says("cxs", "reg_total", june, 5))
		for i := range 500 {
			r.Heads = append(r.Heads, store.Head{Sheet: word + strconv.Itoa(i), Form: "report", Unit: "cxs", Ref: "A1", Path: []string{"x"}})
		}
		r.Workbook.SHA256 = strings.Repeat(word[:1], 64)
		return r
	}
	apply(t, db, 1, heads(gone))
	holds := func(word string) bool {
		for _, file := range []string{path, path + "-wal"} {
			data, err := os.ReadFile(file)
			if err == nil && bytes.Contains(data, []byte(word)) {
				return true
			}
		}
		return false
	}
	if !holds(gone) {
		t.Fatal("the search does not see what is there")
	}
	apply(t, db, 2, heads(kept))
	must(t, db.Close())
	if holds(gone) {
		t.Error("what was deleted can still be read")
	}
	if !holds(kept) {
		t.Error("the search does not see what is there")
	}
}
