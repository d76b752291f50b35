package sample

import (
	"os"
	"testing"
	"time"
)

func TestTrial(t *testing.T) {
	now := time.Date(2026, 7, 14, 9, 30, 0, 0, beijing())
	t0 := time.Now()
	d := New(1, now)
	t.Log("new", time.Since(t0), len(d.files), len(d.live()))
	t0 = time.Now()
	facts := d.Truth()
	t.Log("truth", time.Since(t0), len(facts))
	for _, f := range d.Faults() {
		t.Log(f)
	}
	t.Log(d.Moments())
	dir := os.Getenv("OUT")
	if dir == "" {
		dir = t.TempDir()
	}
	for _, m := range d.Moments() {
		t0 = time.Now()
		if err := d.Write(dir, m); err != nil {
			t.Fatal(err)
		}
		t.Log("write", m, time.Since(t0))
	}
}
