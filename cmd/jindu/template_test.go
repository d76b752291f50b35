package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestFromTemplateToFigure goes the whole way: a template is handed out, filled in,
// put into the share, pulled and listed.
func TestFromTemplateToFigure(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	config := filepath.Join(dir, configName)
	must(t, os.Mkdir(filepath.Join(dir, "reports"), 0o755))
	must(t, os.WriteFile(config, []byte(`
[[unit]]
code = "cxs"
name = "城西派出所"
kind = "station"
[[source]]
name = "share"
remote = "reports"
`), 0o644))
	file := filepath.Join(dir, "reports", "城西所.xlsx")
	now := sampleNow
	if r := runAt(t, now, "--config", config, "template", "station_month", "--unit", "cxs", "--period", "2026-10", "-o", file); r.status != exitOK {
		t.Fatal(r.err)
	}

	// Empty it is accepted, and states nothing.
	if r := runAt(t, now, "--config", config, "pull"); r.status != exitOK {
		t.Fatalf("an empty template: %d %s", r.status, r.err)
	}
	if got := rows(t, "--config", config, "list", "figures"); len(got) != 0 {
		t.Errorf("an empty template states %v", got)
	}

	x, err := excelize.OpenFile(file)
	must(t, err)
	for at, v := range map[string]any{"E4": 812, "E5": 3, "F5": 31, "E11": 4, "F11": 40} {
		must(t, x.SetCellValue(x.GetSheetName(0), at, v))
	}
	must(t, x.Save())
	must(t, x.Close())
	if r := runAt(t, now, "--config", config, "pull"); r.status != exitOK {
		t.Fatalf("a template that is filled in: %d %s", r.status, r.err)
	}
	want := map[string]float64{"reg_total 2026-10": 812, "reg_new 2026-10": 3, "reg_new 2026-01..10": 31, "case_criminal 2026-10": 4, "case_criminal 2026-01..10": 40}
	for _, f := range rows(t, "--config", config, "list", "figures") {
		indicator, _ := f["indicator"].(string)
		period, _ := f["period"].(string)
		key := indicator + " " + period
		if f["value"] != want[key] || f["state"] == "suspect" {
			t.Errorf("%s = %v (%v)", key, f["value"], f["state"])
		}
		delete(want, key)
	}
	if len(want) > 0 {
		t.Errorf("not listed: %v", want)
	}
	for _, f := range rows(t, "--config", config, "list", "findings") {
		t.Errorf("finding %v", f)
	}
}
