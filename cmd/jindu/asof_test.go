package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestEveryListAnswersWhatItAnsweredThen pulls a folder over some days, while a
// report is corrected, contradicted, renamed and damaged and an officer decides,
// and asks every list again, as of each day, when all of it is over.
func TestEveryListAnswersWhatItAnsweredThen(t *testing.T) {
	dir := t.TempDir()
	config, reports := filepath.Join(dir, configName), filepath.Join(dir, "reports")
	must(t, os.Mkdir(reports, 0o700))
	must(t, os.WriteFile(config, []byte("[[unit]]\ncode = \"cxs\"\nname = \"城西派出所\"\nkind = \"station\"\n[[source]]\nname = \"share\"\nremote = \"reports\"\n"), 0o600))
	in := func(name string) string { return filepath.Join(reports, name) }
	day := time.Date(2026, 7, 10, 9, 0, 0, 0, time.UTC)
	clock := func() time.Time { return day }
	run := func(args ...string) ran { return runAt(t, clock, append([]string{"--config", config}, args...)...) }
	lists := []string{"units", "indicators", "figures", "tasks", "cases", "records", "tallies", "pulls", "findings", "workbooks", "pending"}
	ask := func(list string, more ...string) string {
		r := run(append([]string{"list", list, "--json"}, more...)...)
		if r.status != exitOK {
			t.Fatalf("list %s: status %d: %s", list, r.status, r.err)
		}
		return r.out
	}
	type answers struct {
		what  string
		at    time.Time
		lists map[string]string
	}
	var then []answers
	for _, step := range []struct {
		what string
		do   func()
	}{
		{"first", func() { save(t, in("6月.csv"), "40") }},
		{"corrected a little", func() { save(t, in("6月.csv"), "41") }},
		{"corrected a lot", func() { save(t, in("6月.csv"), "90") }},
		{"accepted", func() {
			if r := run("accept", "cxs", "users_found", "2026-06", "--why", "核实", "--by", "值班员"); r.status != exitOK {
				t.Fatalf("accept: %s", r.err)
			}
		}},
		{"contradicted", func() { save(t, in("更正.csv"), "55") }},
		{"chosen", func() {
			if r := run("accept", "cxs", "users_found", "2026-06", "--file", "更正.csv", "--why", "核实", "--by", "值班员"); r.status != exitOK {
				t.Fatalf("choose: %s", r.err)
			}
		}},
		{"renamed", func() { must(t, os.Rename(in("更正.csv"), in("更正2.csv"))) }},
		{"damaged", func() { must(t, os.WriteFile(in("6月.csv"), []byte("PK\x03\x04 half"), 0o600)) }},
		{"gone", func() { must(t, os.Remove(in("6月.csv"))) }},
	} {
		day = day.AddDate(0, 0, 1)
		step.do()
		day = day.Add(time.Minute)
		run("pull") // what it thinks of the files its exit status says, and the lists do
		day = day.Add(time.Minute)
		now := answers{step.what, day, map[string]string{}}
		for _, list := range lists {
			now.lists[list] = ask(list)
		}
		then = append(then, now)
	}
	if first, last := then[0].lists["figures"], then[len(then)-1].lists["figures"]; first == last || first == "[]\n" {
		t.Fatalf("nothing happened: %s", first)
	}
	for _, a := range then {
		for _, list := range lists {
			if got := ask(list, "--as-of", a.at.Format(time.RFC3339)); got != a.lists[list] {
				t.Errorf("%s: list %s:\n got %s\nthen %s", a.what, list, got, a.lists[list])
			}
		}
	}
}
