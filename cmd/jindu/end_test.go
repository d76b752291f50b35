package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jindu/store"
)

// ran is what one run of the program left behind.
type ran struct {
	status int
	out    string
	err    string
}

// run runs the program in this process at the real time.
func run(tb testing.TB, args ...string) ran {
	tb.Helper()
	return runAt(tb, time.Now, args...)
}

func runAt(tb testing.TB, now func() time.Time, args ...string) ran {
	tb.Helper()
	var out, errs bytes.Buffer
	status := Run(context.Background(), Process{
		Args:   args,
		Stdin:  strings.NewReader(""),
		Stdout: &out,
		Stderr: &errs,
		Getenv: func(string) string { return "" },
		Now:    now,
	})
	return ran{status, out.String(), errs.String()}
}

// rows runs a command with --json and reads the array that it prints.
func rows(tb testing.TB, args ...string) []map[string]any {
	tb.Helper()
	r := run(tb, append(args, "--json")...)
	var out []map[string]any
	if err := json.Unmarshal([]byte(r.out), &out); err != nil {
		tb.Fatalf("jindu %v: %v in %q, %s", args, err, r.out, r.err)
	}
	return out
}

// shared finds the examples that lie beside the project, or skips.
func shared(tb testing.TB, name string) string {
	tb.Helper()
	dir := os.Getenv("JINDU_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	path := filepath.Join(dir, name)
	if _, err := os.Stat(path); err != nil {
		tb.Skipf("no %s here: %v", name, err)
	}
	return path
}

// oldFiles sets every file's time back from a moment, so that a pull then need not
// wait to see whether it is still being written.
func oldFiles(tb testing.TB, dir string, now time.Time) {
	tb.Helper()
	old := now.Add(-time.Hour)
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			err = os.Chtimes(path, old, old)
		}
		return err
	})
	must(tb, err)
}

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

// valueOf makes figures comparable: unit, indicator and period to value.
func valueOf(figures []map[string]any) map[store.Key]float64 {
	out := map[store.Key]float64{}
	for _, f := range figures {
		period, _ := f["period"].(string)
		p, _ := store.ParsePeriod(period)
		unit, _ := f["unit"].(string)
		indicator, _ := f["indicator"].(string)
		value, _ := f["value"].(float64)
		out[store.Key{Unit: unit, Indicator: indicator, Period: p}] = value
	}
	return out
}

// one runs a command with --json and reads the object that it prints.
func one(tb testing.TB, args ...string) map[string]any {
	tb.Helper()
	r := run(tb, append(args, "--json")...)
	var out map[string]any
	if err := json.Unmarshal([]byte(r.out), &out); err != nil {
		tb.Fatalf("jindu %v: %v in %q, %s", args, err, r.out, r.err)
	}
	return out
}

func validJSON(s string) bool { return json.Valid([]byte(s)) }
