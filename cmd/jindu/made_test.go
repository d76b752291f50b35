package main

import (
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"testing"
)

// made is a folder of folders that are made once for all tests.
type made struct {
	dir   string
	there map[string]bool // by name
}

// shelf holds them. Who looks into it takes them out and puts them back.
var shelf = make(chan made, 1)

// tests are all of this package, and what they share.
type tests struct{ *testing.M }

// Run runs them, and removes what they shared.
func (t tests) Run() int {
	dir, err := os.MkdirTemp("", "jindu-made-")
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = os.RemoveAll(dir) }() // it lies where the system clears up as well
	shelf <- made{dir, map[string]bool{}}
	return t.M.Run()
}

// copied returns a copy of a folder that the first test to ask for it makes.
func copied(tb testing.TB, name string, make func(dir string)) string {
	tb.Helper()
	all := <-shelf
	defer func() { shelf <- all }()
	from, to := filepath.Join(all.dir, name), filepath.Join(tb.TempDir(), name)
	if !all.there[name] {
		make(from)
		all.there[name] = true
	}
	copyTree(tb, from, to)
	return to
}

// copyTree copies a folder with the times of its files, as a report's time is a hint.
func copyTree(tb testing.TB, from, to string) {
	tb.Helper()
	must(tb, filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		must(tb, err)
		rel, err := filepath.Rel(from, path)
		must(tb, err)
		info, err := d.Info()
		must(tb, err)
		if d.IsDir() {
			return os.MkdirAll(filepath.Join(to, rel), info.Mode().Perm())
		}
		data, err := os.ReadFile(path)
		must(tb, err)
		must(tb, os.WriteFile(filepath.Join(to, rel), data, info.Mode().Perm()))
		return os.Chtimes(filepath.Join(to, rel), info.ModTime(), info.ModTime())
	}))
}
