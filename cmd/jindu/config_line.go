package main

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2/unstable"
)

// keyLines says in which line a key of the configuration stands. Keys are written
// as messages write them: unit[2].kind is the kind of the second [[unit]].
type keyLines map[string]int

// of returns the line of a key; of the list that it is one of, or of the block
// that it is missing from, where it has no line of its own; else 0.
func (l keyLines) of(key string) int {
	for key != "" {
		if n, ok := l[key]; ok {
			return n
		}
		if i := strings.LastIndexByte(key, '['); i >= 0 && strings.HasSuffix(key, "]") {
			if n, ok := l[key[:i]]; ok {
				return n
			}
		}
		key = parent(key)
	}
	return 0
}

// linesOf finds the lines of all keys. The document has been decoded before: what
// cannot be parsed here has been told there.
func linesOf(data []byte) keyLines {
	lines := keyLines{}
	count := map[string]int{} // blocks of [[name]] so far
	table := ""
	p := unstable.Parser{}
	p.Reset(data)
	for p.NextExpression() {
		e := p.Expression()
		head := e.Kind != unstable.KeyValue // of a table, which begins its path anew
		path, line := table, 0
		if head {
			path = ""
		}
		parts := e.Key()
		for parts.Next() {
			if line == 0 {
				line = p.Shape(parts.Node().Raw).Start.Line
			}
			path = join(".", path, string(parts.Node().Data))
			if n := count[path]; head && n > 0 && !parts.IsLast() {
				path += "[" + strconv.Itoa(n) + "]"
			}
		}
		if e.Kind == unstable.ArrayTable {
			count[path]++
			path += "[" + strconv.Itoa(count[path]) + "]"
		}
		if head {
			table = path
		}
		lines[path] = line
	}
	return lines
}

// nearest returns the word that another one was probably meant to be: two letters
// or a third of them differ, but not all. It returns nothing where none is that close.
func nearest(word string, words []string) string {
	n := utf8.RuneCountInString(word)
	best, bestAt := "", min(max(2, (n+2)/3)+1, n)
	for _, one := range words {
		if at := distance(strings.ToLower(word), one); at < bestAt {
			best, bestAt = one, at
		}
	}
	return best
}
