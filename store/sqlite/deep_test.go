package sqlite_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"jindu/store/sqlite"
)

// TestDeepOffice leaves an office with a deep mirror in the folder that JINDU_DEEP
// names, for what opens a board on it: .ci/frame. JINDU_DEPTH is how many versions each
// figure has; with 20 they are five million.
func TestDeepOffice(t *testing.T) {
	dir := os.Getenv("JINDU_DEEP")
	if dir == "" {
		t.Skip("JINDU_DEEP names no folder")
	}
	depth := 20
	if n, err := strconv.Atoi(os.Getenv("JINDU_DEPTH")); err == nil {
		depth = n
	}
	const months = 120
	cfg := sampleConfig(t)
	path := filepath.Join(dir, "jindu.db")
	db, err := sqlite.Open(t.Context(), path, cfg)
	must(t, err)
	for month := sampleMonths - months; month < sampleMonths; month++ {
		for unit := range sampleUnits {
			r := sampleBook(cfg, unit, month, 0)
			r.Workbook.Received = start.Add(time.Duration((month+months)*sampleUnits+unit) * time.Second)
			apply(t, db, 1, r)
		}
	}
	must(t, db.Close())
	t.Logf("%d versions in %s", correctBefore(t, path, depth-1), path)
	var b strings.Builder
	b.WriteString("mirror = \"jindu.db\"\n[district]\nname = \"云岭区\"\npopulation = 812000\n[backup]\ndaily = 0\nweekly = 0\n")
	for _, u := range cfg.Units.All() {
		fmt.Fprintf(&b, "[[unit]]\ncode = %q\nname = %q\nkind = %q\n", u.Code, u.Name, u.Kind)
	}
	must(t, os.MkdirAll(filepath.Join(dir, "reports"), 0o700))
	// of another source, so that no pull finds the files of the mirror gone
	b.WriteString("[[source]]\nname = \"elsewhere\"\nremote = \"reports\"\nschedule = \"0 3 1 1 *\"\n")
	must(t, os.WriteFile(filepath.Join(dir, "jindu.toml"), []byte(b.String()), 0o600))
}
