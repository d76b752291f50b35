package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestMatrixNamesTestsThatExist holds the matrix of trust to the tests: every row
// is there once and names at least one, and each that it names exists.
func TestMatrixNamesTestsThatExist(t *testing.T) {
	root := filepath.Join("..", "..")
	tests := map[string]bool{}
	declared := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`)
	must(t, filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, m := range declared.FindAllSubmatch(text, -1) {
			tests[string(m[1])] = true
		}
		return err
	}))
	text, err := os.ReadFile(filepath.Join(root, "docs", "matrix.md"))
	must(t, err)
	row := regexp.MustCompile(`^\| ([A-Z]\d\d)\*? \|`)
	named := regexp.MustCompile("`((?:Test|Fuzz)\\w+|\\.ci/\\w+)`")
	rows := map[string]int{}
	for line := range strings.Lines(string(text)) {
		m := row.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		rows[m[1]]++
		held := 0
		for _, n := range named.FindAllStringSubmatch(line, -1) {
			_, script := os.Stat(filepath.Join(root, n[1]))
			if !tests[n[1]] && script != nil {
				t.Errorf("%s names %s, which does not exist", m[1], n[1])
			}
			if tests[n[1]] {
				held++
			}
		}
		if held == 0 {
			t.Errorf("no test holds %s", m[1])
		}
	}
	for kind, n := range map[string]int{"W": 20, "S": 15, "D": 12, "Q": 9} {
		for i := range n {
			if id := fmt.Sprintf("%s%02d", kind, i+1); rows[id] != 1 {
				t.Errorf("row %s is there %d times", id, rows[id])
			}
		}
	}
	if len(rows) != 20+15+12+9 {
		t.Errorf("%d rows", len(rows))
	}
}
