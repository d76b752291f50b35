package main

import (
	"os/exec"
	"strings"
	"testing"
)

// TestDirection keeps the house in order: the vocabulary imports the standard
// library only, and screen, pull and mirror never import each other. What they
// reach through others counts as well.
func TestDirection(t *testing.T) {
	cmd := exec.CommandContext(t.Context(), "go", "list", "-f", `{{.ImportPath}} {{join .Deps " "}}`, "jindu/...")
	out, err := cmd.Output()
	must(t, err)
	seen := map[string]bool{}
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		seen[fields[0]] = true
		for _, dep := range fields[1:] {
			if why := forbidden(fields[0], dep); why != "" {
				t.Errorf("%s reaches %s: %s", fields[0], dep, why)
			}
		}
	}
	for _, must := range []string{"jindu/store", "jindu/store/sqlite", "jindu/sync", "jindu/cmd/jindu"} {
		if !seen[must] {
			t.Errorf("%s was not looked at", must)
		}
	}
}

// forbidden says why one package may not rest on another, or nothing.
func forbidden(from, to string) string {
	within := func(path, root string) bool { return path == root || strings.HasPrefix(path, root+"/") }
	external := strings.Contains(strings.Split(to, "/")[0], ".")
	switch {
	case within(from, "jindu/cmd"):
		return "" // joins everything
	case within(to, "jindu/cmd"):
		return "nothing rests on the program"
	case from == "jindu/store" && (external || within(to, "jindu")):
		return "the vocabulary imports the standard library only"
	case within(from, "jindu/store/sqlite") && (within(to, "jindu/sync") || within(to, "jindu/tui")):
		return "the mirror knows only the vocabulary"
	case within(from, "jindu/sync") && (within(to, "jindu/store/sqlite") || within(to, "jindu/tui")):
		return "the pull writes through an interface"
	case within(from, "jindu/tui") && (within(to, "jindu/sync") || within(to, "jindu/store/sqlite")):
		return "the screen reads through an interface"
	case to == "database/sql" && !within(from, "jindu/store/sqlite"):
		return "SQL lives in store/sqlite"
	default:
		return ""
	}
}

func TestForbidden(t *testing.T) {
	for _, c := range []struct {
		from, to string
		wrong    bool
	}{
		{"jindu/store", "strings", false},
		{"jindu/store", "github.com/some/thing", true},
		{"jindu/store", "jindu/store/find", true},
		{"jindu/store/find", "github.com/sahilm/fuzzy", false},
		{"jindu/store/sqlite", "jindu/store", false},
		{"jindu/store/sqlite", "jindu/sync", true},
		{"jindu/sync/form", "jindu/store/sqlite", true},
		{"jindu/sync", "jindu/sync/form", false},
		{"jindu/tui/page", "jindu/sync", true},
		{"jindu/tui", "database/sql", true},
		{"jindu/cmd/jindu", "jindu/tui", false},
		{"jindu/sync", "jindu/cmd/jindu", true},
	} {
		if got := forbidden(c.from, c.to) != ""; got != c.wrong {
			t.Errorf("%s on %s: %v, want %v", c.from, c.to, got, c.wrong)
		}
	}
}
