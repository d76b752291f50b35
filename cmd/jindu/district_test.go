package main

import (
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jindu/store"
	"jindu/sync/sample"
)

// TestDistrict pulls the fictitious district and compares every figure with
// what its simulation wrote: all of them right and none besides.
func TestDistrict(t *testing.T) {
	t.Parallel()
	for _, seed := range []uint64{1, 2} {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			d, config := sampleDistrict(t, seed)
			r := runAt(t, sampleNow, "--config", config, "pull", "--json")
			if r.status != pullPartly { // it holds faults on purpose
				t.Fatalf("status %d: %s", r.status, r.err)
			}
			compareTruth(t, d, config)
			compareFaults(t, d, config)
			compareTasks(t, d, config)
			keepsSecrets(t, d.Secrets(), r.out+r.err, filepath.Dir(config))
		})
	}
}

func compareTruth(t *testing.T, d *sample.District, config string) {
	t.Helper()
	plain := valueOf(rows(t, "--config", config, "list", "figures"))
	derived := valueOf(rows(t, "--config", config, "list", "figures", "--derived"))
	var bad tally
	for _, want := range d.Truth() {
		list := plain
		if want.Derived {
			list = derived
		}
		v, ok := list[want.Key]
		switch {
		case want.NotApplicable && ok:
			bad.add(t, "not applicable, yet listed", want.Key, v)
		case !want.NotApplicable && !ok:
			bad.add(t, "missing", want.Key, want.File, want.Sheet, want.Cell)
		case !want.NotApplicable && math.Abs(v-want.Value) > 1e-9:
			bad.add(t, "wrong", want.Key, v, "want", want.Value, want.File, want.Sheet, want.Cell)
		}
		delete(plain, want.Key)
	}
	months := map[store.Key]float64{}
	for _, e := range d.Truth() {
		months[e.Key] = e.Value
	}
	for k, v := range plain { // 本年累计 of a flow is a figure of its own period
		if sum, ok := sumOfMonths(k, months); !ok || math.Abs(v-sum) > 1e-6 {
			bad.add(t, "nobody stated", k, v, sum)
		}
	}
	if bad > 0 {
		t.Errorf("%d of %d figures are not as they must be", bad, len(d.Truth()))
	}
}

// sumOfMonths adds up January to the end of a period that begins with it.
func sumOfMonths(k store.Key, months map[store.Key]float64) (sum float64, ok bool) {
	if k.Period.Start().Month != time.January || k.Period.Kind == store.Week {
		return 0, false
	}
	for m := store.MonthOf(k.Period.Year, 1); !m.End().After(k.Period.End()); m = m.Add(1) {
		v, ok := months[store.Key{Unit: k.Unit, Indicator: k.Indicator, Period: m}]
		if !ok {
			return 0, false
		}
		sum += v
	}
	return sum, true
}

// tally counts what is wrong and tells the first few.
type tally int

func (n *tally) add(t *testing.T, what ...any) {
	t.Helper()
	if *n++; *n <= 8 {
		t.Log(what...)
	}
}

func compareFaults(t *testing.T, d *sample.District, config string) {
	t.Helper()
	found := map[string]bool{}
	for _, f := range rows(t, "--config", config, "list", "findings") {
		found[fmt.Sprint(f["workbook"], f["rule"])] = true
		found[fmt.Sprint(f["workbook"], f["sheet"], f["cell"], f["rule"])] = true
	}
	for _, want := range d.Faults() {
		key := fmt.Sprint(want.File, want.Rule)
		if want.Cell != "" {
			key = fmt.Sprint(want.File, want.Sheet, want.Cell, want.Rule)
		}
		if !found[key] {
			t.Errorf("no finding %s at %s %s!%s", want.Rule, want.File, want.Sheet, want.Cell)
		}
	}
}

func compareTasks(t *testing.T, d *sample.District, config string) {
	t.Helper()
	type key struct{ title, unit string }
	got := map[key]map[string]any{}
	for _, row := range rows(t, "--config", config, "list", "tasks") {
		title, _ := row["title"].(string)
		unit, _ := row["unit"].(string)
		got[key{title, unit}] = row
	}
	for _, want := range d.Tasks() {
		row := got[key{want.Title, want.Unit}]
		due, _ := row["due"].(string)
		switch {
		case row == nil:
			t.Errorf("no task %s of %s", want.Title, want.Unit)
		case want.Recurs == "" && due != want.Due.String():
			t.Errorf("%s: due %q, want %q", want.Title, due, want.Due)
		case row["status"] != string(want.Status):
			t.Errorf("%s: status %v, want %s", want.Title, row["status"], want.Status)
		}
	}
}

// TestDistrictTwice pulls again: nothing may change but the pulls themselves.
func TestDistrictTwice(t *testing.T) {
	t.Parallel()
	_, config := pulledDistrict(t)
	before := everything(t, config)
	if r := runAt(t, sampleNow, "--config", config, "pull"); r.status != exitOK {
		t.Errorf("status %d: %s", r.status, r.err)
	}
	if everything(t, config) != before {
		t.Error("a second pull of the same files changed what is listed")
	}
}

// everything is what the mirror says, as scripts see it at one moment.
func everything(t *testing.T, config string) string {
	t.Helper()
	all := ""
	for _, what := range []string{"figures", "tasks", "cases", "findings", "workbooks"} {
		all += runAt(t, sampleNow, "--config", config, "list", what, "--json", "--derived").out
	}
	return all
}

// TestKilledPull kills the program in the middle of a first pull, again and
// again, and lets the last one finish: the figures must be those of a pull that
// was never disturbed.
func TestKilledPull(t *testing.T) {
	t.Parallel()
	program, err := exec.LookPath("jindu")
	must(t, err)
	d, config := sampleDistrict(t, 1)
	for i := range 6 {
		cmd := exec.CommandContext(t.Context(), program, "--config", config, "pull")
		must(t, cmd.Start())
		owns(t, filepath.Join(filepath.Dir(config), "jindu.db.lock"), cmd.Process.Pid)
		time.Sleep(time.Duration(10+60*i) * time.Millisecond)
		_ = cmd.Process.Kill() // it may have ended already
		_ = cmd.Wait()
	}
	if r := run(t, "--config", config, "pull"); r.status > pullPartly {
		t.Fatalf("status %d: %s", r.status, r.err)
	}
	compareTruth(t, d, config)
}

// owns waits until a process holds the lock, which says whose it is.
func owns(t *testing.T, lock string, pid int) {
	t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if text, err := os.ReadFile(lock); err == nil && strings.TrimSpace(string(text)) == fmt.Sprint(pid) {
			return
		}
	}
	t.Fatalf("process %d never held the mirror", pid)
}

// TestLockedMirror pulls while another process writes the mirror.
func TestLockedMirror(t *testing.T) {
	t.Parallel()
	_, config := sampleDistrict(t, 1)
	cfg, err := loadConfig(config, sampleNow())
	must(t, err)
	db, err := openMirror(t.Context(), cfg, false)
	must(t, err)
	defer func() { must(t, db.Close()) }()
	r := run(t, "--config", config, "pull", "--json")
	if r.status != exitUsage || !validJSON(r.out) {
		t.Errorf("status %d, out %q", r.status, r.out)
	}
	if want := fmt.Sprint(os.Getpid()); !strings.Contains(r.err, want) {
		t.Errorf("%q does not say that process %s is in the way", r.err, want)
	}
	if r := run(t, "--config", config, "list", "figures", "--json"); r.status != exitOK {
		t.Errorf("reading beside a writer: %s", r.err)
	}
}

// TestAsOf asks for the past: what was known before the first pull is nothing.
func TestAsOf(t *testing.T) {
	t.Parallel()
	_, config := pulledDistrict(t)
	past := rows(t, "--config", config, "--as-of", "2026-11-24 08:59", "list", "figures")
	now := rows(t, "--config", config, "--as-of", "2026-11-24T09:01:00+08:00", "list", "figures")
	if len(past) != 0 || len(now) < 10_000 {
		t.Errorf("%d figures before the first pull and %d after", len(past), len(now))
	}
}

// TestFigureAgrees asks for one figure in every way and for a total.
func TestFigureAgrees(t *testing.T) {
	t.Parallel()
	d, config := pulledDistrict(t)
	var sum float64
	for _, e := range d.Truth() {
		if e.Indicator == "case_criminal" && e.Period == d.Month() {
			sum += e.Value
		}
	}
	total := one(t, "--config", config, "figure", store.DistrictCode, "case_criminal", d.Month().String())
	if total["value"] != sum {
		t.Errorf("the district's total is %v, want %v", total["value"], sum)
	}
	parts, _ := total["contributors"].([]any)
	if n, _ := total["reported"].(float64); len(parts) != int(n) {
		t.Errorf("%d contributors of %v", len(parts), n)
	}
	var seen any
	for _, unit := range []string{"cxs", "城西派出所", "城西所", "cxpcs"} {
		for _, indicator := range []string{"case_criminal", "破获毒品刑事案件"} {
			f := one(t, "--config", config, "figure", unit, indicator, d.Month().String())
			if seen == nil {
				seen = f["value"]
			}
			if f["value"] != seen || f["value"] == nil || f["workbook"] == nil || f["cell"] == nil {
				t.Errorf("%s %s = %v at %v %v, want %v", unit, indicator, f["value"], f["workbook"], f["cell"], seen)
			}
		}
	}
	if r := one(t, "--config", config, "figure", "district", "urine_rate", d.Month().String()); r["value"] == nil {
		t.Errorf("the district's ratio is unknown: %v", r)
	}
}
