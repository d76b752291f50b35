package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestRingKeeps holds what is kept against a count by hand: whatever was made
// when, the newest and the one just made stay, and the last of each latest day
// and week.
func TestRingKeeps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		hours := rapid.SliceOfNDistinct(rapid.IntRange(0, 24*90), 1, 60, rapid.ID[int]).Draw(t, "hours")
		daily, weekly := rapid.IntRange(0, 9).Draw(t, "daily"), rapid.IntRange(0, 9).Draw(t, "weekly")
		var all []kept
		for _, h := range hours {
			all = append(all, kept{at: start.Add(time.Duration(h) * time.Hour)})
		}
		made := rapid.SampledFrom(all).Draw(t, "made")
		gone := unwanted(all, made, daily, weekly)
		newest := slices.MaxFunc(all, func(a, b kept) int { return a.at.Compare(b.at) })
		days, weeks := map[string]time.Time{}, map[int]time.Time{}
		for _, k := range all {
			_, week := k.at.ISOWeek()
			if day := k.at.Format(time.DateOnly); k.at.After(days[day]) {
				days[day] = k.at
			}
			if k.at.After(weeks[week]) {
				weeks[week] = k.at
			}
		}
		want := map[time.Time]bool{made.at: true}
		latest := func(of []time.Time, n int) {
			slices.SortFunc(of, func(a, b time.Time) int { return b.Compare(a) })
			for _, at := range of[:min(n, len(of))] {
				want[at] = true
			}
		}
		var ofDays, ofWeeks []time.Time
		for _, at := range days {
			ofDays = append(ofDays, at)
		}
		for _, at := range weeks {
			ofWeeks = append(ofWeeks, at)
		}
		latest(ofDays, daily)
		latest(ofWeeks, weekly)
		if daily+weekly > 0 && !want[newest.at] {
			t.Fatalf("the newest is not wanted")
		}
		for _, k := range all {
			if slices.Contains(gone, k) == want[k.at] {
				t.Fatalf("%v: gone %v, wanted %v", k.at, !want[k.at], want[k.at])
			}
		}
	})
}

// TestRingTurns pulls on seventeen days and looks at what lies in the folder; a mirror
// that is then damaged costs no backup.
func TestRingTurns(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	config := filepath.Join(dir, configName)
	must(t, os.WriteFile(config, []byte("[backup]\ndaily = 3\nweekly = 2\n[[source]]\nname = \"share\"\nremote = \"reports\"\n"), 0o644))
	stray := filepath.Join(dir, "backup", "mine.db")
	must(t, os.Mkdir(filepath.Join(dir, "reports"), 0o755))
	must(t, os.Mkdir(filepath.Dir(stray), 0o700))
	must(t, os.WriteFile(stray, []byte("somebody's own"), 0o600))
	left := filepath.Join(dir, "backup", "jindu-20260601-090000.db.123.part")
	must(t, os.WriteFile(left, nil, 0o600))
	begin := time.Date(2026, 6, 1, 1, 0, 0, 0, time.UTC) // a Monday, nine in the morning
	must(t, os.Chtimes(left, begin, begin))
	for day := range 17 {
		now := begin.AddDate(0, 0, day)
		if r := runAt(t, func() time.Time { return now }, "--config", config, "pull"); r.status != exitOK || r.err != "" {
			t.Fatalf("pull: %d %s", r.status, r.err)
		}
	}
	listed := func() string {
		entries, err := os.ReadDir(filepath.Join(dir, "backup"))
		must(t, err)
		var names []string
		for _, e := range entries {
			if !strings.HasSuffix(e.Name(), ".secret") {
				names = append(names, e.Name())
			}
		}
		return strings.Join(names, " ")
	}
	const want = "jindu-20260614-090000.db jindu-20260615-090000.db jindu-20260616-090000.db jindu-20260617-090000.db mine.db"
	if got := listed(); got != want {
		t.Errorf("kept: %s", got)
	}
	mirror := filepath.Join(dir, "jindu.db")
	whole, err := os.ReadFile(mirror)
	must(t, err)
	for i := range whole { // a column loses a letter
		if strings.HasPrefix(string(whole[i:min(len(whole), i+10)]), "unit_ref  ") {
			whole[i] = 'v'
		}
	}
	must(t, os.WriteFile(mirror, whole, 0o600))
	later := begin.AddDate(0, 0, 30)
	r := runAt(t, func() time.Time { return later }, "--config", config, "pull")
	if !strings.Contains(r.err, "镜像库损坏") || !strings.Contains(r.err, "jindu restore") {
		t.Errorf("pull of a damaged mirror: %d %s", r.status, r.err)
	}
	if got := listed(); got != want {
		t.Errorf("kept beside a damaged mirror: %s", got)
	}
}
