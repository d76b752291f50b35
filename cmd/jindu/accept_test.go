package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jindu/store"
)

// TestAcceptBesideABoard decides while another process owns the mirror: the
// decision is noted beside it, and that process takes it in.
func TestAcceptBesideABoard(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	config, report := filepath.Join(dir, configName), filepath.Join(dir, "reports", "6月.csv")
	must(t, os.Mkdir(filepath.Dir(report), 0o700))
	must(t, os.WriteFile(config, []byte("[[unit]]\ncode = \"cxs\"\nname = \"城西派出所\"\nkind = \"station\"\n[[source]]\nname = \"share\"\nremote = \"reports\"\n"), 0o600))
	july := func() time.Time { return time.Date(2026, 7, 10, 9, 0, 0, 0, time.UTC) }
	for _, found := range []string{"40", "90"} {
		saveAt(t, report, found, july())
		if r := runAt(t, july, "--config", config, "pull"); r.status != exitOK {
			t.Fatalf("pull: %s", r.err)
		}
	}
	cfg, err := loadConfig(config, july())
	must(t, err)
	db, err := openMirror(t.Context(), cfg, false)
	must(t, err)
	defer func() { must(t, db.Close()) }()
	done := make(chan ran)
	go func() {
		done <- runAt(t, july, "--config", config, "accept", "cxs", "users_found", "2026-06", "--why", "核实", "--by", "值班员", "--json")
	}()
	for taken := 0; taken == 0; time.Sleep(time.Millisecond) {
		taken, err = db.Replay(t.Context(), july())
		must(t, err)
	}
	r := <-done
	var out accepted
	must(t, json.Unmarshal([]byte(r.out), &out))
	if r.status != exitOK || !out.Applied || out.Value == nil || *out.Value != 90 || out.By != "值班员" {
		t.Errorf("status %d: %s%s", r.status, r.out, r.err)
	}
	if r := runAt(t, july, "--config", config, "list", "figures", "--csv"); !strings.Contains(r.out, "users_found,查处吸毒人员,2026-06,90,") {
		t.Errorf("figures: %s", r.out)
	}
}

// TestADecisionThatFailsIsOnRecord decides where the decision cannot be kept: the
// record, which says that somebody decided, says also that nothing came of it.
func TestADecisionThatFailsIsOnRecord(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	config, report := filepath.Join(dir, configName), filepath.Join(dir, "reports", "6月.csv")
	must(t, os.Mkdir(filepath.Dir(report), 0o700))
	must(t, os.WriteFile(config, []byte("[[unit]]\ncode = \"cxs\"\nname = \"城西派出所\"\nkind = \"station\"\n[[source]]\nname = \"share\"\nremote = \"reports\"\n"), 0o600))
	july := func() time.Time { return time.Date(2026, 7, 10, 9, 0, 0, 0, time.UTC) }
	for _, found := range []string{"40", "90"} {
		saveAt(t, report, found, july())
		if r := runAt(t, july, "--config", config, "pull"); r.status != exitOK {
			t.Fatalf("pull: %s", r.err)
		}
	}
	cfg, err := loadConfig(config, july())
	must(t, err)
	db, err := openMirror(t.Context(), cfg, false)
	must(t, err)
	defer func() { must(t, db.Close()) }()
	must(t, os.Mkdir(acksOf(cfg.Mirror), 0o700)) // where the file of decisions should be
	r := runAt(t, july, "--config", config, "accept", "cxs", "users_found", "2026-06", "--why", "核实", "--by", "值班员")
	if r.status != exitFailed {
		t.Errorf("status %d: %s%s", r.status, r.out, r.err)
	}
	b, err := os.ReadFile(auditPath(cfg.Mirror))
	must(t, err)
	lines := strings.Split(strings.TrimSpace(string(b)), "\n")
	if len(lines) != 2 || !strings.Contains(lines[0], `"event":"decide"`) || !strings.Contains(lines[1], `"event":"undone"`) ||
		!strings.Contains(lines[1], "accept cxs users_found 2026-06 not carried out: mirror_readonly") {
		t.Errorf("the record says\n%s", b)
	}
}

// TestChoiceIsOneFileOrNone chooses among files in conflict: what fits two of
// them chooses neither.
func TestChoiceIsOneFileOrNone(t *testing.T) {
	stated := func(id int64, source, path string) store.Stated {
		return store.Stated{Cell: store.Cell{Workbook: id, Source: source, Path: path}}
	}
	all := []store.Stated{stated(1, "share", "6月.csv"), stated(2, "mail", "6月.csv"), stated(3, "mail", "更正.csv")}
	for _, c := range []struct {
		name   string
		choice choice
		want   int
	}{
		{"nothing is chosen", choice{}, -1},
		{"an id", choice{workbook: 2}, 1},
		{"an id of none", choice{workbook: 9}, -1},
		{"a path", choice{file: "更正.csv"}, 2},
		{"a path of two", choice{file: "6月.csv"}, -1},
		{"a path behind its source", choice{file: "mail/6月.csv"}, 1},
		{"a path of none", choice{file: "7月.csv"}, -1},
		{"an id and a path that agree", choice{2, "6月.csv"}, 1},
		{"an id and a path that do not", choice{1, "更正.csv"}, -1},
	} {
		if got := c.choice.of(all); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}
