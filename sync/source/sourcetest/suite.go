// Package sourcetest is the contract of a source: every implementation runs
// this one suite, so that a pull may trust any of them alike.
package sourcetest

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"jindu/store"
	"jindu/sync/source"
)

// Maker returns a source that holds exactly the given files, by their
// slash-separated paths, and a function that replaces one file's content or,
// with nil, removes it.
type Maker func(t *testing.T, files map[string][]byte) (src source.Source, put func(path string, data []byte))

// Run puts the source through everything that a pull relies on.
func Run(t *testing.T, open Maker) {
	t.Helper()
	for name, test := range map[string]func(*testing.T, Maker){
		"lists files in path order":   listsInOrder,
		"an empty source is no error": listsNothing,
		"ignores leftovers":           ignores,
		"fetches the very bytes":      fetches,
		"sees new content":            seesChange,
		"a vanished file is its own":  vanished,
		"goes by the source's names":  oddNames,
		"ends with the context":       cancelled,
	} {
		t.Run(name, func(t *testing.T) { test(t, open) })
	}
}

func listsInOrder(t *testing.T, open Maker) {
	t.Helper()
	src, _ := open(t, map[string][]byte{"b.xlsx": {1}, "a/z.csv": {1, 2}, "a.xlsx": {}, "a/b/c.xls": {3}})
	entries := list(t, src)
	want := []string{"a.xlsx", "a/b/c.xls", "a/z.csv", "b.xlsx"}
	if got := paths(entries); !slices.Equal(got, want) {
		t.Fatalf("paths = %q, want %q", got, want)
	}
	for i, size := range []int64{0, 1, 2, 1} {
		e := entries[i]
		if e.Size != size || e.Err != nil || e.Folder || e.Modified.IsZero() {
			t.Errorf("%s: %+v, want a readable file of %d bytes with a time", e.Path, e, size)
		}
	}
}

func listsNothing(t *testing.T, open Maker) {
	t.Helper()
	src, _ := open(t, nil)
	if got := list(t, src); len(got) != 0 {
		t.Fatalf("entries = %v, want none", got)
	}
}

func ignores(t *testing.T, open Maker) {
	t.Helper()
	src, _ := open(t, map[string][]byte{
		"~$报表.xlsx": {1}, ".~lock.报表.xlsx#": {1}, "x.tmp": {1}, "x.xlsx.part": {1}, "x.partial": {1},
		"x.xlsx.crdownload": {1}, "Thumbs.db": {1}, ".hidden": {1}, ".cache/x.xlsx": {1},
		"x(1).xlsx": {1}, "x - 副本.xlsx": {1}, "说明.docx": {1},
	})
	want := []string{"x - 副本.xlsx", "x(1).xlsx", "说明.docx"}
	if got := paths(list(t, src)); !slices.Equal(got, want) {
		t.Fatalf("paths = %q, want %q", got, want)
	}
}

func fetches(t *testing.T, open Maker) {
	t.Helper()
	big := bytes.Repeat([]byte{0, 1, 2, 0xff, '\r', '\n'}, 200_000)
	src, _ := open(t, map[string][]byte{"大.xlsx": big, "empty.csv": {}})
	for i, want := range [][]byte{{}, big} {
		got, err := src.Fetch(t.Context(), list(t, src)[i])
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("fetched %d bytes, %v; want the %d that were put", len(got), err, len(want))
		}
	}
}

func seesChange(t *testing.T, open Maker) {
	t.Helper()
	src, put := open(t, map[string][]byte{"a.csv": []byte("old")})
	put("a.csv", []byte("newer"))
	got, err := src.Fetch(t.Context(), list(t, src)[0])
	if err != nil || string(got) != "newer" {
		t.Fatalf("fetched %q, %v; want what stands there now", got, err)
	}
}

func vanished(t *testing.T, open Maker) {
	t.Helper()
	src, put := open(t, map[string][]byte{"a.csv": []byte("a"), "b.csv": []byte("b")})
	entries := list(t, src)
	put("a.csv", nil)
	if _, err := src.Fetch(t.Context(), entries[0]); store.ErrorCode(err) != "uploading" {
		t.Errorf("fetching what is gone: %v, want the code uploading", err)
	}
	if got, err := src.Fetch(t.Context(), entries[1]); err != nil || string(got) != "b" {
		t.Errorf("its neighbour: %q, %v", got, err)
	}
}

func oddNames(t *testing.T, open Maker) {
	t.Helper()
	long := strings.Repeat("长", 80) + ".xlsx" // 245 bytes
	names := []string{"%2e%2e.xlsx", "a b+c&d.xlsx", "１２．xlsx", "报表（6月）#1.xlsx", long}
	files := map[string][]byte{}
	for _, n := range names {
		files[n] = []byte(n)
	}
	src, _ := open(t, files)
	entries := list(t, src)
	if len(entries) != len(names) {
		t.Fatalf("listed %q, want %q", paths(entries), names)
	}
	for _, e := range entries {
		if got, err := src.Fetch(t.Context(), e); err != nil || string(got) != e.Path {
			t.Errorf("%q: %q, %v", e.Path, got, err)
		}
	}
}

func cancelled(t *testing.T, open Maker) {
	t.Helper()
	src, _ := open(t, map[string][]byte{"a.csv": []byte("a")})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := src.List(ctx); err == nil {
		t.Error("a cancelled listing must be an error, or files would read as vanished")
	}
}

func list(t *testing.T, src source.Source) []source.Entry {
	t.Helper()
	entries, err := src.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return entries
}

func paths(entries []source.Entry) []string {
	out := make([]string, len(entries))
	for i, e := range entries {
		out[i] = e.Path
	}
	return out
}
