package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"jindu/sync/sample"
)

// The districts of the tests are of one moment in the past, so that a failure
// today is a failure tomorrow.
func sampleNow() time.Time { return time.Date(2026, 11, 24, 9, 0, 0, 0, time.FixedZone("", 8*3600)) }

// sampleDistrict writes the district's folder and configuration without pulling.
func sampleDistrict(tb testing.TB, seed uint64) (*sample.District, string) {
	tb.Helper()
	dir := tb.TempDir()
	d := sample.New(seed, sampleNow())
	must(tb, d.Write(filepath.Join(dir, "reports"), sampleNow()))
	must(tb, os.WriteFile(filepath.Join(dir, configName), []byte(d.Config()), 0o644))
	return d, filepath.Join(dir, configName)
}

// pulledDistrict is the district of the first seed once it has been pulled.
func pulledDistrict(tb testing.TB) (*sample.District, string) {
	tb.Helper()
	dir := copied(tb, "district", func(dir string) {
		_, config := sampleDistrict(tb, 1)
		if r := runAt(tb, sampleNow, "--config", config, "pull"); r.status != pullPartly { // it holds faults on purpose
			tb.Fatalf("status %d: %s", r.status, r.err)
		}
		copyTree(tb, filepath.Dir(config), dir)
	})
	return sample.New(1, sampleNow()), filepath.Join(dir, configName)
}

func BenchmarkFirstPull(b *testing.B) {
	_, config := sampleDistrict(b, 1)
	for b.Loop() {
		b.StopTimer()
		matches, _ := filepath.Glob(filepath.Join(filepath.Dir(config), "jindu.db*"))
		for _, m := range matches {
			_ = os.Remove(m)
		}
		b.StartTimer()
		if r := runAt(b, sampleNow, "--config", config, "pull"); r.status > 1 {
			b.Fatal(r.err)
		}
	}
}

func BenchmarkPullNothingNew(b *testing.B) {
	_, config := sampleDistrict(b, 1)
	runAt(b, sampleNow, "--config", config, "pull")
	for b.Loop() {
		if r := runAt(b, sampleNow, "--config", config, "pull"); r.status > 0 {
			b.Fatal(r.err)
		}
	}
}

func BenchmarkCommands(b *testing.B) {
	_, config := sampleDistrict(b, 1)
	runAt(b, sampleNow, "--config", config, "pull")
	for name, args := range map[string][]string{
		"find":    {"find", "cxpcs"},
		"figure":  {"figure", "cxpcs", "case_criminal"},
		"figures": {"list", "figures", "--json"},
		"derived": {"list", "figures", "--derived", "--json"},
		"tasks":   {"list", "tasks", "--json"},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if r := runAt(b, sampleNow, append([]string{"--config", config}, args...)...); r.status > 0 {
					b.Fatal(r.err)
				}
			}
		})
	}
}
